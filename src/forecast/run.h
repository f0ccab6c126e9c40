/* A forecast while its draws are made: what was compiled, and what was counted.
 *
 * Everything counted is a whole number, and adding whole numbers knows no order: so threads, shards and resumed runs
 * all come to the same counts. */
#ifndef DT__FORECAST_RUN_H
#define DT__FORECAST_RUN_H

#include "detente/forecast.h"
#include "ensemble/panel.h"
#include "model/inputs.h"
#include "question/builder.h"
#include "question/workers.h"

enum { DT__FIFTHS = 5, DT__MAX_INPUTS = 64, DT__PILOT_DRAWS = 1000 };

/* An uncertain number that draws are sorted by. */
typedef struct dt__sorted_input {
    dt__input input;
    double cuts[DT__FIFTHS - 1];
} dt__sorted_input;

/* Where each kind of count begins. */
typedef struct dt__count_layout {
    size_t deals, scenarios, options, sizes, fifths, all;
    size_t option_total;
    const size_t *option_start; /* per issue */
} dt__count_layout;

struct dt_forecast_run {
    const dt_model *model;
    dt_env *env; /* that it was opened with */
    dt__arena arena;
    dt_forecast_opts opts; /* texts are borrowed from the arena */
    dt__panel panel;
    size_t input_count;
    dt__sorted_input inputs[DT__MAX_INPUTS];
    double base_rates[DT__MAX_SCENARIOS]; /* NaN: none given */
    dt__count_layout layout;
    uint64_t *counts;
    uint64_t first, next, end; /* of its share: draws next..end-1 are left */
    uint64_t made;             /* counted */
    bool ragged;               /* a time limit left gaps */
};

/* prepare.c */
DT_NODISCARD dt_status dt__run_prepare(dt_forecast_run *run, const dt_forecast_opts *opts, dt_env *env);
void dt__run_clear(dt_forecast_run *run, dt_env *env);

/* partial.c */
dt_status dt__refuse_partial(dt_env *env, const char *file, const char *msgid, const char *argument);

/* counting.c: makes draws from..to-1 and adds them to the counts */
DT_NODISCARD dt_status dt__count_draws(dt_forecast_run *run, uint64_t from, uint64_t to, dt_env *env);
/* The value of an input in a draw. */
static inline double dt__input_value(const dt__sorted_input *sorted, const dt__valuation *v) {
    return dt__rational_double(v->numbers[sorted->input.number]);
}

/* summary.c */
DT_NODISCARD dt_status dt__run_summary(dt_forecast_answer **out, const dt_forecast_run *run, dt_env *env);

#endif
