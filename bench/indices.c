/* bench_indices FILE INPUTS RESAMPLES ROUNDS: times dt__sobol_indices alone on a file of doubles: A, B, then one
 * column of AB after the other.  Prints "seconds", then per input first-order and total index. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "sensitivity/indices.h"

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double *load(const char *path, size_t *count) {
    FILE *file = fopen(path, "rb");
    double *numbers = NULL;

    if (file == NULL) return NULL;
    fseek(file, 0, SEEK_END);
    *count = (size_t)ftell(file) / sizeof *numbers;
    rewind(file);
    numbers = malloc(*count * sizeof *numbers);
    if (numbers != NULL && fread(numbers, sizeof *numbers, *count, file) != *count) *count = 0;
    fclose(file);
    return numbers;
}

static int run(const double *numbers, size_t rows, size_t inputs, size_t resamples, unsigned long rounds, dt_env *env) {
    const double **ab = calloc(inputs, sizeof *ab);
    dt__index *first = calloc(inputs, sizeof *first), *total = calloc(inputs, sizeof *total);
    dt__evaluations e = {.rows = rows, .inputs = inputs, .a = numbers, .b = numbers + rows, .ab = ab};
    dt__variance variance;
    dt_status st = ab == NULL || first == NULL || total == NULL ? DT_ERR_MEMORY : DT_OK;
    double best = -1;

    for (size_t i = 0; st == DT_OK && i < inputs; i++) ab[i] = numbers + (2 + i) * rows;
    for (unsigned long r = 0; r < rounds && st == DT_OK; r++) {
        double start = now(), took;
        st = dt__sobol_indices(&variance, first, total, &e, resamples, 1, env);
        took = now() - start;
        best = best < 0 || took < best ? took : best;
    }
    if (st == DT_OK) printf("%.9f\n", best);
    for (size_t i = 0; st == DT_OK && i < inputs; i++) printf("%.17g %.17g\n", first[i].value, total[i].value);
    free(ab);
    free(first);
    free(total);
    return st == DT_OK ? 0 : 1;
}

int main(int argc, char **argv) {
    size_t count = 0, inputs = argc == 5 ? strtoul(argv[2], NULL, 10) : 0;
    double *numbers = inputs > 0 ? load(argv[1], &count) : NULL;
    dt_env *env;
    int code;

    if (numbers == NULL || dt_env_new(&env, NULL) != DT_OK) {
        fputs("usage: bench_indices FILE INPUTS RESAMPLES ROUNDS\n", stderr);
        free(numbers);
        return 2;
    }
    code = run(numbers, count / (inputs + 2), inputs, strtoul(argv[3], NULL, 10), strtoul(argv[4], NULL, 10), env);
    dt_env_free(env);
    free(numbers);
    return code;
}
