/* The registry of models, the memory of a thread, and the door to both. */
#include "positions/predict.h"

#include <string.h>

#include "base/catalog.h"
#include "positions/contest.h"

typedef struct model {
    const char *id, *title;
    bool standard;
    dt__predict_function *predict;
} model;

static const model models[DT__PREDICT_COUNT] = {
    [DT__PREDICT_COMPROMISE] = {"compromise", DT__N("Compromise"), true, dt__predict_compromise},
    [DT__PREDICT_WEIGHTED_MEDIAN] = {"weighted_median", DT__N("Weighted median"), true, dt__predict_weighted_median},
    [DT__PREDICT_MEAN] = {"mean", DT__N("Unweighted mean"), true, dt__predict_mean},
    [DT__PREDICT_NASH] = {"nash_positions", DT__N("Nash on positions"), true, dt__predict_nash},
    [DT__PREDICT_PCE] = {"pce", DT__N("Probabilistic Condorcet election"), true, dt__predict_pce},
    [DT__PREDICT_EUM] = {"eum", DT__N("Expected-utility challenges"), true, dt__predict_eum},
    [DT__PREDICT_EXCHANGE] = {"exchange", DT__N("Equal-gain exchange"), true, dt__predict_exchange},
    [DT__PREDICT_SMP] = {"smp", DT__N("Spatial model of politics"), true, dt__predict_smp},
    [DT__PREDICT_MIXTURE] = {"mixture", DT__N("Calibrated mixture"), true, dt__predict_mixture},
    [DT__PREDICT_MIDPOINT] = {"midpoint", DT__N("Middle of the scale"), true, dt__predict_midpoint},
    [DT__PREDICT_UNIFORM] = {"uniform", DT__N("Every value alike"), true, dt__predict_uniform},
    [DT__PREDICT_REFERENCE] = {"reference", DT__N("Reference point"), true, dt__predict_reference},
    [DT__PREDICT_BASE_RATE] = {"base_rate", DT__N("Base rate given"), false, dt__predict_base_rate},
    [DT__PREDICT_ACTORS] = {"actors", DT__N("Positions held, by weight"), false, dt__predict_actors},
    [DT__PREDICT_MEDIAN] = {"median", DT__N("Unweighted median"), false, dt__predict_median},
    [DT__PREDICT_MEAN_SALIENCE] = {"mean_salience", DT__N("Mean by salience"), false, dt__predict_mean_salience},
    [DT__PREDICT_MEAN_CAPABILITY] = {"mean_capability", DT__N("Mean by capability"), false,
                                     dt__predict_mean_capability},
    [DT__PREDICT_COMPROMISE_SQUARED] = {"compromise_squared", DT__N("Compromise, salience squared"), false,
                                        dt__predict_compromise_squared},
    [DT__PREDICT_NASH_REFERENCE] = {"nash_reference", DT__N("Nash against the reference point"), false,
                                    dt__predict_nash_reference},
    [DT__PREDICT_PCE_MARKOV] = {"pce_markov", DT__N("Condorcet election, Markov chain"), false, dt__predict_pce_markov},
    [DT__PREDICT_PCE_INCENTIVE] = {"pce_incentive", DT__N("Condorcet election, by incentive"), false,
                                   dt__predict_pce_incentive},
    [DT__PREDICT_SMP_START] = {"smp_start", DT__N("Spatial model before its first turn"), false, dt__predict_smp_start},
};

const char *dt__predict_id(dt__predict_model which) {
    return (unsigned)which < DT__PREDICT_COUNT ? models[which].id : NULL;
}

const char *dt__predict_title(dt__predict_model which) {
    return (unsigned)which < DT__PREDICT_COUNT ? models[which].title : "";
}

bool dt__predict_is_standard(dt__predict_model which) {
    return (unsigned)which < DT__PREDICT_COUNT && models[which].standard;
}

dt__predict_model dt__predict_find(const char *id, size_t length) {
    unsigned i = 0;

    while (i < DT__PREDICT_COUNT && (strlen(models[i].id) != length || memcmp(models[i].id, id, length) != 0)) i++;
    return (dt__predict_model)i;
}

/* ---- options ---- */

/* Mean weights of ten fits on DEU III, each without a tenth of the proposals (docs/method/forecast.md). */
static const double fitted[DT__MIXTURE_PARTS] = {0.001, 0.490, 0.178, 0.121, 0.160, 0.050};

void dt__predict_opts_init(dt__predict_opts *opts) {
    *opts = (dt__predict_opts){0};
    opts->eum.q = 1;
    opts->eum.t = 0.5;
    opts->eum.rounds = 1;
    opts->exchange.rounds = 1;
    opts->exchange.rate = 1;
    opts->exchange.seed = 1;
    opts->smp.rounds = 100;
    opts->smp.seed = 1;
    memcpy(opts->mixture, fitted, sizeof fitted);
}

