/* Shapley effects: shares of the variance that add up to one, for independent inputs.
 *
 * For every row a permutation leads from the row of A to the row of B, one input at a time; half the product below,
 * averaged over rows, is an input's contribution to the variance.  Ref: Owen 2014; estimator of Goda 2021, eq. (5). */
#ifndef DT__SENSITIVITY_SHAPLEY_H
#define DT__SENSITIVITY_SHAPLEY_H

#include "sensitivity/indices.h"

/* The order in which row `row` takes its inputs from B: a uniform permutation by a stream of its own. */
void dt__shapley_order(uint32_t *order, size_t inputs, uint64_t seed, uint64_t row);
/* Contributions of one row: values[0] at A, values[k] after k inputs were taken from B.  contributions: per input. */
void dt__shapley_contributions(double *contributions, const double *values, const uint32_t *order, size_t inputs);
/* Shares per input of rows x inputs contributions, with intervals of 1.96 standard errors of a ratio. */
void dt__shapley_effects(dt__index *effects, const double *contributions, size_t rows, size_t inputs);

#endif
