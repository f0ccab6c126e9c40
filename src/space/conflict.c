/* Minimal conflicts: depth first over outcomes, guided by what the red lines of the unassigned issues must cross at
 * least. */
#include <stdlib.h>
#include <string.h>

#include "space/search.h"

typedef struct child {
    uint32_t size; /* of its mask: smaller first */
    dt__option option;
} child;

typedef struct hunt {
    dt__guide guide;
    dt__soft_numbers numbers;
    dt__conflict_context context;
    dt__algebra algebra;
    dt__elimination rest; /* minimal sets that the unassigned issues cross */
    bool rest_known;
    const dt__problem *problem;
    const dt__limits *limits;
    dt_env *env;
    dt__antichain *found;
    dt__option *assignment;
    dt__int128 *sums; /* per depth, per bound */
    dt__mask *masks;  /* per depth */
    child **children;
    dt__arena scratch; /* of one product of mask lists */
    uint64_t nodes;
    bool stopped;
} hunt;

static dt__int128 *sums_at(const hunt *h, uint32_t depth) {
    return h->sums + depth * h->guide.bound_count;
}

/* Bits crossed by the factors decided at this depth. */
static void add_crossed(hunt *h, uint32_t depth, dt__mask *mask) {
    const dt__guide *g = &h->guide;
    for (uint32_t i = g->soft_start[depth]; i < g->soft_start[depth + 1]; i++) {
        const dt__factor *f = g->soft[i].factor;
        if (f->crossed[dt__factor_index(f, h->assignment)]) dt__mask_add(mask, h->numbers.of_bit[f->target]);
    }
}

/* Adds thresholds that can no longer be reached.  Returns whether any threshold is still open. */
static bool add_missed(const hunt *h, uint32_t depth, dt__mask *mask) {
    const dt__guide *g = &h->guide;
    bool open = false;

    for (size_t b = 0; b < g->bound_count; b++) {
        const dt__bound *bound = &g->bounds[b];
        uint32_t number = h->numbers.of_coordinate[bound->coordinate];
        dt__int128 sum = sums_at(h, depth)[b];
        bool soft = number != DT__NO_INDEX;
        if (soft && dt__mask_has(mask, number)) continue;
        if (soft && sum + dt__guide_high(g, b, depth, h->assignment) < bound->threshold) dt__mask_add(mask, number);
        else if (sum + dt__guide_low(g, b, depth, h->assignment) < bound->threshold) open = true;
    }
    return open;
}

/* Can every hard threshold still be reached? */
static bool reaches_hard(const hunt *h, uint32_t depth) {
    const dt__guide *g = &h->guide;

    for (size_t b = 0; b < g->bound_count; b++) {
        if (h->numbers.of_coordinate[g->bounds[b].coordinate] != DT__NO_INDEX) continue;
        if (sums_at(h, depth)[b] + dt__guide_high(g, b, depth, h->assignment) < g->bounds[b].threshold) return false;
    }
    return true;
}

/* What the unassigned issues cross at least; one empty mask when that is not known. */
static dt_status rest_of(hunt *h, uint32_t depth, dt__mask_list *list) {
    dt_status st = DT_ERR_LIMIT;

    dt__arena_clear(&h->scratch);
    if (h->rest_known) st = dt__elimination_rest(&h->rest, depth, h->assignment, list);
    if (st == DT_ERR_LIMIT) {
        h->algebra.one(&h->context, list);
        st = DT_OK;
    }
    return st;
}

/* Is everything that this branch can come to already covered by what was found? */
static bool is_covered(const hunt *h, const dt__mask *mask, const dt__mask_list *rest) {
    for (size_t i = 0; i < rest->count; i++) {
        dt__mask least = dt__mask_union(*mask, rest->masks[i]);
        if (!dt__antichain_covers(h->found, &least)) return false;
    }
    return true;
}

static dt_status record(hunt *h, const dt__mask *mask, const dt__mask_list *rest) {
    dt_status st = DT_OK;
    for (size_t i = 0; i < rest->count && st == DT_OK; i++) {
        dt__mask whole = dt__mask_union(*mask, rest->masks[i]);
        st = dt__antichain_add(h->found, &whole, h->env);
    }
    return st;
}

static int by_size(const void *a, const void *b) {
    const child *x = a, *y = b;
    if (x->size != y->size) return x->size < y->size ? -1 : 1;
    return (x->option > y->option) - (x->option < y->option);
}

static void enter(hunt *h, uint32_t depth, dt__option option) {
    const dt__guide *g = &h->guide;

    h->assignment[g->order[depth]] = option;
    memcpy(sums_at(h, depth + 1), sums_at(h, depth), g->bound_count * sizeof *h->sums);
    dt__guide_add_sums(g, depth + 1, h->assignment, sums_at(h, depth + 1));
    h->masks[depth + 1] = h->masks[depth];
    add_crossed(h, depth + 1, &h->masks[depth + 1]);
}

