/* The index over shapes: a grid of cells.  Of every polygon that a cell touches it knows whether the cell's centre is
 * inside and which edges pass through, so a point needs one cell and mostly no edge. */
#ifndef DT__PLACE_GRID_H
#define DT__PLACE_GRID_H

#include "place/shapes.h"

/* What a cell knows of a part. */
typedef struct dt__cell_part {
    uint32_t part;
    bool inside;         /* the centre is (polygons) */
    uint32_t first, end; /* edges of the part in the cell, in grid->edges */
} dt__cell_part;

typedef struct dt__grid {
    double west, south, width, height; /* of a cell, in degrees */
    uint32_t columns, rows;
    uint32_t *starts;      /* per cell, and one more: its parts */
    dt__vector cell_parts; /* dt__cell_part */
    dt__vector edges;      /* uint32_t, into shapes->edges */
} dt__grid;

DT_NODISCARD dt_status dt__grid_new(dt__grid **out, const dt__shapes *s);
void dt__grid_free(dt__grid *grid, dt_env *env);

/* Column and row of a coordinate; may be outside. */
static inline double dt__grid_column(const dt__grid *g, double x) {
    return (x - g->west) / g->width;
}
static inline double dt__grid_row(const dt__grid *g, double y) {
    return (y - g->south) / g->height;
}

#endif
