/* The model: what language/ reads and validates and every question takes.  Immutable afterwards; all of it lies in
 * one arena.  Indices are in the order of the file.  Words: docs/glossary.md; semantics: docs/language.md. */
#ifndef DT__MODEL_MODEL_H
#define DT__MODEL_MODEL_H

#include "base/arena.h"
#include "detente/model.h"
#include "model/agreement.h"
#include "model/condition.h"
#include "model/date.h"
#include "model/label.h"
#include "model/number.h"

#define DT__NO_INDEX UINT32_MAX
#define DT__NO_OPTION UINT16_MAX

typedef uint64_t dt__party_set; /* bit p: party p */

typedef struct dt__source {
    const char *key;
    dt__label title, note;
    const char *author, *publisher, *lang, *url, *file; /* NULL: not given */
    const char *date;
    dt__place place;
} dt__source;

typedef struct dt__dated_number {
    dt__date date;
    dt__number_id number;
} dt__dated_number;

typedef struct dt__quantity {
    const char *id;
    dt__label name, note;
    const char *unit; /* NULL: none */
    bool has_range;   /* stated in the file; the range implied by a unit is only in the numbers' bounds */
    dt__rational low, high;
    dt__number_id number;           /* its value; of a series the one in force at as_of */
    size_t series_count;            /* 0: not a series */
    const dt__dated_number *series; /* by date */
    dt__evidence evidence;
    dt__place place;
} dt__quantity;

/* ---- preferences ---- */

typedef struct dt__adjust {
    const char *id; /* NULL: none */
    const dt__condition *when;
    dt__number_id add;
    dt__evidence evidence;
    dt__place place;
} dt__adjust;

typedef struct dt__red_line {
    const char *id;
    dt__label name;
    const dt__condition *require;
    dt__number_id cost; /* DT__NO_NUMBER: 1 */
    dt__evidence evidence;
    dt__place place;
} dt__red_line;

typedef struct dt__priority {
    const char *id; /* NULL: none */
    const dt__condition *when;
    bool strong;    /* outcomes that differ in it are greatly, not mildly, apart */
    bool uncertain; /* it is not known whether the party cares; analyses of unknown preferences try both */
    dt__evidence evidence;
    dt__place place;
} dt__priority;

/* One entry of a ranking: terms for some issues; entries of equal rank are tied. */
typedef struct dt__ranked {
    uint32_t rank;             /* 0 is best */
    bool greatly;              /* this rank is greatly preferred to the next one */
    const dt__option *options; /* per issue; DT__NO_OPTION: any */
    dt__place place;
} dt__ranked;

typedef enum dt__form {
    DT__FORM_ADDITIVE = 0,
    DT__FORM_SPATIAL,
    DT__FORM_PRIORITIES,
    DT__FORM_RANKING,
    DT__FORM_COMPARISONS /* a partial order: what is not compared is unknown */
} dt__form;

/* One comparison of a party that does not compare everything: of two states of a graph written out. */
typedef struct dt__comparison {
    dt__option better, worse;
    bool equal; /* neither is: they are tied */
    dt__place place;
} dt__comparison;

/* What a party makes of one issue: weight and values (additive), or salience and position (spatial). */
typedef struct dt__term {
    uint32_t issue;
    dt__number_id weight;        /* or salience */
    const dt__number_id *values; /* additive: per option, DT__NO_NUMBER is worth 0; spatial: NULL */
    dt__number_id position;      /* spatial; otherwise DT__NO_NUMBER */
    dt__evidence evidence;       /* of the block of values */
} dt__term;

typedef enum dt__period { DT__PER_DAY = 0, DT__PER_WEEK, DT__PER_MONTH, DT__PER_YEAR } dt__period;

