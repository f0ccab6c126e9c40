#include "ensemble/amounts.h"

#include <math.h>

#include "model/utility.h"

enum { LARGEST_POWER = 36 };
#define LARGEST_SUM 0x1p61 /* of a party's utilities, in its unit */
#define SUM_WITH_POWER 0x1p60

typedef struct compiler {
    dt__amounts *a;
    const dt__uncertainty *u;
    const dt_model *model;
    const dt__valuation *v;
    const dt__rational *dates;
    size_t date_count;
    dt__arena *arena;
    dt_env *env;
} compiler;

/* ---- what one party's numbers can be ---- */

static dt__span weights_span(const compiler *c, const dt__preferences *prefs) {
    dt__span sum = dt__span_exact(DT__RATIONAL(0));
    for (size_t t = 0; t < prefs->term_count; t++) sum = dt__span_add(sum, c->u->numbers[prefs->terms[t].weight]);
    return sum;
}

static dt__span absolute(dt__span s) {
    double low = s.low <= 0 && s.high >= 0 ? 0 : fmin(fabs(s.low), fabs(s.high));
    s.high = fmax(fabs(s.low), fabs(s.high));
    s.low = low;
    return s;
}

/* 100 (1 - |position - place| / range) */
static dt__span spatial_span(const compiler *c, const dt__term *term, dt__option option) {
    const dt__issue *issue = &c->model->issues[term->issue];
    dt__rational low = issue->scale[0], high = issue->scale[0], share;
    dt__span distance;

    for (uint32_t o = 1; o < issue->option_count; o++) {
        if (dt__rational_compare(issue->scale[o], low) < 0) low = issue->scale[o];
        if (dt__rational_compare(issue->scale[o], high) > 0) high = issue->scale[o];
    }
    if (!dt__rational_sub(&share, high, low) || (share.num != 0 && !dt__rational_div(&share, DT__RATIONAL(100), share)))
        return (dt__span){.uncertain = true, .low = -INFINITY, .high = INFINITY};
    if (share.num == 0) share = DT__RATIONAL(1);
    distance = absolute(dt__span_subtract(c->u->numbers[term->position], dt__span_exact(issue->scale[option])));
    return dt__span_subtract(dt__span_exact(DT__RATIONAL(100)), dt__span_multiply(distance, dt__span_exact(share)));
}

static dt__span value_span(const compiler *c, const dt__term *term, dt__option option) {
    if (term->values == NULL) return spatial_span(c, term, option);
    if (term->values[option] == DT__NO_NUMBER) return dt__span_exact(DT__RATIONAL(0));
    return c->u->numbers[term->values[option]];
}

static dt_status cell_value(dt__rational *out, const compiler *c, uint32_t party, const dt__term *term,
                            dt__option option, dt__rational weights) {
    return dt__term_utility(out, c->model, c->v, party, term, option, weights, c->env);
}

/* A cell that is certain has the central value; of an uncertain one the ends and the denominator. */
static dt_status cell_span(dt__span *out, const compiler *c, uint32_t party, const dt__term *term, dt__option option,
                           dt__span weights, dt__rational sum) {
    dt__span weight = c->u->numbers[term->weight], value = value_span(c, term, option);
    dt__rational share;
    dt_status st;

    if (!weight.uncertain && !weights.uncertain && !value.uncertain) {
        if ((st = cell_value(&share, c, party, term, option, sum)) != DT_OK) return st;
        *out = dt__span_exact(share);
    } else if (!weight.uncertain && !weights.uncertain) {
        if (!dt__rational_div(&share, c->v->numbers[term->weight], sum))
            return dt__too_large_number(c->model, party, c->env);
        *out = dt__span_multiply(value, dt__span_exact(share));
    } else {
        *out = dt__span_multiply(value, dt__span_divide(weight, weights));
    }
    return DT_OK;
}

/* ---- units ---- */

typedef struct gauge {
    dt__int128 denominator; /* common; 0: none */
    double largest;         /* sum of the largest parts */
} gauge;

static void gauge_span(gauge *g, dt__span s) {
    if (g->denominator != 0 && (s.denominator == 0 || !dt__int128_lcm(&g->denominator, g->denominator, s.denominator)))
        g->denominator = 0;
    g->largest += fmax(fabs(s.low), fabs(s.high));
}

/* Twice the largest sum, because gains are differences.  Small numbers get as many digits as large ones. */
static void choose_unit(dt__party_amounts *p, gauge g) {
    double sum = 2 * g.largest;

    if (g.denominator != 0 && (double)g.denominator * sum < LARGEST_SUM) {
        p->unit = g.denominator;
        return;
    }
    p->rounded = true;
    p->unit = 1;
    for (int i = 0; i < LARGEST_POWER && (double)p->unit * 10 * sum < SUM_WITH_POWER; i++) p->unit *= 10;
}

/* In whole units, halves away from zero. */
static int64_t in_unit(dt__rational value, dt__int128 unit) {
    dt__int128 scaled, rest;

    if (!dt__int128_mul(&scaled, value.num, unit)) return (int64_t)llround(dt__rational_double(value) * (double)unit);
    rest = scaled % value.den;
    scaled /= value.den;
    if (2 * rest >= value.den) scaled++;
    if (-2 * rest >= value.den) scaled--;
    return (int64_t)scaled;
}

