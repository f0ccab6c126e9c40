#include "place/grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEWEST_CELLS = 16, MOST_CELLS = 1024 };

/* ---- crossings ----
 *
 * A point counts as moved up and right by less than any distance: on a border it then lies on one side.  All tests use
 * these two functions, so the centre's side and the path from the centre agree. */

static bool crosses_line_of_latitude(const dt__edge *e, double y) {
    return (e->y1 > y) != (e->y2 > y);
}
static double longitude_at(const dt__edge *e, double y) {
    return e->x1 + (y - e->y1) / (e->y2 - e->y1) * (e->x2 - e->x1);
}
static bool crosses_line_of_longitude(const dt__edge *e, double x) {
    return (e->x1 > x) != (e->x2 > x);
}
static double latitude_at(const dt__edge *e, double x) {
    return e->y1 + (x - e->x1) / (e->x2 - e->x1) * (e->y2 - e->y1);
}

/* ---- building ---- */

/* An edge in a cell, while the grid is built. */
typedef struct touch {
    uint32_t cell, part, edge;
} touch;

typedef struct building {
    const dt__shapes *shapes;
    dt__grid *grid;
    dt__vector touches; /* touch */
    dt__vector xs;      /* double: crossings of one line of latitude */
    dt_env *env;
} building;

static uint32_t clamped(double place, uint32_t count) {
    if (!(place > 0)) return 0;
    return place < count ? (uint32_t)place : count - 1;
}

static void lay_out(dt__grid *g, const dt__shapes *s) {
    double east = -INFINITY, north = -INFINITY, cells = ceil(sqrt((double)s->edges.count) * 2);

    g->west = g->south = INFINITY;
    for (size_t i = 0; i < s->parts.count; i++) {
        const dt__shape_part *p = DT__AT(s->parts, dt__shape_part, i);
        g->west = fmin(g->west, p->west);
        g->south = fmin(g->south, p->south);
        east = fmax(east, p->east);
        north = fmax(north, p->north);
    }
    if (!(east >= g->west)) g->west = g->south = east = north = 0;
    g->columns = g->rows = (uint32_t)fmin(MOST_CELLS, fmax(FEWEST_CELLS, cells));
    g->width = fmax(east - g->west, 1e-9) / g->columns;
    g->height = fmax(north - g->south, 1e-9) / g->rows;
}

/* All cells that an edge may pass through, with a hair to spare. */
static dt_status touch_cells(building *b, uint32_t number) {
    const dt__edge *e = DT__AT(b->shapes->edges, dt__edge, number);
    const dt__grid *g = b->grid;
    const double spare = 1e-6;
    double low = fmin(e->y1, e->y2), high = fmax(e->y1, e->y2);
    uint32_t from = clamped(dt__grid_row(g, low) - spare, g->rows),
             to = clamped(dt__grid_row(g, high) + spare, g->rows);
    dt_status st = DT_OK;

    for (uint32_t row = from; row <= to && st == DT_OK; row++) {
        double bottom = fmax(low, g->south + (row - spare) * g->height),
               top = fmin(high, g->south + (row + 1 + spare) * g->height), left = e->x1, right = e->x2;
        uint32_t column, last;
        if (high > low && bottom <= top) {
            left = longitude_at(e, bottom);
            right = longitude_at(e, top);
        }
        column = clamped(dt__grid_column(g, fmin(left, right)) - spare, g->columns);
        last = clamped(dt__grid_column(g, fmax(left, right)) + spare, g->columns);
        for (; column <= last && st == DT_OK; column++)
            st = dt__vector_push(&b->touches, &(touch){row * g->columns + column, e->part, number}, b->env);
    }
    return st;
}

