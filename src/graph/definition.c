#include "graph/definition.h"

/* ---- ranks as a judge ---- */

static bool is_better(void *payload, uint32_t party, dt__state s, dt__state t) {
    const dt__rank_judge *j = payload;
    return dt__rank_of(j->graph, j->ranks, party, t) > dt__rank_of(j->graph, j->ranks, party, s);
}

static bool is_no_better(void *payload, uint32_t party, dt__state s, dt__state t) {
    return !is_better(payload, party, s, t);
}

dt__judge dt__judge_by_ranks(const dt__rank_judge *payload) {
    return (dt__judge){.incentive = is_better,
                       .sanction = is_no_better,
                       .escape = is_better,
                       .improves = is_better,
                       .payload = (void *)payload};
}

/* ---- one verdict ---- */

typedef struct asking {
    const dt__graph *graph;
    dt__party_set movers, others;
    dt__state state;
    dt__concept concept;
    const dt__judge *judge;
    dt_env *env;
} asking;

typedef bool (*view)(void *payload, uint32_t party, dt__state s, dt__state t);

static bool all_say(const asking *a, view says, dt__state t) {
    for (dt__party_set rest = a->movers; rest != 0; rest &= rest - 1) {
        if (!says(a->judge->payload, (uint32_t)__builtin_ctzll(rest), a->state, t)) return false;
    }
    return true;
}

static bool some_say(const asking *a, view says, dt__state t) {
    for (dt__party_set rest = a->movers; rest != 0; rest &= rest - 1) {
        if (says(a->judge->payload, (uint32_t)__builtin_ctzll(rest), a->state, t)) return true;
    }
    return false;
}

/* What the movers can make of a state: one by a move, several by legal sequences.  Clear *out also after a failure. */
static dt_status outcomes(dt__vector *out, const asking *a, dt__state from) {
    dt__reach_request request = {.movers = a->movers,
                                 .from = from,
                                 .last = DT__NO_INDEX,
                                 .allows = a->judge->allows,
                                 .payload = a->judge->payload};
    uint32_t depth_limit = (a->movers & (a->movers - 1)) == 0 ? 1 : UINT32_MAX;
    dt__reach reach;
    dt_status st = dt__reach_init(&reach, a->graph, &request, a->env);

    *out = DT__VECTOR(dt__state);
    for (uint32_t n = 1; n < reach.nodes.count && st == DT_OK; n++) {
        if (DT__REACHED(&reach, n)->depth <= depth_limit)
            st = dt__vector_push(out, &DT__REACHED(&reach, n)->state, a->env);
    }
    dt__reach_clear(&reach, a->env);
    return st;
}

static bool is_by_ways_out(dt__concept concept) {
    return concept == DT__SMR || concept == DT__SSEQ;
}

static dt_status has_way_out(bool *out, const asking *a, dt__state sanction) {
    dt__vector ways;
    dt_status st = outcomes(&ways, a, sanction);

    *out = false;
    for (size_t i = 0; i < ways.count && st == DT_OK; i++)
        *out = *out || all_say(a, a->judge->escape, *DT__AT(ways, dt__state, i));
    dt__vector_clear(&ways, a->env);
    return st;
}

/* Can the others answer by a legal sequence that ends in a sanction? */
static dt_status is_answered(bool *answered, const asking *a, dt__state q) {
    dt__reach_request request = {.movers = a->others,
                                 .from = q,
                                 .last = DT__NO_INDEX,
                                 .improvements = a->concept == DT__SEQ || a->concept == DT__SSEQ,
                                 .improves = a->judge->improves,
                                 .allows = a->judge->allows,
                                 .payload = a->judge->payload};
    dt__reach reach;
    dt_status st = dt__reach_init(&reach, a->graph, &request, a->env);

    *answered = false;
    for (uint32_t n = 1; n < reach.nodes.count && st == DT_OK && !*answered; n++) {
        dt__state t = DT__REACHED(&reach, n)->state;
        bool way_out = false;
        if (!some_say(a, a->judge->sanction, t)) continue;
        if (is_by_ways_out(a->concept)) st = has_way_out(&way_out, a, t);
        *answered = !way_out;
    }
    dt__reach_clear(&reach, a->env);
    return st;
}

dt_status dt__definition_stable(bool *stable, const dt__graph *graph, dt__party_set movers, dt__state state,
                                dt__concept concept, const dt__judge *judge, dt_env *env) {
    dt__party_set everybody = graph->party_count == 64 ? UINT64_MAX : ((dt__party_set)1 << graph->party_count) - 1;
    asking a = {.graph = graph,
                .movers = movers,
                .others = everybody & ~movers,
                .state = state,
                .concept = concept,
                .judge = judge,
                .env = env};
    dt__vector improvements;
    dt_status st = outcomes(&improvements, &a, state);

    *stable = true;
    for (size_t i = 0; i < improvements.count && st == DT_OK && *stable; i++) {
        dt__state q = *DT__AT(improvements, dt__state, i);
        if (!all_say(&a, judge->incentive, q)) continue;
        *stable = false;
        if (concept != DT__NASH) st = is_answered(stable, &a, q);
    }
    dt__vector_clear(&improvements, env);
    return st;
}

dt_status dt__definition_compute(dt__stability *out, const dt__graph *graph, const dt__judge *judge, dt_env *env) {
    dt_status st = dt__stability_new(out, graph, env);

    for (uint32_t p = 0; p < graph->party_count && st == DT_OK; p++) {
        for (size_t c = 0; c < DT__CONCEPT_COUNT && st == DT_OK; c++) {
            uint64_t *set = out->stable + (p * (size_t)DT__CONCEPT_COUNT + c) * out->words;
            for (dt__state s = 0; s < graph->state_count && st == DT_OK; s++) {
                bool stable = false;
                st = dt__definition_stable(&stable, graph, (dt__party_set)1 << p, s, (dt__concept)c, judge, env);
                if (stable) set[s / 64] |= UINT64_C(1) << (s % 64);
            }
        }
    }
    if (st == DT_OK) dt__stability_combine(out);
    return st;
}
