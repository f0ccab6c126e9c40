/* A ratio of means whose counts depend on those of the days before: moving blocks keep that dependence. */
#ifndef DT__STATISTICS_BLOCK_BOOTSTRAP_H
#define DT__STATISTICS_BLOCK_BOOTSTRAP_H

#include "statistics/rate_ratio.h"

/* Counts of periods in order, each watched for a share of the period; exposures NULL: all in full. */
typedef struct dt__periods {
    const double *counts, *exposures;
    size_t count;
} dt__periods;

/* Percentiles 2.5 and 97.5 of rate(observed) / rate(baseline) over `resamples` circular block bootstraps of both
 * (Politis and Romano 1992); blocks of `block` periods, or of the cube root of the length when 0.  Resamples with an
 * empty baseline count as infinite.  Deterministic in seed.  DT_OK, DT_ERR_MEMORY; method DT__RATIO_NONE when nothing
 * can be compared. */
DT_NODISCARD dt_status dt__block_bootstrap(dt__ratio *ratio, dt__periods observed, dt__periods baseline, size_t block,
                                           size_t resamples, uint64_t seed, dt_env *env);

/* Correlation of the rate of a period with that of the one before; 0 for fewer than three, or when none differ. */
double dt__autocorrelation(dt__periods p);

#endif
