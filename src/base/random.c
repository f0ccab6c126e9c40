#include "base/random.h"

#define R123_ASSERT(x) ((void)0) /* the library never aborts */
#include <Random123/philox.h>
#include <math.h>

void dt__random_init(dt__random *r, uint64_t seed, uint64_t draw, uint32_t stream) {
    *r = (dt__random){.seed = seed, .draw = draw, .stream = stream};
}

/* Counter: draw (64 bits), stream, position in the stream.  Key: the seed. */
static uint32_t next_word(dt__random *r) {
    if (r->left == 0) {
        philox4x32_ctr_t counter = {{(uint32_t)r->draw, (uint32_t)(r->draw >> 32), r->stream, r->counter++}};
        philox4x32_key_t key = {{(uint32_t)r->seed, (uint32_t)(r->seed >> 32)}};
        philox4x32_ctr_t words = philox4x32(counter, key);
        for (int i = 0; i < 4; i++) r->words[i] = words.v[i];
        r->left = 4;
    }
    return r->words[4 - r->left--];
}

double dt__random_uniform(dt__random *r) {
    uint64_t high = next_word(r) >> 6, low = next_word(r) >> 6; /* 26 bits each: the half added below is exact */
    return ((double)(high << 26 | low) + 0.5) * 0x1p-52;
}

uint32_t dt__random_below(dt__random *r, uint32_t n) {
    uint32_t word = next_word(r);
    while (word < n && word < (0 - n) % n) word = next_word(r); /* the remainder is below n: seldom worth a division */
    return word % n;
}

double dt__random_normal(dt__random *r) {
    const double two_pi = 6.283185307179586;
    double radius = sqrt(-2.0 * log(dt__random_uniform(r)));
    return radius * cos(two_pi * dt__random_uniform(r));
}

double dt__random_gamma(dt__random *r, double shape) {
    double d = shape - 1.0 / 3.0, c = 1.0 / sqrt(9.0 * d);

    while (true) {
        double x = dt__random_normal(r), v = 1.0 + c * x;
        if (v <= 0) continue;
        v = v * v * v;
        if (log(dt__random_uniform(r)) < 0.5 * x * x + d - d * v + d * log(v)) return d * v;
    }
}
