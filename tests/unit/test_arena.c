/* Arenas and vectors: aligned, zeroed, counted; sizes that overflow are refused. */
#include "base/arena.h"
#include "base/vector.h"
#include "chance.h"

static dt_env *env;

static int set_up(void **state) {
    (void)state;
    return dt_env_new(&env, NULL) == DT_OK ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    dt_env_free(env);
    return 0;
}

static void arena_memory_is_zeroed_aligned_and_apart(void **state) {
    enum { PIECES = 2000 };
    static unsigned char *pieces[PIECES];
    static size_t sizes[PIECES];
    chance c = chance_of(chance_seed(__func__), 0);
    dt__arena arena;

    (void)state;
    dt__arena_init(&arena, env);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < PIECES; i++) {
            sizes[i] = chance_below(&c, chance_once_in(&c, 100) ? 100000 : 100);
            pieces[i] = dt__arena_alloc(&arena, sizes[i], 1);
            assert_non_null(pieces[i]);
            assert_int_equal((uintptr_t)pieces[i] % 16, 0);
            for (size_t k = 0; k < sizes[i]; k++) assert_int_equal(pieces[i][k], 0);
            memset(pieces[i], i % 255 + 1, sizes[i]);
        }
        for (int i = 0; i < PIECES; i++) {
            for (size_t k = 0; k < sizes[i]; k++) assert_int_equal(pieces[i][k], i % 255 + 1);
        }
        assert_true(arena.used > 0);
        dt__arena_clear(&arena);
        assert_int_equal(arena.used, 0);
    }
}

static void arenas_refuse_sizes_that_overflow(void **state) {
    dt__arena arena;
    char *copy;

    (void)state;
    dt__arena_init(&arena, env);
    assert_null(dt__arena_alloc(&arena, SIZE_MAX, 2));
    assert_null(dt__arena_alloc(&arena, 2, SIZE_MAX));
    assert_null(dt__arena_alloc(&arena, SIZE_MAX / 2, 1));
    assert_null(dt__arena_alloc(&arena, SIZE_MAX / 16 + 1, 16));
    assert_non_null(dt__arena_alloc(&arena, 0, 16));
    assert_non_null(dt__arena_alloc(&arena, 16, 0));
    copy = dt__arena_string(&arena, "abc", 2);
    assert_string_equal(copy, "ab");
    dt__arena_clear(&arena);
    dt__arena_clear(&arena);
}

static void arrays_refuse_sizes_that_overflow(void **state) {
    uint64_t *numbers;

    (void)state;
    assert_null(dt__zeroed(env, SIZE_MAX, 2));
    assert_null(dt__zeroed(env, SIZE_MAX / 8 + 2, 8));
    assert_null(dt__resize(env, NULL, 0, SIZE_MAX / 4, 8));
    numbers = DT__ARRAY(env, uint64_t, 0); /* one item, so that it is never NULL */
    assert_non_null(numbers);
    assert_int_equal(*numbers, 0);
    DT__FREE(env, numbers, 1);
}

static void vectors_keep_what_was_pushed(void **state) {
    dt__vector v = DT__VECTOR(dt__int128);

    (void)state;
    for (int i = 0; i < 5000; i++) {
        dt__int128 item = (dt__int128)i << 70 | i;
        assert_int_equal(dt__vector_push(&v, &item, env), DT_OK);
        assert_int_equal(v.count, i + 1);
    }
    for (int i = 0; i < 5000; i++) assert_true(*DT__AT(v, dt__int128, i) == ((dt__int128)i << 70 | i));
    assert_int_equal(dt__vector_reserve(&v, 10, env), DT_OK);
    assert_int_equal(dt__vector_reserve(&v, 20000, env), DT_OK);
    assert_true(v.capacity >= 20000 && v.count == 5000);
    assert_int_equal(dt__vector_reserve(&v, SIZE_MAX / 32, env), DT_ERR_MEMORY);
    assert_int_equal(v.count, 5000);
    dt__vector_clear(&v, env);
    assert_int_equal(v.count, 0);
    dt__vector_clear(&v, env);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(arenas_refuse_sizes_that_overflow),
        cmocka_unit_test(arrays_refuse_sizes_that_overflow),
        cmocka_unit_test(vectors_keep_what_was_pushed),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
