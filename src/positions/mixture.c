/* The calibrated mixture of six densities on the grid 0..100. */
#include "positions/mixture.h"

#include <math.h>
#include <string.h>

#include "positions/contest.h"

enum { PART_ACTORS = 0, PART_PCE, PART_UNIFORM, PART_NARROW, PART_WIDE, PART_SPIKES };

static size_t grid_step(double low, double high, double value) {
    double step = floor((value - low) / (high - low) * (DT__GRID - 1) + 0.5);
    return step <= 0 ? 0 : step >= DT__GRID - 1 ? DT__GRID - 1 : (size_t)step;
}

/* Atoms, rounded to the grid. */
static void fill_atoms(double *mass, const dt__prediction *from, double low, double high) {
    for (size_t a = 0; a < from->count; a++) mass[grid_step(low, high, from->at[a])] += from->mass[a];
}

static void fill_gauss(double *mass, double centre, double deviation) {
    double sum = 0;

    for (size_t g = 0; g < DT__GRID; g++) {
        double z = ((double)g - centre) / deviation;
        mass[g] = exp(-0.5 * z * z);
        sum += mass[g];
    }
    for (size_t g = 0; g < DT__GRID; g++) mass[g] /= sum;
}

static void cumulate(double *mass) {
    for (size_t g = 1; g < DT__GRID; g++) mass[g] += mass[g - 1];
}

/* One issue of stakes as stakes. */
static dt__stakes one_issue(const dt__stakes *stakes, size_t issue) {
    dt__stakes one = *stakes;

    one.issues = 1;
    one.position += issue * stakes->actors;
    one.salience += issue * stakes->actors;
    one.capability += issue * stakes->actors;
    one.low += issue;
    one.high += issue;
    if (one.reference != NULL) one.reference += issue;
    return one;
}

bool dt__mixture_parts(dt__predictor *p, const dt__stakes *stakes, size_t issue, const dt__predict_opts *opts,
                       double *cumulated, dt__prediction *out) {
    const dt__stakes one = one_issue(stakes, issue);
    const double low = *one.low, high = *one.high, narrow = 12, wide = 25;
    double *rows[DT__MIXTURE_PARTS], centre;

    for (size_t r = 0; r < DT__MIXTURE_PARTS; r++) rows[r] = cumulated + r * DT__GRID;
    memset(cumulated, 0, (size_t)DT__MIXTURE_PARTS * DT__GRID * sizeof *cumulated);
    dt__contest_gather(&p->contest, &one, 0, out);
    if (dt__contest_is_settled(&p->contest, out)) return false;
    centre = (dt__contest_mean(&p->contest) - low) / (high - low) * (DT__GRID - 1);
    p->scratch.status = DT__PREDICTION_DONE;
    dt__predict_actors(p, &one, opts, &p->scratch);
    fill_atoms(rows[PART_ACTORS], &p->scratch, low, high);
    dt__predict_pce(p, &one, opts, &p->scratch);
    out->notes.merged = p->scratch.notes.merged;
    p->scratch.notes.merged = 0;
    fill_atoms(rows[PART_PCE], &p->scratch, low, high);
    for (size_t g = 0; g < DT__GRID; g++) rows[PART_UNIFORM][g] = 1.0 / DT__GRID;
    fill_gauss(rows[PART_NARROW], centre, narrow);
    fill_gauss(rows[PART_WIDE], centre, wide);
    rows[PART_SPIKES][0] = 0.3;
    rows[PART_SPIKES][DT__GRID / 2] = 0.4;
    rows[PART_SPIKES][DT__GRID - 1] = 0.3;
    for (size_t r = 0; r < DT__MIXTURE_PARTS; r++) cumulate(rows[r]);
    return true;
}

void dt__mixture_mix(const double *cumulated, const double *weights, double low, double high, dt__prediction *out) {
    const double rounding = 1e-12;
    double below = 0;

    out->form = DT__PREDICTION_GRID;
    out->count = DT__GRID;
    out->point = NAN;
    for (size_t g = 0; g < DT__GRID; g++) {
        double reached = 0;
        for (size_t r = 0; r < DT__MIXTURE_PARTS; r++) reached += weights[r] * cumulated[r * DT__GRID + g];
        out->at[g] = dt__grid_value(low, high, g);
        out->mass[g] = reached > below ? reached - below : 0;
        if (isnan(out->point) && reached >= 0.5 - rounding) out->point = out->at[g];
        below = reached;
    }
}

void dt__predict_mixture(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts,
                         dt__prediction *out) {
    for (size_t i = 0; i < stakes->issues; i++) {
        if (!dt__mixture_parts(p, stakes, i, opts, p->grid, &out[i])) continue;
        dt__mixture_mix(p->grid, opts->mixture, stakes->low[i], stakes->high[i], &out[i]);
    }
}

/* ---- weights from known outcomes ---- */

void dt__mixture_fit_add(dt__mixture_fit *fit, const double *cumulated, double outcome) {
    fit->issues++;
    for (size_t r = 0; r < DT__MIXTURE_PARTS; r++) {
        const double *f = cumulated + r * DT__GRID;
        for (size_t g = 0; g < DT__GRID; g++) fit->b[r] += (double)g >= outcome ? f[g] : 0;
        for (size_t s = 0; s < DT__MIXTURE_PARTS; s++) {
            for (size_t g = 0; g < DT__GRID; g++) fit->q[r][s] += f[g] * cumulated[s * DT__GRID + g];
        }
    }
}

/* Multiplicative updates keep the weights positive (Kivinen and Warmuth 1997). */
void dt__mixture_fit_solve(const dt__mixture_fit *fit, double *weights) {
    enum { STEPS = 3000 };
    const double rate = 0.02;

    for (size_t r = 0; r < DT__MIXTURE_PARTS; r++) weights[r] = 1.0 / DT__MIXTURE_PARTS;
    for (size_t step = 0; fit->issues > 0 && step < STEPS; step++) {
        double next[DT__MIXTURE_PARTS], sum = 0;
        for (size_t r = 0; r < DT__MIXTURE_PARTS; r++) {
            double slope = -fit->b[r];
            for (size_t s = 0; s < DT__MIXTURE_PARTS; s++) slope += fit->q[r][s] * weights[s];
            next[r] = weights[r] * exp(-rate * 2 * slope / (double)fit->issues);
            sum += next[r];
        }
        for (size_t r = 0; r < DT__MIXTURE_PARTS; r++) weights[r] = next[r] / sum;
    }
}
