#include "sensitivity/sobol.h"

#include "base/random.h"

/* ---- direction numbers ---- */

static unsigned degree_of(uint32_t polynomial) {
    unsigned degree = 0;
    while (polynomial >> (degree + 1) != 0) degree++;
    return degree;
}

/* The recurrence of Bratley and Fox 1988: v(k) from the v before it, by the coefficients of the polynomial. */
static void extend(uint32_t *v, uint32_t polynomial, unsigned degree) {
    for (unsigned k = degree; k < DT__SOBOL_BITS; k++) {
        v[k] = v[k - degree] ^ (v[k - degree] >> degree);
        for (unsigned j = 1; j < degree; j++)
            if ((polynomial >> (degree - j)) & 1) v[k] ^= v[k - j];
    }
}

static void fill_directions(dt__sobol *s) {
    const uint16_t *next = dt__sobol_numbers;

    if (s->tabled > 0)
        for (unsigned k = 0; k < DT__SOBOL_BITS; k++) s->directions[0].of_bit[k] = UINT32_C(1) << (31 - k);
    for (size_t d = 1; d < s->tabled; d++) {
        uint32_t polynomial = *next++;
        unsigned degree = degree_of(polynomial);
        for (unsigned k = 0; k < degree; k++) s->directions[d].of_bit[k] = (uint32_t)*next++ << (31 - k);
        extend(s->directions[d].of_bit, polynomial, degree);
    }
}

dt_status dt__sobol_init(dt__sobol *s, size_t dimensions, uint64_t seed, dt_env *env) {
    *s = (dt__sobol){.seed = seed, .dimensions = dimensions};
    s->tabled = dimensions < DT__SOBOL_DIMENSIONS ? dimensions : DT__SOBOL_DIMENSIONS;
    s->directions = DT__ARRAY(env, dt__directions, s->tabled);
    if (s->directions == NULL) return DT_ERR_MEMORY;
    fill_directions(s);
    return DT_OK;
}

void dt__sobol_clear(dt__sobol *s, dt_env *env) {
    DT__FREE(env, s->directions, s->tabled);
    *s = (dt__sobol){0};
}

/* ---- scrambling ---- */

/* Finalizer of splitmix64 (Steele, Lea and Flood 2014): every bit of the key reaches every bit of the result. */
static uint64_t mixed(uint64_t x) {
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

/* Each bit is flipped by a coin of its own for every value of the bits before it: a node of Owen's tree. */
static uint32_t scramble(uint32_t x, uint64_t key) {
    uint32_t flips = 0;

    for (unsigned bit = 0; bit < DT__SOBOL_BITS; bit++) {
        uint64_t node = bit == 0 ? 1 : (UINT64_C(1) << bit) | (x >> (32 - bit));
        flips |= (uint32_t)(mixed(key ^ (node * UINT64_C(0x9e3779b97f4a7c15))) & 1) << (31 - bit);
    }
    return x ^ flips;
}

double dt__sobol_coordinate(const dt__sobol *s, uint32_t index, size_t dimension) {
    uint32_t x = 0;

    if (dimension >= s->tabled) {
        dt__random r;
        dt__random_init(&r, s->seed, index, (uint32_t)dimension);
        return dt__random_uniform(&r);
    }
    for (unsigned k = 0; index >> k != 0; k++)
        if ((index >> k) & 1) x ^= s->directions[dimension].of_bit[k];
    x = scramble(x, mixed(s->seed + UINT64_C(0x9e3779b97f4a7c15) * (dimension + 1)));
    return ((double)x + 0.5) * 0x1p-32;
}
