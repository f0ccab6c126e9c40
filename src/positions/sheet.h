/* Rows of cells from text: the encoding, the delimiter and the quotes found by looking; every cell knows its place. */
#ifndef DT__POSITIONS_SHEET_H
#define DT__POSITIONS_SHEET_H

#include "base/text.h"
#include "base/vector.h"
#include "positions/positions.h"

typedef struct dt__sheet_cell {
    const char *text; /* UTF-8, without white space at its ends, ended by a zero byte */
    uint32_t line, column;
} dt__sheet_cell;

typedef struct dt__sheet {
    dt_env *env;
    dt__arena arena;
    const char *file; /* in the arena */
    char delimiter;
    dt__vector cells; /* dt__sheet_cell */
    dt__vector rows;  /* size_t: the first cell of each row; empty lines are no rows */
    size_t findings;  /* errors told */
} dt__sheet;

/* Reads a text; DT_OK, DT_ERR_MODEL (told), DT_ERR_LIMIT (told), DT_ERR_MEMORY.  Clear also after a failure. */
DT_NODISCARD dt_status dt__sheet_read(dt__sheet *s, const char *bytes, size_t length, const char *file, dt_env *env);
void dt__sheet_clear(dt__sheet *s);

size_t dt__sheet_rows(const dt__sheet *s);
size_t dt__sheet_width(const dt__sheet *s, size_t row);
/* The cell; an empty one past the end of the row, with the place of its end. */
dt__sheet_cell dt__sheet_at(const dt__sheet *s, size_t row, size_t column);

/* Folded for looking up: lower-case ASCII, without spaces, dashes and underscores. */
void dt__sheet_fold(char *out, size_t size, const char *text);

dt__place dt__sheet_place(const dt__sheet *s, const dt__sheet_cell *cell);
/* A decimal number; NAN for an empty cell.  What is none is told (what: the name of the column) and gives NAN. */
double dt__sheet_number(dt__sheet *s, const dt__sheet_cell *cell, const char *what);
/* The same, and it has to lie within low..high. */
double dt__sheet_bounded(dt__sheet *s, const dt__sheet_cell *cell, const char *what, double low, double high);
/* Is it a number? */
bool dt__sheet_is_number(const dt__sheet *s, const dt__sheet_cell *cell, double *value);
/* Tells an error; after a hundred of them no more. */
void dt__sheet_error(dt__sheet *s, const dt__sheet_cell *cell, const char *code, const char *msgid, ...)
    __attribute__((sentinel));

#endif
