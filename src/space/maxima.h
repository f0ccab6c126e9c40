/* Which of many vectors no other one dominates: the filter of the frontier algebra. */
#ifndef DT__SPACE_MAXIMA_H
#define DT__SPACE_MAXIMA_H

#include "base/arena.h"
#include "base/rational.h"

typedef struct dt__maxima {
    size_t count;    /* distinct vectors */
    uint32_t *items; /* indices of the vectors, in descending lexicographic order; equal ones side by side, ascending */
    uint32_t *starts; /* where each distinct vector begins among the items; count + 1 */
} dt__maxima;

enum { DT__MAX_CANDIDATES = 1 << 30 };

/* All vectors (count x dimensions) that are not dominated, with their equals.
 * One dimension: the maximum.  Two: a sweep.  Three: a sweep over the best third coordinate above each second one.
 * More: a tree of boxes.  Everything lasts as long as the arena.
 * DT_OK, DT_ERR_MEMORY, DT_ERR_LIMIT (more than DT__MAX_CANDIDATES), DT_ERR_CANCELLED.
 * Ref: Kung, Luccio and Preparata 1975 (two and three dimensions). */
DT_NODISCARD dt_status dt__maxima_find(dt__maxima *out, const dt__int128 *values, size_t count, size_t dimensions,
                                       dt__arena *arena, dt_env *env);

/* The same in two dimensions, of vectors that come in runs, each in descending order and without dominated vectors.
 * starts: where each run begins; runs + 1.  DT_OK, DT_ERR_MEMORY, DT_ERR_LIMIT.  Cost: linear, times log runs. */
DT_NODISCARD dt_status dt__maxima_merge(dt__maxima *out, const dt__int128 *values, const size_t *starts, size_t runs,
                                        dt__arena *arena);

#endif
