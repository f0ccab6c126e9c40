#include "bargain/bounds.h"

#include <math.h>
#include <string.h>

#define OUTWARDS (1 + 1e-12) /* against rounding */

/* ---- the ceiling ---- */

static void raise(dt__int128 *out, const dt__bargain_work *w, const dt__frontier *f, size_t i) {
    const dt__int128 *values = dt__point_values(&f->points, i, &f->kind);

    for (size_t d = 0; d < w->count; d++) {
        out[d] = values[d] + (f->exact ? 0 : f->epsilon[d]);
        if (w->bounded && out[d] > w->bounds[d]) out[d] = w->bounds[d];
    }
}

static void add_frontier(dt__ceiling *c, const dt__bargain_work *w, const dt__frontier *f,
                         const dt__party_set *members) {
    for (size_t i = 0; i < f->points.count; i++) {
        dt__int128 *values = c->values + c->count * w->count;
        raise(values, w, f, i);
        if (members == NULL || dt__reaches_no_deal(w, values, *members)) c->count++;
    }
}

dt_status dt__ceiling_init(dt__ceiling *c, const dt__bargain_work *w, bool everywhere, dt__arena *arena) {
    size_t room = everywhere ? w->frontier.points.count : 0;

    *c = (dt__ceiling){0};
    for (size_t s = 0; !everywhere && s < w->winning.sets.count; s++)
        room += dt__coalition_frontier(w, s)->points.count;
    c->values = DT__ARENA_ARRAY(arena, dt__int128, room * w->count);
    if (c->values == NULL) return DT_ERR_MEMORY;
    if (everywhere) add_frontier(c, w, &w->frontier, NULL);
    for (size_t s = 0; !everywhere && s < w->winning.sets.count; s++)
        add_frontier(c, w, dt__coalition_frontier(w, s), DT__AT(w->winning.sets, dt__party_set, s));
    return DT_OK;
}

dt__int128 dt__ceiling_most(const dt__ceiling *c, const dt__bargain_work *w, size_t d) {
    dt__int128 most = 0;
    for (size_t i = 0; i < c->count; i++) {
        if (i == 0 || c->values[i * w->count + d] > most) most = c->values[i * w->count + d];
    }
    return most;
}

/* ---- objectives ---- */

static double gain(const dt__ceiling *c, const dt__bargain_work *w, size_t i, size_t d) {
    const dt__coordinate *at = dt__dimension(w, d);
    return (double)(c->values[i * w->count + d] - at->threshold) / (double)at->unit;
}

static double product(const dt__ceiling *c, const dt__bargain_work *w, size_t i, const double *powers) {
    double value = 1;
    for (size_t d = 0; d < w->count; d++) value *= pow(fmax(gain(c, w, i, d), 0), powers[d]);
    return value;
}

/* The least gain, each as a share of `parts` (in utility); parties that cannot gain are left out. */
static double least_share(const dt__ceiling *c, const dt__bargain_work *w, size_t i, const double *parts) {
    double least = INFINITY;
    for (size_t d = 0; d < w->count; d++) {
        if (parts[d] > 0) least = fmin(least, gain(c, w, i, d) / parts[d]);
    }
    return isinf(least) ? 0 : least;
}

static double share_sum(const dt__ceiling *c, const dt__bargain_work *w, size_t i, const double *parts) {
    double sum = 0;
    for (size_t d = 0; d < w->count; d++) {
        if (parts[d] > 0) sum += gain(c, w, i, d) / parts[d];
    }
    return sum;
}

static double utility_sum(const dt__ceiling *c, const dt__bargain_work *w, size_t i) {
    double sum = 0;
    for (size_t d = 0; d < w->count; d++)
        sum += (double)c->values[i * w->count + d] / (double)dt__dimension(w, d)->unit;
    return sum;
}

static double objective(dt_solution_kind kind, const dt__ceiling *c, const dt__gains *g, const dt__bargain_work *w,
                        size_t i) {
    double parts[DT__MAX_PARTIES], weights[DT__MAX_PARTIES], ones[DT__MAX_PARTIES], powers[DT__MAX_PARTIES];

    for (size_t d = 0; d < w->count; d++) {
        parts[d] = (double)g->ideal[d] / (double)g->units[d];
        weights[d] = dt__rational_double(g->weights[d]);
        ones[d] = 1;
    }
    dt__nash_powers(powers, g);
    switch (kind) {
    case DT_SOLUTION_NASH: return product(c, w, i, ones);
    case DT_SOLUTION_WEIGHTED_NASH: return product(c, w, i, powers);
    case DT_SOLUTION_KALAI_SMORODINSKY:
    case DT_SOLUTION_KALAI_SMORODINSKY_LEXIMIN: return least_share(c, w, i, parts);
    case DT_SOLUTION_EGALITARIAN:
    case DT_SOLUTION_LEXIMIN: return least_share(c, w, i, ones);
    case DT_SOLUTION_WEIGHTED_EGALITARIAN: return least_share(c, w, i, weights);
    case DT_SOLUTION_RELATIVE_UTILITARIAN: return share_sum(c, w, i, parts);
    case DT_SOLUTION_UTILITARIAN:
    case DT_SOLUTION_MAXIMUM_WELFARE: return utility_sum(c, w, i);
    case DT_SOLUTION_RAIFFA:
    case DT_SOLUTION_EQUAL_AREA:
    case DT_SOLUTION_COUNT: break;
    }
    return NAN;
}

double dt__solution_bound(dt_solution_kind kind, const dt__ceiling *c, const dt__gains *g, const dt__bargain_work *w) {
    double most = NAN;

    for (size_t i = 0; i < c->count; i++) most = fmax(most, objective(kind, c, g, w, i));
    return most > 0 ? most * OUTWARDS : most / OUTWARDS;
}
