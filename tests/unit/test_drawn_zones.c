/* What the answer of monitor holds for pictures: borders thinned within a tolerance, the days that sources tell of, the
 * hashes of files, days and offsets of a reading's own clocks. */
#include <math.h>

#include "base/digest.h"
#include "chance.h"
#include "detente/monitor.h"
#include "language_text.h"
#include "place/simplify.h"

/* ---- a border by the definition ---- */

static double apart(dt__point p, dt__point a, dt__point b, double narrow) {
    double px = p.lon * narrow, ax = a.lon * narrow, bx = b.lon * narrow;
    double dx = bx - ax, dy = b.lat - a.lat, length = dx * dx + dy * dy;
    double t = length > 0 ? ((px - ax) * dx + (p.lat - a.lat) * dy) / length : 0;

    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return hypot(px - ax - t * dx, p.lat - a.lat - t * dy);
}

/* Is every point within the tolerance of the piece of the thinned border that stands for it? */
static bool is_near(const dt__point *points, const double *significance, size_t count, bool ring, double tolerance,
                    double narrow) {
    size_t last = SIZE_MAX, first = SIZE_MAX;

    for (size_t i = 0; i < count + (ring ? count : 0); i++) {
        if (!(significance[i % count] > tolerance)) continue;
        if (first == SIZE_MAX) first = i;
        if (last != SIZE_MAX && last < first + count)
            for (size_t k = last + 1; k < i; k++)
                if (apart(points[k % count], points[last % count], points[i % count], narrow) > tolerance + 1e-12)
                    return false;
        last = i;
    }
    return true;
}

static void thinning_stays_within_its_tolerance(void **state) {
    chance c = {.state = 20310510};

    (void)state;
    for (unsigned round = 0; round < 300; round++) {
        size_t count = 1 + chance_word(&c) % 60, kept = 0;
        bool ring = round % 2 == 0;
        dt__point points[60];
        double significance[60], tolerance = (double)(chance_word(&c) % 100) / 100, narrow;
        dt_env *env = new_env();
        for (size_t i = 0; i < count; i++) {
            double angle = 6.283185307179586 * (double)i / (double)count, r = 1 + (double)(chance_word(&c) % 100) / 150;
            points[i] = (dt__point){.lon = 30 + r * cos(angle), .lat = 50 + r * sin(angle)};
        }
        narrow = cos(points[0].lat * 3.14159265358979323846 / 180);
        assert_int_equal(dt__significance(significance, points, count, ring, env), DT_OK);
        for (size_t i = 0; i < count; i++) kept += significance[i] > tolerance;
        assert_true(is_near(points, significance, count, ring, tolerance, narrow));
        if (!ring) assert_true(isinf(significance[0]) && isinf(significance[count - 1]));
        if (ring && count >= 3) assert_true(kept == 0 || kept >= 3);
        dt_env_free(env);
    }
}

/* ---- a question over files of ours ---- */

typedef struct held {
    const char *events, *zones, *text;
} held;

static dt_status read_held(void *payload, char *bytes, size_t room, size_t *got) {
    held *h = payload;

    *got = strlen(h->text) < room ? strlen(h->text) : room;
    memcpy(bytes, h->text, *got);
    h->text += *got;
    return DT_OK;
}

static dt_status open_held(void *payload, dt_monitor_file kind, const char *name, dt_source *source) {
    held *h = payload;

    (void)name;
    if (kind == DT_MONITOR_TIME_ZONE) return DT_ERR_IO;
    h->text = kind == DT_MONITOR_EVENTS ? h->events : h->zones;
    *source = (dt_source){.read = read_held, .payload = h};
    return DT_OK;
}

static void close_held(void *payload, dt_source *source) {
    (void)payload;
    (void)source;
}

static const char model_text[] =
    "detente: 1\nparties: {a: {}, b: {}}\nissues: {x: {options: [p, q], no_deal: p}}\n"
    "agreements:\n  pact:\n    parties: [a, b]\n    clauses:\n      calm:\n        readings:\n"
    "          one: {bound: [a, b], acts: any, where: {inside: [{file: z.geojson, feature: square}, {file: z.geojson, "
    "feature: round}], outside: [{file: z.geojson, feature: path, buffer_m: 200}]}, from: 2031-05-10, until: "
    "2031-05-14}\n"
    "          two: {bound: [a], acts: any, where: {inside: [{file: z.geojson, feature: square}]}, from: 2031-05-10}\n"
    "          three: {bound: [a], acts: any, from: 2031-05-10}\n";

