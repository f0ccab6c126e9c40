/* Any bytes as GeoJSON: refused, or shapes that answer alike however they are asked. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "bytes_left.h"
#include "place/distance.h"
#include "place/geojson.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(bool property) {
    if (!property) __builtin_trap();
}

static void ask_point(const dt__shapes *s, dt__point p) {
    uint64_t words[64] = {0};

    if (s->count > 64 * 64) return;
    dt__shapes_at(s, p, words);
    for (uint32_t i = 0; i < s->count && i < 8; i++) {
        bool within = dt__shapes_contain(s, i, p);
        dt__placement exact = dt__shapes_place(s, i, 0, p, 0), blurred = dt__shapes_place(s, i, 100, p, 5000);
        hold(within == ((words[i / 64] >> i % 64 & 1) != 0));
        hold(exact.inside == (within ? DT__YES : DT__NO));
        hold(blurred.share >= 0 && blurred.share <= 1);
        hold(dt__shapes_distance(s, i, p, 50000) >= 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const dt__point points[] = {{0, 0}, {10.5, 50.5}, {179.95, 0.4}, {-179.95, -0.4}, {30, 89.9}, {180, -90}};
    bytes_left bytes = {data, size};
    dt_source source = {.read = read_bytes, .payload = &bytes};
    dt__vector features = DT__VECTOR(dt__feature);
    dt__shapes shapes;
    dt__arena arena;
    dt__point at;
    dt_env *env;
    dt_status st;

    hold(dt_env_new(&env, NULL) == DT_OK);
    dt__shapes_init(&shapes, env);
    dt__arena_init(&arena, env);
    st = dt__geojson_read(&shapes, &features, &arena, &source, NULL, "fuzz", env);
    hold(st == DT_OK || st == DT_ERR_MODEL);
    if (st == DT_OK && dt__shapes_index(&shapes) == DT_OK) {
        for (size_t i = 0; i < sizeof points / sizeof *points; i++) ask_point(&shapes, points[i]);
        for (uint32_t i = 0; i < shapes.count && i < 8; i++) (void)dt__shapes_self_crossing(&shapes, i, &at);
    }
    dt__shapes_clear(&shapes);
    dt__vector_clear(&features, env);
    dt__arena_clear(&arena);
    dt_env_free(env);
    return 0;
}
