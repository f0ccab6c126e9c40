/* bench_wandering [RUNS]: intervals of 95 percent for the ratio of counts that wander from day to day: how often they
 * hold the truth, by the negative binomial formula, by slow cosines (long run), and as the monitor tells them (long run
 * where days seem to depend on one another).  Log rates are autoregressive; all scatter beyond Poisson comes from them.
 * One thread. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "statistics/block_bootstrap.h"
#include "statistics/count_table.h"
#include "statistics/long_run.h"

enum { MOST_DAYS = 120 };

typedef struct truth {
    double mean, size, carry;
    size_t before, after;
} truth;

typedef struct covered {
    double runs, formula, long_run, told, width;
} covered;

static void wander(double *counts, const truth *t, double ratio, dt__random *r) {
    double variance = log1p(1 / t->size), swing = dt__random_normal(r);

    for (size_t i = 0; i < t->before + t->after; i++) {
        double mean = t->mean * exp(sqrt(variance) * swing - variance / 2) * (i < t->before ? 1 : ratio);
        counts[i] = dt__count_draw_once(mean, INFINITY, r);
        swing = t->carry * swing + sqrt(1 - t->carry * t->carry) * dt__random_normal(r);
    }
}

static void add_run(covered *c, const truth *t, unsigned long run) {
    double counts[MOST_DAYS], ratio = 0.5;
    dt__exposed before = {0, (double)t->before, 0}, after = {0, (double)t->after, 0};
    dt__periods baseline = {counts, NULL, t->before};
    dt__scatter scatter;
    dt__ratio formula, wide;
    dt__long_run l;
    dt__random r;
    bool by_formula, by_long_run, dependent;

    dt__random_init(&r, 43, run, 0);
    wander(counts, t, ratio, &r);
    for (size_t i = 0; i < t->before + t->after; i++) *(i < t->before ? &before.events : &after.events) += counts[i];
    if (!(before.events > 0 && after.events > 0)) return;
    scatter = dt__scatter_of(counts, t->before);
    l = dt__long_run_of(baseline);
    formula = dt__ratio_negative_binomial(after, before, scatter.size);
    wide = dt__ratio_long_run(after, before, &l);
    dependent = dt__autocorrelation(baseline) > 0.5 / sqrt((double)t->before) && wide.high > formula.high;
    by_formula = formula.low <= ratio && ratio <= formula.high;
    by_long_run = wide.low <= ratio && ratio <= wide.high;
    c->runs++;
    c->formula += by_formula;
    c->long_run += by_long_run;
    c->told += dependent ? by_long_run : by_formula;
    c->width += log(wide.high / wide.low) / log(formula.high / formula.low);
}

int main(int argc, char **argv) {
    static const double counts[][2] = {{20, 1}, {20, 6}, {4, 2}}, carries[] = {0, 0.3, 0.6, 0.8, 0.9};
    static const size_t before[] = {28, 90}, after[] = {3, 14, 30};
    unsigned long runs = argc > 1 ? strtoul(argv[1], NULL, 10) : 10000;

    printf("before carry mean size window  formula long run     told width\n");
    for (int i = 0; i < 2 * 5 * 3 * 3; i++) {
        truth t = {.mean = counts[i / 3 % 3][0],
                   .size = counts[i / 3 % 3][1],
                   .carry = carries[i / 9 % 5],
                   .before = before[i / 45],
                   .after = after[i % 3]};
        covered c = {0, 0, 0, 0, 0};
        for (unsigned long run = 0; run < runs; run++) add_run(&c, &t, run);
        printf("%6zu %5.1f %4.0f %4.0f %6zu %8.3f %8.3f %8.3f %5.2f\n", t.before, t.carry, t.mean, t.size, t.after,
               c.formula / c.runs, c.long_run / c.runs, c.told / c.runs, c.width / c.runs);
    }
    return 0;
}
