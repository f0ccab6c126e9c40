/* Sensitivity: balanced points, and the indices of functions whose indices are known. */
#include <math.h>
#include <stdlib.h>

#include "base/env.h"
#include "chance.h"
#include "sensitivity/shapley.h"
#include "sensitivity/sobol.h"

#define NEAR(a, b, tolerance) assert_true(fabs((a) - (b)) <= (tolerance))

enum { ROWS = 1 << 14, MOST_INPUTS = 8 };

typedef double function(const double *x);

/* ---- points ---- */

static void every_dimension_has_one_point_in_each_of_its_intervals(void **state) {
    dt_env *env = NULL;
    dt__sobol s;
    unsigned char seen[256];

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    assert_int_equal(dt__sobol_init(&s, DT__SOBOL_DIMENSIONS, 7, env), DT_OK);
    for (size_t d = 0; d < DT__SOBOL_DIMENSIONS; d++) {
        for (int i = 0; i < 256; i++) seen[i] = 0;
        for (uint32_t i = 0; i < 256; i++) seen[(int)(dt__sobol_coordinate(&s, i, d) * 256)]++;
        for (int i = 0; i < 256; i++) assert_int_equal(seen[i], 1);
    }
    dt__sobol_clear(&s, env);
    dt_env_free(env);
}

/* Dimensions 1 and 2 are a (0, 2)-sequence: 16 points fill every 4 x 4, 2 x 8, 8 x 2 ... grid. */
static void the_first_two_dimensions_fill_every_grid(void **state) {
    dt_env *env = NULL;
    dt__sobol s;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    assert_int_equal(dt__sobol_init(&s, 2, 11, env), DT_OK);
    for (unsigned k = 0; k <= 4; k++) {
        unsigned columns = 1u << k, lines = 16u >> k, seen[16] = {0};
        for (uint32_t i = 0; i < 16; i++) {
            unsigned x = (unsigned)(dt__sobol_coordinate(&s, i, 0) * columns),
                     y = (unsigned)(dt__sobol_coordinate(&s, i, 1) * lines);
            seen[x * lines + y]++;
        }
        for (int i = 0; i < 16; i++) assert_int_equal(seen[i], 1);
    }
    dt__sobol_clear(&s, env);
    dt_env_free(env);
}

static void seeds_differ_and_dimensions_beyond_the_table_are_random(void **state) {
    dt_env *env = NULL;
    dt__sobol s, t;
    double sum = 0;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    assert_int_equal(dt__sobol_init(&s, DT__SOBOL_DIMENSIONS + 5, 1, env), DT_OK);
    assert_int_equal(dt__sobol_init(&t, 3, 2, env), DT_OK);
    assert_true(fabs(dt__sobol_coordinate(&s, 5, 2) - dt__sobol_coordinate(&t, 5, 2)) > 1e-9);
    for (uint32_t i = 0; i < 4096; i++) sum += dt__sobol_coordinate(&s, i, DT__SOBOL_DIMENSIONS + 4);
    NEAR(sum / 4096, 0.5, 0.02);
    dt__sobol_clear(&s, env);
    dt__sobol_clear(&t, env);
    dt_env_free(env);
}

/* ---- indices ---- */

typedef struct analysis {
    dt__variance variance;
    dt__index first[MOST_INPUTS], total[MOST_INPUTS], shapley[MOST_INPUTS];
} analysis;

static void row_of(double *x, const dt__sobol *s, uint32_t n, size_t inputs, size_t from) {
    for (size_t i = 0; i < inputs; i++) x[i] = dt__sobol_coordinate(s, n, from + i);
}

