/* Stability straight from the definitions, for any preferences and for coalitions: breadth first, state by state.
 *
 * For unknown and strong preferences, coalitions, limited sanctions, and to check the fast engine.  For small graphs:
 * the cost is that of reaching everything from everywhere. */
#ifndef DT__GRAPH_DEFINITION_H
#define DT__GRAPH_DEFINITION_H

#include "graph/reach.h"
#include "graph/stability.h"

/* What a party makes of two states.  s is where the verdict is asked for.
 * Unknown preferences, extensions a to d: incentive and escape take in, or leave out, what is unknown; so does
 * sanction. Strong stability: a sanction is greatly worse than s, an escape is anything that is not greatly worse. */
typedef struct dt__judge {
    bool (*incentive)(void *payload, uint32_t party, dt__state s, dt__state q); /* would it go from s to q? */
    bool (*sanction)(void *payload, uint32_t party, dt__state s, dt__state t);  /* does ending in t deter it? */
    bool (*escape)(void *payload, uint32_t party, dt__state s, dt__state u);    /* is u, after a sanction, a way out? */
    bool (*improves)(void *payload, uint32_t party, dt__state from, dt__state to); /* would an opponent move so? */
    bool (*allows)(void *payload, uint32_t party, dt__state from, dt__state to);   /* NULL: the graph alone says */
    void *payload;
} dt__judge;

/* Ranks as a judge: incentive, escape and improves are "better", sanction is "no better". */
typedef struct dt__rank_judge {
    const dt__graph *graph;
    const dt__rank *const *ranks;
} dt__rank_judge;
dt__judge dt__judge_by_ranks(const dt__rank_judge *payload); /* borrows it */

/* One verdict.  A single mover improves by one move; a coalition by a legal sequence of its members that ends where all
 * have an incentive.  The others sanction by legal sequences (SEQ, SSEQ: each step improves the one who makes it), when
 * some member of the coalition is deterred (SMR, SSEQ: and nothing that the coalition can reach from there is a way
 * out for all of them).  A sanction back to s counts when the judge says so.
 * Ref: Kilgour, Hipel, Fang and Peng 2001 (coalitions).  DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED. */
DT_NODISCARD dt_status dt__definition_stable(bool *stable, const dt__graph *graph, dt__party_set movers,
                                             dt__state state, dt__concept concept, const dt__judge *judge, dt_env *env);
/* Every state, party and concept, as dt__stability_compute; O(states^2) and more.  Clear with dt__stability_clear. */
DT_NODISCARD dt_status dt__definition_compute(dt__stability *out, const dt__graph *graph, const dt__judge *judge,
                                              dt_env *env);

#endif
