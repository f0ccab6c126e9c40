/* What is asked of one format, and every destination in brief. */
#include <string.h>

#include "path/work.h"

enum { OVERVIEW_STRIDES = 4000000 };

dt_status dt__path_work_init(dt__path_work *w, const dt__format *format, const dt__setting *setting,
                             const dt_path_opts *opts, const dt__destination *destinations, size_t count, dt_env *env) {
    size_t groups;
    dt_status st = DT_OK;

    *w = (dt__path_work){.format = format, .setting = setting, .opts = opts, .destinations = destinations};
    w->destination_count = count;
    dt__arena_init(&w->arena, env);
    if ((st = dt__ground_init(&w->ground, format, setting, env)) != DT_OK) return st;
    if (count == 1 && destinations[0].kind == DT_DESTINATION_TERMS) {
        if ((st = dt__ground_add_terms(&w->ground, destinations[0].named, env)) != DT_OK) return st;
    }
    groups = w->ground.winning.sets.count;
    w->groups_complete = w->ground.winning.complete && groups <= DT__MOST_GROUPS;
    w->group_count = groups < DT__MOST_GROUPS ? groups : DT__MOST_GROUPS;
    w->gaits = DT__ARENA_ARRAY(&w->arena, dt__gait, w->group_count);
    w->ways = DT__ARENA_ARRAY(&w->arena, dt__found_way, count);
    if (w->gaits == NULL || w->ways == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) w->ways[i].cuts = DT__VECTOR(dt__cut_found);
    for (size_t g = 0; g < w->group_count && st == DT_OK; g++) {
        dt__party_set walkers = *DT__AT(w->ground.winning.sets, dt__party_set, g);
        st = dt__gait_init(&w->gaits[g], &w->ground, walkers, opts->strict, &w->arena, env);
        w->gaits[g].bundle = opts->bundle;
        w->gaits[g].steps = opts->steps;
    }
    return st;
}

void dt__path_work_clear(dt__path_work *w, dt_env *env) {
    if (w->format == NULL) return;
    for (size_t i = 0; w->ways != NULL && i < w->destination_count; i++) dt__vector_clear(&w->ways[i].cuts, env);
    dt__arena_clear(&w->arena);
    dt__ground_clear(&w->ground, env);
    *w = (dt__path_work){0};
}

/* ---- one group of walkers ---- */

static dt_status keep_arrival(dt__path_work *w, dt__found_way *way, dt__ways *r, uint32_t point) {
    size_t count = w->setting->situation.model->issue_count;
    dt__option *arrival = DT__ARENA_ARRAY(&w->arena, dt__option, count);

    if (arrival == NULL) return DT_ERR_MEMORY;
    dt__ways_open(r, point);
    memcpy(arrival, r->stance.outcome, count * sizeof *arrival);
    way->arrival = arrival;
    way->status = DT_WAY_FOUND;
    way->step_count = DT__WAYS_POINT(r, point)->depth;
    way->there = way->step_count == 0;
    return DT_OK;
}

static dt_status note_found(dt__path_work *w, dt__ways *r, const uint32_t *found) {
    dt_status st = DT_OK;

    for (size_t d = 0; d < w->destination_count && st == DT_OK; d++) {
        dt__found_way *way = &w->ways[d];
        if (found[d] == DT__NO_INDEX) {
            if (!r->exhausted && way->status == DT_WAY_NONE) way->status = DT_WAY_UNDECIDED;
        } else if (way->status != DT_WAY_FOUND || DT__WAYS_POINT(r, found[d])->depth < way->step_count) {
            st = keep_arrival(w, way, r, found[d]);
        }
    }
    if (r->points.count > w->reached) w->reached = r->points.count;
    w->reached_all &= r->exhausted;
    return st;
}

dt_status dt__find_overview(dt__path_work *w, bool everything, uint64_t most_strides, dt_env *env) {
    uint32_t *found = DT__ARENA_ARRAY(&w->arena, uint32_t, w->destination_count);
    dt__quest quest = {.destinations = w->destinations, .count = w->destination_count, .everything = everything};
    dt_status st = found == NULL ? DT_ERR_MEMORY : DT_OK;

    quest.found = found;
    quest.most_strides = env->opts.time_limit > 0 ? 0 : most_strides > 0 ? most_strides : OVERVIEW_STRIDES;
    w->reached_all = w->groups_complete;
    for (size_t d = 0; d < w->destination_count; d++)
        w->ways[d].status = w->groups_complete ? DT_WAY_NONE : DT_WAY_UNDECIDED;
    for (size_t g = 0; g < w->group_count && st == DT_OK; g++) {
        dt__ways r;
        st = dt__ways_init(&r, &w->gaits[g], &w->setting->limits, env);
        if (st == DT_OK) st = dt__ways_search(&r, &quest);
        if (st == DT_OK) st = note_found(w, &r, found);
        dt__ways_clear(&r);
    }
    for (size_t d = 0; d < w->destination_count && st == DT_OK; d++) dt__find_off_agenda(w, d);
    return st;
}
