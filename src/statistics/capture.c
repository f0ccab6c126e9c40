#include "statistics/capture.h"

#include <math.h>

dt__captured dt__capture(double m1, double m2, double both) {
    double total = (m1 + 1) * (m2 + 1) / (both + 1) - 1, seen = m1 + m2 - both;
    double variance = (m1 + 1) * (m2 + 1) * (m1 - both) * (m2 - both) / ((both + 1) * (both + 1) * (both + 2));
    double reach = 1.959963984540054 * sqrt(variance);
    return (dt__captured){.total = total, .low = fmax(seen, total - reach), .high = total + reach};
}
