#include "statistics/rate_ratio.h"

#include <math.h>

#include "base/quantile.h"

static const double two_sided_95 = 1.959963984540054;
static const dt__ratio none = {.value = NAN, .low = 0, .high = INFINITY, .method = DT__RATIO_NONE};

/* One event in seven days has variance = mean, but for rounding, which must not decide. */
static void set_size(dt__scatter *s) {
    if (s->variance > s->mean * (1 + 1e-9)) s->size = s->mean * s->mean / (s->variance - s->mean);
}

dt__scatter dt__scatter_of(const double *counts, size_t periods) {
    dt__scatter s = {.periods = periods, .mean = 0, .variance = 0, .size = INFINITY};

    for (size_t i = 0; i < periods; i++) s.mean += counts[i];
    if (periods > 0) s.mean /= (double)periods;
    for (size_t i = 0; i < periods; i++) s.variance += (counts[i] - s.mean) * (counts[i] - s.mean);
    if (periods > 1) s.variance /= (double)(periods - 1);
    set_size(&s);
    return s;
}

/* Expected of sum (y - m e)^2, with m = sum y / sum e and var y = mu e + mu^2 e^2 / size: mu (E - S2 / E) +
 * mu^2 / size (S2 - 2 S3 / E + S2^2 / E^2), where S2, S3 are sums of e^2, e^3. */
dt__scatter dt__scatter_exposed(const double *counts, const double *exposures, size_t periods) {
    dt__scatter s = {.periods = periods, .mean = 0, .variance = 0, .size = INFINITY};
    double events = 0, e1 = 0, e2 = 0, e3 = 0, squares = 0, plain, scattered;

    if (exposures == NULL) return dt__scatter_of(counts, periods);
    for (size_t i = 0; i < periods; i++) {
        double e = exposures[i];
        events += counts[i];
        e1 += e;
        e2 += e * e;
        e3 += e * e * e;
    }
    if (!(e1 > 0)) return s;
    s.mean = s.variance = events / e1;
    for (size_t i = 0; i < periods; i++)
        squares += (counts[i] - s.mean * exposures[i]) * (counts[i] - s.mean * exposures[i]);
    plain = s.mean * (e1 - e2 / e1);
    scattered = e2 - 2 * e3 / e1 + e2 * e2 / (e1 * e1);
    if (periods < 2 || !(scattered > 0)) return s;
    s.variance = s.mean + (squares - plain) / scattered;
    set_size(&s);
    return s;
}

/* ---- large counts: normal on the log scale ---- */

static double effective_of(dt__exposed x) {
    return x.effective > 0 ? x.effective : x.periods;
}

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
    variance = 1 / observed.events + 1 / baseline.events + 1 / (effective_of(observed) * size) +
               1 / (effective_of(baseline) * size);
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

double dt__zero_chance(dt__exposed observed, const dt__scatter *baseline) {
    double mean = baseline->mean * observed.periods, size = baseline->size * effective_of(observed);

    if (isinf(baseline->size)) return exp(-mean);
    return exp(-size * log1p(mean / size));
}

double dt__zero_bound(dt__exposed observed, const dt__scatter *baseline, double alpha) {
    double mean = baseline->mean * observed.periods, size = baseline->size * effective_of(observed);

    if (!(mean > 0)) return INFINITY;
    if (isinf(baseline->size)) return -log(alpha) / mean;
    return size / mean * expm1(-log(alpha) / size);
}

dt__ratio dt__ratio_zero(dt__exposed observed, const dt__scatter *baseline) {
    if (!(baseline->mean > 0 && observed.periods > 0)) return none;
    return (dt__ratio){
        .value = 0, .low = 0, .high = dt__zero_bound(observed, baseline, 0.05), .method = DT__RATIO_ZERO};
}

/* ---- choice, control ---- */

dt__ratio dt__ratio_fitting(dt__exposed observed, dt__exposed baseline, const dt__scatter *scatter,
                            double exact_below) {
    bool few = observed.events < exact_below || baseline.events < exact_below;

    if (!(observed.events > 0) && baseline.events > 0) return dt__ratio_zero(observed, scatter);
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
