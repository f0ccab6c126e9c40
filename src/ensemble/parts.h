/* The utilities of a format as tables over a few issues: for each combination what is sure, and which uncertain amounts
 * it includes. */
#ifndef DT__ENSEMBLE_PARTS_H
#define DT__ENSEMBLE_PARTS_H

#include "ensemble/amounts.h"

typedef struct dt__part {
    uint32_t dimension, var_count;
    uint32_t *vars, *strides; /* as in dt__factor */
    size_t size;
    size_t no_deal;  /* the combination of no deal; size where no deal is given as a number */
    int64_t *fixed;  /* per combination */
    int64_t *most;   /* per combination: most that it can gain over no deal, whatever is drawn */
    uint64_t *masks; /* per combination x words */
} dt__part;

typedef struct dt__parts {
    const dt__problem *problem; /* its bits and variables count here, not its sums */
    const dt__amounts *amounts;
    size_t dimensions, words, count, capacity;
    const uint32_t *parties; /* of the dimensions */
    dt__part *list;
    int64_t *no_deal_fixed; /* per dimension: what the outcome of no deal is worth; 0 where a number is given instead */
    uint64_t *no_deal_masks; /* per dimension x words */
} dt__parts;

/* Everything lies in `arena`.  DT_OK, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__parts_init(dt__parts *parts, const dt__problem *problem, const dt__amounts *amounts,
                                      const uint32_t *parties, size_t dimensions, const dt__option *no_deal,
                                      dt__arena *arena);

static inline size_t dt__part_index(const dt__part *part, const dt__option *assignment) {
    size_t index = 0;
    for (uint32_t i = 0; i < part->var_count; i++) index += (size_t)part->strides[i] * assignment[part->vars[i]];
    return index;
}

#endif
