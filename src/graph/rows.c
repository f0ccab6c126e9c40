/* The moves of a party in a graph written out. */
#include <stdlib.h>
#include <string.h>

#include "graph/build.h"

typedef struct arc {
    dt__state from, to;
} arc;

static int by_from(const void *a, const void *b) {
    const arc *x = a, *y = b;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

static dt__state state_of(const dt__graph *g, dt__option option, dt__option *outcome) {
    memcpy(outcome, g->anchors, g->model->issue_count * sizeof *outcome);
    outcome[g->fields[0].issue] = option;
    return dt__graph_find(g, outcome);
}

/* Barriers and what the party does not see take moves away, as in option form. */
static dt_status coherent_arcs(dt__vector *out, const dt__build *b, uint32_t party) {
    const dt__graph *g = b->graph;
    const dt__arcs *arcs = &g->model->arcs[party];
    dt__option from[DT__MAX_ISSUES], to[DT__MAX_ISSUES];

    for (size_t i = 0; g->field_count > 0 && i < arcs->count; i++) {
        arc a = {.from = state_of(g, arcs->list[i].from, from), .to = state_of(g, arcs->list[i].to, to)};
        dt_status st;
        if (a.from == DT__NO_STATE || a.to == DT__NO_STATE || a.from == a.to) continue;
        if (dt__move_forbidden(g->model, party, from, to)) continue;
        if ((st = dt__vector_push(out, &a, b->env)) != DT_OK) return st;
    }
    return DT_OK;
}

static size_t drop_repeated(arc *arcs, size_t count) {
    size_t kept = 0;
    if (count > 1) qsort(arcs, count, sizeof *arcs, by_from);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || by_from(&arcs[kept - 1], &arcs[i]) != 0) arcs[kept++] = arcs[i];
    }
    return kept;
}

static dt_status fill_rows(dt__rows *rows, const arc *arcs, size_t count, size_t states, dt_env *env) {
    uint32_t *to_start = DT__ARRAY(env, uint32_t, states + 1), *from_start = DT__ARRAY(env, uint32_t, states + 1);
    dt__state *to = DT__ARRAY(env, dt__state, count + 1), *from = DT__ARRAY(env, dt__state, count + 1);

    *rows = (dt__rows){.to_start = to_start, .from_start = from_start, .to = to, .from = from, .count = count};
    if (to_start == NULL || from_start == NULL || to == NULL || from == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) {
        to_start[arcs[i].from + 1]++;
        from_start[arcs[i].to + 1]++;
        to[i] = arcs[i].to;
    }
    for (size_t s = 0; s < states; s++) {
        to_start[s + 1] += to_start[s];
        from_start[s + 1] += from_start[s];
    }
    for (size_t i = 0; i < count; i++) from[from_start[arcs[i].to]++] = arcs[i].from;
    for (size_t s = states; s > 0; s--) from_start[s] = from_start[s - 1];
    from_start[0] = 0;
    return DT_OK;
}

/* Is there a move after a move to where no single one goes?  Gives up, and says yes, when that takes too long. */
static dt_status find_intransitive(bool *found, const dt__rows *rows, size_t states, dt_env *env) {
    uint32_t *mark = DT__ARRAY(env, uint32_t, states);
    size_t work = 0;

    if (mark == NULL) return DT_ERR_MEMORY;
    *found = false;
    for (uint32_t s = 0; s < states && !*found; s++) {
        for (uint32_t a = rows->to_start[s]; a < rows->to_start[s + 1]; a++) mark[rows->to[a]] = s + 1;
        mark[s] = s + 1;
        for (uint32_t a = rows->to_start[s]; a < rows->to_start[s + 1] && !*found; a++) {
            uint32_t middle = rows->to[a];
            for (uint32_t c = rows->to_start[middle]; c < rows->to_start[middle + 1] && !*found; c++)
                *found = mark[rows->to[c]] != s + 1 || ++work > (size_t)1 << 28;
        }
    }
    DT__FREE(env, mark, states);
    return DT_OK;
}

dt_status dt__rows_init(dt__rows *rows, bool *intransitive, const dt__build *b, uint32_t party) {
    dt__vector arcs = DT__VECTOR(arc);
    size_t states = b->graph->state_count;
    dt_status st;

    *rows = (dt__rows){0};
    *intransitive = false;
    st = coherent_arcs(&arcs, b, party);
    if (st == DT_OK) st = fill_rows(rows, arcs.items, drop_repeated(arcs.items, arcs.count), states, b->env);
    if (st == DT_OK) st = find_intransitive(intransitive, rows, states, b->env);
    dt__vector_clear(&arcs, b->env);
    return st;
}

void dt__rows_clear(dt__rows *rows, size_t states, dt_env *env) {
    DT__FREE(env, (uint32_t *)rows->to_start, states + 1);
    DT__FREE(env, (uint32_t *)rows->from_start, states + 1);
    DT__FREE(env, (dt__state *)rows->to, rows->count + 1);
    DT__FREE(env, (dt__state *)rows->from, rows->count + 1);
    *rows = (dt__rows){0};
}
