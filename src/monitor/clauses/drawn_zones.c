/* The zones that readings name, as they are drawn: each once, one that moves once for each day that is shown, their
 * borders shortened to a budget of points. */
#include <stdlib.h>
#include <string.h>

#include "monitor/ledger.h"
#include "place/simplify.h"

enum {
    MOST_POINTS = 3000,        /* of all zones together */
    MOST_MOVING_POINTS = 9000, /* where some move, of all their days */
    MOST_DAYS = 9,             /* that a zone which moves is shown on */
    DAY = 86400
};

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
    dt__vector days; /* int64_t, rising: those that zones which move are shown from */
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

/* ---- the days that zones which move are shown from ---- */

typedef struct days_span {
    int64_t from, until; /* days */
} days_span;

static int64_t local_day(int64_t moment, int32_t offset) {
    int64_t local = moment + offset, day = local / DAY;
    return local % DAY < 0 ? day - 1 : day;
}

/* What the windows of readings with such zones take up; all time, where one has none. */
static days_span span_of(const drawing *w, const dt_monitor_answer *answer) {
    days_span s = {INT64_MAX, INT64_MIN};
    size_t next = 0;

    for (size_t c = 0; c < answer->clause_count; c++)
        for (size_t r = 0; r < answer->clauses[c].reading_count; r++) {
            const dt_reading_record *reading = &answer->clauses[c].readings[r];
            int64_t from, until;
            if (!w->l->obligations[next++].moves) continue;
            if (reading->window_from >= reading->window_until) return (days_span){INT64_MIN, INT64_MAX};
            from = local_day(reading->window_from, reading->offset_from);
            until = local_day(reading->window_until - 1, reading->offset_until);
            if (from < s.from) s.from = from;
            if (until > s.until) s.until = until;
        }
    return s;
}

/* The days of one zone that fall into the span, and its last one before, which is still in force then. */
static dt_status add_days(drawing *w, const dt__area *area, days_span span) {
    size_t first = 0;
    dt_status st = DT_OK;

    if (area->term->version_count == 0) return DT_OK;
    while (first + 1 < area->edition_count && area->editions[first + 1].day <= span.from) first++;
    for (size_t i = first; st == DT_OK && i < area->edition_count && area->editions[i].day <= span.until; i++)
        st = dt__vector_push(&w->days, &area->editions[i].day, w->l->env);
    return st;
}

static dt_status add_days_of(drawing *w, const dt__areas *where, bool outside, days_span span) {
    const dt__area *area;
    dt_status st = DT_OK;

    for (size_t i = 0; st == DT_OK && (area = dt__leaf_at(where, outside, i)) != NULL; i++)
        st = add_days(w, area, span);
    return st;
}

