#include "language/names.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

struct dt__named {
    const char *text;
    uint32_t index;
};

static int compare_named(const void *a, const void *b) {
    const struct dt__named *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

dt_status dt__names_init(dt__names *names, const char *const *texts, size_t count, dt__arena *arena) {
    *names = (dt__names){.texts = texts, .sorted = DT__ARENA_ARRAY(arena, struct dt__named, count)};
    if (names->sorted == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) names->sorted[i] = (struct dt__named){.text = texts[i], .index = (uint32_t)i};
    qsort(names->sorted, count, sizeof *names->sorted, compare_named);
    names->count = count;
    return DT_OK;
}

uint32_t dt__names_find(const dt__names *names, const char *text) {
    size_t low = 0, high = names->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(names->sorted[middle].text, text) < 0) low = middle + 1;
        else high = middle;
    }
    return low < names->count && strcmp(names->sorted[low].text, text) == 0 ? names->sorted[low].index : DT__NO_NAME;
}

/* ---- what ids are made of ---- */

bool dt__is_reserved(const char *text) {
    static const char *const words[] = {"source", "quote", "why", "name", "note", "by",    "not", "and",
                                        "or",     "if",    "iff", "in",   "true", "false", "min", "max"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(text, words[i]) == 0) return true;
    }
    return false;
}

/* The character at text; 0 at the end or for what is no UTF-8. */
static size_t next_character(const char *text, size_t length, utf8proc_int32_t *c) {
    utf8proc_ssize_t n =
        length == 0 ? 0 : utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, c);
    return n > 0 ? (size_t)n : 0;
}

static bool is_letter(utf8proc_int32_t c) {
    utf8proc_category_t category = utf8proc_category(c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

static bool is_id_character(utf8proc_int32_t c) {
    utf8proc_category_t category;

    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               (c > 0 && strchr("_-.%+", c) != NULL);
    category = utf8proc_category(c); /* letters, marks on them, digits and other numbers */
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

size_t dt__id_span(const char *text, size_t length) {
    size_t span = 0, n;
    utf8proc_int32_t c = 0;

    while ((n = next_character(text + span, length - span, &c)) > 0 && is_id_character(c)) span += n;
    return span;
}

bool dt__is_bare(const char *text) {
    size_t length = strlen(text);
    return length > 0 && dt__id_span(text, length) == length && !dt__is_reserved(text);
}

size_t dt__letter_span(const char *text) {
    size_t length = strlen(text), at = 0, n;
    utf8proc_int32_t c = 0;

    while ((n = next_character(text + at, length - at, &c)) > 0 && is_letter(c)) at += n;
    return at;
}

bool dt__is_printable(const char *text) {
    size_t length = strlen(text), at = 0, n;
    utf8proc_int32_t c = 0;

    while ((n = next_character(text + at, length - at, &c)) > 0) {
        utf8proc_category_t category = utf8proc_category(c);
        if (category >= UTF8PROC_CATEGORY_ZL && category <= UTF8PROC_CATEGORY_CS)
            return false; /* line ends, controls */
        at += n;
    }
    return at == length;
}
