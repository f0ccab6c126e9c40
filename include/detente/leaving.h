/* Would a given deal hold: who gains by leaving it, by how much, from which month on, what deters it, and which single
 * change would keep everybody in.  Part of the answer of `hold` (detente/hold.h).  Definitions: docs/method/leaving.md.
 */
#ifndef DETENTE_LEAVING_H
#define DETENTE_LEAVING_H

#include "detente/answer.h"

#ifdef __cplusplus
extern "C" {
#endif

/** One answer of the others to a party that left. */
typedef struct dt_leaving_step {
    uint32_t party;
    dt_outcome after;
} dt_leaving_step;

/** One party to the agreement. */
typedef struct dt_leaving {
    uint32_t party;
    dt_preference preference; /* of the deal against no deal */
    dt_exact gain;            /* over no deal; texts are NULL for ordinal parties, here and below */
    bool can_leave;           /* false: nothing was agreed, or what is left would break a rule */
    dt_outcome leaves_to;     /* where it would leave things; NULL unless can_leave */
    dt_preference leaving;    /* leaving now against staying */
    dt_exact leaving_gain;    /* what leaving now adds for it; negative: it would lose */
    dt_exact drift;           /* what a month of waiting adds to leaving */
    bool ends;                /* a time comes after which leaving is better */
    dt_exact month;           /* when, in months; 0: now */
    bool deterred;            /* leaving would pay now, but the others can answer so that it does not */
    bool credible;            /* and every move of theirs is one that they gain by */
    size_t answer_count;      /* the shortest such sequence */
    const dt_leaving_step *answer;
    dt_exact answered_gain; /* what leaving comes to after it */
} dt_leaving;

/** A single change to a deal that keeps everybody in, or keeps them in for longer. */
typedef struct dt_remedy {
    uint32_t issue, option;
    bool stays; /* nobody gains by leaving now */
    bool ends;
    dt_exact month; /* when somebody would */
} dt_remedy;

typedef enum dt_deal_origin { DT_DEAL_PROPOSAL = 0, DT_DEAL_SOLUTION, DT_DEAL_ASKED } dt_deal_origin;

enum { DT_HOLD_MONTHS = 3 }; /* 0, 6 and 12 months: where shares of draws are told */

struct dt_hold_deal {
    dt_deal_origin origin;
    uint32_t proposal;     /* UINT32_MAX: none */
    uint32_t format;       /* of a solution; UINT32_MAX otherwise */
    const char *solutions; /* ids of the solutions that choose it, parted by a space; NULL otherwise */
    dt_outcome outcome;
    bool coherent; /* false: it breaks a rule, and nothing else is told */
    size_t party_count;
    const dt_leaving *parties;
    uint64_t leave_now;        /* bit mask: parties that gain by leaving now */
    bool ends;                 /* a time comes after which somebody gains by leaving */
    dt_exact month;            /* the first such time */
    uint32_t first;            /* whose */
    size_t irreversible_count; /* issues whose term cannot be taken back by leaving */
    const uint32_t *irreversible;
    size_t remedy_count; /* best first, at most five */
    const dt_remedy *remedies;
    /* with draws */
    double holds[DT_HOLD_MONTHS]; /* share of draws in which nobody gains by leaving at month 0, 6, 12 */
    double holds_low[DT_HOLD_MONTHS], holds_high[DT_HOLD_MONTHS]; /* what chance leaves open, 95 % (Wilson 1927) */
    bool has_quartiles;
    double quartiles[3]; /* of the month when somebody first gains; infinite: never */
};

#ifdef __cplusplus
}
#endif
#endif
