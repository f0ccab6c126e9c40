/* Which column of a file (or property of a feature) holds what of a record. */
#ifndef DT__RECORDS_MAPPING_H
#define DT__RECORDS_MAPPING_H

#include "records/reading.h"

typedef enum dt__mapped {
    DT__MAPPED_ID = 0,
    DT__MAPPED_SOURCE,
    DT__MAPPED_FAMILY,
    DT__MAPPED_KIND,
    DT__MAPPED_CLAIMANT,
    DT__MAPPED_ACTOR,
    DT__MAPPED_INVOLVED,
    DT__MAPPED_TARGET,
    DT__MAPPED_ATTRIBUTION,
    DT__MAPPED_REVISES,
    DT__MAPPED_DATE,
    DT__MAPPED_TIME, /* of day, of the date */
    DT__MAPPED_END,
    DT__MAPPED_END_TIME,
    DT__MAPPED_REPORTED,
    DT__MAPPED_RECEIVED,
    DT__MAPPED_LON,
    DT__MAPPED_LAT,
    DT__MAPPED_RADIUS,
    DT__MAPPED_REGION,
    DT__MAPPED_ACT,
    DT__MAPPED_WEAPON,
    DT__MAPPED_ASSET,
    DT__MAPPED_COUNT,
    DT__MAPPED_LOW,
    DT__MAPPED_HIGH,
    DT__MAPPED_COUNTED,
    DT__MAPPED_UNIT,
    DT__MAPPED_DEATHS,
    DT__MAPPED_TEXT,
    DT__MAPPED_URL,
    DT__MAPPED_FILED,
    DT__MAPPED_DEATHS_LOW,
    DT__MAPPED_DEATHS_HIGH,
    DT__MAPPED_IMPUTED,
    DT__MAPPED_CODED,
    DT__MAPPED_STATE, /* from here on only in a mapping; of who was watching: such lines are no records */
    DT__MAPPED_CHANNEL,
    DT__MAPPED_ZONE,
    DT__MAPPED_REASON,
    DT__MAPPED_ORDER, /* of the parts of a date: a constant */
    DT__MAPPED_COUNT_OF,
    DT__MAPPED_OWN = DT__MAPPED_STATE /* keys that are columns of their own names without a mapping */
} dt__mapped;

struct dt__mapping {
    char *columns[DT__MAPPED_COUNT_OF];   /* NULL: none */
    char *constants[DT__MAPPED_COUNT_OF]; /* NULL: none */
};

/* The column or property a key is looked for in, of its own name without a mapping; NULL: none. */
const char *dt__mapped_column(const dt__mapping *mapping, dt__mapped key);
/* The names that columns of a format of our own may have; none of other formats, nor with a mapping, which says itself
 * what is read. */
typedef struct dt__key_names {
    const char *const *names;
    size_t count;
} dt__key_names;
dt__key_names dt__keys_of(const dt__reading *r);
/* `file` and `line`, which exports of a ledger write for their readers. */
bool dt__is_export_only(const char *column);
/* Makes a record of what stands under the keys; NULL: nothing.  Constants are filled in here. */
bool dt__mapped_record(dt__reading *r, const char **values);
/* Makes a line about who was watching of it.  watchers.c */
bool dt__mapped_coverage(dt__reading *r, const char **values);

/* ---- what mapped.c and watchers.c share ---- */

/* What is said: without the blanks around it, unless it is quoted text; NULL: nothing. */
const char *dt__mapped_value(dt__reading *r, dt__mapped key, const char *text);
/* The same of a cell, without the apostrophe that keeps spreadsheets from taking it for a formula. */
const char *dt__mapped_cell(dt__reading *r, size_t column, dt__mapped key);
/* When it was: a date with the time of day beside it.  *clock: is a time of day said?  NULL: it does not matter. */
bool dt__mapped_when(dt__reading *r, const char **values, dt__mapped date, dt__mapped time, dt__interval *out,
                     bool *clock);
/* Does it say when it ended?  A time alone is on the day on which it began. */
bool dt__mapped_ends(const char **values);
bool dt__mapped_number(dt__reading *r, const char *text, double *out);
bool dt__mapped_place(dt__reading *r, const char **values, bool *has_place, dt__point *at, double *radius);
dt__date_order dt__mapped_order(const dt__reading *r);

#endif
