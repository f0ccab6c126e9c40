#include "space/steps.h"

#include <string.h>

/* Place of the last variable that shares a factor with each variable: until it is assigned, the variable is remembered.
 */
static void find_last_needed(const dt__steps *s, uint32_t *last) {
    const dt__query *q = s->guide.query;

    for (size_t i = 0; i < q->problem->factors.count; i++) {
        const dt__factor *f = DT__FACTOR(q->problem, i);
        uint32_t deepest = 0;
        if (!dt__query_uses(q, f)) continue;
        for (uint32_t j = 0; j < f->var_count; j++) {
            if (s->guide.feasible.place[f->vars[j]] > deepest) deepest = s->guide.feasible.place[f->vars[j]];
        }
        for (uint32_t j = 0; j < f->var_count; j++) {
            if (deepest > last[f->vars[j]]) last[f->vars[j]] = deepest;
        }
    }
}

static dt_status find_separator(dt__steps *s, uint32_t depth, const uint32_t *last) {
    dt__separator *sep = &s->separators[depth];

    sep->size = 1;
    sep->vars = DT__ARENA_ARRAY(&s->guide.arena, uint32_t, depth);
    sep->strides = DT__ARENA_ARRAY(&s->guide.arena, uint64_t, depth);
    if (sep->vars == NULL || sep->strides == NULL) return DT_ERR_MEMORY;
    for (uint32_t i = 0; i < depth; i++) {
        uint32_t var = s->guide.order[i];
        if (last[var] < depth) continue;
        sep->vars[sep->count] = var;
        sep->strides[sep->count++] = sep->size;
        if (__builtin_mul_overflow(sep->size, (uint64_t)s->guide.query->problem->sizes[var], &sep->size))
            return DT_ERR_LIMIT;
    }
    return DT_OK;
}

static uint32_t party_of(const dt__steps *s, size_t bound) {
    return DT__COORDINATE(s->guide.query->problem, s->guide.bounds[bound].coordinate)->party;
}

/* Who holds the soft red lines, and when the last of each party's is decided. */
static dt_status find_owners(dt__steps *s) {
    dt__guide *g = &s->guide;

    s->last_soft_depth = DT__ARENA_ARRAY(&g->arena, uint32_t, g->bound_count);
    s->soft_owner = DT__ARENA_ARRAY(&g->arena, dt__party_set, g->soft_start[g->var_count + 1]);
    if (s->last_soft_depth == NULL || s->soft_owner == NULL) return DT_ERR_MEMORY;
    for (uint32_t depth = 0; depth <= g->var_count; depth++) {
        for (uint32_t i = g->soft_start[depth]; i < g->soft_start[depth + 1]; i++) {
            uint32_t party = DT__BIT(g->query->problem, g->soft[i].factor->target)->party;
            s->soft_owner[i] = (dt__party_set)1 << party;
            for (size_t b = 0; b < g->bound_count; b++) {
                if (party_of(s, b) == party) s->last_soft_depth[b] = depth;
            }
        }
    }
    return DT_OK;
}

static dt_status step_init(dt__step *step, dt__steps *s) {
    size_t bounds = s->guide.bound_count;

    step->added = DT__ARENA_ARRAY(&s->guide.arena, dt__int128, bounds);
    step->high = DT__ARENA_ARRAY(&s->guide.arena, dt__int128, bounds);
    step->low = DT__ARENA_ARRAY(&s->guide.arena, dt__int128, bounds);
    step->ways = DT__ARENA_ARRAY(&s->guide.arena, dt__limb, s->limbs);
    return step->added && step->high && step->low && step->ways ? DT_OK : DT_ERR_MEMORY;
}

dt__step *dt__steps_room(dt__steps *s, uint32_t count) {
    dt__step *steps = DT__ARENA_ARRAY(&s->guide.arena, dt__step, count);

    for (uint32_t i = 0; steps != NULL && i < count; i++) {
        if (step_init(&steps[i], s) != DT_OK) return NULL;
    }
    return steps;
}

static dt_status make_steps(dt__steps *s) {
    const dt__problem *p = s->guide.query->problem;
    uint32_t most = 1;

    for (size_t v = 0; v < p->var_count; v++) most = p->sizes[v] > most ? p->sizes[v] : most;
    s->steps = dt__steps_room(s, most);
    return s->steps == NULL ? DT_ERR_MEMORY : step_init(&s->start, s);
}

