/* Scopes, and putting a graph together. */
#include "graph/graph.h"

#include <string.h>

#include "base/catalog.h"
#include "base/threads.h"
#include "graph/build.h"

void dt__graph_scope_whole(dt__graph_scope *scope, dt__option *anchor, const dt__situation *situation) {
    const dt_model *m = situation->model;
    bool joint = false;

    *scope = (dt__graph_scope){.anchor_count = 1, .anchors = anchor};
    memcpy(anchor, situation->no_deal, m->issue_count * sizeof *anchor);
    for (uint32_t i = 0; i < m->issue_count; i++) {
        dt__issue_set_add(&scope->free, i);
        joint = joint || m->issues[i].decided_by == DT__NO_INDEX;
    }
    for (size_t f = 0; joint && f < m->format_count; f++) scope->leaving |= dt__consent_parties(&m->formats[f].consent);
}

void dt__graph_scope_levers(dt__graph_scope *scope, const dt_model *model, const dt__option *anchors,
                            size_t anchor_count) {
    *scope = (dt__graph_scope){.anchor_count = anchor_count, .anchors = anchors, .exit = DT__NO_INDEX};
    for (uint32_t i = 0; i < model->issue_count; i++) {
        if (model->issues[i].decided_by != DT__NO_INDEX) dt__issue_set_add(&scope->free, i);
    }
}

/* ---- parties, one task each: their findings are kept apart until all are done ---- */

typedef struct parties {
    const dt__build *build;
    dt_env *envs[DT__MAX_PARTIES];
    bool intransitive[DT__MAX_PARTIES];
} parties;

static dt_status fill_party(void *payload, size_t i, unsigned worker) {
    parties *all = payload;
    dt__graph *g = all->build->graph;
    dt__build own = *all->build;
    uint32_t party = (uint32_t)i;
    dt_status st = DT_OK;

    (void)worker;
    own.env = all->envs[i];
    if (g->ranks[party] != NULL) st = dt__ranks_fill((dt__rank *)g->ranks[party], &own, party);
    if (st != DT_OK) return st;
    if (g->written_out) return dt__rows_init((dt__rows *)&g->rows[party], &all->intransitive[i], &own, party);
    return dt__blocks_init((dt__blocks *)&g->blocks[party], &all->intransitive[i], &own, party);
}

static dt_status refuse_arcs(const dt__build *b) {
    dt__text most;

    dt__text_init(&most, b->env);
    dt__text_add_unsigned(&most, b->limits.arcs);
    dt__diagnose(b->env, DT_ERROR, (dt__place){0}, "too-many-moves",
                 "a party has more than {0} kinds of moves, too many to look at each", dt__text_get(&most), NULL);
    dt__hint(b->env, "let fewer issues vary, or fewer of one party be irreversible", NULL);
    dt__text_clear(&most);
    return DT_ERR_LIMIT;
}

static dt_status fill_parties(dt__build *b) {
    dt__graph *g = b->graph;
    parties all = {.build = b};
    size_t errors = b->env->error_count;
    dt_status st = DT_OK;

    for (size_t p = 0; p < g->party_count && st == DT_OK; p++) st = dt_env_new(&all.envs[p], &b->env->opts);
    if (st == DT_OK) st = dt__parallel(b->env, g->party_count, fill_party, &all);
    for (size_t p = 0; p < g->party_count; p++) {
        if (all.envs[p] != NULL) dt__env_take_diagnostics(b->env, all.envs[p]);
        if (all.envs[p] != NULL && all.envs[p]->diagnostics_lost) b->env->diagnostics_lost = true;
        dt_env_free(all.envs[p]);
        if (all.intransitive[p]) g->intransitive |= (dt__party_set)1 << p;
    }
    if (st == DT_ERR_LIMIT && b->env->error_count == errors) st = refuse_arcs(b);
    return dt__settled(b->env, st);
}

/* Room for what each party has. */
static dt_status prepare_parties(dt__build *b) {
    dt__graph *g = b->graph;
    dt__rank **ranks = DT__ARENA_ARRAY(&g->arena, dt__rank *, g->party_count);

    g->ranks = ranks;
    if (g->written_out) g->rows = DT__ARENA_ARRAY(&g->arena, dt__rows, g->party_count);
    else g->blocks = DT__ARENA_ARRAY(&g->arena, dt__blocks, g->party_count);
    if (ranks == NULL || (g->rows == NULL && g->blocks == NULL)) return DT_ERR_MEMORY;
    for (size_t p = 0; p < g->party_count; p++) {
        const dt__preferences *preferences = g->model->parties[p].preferences;
        if (preferences == NULL) continue;
        if (preferences->form == DT__FORM_COMPARISONS) g->partial |= (dt__party_set)1 << p;
        ranks[p] = DT__ARRAY(b->env, dt__rank, g->state_count);
        if (ranks[p] == NULL) return DT_ERR_MEMORY;
    }
    return DT_OK;
}

dt_status dt__graph_init(dt__graph *graph, const dt__situation *situation, const dt__graph_scope *scope,
                         const dt__graph_limits *limits, dt_env *env) {
    dt__build b = {.graph = graph, .situation = situation, .scope = scope, .env = env};
    dt_status st;

    *graph = (dt__graph){.model = situation->model,
                         .party_count = situation->model->party_count,
                         .anchor_count = scope->anchor_count,
                         .exit = scope->exit,
                         .leaving = scope->leaving,
                         .written_out = situation->model->arcs != NULL,
                         .code_store = DT__VECTOR(uint64_t)};
    dt__arena_init(&graph->arena, env);
    if (limits != NULL) b.limits = *limits;
    if (b.limits.arcs == 0) b.limits.arcs = (size_t)1 << 27;
    if (b.limits.arcs > (size_t)1 << 31) b.limits.arcs = (size_t)1 << 31;
    if (b.limits.steps == 0) b.limits.steps = (size_t)1 << 31;
    if ((st = dt__graph_list_states(&b)) != DT_OK) return st;
    if ((st = prepare_parties(&b)) != DT_OK) return st;
    return fill_parties(&b);
}

void dt__graph_clear(dt__graph *g) {
    dt_env *env = g->arena.env;

    if (env == NULL) return;
    for (size_t p = 0; p < g->party_count; p++) {
        if (g->ranks != NULL) DT__FREE(env, g->ranks[p], g->state_count);
        if (g->rows != NULL) dt__rows_clear((dt__rows *)&g->rows[p], g->state_count, env);
        if (g->blocks != NULL) dt__blocks_clear((dt__blocks *)&g->blocks[p], g->state_count, env);
    }
    dt__vector_clear(&g->code_store, env);
    dt__arena_clear(&g->arena);
    *g = (dt__graph){0};
}

void dt__graph_match(const dt__graph *to, const dt__graph *from, dt__state *out) {
    dt__stepper stepper;

    dt__stepper_begin(&stepper, to);
    for (size_t s = 0; s < to->state_count; s++) {
        if (s > 0) (void)dt__stepper_next(&stepper);
        out[s] = dt__graph_find(from, stepper.outcome);
    }
}
