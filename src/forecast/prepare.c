/* From a model and options to something that can be drawn. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/catalog.h"
#include "forecast/positional.h"

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

/* ---- dates ---- */

static size_t date_place(dt__dates *dates, dt__rational months) {
    size_t i = 0;

    while (i < dates->count && dt__rational_compare(dates->months[i], months) != 0) i++;
    if (i == dates->count) dates->months[dates->count++] = months;
    return i;
}

/* A scenario is judged at its own date; without one, at the date asked for.  The past does not drift. */
static void find_dates(dt_forecast_run *run) {
    const dt_model *m = run->model;
    dt__dates *dates = &run->dates;

    if (run->opts.at != NULL || m->scenario_count == 0) date_place(dates, run->setting.situation.months);
    for (size_t s = 0; s < m->scenario_count; s++) {
        dt__rational months = run->setting.situation.months;
        if (m->scenarios[s].has_by && m->has_as_of) months = dt__date_months(m->as_of, m->scenarios[s].by);
        if (dt__rational_sign(months) < 0 && m->scenarios[s].has_by) months = DT__RATIONAL(0);
        dates->of_scenario[s] = (uint32_t)date_place(dates, months);
    }
    for (size_t i = 1; i < dates->count; i++) {
        if (dt__rational_compare(dates->months[i], dates->months[dates->last]) > 0) dates->last = i;
    }
}

/* ---- formats and voices ---- */

uint64_t dt__scenarios_met(const dt_model *model, const dt__option *outcome) {
    uint64_t met = 0;
    for (size_t s = 0; s < model->scenario_count; s++)
        met |= (uint64_t)dt__condition_holds(model->scenarios[s].when, outcome) << s;
    return met;
}

static dt_status compile_format(dt_forecast_run *run, dt__compiled_format *f, dt_env *env) {
    dt__candidates *c = &f->candidates;
    dt_status st = dt__candidates_find(c, f->format, &run->setting, &run->amounts, run->dates.months, run->dates.count,
                                       &run->arena, env);

    if (st != DT_OK) return st;
    if ((f->scenarios = DT__ARENA_ARRAY(&run->arena, uint64_t, c->count)) == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < c->count; i++) f->scenarios[i] = dt__scenarios_met(run->model, c->outcomes + i * c->issues);
    return DT_OK;
}

static dt_status compile_formats(dt_forecast_run *run, dt_env *env) {
    const dt__format **asked = DT__ARENA_ARRAY(&run->arena, const dt__format *, run->model->format_count);
    dt_status st;

    if (asked == NULL) return DT_ERR_MEMORY;
    if ((st = dt__formats_asked(asked, &run->format_count, run->model, run->opts.among, env)) != DT_OK) return st;
    run->formats = DT__ARENA_ARRAY(&run->arena, dt__compiled_format, run->format_count);
    if (run->formats == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < run->format_count && st == DT_OK; i++) {
        run->formats[i].format = asked[i];
        st = compile_format(run, &run->formats[i], env);
        dt__progress(env, DT__N("preparing"), (double)(i + 1) / (double)run->format_count);
    }
    return st;
}

/* Without utilities nobody has positions; where no outcome is coherent nothing can be said. */
static dt_status compile_positions(dt_forecast_run *run, dt_env *env) {
    dt__positional *p = DT__NEW(env, dt__positional);
    dt_status st;

    if (p == NULL) return DT_ERR_MEMORY;
    st = dt__positional_init(p, run, env);
    if (st == DT_OK && p->actor_count > 0 && p->guide.possible && !dt__guide_dead(&p->guide, 0, run->setting.no_deal)) {
        run->positional = p;
        return DT_OK;
    }
    dt__positional_clear(p, env);
    DT__FREE(env, p, 1);
    return st;
}

void dt__run_clear(dt_forecast_run *run, dt_env *env) {
    if (run->positional != NULL) {
        dt__positional_clear(run->positional, env);
        DT__FREE(env, run->positional, 1);
    }
    dt__setting_clear(&run->setting, env);
    dt__arena_clear(&run->arena);
}

static dt_status list_voices(dt_forecast_run *run) {
    run->voices = DT__ARENA_ARRAY(&run->arena, dt__voice, run->format_count * DT__CHOOSE_COUNT + DT__POSITIONAL_COUNT);
    if (run->voices == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < run->format_count; i++) {
        const dt__candidates *c = &run->formats[i].candidates;
        for (int kind = 0; kind < DT__CHOOSE_COUNT; kind++) {
            dt__voice *v = &run->voices[run->voice_count++];
            *v = (dt__voice){.kind = DT_MODEL_BARGAIN, .place = i, .choice = (dt__choice_kind)kind};
            if (c->ordinal) v->status = DT_FORECAST_ORDINAL;
            else if (!c->complete) v->status = DT_FORECAST_TOO_LARGE;
        }
    }
    for (size_t i = 0; run->positional != NULL && i < DT__POSITIONAL_COUNT; i++)
        run->voices[run->voice_count++] = (dt__voice){.kind = DT_MODEL_POSITIONS, .positional = i};
    return DT_OK;
}

/* ---- inputs ---- */

