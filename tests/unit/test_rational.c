/* Exact rational numbers: identities, edges of 128 bits, comparison by an independent way, reading and printing. */
#include <float.h>
#include <math.h>

#include "chance.h"

enum { ROUNDS = 20000 };

static const dt__int128 largest = (dt__int128)(((dt__uint128)1 << 127) - 1);

/* ---- a wide reference: 256-bit products from 64-bit halves ---- */

typedef struct wide {
    uint64_t limbs[4];
    bool negative;
} wide;

static dt__uint128 size_of(dt__int128 a) {
    return a < 0 ? (dt__uint128)0 - (dt__uint128)a : (dt__uint128)a;
}

static wide product_of(dt__int128 a, dt__int128 b) {
    uint64_t x[2] = {(uint64_t)size_of(a), (uint64_t)(size_of(a) >> 64)},
             y[2] = {(uint64_t)size_of(b), (uint64_t)(size_of(b) >> 64)};
    wide w = {.negative = (a < 0) != (b < 0)};

    for (int i = 0; i < 2; i++) {
        dt__uint128 carry = 0;
        for (int j = 0; j < 2; j++) {
            carry += (dt__uint128)x[i] * y[j] + w.limbs[i + j];
            w.limbs[i + j] = (uint64_t)carry;
            carry >>= 64;
        }
        w.limbs[i + 2] = (uint64_t)carry;
    }
    if (!(w.limbs[0] | w.limbs[1] | w.limbs[2] | w.limbs[3])) w.negative = false;
    return w;
}

static int compare_wide(wide a, wide b) {
    if (a.negative != b.negative) return a.negative ? -1 : 1;
    for (int i = 3; i >= 0; i--) {
        if (a.limbs[i] != b.limbs[i]) return (a.limbs[i] < b.limbs[i]) != a.negative ? -1 : 1;
    }
    return 0;
}

/* Does the product fit into -(2^127 - 1)..2^127 - 1? */
static bool product_fits(wide w) {
    return w.limbs[2] == 0 && w.limbs[3] == 0 && w.limbs[1] >> 63 == 0;
}

static dt__int128 narrow(wide w) {
    dt__int128 value = (dt__int128)((dt__uint128)w.limbs[1] << 64 | w.limbs[0]);
    return w.negative ? -value : value;
}

static int cross_compare(dt__rational a, dt__rational b) {
    return compare_wide(product_of(a.num, b.den), product_of(b.num, a.den));
}

static dt__rational random_rational(chance *c, uint32_t bits) {
    dt__rational r;
    dt__int128 num = chance_int128(c, bits), den = chance_int128(c, bits);
    assert_true(dt__rational_make(&r, num, den == 0 ? 1 : den));
    return r;
}

static bool same(dt__rational a, dt__rational b) {
    return a.num == b.num && a.den == b.den;
}

static dt__int128 divisor(dt__int128 a, dt__int128 b) {
    return b == 0 ? (dt__int128)size_of(a) : divisor(b, a % b);
}

static void assert_lowest_terms(dt__rational r) {
    assert_true(r.den > 0);
    assert_true(divisor(r.num, r.den) == 1);
}

/* ---- 128-bit integers ---- */

static void integers_agree_with_wide_products_or_say_that_they_do_not_fit(void **state) {
    uint64_t seed = chance_seed(__func__);
    chance c = chance_of(seed, 0);

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        dt__int128 a = chance_int128(&c, 127), b = chance_int128(&c, chance_once_in(&c, 2) ? 127 : 60), out = 42;
        wide product = product_of(a, b);
        bool fits = dt__int128_mul(&out, a, b);
        assert_int_equal(fits, product_fits(product));
        assert_true(out == (fits ? narrow(product) : 42));

        out = 42;
        fits = dt__int128_add(&out, a, b);
        assert_int_equal(fits, !((b > 0 && a > largest - b) || (b < 0 && a < -largest - 1 - b)));
        assert_true(out == (fits ? a + b : 42));
    }
}

static void least_common_multiples_are_multiples_and_least(void **state) {
    uint64_t seed = chance_seed(__func__);
    chance c = chance_of(seed, 1);

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        dt__int128 a = (dt__int128)size_of(chance_int128(&c, 100)) + 1,
                   b = (dt__int128)size_of(chance_int128(&c, 60)) + 1, out = 42;
        wide product = product_of(a / divisor(a, b), b);
        bool fits = dt__int128_lcm(&out, a, b);
        assert_int_equal(fits, product_fits(product));
        if (!fits) continue;
        assert_true(out % a == 0 && out % b == 0 && divisor(out / a, out / b) == 1);
    }
}

