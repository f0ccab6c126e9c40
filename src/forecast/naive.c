#include "forecast/naive.h"

#include <math.h>
#include <string.h>

#include "space/walk.h"

static dt_probability sure(double p) {
    return (dt_probability){
        .known = true, .probability = p, .low = p, .high = p, .mc_low = p, .mc_high = p, .input = DT__NO_INDEX};
}

static dt_forecast_model baseline(const char *id, const dt_probability *scenarios) {
    return (dt_forecast_model){
        .id = id, .rule = id, .kind = DT_MODEL_BASELINE, .format = DT__NO_INDEX, .deal = NAN, .scenarios = scenarios};
}

/* ---- nothing changes ---- */

static void add_no_deal(dt__builder *b, dt_forecast_model *out, const dt_forecast_run *run) {
    dt_probability *p = DT__BUILDER_ARRAY(b, dt_probability, run->model->scenario_count);

    for (size_t s = 0; p != NULL && s < run->model->scenario_count; s++)
        p[s] = sure((double)(run->panel.no_deal_scenarios >> s & 1));
    *out = baseline("no_deal", p);
}

/* ---- every coherent outcome alike: exact, by counting ---- */

/* *known is false where there are only bounds. */
static dt_status count_coherent(double *count, bool *known, const dt__problem *problem, uint32_t scenario,
                                const dt_forecast_run *run, dt_env *env) {
    dt__tally *tally = DT__NEW(env, dt__tally);
    dt__query q;
    dt_status st;

    if (tally == NULL) return DT_ERR_MEMORY;
    if ((st = dt__query_init(&q, problem, env)) != DT_OK) {
        DT__FREE(env, tally, 1);
        return st;
    }
    if (scenario != DT__NO_INDEX)
        q.bit_roles[dt__problem_bit(problem, DT__BIT_SCENARIO, DT__NO_INDEX, scenario)] = DT__HARD;
    st = dt__walk_count(tally, &q, NULL, &run->panel.setting.limits, env);
    *count = dt__count_double(tally->count, tally->limbs);
    *known = tally->exact;
    dt__query_clear(&q, env);
    DT__FREE(env, tally, 1);
    return st;
}

static dt_status count_scenarios(dt_probability *p, const dt__problem *problem, const dt_forecast_run *run,
                                 dt_env *env) {
    double all, some;
    bool all_known, known;
    dt_status st = count_coherent(&all, &all_known, problem, DT__NO_INDEX, run, env);

    for (uint32_t s = 0; s < run->model->scenario_count && st == DT_OK; s++) {
        st = count_coherent(&some, &known, problem, s, run, env);
        if (st == DT_OK && all_known && known && all > 0) p[s] = sure(some / all);
    }
    return st;
}

static dt_status add_uniform(dt__builder *b, dt_forecast_model *out, const dt_forecast_run *run, dt_env *env) {
    dt_probability *p = DT__BUILDER_ARRAY(b, dt_probability, run->model->scenario_count);
    dt__issue_set all = {{0}};
    dt__problem problem;
    dt_status st;

    if (p == NULL) return DT_ERR_MEMORY;
    *out = baseline("uniform", p);
    for (uint32_t i = 0; i < run->model->issue_count; i++) dt__issue_set_add(&all, i);
    st = dt__problem_init(&problem, &run->panel.setting.situation, &all, env);
    if (st == DT_OK) st = count_scenarios(p, &problem, run, env);
    dt__problem_clear(&problem);
    return st;
}

/* ---- the user's ---- */

static bool add_base_rate(dt__builder *b, dt_forecast_model *out, const dt_forecast_run *run) {
    dt_probability *p = DT__BUILDER_ARRAY(b, dt_probability, run->model->scenario_count);

    for (size_t s = 0; p != NULL && s < run->model->scenario_count; s++) {
        if (!isnan(run->base_rates[s])) p[s] = sure(run->base_rates[s]);
    }
    *out = baseline("base_rate", p);
    return run->opts.base_rate_count > 0;
}

dt_status dt__add_baselines(dt__builder *b, dt_forecast_model *list, size_t *count, const dt_forecast_run *run,
                            dt_env *env) {
    dt_status st;

    add_no_deal(b, &list[(*count)++], run);
    if ((st = add_uniform(b, &list[(*count)++], run, env)) != DT_OK) return st;
    if (add_base_rate(b, &list[*count], run)) (*count)++;
    return DT_OK;
}
