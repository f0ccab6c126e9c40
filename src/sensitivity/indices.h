/* Shares of the variance of a function in its independent inputs, from evaluations at two sample matrices A and B.
 *
 * Estimates near zero may come out negative: they are noise, and are neither cut nor hidden here. */
#ifndef DT__SENSITIVITY_INDICES_H
#define DT__SENSITIVITY_INDICES_H

#include "base/env.h"

/* A share of the variance with its interval. */
typedef struct dt__index {
    double value, low, high;
} dt__index;

/* Evaluations: at the rows of A, at those of B, and per input at the rows of A with that input's column from B. */
typedef struct dt__evaluations {
    size_t rows, inputs;
    const double *a, *b;
    const double *const *ab; /* [input][row] */
} dt__evaluations;

typedef struct dt__variance {
    double mean, variance; /* over A and B */
    bool varies;           /* false: the function is constant on the sample, and there are no shares */
} dt__variance;

/* First-order indices (Saltelli et al. 2010, table 2 (b)) and total indices (Jansen 1999), per input, with intervals of
 * 1.96 standard deviations over `resamples` bootstraps of the rows; the same for any number of threads.
 * first, total: one per input.  Shares are 0 when nothing varies.
 * Cost: rows x inputs x resamples multiply-adds.  DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED. */
DT_NODISCARD dt_status dt__sobol_indices(dt__variance *variance, dt__index *first, dt__index *total,
                                         const dt__evaluations *evaluations, size_t resamples, uint64_t seed,
                                         dt_env *env);

#endif