static void edges_of_128_bits_never_wrap(void **state) {
    const dt__int128 half = (dt__int128)1 << 126, lowest = -largest - 1;
    dt__int128 out = 42;
    dt__rational r = DT__RATIONAL(42), top = DT__RATIONAL(largest);

    (void)state;
    assert_false(dt__int128_add(&out, largest, 1));
    assert_false(dt__int128_add(&out, lowest, -1));
    assert_false(dt__int128_add(&out, half, half));
    assert_false(dt__int128_mul(&out, half, 2));
    assert_false(dt__int128_mul(&out, (dt__int128)1 << 64, (dt__int128)1 << 63));
    assert_false(dt__int128_mul(&out, lowest, -1));
    assert_false(dt__int128_mul(&out, lowest, lowest));
    assert_true(out == 42);
    assert_true(dt__int128_add(&out, half, half - 1) && out == largest);
    assert_true(dt__int128_mul(&out, largest, -1) && out == -largest);
    assert_true(dt__int128_mul(&out, (dt__int128)1 << 63, -((dt__int128)1 << 63)) && out == -half);

    assert_false(dt__rational_make(&r, 1, 0));
    assert_false(dt__rational_make(&r, lowest, 3));
    assert_false(dt__rational_make(&r, 3, lowest));
    assert_false(dt__rational_add(&r, top, DT__RATIONAL(1)));
    assert_false(dt__rational_sub(&r, DT__RATIONAL(-largest), DT__RATIONAL(1)));
    assert_false(dt__rational_mul(&r, top, DT__RATIONAL(2)));
    assert_false(dt__rational_mul(&r, (dt__rational){1, largest}, (dt__rational){1, 2}));
    assert_false(dt__rational_div(&r, top, (dt__rational){1, 2}));
    assert_false(dt__rational_div(&r, DT__RATIONAL(1), DT__RATIONAL(0)));
    assert_true(same(r, DT__RATIONAL(42)));
    assert_true(dt__rational_sub(&r, top, top) && same(r, DT__RATIONAL(0)));
    assert_true(dt__rational_mul(&r, top, (dt__rational){1, largest}) && same(r, DT__RATIONAL(1)));
    assert_true(dt__rational_add(&r, top, DT__RATIONAL(-largest)) && same(r, DT__RATIONAL(0)));
    assert_true(dt__rational_make(&r, -largest, -largest) && same(r, DT__RATIONAL(1)));
    assert_true(dt__rational_make(&r, 6, -4) && same(r, (dt__rational){-3, 2}));
    assert_true(dt__rational_make(&r, 0, -5) && same(r, DT__RATIONAL(0)));
}

/* ---- arithmetic ---- */

static void arithmetic_is_exact_on_small_numbers(void **state) {
    uint64_t seed = chance_seed(__func__);
    chance c = chance_of(seed, 2);

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        dt__rational a = random_rational(&c, 30), b = random_rational(&c, 30), r, expected;
        assert_true(dt__rational_add(&r, a, b) &&
                    dt__rational_make(&expected, a.num * b.den + b.num * a.den, a.den * b.den) && same(r, expected));
        assert_lowest_terms(r);
        assert_true(dt__rational_sub(&r, a, b) &&
                    dt__rational_make(&expected, a.num * b.den - b.num * a.den, a.den * b.den) && same(r, expected));
        assert_true(dt__rational_mul(&r, a, b) && dt__rational_make(&expected, a.num * b.num, a.den * b.den) &&
                    same(r, expected));
        assert_lowest_terms(r);
        assert_int_equal(dt__rational_div(&r, a, b), b.num != 0);
        if (b.num != 0) assert_true(dt__rational_mul(&r, r, b) && same(r, a));
    }
}

/* What is given fits; then undoing it gives back what was there. */
static void arithmetic_is_undone_exactly_or_says_that_it_does_not_fit(void **state) {
    uint64_t seed = chance_seed(__func__);
    chance c = chance_of(seed, 3);
    int done = 0;

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        dt__rational a = random_rational(&c, 127), b = random_rational(&c, 127), r = DT__RATIONAL(42), back;
        if (dt__rational_add(&r, a, b)) {
            assert_lowest_terms(r);
            if (dt__rational_sub(&back, r, b)) assert_true(same(back, a));
            assert_int_equal(dt__rational_compare(r, a), dt__rational_sign(b));
            done++;
        } else {
            assert_true(same(r, DT__RATIONAL(42)));
        }
        r = DT__RATIONAL(42);
        if (dt__rational_mul(&r, a, b)) {
            assert_lowest_terms(r);
            if (b.num != 0) assert_true(dt__rational_div(&back, r, b) && same(back, a));
            done++;
        } else {
            assert_true(same(r, DT__RATIONAL(42)));
        }
    }
    assert_true(done > ROUNDS / 10);
}

/* ---- comparison ---- */

