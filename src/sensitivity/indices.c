#include "sensitivity/indices.h"

#include <math.h>

#include "base/random.h"
#include "base/threads.h"

enum { LANES = 8 };

static const double two_sided_95 = 1.959963984540054;

/* ---- weighted sums ---- */

/* Sums of one estimate: of A and B, their squares, and of the two numerators of an input. */
typedef struct moments {
    double weight, sum, squares;
} moments;

typedef struct numerators {
    double first, total;
} numerators;

static moments moments_of(const dt__evaluations *e, const double *weights, double centre) {
    moments m = {0, 0, 0};

    for (size_t n = 0; n < e->rows; n++) {
        double w = weights == NULL ? 1 : weights[n], a = e->a[n] - centre, b = e->b[n] - centre;
        m.weight += w;
        m.sum += w * (a + b);
        m.squares += w * (a * a + b * b);
    }
    return m;
}

/* Variance over the rows of A and B together. */
static double variance_of(const moments *m) {
    double mean = m->sum / (2 * m->weight);
    return m->squares / (2 * m->weight) - mean * mean;
}

/* Sums in a fixed number of lanes: as fast as the compiler can make them, and the same on every machine. */
static numerators numerators_of(const dt__evaluations *e, size_t input, const double *weights, double centre) {
    double first[LANES] = {0}, total[LANES] = {0};
    const double *a = e->a, *b = e->b, *ab = e->ab[input];
    numerators sums = {0, 0};
    size_t n = 0;

    for (; n + LANES <= e->rows; n += LANES) {
        for (size_t l = 0; l < LANES; l++) {
            double change = ab[n + l] - a[n + l], weighted = weights[n + l] * change;
            first[l] += weighted * (b[n + l] - centre);
            total[l] += weighted * change;
        }
    }
    for (; n < e->rows; n++) {
        double change = ab[n] - a[n], weighted = weights[n] * change;
        first[0] += weighted * (b[n] - centre);
        total[0] += weighted * change;
    }
    for (size_t l = 0; l < LANES; l++) {
        sums.first += first[l];
        sums.total += total[l];
    }
    return sums;
}

/* ---- one estimate: of the sample, or of a bootstrap of its rows ---- */

typedef struct estimation {
    const dt__evaluations *evaluations;
    double centre;
    uint64_t seed;
    size_t resamples;
    double *weights;       /* per worker: rows */
    numerators *estimates; /* per resample: inputs; the last one is of the sample itself */
} estimation;

static void draw_rows(double *weights, size_t rows, uint64_t seed, size_t resample) {
    dt__random r;

    for (size_t n = 0; n < rows; n++) weights[n] = 0;
    dt__random_init(&r, seed, resample, 0);
    for (size_t n = 0; n < rows; n++) weights[dt__random_below(&r, (uint32_t)rows)] += 1;
}

static dt_status estimate(void *payload, size_t resample, unsigned worker) {
    const estimation *s = payload;
    const dt__evaluations *e = s->evaluations;
    double *weights = s->weights + worker * e->rows, variance;
    numerators *out = s->estimates + resample * e->inputs;
    moments m;

    if (resample < s->resamples) draw_rows(weights, e->rows, s->seed, resample);
    else
        for (size_t n = 0; n < e->rows; n++) weights[n] = 1;
    m = moments_of(e, weights, s->centre);
    variance = variance_of(&m);
    for (size_t i = 0; i < e->inputs; i++) {
        numerators sums = {0, 0};
        if (variance > 0) sums = numerators_of(e, i, weights, s->centre);
        out[i].first = variance > 0 ? sums.first / m.weight / variance : 0;
        out[i].total = variance > 0 ? sums.total / (2 * m.weight) / variance : 0;
    }
    return DT_OK;
}

/* ---- intervals ---- */

static dt__index share_of(double value, double sum, double squares, size_t count) {
    double mean = count == 0 ? 0 : sum / (double)count, spread = 0;

    if (count > 1) spread = sqrt(fmax(0, squares - (double)count * mean * mean) / (double)(count - 1));
    return (dt__index){value, value - two_sided_95 * spread, value + two_sided_95 * spread};
}

static void gather(dt__index *first, dt__index *total, const estimation *s) {
    size_t inputs = s->evaluations->inputs;

    for (size_t i = 0; i < inputs; i++) {
        const numerators *own = &s->estimates[s->resamples * inputs + i];
        numerators sum = {0, 0}, squares = {0, 0};
        for (size_t r = 0; r < s->resamples; r++) { /* about the estimate itself, so that the squares do not cancel */
            const numerators *one = &s->estimates[r * inputs + i];
            double f = one->first - own->first, t = one->total - own->total;
            sum.first += f;
            sum.total += t;
            squares.first += f * f;
            squares.total += t * t;
        }
        first[i] = share_of(own->first, sum.first, squares.first, s->resamples);
        total[i] = share_of(own->total, sum.total, squares.total, s->resamples);
    }
}

/* ---- the whole ---- */

/* All evaluations count for the centre: it makes the first-order estimate vary least. */
static double centre_of(const dt__evaluations *e) {
    double sum = 0;

    for (size_t n = 0; n < e->rows; n++) sum += e->a[n] + e->b[n];
    for (size_t i = 0; i < e->inputs; i++)
        for (size_t n = 0; n < e->rows; n++) sum += e->ab[i][n];
    return e->rows == 0 ? 0 : sum / (double)(e->rows * (e->inputs + 2));
}

static bool is_constant(const dt__evaluations *e) {
    for (size_t n = 0; n < e->rows; n++)
        if (e->a[n] < e->a[0] || e->a[n] > e->a[0] || e->b[n] < e->a[0] || e->b[n] > e->a[0]) return false;
    return true;
}

dt_status dt__sobol_indices(dt__variance *variance, dt__index *first, dt__index *total,
                            const dt__evaluations *evaluations, size_t resamples, uint64_t seed, dt_env *env) {
    const dt__evaluations *e = evaluations;
    estimation s = {.evaluations = e, .centre = centre_of(e), .seed = seed, .resamples = resamples};
    size_t workers = dt__thread_count(env, resamples + 1), estimates = (resamples + 1) * e->inputs;
    dt_status st;

    *variance = (dt__variance){.varies = !is_constant(e)};
    for (size_t i = 0; i < e->inputs; i++) first[i] = total[i] = (dt__index){0, 0, 0};
    if (e->rows > 0) {
        moments m = moments_of(e, NULL, s.centre);
        variance->mean = s.centre + m.sum / (2 * m.weight);
        variance->variance = variance->varies ? variance_of(&m) : 0;
    }
    if (!variance->varies) return DT_OK;
    s.weights = DT__ARRAY(env, double, workers * e->rows);
    s.estimates = DT__ARRAY(env, numerators, estimates);
    st = s.weights == NULL || s.estimates == NULL ? DT_ERR_MEMORY : dt__parallel(env, resamples + 1, estimate, &s);
    if (st == DT_OK) gather(first, total, &s);
    if (s.weights != NULL) DT__FREE(env, s.weights, workers * e->rows);
    if (s.estimates != NULL) DT__FREE(env, s.estimates, estimates);
    return st;
}
