#include "space/points.h"

#include <stdlib.h>
#include <string.h>

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
    memcpy(dt__point_values(to, i, kind), dt__point_values(from, j, kind), kind->dimensions * sizeof(dt__int128));
    memcpy(dt__point_multiplicity(to, i, kind), dt__point_multiplicity(from, j, kind), kind->limbs * sizeof(dt__limb));
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

/* Lexicographic order of values: 1 when a comes first. */
static int order_values(const dt__int128 *a, const dt__int128 *b, size_t dimensions) {
    for (size_t d = 0; d < dimensions; d++) {
        if (a[d] != b[d]) return a[d] > b[d] ? 1 : -1;
    }
    return 0;
}

/* Is a at least as good as b everywhere? */
static bool covers(const dt__int128 *a, const dt__int128 *b, size_t dimensions) {
    for (size_t d = 0; d < dimensions; d++) {
        if (a[d] < b[d]) return false;
    }
    return true;
}

/* ---- two dimensions: linear merges of sorted antichains ---- */

/* Appends a point of a descending sequence to an antichain: joined when equal to the last, dropped when dominated. */
static void append_sorted(dt__points *out, const dt__points *from, size_t i, const dt__points_kind *kind) {
    const dt__int128 *v = dt__point_values(from, i, kind);

    if (out->count > 0) {
        const dt__int128 *last = dt__point_values(out, out->count - 1, kind);
        if (order_values(last, v, kind->dimensions) == 0) {
            add_multiplicity(dt__point_multiplicity(out, out->count - 1, kind), dt__point_multiplicity(from, i, kind),
                             kind);
            out->origins[out->count - 1] = dt__origin_smaller(out->origins[out->count - 1], from->origins[i]);
            return;
        }
        if (kind->dimensions == 1 || last[1] >= v[1]) return;
    }
    copy_point(out, out->count++, from, i, kind);
}

static void merge_sorted(dt__points *out, const dt__points *a, const dt__points *b, const dt__points_kind *kind) {
    size_t i = 0, j = 0;

    out->count = 0;
    while (i < a->count && j < b->count) {
        int order = order_values(dt__point_values(a, i, kind), dt__point_values(b, j, kind), kind->dimensions);
        if (order >= 0) append_sorted(out, a, i++, kind);
        else append_sorted(out, b, j++, kind);
    }
    for (; i < a->count; i++) append_sorted(out, a, i, kind);
    for (; j < b->count; j++) append_sorted(out, b, j, kind);
}

/* ---- sorting ---- */

typedef struct sort_key {
    const dt__int128 *values;
    size_t dimensions, index;
} sort_key;

static int by_values(const void *a, const void *b) {
    const sort_key *x = a, *y = b;
    int order = order_values(x->values, y->values, x->dimensions);
    return order != 0 ? -order : (x->index > y->index) - (x->index < y->index);
}

/* Puts the points into descending order, by way of a copy. */
static dt_status sort_points(dt__points *p, const dt__points_kind *kind, dt_env *env) {
    dt__arena scratch;
    dt__points_kind there = *kind;
    dt__points copy;
    sort_key *keys;
    dt_status st;

    if (p->count < 2) return DT_OK;
    dt__arena_init(&scratch, env);
    there.arena = &scratch;
    st = dt__points_new(&copy, p->count, &there);
    keys = DT__ARENA_ARRAY(&scratch, sort_key, p->count);
    if (st == DT_OK && keys == NULL) st = DT_ERR_MEMORY;
    if (st == DT_OK) {
        for (size_t i = 0; i < p->count; i++) {
            copy_point(&copy, i, p, i, kind);
            keys[i] =
                (sort_key){.values = dt__point_values(&copy, i, kind), .dimensions = kind->dimensions, .index = i};
        }
        qsort(keys, p->count, sizeof *keys, by_values);
        for (size_t i = 0; i < p->count; i++) copy_point(p, i, &copy, keys[i].index, kind);
    }
    dt__arena_clear(&scratch);
    return st;
}

