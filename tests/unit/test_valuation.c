/* Numbers of a model: central values, and draws that depend on seed, draw and number alone. */
#include <math.h>
#include <stdlib.h>

#include "chance.h"
#include "language_text.h"
#include "model/inputs.h"

enum { DRAWS = 2000 };

static const char numbers[] =
    "detente: 1\nas_of: 2025-06-15\nquantities:\n"
    "  exact: {value: -0.35}\n  percent: {value: 40%}\n  third: {value: 1/3}\n  power: {value: 1.5e3}\n"
    "  uniform: {value: 30..70}\n  normal: {value: 50 +- 10}\n  pert: {value: 10/20/35}\n"
    "  coders: {value: {coders: {a: 20, b: 35, c: {value: 1..2}}}}\n"
    "  series: {series: {2025: 1, 2025-06: 2, 2025-06-15: 3, 2025-06-16: 4}}\n"
    "  share: {value: 0.99 +- 0.2, unit: share of votes}\n"
    "  range: {value: 5 +- 100, range: [4.5, 5.25]}\n"
    "  fine: {value: 0.333335 +- 0.000001, range: [1/3, 0.333337]}\n"
    "  low: {value: \"min(uniform, pert) - 2 * exact / third\"}\n  high: {value: \"-max(low, 3) + (uniform - 1) * "
    "2\"}\n"
    "parties: {a: {}}\nissues: {x: {options: [p, q], no_deal: p}}\npreferences: {a: {weights: {x: 1..2}, values: {x: "
    "{p: \"uniform\", q: 1}}}}\n";

typedef struct valued {
    dt_env *env;
    dt_model *model;
    dt__valuation v;
} valued;

static valued valued_new(void) {
    valued w = {.env = new_env()};
    w.model = model_of(numbers, w.env);
    assert_int_equal(dt__valuation_init(&w.v, w.model, w.env), DT_OK);
    return w;
}

static void valued_free(valued *w) {
    dt__valuation_clear(&w->v, w->env);
    dt_model_free(w->model);
    dt_env_free(w->env);
}

static dt__rational value_of(const valued *w, const char *quantity) {
    uint32_t q = dt__model_quantity(w->model, quantity);
    assert_int_not_equal(q, DT__NO_INDEX);
    return w->v.quantities[q];
}

static void assert_value(const valued *w, const char *quantity, dt__int128 num, dt__int128 den) {
    dt__rational value = value_of(w, quantity);
    if (value.num != num || value.den != den)
        fail_msg("%s is %.17g, expected %.17g", quantity, dt__rational_double(value), (double)num / (double)den);
}

static void central_values_of_every_form(void **state) {
    valued w = valued_new();

    (void)state;
    assert_int_equal(dt__valuation_central(&w.v, w.model, w.env), DT_OK);
    assert_value(&w, "exact", -7, 20);
    assert_value(&w, "percent", 2, 5);
    assert_value(&w, "third", 1, 3);
    assert_value(&w, "power", 1500, 1);
    assert_value(&w, "uniform", 50, 1);
    assert_value(&w, "normal", 50, 1);
    assert_value(&w, "pert", 20, 1);
    assert_value(&w, "coders", 113, 6); /* (20 + 35 + 1.5) / 3 */
    assert_value(&w, "series", 3, 1);   /* in force at as_of */
    assert_value(&w, "share", 99, 100);
    assert_value(&w, "low", 221, 10);  /* 20 + 2.1 */
    assert_value(&w, "high", 759, 10); /* -22.1 + 98 */
    valued_free(&w);
}

static void a_quantity_set_from_outside_stays_and_others_follow(void **state) {
    valued w = valued_new();
    uint32_t uniform = dt__model_quantity(w.model, "uniform");

    (void)state;
    w.v.fixed[uniform] = true;
    w.v.quantities[uniform] = DT__RATIONAL(11);
    assert_int_equal(dt__valuation_central(&w.v, w.model, w.env), DT_OK);
    assert_value(&w, "uniform", 11, 1);
    assert_value(&w, "low", 131, 10);
    assert_value(&w, "high", 69, 10); /* -13.1 + 20 */
    assert_int_equal(dt__valuation_draw(&w.v, w.model, 1, 1, w.env), DT_OK);
    assert_value(&w, "uniform", 11, 1);
    valued_free(&w);
}

