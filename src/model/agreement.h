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

/* A zone by its file: one feature of it or all of them, grown by a distance. */
typedef struct dt__zone_term {
    const char *file;
    const char *feature;   /* NULL: all */
    dt__rational buffer_m; /* metres; 0: none */
    dt__place place;
} dt__zone_term;

/* An act that is permitted; on a condition, when `provided` is given, that no record can show to be met. */
typedef struct dt__exemption {
    size_t act_count;
    const char *const *acts;
    const char *provided; /* NULL: always */
    dt__evidence evidence;
} dt__exemption;

/* Something that the agreement says follows when there are more than so many breaches in a day or altogether. */
typedef struct dt__trigger {
    const char *id;
    dt__label name;
    uint32_t more_than;
    bool per_day;
    dt__evidence evidence;
} dt__trigger;

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
    size_t inside_count, outside_count; /* both 0: anywhere */
    const dt__zone_term *inside, *outside;
    const char *from, *until; /* on the clocks of the time zone, as written; NULL: open */
    const char *timezone;     /* of the IANA database; NULL: UTC */
    const char *status;       /* signed, unilateral, oral ...; NULL: not said */
    bool reciprocal;          /* a breach by one frees the others */
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
    size_t clause_count;
    const dt__clause *clauses;
    dt__evidence evidence;
    dt__place place;
} dt__agreement;

#endif
