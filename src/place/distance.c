#include "place/distance.h"

#include <math.h>

#include "place/grid.h"

enum { DISC_POINTS = 256 };

static const double earth = 6371008.8, degree = 0.017453292519943295769;

double dt__distance(dt__point a, dt__point b) {
    double u = sin((b.lat - a.lat) * degree / 2), v = sin((b.lon - a.lon) * degree / 2);
    double h = u * u + cos(a.lat * degree) * cos(b.lat * degree) * v * v;
    return 2 * earth * asin(fmin(1, sqrt(h)));
}

dt__point dt__point_towards(dt__point from, double bearing, double metres) {
    double angle = metres / earth, lat = from.lat * degree;
    double y = sin(lat) * cos(angle) + cos(lat) * sin(angle) * cos(bearing);
    double east = atan2(sin(bearing) * sin(angle) * cos(lat), cos(angle) - sin(lat) * y);
    double lon = from.lon + east / degree;

    if (lon >= 180) lon -= 360;
    if (lon < -180) lon += 360;
    return (dt__point){.lon = lon, .lat = asin(fmin(1, fmax(-1, y))) / degree};
}

/* ---- distance to a shape ---- */

/* The nearest point of an edge, found where longitudes are as long as latitudes at p; then the true distance. */
static double edge_distance(const dt__edge *e, dt__point p) {
    double shrink = fmax(cos(p.lat * degree), 1e-9);
    double dx = (e->x2 - e->x1) * shrink, dy = e->y2 - e->y1, px = (p.lon - e->x1) * shrink, py = p.lat - e->y1;
    double length = dx * dx + dy * dy, along = length > 0 ? (px * dx + py * dy) / length : 0;

    along = fmin(1, fmax(0, along));
    return dt__distance(p, (dt__point){.lon = e->x1 + along * (e->x2 - e->x1), .lat = e->y1 + along * dy});
}

static uint32_t cell_at(double place, uint32_t count) {
    if (!(place > 0)) return 0;
    return place < count ? (uint32_t)place : count - 1;
}

static double nearest_in_cells(const dt__shapes *s, uint32_t shape, dt__point p, double reach) {
    const dt__grid *g = s->grid;
    double up = reach / earth / degree, pole = fmin(89.999, fabs(p.lat) + up), across = up / cos(pole * degree);
    uint32_t west, east, north, nearest_row;
    double nearest = INFINITY;

    if (p.lon + across < g->west || p.lon - across > g->west + g->columns * g->width) return INFINITY;
    if (p.lat + up < g->south || p.lat - up > g->south + g->rows * g->height) return INFINITY;
    west = cell_at(dt__grid_column(g, p.lon - across), g->columns);
    east = cell_at(dt__grid_column(g, p.lon + across), g->columns);
    north = cell_at(dt__grid_row(g, p.lat + up), g->rows);
    nearest_row = cell_at(dt__grid_row(g, p.lat - up), g->rows);
    for (uint32_t row = nearest_row; row <= north; row++) {
        for (uint32_t i = g->starts[row * g->columns + west]; i < g->starts[row * g->columns + east + 1]; i++) {
            const dt__cell_part *c = DT__AT(g->cell_parts, dt__cell_part, i);
            if (DT__AT(s->parts, dt__shape_part, c->part)->shape != shape) continue;
            for (uint32_t k = c->first; k < c->end; k++)
                nearest = fmin(nearest, edge_distance(DT__AT(s->edges, dt__edge, *DT__AT(g->edges, uint32_t, k)), p));
        }
    }
    return nearest;
}

double dt__shapes_distance(const dt__shapes *s, uint32_t shape, dt__point p, double reach) {
    const dt__grid *g = s->grid;
    double nearest = nearest_in_cells(s, shape, p, reach);

    /* What is more than half way round is nearer the other way, across the date line. */
    if (g->west + g->columns * g->width > p.lon + 180)
        nearest = fmin(nearest, nearest_in_cells(s, shape, (dt__point){p.lon + 360, p.lat}, reach));
    if (g->west < p.lon - 180)
        nearest = fmin(nearest, nearest_in_cells(s, shape, (dt__point){p.lon - 360, p.lat}, reach));
    return nearest <= reach ? nearest : INFINITY;
}

/* ---- uncertain places ---- */

bool dt__shapes_reach(const dt__shapes *s, uint32_t shape, double buffer, dt__point p) {
    if (dt__shapes_contain(s, shape, p)) return true;
    return buffer > 0 && dt__shapes_distance(s, shape, p, buffer) <= buffer;
}

/* In a spiral by the golden angle (Vogel 1979): no random numbers, so a place has the same share whatever else is
 * asked. */
dt__point dt__disc_point(dt__point centre, double radius, size_t number, size_t count) {
    const double golden = 2.39996322972865332;

    if (!(radius > 0)) return centre;
    return dt__point_towards(centre, golden * (double)number, radius * sqrt(((double)number + 0.5) / (double)count));
}

dt__truth dt__shapes_truth(const dt__shapes *s, uint32_t shape, double buffer, dt__point p, double radius) {
    bool within = dt__shapes_contain(s, shape, p);
    double border = radius > 0 || buffer > 0 ? dt__shapes_distance(s, shape, p, radius + buffer) : INFINITY;
    double beyond = within ? -border : border; /* how far outside the shape; negative: inside */

    if (isinf(border)) return within ? DT__YES : DT__NO;
    if (beyond + radius <= buffer) return DT__YES;
    return beyond - radius > buffer || radius <= 0 ? DT__NO : DT__UNKNOWN;
}

dt__placement dt__shapes_place(const dt__shapes *s, uint32_t shape, double buffer, dt__point p, double radius) {
    dt__truth truth = dt__shapes_truth(s, shape, buffer, p, radius);
    size_t inside = 0;

    if (truth != DT__UNKNOWN) return (dt__placement){.inside = truth, .share = truth == DT__YES ? 1 : 0};
    for (size_t i = 0; i < DISC_POINTS; i++)
        inside += dt__shapes_reach(s, shape, buffer, dt__disc_point(p, radius, i, DISC_POINTS));
    return (dt__placement){.inside = DT__UNKNOWN, .share = (double)inside / DISC_POINTS};
}
