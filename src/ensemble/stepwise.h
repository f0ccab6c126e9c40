/* Step by step: an equilibrium reached from the status quo by one improvement after another.
 *
 * From no deal on, in random order: a party changes an issue that it alone decides when that is better for it; the
 * members of a winning set change a joint issue of the agenda (or two, where a rule links them) when that is better for
 * one of them, worse for none, and crosses no red line of theirs.  Rules hold throughout, and what is final is not
 * left. Where nobody has an improvement left is an equilibrium, and the outcome of the draw; it is a deal at a date
 * when some winning set is then no worse off than without one.  Levers that chase one another are cut off after
 * DT__MOST_STEPS. */
#ifndef DT__ENSEMBLE_STEPWISE_H
#define DT__ENSEMBLE_STEPWISE_H

#include "base/random.h"
#include "ensemble/candidates.h"

enum { DT__MOST_STEPS = 200 };

typedef struct dt__linked {
    size_t count;
    const uint32_t *list;
} dt__linked;

/* What of the model an issue bears on. */
typedef struct dt__bearing {
    dt__linked rules;
    dt__linked *adjusts, *red_lines; /* per party */
    uint32_t *terms;                 /* per party: its term on the issue, or DT__NO_INDEX */
} dt__bearing;

typedef struct dt__single_change {
    uint32_t issue;
    dt__option option;
} dt__single_change;

typedef struct dt__stepwise {
    const dt_model *model;
    const dt__amounts *amounts;
    const dt__option *no_deal;
    dt__bearing *bearings; /* per issue */
    size_t change_count;
    dt__single_change *changes; /* every option of every issue */
} dt__stepwise;

/* Everything lies in `arena`.  DT_OK, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__stepwise_init(dt__stepwise *s, const dt__setting *setting, const dt__amounts *amounts,
                                         dt__arena *arena);

/* The memory of one thread. */
typedef struct dt__stepper_memory {
    uint32_t *order;                    /* of changes */
    dt__option *outcome;                /* where the last walk ended */
    int64_t utilities[DT__MAX_PARTIES]; /* there, in each party's unit */
    int64_t no_deal[DT__MAX_PARTIES];   /* of the outcome of no deal */
} dt__stepper_memory;

DT_NODISCARD dt_status dt__stepper_memory_init(dt__stepper_memory *m, const dt__stepwise *s, dt__arena *arena);
/* Walks in a format, under the amounts of a draw; its random choices are those of `random`.  Allocates nothing. */
void dt__stepwise_walk(dt__stepper_memory *m, const dt__stepwise *s, const dt__format *format,
                       const dt__candidates *consent, const int64_t *values, dt__random *random);
/* Would some winning set rather have the outcome than no deal?  reservations: per dimension of `consent`, as
 * dt__amounts_reservation gives them. */
bool dt__stepwise_holds(const dt__stepper_memory *m, const dt__stepwise *s, const dt__candidates *consent,
                        const int64_t *reservations);

#endif
