#include "sensitivity/shapley.h"

#include <math.h>

#include "base/random.h"

static const double two_sided_95 = 1.959963984540054;

void dt__shapley_order(uint32_t *order, size_t inputs, uint64_t seed, uint64_t row) {
    dt__random r;

    dt__random_init(&r, seed, row, UINT32_MAX);
    for (size_t i = 0; i < inputs; i++) {
        size_t j = dt__random_below(&r, (uint32_t)(i + 1));
        order[i] = order[j];
        order[j] = (uint32_t)i;
    }
}

void dt__shapley_contributions(double *contributions, const double *values, const uint32_t *order, size_t inputs) {
    for (size_t k = 0; k < inputs; k++) {
        double before = values[k], after = values[k + 1];
        contributions[order[k]] = (values[0] - (before + after) / 2) * (before - after);
    }
}

/* Sums over rows of an input's contribution c and of the contributions of all inputs C. */
typedef struct row_sums {
    double c, c_squared, c_times_all;
} row_sums;

static row_sums sums_of(const double *contributions, size_t rows, size_t inputs, size_t input) {
    row_sums sums = {0, 0, 0};

    for (size_t n = 0; n < rows; n++) {
        const double *row = contributions + n * inputs;
        double all = 0;
        for (size_t i = 0; i < inputs; i++) all += row[i];
        sums.c += row[input];
        sums.c_squared += row[input] * row[input];
        sums.c_times_all += row[input] * all;
    }
    return sums;
}

void dt__shapley_effects(dt__index *effects, const double *contributions, size_t rows, size_t inputs) {
    double all = 0, all_squared = 0;

    for (size_t i = 0; i < inputs; i++) effects[i] = (dt__index){0, 0, 0};
    for (size_t n = 0; n < rows; n++) {
        double sum = 0;
        for (size_t i = 0; i < inputs; i++) sum += contributions[n * inputs + i];
        all += sum;
        all_squared += sum * sum;
    }
    for (size_t i = 0; i < inputs && all > 0; i++) {
        row_sums sums = sums_of(contributions, rows, inputs, i);
        double share = sums.c / all; /* the rest c - share C has mean 0 over the rows */
        double rest = sums.c_squared - 2 * share * sums.c_times_all + share * share * all_squared;
        double error = rows < 2 ? 0 : sqrt(fmax(0, rest) * (double)rows / (double)(rows - 1)) / all;
        effects[i] = (dt__index){share, share - two_sided_95 * error, share + two_sided_95 * error};
    }
}
