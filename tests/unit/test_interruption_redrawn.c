/* Interrupted series drawn again from their fits: intervals that cover, and chances that are what they say. */
#include "simulated_counts.h"

#include "statistics/interruption_redrawn.h"

#define NEAR(a, b, tolerance) assert_true(fabs((a) - (b)) <= (tolerance))

enum { MOST_DAYS = 118 };

typedef struct truth {
    double mean, size, change, slope; /* slope: per day */
    size_t first, days;
} truth;

static dt__series drawn(double *counts, const truth *t, uint64_t run) {
    dt__random r;

    dt__random_init(&r, 91, run, 0);
    for (size_t i = 0; i < t->days; i++) {
        double after = i >= t->first ? t->change + t->slope * (double)(i - t->first) : 0;
        counts[i] = drawn_count(t->mean * exp(after + (i % 7 == 3) * 0.3), t->size, &r);
    }
    return (dt__series){.counts = counts, .days = t->days, .first = t->first, .weekdays = true};
}

typedef struct told {
    double runs, change, slope, half_life, newey_west, rare, draws, failed;
} told;

static bool within(dt__range r, double truly) {
    return r.low <= truly && truly <= r.high;
}

static void add_run(told *c, const truth *t, uint64_t run, dt_env *env) {
    double counts[MOST_DAYS];
    dt__series s = drawn(counts, t, run);
    dt__interruption fit;
    dt__redrawn again;

    assert_int_equal(dt__interruption_fit(&fit, &s, env), DT_OK);
    assert_true(fit.fitted);
    assert_int_equal(dt__interruption_redraw(&again, &s, &fit, 99, run, env), DT_OK);
    assert_int_equal(again.draws, 99);
    c->runs++;
    c->change += within(again.change, t->change);
    c->slope += within(again.slope, t->slope);
    c->half_life += within(again.half_life, t->slope > 0 ? -t->change / (2 * t->slope) : INFINITY);
    c->newey_west += fit.change.low <= t->change && t->change <= fit.change.high;
    c->rare += again.chance <= 0.05;
    c->draws += 2 * (double)again.draws;
    c->failed += (double)again.failed;
}

static const struct {
    double mean, size;
    size_t first, after;
} designs[] = {{20, 2, 60, 28}, {5, 6, 90, 28}, {20, INFINITY, 42, 14}, {3, 1, 90, 28}};

static told all_designs(double change, double slope, dt_env *env) {
    enum { RUNS = 64 / FEWER };
    told c = {0, 0, 0, 0, 0, 0, 0, 0};

    for (size_t i = 0; i < 4; i++) {
        truth t = {.mean = designs[i].mean,
                   .size = designs[i].size,
                   .change = change,
                   .slope = slope,
                   .first = designs[i].first,
                   .days = designs[i].first + designs[i].after};
        for (uint64_t run = 0; run < RUNS; run++) add_run(&c, &t, run, env);
    }
    print_message(
        "c %.1f: change %.3f (Newey-West %.3f), slope %.3f, half-life %.3f, chance below 5 percent %.3f, failed %.4f\n",
        change, c.change / c.runs, c.newey_west / c.runs, c.slope / c.runs, c.half_life / c.runs, c.rare / c.runs,
        c.failed / c.draws);
    return c;
}

/* A fall to 37 percent of which half is gone after 25 days. */
static void intervals_of_a_known_change_cover(void **state) {
    dt_env *env = new_environment();
    told c = all_designs(-1, 0.02, env);
    double slack = SLOW_BUILD ? leeway(0.05, c.runs) : 0;

    (void)state;
    assert_true(c.change / c.runs >= 0.91 - slack && c.change / c.runs <= 0.985 + slack);
    assert_true(c.slope / c.runs >= 0.91 - slack && c.slope / c.runs <= 0.985 + slack);
    assert_true(c.half_life / c.runs >= 0.92 - slack);
    assert_true(c.change > c.newey_west || SLOW_BUILD);
    assert_true(c.rare / c.runs > 0.4 - slack); /* of series as short as these */
    assert_true(c.failed < 0.02 * c.draws);
    dt_env_free(env);
}

