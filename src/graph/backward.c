#include "graph/backward.h"

#include <string.h>

#include "graph/build.h"

#define DONE UINT32_MAX

/* ---- worth ---- */

static dt_status own_order(dt__worth *w, const dt__rank *given, uint32_t party, dt_env *env) {
    const dt__graph *g = w->graph;
    size_t n = g->state_count, count;
    uint64_t *keys = DT__ARRAY(env, uint64_t, n);
    dt_status st = DT_ERR_MEMORY;

    w->own_ranks[party] = DT__ARRAY(env, dt__rank, n);
    if (keys != NULL && w->own_ranks[party] != NULL) {
        for (size_t s = 0; s < n; s++) keys[s] = given[s];
        st = dt__dense_numbers(w->own_ranks[party], &count, keys, n, env);
        w->ranks[party] = w->own_ranks[party];
    }
    DT__FREE(env, keys, n);
    if (st != DT_OK || g->written_out) return st;
    w->own_members[party] = DT__ARRAY(env, dt__state, n);
    if (w->own_members[party] == NULL) return DT_ERR_MEMORY;
    w->members[party] = w->own_members[party];
    return dt__sort_members(w->own_members[party], g->blocks[party].of, g->blocks[party].start, g->blocks[party].count,
                            w->ranks[party], n, env);
}

static bool are_alike(const dt__rank *ranks, size_t n) {
    for (size_t s = 1; ranks != NULL && s < n; s++) {
        if (ranks[s] != ranks[0]) return false;
    }
    return true;
}

dt_status dt__worth_init(dt__worth *w, const dt__graph *g, const dt__rank *const *ranks, dt_env *env) {
    size_t n = g->party_count + 1;
    dt_status st = DT_OK;

    *w = (dt__worth){.graph = g,
                     .ranks = DT__ARRAY(env, const dt__rank *, n),
                     .members = DT__ARRAY(env, const dt__state *, n),
                     .own_ranks = DT__ARRAY(env, dt__rank *, n),
                     .own_members = DT__ARRAY(env, dt__state *, n)};
    if (!w->ranks || !w->members || !w->own_ranks || !w->own_members) return DT_ERR_MEMORY;
    for (uint32_t p = 0; p < g->party_count && st == DT_OK; p++) {
        w->ranks[p] = g->ranks[p];
        if (!g->written_out) w->members[p] = g->blocks[p].members;
        if (ranks != NULL && ranks[p] != NULL && ranks[p] != g->ranks[p]) st = own_order(w, ranks[p], p, env);
        if (are_alike(w->ranks[p], g->state_count)) w->ranks[p] = NULL;
    }
    return st;
}

void dt__worth_clear(dt__worth *w, dt_env *env) {
    size_t n = w->graph == NULL ? 0 : w->graph->party_count + 1;

    for (size_t p = 0; p + 1 < n; p++) {
        if (w->own_ranks != NULL) DT__FREE(env, w->own_ranks[p], w->graph->state_count);
        if (w->own_members != NULL) DT__FREE(env, w->own_members[p], w->graph->state_count);
    }
    DT__FREE(env, w->ranks, n);
    DT__FREE(env, w->members, n);
    DT__FREE(env, w->own_ranks, n);
    DT__FREE(env, w->own_members, n);
    *w = (dt__worth){0};
}

/* ---- the sweep ---- */

static size_t words_of(const dt__sweep *s) {
    return (s->graph->state_count + 63) / 64;
}

dt_status dt__sweep_init(dt__sweep *s, const dt__worth *worth, dt__party_set others, dt_env *env) {
    const dt__graph *g = worth->graph;
    bool apart = (others & g->intransitive) != 0;

    *s = (dt__sweep){.worth = worth, .graph = g, .env = env, .layers = 1};
    for (uint32_t p = 0; p < g->party_count; p++) {
        bool idle = g->written_out ? g->rows[p].count == 0
                                   : g->blocks[p].count == g->state_count && g->blocks[p].to_start == NULL;
        if (!(others >> p & 1) || idle) continue;
        s->others |= (dt__party_set)1 << p;
        if (apart) s->layer_of[p] = (uint32_t)s->layers++;
        if (g->written_out) continue;
        s->first[p] = DT__ARRAY(env, uint32_t, g->blocks[p].count);
        s->seen[p] = DT__ARRAY(env, uint32_t, g->blocks[p].count);
        if (s->first[p] == NULL || s->seen[p] == NULL) return DT_ERR_MEMORY;
    }
    if (s->layers * g->state_count >= UINT32_MAX) return DT_ERR_MEMORY;
    s->met = DT__ARRAY(env, uint64_t, s->layers * words_of(s));
    s->queue = DT__ARRAY(env, uint32_t, s->layers * g->state_count);
    s->order = DT__ARRAY(env, uint32_t, g->state_count);
    return s->met == NULL || s->queue == NULL || s->order == NULL ? DT_ERR_MEMORY : DT_OK;
}

