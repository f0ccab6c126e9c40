/* Ratio of two rates, with an interval that respects how counts really scatter.
 *
 * y0 events in n0 periods of a baseline, y1 in n1 observed periods; a period is a day, or any unit of exposure (watched
 * time).  Intervals are of 95 percent, two-sided. */
#ifndef DT__STATISTICS_RATE_RATIO_H
#define DT__STATISTICS_RATE_RATIO_H

#include "base/env.h"

/* Counts of periods in order, each watched for a share of the period; exposures NULL: all in full. */
typedef struct dt__periods {
    const double *counts, *exposures;
    size_t count;
} dt__periods;

/* How the counts of single periods scatter: variance = mean + mean^2 / size. */
typedef struct dt__scatter {
    size_t periods;
    double mean, variance; /* of the sample, n - 1 */
    double size;           /* negative binomial, by moments; INFINITY: no more than Poisson */
} dt__scatter;

dt__scatter dt__scatter_of(const double *counts, size_t periods);
/* The same of periods that were watched in part: exposures > 0, a share of a period each; NULL: all in full.  mean and
 * variance are those of a period watched in full.  By moments: sum (y - m e)^2 against what it is expected to be. */
dt__scatter dt__scatter_exposed(const double *counts, const double *exposures, size_t periods);

typedef enum dt__ratio_method {
    DT__RATIO_NONE = 0,          /* nothing to compare: no periods, or no event in the baseline */
    DT__RATIO_NEGATIVE_BINOMIAL, /* normal on the log scale; var = 1/y0 + 1/y1 + 1/(n0 size) + 1/(n1 size) */
    DT__RATIO_POISSON,           /* the same with infinite size */
    DT__RATIO_CONDITIONAL,       /* exact: y1 of y0 + y1 is binomial (Clopper and Pearson 1934) */
    DT__RATIO_BLOCK_BOOTSTRAP,   /* block_bootstrap.h */
    DT__RATIO_LONG_RUN,          /* long_run.h */
    DT__RATIO_ZERO               /* nothing observed: 0, and an upper bound of 95 percent from the baseline's scatter */
} dt__ratio_method;

typedef struct dt__ratio {
    double value, low, high;
    dt__ratio_method method;
} dt__ratio;

/* Of periods watched in part, `periods` is the watched time, sum e, and `effective` the number of periods watched in
 * full that would scatter as much, (sum e)^2 / sum e^2; 0: as many as `periods`. */
typedef struct dt__exposed {
    double events, periods, effective;
} dt__exposed;

dt__ratio dt__ratio_poisson(dt__exposed observed, dt__exposed baseline);
dt__ratio dt__ratio_negative_binomial(dt__exposed observed, dt__exposed baseline, double size);
/* Exact where counts are whole and scatter is Poisson; at most 2^31 events. */
dt__ratio dt__ratio_conditional(dt__exposed observed, dt__exposed baseline);
/* Nothing was observed: the bound of dt__zero_bound over the baseline's mean. */
dt__ratio dt__ratio_zero(dt__exposed observed, const dt__scatter *baseline);
/* The method that fits the counts: zero, exact below `exact_below` events on either side when the baseline scatters no
 * more than Poisson, else negative binomial or Poisson. */
dt__ratio dt__ratio_fitting(dt__exposed observed, dt__exposed baseline, const dt__scatter *scatter, double exact_below);

/* Chance of no event in so many periods at the baseline's rate and scatter.  Of periods watched in part: of a sum that
 * is negative binomial with mean m sum e and size k effective, which has the mean and the variance of the true one. */
double dt__zero_chance(dt__exposed observed, const dt__scatter *baseline);
/* Largest rate per period, as a share of the baseline's, at which no event in so many periods still has chance alpha.
 */
double dt__zero_bound(dt__exposed observed, const dt__scatter *baseline, double alpha);

/* Difference of differences: the ratio of one ratio to that of a control series; variances of the logs add. */
dt__ratio dt__ratio_against_control(const dt__ratio *ratio, const dt__ratio *control);

#endif