static void comparison_agrees_with_cross_multiplication(void **state) {
    uint64_t seed = chance_seed(__func__);
    chance c = chance_of(seed, 4);

    (void)state;
    for (int i = 0; i < 4 * ROUNDS; i++) {
        uint32_t bits = i % 2 == 0 ? 127 : 20;
        dt__rational a = random_rational(&c, bits), b = random_rational(&c, bits), near;
        assert_int_equal(dt__rational_compare(a, b), cross_compare(a, b));
        assert_int_equal(dt__rational_compare(b, a), -cross_compare(a, b));
        assert_int_equal(dt__rational_compare(a, a), 0);
        if (a.num < largest && dt__rational_make(&near, a.num + 1, a.den))
            assert_int_equal(dt__rational_compare(a, near), -1);
        if (a.den < largest && dt__rational_make(&near, a.num, a.den + 1))
            assert_int_equal(dt__rational_compare(a, near), cross_compare(a, near));
    }
}

static void monstrous_neighbours_are_told_apart(void **state) {
    const dt__rational a = {largest - 1, largest}, b = {largest - 2, largest - 1}, third = {largest / 3, largest};
    const dt__rational steep = {-largest, ((dt__int128)1 << 126) + 1}, steeper = {-largest, (dt__int128)1 << 126};

    (void)state;
    assert_int_equal(dt__rational_compare(a, b), 1);
    assert_int_equal(dt__rational_compare(b, a), -1);
    assert_int_equal(dt__rational_compare(third, (dt__rational){1, 3}), cross_compare(third, (dt__rational){1, 3}));
    assert_int_equal(dt__rational_compare(steep, steeper), 1);
    assert_int_equal(dt__rational_compare(steep, DT__RATIONAL(-2)), 1);
    assert_int_equal(dt__rational_compare(DT__RATIONAL(largest), DT__RATIONAL(-largest)), 1);
    assert_int_equal(dt__rational_compare((dt__rational){1, largest}, DT__RATIONAL(0)), 1);
    assert_int_equal(dt__rational_compare((dt__rational){-1, largest}, (dt__rational){1, largest}), -1);
}

/* ---- doubles ---- */

static void doubles_are_near_and_exact_where_both_parts_are(void **state) {
    uint64_t seed = chance_seed(__func__);
    chance c = chance_of(seed, 5);

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        dt__rational a = random_rational(&c, 53), b = random_rational(&c, 127);
        assert_true(fabs(dt__rational_double(a) - (double)a.num / (double)a.den) <= 0);
        long double exact = (long double)b.num / (long double)b.den;
        assert_true(fabsl((long double)dt__rational_double(b) - exact) <= fabsl(exact) * 4 * (long double)DBL_EPSILON);
    }
}

static void doubles_are_rounded_to_decimals(void **state) {
    dt__rational r = DT__RATIONAL(42);

    (void)state;
    assert_true(dt__rational_from_double(&r, 0.1, 6) && same(r, (dt__rational){1, 10}));
    assert_true(dt__rational_from_double(&r, -1.23456789, 6) && same(r, (dt__rational){-1234568, 1000000}) == false &&
                r.num * 8 == -1234568 * (r.den * 8 / 1000000));
    assert_true(dt__rational_from_double(&r, 1e-9, 6) && same(r, DT__RATIONAL(0)));
    assert_true(dt__rational_from_double(&r, -0.0, 6) && same(r, DT__RATIONAL(0)));
    assert_true(dt__rational_from_double(&r, 3, 0) && same(r, DT__RATIONAL(3)));
    r = DT__RATIONAL(42);
    assert_false(dt__rational_from_double(&r, (double)NAN, 6));
    assert_false(dt__rational_from_double(&r, (double)INFINITY, 6));
    assert_false(dt__rational_from_double(&r, -(double)INFINITY, 6));
    assert_false(dt__rational_from_double(&r, 1e300, 6));
    assert_false(dt__rational_from_double(&r, DBL_MAX, 0));
    assert_true(same(r, DT__RATIONAL(42)));
}

/* ---- text ---- */

static void what_is_printed_reads_back(void **state) {
    uint64_t seed = chance_seed(__func__);
    chance c = chance_of(seed, 6);
    dt_env *env;
    dt__text text;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    dt__text_init(&text, env);
    for (int i = 0; i < ROUNDS; i++) {
        uint32_t bits = 1 + (uint32_t)i % 119; /* at most 36 digits are read */
        dt__rational a = random_rational(&c, bits), b;
        if (i % 3 == 0) { /* a finite decimal */
            dt__int128 power = 1;
            for (uint32_t n = chance_below(&c, 19); n > 0; n--) power *= 10;
            assert_true(dt__rational_make(&a, chance_int128(&c, 110), power));
        }
        dt__text_reset(&text);
        dt__rational_print(&text, a);
        if (!dt__rational_parse(&b, dt__text_get(&text), text.length) || !same(a, b))
            fail_msg("does not read back: %s", dt__text_get(&text));
    }
    dt__text_clear(&text);
    dt_env_free(env);
}

