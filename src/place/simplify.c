#include "place/simplify.h"

#include <math.h>

typedef struct stretch {
    size_t first, last; /* points whose significance is known; those between are to be told */
    double most;
} stretch;

typedef struct border {
    double *out;
    const dt__point *points;
    size_t count;
    double narrow; /* a degree of longitude in degrees of latitude */
} border;

/* A ring goes on from its last point to its first. */
static dt__point point_at(const border *b, size_t i) {
    dt__point p = b->points[i % b->count];
    return (dt__point){.lon = p.lon * b->narrow, .lat = p.lat};
}

/* From a point to the segment between two others. */
static double distance_to(dt__point p, dt__point a, dt__point b) {
    double dx = b.lon - a.lon, dy = b.lat - a.lat, length = dx * dx + dy * dy;
    double t = length > 0 ? ((p.lon - a.lon) * dx + (p.lat - a.lat) * dy) / length : 0;

    t = fmax(0, fmin(1, t));
    return hypot(p.lon - a.lon - t * dx, p.lat - a.lat - t * dy);
}

static size_t farthest(const border *b, size_t first, size_t last, double *distance) {
    dt__point from = point_at(b, first), to = point_at(b, last);
    size_t found = first + 1;

    *distance = -1;
    for (size_t i = first + 1; i < last; i++) {
        double d = distance_to(point_at(b, i), from, to);
        if (!(d > *distance)) continue;
        *distance = d;
        found = i;
    }
    return found;
}

static dt_status split(border *b, dt__vector *stretches, dt_env *env) {
    while (stretches->count > 0) {
        stretch s = *DT__AT(*stretches, stretch, --stretches->count);
        double distance;
        size_t middle;
        dt_status st;
        if (s.last <= s.first + 1) continue;
        middle = farthest(b, s.first, s.last, &distance);
        b->out[middle % b->count] = fmin(distance, s.most);
        st = dt__vector_push(stretches, &(stretch){s.first, middle, fmin(distance, s.most)}, env);
        if (st == DT_OK) st = dt__vector_push(stretches, &(stretch){middle, s.last, fmin(distance, s.most)}, env);
        if (st != DT_OK) return st;
    }
    return DT_OK;
}

/* Its three corners: the first, the one farthest from it, and the one farthest from the line between them. */
static dt_status split_ring(border *b, dt__vector *stretches, dt_env *env) {
    double far, third, other;
    size_t opposite = farthest(b, 0, b->count, &far), corner = farthest(b, 0, opposite, &third);
    size_t beyond = farthest(b, opposite, b->count, &other);
    dt_status st = DT_OK;

    if (opposite < 2 || other > third) {
        corner = beyond;
        third = other;
    }
    if (corner < opposite) {
        st = dt__vector_push(stretches, &(stretch){0, corner, third}, env);
        if (st == DT_OK) st = dt__vector_push(stretches, &(stretch){corner, opposite, third}, env);
        if (st == DT_OK) st = dt__vector_push(stretches, &(stretch){opposite, b->count, third}, env);
    } else {
        st = dt__vector_push(stretches, &(stretch){0, opposite, third}, env);
        if (st == DT_OK) st = dt__vector_push(stretches, &(stretch){opposite, corner, third}, env);
        if (st == DT_OK) st = dt__vector_push(stretches, &(stretch){corner, b->count, third}, env);
    }
    b->out[0] = b->out[opposite] = b->out[corner % b->count] = third;
    return st;
}

dt_status dt__significance(double *out, const dt__point *points, size_t count, bool ring, dt_env *env) {
    border b = {.out = out, .points = points, .count = count, .narrow = 1};
    dt__vector stretches = DT__VECTOR(stretch);
    dt_status st = DT_OK;

    for (size_t i = 0; i < count; i++) out[i] = INFINITY;
    if (count < 3) return DT_OK;
    b.narrow = fmax(0.01, cos(points[0].lat * 3.14159265358979323846 / 180));
    if (ring) st = split_ring(&b, &stretches, env);
    else st = dt__vector_push(&stretches, &(stretch){0, count - 1, INFINITY}, env);
    if (st == DT_OK) st = split(&b, &stretches, env);
    dt__vector_clear(&stretches, env);
    return st;
}
