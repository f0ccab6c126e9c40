/* Alarms of a rise: false ones within their budget although the rate before is estimated, true ones within days. */
#include "simulated_counts.h"

#include "statistics/rise.h"

enum { MOST_DAYS = 180, REARRANGED = 999 };

static const double sizes[] = {0.5, 2, 6, INFINITY};
static const size_t baselines[] = {7, 28, 90}, windows[] = {3, 30, 90};

/* A whole pipeline: days before and in the window, the rate from the baseline, the alarm. */
typedef struct truth {
    double mean, size, factor; /* in the window `factor` times as much */
    size_t before, after;
    double watched; /* share of each day of the window; of the days before all, or what is left of them */
} truth;

static dt__rise watched(const truth *t, uint64_t run, dt_env *env) {
    double counts[MOST_DAYS], shares[MOST_DAYS];
    const dt__rise_rule rule = {.factor = 2, .budget = 0.05, .planned = t->after, .runs = REARRANGED, .seed = run};
    dt__rise rise;
    dt__random r;

    dt__random_init(&r, 77, run, 0);
    for (size_t i = 0; i < t->before + t->after; i++) {
        bool earlier = i < t->before;
        shares[i] = earlier ? 1 : t->watched;
        counts[i] = drawn_count(t->mean * shares[i] * (earlier ? 1 : t->factor), t->size, &r);
    }
    assert_int_equal(dt__rise_watch(&rise, (dt__periods){counts, shares, t->before},
                                    (dt__periods){counts + t->before, shares + t->before, t->after}, &rule, env),
                     DT_OK);
    return rise;
}

static unsigned alarms_of(const truth *t, unsigned runs, dt_env *env) {
    unsigned alarms = 0;
    for (uint64_t run = 0; run < runs; run++) alarms += watched(t, run * 1000 + t->before + t->after, env).alarm;
    return alarms;
}

/* 10,080 runs, a look at every day: each kind of counts, baseline and window keeps to the budget, and all together use
 * most of it. */
static void false_alarms_keep_their_budget(void **state) {
    enum { RUNS = 280 / FEWER };
    dt_env *env = new_environment();
    double all = 0, runs = 0;

    (void)state;
    for (int i = 0; i < 36; i++) {
        truth t = {.mean = 4,
                   .size = sizes[i / 9],
                   .factor = 1,
                   .before = baselines[i / 3 % 3],
                   .after = windows[i % 3],
                   .watched = 1};
        double alarms = alarms_of(&t, RUNS, env);
        assert_true(alarms / RUNS <= 0.05 + leeway(0.05, RUNS));
        all += alarms;
        runs += RUNS;
    }
    print_message("false alarms in %.2f percent of %.0f runs\n", 100 * all / runs, runs);
    assert_true(all / runs <= 0.05 + leeway(0.05, runs));
    assert_true(all / runs >= 0.03 - leeway(0.03, runs));
    dt_env_free(env);
}

/* Days of the window are watched for a part only: what is not watched is no calm, and what is watched no rise. */
static void watched_in_part_the_budget_holds(void **state) {
    enum { RUNS = 80 / FEWER };
    dt_env *env = new_environment();
    double all = 0, runs = 0;

    (void)state;
    for (int i = 0; i < 12; i++) {
        truth t = {.mean = 6,
                   .size = sizes[i / 3],
                   .factor = 1,
                   .before = 28,
                   .after = i % 3 == 1 ? 14 : 30,
                   .watched = i % 3 == 2 ? 0.8 : 0.4};
        all += alarms_of(&t, RUNS, env);
        runs += RUNS;
    }
    print_message("watched in part: %.2f percent of %.0f runs\n", 100 * all / runs, runs);
    assert_true(all / runs <= 0.05 + leeway(0.05, runs));
    assert_true(all / runs >= 0.015 - leeway(0.015, runs));
    dt_env_free(env);
}

