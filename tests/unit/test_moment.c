/* Moments: the calendar, zones as they were on given days, and what a written time says. */
#include "base/env.h"
#include "chance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "moment/moment.h"

static dt_env *new_environment(void) {
    dt_env *env = NULL;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    return env;
}

/* ---- calendar ---- */

static void days_go_there_and_back(void **state) {
    (void)state;
    assert_int_equal(dt__days_of(1970, 1, 1), 0);
    assert_int_equal(dt__days_of(2000, 3, 1), 11017);
    assert_int_equal(dt__days_of(1969, 12, 31), -1);
    for (int64_t day = -800000; day < 800000; day += 37) {
        dt__wall wall;
        dt__date_of(day, &wall);
        assert_int_equal(dt__days_of(wall.year, wall.month, wall.day), day);
        assert_true(wall.day >= 1 && wall.day <= dt__month_length(wall.year, wall.month));
    }
    assert_int_equal(dt__weekday_of(dt__days_of(2025, 4, 20)), 6); /* Easter is a Sunday */
    assert_int_equal(dt__weekday_of(-4), 6);
}

/* ---- a zone made by hand: TZif version 2 with three transitions and a rule ---- */

static size_t put32(unsigned char *b, size_t at, uint32_t v) {
    for (int i = 0; i < 4; i++) b[at + (size_t)i] = (unsigned char)(v >> (24 - 8 * i));
    return at + 4;
}

static size_t put_header(unsigned char *b, size_t at, uint32_t times) {
    static const uint32_t rest[] = {0, 0, 0};
    memcpy(b + at, "TZif2", 5);
    memset(b + at + 5, 0, 15);
    at += 20;
    for (int i = 0; i < 3; i++) at = put32(b, at, rest[i]);
    at = put32(b, at, times);
    at = put32(b, at, 2);   /* types */
    return put32(b, at, 4); /* letters */
}

static size_t put_types(unsigned char *b, size_t at) {
    at = put32(b, at, 7200);
    b[at++] = 0;
    b[at++] = 0;
    at = put32(b, at, 10800);
    b[at++] = 1;
    b[at++] = 0;
    memcpy(b + at, "XYZ", 4);
    return at + 4;
}

/* Summer of 2024 is written out, later years by the rule of the European Union. */
static size_t europe(unsigned char *b) {
    static const int64_t times[] = {1711846800, 1729990800}; /* 2024-03-31 01:00 UTC, 2024-10-27 01:00 UTC */
    static const char rule[] = "\nEET-2EEST,M3.5.0/3,M10.5.0/4\n";
    size_t at = put_header(b, 0, 0);

    at = put_types(b, at);
    at = put_header(b, at, 2);
    for (int i = 0; i < 2; i++) at = put32(b, put32(b, at, (uint32_t)(times[i] >> 32)), (uint32_t)times[i]);
    b[at++] = 1;
    b[at++] = 0;
    at = put_types(b, at);
    memcpy(b + at, rule, sizeof rule - 1);
    return at + sizeof rule - 1;
}

static dt__moment moment_of(const char *text) {
    dt__written w;
    assert_true(dt__written_parse(&w, text, DT__YEAR_FIRST));
    return dt__written_span(&w, NULL).lo;
}

static dt__interval span_of(const char *text, const dt__zone *zone) {
    dt__written w;
    if (!dt__written_parse(&w, text, DT__YEAR_FIRST)) fail_msg("%s was not read", text);
    return dt__written_span(&w, zone);
}

