#include "space/walk.h"

#include <string.h>

#include "space/layer.h"

/* Assigned variables on which the rest depends, after each depth. */
typedef struct separator {
    uint32_t count;
    uint32_t *vars;
    uint64_t *strides;
} separator;

typedef struct walk {
    dt__guide guide;
    dt__count_context count_context;
    dt__algebra count_algebra;
    dt__elimination completions; /* how many ways to go on cross no hard bit */
    const dt__query *query;
    const dt__problem *problem;
    const dt__winning *winning;
    const dt__limits *limits;
    dt_env *env;
    dt__tally *tally;
    size_t limbs;
    separator *separators;      /* per depth */
    uint32_t *last_soft_depth;  /* per bound: depth from which its party's soft red lines are all decided */
    dt__party_set *soft_owner;  /* per entry of guide.soft: the party, as a set */
    dt__layer now, next;
    dt__option *assignment;
    dt__int128 *sums;           /* of the state being made */
} walk;

static uint32_t party_of(const walk *w, size_t bound) {
    return DT__COORDINATE(w->problem, w->guide.bounds[bound].coordinate)->party;
}

static bool is_hard(const walk *w, size_t bound) {
    return w->query->coordinate_roles[w->guide.bounds[bound].coordinate] == DT__HARD;
}

/* ---- preparation ---- */

static bool still_needed(const walk *w, uint32_t var, uint32_t depth) {
    const dt__guide *g = &w->guide;

    for (size_t i = 0; i < w->problem->factors.count; i++) {
        const dt__factor *f = DT__FACTOR(w->problem, i);
        bool holds_var = false, open = false;
        if (!dt__query_uses(w->query, f)) continue;
        for (uint32_t j = 0; j < f->var_count; j++) {
            holds_var |= f->vars[j] == var;
            open |= g->feasible.place[f->vars[j]] >= depth;
        }
        if (holds_var && open) return true;
    }
    return false;
}

/* DT_ERR_LIMIT when a separator has more assignments than 64 bits. */
static dt_status find_separator(walk *w, uint32_t depth) {
    separator *s = &w->separators[depth];
    uint64_t size = 1;

    s->vars = DT__ARENA_ARRAY(&w->guide.arena, uint32_t, depth);
    s->strides = DT__ARENA_ARRAY(&w->guide.arena, uint64_t, depth);
    if (s->vars == NULL || s->strides == NULL) return DT_ERR_MEMORY;
    for (uint32_t i = 0; i < depth; i++) {
        uint32_t var = w->guide.order[i];
        if (!still_needed(w, var, depth)) continue;
        s->vars[s->count] = var;
        s->strides[s->count++] = size;
        if (__builtin_mul_overflow(size, (uint64_t)w->problem->sizes[var], &size)) return DT_ERR_LIMIT;
    }
    return DT_OK;
}

/* Who holds the soft red lines, and when the last of each party's is decided. */
static dt_status find_owners(walk *w) {
    const dt__guide *g = &w->guide;

    w->last_soft_depth = DT__ARENA_ARRAY(&w->guide.arena, uint32_t, g->bound_count);
    w->soft_owner = DT__ARENA_ARRAY(&w->guide.arena, dt__party_set, g->soft_start[g->var_count + 1]);
    if (w->last_soft_depth == NULL || w->soft_owner == NULL) return DT_ERR_MEMORY;
    for (uint32_t depth = 0; depth <= g->var_count; depth++) {
        for (uint32_t i = g->soft_start[depth]; i < g->soft_start[depth + 1]; i++) {
            uint32_t party = DT__BIT(w->problem, g->soft[i].factor->target)->party;
            w->soft_owner[i] = (dt__party_set)1 << party;
            for (size_t b = 0; b < g->bound_count; b++) {
                if (party_of(w, b) == party) w->last_soft_depth[b] = depth;
            }
        }
    }
    return DT_OK;
}

static dt_status walk_init(walk *w) {
    uint32_t depths = w->guide.var_count + 1;
    dt_status st = DT_OK;

    w->count_context = (dt__count_context){.query = w->query, .limbs = w->limbs};
    w->count_algebra = dt__algebra_count(&w->count_context);
    st = dt__elimination_init(&w->completions, w->query, &w->count_algebra, w->guide.order, &w->guide.arena, w->env);
    if (st != DT_OK) return st;
    w->separators = DT__ARENA_ARRAY(&w->guide.arena, separator, depths);
    w->assignment = DT__ARENA_ARRAY(&w->guide.arena, dt__option, depths);
    w->sums = DT__ARENA_ARRAY(&w->guide.arena, dt__int128, w->guide.bound_count);
    if (!w->separators || !w->assignment || !w->sums) return DT_ERR_MEMORY;
    dt__layer_init(&w->now, w->guide.bound_count, w->limbs);
    dt__layer_init(&w->next, w->guide.bound_count, w->limbs);
    for (uint32_t depth = 0; depth < depths && st == DT_OK; depth++) st = find_separator(w, depth);
    return st == DT_OK ? find_owners(w) : st;
}

