/* What the models of one issue share: gathering the actors, weights, mean, median, positions that are one. */
#include "positions/contest.h"

#include <math.h>

static void weigh(dt__contest *k, dt__prediction *out) {
    double sum = 0;

    for (size_t i = 0; i < k->count; i++) sum += k->w[i];
    if (sum > 0 || k->count == 0) return;
    for (size_t i = 0; i < k->count; i++) k->w[i] = 1;
    out->notes.unweighted = 1;
}

void dt__contest_gather(dt__contest *k, const dt__stakes *stakes, size_t issue, dt__prediction *out) {
    const size_t first = issue * stakes->actors;

    k->count = 0;
    k->low = stakes->low[issue];
    k->high = stakes->high[issue];
    k->range = k->high - k->low;
    k->reference = stakes->reference == NULL ? NAN : stakes->reference[issue];
    for (size_t a = 0; a < stakes->actors; a++) {
        if (isnan(stakes->position[first + a])) continue;
        k->x[k->count] = stakes->position[first + a];
        k->s[k->count] = stakes->salience[first + a];
        k->c[k->count] = stakes->capability[first + a];
        k->w[k->count] = k->c[k->count] * k->s[k->count];
        k->count++;
    }
    weigh(k, out);
}

void dt__contest_weigh(dt__contest *k, unsigned capability_power, unsigned salience_power, dt__prediction *out) {
    out->notes.unweighted = 0;
    for (size_t i = 0; i < k->count; i++) {
        k->w[i] = 1;
        for (unsigned n = 0; n < capability_power; n++) k->w[i] *= k->c[i];
        for (unsigned n = 0; n < salience_power; n++) k->w[i] *= k->s[i];
    }
    weigh(k, out);
}

static bool same(double a, double b) {
    return !(a < b) && !(a > b);
}

bool dt__contest_is_settled(const dt__contest *k, dt__prediction *out) {
    for (size_t i = 1; i < k->count; i++) {
        if (!same(k->x[i], k->x[0])) return false;
    }
    if (k->count == 0) dt__predict_nothing(out);
    else dt__predict_atom(out, k->x[0]);
    return true;
}

double dt__contest_mean(const dt__contest *k) {
    double sum = 0, weights = 0;

    for (size_t i = 0; i < k->count; i++) {
        sum += k->w[i] * k->x[i];
        weights += k->w[i];
    }
    return sum / weights;
}

/* Few actors: insertion, stable. */
static void sort_by_position(size_t *order, const double *x, size_t count) {
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        for (; at > 0 && x[order[at - 1]] > x[i]; at--) order[at] = order[at - 1];
        order[at] = i;
    }
}

double dt__weighted_median(const double *x, const double *w, size_t count, size_t *order) {
    const double tolerance = 1e-12; /* relative to the sum: it is half */
    double sum = 0, reached = 0;

    sort_by_position(order, x, count);
    for (size_t i = 0; i < count; i++) sum += w[order[i]];
    for (size_t i = 0; i < count; i++) {
        reached += w[order[i]];
        if (reached < sum * (0.5 - tolerance)) continue;
        if (reached > sum * (0.5 + tolerance)) return x[order[i]];
        for (size_t next = i + 1; next < count; next++) {
            /* those without weight stand between nobody */
            if (w[order[next]] > 0) return (x[order[i]] + x[order[next]]) / 2;
        }
        return x[order[i]];
    }
    return x[order[count - 1]];
}

double dt__contest_median(dt__contest *k) {
    return dt__weighted_median(k->x, k->w, k->count, k->order);
}

size_t dt__unique_positions(double *out, const double *x, size_t count, double range, uint32_t *merged) {
    const double apart = 1e-3 * range;
    size_t found = 0;

    for (size_t i = 0; i < count; i++) {
        size_t at = 0, u;
        for (u = 0; u < found && fabs(out[u] - x[i]) >= apart; u++) {}
        if (u < found) *merged += !same(out[u], x[i]);
        if (u < found) continue;
        for (at = found++; at > 0 && out[at - 1] > x[i]; at--) out[at] = out[at - 1];
        out[at] = x[i];
    }
    return found;
}
