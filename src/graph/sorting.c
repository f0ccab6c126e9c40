/* Sorting without comparing: dense numbers for keys, members of blocks by rank. */
#include <string.h>

#include "graph/build.h"

enum { DIGIT = 11, DIGITS = 1 << DIGIT };

static void range_of(const uint64_t *keys, size_t n, uint64_t *low, uint64_t *high) {
    *low = *high = n == 0 ? 0 : keys[0];
    for (size_t i = 1; i < n; i++) {
        if (keys[i] < *low) *low = keys[i];
        if (keys[i] > *high) *high = keys[i];
    }
}

/* Keys that lie close together number themselves. */
static dt_status number_by_place(uint32_t *out, size_t *count, const uint64_t *keys, size_t n, uint64_t low,
                                 uint64_t high, dt_env *env) {
    size_t places = (size_t)(high - low) + 1;
    uint32_t *number = DT__ARRAY(env, uint32_t, places), next = 0;

    if (number == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < n; i++) number[keys[i] - low] = 1;
    for (size_t p = 0; p < places; p++) {
        uint32_t used = number[p];
        number[p] = next;
        next += used;
    }
    for (size_t i = 0; i < n; i++) out[i] = number[keys[i] - low];
    *count = next;
    DT__FREE(env, number, places);
    return DT_OK;
}

typedef struct keyed {
    uint64_t key;
    uint32_t index;
} keyed;

/* One stable pass over a digit; false when all keys have the same and nothing was done. */
static bool sort_digit(keyed *to, const keyed *from, size_t n, unsigned shift) {
    size_t start[DIGITS] = {0}, at = 0;

    for (size_t i = 0; i < n; i++) start[from[i].key >> shift & (DIGITS - 1)]++;
    if (start[from[0].key >> shift & (DIGITS - 1)] == n) return false;
    for (size_t d = 0; d < DIGITS; d++) {
        size_t here = start[d];
        start[d] = at;
        at += here;
    }
    for (size_t i = 0; i < n; i++) to[start[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
    return true;
}

static dt_status number_by_sorting(uint32_t *out, size_t *count, const uint64_t *keys, size_t n, uint64_t low,
                                   uint64_t high, dt_env *env) {
    keyed *a = DT__ARRAY(env, keyed, n), *b = DT__ARRAY(env, keyed, n);
    uint32_t next = 0;

    if (a != NULL && b != NULL) {
        keyed *from = a, *to = b, *swap;
        for (size_t i = 0; i < n; i++) a[i] = (keyed){.key = keys[i] - low, .index = (uint32_t)i};
        for (unsigned shift = 0; shift < 64 && (high - low) >> shift > 0; shift += DIGIT) {
            if (!sort_digit(to, from, n, shift)) continue;
            swap = from;
            from = to;
            to = swap;
        }
        for (size_t i = 0; i < n; i++) {
            if (i > 0 && from[i].key != from[i - 1].key) next++;
            out[from[i].index] = next;
        }
        *count = (size_t)next + 1;
    }
    DT__FREE(env, a, n);
    DT__FREE(env, b, n);
    return a != NULL && b != NULL ? DT_OK : DT_ERR_MEMORY;
}

dt_status dt__dense_numbers(uint32_t *out, size_t *count, const uint64_t *keys, size_t n, dt_env *env) {
    uint64_t low, high;

    *count = 0;
    if (n == 0) return DT_OK;
    range_of(keys, n, &low, &high);
    if (high - low < 4 * (uint64_t)n + 4096) return number_by_place(out, count, keys, n, low, high, env);
    return number_by_sorting(out, count, keys, n, low, high, env);
}

/* ---- members ---- */

/* States from best to worst, ties by state. */
static dt_status by_rank(dt__state *order, const dt__rank *ranks, size_t n, dt_env *env) {
    uint32_t most = 0, at = 0, *start;

    for (size_t s = 0; s < n; s++) most = ranks[s] > most ? ranks[s] : most;
    start = DT__ARRAY(env, uint32_t, (size_t)most + 1);
    if (start == NULL) return DT_ERR_MEMORY;
    for (size_t s = 0; s < n; s++) start[ranks[s]]++;
    for (size_t r = (size_t)most + 1; r-- > 0;) {
        uint32_t here = start[r];
        start[r] = at;
        at += here;
    }
    for (size_t s = 0; s < n; s++) order[start[ranks[s]]++] = (dt__state)s;
    DT__FREE(env, start, (size_t)most + 1);
    return DT_OK;
}

dt_status dt__sort_members(dt__state *members, const uint32_t *of, const uint32_t *start, uint32_t block_count,
                           const dt__rank *ranks, size_t n, dt_env *env) {
    dt__state *order = ranks == NULL ? NULL : DT__ARRAY(env, dt__state, n);
    uint32_t *at = DT__ARRAY(env, uint32_t, block_count);
    dt_status st = at == NULL || (ranks != NULL && order == NULL) ? DT_ERR_MEMORY : DT_OK;

    if (st == DT_OK && ranks != NULL) st = by_rank(order, ranks, n, env);
    if (st == DT_OK) {
        memcpy(at, start, block_count * sizeof *at);
        for (size_t i = 0; i < n; i++) {
            dt__state s = order == NULL ? (dt__state)i : order[i];
            members[at[of[s]]++] = s;
        }
    }
    DT__FREE(env, at, block_count);
    DT__FREE(env, order, n);
    return st;
}
