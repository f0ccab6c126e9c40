/* Readings of clauses made ready: when and where each is in force, and what it makes of an occurrence. */
#ifndef DT__MONITOR_CLAUSES_H
#define DT__MONITOR_CLAUSES_H

#include "monitor/claims/claims.h"
#include "place/geojson.h"

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

/* What an end may have been, and what it counts as where one is needed. */
typedef struct dt__ending {
    dt__interval may;
    dt__moment nominal;
} dt__ending;

typedef struct dt__obligation {
    dt__interval possible;    /* first: with the acts all that most records need */
    uint8_t *act;             /* dt__truth per act of the ledger */
    uint8_t *target, *exempt; /* per asset, per act */
    uint32_t agreement, clause, reading;
    const dt__clause_reading *terms;
    const dt__agreement *of;
    const dt__zone *zone;
    dt__interval when; /* as it is counted, where triggers moved it */
    dt__in_force in_force;
    struct dt__moved_time *moved; /* what its triggers came to; NULL: it has none */
    bool anywhere, moves;         /* moves: some zone of `where` does */
    dt__areas where;
    uint8_t *control; /* dt__truth per act: in its control series, as far as it leaves the record free */
} dt__obligation;

typedef struct dt__named_zone {
    const char *name;
    dt__zone *zone;
} dt__named_zone;

typedef struct dt__zone_file {
    const char *name;
    dt__shapes *shapes; /* with an index of their own */
    size_t first, end;  /* features */
    bool *asked;        /* per shape: does some reading name it? */
    uint8_t **known;    /* per shape two bits for each occurrence: 1 + dt__truth, 0 not asked yet; NULL: not kept */
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

/* obligations.c: readings with their moments and shapes; then, once all words are known, their tables. */
DT_NODISCARD dt_status dt__obligations_prepare(dt__ledger *l);
DT_NODISCARD dt_status dt__obligations_tables(dt__ledger *l);

/* A time zone by its name, from its file; NULL name: UTC. */
DT_NODISCARD dt_status dt__ledger_zone(dt__ledger *l, const char *name, const dt__zone **out);
/* Is an act of the records one of these codes?  Unknown when it is wider, or one of several. */
dt__truth dt__act_among(const char *act, const char *const *codes, size_t count);
/* Is a class of assets one of these, or below one?  Unknown when it is wider than one of them, or may be another. */
dt__truth dt__asset_among(const char *asset, const char *const *targets, size_t count);
/* Can two acts of the ledger be the same: is one the other, or does it hold it?  False when one is not known. */
bool dt__acts_agree(const dt__ledger *l, uint32_t a, uint32_t b);
/* Whatever the act is, the wide one holds it (and is another). */
bool dt__act_below(const dt__ledger *l, uint32_t act, uint32_t wide);

/* clause_times.c: when a reading is in force; DT_ERR_MODEL when it ends before it begins. */
DT_NODISCARD dt_status dt__time_of(dt__ledger *l, const dt__agreement *of, const dt__clause_reading *terms,
                                   dt__in_force *out, const dt__zone **zone);
/* Days are those of the calendar, whatever the clocks did; hours and minutes run. */
dt__moment dt__later(dt__moment at, const dt__zone *zone, const dt__term_moment *m);
/* Where an extension puts the end. */
DT_NODISCARD dt_status dt__extended_end(dt__ledger *l, const dt__obligation *o, const dt__trigger *t, dt__ending *out);
/* *share: of a time that straddles, with the ends spread evenly over what is known of them; NAN: not to be had. */
dt__truth dt__time_within(const dt__in_force *in_force, const dt__interval *when, double *share);

/* zone_features.c: how well the features of a file fit the name that a zone gives; those that fit best are meant.  When
 * none is, an error that lists what is there: DT_ERR_MODEL, DT_ERR_MEMORY. */
dt__named dt__best_name(const dt__ledger *l, const dt__zone_file *file, const dt__zone_term *term);
bool dt__feature_meant(const dt__feature *f, const dt__zone_term *term, dt__named best);
DT_NODISCARD dt_status dt__blame_feature(dt__ledger *l, const dt__zone_term *term, const dt__zone_file *file);

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
/* Most are out of scope by time or act alone: seen without a call. */
static inline bool dt__may_concern(const dt__obligation *o, const dt__occurrence *x) {
    return x->when.lo < o->possible.hi && x->when.hi > o->possible.lo &&
           (x->act == DT__NOBODY || o->act[x->act] != DT__NO);
}
dt__judged dt__judge(const dt__ledger *l, const dt__obligation *o, const dt__occurrence *x);
/* Would it be a breach, whenever it happened and whether or not the reading was in force?  Exempt: no. */
dt__truth dt__breach_apart_from_time(const dt__ledger *l, const dt__obligation *o, const dt__occurrence *x);
/* Could it be a breach at some other time?  Not when the reading does certainly not cover it; nor when that exempts it,
 * or may. */
typedef enum dt__reach { DT__REACH_NOT = 0, DT__REACH_EXEMPT, DT__REACH_POSSIBLE } dt__reach;
dt__reach dt__reach_whenever(const dt__ledger *l, const dt__obligation *o, const dt__occurrence *x);

/* The day of a moment on a zone's clocks. */
static inline int64_t dt__local_day(const dt__zone *zone, dt__moment moment) {
    int64_t local;

    if (moment == DT__MOMENT_ALWAYS || moment == DT__MOMENT_NEVER) return moment / DT__DAY;
    local = moment + dt__zone_offset(zone, moment);
    return local >= 0 ? local / DT__DAY : -((-local + DT__DAY - 1) / DT__DAY);
}

#endif
