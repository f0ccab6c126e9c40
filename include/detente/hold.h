/* Would it hold?  The states of a conflict, who can move where and prefers what, and which states are stable: the graph
 * model for conflict resolution.
 *
 * The answer is plain data in one block of memory; texts and arrays in it are borrowed from it.  A state is named by
 * its number: its place among the coherent outcomes in numbering order, from 1 (the first issue runs fastest). */
#ifndef DETENTE_HOLD_H
#define DETENTE_HOLD_H

#include "detente/answer.h"
#include "detente/leaving.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The solution concepts, as in the literature. */
typedef enum dt_concept {
    DT_CONCEPT_NASH = 0, /* nobody can improve alone */
    DT_CONCEPT_GMR,      /* the others can answer every improvement so that it does not pay */
    DT_CONCEPT_SMR,      /* and there is no way out of the answer */
    DT_CONCEPT_SEQ,      /* as GMR, with answers that are improvements for those who give them */
    DT_CONCEPT_SSEQ,     /* as SMR, with such answers */
    DT_CONCEPT_COUNT
} dt_concept;

/** "nash", "gmr", "smr", "seq", "sseq": the keys of the JSON; NULL out of range. */
DT_API const char *dt_concept_id(dt_concept concept);

/** Options of `hold`.  Initialise with dt_hold_opts_init.  A STATE is a number, a proposal, `no_deal` or
 * ISSUE=OPTION,ISSUE=OPTION (the rest as with no deal). */
typedef struct dt_hold_opts {
    const dt_setting *settings; /* what-ifs, as for dt_deal */
    size_t setting_count;
    const char *among;   /* a format: it is its agreement that can be left; NULL: that of every format */
    const char *within;  /* a scenario: only equilibria that meet it are told; NULL: all */
    const char *at;      /* a date: no deal drifts from as_of to it; NULL: as_of */
    const char *from;    /* STATE to start from; NULL: no deal */
    const char *explain; /* STATE: every party's moves, and why it is stable or not; NULL: not asked */
    const char *make;    /* STATE: which preferences would make it an equilibrium; NULL: not asked */
    const char *concept; /* of `make`: an id; NULL: every concept */
    const char *deal;    /* only: would deals be left?  A proposal, ISSUE=OPTION,..., or "all": every proposal and, with
                            `among`, what Nash, Kalai-Smorodinsky and egalitarian choose in that format.  NULL: these,
                            and everything else */
    bool whole;          /* look at the graph of all outcomes however large; otherwise a model with proposals and more
                            than 2^22 combinations of options is asked about its deals only, and the note says so */
    bool coalitions;     /* joint moves of several parties */
    size_t horizon; /* limited foresight of up to so many moves (two parties), and simultaneous sanctions; 0: none */
    bool margins;   /* how little has to change for each verdict to turn */
    bool arcs;      /* list every move, for drawings */
    size_t states;  /* most states of a list; equilibria are always complete; default 10,000 */
    uint64_t draws; /* repeat over this many draws: how often is each state an equilibrium, and does each deal hold?
                       0: none */
    uint64_t seed;  /* of the draws; default 1 */
    bool verify;    /* replay every claim from the definitions */
} dt_hold_opts;

DT_API void dt_hold_opts_init(dt_hold_opts *opts);

/** States by number, ascending; the first `listed` of them. */
typedef struct dt_states {
    size_t count, listed;
    const uint32_t *ids;
} dt_states;

/** A state that the answer names. */
typedef struct dt_hold_state {
    uint32_t id;
    dt_outcome outcome;
    uint32_t equilibrium; /* bit c: by concept c */
    const uint32_t
        *places; /* per party of the answer: 1 is its best, ties share a place; 0: not comparable throughout */
} dt_hold_state;

typedef struct dt_hold_party {
    uint32_t party; /* index into the model's parties */
    uint64_t moves, improvements;
    dt_states stable[DT_CONCEPT_COUNT];
} dt_hold_party;

/** One move of a sequence: who, and the state that it leads to. */
typedef struct dt_hold_step {
    uint32_t party, state;
} dt_hold_step;

/* ---- why a state is stable or not ---- */

/** One improvement of a party, and what the others answer. */
typedef struct dt_hold_reply {
    uint32_t improvement; /* state that the party would move to */
    bool answered;        /* the others have a sequence after which it has gained nothing */
    size_t step_count;    /* that sequence, the shortest; a sanction by staying has none */
    const dt_hold_step *steps;
    size_t escape_count; /* SMR, SSEQ: where the party could still go from its end; no better either */
    const uint32_t *escapes;
    uint64_t reachable; /* not answered: states that the others can reach from it, all of them better for the party */
    uint32_t least;     /* not answered: the least good of them, the improvement itself included */
    uint32_t way_out;   /* not answered, SMR and SSEQ: where the party goes on to from there; 0: it stays */
} dt_hold_reply;

