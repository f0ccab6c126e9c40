#include "statistics/interruption.h"

#include <math.h>
#include <string.h>

#include "base/quantile.h"

#define NEAR_ENOUGH 0.1 /* moves of parameters, from where Newton's steps are safe */

enum { MOST_PARAMETERS = DT__INTERRUPTION_PARAMETERS, FIT_STEPS = 60, SIZE_STEPS = 20, WEEK = 7, GROUPS = 2 * WEEK };

typedef struct matrix {
    double at[MOST_PARAMETERS][MOST_PARAMETERS];
} matrix;

/* Positions of the parameters. */
enum { LEVEL = 0, TREND, CHANGE, SLOPE, FIRST_WEEKDAY };

/* A day that was watched.  `group`: weekday, and WEEK more after the interruption; the days of a group differ in their
 * time and offset alone. */
typedef struct fit_day {
    double count, time, offset, mean;
    size_t day, group;
} fit_day;

/* Counts as the likelihood of the size asks for them: how many days have more than 0, 1, 2 ... events; larger counts,
 * and those that are no whole numbers, day by day. */
enum { SMALL = 128 };

typedef struct fitting {
    const dt__series *series;
    size_t parameters, days;
    double beta[MOST_PARAMETERS], size;
    fit_day *list;
    double more_than[SMALL], *others;
    size_t smalls, other_count;
} fitting;

/* ---- design ---- */

/* Time is counted from the interruption in units of the series' length: all columns are of the order of one. */
static double time_of(const dt__series *s, size_t day) {
    return ((double)day - (double)s->first) / (double)s->days;
}

static size_t group_of(const dt__series *s, size_t day) {
    return (s->weekdays ? (s->weekday + day) % WEEK : 0) + (day >= s->first ? WEEK : 0);
}

static void list_days(fitting *f) {
    const dt__series *s = f->series;

    for (size_t t = 0; t < s->days; t++) {
        double offset = s->offsets == NULL ? 0 : s->offsets[t];
        if (isinf(offset)) continue;
        f->list[f->days++] = (fit_day){
            .count = s->counts[t], .time = time_of(s, t), .offset = offset, .day = t, .group = group_of(s, t)};
    }
}

static void list_counts(fitting *f) {
    for (size_t i = 0; i < f->days; i++) {
        double count = f->list[i].count;
        bool small = count < SMALL && !(count > floor(count));
        if (!small) f->others[f->other_count++] = count;
        else if (count > 0) f->more_than[(size_t)count - 1]++;
        if (small && (size_t)count > f->smalls) f->smalls = (size_t)count;
    }
    for (size_t j = f->smalls; j > 1; j--) f->more_than[j - 2] += f->more_than[j - 1];
}

static void fill_row(double *x, const fit_day *d, size_t parameters) {
    size_t weekday = d->group % WEEK;
    bool after = d->group >= WEEK;

    memset(x, 0, MOST_PARAMETERS * sizeof *x);
    x[LEVEL] = 1;
    x[TREND] = d->time;
    x[CHANGE] = after;
    x[SLOPE] = after ? d->time : 0;
    if (weekday > 0 && parameters > FIRST_WEEKDAY) x[FIRST_WEEKDAY + weekday - 1] = 1;
}

/* Where a weekday, or either side, has no event at all, or a side has them on its first or last day alone, the
 * likelihood rises without end. */
static bool has_highest_likelihood(const fitting *f) {
    double events[GROUPS] = {0}, first[2] = {INFINITY, INFINITY}, last[2] = {-INFINITY, -INFINITY};
    double told[2] = {INFINITY, INFINITY}, until[2] = {-INFINITY, -INFINITY};

    for (size_t i = 0; i < f->days; i++) {
        const fit_day *d = &f->list[i];
        size_t side = d->group / WEEK;
        events[d->group] += d->count;
        first[side] = fmin(first[side], d->time);
        last[side] = d->time;
        if (!(d->count > 0)) continue;
        told[side] = fmin(told[side], d->time);
        until[side] = d->time;
    }
    for (size_t side = 0; side < 2; side++)
        if (!(until[side] > first[side] && told[side] < last[side])) return false;
    for (size_t day = 0; day < WEEK && f->parameters > FIRST_WEEKDAY; day++)
        if (!(events[day] + events[day + WEEK] > 0)) return false;
    return true;
}

