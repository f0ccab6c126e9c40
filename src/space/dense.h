/* Counting under one reservation value: sums as places in arrays, one array per separator.
 *
 * With a single threshold the states of a walk lie close together, and whole arrays of counts move by one addition per
 * entry: a hundred times faster than remembering each state by itself. */
#ifndef DT__SPACE_DENSE_H
#define DT__SPACE_DENSE_H

#include "space/steps.h"
#include "space/walk.h"

/* *counted is false when the sums are not one hard coordinate's, or lie too far apart for arrays: nothing was done
 * then. DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED. */
DT_NODISCARD dt_status dt__dense_count(dt__tally *tally, bool *counted, dt__steps *steps, dt_env *env);

#endif
