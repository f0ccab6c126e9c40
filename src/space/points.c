#include "space/points.h"

#include <string.h>

#include "space/maxima.h"

dt_status dt__points_new(dt__points *out, size_t count, const dt__points_kind *kind) {
    *out = (dt__points){.count = count};
    out->values = DT__ARENA_ARRAY(kind->arena, dt__int128, count * kind->dimensions);
    out->multiplicities = DT__ARENA_ARRAY(kind->arena, dt__limb, count * kind->limbs);
    out->origins = DT__ARENA_ARRAY(kind->arena, const dt__origin *, count);
    return out->values && out->multiplicities && out->origins ? DT_OK : DT_ERR_MEMORY;
}

/* ---- origins ---- */

void dt__origin_options(const dt__origin *origin, uint16_t *options) {
    if (origin == NULL) return;
    if (origin->var != DT__ORIGIN_SUM) {
        options[origin->var] = origin->option;
        return;
    }
    dt__origin_options(origin->left, options);
    dt__origin_options(origin->right, options);
}

/* The lexicographically smaller of two ways to the same vector.  Both chose for the same variables, so the smaller part
 * makes the smaller whole: which outcome is shown depends neither on the order of elimination nor on threads. */
const dt__origin *dt__origin_smaller(const dt__origin *a, const dt__origin *b) {
    uint16_t x[DT__ORIGIN_VARS], y[DT__ORIGIN_VARS];

    if (a == b) return a;
    memset(x, 0xff, sizeof x);
    memset(y, 0xff, sizeof y);
    dt__origin_options(a, x);
    dt__origin_options(b, y);
    for (size_t v = 0; v < DT__ORIGIN_VARS; v++) {
        if (x[v] != y[v]) return x[v] < y[v] ? a : b;
    }
    return a;
}

/* ---- single points ---- */

static void copy_point(dt__points *to, size_t i, const dt__points *from, size_t j, const dt__points_kind *kind) {
    dt__int128 *values = dt__point_values(to, i, kind);
    const dt__int128 *others = dt__point_values(from, j, kind);
    dt__limb *multiplicity = dt__point_multiplicity(to, i, kind);
    const dt__limb *other = dt__point_multiplicity(from, j, kind);

    for (size_t d = 0; d < kind->dimensions; d++) values[d] = others[d];
    for (size_t l = 0; l < kind->limbs; l++) multiplicity[l] = other[l];
    to->origins[i] = from->origins[j];
}

static void add_multiplicity(dt__limb *to, const dt__limb *more, const dt__points_kind *kind) {
    if (kind->limbs == 1) {
        if (__builtin_add_overflow(*to, *more, to)) *kind->overflow = true;
    } else {
        dt__count_add(to, more, kind->limbs);
    }
}

static void multiply_multiplicities(dt__limb *out, const dt__limb *a, const dt__limb *b, const dt__points_kind *kind) {
    if (kind->limbs == 1) {
        if (__builtin_mul_overflow(*a, *b, out)) *kind->overflow = true;
    } else {
        dt__count_mul(out, a, b, kind->limbs);
    }
}

/* ---- what is kept is chosen first, then put together ---- */

enum { AHEAD = 12 };

/* Points are far apart in memory: asks for those that come soon. */
static void fetch_soon(const dt__points *from, const dt__maxima *chosen, size_t g, const dt__points_kind *kind) {
    size_t i;

    if (g + AHEAD >= chosen->count) return;
    i = chosen->items[chosen->starts[g + AHEAD]];
    __builtin_prefetch(dt__point_values(from, i, kind));
    __builtin_prefetch(dt__point_multiplicity(from, i, kind));
    __builtin_prefetch(&from->origins[i]);
}

/* The points chosen, equal ones joined. */
static void gather(dt__points *out, const dt__points *from, const dt__maxima *chosen, const dt__points_kind *kind) {
    for (size_t g = 0; g < chosen->count; g++) {
        fetch_soon(from, chosen, g, kind);
        copy_point(out, g, from, chosen->items[chosen->starts[g]], kind);
        for (size_t at = chosen->starts[g] + 1; at < chosen->starts[g + 1]; at++) {
            size_t i = chosen->items[at];
            add_multiplicity(dt__point_multiplicity(out, g, kind), dt__point_multiplicity(from, i, kind), kind);
            out->origins[g] = dt__origin_smaller(out->origins[g], from->origins[i]);
        }
    }
}