static int rising(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Each once; of many the first, the last, and some at even steps between them. */
static void thin_days(drawing *w) {
    int64_t *list = w->days.count == 0 ? NULL : DT__AT(w->days, int64_t, 0);
    size_t count = 0;

    if (list == NULL) return;
    qsort(list, w->days.count, sizeof *list, rising);
    for (size_t i = 0; i < w->days.count; i++)
        if (count == 0 || list[count - 1] != list[i]) list[count++] = list[i];
    if (count > MOST_DAYS) {
        for (size_t i = 0; i < MOST_DAYS; i++) list[i] = list[i * (count - 1) / (MOST_DAYS - 1)];
        count = MOST_DAYS;
    }
    w->days.count = count;
}

static dt_status choose_days(drawing *w, const dt_monitor_answer *answer) {
    days_span span = span_of(w, answer);
    dt_status st = DT_OK;

    for (size_t i = 0; st == DT_OK && i < w->l->obligation_count; i++) {
        if (!w->l->obligations[i].moves) continue;
        st = add_days_of(w, &w->l->obligations[i].where, false, span);
        if (st == DT_OK) st = add_days_of(w, &w->l->obligations[i].where, true, span);
    }
    if (st == DT_OK) thin_days(w);
    return st;
}

/* ---- zones of readings, each once ---- */

/* One zone from one day on. */
typedef struct shown_edition {
    const dt__area *area;
    const dt__edition *edition;
    const char *file;
    int64_t from, until; /* days; INT64_MIN, INT64_MAX: open */
} shown_edition;

static const char *part_of(const dt__zone_term *term) {
    return term->feature != NULL ? term->feature : term->sort;
}

static bool is_same(const dt_monitor_zone *z, const shown_edition *s) {
    const char *part = part_of(s->area->term);
    double buffer = s->area->buffer;

    if ((z->feature == NULL) != (part == NULL) || strcmp(z->file, s->file) != 0) return false;
    if (z->buffer < buffer || z->buffer > buffer || z->from != s->from || z->until != s->until) return false;
    return z->feature == NULL || strcmp(z->feature, part) == 0;
}

static dt_status find_zone(drawing *w, const shown_edition *s, uint32_t *out) {
    const dt__zone_term *term = s->area->term;
    size_t first = w->points.count;
    dt_monitor_zone *z;
    dt_status st = DT_OK;

    for (*out = 0; *out < w->zone_count; ++*out)
        if (is_same(&w->zones[*out], s)) return DT_OK;
    z = &w->zones[w->zone_count++];
    *z = (dt_monitor_zone){.file = s->file,
                           .feature = part_of(term),
                           .title = dt__label_text(&term->name, w->l->env->opts.language, NULL),
                           .buffer = s->area->buffer,
                           .from = s->from,
                           .until = s->until,
                           .drawings = term->version_count > 0 ? (uint32_t)term->version_count : 1};
    for (uint32_t i = s->edition->first; st == DT_OK && i < s->edition->end; i++)
        st = add_shape(w, s->edition->shapes, DT__AT(w->l->shape_list, dt__named_shape, i)->shape, *out);
    z->point_count = w->points.count - first;
    return st;
}

static int64_t as_moment(int64_t day) {
    return day == INT64_MIN || day == INT64_MAX ? day : day * DAY;
}

static dt_status find_edition(drawing *w, shown_edition s, uint32_t *list, size_t *count) {
    const dt__zone_term *term = s.area->term;

    s.file = term->version_count > 0 ? term->versions[s.edition - s.area->editions].file : term->file;
    s.from = as_moment(s.from);
    s.until = as_moment(s.until);
    return find_zone(w, &s, &list[(*count)++]);
}

/* A zone that moves, for each of the days: a drawing that is not yet there is left out, one that goes on stands once.
 */
static dt_status find_editions(drawing *w, const dt__area *area, uint32_t *list, size_t *count) {
    shown_edition s = {.area = area, .edition = area->editions, .from = INT64_MIN, .until = INT64_MAX};
    bool any = false;
    dt_status st = DT_OK;

    if (area->term->version_count == 0) return find_edition(w, s, list, count);
    for (size_t i = 0; st == DT_OK && i < w->days.count; i++) {
        int64_t day = *DT__AT(w->days, int64_t, i);
        const dt__edition *e = dt__edition_on(area, day);
        if (e == NULL || (any && e == s.edition)) continue;
        s.until = day;
        if (any) st = find_edition(w, s, list, count);
        s.edition = e;
        s.from = day;
        any = true;
    }
    s.until = INT64_MAX;
    return st == DT_OK && any ? find_edition(w, s, list, count) : st;
}

/* As many as there are zones, one that moves as often as there are days. */
static size_t most_zones(const drawing *w, const dt__areas *where, bool outside) {
    const dt__area *area;
    size_t most = 0;

    for (size_t i = 0; (area = dt__leaf_at(where, outside, i)) != NULL; i++)
        most += area->term->version_count > 0 ? w->days.count : 1;
    return most;
}

static dt_status find_zones(drawing *w, const dt__areas *where, bool outside, const uint32_t **out, size_t *count) {
    uint32_t *list = DT__BUILDER_ARRAY(w->l->b, uint32_t, most_zones(w, where, outside));
    const dt__area *area;
    dt_status st = DT_OK;

    if (list == NULL) return DT_ERR_MEMORY;
    *count = 0;
    for (size_t i = 0; st == DT_OK && (area = dt__leaf_at(where, outside, i)) != NULL; i++)
        st = find_editions(w, area, list, count);
    *out = list;
    return st;
}

static dt_status find_all(drawing *w, dt_monitor_answer *answer) {
    size_t next = 0, most = 0;
    dt_status st = choose_days(w, answer);

    for (size_t i = 0; i < w->l->obligation_count; i++)
        most += most_zones(w, &w->l->obligations[i].where, false) + most_zones(w, &w->l->obligations[i].where, true);
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
    size_t count = w->points.count, most = w->days.count > 1 ? MOST_MOVING_POINTS : MOST_POINTS;
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
    if (count <= most) return DT_OK;
    memcpy(sorted, w->significance, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, descending);
    *least = sorted[most];
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
    drawing w = {.l = l, .points = DT__VECTOR(dt__point), .runs = DT__VECTOR(run), .days = DT__VECTOR(int64_t)};
    double least = -1;
    dt_status st = find_all(&w, answer);

    if (st == DT_OK) st = weigh(&w, &least);
    if (st == DT_OK) st = keep_borders(&w, least);
    dt__vector_clear(&w.points, l->env);
    dt__vector_clear(&w.runs, l->env);
    dt__vector_clear(&w.days, l->env);
    return st;
}