static void a_draw_is_the_same_whenever_it_is_made(void **state) {
    uint64_t seed = chance_seed(__func__);
    valued w = valued_new(), other = valued_new();
    size_t differing = 0;

    (void)state;
    for (uint64_t draw = 0; draw < 50; draw++) {
        assert_int_equal(dt__valuation_draw(&w.v, w.model, seed, draw, w.env), DT_OK);
        assert_int_equal(dt__valuation_draw(&other.v, other.model, seed, 49 - draw, other.env), DT_OK);
        assert_int_equal(dt__valuation_draw(&other.v, other.model, seed, draw, other.env), DT_OK);
        assert_memory_equal(w.v.numbers, other.v.numbers, w.v.number_count * sizeof *w.v.numbers);
        assert_memory_equal(w.v.quantities, other.v.quantities, w.v.quantity_count * sizeof *w.v.quantities);
        assert_int_equal(dt__valuation_draw(&other.v, other.model, seed + 1, draw, other.env), DT_OK);
        differing += memcmp(w.v.numbers, other.v.numbers, w.v.number_count * sizeof *w.v.numbers) != 0;
    }
    assert_int_equal(differing, 50);
    valued_free(&other);
    valued_free(&w);
}

static bool within(dt__rational value, dt__rational low, dt__rational high) {
    return dt__rational_compare(value, low) >= 0 && dt__rational_compare(value, high) <= 0;
}

static void draws_lie_within_their_bounds_and_around_their_means(void **state) {
    uint64_t seed = chance_seed(__func__);
    double uniform = 0, normal = 0, pert = 0, pert_squares = 0;
    int coders[3] = {0};
    valued w = valued_new();

    (void)state;
    for (uint64_t draw = 0; draw < DRAWS; draw++) {
        dt__rational c;
        assert_int_equal(dt__valuation_draw(&w.v, w.model, seed, draw, w.env), DT_OK);
        assert_value(&w, "exact", -7, 20);
        assert_value(&w, "third", 1, 3);
        assert_value(&w, "series", 3, 1);
        assert_true(within(value_of(&w, "uniform"), DT__RATIONAL(30), DT__RATIONAL(70)));
        assert_true(within(value_of(&w, "pert"), DT__RATIONAL(10), DT__RATIONAL(35)));
        assert_true(within(value_of(&w, "share"), DT__RATIONAL(0), DT__RATIONAL(1)));
        assert_true(within(value_of(&w, "range"), (dt__rational){9, 2}, (dt__rational){21, 4}));
        c = value_of(&w, "coders");
        if (c.num == 20 && c.den == 1) coders[0]++;
        else if (c.num == 35 && c.den == 1) coders[1]++;
        else {
            assert_true(within(c, DT__RATIONAL(1), DT__RATIONAL(2)));
            coders[2]++;
        }
        uniform += dt__rational_double(value_of(&w, "uniform")) / DRAWS;
        normal += dt__rational_double(value_of(&w, "normal")) / DRAWS;
        pert += dt__rational_double(value_of(&w, "pert")) / DRAWS;
        pert_squares += pow(dt__rational_double(value_of(&w, "pert")), 2) / DRAWS;
        assert_true(1000000 % value_of(&w, "uniform").den == 0); /* six decimals */
    }
    assert_true(fabs(uniform - 50) < 6 * 40 / sqrt(12.0 * DRAWS));
    assert_true(fabs(normal - 50) < 6 * 10 / sqrt(DRAWS));
    assert_true(fabs(pert - 125.0 / 6) < 6 * 5 / sqrt(DRAWS)); /* (10 + 4 x 20 + 35) / 6 */
    assert_true(fabs(pert_squares - pert * pert - (125.0 / 6 - 10) * (35 - 125.0 / 6) / 7) < 3);
    for (int i = 0; i < 3; i++) assert_true(fabs(coders[i] - DRAWS / 3.0) < 6 * sqrt(DRAWS * 2.0 / 9));
    valued_free(&w);
}

/* Rounding to six decimals must not carry a draw over a bound that has more of them. */
static void rounded_draws_stay_within_the_range_of_their_quantity(void **state) {
    uint64_t seed = chance_seed(__func__);
    valued w = valued_new();

    (void)state;
    for (uint64_t draw = 0; draw < 1000; draw++) {
        assert_int_equal(dt__valuation_draw(&w.v, w.model, seed, draw, w.env), DT_OK);
        assert_true(within(value_of(&w, "fine"), (dt__rational){1, 3}, (dt__rational){333337, 1000000}));
    }
    valued_free(&w);
}

