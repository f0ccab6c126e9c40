/* Places: the index against every edge, distances, uncertain places, GeoJSON and what is wrong with it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/random.h"
#include "chance.h"
#include "place/distance.h"
#include "place/geojson.h"

#define NEAR(a, b, tolerance) assert_true(fabs((a) - (b)) <= (tolerance))

enum { POLYGONS = 6, CORNERS = 40 };

static dt_env *new_environment(void) {
    dt_env *env = NULL;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    return env;
}

/* ---- the index ---- */

/* Crossings with every edge of every part, as the definition has it. */
static bool contains_by_hand(const dt__shapes *s, uint32_t shape, dt__point p) {
    bool any = false;

    for (size_t i = 0; i < s->parts.count; i++) {
        const dt__shape_part *part = DT__AT(s->parts, dt__shape_part, i);
        bool inside = false;
        if (part->shape != shape || part->kind != DT__SHAPE_POLYGON) continue;
        for (uint32_t k = part->first; k < part->end; k++) {
            const dt__edge *e = DT__AT(s->edges, dt__edge, k);
            if ((e->y1 > p.lat) == (e->y2 > p.lat)) continue;
            inside ^= e->x1 + (p.lat - e->y1) / (e->y2 - e->y1) * (e->x2 - e->x1) <= p.lon;
        }
        any = any || inside;
    }
    return any;
}

static double uniform(dt__random *r, double low, double high) {
    return low + (high - low) * dt__random_uniform(r);
}

/* A star with corners at random distances around a centre; on a coarse grid in half of the runs, so that corners and
 * edges fall on cell borders and on one another. */
static void add_star(dt__shapes *s, dt__random *r, double reach, bool coarse) {
    double x = uniform(r, 20, 40), y = uniform(r, 40, 55);
    dt__point corners[CORNERS];

    for (int i = 0; i < CORNERS; i++) {
        double angle = 6.283185307179586 * i / CORNERS, length = reach * uniform(r, 0.3, 1);
        corners[i] = (dt__point){x + length * cos(angle), y + length * sin(angle)};
        if (coarse) corners[i] = (dt__point){round(corners[i].lon * 2) / 2, round(corners[i].lat * 2) / 2};
    }
    assert_int_equal(dt__shapes_run(s, corners, CORNERS), DT_OK);
}

static void add_polygons(dt__shapes *s, dt__random *r, bool coarse) {
    for (int i = 0; i < POLYGONS; i++) {
        dt__shapes_begin(s);
        for (int part = 0; part < 2; part++) {
            assert_int_equal(dt__shapes_part(s, DT__SHAPE_POLYGON), DT_OK);
            add_star(s, r, 6, coarse);
            add_star(s, r, 1, coarse); /* a hole, or an island: crossings decide */
        }
    }
}

static void the_index_agrees_with_every_edge(void **state) {
    (void)state;
    for (uint64_t run = 0; run < 40; run++) {
        dt_env *env = new_environment();
        dt__shapes s;
        dt__random r;
        dt__random_init(&r, 3, run, 0);
        dt__shapes_init(&s, env);
        add_polygons(&s, &r, run % 2 == 1);
        assert_int_equal(dt__shapes_index(&s), DT_OK);
        for (int i = 0; i < 2000; i++) {
            dt__point p = {uniform(&r, 12, 48), uniform(&r, 32, 63)};
            uint64_t words[1];
            if (run % 2 == 1 && i % 2 == 1)
                p = (dt__point){round(p.lon * 4) / 4 + 1e-7, round(p.lat * 4) / 4 + 2.718e-7};
            dt__shapes_at(&s, p, words);
            for (uint32_t shape = 0; shape < s.count; shape++) {
                bool expected = contains_by_hand(&s, shape, p);
                if (dt__shapes_contain(&s, shape, p) != expected)
                    fail_msg("run %d, %.17g %.17g shape %u: expected %d", (int)run, p.lon, p.lat, shape, expected);
                assert_int_equal(words[0] >> shape & 1, expected);
            }
        }
        dt__shapes_clear(&s);
        dt_env_free(env);
    }
}

