/* Text: growing buffers, owned strings, messages with numbered places, UTF-8. */
#ifndef DT__BASE_TEXT_H
#define DT__BASE_TEXT_H

#include "base/env.h"

/* ---- a growing buffer; once an allocation fails it stays failed and dt__text_status says so ---- */

typedef struct dt__text {
    dt_env *env;
    char *bytes; /* always ended by a zero byte when not NULL */
    size_t length, capacity;
    bool failed;
} dt__text;

void dt__text_init(dt__text *text, dt_env *env);
void dt__text_clear(dt__text *text);
void dt__text_reset(dt__text *text); /* empty, memory kept */
void dt__text_add(dt__text *text, const char *string);
void dt__text_add_bytes(dt__text *text, const char *bytes, size_t length);
void dt__text_add_char(dt__text *text, char c);
void dt__text_add_repeated(dt__text *text, char c, size_t count);
void dt__text_add_unsigned(dt__text *text, uint64_t value);
/* The shortest decimal text that reads back the same double; no locale; "null" for NaN and infinities. */
void dt__text_add_double(dt__text *text, double value);
/* Reads a whole decimal number (`-1.5e3`, no spaces) into the nearest double, whatever the locale; false when it is
 * none or is too large. */
DT_NODISCARD bool dt__text_parse_double(double *out, const char *number);
/* A number with points for its commas, as it is read from a table whose cells are parted by something else; false when
 * there is no room for it. */
DT_NODISCARD bool dt__text_decimal_points(char *out, size_t room, const char *number);
/* Adds msgid, as it is, with {0}, {1} ... replaced by arguments. */
void dt__text_add_filled(dt__text *text, const char *pattern, const char *const *arguments, size_t count);
/* Translates msgid into the language of the environment, fills in the const char * arguments up to NULL. */
void dt__text_message(dt__text *text, const char *msgid, ...) __attribute__((sentinel));
dt_status dt__text_status(const dt__text *text);
const char *dt__text_get(const dt__text *text); /* borrowed; "" when empty */
/* Hands the string over (NULL when an allocation failed) and empties the buffer; free with dt__string_free. */
char *dt__text_take(dt__text *text);

/* ---- owned strings ---- */

char *dt__string_copy(dt_env *env, const char *string);
char *dt__string_message(dt_env *env, const char *msgid, va_list arguments);
void dt__string_free(dt_env *env, char *string);

/* ---- UTF-8 (utf8proc) ---- */

/* Length of the valid beginning: equal to length when all of it is valid UTF-8. */
size_t dt__utf8_valid(const char *bytes, size_t length);
/* Columns on a terminal: 2 for wide characters, 0 for combining ones. */
size_t dt__utf8_width(const char *string);
/* Compatibility-composed, case-folded, white space as single spaces, quotes and dashes plain: for looking words up.
 * Owns: the result, free with dt__string_free; NULL on failure. */
char *dt__utf8_folded(dt_env *env, const char *string);

/* Behind the blanks at the beginning; *length: up to those at the end.  Blanks are spaces, also those of no width or
 * that do not break, tabs and line ends. */
const char *dt__trimmed(const char *string, size_t *length);

/* ---- names of files ---- */

/* Without folders, of either kind of slash; borrowed from the name. */
const char *dt__file_base(const char *name);

/* ---- nearest name ---- */

/* The candidate nearest to word by edits (Damerau), or NULL when none is near enough to help. */
const char *dt__nearest(const char *word, const char *const *candidates, size_t count);
/* The same among names of people and places, where other names are near, too: at most one edit for five bytes. */
const char *dt__nearest_spelling(const char *name, const char *const *candidates, size_t count);
/* Indices of the nearest `room` of all that are there, however far, the nearest first and of equal ones the first; how
 * many.  Case does not matter here; texts of more than 64 bytes are compared by their first 64. */
size_t dt__nearest_few(const char *word, const char *const *candidates, size_t count, size_t *out, size_t room);

#endif
