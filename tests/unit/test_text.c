/* Text: growing buffers, doubles in any locale, messages, UTF-8, near names. */
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>

#include "base/text.h"
#include "chance.h"

enum { ROUNDS = 20000 };

static dt_env *env;
static dt__text text;

static int set_up(void **state) {
    (void)state;
    if (dt_env_new(&env, NULL) != DT_OK) return -1;
    dt__text_init(&text, env);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    dt__text_clear(&text);
    dt_env_free(env);
    return 0;
}

/* ---- the buffer ---- */

static void a_buffer_grows_and_is_always_ended(void **state) {
    char *taken;

    (void)state;
    dt__text_clear(&text);
    assert_string_equal(dt__text_get(&text), "");
    for (int i = 0; i < 1000; i++) {
        dt__text_add_char(&text, (char)('a' + i % 26));
        assert_int_equal(strlen(dt__text_get(&text)), i + 1);
    }
    dt__text_add_repeated(&text, '-', 500);
    dt__text_add_bytes(&text, "xyz", 2);
    dt__text_add_bytes(&text, NULL, 0);
    assert_int_equal(text.length, 1502);
    assert_string_equal(dt__text_get(&text) + 1495, "-----xy");
    dt__text_reset(&text);
    assert_string_equal(dt__text_get(&text), "");
    dt__text_add_unsigned(&text, 0);
    dt__text_add(&text, " ");
    dt__text_add_unsigned(&text, UINT64_MAX);
    taken = dt__text_take(&text);
    assert_string_equal(taken, "0 18446744073709551615");
    assert_string_equal(dt__text_get(&text), "");
    assert_int_equal(dt__text_status(&text), DT_OK);
    dt__string_free(env, taken);
    dt__string_free(env, NULL);
}

/* ---- doubles ---- */

static const char *double_text(double value) {
    dt__text_reset(&text);
    dt__text_add_double(&text, value);
    return dt__text_get(&text);
}

/* Digits that matter: without sign, point, exponent, and zeros at either end. */
static int significant_digits(const char *number) {
    int count = 0, zeros = 0;
    for (; *number != '\0' && *number != 'e'; number++) {
        if (*number < '0' || *number > '9' || (count == 0 && *number == '0')) continue;
        zeros = *number == '0' ? zeros + 1 : 0;
        count++;
    }
    return count - zeros;
}

static void assert_shortest(double value) {
    char point[2] = {localeconv()->decimal_point[0], '\0'}, again[64], local[64];
    const char *number = double_text(value);
    size_t n = 0;
    double back;

    for (const char *c = number; *c != '\0' && n + 1 < sizeof local; c++) local[n++] = *c == '.' ? point[0] : *c;
    local[n] = '\0';
    if (strspn(number, "0123456789.eE+-") != strlen(number)) fail_msg("%a is written as %s", value, number);
    back = strtod(local, NULL);
    if (!(back >= value && back <= value)) fail_msg("%a is written as %s, which is %a", value, number, back);
    if (fabs(value) >= 0x1p53) return; /* a whole number may be written in full */
    for (int precision = 1; precision < significant_digits(number); precision++) {
        snprintf(again, sizeof again, "%.*e", precision - 1, value);
        back = strtod(again, NULL);
        if (back >= value && back <= value) fail_msg("%s is shorter than %s", again, number);
    }
}

static void assert_doubles_read_back(void) {
    static const double edges[] = {0,           1,
                                   -1,          0.1,
                                   1.0 / 3,     100,
                                   1e15,        1e16,
                                   1e17,        1e22,
                                   1e23,        123456789012345680.0,
                                   1e-4,        1e-5,
                                   1e-6,        0.00001234,
                                   5e-324,      DBL_MIN,
                                   DBL_MAX,     -DBL_MAX,
                                   DBL_EPSILON, 9007199254740993.0,
                                   0.3,         2.5,
                                   1e300,       1e-300};
    chance c = chance_of(chance_seed(__func__), 0);

    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) assert_shortest(edges[i]);
    for (int i = 0; i < ROUNDS; i++) {
        uint64_t bits = chance_word(&c);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value)) assert_shortest(value);
        assert_shortest(ldexp((double)(bits >> 11), chance_between(&c, -75, 5))); /* 10^-7 to 10^17 */
        assert_shortest(ldexp(1, chance_between(&c, -20, 60)) * (1 + chance_between(&c, -2, 2) * DBL_EPSILON));
        assert_shortest((double)chance_between(&c, -100000, 100000) / 1000);
    }
}

