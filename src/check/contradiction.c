/* Rules, red lines and scenarios that exclude one another: asked of the engine. */
#include <string.h>

#include "base/catalog.h"
#include "check/check.h"
#include "space/search.h"

static const dt__limits limits = {.nodes = 1000000, .states = 1000000, .list = 20};

typedef struct contradictions {
    dt__check *check;
    dt__problem problem;
} contradictions;

/* Minimal sets of soft bits that no outcome keeps together, as masks over the soft numbers. */
static dt_status find_conflicts(contradictions *x, const dt__query *q, dt__antichain *out) {
    dt__antichain found = DT__ANTICHAIN;
    bool complete, listed;
    dt_status st;

    DT__TRY(dt__search_conflicts(&found, &complete, q, &limits, x->check->env));
    if (complete && found.masks.count > 0)
        DT__TRY(dt__antichain_hitting_sets(out, &found, limits.list, &listed, x->check->env));
done:
    dt__antichain_clear(&found, x->check->env);
    return st == DT_ERR_LIMIT ? DT_OK : st; /* too many to check: no finding */
}

/* The names of the soft bits in a mask, “a”, “b” ... */
static void name_members(dt__text *names, const contradictions *x, const dt__query *q, const dt__mask *mask) {
    const dt_model *m = x->check->model;
    uint32_t number = 0;

    for (size_t b = 0; b < x->problem.bits.count; b++) {
        const dt__bit *bit = DT__BIT(&x->problem, b);
        if (q->bit_roles[b] != DT__SOFT) continue;
        if (dt__mask_has(mask, number++)) {
            if (names->length > 0) dt__text_add(names, ", ");
            dt__text_add(names, bit->kind == DT__BIT_RULE
                                    ? m->rules[bit->index].id
                                    : m->parties[bit->party].preferences->red_lines[bit->index].id);
        }
    }
}

static void report_conflict(contradictions *x, const dt__query *q, const dt__mask *mask, const dt__party *party) {
    dt__place place = party == NULL ? (dt__place){.file = x->check->model->file} : party->preferences->place;
    dt__text names;

    dt__text_init(&names, x->check->env);
    name_members(&names, x, q, mask);
    x->check->env->diagnostics_lost |= names.failed;
    if (party == NULL)
        dt__check_warn(x->check, place, "rules-contradict", DT__N("no outcome keeps these rules together: {0}"),
                       dt__text_get(&names), NULL, NULL);
    else if (dt__mask_size(mask) == 1)
        dt__check_warn(x->check, place, "red-line-impossible",
                       DT__N("the rules leave no outcome that keeps red line “{1}” of “{0}”"), party->id,
                       dt__text_get(&names), NULL);
    else
        dt__check_warn(x->check, place, "red-lines-contradict",
                       DT__N("no outcome keeps these red lines of “{0}” together: {1}"), party->id,
                       dt__text_get(&names), NULL);
    dt__text_clear(&names);
}

/* party NULL: the rules among themselves. */
static dt_status check_set(contradictions *x, uint32_t party) {
    const dt__party *info = party == DT__NO_INDEX ? NULL : &x->check->model->parties[party];
    dt__antichain conflicts = DT__ANTICHAIN;
    dt__query q;
    dt_status st = dt__query_init(&q, &x->problem, x->check->env);

    if (st != DT_OK) return st;
    for (size_t b = 0; b < x->problem.bits.count; b++) {
        const dt__bit *bit = DT__BIT(&x->problem, b);
        if (info == NULL ? bit->kind == DT__BIT_RULE : bit->kind == DT__BIT_RED_LINE && bit->party == party)
            q.bit_roles[b] = DT__SOFT;
    }
    st = find_conflicts(x, &q, &conflicts);
    for (size_t i = 0; i < conflicts.masks.count && st == DT_OK; i++) {
        const dt__mask *mask = DT__AT(conflicts.masks, dt__mask, i);
        if (dt__mask_size(mask) > 0) report_conflict(x, &q, mask, info);
    }
    dt__antichain_clear(&conflicts, x->check->env);
    dt__query_clear(&q, x->check->env);
    return st;
}

static dt_status check_scenario(contradictions *x, uint32_t scenario) {
    dt__option outcome[DT__MAX_ISSUES];
    dt__best best = {.outcome = outcome};
    const dt__scenario *info = &x->check->model->scenarios[scenario];
    dt__query q;
    dt_status st = dt__query_init(&q, &x->problem, x->check->env);

    if (st != DT_OK) return st;
    q.bit_roles[dt__problem_bit(&x->problem, DT__BIT_SCENARIO, DT__NO_INDEX, scenario)] = DT__HARD;
    st = dt__search_best(&best, &q, &limits, x->check->env);
    if (st == DT_OK && !best.found && best.proven)
        dt__check_warn(x->check, info->place, "scenario-impossible",
                       DT__N("the rules leave no outcome in which scenario “{0}” comes about"), info->id, NULL, NULL);
    dt__query_clear(&q, x->check->env);
    return st;
}

dt_status dt__check_contradictions(dt__check *c) {
    contradictions x = {.check = c};
    dt__valuation valuation = {0};
    dt__option no_deal[DT__MAX_ISSUES];
    dt__situation situation = {.model = c->model, .valuation = &valuation, .no_deal = no_deal, .months = {0, 1}};
    dt__issue_set all;
    dt_status st;

    if (c->model->arcs != NULL) return DT_OK; /* a graph has neither rules nor red lines */
    memset(&all, 0xff, sizeof all);
    dt__model_no_deal(c->model, no_deal);
    DT__TRY(dt__valuation_init(&valuation, c->model, c->env));
    DT__TRY(dt__valuation_central(&valuation, c->model, c->env));
    DT__TRY(dt__problem_init(&x.problem, &situation, &all, c->env));
    DT__TRY(check_set(&x, DT__NO_INDEX));
    for (uint32_t p = 0; p < c->model->party_count; p++) {
        if (c->model->parties[p].preferences != NULL) DT__TRY(check_set(&x, p));
    }
    for (uint32_t s = 0; s < c->model->scenario_count; s++) DT__TRY(check_scenario(&x, s));
done:
    dt__problem_clear(&x.problem);
    if (valuation.numbers != NULL) dt__valuation_clear(&valuation, c->env);
    return st;
}
