/* Air-raid alerts: from and until when a region was warned; in UTC.  A warning is not an attack. */
#include <string.h>

#include "base/catalog.h"
#include "records/reading.h"

static const char *id_of(dt__reading *r, const char *region, const char *start) {
    return dt__piece_hash(r, "alert", dt__hash_bytes(dt__hash_bytes(0, region, strlen(region)), start, strlen(start)));
}

/* The bounds are instants: the second that is written. */
static bool read_alert(dt__reading *r, dt__record *record, size_t start, size_t end) {
    dt__interval first, last = {.lo = DT__MOMENT_NEVER, .hi = DT__MOMENT_NEVER};

    if (record->region == NULL) return dt__reading_refuse(r, DT__N("there is no region"), NULL);
    if (!dt__reading_when(r, dt__reading_text(r, start), DT__YEAR_FIRST, NULL, &first)) return false;
    if (dt__reading_text(r, end) != NULL && !dt__reading_when(r, dt__reading_text(r, end), DT__YEAR_FIRST, NULL, &last))
        return false;
    if (last.lo < first.lo) return dt__reading_refuse(r, DT__N("it ends before it begins"), NULL);
    record->when = (dt__interval){first.lo, last.lo == first.lo ? first.hi : last.lo};
    record->id = id_of(r, record->region, dt__reading_text(r, start));
    record->kind = DT__RECORD_OBSERVATION;
    record->claimant = dt__reading_party(r, "UA");
    record->act = dt__reading_act(r, "air-raid-alert");
    record->low = record->high = 1;
    return dt__reading_give(r, record);
}

/* ---- from the authorities: oblasts, districts, communities ---- */

enum { OBLAST, RAION, HROMADA, LEVEL, STARTED, FINISHED };
static const char *const columns[] = {"oblast", "raion", "hromada", "level", "started_at", "finished_at"};

static bool read_official(dt__reading *r) {
    const char *level = dt__reading_text(r, LEVEL);
    size_t column = level != NULL && strcmp(level, "hromada") == 0 ? HROMADA
                    : level != NULL && strcmp(level, "raion") == 0 ? RAION
                                                                   : OBLAST;
    dt__record record;

    dt__reading_begin_record(r, &record);
    record.region = dt__reading_text(r, column);
    return read_alert(r, &record, STARTED, FINISHED);
}

const dt__format dt__format_alerts = {.name = "alerts",
                                      .columns = columns,
                                      .count = sizeof columns / sizeof *columns,
                                      .needed = FINISHED + 1,
                                      .publisher = "air-raid alerts",
                                      .family = "UA",
                                      .read = read_official};

/* ---- from volunteers: an end that nobody saw is half an hour after the start ---- */

enum { REGION, VOLUNTEER_STARTED, VOLUNTEER_FINISHED, NAIVE };
static const char *const volunteer_columns[] = {"region", "started_at", "finished_at", "naive"};

static bool read_volunteer(dt__reading *r) {
    dt__record record;

    dt__reading_begin_record(r, &record);
    record.region = dt__reading_text(r, REGION);
    record.end_imputed = dt__reading_flag(r, NAIVE) == 1;
    return read_alert(r, &record, VOLUNTEER_STARTED, VOLUNTEER_FINISHED);
}

const dt__format dt__format_volunteer_alerts = {.name = "volunteer-alerts",
                                                .columns = volunteer_columns,
                                                .count = sizeof volunteer_columns / sizeof *volunteer_columns,
                                                .needed = NAIVE + 1,
                                                .publisher = "air-raid alerts",
                                                .family = "UA",
                                                .read = read_volunteer};
