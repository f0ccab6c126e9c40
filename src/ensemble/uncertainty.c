#include "ensemble/uncertainty.h"

#include <math.h>

/* Draws have six decimals (model/valuation.c); a normal draw lies within 8.6 deviations, because the uniform number
 * that it is made of is at least 2^-53. */
enum { DRAW_DENOMINATOR = 1000000 };
#define FURTHEST_NORMAL 8.6
#define OUTWARDS 1e-12
#define LARGEST_DENOMINATOR ((dt__int128)1 << 100)

static dt__span widened(dt__span s) {
    if (s.uncertain) {
        s.low -= OUTWARDS * (1 + fabs(s.low));
        s.high += OUTWARDS * (1 + fabs(s.high));
    }
    return s;
}

static dt__int128 common(dt__int128 a, dt__int128 b) {
    dt__int128 lcm;
    if (a == 0 || b == 0 || !dt__int128_lcm(&lcm, a, b) || lcm > LARGEST_DENOMINATOR) return 0;
    return lcm;
}

static dt__int128 product(dt__int128 a, dt__int128 b) {
    dt__int128 out;
    if (a == 0 || b == 0 || !dt__int128_mul(&out, a, b) || out > LARGEST_DENOMINATOR) return 0;
    return out;
}

/* ---- interval arithmetic ---- */

dt__span dt__span_add(dt__span a, dt__span b) {
    return widened((dt__span){.uncertain = a.uncertain || b.uncertain,
                              .low = a.low + b.low,
                              .high = a.high + b.high,
                              .denominator = common(a.denominator, b.denominator)});
}

dt__span dt__span_subtract(dt__span a, dt__span b) {
    return dt__span_add(
        a, (dt__span){.uncertain = b.uncertain, .low = -b.high, .high = -b.low, .denominator = b.denominator});
}

dt__span dt__span_multiply(dt__span a, dt__span b) {
    double corners[] = {a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high};
    dt__span out = {.uncertain = a.uncertain || b.uncertain,
                    .low = corners[0],
                    .high = corners[0],
                    .denominator = product(a.denominator, b.denominator)};

    for (int i = 1; i < 4; i++) {
        out.low = fmin(out.low, corners[i]);
        out.high = fmax(out.high, corners[i]);
    }
    for (int i = 0; i < 4; i++) {
        if (!isfinite(corners[i])) out.low = -INFINITY, out.high = INFINITY;
    }
    return widened(out);
}

/* The denominator of a quotient is known only where the divisor is certain; the caller divides exact numbers itself. */
dt__span dt__span_divide(dt__span a, dt__span b) {
    dt__span inverse = {.uncertain = true, .low = -INFINITY, .high = INFINITY};

    if (b.low > 0 || b.high < 0) inverse.low = 1 / b.high, inverse.high = 1 / b.low;
    inverse.uncertain = b.uncertain;
    inverse = widened(inverse);
    return dt__span_multiply(a, inverse);
}

/* ---- numbers ---- */

static dt__span inverse_of(dt__rational value) {
    dt__rational one = DT__RATIONAL(1), out;
    if (!dt__rational_div(&out, one, value)) return (dt__span){.uncertain = true, .low = -INFINITY, .high = INFINITY};
    return dt__span_exact(out);
}

static dt__span extreme(dt__formula_kind kind, dt__span a, dt__span b) {
    bool least = kind == DT__FORMULA_MIN;
    return (dt__span){.uncertain = a.uncertain || b.uncertain,
                      .low = least ? fmin(a.low, b.low) : fmax(a.low, b.low),
                      .high = least ? fmin(a.high, b.high) : fmax(a.high, b.high),
                      .denominator = common(a.denominator, b.denominator)};
}

