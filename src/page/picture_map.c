/* Picture: the zones of an agreement and the incidents with a place, all of them: where there are too many to draw
 * each, they are counted in squares.  What has no place is listed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/catalog.h"
#include "page/map_parts.h"

enum { MOST_MARKS = 500, NAMED_REGIONS = 8, DAY = 86400 };

static const dt__column columns[] = {{DT__N("Latitude"), DT__RIGHT},   {DT__N("Longitude"), DT__RIGHT},
                                     {DT__N("Within, km"), DT__RIGHT}, {DT__N("Region"), DT__LEFT},
                                     {DT__N("Verdict"), DT__LEFT},     {DT__N("Incidents"), DT__RIGHT},
                                     {DT__N("Places"), DT__RIGHT},     {DT__N("First"), DT__LEFT},
                                     {DT__N("Last"), DT__LEFT},        {DT__N("Borders as of"), DT__LEFT}};

/* What is drawn. */
typedef struct drawn_map {
    const dt_monitor_answer *m;
    uint32_t agreement;
    dt__map_days days;
    dt__map_spots spots;
    dt__map_frame frame;
    size_t before; /* 1: some incidents are earlier than the first day */
    bool redact;
} drawn_map;

/* ---- marks and rows ---- */

static const char *verdict_name(dt_document *d, unsigned verdict) {
    return verdict == DT__MAP_DIFFERS ? dt__word(d, "Depends on the clause or the reading")
                                      : dt__monitor_verdict(d, (dt_verdict)verdict);
}

static double rounded(double degrees) {
    return floor(degrees * 10000 + 0.5) / 10000;
}

/* The number of its step among those of the picture. */
static size_t shown_step(const drawn_map *map, const dt__map_spot *s) {
    return s->step + map->before - 1;
}

static void add_mark(dt_document *d, const drawn_map *map, const dt__map_spot *s) {
    dt__value *row = dt__mark(d, "rows");
    bool differs = s->verdict == DT__MAP_DIFFERS;

    dt__put(d, row, "lon", dt__value_double(d, rounded(s->place.longitude)));
    dt__put(d, row, "lat", dt__value_double(d, rounded(s->place.latitude)));
    dt__put(d, row, "radius", dt__value_double(d, floor(s->place.radius + 0.5)));
    dt__put(d, row, "verdict",
            dt__value_string(d, differs ? "differs" : dt__monitor_verdict_key((dt_verdict)s->verdict)));
    dt__put(d, row, "incidents", dt__value_unsigned(d, s->incidents));
    if (map->days.count > 1) dt__put(d, row, "step", dt__value_unsigned(d, shown_step(map, s)));
    if (s->vague) dt__put(d, row, "vague", dt__value_bool(d, true));
}

static void add_row(dt_document *d, dt__block *table, const drawn_map *map, const dt__map_spot *s) {
    bool known = s->place.known, dated = map->days.count > 1 && s->step > 0;
    const char *place = known || s->region[0] != '\0' ? s->region : dt__word(d, "no place told");

    dt__table_row(d, table);
    dt__table_cell(d, table, known ? dt__say_number(d, s->place.latitude) : "", DT__PLAIN);
    dt__table_cell(d, table, known ? dt__say_number(d, s->place.longitude) : "", DT__PLAIN);
    dt__table_cell(d, table, known ? dt__say_number(d, s->place.radius / 1000) : "", DT__PLAIN);
    dt__table_cell(d, table, map->spots.side > 0 && known ? "" : place, DT__PLAIN);
    dt__table_cell(d, table, verdict_name(d, s->verdict), DT__PLAIN);
    dt__table_cell(d, table, dt__say_size(d, s->incidents), DT__PLAIN);
    dt__table_cell(d, table, map->spots.side > 0 && known ? dt__say_size(d, s->places) : "", DT__PLAIN);
    dt__table_cell(d, table, dt__monitor_when(d, s->first, true), DT__PLAIN);
    dt__table_cell(d, table, dt__monitor_when(d, s->last, true), DT__PLAIN);
    dt__table_cell(d, table, dated ? dt__monitor_when(d, map->days.days[s->step - 1], true) : "", DT__PLAIN);
}

/* Incidents without a place, region by region. */
typedef struct region {
    const char *name;
    size_t incidents;
} region;

static int by_incidents(const void *a, const void *b) {
    const region *x = a, *y = b;

    if (x->incidents != y->incidents) return x->incidents > y->incidents ? -1 : 1;
    return strcmp(x->name, y->name);
}

