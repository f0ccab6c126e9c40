/* A graph written out: legal, but probably not meant. */
#include "base/catalog.h"
#include "check/check.h"

enum { NAMED = 5 };

/* Moves by the state that they leave, as lists through `next`; places are one more than indices, 0 ends a list. */
typedef struct graph_lint {
    dt__check *check;
    const dt_model *model;
    dt__arena arena;
    uint32_t count;  /* states */
    uint32_t *first; /* per state */
    uint32_t *next;  /* per move */
    dt__option *to;
    bool *touched; /* has a move in or out */
    bool *reached; /* from the status quo, whoever moves */
} graph_lint;

static bool gather_moves(graph_lint *l) {
    size_t moves = 0, n = 0;

    for (size_t p = 0; p < l->model->party_count; p++) moves += l->model->arcs[p].count;
    l->first = DT__ARENA_ARRAY(&l->arena, uint32_t, l->count);
    l->next = DT__ARENA_ARRAY(&l->arena, uint32_t, moves + 1);
    l->to = DT__ARENA_ARRAY(&l->arena, dt__option, moves + 1);
    l->touched = DT__ARENA_ARRAY(&l->arena, bool, l->count);
    l->reached = DT__ARENA_ARRAY(&l->arena, bool, l->count);
    if (l->first == NULL || l->next == NULL || l->to == NULL || l->touched == NULL || l->reached == NULL) return false;
    for (size_t p = 0; p < l->model->party_count; p++) {
        for (size_t i = 0; i < l->model->arcs[p].count; i++) {
            const dt__arc *arc = &l->model->arcs[p].list[i];
            l->touched[arc->from] = l->touched[arc->to] = true;
            l->to[++n] = arc->to;
            l->next[n] = l->first[arc->from];
            l->first[arc->from] = (uint32_t)n;
        }
    }
    return true;
}

static bool reach(graph_lint *l) {
    uint32_t *queue = DT__ARENA_ARRAY(&l->arena, uint32_t, l->count), tail = 0;

    if (queue == NULL) return false;
    queue[tail++] = l->model->issues[0].no_deal;
    l->reached[queue[0]] = true;
    for (uint32_t head = 0; head < tail; head++) {
        for (uint32_t i = l->first[queue[head]]; i != 0; i = l->next[i]) {
            if (l->reached[l->to[i]]) continue;
            l->reached[l->to[i]] = true;
            queue[tail++] = l->to[i];
        }
    }
    return true;
}

static bool is_isolated(const graph_lint *l, uint32_t state) {
    return !l->touched[state];
}

static bool is_out_of_reach(const graph_lint *l, uint32_t state) {
    return l->touched[state] && !l->reached[state];
}

/* Some of the states that a test picks, or nothing when there is none. */
static void note_states(graph_lint *l, bool (*picks)(const graph_lint *, uint32_t), const char *code,
                        const char *msgid) {
    size_t found = 0;
    dt__text list;

    dt__text_init(&list, l->check->env);
    for (uint32_t s = 0; s < l->count; s++) {
        if (!picks(l, s) || found++ >= NAMED) continue;
        if (list.length > 0) dt__text_add(&list, ", ");
        dt__text_add(&list, l->model->issues[0].options[s].id);
    }
    if (found > NAMED) dt__text_add(&list, ", …");
    l->check->env->diagnostics_lost |= list.failed;
    if (found > 0)
        dt__check_note(l->check, l->model->issues[0].place, code, msgid, dt__text_get(&list),
                       l->model->issues[0].options[l->model->issues[0].no_deal].id, NULL);
    dt__text_clear(&list);
}

static void check_movers(graph_lint *l) {
    for (size_t p = 0; p < l->model->party_count; p++) {
        const dt__party *party = &l->model->parties[p];
        if (l->model->arcs[p].count == 0)
            dt__check_note(l->check, party->place, "no-moves",
                           DT__N("“{0}” has no moves: every state is stable for it"), party->id, NULL, NULL);
    }
}

static bool forbids(const dt__barrier *barrier, const dt__arcs *arcs) {
    for (size_t i = 0; i < arcs->count; i++) {
        if (dt__condition_holds(barrier->from, &arcs->list[i].from) &&
            dt__condition_holds(barrier->to, &arcs->list[i].to))
            return true;
    }
    return false;
}

static void check_barriers(graph_lint *l) {
    for (size_t b = 0; b < l->model->barrier_count; b++) {
        const dt__barrier *barrier = &l->model->barriers[b];
        bool any = false;
        for (size_t p = 0; p < l->model->party_count && !any; p++)
            any = (barrier->party == DT__NO_INDEX || barrier->party == p) && forbids(barrier, &l->model->arcs[p]);
        if (!any)
            dt__check_note(l->check, barrier->place, "idle-transition",
                           DT__N("transition “{0}” forbids nothing: there is no such move"), barrier->id, NULL, NULL);
    }
}

dt_status dt__check_graph(dt__check *c) {
    graph_lint l = {.check = c, .model = c->model};
    dt_status st = DT_ERR_MEMORY;

    if (c->model->arcs == NULL) return DT_OK;
    l.count = c->model->issues[0].option_count;
    dt__arena_init(&l.arena, c->env);
    if (gather_moves(&l) && reach(&l)) {
        check_movers(&l);
        note_states(&l, is_isolated, "isolated-state", DT__N("no move leads to or from: {0}"));
        note_states(&l, is_out_of_reach, "unreachable-state", DT__N("no moves lead from the status quo, {1}, to: {0}"));
        check_barriers(&l);
        st = DT_OK;
    }
    dt__arena_clear(&l.arena);
    return st;
}