static bool is_random(const dt_model *m, dt__number_id id) {
    dt__number_kind kind = id == DT__NO_NUMBER ? DT__NUMBER_EXACT : m->numbers[id].kind;
    return kind == DT__NUMBER_UNIFORM || kind == DT__NUMBER_NORMAL || kind == DT__NUMBER_PERT ||
           kind == DT__NUMBER_CODERS;
}

static void add_input(dt_forecast_run *run, uint32_t quantity, dt__number_id number) {
    if (run->input_count < DT__MAX_INPUTS && is_random(run->model, number))
        run->inputs[run->input_count++] = (dt__input){.quantity = quantity, .number = number};
}

static void add_numbers_of(dt_forecast_run *run, const dt__party *party) {
    const dt__preferences *prefs = party->preferences;

    add_input(run, DT__NO_INDEX, party->capability);
    if (prefs == NULL) return;
    for (size_t t = 0; t < prefs->term_count; t++) {
        const dt__term *term = &prefs->terms[t];
        add_input(run, DT__NO_INDEX, term->weight);
        add_input(run, DT__NO_INDEX, term->position);
        for (uint32_t o = 0; term->values != NULL && o < run->model->issues[term->issue].option_count; o++)
            add_input(run, DT__NO_INDEX, term->values[o]);
    }
    for (size_t a = 0; a < prefs->adjust_count; a++) add_input(run, DT__NO_INDEX, prefs->adjust[a].add);
    add_input(run, DT__NO_INDEX, prefs->no_deal);
    add_input(run, DT__NO_INDEX, prefs->drift);
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Fifths of an input are cut where the first thousand draws have them, whatever share of the draws is made here. */
static dt_status cut_inputs(dt_forecast_run *run, dt_env *env) {
    size_t pilot = run->opts.draws < DT__PILOT_DRAWS ? (size_t)run->opts.draws : DT__PILOT_DRAWS;
    double *values = DT__ARRAY(env, double, pilot * run->input_count);
    dt__workers workers = {0};
    dt_status st = values == NULL ? DT_ERR_MEMORY : dt__workers_init(&workers, &run->setting, 1, env);

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

static dt_status find_inputs(dt_forecast_run *run, dt_env *env) {
    const dt_model *m = run->model;

    for (uint32_t q = 0; q < m->quantity_count; q++) {
        if (!run->setting.valuation.fixed[q]) add_input(run, q, m->quantities[q].number);
    }
    for (size_t p = 0; p < m->party_count; p++) add_numbers_of(run, &m->parties[p]);
    return cut_inputs(run, env);
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
    at->scenarios = at->deals + run->voice_count;
    at->options = at->scenarios + run->voice_count * m->scenario_count;
    at->sizes = at->options + run->voice_count * at->option_total;
    at->fifths = at->sizes + run->input_count * DT__FIFTHS;
    at->all = at->fifths + run->input_count * DT__FIFTHS * run->voice_count * m->scenario_count;
    run->counts = DT__ARENA_ARRAY(&run->arena, uint64_t, at->all);
    return run->counts == NULL ? DT_ERR_MEMORY : DT_OK;
}

static uint64_t share_end(const dt_forecast_opts *opts, uint64_t shard) {
    return (uint64_t)((dt__uint128)opts->draws * shard / opts->shards);
}

/* ---- the whole ---- */

static dt_status too_many_scenarios(dt_env *env) {
    dt__diagnose(env, DT_ERROR, (dt__place){.file = ""}, "too-many-scenarios",
                 "a forecast can look at {0} scenarios at most", "64", NULL);
    return DT_ERR_LIMIT;
}

dt_status dt__run_prepare(dt_forecast_run *run, const dt_forecast_opts *opts, dt_env *env) {
    dt__settings given = {.settings = opts->settings, .count = opts->setting_count, .at = opts->at};
    dt_status st;

    if ((st = check_options(opts, env)) != DT_OK) return st;
    if (run->model->scenario_count > DT__MAX_SCENARIOS) return too_many_scenarios(env);
    if ((st = keep_options(run, opts)) != DT_OK) return st;
    if ((st = read_base_rates(run, env)) != DT_OK) return st;
    if ((st = dt__setting_init(&run->setting, run->model, &given, env)) != DT_OK) return st;
    find_dates(run);
    run->no_deal_scenarios = dt__scenarios_met(run->model, run->setting.no_deal);
    if ((st = dt__uncertainty_init(&run->uncertainty, &run->setting, &run->arena)) != DT_OK) return st;
    st = dt__amounts_init(&run->amounts, &run->setting, &run->uncertainty, run->dates.months, run->dates.count,
                          &run->arena, env);
    if (st != DT_OK) return st;
    if ((st = compile_formats(run, env)) != DT_OK) return st;
    if ((st = compile_positions(run, env)) != DT_OK) return st;
    if ((st = list_voices(run)) != DT_OK) return st;
    if ((st = find_inputs(run, env)) != DT_OK) return st;
    run->first = run->next = share_end(&run->opts, run->opts.shard - 1);
    run->end = share_end(&run->opts, run->opts.shard);
    return lay_out_counts(run);
}
