/* Borders on the map, and the days from which those that move are shown. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/catalog.h"
#include "page/map_parts.h"

enum { NAMED_FILES = 4 };

static double rounded(double degrees) {
    return floor(degrees * 10000 + 0.5) / 10000;
}

bool dt__map_uses(const dt_monitor_answer *m, uint32_t agreement, size_t zone, bool outside) {
    for (size_t c = 0; c < m->clause_count; c++) {
        if (m->clauses[c].agreement != agreement) continue;
        for (size_t r = 0; r < m->clauses[c].reading_count; r++) {
            const dt_reading_record *reading = &m->clauses[c].readings[r];
            const uint32_t *list = outside ? reading->outside : reading->inside;
            size_t count = outside ? reading->outside_count : reading->inside_count;
            for (size_t i = 0; i < count; i++)
                if (list[i] == zone) return true;
        }
    }
    return false;
}

static bool is_used(const dt_monitor_answer *m, uint32_t agreement, size_t zone) {
    return dt__map_uses(m, agreement, zone, false) || dt__map_uses(m, agreement, zone, true);
}

/* ---- days ---- */

static int rising(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

dt__map_days dt__map_days_of(dt_document *d, const dt_monitor_answer *m, uint32_t agreement) {
    int64_t *list = DT__ARENA_ARRAY(&d->arena, int64_t, m->zone_count + 1);
    size_t found = 0, count = 0, most = 0;

    if (list == NULL) {
        d->failed = true;
        return (dt__map_days){0};
    }
    for (size_t i = 0; i < m->zone_count; i++) {
        if (m->zones[i].from == INT64_MIN || !is_used(m, agreement, i)) continue;
        list[found++] = m->zones[i].from;
        if (m->zones[i].drawings > most) most = m->zones[i].drawings;
    }
    if (found > 0) qsort(list, found, sizeof *list, rising);
    for (size_t i = 0; i < found; i++)
        if (count == 0 || list[count - 1] != list[i]) list[count++] = list[i];
    return (dt__map_days){.count = count, .days = list, .thinned = most > count};
}

/* ---- borders ---- */

static dt__value *border_value(dt_document *d, const dt_border *b) {
    static const char *const kinds[] = {"ring", "line", "point"};
    dt__value *value = dt__value_object(d), *points;

    dt__put(d, value, "kind", dt__value_string(d, kinds[b->kind]));
    points = dt__put(d, value, "points", dt__value_array(d));
    for (size_t i = 0; i < 2 * b->count; i++) dt__append(points, dt__value_double(d, rounded(b->points[i])));
    return value;
}

static const char *zone_name(const dt_monitor_zone *z) {
    if (z->title != NULL) return z->title;
    return z->feature == NULL ? z->file : z->feature;
}

static size_t days_before(const dt__map_days *days, int64_t moment) {
    size_t count = 0;
    while (count < days->count && days->days[count] < moment) count++;
    return count;
}

static void add_zone(dt_document *d, const dt_monitor_zone *z, const char *role, const dt__map_days *days,
                     size_t before) {
    dt__value *zone = dt__mark(d, "zones"), *borders;

    dt__put(d, zone, "name", dt__value_string(d, zone_name(z)));
    dt__put(d, zone, "role", dt__value_string(d, role));
    dt__put(d, zone, "buffer", dt__value_double(d, z->buffer));
    if (z->from != INT64_MIN && days->count > 1) {
        dt__put(d, zone, "first", dt__value_unsigned(d, before + days_before(days, z->from)));
        dt__put(d, zone, "end", dt__value_unsigned(d, before + days_before(days, z->until)));
    }
    borders = dt__put(d, zone, "borders", dt__value_array(d));
    for (size_t i = 0; i < z->border_count; i++) dt__append(borders, border_value(d, &z->borders[i]));
}

static bool was_named(const dt__phrases *list, const char *name) {
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], name) == 0) return true;
    return false;
}

const char *dt__map_add_zones(dt_document *d, const dt_monitor_answer *m, uint32_t agreement, const dt__map_days *days,
                              size_t before) {
    dt__phrases files = dt__phrases_new(d, m->zone_count), told = dt__phrases_new(d, NAMED_FILES + 1);

    for (size_t i = 0; i < m->zone_count; i++) {
        if (!is_used(m, agreement, i)) continue;
        add_zone(d, &m->zones[i], dt__map_uses(m, agreement, i, false) ? "inside" : "outside", days, before);
        if (!was_named(&files, m->zones[i].file)) dt__phrases_add(&files, m->zones[i].file);
    }
    for (size_t i = 0; i < files.count && i < NAMED_FILES; i++) dt__phrases_add(&told, files.items[i]);
    if (files.count > NAMED_FILES)
        dt__phrases_add(&told, dt__say(d, "{0} more", dt__say_size(d, files.count - NAMED_FILES), NULL));
    return files.count == 0 ? "" : dt__phrases_and(d, &told);
}

/* ---- spans ---- */

static dt__map_span span_of(const dt_border *b) {
    dt__map_span s = {INFINITY, -INFINITY, INFINITY, -INFINITY};

    for (size_t i = 0; i < b->count; i++) {
        s.west = fmin(s.west, b->points[2 * i]);
        s.east = fmax(s.east, b->points[2 * i]);
        s.south = fmin(s.south, b->points[2 * i + 1]);
        s.north = fmax(s.north, b->points[2 * i + 1]);
    }
    return s;
}

size_t dt__map_border_spans(const dt_monitor_answer *m, uint32_t agreement, dt__map_span *list) {
    size_t count = 0;

    for (size_t i = 0; i < m->zone_count; i++) {
        if (!is_used(m, agreement, i)) continue;
        for (size_t k = 0; k < m->zones[i].border_count; k++, count++)
            if (list != NULL) list[count] = span_of(&m->zones[i].borders[k]);
    }
    return count;
}
