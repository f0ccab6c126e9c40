/* What stands beside every model: the middle of the scale, every value alike, the reference point, a base rate, and
 * the positions that are held. */
#include <math.h>

#include "positions/contest.h"

void dt__predict_midpoint(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts,
                          dt__prediction *out) {
    (void)p;
    (void)opts;
    for (size_t i = 0; i < stakes->issues; i++) dt__predict_atom(&out[i], (stakes->low[i] + stakes->high[i]) / 2);
}

void dt__predict_uniform(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts,
                         dt__prediction *out) {
    (void)p;
    (void)opts;
    for (size_t i = 0; i < stakes->issues; i++) {
        if (!(stakes->high[i] > stakes->low[i])) { /* a scale of which an end is not known has no middle */
            dt__predict_atom(&out[i], (stakes->low[i] + stakes->high[i]) / 2);
            continue;
        }
        out[i].form = DT__PREDICTION_GRID;
        out[i].count = DT__GRID;
        for (size_t g = 0; g < DT__GRID; g++) {
            out[i].at[g] = dt__grid_value(stakes->low[i], stakes->high[i], g);
            out[i].mass[g] = 1.0 / DT__GRID;
        }
        out[i].point = (stakes->low[i] + stakes->high[i]) / 2;
    }
}

void dt__predict_reference(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts,
                           dt__prediction *out) {
    (void)p;
    (void)opts;
    for (size_t i = 0; i < stakes->issues; i++) {
        if (stakes->reference == NULL || isnan(stakes->reference[i])) dt__predict_nothing(&out[i]);
        else dt__predict_atom(&out[i], stakes->reference[i]);
    }
}

void dt__predict_base_rate(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts,
                           dt__prediction *out) {
    (void)p;
    for (size_t i = 0; i < stakes->issues; i++) {
        dt__predict_nothing(&out[i]);
        if (opts->base_count == 0 || opts->base_count > out[i].capacity) continue;
        out[i].status = DT__PREDICTION_DONE;
        for (size_t a = 0; a < opts->base_count; a++) {
            double value = stakes->low[i] + (stakes->high[i] - stakes->low[i]) * opts->base_at[a] / 100;
            dt__predict_add(&out[i], value, opts->base_mass[a]);
        }
        out[i].point = dt__prediction_quantile(&out[i], 0.5);
    }
}

void dt__predict_actors(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts, dt__prediction *out) {
    const dt__contest *k = &p->contest;

    (void)opts;
    for (size_t i = 0; i < stakes->issues; i++) {
        double sum = 0;
        dt__contest_gather(&p->contest, stakes, i, &out[i]);
        if (dt__contest_is_settled(k, &out[i])) continue;
        out[i].form = DT__PREDICTION_ATOMS;
        out[i].count = 0;
        for (size_t a = 0; a < k->count; a++) sum += k->w[a];
        for (size_t a = 0; a < k->count; a++) dt__predict_add(&out[i], k->x[a], k->w[a] / sum);
        out[i].point = dt__prediction_mean(&out[i]);
    }
}