static size_t list_children(hunt *h, uint32_t depth) {
    uint32_t var = h->guide.order[depth];
    size_t count = 0;

    for (uint32_t o = 0; o < h->problem->sizes[var]; o++) {
        h->assignment[var] = (dt__option)o;
        if (dt__guide_dead(&h->guide, depth + 1, h->assignment)) continue;
        enter(h, depth, (dt__option)o);
        add_missed(h, depth + 1, &h->masks[depth + 1]);
        h->children[depth][count++] = (child){.size = dt__mask_size(&h->masks[depth + 1]), .option = (dt__option)o};
    }
    qsort(h->children[depth], count, sizeof(child), by_size);
    return count;
}

static bool spent(hunt *h) {
    if (++h->nodes > h->limits->nodes || (h->nodes % 1024 == 0 && dt__overdue(h->env))) h->stopped = true;
    return h->stopped;
}

static dt_status descend(hunt *h, uint32_t depth) {
    dt__mask_list rest;
    dt_status st;
    bool open;
    size_t count;

    if (spent(h)) return DT_OK;
    if (h->nodes % 1024 == 0 && (st = dt__poll(h->env)) != DT_OK) return st;
    if (!reaches_hard(h, depth)) return DT_OK;
    open = add_missed(h, depth, &h->masks[depth]);
    if ((st = rest_of(h, depth, &rest)) != DT_OK) return st;
    if (is_covered(h, &h->masks[depth], &rest)) return DT_OK;
    if (depth == h->guide.var_count || (!open && h->rest_known && h->rest.exact))
        return record(h, &h->masks[depth], &rest);
    count = list_children(h, depth);
    for (size_t i = 0; i < count && st == DT_OK && !h->stopped; i++) {
        enter(h, depth, h->children[depth][i].option);
        st = descend(h, depth + 1);
    }
    return st;
}

/* The conflict algebra along the guide's order; past its limits the search goes on without it. */
static dt_status run_rest(hunt *h) {
    dt_status st;

    h->context = (dt__conflict_context){.query = h->guide.query, .numbers = &h->numbers, .arena = &h->guide.arena};
    h->algebra = dt__algebra_conflict(&h->context);
    st = dt__elimination_init(&h->rest, h->guide.query, &h->algebra, h->guide.order, &h->guide.arena, h->env);
    h->rest_known = st == DT_OK;
    h->context.arena = &h->scratch; /* from here on products are short-lived */
    return st == DT_ERR_LIMIT ? DT_OK : st;
}

static dt_status hunt_init(hunt *h) {
    dt__arena *arena = &h->guide.arena;
    uint32_t depths = h->guide.var_count + 1;

    h->assignment = DT__ARENA_ARRAY(arena, dt__option, depths);
    h->sums = DT__ARENA_ARRAY(arena, dt__int128, depths * (h->guide.bound_count + 1));
    h->masks = DT__ARENA_ARRAY(arena, dt__mask, depths);
    h->children = DT__ARENA_ARRAY(arena, child *, depths);
    if (!h->assignment || !h->sums || !h->masks || !h->children) return DT_ERR_MEMORY;
    for (uint32_t depth = 0; depth + 1 < depths; depth++) {
        h->children[depth] = DT__ARENA_ARRAY(arena, child, h->problem->sizes[h->guide.order[depth]]);
        if (h->children[depth] == NULL) return DT_ERR_MEMORY;
    }
    return run_rest(h);
}

dt_status dt__search_conflicts(dt__antichain *out, bool *complete, const dt__query *query, const dt__limits *limits,
                               dt_env *env) {
    hunt h = {.problem = query->problem, .limits = limits, .env = env, .found = out};
    dt_status st;

    *complete = true;
    h.rest.messages = DT__VECTOR(dt__message);
    dt__arena_init(&h.scratch, env);
    DT__TRY(dt__guide_init(&h.guide, query, DT__ORDER_TABLES, env));
    DT__TRY(dt__soft_numbers_init(&h.numbers, query, &h.guide.arena));
    DT__TRY(hunt_init(&h));
    if (!h.guide.possible || dt__guide_dead(&h.guide, 0, h.assignment)) goto done;
    dt__guide_add_sums(&h.guide, 0, h.assignment, h.sums);
    add_crossed(&h, 0, &h.masks[0]);
    st = descend(&h, 0);
    *complete = !h.stopped;
done:
    dt__elimination_clear(&h.rest, env);
    dt__arena_clear(&h.scratch);
    dt__guide_clear(&h.guide, env);
    return st;
}
