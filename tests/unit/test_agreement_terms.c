/* The language of agreements at work: moments, zones by date and made of others, classes and triggers, counts by zone,
 * a model that is an agreement alone, and a deal that becomes one. */
#include <math.h>

#include "chance.h"
#include "detente/detente.h"
#include "language_text.h"
#include "model/model.h"
#include "place/distance.h"

/* ---- files: texts of ours, then the disk ---- */

typedef struct held_file {
    const char *name, *text;
} held_file;

typedef struct disk {
    const held_file *held;
    size_t count;
    const char *text;
    FILE *file;
} disk;

static dt_status read_some(void *payload, char *bytes, size_t room, size_t *got) {
    disk *d = payload;

    if (d->file != NULL) {
        *got = fread(bytes, 1, room, d->file);
        return DT_OK;
    }
    *got = strlen(d->text) < room ? strlen(d->text) : room;
    memcpy(bytes, d->text, *got);
    d->text += *got;
    return DT_OK;
}

static dt_status open_one(void *payload, dt_monitor_file kind, const char *name, dt_source *source) {
    static const char *const folders[] = {DT_TEST_ROOT "/models/", DT_TEST_ROOT "/models/", "/usr/share/zoneinfo/"};
    disk *d = payload;
    char path[512];

    *source = (dt_source){.read = read_some, .payload = d};
    d->file = NULL;
    for (size_t i = 0; i < d->count; i++) {
        if (strcmp(d->held[i].name, name) != 0) continue;
        d->text = d->held[i].text;
        return DT_OK;
    }
    snprintf(path, sizeof path, "%s%s", folders[kind], name);
    d->file = fopen(path, "rb");
    return d->file == NULL ? DT_ERR_IO : DT_OK;
}

static void close_one(void *payload, dt_source *source) {
    disk *d = payload;

    (void)source;
    if (d->file != NULL) (void)fclose(d->file);
    d->file = NULL;
}

typedef struct watch {
    dt_env *env;
    dt_model *model;
    dt_monitor_answer *answer;
} watch;

static dt_status try_watch(watch *w, const char *model, const held_file *held, size_t count) {
    disk d = {.held = held, .count = count};
    const char *const events[] = {"events.csv"};
    dt_monitor_opts opts;

    *w = (watch){.env = new_env()};
    w->model = model_of(model, w->env);
    dt_monitor_opts_init(&opts);
    opts.files = (dt_monitor_files){open_one, close_one, &d};
    opts.events = events;
    opts.event_count = 1;
    return dt_monitor(&w->answer, w->model, &opts, w->env);
}

static watch ask(const char *model, const held_file *held, size_t count) {
    watch w;

    if (try_watch(&w, model, held, count) != DT_OK) print_findings(w.env);
    assert_non_null(w.answer);
    return w;
}

static void done(watch *w) {
    dt_monitor_free(w->answer, w->env);
    dt_model_free(w->model);
    dt_env_free(w->env);
}

static const dt_finding *finding(const watch *w, size_t clause, size_t reading, const char *id) {
    const dt_reading_record *r = &w->answer->clauses[clause].readings[reading];

    for (size_t i = 0; i < r->finding_count; i++)
        if (strcmp(w->answer->incidents[r->findings[i].incident].id, id) == 0) return &r->findings[i];
    return NULL;
}

static void expect(const watch *w, const char *id, dt_verdict verdict, double share) {
    const dt_finding *f = finding(w, 0, 0, id);

    if (f == NULL && verdict != DT_VERDICT_OUT_OF_SCOPE) fail_msg("%s is out of scope", id);
    if (f == NULL) return;
    if (f->verdict != verdict) fail_msg("%s: verdict %d", id, (int)f->verdict);
    if (isnan(share)) assert_true(isnan(f->share));
    else if (fabs(f->share - share) > 0.01) fail_msg("%s: share %g", id, f->share);
}

#define HEAD "detente: 1\nparties: {a: {}, b: {}}\nagreements:\n  pact:\n    parties: [a, b]\n"
#define CLAUSE                                                                                                    \
    "    clauses:\n      calm:\n        readings:\n          one:\n            bound: [a, b]\n            acts: " \
    "fire\n"
