/* Why a state is stable for a party or not: its moves, its improvements, and what the others can make of each. */
#include "graph/certificate.h"
#include "hold/work.h"

enum { NODE_LIMIT = 1 << 22 };

/* ---- moves ---- */

static dt_status list_moves(dt__hold_work *w, dt_hold_view *view, dt__state state) {
    uint64_t *moves = dt__hold_new_set(w), *improvements = dt__hold_new_set(w);
    dt__moves walk;
    dt__state t;

    if (moves == NULL || improvements == NULL) return DT_ERR_MEMORY;
    dt__moves_begin(&walk, &w->graph, view->party, state);
    while ((t = dt__moves_next(&walk)) != DT__NO_STATE) {
        dt__set_add(moves, t);
        if (dt__hold_tempts(w, view->party, state, t)) dt__set_add(improvements, t);
    }
    view->moves = dt__hold_set(w, moves, w->opts->states);
    view->improvements = dt__hold_set(w, improvements, w->opts->states);
    return DT_OK;
}

/* ---- certificates ---- */

static void take_path(dt__hold_work *w, dt_hold_reply *out, const dt__answer *answer) {
    dt_hold_step *steps = DT__BUILDER_ARRAY(&w->builder, dt_hold_step, answer->path_count);
    uint32_t *escapes = DT__BUILDER_ARRAY(&w->builder, uint32_t, answer->escape_count);

    if (steps == NULL || escapes == NULL) return;
    for (size_t i = 0; i < answer->path_count; i++)
        steps[i] = (dt_hold_step){.party = answer->path[i].mover, .state = dt__hold_name(w, answer->path[i].to)};
    for (size_t i = 0; i < answer->escape_count; i++) escapes[i] = dt__hold_name(w, answer->escapes[i]);
    out->step_count = answer->path_count;
    out->steps = steps;
    out->escape_count = answer->escape_count;
    out->escapes = escapes;
}

static void take_reply(dt__hold_work *w, dt_hold_reply *out, const dt__answer *answer) {
    *out = (dt_hold_reply){.improvement = dt__hold_name(w, answer->to), .answered = answer->sanctioned};
    if (answer->sanctioned) {
        take_path(w, out, answer);
        return;
    }
    out->reachable = answer->reached;
    out->least = dt__hold_name(w, answer->least == DT__NO_STATE ? answer->to : answer->least);
    if (answer->way_out != DT__NO_STATE) out->way_out = dt__hold_name(w, answer->way_out);
}

static dt_status take_reason(dt__hold_work *w, dt_hold_reason *out, uint32_t party, const dt__rank *const *ranks,
                             dt__state state, dt_concept concept) {
    dt__certificate c;
    dt_hold_reply *replies;
    dt_status st = dt__certificate_init(&c, &w->graph, ranks, party, state, (dt__concept) concept, NODE_LIMIT, w->env);

    if (st == DT_OK && !c.complete) w->incomplete[DT__LACK_EXPLANATION] = true;
    if (st == DT_OK) {
        out->stable = ranks == NULL && !c.complete
                          ? dt__in_set(dt__stable_set(&w->stability, party, (dt__concept) concept), state)
                          : c.stable;
        out->replies = replies = DT__BUILDER_ARRAY(&w->builder, dt_hold_reply, c.count);
        for (size_t i = 0; replies != NULL && i < c.count; i++) {
            if (out->stable || !c.answers[i].sanctioned) take_reply(w, &replies[out->reply_count++], &c.answers[i]);
        }
    }
    dt__certificate_clear(&c);
    return st;
}

/* A party that does not compare everything is taken to like better than the state whatever it may.  NULL in *ranks: the
 * graph's will do.  Others like it make no improvements. */
static dt_status ranks_seen_from(const dt__rank *const **ranks, dt__hold_work *w, uint32_t party, dt__state state) {
    const dt__rank **all;
    dt__rank *own, *alike;

    *ranks = NULL;
    if (w->partial == 0) return DT_OK;
    all = DT__ARENA_ARRAY(&w->arena, const dt__rank *, w->graph.party_count);
    own = DT__ARENA_ARRAY(&w->arena, dt__rank, w->graph.state_count);
    alike = DT__ARENA_ARRAY(&w->arena, dt__rank, w->graph.state_count);
    if (all == NULL || own == NULL || alike == NULL) return DT_ERR_MEMORY;
    for (uint32_t p = 0; p < w->graph.party_count; p++) {
        if ((w->partial >> p) & 1) all[p] = alike;
    }
    for (dt__state t = 0; t < w->graph.state_count; t++) own[t] = dt__hold_tempts(w, party, state, t);
    if ((w->partial >> party) & 1) all[party] = own;
    *ranks = all;
    return DT_OK;
}

static dt_status take_view(dt__hold_work *w, dt_hold_view *view, dt__state state) {
    const dt__rank *const *ranks;
    dt_status st = list_moves(w, view, state);

    if (st == DT_OK) st = ranks_seen_from(&ranks, w, view->party, state);
    for (int c = 0; c < DT_CONCEPT_COUNT && st == DT_OK; c++)
        st = take_reason(w, &view->reasons[c], view->party, ranks, state, (dt_concept)c);
    return st;
}

dt_status dt__answer_reasons(dt__hold_work *w) {
    dt_hold_explanation *e;
    dt_hold_view *views;
    dt__state state;
    dt_status st;

    if (w->opts->explain == NULL) return DT_OK;
    if ((st = dt__hold_locate(&state, w, w->opts->explain)) != DT_OK) return st;
    e = DT__BUILDER_ARRAY(&w->builder, dt_hold_explanation, 1);
    views = DT__BUILDER_ARRAY(&w->builder, dt_hold_view, w->who_count);
    if (e == NULL || views == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < w->who_count && st == DT_OK; i++) {
        views[i] = (dt_hold_view){.party = w->who[i]};
        st = take_view(w, &views[i], state);
    }
    *e = (dt_hold_explanation){.state = dt__hold_name(w, state), .views = views};
    w->answer->explanation = e;
    return st;
}
