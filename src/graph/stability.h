/* Which states are stable for whom: five concepts, any number of parties, in time linear in the graph.
 *
 * Ref: Fang, Hipel and Kilgour 1993 (Nash, GMR, SMR, SEQ; legal sequences); Rego and Vieira 2017 (SSEQ). */
#ifndef DT__GRAPH_STABILITY_H
#define DT__GRAPH_STABILITY_H

#include "graph/graph.h"

typedef enum dt__concept {
    DT__NASH = 0, /* no improvement */
    DT__GMR,      /* every improvement can be answered by moves of the others that leave the mover no better off */
    DT__SMR,      /* ... and from which the mover has no way out */
    DT__SEQ,      /* as GMR, by moves that improve those who make them */
    DT__SSEQ,     /* as SMR, by such moves */
    DT__CONCEPT_COUNT
} dt__concept;

/* Sets of states, one bit each, state 0 the lowest bit of the first word. */
typedef struct dt__stability {
    size_t state_count, party_count, words;
    uint64_t *stable;     /* party x concept x words */
    uint64_t *equilibria; /* concept x words: stable for every party */
} dt__stability;

static inline const uint64_t *dt__stable_set(const dt__stability *s, uint32_t party, dt__concept concept) {
    return s->stable + ((size_t)party * DT__CONCEPT_COUNT + (size_t) concept) * s->words;
}
static inline const uint64_t *dt__equilibrium_set(const dt__stability *s, dt__concept concept) {
    return s->equilibria + (size_t) concept * s->words;
}
static inline bool dt__in_set(const uint64_t *set, dt__state state) {
    return (set[state / 64] >> (state % 64)) & 1;
}
size_t dt__set_size(const uint64_t *set, size_t words);

/* Every state, party and concept.  ranks: NULL for the graph's; per party NULL for the graph's, otherwise any numbers
 * of which larger is better (they need not be without gaps).  Parties of graph->partial that are given no ranks count
 * as indifferent: use graph/definition.h for them.  Parties in parallel, the same bytes for any number of threads.
 * DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED.  Clear also after a failure.
 * Cost: O(parties x (states x parties + arcs)); beside the result 20 bytes per state and thread, and 4 per state for
 * each party with ranks of its own. */
DT_NODISCARD dt_status dt__stability_compute(dt__stability *out, const dt__graph *graph, const dt__rank *const *ranks,
                                             dt_env *env);
/* The same, of one party only (its rows of `stable` are set; equilibria are not touched) in a result made before with
 * dt__stability_compute on the same graph; then dt__stability_combine makes the equilibria anew.  A party's verdicts
 * depend on the others' ranks only for SEQ and SSEQ. */
DT_NODISCARD dt_status dt__stability_party(dt__stability *out, const dt__graph *graph, uint32_t party,
                                           const dt__rank *const *ranks, dt_env *env);
void dt__stability_combine(dt__stability *s);
/* Room for a result, all empty.  Clear also after a failure. */
DT_NODISCARD dt_status dt__stability_new(dt__stability *out, const dt__graph *graph, dt_env *env);
void dt__stability_clear(dt__stability *s, dt_env *env);

#endif
