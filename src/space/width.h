/* How wide a query is: what its elimination would cost, before it is begun. */
#ifndef DT__SPACE_WIDTH_H
#define DT__SPACE_WIDTH_H

#include "space/order.h"

/* Entries of the largest table of an elimination, times the options of the variable that it merges; infinite when
 * beyond all numbers.  DT_OK, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__width(double *entries, const dt__query *query, dt_env *env);

#endif