dt_status dt__points_filter(dt__points *p, const dt__points_kind *kind, dt_env *env) {
    dt__arena scratch;
    dt__maxima chosen;
    dt__points kept;
    dt_status st;

    if (p->count < 2) return DT_OK;
    dt__arena_init(&scratch, env);
    DT__TRY(dt__maxima_find(&chosen, p->values, p->count, kind->dimensions, &scratch, env));
    DT__TRY(dt__points_new(&kept, chosen.count, kind));
    gather(&kept, p, &chosen, kind);
    *p = kept;
done:
    dt__arena_clear(&scratch);
    return st;
}

/* ---- union ---- */

/* One set after the other; starts: where each begins. */
static dt_status put_together(dt__points *out, size_t *starts, const dt__points *sets, size_t count,
                              const dt__points_kind *kind) {
    size_t total = 0;
    dt_status st;

    for (size_t s = 0; s < count; s++) total += sets[s].count;
    if ((st = dt__points_new(out, total, kind)) != DT_OK) return st;
    for (size_t s = 0, at = 0; s < count; s++) {
        starts[s] = at;
        for (size_t i = 0; i < sets[s].count; i++) copy_point(out, at++, &sets[s], i, kind);
    }
    starts[count] = total;
    return DT_OK;
}

dt_status dt__points_union(dt__points *out, const dt__points *sets, size_t count, const dt__points_kind *kind,
                           dt_env *env) {
    dt__arena scratch;
    dt__points_kind there = *kind;
    dt__maxima chosen;
    dt__points all;
    size_t *starts;
    dt_status st;

    dt__arena_init(&scratch, env);
    there.arena = &scratch;
    starts = DT__ARENA_ARRAY(&scratch, size_t, count + 1);
    if (starts == NULL) DT__TRY(DT_ERR_MEMORY);
    DT__TRY(put_together(&all, starts, sets, count, &there));
    if (kind->dimensions == 2 && all.count > 4 * count)
        DT__TRY(dt__maxima_merge(&chosen, all.values, starts, count, &scratch));
    else DT__TRY(dt__maxima_find(&chosen, all.values, all.count, kind->dimensions, &scratch, env));
    DT__TRY(dt__points_new(out, chosen.count, kind));
    gather(out, &all, &chosen, kind);
done:
    dt__arena_clear(&scratch);
    return st;
}

/* ---- sums: a few addends at a time, so that memory follows what is kept ---- */

enum { CHUNK = 1 << 16 };

typedef struct summing {
    const dt__points *a, *b;
    const dt__points *before; /* what earlier addends left; candidates 0 .. count - 1 */
    size_t first;             /* addend of b that candidate before->count belongs to */
} summing;

/* The way to a candidate; its parts last, it itself may not. */
static dt__origin way_to(const summing *s, size_t candidate) {
    const dt__origin nothing = {.var = DT__ORIGIN_SUM};
    size_t pair = candidate - s->before->count;

    if (candidate < s->before->count)
        return s->before->origins[candidate] == NULL ? nothing : *s->before->origins[candidate];
    return (dt__origin){.left = s->a->origins[pair % s->a->count],
                        .right = s->b->origins[s->first + pair / s->a->count],
                        .var = DT__ORIGIN_SUM};
}

static void multiplicity_of(dt__limb *out, const summing *s, size_t candidate, const dt__points_kind *kind) {
    size_t pair = candidate - s->before->count;

    if (candidate < s->before->count)
        memcpy(out, dt__point_multiplicity(s->before, candidate, kind), kind->limbs * sizeof *out);
    else
        multiply_multiplicities(out, dt__point_multiplicity(s->a, pair % s->a->count, kind),
                                dt__point_multiplicity(s->b, s->first + pair / s->a->count, kind), kind);
}

/* Makes a way last; false: no memory. */
static bool lasting_way(const dt__origin **out, const dt__origin *way, const dt__points_kind *kind) {
    dt__origin *origin;

    if (way->var == DT__ORIGIN_SUM && (way->left == NULL || way->right == NULL)) {
        *out = way->left == NULL ? way->right : way->left;
        return true;
    }
    if ((origin = DT__ARENA_NEW(kind->arena, dt__origin)) == NULL) return false;
    *origin = *way;
    *out = origin;
    return true;
}

