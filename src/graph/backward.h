/* The least value that others can bring about from each state: one sweep backwards from the least valued states.
 *
 * States are taken in ascending order of value; what can reach one of them and was not met before gets its value.  Each
 * state is met once, and each block of a party gone through once, so a sweep is linear in states and arcs. */
#ifndef DT__GRAPH_BACKWARD_H
#define DT__GRAPH_BACKWARD_H

#include "graph/graph.h"

/* What the engine goes by: ranks without gaps, and members of blocks sorted by them. */
typedef struct dt__worth {
    const dt__graph *graph;
    const dt__rank **ranks;    /* per party; NULL: all alike, here also when they all are the same */
    const dt__state **members; /* per party; NULL in a graph written out */
    dt__rank **own_ranks;      /* those made here, to be freed */
    dt__state **own_members;
} dt__worth;

/* ranks as for dt__stability_compute.  Clear also after a failure. */
DT_NODISCARD dt_status dt__worth_init(dt__worth *worth, const dt__graph *graph, const dt__rank *const *ranks,
                                      dt_env *env);
void dt__worth_clear(dt__worth *worth, dt_env *env);

typedef struct dt__sweep {
    const dt__worth *worth;
    const dt__graph *graph;
    dt_env *env;
    dt__party_set others;
    /* When two moves in a row of every party come to what one can do, legal sequences reach what walks reach, and layer
     * 0 is all.  Otherwise each party has a layer of states into which it moved last (all of them: a party that goes
     * there and back would let another one move on), and layer 0 is the start. */
    size_t layers;
    uint32_t layer_of[DT__MAX_PARTIES];
    uint64_t *met;                    /* layer x words: a bit per state */
    uint32_t *queue, *order;          /* layer x states + state; states by value, or the part of each */
    uint32_t *first[DT__MAX_PARTIES]; /* per block: MOVES where its members were met from, IMPROVEMENTS where to stop */
    uint32_t *seen[DT__MAX_PARTIES];  /* per block: what was entered already */
    size_t depth;
    bool improvements;
    uint32_t value, *out; /* value: of what is met now, or the number of parts */
} dt__sweep;

DT_NODISCARD dt_status dt__sweep_init(dt__sweep *sweep, const dt__worth *worth, dt__party_set others, dt_env *env);
void dt__sweep_clear(dt__sweep *sweep);
/* out[q] = least of values[t] over t = q and all t that the others can reach from q by legal sequences, of moves or of
 * improvements.  values are below the number of states. */
DT_NODISCARD dt_status dt__sweep_run(dt__sweep *sweep, bool improvements, const uint32_t *values, uint32_t *out);

/* Where all moves of the others can be taken back, and lead wherever walks lead, what they can reach from a state is
 * the connected part it lies in: one walk for any number of values. */
bool dt__sweep_is_symmetric(const dt__sweep *sweep);
DT_NODISCARD dt_status dt__sweep_parts(dt__sweep *sweep);
/* After dt__sweep_parts: out[s] = least value in the part of s. */
void dt__sweep_least_of_parts(dt__sweep *sweep, const uint32_t *values, uint32_t *out);

#endif
