/* The course of counts around a window: the place of its ratio among all other dates, the interrupted series, alarms.
 */
#include <math.h>

#include "monitor/comparing.h"
#include "statistics/alarm.h"
#include "statistics/interruption.h"

enum { SERIES_AT_LEAST = 14, RUN_LENGTH = 100, RUNS = 250, PLACEBO_DATES = 500 };

/* ---- placebo: the same comparison at every other date ---- */

static bool crosses_truce(const dt__ledger *l, const dt__obligation *o, int64_t from, int64_t until) {
    for (int64_t day = from; day < until; day++)
        if (dt__is_truce_day(l, o, day, true)) return true;
    return false;
}

/* Events over watched time. */
static dt__exposed told_between(const dt__daily *d, int64_t from, int64_t until) {
    dt__exposed sum = {0, 0, 0};

    for (int64_t day = from; day < until; day++) {
        if (!dt__is_watched(d, day)) continue;
        sum.events += d->counts[day - d->first];
        sum.periods += d->watched[day - d->first];
    }
    return sum;
}

static void rank_among_dates(const dt__comparing *w, const dt__daily *d, dt_party_record *party) {
    int64_t width = w->window.until - w->window.from, end = d->first + (int64_t)d->days;
    uint32_t baseline = w->l->opts->baseline, count = 1, rank = 1;
    const dt_comparison *c = &party->comparisons[0];
    double real = c->observed / c->window_watched / (c->events / c->watched); /* rounded as the others: ties are ties */

    if (c->fitting.method == DT_RATE_NONE || width > 366) return;
    for (int64_t at = d->first + baseline; at + width <= end; at++) {
        dt__exposed before, during;
        if ((at < w->window.until && at + width > w->window.from) || crosses_truce(w->l, w->o, at, at + width))
            continue;
        before = told_between(d, at - baseline, at);
        during = told_between(d, at, at + width);
        if (!(before.events > 0 && during.periods > 0)) continue;
        count++;
        if (during.events / during.periods / (before.events / before.periods) < real) rank++;
    }
    party->placebo_rank = rank;
    party->placebo_count = count;
}

/* ---- the interrupted series ---- */

/* Log of the watched share of each day; what was not watched weighs nothing.  NULL: all was watched in full. */
static dt_status make_offsets(dt__ledger *l, const dt__daily *d, const double **out) {
    double *offsets = NULL;

    *out = NULL;
    for (size_t i = 0; i < d->days; i++) {
        if (d->watched[i] >= 1) continue;
        if (offsets == NULL && (offsets = DT__ARENA_ARRAY(&l->scratch, double, d->days)) == NULL) return DT_ERR_MEMORY;
        offsets[i] = d->watched[i] > 0 ? log(d->watched[i]) : -INFINITY;
    }
    *out = offsets;
    return DT_OK;
}

/* Up to 90 days before a date, and as many after it as the window has. */
static dt__series series_around(const dt__comparing *w, const dt__daily *d, const double *offsets, int64_t at) {
    int64_t from = at - DT__LONG_BASELINE > d->first ? at - DT__LONG_BASELINE : d->first;
    int64_t until = at + (w->window.until - w->window.from);

    return (dt__series){.counts = d->counts + (from - d->first),
                        .offsets = offsets == NULL ? NULL : offsets + (from - d->first),
                        .days = (size_t)(until - from),
                        .first = (size_t)(at - from),
                        .weekday = dt__weekday_of(from),
                        .weekdays = until - from >= 56};
}

