/* Why a state is stable for a party, or not: each improvement and what the others can make of it. */
#ifndef DT__GRAPH_CERTIFICATE_H
#define DT__GRAPH_CERTIFICATE_H

#include "graph/reach.h"
#include "graph/stability.h"

/* One improvement of the party at the state. */
typedef struct dt__answer {
    dt__state to;
    bool sanctioned;
    dt__state sanction; /* where the path ends: no better than the state; DT__NO_STATE when unanswered */
    size_t path_count;
    const dt__step *path; /* from `to`, movers and states; a shortest one */
    size_t escape_count;
    const dt__state *escapes; /* SMR, SSEQ: all moves of the party from the sanction; none is better than the state */
    /* Unanswered: how many states beside `to` the others can bring about, and of these and `to` the least good for the
     * party (under SMR and SSEQ: the one from which its best way out is least good). */
    size_t reached;
    dt__state least;
    dt__state way_out; /* SMR, SSEQ: that best way out; DT__NO_STATE: to stay there */
} dt__answer;

typedef struct dt__certificate {
    dt__arena arena;
    uint32_t mover;
    dt__state state;
    dt__concept concept;
    bool stable, complete; /* complete is false when node_limit was met: the verdict is then not settled here */
    size_t count;
    const dt__answer *answers; /* stable: every improvement, from the best on; unstable: the best unanswered one */
} dt__certificate;

/* node_limit: most nodes looked at per improvement; 0: none.  DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED.
 * Clear also after a failure.  Cost: O(what can be reached from the improvements). */
DT_NODISCARD dt_status dt__certificate_init(dt__certificate *c, const dt__graph *graph, const dt__rank *const *ranks,
                                            uint32_t mover, dt__state state, dt__concept concept, size_t node_limit,
                                            dt_env *env);
void dt__certificate_clear(dt__certificate *c);

/* Walks a certificate again from the definitions: moves with dt__graph_can_move, legality, improvements, and for what
 * is said to be unanswered the whole closure, pair by pair.  *holds.  DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED. */
DT_NODISCARD dt_status dt__certificate_check(bool *holds, const dt__certificate *c, const dt__graph *graph,
                                             const dt__rank *const *ranks, dt_env *env);

#endif
