/* Certificates walked again, from the definitions: nothing here looks at blocks, sweeps or merged searches. */
#include "graph/certificate.h"

typedef struct audit {
    const dt__certificate *c;
    const dt__graph *graph;
    const dt__rank *const *ranks;
    dt_env *env;
} audit;

static dt__rank rank(const audit *a, uint32_t party, dt__state s) {
    return dt__rank_of(a->graph, a->ranks, party, s);
}

static bool better_than_here(const audit *a, dt__state t) {
    return rank(a, a->c->mover, t) > rank(a, a->c->mover, a->c->state);
}

static bool by_improvements(const audit *a) {
    return a->c->concept == DT__SEQ || a->c->concept == DT__SSEQ;
}

static bool by_ways_out(const audit *a) {
    return a->c->concept == DT__SMR || a->c->concept == DT__SSEQ;
}

/* Does a move of the mover from t lead to where it is better off than here? */
static bool has_way_out(const audit *a, dt__state t) {
    for (dt__state u = 0; u < a->graph->state_count; u++) {
        if (better_than_here(a, u) && dt__graph_can_move(a->graph, a->c->mover, t, u)) return true;
    }
    return false;
}

static bool deters(const audit *a, dt__state t) {
    return !better_than_here(a, t) && !(by_ways_out(a) && has_way_out(a, t));
}

static bool is_step(const audit *a, uint32_t mover, dt__state from, dt__state to) {
    if (mover >= a->graph->party_count || mover == a->c->mover) return false;
    if (by_improvements(a) && rank(a, mover, to) <= rank(a, mover, from)) return false;
    return dt__graph_can_move(a->graph, mover, from, to);
}

static bool path_holds(const audit *a, const dt__answer *answer) {
    dt__state at = answer->to;

    if (answer->path_count == 0) return false;
    for (size_t i = 0; i < answer->path_count; i++) {
        const dt__step *step = &answer->path[i];
        if (i > 0 && step->mover == step[-1].mover) return false;
        if (step->to >= a->graph->state_count || !is_step(a, step->mover, at, step->to)) return false;
        at = step->to;
    }
    return at == answer->sanction && deters(a, at);
}

static bool escapes_hold(const audit *a, const dt__answer *answer) {
    size_t count = 0;

    if (!by_ways_out(a)) return answer->escape_count == 0;
    for (size_t i = 0; i < answer->escape_count; i++) {
        if (!dt__graph_can_move(a->graph, a->c->mover, answer->sanction, answer->escapes[i])) return false;
        for (size_t j = 0; j < i; j++) {
            if (answer->escapes[i] == answer->escapes[j]) return false;
        }
    }
    for (dt__state u = 0; u < a->graph->state_count; u++)
        count += dt__graph_can_move(a->graph, a->c->mover, answer->sanction, u);
    return count == answer->escape_count;
}

static const dt__answer *answer_of(const dt__certificate *c, dt__state q) {
    for (size_t i = 0; i < c->count; i++) {
        if (c->answers[i].to == q) return &c->answers[i];
    }
    return NULL;
}

static bool stable_holds(const audit *a) {
    size_t improvements = 0;

    for (dt__state q = 0; q < a->graph->state_count; q++) {
        const dt__answer *answer;
        if (!better_than_here(a, q) || !dt__graph_can_move(a->graph, a->c->mover, a->c->state, q)) continue;
        improvements++;
        answer = answer_of(a->c, q);
        if (answer == NULL || !answer->sanctioned || !path_holds(a, answer) || !escapes_hold(a, answer)) return false;
    }
    return improvements == a->c->count;
}

/* ---- unanswered: everything that the others can bring about, one pair of state and last mover after another ---- */

typedef struct closure {
    uint8_t *met;     /* state x (parties + 1); the last column is the start */
    dt__vector queue; /* uint32_t: place in `met` */
    size_t width;
} closure;

static dt_status meet(closure *c, const audit *a, dt__state s, size_t mover) {
    uint32_t place = (uint32_t)(s * c->width + mover);

    if (c->met[place]) return DT_OK;
    c->met[place] = 1;
    return dt__vector_push(&c->queue, &place, a->env);
}

static dt_status close(closure *c, const audit *a, dt__state from) {
    dt_status st = meet(c, a, from, c->width - 1);

    for (size_t i = 0; i < c->queue.count && st == DT_OK; i++) {
        uint32_t place = *DT__AT(c->queue, uint32_t, i);
        dt__state s = (dt__state)(place / c->width);
        for (uint32_t mover = 0; mover < a->graph->party_count && st == DT_OK; mover++) {
            dt__moves moves;
            dt__state t;
            if (mover == place % c->width || mover == a->c->mover) continue;
            dt__moves_begin(&moves, a->graph, mover, s);
            while (st == DT_OK && (t = dt__moves_next(&moves)) != DT__NO_STATE) {
                if (is_step(a, mover, s, t)) st = meet(c, a, t, mover);
            }
        }
        if (st == DT_OK && i % 1024 == 0) st = dt__poll(a->env);
    }
    return st;
}

static dt_status unanswered_holds(bool *holds, const audit *a) {
    const dt__answer *answer = &a->c->answers[0];
    size_t places, reached = 0;
    closure c = {.width = a->graph->party_count + 1, .queue = DT__VECTOR(uint32_t)};
    dt_status st = DT_OK;

    *holds = a->c->count == 1 && !answer->sanctioned && better_than_here(a, answer->to) &&
             dt__graph_can_move(a->graph, a->c->mover, a->c->state, answer->to);
    if (!*holds || a->c->concept == DT__NASH) return DT_OK;
    places = a->graph->state_count * c.width;
    if (places >= UINT32_MAX) return DT_ERR_LIMIT;
    if ((c.met = DT__ARRAY(a->env, uint8_t, places)) == NULL) return DT_ERR_MEMORY;
    st = close(&c, a, answer->to);
    for (dt__state s = 0; st == DT_OK && *holds && s < a->graph->state_count; s++) {
        bool met = false;
        for (size_t k = 0; k + 1 < c.width; k++) met = met || c.met[s * c.width + k];
        if (!met) continue;
        reached += s != answer->to;
        *holds = !deters(a, s);
    }
    *holds = *holds && reached == answer->reached;
    DT__FREE(a->env, c.met, places);
    dt__vector_clear(&c.queue, a->env);
    return st;
}

dt_status dt__certificate_check(bool *holds, const dt__certificate *c, const dt__graph *graph,
                                const dt__rank *const *ranks, dt_env *env) {
    audit a = {.c = c, .graph = graph, .ranks = ranks, .env = env};

    *holds = false;
    if (!c->complete) return DT_OK;
    if (!c->stable) return unanswered_holds(holds, &a);
    *holds = stable_holds(&a);
    return DT_OK;
}
