/* The work on one question "would it hold?". */
#ifndef DT__HOLD_WORK_H
#define DT__HOLD_WORK_H

#include "detente/hold.h"
#include "graph/stability.h"
#include "hold/board.h"
#include "question/builder.h"

/* What an answer can lack, because the graph is too large for it. */
typedef enum dt__hold_lack {
    DT__LACK_START = 0,
    DT__LACK_COALITIONS,
    DT__LACK_MARGINS,
    DT__LACK_UNKNOWN,
    DT__LACK_STRENGTH,
    DT__LACK_FORESIGHT,
    DT__LACK_MAKING,
    DT__LACK_EXPLANATION,
    DT__LACK_ARCS,
    DT__LACK_COUNT
} dt__hold_lack;

typedef struct dt__hold_work {
    const dt_model *model;
    const dt_hold_opts *opts;
    bool unasked; /* the deals alone are answered although everything was asked for: the model is large */
    dt_env *env;
    dt__setting *setting;
    dt__graph graph;
    dt__stability stability; /* of parties that do not compare everything: as if what they leave open were a tie */
    dt__party_set partial;   /* parties that do not compare everything: by comparisons, or uncertain priorities */
    dt__arena arena;         /* scratch, until the answer is made */
    bool has_board;          /* the graph is small enough to be written out */
    dt__board board;
    dt__tour tour;
    size_t who_count; /* parties of the answer: those with preferences, and those that can move */
    uint32_t who[DT__MAX_PARTIES];
    uint64_t *named;                       /* states that the answer has to describe */
    const struct dt__relations *relations; /* when some party does not compare everything, and the graph is small */
    dt__builder builder;
    dt_hold_answer *answer;
    bool incomplete[DT__LACK_COUNT]; /* what could not be done, see dt__hold_lack */
} dt__hold_work;

/* ---- named_states.c: lists of states, and what a state is ---- */

/* The state that is told about: its number from 1; the answer will describe it. */
uint32_t dt__hold_name(dt__hold_work *w, dt__state state);
/* A list of the states in a set, ascending, at most `most` of them listed, of which those within the limit of lists are
 * described. */
dt_states dt__hold_set(dt__hold_work *w, const uint64_t *set, size_t most);
dt_states dt__hold_list(dt__hold_work *w, const dt__state *states, size_t count); /* in any order, without repetition */
/* A set without states; the memory is scratch.  NULL when there is none left, and the builder has failed. */
uint64_t *dt__hold_new_set(dt__hold_work *w);
static inline void dt__set_add(uint64_t *set, dt__state state) {
    set[state / 64] |= UINT64_C(1) << (state % 64);
}
/* Equilibria of a concept that the question is about (within the scenario asked for). */
uint64_t *dt__hold_equilibria(dt__hold_work *w, dt_concept concept);
/* Bit c: the state is an equilibrium by concept c. */
uint32_t dt__hold_concepts(const dt__hold_work *w, dt__state state);
/* May a party like t better than s?  What it does not compare may be better. */
bool dt__hold_tempts(const dt__hold_work *w, uint32_t party, dt__state s, dt__state t);
/* Describes every state that was named. */
DT_NODISCARD dt_status dt__answer_states(dt__hold_work *w);

/* ---- locate.c ---- */

/* Reads a STATE.  DT_ERR_ARGUMENT with a diagnostic when there is no such state; DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__hold_locate(dt__state *state, dt__hold_work *w, const char *text);

/* ---- the parts of the answer, one file each; DT_OK, DT_ERR_ARGUMENT, DT_ERR_MODEL, DT_ERR_MEMORY,
 * DT_ERR_CANCELLED.  What is too large for one is noted as lacking ---- */

DT_NODISCARD dt_status dt__answer_verdicts(dt__hold_work *w);
DT_NODISCARD dt_status dt__answer_start(dt__hold_work *w);
DT_NODISCARD dt_status dt__answer_reasons(dt__hold_work *w);
DT_NODISCARD dt_status dt__answer_unknown(dt__hold_work *w);
DT_NODISCARD dt_status dt__answer_strength(dt__hold_work *w);
DT_NODISCARD dt_status dt__answer_coalitions(dt__hold_work *w);
DT_NODISCARD dt_status dt__answer_foresight(dt__hold_work *w);
DT_NODISCARD dt_status dt__answer_margins(dt__hold_work *w);
DT_NODISCARD dt_status dt__answer_makes(dt__hold_work *w);
DT_NODISCARD dt_status dt__answer_arcs(dt__hold_work *w);
DT_NODISCARD dt_status dt__answer_shares(dt__hold_work *w);
DT_NODISCARD dt_status dt__answer_deals(dt__hold_work *w); /* leaving.c */
DT_NODISCARD dt_status dt__hold_verify(dt__hold_work *w);

#endif
