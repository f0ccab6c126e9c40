/* Options of a backtest: which models, how they are run, the user's scale and base rate. */
#include <math.h>
#include <string.h>

#include "backtest/trial.h"
#include "base/catalog.h"
#include "base/rational.h"

static dt_status refuse(dt__trial *t, const char *code, const char *msgid, const char *argument) {
    dt__diagnose(t->env, DT_ERROR, (dt__place){.file = ""}, code, msgid, argument, NULL);
    return DT_ERR_ARGUMENT;
}

static bool number(const char *text, size_t length, double *value) {
    dt__rational r;

    if (!dt__rational_parse(&r, text, length)) return false;
    *value = dt__rational_double(r);
    return true;
}

/* ---- models ---- */

static dt_status unknown_model(dt__trial *t, const char *name, size_t length) {
    const char *names[DT__PREDICT_COUNT], *near;
    char *copy = dt__arena_string(&t->work, name, length);

    if (copy == NULL) return DT_ERR_MEMORY;
    for (unsigned m = 0; m < DT__PREDICT_COUNT; m++) names[m] = dt__predict_id((dt__predict_model)m);
    near = dt__nearest(copy, names, DT__PREDICT_COUNT);
    refuse(t, "unknown-prediction-model", DT__N("there is no model of predictions “{0}”"), copy);
    if (near != NULL) dt__hint(t->env, "did you mean “{0}”?", near, NULL);
    return DT_ERR_ARGUMENT;
}

static dt_status read_models(dt__trial *t, uint32_t *wanted) {
    const char *at = t->opts->models;

    *wanted = 0;
    if (at != NULL && strcmp(at, "all") == 0) *wanted = DT__PREDICT_ALL & ~DT__PREDICT_MASK(DT__PREDICT_BASE_RATE);
    for (unsigned m = 0; at == NULL && m < DT__PREDICT_COUNT; m++) {
        if (dt__predict_is_standard((dt__predict_model)m)) *wanted |= DT__PREDICT_MASK(m);
    }
    while (at != NULL && *wanted == 0 && *at != '\0') {
        uint32_t found = 0;
        for (bool more = true; more;) {
            size_t length = strcspn(at, ",");
            dt__predict_model m = dt__predict_find(at, length);
            if (m == DT__PREDICT_COUNT) return unknown_model(t, at, length);
            found |= DT__PREDICT_MASK(m);
            more = at[length] == ',';
            at += length + more;
        }
        *wanted = found;
    }
    /* every other model is compared with it */
    *wanted |= DT__PREDICT_MASK(DT__PREDICT_COMPROMISE);
    if (t->predict.base_count > 0) *wanted |= DT__PREDICT_MASK(DT__PREDICT_BASE_RATE);
    return DT_OK;
}

static void list_models(dt__trial *t) {
    for (unsigned m = 0; m < DT__PREDICT_COUNT; m++) {
        if ((t->wanted & DT__PREDICT_MASK(m)) == 0) continue;
        if (m == DT__PREDICT_COMPROMISE) t->compromise = t->model_count;
        t->models[t->model_count++] = (dt__predict_model)m;
    }
}

/* ---- a scale, a base rate ---- */

static dt_status read_scale(dt__trial *t, dt__layout_opts *layout) {
    const char *text = t->opts->scale, *dots = text == NULL ? NULL : strstr(text, "..");

    if (text == NULL) return DT_OK;
    if (dots == NULL || !number(text, (size_t)(dots - text), &layout->low) ||
        !number(dots + 2, strlen(dots + 2), &layout->high) || !(layout->low < layout->high))
        return refuse(t, "bad-scale", DT__N("“{0}” is no scale: expected LOW..HIGH, such as 0..100"), text);
    layout->scale_given = true;
    return DT_OK;
}

static size_t count_of(const char *text, char c) {
    size_t count = 0;
    for (; *text != '\0'; text++) count += *text == c;
    return count;
}

static dt_status bad_rate(dt__trial *t) {
    return refuse(t, "bad-base-rate",
                  DT__N("“{0}” is no base rate: expected VALUE:PROBABILITY,... with values from 0 to 100 in rising "
                        "order and probabilities that sum to 1"),
                  t->opts->base_rate);
}

static dt_status read_base_rate(dt__trial *t) {
    const char *at = t->opts->base_rate;
    double *values, *chances, sum = 0;
    size_t count;

    if (at == NULL) return DT_OK;
    count = count_of(at, ',') + 1;
    if (count > DT__GRID) return bad_rate(t);
    values = DT__ARENA_ARRAY(&t->work, double, count);
    chances = DT__ARENA_ARRAY(&t->work, double, count);
    if (values == NULL || chances == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) {
        size_t length = strcspn(at, ","), colon = strcspn(at, ":");
        if (colon >= length || !number(at, colon, &values[i]) ||
            !number(at + colon + 1, length - colon - 1, &chances[i]))
            return bad_rate(t);
        if (values[i] < 0 || values[i] > 100 || chances[i] < 0 || (i > 0 && values[i] <= values[i - 1]))
            return bad_rate(t);
        sum += chances[i];
        at += length + (i + 1 < count);
    }
    if (fabs(sum - 1) > 1e-6) return bad_rate(t);
    t->predict.base_at = values;
    t->predict.base_mass = chances;
    t->predict.base_count = count;
    return DT_OK;
}

/* ---- the models' own ---- */

static dt_status read_utility(dt__trial *t) {
    const char *utility = t->opts->utility;

    if (utility == NULL || strcmp(utility, "linear") == 0) return DT_OK;
    if (strcmp(utility, "quadratic") != 0)
        return refuse(t, "bad-utility", DT__N("“{0}” is no utility: expected linear or quadratic"), utility);
    t->predict.nash.utility = DT__NASH_QUADRATIC;
    return DT_OK;
}

dt_status dt__trial_read_options(dt__trial *t, dt__layout_opts *layout) {
    static const dt__power_measure measures[] = {[DT_POWER_VOTES] = DT__POWER_VOTES,
                                                 [DT_POWER_GDP] = DT__POWER_GDP,
                                                 [DT_POWER_SHAPLEY] = DT__POWER_SHAPLEY,
                                                 [DT_POWER_EQUAL] = DT__POWER_EQUAL};
    const unsigned most_rounds = 1000;
    dt_status st;

    dt__predict_opts_init(&t->predict);
    if ((unsigned)t->opts->power >= sizeof measures / sizeof *measures || t->opts->rounds == 0 ||
        t->opts->rounds > most_rounds || t->opts->resamples > 1000000)
        return refuse(t, "out-of-range", DT__N("an option of the backtest is out of range"), "");
    layout->power = measures[t->opts->power];
    t->predict.eum.rounds = t->predict.exchange.rounds = t->opts->rounds;
    t->predict.eum.median = t->opts->median;
    if (t->opts->scholz) {
        t->predict.eum.form = DT__EUM_SCHOLZ_CODE;
        t->predict.eum.choice = DT__EUM_SCHOLZ_CHOICE;
    }
    if ((st = read_utility(t)) != DT_OK) return st;
    if ((st = read_scale(t, layout)) != DT_OK) return st;
    if ((st = read_base_rate(t)) != DT_OK) return st;
    if ((st = read_models(t, &t->wanted)) != DT_OK) return st;
    list_models(t);
    return DT_OK;
}