static void doubles_are_short_and_read_back(void **state) {
    (void)state;
    assert_doubles_read_back();
    assert_string_equal(double_text(0.1), "0.1");
    assert_string_equal(double_text(100), "100");
    assert_string_equal(double_text(-2.5), "-2.5");
    assert_string_equal(double_text(0), "0");
    assert_string_equal(double_text((double)NAN), "null");
    assert_string_equal(double_text((double)INFINITY), "null");
    assert_string_equal(double_text(-(double)INFINITY), "null");
}

/* A decimal comma, where the machine has a locale with one. */
static void doubles_are_the_same_in_any_locale(void **state) {
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8",  "fr_FR.UTF-8", "fr_FR.utf8",
                                        "da_DK.UTF-8", "pl_PL.UTF-8", "ru_RU.UTF-8"};
    bool found = false;

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names && !found; i++) {
        found = setlocale(LC_ALL, names[i]) != NULL && strcmp(localeconv()->decimal_point, ",") == 0;
    }
    if (!found) {
        setlocale(LC_ALL, "C");
        print_message("skipped: no locale with a decimal comma on this machine\n");
        skip();
    }
    assert_string_equal(double_text(2.5), "2.5");
    assert_doubles_read_back();
    setlocale(LC_ALL, "C");
}

/* ---- messages ---- */

static void messages_are_filled_in_by_number(void **state) {
    const char *const arguments[] = {"A", "B{0}", "C"};

    (void)state;
    dt__text_reset(&text);
    dt__text_add_filled(&text, "{2}-{0}{0} {1} {3}| {} {x} {12} {0", arguments, 3);
    assert_string_equal(dt__text_get(&text), "C-AA B{0} | {} {x} {12} {0");
    dt__text_reset(&text);
    dt__text_message(&text, "no such message: {1}, {0}", "x", "y", NULL);
    assert_string_equal(dt__text_get(&text), "no such message: y, x");
    dt__text_reset(&text);
    dt__text_message(&text, "{0}", "%s%n{0}", NULL);
    assert_string_equal(dt__text_get(&text), "%s%n{0}");
}

/* ---- UTF-8 ---- */

static size_t valid(const char *bytes) {
    return dt__utf8_valid(bytes, strlen(bytes));
}

static void only_valid_utf8_is_valid(void **state) {
    static const char *const good[] = {"",
                                       "abc",
                                       "\xC3\xA9",
                                       "\xE5\x8C\x97\xE6\x96\xB9",
                                       "\xF0\x9F\x98\x80",
                                       "\xED\x9F\xBF",
                                       "\xEE\x80\x80",
                                       "\xF4\x8F\xBF\xBF",
                                       "\xC2\x80",
                                       "\xE0\xA0\x80",
                                       "\xF0\x90\x80\x80"};
    static const char *const bad[] = {
        "\x80",
        "\xBF",
        "\xC0\x80",
        "\xC1\xBF", /* stray, overlong of two */
        "\xE0\x80\x80",
        "\xE0\x9F\xBF",
        "\xF0\x80\x80\x80",
        "\xF0\x8F\xBF\xBF", /* overlong */
        "\xED\xA0\x80",
        "\xED\xBF\xBF", /* surrogates */
        "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80",
        "\xFF",
        "\xFE", /* beyond 10FFFF */
        "\xC3",
        "\xE5\x8C",
        "\xF0\x9F\x98",
        "\xE5",
        "\xC3(",
        "\xE5\x8C(",
        "\xF0\x9F\x98(", /* cut short */
    };
    char padded[16];

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) assert_int_equal(valid(good[i]), strlen(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(valid(bad[i]), 0);
        snprintf(padded, sizeof padded, "ab\xC3\xA9%s", bad[i]);
        assert_int_equal(valid(padded), 4);
    }
    assert_int_equal(dt__utf8_valid("a\0b", 3), 3);
    assert_int_equal(dt__utf8_valid("\xE5\x8C\x97", 2), 0); /* never beyond the length */
}

