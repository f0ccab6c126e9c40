/* From rows to shares of the variance, directions, and what it is worth to know an input. */
#include <math.h>
#include <stdlib.h>

#include "base/catalog.h"
#include "base/wilson.h"
#include "drivers/study.h"
#include "sensitivity/shapley.h"

enum { RESAMPLES = 100 };
#define Z95 1.959963984540054
static const double coarse_half_width = 0.1;

/* ---- ranks ---- */

typedef struct ranked {
    double value;
    uint32_t place;
} ranked;

static int by_value(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    if (x->value < y->value) return -1;
    return x->value > y->value;
}

/* Ranks from -1 to 1, equal values with their mean rank. */
static void rank(double *ranks, ranked *scratch, size_t count) {
    qsort(scratch, count, sizeof *scratch, by_value);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && !(scratch[end].value > scratch[i].value);) end++;
        for (size_t k = i; k < end; k++) ranks[scratch[k].place] = (double)(i + end) / (double)count - 1;
    }
}

static double correlation(const double *x, const double *y, size_t count) {
    double xy = 0, xx = 0, yy = 0;

    for (size_t i = 0; i < count; i++) {
        xy += x[i] * y[i];
        xx += x[i] * x[i];
        yy += y[i] * y[i];
    }
    return xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : 0;
}

/* ---- one output ---- */

typedef struct measuring {
    const dt__study *s;
    size_t count;      /* of the evaluations at A and B together */
    ranked *scratch;   /* those */
    double *inputs;    /* ranks, per input */
    double *output;    /* ranks */
    const double **ab; /* per input */
    dt__index *first, *total, *shapley;
} measuring;

static void rank_inputs(measuring *m) {
    const dt__study *s = m->s;

    for (size_t i = 0; i < dt__input_count(s); i++) {
        for (size_t k = 0; k < m->count; k++) {
            size_t matrix = k < s->made ? 0 : 1, row = k < s->made ? k : k - s->made;
            dt__rational at = s->at[(matrix * dt__input_count(s) + i) * s->rows + row];
            m->scratch[k] = (ranked){dt__rational_double(at), (uint32_t)k};
        }
        rank(m->inputs + i * m->count, m->scratch, m->count);
    }
}

static void rank_output(measuring *m, size_t output) {
    const double *a = dt__column_of(m->s, output, 0), *b = dt__column_of(m->s, output, 1);

    for (size_t k = 0; k < m->count; k++)
        m->scratch[k] = (ranked){k < m->s->made ? a[k] : b[k - m->s->made], (uint32_t)k};
    rank(m->output, m->scratch, m->count);
}

/* Mean of the output over the rows in which an input is in its lowest (sign -1) or highest (1) fifth; where a fifth of
 * the rows cannot be parted from the others, over those with its extreme value. */
static double mean_at_end(const measuring *m, size_t output, size_t input, double sign) {
    const double *ranks = m->inputs + input * m->count, *a = dt__column_of(m->s, output, 0),
                 *b = dt__column_of(m->s, output, 1);
    double edge = -1, sum = 0;
    size_t rows = 0;

    for (size_t k = 0; k < m->count; k++) edge = fmax(edge, sign * ranks[k]);
    edge = fmin(edge, 0.6);
    for (size_t k = 0; k < m->count; k++) {
        if (sign * ranks[k] < edge) continue;
        sum += k < m->s->made ? a[k] : b[k - m->s->made];
        rows++;
    }
    return rows == 0 ? 0 : sum / (double)rows;
}

static bool is_event(dt_output_kind kind) {
    return kind == DT_OUTPUT_ZONE || kind == DT_OUTPUT_SCENARIO;
}

/* The points are spread better than independent ones, so both intervals are on the safe side. */
static dt_estimate mean_of(dt_output_kind kind, const dt__variance *v, double n) {
    double half = Z95 * sqrt(v->variance / n);
    dt__share_interval range;

    if (!is_event(kind)) return (dt_estimate){v->mean, v->mean - half, v->mean + half};
    range = dt__wilson(v->mean, v->mean, n);
    return (dt_estimate){v->mean, range.low, range.high};
}

static dt_estimate estimate_of(dt__index share, double times) {
    return (dt_estimate){share.value * times, share.low * times, share.high * times};
}

static bool is_coarse(dt_estimate e) {
    return e.high - e.low > 2 * coarse_half_width || e.high < 0;
}

static int by_effect(const void *a, const void *b) {
    const dt_driver *x = a, *y = b;
    if (x->shapley.value > y->shapley.value) return -1;
    if (x->shapley.value < y->shapley.value) return 1;
    return (x->input > y->input) - (x->input < y->input);
}

