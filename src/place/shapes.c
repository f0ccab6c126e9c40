#include "place/shapes.h"

#include <math.h>

#include "place/grid.h"

void dt__shapes_init(dt__shapes *s, dt_env *env) {
    *s = (dt__shapes){.env = env, .parts = DT__VECTOR(dt__shape_part), .edges = DT__VECTOR(dt__edge)};
}

void dt__shapes_clear(dt__shapes *s) {
    dt__grid_free(s->grid, s->env);
    dt__vector_clear(&s->parts, s->env);
    dt__vector_clear(&s->edges, s->env);
    *s = (dt__shapes){0};
}

void dt__shapes_begin(dt__shapes *s) {
    s->count++;
}

dt_status dt__shapes_part(dt__shapes *s, dt__shape_kind kind) {
    dt__shape_part part = {.kind = kind,
                           .shape = s->count - 1,
                           .first = (uint32_t)s->edges.count,
                           .end = (uint32_t)s->edges.count,
                           .west = INFINITY,
                           .south = INFINITY,
                           .east = -INFINITY,
                           .north = -INFINITY};
    return dt__vector_push(&s->parts, &part, s->env);
}

static void stretch(dt__shape_part *part, double x, double y) {
    part->west = fmin(part->west, x);
    part->east = fmax(part->east, x);
    part->south = fmin(part->south, y);
    part->north = fmax(part->north, y);
}

/* The longitude next to `near`: a ring that steps over the date line goes on past 180. */
static double unwrapped(double lon, double near) {
    while (lon - near > 180) lon -= 360;
    while (lon - near < -180) lon += 360;
    return lon;
}

static dt_status add_edge(dt__shapes *s, const dt__edge *edge) {
    dt__shape_part *part = DT__AT(s->parts, dt__shape_part, s->parts.count - 1);
    dt_status st = dt__vector_push(&s->edges, edge, s->env);

    if (st != DT_OK) return st;
    part->end = (uint32_t)s->edges.count;
    stretch(part, edge->x1, edge->y1);
    stretch(part, edge->x2, edge->y2);
    return DT_OK;
}

static bool is_pole(dt__point p) {
    return p.lat >= 90 || p.lat <= -90;
}

/* Along a pole a step is taken as it is written: a ring about a pole goes there and comes back on the other side. */
static double next_longitude(const dt__point *points, size_t i, double before) {
    if (is_pole(points[i - 1]) && is_pole(points[i])) return before + points[i].lon - points[i - 1].lon;
    return unwrapped(points[i].lon, before);
}

static dt_status step_to(dt__shapes *s, dt__edge *edge, double lon, double lat) {
    edge->x1 = edge->x2;
    edge->y1 = edge->y2;
    edge->x2 = lon;
    edge->y2 = lat;
    if (edge->x1 >= edge->x2 && edge->x1 <= edge->x2 && edge->y1 >= edge->y2 && edge->y1 <= edge->y2)
        return DT_OK; /* no step */
    return add_edge(s, edge);
}

/* Back to the first point.  A ring that went once about the Earth encloses the pole on its side. */
static dt_status close_ring(dt__shapes *s, dt__edge *edge, dt__point first, double latitudes) {
    double lon = unwrapped(first.lon, edge->x2), pole = latitudes < 0 ? -90 : 90;
    dt_status st = DT_OK;

    if (lon - first.lon > 180 || lon - first.lon < -180) {
        st = step_to(s, edge, lon, first.lat);
        if (st == DT_OK) st = step_to(s, edge, lon, pole);
        if (st == DT_OK) st = step_to(s, edge, first.lon, pole);
    }
    return st == DT_OK ? step_to(s, edge, first.lon, first.lat) : st;
}

dt_status dt__shapes_run(dt__shapes *s, const dt__point *points, size_t count) {
    const dt__shape_part *part = DT__AT(s->parts, dt__shape_part, s->parts.count - 1);
    bool closed = part->kind == DT__SHAPE_POLYGON, single = part->kind == DT__SHAPE_POINT;
    dt__edge edge = {.part = (uint32_t)(s->parts.count - 1)};
    double first, latitudes = 0;
    dt_status st = DT_OK;

    if (count == 0) return DT_OK;
    first = part->end > part->first ? unwrapped(points[0].lon, part->west) : points[0].lon;
    edge.x2 = first;
    edge.y2 = points[0].lat;
    if (single) {
        edge.x1 = edge.x2;
        edge.y1 = edge.y2;
        return add_edge(s, &edge);
    }
    for (size_t i = 1; st == DT_OK && i < count; i++) {
        latitudes += points[i].lat;
        st = step_to(s, &edge, next_longitude(points, i, edge.x2), points[i].lat);
    }
    return st == DT_OK && closed ? close_ring(s, &edge, (dt__point){first, points[0].lat}, latitudes) : st;
}
