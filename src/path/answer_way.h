/* From work to answer: everything is copied into the answer's memory. */
#ifndef DT__PATH_ANSWER_WAY_H
#define DT__PATH_ANSWER_WAY_H

#include "path/work.h"

DT_NODISCARD dt_status dt__answer_path_format(dt__builder *b, dt_path_format *out, const dt__path_work *w);

/* retrace.c: every way of the format is walked again by the definitions of the model alone; fills in verified and its
 * note. */
DT_NODISCARD dt_status dt__replay_format(dt__builder *b, dt_path_format *out, const dt__path_work *w);

/* chances.c: how often there is a way, over draws; fills in the counts of every way.  *draws becomes the number made.
 */
DT_NODISCARD dt_status dt__path_draws(dt_path_format *formats, const dt__path_work *works, size_t count,
                                      uint64_t *draws, uint64_t seed, dt_env *env);

#endif