static void numbers_are_printed_as_decimals_or_fractions(void **state) {
    static const struct {
        dt__int128 num, den;
        const char *text;
    } cases[] = {
        {0, 1, "0"},
        {35, 1, "35"},
        {-7, 20, "-0.35"},
        {1, 3, "1/3"},
        {-2, 3, "-2/3"},
        {1, 8, "0.125"},
        {201, 2, "100.5"},
        {-1, 2, "-0.5"},
        {1, 1000000, "0.000001"},
        {10000001, 10000000, "1.0000001"},
        {1, INT64_C(262144), "0.000003814697265625"},
        {1, INT64_C(524288), "1/524288"},
    };
    dt_env *env;
    dt__text text;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    dt__text_init(&text, env);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dt__text_reset(&text);
        dt__rational_print(&text, (dt__rational){cases[i].num, cases[i].den});
        assert_string_equal(dt__text_get(&text), cases[i].text);
    }
    dt__text_reset(&text);
    dt__int128_print(&text, -largest - 1);
    assert_string_equal(dt__text_get(&text), "-170141183460469231731687303715884105728");
    dt__text_reset(&text);
    dt__rational_print(&text, (dt__rational){-largest, 1});
    assert_string_equal(dt__text_get(&text), "-170141183460469231731687303715884105727");
    dt__text_clear(&text);
    dt_env_free(env);
}

static void what_is_read_is_exact(void **state) {
    static const struct {
        const char *text;
        dt__int128 num, den;
    } good[] = {
        {"35", 35, 1},
        {"-0.35", -7, 20},
        {"+1.5e3", 1500, 1},
        {"1/3", 1, 3},
        {"-1/3", -1, 3},
        {"40%", 2, 5},
        {"-40%", -2, 5},
        {".5", 1, 2},
        {"1e-3", 1, 1000},
        {"1E+2", 100, 1},
        {"0.1/0.3", 1, 3},
        {"000012", 12, 1},
        {"0", 0, 1},
        {"-0", 0, 1},
        {"2.50%", 1, 40},
        {"1e3/1e3", 1, 1},
        {"0000000000000000000000000000000000000000000001", 1, 1},
    };
    static const char *const bad[] = {"",
                                      "-",
                                      "+",
                                      ".",
                                      "e5",
                                      "1e",
                                      "1e+",
                                      "1e1001",
                                      "--1",
                                      "1/",
                                      "/3",
                                      "1/0",
                                      "1/3%",
                                      "1 ",
                                      " 1",
                                      "1,5",
                                      "0x10",
                                      "inf",
                                      "nan",
                                      "1/2/3",
                                      "%",
                                      "1%%",
                                      "1e40",
                                      "1234567890123456789012345678901234567",
                                      "1e36e1",
                                      "1.2.3",
                                      "9e37e",
                                      "-1/-3",
                                      "1e999999999999999999999"};
    dt__rational r = DT__RATIONAL(42);

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        if (!dt__rational_parse(&r, good[i].text, strlen(good[i].text)) ||
            !same(r, (dt__rational){good[i].num, good[i].den}))
            fail_msg("read wrongly: %s", good[i].text);
    }
    r = DT__RATIONAL(42);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (dt__rational_parse(&r, bad[i], strlen(bad[i])) || !same(r, DT__RATIONAL(42))) fail_msg("read: %s", bad[i]);
    }
    assert_true(dt__rational_parse(&r, "999999999999999999999999999999999999", 36));
    assert_true(dt__rational_parse(&r, "12345", 2) && same(r, DT__RATIONAL(12)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_agree_with_wide_products_or_say_that_they_do_not_fit),
        cmocka_unit_test(least_common_multiples_are_multiples_and_least),
        cmocka_unit_test(edges_of_128_bits_never_wrap),
        cmocka_unit_test(arithmetic_is_exact_on_small_numbers),
        cmocka_unit_test(arithmetic_is_undone_exactly_or_says_that_it_does_not_fit),
        cmocka_unit_test(comparison_agrees_with_cross_multiplication),
        cmocka_unit_test(monstrous_neighbours_are_told_apart),
        cmocka_unit_test(doubles_are_near_and_exact_where_both_parts_are),
        cmocka_unit_test(doubles_are_rounded_to_decimals),
        cmocka_unit_test(what_is_printed_reads_back),
        cmocka_unit_test(numbers_are_printed_as_decimals_or_fractions),
        cmocka_unit_test(what_is_read_is_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
