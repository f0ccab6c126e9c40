/* Quantiles: known values, and each is the inverse of its distribution function. */
#include <math.h>

#include "base/quantile.h"
#include "chance.h"

#define NEAR(a, b, tolerance) assert_true(fabs((a) - (b)) <= (tolerance))

static void normal_quantiles_are_those_of_the_tables(void **state) {
    (void)state;
    NEAR(dt__normal_quantile(0.975), 1.959963984540054, 1e-13);
    NEAR(dt__normal_quantile(0.5), 0, 1e-15);
    NEAR(dt__normal_quantile(0.001), -3.090232306167813, 1e-12);
    NEAR(dt__normal_quantile(1e-20), -9.262340089798408, 1e-9);
}

static void a_normal_quantile_inverts_the_distribution(void **state) {
    (void)state;
    for (double p = 1e-6; p < 1; p += 0.00731) NEAR(dt__normal_below(dt__normal_quantile(p)), p, 1e-13);
}

static void a_cut_normal_stays_inside_and_keeps_its_shares(void **state) {
    (void)state;
    for (double p = 0.01; p < 1; p += 0.01) {
        double x = dt__cut_normal_quantile(p, 10, 2, 9, 15), all = dt__normal_below(2.5) - dt__normal_below(-0.5);
        NEAR((dt__normal_below((x - 10) / 2) - dt__normal_below(-0.5)) / all, p, 1e-12);
        x = dt__cut_normal_quantile(p, 0, 1, 6, INFINITY); /* far in the tail: 1 - Phi has lost its digits there */
        assert_true(x >= 6 && x < 9);
        NEAR(dt__normal_below(-x) / dt__normal_below(-6), 1 - p, 1e-9);
    }
    NEAR(dt__cut_normal_quantile(0.3, 5, 0, 0, 4), 4, 0);
}

static void beta_quantiles_are_exact_where_there_is_a_formula(void **state) {
    (void)state;
    for (double p = 0.001; p < 1; p += 0.013) {
        NEAR(dt__beta_quantile(p, 1, 1), p, 1e-13);
        NEAR(dt__beta_quantile(p, 3, 1), cbrt(p), 1e-13);
        NEAR(dt__beta_quantile(p, 1, 5), 1 - pow(1 - p, 0.2), 1e-13);
        NEAR(dt__beta_below(dt__beta_quantile(p, 2.3, 3.7), 2.3, 3.7), p, 1e-12);
    }
    NEAR(dt__beta_below(0.5, 3, 3), 0.5, 1e-14);
    NEAR(dt__beta_below(0.2, 2, 3), 0.1808, 1e-14); /* 1 - sum of binomials */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normal_quantiles_are_those_of_the_tables),
        cmocka_unit_test(a_normal_quantile_inverts_the_distribution),
        cmocka_unit_test(a_cut_normal_stays_inside_and_keeps_its_shares),
        cmocka_unit_test(beta_quantiles_are_exact_where_there_is_a_formula),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