static void analyse(analysis *out, function *f, size_t inputs) {
    dt_env *env = NULL;
    dt__sobol s;
    double *a = calloc(ROWS, sizeof *a), *b = calloc(ROWS, sizeof *b), *ab[MOST_INPUTS];
    double *contributions = calloc(ROWS * inputs, sizeof *contributions);

    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    assert_int_equal(dt__sobol_init(&s, 2 * inputs, 3, env), DT_OK);
    for (size_t i = 0; i < inputs; i++) ab[i] = calloc(ROWS, sizeof **ab);
    for (uint32_t n = 0; n < ROWS; n++) {
        double x[MOST_INPUTS], y[MOST_INPUTS], walk[MOST_INPUTS + 1];
        uint32_t order[MOST_INPUTS];
        row_of(x, &s, n, inputs, 0);
        row_of(y, &s, n, inputs, inputs);
        a[n] = walk[0] = f(x);
        b[n] = f(y);
        for (size_t i = 0; i < inputs; i++) {
            double kept = x[i];
            x[i] = y[i];
            ab[i][n] = f(x);
            x[i] = kept;
        }
        dt__shapley_order(order, inputs, 3, n);
        for (size_t k = 0; k < inputs; k++) {
            x[order[k]] = y[order[k]];
            walk[k + 1] = f(x);
        }
        dt__shapley_contributions(contributions + n * inputs, walk, order, inputs);
    }
    assert_int_equal(dt__sobol_indices(&out->variance, out->first, out->total,
                                       &(dt__evaluations){ROWS, inputs, a, b, (const double *const *)ab}, 100, 1, env),
                     DT_OK);
    dt__shapley_effects(out->shapley, contributions, ROWS, inputs);
    for (size_t i = 0; i < inputs; i++) free(ab[i]);
    free(a);
    free(b);
    free(contributions);
    dt__sobol_clear(&s, env);
    dt_env_free(env);
}

static const double pi = 3.14159265358979323846;

static double ishigami(const double *u) {
    double x = pi * (2 * u[0] - 1), y = pi * (2 * u[1] - 1), z = pi * (2 * u[2] - 1);
    return sin(x) + 7 * sin(y) * sin(y) + 0.1 * z * z * z * z * sin(x);
}

static double linear(const double *u) {
    return u[0] + 2 * u[1] + 3 * u[2] + 0 * u[3];
}

static double constant(const double *u) {
    (void)u;
    return 0.1;
}

static void assert_share(const dt__index *share, double truth, double tolerance) {
    NEAR(share->value, truth, tolerance);
    assert_true(share->low <= truth + tolerance / 4 && truth - tolerance / 4 <= share->high);
}

/* Ishigami and Homma 1990 with a = 7, b = 0.1; Shapley effects by Owen 2014. */
static void ishigami_has_its_known_indices(void **state) {
    static const double first[] = {0.313905, 0.442411, 0}, total[] = {0.557589, 0.442411, 0.243684},
                        shapley[] = {0.435747, 0.442411, 0.121842};
    analysis r;

    (void)state;
    analyse(&r, ishigami, 3);
    assert_true(r.variance.varies);
    NEAR(r.variance.mean, 3.5, 0.01);
    NEAR(r.variance.variance, 13.844588, 0.05);
    for (int i = 0; i < 3; i++) {
        assert_share(&r.first[i], first[i], 0.02);
        assert_share(&r.total[i], total[i], 0.02);
        assert_share(&r.shapley[i], shapley[i], 0.02);
    }
}

static void a_linear_function_shares_its_variance_by_squares(void **state) {
    analysis r;
    double sum = 0;

    (void)state;
    analyse(&r, linear, 4);
    for (int i = 0; i < 4; i++) {
        double share = (i == 3 ? 0 : (i + 1) * (i + 1)) / 14.0;
        assert_share(&r.first[i], share, 0.01);
        assert_share(&r.total[i], share, 0.01);
        assert_share(&r.shapley[i], share, 0.01);
        sum += r.shapley[i].value;
    }
    NEAR(sum, 1, 1e-12);
    NEAR(r.total[3].value, 0, 0); /* an input that does nothing has no share at all, not a small one */
    NEAR(r.shapley[3].value, 0, 0);
}

static void what_does_not_vary_has_no_shares(void **state) {
    analysis r;

    (void)state;
    analyse(&r, constant, 2);
    assert_false(r.variance.varies);
    NEAR(r.variance.mean, 0.1, 1e-12);
    NEAR(r.first[0].value, 0, 0);
    NEAR(r.shapley[1].high, 0, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_dimension_has_one_point_in_each_of_its_intervals),
        cmocka_unit_test(the_first_two_dimensions_fill_every_grid),
        cmocka_unit_test(seeds_differ_and_dimensions_beyond_the_table_are_random),
        cmocka_unit_test(ishigami_has_its_known_indices),
        cmocka_unit_test(a_linear_function_shares_its_variance_by_squares),
        cmocka_unit_test(what_does_not_vary_has_no_shares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