/* The place of the change among those at other dates: every so many days, that there are not too many fits. */
static dt_status rank_change(const dt__comparing *w, const dt__daily *d, const double *offsets, double change,
                             dt_party_record *party) {
    int64_t width = w->window.until - w->window.from, end = d->first + (int64_t)d->days - width;
    int64_t begin = d->first + DT__LONG_BASELINE, step = end < begin ? 1 : (end - begin) / PLACEBO_DATES + 1;

    party->change_rank = party->change_dates = 1;
    for (int64_t at = begin; at <= end; at += step) {
        dt__series s;
        dt__interruption fit;
        dt_status st;
        if ((at < w->window.until && at + width > w->window.from) || crosses_truce(w->l, w->o, at, at + width))
            continue;
        s = series_around(w, d, offsets, at);
        s.change_only = true;
        if ((st = dt__poll(w->l->env)) != DT_OK) return st;
        if ((st = dt__interruption_fit(&fit, &s, w->l->env)) != DT_OK) return st;
        if (!fit.fitted) continue;
        party->change_dates++;
        if (fit.change.value < change) party->change_rank++;
    }
    return DT_OK;
}

static dt_status fit_series(dt__comparing *w, const dt__daily *d, dt_party_record *party) {
    dt__span window = w->window;
    const double *offsets;
    dt__interruption fit = {0};
    dt__series s;
    dt_status st;

    if (window.until - window.from < SERIES_AT_LEAST || window.until - window.from > 366) return DT_OK;
    if (window.from - d->first < (int64_t)2 * SERIES_AT_LEAST || window.until > d->first + (int64_t)d->days)
        return DT_OK;
    if ((st = make_offsets(w->l, d, &offsets)) != DT_OK) return st;
    s = series_around(w, d, offsets, window.from);
    if ((st = dt__interruption_fit(&fit, &s, w->l->env)) != DT_OK || !fit.fitted) return st;
    party->has_series = true;
    party->change = exp(fit.change.value);
    party->change_low = exp(fit.change.low);
    party->change_high = exp(fit.change.high);
    party->slope = exp(fit.slope.value);
    party->slope_low = exp(fit.slope.low);
    party->slope_high = exp(fit.slope.high);
    party->half_life = fit.half_life;
    return rank_change(w, d, offsets, fit.change.value, party);
}

/* ---- alarms, on incidents: decisions, not munitions ---- */

/* An e-value of a rise: none when the rate fell, nor when the days before scatter clearly more than Poisson, which the
 * e-process assumes; a standard error of variance over mean is sqrt(2 / (n - 1)). */
static bool is_rise_of_rare_counts(const dt__e_process *e, const dt__scatter *before) {
    double clear = 1 + 2 * sqrt(2 / fmax(1, (double)before->periods - 1));
    return e->events > e->rate * e->periods && before->variance <= clear * before->mean;
}

static dt_status watch(dt__comparing *w, const dt__daily *d, dt_party_record *party) {
    dt__ledger *l = w->l;
    dt__e_process e = {.shape = 1, .scale_rate = 1};
    dt__cusum cusum = {.factor = 2};
    double state = 0, reached = 0;
    dt__scatter scatter;
    dt_status st;

    dt__take_days(&w->before, w, d, d->incidents, (dt__span){w->window.from - l->opts->baseline, w->window.from}, true);
    scatter = dt__scatter_exposed(w->before.counts, w->before.watched, w->before.days);
    if (!(scatter.mean > 0) || w->window.until == w->window.from) return DT_OK;
    cusum.mean = e.rate = scatter.mean;
    cusum.size = scatter.size;
    if ((st = dt__cusum_calibrate(&cusum, RUN_LENGTH, RUNS, l->opts->seed, &reached, l->env)) != DT_OK) return st;
    for (int64_t day = w->window.from; day < w->window.until; day++) {
        double count, watched;
        if (!dt__is_watched(d, day)) continue;
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
    party->alarm_stands = is_rise_of_rare_counts(&e, &scatter); /* whether it may; settled among all cells */
    return DT_OK;
}

/* ---- the whole ---- */

dt_status dt__follow_course(dt__comparing *w, const dt__daily *d, dt_party_record *party) {
    dt_status st;

    rank_among_dates(w, d, party);
    st = fit_series(w, d, party);
    return st == DT_OK ? watch(w, d, party) : st;
}
