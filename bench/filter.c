/* bench_filter SHAPE DIMENSIONS COUNT ROUNDS [FILE]: times dt__points_filter alone on points that lie in a shape.
 * Prints "seconds kept": the fastest round.  FILE gets the points, 32-bit unsigned numbers, for other programs. */
#include <math.h>
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

/* ---- shapes ---- */

static uint64_t state = 1;

/* splitmix64 (Steele, Lea, Flood 2014), in [0, 1). */
static double chance(void) {
    uint64_t z = (state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static double normal(void) {
    return sqrt(-2 * log(1 - chance())) * cos(6.283185307179586 * chance());
}

static void on_sphere(double *x, size_t m, double radius) {
    double length = 0;
    for (size_t d = 0; d < m; d++) {
        x[d] = fabs(normal());
        length += x[d] * x[d];
    }
    for (size_t d = 0; d < m; d++) x[d] *= radius / sqrt(length);
}

/* Coordinates that add up to one. */
static void on_simplex(double *x, size_t m) {
    double sum = 0;
    for (size_t d = 0; d < m; d++) sum += x[d] = -log(1 - chance());
    for (size_t d = 0; d < m; d++) x[d] /= sum;
}

static void uniform(double *x, size_t m, size_t i) {
    (void)i;
    for (size_t d = 0; d < m; d++) x[d] = chance();
}
static void sphere(double *x, size_t m, size_t i) {
    (void)i;
    on_sphere(x, m, 1);
}
static void simplex(double *x, size_t m, size_t i) {
    (void)i;
    on_simplex(x, m);
}
/* Hollowed towards the origin, where few vectors lie between the axes. */
static void hollow(double *x, size_t m, size_t i) {
    simplex(x, m, i);
    for (size_t d = 0; d < m; d++) x[d] *= x[d];
}
/* A sphere some percent thick. */
static void shell(double *x, size_t m, size_t i) {
    (void)i;
    on_sphere(x, m, 0.97 + 0.03 * chance());
}
static void clusters(double *x, size_t m, size_t i) {
    uint64_t kept = state;
    state = i % 50 + 7;
    on_sphere(x, m, 0.9);
    state = kept;
    for (size_t d = 0; d < m; d++) x[d] = fmin(1, fmax(0, x[d] + 0.01 * normal()));
}
/* What one coordinate gains the others lose, not quite. */
static void opposed(double *x, size_t m, size_t i) {
    simplex(x, m, i);
    for (size_t d = 0; d < m; d++) x[d] = fmin(1, fmax(0, x[d] * 0.9 + 0.02 * normal()));
}
static void repeated(double *x, size_t m, size_t i) {
    uint64_t kept = state;
    state = i / 20 * 77 + 1;
    simplex(x, m, i);
    state = kept;
}
static void grid(double *x, size_t m, size_t i) {
    (void)i;
    for (size_t d = 0; d < m; d++) x[d] = floor(chance() * 32) / 32;
}
/* A simplex on few levels: ties in every coordinate, nothing dominated but equal vectors. */
static void level_simplex(double *x, size_t m, size_t i) {
    double left = 1;
    on_simplex(x, m);
    (void)i;
    for (size_t d = 1; d < m; d++) left -= x[d] = floor(x[d] * 256) / 256;
    x[0] = left;
}
/* Pairs of coordinates of which one is the other turned round; a third one that follows neither. */
static void pairs(double *x, size_t m, size_t i) {
    (void)i;
    for (size_t d = 0; d < m; d++) x[d] = d % 2 == 1 ? 1 - x[d - 1] : chance();
}

static const struct {
    const char *name;
    void (*make)(double *x, size_t m, size_t i);
} shapes[] = {{"uniform", uniform}, {"sphere", sphere},        {"simplex", simplex}, {"hollow", hollow},
              {"shell", shell},     {"clusters", clusters},    {"opposed", opposed}, {"repeated", repeated},
              {"grid", grid},       {"levels", level_simplex}, {"pairs", pairs}};

/* Points of a shape; NULL: no such shape, or no memory. */
static uint32_t *make(const char *name, size_t count, size_t m) {
    uint32_t *numbers = malloc(count * m * sizeof *numbers);

    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
        if (strcmp(shapes[s].name, name) != 0 || numbers == NULL) continue;
        for (size_t i = 0; i < count; i++) {
            double x[DT__MAX_DIMENSIONS];
            shapes[s].make(x, m, i);
            for (size_t d = 0; d < m; d++) numbers[i * m + d] = (uint32_t)(4e9 * x[d]);
        }
        return numbers;
    }
    free(numbers);
    return NULL;
}

static bool save(const char *path, const uint32_t *numbers, size_t count) {
    FILE *file = fopen(path, "wb");
    bool saved = file != NULL && fwrite(numbers, sizeof *numbers, count, file) == count;
    return file != NULL && fclose(file) == 0 && saved;
}

/* ---- the filter ---- */

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
    size_t dimensions = argc >= 5 ? strtoul(argv[2], NULL, 10) : 0, kept = 0;
    size_t count = argc >= 5 ? strtoul(argv[3], NULL, 10) : 0;
    uint32_t *numbers = dimensions > 0 && dimensions <= DT__MAX_DIMENSIONS ? make(argv[1], count, dimensions) : NULL;
    double best = -1;
    dt_env *env = NULL;

    if (numbers == NULL || dt_env_new(&env, NULL) != DT_OK ||
        (argc > 5 && !save(argv[5], numbers, count * dimensions))) {
        fputs("usage: bench_filter SHAPE DIMENSIONS COUNT ROUNDS [FILE]\n", stderr);
        dt_env_free(env);
        free(numbers);
        return 2;
    }
    for (unsigned long round = strtoul(argv[4], NULL, 10); round > 0; round--) {
        double seconds = one_round(numbers, count, dimensions, &kept, env);
        if (best < 0 || seconds < best) best = seconds;
    }
    printf("%.6f %zu\n", best, kept);
    dt_env_free(env);
    free(numbers);
    return best < 0;
}
