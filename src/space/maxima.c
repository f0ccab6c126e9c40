#include "space/maxima.h"

#include <string.h>

#include "space/boxes.h"

/* ---- equal vectors side by side ---- */

static bool same_row(const int32_t *a, const int32_t *b, size_t width) {
    dt__lanes differs = {0};
    for (size_t at = 0; at < width; at += DT__KEY_LANES) differs |= dt__load_lanes(a + at) != dt__load_lanes(b + at);
    return !dt__any_lane(differs);
}

/* Starts of the runs of equal rows; rows then holds each distinct vector once. */
static dt_status join_equal(dt__maxima *m, dt__keys *keys, dt__arena *arena) {
    m->starts = DT__ARENA_ARRAY(arena, uint32_t, keys->count + 1);
    m->items = keys->items;
    m->count = 0;
    if (m->starts == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < keys->count; i++) {
        const int32_t *row = dt__key_row(keys, i);
        if (m->count > 0 && same_row(dt__key_row(keys, m->count - 1), row, keys->width)) continue;
        if (m->count < i) dt__copy_lanes(dt__key_row(keys, m->count), row, keys->width);
        m->starts[m->count++] = (uint32_t)i;
    }
    m->starts[m->count] = (uint32_t)keys->count;
    keys->count = m->count;
    return DT_OK;
}

/* Keeps the vectors that are not marked. */
static void drop_marked(dt__maxima *m, const bool *dominated) {
    size_t kept = 0, at = 0;

    for (size_t i = 0; i < m->count; i++) {
        size_t start = m->starts[i], size = m->starts[i + 1] - start;
        if (dominated[i]) continue;
        memmove(m->items + at, m->items + start, size * sizeof *m->items);
        m->starts[kept++] = (uint32_t)at;
        at += size;
    }
    m->count = kept;
    m->starts[kept] = (uint32_t)at;
}

/* ---- one and two dimensions: what comes later must be larger in the last one ---- */

static void mark_plane(bool *dominated, const dt__keys *keys) {
    size_t last = keys->dimensions - 1;
    int32_t best = INT32_MIN;

    for (size_t i = 0; i < keys->count; i++) {
        int32_t key = dt__key_row(keys, i)[last];
        dominated[i] = i > 0 && (last == 0 || key <= best);
        if (key > best) best = key;
    }
}

/* ---- three: the largest third coordinate among earlier vectors whose second is at least as large ----
 *
 * A Fenwick tree over the ranks of the second coordinate, the largest first: the maximum of a beginning. */

static dt_status rank_seconds(uint32_t *ranks, const dt__keys *keys, dt__arena *arena) {
    dt__sortable *list = DT__ARENA_ARRAY(arena, dt__sortable, 2 * keys->count);
    uint32_t rank = 1;

    if (list == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < keys->count; i++) {
        uint32_t above = (uint32_t)dt__key_row(keys, i)[1] ^ UINT32_C(0x80000000);
        list[i] = (dt__sortable){.key = keys->highest[1] - above, .item = (uint32_t)i};
    }
    dt__sort_by_key(list, list + keys->count, keys->count);
    for (size_t i = 0; i < keys->count; i++) {
        rank += i > 0 && list[i].key != list[i - 1].key;
        ranks[list[i].item] = rank;
    }
    return DT_OK;
}

static int64_t best_third(const int64_t *best, size_t rank) {
    int64_t largest = INT64_MIN;
    for (; rank > 0; rank &= rank - 1) largest = best[rank] > largest ? best[rank] : largest;
    return largest;
}

static void enter_third(int64_t *best, size_t rank, size_t count, int64_t third) {
    for (; rank <= count && best[rank] < third; rank += rank & (~rank + 1)) best[rank] = third;
}

static dt_status mark_space(bool *dominated, const dt__keys *keys, dt__arena *arena) {
    uint32_t *ranks = DT__ARENA_ARRAY(arena, uint32_t, keys->count);
    int64_t *best = DT__ARENA_ARRAY(arena, int64_t, keys->count + 1);
    dt_status st;

    if (ranks == NULL || best == NULL) return DT_ERR_MEMORY;
    if ((st = rank_seconds(ranks, keys, arena)) != DT_OK) return st;
    for (size_t i = 0; i <= keys->count; i++) best[i] = INT64_MIN;
    for (size_t i = 0; i < keys->count; i++) {
        int64_t third = dt__key_row(keys, i)[2];
        dominated[i] = best_third(best, ranks[i]) >= third;
        if (!dominated[i]) enter_third(best, ranks[i], keys->count, third);
    }
    return DT_OK;
}

/* ---- the whole ---- */

dt_status dt__maxima_find(dt__maxima *out, const dt__int128 *values, size_t count, size_t dimensions, dt__arena *arena,
                          dt_env *env) {
    dt__keys keys;
    bool *dominated;
    dt_status st;

    *out = (dt__maxima){0};
    if (count > DT__MAX_CANDIDATES) return DT_ERR_LIMIT;
    if ((st = dt__keys_make(&keys, values, count, dimensions, arena)) != DT_OK) return st;
    if ((st = dt__keys_sort(&keys, arena)) != DT_OK) return st;
    if ((st = join_equal(out, &keys, arena)) != DT_OK) return st;
    if ((dominated = DT__ARENA_ARRAY(arena, bool, keys.count)) == NULL) return DT_ERR_MEMORY;
    if (dimensions <= 2) mark_plane(dominated, &keys);
    else if (dimensions == 3) st = mark_space(dominated, &keys, arena);
    else st = dt__boxes_mark(dominated, &keys, arena, env);
    if (st == DT_OK) drop_marked(out, dominated);
    return st;
}
