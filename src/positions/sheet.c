#include "positions/sheet.h"

#include <math.h>
#include <string.h>

#include "base/catalog.h"
#include "base/encoding.h"
#include "base/rational.h"

enum { MAX_CELLS = 4000000, MAX_FINDINGS = 100, LINES_LOOKED_AT = 20 };

/* ---- findings ---- */

dt__place dt__sheet_place(const dt__sheet *s, const dt__sheet_cell *cell) {
    return (dt__place){.file = s->file, .line = cell->line, .column = cell->column};
}

void dt__sheet_error(dt__sheet *s, const dt__sheet_cell *cell, const char *code, const char *msgid, ...) {
    va_list arguments;

    if (s->findings++ >= MAX_FINDINGS) return;
    va_start(arguments, msgid);
    dt__diagnose_list(s->env, DT_ERROR, dt__sheet_place(s, cell), code, msgid, arguments);
    va_end(arguments);
}

static dt_status fail(dt__sheet *s, uint32_t line, uint32_t column, const char *code, const char *msgid) {
    dt__diagnose(s->env, DT_ERROR, (dt__place){s->file, line, column}, code, msgid, NULL);
    return DT_ERR_MODEL;
}

/* ---- encodings: UTF-8; UTF-16 with its mark; otherwise Windows-1252, which holds Latin-1 ---- */

static void add_code(dt__text *out, uint32_t code) {
    char bytes[DT__UTF8_MOST];

    dt__text_add_bytes(out, bytes, dt__utf8_put(bytes, code));
}

static void from_utf16(dt__text *out, const unsigned char *bytes, size_t length, bool big_endian) {
    uint32_t code;
    size_t used, at = 0;

    for (; (used = dt__utf16_take(&code, bytes + at, length - at, big_endian)) > 0; at += used) add_code(out, code);
    if (at < length) add_code(out, DT__REPLACEMENT); /* half a character */
}

static void from_windows(dt__text *out, const unsigned char *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) add_code(out, dt__windows_1252(bytes[i]));
}

static void note_encoding(dt__sheet *s, const char *name) {
    dt__diagnose(s->env, DT_NOTE, (dt__place){.file = s->file}, "other-encoding", "the file is read as {0}", name,
                 NULL);
}

static dt_status decode(dt__sheet *s, dt__text *out, const char *bytes, size_t length) {
    const unsigned char *b = (const unsigned char *)bytes;

    if (length >= 2 && ((b[0] == 0xFF && b[1] == 0xFE) || (b[0] == 0xFE && b[1] == 0xFF))) {
        from_utf16(out, b + 2, length - 2, b[0] == 0xFE);
        note_encoding(s, "UTF-16");
    } else if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        dt__text_add_bytes(out, bytes + 3, length - 3);
    } else if (dt__utf8_valid(bytes, length) == length) {
        dt__text_add_bytes(out, bytes, length);
    } else {
        from_windows(out, b, length);
        note_encoding(s, "Windows-1252");
    }
    if (dt__text_status(out) != DT_OK) return DT_ERR_MEMORY;
    if (dt__utf8_valid(dt__text_get(out), out->length) != out->length)
        return fail(s, 0, 0, "not-text", "this is neither UTF-8 nor UTF-16 text");
    if (out->length > 0 && memchr(dt__text_get(out), '\0', out->length) != NULL)
        return fail(s, 0, 0, "not-text", "the file holds a zero byte: this is no text");
    return DT_OK;
}

/* ---- the delimiter: a tab, a semicolon or a comma, whichever stands in most of the first lines ---- */

static char find_delimiter(const char *text) {
    static const char candidates[] = "\t;,";
    size_t lines = 0, with[3] = {0};

    while (*text != '\0' && lines < LINES_LOOKED_AT) {
        bool seen[3] = {false}, filled = false;
        for (; *text != '\0' && *text != '\n'; text++) {
            const char *c = strchr(candidates, *text);
            filled |= *text != '\r' && *text != ' ';
            if (c != NULL) seen[c - candidates] = true;
        }
        if (*text == '\n') text++;
        if (!filled) continue;
        lines++;
        for (int c = 0; c < 3; c++) with[c] += seen[c];
    }
    for (int c = 0; c < 2; c++) {
        if (with[c] > 0 && 2 * with[c] >= lines && with[c] >= (c == 0 ? 1 : with[2] / 2)) return candidates[c];
    }
    return ',';
}

