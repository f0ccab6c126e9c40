/* What the files of this folder share: claims as they came in, incidents made of them, readings made ready. */
#ifndef DT__MONITOR_LEDGER_H
#define DT__MONITOR_LEDGER_H

#include <math.h>

#include "base/digest.h"
#include "base/vector.h"
#include "detente/monitor.h"
#include "ledger/entries.h"
#include "model/model.h"
#include "place/distance.h"
#include "place/geojson.h"
#include "question/builder.h"
#include "records/formats.h"

#define DT__NOBODY UINT32_MAX
enum { DT__DAY = 86400, DT__LONG_WAIT = 1830 * DT__DAY };

/* A record, with its words looked up. */
typedef struct dt__claim_in {
    const char *id, *text, *file, *revises;
    const char *region;          /* NULL: none named */
    uint32_t line, list;         /* of the ledger's: the file it was read in, now or into a ledger */
    dt__moment published;        /* when its source filed it; DT__MOMENT_ALWAYS: not known */
    bool coded;                  /* its list has an occurrence once */
    bool stable;                 /* its source revises what it has told under the same id */
    bool blind;                  /* its source says that it was not watching then and there */
    dt__moment filed;            /* the day that the source counts it under begins here */
    uint32_t source, act, asset; /* of the ledger's lists; DT__NOBODY: not known */
    uint32_t actor, claimant;    /* parties; DT__NOBODY: not known, or no party of the model */
    bool outsider;               /* the actor is known, and no party of the model */
    uint32_t stranger;           /* of an outsider: its name, in the ledger's list */
    bool observer;               /* the claimant has no side here */
    dt__party_set involved;
    dt__record_kind kind;
    dt__attribution attribution;
    dt__interval when;
    bool has_place;
    dt__point at;
    double radius;
    double low, high;
    dt__count_kind counted;
    dt__unit unit;
    bool retracted;
    uint32_t occurrence; /* that it tells of; DT__NOBODY: of none that counts */
    bool total;          /* counts occurrences over a period; no occurrence itself */
    uint32_t part_of;    /* claim; DT__NOBODY: of none */
    double less;         /* counted already, by the running total before */
    double parts;        /* of a total: what its parts add up to */
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
    uint16_t claims, families, seeing; /* families of claims; those whose source may have seen it */
    double count;                      /* occurrences */
    double rest;                       /* of them, those that are in no part told of apart */
    double amount;                     /* as the source counts */
    dt__moment filed;
} dt__occurrence;

/* A line about who was watching, as it came in. */
typedef struct dt__watch_line {
    const char *id, *name, *file, *channel, *zone, *reason; /* channel ... reason: NULL: not said */
    uint32_t line, source;
    bool has_place;
    dt__point at;
    double radius;
    dt__interval when;
    dt__watch state;
} dt__watch_line;

/* What a source watched of one zone, of all channels the best: watched seconds up to any moment. */
typedef struct dt__sight {
    uint32_t source;
    const char *zone; /* NULL: not said */
    bool has_place;
    dt__point at;
    double radius;
    size_t count;
    dt__moment *moments;     /* where the weight changes */
    double *before, *weight; /* seconds watched before, weight from there on */
} dt__sight;

typedef struct dt__told_source {
    const char *name, *family;
    bool family_said;      /* by a record; else it is the name */
    uint32_t family_index; /* of the first source with that family */
    uint64_t records;
    int64_t first, last; /* days */
    uint32_t days;
    int64_t newest_day;
    dt__moment works_from, works_until; /* first and last day that its files tell of */
    uint64_t told_by_day;               /* records that are in its daily series, of whatever party and act */
    bool says_targets, says_places, says_actors;
} dt__told_source;

/* A zone as it is drawn from a day on. */
typedef struct dt__edition {
    int64_t day; /* INT64_MIN: it does not move */
    const dt__shapes *shapes;
    uint32_t file;       /* of ledger->zone_files */
    uint32_t first, end; /* in ledger->shape_list */
} dt__edition;

struct dt__area;

/* In some of these, in all of those, in none of the others. */
typedef struct dt__areas {
    size_t inside_count, every_count, outside_count;
    struct dt__area *inside, *every, *outside;
} dt__areas;

/* A zone of a reading made ready: drawn, or made of others. */
typedef struct dt__area {
    const dt__zone_term *term;
    double buffer, uncertainty;
    size_t edition_count;
    dt__edition *editions; /* rising */
    dt__areas of;
} dt__area;

