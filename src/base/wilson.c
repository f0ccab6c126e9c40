#include "base/wilson.h"

#include <math.h>

static const double two_sided_95 = 1.959963984540054;

static double middle_of(double share, double n) {
    double z2 = two_sided_95 * two_sided_95;
    return (share + z2 / (2 * n)) / (1 + z2 / n);
}

static double half_of(double share, double n) {
    double z = two_sided_95;
    return z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n));
}

/* Rounding carries no end past the share. */
dt__share_interval dt__wilson(double least, double most, double n) {
    return (dt__share_interval){fmin(least, fmax(0, middle_of(least, n) - half_of(least, n))),
                                fmax(most, fmin(1, middle_of(most, n) + half_of(most, n)))};
}