typedef struct dt__preferences {
    dt__form form;
    dt__evidence evidence, weights_evidence, values_evidence; /* of the blocks; spatial: salience, positions */
    size_t term_count, adjust_count, priority_count, ranked_count, red_line_count;
    const dt__term *terms; /* by issue index */
    const dt__adjust *adjust;
    const dt__priority *priorities; /* most important first */
    const dt__ranked *ranked;       /* as listed, rank ascending */
    uint32_t rank_count;            /* ranks 0..rank_count-1 are listed; an outcome in none has rank_count */
    size_t complete_count,
        partial_count; /* entries that name every issue, by their options; and the others, in order */
    const uint32_t *complete, *partial;
    const dt__red_line *red_lines;
    size_t comparison_count;
    const dt__comparison *comparisons; /* as written; their transitive closure counts */
    dt__number_id no_deal;             /* DT__NO_NUMBER: its utility of the no-deal outcome */
    dt__number_id drift;               /* DT__NO_NUMBER: none */
    dt__period drift_period;
    dt__place place;
} dt__preferences;

static inline bool dt__is_ordinal(const dt__preferences *p) {
    return p->form == DT__FORM_PRIORITIES || p->form == DT__FORM_RANKING || p->form == DT__FORM_COMPARISONS;
}

typedef struct dt__party {
    const char *id;
    dt__label name, note;
    size_t alias_count;
    const char *const *aliases;
    dt__number_id capability;           /* DT__NO_NUMBER: 1 */
    bool has_scale;                     /* stated in the file */
    dt__rational scale_low, scale_high; /* default 0, 100 */
    dt__evidence evidence;
    const dt__preferences *preferences; /* NULL: none */
    size_t unseen_count;
    const dt__condition *const *unseen; /* outcomes that meet one of them it takes for impossible (a hypergame) */
    dt__place place;
} dt__party;

/* ---- formats ---- */

/* A set of parties wins when it holds all_of and veto, at least `at_least` of `of`, and weights that reach the quota.
 */
typedef struct dt__consent {
    bool is_list; /* written as a plain list: all_of */
    dt__party_set all_of, of, veto;
    uint32_t at_least; /* 0: no such part */
    bool of_given;
    bool weighted;
    const dt__rational *weights; /* per party, 0 for those not named */
    dt__rational quota;
    dt__party_set weighted_parties;
} dt__consent;

bool dt__consent_wins(const dt__consent *consent, dt__party_set accepting);
/* Every party whose acceptance can matter to the rule. */
dt__party_set dt__consent_parties(const dt__consent *consent);

typedef struct dt__format {
    const char *id;
    dt__label name, note;
    dt__party_set table;
    dt__consent consent;
    bool has_agenda;
    dt__issue_set agenda; /* all issues when none is given */
    dt__place place;
} dt__format;

/* ---- issues and what is said about outcomes ---- */

typedef struct dt__option_info {
    const char *id;
    dt__label name, note;
    bool has_reversible, reversible; /* effective: its own, or the issue's */
    bool has_scale;                  /* stated at this option */
    const dt__clause_reading *terms; /* what agreeing to it would forbid; NULL: not said */
} dt__option_info;

typedef struct dt__issue {
    const char *id;
    dt__label name, note;
    uint32_t option_count; /* 1..65535 */
    const dt__option_info *options;
    bool options_mapped; /* written as a mapping */
    bool ordered;
    bool has_scale;            /* stated as a list at the issue */
    const dt__rational *scale; /* per option, effective */
    dt__option no_deal;        /* effective, after levers were placed by their owners */
    bool no_deal_given;
    uint32_t decided_by; /* party, or DT__NO_INDEX */
    bool has_reversible, reversible;
    dt__evidence evidence;
    dt__place place;
} dt__issue;

/* Once taken, is this option not left again?  Where only the issue says so, no deal is where one starts, and is left.
 */
static inline bool dt__is_final(const dt__issue *issue, dt__option option, dt__option no_deal) {
    const dt__option_info *o = &issue->options[option];
    return !o->reversible && (o->has_reversible || option != no_deal);
}

typedef struct dt__rule {
    const char *id;
    dt__label name;
    const dt__condition *require;
    dt__evidence evidence;
    dt__place place;
} dt__rule;

/* A move that cannot be made, although both ends are coherent. */
typedef struct dt__barrier {
    const char *id;
    dt__label name;
    uint32_t party; /* whose move; DT__NO_INDEX: anybody's */
    const dt__condition *from, *to;
    dt__evidence evidence;
    dt__place place;
} dt__barrier;