/* When a reading is in force: within these spans it began and ended; `nominal` is what counts of them as its window. */
typedef struct dt__in_force {
    dt__interval start, end, nominal;
} dt__in_force;

typedef struct dt__obligation {
    dt__interval possible;    /* first: with the acts all that most records need */
    uint8_t *act;             /* dt__truth per act of the ledger */
    uint8_t *target, *exempt; /* per asset, per act */
    uint32_t agreement, clause, reading;
    const dt__clause_reading *terms;
    const dt__agreement *of;
    const dt__zone *zone;
    dt__interval when; /* as it is counted */
    dt__in_force in_force;
    bool anywhere, moves; /* moves: some zone of `where` does */
    dt__areas where;
    uint8_t *control; /* dt__truth per act: in its control series, as far as it leaves the record free */
} dt__obligation;

typedef struct dt__named_zone {
    const char *name;
    dt__zone *zone;
} dt__named_zone;

/* known_names.c */
typedef enum dt__name_kind {
    DT__NAME_PARTY = 1, /* index of a party, or DT__NOBODY */
    DT__NAME_STRANGER,
    DT__NAME_SOURCE,
    DT__NAME_FAMILY,  /* index of its first source */
    DT__NAME_RAW_ACT, /* as a reader gives it: act of the ledger, or DT__NOBODY for no word of the vocabulary */
    DT__NAME_WORD     /* and more: of the lists of words */
} dt__name_kind;

typedef struct dt__known_names {
    struct dt__known_name *places;
    size_t room, count;
} dt__known_names;

typedef struct dt__ledger {
    dt__builder *b;
    dt_env *env;
    const dt_model *model;
    const dt_monitor_opts *opts;
    dt__arena scratch;
    dt__vector claims;      /* dt__claim_in, by time once ordered */
    dt__vector occurrences; /* dt__occurrence, by time */
    dt__moment *latest;     /* per occurrence: when the last of it and those before it was over */
    uint32_t *act_of;       /* per occurrence: its act */
    size_t special_count;
    uint32_t *special;       /* occurrences that are totals or parts of them */
    double *plain_counts;    /* per party: of all others */
    dt__vector sources;      /* dt__told_source */
    dt__vector acts, assets; /* const char * */
    dt__vector strangers;    /* const char * */
    dt__known_names names;
    dt__vector zones;       /* dt__named_zone */
    dt__vector features;    /* dt__feature of all zone files */
    dt__vector zone_files;  /* dt__zone_file */
    dt__vector shape_list;  /* dt__named_shape */
    dt__vector lists;       /* const char *: files that records were read in */
    dt__vector watch_lines; /* dt__watch_line, by source, zone, channel once ordered */
    dt__vector disputes;    /* dt_monitor_dispute */
    size_t sight_count;
    dt__sight *sights;              /* by source */
    uint8_t *concerned;             /* per obligation and sight: is it about what is watched there? */
    dt__words words;                /* of acts, for files and ledgers */
    dt__vector raw_acts, told_acts; /* const char *: of a ledger's records, and what they mean */
    dt__vector sums;                /* dt_sum_finding */
    dt__vector gaps;                /* dt_coverage_gap */
    size_t obligation_count;
    dt__obligation *obligations; /* of the readings asked for */
    size_t window_count;
    struct dt__window *windows; /* of all readings of the model */
    uint64_t retracted, unknown_acts, repeated, withheld;
    const dt__zone *file_zone;
    struct dt__daily *daily; /* of the sources that are followed; refilled for each party and reading */
    size_t daily_count;
    uint32_t *daily_of;  /* source -> daily; DT__NOBODY: not followed */
    size_t *line_starts; /* of `lines`: per party, for unknown actors, and the end */
    struct dt__told_line *lines;
    const dt__zone *line_zone; /* that they are dated by */
    bool lines_dated;
    uint32_t *claim_starts, *claims_of; /* of each occurrence, and one more; its claims */
    double *told;                       /* per source: to work in */
    dt_file_record *files;
    int64_t first_day, last_day; /* with an occurrence, UTC */
    dt__moment last_filed;
    int64_t last_watched; /* day, when after the last occurrence; else INT64_MIN */
} dt__ledger;

typedef struct dt__zone_file {
    const char *name;
    dt__shapes *shapes; /* with an index of their own */
    size_t first, end;  /* features */
    uint8_t *known;     /* per shape and occurrence: 1 + dt__truth, 0 not asked yet; NULL: not kept */
} dt__zone_file;