/* The candidates of one distinct vector become a point. */
static bool settle(dt__points *out, size_t at, const summing *s, const uint32_t *candidates, size_t count,
                   const dt__points_kind *kind) {
    dt__origin way = way_to(s, candidates[0]);

    multiplicity_of(dt__point_multiplicity(out, at, kind), s, candidates[0], kind);
    for (size_t i = 1; i < count; i++) {
        dt__origin other = way_to(s, candidates[i]);
        dt__limb more[DT__COUNT_MAX_LIMBS];
        multiplicity_of(more, s, candidates[i], kind);
        add_multiplicity(dt__point_multiplicity(out, at, kind), more, kind);
        if (dt__origin_smaller(&way, &other) == &other) way = other;
    }
    return lasting_way(&out->origins[at], &way, kind);
}

/* What is not dominated among the candidates: in two dimensions they come in sorted runs, one per addend. */
static dt_status choose(dt__maxima *chosen, const summing *s, size_t end, const dt__int128 *values, size_t count,
                        const dt__points_kind *kind, dt__arena *scratch, dt_env *env) {
    size_t runs = 1 + (end - s->first), *starts;

    if (kind->dimensions != 2) return dt__maxima_find(chosen, values, count, kind->dimensions, scratch, env);
    if ((starts = DT__ARENA_ARRAY(scratch, size_t, runs + 1)) == NULL) return DT_ERR_MEMORY;
    for (size_t r = 1; r <= runs; r++) starts[r] = s->before->count + (r - 1) * s->a->count;
    return dt__maxima_merge(chosen, values, starts, runs, scratch);
}

static void list_candidates(dt__int128 *values, const summing *s, size_t end, size_t dimensions) {
    if (s->before->count > 0) memcpy(values, s->before->values, s->before->count * dimensions * sizeof *values);
    values += s->before->count * dimensions;
    for (size_t j = s->first; j < end; j++) {
        const dt__int128 *y = s->b->values + j * dimensions;
        for (size_t i = 0; i < s->a->count; i++) {
            const dt__int128 *x = s->a->values + i * dimensions;
            for (size_t d = 0; d < dimensions; d++) *values++ = x[d] + y[d];
        }
    }
}

/* What the next addends, up to `end`, leave together with what there was. */
static dt_status sum_some(dt__points *out, const summing *s, size_t end, const dt__points_kind *kind, dt_env *env) {
    size_t count = s->before->count + (end - s->first) * s->a->count, dims = kind->dimensions;
    dt__arena scratch;
    dt__int128 *values;
    dt__maxima chosen;
    dt_status st;

    dt__arena_init(&scratch, env);
    values = DT__ARENA_ARRAY(&scratch, dt__int128, count * dims);
    if (values == NULL) DT__TRY(DT_ERR_MEMORY);
    list_candidates(values, s, end, dims);
    DT__TRY(choose(&chosen, s, end, values, count, kind, &scratch, env));
    DT__TRY(dt__points_new(out, chosen.count, kind));
    for (size_t g = 0; g < chosen.count; g++) {
        size_t start = chosen.starts[g];
        memcpy(dt__point_values(out, g, kind), values + chosen.items[start] * dims, dims * sizeof *values);
        if (!settle(out, g, s, chosen.items + start, chosen.starts[g + 1] - start, kind)) DT__TRY(DT_ERR_MEMORY);
    }
done:
    dt__arena_clear(&scratch);
    return st;
}

/* Intermediate results live in two arenas by turns, the last one where it lasts. */
dt_status dt__points_sum(dt__points *out, const dt__points *a, const dt__points *b, const dt__points_kind *kind,
                         dt_env *env) {
    dt__arena arenas[2];
    dt__points results[2] = {{0}};
    summing s = {.a = a->count >= b->count ? a : b, .b = a->count >= b->count ? b : a};
    size_t turn = 0;
    dt_status st = DT_OK;

    *out = (dt__points){0};
    for (int k = 0; k < 2; k++) dt__arena_init(&arenas[k], env);
    while (s.first < s.b->count && st == DT_OK) {
        size_t block = 1 + (CHUNK + 4 * results[turn].count) / s.a->count, left = s.b->count - s.first;
        dt__points_kind there = *kind;
        bool last = block >= left;
        s.before = &results[turn];
        if (!last) there.arena = &arenas[1 - turn];
        st = sum_some(last ? out : &results[1 - turn], &s, last ? s.b->count : s.first + block, &there, env);
        dt__arena_clear(&arenas[turn]);
        s.first += last ? left : block;
        turn = 1 - turn;
    }
    for (int k = 0; k < 2; k++) dt__arena_clear(&arenas[k]);
    return st;
}
