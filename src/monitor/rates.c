/* A window against the days before it: rate ratios, their place among all other dates, an interrupted series, alarms.
 */
#include <math.h>
#include <string.h>

#include "monitor/ledger.h"
#include "statistics/alarm.h"
#include "statistics/interruption.h"
#include "statistics/rate_ratio.h"

enum { SHORT = 7, LONG = 90, SERIES_AT_LEAST = 14, EXACT_BELOW = 30, RUN_LENGTH = 100, RUNS = 100 };

void dt__window_days(const dt__ledger *l, const dt__obligation *o, int64_t *from, int64_t *until) {
    *from = *until = 0;
    if (o->when.lo == DT__MOMENT_ALWAYS) return;
    *from = dt__local_day(o->zone, o->when.lo);
    *until = o->when.hi == DT__MOMENT_NEVER ? *from + l->opts->baseline : dt__local_day(o->zone, o->when.hi - 1) + 1;
    if (*until > l->last_day + 1) *until = l->last_day + 1;
    if (*until < *from) *until = *from;
}

/* ---- windows of other agreements ---- */

static bool forbids_the_same(const dt__clause_reading *a, const dt__clause_reading *b) {
    for (size_t i = 0; i < a->act_count; i++)
        if (dt__act_among(a->acts[i], b->acts, b->act_count) != DT__NO) return true;
    return false;
}

/* Does another agreement, whatever is hit and wherever, forbid some of these acts on this day? */
static bool is_others_day(const dt__ledger *l, const dt__obligation *o, int64_t day, bool or_own) {
    for (size_t i = 0; i < l->window_count; i++) {
        const dt__window *w = &l->windows[i];
        bool own = w->agreement == o->agreement;
        if ((own && !or_own) || !w->sweeping || w->when.lo == DT__MOMENT_ALWAYS || w->when.hi == DT__MOMENT_NEVER)
            continue;
        if (day >= dt__local_day(o->zone, w->when.lo) && day <= dt__local_day(o->zone, w->when.hi - 1) &&
            forbids_the_same(w->terms, o->terms))
            return true;
    }
    return false;
}

/* ---- one comparison ---- */

static bool is_watched(const dt__daily *d, int64_t day) {
    return day >= d->first && day < d->first + (int64_t)d->days && d->watched[day - d->first] > 0;
}

static dt_rate_ratio told_ratio(const dt__ratio *r) {
    static const dt_rate_method methods[] = {[DT__RATIO_NONE] = DT_RATE_NONE,
                                             [DT__RATIO_NEGATIVE_BINOMIAL] = DT_RATE_NEGATIVE_BINOMIAL,
                                             [DT__RATIO_POISSON] = DT_RATE_POISSON,
                                             [DT__RATIO_CONDITIONAL] = DT_RATE_CONDITIONAL,
                                             [DT__RATIO_BLOCK_BOOTSTRAP] = DT_RATE_NONE,
                                             [DT__RATIO_ZERO] = DT_RATE_ZERO};
    if (r->method == DT__RATIO_NONE) return (dt_rate_ratio){DT_RATE_NONE, NAN, NAN, NAN};
    return (dt_rate_ratio){methods[r->method], r->value, r->low, r->high};
}

typedef struct span {
    int64_t from, until; /* days */
} span;

/* Counts of the days on which the source was at work, and for what share of the day. */
typedef struct sample {
    size_t days, room;
    double *counts, *watched;
    dt__exposed sum;
} sample;

static dt_status make_sample(dt__ledger *l, sample *s, size_t room) {
    *s = (sample){.room = room};
    s->counts = DT__ARENA_ARRAY(&l->scratch, double, room);
    s->watched = DT__ARENA_ARRAY(&l->scratch, double, room);
    return s->counts == NULL || s->watched == NULL ? DT_ERR_MEMORY : DT_OK;
}