typedef struct dt__named_shape {
    const char *name; /* NULL: it has none */
    uint32_t shape;   /* of its edition */
} dt__named_shape;

/* When a reading is in force; `sweeping`: whatever is hit, anywhere. */
typedef struct dt__window {
    uint32_t agreement;
    const dt__clause_reading *terms;
    dt__interval when;
    bool sweeping;
} dt__window;

/* monitor.c: env, model, opts and b are set by the caller. */
void dt__ledger_start(dt__ledger *l);
void dt__ledger_clear(dt__ledger *l);

/* claim_intake.c: reads the event files; claims in order of time; what is taken back marked. */
DT_NODISCARD dt_status dt__intake(dt__ledger *l, dt_file_record *files);
uint32_t dt__known_word(dt__vector *words, const char *word, dt__ledger *l); /* DT__NOBODY for NULL or no memory */
static inline dt__claim_in *dt__claim_at(const dt__ledger *l, size_t i) {
    return DT__AT(l->claims, dt__claim_in, i);
}
static inline dt__occurrence *dt__occurrence_at(const dt__ledger *l, size_t i) {
    return DT__AT(l->occurrences, dt__occurrence, i);
}

dt_status dt__take_record(void *payload, const dt__record *record);
dt_status dt__take_coverage(void *payload, const dt__coverage *coverage);
uint32_t dt__source_named(dt__ledger *l, const char *name, const char *family);

/* ledger_intake.c: the ledgers that were given; their disputes are kept for dt__tell_disputes. */
DT_NODISCARD dt_status dt__read_ledgers(dt__ledger *l, dt_file_record *files);

/* revisions.c: what is taken back or replaced, whatever came first. */
DT_NODISCARD dt_status dt__mark_retracted(dt__ledger *l);

/* sight.c: who was watching. */
DT_NODISCARD dt_status dt__sights_prepare(dt__ledger *l);
/* Says a source when it watched? */
bool dt__has_coverage(const dt__ledger *l, uint32_t source);
/* May a source have seen what happened then and there; can it say that nothing did?  Both true where it does not say
 * when it watched. */
typedef struct dt__view {
    bool possible, whole;
} dt__view;
dt__view dt__view_of(const dt__ledger *l, uint32_t source, const dt__interval *when, const dt__point *at, double radius,
                     const char *region);
/* Share of an interval that a source watched where a reading applies: 0..1; NAN: it does not say when. */
double dt__watched_share(const dt__ledger *l, const dt__obligation *o, uint32_t source, dt__interval when);
/* The same for days on the reading's clocks, where the source says when; left alone otherwise. */
void dt__watched_days(const dt__ledger *l, const dt__obligation *o, uint32_t source, int64_t first, size_t days,
                      double *watched);
/* The last day on which somebody says to have watched, or the one given; nobody waits longer than five years. */
int64_t dt__last_watched_day(const dt__ledger *l, int64_t day);
/* The end of what records tell of, and sources of their watching or not. */
dt__moment dt__told_until(const dt__ledger *l);
DT_NODISCARD dt_status dt__tell_watches(dt__ledger *l, dt_monitor_answer *answer);

/* contested.c: which findings disputes are about. */
DT_NODISCARD dt_status dt__tell_disputes(dt__ledger *l, dt_monitor_answer *answer);

/* obligations.c: readings with their moments and shapes; then, once all words are known, their tables. */
DT_NODISCARD dt_status dt__obligations_prepare(dt__ledger *l);
DT_NODISCARD dt_status dt__obligations_tables(dt__ledger *l);
/* False: the name has not come before.  The kind is part of the name; case matters only where it tells names apart. */
bool dt__name_find(const dt__known_names *n, dt__name_kind kind, const char *name, size_t length, uint32_t *index);
/* The text is kept as it stands, not copied.  DT_OK, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__name_add(dt__known_names *n, dt__name_kind kind, const char *text, uint32_t index,
                                    dt_env *env);
void dt__names_clear(dt__known_names *n, dt_env *env);
/* A time zone by its name, from its file; NULL name: UTC. */
DT_NODISCARD dt_status dt__ledger_zone(dt__ledger *l, const char *name, const dt__zone **out);
/* Is an act of the records one of these codes?  Unknown when it is wider, or one of several. */
dt__truth dt__act_among(const char *act, const char *const *codes, size_t count);
/* Can two acts of the ledger be the same: is one the other, or does it hold it?  False when one is not known. */
bool dt__acts_agree(const dt__ledger *l, uint32_t a, uint32_t b);
/* Whatever the act is, the wide one holds it (and is another). */
bool dt__act_below(const dt__ledger *l, uint32_t act, uint32_t wide);

