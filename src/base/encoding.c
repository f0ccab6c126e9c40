#include "base/encoding.h"

#include <utf8proc.h>

size_t dt__utf8_put(char *to, uint32_t code) {
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)code, (utf8proc_uint8_t *)to);
}

uint32_t dt__windows_1252(unsigned char byte) {
    static const uint16_t codes[32] = {0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                       0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                       0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                       0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

    return byte >= 0x80 && byte < 0xA0 ? codes[byte - 0x80] : byte;
}

static uint32_t unit_at(const unsigned char *bytes, bool big_endian) {
    return big_endian ? (uint32_t)bytes[0] << 8 | bytes[1] : (uint32_t)bytes[1] << 8 | bytes[0];
}

size_t dt__utf16_take(uint32_t *code, const unsigned char *bytes, size_t length, bool big_endian) {
    uint32_t unit, low;

    if (length < 2) return 0;
    *code = unit = unit_at(bytes, big_endian);
    if (unit < 0xD800 || unit >= 0xE000) return 2;
    *code = DT__REPLACEMENT;
    if (unit >= 0xDC00) return 2;
    if (length < 4) return 0;
    low = unit_at(bytes + 2, big_endian);
    if (low < 0xDC00 || low >= 0xE000) return 2;
    *code = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    return 4;
}
