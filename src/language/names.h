/* Names: what an id is made of, and finding one among many. */
#ifndef DT__LANGUAGE_NAMES_H
#define DT__LANGUAGE_NAMES_H

#include "base/arena.h"

#define DT__NO_NAME UINT32_MAX

/* Names of one kind, by index.  The texts are borrowed; the rest lies in an arena. */
typedef struct dt__names {
    size_t count;
    const char *const *texts;
    struct dt__named *sorted; /* by text */
} dt__names;

/* Cost: n log n. */
DT_NODISCARD dt_status dt__names_init(dt__names *names, const char *const *texts, size_t count, dt__arena *arena);
/* Index of a name (of the first of equals), or DT__NO_NAME.  Cost: log n. */
uint32_t dt__names_find(const dt__names *names, const char *text);

/* Words that are no ids: the language needs them. */
bool dt__is_reserved(const char *text);
/* Bytes at the beginning that are characters of ids: letters and digits of any script, _ - . % + */
size_t dt__id_span(const char *text, size_t length);
/* Can it stand in a condition without quotes? */
bool dt__is_bare(const char *text);
/* Bytes at the beginning that are letters of any script. */
size_t dt__letter_span(const char *text);
/* Printable and in one line. */
bool dt__is_printable(const char *text);

#endif
