/* The zones that readings name, as they are drawn: each once, their borders shortened to a budget of points. */
#include <stdlib.h>
#include <string.h>

#include "monitor/ledger.h"
#include "place/simplify.h"

enum { MOST_POINTS = 3000 }; /* of all zones together */

typedef struct run {
    uint32_t zone;
    dt_border_kind kind;
    size_t first, count; /* points */
} run;

typedef struct drawing {
    dt__ledger *l;
    dt_monitor_zone *zones; /* of the answer */
    size_t zone_count;
    dt__vector points; /* dt__point */
    dt__vector runs;   /* run */
    double *significance;
} drawing;

/* ---- borders of a shape ---- */

static dt_status add_point(drawing *w, double lon, double lat) {
    DT__AT(w->runs, run, w->runs.count - 1)->count++;
    return dt__vector_push(&w->points, &(dt__point){.lon = lon, .lat = lat}, w->l->env);
}

static bool joins(const dt__edge *before, const dt__edge *edge) {
    return before->x2 >= edge->x1 && before->x2 <= edge->x1 && before->y2 >= edge->y1 && before->y2 <= edge->y1;
}

static dt_status add_part(drawing *w, const dt__shapes *s, const dt__shape_part *part, uint32_t zone) {
    static const dt_border_kind kinds[] = {DT_BORDER_RING, DT_BORDER_LINE, DT_BORDER_POINT};

    for (uint32_t i = part->first; i < part->end; i++) {
        const dt__edge *e = DT__AT(s->edges, dt__edge, i);
        bool ends = i + 1 == part->end || !joins(e, e + 1) || part->kind == DT__SHAPE_POINT;
        dt_status st = DT_OK;
        if (i == part->first || !joins(e - 1, e) || part->kind == DT__SHAPE_POINT) {
            run fresh = {.zone = zone, .kind = kinds[part->kind], .first = w->points.count};
            st = dt__vector_push(&w->runs, &fresh, w->l->env);
        }
        if (st == DT_OK) st = add_point(w, e->x1, e->y1);
        if (st == DT_OK && ends && part->kind == DT__SHAPE_LINE) st = add_point(w, e->x2, e->y2);
        if (st != DT_OK) return st;
    }
    return DT_OK;
}

static dt_status add_shape(drawing *w, const dt__shapes *s, uint32_t shape, uint32_t zone) {
    dt_status st = DT_OK;

    for (size_t i = 0; st == DT_OK && i < s->parts.count; i++) {
        const dt__shape_part *part = DT__AT(s->parts, dt__shape_part, i);
        if (part->shape == shape) st = add_part(w, s, part, zone);
    }
    return st;
}

/* ---- zones of readings, each once ---- */

/* A zone that moves is drawn as it was last. */
static const char *file_of(const dt__zone_term *term) {
    return term->version_count > 0 ? term->versions[term->version_count - 1].file : term->file;
}

static const char *part_of(const dt__zone_term *term) {
    return term->feature != NULL ? term->feature : term->sort;
}

static bool is_same(const dt_monitor_zone *z, const dt__area *area) {
    const char *part = part_of(area->term);
    bool named = (z->feature == NULL) == (part == NULL);

    if (!named || strcmp(z->file, file_of(area->term)) != 0 || z->buffer < area->buffer || z->buffer > area->buffer)
        return false;
    return z->feature == NULL || strcmp(z->feature, part) == 0;
}

static dt_status find_zone(drawing *w, const dt__area *area, uint32_t *out) {
    const dt__edition *e = &area->editions[area->edition_count - 1];
    size_t first = w->points.count;
    dt_monitor_zone *z;
    dt_status st = DT_OK;

    for (*out = 0; *out < w->zone_count; ++*out)
        if (is_same(&w->zones[*out], area)) return DT_OK;
    z = &w->zones[w->zone_count++];
    *z = (dt_monitor_zone){.file = file_of(area->term), .feature = part_of(area->term), .buffer = area->buffer};
    for (uint32_t i = e->first; st == DT_OK && i < e->end; i++)
        st = add_shape(w, e->shapes, DT__AT(w->l->shape_list, dt__named_shape, i)->shape, *out);
    z->point_count = w->points.count - first;
    return st;
}