/* Rates that wander: blocks of days keep most of the false alarms away that single days would raise, not all. */
static void swings_raise_some_alarms(void **state) {
    enum { RUNS = 400 / FEWER, BEFORE = 90, AFTER = 30 };
    dt_env *env = new_environment();
    double alarms = 0;

    (void)state;
    for (uint64_t run = 0; run < RUNS; run++) {
        const dt__rise_rule rule = {.factor = 2, .budget = 0.05, .planned = AFTER, .runs = REARRANGED, .seed = run};
        double counts[BEFORE + AFTER], variance = log1p(0.5), swing;
        dt__rise rise;
        dt__random r;
        dt__random_init(&r, 78, run, 0);
        swing = dt__random_normal(&r);
        for (int i = 0; i < BEFORE + AFTER; i++) {
            counts[i] = drawn_poisson(4 * exp(sqrt(variance) * swing - variance / 2), &r);
            swing = 0.6 * swing + 0.8 * dt__random_normal(&r);
        }
        assert_int_equal(dt__rise_watch(&rise, (dt__periods){counts, NULL, BEFORE},
                                        (dt__periods){counts + BEFORE, NULL, AFTER}, &rule, env),
                         DT_OK);
        alarms += rise.alarm;
    }
    print_message("wandering: false alarms in %.1f percent\n", 100 * alarms / RUNS);
    assert_true(alarms / RUNS < 0.1 + leeway(0.1, RUNS)); /* by single days about 20 percent */
    dt_env_free(env);
}

/* Four incidents a day become eight: found within two weeks on average, and within a month nearly always. */
static void twice_the_rate_is_found_soon(void **state) {
    enum { RUNS = 600 / FEWER };
    dt_env *env = new_environment();
    static const struct {
        size_t before;
        double found;
    } rows[] = {{90, 0.93}, {28, 0.88}};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        truth t = {.mean = 4, .size = 3, .factor = 2, .before = rows[i].before, .after = 30, .watched = 1};
        double found = 0, days = 0;
        for (uint64_t run = 0; run < RUNS; run++) {
            dt__rise rise = watched(&t, run, env);
            found += rise.alarm;
            if (rise.alarm) days += (double)rise.first + 1;
        }
        print_message("baseline of %zu days: found in %.1f percent, after %.1f days\n", t.before, 100 * found / RUNS,
                      days / found);
        assert_true(found / RUNS > rows[i].found - (SLOW_BUILD ? 0.1 : 0));
        assert_true(days / found < 15);
    }
    dt_env_free(env);
}

/* ---- against all rearrangements, one by one ---- */

/* The highest sum of log likelihood ratios of consecutive days that end anywhere: what a CUSUM is, by another way. */
static double highest(const double *window, size_t days, double rate, double size) {
    double best = 0;

    for (size_t from = 0; from < days; from++) {
        double sum = 0;
        for (size_t i = from; i < days; i++) {
            double y = window[i];
            sum += isinf(size)
                       ? y * log(2) - rate
                       : y * log(2 * (rate + size) / (2 * rate + size)) - size * log((2 * rate + size) / (rate + size));
            if (sum > best) best = sum;
        }
    }
    return best;
}

/* Of all ordered choices of the last `window` days the share that is as high as the real one. */
static double exact_share(const double *counts, size_t days, size_t window, double size) {
    double total = 0, own = 0, as_high = 0, choices = 0;
    size_t all = 1;

    for (size_t i = 0; i < days; i++) total += counts[i];
    for (size_t i = 0; i < window; i++) all *= days;
    for (int pass = 0; pass < 2; pass++)
        for (size_t choice = 0; choice < all; choice++) {
            size_t chosen[3] = {choice % days, choice / days % days, choice / days / days};
            double taken[3] = {0}, sum = 0, value;
            bool real = true, twice = false;
            for (size_t i = 0; i < window; i++) {
                taken[i] = counts[chosen[i]];
                sum += taken[i];
                real = real && chosen[i] == days - window + i;
                for (size_t j = 0; j < i; j++) twice = twice || chosen[i] == chosen[j];
            }
            if (twice || (pass == 0 && !real)) continue;
            value = highest(taken, window, (total - sum) / (double)(days - window), size);
            if (pass == 0) own = value;
            else choices++, as_high += value >= own - 1e-9;
        }
    return as_high / choices;
}

/* The least share of the days on which the CUSUM is as high as never before; 1 when it never is. */
static double least_share(const double *counts, size_t before, size_t window) {
    double least = 1;

    for (size_t n = 1; n <= window; n++) {
        double rate = 0, size = dt__scatter_of(counts, before + n).size, share;
        for (size_t i = 0; i < before; i++) rate += counts[i] / (double)before;
        if (highest(counts + before, n, rate, size) <= highest(counts + before, n - 1, rate, size) + 1e-9) continue;
        share = exact_share(counts, before + n, n, size);
        if (share < least) least = share;
    }
    return least;
}

