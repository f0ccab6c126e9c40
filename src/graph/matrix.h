/* The matrix method: stability by products of 0-1 matrices.  Dense, for checking on small graphs.
 *
 * Ref: Xu, Hipel and Kilgour 2009. */
#ifndef DT__GRAPH_MATRIX_H
#define DT__GRAPH_MATRIX_H

#include "graph/stability.h"

enum { DT__MATRIX_STATES = 4096 };

/* As dt__stability_compute; DT_ERR_LIMIT (no diagnostic) beyond DT__MATRIX_STATES.  Cost: O(parties^2 x states^3 / 64)
 * per round, rounds until the reach matrices no longer grow.  Clear with dt__stability_clear. */
DT_NODISCARD dt_status dt__matrix_compute(dt__stability *out, const dt__graph *graph, const dt__rank *const *ranks,
                                          dt_env *env);

#endif
