#include "render/wrap.h"

#include <string.h>

typedef struct dt__glyph {
    uint32_t code;
    size_t length, width;
} dt__glyph;

/* Length of a sequence by its first byte; cut short at the end of the text. */
static size_t sequence_length(const char *at) {
    unsigned char first = (unsigned char)*at;
    size_t length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4, found = 1;
    while (found < length && ((unsigned char)at[found] & 0xC0) == 0x80) found++;
    return found;
}

static uint32_t decode(const char *at, size_t length) {
    static const unsigned char masks[5] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t code = (unsigned char)*at & masks[length];
    if (length == 1 && code != (unsigned char)*at) return 0x80; /* no UTF-8: shown as a control character */
    for (size_t i = 1; i < length; i++) code = code << 6 | ((unsigned char)at[i] & 0x3F);
    return code;
}

static bool is_space(uint32_t code) {
    return code == ' ' || code == '\t' || code == '\n' || code == '\r';
}

static bool is_control(uint32_t code) {
    return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

/* Marks that turn the direction of writing: dropped. */
static bool is_direction(uint32_t code) {
    return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

static dt__glyph glyph_at(const char *at) {
    dt__glyph glyph = {.length = sequence_length(at)};
    char bytes[5] = {0};

    glyph.code = decode(at, glyph.length);
    memcpy(bytes, at, glyph.length);
    glyph.width = is_control(glyph.code) ? 1 : is_direction(glyph.code) ? 0 : dt__utf8_width(bytes);
    return glyph;
}

static bool is_letter(uint32_t code) {
    return (code | 0x20) >= 'a' && (code | 0x20) <= 'z';
}

static bool is_one_of(uint32_t code, const uint32_t *set) {
    while (*set != 0 && *set != code) set++;
    return *set != 0;
}

/* No line begins with these, */
static bool closes(uint32_t code) {
    static const uint32_t set[] = {0x3001, 0x3002, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF01, 0xFF1F, 0xFF09, 0x300D, 0x300F,
                                   0x300B, 0x3009, 0x3011, 0xFF5E, 0xFF05, 0x2026, 0x2019, 0x201D, ',',    '.',
                                   ':',    ';',    '!',    '?',    ')',    ']',    '%',    0};
    return is_one_of(code, set);
}

/* and none ends with these. */
static bool opens(uint32_t code) {
    static const uint32_t set[] = {0xFF08, 0x300C, 0x300E, 0x300A, 0x3008, 0x3010, 0x2018, 0x201C, '(', '[', 0};
    return is_one_of(code, set);
}

/* May a line end between a and b, which stand side by side? */
static bool may_cut(const dt__glyph *before, const dt__glyph *a, const dt__glyph *b) {
    if (is_space(b->code)) return true;
    if (is_space(a->code)) return false; /* the cut is in front of the space */
    if (closes(b->code) || opens(a->code)) return false;
    if (a->width == 2 || b->width == 2) return true;
    return (a->code == '-' || a->code == '_') && is_letter(before->code) && is_letter(b->code);
}

static const char *skip_spaces(const char *at) {
    while (*at != '\0' && is_space((unsigned char)*at)) at++;
    return at;
}

bool dt__wrap_next(const char **rest, size_t width, dt__line *line) {
    const char *start = skip_spaces(*rest), *at = start;
    dt__glyph before = {0}, last = {0};
    dt__line cut = {.start = start};
    size_t used = 0;

    if (*start == '\0') return false;
    while (*at != '\0') {
        dt__glyph glyph = glyph_at(at);
        if (at > start && may_cut(&before, &last, &glyph)) {
            cut.length = (size_t)(at - start);
            cut.width = used;
        }
        if (used + glyph.width > width && at > start && !is_space(glyph.code)) break;
        used += glyph.width;
        at += glyph.length;
        before = last;
        last = glyph;
    }
    if (*at == '\0' || cut.length == 0) {
        cut.length = (size_t)(at - start);
        cut.width = used;
    }
    while (cut.length > 0 && is_space((unsigned char)start[cut.length - 1])) {
        cut.length--;
        cut.width--;
    }
    *line = cut;
    *rest = start + cut.length;
    return true;
}

size_t dt__wrap_width(const char *text) {
    size_t width = 0;
    while (*text != '\0') {
        dt__glyph glyph = glyph_at(text);
        width += glyph.width;
        text += glyph.length;
    }
    return width;
}

size_t dt__wrap_longest(const char *text) {
    dt__glyph before = {0}, last = {0};
    size_t longest = 0, piece = 0;

    while (*text != '\0') {
        dt__glyph glyph = glyph_at(text);
        if (last.length > 0 && may_cut(&before, &last, &glyph)) piece = 0;
        if (!is_space(glyph.code)) piece += glyph.width;
        if (piece > longest) longest = piece;
        text += glyph.length;
        before = last;
        last = glyph;
    }
    return longest;
}

void dt__wrap_add(dt__text *out, const dt__line *line) {
    const char *at = line->start, *end = at + line->length;

    while (at < end) {
        dt__glyph glyph = glyph_at(at);
        if (is_space(glyph.code) || glyph.code == 0xA0) dt__text_add_char(out, ' ');
        else if (is_control(glyph.code)) dt__text_add_char(out, '?');
        else if (!is_direction(glyph.code)) dt__text_add_bytes(out, at, glyph.length);
        at += glyph.length;
    }
}