#define EVENTS "id,source,kind,claimant,actor,date,end,longitude,latitude,radius,act\n"

/* ---- moments ---- */

static void moments_follow_the_calendar(void **state) {
    static const char model[] = HEAD "    moments: {signed: 2025-03-29T12:00, later: {after: signed, days: 1}}\n" CLAUSE
                                     "            from: later\n            until: {after: from, days: 1, hours: 2}\n"
                                     "            timezone: Europe/Kyiv\n";
    static const held_file held[] = {{"events.csv", EVENTS}};
    FILE *zone = fopen("/usr/share/zoneinfo/Europe/Kyiv", "rb");
    watch w;

    (void)state;
    if (zone == NULL) skip();
    (void)fclose(zone);
    w = ask(model, held, 1);
    /* The clocks went forward in the night to 30 March: noon is 09:00 in UTC, no longer 10:00. */
    assert_int_equal(w.answer->clauses[0].readings[0].from, 1743325200);
    assert_int_equal(w.answer->clauses[0].readings[0].until, 1743325200 + 26 * 3600);
    done(&w);
}

static void an_end_known_to_the_day_leaves_the_day_in_doubt(void **state) {
    static const char model[] = HEAD CLAUSE "            from: {at: 2031-05-10, precision: day}\n"
                                            "            until: {at: 2031-05-20T06:00, precision: hour}\n";
    static const held_file held[] = {{"events.csv",
                                      EVENTS "x1,s,allegation,b,a,2031-05-09T23:00,2031-05-09T23:59,,,,fire\n"
                                             "x2,s,allegation,b,a,2031-05-10T00:00,2031-05-10T12:00,,,,fire\n"
                                             "x3,s,allegation,b,a,2031-05-10T12:00,2031-05-11T00:00,,,,fire\n"
                                             "x4,s,allegation,b,a,2031-05-11T00:00,2031-05-11T01:00,,,,fire\n"
                                             "x5,s,allegation,b,a,2031-05-20T05:00,2031-05-20T05:59,,,,fire\n"
                                             "x6,s,allegation,b,a,2031-05-20T06:00,2031-05-20T07:00,,,,fire\n"
                                             "x7,s,allegation,b,a,2031-05-20T07:00,2031-05-20T08:00,,,,fire\n"}};
    watch w = ask(model, held, 1);

    (void)state;
    expect(&w, "x1", DT_VERDICT_OUT_OF_SCOPE, 0);
    expect(&w, "x2", DT_VERDICT_INDETERMINATE, 0.25);
    expect(&w, "x3", DT_VERDICT_INDETERMINATE, 0.75);
    expect(&w, "x4", DT_VERDICT_ALLEGED, 1);
    expect(&w, "x5", DT_VERDICT_ALLEGED, 1);
    expect(&w, "x6", DT_VERDICT_INDETERMINATE, 0.5);
    expect(&w, "x7", DT_VERDICT_OUT_OF_SCOPE, 0);
    done(&w);
}

static void a_beginning_that_is_not_known_leaves_all_before_the_end_in_doubt(void **state) {
    static const char model[] =
        HEAD CLAUSE "            from: {at: 2031-05-10, precision: unknown}\n            until: 2031-05-20\n";
    static const held_file held[] = {{"events.csv", EVENTS "x1,s,allegation,b,a,2030-01-01T23:00,,,,,fire\n"
                                                           "x2,s,allegation,b,a,2031-05-15T00:00,,,,,fire\n"
                                                           "x3,s,allegation,b,a,2031-05-20T01:00,,,,,fire\n"}};
    watch w = ask(model, held, 1);

    (void)state;
    expect(&w, "x1", DT_VERDICT_INDETERMINATE, NAN);
    expect(&w, "x2", DT_VERDICT_INDETERMINATE, NAN);
    expect(&w, "x3", DT_VERDICT_OUT_OF_SCOPE, 0);
    done(&w);
}

/* ---- zones ---- */

/* Boxes and points of the file below, by hand. */
typedef struct box {
    double west, south, east, north;
} box;
static const box boxes[] = {{10, 50, 10.5, 50.3}, {10.3, 50.1, 10.8, 50.5}, {10.35, 50.15, 10.45, 50.25}};
static const dt__point site = {10.2, 50.4};

