/* Sets of utility vectors: non-dominated, with multiplicities and where each came from.
 *
 * y dominates x when it is at least as good in every coordinate and not the same.  Equal vectors are one point whose
 * multiplicities add up. */
#ifndef DT__SPACE_POINTS_H
#define DT__SPACE_POINTS_H

#include "base/arena.h"
#include "base/count.h"
#include "base/rational.h"

enum { DT__MAX_DIMENSIONS = 64 };

/* How a point came to be: an option chosen, or two parts put together (var DT__ORIGIN_SUM; a part may be NULL: nothing
 * was chosen). */
typedef struct dt__origin {
    const struct dt__origin *left, *right;
    uint32_t var;
    uint16_t option;
} dt__origin;

#define DT__ORIGIN_SUM UINT32_MAX
enum { DT__ORIGIN_VARS = 256, DT__ORIGIN_NONE = UINT16_MAX };

/* Writes the options chosen, by variable; others stay as they are. */
void dt__origin_options(const dt__origin *origin, uint16_t *options);
/* Of two ways to the same vector the one whose outcome comes first, by variable and option. */
const dt__origin *dt__origin_smaller(const dt__origin *a, const dt__origin *b);

/* Kept in descending lexicographic order of the values. */
typedef struct dt__points {
    size_t count;
    dt__int128 *values;         /* count x dimensions */
    dt__limb *multiplicities;   /* count x limbs */
    const dt__origin **origins; /* count; an origin may be NULL: nothing was chosen */
} dt__points;

/* What all sets of one question share. */
typedef struct dt__points_kind {
    size_t dimensions, limbs;
    dt__arena *arena; /* of the sets and origins that last */
    bool *overflow;   /* a multiplicity left its limbs: the question is asked again with more */
} dt__points_kind;

static inline dt__int128 *dt__point_values(const dt__points *p, size_t i, const dt__points_kind *kind) {
    return p->values + i * kind->dimensions;
}
static inline dt__limb *dt__point_multiplicity(const dt__points *p, size_t i, const dt__points_kind *kind) {
    return p->multiplicities + i * kind->limbs;
}

/* Room for count points, all zero. */
DT_NODISCARD dt_status dt__points_new(dt__points *out, size_t count, const dt__points_kind *kind);

/* Non-dominated union of several sets.  Cost: linear, times the logarithm of their number, for two dimensions;
 * otherwise as dt__points_filter. */
DT_NODISCARD dt_status dt__points_union(dt__points *out, const dt__points *sets, size_t count,
                                        const dt__points_kind *kind, dt_env *env);
/* Non-dominated Minkowski sum.  Cost: O(|a| |b| log |b|) for two dimensions, otherwise filters of |a| |b| sums.
 * Not many more than four times as many as are kept are there at once. */
DT_NODISCARD dt_status dt__points_sum(dt__points *out, const dt__points *a, const dt__points *b,
                                      const dt__points_kind *kind, dt_env *env);
/* Sorts, joins equal points and drops dominated ones (dt__maxima_find says which); *p is then new memory of the arena.
 */
DT_NODISCARD dt_status dt__points_filter(dt__points *p, const dt__points_kind *kind, dt_env *env);

#endif
