#include "space/query.h"

dt_status dt__query_init(dt__query *query, const dt__problem *problem, dt_env *env) {
    *query = (dt__query){.problem = problem,
                         .bit_count = problem->bits.count + 1, /* never empty */
                         .coordinate_count = problem->coordinates.count + 1,
                         .objective = DT__NO_INDEX};
    query->bit_roles = DT__ARRAY(env, uint8_t, query->bit_count);
    query->coordinate_roles = DT__ARRAY(env, uint8_t, query->coordinate_count);
    if (query->bit_roles == NULL || query->coordinate_roles == NULL) {
        dt__query_clear(query, env);
        return DT_ERR_MEMORY;
    }
    for (size_t b = 0; b < problem->bits.count; b++) {
        if (DT__BIT(problem, b)->kind == DT__BIT_RULE) query->bit_roles[b] = DT__HARD;
    }
    return DT_OK;
}

void dt__query_clear(dt__query *query, dt_env *env) {
    if (query->problem == NULL) return;
    DT__FREE(env, query->bit_roles, query->bit_count);
    DT__FREE(env, query->coordinate_roles, query->coordinate_count);
    *query = (dt__query){0};
}

void dt__query_party(dt__query *query, uint32_t party, dt__role role) {
    const dt__problem *problem = query->problem;
    uint32_t coordinate = problem->coordinate_of[party];

    for (size_t b = 0; b < problem->bits.count; b++) {
        const dt__bit *bit = DT__BIT(problem, b);
        if (bit->kind == DT__BIT_RED_LINE && bit->party == party) query->bit_roles[b] = (uint8_t)role;
    }
    if (coordinate != DT__NO_INDEX) query->coordinate_roles[coordinate] = (uint8_t)role;
}
