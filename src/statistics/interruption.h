/* An interrupted series: did the level or the slope of daily counts change at a date?
 *
 * ln mu_t = offset_t + a + b t + c post_t + d (t - t0)+ + weekday, counts negative binomial; the size by likelihood.
 * Errors are Newey-West (1987), so days may depend on one another.  Penfold and Zhang 2013 on the design. */
#ifndef DT__STATISTICS_INTERRUPTION_H
#define DT__STATISTICS_INTERRUPTION_H

#include "base/env.h"

typedef struct dt__series {
    const double *counts;  /* per day */
    const double *offsets; /* log of effort; -INFINITY: the day is not counted; NULL: none */
    size_t days, first;    /* `first`: index of the first day after the interruption */
    unsigned weekday;      /* of day 0, 0..6; weekday effects are fitted when weekdays is true */
    bool weekdays;
    bool change_only; /* no errors: the estimates' intervals are not to be had (for many fits) */
    bool unchanged;   /* c = d = 0: the days as if nothing had happened */
} dt__series;

typedef struct dt__estimate {
    double value, error, low, high; /* log scale; 95 percent */
} dt__estimate;

enum { DT__INTERRUPTION_PARAMETERS = 10 };

typedef struct dt__interruption {
    bool fitted;                              /* false: too few days on one side, or the fit does not settle */
    double size;                              /* of the negative binomial; INFINITY: Poisson */
    dt__estimate change;                      /* c: exp(c) is the immediate ratio */
    dt__estimate slope;                       /* d per day */
    double half_life;                         /* days until half of the change is gone; INFINITY: it does not fade */
    size_t parameters;                        /* that were fitted */
    double beta[DT__INTERRUPTION_PARAMETERS]; /* a, b, c, d and six weekdays; time in lengths of the series */
} dt__interruption;

/* Cost: days x parameters^2 x iterations; allocates once.  DT_OK, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__interruption_fit(dt__interruption *fit, const dt__series *series, dt_env *env);
/* Means of the days by a fit of this series; 0 where nobody watched. */
void dt__interruption_means(double *means, const dt__series *series, const dt__interruption *fit);

#endif
