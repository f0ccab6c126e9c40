/* What is drawn from tables: counts, resamples of blocks. */
#include "base/env.h"
#include "chance.h"

#include <math.h>
#include <stdlib.h>

#include "statistics/block_bootstrap.h"
#include "statistics/count_table.h"

#define NEAR(a, b, tolerance) assert_true(fabs((a) - (b)) <= (tolerance))

static dt_env *new_environment(void) {
    dt_env *env = NULL;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    return env;
}

static int rising(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Resamples have the mean of what they are drawn from, however its end is cut; percentiles are those of sorted
 * ratios; a baseline that comes out empty counts as infinite. */
static void resamples_are_of_the_whole_series(void **state) {
    enum { RESAMPLES = 2000, DAYS = 10 };
    static const double counts[DAYS] = {5, 0, 1.5, 0, 0, 8, 0, 0, 0, 2},
                        watched[DAYS] = {1, 1, 0.5, 0.25, 1, 1, 1, 1, 0.5, 1}, rare[DAYS] = {0, 0, 0, 1};
    static double rates[2][RESAMPLES], ratios[RESAMPLES];
    dt_env *env = new_environment();

    (void)state;
    for (size_t block = 0; block <= DAYS; block++) {
        dt__resamples over = {.count = RESAMPLES, .rates = rates[0]}, under = {.count = RESAMPLES, .rates = rates[1]};
        double mean = 0, none = 0;
        dt__ratio r;
        assert_int_equal(dt__resample(&over, (dt__periods){counts, NULL, DAYS}, block, 7, 0, env), DT_OK);
        assert_int_equal(dt__resample(&under, (dt__periods){rare, watched, DAYS}, block, 7, 1, env), DT_OK);
        NEAR(over.rate, 1.65, 1e-12);
        NEAR(under.rate, 1 / 8.25, 1e-12);
        for (int i = 0; i < RESAMPLES; i++) {
            mean += rates[0][i] / RESAMPLES;
            none += !(rates[1][i] > 0);
            ratios[i] = rates[1][i] > 0 ? rates[0][i] / rates[1][i] : INFINITY;
        }
        NEAR(mean, 1.65, 0.12);
        if (block == DAYS) NEAR(mean, 1.65, 1e-12); /* the whole circle, wherever it begins */
        if (block == 1) NEAR(none / RESAMPLES, pow(0.9, DAYS), 0.04);
        qsort(ratios, RESAMPLES, sizeof *ratios, rising);
        r = dt__ratio_of_resamples(&over, &under);
        assert_true(r.low >= ratios[49] && r.low <= ratios[50]);
        if (isinf(ratios[1949])) assert_true(isinf(r.high));
        else assert_true(r.high >= ratios[1949] && r.high <= ratios[1950]);
    }
    dt_env_free(env);
}

/* Probability of a count up to `most`, by the definition. */
static double probability_up_to(double most, double mean, double size) {
    double sum = 0;

    for (double y = 0; y <= most; y++)
        sum += isinf(size) ? exp(y * log(mean) - mean - lgamma(y + 1))
                           : exp(lgamma(y + size) - lgamma(size) - lgamma(y + 1) + size * log(size / (size + mean)) +
                                 y * log(mean / (mean + size)));
    return sum;
}

static void counts_are_drawn_from_their_distribution(void **state) {
    static const double rows[][2] = {{0.05, INFINITY}, {3, INFINITY}, {400, INFINITY}, {0.5, 0.2},
                                     {4, 3},           {60, 0.7},     {900, INFINITY}, {5000, 40}};
    static dt__count_table table;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double mean = rows[i][0], size = rows[i][1], variance = mean + (isinf(size) ? 0 : mean * mean / size);
        double sum = 0, squares = 0;
        int draws = i < 6 ? 20000 : 1000;
        dt__random r;
        dt__random_init(&r, 14, i, 0);
        dt__count_table_fill(&table, mean, size);
        assert_int_equal(table.count > 0, i < 6); /* the others are too many */
        for (size_t k = 0; k + 1 < table.count; k += 1 + k / 4)
            NEAR(table.up_to[k], probability_up_to((double)k, mean, size), 1e-11);
        if (table.count > 0) NEAR(table.up_to[table.count - 1], 1, 0);
        for (int n = 0; n < draws; n++) {
            double count = dt__count_draw(&table, &r);
            sum += count;
            squares += (count - mean) * (count - mean);
        }
        NEAR(sum / draws, mean, 5 * sqrt(variance / draws));
        NEAR(squares / draws / variance, 1, 5 * sqrt((2 + 6 / size + 1 / variance) / draws));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(resamples_are_of_the_whole_series),
        cmocka_unit_test(counts_are_drawn_from_their_distribution),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
