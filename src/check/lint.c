/* Legal, but probably not meant. */
#include <string.h>

#include "base/catalog.h"
#include "check/check.h"

/* ---- what plays no part ---- */

static bool formula_uses(const dt__formula *f, uint32_t quantity) {
    if (f == NULL) return false;
    if (f->kind == DT__FORMULA_QUANTITY && f->quantity == quantity) return true;
    return formula_uses(f->left, quantity) || formula_uses(f->right, quantity);
}

static bool is_used(const dt_model *model, uint32_t quantity) {
    for (size_t i = 0; i < model->number_count; i++) {
        if (formula_uses(model->numbers[i].formula, quantity)) return true;
    }
    return false;
}

static bool condition_names(const dt__condition *c, uint32_t issue, dt__option option) {
    if (c == NULL) return false;
    if (c->kind == DT__CONDITION_TEST && c->issue == issue) {
        bool ordered = c->test >= DT__TEST_LT && c->test <= DT__TEST_GE;
        if (ordered || c->test == DT__TEST_NE) return true; /* speaks about the others too */
        for (size_t i = 0; i < c->option_count; i++) {
            if (c->options[i] == option) return true;
        }
    }
    return condition_names(c->left, issue, option) || condition_names(c->right, issue, option);
}

static bool term_values(const dt__term *t, uint32_t issue, dt__option option) {
    return t->issue == issue && (t->values == NULL || t->values[option] != DT__NO_NUMBER);
}

static bool party_values(const dt_model *m, const dt__preferences *p, uint32_t issue, dt__option option) {
    if (p == NULL) return false;
    for (size_t t = 0; t < p->term_count; t++) {
        if (term_values(&p->terms[t], issue, option)) return true;
    }
    for (size_t i = 0; i < p->adjust_count; i++) {
        if (condition_names(p->adjust[i].when, issue, option)) return true;
    }
    for (size_t i = 0; i < p->priority_count; i++) {
        if (condition_names(p->priorities[i].when, issue, option)) return true;
    }
    for (size_t i = 0; i < p->red_line_count; i++) {
        if (condition_names(p->red_lines[i].require, issue, option)) return true;
    }
    for (size_t i = 0; i < p->ranked_count; i++) {
        if (p->ranked[i].options[issue] == option) return true;
    }
    (void)m;
    return false;
}

static bool anybody_values(const dt_model *m, uint32_t issue, dt__option option) {
    for (size_t p = 0; p < m->party_count; p++) {
        if (party_values(m, m->parties[p].preferences, issue, option)) return true;
    }
    return false;
}

static void check_options(dt__check *c, uint32_t issue) {
    const dt__issue *info = &c->model->issues[issue];
    size_t unvalued = 0;
    uint32_t last = 0;

    for (uint32_t o = 0; o < info->option_count; o++) {
        if (anybody_values(c->model, issue, (dt__option)o)) continue;
        unvalued++;
        last = o;
    }
    if (unvalued == info->option_count)
        dt__check_note(c, info->place, "unvalued-issue", DT__N("nobody cares about issue “{0}”"), info->id, NULL, NULL);
    else if (unvalued == 1)
        dt__check_note(c, info->place, "unvalued-option", DT__N("nobody values option “{1}” of issue “{0}”"), info->id,
                       info->options[last].id, NULL);
    else if (unvalued > 1)
        dt__check_note(c, info->place, "unvalued-option",
                       DT__N("nobody values some options of issue “{0}”, “{1}” among them"), info->id,
                       info->options[last].id, NULL);
}

void dt__check_idle(dt__check *c) {
    for (uint32_t q = 0; q < c->model->quantity_count; q++) {
        if (!is_used(c->model, q))
            dt__check_note(c, c->model->quantities[q].place, "unused-quantity",
                           DT__N("no number depends on quantity “{0}”"), c->model->quantities[q].id, NULL, NULL);
    }
    if (c->model->arcs != NULL) return; /* every state of a graph is ranked */
    for (uint32_t i = 0; i < c->model->issue_count; i++) check_options(c, i);
}

