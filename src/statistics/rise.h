/* Did a rate rise?  A CUSUM that gives a false alarm in no more than a stated share of all windows, though the rate
 * before is not known but estimated from a baseline. */
#ifndef DT__STATISTICS_RISE_H
#define DT__STATISTICS_RISE_H

#include "statistics/rate_ratio.h"

typedef struct dt__rise_rule {
    double factor; /* the rise to be found, > 1 */
    double budget; /* share of windows with an alarm while nothing changes */
    size_t
        planned; /* periods of the whole window, of which the first may be over; fewer than those: as many as those */
    size_t runs; /* rearrangements at most for one look */
    uint64_t seed;
} dt__rise_rule;

typedef struct dt__rise {
    bool alarm;
    size_t first;   /* period of the window at which it is raised, if so: later ones change nothing */
    double highest; /* state of the CUSUM, until then or in the window */
} dt__rise;

/* While nothing changes, the periods of the baseline and those of the window so far could stand in any other order.  At
 * each period that brings the CUSUM to a new height that height is compared with those of `runs` rearrangements of all
 * periods until then, each with the rate of its own baseline: exact for one look at independent periods watched in
 * full, however they scatter (Fisher 1935; Besag and Clifford 1989 on ending early).  One look has budget / (1 + 1.1 ln
 * planned), by simulation enough for as many looks as there are periods (constant levels as in Pocock 1977).
 *
 * A count that comes to stand where less was watched is thinned; where more was, it is filled up from what a negative
 * binomial with the moments of all periods leads to expect.  Where the periods of a baseline of 25 and more seem to
 * depend on one another, blocks of up to eight change places: swings then raise fewer alarms, but more than the budget.
 *
 * Cost: new heights x window x runs at most, a tenth of it where nothing rose.  Deterministic in seed.
 *
 * DT_OK, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__rise_watch(dt__rise *rise, dt__periods baseline, dt__periods window,
                                      const dt__rise_rule *rule, dt_env *env);

#endif
