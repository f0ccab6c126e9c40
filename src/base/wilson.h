/* The interval of a share of cases. */
#ifndef DT__BASE_WILSON_H
#define DT__BASE_WILSON_H

typedef struct dt__share_interval {
    double low, high;
} dt__share_interval;

/* 95 % (Wilson 1927) for a share of n > 0 cases that is known to lie in [least, most]: the lower end of the one, the
 * upper end of the other.  Cases that were not decided stand between the two.  Sound near 0 and 1 too; holds [least,
 * most] and lies in [0, 1]. */
dt__share_interval dt__wilson(double least, double most, double n);

#endif