/* ---- memory ---- */

static bool reserve_contest(dt__predictor *p) {
    const size_t n = p->actors;
    dt__contest *k = &p->contest;
    double *rows = DT__ARENA_ARRAY(&p->arena, double, 4 * n);

    k->order = DT__ARENA_ARRAY(&p->arena, size_t, n);
    if (rows == NULL || k->order == NULL) return false;
    k->x = rows;
    k->s = rows + n;
    k->c = rows + 2 * n;
    k->w = rows + 3 * n;
    return true;
}

static bool reserve_election(dt__predictor *p) {
    const size_t n = p->actors;
    dt__election *e = &p->election;

    p->unique = DT__ARENA_ARRAY(&p->arena, double, n);
    p->grid = DT__ARENA_ARRAY(&p->arena, double, (size_t)DT__MIXTURE_PARTS *DT__GRID);
    e->utility = DT__ARENA_ARRAY(&p->arena, double, n *n);
    e->weight = DT__ARENA_ARRAY(&p->arena, double, n);
    e->chance = DT__ARENA_ARRAY(&p->arena, double, n);
    e->coalition = DT__ARENA_ARRAY(&p->arena, double, n *n);
    e->matrix = DT__ARENA_ARRAY(&p->arena, double, n *n);
    return p->unique != NULL && p->grid != NULL && e->utility != NULL && e->weight != NULL && e->chance != NULL &&
           e->coalition != NULL && e->matrix != NULL;
}

static bool reserve_challenges(dt__predictor *p) {
    const size_t n = p->actors;

    p->square = DT__ARENA_ARRAY(&p->arena, double, 3 * n * n);
    p->rows = DT__ARENA_ARRAY(&p->arena, double, 5 * n);
    return p->square != NULL && p->rows != NULL;
}

static bool reserve(dt__predictor *p, uint32_t wanted) {
    const uint32_t elections = DT__PREDICT_MASK(DT__PREDICT_PCE) | DT__PREDICT_MASK(DT__PREDICT_PCE_MARKOV) |
                               DT__PREDICT_MASK(DT__PREDICT_PCE_INCENTIVE) | DT__PREDICT_MASK(DT__PREDICT_MIXTURE);
    const uint32_t spatial = DT__PREDICT_MASK(DT__PREDICT_SMP) | DT__PREDICT_MASK(DT__PREDICT_SMP_START);

    if (!reserve_contest(p)) return false;
    if ((wanted & elections) != 0 && !reserve_election(p)) return false;
    if ((wanted & DT__PREDICT_MASK(DT__PREDICT_EUM)) != 0 && !reserve_challenges(p)) return false;
    if ((wanted & DT__PREDICT_MASK(DT__PREDICT_EXCHANGE)) != 0 && !dt__exchange_reserve(p)) return false;
    return (wanted & spatial) == 0 || dt__spatial_reserve(p);
}

dt_status dt__predictor_new(dt__predictor **out, size_t actors, size_t issues, uint32_t wanted, dt_env *env) {
    dt__predictor *p = DT__NEW(env, dt__predictor);

    *out = NULL;
    if (p == NULL) return DT_ERR_MEMORY;
    dt__arena_init(&p->arena, env);
    p->actors = actors == 0 ? 1 : actors;
    p->issues = issues == 0 ? 1 : issues;
    if (dt__prediction_init(&p->scratch, p->actors, env) != DT_OK || !reserve(p, wanted)) {
        dt__predictor_free(p, env);
        return DT_ERR_MEMORY;
    }
    *out = p;
    return DT_OK;
}

void dt__predictor_free(dt__predictor *p, dt_env *env) {
    if (p == NULL) return;
    dt__prediction_clear(&p->scratch, env);
    p->arena.env = env;
    dt__arena_clear(&p->arena);
    DT__FREE(env, p, 1);
}

/* ---- the door ---- */

static void prepare(dt__prediction *out) {
    out->form = DT__PREDICTION_ATOMS;
    out->status = DT__PREDICTION_DONE;
    out->count = 0;
    out->rounds = 0;
    out->notes = (dt__prediction_notes){0};
}

void dt__predict(dt__predictor *p, dt__predict_model which, const dt__stakes *stakes, const dt__predict_opts *opts,
                 dt__prediction *out) {
    for (size_t i = 0; i < stakes->issues; i++) prepare(&out[i]);
    models[which].predict(p, stakes, opts, out);
}
