/* One backtest on its way: the table, its issues sorted by negotiation, the models asked for, and what they say. */
#ifndef DT__BACKTEST_TRIAL_H
#define DT__BACKTEST_TRIAL_H

#include "detente/backtest.h"
#include "positions/layouts.h"
#include "positions/mixture.h"
#include "positions/predict.h"

/* What one model said of one issue. */
typedef struct dt__verdict_of_model {
    dt_backtest_prediction prediction;
    double error; /* absolute, per cent of the scale; NAN when it cannot be told */
    double rank;  /* share of the distribution below the outcome */
    dt__prediction_notes notes;
} dt__verdict_of_model;

typedef struct dt__trial {
    dt_env *env;
    const dt_backtest_opts *opts;
    dt__positions *table; /* the answer's */
    dt__arena *arena;     /* the answer's */
    dt__arena work;       /* until the answer is there */
    dt__predict_opts predict;
    dt__predict_model models[DT__PREDICT_COUNT];
    size_t model_count, compromise; /* its place among them */
    uint32_t wanted;
    bool no_exchange, no_spatial; /* too large */
    /* issues sorted by negotiation: order[i] is the issue in the table; those of g are from[g]..from[g + 1]-1 */
    size_t *order, *from, groups, largest_group;
    double *position, *salience, *capability, *low, *high, *reference, *outcome;
    size_t imputed;
    dt__verdict_of_model *verdicts; /* [issue of the table * model_count + model] */
    /* the mixture */
    size_t folds;
    dt__mixture_fit *fits;                /* per negotiation */
    double (*weights)[DT__MIXTURE_PARTS]; /* per fold */
    dt_backtest_answer *answer;
    dt_backtest_model *scores;
} dt__trial;

/* Reads the options, those of the table too.  DT_ERR_ARGUMENT is told. */
DT_NODISCARD dt_status dt__trial_read_options(dt__trial *t, dt__layout_opts *layout);
/* Sorts the issues by negotiation and fills in what is missing. */
DT_NODISCARD dt_status dt__trial_sort(dt__trial *t);
/* Weights of the mixture for each fold, from the other folds; folds 0 when there is too little to learn from. */
DT_NODISCARD dt_status dt__trial_fit(dt__trial *t);
DT_NODISCARD dt_status dt__trial_predict(dt__trial *t);
/* Scores of each model, then differences. */
DT_NODISCARD dt_status dt__trial_evaluate(dt__trial *t);
DT_NODISCARD dt_status dt__trial_compare(dt__trial *t);

dt__stakes dt__trial_stakes(const dt__trial *t, size_t group);
static inline bool dt__trial_has_outcome(const dt__trial *t, size_t sorted) {
    return t->outcome[sorted] >= t->low[sorted]; /* not NAN */
}
/* Per cent of the scale. */
static inline double dt__trial_percent(const dt__trial *t, size_t sorted, double value) {
    double range = t->high[sorted] - t->low[sorted];
    return range > 0 ? 100 * (value - t->low[sorted]) / range : 0;
}

#endif
