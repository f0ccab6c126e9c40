/* How a graph is put together; see graph.h for what comes out. */
#ifndef DT__GRAPH_BUILD_H
#define DT__GRAPH_BUILD_H

#include "graph/graph.h"

/* The largest state number, and so the largest number of states, that tables of 32 bits hold with room to spare. */
enum { DT__MOST_STATES = 1 << 30 };

typedef struct dt__build {
    dt__graph *graph;
    const dt__situation *situation;
    const dt__graph_scope *scope;
    dt__graph_limits limits; /* effective */
    dt_env *env;
} dt__build;

/* Goes through the states in order, keeping the outcome at hand. */
typedef struct dt__stepper {
    const dt__graph *graph;
    dt__state state;
    dt__option outcome[DT__MAX_ISSUES];
} dt__stepper;

/* To state 0; true levels changed up to graph->field_count (the anchor). */
void dt__stepper_begin(dt__stepper *stepper, const dt__graph *graph);
/* To the next state; returns the slowest field that changed, graph->field_count when the anchor did. */
size_t dt__stepper_next(dt__stepper *stepper);

/* states.c: fields, anchors and codes. */
DT_NODISCARD dt_status dt__graph_list_states(dt__build *b);
/* A state of the graph: does it stand as without a deal in all that is decided jointly? */
bool dt__graph_at_exit(const dt__graph *graph, const dt__option *outcome);
/* Index of the anchor an outcome belongs to, or DT__NO_INDEX. */
uint32_t dt__graph_anchor(const dt__graph *graph, const dt__option *outcome);

/* moves.c: does a barrier, or that the party does not see one of the two, forbid this move? */
bool dt__move_forbidden(const dt_model *model, uint32_t party, const dt__option *from, const dt__option *to);
/* Once taken, is this option not left again? */
static inline bool dt__is_absorbing(const dt__graph *g, uint32_t issue, uint32_t option) {
    const dt__option_info *o = &g->model->issues[issue].options[option];
    return !o->reversible && (o->has_reversible || option != g->no_deal[issue]);
}

/* blocks.c, rows.c: the moves of a party, whose ranks are made.  *intransitive: two moves can do what one cannot. */
DT_NODISCARD dt_status dt__blocks_init(dt__blocks *blocks, bool *intransitive, const dt__build *b, uint32_t party);
void dt__blocks_clear(dt__blocks *blocks, size_t state_count, dt_env *env);
DT_NODISCARD dt_status dt__rows_init(dt__rows *rows, bool *intransitive, const dt__build *b, uint32_t party);
void dt__rows_clear(dt__rows *rows, size_t states, dt_env *env);

/* ranks.c: what the states are worth to a party.  *ranks has room for all states.  May add diagnostics to b->env. */
DT_NODISCARD dt_status dt__ranks_fill(dt__rank *ranks, const dt__build *b, uint32_t party);

/* sorting.c: dense numbers, 0 for the smallest key; returns through *count how many different keys there are. */
DT_NODISCARD dt_status dt__dense_numbers(uint32_t *out, size_t *count, const uint64_t *keys, size_t n, dt_env *env);
/* Members by block, then by rank from best to worst, then by state. ranks may be NULL: all alike. */
DT_NODISCARD dt_status dt__sort_members(dt__state *members, const uint32_t *of, const uint32_t *start,
                                        uint32_t block_count, const dt__rank *ranks, size_t n, dt_env *env);

#endif
