/* Leaving: what a party to an agreement can make of walking out of it. */
#ifndef DT__QUESTION_DEPARTURE_H
#define DT__QUESTION_DEPARTURE_H

#include "space/problem.h"

/* The best way out of an outcome: every joint issue goes back to no deal in one move, unless it stands at an option
 * that cannot be taken back; the party's own levers stand where it would have them. */
typedef struct dt__departure {
    bool possible;              /* false: no such outcome keeps the rules, or it is the outcome itself */
    int order;                  /* 1: better for the party than to stay, 0: as good, -1: worse */
    bool has_values;            /* not for ordinal parties */
    dt__rational stays, leaves; /* what both are worth to it; no deal as it has drifted counts for leaving */
    dt__option outcome[DT__MAX_ISSUES];
} dt__departure;

/* DT_OK, DT_ERR_MODEL, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__best_departure(dt__departure *out, const dt__situation *s, uint32_t party,
                                          const dt__option *outcome, dt_env *env);

#endif