static void add_polygon(dt__shapes *s, const dt__point *corners, size_t count) {
    dt__shapes_begin(s);
    assert_int_equal(dt__shapes_part(s, DT__SHAPE_POLYGON), DT_OK);
    assert_int_equal(dt__shapes_run(s, corners, count), DT_OK);
}

static void a_polygon_over_the_date_line_is_one(void **state) {
    static const dt__point box[] = {{178, -20}, {-178, -20}, {-178, -15}, {178, -15}};
    dt_env *env = new_environment();
    dt__shapes s;

    (void)state;
    dt__shapes_init(&s, env);
    add_polygon(&s, box, 4);
    assert_int_equal(dt__shapes_index(&s), DT_OK);
    assert_true(dt__shapes_contain(&s, 0, (dt__point){179.5, -18}));
    assert_true(dt__shapes_contain(&s, 0, (dt__point){-179.5, -18}));
    assert_false(dt__shapes_contain(&s, 0, (dt__point){0, -18}));
    assert_false(dt__shapes_contain(&s, 0, (dt__point){-177, -18}));
    NEAR(dt__shapes_distance(&s, 0, (dt__point){-177, -18}, 2e5),
         dt__distance((dt__point){-178, -18}, (dt__point){-177, -18}), 1);
    dt__shapes_clear(&s);
    dt_env_free(env);
}

/* As RFC 7946 writes it, along the cut and the pole; and as a ring that only goes about the Earth. */
static void a_ring_about_a_pole_encloses_it(void **state) {
    static const dt__point written[] = {{-180, -65}, {-90, -65}, {0, -65},    {90, -65},
                                        {180, -65},  {180, -90}, {-180, -90}, {-180, -65}};
    static const dt__point plain[] = {{10, 70}, {100, 75}, {-170, 70}, {-80, 70}, {10, 70}};
    static const dt__point inside[] = {{-170, -70}, {-1, -89.9}, {90, -66}, {179.99, -89}};
    static const dt__point outside[] = {{-170, -60}, {0, -64}, {90, 70}, {179.99, 0}};
    static const dt__point north[] = {{11, 71}, {-171, 71}, {-80, 89.9}, {-1, 75}};
    dt_env *env = new_environment();
    dt__shapes s;

    (void)state;
    dt__shapes_init(&s, env);
    for (unsigned shape = 0; shape < 3; shape++) {
        if (shape == 0) add_polygon(&s, written, 8);
        else add_polygon(&s, plain, shape == 1 ? 5 : 4); /* closed, and left open */
    }
    assert_int_equal(dt__shapes_index(&s), DT_OK);
    for (size_t i = 0; i < 4; i++) {
        assert_true(dt__shapes_contain(&s, 0, inside[i]));
        assert_false(dt__shapes_contain(&s, 0, outside[i]));
        for (unsigned shape = 1; shape < 3; shape++) {
            assert_true(dt__shapes_contain(&s, shape, north[i]));
            assert_false(dt__shapes_contain(&s, shape, inside[i]));
        }
    }
    dt__shapes_clear(&s);
    dt_env_free(env);
}

static void self_crossings_are_found(void **state) {
    static const dt__point bow[] = {{0, 0}, {2, 2}, {2, 0}, {0, 2}}, square[] = {{5, 0}, {6, 0}, {6, 1}, {5, 1}};
    dt_env *env = new_environment();
    dt__shapes s;
    dt__point at;

    (void)state;
    dt__shapes_init(&s, env);
    add_polygon(&s, bow, 4);
    add_polygon(&s, square, 4);
    assert_int_equal(dt__shapes_index(&s), DT_OK);
    assert_true(dt__shapes_self_crossing(&s, 0, &at));
    assert_false(dt__shapes_self_crossing(&s, 1, &at));
    dt__shapes_clear(&s);
    dt_env_free(env);
}

/* ---- distance and uncertain places ---- */

