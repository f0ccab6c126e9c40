/* The models side by side, in the report on "what will happen?". */
#include <math.h>
#include <string.h>

#include "base/catalog.h"
#include "report/forecast_sections.h"

enum { OPTIONS_SHOWN = 3 };
static const double least_shown = 0.005;

/* ---- one model with everything that is said about it ---- */

static const dt__column detail_columns[] = {{DT__N("Model"), DT__LEFT},    {DT__N("Probability"), DT__RIGHT},
                                            {DT__N("In words"), DT__LEFT}, {DT__N("By inputs"), DT__RIGHT},
                                            {DT__N("Most by"), DT__LEFT},  {DT__N("Monte Carlo (95%)"), DT__RIGHT}};

static const char *input_name(dt_document *d, const dt_forecast_answer *a, uint32_t input) {
    const dt_forecast_input *in;

    if (input >= a->input_count) return "";
    in = &a->inputs[input];
    if (in->quantity == DT__NO_INDEX) return in->name;
    return dt__label_name(d, &d->model->quantities[in->quantity].name, in->name);
}

static const char *unknown_text(dt_document *d, const dt_forecast_model *m) {
    if (m->status == DT_FORECAST_ORDINAL) return dt__word(d, "needs utilities");
    return m->status == DT_FORECAST_TOO_LARGE ? dt__word(d, "too large") : dt__word(d, "unknown");
}

static void add_detail(dt_document *d, dt__block *table, const dt_forecast_answer *a, const dt_forecast_model *m,
                       size_t scenario) {
    const dt_probability *p = &m->scenarios[scenario];
    bool drawn = p->known && m->kind != DT_MODEL_BASELINE;

    if (!p->known && m->kind == DT_MODEL_BASELINE) return;
    dt__table_row(d, table);
    dt__table_cell(d, table, dt__forecast_model_name(d, a, m), DT__PLAIN);
    dt__table_cell(d, table, p->known ? dt__say_percent(d, p->probability) : unknown_text(d, m), DT__PLAIN);
    dt__table_cell(d, table, p->known ? dt__estimative_word(d, p->probability) : "", DT__PLAIN);
    dt__table_cell(d, table, drawn ? dt__say_percents(d, p->low, p->high) : "", DT__PLAIN);
    dt__table_cell(d, table, drawn ? input_name(d, a, p->input) : "", DT__PLAIN);
    dt__table_cell(d, table, drawn ? dt__say_percents(d, p->mc_low, p->mc_high) : "", DT__PLAIN);
}

static void add_details(dt_document *d, const dt_forecast_answer *a) {
    for (size_t s = 0; s < a->scenario_count; s++) {
        dt__block *table;
        dt__heading(d, 3, dt__scenario_name(d, (uint32_t)s));
        table = DT__TABLE_OF(d, detail_columns);
        for (size_t i = 0; i < a->model_count; i++) add_detail(d, table, a, &a->models[i], s);
        dt__table_drop_empty(table);
    }
    dt__paragraph(
        d, dt__word(d, "“By inputs” is the smallest and largest share when one uncertain number is known to lie in one "
                       "fifth of its draws; the column after it names the number. “Monte Carlo” is what the finite "
                       "number of draws leaves open. The two are different kinds of not knowing and are not added."));
}

/* ---- several formats: a rule over all of them ---- */

/* Is this the first model with its rule? */
static bool opens_rule(const dt_forecast_answer *a, size_t i) {
    for (size_t j = 0; j < i; j++) {
        if (strcmp(a->models[j].rule, a->models[i].rule) == 0) return false;
    }
    return true;
}

static const char *range_of_rule(dt_document *d, const dt_forecast_answer *a, const char *rule, size_t scenario) {
    double low = 1, high = 0;
    bool known = false;

    for (size_t i = 0; i < a->model_count; i++) {
        const dt_probability *p = &a->models[i].scenarios[scenario];
        if (strcmp(a->models[i].rule, rule) != 0 || !p->known) continue;
        low = fmin(low, p->probability);
        high = fmax(high, p->probability);
        known = true;
    }
    return known ? dt__say_percents(d, low, high) : "";
}

