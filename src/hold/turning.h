/* What turns the verdict on one state for one party, by a change of that party's ranking alone.
 *
 * A verdict depends only on which states are better for the party than the one judged, and it is monotone in them:
 * the fewer are better, the more stable.  So among all changes of the ranking that turn it, moving the state itself up
 * or down changes the fewest comparisons (docs/method/hold.md has the proof). */
#ifndef DT__HOLD_TURNING_H
#define DT__HOLD_TURNING_H

#include "detente/hold.h"
#include "hold/board.h"

typedef struct dt__turning {
    bool stable, possible;
    uint32_t changes; /* comparisons of two states that change; 0 when it is not possible */
    uint32_t past;    /* state with the rank that decides */
} dt__turning;

/* Can the others answer an improvement from a state? */
bool dt__is_answered(dt__tour *r, uint32_t party, uint32_t state, uint32_t improvement, dt_concept concept);
/* Is a state stable for a party?  By the definition: every improvement, every sequence of the others. */
bool dt__stable_for(dt__tour *r, uint32_t party, uint32_t state, dt_concept concept);
bool dt__equilibrium_at(dt__tour *r, uint32_t state, dt_concept concept);

/* What makes it stable (with `changes` 0 when it is) ... */
dt__turning dt__turn_stable(dt__tour *r, uint32_t party, uint32_t state, dt_concept concept);
/* ... and what makes it unstable. */
dt__turning dt__turn_unstable(dt__tour *r, uint32_t party, uint32_t state, dt_concept concept);

static inline bool dt__concept_improves(dt_concept c) { /* sanctions have to be improvements */
    return c == DT_CONCEPT_SEQ || c == DT_CONCEPT_SSEQ;
}
static inline bool dt__concept_escapes(dt_concept c) { /* sanctions must leave no way out */
    return c == DT_CONCEPT_SMR || c == DT_CONCEPT_SSEQ;
}

#endif
