#include "bargain/draws.h"

#include <stdlib.h>
#include <string.h>

#include "base/threads.h"
#include "question/workers.h"

enum { DRAWS_PER_TASK = 8, SHOWN = 10 };

/* An outcome, and in how many draws it was a solution. */
typedef struct counted {
    uint64_t hash, count;
    dt__option outcome[DT__MAX_ISSUES];
} counted;

typedef struct series {
    const dt__bargain_work *works;
    size_t count, issues;
    uint64_t draws, seed;
    dt__workers workers;
    dt__vector *counts; /* of counted: worker x format x solution */
    uint64_t *done;     /* per worker: draws made before the time ran out */
} series;

static size_t lists_of(const series *s) {
    return s->count * DT_SOLUTION_COUNT;
}

static uint64_t hash_of(const dt__option *outcome, size_t issues) {
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < issues; i++) h = (h ^ outcome[i]) * 0x100000001b3u;
    return h;
}

static dt_status count_outcome(dt__vector *list, const dt__option *outcome, uint64_t times, size_t issues,
                               dt_env *env) {
    counted fresh = {.hash = hash_of(outcome, issues), .count = times};

    for (size_t i = 0; i < list->count; i++) {
        counted *known = DT__AT(*list, counted, i);
        if (known->hash != fresh.hash || memcmp(known->outcome, outcome, issues * sizeof *outcome) != 0) continue;
        known->count += times;
        return DT_OK;
    }
    memcpy(fresh.outcome, outcome, issues * sizeof *outcome);
    return dt__vector_push(list, &fresh, env);
}

/* ---- one draw ---- */

static dt_status count_solution(dt__vector *list, const dt__bargain_work *w, dt_solution_kind kind, size_t issues,
                                dt_env *env) {
    bool everywhere = kind == DT_SOLUTION_MAXIMUM_WELFARE;
    const dt__points *points = everywhere ? &w->frontier.points : &w->rational;
    dt__option outcome[DT__MAX_ISSUES];
    dt__choice choice;
    dt__gains gains;
    dt__arena arena;
    dt_status st;

    if (!w->found || w->ordinal || points->count == 0 || (kind == DT_SOLUTION_EQUAL_AREA && w->count != 2))
        return DT_OK;
    dt__arena_init(&arena, env);
    st = dt__gains_init(&gains, points, w, &arena);
    if (st == DT_OK) st = dt__solve(&choice, kind, &gains, &arena);
    for (size_t i = 0; st == DT_OK && i < points->count; i++) {
        if (!choice.chosen[i]) continue;
        dt__points_outcome(points->origins[i], &w->problem, outcome);
        st = count_outcome(list, outcome, 1, issues, env);
    }
    dt__arena_clear(&arena);
    return st;
}

static dt_status run_format(series *s, dt__worker *w, dt__vector *counts, size_t f) {
    dt__bargain_work work;
    dt_status st = dt__bargain_work_init(&work, s->works[f].format, w->setting, s->works[f].epsilon, w->env);

    work.without_recount = true;
    memcpy(work.weights, s->works[f].weights, sizeof work.weights);
    if (st == DT_OK) st = dt__find_vectors(&work, w->env);
    for (int kind = 0; kind < DT_SOLUTION_COUNT && st == DT_OK; kind++) {
        st = count_solution(&counts[f * DT_SOLUTION_COUNT + (size_t)kind], &work, (dt_solution_kind)kind, s->issues,
                            w->env);
    }
    dt__bargain_work_clear(&work, w->env);
    return st;
}

static dt_status run_task(void *payload, size_t i, unsigned number) {
    series *s = payload;
    dt__worker *w = &s->workers.list[number];
    uint64_t end = (i + 1) * DRAWS_PER_TASK < s->draws ? (i + 1) * DRAWS_PER_TASK : s->draws;
    dt_status st = DT_OK;

    for (uint64_t draw = i * DRAWS_PER_TASK; draw < end && st == DT_OK && !dt__overdue(w->env); draw++) {
        st = dt__worker_draw(w, s->seed, draw);
        for (size_t f = 0; f < s->count && st == DT_OK; f++) st = run_format(s, w, s->counts + number * lists_of(s), f);
        if (st == DT_OK) st = dt__poll(w->env);
        s->done[number]++;
    }
    return st;
}

