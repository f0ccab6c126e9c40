/* The calibrated mixture: its parts for one issue, and its weights. */
#ifndef DT__POSITIONS_MIXTURE_H
#define DT__POSITIONS_MIXTURE_H

#include "positions/predict.h"

/* Cumulated densities of the parts on the grid: cumulated[part * DT__GRID + g].  False when the issue is settled: all
 * actors in one place, or none. */
bool dt__mixture_parts(dt__predictor *p, const dt__stakes *stakes, size_t issue, const dt__predict_opts *opts,
                       double *cumulated, dt__prediction *out);
/* The mixture of cumulated densities as a prediction; the point is the first grid value with half of it. */
void dt__mixture_mix(const double *cumulated, const double *weights, double low, double high, dt__prediction *out);

/* The weights that give the least mean CRPS on issues whose outcomes are known: Q and b of the quadratic form
 * w'Qw - 2b'w, summed over issues. */
typedef struct dt__mixture_fit {
    size_t issues;
    double q[DT__MIXTURE_PARTS][DT__MIXTURE_PARTS], b[DT__MIXTURE_PARTS];
} dt__mixture_fit;

/* outcome: grid steps, 0..100, not necessarily whole. */
void dt__mixture_fit_add(dt__mixture_fit *fit, const double *cumulated, double outcome);
void dt__mixture_fit_solve(const dt__mixture_fit *fit, double *weights);

#endif
