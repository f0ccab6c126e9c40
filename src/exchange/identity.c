#include "exchange/identity.h"

#include <string.h>
#include <utf8proc.h>

/* Ids that are words of the language; docs/language.md lists them.  `no_deal` is none, but would read badly. */
static bool is_reserved(const char *text) {
    static const char *const words[] = {"source", "quote", "why", "name", "note",  "by",  "not", "and",    "or",
                                        "if",     "iff",   "in",  "true", "false", "min", "max", "no_deal"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(text, words[i]) == 0) return true;
    }
    return false;
}

typedef enum character { OTHER, MARK, LETTER } character;

/* What an id can hold: letters and digits of any script, and marks between them. */
static character kind_of(utf8proc_int32_t c) {
    utf8proc_category_t category;

    if (c < 0x80 && c > 0 && strchr("_-.%+", c) != NULL) return MARK;
    category = utf8proc_category(c);
    if (c < 0x80)
        return category != UTF8PROC_CATEGORY_CN &&
                       ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
                   ? LETTER
                   : OTHER;
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO ? LETTER : OTHER;
}

/* The name with one _ for each run of what an id cannot hold, none of these at the ends. */
static const char *legal(dt__import *x, const char *name, const char *otherwise) {
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)name;
    bool gap = false, has_letter = false;
    dt__text id;

    dt__text_init(&id, x->env);
    while (*at != 0) {
        utf8proc_int32_t c = 0;
        utf8proc_ssize_t n = utf8proc_iterate(at, -1, &c);
        character kind = n > 0 ? kind_of(c) : OTHER;
        if (kind == OTHER) gap = true;
        if (kind != OTHER && gap && id.length > 0) dt__text_add_char(&id, '_');
        if (kind != OTHER) {
            dt__text_add_bytes(&id, (const char *)at, (size_t)n);
            gap = false;
        }
        has_letter |= kind == LETTER;
        at += n > 0 ? n : 1;
    }
    if (!has_letter) {
        dt__text_reset(&id);
        dt__text_add(&id, otherwise);
    }
    if (is_reserved(dt__text_get(&id))) dt__text_add_char(&id, '_');
    return dt__import_keep(x, &id);
}

/* base_2, or the next number that is free. */
static const char *numbered(dt__import *x, const char *base, uint64_t *next, const dt__lookup *taken) {
    const char *id;
    dt__text text;

    do {
        dt__text_init(&text, x->env);
        dt__text_add(&text, base);
        dt__text_add_char(&text, '_');
        dt__text_add_unsigned(&text, (*next)++);
        id = dt__import_keep(x, &text);
    } while (id != NULL && dt__lookup_find(taken, id) != DT__NOT_FOUND);
    return id;
}

const char **dt__make_ids(dt__import *x, const char *const *names, size_t count, const char *otherwise) {
    const char **ids = DT__IMPORT_ARRAY(x, const char *, count);
    uint64_t *next = DT__IMPORT_ARRAY(x, uint64_t, count); /* at the first of equal ids: the number to try */
    dt__lookup taken;

    for (size_t i = 0; x->status == DT_OK && i < count; i++) ids[i] = legal(x, names[i], otherwise);
    if (x->status != DT_OK) return NULL;
    dt__lookup_init(&taken, ids, count, x);
    for (size_t i = 0; x->status == DT_OK && i < count; i++) {
        uint32_t first = dt__lookup_find(&taken, ids[i]);
        if (first == DT__NOT_FOUND || first == i) continue;
        if (next[first] == 0) next[first] = 2;
        ids[i] = numbered(x, ids[first], &next[first], &taken);
    }
    return x->status == DT_OK ? ids : NULL;
}
