/* A ratio of means whose counts depend on those of the days before: moving blocks keep that dependence. */
#ifndef DT__STATISTICS_BLOCK_BOOTSTRAP_H
#define DT__STATISTICS_BLOCK_BOOTSTRAP_H

#include "statistics/rate_ratio.h"

/* Circular block bootstraps of one series (Politis and Romano 1992): its rate, and those of `count` resamples. */
typedef struct dt__resamples {
    double rate;
    size_t count;
    double *rates;
} dt__resamples;

/* Fills out->rates, of which out->count are given by the caller, from blocks of `block` periods, or of the cube root of
 * the length when 0.  Deterministic in seed; two series need streams of their own.  Cost: a look-up per block.
 * DT_OK, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__resample(dt__resamples *out, dt__periods p, size_t block, uint64_t seed, uint32_t stream,
                                    dt_env *env);
/* Percentiles 2.5 and 97.5 of rate(observed) / rate(baseline), resample by resample; an empty baseline counts as
 * infinite.  The resamples of the baseline are used up.  Method DT__RATIO_NONE when nothing can be compared. */
dt__ratio dt__ratio_of_resamples(const dt__resamples *observed, dt__resamples *baseline);

/* Correlation of the rate of a period with that of the one before; 0 for fewer than three, or when none differ. */
double dt__autocorrelation(dt__periods p);

#endif