static size_t find_regions(const dt__map_spot *list, size_t count, region *out) {
    size_t found = 0;

    for (size_t i = 0; i < count; i++) {
        if (list[i].place.known) continue;
        if (found == 0 || strcmp(out[found - 1].name, list[i].region) != 0)
            out[found++] = (region){.name = list[i].region};
        out[found - 1].incidents += list[i].incidents;
    }
    if (found > 0) qsort(out, found, sizeof *out, by_incidents);
    return found;
}

/* "Of 120 incidents 75 have no place: Ukraine 70, no place told 5." */
static const char *unplaced_text(dt_document *d, const dt__map_spot *list, size_t count) {
    region *regions = DT__ARENA_ARRAY(&d->arena, region, count + 1);
    dt__phrases names = dt__phrases_new(d, NAMED_REGIONS + 1);
    size_t unplaced = 0, all = 0, found;

    if (regions == NULL) {
        d->failed = true;
        return "";
    }
    found = find_regions(list, count, regions);
    for (size_t i = 0; i < count; i++) all += list[i].incidents;
    for (size_t i = 0; i < found; i++) {
        const char *name = regions[i].name[0] == '\0' ? dt__word(d, "no place told") : regions[i].name;
        unplaced += regions[i].incidents;
        if (i < NAMED_REGIONS) dt__phrases_add(&names, dt__pair(d, name, dt__say_size(d, regions[i].incidents)));
    }
    if (unplaced == 0) return "";
    if (found > NAMED_REGIONS)
        dt__phrases_add(&names, dt__say(d, "{0} more", dt__say_size(d, found - NAMED_REGIONS), NULL));
    if (unplaced == 1)
        return dt__say(d,
                       all == 1 ? DT__N("The one incident has no place and is not drawn: {1}.")
                                : DT__N("Of {0} incidents one has no place and is not drawn: {1}."),
                       dt__say_size(d, all), dt__phrases_join(d, &names, dt__word(d, ", ")), NULL);
    return dt__say(d, "Of {0} incidents {1} have no place and are not drawn: {2}.", dt__say_size(d, all),
                   dt__say_size(d, unplaced), dt__phrases_join(d, &names, dt__word(d, ", ")), NULL);
}

/* ---- borders that move, step by step ---- */

static size_t incidents_at(const drawn_map *map, size_t step) {
    size_t count = 0;
    for (size_t i = 0; i < map->spots.placed; i++)
        if (map->spots.items[i].step == step) count += map->spots.items[i].incidents;
    return count;
}

static const char *step_name(dt_document *d, const dt__map_days *days, size_t step) {
    const char *from = dt__monitor_when(d, days->days[step == 0 ? 0 : step - 1], true);

    if (step == 0) return dt__say(d, "before {0}, when no border had been drawn", from, NULL);
    if (step == days->count) return dt__say(d, "from {0} on", from, NULL);
    return dt__say(d, "from {0} to {1}", from, dt__monitor_when(d, days->days[step] - DAY, true), NULL);
}

static void put_steps(dt_document *d, const drawn_map *map) {
    dt__value *list;

    if (map->days.count < 2) return;
    list = dt__put(d, d->answer, "steps", dt__value_array(d));
    for (size_t step = 1 - map->before; step <= map->days.count; step++) {
        const char *name = step_name(d, &map->days, step), *count = dt__say_size(d, incidents_at(map, step));
        dt__append(list, dt__value_string(d, dt__say(d, "{0}; incidents drawn: {1}", name, count, NULL)));
    }
}

static const char *days_text(dt_document *d, const dt__map_days *days) {
    dt__phrases list = dt__phrases_new(d, days->count);

    for (size_t i = 0; i < days->count; i++) dt__phrases_add(&list, dt__monitor_when(d, days->days[i], true));
    if (days->thinned)
        return dt__say(d,
                       "Borders that move are shown as they were on {0}; those drawn between these days are left out.",
                       dt__phrases_and(d, &list), NULL);
    return dt__say(d, "Borders that move are shown as they were on {0}.", dt__phrases_and(d, &list), NULL);
}

/* ---- the picture ---- */

static void put_verdicts(dt_document *d) {
    dt__value *list = dt__put(d, d->answer, "verdicts", dt__monitor_verdict_marks(d)), *differs;

    differs = dt__append(list, dt__value_object(d));
    dt__put(d, differs, "id", dt__value_string(d, "differs"));
    dt__put(d, differs, "name", dt__value_string(d, verdict_name(d, DT__MAP_DIFFERS)));
}

