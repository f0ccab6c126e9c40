/* How many of a party's rankings make a state stable for it. */
#ifndef DT__HOLD_ORDERS_H
#define DT__HOLD_ORDERS_H

#include "hold/turning.h"
#include "hold/work.h"

/* Of all strict rankings of the party, the others' as they are, the share that makes the state stable for it.
 * *counted is false when more states bear on it than can be gone through.  DT_OK, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__share_of_orders(dt__rational *share, bool *counted, dt__hold_work *w, uint32_t party,
                                           dt__state state, dt_concept concept);

#endif
