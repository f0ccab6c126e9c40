#include "space/guide.h"

#include <string.h>

/* Place of the deepest variable of a factor, plus one: the depth at which it is decided. */
static uint32_t decided_at(const dt__factor *f, const uint32_t *place) {
    uint32_t depth = 0;
    for (uint32_t i = 0; i < f->var_count; i++) {
        if (place[f->vars[i]] + 1 > depth) depth = place[f->vars[i]] + 1;
    }
    return depth;
}

static uint32_t bound_of(const dt__guide *g, uint32_t coordinate) {
    for (uint32_t i = 0; i < g->bound_count; i++) {
        if (g->bounds[i].coordinate == coordinate) return i;
    }
    return DT__NO_INDEX;
}

typedef enum kind { HARD_BITS, SOFT_BITS, SUMS } kind;

static bool is_of(const dt__query *q, const dt__factor *f, kind wanted) {
    if (wanted == SUMS) return dt__query_uses_sum(q, f);
    return f->kind == DT__FACTOR_BIT && q->bit_roles[f->target] == (wanted == HARD_BITS ? DT__HARD : DT__SOFT);
}

/* Factors of a kind, grouped by the depth at which they are decided: counted, then placed. */
static dt_status list_decided(dt__guide *g, kind wanted, const uint32_t *place, uint32_t **start, dt__decided **list) {
    const dt__problem *p = g->query->problem;
    uint32_t *next = DT__ARENA_ARRAY(&g->arena, uint32_t, (size_t)g->var_count + 3);

    *start = next;
    *list = DT__ARENA_ARRAY(&g->arena, dt__decided, p->factors.count);
    if (next == NULL || *list == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < p->factors.count; i++) {
        if (is_of(g->query, DT__FACTOR(p, i), wanted)) next[decided_at(DT__FACTOR(p, i), place) + 2]++;
    }
    for (uint32_t depth = 0; depth < g->var_count + 2; depth++) next[depth + 1] += next[depth];
    for (size_t i = 0; i < p->factors.count; i++) { /* afterwards next[depth + 1] is where the depth ends */
        const dt__factor *f = DT__FACTOR(p, i);
        if (!is_of(g->query, f, wanted)) continue;
        (*list)[next[decided_at(f, place) + 1]++] =
            (dt__decided){.factor = f, .bound = wanted == SUMS ? bound_of(g, f->target) : 0};
    }
    return DT_OK;
}

static bool matters(const dt__query *q, uint32_t coordinate) {
    return q->coordinate_roles[coordinate] != DT__IGNORED || coordinate == q->objective;
}

static dt_status run_bound(dt__guide *g, dt__bound *b, dt_env *env) {
    dt_status st;

    b->high_context = (dt__best_context){.query = g->query, .coordinate = b->coordinate, .sign = 1};
    b->low_context = (dt__best_context){.query = g->query, .coordinate = b->coordinate, .sign = -1};
    b->high_algebra = dt__algebra_best(&b->high_context);
    b->low_algebra = dt__algebra_best(&b->low_context);
    if ((st = dt__elimination_init(&b->high, g->query, &b->high_algebra, g->order, &g->arena, env)) != DT_OK) return st;
    return dt__elimination_init(&b->low, g->query, &b->low_algebra, g->order, &g->arena, env);
}

static dt_status run_bounds(dt__guide *g, dt_env *env) {
    const dt__problem *p = g->query->problem;
    dt_status st = DT_OK;

    g->bounds = DT__ARENA_ARRAY(&g->arena, dt__bound, p->coordinates.count);
    if (g->bounds == NULL) return DT_ERR_MEMORY;
    for (uint32_t c = 0; c < p->coordinates.count && st == DT_OK; c++) {
        dt__bound *b = &g->bounds[g->bound_count];
        if (!matters(g->query, c)) continue;
        if (c == g->query->objective) g->objective = (uint32_t)g->bound_count;
        g->bound_count++;
        b->coordinate = c;
        b->threshold =
            g->query->coordinate_roles[c] == DT__IGNORED ? DT__NEVER_REACHED : DT__COORDINATE(p, c)->threshold;
        st = run_bound(g, b, env);
    }
    return st;
}