/* ---- one step ---- */

static uint64_t encode(const dt__steps *s, uint32_t depth) {
    const dt__separator *sep = &s->separators[depth];
    uint64_t index = 0;
    for (uint32_t i = 0; i < sep->count; i++) index += sep->strides[i] * s->assignment[sep->vars[i]];
    return index;
}

static void decode(dt__steps *s, uint32_t depth, uint64_t index) {
    const dt__separator *sep = &s->separators[depth];
    for (uint32_t i = 0; i < sep->count; i++) {
        uint32_t size = s->guide.query->problem->sizes[sep->vars[i]];
        s->assignment[sep->vars[i]] = (dt__option)(index / sep->strides[i] % size);
    }
}

static dt__party_set crossing(const dt__steps *s, uint32_t depth) {
    const dt__guide *g = &s->guide;
    dt__party_set parties = 0;

    for (uint32_t i = g->soft_start[depth]; i < g->soft_start[depth + 1]; i++) {
        const dt__factor *f = g->soft[i].factor;
        if (f->crossed[dt__factor_index(f, s->assignment)]) parties |= s->soft_owner[i];
    }
    return parties;
}

/* What follows from the assignment up to `depth`, of which the last was just made. */
static dt_status fill_step(dt__steps *s, dt__step *step, uint32_t depth) {
    const dt__guide *g = &s->guide;

    step->dead = dt__guide_dead(g, depth, s->assignment);
    if (step->dead) return DT_OK;
    step->next = encode(s, depth);
    step->crossing = crossing(s, depth);
    memset(step->added, 0, g->bound_count * sizeof *step->added);
    dt__guide_add_sums(g, depth, s->assignment, step->added);
    for (size_t b = 0; b < g->bound_count; b++) {
        step->high[b] = dt__guide_high(g, b, depth, s->assignment);
        step->low[b] = dt__guide_low(g, b, depth, s->assignment);
    }
    return dt__elimination_rest(&s->completions, depth, s->assignment, step->ways);
}

dt_status dt__steps_from(dt__steps *s, uint32_t depth, uint64_t separator) {
    uint32_t var = s->guide.order[depth];
    dt_status st = DT_OK;

    decode(s, depth, separator);
    for (uint32_t o = 0; o < s->guide.query->problem->sizes[var] && st == DT_OK; o++) {
        s->assignment[var] = (dt__option)o;
        st = fill_step(s, &s->steps[o], depth + 1);
    }
    return st;
}

/* ---- the whole ---- */

dt_status dt__steps_init(dt__steps *s, const dt__query *query, dt_env *env) {
    uint32_t depths, last[DT__MAX_ISSUES] = {0};
    dt_status st;

    *s = (dt__steps){.limbs = query->problem->limbs};
    s->completions.messages = DT__VECTOR(dt__message);
    if ((st = dt__guide_init(&s->guide, query, DT__ORDER_SEPARATORS, env)) != DT_OK) return st;
    s->count_context = (dt__count_context){.query = query, .limbs = s->limbs};
    s->count_algebra = dt__algebra_count(&s->count_context);
    st = dt__elimination_init(&s->completions, query, &s->count_algebra, s->guide.order, &s->guide.arena, env);
    if (st != DT_OK) return st;
    depths = s->guide.var_count + 1;
    s->separators = DT__ARENA_ARRAY(&s->guide.arena, dt__separator, depths);
    s->assignment = DT__ARENA_ARRAY(&s->guide.arena, dt__option, depths);
    if (s->separators == NULL || s->assignment == NULL) return DT_ERR_MEMORY;
    find_last_needed(s, last);
    for (uint32_t depth = 0; depth < depths && st == DT_OK; depth++) st = find_separator(s, depth, last);
    if (st == DT_OK) st = find_owners(s);
    if (st == DT_OK) st = make_steps(s);
    if (st == DT_OK) st = fill_step(s, &s->start, 0);
    s->start.dead |= !s->guide.possible;
    return st;
}

dt_status dt__steps_bound(const dt__steps *s, dt__limb *bound) {
    return dt__elimination_rest(&s->completions, 0, s->assignment, bound);
}

void dt__steps_clear(dt__steps *s, dt_env *env) {
    dt__elimination_clear(&s->completions, env);
    dt__guide_clear(&s->guide, env);
}
