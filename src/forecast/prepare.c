/* From a model and options to something that can be drawn. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/catalog.h"
#include "forecast/run.h"

static const uint64_t max_draws = 1000000000;
enum { MAX_SHARDS = 1000000 };

/* ---- options ---- */

static const char *keep_text(dt_forecast_run *run, const char *text) {
    return text == NULL ? NULL : dt__arena_string(&run->arena, text, strlen(text));
}

static dt_status keep_settings(dt_forecast_run *run, const dt_setting **out, const dt_setting *given, size_t count) {
    dt_setting *kept = DT__ARENA_ARRAY(&run->arena, dt_setting, count);

    if (kept == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) {
        kept[i] = (dt_setting){.name = keep_text(run, given[i].name), .value = keep_text(run, given[i].value)};
        if (kept[i].name == NULL || kept[i].value == NULL) return DT_ERR_MEMORY;
    }
    *out = kept;
    return DT_OK;
}

static dt_status keep_options(dt_forecast_run *run, const dt_forecast_opts *opts) {
    dt_status st;

    run->opts = *opts;
    run->opts.among = keep_text(run, opts->among);
    run->opts.at = keep_text(run, opts->at);
    if ((opts->among != NULL && run->opts.among == NULL) || (opts->at != NULL && run->opts.at == NULL))
        return DT_ERR_MEMORY;
    if ((st = keep_settings(run, &run->opts.settings, opts->settings, opts->setting_count)) != DT_OK) return st;
    return keep_settings(run, &run->opts.base_rates, opts->base_rates, opts->base_rate_count);
}

static dt_status check_options(const dt_forecast_opts *opts, dt_env *env) {
    if (opts->draws < 1 || opts->draws > max_draws)
        return dt__refuse_option(env, "out-of-range", DT__N("draws are from 1 to {0}"), "1000000000");
    if (opts->shards < 1 || opts->shards > MAX_SHARDS || opts->shard < 1 || opts->shard > opts->shards)
        return dt__refuse_option(env, "out-of-range", DT__N("a shard is I/N with I from 1 to N, and N at most {0}"),
                                 "1000000");
    if (opts->shards > opts->draws)
        return dt__refuse_option(env, "out-of-range", DT__N("there are more shards than draws"), "");
    return DT_OK;
}

/* ---- base rates ---- */

static dt_status unknown_scenario(const dt_model *model, const char *name, dt_env *env) {
    const char **known = DT__ARRAY(env, const char *, model->scenario_count);
    const char *nearest;

    if (known == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < model->scenario_count; i++) known[i] = model->scenarios[i].id;
    nearest = dt__nearest(name, known, model->scenario_count);
    dt__refuse_option(env, "unknown-scenario", DT__N("there is no scenario “{0}”"), name);
    if (nearest != NULL) dt__hint(env, "did you mean {0}?", nearest, NULL);
    DT__FREE(env, known, model->scenario_count == 0 ? 1 : model->scenario_count);
    return DT_ERR_ARGUMENT;
}

static dt_status read_base_rates(dt_forecast_run *run, dt_env *env) {
    for (size_t s = 0; s < DT__MAX_SCENARIOS; s++) run->base_rates[s] = NAN;
    for (size_t i = 0; i < run->opts.base_rate_count; i++) {
        const dt_setting *given = &run->opts.base_rates[i];
        uint32_t scenario = dt__model_scenario(run->model, given->name);
        dt__rational value;
        if (scenario == DT__NO_INDEX) return unknown_scenario(run->model, given->name, env);
        if (!dt__rational_parse(&value, given->value, strlen(given->value)) || dt__rational_sign(value) < 0 ||
            dt__rational_compare(value, DT__RATIONAL(1)) > 0)
            return dt__refuse_option(env, "bad-probability",
                                     DT__N("“{0}” is no probability: expected 0 to 1, or 0% to 100%"), given->value);
        run->base_rates[scenario] = dt__rational_double(value);
    }
    return DT_OK;
}

void dt__run_clear(dt_forecast_run *run, dt_env *env) {
    dt__panel_clear(&run->panel, env);
    dt__arena_clear(&run->arena);
}

