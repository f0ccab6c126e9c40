#include "question/workers.h"

#include <string.h>

#include "base/threads.h"

static dt_status worker_init(dt__worker *w, const dt__setting *setting, dt_env *env) {
    const dt__valuation *given = setting->situation.valuation;
    dt_status st;

    if ((st = dt_env_new(&w->env, &env->opts)) != DT_OK) return st;
    w->env->deadline = env->deadline;
    if ((st = dt__valuation_init(&w->valuation, setting->situation.model, w->env)) != DT_OK) return st;
    memcpy(w->valuation.fixed, given->fixed, given->quantity_count * sizeof *given->fixed);
    memcpy(w->valuation.quantities, given->quantities, given->quantity_count * sizeof *given->quantities);
    memcpy(w->valuation.numbers, given->numbers, given->number_count * sizeof *given->numbers);
    if ((w->setting = DT__NEW(w->env, dt__setting)) == NULL) return DT_ERR_MEMORY;
    *w->setting = *setting;
    w->setting->situation.valuation = &w->valuation;
    w->setting->situation.no_deal = w->setting->no_deal;
    return DT_OK;
}

dt_status dt__workers_init(dt__workers *w, const dt__setting *setting, size_t tasks, dt_env *env) {
    dt_status st = DT_OK;

    *w = (dt__workers){.count = dt__thread_count(env, tasks)};
    if ((w->list = DT__ARRAY(env, dt__worker, w->count)) == NULL) return DT_ERR_MEMORY;
    for (unsigned i = 0; i < w->count && st == DT_OK; i++) st = worker_init(&w->list[i], setting, env);
    return st;
}

static void worker_clear(dt__worker *w, dt_env *env) {
    if (w->env == NULL) return;
    dt__env_take_diagnostics(env, w->env);
    if (w->setting != NULL) DT__FREE(w->env, w->setting, 1);
    if (w->valuation.numbers != NULL) dt__valuation_clear(&w->valuation, w->env);
    dt_env_free(w->env);
}

void dt__workers_clear(dt__workers *w, dt_env *env) {
    if (w->list == NULL) return;
    for (unsigned i = 0; i < w->count; i++) worker_clear(&w->list[i], env);
    DT__FREE(env, w->list, w->count);
    *w = (dt__workers){0};
}

dt_status dt__worker_draw(dt__worker *worker, uint64_t seed, uint64_t draw) {
    return dt__valuation_draw(&worker->valuation, worker->setting->situation.model, seed, draw, worker->env);
}
