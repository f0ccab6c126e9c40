/* What will happen, in short: a sentence for each scenario, what the models say, which of them says least and most, and
 * beside them the baselines and the claims of persons. */
#include <string.h>

#include "base/catalog.h"
#include "page/page_sections.h"

/* ---- the models ---- */

static const char *model_name(dt_document *d, const dt_forecast_answer *f, uint32_t model) {
    return dt__say(d, "“{0}”", dt__forecast_model_name(d, f, &f->models[model]), NULL);
}

/* What the finite number of draws leaves open. */
static const char *draws_text(dt_document *d, const dt_forecast_answer *f, uint32_t model, size_t scenario) {
    const dt_probability *p = &f->models[model].scenarios[scenario];
    return dt__say_percents(d, p->mc_low, p->mc_high);
}

static const char *models_text(dt_document *d, const dt_forecast_answer *f, size_t s) {
    const dt_disagreement *g = &f->scenarios[s];
    const char *name = dt__scenario_name(d, (uint32_t)s), *low = dt__say_percent(d, g->low),
               *high = dt__say_percent(d, g->high), *word = dt__estimative_word(d, g->high);

    if (!g->known) return dt__say(d, "{0}: no model can say.", name, NULL);
    if (strcmp(low, high) == 0)
        return dt__say(d, "{0}: {1} by every model, {2} (95%: {3}).", name, word, high, draws_text(d, f, g->highest, s),
                       NULL);
    if (strcmp(word, dt__estimative_word(d, g->low)) == 0)
        return dt__say(d, "{0}: {1} by every model, from {2} by {3} to {4} by {5} (95%: {6}).", name, word, low,
                       model_name(d, f, g->lowest), high, model_name(d, f, g->highest), draws_text(d, f, g->highest, s),
                       NULL);
    return dt__say(d, "{0}: from {1} by {2} to {3} by {4}.", name, dt__estimate(d, g->low), model_name(d, f, g->lowest),
                   dt__estimate(d, g->high), model_name(d, f, g->highest), NULL);
}

/* ---- beside them ---- */

static const struct {
    const char *rule, *text;
} baselines[] = {{"no_deal", DT__N("{0} if nothing is agreed")},
                 {"uniform", DT__N("{0} if every outcome that keeps the rules were as likely as the next")},
                 {"base_rate", DT__N("{0} by the base rate given")}};

static const char *baseline_text(dt_document *d, const char *rule, double probability) {
    for (size_t i = 0; i < sizeof baselines / sizeof *baselines; i++)
        if (strcmp(baselines[i].rule, rule) == 0)
            return dt__say(d, baselines[i].text, dt__say_percent(d, probability), NULL);
    return "";
}

static const char *comparison_text(dt_document *d, const dt_forecast_answer *f, size_t s) {
    dt__phrases list = dt__phrases_new(d, f->model_count);

    for (size_t i = 0; i < f->model_count; i++) {
        const dt_forecast_model *m = &f->models[i];
        const char *text;
        if (m->kind != DT_MODEL_BASELINE || !m->scenarios[s].known) continue;
        text = baseline_text(d, m->rule, m->scenarios[s].probability);
        if (*text != '\0') dt__phrases_add(&list, text);
    }
    return list.count == 0 ? "" : dt__say(d, "For comparison: {0}.", dt__phrases_and(d, &list), NULL);
}

static const char *claims_text(dt_document *d, size_t s) {
    dt__phrases list = dt__phrases_new(d, d->model->claim_count);

    for (size_t i = 0; i < d->model->claim_count; i++) {
        const dt__claim *c = &d->model->claims[i];
        double value = dt__claimed(d, c);
        if (c->of != s || value < 0) continue;
        dt__phrases_add(&list,
                        dt__say(d, "{1} by {0}", c->by_party == DT__NO_INDEX ? c->by : dt__party_name(d, c->by_party),
                                dt__say_percent(d, value), NULL));
    }
    return list.count == 0 ? "" : dt__say(d, "Claimed: {0}.", dt__phrases_and(d, &list), NULL);
}

void dt__summary_forecast(dt_document *d, const dt_answers *a) {
    const dt_forecast_answer *f = a->forecast;
    dt__block *list;

    if (f == NULL || f->scenario_count == 0) return;
    dt__heading(d, 2, dt__section_title(d->env, DT__PAGE_FORECAST));
    dt__paragraph(d, dt__say(d,
                             dt__forecast_agrees(f)
                                 ? DT__N("By {0} draws of everything uncertain. The models agree on every scenario.")
                                 : DT__N("By {0} draws of everything uncertain. The models disagree; how much is the "
                                         "first thing to know."),
                             dt__say_size(d, f->draws), NULL));
    list = dt__bullets(d);
    for (size_t s = 0; s < f->scenario_count; s++)
        dt__bullet(
            d, list,
            dt__sentences(d, dt__sentences(d, models_text(d, f, s), comparison_text(d, f, s)), claims_text(d, s)));
}
