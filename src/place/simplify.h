/* How much each corner of a border tells, so that the least telling can be left out. */
#ifndef DT__PLACE_SIMPLIFY_H
#define DT__PLACE_SIMPLIFY_H

#include "place/shapes.h"

/* For each point of a line the tolerance (degrees of latitude) up to which it has to be kept; leaving out all points
 * of less than a tolerance moves the line by no more than it (Douglas and Peucker 1973).  A ring, which does not repeat
 * its first point, keeps three points or vanishes as a whole.  Ends of a line: INFINITY.  DT_OK, DT_ERR_MEMORY.
 * Cost: mostly count x log count. */
DT_NODISCARD dt_status dt__significance(double *out, const dt__point *points, size_t count, bool ring, dt_env *env);

#endif
