/* Is there a deal?  Who blocks it?  What is the least that would open it?  How do the proposals fare?
 *
 * The answer is plain data in one block of memory; texts and arrays in it are borrowed from it.  Parties, issues,
 * options and formats are indices into the model.  Counts and numbers come exact as text beside a double. */
#ifndef DETENTE_DEAL_H
#define DETENTE_DEAL_H

#include "detente/answer.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Options of `deal`.  Initialise with dt_deal_opts_init. */
typedef struct dt_deal_opts {
    const char *among; /* one format; NULL: every format of the model */
    const dt_setting *settings;
    size_t setting_count;
    const char *at;     /* a date: no deal drifts from as_of to it; NULL: as_of */
    const char *within; /* a scenario: only outcomes that meet it count; NULL: all */
    unsigned over;      /* months to look ahead, one zone for each; 0: none; at most 1200 */
    uint64_t draws;     /* repeat the existence of a deal over this many draws; 0: none; at most 10^9 */
    uint64_t seed;      /* of the draws; default 1 */
    size_t list_limit;  /* most blocking sets and concessions listed per format; default 1000 */
    bool verify;        /* check every claim by an independent way */
} dt_deal_opts;

DT_API void dt_deal_opts_init(dt_deal_opts *opts);

typedef enum dt_zone_status { DT_ZONE_OPEN = 0, DT_ZONE_EMPTY, DT_ZONE_UNDECIDED } dt_zone_status;

typedef struct dt_zone {
    dt_zone_status status;
    bool exact; /* count is exact; otherwise low and high bound it */
    dt_exact count;
    dt_exact low, high;        /* equal to count when exact */
    dt_exact keeps_principles; /* those of them that break no principle; text NULL when not counted exactly */
    bool has_no_deal;          /* no deal itself lies in the zone: it is coherent and crosses no red line that counts */
    dt_outcome example; /* the outcome of largest total utility in the zone (ordinal parties only: the one that changes
                           least); NULL when none is known */
} dt_zone;

/** A red line (index into the party's), a reservation value, or a rule. */
typedef enum dt_blocker_kind { DT_BLOCKER_RED_LINE = 0, DT_BLOCKER_NO_DEAL, DT_BLOCKER_RULE } dt_blocker_kind;
typedef struct dt_blocker {
    dt_blocker_kind kind;
    uint32_t party;
    uint32_t index; /* red line of the party, or rule of the model */
    const char *id; /* "party.red_line", "party.no_deal"; of a rule its id */
} dt_blocker;

/** A set of blockers, sorted by id. */
typedef struct dt_blocker_set {
    size_t count;
    const dt_blocker *const *members;
} dt_blocker_set;

/** A least set of blockers whose dropping opens the zone. */
typedef struct dt_concession {
    dt_blocker_set drop;
    dt_exact cost;          /* costs of the red lines + shortfalls, each in its holder's unit */
    size_t shortfall_count; /* one per reservation value in drop whose party has utilities */
    const uint32_t *shortfall_parties;
    const dt_exact *shortfalls; /* what the party would get below no deal, in its unit */
    dt_outcome outcome;         /* the deal that it opens at that cost */
    bool least_cost, least_number;
} dt_concession;

typedef struct dt_proposal_answer {
    uint32_t proposal;
    bool acceptable, coherent;
    dt_outcome outcome;
    size_t off_agenda_count; /* issues it changes that are not on the agenda */
    const uint32_t *off_agenda;
    size_t rule_count; /* broken */
    const uint32_t *rules;
    size_t principle_count; /* broken */
    const uint32_t *principles;
    size_t party_count; /* every party with preferences */
    const dt_judgement *parties;
} dt_proposal_answer;

typedef struct dt_party_best {
    uint32_t party;
    dt_exact utility, gain;
    dt_outcome outcome; /* NULL: the zone is empty or it was not found in time */
} dt_party_best;

typedef struct dt_party_count {
    uint32_t party;
    bool exact;
    dt_exact count; /* outcomes it accepts; when not exact, low and high bound it */
    dt_exact low, high;
} dt_party_count;

