/* Moments, and spans of them where only an hour or a day is known. */
#ifndef DT__MOMENT_MOMENT_H
#define DT__MOMENT_MOMENT_H

#include "base/calendar.h"

/* Seconds since 1970-01-01 00:00 UTC, without leap seconds. */
typedef int64_t dt__moment;
#define DT__MOMENT_NEVER INT64_MAX
#define DT__MOMENT_ALWAYS INT64_MIN

/* From lo on, before hi.  Open ends: DT__MOMENT_ALWAYS, DT__MOMENT_NEVER. */
typedef struct dt__interval {
    dt__moment lo, hi;
} dt__interval;

/* A date and a time of day as on the wall, without a zone.  Gregorian, proleptic. */
typedef struct dt__wall {
    int32_t year;
    uint8_t month, day, hour, minute, second; /* month, day from 1 */
} dt__wall;

typedef enum dt__precision {
    DT__PRECISION_YEAR = 0,
    DT__PRECISION_MONTH,
    DT__PRECISION_DAY,
    DT__PRECISION_HOUR,
    DT__PRECISION_MINUTE,
    DT__PRECISION_SECOND
} dt__precision;

/* ---- calendar ---- */

void dt__date_of(int64_t days, dt__wall *wall); /* year, month, day */
/* The moment at which the wall shows this, if its clock were UTC; and back. */
dt__moment dt__moment_of_wall(const dt__wall *wall);
dt__wall dt__wall_of_moment(dt__moment moment);

/* ---- zones ---- */

/* A time zone: what its clocks showed when, from a file of the IANA database (TZif, RFC 8536). */
typedef struct dt__zone dt__zone;

/* DT_OK; DT_ERR_MODEL when the bytes are no such file; DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__zone_new(dt__zone **out, const char *name, const void *bytes, size_t size, dt_env *env);
void dt__zone_free(dt__zone *zone, dt_env *env);
const char *dt__zone_name(const dt__zone *zone);
/* Seconds east of Greenwich at a moment.  zone NULL: UTC, also below. */
int32_t dt__zone_offset(const dt__zone *zone, dt__moment moment);
dt__wall dt__zone_wall(const dt__zone *zone, dt__moment moment);
/* When the wall shows this: one moment; the first and the last of two where the clock was set back; the moment of the
 * jump, twice, where it was set forward over it. */
dt__interval dt__zone_moments(const dt__zone *zone, const dt__wall *wall);
/* The whole of what is known: a day, an hour, a minute ... as shown in the zone. */
dt__interval dt__zone_span(const dt__zone *zone, const dt__wall *wall, dt__precision precision);

/* ---- as written ---- */

typedef struct dt__written {
    dt__wall wall;
    dt__precision precision;
    bool has_offset; /* Z, +03:00: the zone is then not asked */
    int32_t offset;  /* seconds east */
} dt__written;

typedef enum dt__date_order { DT__YEAR_FIRST = 0, DT__MONTH_FIRST, DT__DAY_FIRST } dt__date_order;

/* Reads `2025-04-19`, `2025-04-19T18:00`, `2025-04-19 8:05:10.5`, `...Z`, `...+03:00`, `2025-04`, `2025`; with month or
 * day first also `9/5/2014`, `9/5/2014 12:00:00 AM`, `05.09.2014`.  Blanks around it are passed by.  24:00 is the end
 * of the day.  False when it is none of these or there is no such day or hour. */
DT_NODISCARD bool dt__written_parse(dt__written *out, const char *text, dt__date_order order);
dt__interval dt__written_span(const dt__written *written, const dt__zone *zone);

/* `2025-04-19 18:00` in the zone; to the minute, to the second where it has seconds. */
void dt__moment_print(dt__text *text, dt__moment moment, const dt__zone *zone);

#endif
