/* Counting outcomes under reservation values: issue by issue, remembering only what still matters.
 *
 * What still matters of a partial outcome is where the issues stand that the rest depends on, and each party's sum so
 * far: "sure" once its reservation value is reached whatever follows, "lost" once it is out of reach.  Partial outcomes
 * that agree in this are one state with a count.  Exact; cost = number of states, not of outcomes. */
#ifndef DT__SPACE_WALK_H
#define DT__SPACE_WALK_H

#include "base/count.h"
#include "space/search.h"

/* Which sets of accepting parties win. */
typedef struct dt__winning {
    bool (*wins)(const void *payload, dt__party_set accepting);
    const void *payload;
} dt__winning;

/* A count, or bounds on it. */
typedef struct dt__tally {
    bool exact;
    size_t limbs;
    dt__limb count[DT__COUNT_MAX_LIMBS]; /* when not exact: a lower bound */
    dt__limb high[DT__COUNT_MAX_LIMBS];  /* equal to count when exact */
    uint64_t states;                     /* work done */
} dt__tally;

/* Counts outcomes that cross no hard bit and reach every hard threshold, and whose accepting parties win: a party of a
 * soft coordinate accepts when it crosses none of its soft red lines and reaches its threshold.  winning NULL: all
 * parties that matter are hard.  Past the limit of states or time, bounds. DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED. */
DT_NODISCARD dt_status dt__walk_count(dt__tally *tally, const dt__query *query, const dt__winning *winning,
                                      const dt__limits *limits, dt_env *env);

#endif
