/* What would change it?  How much of what is uncertain about the answers comes from which uncertain number, how far
 * each would have to move to turn a conclusion, what it would be worth to know it, and what each lever does.
 *
 * The inputs are the independent uncertain numbers of the model.  The outputs are, per format, whether there is a zone,
 * whether each scenario comes about under the Nash solution (no deal where the zone is empty) and what each party then
 * gains; and, for models of positions, the compromise on each ordered issue.
 *
 * The answer is plain data in one block of memory; the same model, options and seed give the same answer for any number
 * of threads.  Methods: docs/method/drivers.md. */
#ifndef DETENTE_DRIVERS_H
#define DETENTE_DRIVERS_H

#include "detente/whatif.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Options of `drivers`.  Initialise with dt_drivers_opts_init. */
typedef struct dt_drivers_opts {
    const char *among;          /* one format; NULL: every format of the model */
    const dt_setting *settings; /* what-ifs, as for dt_deal */
    size_t setting_count;
    const char *at;           /* a date: for zones, gains and scenarios without a `by` of their own; NULL: as_of */
    const char *of;           /* the output asked about, or a scenario; NULL: the first scenario where it varies most */
    const dt_setting *levers; /* settings to be tried one by one, beside the options of the model's levers */
    size_t lever_count;
    uint64_t samples; /* rows, a power of two; default 1024, at most 2^20.  2 x inputs evaluations a row */
    uint64_t seed;    /* default 1 */
} dt_drivers_opts;

DT_API void dt_drivers_opts_init(dt_drivers_opts *opts);

/** An estimate and its 95 % interval.  Shares are not cut to 0..1: what is below 0 is noise around 0. */
typedef struct dt_estimate {
    double value, low, high;
} dt_estimate;

typedef struct dt_driver_input {
    const char *id;            /* id of the quantity, or where the number stands */
    uint32_t quantity;         /* of the model; UINT32_MAX: a number used in one place */
    double central, low, high; /* smallest and largest value looked at */
} dt_driver_input;

/** What one input does to one output. */
typedef struct dt_driver {
    uint32_t input;                          /* of the answer */
    dt_estimate first_order, total, shapley; /* shares of the variance */
    double correlation;                      /* of ranks (Spearman), -1..1: its sign is the direction */
    bool directed;                           /* the correlation is distinguishable from 0 */
    double at_low, at_high;  /* mean of the output where the input is in its lowest, its highest fifth */
    dt_estimate information; /* how much the output's expected squared error falls once the input is known: of an event
                                its Brier score */
} dt_driver;

typedef enum dt_output_kind {
    DT_OUTPUT_ZONE = 0,  /* 0 or 1: is there a zone? */
    DT_OUTPUT_SCENARIO,  /* 0 or 1: does the scenario come about? */
    DT_OUTPUT_GAIN,      /* of a party over no deal, in its unit */
    DT_OUTPUT_COMPROMISE /* place on the issue's scale */
} dt_output_kind;

typedef struct dt_driver_output {
    const char *id; /* "zone_FORMAT", "SCENARIO_FORMAT", "gain_PARTY_FORMAT", "compromise_ISSUE" */
    dt_output_kind kind;
    uint32_t format, scenario, party, issue; /* UINT32_MAX: none */
    double central;                          /* with every input at its central value */
    dt_estimate mean;
    double variance;
    bool varies;              /* false: the same in every row, and there are no shares */
    bool coarse;              /* some share is not known to within a tenth: more samples are needed */
    const dt_driver *drivers; /* per input, largest Shapley effect first */
} dt_driver_output;

/** The least change of one input, the others central, that turns a conclusion (an output that is 0 or 1). */
typedef struct dt_flip {
    uint32_t output, input;
    bool found; /* false: nothing within its range turns it */
    double at;  /* there it is turned */
} dt_flip;

/** What a lever does: differences over the same draws. */
typedef struct dt_lever_effect {
    const char *name, *value;        /* as for --set */
    uint32_t issue, option, party;   /* party: whose lever it is; UINT32_MAX: none, or it is a quantity */
    bool stands;                     /* this is where it stands anyway: no difference */
    bool measured;                   /* false: past the time limit, or with it there are too many outcomes */
    const dt_estimate *differences;  /* per output */
    const dt_whatif_answer *reasons; /* the settings with the lever against the model as written; NULL: none */
} dt_lever_effect;

typedef struct dt_drivers_answer {
    uint64_t samples; /* rows made */
    uint64_t asked, seed, evaluations;
    bool complete; /* false: a time limit cut the rows or the levers */
    bool rounded;  /* utilities of some party were rounded to a power of ten */
    size_t input_count, output_count, flip_count, lever_count;
    const dt_driver_input *inputs;
    const dt_driver_output *outputs;
    uint32_t main;        /* the output asked about; UINT32_MAX: there is none */
    const dt_flip *flips; /* per output that is an event, per input */
    const dt_lever_effect *levers;
    size_t left_out; /* formats whose outcomes cannot be listed, or that have parties without utilities */
    void *memory;    /* private */
} dt_drivers_answer;

/** Answers "what would change it?".
 *  Returns DT_OK, DT_ERR_ARGUMENT, DT_ERR_MODEL, DT_ERR_LIMIT (too many samples x inputs x outputs), DT_ERR_MEMORY,
 *  DT_ERR_CANCELLED.
 *  Owns: *out, free with dt_drivers_free before the model.
 *  Cost: 2 x samples x inputs evaluations, and samples for each option of each lever. */
DT_API DT_NODISCARD dt_status dt_drivers(dt_drivers_answer **out, const dt_model *model, const dt_drivers_opts *opts,
                                         dt_env *env);
DT_API void dt_drivers_free(dt_drivers_answer *answer, dt_env *env);

#ifdef __cplusplus
}
#endif
#endif