static void a_number_without_a_value_is_reported(void **state) {
    static const char *const texts[] = {
        "quantities: {z: {value: 0..1}, q: {value: \"1 / (z - z)\"}}\n",
        "quantities: {z: {value: 1e30}, q: {value: \"z * z\"}}\n",
    };
    char text[600];
    dt_env *env = new_env();

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        dt_model *model;
        snprintf(text, sizeof text,
                 "detente: 1\n%sparties: {a: {}}\nissues: {x: {options: [p, q], no_deal: p}}\npreferences: {a: "
                 "{weights: {x: 1}, values: {x: {p: q}}}}\n",
                 texts[i]);
        assert_int_equal(dt_model_read(&model, text, strlen(text), "text.yaml", env), DT_ERR_MODEL);
        assert_null(model);
        assert_string_equal(dt_env_diagnostic(env, 0)->code, "no-value");
        dt_env_diagnostics_clear(env);
    }
    dt_env_free(env);
}

/* ---- inputs ---- */

static void inputs_are_the_independent_uncertain_numbers(void **state) {
    static const char *const expected[] = {"uniform", "normal", "pert", "coders", "share", "range", "fine"};
    valued w = valued_new();
    dt__vector inputs = DT__VECTOR(dt__input);

    (void)state;
    assert_int_equal(dt__inputs_list(&inputs, w.model, w.v.fixed, w.env), DT_OK);
    assert_int_equal(inputs.count, 8); /* and the weight of x */
    for (size_t i = 0, next = 0; i < inputs.count; i++) {
        const dt__input *input = DT__AT(inputs, dt__input, i);
        if (input->quantity == DT__NO_INDEX) continue;
        assert_string_equal(w.model->quantities[input->quantity].id, expected[next++]);
    }
    w.v.fixed[dt__model_quantity(w.model, "pert")] = true;
    dt__vector_clear(&inputs, w.env);
    assert_int_equal(dt__inputs_list(&inputs, w.model, w.v.fixed, w.env), DT_OK);
    assert_int_equal(inputs.count, 7);
    dt__vector_clear(&inputs, w.env);
    valued_free(&w);
}

/* Mean over a fine grid of quantiles against mean and deviation of the draws. */
static void quantiles_have_the_distribution_of_the_draws(void **state) {
    valued w = valued_new();
    dt__vector inputs = DT__VECTOR(dt__input);

    (void)state;
    assert_int_equal(dt__inputs_list(&inputs, w.model, w.v.fixed, w.env), DT_OK);
    for (size_t i = 0; i < inputs.count; i++) {
        const dt__input *input = DT__AT(inputs, dt__input, i);
        double sum = 0, squares = 0, grid = 0, last = -INFINITY;
        for (uint64_t d = 0; d < DRAWS; d++) {
            dt__rational value;
            assert_int_equal(dt__valuation_draw(&w.v, w.model, 5, d, w.env), DT_OK);
            sum += dt__rational_double(w.v.numbers[input->number]);
            squares +=
                dt__rational_double(w.v.numbers[input->number]) * dt__rational_double(w.v.numbers[input->number]);
            assert_true(dt__input_quantile(&value, w.model, input, ((double)d + 0.5) / DRAWS));
            grid += dt__rational_double(value);
            if (w.model->numbers[input->number].kind != DT__NUMBER_CODERS)
                assert_true(dt__rational_double(value) >= last);
            last = dt__rational_double(value);
        }
        sum /= DRAWS;
        grid /= DRAWS;
        squares = sqrt(fmax(0, squares / DRAWS - sum * sum) / DRAWS);
        assert_true(fabs(sum - grid) <= 5 * squares + 1e-6);
    }
    dt__vector_clear(&inputs, w.env);
    valued_free(&w);
}

static void given_values_reach_the_formulas(void **state) {
    valued w = valued_new();
    dt__rational *given = calloc(w.model->number_count, sizeof *given);

    (void)state;
    for (size_t i = 0; i < w.model->number_count; i++) given[i] = DT__RATIONAL(2);
    assert_int_equal(dt__valuation_from(&w.v, w.model, given, w.env), DT_OK);
    assert_value(&w, "uniform", 2, 1);
    assert_value(&w, "coders", 2, 1);
    assert_value(&w, "exact", -7, 20);
    assert_value(&w, "low", 41, 10); /* min(2, 2) - 2 x (-0.35) / (1/3) */
    free(given);
    valued_free(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(central_values_of_every_form),
        cmocka_unit_test(a_quantity_set_from_outside_stays_and_others_follow),
        cmocka_unit_test(a_draw_is_the_same_whenever_it_is_made),
        cmocka_unit_test(draws_lie_within_their_bounds_and_around_their_means),
        cmocka_unit_test(rounded_draws_stay_within_the_range_of_their_quantity),
        cmocka_unit_test(a_number_without_a_value_is_reported),
        cmocka_unit_test(inputs_are_the_independent_uncertain_numbers),
        cmocka_unit_test(quantiles_have_the_distribution_of_the_draws),
        cmocka_unit_test(given_values_reach_the_formulas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
