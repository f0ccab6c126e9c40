/* What the readers of formats share: cells by the names of their columns, words, numbers, times, places. */
#ifndef DT__RECORDS_READING_H
#define DT__RECORDS_READING_H

#include "records/csv.h"
#include "records/formats.h"
#include "records/seen.h"
#include "records/unread.h"

enum { DT__COLUMNS = 64, DT__PIECES = 1 << 14, DT__QUOTED = 400, DT__RECENT_ACTS = 32 };

/* A word of the file for an act, and the vocabulary's: files have few, row after row. */
typedef struct dt__recent_act {
    char word[56];
    const char *code; /* NULL: none yet */
} dt__recent_act;

typedef struct dt__format dt__format;

typedef struct dt__reading {
    const dt__records_opts *opts;
    const dt__format *format;
    const dt__mapping *mapping; /* NULL: none */
    const dt__record_sink *sink;
    const dt__aside_sink *aside;
    dt__reading_tally *tally;
    dt_env *env;
    dt__csv csv;
    size_t width;                 /* columns of the first row */
    int16_t columns[DT__COLUMNS]; /* where each column of the format is; -1: not there */
    dt__word *acts, *parties;     /* sorted */
    dt__recent_act recent[DT__RECENT_ACTS];
    dt__seen seen;
    dt__unread unread;    /* columns that no key names */
    const dt__zone *zone; /* of local times without an offset */
    const char *name;     /* the file's, without folders: what records tell of a machine is no more than that */
    uint32_t line;        /* of the row or feature at hand */
    uint32_t on_line;     /* which feature of that line it is, from 1; of rows 0 */
    uint64_t content;     /* hash of the row at hand, of this run only */
    const char *wrong;    /* why the row is set aside */
    const char *bad;      /* what stood there */
    dt_status status;     /* of sinks and memory */
    void *own;            /* of the format */
    size_t pieces_used;   /* texts of the record at hand */
    bool pieces_full;
    char pieces[DT__PIECES];
} dt__reading;

/* A format of delimited text: the first `needed` of its columns tell it. */
struct dt__format {
    const char *name;
    const char *const *columns;
    size_t count, needed;
    const char *publisher; /* source of records that name none; NULL: the file */
    const char *family;
    const char *zone; /* the clocks that its local times go by; several: it does not say which.  NULL: it has offsets */
    bool has_counts;  /* a record without one is counted */
    bool coded;       /* a set of coded events: an occurrence stands in it once */
    bool revises;     /* the same id again, but different, is a revision; otherwise another record */
    /* Makes a record of the row, or several; false: r->wrong says why not. */
    bool (*read)(dt__reading *r);
    /* Before the first row and after the last; NULL: nothing to do. */
    dt_status (*begin)(dt__reading *r);
    dt_status (*end)(dt__reading *r);
    void (*clear)(dt__reading *r); /* also after a failure */
};

/* A record with everything unknown. */
void dt__record_clear(dt__record *record);
/* A record of the row at hand: file, line, source and what else the options say. */
void dt__reading_begin_record(dt__reading *r, dt__record *record);
/* Gives a record to the sink, unless its id came before with the same content.  False: the reading ends. */
bool dt__reading_give(dt__reading *r, dt__record *record);
/* The same for who was watching. */
bool dt__reading_cover(dt__reading *r, dt__coverage *coverage);
/* For a row that is no record: always false. */
bool dt__reading_refuse(dt__reading *r, const char *msgid, const char *bad);
void dt__reading_set_aside(dt__reading *r, uint32_t line, const char *msgid, const char *argument);

/* ---- cells; column: of the format ---- */

dt__cell dt__reading_cell(const dt__reading *r, size_t column);
const char *dt__reading_text(const dt__reading *r, size_t column); /* NULL when empty */
bool dt__reading_has(const dt__reading *r, size_t column);         /* the column is there */
/* A number; NAN when empty.  False, and the row is refused, when it is none. */
DT_NODISCARD bool dt__reading_number(dt__reading *r, size_t column, double *out);
/* A text that is a finite number and nothing else; with a comma for the decimal point, where the comma does not part
 * the cells. */
DT_NODISCARD bool dt__reading_decimal(const dt__reading *r, const char *text, double *out);
/* 1, 0, or -1 for anything else. */
int dt__reading_flag(const dt__reading *r, size_t column);

/* ---- texts of the record at hand ---- */

const char *dt__piece(dt__reading *r, const char *bytes, size_t length);
/* Without the blanks around it; NULL when nothing is left, and for NULL. */
const char *dt__piece_trimmed(dt__reading *r, const char *text);
const char *dt__piece_joined(dt__reading *r, const char *a, const char *mark, const char *b);
const char *dt__piece_hash(dt__reading *r, const char *prefix, uint64_t hash);
/* At most 400 bytes, cut between characters. */
const char *dt__piece_quoted(dt__reading *r, const char *text);
/* Small letters and figures joined by hyphens: "Shelling/artillery" -> "shelling-artillery"; parts of a list stay
 * apart by `|`. */
const char *dt__piece_coded(dt__reading *r, const char *text);

/* The vocabulary's word for what stands in the file: the word itself, then its code, else the code. */
const char *dt__reading_act(dt__reading *r, const char *word);
/* The same for names of parties; else the name as it is.  NULL for NULL. */
const char *dt__reading_party(dt__reading *r, const char *name);
/* Two parties present, either may be NULL; NULL: neither is known. */
const char *dt__reading_involved(dt__reading *r, const char *a, const char *b);

/* ---- times and places ---- */

DT_NODISCARD bool dt__reading_when(dt__reading *r, const char *text, dt__date_order order, const dt__zone *zone,
                                   dt__interval *out);
/* The date that a moment has on the clocks of the file, as the midnight that begins it in UTC. */
dt__moment dt__reading_date(const dt__reading *r, dt__moment moment);
/* Only the report's time is known. */
void dt__reading_reported(dt__reading *r, dt__record *record, dt__interval report);
/* From the longitude and latitude columns; empty ones: no place.  False when they are no place on the Earth. */
DT_NODISCARD bool dt__reading_place(dt__reading *r, dt__record *record, size_t lon, size_t lat);

extern const dt__format dt__format_acled, dt__format_acled_deleted, dt__format_ucdp, dt__format_viina,
    dt__format_air_log, dt__format_claims, dt__format_posts, dt__format_snippets, dt__format_alerts,
    dt__format_volunteer_alerts, dt__format_sectors, dt__format_mapped, dt__format_coverage;

/* Event points of a GeoJSON document. */
DT_NODISCARD dt_status dt__points_read(dt__reading *r, const dt_source *source);
/* Looks where the columns of a mapping (or our own names) are; false: no date among them. */
DT_NODISCARD bool dt__mapping_fits(dt__reading *r);

#endif