/* ---- the shares ---- */

static int by_count(const void *a, const void *b) {
    const counted *x = a, *y = b;
    if (x->count != y->count) return x->count > y->count ? -1 : 1;
    return memcmp(x->outcome, y->outcome, sizeof x->outcome);
}

static dt_status share_out(dt__builder *b, dt_solution *out, const series *s, size_t list) {
    dt__vector all = DT__VECTOR(counted);
    dt_outcome *outcomes;
    double *shares;
    dt_status st = DT_OK;

    for (unsigned i = 0; i < s->workers.count; i++) {
        const dt__vector *own = &s->counts[i * lists_of(s) + list];
        for (size_t j = 0; j < own->count && st == DT_OK; j++) {
            const counted *c = DT__AT(*own, counted, j);
            st = count_outcome(&all, c->outcome, c->count, s->issues, b->env);
        }
    }
    if (all.count > 1) qsort(all.items, all.count, sizeof(counted), by_count);
    out->share_count = all.count < SHOWN ? all.count : SHOWN;
    out->share_outcomes = outcomes = DT__BUILDER_ARRAY(b, dt_outcome, out->share_count);
    out->shares = shares = DT__BUILDER_ARRAY(b, double, out->share_count);
    for (size_t i = 0; outcomes != NULL && shares != NULL && i < out->share_count; i++) {
        const counted *c = DT__AT(all, counted, i);
        outcomes[i] = dt__builder_outcome(b, c->outcome, s->issues);
        shares[i] = (double)c->count / (double)s->draws;
    }
    dt__vector_clear(&all, b->env);
    return st;
}

/* Shares are of the draws that were made. */
static void count_done(series *s) {
    s->draws = 0;
    for (unsigned i = 0; i < s->workers.count; i++) s->draws += s->done[i];
}

dt_status dt__answer_draws(dt__builder *b, dt_bargain_format *formats, const dt__bargain_work *works, size_t count,
                           uint64_t *draws, uint64_t seed) {
    series s = {
        .works = works, .count = count, .issues = works[0].problem.model->issue_count, .draws = *draws, .seed = seed};
    size_t tasks = (size_t)((*draws + DRAWS_PER_TASK - 1) / DRAWS_PER_TASK), lists = 0, workers = 0;
    dt_status st;

    DT__TRY(dt__workers_init(&s.workers, works[0].setting, tasks, b->env));
    workers = s.workers.count;
    lists = workers * lists_of(&s);
    if ((s.done = DT__ARRAY(b->env, uint64_t, workers)) == NULL) DT__TRY(DT_ERR_MEMORY);
    if ((s.counts = DT__ARRAY(b->env, dt__vector, lists)) == NULL) DT__TRY(DT_ERR_MEMORY);
    for (size_t l = 0; l < lists; l++) s.counts[l] = DT__VECTOR(counted);
    DT__TRY(dt__parallel(b->env, tasks, run_task, &s));
    count_done(&s);
    *draws = s.draws;
    for (size_t f = 0; f < count; f++) {
        for (size_t k = 0; k < DT_SOLUTION_COUNT; k++)
            DT__TRY(share_out(b, &formats[f].solutions[k], &s, f * DT_SOLUTION_COUNT + k));
    }
done:
    for (size_t l = 0; s.counts != NULL && l < lists; l++)
        dt__vector_clear(&s.counts[l], s.workers.list[l / lists_of(&s)].env);
    if (s.counts != NULL) DT__FREE(b->env, s.counts, lists);
    if (s.done != NULL) DT__FREE(b->env, s.done, workers);
    dt__workers_clear(&s.workers, b->env);
    return st;
}