typedef struct dt_hold_reason {
    bool stable;
    size_t reply_count; /* stable: one for every improvement; otherwise the unanswered ones */
    const dt_hold_reply *replies;
} dt_hold_reason;

typedef struct dt_hold_view {
    uint32_t party;
    dt_states moves, improvements;
    dt_hold_reason reasons[DT_CONCEPT_COUNT];
} dt_hold_view;

typedef struct dt_hold_explanation {
    uint32_t state;
    const dt_hold_view *views; /* per party of the answer */
} dt_hold_explanation;

/* ---- from the status quo ---- */

/** An equilibrium, seen from the start. */
typedef struct dt_hold_way {
    uint32_t state;
    uint32_t equilibrium; /* bit c: by concept c */
    bool reachable, by_improvements;
    uint32_t length;    /* least number of moves */
    dt_exact sequences; /* number of shortest sequences */
    size_t step_count;  /* one of them, the first in the order of parties and states */
    const dt_hold_step *steps;
    size_t improving_count; /* shortest sequence of improvements only; 0: none */
    const dt_hold_step *improving;
} dt_hold_way;

typedef struct dt_hold_start {
    uint32_t state;
    dt_states reachable, improvable; /* by legal sequences of moves; of improvements only */
    dt_states dead_ends;             /* of the improvable (and the start): nobody improves from there */
    uint64_t cycles;                 /* groups of improvable states that improvements lead round and round */
    size_t way_count;
    const dt_hold_way *ways; /* per equilibrium of any concept */
} dt_hold_start;

/* ---- unknown and strong preferences ---- */

/** What holds although comparisons are unknown: extensions a to d of Li et al. 2004, and bounds. */
typedef struct dt_hold_unknown {
    uint64_t pairs;                            /* pairs of states that a party does not compare */
    dt_states extensions[4][DT_CONCEPT_COUNT]; /* equilibria by a, b, c, d */
    dt_states every[DT_CONCEPT_COUNT];         /* equilibria in every completion */
    dt_states some[DT_CONCEPT_COUNT];          /* in at least one */
    bool exact[DT_CONCEPT_COUNT];              /* false: `every` may miss states, `some` may hold too many */
} dt_hold_unknown;

/** Stability by greatly preferred sanctions (Hamouda et al. 2004); not for Nash, which needs none. */
typedef struct dt_hold_strength {
    dt_states strong[DT_CONCEPT_COUNT]; /* equilibria that are strongly stable for every party that has improvements */
    dt_states weak[DT_CONCEPT_COUNT];   /* the other equilibria */
} dt_hold_strength;

/* ---- coalitions, foresight ---- */

/** What parties achieve together (Kilgour et al. 2001); no SSEQ. */
typedef struct dt_hold_coalition {
    uint64_t parties; /* bit p: party p of the model */
    dt_states unstable[DT_CONCEPT_COUNT];
} dt_hold_coalition;

typedef struct dt_hold_coalitions {
    bool complete; /* false: too many parties or states */
    size_t count;
    const dt_hold_coalition *list;          /* every set of two parties or more, smallest first */
    dt_states equilibria[DT_CONCEPT_COUNT]; /* stable for every set of parties, single ones included */
    dt_states universal;                    /* by all four concepts */
} dt_hold_coalitions;

typedef struct dt_hold_foresight {
    bool two_parties;                         /* limited moves and non-myopic are defined for two only */
    size_t horizon;                           /* 1..horizon were looked at */
    const dt_states *limited;                 /* per horizon from 1: stable for both */
    dt_states non_myopic;                     /* from some horizon on */
    size_t period;                            /* after which foresight repeats itself */
    bool simultaneous_complete;               /* false: too many combinations */
    dt_states simultaneous[DT_CONCEPT_COUNT]; /* equilibria when simultaneous sanctions count too */
} dt_hold_foresight;

/* ---- how little turns a verdict ---- */

/** The fewest comparisons of one party that have to change for a verdict to turn. */
typedef struct dt_hold_margin {
    uint32_t state;
    dt_concept concept;
    uint32_t party;
    bool possible;    /* false: no ranking of this party turns it (the graph alone decides) */
    bool rises;       /* the party would have to like the state better; otherwise less */
    uint32_t changes; /* comparisons of two states that change */
    uint32_t past;    /* the state that it has to reach (rises) or to fall below */
} dt_hold_margin;

