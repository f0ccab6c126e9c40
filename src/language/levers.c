/* Levers without a stated no-deal option stand where their owners would have them: the owner's best option with
 * everything else at no deal, lever by lever in the order of the issues, until nothing changes. */
#include "language/reader.h"
#include "model/utility.h"

typedef struct placing {
    dt__reader *r;
    const dt__valuation *v;
    dt__option *best, *trial; /* two outcomes */
    bool changed;
} placing;

static bool is_free_lever(const dt__issue *issue) {
    return issue->decided_by != DT__NO_INDEX && !issue->no_deal_given;
}

/* The first of the owner's best options, all else at no deal. */
static dt_status find_best(placing *p, uint32_t issue, dt__option *best) {
    const dt_model *m = p->r->model;
    uint32_t owner = m->issues[issue].decided_by;
    int order = 0;
    dt_status st;

    dt__model_no_deal(m, p->best);
    dt__model_no_deal(m, p->trial);
    p->best[issue] = 0;
    for (uint32_t o = 1; o < m->issues[issue].option_count; o++) {
        p->trial[issue] = (dt__option)o;
        st = dt__compare_outcomes(&order, m, p->v, owner, p->trial, p->best, p->r->env);
        if (st == DT_OK && o % 1024 == 0) st = dt__poll(p->r->env);
        if (st != DT_OK) return st;
        if (order > 0) p->best[issue] = (dt__option)o;
    }
    *best = p->best[issue];
    return DT_OK;
}

static dt_status place_once(placing *p) {
    dt_model *m = p->r->model;
    dt_status st;

    p->changed = false;
    for (uint32_t i = 0; i < m->issue_count; i++) {
        dt__option best;
        if (!is_free_lever(&m->issues[i])) continue;
        if ((st = find_best(p, i, &best)) != DT_OK) return st;
        if (best == m->issues[i].no_deal) continue;
        m->issues[i].no_deal = best;
        p->changed = true;
    }
    return dt__poll(p->r->env);
}

/* Is there a lever to place, and does every owner of one have preferences? */
static bool owners_can_choose(dt__reader *r) {
    const dt_model *m = r->model;
    bool any = false;
    size_t errors = r->env->error_count;

    for (size_t i = 0; i < m->issue_count; i++) {
        if (!is_free_lever(&m->issues[i])) continue;
        any = true;
        if (m->parties[m->issues[i].decided_by].preferences != NULL) continue;
        dt__reader_error_at(r, m->issues[i].place, "missing-key", "the issue “{0}” needs `no_deal`: “{1}” decides it, but has no preferences", m->issues[i].id,
                            m->parties[m->issues[i].decided_by].id, NULL);
    }
    return any && r->env->error_count == errors;
}

static void blame_unsettled(dt__reader *r) {
    for (size_t i = 0; i < r->model->issue_count; i++) {
        if (!is_free_lever(&r->model->issues[i])) continue;
        dt__reader_error_at(r, r->model->issues[i].place, "unsettled-levers",
                            "where the levers stand without a deal does not settle: their owners keep answering one another", NULL);
        dt__reader_hint(r, "state `no_deal` for “{0}”", r->model->issues[i].id, NULL);
        return;
    }
}

void dt__place_levers(dt__reader *r, const dt__valuation *v) {
    size_t n = r->model->issue_count;
    placing p = {.r = r, .v = v, .changed = true};
    dt_status st = DT_OK;

    if (!owners_can_choose(r)) return;
    p.best = DT__ARENA_ARRAY(&r->scratch, dt__option, n);
    p.trial = DT__ARENA_ARRAY(&r->scratch, dt__option, n);
    if (p.best == NULL || p.trial == NULL) st = DT_ERR_MEMORY;
    for (size_t round = 0; round <= n && p.changed && st == DT_OK; round++) st = place_once(&p);
    if (st == DT_OK && p.changed) blame_unsettled(r);
    if (st != DT_OK && st != DT_ERR_MODEL && r->status == DT_OK) r->status = st;
}
