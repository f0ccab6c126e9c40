#include "statistics/count_table.h"

#include <math.h>

/* ---- one by one ---- */

/* Events before `mean` of a Poisson process of rate one, whose k-th event comes at `time` after it: binomial. */
static double events_before(double k, double mean, double time, dt__random *r) {
    double count = 0;

    for (uint64_t i = (uint64_t)k - 1; i > 0; i--) count += dt__random_uniform(r) < mean / time;
    return count;
}

/* By multiplication for small means; large ones are cut by the waiting time of a gamma(k) event (Ahrens and Dieter
 * 1974): it ends beyond the mean, or leaves a smaller one. */
static double draw_poisson(double mean, dt__random *r) {
    double limit, product, count = 0;

    while (mean > 16) {
        double k = floor(mean * 7 / 8), time = dt__random_gamma(r, k);
        if (time > mean) return count + events_before(k, mean, time, r);
        count += k;
        mean -= time;
    }
    limit = exp(-mean);
    product = dt__random_uniform(r);
    while (product > limit) {
        product *= dt__random_uniform(r);
        count++;
    }
    return count;
}

static double draw_gamma(double shape, dt__random *r) {
    if (shape >= 1) return dt__random_gamma(r, shape);
    return dt__random_gamma(r, shape + 1) * pow(dt__random_uniform(r), 1 / shape);
}

double dt__count_draw_once(double mean, double size, dt__random *r) {
    return draw_poisson(isinf(size) ? mean : mean * draw_gamma(size, r) / size, r);
}

/* ---- by the table ---- */

/* For each part of [0, 1) the first count that a number in it can mean. */
static void fill_guide(dt__count_table *table) {
    size_t at = 0;

    for (size_t g = 0; g < DT__COUNT_GUIDES; g++) {
        while (table->up_to[at] <= (double)g / DT__COUNT_GUIDES) at++;
        table->guide[g] = (uint16_t)at;
    }
}

void dt__count_table_fill(dt__count_table *table, double mean, double size) {
    bool poisson = isinf(size);
    double share = poisson ? 0 : mean / (mean + size), sum = 0;
    double chance = exp(poisson ? -mean : -size * log1p(mean / size));

    table->mean = mean;
    table->size = size;
    table->count = 0;
    if (chance < 1e-250) return; /* of none: what follows from it would be rounded off */
    for (size_t i = 0; i < DT__COUNTS_TABLED; i++) {
        double next = (double)i + 1, growth = poisson ? mean / next : ((double)i + size) / next * share;
        double most = growth > share ? growth : share; /* of all growths from here on */
        sum += chance;
        chance *= growth;
        table->up_to[i] = sum;
        if (most < 1 && chance < 1e-12 * (1 - most)) {
            table->up_to[i] = 1;
            table->count = i + 1;
            fill_guide(table);
            return;
        }
    }
}

double dt__count_draw(const dt__count_table *table, dt__random *r) {
    double uniform;
    size_t at;

    if (table->count == 0) return dt__count_draw_once(table->mean, table->size, r);
    uniform = dt__random_uniform(r);
    at = table->guide[(size_t)(uniform * DT__COUNT_GUIDES)];
    while (table->up_to[at] <= uniform) at++;
    return (double)at;
}
