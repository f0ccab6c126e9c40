#include <math.h>
#include <stdlib.h>

#include "score/scoring.h"

static int by_value(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Of sorted members the sum over pairs of their distances is sum_i (2 i - m + 1) x_i. */
double dt__score_crps_ensemble(double *members, size_t count, double outcome, bool fair) {
    double m = (double)count, miss = 0, spread = 0;

    if (count == 0) return NAN;
    qsort(members, count, sizeof *members, by_value);
    for (size_t i = 0; i < count; i++) {
        miss += fabs(members[i] - outcome);
        spread += (2 * (double)i - m + 1) * members[i];
    }
    if (count == 1) return miss;
    return miss / m - spread / (fair ? m * (m - 1) : m * m);
}

/* The integral of (F - 1[x >= y])^2, gap by gap. */
double dt__score_crps_atoms(const double *values, const double *chances, size_t count, double outcome) {
    double sum = 0, reached = 0;

    if (count == 0) return NAN;
    if (outcome < values[0]) sum += values[0] - outcome;
    for (size_t i = 0; i + 1 < count; i++) {
        double from = values[i], to = values[i + 1], middle;
        reached += chances[i];
        middle = outcome <= from ? from : outcome >= to ? to : outcome;
        sum += (middle - from) * reached * reached + (to - middle) * (1 - reached) * (1 - reached);
    }
    if (outcome > values[count - 1]) sum += outcome - values[count - 1];
    return sum;
}

double dt__score_crps_grid(const double *masses, size_t count, double low, double step, double outcome) {
    const double rounding = 1e-9;
    double sum = 0, reached = 0;

    for (size_t g = 0; g < count; g++) {
        double miss;
        reached += masses[g];
        miss = reached - (low + (double)g * step >= outcome - rounding * step ? 1 : 0);
        sum += miss * miss;
    }
    return sum * step;
}

double dt__score_crps_normal(double mean, double deviation, double outcome) {
    const double pi = 3.14159265358979323846;
    double z = (outcome - mean) / deviation, density, below;

    if (!(deviation > 0)) return fabs(outcome - mean);
    density = exp(-0.5 * z * z) / sqrt(2 * pi);
    below = 0.5 * erfc(-z / sqrt(2));
    return deviation * (z * (2 * below - 1) + 2 * density - 1 / sqrt(pi));
}

double dt__score_crps_uniform(double low, double high, double outcome) {
    double width = high - low, z, inside;

    if (!(width > 0)) return fabs(outcome - low);
    z = (outcome - low) / width;
    inside = z < 0 ? 0 : z > 1 ? 1 : z;
    return width * (fabs(z - inside) + inside * inside - inside + 1.0 / 3.0);
}