/* Long runs are looked at several bytes at a time: the same as piece by piece, whatever stands in whichever place. */
static void runs_are_valid_as_their_pieces_are(void **state) {
    static const char *const runs[] = {"ДДДДДДДДДД", "Д ДД ДДДДД Д", "abcdefghijklmnopqrstuvwx", "北方北方北方",
                                       "é北\xF0\x9F\x98\x80x"};

    (void)state;
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        char bytes[64];
        size_t length = strlen(runs[i]);
        for (size_t k = 0; k < length; k++)
            for (int c = 0; c < 256; c++) {
                size_t at = 0, step;
                memcpy(bytes, runs[i], length);
                bytes[k] = (char)c;
                do { /* at most four bytes at a time */
                    size_t left = length - at;
                    for (step = 1; step <= 4 && step <= left && dt__utf8_valid(bytes + at, step) < step;) step++;
                    if (step > 4 || step > left) break;
                    at += step;
                } while (at < length);
                assert_int_equal(dt__utf8_valid(bytes, length), at);
            }
    }
}

static void widths_are_columns(void **state) {
    (void)state;
    assert_int_equal(dt__utf8_width(""), 0);
    assert_int_equal(dt__utf8_width("abc"), 3);
    assert_int_equal(dt__utf8_width("北方"), 4);
    assert_int_equal(dt__utf8_width("停火，"), 6);
    assert_int_equal(dt__utf8_width("e\xCC\x81"), 1); /* combining acute */
    assert_int_equal(dt__utf8_width("é"), 1);
    assert_int_equal(dt__utf8_width("\xF0\x9F\x98\x80"), 2); /* emoji */
    assert_int_equal(dt__utf8_width("한국"), 4);
    assert_int_equal(dt__utf8_width("ｱｲ"), 2); /* half-width */
    assert_int_equal(dt__utf8_width("Ａ"), 2); /* full-width */
}

static void assert_folded(const char *string, const char *expected) {
    char *folded = dt__utf8_folded(env, string);
    assert_non_null(folded);
    assert_string_equal(folded, expected);
    dt__string_free(env, folded);
}

static void folded_texts_are_alike_where_readers_see_no_difference(void **state) {
    (void)state;
    assert_folded("", "");
    assert_folded("Hello World", "hello world");
    assert_folded("  a \t\n b\xC2\xA0\xE3\x80\x80 c ", "a b c");
    assert_folded("Straße", "strasse");
    assert_folded("e\xCC\x81", "é");
    assert_folded("É", "é");
    assert_folded("“a” ‘b’ 「c」", "\"a\" 'b' \"c\"");
    assert_folded("1–2—3−4", "1-2-3-4");
    assert_folded("ＡＢＣ１", "abc1");
    assert_folded("ﬁ", "fi");
    assert_folded("北方", "北方");
}

static void folding_twice_changes_nothing_more(void **state) {
    chance c = chance_of(chance_seed(__func__), 1);

    (void)state;
    for (int i = 0; i < 3000; i++) {
        char bytes[64];
        char *once, *twice;
        size_t n = 0;
        for (uint32_t k = chance_below(&c, 12); k > 0; k--) { /* code points below 2^16 but surrogates */
            uint32_t code = 1 + chance_below(&c, chance_once_in(&c, 2) ? 0x2FF : 0xD7FE);
            if (code < 0x80) bytes[n++] = (char)code;
            else if (code < 0x800) {
                bytes[n++] = (char)(0xC0 | code >> 6);
                bytes[n++] = (char)(0x80 | (code & 63));
            } else {
                bytes[n++] = (char)(0xE0 | code >> 12);
                bytes[n++] = (char)(0x80 | (code >> 6 & 63));
                bytes[n++] = (char)(0x80 | (code & 63));
            }
        }
        bytes[n] = '\0';
        once = dt__utf8_folded(env, bytes);
        assert_non_null(once);
        assert_int_equal(valid(once), strlen(once));
        twice = dt__utf8_folded(env, once);
        assert_non_null(twice);
        dt__string_free(env, once);
        dt__string_free(env, twice);
    }
}

/* ---- near names ---- */

static void the_nearest_name_is_found_if_it_is_near(void **state) {
    static const char *const names[] = {"ceasefire", "forces", "aid", "offensive"};
    char huge[200];

    (void)state;
    assert_string_equal(dt__nearest("ceasfire", names, 4), "ceasefire");
    assert_string_equal(dt__nearest("froces", names, 4), "forces");
    assert_string_equal(dt__nearest("ofensive", names, 4), "offensive");
    assert_string_equal(dt__nearest("adi", names, 4), "aid");
    assert_null(dt__nearest("zzzzzzzz", names, 4));
    assert_null(dt__nearest("", names, 4));
    assert_null(dt__nearest("forces", names, 0));
    memset(huge, 'a', sizeof huge - 1);
    huge[sizeof huge - 1] = '\0';
    assert_null(dt__nearest(huge, names, 4));
    assert_null(dt__nearest("aid", (const char *const[]){huge}, 1));
}

