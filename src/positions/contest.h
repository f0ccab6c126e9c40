/* One issue as the models of one issue see it: the actors that are present, in input order, and the memory they need.
 */
#ifndef DT__POSITIONS_CONTEST_H
#define DT__POSITIONS_CONTEST_H

#include "positions/predict.h"

typedef struct dt__contest {
    size_t count;
    double *x, *s, *c, *w;   /* position, salience, capability, c s */
    double low, high, range; /* of the scale */
    double reference;        /* NAN: none */
    /* memory */
    double *left, *right; /* two rows of count */
    size_t *order;
} dt__contest;

/* Memory of an election with at most `options` options and `voters` voters (condorcet.c). */
typedef struct dt__election {
    double *utility;            /* [voter * options + option] */
    double *weight;             /* per voter */
    double *chance;             /* the answer: per option */
    double *coalition, *matrix; /* options x options */
} dt__election;

struct dt__spatial;
struct dt__exchange_book;

struct dt__predictor {
    dt__arena arena;
    size_t actors, issues;
    dt__contest contest;
    dt__election election;
    double *unique;         /* positions held, merged; ascending */
    double *square;         /* 3 actors x actors: challenge.c */
    double *rows;           /* 8 rows of actors: challenge.c */
    double *grid;           /* DT__MIXTURE_PARTS cumulated densities */
    dt__prediction scratch; /* a prediction that another is made from */
    struct dt__spatial *spatial;
    struct dt__exchange_book *book;
};

/* Gathers one issue; weights c s.  When all weights are 0 they all become 1, and the notes say so. */
void dt__contest_gather(dt__contest *k, const dt__stakes *stakes, size_t issue, dt__prediction *out);
/* Replaces the weights by what a model wants; all 0: all 1, noted. */
void dt__contest_weigh(dt__contest *k, unsigned capability_power, unsigned salience_power, dt__prediction *out);
/* Nobody, or all in one place: the answer is written; true. */
bool dt__contest_is_settled(const dt__contest *k, dt__prediction *out);
double dt__contest_mean(const dt__contest *k);
/* Smallest position at which the weights reach half of their sum; where they are half of it, the mean with the next. */
double dt__contest_median(dt__contest *k);
double dt__weighted_median(const double *x, const double *w, size_t count, size_t *order);

/* Positions held, those nearer than a thousandth of `range` to an earlier one taken for it; ascending.  Returns how
 * many; *merged counts actors whose position differs from the one it is taken for. */
size_t dt__unique_positions(double *out, const double *x, size_t count, double range, uint32_t *merged);

/* The election over options by voters: fills e->chance.  Returns DT__PREDICTION_DONE. */
void dt__election_hold(dt__election *e, size_t options, size_t voters, dt__vote_rule vote, dt__victory_rule victory,
                       dt__chain chain);

/* One value for certain; the point too. */
void dt__predict_atom(dt__prediction *out, double value);
void dt__predict_nothing(dt__prediction *out);
/* Adds an atom, keeping values ascending and apart; equal values are one atom. */
void dt__predict_add(dt__prediction *out, double value, double mass);
/* The grid of an issue: value at step g. */
static inline double dt__grid_value(double low, double high, size_t g) {
    return low + (high - low) * (double)g / (DT__GRID - 1);
}

/* Models: one function each, in a file of its own.  All issues of the stakes. */
typedef void dt__predict_function(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts,
                                  dt__prediction *out);
dt__predict_function dt__predict_compromise, dt__predict_compromise_squared, dt__predict_mean,
    dt__predict_mean_salience, dt__predict_mean_capability, dt__predict_weighted_median, dt__predict_median,
    dt__predict_nash, dt__predict_nash_reference, dt__predict_pce, dt__predict_pce_markov, dt__predict_pce_incentive,
    dt__predict_eum, dt__predict_exchange, dt__predict_smp, dt__predict_smp_start, dt__predict_mixture,
    dt__predict_midpoint, dt__predict_uniform, dt__predict_reference, dt__predict_base_rate, dt__predict_actors;

/* Memory of the larger models; false when there is none. */
bool dt__spatial_reserve(dt__predictor *p);
bool dt__exchange_reserve(dt__predictor *p);

#endif
