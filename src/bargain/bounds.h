/* What can be proven of the zone where the frontier is not exact. */
#ifndef DT__BARGAIN_BOUNDS_H
#define DT__BARGAIN_BOUNDS_H

#include "bargain/solve.h"

/* Vectors of which every outcome of the zone (or, everywhere, every coherent outcome) is at most one: the vectors
 * found, each moved up by its frontier's epsilon, as far as no party gets more than it can. */
typedef struct dt__ceiling {
    size_t count;
    dt__int128 *values; /* count x dimensions */
} dt__ceiling;

DT_NODISCARD dt_status dt__ceiling_init(dt__ceiling *c, const dt__bargain_work *w, bool everywhere, dt__arena *arena);

/* The most of a solution's objective under a ceiling, rounded up; NaN when it is no such objective.  Shares are of the
 * ideal gains in g. */
double dt__solution_bound(dt_solution_kind kind, const dt__ceiling *c, const dt__gains *g, const dt__bargain_work *w);

/* The most a dimension can get under a ceiling. */
dt__int128 dt__ceiling_most(const dt__ceiling *c, const dt__bargain_work *w, size_t dimension);

#endif