#define BOX(name, w, s, e, n)                                                                                          \
    "{\"type\":\"Feature\",\"properties\":{\"name\":\"" name "\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":" \
    "[[[" #w "," #s "],[" #e "," #s "],[" #e "," #n "],[" #w "," #n "],[" #w "," #s "]]]}}"
static const char drawn[] = "{\"type\":\"FeatureCollection\",\"features\":[" BOX("A", 10, 50, 10.5, 50.3) "," BOX(
    "B", 10.3, 50.1, 10.8, 50.5) "," BOX("C", 10.35, 50.15, 10.45,
                                         50.25) ",{\"type\":\"Feature\",\"properties\":"
                                                "{\"name\":\"S\",\"class\":\"power-plant.gas\"},\"geometry\":{\"type\":"
                                                "\"Point\",\"coordinates\":[10.2,50.4]}},"
                                                "{\"type\":\"Feature\",\"properties\":{\"name\":\"L\"},\"geometry\":{"
                                                "\"type\":\"LineString\",\"coordinates\":"
                                                "[[10.0,50.6],[10.8,50.6]]}}]}";

/* In A or within 5 km of a power plant; in B as well or not in B's half; but not in C: union, intersection and
 * difference inside one another, with a radius of the class and of a line. */
#define WHERE                                                                                                      \
    "            where:\n              inside:\n"                                                                  \
    "                - {inside: [{file: z, feature: A}, {file: z, class: power-plant, buffer_m: 5000}], outside: " \
    "[{file: z, feature: C}]}\n"                                                                                   \
    "                - {all_of: [{file: z, feature: A}, {file: z, feature: B}]}\n"                                 \
    "                - {file: z, feature: L, buffer_m: 3000}\n"                                                    \
    "              all_of: [{file: z, feature: B, side: outside, uncertainty_m: 1000}]\n"

static bool in_box(int i, dt__point p) {
    return p.lon >= boxes[i].west && p.lon <= boxes[i].east && p.lat >= boxes[i].south && p.lat <= boxes[i].north;
}

static bool in_zone_by_hand(dt__point p, dt__point in_b) {
    double to_line = fabs(p.lat - 50.6) * 6371008.8 * 3.14159265358979 / 180;
    bool a = in_box(0, p), b = in_box(1, p), near_site = dt__distance(p, site) <= 5000;
    bool near_line = p.lon >= 10 && p.lon <= 10.8 && to_line <= 3000;

    return (((a || near_site) && !in_box(2, p)) || (a && b) || near_line) && !in_box(1, in_b);
}

/* Known in a disc where every point of it is in, or every point out; else the share lies near that of the points. */
static void zones_nest_as_the_definition_has_it(void **state) {
    chance c = {chance_seed("terms: zones")};

    (void)state;
    for (int round = 0; round < 40; round++) {
        char text[400];
        held_file held[] = {{"events.csv", text}, {"z", drawn}};
        dt__point at = {10.0 + 0.04 * chance_between(&c, 0, 20) + 0.003, 50 + 0.04 * chance_between(&c, 0, 16) + 0.003};
        double radius = 700.0 * chance_between(&c, 0, 6);
        size_t in = 0, all = 4000;
        const dt_finding *f;
        watch w;
        snprintf(text, sizeof text, EVENTS "x1,s,allegation,b,a,2031-05-15T00:00,,%.4f,%.4f,%.0f,fire\n", at.lon,
                 at.lat, radius);
        w = ask(HEAD CLAUSE WHERE, held, 2);
        f = finding(&w, 0, 0, "x1");
        for (size_t i = 0; i < all; i++) {
            dt__point p = dt__disc_point(at, radius, i, all), q = dt__disc_point(at, radius + 1000, i, all);
            in += in_zone_by_hand(p, q);
        }
        if (f == NULL) assert_true(in == 0);
        else if (f->verdict == DT_VERDICT_ALLEGED) assert_true(in == all);
        else if (fabs(f->share - (double)in / (double)all) > 0.05)
            fail_msg("round %d: %g, not %g", round, f->share, (double)in / (double)all);
        done(&w);
    }
}

