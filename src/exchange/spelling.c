#include "exchange/spelling.h"

#include <string.h>
#include <utf8proc.h>

static bool is_plain(const char *text) {
    if (*text == '\0') return false;
    for (const char *c = text; *c != '\0'; c++) {
        bool letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || *c == '_';
        if (!letter && (c == text || strchr("-.%+", *c) == NULL)) return false;
    }
    return true;
}

/* What the language does not print: line ends, controls, what is no character. */
static bool is_invisible(utf8proc_int32_t c) {
    utf8proc_category_t category = utf8proc_category(c);
    return category == UTF8PROC_CATEGORY_CC || (category >= UTF8PROC_CATEGORY_ZL && category <= UTF8PROC_CATEGORY_ZP) ||
           category == UTF8PROC_CATEGORY_CS || (c & 0xFFFE) == 0xFFFE || c == 0xFEFF;
}

void dt__spell_text(dt__text *out, const char *text) {
    dt__text_add_char(out, '"');
    while (*text != '\0') {
        utf8proc_int32_t c = 0;
        utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &c);
        bool visible = n > 0 && !is_invisible(c);
        if (c == '"' || c == '\\') dt__text_add_char(out, '\\');
        if (visible) dt__text_add_bytes(out, text, (size_t)n);
        else dt__text_add_char(out, ' ');
        text += n > 0 ? n : 1;
    }
    dt__text_add_char(out, '"');
}

void dt__spell_id(dt__text *out, const char *id) {
    if (is_plain(id)) dt__text_add(out, id);
    else dt__spell_text(out, id);
}

void dt__spell_source(dt__text *out, size_t number) {
    if (number >= 26) dt__spell_source(out, number / 26 - 1);
    dt__text_add_char(out, (char)('A' + number % 26));
}
