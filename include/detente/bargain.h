/* Which deal?  The Pareto frontier of a format and what the bargaining solutions choose on it.
 *
 * The answer is plain data in one block of memory; texts and arrays in it are borrowed from it.  Numbers are exact as
 * text beside a double (the value of a solution, which may be no rational number, is a double only). */
#ifndef DETENTE_BARGAIN_H
#define DETENTE_BARGAIN_H

#include "detente/deal.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Options of `bargain`.  Initialise with dt_bargain_opts_init. */
typedef struct dt_bargain_opts {
    const char *among;          /* one format; NULL: every format of the model */
    const dt_setting *settings; /* what-ifs, as for dt_deal */
    size_t setting_count;
    const char *at;            /* a date: no deal drifts from as_of to it; NULL: as_of */
    const char *within;        /* a scenario: only outcomes that meet it count; NULL: all */
    const dt_setting *weights; /* PARTY=WEIGHT of the weighted solutions; none: the model's capabilities */
    size_t weight_count;
    const char *explain; /* a proposal, or ISSUE=OPTION,ISSUE=OPTION: why not this deal?  NULL: not asked */
    size_t points;       /* most frontier points listed; default 1000 */
    double
        epsilon; /* thin the frontier out: no vector is missed by more than this share of a party's range; 0: exact */
    uint64_t draws; /* repeat over this many draws: how often each outcome is the solution; 0: none */
    uint64_t seed;  /* of the draws; default 1 */
    bool verify;    /* check every claim by an independent way */
} dt_bargain_opts;

DT_API void dt_bargain_opts_init(dt_bargain_opts *opts);

/** The best that a party can get in the zone of agreement. */
typedef struct dt_ideal {
    bool found;       /* an outcome of the zone is known */
    bool exact;       /* nothing in the zone is worth more */
    dt_exact utility; /* best found; text NULL for an ordinal party, or when nothing was found */
    dt_exact gain;    /* over no deal */
    dt_exact bound;   /* proven: no outcome of the zone has more utility; equal to `utility` when exact */
    dt_outcome outcome;
} dt_ideal;

/** A vector of the frontier, and one outcome that attains it. */
typedef struct dt_frontier_point {
    const dt_exact *utilities; /* per party of the answer; text NULL for ordinal parties */
    const dt_exact *gains;     /* over no deal */
    dt_exact multiplicity;     /* outcomes that attain it */
    dt_outcome outcome;
} dt_frontier_point;

typedef struct dt_frontier_answer {
    bool exact; /* false: no vector is missed by more than `epsilon` */
    size_t vectors;
    dt_exact outcomes;  /* multiplicities added up; text NULL when they were not counted */
    size_t point_count; /* listed: the first of them in descending order of utilities */
    const dt_frontier_point *points;
    const dt_exact *epsilon; /* per party, in its unit; NULL when exact */
} dt_frontier_answer;

/** In the order of the literature; names as in docs/glossary.md. */
typedef enum dt_solution_kind {
    DT_SOLUTION_NASH = 0,
    DT_SOLUTION_WEIGHTED_NASH,
    DT_SOLUTION_KALAI_SMORODINSKY,
    DT_SOLUTION_KALAI_SMORODINSKY_LEXIMIN,
    DT_SOLUTION_EGALITARIAN,
    DT_SOLUTION_LEXIMIN,
    DT_SOLUTION_WEIGHTED_EGALITARIAN,
    DT_SOLUTION_UTILITARIAN,
    DT_SOLUTION_RELATIVE_UTILITARIAN,
    DT_SOLUTION_RAIFFA,
    DT_SOLUTION_EQUAL_AREA,
    DT_SOLUTION_MAXIMUM_WELFARE, /* largest sum of utilities, whoever loses by it */
    DT_SOLUTION_COUNT
} dt_solution_kind;

/** "nash", "weighted_nash" ...: the keys of the JSON; NULL out of range. */
DT_API const char *dt_solution_id(dt_solution_kind kind);

typedef enum dt_solution_status {
    DT_SOLUTION_FOUND = 0,
    DT_SOLUTION_NONE,        /* no rational outcome */
    DT_SOLUTION_ORDINAL,     /* needs utilities, and a party has only ranks */
    DT_SOLUTION_TWO_PARTIES, /* defined for two parties only */
    DT_SOLUTION_UNDECIDED    /* no rational outcome was found, and it is not proven that there is none */
} dt_solution_status;

typedef struct dt_solution {
    dt_solution_kind kind;
    dt_solution_status status;
    bool exact; /* false: comparisons were made in floating point (weights too fine for exact powers) or on a thinned
                   frontier */
    bool degenerate; /* somebody cannot gain: the stated rule was applied */
    double value;    /* of the objective; Nash: product of gains */
    double bound;    /* proven: no outcome has more of the objective (ideal gains as found); equal to value when exact;
                        NaN when nothing is proven (Raiffa, equal area, degenerate cases) */
    size_t ties;     /* distinct vectors that are the solution */
    dt_exact outcomes;               /* their multiplicities added up */
    const dt_frontier_point *points; /* ties of them */
    /* with draws: how often each outcome was the solution, most often first */
    size_t share_count;
    const dt_outcome *share_outcomes;
    const double *shares;
} dt_solution;

