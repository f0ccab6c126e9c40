/* Alarms that keep a stated budget of false ones. */
#ifndef DT__STATISTICS_ALARM_H
#define DT__STATISTICS_ALARM_H

#include "base/env.h"

/* ---- CUSUM: a rise of a count's mean by a known factor ---- */

typedef struct dt__cusum {
    double mean;      /* in control, per period */
    double size;      /* negative binomial; INFINITY: Poisson */
    double factor;    /* the rise to be found, > 1 (or a fall, < 1) */
    double threshold; /* alarm at or above */
} dt__cusum;

/* S = max(0, S + log-likelihood ratio of the count under factor x mean against mean).  Page 1954. */
double dt__cusum_step(const dt__cusum *c, double state, double count);
/* Sets the threshold so that alarms come every `run_length` periods on average while nothing changes, by `runs`
 * simulated runs (at least 100); deterministic in seed.  Only thresholds up to `most` are of interest, the highest
 * state that was met: runs end there, and the threshold is INFINITY if it lies higher.  *reached: the run length
 * simulated at that threshold, or at `most`.  DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED. */
DT_NODISCARD dt_status dt__cusum_calibrate(dt__cusum *c, double run_length, size_t runs, double most, uint64_t seed,
                                           double *reached, dt_env *env);

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
