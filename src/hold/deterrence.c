/* What deters from leaving: once a party has left, levers of the others that bring it back to no better than staying.
 *
 * The graph has the levers of all, in the deal and without it; whoever is party to the agreement may leave. */
#include "graph/reach.h"
#include "hold/leaving.h"
#include "model/utility.h"

typedef struct threshold {
    const dt__graph *graph;
    uint32_t party;
    dt__state deal;
    const dt__option *deal_outcome, *left_to;
} threshold;

/* Is the party no better off there than in the deal? */
static bool is_no_better(void *payload, dt__state state) {
    const threshold *t = payload;
    return dt__rank_of(t->graph, NULL, t->party, state) <= dt__rank_of(t->graph, NULL, t->party, t->deal);
}

/* The answer to having left to a state; *found. */
static dt_status find_answer(dt__reach *reach, bool *found, const threshold *t, dt__party_set others, dt__state left,
                             bool improvements, dt_env *env) {
    dt__reach_request request = {.movers = others, .from = left, .improvements = improvements, .last = t->party};
    dt_status st;

    request.until = is_no_better;
    request.until_payload = (void *)t;
    st = dt__reach_init(reach, t->graph, &request, env);
    *found = st == DT_OK && reach->found != DT__NO_NODE;
    return st;
}

/* Is it a way of leaving: as after leaving in all that is decided jointly, as in the deal in the levers of others, and
 * own levers moved only where they can be? */
static bool is_way_out(const threshold *t, const dt__option *outcome) {
    const dt_model *m = t->graph->model;

    for (uint32_t i = 0; i < m->issue_count; i++) {
        const dt__issue *issue = &m->issues[i];
        if (issue->decided_by == DT__NO_INDEX && outcome[i] != t->left_to[i]) return false;
        if (issue->decided_by == DT__NO_INDEX || outcome[i] == t->deal_outcome[i]) continue;
        if (issue->decided_by != t->party) return false;
        if (dt__is_final(issue, t->deal_outcome[i], t->graph->no_deal[i])) return false;
    }
    return true;
}

/* Does every way of leaving that pays have an answer? */
static dt_status is_answered(bool *answered, const threshold *t, dt__party_set others, bool improvements, dt_env *env) {
    dt__option outcome[DT__MAX_ISSUES];
    dt_status st = DT_OK;

    *answered = true;
    for (dt__state to = 0; to < t->graph->state_count && st == DT_OK && *answered; to++) {
        dt__reach reach;
        dt__graph_outcome(t->graph, to, outcome);
        if (!is_way_out(t, outcome) || is_no_better((void *)t, to)) continue;
        st = find_answer(&reach, answered, t, others, to, improvements, env);
        dt__reach_clear(&reach, env);
    }
    return st;
}

static dt_status tell_answer(dt_leaving *out, dt__hold_work *w, const dt__reach *reach, const threshold *t) {
    size_t count = DT__REACHED(reach, reach->found)->depth;
    dt_leaving_step *list = DT__BUILDER_ARRAY(&w->builder, dt_leaving_step, count);
    dt__step *steps = DT__ARENA_ARRAY(&w->arena, dt__step, count);
    dt__option outcome[DT__MAX_ISSUES];

    if (list == NULL || steps == NULL) return DT_ERR_MEMORY;
    dt__reach_path(reach, reach->found, steps);
    for (size_t i = 0; i < count; i++) {
        dt__graph_outcome(t->graph, steps[i].to, outcome);
        list[i] = (dt_leaving_step){.party = steps[i].mover};
        list[i].after = dt__builder_outcome(&w->builder, outcome, w->model->issue_count);
    }
    out->answer = list;
    out->answer_count = count;
    return DT_OK;
}

/* What leaving comes to after the answer: against the deal, no deal as it has drifted. */
static dt_status tell_gain(dt_leaving *out, dt__hold_work *w, const dt__option *deal) {
    const dt__situation *s = &w->setting->situation;
    dt__rational after, stays, base, reservation;
    dt_status st;

    if (out->answer_count == 0 || out->leaving_gain.text == NULL) return DT_OK;
    DT__TRY(dt__utility(&after, s->model, s->valuation, out->party, out->answer[out->answer_count - 1].after, w->env));
    DT__TRY(dt__utility(&stays, s->model, s->valuation, out->party, deal, w->env));
    DT__TRY(dt__utility(&base, s->model, s->valuation, out->party, s->no_deal, w->env));
    DT__TRY(dt__reservation(&reservation, s->model, s->valuation, out->party, s->no_deal, s->months, w->env));
    if (!dt__rational_sub(&after, after, stays) || !dt__rational_sub(&after, after, base) ||
        !dt__rational_add(&after, after, reservation))
        return dt__too_large_number(s->model, out->party, w->env);
    out->answered_gain = dt__builder_exact(&w->builder, after);
done:
    return st;
}

static dt_status seek_answer(dt_leaving *out, dt__hold_work *w, const threshold *t, dt__state left,
                             dt__party_set others) {
    dt__reach reach;
    bool found;
    dt_status st;

    if ((st = is_answered(&out->credible, t, others, true, w->env)) != DT_OK) return st;
    out->deterred = out->credible;
    if (!out->credible && (st = is_answered(&out->deterred, t, others, false, w->env)) != DT_OK) return st;
    if (!out->deterred) return DT_OK;
    st = find_answer(&reach, &found, t, others, left, out->credible, w->env);
    if (found) st = tell_answer(out, w, &reach, t);
    dt__reach_clear(&reach, w->env);
    return st;
}

dt_status dt__answer_deterrence(dt_leaving *out, dt__hold_work *w, const dt__option *deal, const dt__stay *stay) {
    size_t issues = w->model->issue_count;
    dt__option anchors[2 * DT__MAX_ISSUES];
    dt__party_set all = 0, self = (dt__party_set)1 << out->party;
    dt__graph_scope scope;
    dt__graph graph;
    threshold t;
    dt__state left;
    dt_status st;

    for (size_t i = 0; i < issues; i++) {
        anchors[i] = deal[i];
        anchors[issues + i] = stay->departure.outcome[i];
    }
    for (uint32_t p = 0; p < w->model->party_count; p++) all |= (dt__party_set)1 << p;
    dt__graph_scope_levers(&scope, w->model, anchors, 2);
    scope.leaving = self;
    scope.exit = 1;
    if ((st = dt__graph_init(&graph, &w->setting->situation, &scope, NULL, w->env)) == DT_OK) {
        t = (threshold){.graph = &graph, .party = out->party, .deal = dt__graph_find(&graph, deal)};
        t.deal_outcome = deal;
        t.left_to = stay->departure.outcome;
        left = dt__graph_find(&graph, stay->departure.outcome);
        if (t.deal != DT__NO_STATE && left != DT__NO_STATE) st = seek_answer(out, w, &t, left, all & ~self);
        if (st == DT_OK) st = tell_gain(out, w, deal);
    }
    dt__graph_clear(&graph);
    return st;
}