/** How many of the draws have a deal. */
typedef struct dt_draw_share {
    uint64_t deals;
    uint64_t undecided;            /* draws that were not decided within the limits */
    double probability, low, high; /* share of deals among the draws, 95 % Wilson interval */
} dt_draw_share;

typedef struct dt_deal_format {
    uint32_t format;
    uint32_t within;      /* the scenario that outcomes had to meet; UINT32_MAX: none */
    size_t winning_count; /* minimal winning sets, each a bit mask of parties */
    const uint64_t *winning;
    bool winning_complete; /* false: more than were listed */
    bool improper;         /* two disjoint sets win: two rival deals may both be valid */
    dt_exact outcomes;     /* on the agenda, before rules */
    dt_exact coherent;
    size_t acceptable_count; /* every party with preferences */
    const dt_party_count *acceptable;
    dt_zone zone;
    size_t best_count; /* consenting parties with utilities */
    const dt_party_best *best;
    size_t blocking_count; /* minimal blocking sets, smallest first */
    const dt_blocker_set *blocking;
    size_t concession_count; /* cheapest first */
    const dt_concession *concessions;
    bool complete;              /* blocking and concessions are all there are */
    size_t rule_conflict_count; /* when no outcome is coherent: minimal sets of rules that exclude one another */
    const dt_blocker_set *rule_conflicts;
    size_t proposal_count;
    const dt_proposal_answer *proposals;
    const char
        *limit_note; /* why something is not exact or not complete, in the environment's language; NULL: all is */
    /* with draws */
    dt_draw_share draws;  /* with an outcome acceptable to all, be it no deal itself */
    dt_draw_share beside; /* with one other than no deal itself */
    /* with over: zones after 0, 1, ... months */
    size_t month_count;
    const dt_zone *months;
    /* with verify */
    bool verified;
    const char *verify_note; /* what was checked, or what failed */
    /* The same for each scenario of the model alone, unless one was asked for: counts of coherent outcomes and zone, an
     * example, or blocking sets and concessions; nothing else is filled in. */
    size_t scenario_count;
    const struct dt_deal_format *scenarios;
} dt_deal_format;

/** How opposed two parties are on an issue: the share of pairs of options that they order in opposite ways among
 *  those that both order strictly; text NULL when there is none or a party is ordinal. */
typedef struct dt_opposition {
    uint32_t issue, party_a, party_b;
    dt_exact opposition;
} dt_opposition;

typedef struct dt_deal_answer {
    dt_exact months; /* by which no deal was drifted */
    dt_outcome no_deal;
    size_t no_deal_count; /* what no deal is worth to every party with preferences */
    const dt_judgement *no_deal_values;
    size_t format_count;
    const dt_deal_format *formats;
    size_t opposition_count;
    const dt_opposition *oppositions;
    size_t principle_count; /* principles that no deal itself breaks */
    const uint32_t *no_deal_breaks;
    uint64_t draws, seed;
    const struct dt_deal_answer *base; /* with settings: the answer without them; otherwise NULL */
    bool verified;                     /* with verify: all formats hold */
    void *memory;                      /* private */
} dt_deal_answer;

/** Answers "is there a deal?" for every format asked for.
 *  An empty zone is an answer.  Past the time or memory limit the answer holds what is known, marked in each format.
 *  Returns DT_OK, DT_ERR_ARGUMENT (an option names what is not there; see the diagnostics), DT_ERR_MODEL (a number
 *  divides by zero or leaves 128 bits), DT_ERR_LIMIT (a condition or ranking over too many combinations),
 *  DT_ERR_MEMORY, DT_ERR_CANCELLED.
 *  Owns: *out, free with dt_deal_free.
 *  Cost: with the width of the factor graph and the number of distinct sums, not with the number of outcomes; small
 *  spaces are searched with bounds instead.
 *  Ref: bucket elimination, Dechter 1999; minimal correction and blocking sets, Reiter 1987. */
DT_API DT_NODISCARD dt_status dt_deal(dt_deal_answer **out, const dt_model *model, const dt_deal_opts *opts,
                                      dt_env *env);
DT_API void dt_deal_free(dt_deal_answer *answer, dt_env *env);

#ifdef __cplusplus
}
#endif
#endif
