/* Making draws: each thread counts for itself, and the counts are added up. */
#include <string.h>

#include "base/threads.h"
#include "forecast/positional.h"

enum { DRAWS_PER_TASK = 32 };

/* What one thread needs; it allocates nothing more in its draws. */
typedef struct counter {
    dt__worker *worker;
    dt__arena arena;
    int64_t *amounts;
    dt__chooser *choosers; /* per format */
    dt__positioner positioner;
    uint64_t *counts;
    uint64_t done;
    uint64_t *met;               /* per voice: scenarios met, as bits */
    const dt__option **outcomes; /* per voice: at the latest date */
    bool *deals;                 /* per voice: there is something to choose from */
} counter;

typedef struct series {
    dt_forecast_run *run;
    dt__workers workers;
    counter *counters;
    uint64_t from, to;
} series;

static dt_status counter_init(counter *c, dt__worker *worker, const dt_forecast_run *run) {
    dt_status st = DT_OK;

    c->worker = worker;
    dt__arena_init(&c->arena, worker->env);
    c->amounts = DT__ARENA_ARRAY(&c->arena, int64_t, run->amounts.count);
    c->choosers = DT__ARENA_ARRAY(&c->arena, dt__chooser, run->format_count);
    c->counts = DT__ARENA_ARRAY(&c->arena, uint64_t, run->layout.all);
    c->met = DT__ARENA_ARRAY(&c->arena, uint64_t, run->voice_count);
    c->outcomes = DT__ARENA_ARRAY(&c->arena, const dt__option *, run->voice_count);
    c->deals = DT__ARENA_ARRAY(&c->arena, bool, run->voice_count);
    if (!c->amounts || !c->choosers || !c->counts || !c->met || !c->outcomes || !c->deals) return DT_ERR_MEMORY;
    for (size_t f = 0; f < run->format_count && st == DT_OK; f++)
        st = dt__chooser_init(&c->choosers[f], &run->formats[f].candidates, &c->arena);
    if (st == DT_OK && run->positional != NULL) st = dt__positioner_init(&c->positioner, run, &c->arena, worker->env);
    return st;
}

/* ---- one draw ---- */

static uint64_t scenarios_at(const dt_forecast_run *run, size_t date) {
    uint64_t bits = 0;
    for (size_t s = 0; s < run->model->scenario_count; s++) bits |= (uint64_t)(run->dates.of_scenario[s] == date) << s;
    return bits;
}

/* What a voice says at one date. */
static void hear(const dt_forecast_run *run, counter *c, size_t voice, const dt__compiled_format *f, uint32_t chosen,
                 size_t date) {
    bool deal = chosen != DT__NO_CANDIDATE;
    const dt__candidates *list = &f->candidates;

    c->met[voice] |= (deal ? f->scenarios[chosen] : run->no_deal_scenarios) & scenarios_at(run, date);
    if (date != run->dates.last) return;
    c->deals[voice] = deal;
    c->outcomes[voice] = deal ? list->outcomes + chosen * list->issues : run->setting.no_deal;
}

static dt_status hear_format(const dt_forecast_run *run, counter *c, size_t place, size_t first_voice) {
    const dt__compiled_format *f = &run->formats[place];
    dt__chooser *chooser = &c->choosers[place];
    const dt__valuation *v = &c->worker->valuation;
    int64_t reservations[DT__MAX_PARTIES];
    uint32_t chosen[DT__CHOOSE_COUNT];
    dt_status st;

    dt__chooser_draw(chooser, &run->amounts, c->amounts);
    for (size_t date = 0; date < run->dates.count; date++) {
        for (size_t d = 0; d < f->candidates.dimensions; d++) {
            st = dt__amounts_reservation(&reservations[d], &run->amounts, f->candidates.parties[d], v,
                                         run->dates.months[date], c->worker->env);
            if (st != DT_OK) return st;
        }
        dt__choose(chosen, chooser, &run->amounts, reservations);
        for (size_t k = 0; k < DT__CHOOSE_COUNT; k++) hear(run, c, first_voice + k, f, chosen[k], date);
    }
    return DT_OK;
}

