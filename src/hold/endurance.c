/* How long deals hold when what is uncertain is drawn. */
#include <math.h>
#include <stdlib.h>

#include "base/threads.h"
#include "base/wilson.h"
#include "hold/leaving.h"
#include "question/workers.h"

enum { DRAWS_PER_TASK = 64 };
static const double months[DT_HOLD_MONTHS] = {0, 6, 12};

typedef struct series {
    const dt__deal_asked *deals;
    size_t count;
    uint64_t draws, seed;
    dt__party_set parties;
    dt__workers workers;
    double *ends; /* deal x draw: the month from which somebody gains by leaving; -1: already; infinite: never */
    bool *made;   /* per draw */
} series;

static dt_status run_draw(series *s, dt__worker *w, uint64_t draw) {
    dt_status st = dt__worker_draw(w, s->seed, draw);

    for (size_t i = 0; i < s->count && st == DT_OK; i++) {
        dt__first_end first;
        st = dt__first_to_leave(&first, &w->setting->situation, s->parties, s->deals[i].outcome, w->env);
        s->ends[i * s->draws + draw] = first.now != 0 ? -1
                                       : first.ends   ? dt__rational_double(first.month)
                                                      : (double)INFINITY;
    }
    s->made[draw] = true;
    return st;
}

static dt_status run_task(void *payload, size_t i, unsigned number) {
    series *s = payload;
    dt__worker *w = &s->workers.list[number];
    uint64_t end = (i + 1) * DRAWS_PER_TASK < s->draws ? (i + 1) * DRAWS_PER_TASK : s->draws;
    dt_status st = DT_OK;

    for (uint64_t draw = i * DRAWS_PER_TASK; draw < end && st == DT_OK && !dt__overdue(w->env); draw++)
        st = run_draw(s, w, draw);
    return st == DT_OK ? dt__poll(w->env) : st;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void note_share(dt_hold_deal *out, size_t month, double share, size_t made) {
    dt__share_interval range = dt__wilson(share, share, (double)made);

    out->holds[month] = share;
    out->holds_low[month] = range.low;
    out->holds_high[month] = range.high;
}

static void sum_up(dt_hold_deal *out, double *ends, const series *s) {
    size_t made = 0;

    for (uint64_t draw = 0; draw < s->draws; draw++) {
        if (s->made[draw]) ends[made++] = ends[draw];
    }
    if (made == 0) return;
    qsort(ends, made, sizeof *ends, by_value);
    for (size_t m = 0; m < DT_HOLD_MONTHS; m++) {
        size_t held = 0;
        for (size_t i = 0; i < made; i++) held += ends[i] >= months[m];
        note_share(out, m, (double)held / (double)made, made);
    }
    out->has_quartiles = true;
    for (size_t q = 0; q < 3; q++) out->quartiles[q] = fmax(0, ends[(q + 1) * (made - 1) / 4]);
}

dt_status dt__answer_endurance(dt_hold_deal *out, const dt__deal_asked *deals, size_t count, dt__hold_work *w) {
    series s = {.deals = deals, .count = count, .draws = w->opts->draws, .seed = w->opts->seed};
    size_t tasks = (size_t)((s.draws + DRAWS_PER_TASK - 1) / DRAWS_PER_TASK);
    dt_status st;

    s.parties = dt__agreement_parties(w);
    DT__TRY(dt__workers_init(&s.workers, w->setting, tasks, w->env));
    s.ends = DT__ARRAY(w->env, double, count *s.draws);
    s.made = DT__ARRAY(w->env, bool, s.draws);
    if (s.ends == NULL || s.made == NULL) DT__TRY(DT_ERR_MEMORY);
    DT__TRY(dt__parallel(w->env, tasks, run_task, &s));
    for (size_t i = 0; i < count; i++) {
        if (out[i].coherent) sum_up(&out[i], s.ends + i * s.draws, &s);
    }
done:
    if (s.ends != NULL) DT__FREE(w->env, s.ends, count * s.draws);
    if (s.made != NULL) DT__FREE(w->env, s.made, s.draws);
    dt__workers_clear(&s.workers, w->env);
    return st;
}
