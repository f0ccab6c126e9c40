/* Who was watching, as sources say of themselves: hours by channel and zone, and how much of each reading's time. */
#include <math.h>

#include "base/catalog.h"
#include "report/monitor_sections.h"

enum { SHOWN = 20 };

/* ---- all of it ---- */

static const dt__column columns[] = {
    {DT__N("Source"), DT__LEFT},          {DT__N("Channel"), DT__LEFT},          {DT__N("Zone"), DT__LEFT},
    {DT__N("Hours watching"), DT__RIGHT}, {DT__N("With poor sight"), DT__RIGHT}, {DT__N("Not watching"), DT__RIGHT},
    {DT__N("Reasons"), DT__LEFT}};

static const char *zone_of(dt_document *d, const dt_watch_record *w) {
    if (w->zone != NULL) return w->zone;
    if (!w->has_place) return "";
    return dt__say(d, "{0} km around {1}, {2}", dt__say_number(d, w->radius / 1000), dt__say_number(d, w->latitude),
                   dt__say_number(d, w->longitude), NULL);
}

static const char *hours(dt_document *d, double count) {
    return count > 0 ? dt__say_number(d, floor(count * 10 + 0.5) / 10) : "";
}

static const char *reasons(dt_document *d, const dt_watch_record *w) {
    dt__phrases list = dt__phrases_new(d, w->reason_count + 1);

    for (size_t i = 0; i < w->reason_count; i++) dt__phrases_add(&list, w->reasons[i]);
    return dt__phrases_join(d, &list, dt__word(d, ", "));
}

void dt__monitor_add_watches(dt_document *d, const dt_monitor_answer *answer) {
    size_t shown = answer->watch_count < SHOWN ? answer->watch_count : SHOWN;
    dt__block *table;

    if (answer->watch_count == 0) return;
    dt__paragraph(d, dt__word(d, "What sources say of their own watching. A source that says nothing is taken to have "
                                 "watched from its first record to its last; poor sight counts half."));
    table = DT__TABLE_OF(d, columns);
    for (size_t i = 0; i < shown; i++) {
        const dt_watch_record *w = &answer->watches[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, answer->sources[w->source].name, DT__PLAIN);
        dt__table_cell(d, table, w->channel == NULL ? "" : w->channel, DT__PLAIN);
        dt__table_cell(d, table, zone_of(d, w), DT__PLAIN);
        dt__table_cell(d, table, hours(d, w->watching), DT__PLAIN);
        dt__table_cell(d, table, hours(d, w->degraded), DT__PLAIN);
        dt__table_cell(d, table, hours(d, w->blind), DT__PLAIN);
        dt__table_cell(d, table, reasons(d, w), DT__PLAIN);
    }
    dt__table_drop_empty(table);
    if (answer->watch_count > shown) dt__and_more(d, answer->watch_count - shown);
}

/* ---- of readings ---- */

void dt__monitor_add_reading_watches(dt_document *d, const dt_monitor_answer *answer, const dt_clause_record *clause) {
    dt__block *list = NULL;

    for (size_t r = 0; r < clause->reading_count; r++) {
        const dt_reading_record *reading = &clause->readings[r];
        dt__phrases sources = dt__phrases_new(d, reading->watch_count + 1);
        for (size_t i = 0; i < reading->watch_count; i++)
            dt__phrases_add(&sources, dt__pair(d, answer->sources[reading->watches[i].source].name,
                                               dt__say_percent(d, reading->watches[i].share)));
        if (reading->watch_count == 0) continue;
        if (list == NULL) list = dt__bullets(d);
        dt__bullet(d, list,
                   dt__say(d, "{0}, share of the time watched: {1}.", dt__monitor_reading_name(d, answer, clause, r),
                           dt__phrases_join(d, &sources, dt__word(d, ", ")), NULL));
    }
}

/* ---- for programs ---- */

static void put_text(dt_document *d, dt__value *object, const char *key, const char *text) {
    dt__put(d, object, key, text == NULL ? dt__value_null(d) : dt__value_string(d, text));
}

static void put_moment(dt_document *d, dt__value *object, const char *key, int64_t moment) {
    const char *text = dt__monitor_moment(d, moment, false);
    put_text(d, object, key, text[0] == '\0' ? NULL : text);
}

static dt__value *watch_value(dt_document *d, const dt_monitor_answer *answer, const dt_watch_record *w) {
    dt__value *value = dt__value_object(d), *list;

    put_text(d, value, "source", answer->sources[w->source].name);
    put_text(d, value, "channel", w->channel);
    put_text(d, value, "zone", w->zone);
    dt__put(d, value, "longitude", dt__value_double(d, w->has_place ? w->longitude : NAN));
    dt__put(d, value, "latitude", dt__value_double(d, w->has_place ? w->latitude : NAN));
    dt__put(d, value, "radius_m", dt__value_double(d, w->has_place ? w->radius : NAN));
    dt__put(d, value, "lines", dt__value_unsigned(d, w->records));
    put_moment(d, value, "from", w->from);
    put_moment(d, value, "until", w->until);
    dt__put(d, value, "watching_hours", dt__value_double(d, w->watching));
    dt__put(d, value, "degraded_hours", dt__value_double(d, w->degraded));
    dt__put(d, value, "blind_hours", dt__value_double(d, w->blind));
    list = dt__put(d, value, "reasons", dt__value_array(d));
    for (size_t i = 0; i < w->reason_count; i++) dt__append(list, dt__value_string(d, w->reasons[i]));
    return value;
}

void dt__monitor_put_watches(dt_document *d, dt__value *coverage, const dt_monitor_answer *answer) {
    dt__value *list = dt__put(d, coverage, "watches", dt__value_array(d));

    for (size_t i = 0; i < answer->watch_count; i++) dt__append(list, watch_value(d, answer, &answer->watches[i]));
    dt__put(d, coverage, "degraded_weight", dt__value_double(d, answer->degraded_weight));
}