/* Widening a radius moves a verdict only towards doubt, also through zones that are made of others. */
static void a_wider_radius_only_adds_doubt(void **state) {
    chance c = {chance_seed("terms: wider")};

    (void)state;
    for (int round = 0; round < 60; round++) {
        dt__point at = {10.0 + 0.04 * chance_between(&c, 0, 20), 50 + 0.04 * chance_between(&c, 0, 16)};
        int radius = 500 * chance_between(&c, 0, 6);
        dt_verdict before = DT_VERDICT_COUNT;
        for (int wider = 0; wider < 2; wider++) {
            char text[400];
            held_file held[] = {{"events.csv", text}, {"z", drawn}};
            const dt_finding *f;
            dt_verdict verdict;
            watch w;
            snprintf(text, sizeof text, EVENTS "x1,s,allegation,b,a,2031-05-15T00:00,,%.4f,%.4f,%d,fire\n", at.lon,
                     at.lat, radius + wider * 1500);
            w = ask(HEAD CLAUSE WHERE, held, 2);
            f = finding(&w, 0, 0, "x1");
            verdict = f == NULL ? DT_VERDICT_OUT_OF_SCOPE : f->verdict;
            if (wider == 0) before = verdict;
            else assert_true(verdict == before || verdict == DT_VERDICT_INDETERMINATE);
            done(&w);
        }
    }
}

#define NORTH_OF(s) "{\"type\":\"FeatureCollection\",\"features\":[" BOX("N", 9, s, 12, 51) "]}"

static void the_line_of_the_day_counts(void **state) {
    static const char model[] =
        HEAD CLAUSE "            where: {inside: [{by_date: {2031-05-10: l1, 2031-05-14: l2}}]}\n";
    static const held_file held[] = {{"events.csv",
                                      EVENTS "x0,s,allegation,b,a,2031-05-09T12:00,,10,50.15,0,fire\n"
                                             "x1,s,allegation,b,a,2031-05-13T12:00,,10,50.15,0,fire\n"
                                             "x2,s,allegation,b,a,2031-05-14T12:00,,10,50.15,0,fire\n"
                                             "x3,s,allegation,b,a,2031-05-13T18:00,2031-05-14T02:00,10,50.15,0,fire\n"
                                             "x4,s,allegation,b,a,2031-05-13T18:00,2031-05-14T02:00,10,50.25,0,fire\n"
                                             "x5,s,allegation,b,a,2031-05-20T12:00,,10,50.25,0,fire\n"},
                                     {"l1", NORTH_OF(50.1)},
                                     {"l2", NORTH_OF(50.2)}};
    watch w = ask(model, held, 3);

    (void)state;
    expect(&w, "x0", DT_VERDICT_INDETERMINATE, NAN);
    expect(&w, "x1", DT_VERDICT_ALLEGED, 1);
    expect(&w, "x2", DT_VERDICT_OUT_OF_SCOPE, 0);
    expect(&w, "x3", DT_VERDICT_INDETERMINATE, 0.75);
    expect(&w, "x4", DT_VERDICT_ALLEGED, 1);
    expect(&w, "x5", DT_VERDICT_ALLEGED, 1);
    assert_int_equal(w.answer->clauses[0].readings[0].line_age, 6);
    assert_int_equal(w.answer->clauses[0].readings[0].before_lines, 1);
    done(&w);
}

static void a_point_at_the_pole_has_a_radius_all_around(void **state) {
    dt_env *env = new_env();
    const dt__point at = {0, 89.9}, across = {180, 89.9}, far = {180, 89.5};
    dt__shapes s;

    (void)state;
    dt__shapes_init(&s, env);
    dt__shapes_begin(&s);
    assert_int_equal(dt__shapes_part(&s, DT__SHAPE_POINT), DT_OK);
    assert_int_equal(dt__shapes_run(&s, &at, 1), DT_OK);
    assert_int_equal(dt__shapes_index(&s), DT_OK);
    assert_int_equal(dt__shapes_truth(&s, 0, 30000, across, 0), DT__YES);
    assert_int_equal(dt__shapes_truth(&s, 0, 30000, far, 0), DT__NO);
    dt__shapes_clear(&s);
    dt_env_free(env);
}

