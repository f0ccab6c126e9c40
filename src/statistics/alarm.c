#include "statistics/alarm.h"

#include <math.h>

#include "base/quantile.h"
#include "base/random.h"

/* ---- CUSUM ---- */

/* Log of the ratio of the probabilities of a count at factor x mean and at mean; what does not depend on the mean
 * cancels. */
static double log_ratio(const dt__cusum *c, double count) {
    double raised = c->factor * c->mean;

    if (isinf(c->size)) return count * log(c->factor) - (raised - c->mean);
    return count * (log(raised / (raised + c->size)) - log(c->mean / (c->mean + c->size))) -
           c->size * (log1p(raised / c->size) - log1p(c->mean / c->size));
}

double dt__cusum_step(const dt__cusum *c, double state, double count) {
    return fmax(0, state + log_ratio(c, count));
}

/* Events before `mean` of a Poisson process of rate one, whose k-th event comes at `time` after it: binomial. */
static double events_before(double k, double mean, double time, dt__random *r) {
    double count = 0;

    for (uint64_t i = (uint64_t)k - 1; i > 0; i--) count += dt__random_uniform(r) < mean / time;
    return count;
}

/* By multiplication for small means; large ones are cut by the waiting time of a gamma(k) event (Ahrens and Dieter
 * 1974): it ends beyond the mean, or leaves a smaller one. */
static double draw_poisson(double mean, dt__random *r) {
    double limit, product, count = 0;

    while (mean > 16) {
        double k = floor(mean * 7 / 8), time = dt__random_gamma(r, k);
        if (time > mean) return count + events_before(k, mean, time, r);
        count += k;
        mean -= time;
    }
    limit = exp(-mean);
    product = dt__random_uniform(r);
    while (product > limit) {
        product *= dt__random_uniform(r);
        count++;
    }
    return count;
}

static double draw_gamma(double shape, dt__random *r) {
    if (shape >= 1) return dt__random_gamma(r, shape);
    return dt__random_gamma(r, shape + 1) * pow(dt__random_uniform(r), 1 / shape);
}

static double draw_count(const dt__cusum *c, dt__random *r) {
    double mean = isinf(c->size) ? c->mean : c->mean * draw_gamma(c->size, r) / c->size;
    return draw_poisson(mean, r);
}

/* Runs record by record: a run's length under threshold h is the first period at which its running maximum reaches h;
 * one pass serves every h.  A run stops once its maximum is beyond any threshold of interest, or after eight times the
 * run length asked for, which one in exp(8) reaches: the threshold errs to the safe side by less than a thousandth. */
enum { THRESHOLD_STEPS = 256, CUT_AFTER = 8 };

typedef struct run_lengths {
    double step;                      /* of the threshold */
    double sums[THRESHOLD_STEPS + 1]; /* of run lengths, per threshold */
} run_lengths;

static void one_run(run_lengths *lengths, const dt__cusum *c, uint64_t longest, uint64_t seed, uint64_t run) {
    double state = 0;
    size_t next = 1;
    dt__random r;

    dt__random_init(&r, seed, run, 0);
    for (uint64_t t = 1; t <= longest && next <= THRESHOLD_STEPS; t++) {
        state = dt__cusum_step(c, state, draw_count(c, &r));
        while (next <= THRESHOLD_STEPS && state >= (double)next * lengths->step) lengths->sums[next++] += (double)t;
    }
    for (; next <= THRESHOLD_STEPS; next++) lengths->sums[next] += (double)longest;
}

dt_status dt__cusum_calibrate(dt__cusum *c, double run_length, size_t runs, uint64_t seed, double *reached,
                              dt_env *env) {
    run_lengths lengths = {.step = log(run_length * CUT_AFTER) / THRESHOLD_STEPS};
    uint64_t longest = (uint64_t)(run_length * CUT_AFTER);
    size_t h = 1;

    for (size_t run = 0; run < runs; run++) {
        one_run(&lengths, c, longest, seed, run);
        if (run % 16 == 0) {
            dt_status st = dt__poll(env);
            if (st != DT_OK) return st;
        }
    }
    while (h < THRESHOLD_STEPS && lengths.sums[h] < run_length * (double)runs) h++;
    c->threshold = (double)h * lengths.step;
    *reached = lengths.sums[h] / (double)runs;
    return DT_OK;
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
