#include "statistics/interruption.h"

#include <math.h>
#include <string.h>

#include "base/quantile.h"

enum { MOST_PARAMETERS = 10, FIT_STEPS = 60, SIZE_STEPS = 20, WEEK = 7 };

typedef struct matrix {
    double at[MOST_PARAMETERS][MOST_PARAMETERS];
} matrix;

/* Positions of the parameters. */
enum { LEVEL = 0, TREND, CHANGE, SLOPE, FIRST_WEEKDAY };

typedef struct fitting {
    const dt__series *series;
    size_t parameters;
    double beta[MOST_PARAMETERS], size;
    double *means; /* per day */
    double *rows;  /* of the design, MOST_PARAMETERS per day */
    matrix bread;  /* inverse of the information */
} fitting;

/* ---- design ---- */

/* Time is counted from the interruption in units of the series' length: all columns are of the order of one. */
static void fill_row(double *x, const fitting *f, size_t day) {
    const dt__series *s = f->series;
    double t = ((double)day - (double)s->first) / (double)s->days;
    unsigned weekday = (unsigned)((s->weekday + day) % WEEK);

    memset(x, 0, MOST_PARAMETERS * sizeof *x);
    x[LEVEL] = 1;
    x[TREND] = t;
    x[CHANGE] = day >= s->first;
    x[SLOPE] = t > 0 ? t : 0;
    if (s->weekdays && weekday > 0) x[FIRST_WEEKDAY + weekday - 1] = 1;
}

static const double *row_of(const fitting *f, size_t day) {
    return f->rows + day * MOST_PARAMETERS;
}

static double dot(const double *x, const double *y, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += x[i] * y[i];
    return sum;
}

/* ---- small symmetric systems ---- */

static void swap_rows(matrix *m, size_t a, size_t b, size_t n) {
    for (size_t k = 0; k < n; k++) {
        double kept = m->at[a][k];
        m->at[a][k] = m->at[b][k];
        m->at[b][k] = kept;
    }
}

/* Clears a column everywhere but on its diagonal, in both matrices; false when it is all zero. */
static bool eliminate_column(matrix *m, matrix *out, size_t column, size_t n) {
    size_t pivot = column;
    double scale;

    for (size_t r = column + 1; r < n; r++)
        if (fabs(m->at[r][column]) > fabs(m->at[pivot][column])) pivot = r;
    if (!(fabs(m->at[pivot][column]) > 1e-12)) return false;
    swap_rows(m, column, pivot, n);
    swap_rows(out, column, pivot, n);
    scale = 1 / m->at[column][column];
    for (size_t k = 0; k < n; k++) {
        m->at[column][k] *= scale;
        out->at[column][k] *= scale;
    }
    for (size_t r = 0; r < n; r++) {
        double factor = m->at[r][column];
        for (size_t k = 0; k < n && r != column; k++) {
            m->at[r][k] -= factor * m->at[column][k];
            out->at[r][k] -= factor * out->at[column][k];
        }
    }
    return true;
}

/* Inverse by Gauss and Jordan with pivots; false when singular. */
static bool invert(matrix *out, const matrix *a, size_t n) {
    matrix m = *a;

    *out = (matrix){{{0}}};
    for (size_t i = 0; i < n; i++) out->at[i][i] = 1;
    for (size_t c = 0; c < n; c++)
        if (!eliminate_column(&m, out, c, n)) return false;
    return true;
}

/* ---- fit ---- */

/* A day that was not watched has no mean. */
static bool is_counted(const fitting *f, size_t day) {
    return f->means[day] > 0;
}

static double spread_of(const fitting *f, double mean) {
    return isinf(f->size) ? 1 : 1 + mean / f->size; /* variance over mean */
}

static void fill_means(fitting *f) {
    for (size_t t = 0; t < f->series->days; t++) {
        double offset = f->series->offsets == NULL ? 0 : f->series->offsets[t];
        f->means[t] = isinf(offset) ? 0 : exp(fmin(50, fmax(-50, dot(row_of(f, t), f->beta, f->parameters) + offset)));
    }
}

/* Upper half; the rows of the weekday dummies have at most one entry, so most products are of few columns. */
static size_t columns_met(const double *x, size_t parameters, size_t *met) {
    size_t count = 0;

    for (size_t i = 0; i < parameters; i++)
        if (fabs(x[i]) > 0) met[count++] = i;
    return count;
}

