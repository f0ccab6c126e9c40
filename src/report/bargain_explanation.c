/* Why not this deal?  What each party makes of it, and the trades that would improve it. */
#include <string.h>

#include "base/catalog.h"
#include "report/bargain_sections.h"

/* ---- the deal ---- */

static const char *verdict(dt_document *d, const dt_explanation *e) {
    if (!e->coherent) return dt__word(d, "It breaks a rule, so it cannot be.");
    if (!e->within_reach)
        return dt__word(
            d, "This format cannot agree on it: it moves what is not on the agenda, or misses the scenario asked for.");
    if (!e->efficient_known) {
        return e->in_zone
                   ? dt__word(d,
                              "It lies in the zone of agreement. Nothing that betters it was found, which is no proof.")
                   : dt__word(d, "Not enough parties accept it.");
    }
    if (!e->in_zone) {
        return e->efficient ? dt__word(d, "Not enough parties accept it, though it lies on the Pareto frontier.")
                            : dt__word(d, "Not enough parties accept it.");
    }
    return e->efficient ? dt__word(d, "It lies in the zone of agreement and on the Pareto frontier: nothing betters it "
                                      "for one party without harm to another.")
                        : dt__word(d, "It lies in the zone of agreement, but could be bettered.");
}

static const dt__column judgement_columns[] = {{DT__N("Party"), DT__LEFT},
                                               {DT__N("Gain over no deal"), DT__RIGHT},
                                               {DT__N("Accepts"), DT__LEFT},
                                               {DT__N("Red lines crossed"), DT__LEFT}};

static const char *gain_text(dt_document *d, const dt_judgement *j) {
    if (j->gain.text != NULL) return dt__say_signed(d, j->gain.value);
    if (j->preference == DT_EQUAL) return dt__word(d, "equal");
    return j->preference == DT_BETTER ? dt__word(d, "better") : dt__word(d, "worse");
}

static const char *crossed_text(dt_document *d, const dt_judgement *j) {
    dt__phrases p = dt__phrases_new(d, j->red_line_count);

    for (size_t i = 0; i < j->red_line_count; i++) dt__phrases_add(&p, dt__red_line_name(d, j->party, j->red_lines[i]));
    return dt__phrases_join(d, &p, dt__t(d->env, ", "));
}

static void add_judgements(dt_document *d, const dt_explanation *e) {
    dt__block *table;

    if (e->judgement_count == 0) return;
    table = DT__TABLE_OF(d, judgement_columns);
    for (size_t i = 0; i < e->judgement_count; i++) {
        const dt_judgement *j = &e->judgements[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__party_name(d, j->party), DT__PLAIN);
        dt__table_cell(d, table, gain_text(d, j), DT__PLAIN);
        dt__table_cell(d, table, j->accepts ? dt__word(d, "yes") : dt__word(d, "no"), j->accepts ? DT__GOOD : DT__BAD);
        dt__table_cell(d, table, crossed_text(d, j), DT__PLAIN);
    }
    dt__table_drop_empty(table);
}

/* ---- what would better it ---- */

/* "Forces: capped → deferred; Aid: cut → kept" */
static const char *trade_text(dt_document *d, dt_outcome from, dt_outcome to) {
    dt__phrases p = dt__phrases_new(d, d->model->issue_count);

    for (uint32_t i = 0; i < d->model->issue_count; i++) {
        if (from[i] == to[i]) continue;
        dt__phrases_add(&p, dt__say(d, "{0}: {1} → {2}", dt__issue_name(d, i), dt__option_name(d, i, from[i]),
                                    dt__option_name(d, i, to[i]), NULL));
    }
    return dt__phrases_join(d, &p, dt__t(d->env, "; "));
}

static const dt_judgement *judgement_of(const dt_explanation *e, uint32_t party) {
    for (size_t i = 0; i < e->judgement_count; i++) {
        if (e->judgements[i].party == party) return &e->judgements[i];
    }
    return NULL;
}

