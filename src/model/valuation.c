/* Values of all numbers of a model: central, or of one draw. */
#include <math.h>
#include <string.h>

#include "base/catalog.h"
#include "model/model.h"

enum { DRAW_DECIMALS = 6, MAX_REJECTIONS = 1000 };

/* How numbers are valued: centrally, as given, or by the streams of one draw. */
typedef struct drawing {
    bool central;
    const dt__rational *given; /* by number; NULL: not given */
    uint64_t seed, draw;
} drawing;

dt_status dt__valuation_init(dt__valuation *v, const dt_model *model, dt_env *env) {
    *v = (dt__valuation){.number_count = model->number_count, .quantity_count = model->quantity_count};
    v->numbers = DT__ARRAY(env, dt__rational, model->number_count);
    v->quantities = DT__ARRAY(env, dt__rational, model->quantity_count);
    v->fixed = DT__ARRAY(env, bool, model->quantity_count);
    if (v->numbers != NULL && v->quantities != NULL && v->fixed != NULL) return DT_OK;
    dt__valuation_clear(v, env);
    return DT_ERR_MEMORY;
}

static size_t at_least_one(size_t n) {
    return n == 0 ? 1 : n;
}

void dt__valuation_clear(dt__valuation *v, dt_env *env) {
    DT__FREE(env, v->numbers, at_least_one(v->number_count));
    DT__FREE(env, v->quantities, at_least_one(v->quantity_count));
    DT__FREE(env, v->fixed, at_least_one(v->quantity_count));
    *v = (dt__valuation){0};
}

/* ---- formulas ---- */

static bool apply(dt__rational *out, dt__formula_kind kind, dt__rational a, dt__rational b) {
    switch (kind) {
    case DT__FORMULA_ADD: return dt__rational_add(out, a, b);
    case DT__FORMULA_SUBTRACT: return dt__rational_sub(out, a, b);
    case DT__FORMULA_MULTIPLY: return dt__rational_mul(out, a, b);
    case DT__FORMULA_DIVIDE: return dt__rational_div(out, a, b);
    case DT__FORMULA_MIN: *out = dt__rational_compare(a, b) < 0 ? a : b; return true;
    case DT__FORMULA_MAX: *out = dt__rational_compare(a, b) > 0 ? a : b; return true;
    case DT__FORMULA_NEGATE: return dt__rational_sub(out, DT__RATIONAL(0), a);
    case DT__FORMULA_VALUE:
    case DT__FORMULA_QUANTITY: break;
    }
    return false;
}

static bool formula_value(dt__rational *out, const dt__formula *f, const dt__valuation *v) {
    dt__rational a, b = DT__RATIONAL(0);

    if (f->kind == DT__FORMULA_VALUE) *out = f->value;
    else if (f->kind == DT__FORMULA_QUANTITY) *out = v->quantities[f->quantity];
    else {
        if (!formula_value(&a, f->left, v)) return false;
        if (f->right != NULL && !formula_value(&b, f->right, v)) return false;
        return apply(out, f->kind, a, b);
    }
    return true;
}

/* ---- central values ---- */

static bool middle(dt__rational *out, dt__rational a, dt__rational b) {
    dt__rational sum;
    return dt__rational_add(&sum, a, b) && dt__rational_div(out, sum, DT__RATIONAL(2));
}

static dt__rational cut(const dt__number *n, dt__rational value) {
    if (n->bounded && dt__rational_compare(value, n->low) < 0) return n->low;
    if (n->bounded && dt__rational_compare(value, n->high) > 0) return n->high;
    return value;
}

static bool number_value(dt__rational *out, const dt_model *model, const dt__valuation *v, dt__number_id id,
                         const drawing *how);

static bool mean_of_coders(dt__rational *out, const dt_model *model, const dt__valuation *v, const dt__number *n,
                           const drawing *how) {
    dt__rational sum = DT__RATIONAL(0), value;

    for (size_t i = 0; i < n->coder_count; i++) {
        if (!number_value(&value, model, v, n->coders[i].number, how) || !dt__rational_add(&sum, sum, value))
            return false;
    }
    return dt__rational_div(out, sum, DT__RATIONAL((dt__int128)n->coder_count));
}

static bool central_value(dt__rational *out, const dt__number *n) {
    switch (n->kind) {
    case DT__NUMBER_UNIFORM: return middle(out, n->a, n->b);
    case DT__NUMBER_NORMAL: *out = cut(n, n->a); return true;
    case DT__NUMBER_PERT: *out = n->b; return true;
    default: *out = n->a; return true;
    }
}

/* ---- draws ---- */