static const char events_text[] = "id,source,actor,date,longitude,latitude,radius,region,act\n"
                                  "1,s,a,2031-05-11T23:10,10.5,50.5,500,,fire\n"
                                  "2,s,a,2031-05-09,,,,North,fire\n"
                                  "3,s,a,2031-05-11,,,,,fire\n"
                                  "4,t,a,2031-05-12,10.5,50.5,500,,fire\n";

enum { ROUND = 5000 };

static char *zones_text(void) {
    size_t room = 64 * (size_t)ROUND;
    char *text = malloc(room), *at = text;

    assert_non_null(text);
    at += snprintf(
        at, room, "%s",
        "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"properties\": {\"name\": "
        "\"square\"}, \"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[[10,50],[11,50],[11,51],[10,51],"
        "[10,50]],[[10.4,50.4],[10.6,50.4],[10.6,50.6],[10.4,50.4]]]}},{\"type\": \"Feature\", "
        "\"properties\": {\"name\": \"path\"}, \"geometry\": {\"type\": \"LineString\", \"coordinates\": "
        "[[10,50],[11,52]]}},{\"type\": \"Feature\", \"properties\": {\"name\": \"round\"}, \"geometry\": "
        "{\"type\": \"Polygon\", \"coordinates\": [[");
    for (unsigned i = 0; i <= ROUND; i++) {
        double angle = 6.283185307179586 * (i % ROUND) / ROUND;
        at += snprintf(at, room - (size_t)(at - text), "%s[%.6f,%.6f]", i == 0 ? "" : ",", 20 + cos(angle),
                       50 + sin(angle));
    }
    snprintf(at, room - (size_t)(at - text), "]]}}]}");
    return text;
}

static size_t points_of(const dt_monitor_zone *z) {
    size_t count = 0;
    for (size_t i = 0; i < z->border_count; i++) count += z->borders[i].count;
    return count;
}

static void check_zones(const dt_monitor_answer *m) {
    const dt_reading_record *readings = m->clauses[0].readings;
    const dt_monitor_zone *square = &m->zones[0], *around = &m->zones[1], *path = &m->zones[2];

    assert_int_equal(m->zone_count, 3);
    assert_int_equal(readings[0].inside_count, 2);
    assert_int_equal(readings[0].inside[1], 1);
    assert_int_equal(readings[0].outside_count, 1);
    assert_int_equal(readings[0].outside[0], 2);
    assert_int_equal(readings[1].inside_count, 1);
    assert_int_equal(readings[1].inside[0], 0);
    assert_int_equal(readings[2].inside_count + readings[2].outside_count, 0);
    assert_string_equal(square->feature, "square");
    assert_int_equal(square->border_count, 2);
    assert_int_equal(square->borders[0].kind, DT_BORDER_RING);
    assert_int_equal(square->borders[0].count, 4);
    assert_int_equal(square->borders[1].count, 3);
    assert_int_equal(path->borders[0].kind, DT_BORDER_LINE);
    assert_int_equal(path->borders[0].count, 2);
    assert_true(path->buffer > 199 && path->buffer < 201);
    assert_int_equal(around->point_count, ROUND);
    assert_true(points_of(square) + points_of(around) + points_of(path) <= 3000);
    assert_true(points_of(around) > 1000);
    for (size_t i = 0; i < around->borders[0].count; i++) {
        double x = around->borders[0].points[2 * i] - 20, y = around->borders[0].points[2 * i + 1] - 50;
        assert_true(fabs(hypot(x, y) - 1) < 1e-5);
    }
}

static void check_sources(const dt_monitor_answer *m) {
    const int64_t may = 1935964800; /* 2031-05-08 */
    char hash[DT__DIGEST_TEXT];

    dt__digest_of(hash, events_text, sizeof events_text - 1);
    assert_string_equal(m->files[0].sha256, hash);
    assert_string_equal(m->sources[0].name, "s");
    assert_int_equal(m->sources[0].days, 2);
    assert_int_equal(m->sources[0].told_days[1] - m->sources[0].told_days[0], 2 * 86400);
    assert_int_equal(m->sources[0].told_days[0], may + 86400);
    assert_int_equal(m->sources[1].days, 1);
    assert_int_equal(m->sources[1].told_days[0], may + 4 * 86400);
}

static void check_incidents(const dt_monitor_answer *m) {
    const dt_reading_record *r = &m->clauses[0].readings[2];

    for (size_t i = 0; i < m->listed_count; i++) {
        const dt_incident *x = &m->incidents[i];
        assert_int_equal(x->has_place, strcmp(x->id, "1") == 0 || strcmp(x->id, "4") == 0);
        if (x->has_place) assert_true(fabs(x->longitude - 10.5) < 1e-9 && fabs(x->radius - 500) < 1e-9);
        if (strcmp(x->id, "2") == 0) assert_string_equal(x->region, "North");
    }
    assert_int_equal(r->finding_count, 3);
    for (size_t i = 0; i < r->finding_count; i++) {
        assert_int_equal(r->findings[i].day % 86400, 0);
        assert_true(r->findings[i].day <= m->incidents[r->findings[i].incident].from);
        assert_true(r->findings[i].day + 86400 > m->incidents[r->findings[i].incident].from);
    }
    assert_int_equal(r->offset_from, 0);
}

