#include "space/zones.h"

#include <math.h>
#include <string.h>

#include "space/box_search.h"

enum { MAX_ZONES = 20000, FIRST_NODES = 2000, GROWTH = 8 };
#define NO_CORNER (-((dt__int128)1 << 122)) /* below every sum */

typedef struct found {
    dt__int128 *values;
    dt__option *choice;
    bool dominated;
} found;

/* Everything above a corner in every coordinate.  Weights, and what the weighted sum is at most there. */
typedef struct zone {
    dt__int128 *corner; /* NO_CORNER: nothing limits this coordinate */
    double *weights, bound;
    double *upper; /* per dimension */
    unsigned tries;
    double excess; /* no outcome is above the corner by more than this share of the ranges in every coordinate */
} zone;

typedef struct hunt {
    const dt__boxes *b;
    dt__box_searcher *searcher;
    const dt__zone_limits *limits;
    dt__arena *arena;
    dt_env *env;
    size_t dims;
    dt__vector points, zones; /* found, zone */
    double *ideal, *ranges;   /* per dimension: proven most; what epsilon is a share of */
    uint64_t nodes;
    bool crowded; /* more zones than are looked after */
    dt__box_result result;
} hunt;

/* ---- zones ---- */

static bool zone_init(zone *z, const hunt *h) {
    *z = (zone){.corner = DT__ARENA_ARRAY(h->arena, dt__int128, h->dims),
                .weights = DT__ARENA_ARRAY(h->arena, double, h->dims),
                .upper = DT__ARENA_ARRAY(h->arena, double, h->dims),
                .bound = INFINITY};
    return z->corner != NULL && z->weights != NULL && z->upper != NULL;
}

static double corner_of(const hunt *h, const zone *z, size_t d) {
    return z->corner[d] == NO_CORNER ? h->b->least[d] : (double)z->corner[d];
}

/* The share of the ranges by which an outcome of the zone can be above its corner in every coordinate, from what the
 * zone's bounds say.  A coordinate without a corner is no limit. */
static double excess_of(const hunt *h, const zone *z) {
    double least = INFINITY, weights = 0, room = z->bound;

    for (size_t d = 0; d < h->dims; d++) {
        room -= z->weights[d] * corner_of(h, z, d);
        if (z->corner[d] == NO_CORNER) continue;
        weights += z->weights[d] * h->ranges[d];
        least = fmin(least, (z->upper[d] - corner_of(h, z, d)) / h->ranges[d]);
    }
    if (weights > 0 && !isinf(z->bound)) least = fmin(least, room / weights);
    return fmax(least, 0);
}

/* What doubles may lose of whole numbers so large; nothing where they hold them exactly. */
static double rounding(const hunt *h, size_t d) {
    return h->b->scales[d] < 0x1p50 ? 0 : 1e-13 * h->b->scales[d];
}

/* Vectors are whole numbers: does the excess leave room for one? */
static bool is_empty(const hunt *h, const zone *z) {
    for (size_t d = 0; d < h->dims; d++) {
        if (z->corner[d] == NO_CORNER) continue;
        if (z->excess * h->ranges[d] * (1 + 1e-12) + rounding(h, d) + 1e-6 >= 1) return false;
    }
    return !isinf(z->excess);
}

/* Where the zone's points can lie: the least value, in a coordinate, of the vectors that hold down another one. */
static double reach_of(const hunt *h, const zone *z, size_t d) {
    double reach = fmin(h->ideal[d], z->upper[d]);

    for (size_t i = 0; i < h->points.count; i++) {
        const found *p = DT__AT(h->points, found, i);
        bool holds = false, inside = true;
        for (size_t e = 0; e < h->dims; e++) {
            holds |= e != d && p->values[e] == z->corner[e];
            inside &= e == d || p->values[e] >= z->corner[e];
        }
        if (holds && inside && p->values[d] > z->corner[d]) reach = fmin(reach, (double)p->values[d]);
    }
    return reach;
}

/* Weights that make the zone's sides alike. */
static void choose_weights(const hunt *h, const zone *z, double *weights) {
    double total = 0;

    for (size_t d = 0; d < h->dims; d++) {
        double width = reach_of(h, z, d) - corner_of(h, z, d);
        weights[d] = 1 / fmax(width, 1e-3 * h->ranges[d]);
        total += weights[d] * h->ranges[d];
    }
    for (size_t d = 0; d < h->dims; d++) weights[d] = fmax(weights[d] / total, 1e-9 / h->ranges[d]);
}

