#include "statistics/alarm.h"

#include <math.h>

#include "base/quantile.h"
#include "base/random.h"
#include "statistics/count_table.h"

/* ---- CUSUM ---- */

/* The log of the ratio of the probabilities of a count at factor x mean and at mean is linear in the count; what does
 * not depend on the mean cancels. */
typedef struct weights {
    double per_event, at_rest;
} weights;

static weights weights_of(const dt__cusum *c) {
    double raised = c->factor * c->mean;

    if (isinf(c->size)) return (weights){log(c->factor), c->mean - raised};
    return (weights){log(raised / (raised + c->size)) - log(c->mean / (c->mean + c->size)),
                     -c->size * (log1p(raised / c->size) - log1p(c->mean / c->size))};
}

static double next_state(weights w, double state, double count) {
    double next = state + (count * w.per_event + w.at_rest);
    return next > 0 ? next : 0;
}

double dt__cusum_step(const dt__cusum *c, double state, double count) {
    return next_state(weights_of(c), state, count);
}

/* Runs record by record: a run's length under threshold h is the first period at which its running maximum reaches h;
 * one pass serves every h.  A run stops once its maximum is beyond any threshold of interest, or after eight times the
 * run length asked for, which one in exp(8) reaches: the threshold errs to the safe side by less than a thousandth. */
enum { THRESHOLD_STEPS = 256, CUT_AFTER = 8 };

typedef struct run_lengths {
    double step;                      /* of the threshold */
    size_t top;                       /* the highest threshold of interest, in steps */
    double sums[THRESHOLD_STEPS + 1]; /* of run lengths, per threshold */
    uint64_t longest;
    weights weights;
    dt__count_table counts;
} run_lengths;

static void one_run(run_lengths *lengths, uint64_t seed, uint64_t run) {
    double state = 0;
    size_t next = 1;
    dt__random r;

    dt__random_init(&r, seed, run, 0);
    for (uint64_t t = 1; t <= lengths->longest && next <= lengths->top; t++) {
        state = next_state(lengths->weights, state, dt__count_draw(&lengths->counts, &r));
        while (next <= lengths->top && state >= (double)next * lengths->step) lengths->sums[next++] += (double)t;
    }
    for (; next <= lengths->top; next++) lengths->sums[next] += (double)lengths->longest;
}

/* Run lengths only add up: a threshold whose sum is already enough is as high as any that can be chosen. */
static dt_status simulate(run_lengths *lengths, double enough, size_t runs, uint64_t seed, dt_env *env) {
    for (size_t run = 0; run < runs && lengths->top > 0; run++) {
        one_run(lengths, seed, run);
        while (lengths->top > 1 && lengths->sums[lengths->top - 1] >= enough) lengths->top--;
        if (run % 16 == 0) {
            dt_status st = dt__poll(env);
            if (st != DT_OK) return st;
        }
    }
    return DT_OK;
}

dt_status dt__cusum_calibrate(dt__cusum *c, double run_length, size_t runs, double most, uint64_t seed, double *reached,
                              dt_env *env) {
    run_lengths *lengths = DT__NEW(env, run_lengths);
    double enough = run_length * (double)runs;
    dt_status st;

    if (lengths == NULL) return DT_ERR_MEMORY;
    lengths->step = log(run_length * CUT_AFTER) / THRESHOLD_STEPS;
    lengths->longest = (uint64_t)(run_length * CUT_AFTER);
    lengths->weights = weights_of(c);
    while (lengths->top < THRESHOLD_STEPS && (double)(lengths->top + 1) * lengths->step <= most) lengths->top++;
    if (lengths->top > 0) dt__count_table_fill(&lengths->counts, c->mean, c->size);
    st = simulate(lengths, enough, runs, seed, env);
    *reached = lengths->sums[lengths->top] / (double)runs;
    c->threshold =
        *reached >= run_length || lengths->top == THRESHOLD_STEPS ? (double)lengths->top * lengths->step : INFINITY;
    DT__FREE(env, lengths, 1);
    return st;
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
