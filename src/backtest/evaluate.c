/* Scores of each model over the issues whose outcomes are known, and on those that every model predicts. */
#include <math.h>
#include <stdlib.h>

#include "backtest/trial.h"
#include "score/scoring.h"

static const double near = 10 + 1e-9; /* per cent of the scale */

static const dt__verdict_of_model *verdict(const dt__trial *t, size_t sorted, size_t model) {
    return &t->verdicts[t->order[sorted] * t->model_count + model];
}

/* ---- sums in the order of the sorted issues, so that they are the same for any number of threads ---- */

typedef struct sums {
    size_t n, within;
    double error, crps, uniform;
} sums;

static double crps_of_uniform(const dt__trial *t, size_t sorted) {
    double masses[DT__GRID];

    if (!(t->high[sorted] > t->low[sorted])) return 0;
    for (size_t g = 0; g < DT__GRID; g++) masses[g] = 1.0 / DT__GRID;
    return dt__score_crps_grid(masses, DT__GRID, 0, 1, dt__trial_percent(t, sorted, t->outcome[sorted]));
}

static void add(sums *s, const dt__trial *t, size_t sorted, const dt__verdict_of_model *v) {
    if (isnan(v->error)) return;
    s->n++;
    s->error += v->error;
    s->crps += v->prediction.crps;
    s->within += v->error <= near;
    s->uniform += crps_of_uniform(t, sorted);
}

static double mean(double sum, size_t n) {
    return n == 0 ? NAN : sum / (double)n;
}

static int by_value(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median_of(double *values, size_t n) {
    if (n == 0) return NAN;
    qsort(values, n, sizeof *values, by_value);
    return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

/* ---- one model ---- */

static void add_notes(dt_backtest_model *out, const dt__verdict_of_model *v) {
    out->states[v->prediction.state]++;
    out->raised_saliences += v->notes.raised_saliences;
    out->raised_capabilities += v->notes.raised_capabilities;
    out->left_out += v->notes.left_out;
    out->merged += v->notes.merged;
    out->ties += v->notes.ties;
    out->unweighted += v->notes.unweighted;
}

static void add_rank(dt_backtest_model *out, double rank) {
    const int tenths = 10;
    int tenth;

    if (isnan(rank)) return;
    tenth = (int)(rank * tenths);
    out->pit[tenth < 0 ? 0 : tenth >= tenths ? tenths - 1 : tenth]++;
}

static void score_model(dt__trial *t, size_t model, double *errors) {
    dt_backtest_model *out = &t->scores[model];
    const size_t issues = t->table->issue_count;
    sums all = {0};

    for (size_t i = 0; i < issues; i++) {
        const dt__verdict_of_model *v = verdict(t, i, model);
        add_notes(out, v);
        if (!isnan(v->error)) errors[all.n] = v->error;
        add(&all, t, i, v);
        add_rank(out, v->rank);
    }
    out->n = all.n;
    out->mae = mean(all.error, all.n);
    out->crps = mean(all.crps, all.n);
    out->within_10 = mean((double)all.within, all.n);
    out->median_error = median_of(errors, all.n);
    out->skill = all.uniform > 0 ? 1 - all.crps / all.uniform : NAN;
}

/* ---- on the same issues ---- */

/* A model that applies to no issue at all does not narrow the comparison, nor does one that rests on a reference point,
 * which many issues lack. */
static bool narrows(const dt__trial *t, size_t model) {
    dt__predict_model which = t->models[model];
    return t->scores[model].n > 0 && which != DT__PREDICT_REFERENCE && which != DT__PREDICT_NASH_REFERENCE;
}

static bool is_common(const dt__trial *t, size_t sorted) {
    if (!dt__trial_has_outcome(t, sorted)) return false;
    for (size_t m = 0; m < t->model_count; m++) {
        if (narrows(t, m) && isnan(verdict(t, sorted, m)->error)) return false;
    }
    return true;
}

static void score_common(dt__trial *t, size_t model) {
    dt_backtest_model *out = &t->scores[model];
    sums s = {0};

    for (size_t i = 0; i < t->table->issue_count && narrows(t, model); i++) {
        if (is_common(t, i)) add(&s, t, i, verdict(t, i, model));
    }
    out->common_mae = mean(s.error, s.n);
    out->common_crps = mean(s.crps, s.n);
    out->common_within_10 = mean((double)s.within, s.n);
}

dt_status dt__trial_evaluate(dt__trial *t) {
    double *errors = DT__ARENA_ARRAY(&t->work, double, t->table->issue_count);

    if (errors == NULL) return DT_ERR_MEMORY;
    for (size_t m = 0; m < t->model_count; m++) score_model(t, m, errors);
    for (size_t m = 0; m < t->model_count; m++) score_common(t, m);
    for (size_t i = 0; i < t->table->issue_count; i++) {
        t->answer->outcomes += dt__trial_has_outcome(t, i);
        t->answer->common += is_common(t, i);
    }
    return DT_OK;
}
