/* What bargaining solutions choose among the candidates in one draw. */
#ifndef DT__ENSEMBLE_CHOICE_H
#define DT__ENSEMBLE_CHOICE_H

#include "ensemble/candidates.h"

/* Solutions that never choose a dominated outcome, so that only those need to be looked at that can be one.  Names as
 * in docs/glossary.md. */
typedef enum dt__choice_kind {
    DT__CHOOSE_NASH = 0,          /* largest product of gains; fewest parties without a gain first */
    DT__CHOOSE_KALAI_SMORODINSKY, /* leximin of gains as shares of the largest */
    DT__CHOOSE_EGALITARIAN,       /* leximin of gains */
    DT__CHOOSE_UTILITARIAN,       /* largest sum of gains */
    DT__CHOOSE_COUNT
} dt__choice_kind;

#define DT__NO_CANDIDATE UINT32_MAX /* no deal: the zone is empty */

/* Memory of one thread for one format. */
typedef struct dt__chooser {
    const dt__candidates *c;
    int64_t *patterns;  /* pattern x dimensions: sums of uncertain amounts */
    uint32_t *rational; /* candidates in the zone */
    double *gains;      /* of those, x dimensions, as utilities */
    size_t count;       /* in the zone */
    int64_t no_deal[DT__MAX_PARTIES];
} dt__chooser;

DT_NODISCARD dt_status dt__chooser_init(dt__chooser *chooser, const dt__candidates *candidates, dt__arena *arena);
/* Takes the amounts of a draw in. */
void dt__chooser_draw(dt__chooser *chooser, const dt__amounts *amounts, const int64_t *values);
/* Finds the zone under reservations (dt__amounts_reservation, per dimension), then what each solution of `kinds` (bits)
 * chooses.  Equal to within 1e-12 counts as tied: then the larger sum of gains, then the nearest to no deal, then the
 * first. */
void dt__choose(uint32_t chosen[DT__CHOOSE_COUNT], dt__chooser *chooser, const dt__amounts *amounts,
                const int64_t *reservations, uint32_t kinds);
/* What a candidate of the zone found last gives over no deal, per dimension. */
const double *dt__chooser_gains(const dt__chooser *chooser, uint32_t chosen);

#endif
