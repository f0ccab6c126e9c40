#include "base/catalog.h"
#include "drivers/study.h"

enum { DEFAULT_SAMPLES = 1024, MOST_SAMPLES = 1 << 20 };

void dt_drivers_opts_init(dt_drivers_opts *opts) {
    *opts = (dt_drivers_opts){.samples = DEFAULT_SAMPLES, .seed = 1};
}

void dt_drivers_free(dt_drivers_answer *answer, dt_env *env) {
    if (answer == NULL) return;
    for (size_t i = 0; i < answer->lever_count; i++) dt_whatif_free((dt_whatif_answer *)answer->levers[i].reasons, env);
    dt__answer_memory_free(answer->memory, env);
}

static dt_status check_options(const dt_drivers_opts *opts, dt_env *env) {
    if (opts->samples < 2 || opts->samples > MOST_SAMPLES || (opts->samples & (opts->samples - 1)) != 0)
        return dt__refuse_option(env, "out-of-range", DT__N("samples are a power of two from 2 to {0}"), "1048576");
    return DT_OK;
}

/* ---- the output asked about ---- */

static dt_status unknown_output(const dt__study *s, dt_env *env) {
    size_t outputs = s->output_count, count = outputs + s->model->scenario_count;
    const char **known = DT__ARRAY(env, const char *, count);
    const char *nearest;

    if (known == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < outputs; i++) known[i] = s->outputs[i].id;
    for (size_t i = outputs; i < count; i++) known[i] = s->model->scenarios[i - outputs].id;
    nearest = dt__nearest(s->opts->of, known, count);
    dt__refuse_option(env, "unknown-output", DT__N("there is no output or scenario “{0}”"), s->opts->of);
    if (nearest != NULL) dt__hint(env, "did you mean {0}?", nearest, NULL);
    DT__FREE(env, known, count == 0 ? 1 : count);
    return DT_ERR_ARGUMENT;
}

static dt_status check_output(const dt__study *s, dt_env *env) {
    if (s->opts->of == NULL || dt__output_find(s, s->opts->of) != DT__NO_INDEX ||
        dt__model_scenario(s->model, s->opts->of) != DT__NO_INDEX)
        return DT_OK;
    return unknown_output(s, env);
}

/* The output of a kind (and scenario) that varies most. */
static uint32_t most_varying(const dt_drivers_answer *a, dt_output_kind kind, uint32_t scenario) {
    uint32_t best = DT__NO_INDEX;

    for (uint32_t i = 0; i < a->output_count; i++) {
        const dt_driver_output *o = &a->outputs[i];
        if (o->kind != kind || o->scenario != scenario || !o->varies) continue;
        if (best == DT__NO_INDEX || o->variance > a->outputs[best].variance) best = i;
    }
    return best;
}

static uint32_t choose_output(const dt_drivers_answer *a, const dt__study *s) {
    uint32_t asked = s->opts->of == NULL ? DT__NO_INDEX : dt__output_find(s, s->opts->of), main = asked;
    uint32_t first = 0, last = (uint32_t)s->model->scenario_count;

    if (asked == DT__NO_INDEX && s->opts->of != NULL)
        first = dt__model_scenario(s->model, s->opts->of), last = first + 1;
    for (uint32_t i = first; i < last && main == DT__NO_INDEX; i++) main = most_varying(a, DT_OUTPUT_SCENARIO, i);
    for (uint32_t i = 0; i < a->output_count && main == DT__NO_INDEX && s->opts->of != NULL; i++)
        if (a->outputs[i].scenario == first) main = i;
    if (main == DT__NO_INDEX) main = most_varying(a, DT_OUTPUT_ZONE, DT__NO_INDEX);
    if (main == DT__NO_INDEX) main = most_varying(a, DT_OUTPUT_COMPROMISE, DT__NO_INDEX);
    if (main == DT__NO_INDEX) main = most_varying(a, DT_OUTPUT_GAIN, DT__NO_INDEX);
    return main == DT__NO_INDEX && a->output_count > 0 ? 0 : main;
}

/* ---- the whole ---- */