/* ---- cells ---- */

typedef struct scanner {
    dt__sheet *sheet;
    const char *at;
    uint32_t line, column; /* of at */
    bool row_open;
} scanner;

static bool is_blank(char c) {
    return c == ' ' || c == '\r' || c == '\t' || c == '\v' || c == '\f';
}

static void advance(scanner *x) {
    if (*x->at == '\n') {
        x->line++;
        x->column = 0;
    }
    /* the bytes that continue a character do not count */
    x->at++;
    if (((unsigned char)*x->at & 0xC0) != 0x80) x->column++;
}

static bool is_end(const scanner *x) {
    return *x->at == '\0' || *x->at == '\n' || *x->at == x->sheet->delimiter;
}

static dt_status keep(scanner *x, dt__sheet_cell cell, const char *bytes, size_t length) {
    dt__sheet *s = x->sheet;
    size_t first = s->cells.count;
    dt_status st;

    while (length > 0 && is_blank(bytes[length - 1])) length--;
    cell.text = length == 0 ? "" : dt__arena_string(&s->arena, bytes, length);
    if (cell.text == NULL) return DT_ERR_MEMORY;
    if (first >= MAX_CELLS) {
        dt__diagnose(s->env, DT_ERROR, dt__sheet_place(s, &cell), "too-large", "the table has too many cells", NULL);
        return DT_ERR_LIMIT;
    }
    if (!x->row_open && (st = dt__vector_push(&s->rows, &first, s->env)) != DT_OK) return st;
    x->row_open = true;
    return dt__vector_push(&s->cells, &cell, s->env);
}

/* A quoted cell; the quote doubled stands for itself.  Single quotes end with their line. */
static dt_status scan_quoted(scanner *x, dt__sheet_cell cell, dt__text *buffer) {
    const char quote = *x->at;

    dt__text_reset(buffer);
    advance(x);
    while (*x->at != '\0' && !(quote == '\'' && *x->at == '\n')) {
        if (*x->at == quote && x->at[1] != quote) break;
        if (*x->at == quote) advance(x);
        dt__text_add_char(buffer, *x->at);
        advance(x);
    }
    if (dt__text_status(buffer) != DT_OK) return DT_ERR_MEMORY;
    if (*x->at != quote)
        return fail(x->sheet, cell.line, cell.column, "open-quote", "this quotation mark is not closed");
    advance(x);
    while (!is_end(x)) {
        dt__text_add_char(buffer, *x->at);
        advance(x);
    }
    if (dt__text_status(buffer) != DT_OK) return DT_ERR_MEMORY;
    return keep(x, cell, dt__text_get(buffer), buffer->length);
}

static dt_status scan_cell(scanner *x, dt__text *buffer) {
    dt__sheet_cell cell;
    const char *start;

    while (is_blank(*x->at) && *x->at != x->sheet->delimiter) advance(x);
    cell = (dt__sheet_cell){.line = x->line, .column = x->column};
    if (*x->at == '"' || *x->at == '\'') return scan_quoted(x, cell, buffer);
    start = x->at;
    while (!is_end(x)) advance(x);
    return keep(x, cell, start, (size_t)(x->at - start));
}

/* A line without anything is no row. */
static bool skip_empty_line(scanner *x) {
    const char *c = x->at;

    while (is_blank(*c)) c++;
    if (*c != '\n' && *c != '\0') return false;
    while (x->at < c) advance(x);
    if (*x->at == '\n') advance(x);
    return true;
}

static dt_status scan(scanner *x, dt__text *buffer) {
    dt_status st = DT_OK;

    while (*x->at != '\0' && st == DT_OK) {
        if (!x->row_open && skip_empty_line(x)) continue;
        st = scan_cell(x, buffer);
        if (*x->at == '\n' || *x->at == '\0') x->row_open = false;
        if (st == DT_OK && *x->at != '\0') advance(x);
    }
    return st;
}

