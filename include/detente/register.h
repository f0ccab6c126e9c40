/* A register of forecasts: frozen before the event, resolved after it, scored against one another.
 *
 * One SQLite file.  What dt_register_freeze has returned DT_OK for is on the disk: a killed process or a full disk
 * loses none of it, and leaves no half of a forecast behind. */
#ifndef DETENTE_REGISTER_H
#define DETENTE_REGISTER_H

#include "detente/forecast.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dt_register dt_register;

/** Opens a register; create: makes it when the file is not there.
 *  Returns DT_OK, DT_ERR_ARGUMENT (no register, or of a newer version), DT_ERR_IO, DT_ERR_MEMORY; a diagnostic says
 * why. Owns: *out, close with dt_register_close. */
DT_API DT_NODISCARD dt_status dt_register_open(dt_register **out, const char *path, bool create, dt_env *env);
DT_API void dt_register_close(dt_register *r, dt_env *env);

/** Freezes a forecast under a name, with the claims that the model holds, the model's SHA-256 and a date
 *  (YYYY-MM-DD).  All or nothing.
 *  Returns DT_OK, DT_ERR_ARGUMENT (the name is taken, the date is none, or later than today), DT_ERR_IO, DT_ERR_MEMORY,
 *  DT_ERR_MODEL. */
DT_API DT_NODISCARD dt_status dt_register_freeze(dt_register *r, const char *name, const char *on, const char *today,
                                                 const dt_model *model, const dt_forecast_answer *answer, dt_env *env);

/** Records what happened: SCENARIO=yes or no, ISSUE=OPTION; all or nothing.  source: where it is told, NULL: none.
 *  Returns DT_OK, DT_ERR_ARGUMENT (no such forecast, scenario, issue or option; resolved before; a date before the
 *  freezing or after today), DT_ERR_IO, DT_ERR_MEMORY. */
DT_API DT_NODISCARD dt_status dt_register_resolve(dt_register *r, const char *name, const dt_setting *found,
                                                  size_t count, const char *on, const char *today, const char *source,
                                                  dt_env *env);

/** Options of scoring.  Initialise with dt_score_opts_init. */
typedef struct dt_score_opts {
    const char *baseline; /* a source; default "uniform" */
    uint64_t draws;       /* of the bootstrap; default 2000 */
    uint64_t seed;        /* default 1 */
} dt_score_opts;

DT_API void dt_score_opts_init(dt_score_opts *opts);

enum { DT_SCORE_BINS = 10 };

typedef struct dt_calibration_bin {
    size_t count;
    double mean, frequency; /* stated and observed */
} dt_calibration_bin;

/** What one source (a model, a baseline, a person) is worth so far. */
typedef struct dt_source_score {
    const char *source;   /* "nash_trilateral", "uniform", "claim us" */
    const char *kind;     /* "model", "baseline", "claim" */
    size_t count;         /* resolved statements */
    double brier;         /* mean (p - o)^2, 0..1 */
    double log;           /* mean -ln p of what happened; p counts as at least 0.001 */
    size_t distributions; /* resolved issues that it gives a distribution over */
    double crps;          /* mean, as a share of the scale; NaN without any */
    size_t paired;        /* statements that the baseline makes, too */
    double difference;    /* mean Brier less the baseline's on those; NaN without any */
    double low, high;     /* 95 %, bootstrap over forecasts; NaN with fewer than two */
    double skill;         /* 1 - Brier / baseline's Brier, on those; NaN where that is 0 */
    bool calibrated;      /* enough cases for the bins and terms that follow to mean something */
    dt_calibration_bin bins[DT_SCORE_BINS];
    double reliability, resolution, uncertainty; /* Murphy 1973 */
} dt_source_score;

typedef struct dt_statement_score {
    const char *forecast, *scenario, *source;
    double probability, brier;
    bool happened;
} dt_statement_score;

typedef struct dt_score_answer {
    size_t forecasts, resolved, open; /* scenarios of forecasts: resolved, and not yet */
    size_t backdated;                 /* forecasts entered on a later day than the one they are dated */
    const char *baseline;
    uint64_t draws, seed;
    size_t source_count;
    const dt_source_score *sources; /* best Brier first */
    size_t statement_count;
    const dt_statement_score *statements; /* by forecast, scenario, source */
    void *memory;                         /* private */
} dt_score_answer;

/** Scores every source on what was resolved.
 *  Returns DT_OK, DT_ERR_ARGUMENT (no such baseline), DT_ERR_IO, DT_ERR_MEMORY.
 *  Owns: *out, free with dt_score_free.
 *  Ref: Brier 1950; Good 1952 (logarithmic); Matheson and Winkler 1976 (CRPS); Murphy 1973; Efron 1979 (bootstrap). */
DT_API DT_NODISCARD dt_status dt_register_score(dt_score_answer **out, dt_register *r, const dt_score_opts *opts,
                                                dt_env *env);
DT_API void dt_score_free(dt_score_answer *answer, dt_env *env);

#ifdef __cplusplus
}
#endif
#endif
