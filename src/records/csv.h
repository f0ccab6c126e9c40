/* Rows of delimited text from a source of any length: quotes, line ends inside them, encodings and broken rows. */
#ifndef DT__RECORDS_CSV_H
#define DT__RECORDS_CSV_H

#include "base/text.h"
#include "base/vector.h"

typedef struct dt__cell {
    const char *text; /* UTF-8, ended by a zero byte, without the quotes */
    size_t length;
} dt__cell;

typedef enum dt__csv_result {
    DT__CSV_ROW = 0, /* cells hold the row, until the next call */
    DT__CSV_BROKEN,  /* not a row: `broken` says why; reading goes on with the next line */
    DT__CSV_END,
    DT__CSV_FAILED /* reading or memory: `status` */
} dt__csv_result;

enum { DT__CSV_LONGEST = 1 << 22 }; /* bytes of a row */

typedef struct dt__csv {
    dt_env *env;
    const dt_source *source;
    char delimiter;     /* found in the first line: the most frequent of , ; tab | */
    dt__vector cells;   /* dt__cell of the row at hand */
    uint32_t line;      /* where it began, from 1 */
    const char *broken; /* a message of the catalogue */
    bool zero;          /* the row at hand holds a zero byte, at which texts of C would end */
    bool recoded;       /* some bytes were no UTF-8 and were read as Windows-1252 */
    dt_status status;
    /* private */
    char *buffer;
    size_t capacity, at, end;
    bool ended;
    uint32_t next_line;
    uint8_t wide; /* UTF-16: 1 little-endian, 2 big-endian */
    dt__text decoded;
    char held[4]; /* bytes of a character that the last piece cut */
    size_t held_count;
} dt__csv;

/* Reads ahead enough to know the encoding and the delimiter.  DT_OK, DT_ERR_IO, DT_ERR_MEMORY.  Clear also after a
 * failure. */
DT_NODISCARD dt_status dt__csv_init(dt__csv *csv, const dt_source *source, dt_env *env);
void dt__csv_clear(dt__csv *csv);
/* The next row that has a cell with something in it; empty lines are passed by. */
dt__csv_result dt__csv_next(dt__csv *csv);
/* A cell of the row at hand; empty past its end. */
dt__cell dt__csv_cell(const dt__csv *csv, size_t column);

#endif
