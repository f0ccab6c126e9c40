#include "statistics/rate_ratio.h"

#include <math.h>

#include "base/quantile.h"

static const double two_sided_95 = 1.959963984540054;
static const dt__ratio none = {.value = NAN, .low = 0, .high = INFINITY, .method = DT__RATIO_NONE};

dt__scatter dt__scatter_of(const double *counts, size_t periods) {
    dt__scatter s = {.periods = periods, .mean = 0, .variance = 0, .size = INFINITY};

    for (size_t i = 0; i < periods; i++) s.mean += counts[i];
    if (periods > 0) s.mean /= (double)periods;
    for (size_t i = 0; i < periods; i++) s.variance += (counts[i] - s.mean) * (counts[i] - s.mean);
    if (periods > 1) s.variance /= (double)(periods - 1);
    if (s.variance > s.mean) s.size = s.mean * s.mean / (s.variance - s.mean);
    return s;
}

/* ---- large counts: normal on the log scale ---- */

static dt__ratio log_normal(dt__exposed observed, dt__exposed baseline, double variance, dt__ratio_method method) {
    double value = observed.events / observed.periods / (baseline.events / baseline.periods);
    double factor = exp(two_sided_95 * sqrt(variance));
    return (dt__ratio){.value = value, .low = value / factor, .high = value * factor, .method = method};
}

dt__ratio dt__ratio_poisson(dt__exposed observed, dt__exposed baseline) {
    if (!(observed.periods > 0 && baseline.periods > 0 && baseline.events > 0)) return none;
    if (!(observed.events > 0)) return dt__ratio_conditional(observed, baseline);
    return log_normal(observed, baseline, 1 / observed.events + 1 / baseline.events, DT__RATIO_POISSON);
}

dt__ratio dt__ratio_negative_binomial(dt__exposed observed, dt__exposed baseline, double size) {
    double variance;

    if (isinf(size) || !(observed.events > 0)) return dt__ratio_poisson(observed, baseline);
    if (!(observed.periods > 0 && baseline.periods > 0 && baseline.events > 0)) return none;
    variance =
        1 / observed.events + 1 / baseline.events + 1 / (observed.periods * size) + 1 / (baseline.periods * size);
    return log_normal(observed, baseline, variance, DT__RATIO_NEGATIVE_BINOMIAL);
}

/* ---- small counts: exact ---- */

static double odds(double share) {
    return share >= 1 ? INFINITY : share / (1 - share);
}

dt__ratio dt__ratio_conditional(dt__exposed observed, dt__exposed baseline) {
    double y1 = observed.events, y0 = baseline.events, low = 0, high = 1, scale;

    if (!(observed.periods > 0 && baseline.periods > 0) || !(y0 + y1 > 0)) return none;
    scale = baseline.periods / observed.periods;
    if (y1 > 0) low = dt__beta_quantile(0.025, y1, y0 + 1);
    if (y0 > 0) high = dt__beta_quantile(0.975, y1 + 1, y0);
    return (dt__ratio){.value = y0 > 0 ? y1 / y0 * scale : INFINITY,
                       .low = odds(low) * scale,
                       .high = odds(high) * scale,
                       .method = DT__RATIO_CONDITIONAL};
}

/* ---- nothing observed ---- */

double dt__zero_chance(double periods, const dt__scatter *baseline) {
    if (isinf(baseline->size)) return exp(-baseline->mean * periods);
    return exp(-baseline->size * periods * log1p(baseline->mean / baseline->size));
}

double dt__zero_bound(double periods, const dt__scatter *baseline, double alpha) {
    double size = baseline->size;

    if (!(baseline->mean > 0 && periods > 0)) return INFINITY;
    if (isinf(size)) return -log(alpha) / periods / baseline->mean;
    return size / baseline->mean * expm1(-log(alpha) / (size * periods));
}

dt__ratio dt__ratio_zero(double periods, const dt__scatter *baseline) {
    if (!(baseline->mean > 0 && periods > 0)) return none;
    return (dt__ratio){.value = 0, .low = 0, .high = dt__zero_bound(periods, baseline, 0.05), .method = DT__RATIO_ZERO};
}

/* ---- choice, control ---- */

dt__ratio dt__ratio_fitting(dt__exposed observed, dt__exposed baseline, const dt__scatter *scatter,
                            double exact_below) {
    bool few = observed.events < exact_below || baseline.events < exact_below;

    if (!(observed.events > 0) && baseline.events > 0) return dt__ratio_zero(observed.periods, scatter);
    if (few && isinf(scatter->size)) return dt__ratio_conditional(observed, baseline);
    return dt__ratio_negative_binomial(observed, baseline, scatter->size);
}

static double log_error(const dt__ratio *r) {
    return (log(r->high) - log(r->low)) / (2 * two_sided_95);
}

dt__ratio dt__ratio_against_control(const dt__ratio *ratio, const dt__ratio *control) {
    double error, value;
    bool comparable = ratio->low > 0 && control->low > 0 && !isinf(ratio->high) && !isinf(control->high);

    if (!comparable) return none;
    value = ratio->value / control->value;
    error = hypot(log_error(ratio), log_error(control));
    return (dt__ratio){.value = value,
                       .low = value * exp(-two_sided_95 * error),
                       .high = value * exp(two_sided_95 * error),
                       .method = ratio->method};
}
