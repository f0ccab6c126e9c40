/* From the status quo: what can be reached by moves, what by improvements, and the shortest ways to the equilibria. */
#include <string.h>

#include "graph/reach.h"
#include "hold/cycles.h"
#include "hold/work.h"

enum { NODE_LIMIT = 1 << 23, UNASKED_STATES = 1 << 16, COUNT_WORK = 1 << 27, WAYS_LISTED = 1000, COUNT_LIMBS = 8 };

typedef struct outset {
    dt__hold_work *w;
    dt__state from;
    dt__reach moves, improvements;
    dt_hold_start *start;
    size_t counted; /* ways whose sequences may still be counted */
} outset;

static dt__reach_request request_of(const outset *o, bool improvements) {
    dt__party_set all = 0;

    for (size_t i = 0; i < o->w->who_count; i++) all |= (dt__party_set)1 << o->w->who[i];
    return (dt__reach_request){
        .movers = all, .from = o->from, .improvements = improvements, .last = DT__NO_INDEX, .node_limit = NODE_LIMIT};
}

static dt_states reached_states(outset *o, const dt__reach *reach) {
    uint64_t *set = dt__hold_new_set(o->w);

    if (set == NULL) return (dt_states){0};
    for (size_t i = 1; i < reach->nodes.count; i++) dt__set_add(set, DT__REACHED(reach, i)->state);
    return dt__hold_set(o->w, set, o->w->opts->states);
}

/* States that improvements lead to, and the start, from which nobody improves. */
static dt_states dead_ends(outset *o) {
    const uint64_t *nash = dt__equilibrium_set(&o->w->stability, DT__NASH);
    uint64_t *set = dt__hold_new_set(o->w);

    if (set == NULL) return (dt_states){0};
    for (size_t i = 0; i < o->improvements.nodes.count; i++) {
        dt__state s = DT__REACHED(&o->improvements, i)->state;
        if (dt__in_set(nash, s)) dt__set_add(set, s);
    }
    return dt__hold_set(o->w, set, o->w->opts->states);
}

/* The steps to a node; NULL when there is no memory. */
static const dt_hold_step *steps_to(outset *o, const dt__reach *reach, uint32_t node, size_t *count) {
    size_t depth = DT__REACHED(reach, node)->depth;
    dt_hold_step *out = DT__BUILDER_ARRAY(&o->w->builder, dt_hold_step, depth);
    dt__step *steps = DT__ARENA_ARRAY(&o->w->arena, dt__step, depth);

    *count = 0;
    if (out == NULL || steps == NULL) {
        o->w->builder.failed = true;
        return NULL;
    }
    dt__reach_path(reach, node, steps);
    for (size_t i = 0; i < depth; i++)
        out[i] = (dt_hold_step){.party = steps[i].mover, .state = dt__hold_name(o->w, steps[i].to)};
    *count = depth;
    return out;
}

static dt_status count_sequences(outset *o, dt_hold_way *way, dt__state to) {
    dt__reach_request request = request_of(o, false);
    dt__limb count[COUNT_LIMBS];
    uint32_t length;
    bool fits = false;
    dt_status st;

    if (o->counted == 0) return DT_OK;
    o->counted--;
    st = dt__reach_count(count, COUNT_LIMBS, &fits, &length, &o->w->graph, &request, to, o->w->env);
    if (st == DT_OK && fits) way->sequences = dt__builder_count(&o->w->builder, count, COUNT_LIMBS);
    return st;
}

static dt_status answer_way(outset *o, dt_hold_way *way, dt__state to) {
    uint32_t node = to == o->from ? 0 : dt__reach_node(&o->moves, to);
    uint32_t better = to == o->from ? 0 : dt__reach_node(&o->improvements, to);

    *way = (dt_hold_way){.state = dt__hold_name(o->w, to), .equilibrium = dt__hold_concepts(o->w, to)};
    way->reachable = node != DT__NO_NODE;
    way->by_improvements = better != DT__NO_NODE;
    if (to == o->from || node == DT__NO_NODE) return DT_OK;
    way->length = DT__REACHED(&o->moves, node)->depth;
    way->steps = steps_to(o, &o->moves, node, &way->step_count);
    if (better != DT__NO_NODE) way->improving = steps_to(o, &o->improvements, better, &way->improving_count);
    return count_sequences(o, way, to);
}

/* Every state that is an equilibrium by some concept. */
static dt_status answer_ways(outset *o) {
    uint64_t *any = dt__hold_new_set(o->w);
    size_t words = o->w->stability.words, count, at = 0;
    dt_hold_way *ways;
    dt_status st = DT_OK;

    if (any == NULL) return DT_ERR_MEMORY;
    for (int c = 0; c < DT_CONCEPT_COUNT; c++) {
        const uint64_t *set = dt__hold_equilibria(o->w, (dt_concept)c);
        for (size_t i = 0; set != NULL && i < words; i++) any[i] |= set[i];
    }
    count = dt__set_size(any, words);
    if (count > WAYS_LISTED) count = WAYS_LISTED;
    if ((ways = DT__BUILDER_ARRAY(&o->w->builder, dt_hold_way, count)) == NULL) return DT_ERR_MEMORY;
    for (dt__state s = 0; at < count && st == DT_OK; s++) {
        if (dt__in_set(any, s)) st = answer_way(o, &ways[at++], s);
    }
    o->start->ways = ways;
    o->start->way_count = count;
    return st;
}

/* Each count walks the whole graph again, movers kept apart. */
static size_t counts_affordable(const dt__hold_work *w) {
    uint64_t moves = 1;

    for (size_t i = 0; i < w->who_count; i++) moves += w->answer->parties[i].moves;
    return (size_t)(COUNT_WORK / (moves * (w->who_count + 1)));
}

static dt_status answer_all(outset *o) {
    dt__hold_work *w = o->w;
    dt__reach_request moves = request_of(o, false), improvements = request_of(o, true);
    dt_status st;

    DT__TRY(dt__reach_init(&o->moves, &w->graph, &moves, w->env));
    DT__TRY(dt__reach_init(&o->improvements, &w->graph, &improvements, w->env));
    if (!o->moves.complete || !o->improvements.complete) {
        w->incomplete[DT__LACK_START] = true;
        return DT_OK;
    }
    o->counted = counts_affordable(w);
    o->start->state = dt__hold_name(w, o->from);
    o->start->reachable = reached_states(o, &o->moves);
    o->start->improvable = reached_states(o, &o->improvements);
    o->start->dead_ends = dead_ends(o);
    if (w->has_board) DT__TRY(dt__count_cycles(&o->start->cycles, &w->board, o->from, &w->arena));
    DT__TRY(answer_ways(o));
    w->answer->start = o->start;
done:
    return st;
}

dt_status dt__answer_start(dt__hold_work *w) {
    outset o = {.w = w, .start = DT__BUILDER_ARRAY(&w->builder, dt_hold_start, 1)};
    dt_status st = DT_OK;

    if (o.start == NULL) return DT_ERR_MEMORY;
    if (w->opts->from == NULL && w->graph.state_count > UNASKED_STATES) {
        w->incomplete[DT__LACK_START] = true;
        return DT_OK;
    }
    if (w->opts->from != NULL) st = dt__hold_locate(&o.from, w, w->opts->from);
    else o.from = dt__graph_find(&w->graph, w->setting->no_deal);
    if (st != DT_OK || o.from == DT__NO_STATE) return st; /* no deal may break a rule */
    st = answer_all(&o);
    dt__reach_clear(&o.moves, w->env);
    dt__reach_clear(&o.improvements, w->env);
    return st;
}
