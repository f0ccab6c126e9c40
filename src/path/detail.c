/* One destination in full: the shortest way, the safest, or why there is none. */
#include <string.h>

#include "path/work.h"

/* ---- from points to steps ---- */

typedef struct matcher {
    dt__ways *r;
    uint32_t to;
    dt__arena *arena;
    dt__found_step *step;
    bool found;
} matcher;

static dt_status match(void *payload, dt__stance *stance, const dt__stride *stride) {
    matcher *m = payload;
    size_t count = m->r->gait->ground->problem.model->issue_count;
    dt__option *after;
    uint32_t index;
    dt_status st = dt__ways_point_here(m->r, NULL, &index);

    if (st != DT_OK || m->found || index != m->to) return st;
    if ((after = DT__ARENA_ARRAY(m->arena, dt__option, count)) == NULL) return DT_ERR_MEMORY;
    memcpy(after, stance->outcome, count * sizeof *after);
    *m->step = (dt__found_step){.joint = stride->joint, .irreversible = stride->irreversible, .mover = stride->mover};
    m->step->after = after;
    m->found = true;
    return DT_OK;
}

static dt_status make_steps(dt__found_walk *walk, dt__ways *r, const uint32_t *points, dt__arena *arena) {
    dt_status st = DT_OK;

    walk->steps = DT__ARENA_ARRAY(arena, dt__found_step, walk->step_count);
    if (walk->steps == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < walk->step_count && st == DT_OK; i++) {
        matcher m = {.r = r, .to = points[i + 1], .arena = arena, .step = &walk->steps[i]};
        dt__ways_open(r, points[i]);
        st = dt__each_stride(&r->stance, false, match, &m);
    }
    return st;
}

static dt_status trace_walk(dt__found_walk *walk, dt__ways *r, const dt__destination *d, uint32_t length,
                            dt__int128 floor, dt__arena *arena) {
    uint32_t *points = DT__ARENA_ARRAY(arena, uint32_t, (size_t)length + 1);
    dt_status st;

    if (points == NULL) return DT_ERR_MEMORY;
    if ((st = dt__ways_trace(r, d, length, floor, points, &walk->found)) != DT_OK || !walk->found) return st;
    walk->gait = r->gait;
    walk->step_count = length;
    walk->floor = floor;
    return make_steps(walk, r, points, arena);
}

/* ---- the shortest way ---- */

static bool is_safer(const dt__gait *a, dt__int128 floor_a, const dt__gait *b, dt__int128 floor_b) {
    dt__rational x, y;

    if (!dt__rational_make(&x, floor_a, a->unit) || !dt__rational_make(&y, floor_b, b->unit)) return false;
    return dt__rational_compare(x, y) > 0;
}

static dt_status search_shortest(dt__path_work *w, size_t d, const dt__gait *gait, dt_env *env) {
    const dt__destination *destination = &w->destinations[d];
    dt__found_way *way = &w->ways[d];
    uint32_t found, best, depth;
    dt__quest quest = {.destinations = destination, .count = 1, .found = &found};
    dt__int128 width;
    dt__ways r;
    dt_status st;

    DT__TRY(dt__ways_init(&r, gait, &w->setting->limits, env));
    DT__TRY(dt__ways_search(&r, &quest));
    if (found == DT__NO_INDEX) {
        if (!r.exhausted && way->status == DT_WAY_NONE) way->status = DT_WAY_UNDECIDED;
        goto done;
    }
    best = dt__ways_best(&r, destination);
    depth = DT__WAYS_POINT(&r, best)->depth;
    width = DT__WAYS_POINT(&r, best)->width;
    if (way->status == DT_WAY_FOUND &&
        (depth > way->step_count ||
         (depth == way->step_count && !is_safer(gait, width, way->shortest.gait, way->shortest.floor))))
        goto done;
    way->status = DT_WAY_FOUND;
    way->step_count = depth;
    way->there = depth == 0;
    st = trace_walk(&way->shortest, &r, destination, depth, width, &w->arena);
done:
    dt__ways_clear(&r);
    return st;
}

/* ---- the safest way ---- */

/* Through points of at least this floor, the shortest. */
static dt_status search_at_floor(dt__path_work *w, size_t d, const dt__gait *gait, dt__int128 floor, dt_env *env) {
    dt__found_way *way = &w->ways[d];
    uint32_t found;
    dt__quest quest = {.destinations = &w->destinations[d], .count = 1, .found = &found, .bounded = true};
    dt__ways r;
    dt_status st;

    quest.least_floor = floor;
    DT__TRY(dt__ways_init(&r, gait, &w->setting->limits, env));
    DT__TRY(dt__ways_search(&r, &quest));
    if (found == DT__NO_INDEX) way->safest_known = false; /* it takes more steps than are allowed */
    else st = trace_walk(&way->safest, &r, &w->destinations[d], DT__WAYS_POINT(&r, found)->depth, floor, &w->arena);
done:
    dt__ways_clear(&r);
    return st;
}

static dt_status search_safest(dt__path_work *w, size_t d, const dt__gait *gait, dt_env *env) {
    dt__found_way *way = &w->ways[d];
    const dt__found_walk *best = way->safest.found ? &way->safest : &way->shortest;
    dt__int128 floor = 0;
    bool proven = false;
    dt__ways r;
    dt_status st = dt__ways_init(&r, gait, &w->setting->limits, env);

    if (st == DT_OK) st = dt__ways_widest(&r, &w->destinations[d], &proven, &floor);
    if (st == DT_OK && !proven && dt__ways_is_spent(&r, 0)) way->safest_known = false;
    dt__ways_clear(&r);
    if (st != DT_OK || !proven || !is_safer(gait, floor, best->gait, best->floor)) return st;
    return search_at_floor(w, d, gait, floor, env);
}

dt_status dt__find_way(dt__path_work *w, size_t d, dt_env *env) {
    dt__found_way *way = &w->ways[d];
    dt_status st = DT_OK;

    way->status = w->groups_complete ? DT_WAY_NONE : DT_WAY_UNDECIDED;
    way->detailed = true;
    for (size_t g = 0; g < w->group_count && st == DT_OK; g++) st = search_shortest(w, d, &w->gaits[g], env);
    if (st == DT_OK && way->status == DT_WAY_FOUND && way->step_count > 0) {
        way->arrival = way->shortest.steps[way->step_count - 1].after;
        way->safest_known = w->groups_complete;
        for (size_t g = 0; g < w->group_count && st == DT_OK; g++) st = search_safest(w, d, &w->gaits[g], env);
    }
    if (st == DT_OK && way->status == DT_WAY_NONE) st = dt__find_obstacles(w, d, env);
    return st;
}
