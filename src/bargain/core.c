/* The core: outcomes that no winning set would leave for another.  A set leaves x for y when each of its members is
 * strictly better off at y and y crosses none of their red lines.  If there is such a y, a vector of the frontier that
 * keeps the set's red lines is one too: it is at least as good for everybody. */
#include "bargain/statement.h"

/* Is every member of the set strictly better off? */
static bool all_better(const dt__bargain_work *w, const dt__int128 *other, const dt__int128 *values,
                       dt__party_set set) {
    for (size_t d = 0; d < w->count; d++) {
        if ((set >> w->parties[d] & 1) && other[d] <= values[d]) return false;
    }
    return true;
}

/* A point for which the set would leave; the number of points when there is none. */
static size_t find_objection(const dt__frontier *f, const dt__bargain_work *w, const dt__int128 *values,
                             dt__party_set set) {
    size_t i = 0;
    while (i < f->points.count && !all_better(w, dt__point_values(&f->points, i, &f->kind), values, set)) i++;
    return i;
}

/* The smallest winning set that would leave, smallest sets first. */
static void test_values(dt__builder *b, dt_core_test *test, const dt__bargain_work *w, const dt__int128 *values) {
    dt__option outcome[DT__MAX_ISSUES];

    test->tested = test->in_core = true;
    for (size_t s = 0; s < w->winning.sets.count && test->in_core; s++) {
        const dt__frontier *f = dt__coalition_frontier(w, s);
        dt__party_set set = *DT__AT(w->winning.sets, dt__party_set, s);
        size_t i = find_objection(f, w, values, set);
        test->tested &= f->exact;
        if (i == f->points.count) continue;
        test->in_core = false;
        test->tested = true;
        test->blocking_set = set;
        dt__points_outcome(f->points.origins[i], &w->problem, outcome);
        test->objection = dt__builder_outcome(b, outcome, w->problem.model->issue_count);
    }
}

dt_status dt__answer_core(dt__builder *b, dt_bargain_format *out, const dt__bargain_work *w) {
    dt_core_test *list = DT__BUILDER_ARRAY(b, dt_core_test, DT_SOLUTION_COUNT);

    out->core = list;
    for (int kind = 0; list != NULL && kind < DT_SOLUTION_COUNT; kind++) {
        const dt_solution *solution = &out->solutions[kind];
        dt_core_test *test = &list[out->core_count];
        dt__int128 values[DT__MAX_PARTIES];
        if (solution->status != DT_SOLUTION_FOUND || solution->ties == 0) continue;
        test->solution = (dt_solution_kind)kind;
        dt__values_at(values, w, solution->points[0].outcome);
        test_values(b, test, w, values);
        out->core_count++;
    }
    return list == NULL ? DT_ERR_MEMORY : DT_OK;
}