static void a_radius_reaches_over_the_date_line(void **state) {
    dt_env *env = new_env();
    const dt__point at = {179.99, 10}, across = {-179.99, 10};
    dt__shapes s;

    (void)state;
    dt__shapes_init(&s, env);
    dt__shapes_begin(&s);
    assert_int_equal(dt__shapes_part(&s, DT__SHAPE_POINT), DT_OK);
    assert_int_equal(dt__shapes_run(&s, &at, 1), DT_OK);
    assert_int_equal(dt__shapes_index(&s), DT_OK);
    assert_int_equal(dt__shapes_truth(&s, 0, 3000, across, 0), DT__YES);
    assert_int_equal(dt__shapes_truth(&s, 0, 1000, across, 2000), DT__UNKNOWN);
    assert_int_equal(dt__shapes_truth(&s, 0, 1000, across, 0), DT__NO);
    dt__shapes_clear(&s);
    dt_env_free(env);
}

static void a_border_that_crosses_itself_is_told(void **state) {
    static const held_file held[] = {
        {"events.csv", EVENTS},
        {"z", "{\"type\":\"Polygon\",\"coordinates\":[[[10,50],[11,51],[11,50],[10,51],[10,50]]]}"}};
    watch w = ask(HEAD CLAUSE "            where: {inside: [{file: z}]}\n", held, 2);

    (void)state;
    assert_int_equal(dt_env_diagnostic_count(w.env), 1);
    assert_string_equal(dt_env_diagnostic(w.env, 0)->code, "self-crossing");
    done(&w);
}

static void what_a_file_does_not_hold_is_told(void **state) {
    static const held_file held[] = {{"events.csv", EVENTS}, {"z", drawn}};
    watch w;

    (void)state;
    assert_int_equal(
        try_watch(&w, HEAD CLAUSE "            where: {inside: [{file: z, class: power-plan}]}\n", held, 2),
        DT_ERR_MODEL);
    assert_string_equal(dt_env_diagnostic(w.env, 0)->code, "unknown-feature");
    dt_model_free(w.model);
    dt_env_free(w.env);
}

/* ---- counts by zone ---- */

static const dt_party_record *party(const watch *w, uint32_t number) {
    return &w->answer->clauses[0].readings[0].parties[number];
}

static void zones_add_up_and_mirror(void **state) {
    static const char model[] = HEAD CLAUSE "            where: {inside: [{file: z}]}\n            from: 2031-05-01\n"
                                            "            until: 2031-05-21\n";
    chance c = {chance_seed("terms: counts")};

    (void)state;
    for (int round = 0; round < 5; round++) {
        char rows[2][8000];
        watch w[2];
        for (int k = 0; k < 2; k++) snprintf(rows[k], sizeof rows[k], "%s", EVENTS);
        for (int i = 0; i < 40; i++) {
            int day = chance_between(&c, 1, 20), actor = chance_between(&c, 0, 2), r = chance_between(&c, 0, 3) * 2000;
            double x = 10 + 0.02 * chance_between(&c, 0, 40), y = 50 + 0.02 * chance_between(&c, 0, 25);
            for (int k = 0; k < 2; k++) {
                const char *const actors[] = {k == 0 ? "a" : "b", k == 0 ? "b" : "a", ""};
                size_t used = strlen(rows[k]);
                snprintf(rows[k] + used, sizeof rows[k] - used,
                         "x%02d,s%d,allegation,,%s,2031-05-%02dT10:00,,%.3f,%.3f,%d,fire\n", i, i, actors[actor], day,
                         x + 0.001, y + 0.001, r);
            }
        }
        for (int k = 0; k < 2; k++) {
            const held_file held[] = {{"events.csv", rows[k]}, {"z", drawn}};
            w[k] = ask(model, held, 2);
        }
        for (uint32_t p = 0; p < 2; p++) {
            const dt_party_record *x = party(&w[0], p), *y = party(&w[1], 1 - p);
            double sums[DT_VERDICT_COUNT] = {0};
            assert_int_equal(x->zone_count, y->zone_count);
            for (size_t z = 0; z < x->zone_count; z++) {
                double periods = 0;
                if (x->zones[z].name == NULL) assert_null(y->zones[z].name);
                else assert_string_equal(x->zones[z].name, y->zones[z].name);
                for (int v = 0; v < DT_VERDICT_COUNT; v++) {
                    assert_true(fabs(x->zones[z].counts[v] - y->zones[z].counts[v]) < 1e-9);
                    sums[v] += x->zones[z].counts[v];
                }
                for (size_t i = 0; i < x->period_count; i++) periods += x->zones[z].certain[i];
                assert_true(fabs(periods - x->zones[z].counts[DT_VERDICT_ALLEGED] -
                                 x->zones[z].counts[DT_VERDICT_CORROBORATED]) < 1e-9);
                assert_true(x->zones[z].name == NULL || x->zones[z].shrunk > 0 || x->zones[z].raw <= 0);
            }
            for (int v = 0; v < DT_VERDICT_COUNT; v++)
                assert_true(v == DT_VERDICT_OUT_OF_SCOPE || fabs(sums[v] - x->counts[v]) < 1e-9);
        }
        done(&w[0]);
        done(&w[1]);
    }
}

