/* ACLED exports: one event a row; actor1 and actor2 are present, neither is the aggressor.  Ref: ACLED codebook (2023),
 * time and geo-precision codes. */
#include <math.h>
#include <string.h>

#include "base/catalog.h"
#include "records/reading.h"

enum {
    ID,
    DATE,
    TIME_PRECISION,
    SUB_EVENT,
    ACTOR1,
    ACTOR2,
    GEO_PRECISION,
    FATALITIES,
    LONGITUDE,
    LATITUDE,
    EVENT,
    ADMIN1,
    LOCATION,
    CIVILIANS,
    NOTES,
    TIMESTAMP
};
static const char *const columns[] = {
    "event_id_cnty", "event_date",         "time_precision", "sub_event_type", "actor1",     "actor2",
    "geo_precision", "fatalities",         "longitude",      "latitude",       "event_type", "admin1",
    "location",      "civilian_targeting", "notes",          "timestamp"};

enum { DAY = 86400, TOWN = 5000, NEAR_TOWN = 25000 }; /* metres: what the codes are taken for, docs/formats.md */

/* "19 April 2025", as exports have it, becomes "2025-04-19"; anything else stays. */
static const char *plain_date(dt__reading *r, const char *text) {
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    char date[] = "0000-00-00";
    const char *at = text == NULL ? "" : text;
    size_t day = strspn(at, "0123456789"), month = 0, length;

    if (day == 0 || day > 2 || at[day] != ' ') return text;
    date[9] = at[day - 1];
    if (day == 2) date[8] = at[0];
    at += day + 1;
    while (month < 12 && (((at[0] | 32) != months[3 * month]) || (at[1] | 32) != months[3 * month + 1] ||
                          (at[2] | 32) != months[3 * month + 2]))
        month++;
    length = strcspn(at, " ");
    if (month == 12 || at[length] == '\0' || strlen(at + length + 1) != 4) return text;
    date[5] = (char)('0' + (month + 1) / 10);
    date[6] = (char)('0' + (month + 1) % 10);
    for (size_t i = 0; i < 4; i++) date[i] = at[length + 1 + i];
    return dt__piece(r, date, sizeof date - 1);
}

/* 1: the day; 2: some day of the week around it; 3: some day of its month. */
static bool read_when(dt__reading *r, dt__record *record) {
    dt__written written;
    const char *text = plain_date(r, dt__reading_text(r, DATE)), *precision = dt__reading_text(r, TIME_PRECISION);

    if (!dt__reading_when(r, text, DT__DAY_FIRST, r->zone, &record->when)) return false;
    if (precision == NULL || strcmp(precision, "1") == 0) return true;
    if (strcmp(precision, "2") == 0) {
        record->when.lo -= (dt__moment)3 * DAY;
        record->when.hi += (dt__moment)3 * DAY;
        return true;
    }
    if (strcmp(precision, "3") != 0)
        return dt__reading_refuse(r, DT__N("“{0}” is no precision of a time: expected 1, 2 or 3"), precision);
    if (dt__written_parse(&written, text, DT__DAY_FIRST))
        record->when = dt__zone_span(r->zone, &written.wall, DT__PRECISION_MONTH);
    return true;
}

/* 1: the town; 2: somewhere near it; 3: the region, of which the coordinates are only a sign. */
static bool read_place(dt__reading *r, dt__record *record) {
    const char *precision = dt__reading_text(r, GEO_PRECISION), *region = dt__reading_text(r, ADMIN1);

    if (!dt__reading_place(r, record, LONGITUDE, LATITUDE)) return false;
    if (precision == NULL || strcmp(precision, "1") == 0) record->radius = TOWN;
    else if (strcmp(precision, "2") == 0) record->radius = NEAR_TOWN;
    else if (strcmp(precision, "3") == 0) record->region = region != NULL ? region : dt__reading_text(r, LOCATION);
    else return dt__reading_refuse(r, DT__N("“{0}” is no precision of a place"), precision);
    return true;
}

static bool read_event(dt__reading *r) {
    dt__record record;
    const char *act = dt__reading_text(r, SUB_EVENT);
    double stamp = NAN;

    dt__reading_begin_record(r, &record);
    record.id = dt__reading_text(r, ID);
    record.kind = DT__RECORD_OBSERVATION;
    if (!read_when(r, &record) || !read_place(r, &record) || !dt__reading_number(r, FATALITIES, &record.deaths) ||
        !dt__reading_number(r, TIMESTAMP, &stamp))
        return false;
    record.deaths_low = record.deaths_high = record.deaths;
    record.low = record.high = 1;
    if (act == NULL) act = dt__reading_text(r, EVENT);
    record.act = act == NULL ? NULL : dt__reading_act(r, act);
    record.involved = dt__reading_involved(r, dt__reading_text(r, ACTOR1), dt__reading_text(r, ACTOR2));
    if (dt__reading_text(r, CIVILIANS) != NULL) record.target = dt__reading_party(r, "civilians");
    record.text = dt__piece_quoted(r, dt__reading_text(r, NOTES));
    if (record.received == DT__MOMENT_ALWAYS && stamp >= 0 && stamp < 1e11) record.received = (dt__moment)stamp;
    return dt__reading_give(r, &record);
}

const dt__format dt__format_acled = {.name = "acled",
                                     .columns = columns,
                                     .count = sizeof columns / sizeof *columns,
                                     .coded = true,
                                     .needed = LATITUDE + 1,
                                     .publisher = "ACLED",
                                     .revises = true,
                                     .read = read_event};

/* ---- the list of events that were deleted ---- */

enum { DELETED_ID, DELETED_AT };
static const char *const deleted_columns[] = {"event_id_cnty", "deleted_timestamp"};

static bool read_deleted(dt__reading *r) {
    dt__record record;
    double stamp;

    dt__reading_begin_record(r, &record);
    record.kind = DT__RECORD_RETRACTION;
    record.revises = dt__reading_text(r, DELETED_ID);
    if (record.revises == NULL) return dt__reading_refuse(r, DT__N("there is no id"), NULL);
    if (!dt__reading_number(r, DELETED_AT, &stamp)) return false;
    record.id = dt__piece_joined(r, "deleted", ":", record.revises);
    if (record.received == DT__MOMENT_ALWAYS && stamp >= 0 && stamp < 1e11) record.received = (dt__moment)stamp;
    return dt__reading_give(r, &record);
}

const dt__format dt__format_acled_deleted = {.name = "acled-deleted",
                                             .columns = deleted_columns,
                                             .count = sizeof deleted_columns / sizeof *deleted_columns,
                                             .needed = DELETED_AT + 1,
                                             .publisher = "ACLED",
                                             .read = read_deleted};
