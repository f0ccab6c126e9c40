/* A state is stable for a party when the best of its improvements, each worth the least that the others can make of it,
 * is no better than the state. */
#include "graph/stability.h"

#include <string.h>

#include "base/threads.h"
#include "graph/backward.h"

size_t dt__set_size(const uint64_t *set, size_t words) {
    size_t size = 0;
    for (size_t w = 0; w < words; w++) size += (size_t)__builtin_popcountll(set[w]);
    return size;
}

/* ---- one party ---- */

typedef struct judging {
    const dt__worth *worth;
    const dt__graph *graph;
    uint32_t party;
    const dt__rank *ranks;
    uint32_t *value, *least; /* per state: v and w of the method */
    uint32_t *best;          /* by place among the members: largest w from the block's first member on */
    uint64_t *stable;        /* concept x words */
    size_t words;
    dt_env *env;
} judging;

static void keep(judging *j, dt__concept concept, dt__state s) {
    j->stable[(size_t) concept * j->words + s / 64] |= UINT64_C(1) << (s % 64);
}

/* Best that the party can have by one move from a state, or by staying. */
static dt__rank best_after(const judging *j, dt__state s) {
    dt__rank best = j->ranks[s];

    if (j->graph->written_out) {
        const dt__rows *r = &j->graph->rows[j->party];
        for (uint32_t a = r->to_start[s]; a < r->to_start[s + 1]; a++)
            best = j->ranks[r->to[a]] > best ? j->ranks[r->to[a]] : best;
    } else {
        const dt__blocks *b = &j->graph->blocks[j->party];
        const dt__state *members = j->worth->members[j->party];
        uint32_t block = b->of[s];
        if (b->to_start == NULL) return j->ranks[members[b->start[block]]];
        for (uint32_t a = b->to_start[block]; a < b->to_start[block + 1]; a++) {
            dt__rank top = j->ranks[members[b->start[b->to[a]]]];
            best = top > best ? top : best;
        }
    }
    return best;
}

/* How many members of a block, from its first on, are better than a rank. */
static uint32_t better_in(const judging *j, uint32_t block, dt__rank rank) {
    const dt__blocks *b = &j->graph->blocks[j->party];
    const dt__state *members = j->worth->members[j->party];
    uint32_t low = b->start[block], high = b->start[block + 1];

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (j->ranks[members[middle]] > rank) low = middle + 1;
        else high = middle;
    }
    return low - b->start[block];
}

/* What a state's best improvement comes to; *any is false when it has none. */
static uint32_t answered(const judging *j, dt__state s, bool *any) {
    uint32_t most = 0;

    *any = false;
    if (j->graph->written_out) {
        const dt__rows *r = &j->graph->rows[j->party];
        for (uint32_t a = r->to_start[s]; a < r->to_start[s + 1]; a++) {
            dt__state q = r->to[a];
            if (j->ranks[q] <= j->ranks[s]) continue;
            *any = true;
            most = j->least[q] > most ? j->least[q] : most;
        }
    } else {
        const dt__blocks *b = &j->graph->blocks[j->party];
        uint32_t block = b->of[s];
        for (uint32_t a = b->to_start[block]; a < b->to_start[block + 1]; a++) {
            uint32_t better = better_in(j, b->to[a], j->ranks[s]), at;
            if (better == 0) continue;
            *any = true;
            at = b->start[b->to[a]] + better - 1;
            most = j->best[at] > most ? j->best[at] : most;
        }
    }
    return most;
}

static void judge_each(judging *j, dt__concept concept) {
    for (dt__state s = 0; s < j->graph->state_count; s++) {
        bool any;
        uint32_t most = answered(j, s, &any);
        if (!any || most <= j->ranks[s]) keep(j, concept, s);
        if (!any && concept == DT__GMR) keep(j, DT__NASH, s);
    }
}

/* Members of a block come from best to worst: what is better than a state has just been gone through. */
static void judge_blocks(judging *j, dt__concept concept) {
    const dt__blocks *b = &j->graph->blocks[j->party];
    const dt__state *members = j->worth->members[j->party];

    for (uint32_t block = 0; block < b->count; block++) {
        uint32_t most = 0, tied = 0, end = b->start[block + 1];
        bool any = false;
        for (uint32_t i = b->start[block]; i < end; i++) {
            dt__state s = members[i];
            if (i > b->start[block] && j->ranks[s] < j->ranks[members[i - 1]]) {
                any = true;
                most = tied > most ? tied : most;
            }
            if (!any || most <= j->ranks[s]) keep(j, concept, s);
            if (!any && concept == DT__GMR) keep(j, DT__NASH, s);
            tied = j->least[s] > tied ? j->least[s] : tied;
        }
    }
}

static void judge(judging *j, dt__concept concept) {
    const dt__graph *g = j->graph;
    const dt__blocks *b = g->written_out ? NULL : &g->blocks[j->party];
    const dt__state *members = j->worth->members[j->party];

    if (b != NULL && b->to_start == NULL) {
        judge_blocks(j, concept);
        return;
    }
    for (uint32_t block = 0; b != NULL && block < b->count; block++) {
        uint32_t most = 0;
        for (uint32_t i = b->start[block]; i < b->start[block + 1]; i++)
            j->best[i] = most = j->least[members[i]] > most ? j->least[members[i]] : most;
    }
    judge_each(j, concept);
}

