/* Search with exact bounds: is there an outcome that keeps all hard bits and thresholds, and which is the best?
 * And: which minimal sets of soft bits and thresholds stand in the way?
 *
 * At every step eliminations say the most that each party can still get, so branches that cannot lead anywhere are not
 * entered.  What is proven is said; work beyond the limit is said too. */
#ifndef DT__SPACE_SEARCH_H
#define DT__SPACE_SEARCH_H

#include "space/guide.h"

/* Work allowed, in nodes: deterministic, unlike seconds. */
typedef struct dt__limits {
    uint64_t nodes;   /* of a search */
    size_t states;    /* of a walk, in one layer */
    uint64_t descent; /* outcomes that a walk may still look at one by one when its states do not meet */
    size_t list;      /* most sets listed; 0: all */
} dt__limits;

typedef struct dt__best {
    bool found;
    bool proven;          /* found: nothing is better; not found: there is none */
    dt__int128 objective; /* in the unit of the query's objective; 0 without one */
    dt__option *outcome;  /* per issue; memory of the caller */
    uint64_t nodes;
} dt__best;

/* Finds an outcome that crosses no hard bit and reaches every hard threshold, with the largest objective if the query
 * has one; never the outcome that the query passes over.  best->outcome has room for every issue of the model.
 * DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED. */
DT_NODISCARD dt_status dt__search_best(dt__best *best, const dt__query *query, const dt__limits *limits, dt_env *env);

/* The minimal sets of soft bits crossed and soft thresholds missed, over all outcomes that keep what is hard.  Numbers
 * of the masks: dt__soft_numbers_init.  *complete: all were found; otherwise those found are sets that occur, not all
 * minimal. DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED, DT_ERR_LIMIT (too many soft bits). */
DT_NODISCARD dt_status dt__search_conflicts(dt__antichain *out, bool *complete, const dt__query *query,
                                            const dt__limits *limits, dt_env *env);

#endif
