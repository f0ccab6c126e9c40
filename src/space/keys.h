/* Narrow numbers in place of wide ones.  Dominance and order depend on which of two numbers is larger, so 32 bits that
 * compare alike do as well as 128, and four of them are compared at once. */
#ifndef DT__SPACE_KEYS_H
#define DT__SPACE_KEYS_H

#include <string.h>

#include "base/arena.h"
#include "base/rational.h"

enum { DT__KEY_LANES = 4 };

/* Four keys side by side, compared as one. */
typedef int32_t dt__lanes __attribute__((vector_size(DT__KEY_LANES * sizeof(int32_t))));

static inline dt__lanes dt__load_lanes(const int32_t *from) {
    dt__lanes lanes;
    memcpy(&lanes, from, sizeof lanes);
    return lanes;
}
static inline void dt__store_lanes(int32_t *to, dt__lanes lanes) {
    memcpy(to, &lanes, sizeof lanes);
}
/* Rows of whole lanes. */
static inline void dt__copy_lanes(int32_t *to, const int32_t *from, size_t width) {
    for (size_t at = 0; at < width; at += DT__KEY_LANES) dt__store_lanes(to + at, dt__load_lanes(from + at));
}
/* What a comparison says of its four pairs. */
static inline bool dt__any_lane(dt__lanes mask) {
    uint64_t halves[2];
    memcpy(halves, &mask, sizeof mask);
    return (halves[0] | halves[1]) != 0;
}
static inline bool dt__every_lane(dt__lanes mask) {
    uint64_t halves[2];
    memcpy(halves, &mask, sizeof mask);
    return (halves[0] & halves[1]) == UINT64_MAX;
}

/* One row per vector: its dimensions, filled up to whole lanes with INT32_MIN. */
typedef struct dt__keys {
    size_t count, dimensions, width; /* numbers in a row */
    int32_t *rows;                   /* count x width */
    uint32_t *items;                 /* which vector a row stands for */
    uint32_t *highest;               /* per dimension: largest key, counted from INT32_MIN */
} dt__keys;

static inline int32_t *dt__key_row(const dt__keys *k, size_t i) {
    return k->rows + i * k->width;
}
static inline size_t dt__key_width(size_t dimensions) {
    return (dimensions + DT__KEY_LANES - 1) / DT__KEY_LANES * DT__KEY_LANES;
}

/* Keys that order the vectors as their values do, in every dimension.  Vectors that a few others obviously dominate are
 * left out.  count < 2^32.  DT_OK, DT_ERR_MEMORY.  Cost: linear, and a sort where a range takes more than 32 bits. */
DT_NODISCARD dt_status dt__keys_make(dt__keys *keys, const dt__int128 *values, size_t count, size_t dimensions,
                                     dt__arena *arena);
/* Puts the rows into descending lexicographic order, equal ones by ascending item. */
DT_NODISCARD dt_status dt__keys_sort(dt__keys *keys, dt__arena *arena);

/* ---- sorting by a key: it stands in the upper half of a word, what is sorted in the lower ---- */

static inline uint64_t dt__sortable(uint32_t key, size_t item) {
    return (uint64_t)key << 32 | (uint32_t)item;
}
static inline uint32_t dt__sorted_key(uint64_t word) {
    return (uint32_t)(word >> 32);
}
static inline size_t dt__sorted_item(uint64_t word) {
    return (uint32_t)word;
}

/* Ascending by key and stable; spare has the same room.  Cost: linear (radix). */
void dt__sort_by_key(uint64_t *list, uint64_t *spare, size_t count);

#endif
