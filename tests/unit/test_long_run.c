/* Ratios of counts that wander: intervals that cover although the baseline is short. */
#include "simulated_counts.h"

#include "statistics/block_bootstrap.h"
#include "statistics/long_run.h"

#define NEAR(a, b, tolerance) assert_true(fabs((a) - (b)) <= (tolerance))

enum { MOST_DAYS = 120 };

/* Tables of Student 1908 and after. */
static void student_is_as_printed(void **state) {
    static const struct {
        double freedom, reach;
    } rows[] = {{1, 12.7062}, {2, 4.30265}, {3, 3.18245}, {6, 2.44691}, {10, 2.22814}, {30, 2.04227}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        NEAR(dt__student_reach(0.05, rows[i].freedom), rows[i].reach, 1e-4);
        for (double share = 0.001; share < 1; share += 0.0625)
            NEAR(dt__student_beyond(dt__student_reach(share, rows[i].freedom), rows[i].freedom), share, 1e-9);
    }
    NEAR(dt__student_beyond(0, 5), 1, 0);
}

/* By the definition: sums against cosines, each called by itself. */
static void the_size_is_that_of_slow_cosines(void **state) {
    enum { DAYS = 40 };
    double counts[DAYS], shares[DAYS], events = 0, time = 0, squares = 0, sum = 0;
    size_t cosines = 4; /* 0.3 x 40^(2/3) = 3.5 */
    dt__long_run l;
    dt__random r;

    (void)state;
    dt__random_init(&r, 3, 0, 0);
    for (int t = 0; t < DAYS; t++) {
        shares[t] = t % 3 == 0 ? 0.5 : 1;
        counts[t] = drawn_count((t / 10 % 2 == 0 ? 20 : 4) * shares[t], 2, &r);
        events += counts[t];
        time += shares[t];
        squares += shares[t] * shares[t];
    }
    for (size_t j = 1; j <= cosines; j++) {
        double weight = 0;
        for (int t = 0; t < DAYS; t++)
            weight += (counts[t] - events / time * shares[t]) * cos(acos(-1) * (double)j * (t + 0.5) / DAYS);
        sum += 2 * weight * weight / (double)cosines;
    }
    l = dt__long_run_of((dt__periods){counts, shares, DAYS});
    assert_int_equal(l.freedom, cosines);
    NEAR(l.size / (events / time * events / time * squares / (sum - events)), 1, 1e-9);
    assert_int_equal(dt__long_run_of((dt__periods){counts, NULL, 11}).freedom, 0);
    assert_int_equal(dt__ratio_long_run((dt__exposed){0, 5, 0}, (dt__exposed){events, time, 0}, &l).method,
                     DT__RATIO_NONE);
    NEAR(dt__ratio_long_run((dt__exposed){50, 5, 0}, (dt__exposed){100, 10, 0}, &l).value, 1, 1e-12);
}

/* ---- intervals cover ---- */

/* Log rates that are autoregressive; all that the counts scatter beyond Poisson, variance 1 / size of the square of the
 * mean, comes from them. */
typedef struct truth {
    double mean, size, carry;
    size_t before, after;
} truth;

static void wander(double *counts, const truth *t, double ratio, dt__random *r) {
    double variance = log1p(1 / t->size), swing = dt__random_normal(r);

    for (size_t i = 0; i < t->before + t->after; i++) {
        double mean = t->mean * exp(sqrt(variance) * swing - variance / 2);
        counts[i] = drawn_poisson(mean * (i < t->before ? 1 : ratio), r);
        swing = t->carry * swing + sqrt(1 - t->carry * t->carry) * dt__random_normal(r);
    }
}

static bool holds(dt__ratio r, double truly) {
    return r.low <= truly && truly <= r.high;
}

typedef struct covered {
    double runs, long_run, formula, blocks, blocks_drawn;
} covered;

static bool by_blocks(const double *counts, const truth *t, double ratio, uint64_t seed, dt_env *env) {
    enum { RESAMPLES = 400 };
    static double rates[2][RESAMPLES];
    dt__resamples over = {.count = RESAMPLES, .rates = rates[0]}, under = {.count = RESAMPLES, .rates = rates[1]};

    assert_int_equal(dt__resample(&over, (dt__periods){counts + t->before, NULL, t->after}, 0, seed, 0, env), DT_OK);
    assert_int_equal(dt__resample(&under, (dt__periods){counts, NULL, t->before}, 0, seed, 1, env), DT_OK);
    return holds(dt__ratio_of_resamples(&over, &under), ratio);
}

