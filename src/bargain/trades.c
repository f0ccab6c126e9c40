#include "bargain/trades.h"

#include <string.h>

#include "model/utility.h"

/* What is on the way: per issue and dimension, and the totals. */
typedef struct ledger {
    const dt__bargain_work *work;
    const dt__option *from, *to;
    dt__rational *changes; /* issues x dimensions */
    dt__rational *totals;  /* per dimension */
    dt__vector joints;     /* joint */
    dt_env *env;
} ledger;

typedef struct joint {
    uint32_t party, adjust;
    dt__rational change;
} joint;

static dt_status add_to(dt__rational *sum, dt__rational change, const ledger *l, uint32_t party) {
    if (dt__rational_add(sum, *sum, change)) return DT_OK;
    return dt__too_large_number(l->work->problem.model, party, l->env);
}

static dt_status book(ledger *l, uint32_t issue, size_t d, dt__rational change) {
    uint32_t party = l->work->parties[d];
    dt_status st = add_to(&l->changes[issue * l->work->count + d], change, l, party);
    return st != DT_OK ? st : add_to(&l->totals[d], change, l, party);
}

static dt_status book_term(ledger *l, size_t d, const dt__term *term, dt__rational weights) {
    const dt__situation *s = &l->work->setting->situation;
    uint32_t party = l->work->parties[d];
    dt__rational before, after;
    dt_status st;

    if (l->from[term->issue] == l->to[term->issue]) return DT_OK;
    st = dt__term_utility(&before, s->model, s->valuation, party, term, l->from[term->issue], weights, l->env);
    if (st != DT_OK) return st;
    st = dt__term_utility(&after, s->model, s->valuation, party, term, l->to[term->issue], weights, l->env);
    if (st != DT_OK) return st;
    if (!dt__rational_sub(&after, after, before)) return dt__too_large_number(s->model, party, l->env);
    return book(l, term->issue, d, after);
}

/* The issue of a condition on one issue alone, or DT__NO_INDEX. */
static uint32_t only_issue(const dt_model *m, const dt__condition *when) {
    dt__issue_set scope = {{0}};
    uint32_t only = DT__NO_INDEX;

    dt__condition_scope(when, &scope);
    for (uint32_t i = 0; i < m->issue_count; i++) {
        if (!dt__issue_set_has(&scope, i)) continue;
        if (only != DT__NO_INDEX) return DT__NO_INDEX;
        only = i;
    }
    return only;
}

static dt_status book_adjust(ledger *l, size_t d, uint32_t index) {
    const dt__situation *s = &l->work->setting->situation;
    uint32_t party = l->work->parties[d], issue;
    const dt__adjust *a = &s->model->parties[party].preferences->adjust[index];
    bool before = dt__condition_holds(a->when, l->from), after = dt__condition_holds(a->when, l->to);
    dt__rational change = s->valuation->numbers[a->add];
    dt_status st;

    if (before == after || change.num == 0) return DT_OK;
    if (before) change.num = -change.num;
    issue = only_issue(s->model, a->when);
    if (issue != DT__NO_INDEX) return book(l, issue, d, change);
    if ((st = add_to(&l->totals[d], change, l, party)) != DT_OK) return st;
    return dt__vector_push(&l->joints, &(joint){.party = party, .adjust = index, .change = change}, l->env);
}

static dt_status book_party(ledger *l, size_t d) {
    const dt__situation *s = &l->work->setting->situation;
    const dt__preferences *prefs = s->model->parties[l->work->parties[d]].preferences;
    dt__rational weights = DT__RATIONAL(1);
    dt_status st = DT_OK;

    if (dt__dimension(l->work, d)->ordinal) return DT_OK;
    if (prefs->term_count > 0) st = dt__weight_sum(&weights, s->model, s->valuation, l->work->parties[d], l->env);
    for (size_t t = 0; t < prefs->term_count && st == DT_OK; t++) st = book_term(l, d, &prefs->terms[t], weights);
    for (uint32_t a = 0; a < prefs->adjust_count && st == DT_OK; a++) st = book_adjust(l, d, a);
    return st;
}

/* ---- the answer ---- */

static const dt_exact *exact_row(dt__builder *b, const ledger *l, const dt__rational *row) {
    dt_exact *out = DT__BUILDER_ARRAY(b, dt_exact, l->work->count);

    for (size_t d = 0; out != NULL && d < l->work->count; d++) {
        if (!dt__dimension(l->work, d)->ordinal) out[d] = dt__builder_exact(b, row[d]);
    }
    return out;
}

static void write_trades(dt__builder *b, dt_trade_list *out, const ledger *l) {
    size_t issues = l->work->problem.model->issue_count, at = 0;
    dt_trade *trades;

    for (size_t i = 0; i < issues; i++) out->trade_count += l->from[i] != l->to[i];
    out->trades = trades = DT__BUILDER_ARRAY(b, dt_trade, out->trade_count);
    for (uint32_t i = 0; trades != NULL && i < issues; i++) {
        if (l->from[i] == l->to[i]) continue;
        trades[at++] = (dt_trade){.issue = i,
                                  .from = l->from[i],
                                  .to = l->to[i],
                                  .changes = exact_row(b, l, l->changes + i * l->work->count)};
    }
}

static void write_joints(dt__builder *b, dt_trade_list *out, const ledger *l) {
    dt_joint_change *joints = DT__BUILDER_ARRAY(b, dt_joint_change, l->joints.count);

    out->joint_count = l->joints.count;
    out->joints = joints;
    for (size_t i = 0; joints != NULL && i < l->joints.count; i++) {
        const joint *j = DT__AT(l->joints, joint, i);
        joints[i] =
            (dt_joint_change){.party = j->party, .adjust = j->adjust, .change = dt__builder_exact(b, j->change)};
    }
}

dt_status dt__answer_trades(dt__builder *b, dt_trade_list *out, const dt__bargain_work *w, const dt__option *from,
                            const dt__option *to) {
    size_t cells = (w->problem.model->issue_count + 1) * w->count;
    ledger l = {.work = w, .from = from, .to = to, .env = b->env, .joints = DT__VECTOR(joint)};
    dt_status st = DT_OK;

    *out = (dt_trade_list){0};
    l.changes = DT__BUILDER_ARRAY(b, dt__rational, cells);
    if (l.changes == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < cells; i++) l.changes[i] = DT__RATIONAL(0);
    l.totals = l.changes + cells - w->count;
    for (size_t d = 0; d < w->count && st == DT_OK; d++) st = book_party(&l, d);
    if (st == DT_OK) {
        write_trades(b, out, &l);
        write_joints(b, out, &l);
        out->totals = exact_row(b, &l, l.totals);
    }
    dt__vector_clear(&l.joints, b->env);
    return st;
}