static void mirror(matrix *m, size_t n) {
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++) m->at[i][j] = m->at[j][i];
}

/* One step of Fisher's scoring; the largest move of a parameter, or below zero when the system is singular. */
static double scoring_step(fitting *f) {
    matrix information = {{{0}}};
    double score[MOST_PARAMETERS] = {0}, largest = 0;
    size_t met[MOST_PARAMETERS];

    fill_means(f);
    for (size_t t = 0; t < f->series->days; t++) {
        double mean = f->means[t], spread = spread_of(f, mean), residual = (f->series->counts[t] - mean) / spread;
        const double *x = row_of(f, t);
        size_t count = is_counted(f, t) ? columns_met(x, f->parameters, met) : 0;
        for (size_t i = 0; i < count; i++) {
            double weight = x[met[i]] * mean / spread;
            score[met[i]] += x[met[i]] * residual;
            for (size_t j = i; j < count; j++) information.at[met[i]][met[j]] += weight * x[met[j]];
        }
    }
    mirror(&information, f->parameters);
    if (!invert(&f->bread, &information, f->parameters)) return -1;
    for (size_t i = 0; i < f->parameters; i++) {
        double move = fmin(2, fmax(-2, dot(f->bread.at[i], score, f->parameters)));
        f->beta[i] += move;
        largest = fmax(largest, fabs(move));
    }
    return largest;
}

/* Steps until no parameter moves by `closely`; at the end the means are those of the parameters. */
static bool settle(fitting *f, double closely) {
    for (int step = 0; step < FIT_STEPS; step++) {
        double moved = scoring_step(f);
        if (moved < 0) return false;
        if (moved < closely) {
            fill_means(f);
            return true;
        }
    }
    return false;
}

/* ---- the size, by likelihood ---- */

/* First and second derivative of the logarithm of the gamma function (Abramowitz and Stegun 6.3.18, 6.4.12), relative
 * error below 1e-12 by recurrence up to ten. */
static void polygamma(double x, double *first, double *second) {
    double u, square;

    *first = *second = 0;
    while (x < 10) {
        *first -= 1 / x;
        *second += 1 / (x * x);
        x += 1;
    }
    u = 1 / x;
    square = u * u;
    *first += log(x) - 0.5 * u -
              square * (1 / 12.0 - square * (1 / 120.0 - square * (1 / 252.0 - square * (1 / 240.0 - square / 132))));
    *second +=
        u + 0.5 * square +
        u * square * (1 / 6.0 - square * (1 / 30.0 - square * (1 / 42.0 - square * (1 / 30.0 - square * 5 / 66))));
}

/* Slope of the log likelihood along the logarithm of the size, at the present means, and its own slope. */
static double size_slope(const fitting *f, double size, double *curvature) {
    double first = 0, second = 0, at_size, at_size_2;

    polygamma(size, &at_size, &at_size_2);
    for (size_t t = 0; t < f->series->days; t++) {
        double y = f->series->counts[t], mean = f->means[t], sum = mean + size, above, above_2;
        if (!is_counted(f, t)) continue;
        polygamma(y + size, &above, &above_2);
        first += above - at_size - log1p(mean / size) + (mean - y) / sum;
        second += above_2 - at_size_2 + mean / (size * sum) - (mean - y) / (sum * sum);
    }
    *curvature = size * size * second + size * first;
    return size * first;
}

enum { NEWTON_STEPS = 60 };

/* Newton's steps within a bracket that halves when they leave it. */
static void choose_size(fitting *f) {
    double low = log(0.05), high = log(9e4), curvature, x = isinf(f->size) ? 1 : log(f->size);

    if (size_slope(f, exp(high), &curvature) >= 0) {
        f->size = INFINITY;
        return;
    }
    for (int step = 0; step < NEWTON_STEPS && high - low > 1e-9; step++) {
        double slope = size_slope(f, exp(x), &curvature), next;
        if (slope > 0) low = x;
        else high = x;
        next = curvature < 0 ? x - slope / curvature : low;
        if (!(next > low && next < high)) next = 0.5 * (low + high);
        if (fabs(next - x) < 1e-9) break;
        x = next;
    }
    f->size = exp(x);
}