static void add_run(covered *c, const truth *t, uint64_t run, dt_env *env) {
    const double ratio = 0.5;
    double counts[MOST_DAYS], y0 = 0, y1 = 0;
    dt__exposed before = {.periods = (double)t->before}, after = {.periods = (double)t->after};
    dt__scatter scatter;
    dt__long_run l;
    dt__random r;

    dt__random_init(&r, 41, run, (uint32_t)(t->before + t->after));
    wander(counts, t, ratio, &r);
    for (size_t i = 0; i < t->before; i++) y0 += counts[i];
    for (size_t i = t->before; i < t->before + t->after; i++) y1 += counts[i];
    if (!(y0 > 0 && y1 > 0)) return;
    before.events = y0;
    after.events = y1;
    scatter = dt__scatter_of(counts, t->before);
    l = dt__long_run_of((dt__periods){counts, NULL, t->before});
    c->runs++;
    c->long_run += holds(dt__ratio_long_run(after, before, &l), ratio);
    c->formula += holds(dt__ratio_negative_binomial(after, before, scatter.size), ratio);
    if (run % 4 != 0) return;
    c->blocks_drawn++;
    c->blocks += by_blocks(counts, t, ratio, run, env);
}

/* Windows of 3, 14 and 30 days, of many and of few incidents: 3,600 runs for each length of baseline and of swings. */
static covered cover(size_t before, double carry, size_t least_window, dt_env *env) {
    enum { RUNS = 400 / FEWER };
    static const struct { double mean, size; } counts[] = {{20, 1}, {20, 6}, {4, 2}};
    static const size_t windows[] = {3, 14, 30};
    covered c = {0, 0, 0, 0, 0};

    for (size_t k = 0; k < 3; k++)
        for (size_t w = 0; w < 3; w++) {
            truth t = {
                .mean = counts[k].mean, .size = counts[k].size, .carry = carry, .before = before, .after = windows[w]};
            if (t.after < least_window) continue;
            for (uint64_t run = 0; run < RUNS; run++) add_run(&c, &t, run + (k << 32), env);
        }
    print_message("baseline %zu, swings %.1f, windows from %zu: long run %.3f, formula %.3f, blocks %.3f\n", before,
                  carry, least_window, c.long_run / c.runs, c.formula / c.runs, c.blocks / c.blocks_drawn);
    return c;
}

static void intervals_of_wandering_counts_cover(void **state) {
    static const struct {
        size_t before;
        double carry, least, most;
    } rows[] = {{90, 0.3, 0.93, 0.975}, {90, 0.6, 0.93, 0.975}, {90, 0.8, 0.92, 0.97},
                {28, 0.3, 0.93, 0.985}, {28, 0.6, 0.92, 0.975}, {28, 0.8, 0.89, 0.96}};
    dt_env *env = new_environment();

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        covered c = cover(rows[i].before, rows[i].carry, 14, env);
        double slack = SLOW_BUILD ? leeway(0.05, c.runs) : 0;
        assert_true(c.long_run / c.runs >= rows[i].least - slack && c.long_run / c.runs <= rows[i].most + slack);
        assert_true(c.formula < c.long_run - 0.02 * c.runs); /* what the interval of single days would have promised */
        if (!SLOW_BUILD) assert_true(c.blocks / c.blocks_drawn < c.long_run / c.runs);
    }
    dt_env_free(env);
}

/* In a window of three days not even the swings of long sums come to pass: too wide, never too narrow. */
static void short_windows_are_on_the_safe_side(void **state) {
    static const double carries[] = {0.3, 0.8};
    dt_env *env = new_environment();

    (void)state;
    for (int i = 0; i < 4; i++) {
        covered c = cover(i < 2 ? 28 : 90, carries[i % 2], 3, env);
        assert_true(c.long_run / c.runs >= 0.91 - (SLOW_BUILD ? leeway(0.05, c.runs) : 0));
    }
    dt_env_free(env);
}

/* Days that do not depend on one another: it covers as well, and costs some width. */
static void independent_days_are_covered_too(void **state) {
    dt_env *env = new_environment();
    covered c = cover(90, 0, 14, env);

    (void)state;
    assert_true(c.long_run / c.runs >= 0.935 - (SLOW_BUILD ? leeway(0.05, c.runs) : 0));
    dt_env_free(env);
}

/* The longer the swings, the fewer days tell anything. */
static void swings_make_days_fewer(void **state) {
    double last = INFINITY;

    (void)state;
    for (int i = 0; i < 3; i++) {
        truth t = {.mean = 20, .size = 2, .carry = i * 0.4, .before = 90, .after = 0};
        double days = 0;
        for (uint64_t run = 0; run < 100; run++) {
            double counts[MOST_DAYS];
            dt__random r;
            dt__random_init(&r, 9, run, 0);
            wander(counts, &t, 1, &r);
            days += dt__long_run_of((dt__periods){counts, NULL, 90}).as_if / 100;
        }
        assert_true(days < last && days <= 90);
        last = days;
    }
    assert_true(last <
                25); /* 90 (1 - 0.8) / (1 + 0.8) = 10 of the swings themselves, more with Poisson's own scatter */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(student_is_as_printed),
        cmocka_unit_test(the_size_is_that_of_slow_cosines),
        cmocka_unit_test(intervals_of_wandering_counts_cover),
        cmocka_unit_test(short_windows_are_on_the_safe_side),
        cmocka_unit_test(independent_days_are_covered_too),
        cmocka_unit_test(swings_make_days_fewer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
