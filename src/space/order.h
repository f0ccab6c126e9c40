/* The order in which variables are assigned; elimination goes the other way round. */
#ifndef DT__SPACE_ORDER_H
#define DT__SPACE_ORDER_H

#include "space/query.h"

/* What the order is to keep small. */
typedef enum dt__order_aim {
    DT__ORDER_TABLES = 0, /* the tables of an elimination */
    DT__ORDER_SEPARATORS  /* what a walk has to remember between the assigned and the rest */
} dt__order_aim;

/* Fills order[0..var_count-1].  Min-fill, min-weight and least-separator orders are made, the best for the aim is
 * taken; ties go to the lower variable, so the order depends on the query alone. Cost: O(k^3) for k variables.  Ref:
 * Kjaerulff 1990 (min-fill, min-weight). */
DT_NODISCARD dt_status dt__order_choose(uint32_t *order, const dt__query *query, dt__order_aim aim, dt_env *env);

#endif
