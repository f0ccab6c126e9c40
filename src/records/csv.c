#include "records/csv.h"

#include <string.h>

#include "base/catalog.h"
#include "base/encoding.h"
#include "records/cell_ends.h"

enum { PIECE = 1 << 18 };

/* ---- the buffer: always UTF-8 or single bytes, never UTF-16 ---- */

static bool grow(dt__csv *c, size_t room) {
    size_t capacity = c->capacity == 0 ? (size_t)2 * PIECE : c->capacity;
    char *buffer;

    while (capacity < c->end + room + DT__CELL_ENDS_SLACK) capacity *= 2;
    if (capacity == c->capacity) return true;
    if ((buffer = dt__resize(c->env, c->buffer, c->capacity, capacity, 1)) == NULL) {
        c->status = DT_ERR_MEMORY;
        return false;
    }
    c->buffer = buffer;
    c->capacity = capacity;
    return true;
}

/* UTF-16 in `bytes` (with what was held back before it) becomes UTF-8 at the end of the buffer. */
static bool append_wide(dt__csv *c, const unsigned char *bytes, size_t count) {
    size_t at = 0, used;
    uint32_t code;

    if (!grow(c, count * 2 + 8)) return false;
    while ((used = dt__utf16_take(&code, bytes + at, count - at, c->wide == 2)) > 0) {
        c->end += dt__utf8_put(c->buffer + c->end, code);
        at += used;
    }
    c->held_count = count - at;
    memcpy(c->held, bytes + at, c->held_count);
    return true;
}

/* Reads one piece more; false at the end or on failure. */
static bool more(dt__csv *c) {
    char piece[4 + PIECE / 16];
    size_t got = 0;

    if (c->ended || c->status != DT_OK) return false;
    if (c->wide != 0) {
        memcpy(piece, c->held, c->held_count);
        c->status = c->source->read(c->source->payload, piece + c->held_count, sizeof piece - 4, &got);
        c->ended = got == 0 || c->status != DT_OK;
        return !c->ended && append_wide(c, (const unsigned char *)piece, c->held_count + got);
    }
    if (!grow(c, PIECE)) return false;
    c->status = c->source->read(c->source->payload, c->buffer + c->end, PIECE, &got);
    c->ended = got == 0 || c->status != DT_OK;
    if (!c->ended) c->end += got;
    return !c->ended;
}

/* Moves what is left to the front, so that a row always lies in one piece. */
static void make_room(dt__csv *c) {
    memmove(c->buffer, c->buffer + c->at, c->end - c->at);
    c->end -= c->at;
    c->at = 0;
}

/* ---- the beginning ---- */

static void find_encoding(dt__csv *c) {
    const unsigned char *b = (const unsigned char *)c->buffer;
    size_t size = c->end;

    if (size >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF) c->at = 3;
    else if (size >= 2 && b[0] == 0xFF && b[1] == 0xFE) c->wide = 1;
    else if (size >= 2 && b[0] == 0xFE && b[1] == 0xFF) c->wide = 2;
}

/* What was read before the encoding was known is turned into UTF-8 as well. */
static bool recode_start(dt__csv *c) {
    char *bytes = c->buffer;
    size_t count = c->end, capacity = c->capacity;
    bool done;

    c->buffer = NULL;
    c->capacity = c->end = 0;
    done = append_wide(c, (const unsigned char *)bytes + 2, count - 2);
    (void)dt__resize(c->env, bytes, capacity, 0, 1);
    return done;
}

static void find_delimiter(dt__csv *c) {
    static const char candidates[] = ",;\t|";
    size_t most = 0;

    c->delimiter = ',';
    for (size_t i = 0; i < sizeof candidates - 1; i++) {
        size_t count = 0;
        bool quoted = false;
        for (size_t k = c->at; k < c->end && (quoted || (c->buffer[k] != '\n' && c->buffer[k] != '\r')); k++) {
            if (c->buffer[k] == '"') quoted = !quoted;
            count += !quoted && c->buffer[k] == candidates[i];
        }
        if (count <= most) continue;
        most = count;
        c->delimiter = candidates[i];
    }
}

dt_status dt__csv_init(dt__csv *csv, const dt_source *source, dt_env *env) {
    *csv = (dt__csv){.env = env, .source = source, .cells = DT__VECTOR(dt__cell), .next_line = 1, .status = DT_OK};
    dt__text_init(&csv->decoded, env);
    while (csv->end < 4 && more(csv)) continue;
    find_encoding(csv);
    if (csv->wide != 0 && csv->status == DT_OK) (void)recode_start(csv);
    while (csv->end < PIECE / 4 && more(csv)) continue;
    if (csv->status == DT_OK && csv->buffer != NULL) find_delimiter(csv);
    return csv->status;
}

