/* A panel of models: what each says of one set of values, an outcome and the scenarios that it meets.
 *
 * Compiled once from a model and settings; each thread listens with memory of its own and allocates nothing more.  A
 * voice is a bargaining solution or steps within a format, or a model of positions. */
#ifndef DT__ENSEMBLE_PANEL_H
#define DT__ENSEMBLE_PANEL_H

#include "ensemble/choice.h"
#include "ensemble/positional.h"
#include "ensemble/stepwise.h"

enum { DT__MAX_SCENARIOS = 64 };
#define DT__EVERY_VOICE UINT32_MAX

/* What is asked of whom. */
typedef struct dt__panel_opts {
    const dt_setting *settings;
    size_t setting_count;
    const char *among, *at;
    uint32_t choices;    /* bits of dt__choice_kind: solutions that speak */
    uint32_t positional; /* bits of places in dt__positional_model */
    bool steps;          /* in each format, what one step after another leads to, speaks as well */
    bool now;            /* outcomes are told at the date asked for, not at the latest one */
} dt__panel_opts;

typedef enum dt__voice_kind { DT__VOICE_BARGAIN = 0, DT__VOICE_STEPS, DT__VOICE_POSITIONS } dt__voice_kind;
typedef enum dt__voice_status {
    DT__VOICE_SPEAKS = 0,
    DT__VOICE_ORDINAL,  /* needs utilities, and a party has only ranks */
    DT__VOICE_TOO_LARGE /* too many candidates, or a number has no known ends */
} dt__voice_status;

typedef struct dt__voice {
    dt__voice_kind kind;
    dt__voice_status status;
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

/* Dates at which scenarios are judged, in months of drift. */
typedef struct dt__dates {
    size_t count;
    dt__rational months[DT__MAX_SCENARIOS + 1];
    uint32_t of_scenario[DT__MAX_SCENARIOS];
    size_t told; /* outcomes are told at it */
} dt__dates;

typedef struct dt__panel {
    const dt_model *model;
    dt__setting setting;
    dt__uncertainty uncertainty;
    dt__amounts amounts;
    dt__dates dates;
    size_t format_count;
    dt__compiled_format *formats;
    uint32_t choices, positional_mask;
    dt__positional *positional; /* NULL: nobody has positions, or nobody asks for them */
    bool steps;
    dt__stepwise stepwise; /* where steps speak */
    size_t voice_count;
    dt__voice *voices;          /* by format, then the models of positions */
    uint64_t no_deal_scenarios; /* that the outcome of no deal meets */
} dt__panel;

/* Compiles; texts of opts are not kept, arrays lie in `arena`, which has to outlive it.
 * DT_OK, DT_ERR_ARGUMENT, DT_ERR_MODEL, DT_ERR_LIMIT, DT_ERR_MEMORY, DT_ERR_CANCELLED.  Clear also after a failure. */
DT_NODISCARD dt_status dt__panel_init(dt__panel *panel, const dt_model *model, const dt__panel_opts *opts,
                                      dt__arena *arena, dt_env *env);
void dt__panel_clear(dt__panel *panel, dt_env *env);
/* Says that there are more scenarios than DT__MAX_SCENARIOS: DT_ERR_LIMIT. */
dt_status dt__too_many_scenarios(dt_env *env);
/* Scenarios that an outcome meets, as bits. */
uint64_t dt__scenarios_met(const dt_model *model, const dt__option *outcome);

/* ---- listening ---- */

/* The memory of one thread. */
typedef struct dt__listener {
    const dt__panel *panel; /* NULL: not initialised */
    dt_env *env;
    dt__arena arena;
    int64_t *amounts;
    dt__chooser *choosers;        /* per format */
    dt__stepper_memory *steppers; /* per format, where steps speak */
    dt__positioner positioner;
    uint64_t *met;               /* per voice: scenarios met, as bits */
    const dt__option **outcomes; /* per voice: at the date told */
    bool *deals;                 /* per voice: there is something to choose from */
    const double **gains;        /* per voice: per dimension of its format, of its choice; NULL: no deal */
    double *kept;                /* memory of those */
} dt__listener;

/* `env` is the thread's own.  Clear also after a failure. */
DT_NODISCARD dt_status dt__listener_init(dt__listener *listener, const dt__panel *panel, dt_env *env);
void dt__listener_clear(dt__listener *listener);
/* Hears every voice that speaks about a valuation.  Models that draw do so by (seed, draw).
 * DT_OK, DT_ERR_MODEL, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__listen(dt__listener *listener, const dt__valuation *v, uint64_t seed, uint64_t draw);

#endif
