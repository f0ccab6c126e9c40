/* The tasks of a question, run in parallel; every result has its own place, so threads change nothing. */
#ifndef DT__DEAL_TASKS_H
#define DT__DEAL_TASKS_H

#include "deal/work.h"

/* How much is asked about each format. */
typedef enum dt__depth {
    DT__ZONES = 0, /* zones with an example */
    DT__BLOCKERS,  /* and who blocks the empty ones */
    DT__EVERYTHING /* and what each party accepts and could get */
} dt__depth;

/* Counts first, then what they call for: outcomes of open zones, blockers of empty ones. */
DT_NODISCARD dt_status dt__run_formats(dt__format_work *works, size_t count, dt__depth depth, size_t list_limit,
                                       dt_env *env);

/* Zones as no deal drifts over 0..over months: months[month * count + format]. */
DT_NODISCARD dt_status dt__run_months(dt__format_work *months, const dt__format *const *formats, size_t count,
                                      const dt__setting *setting, unsigned over, dt_env *env);

/* One entry per format: draws with a deal, and draws that the limits left undecided; and the same of deals other than
 * no deal itself. */
typedef struct dt__draw_counts {
    uint64_t deals, undecided, beside, beside_undecided;
} dt__draw_counts;

DT_NODISCARD dt_status dt__run_draws(dt__draw_counts *out, const dt__format *const *formats, size_t count,
                                     const dt__setting *setting, uint64_t draws, uint64_t seed, dt_env *env);

#endif