/* ---- states ---- */

static uint64_t encode(const walk *w, uint32_t depth) {
    const separator *s = &w->separators[depth];
    uint64_t index = 0;
    for (uint32_t i = 0; i < s->count; i++) index += s->strides[i] * w->assignment[s->vars[i]];
    return index;
}

static void decode(walk *w, uint32_t depth, uint64_t index) {
    const separator *s = &w->separators[depth];
    for (uint32_t i = 0; i < s->count; i++) {
        uint32_t size = w->problem->sizes[s->vars[i]];
        w->assignment[s->vars[i]] = (dt__option)(index / s->strides[i] % size);
    }
}

static bool wins(const walk *w, dt__party_set accepting) {
    return w->winning == NULL || w->winning->wins(w->winning->payload, accepting);
}

/* Parties whose soft red lines are crossed by what was decided at this depth. */
static dt__party_set crossing(const walk *w, uint32_t depth) {
    const dt__guide *g = &w->guide;
    dt__party_set parties = 0;

    for (uint32_t i = g->soft_start[depth]; i < g->soft_start[depth + 1]; i++) {
        const dt__factor *f = g->soft[i].factor;
        if (f->crossed[dt__factor_index(f, w->assignment)]) parties |= w->soft_owner[i];
    }
    return parties;
}

/* Brings a sum to what still matters of it. */
static dt__int128 settle(const walk *w, size_t b, uint32_t depth, dt__int128 before, dt__int128 sum) {
    dt__int128 threshold = w->guide.bounds[b].threshold;

    if (before == DT__SUM_SURE || before == DT__SUM_LOST) return before;
    if (sum + dt__guide_high(&w->guide, b, depth, w->assignment) < threshold) return DT__SUM_LOST;
    if (sum + dt__guide_low(&w->guide, b, depth, w->assignment) >= threshold) return DT__SUM_SURE;
    return sum;
}

/* What is known of acceptance in a state: who may still accept, who will whatever follows, whether a hard party is out. */
typedef struct acceptance {
    dt__party_set possible, sure;
    bool dead, all_sure;
} acceptance;

static acceptance settle_sums(walk *w, uint32_t depth, const dt__int128 *before) {
    dt__party_set crossed = crossing(w, depth);
    acceptance a = {.all_sure = true};

    for (size_t b = 0; b < w->guide.bound_count; b++) {
        dt__party_set self = (dt__party_set)1 << party_of(w, b);
        w->sums[b] = settle(w, b, depth, before[b], w->sums[b]);
        if ((crossed & self) != 0) w->sums[b] = DT__SUM_LOST;
        if (w->sums[b] == DT__SUM_LOST) a.dead |= is_hard(w, b);
        else a.possible |= self;
        if (w->sums[b] == DT__SUM_SURE && depth >= w->last_soft_depth[b]) a.sure |= self;
        else if (is_hard(w, b)) a.all_sure = false;
    }
    return a;
}

/* tally += count x ways to go on. */
static dt_status add_completions(walk *w, uint32_t depth, const dt__limb *count, dt__limb *total) {
    dt__limb ways[DT__COUNT_MAX_LIMBS], product[DT__COUNT_MAX_LIMBS];
    dt_status st = dt__elimination_rest(&w->completions, depth, w->assignment, ways);

    if (st != DT_OK) return st;
    dt__count_mul(product, count, ways, w->limbs);
    dt__count_add(total, product, w->limbs);
    return DT_OK;
}

/* The state just made: drop it, close it, or carry it on. */
static dt_status place_state(walk *w, uint32_t depth, const dt__int128 *before, const dt__limb *count) {
    acceptance a = settle_sums(w, depth, before);

    if (a.dead || !wins(w, a.possible)) return DT_OK;
    if (a.all_sure && wins(w, a.sure) && (w->completions.exact || depth == w->guide.var_count)) return add_completions(w, depth, count, w->tally->count);
    return dt__layer_add(&w->next, encode(w, depth), w->sums, count, w->env);
}

