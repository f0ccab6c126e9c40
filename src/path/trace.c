/* Of all ways of a length through points that are safe enough, the one that keeps what cannot be undone for last.
 *
 * An irreversible step costs the number of steps that follow it; the sum over a way is least. */
#include "path/wayfind.h"

typedef struct trace {
    dt__ways *r;
    uint32_t length, point;
    dt__int128 least_floor;
    uint32_t *costs, *from; /* per point */
} trace;

static dt_status reckon(void *payload, dt__stance *stance, const dt__stride *stride) {
    trace *t = payload;
    dt__ways *r = t->r;
    uint32_t index, depth, cost;
    dt_status st = dt__ways_point_here(r, NULL, &index);

    (void)stance;
    if (st != DT_OK || index == DT__NO_INDEX) return st;
    depth = DT__WAYS_POINT(r, index)->depth;
    if (depth != DT__WAYS_POINT(r, t->point)->depth + 1 || depth > t->length) return DT_OK;
    if (DT__WAYS_POINT(r, index)->floor < t->least_floor) return DT_OK;
    cost = t->costs[t->point] + (stride->irreversible ? t->length - depth : 0);
    if (cost >= t->costs[index]) return DT_OK;
    t->costs[index] = cost;
    t->from[index] = t->point;
    return DT_OK;
}

static dt_status reckon_all(trace *t) {
    dt__ways *r = t->r;
    dt_status st = DT_OK;

    for (t->point = 0; t->point < r->points.count && st == DT_OK; t->point++) {
        if (DT__WAYS_POINT(r, t->point)->depth >= t->length) break;
        if (t->costs[t->point] == UINT32_MAX) continue;
        dt__ways_open(r, t->point);
        st = dt__each_stride(&r->stance, false, reckon, t);
        if (st == DT_OK && t->point % 1024 == 0) st = dt__poll(r->env);
    }
    return st;
}

/* The cheapest arrival; the first of equals. */
static uint32_t choose_arrival(trace *t, const dt__destination *destination) {
    uint32_t best = DT__NO_INDEX;

    for (uint32_t i = 0; i < t->r->points.count; i++) {
        if (DT__WAYS_POINT(t->r, i)->depth != t->length || t->costs[i] == UINT32_MAX) continue;
        if (best != DT__NO_INDEX && t->costs[i] >= t->costs[best]) continue;
        dt__ways_open(t->r, i);
        if (dt__has_arrived(destination, t->r->gait->ground, t->r->stance.outcome)) best = i;
    }
    return best;
}

dt_status dt__ways_trace(dt__ways *r, const dt__destination *destination, uint32_t length, dt__int128 least_floor,
                         uint32_t *points, bool *found) {
    trace t = {.r = r, .length = length, .least_floor = least_floor};
    size_t count = r->points.count;
    uint32_t at;
    dt_status st = DT_ERR_MEMORY;

    t.costs = DT__ARRAY(r->env, uint32_t, count);
    t.from = DT__ARRAY(r->env, uint32_t, count);
    if (t.costs == NULL || t.from == NULL) goto done;
    for (size_t i = 1; i < count; i++) t.costs[i] = UINT32_MAX;
    DT__TRY(reckon_all(&t));
    at = choose_arrival(&t, destination);
    *found = at != DT__NO_INDEX;
    for (uint32_t i = length + 1; *found && i-- > 0; at = t.from[at]) points[i] = at;
done:
    if (t.costs != NULL) DT__FREE(r->env, t.costs, count);
    if (t.from != NULL) DT__FREE(r->env, t.from, count);
    return st;
}
