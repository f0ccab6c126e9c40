/* Who can move where: by the definitions, and one move after another. */
#include "graph/build.h"

/* ---- by the definitions ---- */

bool dt__graph_at_exit(const dt__graph *g, const dt__option *outcome) {
    if (g->anchor_count > 1 && dt__graph_anchor(g, outcome) != g->exit) return false;
    for (size_t f = 0; f < g->field_count; f++) {
        uint32_t i = g->fields[f].issue;
        if (g->model->issues[i].decided_by == DT__NO_INDEX && outcome[i] != g->no_deal[i]) return false;
    }
    return true;
}

bool dt__move_forbidden(const dt_model *m, uint32_t party, const dt__option *from, const dt__option *to) {
    const dt__party *p = &m->parties[party];

    for (size_t u = 0; u < p->unseen_count; u++) {
        if (dt__condition_holds(p->unseen[u], from) || dt__condition_holds(p->unseen[u], to)) return true;
    }
    for (size_t b = 0; b < m->barrier_count; b++) {
        const dt__barrier *barrier = &m->barriers[b];
        if (barrier->party != DT__NO_INDEX && barrier->party != party) continue;
        if (dt__condition_holds(barrier->from, from) && dt__condition_holds(barrier->to, to)) return true;
    }
    return false;
}

static bool by_issues(const dt__graph *g, uint32_t party, const dt__option *from, const dt__option *to) {
    bool joint = dt__graph_anchor(g, from) != dt__graph_anchor(g, to);

    for (size_t f = 0; f < g->field_count; f++) {
        uint32_t i = g->fields[f].issue, owner = g->model->issues[i].decided_by;
        if (from[i] == to[i]) continue;
        if (owner == DT__NO_INDEX) joint = true;
        else if (owner != party || dt__is_absorbing(g, i, from[i])) return false;
    }
    return !joint || ((g->leaving >> party & 1) && dt__graph_at_exit(g, to));
}

static bool in_row(const dt__rows *rows, dt__state from, dt__state to) {
    for (uint32_t a = rows->to_start[from]; a < rows->to_start[from + 1]; a++) {
        if (rows->to[a] == to) return true;
    }
    return false;
}

bool dt__graph_can_move(const dt__graph *g, uint32_t party, dt__state from, dt__state to) {
    dt__option x[DT__MAX_ISSUES], y[DT__MAX_ISSUES];

    if (from == to) return false;
    if (g->written_out) return in_row(&g->rows[party], from, to);
    dt__graph_outcome(g, from, x);
    dt__graph_outcome(g, to, y);
    return by_issues(g, party, x, y) && !dt__move_forbidden(g->model, party, x, y);
}

/* ---- one after another ---- */

static void members_of(dt__moves *m, uint32_t block) {
    const dt__blocks *b = &m->graph->blocks[m->party];
    m->next = b->members + b->start[block];
    m->end = b->members + b->start[block + 1];
}

static void begin(dt__moves *m, const dt__graph *g, uint32_t party, dt__state from, bool back) {
    *m = (dt__moves){.graph = g, .party = party, .from = from};
    if (g->written_out) {
        const dt__rows *rows = &g->rows[party];
        const uint32_t *start = back ? rows->from_start : rows->to_start;
        m->next = (back ? rows->from : rows->to) + start[from];
        m->end = (back ? rows->from : rows->to) + start[from + 1];
    } else {
        const dt__blocks *b = &g->blocks[party];
        const uint32_t *start = back ? b->from_start : b->to_start;
        uint32_t block = b->of[from];
        if (start == NULL) {
            members_of(m, block);
        } else {
            m->row = (back ? b->from : b->to) + start[block];
            m->row_end = (back ? b->from : b->to) + start[block + 1];
        }
    }
}

void dt__moves_begin(dt__moves *m, const dt__graph *graph, uint32_t party, dt__state from) {
    begin(m, graph, party, from, false);
}

void dt__moves_begin_back(dt__moves *m, const dt__graph *graph, uint32_t party, dt__state to) {
    begin(m, graph, party, to, true);
}

dt__state dt__moves_next(dt__moves *m) {
    while (true) {
        if (m->next == m->end) {
            if (m->row == m->row_end) return DT__NO_STATE;
            members_of(m, *m->row++);
        } else if (*m->next++ != m->from) return m->next[-1];
    }
}
