/* bench_places ZONES POINTS: how many points a second are looked up in the zones of a GeoJSON file, one thread.
 *
 * POINTS: pairs of doubles, longitude and latitude.  Prints hits (point and zone), processor seconds, points a second.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "place/geojson.h"

typedef struct whole {
    char *bytes;
    size_t length;
} whole;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static whole load(const char *name) {
    FILE *file = fopen(name, "rb");
    whole w = {NULL, 0};
    long length;

    if (file == NULL) return w;
    if (fseek(file, 0, SEEK_END) == 0 && (length = ftell(file)) > 0 && (w.bytes = malloc((size_t)length)) != NULL) {
        rewind(file);
        w.length = fread(w.bytes, 1, (size_t)length, file);
    }
    (void)fclose(file);
    return w;
}

static dt_status read_file(void *payload, char *bytes, size_t room, size_t *got) {
    *got = fread(bytes, 1, room, payload);
    return ferror((FILE *)payload) ? DT_ERR_IO : DT_OK;
}

static dt_status read_zones(dt__shapes *shapes, const char *name, dt_env *env) {
    FILE *file = fopen(name, "rb");
    const dt_source source = {.read = read_file, .payload = file};
    dt__vector features = DT__VECTOR(dt__feature);
    dt__arena arena;
    dt_status st;

    if (file == NULL) return DT_ERR_IO;
    dt__arena_init(&arena, env);
    st = dt__geojson_read(shapes, &features, &arena, &source, NULL, name, env);
    if (st == DT_OK) st = dt__shapes_index(shapes);
    dt__vector_clear(&features, env);
    dt__arena_clear(&arena);
    (void)fclose(file);
    return st;
}

static uint64_t count_hits(const dt__shapes *shapes, const dt__point *points, size_t count) {
    uint64_t words[16], hits = 0;

    for (size_t i = 0; i < count; i++) {
        dt__shapes_at(shapes, points[i], words);
        for (size_t w = 0; w < dt__shape_words(shapes); w++) hits += (uint64_t)__builtin_popcountll(words[w]);
    }
    return hits;
}

int main(int argc, char **argv) {
    whole points = argc == 3 ? load(argv[2]) : (whole){NULL, 0};
    size_t count = points.length / sizeof(dt__point);
    dt__shapes shapes;
    uint64_t hits;
    double began;
    dt_env *env;

    if (count == 0 || dt_env_new(&env, NULL) != DT_OK) return 1;
    dt__shapes_init(&shapes, env);
    if (read_zones(&shapes, argv[1], env) != DT_OK || dt__shape_words(&shapes) > 16) return 1;
    began = now();
    hits = count_hits(&shapes, (const dt__point *)(const void *)points.bytes, count);
    began = now() - began;
    printf("%llu\t%.6f\t%.0f\n", (unsigned long long)hits, began, (double)count / began);
    dt__shapes_clear(&shapes);
    dt_env_free(env);
    free(points.bytes);
    return 0;
}