static void a_zone_has_summers_by_list_and_by_rule(void **state) {
    unsigned char bytes[512];
    size_t size = europe(bytes);
    dt_env *env = new_environment();
    dt__zone *zone = NULL;
    dt__interval span;

    (void)state;
    assert_int_equal(dt__zone_new(&zone, "Test/Zone", bytes, size, env), DT_OK);
    assert_int_equal(dt__zone_offset(zone, moment_of("2024-01-01 00:00Z")), 7200);
    assert_int_equal(dt__zone_offset(zone, moment_of("2024-07-01 00:00Z")), 10800);
    assert_int_equal(dt__zone_offset(zone, moment_of("2025-03-30 00:59Z")), 7200); /* by the rule from here on */
    assert_int_equal(dt__zone_offset(zone, moment_of("2025-03-30 01:00Z")), 10800);
    assert_int_equal(dt__zone_offset(zone, moment_of("2035-10-28 00:59Z")), 10800);
    assert_int_equal(dt__zone_offset(zone, moment_of("2035-10-28 01:00Z")), 7200);
    span = span_of("2025-10-26 03:30", zone); /* shown twice */
    assert_int_equal(span.lo, moment_of("2025-10-26 00:30Z"));
    assert_int_equal(span.hi, moment_of("2025-10-26 01:31Z"));
    span = span_of("2025-03-30 03:30", zone); /* never shown */
    assert_int_equal(span.lo, moment_of("2025-03-30 01:00Z"));
    assert_int_equal(span_of("2025-03-30", zone).hi - span_of("2025-03-30", zone).lo, 23 * 3600);
    assert_int_equal(span_of("2025-10-26", zone).hi - span_of("2025-10-26", zone).lo, 25 * 3600);
    dt__zone_free(zone, env);
    dt_env_free(env);
}

static void broken_zone_files_are_refused(void **state) {
    unsigned char bytes[512], broken[512];
    size_t size = europe(bytes);
    dt_env *env = new_environment();

    (void)state;
    for (size_t cut = 0; cut < size; cut++) {
        dt__zone *zone = NULL;
        unsigned char *exact = malloc(cut == 0 ? 1 : cut); /* so that a sanitizer sees reads beyond it */
        memcpy(exact, bytes, cut);
        if (dt__zone_new(&zone, "X", exact, cut, env) == DT_OK) dt__zone_free(zone, env);
        free(exact);
    }
    for (size_t at = 0; at < size; at++) {
        dt__zone *zone = NULL;
        memcpy(broken, bytes, size);
        broken[at] ^= 0x81;
        if (dt__zone_new(&zone, "X", broken, size, env) != DT_OK) continue;
        (void)dt__zone_offset(zone, 1750000000);
        dt__zone_free(zone, env);
    }
    dt_env_free(env);
}

/* The zones of the system, where it has them: Moscow and Kyiv differ by an hour in winter, by none in summer. */
static dt__zone *system_zone(const char *name, dt_env *env) {
    char path[128], bytes[8192];
    dt__zone *zone = NULL;
    FILE *file;
    size_t size;

    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
    if ((file = fopen(path, "rb")) == NULL) return NULL;
    size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    assert_int_equal(dt__zone_new(&zone, name, bytes, size, env), DT_OK);
    return zone;
}

static void moscow_and_kyiv(void **state) {
    dt_env *env = new_environment();
    dt__zone *kyiv = system_zone("Europe/Kyiv", env), *moscow = system_zone("Europe/Moscow", env);

    (void)state;
    if (kyiv == NULL || moscow == NULL) {
        print_message("no /usr/share/zoneinfo: skipped\n");
        dt__zone_free(kyiv, env);
        dt__zone_free(moscow, env);
        dt_env_free(env);
        skip();
    }
    assert_int_equal(span_of("2025-04-19T18:00", moscow).lo, span_of("2025-04-19T18:00", kyiv).lo);
    assert_int_equal(span_of("2025-01-19T18:00", kyiv).lo - span_of("2025-01-19T18:00", moscow).lo, 3600);
    assert_int_equal(dt__zone_offset(moscow, span_of("2014-09-05T18:00", moscow).lo),
                     4 * 3600); /* until October 2014 */
    assert_int_equal(dt__zone_offset(moscow, span_of("2060-07-01", moscow).lo), 3 * 3600);
    assert_int_equal(dt__zone_offset(kyiv, span_of("2060-07-01", kyiv).lo), 3 * 3600);
    dt__zone_free(kyiv, env);
    dt__zone_free(moscow, env);
    dt_env_free(env);
}

