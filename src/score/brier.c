#include <math.h>
#include <stdlib.h>

#include "score/scoring.h"

double dt__score_brier(double chance, bool happened) {
    double miss = chance - (happened ? 1 : 0);
    return miss * miss;
}

double dt__score_brier_classes(const double *chances, size_t count, size_t happened) {
    double sum = 0;

    for (size_t i = 0; i < count; i++) sum += dt__score_brier(chances[i], i == happened);
    return sum;
}

double dt__score_brier_ordinal(const double *chances, size_t count, size_t happened) {
    double sum = 0, below = 0;

    if (count < 2) return 0;
    for (size_t split = 0; split + 1 < count; split++) {
        below += chances[split];
        sum += 2 * dt__score_brier(below, happened <= split);
    }
    return sum / (double)(count - 1);
}

double dt__score_log(double chance, double floor) {
    return -log(chance > floor ? chance : floor);
}

/* ---- Murphy's decomposition ---- */

static int by_chance(const void *a, const void *b) {
    const dt__scored_chance *x = a, *y = b;
    return (x->chance > y->chance) - (x->chance < y->chance);
}

static void add_group(dt__murphy *out, const dt__scored_chance *cases, size_t size, double base_rate) {
    double happened = 0, rate;

    for (size_t i = 0; i < size; i++) happened += cases[i].happened;
    rate = happened / (double)size;
    out->reliability += (double)size * (cases->chance - rate) * (cases->chance - rate);
    out->resolution += (double)size * (rate - base_rate) * (rate - base_rate);
    out->groups++;
}

void dt__score_murphy(dt__murphy *out, dt__scored_chance *cases, size_t count) {
    double base_rate = 0;

    *out = (dt__murphy){0};
    if (count == 0) return;
    qsort(cases, count, sizeof *cases, by_chance);
    for (size_t i = 0; i < count; i++) {
        base_rate += cases[i].happened / (double)count;
        out->brier += dt__score_brier(cases[i].chance, cases[i].happened) / (double)count;
    }
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && by_chance(&cases[to], &cases[from]) == 0; to++) {}
        add_group(out, cases + from, to - from, base_rate);
    }
    out->reliability /= (double)count;
    out->resolution /= (double)count;
    out->uncertainty = base_rate * (1 - base_rate);
}
