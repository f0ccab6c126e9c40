/* The answer of `forecast` as a value: the keys of docs/json.md. */
#include <math.h>

#include "base/catalog.h"
#include "document/facts.h"
#include "report/forecast_sections.h"

static dt__value *known_double(dt_document *d, bool known, double value) {
    return known ? dt__value_double(d, value) : dt__value_null(d);
}

static const char *input_key(const dt_forecast_answer *a, uint32_t input) {
    return input < a->input_count ? a->inputs[input].name : NULL;
}

static dt__value *probability_value(dt_document *d, const dt_forecast_answer *a, const dt_probability *p) {
    dt__value *value = dt__value_object(d);

    dt__put(d, value, "probability", known_double(d, p->known, p->probability));
    dt__put(d, value, "low", known_double(d, p->known, p->low));
    dt__put(d, value, "high", known_double(d, p->known, p->high));
    dt__put(d, value, "input", dt__value_string(d, p->known ? input_key(a, p->input) : NULL));
    dt__put(d, value, "mc_error", known_double(d, p->known, p->mc_error));
    dt__put(d, value, "mc_low", known_double(d, p->known, p->mc_low));
    dt__put(d, value, "mc_high", known_double(d, p->known, p->mc_high));
    return value;
}

static dt__value *options_value(dt_document *d, const dt_forecast_model *m) {
    dt__value *value;

    if (m->options == NULL) return dt__value_null(d);
    value = dt__value_object(d);
    for (uint32_t i = 0; i < d->model->issue_count; i++) {
        const dt__issue *issue = &d->model->issues[i];
        dt__value *shares = dt__put(d, value, issue->id, dt__value_object(d));
        for (uint32_t o = 0; o < issue->option_count; o++)
            dt__put(d, shares, issue->options[o].id, dt__value_double(d, m->options[i][o]));
    }
    return value;
}

static dt__value *model_value(dt_document *d, const dt_forecast_answer *a, const dt_forecast_model *m) {
    static const char *const kinds[] = {"bargain", "positions", "baseline"};
    static const char *const statuses[] = {"done", "ordinal", "too_large"};
    dt__value *value = dt__value_object(d), *scenarios;

    dt__put(d, value, "kind", dt__value_string(d, kinds[m->kind]));
    dt__put(d, value, "rule", dt__value_string(d, m->rule));
    dt__put(d, value, "format", dt__value_string(d, m->format == DT__NO_INDEX ? NULL : dt__format_key(d, m->format)));
    dt__put(d, value, "status", dt__value_string(d, statuses[m->status]));
    dt__put(d, value, "deal", dt__value_double(d, m->deal));
    scenarios = dt__put(d, value, "scenarios", dt__value_object(d));
    for (size_t s = 0; s < a->scenario_count; s++)
        dt__put(d, scenarios, d->model->scenarios[s].id, probability_value(d, a, &m->scenarios[s]));
    dt__put(d, value, "issues", options_value(d, m));
    return value;
}

static dt__value *scenarios_value(dt_document *d, const dt_forecast_answer *a) {
    dt__value *value = dt__value_object(d);

    for (size_t s = 0; s < a->scenario_count; s++) {
        const dt_disagreement *g = &a->scenarios[s];
        dt__value *entry = dt__put(d, value, d->model->scenarios[s].id, dt__value_object(d));
        dt__put(d, entry, "low", known_double(d, g->known, g->low));
        dt__put(d, entry, "high", known_double(d, g->known, g->high));
        dt__put(d, entry, "lowest", dt__value_string(d, g->known ? a->models[g->lowest].id : NULL));
        dt__put(d, entry, "highest", dt__value_string(d, g->known ? a->models[g->highest].id : NULL));
        dt__put(d, entry, "by", dt__value_string(d, g->by));
        dt__put(d, entry, "months", dt__value_exact(d, g->months));
    }
    return value;
}

static dt__value *claims_value(dt_document *d) {
    dt__value *value = dt__value_array(d);

    for (size_t i = 0; i < d->model->claim_count; i++) {
        const dt__claim *claim = &d->model->claims[i];
        const dt__number *number = &d->model->numbers[claim->probability];
        dt__value *entry = dt__append(value, dt__value_object(d));
        dt__put(d, entry, "by", dt__value_string(d, claim->by));
        dt__put(d, entry, "scenario", dt__value_string(d, d->model->scenarios[claim->of].id));
        dt__put(d, entry, "probability",
                known_double(d, number->kind == DT__NUMBER_EXACT, dt__rational_double(number->a)));
        dt__put(d, entry, "text", dt__value_string(d, dt__number_text(d, claim->probability)));
    }
    return value;
}

dt__value *dt__forecast_value(dt_document *d, const dt_forecast_answer *a) {
    const char *as_of = dt__as_of_text(d);
    dt__value *value = dt__value_object(d), *list, *models;

    dt__put(d, value, "as_of", dt__value_string(d, *as_of == '\0' ? NULL : as_of));
    dt__put(d, value, "draws", dt__value_unsigned(d, a->draws));
    dt__put(d, value, "asked", dt__value_unsigned(d, a->asked));
    dt__put(d, value, "complete", dt__value_bool(d, a->complete));
    dt__put(d, value, "rounded", dt__value_bool(d, a->rounded));
    dt__put(d, value, "no_deal_outcome", dt__outcome_value(d, a->no_deal));
    dt__put(d, value, "scenarios", scenarios_value(d, a));
    models = dt__put(d, value, "models", dt__value_object(d));
    for (size_t i = 0; i < a->model_count; i++) dt__put(d, models, a->models[i].id, model_value(d, a, &a->models[i]));
    dt__put(d, value, "claims", claims_value(d));
    list = dt__put(d, value, "inputs", dt__value_array(d));
    for (size_t i = 0; i < a->input_count; i++) dt__append(list, dt__value_string(d, a->inputs[i].name));
    list = dt__put(d, value, "not_modelled", dt__value_array(d));
    for (size_t i = 0; dt__not_modelled[i] != NULL; i++)
        dt__append(list, dt__value_string(d, dt__word(d, dt__not_modelled[i])));
    return value;
}