static int by_cell(const void *a, const void *b) {
    const touch *x = a, *y = b;
    if (x->cell != y->cell) return x->cell < y->cell ? -1 : 1;
    if (x->part != y->part) return x->part < y->part ? -1 : 1;
    return (x->edge > y->edge) - (x->edge < y->edge);
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Where a polygon crosses a line of latitude, from west to east. */
static dt_status cross_latitude(building *b, const dt__shape_part *part, double y) {
    dt_status st = DT_OK;

    b->xs.count = 0;
    for (uint32_t i = part->first; i < part->end && st == DT_OK; i++) {
        const dt__edge *e = DT__AT(b->shapes->edges, dt__edge, i);
        double x;
        if (!crosses_line_of_latitude(e, y)) continue;
        x = longitude_at(e, y);
        st = dt__vector_push(&b->xs, &x, b->env);
    }
    if (b->xs.count > 1) qsort(b->xs.items, b->xs.count, sizeof(double), ascending);
    return st;
}

/* What is found of the cells before it becomes the grid's lists. */
typedef struct found {
    uint32_t cell;
    dt__cell_part part;
} found;

static int by_found_cell(const void *a, const void *b) {
    const found *x = a, *y = b;
    if (x->cell != y->cell) return x->cell < y->cell ? -1 : 1;
    return (x->part.part > y->part.part) - (x->part.part < y->part.part);
}

/* The touches of a part in a cell, among those sorted by cell and part. */
static const touch *touches_of(const building *b, uint32_t cell, uint32_t part) {
    size_t low = 0, high = b->touches.count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        const touch *t = DT__AT(b->touches, touch, middle);
        if (t->cell < cell || (t->cell == cell && t->part < part)) low = middle + 1;
        else high = middle;
    }
    if (low == b->touches.count) return NULL;
    return DT__AT(b->touches, touch, low)->cell == cell && DT__AT(b->touches, touch, low)->part == part
               ? DT__AT(b->touches, touch, low)
               : NULL;
}

static dt_status note_cell(building *b, dt__vector *list, uint32_t cell, uint32_t number, bool inside) {
    const touch *t = touches_of(b, cell, number), *end = t == NULL ? NULL : DT__AT(b->touches, touch, b->touches.count);
    found f = {.cell = cell, .part = {.part = number, .inside = inside, .first = (uint32_t)b->grid->edges.count}};
    dt_status st = DT_OK;

    if (t == NULL && !inside) return DT_OK;
    for (; t != NULL && t < end && t->cell == cell && t->part == number && st == DT_OK; t++)
        st = dt__vector_push(&b->grid->edges, &t->edge, b->env);
    f.part.end = (uint32_t)b->grid->edges.count;
    return st == DT_OK ? dt__vector_push(list, &f, b->env) : st;
}

/* Every cell in the box of a part: is its centre inside, and which edges pass? */
static dt_status note_part(building *b, dt__vector *list, uint32_t number) {
    const dt__shape_part *p = DT__AT(b->shapes->parts, dt__shape_part, number);
    const dt__grid *g = b->grid;
    uint32_t top = clamped(dt__grid_row(g, p->north) + 1e-6, g->rows),
             west = clamped(dt__grid_column(g, p->west) - 1e-6, g->columns),
             east = clamped(dt__grid_column(g, p->east) + 1e-6, g->columns);
    dt_status st = DT_OK;

    for (uint32_t row = clamped(dt__grid_row(g, p->south) - 1e-6, g->rows); row <= top && st == DT_OK; row++) {
        size_t passed = 0;
        if (p->kind == DT__SHAPE_POLYGON) st = cross_latitude(b, p, g->south + (row + 0.5) * g->height);
        else b->xs.count = 0;
        for (uint32_t column = west; column <= east && st == DT_OK; column++) {
            double x = g->west + (column + 0.5) * g->width;
            while (passed < b->xs.count && *DT__AT(b->xs, double, passed) <= x) passed++;
            st = note_cell(b, list, row * g->columns + column, number, passed % 2 == 1);
        }
    }
    return st;
}

