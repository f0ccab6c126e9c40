/* The JSON scanner: tokens and places, what is refused, long input in constant memory, input that fails. */
#include "base/json_scan.h"
#include "chance.h"

#include <stdlib.h>
#include <string.h>

typedef struct scanned {
    dt_env *env;
    dt__text_source text;
    dt_source source;
    dt__json_scan scan;
} scanned;

static void scanned_init(scanned *s, const char *text) {
    assert_int_equal(dt_env_new(&s->env, NULL), DT_OK);
    s->text = (dt__text_source){.bytes = text, .length = strlen(text)};
    s->source = dt__source_of_text(&s->text);
    assert_int_equal(dt__json_init(&s->scan, &s->source, s->env), DT_OK);
}

static void scanned_clear(scanned *s) {
    dt__json_clear(&s->scan);
    dt_env_free(s->env);
}

static void assert_tokens(const char *text, const dt__json_token *tokens, size_t count) {
    scanned s;

    scanned_init(&s, text);
    for (size_t i = 0; i < count; i++) {
        dt__json_token token = dt__json_next(&s.scan);
        if (token != tokens[i]) fail_msg("%s: token %zu is %d, expected %d", text, i, (int)token, (int)tokens[i]);
    }
    scanned_clear(&s);
}

static void all_tokens_of_a_document(void **state) {
    static const dt__json_token tokens[] = {
        DT__JSON_OBJECT, DT__JSON_KEY,   DT__JSON_ARRAY,     DT__JSON_NUMBER,     DT__JSON_NUMBER, DT__JSON_TRUE,
        DT__JSON_FALSE,  DT__JSON_NULL,  DT__JSON_ARRAY_END, DT__JSON_KEY,        DT__JSON_OBJECT, DT__JSON_OBJECT_END,
        DT__JSON_KEY,    DT__JSON_ARRAY, DT__JSON_ARRAY_END, DT__JSON_OBJECT_END, DT__JSON_DONE,   DT__JSON_DONE};
    (void)state;
    assert_tokens("\xEF\xBB\xBF {\"a\" : [1, -2.5e-3, true,false, null], \"b\":{},\n\"c\":[]} ", tokens,
                  sizeof tokens / sizeof *tokens);
}

static void strings_numbers_and_places(void **state) {
    scanned s;

    (void)state;
    scanned_init(&s, "[\"a\\n\\u00e9\\ud83d\\ude00\\/\",\n  0.1, 1e400]");
    assert_int_equal(dt__json_next(&s.scan), DT__JSON_ARRAY);
    assert_int_equal(dt__json_next(&s.scan), DT__JSON_STRING);
    assert_string_equal(dt__text_get(&s.scan.text), "a\n\xC3\xA9\xF0\x9F\x98\x80/");
    assert_int_equal(dt__json_next(&s.scan), DT__JSON_NUMBER);
    assert_true(s.scan.number >= 0.1 && s.scan.number <= 0.1);
    assert_int_equal(s.scan.line, 2);
    assert_int_equal(s.scan.column, 3);
    assert_int_equal(dt__json_next(&s.scan), DT__JSON_WRONG); /* larger than any double */
    assert_int_equal(dt__json_next(&s.scan), DT__JSON_WRONG);
    scanned_clear(&s);
}

static void what_is_not_json_is_refused(void **state) {
    static const char *const texts[] = {
        "",      "[",   "[1,]",     "{\"a\"}",       "{\"a\":1,}", "[1 2]",   "01",          "+1",          "1.",
        ".5",    "1e",  "nul",      "\"a",           "\"\x01\"",   "\"\\q\"", "\"\\ud800\"", "\"\\u12g4\"", "[1}",
        "{1:2}", "1 1", "\"\xff\"", "[\"\\u0000\"]", "{\"a\":}",   "]"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        scanned s;
        dt__json_token token = DT__JSON_OBJECT;
        scanned_init(&s, texts[i]);
        for (int n = 0; n < 20 && token != DT__JSON_DONE && token != DT__JSON_WRONG; n++)
            token = dt__json_next(&s.scan);
        if (token != DT__JSON_WRONG) fail_msg("%s was taken for JSON", texts[i]);
        assert_non_null(s.scan.wrong);
        scanned_clear(&s);
    }
}

