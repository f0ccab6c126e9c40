/* The frontier of a query too wide to eliminate: found point by point, with a proof of what is still missing.
 *
 * Found vectors leave zones that they do not cover: everything above a corner.  Each zone is searched for its best
 * vector; a vector cuts its zones into smaller ones, a search without result closes its zone.  When all zones are
 * closed the frontier is exact.  Otherwise every open zone has bounds, and they give an epsilon: no outcome is better
 * than some vector found by more than that in every coordinate.  Ref: Klamroth, Lacour and Vanderpooten 2015 (local
 * bounds of the search region); epsilon dominance, Laumanns et al. 2002. */
#ifndef DT__SPACE_ZONES_H
#define DT__SPACE_ZONES_H

#include "space/frontier.h"

typedef struct dt__zone_limits {
    uint64_t nodes;                    /* of all searches together */
    dt__int128 grain[DT__MAX_PARTIES]; /* zones no wider than this in some coordinate are left open; 0: exact */
} dt__zone_limits;

/* Fills f as dt__frontier_find does, but multiplicities are not counted (they are 1).  f->exact: all zones are closed;
 * otherwise f->epsilon holds.  bounds: per dimension, no outcome is worth more.  DT_OK, DT_ERR_MEMORY,
 * DT_ERR_CANCELLED, DT_ERR_LIMIT (no boxes for this query).  Owns: *f, clear with dt__frontier_clear also after a
 * failure. */
DT_NODISCARD dt_status dt__zones_search(dt__frontier *f, dt__int128 *bounds, const dt__query *query,
                                        const uint32_t *coordinates, size_t dimensions, const dt__zone_limits *limits,
                                        dt_env *env);

/* One search, by the same means, for an outcome worth at least `values` in every coordinate and more in some.  f holds
 * it (one point, or none); *proven: when there is none in f, there is none.  Status and ownership as above. */
DT_NODISCARD dt_status dt__zones_better(dt__frontier *f, bool *proven, const dt__query *query,
                                        const uint32_t *coordinates, size_t dimensions, const dt__int128 *values,
                                        uint64_t nodes, dt_env *env);

#endif
