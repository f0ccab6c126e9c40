/* Agreements as texts of terms: clauses, each in one reading or in several that compete.  A reading says who is bound,
 * to refrain from what, where and when, as somebody understands it.  Ref: docs/method/monitor.md. */
#ifndef DT__MODEL_AGREEMENT_H
#define DT__MODEL_AGREEMENT_H

#include "model/label.h"
#include "model/number.h"

typedef struct dt__named_act {
    const char *code;
    dt__label name;
} dt__named_act;

/* The file in which a zone is drawn from a day on. */
typedef struct dt__zone_version {
    const char *date, *file;
    int64_t day; /* since 1970 */
} dt__zone_version;

struct dt__zone_term;

/* Some of these, all of those, none of the others: union, intersection and difference.  All empty: anywhere. */
typedef struct dt__zone_group {
    size_t inside_count, every_count, outside_count;
    const struct dt__zone_term *inside, *every, *outside;
} dt__zone_group;

/* A zone drawn in a file, or made of others. */
typedef struct dt__zone_term {
    dt__label name;
    const char *file;                 /* NULL: by dates, or made of others */
    size_t version_count;             /* a zone that moves: its files by date */
    const dt__zone_version *versions; /* rising */
    const char *feature;              /* one, by its name */
    const char *sort;                 /* those of a class; both NULL: all */
    bool other_side;                  /* what lies outside it is meant */
    dt__rational buffer_m;            /* metres by which it is grown; 0: none */
    dt__rational uncertainty_m;       /* metres within which its border is known */
    bool is_group;
    dt__zone_group of;
    dt__place place;
} dt__zone_term;

/* An act that is permitted; on a condition, when `provided` is given, that no record can show to be met. */
typedef struct dt__exemption {
    size_t act_count;
    const char *const *acts;
    const char *provided; /* NULL: always */
    dt__evidence evidence;
} dt__exemption;

/* A class of breaches, by what is done and what is hit. */
typedef struct dt__breach_class {
    const char *id;
    dt__label name;
    size_t act_count, target_count; /* 0: any */
    const char *const *acts, *const *targets;
} dt__breach_class;

typedef enum dt__trigger_span { DT__IN_ALL = 0, DT__IN_A_DAY, DT__IN_A_WEEK } dt__trigger_span;

typedef enum dt__consequence {
    DT__THEN_NOT_SAID = 0,
    DT__THEN_CONSULTATION,
    DT__THEN_SUSPENSION,
    DT__THEN_TERMINATION,
    DT__THEN_EXTENSION,
    DT__THEN_SANCTION
} dt__consequence;

/* How far a moment is known. */
typedef enum dt__known_to {
    DT__KNOWN_EXACTLY = 0,
    DT__KNOWN_TO_MINUTE,
    DT__KNOWN_TO_HOUR,
    DT__KNOWN_TO_DAY,
    DT__KNOWN_NOT
} dt__known_to;

/* When something begins or ends: as written, or some time after something else.  Neither: open. */
typedef struct dt__term_moment {
    const char *at; /* on the clocks of its time zone */
    bool relative;
    uint32_t after; /* a moment of the agreement; UINT32_MAX: the reading's own beginning */
    uint32_t days, hours, minutes;
    dt__known_to known;
} dt__term_moment;

static inline bool dt__is_open(const dt__term_moment *m) {
    return m->at == NULL && !m->relative;
}

static inline bool dt__is_lasting(const dt__term_moment *m) {
    return m->days + m->hours + m->minutes > 0;
}

/* Something that the agreement says follows when there are more than so many breaches in a day, in a week or
 * altogether; or when there are at most so many at its end.  Suspension, termination and extension move the time in
 * force of the reading. */
typedef struct dt__trigger {
    const char *id;
    dt__label name;
    uint32_t limit;
    bool at_most; /* `limit` is not passed until the end; else: it is passed */
    dt__trigger_span per;
    uint32_t sort; /* of the reading's classes; UINT32_MAX: every breach */
    dt__consequence then;
    const char *sanction; /* by its name; NULL: not said */
    /* `lasting`: of a suspension, `for`; of an extension, `by`: days, hours and minutes; none: until the end, or until
     * `until`. */
    dt__term_moment lasting, until;
    dt__evidence evidence;
} dt__trigger;

static inline bool dt__moves_time(const dt__trigger *t) {
    return t->then == DT__THEN_SUSPENSION || t->then == DT__THEN_TERMINATION || t->then == DT__THEN_EXTENSION;
}

typedef struct dt__named_moment {
    const char *id;
    dt__label name;
    dt__term_moment when;
    const char *timezone; /* NULL: that of the reading which names it */
    dt__evidence evidence;
    dt__place place;
} dt__named_moment;

typedef struct dt__clause_reading {
    const char *id;
    dt__label name, note;
    const char *by;   /* who reads it so; NULL: not said */
    uint64_t bound;   /* parties */
    size_t act_count; /* codes that are forbidden */
    const char *const *acts;
    size_t exemption_count;
    const dt__exemption *exemptions;
    size_t target_count; /* classes of assets that are protected; 0: whatever is hit */
    const char *const *targets;
    size_t control_count; /* acts that the clause leaves free, to compare with; 0: whatever it does not cover */
    const char *const *controls;
    dt__zone_group where;
    dt__term_moment from, until;
    const char *timezone; /* of the IANA database; NULL: UTC */
    const char *status;   /* signed, unilateral, oral ...; NULL: not said */
    bool reciprocal;      /* a breach by one frees the others */
    size_t class_count;
    const dt__breach_class *classes;
    size_t trigger_count;
    const dt__trigger *triggers;
    dt__evidence evidence;
    dt__place place;
} dt__clause_reading;

typedef struct dt__clause {
    const char *id;
    dt__label name, text;
    size_t reading_count; /* at least 1 */
    const dt__clause_reading *readings;
    dt__place place;
} dt__clause;

typedef struct dt__agreement {
    const char *id;
    dt__label name, note;
    uint64_t parties;
    size_t moment_count;
    const dt__named_moment *moments; /* each after those that it depends on */
    size_t clause_count;
    const dt__clause *clauses;
    dt__evidence evidence;
    dt__place place;
} dt__agreement;

#endif
