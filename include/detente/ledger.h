/* A ledger of records: what was said to have happened, by whom, when it was received; append-only, chained by SHA-256.
 *
 * One SQLite file.  What an append has returned DT_OK for is on the disk: a killed process or a full disk loses none
 * of it and leaves no half of a batch behind.  One process appends at a time, others wait; readers never wait. */
#ifndef DETENTE_LEDGER_H
#define DETENTE_LEDGER_H

#include "detente/env.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dt_ledger dt_ledger;

/** Seconds since 1970-01-01 00:00 UTC; INT64_MAX: never, always the newest. */
typedef int64_t dt_time;

/** Reads `2025-04-19`, `2025-04-19T18:00`, `2025-04-19 18:00:05+03:00`: the last second of what is named, in UTC unless
 *  an offset stands there.  False when it is none. */
DT_API DT_NODISCARD bool dt_time_read(dt_time *out, const char *text);

/** Opens a ledger; create: makes it when the file is not there.
 *  Returns DT_OK, DT_ERR_ARGUMENT (no ledger, or of a newer version), DT_ERR_IO, DT_ERR_MEMORY; a diagnostic says why.
 *  Owns: *out, close with dt_ledger_close. */
DT_API DT_NODISCARD dt_status dt_ledger_open(dt_ledger **out, const char *path, bool create, dt_env *env);
DT_API void dt_ledger_close(dt_ledger *ledger, dt_env *env);

/** Options of appending a file of events.  Initialise with dt_ledger_append_opts_init. */
typedef struct dt_ledger_append_opts {
    const char *file;      /* named in records and messages */
    const char *source;    /* of records that name none; NULL: as the file's format has it */
    const char *zone_name; /* of times without an offset; NULL: the clocks that a format is known to go by, else UTC */
    const void *zone;      /* the bytes of that zone's TZif file */
    size_t zone_size;
    /* The bytes of the TZif file of a zone by its name, for formats with clocks of their own, valid until it is called
     * again; false: there is none.  NULL: they are read as UTC, with a warning. */
    bool (*zone_file)(void *payload, const char *name, const void **bytes, size_t *size);
    void *payload;            /* of zone_file */
    const dt_source *mapping; /* which column holds what; NULL: the format is known */
    const char *mapping_file;
    dt_time received; /* not before the newest entry */
} dt_ledger_append_opts;

DT_API void dt_ledger_append_opts_init(dt_ledger_append_opts *opts);

/** What an append did. */
typedef struct dt_ledger_appended {
    const char *format; /* "acled", "ucdp", ...: borrowed, always valid */
    uint64_t rows, records, set_aside;
    uint64_t coverage;  /* lines about who was watching; no records */
    uint64_t entries;   /* new in the ledger */
    uint64_t known;     /* records that the ledger has, word by word */
    uint64_t revised;   /* records that replace one of the same id */
    uint64_t repeated;  /* rows that stood twice in the file */
    bool ids_unchecked; /* more ids than are kept: from some row on nobody looked whether one stood twice */
} dt_ledger_appended;

/** Appends all records of a file of events, and lines about who was watching: all or nothing.  Rows that cannot be read
 * are set aside with a warning. Returns DT_OK, DT_ERR_MODEL (no known format), DT_ERR_ARGUMENT (a zone or a time that
 * is none), DT_ERR_IO (also: the ledger is being written to by another process), DT_ERR_MEMORY, DT_ERR_CANCELLED. */
DT_API DT_NODISCARD dt_status dt_ledger_append(dt_ledger_appended *out, dt_ledger *ledger, const dt_source *events,
                                               const dt_ledger_append_opts *opts, dt_env *env);

enum { DT_LEDGER_HASH = 65 }; /* SHA-256 in hexadecimal, and the zero byte */

/** Is the chain whole? */
typedef struct dt_ledger_check {
    uint64_t entries;
    bool whole;
    uint64_t broken;           /* number of the first entry that is not what was written; 0: none */
    char head[DT_LEDGER_HASH]; /* of the newest entry: keep it elsewhere to notice when the end is cut off */
} dt_ledger_check;

/** Walks the chain.  A broken one is an answer.  Returns DT_OK, DT_ERR_IO, DT_ERR_MEMORY, DT_ERR_CANCELLED. */
DT_API DT_NODISCARD dt_status dt_ledger_verify(dt_ledger_check *out, dt_ledger *ledger, dt_env *env);

/** The steps of a dispute: submitted -> acknowledged -> contested -> verified, not verified or unverifiable -> closed;
 *  steps may be left out, none is taken back. */
