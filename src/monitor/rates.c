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
    if (l->last_filed == DT__MOMENT_ALWAYS) *until = *from;
    else if (*until > dt__local_day(o->zone, l->last_filed) + 1) *until = dt__local_day(o->zone, l->last_filed) + 1;
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

static double on_day(const dt__daily *d, const double *series, int64_t day) {
    return day < d->first || day >= d->first + (int64_t)d->days ? 0 : series[day - d->first];
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

/* Days of the baseline with data, into `values`. */
static size_t baseline_values(const dt__ledger *l, const dt__obligation *o, const dt__daily *d, const double *series,
                              span days, bool without_others, double *values) {
    size_t count = 0;

    for (int64_t day = days.from; day < days.until; day++) {
        if (day < d->first || day >= d->first + (int64_t)d->days) continue;
        if (without_others && is_others_day(l, o, day, false)) continue;
        values[count++] = series[day - d->first];
    }
    return count;
}

static void fill_ratios(dt_comparison *c, const dt__scatter *scatter) {
    dt__exposed observed = {c->observed, c->window}, baseline = {c->events, c->used};
    dt__ratio fitting, nb, poisson, conditional;

    if (c->window == 0 || c->used == 0 || c->events <= 0) {
        c->fitting = c->negative_binomial = c->poisson = c->conditional = (dt_rate_ratio){DT_RATE_NONE, NAN, NAN, NAN};
        c->zero_chance = NAN;
        return;
    }
    c->zero_chance = dt__zero_chance(c->window, scatter);
    fitting = dt__ratio_fitting(observed, baseline, scatter, EXACT_BELOW);
    nb = c->observed > 0 ? dt__ratio_negative_binomial(observed, baseline, scatter->size)
                         : dt__ratio_zero(c->window, scatter);
    poisson = dt__ratio_poisson(observed, baseline);
    conditional = dt__ratio_conditional(observed, baseline);
    c->fitting = told_ratio(&fitting);
    c->negative_binomial = told_ratio(&nb);
    c->poisson = c->observed > 0 ? told_ratio(&poisson) : (dt_rate_ratio){DT_RATE_NONE, NAN, NAN, NAN};
    c->conditional = told_ratio(&conditional);
}

static void compare_window(dt__ledger *l, const dt__obligation *o, const dt__daily *d, const double *series,
                           span window, uint32_t days, bool without_others, double *values, dt_comparison *out) {
    span before = {window.from - days, window.from};
    dt__scatter scatter;
    size_t used = baseline_values(l, o, d, series, before, without_others, values);

    *out = (dt_comparison){.days = days, .without_others = without_others, .used = (uint32_t)used};
    for (size_t i = 0; i < used; i++) out->events += values[i];
    for (int64_t day = window.from; day < window.until; day++) out->observed += on_day(d, series, day);
    out->window = (uint32_t)(window.until - window.from);
    scatter = dt__scatter_of(values, used);
    out->mean = scatter.mean;
    out->variance = scatter.variance;
    out->size = scatter.size;
    fill_ratios(out, &scatter);
}

static dt_status compare_all(dt__ledger *l, const dt__obligation *o, const dt__daily *d, span window,
                             dt_party_record *party) {
    const uint32_t lengths[] = {l->opts->baseline, SHORT, 28, LONG};
    const double *series = l->opts->unit == DT_UNIT_INCIDENTS ? d->incidents : d->counted;
    size_t kinds = sizeof lengths / sizeof *lengths, count = 0;
    dt_comparison *list = DT__BUILDER_ARRAY(l->b, dt_comparison, 2 * kinds);
    double *values = DT__ARENA_ARRAY(&l->scratch, double, l->opts->baseline + LONG);

    if (list == NULL || values == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < kinds; i++) {
        if (i > 0 && lengths[i] == lengths[0]) continue;
        compare_window(l, o, d, series, window, lengths[i], true, values, &list[count++]);
        compare_window(l, o, d, series, window, lengths[i], false, values, &list[count]);
        if (list[count].used != list[count - 1].used) count++;
    }
    party->comparisons = list;
    party->comparison_count = count;
    return DT_OK;
}

/* ---- placebo: the same comparison at every other date ---- */

static bool crosses_truce(const dt__ledger *l, const dt__obligation *o, int64_t from, int64_t until) {
    for (int64_t day = from; day < until; day++)
        if (is_others_day(l, o, day, true)) return true;
    return false;
}

static void rank_among_dates(const dt__ledger *l, const dt__obligation *o, const dt__daily *d, span window,
                             dt_party_record *party) {
    const double *series = l->opts->unit == DT_UNIT_INCIDENTS ? d->incidents : d->counted;
    int64_t width = window.until - window.from, end = d->first + (int64_t)d->days;
    const dt_comparison *c = &party->comparisons[0];
    double before = 0, during = 0, real = c->fitting.value;
    uint32_t count = 1, rank = 1;

    if (c->fitting.method == DT_RATE_NONE || width > 366) return;
    for (int64_t at = d->first + l->opts->baseline; at + width <= end; at++) {
        before = during = 0;
        for (int64_t day = at - l->opts->baseline; day < at; day++) before += on_day(d, series, day);
        for (int64_t day = at; day < at + width; day++) during += on_day(d, series, day);
        if (before <= 0 || (at < window.until && at + width > window.from) || crosses_truce(l, o, at, at + width))
            continue;
        count++;
        if (during / (double)width / (before / l->opts->baseline) < real) rank++;
    }
    party->placebo_rank = rank;
    party->placebo_count = count;
}

/* ---- the interrupted series ---- */

static dt_status fit_series(dt__ledger *l, const dt__daily *d, span window, dt_party_record *party) {
    const double *series = l->opts->unit == DT_UNIT_INCIDENTS ? d->incidents : d->counted;
    int64_t from = window.from - LONG > d->first ? window.from - LONG : d->first;
    dt__interruption fit = {0};
    dt__series s;
    dt_status st;

    if (window.until - window.from < SERIES_AT_LEAST || window.from - from < (int64_t)2 * SERIES_AT_LEAST) return DT_OK;
    if (window.until > d->first + (int64_t)d->days) return DT_OK;
    s = (dt__series){.counts = series + (from - d->first),
                     .days = (size_t)(window.until - from),
                     .first = (size_t)(window.from - from),
                     .weekday = dt__weekday_of(from),
                     .weekdays = window.until - from >= 56};
    if ((st = dt__interruption_fit(&fit, &s, l->env)) != DT_OK || !fit.fitted) return st;
    party->has_series = true;
    party->change = exp(fit.change.value);
    party->change_low = exp(fit.change.low);
    party->change_high = exp(fit.change.high);
    party->half_life = fit.half_life;
    return DT_OK;
}

/* ---- alarms, on incidents: decisions, not munitions ---- */

static dt_status watch(dt__ledger *l, const dt__obligation *o, const dt__daily *d, span window,
                       dt_party_record *party) {
    double *values = DT__ARENA_ARRAY(&l->scratch, double, l->opts->baseline), state = 0, reached = 0;
    span before = {window.from - l->opts->baseline, window.from};
    dt__e_process e = {.shape = 1, .scale_rate = 1};
    dt__cusum cusum = {.factor = 2};
    dt__scatter scatter;
    dt_status st;

    if (values == NULL) return DT_ERR_MEMORY;
    scatter = dt__scatter_of(values, baseline_values(l, o, d, d->incidents, before, true, values));
    party->log_e = NAN;
    if (!(scatter.mean > 0) || window.until == window.from) return DT_OK;
    cusum.mean = e.rate = scatter.mean;
    cusum.size = scatter.size;
    if ((st = dt__cusum_calibrate(&cusum, RUN_LENGTH, RUNS, l->opts->seed, &reached, l->env)) != DT_OK) return st;
    for (int64_t day = window.from; day < window.until; day++) {
        double count = on_day(d, d->incidents, day);
        dt__e_process_step(&e, count, 1);
        state = dt__cusum_step(&cusum, state, count);
        if (party->alarm || state < cusum.threshold) continue;
        party->alarm = true;
        party->alarm_at = day * DT__DAY;
    }
    party->log_e = dt__e_process_log(&e);
    return DT_OK;
}

dt_status dt__compare_rates(dt__ledger *l, const dt__obligation *o, dt_reading_record *reading, dt_party_record *party,
                            const dt__daily *daily) {
    span window;
    dt_status st;

    dt__window_days(l, o, &window.from, &window.until);
    reading->window_from = window.from * DT__DAY;
    reading->window_until = window.until * DT__DAY;
    party->log_e = NAN;
    if (daily->days == 0 || window.until == window.from) return DT_OK;
    if ((st = compare_all(l, o, daily, window, party)) != DT_OK) return st;
    rank_among_dates(l, o, daily, window, party);
    if ((st = fit_series(l, daily, window, party)) != DT_OK) return st;
    return watch(l, o, daily, window, party);
}
