#include "statistics/block_bootstrap.h"

#include <math.h>
#include <stdlib.h>

#include "base/random.h"

static size_t block_length(size_t given, size_t periods) {
    size_t length = given > 0 ? given : (size_t)ceil(cbrt((double)periods));
    return length < periods ? length : periods;
}

/* The mean of as many periods, put together from blocks that wrap around the end. */
static double resampled_mean(const double *counts, size_t periods, size_t block, dt__random *r) {
    double sum = 0;
    size_t taken = 0;

    while (taken < periods) {
        size_t start = dt__random_below(r, (uint32_t)periods);
        for (size_t i = 0; i < block && taken < periods; i++, taken++) sum += counts[(start + i) % periods];
    }
    return sum / (double)periods;
}

static double mean_of(const double *counts, size_t periods) {
    double sum = 0;
    for (size_t i = 0; i < periods; i++) sum += counts[i];
    return sum / (double)periods;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double percentile(const double *sorted, size_t count, double share) {
    double place = share * (double)(count - 1), below = floor(place);
    size_t i = (size_t)below;
    if (i + 1 >= count || isinf(sorted[i + 1])) return sorted[i];
    return sorted[i] + (place - below) * (sorted[i + 1] - sorted[i]);
}

dt_status dt__block_bootstrap(dt__ratio *ratio, const double *observed, size_t observed_periods, const double *baseline,
                              size_t baseline_periods, size_t block, size_t resamples, uint64_t seed, dt_env *env) {
    double *ratios;

    *ratio = (dt__ratio){.value = NAN, .low = 0, .high = INFINITY, .method = DT__RATIO_NONE};
    if (observed_periods == 0 || baseline_periods == 0 || resamples == 0) return DT_OK;
    if (!(mean_of(baseline, baseline_periods) > 0)) return DT_OK;
    if ((ratios = DT__ARRAY(env, double, resamples)) == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < resamples; i++) {
        dt__random r;
        double over, under;
        dt__random_init(&r, seed, i, 0);
        over = resampled_mean(observed, observed_periods, block_length(block, observed_periods), &r);
        under = resampled_mean(baseline, baseline_periods, block_length(block, baseline_periods), &r);
        ratios[i] = under > 0 ? over / under : INFINITY;
    }
    qsort(ratios, resamples, sizeof *ratios, ascending);
    ratio->value = mean_of(observed, observed_periods) / mean_of(baseline, baseline_periods);
    ratio->low = percentile(ratios, resamples, 0.025);
    ratio->high = percentile(ratios, resamples, 0.975);
    ratio->method = DT__RATIO_BLOCK_BOOTSTRAP;
    DT__FREE(env, ratios, resamples);
    return DT_OK;
}