void dt__csv_clear(dt__csv *csv) {
    if (csv->buffer != NULL) (void)dt__resize(csv->env, csv->buffer, csv->capacity, 0, 1);
    csv->buffer = NULL;
    dt__vector_clear(&csv->cells, csv->env);
    dt__text_clear(&csv->decoded);
}

/* ---- one row ---- */

typedef enum scan_result { SCANNED = 0, UNFINISHED, MISQUOTED } scan_result;

typedef struct row_scan {
    size_t at;      /* behind what was scanned */
    uint32_t lines; /* gone over */
    bool ended;     /* the row, not just a cell */
} row_scan;

static uint32_t lines_in(const char *bytes, size_t count) {
    uint32_t lines = 0;
    const char *end = bytes + count;

    for (const char *line = bytes; (line = memchr(line, '\n', (size_t)(end - line))) != NULL; line++) lines++;
    return lines;
}

/* Behind the closing quotation mark of a cell; doubled ones are part of it. */
static scan_result scan_quoted(const dt__csv *c, row_scan *row) {
    size_t start = row->at + 1, k = start;

    while (true) {
        const char *quote = memchr(c->buffer + k, '"', c->end - k);
        if (quote == NULL) return c->ended ? MISQUOTED : UNFINISHED;
        k = (size_t)(quote - c->buffer) + 1;
        if (k == c->end && !c->ended) return UNFINISHED;
        if (k == c->end || c->buffer[k] != '"') break;
        k++;
    }
    row->lines += lines_in(c->buffer + start, k - start);
    row->at = k;
    return SCANNED;
}

/* Passes by the delimiter or the line end behind a cell. */
static scan_result scan_mark(const dt__csv *c, row_scan *row) {
    char mark = row->at < c->end ? c->buffer[row->at] : '\n';

    if (row->at == c->end && !c->ended) return UNFINISHED;
    if (mark != c->delimiter && mark != '\n' && mark != '\r') return MISQUOTED;
    if (mark == '\r' && row->at + 1 == c->end && !c->ended) return UNFINISHED;
    row->ended = mark != c->delimiter;
    if (row->at < c->end) row->at++;
    if (mark == '\r' && row->at < c->end && c->buffer[row->at] == '\n') row->at++;
    row->lines += row->ended;
    return SCANNED;
}

static scan_result scan_cell(const dt__csv *c, dt__cell_ends *ends, row_scan *row, dt__cell *cell) {
    size_t start = row->at;

    if (start < c->end && c->buffer[start] == '"') {
        scan_result result = scan_quoted(c, row);
        if (result != SCANNED) return result;
        *cell = (dt__cell){.text = c->buffer + start + 1, .length = row->at - start - 2};
        while (row->at < c->end && c->buffer[row->at] == ' ') row->at++;
        return scan_mark(c, row);
    }
    row->at = dt__cell_end(ends, start);
    *cell = (dt__cell){.text = c->buffer + start, .length = row->at - start};
    return scan_mark(c, row);
}

/* Cells as they lie in the buffer; nothing is changed, so that a row that is not all there can be scanned again. */
static scan_result scan_row(dt__csv *c, row_scan *row) {
    dt__cell_ends ends = dt__cell_ends_from(c->buffer, c->at, c->end, c->delimiter);

    *row = (row_scan){.at = c->at};
    c->cells.count = 0;
    while (!row->ended) {
        scan_result result;
        if (c->cells.count == c->cells.capacity) c->status = dt__vector_reserve(&c->cells, c->cells.count + 1, c->env);
        if (c->status != DT_OK) return UNFINISHED;
        result = scan_cell(c, &ends, row, DT__AT(c->cells, dt__cell, c->cells.count));
        if (result != SCANNED) return result;
        c->cells.count++;
    }
    return SCANNED;
}

/* ---- cells become texts ---- */

/* Doubled quotation marks become single ones, where the cell lies. */
static void undouble(dt__cell *cell, char *bytes) {
    const char *first = memchr(bytes, '"', cell->length);
    size_t to = first == NULL ? cell->length : (size_t)(first - bytes);

    for (size_t k = to; k < cell->length; k++) {
        bytes[to++] = bytes[k];
        if (bytes[k] == '"' && k + 1 < cell->length && bytes[k + 1] == '"') k++;
    }
    cell->length = to;
}

