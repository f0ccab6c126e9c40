/* What guides a search: exact bounds on what the unassigned issues can still bring, given the assigned ones. */
#ifndef DT__SPACE_GUIDE_H
#define DT__SPACE_GUIDE_H

#include "space/algebra.h"
#include "space/order.h"

/* One coordinate that matters: bounds on its rest. */
typedef struct dt__bound {
    uint32_t coordinate;
    dt__int128 threshold;
    dt__best_context high_context, low_context;
    dt__algebra high_algebra, low_algebra;
    dt__elimination high, low;
} dt__bound;

/* A factor that is decided when the variable at a depth is assigned. */
typedef struct dt__decided {
    const dt__factor *factor;
    uint32_t bound; /* of a sum: index into bounds */
} dt__decided;

typedef struct dt__guide {
    const dt__query *query;
    dt__arena arena;
    uint32_t var_count;
    uint32_t *order;
    size_t bound_count;
    dt__bound *bounds;  /* hard and soft coordinates, and the objective */
    uint32_t objective; /* index into bounds, or DT__NO_INDEX */
    dt__best_context feasible_context;
    dt__algebra feasible_algebra;
    dt__elimination feasible;                      /* is any outcome left that crosses no hard bit? */
    uint32_t *hard_start, *soft_start, *sum_start; /* per depth, into the lists */
    dt__decided *hard, *soft, *sums;
    bool possible; /* factors without variables cross no hard bit */
} dt__guide;

/* Chooses an order and runs the eliminations that the query needs.
 * DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED.  Owns: *guide, clear with dt__guide_clear also after a failure. */
DT_NODISCARD dt_status dt__guide_init(dt__guide *guide, const dt__query *query, dt__order_aim aim, dt_env *env);
void dt__guide_clear(dt__guide *guide, dt_env *env);

/* After order[depth-1] was assigned: does it cross a hard bit, or leave no outcome that crosses none? */
bool dt__guide_dead(const dt__guide *guide, uint32_t depth, const dt__option *assignment);
/* Adds what the factors decided at this depth bring to each bound's partial sum.  depth 0: factors without variables.
 */
void dt__guide_add_sums(const dt__guide *guide, uint32_t depth, const dt__option *assignment, dt__int128 *sums);
/* Largest and smallest rest of a bound; DT__NEVER_REACHED when no outcome is left. */
dt__int128 dt__guide_high(const dt__guide *guide, size_t bound, uint32_t depth, const dt__option *assignment);
dt__int128 dt__guide_low(const dt__guide *guide, size_t bound, uint32_t depth, const dt__option *assignment);

#endif