/* `without_others`: days in windows of other agreements are left out. */
static void take_days(sample *s, const dt__ledger *l, const dt__obligation *o, const dt__daily *d, const double *series,
                      span days, bool without_others) {
    double squares = 0;

    s->days = 0;
    s->sum = (dt__exposed){0, 0, 0};
    for (int64_t day = days.from; day < days.until && s->days < s->room; day++) {
        size_t i = (size_t)(day - d->first);
        if (!is_watched(d, day) || (without_others && is_others_day(l, o, day, false))) continue;
        s->counts[s->days] = series[i];
        s->watched[s->days++] = d->watched[i];
        s->sum.events += series[i];
        s->sum.periods += d->watched[i];
        squares += d->watched[i] * d->watched[i];
    }
    if (squares > 0) s->sum.effective = s->sum.periods * s->sum.periods / squares;
}

static void fill_ratios(dt_comparison *c, dt__exposed observed, dt__exposed baseline, const dt__scatter *scatter) {
    static const dt_rate_ratio unknown = {DT_RATE_NONE, NAN, NAN, NAN};
    dt__ratio fitting, nb, poisson, conditional;

    c->zero_chance = NAN;
    c->fitting = c->negative_binomial = c->poisson = c->conditional = unknown;
    if (c->window == 0 || c->used == 0 || c->events <= 0) return;
    c->zero_chance = dt__zero_chance(observed, scatter);
    fitting = dt__ratio_fitting(observed, baseline, scatter, EXACT_BELOW);
    nb = c->observed > 0 ? dt__ratio_negative_binomial(observed, baseline, scatter->size)
                         : dt__ratio_zero(observed, scatter);
    poisson = dt__ratio_poisson(observed, baseline);
    conditional = dt__ratio_conditional(observed, baseline);
    c->fitting = told_ratio(&fitting);
    c->negative_binomial = told_ratio(&nb);
    if (c->observed > 0) c->poisson = told_ratio(&poisson);
    c->conditional = told_ratio(&conditional);
}

/* What all comparisons of a party under a reading have in common. */
typedef struct comparing {
    dt__ledger *l;
    const dt__obligation *o;
    span window;
    sample before, during;
} comparing;

static void compare_window(comparing *w, const dt__daily *d, uint32_t days, bool without_others, dt_comparison *out) {
    span before = {w->window.from - days, w->window.from};
    dt__scatter scatter;

    take_days(&w->before, w->l, w->o, d, d->counts, before, without_others);
    take_days(&w->during, w->l, w->o, d, d->counts, w->window, false);
    scatter = dt__scatter_exposed(w->before.counts, w->before.watched, w->before.days);
    *out = (dt_comparison){.source = d->source,
                           .days = days,
                           .without_others = without_others,
                           .used = (uint32_t)w->before.days,
                           .watched = w->before.sum.periods,
                           .events = w->before.sum.events,
                           .mean = scatter.mean,
                           .variance = scatter.variance,
                           .size = scatter.size,
                           .window = (uint32_t)w->during.days,
                           .window_watched = w->during.sum.periods,
                           .observed = w->during.sum.events};
    fill_ratios(out, w->during.sum, w->before.sum, &scatter);
}

static dt_status compare_all(comparing *w, const dt__daily *d, dt_party_record *party) {
    const uint32_t lengths[] = {w->l->opts->baseline, SHORT, 28, LONG};
    size_t kinds = sizeof lengths / sizeof *lengths, count = 0;
    dt_comparison *list = DT__BUILDER_ARRAY(w->l->b, dt_comparison, 2 * kinds);

    if (list == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < kinds; i++) {
        if (i > 0 && lengths[i] == lengths[0]) continue;
        compare_window(w, d, lengths[i], true, &list[count++]);
        compare_window(w, d, lengths[i], false, &list[count]);
        if (list[count].used != list[count - 1].used) count++;
    }
    party->comparisons = list;
    party->comparison_count = count;
    return DT_OK;
}

/* ---- which source ---- */