static bool constants_possible(const dt__guide *g) {
    for (uint32_t i = g->hard_start[0]; i < g->hard_start[1]; i++) {
        if (g->hard[i].factor->crossed[0]) return false;
    }
    return true;
}

dt_status dt__guide_init(dt__guide *g, const dt__query *query, dt__order_aim aim, dt_env *env) {
    dt_status st;

    *g = (dt__guide){.query = query, .var_count = (uint32_t)query->problem->var_count, .objective = DT__NO_INDEX};
    dt__arena_init(&g->arena, env);
    g->order = DT__ARENA_ARRAY(&g->arena, uint32_t, g->var_count);
    if (g->order == NULL) return DT_ERR_MEMORY;
    if ((st = dt__order_choose(g->order, query, aim, env)) != DT_OK) return st;
    g->feasible_context = (dt__best_context){.query = query, .coordinate = DT__NO_INDEX, .sign = 1};
    g->feasible_algebra = dt__algebra_best(&g->feasible_context);
    st = dt__elimination_init(&g->feasible, query, &g->feasible_algebra, g->order, &g->arena, env);
    if (st != DT_OK) return st;
    if ((st = run_bounds(g, env)) != DT_OK) return st;
    if ((st = list_decided(g, HARD_BITS, g->feasible.place, &g->hard_start, &g->hard)) != DT_OK) return st;
    if ((st = list_decided(g, SOFT_BITS, g->feasible.place, &g->soft_start, &g->soft)) != DT_OK) return st;
    if ((st = list_decided(g, SUMS, g->feasible.place, &g->sum_start, &g->sums)) != DT_OK) return st;
    g->possible = constants_possible(g);
    return DT_OK;
}

void dt__guide_clear(dt__guide *g, dt_env *env) {
    if (g->arena.env == NULL) return;
    for (size_t i = 0; i < g->bound_count; i++) {
        dt__elimination_clear(&g->bounds[i].high, env);
        dt__elimination_clear(&g->bounds[i].low, env);
    }
    dt__elimination_clear(&g->feasible, env);
    dt__arena_clear(&g->arena);
    *g = (dt__guide){0};
}

/* The best algebra allocates nothing and cannot fail. */
static dt__int128 rest(const dt__elimination *e, uint32_t depth, const dt__option *assignment) {
    dt__int128 value = DT__NEVER_REACHED;
    dt_status st = dt__elimination_rest(e, depth, assignment, &value);
    DT__NEVER(st != DT_OK);
    (void)st;
    return value;
}

bool dt__guide_dead(const dt__guide *g, uint32_t depth, const dt__option *assignment) {
    for (uint32_t i = g->hard_start[depth]; i < g->hard_start[depth + 1]; i++) {
        const dt__factor *f = g->hard[i].factor;
        if (f->crossed[dt__factor_index(f, assignment)]) return true;
    }
    return rest(&g->feasible, depth, assignment) == DT__NEVER_REACHED;
}

void dt__guide_add_sums(const dt__guide *g, uint32_t depth, const dt__option *assignment, dt__int128 *sums) {
    for (uint32_t i = g->sum_start[depth]; i < g->sum_start[depth + 1]; i++) {
        const dt__factor *f = g->sums[i].factor;
        sums[g->sums[i].bound] += f->sums[dt__factor_index(f, assignment)];
    }
}

dt__int128 dt__guide_high(const dt__guide *g, size_t bound, uint32_t depth, const dt__option *assignment) {
    return rest(&g->bounds[bound].high, depth, assignment);
}

dt__int128 dt__guide_low(const dt__guide *g, size_t bound, uint32_t depth, const dt__option *assignment) {
    dt__int128 value = rest(&g->bounds[bound].low, depth, assignment);
    return value == DT__NEVER_REACHED ? value : -value;
}