static void distances_are_those_of_the_globe(void **state) {
    dt__point kyiv = {30.5234, 50.4501}, moscow = {37.6173, 55.7558}, there;

    (void)state;
    NEAR(dt__distance(kyiv, moscow), 755.6e3, 2e3);
    NEAR(dt__distance((dt__point){179.9, 0}, (dt__point){-179.9, 0}), 22239, 1);
    NEAR(dt__distance((dt__point){0, 90}, (dt__point){77, 90}), 0, 1e-6);
    there = dt__point_towards(kyiv, 1, 5000);
    NEAR(dt__distance(kyiv, there), 5000, 1e-3);
    there = dt__point_towards((dt__point){179.99, 10}, 1.5707963, 5000);
    assert_true(there.lon < -179.9);
}

static void uncertain_places_are_inside_outside_or_shared(void **state) {
    static const dt__point square[] = {{30, 50}, {31, 50}, {31, 51}, {30, 51}};
    dt_env *env = new_environment();
    dt__shapes s;
    dt__placement at;
    double last = 1;

    (void)state;
    dt__shapes_init(&s, env);
    add_polygon(&s, square, 4);
    assert_int_equal(dt__shapes_index(&s), DT_OK);
    assert_int_equal(dt__shapes_place(&s, 0, 0, (dt__point){30.5, 50.5}, 1000).inside, DT__YES);
    assert_int_equal(dt__shapes_place(&s, 0, 0, (dt__point){32, 50.5}, 1000).inside, DT__NO);
    at = dt__shapes_place(&s, 0, 0, (dt__point){31, 50.5}, 1000); /* on the border: half of it */
    assert_int_equal(at.inside, DT__UNKNOWN);
    NEAR(at.share, 0.5, 0.02);
    for (double lon = 30.9; lon < 31.2; lon += 0.01) { /* from in to out the share only falls */
        at = dt__shapes_place(&s, 0, 0, (dt__point){lon, 50.5}, 5000);
        assert_true(at.share <= last + 0.01);
        last = at.share;
    }
    for (double radius = 0; radius < 20000; radius += 500) { /* a wider doubt never makes a yes or no of an unknown */
        bool before = dt__shapes_place(&s, 0, 0, (dt__point){31.05, 50.5}, radius).inside == DT__UNKNOWN;
        bool after = dt__shapes_place(&s, 0, 0, (dt__point){31.05, 50.5}, radius + 500).inside == DT__UNKNOWN;
        assert_true(!before || after);
    }
    at = dt__shapes_place(&s, 0, 5000, (dt__point){31.05, 50.5}, 0); /* 3.5 km outside, within a buffer of 5 */
    assert_int_equal(at.inside, DT__YES);
    assert_int_equal(dt__shapes_place(&s, 0, 3000, (dt__point){31.05, 50.5}, 0).inside, DT__NO);
    assert_int_equal(dt__shapes_place(&s, 0, 3000, (dt__point){31.05, 50.5}, 2000).inside, DT__UNKNOWN);
    dt__shapes_clear(&s);
    dt_env_free(env);
}

/* ---- GeoJSON ---- */

typedef struct collection {
    dt_env *env;
    dt__shapes shapes;
    dt__vector features;
    dt__arena arena;
} collection;

static dt_status read_text(collection *c, const char *text, const char *name_key) {
    dt__text_source bytes = {.bytes = text, .length = strlen(text)};
    dt_source source = dt__source_of_text(&bytes);
    dt_status st;

    c->env = new_environment();
    dt__shapes_init(&c->shapes, c->env);
    dt__arena_init(&c->arena, c->env);
    c->features = DT__VECTOR(dt__feature);
    st = dt__geojson_read(&c->shapes, &c->features, &c->arena, &source, name_key, "zones.geojson", c->env);
    if (st == DT_OK) st = dt__shapes_index(&c->shapes);
    return st;
}

static void clear(collection *c) {
    dt__vector_clear(&c->features, c->env);
    dt__shapes_clear(&c->shapes);
    dt__arena_clear(&c->arena);
    dt_env_free(c->env);
}