/* Records of such acts in the baseline; if there are none, in the window. */
static double weight_of(comparing *w, const dt__daily *d) {
    take_days(&w->before, w->l, w->o, d, d->incidents, (span){w->window.from - w->l->opts->baseline, w->window.from},
              true);
    take_days(&w->during, w->l, w->o, d, d->incidents, w->window, false);
    return w->before.sum.events > 0 ? w->before.sum.events : -1 / (1 + w->during.sum.events);
}

/* The source that tells most of such acts in the baseline, ties by name; NULL when none does at all. */
static const dt__daily *most_telling(comparing *w) {
    const dt__daily *best = NULL;
    const char *name = NULL;
    double most = -INFINITY;

    for (size_t i = 0; i < w->l->daily_count; i++) {
        const dt__daily *d = &w->l->daily[i];
        const char *own = DT__AT(w->l->sources, dt__told_source, d->source)->name;
        double weight;
        if (d->told == 0) continue;
        weight = weight_of(w, d);
        if (weight < most || (!(weight > most) && strcmp(own, name) >= 0)) continue;
        best = d;
        name = own;
        most = weight;
    }
    return best;
}

/* The baseline asked for, by each of the other sources that tell anything then. */
static dt_status compare_others(comparing *w, const dt__daily *reported, dt_party_record *party) {
    dt_comparison *list = DT__BUILDER_ARRAY(w->l->b, dt_comparison, w->l->daily_count);

    if (list == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < w->l->daily_count; i++) {
        const dt__daily *d = &w->l->daily[i];
        dt_comparison *c = &list[party->other_count];
        if (d == reported || d->told == 0) continue;
        compare_window(w, d, w->l->opts->baseline, true, c);
        if (c->events > 0 || c->observed > 0) party->other_count++;
    }
    party->others = list;
    return DT_OK;
}

/* ---- placebo: the same comparison at every other date ---- */

static bool crosses_truce(const dt__ledger *l, const dt__obligation *o, int64_t from, int64_t until) {
    for (int64_t day = from; day < until; day++)
        if (is_others_day(l, o, day, true)) return true;
    return false;
}

/* Events over watched time. */
static dt__exposed told_between(const dt__daily *d, int64_t from, int64_t until) {
    dt__exposed sum = {0, 0, 0};

    for (int64_t day = from; day < until; day++) {
        if (!is_watched(d, day)) continue;
        sum.events += d->counts[day - d->first];
        sum.periods += d->watched[day - d->first];
    }
    return sum;
}

static void rank_among_dates(const comparing *w, const dt__daily *d, dt_party_record *party) {
    int64_t width = w->window.until - w->window.from, end = d->first + (int64_t)d->days;
    uint32_t baseline = w->l->opts->baseline, count = 1, rank = 1;
    const dt_comparison *c = &party->comparisons[0];

    if (c->fitting.method == DT_RATE_NONE || width > 366) return;
    for (int64_t at = d->first + baseline; at + width <= end; at++) {
        dt__exposed before, during;
        if ((at < w->window.until && at + width > w->window.from) || crosses_truce(w->l, w->o, at, at + width))
            continue;
        before = told_between(d, at - baseline, at);
        during = told_between(d, at, at + width);
        if (!(before.events > 0 && during.periods > 0)) continue;
        count++;
        if (during.events / during.periods / (before.events / before.periods) < c->fitting.value) rank++;
    }
    party->placebo_rank = rank;
    party->placebo_count = count;
}

/* ---- the interrupted series ---- */

/* Log of the watched share of each day; what was not watched weighs nothing. */
static dt_status make_offsets(dt__ledger *l, const dt__daily *d, size_t first, size_t days, const double **out) {
    double *offsets = NULL;

    *out = NULL;
    for (size_t i = first; i < first + days; i++) {
        if (d->watched[i] >= 1) continue;
        if (offsets == NULL && (offsets = DT__ARENA_ARRAY(&l->scratch, double, days)) == NULL) return DT_ERR_MEMORY;
        offsets[i - first] = d->watched[i] > 0 ? log(d->watched[i]) : -INFINITY;
    }
    *out = offsets;
    return DT_OK;
}