/* clause_times.c: when a reading is in force; DT_ERR_MODEL when it ends before it begins. */
DT_NODISCARD dt_status dt__time_of(dt__ledger *l, const dt__agreement *of, const dt__clause_reading *terms,
                                   dt__in_force *out, const dt__zone **zone);
/* *share: of a time that straddles, with the ends spread evenly over what is known of them; NAN: not to be had. */
dt__truth dt__time_within(const dt__in_force *in_force, const dt__interval *when, double *share);

/* clause_zones.c: zones with their files read; then where an occurrence lies. */
bool dt__zone_moves(const dt__zone_group *group);
DT_NODISCARD dt_status dt__areas_of(dt__ledger *l, const dt__zone_group *terms, dt__areas *out);
/* Room for what is found of occurrences, all of which there are. */
DT_NODISCARD dt_status dt__zones_remember(dt__ledger *l);
/* The zones drawn in files, however deep they stand in others: those that are meant, or those that are taken away. */
size_t dt__leaf_count(const dt__areas *areas, bool outside);
const dt__area *dt__leaf_at(const dt__areas *areas, bool outside, size_t index); /* NULL behind the last */
const dt__edition *dt__edition_on(const dt__area *area, int64_t day); /* newest not after it; NULL before the first */
typedef struct dt__spot {
    const dt__ledger *l;
    const dt__occurrence *x;
    const dt__zone *zone;
    int64_t first_day, last_day; /* on the reading's clocks */
} dt__spot;
dt__spot dt__spot_of(const dt__ledger *l, const dt__obligation *o, const dt__occurrence *x);
dt__truth dt__areas_truth(const dt__spot *s, const dt__areas *areas);
dt__truth dt__area_truth(const dt__spot *s, const dt__area *area);
/* Of an occurrence with a place, against `where`; its share by 256 points over the disc and, where a zone moved
 * meanwhile, the time.  NAN: not to be had. */
dt__placement dt__place_within(const dt__ledger *l, const dt__obligation *o, const dt__occurrence *x);
typedef struct dt__line_age {
    bool dated;   /* some zone moves */
    bool before;  /* it happened before such a zone was first drawn */
    int64_t days; /* at most, since it was last drawn */
} dt__line_age;
dt__line_age dt__age_of_lines(const dt__ledger *l, const dt__obligation *o, const dt__occurrence *x);

/* party_totals.c: running totals differenced, parts found, sums checked. */
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
/* As its source counts. */
double dt__amount_of_claim(const dt__claim_in *c);
/* Totals and what is part of them are counted by each reading in its own way; everything else counts for itself. */
static inline bool dt__is_plain(const dt__occurrence *x) {
    return !x->total && x->part_of == DT__NOBODY;
}
/* What one claim tells by itself. */
dt__occurrence dt__occurrence_of_claim(const dt__claim_in *c, size_t index);

/* time_index.c: of occurrences in order; then those, without the others out of scope by time, that a reading may
 * concern. */
DT_NODISCARD dt_status dt__time_index(dt__ledger *l);
void dt__concerned_range(const dt__ledger *l, const dt__obligation *o, size_t *first, size_t *end);

/* judgement.c: an occurrence under a reading. */
typedef struct dt__judged {
    dt_verdict verdict;
    unsigned doubts;
    double share;
} dt__judged;
/* Most are out of scope by time or act alone: seen without a call, and by act without a look at the occurrence. */
static inline bool dt__may_concern(const dt__obligation *o, const dt__occurrence *x) {
    return x->when.lo < o->possible.hi && x->when.hi > o->possible.lo &&
           (x->act == DT__NOBODY || o->act[x->act] != DT__NO);
}
static inline bool dt__act_may_concern(const dt__ledger *l, const dt__obligation *o, size_t occurrence) {
    uint32_t act = l->act_of[occurrence];
    return act == DT__NOBODY || o->act[act] != DT__NO;
}
dt__judged dt__judge(const dt__ledger *l, const dt__obligation *o, const dt__occurrence *x);
/* Could it be a breach at some other time?  Not when the reading does certainly not cover it; nor when that exempts it,
 * or may. */