/* ---- what a vector does to the zones ---- */

static bool above(const hunt *h, const dt__int128 *values, const dt__int128 *corner) {
    for (size_t d = 0; d < h->dims; d++) {
        if (values[d] <= corner[d]) return false;
    }
    return true;
}

/* Is one zone within another? */
static bool within(const hunt *h, const zone *inner, const zone *outer) {
    for (size_t d = 0; d < h->dims; d++) {
        if (inner->corner[d] < outer->corner[d]) return false;
    }
    return true;
}

static dt_status split(hunt *h, const zone *parent, const dt__int128 *values, dt__vector *out) {
    dt_status st = DT_OK;

    for (size_t d = 0; d < h->dims && st == DT_OK; d++) {
        zone child;
        if (!zone_init(&child, h)) return DT_ERR_MEMORY;
        memcpy(child.corner, parent->corner, h->dims * sizeof *child.corner);
        memcpy(child.weights, parent->weights, h->dims * sizeof *child.weights);
        memcpy(child.upper, parent->upper, h->dims * sizeof *child.upper);
        child.bound = parent->bound;
        child.corner[d] = values[d];
        if (parent->upper[d] < (double)values[d] + 1 - 1e-9 * fabs(parent->upper[d])) continue; /* empty: proven */
        child.excess = excess_of(h, &child);
        if (is_empty(h, &child)) continue;
        st = dt__vector_push(out, &child, h->env);
    }
    return st;
}

/* Drops new zones that lie within another one. */
static void drop_nested(const hunt *h, dt__vector *zones, size_t first_new) {
    size_t kept = first_new;

    for (size_t i = first_new; i < zones->count; i++) {
        const zone *z = DT__AT(*zones, zone, i);
        bool nested = false;
        for (size_t j = 0; j < zones->count && !nested; j++) {
            const zone *other = DT__AT(*zones, zone, j);
            if (j == i || (j >= kept && j < i)) continue;
            nested = within(h, z, other) && (!within(h, other, z) || j < i);
        }
        if (!nested) *DT__AT(*zones, zone, kept++) = *z;
    }
    zones->count = kept;
}

static dt_status cut_zones(hunt *h, const dt__int128 *values) {
    dt__vector parents = DT__VECTOR(zone);
    size_t kept = 0;
    dt_status st = DT_OK;

    for (size_t i = 0; i < h->zones.count && st == DT_OK; i++) {
        zone *z = DT__AT(h->zones, zone, i);
        if (above(h, values, z->corner)) st = dt__vector_push(&parents, z, h->env);
        else *DT__AT(h->zones, zone, kept++) = *z;
    }
    if (st == DT_OK) h->zones.count = kept;
    for (size_t i = 0; i < parents.count && st == DT_OK; i++)
        st = split(h, DT__AT(parents, zone, i), values, &h->zones);
    if (st == DT_OK && h->dims > 2) drop_nested(h, &h->zones, kept);
    h->crowded |= h->zones.count > MAX_ZONES;
    dt__vector_clear(&parents, h->env);
    return st;
}

static bool covers(const hunt *h, const dt__int128 *a, const dt__int128 *b) {
    for (size_t d = 0; d < h->dims; d++) {
        if (a[d] < b[d]) return false;
    }
    return true;
}

/* A vector found, unless one that was found before is as good. */
static dt_status keep(hunt *h) {
    found p = {.values = DT__ARENA_ARRAY(h->arena, dt__int128, h->dims),
               .choice = DT__ARENA_ARRAY(h->arena, dt__option, h->b->var_count)};
    dt_status st;

    for (size_t i = 0; i < h->points.count; i++) {
        if (covers(h, DT__AT(h->points, found, i)->values, h->result.values)) return DT_OK;
    }
    if (p.values == NULL || p.choice == NULL) return DT_ERR_MEMORY;
    memcpy(p.values, h->result.values, h->dims * sizeof *p.values);
    memcpy(p.choice, h->result.choice, h->b->var_count * sizeof *p.choice);
    for (size_t i = 0; i < h->points.count; i++)
        DT__AT(h->points, found, i)->dominated |= covers(h, p.values, DT__AT(h->points, found, i)->values);
    if ((st = dt__vector_push(&h->points, &p, h->env)) != DT_OK) return st;
    return cut_zones(h, p.values);
}

