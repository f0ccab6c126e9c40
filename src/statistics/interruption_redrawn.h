/* An interrupted series drawn again and again from its own fit: how far its estimates scatter, and how often a series
 * without any change would show as large a one (parametric bootstrap; Efron 1979, Davison and Hinkley 1997). */
#ifndef DT__STATISTICS_INTERRUPTION_REDRAWN_H
#define DT__STATISTICS_INTERRUPTION_REDRAWN_H

#include "statistics/interruption.h"

typedef struct dt__range {
    double low, high; /* 95 percent */
} dt__range;

typedef struct dt__redrawn {
    size_t draws;            /* of each kind; 0: the fit without a change did not settle */
    size_t failed;           /* of both kinds: could not be fitted, and are left out */
    double chance;           /* of as large a change |c| where nothing changed: 1 / (draws + 1) at least */
    dt__range change, slope; /* of c and d, log scale */
    dt__range half_life;     /* days; high INFINITY: that it does not fade cannot be ruled out */
} dt__redrawn;

/* `fit`: of this very series.  Counts are drawn with the size that explains their squared residuals, freedoms counted,
 * for the likelihood makes them scatter too little.  Cost: 2 draws fits, and draws x days numbers.  Deterministic in
 * seed.  DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED. */
DT_NODISCARD dt_status dt__interruption_redraw(dt__redrawn *out, const dt__series *series, const dt__interruption *fit,
                                               size_t draws, uint64_t seed, dt_env *env);

#endif