/** A minimal winning set by itself: what it can reach, and at whose cost. */
typedef struct dt_coalition {
    uint64_t parties;
    size_t vectors; /* of the rational part of its own frontier */
    dt_exact outcomes;
} dt_coalition;

typedef struct dt_power {
    uint32_t party;
    dt_exact shapley_shubik, banzhaf, banzhaf_normalised;
    bool veto;  /* in every winning set */
    bool dummy; /* never makes a difference */
} dt_power;

/** Is a solution in the core: no winning set has another outcome that each of its members likes better? */
typedef struct dt_core_test {
    dt_solution_kind solution; /* its first point */
    bool tested, in_core;
    uint64_t blocking_set; /* parties that would leave it */
    dt_outcome objection;  /* for this */
} dt_core_test;

/** An issue that a trade moves, and what that gives each party by itself. */
typedef struct dt_trade {
    uint32_t issue;
    uint16_t from, to;
    const dt_exact *changes; /* per party of the answer, of terms on this issue alone; text NULL for ordinal ones */
} dt_trade;

/** What a term on several issues gives its party through a trade. */
typedef struct dt_joint_change {
    uint32_t party;
    uint32_t adjust; /* index into the party's `adjust` list */
    dt_exact change;
} dt_joint_change;

/** An improvement, issue by issue: the changes and the joint changes add up to the totals. */
typedef struct dt_trade_list {
    size_t trade_count;
    const dt_trade *trades;
    size_t joint_count;
    const dt_joint_change *joints; /* those that are not zero */
    const dt_exact *totals;        /* per party of the answer */
} dt_trade_list;

/** Why not a given deal. */
typedef struct dt_explanation {
    dt_outcome outcome;
    bool coherent, in_zone, efficient;
    bool efficient_known; /* false: nothing was found that betters it, and it is not proven that nothing does */
    bool within_reach;    /* moves nothing that is off the agenda, and meets the scenario asked for */
    size_t judgement_count;
    const dt_judgement *judgements;
    size_t improvement_count; /* deals that hurt nobody and help somebody; fewest changes first, at most ten */
    const dt_frontier_point *improvements;
    const dt_trade_list *trades; /* per improvement */
} dt_explanation;

typedef struct dt_bargain_format {
    uint32_t format;
    uint32_t within;    /* the scenario that outcomes had to meet; UINT32_MAX: none */
    size_t party_count; /* parties whose consent can matter; the dimensions of all vectors */
    const uint32_t *parties;
    const dt_exact *no_deal;     /* per party; text NULL for ordinal ones */
    const dt_exact *weights;     /* of the weighted solutions */
    const dt_ideal *ideals;      /* per party */
    bool searched;               /* too wide to eliminate: outcomes were searched for; multiplicities are not counted */
    dt_frontier_answer frontier; /* of all coherent outcomes */
    dt_frontier_answer rational; /* of the zone of agreement */
    bool undecided;              /* no outcome of the zone was found, and it is not proven that there is none */
    size_t winning_count;
    const uint64_t *winning;        /* minimal winning sets */
    const dt_coalition *coalitions; /* one per winning set */
    const dt_power *power;          /* per party */
    bool power_exact;               /* false: too many parties, not computed */
    dt_solution solutions[DT_SOLUTION_COUNT];
    size_t core_count;
    const dt_core_test *core;
    const dt_explanation *explanation; /* NULL: not asked */
    const char *limit_note; /* what is not exact or not complete, in the environment's language; NULL: nothing */
    bool verified;
    const char *verify_note;
} dt_bargain_format;

typedef struct dt_bargain_answer {
    dt_exact months;
    dt_outcome no_deal;
    size_t format_count;
    const dt_bargain_format *formats;
    uint64_t draws, seed;
    bool verified;
    void *memory; /* private */
} dt_bargain_answer;

/** Answers "which deal?" for every format asked for.  An empty zone is an answer.
 *  Returns DT_OK, DT_ERR_ARGUMENT, DT_ERR_MODEL, DT_ERR_LIMIT, DT_ERR_MEMORY, DT_ERR_CANCELLED, as dt_deal.
 *  Owns: *out, free with dt_bargain_free.
 *  Cost: with the size of the frontier (times the number of options, per issue), not with the number of outcomes.
 *  Ref: Nash 1950; Kalai and Smorodinsky 1975; Kalai 1977; Imai 1983 (leximin); Raiffa 1953; Anbarci and Bigelow 1994.
 */
DT_API DT_NODISCARD dt_status dt_bargain(dt_bargain_answer **out, const dt_model *model, const dt_bargain_opts *opts,
                                         dt_env *env);

/** Writes a deal as the draft of an agreement: a model with one clause for each issue that the deal changes and whose
 *  option carries `terms`; what is not known stands in remarks.  deal: a solution ("nash"), a proposal, or
 *  ISSUE=OPTION,ISSUE=OPTION.  opts->among names the format, unless the model has one only; its parties are bound where
 *  the terms name nobody.
 *  Returns DT_OK, DT_ERR_ARGUMENT (no such deal, no such format, several formats), and as dt_bargain and sink->write.
 */
DT_API DT_NODISCARD dt_status dt_bargain_agreement(const dt_sink *sink, const dt_model *model,
                                                   const dt_bargain_opts *opts, const char *deal, dt_env *env);
DT_API void dt_bargain_free(dt_bargain_answer *answer, dt_env *env);

#ifdef __cplusplus
}
#endif
#endif
