/* Work in parallel, results in order.  Tasks are numbered; which thread runs which changes no result, because
 * a task writes only to its own place. */
#ifndef DT__BASE_THREADS_H
#define DT__BASE_THREADS_H

#include "base/env.h"

/* Runs task(payload, i, worker) for i in 0..count-1, on as many threads as the environment has (worker < that number).
 * Returns the status of the lowest-numbered task that failed; later tasks may then not have run.
 * A task must not use `env` to add diagnostics.  Progress is told from the caller's thread only. */
DT_NODISCARD dt_status dt__parallel(dt_env *env, size_t count,
                                    dt_status (*task)(void *payload, size_t i, unsigned worker), void *payload);
/* Threads that dt__parallel would use for count tasks, at least 1. */
unsigned dt__thread_count(const dt_env *env, size_t count);

#endif
