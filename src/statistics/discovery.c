#include "statistics/discovery.h"

#include <math.h>
#include <stdlib.h>

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* found: values at or below the largest sorted value that is at most bound(rank, count). */
static dt_status below_largest(bool *found, const double *values, size_t count, double alpha,
                               double (*bound)(size_t rank, size_t count, double alpha), dt_env *env) {
    double *sorted = DT__ARRAY(env, double, count), limit = -INFINITY;

    if (sorted == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) sorted[i] = values[i];
    if (count > 1) qsort(sorted, count, sizeof *sorted, ascending);
    for (size_t j = 1; j <= count; j++)
        if (sorted[j - 1] <= bound(j, count, alpha)) limit = sorted[j - 1];
    for (size_t i = 0; i < count; i++) found[i] = values[i] <= limit;
    DT__FREE(env, sorted, count);
    return DT_OK;
}

static double bh_bound(size_t rank, size_t count, double alpha) {
    return alpha * (double)rank / (double)count;
}

dt_status dt__discoveries(bool *found, const double *p, size_t count, double alpha, dt_env *env) {
    return below_largest(found, p, count, alpha, bh_bound, env);
}

/* The j-th largest e is at least count / (alpha j): of -log e, ascending, at most log(alpha j / count). */
static double e_bound(size_t rank, size_t count, double alpha) {
    return log(bh_bound(rank, count, alpha));
}

dt_status dt__e_discoveries(bool *found, const double *log_e, size_t count, double alpha, dt_env *env) {
    double *negated = DT__ARRAY(env, double, count);
    dt_status st;

    if (negated == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) negated[i] = -log_e[i];
    st = below_largest(found, negated, count, alpha, e_bound, env);
    DT__FREE(env, negated, count);
    return st;
}
