/* Statistics of counts: published and exact values, and budgets of false alarms that are kept. */
#include "base/env.h"
#include "chance.h"

#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "statistics/alarm.h"
#include "statistics/block_bootstrap.h"
#include "statistics/capture.h"
#include "statistics/discovery.h"
#include "statistics/interruption.h"
#include "statistics/shrinkage.h"

#define NEAR(a, b, tolerance) assert_true(fabs((a) - (b)) <= (tolerance))

static dt_env *new_environment(void) {
    dt_env *env = NULL;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    return env;
}

static double poisson(double mean, dt__random *r) {
    double count = -1, product = 1;
    while (product > exp(-mean)) product *= dt__random_uniform(r), count++;
    return count;
}

/* ---- rate ratios ---- */

static void assert_ratio(dt__ratio r, double value, double low, double high, double tolerance) {
    NEAR(r.value, value, tolerance);
    NEAR(r.low, low, tolerance);
    NEAR(r.high, high, tolerance);
}

/* Launches around two truces of 2025, from the published totals of 28 days before. */
static void ratios_respect_scatter(void **state) {
    (void)state;
    assert_ratio(dt__ratio_negative_binomial((dt__exposed){4, 3, 0}, (dt__exposed){3210, 28, 0}, 3.76), 0.012, 0.004,
                 0.037, 5e-4);
    assert_ratio(dt__ratio_poisson((dt__exposed){4, 3, 0}, (dt__exposed){3210, 28, 0}), 0.012, 0.004, 0.031, 5e-4);
    assert_ratio(dt__ratio_negative_binomial((dt__exposed){3144, 30, 0}, (dt__exposed){4385, 28, 0}, 5.51), 0.67, 0.53,
                 0.84, 5e-3);
    assert_ratio(dt__ratio_poisson((dt__exposed){3144, 30, 0}, (dt__exposed){4385, 28, 0}), 0.67, 0.64, 0.70, 5e-3);
}