/* One look of three may take 0.05 / (1 + 1.1 ln 3) = 0.0226; simulated shares are off by less than 0.015. */
static void the_alarm_is_that_of_all_rearrangements(void **state) {
    enum { RUNS = 300 / FEWER, BEFORE = 8, AFTER = 3 };
    dt_env *env = new_environment();
    int alarms = 0, calm = 0;

    (void)state;
    for (uint64_t run = 0; run < RUNS; run++) {
        const dt__rise_rule rule = {.factor = 2, .budget = 0.05, .planned = 3, .runs = REARRANGED, .seed = run};
        double counts[BEFORE + AFTER], share;
        dt__rise rise;
        dt__random r;
        dt__random_init(&r, 5, run, 0);
        for (int i = 0; i < BEFORE + AFTER; i++) counts[i] = drawn_count(i < BEFORE ? 5 : 12, 6, &r);
        share = least_share(counts, BEFORE, AFTER);
        assert_int_equal(dt__rise_watch(&rise, (dt__periods){counts, NULL, BEFORE},
                                        (dt__periods){counts + BEFORE, NULL, AFTER}, &rule, env),
                         DT_OK);
        if (share < 0.01) assert_true(rise.alarm && rise.first < AFTER);
        if (share > 0.04) assert_false(rise.alarm);
        alarms += share < 0.01;
        calm += share > 0.04;
    }
    assert_true(alarms > RUNS / 20 && calm > RUNS / 10);
    dt_env_free(env);
}

/* What comes later changes nothing: looked at every day, the alarm is raised on the same day and stays. */
static void an_alarm_is_not_taken_back(void **state) {
    enum { RUNS = 60 / FEWER, BEFORE = 28, AFTER = 30 };
    dt_env *env = new_environment();
    int alarms = 0;

    (void)state;
    for (uint64_t run = 0; run < RUNS; run++) {
        const dt__rise_rule rule = {.factor = 2, .budget = 0.05, .planned = AFTER, .runs = REARRANGED, .seed = run};
        double counts[BEFORE + AFTER];
        dt__rise whole, so_far;
        dt__random r;
        dt__random_init(&r, 6, run, 0);
        for (int i = 0; i < BEFORE + AFTER; i++) counts[i] = drawn_count(i < BEFORE ? 4 : 7, 3, &r);
        assert_int_equal(dt__rise_watch(&whole, (dt__periods){counts, NULL, BEFORE},
                                        (dt__periods){counts + BEFORE, NULL, AFTER}, &rule, env),
                         DT_OK);
        for (size_t n = 1; n <= AFTER; n++) {
            assert_int_equal(dt__rise_watch(&so_far, (dt__periods){counts, NULL, BEFORE},
                                            (dt__periods){counts + BEFORE, NULL, n}, &rule, env),
                             DT_OK);
            assert_true(so_far.alarm == (whole.alarm && whole.first < n));
            if (so_far.alarm) assert_int_equal(so_far.first, whole.first);
        }
        alarms += whole.alarm;
    }
    assert_true(alarms > RUNS / 2);
    dt_env_free(env);
}

static void without_days_or_events_there_is_no_alarm(void **state) {
    static const double none[30] = {0}, some[30] = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9};
    const dt__rise_rule rule = {.factor = 2, .budget = 0.05, .runs = REARRANGED, .seed = 1};
    dt_env *env = new_environment();
    dt__rise rise;

    (void)state;
    assert_int_equal(dt__rise_watch(&rise, (dt__periods){some, NULL, 0}, (dt__periods){some, NULL, 9}, &rule, env),
                     DT_OK);
    assert_false(rise.alarm);
    assert_int_equal(dt__rise_watch(&rise, (dt__periods){some, NULL, 15}, (dt__periods){some, NULL, 0}, &rule, env),
                     DT_OK);
    assert_false(rise.alarm);
    assert_int_equal(dt__rise_watch(&rise, (dt__periods){some, NULL, 15}, (dt__periods){none, NULL, 30}, &rule, env),
                     DT_OK);
    assert_false(rise.alarm);
    assert_int_equal(dt__rise_watch(&rise, (dt__periods){none, NULL, 15}, (dt__periods){none, NULL, 30}, &rule, env),
                     DT_OK);
    assert_false(rise.alarm);
    assert_int_equal(dt__rise_watch(&rise, (dt__periods){none, NULL, 15}, (dt__periods){some, NULL, 15}, &rule, env),
                     DT_OK);
    assert_true(rise.alarm);
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(false_alarms_keep_their_budget),
        cmocka_unit_test(watched_in_part_the_budget_holds),
        cmocka_unit_test(swings_raise_some_alarms),
        cmocka_unit_test(twice_the_rate_is_found_soon),
        cmocka_unit_test(the_alarm_is_that_of_all_rearrangements),
        cmocka_unit_test(an_alarm_is_not_taken_back),
        cmocka_unit_test(without_days_or_events_there_is_no_alarm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