/* ---- filters on sorted points: a dominating point always comes earlier ---- */

static void join_equal(dt__points *p, const dt__points_kind *kind) {
    size_t kept = 0;

    for (size_t i = 0; i < p->count; i++) {
        bool equal = kept > 0 && order_values(dt__point_values(p, kept - 1, kind), dt__point_values(p, i, kind),
                                              kind->dimensions) == 0;
        if (!equal) {
            copy_point(p, kept++, p, i, kind);
            continue;
        }
        add_multiplicity(dt__point_multiplicity(p, kept - 1, kind), dt__point_multiplicity(p, i, kind), kind);
        p->origins[kept - 1] = dt__origin_smaller(p->origins[kept - 1], p->origins[i]);
    }
    p->count = kept;
}

static void filter_plane(dt__points *p, const dt__points_kind *kind) {
    size_t kept = 0;

    for (size_t i = 0; i < p->count; i++) {
        if (kept > 0 &&
            (kind->dimensions == 1 || dt__point_values(p, kept - 1, kind)[1] >= dt__point_values(p, i, kind)[1]))
            continue;
        copy_point(p, kept++, p, i, kind);
    }
    p->count = kept;
}

/* The staircase of the second and third coordinate of what was kept: second descending, third ascending. */
typedef struct stair {
    dt__int128 second, third;
} stair;

/* First step whose second coordinate is below `second`. */
static size_t find_step(const stair *stairs, size_t count, dt__int128 second) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (stairs[middle].second >= second) low = middle + 1;
        else high = middle;
    }
    return low;
}

static size_t insert_step(stair *stairs, size_t count, size_t at, stair step) {
    size_t start = at, end = at;

    if (start > 0 && stairs[start - 1].second == step.second) start--; /* same second, smaller third: replaced */
    while (end < count && stairs[end].third <= step.third) end++;
    memmove(stairs + start + 1, stairs + end, (count - end) * sizeof *stairs);
    stairs[start] = step;
    return count - (end - start) + 1;
}

static dt_status filter_space(dt__points *p, const dt__points_kind *kind, dt_env *env) {
    size_t kept = 0, steps = 0, room = p->count + 1;
    stair *stairs = DT__ARRAY(env, stair, room);

    if (stairs == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < p->count; i++) {
        const dt__int128 *v = dt__point_values(p, i, kind);
        stair step = {.second = v[1], .third = v[2]};
        size_t at = find_step(stairs, steps, v[1]);
        if (at > 0 && stairs[at - 1].third >= v[2]) continue; /* somebody earlier is as good in all three */
        steps = insert_step(stairs, steps, at, step);
        copy_point(p, kept++, p, i, kind);
    }
    p->count = kept;
    DT__FREE(env, stairs, room);
    return DT_OK;
}

/* More dimensions: each point against those kept.  What dominated last is tried first: its neighbours fall to it too.
 */
static dt_status filter_hyper(dt__points *p, const dt__points_kind *kind, dt_env *env) {
    size_t kept = 0, room = p->count + 1;
    uint32_t *recent = DT__ARRAY(env, uint32_t, room);
    dt_status st = DT_OK;

    if (recent == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < p->count && st == DT_OK; i++) {
        const dt__int128 *v = dt__point_values(p, i, kind);
        size_t r = 0;
        while (r < kept && !covers(dt__point_values(p, recent[r], kind), v, kind->dimensions)) r++;
        if (r < kept) {
            uint32_t winner = recent[r];
            size_t to = r / 2;
            memmove(recent + to + 1, recent + to, (r - to) * sizeof *recent);
            recent[to] = winner;
            continue;
        }
        recent[kept] = (uint32_t)kept;
        copy_point(p, kept++, p, i, kind);
        if (i % 4096 == 4095) st = dt__poll(env);
    }
    p->count = kept;
    DT__FREE(env, recent, room);
    return st;
}

/* ---- a first sieve: most points of a large cloud fall to a few of large sum ---- */

