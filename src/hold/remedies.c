/* Which single change to a deal would keep everybody in, or keep them in for longer?  Every one is tried. */
#include <stdlib.h>
#include <string.h>

#include "hold/leaving.h"

enum { SHOWN = 5 };

typedef struct candidate {
    uint32_t issue, option;
    dt__first_end first;
} candidate;

/* Longer stays first: never, then the later month; then in the order of the model. */
static int by_length(const void *a, const void *b) {
    const candidate *x = a, *y = b;
    int order;

    if (x->first.ends != y->first.ends) return x->first.ends ? 1 : -1;
    order = x->first.ends ? dt__rational_compare(y->first.month, x->first.month) : 0;
    if (order != 0) return order;
    if (x->issue != y->issue) return x->issue < y->issue ? -1 : 1;
    return (x->option > y->option) - (x->option < y->option);
}

static bool is_coherent(const dt_model *model, const dt__option *outcome) {
    for (size_t i = 0; i < model->rule_count; i++) {
        if (!dt__condition_holds(model->rules[i].require, outcome)) return false;
    }
    return true;
}

/* Does the change keep everybody in, or the first of them longer? */
static bool helps(const dt__first_end *with, const dt__first_end *without) {
    if (with->now != 0) return false;
    if (without->now != 0 || !with->ends) return true;
    return dt__rational_compare(with->month, without->month) > 0;
}

/* A change back to no deal of all that was agreed is no remedy. */
static bool is_still_a_deal(const dt__hold_work *w, const dt__option *outcome) {
    for (uint32_t i = 0; i < w->model->issue_count; i++) {
        if (w->model->issues[i].decided_by == DT__NO_INDEX && outcome[i] != w->setting->no_deal[i]) return true;
    }
    return false;
}

static dt_status try_issue(dt__vector *found, dt__hold_work *w, const dt__option *deal, uint32_t issue,
                           const dt__first_end *first) {
    dt__option tried[DT__MAX_ISSUES];
    dt_status st = DT_OK;

    memcpy(tried, deal, w->model->issue_count * sizeof *tried);
    for (uint32_t o = 0; o < w->model->issues[issue].option_count && st == DT_OK; o++) {
        candidate c = {.issue = issue, .option = o};
        tried[issue] = (dt__option)o;
        if (o == deal[issue] || !is_coherent(w->model, tried) || !is_still_a_deal(w, tried)) continue;
        st = dt__first_to_leave(&c.first, &w->setting->situation, dt__agreement_parties(w), tried, w->env);
        if (st == DT_OK && helps(&c.first, first)) st = dt__vector_push(found, &c, w->env);
    }
    return st;
}

dt_status dt__answer_remedies(dt_hold_deal *out, dt__hold_work *w, const dt__option *deal, const dt__first_end *first) {
    dt__vector found = DT__VECTOR(candidate);
    dt_remedy *list;
    dt_status st = DT_OK;

    for (uint32_t i = 0; i < w->model->issue_count && st == DT_OK; i++) st = try_issue(&found, w, deal, i, first);
    if (found.count > 1) qsort(found.items, found.count, sizeof(candidate), by_length);
    list = DT__BUILDER_ARRAY(&w->builder, dt_remedy, SHOWN);
    out->remedies = list;
    for (size_t i = 0; list != NULL && st == DT_OK && i < found.count && i < SHOWN; i++) {
        const candidate *c = DT__AT(found, candidate, i);
        list[i] = (dt_remedy){.issue = c->issue, .option = c->option, .stays = true, .ends = c->first.ends};
        if (c->first.ends) list[i].month = dt__builder_exact(&w->builder, c->first.month);
        out->remedy_count++;
    }
    dt__vector_clear(&found, w->env);
    return st;
}
