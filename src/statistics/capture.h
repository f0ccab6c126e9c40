/* How many events there were, from what two independent sources each reported. */
#ifndef DT__STATISTICS_CAPTURE_H
#define DT__STATISTICS_CAPTURE_H

typedef struct dt__captured {
    double total, low, high; /* 95 percent; low is at least what was seen */
} dt__captured;

/* Chapman 1951: (m1 + 1)(m2 + 1) / (both + 1) - 1, with Seber's variance (1970).  m1, m2: events of each source; both:
 * those of both.  Only where the sources are independent. */
dt__captured dt__capture(double m1, double m2, double both);

#endif
