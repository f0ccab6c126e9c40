/* Is there a way there?  Steps from no deal to a proposal, a scenario or the zone of agreement, each of which the
 * parties concerned can take without falling below no deal; or a proof that there is none, and who cuts every way.
 *
 * The answer is plain data in one block of memory; texts and arrays in it are borrowed from it.  Parties, issues,
 * options and formats are indices into the model.  Definitions: docs/method/path.md. */
#ifndef DETENTE_PATH_H
#define DETENTE_PATH_H

#include "detente/answer.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Options of `path`.  Initialise with dt_path_opts_init. */
typedef struct dt_path_opts {
    const char *among;          /* one format; NULL: every format of the model */
    const char *to;             /* a proposal, a scenario, "zone", or ISSUE=OPTION,...; NULL: all of them, in brief */
    const dt_setting *settings; /* what-ifs, as for dt_deal */
    size_t setting_count;
    const char *at;     /* a date: no deal drifts from as_of to it; NULL: as_of */
    const char *within; /* a scenario: only outcomes that meet it are a destination; NULL: all */
    bool strict;        /* no party that walks is worse off after any step than before it */
    unsigned bundle;    /* most issues that one step may change, 1 to 8; default 1.  The issues of one rule always may
                           change together */
    unsigned steps;     /* most steps; 0: no bound */
    uint64_t draws;     /* repeat over this many draws: how often there is a way; 0: none; at most 10^6 */
    uint64_t draw_work; /* steps looked at in each draw of a format, past which it stays undecided; 0: 4,000,000.  A
                           time limit lifts it */
    uint64_t seed;      /* of the draws; default 1 */
    bool verify;        /* replay every way from the definitions */
} dt_path_opts;

DT_API void dt_path_opts_init(dt_path_opts *opts);

typedef enum dt_way_status {
    DT_WAY_FOUND = 0,
    DT_WAY_NONE,     /* proven: everything that can be reached was, and no destination is among it */
    DT_WAY_UNDECIDED /* the bound on steps, or on work, came first */
} dt_way_status;

typedef enum dt_destination_kind {
    DT_DESTINATION_ZONE = 0, /* any deal: a jointly decided issue differs from no deal, and the walkers accept it */
    DT_DESTINATION_PROPOSAL, /* this very outcome */
    DT_DESTINATION_SCENARIO, /* any outcome that meets it */
    DT_DESTINATION_TERMS     /* any outcome with these options */
} dt_destination_kind;

/** One step of a way, and what it leads to. */
typedef struct dt_path_step {
    bool joint;            /* false: one party moves what it decides alone */
    uint64_t parties;      /* bit mask: who consents, or who moves */
    dt_outcome after;      /* after the step */
    const dt_exact *gains; /* per party of the way, over no deal; text NULL for ordinal parties */
    bool irreversible;     /* something it settles cannot be taken back */
    uint64_t tempted;      /* other parties that would gain by leaving right after it */
    bool exposed;          /* irreversible and tempted: here trust or a guarantee is needed */
} dt_path_step;

typedef struct dt_walk {
    uint64_t walkers; /* the winning set that consents on the whole way */
    size_t step_count;
    const dt_path_step *steps;
    dt_exact floor;       /* the least gain of any walker after any step; text NULL without utilities */
    uint32_t floor_party; /* whose it is */
    size_t floor_step;    /* after which step, from 0 */
    size_t irreversible_count;
} dt_walk;

/** Something that cuts a way. */
typedef enum dt_cut_kind {
    DT_CUT_RED_LINE = 0, /* party, index */
    DT_CUT_NO_DEAL,      /* party would fall below no deal */
    DT_CUT_STEP,         /* party would be worse after a step than before it (strict) */
    DT_CUT_PRINCIPLE     /* index: of order or presence */
} dt_cut_kind;

typedef struct dt_cut {
    dt_cut_kind kind;
    uint32_t party, index; /* UINT32_MAX where there is none */
    const char *id;        /* "party.red_line", "party.no_deal", "party.step"; of a principle its id */
} dt_cut;

