/* Random streams: the published answers of the generator, ranges, moments, and no dependence on the order of asking. */
#include <math.h>

#include "base/random.h"
#include "chance.h"

enum { MANY = 200000 };

/* kat_vectors of Random123 (Salmon et al. 2011), lines "philox4x32 10". */
static void the_generator_gives_the_published_answers(void **state) {
    static const struct {
        uint32_t counter[4], key[2], answer[4];
    } vectors[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        const uint32_t *c = vectors[i].counter, *k = vectors[i].key;
        dt__random r;
        dt__random_init(&r, (uint64_t)k[1] << 32 | k[0], (uint64_t)c[1] << 32 | c[0], c[2]);
        r.counter = c[3];
        for (int w = 0; w < 4; w++) {
            uint32_t high_bit = dt__random_below(
                &r, UINT32_C(1) << 31); /* a power of two rejects nothing: the word without its top bit */
            assert_int_equal(high_bit, vectors[i].answer[w] & 0x7fffffff);
            assert_int_equal(r.words[w], vectors[i].answer[w]);
        }
    }
}

/* Pins the numbers that models draw: a change here changes every result with draws. */
static void the_first_numbers_of_a_stream_are_what_they_always_were(void **state) {
    dt__random r;

    (void)state;
    dt__random_init(&r, 0, 0, 0);
    /* (0x6627e8d5 >> 6) 2^26 + (0xe169c58d >> 6), and a half, over 2^52 */
    assert_true(fabs(dt__random_uniform(&r) -
                     ((double)((UINT64_C(0x6627e8d5) >> 6) << 26 | UINT64_C(0xe169c58d) >> 6) + 0.5) * 0x1p-52) <= 0);
    assert_true(fabs(dt__random_uniform(&r) -
                     ((double)((UINT64_C(0xbc57ac4c) >> 6) << 26 | UINT64_C(0x9b00dbd8) >> 6) + 0.5) * 0x1p-52) <= 0);
}

static void a_stream_depends_on_seed_draw_and_number_alone(void **state) {
    double first[3][3][3], again;

    (void)state;
    for (uint32_t seed = 0; seed < 3; seed++) {
        for (uint32_t draw = 0; draw < 3; draw++) {
            for (uint32_t stream = 0; stream < 3; stream++) {
                dt__random r;
                dt__random_init(&r, seed, draw, stream);
                first[seed][draw][stream] = dt__random_normal(&r);
            }
        }
    }
    for (uint32_t stream = 3; stream-- > 0;) {
        for (uint32_t draw = 3; draw-- > 0;) {
            for (uint32_t seed = 3; seed-- > 0;) {
                dt__random r, other;
                dt__random_init(&r, seed, draw, stream);
                dt__random_init(&other, seed, draw, stream + 7);
                (void)dt__random_uniform(&other); /* asking another stream in between */
                again = dt__random_normal(&r);
                assert_true(fabs(again - first[seed][draw][stream]) <= 0);
                for (uint32_t s = 0; s < 27; s++) {
                    bool self = s == seed * 9 + draw * 3 + stream;
                    assert_int_equal(fabs(first[s / 9][s / 3 % 3][s % 3] - again) <= 0, self);
                }
            }
        }
    }
}

static void uniform_numbers_lie_strictly_between_0_and_1(void **state) {
    dt__random r = {.words = {UINT32_MAX, UINT32_MAX, 0, 0}, .left = 4};
    double high = dt__random_uniform(&r), low = dt__random_uniform(&r), sum = 0, squares = 0;

    (void)state;
    assert_true(low > 0);
    dt__random_init(&r, chance_seed(__func__), 0, 0);
    for (int i = 0; i < MANY; i++) {
        double u = dt__random_uniform(&r);
        assert_true(u > 0 && u < 1);
        sum += u;
        squares += u * u;
    }
    assert_true(fabs(sum / MANY - 0.5) < 6 * sqrt(1.0 / 12 / MANY));
    assert_true(fabs(squares / MANY - 1.0 / 3) < 6 * sqrt(4.0 / 45 / MANY));
    assert_true(high < 1); /* also at the largest words */
}

static void small_numbers_are_all_alike(void **state) {
    static const uint32_t sizes[] = {1, 2, 3, 7, 10};
    dt__random r;

    (void)state;
    dt__random_init(&r, chance_seed(__func__), 1, 0);
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        uint32_t n = sizes[s];
        int seen[10] = {0};
        for (int i = 0; i < MANY; i++) {
            uint32_t k = dt__random_below(&r, n);
            assert_true(k < n);
            seen[k]++;
        }
        for (uint32_t k = 0; k < n; k++) assert_true(fabs(seen[k] - (double)MANY / n) < 6 * sqrt((double)MANY / n));
    }
    for (int i = 0; i < 1000; i++) assert_true(dt__random_below(&r, UINT32_MAX) < UINT32_MAX);
}

static void normal_numbers_have_their_moments(void **state) {
    double sums[5] = {0};
    int within = 0;
    dt__random r;

    (void)state;
    dt__random_init(&r, chance_seed(__func__), 2, 0);
    for (int i = 0; i < MANY; i++) {
        double x = dt__random_normal(&r);
        assert_true(x > -9 && x < 9);
        for (int k = 1; k <= 4; k++) sums[k] += pow(x, k);
        within += fabs(x) < 1;
    }
    assert_true(fabs(sums[1] / MANY) < 6 / sqrt(MANY));
    assert_true(fabs(sums[2] / MANY - 1) < 6 * sqrt(2.0 / MANY));
    assert_true(fabs(sums[3] / MANY) < 6 * sqrt(15.0 / MANY));
    assert_true(fabs(sums[4] / MANY - 3) < 6 * sqrt(96.0 / MANY));
    assert_true(fabs((double)within / MANY - 0.6826894921) < 6 * sqrt(0.2166 / MANY));
}

static void gamma_numbers_have_their_moments(void **state) {
    static const double shapes[] = {1, 1.5, 3, 5};
    dt__random r;

    (void)state;
    dt__random_init(&r, chance_seed(__func__), 3, 0);
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
        double a = shapes[s], sum = 0, squares = 0;
        for (int i = 0; i < MANY; i++) {
            double x = dt__random_gamma(&r, a);
            assert_true(x > 0 && x < 1000);
            sum += x;
            squares += (x - a) * (x - a);
        }
        assert_true(fabs(sum / MANY - a) < 6 * sqrt(a / MANY));
        assert_true(fabs(squares / MANY - a) < 6 * sqrt((2 * a * a + 6 * a) / MANY));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_generator_gives_the_published_answers),
        cmocka_unit_test(the_first_numbers_of_a_stream_are_what_they_always_were),
        cmocka_unit_test(a_stream_depends_on_seed_draw_and_number_alone),
        cmocka_unit_test(uniform_numbers_lie_strictly_between_0_and_1),
        cmocka_unit_test(small_numbers_are_all_alike),
        cmocka_unit_test(normal_numbers_have_their_moments),
        cmocka_unit_test(gamma_numbers_have_their_moments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
