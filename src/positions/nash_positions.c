/* Nash's bargaining solution on one line of positions: the sum of weighted logarithms of gains is concave, so its
 * derivative is bisected to the last bit; where the maximum is a kink, the answer is that actor's position itself. */
#include <math.h>

#include "positions/contest.h"

/* What the objective is made of.  A disagreement point d: the gain of an actor at x is f(|x - d|) - f(|x - y|). */
typedef struct bargain {
    const dt__contest *contest;
    bool squared; /* f(t) = t^2, otherwise t */
    double worst; /* without a disagreement point: the distance that is worth nothing */
    double disagreement;
} bargain;

static double loss(const bargain *b, double distance) {
    return b->squared ? distance * distance : fabs(distance);
}

static double gain_at(const bargain *b, double x, double y) {
    return (isnan(b->disagreement) ? loss(b, b->worst) : loss(b, x - b->disagreement)) - loss(b, x - y);
}

/* Slope of the sum at y, taken from the right; above 0: the maximum lies further right. */
static double slope(const bargain *b, double y) {
    const dt__contest *k = b->contest;
    double sum = 0;

    for (size_t i = 0; i < k->count; i++) {
        double ahead = k->x[i] - y, rise = b->squared ? 2 * ahead : ahead > 0 ? 1 : -1, gain;
        if (!(k->w[i] > 0)) continue;
        gain = gain_at(b, k->x[i], y);
        if (gain <= 0) return ahead > 0 ? INFINITY : -INFINITY; /* that actor gains by coming nearer only */
        sum += k->w[i] * rise / gain;
    }
    return sum;
}

static double maximise(const bargain *b, double low, double high) {
    const dt__contest *k = b->contest;
    const double near = 1e-12 * (high - low);

    while (true) {
        double middle = low + (high - low) / 2;
        if (!(middle > low && middle < high)) break;
        if (slope(b, middle) > 0) low = middle;
        else high = middle;
    }
    for (size_t i = 0; i < k->count; i++) {
        if (fabs(k->x[i] - high) <= near) return k->x[i];
    }
    return high;
}

static void ends_of(const dt__contest *k, double *low, double *high) {
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < k->count; i++) {
        if (!(k->w[i] > 0)) continue;
        if (k->x[i] < *low) *low = k->x[i];
        if (k->x[i] > *high) *high = k->x[i];
    }
}

static bool is_squared(const dt__predict_opts *opts) {
    return opts->nash.utility != DT__NASH_LINEAR;
}

void dt__predict_nash(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts, dt__prediction *out) {
    const dt__contest *k = &p->contest;

    for (size_t i = 0; i < stakes->issues; i++) {
        bargain b = {.contest = k, .squared = is_squared(opts), .disagreement = NAN};
        double low, high;
        dt__contest_gather(&p->contest, stakes, i, &out[i]);
        if (dt__contest_is_settled(k, &out[i])) continue;
        b.worst = k->range;
        ends_of(k, &low, &high);
        dt__predict_atom(&out[i], high > low ? maximise(&b, low, high) : low);
    }
}

/* Everybody has to gain: all on one side of d, and no further past the nearest of them than it is from d. */
static double with_disagreement(const bargain *b, double low, double high) {
    double d = b->disagreement;

    if (low > d) return maximise(b, d, high < 2 * low - d ? high : 2 * low - d);
    if (high < d) return maximise(b, low > 2 * high - d ? low : 2 * high - d, d);
    return d;
}

void dt__predict_nash_reference(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts,
                                dt__prediction *out) {
    const dt__contest *k = &p->contest;

    for (size_t i = 0; i < stakes->issues; i++) {
        bargain b = {.contest = k, .squared = is_squared(opts)};
        double low, high;
        dt__contest_gather(&p->contest, stakes, i, &out[i]);
        if (k->count == 0 || isnan(k->reference)) {
            dt__predict_nothing(&out[i]);
            continue;
        }
        if (dt__contest_is_settled(k, &out[i])) continue;
        b.disagreement = k->reference;
        ends_of(k, &low, &high);
        dt__predict_atom(&out[i], with_disagreement(&b, low, high));
    }
}
