/* The calendar against the system's own, and moments as text. */
#include "base/calendar.h"

#include <time.h>

#include "chance.h"

static void days_are_those_of_the_system(void **state) {
    (void)state;
    for (int64_t days = -25000; days < 60000; days += 7) {
        time_t seconds = (time_t)(days * 86400);
        int32_t year;
        uint8_t month, day;
        struct tm t;
        assert_non_null(gmtime_r(&seconds, &t));
        dt__civil_of(days, &year, &month, &day);
        assert_int_equal(year, t.tm_year + 1900);
        assert_int_equal(month, t.tm_mon + 1);
        assert_int_equal(day, t.tm_mday);
        assert_int_equal(dt__weekday_of(days), (t.tm_wday + 6) % 7);
        assert_int_equal(dt__days_of(year, month, day), days);
        assert_true(day <= dt__month_length(year, month));
    }
}

static void instants_are_written_as_far_as_is_asked(void **state) {
    static const struct {
        int64_t seconds;
        dt__fineness fineness;
        const char *text;
    } cases[] = {{0, DT__TO_THE_SECOND, "1970-01-01T00:00:00Z"},
                 {-1, DT__TO_THE_SECOND, "1969-12-31T23:59:59Z"},
                 {1745085905, DT__TO_THE_MINUTE, "2025-04-19T18:05Z"},
                 {1745085905, DT__TO_THE_DAY, "2025-04-19"},
                 {-36900000000, DT__TO_THE_DAY, "0800-09-07"}};
    dt_env *env;
    dt__text text;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dt__text_init(&text, env);
        dt__text_add_instant(&text, cases[i].seconds, cases[i].fineness);
        assert_string_equal(dt__text_get(&text), cases[i].text);
        dt__text_clear(&text);
    }
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_those_of_the_system),
        cmocka_unit_test(instants_are_written_as_far_as_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
