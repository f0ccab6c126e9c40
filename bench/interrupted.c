/* bench_interrupted [FITS]: fits of an interrupted series of 118 days with weekdays to counts that scatter (negative
 * binomial), one thread; with and without the errors that an interval needs; and as many of series drawn again from
 * their fits, half of them without a change.  Prints seconds of processor time. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/random.h"
#include "statistics/interruption_redrawn.h"

enum { DAYS = 118, FIRST = 90, KEPT = 64 };

static double poisson(double mean, dt__random *r) {
    double count = -1, product = 1;
    while (product > exp(-mean)) product *= dt__random_uniform(r), count++;
    return count;
}

static void draw(double *counts, uint64_t run) {
    dt__random r;

    dt__random_init(&r, 3, run, 0);
    for (int t = 0; t < DAYS; t++)
        counts[t] = poisson(60 * exp(t >= FIRST ? -0.7 + 0.01 * (t - FIRST) : 0) * dt__random_gamma(&r, 5) / 5, &r);
}

static int run(unsigned long fits, bool change_only, dt_env *env) {
    static double counts[KEPT][DAYS];
    double sum = 0, began;
    unsigned long fitted = 0;

    for (uint64_t i = 0; i < KEPT; i++) draw(counts[i], i);
    began = (double)clock() / CLOCKS_PER_SEC;
    for (unsigned long i = 0; i < fits; i++) {
        dt__series s = {.counts = counts[i % KEPT],
                        .days = DAYS,
                        .first = FIRST,
                        .weekday = (unsigned)(i / KEPT % 7),
                        .weekdays = true,
                        .change_only = change_only};
        dt__interruption fit;
        if (dt__interruption_fit(&fit, &s, env) != DT_OK) return 1;
        fitted += fit.fitted;
        sum += fit.change.value;
    }
    printf("%s: %lu fits, %lu settled, mean change %.4f, %.2f s\n", change_only ? "change only" : "with errors", fits,
           fitted, sum / (double)fits, (double)clock() / CLOCKS_PER_SEC - began);
    return 0;
}

static int redraw(unsigned long fits, dt_env *env) {
    static double counts[DAYS];
    enum { DRAWS = 199 };
    double began = (double)clock() / CLOCKS_PER_SEC;
    unsigned long made = 0, failed = 0;

    for (uint64_t i = 0; made < fits; i++) {
        dt__series s = {.counts = counts, .days = DAYS, .first = FIRST, .weekdays = true};
        dt__interruption fit;
        dt__redrawn again;
        draw(counts, i);
        if (dt__interruption_fit(&fit, &s, env) != DT_OK) return 1;
        if (dt__interruption_redraw(&again, &s, &fit, DRAWS, i, env) != DT_OK || again.draws == 0) return 1;
        made += 2 * again.draws;
        failed += again.failed;
    }
    printf("redrawn: %lu fits, %lu failed, %.2f s\n", made, failed, (double)clock() / CLOCKS_PER_SEC - began);
    return 0;
}

int main(int argc, char **argv) {
    unsigned long fits = argc > 1 ? strtoul(argv[1], NULL, 10) : 10000;
    dt_env *env;
    int code;

    if (dt_env_new(&env, NULL) != DT_OK) return 1;
    code = run(fits, false, env) || run(fits, true, env) || redraw(fits, env);
    dt_env_free(env);
    return code;
}
