/* Models of what parties will agree, from positions, salience and capability (docs/method/forecast.md, "models").
 *
 * One registry, one function for each model.  A predictor is the memory of a thread: once it is initialised for so
 * many actors and issues, predicting allocates nothing, so draws and sweeps call it in their loops. */
#ifndef DT__POSITIONS_PREDICT_H
#define DT__POSITIONS_PREDICT_H

#include "positions/positions.h"

/* ---- models ---- */

typedef enum dt__predict_model {
    DT__PREDICT_COMPROMISE = 0,     /* mean weighted by capability x salience */
    DT__PREDICT_WEIGHTED_MEDIAN,    /* median by the same weights */
    DT__PREDICT_MEAN,               /* unweighted */
    DT__PREDICT_NASH,               /* Nash's solution on positions, no disagreement point */
    DT__PREDICT_PCE,                /* probabilistic Condorcet election, conditional */
    DT__PREDICT_EUM,                /* expected-utility challenge model */
    DT__PREDICT_EXCHANGE,           /* equal-gain exchange of positions; needs two issues */
    DT__PREDICT_SMP,                /* spatial model of politics, to its end */
    DT__PREDICT_MIXTURE,            /* calibrated mixture */
    DT__PREDICT_MIDPOINT,           /* of the scale */
    DT__PREDICT_UNIFORM,            /* every value of the scale alike */
    DT__PREDICT_REFERENCE,          /* what holds if nothing is agreed */
    DT__PREDICT_BASE_RATE,          /* a distribution that the user gives */
    DT__PREDICT_ACTORS,             /* one of the positions held, by weight */
    DT__PREDICT_MEDIAN,             /* unweighted */
    DT__PREDICT_MEAN_SALIENCE,      /* weighted by salience alone */
    DT__PREDICT_MEAN_CAPABILITY,    /* by capability alone */
    DT__PREDICT_COMPROMISE_SQUARED, /* by capability x salience squared */
    DT__PREDICT_NASH_REFERENCE,     /* Nash's solution with the reference point as disagreement */
    DT__PREDICT_PCE_MARKOV,         /* the same election as a Markov chain, uniform challenges */
    DT__PREDICT_PCE_INCENTIVE,      /* the same, challenges by incentive */
    DT__PREDICT_SMP_START,          /* the spatial model's distribution before the first turn */
    DT__PREDICT_COUNT
} dt__predict_model;

/* ---- options: of replications; the defaults are the method's ---- */

typedef enum dt__nash_utility { DT__NASH_LINEAR = 0, DT__NASH_QUADRATIC, DT__NASH_SQUARED_LOSS } dt__nash_utility;

typedef enum dt__vote_rule {
    DT__VOTE_PROPORTIONAL = 0,
    DT__VOTE_BINARY,
    DT__VOTE_PROPORTIONAL_BINARY,
    DT__VOTE_CUBIC,
    DT__VOTE_PROPORTIONAL_CUBIC,
    DT__VOTE_PROSPECT
} dt__vote_rule;

typedef enum dt__victory_rule {
    DT__VICTORY_LINEAR = 0,
    DT__VICTORY_SQUARE,
    DT__VICTORY_QUARTIC,
    DT__VICTORY_OCTIC,
    DT__VICTORY_BINARY
} dt__victory_rule;

typedef enum dt__chain { DT__CHAIN_CONDITIONAL = 0, DT__CHAIN_UNIFORM, DT__CHAIN_INCENTIVE } dt__chain;

typedef enum dt__eum_form { DT__EUM_PAPER = 0, DT__EUM_SCHOLZ_CODE } dt__eum_form;
typedef enum dt__eum_choice { DT__EUM_LEAST_MOVE = 0, DT__EUM_LARGEST_GAIN, DT__EUM_SCHOLZ_CHOICE } dt__eum_choice;

typedef enum dt__risk_range { DT__RISK_MID = 0, DT__RISK_MIN, DT__RISK_MAX } dt__risk_range;
typedef enum dt__risk_view {
    DT__VIEW_ONE_THIRD = 0,
    DT__VIEW_FULL,
    DT__VIEW_TWO_THIRDS,
    DT__VIEW_HALF,
    DT__VIEW_NONE
} dt__risk_view;
typedef enum dt__third_parties { DT__THIRD_SEMI = 0, DT__THIRD_FULL, DT__THIRD_NONE } dt__third_parties;
typedef enum dt__interpolation {
    DT__INTERPOLATE_S2P2 = 0,
    DT__INTERPOLATE_S1P1,
    DT__INTERPOLATE_S2PMAX
} dt__interpolation;
typedef enum dt__bargains {
    DT__BARGAINS_INITIATOR = 0, /* InitOnly */
    DT__BARGAINS_BOTH,          /* InitRcvr */
    DT__BARGAINS_WEIGHTED       /* PWCompInterp */
} dt__bargains;

enum { DT__MIXTURE_PARTS = 6, DT__GRID = 101 }; /* the grid is 0..100 per cent of the scale, in steps of one */

