/* The graph of states written out: every move of every party, and each party's ranks.  Analyses that look at single
 * states from all sides (coalitions, foresight, margins) work on it; it is made when it is small enough. */
#ifndef DT__HOLD_BOARD_H
#define DT__HOLD_BOARD_H

#include "graph/graph.h"

/* States are counted from 0; parties are those of the model. */
typedef struct dt__board {
    uint32_t states, parties;
    uint32_t **first; /* per party, of each state: where its moves begin in `to`; one more at the end */
    uint32_t **to;    /* per party: ends of its moves, ascending for each state */
    dt__rank **rank;  /* per party and state: larger is better, equal is tied */
    uint64_t arcs;
} dt__board;

enum { DT__BOARD_STATES = 1 << 16, DT__BOARD_ARCS = 1 << 24 };

/* Writes a graph out; *fits is false, and nothing is made, beyond the limits above.
 * DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED.  The memory is the arena's. */
DT_NODISCARD dt_status dt__board_init(dt__board *b, bool *fits, const dt__graph *graph, dt__arena *arena);

static inline size_t dt__board_degree(const dt__board *b, uint32_t party, uint32_t state) {
    return b->first[party][state + 1] - b->first[party][state];
}
static inline const uint32_t *dt__board_moves(const dt__board *b, uint32_t party, uint32_t state) {
    return b->to[party] + b->first[party][state];
}
static inline bool dt__board_better(const dt__board *b, uint32_t party, uint32_t than, uint32_t state) {
    return b->rank[party][state] > b->rank[party][than];
}

/* What a group can reach: a breadth-first walk over (state, last mover), so that nobody moves twice in a row.  One
 * tour may be made again and again without new memory. */
typedef struct dt__tour {
    const dt__board *board;
    uint32_t *states; /* reached, in the order found */
    size_t count;
    uint64_t *movers;   /* per state: who can have moved last; 0: not reached */
    uint64_t *expanded; /* per state: whose moves were followed */
    uint32_t *queue;
} dt__tour;

/* DT_OK, DT_ERR_MEMORY.  The memory is the arena's. */
DT_NODISCARD dt_status dt__tour_init(dt__tour *r, const dt__board *board, dt__arena *arena);
/* Ends of legal sequences from a state by members of a group, at least one move long; improving: every step improves
 * the party that makes it. */
void dt__tour_from(dt__tour *r, dt__party_set group, bool improving, uint32_t from);
static inline bool dt__toured(const dt__tour *r, uint32_t state) {
    return r->movers[state] != 0;
}

static inline dt__party_set dt__everybody(const dt__board *b) {
    return b->parties >= 64 ? UINT64_MAX : (UINT64_C(1) << b->parties) - 1;
}
static inline dt__party_set dt__others(const dt__board *b, uint32_t party) {
    return dt__everybody(b) & ~(UINT64_C(1) << party);
}

#endif