static void an_answer_can_be_drawn(void **state) {
    static const char *const names[] = {"events.csv"};
    dt_env *env = new_env();
    dt_model *model = NULL;
    dt_monitor_answer *answer = NULL;
    dt_monitor_opts opts;
    char *zones = zones_text();
    held h = {.events = events_text, .zones = zones};

    (void)state;
    assert_int_equal(dt_model_read(&model, model_text, sizeof model_text - 1, "m.yaml", env), DT_OK);
    dt_monitor_opts_init(&opts);
    opts.files = (dt_monitor_files){open_held, close_held, &h};
    opts.events = names;
    opts.event_count = 1;
    assert_int_equal(dt_monitor(&answer, model, &opts, env), DT_OK);
    check_zones(answer);
    check_sources(answer);
    check_incidents(answer);
    dt_monitor_free(answer, env);
    dt_model_free(model);
    dt_env_free(env);
    free(zones);
}

/* ---- a zone that moves ---- */

static const char still_text[] = "{\"type\": \"Polygon\", \"coordinates\": [[[10,50],[11,50],[11,51],[10,50]]]}";

/* Drawn on every day of April and May, asked about from 3 to 25 May; the middle of a day decides nothing. */
static void a_zone_that_moves_is_shown_on_days_that_matter(void **state) {
    static const char *const names[] = {"events.csv"};
    const int64_t day = 86400, april = 1932768000; /* 2031-04-01 */
    char text[4096], *at = text;
    dt_env *env = new_env();
    dt_model *model = NULL;
    dt_monitor_answer *m = NULL;
    dt_monitor_opts opts;
    held h = {.events = "id,source,actor,date,longitude,latitude,radius,act\n1,s,a,2031-05-04,10.5,50.2,500,fire\n"
                        "2,s,a,2031-05-24,10.5,50.2,500,fire\n",
              .zones = still_text};

    (void)state;
    at += snprintf(
        at, sizeof text, "%s",
        "detente: 1\nparties: {a: {}, b: {}}\nissues: {x: {options: [p, q], no_deal: p}}\nagreements:\n  pact:\n"
        "    parties: [a, b]\n    clauses:\n      calm:\n        readings:\n          one: {bound: [a, b], acts: "
        "any, from: 2031-05-03, until: 2031-05-26, where: {inside: [{name: front, by_date: {");
    for (unsigned i = 0; i < 61; i++)
        at += snprintf(at, sizeof text - (size_t)(at - text), "%s2031-%02u-%02u: f%u.geojson", i == 0 ? "" : ", ",
                       i < 30 ? 4U : 5U, i < 30 ? i + 1 : i - 29, i);
    snprintf(at, sizeof text - (size_t)(at - text), "%s", "}}]}}\n");
    assert_int_equal(dt_model_read(&model, text, strlen(text), "m.yaml", env), DT_OK);
    dt_monitor_opts_init(&opts);
    opts.files = (dt_monitor_files){open_held, close_held, &h};
    opts.events = names;
    opts.event_count = 1;
    assert_int_equal(dt_monitor(&m, model, &opts, env), DT_OK);
    assert_int_equal(m->zone_count, 9);
    assert_int_equal(m->clauses[0].readings[0].inside_count, 9);
    for (size_t i = 0; i < 9; i++) {
        assert_string_equal(m->zones[i].title, "front");
        assert_int_equal(m->zones[i].drawings, 61);
        assert_int_equal(m->zones[i].until, i == 8 ? INT64_MAX : m->zones[i + 1].from);
        assert_int_equal(m->zones[i].from % day, 0);
    }
    assert_true(m->zones[0].from >= april + 32 * day && m->zones[0].from <= april + 33 * day);
    assert_true(m->zones[8].from >= april + 53 * day && m->zones[8].from <= april + 55 * day);
    dt_monitor_free(m, env);
    dt_model_free(model);
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(thinning_stays_within_its_tolerance),
                                       cmocka_unit_test(an_answer_can_be_drawn),
                                       cmocka_unit_test(a_zone_that_moves_is_shown_on_days_that_matter)};
    return cmocka_run_group_tests_name("drawn_zones", tests, NULL, NULL);
}
