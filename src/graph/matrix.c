#include "graph/matrix.h"

#include <string.h>

/* 0-1 matrices as rows of bits. */
typedef struct method {
    const dt__graph *graph;
    const dt__rank *const *ranks;
    size_t n, words, parties;
    uint64_t *moves, *improving; /* J and J+: party x state x words */
    uint64_t *last;              /* reach matrices by last mover: party x state x words */
    uint64_t *joined;            /* state x words: reach matrix of a group */
    uint64_t *caught;            /* words: states from which the party has no better move than a given state */
    dt_env *env;
} method;

static uint64_t *row(uint64_t *matrices, const method *m, size_t party, size_t state) {
    return matrices + (party * m->n + state) * m->words;
}

static void set_bit(uint64_t *bits, size_t i) {
    bits[i / 64] |= UINT64_C(1) << (i % 64);
}

static dt__rank rank(const method *m, size_t party, dt__state s) {
    return dt__rank_of(m->graph, m->ranks, (uint32_t)party, s);
}

static void fill_moves(method *m) {
    for (uint32_t p = 0; p < m->parties; p++) {
        for (dt__state s = 0; s < m->n; s++) {
            for (dt__state t = 0; t < m->n; t++) {
                if (!dt__graph_can_move(m->graph, p, s, t)) continue;
                set_bit(row(m->moves, m, p, s), t);
                if (rank(m, p, t) > rank(m, p, s)) set_bit(row(m->improving, m, p, s), t);
            }
        }
    }
}

/* Rows of `last[mover]` take in where the mover goes from what others reached; true when something was new. */
static bool extend(method *m, const uint64_t *steps, size_t mover, size_t i) {
    bool grew = false;

    for (size_t s = 0; s < m->n; s++) {
        uint64_t *reached = row(m->last, m, mover, s);
        for (size_t t = 0; t < m->n; t++) {
            const uint64_t *onward = steps + (mover * m->n + t) * m->words;
            bool there = false;
            for (size_t k = 0; k < m->parties && !there; k++)
                there = k != mover && k != i && dt__in_set(row(m->last, m, k, s), (dt__state)t);
            for (size_t w = 0; there && w < m->words; w++) {
                grew = grew || (onward[w] & ~reached[w]) != 0;
                reached[w] |= onward[w];
            }
        }
    }
    return grew;
}

/* joined = what the others of i reach by legal sequences of these steps. */
static dt_status reach_of_others(method *m, const uint64_t *steps, size_t i) {
    bool grew = true;
    dt_status st = DT_OK;

    memcpy(m->last, steps, m->parties * m->n * m->words * sizeof *steps);
    while (grew && st == DT_OK) {
        grew = false;
        for (size_t k = 0; k < m->parties; k++) grew = (k != i && extend(m, steps, k, i)) || grew;
        st = dt__poll(m->env);
    }
    memset(m->joined, 0, m->n * m->words * sizeof *m->joined);
    for (size_t k = 0; k < m->parties; k++) {
        for (size_t w = 0; k != i && w < m->n * m->words; w++) m->joined[w] |= m->last[k * m->n * m->words + w];
    }
    return st;
}

static bool meets(const uint64_t *a, const uint64_t *b, size_t words) {
    for (size_t w = 0; w < words; w++) {
        if (a[w] & b[w]) return true;
    }
    return false;
}

/* States no better than s, and with `ways` only those from which no move is better than s. */
static void find_caught(method *m, size_t i, dt__state s, bool ways) {
    memset(m->caught, 0, m->words * sizeof *m->caught);
    for (dt__state t = 0; t < m->n; t++) {
        bool is_caught = rank(m, i, t) <= rank(m, i, s);
        for (dt__state u = 0; ways && is_caught && u < m->n; u++)
            is_caught = !dt__in_set(row(m->moves, m, i, t), u) || rank(m, i, u) <= rank(m, i, s);
        if (is_caught) set_bit(m->caught, t);
    }
}

static void judge(dt__stability *out, method *m, size_t i, dt__concept concept) {
    uint64_t *stable = out->stable + (i * DT__CONCEPT_COUNT + (size_t) concept) * out->words;

    for (dt__state s = 0; s < m->n; s++) {
        const uint64_t *improving = row(m->improving, m, i, s);
        bool holds = true;
        if (concept != DT__NASH) find_caught(m, i, s, concept == DT__SMR || concept == DT__SSEQ);
        for (dt__state q = 0; q < m->n && holds; q++) {
            if (!dt__in_set(improving, q)) continue;
            holds = concept != DT__NASH && meets(m->joined + q * m->words, m->caught, m->words);
        }
        if (holds) set_bit(stable, s);
    }
}

static dt_status judge_all(dt__stability *out, method *m) {
    dt_status st = DT_OK;

    fill_moves(m);
    for (size_t i = 0; i < m->parties && st == DT_OK; i++) {
        judge(out, m, i, DT__NASH);
        if ((st = reach_of_others(m, m->moves, i)) != DT_OK) return st;
        judge(out, m, i, DT__GMR);
        judge(out, m, i, DT__SMR);
        if ((st = reach_of_others(m, m->improving, i)) != DT_OK) return st;
        judge(out, m, i, DT__SEQ);
        judge(out, m, i, DT__SSEQ);
    }
    return st;
}

dt_status dt__matrix_compute(dt__stability *out, const dt__graph *graph, const dt__rank *const *ranks, dt_env *env) {
    method m = {.graph = graph,
                .ranks = ranks,
                .n = graph->state_count,
                .words = (graph->state_count + 63) / 64,
                .parties = graph->party_count,
                .env = env};
    size_t size = m.n * m.words;
    dt_status st = dt__stability_new(out, graph, env);

    if (st == DT_OK && m.n > DT__MATRIX_STATES) return DT_ERR_LIMIT;
    if (st != DT_OK) return st;
    m.moves = DT__ARRAY(env, uint64_t, (m.parties + 1) * size);
    m.improving = DT__ARRAY(env, uint64_t, (m.parties + 1) * size);
    m.last = DT__ARRAY(env, uint64_t, (m.parties + 1) * size);
    m.joined = DT__ARRAY(env, uint64_t, size);
    m.caught = DT__ARRAY(env, uint64_t, m.words);
    if (!m.moves || !m.improving || !m.last || !m.joined || !m.caught) st = DT_ERR_MEMORY;
    if (st == DT_OK) st = judge_all(out, &m);
    if (st == DT_OK) dt__stability_combine(out);
    DT__FREE(env, m.moves, (m.parties + 1) * size);
    DT__FREE(env, m.improving, (m.parties + 1) * size);
    DT__FREE(env, m.last, (m.parties + 1) * size);
    DT__FREE(env, m.joined, size);
    DT__FREE(env, m.caught, m.words);
    return st;
}