/* ---- inputs ---- */

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Fifths of an input are cut where the first thousand draws have them, whatever share of the draws is made here. */
static dt_status cut_inputs(dt_forecast_run *run, dt_env *env) {
    size_t pilot = run->opts.draws < DT__PILOT_DRAWS ? (size_t)run->opts.draws : DT__PILOT_DRAWS;
    double *values = DT__ARRAY(env, double, pilot * run->input_count);
    dt__workers workers = {0};
    dt_status st = values == NULL ? DT_ERR_MEMORY : dt__workers_init(&workers, &run->panel.setting, 1, env);

    for (size_t draw = 0; draw < pilot && st == DT_OK; draw++) {
        st = dt__worker_draw(&workers.list[0], run->opts.seed, draw);
        for (size_t i = 0; i < run->input_count; i++)
            values[i * pilot + draw] = dt__input_value(&run->inputs[i], &workers.list[0].valuation);
    }
    for (size_t i = 0; i < run->input_count && st == DT_OK; i++) {
        qsort(values + i * pilot, pilot, sizeof *values, by_value);
        for (size_t k = 0; k + 1 < DT__FIFTHS; k++)
            run->inputs[i].cuts[k] = values[i * pilot + (k + 1) * pilot / DT__FIFTHS];
    }
    dt__workers_clear(&workers, env);
    if (values != NULL) DT__FREE(env, values, pilot * run->input_count == 0 ? 1 : pilot * run->input_count);
    return st;
}

/* The first of them, when there are more than are sorted by. */
static dt_status find_inputs(dt_forecast_run *run, dt_env *env) {
    dt__vector inputs = DT__VECTOR(dt__input);
    dt_status st = dt__inputs_list(&inputs, run->model, run->panel.setting.valuation.fixed, env);

    for (size_t i = 0; i < inputs.count && run->input_count < DT__MAX_INPUTS && st == DT_OK; i++)
        run->inputs[run->input_count++].input = *DT__AT(inputs, dt__input, i);
    dt__vector_clear(&inputs, env);
    return st == DT_OK ? cut_inputs(run, env) : st;
}

/* ---- counts ---- */

static dt_status lay_out_counts(dt_forecast_run *run) {
    const dt_model *m = run->model;
    dt__count_layout *at = &run->layout;
    size_t *start = DT__ARENA_ARRAY(&run->arena, size_t, m->issue_count);

    if (start == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < m->issue_count; i++) {
        start[i] = at->option_total;
        at->option_total += m->issues[i].option_count;
    }
    at->option_start = start;
    at->deals = 0;
    at->scenarios = at->deals + run->panel.voice_count;
    at->options = at->scenarios + run->panel.voice_count * m->scenario_count;
    at->sizes = at->options + run->panel.voice_count * at->option_total;
    at->fifths = at->sizes + run->input_count * DT__FIFTHS;
    at->all = at->fifths + run->input_count * DT__FIFTHS * run->panel.voice_count * m->scenario_count;
    run->counts = DT__ARENA_ARRAY(&run->arena, uint64_t, at->all);
    return run->counts == NULL ? DT_ERR_MEMORY : DT_OK;
}

static uint64_t share_end(const dt_forecast_opts *opts, uint64_t shard) {
    return (uint64_t)((dt__uint128)opts->draws * shard / opts->shards);
}

/* ---- the whole ---- */

dt_status dt__run_prepare(dt_forecast_run *run, const dt_forecast_opts *opts, dt_env *env) {
    dt__panel_opts asked = {.settings = opts->settings,
                            .setting_count = opts->setting_count,
                            .among = opts->among,
                            .at = opts->at,
                            .choices = DT__EVERY_VOICE,
                            .positional = DT__EVERY_VOICE,
                            .steps = true};
    dt_status st;

    if ((st = check_options(opts, env)) != DT_OK) return st;
    if (run->model->scenario_count > DT__MAX_SCENARIOS) return dt__too_many_scenarios(env);
    if ((st = keep_options(run, opts)) != DT_OK) return st;
    if ((st = read_base_rates(run, env)) != DT_OK) return st;
    if ((st = dt__panel_init(&run->panel, run->model, &asked, &run->arena, env)) != DT_OK) return st;
    if ((st = find_inputs(run, env)) != DT_OK) return st;
    run->first = run->next = share_end(&run->opts, run->opts.shard - 1);
    run->end = share_end(&run->opts, run->opts.shard);
    return lay_out_counts(run);
}