static double draw_normal(const dt__number *n, dt__random *r) {
    double mean = dt__rational_double(n->a), deviation = dt__rational_double(n->b), x = mean;
    double low = n->bounded ? dt__rational_double(n->low) : -INFINITY,
           high = n->bounded ? dt__rational_double(n->high) : INFINITY;

    for (int i = 0; i < MAX_REJECTIONS; i++) {
        x = mean + deviation * dt__random_normal(r);
        if (x >= low && x <= high) return x;
    }
    return x < low ? low : high; /* nearly all of the distribution lies beyond this edge */
}

/* Beta by two gammas; shapes 1 + 4 (mode - low) / range and 1 + 4 (high - mode) / range (Malcolm et al. 1959). */
static double draw_pert(const dt__number *n, dt__random *r) {
    double low = dt__rational_double(n->a), mode = dt__rational_double(n->b), high = dt__rational_double(n->c);
    double range = high - low, x, y;

    if (range <= 0) return low;
    x = dt__random_gamma(r, 1 + 4 * (mode - low) / range);
    y = dt__random_gamma(r, 1 + 4 * (high - mode) / range);
    return low + range * x / (x + y);
}

/* Rounding may not carry a draw out of its distribution. */
static dt__rational within_ends(const dt__number *n, dt__rational value) {
    dt__rational low = n->a, high = n->kind == DT__NUMBER_PERT ? n->c : n->b;

    if (n->kind == DT__NUMBER_NORMAL) return cut(n, value);
    if (dt__rational_compare(value, low) < 0) return low;
    return dt__rational_compare(value, high) > 0 ? high : value;
}

bool dt__number_round(dt__rational *out, const dt__number *n, double value) {
    if (!dt__rational_from_double(out, value, DRAW_DECIMALS)) return false;
    *out = within_ends(n, *out);
    return true;
}

static bool drawn_value(dt__rational *out, const dt__number *n, dt__number_id id, const drawing *how) {
    dt__random r;
    double value;

    dt__random_init(&r, how->seed, how->draw, id);
    switch (n->kind) {
    case DT__NUMBER_UNIFORM: {
        double low = dt__rational_double(n->a), high = dt__rational_double(n->b);
        value = low + (high - low) * dt__random_uniform(&r);
        break;
    }
    case DT__NUMBER_NORMAL: value = draw_normal(n, &r); break;
    case DT__NUMBER_PERT: value = draw_pert(n, &r); break;
    default: *out = n->a; return true;
    }
    return dt__number_round(out, n, value);
}

static dt__number_id chosen_coder(const dt__number *n, dt__number_id id, const drawing *how) {
    dt__random r;
    dt__random_init(&r, how->seed, how->draw, id);
    return n->coders[dt__random_below(&r, (uint32_t)n->coder_count)].number;
}

static bool number_value(dt__rational *out, const dt_model *model, const dt__valuation *v, dt__number_id id,
                         const drawing *how) {
    const dt__number *n = &model->numbers[id];

    if (n->kind == DT__NUMBER_FORMULA) return formula_value(out, n->formula, v);
    if (how->given != NULL) {
        *out = n->kind == DT__NUMBER_EXACT ? n->a : how->given[id];
        return true;
    }
    if (n->kind == DT__NUMBER_CODERS && how->central) return mean_of_coders(out, model, v, n, how);
    if (n->kind == DT__NUMBER_CODERS) return number_value(out, model, v, chosen_coder(n, id, how), how);
    return how->central ? central_value(out, n) : drawn_value(out, n, id, how);
}

/* ---- all numbers of a model ---- */

static dt_status no_value(const dt__number *n, dt_env *env) {
    dt__diagnose(env, DT_ERROR, n->place, "no-value", "{0} has no value: it divides by zero or leaves 128 bits",
                 n->path, NULL);
    return DT_ERR_MODEL;
}

/* Quantities first, each after those it depends on; then everything else. */
static dt_status value_all(dt__valuation *v, const dt_model *model, const drawing *how, dt_env *env) {
    for (size_t i = 0; i < model->quantity_count; i++) {
        uint32_t q = model->quantity_order[i];
        dt__number_id id = model->quantities[q].number;
        if (v->fixed[q]) continue;
        if (!number_value(&v->quantities[q], model, v, id, how)) return no_value(&model->numbers[id], env);
    }
    for (dt__number_id id = 0; id < model->number_count; id++) {
        if (!number_value(&v->numbers[id], model, v, id, how)) return no_value(&model->numbers[id], env);
    }
    return DT_OK;
}

dt_status dt__valuation_central(dt__valuation *v, const dt_model *model, dt_env *env) {
    return value_all(v, model, &(drawing){.central = true}, env);
}

dt_status dt__valuation_draw(dt__valuation *v, const dt_model *model, uint64_t seed, uint64_t draw, dt_env *env) {
    return value_all(v, model, &(drawing){.seed = seed, .draw = draw}, env);
}

dt_status dt__valuation_from(dt__valuation *v, const dt_model *model, const dt__rational *given, dt_env *env) {
    return value_all(v, model, &(drawing){.given = given}, env);
}
