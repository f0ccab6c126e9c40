#include <string.h>

#include "forecast/run.h"

enum { DEFAULT_DRAWS = 10000 };

void dt_forecast_opts_init(dt_forecast_opts *opts) {
    *opts = (dt_forecast_opts){.draws = DEFAULT_DRAWS, .seed = 1, .shard = 1, .shards = 1};
}

void dt_forecast_free(dt_forecast_answer *answer, dt_env *env) {
    if (answer != NULL) dt__answer_memory_free(answer->memory, env);
}

dt_status dt_forecast_open(dt_forecast_run **out, const dt_model *model, const dt_forecast_opts *opts, dt_env *env) {
    dt_forecast_run *run = DT__NEW(env, dt_forecast_run);
    dt_status st;

    *out = NULL;
    dt__clock_start(env);
    if (run == NULL) return DT_ERR_MEMORY;
    run->model = model;
    dt__arena_init(&run->arena, env);
    st = dt__run_prepare(run, opts, env);
    if (st == DT_OK) *out = run;
    else dt_forecast_close(run, env);
    return dt__settled(env, st);
}

void dt_forecast_close(dt_forecast_run *run, dt_env *env) {
    if (run == NULL) return;
    dt__run_clear(run, env);
    DT__FREE(env, run, 1);
}

uint64_t dt_forecast_left(const dt_forecast_run *run) {
    return run->end - run->next;
}

dt_status dt_forecast_advance(dt_forecast_run *run, uint64_t draws, dt_env *env) {
    uint64_t to = draws < run->end - run->next ? run->next + draws : run->end;

    if (to == run->next) return DT_OK;
    return dt__settled(env, dt__count_draws(run, run->next, to, env));
}

dt_status dt_forecast_finish(dt_forecast_answer **out, const dt_forecast_run *run, dt_env *env) {
    *out = NULL;
    return dt__settled(env, dt__run_summary(out, run, env));
}

dt_status dt_forecast(dt_forecast_answer **out, const dt_model *model, const dt_forecast_opts *opts, dt_env *env) {
    dt_forecast_run *run = NULL;
    dt_status st = dt_forecast_open(&run, model, opts, env);

    *out = NULL;
    if (st == DT_OK && run != NULL) st = dt_forecast_advance(run, dt_forecast_left(run), env);
    if (st == DT_OK) st = dt_forecast_finish(out, run, env);
    dt_forecast_close(run, env);
    return st;
}
