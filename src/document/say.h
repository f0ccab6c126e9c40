/* Numbers and lists in words, for people.  All texts lie in the document's arena. */
#ifndef DT__DOCUMENT_SAY_H
#define DT__DOCUMENT_SAY_H

#include "document/document.h"

/* A natural number in groups of three, above 10^15 as a power: 10,368,000 and 1.2 × 10^30. */
const char *dt__say_count(dt_document *d, dt_exact count);
const char *dt__say_size(dt_document *d, size_t count);
/* What is known of a number of outcomes: the number, or the bounds. */
const char *dt__say_bounds(dt_document *d, bool exact, dt_exact count, dt_exact low, dt_exact high);
/* Rounded to two decimals; with a sign always, or only for negative numbers. */
const char *dt__say_number(dt_document *d, double value);
const char *dt__say_signed(dt_document *d, double value);
/* As a percentage with two significant digits; what is not quite 0 or 1 does not become it. */
const char *dt__say_percent(dt_document *d, double share);
/* "3% to 5%"; one percentage where both are written alike. */
const char *dt__say_percents(dt_document *d, double low, double high);

/* say_date.c: a date as it is written (2025-04-19, 2025-04, 2025), with or without a time of day (T18:00Z), as people
 * read it: "19 April 2025 at 18:00 UTC", "April 2025".  What is no such date comes back as it is; NULL gives "". */
const char *dt__say_date(dt_document *d, const char *written);
/* The month so many months after the date of the model: "April 2025"; "" when the model has no month. */
const char *dt__say_month_after(dt_document *d, size_t months);

/* ---- lists of texts ---- */

typedef struct dt__phrases {
    const char **items;
    size_t count, capacity;
} dt__phrases;

dt__phrases dt__phrases_new(dt_document *d, size_t capacity);
void dt__phrases_add(dt__phrases *p, const char *text);            /* past the capacity: dropped */
const char *dt__phrases_and(dt_document *d, const dt__phrases *p); /* A, B and C */
const char *dt__phrases_join(dt_document *d, const dt__phrases *p, const char *separator);
/* Two texts with a space between them: "North 40". */
const char *dt__pair(dt_document *d, const char *first, const char *second);
/* One text after another, as sentences. */
const char *dt__sentences(dt_document *d, const char *first, const char *second);

#endif