static double dot(const double *x, const double *y, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += x[i] * y[i];
    return sum;
}

/* ---- small symmetric systems ---- */

/* Into L D L', in the lower half, with D on the diagonal; false when not positive. */
static bool decompose(matrix *m, size_t n) {
    for (size_t j = 0; j < n; j++) {
        double scale;
        if (!(m->at[j][j] > 1e-12)) return false;
        scale = 1 / m->at[j][j];
        for (size_t i = j + 1; i < n; i++) {
            double factor = m->at[i][j] * scale;
            for (size_t k = j + 1; k <= i; k++) m->at[i][k] -= factor * m->at[k][j];
        }
        for (size_t i = j + 1; i < n; i++) m->at[i][j] *= scale;
    }
    return true;
}

static void solve(const matrix *m, double *x, size_t n) {
    for (size_t i = 0; i < n; i++) x[i] -= dot(m->at[i], x, i);
    for (size_t i = 0; i < n; i++) x[i] /= m->at[i][i];
    for (size_t i = n; i-- > 0;)
        for (size_t k = i + 1; k < n; k++) x[i] -= m->at[k][i] * x[k];
}

/* ---- fit ---- */

static double inverse_size(const fitting *f) {
    return isinf(f->size) ? 0 : 1 / f->size;
}

/* Of all days of a group: weights (by 1, time, time squared) and residuals (by 1, time). */
typedef struct group_sums {
    double weight, weight_time, weight_squared, residual, residual_time;
} group_sums;

static void fill_means(fitting *f) {
    double base[GROUPS], slope[2] = {f->beta[TREND], f->beta[TREND] + f->beta[SLOPE]};

    for (size_t g = 0; g < GROUPS; g++) {
        size_t weekday = g % WEEK;
        base[g] = f->beta[LEVEL] + (g >= WEEK ? f->beta[CHANGE] : 0) +
                  (weekday > 0 && f->parameters > FIRST_WEEKDAY ? f->beta[FIRST_WEEKDAY + weekday - 1] : 0);
    }
    for (size_t i = 0; i < f->days; i++) {
        fit_day *d = &f->list[i];
        double x = base[d->group] + slope[d->group >= WEEK] * d->time + d->offset;
        d->mean = exp(x > 50 ? 50 : x < -50 ? -50 : x);
    }
}

/* Weights are those of the second derivative as it is (`expected` false), or as it is expected. */
static void sum_groups(const fitting *f, group_sums *sums, bool expected) {
    double per_size = inverse_size(f);

    for (size_t i = 0; i < f->days; i++) {
        const fit_day *d = &f->list[i];
        group_sums *s = &sums[d->group];
        double spread = 1 / (1 + d->mean * per_size), residual = (d->count - d->mean) * spread;
        double weight = d->mean * spread * (expected ? 1 : (1 + d->count * per_size) * spread);
        s->weight += weight;
        s->weight_time += weight * d->time;
        s->weight_squared += weight * d->time * d->time;
        s->residual += residual;
        s->residual_time += residual * d->time;
    }
}

/* The system's lower half, column by column of the design. */
static void add_group(matrix *m, double *score, const group_sums *s, size_t group, size_t parameters) {
    size_t day = group % WEEK + FIRST_WEEKDAY - 1;
    bool after = group >= WEEK, effect = parameters > FIRST_WEEKDAY && group % WEEK > 0;

    m->at[LEVEL][LEVEL] += s->weight;
    m->at[TREND][LEVEL] += s->weight_time;
    m->at[TREND][TREND] += s->weight_squared;
    score[LEVEL] += s->residual;
    score[TREND] += s->residual_time;
    if (after) {
        m->at[CHANGE][LEVEL] += s->weight;
        m->at[CHANGE][TREND] += s->weight_time;
        m->at[SLOPE][TREND] += s->weight_squared;
        score[CHANGE] += s->residual;
        score[SLOPE] += s->residual_time;
    }
    if (!effect) return;
    m->at[day][LEVEL] += s->weight;
    m->at[day][TREND] += s->weight_time;
    m->at[day][day] += s->weight;
    score[day] += s->residual;
    if (!after) return;
    m->at[day][CHANGE] = s->weight;
    m->at[day][SLOPE] = s->weight_time;
}

