/* Models of positions and power, asked about a model of negotiations.
 *
 * A party's position on an issue is where it stands (spatial preferences), or the place on the scale of the
 * option that it values most (additive ones; the first of equals); its salience is the share of its weights that lies
 * on the issue, or, where all parties are spatial and no salience can exceed 1, the salience as stated; its weight is
 * its capability.  An ordered issue takes the option nearest to what the model says, where
 * a model gives a distribution a draw from it.  An issue without an order takes the option that has most capability
 * times salience behind it.  Where the options exclude one another, issue by issue in the engine's order each takes the
 * nearest option that leaves a coherent outcome. */
#ifndef DT__ENSEMBLE_POSITIONAL_H
#define DT__ENSEMBLE_POSITIONAL_H

#include "ensemble/amounts.h"
#include "positions/predict.h"
#include "space/guide.h"

enum { DT__POSITIONAL_COUNT = 6 };
dt__predict_model dt__positional_model(size_t i);

/* What all threads share: who has positions, and what is coherent. */
typedef struct dt__positional {
    dt__problem problem;
    dt__query query;
    dt__guide guide;
    const dt_model *model;
    size_t option_total;
    const size_t *option_start; /* per issue */
    size_t actor_count;
    uint32_t actors[DT__MAX_PARTIES];
    bool saliences; /* parties state saliences, none above 1: they count as they are, not as shares */
} dt__positional;

/* DT_OK, DT_ERR_MEMORY, DT_ERR_MODEL, DT_ERR_LIMIT, DT_ERR_CANCELLED.  Clear also after a failure. */
DT_NODISCARD dt_status dt__positional_init(dt__positional *p, const dt__setting *setting, const dt__amounts *amounts,
                                           dt__arena *arena, dt_env *env);
void dt__positional_clear(dt__positional *p, dt_env *env);

/* The memory of one thread. */
typedef struct dt__positioner {
    const dt__positional *shared;
    uint32_t mask; /* models that are asked */
    dt__predictor *predictor;
    dt__prediction *predictions; /* per issue */
    double *position, *salience, *capability, *low, *high;
    uint32_t *order;   /* of options of one issue */
    double *distances; /* per issue x option: from what the model says */
    dt__option *assignment;
    dt__option *outcomes; /* per model, all issues */
    double *points;       /* per model, all issues: what it says before an option is taken; NaN: nothing */
} dt__positioner;

DT_NODISCARD dt_status dt__positioner_init(dt__positioner *p, const dt__positional *shared, uint32_t mask,
                                           dt__arena *arena, dt_env *env);
void dt__positioner_clear(dt__positioner *p, dt_env *env);
/* The outcomes that the models give in a draw.  Allocates nothing. */
void dt__positioner_draw(dt__positioner *p, const dt__setting *setting, const dt__valuation *v, uint64_t seed,
                         uint64_t draw);

#endif
