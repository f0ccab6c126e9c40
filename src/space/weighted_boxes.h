/* A query as weighted boxes: what a search by boxes works on.
 *
 * Options of an issue that no factor tells apart become one class.  A factor of one issue is a value per class; one of
 * several issues is taken apart into disjoint boxes (a set of classes for each of its issues) of one value each, above
 * the least value of its table, which becomes a constant.  So utilities are sums of values that are never negative, and
 * an outcome crosses something hard where it lies in a forbidden box.  Exact for every model; short for the
 * hyper-rectangles of nonlinear domains. */
#ifndef DT__SPACE_WEIGHTED_BOXES_H
#define DT__SPACE_WEIGHTED_BOXES_H

#include "space/query.h"

enum { DT__MAX_CLASSES = 64, DT__MAX_BOXES = 4096, DT__NO_DIMENSION = 255 };

typedef uint64_t dt__classes; /* bit c: class c of an issue */

typedef struct dt__box {
    uint32_t start, count; /* of its sides */
    uint8_t dimension;     /* of the party that it is worth something to; DT__NO_DIMENSION: forbidden */
    double value;
} dt__box;

typedef struct dt__boxes {
    const dt__query *query;
    size_t dimensions;
    const uint32_t *coordinates;
    uint32_t var_count;
    uint32_t *class_start;   /* per variable: its first class among all; one more: their number */
    dt__option *members;     /* per class: its first option */
    dt__classes *allowed;    /* per variable: classes that cross nothing hard by themselves */
    double *values;          /* per dimension, per class: what the issue by itself is worth */
    double *constants;       /* per dimension */
    double *least, *most;    /* per dimension: bounds on every outcome */
    double *scales;          /* per dimension: size of the numbers added up, for the error of rounding */
    dt__vector boxes;        /* dt__box: those worth something, then the forbidden ones */
    size_t worthy;           /* of the first kind */
    dt__vector side_vars;    /* uint32_t */
    dt__vector side_classes; /* dt__classes */
    bool possible;           /* factors without variables cross nothing hard */
    dt__arena arena;
} dt__boxes;

#define DT__BOX(b, i) DT__AT((b)->boxes, dt__box, i)
static inline uint32_t dt__side_var(const dt__boxes *b, uint32_t side) {
    return *DT__AT(b->side_vars, uint32_t, side);
}
static inline dt__classes dt__side_classes(const dt__boxes *b, uint32_t side) {
    return *DT__AT(b->side_classes, dt__classes, side);
}
static inline uint32_t dt__class_count(const dt__boxes *b, uint32_t var) {
    return b->class_start[var + 1] - b->class_start[var];
}

/* DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED, DT_ERR_LIMIT (more than DT__MAX_CLASSES classes of an issue, or
 * DT__MAX_BOXES boxes).  Clear also after a failure. */
DT_NODISCARD dt_status dt__boxes_init(dt__boxes *b, const dt__query *query, const uint32_t *coordinates,
                                      size_t dimensions, dt_env *env);
void dt__boxes_clear(dt__boxes *b, dt_env *env);

#endif
