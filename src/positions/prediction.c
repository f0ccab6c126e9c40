/* Predictions: distributions of finitely many values, or a density on the grid. */
#include <math.h>

#include "positions/contest.h"

dt_status dt__prediction_init(dt__prediction *p, size_t actors, dt_env *env) {
    size_t capacity = actors > DT__GRID ? actors : DT__GRID;

    *p = (dt__prediction){.capacity = capacity};
    p->at = DT__ARRAY(env, double, capacity);
    p->mass = DT__ARRAY(env, double, capacity);
    return p->at == NULL || p->mass == NULL ? DT_ERR_MEMORY : DT_OK;
}

void dt__prediction_clear(dt__prediction *p, dt_env *env) {
    if (p->at != NULL) DT__FREE(env, p->at, p->capacity);
    if (p->mass != NULL) DT__FREE(env, p->mass, p->capacity);
    *p = (dt__prediction){0};
}

void dt__predict_nothing(dt__prediction *out) {
    out->form = DT__PREDICTION_ATOMS;
    out->status = DT__PREDICTION_INAPPLICABLE;
    out->count = 0;
    out->point = NAN;
}

void dt__predict_atom(dt__prediction *out, double value) {
    out->form = DT__PREDICTION_ATOMS;
    out->count = 1;
    out->at[0] = value;
    out->mass[0] = 1;
    out->point = value;
}

void dt__predict_add(dt__prediction *out, double value, double mass) {
    size_t at = 0;

    while (at < out->count && out->at[at] < value) at++;
    if (at < out->count && !(out->at[at] > value)) {
        out->mass[at] += mass;
        return;
    }
    if (out->count == out->capacity) return; /* more values than actors: cannot be */
    for (size_t i = out->count++; i > at; i--) {
        out->at[i] = out->at[i - 1];
        out->mass[i] = out->mass[i - 1];
    }
    out->at[at] = value;
    out->mass[at] = mass;
}

double dt__prediction_mean(const dt__prediction *p) {
    double sum = 0;

    if (p->count == 0) return NAN;
    for (size_t i = 0; i < p->count; i++) sum += p->at[i] * p->mass[i];
    return sum;
}

double dt__prediction_quantile(const dt__prediction *p, double share) {
    const double rounding = 1e-12;
    double reached = 0;

    if (p->count == 0) return NAN;
    for (size_t i = 0; i < p->count; i++) {
        reached += p->mass[i];
        if (reached >= share - rounding && p->mass[i] > 0) return p->at[i];
    }
    return p->at[p->count - 1];
}

double dt__prediction_within(const dt__prediction *p, double low, double high) {
    double sum = 0;

    for (size_t i = 0; i < p->count; i++) {
        if (p->at[i] >= low && p->at[i] <= high) sum += p->mass[i];
    }
    return sum;
}
