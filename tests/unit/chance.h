/* Chance for tests: small, repeatable, and independent of the library's own random numbers.
 *
 * Every randomised test prints its seed; DETENTE_SEED runs it with another. */
#ifndef DT_TESTS_CHANCE_H
#define DT_TESTS_CHANCE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/rational.h"

/* splitmix64 (Steele, Lea, Flood 2014). */
typedef struct chance {
    uint64_t state;
} chance;

static inline uint64_t chance_word(chance *c) {
    uint64_t z = (c->state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* 0..n-1; the bias is of no interest here. */
static inline uint32_t chance_below(chance *c, uint32_t n) {
    return (uint32_t)(chance_word(c) % n);
}

static inline int chance_between(chance *c, int low, int high) {
    return low + (int)chance_below(c, (uint32_t)(high - low) + 1);
}

/* True once in n. */
static inline bool chance_once_in(chance *c, uint32_t n) {
    return chance_below(c, n) == 0;
}

/* A number whose length in bits is as random as the bits: small ones and monstrous ones alike; at most `bits` bits. */
static inline dt__int128 chance_int128(chance *c, uint32_t bits) {
    uint32_t length = chance_below(c, bits + 1);
    dt__uint128 value = (dt__uint128)chance_word(c) << 64 | chance_word(c);
    value = length == 0 ? 0 : value >> (128 - length);
    return chance_once_in(c, 2) ? -(dt__int128)value : (dt__int128)value;
}

/* The seed of a test: DETENTE_SEED, or 1.  Printed, so that a failure can be had again. */
static inline uint64_t chance_seed(const char *test) {
    const char *given = getenv("DETENTE_SEED");
    uint64_t seed = given == NULL ? 1 : strtoull(given, NULL, 10);

    print_message("%s: DETENTE_SEED=%llu\n", test, (unsigned long long)seed);
    return seed;
}

/* An own stream for problem number i of a test. */
static inline chance chance_of(uint64_t seed, uint64_t i) {
    chance c = {.state = seed * UINT64_C(0x2545f4914f6cdd1d) + i * UINT64_C(0xd1342543de82ef95)};
    (void)chance_word(&c);
    return c;
}

#endif