/* By moves: GMR with what states are worth, SMR with what the party can make of them. */
static dt_status judge_moves(judging *j, dt__sweep *sweep) {
    bool symmetric = dt__sweep_is_symmetric(sweep);
    dt_status st;

    if (symmetric && (st = dt__sweep_parts(sweep)) != DT_OK) return st;
    if (symmetric) dt__sweep_least_of_parts(sweep, j->ranks, j->least);
    else if ((st = dt__sweep_run(sweep, false, j->ranks, j->least)) != DT_OK) return st;
    judge(j, DT__GMR);
    if (symmetric) dt__sweep_least_of_parts(sweep, j->value, j->least);
    else if ((st = dt__sweep_run(sweep, false, j->value, j->least)) != DT_OK) return st;
    judge(j, DT__SMR);
    return DT_OK;
}

static dt_status judge_all(judging *j, dt__sweep *sweep) {
    dt_status st;

    for (dt__state s = 0; s < j->graph->state_count; s++) j->value[s] = best_after(j, s);
    if ((st = judge_moves(j, sweep)) != DT_OK) return st;
    if ((st = dt__sweep_run(sweep, true, j->ranks, j->least)) != DT_OK) return st;
    judge(j, DT__SEQ);
    if ((st = dt__sweep_run(sweep, true, j->value, j->least)) != DT_OK) return st;
    judge(j, DT__SSEQ);
    return DT_OK;
}

/* Everything is alike to it: nothing is an improvement. */
static void keep_everything(uint64_t *stable, size_t states, size_t words) {
    for (size_t c = 0; c < DT__CONCEPT_COUNT; c++) {
        memset(stable + c * words, 0xff, words * sizeof *stable);
        if (states % 64 != 0) stable[c * words + words - 1] = (UINT64_C(1) << (states % 64)) - 1;
    }
}

static dt_status judge_party(dt__stability *out, const dt__worth *worth, uint32_t party, dt_env *env) {
    const dt__graph *g = worth->graph;
    size_t n = g->state_count;
    bool needs_best = !g->written_out && g->blocks[party].to_start != NULL;
    dt__party_set everybody = g->party_count == 64 ? UINT64_MAX : ((dt__party_set)1 << g->party_count) - 1;
    judging j = {.worth = worth,
                 .graph = g,
                 .party = party,
                 .ranks = worth->ranks[party],
                 .stable = out->stable + (size_t)party * DT__CONCEPT_COUNT * out->words,
                 .words = out->words,
                 .env = env};
    dt__sweep sweep;
    dt_status st;

    memset(j.stable, 0, DT__CONCEPT_COUNT * out->words * sizeof *j.stable);
    if (j.ranks == NULL) {
        keep_everything(j.stable, n, out->words);
        return DT_OK;
    }
    st = dt__sweep_init(&sweep, worth, everybody & ~((dt__party_set)1 << party), env);
    j.value = DT__ARRAY(env, uint32_t, n);
    j.least = DT__ARRAY(env, uint32_t, n);
    if (needs_best) j.best = DT__ARRAY(env, uint32_t, n);
    if (j.value == NULL || j.least == NULL || (needs_best && j.best == NULL)) st = DT_ERR_MEMORY;
    if (st == DT_OK) st = judge_all(&j, &sweep);
    DT__FREE(env, j.value, n);
    DT__FREE(env, j.least, n);
    DT__FREE(env, j.best, n);
    dt__sweep_clear(&sweep);
    return st;
}

/* ---- all ---- */

typedef struct job {
    dt__stability *out;
    const dt__worth *worth;
    dt_env *env;
} job;

static dt_status run(void *payload, size_t i, unsigned worker) {
    job *all = payload;
    (void)worker;
    return judge_party(all->out, all->worth, (uint32_t)i, all->env);
}

void dt__stability_combine(dt__stability *s) {
    keep_everything(s->equilibria, s->state_count, s->words);
    for (size_t c = 0; c < DT__CONCEPT_COUNT; c++) {
        uint64_t *both = s->equilibria + c * s->words;
        for (uint32_t p = 0; p < s->party_count; p++) {
            const uint64_t *own = dt__stable_set(s, p, (dt__concept)c);
            for (size_t w = 0; w < s->words; w++) both[w] &= own[w];
        }
    }
}

dt_status dt__stability_new(dt__stability *out, const dt__graph *g, dt_env *env) {
    *out = (dt__stability){
        .state_count = g->state_count, .party_count = g->party_count, .words = (g->state_count + 63) / 64};
    out->stable = DT__ARRAY(env, uint64_t, (g->party_count + 1) * DT__CONCEPT_COUNT * out->words);
    out->equilibria = DT__ARRAY(env, uint64_t, DT__CONCEPT_COUNT * out->words);
    return out->stable == NULL || out->equilibria == NULL ? DT_ERR_MEMORY : DT_OK;
}

dt_status dt__stability_compute(dt__stability *out, const dt__graph *graph, const dt__rank *const *ranks, dt_env *env) {
    dt__worth worth = {0};
    job all = {.out = out, .worth = &worth, .env = env};
    dt_status st = dt__stability_new(out, graph, env);

    if (st == DT_OK) st = dt__worth_init(&worth, graph, ranks, env);
    if (st == DT_OK) st = dt__parallel(env, graph->party_count, run, &all);
    if (st == DT_OK) dt__stability_combine(out);
    dt__worth_clear(&worth, env);
    return st;
}

dt_status dt__stability_party(dt__stability *out, const dt__graph *graph, uint32_t party, const dt__rank *const *ranks,
                              dt_env *env) {
    dt__worth worth = {0};
    dt_status st = dt__worth_init(&worth, graph, ranks, env);

    if (st == DT_OK) st = judge_party(out, &worth, party, env);
    dt__worth_clear(&worth, env);
    return st;
}

void dt__stability_clear(dt__stability *s, dt_env *env) {
    DT__FREE(env, s->stable, (s->party_count + 1) * DT__CONCEPT_COUNT * s->words);
    DT__FREE(env, s->equilibria, DT__CONCEPT_COUNT * s->words);
    *s = (dt__stability){0};
}
