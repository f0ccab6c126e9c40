/* Levers without a stated no-deal option: their owners need preferences, and their places have to settle. */
#include "language/reader.h"
#include "model/levers.h"

/* Is there a lever to place, and does every owner of one have preferences? */
static bool owners_can_choose(dt__reader *r) {
    const dt_model *m = r->model;
    bool any = false;
    size_t errors = r->env->error_count;

    for (size_t i = 0; i < m->issue_count; i++) {
        const dt__issue *issue = &m->issues[i];
        if (!dt__is_open_lever(issue)) continue;
        any = true;
        if (m->parties[issue->decided_by].preferences != NULL) continue;
        dt__reader_error_at(r, issue->place, "missing-key",
                            "the issue “{0}” needs `no_deal`: “{1}” decides it, but has no preferences", issue->id,
                            m->parties[issue->decided_by].id, NULL);
    }
    return any && r->env->error_count == errors;
}

static void blame_unsettled(dt__reader *r) {
    for (size_t i = 0; i < r->model->issue_count; i++) {
        const dt__issue *issue = &r->model->issues[i];
        if (!dt__is_open_lever(issue)) continue;
        dt__reader_error_at(
            r, issue->place, "unsettled-levers",
            "where the levers stand without a deal does not settle: their owners keep answering one another", NULL);
        dt__reader_hint(r, "state `no_deal` for “{0}”", issue->id, NULL);
        return;
    }
}

void dt__place_levers(dt__reader *r, const dt__valuation *v) {
    dt_model *m = r->model;
    dt__option no_deal[DT__MAX_ISSUES];
    bool settled;
    dt_status st;

    if (!owners_can_choose(r)) return;
    dt__model_no_deal(m, no_deal);
    st = dt__place_open_levers(&settled, no_deal, NULL, m, v, r->env);
    for (size_t i = 0; i < m->issue_count && st == DT_OK; i++) m->issues[i].no_deal = no_deal[i];
    if (st == DT_OK && !settled) blame_unsettled(r);
    if (st != DT_OK && st != DT_ERR_MODEL && r->status == DT_OK) r->status = st;
}
