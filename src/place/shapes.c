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

dt_status dt__shapes_run(dt__shapes *s, const dt__point *points, size_t count) {
    const dt__shape_part *part = DT__AT(s->parts, dt__shape_part, s->parts.count - 1);
    bool closed = part->kind == DT__SHAPE_POLYGON, single = part->kind == DT__SHAPE_POINT;
    dt__edge edge = {.part = (uint32_t)(s->parts.count - 1)};
    double first;

    if (count == 0) return DT_OK;
    first = part->end > part->first ? unwrapped(points[0].lon, part->west) : points[0].lon;
    edge.x2 = first;
    edge.y2 = points[0].lat;
    if (single) {
        edge.x1 = edge.x2;
        edge.y1 = edge.y2;
        return add_edge(s, &edge);
    }
    for (size_t i = 1; i < count + (closed ? 1 : 0); i++) {
        dt__point next = i < count ? points[i] : (dt__point){.lon = first, .lat = points[0].lat};
        dt_status st;
        edge.x1 = edge.x2;
        edge.y1 = edge.y2;
        edge.x2 = i < count ? unwrapped(next.lon, edge.x1) : first;
        edge.y2 = next.lat;
        if (edge.x1 >= edge.x2 && edge.x1 <= edge.x2 && edge.y1 >= edge.y2 && edge.y1 <= edge.y2)
            continue; /* no step */
        if ((st = add_edge(s, &edge)) != DT_OK) return st;
    }
    return DT_OK;
}
