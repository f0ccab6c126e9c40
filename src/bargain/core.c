/* The core: outcomes that no winning set would leave for another.  A set leaves x for y when each of its members is strictly
 * better off at y and y crosses none of their red lines. */
#include <string.h>

#include "bargain/answer.h"

/* The problem with thresholds just above what an outcome gives: reaching them is being strictly better off. */
typedef struct above {
    dt__problem problem;
    dt__coordinate coordinates[2 * DT__MAX_PARTIES];
} above;

static dt__int128 sum_at(const dt__problem *p, uint32_t coordinate, dt_outcome outcome) {
    dt__option assignment[DT__MAX_ISSUES];
    dt__int128 sum = 0;

    for (uint32_t v = 0; v < p->var_count; v++) assignment[v] = outcome[p->issues[v]];
    for (size_t i = 0; i < p->factors.count; i++) {
        const dt__factor *f = DT__FACTOR(p, i);
        if (f->kind == DT__FACTOR_SUM && f->target == coordinate) sum += f->sums[dt__factor_index(f, assignment)];
    }
    return sum;
}

static void raise_thresholds(above *a, const dt__bargain_work *w, dt_outcome outcome) {
    a->problem = w->problem;
    memcpy(a->coordinates, w->problem.coordinates.items, w->problem.coordinates.count * sizeof *a->coordinates);
    a->problem.coordinates.items = a->coordinates;
    for (size_t d = 0; d < w->count; d++) {
        a->coordinates[w->coordinates[d]].threshold = sum_at(&w->problem, w->coordinates[d], outcome) + 1;
    }
}

/* Searches the first winning set that would leave, smallest sets first. */
static dt_status test_outcome(dt__builder *b, dt_core_test *test, const dt__bargain_work *w, dt_outcome outcome) {
    above *a = DT__NEW(b->env, above);
    dt__option found[DT__MAX_ISSUES];
    dt_status st = a == NULL ? DT_ERR_MEMORY : DT_OK;

    test->tested = test->in_core = true;
    if (st == DT_OK) raise_thresholds(a, w, outcome);
    for (size_t s = 0; s < w->winning.sets.count && test->in_core && st == DT_OK; s++) {
        dt__best best = {.outcome = found};
        dt__party_set set = *DT__AT(w->winning.sets, dt__party_set, s);
        dt__query q;
        if ((st = dt__query_init(&q, &a->problem, b->env)) != DT_OK) break;
        for (uint32_t p = 0; p < DT__MAX_PARTIES; p++) {
            if (set >> p & 1) dt__query_party(&q, p, DT__HARD);
        }
        st = dt__search_best(&best, &q, &w->setting->limits, b->env);
        dt__query_clear(&q, b->env);
        test->tested &= best.proven;
        if (st != DT_OK || !best.found) continue;
        test->in_core = false;
        test->blocking_set = set;
        test->objection = dt__builder_outcome(b, found, w->problem.model->issue_count);
    }
    if (a != NULL) DT__FREE(b->env, a, 1);
    return st;
}

dt_status dt__answer_core(dt__builder *b, dt_bargain_format *out, const dt__bargain_work *w) {
    dt_core_test *list = DT__BUILDER_ARRAY(b, dt_core_test, DT_SOLUTION_COUNT);
    dt_status st = DT_OK;

    out->core = list;
    for (int kind = 0; list != NULL && kind < DT_SOLUTION_COUNT && st == DT_OK; kind++) {
        const dt_solution *solution = &out->solutions[kind];
        dt_core_test *test = &list[out->core_count];
        if (solution->status != DT_SOLUTION_FOUND || solution->ties == 0) continue;
        test->solution = (dt_solution_kind)kind;
        st = test_outcome(b, test, w, solution->points[0].outcome);
        out->core_count++;
    }
    return list == NULL ? DT_ERR_MEMORY : st;
}
