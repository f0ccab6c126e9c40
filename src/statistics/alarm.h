/* Alarms that keep a stated budget of false ones. */
#ifndef DT__STATISTICS_ALARM_H
#define DT__STATISTICS_ALARM_H

#include "base/env.h"

/* ---- CUSUM: a rise of a count's mean by a known factor ---- */

typedef struct dt__cusum {
    double mean;   /* in control, per period */
    double size;   /* negative binomial; INFINITY: Poisson */
    double factor; /* the rise to be found, > 1 (or a fall, < 1) */
} dt__cusum;

/* The log of the ratio of the probabilities of a count at factor x mean and at mean, which is linear in the count. */
typedef struct dt__cusum_weights {
    double per_event, at_rest;
} dt__cusum_weights;

dt__cusum_weights dt__cusum_weigh(const dt__cusum *c);
/* S = max(0, S + log-likelihood ratio of the count).  Page 1954.  rise.h says when it is an alarm. */
static inline double dt__cusum_next(dt__cusum_weights w, double state, double count) {
    double next = state + (count * w.per_event + w.at_rest);
    return next > 0 ? next : 0;
}

/* ---- e-process: valid whenever one looks ---- */

/* Poisson counts at a known rate against any other rate, mixed by a gamma(shape, rate) prior on the multiplier:
 * e = b^a / Gamma(a) x Gamma(a + S) / (b + lambda t)^(a + S) x exp(lambda t).  For single decisions (incidents,
 * salvos), never for munitions.  Ville 1939; Robbins 1970. */
typedef struct dt__e_process {
    double rate; /* in control, per period */
    double shape, scale_rate;
    double events, periods;
} dt__e_process;

void dt__e_process_step(dt__e_process *e, double events, double periods);
/* log e; an alarm with budget alpha when it reaches log(1 / alpha). */
double dt__e_process_log(const dt__e_process *e);

#endif
