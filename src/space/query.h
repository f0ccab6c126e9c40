/* Which bits and coordinates of a problem matter to a question, and how. */
#ifndef DT__SPACE_QUERY_H
#define DT__SPACE_QUERY_H

#include "space/problem.h"

typedef enum dt__role {
    DT__IGNORED = 0,
    DT__HARD, /* a bit that may not be crossed; a coordinate that has to reach its threshold */
    DT__SOFT  /* it may fail, and the answer says so */
} dt__role;

typedef struct dt__query {
    const dt__problem *problem;
    size_t bit_count, coordinate_count;
    uint8_t *bit_roles;        /* dt__role per bit */
    uint8_t *coordinate_roles; /* dt__role per coordinate */
    uint32_t objective;        /* coordinate to maximise, or DT__NO_INDEX */
    const dt__option *except;  /* an outcome that a search for an outcome passes over; NULL: none */
} dt__query;

/* Rules are hard, everything else is ignored. */
DT_NODISCARD dt_status dt__query_init(dt__query *query, const dt__problem *problem, dt_env *env);
void dt__query_clear(dt__query *query, dt_env *env);
/* The red lines and the reservation value of a party. */
void dt__query_party(dt__query *query, uint32_t party, dt__role role);

/* Does the query use this factor: in bits that are not ignored, or in this coordinate (DT__NO_INDEX: in none)? */
static inline bool dt__query_uses_bit(const dt__query *query, const dt__factor *factor) {
    return factor->kind == DT__FACTOR_BIT && query->bit_roles[factor->target] != DT__IGNORED;
}
static inline bool dt__query_uses_sum(const dt__query *query, const dt__factor *factor) {
    return factor->kind == DT__FACTOR_SUM &&
           (query->coordinate_roles[factor->target] != DT__IGNORED || factor->target == query->objective);
}
static inline bool dt__query_uses(const dt__query *query, const dt__factor *factor) {
    return dt__query_uses_bit(query, factor) || dt__query_uses_sum(query, factor);
}

#endif
