#include "space/dense.h"

#include <string.h>

enum { MAX_CELLS = 3 << 20 }; /* of one layer */

/* The undecided sums of one separator: base, base + 1 ... in grains. */
typedef struct lane {
    dt__int128 base;
    int64_t length;
    dt__limb *counts;
    bool used;
} lane;

typedef struct dense {
    dt__steps *steps;
    dt__tally *tally;
    dt_env *env;
    dt__int128 grain; /* all differences of sums are multiples of it */
    dt__arena *now_arena, *next_arena;
    lane *now, *next;
    dt__arena arenas[2];
    size_t cells; /* of the layer being made */
    bool too_large;
} dense;

static size_t limbs_of(const dense *d) {
    return d->steps->limbs;
}

static const dt__guide *guide_of(const dense *d) {
    return &d->steps->guide;
}

/* ---- grains ---- */

static dt__int128 common_divisor(dt__int128 a, dt__int128 b) {
    if (a < 0) a = -a;
    if (b < 0) b = -b;
    while (b != 0) {
        dt__int128 rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Sums of partial outcomes that are compared differ by sums of differences within the factors. */
static void find_grain(dense *d) {
    const dt__guide *g = guide_of(d);

    d->grain = 0;
    for (uint32_t i = g->sum_start[0]; i < g->sum_start[g->var_count + 1]; i++) {
        const dt__factor *f = g->sums[i].factor;
        for (size_t j = 1; j < f->size; j++) d->grain = common_divisor(d->grain, f->sums[j] - f->sums[0]);
    }
    if (d->grain == 0) d->grain = 1;
}

/* What one layer's sums are measured from: the first options of all factors decided so far. */
static dt__int128 origin(const dense *d, uint32_t depth) {
    const dt__guide *g = guide_of(d);
    dt__int128 sum = 0;

    for (uint32_t i = 0; i < g->sum_start[depth + 1]; i++) sum += g->sums[i].factor->sums[0];
    return sum;
}

static dt__int128 floor_div(dt__int128 a, dt__int128 b) {
    dt__int128 quotient = a / b;
    return a % b < 0 ? quotient - 1 : quotient;
}

/* ---- lanes ---- */

/* Undecided are the sums s with s + high >= threshold and s + low < threshold. */
static dt_status open_lane(dense *d, lane *l, const dt__step *step, uint32_t depth) {
    dt__int128 threshold = guide_of(d)->bounds[0].threshold, from = origin(d, depth);
    dt__int128 first = -floor_div(-(threshold - step->high[0] - from), d->grain),
               last = floor_div(threshold - step->low[0] - 1 - from, d->grain);

    l->used = true;
    l->base = first;
    l->length = last >= first ? (int64_t)(last - first) + 1 : 0;
    if (l->length > MAX_CELLS || (d->cells += (size_t)l->length) > MAX_CELLS) {
        d->too_large = true;
        return DT_OK;
    }
    l->counts = DT__ARENA_ARRAY(d->next_arena, dt__limb, (size_t)l->length * limbs_of(d));
    return l->counts == NULL ? DT_ERR_MEMORY : DT_OK;
}

/* to += from, cell by cell. */
static void add_cells(dt__limb *restrict to, const dt__limb *restrict from, size_t cells, size_t limbs) {
    if (limbs == 1) {
        for (size_t i = 0; i < cells; i++) to[i] += from[i];
    } else if (limbs == 2) {
        dt__uint128 *wide_to = (dt__uint128 *)(void *)to;
        const dt__uint128 *wide_from = (const dt__uint128 *)(const void *)from;
        for (size_t i = 0; i < cells; i++) wide_to[i] += wide_from[i];
    } else {
        for (size_t i = 0; i < cells; i++) dt__count_add(to + i * limbs, from + i * limbs, limbs);
    }
}

/* total += (sum of the cells) x ways. */
static void close_cells(dense *d, const dt__limb *cells, size_t count, const dt__limb *ways) {
    size_t limbs = limbs_of(d);
    dt__limb sum[DT__COUNT_MAX_LIMBS], product[DT__COUNT_MAX_LIMBS];

    dt__count_set(sum, limbs, 0);
    for (size_t i = 0; i < count; i++) dt__count_add(sum, cells + i * limbs, limbs);
    dt__count_mul(product, sum, ways, limbs);
    dt__count_add(d->tally->count, product, limbs);
}

/* Moves a lane along one step: low sums are lost, high ones are sure, the rest lands in the next lane. */
static dt_status move_lane(dense *d, const lane *l, const dt__step *step, uint32_t depth) {
    lane *target = &d->next[step->next];
    dt__int128 shift = (step->added[0] + origin(d, depth - 1) - origin(d, depth)) / d->grain;
    dt__int128 first, sure;
    dt_status st;

    if (!target->used && (st = open_lane(d, target, step, depth)) != DT_OK) return st;
    if (d->too_large) return DT_OK;
    first = target->base - shift - l->base; /* place in l that lands on the target's first */
    sure = first + target->length;          /* first place that is sure */
    if (first < 0) first = 0;
    if (sure > l->length) sure = l->length;
    if (sure < 0) sure = 0;
    if (first < sure) {
        dt__int128 landing = l->base + first + shift - target->base;
        add_cells(target->counts + (size_t)landing * limbs_of(d), l->counts + (size_t)first * limbs_of(d),
                  (size_t)(sure - first), limbs_of(d));
    }
    if (sure < first) sure = first;
    if (sure < l->length)
        close_cells(d, l->counts + (size_t)sure * limbs_of(d), (size_t)(l->length - sure), step->ways);
    return DT_OK;
}

/* ---- layers ---- */

static dt_status new_layer(dense *d, uint32_t depth) {
    dt__arena *free_arena = d->now_arena;

    d->now_arena = d->next_arena;
    d->next_arena = free_arena;
    d->now = d->next;
    dt__arena_clear(d->next_arena);
    d->next = DT__ARENA_ARRAY(d->next_arena, lane, (size_t)d->steps->separators[depth].size);
    d->cells = 0;
    return d->next == NULL ? DT_ERR_MEMORY : DT_OK;
}

static dt_status move_layer(dense *d, uint32_t depth) {
    uint32_t options = guide_of(d)->query->problem->sizes[guide_of(d)->order[depth]];
    dt_status st = DT_OK;

    for (uint64_t s = 0; s < d->steps->separators[depth].size && st == DT_OK && !d->too_large; s++) {
        const lane *l = &d->now[s];
        if (!l->used || l->length == 0) continue;
        d->tally->states += (uint64_t)l->length;
        if ((st = dt__steps_from(d->steps, depth, s)) != DT_OK) return st;
        for (uint32_t o = 0; o < options && st == DT_OK; o++) {
            if (!d->steps->steps[o].dead) st = move_lane(d, l, &d->steps->steps[o], depth + 1);
        }
        if (st == DT_OK) st = dt__poll(d->env);
    }
    return st;
}

/* The first lane: the sum of what is constant. */
static dt_status start_lane(dense *d) {
    const dt__step *start = &d->steps->start;
    lane *l;
    dt__int128 place;
    dt_status st;

    if ((st = new_layer(d, 0)) != DT_OK) return st;
    l = &d->next[0];
    if ((st = open_lane(d, l, start, 0)) != DT_OK || d->too_large) return st;
    place = (start->added[0] - origin(d, 0)) / d->grain - l->base;
    if (place >= l->length) memcpy(d->tally->count, start->ways, limbs_of(d) * sizeof(dt__limb));
    else if (place >= 0) d->next[0].counts[(size_t)place * limbs_of(d)] = 1;
    return DT_OK;
}

/* Decided at once, or too far apart: not for arrays. */
static bool fits(const dense *d) {
    const dt__steps *s = d->steps;
    dt__int128 range = (s->start.high[0] - s->start.low[0]) / d->grain, threshold = s->guide.bounds[0].threshold;

    if (range > MAX_CELLS || !s->completions.exact) return false;
    if (s->start.added[0] + s->start.high[0] < threshold || s->start.added[0] + s->start.low[0] >= threshold)
        return false;
    for (uint32_t depth = 0; depth <= s->guide.var_count; depth++) {
        if (s->separators[depth].size > MAX_CELLS / 16) return false;
    }
    return true;
}

static dt_status run(dense *d) {
    dt_status st = start_lane(d);

    for (uint32_t depth = 0; depth < guide_of(d)->var_count && st == DT_OK && !d->too_large; depth++) {
        if ((st = new_layer(d, depth + 1)) != DT_OK) return st;
        st = move_layer(d, depth);
        if (dt__overdue(d->env)) d->too_large = true;
    }
    return st;
}

dt_status dt__dense_count(dt__tally *tally, bool *counted, dt__steps *steps, dt_env *env) {
    dense d = {.steps = steps, .tally = tally, .env = env};
    const dt__query *q = steps->guide.query;
    dt_status st;

    *counted = false;
    if (steps->guide.bound_count != 1 || q->coordinate_roles[steps->guide.bounds[0].coordinate] != DT__HARD)
        return DT_OK;
    find_grain(&d);
    if (!fits(&d)) return DT_OK;
    dt__arena_init(&d.arenas[0], env);
    dt__arena_init(&d.arenas[1], env);
    d.now_arena = &d.arenas[0];
    d.next_arena = &d.arenas[1];
    st = run(&d);
    dt__arena_clear(&d.arenas[0]);
    dt__arena_clear(&d.arenas[1]);
    *counted = st == DT_OK && !d.too_large;
    if (*counted) memcpy(tally->high, tally->count, sizeof tally->high);
    else *tally = (dt__tally){.exact = true, .limbs = tally->limbs};
    return st;
}