static dt_status fit_series(comparing *w, const dt__daily *d, dt_party_record *party) {
    span window = w->window;
    int64_t from = window.from - LONG > d->first ? window.from - LONG : d->first;
    dt__interruption fit = {0};
    dt__series s;
    dt_status st;

    if (window.until - window.from < SERIES_AT_LEAST || window.from - from < (int64_t)2 * SERIES_AT_LEAST) return DT_OK;
    if (window.until > d->first + (int64_t)d->days) return DT_OK;
    s = (dt__series){.counts = d->counts + (from - d->first),
                     .days = (size_t)(window.until - from),
                     .first = (size_t)(window.from - from),
                     .weekday = dt__weekday_of(from),
                     .weekdays = window.until - from >= 56};
    if ((st = make_offsets(w->l, d, (size_t)(from - d->first), s.days, &s.offsets)) != DT_OK) return st;
    if ((st = dt__interruption_fit(&fit, &s, w->l->env)) != DT_OK || !fit.fitted) return st;
    party->has_series = true;
    party->change = exp(fit.change.value);
    party->change_low = exp(fit.change.low);
    party->change_high = exp(fit.change.high);
    party->half_life = fit.half_life;
    return DT_OK;
}

/* ---- alarms, on incidents: decisions, not munitions ---- */

static dt_status watch(comparing *w, const dt__daily *d, dt_party_record *party) {
    dt__ledger *l = w->l;
    dt__e_process e = {.shape = 1, .scale_rate = 1};
    dt__cusum cusum = {.factor = 2};
    double state = 0, reached = 0;
    dt__scatter scatter;
    dt_status st;

    take_days(&w->before, l, w->o, d, d->incidents, (span){w->window.from - l->opts->baseline, w->window.from}, true);
    scatter = dt__scatter_exposed(w->before.counts, w->before.watched, w->before.days);
    if (!(scatter.mean > 0) || w->window.until == w->window.from) return DT_OK;
    cusum.mean = e.rate = scatter.mean;
    cusum.size = scatter.size;
    if ((st = dt__cusum_calibrate(&cusum, RUN_LENGTH, RUNS, l->opts->seed, &reached, l->env)) != DT_OK) return st;
    for (int64_t day = w->window.from; day < w->window.until; day++) {
        double count, watched;
        if (!is_watched(d, day)) continue;
        count = d->incidents[day - d->first];
        watched = d->watched[day - d->first];
        dt__e_process_step(&e, count, watched);
        cusum.mean = scatter.mean * watched;
        state = dt__cusum_step(&cusum, state, count);
        if (party->alarm || state < cusum.threshold) continue;
        party->alarm = true;
        party->alarm_at = day * DT__DAY;
    }
    party->log_e = dt__e_process_log(&e);
    return DT_OK;
}

/* ---- the whole ---- */

dt_status dt__compare_rates(dt__ledger *l, const dt__obligation *o, dt_reading_record *reading,
                            dt_party_record *party) {
    comparing w = {.l = l, .o = o};
    const dt__daily *d;
    dt_status st;

    dt__window_days(l, o, &w.window.from, &w.window.until);
    reading->window_from = w.window.from * DT__DAY;
    reading->window_until = w.window.until * DT__DAY;
    party->log_e = NAN;
    if (w.window.until == w.window.from) return DT_OK;
    DT__TRY(make_sample(l, &w.before, l->opts->baseline + LONG));
    DT__TRY(make_sample(l, &w.during, (size_t)(w.window.until - w.window.from)));
    if ((d = most_telling(&w)) == NULL) return DT_OK;
    DT__TRY(compare_all(&w, d, party));
    DT__TRY(compare_others(&w, d, party));
    rank_among_dates(&w, d, party);
    DT__TRY(fit_series(&w, d, party));
    st = watch(&w, d, party);
done:
    return st;
}
