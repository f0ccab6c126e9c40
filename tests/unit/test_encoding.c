/* Encodings: code points to UTF-8 and back through utf8proc's check, UTF-16 of either order, Windows-1252. */
#include "base/encoding.h"

#include "base/text.h"
#include "chance.h"

static void every_code_point_survives_utf16_in_either_order(void **state) {
    (void)state;
    for (uint32_t code = 0; code < 0x110000; code += code < 0x3000 ? 1 : 37) {
        uint32_t high = 0xD800 + ((code - 0x10000) >> 10), low = 0xDC00 + (code & 0x3FF), read = 0;
        unsigned char big[4], little[4];
        size_t length = code < 0x10000 ? 2 : 4;
        if (code >= 0xD800 && code < 0xE000) continue;
        if (code < 0x10000) high = code;
        big[0] = little[1] = (unsigned char)(high >> 8);
        big[1] = little[0] = (unsigned char)high;
        big[2] = little[3] = (unsigned char)(low >> 8);
        big[3] = little[2] = (unsigned char)low;
        assert_int_equal(dt__utf16_take(&read, big, length, true), length);
        assert_int_equal(read, code);
        assert_int_equal(dt__utf16_take(&read, little, length, false), length);
        assert_int_equal(read, code);
        assert_int_equal(dt__utf16_take(&read, big, length - 1, true), 0);
    }
}

static void halves_of_pairs_are_replaced(void **state) {
    static const unsigned char low_alone[] = {0xDC, 0x00, 0x00, 0x41}, high_alone[] = {0xD8, 0x00, 0x00, 0x41};
    uint32_t code = 0;

    (void)state;
    assert_int_equal(dt__utf16_take(&code, low_alone, 4, true), 2);
    assert_int_equal(code, DT__REPLACEMENT);
    assert_int_equal(dt__utf16_take(&code, high_alone, 4, true), 2);
    assert_int_equal(code, DT__REPLACEMENT);
    assert_int_equal(dt__utf16_take(&code, high_alone, 2, true), 0);
}

static void what_is_put_is_valid(void **state) {
    char bytes[DT__UTF8_MOST];

    (void)state;
    for (uint32_t code = 1; code < 0x110000; code += 7) {
        size_t length = dt__utf8_put(bytes, code);
        if (code >= 0xD800 && code < 0xE000) continue;
        assert_int_equal(length, code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
        assert_int_equal(dt__utf8_valid(bytes, length), length);
    }
}

static void windows_1252_is_latin_1_but_for_its_marks(void **state) {
    (void)state;
    for (unsigned byte = 0; byte < 256; byte++)
        if (byte < 0x80 || byte >= 0xA0) assert_int_equal(dt__windows_1252((unsigned char)byte), byte);
    assert_int_equal(dt__windows_1252(0x80), 0x20AC);
    assert_int_equal(dt__windows_1252(0x8A), 0x0160);
    assert_int_equal(dt__windows_1252(0x93), 0x201C);
    assert_int_equal(dt__windows_1252(0x9F), 0x0178);
    assert_int_equal(dt__windows_1252(0x81), 0x81);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_survives_utf16_in_either_order),
        cmocka_unit_test(halves_of_pairs_are_replaced),
        cmocka_unit_test(what_is_put_is_valid),
        cmocka_unit_test(windows_1252_is_latin_1_but_for_its_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