static void a_retraction_leaves_no_zone(void **state) {
    static const held_file held[] = {
        {"events.csv", "id,source,kind,claimant,actor,date,longitude,latitude,act,revises\n"
                       "x1,s,allegation,b,a,2031-05-11T01:00,10.1,50.1,fire,\nx2,s,retraction,,,2031-05-12,,,,x1\n"},
        {"z", drawn}};
    watch w = ask(HEAD CLAUSE "            where: {inside: [{file: z}]}\n", held, 2);

    (void)state;
    assert_int_equal(party(&w, 0)->zone_count, 0);
    done(&w);
}

static void without_a_place_regions_are_counted(void **state) {
    static const held_file held[] = {
        {"events.csv", "id,source,kind,claimant,actor,date,region,act\n"
                       "x1,s,allegation,b,a,2031-05-11T01:00,Vale,fire\nx2,s,allegation,b,a,2031-05-12,Vale,fire\n"
                       "x3,s,allegation,b,a,2031-05-12,Hill,fire\nx4,s,allegation,b,a,2031-05-13,,fire\n"}};
    watch w = ask(HEAD CLAUSE "            from: 2031-05-10\n            until: 2031-05-20\n", held, 1);
    const dt_party_record *a = party(&w, 0);

    (void)state;
    assert_int_equal(a->zone_count, 3);
    assert_string_equal(a->zones[0].name, "Vale");
    assert_true(fabs(a->zones[0].counts[DT_VERDICT_ALLEGED] - 2) < 1e-9);
    assert_string_equal(a->zones[1].name, "Hill");
    assert_null(a->zones[2].name);
    assert_true(a->zones[0].shrunk <= a->zones[0].raw && a->zones[1].shrunk >= a->zones[1].raw);
    done(&w);
}

/* ---- triggers ---- */

static void triggers_are_evaluated_as_declared(void **state) {
    static const char model[] =
        HEAD CLAUSE "            from: 2031-05-01\n            until: 2031-05-15\n"
                    "            classes: {grave: {acts: [fire.artillery]}, sites: {targets: [dam]}}\n"
                    "            triggers:\n"
                    "              - {id: week, more_than: 2, per: week, then: suspension}\n"
                    "              - {id: grave, more_than: 0, class: grave, then: {sanction: dismissal}}\n"
                    "              - {id: sites, more_than: 0, class: sites}\n"
                    "              - {id: day, more_than: 1, per: day}\n"
                    "              - {id: longer, at_most: 4, then: extension, by: 1 hour}\n"
                    "              - {id: shorter, at_most: 3, then: extension, by: 1 hour}\n";
    static const held_file held[] = {
        {"events.csv",
         "id,source,kind,claimant,actor,date,act,asset\n"
         "x1,s,allegation,b,a,2031-05-06T01:00,fire.tank,bridge\nx2,s,allegation,b,a,2031-05-07T01:00,fire,\n"
         "x3,s,allegation,b,a,2031-05-08T01:00,fire.tank,bridge\nx4,s,allegation,b,a,2031-05-09T01:00,fire.tank,"
         "bridge\n"
         "x5,s,allegation,a,b,2031-05-16T01:00,fire.tank,bridge\n"}};
    watch w = ask(model, held, 1);
    const dt_triggered *t = party(&w, 0)->triggered;

    (void)state;
    assert_false(t[0].certainly || t[0].possibly); /* two in the first week, two in the second */
    assert_true(fabs(t[0].most - 2) < 1e-9);
    assert_true(t[1].possibly && !t[1].certainly); /* fire may have been artillery */
    assert_int_equal(t[1].possibly_since, 1935878400);
    assert_true(t[2].possibly && !t[2].certainly);
    assert_false(t[3].possibly);
    assert_true(t[4].certainly && t[4].possibly);
    assert_false(t[5].certainly || t[5].possibly);
    done(&w);
}

