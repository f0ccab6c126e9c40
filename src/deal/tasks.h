/* The tasks of a question, run in parallel; every result has its own place, so threads change nothing. */
#ifndef DT__DEAL_TASKS_H
#define DT__DEAL_TASKS_H

#include "deal/work.h"

/* Everything about the formats: counts first, then best outcomes of open zones and blockers of empty ones.
 * thorough false: zones only, without best outcomes and blockers. */
DT_NODISCARD dt_status dt__run_formats(dt__format_work *works, size_t count, bool thorough, size_t list_limit, dt_env *env);

/* Zones as no deal drifts over 0..months: zones[month * count + format]. */
DT_NODISCARD dt_status dt__run_months(dt__format_work *zones_out, const dt__format *const *formats, size_t count, const dt__deal_setting *setting,
                                      unsigned months, dt_env *env);

/* One entry per format: draws with a deal, and draws that the limits left undecided. */
typedef struct dt__draw_counts {
    uint64_t deals, undecided;
} dt__draw_counts;

DT_NODISCARD dt_status dt__run_draws(dt__draw_counts *out, const dt__format *const *formats, size_t count, const dt__deal_setting *setting,
                                     uint64_t draws, uint64_t seed, dt_env *env);

#endif