static void features_of_every_kind_are_read(void **state) {
    static const char text[] =
        "{\"type\":\"FeatureCollection\",\"name\":\"x\",\"features\":["
        "{\"type\":\"Feature\",\"properties\":{\"id\":7,\"name\":\"holed\",\"deep\":{\"name\":[1]}},\"geometry\":{"
        "\"type\":\"Polygon\","
        "\"coordinates\":[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[2,1],[2,2],[1,2],[1,1]]]}},"
        "{\"type\":\"Feature\",\"geometry\":{\"coordinates\":[[[[10,0],[11,0],[11,1]]],[[[20,0],[21,0,99],[21,1]]]],"
        "\"type\":\"MultiPolygon\"},\"properties\":null},"
        "{\"type\":\"Feature\",\"properties\":{},\"geometry\":null},"
        "{\"type\":\"Feature\",\"properties\":{\"name\":\"all\"},\"geometry\":{\"type\":\"GeometryCollection\","
        "\"geometries\":["
        "{\"type\":\"Point\",\"coordinates\":[30,50]},{\"type\":\"LineString\",\"coordinates\":[[30,51],[31,51]]},"
        "{\"type\":\"MultiPoint\",\"coordinates\":[[32,50],[33,50]]}]}}]}";
    collection c;

    (void)state;
    assert_int_equal(read_text(&c, text, NULL), DT_OK);
    assert_int_equal(c.features.count, 4);
    assert_int_equal(dt_env_diagnostic_count(c.env), 1); /* no geometry: a warning */
    assert_string_equal(DT__AT(c.features, dt__feature, 0)->name, "holed");
    assert_null(DT__AT(c.features, dt__feature, 1)->name);
    assert_true(dt__shapes_contain(&c.shapes, 0, (dt__point){3, 3}));
    assert_false(dt__shapes_contain(&c.shapes, 0, (dt__point){1.5, 1.5}));
    assert_true(dt__shapes_contain(&c.shapes, 1, (dt__point){10.9, 0.5}));
    assert_true(dt__shapes_contain(&c.shapes, 1, (dt__point){20.9, 0.5}));
    assert_false(dt__shapes_contain(&c.shapes, 1, (dt__point){15, 0.3}));
    NEAR(dt__shapes_distance(&c.shapes, 3, (dt__point){30, 50.001}, 1000), 111.2, 0.5);
    NEAR(dt__shapes_distance(&c.shapes, 3, (dt__point){30.5, 51.002}, 1000), 222.4, 0.5);
    assert_true(isinf(dt__shapes_distance(&c.shapes, 3, (dt__point){35, 51}, 1000)));
    clear(&c);
    assert_int_equal(read_text(&c, "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1]]]}", NULL), DT_OK);
    assert_true(dt__shapes_contain(&c.shapes, 0, (dt__point){0.9, 0.5}));
    clear(&c);
}

/* A feature's own name comes before other properties that usually are names, these before any text. */
static void texts_name_features_well_or_less_well(void **state) {
    static const char text[] = "{\"features\":["
                               "{\"properties\":{\"shapeName\":\"East\",\"id\":\"E1\",\"empty\":\"\",\"n\":7}},"
                               "{\"properties\":{\"title\":\"East\",\"name\":\"Far East\",\"shapeName\":\"E1\"}},"
                               "{\"properties\":{\"name\":\"East\",\"deep\":{\"shapeName\":\"North\"}}},"
                               "{\"properties\":null}]}";
    static const struct {
        const char *wanted;
        dt__named named[4];
    } asked[] = {
        {"East", {DT__NAMED_ANYHOW, DT__NAMED_USUALLY, DT__NAMED_SO, DT__NAMED_NOT}},
        {"E1", {DT__NAMED_SO, DT__NAMED_ANYHOW, DT__NAMED_NOT, DT__NAMED_NOT}},
        {"Far East", {DT__NAMED_NOT, DT__NAMED_SO, DT__NAMED_NOT, DT__NAMED_NOT}},
        {"North", {DT__NAMED_NOT, DT__NAMED_NOT, DT__NAMED_NOT, DT__NAMED_NOT}},
        {"7", {DT__NAMED_NOT, DT__NAMED_NOT, DT__NAMED_NOT, DT__NAMED_NOT}},
        {"", {DT__NAMED_NOT, DT__NAMED_NOT, DT__NAMED_NOT, DT__NAMED_NOT}},
    };
    collection c;

    (void)state;
    assert_int_equal(read_text(&c, text, NULL), DT_OK);
    assert_int_equal(c.features.count, 4);
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
        for (size_t k = 0; k < 4; k++)
            assert_int_equal(dt__feature_named(DT__AT(c.features, dt__feature, k), asked[i].wanted), asked[i].named[k]);
    assert_int_equal(DT__AT(c.features, dt__feature, 0)->text_count, 2);
    assert_string_equal(DT__AT(c.features, dt__feature, 1)->texts[2].key, "shapeName");
    clear(&c);
}

