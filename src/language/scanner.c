#include "language/scanner.h"

#include <string.h>

void dt__scanner_init(dt__scanner *s, dt__reader *r, const dt__node *node, const char *text, const char *const *signs) {
    *s = (dt__scanner){.r = r, .node = node, .text = text, .length = strlen(text), .signs = signs};
    dt__scanner_next(s);
}

static void keep_text(dt__scanner *s, const char *bytes, size_t length) {
    s->token.text = dt__arena_string(&s->r->scratch, bytes, length);
    if (s->token.text != NULL) return;
    s->token.text = "";
    s->r->status = DT_ERR_MEMORY;
    s->failed = true;
}

/* 'two words'; a quote inside stands twice.  Double quotes serve as well. */
static bool scan_quoted(dt__scanner *s) {
    const char *begin = s->text + s->token.start;
    char quote = *begin;
    dt__text name;
    size_t at;

    if (quote != '\'' && quote != '"') return false;
    dt__text_init(&name, s->r->env);
    s->token.kind = DT__TOKEN_WRONG;
    for (at = 1; begin[at] != '\0'; at++) {
        if (begin[at] != quote) dt__text_add_char(&name, begin[at]);
        else if (begin[at + 1] == quote) dt__text_add_char(&name, begin[at++]);
        else break;
    }
    if (begin[at] == quote) {
        s->token.kind = DT__TOKEN_QUOTED;
        at++;
    }
    s->token.length = at;
    keep_text(s, dt__text_get(&name), name.length);
    if (name.failed) s->r->status = DT_ERR_MEMORY;
    dt__text_clear(&name);
    return true;
}

static bool scan_sign(dt__scanner *s) {
    for (size_t i = 0; s->signs[i] != NULL; i++) {
        size_t length = strlen(s->signs[i]);
        if (strncmp(s->text + s->token.start, s->signs[i], length) != 0) continue;
        s->token.kind = DT__TOKEN_SIGN;
        s->token.length = length;
        s->token.text = s->signs[i];
        return true;
    }
    return false;
}

static size_t character_length(const char *text) {
    size_t n = 1;
    while (((unsigned char)text[n] & 0xC0) == 0x80) n++;
    return n;
}

void dt__scanner_next(dt__scanner *s) {
    size_t at = s->token.start + s->token.length, span;

    while (at < s->length && strchr(" \t\n\r", s->text[at]) != NULL) at++;
    s->token = (dt__token){.start = at, .text = ""};
    if (at >= s->length || s->r->status != DT_OK) return;
    span = dt__id_span(s->text + at, s->length - at);
    if (span > 0) {
        s->token.kind = DT__TOKEN_WORD;
        s->token.length = span;
        keep_text(s, s->text + at, span);
    } else if (!scan_quoted(s) && !scan_sign(s)) {
        s->token.kind = DT__TOKEN_WRONG;
        s->token.length = character_length(s->text + at);
        keep_text(s, s->text + at, s->token.length);
    }
}

bool dt__scanner_at(const dt__scanner *s, const char *word) {
    return (s->token.kind == DT__TOKEN_SIGN || s->token.kind == DT__TOKEN_WORD) && strcmp(s->token.text, word) == 0;
}

bool dt__scanner_accept(dt__scanner *s, const char *word) {
    if (!dt__scanner_at(s, word)) return false;
    dt__scanner_next(s);
    return true;
}

void dt__scanner_split(dt__scanner *s) {
    s->token.length = 1;
    dt__scanner_next(s);
}

dt__place dt__scanner_place(const dt__scanner *s) {
    dt__place place = dt__reader_place(s->r, s->node);

    if (!s->node->verbatim || s->node->kind != DT__NODE_SCALAR || strcmp(s->text, s->node->text) != 0) return place;
    for (size_t i = 0; i < s->token.start; i++) place.column += ((unsigned char)s->text[i] & 0xC0) != 0x80;
    return place;
}

const char *dt__scanner_found(const dt__scanner *s) {
    return s->token.kind == DT__TOKEN_END ? dt__t(s->r->env, DT__N("the end")) : s->token.text;
}

bool dt__scanner_count(dt__scanner *s) {
    if (s->failed || s->r->status != DT_OK) return false;
    if (s->nodes++ < DT__MAX_CONDITION_NODES) return true;
    dt__reader_error_at(s->r, dt__scanner_place(s), "too-large",
                        "this text has more than 4096 parts, the limit for a condition or formula", NULL);
    s->failed = true;
    return false;
}

bool dt__scanner_enter(dt__scanner *s) {
    if (s->failed || s->r->status != DT_OK) return false;
    if (s->depth++ < DT__MAX_DEPTH) return true;
    dt__reader_error_at(s->r, dt__scanner_place(s), "too-deep",
                        "this text is nested more than 64 deep, the limit for a condition or formula", NULL);
    s->failed = true;
    return false;
}