static void add_decided(walk *w, uint32_t depth, const dt__int128 *before) {
    memcpy(w->sums, before, w->guide.bound_count * sizeof *before);
    dt__guide_add_sums(&w->guide, depth, w->assignment, w->sums);
}

static dt_status extend(walk *w, uint32_t depth, size_t state) {
    uint32_t var = w->guide.order[depth];
    const dt__int128 *before = dt__layer_sums(&w->now, state);
    dt_status st = DT_OK;

    decode(w, depth, dt__layer_separator(&w->now, state));
    for (uint32_t o = 0; o < w->problem->sizes[var] && st == DT_OK; o++) {
        w->assignment[var] = (dt__option)o;
        if (dt__guide_dead(&w->guide, depth + 1, w->assignment)) continue;
        add_decided(w, depth + 1, before);
        st = place_state(w, depth + 1, before, dt__layer_count(&w->now, state));
    }
    return st;
}

/* ---- layers ---- */

static void swap_layers(walk *w) {
    dt__layer done = w->now;
    w->now = w->next;
    w->next = done;
    dt__layer_reset(&w->next);
}

/* What is left open when a walk stops early counts towards the upper bound only. */
static dt_status bound_the_rest(walk *w, uint32_t depth) {
    dt_status st = DT_OK;

    w->tally->exact = false;
    for (size_t i = 0; i < dt__layer_size(&w->now) && st == DT_OK; i++) {
        decode(w, depth, dt__layer_separator(&w->now, i));
        st = add_completions(w, depth, dt__layer_count(&w->now, i), w->tally->high);
    }
    return st;
}

static bool too_much(const walk *w) {
    size_t bytes = dt__layer_size(&w->now) * w->now.entry_size;
    return dt__layer_size(&w->now) > w->limits->states || bytes > w->env->opts.memory_limit / 4 || dt__overdue(w->env);
}

static dt_status walk_layers(walk *w) {
    dt_status st = DT_OK;

    for (uint32_t depth = 0; depth < w->guide.var_count && dt__layer_size(&w->now) > 0; depth++) {
        if (too_much(w)) return bound_the_rest(w, depth);
        for (size_t i = 0; i < dt__layer_size(&w->now) && st == DT_OK; i++) {
            st = extend(w, depth, i);
            if (st == DT_OK && i % 4096 == 4095) st = dt__poll(w->env);
        }
        if (st != DT_OK) return st;
        w->tally->states += dt__layer_size(&w->now);
        swap_layers(w);
    }
    return st;
}

static dt_status walk_from_root(walk *w) {
    dt__int128 *before = DT__ARENA_ARRAY(&w->guide.arena, dt__int128, w->guide.bound_count);
    dt__limb one[DT__COUNT_MAX_LIMBS];
    dt_status st;

    if (before == NULL) return DT_ERR_MEMORY;
    dt__count_set(one, w->limbs, 1);
    dt__guide_add_sums(&w->guide, 0, w->assignment, w->sums);
    if ((st = place_state(w, 0, before, one)) != DT_OK) return st;
    swap_layers(w);
    return walk_layers(w);
}

dt_status dt__walk_count(dt__tally *tally, const dt__query *query, const dt__winning *winning, const dt__limits *limits, dt_env *env) {
    size_t limbs = query->problem->limbs;
    walk w = {.query = query, .problem = query->problem, .winning = winning, .limits = limits, .env = env, .tally = tally, .limbs = limbs};
    dt__limb high[DT__COUNT_MAX_LIMBS];
    dt_status st;

    tally->exact = true;
    tally->limbs = limbs;
    tally->states = 0;
    dt__count_set(tally->count, limbs, 0);
    dt__count_set(tally->high, limbs, 0);
    w.completions.messages = DT__VECTOR(dt__message);
    DT__TRY(dt__guide_init(&w.guide, query, DT__ORDER_SEPARATORS, env));
    if (!w.guide.possible) goto done;
    DT__TRY(walk_init(&w));
    if (dt__guide_dead(&w.guide, 0, w.assignment)) goto done;
    DT__TRY(walk_from_root(&w));
    memcpy(high, tally->high, limbs * sizeof *high); /* what was left open */
    memcpy(tally->high, tally->count, limbs * sizeof *high);
    dt__count_add(tally->high, high, limbs);
done:
    dt__layer_clear(&w.now, env);
    dt__layer_clear(&w.next, env);
    dt__elimination_clear(&w.completions, env);
    dt__guide_clear(&w.guide, env);
    return st;
}