typedef enum dt__reach { DT__REACH_NOT = 0, DT__REACH_EXEMPT, DT__REACH_POSSIBLE } dt__reach;
dt__reach dt__reach_whenever(const dt__ledger *l, const dt__obligation *o, const dt__occurrence *x);

/* coverage.c */
DT_NODISCARD dt_status dt__find_gaps(dt__ledger *l);
DT_NODISCARD dt_status dt__describe_sources(dt__ledger *l, dt_monitor_answer *answer);

/* drawn_zones.c: the zones of the answer's readings, with borders short enough to be drawn. */
DT_NODISCARD dt_status dt__draw_zones(dt__ledger *l, dt_monitor_answer *answer);

/* told_days.c: the days on which each source has a record. */
DT_NODISCARD dt_status dt__list_told_days(dt__ledger *l, dt_monitor_answer *answer);

/* hashed_source.c: a source whose bytes are hashed on their way. */
typedef struct dt__hashed_source {
    dt_source from;
    dt__digest digest;
} dt__hashed_source;
dt_source dt__hash_source(dt__hashed_source *h, const dt_source *from);
/* The hash of what was read, and of what is left: in hexadecimal, in the answer; NULL without memory. */
DT_NODISCARD dt_status dt__hash_finish(dt__hashed_source *h, dt__builder *b, const char **out);

/* daily.c: one source on one party under one reading, day by day.  Rates divide by `watched`; whoever knows when the
 * source was not at work says so there, before dt__compare_rates. */
enum { DT__FOLLOWED = 64 }; /* sources, those with most records first */
typedef struct dt__daily {
    uint32_t source;
    int64_t first; /* day, on the reading's clocks */
    size_t days, room;
    uint64_t told;     /* records in the series */
    bool imprecise;    /* some of it has a date that is not known within a day */
    double *counts;    /* in the unit asked for: what could be a breach at some time */
    double *incidents; /* the same, one for each record */
    double *precise;   /* of counts, what has a date known within six days */
    double *shared;    /* counts, each in equal shares on the days that it may have been on */
    double *control;   /* in the unit asked for: what this reading leaves free */
    double *watched;   /* share of the day in which the source was at work: 0..1, 1 unless somebody knows better */
} dt__daily;
DT_NODISCARD dt_status dt__daily_prepare(dt__ledger *l);
/* Fills l->daily. */
DT_NODISCARD dt_status dt__daily_of(dt__ledger *l, const dt__obligation *o, uint32_t party);

/* rates.c: what can be compared with the days before, from l->daily. */
DT_NODISCARD dt_status dt__compare_rates(dt__ledger *l, const dt__obligation *o, dt_reading_record *reading,
                                         dt_party_record *party);
/* First and last day (one past) of the window that is compared. */
void dt__window_days(const dt__ledger *l, const dt__obligation *o, int64_t *from, int64_t *until);

/* findings_by_day.c */
bool dt__is_certain(const dt_finding *f);
bool dt__is_possible(const dt_finding *f);
bool dt__is_laid_to(const dt__ledger *l, const dt_finding *f, uint32_t party);
int64_t dt__finding_day(const dt__ledger *l, const dt__obligation *o, const dt_reading_record *reading,
                        const dt_finding *f); /* of the window, from 0; may lie behind its end */

/* trigger_counts.c, zone_counts.c: of a reading whose findings are there. */
DT_NODISCARD dt_status dt__pull_triggers(dt__ledger *l, const dt__obligation *o, const dt_reading_record *reading,
                                         dt_party_record *party);
DT_NODISCARD dt_status dt__count_zones(dt__ledger *l, const dt__obligation *o, const dt_reading_record *reading,
                                       dt_party_record *parties);
/* under_reporting.c: from what two families each tell of the same kind of incidents. */
DT_NODISCARD dt_status dt__find_under_reporting(dt__ledger *l, const dt_finding *findings, size_t count,
                                                dt_party_record *party);

/* The day of a moment on a zone's clocks. */
static inline int64_t dt__local_day(const dt__zone *zone, dt__moment moment) {
    int64_t local;

    if (moment == DT__MOMENT_ALWAYS || moment == DT__MOMENT_NEVER) return moment / DT__DAY;
    local = moment + dt__zone_offset(zone, moment);
    return local >= 0 ? local / DT__DAY : -((-local + DT__DAY - 1) / DT__DAY);
}

#endif