/* Means for a size, the size for those means, and so on until it stays; roughly at first. */
static bool fit_all(fitting *f) {
    f->size = INFINITY;
    if (!settle(f, 1e-2)) return false;
    for (int i = 0; i < SIZE_STEPS; i++) {
        double last = f->size;
        choose_size(f);
        if ((isinf(last) && isinf(f->size)) || fabs(f->size - last) < 1e-5 * last) break;
        if (!settle(f, 1e-3)) return false;
    }
    return settle(f, 1e-9);
}

/* ---- errors ---- */

static double weighed_residual(const fitting *f, size_t day) {
    return is_counted(f, day) ? (f->series->counts[day] - f->means[day]) / spread_of(f, f->means[day]) : 0;
}

/* Sum over lags of weighted products of scores: the middle of the sandwich. */
static void meat_of(matrix *meat, const fitting *f) {
    size_t days = f->series->days, lags = (size_t)floor(4 * pow((double)days / 100, 2.0 / 9));

    *meat = (matrix){{{0}}};
    for (size_t t = 0; t < days; t++) {
        double here = weighed_residual(f, t);
        const double *x = row_of(f, t);
        for (size_t lag = 0; lag <= lags && lag <= t; lag++) {
            double before = weighed_residual(f, t - lag);
            double weight = here * before * (1 - (double)lag / (double)(lags + 1));
            const double *y = row_of(f, t - lag);
            for (size_t i = 0; i < f->parameters; i++)
                for (size_t j = 0; j < f->parameters; j++)
                    meat->at[i][j] += weight * (lag == 0 ? x[i] * y[j] : x[i] * y[j] + y[i] * x[j]);
        }
    }
}

static dt__estimate estimate_of(const fitting *f, const matrix *meat, size_t parameter, double scale) {
    const double *line = f->bread.at[parameter];
    double variance = 0, days = (double)f->series->days, error;

    for (size_t i = 0; i < f->parameters; i++) variance += line[i] * dot(meat->at[i], line, f->parameters);
    variance *= days / (days - (double)f->parameters); /* small samples */
    error = sqrt(fmax(0, variance)) * scale;
    return (dt__estimate){.value = f->beta[parameter] * scale,
                          .error = error,
                          .low = f->beta[parameter] * scale - 1.959963984540054 * error,
                          .high = f->beta[parameter] * scale + 1.959963984540054 * error};
}

/* The change fades when the slope runs against it: half of it is gone after |c| / (2 |d|) days. */
static double half_life_of(double change, double slope) {
    if (!(change * slope < 0)) return INFINITY;
    return fabs(change) / (2 * fabs(slope));
}

dt_status dt__interruption_fit(dt__interruption *fit, const dt__series *series, dt_env *env) {
    fitting f = {.series = series, .parameters = series->weekdays ? MOST_PARAMETERS : FIRST_WEEKDAY};
    size_t after = series->days > series->first ? series->days - series->first : 0;
    double total = 0;
    matrix meat;

    *fit = (dt__interruption){.half_life = INFINITY, .size = INFINITY};
    for (size_t t = 0; t < series->days; t++) total += series->counts[t];
    if (series->first < 3 || after < 3 || series->days <= f.parameters + 2 || !(total > 0)) return DT_OK;
    if ((f.means = DT__ARRAY(env, double, series->days *(1 + MOST_PARAMETERS))) == NULL) return DT_ERR_MEMORY;
    f.rows = f.means + series->days;
    for (size_t t = 0; t < series->days; t++) fill_row(f.rows + t * MOST_PARAMETERS, &f, t);
    f.beta[LEVEL] = log(total / (double)series->days);
    if (fit_all(&f)) {
        if (series->change_only) meat = (matrix){{{0}}};
        else meat_of(&meat, &f);
        fit->fitted = true;
        fit->size = f.size;
        fit->change = estimate_of(&f, &meat, CHANGE, 1);
        fit->slope = estimate_of(&f, &meat, SLOPE, 1 / (double)series->days);
        fit->half_life = half_life_of(fit->change.value, fit->slope.value);
    }
    DT__FREE(env, f.means, series->days * (1 + MOST_PARAMETERS));
    return DT_OK;
}
