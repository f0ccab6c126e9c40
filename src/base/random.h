/* Counter-based random streams (Philox 4x32-10, Salmon et al. 2011, by Random123): the numbers of a draw depend on
 * (seed, draw, stream) alone, never on the order or the thread in which they are asked for. */
#ifndef DT__BASE_RANDOM_H
#define DT__BASE_RANDOM_H

#include "base/env.h"

typedef struct dt__random {
    uint64_t seed, draw;
    uint32_t stream, counter;
    uint32_t words[4];
    unsigned left; /* words not yet used */
} dt__random;

void dt__random_init(dt__random *r, uint64_t seed, uint64_t draw, uint32_t stream);
double dt__random_uniform(dt__random *r);             /* in (0, 1), 52 bits */
uint32_t dt__random_below(dt__random *r, uint32_t n); /* 0..n-1 without bias */
double dt__random_normal(dt__random *r);              /* mean 0, deviation 1 (Box and Muller 1958) */
double dt__random_gamma(dt__random *r, double shape); /* shape >= 1 (Marsaglia and Tsang 2000) */

#endif
