#include "statistics/long_run.h"

#include <math.h>

#include "base/quantile.h"
#include "statistics/block_bootstrap.h"

enum { PERIODS_AT_LEAST = 12, MOST_COSINES = 64 };

/* ---- Student's t, whose square over itself and the freedom is beta ---- */

double dt__student_beyond(double x, double freedom) {
    if (!(x * x > 0)) return 1;
    return dt__beta_below(freedom / (freedom + x * x), freedom / 2, 0.5);
}

double dt__student_reach(double chance, double freedom) {
    double share = dt__beta_quantile(chance, freedom / 2, 0.5);
    return sqrt(freedom * (1 - share) / share);
}

/* ---- slow cosines ---- */

/* Fewer of them follow slower swings, but are themselves in greater doubt; 0.3 n^(2/3) by simulation. */
static size_t cosines_for(size_t periods) {
    size_t count = (size_t)floor(0.3 * cbrt((double)periods * (double)periods) + 0.5);

    if (periods < PERIODS_AT_LEAST) return 0;
    return count < MOST_COSINES ? count : MOST_COSINES;
}

/* How far each period is from its mean, weighed by cos(pi j (t + 1/2) / n), j = 1, 2 ...; each cosine follows from the
 * two before. */
static void weigh(double *weights, size_t cosines, dt__periods p, double mean) {
    for (size_t t = 0; t < p.count; t++) {
        double apart = p.counts[t] - mean * (p.exposures == NULL ? 1 : p.exposures[t]);
        double first = cos(3.141592653589793 * ((double)t + 0.5) / (double)p.count), last = 1, now = first;
        for (size_t j = 0; j < cosines; j++) {
            double next = 2 * first * now - last;
            weights[j] += apart * now;
            last = now;
            now = next;
        }
    }
}

/* Variance of the sum of all periods, by the mean square of the weights; what Poisson alone gives is taken off. */
static double excess_of(dt__periods p, size_t cosines, double events, double mean) {
    double weights[MOST_COSINES] = {0}, squares = 0;

    weigh(weights, cosines, p, mean);
    for (size_t j = 0; j < cosines; j++) squares += weights[j] * weights[j];
    return 2 * squares / (double)cosines - events;
}

/* What few periods hide of a correlation from one to the next (Marriott and Pope 1954; Kendall 1954). */
static double corrected(double correlation, double periods) {
    double carry = correlation + (1 + 4 * correlation) / periods;
    return carry < 0 ? 0 : carry < 0.99 ? carry : 0.99;
}

dt__long_run dt__long_run_of(dt__periods baseline) {
    dt__long_run l = {.size = INFINITY, .periods = (double)baseline.count};
    double events = 0, time = 0, squares = 0, mean, excess;

    for (size_t i = 0; i < baseline.count; i++) {
        double e = baseline.exposures == NULL ? 1 : baseline.exposures[i];
        events += baseline.counts[i];
        time += e;
        squares += e * e;
    }
    if (!(events > 0 && time > 0)) return l;
    l.freedom = cosines_for(baseline.count);
    l.carry = corrected(dt__autocorrelation(baseline), l.periods);
    l.as_if = l.periods * (1 - l.carry) / (1 + l.carry);
    if (l.freedom == 0) return l;
    mean = events / time;
    excess = excess_of(baseline, l.freedom, events, mean);
    if (excess > 1e-9 * events) l.size = mean * mean * squares / excess;
    return l;
}

dt__ratio dt__ratio_long_run(dt__exposed observed, dt__exposed baseline, const dt__long_run *l) {
    dt__ratio r = {.value = NAN, .low = 0, .high = INFINITY, .method = DT__RATIO_NONE};
    double wider;

    if (l->freedom == 0 || !(observed.events > 0)) return r;
    r = dt__ratio_negative_binomial(observed, baseline, l->size);
    if (r.method == DT__RATIO_NONE) return r;
    wider = dt__student_reach(0.05, (double)l->freedom) / dt__normal_quantile(0.975);
    r.low = r.value * pow(r.low / r.value, wider);
    r.high = r.value * pow(r.high / r.value, wider);
    r.method = DT__RATIO_LONG_RUN;
    return r;
}
