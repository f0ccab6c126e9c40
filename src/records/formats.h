/* Other people's event files, recognised by their first row and read as records, row by row in constant memory. */
#ifndef DT__RECORDS_FORMATS_H
#define DT__RECORDS_FORMATS_H

#include "base/bytes.h"
#include "records/record.h"

/* The words of a source for something, and ours: "Shelling/artillery/missile attack" -> "shelling". */
typedef struct dt__word {
    const char *from, *to; /* case and blanks at the ends are ignored in `from` */
} dt__word;

typedef struct dt__words {
    const dt__word *items;
    size_t count;
} dt__words;

/* Order of words; case of a-z and blanks at the ends do not matter. */
int dt__compare_words(const char *a, const char *b);

/* Which column holds what, in a file that no reader knows; read with dt__mapping_read. */
typedef struct dt__mapping dt__mapping;

typedef struct dt__records_opts {
    const char *file;          /* named in records and messages */
    const char *source;        /* of records that name none; NULL: the publisher's name or the file's */
    const char *family;        /* of sources that are not independent; NULL: as the reader knows, or the source's own */
    const dt__zone *zone;      /* of local times without an offset; NULL: the clocks that a format is known to go by, if
                                  `zone_named` finds them, else `otherwise` */
    const dt__zone *otherwise; /* NULL: UTC */
    dt_status (*zone_named)(void *payload, const char *name, const dt__zone **out); /* NULL: none are found */
    void *zones;                                                                    /* its payload */
    dt__moment received; /* DT__MOMENT_ALWAYS: not known, or as the file says */
    double report_delay; /* seconds by which a report is at most behind the event, where only the report's time is
                            known; default three days */
    const dt__mapping *mapping; /* by which delimited text or GeoJSON is read, and not otherwise; NULL: as the reader
                                   that knows it, or by our own column names */
    const dt__mapping *const *offered; /* without one: delimited text goes by the first of these whose columns it all
                                          has, if any */
    size_t offered_count;
    dt__words acts;    /* what stands in the file, or the reader's own code -> act of the vocabulary; a word
                          that is not there stays the reader's own code */
    dt__words parties; /* the same for claimants, actors, targets, parties involved */
} dt__records_opts;

void dt__records_opts_init(dt__records_opts *opts);

/* A row that could not be read: kept, counted, told. */
typedef struct dt__aside {
    const char *file;
    uint32_t line;
    const char *msgid;    /* a message of the catalogue, with {0} for `argument` */
    const char *argument; /* what stood there; NULL: nothing to say */
} dt__aside;

typedef struct dt__aside_sink {
    dt_status (*take)(void *payload, const dt__aside *aside);
    void *payload;
} dt__aside_sink;

/* Reads all of a source.  `aside` NULL: rows set aside become warnings, the first twenty one by one.
 * Ids that come twice are counted in the tally and told.  DT_OK; DT_ERR_MODEL with a diagnostic when no reader knows
 * the first row, or it is not the text it looks like; DT_ERR_IO, DT_ERR_MEMORY, DT_ERR_CANCELLED, or what a sink gives.
 * Cost: linear; memory: a row, and 16 bytes for each of the first four million ids. */
DT_NODISCARD dt_status dt__records_read(dt__reading_tally *tally, const dt__record_sink *sink,
                                        const dt__aside_sink *aside, const dt_source *source,
                                        const dt__records_opts *opts, dt_env *env);

/* A mapping: lines `key: column` or `key: =constant`, # for comments; the keys are in docs/formats.md.
 * DT_OK, DT_ERR_MODEL with diagnostics, DT_ERR_IO, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__mapping_read(dt__mapping **out, const dt_source *source, const char *file, dt_env *env);
void dt__mapping_free(dt__mapping *mapping, dt_env *env);

#endif