/* So many properties, and no more, are kept. */
static void features_keep_so_many_texts(void **state) {
    dt__text text;
    dt_env *env = new_environment();
    collection c;

    (void)state;
    dt__text_init(&text, env);
    dt__text_add(&text, "{\"features\":[{\"properties\":{");
    for (unsigned i = 0; i < 100; i++) {
        dt__text_add(&text, i == 0 ? "\"k" : ",\"k");
        dt__text_add_unsigned(&text, i);
        dt__text_add(&text, "\":\"v\"");
    }
    dt__text_add(&text, "}},{\"properties\":{\"k0\":\"");
    dt__text_add_repeated(&text, 'x', 401);
    dt__text_add(&text, "\",\"k1\":\"");
    dt__text_add_repeated(&text, 'x', 400);
    dt__text_add(&text, "\"}}]}");
    assert_int_equal(read_text(&c, dt__text_get(&text), NULL), DT_OK);
    assert_int_equal(DT__AT(c.features, dt__feature, 0)->text_count, 64);
    assert_int_equal(DT__AT(c.features, dt__feature, 1)->text_count, 1);
    assert_string_equal(DT__AT(c.features, dt__feature, 1)->texts[0].key, "k1");
    clear(&c);
    dt__text_clear(&text);
    dt_env_free(env);
}

static void what_is_wrong_with_geojson_is_told(void **state) {
    static const char *const texts[] = {"[]",
                                        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0]]]}",
                                        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,95],[1,1]]]}",
                                        "{\"type\":\"Polygon\",\"coordinates\":[[0,0],[1,1],[2,2]]}",
                                        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,[2]],[2,2]]]}",
                                        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],1,[2,2]]]}",
                                        "{\"type\":\"Circle\",\"coordinates\":[0,0]}",
                                        "{\"features\":[{\"geometry\":{\"type\":\"Point\"}}]}",
                                        "{\"features\":[3]}",
                                        "{\"features\":[{\"properties\":4}]}",
                                        "{\"type\":\"Point\",\"coordinates\":[0,0]} x",
                                        "{\"type\":\"Point\",\"coordinates\":[0]}"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        collection c;
        dt_status st = read_text(&c, texts[i], NULL);
        if (st != DT_ERR_MODEL || dt_env_diagnostic_count(c.env) == 0) fail_msg("%s: status %d", texts[i], (int)st);
        assert_int_equal(dt_env_diagnostic(c.env, 0)->line, 1);
        clear(&c);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_index_agrees_with_every_edge),
        cmocka_unit_test(a_polygon_over_the_date_line_is_one),
        cmocka_unit_test(a_ring_about_a_pole_encloses_it),
        cmocka_unit_test(self_crossings_are_found),
        cmocka_unit_test(distances_are_those_of_the_globe),
        cmocka_unit_test(uncertain_places_are_inside_outside_or_shared),
        cmocka_unit_test(features_of_every_kind_are_read),
        cmocka_unit_test(texts_name_features_well_or_less_well),
        cmocka_unit_test(features_keep_so_many_texts),
        cmocka_unit_test(what_is_wrong_with_geojson_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
