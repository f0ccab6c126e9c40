/* The Pareto frontier of a query: all non-dominated utility vectors of the outcomes that cross no hard bit, each with
 * the number of outcomes that attain it and one of them.
 *
 * The frontier algebra: TIMES is the Minkowski sum, PLUS the union, both without what is dominated.  A vector dropped
 * within a bucket is dominated by another with the same separator, so every completion of it is dominated too: exact.
 * Ref: Nemhauser and Ullmann 1969; multicriteria bucket elimination, Rollon and Larrosa 2006. */
#ifndef DT__SPACE_FRONTIER_H
#define DT__SPACE_FRONTIER_H

#include "space/algebra.h"
#include "space/order.h"
#include "space/points.h"

typedef struct dt__frontier {
    dt__points points;
    dt__points_kind kind;
    bool overflow;
    dt__arena arena;
    uint32_t coordinates[DT__MAX_PARTIES]; /* of each dimension */
    bool exact; /* false: vectors were thinned out; every vector left out is within epsilon of one that is here */
    dt__int128 epsilon[DT__MAX_PARTIES]; /* per dimension, in its unit; 0 when exact */
} dt__frontier;

/* What a frontier may cost. */
typedef struct dt__frontier_limits {
    size_t points;                     /* of one set, before vectors are thinned out; 0: no limit */
    dt__int128 grain[DT__MAX_PARTIES]; /* boxes into which vectors are put from the start; 0: exact */
} dt__frontier_limits;

/* DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED, DT_ERR_LIMIT (more points, or tables, than the limits).
 * Owns: *f, clear with dt__frontier_clear also after a failure. */
DT_NODISCARD dt_status dt__frontier_find(dt__frontier *f, const dt__query *query, const uint32_t *coordinates,
                                         size_t dimensions, const dt__frontier_limits *limits, dt_env *env);
void dt__frontier_clear(dt__frontier *f);

/* The outcome that a point came from: every issue of the model. */
void dt__points_outcome(const dt__origin *origin, const dt__problem *problem, dt__option *outcome);

#endif