static dt_status find_zones(drawing *w, const dt__areas *where, bool outside, const uint32_t **out, size_t *count) {
    size_t most = dt__leaf_count(where, outside);
    uint32_t *list = DT__BUILDER_ARRAY(w->l->b, uint32_t, most);
    dt_status st = DT_OK;

    if (list == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; st == DT_OK && i < most; i++) st = find_zone(w, dt__leaf_at(where, outside, i), &list[i]);
    *out = list;
    *count = most;
    return st;
}

static dt_status find_all(drawing *w, dt_monitor_answer *answer) {
    size_t next = 0, most = 0;
    dt_status st = DT_OK;

    for (size_t i = 0; i < w->l->obligation_count; i++)
        most += dt__leaf_count(&w->l->obligations[i].where, false) + dt__leaf_count(&w->l->obligations[i].where, true);
    if ((w->zones = DT__BUILDER_ARRAY(w->l->b, dt_monitor_zone, most)) == NULL) return DT_ERR_MEMORY;
    for (size_t c = 0; c < answer->clause_count; c++)
        for (size_t r = 0; st == DT_OK && r < answer->clauses[c].reading_count; r++) {
            const dt__obligation *o = &w->l->obligations[next++];
            dt_reading_record *reading = (dt_reading_record *)&answer->clauses[c].readings[r];
            st = find_zones(w, &o->where, false, &reading->inside, &reading->inside_count);
            if (st == DT_OK) st = find_zones(w, &o->where, true, &reading->outside, &reading->outside_count);
        }
    answer->zones = w->zones;
    answer->zone_count = w->zone_count;
    return st;
}

/* ---- the points that are kept ---- */

static int descending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

static dt_status weigh(drawing *w, double *least) {
    size_t count = w->points.count;
    double *sorted = DT__ARENA_ARRAY(&w->l->scratch, double, count);

    w->significance = DT__ARENA_ARRAY(&w->l->scratch, double, count);
    if (w->significance == NULL || sorted == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < w->runs.count; i++) {
        const run *r = DT__AT(w->runs, run, i);
        dt_status st = dt__significance(&w->significance[r->first], DT__AT(w->points, dt__point, r->first), r->count,
                                        r->kind == DT_BORDER_RING, w->l->env);
        if (st != DT_OK) return st;
    }
    *least = -1;
    if (count <= MOST_POINTS) return DT_OK;
    memcpy(sorted, w->significance, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, descending);
    *least = sorted[MOST_POINTS];
    return DT_OK;
}

static size_t points_kept(const drawing *w, const run *r, double least) {
    size_t kept = 0;
    for (size_t i = 0; i < r->count; i++) kept += w->significance[r->first + i] > least;
    return kept;
}

static dt_status keep_run(drawing *w, const run *r, double least, dt_border *out) {
    double *points = DT__BUILDER_ARRAY(w->l->b, double, 2 * points_kept(w, r, least));
    size_t count = 0;

    if (points == NULL) return DT_ERR_MEMORY;
    for (size_t i = r->first; i < r->first + r->count; i++) {
        if (!(w->significance[i] > least)) continue;
        points[count++] = DT__AT(w->points, dt__point, i)->lon;
        points[count++] = DT__AT(w->points, dt__point, i)->lat;
    }
    *out = (dt_border){.kind = r->kind, .count = count / 2, .points = points};
    return DT_OK;
}

/* Runs stand zone by zone. */
static dt_status keep_borders(drawing *w, double least) {
    dt_border *borders = DT__BUILDER_ARRAY(w->l->b, dt_border, w->runs.count);
    size_t kept = 0;

    if (borders == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < w->runs.count; i++) {
        const run *r = DT__AT(w->runs, run, i);
        dt_monitor_zone *z = &w->zones[r->zone];
        dt_status st;
        if (points_kept(w, r, least) == 0) continue;
        if (z->border_count++ == 0) z->borders = &borders[kept];
        if ((st = keep_run(w, r, least, &borders[kept++])) != DT_OK) return st;
    }
    return DT_OK;
}

dt_status dt__draw_zones(dt__ledger *l, dt_monitor_answer *answer) {
    drawing w = {.l = l, .points = DT__VECTOR(dt__point), .runs = DT__VECTOR(run)};
    double least = -1;
    dt_status st = find_all(&w, answer);

    if (st == DT_OK) st = weigh(&w, &least);
    if (st == DT_OK) st = keep_borders(&w, least);
    dt__vector_clear(&w.points, l->env);
    dt__vector_clear(&w.runs, l->env);
    return st;
}
