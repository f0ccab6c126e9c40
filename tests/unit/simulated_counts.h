/* Counts whose truth is known: scattered, wandering from day to day, watched in part.  Drawn by other means than the
 * library's own tables. */
#ifndef DT_TESTS_SIMULATED_COUNTS_H
#define DT_TESTS_SIMULATED_COUNTS_H

#include <math.h>

#include "base/env.h"
#include "base/random.h"
#include "chance.h"

/* Sanitizers make everything ten times as slow and nothing truer: fewer runs, wider bounds. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SLOW_BUILD 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SLOW_BUILD 1
#endif
#ifndef SLOW_BUILD
#define SLOW_BUILD 0
#endif

enum { FEWER = SLOW_BUILD ? 16 : 1 };

/* Three and a half standard errors of a share that `runs` runs tell, so that one of thousands is beyond them. */
static inline double leeway(double share, double runs) {
    return 3.5 * sqrt(share * (1 - share) / runs);
}

static inline dt_env *new_environment(void) {
    dt_env *env = NULL;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    return env;
}

static inline double drawn_poisson(double mean, dt__random *r) {
    double count = -1, product = 1, least = exp(-mean);
    while (product > least) product *= dt__random_uniform(r), count++;
    return count;
}

/* A gamma of mean 1. */
static inline double drawn_share(double size, dt__random *r) {
    if (isinf(size)) return 1;
    if (size >= 1) return dt__random_gamma(r, size) / size;
    return dt__random_gamma(r, size + 1) * pow(dt__random_uniform(r), 1 / size) / size;
}

/* Negative binomial; size INFINITY: Poisson. */
static inline double drawn_count(double mean, double size, dt__random *r) {
    return drawn_poisson(mean * drawn_share(size, r), r);
}

#endif
