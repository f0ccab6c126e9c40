/* UCDP GED: one event with at least one death a row; side_a and side_b are the sides of a dyad, in the order of the
 * codebook, not aggressor and defender.  Ref: Sundberg and Melander 2013; codebook 23.1 (date_prec, where_prec). */
#include <math.h>
#include <string.h>

#include "base/catalog.h"
#include "records/reading.h"

enum {
    ID,
    TYPE,
    SIDE_A,
    SIDE_B,
    WHERE_PREC,
    LATITUDE,
    LONGITUDE,
    DATE_PREC,
    DATE_START,
    DATE_END,
    BEST,
    HIGH,
    LOW,
    ADM_1,
    ADM_2,
    COUNTRY,
    COORDINATES,
    HEADLINE
};
static const char *const columns[] = {"id",
                                      "type_of_violence",
                                      "side_a",
                                      "side_b",
                                      "where_prec",
                                      "latitude",
                                      "longitude",
                                      "date_prec",
                                      "date_start",
                                      "date_end",
                                      "best",
                                      "high",
                                      "low",
                                      "adm_1",
                                      "adm_2",
                                      "country",
                                      "where_coordinates",
                                      "source_headline"};

enum { SPOT = 1000, NEARBY = 25000 }; /* metres */

/* "3" and "3.0" are 3; anything else is 0. */
static int code_of(const dt__reading *r, size_t column) {
    dt__cell cell = dt__reading_cell(r, column);

    if (cell.length == 0 || *cell.text < '1' || *cell.text > '9') return 0;
    return cell.length == 1 || strcmp(cell.text + 1, ".0") == 0 ? *cell.text - '0' : 0;
}

/* The week, month or year of a moment, where the ends given are the same day although only that much is known. */
static void widen(dt__reading *r, dt__record *record, int precision) {
    dt__wall wall = dt__zone_wall(r->zone, record->when.lo);

    if (precision == 3) {
        dt__moment monday =
            record->when.lo - (dt__moment)dt__weekday_of(dt__days_of(wall.year, wall.month, wall.day)) * 86400;
        record->when = (dt__interval){monday, monday + (dt__moment)7 * 86400};
    } else if (precision == 4) record->when = dt__zone_span(r->zone, &wall, DT__PRECISION_MONTH);
    else record->when = dt__zone_span(r->zone, &wall, DT__PRECISION_YEAR);
}

/* "1/22/2014 12:00:00 AM" is the day: the time of day is always midnight and says nothing. */
static bool read_day(dt__reading *r, size_t column, dt__interval *day) {
    const char *text = dt__reading_text(r, column), *blank = text == NULL ? NULL : strchr(text, ' ');

    if (blank != NULL) text = dt__piece(r, text, (size_t)(blank - text));
    return dt__reading_when(r, text, DT__MONTH_FIRST, r->zone, day);
}

static bool read_when(dt__reading *r, dt__record *record) {
    dt__interval first, last;
    int precision = code_of(r, DATE_PREC);

    if (!read_day(r, DATE_START, &first) || !read_day(r, DATE_END, &last)) return false;
    if (last.hi < first.hi) return dt__reading_refuse(r, DT__N("it ends before it begins"), NULL);
    record->when = (dt__interval){first.lo, last.hi};
    record->filed = dt__reading_date(r, first.lo);
    if (precision >= 3 && last.lo == first.lo) widen(r, record, precision);
    return true;
}

static bool read_place(dt__reading *r, dt__record *record) {
    int precision = code_of(r, WHERE_PREC);
    size_t region = 0;

    if (!dt__reading_place(r, record, LONGITUDE, LATITUDE)) return false;
    if (precision == 1) record->radius = SPOT;
    else if (precision == 2) record->radius = NEARBY;
    else if (precision == 3) region = ADM_2;
    else if (precision == 4) region = ADM_1;
    else if (precision == 6) region = COUNTRY;
    else if (precision == 5 || precision == 7) region = COORDINATES;
    else return dt__reading_refuse(r, DT__N("“{0}” is no precision of a place"), dt__reading_cell(r, WHERE_PREC).text);
    if (region == 0) return true;
    record->region = dt__reading_text(r, region);
    if (record->region == NULL) record->region = dt__reading_text(r, COORDINATES);
    if (record->region == NULL) record->region = "";
    return true;
}

/* Some rows give a lowest number above the highest: the interval then spans all that is said. */
static bool read_deaths(dt__reading *r, dt__record *record) {
    double low, high;

    if (!dt__reading_number(r, BEST, &record->deaths) || !dt__reading_number(r, LOW, &low) ||
        !dt__reading_number(r, HIGH, &high))
        return false;
    record->deaths_low = fmin(fmin(low, high), record->deaths);
    record->deaths_high = fmax(fmax(low, high), record->deaths);
    return true;
}

static bool read_event(dt__reading *r) {
    static const char *const types[] = {"state-based-violence", "non-state-violence", "one-sided-violence"};
    const char *type = dt__reading_text(r, TYPE);
    dt__record record;

    dt__reading_begin_record(r, &record);
    record.id = dt__reading_text(r, ID);
    record.kind = DT__RECORD_OBSERVATION;
    if (!read_when(r, &record) || !read_place(r, &record) || !read_deaths(r, &record)) return false;
    record.low = record.high = 1;
    if (type != NULL && type[1] == '\0' && *type >= '1' && *type <= '3')
        record.act = dt__reading_act(r, types[*type - '1']);
    record.involved = dt__reading_involved(r, dt__reading_text(r, SIDE_A), dt__reading_text(r, SIDE_B));
    record.text = dt__piece_quoted(r, dt__reading_text(r, HEADLINE));
    return dt__reading_give(r, &record);
}

const dt__format dt__format_ucdp = {.name = "ucdp",
                                    .columns = columns,
                                    .count = sizeof columns / sizeof *columns,
                                    .coded = true,
                                    .needed = LOW + 1,
                                    .publisher = "UCDP",
                                    .read = read_event};
