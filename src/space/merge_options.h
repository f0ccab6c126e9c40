/* Options that no factor of a query tells apart. */
#ifndef DT__SPACE_MERGE_OPTIONS_H
#define DT__SPACE_MERGE_OPTIONS_H

#include "space/query.h"

/* Does a search for these coordinates look at a factor? */
typedef bool (*dt__looks_at)(const void *payload, const dt__factor *factor);

/* first[0..*count-1] are options of the variable, ascending, of which no two give every factor looked at the same
 * tables; every other option gives the same as one of them.  *count is `most` + 1 when there are more than `most`.
 * first has room for most + 1. */
void dt__merge_options(dt__option *first, uint32_t *count, uint32_t most, const dt__query *query, uint32_t var,
                       dt__looks_at looks, const void *payload);

#endif