static void decode_1252(dt__csv *c, const dt__cell *cell) {
    for (size_t k = 0; k < cell->length; k++) {
        char bytes[DT__UTF8_MOST];
        dt__text_add_bytes(&c->decoded, bytes, dt__utf8_put(bytes, dt__windows_1252((unsigned char)cell->text[k])));
    }
    dt__text_add_bytes(&c->decoded, "", 1);
}

/* Cells that are no UTF-8 are read as Windows-1252, one by one: files that were put together have both. */
static void recode_cells(dt__csv *c) {
    size_t at = 0;

    dt__text_reset(&c->decoded);
    for (size_t i = 0; i < c->cells.count; i++) {
        const dt__cell *cell = DT__AT(c->cells, dt__cell, i);
        if (dt__utf8_valid(cell->text, cell->length) < cell->length) decode_1252(c, cell);
    }
    if ((c->status = dt__text_status(&c->decoded)) != DT_OK) return;
    for (size_t i = 0; i < c->cells.count; i++) { /* the buffer of the text moves no more */
        dt__cell *cell = DT__AT(c->cells, dt__cell, i);
        if (dt__utf8_valid(cell->text, cell->length) == cell->length) continue;
        cell->text = dt__text_get(&c->decoded) + at;
        cell->length = strlen(cell->text);
        at += cell->length + 1;
        c->recoded = true;
    }
}

static void finish_cells(dt__csv *c, const row_scan *row) {
    const char *start = c->buffer + c->at;
    size_t length = row->at - c->at;
    bool valid = dt__utf8_valid(start, length) == length;

    c->zero = memchr(start, 0, length) != NULL;
    for (size_t i = 0; i < c->cells.count; i++) {
        dt__cell *cell = DT__AT(c->cells, dt__cell, i);
        char *bytes = c->buffer + (cell->text - c->buffer);
        bool quoted = bytes > c->buffer && bytes[-1] == '"';
        if (quoted) undouble(cell, bytes);
        bytes[cell->length] = '\0'; /* over the quote, the delimiter or the line end: the row was scanned */
    }
    if (!valid) recode_cells(c); /* a row at a time is quicker than a cell at a time */
}

/* ---- rows ---- */

static bool is_empty(const dt__csv *c) {
    for (size_t i = 0; i < c->cells.count; i++)
        if (DT__AT(c->cells, dt__cell, i)->length > 0) return false;
    return true;
}

/* After a row that is none: on with the line after the one it began in. */
static dt__csv_result set_aside(dt__csv *c, const char *msgid) {
    const char *line;

    c->broken = msgid;
    c->line = c->next_line;
    while ((line = memchr(c->buffer + c->at, '\n', c->end - c->at)) == NULL) {
        c->at = c->end;
        make_room(c);
        if (!more(c)) break;
    }
    c->at = line == NULL ? c->end : (size_t)(line - c->buffer) + 1;
    c->next_line++;
    return c->status == DT_OK ? DT__CSV_BROKEN : DT__CSV_FAILED;
}

/* Scans the row, reading on until it is all there. */
static scan_result scan_whole_row(dt__csv *c, row_scan *row) {
    scan_result result = scan_row(c, row);

    while (result == UNFINISHED && c->status == DT_OK && c->end - c->at < DT__CSV_LONGEST) {
        make_room(c);
        (void)more(c);
        if (c->status == DT_OK) result = scan_row(c, row);
    }
    return result;
}

dt__csv_result dt__csv_next(dt__csv *csv) {
    dt__csv *c = csv;
    row_scan row;

    while (c->status == DT_OK) {
        scan_result result;
        if (c->at == c->end) {
            make_room(c);
            if (!more(c)) return c->status == DT_OK ? DT__CSV_END : DT__CSV_FAILED;
        }
        result = scan_whole_row(c, &row);
        if (c->status != DT_OK) break;
        if (result == MISQUOTED) return set_aside(c, DT__N("the quotation marks of this row do not match"));
        if (result == UNFINISHED)
            return set_aside(c, DT__N("this row is longer than 4 MiB; is a quotation mark missing?"));
        finish_cells(c, &row);
        c->line = c->next_line;
        c->next_line += row.lines;
        c->at = row.at;
        if (c->status == DT_OK && !is_empty(c)) return DT__CSV_ROW;
    }
    return DT__CSV_FAILED;
}

dt__cell dt__csv_cell(const dt__csv *csv, size_t column) {
    if (column < csv->cells.count) return *DT__AT(csv->cells, dt__cell, column);
    return (dt__cell){.text = "", .length = 0};
}