/* ---- an agreement alone, and a deal that becomes one ---- */

static void an_agreement_alone_is_no_negotiation(void **state) {
    dt_env *env = new_env();
    dt_model *model = model_of(HEAD CLAUSE, env);
    dt_deal_opts deal;
    dt_hold_opts hold;
    dt_deal_answer *answer = NULL;
    dt_hold_answer *stable = NULL;
    dt_document *document = NULL;

    (void)state;
    dt_deal_opts_init(&deal);
    assert_int_equal(dt_deal(&answer, model, &deal, env), DT_ERR_MODEL);
    assert_string_equal(dt_env_diagnostic(env, 0)->code, "no-issues");
    dt_hold_opts_init(&hold);
    assert_int_equal(dt_hold(&stable, model, &hold, env), DT_ERR_MODEL);
    assert_int_equal(dt_report_show(&document, model, env), DT_OK);
    dt_document_free(document, env);
    dt_model_free(model);
    dt_env_free(env);
}

static const char table[] =
    "detente: 1\nsources: {K: {title: Notes}}\nparties: {a: {aliases: [Alpha]}, b: {}, c: {}}\n"
    "formats: {two: {table: [a, b], consent: [a, b]}, all: {table: [a, b, c], consent: [a, b, c]}}\nissues:\n"
    "  truce: {options: {none: , full: {terms: {acts: [fire], exempt: [{acts: fire.mortar}], bound: [a, c], for: 30 "
    "days, "
    "from: 2031-01-01, source: K3}}}, no_deal: none}\n"
    "  two words: {options: {no: , yes: {terms: {acts: strike, targets: [dam]}}}, no_deal: no}\n"
    "  aid: {options: [cut, kept], no_deal: kept}\n"
    "preferences:\n  a: {weights: {truce: 2, aid: 1}, values: {truce: {full: 60}, aid: {cut: 10}}}\n"
    "  b: {weights: {truce: 1}, values: {truce: {full: 50}}}\n  c: {weights: {aid: 1}, values: {aid: {cut: 10}}}\n";

static char *draft_of(const dt_model *model, const char *deal, const char *among, dt_env *env, dt_status expected) {
    written_text text = {0};
    const dt_sink sink = {append_text, &text};
    dt_bargain_opts opts;

    dt_bargain_opts_init(&opts);
    opts.among = among;
    assert_int_equal(dt_bargain_agreement(&sink, model, &opts, deal, env), expected);
    return text.bytes;
}

static void a_deal_becomes_an_agreement(void **state) {
    static const char *const deals[] = {"nash", "truce=full,two words=yes,aid=cut", "aid=cut"};
    dt_env *env = new_env();
    dt_model *model = model_of(table, env);

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        char *draft = draft_of(model, deals[i], "two", env, DT_OK);
        const dt_model *read;
        assert_non_null(draft);
        read = model_of(draft, env);
        assert_int_equal(read->issue_count, 0);
        assert_int_equal(read->agreements[0].clause_count, i == 2 ? 0 : i == 1 ? 2 : 1);
        assert_non_null(strstr(draft, "# aid: {readings: {agreed: {bound: [a, b], acts: [any]}}}"));
        if (i == 1) {
            const dt__clause *truce = &read->agreements[0].clauses[0], *second = &read->agreements[0].clauses[1];
            assert_int_equal(read->agreements[0].parties, 7); /* c is bound by the terms */
            assert_int_equal(truce->readings[0].bound, 5);
            assert_int_equal(truce->readings[0].until.days, 30);
            assert_string_equal(second->id, "clause-2");
            assert_int_equal(second->readings[0].bound, 3);
        }
        dt_model_free((dt_model *)(uintptr_t)read);
        free(draft);
    }
    free(draft_of(model, "aid=cut", NULL, env, DT_ERR_ARGUMENT));
    free(draft_of(model, "nahs", "two", env, DT_ERR_ARGUMENT));
    free(draft_of(model, "aid=cut", "tow", env, DT_ERR_ARGUMENT));
    dt_model_free(model);
    dt_env_free(env);
}

