/* Over draws of everything uncertain: how often is each state an equilibrium? */
#include <stdlib.h>

#include "base/threads.h"
#include "hold/work.h"
#include "question/workers.h"

enum { DRAWS_PER_TASK = 8 };

typedef struct series {
    dt__hold_work *w;
    dt__workers workers;
    uint64_t **counts; /* per worker: states x concepts */
    uint64_t *done;    /* per worker: draws made before the time ran out */
    size_t cells;
} series;

static dt_status run_draw(series *s, dt__worker *worker, uint64_t *counts, uint64_t draw) {
    dt__option anchor[DT__MAX_ISSUES];
    dt__graph_scope scope;
    dt__graph graph = {0};
    dt__stability stability = {0};
    dt_status st = dt__worker_draw(worker, s->w->opts->seed, draw);

    if (st != DT_OK) return st;
    dt__graph_scope_whole(&scope, anchor, &worker->setting->situation);
    scope.leaving = s->w->graph.leaving;
    st = dt__graph_init(&graph, &worker->setting->situation, &scope, NULL, worker->env);
    if (st == DT_OK) st = dt__stability_compute(&stability, &graph, NULL, worker->env);
    for (dt__state x = 0; st == DT_OK && x < graph.state_count; x++) {
        for (size_t c = 0; c < DT_CONCEPT_COUNT; c++)
            counts[(size_t)x * DT_CONCEPT_COUNT + c] += dt__in_set(dt__equilibrium_set(&stability, (dt__concept)c), x);
    }
    dt__stability_clear(&stability, worker->env);
    dt__graph_clear(&graph);
    return st;
}

static dt_status run_task(void *payload, size_t i, unsigned number) {
    series *s = payload;
    dt__worker *worker = &s->workers.list[number];
    uint64_t end = (i + 1) * DRAWS_PER_TASK < s->w->opts->draws ? (i + 1) * DRAWS_PER_TASK : s->w->opts->draws;
    dt_status st = DT_OK;

    for (uint64_t draw = i * DRAWS_PER_TASK; draw < end && st == DT_OK && !dt__overdue(worker->env); draw++) {
        st = run_draw(s, worker, s->counts[number], draw);
        if (st == DT_OK) st = dt__poll(worker->env);
        s->done[number]++;
    }
    return st;
}

static dt_status series_init(series *s, dt__hold_work *w) {
    size_t tasks = (size_t)((w->opts->draws + DRAWS_PER_TASK - 1) / DRAWS_PER_TASK);
    dt_status st = dt__workers_init(&s->workers, w->setting, tasks, w->env);

    if (st != DT_OK) return st;
    s->counts = DT__ARENA_ARRAY(&w->arena, uint64_t *, s->workers.count);
    s->done = DT__ARENA_ARRAY(&w->arena, uint64_t, s->workers.count);
    if (s->counts == NULL || s->done == NULL) return DT_ERR_MEMORY;
    for (unsigned i = 0; i < s->workers.count; i++) {
        s->workers.list[i].env->opts.threads = 1; /* draws run side by side, not what is within one */
        if ((s->counts[i] = DT__ARENA_ARRAY(&w->arena, uint64_t, s->cells)) == NULL) return DT_ERR_MEMORY;
    }
    return dt__parallel(w->env, tasks, run_task, s);
}

static double sum_of(const dt_hold_share *share) {
    double sum = 0;
    for (int c = 0; c < DT_CONCEPT_COUNT; c++) sum += share->shares[c];
    return sum;
}

static int by_share(const void *a, const void *b) {
    const dt_hold_share *x = a, *y = b;
    double p = sum_of(x), q = sum_of(y);
    if (p < q || p > q) return p > q ? -1 : 1;
    return (x->state > y->state) - (x->state < y->state);
}

static void list_shares(series *s) {
    dt__hold_work *w = s->w;
    dt_hold_share *list = DT__BUILDER_ARRAY(&w->builder, dt_hold_share, w->graph.state_count);
    uint64_t draws = 0;
    size_t count = 0;

    for (unsigned i = 0; i < s->workers.count; i++) draws += s->done[i];
    w->answer->draws = draws;
    for (dt__state x = 0; list != NULL && draws > 0 && x < w->graph.state_count; x++) {
        dt_hold_share *share = &list[count];
        bool any = false;
        *share = (dt_hold_share){.state = x + 1};
        for (size_t c = 0; c < DT_CONCEPT_COUNT; c++) {
            uint64_t times = 0;
            for (unsigned i = 0; i < s->workers.count; i++) times += s->counts[i][(size_t)x * DT_CONCEPT_COUNT + c];
            share->shares[c] = (double)times / (double)draws;
            any |= times > 0;
        }
        count += any;
    }
    if (count > 1) qsort(list, count, sizeof *list, by_share);
    w->answer->share_count = count < w->opts->states ? count : w->opts->states;
    w->answer->cut |= w->answer->share_count < count;
    w->answer->shares = list;
    for (size_t i = 0; i < w->answer->share_count && list != NULL; i++) dt__hold_name(w, list[i].state - 1);
}

dt_status dt__answer_shares(dt__hold_work *w) {
    series s = {.w = w, .cells = w->graph.state_count * DT_CONCEPT_COUNT};
    dt_status st;

    if (w->opts->draws == 0) return DT_OK;
    st = series_init(&s, w);
    if (st == DT_OK) list_shares(&s);
    dt__workers_clear(&s.workers, w->env);
    return st;
}