/* A graph written out: the model's one issue has the states as options, and these are the only moves. */
typedef struct dt__arc {
    dt__option from, to;
    dt__place place;
} dt__arc;

typedef struct dt__arcs {
    size_t count;
    const dt__arc *list; /* as written, without repetition */
} dt__arcs;

typedef enum dt__principle_kind {
    DT__PRINCIPLE_PRESENT = 0, /* party, issues */
    DT__PRINCIPLE_FOLLOW_UP,   /* b: has to hold in every deal */
    DT__PRINCIPLE_ORDER,       /* a before, b needs */
    DT__PRINCIPLE_REQUIRE,     /* b */
    DT__PRINCIPLE_CONSEQUENCE  /* a if, b then */
} dt__principle_kind;

typedef struct dt__principle {
    const char *id;
    dt__label name;
    dt__party_set by;
    dt__principle_kind kind;
    const dt__condition *a, *b;
    uint32_t party;
    dt__issue_set issues;
    dt__evidence evidence;
    dt__place place;
} dt__principle;

typedef struct dt__proposal {
    const char *id;
    dt__label name, note;
    dt__party_set by;
    const dt__option *named; /* per issue; DT__NO_OPTION: not named, stays at no deal */
    dt__evidence evidence;
    dt__place place;
} dt__proposal;

typedef struct dt__scenario {
    const char *id;
    dt__label name, note;
    const dt__condition *when;
    bool has_by;
    dt__date by;
    dt__evidence evidence;
    dt__place place;
} dt__scenario;

typedef struct dt__claim {
    const char *by;    /* as written */
    uint32_t by_party; /* or DT__NO_INDEX */
    uint32_t of;       /* scenario */
    dt__number_id probability;
    bool has_date;
    dt__date date;
    dt__evidence evidence;
    dt__place place;
} dt__claim;

struct dt_model {
    dt__arena arena;
    const char *file; /* name it was read under */
    char sha256[65];  /* of the text */
    dt__label title, note;
    bool has_as_of;
    dt__date as_of;
    size_t source_count, quantity_count, party_count, format_count, issue_count, rule_count, principle_count,
        proposal_count, scenario_count, claim_count, number_count;
    dt__source *sources;
    dt__quantity *quantities;
    const uint32_t *quantity_order; /* each after those it depends on */
    dt__party *parties;
    dt__format *formats;
    dt__issue *issues;
    dt__rule *rules;
    size_t barrier_count;
    dt__barrier *barriers;
    const dt__arcs *arcs; /* per party, of a graph written out; NULL: moves follow from the issues */
    dt__principle *principles;
    dt__proposal *proposals;
    dt__scenario *scenarios;
    dt__claim *claims;
    size_t agreement_count, act_count, asset_count;
    dt__agreement *agreements;
    dt__named_act *acts;   /* added to the vocabulary of acts.h */
    dt__named_act *assets; /* and to that of assets.h */
    dt__number *numbers;
};

/* Index of an id, or DT__NO_INDEX. */
uint32_t dt__model_party(const dt_model *model, const char *id);
uint32_t dt__model_issue(const dt_model *model, const char *id);
uint32_t dt__model_format(const dt_model *model, const char *id);
uint32_t dt__model_quantity(const dt_model *model, const char *id);
uint32_t dt__model_scenario(const dt_model *model, const char *id);
uint32_t dt__issue_option(const dt__issue *issue, const char *id);

/* The no-deal outcome: every issue at its no_deal option. */
void dt__model_no_deal(const dt_model *model, dt__option *outcome);
/* A proposal's outcome: its terms, the rest as in `no_deal`. */
void dt__proposal_outcome(const dt_model *model, const dt__proposal *proposal, const dt__option *no_deal,
                          dt__option *outcome);
/* Does an outcome break a principle in a format (NULL: any; presence is then not judged)? */
bool dt__principle_broken(const dt_model *model, const dt__principle *principle, const dt__format *format,
                          const dt__option *outcome, const dt__option *no_deal);

#endif