static void without_a_change_the_chance_is_what_it_says(void **state) {
    dt_env *env = new_environment();
    told c = all_designs(0, 0, env);

    (void)state;
    assert_true(c.rare / c.runs <= 0.05 + leeway(0.05, c.runs));
    assert_true(c.rare / c.runs >= 0.05 - leeway(0.05, c.runs));
    assert_true(c.change / c.runs >= 0.91 - (SLOW_BUILD ? leeway(0.05, c.runs) : 0));
    dt_env_free(env);
}

/* Without a change the fit is that of a line through all days; means are those of the parameters. */
static void a_fit_without_a_change_has_none(void **state) {
    enum { DAYS = 70, FIRST = 40 };
    dt_env *env = new_environment();
    double counts[DAYS], offsets[DAYS], means[DAYS], sum = 0, expected = 0;
    truth t = {.mean = 12, .size = INFINITY, .change = -0.7, .slope = 0, .first = FIRST, .days = DAYS};
    dt__series s = drawn(counts, &t, 4);
    dt__interruption fit, changed;

    (void)state;
    for (int i = 0; i < DAYS; i++) offsets[i] = i == 7 ? -INFINITY : i % 2 == 0 ? 0 : log(0.5);
    s.offsets = offsets;
    assert_int_equal(dt__interruption_fit(&changed, &s, env), DT_OK);
    s.unchanged = s.change_only = true;
    assert_int_equal(dt__interruption_fit(&fit, &s, env), DT_OK);
    assert_true(fit.fitted && changed.fitted);
    NEAR(fit.change.value, 0, 0);
    NEAR(fit.slope.value, 0, 0);
    assert_int_equal(fit.parameters, 8);
    assert_int_equal(changed.parameters, 10);
    assert_true(fit.size < changed.size); /* what is not explained scatters */
    dt__interruption_means(means, &s, &changed);
    NEAR(means[7], 0, 0);
    NEAR(means[FIRST] / means[FIRST - 1], /* two days apart in the week and half the watch */
         exp(changed.beta[1] / DAYS + changed.change.value + changed.beta[4 + (FIRST % 7) - 1] -
             changed.beta[4 + ((FIRST - 1) % 7) - 1]) *
             2,
         1e-9);
    for (int i = 0; i < DAYS; i++) sum += i == 7 ? 0 : counts[i], expected += means[i];
    if (isinf(changed.size)) NEAR(sum, expected, 1e-6 * sum); /* Poisson: the likelihood's own equation */
    dt_env_free(env);
}

static void the_same_seed_draws_the_same(void **state) {
    dt_env *env = new_environment();
    double counts[MOST_DAYS];
    truth t = {.mean = 8, .size = 3, .change = -0.5, .slope = 0, .first = 60, .days = 90};
    dt__series s = drawn(counts, &t, 2);
    dt__interruption fit;
    dt__redrawn a, b;

    (void)state;
    assert_int_equal(dt__interruption_fit(&fit, &s, env), DT_OK);
    assert_int_equal(dt__interruption_redraw(&a, &s, &fit, 99, 3, env), DT_OK);
    assert_int_equal(dt__interruption_redraw(&b, &s, &fit, 99, 3, env), DT_OK);
    assert_true(a.change.low < fit.change.value && fit.change.value < a.change.high);
    NEAR(a.change.low, b.change.low, 0);
    NEAR(a.chance, b.chance, 0);
    assert_int_equal(dt__interruption_redraw(&b, &s, &fit, 99, 4, env), DT_OK);
    assert_true(fabs(a.change.low - b.change.low) > 0);
    assert_int_equal(dt__interruption_redraw(&b, &s, &fit, 0, 3, env), DT_OK);
    assert_int_equal(b.draws, 0);
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_of_a_known_change_cover),
        cmocka_unit_test(without_a_change_the_chance_is_what_it_says),
        cmocka_unit_test(a_fit_without_a_change_has_none),
        cmocka_unit_test(the_same_seed_draws_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
