/* UTF-8: validity, and by utf8proc columns and folding for look-ups. */
#include <string.h>
#include <utf8proc.h>

#include "base/text.h"

/* ---- validity: RFC 3629, table 3-7 of the Unicode standard ---- */

static bool follows(unsigned char byte) {
    return (byte & 0xC0) == 0x80;
}

/* The range of the second byte leaves out what is overlong, the surrogates and what lies beyond U+10FFFF. */
static bool is_second(unsigned char first, unsigned char second) {
    if (first == 0xE0) return second >= 0xA0 && second <= 0xBF;
    if (first == 0xED) return second >= 0x80 && second <= 0x9F;
    if (first == 0xF0) return second >= 0x90 && second <= 0xBF;
    if (first == 0xF4) return second >= 0x80 && second <= 0x8F;
    return follows(second);
}

/* How many bytes a character beyond ASCII takes; 0: it is none. */
static size_t character_length(const unsigned char *b, size_t left) {
    if (b[0] >= 0xC2 && b[0] <= 0xDF) return left >= 2 && follows(b[1]) ? 2 : 0;
    if (b[0] >= 0xE0 && b[0] <= 0xEF) return left >= 3 && is_second(b[0], b[1]) && follows(b[2]) ? 3 : 0;
    if (b[0] < 0xF0 || b[0] > 0xF4 || left < 4) return 0;
    return is_second(b[0], b[1]) && follows(b[2]) && follows(b[3]) ? 4 : 0;
}

/* Four letters of two bytes each, as those of Cyrillic, Greek and Arabic are, at once. */
static bool are_four_pairs(const unsigned char *b) {
    static const unsigned char which[8] = {0xE0, 0xC0, 0xE0, 0xC0, 0xE0, 0xC0, 0xE0, 0xC0},
                               what[8] = {0xC0, 0x80, 0xC0, 0x80, 0xC0, 0x80, 0xC0, 0x80},
                               beyond[8] = {0x1E, 0, 0x1E, 0, 0x1E, 0, 0x1E, 0}, /* C0 and C1 are overlong */
        carry[8] = {0x7E, 0, 0x7E, 0, 0x7E, 0, 0x7E, 0}, top[8] = {0x80, 0, 0x80, 0, 0x80, 0, 0x80, 0};
    uint64_t word, mask, wanted, low, add, high;

    memcpy(&word, b, 8);
    memcpy(&mask, which, 8);
    memcpy(&wanted, what, 8);
    memcpy(&low, beyond, 8);
    memcpy(&add, carry, 8);
    memcpy(&high, top, 8);
    return (word & mask) == wanted && (((word & low) + add) & high) == high;
}

/* Behind the plain ASCII from here on, sixteen bytes at a time. */
static size_t pass_ascii(const unsigned char *bytes, size_t at, size_t length) {
    uint64_t words[2];

    while (length - at >= sizeof words) {
        memcpy(words, bytes + at, sizeof words);
        if (((words[0] | words[1]) & UINT64_C(0x8080808080808080)) != 0) break;
        at += sizeof words;
    }
    while (at < length && bytes[at] < 0x80) at++;
    return at;
}

size_t dt__utf8_valid(const char *bytes, size_t length) {
    const unsigned char *b = (const unsigned char *)bytes;
    size_t at = 0, step;

    while ((at = pass_ascii(b, at, length)) < length) {
        do { /* letters beyond ASCII mostly stand together, or with a space between */
            step = length - at >= 8 && are_four_pairs(b + at) ? 8 : character_length(b + at, length - at);
            if (step == 0) return at;
            at += step;
            at += at < length && b[at] == ' ';
        } while (at < length && b[at] >= 0x80);
    }
    return at;
}

/* ---- columns ---- */

size_t dt__utf8_width(const char *string) {
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)string;
    size_t width = 0;

    while (*at != 0) {
        utf8proc_int32_t code;
        utf8proc_ssize_t step = utf8proc_iterate(at, -1, &code);
        if (step <= 0) {
            at++;
            continue;
        }
        width += (size_t)utf8proc_charwidth(code);
        at += step;
    }
    return width;
}

/* Quotation marks and dashes of all kinds count as the plain ones. */
static utf8proc_int32_t plain_mark(utf8proc_int32_t code) {
    switch (code) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x2032: return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x2033:
    case 0x300C:
    case 0x300D:
    case 0x300E:
    case 0x300F: return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212: return '-';
    default: return code;
    }
}

static bool is_space(utf8proc_int32_t code) {
    utf8proc_category_t category = utf8proc_category(code);
    return code == '\t' || code == '\n' || code == '\r' || category == UTF8PROC_CATEGORY_ZS;
}

/* Plain marks, runs of white space as one space, none at the ends; returns the new length. */
static size_t plain_codes(utf8proc_int32_t *codes, size_t count) {
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        if (is_space(codes[i])) {
            if (kept > 0 && codes[kept - 1] != ' ') codes[kept++] = ' ';
        } else {
            codes[kept++] = plain_mark(codes[i]);
        }
    }
    while (kept > 0 && codes[kept - 1] == ' ') kept--;
    return kept;
}

char *dt__utf8_folded(dt_env *env, const char *string) {
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD;
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)string;
    utf8proc_ssize_t length = (utf8proc_ssize_t)strlen(string), room, used;
    utf8proc_int32_t *codes;
    char *folded = NULL;

    room = utf8proc_decompose(bytes, length, NULL, 0, options);
    if (room < 0) return NULL;
    codes = dt__resize(env, NULL, 0, (size_t)room + 1, sizeof *codes);
    if (codes == NULL) return NULL;
    utf8proc_decompose(bytes, length, codes, room, options);
    used = (utf8proc_ssize_t)plain_codes(codes, (size_t)room);
    used = utf8proc_reencode(codes, used, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (used >= 0) folded = dt__string_copy(env, (const char *)codes);
    DT__FREE(env, codes, (size_t)room + 1);
    return folded;
}
