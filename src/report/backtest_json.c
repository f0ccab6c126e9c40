/* The answer of `backtest` as a value: the keys of docs/json.md. */
#include "report/backtest_sections.h"

static void put_size(dt_document *d, dt__value *object, const char *key, size_t size) {
    dt__put(d, object, key, dt__value_unsigned(d, size));
}

static void put_double(dt_document *d, dt__value *object, const char *key, double value) {
    dt__put(d, object, key, dt__value_double(d, value));
}

static dt__value *range_value(dt_document *d, double low, double high) {
    dt__value *value = dt__value_array(d);

    dt__append(value, dt__value_double(d, low));
    dt__append(value, dt__value_double(d, high));
    return value;
}

/* ---- issues ---- */

static dt__value *predictions_value(dt_document *d, const dt_backtest_answer *a, const dt_backtest_issue *issue) {
    dt__value *value = dt__value_object(d);

    for (size_t m = 0; m < a->model_count; m++) put_double(d, value, a->models[m].id, issue->predictions[m].point);
    return value;
}

static dt__value *intervals_value(dt_document *d, const dt_backtest_answer *a, const dt_backtest_issue *issue) {
    dt__value *value = dt__value_object(d);

    for (size_t m = 0; m < a->model_count; m++) {
        const dt_backtest_prediction *p = &issue->predictions[m];
        if (p->high > p->low) dt__put(d, value, a->models[m].id, range_value(d, p->low, p->high));
    }
    return value;
}

/* Only what is not done: {model: "cap"}. */
static dt__value *states_value(dt_document *d, const dt_backtest_answer *a, const dt_backtest_issue *issue) {
    dt__value *value = dt__value_object(d);

    for (size_t m = 0; m < a->model_count; m++) {
        dt_prediction_state state = issue->predictions[m].state;
        if (state != DT_PREDICTION_DONE)
            dt__put(d, value, a->models[m].id, dt__value_string(d, dt_prediction_state_id(state)));
    }
    return value;
}

static dt__value *issue_value(dt_document *d, const dt_backtest_answer *a, const dt_backtest_issue *issue) {
    dt__value *value = dt__value_object(d);

    dt__put(d, value, "id", dt__value_string(d, issue->id));
    if (*issue->name != '\0') dt__put(d, value, "name", dt__value_string(d, issue->name));
    dt__put(d, value, "group", dt__value_string(d, issue->group));
    dt__put(d, value, "scale", range_value(d, issue->low, issue->high));
    put_size(d, value, "parties", issue->actors);
    put_double(d, value, "outcome", issue->outcome);
    put_double(d, value, "reference", issue->reference);
    dt__put(d, value, "predictions", predictions_value(d, a, issue));
    dt__put(d, value, "intervals", intervals_value(d, a, issue));
    dt__put(d, value, "states", states_value(d, a, issue));
    return value;
}

/* ---- models ---- */

static dt__value *difference_value(dt_document *d, const dt_backtest_difference *difference) {
    dt__value *value = dt__value_object(d);

    put_size(d, value, "n", difference->n);
    put_double(d, value, "mae", difference->mae);
    dt__put(d, value, "mae_95", range_value(d, difference->low, difference->high));
    put_double(d, value, "crps", difference->crps);
    dt__put(d, value, "crps_95", range_value(d, difference->crps_low, difference->crps_high));
    return value;
}

static dt__value *counts_value(dt_document *d, const dt_backtest_model *m) {
    dt__value *value = dt__value_object(d);

    put_size(d, value, "raised_saliences", m->raised_saliences);
    put_size(d, value, "raised_capabilities", m->raised_capabilities);
    put_size(d, value, "parties_left_out", m->left_out);
    put_size(d, value, "positions_merged", m->merged);
    put_size(d, value, "ties", m->ties);
    put_size(d, value, "issues_unweighted", m->unweighted);
    return value;
}

static dt__value *model_states_value(dt_document *d, const dt_backtest_model *m) {
    dt__value *value = dt__value_object(d);

    for (unsigned s = 0; s < DT_PREDICTION_STATE_COUNT; s++)
        put_size(d, value, dt_prediction_state_id((dt_prediction_state)s), m->states[s]);
    return value;
}

static dt__value *pit_value(dt_document *d, const dt_backtest_model *m) {
    dt__value *value = dt__value_array(d);

    for (size_t i = 0; i < sizeof m->pit / sizeof *m->pit; i++) dt__append(value, dt__value_unsigned(d, m->pit[i]));
    return value;
}

static dt__value *model_value(dt_document *d, const dt_backtest_model *m) {
    dt__value *value = dt__value_object(d), *common = dt__value_object(d);

    put_size(d, value, "n", m->n);
    put_double(d, value, "mae", m->mae);
    put_double(d, value, "crps", m->crps);
    put_double(d, value, "within_10", m->within_10);
    put_double(d, value, "median_error", m->median_error);
    put_double(d, value, "skill", m->skill);
    put_double(d, common, "mae", m->common_mae);
    put_double(d, common, "crps", m->common_crps);
    put_double(d, common, "within_10", m->common_within_10);
    dt__put(d, value, "common", common);
    dt__put(d, value, "to_compromise", difference_value(d, &m->difference));
    dt__put(d, value, "pit", pit_value(d, m));
    dt__put(d, value, "states", model_states_value(d, m));
    dt__put(d, value, "counts", counts_value(d, m));
    return value;
}

/* ---- the whole ---- */

static dt__value *mixture_value(dt_document *d, const dt_backtest_answer *a) {
    static const char *const parts[] = {"positions", "election", "uniform", "narrow", "wide", "spikes"};
    dt__value *value = dt__value_object(d), *weights = dt__value_object(d);

    dt__put(d, value, "fitted", dt__value_bool(d, a->fitted));
    put_size(d, value, "folds", a->folds);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) put_double(d, weights, parts[i], a->mixture[i]);
    dt__put(d, value, "weights", weights);
    return value;
}

dt__value *dt__backtest_value(dt_document *d, const dt_backtest_answer *a) {
    dt__value *value = dt__value_object(d), *models = dt__value_object(d), *issues = dt__value_array(d);

    dt__put(d, value, "layout", dt__value_string(d, a->layout));
    put_size(d, value, "issues", a->issue_count);
    put_size(d, value, "groups", a->group_count);
    put_size(d, value, "parties", a->actor_count);
    put_size(d, value, "outcomes", a->outcomes);
    put_size(d, value, "common", a->common);
    put_size(d, value, "resamples", (size_t)a->resamples);
    put_size(d, value, "imputed_saliences", a->imputed_saliences);
    put_size(d, value, "ignored_saliences", a->ignored_saliences);
    put_size(d, value, "scales_from_range", a->scales_from_range);
    dt__put(d, value, "mixture", mixture_value(d, a));
    for (size_t m = 0; m < a->model_count; m++) dt__put(d, models, a->models[m].id, model_value(d, &a->models[m]));
    dt__put(d, value, "models", models);
    for (size_t i = 0; i < a->issue_count; i++) dt__append(issues, issue_value(d, a, &a->issues[i]));
    dt__put(d, value, "per_issue", issues);
    return value;
}
