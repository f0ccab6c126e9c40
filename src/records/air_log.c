/* The log of air attacks that the Air Force of Ukraine reports: one wave of one weapon a row, dated by its start; night
 * waves end the next day.  One side's counts.  Cells with Python dictionaries and lists are passed by. */
#include <string.h>

#include "base/catalog.h"
#include "records/reading.h"

enum { START, END, MODEL, LAUNCHED, DESTROYED, TARGET, PLACE, SOURCE, LAUNCHED_FROM };
static const char *const columns[] = {"time_start", "time_end",    "model",  "launched",    "destroyed",
                                      "target",     "target_main", "source", "launch_place"};

/* From the start to the end, or as long as the start is known to be. */
static bool read_when(dt__reading *r, dt__record *record) {
    dt__interval end;

    if (!dt__reading_when(r, dt__reading_text(r, START), DT__YEAR_FIRST, r->zone, &record->when)) return false;
    if (dt__reading_text(r, END) == NULL) return true;
    if (!dt__reading_when(r, dt__reading_text(r, END), DT__YEAR_FIRST, r->zone, &end)) return false;
    if (end.hi <= record->when.lo) return dt__reading_refuse(r, DT__N("it ends before it begins"), NULL);
    record->when.hi = end.hi;
    return true;
}

/* What tells a wave from others, so that a corrected count keeps the id. */
static const char *id_of(dt__reading *r) {
    static const size_t parts[] = {START, END, MODEL, LAUNCHED_FROM, TARGET, SOURCE};
    uint64_t hash = 0;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        dt__cell cell = dt__reading_cell(r, parts[i]);
        hash = dt__hash_bytes(hash, cell.text, cell.length);
    }
    return dt__piece_hash(r, "air", hash);
}

static bool read_wave(dt__reading *r) {
    const char *model = dt__reading_text(r, MODEL), *act;
    dt__record record;

    dt__reading_begin_record(r, &record);
    record.id = id_of(r);
    record.kind = DT__RECORD_ALLEGATION;
    record.claimant = dt__reading_party(r, "UA");
    record.actor = dt__reading_party(r, "RU");
    record.attribution = DT__ATTRIBUTION_ADVERSARY;
    if (!read_when(r, &record) || !dt__reading_number(r, LAUNCHED, &record.low)) return false;
    record.high = record.low;
    record.unit = DT__UNIT_MUNITION;
    record.weapon = model;
    act = model == NULL ? NULL : dt__reading_act(r, model); /* a vocabulary may tell weapons apart */
    record.act = act == NULL || strcmp(act, dt__piece_coded(r, model)) == 0 ? dt__reading_act(r, "air-attack") : act;
    record.region = dt__reading_text(r, TARGET);
    record.url = dt__reading_text(r, SOURCE);
    return dt__reading_give(r, &record);
}

const dt__format dt__format_air_log = {.name = "air-log",
                                       .columns = columns,
                                       .count = sizeof columns / sizeof *columns,
                                       .coded = true,
                                       .needed = DESTROYED + 1,
                                       .publisher = "Air Force of Ukraine",
                                       .family = "UA",
                                       .zone = "Europe/Kyiv",
                                       .has_counts = true,
                                       .revises = true,
                                       .read = read_wave};
