/* Breadth first from no deal: which outcomes can be reached, in how many steps, and how safely.
 *
 * A point is an outcome with the principles mended so far.  Points are numbered in the order in which they are found,
 * which depends on the model alone. */
#ifndef DT__PATH_WAYFIND_H
#define DT__PATH_WAYFIND_H

#include "path/destination.h"
#include "path/stride.h"

typedef struct dt__point {
    dt__int128 floor; /* least gain of a walker there, in the common unit */
    dt__int128 width; /* the highest floor of a shortest way to it; of no deal itself none: the largest number */
    uint32_t from;    /* a point before it; DT__NO_INDEX at the start */
    uint32_t depth;
} dt__point;

#define DT__WIDTH_OF_START ((dt__int128)1 << 126)

typedef struct dt__ways {
    const dt__gait *gait;
    dt_env *env;
    const dt__limits *limits;
    dt__arena arena;
    dt__stance stance;
    size_t words;            /* of a key */
    uint32_t *shifts, *bits; /* per variable: where it stands in the key */
    dt__vector keys, points; /* uint64_t x words; dt__point */
    uint32_t *slots;         /* hash table of points + 1 */
    size_t slot_count;
    uint64_t strides; /* steps looked at */
    bool exhausted;   /* all that can be reached was */
    bool out_of_steps;
} dt__ways;

/* What a search is for. */
typedef struct dt__quest {
    const dt__destination *destinations; /* of count; a search ends when each was found, */
    size_t count;
    bool everything; /* unless it is for everything that can be reached */
    uint32_t *found; /* per destination: a first point, or DT__NO_INDEX */
    bool bounded;    /* only points whose floor is at least this */
    dt__int128 least_floor;
    dt__antichain *barring; /* not NULL: collects what bars steps, minimal */
    size_t most_strides;    /* 0: the limit */
} dt__quest;

DT_NODISCARD dt_status dt__ways_init(dt__ways *r, const dt__gait *gait, const dt__limits *limits, dt_env *env);
void dt__ways_clear(dt__ways *r);

/* Searches until every destination is found (and the layer of the last is complete), or everything was reached, or a
 * limit came.  DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED, DT_ERR_MODEL. */
DT_NODISCARD dt_status dt__ways_search(dt__ways *r, const dt__quest *quest);
/* Of the points found that are a destination, in the least number of steps, the one whose width is largest; the first
 * of equals. */
uint32_t dt__ways_best(dt__ways *r, const dt__destination *destination);
/* The highest floor of any way to the destination, whatever its length, from a reach that was not searched yet.
 * *proven: no other way is safer.  Ref: widest paths, Pollack 1960. */
DT_NODISCARD dt_status dt__ways_widest(dt__ways *r, const dt__destination *destination, bool *proven,
                                       dt__int128 *floor);

/* ---- for widest.c and trace.c ---- */

DT_NODISCARD dt_status dt__ways_start(dt__ways *r);
/* The point where the stance stands; new ones are added when `point` is given.  DT__NO_INDEX: there is none. */
DT_NODISCARD dt_status dt__ways_point_here(dt__ways *r, const dt__point *point, uint32_t *index);
bool dt__ways_is_spent(const dt__ways *r, uint64_t most_strides);

/* A way of `length` steps to the destination through points of at least this floor: of all such ways the one whose
 * irreversible steps come latest.  *points has room for length + 1; false when there is none. */
DT_NODISCARD dt_status dt__ways_trace(dt__ways *r, const dt__destination *destination, uint32_t length,
                                      dt__int128 least_floor, uint32_t *points, bool *found);

/* Lays point i open in the reach's stance. */
void dt__ways_open(dt__ways *r, uint32_t i);
#define DT__WAYS_POINT(r, i) DT__AT((r)->points, dt__point, i)

#endif