enum { SIEVE_FROM = 256, SIEVE_POINTS = 24 };

static double sum_of(const dt__int128 *v, const double *scale, size_t dimensions) {
    double sum = 0;
    for (size_t d = 0; d < dimensions; d++) sum += (double)v[d] * scale[d];
    return sum;
}

static void measure_scales(const dt__points *p, double *scale, const dt__points_kind *kind) {
    for (size_t d = 0; d < kind->dimensions; d++) {
        dt__int128 low = dt__point_values(p, 0, kind)[d], high = low;
        for (size_t i = 1; i < p->count; i++) {
            dt__int128 v = dt__point_values(p, i, kind)[d];
            if (v < low) low = v;
            if (v > high) high = v;
        }
        scale[d] = high > low ? 1 / (double)(high - low) : 0;
    }
}

/* Indices of the points of largest scaled sum. */
static size_t choose_sieve(const dt__points *p, size_t *sieve, const dt__points_kind *kind) {
    double scale[DT__MAX_DIMENSIONS], sums[SIEVE_POINTS];
    size_t count = 0;

    measure_scales(p, scale, kind);
    for (size_t i = 0; i < p->count; i++) {
        double sum = sum_of(dt__point_values(p, i, kind), scale, kind->dimensions);
        size_t at = count;
        if (count == SIEVE_POINTS && sum <= sums[count - 1]) continue;
        if (count == SIEVE_POINTS) at = --count;
        for (; at > 0 && sums[at - 1] < sum; at--) {
            sums[at] = sums[at - 1];
            sieve[at] = sieve[at - 1];
        }
        sums[at] = sum;
        sieve[at] = i;
        count++;
    }
    return count;
}

static void run_sieve(dt__points *p, const dt__points_kind *kind) {
    dt__int128 best[SIEVE_POINTS * DT__MAX_DIMENSIONS];
    size_t sieve[SIEVE_POINTS], count, kept = 0;

    if (p->count < SIEVE_FROM) return;
    count = choose_sieve(p, sieve, kind);
    for (size_t s = 0; s < count; s++)
        memcpy(best + s * kind->dimensions, dt__point_values(p, sieve[s], kind), kind->dimensions * sizeof *best);
    for (size_t i = 0; i < p->count; i++) {
        const dt__int128 *v = dt__point_values(p, i, kind);
        bool falls = false;
        for (size_t s = 0; s < count && !falls; s++) {
            const dt__int128 *b = best + s * kind->dimensions;
            falls = covers(b, v, kind->dimensions) && order_values(b, v, kind->dimensions) != 0;
        }
        if (!falls) copy_point(p, kept++, p, i, kind);
    }
    p->count = kept;
}

dt_status dt__points_filter(dt__points *p, const dt__points_kind *kind, dt_env *env) {
    dt_status st;

    run_sieve(p, kind);
    if ((st = sort_points(p, kind, env)) != DT_OK) return st;
    join_equal(p, kind);
    if (kind->dimensions <= 2) filter_plane(p, kind);
    else if (kind->dimensions == 3) return filter_space(p, kind, env);
    else return filter_hyper(p, kind, env);
    return DT_OK;
}

/* ---- union and sum ---- */

dt_status dt__points_union(dt__points *out, const dt__points *a, const dt__points *b, const dt__points_kind *kind,
                           dt_env *env) {
    dt_status st = dt__points_new(out, a->count + b->count, kind);

    if (st != DT_OK) return st;
    if (kind->dimensions <= 2) {
        merge_sorted(out, a, b, kind);
        return DT_OK;
    }
    for (size_t i = 0; i < a->count; i++) copy_point(out, i, a, i, kind);
    for (size_t i = 0; i < b->count; i++) copy_point(out, a->count + i, b, i, kind);
    return dt__points_filter(out, kind, env);
}

