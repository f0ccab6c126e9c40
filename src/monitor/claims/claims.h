/* Records as they came in, and the occurrences that they tell of. */
#ifndef DT__MONITOR_CLAIMS_H
#define DT__MONITOR_CLAIMS_H

#include "detente/monitor.h"
#include "model/model.h"
#include "monitor/claims/known_names.h"
#include "place/distance.h"
#include "records/formats.h"

typedef struct dt__ledger dt__ledger; /* ledger.h */

#define DT__NOBODY UINT32_MAX
enum { DT__DAY = 86400, DT__LONG_WAIT = 1830 * DT__DAY };

/* What few claims have of their own: most share one, so that a million claims fit into memory. */
typedef struct dt__claim_rest {
    const char *text;    /* NULL: none, or no reading can concern the claim */
    const char *region;  /* NULL: none named */
    const char *revises; /* NULL: nothing */
    double low, high;
    double less;      /* counted already, by the running total before */
    double parts;     /* of a total: what its parts add up to */
    double singles;   /* of a total: occurrences that it holds and that are told of one by one */
    uint32_t part_of; /* claim; DT__NOBODY: of none */
} dt__claim_rest;

/* A record, with its words looked up.  There may be millions: what comes in here is paid for by each. */
typedef struct dt__claim_in {
    dt__interval when;
    const char *id;
    dt__claim_rest *rest; /* a total has one of its own; others may share it, and leave it as it is */
    dt__moment published; /* when its source filed it; DT__MOMENT_ALWAYS: not known */
    dt__moment filed;     /* the date that the source counts it under, as the midnight in UTC */
    dt__point at;
    double radius;
    dt__party_set involved;
    uint32_t line, list;         /* of the ledger's: the file it was read in, now or into a ledger */
    uint32_t source, act, asset; /* of the ledger's lists; DT__NOBODY: not known */
    uint32_t actor, claimant;    /* parties; DT__NOBODY: not known, or no party of the model */
    uint32_t stranger;           /* of an outsider: its name, in the ledger's list */
    uint32_t occurrence;         /* that it tells of; DT__NOBODY: of none that counts */
    uint8_t kind;                /* dt__record_kind */
    uint8_t attribution;         /* dt__attribution */
    uint8_t counted, unit;       /* dt__count_kind, dt__unit */
    bool coded : 1;              /* its list has an occurrence once */
    bool stable : 1;             /* its source revises what it has told under the same id */
    bool blind : 1;              /* its source says that it was not watching then and there */
    bool outsider : 1;           /* the actor is known, and no party of the model */
    bool observer : 1;           /* the claimant has no side here */
    bool has_place : 1;
    bool retracted : 1;
    bool total : 1; /* counts occurrences over a period; no occurrence itself */
} dt__claim_in;

/* One occurrence; see dt_incident for what is told of it.  First what most verdicts need, which lies close together. */
typedef struct dt__occurrence {
    dt__interval when;
    uint32_t act, actor, asset;
    uint32_t spot; /* its place among the occurrences; DT__NOBODY: it is none of them */
    bool has_place, outsider, total, at_least, corroborated, contradicted, disputed, compliance;
    dt__point at;
    double radius;
    dt__party_set involved;
    uint32_t part_of; /* an occurrence */
    uint32_t claim, source;
    uint16_t claims, families; /* that tell of it; families of their sources */
    double count;              /* occurrences */
    double rest;               /* of them, those that are in no part told of apart */
    dt__moment filed;
} dt__occurrence;

struct dt__offered_mapping {
    const char *name, *sha256;
};

typedef struct dt__told_source {
    const char *name, *family;
    bool family_said;      /* by a record; else it is the side's, or the name */
    bool sides_differ;     /* not all its records are of one claimant */
    uint32_t side;         /* that claimant, a party; DT__NOBODY: none yet, or no party */
    uint32_t family_index; /* of the first source with that family */
    uint64_t records;
    int64_t first, last; /* days */
    uint32_t days;
    int64_t newest_day;
    dt__moment works_from, works_until; /* first and last day that its files tell of */
    uint64_t told_by_day;               /* records that are in its daily series, of whatever party and act */
    bool says_targets, says_places, says_actors;
} dt__told_source;

