/* Numbers of a model: exact, uncertain, or formulas over quantities; and their values in one draw. */
#ifndef DT__MODEL_NUMBER_H
#define DT__MODEL_NUMBER_H

#include "base/arena.h"
#include "base/random.h"
#include "base/rational.h"
#include "model/label.h"

typedef uint32_t dt__number_id; /* index into model->numbers */
#define DT__NO_NUMBER UINT32_MAX

typedef enum dt__number_kind {
    DT__NUMBER_EXACT = 0, /* a */
    DT__NUMBER_UNIFORM,   /* a..b, a <= b */
    DT__NUMBER_NORMAL,    /* a +- b, b >= 0, cut to [low, high] */
    DT__NUMBER_PERT,      /* a/b/c, a <= b <= c */
    DT__NUMBER_CODERS,    /* one of several, by coder */
    DT__NUMBER_FORMULA
} dt__number_kind;

typedef enum dt__formula_kind {
    DT__FORMULA_VALUE = 0, /* value */
    DT__FORMULA_QUANTITY,  /* quantity */
    DT__FORMULA_ADD,       /* left, right, as all below but NEGATE (left) */
    DT__FORMULA_SUBTRACT,
    DT__FORMULA_MULTIPLY,
    DT__FORMULA_DIVIDE,
    DT__FORMULA_MIN,
    DT__FORMULA_MAX,
    DT__FORMULA_NEGATE
} dt__formula_kind;

typedef struct dt__formula {
    dt__formula_kind kind;
    const struct dt__formula *left, *right;
    dt__rational value;
    uint32_t quantity; /* index into model->quantities */
} dt__formula;

typedef struct dt__coder {
    const char *name;
    dt__number_id number; /* any form but coders and formula */
} dt__coder;

typedef struct dt__number {
    dt__number_kind kind;
    dt__rational a, b, c;
    bool bounded; /* low, high hold: draws and central value are cut to them */
    dt__rational low, high;
    size_t coder_count;
    const dt__coder *coders;
    const dt__formula *formula;
    const char *text; /* scalar form as written, for the canonical form; NULL for coders */
    const char *path; /* where it is used, "preferences.north.weights.ceasefire" */
    dt__place place;
    dt__evidence evidence; /* its own, or that of its block */
    bool inherited;        /* the evidence stands at the block */
} dt__number;

struct dt_model;

/* The values of all numbers and quantities of a model: central, or those of one draw. */
typedef struct dt__valuation {
    size_t number_count, quantity_count;
    dt__rational *numbers;
    dt__rational *quantities;
    bool *fixed; /* per quantity: its value was set from outside and stays */
} dt__valuation;

/* Allocates; free with dt__valuation_clear.  DT_OK, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__valuation_init(dt__valuation *v, const struct dt_model *model, dt_env *env);
void dt__valuation_clear(dt__valuation *v, dt_env *env);
/* Central values: middle, mean, likely value, mean of the coders.  DT_ERR_MODEL with a diagnostic when a formula
 * divides by zero or a value leaves 128 bits. */
DT_NODISCARD dt_status dt__valuation_central(dt__valuation *v, const struct dt_model *model, dt_env *env);
/* Values of draw number `draw`.  A number's stream is its id, so it draws the same whatever else is asked.
 * Draws are rounded to six decimals.  Allocates nothing unless it fails. */
DT_NODISCARD dt_status dt__valuation_draw(dt__valuation *v, const struct dt_model *model, uint64_t seed, uint64_t draw,
                                          dt_env *env);
/* Values that follow when every uncertain number takes its value in `given` (by number; the others are not read).
 * Allocates nothing unless it fails. */
DT_NODISCARD dt_status dt__valuation_from(dt__valuation *v, const struct dt_model *model, const dt__rational *given,
                                          dt_env *env);
/* A drawn value as draws are kept: six decimals, inside the number's distribution. */
DT_NODISCARD bool dt__number_round(dt__rational *out, const dt__number *n, double value);

#endif