/* Models of positions know no dates: what they say holds at all. */
static void hear_positions(const dt_forecast_run *run, counter *c, uint64_t draw) {
    dt__positioner_draw(&c->positioner, run, &c->worker->valuation, draw);
    for (size_t v = 0; v < run->voice_count; v++) {
        const dt__option *outcome = c->positioner.outcomes + run->voices[v].positional * run->model->issue_count;
        if (run->voices[v].kind != DT_MODEL_POSITIONS) continue;
        c->met[v] = dt__scenarios_met(run->model, outcome);
        c->outcomes[v] = outcome;
    }
}

static void count_voices(const dt_forecast_run *run, counter *c) {
    const dt__count_layout *at = &run->layout;
    size_t scenarios = run->model->scenario_count;

    for (size_t v = 0; v < run->voice_count; v++) {
        uint64_t *options = c->counts + at->options + v * at->option_total;
        if (run->voices[v].status != DT_FORECAST_DONE) continue;
        c->counts[at->deals + v] += c->deals[v];
        for (uint64_t left = c->met[v]; left != 0; left &= left - 1)
            c->counts[at->scenarios + v * scenarios + (size_t)__builtin_ctzll(left)]++;
        for (size_t i = 0; i < run->model->issue_count; i++) options[at->option_start[i] + c->outcomes[v][i]]++;
    }
}

/* The same by fifths of each input. */
static void count_fifths(const dt_forecast_run *run, counter *c) {
    const dt__count_layout *at = &run->layout;
    size_t scenarios = run->model->scenario_count, block = run->voice_count * scenarios;

    for (size_t i = 0; i < run->input_count; i++) {
        double value = dt__input_value(&run->inputs[i], &c->worker->valuation);
        size_t fifth = 0;
        uint64_t *counts;
        while (fifth + 1 < DT__FIFTHS && value >= run->inputs[i].cuts[fifth]) fifth++;
        c->counts[at->sizes + i * DT__FIFTHS + fifth]++;
        counts = c->counts + at->fifths + (i * DT__FIFTHS + fifth) * block;
        for (size_t v = 0; v < run->voice_count; v++) {
            for (uint64_t left = c->met[v]; left != 0; left &= left - 1)
                counts[v * scenarios + (size_t)__builtin_ctzll(left)]++;
        }
    }
}

static dt_status count_draw(const dt_forecast_run *run, counter *c, uint64_t draw) {
    dt_status st = dt__worker_draw(c->worker, run->opts.seed, draw);

    if (st != DT_OK) return st;
    st = dt__amounts_draw(c->amounts, &run->amounts, &c->worker->valuation, c->worker->env);
    memset(c->met, 0, run->voice_count * sizeof *c->met);
    for (size_t f = 0; f < run->format_count && st == DT_OK; f++) {
        if (run->voices[f * DT__CHOOSE_COUNT].status == DT_FORECAST_DONE)
            st = hear_format(run, c, f, f * DT__CHOOSE_COUNT);
    }
    if (st != DT_OK) return st;
    if (run->positional != NULL) hear_positions(run, c, draw);
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

    DT__TRY(dt__workers_init(&s.workers, &run->setting, tasks, env));
    if ((s.counters = DT__ARRAY(env, counter, s.workers.count)) == NULL) DT__TRY(DT_ERR_MEMORY);
    for (unsigned w = 0; w < s.workers.count; w++) DT__TRY(counter_init(&s.counters[w], &s.workers.list[w], run));
    DT__TRY(dt__parallel(env, tasks, run_task, &s));
    add_counts(&s);
done:
    for (unsigned w = 0; s.counters != NULL && w < s.workers.count; w++) {
        if (s.counters[w].worker == NULL) continue;
        dt__positioner_clear(&s.counters[w].positioner, run, s.counters[w].worker->env);
        dt__arena_clear(&s.counters[w].arena);
    }
    if (s.counters != NULL) DT__FREE(env, s.counters, s.workers.count);
    dt__workers_clear(&s.workers, env);
    return st;
}
