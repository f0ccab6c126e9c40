/* The state graph of a conflict: coherent outcomes, and which party can move from which to which by itself.
 *
 * Words and formulas: docs/method/stability.md.  Two ways to come by one:
 * - In option form the states are the coherent outcomes of a scope, in numbering order: the first varying issue
 * fastest, then the anchors.  A party moves by changing any number of issues that it decides alone, all at once; what
 * lies between need not be coherent.  An option that is not reversible is not left again (where only the issue says so,
 *   its no-deal option is where one starts, and may be left).  Barriers forbid single moves; what a party does not see
 *   it neither leaves nor enters.  A party that may leave the agreement sets everything that is decided jointly to how
 * it stands without a deal, in one move, and may change its own issues in the same move.
 * - A graph written out has the options of the model's one issue as states and the model's arcs as moves. */
#ifndef DT__GRAPH_GRAPH_H
#define DT__GRAPH_GRAPH_H

#include "base/arena.h"
#include "space/problem.h"

typedef uint32_t dt__state; /* place among the coherent outcomes, from 0 */
typedef uint32_t dt__rank;  /* of a state to a party: larger is better, equal is tied, 0 is worst, without gaps */

#define DT__NO_STATE UINT32_MAX

/* Which issues vary, and where the others stand. */
typedef struct dt__graph_scope {
    dt__issue_set free;
    size_t anchor_count;       /* at least 1 */
    const dt__option *anchors; /* anchor_count outcomes of the model, one after another; free issues are not read */
    dt__party_set leaving;     /* parties that may leave an agreement */
    uint32_t exit;             /* the anchor they leave to; free joint issues go to no deal as well */
} dt__graph_scope;

typedef struct dt__graph_limits {
    size_t states; /* most states; 0: as many as memory_limit of the environment holds, at most 2^30 */
    size_t arcs;   /* most arcs between blocks of one party, see struct dt__blocks; 0: 2^27 */
    size_t steps;  /* most partial outcomes looked at while listing; 0: 2^31 */
} dt__graph_limits;

/* The moves of one party in option form.  States that the party can get from one to another by its own issues (or
 * leaving) form a class; those of a class that are alike in all that forbids moves form a block: whether one may
 * move from one block to another is the same for all their members.  Without anything that forbids, a class is one
 * block. */
typedef struct dt__blocks {
    uint32_t count;
    const uint32_t *of;       /* per state: its block */
    const uint32_t *start;    /* count + 1: where its members begin in `members` */
    const dt__state *members; /* by block, then by rank of the party from best to worst, then by state */
    /* Rows of blocks that can be entered from a block, itself among them when its members move among one another;
     * NULL: each from itself only. */
    const uint32_t *to_start, *to;
    const uint32_t *from_start, *from; /* the same backwards: blocks that can enter it */
} dt__blocks;

/* Moves of one party in a graph written out: rows of states, ascending. */
typedef struct dt__rows {
    size_t count;
    const uint32_t *to_start, *from_start; /* states + 1 */
    const dt__state *to, *from;            /* count; from: the same backwards */
} dt__rows;

/* Where an issue that varies stands in a packed outcome. */
typedef struct dt__field {
    uint32_t issue, size;       /* size: its options */
    uint32_t word, shift, bits; /* word 0 is the least significant */
    uint64_t stride;            /* states that share the slower fields, where every combination is coherent */
} dt__field;

