#include "space/width.h"

#include <string.h>

typedef dt__issue_set var_set;

/* Variables that share a factor, or later a message, with each variable. */
static void connect_all(var_set *neighbours, const dt__query *q) {
    const dt__problem *p = q->problem;

    for (size_t i = 0; i < p->factors.count; i++) {
        const dt__factor *f = DT__FACTOR(p, i);
        if (!dt__query_uses(q, f)) continue;
        for (uint32_t a = 0; a < f->var_count; a++) {
            for (uint32_t b = 0; b < f->var_count; b++) dt__issue_set_add(&neighbours[f->vars[a]], f->vars[b]);
        }
    }
}

/* The table that eliminating a variable makes; its neighbours become neighbours of one another. */
static double eliminate(var_set *neighbours, const dt__problem *p, uint32_t var, bool *gone) {
    double size = p->sizes[var];

    gone[var] = true;
    for (uint32_t u = 0; u < p->var_count; u++) {
        if (gone[u] || !dt__issue_set_has(&neighbours[var], u)) continue;
        size *= p->sizes[u];
        for (uint32_t t = 0; t < p->var_count; t++) {
            if (!gone[t] && dt__issue_set_has(&neighbours[var], t)) dt__issue_set_add(&neighbours[u], t);
        }
    }
    return size;
}

dt_status dt__width(double *entries, const dt__query *query, dt_env *env) {
    uint32_t order[DT__MAX_ISSUES];
    bool gone[DT__MAX_ISSUES] = {false};
    var_set *neighbours = DT__ARRAY(env, var_set, DT__MAX_ISSUES);
    dt_status st = neighbours == NULL ? DT_ERR_MEMORY : dt__order_choose(order, query, DT__ORDER_TABLES, env);

    *entries = 0;
    if (st == DT_OK) connect_all(neighbours, query);
    for (size_t place = query->problem->var_count; st == DT_OK && place-- > 0;) {
        double size = eliminate(neighbours, query->problem, order[place], gone);
        if (size > *entries) *entries = size;
    }
    if (neighbours != NULL) DT__FREE(env, neighbours, DT__MAX_ISSUES);
    return st;
}
