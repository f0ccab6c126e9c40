/* Shapes on the Earth: polygons with holes, lines, points; straight in longitude and latitude between their corners, as
 * in GeoJSON (RFC 7946).  Added first, then indexed, then asked; asking changes nothing, so threads may share them. */
#ifndef DT__PLACE_SHAPES_H
#define DT__PLACE_SHAPES_H

#include "base/vector.h"

typedef struct dt__point {
    double lon, lat; /* degrees: -180..180, -90..90 */
} dt__point;

typedef enum dt__shape_kind { DT__SHAPE_POLYGON = 0, DT__SHAPE_LINE, DT__SHAPE_POINT } dt__shape_kind;

/* One polygon with its holes, one line, or one point of a shape. */
typedef struct dt__shape_part {
    dt__shape_kind kind;
    uint32_t shape;
    uint32_t first, end;             /* its edges */
    double west, south, east, north; /* longitudes run on past 180 when it crosses the date line */
} dt__shape_part;

typedef struct dt__edge {
    double x1, y1, x2, y2;
    uint32_t part;
} dt__edge;

typedef struct dt__shapes {
    dt_env *env;
    uint32_t count;        /* shapes */
    dt__vector parts;      /* dt__shape_part */
    dt__vector edges;      /* dt__edge, by part */
    struct dt__grid *grid; /* NULL until indexed */
} dt__shapes;

void dt__shapes_init(dt__shapes *s, dt_env *env);
void dt__shapes_clear(dt__shapes *s);

/* A new shape, empty; its index is s->count before. */
void dt__shapes_begin(dt__shapes *s);
/* A new part of the newest shape. */
DT_NODISCARD dt_status dt__shapes_part(dt__shapes *s, dt__shape_kind kind);
/* A ring (the outer one or a hole; closed here when it is not), a line, or one point, of the newest part.  What is
 * inside is decided by crossings, so the direction of rings does not matter.  DT_OK, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__shapes_run(dt__shapes *s, const dt__point *points, size_t count);

/* Builds the index.  DT_OK, DT_ERR_MEMORY.  Cost: about edges + cells. */
DT_NODISCARD dt_status dt__shapes_index(dt__shapes *s);

/* Polygons only.  A point on a border belongs to one side, always the same. */
bool dt__shapes_contain(const dt__shapes *s, uint32_t shape, dt__point p);
/* Sets the bits (of as many words as the count of shapes needs) of all shapes whose polygons contain the point. */
void dt__shapes_at(const dt__shapes *s, dt__point p, uint64_t *words);
/* Two edges of a polygon that cross one another properly: its inside is then a matter of taste.  *at: where. */
bool dt__shapes_self_crossing(const dt__shapes *s, uint32_t shape, dt__point *at);
bool dt__shapes_any_self_crossing(const dt__shapes *s, dt__point *at); /* of any shape */

static inline size_t dt__shape_words(const dt__shapes *s) {
    return (s->count + 63) / 64;
}

#endif