static void add_overview(dt_document *d, const dt_forecast_answer *a) {
    dt__block *table = dt__table(d, NULL, a->scenario_count + 1);

    dt__table_column(d, table, 0, dt__word(d, "Model"), DT__LEFT);
    for (size_t s = 0; s < a->scenario_count; s++)
        dt__table_column(d, table, s + 1, dt__scenario_name(d, (uint32_t)s), DT__RIGHT);
    for (size_t i = 0; i < a->model_count; i++) {
        if (!opens_rule(a, i)) continue;
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__forecast_rule_name(d, a->models[i].rule), DT__PLAIN);
        for (size_t s = 0; s < a->scenario_count; s++)
            dt__table_cell(d, table, range_of_rule(d, a, a->models[i].rule, s), DT__PLAIN);
    }
    dt__paragraph_or(d,
                     dt__word(d, "Bargaining solutions are asked about every format; their ranges are over the "
                                 "formats. One format in full, with intervals: --among FORMAT."),
                     dt__word(d, "Bargaining solutions are asked about every format; their ranges are over the "
                                 "formats."));
}

void dt__forecast_models(dt_document *d, const dt_forecast_answer *a) {
    if (a->scenario_count == 0) return;
    dt__heading(d, 2, dt__word(d, "The models side by side"));
    if (dt__forecast_is_brief(a)) add_overview(d, a);
    else add_details(d, a);
}

/* ---- issues ---- */

static const dt_forecast_model *model_of(const dt_forecast_answer *a, const char *rule) {
    for (size_t i = 0; i < a->model_count; i++) {
        if (strcmp(a->models[i].rule, rule) == 0 && a->models[i].options != NULL) return &a->models[i];
    }
    return NULL;
}

/* "phased 83%, full 12%": the likeliest first. */
static const char *shares_text(dt_document *d, const dt_forecast_model *m, uint32_t issue) {
    const dt__issue *info = &d->model->issues[issue];
    dt__phrases p = dt__phrases_new(d, OPTIONS_SHOWN);
    double before = 2;
    uint32_t last = 0;

    for (int n = 0; n < OPTIONS_SHOWN; n++) {
        uint32_t best = info->option_count;
        for (uint32_t o = 0; o < info->option_count; o++) {
            double share = m->options[issue][o];
            bool later = share < before || (!(share > before) && o > last);
            if (later && (best == info->option_count || share > m->options[issue][best])) best = o;
        }
        if (best == info->option_count || m->options[issue][best] < least_shown) break;
        dt__phrases_add(&p, dt__pair(d, dt__option_name(d, issue, best), dt__say_percent(d, m->options[issue][best])));
        before = m->options[issue][best];
        last = best;
    }
    return p.count == 0 ? "" : dt__phrases_join(d, &p, dt__t(d->env, ", "));
}

void dt__forecast_issues(dt_document *d, const dt_forecast_answer *a) {
    static const char *const shown[] = {"nash", "utilitarian", "mixture"};
    const dt_forecast_model *models[3];
    dt__block *table;
    size_t count = 0;

    for (size_t i = 0; i < 3; i++) {
        const dt_forecast_model *m = model_of(a, shown[i]);
        if (m != NULL) models[count++] = m;
    }
    if (dt__forecast_is_brief(a) || count == 0) return;
    dt__heading(d, 2, dt__word(d, "Issue by issue"));
    if (a->options_by != NULL)
        dt__paragraph(d, dt__say(d, "With no deal as it would stand on {0}.", a->options_by, NULL));
    table = dt__table(d, NULL, count + 1);
    dt__table_column(d, table, 0, dt__word(d, "Issue"), DT__LEFT);
    for (size_t i = 0; i < count; i++)
        dt__table_column(d, table, i + 1, dt__forecast_rule_name(d, models[i]->rule), DT__LEFT);
    for (uint32_t issue = 0; issue < a->issue_count; issue++) {
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__issue_name(d, issue), DT__PLAIN);
        for (size_t i = 0; i < count; i++) dt__table_cell(d, table, shares_text(d, models[i], issue), DT__PLAIN);
    }
}
