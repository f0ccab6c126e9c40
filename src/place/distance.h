/* Distances on the Earth (a sphere of 6,371,008.8 m: within 0.5 percent), and places that are not known exactly. */
#ifndef DT__PLACE_DISTANCE_H
#define DT__PLACE_DISTANCE_H

#include "place/shapes.h"

/* Great-circle distance in metres (haversine). */
double dt__distance(dt__point a, dt__point b);
/* The point so many metres away in a direction (radians from north, clockwise). */
dt__point dt__point_towards(dt__point from, double bearing, double metres);
/* Metres to the border of a shape's polygons, to its lines or points; INFINITY when it is beyond `reach`. */
double dt__shapes_distance(const dt__shapes *s, uint32_t shape, dt__point p, double reach);

typedef enum dt__truth { DT__NO = 0, DT__UNKNOWN, DT__YES } dt__truth;

/* Is something inside, and if that is not known, what share of where it may have been is. */
typedef struct dt__placement {
    dt__truth inside;
    double share; /* 0 for no, 1 for yes */
} dt__placement;

/* Is a point in a shape grown by `buffer` metres? */
bool dt__shapes_reach(const dt__shapes *s, uint32_t shape, double buffer, dt__point p);
/* Points of equal weight over a disc: the numberth of `count`. */
dt__point dt__disc_point(dt__point centre, double radius, size_t number, size_t count);
/* dt__shapes_place without its share. */
dt__truth dt__shapes_truth(const dt__shapes *s, uint32_t shape, double buffer, dt__point p, double radius);
/* A place known within `radius` metres (0: exactly), against a shape grown by `buffer` metres (0: as it is; lines and
 * points need one).  Unknown where the disc straddles the border; its share by 256 evenly spread points. */
dt__placement dt__shapes_place(const dt__shapes *s, uint32_t shape, double buffer, dt__point p, double radius);

#endif
