#include "space/frontier.h"

#include <stdlib.h>
#include <string.h>

enum { FRONTIER_TABLE = 1 << 20 };

typedef struct frontier_context {
    const dt__query *query;
    dt__points_kind kind;
    dt__frontier *frontier;
    const dt__frontier_limits *limits;
    uint32_t dimension_of[2 * DT__MAX_PARTIES]; /* per coordinate; DT__NO_INDEX: not looked at */
    dt_env *env;
} frontier_context;

static const frontier_context *context_of(const void *context) {
    return context;
}

static uint32_t dimension_of(const frontier_context *c, uint32_t coordinate) {
    return coordinate < 2 * DT__MAX_PARTIES ? c->dimension_of[coordinate] : DT__NO_INDEX;
}

/* ---- the algebra: elements are dt__points ---- */

static bool uses(const void *context, const dt__factor *f) {
    const frontier_context *c = context_of(context);
    if (f->kind == DT__FACTOR_SUM) return dimension_of(c, f->target) != DT__NO_INDEX;
    return c->query->bit_roles[f->target] == DT__HARD;
}

static void zero(const void *context, void *element) {
    (void)context;
    *(dt__points *)element = (dt__points){0};
}

static bool is_zero(const void *context, const void *element) {
    (void)context;
    return ((const dt__points *)element)->count == 0;
}

/* The single vector of zeros; a set that could not be made counts as failed memory when it is used. */
static void one(const void *context, void *element) {
    const frontier_context *c = context_of(context);
    dt__points *p = element;

    if (dt__points_new(p, 1, &c->kind) == DT_OK) p->multiplicities[0] = 1;
    else *p = (dt__points){.count = 1};
}

static dt_status choose(const void *context, void *element, uint32_t var, dt__option option) {
    const frontier_context *c = context_of(context);
    dt__points *p = element;
    dt__origin *origin = DT__ARENA_NEW(c->kind.arena, dt__origin);

    if (origin == NULL || p->origins == NULL) return DT_ERR_MEMORY;
    *origin = (dt__origin){.var = var, .option = option};
    p->origins[0] = origin;
    return DT_OK;
}

/* Factors come before messages: the set is still the single vector of the option. */
static dt_status times_factor(const void *context, void *element, const dt__factor *f, size_t index) {
    const frontier_context *c = context_of(context);
    dt__points *p = element;

    if (p->values == NULL) return DT_ERR_MEMORY;
    if (f->kind == DT__FACTOR_BIT) {
        if (f->crossed[index]) zero(context, element);
        return DT_OK;
    }
    for (size_t i = 0; i < p->count; i++)
        dt__point_values(p, i, &c->kind)[dimension_of(c, f->target)] += f->sums[index];
    return DT_OK;
}

static bool too_many(const frontier_context *c, const dt__points *p) {
    return (c->limits->points > 0 && p->count > c->limits->points) ||
           c->frontier->arena.used > c->env->opts.memory_limit;
}

static dt_status times(const void *context, void *element, const void *other) {
    const frontier_context *c = context_of(context);
    dt__points product;
    dt_status st = dt__points_sum(&product, element, other, &c->kind, c->env);

    if (st != DT_OK) return st;
    *(dt__points *)element = product;
    return too_many(c, &product) || dt__overdue(c->env) ? DT_ERR_LIMIT : DT_OK;
}

static dt_status plus_all(const void *context, void *element, const void *elements, size_t count) {
    const frontier_context *c = context_of(context);
    const dt__points *sets = elements;
    dt__points *p = element;
    dt_status st;

    if (count == 0) return DT_OK;
    for (size_t i = 0; i < count; i++) {
        if (sets[i].values == NULL) return DT_ERR_MEMORY; /* a set that could not be made */
    }
    *p = sets[0];
    if (count == 1) return DT_OK;
    if ((st = dt__points_union(p, sets, count, &c->kind, c->env)) != DT_OK) return st;
    return too_many(c, p) ? DT_ERR_LIMIT : DT_OK;
}

static dt__algebra frontier_algebra(const frontier_context *context) {
    return (dt__algebra){.element_size = sizeof(dt__points),
                         .table_limit = FRONTIER_TABLE,
                         .context = context,
                         .uses = uses,
                         .zero = zero,
                         .one = one,
                         .is_zero = is_zero,
                         .times_factor = times_factor,
                         .times = times,
                         .plus_all = plus_all,
                         .choose = choose,
                         .root_only = true};
}