/* ---- searches ---- */

static dt_status search(hunt *h, const dt__int128 *corner, const double *weights, uint64_t nodes) {
    dt__box_goal goal = {.weights = weights, .above = corner, .nodes = nodes};
    dt_status st;

    if (nodes > h->limits->nodes - h->nodes) goal.nodes = h->limits->nodes - h->nodes;
    st = dt__box_search(&h->result, h->searcher, &goal);
    h->nodes += h->result.nodes;
    return st;
}

static bool spent(const hunt *h) {
    return h->nodes >= h->limits->nodes || h->crowded || dt__overdue(h->env);
}

/* The most each party can get: its ideal, and a vector near it. */
static dt_status find_ideals(hunt *h, zone *all, uint64_t nodes) {
    dt_status st = DT_OK;

    for (size_t d = 0; d < h->dims && st == DT_OK; d++) {
        for (size_t e = 0; e < h->dims; e++) {
            double range = fmax(h->b->most[e] - h->b->least[e], 1);
            all->weights[e] = (e == d ? 1 : 1e-4 / (double)h->dims) / range;
        }
        if ((st = search(h, all->corner, all->weights, nodes)) != DT_OK) return st;
        if (h->result.found) {
            double rest = 0;
            for (size_t e = 0; e < h->dims; e++) rest += e == d ? 0 : all->weights[e] * h->b->least[e];
            h->ideal[d] = fmin(h->ideal[d], (h->result.bound - rest) / all->weights[d]);
        }
        if (h->result.found) st = keep(h);
    }
    return st;
}

static void measure_ranges(hunt *h) {
    for (size_t d = 0; d < h->dims; d++) {
        double least = INFINITY;
        for (size_t i = 0; i < h->points.count; i++)
            least = fmin(least, (double)DT__AT(h->points, found, i)->values[d]);
        h->ranges[d] = fmax(fmin(h->ideal[d], h->b->most[d]) - fmin(least, h->ideal[d]), 1);
    }
    for (size_t i = 0; i < h->zones.count; i++) {
        zone *z = DT__AT(h->zones, zone, i);
        for (size_t d = 0; d < h->dims; d++) z->upper[d] = fmin(z->upper[d], h->ideal[d]);
        z->excess = excess_of(h, z);
    }
}

/* The zone to look at next: fewest tries, then the largest excess; count when none is left. */
static size_t widest(const hunt *h, unsigned tries, double share) {
    size_t best = h->zones.count;

    for (size_t i = 0; i < h->zones.count; i++) {
        const zone *z = DT__AT(h->zones, zone, i), *b;
        if (z->tries > tries || (share > 0 && z->excess <= share)) continue;
        b = DT__AT(h->zones, zone, best < h->zones.count ? best : i);
        if (best == h->zones.count || z->excess > b->excess) best = i;
    }
    return best;
}

static void drop_zone(hunt *h, size_t i) {
    zone *items = h->zones.items;
    memmove(items + i, items + i + 1, (h->zones.count - i - 1) * sizeof *items);
    h->zones.count--;
}

/* What the last search proved of a zone that is still open. */
static void tighten(const hunt *h, zone *z, const double *weights) {
    zone proved = *z;

    proved.weights = (double *)weights;
    proved.bound = h->result.bound;
    if (isinf(z->bound) || excess_of(h, &proved) < excess_of(h, z)) {
        memcpy(z->weights, weights, h->dims * sizeof *weights);
        z->bound = h->result.bound;
    }
    for (size_t d = 0; d < h->dims; d++) {
        double upper = h->result.upper[d];
        if (h->result.found) upper = fmax(upper, (double)h->result.values[d]);
        z->upper[d] = fmin(z->upper[d], upper);
    }
    z->excess = excess_of(h, z);
    z->tries++;
}

static dt_status search_zone(hunt *h, size_t at, uint64_t nodes) {
    zone *z = DT__AT(h->zones, zone, at);
    double weights[DT__MAX_PARTIES];
    dt_status st;

    choose_weights(h, z, weights);
    if ((st = search(h, z->corner, weights, nodes)) != DT_OK) return st;
    if (!h->result.found && h->result.closed) {
        drop_zone(h, at);
        return DT_OK;
    }
    tighten(h, z, weights);
    if (is_empty(h, z)) drop_zone(h, at);
    return h->result.found ? keep(h) : DT_OK;
}