typedef enum dt_dispute_state {
    DT_DISPUTE_SUBMITTED = 0,
    DT_DISPUTE_ACKNOWLEDGED,
    DT_DISPUTE_CONTESTED,
    DT_DISPUTE_VERIFIED,
    DT_DISPUTE_NOT_VERIFIED,
    DT_DISPUTE_UNVERIFIABLE,
    DT_DISPUTE_CLOSED,
    DT_DISPUTE_STATES
} dt_dispute_state;

/** "submitted", "not-verified" ...; NULL when out of range. */
DT_API const char *dt_dispute_state_name(dt_dispute_state state);

typedef struct dt_dispute {
    const char *id;      /* given by whoever submits it */
    const char *finding; /* id of the record or finding that it is about; may stay NULL after the first step */
    const char *by;      /* who takes the step; NULL: not said */
    const char *note;    /* NULL: none */
    dt_dispute_state state;
    dt_time deadline; /* of the next step; INT64_MAX: none */
    bool overdue;     /* answers only: the deadline is past and the dispute is not closed */
} dt_dispute;

/** Appends one step of a dispute.  Returns DT_OK, DT_ERR_ARGUMENT (no such step from here, no finding in the first),
 *  DT_ERR_IO, DT_ERR_MEMORY. */
DT_API DT_NODISCARD dt_status dt_ledger_dispute(dt_ledger *ledger, const dt_dispute *step, dt_time received,
                                                dt_env *env);

/** One record of the state, as text. */
typedef struct dt_ledger_record {
    uint64_t entry;
    const char *id, *source, *act, *actor, *claimant, *region; /* NULL: not said */
    const char *kind;                                          /* "allegation", "observation" ... */
    dt_time from, until;                                       /* INT64_MIN, INT64_MAX: open */
    double low, high;                                          /* NaN: not said; high INFINITY: more than low */
    dt_time received;
} dt_ledger_record;

/** Who was watching, as a source says of itself. */
typedef struct dt_ledger_watch {
    const char *id, *source;
    const char *channel, *zone;         /* patrol, camera ...; a named area; NULL: not said */
    const char *state;                  /* "watching", "degraded", "blind" */
    const char *reason;                 /* NULL: not said */
    dt_time from, until;                /* INT64_MIN, INT64_MAX: open */
    double longitude, latitude, radius; /* degrees, metres; NaN: no place */
} dt_ledger_watch;

typedef struct dt_ledger_count {
    const char *source;
    uint64_t records;
} dt_ledger_count;

/** What the ledger held at some time. */
typedef struct dt_ledger_state {
    dt_time at; /* INT64_MAX: now */
    uint64_t entries;
    uint64_t records; /* in force: neither replaced nor taken back */
    uint64_t replaced, retracted;
    uint64_t coverage;        /* lines about who was watching, of one id the newest */
    dt_ledger_count *sources; /* by name */
    size_t source_count;
    dt_ledger_record *shown; /* the first `limit` in force, by start and id */
    size_t shown_count;
    dt_ledger_watch *watches; /* the first `limit` lines about who was watching, by start and id */
    size_t watch_count;
    dt_dispute *disputes; /* each in the state it is in, by id */
    size_t dispute_count;
    char digest[DT_LEDGER_HASH]; /* SHA-256 of all records in force and of who was watching: the same state gives the
                                    same digest */
} dt_ledger_state;

/** The state at a past reception time (INT64_MAX: the newest), with the first `limit` records.  now: what deadlines are
 *  compared with.
 *  Returns DT_OK, DT_ERR_IO, DT_ERR_MEMORY, DT_ERR_CANCELLED.  Owns: *out, free with dt_ledger_state_free. */
DT_API DT_NODISCARD dt_status dt_ledger_show(dt_ledger_state **out, dt_ledger *ledger, dt_time at, dt_time now,
                                             size_t limit, dt_env *env);
DT_API void dt_ledger_state_free(dt_ledger_state *state, dt_env *env);

typedef enum dt_ledger_part {
    DT_LEDGER_RECORDS = 0, /* in force */
    DT_LEDGER_WATCHES,     /* lines about who was watching */
    DT_LEDGER_DISPUTES     /* each in the state it is in */
} dt_ledger_part;

/** Writes a part of the state at a reception time as CSV, or as GeoJSON (RFC 7946; what has no place has no geometry).
 *  Records and lines about who was watching have the columns that dt_ledger_append reads: appended to an empty ledger
 *  they give the same digest.  In CSV a text that a spreadsheet would take for a formula has an apostrophe in front,
 *  which reading takes off again.
 *  Returns DT_OK, DT_ERR_IO, DT_ERR_MEMORY, DT_ERR_CANCELLED. */
DT_API DT_NODISCARD dt_status dt_ledger_export(dt_ledger *ledger, dt_ledger_part part, bool geojson, dt_time at,
                                               const dt_sink *sink, dt_env *env);

#ifdef __cplusplus
}
#endif
#endif