/* claim_rests.c: of a claim of which everything else is known; NULL: without memory. */
dt__claim_rest *dt__rest_of_record(dt__ledger *l, const dt__claim_in *c, const dt__record *r);

/* claim_intake.c: reads the event files; claims in order of time; what is taken back marked. */
DT_NODISCARD dt_status dt__intake(dt__ledger *l, dt_file_record *files);
uint32_t dt__known_word(dt__vector *words, const char *word, dt__ledger *l); /* DT__NOBODY for NULL or no memory */

/* mapping_intake.c: those that the options name; the one by which a file was read, NULL for none. */
DT_NODISCARD dt_status dt__read_mappings(dt__ledger *l);
const struct dt__offered_mapping *dt__offered(const dt__ledger *l, const struct dt__mapping *mapping);

/* strangers.c: somebody who is no party, by a name in whatever case; counted once for the record that is being taken.
 * DT__NOBODY: the name says that nobody knows. */
typedef struct dt__stranger {
    const char *name;
    uint64_t records;
    size_t counted_for; /* claims there were when it was last counted, and one */
} dt__stranger;
uint32_t dt__stranger_met(dt__ledger *l, const char *name, size_t length);

dt_status dt__take_record(void *payload, const dt__record *record);
dt_status dt__take_coverage(void *payload, const dt__coverage *coverage);
uint32_t dt__family_of(const dt__ledger *l, const dt__claim_in *c);
uint32_t dt__source_named(dt__ledger *l, const char *name, const char *family);

/* claim_order.c: by time; files by name. */
DT_NODISCARD dt_status dt__order_claims(dt__ledger *l);

/* ledger_intake.c: the ledgers that were given; their disputes are kept for dt__tell_disputes. */
DT_NODISCARD dt_status dt__read_ledgers(dt__ledger *l, dt_file_record *files);

/* revisions.c: what is taken back or replaced, whatever came first. */
DT_NODISCARD dt_status dt__mark_retracted(dt__ledger *l);

/* party_totals.c: running totals differenced, parts found, sums checked. */
/* unmet_targets.c: protected classes that no record names. */
DT_NODISCARD dt_status dt__tell_unmet_targets(dt__ledger *l, dt_monitor_answer *answer);
DT_NODISCARD dt_status dt__check_totals(dt__ledger *l);

/* same_occurrence.c: for each claim the first of its incident, itself if alone. */
DT_NODISCARD dt_status dt__match_claims(dt__ledger *l, uint32_t *head);

/* incidents.c */
DT_NODISCARD dt_status dt__find_incidents(dt__ledger *l);
/* Of an actor that is not known: anybody's who was there, as far as that is told. */
static inline bool dt__may_concern_party(dt__party_set involved, uint32_t party) {
    return involved == 0 || (involved >> party & 1) != 0;
}
static inline bool dt__may_be_of(const dt__occurrence *x, uint32_t party) {
    return x->actor == party || (x->actor == DT__NOBODY && dt__may_concern_party(x->involved, party));
}
/* The claims of each incident, one behind the other in claims_of, made when first asked for. */
DT_NODISCARD dt_status dt__list_claims(dt__ledger *l);
/* Of the claims of an incident, is it the first of its family?  k: in claims_of. */
bool dt__is_first_of_family(const dt__ledger *l, uint32_t incident, uint32_t k);
/* Is it told by whoever did it, or by a third party that does not say itself that it was not watching? */
bool dt__is_seen(const dt__ledger *l, const dt__claim_in *c);
/* As its source counts. */
double dt__amount_of_claim(const dt__claim_in *c);
/* Totals and what is part of them are counted by each reading in its own way; everything else counts for itself. */
static inline bool dt__is_plain(const dt__occurrence *x) {
    return !x->total && x->part_of == DT__NOBODY;
}
/* What one claim tells by itself. */
dt__occurrence dt__occurrence_of_claim(const dt__claim_in *c, size_t index);

#endif