static void add_pair(dt__points *out, dt__origin *pairs, size_t at, const dt__points *a, size_t i, const dt__points *b,
                     size_t j, const dt__points_kind *kind) {
    const dt__int128 *x = dt__point_values(a, i, kind), *y = dt__point_values(b, j, kind);
    dt__int128 *sum = dt__point_values(out, at, kind);

    for (size_t d = 0; d < kind->dimensions; d++) sum[d] = x[d] + y[d];
    multiply_multiplicities(dt__point_multiplicity(out, at, kind), dt__point_multiplicity(a, i, kind),
                            dt__point_multiplicity(b, j, kind), kind);
    pairs[at] = (dt__origin){
        .left = a->origins[i], .right = b->origins[j], .var = DT__ORIGIN_SUM}; /* lasts only if it is kept */
    out->origins[at] = &pairs[at];
}

/* Copies what was kept into lasting memory, and gives each point its origin. */
static dt_status keep(dt__points *out, const dt__points *made, const dt__points_kind *kind) {
    dt_status st = dt__points_new(out, made->count, kind);

    for (size_t i = 0; i < made->count && st == DT_OK; i++) {
        const dt__origin *p = made->origins[i];
        copy_point(out, i, made, i, kind);
        if (p->left == NULL || p->right == NULL) {
            out->origins[i] = p->left == NULL ? p->right : p->left;
        } else {
            dt__origin *origin = DT__ARENA_NEW(kind->arena, dt__origin);
            if (origin == NULL) return DT_ERR_MEMORY;
            *origin = *p;
            out->origins[i] = origin;
        }
    }
    return st;
}

/* One addend after the other: each shifts the other set, and the shifted sets are merged. */
static dt_status sum_plane(dt__points *made, dt__origin *pairs, const dt__points *a, const dt__points *b,
                           const dt__points_kind *kind) {
    dt__points shifted, merged = {0}, spare;
    dt_status st;

    if ((st = dt__points_new(&shifted, a->count, kind)) != DT_OK) return st;
    if ((st = dt__points_new(&merged, a->count * b->count, kind)) != DT_OK) return st;
    if ((st = dt__points_new(&spare, a->count * b->count, kind)) != DT_OK) return st;
    merged.count = 0;
    for (size_t j = 0; j < b->count; j++) {
        dt__points before = merged;
        for (size_t i = 0; i < a->count; i++) {
            add_pair(&shifted, pairs + j * a->count, i, a, i, b, j, kind);
        }
        merge_sorted(&spare, &before, &shifted, kind);
        merged = spare;
        spare = before;
    }
    *made = merged;
    return DT_OK;
}

static dt_status sum_space(dt__points *made, dt__origin *pairs, const dt__points *a, const dt__points *b,
                           const dt__points_kind *kind, dt_env *env) {
    dt_status st = dt__points_new(made, a->count * b->count, kind);
    size_t at = 0;

    for (size_t i = 0; i < a->count && st == DT_OK; i++) {
        for (size_t j = 0; j < b->count; j++) add_pair(made, pairs, at++, a, i, b, j, kind);
    }
    return st == DT_OK ? dt__points_filter(made, kind, env) : st;
}

dt_status dt__points_sum(dt__points *out, const dt__points *a, const dt__points *b, const dt__points_kind *kind,
                         dt_env *env) {
    const dt__points *large = a->count >= b->count ? a : b, *small = a->count >= b->count ? b : a;
    dt__arena scratch;
    dt__points_kind there = *kind;
    dt__points made;
    dt__origin *pairs;
    dt_status st = DT_ERR_MEMORY;

    dt__arena_init(&scratch, env);
    there.arena = &scratch;
    pairs = DT__ARENA_ARRAY(&scratch, dt__origin, large->count * small->count);
    if (pairs != NULL)
        st = kind->dimensions <= 2 ? sum_plane(&made, pairs, large, small, &there)
                                   : sum_space(&made, pairs, large, small, &there, env);
    if (st == DT_OK) st = keep(out, &made, kind);
    dt__arena_clear(&scratch);
    return st;
}
