/* Differences of each model to the compromise, on the issues that both predict: a bootstrap of whole negotiations,
 * because the issues of one are not independent.  Resample r draws from the stream (seed, r): any number of threads
 * gives the same numbers. */
#include <math.h>
#include <stdlib.h>

#include "backtest/trial.h"
#include "base/random.h"
#include "base/threads.h"

/* What a negotiation adds to a model's difference. */
typedef struct part {
    double error, crps;
    size_t n;
} part;

typedef struct bootstrap {
    const dt__trial *trial;
    part *parts;          /* [group drawn from * models + model] */
    size_t clusters;      /* negotiations with an outcome */
    double *error, *crps; /* [model * resamples + resample] */
    size_t resamples, chunk;
} bootstrap;

static part part_of(const dt__trial *t, size_t group, size_t model) {
    part p = {0};

    for (size_t i = t->from[group]; i < t->from[group + 1]; i++) {
        const dt__verdict_of_model *row = &t->verdicts[t->order[i] * t->model_count];
        if (isnan(row[model].error) || isnan(row[t->compromise].error)) continue;
        p.error += row[model].error - row[t->compromise].error;
        p.crps += row[model].prediction.crps - row[t->compromise].prediction.crps;
        p.n++;
    }
    return p;
}

static dt_status collect(bootstrap *b) {
    const dt__trial *t = b->trial;

    for (size_t g = 0; g < t->groups; g++) {
        part *row = b->parts + b->clusters * t->model_count;
        for (size_t m = 0; m < t->model_count; m++) row[m] = part_of(t, g, m);
        b->clusters += row[t->compromise].n > 0;
    }
    return DT_OK;
}

static void resample(const bootstrap *b, size_t r, part *sums) {
    const dt__trial *t = b->trial;
    dt__random random;

    dt__random_init(&random, t->opts->seed, r, 0);
    for (size_t m = 0; m < t->model_count; m++) sums[m] = (part){0};
    for (size_t c = 0; c < b->clusters; c++) {
        const part *row = b->parts + dt__random_below(&random, (uint32_t)b->clusters) * t->model_count;
        for (size_t m = 0; m < t->model_count; m++) {
            sums[m].error += row[m].error;
            sums[m].crps += row[m].crps;
            sums[m].n += row[m].n;
        }
    }
    for (size_t m = 0; m < t->model_count; m++) {
        double n = sums[m].n == 0 ? NAN : (double)sums[m].n;
        b->error[m * b->resamples + r] = sums[m].error / n;
        b->crps[m * b->resamples + r] = sums[m].crps / n;
    }
}

static dt_status resample_chunk(void *payload, size_t chunk, unsigned worker) {
    bootstrap *b = payload;
    part sums[DT__PREDICT_COUNT];
    size_t end = (chunk + 1) * b->chunk;

    (void)worker;
    for (size_t r = chunk * b->chunk; r < end && r < b->resamples; r++) resample(b, r, sums);
    return dt__poll(b->trial->env);
}

/* ---- intervals ---- */

static int by_value(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    if (isnan(x) || isnan(y)) return isnan(x) - isnan(y);
    return (x > y) - (x < y);
}

/* The middle 95 per cent of what could be computed. */
static void interval(double *values, size_t count, double *low, double *high) {
    const double tail = 0.025;

    qsort(values, count, sizeof *values, by_value);
    while (count > 0 && isnan(values[count - 1])) count--;
    *low = count == 0 ? NAN : values[(size_t)floor(tail * (double)(count - 1))];
    *high = count == 0 ? NAN : values[(size_t)ceil((1 - tail) * (double)(count - 1))];
}

static void answer(const bootstrap *b, size_t model) {
    const dt__trial *t = b->trial;
    dt_backtest_difference *d = &t->scores[model].difference;
    part sum = {0};

    for (size_t c = 0; c < b->clusters; c++) {
        const part *p = &b->parts[c * t->model_count + model];
        sum.error += p->error;
        sum.crps += p->crps;
        sum.n += p->n;
    }
    *d = (dt_backtest_difference){sum.n, NAN, NAN, NAN, NAN, NAN, NAN};
    if (sum.n == 0 || model == t->compromise) return;
    d->mae = sum.error / (double)sum.n;
    d->crps = sum.crps / (double)sum.n;
    if (b->resamples == 0) return;
    interval(b->error + model * b->resamples, b->resamples, &d->low, &d->high);
    interval(b->crps + model * b->resamples, b->resamples, &d->crps_low, &d->crps_high);
}

dt_status dt__trial_compare(dt__trial *t) {
    const size_t least_clusters = 10; /* fewer negotiations do not show their spread */
    bootstrap b = {.trial = t, .resamples = (size_t)t->opts->resamples, .chunk = 64};
    size_t numbers;
    dt_status st;

    b.parts = DT__ARENA_ARRAY(&t->work, part, (t->groups + 1) * t->model_count);
    if (b.parts == NULL) return DT_ERR_MEMORY;
    if ((st = collect(&b)) != DT_OK) return st;
    if (b.clusters < least_clusters || dt__overdue(t->env)) b.resamples = 0;
    numbers = t->model_count * b.resamples;
    b.error = DT__ARENA_ARRAY(&t->work, double, numbers);
    b.crps = DT__ARENA_ARRAY(&t->work, double, numbers);
    if (b.error == NULL || b.crps == NULL) return DT_ERR_MEMORY;
    st = dt__parallel(t->env, (b.resamples + b.chunk - 1) / b.chunk, resample_chunk, &b);
    for (size_t m = 0; m < t->model_count && st == DT_OK; m++) answer(&b, m);
    t->answer->resamples = b.resamples;
    return st;
}
