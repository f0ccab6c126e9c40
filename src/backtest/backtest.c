#include "detente/backtest.h"

#include <math.h>
#include <string.h>

#include "backtest/trial.h"
#include "base/catalog.h"
#include "base/digest.h"

static const char *const states[DT_PREDICTION_STATE_COUNT] = {[DT_PREDICTION_DONE] = "done",
                                                              [DT_PREDICTION_CYCLING] = "cycling",
                                                              [DT_PREDICTION_CAP] = "cap",
                                                              [DT_PREDICTION_INAPPLICABLE] = "inapplicable"};

/* What an answer holds: its table and its arrays. */
typedef struct holding {
    dt__positions table;
    dt__arena arena;
    char sha256[65];
} holding;

const char *dt_prediction_state_id(dt_prediction_state state) {
    return (unsigned)state < DT_PREDICTION_STATE_COUNT ? states[state] : NULL;
}

void dt_backtest_opts_init(dt_backtest_opts *opts) {
    *opts = (dt_backtest_opts){.rounds = 1, .resamples = 2000, .seed = 1};
}

static void release(holding *h, dt_env *env) {
    if (h == NULL) return;
    h->table.arena.env = env;
    h->arena.env = env;
    dt__positions_clear(&h->table);
    dt__arena_clear(&h->arena);
    DT__FREE(env, h, 1);
}

void dt_backtest_free(dt_backtest_answer *answer, dt_env *env) {
    if (answer != NULL) release(answer->memory, env);
}

/* ---- the answer ---- */

static dt_status prepare_answer(dt__trial *t, holding *h) {
    t->answer = DT__ARENA_NEW(t->arena, dt_backtest_answer);
    t->scores = DT__ARENA_ARRAY(t->arena, dt_backtest_model, t->model_count);
    if (t->answer == NULL || t->scores == NULL) return DT_ERR_MEMORY;
    *t->answer = (dt_backtest_answer){.title = t->table->title,
                                      .file = t->table->file,
                                      .sha256 = h->sha256,
                                      .layout = dt__layout_id(t->table->layout),
                                      .issue_count = t->table->issue_count,
                                      .group_count = t->table->group_count,
                                      .actor_count = t->table->actor_count,
                                      .model_count = t->model_count,
                                      .models = t->scores,
                                      .ignored_saliences = t->table->ignored_saliences,
                                      .seed = t->opts->seed,
                                      .memory = h};
    for (size_t m = 0; m < t->model_count; m++) {
        t->scores[m].id = dt__predict_id(t->models[m]);
        t->scores[m].title = dt__predict_title(t->models[m]);
        t->scores[m].standard = dt__predict_is_standard(t->models[m]);
    }
    return DT_OK;
}

static size_t actors_on(const dt__positions *table, size_t issue) {
    size_t count = 0;

    for (size_t a = 0; a < table->actor_count; a++) count += !isnan(table->position[issue * table->actor_count + a]);
    return count;
}

static dt_status answer_issues(dt__trial *t) {
    const dt__positions *table = t->table;
    dt_backtest_issue *issues = DT__ARENA_ARRAY(t->arena, dt_backtest_issue, table->issue_count);
    dt_backtest_prediction *rows =
        DT__ARENA_ARRAY(t->arena, dt_backtest_prediction, table->issue_count * t->model_count);

    if (issues == NULL || rows == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < table->issue_count; i++) {
        const dt__table_issue *from = &table->issues[i];
        dt_backtest_prediction *row = rows + i * t->model_count;
        for (size_t m = 0; m < t->model_count; m++) row[m] = t->verdicts[i * t->model_count + m].prediction;
        issues[i] = (dt_backtest_issue){.id = from->id,
                                        .name = from->name,
                                        .group = from->group,
                                        .low = from->low,
                                        .high = from->high,
                                        .outcome = from->outcome,
                                        .reference = from->reference,
                                        .actors = actors_on(table, i),
                                        .predictions = row};
        t->answer->scales_from_range += from->scale_is_range;
    }
    t->answer->issues = issues;
    return DT_OK;
}

static void answer_mixture(dt__trial *t) {
    t->answer->imputed_saliences = t->imputed;
    t->answer->fitted = t->folds > 0;
    t->answer->folds = t->folds;
    memcpy(t->answer->mixture, t->predict.mixture, sizeof t->answer->mixture);
    for (size_t r = 0; t->folds > 0 && r < DT__MIXTURE_PARTS; r++) {
        t->answer->mixture[r] = 0;
        for (size_t f = 0; f < t->folds; f++) t->answer->mixture[r] += t->weights[f][r] / (double)t->folds;
    }
}

/* ---- the question ---- */

static dt_status answer_trial(dt__trial *t, holding *h) {
    dt_status st;

    if ((st = prepare_answer(t, h)) != DT_OK) return st;
    if ((st = dt__trial_sort(t)) != DT_OK) return st;
    if ((st = dt__trial_fit(t)) != DT_OK) return st;
    if ((st = dt__trial_predict(t)) != DT_OK) return st;
    if ((st = dt__trial_evaluate(t)) != DT_OK) return st;
    if ((st = dt__trial_compare(t)) != DT_OK) return st;
    if ((st = answer_issues(t)) != DT_OK) return st;
    answer_mixture(t);
    return DT_OK;
}

static dt_status run(dt__trial *t, holding *h, const dt_file *file) {
    dt__layout_opts layout = {0};
    dt_status st = dt__trial_read_options(t, &layout);

    if (st != DT_OK) return st;
    dt__digest_of(h->sha256, file->bytes, file->length);
    st = dt__positions_read(&h->table, file->bytes, file->length, file->name, &layout, t->env);
    return st == DT_OK ? answer_trial(t, h) : st;
}

dt_status dt_backtest(dt_backtest_answer **out, const dt_file *file, const dt_backtest_opts *opts, dt_env *env) {
    dt__trial *t = DT__NEW(env, dt__trial);
    holding *h = DT__NEW(env, holding);
    dt_status st = DT_ERR_MEMORY;

    *out = NULL;
    dt__clock_start(env);
    if (t != NULL && h != NULL) {
        dt__arena_init(&h->arena, env);
        dt__arena_init(&h->table.arena, env);
        *t = (dt__trial){.env = env, .opts = opts, .table = &h->table, .arena = &h->arena};
        dt__arena_init(&t->work, env);
        st = run(t, h, file);
        if (st == DT_OK) *out = t->answer;
        dt__arena_clear(&t->work);
    }
    if (t != NULL) DT__FREE(env, t, 1);
    if (st != DT_OK) release(h, env);
    return dt__settled(env, st);
}