static int64_t end_in_unit(double end, dt__int128 unit, int direction) {
    double scaled = end * (double)unit;
    scaled += direction * (1 + 1e-12 * fabs(scaled));
    return (int64_t)(direction < 0 ? floor(scaled) : ceil(scaled));
}

/* ---- shares ---- */

static void share_out(compiler *c, dt__share *out, dt__amount amount, dt__span span, dt__rational fixed) {
    dt__amounts *a = c->a;
    dt__int128 unit = a->parties[amount.party].unit;

    *out = (dt__share){.amount = DT__FIXED_AMOUNT};
    if (!span.uncertain) {
        out->fixed = in_unit(fixed, unit);
    } else if (a->count == DT__MAX_AMOUNTS || !isfinite(span.low) || !isfinite(span.high)) {
        a->bounded = false;
    } else {
        amount.low = end_in_unit(span.low, unit, -1);
        amount.high = end_in_unit(span.high, unit, 1);
        out->amount = (uint32_t)a->count;
        a->list[a->count++] = amount;
    }
}

/* Cells of one party as intervals. */
typedef struct party_spans {
    dt__span **cells; /* per term, per option */
    dt__span weights;
    dt__rational sum; /* of the weights, central */
} party_spans;

static dt_status share_term(compiler *c, uint32_t party, uint32_t t, const party_spans *s) {
    const dt__term *term = &c->model->parties[party].preferences->terms[t];
    uint32_t options = c->model->issues[term->issue].option_count;
    dt__share *cells = DT__ARENA_ARRAY(c->arena, dt__share, options);
    dt_status st = DT_OK;

    c->a->parties[party].cells[t] = cells;
    if (cells == NULL) return DT_ERR_MEMORY;
    for (uint32_t o = 0; o < options && st == DT_OK; o++) {
        dt__amount amount = {.party = party, .term = t, .adjust = DT__NO_INDEX, .option = (dt__option)o};
        dt__rational value = DT__RATIONAL(0);
        if (!s->cells[t][o].uncertain) st = cell_value(&value, c, party, term, (dt__option)o, s->sum);
        if (st == DT_OK) share_out(c, &cells[o], amount, s->cells[t][o], value);
    }
    return st;
}

/* ---- one party ---- */

static dt_status measure_cells(compiler *c, uint32_t party, party_spans *s, gauge *g) {
    const dt__preferences *prefs = c->model->parties[party].preferences;
    dt_status st = DT_OK;

    s->weights = weights_span(c, prefs);
    s->cells = DT__ARENA_ARRAY(c->arena, dt__span *, prefs->term_count);
    if (s->cells == NULL) return DT_ERR_MEMORY;
    if (prefs->term_count > 0 && (st = dt__weight_sum(&s->sum, c->model, c->v, party, c->env)) != DT_OK) return st;
    for (size_t t = 0; t < prefs->term_count; t++) {
        uint32_t options = c->model->issues[prefs->terms[t].issue].option_count;
        gauge widest = {.denominator = g->denominator};
        if ((s->cells[t] = DT__ARENA_ARRAY(c->arena, dt__span, options)) == NULL) return DT_ERR_MEMORY;
        for (uint32_t o = 0; o < options; o++) {
            gauge one = {.denominator = widest.denominator};
            st = cell_span(&s->cells[t][o], c, party, &prefs->terms[t], (dt__option)o, s->weights, s->sum);
            if (st != DT_OK) return st;
            gauge_span(&one, s->cells[t][o]);
            widest.denominator = one.denominator;
            widest.largest = fmax(widest.largest, one.largest);
        }
        g->denominator = widest.denominator;
        g->largest += widest.largest;
    }
    return DT_OK;
}

/* What drift adds until a date. */
static dt__span drift_span(const dt__uncertainty *u, uint32_t party, dt__rational months) {
    const dt__preferences *prefs = u->model->parties[party].preferences;
    dt__rational times;

    if (prefs->drift == DT__NO_NUMBER || months.num == 0) return dt__span_exact(DT__RATIONAL(0));
    if (!dt__rational_mul(&times, months, dt__periods_in_month(prefs->drift_period)))
        return (dt__span){.uncertain = true, .low = -INFINITY, .high = INFINITY};
    return dt__span_multiply(u->numbers[prefs->drift], dt__span_exact(times));
}

static void measure_rest(compiler *c, uint32_t party, gauge *g) {
    const dt__preferences *prefs = c->model->parties[party].preferences;
    gauge drift = {.denominator = g->denominator};

    for (size_t i = 0; i < prefs->adjust_count; i++) gauge_span(g, c->u->numbers[prefs->adjust[i].add]);
    if (prefs->no_deal != DT__NO_NUMBER) gauge_span(g, c->u->numbers[prefs->no_deal]);
    for (size_t i = 0; i < c->date_count; i++) {
        gauge one = {.denominator = g->denominator};
        gauge_span(&one, drift_span(c->u, party, c->dates[i]));
        g->denominator = one.denominator;
        drift.largest = fmax(drift.largest, one.largest);
    }
    g->largest += drift.largest;
}

