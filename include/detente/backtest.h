/* How well would the models have foretold outcomes that are known?  Tables of positions, salience and capability, one
 * prediction of each model for each issue, and scores where there is an outcome.
 *
 * The answer is plain data in one block of memory; texts and arrays in it are borrowed from it.  Nothing is opened or
 * fetched: a table is the bytes that are given.  docs/formats.md says which layouts are read. */
#ifndef DETENTE_BACKTEST_H
#define DETENTE_BACKTEST_H

#include "detente/exchange.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What counts as capability in a table of the European Union, which gives none. */
typedef enum dt_power_measure {
    DT_POWER_VOTES = 0, /* in the Council; Commission and Parliament a quarter of their sum */
    DT_POWER_GDP,       /* the row of GDP under the head of the table */
    DT_POWER_SHAPLEY,   /* Shapley-Shubik index of the procedure */
    DT_POWER_EQUAL
} dt_power_measure;

/** Options of `backtest`.  Initialise with dt_backtest_opts_init. */
typedef struct dt_backtest_opts {
    const char *models; /* ids parted by commas, or "all"; NULL: the standard ones */
    dt_power_measure power;
    const char *scale;     /* LOW..HIGH of every issue, where the file gives none; NULL: the range of what is held */
    const char *base_rate; /* VALUE:PROBABILITY,... in per cent of the scale: a baseline of the user's; NULL: none */
    unsigned rounds;       /* of the challenge and the exchange model; default 1 */
    bool scholz;           /* challenge model: the form of the published code, to replicate it */
    bool median;           /* challenge model: the weighted median instead of the mean */
    const char *utility;   /* of nash_positions: "linear" (default) or "quadratic" */
    uint64_t resamples;    /* of the bootstrap of differences to the compromise; default 2000; 0: none.  With fewer than
                              ten negotiations there is none */
    uint64_t seed;         /* of the bootstrap; default 1 */
} dt_backtest_opts;

DT_API void dt_backtest_opts_init(dt_backtest_opts *opts);

typedef enum dt_prediction_state {
    DT_PREDICTION_DONE = 0,     /* in closed form, or its rounds came to rest */
    DT_PREDICTION_CYCLING,      /* an earlier state came back: the last round is not the forecast */
    DT_PREDICTION_CAP,          /* the rounds ran out before it came to rest */
    DT_PREDICTION_INAPPLICABLE, /* the model needs what is not there: a second issue, a reference point */
    DT_PREDICTION_STATE_COUNT
} dt_prediction_state;

/** "done", "cycling", "cap", "inapplicable"; NULL out of range. */
DT_API const char *dt_prediction_state_id(dt_prediction_state state);

/** One model on one issue, in the unit of the issue; NAN where there is none. */
typedef struct dt_backtest_prediction {
    double point, low, high; /* low..high: the middle 80 per cent of the distribution */
    double crps;             /* per cent of the scale; NAN without an outcome */
    dt_prediction_state state;
} dt_backtest_prediction;

typedef struct dt_backtest_issue {
    const char *id, *name, *group;             /* name "" when there is none; group: the negotiation */
    double low, high;                          /* the scale */
    double outcome, reference;                 /* NAN: not known */
    size_t actors;                             /* with a position */
    const dt_backtest_prediction *predictions; /* per model of the answer */
} dt_backtest_issue;

/** A difference between two models on the issues that both predict: this one less the compromise. */
typedef struct dt_backtest_difference {
    size_t n;              /* issues compared; 0: none */
    double mae, low, high; /* per cent of the scale; low..high: 95 per cent, by a bootstrap of whole negotiations */
    double crps, crps_low, crps_high;
} dt_backtest_difference;

/** One model over all issues with an outcome.  Errors are in per cent of the scale of each issue. */
typedef struct dt_backtest_model {
    const char *id, *title; /* the title in English, a msgid */
    bool standard;
    size_t n;                                         /* issues with a prediction and an outcome */
    double mae, median_error, crps, within_10;        /* NAN when n is 0 */
    double common_mae, common_crps, common_within_10; /* on the issues of `common` */
    double skill;                                     /* 1 - CRPS / CRPS of "every value alike", on the same issues */
    size_t pit[10]; /* how often the outcome fell into each tenth of the distribution (for atoms: its middle) */
    size_t states[DT_PREDICTION_STATE_COUNT]; /* of all issues */
    dt_backtest_difference difference;
    /* how often a rule for difficult data was used */
    size_t raised_saliences, raised_capabilities, left_out, merged, ties, unweighted;
} dt_backtest_model;

typedef struct dt_backtest_answer {
    const char *title, *file, *layout; /* title "" when there is none; layout: plain, deu, ktab, decide */
    const char *sha256;                /* of the bytes of the file */
    size_t issue_count, group_count, actor_count;
    const dt_backtest_issue *issues; /* in the order of the file */
    size_t model_count;
    const dt_backtest_model *models; /* in the order of the registry */
    size_t outcomes;                 /* issues with an outcome */
    size_t common; /* issues with an outcome that every model predicts, those apart that rest on a reference point */
    bool fitted;   /* the mixture's weights come from the other negotiations of this table */
    size_t folds;  /* parts of the cross-validation; 0: the weights are the standing ones */
    double mixture[6]; /* mean weights: positions, election, uniform, narrow, wide, spikes */
    size_t imputed_saliences, ignored_saliences, scales_from_range;
    uint64_t resamples, seed; /* resamples made */
    void *memory;             /* private */
} dt_backtest_answer;

/** Answers for the table in a file.  A table without outcomes gives predictions and no scores.  Any number of threads
 *  gives the same answer.
 *  Returns DT_OK, DT_ERR_ARGUMENT, DT_ERR_MODEL, DT_ERR_LIMIT, DT_ERR_MEMORY, DT_ERR_CANCELLED; *out is NULL unless
 * DT_OK. Owns: *out, free with dt_backtest_free. Cost: for each issue n^3 for n actors (the spatial model: times its
 * turns); the bootstrap: resamples x negotiations. Ref: Thomson, Stokman, Achen and Koenig 2006; Achen 2006; Bueno de
 * Mesquita 1994; Stokman and Van Oosten 1994; Gneiting and Raftery 2007. */
DT_API DT_NODISCARD dt_status dt_backtest(dt_backtest_answer **out, const dt_file *file, const dt_backtest_opts *opts,
                                          dt_env *env);
DT_API void dt_backtest_free(dt_backtest_answer *answer, dt_env *env);

#ifdef __cplusplus
}
#endif
#endif
