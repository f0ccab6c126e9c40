/* Where improvements lead round and round. */
#ifndef DT__HOLD_CYCLES_H
#define DT__HOLD_CYCLES_H

#include "hold/board.h"

/* Strongly connected groups, of more than one place, among what legal sequences of improvements reach from a state;
 * a place is a state and who moved last.  DT_OK, DT_ERR_MEMORY.  Ref: Tarjan 1972. */
DT_NODISCARD dt_status dt__count_cycles(uint64_t *count, const dt__board *board, uint32_t from, dt__arena *arena);

#endif