dt_status dt__sheet_read(dt__sheet *s, const char *bytes, size_t length, const char *file, dt_env *env) {
    scanner x = {.sheet = s, .line = 1, .column = 1};
    dt__text text, buffer;
    dt_status st;

    *s = (dt__sheet){.env = env, .cells = DT__VECTOR(dt__sheet_cell), .rows = DT__VECTOR(size_t)};
    dt__arena_init(&s->arena, env);
    dt__text_init(&text, env);
    dt__text_init(&buffer, env);
    s->file = dt__arena_string(&s->arena, file, strlen(file));
    st = s->file == NULL ? DT_ERR_MEMORY : decode(s, &text, bytes, length);
    if (st == DT_OK) {
        x.at = dt__text_get(&text);
        s->delimiter = find_delimiter(x.at);
        st = scan(&x, &buffer);
    }
    dt__text_clear(&buffer);
    dt__text_clear(&text);
    return st;
}

void dt__sheet_clear(dt__sheet *s) {
    dt__vector_clear(&s->cells, s->env);
    dt__vector_clear(&s->rows, s->env);
    dt__arena_clear(&s->arena);
}

/* ---- looking at it ---- */

size_t dt__sheet_rows(const dt__sheet *s) {
    return s->rows.count;
}

size_t dt__sheet_width(const dt__sheet *s, size_t row) {
    size_t end = row + 1 < s->rows.count ? *DT__AT(s->rows, size_t, row + 1) : s->cells.count;
    return end - *DT__AT(s->rows, size_t, row);
}

dt__sheet_cell dt__sheet_at(const dt__sheet *s, size_t row, size_t column) {
    size_t first = *DT__AT(s->rows, size_t, row), width = dt__sheet_width(s, row);
    dt__sheet_cell last;

    if (column < width) return *DT__AT(s->cells, dt__sheet_cell, first + column);
    last = *DT__AT(s->cells, dt__sheet_cell, first + width - 1);
    last.column += (uint32_t)strlen(last.text);
    last.text = "";
    return last;
}

void dt__sheet_fold(char *out, size_t size, const char *text) {
    size_t used = 0;

    for (; *text != '\0' && used + 1 < size; text++) {
        if (strchr(" _-.", *text) != NULL) continue;
        out[used++] = (char)(*text >= 'A' && *text <= 'Z' ? *text - 'A' + 'a' : *text);
    }
    out[used] = '\0';
}

/* ---- numbers ---- */

/* A comma for the decimal point is read where the comma does not part the cells. */
bool dt__sheet_is_number(const dt__sheet *s, const dt__sheet_cell *cell, double *value) {
    char digits[64];
    dt__rational number;

    if (strpbrk(cell->text, s->delimiter == ',' ? "/%," : "/%") != NULL) return false;
    if (!dt__text_decimal_points(digits, sizeof digits, cell->text)) return false;
    if (!dt__rational_parse(&number, digits, strlen(digits))) return false;
    *value = dt__rational_double(number);
    return true;
}

double dt__sheet_number(dt__sheet *s, const dt__sheet_cell *cell, const char *what) {
    double value = NAN;

    if (*cell->text == '\0' || dt__sheet_is_number(s, cell, &value)) return value;
    dt__sheet_error(s, cell, "bad-number", "column “{0}”: “{1}” is no number; expected a decimal such as 40 or 0.4",
                    what, cell->text, NULL);
    return NAN;
}

double dt__sheet_bounded(dt__sheet *s, const dt__sheet_cell *cell, const char *what, double low, double high) {
    double value = dt__sheet_number(s, cell, what);
    dt__text least, most;

    if (isnan(value) || (value >= low && value <= high)) return value;
    dt__text_init(&least, s->env);
    dt__text_init(&most, s->env);
    dt__text_add_double(&least, low);
    dt__text_add_double(&most, high);
    if (isinf(high))
        dt__sheet_error(s, cell, "out-of-range", "column “{0}”: {1} is below {2}", what, cell->text,
                        dt__text_get(&least), NULL);
    else
        dt__sheet_error(s, cell, "out-of-range", "column “{0}”: {1} is outside {2} to {3}", what, cell->text,
                        dt__text_get(&least), dt__text_get(&most), NULL);
    dt__text_clear(&least);
    dt__text_clear(&most);
    return NAN;
}