/* Change and slope stay what they are. */
static void leave_out_change(matrix *m, double *score) {
    for (size_t j = CHANGE; j <= SLOPE; j++) {
        for (size_t i = 0; i < MOST_PARAMETERS; i++) m->at[i][j] = m->at[j][i] = 0;
        m->at[j][j] = 1;
        score[j] = 0;
    }
}

/* Information and score at the present means. */
static void fill_system(const fitting *f, matrix *m, double *score, bool expected) {
    group_sums sums[GROUPS] = {{0, 0, 0, 0, 0}};

    *m = (matrix){{{0}}};
    sum_groups(f, sums, expected);
    for (size_t g = 0; g < GROUPS; g++) add_group(m, score, &sums[g], g, f->parameters);
    m->at[CHANGE][CHANGE] = m->at[CHANGE][LEVEL]; /* what is after is after */
    m->at[SLOPE][LEVEL] = m->at[SLOPE][CHANGE] = m->at[CHANGE][TREND];
    m->at[SLOPE][SLOPE] = m->at[SLOPE][TREND];
    if (f->series->unchanged) leave_out_change(m, score);
}

/* One step of Fisher's scoring, or of Newton's; the largest move of a parameter, or below zero when the system is
 * singular. */
static double one_step(fitting *f, bool newton) {
    matrix information;
    double move[MOST_PARAMETERS] = {0}, largest = 0;

    fill_means(f);
    fill_system(f, &information, move, !newton);
    if (!decompose(&information, f->parameters)) return -1;
    solve(&information, move, f->parameters);
    for (size_t i = 0; i < f->parameters; i++) {
        double moved = move[i] > 2 ? 2 : move[i] < -2 ? -2 : move[i];
        f->beta[i] += moved;
        if (fabs(moved) > largest) largest = fabs(moved);
    }
    return largest;
}

/* Steps until no parameter moves by `closely`; at the end the means are those of the parameters.  Scoring comes near
 * from anywhere, Newton's steps then end sooner. */
