/* Why there is no way: the agenda, the rules, whoever cuts it, or steps that are too small. */
#include <string.h>

#include "path/work.h"

enum { LARGEST_TRIED = 6, BUNDLE_STRIDES = 20000000 };

/* ---- the agenda ---- */

void dt__find_off_agenda(dt__path_work *w, size_t d) {
    const dt_model *model = w->setting->situation.model;
    const dt__problem *p = &w->ground.problem;
    dt__found_way *way = &w->ways[d];

    if (way->status == DT_WAY_FOUND) return;
    way->off_agenda = DT__ARENA_ARRAY(&w->arena, uint32_t, model->issue_count);
    for (uint32_t i = 0; way->off_agenda != NULL && i < model->issue_count; i++) {
        dt__option named = w->destinations[d].named[i];
        if (p->var_of[i] == DT__NO_INDEX && named != DT__NO_OPTION && named != p->fixed[i])
            way->off_agenda[way->off_agenda_count++] = i;
    }
}

/* ---- how near ---- */

static bool measures_nearness(const dt__destination *d) {
    return d->kind == DT_DESTINATION_PROPOSAL || d->kind == DT_DESTINATION_TERMS;
}

/* Of all that can be reached, the first that misses fewest issues. */
static dt_status find_nearest(dt__path_work *w, dt__found_way *way, const dt__destination *d, dt__ways *r) {
    const dt_model *model = w->setting->situation.model;
    uint32_t nearest = DT__NO_INDEX;
    dt__option *outcome;

    for (uint32_t i = 0; i < r->points.count; i++) {
        unsigned missing;
        dt__ways_open(r, i);
        missing = dt__missing(d, model, r->stance.outcome);
        if (nearest != DT__NO_INDEX && missing >= way->missing) continue;
        if (nearest == DT__NO_INDEX && way->nearest != NULL && missing >= way->missing) continue;
        nearest = i;
        way->missing = missing;
    }
    if (nearest == DT__NO_INDEX) return DT_OK;
    if ((outcome = DT__ARENA_ARRAY(&w->arena, dt__option, model->issue_count)) == NULL) return DT_ERR_MEMORY;
    dt__ways_open(r, nearest);
    memcpy(outcome, r->stance.outcome, model->issue_count * sizeof *outcome);
    way->nearest = outcome;
    return DT_OK;
}

static dt_status measure(dt__path_work *w, size_t d, const dt__gait *gait, dt_env *env) {
    dt__found_way *way = &w->ways[d];
    uint32_t found;
    dt__quest quest = {.destinations = &w->destinations[d], .count = 1, .found = &found};
    dt__ways r;
    dt_status st;

    DT__TRY(dt__ways_init(&r, gait, &w->setting->limits, env));
    DT__TRY(dt__ways_search(&r, &quest));
    if (r.points.count > way->reached) way->reached = r.points.count;
    if (measures_nearness(&w->destinations[d])) st = find_nearest(w, way, &w->destinations[d], &r);
done:
    dt__ways_clear(&r);
    return st;
}

/* ---- who cuts ---- */

/* Is it the same hold, in the numbers of two gaits? */
static bool holds_too(const dt__cut_found *cut, const dt__hold *hold) {
    for (uint32_t h = 0; h < cut->gait->hold_count; h++) {
        const dt__hold *other = &cut->gait->holds[h];
        if (dt__mask_has(&cut->mask, h) && other->kind == hold->kind && other->party == hold->party &&
            other->index == hold->index)
            return true;
    }
    return false;
}

static bool is_known(const dt__found_way *way, const dt__cut_found *cut) {
    for (size_t i = 0; i < way->cuts.count; i++) {
        const dt__cut_found *known = DT__AT(way->cuts, dt__cut_found, i);
        bool same = true;
        for (uint32_t h = 0; h < cut->gait->hold_count; h++)
            same &= !dt__mask_has(&cut->mask, h) || holds_too(known, &cut->gait->holds[h]);
        if (same) return true;
    }
    return false;
}

static uint32_t size_of(const dt__vector *cuts) {
    return cuts->count == 0 ? UINT32_MAX : dt__mask_size(&DT__AT(*cuts, dt__cut_found, 0)->mask);
}

/* The least sets of all groups. */
static dt_status find_cutters(dt__path_work *w, size_t d, const dt__gait *gait, dt_env *env) {
    dt__found_way *way = &w->ways[d];
    dt__cut_search search;
    dt_status st = dt__find_cutters(&search, gait, &w->destinations[d], &w->setting->limits, env);

    way->barred = search.barred && (!way->cuts_sought || way->barred);
    way->incoherent = search.incoherent;
    way->cuts_complete = search.complete && (!way->cuts_sought || way->cuts_complete);
    way->cuts_sought = true;
    if (size_of(&search.found) < size_of(&way->cuts)) way->cuts.count = 0;
    for (size_t i = 0; i < search.found.count && st == DT_OK; i++) {
        const dt__cut_found *cut = DT__AT(search.found, dt__cut_found, i);
        if (size_of(&search.found) > size_of(&way->cuts) || is_known(way, cut)) continue;
        st = dt__vector_push(&way->cuts, cut, env);
    }
    dt__cut_search_clear(&search, env);
    return st;
}

/* ---- larger steps ---- */

static dt_status try_bundle(dt__path_work *w, size_t d, unsigned bundle, bool *proven, dt_env *env) {
    dt__found_way *way = &w->ways[d];
    dt_status st = DT_OK;

    *proven = w->groups_complete;
    for (size_t g = 0; g < w->group_count && st == DT_OK && way->least_bundle == 0; g++) {
        dt__gait gait = w->gaits[g];
        uint32_t found = DT__NO_INDEX;
        dt__quest quest = {.destinations = &w->destinations[d], .count = 1, .found = &found};
        dt__ways r;
        quest.most_strides = env->opts.time_limit > 0 ? 0 : BUNDLE_STRIDES;
        gait.bundle = bundle;
        st = dt__ways_init(&r, &gait, &w->setting->limits, env);
        if (st == DT_OK) st = dt__ways_search(&r, &quest);
        if (st == DT_OK && found != DT__NO_INDEX) way->least_bundle = bundle;
        *proven &= r.exhausted;
        dt__ways_clear(&r);
    }
    return st;
}

static dt_status try_larger_steps(dt__path_work *w, size_t d, dt_env *env) {
    dt__found_way *way = &w->ways[d];
    dt_status st = DT_OK;
    bool proven = true;

    way->tried_bundle = w->opts->bundle;
    for (unsigned b = w->opts->bundle + 1; b <= LARGEST_TRIED && st == DT_OK && proven; b++) {
        st = try_bundle(w, d, b, &proven, env);
        if (way->least_bundle > 0) break;
        if (proven) way->tried_bundle = b;
    }
    return st;
}

dt_status dt__find_obstacles(dt__path_work *w, size_t d, dt_env *env) {
    dt__found_way *way = &w->ways[d];
    dt_status st = DT_OK;

    dt__find_off_agenda(w, d);
    for (size_t g = 0; g < w->group_count && st == DT_OK; g++) st = measure(w, d, &w->gaits[g], env);
    if (way->off_agenda_count > 0) return st;
    for (size_t g = 0; g < w->group_count && st == DT_OK; g++) st = find_cutters(w, d, &w->gaits[g], env);
    return st != DT_OK || way->incoherent || way->barred ? st : try_larger_steps(w, d, env);
}