static void describe(dt_driver_output *out, dt_driver *drivers, const measuring *m, size_t output) {
    double noise = Z95 / sqrt((double)m->count - 1);

    for (uint32_t i = 0; i < dt__input_count(m->s); i++) {
        dt_driver *d = &drivers[i];
        *d = (dt_driver){.input = i,
                         .first_order = estimate_of(m->first[i], 1),
                         .total = estimate_of(m->total[i], 1),
                         .shapley = estimate_of(m->shapley[i], 1),
                         .correlation = correlation(m->inputs + i * m->count, m->output, m->count),
                         .at_low = mean_at_end(m, output, i, -1),
                         .at_high = mean_at_end(m, output, i, 1),
                         .information = estimate_of(m->first[i], out->variance)};
        d->directed = out->varies && fabs(d->correlation) > noise;
        out->coarse |= is_coarse(d->first_order) || is_coarse(d->total) || is_coarse(d->shapley);
    }
    qsort(drivers, dt__input_count(m->s), sizeof *drivers, by_effect);
}

static dt_status measure(dt_driver_output *out, dt_driver *drivers, measuring *m, size_t output, dt_env *env) {
    const dt__study *s = m->s;
    dt__evaluations e = {.rows = s->made,
                         .inputs = dt__input_count(s),
                         .a = dt__column_of(s, output, 0),
                         .b = dt__column_of(s, output, 1),
                         .ab = m->ab};
    dt__variance variance;
    dt_status st;

    for (size_t i = 0; i < e.inputs; i++) m->ab[i] = dt__column_of(s, output, i + 2);
    st = dt__sobol_indices(&variance, m->first, m->total, &e, RESAMPLES, s->opts->seed, env);
    if (st != DT_OK) return st;
    for (size_t i = 0; i < e.inputs; i++) m->shapley[i] = (dt__index){0, 0, 0};
    if (variance.varies) dt__shapley_effects(m->shapley, s->parts + output * s->rows * e.inputs, s->made, e.inputs);
    out->varies = variance.varies;
    out->variance = variance.variance;
    out->mean = mean_of(out->kind, &variance, 2 * (double)s->made);
    rank_output(m, output);
    describe(out, drivers, m, output);
    return DT_OK;
}

/* ---- the whole ---- */

static dt_status measuring_init(measuring *m, dt__arena *arena) {
    size_t inputs = dt__input_count(m->s);

    m->count = 2 * m->s->made;
    m->scratch = DT__ARENA_ARRAY(arena, ranked, m->count);
    m->inputs = DT__ARENA_ARRAY(arena, double, inputs * m->count);
    m->output = DT__ARENA_ARRAY(arena, double, m->count);
    m->ab = DT__ARENA_ARRAY(arena, const double *, inputs);
    m->first = DT__ARENA_ARRAY(arena, dt__index, inputs);
    m->total = DT__ARENA_ARRAY(arena, dt__index, inputs);
    m->shapley = DT__ARENA_ARRAY(arena, dt__index, inputs);
    if (!m->scratch || !m->inputs || !m->output || !m->ab || !m->first || !m->total || !m->shapley)
        return DT_ERR_MEMORY;
    rank_inputs(m);
    return DT_OK;
}

static void name(dt__builder *b, dt_driver_output *out, const dt__output *o) {
    *out = (dt_driver_output){.id = dt__builder_text(b, o->id),
                              .kind = o->kind,
                              .format = o->format,
                              .scenario = o->scenario,
                              .party = o->party,
                              .issue = o->issue};
}

dt_status dt__shares_measure(dt_drivers_answer *answer, dt__builder *b, const dt__study *s, dt_env *env) {
    dt_driver_output *list = DT__BUILDER_ARRAY(b, dt_driver_output, s->output_count);
    measuring m = {.s = s};
    dt__arena arena;
    dt_status st;

    if (list == NULL) return DT_ERR_MEMORY;
    answer->outputs = list;
    answer->output_count = s->output_count;
    dt__arena_init(&arena, env);
    st = measuring_init(&m, &arena);
    for (size_t o = 0; o < s->output_count && st == DT_OK; o++) {
        dt_driver *drivers = DT__BUILDER_ARRAY(b, dt_driver, dt__input_count(s));
        name(b, &list[o], &s->outputs[o]);
        list[o].drivers = drivers;
        if (drivers == NULL) st = DT_ERR_MEMORY;
        else if (s->made > 0) st = measure(&list[o], drivers, &m, o, env);
        dt__progress(env, DT__N("measuring"), (double)(o + 1) / (double)s->output_count);
    }
    dt__arena_clear(&arena);
    return st;
}