static void deep_nesting_is_refused_and_skipping_passes_values_by(void **state) {
    char deep[DT__JSON_DEPTH + 2];
    scanned s;

    (void)state;
    memset(deep, '[', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    scanned_init(&s, deep);
    for (int i = 0; i < DT__JSON_DEPTH; i++) assert_int_equal(dt__json_next(&s.scan), DT__JSON_ARRAY);
    assert_int_equal(dt__json_next(&s.scan), DT__JSON_WRONG);
    scanned_clear(&s);
    scanned_init(&s, "[{\"a\":[1,{\"b\":2}]},3]");
    assert_int_equal(dt__json_next(&s.scan), DT__JSON_ARRAY);
    assert_int_equal(dt__json_skip(&s.scan, dt__json_next(&s.scan)), DT__JSON_OBJECT_END);
    assert_int_equal(dt__json_next(&s.scan), DT__JSON_NUMBER);
    scanned_clear(&s);
}

/* ---- long and failing sources ---- */

typedef struct numbers {
    size_t left;
    bool fails;
} numbers;

static dt_status read_numbers(void *payload, char *bytes, size_t room, size_t *got) {
    numbers *n = payload;
    size_t at = 0;

    if (n->left == 0 && n->fails) return DT_ERR_IO;
    while (n->left > 0 && at + 2 <= room) {
        n->left--;
        bytes[at++] = '1';
        bytes[at++] = n->left > 0 ? ',' : ']';
    }
    *got = at;
    return DT_OK;
}

static void read_long(bool fails, dt__json_token expected) {
    numbers n = {.left = 300000, .fails = fails};
    dt_source source = {.read = read_numbers, .payload = &n};
    dt_env *env = NULL;
    dt__json_scan scan;
    dt__json_token token;
    size_t count = 0;

    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    assert_int_equal(dt__json_init(&scan, &source, env), DT_OK);
    scan.open[scan.depth++] = '['; /* the source starts inside an array */
    while ((token = dt__json_next(&scan)) == DT__JSON_NUMBER) count++;
    assert_int_equal(count, 300000);
    assert_int_equal(token, DT__JSON_ARRAY_END);
    assert_int_equal(dt__json_next(&scan), expected);
    dt__json_clear(&scan);
    dt_env_free(env);
}

static void long_input_is_read_and_failures_are_told(void **state) {
    (void)state;
    read_long(false, DT__JSON_DONE);
    read_long(true, DT__JSON_FAILED);
}

/* ---- doubles ---- */

static void doubles_are_the_nearest(void **state) {
    static const char *const good[] = {"0",
                                       "-0.1",
                                       "123456789.125",
                                       "9007199254740993",
                                       "1e22",
                                       "1.7976931348623157e308",
                                       "5e-324",
                                       "0.1234567890123456789",
                                       "22.250738585072011e-309",
                                       "+3",
                                       "5.",
                                       ".5"};
    static const char *const bad[] = {"",    "-",   ".",  "e5", "1e",    "1e+", "0x10",
                                      "nan", "inf", "1 ", " 1", "1e999", "1,5"};

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        double value = -1, expected = strtod(good[i], NULL);
        assert_true(dt__text_parse_double(&value, good[i]));
        assert_memory_equal(&value, &expected, sizeof value);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double value;
        if (dt__text_parse_double(&value, bad[i])) fail_msg("%s was taken for a number", bad[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_tokens_of_a_document),
        cmocka_unit_test(strings_numbers_and_places),
        cmocka_unit_test(what_is_not_json_is_refused),
        cmocka_unit_test(deep_nesting_is_refused_and_skipping_passes_values_by),
        cmocka_unit_test(long_input_is_read_and_failures_are_told),
        cmocka_unit_test(doubles_are_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
