#include "bargain/audit_search.h"

#include <math.h>
#include <string.h>

#include "base/catalog.h"
#include "base/random.h"

enum { CLIMBS = 300, STREAM = 71, MAX_TRIES = 100 };
static const dt__limits allowed = {.nodes = 2000};

typedef struct audit {
    const dt__bargain_work *work;
    const dt__query *query;
    const char **failure;
    dt__option assignment[DT__MAX_ISSUES]; /* by variable */
    double weights[DT__MAX_PARTIES];
} audit;

static void fail(const audit *a, const char *msgid) {
    if (*a->failure == NULL) *a->failure = msgid;
}

/* ---- the vectors among themselves ---- */

static bool at_least(const dt__int128 *a, const dt__int128 *b, size_t count) {
    for (size_t d = 0; d < count; d++) {
        if (a[d] < b[d]) return false;
    }
    return true;
}

static void check_antichain(const audit *a) {
    const dt__frontier *f = &a->work->frontier;

    for (size_t i = 0; i < f->points.count; i++) {
        for (size_t j = 0; j < f->points.count; j++) {
            if (i != j && at_least(dt__point_values(&f->points, i, &f->kind), dt__point_values(&f->points, j, &f->kind),
                                   a->work->count))
                fail(a, DT__N("a vector shown dominates another"));
        }
    }
}

/* ---- outcomes ---- */

/* Worth of the assignment; false when it crosses something hard. */
static bool evaluate(const audit *a, dt__int128 *values) {
    const dt__problem *p = &a->work->problem;

    memset(values, 0, a->work->count * sizeof *values);
    for (size_t i = 0; i < p->factors.count; i++) {
        const dt__factor *f = DT__FACTOR(p, i);
        size_t at = dt__factor_index(f, a->assignment);
        if (f->kind == DT__FACTOR_BIT && a->query->bit_roles[f->target] == DT__HARD && f->crossed[at]) return false;
        for (size_t d = 0; f->kind == DT__FACTOR_SUM && d < a->work->count; d++)
            values[d] += f->target == a->work->coordinates[d] ? f->sums[at] : 0;
    }
    return true;
}

static void check_outcome(const audit *a, const dt__int128 *values) {
    const dt__frontier *f = &a->work->frontier;
    bool covered = false;

    for (size_t d = 0; a->work->bounded && d < a->work->count; d++) {
        if (values[d] > a->work->bounds[d]) fail(a, DT__N("an outcome lies beyond a proven bound"));
    }
    for (size_t i = 0; i < f->points.count && !covered; i++) {
        const dt__int128 *point = dt__point_values(&f->points, i, &f->kind);
        covered = true;
        for (size_t d = 0; d < a->work->count && covered; d++)
            covered = point[d] + (f->exact ? 0 : f->epsilon[d]) >= values[d];
    }
    if (!covered) fail(a, DT__N("an outcome lies beyond the frontier"));
}

static double weigh(const audit *a, const dt__int128 *values) {
    double sum = 0;
    for (size_t d = 0; d < a->work->count; d++) sum += a->weights[d] * (double)values[d];
    return sum;
}

/* One issue at a time, as long as the weighted sum rises. */
static void climb(audit *a) {
    const dt__problem *p = &a->work->problem;
    dt__int128 values[DT__MAX_PARTIES] = {0};
    double best = evaluate(a, values) ? weigh(a, values) : -INFINITY;

    for (bool better = true; better;) {
        better = false;
        for (uint32_t v = 0; v < p->var_count; v++) {
            dt__option stand = a->assignment[v];
            for (uint32_t o = 0; o < p->sizes[v] && o < MAX_TRIES; o++) {
                a->assignment[v] = (dt__option)o;
                if (!evaluate(a, values) || !(weigh(a, values) > best)) continue;
                best = weigh(a, values);
                stand = (dt__option)o;
                better = true;
            }
            a->assignment[v] = stand;
        }
    }
    if (evaluate(a, values)) check_outcome(a, values);
}

static dt_status climb_from_random(audit *a, dt_env *env) {
    const dt__problem *p = &a->work->problem;
    dt_status st = DT_OK;

    for (uint64_t i = 0; i < CLIMBS && st == DT_OK; i++) {
        dt__random r;
        dt__random_init(&r, 1, i, STREAM);
        for (uint32_t v = 0; v < p->var_count; v++) a->assignment[v] = (dt__option)dt__random_below(&r, p->sizes[v]);
        for (size_t d = 0; d < a->work->count; d++)
            a->weights[d] = dt__random_uniform(&r) / fabs((double)dt__dimension(a->work, d)->unit);
        climb(a);
        st = dt__poll(env);
    }
    return st;
}

/* ---- the best of each party, with the bounds of eliminations ---- */

static dt_status check_best(audit *a, size_t d, dt_env *env) {
    dt__option outcome[DT__MAX_ISSUES];
    dt__best best = {.outcome = outcome};
    dt__query q = *a->query;
    dt__int128 values[DT__MAX_PARTIES] = {0};
    dt_status st;

    q.objective = a->work->coordinates[d];
    if ((st = dt__search_best(&best, &q, &allowed, env)) != DT_OK || !best.found) return st;
    dt__values_at(values, a->work, outcome);
    check_outcome(a, values);
    return DT_OK;
}

dt_status dt__audit_search(const char **failure, const dt__bargain_work *w, dt_env *env) {
    audit a = {.work = w, .failure = failure};
    dt__query q;
    dt_status st = dt__bargain_query(&q, w, 0, env);

    if (st != DT_OK) return st;
    a.query = &q;
    check_antichain(&a);
    st = climb_from_random(&a, env);
    for (size_t d = 0; d < w->count; d++) q.coordinate_roles[w->coordinates[d]] = DT__IGNORED;
    for (size_t d = 0; d < w->count && st == DT_OK; d++) st = check_best(&a, d, env);
    dt__query_clear(&q, env);
    return st;
}
