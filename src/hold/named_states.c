/* Lists of states, and what the states are that the answer names. */
#include <stdlib.h>
#include <string.h>

#include "hold/work.h"

uint32_t dt__hold_name(dt__hold_work *w, dt__state state) {
    dt__set_add(w->named, state);
    return state + 1;
}

uint64_t *dt__hold_new_set(dt__hold_work *w) {
    uint64_t *set = DT__ARENA_ARRAY(&w->arena, uint64_t, (w->graph.state_count + 63) / 64);
    if (set == NULL) w->builder.failed = true;
    return set;
}

dt_states dt__hold_set(dt__hold_work *w, const uint64_t *set, size_t most) {
    size_t words = (w->graph.state_count + 63) / 64;
    dt_states list = {.count = dt__set_size(set, words)};
    uint32_t *ids;

    list.listed = list.count < most ? list.count : most;
    list.ids = ids = DT__BUILDER_ARRAY(&w->builder, uint32_t, list.listed);
    if (ids == NULL) return (dt_states){0};
    if (list.listed < list.count) w->answer->cut = true;
    for (size_t s = 0, i = 0; i < list.listed; s++) {
        if (!dt__in_set(set, (dt__state)s)) continue;
        if (i < w->opts->states) dt__set_add(w->named, (dt__state)s);
        ids[i++] = (uint32_t)s + 1;
    }
    return list;
}

static int ascending(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

dt_states dt__hold_list(dt__hold_work *w, const dt__state *states, size_t count) {
    dt_states list = {.count = count, .listed = count < w->opts->states ? count : w->opts->states};
    uint32_t *all = DT__BUILDER_ARRAY(&w->builder, uint32_t, count);

    if (all == NULL) return (dt_states){0};
    for (size_t i = 0; i < count; i++) all[i] = states[i] + 1;
    if (count > 1) qsort(all, count, sizeof *all, ascending);
    for (size_t i = 0; i < list.listed; i++) dt__set_add(w->named, all[i] - 1);
    if (list.listed < list.count) w->answer->cut = true;
    list.ids = all;
    return list;
}

uint64_t *dt__hold_equilibria(dt__hold_work *w, dt_concept concept) {
    const uint64_t *all = dt__equilibrium_set(&w->stability, (dt__concept) concept);
    uint64_t *set = dt__hold_new_set(w);
    dt__option outcome[DT__MAX_ISSUES];

    if (set == NULL) return NULL;
    memcpy(set, all, w->stability.words * sizeof *set);
    if (w->setting->within == DT__NO_INDEX) return set;
    for (dt__state s = 0; s < w->graph.state_count; s++) {
        if (!dt__in_set(set, s)) continue;
        dt__graph_outcome(&w->graph, s, outcome);
        if (!dt__condition_holds(w->model->scenarios[w->setting->within].when, outcome))
            set[s / 64] &= ~(UINT64_C(1) << (s % 64));
    }
    return set;
}

uint32_t dt__hold_concepts(const dt__hold_work *w, dt__state state) {
    uint32_t concepts = 0;

    for (int c = 0; c < DT_CONCEPT_COUNT; c++)
        concepts |= (uint32_t)dt__in_set(dt__equilibrium_set(&w->stability, (dt__concept)c), state) << c;
    return concepts;
}

/* ---- what the states are ---- */

/* Per rank, how many states a party likes better: places are counted from the best, ties share one. */
static dt_status count_places(uint32_t **out, dt__hold_work *w, uint32_t party) {
    const dt__rank *ranks = w->graph.ranks[party];
    uint32_t *better, above = 0;

    *out = NULL;
    if (ranks == NULL || ((w->partial >> party) & 1)) return DT_OK;
    if ((better = DT__ARENA_ARRAY(&w->arena, uint32_t, w->graph.state_count)) == NULL) return DT_ERR_MEMORY;
    for (dt__state s = 0; s < w->graph.state_count; s++) better[ranks[s]]++;
    for (size_t r = w->graph.state_count; r-- > 0;) {
        uint32_t here = better[r];
        better[r] = above;
        above += here;
    }
    *out = better;
    return DT_OK;
}

static void describe(dt__hold_work *w, dt_hold_state *out, dt__state state, uint32_t *const *places) {
    uint32_t *own = DT__BUILDER_ARRAY(&w->builder, uint32_t, w->who_count);
    dt__option outcome[DT__MAX_ISSUES];

    if (own == NULL) return;
    dt__graph_outcome(&w->graph, state, outcome);
    for (size_t i = 0; i < w->who_count; i++) {
        uint32_t p = w->who[i];
        own[i] = places[i] == NULL ? 0 : places[i][w->graph.ranks[p][state]] + 1;
    }
    *out = (dt_hold_state){.id = state + 1,
                           .outcome = dt__builder_outcome(&w->builder, outcome, w->model->issue_count),
                           .equilibrium = dt__hold_concepts(w, state),
                           .places = own};
}

dt_status dt__answer_states(dt__hold_work *w) {
    size_t count = dt__set_size(w->named, (w->graph.state_count + 63) / 64), at = 0;
    dt_hold_state *list = DT__BUILDER_ARRAY(&w->builder, dt_hold_state, count);
    uint32_t *places[DT__MAX_PARTIES] = {0};
    dt_status st = list == NULL ? DT_ERR_MEMORY : DT_OK;

    for (size_t i = 0; i < w->who_count && st == DT_OK; i++) st = count_places(&places[i], w, w->who[i]);
    if (st != DT_OK) return st;
    for (dt__state s = 0; s < w->graph.state_count; s++) {
        if (dt__in_set(w->named, s)) describe(w, &list[at++], s, places);
    }
    w->answer->named = list;
    w->answer->named_count = count;
    return DT_OK;
}
