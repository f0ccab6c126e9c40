/* How often each outcome is the solution when what is uncertain is drawn. */
#ifndef DT__BARGAIN_DRAWS_H
#define DT__BARGAIN_DRAWS_H

#include "bargain/statement.h"

/* Fills the shares of the solutions of every format.  *draws becomes the number made before a time limit.  Draws differ
 * by number, not by thread: the same shares on any number of threads. DT_OK, DT_ERR_MEMORY, DT_ERR_MODEL, DT_ERR_LIMIT,
 * DT_ERR_CANCELLED. */
DT_NODISCARD dt_status dt__answer_draws(dt__builder *b, dt_bargain_format *formats, const dt__bargain_work *works,
                                        size_t count, uint64_t *draws, uint64_t seed);

#endif
