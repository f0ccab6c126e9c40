#include "base/quantile.h"

#include <math.h>

enum { MOST_STEPS = 200 };

double dt__normal_below(double x) {
    return 0.5 * erfc(-x * 0.70710678118654752440);
}

/* First guess by Abramowitz and Stegun 26.2.23 (error below 4.5e-4), then Halley's steps on the tail at hand. */
static double lower_normal_quantile(double p) {
    double t = sqrt(-2 * log(p)), x, step;

    x = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
    for (int i = 0; i < 4; i++) {
        double density = 0.39894228040143267794 * exp(-0.5 * x * x);
        if (density <= 0) break;
        step = (dt__normal_below(x) - p) / density;
        x -= step / (1 + 0.5 * x * step);
    }
    return x;
}

double dt__normal_quantile(double p) {
    return p < 0.5 ? lower_normal_quantile(p) : -lower_normal_quantile(1 - p);
}

/* Counted from the tail in which the interval lies, where probabilities keep their digits. */
double dt__cut_normal_quantile(double p, double mean, double deviation, double low, double high) {
    double from = (low - mean) / deviation, to = (high - mean) / deviation, x;

    if (deviation <= 0) return fmin(fmax(mean, low), high);
    if (from > 0) {
        double beyond = dt__normal_below(-from);
        x = -dt__normal_quantile(beyond - p * (beyond - dt__normal_below(-to)));
    } else {
        double below = dt__normal_below(from);
        x = dt__normal_quantile(below + p * (dt__normal_below(to) - below));
    }
    return fmin(fmax(mean + deviation * x, low), high);
}

/* ---- beta ---- */

/* The continued fraction by Lentz's method as modified by Thompson and Barnett 1986; converges for x < (a+1)/(a+b+2).
 */
static double beta_fraction(double x, double a, double b) {
    const double tiny = 1e-300, enough = 1e-16;
    double c = 1, d = 1 - (a + b) * x / (a + 1), h;

    d = 1 / (fabs(d) < tiny ? tiny : d);
    h = d;
    for (int m = 1; m <= MOST_STEPS; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), change;
        d = 1 + even * d;
        c = 1 + even / c;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = fabs(c) < tiny ? tiny : c;
        h *= d * c;
        d = 1 + odd * d;
        c = 1 + odd / c;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = fabs(c) < tiny ? tiny : c;
        change = d * c;
        h *= change;
        if (fabs(change - 1) < enough) break;
    }
    return h;
}

/* Stirling's series above 12, carried down by the recurrence: the library's lgamma writes to a global. */
double dt__log_gamma(double x) {
    double product = 1, z;

    while (x < 12) {
        product *= x;
        x += 1;
    }
    z = 1 / (x * x);
    z = (1.0 / 12 - z * (1.0 / 360 - z * (1.0 / 1260 - z * (1.0 / 1680 - z / 1188)))) / x;
    return (x - 0.5) * log(x) - x + 0.91893853320467274178 + z - log(product);
}

static double log_beta(double a, double b) {
    return dt__log_gamma(a) + dt__log_gamma(b) - dt__log_gamma(a + b);
}

static double beta_below(double x, double a, double b, double log_constant) {
    double front;

    if (x <= 0) return 0;
    if (x >= 1) return 1;
    front = exp(a * log(x) + b * log1p(-x) - log_constant);
    if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(x, a, b) / a;
    return 1 - front * beta_fraction(1 - x, b, a) / b;
}

double dt__beta_below(double x, double a, double b) {
    return beta_below(x, a, b, log_beta(a, b));
}

/* Newton's steps, kept inside a bracket that halves when a step would leave it. */
double dt__beta_quantile(double p, double a, double b) {
    double constant = log_beta(a, b), low = 0, high = 1, x = a / (a + b);

    for (int i = 0; i < MOST_STEPS && high - low > 1e-15; i++) {
        double error = beta_below(x, a, b, constant) - p, next;
        double density = exp((a - 1) * log(x) + (b - 1) * log1p(-x) - constant);
        if (error > 0) high = x;
        else low = x;
        next = density > 0 ? x - error / density : -1;
        if (!(next > low && next < high)) next = 0.5 * (low + high);
        if (fabs(next - x) < 1e-15) return next;
        x = next;
    }
    return x;
}