static dt_status fill(building *b) {
    dt__grid *g = b->grid;
    size_t cells = (size_t)g->columns * g->rows, at = 0;
    dt__vector list = DT__VECTOR(found);
    dt_status st = DT_OK;

    if ((g->starts = DT__ARRAY(b->env, uint32_t, cells + 1)) == NULL) return DT_ERR_MEMORY;
    for (uint32_t i = 0; i < b->shapes->edges.count && st == DT_OK; i++) st = touch_cells(b, i);
    if (st == DT_OK && b->touches.count > 1) qsort(b->touches.items, b->touches.count, sizeof(touch), by_cell);
    for (uint32_t i = 0; i < b->shapes->parts.count && st == DT_OK; i++) st = note_part(b, &list, i);
    if (st == DT_OK && list.count > 1) qsort(list.items, list.count, sizeof(found), by_found_cell);
    if (st == DT_OK) st = dt__vector_reserve(&g->cell_parts, list.count + 1, b->env);
    for (uint32_t cell = 0; cell < cells && st == DT_OK; cell++) {
        g->starts[cell] = (uint32_t)at;
        for (; at < list.count && DT__AT(list, found, at)->cell == cell && st == DT_OK; at++)
            st = dt__vector_push(&g->cell_parts, &DT__AT(list, found, at)->part, b->env);
    }
    g->starts[cells] = (uint32_t)at;
    dt__vector_clear(&list, b->env);
    return st;
}

dt_status dt__grid_new(dt__grid **out, const dt__shapes *s) {
    building b = {.shapes = s, .touches = DT__VECTOR(touch), .xs = DT__VECTOR(double), .env = s->env};
    dt_status st;

    if ((b.grid = DT__NEW(s->env, dt__grid)) == NULL) return DT_ERR_MEMORY;
    *b.grid = (dt__grid){.cell_parts = DT__VECTOR(dt__cell_part), .edges = DT__VECTOR(uint32_t)};
    lay_out(b.grid, s);
    st = fill(&b);
    dt__vector_clear(&b.touches, s->env);
    dt__vector_clear(&b.xs, s->env);
    if (st != DT_OK) {
        dt__grid_free(b.grid, s->env);
        return st;
    }
    *out = b.grid;
    return DT_OK;
}

void dt__grid_free(dt__grid *grid, dt_env *env) {
    if (grid == NULL) return;
    if (grid->starts != NULL) DT__FREE(env, grid->starts, (size_t)grid->columns * grid->rows + 1);
    dt__vector_clear(&grid->cell_parts, env);
    dt__vector_clear(&grid->edges, env);
    DT__FREE(env, grid, 1);
}

dt_status dt__shapes_index(dt__shapes *s) {
    dt__grid_free(s->grid, s->env);
    s->grid = NULL;
    return dt__grid_new(&s->grid, s);
}

/* ---- asking ---- */

/* From the cell's centre along its line of latitude, then along the point's line of longitude. */
static bool inside_part(const dt__shapes *s, const dt__cell_part *c, dt__point centre, dt__point p) {
    const dt__grid *g = s->grid;
    bool inside = c->inside;

    for (uint32_t i = c->first; i < c->end; i++) {
        const dt__edge *e = DT__AT(s->edges, dt__edge, *DT__AT(g->edges, uint32_t, i));
        if (crosses_line_of_latitude(e, centre.lat)) {
            double x = longitude_at(e, centre.lat);
            inside ^= (x <= centre.lon) != (x <= p.lon);
        }
        if (crosses_line_of_longitude(e, p.lon)) {
            double y = latitude_at(e, p.lon);
            inside ^= (y <= centre.lat) != (y <= p.lat);
        }
    }
    return inside;
}

/* The cell of a point; false outside the grid. */
static bool cell_of(const dt__grid *g, dt__point p, uint32_t *cell, dt__point *centre) {
    double x = dt__grid_column(g, p.lon), y = dt__grid_row(g, p.lat);
    uint32_t column, row;

    if (!(x >= 0 && y >= 0 && x <= g->columns && y <= g->rows)) return false;
    column = clamped(x, g->columns);
    row = clamped(y, g->rows);
    *cell = row * g->columns + column;
    *centre = (dt__point){.lon = g->west + (column + 0.5) * g->width, .lat = g->south + (row + 0.5) * g->height};
    return true;
}

static void shapes_at(const dt__shapes *s, dt__point p, uint64_t *words) {
    const dt__grid *g = s->grid;
    dt__point centre;
    uint32_t cell;

    if (!cell_of(g, p, &cell, &centre)) return;
    for (uint32_t i = g->starts[cell]; i < g->starts[cell + 1]; i++) {
        const dt__cell_part *c = DT__AT(g->cell_parts, dt__cell_part, i);
        const dt__shape_part *part = DT__AT(s->parts, dt__shape_part, c->part);
        if (part->kind == DT__SHAPE_POLYGON && inside_part(s, c, centre, p))
            words[part->shape / 64] |= UINT64_C(1) << (part->shape % 64);
    }
}

