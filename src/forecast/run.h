/* A forecast while its draws are made: what was compiled, and what was counted.
 *
 * Everything counted is a whole number, and adding whole numbers knows no order: so threads, shards and resumed runs
 * all come to the same counts. */
#ifndef DT__FORECAST_RUN_H
#define DT__FORECAST_RUN_H

#include "detente/forecast.h"
#include "ensemble/choice.h"
#include "question/builder.h"
#include "question/workers.h"

enum { DT__FIFTHS = 5, DT__MAX_INPUTS = 64, DT__MAX_SCENARIOS = 64, DT__PILOT_DRAWS = 1000 };

/* One model: what it says in a draw is an outcome for each date. */
typedef struct dt__voice {
    dt_model_kind kind;
    dt_forecast_status status;
    size_t place; /* of its format among those asked for */
    dt__choice_kind choice;
    size_t positional; /* index among the models of positions */
} dt__voice;

/* A format, compiled. */
typedef struct dt__compiled_format {
    const dt__format *format;
    dt__candidates candidates;
    uint64_t *scenarios; /* per candidate: those it meets, as bits */
} dt__compiled_format;

/* An uncertain number that draws are sorted by. */
typedef struct dt__input {
    uint32_t quantity; /* or DT__NO_INDEX */
    dt__number_id number;
    double cuts[DT__FIFTHS - 1];
} dt__input;

typedef struct dt__dates {
    size_t count;
    dt__rational months[DT__MAX_SCENARIOS + 1];
    uint32_t of_scenario[DT__MAX_SCENARIOS];
    size_t last; /* the latest: options of issues are told at it */
} dt__dates;

/* Where each kind of count begins. */
typedef struct dt__count_layout {
    size_t deals, scenarios, options, sizes, fifths, all;
    size_t option_total;
    const size_t *option_start; /* per issue */
} dt__count_layout;

struct dt__positional;

struct dt_forecast_run {
    const dt_model *model;
    dt_env *env; /* that it was opened with */
    dt__arena arena;
    dt_forecast_opts opts; /* texts are borrowed from the arena */
    dt__setting setting;
    dt__uncertainty uncertainty;
    dt__amounts amounts;
    dt__dates dates;
    size_t format_count;
    dt__compiled_format *formats;
    struct dt__positional *positional; /* NULL: nobody has positions */
    size_t voice_count;
    dt__voice *voices;
    size_t input_count;
    dt__input inputs[DT__MAX_INPUTS];
    double base_rates[DT__MAX_SCENARIOS]; /* NaN: none given */
    uint64_t no_deal_scenarios;           /* that the outcome of no deal meets */
    dt__count_layout layout;
    uint64_t *counts;
    uint64_t first, next, end; /* of its share: draws next..end-1 are left */
    uint64_t made;             /* counted */
    bool ragged;               /* a time limit left gaps */
};

/* prepare.c */
DT_NODISCARD dt_status dt__run_prepare(dt_forecast_run *run, const dt_forecast_opts *opts, dt_env *env);
void dt__run_clear(dt_forecast_run *run, dt_env *env);
/* Scenarios that an outcome meets, as bits. */
uint64_t dt__scenarios_met(const dt_model *model, const dt__option *outcome);

/* partial.c */
dt_status dt__refuse_partial(dt_env *env, const char *file, const char *msgid, const char *argument);

/* counting.c: makes draws from..to-1 and adds them to the counts */
DT_NODISCARD dt_status dt__count_draws(dt_forecast_run *run, uint64_t from, uint64_t to, dt_env *env);
/* The value of an input in a draw. */
static inline double dt__input_value(const dt__input *input, const dt__valuation *v) {
    return dt__rational_double(input->quantity == DT__NO_INDEX ? v->numbers[input->number]
                                                               : v->quantities[input->quantity]);
}

/* summary.c */
DT_NODISCARD dt_status dt__run_summary(dt_forecast_answer **out, const dt_forecast_run *run, dt_env *env);

#endif