/* Every zone with a little work, then those still open with more. */
static dt_status search_zones(hunt *h, double share) {
    uint64_t nodes = FIRST_NODES;
    dt_status st = DT_OK;

    for (unsigned tries = 0; st == DT_OK && h->zones.count > 0 && !spent(h); tries++) {
        size_t at;
        while (st == DT_OK && !spent(h) && (at = widest(h, tries, share)) < h->zones.count)
            st = search_zone(h, at, nodes);
        if (widest(h, UINT32_MAX, share) == h->zones.count) break;
        nodes = nodes > UINT64_MAX / GROWTH ? UINT64_MAX : nodes * GROWTH;
    }
    return st;
}

/* ---- the result ---- */

static const dt__origin *origin_of(const hunt *h, const dt__option *choice) {
    const dt__origin *whole = NULL;

    for (uint32_t v = 0; v < h->b->var_count; v++) {
        dt__origin *one = DT__ARENA_NEW(h->arena, dt__origin), *both = DT__ARENA_NEW(h->arena, dt__origin);
        if (one == NULL || both == NULL) return NULL;
        *one = (dt__origin){.var = v, .option = choice[v]};
        *both = (dt__origin){.left = whole, .right = one, .var = DT__ORIGIN_SUM};
        whole = both;
    }
    return whole;
}

static dt_status write_points(dt__frontier *f, const hunt *h) {
    size_t count = 0;
    dt_status st;

    for (size_t i = 0; i < h->points.count; i++) count += !DT__AT(h->points, found, i)->dominated;
    if ((st = dt__points_new(&f->points, count, &f->kind)) != DT_OK) return st;
    count = 0;
    for (size_t i = 0; i < h->points.count; i++) {
        const found *p = DT__AT(h->points, found, i);
        if (p->dominated) continue;
        memcpy(dt__point_values(&f->points, count, &f->kind), p->values, h->dims * sizeof *p->values);
        dt__point_multiplicity(&f->points, count, &f->kind)[0] = 1;
        f->points.origins[count] = origin_of(h, p->choice);
        if (f->points.origins[count++] == NULL && h->b->var_count > 0) return DT_ERR_MEMORY;
    }
    return dt__points_filter(&f->points, &f->kind, h->env);
}

/* DT_ERR_LIMIT: nothing can be said of some zone. */
static dt_status certify(dt__frontier *f, const hunt *h, dt__int128 *bounds) {
    double excess = 0;

    f->exact = h->zones.count == 0;
    for (size_t i = 0; i < h->zones.count; i++) excess = fmax(excess, DT__AT(h->zones, zone, i)->excess);
    if (isinf(excess)) return DT_ERR_LIMIT;
    for (size_t d = 0; d < h->dims; d++) {
        dt__int128 most = NO_CORNER, ideal;
        double open = -INFINITY; /* most that an outcome of an open zone can be worth */
        for (size_t i = 0; i < h->zones.count; i++) open = fmax(open, DT__AT(h->zones, zone, i)->upper[d]);
        ideal = h->zones.count == 0 ? NO_CORNER : (dt__int128)floor(fmin(open, h->ideal[d]) + rounding(h, d));
        for (size_t i = 0; i < f->points.count; i++) {
            dt__int128 value = dt__point_values(&f->points, i, &f->kind)[d];
            most = value > most ? value : most;
        }
        bounds[d] = ideal < most ? most : ideal;
        if (!f->exact) f->epsilon[d] = (dt__int128)floor(excess * h->ranges[d] * (1 + 1e-12) + rounding(h, d) + 1e-9);
    }
    return DT_OK;
}

static double share_of(const hunt *h) {
    double share = h->limits->grain[0] > 0 ? INFINITY : 0;
    for (size_t d = 0; d < h->dims && share > 0; d++) share = fmin(share, (double)h->limits->grain[d] / h->ranges[d]);
    return share;
}