static bool settle(fitting *f, double closely) {
    double moved = INFINITY;

    for (int step = 0; step < FIT_STEPS; step++) {
        moved = one_step(f, moved < NEAR_ENOUGH);
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

/* What the counts give to the two derivatives: of log Gamma(count + size) - log Gamma(size), which for whole numbers is
 * a sum of logarithms. */
static void add_counts(const fitting *f, double size, double *first, double *second) {
    double at_size, at_size_2, above, above_2;

    for (size_t j = 0; j < f->smalls; j++) {
        double inverse = 1 / (size + (double)j);
        *first += f->more_than[j] * inverse;
        *second -= f->more_than[j] * inverse * inverse;
    }
    if (f->other_count == 0) return;
    polygamma(size, &at_size, &at_size_2);
    for (size_t i = 0; i < f->other_count; i++) {
        polygamma(f->others[i] + size, &above, &above_2);
        *first += above - at_size;
        *second += above_2 - at_size_2;
    }
}

/* Slope of the log likelihood along the logarithm of the size, at the present means, and its own slope. */
static double size_slope(const fitting *f, double size, double *curvature) {
    double first = 0, second = 0, logs = 0, product = 1, per_size = 1 / size;

    add_counts(f, size, &first, &second);
    for (size_t i = 0; i < f->days; i++) {
        double mean = f->list[i].mean, inverse = 1 / (mean + size), apart = (mean - f->list[i].count) * inverse;
        product *= 1 + mean * per_size; /* below 1e24: one logarithm for many days */
        if (product > 1e250) {
            logs += log(product);
            product = 1;
        }
        first += apart;
        second += (mean * per_size - apart) * inverse;
    }
    first -= logs + log(product);
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

typedef struct score {
    double at[MOST_PARAMETERS];
} score;

/* Sum over lags of weighted products of scores: the middle of the sandwich.  Each day's score meets those of the days
 * before all together; the other half is the same transposed. */
static void meat_of(matrix *meat, const fitting *f, score *scores) {
    size_t days = f->series->days, lags = (size_t)floor(4 * pow((double)days / 100, 2.0 / 9)), n = f->parameters;
    double per_size = inverse_size(f);

    for (size_t i = 0; i < f->days; i++) {
        const fit_day *d = &f->list[i];
        fill_row(scores[d->day].at, d, n);
        for (size_t k = 0; k < n; k++) scores[d->day].at[k] *= (d->count - d->mean) / (1 + d->mean * per_size);
    }
    *meat = (matrix){{{0}}};
    for (size_t t = 0; t < days; t++) {
        double before[MOST_PARAMETERS];
        for (size_t k = 0; k < n; k++) before[k] = 0.5 * scores[t].at[k];
        for (size_t lag = 1; lag <= lags && lag <= t; lag++)
            for (size_t k = 0; k < n; k++) before[k] += (1 - (double)lag / (double)(lags + 1)) * scores[t - lag].at[k];
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++) meat->at[i][j] += scores[t].at[i] * before[j] + before[i] * scores[t].at[j];
    }
}

/* `bread`: the information made ready, of which one line of the inverse is wanted. */
static dt__estimate estimate_of(const fitting *f, const matrix *bread, const matrix *meat, size_t parameter,
                                double scale) {
    double line[MOST_PARAMETERS] = {0}, variance = 0, days = (double)f->series->days, error;

    line[parameter] = 1;
    solve(bread, line, f->parameters);
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

static void tell_without_errors(dt__interruption *fit, const fitting *f) {
    fit->fitted = true;
    fit->parameters = f->parameters - (f->series->unchanged ? 2 : 0);
    memcpy(fit->beta, f->beta, sizeof fit->beta);
    fit->size = f->size;
    fit->change.value = f->beta[CHANGE];
    fit->slope.value = f->beta[SLOPE] * (1 / (double)f->series->days);
    fit->half_life = half_life_of(fit->change.value, fit->slope.value);
}

static dt_status tell_errors(dt__interruption *fit, const fitting *f, dt_env *env) {
    score *scores = DT__ARRAY(env, score, f->series->days), unused = {{0}};
    matrix bread, meat;

    if (scores == NULL) return DT_ERR_MEMORY;
    fill_system(f, &bread, unused.at, true);
    fit->fitted = decompose(&bread, f->parameters);
    meat_of(&meat, f, scores);
    if (fit->fitted) {
        fit->change = estimate_of(f, &bread, &meat, CHANGE, 1);
        fit->slope = estimate_of(f, &bread, &meat, SLOPE, 1 / (double)f->series->days);
    }
    DT__FREE(env, scores, f->series->days);
    return DT_OK;
}

dt_status dt__interruption_fit(dt__interruption *fit, const dt__series *series, dt_env *env) {
    fitting f = {.series = series, .parameters = series->weekdays ? MOST_PARAMETERS : FIRST_WEEKDAY};
    size_t after = series->days > series->first ? series->days - series->first : 0;
    double total = 0;
    dt_status st = DT_OK;

    *fit = (dt__interruption){.half_life = INFINITY, .size = INFINITY};
    if (series->first < 3 || after < 3 || series->days <= f.parameters + 2) return DT_OK;
    f.list = DT__ARRAY(env, fit_day, series->days);
    f.others = DT__ARRAY(env, double, series->days);
    st = f.list == NULL || f.others == NULL ? DT_ERR_MEMORY : DT_OK;
    if (st != DT_OK) goto done;
    list_days(&f);
    if (!has_highest_likelihood(&f)) goto done;
    list_counts(&f);
    for (size_t i = 0; i < f.days; i++) total += f.list[i].count;
    f.beta[LEVEL] = log(total / (double)f.days);
    if (!fit_all(&f)) goto done;
    tell_without_errors(fit, &f);
    if (!series->change_only) st = tell_errors(fit, &f, env);
done:
    DT__FREE(env, f.list, series->days);
    DT__FREE(env, f.others, series->days);
    return st;
}

void dt__interruption_means(double *means, const dt__series *series, const dt__interruption *fit) {
    size_t parameters = series->weekdays ? MOST_PARAMETERS : FIRST_WEEKDAY;

    for (size_t t = 0; t < series->days; t++) {
        double row[MOST_PARAMETERS], offset = series->offsets == NULL ? 0 : series->offsets[t];
        fit_day d = {.time = time_of(series, t), .group = group_of(series, t)};
        fill_row(row, &d, parameters);
        means[t] = isinf(offset) ? 0 : exp(offset + dot(row, fit->beta, parameters));
    }
}
