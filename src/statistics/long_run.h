/* A ratio of means whose counts wander for days: the scatter of long sums, not of single periods, makes the interval.
 *
 * Weights of slow cosines of the baseline tell how far sums of many periods scatter (equal-weighted cosines; Mueller
 * 2004; Lazarus, Lewis, Stock and Watson 2018).  So few of them are used that their own doubt is that of Student's t
 * with as many degrees of freedom. */
#ifndef DT__STATISTICS_LONG_RUN_H
#define DT__STATISTICS_LONG_RUN_H

#include "statistics/rate_ratio.h"

/* A sum over periods with exposures e and mean m each full one has the variance m E + m^2 (sum e^2) / size. */
typedef struct dt__long_run {
    double size;    /* of the negative binomial that has as wide sums; INFINITY: no more than Poisson */
    size_t freedom; /* degrees of freedom; 0: too few periods, or no event */
    double periods; /* of the baseline */
    double carry;   /* correlation of neighbours, corrected for what few periods hide; 0..0.99 */
    double as_if;   /* as many independent periods tell as much of the mean: periods (1 - carry) / (1 + carry) */
} dt__long_run;

/* Cost: periods^(5/3).  From twelve periods on. */
dt__long_run dt__long_run_of(dt__periods baseline);
/* 95 percent by Student's t; method DT__RATIO_NONE where nothing can be compared, or nothing was observed. */
dt__ratio dt__ratio_long_run(dt__exposed observed, dt__exposed baseline, const dt__long_run *l);

/* Chance that Student's t lies farther from 0 than x, on either side; and the x of such a chance in (0, 1). */
double dt__student_beyond(double x, double freedom);
double dt__student_reach(double chance, double freedom);

#endif