static dt_status run(hunt *h) {
    zone all;
    dt_status st;

    if (!zone_init(&all, h)) return DT_ERR_MEMORY;
    for (size_t d = 0; d < h->dims; d++) {
        all.corner[d] = NO_CORNER;
        all.upper[d] = h->ideal[d] = h->b->most[d];
        h->ranges[d] = fmax(h->b->most[d] - h->b->least[d], 1);
    }
    if ((st = dt__vector_push(&h->zones, &all, h->env)) != DT_OK) return st;
    if ((st = find_ideals(h, &all, h->limits->nodes / 20 + 1)) != DT_OK) return st;
    measure_ranges(h);
    return search_zones(h, share_of(h));
}

static dt_status hunt_init(hunt *h, const dt__boxes *b, dt_env *env) {
    h->b = b;
    h->env = env;
    h->dims = b->dimensions;
    h->searcher = dt__box_searcher_new(b, h->arena, env);
    h->ideal = DT__ARENA_ARRAY(h->arena, double, 2 * h->dims);
    h->ranges = h->ideal + h->dims;
    h->result.values = DT__ARENA_ARRAY(h->arena, dt__int128, h->dims);
    h->result.choice = DT__ARENA_ARRAY(h->arena, dt__option, b->var_count);
    h->result.upper = DT__ARENA_ARRAY(h->arena, double, h->dims);
    return h->searcher && h->ideal && h->result.values && h->result.choice && h->result.upper ? DT_OK : DT_ERR_MEMORY;
}

static void frontier_init(dt__frontier *f, const uint32_t *coordinates, size_t dimensions, dt_env *env) {
    *f = (dt__frontier){.exact = true, .kind = {.dimensions = dimensions, .limbs = 1}};
    memcpy(f->coordinates, coordinates, dimensions * sizeof *coordinates);
    dt__arena_init(&f->arena, env);
    f->kind.arena = &f->arena;
    f->kind.overflow = &f->overflow;
}

dt_status dt__zones_search(dt__frontier *f, dt__int128 *bounds, const dt__query *query, const uint32_t *coordinates,
                           size_t dimensions, const dt__zone_limits *limits, dt_env *env) {
    hunt h = {.limits = limits, .points = DT__VECTOR(found), .zones = DT__VECTOR(zone), .arena = &f->arena};
    dt__boxes b;
    dt_status st;

    frontier_init(f, coordinates, dimensions, env);
    DT__TRY(dt__boxes_init(&b, query, f->coordinates, dimensions, env));
    DT__TRY(hunt_init(&h, &b, env));
    DT__TRY(run(&h));
    DT__TRY(write_points(f, &h));
    st = certify(f, &h, bounds);
done:
    dt__vector_clear(&h.points, env);
    dt__vector_clear(&h.zones, env);
    dt__boxes_clear(&b, env);
    return st;
}

/* More than `values` in one coordinate, no less in the others: one search for each, so that nothing hangs on sums. */
static dt_status search_better(hunt *h, const dt__int128 *values, bool *proven) {
    dt__int128 corner[DT__MAX_PARTIES];
    double weights[DT__MAX_PARTIES];

    *proven = true;
    for (size_t d = 0; d < h->dims; d++) {
        found p = {.values = h->result.values, .choice = h->result.choice};
        dt_status st;
        for (size_t e = 0; e < h->dims; e++) {
            corner[e] = values[e] - (e != d);
            weights[e] = 1 / fmax(h->b->most[e] - (double)values[e], 1);
        }
        if ((st = search(h, corner, weights, h->limits->nodes)) != DT_OK) return st;
        if (h->result.found) return dt__vector_push(&h->points, &p, h->env);
        *proven &= h->result.closed;
    }
    return DT_OK;
}

dt_status dt__zones_better(dt__frontier *f, bool *proven, const dt__query *query, const uint32_t *coordinates,
                           size_t dimensions, const dt__int128 *values, uint64_t nodes, dt_env *env) {
    dt__zone_limits limits = {.nodes = nodes};
    hunt h = {.limits = &limits, .points = DT__VECTOR(found), .zones = DT__VECTOR(zone), .arena = &f->arena};
    dt__boxes b;
    dt_status st;

    frontier_init(f, coordinates, dimensions, env);
    DT__TRY(dt__boxes_init(&b, query, f->coordinates, dimensions, env));
    DT__TRY(hunt_init(&h, &b, env));
    DT__TRY(search_better(&h, values, proven));
    st = write_points(f, &h);
done:
    dt__vector_clear(&h.points, env);
    dt__vector_clear(&h.zones, env);
    dt__boxes_clear(&b, env);
    return st;
}
