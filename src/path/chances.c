/* How often there is a way when what is uncertain is drawn. */
#include "base/threads.h"
#include "path/answer_way.h"
#include "question/workers.h"

enum { DRAWS_PER_TASK = 4 };

typedef struct series {
    const dt__path_work *works;
    size_t count, destinations; /* formats; per format */
    uint64_t draws, seed;
    dt__workers workers;
    uint64_t *found, *undecided; /* worker x format x destination */
    uint64_t *done;              /* per worker */
} series;

static size_t cells(const series *s) {
    return s->count * s->destinations;
}

static dt_status run_format(series *s, dt__worker *worker, unsigned number, size_t f) {
    const dt__path_work *w = &s->works[f];
    dt__path_work own;
    dt_status st = dt__path_work_init(&own, w->format, worker->setting, w->opts, w->destinations, w->destination_count,
                                      worker->env);

    if (st == DT_OK) st = dt__find_overview(&own, false, w->opts->draw_work, worker->env);
    for (size_t d = 0; d < s->destinations && st == DT_OK; d++) {
        size_t cell = number * cells(s) + f * s->destinations + d;
        s->found[cell] += own.ways[d].status == DT_WAY_FOUND;
        s->undecided[cell] += own.ways[d].status == DT_WAY_UNDECIDED;
    }
    dt__path_work_clear(&own, worker->env);
    return st;
}

static dt_status run_task(void *payload, size_t i, unsigned number) {
    series *s = payload;
    dt__worker *worker = &s->workers.list[number];
    uint64_t end = (i + 1) * DRAWS_PER_TASK < s->draws ? (i + 1) * DRAWS_PER_TASK : s->draws;
    dt_status st = DT_OK;

    for (uint64_t draw = i * DRAWS_PER_TASK; draw < end && st == DT_OK && !dt__overdue(worker->env); draw++) {
        st = dt__worker_draw(worker, s->seed, draw);
        for (size_t f = 0; f < s->count && st == DT_OK; f++) st = run_format(s, worker, number, f);
        if (st == DT_OK) st = dt__poll(worker->env);
        s->done[number]++;
    }
    return st;
}

static void add_up(const series *s, dt_path_format *formats) {
    for (size_t f = 0; f < s->count; f++) {
        for (size_t d = 0; d < s->destinations; d++) {
            dt_way *way = (dt_way *)&formats[f].ways[d];
            for (unsigned i = 0; i < s->workers.count; i++) {
                way->reached_by_draws += s->found[i * cells(s) + f * s->destinations + d];
                way->undecided_draws += s->undecided[i * cells(s) + f * s->destinations + d];
            }
        }
    }
}

dt_status dt__path_draws(dt_path_format *formats, const dt__path_work *works, size_t count, uint64_t *draws,
                         uint64_t seed, dt_env *env) {
    series s = {.works = works, .count = count, .destinations = works[0].destination_count, .draws = *draws};
    size_t tasks = (size_t)((*draws + DRAWS_PER_TASK - 1) / DRAWS_PER_TASK), size = 0, workers = 0;
    dt_status st;

    s.seed = seed;
    DT__TRY(dt__workers_init(&s.workers, works[0].setting, tasks, env));
    workers = s.workers.count;
    size = workers * cells(&s);
    s.found = DT__ARRAY(env, uint64_t, size);
    s.undecided = DT__ARRAY(env, uint64_t, size);
    s.done = DT__ARRAY(env, uint64_t, workers);
    if (s.found == NULL || s.undecided == NULL || s.done == NULL) DT__TRY(DT_ERR_MEMORY);
    DT__TRY(dt__parallel(env, tasks, run_task, &s));
    add_up(&s, formats);
    *draws = 0;
    for (size_t i = 0; i < workers; i++) *draws += s.done[i];
done:
    if (s.found != NULL) DT__FREE(env, s.found, size);
    if (s.undecided != NULL) DT__FREE(env, s.undecided, size);
    if (s.done != NULL) DT__FREE(env, s.done, workers);
    dt__workers_clear(&s.workers, env);
    return st;
}