static void put_frame(dt_document *d, const drawn_map *map) {
    dt__value *frame = dt__put(d, d->answer, "frame", dt__value_object(d));

    dt__put(d, frame, "west", dt__value_double(d, rounded(map->frame.west)));
    dt__put(d, frame, "pole", dt__value_double(d, map->frame.pole));
    dt__put(d, frame, "narrow", dt__value_double(d, map->frame.narrow));
    dt__put(d, d->answer, "side", dt__value_double(d, map->spots.side));
}

/* What the map has to hold, and then the squares. */
static bool lay_out(dt_document *d, drawn_map *map) {
    size_t borders = dt__map_border_spans(map->m, map->agreement, NULL), count = borders;
    dt__map_span *spans = DT__ARENA_ARRAY(&d->arena, dt__map_span, borders + map->spots.placed + 1);

    if (spans == NULL) {
        d->failed = true;
        return false;
    }
    dt__map_border_spans(map->m, map->agreement, spans);
    for (size_t i = 0; i < map->spots.placed; i++) {
        const dt__shown_place *p = &map->spots.items[i].place;
        spans[count++] = (dt__map_span){p->longitude, p->longitude, p->latitude, p->latitude};
    }
    map->frame = dt__map_frame_of(spans, count);
    dt__map_square(d, &map->spots, &map->frame, MOST_MARKS);
    for (size_t i = 0; i < map->spots.placed && map->days.count > 1; i++)
        if (map->spots.items[i].step == 0) map->before = 1;
    return count > 0;
}

static const char *drawn_text(dt_document *d, const drawn_map *map, size_t all) {
    if (map->spots.side > 0)
        return dt__say(d,
                       "All {0} incidents with a place that the agreement, under some reading, speaks of, counted in "
                       "squares of {1} km: the larger a mark, the more incidents; its colours show the verdicts. "
                       "Dashed: places known only within more than such a square.",
                       dt__say_size(d, all), dt__say_number(d, map->spots.side / 1000), NULL);
    return dt__word(d, "Each mark is a place where something is said to have happened that the agreement, under some "
                       "reading, speaks of. A circle shows within what distance the place is known.");
}

static const char *description(dt_document *d, const drawn_map *map, const char *unplaced, const char *files) {
    size_t all = 0;
    const char *text;

    for (size_t i = 0; i < map->spots.placed; i++) all += map->spots.items[i].incidents;
    text = drawn_text(d, map, all);
    if (*files != '\0')
        text = dt__sentences(
            d, text, dt__say(d, "Borders are those of {0}; a border is the claim of its file, no more.", files, NULL));
    if (map->days.count > 1) text = dt__sentences(d, text, days_text(d, &map->days));
    if (map->redact)
        text = dt__sentences(d, text, dt__word(d, "For the public, places are given to a tenth of a degree only."));
    return *unplaced == '\0' ? text : dt__sentences(d, text, unplaced);
}

bool dt__picture_map(dt_document *d, const dt_answers *a, size_t index) {
    drawn_map map = {.m = a->monitor, .redact = a->monitor_view.redact};
    const char *files, *unplaced;
    dt__block *table;

    if (map.m == NULL || index >= dt__monitor_agreements(map.m)) return false;
    map.agreement = dt__monitor_agreement(map.m, index);
    map.days = dt__map_days_of(d, map.m, map.agreement);
    if (!dt__map_spots_of(d, a, map.agreement, &map.days, &map.spots)) return false;
    unplaced = unplaced_text(d, map.spots.items, map.spots.count);
    if (!lay_out(d, &map)) return false;
    dt__heading(d, 1, dt__say(d, "{0}, on the map", dt__monitor_agreement_name(d, map.m, map.agreement), NULL));
    files = dt__map_add_zones(d, map.m, map.agreement, &map.days, map.before);
    dt__paragraph(d, description(d, &map, unplaced, files));
    put_verdicts(d);
    put_frame(d, &map);
    put_steps(d, &map);
    table = DT__TABLE_OF(d, columns);
    for (size_t i = 0; i < map.spots.count; i++) {
        if (map.spots.items[i].place.known) add_mark(d, &map, &map.spots.items[i]);
        add_row(d, table, &map, &map.spots.items[i]);
    }
    dt__table_drop_empty(table);
    return true;
}