static dt__span formula_span(const dt__uncertainty *u, const dt__formula *f) {
    dt__span a, b = {0};

    if (f->kind == DT__FORMULA_VALUE) return dt__span_exact(f->value);
    if (f->kind == DT__FORMULA_QUANTITY) return u->quantities[f->quantity];
    a = formula_span(u, f->left);
    if (f->right != NULL) b = formula_span(u, f->right);
    switch (f->kind) {
    case DT__FORMULA_ADD: return dt__span_add(a, b);
    case DT__FORMULA_SUBTRACT: return dt__span_subtract(a, b);
    case DT__FORMULA_MULTIPLY: return dt__span_multiply(a, b);
    case DT__FORMULA_DIVIDE:
        if (f->right != NULL && f->right->kind == DT__FORMULA_VALUE)
            return dt__span_multiply(a, inverse_of(f->right->value));
        return dt__span_divide(a, b);
    case DT__FORMULA_NEGATE: return dt__span_subtract(dt__span_exact(DT__RATIONAL(0)), a);
    case DT__FORMULA_MIN:
    case DT__FORMULA_MAX:
    case DT__FORMULA_VALUE:
    case DT__FORMULA_QUANTITY: break;
    }
    return extreme(f->kind, a, b);
}

static dt__span cut(const dt__number *n, dt__span s) {
    if (!n->bounded) return s;
    s.low = fmin(fmax(s.low, dt__rational_double(n->low)), dt__rational_double(n->high));
    s.high = fmax(fmin(s.high, dt__rational_double(n->high)), dt__rational_double(n->low));
    s.denominator = common(s.denominator, common(n->low.den, n->high.den));
    return s;
}

/* A draw between two ends may be one of them. */
static dt__span between(dt__rational low, dt__rational high) {
    return (dt__span){.uncertain = dt__rational_compare(low, high) != 0,
                      .low = dt__rational_double(low),
                      .high = dt__rational_double(high),
                      .denominator = common(DRAW_DENOMINATOR, common(low.den, high.den))};
}

static dt__span number_span(const dt__uncertainty *u, const dt__number *n);

static dt__span coders_span(const dt__uncertainty *u, const dt__number *n) {
    dt__span all = number_span(u, &u->model->numbers[n->coders[0].number]);

    for (size_t i = 1; i < n->coder_count; i++) {
        dt__span one = number_span(u, &u->model->numbers[n->coders[i].number]);
        all.low = fmin(all.low, one.low);
        all.high = fmax(all.high, one.high);
        all.denominator = common(all.denominator, one.denominator);
    }
    all.uncertain = true;
    return all;
}

static dt__span number_span(const dt__uncertainty *u, const dt__number *n) {
    double mean = dt__rational_double(n->a), reach = FURTHEST_NORMAL * dt__rational_double(n->b);

    switch (n->kind) {
    case DT__NUMBER_UNIFORM: return between(n->a, n->b);
    case DT__NUMBER_PERT: return between(n->a, n->c);
    case DT__NUMBER_NORMAL:
        return cut(n, widened((dt__span){.uncertain = true,
                                         .low = mean - reach - 1e-6,
                                         .high = mean + reach + 1e-6,
                                         .denominator = DRAW_DENOMINATOR}));
    case DT__NUMBER_CODERS: return coders_span(u, n);
    case DT__NUMBER_FORMULA: return formula_span(u, n->formula);
    case DT__NUMBER_EXACT: break;
    }
    return dt__span_exact(n->a);
}

dt_status dt__uncertainty_init(dt__uncertainty *u, const dt__setting *setting, dt__arena *arena) {
    const dt_model *m = setting->situation.model;
    const dt__valuation *v = &setting->valuation;

    *u = (dt__uncertainty){.model = m,
                           .numbers = DT__ARENA_ARRAY(arena, dt__span, m->number_count),
                           .quantities = DT__ARENA_ARRAY(arena, dt__span, m->quantity_count)};
    if (u->numbers == NULL || u->quantities == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < m->quantity_count; i++) {
        uint32_t q = m->quantity_order[i];
        u->quantities[q] =
            v->fixed[q] ? dt__span_exact(v->quantities[q]) : number_span(u, &m->numbers[m->quantities[q].number]);
    }
    for (size_t i = 0; i < m->number_count; i++) u->numbers[i] = number_span(u, &m->numbers[i]);
    return DT_OK;
}
