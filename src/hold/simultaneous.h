/* Simultaneous sanctions: several parties that would move at once may all end up worse. */
#ifndef DT__HOLD_SIMULTANEOUS_H
#define DT__HOLD_SIMULTANEOUS_H

#include "hold/work.h"

/* Equilibria of each concept when simultaneous sanctions count as well.  DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED.
 * Ref: Fraser and Hipel 1984. */
DT_NODISCARD dt_status dt__answer_simultaneous(dt__hold_work *w, dt_hold_foresight *out);

#endif