void dt__sweep_clear(dt__sweep *s) {
    const dt__graph *g = s->graph;

    if (g == NULL) return;
    for (size_t p = 0; p < g->party_count && !g->written_out; p++) {
        DT__FREE(s->env, s->first[p], g->blocks[p].count);
        DT__FREE(s->env, s->seen[p], g->blocks[p].count);
    }
    DT__FREE(s->env, s->met, s->layers * words_of(s));
    DT__FREE(s->env, s->queue, s->layers * g->state_count);
    DT__FREE(s->env, s->order, g->state_count);
    *s = (dt__sweep){0};
}

/* Takes a state in a layer, if it was not met before. */
static inline void meet(dt__sweep *s, dt__state t, size_t layer) {
    uint64_t *word = &s->met[layer * words_of(s) + t / 64], bit = UINT64_C(1) << (t % 64);

    if (*word & bit) return;
    *word |= bit;
    if (layer == 0) s->out[t] = s->value;
    s->queue[s->depth++] = (uint32_t)(layer * s->graph->state_count + t);
}

/* `mover` can move out of t to what was met: so t counts whoever else moved into it. */
static inline void meet_before(dt__sweep *s, dt__state t, uint32_t mover) {
    size_t own = s->layer_of[mover];

    meet(s, t, 0);
    for (size_t layer = 1; layer < s->layers; layer++) {
        if (layer != own) meet(s, t, layer);
    }
}

static void meet_members(dt__sweep *s, uint32_t mover, uint32_t block, dt__state but) {
    const uint32_t *start = s->graph->blocks[mover].start;
    const dt__state *members = s->worth->members[mover];

    for (uint32_t i = start[block]; i < start[block + 1]; i++) {
        if (members[i] != but) meet_before(s, members[i], mover);
    }
}

/* t's own block: a state is no move away from itself, so the first one met waits for a second. */
static inline void meet_own_block(dt__sweep *s, uint32_t mover, uint32_t block, dt__state t) {
    uint32_t *first = &s->first[mover][block];

    if (*first == DONE || *first == t + 1) return;
    if (*first == 0) {
        meet_members(s, mover, block, t);
        *first = t + 1;
    } else {
        meet_before(s, *first - 1, mover);
        *first = DONE;
    }
}

static void back_by_moves(dt__sweep *s, uint32_t mover, dt__state t) {
    const dt__blocks *b = &s->graph->blocks[mover];
    uint32_t block = b->of[t];
    bool entered = s->seen[mover][block] != 0;

    if (b->from_start == NULL) {
        meet_own_block(s, mover, block, t);
        return;
    }
    s->seen[mover][block] = 1;
    for (uint32_t a = b->from_start[block]; a < b->from_start[block + 1]; a++) {
        uint32_t from = b->from[a];
        if (from == block) meet_own_block(s, mover, block, t);
        else if (!entered && s->first[mover][from] != DONE) {
            meet_members(s, mover, from, DT__NO_STATE);
            s->first[mover][from] = DONE;
        }
    }
}

/* Members of a block below a rank; those that were met before stand at its end. */
static inline void meet_below(dt__sweep *s, uint32_t mover, uint32_t block, dt__rank rank) {
    const dt__rank *ranks = s->worth->ranks[mover];
    const dt__state *members = s->worth->members[mover];
    uint32_t start = s->graph->blocks[mover].start[block], *end = &s->first[mover][block];

    for (; *end > start && ranks[members[*end - 1]] < rank; --*end) meet_before(s, members[*end - 1], mover);
}

static void back_by_improvements(dt__sweep *s, uint32_t mover, dt__state t) {
    const dt__blocks *b = &s->graph->blocks[mover];
    uint32_t block = b->of[t];
    dt__rank rank = s->worth->ranks[mover][t];

    if (b->from_start == NULL) {
        meet_below(s, mover, block, rank);
        return;
    }
    if (s->seen[mover][block] > rank) return;
    s->seen[mover][block] = rank + 1;
    for (uint32_t a = b->from_start[block]; a < b->from_start[block + 1]; a++) meet_below(s, mover, b->from[a], rank);
}