/* Events before and after four ceasefires in Donbas. */
static void few_events_are_compared_exactly(void **state) {
    static const struct {
        double after, before, value, low, high;
    } rows[] = {
        {126, 580, 0.22, 0.18, 0.26}, {8, 14, 0.57, 0.21, 1.46}, {13, 27, 0.48, 0.23, 0.97}, {4, 14, 0.29, 0.07, 0.91}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_ratio(dt__ratio_conditional((dt__exposed){rows[i].after, 28, 0}, (dt__exposed){rows[i].before, 28, 0}),
                     rows[i].value, rows[i].low, rows[i].high, 5.1e-3);
}

static void nothing_observed_has_an_upper_bound(void **state) {
    dt__scatter s = {.periods = 28, .mean = 90.89, .variance = 21.6 * 90.89, .size = 4.41};

    (void)state;
    NEAR(dt__zero_chance((dt__exposed){0, 2, 0}, &s) / 1.7e-12, 1, 0.05);
    NEAR(dt__zero_bound((dt__exposed){0, 2, 0}, &s, 0.05), 0.020, 5e-4);
    s.size = INFINITY;
    NEAR(dt__zero_bound((dt__exposed){0, 1, 0}, &s, 0.05) * s.mean, 2.995732, 1e-6); /* the rule of three */
    assert_int_equal(dt__ratio_fitting((dt__exposed){0, 2, 0}, (dt__exposed){2545, 28, 0}, &s, 20).method,
                     DT__RATIO_ZERO);
    assert_int_equal(dt__ratio_fitting((dt__exposed){0, 0, 0}, (dt__exposed){0, 0, 0}, &s, 20).method, DT__RATIO_NONE);
}

static void scatter_is_by_moments(void **state) {
    static const double counts[] = {0, 10, 0, 10}, even[] = {3, 3, 3};
    dt__scatter s = dt__scatter_of(counts, 4);

    (void)state;
    NEAR(s.mean, 5, 0);
    NEAR(s.variance, 100.0 / 3, 1e-12);
    NEAR(s.size, 25 / (100.0 / 3 - 5), 1e-12);
    assert_true(isinf(dt__scatter_of(even, 3).size));
    for (int days = 3; days < 60; days++) { /* the variance is the mean, but for rounding */
        double once[60] = {1}, full[60];
        for (int i = 0; i < days; i++) full[i] = 1;
        assert_true(isinf(dt__scatter_of(once, (size_t)days).size));
        assert_true(isinf(dt__scatter_exposed(once, full, (size_t)days).size));
    }
}

static double poisson(double mean, dt__random *r);

/* Watched in full, it is what it was; by halves, half the counts have the same mean and size, on average. */
static void watched_time_is_divided_by(void **state) {
    enum { RUNS = 400, DAYS = 400 };
    static const double counts[] = {0, 10, 3, 10, 8}, full[] = {1, 1, 1, 1, 1};
    dt__scatter a = dt__scatter_of(counts, 5), b = dt__scatter_exposed(counts, full, 5);
    double means = 0, sizes = 0;

    (void)state;
    NEAR(a.mean, b.mean, 1e-12);
    NEAR(a.variance, b.variance, 1e-12);
    NEAR(a.size, b.size, 1e-12);
    for (uint64_t run = 0; run < RUNS; run++) {
        double watched[DAYS], seen[DAYS];
        dt__random r;
        dt__random_init(&r, 51, run, 0);
        for (int t = 0; t < DAYS; t++) {
            watched[t] = t % 3 == 0 ? 1 : t % 3 == 1 ? 0.5 : 0.1;
            seen[t] = poisson(12 * watched[t] * dt__random_gamma(&r, 4) / 4, &r);
        }
        a = dt__scatter_exposed(seen, watched, DAYS);
        means += a.mean;
        sizes += 1 / a.size;
    }
    NEAR(means / RUNS, 12, 0.1);
    NEAR(sizes / RUNS, 0.25, 0.01);
    NEAR(dt__ratio_negative_binomial((dt__exposed){30, 5, 0}, (dt__exposed){100, 10, 0}, INFINITY).value, 0.6, 1e-12);
    a = (dt__scatter){.periods = 10, .mean = 8, .variance = 24, .size = 4};
    NEAR(dt__zero_chance((dt__exposed){0, 1, 2}, &a), pow(4 / (4 + 8 * 0.5), 4 * 2), 1e-12); /* two half days */
    NEAR(log(dt__ratio_negative_binomial((dt__exposed){30, 1, 2}, (dt__exposed){100, 10, 0}, 4).high / 3) / 1.959964,
         sqrt(1 / 30.0 + 1 / 100.0 + 1 / 8.0 + 1 / 40.0), 1e-6);
}

static void a_control_adds_its_own_doubt(void **state) {
    dt__ratio r = dt__ratio_poisson((dt__exposed){50, 10, 0}, (dt__exposed){100, 10, 0}),
              c = dt__ratio_poisson((dt__exposed){80, 10, 0}, (dt__exposed){100, 10, 0}),
              d = dt__ratio_against_control(&r, &c);

    (void)state;
    NEAR(d.value, 0.625, 1e-12);
    NEAR(log(d.high / d.low) / 3.919928, sqrt(1.0 / 50 + 1.0 / 100 + 1.0 / 80 + 1.0 / 100), 1e-6);
}

static dt__ratio by_blocks_of(size_t block, dt__periods after, dt__periods before, uint64_t seed, dt_env *env) {
    enum { RESAMPLES = 1000 };
    static double rates[2][RESAMPLES];
    dt__resamples over = {.count = RESAMPLES, .rates = rates[0]}, under = {.count = RESAMPLES, .rates = rates[1]};

    assert_int_equal(dt__resample(&over, after, block, seed, 0, env), DT_OK);
    assert_int_equal(dt__resample(&under, before, block, seed, 1, env), DT_OK);
    return dt__ratio_of_resamples(&over, &under);
}

static void block_bootstrap_brackets_the_ratio(void **state) {
    dt_env *env = new_environment();
    double before[56], after[28];
    dt__ratio r, again;

    (void)state;
    for (int i = 0; i < 56; i++) before[i] = 10 + i % 7;
    for (int i = 0; i < 28; i++) after[i] = 5 + (i % 7) / 2.0;
    r = by_blocks_of(7, (dt__periods){after, NULL, 28}, (dt__periods){before, NULL, 56}, 3, env);
    NEAR(r.value, 0.5, 1e-12);
    assert_true(r.low <= 0.5 && 0.5 <= r.high && r.low > 0.4 && r.high < 0.6);
    again = by_blocks_of(7, (dt__periods){after, NULL, 28}, (dt__periods){before, NULL, 56}, 3, env);
    NEAR(r.low, again.low, 0);
    dt_env_free(env);
}

/* ---- intervals cover ---- */

static double scattered(double mean, double size, dt__random *r) {
    return poisson(mean * dt__random_gamma(r, size) / size, r);
}

/* The size is not known but estimated from the baseline, as in use. */
static void intervals_of_scattered_counts_cover(void **state) {
    enum { RUNS = 4000, BEFORE = 60, AFTER = 30 };
    int negative_binomial = 0, naive = 0;

    (void)state;
    for (uint64_t run = 0; run < RUNS; run++) {
        double before[BEFORE], y0 = 0, y1 = 0;
        dt__random r;
        dt__scatter scatter;
        dt__ratio fitting, simple;
        dt__random_init(&r, 31, run, 0);
        for (int t = 0; t < BEFORE; t++) y0 += before[t] = scattered(20, 3, &r);
        for (int t = 0; t < AFTER; t++) y1 += scattered(12, 3, &r);
        scatter = dt__scatter_of(before, BEFORE);
        fitting = dt__ratio_fitting((dt__exposed){y1, AFTER, 0}, (dt__exposed){y0, BEFORE, 0}, &scatter, 20);
        simple = dt__ratio_poisson((dt__exposed){y1, AFTER, 0}, (dt__exposed){y0, BEFORE, 0});
        negative_binomial += fitting.low <= 0.6 && 0.6 <= fitting.high;
        naive += simple.low <= 0.6 && 0.6 <= simple.high;
    }
    assert_in_range(negative_binomial, RUNS * 93 / 100, RUNS * 97 / 100);
    assert_true(naive < RUNS * 75 / 100); /* what the wrong interval would have promised as 95 percent */
}

/* Counts whose mean wanders from day to day, by the same half-hidden weather before and after. */
static void wander(double *counts, int days, double mean, dt__random *r) {
    double weather = dt__random_normal(r);

    for (int t = 0; t < days; t++) {
        weather = 0.6 * weather + 0.8 * dt__random_normal(r);
        counts[t] = poisson(mean * exp(0.4 * weather - 0.08), r);
    }
}

static void block_intervals_of_dependent_counts_cover(void **state) {
    enum { RUNS = 400, BEFORE = 180, AFTER = 120 };
    dt_env *env = new_environment();
    int blocks = 0, single = 0;

    (void)state;
    for (uint64_t run = 0; run < RUNS; run++) {
        double before[BEFORE], after[AFTER];
        dt__random r;
        dt__ratio by_blocks, by_days;
        dt__random_init(&r, 41, run, 0);
        wander(before, BEFORE, 20, &r);
        wander(after, AFTER, 10, &r);
        by_blocks = by_blocks_of(10, (dt__periods){after, NULL, AFTER}, (dt__periods){before, NULL, BEFORE}, run, env);
        by_days = by_blocks_of(1, (dt__periods){after, NULL, AFTER}, (dt__periods){before, NULL, BEFORE}, run, env);
        blocks += by_blocks.low <= 0.5 && 0.5 <= by_blocks.high;
        single += by_days.low <= 0.5 && 0.5 <= by_days.high;
    }
    assert_in_range(blocks, RUNS * 88 / 100, RUNS * 98 / 100);
    assert_true(single < blocks - RUNS * 10 / 100);
    dt_env_free(env);
}

/* A source that leaves out seven of ten leaves them out before and after. */
static void constant_under_reporting_cancels(void **state) {
    enum { RUNS = 4000, BEFORE = 60, AFTER = 30 };
    int covered = 0;
    double values = 0;

    (void)state;
    for (uint64_t run = 0; run < RUNS; run++) {
        double before[BEFORE], y0 = 0, y1 = 0;
        dt__scatter scatter;
        dt__ratio r;
        dt__random d;
        dt__random_init(&d, 61, run, 0);
        for (int t = 0; t < BEFORE; t++) y0 += before[t] = scattered(0.3 * 40, 3, &d); /* thinned, it is such again */
        for (int t = 0; t < AFTER; t++) y1 += scattered(0.3 * 24, 3, &d);
        scatter = dt__scatter_of(before, BEFORE);
        r = dt__ratio_fitting((dt__exposed){y1, AFTER, 0}, (dt__exposed){y0, BEFORE, 0}, &scatter, 20);
        covered += r.low <= 0.6 && 0.6 <= r.high;
        values += log(r.value);
    }
    assert_in_range(covered, RUNS * 93 / 100, RUNS * 97 / 100);
    NEAR(values / RUNS, log(0.6), 0.02);
}

/* Watched on some days in part and on others not: the rate and its interval are those of what happens. */
static void intervals_of_watched_time_cover(void **state) {
    enum { RUNS = 4000, BEFORE = 60, AFTER = 30 };
    int covered = 0, naive = 0;

    (void)state;
    for (uint64_t run = 0; run < RUNS; run++) {
        double before[BEFORE], watched[BEFORE], squares[2] = {0, 0};
        dt__exposed y0 = {0, 0, 0}, y1 = {0, 0, 0};
        dt__scatter scatter;
        dt__ratio r, simple;
        dt__random d;
        dt__random_init(&d, 71, run, 0);
        for (int t = 0; t < BEFORE; t++) {
            watched[t] = 0.6 + 0.4 * dt__random_uniform(&d);
            y0.events += before[t] = scattered(20 * watched[t], 4, &d);
            y0.periods += watched[t];
            squares[0] += watched[t] * watched[t];
        }
        for (int t = 0; t < AFTER; t++) {
            double part = 0.2 + 0.4 * dt__random_uniform(&d);
            y1.events += scattered(12 * part, 4, &d);
            y1.periods += part;
            squares[1] += part * part;
        }
        y0.effective = y0.periods * y0.periods / squares[0];
        y1.effective = y1.periods * y1.periods / squares[1];
        scatter = dt__scatter_exposed(before, watched, BEFORE);
        r = dt__ratio_fitting(y1, y0, &scatter, 20);
        simple = dt__ratio_negative_binomial((dt__exposed){y1.events, AFTER, 0}, (dt__exposed){y0.events, BEFORE, 0},
                                             scatter.size);
        covered += r.low <= 0.6 && 0.6 <= r.high;
        naive += simple.low <= 0.6 && 0.6 <= simple.high;
    }
    assert_in_range(covered, RUNS * 93 / 100, RUNS * 97 / 100);
    assert_true(naive < RUNS / 10); /* what is not watched is no calm */
}

/* A season that raises everything by half: alone the ratio is wrong, beside a control it is right. */
static void a_control_takes_the_season_out(void **state) {
    enum { RUNS = 2000, DAYS = 60 };
    int alone = 0, beside = 0;

    (void)state;
    for (uint64_t run = 0; run < RUNS; run++) {
        double before[2][DAYS], sums[2][2] = {{0, 0}, {0, 0}};
        dt__ratio r[2], difference;
        dt__random d;
        dt__random_init(&d, 81, run, 0);
        for (int which = 0; which < 2; which++) {
            dt__scatter s;
            for (int t = 0; t < DAYS; t++) sums[which][0] += before[which][t] = scattered(20, 4, &d);
            for (int t = 0; t < DAYS; t++) sums[which][1] += scattered(20 * 1.5 * (which == 0 ? 0.6 : 1), 4, &d);
            s = dt__scatter_of(before[which], DAYS);
            r[which] = dt__ratio_negative_binomial((dt__exposed){sums[which][1], DAYS, 0},
                                                   (dt__exposed){sums[which][0], DAYS, 0}, s.size);
        }
        difference = dt__ratio_against_control(&r[0], &r[1]);
        alone += r[0].low <= 0.6 && 0.6 <= r[0].high;
        beside += difference.low <= 0.6 && 0.6 <= difference.high;
    }
    assert_in_range(beside, RUNS * 925 / 1000, RUNS * 97 / 100);
    assert_true(alone < RUNS * 10 / 100);
}

/* Both families miss some of it, one whatever the other does; and when the second follows the first, it is too few. */
static void capture_covers_where_sources_are_independent(void **state) {
    enum { RUNS = 4000, TRUE = 120 };
    int covered = 0, dependent = 0;

    (void)state;
    for (uint64_t run = 0; run < RUNS; run++) {
        double m1 = 0, m2 = 0, both = 0, follows = 0, met = 0;
        dt__captured c;
        dt__random d;
        dt__random_init(&d, 91, run, 0);
        for (int i = 0; i < TRUE; i++) {
            bool first = dt__random_uniform(&d) < 0.6, second = dt__random_uniform(&d) < 0.5;
            bool copied = dt__random_uniform(&d) < (first ? 0.75 : 0.125);
            m1 += first;
            m2 += second;
            both += first && second;
            follows += copied;
            met += first && copied;
        }
        c = dt__capture(m1, m2, both);
        covered += c.low <= TRUE && TRUE <= c.high;
        c = dt__capture(m1, follows, met);
        dependent += c.low <= TRUE && TRUE <= c.high;
    }
    assert_in_range(covered, RUNS * 93 / 100, RUNS * 97 / 100);
    assert_true(dependent < RUNS * 5 / 100); /* why the assumption is always told with it */
}

/* ---- alarms ---- */

/* Ville: under no change an e-process reaches 1 / alpha in at most a share alpha of all runs, whenever one looks. */
static void an_e_process_keeps_its_budget_at_all_times(void **state) {
    enum { RUNS = 10000, DAYS = 200 };
    int alarms = 0, found = 0;

    (void)state;
    for (uint64_t run = 0; run < RUNS; run++) {
        dt__e_process quiet = {.rate = 1.5, .shape = 2, .scale_rate = 2}, risen = quiet;
        bool alarm = false, seen = false;
        dt__random r;
        dt__random_init(&r, 9, run, 0);
        for (int day = 0; day < DAYS; day++) {
            dt__e_process_step(&quiet, poisson(1.5, &r), 1);
            alarm = alarm || dt__e_process_log(&quiet) >= log(20);
            if (run < 200 && day < 60) dt__e_process_step(&risen, poisson(3, &r), 1);
            seen = seen || dt__e_process_log(&risen) >= log(20);
        }
        alarms += alarm;
        found += seen;
    }
    assert_true(alarms <= RUNS * 0.05);
    assert_true(alarms > 0);
    assert_true(found > 195); /* of the 200 in which the rate doubled, within 60 days */
}

/* ---- sources, cells, places ---- */

static void two_sources_tell_how_many_there_were(void **state) {
    dt__captured c = dt__capture(50, 40, 20);

    (void)state;
    NEAR(c.total, 51.0 * 41 / 21 - 1, 1e-12);
    NEAR((c.high - c.total) / 1.959963984540054, sqrt(51.0 * 41 * 30 * 20 / (21.0 * 21 * 22)), 1e-9);
    assert_true(c.low >= 70);
}

/* The example of Benjamini and Hochberg 1995: 15 p-values, four stand at 0.05. */
static void discoveries_of_the_first_example(void **state) {
    static const double p[] = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                               0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
    double e[15];
    bool found[15];
    dt_env *env = new_environment();

    (void)state;
    assert_int_equal(dt__discoveries(found, p, 15, 0.05, env), DT_OK);
    for (int i = 0; i < 15; i++) assert_int_equal(found[i], i < 4);
    for (int i = 0; i < 15; i++) e[i] = i < 2 ? log(15 / (0.05 * 2)) : 0;
    assert_int_equal(dt__e_discoveries(found, e, 15, 0.05, env), DT_OK);
    for (int i = 0; i < 15; i++) assert_int_equal(found[i], i < 2);
    e[1] -= 1e-6;
    assert_int_equal(dt__e_discoveries(found, e, 15, 0.05, env), DT_OK);
    assert_false(found[0]);
    dt_env_free(env);
}

/* Twenty cells that share one stream of events, so that all err together; and ten in which the rate doubled. */
static void e_values_stand_whatever_depends_on_whatever(void **state) {
    enum { RUNS = 2000, CELLS = 20, RISEN = 10, DAYS = 60 };
    dt_env *env = new_environment();
    double false_share = 0;
    int found_risen = 0;

    (void)state;
    for (uint64_t run = 0; run < RUNS; run++) {
        dt__e_process quiet = {.rate = 2, .shape = 1, .scale_rate = 1}, risen[RISEN];
        double log_e[CELLS + RISEN];
        bool stands[CELLS + RISEN];
        int wrong = 0, right = 0;
        dt__random r;
        dt__random_init(&r, 19, run, 0);
        for (int day = 0; day < DAYS; day++) dt__e_process_step(&quiet, poisson(2, &r), 1);
        for (int i = 0; i < RISEN; i++) {
            risen[i] = (dt__e_process){.rate = 2, .shape = 1, .scale_rate = 1};
            for (int day = 0; day < DAYS; day++) dt__e_process_step(&risen[i], poisson(4, &r), 1);
        }
        for (int i = 0; i < CELLS + RISEN; i++)
            log_e[i] = i < CELLS ? dt__e_process_log(&quiet) : dt__e_process_log(&risen[i - CELLS]);
        assert_int_equal(dt__e_discoveries(stands, log_e, CELLS + RISEN, 0.05, env), DT_OK);
        for (int i = 0; i < CELLS + RISEN; i++) wrong += i < CELLS && stands[i], right += i >= CELLS && stands[i];
        if (wrong + right > 0) false_share += (double)wrong / (wrong + right);
        found_risen += right;
    }
    assert_true(false_share / RUNS <= 0.05);
    assert_true(found_risen > RUNS * RISEN * 95 / 100);
    dt_env_free(env);
}

static void places_are_drawn_together(void **state) {
    static const double alike[] = {10, 11, 9, 10, 10, 10}, apart[] = {0, 40, 2, 18, 1, 90}, one[] = {1, 1, 1, 1, 1, 1};
    dt__gamma_prior same = dt__gamma_prior_of(alike, one, 6), wide = dt__gamma_prior_of(apart, one, 6);

    (void)state;
    assert_true(isinf(same.rate));
    NEAR(dt__shrunk_rate(&same, 11, 1), 10, 1e-12);
    assert_false(isinf(wide.rate));
    assert_true(dt__shrunk_rate(&wide, 90, 1) < 90 && dt__shrunk_rate(&wide, 90, 1) > 60);
    assert_true(dt__shrunk_rate(&wide, 0, 1) > 0);
}

/* Log likelihood of events in exposures when rates are gamma(shape) about their common mean. */
static double together(double shape, double common, const double *y, const double *e, int places) {
    double sum = 0;

    for (int i = 0; i < places; i++)
        sum += lgamma(y[i] + shape) - lgamma(shape) + shape * log(shape / (shape + common * e[i])) +
               y[i] * log(common * e[i] / (shape + common * e[i])) - lgamma(y[i] + 1);
    return sum;
}

/* No shape on a fine grid is more likely than the one chosen. */
static void no_other_prior_is_more_likely(void **state) {
    enum { RUNS = 200, PLACES = 8 };
    int spread = 0;

    (void)state;
    for (uint64_t run = 0; run < RUNS; run++) {
        double y[PLACES], e[PLACES], best;
        dt__gamma_prior prior;
        dt__random r;
        dt__random_init(&r, 13, run, 0);
        for (int i = 0; i < PLACES; i++) {
            e[i] = 0.2 + 3 * dt__random_uniform(&r);
            y[i] = poisson(6 * e[i] * dt__random_gamma(&r, 2) / 2, &r);
        }
        prior = dt__gamma_prior_of(y, e, PLACES);
        best = together(isinf(prior.shape) ? 1e6 : prior.shape, prior.common, y, e, PLACES);
        for (double shape = 0.05; shape < 1e5; shape *= 1.05)
            assert_true(together(shape, prior.common, y, e, PLACES) <= best + 1e-4);
        for (int i = 0; i < PLACES && !isinf(prior.rate); i++)
            NEAR(dt__shrunk_rate(&prior, y[i], e[i]), (y[i] + prior.shape) / (e[i] + prior.rate), 1e-12);
        spread += !isinf(prior.rate);
    }
    assert_true(spread > RUNS / 2);
}

/* ---- interrupted series ---- */

static void a_known_interruption_is_recovered(void **state) {
    enum { DAYS = 160, FIRST = 90, RUNS = 200 };
    dt_env *env = new_environment();
    int covered = 0, fitted = 0;
    double changes = 0;

    (void)state;
    for (uint64_t run = 0; run < RUNS; run++) {
        double counts[DAYS];
        dt__interruption fit;
        dt__random r;
        dt__random_init(&r, 21, run, 0);
        for (int t = 0; t < DAYS; t++) {
            double mean =
                20 * exp(0.002 * (t - FIRST) + (t >= FIRST ? -1 + 0.01 * (t - FIRST) : 0) + (t % 7 == 3) * 0.3);
            counts[t] = poisson(mean * dt__random_gamma(&r, 5) / 5, &r);
        }
        assert_int_equal(
            dt__interruption_fit(&fit, &(dt__series){.counts = counts, .days = DAYS, .first = FIRST, .weekdays = true},
                                 env),
            DT_OK);
        fitted += fit.fitted;
        covered += fit.change.low <= -1 && -1 <= fit.change.high;
        changes += fit.change.value;
    }
    assert_int_equal(fitted, RUNS);
    NEAR(changes / RUNS, -1, 0.05);
    assert_true(covered >= RUNS * 88 / 100 && covered <= RUNS * 99 / 100);
    dt_env_free(env);
}

/* Days without a watch do not count, whatever stands there; half a watch is half the rate. */
static void unwatched_days_weigh_nothing(void **state) {
    enum { DAYS = 100, FIRST = 60 };
    dt_env *env = new_environment();
    double counts[DAYS], full[DAYS], offsets[DAYS];
    dt__series s = {.counts = full, .days = DAYS, .first = FIRST};
    dt__interruption a, b;
    dt__random r;

    (void)state;
    dt__random_init(&r, 8, 0, 0);
    for (int t = 0; t < DAYS; t++) {
        full[t] = counts[t] = poisson(t < FIRST ? 30 : 15, &r);
        offsets[t] = t % 10 == 3 ? -INFINITY : 0;
        if (t % 10 == 3) counts[t] = 1000;
    }
    assert_int_equal(dt__interruption_fit(&a, &s, env), DT_OK);
    s.counts = counts;
    s.offsets = offsets;
    assert_int_equal(dt__interruption_fit(&b, &s, env), DT_OK);
    assert_true(a.fitted && b.fitted);
    NEAR(b.change.value, a.change.value, 0.15);
    for (int t = 0; t < DAYS; t++) {
        counts[t] = poisson((t < FIRST ? 30 : 15) * (t % 2 == 0 ? 1 : 0.5), &r);
        offsets[t] = t % 2 == 0 ? 0 : log(0.5);
    }
    assert_int_equal(dt__interruption_fit(&b, &s, env), DT_OK);
    NEAR(b.change.value, log(0.5), 0.3);
    s.change_only = true;
    assert_int_equal(dt__interruption_fit(&a, &s, env), DT_OK);
    NEAR(a.change.value, b.change.value, 0);
    dt_env_free(env);
}

/* Whole numbers have their likelihood by a sum, fractions by the gamma function: hardly apart, it is the same. */
static void fractions_are_fitted_as_whole_numbers_are(void **state) {
    enum { DAYS = 140, FIRST = 80, RUNS = 60 };
    dt_env *env = new_environment();
    int scattered_fits = 0;

    (void)state;
    for (uint64_t run = 0; run < RUNS; run++) {
        double counts[DAYS], parts[DAYS];
        dt__series s = {.counts = counts, .days = DAYS, .first = FIRST, .weekday = (unsigned)run % 7, .weekdays = true};
        dt__interruption fit, again;
        dt__random r;
        dt__random_init(&r, 23, run, 0);
        for (int t = 0; t < DAYS; t++) counts[t] = scattered(run % 2 == 0 ? 3 : 200, 2 + (double)(run % 5), &r);
        assert_int_equal(dt__interruption_fit(&fit, &s, env), DT_OK);
        assert_true(fit.fitted && fit.change.error > 0 && fit.slope.error > 0);
        scattered_fits += !isinf(fit.size);
        for (int t = 0; t < DAYS; t++) parts[t] = counts[t] + (t % 2 == 0 ? 1e-9 : -1e-9) * (counts[t] > 0);
        s.counts = parts; /* no whole numbers: the same likelihood by the gamma function */
        assert_int_equal(dt__interruption_fit(&again, &s, env), DT_OK);
        NEAR(again.change.value, fit.change.value, 1e-5);
        NEAR(again.change.error / fit.change.error, 1, 1e-5);
        if (!isinf(fit.size)) NEAR(again.size / fit.size, 1, 1e-4);
    }
    assert_true(scattered_fits > RUNS / 2);
    dt_env_free(env);
}

/* A side that has events on its last day alone rises without end; a weekday without any falls. */
static void a_likelihood_without_an_end_is_not_fitted(void **state) {
    double counts[84];
    dt__series s = {.counts = counts, .days = 84, .first = 56};
    dt_env *env = new_environment();
    dt__interruption fit;

    (void)state;
    for (int t = 0; t < 84; t++) counts[t] = t < 56 ? 1 + t % 3 : t == 83 ? 5 : 0;
    assert_int_equal(dt__interruption_fit(&fit, &s, env), DT_OK);
    assert_false(fit.fitted);
    counts[60] = counts[70] = counts[75] = 2;
    assert_int_equal(dt__interruption_fit(&fit, &s, env), DT_OK);
    assert_true(fit.fitted);
    s.weekdays = true;
    for (int t = 0; t < 84; t += 7) counts[t] = 0;
    assert_int_equal(dt__interruption_fit(&fit, &s, env), DT_OK);
    assert_false(fit.fitted);
    dt_env_free(env);
}

static void what_cannot_be_fitted_is_said(void **state) {
    static const double none[20] = {0}, one[4] = {1, 2, 3, 4};
    dt_env *env = new_environment();
    dt__interruption fit;

    (void)state;
    assert_int_equal(dt__interruption_fit(&fit, &(dt__series){.counts = none, .days = 20, .first = 10}, env), DT_OK);
    assert_false(fit.fitted);
    assert_int_equal(dt__interruption_fit(&fit, &(dt__series){.counts = one, .days = 4, .first = 2}, env), DT_OK);
    assert_false(fit.fitted);
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ratios_respect_scatter),
        cmocka_unit_test(few_events_are_compared_exactly),
        cmocka_unit_test(nothing_observed_has_an_upper_bound),
        cmocka_unit_test(scatter_is_by_moments),
        cmocka_unit_test(watched_time_is_divided_by),
        cmocka_unit_test(a_control_adds_its_own_doubt),
        cmocka_unit_test(block_bootstrap_brackets_the_ratio),
        cmocka_unit_test(intervals_of_scattered_counts_cover),
        cmocka_unit_test(block_intervals_of_dependent_counts_cover),
        cmocka_unit_test(constant_under_reporting_cancels),
        cmocka_unit_test(intervals_of_watched_time_cover),
        cmocka_unit_test(a_control_takes_the_season_out),
        cmocka_unit_test(capture_covers_where_sources_are_independent),
        cmocka_unit_test(an_e_process_keeps_its_budget_at_all_times),
        cmocka_unit_test(two_sources_tell_how_many_there_were),
        cmocka_unit_test(discoveries_of_the_first_example),
        cmocka_unit_test(e_values_stand_whatever_depends_on_whatever),
        cmocka_unit_test(places_are_drawn_together),
        cmocka_unit_test(no_other_prior_is_more_likely),
        cmocka_unit_test(a_known_interruption_is_recovered),
        cmocka_unit_test(unwatched_days_weigh_nothing),
        cmocka_unit_test(fractions_are_fitted_as_whole_numbers_are),
        cmocka_unit_test(a_likelihood_without_an_end_is_not_fitted),
        cmocka_unit_test(what_cannot_be_fitted_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
