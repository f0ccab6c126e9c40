#include <string.h>

#include "bargain/solve.h"

enum { MAX_STEPS = 64 };

typedef struct raiffa {
    const dt__gains *g;
    dt__rational at[DT__MAX_PARTIES]; /* d^k, as gains in each party's unit */
    bool *left;                       /* points at least as good as d^k */
    bool exact;
} raiffa;

static bool reaches(const raiffa *r, size_t i) {
    for (size_t d = 0; d < r->g->dimensions; d++) {
        dt__rational gain = {.num = dt__gain(r->g, i)[d], .den = 1};
        if (dt__rational_compare(gain, r->at[d]) < 0) return false;
    }
    return true;
}

/* Ideal of what is left, per party; false when that is one point: it is the answer. */
static bool ideal_of(const raiffa *r, dt__int128 *ideal) {
    size_t any = 0;
    for (size_t i = 0; i < r->g->count; i++) {
        if (!r->left[i]) continue;
        for (size_t d = 0; d < r->g->dimensions; d++) {
            if (any == 0 || dt__gain(r->g, i)[d] > ideal[d]) ideal[d] = dt__gain(r->g, i)[d];
        }
        any++;
    }
    return any > 1;
}

/* d^(k+1) = d^k + (a - d^k) / n; false when it leaves 128 bits or nothing moves. */
static bool step(raiffa *r, const dt__int128 *ideal) {
    dt__rational next[DT__MAX_PARTIES];
    bool moved = false;

    for (size_t d = 0; d < r->g->dimensions; d++) {
        dt__rational gap, part;
        if (!dt__rational_sub(&gap, (dt__rational){ideal[d], 1}, r->at[d]) ||
            !dt__rational_div(&part, gap, DT__RATIONAL((dt__int128)r->g->dimensions)) ||
            !dt__rational_add(&next[d], r->at[d], part)) {
            r->exact = false;
            return false;
        }
        moved |= part.num != 0;
    }
    memcpy(r->at, next, sizeof next);
    return moved;
}

/* The last stand before nothing would be left. */
static void advance(raiffa *r, bool *before) {
    for (int k = 0; k < MAX_STEPS; k++) {
        dt__int128 ideal[DT__MAX_PARTIES];
        dt__rational back[DT__MAX_PARTIES];
        bool any = false;
        memcpy(before, r->left, r->g->count * sizeof *before);
        memcpy(back, r->at, sizeof back);
        if (!ideal_of(r, ideal) || !step(r, ideal)) return;
        for (size_t i = 0; i < r->g->count; i++) {
            r->left[i] = r->left[i] && reaches(r, i);
            any |= r->left[i];
        }
        if (any) continue;
        memcpy(r->left, before, r->g->count * sizeof *before);
        memcpy(r->at, back, sizeof back);
        return;
    }
}

/* What is left, seen from d^k, in whole numbers: gains times the denominator, less d^k. */
static bool seen_from_here(const raiffa *r, dt__gains *out, size_t *index, dt__arena *arena) {
    size_t dims = r->g->dimensions;

    *out = *r->g;
    out->count = 0;
    if (!dt__gains_new(out, r->g->count, arena)) return false;
    memset(out->ideal, 0, sizeof out->ideal);
    for (size_t i = 0; i < r->g->count; i++) {
        if (!r->left[i]) continue;
        for (size_t d = 0; d < dims; d++) {
            dt__int128 whole;
            if (!dt__int128_mul(&whole, dt__gain(r->g, i)[d], r->at[d].den)) return false;
            whole -= r->at[d].num;
            dt__gains_set(out, out->count, d, whole);
            if (whole > out->ideal[d]) out->ideal[d] = whole;
        }
        index[out->count++] = i;
    }
    return true;
}

dt_status dt__solve_raiffa(dt__choice *choice, const dt__gains *g, dt__arena *arena) {
    raiffa r = {.g = g, .exact = true, .left = DT__ARENA_ARRAY(arena, bool, g->count)};
    bool *before = DT__ARENA_ARRAY(arena, bool, g->count);
    size_t *index = DT__ARENA_ARRAY(arena, size_t, g->count);
    dt__choice fairest;
    dt__gains seen;
    dt_status st;

    if (!r.left || !before || !index) return DT_ERR_MEMORY;
    for (size_t d = 0; d < g->dimensions; d++) r.at[d] = DT__RATIONAL(0);
    for (size_t i = 0; i < g->count; i++) r.left[i] = true;
    advance(&r, before);
    if (!seen_from_here(&r, &seen, index, arena)) {
        choice->exact = false;
        seen = *g;
        for (size_t i = 0; i < g->count; i++) index[i] = i;
    }
    if ((st = dt__solve(&fairest, DT_SOLUTION_KALAI_SMORODINSKY_LEXIMIN, &seen, arena)) != DT_OK) return st;
    for (size_t i = 0; i < seen.count; i++) choice->chosen[index[i]] = fairest.chosen[i];
    choice->count = fairest.count;
    choice->exact = choice->exact && r.exact && fairest.exact;
    choice->degenerate = fairest.degenerate;
    choice->value = fairest.value;
    return DT_OK;
}