void dt__shapes_at(const dt__shapes *s, dt__point p, uint64_t *words) {
    const dt__grid *g = s->grid;
    double east = g->west + g->columns * g->width;

    memset(words, 0, dt__shape_words(s) * sizeof *words);
    shapes_at(s, p, words);
    if (east > 180) shapes_at(s, (dt__point){p.lon + 360, p.lat}, words); /* what runs on past the date line */
    if (g->west < -180) shapes_at(s, (dt__point){p.lon - 360, p.lat}, words);
}

static bool shape_contains(const dt__shapes *s, uint32_t shape, dt__point p) {
    const dt__grid *g = s->grid;
    dt__point centre;
    uint32_t cell;

    if (!cell_of(g, p, &cell, &centre)) return false;
    for (uint32_t i = g->starts[cell]; i < g->starts[cell + 1]; i++) {
        const dt__cell_part *c = DT__AT(g->cell_parts, dt__cell_part, i);
        const dt__shape_part *part = DT__AT(s->parts, dt__shape_part, c->part);
        if (part->shape == shape && part->kind == DT__SHAPE_POLYGON && inside_part(s, c, centre, p)) return true;
    }
    return false;
}

/* Longitudes run on past the date line, on either side. */
bool dt__shapes_contain(const dt__shapes *s, uint32_t shape, dt__point p) {
    double west = s->grid->west, east = west + s->grid->columns * s->grid->width;

    return shape_contains(s, shape, p) ||
           (p.lon + 360 <= east && shape_contains(s, shape, (dt__point){p.lon + 360, p.lat})) ||
           (p.lon - 360 >= west && shape_contains(s, shape, (dt__point){p.lon - 360, p.lat}));
}

/* ---- self-crossing ---- */

static double turn(double ax, double ay, double bx, double by, double cx, double cy) {
    return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
}

static bool cross_properly(const dt__edge *e, const dt__edge *f) {
    double a = turn(e->x1, e->y1, e->x2, e->y2, f->x1, f->y1), b = turn(e->x1, e->y1, e->x2, e->y2, f->x2, f->y2);
    double c = turn(f->x1, f->y1, f->x2, f->y2, e->x1, e->y1), d = turn(f->x1, f->y1, f->x2, f->y2, e->x2, e->y2);
    return a * b < 0 && c * d < 0;
}

static bool crosses_in_cell(const dt__shapes *s, const dt__cell_part *c, dt__point *at) {
    const dt__grid *g = s->grid;

    for (uint32_t a = c->first; a < c->end; a++) {
        const dt__edge *e = DT__AT(s->edges, dt__edge, *DT__AT(g->edges, uint32_t, a));
        for (uint32_t b = a + 1; b < c->end; b++) {
            if (!cross_properly(e, DT__AT(s->edges, dt__edge, *DT__AT(g->edges, uint32_t, b)))) continue;
            *at = (dt__point){.lon = e->x1, .lat = e->y1};
            return true;
        }
    }
    return false;
}

static bool self_crossing(const dt__shapes *s, bool any, uint32_t shape, dt__point *at) {
    for (size_t i = 0; i < s->grid->cell_parts.count; i++) {
        const dt__cell_part *c = DT__AT(s->grid->cell_parts, dt__cell_part, i);
        const dt__shape_part *part = DT__AT(s->parts, dt__shape_part, c->part);
        if ((any || part->shape == shape) && part->kind == DT__SHAPE_POLYGON && crosses_in_cell(s, c, at)) return true;
    }
    return false;
}

bool dt__shapes_self_crossing(const dt__shapes *s, uint32_t shape, dt__point *at) {
    return self_crossing(s, false, shape, at);
}

bool dt__shapes_any_self_crossing(const dt__shapes *s, dt__point *at) {
    return self_crossing(s, true, 0, at);
}