static dt_status prepare(dt__study *s, dt_env *env) {
    const dt_drivers_opts *opts = s->opts;
    dt__panel_opts asked = {.settings = opts->settings,
                            .setting_count = opts->setting_count,
                            .among = opts->among,
                            .at = opts->at,
                            .choices = 1U << DT__CHOOSE_NASH,
                            .positional = 1U << 0,
                            .now = true};
    dt_status st;

    if ((st = check_options(opts, env)) != DT_OK) return st;
    if ((st = dt__refuse_graph(s->model, env)) != DT_OK) return st;
    s->rows = (size_t)opts->samples;
    if ((st = dt__panel_init(&s->panel, s->model, &asked, &s->arena, env)) != DT_OK) return st;
    if ((st = dt__inputs_list(&s->inputs, s->model, s->panel.setting.valuation.fixed, env)) != DT_OK) return st;
    if ((st = dt__outputs_list(s, env)) != DT_OK) return st;
    return check_output(s, env);
}

static dt_status answer_all(dt_drivers_answer *a, dt__builder *b, dt__study *s, dt_env *env) {
    dt_status st;

    if ((st = dt__rows_make(s, env)) != DT_OK) return st;
    if ((st = dt__shares_measure(a, b, s, env)) != DT_OK) return st;
    if ((st = dt__flips_find(a, b, s, env)) != DT_OK) return st;
    if ((st = dt__levers_try(a, b, s, env)) != DT_OK) return st;
    a->samples = s->made;
    a->asked = s->opts->samples;
    a->seed = s->opts->seed;
    a->evaluations = s->spent;
    a->complete = !s->cut;
    a->left_out = s->left_out;
    for (size_t p = 0; p < s->model->party_count; p++) a->rounded |= s->panel.amounts.parties[p].rounded;
    a->main = choose_output(a, s);
    return DT_OK;
}

static void study_clear(dt__study *s, dt_env *env) {
    size_t inputs = s->inputs.count, values = s->output_count * (inputs + 2) * s->rows,
           parts = s->output_count * inputs * s->rows;

    if (s->at != NULL) DT__FREE(env, s->at, inputs == 0 ? 1 : 2 * inputs * s->rows);
    if (s->values != NULL) DT__FREE(env, s->values, values == 0 ? 1 : values);
    if (s->parts != NULL) DT__FREE(env, s->parts, parts == 0 ? 1 : parts);
    dt__vector_clear(&s->inputs, env);
    dt__panel_clear(&s->panel, env);
    dt__arena_clear(&s->arena);
}

/* What holds memory of its own within an answer that is not handed over. */
static void drop_reasons(dt_drivers_answer *a, dt_env *env) {
    for (size_t i = 0; i < a->lever_count; i++) dt_whatif_free((dt_whatif_answer *)a->levers[i].reasons, env);
    a->lever_count = 0;
}

dt_status dt_drivers(dt_drivers_answer **out, const dt_model *model, const dt_drivers_opts *opts, dt_env *env) {
    dt__study s = {.model = model, .opts = opts, .inputs = DT__VECTOR(dt__input)};
    dt_drivers_answer *answer = NULL;
    dt__builder b;
    dt_status st;

    *out = NULL;
    dt__clock_start(env);
    if ((st = dt__builder_init(&b, env)) != DT_OK) return dt__settled(env, st);
    dt__arena_init(&s.arena, env);
    if ((answer = DT__BUILDER_ARRAY(&b, dt_drivers_answer, 1)) == NULL) st = DT_ERR_MEMORY;
    if (st == DT_OK) st = prepare(&s, env);
    if (st == DT_OK) st = answer_all(answer, &b, &s, env);
    study_clear(&s, env);
    if (st == DT_OK && (b.failed || b.scratch.failed)) st = DT_ERR_MEMORY;
    if (st != DT_OK) {
        if (answer != NULL) drop_reasons(answer, env);
        dt__builder_clear(&b);
        return dt__settled(env, st);
    }
    answer->memory = b.arena;
    if ((st = dt__builder_finish(&b)) == DT_OK) *out = answer;
    dt__builder_clear(&b);
    return dt__settled(env, st);
}