static void terms_of_options_survive_writing(void **state) {
    dt_env *env = new_env();
    dt_model *model = model_of(table, env), *again;
    char *once = canonical_of(model, env), *twice;

    (void)state;
    again = model_of(once, env);
    twice = canonical_of(again, env);
    assert_string_equal(once, twice);
    assert_non_null(again->issues[0].options[1].terms);
    assert_null(again->issues[0].options[0].terms);
    free(once);
    free(twice);
    dt_model_free(again);
    dt_model_free(model);
    dt_env_free(env);
}

/* ---- a front line by date, from the data of others ---- */

static void a_real_front_line_is_read_by_date(void **state) {
    static const char model[] =
        HEAD CLAUSE "            where: {inside: [{by_date: {2025-03-20: f1, 2025-04-19: f2, 2025-05-09: f3}, "
                    "uncertainty_m: 500}]}\n"
                    "            timezone: UTC\n            from: 2025-03-20\n            until: 2025-06-01\n";
    static const char *const days[] = {"20250320", "20250419", "20250509"};
    static const char *const names[] = {"f1", "f2", "f3"};
    held_file held[4] = {{"events.csv", EVENTS "x1,s,allegation,b,a,2025-04-01T12:00,,37.8,48.0,500,fire\n"
                                               "x2,s,allegation,b,a,2025-04-25T12:00,,30.52,50.45,500,fire\n"}};
    watch w;

    (void)state;
    for (int i = 0; i < 3; i++) {
        char path[300];
        size_t length;
        snprintf(path, sizeof path, DT_TEST_ROOT "/../shared/data/monitor/front/deepstatemap_data_%s.geojson", days[i]);
        held[i + 1] = (held_file){names[i], file_text(path, &length)};
        if (held[i + 1].text != NULL) continue;
        print_message("no front lines beside the project\n");
        while (i-- > 0) free((char *)(uintptr_t)held[i + 1].text);
        skip();
    }
    w = ask(model, held, 4);
    expect(&w, "x1", DT_VERDICT_ALLEGED, 1);
    expect(&w, "x2", DT_VERDICT_OUT_OF_SCOPE, 0);
    assert_int_equal(w.answer->clauses[0].readings[0].line_age, 12);
    done(&w);
    for (int i = 0; i < 3; i++) free((char *)(uintptr_t)held[i + 1].text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_follow_the_calendar),
        cmocka_unit_test(an_end_known_to_the_day_leaves_the_day_in_doubt),
        cmocka_unit_test(a_beginning_that_is_not_known_leaves_all_before_the_end_in_doubt),
        cmocka_unit_test(zones_nest_as_the_definition_has_it),
        cmocka_unit_test(a_wider_radius_only_adds_doubt),
        cmocka_unit_test(the_line_of_the_day_counts),
        cmocka_unit_test(a_point_at_the_pole_has_a_radius_all_around),
        cmocka_unit_test(a_radius_reaches_over_the_date_line),
        cmocka_unit_test(a_border_that_crosses_itself_is_told),
        cmocka_unit_test(what_a_file_does_not_hold_is_told),
        cmocka_unit_test(zones_add_up_and_mirror),
        cmocka_unit_test(a_retraction_leaves_no_zone),
        cmocka_unit_test(without_a_place_regions_are_counted),
        cmocka_unit_test(triggers_are_evaluated_as_declared),
        cmocka_unit_test(an_agreement_alone_is_no_negotiation),
        cmocka_unit_test(a_deal_becomes_an_agreement),
        cmocka_unit_test(terms_of_options_survive_writing),
        cmocka_unit_test(a_real_front_line_is_read_by_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
