/* UTF-8: validity, and by utf8proc columns and folding for look-ups. */
#include <string.h>
#include <utf8proc.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

#ifdef __SSE2__
static unsigned mask_of(__m128i bytes) {
    return (unsigned)_mm_movemask_epi8(bytes);
}

/* Sixteen bytes at a time as long as all are ASCII or characters of two bytes, as those of Cyrillic, Greek and Arabic
 * are: then the bytes that follow have to stand just behind those that lead. */
static size_t pass_blocks(const unsigned char *bytes, size_t at, size_t length) {
    unsigned open = 0; /* does a byte that leads stand right before this block? */

    for (; length - at >= 16; at += 16) {
        __m128i block = _mm_loadu_si128((const __m128i *)(const void *)(bytes + at));
        unsigned high = mask_of(block), leading, following;
        if (high == 0 && open == 0) continue;
        /* as signed bytes: 80 to BF are below C0, C2 to DF above C1 and below E0 */
        following = mask_of(_mm_cmplt_epi8(block, _mm_set1_epi8((char)0xC0)));
        leading = mask_of(_mm_and_si128(_mm_cmpgt_epi8(block, _mm_set1_epi8((char)0xC1)),
                                        _mm_cmplt_epi8(block, _mm_set1_epi8((char)0xE0))));
        if ((following | leading) != high || following != ((leading << 1 | open) & 0xFFFFU)) break;
        open = leading >> 15;
    }
    return at - open;
}
#else
static size_t pass_blocks(const unsigned char *bytes, size_t at, size_t length) {
    uint64_t words[2];

    for (; length - at >= sizeof words; at += sizeof words) {
        memcpy(words, bytes + at, sizeof words);
        if (((words[0] | words[1]) & UINT64_C(0x8080808080808080)) != 0) break;
    }
    return at;
}
#endif

size_t dt__utf8_valid(const char *bytes, size_t length) {
    const unsigned char *b = (const unsigned char *)bytes;
    size_t at = 0;

    while ((at = pass_blocks(b, at, length)) < length) {
        for (size_t stop = at + 16; at < stop && at < length;) {
            size_t step = b[at] < 0x80 ? 1 : character_length(b + at, length - at);
            if (step == 0) return at;
            at += step;
        }
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

/* ---- blanks ---- */

static const char *const blanks[] = {
    " ", "\t", "\r", "\n", "\xC2\xA0", "\xE2\x80\x87", "\xE2\x80\x8B", "\xE2\x80\xAF", "\xE3\x80\x80", "\xEF\xBB\xBF"};
enum { BLANKS = sizeof blanks / sizeof *blanks };

/* Bytes of the blank that begins (or ends, `behind`) here; 0: none. */
static size_t blank_at(const char *at, size_t left, bool behind) {
    for (size_t i = 0; i < BLANKS; i++) {
        size_t size = strlen(blanks[i]);
        if (size <= left && memcmp(behind ? at - size : at, blanks[i], size) == 0) return size;
    }
    return 0;
}

/* Plain letters and figures, which most texts begin and end with. */
static bool is_plain(char c) {
    return c > ' ' && c < 0x7F;
}

const char *dt__trimmed(const char *string, size_t *length) {
    size_t left = strlen(string), size;

    while (left > 0 && !is_plain(*string) && (size = blank_at(string, left, false)) > 0) {
        string += size;
        left -= size;
    }
    while (left > 0 && !is_plain(string[left - 1]) && (size = blank_at(string + left, left, true)) > 0) left -= size;
    *length = left;
    return string;
}