/** A least set of cuts without which there is a way. */
typedef struct dt_cut_set {
    size_t count;
    const dt_cut *cuts;
    size_t step_count; /* of the way that it opens */
} dt_cut_set;

typedef struct dt_way {
    dt_destination_kind kind;
    uint32_t index; /* proposal or scenario; UINT32_MAX otherwise */
    dt_way_status status;
    bool there;             /* no deal itself is a destination */
    size_t step_count;      /* found: the least number */
    dt_outcome destination; /* of the shortest way; of a proposal or terms not reached, NULL */
    size_t broken_count;    /* principles that the destination breaks, of every kind */
    const uint32_t *broken;
    /* in detail: when one destination was asked for, and for the zone */
    const dt_walk
        *shortest;         /* of the shortest, the one whose floor is highest, then with what cannot be undone latest */
    const dt_walk *safest; /* a longer way with a higher floor; NULL: the shortest is as safe */
    bool safest_known;     /* false: work or steps ran out before it was proven that nothing is safer */
    /* none, in detail: */
    size_t off_agenda_count; /* issues of the destination that are off the agenda and nobody's own to move */
    const uint32_t *off_agenda;
    bool incoherent;      /* no outcome that keeps the rules is a destination on this agenda */
    bool barred;          /* every destination itself crosses something, so no order of steps helps */
    size_t reached;       /* outcomes reached, the start included, by the group of walkers that comes furthest */
    dt_outcome nearest;   /* of those reached, one from which fewest issues differ from a destination; NULL: unknown */
    unsigned missing;     /* how many those are */
    size_t cut_set_count; /* least sets, smallest first */
    const dt_cut_set *cut_sets;
    bool cuts_complete;    /* all of the least size are listed */
    unsigned least_bundle; /* the least number of issues per step that opens a way; 0: none that was tried does */
    unsigned tried_bundle; /* the largest tried to the end */
    uint64_t reached_by_draws, undecided_draws; /* of the draws: with a way; not decided */
} dt_way;

typedef struct dt_path_format {
    uint32_t format;
    size_t party_count; /* parties whose consent can matter: columns of the gains */
    const uint32_t *parties;
    size_t group_count; /* minimal winning sets that were tried as walkers */
    size_t way_count;
    const dt_way *ways;
    size_t reached;   /* outcomes that some group of walkers can reach step by step, the start included, counted for
                         the group that comes furthest */
    bool reached_all; /* false: at least so many */
    const char *limit_note; /* what was not done to the end, in the environment's language; NULL: nothing */
    bool verified;
    const char *verify_note;
} dt_path_format;

typedef struct dt_path_answer {
    dt_exact months;
    dt_outcome no_deal;
    bool strict, detailed;
    unsigned bundle, steps;
    size_t kept_count; /* principles of order and presence: kept at every point */
    const uint32_t *kept;
    size_t broken_count; /* those of them that no deal itself breaks: they bind from the first point that keeps them */
    const uint32_t *broken_at_start;
    size_t format_count;
    const dt_path_format *formats;
    uint64_t draws, seed;
    bool verified;
    void *memory; /* private */
} dt_path_answer;

/** Answers "is there a way there?" for every format asked for.  That there is none is an answer.
 *  Returns DT_OK, DT_ERR_ARGUMENT, DT_ERR_MODEL, DT_ERR_LIMIT, DT_ERR_MEMORY, DT_ERR_CANCELLED, as dt_deal.
 *  Owns: *out, free with dt_path_free.
 *  Cost: with the number of outcomes that can be reached, times the steps out of one (for bundles of b issues about the
 *  b-th power of the number of options).
 *  Ref: status quo analysis, Fang, Hipel and Kilgour 1993; widest paths, Pollack 1960. */
DT_API DT_NODISCARD dt_status dt_path(dt_path_answer **out, const dt_model *model, const dt_path_opts *opts,
                                      dt_env *env);
DT_API void dt_path_free(dt_path_answer *answer, dt_env *env);

#ifdef __cplusplus
}
#endif
#endif
