/* Scoring rules: published values, definitions written out the long way, and decompositions that add up. */
#include <math.h>

#include "chance.h"
#include "score/scoring.h"

static void near_to(double found, double expected, double tolerance) {
    if (!(fabs(found - expected) <= tolerance)) fail_msg("%.12g, expected %.12g", found, expected);
}

static void published_values(void **state) {
    static const double ordinal[] = {.15, .45, .25, .15};
    double ensemble[] = {3, 1, 2};

    (void)state;
    near_to(dt__score_crps_normal(0, 1, 0), .2336949772, 1e-9);
    near_to(dt__score_crps_ensemble(ensemble, 3, 2, false), 2.0 / 9, 1e-12);
    near_to(dt__score_crps_ensemble(ensemble, 3, 2, true), 0, 1e-12);
    near_to(dt__score_crps_uniform(0, 1, 0), 1.0 / 3, 1e-12);
    near_to(dt__score_crps_uniform(0, 1, .5), 1.0 / 12, 1e-12);
    near_to(dt__score_crps_uniform(0, 1, 2), 1 + 1.0 / 3, 1e-12);
    near_to(dt__score_brier(.3, true), .49, 1e-12);
    near_to(dt__score_log(.3, 1e-6), 1.2039728043, 1e-9);
    near_to(dt__score_log(0, .01), -log(.01), 1e-12);
    near_to(dt__score_brier_classes(ordinal, 4, 2), .81, 1e-12);
    near_to(dt__score_brier_ordinal(ordinal, 4, 2), .27, 1e-12);
    near_to(dt__score_brier_ordinal(ordinal, 1, 0), 0, 0);
}

/* E|X - y| - E|X - X'|/2, pair by pair. */
static double by_definition(const double *x, const double *p, size_t n, double y) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += p[i] * fabs(x[i] - y);
        for (size_t j = 0; j < n; j++) sum -= p[i] * p[j] * fabs(x[i] - x[j]) / 2;
    }
    return sum;
}

static void distributions_score_as_defined(void **state) {
    uint64_t seed = chance_seed("crps");

    (void)state;
    for (uint64_t trial = 0; trial < 500; trial++) {
        chance c = chance_of(seed, trial);
        size_t n = 1 + chance_below(&c, 12);
        double x[12], p[12], sum = 0, y = chance_between(&c, -5, 60);
        for (size_t i = 0; i < n; i++) {
            x[i] = (i == 0 ? 0 : x[i - 1]) + chance_between(&c, 0, 7);
            p[i] = chance_between(&c, 1, 9);
            sum += p[i];
        }
        for (size_t i = 0; i < n; i++) p[i] /= sum;
        near_to(dt__score_crps_atoms(x, p, n, y), by_definition(x, p, n, y), 1e-9);
        for (size_t i = 0; i < n; i++) p[i] = 1 / (double)n;
        near_to(dt__score_crps_ensemble(x, n, y, false), by_definition(x, p, n, y), 1e-9);
    }
}

static void a_grid_scores_like_its_atoms(void **state) {
    double masses[101], values[101];

    (void)state;
    for (int g = 0; g <= 100; g++) {
        values[g] = g;
        masses[g] = 1.0 / 101;
    }
    near_to(dt__score_crps_grid(masses, 101, 0, 1, 40), dt__score_crps_atoms(values, masses, 101, 40), 1e-9);
    near_to(dt__score_crps_grid(masses, 101, 0, 2, 80), 2 * dt__score_crps_atoms(values, masses, 101, 40), 1e-9);
}

static void murphys_terms_add_up(void **state) {
    uint64_t seed = chance_seed("murphy");

    (void)state;
    for (uint64_t trial = 0; trial < 200; trial++) {
        chance c = chance_of(seed, trial);
        dt__scored_chance cases[60];
        size_t n = 1 + chance_below(&c, 60);
        dt__murphy m;
        for (size_t i = 0; i < n; i++) {
            cases[i].chance = chance_between(&c, 0, 10) / 10.0;
            cases[i].happened = chance_once_in(&c, 3);
        }
        dt__score_murphy(&m, cases, n);
        near_to(m.brier, m.reliability - m.resolution + m.uncertainty, 1e-12);
        assert_true(m.reliability >= 0 && m.resolution >= 0 && m.groups <= 11);
    }
}

static void hersbachs_terms_add_up(void **state) {
    uint64_t seed = chance_seed("hersbach");

    (void)state;
    for (uint64_t trial = 0; trial < 200; trial++) {
        enum { MEMBERS = 5 };
        chance c = chance_of(seed, trial);
        dt__hersbach_gap gaps[MEMBERS + 1] = {0};
        size_t n = 1 + chance_below(&c, 40);
        double mean = 0;
        dt__hersbach h;
        for (size_t i = 0; i < n; i++) {
            double members[MEMBERS], y = chance_between(&c, 0, 100);
            for (size_t k = 0; k < MEMBERS; k++) members[k] = chance_between(&c, 0, 100);
            mean += dt__score_crps_ensemble(members, MEMBERS, y, false) / (double)n; /* sorts them */
            dt__score_hersbach_add(gaps, members, MEMBERS, y);
        }
        dt__score_hersbach(&h, gaps, MEMBERS, n);
        near_to(h.crps, mean, 1e-9);
        near_to(h.reliability + h.potential, mean, 1e-9);
        assert_true(h.reliability >= 0 && h.potential >= -1e-12);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_values),
        cmocka_unit_test(distributions_score_as_defined),
        cmocka_unit_test(a_grid_scores_like_its_atoms),
        cmocka_unit_test(murphys_terms_add_up),
        cmocka_unit_test(hersbachs_terms_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
