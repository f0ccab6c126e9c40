/* Did a rate rise?  A CUSUM that gives a false alarm in no more than a stated share of all windows, though the rate
 * before is not known but estimated from a baseline. */
#ifndef DT__STATISTICS_RISE_H
#define DT__STATISTICS_RISE_H

#include "statistics/rate_ratio.h"

typedef struct dt__rise_rule {
    double factor; /* the rise to be found, > 1 */
    double budget; /* share of windows with an alarm while nothing changes */
    size_t runs;   /* rearrangements, so many that budget x (runs + 1) is at least 1 */
    uint64_t seed;
} dt__rise_rule;

typedef struct dt__rise {
    bool alarm;
    size_t first;     /* period of the window at which it is raised, if so */
    double highest;   /* state of the CUSUM in the window */
    double threshold; /* alarm above it; NAN where there is none, for it was not looked for to the end */
} dt__rise;

/* While nothing changes, the periods of baseline and window could stand in any other order.  The highest state is
 * compared with those of `runs` rearrangements of all of them, each with the rate of its own baseline: of windows of
 * independent periods watched in full no more than `budget` raise an alarm, however counts scatter (Fisher 1935; Besag
 * and Clifford 1989 on ending early).  A count that comes to stand where less was watched is thinned; where more was, it
 * is filled up from what a negative binomial with the moments of all periods leads to expect: then it is so nearly.
 * Cost: window x runs at most, a tenth of it where nothing rose; a table of all periods.  Deterministic in seed.
 * DT_OK, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__rise_watch(dt__rise *rise, dt__periods baseline, dt__periods window,
                                      const dt__rise_rule *rule, dt_env *env);

#endif
