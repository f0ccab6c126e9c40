#include "statistics/interruption_redrawn.h"

#include <math.h>
#include <stdlib.h>

#include "statistics/count_table.h"

enum { OF_FIT = 0, WITHOUT_CHANGE }; /* streams of random numbers */

typedef struct redrawing {
    dt__series series; /* of one draw at a time */
    const double *told;
    size_t draws;
    uint64_t seed;
    dt_env *env;
    double *means, *counts; /* per day; draw by draw */
    double *changes, *slopes, *half_lives;
    dt__count_table *table;
} redrawing;

/* ---- how far counts scatter about a fit ---- */

static double excess_of(const redrawing *w, double size) {
    double sum = 0;

    for (size_t t = 0; t < w->series.days; t++) {
        double mean = w->means[t], apart = w->told[t] - mean;
        if (mean > 0) sum += apart * apart / (mean + mean * mean / size);
    }
    return sum;
}

/* Pearson's statistic equal to its degrees of freedom, by halving on the logarithm. */
static double size_about(const redrawing *w, size_t parameters) {
    double low = log(0.02), high = log(9e4), freedom = -(double)parameters;

    for (size_t t = 0; t < w->series.days; t++) freedom += w->means[t] > 0;
    if (excess_of(w, INFINITY) <= freedom) return INFINITY;
    for (int i = 0; i < 50; i++) {
        double middle = 0.5 * (low + high);
        if (excess_of(w, exp(middle)) > freedom) high = middle;
        else low = middle;
    }
    return exp(0.5 * (low + high));
}

/* ---- drawn again ---- */

/* One table serves a day of all draws. */
static void draw_all(redrawing *w, double size, uint32_t stream) {
    for (size_t t = 0; t < w->series.days; t++) {
        dt__random r;
        dt__random_init(&r, w->seed, t, stream);
        if (w->means[t] > 0) dt__count_table_fill(w->table, w->means[t], size);
        for (size_t i = 0; i < w->draws; i++)
            w->counts[i * w->series.days + t] = w->means[t] > 0 ? dt__count_draw(w->table, &r) : 0;
    }
}

/* Fits each; *settled of them stand in the lists. */
static dt_status fit_all_draws(redrawing *w, size_t *settled) {
    *settled = 0;
    for (size_t i = 0; i < w->draws; i++) {
        dt__interruption fit;
        dt_status st = dt__poll(w->env);
        if (st != DT_OK) return st;
        w->series.counts = w->counts + i * w->series.days;
        if ((st = dt__interruption_fit(&fit, &w->series, w->env)) != DT_OK) return st;
        if (!fit.fitted) continue;
        w->changes[*settled] = fit.change.value;
        w->slopes[*settled] = fit.slope.value;
        w->half_lives[(*settled)++] = fit.half_life;
    }
    return DT_OK;
}

static dt_status redraw(redrawing *w, const dt__series *series, const dt__interruption *fit, uint32_t stream,
                        size_t *settled) {
    dt__interruption_means(w->means, series, fit);
    draw_all(w, size_about(w, fit->parameters), stream);
    return fit_all_draws(w, settled);
}

/* ---- what they tell ---- */

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* The values that 2.5 percent of the draws lie beyond on either side: of 199 the fifth from each end. */
static dt__range range_of(double *values, size_t count) {
    size_t beyond = (size_t)(0.025 * (double)(count + 1));

    if (beyond == 0) return (dt__range){-INFINITY, INFINITY};
    qsort(values, count, sizeof *values, ascending);
    return (dt__range){values[beyond - 1], values[count - beyond]};
}

static void tell_ranges(dt__redrawn *out, redrawing *w, size_t settled) {
    out->change = range_of(w->changes, settled);
    out->slope = range_of(w->slopes, settled);
    out->half_life = range_of(w->half_lives, settled);
    out->failed += w->draws - settled;
}

static void tell_chance(dt__redrawn *out, const redrawing *w, double change, size_t settled) {
    size_t as_large = 0;

    for (size_t i = 0; i < settled; i++) as_large += fabs(w->changes[i]) >= fabs(change);
    out->chance = (double)(as_large + 1) / (double)(settled + 1);
    out->failed += w->draws - settled;
}

/* ---- the whole ---- */

static dt_status redraw_both(dt__redrawn *out, redrawing *w, const dt__series *series, const dt__interruption *fit) {
    dt__series calm = w->series;
    dt__interruption without;
    size_t settled;
    dt_status st;

    calm.unchanged = true;
    if ((st = dt__interruption_fit(&without, &calm, w->env)) != DT_OK || !without.fitted) return st;
    out->draws = w->draws;
    if ((st = redraw(w, series, fit, OF_FIT, &settled)) != DT_OK) return st;
    tell_ranges(out, w, settled);
    if ((st = redraw(w, series, &without, WITHOUT_CHANGE, &settled)) != DT_OK) return st;
    tell_chance(out, w, fit->change.value, settled);
    return DT_OK;
}

dt_status dt__interruption_redraw(dt__redrawn *out, const dt__series *series, const dt__interruption *fit, size_t draws,
                                  uint64_t seed, dt_env *env) {
    redrawing w = {.series = *series, .told = series->counts, .draws = draws, .seed = seed, .env = env};
    size_t room = series->days + draws * series->days + 3 * draws;
    dt_status st = DT_ERR_MEMORY;

    *out = (dt__redrawn){.chance = NAN, .change = {NAN, NAN}, .slope = {NAN, NAN}, .half_life = {NAN, NAN}};
    if (!fit->fitted || draws == 0) return DT_OK;
    w.series.change_only = true;
    w.means = DT__ARRAY(env, double, room);
    w.table = DT__NEW(env, dt__count_table);
    if (w.means != NULL && w.table != NULL) {
        w.counts = w.means + series->days;
        w.changes = w.counts + draws * series->days;
        w.slopes = w.changes + draws;
        w.half_lives = w.slopes + draws;
        st = redraw_both(out, &w, series, fit);
    }
    DT__FREE(env, w.means, room);
    DT__FREE(env, w.table, 1);
    return st;
}
