/* Pictures of the forecast: probabilities by model with the claims beside them, and what moves them most. */
#include <stdlib.h>

#include "base/catalog.h"
#include "page/page_sections.h"

/* ---- scenarios ---- */

static const dt__column scenario_columns[] = {{DT__N("Scenario"), DT__LEFT},
                                              {DT__N("Model"), DT__LEFT},
                                              {DT__N("Probability"), DT__RIGHT},
                                              {DT__N("By what is uncertain"), DT__RIGHT},
                                              {DT__N("95% of the draws' error"), DT__RIGHT}};
static const char *const kinds[] = {
    [DT_MODEL_BARGAIN] = "bargain", [DT_MODEL_POSITIONS] = "positions", [DT_MODEL_BASELINE] = "baseline"};

static void add_probability(dt_document *d, dt__block *table, const dt_forecast_answer *f, size_t scenario,
                            const dt_forecast_model *model) {
    const dt_probability *p = &model->scenarios[scenario];
    dt__value *row;

    if (!p->known) return;
    row = dt__mark(d, "rows");
    dt__put(d, row, "scenario", dt__value_string(d, dt__scenario_name(d, (uint32_t)scenario)));
    dt__put(d, row, "model", dt__value_string(d, dt__forecast_model_name(d, f, model)));
    dt__put(d, row, "kind", dt__value_string(d, kinds[model->kind]));
    dt__put(d, row, "p", dt__value_double(d, p->probability));
    dt__put(d, row, "low", dt__value_double(d, p->low));
    dt__put(d, row, "high", dt__value_double(d, p->high));
    dt__table_row(d, table);
    dt__table_cell(d, table, dt__scenario_name(d, (uint32_t)scenario), DT__PLAIN);
    dt__table_cell(d, table, dt__forecast_model_name(d, f, model), DT__PLAIN);
    dt__table_cell(d, table, dt__say_percent(d, p->probability), DT__PLAIN);
    dt__table_cell(d, table, model->kind == DT_MODEL_BASELINE ? "" : dt__say_percents(d, p->low, p->high), DT__PLAIN);
    dt__table_cell(d, table, model->kind == DT_MODEL_BASELINE ? "" : dt__say_percents(d, p->mc_low, p->mc_high),
                   DT__PLAIN);
}

/* A claim is given as a share, or as a percentage above 1. */
double dt__claimed(const dt_document *d, const dt__claim *claim) {
    const dt__number *n = claim->probability == DT__NO_NUMBER ? NULL : &d->model->numbers[claim->probability];
    double value;

    if (n == NULL || n->kind == DT__NUMBER_CODERS || n->kind == DT__NUMBER_FORMULA) return -1;
    value = dt__rational_double(n->a);
    if (n->kind == DT__NUMBER_UNIFORM) value = (value + dt__rational_double(n->b)) / 2;
    if (n->kind == DT__NUMBER_PERT) value = dt__rational_double(n->b);
    return value > 1 ? value / 100 : value;
}

static void add_claim(dt_document *d, dt__block *table, const dt__claim *claim) {
    double value = dt__claimed(d, claim);
    const char *who = claim->by_party == DT__NO_INDEX ? claim->by : dt__party_name(d, claim->by_party),
               *name = dt__say(d, "claim: {0}", who, NULL);
    dt__value *row;

    if (value < 0) return;
    row = dt__mark(d, "rows");
    dt__put(d, row, "scenario", dt__value_string(d, dt__scenario_name(d, claim->of)));
    dt__put(d, row, "model", dt__value_string(d, name));
    dt__put(d, row, "kind", dt__value_string(d, "claim"));
    dt__put(d, row, "p", dt__value_double(d, value));
    dt__table_row(d, table);
    dt__table_cell(d, table, dt__scenario_name(d, claim->of), DT__PLAIN);
    dt__table_cell(d, table, name, DT__PLAIN);
    dt__table_cell(d, table, dt__number_text(d, claim->probability), DT__PLAIN);
    dt__table_cell(d, table, "", DT__PLAIN);
    dt__table_cell(d, table, "", DT__PLAIN);
}

bool dt__picture_scenarios(dt_document *d, const dt_answers *a) {
    const dt_forecast_answer *f = a->forecast;
    dt__block *table;

    if (f == NULL || f->scenario_count == 0) return false;
    dt__heading(d, 1, dt__word(d, "How likely each scenario is, by model"));
    dt__paragraph(d, dt__word(d, "Each dot is one model; a line shows how far its most important uncertain input moves "
                                 "it. Baselines and claims of persons stand beside the models and are never mixed into "
                                 "them."));
    table = DT__TABLE_OF(d, scenario_columns);
    for (size_t s = 0; s < f->scenario_count; s++) {
        for (size_t m = 0; m < f->model_count; m++) add_probability(d, table, f, s, &f->models[m]);
        for (size_t c = 0; c < d->model->claim_count; c++) {
            if (d->model->claims[c].of == s) add_claim(d, table, &d->model->claims[c]);
        }
    }
    return true;
}

