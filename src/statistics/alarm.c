#include "statistics/alarm.h"

#include <math.h>

#include "base/quantile.h"

/* ---- CUSUM ---- */

/* What does not depend on the mean cancels. */
dt__cusum_weights dt__cusum_weigh(const dt__cusum *c) {
    double raised = c->factor * c->mean;

    if (isinf(c->size)) return (dt__cusum_weights){log(c->factor), c->mean - raised};
    return (dt__cusum_weights){log(c->factor * (c->mean + c->size) / (raised + c->size)),
                               -c->size * (log1p(raised / c->size) - log1p(c->mean / c->size))};
}

/* ---- e-process ---- */

void dt__e_process_step(dt__e_process *e, double events, double periods) {
    e->events += events;
    e->periods += periods;
}

double dt__e_process_log(const dt__e_process *e) {
    double a = e->shape, b = e->scale_rate, s = e->events, expected = e->rate * e->periods;
    return a * log(b) - dt__log_gamma(a) + dt__log_gamma(a + s) - (a + s) * log(b + expected) + expected;
}
