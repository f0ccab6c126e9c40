/* Sets of bits (red lines and reservation values), and antichains of them. */
#ifndef DT__SPACE_MASK_H
#define DT__SPACE_MASK_H

#include "base/vector.h"

enum { DT__MASK_WORDS = 4 };

typedef struct dt__mask {
    uint64_t words[DT__MASK_WORDS];
} dt__mask;

static inline void dt__mask_add(dt__mask *m, uint32_t bit) {
    m->words[bit / 64] |= UINT64_C(1) << (bit % 64);
}
static inline bool dt__mask_has(const dt__mask *m, uint32_t bit) {
    return (m->words[bit / 64] >> (bit % 64)) & 1;
}
static inline dt__mask dt__mask_union(dt__mask a, dt__mask b) {
    for (int w = 0; w < DT__MASK_WORDS; w++) a.words[w] |= b.words[w];
    return a;
}
static inline dt__mask dt__mask_intersection(dt__mask a, dt__mask b) {
    for (int w = 0; w < DT__MASK_WORDS; w++) a.words[w] &= b.words[w];
    return a;
}
static inline bool dt__mask_subset(const dt__mask *a, const dt__mask *b) { /* a within b */
    uint64_t outside = 0;
    for (int w = 0; w < DT__MASK_WORDS; w++) outside |= a->words[w] & ~b->words[w];
    return outside == 0;
}
static inline bool dt__mask_disjoint(const dt__mask *a, const dt__mask *b) {
    uint64_t common = 0;
    for (int w = 0; w < DT__MASK_WORDS; w++) common |= a->words[w] & b->words[w];
    return common == 0;
}
static inline uint32_t dt__mask_size(const dt__mask *m) {
    int size = 0;
    for (int w = 0; w < DT__MASK_WORDS; w++) size += __builtin_popcountll(m->words[w]);
    return (uint32_t)size;
}
/* By size, then by the lowest bit that differs. */
int dt__mask_order(const void *a, const void *b);

/* An antichain: masks of which none lies within another.  Kept in the order of arrival. */
typedef struct dt__antichain {
    dt__vector masks; /* dt__mask */
} dt__antichain;

#define DT__ANTICHAIN ((dt__antichain){.masks = DT__VECTOR(dt__mask)})

/* Does one of its masks lie within m? */
bool dt__antichain_covers(const dt__antichain *a, const dt__mask *m);
/* Adds m unless covered, and drops what m lies within. */
DT_NODISCARD dt_status dt__antichain_add(dt__antichain *a, const dt__mask *m, dt_env *env);
/* Minimal hitting sets of the family: minimal masks that meet every one of its masks.  A family that holds the empty
 * mask has none; an empty family has the empty mask.  At most `limit` are kept at any time (0: no limit): *complete is
 * then false, and what is listed is still minimal. Ref: Berge 1989 (sequential multiplication); Reiter 1987 (conflicts
 * and their repairs are dual). */
DT_NODISCARD dt_status dt__antichain_hitting_sets(dt__antichain *out, const dt__antichain *family, size_t limit,
                                                  bool *complete, dt_env *env);
void dt__antichain_sort(dt__antichain *a);
void dt__antichain_clear(dt__antichain *a, dt_env *env);

#endif