static dt_status share_party(compiler *c, uint32_t party, const party_spans *s) {
    const dt__preferences *prefs = c->model->parties[party].preferences;
    dt__party_amounts *p = &c->a->parties[party];
    dt_status st = DT_OK;

    for (uint32_t t = 0; t < prefs->term_count && st == DT_OK; t++) st = share_term(c, party, t, s);
    for (uint32_t i = 0; i < prefs->adjust_count; i++) {
        dt__amount amount = {.party = party, .term = DT__NO_INDEX, .adjust = i};
        dt__number_id add = prefs->adjust[i].add;
        share_out(c, &p->adjusts[i], amount, c->u->numbers[add], c->v->numbers[add]);
    }
    return st;
}

static dt_status compile_party(compiler *c, uint32_t party) {
    const dt__preferences *prefs = c->model->parties[party].preferences;
    dt__party_amounts *p = &c->a->parties[party];
    gauge g = {.denominator = 1};
    party_spans s = {0};
    dt_status st;

    if (prefs == NULL || dt__is_ordinal(prefs)) return DT_OK;
    p->cardinal = true;
    p->cells = DT__ARENA_ARRAY(c->arena, dt__share *, prefs->term_count);
    p->adjusts = DT__ARENA_ARRAY(c->arena, dt__share, prefs->adjust_count);
    if (p->cells == NULL || p->adjusts == NULL) return DT_ERR_MEMORY;
    if ((st = measure_cells(c, party, &s, &g)) != DT_OK) return st;
    measure_rest(c, party, &g);
    if (!isfinite(g.largest)) c->a->bounded = false;
    choose_unit(p, g);
    return share_party(c, party, &s);
}

dt_status dt__amounts_init(dt__amounts *a, const dt__setting *setting, const dt__uncertainty *uncertainty,
                           const dt__rational *dates, size_t date_count, dt__arena *arena, dt_env *env) {
    compiler c = {.a = a,
                  .u = uncertainty,
                  .model = setting->situation.model,
                  .v = &setting->valuation,
                  .dates = dates,
                  .date_count = date_count,
                  .arena = arena,
                  .env = env};
    dt_status st = DT_OK;

    *a = (dt__amounts){.model = c.model, .uncertainty = uncertainty, .bounded = true};
    a->list = DT__ARENA_ARRAY(arena, dt__amount, DT__MAX_AMOUNTS);
    a->parties = DT__ARENA_ARRAY(arena, dt__party_amounts, c.model->party_count);
    if (a->list == NULL || a->parties == NULL) return DT_ERR_MEMORY;
    for (uint32_t p = 0; p < c.model->party_count && st == DT_OK; p++) st = compile_party(&c, p);
    return st;
}

/* ---- a draw ---- */

dt_status dt__amounts_draw(int64_t *values, const dt__amounts *a, const dt__valuation *v, dt_env *env) {
    uint32_t summed = DT__NO_INDEX; /* the party whose weights are in `weights` */
    dt__rational value, weights = DT__RATIONAL(1);
    dt_status st;

    for (size_t k = 0; k < a->count; k++) {
        const dt__amount *amount = &a->list[k];
        const dt__preferences *prefs = a->model->parties[amount->party].preferences;
        if (amount->term == DT__NO_INDEX) {
            value = v->numbers[prefs->adjust[amount->adjust].add];
        } else {
            if (summed != amount->party && (st = dt__weight_sum(&weights, a->model, v, amount->party, env)) != DT_OK)
                return st;
            summed = amount->party;
            st = dt__term_utility(&value, a->model, v, amount->party, &prefs->terms[amount->term], amount->option,
                                  weights, env);
            if (st != DT_OK) return st;
        }
        values[k] = in_unit(value, a->parties[amount->party].unit);
    }
    return DT_OK;
}

dt_status dt__amounts_reservation(int64_t *value, const dt__amounts *a, uint32_t party, const dt__valuation *v,
                                  dt__rational months, dt_env *env) {
    const dt__preferences *prefs = a->model->parties[party].preferences;
    dt__int128 unit = a->parties[party].unit;
    dt__rational drift;
    dt_status st = dt__drift(&drift, a->model, v, party, months, env);

    if (st != DT_OK) return st;
    *value = in_unit(drift, unit);
    if (prefs->no_deal != DT__NO_NUMBER) *value += in_unit(v->numbers[prefs->no_deal], unit);
    return DT_OK;
}

int64_t dt__amounts_least_reservation(const dt__amounts *a, uint32_t party, dt__rational months) {
    dt__number_id no_deal = a->model->parties[party].preferences->no_deal;
    dt__span s = drift_span(a->uncertainty, party, months);

    if (no_deal != DT__NO_NUMBER) s = dt__span_add(s, a->uncertainty->numbers[no_deal]);
    return end_in_unit(s.low, a->parties[party].unit, -1);
}
