/* What somebody says happened: one record per claim, observation, denial or salvo, with everything that is not known
 * left unknown.  Readers of other people's files make records; nothing in them is guessed.  Ref: the monitoring method
 * page. */
#ifndef DT__RECORDS_RECORD_H
#define DT__RECORDS_RECORD_H

#include "moment/moment.h"
#include "place/shapes.h"

typedef enum dt__record_kind {
    DT__RECORD_ALLEGATION = 0, /* a party says that the other did it */
    DT__RECORD_OBSERVATION,    /* somebody saw, heard or measured it */
    DT__RECORD_DENIAL,         /* a party says that it did not happen, or that it was not its doing */
    DT__RECORD_COMPLIANCE,     /* somebody says that an act was permitted, or that nothing happened */
    DT__RECORD_RETRACTION      /* takes back an earlier record */
} dt__record_kind;

/* From weak to strong; who did it is a question of its own, apart from whether it happened. */
typedef enum dt__attribution {
    DT__ATTRIBUTION_NONE = 0,
    DT__ATTRIBUTION_INFERRED,
    DT__ATTRIBUTION_ADVERSARY, /* the other side says so */
    DT__ATTRIBUTION_OBSERVED,  /* a third party saw it */
    DT__ATTRIBUTION_ADMITTED   /* the actor says so */
} dt__attribution;

typedef enum dt__count_kind {
    DT__COUNT_PER_PERIOD = 0,
    DT__COUNT_CUMULATIVE, /* since the start of a longer period: to be differenced, never added */
    DT__COUNT_SUBSET      /* part of another count: never added */
} dt__count_kind;

typedef enum dt__unit { DT__UNIT_INCIDENT = 0, DT__UNIT_SALVO, DT__UNIT_MUNITION, DT__UNIT_DEATH } dt__unit;

typedef struct dt__record {
    const char *id;     /* stable: of the source, or file and line */
    const char *source; /* the file's or the publisher's name */
    const char *family; /* sources that are not independent of one another share a family; NULL: the source's own */
    dt__record_kind kind;
    const char *claimant; /* who says so; NULL: an observer without a side */
    const char *actor;    /* who is said to have done it; NULL: not said.  Never the first of two names in a file */
    const char *involved; /* parties present, parted by `|`, where the source does not say who did what; NULL: none */
    const char *target;   /* party or asset hit; NULL: not said */
    dt__attribution attribution;
    const char *revises;  /* id of the record that this one replaces or takes back; NULL: none */
    dt__interval when;    /* when it happened, as far as the source says */
    dt__moment filed;     /* the date under which the source counts it, on its own clocks, as the midnight that begins
                             that date in UTC; readers set it to the first date of `when` where nothing else is said;
                             DT__MOMENT_ALWAYS: not known */
    bool reported_only;   /* only the report's time is known: `when` reaches back from it by the usual delay */
    bool end_imputed;     /* the source made the end of `when` up */
    dt__moment received;  /* when its source filed it, or the ledger received it; DT__MOMENT_ALWAYS: not known */
    dt__moment published; /* out of a ledger: when its source filed it; readers leave it at DT__MOMENT_ALWAYS */
    bool coded;           /* of a set of coded events, which lists an occurrence once */
    bool stable;          /* its id is the source's, which revises what it has told under the same id */
    bool has_place;
    dt__point at;
    double radius;      /* metres within which it was; 0: exact */
    const char *region; /* a named area that is all that is known, or that a point stands for; NULL: none */
    const char *act;    /* code of the vocabulary; NULL: not known.  Several, parted by `|`: one of them */
    const char *weapon; /* as the source has it; NULL: not said */
    const char *asset;  /* class of what was hit (power-plant, refinery ...); NULL: not said */
    double low, high;   /* how many; high INFINITY: more than low.  NAN: not said */
    dt__count_kind counted;
    dt__unit unit;
    double deaths, deaths_low, deaths_high; /* NAN: not said */
    const char *text;                       /* at most 400 bytes of the source's own words; NULL: none */
    const char *url;
    const char *file; /* and line: where it was read */
    uint32_t line;
} dt__record;

typedef enum dt__watch { DT__WATCHING = 0, DT__WATCH_DEGRADED, DT__WATCH_BLIND } dt__watch;
enum { DT__WATCHES = 3 };

/* "watching", "degraded", "blind". */
const char *dt__watch_name(dt__watch watch);

/* Who could have seen something, where and when: no report from there is not no event. */
typedef struct dt__coverage {
    const char *id; /* given, or made of all but state and reason: so that these can be corrected */
    const char *source;
    const char *channel; /* patrol, camera, uav, seismic, press, party ...; NULL: not said */
    const char *zone;    /* a named area; NULL: none.  Neither zone nor place: wherever the source looks */
    bool has_place;
    dt__point at;
    double radius; /* metres around `at` that were watched */
    dt__interval when;
    dt__watch state;
    const char *reason; /* restriction, jamming, weather, not deployed ...; NULL: not said */
    const char *file;   /* and line: where it was read; NULL: nowhere */
    uint32_t line;
} dt__coverage;

/* Takes one record, or one line about who was watching (cover NULL: such lines are set aside); texts are borrowed for
 * the call.  Any status but DT_OK ends the reading. */
typedef struct dt__record_sink {
    dt_status (*take)(void *payload, const dt__record *record);
    void *payload;
    dt_status (*cover)(void *payload, const dt__coverage *coverage);
} dt__record_sink;

/* What a reader has done: rows that could not be read are set aside, counted and told, never dropped silently. */
typedef struct dt__reading_tally {
    uint64_t rows, records, set_aside;
    uint64_t repeated;                 /* rows that came before, the same in every cell: no record again */
    uint64_t revised;                  /* rows with an id that came before, but different: a record that revises it */
    uint64_t coverage;                 /* lines about who was watching; no records */
    uint64_t no_count;                 /* records without a count where the format has one */
    bool ids_unchecked;                /* more ids than can be kept: from then on repeated ones are not noticed */
    bool recoded;                      /* some cells were no UTF-8 and were read as Windows-1252 */
    const char *format;                /* "acled", "ucdp", "viina" ...: the reader's name; NULL: none knew it */
    const struct dt__mapping *mapping; /* by which it was read; NULL: none */
} dt__reading_tally;

#endif
