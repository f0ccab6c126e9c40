/* What will happen?  Scenario probabilities by several models side by side, over draws of everything uncertain.
 *
 * The answer is plain data in one block of memory; texts and arrays in it are borrowed from it.  The same model,
 * options and seed give the same answer for any number of threads and shards. */
#ifndef DETENTE_FORECAST_H
#define DETENTE_FORECAST_H

#include "detente/answer.h"
#include "detente/exchange.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Options of `forecast`.  Initialise with dt_forecast_opts_init. */
typedef struct dt_forecast_opts {
    const char *among;          /* one format; NULL: every format of the model */
    const dt_setting *settings; /* what-ifs, as for dt_deal */
    size_t setting_count;
    const char *at;               /* a date: for scenarios without a `by` of their own; NULL: as_of */
    const dt_setting *base_rates; /* SCENARIO=P: a baseline of the user's; P from 0 to 1, or a percentage */
    size_t base_rate_count;
    uint64_t draws;         /* default 10000 */
    uint64_t seed;          /* default 1 */
    uint64_t shard, shards; /* only the shard-th (from 1) of so many parts of the draws; default 1 of 1 */
} dt_forecast_opts;

DT_API void dt_forecast_opts_init(dt_forecast_opts *opts);

typedef enum dt_model_kind {
    DT_MODEL_BARGAIN = 0, /* what bargaining comes to within a format: a solution, or step after step */
    DT_MODEL_POSITIONS,   /* a model of positions and power */
    DT_MODEL_BASELINE     /* shown beside every model */
} dt_model_kind;

typedef enum dt_forecast_status {
    DT_FORECAST_DONE = 0,
    DT_FORECAST_ORDINAL,  /* needs utilities, and a party has only ranks */
    DT_FORECAST_TOO_LARGE /* too many outcomes can be a solution in some draw, or a number has no known ends */
} dt_forecast_status;

/** A probability and what is not known about it, kept apart. */
typedef struct dt_probability {
    bool known; /* false: this model says nothing about it */
    double probability;
    double low, high;       /* input uncertainty: smallest and largest share in a fifth of the draws by one input */
    uint32_t input;         /* that input, index into inputs of the answer; UINT32_MAX: none */
    double mc_error;        /* standard error of the finite number of draws */
    double mc_low, mc_high; /* 95 % (Wilson 1927) */
} dt_probability;

typedef struct dt_forecast_model {
    const char *id; /* "nash_trilateral": the key of the JSON */
    dt_model_kind kind;
    dt_forecast_status status;
    const char *rule;                /* "nash", "compromise", "uniform" ... */
    uint32_t format;                 /* UINT32_MAX: of none */
    double deal;                     /* share of draws in which the zone is not empty; NaN without a format */
    const dt_probability *scenarios; /* per scenario of the model */
    const double *const *options;    /* per issue, per option: share of draws; NULL: not known */
} dt_forecast_model;

/** Something uncertain that is drawn. */
typedef struct dt_forecast_input {
    uint32_t quantity; /* of the model; UINT32_MAX: a number used in one place */
    const char *name;  /* id of the quantity, or where the number stands */
} dt_forecast_input;

/** A scenario over all models that are no baselines. */
typedef struct dt_disagreement {
    bool known;
    double low, high;         /* smallest and largest probability */
    uint32_t lowest, highest; /* the models that say so */
    dt_exact months;          /* of drift from as_of to the date it is judged at */
    const char *by;           /* that date as written; NULL: none given */
} dt_disagreement;

typedef struct dt_forecast_answer {
    uint64_t draws; /* made */
    uint64_t asked, seed;
    bool complete; /* false: a time limit, or one shard of several */
    bool rounded;  /* utilities of some party were rounded to a power of ten */
    dt_outcome no_deal;
    size_t scenario_count, model_count, input_count, issue_count;
    const dt_forecast_model *models;
    const dt_disagreement *scenarios;
    const dt_forecast_input *inputs;
    const char *options_by; /* date at which the options of issues are given, NULL: as_of */
    void *memory;           /* private */
} dt_forecast_answer;

/** Answers "what will happen?".
 *  Returns DT_OK, DT_ERR_ARGUMENT, DT_ERR_MODEL, DT_ERR_LIMIT, DT_ERR_MEMORY, DT_ERR_CANCELLED.
 *  Owns: *out, free with dt_forecast_free.
 *  Cost: preparing grows with the number of outcomes that can be a solution in some draw; then linear in draws. */
DT_API DT_NODISCARD dt_status dt_forecast(dt_forecast_answer **out, const dt_model *model, const dt_forecast_opts *opts,
                                          dt_env *env);
DT_API void dt_forecast_free(dt_forecast_answer *answer, dt_env *env);

/* ---- in parts: shards on many machines, runs that resume ---- */

typedef struct dt_forecast_run dt_forecast_run;

/** Prepares the draws of opts.  Returns as dt_forecast.  Owns: *out, free with dt_forecast_close.  The model has to
 *  outlive it. */
DT_API DT_NODISCARD dt_status dt_forecast_open(dt_forecast_run **out, const dt_model *model,
                                               const dt_forecast_opts *opts, dt_env *env);
DT_API void dt_forecast_close(dt_forecast_run *run, dt_env *env);
/** Makes at most so many of the draws that are left.  Returns DT_OK, DT_ERR_MODEL, DT_ERR_MEMORY, DT_ERR_CANCELLED;
 * after a failure the run stands where it stood before. */
DT_API DT_NODISCARD dt_status dt_forecast_advance(dt_forecast_run *run, uint64_t draws, dt_env *env);
/** Draws of its share that are still to be made. */
DT_API uint64_t dt_forecast_left(const dt_forecast_run *run);
/** Writes what was counted so far: lines of text with a checksum (docs/json.md, "partials").
 *  Returns DT_OK, DT_ERR_IO, DT_ERR_MEMORY, DT_ERR_ARGUMENT (a time limit left gaps). */
DT_API DT_NODISCARD dt_status dt_forecast_save(const dt_forecast_run *run, const dt_sink *sink, dt_env *env);
/** Takes over what a partial of the same share has counted.
 *  Returns DT_OK, DT_ERR_ARGUMENT (damaged, or of another model, version or question), DT_ERR_MEMORY. */
DT_API DT_NODISCARD dt_status dt_forecast_resume(dt_forecast_run *run, const dt_file *partial, dt_env *env);
/** The answer so far. */
DT_API DT_NODISCARD dt_status dt_forecast_finish(dt_forecast_answer **out, const dt_forecast_run *run, dt_env *env);
/** Joins the partials of all shards, in any order, into the answer that one run gives.
 *  Returns DT_OK, DT_ERR_ARGUMENT with a diagnostic (damaged, a gap, an overlap, another model, version, question or
 *  seed), else as dt_forecast.  Owns: *out, free with dt_forecast_free. */
DT_API DT_NODISCARD dt_status dt_forecast_merge(dt_forecast_answer **out, const dt_model *model,
                                                const dt_file *partials, size_t count, dt_env *env);

#ifdef __cplusplus
}
#endif
#endif
