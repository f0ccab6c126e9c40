/* Counts of many limbs: against numbers computed elsewhere, and against one another. */
#include <math.h>

#include "base/count.h"
#include "chance.h"

enum { ROUNDS = 3000, LIMBS = 12 };

static dt_env *env;
static dt__text text;

static int set_up(void **state) {
    (void)state;
    if (dt_env_new(&env, NULL) != DT_OK) return -1;
    dt__text_init(&text, env);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    dt__text_clear(&text);
    dt_env_free(env);
    return 0;
}

static const char *printed(const dt__limb *a, size_t limbs) {
    dt__text_reset(&text);
    dt__count_print(&text, a, limbs);
    return dt__text_get(&text);
}

static void known_numbers_are_printed_in_full(void **state) {
    dt__limb a[LIMBS];

    (void)state;
    dt__count_set(a, LIMBS, 0);
    assert_string_equal(printed(a, LIMBS), "0");
    assert_true(dt__count_is_zero(a, LIMBS));
    dt__count_set(a, LIMBS, UINT64_MAX);
    assert_string_equal(printed(a, LIMBS), "18446744073709551615");
    dt__count_set(a, LIMBS, UINT64_C(1000000000000000000));
    assert_string_equal(printed(a, LIMBS), "1000000000000000000");
    dt__count_set(a, LIMBS, 1);
    for (int i = 0; i < 30; i++) dt__count_scale(a, 10, LIMBS);
    assert_string_equal(printed(a, LIMBS), "1000000000000000000000000000000");
    dt__count_set(a, LIMBS, 1);
    for (int i = 0; i < 200; i++) dt__count_add(a, a, LIMBS);
    assert_string_equal(printed(a, LIMBS), "1606938044258990275541962092341162602522202993782792835301376");
    dt__count_set(a, LIMBS, 1);
    for (uint64_t i = 2; i <= 50; i++) dt__count_scale(a, i, LIMBS);
    assert_string_equal(printed(a, LIMBS), "30414093201713378043612608166064768844377641568960512000000000000");
    for (uint64_t i = 51; i <= 100; i++) dt__count_scale(a, i, LIMBS);
    assert_string_equal(printed(a, LIMBS), "933262154439441526816992388562667004907159682643816214685929638952175999932"
                                           "29915608941463976156518286253697920827223758251185210916864"
                                           "000000000000000000000000");
}

static void the_largest_space_that_a_model_may_have_fits(void **state) {
    static uint32_t sizes[256];
    static dt__limb product[DT__COUNT_MAX_LIMBS];
    size_t limbs;

    (void)state;
    for (int i = 0; i < 256; i++) sizes[i] = 65535;
    limbs = dt__count_limbs(sizes, 256);
    assert_int_equal(limbs, 64);
    dt__count_set(product, limbs, 1);
    for (int i = 0; i < 256; i++) dt__count_scale(product, 65535, limbs);
    assert_int_equal(strlen(printed(product, limbs)), 1234); /* 65535^256 has 1234 digits */
    assert_int_equal(dt__count_limbs(sizes, 0), 1);
    assert_int_equal(dt__count_limbs(sizes, 4), 1);
    assert_int_equal(dt__count_limbs((const uint32_t[]){65536, 65536, 65536, 65536}, 4), 2);
    assert_int_equal(dt__count_limbs((const uint32_t[]){1, 1, 1}, 3), 1);
}

static void random_count(dt__limb *a, chance *c, size_t limbs) {
    dt__count_set(a, LIMBS, 0);
    for (size_t i = 0; i < limbs; i++)
        a[i] = chance_once_in(c, 3) ? 0 - (uint64_t)chance_once_in(c, 2) : chance_word(c);
}

static void arithmetic_keeps_its_identities(void **state) {
    uint64_t seed = chance_seed(__func__);
    chance c = chance_of(seed, 0);

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        dt__limb a[LIMBS], b[LIMBS], sum[LIMBS], left[LIMBS], right[LIMBS], product[LIMBS];
        uint64_t factor = chance_word(&c) >> chance_below(&c, 64);

        random_count(a, &c, 1 + chance_below(&c, 5));
        random_count(b, &c, 1 + chance_below(&c, 5));
        memcpy(sum, a, sizeof sum);
        dt__count_add(sum, b, LIMBS);
        assert_true(dt__count_compare(sum, a, LIMBS) >= 0);
        assert_int_equal(dt__count_compare(sum, a, LIMBS) == 0, dt__count_is_zero(b, LIMBS));
        memcpy(left, sum, sizeof left); /* (a + b) - b = a */
        dt__count_sub(left, b, LIMBS);
        assert_memory_equal(left, a, sizeof a);
        dt__count_mul(left, a, b, LIMBS); /* a b = b a */
        dt__count_mul(right, b, a, LIMBS);
        assert_memory_equal(left, right, sizeof left);
        dt__count_mul(product, sum, a, LIMBS); /* (a + b) a = a a + b a */
        dt__count_mul(right, a, a, LIMBS);
        dt__count_add(left, right, LIMBS);
        assert_memory_equal(left, product, sizeof left);
        memcpy(left, a, sizeof left); /* a scaled = a times */
        dt__count_scale(left, factor, LIMBS);
        dt__count_set(right, LIMBS, factor);
        dt__count_mul(product, a, right, LIMBS);
        assert_memory_equal(left, product, sizeof left);
        assert_int_equal(dt__count_compare(a, b, LIMBS), -dt__count_compare(b, a, LIMBS));
    }
}

/* Printing and reading by an independent way: digit by digit through scale and add. */
static void what_is_printed_is_the_number(void **state) {
    uint64_t seed = chance_seed(__func__);
    chance c = chance_of(seed, 1);

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        dt__limb a[LIMBS], back[LIMBS], digit[LIMBS];
        const char *digits;
        double value;

        random_count(a, &c, 1 + chance_below(&c, 10));
        digits = printed(a, LIMBS);
        assert_true(digits[0] != '0' || digits[1] == '\0');
        dt__count_set(back, LIMBS, 0);
        for (const char *d = digits; *d != '\0'; d++) {
            dt__count_scale(back, 10, LIMBS);
            dt__count_set(digit, LIMBS, (uint64_t)(*d - '0'));
            dt__count_add(back, digit, LIMBS);
        }
        assert_memory_equal(a, back, sizeof a);
        value = strtod(digits, NULL);
        assert_true(fabs(dt__count_double(a, LIMBS) - value) <= value * 0x1p-52);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_numbers_are_printed_in_full),
        cmocka_unit_test(the_largest_space_that_a_model_may_have_fits),
        cmocka_unit_test(arithmetic_keeps_its_identities),
        cmocka_unit_test(what_is_printed_is_the_number),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
