/* The course of counts around a window: the place of its ratio among all other dates, the interrupted series, alarms.
 */
#include <math.h>

#include "monitor/rates/comparing.h"
#include "statistics/alarm.h"
#include "statistics/interruption_redrawn.h"
#include "statistics/rise.h"

#define BUDGET 0.05 /* of windows with an alarm while nothing changes */

enum { SERIES_AT_LEAST = 14, REARRANGED = 999 };
/* Fits at other dates: of one series, and of all of one run together. */
enum { FEWEST_DATES = 20, MOST_DATES = 500, DATES_IN_ALL = 20000 };
/* Series drawn again, of one and of all: so few that an interval has no ends are none. */
enum { FEWEST_REDRAWN = 99, MOST_REDRAWN = 199, REDRAWN_IN_ALL = 20000 };

/* ---- placebo: the same comparison at every other date ---- */

/* The window at another date, if it is one to compare with: outside the real one, and of no truce. */
static bool is_quiet_date(const dt__comparing *w, int64_t at) {
    int64_t until = at + (w->window.until - w->window.from);

    if (at < w->window.until && until > w->window.from) return false;
    return !dt__meets_truce(&w->truces, w->truces.all, (dt__span){at, until});
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
    uint32_t baseline = w->l->opts->baseline, count = 1, rank = 1, ties = 0;
    const dt_comparison *c = &party->comparisons[0];
    double real = c->observed / c->window_watched / (c->events / c->watched); /* rounded as the others: ties are ties */

    if (c->fitting.method == DT_RATE_NONE || width > 366) return;
    for (int64_t at = d->first + baseline; at + width <= end; at++) {
        dt__exposed before, during;
        double ratio;
        if (!is_quiet_date(w, at)) continue;
        before = told_between(d, at - baseline, at);
        during = told_between(d, at, at + width);
        if (!(before.events > 0 && during.periods > 0)) continue;
        count++;
        ratio = during.events / during.periods / (before.events / before.periods);
        rank += ratio < real;
        ties += !(ratio < real) && !(ratio > real);
    }
    party->placebo_ties = ties;
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

/* Every party bound by every reading has its share of the fits, so that what it costs is known before. */
static int64_t share_of(const dt__ledger *l, int64_t fits) {
    int64_t cells = 0;

    for (size_t i = 0; i < l->obligation_count; i++)
        for (dt__party_set bound = l->obligations[i].terms->bound; bound != 0; bound &= bound - 1) cells++;
    return fits / (cells > 0 ? cells : 1);
}

static int64_t most_dates(const dt__ledger *l) {
    int64_t share = share_of(l, DATES_IN_ALL);

    if (share > MOST_DATES) return MOST_DATES;
    return share > FEWEST_DATES ? share : FEWEST_DATES;
}

/* The place of the change among those at other dates: every so many days, that there are not too many fits. */
static dt_status rank_change(const dt__comparing *w, const dt__daily *d, const double *offsets, double change,
                             dt_party_record *party) {
    int64_t width = w->window.until - w->window.from, end = d->first + (int64_t)d->days - width;
    int64_t begin = d->first + DT__LONG_BASELINE, step = end < begin ? 1 : (end - begin) / most_dates(w->l) + 1;

    party->change_rank = party->change_dates = 1;
    for (int64_t at = begin; at <= end; at += step) {
        dt__series s;
        dt__interruption fit;
        dt_status st;
        if (!is_quiet_date(w, at)) continue;
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

/* Half of the fits are of the series as it is fitted, half of that without a change. */
static dt_status redraw_series(const dt__ledger *l, const dt__series *s, const dt__interruption *fit,
                               dt_redrawn_series *out) {
    int64_t draws = share_of(l, REDRAWN_IN_ALL) / 2;
    dt__redrawn r;
    dt_status st;

    if (draws < FEWEST_REDRAWN) return DT_OK;
    draws = draws < MOST_REDRAWN ? FEWEST_REDRAWN : MOST_REDRAWN;
    if ((st = dt__interruption_redraw(&r, s, fit, (size_t)draws, l->opts->seed, l->env)) != DT_OK) return st;
    *out = (dt_redrawn_series){.draws = (uint32_t)r.draws,
                               .failed = (uint32_t)r.failed,
                               .chance = r.chance,
                               .change_low = exp(r.change.low),
                               .change_high = exp(r.change.high),
                               .slope_low = exp(r.slope.low),
                               .slope_high = exp(r.slope.high),
                               .half_life_low = r.half_life.low,
                               .half_life_high = r.half_life.high};
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
    st = redraw_series(w->l, &s, &fit, &party->redrawn);
    return st == DT_OK ? rank_change(w, d, offsets, fit.change.value, party) : st;
}

/* ---- alarms, on incidents: decisions, not munitions ---- */

/* An e-value of a rise: none when the rate fell, nor when the days before scatter clearly more than Poisson, which the
 * e-process assumes; a standard error of variance over mean is sqrt(2 / (n - 1)). */
static bool is_rise_of_rare_counts(const dt__e_process *e, const dt__scatter *before) {
    double clear = 1 + 2 * sqrt(2 / fmax(1, (double)before->periods - 1));
    return e->events > e->rate * e->periods && before->variance <= clear * before->mean;
}

/* The day of the window's period of that number, among those that were watched. */
static int64_t day_of_period(const dt__comparing *w, const dt__daily *d, size_t period) {
    int64_t day = w->window.from;

    while (!dt__is_watched(d, day) || period-- > 0) day++;
    return day;
}

/* Days of the window, those to come among them: as many looks may raise an alarm. */
static size_t days_planned(const dt__comparing *w) {
    dt__interval when = w->o->when;
    bool open = when.hi == DT__MOMENT_NEVER;
    int64_t days = open ? w->l->opts->baseline : dt__local_day(w->o->zone, when.hi - 1) + 1 - w->window.from;

    return days > 0 ? (size_t)days : 0;
}

static dt_status find_alarm(dt__comparing *w, const dt__daily *d, dt_party_record *party) {
    const dt__rise_rule rule = {
        .factor = 2, .budget = BUDGET, .planned = days_planned(w), .runs = REARRANGED, .seed = w->l->opts->seed};
    dt__rise rise;
    dt_status st;

    dt__take_days(&w->during, w, d, d->incidents, w->window, false);
    st = dt__rise_watch(&rise, (dt__periods){w->before.counts, w->before.watched, w->before.days},
                        (dt__periods){w->during.counts, w->during.watched, w->during.days}, &rule, w->l->env);
    party->alarm = rise.alarm;
    party->alarm_budget = BUDGET;
    if (rise.alarm) party->alarm_at = day_of_period(w, d, rise.first) * DT__DAY;
    return st;
}

static dt_status watch(dt__comparing *w, const dt__daily *d, dt_party_record *party) {
    dt__span before = {w->window.from - w->l->opts->baseline, w->window.from};
    dt__e_process e = {.shape = 1, .scale_rate = 1};
    dt__scatter scatter;

    dt__take_days(&w->before, w, d, d->incidents, before, true);
    scatter = dt__scatter_exposed(w->before.counts, w->before.watched, w->before.days);
    if (!(scatter.mean > 0) || w->window.until == w->window.from) return DT_OK;
    e.rate = scatter.mean;
    for (int64_t day = w->window.from; day < w->window.until; day++)
        if (dt__is_watched(d, day)) dt__e_process_step(&e, d->incidents[day - d->first], d->watched[day - d->first]);
    party->log_e = dt__e_process_log(&e);
    party->alarm_stands = is_rise_of_rare_counts(&e, &scatter); /* whether it may; settled among all cells */
    return find_alarm(w, d, party);
}

/* ---- the whole ---- */

dt_status dt__follow_course(dt__comparing *w, const dt__daily *d, dt_party_record *party) {
    dt_status st;

    rank_among_dates(w, d, party);
    st = fit_series(w, d, party);
    return st == DT_OK ? watch(w, d, party) : st;
}
