/* Which of many distinct vectors another one dominates, in any number of dimensions: a tree of boxes.
 *
 * The vectors are cut in half at the median of their widest dimension, again and again, down to leaves of sixteen.  A
 * box whose upper corner is below a vector somewhere holds none that dominates it; one whose lower corner is above it
 * everywhere holds nothing else.  On a frontier only the boxes next to a vector are left to be opened.
 * Ref: Bentley 1975 (k-d trees); Jaszkiewicz and Lust 2018 (pruning by corners). */
#ifndef DT__SPACE_BOXES_H
#define DT__SPACE_BOXES_H

#include "space/keys.h"

/* Marks rows that are dominated.  Rows are distinct.  DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED.
 * Cost: n log n to build; per vector the boxes that touch what lies above it, all of them at worst. */
DT_NODISCARD dt_status dt__boxes_mark(bool *dominated, const dt__keys *keys, dt__arena *arena, dt_env *env);

#endif