typedef struct dt_hold_margins {
    size_t kept_count;
    const dt_hold_margin *kept; /* equilibria: for each and each of its concepts the least change that breaks it */
    size_t near_count;
    const dt_hold_margin *near; /* states that one party alone keeps from being an equilibrium, fewest changes first */
} dt_hold_margins;

/* ---- which preferences would make it an equilibrium ---- */

typedef struct dt_hold_making {
    uint32_t party;
    bool stable;      /* already */
    uint32_t changes; /* fewest changed comparisons that make it stable for the party */
    uint32_t past;    /* the state that the target has to come level with, 0 when stable */
    dt_exact share;   /* of all strict rankings of this party, those that make it stable; text NULL: not counted */
} dt_hold_making;

typedef struct dt_hold_make {
    dt_concept concept;
    bool equilibrium;              /* already */
    uint64_t changes;              /* comparisons that change in all */
    bool proven;                   /* there is no cheaper change of all rankings together */
    uint64_t at_least;             /* proven lower bound */
    const dt_hold_making *parties; /* per party of the answer */
} dt_hold_make;

/* ---- the answer ---- */

typedef struct dt_hold_share {
    uint32_t state;
    double shares[DT_CONCEPT_COUNT]; /* of the draws in which it is an equilibrium */
} dt_hold_share;

typedef struct dt_hold_arc {
    uint32_t party, from, to; /* party of the model */
    dt_preference preference; /* of the mover: is it an improvement? */
    bool known;               /* false: the mover does not compare the two */
} dt_hold_arc;

/** Would a given deal hold: who gains by leaving it, when, and what deters it; see detente/leaving.h. */
typedef struct dt_hold_deal dt_hold_deal;

typedef struct dt_hold_answer {
    dt_exact months;
    dt_outcome no_deal;
    size_t state_count;
    size_t party_count;
    const dt_hold_party *parties;
    dt_states equilibria[DT_CONCEPT_COUNT];
    size_t named_count;
    const dt_hold_state *named;             /* by number: every state that the answer lists, as far as asked for */
    bool cut;                               /* some list is shorter than its count */
    const dt_hold_start *start;             /* NULL: too many states, and not asked for */
    const dt_hold_explanation *explanation; /* NULL: not asked */
    const dt_hold_unknown *unknown;         /* NULL: every party compares everything */
    const dt_hold_strength *strength;       /* NULL: nothing is greatly preferred */
    const dt_hold_coalitions *coalitions;   /* NULL: not asked */
    const dt_hold_foresight *foresight;     /* NULL: not asked */
    const dt_hold_margins *margins;         /* NULL: not asked */
    size_t make_count;
    const dt_hold_make *makes; /* per concept asked for */
    uint32_t make_state;       /* 0: not asked */
    bool deals_only;           /* nothing but the deals was asked for: there are no states */
    size_t deal_count;
    const dt_hold_deal *deals;
    size_t arc_count;
    const dt_hold_arc *arcs;
    uint64_t draws, seed;
    size_t share_count;
    const dt_hold_share *shares; /* most often first */
    const char *limit_note;      /* what is not complete, in the environment's language; NULL: nothing */
    bool verified;
    const char *verify_note; /* NULL: not asked */
    void *memory;            /* private */
} dt_hold_answer;

/** Answers "would it hold?".  No equilibrium is an answer.
 *  Returns DT_OK, DT_ERR_ARGUMENT (no such state ...), DT_ERR_MODEL (nobody can move or a party has no preferences),
 *  DT_ERR_LIMIT (too many states), DT_ERR_MEMORY, DT_ERR_CANCELLED.
 *  Owns: *out, free with dt_hold_free.
 *  Cost: linear in states and moves, times the parties; margins, coalitions and unknown preferences more.
 *  Ref: Fang, Hipel and Kilgour 1993; Rego and Vieira 2017 (SSEQ); Kilgour et al. 2001 (coalitions); Li et al. 2004
 *  (unknown); Hamouda et al. 2004 (strength); Kilgour 1985 (foresight). */
DT_API DT_NODISCARD dt_status dt_hold(dt_hold_answer **out, const dt_model *model, const dt_hold_opts *opts,
                                      dt_env *env);
DT_API void dt_hold_free(dt_hold_answer *answer, dt_env *env);

#ifdef __cplusplus
}
#endif
#endif
