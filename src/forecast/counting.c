/* Making draws: each thread counts for itself, and the counts are added up. */
#include <string.h>

#include "base/threads.h"
#include "forecast/run.h"

enum { DRAWS_PER_TASK = 32 };

/* What one thread needs; it allocates nothing more in its draws. */
typedef struct counter {
    dt__worker *worker;
    dt__arena arena;
    dt__listener listener;
    uint64_t *counts;
    uint64_t done;
} counter;

typedef struct series {
    dt_forecast_run *run;
    dt__workers workers;
    counter *counters;
    uint64_t from, to;
} series;

static dt_status counter_init(counter *c, dt__worker *worker, const dt_forecast_run *run) {
    c->worker = worker;
    dt__arena_init(&c->arena, worker->env);
    c->counts = DT__ARENA_ARRAY(&c->arena, uint64_t, run->layout.all);
    if (c->counts == NULL) return DT_ERR_MEMORY;
    return dt__listener_init(&c->listener, &run->panel, worker->env);
}

/* ---- one draw ---- */

static void count_voices(const dt_forecast_run *run, counter *c) {
    const dt__count_layout *at = &run->layout;
    size_t scenarios = run->model->scenario_count;

    for (size_t v = 0; v < run->panel.voice_count; v++) {
        uint64_t *options = c->counts + at->options + v * at->option_total;
        if (run->panel.voices[v].status != DT__VOICE_SPEAKS) continue;
        c->counts[at->deals + v] += c->listener.deals[v];
        for (uint64_t left = c->listener.met[v]; left != 0; left &= left - 1)
            c->counts[at->scenarios + v * scenarios + (size_t)__builtin_ctzll(left)]++;
        for (size_t i = 0; i < run->model->issue_count; i++)
            options[at->option_start[i] + c->listener.outcomes[v][i]]++;
    }
}

/* The same by fifths of each input. */
static void count_fifths(const dt_forecast_run *run, counter *c) {
    const dt__count_layout *at = &run->layout;
    size_t scenarios = run->model->scenario_count, block = run->panel.voice_count * scenarios;

    for (size_t i = 0; i < run->input_count; i++) {
        double value = dt__input_value(&run->inputs[i], &c->worker->valuation);
        size_t fifth = 0;
        uint64_t *counts;
        while (fifth + 1 < DT__FIFTHS && value >= run->inputs[i].cuts[fifth]) fifth++;
        c->counts[at->sizes + i * DT__FIFTHS + fifth]++;
        counts = c->counts + at->fifths + (i * DT__FIFTHS + fifth) * block;
        for (size_t v = 0; v < run->panel.voice_count; v++) {
            for (uint64_t left = c->listener.met[v]; left != 0; left &= left - 1)
                counts[v * scenarios + (size_t)__builtin_ctzll(left)]++;
        }
    }
}

static dt_status count_draw(const dt_forecast_run *run, counter *c, uint64_t draw) {
    dt_status st = dt__worker_draw(c->worker, run->opts.seed, draw);

    if (st != DT_OK) return st;
    st = dt__listen(&c->listener, &c->worker->valuation, run->opts.seed, draw);
    if (st != DT_OK) return st;
    count_voices(run, c);
    count_fifths(run, c);
    c->done++;
    return DT_OK;
}

/* ---- all draws ---- */

static dt_status run_task(void *payload, size_t i, unsigned number) {
    series *s = payload;
    counter *c = &s->counters[number];
    uint64_t from = s->from + i * DRAWS_PER_TASK, to = from + DRAWS_PER_TASK < s->to ? from + DRAWS_PER_TASK : s->to;
    dt_status st = DT_OK;

    for (uint64_t draw = from; draw < to && st == DT_OK && !dt__overdue(c->worker->env); draw++)
        st = count_draw(s->run, c, draw);
    return st == DT_OK ? dt__poll(c->worker->env) : st;
}

static void add_counts(series *s) {
    dt_forecast_run *run = s->run;
    uint64_t done = 0;

    for (unsigned w = 0; w < s->workers.count; w++) {
        for (size_t i = 0; i < run->layout.all; i++) run->counts[i] += s->counters[w].counts[i];
        done += s->counters[w].done;
    }
    run->made += done;
    if (done < s->to - s->from) run->ragged = true;
    else run->next = s->to;
}

dt_status dt__count_draws(dt_forecast_run *run, uint64_t from, uint64_t to, dt_env *env) {
    series s = {.run = run, .from = from, .to = to};
    size_t tasks = (size_t)((to - from + DRAWS_PER_TASK - 1) / DRAWS_PER_TASK);
    dt_status st;

    DT__TRY(dt__workers_init(&s.workers, &run->panel.setting, tasks, env));
    if ((s.counters = DT__ARRAY(env, counter, s.workers.count)) == NULL) DT__TRY(DT_ERR_MEMORY);
    for (unsigned w = 0; w < s.workers.count; w++) DT__TRY(counter_init(&s.counters[w], &s.workers.list[w], run));
    DT__TRY(dt__parallel(env, tasks, run_task, &s));
    add_counts(&s);
done:
    for (unsigned w = 0; s.counters != NULL && w < s.workers.count; w++) {
        if (s.counters[w].worker == NULL) continue;
        dt__listener_clear(&s.counters[w].listener);
        dt__arena_clear(&s.counters[w].arena);
    }
    if (s.counters != NULL) DT__FREE(env, s.counters, s.workers.count);
    dt__workers_clear(&s.workers, env);
    return st;
}