/* ---- thinning: one real vector in each box ----
 *
 * A vector that gives way to another of its box loses less than a box side in each coordinate; so all joins together
 * lose less than their number times the side.  (The additive approximation of a Pareto sum.) */

typedef struct boxed {
    const dt__int128 *values, *grain;
    size_t dimensions, index;
    double sum;
} boxed;

static dt__int128 box_of(dt__int128 value, dt__int128 side) {
    dt__int128 quotient = value / side;
    return value % side < 0 ? quotient - 1 : quotient;
}

static int by_box(const void *a, const void *b) {
    const boxed *x = a, *y = b;
    for (size_t d = 0; d < x->dimensions; d++) {
        dt__int128 p = box_of(x->values[d], x->grain[d]), q = box_of(y->values[d], y->grain[d]);
        if (p != q) return p > q ? -1 : 1;
    }
    if (x->sum > y->sum || x->sum < y->sum) return x->sum > y->sum ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static bool same_box(const boxed *x, const boxed *y) {
    for (size_t d = 0; d < x->dimensions; d++) {
        if (box_of(x->values[d], x->grain[d]) != box_of(y->values[d], y->grain[d])) return false;
    }
    return true;
}

static dt_status thin_out(const frontier_context *c, dt__points *p) {
    size_t room = p->count + 1, kept = 0, dims = c->kind.dimensions;
    boxed *list = DT__ARRAY(c->env, boxed, room);
    bool *keep = DT__ARRAY(c->env, bool, room);

    if (list != NULL && keep != NULL) {
        for (size_t i = 0; i < p->count; i++) {
            list[i] = (boxed){
                .values = dt__point_values(p, i, &c->kind), .grain = c->limits->grain, .dimensions = dims, .index = i};
            for (size_t d = 0; d < dims; d++) list[i].sum += (double)list[i].values[d] / (double)c->limits->grain[d];
        }
        qsort(list, p->count, sizeof *list, by_box);
        for (size_t i = 0; i < p->count; i++) keep[list[i].index] = i == 0 || !same_box(&list[i - 1], &list[i]);
        for (size_t i = 0; i < p->count; i++) {
            if (!keep[i]) continue;
            memmove(dt__point_values(p, kept, &c->kind), dt__point_values(p, i, &c->kind), dims * sizeof(dt__int128));
            memmove(dt__point_multiplicity(p, kept, &c->kind), dt__point_multiplicity(p, i, &c->kind),
                    c->kind.limbs * sizeof(dt__limb));
            p->origins[kept++] = p->origins[i];
        }
        if (kept < p->count) c->frontier->exact = false;
        p->count = kept;
    }
    if (list != NULL) DT__FREE(c->env, list, room);
    if (keep != NULL) DT__FREE(c->env, keep, room);
    return list == NULL || keep == NULL ? DT_ERR_MEMORY : DT_OK;
}

/* ---- joining what is independent: the smallest set goes next into what is there ----
 *
 * Joining two large sets costs their product; folding small ones into a large one costs its size times theirs. */

static size_t smallest(const dt__points *sets, size_t count) {
    size_t best = 0;
    for (size_t i = 1; i < count; i++) {
        if (sets[i].count < sets[best].count) best = i;
    }
    return best;
}

static dt_status join_all(const frontier_context *c, dt__points *joined, dt__points *sets, size_t count) {
    dt_status st = DT_OK;

    while (count > 0 && st == DT_OK) {
        size_t at = smallest(sets, count);
        st = times(c, joined, &sets[at]);
        sets[at] = sets[--count];
        if (st == DT_OK && c->limits->grain[0] > 0) st = thin_out(c, joined);
        if (st == DT_OK) st = dt__poll(c->env);
    }
    return st;
}

/* Each join may lose less than a box side. */
static void certify(dt__frontier *f, const frontier_context *c, size_t joins) {
    for (size_t d = 0; d < c->kind.dimensions && !f->exact; d++)
        f->epsilon[d] = (dt__int128)joins * (c->limits->grain[d] - 1);
}

/* Factors without variables shift everything, or forbid it. */
static dt_status constant_set(const frontier_context *c, dt__points *out) {
    const dt__problem *p = c->query->problem;
    dt_status st = DT_OK;

    one(c, out);
    for (size_t i = 0; i < p->factors.count && st == DT_OK && out->count > 0; i++) {
        const dt__factor *f = DT__FACTOR(p, i);
        if (f->var_count == 0 && uses(c, f)) st = times_factor(c, out, f, 0);
    }
    return out->count > 0 && out->values == NULL ? DT_ERR_MEMORY : st;
}

static dt_status join_messages(const frontier_context *c, const dt__elimination *e, dt__points *out) {
    dt__points *sets = DT__ARENA_ARRAY(c->kind.arena, dt__points, e->messages.count);
    size_t count = 0;
    dt_status st;

    if (sets == NULL) return DT_ERR_MEMORY;
    if ((st = constant_set(c, out)) != DT_OK) return st;
    for (size_t i = 0; i < e->messages.count && out->count > 0; i++) {
        const dt__message *m = DT__AT(e->messages, dt__message, i);
        if (m->var_count > 0) continue;
        sets[count++] = *(const dt__points *)(const void *)m->table;
        if (sets[count - 1].count == 0) *out = (dt__points){0}; /* nothing is allowed */
    }
    if (out->count == 0) return DT_OK;
    st = join_all(c, out, sets, count);
    certify(c->frontier, c, count);
    return st;
}

/* ---- the whole ---- */

static dt_status run(dt__frontier *f, const dt__query *query, const dt__frontier_limits *limits, size_t limbs,
                     dt_env *env) {
    frontier_context c = {.query = query, .frontier = f, .limits = limits, .env = env};
    dt__elimination e = {.messages = DT__VECTOR(dt__message)};
    uint32_t order[DT__MAX_ISSUES];
    dt__algebra algebra;
    dt_status st;

    f->overflow = false;
    f->exact = true;
    f->kind.limbs = limbs;
    f->kind.arena = &f->arena;
    f->kind.overflow = &f->overflow;
    c.kind = f->kind;
    for (size_t k = 0; k < sizeof c.dimension_of / sizeof *c.dimension_of; k++) c.dimension_of[k] = DT__NO_INDEX;
    for (uint32_t d = 0; d < f->kind.dimensions; d++) c.dimension_of[f->coordinates[d]] = d;
    algebra = frontier_algebra(&c);
    DT__TRY(dt__order_choose(order, query, DT__ORDER_TABLES, env));
    DT__TRY(dt__elimination_init(&e, query, &algebra, order, &f->arena, env));
    st = e.exact ? join_messages(&c, &e, &f->points) : DT_ERR_LIMIT;
done:
    dt__elimination_clear(&e, env);
    return st;
}

dt_status dt__frontier_find(dt__frontier *f, const dt__query *query, const uint32_t *coordinates, size_t dimensions,
                            const dt__frontier_limits *limits, dt_env *env) {
    dt_status st;

    *f = (dt__frontier){.exact = true, .kind = {.dimensions = dimensions}};
    memcpy(f->coordinates, coordinates, dimensions * sizeof *coordinates);
    dt__arena_init(&f->arena, env);
    st = run(f, query, limits, 1, env);
    if (st == DT_OK && f->overflow) { /* rare: so many ties that 64 bits do not count them */
        dt__arena_clear(&f->arena);
        st = run(f, query, limits, query->problem->limbs, env);
    }
    return st;
}

void dt__frontier_clear(dt__frontier *f) {
    if (f->arena.env != NULL) dt__arena_clear(&f->arena);
    *f = (dt__frontier){0};
}

void dt__points_outcome(const dt__origin *origin, const dt__problem *problem, dt__option *outcome) {
    uint16_t options[DT__ORIGIN_VARS];

    for (uint32_t v = 0; v < problem->var_count; v++) options[v] = DT__ORIGIN_NONE;
    dt__origin_options(origin, options);
    memcpy(outcome, problem->fixed, problem->model->issue_count * sizeof *outcome);
    for (uint32_t v = 0; v < problem->var_count; v++) {
        if (options[v] != DT__ORIGIN_NONE) outcome[problem->issues[v]] = options[v];
    }
}