typedef struct dt__graph {
    dt__arena arena;
    const dt_model *model;
    const dt__option *no_deal; /* of the situation, copied */
    size_t state_count, party_count;
    size_t field_count;
    const dt__field *fields; /* the first is the fastest */
    dt__field anchor_field;  /* slower than all others; its issue is DT__NO_INDEX */
    size_t words;            /* 64-bit words of a packed outcome */
    dt__vector code_store;   /* uint64_t: states x words, least significant word first; ascending as numbers */
    const uint64_t *codes;   /* NULL: every combination is coherent, and none is stored */
    size_t anchor_count;
    const dt__option *anchors;
    uint32_t exit;
    dt__party_set leaving;
    bool written_out;           /* dt__rows hold, otherwise dt__blocks */
    const dt__blocks *blocks;   /* per party */
    const dt__rows *rows;       /* per party */
    dt__rank *const *ranks;     /* per party, states each; NULL: a party without preferences, to whom all is alike */
    dt__party_set partial;      /* parties that do not compare everything: their ranks are no order, all 0 */
    dt__party_set intransitive; /* parties for whom two moves in a row can come to what one move cannot */
} dt__graph;

/* The scope of the whole model: every issue varies, and every party whose consent some format needs may leave (when
 * there are joint issues).  *anchor has room for the model's issues. */
void dt__graph_scope_whole(dt__graph_scope *scope, dt__option *anchor, const dt__situation *situation);
/* Levers vary, the rest stands as in one of the anchors. */
void dt__graph_scope_levers(dt__graph_scope *scope, const dt_model *model, const dt__option *anchors,
                            size_t anchor_count);

/* Lists the states, sorts them into blocks and ranks them.  limits NULL: defaults.
 * A state is worth the party's utility to it; where the exit is an anchor, or all joint issues stand as without a deal,
 * plus what the party's reservation value at the situation's date exceeds its utility of no deal by.
 * DT_ERR_LIMIT with a diagnostic beyond the limits; DT_ERR_MODEL when no outcome is coherent or numbers leave 128 bits;
 * DT_ERR_MEMORY, DT_ERR_CANCELLED.  Owns: *graph, clear with dt__graph_clear (also after a failure).
 * Cost: time O(states x (parties + issues)), sorting included; memory per state 8 bytes per word of its outcome (none
 * when everything is coherent) and 12 per party. */
DT_NODISCARD dt_status dt__graph_init(dt__graph *graph, const dt__situation *situation, const dt__graph_scope *scope,
                                      const dt__graph_limits *limits, dt_env *env);
void dt__graph_clear(dt__graph *graph);

/* The outcome of a state, all issues of the model. */
void dt__graph_outcome(const dt__graph *graph, dt__state state, dt__option *outcome);
/* The state of an outcome; DT__NO_STATE when it is not coherent or not in the scope. */
dt__state dt__graph_find(const dt__graph *graph, const dt__option *outcome);
/* Can the party move from one to the other by itself, in one move?  From the definitions, not from the blocks. */
bool dt__graph_can_move(const dt__graph *graph, uint32_t party, dt__state from, dt__state to);

/* Ranks to use: those given, otherwise the graph's; a party without either finds everything alike. */
static inline dt__rank dt__rank_of(const dt__graph *graph, const dt__rank *const *ranks, uint32_t party,
                                   dt__state state) {
    const dt__rank *own = ranks != NULL && ranks[party] != NULL ? ranks[party] : graph->ranks[party];
    return own == NULL ? 0 : own[state];
}

/* One party's moves out of a state; into it, when `back`. */
typedef struct dt__moves {
    const dt__graph *graph;
    uint32_t party;
    dt__state from;
    const uint32_t *row, *row_end; /* blocks still to come */
    const dt__state *next, *end;   /* members still to come */
} dt__moves;

void dt__moves_begin(dt__moves *moves, const dt__graph *graph, uint32_t party, dt__state from);
/* States from which the party can move to `to`. */
void dt__moves_begin_back(dt__moves *moves, const dt__graph *graph, uint32_t party, dt__state to);
/* The next one, or DT__NO_STATE.  In a fixed order, which is not that of the states. */
dt__state dt__moves_next(dt__moves *moves);

/* Where the states of one graph stand in another of the same model: per state of `to` its state in `from`, or
 * DT__NO_STATE.  For results kept across edits of a model. */
void dt__graph_match(const dt__graph *to, const dt__graph *from, dt__state *out);

#endif