/* ---- odd formats, proposals and scales ---- */

static bool is_dummy(const dt__consent *consent, dt__party_set all, dt__party_set one) {
    dt__party_set rest = all & ~one, subset = rest;

    if (__builtin_popcountll(all) > 16) return false; /* too many to try */
    while (true) {
        if (dt__consent_wins(consent, subset | one) && !dt__consent_wins(consent, subset)) return false;
        if (subset == 0) return true;
        subset = (subset - 1) & rest;
    }
}

static bool is_improper(const dt__consent *consent, dt__party_set all) {
    dt__party_set subset = all;

    if (__builtin_popcountll(all) > 16) return false;
    while (subset != 0) {
        if (dt__consent_wins(consent, subset) && dt__consent_wins(consent, all & ~subset)) return true;
        subset = (subset - 1) & all;
    }
    return false;
}

static void check_agenda(dt__check *c, const dt__format *f) {
    for (uint32_t i = 0; f->has_agenda && i < c->model->issue_count; i++) {
        const dt__issue *issue = &c->model->issues[i];
        dt__party_set present = f->table | dt__consent_parties(&f->consent);
        if (!dt__issue_set_has(&f->agenda, i) || issue->decided_by == DT__NO_INDEX ||
            (present >> issue->decided_by & 1))
            continue;
        dt__check_note(
            c, f->place, "absent-owner",
            DT__N("format “{0}” has issue “{1}” on its agenda, which “{2}” alone decides without being part of it"),
            f->id, issue->id, c->model->parties[issue->decided_by].id);
    }
}

static void check_format(dt__check *c, const dt__format *f) {
    dt__party_set all = dt__consent_parties(&f->consent);

    if (is_improper(&f->consent, all))
        dt__check_warn(c, f->place, "improper-consent",
                       DT__N("format “{0}”: two groups without a common member can each make a deal"), f->id, NULL,
                       NULL);
    for (uint32_t p = 0; p < c->model->party_count; p++) {
        if ((all >> p & 1) && is_dummy(&f->consent, all, (dt__party_set)1 << p))
            dt__check_note(c, f->place, "dummy-party",
                           DT__N("format “{0}”: the consent of “{1}” never makes a difference"), f->id,
                           c->model->parties[p].id, NULL);
    }
    check_agenda(c, f);
}

static void check_proposal(dt__check *c, const dt__proposal *p) {
    dt__option no_deal[DT__MAX_ISSUES], outcome[DT__MAX_ISSUES];

    dt__model_no_deal(c->model, no_deal);
    dt__proposal_outcome(c->model, p, no_deal, outcome);
    for (size_t i = 0; i < c->model->rule_count; i++) {
        if (!dt__condition_holds(c->model->rules[i].require, outcome))
            dt__check_warn(c, p->place, "proposal-breaks-rule", DT__N("proposal “{0}” breaks rule “{1}”"), p->id,
                           c->model->rules[i].id, NULL);
    }
}

/* A position on an issue whose options were never placed. */
static void check_scales(dt__check *c, const dt__party *party) {
    const dt__preferences *p = party->preferences;

    for (size_t t = 0; p != NULL && p->form == DT__FORM_SPATIAL && t < p->term_count; t++) {
        const dt__issue *issue = &c->model->issues[p->terms[t].issue];
        bool placed = issue->has_scale || issue->ordered;
        for (uint32_t o = 0; o < issue->option_count; o++) placed |= issue->options[o].has_scale;
        if (!placed)
            dt__check_note(
                c, p->place, "unordered-scale",
                DT__N("“{0}” has a position on issue “{1}”, whose options have neither an order nor a scale"),
                party->id, issue->id, NULL);
    }
}

void dt__check_oddities(dt__check *c) {
    for (size_t i = 0; i < c->model->format_count; i++) check_format(c, &c->model->formats[i]);
    for (size_t i = 0; i < c->model->proposal_count; i++) check_proposal(c, &c->model->proposals[i]);
    for (size_t i = 0; i < c->model->party_count; i++) check_scales(c, &c->model->parties[i]);
}
