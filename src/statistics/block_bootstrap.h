/* A ratio of means whose counts depend on those of the days before: moving blocks keep that dependence. */
#ifndef DT__STATISTICS_BLOCK_BOOTSTRAP_H
#define DT__STATISTICS_BLOCK_BOOTSTRAP_H

#include "statistics/rate_ratio.h"

/* Percentiles 2.5 and 97.5 of mean(observed) / mean(baseline) over `resamples` circular block bootstraps of both
 * (Politis and Romano 1992); blocks of `block` periods, or of the cube root of the length when 0.  Resamples with an
 * empty baseline count as infinite.  Deterministic in seed.  DT_OK, DT_ERR_MEMORY; method DT__RATIO_NONE when nothing
 * can be compared. */
DT_NODISCARD dt_status dt__block_bootstrap(dt__ratio *ratio, const double *observed, size_t observed_periods,
                                           const double *baseline, size_t baseline_periods, size_t block,
                                           size_t resamples, uint64_t seed, dt_env *env);

#endif