static void the_nearest_few_are_given_however_far(void **state) {
    static const char *const names[] = {"Odessa Oblast", "UKR", "DONETSK OBLAST", "Luhansk Oblast", "Odessa Oblast"};
    size_t found[5];

    (void)state;
    assert_int_equal(dt__nearest_few("Donetsk Oblst", names, 5, found, 3), 3);
    assert_int_equal(found[0], 2);
    assert_int_equal(found[1], 0); /* of equal ones the first */
    assert_int_equal(found[2], 4);
    assert_int_equal(dt__nearest_few("x", names, 5, found, 5), 5);
    assert_int_equal(found[0], 1);
    assert_int_equal(dt__nearest_few("x", names, 0, found, 5), 0);
    assert_int_equal(dt__nearest_few("x", names, 5, found, 0), 0);
}

/* ---- blanks ---- */

static void assert_trimmed(const char *string, const char *expected) {
    size_t length;
    const char *begin = dt__trimmed(string, &length);

    assert_int_equal(length, strlen(expected));
    assert_memory_equal(begin, expected, length);
}

static void blanks_around_a_text_are_taken_off(void **state) {
    (void)state;
    assert_trimmed("", "");
    assert_trimmed("a", "a");
    assert_trimmed(" \t\r\n", "");
    assert_trimmed(" a b ", "a b");
    assert_trimmed("\xC2\xA0\xE2\x80\xAF"
                   "Київ\xE3\x80\x80\xE2\x80\x8B\xE2\x80\x87",
                   "Київ");
    assert_trimmed("\xEF\xBB\xBF"
                   "a\xA0",
                   "a\xA0"); /* what is no UTF-8 is left */
    assert_trimmed("\xC2\xA0", "");
    assert_trimmed("Р\xC2\xA0", "Р"); /* D0 A0: a letter */
}

static void names_are_near_when_few_letters_differ(void **state) {
    static const char *const names[] = {"russia", "iraq", "russian federation", "north"};
    char huge[200];

    (void)state;
    assert_ptr_equal(dt__nearest_spelling("rusia", names, 4), names[0]);
    assert_ptr_equal(dt__nearest_spelling("russia", names, 4), names[0]);
    assert_ptr_equal(dt__nearest_spelling("rusian federatoin", names, 4), names[2]);
    assert_ptr_equal(dt__nearest_spelling("nroth", names, 4), names[3]);
    assert_null(dt__nearest_spelling("iran", names, 4));
    assert_null(dt__nearest_spelling("prussian confederation", names, 4));
    assert_null(dt__nearest_spelling("russi", names, 0));
    memset(huge, 'a', sizeof huge - 1);
    huge[sizeof huge - 1] = '\0';
    assert_null(dt__nearest_spelling(huge, (const char *const[]){huge}, 1));
    assert_null(dt__nearest_spelling("north", (const char *const[]){huge}, 1));
}

/* Only commas become points, and only where there is room. */
static void commas_become_points(void **state) {
    char out[6];

    (void)state;
    assert_true(dt__text_decimal_points(out, sizeof out, "-37,9"));
    assert_string_equal(out, "-37.9");
    assert_true(dt__text_decimal_points(out, sizeof out, ""));
    assert_string_equal(out, "");
    assert_false(dt__text_decimal_points(out, sizeof out, "-37,95"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_buffer_grows_and_is_always_ended),
        cmocka_unit_test(doubles_are_short_and_read_back),
        cmocka_unit_test(doubles_are_the_same_in_any_locale),
        cmocka_unit_test(messages_are_filled_in_by_number),
        cmocka_unit_test(only_valid_utf8_is_valid),
        cmocka_unit_test(runs_are_valid_as_their_pieces_are),
        cmocka_unit_test(widths_are_columns),
        cmocka_unit_test(folded_texts_are_alike_where_readers_see_no_difference),
        cmocka_unit_test(folding_twice_changes_nothing_more),
        cmocka_unit_test(the_nearest_name_is_found_if_it_is_near),
        cmocka_unit_test(the_nearest_few_are_given_however_far),
        cmocka_unit_test(blanks_around_a_text_are_taken_off),
        cmocka_unit_test(names_are_near_when_few_letters_differ),
        cmocka_unit_test(commas_become_points),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
