#include "statistics/block_bootstrap.h"

#include <math.h>
#include <stdlib.h>

#include "base/random.h"

static size_t block_length(size_t given, size_t periods) {
    size_t length = given > 0 ? given : (size_t)ceil(cbrt((double)periods));
    return length < periods ? length : periods;
}

static double exposure_of(dt__periods p, size_t i) {
    return p.exposures == NULL ? 1 : p.exposures[i];
}

/* The rate of as many periods, put together from blocks that wrap around the end. */
static double resampled_rate(dt__periods p, size_t block, dt__random *r) {
    double events = 0, exposure = 0;
    size_t taken = 0;

    while (taken < p.count) {
        size_t at = dt__random_below(r, (uint32_t)p.count);
        for (size_t i = 0; i < block && taken < p.count; i++, taken++) {
            events += p.counts[at];
            exposure += exposure_of(p, at);
            if (++at == p.count) at = 0;
        }
    }
    return events / exposure;
}

static double rate_of(dt__periods p) {
    double events = 0, exposure = 0;

    for (size_t i = 0; i < p.count; i++) {
        events += p.counts[i];
        exposure += exposure_of(p, i);
    }
    return exposure > 0 ? events / exposure : 0;
}

double dt__autocorrelation(dt__periods p) {
    double mean = 0, variance = 0, covariance = 0, last = 0;

    if (p.count < 3) return 0;
    for (size_t i = 0; i < p.count; i++) mean += p.counts[i] / exposure_of(p, i) / (double)p.count;
    for (size_t i = 0; i < p.count; i++) {
        double apart = p.counts[i] / exposure_of(p, i) - mean;
        variance += apart * apart;
        if (i > 0) covariance += apart * last;
        last = apart;
    }
    return variance > 0 ? covariance / variance : 0;
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

dt_status dt__block_bootstrap(dt__ratio *ratio, dt__periods observed, dt__periods baseline, size_t block,
                              size_t resamples, uint64_t seed, dt_env *env) {
    double *ratios, usual = rate_of(baseline);

    *ratio = (dt__ratio){.value = NAN, .low = 0, .high = INFINITY, .method = DT__RATIO_NONE};
    if (observed.count == 0 || !(usual > 0) || resamples == 0) return DT_OK;
    if ((ratios = DT__ARRAY(env, double, resamples)) == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < resamples; i++) {
        dt__random r;
        double over, under;
        dt__random_init(&r, seed, i, 0);
        over = resampled_rate(observed, block_length(block, observed.count), &r);
        under = resampled_rate(baseline, block_length(block, baseline.count), &r);
        ratios[i] = under > 0 ? over / under : INFINITY;
    }
    qsort(ratios, resamples, sizeof *ratios, ascending);
    ratio->value = rate_of(observed) / usual;
    ratio->low = percentile(ratios, resamples, 0.025);
    ratio->high = percentile(ratios, resamples, 0.975);
    ratio->method = DT__RATIO_BLOCK_BOOTSTRAP;
    DT__FREE(env, ratios, resamples);
    return DT_OK;
}
