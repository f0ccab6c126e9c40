/* Antichains of masks, and their minimal hitting sets against looking at every subset. */
#include "chance.h"
#include "space/mask.h"

enum { ROUNDS = 1500, MOST_MEMBERS = 9 };

/* Members lie far apart, so that every word of a mask is used. */
static const uint32_t bits[MOST_MEMBERS] = {0, 1, 63, 64, 100, 127, 128, 191, 255};

static dt__mask mask_of(uint32_t members) {
    dt__mask mask = {{0}};
    for (uint32_t i = 0; i < MOST_MEMBERS; i++) {
        if (members >> i & 1) dt__mask_add(&mask, bits[i]);
    }
    return mask;
}

static bool holds(const dt__antichain *a, const dt__mask *mask) {
    for (size_t i = 0; i < a->masks.count; i++) {
        if (memcmp(DT__AT(a->masks, dt__mask, i), mask, sizeof *mask) == 0) return true;
    }
    return false;
}

static bool hits(uint32_t set, const uint32_t *family, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if ((set & family[i]) == 0) return false;
    }
    return true;
}

static bool hits_minimally(uint32_t set, const uint32_t *family, size_t count) {
    if (!hits(set, family, count)) return false;
    for (uint32_t i = 0; i < MOST_MEMBERS; i++) {
        if ((set >> i & 1) && hits(set & ~(UINT32_C(1) << i), family, count)) return false;
    }
    return true;
}

static void hitting_sets_are_exactly_the_minimal_ones(void **state) {
    uint64_t seed = chance_seed(__func__);
    dt_env *env;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (uint64_t round = 0; round < ROUNDS; round++) {
        chance c = chance_of(seed, round);
        uint32_t family[12], members = (uint32_t)chance_between(&c, 1, MOST_MEMBERS);
        size_t count = chance_below(&c, 12), limit = chance_once_in(&c, 2) ? 0 : (size_t)chance_between(&c, 1, 8),
               expected = 0;
        dt__antichain edges = DT__ANTICHAIN, out = DT__ANTICHAIN;
        bool complete;

        for (size_t i = 0; i < count; i++) {
            dt__mask mask;
            family[i] = chance_once_in(&c, 60) ? 0 : 1 + chance_below(&c, (1u << members) - 1);
            mask = mask_of(family[i]);
            assert_int_equal(dt__antichain_add(&edges, &mask, env), DT_OK);
        }
        assert_int_equal(dt__antichain_hitting_sets(&out, &edges, limit, &complete, env), DT_OK);
        for (uint32_t set = 0; set < 1u << MOST_MEMBERS; set++) {
            dt__mask mask = mask_of(set);
            bool minimal = hits_minimally(set, family, count);
            expected += minimal;
            if (holds(&out, &mask)) assert_true(minimal);
            else if (complete) assert_false(minimal);
        }
        assert_true(out.masks.count <= expected);
        if (complete) assert_int_equal(out.masks.count, expected);
        if (limit == 0) assert_true(complete);
        else assert_true(out.masks.count <= limit);
        dt__antichain_clear(&out, env);
        dt__antichain_clear(&edges, env);
    }
    dt_env_free(env);
}

static void an_antichain_keeps_the_minimal_masks_in_order_of_arrival(void **state) {
    uint64_t seed = chance_seed(__func__);
    dt_env *env;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (uint64_t round = 0; round < ROUNDS; round++) {
        chance c = chance_of(seed + 1, round);
        uint32_t added[20];
        size_t count = chance_below(&c, 20), kept = 0;
        dt__antichain a = DT__ANTICHAIN;

        for (size_t i = 0; i < count; i++) {
            dt__mask mask = mask_of(added[i] = chance_below(&c, 1u << MOST_MEMBERS));
            assert_int_equal(dt__antichain_add(&a, &mask, env), DT_OK);
            assert_true(dt__antichain_covers(&a, &mask));
        }
        for (size_t i = 0; i < count; i++) {
            dt__mask mask = mask_of(added[i]);
            bool minimal = true;
            for (size_t j = 0; j < count && minimal; j++) {
                minimal = added[j] == added[i] ? j >= i : (added[j] & added[i]) != added[j];
            }
            if (minimal) {
                assert_true(kept < a.masks.count);
                assert_memory_equal(DT__AT(a.masks, dt__mask, kept), &mask, sizeof mask);
                kept++;
            }
        }
        assert_int_equal(kept, a.masks.count);
        dt__antichain_sort(&a);
        for (size_t i = 1; i < kept; i++)
            assert_true(dt__mask_order(DT__AT(a.masks, dt__mask, i - 1), DT__AT(a.masks, dt__mask, i)) < 0);
        dt__antichain_clear(&a, env);
    }
    dt_env_free(env);
}

static void masks_are_sorted_by_size_then_by_the_lowest_bit_that_differs(void **state) {
    dt__mask one = mask_of(1u << 8), low = mask_of(1u << 0), two = mask_of(3u), other = mask_of(1u << 0 | 1u << 4);

    (void)state;
    assert_true(dt__mask_order(&low, &one) < 0 && dt__mask_order(&one, &low) > 0);
    assert_true(dt__mask_order(&one, &two) < 0);
    assert_true(dt__mask_order(&two, &other) < 0);
    assert_int_equal(dt__mask_order(&two, &two), 0);
    assert_int_equal(dt__mask_size(&other), 2);
    assert_true(dt__mask_subset(&low, &two) && !dt__mask_subset(&two, &low) && dt__mask_disjoint(&one, &two));
}

static void nothing_to_hit_is_hit_by_nothing(void **state) {
    dt__antichain none = DT__ANTICHAIN, out = DT__ANTICHAIN;
    dt__mask empty = {{0}};
    dt_env *env;
    bool complete;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    assert_int_equal(dt__antichain_hitting_sets(&out, &none, 0, &complete, env), DT_OK);
    assert_true(complete && out.masks.count == 1 && holds(&out, &empty));
    assert_int_equal(dt__antichain_add(&none, &empty, env), DT_OK);
    assert_int_equal(dt__antichain_hitting_sets(&out, &none, 0, &complete, env), DT_OK);
    assert_true(complete && out.masks.count == 0);
    dt__antichain_clear(&out, env);
    dt__antichain_clear(&none, env);
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hitting_sets_are_exactly_the_minimal_ones),
        cmocka_unit_test(an_antichain_keeps_the_minimal_masks_in_order_of_arrival),
        cmocka_unit_test(masks_are_sorted_by_size_then_by_the_lowest_bit_that_differs),
        cmocka_unit_test(nothing_to_hit_is_hit_by_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
