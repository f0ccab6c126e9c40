/* What a group of parties can reach from a state: by legal sequences, in which nobody moves twice in a row.
 *
 * Ref: Fang, Hipel and Kilgour 1993. */
#ifndef DT__GRAPH_REACH_H
#define DT__GRAPH_REACH_H

#include "graph/graph.h"

#define DT__NO_NODE UINT32_MAX

typedef struct dt__step {
    uint32_t mover;
    dt__state to;
} dt__step;

/* A state arrived at by a mover. */
typedef struct dt__reached {
    dt__state state;
    uint32_t mover;  /* who moved last; DT__NO_INDEX at the start */
    uint32_t parent; /* node it was first reached from; DT__NO_NODE at the start */
    uint32_t depth;  /* moves from the start: the fewest */
} dt__reached;

typedef struct dt__reach_request {
    dt__party_set movers;
    dt__state from;
    bool improvements; /* each step improves the one who makes it */
    /* One node per state, whoever moved: for movers none of whom is in graph->intransitive, and without the functions
     * below.  Quicker, paths are still legal and shortest; whether one can come back to `from` is then not told. */
    bool merged;
    uint32_t last;                /* who moved into `from` and so may not move first; DT__NO_INDEX: nobody */
    size_t node_limit;            /* most nodes; 0: none */
    const dt__rank *const *ranks; /* NULL: the graph's */
    /* Instead of ranks, when not NULL: would this party make this improving step? */
    bool (*improves)(void *payload, uint32_t party, dt__state from, dt__state to);
    /* Is this move allowed at all (in addition to the graph)?  NULL: every move. */
    bool (*allows)(void *payload, uint32_t party, dt__state from, dt__state to);
    void *payload;
    /* Stops at the first node, beside the start, of which this is true; NULL: goes on to the end. */
    bool (*until)(void *until_payload, dt__state state);
    void *until_payload;
} dt__reach_request;

/* Nodes in breadth-first order; node 0 is the start.  A state stands in one node per party that can move into it last
 * (merged: in one). */
typedef struct dt__reach {
    dt__vector nodes;              /* dt__reached */
    struct dt__reach_entry *slots; /* open addressing: nodes by state and mover, blocks gone through */
    size_t slot_count, entry_count;
    uint32_t found; /* the node that `until` stopped at; DT__NO_NODE: none */
    bool complete;  /* false: node_limit came first */
} dt__reach;

#define DT__REACHED(reach, i) DT__AT((reach)->nodes, dt__reached, i)

/* DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED.  Clear also after a failure.  Cost: O(arcs of what is reached x movers). */
DT_NODISCARD dt_status dt__reach_init(dt__reach *reach, const dt__graph *graph, const dt__reach_request *request,
                                      dt_env *env);
void dt__reach_clear(dt__reach *reach, dt_env *env);
/* First node, beside the start, at a state (the fewest moves); DT__NO_NODE: not reached by any legal sequence. */
uint32_t dt__reach_node(const dt__reach *reach, dt__state state);
/* The steps to a node; their number is its depth.  steps has room for that. */
void dt__reach_path(const dt__reach *reach, uint32_t node, dt__step *steps);
/* Distinct states that a legal sequence of at least one move ends in. */
size_t dt__reach_states(const dt__reach *reach);
/* Shortest legal sequences to a state: how many there are (states and movers tell them apart); `count` has `limbs`
 * limbs, *fits is false when they do not hold it.  Computed anew over nodes that keep movers apart.
 * DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED. */
DT_NODISCARD dt_status dt__reach_count(dt__limb *count, size_t limbs, bool *fits, uint32_t *length,
                                       const dt__graph *graph, const dt__reach_request *request, dt__state to,
                                       dt_env *env);

#endif