static const char *change_text(dt_document *d, const dt_explanation *e, uint32_t party, dt_exact after) {
    const dt_judgement *before = judgement_of(e, party);

    if (before == NULL || before->utility.text == NULL || after.text == NULL) return "";
    return dt__say_signed(d, after.value - before->utility.value);
}

static dt__block *trade_table(dt_document *d, const dt_bargain_format *f) {
    dt__block *table = dt__table(d, NULL, 1 + f->party_count);

    dt__table_column(d, table, 0, dt__word(d, "The trade"), DT__LEFT);
    for (size_t i = 0; i < f->party_count; i++)
        dt__table_column(d, table, 1 + i, dt__party_name(d, f->parties[i]), DT__RIGHT);
    return table;
}

static void add_improvements(dt_document *d, const dt_bargain_format *f, const dt_explanation *e) {
    dt__block *table;

    if (e->improvement_count == 0) return;
    dt__paragraph(d, dt__word(d, "What would hurt nobody and help somebody, with what each party would gain by the "
                                 "change; fewest changes first:"));
    table = trade_table(d, f);
    for (size_t i = 0; i < e->improvement_count; i++) {
        const dt_frontier_point *better = &e->improvements[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, trade_text(d, e->outcome, better->outcome), DT__PLAIN);
        for (size_t p = 0; p < f->party_count; p++)
            dt__table_cell(d, table, change_text(d, e, f->parties[p], better->utilities[p]), DT__PLAIN);
    }
    dt__table_drop_empty(table);
}

/* ---- the first of them, issue by issue ---- */

static const char *signed_or_empty(dt_document *d, dt_exact change) {
    return change.text == NULL || strcmp(change.text, "0") == 0 ? "" : dt__say_signed(d, change.value);
}

static void add_row(dt_document *d, dt__block *table, const dt_bargain_format *f, const char *name,
                    const dt_exact *changes) {
    dt__table_row(d, table);
    dt__table_cell(d, table, name, DT__PLAIN);
    for (size_t p = 0; p < f->party_count; p++) dt__table_cell(d, table, signed_or_empty(d, changes[p]), DT__PLAIN);
}

/* A term on several issues belongs to one party. */
static void add_joint(dt_document *d, dt__block *table, const dt_bargain_format *f, const dt_joint_change *j) {
    const dt__adjust *adjust = &d->model->parties[j->party].preferences->adjust[j->adjust];

    dt__table_row(d, table);
    dt__table_cell(d, table, dt__say(d, "together: {0}", dt__condition_text(d, adjust->when), NULL), DT__PLAIN);
    for (size_t p = 0; p < f->party_count; p++)
        dt__table_cell(d, table, f->parties[p] == j->party ? signed_or_empty(d, j->change) : "", DT__PLAIN);
}

static void add_trades(dt_document *d, const dt_bargain_format *f, const dt_explanation *e) {
    const dt_trade_list *list = e->improvement_count == 0 ? NULL : &e->trades[0];
    dt__block *table;

    if (list == NULL || list->trade_count < 2) return;
    dt__paragraph(d, dt__word(d, "The first of these, issue by issue: who gives and who gets."));
    table = trade_table(d, f);
    for (size_t i = 0; i < list->trade_count; i++) {
        const dt_trade *t = &list->trades[i];
        add_row(d, table, f,
                dt__say(d, "{0}: {1} → {2}", dt__issue_name(d, t->issue), dt__option_name(d, t->issue, t->from),
                        dt__option_name(d, t->issue, t->to), NULL),
                t->changes);
    }
    for (size_t i = 0; i < list->joint_count; i++) add_joint(d, table, f, &list->joints[i]);
    add_row(d, table, f, dt__word(d, "in all"), list->totals);
    dt__table_drop_empty(table);
}

void dt__bargain_explanation(dt_document *d, const dt_bargain_answer *answer, const dt_bargain_format *f) {
    const dt_explanation *e = f->explanation;

    if (e == NULL) return;
    dt__paragraph(d, dt__say(d, "Why not this deal: {0}? {1}", dt__changes_text(d, e->outcome, answer->no_deal),
                             verdict(d, e), NULL));
    add_judgements(d, e);
    add_improvements(d, f, e);
    add_trades(d, f, e);
}
