#include "statistics/shrinkage.h"

#include <math.h>

#include "base/quantile.h"

/* Log likelihood of a shape when the prior's mean is that of the data: the profile is flat enough in the mean that the
 * pooled rate is its maximum to first order, and one number is left to find. */
static double likelihood(double shape, double mean, const double *events, const double *exposures, size_t places) {
    double rate = shape / mean, sum = 0;

    for (size_t i = 0; i < places; i++) {
        if (!(exposures[i] > 0)) continue;
        sum += dt__log_gamma(shape + events[i]) - dt__log_gamma(shape) + shape * log(rate / (rate + exposures[i])) +
               events[i] * log(exposures[i] / (rate + exposures[i]));
    }
    return sum;
}

/* Golden section over the logarithm of the shape. */
static double best_shape(double mean, const double *events, const double *exposures, size_t places) {
    const double ratio = 0.61803398874989484820;
    double low = log(1e-3), high = log(1e6), a = high - ratio * (high - low), b = low + ratio * (high - low);
    double at_a = likelihood(exp(a), mean, events, exposures, places),
           at_b = likelihood(exp(b), mean, events, exposures, places);

    while (high - low > 1e-7) {
        if (at_a > at_b) {
            high = b;
            b = a;
            at_b = at_a;
            a = high - ratio * (high - low);
            at_a = likelihood(exp(a), mean, events, exposures, places);
        } else {
            low = a;
            a = b;
            at_a = at_b;
            b = low + ratio * (high - low);
            at_b = likelihood(exp(b), mean, events, exposures, places);
        }
    }
    return exp(0.5 * (low + high));
}

dt__gamma_prior dt__gamma_prior_of(const double *events, const double *exposures, size_t places) {
    dt__gamma_prior prior = {.shape = INFINITY, .rate = INFINITY, .common = 0};
    double all_events = 0, all_exposure = 0;

    for (size_t i = 0; i < places; i++) {
        all_events += events[i];
        all_exposure += exposures[i];
    }
    if (!(all_events > 0 && all_exposure > 0)) return prior;
    prior.common = all_events / all_exposure;
    prior.shape = best_shape(prior.common, events, exposures, places);
    prior.rate = prior.shape / prior.common;
    if (prior.shape > 9e5) prior.shape = prior.rate = INFINITY; /* the edge: no spread beyond Poisson */
    return prior;
}

double dt__shrunk_rate(const dt__gamma_prior *prior, double events, double exposure) {
    if (isinf(prior->rate)) return prior->common;
    return (events + prior->shape) / (exposure + prior->rate);
}