typedef struct dt__predict_opts {
    struct {
        dt__nash_utility utility;
    } nash;
    struct {
        dt__vote_rule vote;
        dt__victory_rule victory;
    } pce;
    struct {
        dt__eum_form form;
        dt__eum_choice choice;
        bool median;           /* forecast each round: the weighted median instead of the mean */
        bool own_alternatives; /* security against one's own other positions, as in 1981 */
        double q, t;           /* chance of the status quo; of its change being for the better */
        unsigned rounds;
    } eum;
    struct {
        unsigned rounds;
        bool random_rate;    /* gains split at random instead of equally */
        double rate;         /* z: how far from equal, 0..1 */
        uint64_t seed, draw; /* of the random split */
    } exchange;
    struct {
        dt__vote_rule vote;
        dt__victory_rule victory;
        dt__chain chain;
        dt__risk_range range;
        dt__risk_view view;
        dt__third_parties third;
        dt__interpolation interpolation;
        dt__bargains bargains;
        bool stochastic; /* draw from each queue instead of taking the likeliest */
        uint64_t seed, draw;
        unsigned rounds; /* most */
    } smp;
    double mixture[DT__MIXTURE_PARTS]; /* weights: positions, PCE, uniform, narrow, wide, spikes */
    const double *base_at, *base_mass; /* base rate: per cent of the scale, ascending; probabilities */
    size_t base_count;                 /* 0: none */
} dt__predict_opts;

void dt__predict_opts_init(dt__predict_opts *opts);

/* ---- predictions ---- */

typedef enum dt__prediction_form {
    DT__PREDICTION_ATOMS = 0, /* probabilities of single values */
    DT__PREDICTION_GRID       /* DT__GRID masses, at 0..100 per cent of the scale: a density */
} dt__prediction_form;

typedef enum dt__prediction_status {
    DT__PREDICTION_DONE = 0,     /* in closed form, or the rounds came to rest */
    DT__PREDICTION_CYCLING,      /* an earlier state came back: no last round is the forecast */
    DT__PREDICTION_CAP,          /* the rounds ran out before rest; a single round that was asked for is done */
    DT__PREDICTION_INAPPLICABLE, /* the model needs what is not there (a second issue, a reference point) */
    DT__PREDICTION_STATUS_COUNT
} dt__prediction_status;

/* How often a rule of the method was used (docs/method/forecast.md, "data rules"). */
typedef struct dt__prediction_notes {
    uint32_t raised_saliences; /* 0 where a formula divides by it: 0.01 */
    uint32_t raised_capabilities;
    uint32_t left_out;   /* actors of no capability, where the method leaves them out */
    uint32_t merged;     /* positions nearer than a thousandth of the scale, taken for one */
    uint32_t ties;       /* first in input order */
    uint32_t unweighted; /* all weights 0: 1 */
} dt__prediction_notes;

typedef struct dt__prediction {
    dt__prediction_form form;
    dt__prediction_status status;
    size_t count, capacity;
    double *at, *mass; /* ascending values in the unit of the issue; masses sum to 1 */
    double point;      /* NAN when inapplicable */
    unsigned rounds;   /* made; 0 for closed forms */
    dt__prediction_notes notes;
} dt__prediction;

/* Room for the distribution over one issue of so many actors.  Owns: clear with dt__prediction_clear, also after a
 * failure. */
DT_NODISCARD dt_status dt__prediction_init(dt__prediction *p, size_t actors, dt_env *env);
void dt__prediction_clear(dt__prediction *p, dt_env *env);
double dt__prediction_mean(const dt__prediction *p);
/* The smallest value at which the distribution reaches a share (0..1) of itself. */
double dt__prediction_quantile(const dt__prediction *p, double share);
/* Probability of low <= value <= high. */
double dt__prediction_within(const dt__prediction *p, double low, double high);

/* ---- predicting ---- */

typedef struct dt__predictor dt__predictor; /* memory of one thread */

#define DT__PREDICT_MASK(model) (UINT32_C(1) << (model))
#define DT__PREDICT_ALL (DT__PREDICT_MASK(DT__PREDICT_COUNT) - 1)

/* Memory for stakes of at most so many actors and issues and the models of a mask.  Owns: *out. */
DT_NODISCARD dt_status dt__predictor_new(dt__predictor **out, size_t actors, size_t issues, uint32_t models,
                                         dt_env *env);
void dt__predictor_free(dt__predictor *p, dt_env *env);

/* Fills out[0..stakes->issues-1], each initialised for at least as many actors.  Allocates nothing; cannot fail: what a
 * model cannot say is inapplicable.  Cost: linear for means; n log n for medians; N^2 n for the election over N
 * positions; n^3 for a round of the challenge model and a turn of the spatial model. */
void dt__predict(dt__predictor *p, dt__predict_model which, const dt__stakes *stakes, const dt__predict_opts *opts,
                 dt__prediction *out);

/* "compromise", "weighted_median" ...: keys of the JSON, names on the command line; NULL out of range. */
const char *dt__predict_id(dt__predict_model which);
/* A name for people, to be translated. */
const char *dt__predict_title(dt__predict_model which);
/* Is it shown when nobody asks for particular models? */
bool dt__predict_is_standard(dt__predict_model which);
/* DT__PREDICT_COUNT when there is none of that name. */
dt__predict_model dt__predict_find(const char *id, size_t length);

#endif