/* ---- what moves them most ---- */

enum { INPUTS_SHOWN = 16 };

typedef struct moved {
    size_t scenario;
    const dt_forecast_model *model;
    const dt_probability *p;
} moved;

static int by_range(const void *x, const void *y) {
    const moved *a = x, *b = y;
    double ra = a->p->high - a->p->low, rb = b->p->high - b->p->low;

    if (ra > rb || ra < rb) return ra > rb ? -1 : 1;
    if (a->scenario != b->scenario) return a->scenario < b->scenario ? -1 : 1;
    return a->model < b->model ? -1 : a->model > b->model;
}

static const dt__column input_columns[] = {{DT__N("Scenario"), DT__LEFT},     {DT__N("Model"), DT__LEFT},
                                           {DT__N("Input"), DT__LEFT},        {DT__N("Lowest"), DT__RIGHT},
                                           {DT__N("Probability"), DT__RIGHT}, {DT__N("Highest"), DT__RIGHT}};

static const char *input_name(dt_document *d, const dt_answers *a, uint32_t input) {
    const dt_forecast_input *in = &a->forecast->inputs[input];
    if (in->quantity == UINT32_MAX) return in->name;
    return dt__label_name(d, &d->model->quantities[in->quantity].name, in->name);
}

static void add_moved(dt_document *d, dt__block *table, const dt_answers *a, const moved *m) {
    dt__value *row = dt__mark(d, "rows");
    const char *scenario = dt__scenario_name(d, (uint32_t)m->scenario),
               *model = dt__forecast_model_name(d, a->forecast, m->model), *input = input_name(d, a, m->p->input);

    dt__put(d, row, "scenario", dt__value_string(d, scenario));
    dt__put(d, row, "model", dt__value_string(d, model));
    dt__put(d, row, "input", dt__value_string(d, input));
    dt__put(d, row, "low", dt__value_double(d, m->p->low));
    dt__put(d, row, "p", dt__value_double(d, m->p->probability));
    dt__put(d, row, "high", dt__value_double(d, m->p->high));
    dt__table_row(d, table);
    dt__table_cell(d, table, scenario, DT__PLAIN);
    dt__table_cell(d, table, model, DT__PLAIN);
    dt__table_cell(d, table, input, DT__PLAIN);
    dt__table_cell(d, table, dt__say_percent(d, m->p->low), DT__PLAIN);
    dt__table_cell(d, table, dt__say_percent(d, m->p->probability), DT__PLAIN);
    dt__table_cell(d, table, dt__say_percent(d, m->p->high), DT__PLAIN);
}

static size_t collect(const dt_forecast_answer *f, moved *list) {
    size_t count = 0;

    for (size_t m = 0; m < f->model_count; m++) {
        for (size_t s = 0; s < f->scenario_count; s++) {
            const dt_probability *p = &f->models[m].scenarios[s];
            if (f->models[m].kind == DT_MODEL_BASELINE || !p->known || p->input == UINT32_MAX) continue;
            if (p->high > p->low) list[count++] = (moved){.scenario = s, .model = &f->models[m], .p = p};
        }
    }
    return count;
}

bool dt__picture_inputs(dt_document *d, const dt_answers *a) {
    const dt_forecast_answer *f = a->forecast;
    dt__block *table;
    size_t count;
    moved *list;

    if (f == NULL || f->scenario_count == 0 || a->redacted != 0) return false;
    list = DT__ARENA_ARRAY(&d->arena, moved, f->model_count * f->scenario_count + 1);
    if (list == NULL) {
        d->failed = true;
        return false;
    }
    count = collect(f, list);
    if (count == 0) return false;
    qsort(list, count, sizeof *list, by_range);
    dt__heading(d, 1, dt__word(d, "What moves the probabilities most"));
    dt__paragraph(d, dt__word(d, "For each scenario and model the one uncertain input that moves it most: the smallest "
                                 "and the largest probability in a fifth of the draws, sorted by that input. The "
                                 "widest first."));
    table = DT__TABLE_OF(d, input_columns);
    for (size_t i = 0; i < count && i < INPUTS_SHOWN; i++) add_moved(d, table, a, &list[i]);
    return true;
}