/* ---- as written ---- */

static void written_times_have_their_precision(void **state) {
    static const struct {
        const char *text;
        dt__date_order order;
        const char *from;
        int64_t length;
    } rows[] = {{"2025-04-19", DT__YEAR_FIRST, "2025-04-19 00:00Z", 86400},
                {" 2025-04-19 ", DT__YEAR_FIRST, "2025-04-19 00:00Z", 86400},
                {"2025-04-19T18", DT__YEAR_FIRST, "2025-04-19 18:00Z", 3600},
                {"2025-04-19 8:05", DT__YEAR_FIRST, "2025-04-19 08:05Z", 60},
                {"2025-04-19 18:05:09.25", DT__YEAR_FIRST, "2025-04-19 18:05:09Z", 1},
                {"2025-04-19T18:05+03:00", DT__YEAR_FIRST, "2025-04-19 15:05Z", 60},
                {"2025-04-19T18:05-0330", DT__YEAR_FIRST, "2025-04-19 21:35Z", 60},
                {"2025-04-19 24:00", DT__YEAR_FIRST, "2025-04-20 00:00Z", 60},
                {"2024-02", DT__YEAR_FIRST, "2024-02-01 00:00Z", 29 * 86400},
                {"2023", DT__YEAR_FIRST, "2023-01-01 00:00Z", 365 * 86400},
                {"9/5/2014 12:00:00 AM", DT__MONTH_FIRST, "2014-09-05 00:00:00Z", 1},
                {"9/5/2014 1:30 PM", DT__MONTH_FIRST, "2014-09-05 13:30Z", 60},
                {"05.09.2014", DT__DAY_FIRST, "2014-09-05 00:00Z", 86400},
                {"2014-09-05", DT__DAY_FIRST, "2014-09-05 00:00Z", 86400}};
    static const char *const wrong[] = {
        "",           "2025-13-01",          "2025-02-29",  "2025-04-19 25:00", "2025-04-19 12:60",    "2025-04-19x",
        "19-04-2025", "2025-04-19 12:00 XM", "2025-04-19T", "20250419",         "2025-04-19 13:00 PM", "2025-00-10",
        "2025-04-31"};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dt__written w;
        dt__interval span;
        if (!dt__written_parse(&w, rows[i].text, rows[i].order)) fail_msg("%s was not read", rows[i].text);
        span = dt__written_span(&w, NULL);
        assert_int_equal(span.lo, moment_of(rows[i].from));
        assert_int_equal(span.hi - span.lo, rows[i].length);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        dt__written w;
        if (dt__written_parse(&w, wrong[i], DT__YEAR_FIRST)) fail_msg("%s was read", wrong[i]);
    }
}

static void moments_are_printed_as_they_are_written(void **state) {
    dt_env *env = new_environment();
    dt__text text;

    (void)state;
    dt__text_init(&text, env);
    dt__moment_print(&text, moment_of("2025-04-09 08:05Z"), NULL);
    assert_string_equal(dt__text_get(&text), "2025-04-09 08:05");
    dt__text_reset(&text);
    dt__moment_print(&text, -1, NULL);
    assert_string_equal(dt__text_get(&text), "1969-12-31 23:59:59");
    dt__text_clear(&text);
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_go_there_and_back),
        cmocka_unit_test(a_zone_has_summers_by_list_and_by_rule),
        cmocka_unit_test(broken_zone_files_are_refused),
        cmocka_unit_test(moscow_and_kyiv),
        cmocka_unit_test(written_times_have_their_precision),
        cmocka_unit_test(moments_are_printed_as_they_are_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