static void back_by_rows(dt__sweep *s, uint32_t mover, dt__state t) {
    const dt__rows *r = &s->graph->rows[mover];
    const dt__rank *ranks = s->worth->ranks[mover];

    for (uint32_t a = r->from_start[t]; a < r->from_start[t + 1]; a++) {
        if (!s->improvements || ranks[r->from[a]] < ranks[t]) meet_before(s, r->from[a], mover);
    }
}

static void go_back_from(dt__sweep *s, uint32_t node) {
    const dt__graph *g = s->graph;
    size_t layer = s->layers == 1 ? 0 : node / g->state_count;
    dt__state t = (dt__state)(node - layer * g->state_count);

    for (dt__party_set rest = s->others; rest != 0; rest &= rest - 1) {
        uint32_t p = (uint32_t)__builtin_ctzll(rest);
        if (s->layer_of[p] != layer || (s->improvements && s->worth->ranks[p] == NULL)) continue;
        if (g->written_out) back_by_rows(s, p, t);
        else if (s->improvements) back_by_improvements(s, p, t);
        else back_by_moves(s, p, t);
    }
}

static void go_back(dt__sweep *s) {
    for (size_t at = 0; at < s->depth; at++) go_back_from(s, s->queue[at]);
    s->depth = 0;
}

static void start_blocks(dt__sweep *s) {
    const dt__graph *g = s->graph;

    for (dt__party_set rest = g->written_out ? 0 : s->others; rest != 0; rest &= rest - 1) {
        size_t p = (size_t)__builtin_ctzll(rest), count = g->blocks[p].count;
        memset(s->seen[p], 0, count * sizeof *s->seen[p]);
        if (s->improvements) memcpy(s->first[p], g->blocks[p].start + 1, count * sizeof *s->first[p]);
        else memset(s->first[p], 0, count * sizeof *s->first[p]);
    }
}

/* States by value, counted into place; `at` is scratch. */
static void by_value(dt__sweep *s, const uint32_t *values, uint32_t *at) {
    size_t n = s->graph->state_count;
    uint32_t next = 0;

    memset(at, 0, n * sizeof *at);
    for (size_t t = 0; t < n; t++) at[values[t]]++;
    for (size_t v = 0; v < n; v++) {
        uint32_t here = at[v];
        at[v] = next;
        next += here;
    }
    for (size_t t = 0; t < n; t++) s->order[at[values[t]]++] = (uint32_t)t;
}

/* ---- moves that can all be taken back ---- */

bool dt__sweep_is_symmetric(const dt__sweep *s) {
    for (dt__party_set rest = s->others; rest != 0; rest &= rest - 1) {
        if (s->graph->written_out || s->graph->blocks[__builtin_ctzll(rest)].from_start != NULL) return false;
    }
    return s->layers == 1;
}

dt_status dt__sweep_parts(dt__sweep *s) {
    size_t n = s->graph->state_count;

    s->improvements = false;
    s->out = s->order;
    s->value = 0;
    memset(s->met, 0, words_of(s) * sizeof *s->met);
    start_blocks(s);
    for (dt__state t = 0; t < n; t++) {
        if (s->met[t / 64] >> (t % 64) & 1) continue;
        meet(s, t, 0);
        go_back(s);
        s->value++;
    }
    return dt__poll(s->env);
}

void dt__sweep_least_of_parts(dt__sweep *s, const uint32_t *values, uint32_t *out) {
    size_t n = s->graph->state_count;
    const uint32_t *part = s->order;
    uint32_t *least = s->queue; /* not in use now */

    for (uint32_t c = 0; c < s->value; c++) least[c] = UINT32_MAX;
    for (size_t t = 0; t < n; t++) least[part[t]] = values[t] < least[part[t]] ? values[t] : least[part[t]];
    for (size_t t = 0; t < n; t++) out[t] = least[part[t]];
}

dt_status dt__sweep_run(dt__sweep *s, bool improvements, const uint32_t *values, uint32_t *out) {
    size_t n = s->graph->state_count;
    dt_status st = DT_OK;

    by_value(s, values, out);
    s->improvements = improvements;
    s->out = out;
    memset(s->met, 0, s->layers * words_of(s) * sizeof *s->met);
    start_blocks(s);
    for (size_t i = 0; i < n; i++) {
        s->value = values[s->order[i]];
        for (size_t layer = 0; layer < s->layers; layer++) meet(s, s->order[i], layer);
        go_back(s);
        if (i % 65536 == 0 && (st = dt__poll(s->env)) != DT_OK) return st;
    }
    return DT_OK;
}
