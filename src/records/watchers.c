/* Who was watching, where and when: lines of a source about itself, in columns of our own.  A line that says nothing of
 * its end lasts as long as its beginning is known: a day, an hour. */
#include <string.h>

#include "base/catalog.h"
#include "records/mapping.h"

static const char *const watches[DT__WATCHES] = {"watching", "degraded", "blind"};

const char *dt__watch_name(dt__watch watch) {
    return (unsigned)watch < DT__WATCHES ? watches[watch] : "";
}

static bool read_state(dt__reading *r, const char *word, dt__watch *out) {
    for (unsigned i = 0; word != NULL && i < DT__WATCHES; i++) {
        if (dt__compare_words(word, watches[i]) != 0) continue;
        *out = (dt__watch)i;
        return true;
    }
    return dt__reading_refuse(r, DT__N("“{0}” does not say who was watching: expected watching, degraded or blind"),
                              word == NULL ? "" : word);
}

static bool read_when(dt__reading *r, const char **v, dt__interval *when) {
    dt__interval end = {0};
    bool clock = false;

    if (!dt__mapped_when(r, v, DT__MAPPED_DATE, DT__MAPPED_TIME, when, NULL)) return false;
    if (!dt__mapped_ends(v)) return true;
    if (!dt__mapped_when(r, v, DT__MAPPED_END, DT__MAPPED_END_TIME, &end, &clock)) return false;
    when->hi = clock ? end.lo : end.hi; /* a day is in it whole; of a moment the interval ends there */
    return when->hi > when->lo || dt__reading_refuse(r, DT__N("it ends before it begins"), NULL);
}

/* What tells a line from others, without what can be corrected. */
static const char *id_of(dt__reading *r, const char **v) {
    static const dt__mapped parts[] = {DT__MAPPED_CHANNEL, DT__MAPPED_ZONE, DT__MAPPED_LON, DT__MAPPED_LAT,
                                       DT__MAPPED_RADIUS,  DT__MAPPED_DATE, DT__MAPPED_END};
    static const dt__mapped times[] = {DT__MAPPED_TIME, DT__MAPPED_END_TIME}; /* only where they are: ids stay */
    const char *source = v[DT__MAPPED_SOURCE];
    uint64_t hash = dt__hash_bytes(0, source, strlen(source));

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *part = v[parts[i]] == NULL ? "" : v[parts[i]];
        hash = dt__hash_bytes(hash, part, strlen(part) + 1);
    }
    for (size_t i = 0; i < 2; i++)
        if (v[times[i]] != NULL) hash = dt__hash_bytes(hash + i, v[times[i]], strlen(v[times[i]]) + 1);
    return dt__piece_hash(r, "watch", hash);
}

bool dt__mapped_coverage(dt__reading *r, const char **v) {
    dt__coverage c = {.file = r->name, .line = r->line};

    if (v[DT__MAPPED_SOURCE] == NULL) v[DT__MAPPED_SOURCE] = r->opts->source;
    if (v[DT__MAPPED_SOURCE] == NULL)
        return dt__reading_refuse(r, DT__N("a line about who was watching names its source"), NULL);
    if (!read_state(r, v[DT__MAPPED_STATE], &c.state) || !read_when(r, v, &c.when) ||
        !dt__mapped_place(r, v, &c.has_place, &c.at, &c.radius))
        return false;
    c.id = v[DT__MAPPED_ID] == NULL ? id_of(r, v) : v[DT__MAPPED_ID];
    c.source = v[DT__MAPPED_SOURCE];
    c.channel = v[DT__MAPPED_CHANNEL];
    c.zone = v[DT__MAPPED_ZONE];
    c.reason = dt__piece_quoted(r, v[DT__MAPPED_REASON]);
    return dt__reading_cover(r, &c);
}

/* ---- the file of our own ---- */

enum { FROM, UNTIL, STATE, SOURCE, CHANNEL, ZONE, REGION, LON, LAT, RADIUS, REASON, ID, COLUMNS };
static const char *const columns[COLUMNS] = {"from",   "until",     "state",    "source", "channel", "zone",
                                             "region", "longitude", "latitude", "radius", "reason",  "id"};
static const dt__mapped keys[COLUMNS] = {DT__MAPPED_DATE,    DT__MAPPED_END,    DT__MAPPED_STATE,  DT__MAPPED_SOURCE,
                                         DT__MAPPED_CHANNEL, DT__MAPPED_ZONE,   DT__MAPPED_ZONE,   DT__MAPPED_LON,
                                         DT__MAPPED_LAT,     DT__MAPPED_RADIUS, DT__MAPPED_REASON, DT__MAPPED_ID};

static bool read_row(dt__reading *r) {
    const char *values[DT__MAPPED_COUNT_OF] = {0};

    for (size_t k = 0; k < COLUMNS; k++)
        if (values[keys[k]] == NULL) values[keys[k]] = dt__mapped_cell(r, k, keys[k]);
    return dt__mapped_coverage(r, values);
}

const dt__format dt__format_coverage = {
    .name = "coverage", .columns = columns, .count = COLUMNS, .needed = STATE + 1, .revises = true, .read = read_row};
