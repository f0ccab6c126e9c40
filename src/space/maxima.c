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
    uint64_t *list = DT__ARENA_ARRAY(arena, uint64_t, 2 * keys->count);
    uint32_t rank = 1;

    if (list == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < keys->count; i++) {
        uint32_t above = (uint32_t)dt__key_row(keys, i)[1] ^ UINT32_C(0x80000000);
        list[i] = dt__sortable(keys->highest[1] - above, i);
    }
    dt__sort_by_key(list, list + keys->count, keys->count);
    for (size_t i = 0; i < keys->count; i++) {
        rank += i > 0 && dt__sorted_key(list[i]) != dt__sorted_key(list[i - 1]);
        ranks[dt__sorted_item(list[i])] = rank;
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

/* ---- runs in two dimensions ---- */

typedef struct run {
    size_t start, count; /* among the indices */
} run;

static int order_plane(const dt__int128 *a, const dt__int128 *b) {
    if (a[0] != b[0]) return a[0] > b[0] ? 1 : -1;
    return (a[1] > b[1]) - (a[1] < b[1]);
}

/* Of a descending sequence only what is larger in the second coordinate stays, or equal to the last that did. */
static inline size_t append(uint32_t *out, size_t count, uint32_t item, const dt__int128 *values) {
    const dt__int128 *v = values + (size_t)2 * item, *last;

    if (count > 0) {
        last = values + (size_t)2 * out[count - 1];
        if (v[1] < last[1] || (v[1] == last[1] && v[0] != last[0])) return count;
    }
    out[count] = item;
    return count + 1;
}

static size_t merge_two(uint32_t *out, const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count,
                        const dt__int128 *values) {
    size_t i = 0, j = 0, count = 0;

    while (i < a_count && j < b_count) {
        bool first = order_plane(values + (size_t)2 * a[i], values + (size_t)2 * b[j]) >= 0;
        count = append(out, count, first ? a[i] : b[j], values);
        i += first;
        j += !first;
    }
    for (; i < a_count; i++) count = append(out, count, a[i], values);
    for (; j < b_count; j++) count = append(out, count, b[j], values);
    return count;
}

/* Neighbours in pairs, until one run is left.  Returns where it is: the lists are used by turns. */
static uint32_t *merge_all(uint32_t *list, uint32_t *spare, run *runs, size_t count, const dt__int128 *values) {
    while (count > 1) {
        uint32_t *swapped = list;
        size_t made = 0, at = 0;
        for (size_t r = 0; r < count; r += 2) {
            run second = r + 1 < count ? runs[r + 1] : (run){0};
            size_t size =
                merge_two(spare + at, list + runs[r].start, runs[r].count, list + second.start, second.count, values);
            runs[made++] = (run){.start = at, .count = size};
            at += size;
        }
        count = made;
        list = spare;
        spare = swapped;
    }
    return list;
}

dt_status dt__maxima_merge(dt__maxima *out, const dt__int128 *values, const size_t *starts, size_t runs,
                           dt__arena *arena) {
    size_t count = starts[runs];
    uint32_t *list = DT__ARENA_ARRAY(arena, uint32_t, 2 * count);
    run *pieces = DT__ARENA_ARRAY(arena, run, runs + 1);

    *out = (dt__maxima){.starts = DT__ARENA_ARRAY(arena, uint32_t, count + 1)};
    if (count > DT__MAX_CANDIDATES) return DT_ERR_LIMIT;
    if (!list || !pieces || !out->starts) return DT_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) list[i] = (uint32_t)i;
    for (size_t r = 0; r < runs; r++) pieces[r] = (run){.start = starts[r], .count = starts[r + 1] - starts[r]};
    out->items = merge_all(list, list + count, pieces, runs, values);
    count = runs == 0 ? 0 : pieces[0].count;
    for (size_t i = 0; i < count; i++) {
        const dt__int128 *v = values + (size_t)2 * out->items[i];
        if (i == 0 || order_plane(values + (size_t)2 * out->items[i - 1], v) != 0)
            out->starts[out->count++] = (uint32_t)i;
    }
    out->starts[out->count] = (uint32_t)count;
    return DT_OK;
}
