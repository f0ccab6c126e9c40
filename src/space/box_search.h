/* Branch and bound over boxes: the outcome of largest weighted sum that is above a corner in every coordinate.
 *
 * A box is either entered (its issues narrow to it) or left out (it may not be entered), so issues narrow until the sum
 * is decided.  The bound shares each box's value out among its issues and lets every issue choose for itself; shares
 * move to where they cost least.  Bounds are rounded outwards, values of outcomes are exact.
 * Ref: max-sum diffusion, Werner 2007; block-coordinate ascent on the local polytope, Globerson and Jaakkola 2007. */
#ifndef DT__SPACE_BOX_SEARCH_H
#define DT__SPACE_BOX_SEARCH_H

#include "space/weighted_boxes.h"

typedef struct dt__box_goal {
    const double *weights;   /* per dimension, above zero: what is maximised */
    const dt__int128 *above; /* per dimension: the outcome has to be worth more than this */
    uint64_t nodes;          /* work allowed */
} dt__box_goal;

typedef struct dt__box_result {
    bool found;
    bool closed;        /* found: nothing has a larger sum; not found: there is no such outcome */
    dt__int128 *values; /* per dimension, of the outcome found; memory of the caller */
    dt__option *choice; /* per variable; memory of the caller */
    double bound;       /* the weighted sum of every such outcome is at most this */
    double *upper;      /* per dimension: every such outcome is worth at most this; memory of the caller */
    uint64_t nodes;
} dt__box_result;

typedef struct dt__box_searcher dt__box_searcher;

/* What repeated searches share.  NULL when there is no memory.  Lies in the arena. */
dt__box_searcher *dt__box_searcher_new(const dt__boxes *boxes, dt__arena *arena, dt_env *env);
/* DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED. */
DT_NODISCARD dt_status dt__box_search(dt__box_result *result, dt__box_searcher *s, const dt__box_goal *goal);

#endif
