/* bench_filter FILE DIMENSIONS ROUNDS: times dt__points_filter alone on the points of a file of 32-bit unsigned
 * numbers. Prints "seconds kept": the fastest round. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/env.h"
#include "space/points.h"

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static uint32_t *load(const char *path, size_t *count) {
    FILE *file = fopen(path, "rb");
    uint32_t *numbers = NULL;

    if (file == NULL) return NULL;
    fseek(file, 0, SEEK_END);
    *count = (size_t)ftell(file) / sizeof *numbers;
    rewind(file);
    numbers = malloc(*count * sizeof *numbers);
    if (numbers != NULL && fread(numbers, sizeof *numbers, *count, file) != *count) *count = 0;
    fclose(file);
    return numbers;
}

/* One filtering of a fresh copy; below zero: no memory. */
static double one_round(const uint32_t *numbers, size_t points, size_t dimensions, size_t *kept, dt_env *env) {
    dt__arena arena;
    bool overflow = false;
    dt__points_kind kind = {.dimensions = dimensions, .limbs = 1, .arena = &arena, .overflow = &overflow};
    dt__points p;
    double start, seconds = -1;

    dt__arena_init(&arena, env);
    if (dt__points_new(&p, points, &kind) == DT_OK) {
        for (size_t i = 0; i < points * dimensions; i++) p.values[i] = numbers[i];
        for (size_t i = 0; i < points; i++) p.multiplicities[i] = 1;
        start = now();
        if (dt__points_filter(&p, &kind, env) == DT_OK) seconds = now() - start;
        *kept = p.count;
    }
    dt__arena_clear(&arena);
    return seconds;
}

int main(int argc, char **argv) {
    size_t count = 0, kept = 0, dimensions = argc == 4 ? strtoul(argv[2], NULL, 10) : 0;
    uint32_t *numbers = dimensions > 0 ? load(argv[1], &count) : NULL;
    double best = -1;
    dt_env *env;

    if (numbers == NULL || dt_env_new(&env, NULL) != DT_OK) {
        fputs("usage: bench_filter FILE DIMENSIONS ROUNDS\n", stderr);
        free(numbers);
        return 2;
    }
    for (unsigned long round = strtoul(argv[3], NULL, 10); round > 0; round--) {
        double seconds = one_round(numbers, count / dimensions, dimensions, &kept, env);
        if (best < 0 || seconds < best) best = seconds;
    }
    printf("%.6f %zu\n", best, kept);
    dt_env_free(env);
    free(numbers);
    return best < 0;
}
