#include "graph/certificate.h"

#include <stdlib.h>
#include <string.h>

typedef struct explaining {
    dt__certificate *certificate;
    const dt__graph *graph;
    const dt__rank *const *ranks;
    dt_env *env;
    dt__party_set others;
    size_t node_limit;
} explaining;

static bool is_by_ways_out(dt__concept concept) {
    return concept == DT__SMR || concept == DT__SSEQ;
}

static dt__rank rank(const explaining *e, dt__state s) {
    return dt__rank_of(e->graph, e->ranks, e->certificate->mover, s);
}

/* The best the mover can have from a state: by a move, or by staying; *by: that move, DT__NO_STATE for staying. */
static dt__rank best_after(const explaining *e, dt__state s, dt__state *by) {
    dt__rank best = rank(e, s);
    dt__moves moves;
    dt__state t;

    *by = DT__NO_STATE;
    dt__moves_begin(&moves, e->graph, e->certificate->mover, s);
    while ((t = dt__moves_next(&moves)) != DT__NO_STATE) {
        if (rank(e, t) < best || (rank(e, t) == best && (*by == DT__NO_STATE || t > *by))) continue;
        best = rank(e, t);
        *by = t;
    }
    return best;
}

static bool deters(void *payload, dt__state t) {
    const explaining *e = payload;
    dt__rank here = rank(e, e->certificate->state);
    dt__state by;

    if (rank(e, t) > here) return false;
    return !is_by_ways_out(e->certificate->concept) || best_after(e, t, &by) <= here;
}

static dt_status list_escapes(dt__answer *a, explaining *e) {
    dt__moves moves;
    dt__state t, *list;
    size_t count = 0;

    dt__moves_begin(&moves, e->graph, e->certificate->mover, a->sanction);
    while (dt__moves_next(&moves) != DT__NO_STATE) count++;
    list = DT__ARENA_ARRAY(&e->certificate->arena, dt__state, count);
    if (list == NULL) return DT_ERR_MEMORY;
    a->escapes = list;
    dt__moves_begin(&moves, e->graph, e->certificate->mover, a->sanction);
    while ((t = dt__moves_next(&moves)) != DT__NO_STATE) list[a->escape_count++] = t;
    return DT_OK;
}

static dt_status tell_sanction(dt__answer *a, explaining *e, const dt__reach *reach) {
    const dt__reached *end = DT__REACHED(reach, reach->found);
    dt__step *path = DT__ARENA_ARRAY(&e->certificate->arena, dt__step, end->depth);

    if (path == NULL) return DT_ERR_MEMORY;
    dt__reach_path(reach, reach->found, path);
    a->sanctioned = true;
    a->sanction = end->state;
    a->path = path;
    a->path_count = end->depth;
    return is_by_ways_out(e->certificate->concept) ? list_escapes(a, e) : DT_OK;
}

static void tell_reach(dt__answer *a, const explaining *e, const dt__reach *reach) {
    bool by_ways = is_by_ways_out(e->certificate->concept);
    dt__rank least = 0;

    for (uint32_t n = 0; n < reach->nodes.count; n++) {
        dt__state t = DT__REACHED(reach, n)->state, by = DT__NO_STATE;
        dt__rank value = by_ways ? best_after(e, t, &by) : rank(e, t);
        if (n > 0 && t != a->to && dt__reach_node(reach, t) == n) a->reached++;
        if (n > 0 && (value > least || (value == least && t >= a->least))) continue;
        least = value;
        a->least = t;
        a->way_out = by;
    }
}

static dt_status answer_to(dt__answer *a, explaining *e, dt__state q) {
    dt__concept concept = e->certificate->concept;
    dt__reach_request request = {.movers = e->others,
                                 .from = q,
                                 .improvements = concept == DT__SEQ || concept == DT__SSEQ,
                                 .merged = (e->graph->intransitive & e->others) == 0,
                                 .last = DT__NO_INDEX,
                                 .node_limit = e->node_limit,
                                 .ranks = e->ranks,
                                 .until = deters,
                                 .until_payload = e};
    dt__reach reach = {.nodes = DT__VECTOR(dt__reached)};
    dt_status st = DT_OK;

    *a = (dt__answer){.to = q, .sanction = DT__NO_STATE, .least = q, .way_out = DT__NO_STATE};
    if (concept == DT__NASH) return DT_OK;
    st = dt__reach_init(&reach, e->graph, &request, e->env);
    if (st == DT_OK && reach.found != DT__NO_NODE) st = tell_sanction(a, e, &reach);
    else if (st == DT_OK && reach.complete) tell_reach(a, e, &reach);
    else if (st == DT_OK) e->certificate->complete = false;
    dt__reach_clear(&reach, e->env);
    return st;
}

typedef struct improvement {
    dt__rank rank;
    dt__state to;
} improvement;

static int by_rank(const void *a, const void *b) {
    const improvement *x = a, *y = b;
    if (x->rank != y->rank) return x->rank > y->rank ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

static dt_status list_improvements(dt__vector *out, const explaining *e) {
    dt__rank here = rank(e, e->certificate->state);
    dt_status st = DT_OK;
    dt__moves moves;
    dt__state t;

    dt__moves_begin(&moves, e->graph, e->certificate->mover, e->certificate->state);
    while (st == DT_OK && (t = dt__moves_next(&moves)) != DT__NO_STATE) {
        improvement i = {.rank = rank(e, t), .to = t};
        if (i.rank > here) st = dt__vector_push(out, &i, e->env);
    }
    if (out->count > 1) qsort(out->items, out->count, out->item, by_rank);
    return st;
}

static dt_status explain(explaining *e, const dt__vector *improvements) {
    dt__certificate *c = e->certificate;
    dt__answer *answers = DT__ARENA_ARRAY(&c->arena, dt__answer, improvements->count);
    dt_status st;

    if (answers == NULL) return DT_ERR_MEMORY;
    c->answers = answers;
    c->stable = true;
    for (size_t i = 0; i < improvements->count; i++) {
        dt__answer a;
        if ((st = answer_to(&a, e, DT__AT(*improvements, improvement, i)->to)) != DT_OK) return st;
        if (a.sanctioned) answers[c->count++] = a;
        else if (c->complete) {
            answers[0] = a;
            c->count = 1;
            c->stable = false;
            return DT_OK;
        } else return DT_OK; /* not settled */
    }
    return DT_OK;
}

dt_status dt__certificate_init(dt__certificate *c, const dt__graph *graph, const dt__rank *const *ranks, uint32_t mover,
                               dt__state state, dt__concept concept, size_t node_limit, dt_env *env) {
    dt__party_set everybody = graph->party_count == 64 ? UINT64_MAX : ((dt__party_set)1 << graph->party_count) - 1;
    explaining e = {.certificate = c,
                    .graph = graph,
                    .ranks = ranks,
                    .env = env,
                    .others = everybody & ~((dt__party_set)1 << mover),
                    .node_limit = node_limit};
    dt__vector improvements = DT__VECTOR(improvement);
    dt_status st;

    *c = (dt__certificate){.mover = mover, .state = state, .concept = concept, .complete = true};
    dt__arena_init(&c->arena, env);
    st = list_improvements(&improvements, &e);
    if (st == DT_OK) st = explain(&e, &improvements);
    dt__vector_clear(&improvements, env);
    return st;
}

void dt__certificate_clear(dt__certificate *c) {
    if (c->arena.env != NULL) dt__arena_clear(&c->arena);
    *c = (dt__certificate){0};
}
