#include "language/formula.h"

#include <string.h>

#include "language/scanner.h"

/* `+` and `-` are characters of ids too: they are operators where they stand alone or begin a word. */
static const char *const signs[] = {"*", "/", "(", ")", ",", NULL};

static const dt__formula *read_sum(dt__scanner *s);

static const dt__formula *new_formula(dt__scanner *s, dt__formula_kind kind, const dt__formula *left,
                                      const dt__formula *right) {
    dt__formula *f;

    if (!dt__scanner_count(s)) return NULL;
    f = DT__READER_NEW(s->r, dt__formula);
    if (f == NULL) return NULL;
    *f = (dt__formula){.kind = kind, .left = left, .right = right};
    return f;
}

static const dt__formula *fail(dt__scanner *s, const char *code, const char *msgid) {
    if (!s->failed && s->r->status == DT_OK) {
        dt__reader_error_at(s->r, dt__scanner_place(s), code, msgid, dt__scanner_found(s), s->text, NULL);
    }
    s->failed = true;
    return NULL;
}

static const dt__formula *read_constant(dt__scanner *s, dt__rational value) {
    dt__formula *f;

    if (!dt__scanner_count(s) || (f = DT__READER_NEW(s->r, dt__formula)) == NULL) return NULL;
    *f = (dt__formula){.kind = DT__FORMULA_VALUE, .value = value};
    dt__scanner_next(s);
    return f;
}

static const dt__formula *read_quantity(dt__scanner *s, uint32_t quantity) {
    dt__formula *f;

    if (!dt__scanner_count(s) || (f = DT__READER_NEW(s->r, dt__formula)) == NULL) return NULL;
    *f = (dt__formula){.kind = DT__FORMULA_QUANTITY, .quantity = quantity};
    dt__scanner_next(s);
    return f;
}

static const dt__formula *unknown_word(dt__scanner *s) {
    const char *word = s->token.text;

    (void)fail(s, "bad-number", DT__N("“{0}” is neither a number nor a quantity"));
    if (strpbrk(word + 1, "+-") != NULL && dt__nearest(word, s->r->quantities.texts, s->r->quantities.count) == NULL) {
        dt__reader_hint(s->r, "in a formula, put spaces around + and -", NULL);
    } else if (s->r->quantities.count > 0) {
        dt__reader_hint_names(s->r, word, s->r->quantities.texts, s->r->quantities.count);
    } else {
        dt__reader_hint(s->r, "a number is written 35, 1/3, 40%, 30..70, 50 +- 10 or 10/20/35", NULL);
    }
    return NULL;
}

/* min(a, b) and max(a, b), of two or more. */
static const dt__formula *read_choice(dt__scanner *s, dt__formula_kind kind) {
    const dt__formula *f;

    dt__scanner_next(s);
    if (!dt__scanner_accept(s, "(")) return fail(s, "bad-number", DT__N("expected “(” instead of “{0}” in “{1}”"));
    f = read_sum(s);
    if (f != NULL && !dt__scanner_at(s, ","))
        return fail(s, "bad-number", DT__N("expected “,” instead of “{0}” in “{1}”"));
    while (f != NULL && dt__scanner_accept(s, ",")) {
        const dt__formula *other = read_sum(s);
        f = other == NULL ? NULL : new_formula(s, kind, f, other);
    }
    if (f == NULL) return NULL;
    if (!dt__scanner_accept(s, ")")) return fail(s, "bad-number", DT__N("expected “)” instead of “{0}” in “{1}”"));
    return f;
}

static const dt__formula *read_operand(dt__scanner *s);

static const dt__formula *read_word(dt__scanner *s) {
    const char *word = s->token.text;
    dt__rational value;
    uint32_t quantity;
    const dt__formula *f;

    if (strcmp(word, "min") == 0) return read_choice(s, DT__FORMULA_MIN);
    if (strcmp(word, "max") == 0) return read_choice(s, DT__FORMULA_MAX);
    if (dt__rational_parse(&value, word, strlen(word))) return read_constant(s, value);
    if ((quantity = dt__names_find(&s->r->quantities, word)) != DT__NO_NAME) return read_quantity(s, quantity);
    if (word[0] != '-' && word[0] != '+') return unknown_word(s);
    dt__scanner_split(s);
    f = read_operand(s);
    return f == NULL || word[0] == '+' ? f : new_formula(s, DT__FORMULA_NEGATE, f, NULL);
}

static const dt__formula *read_operand(dt__scanner *s) {
    const dt__formula *f;

    if (!dt__scanner_enter(s)) return NULL;
    if (s->token.kind == DT__TOKEN_WORD) {
        f = read_word(s);
    } else if (dt__scanner_accept(s, "(")) {
        f = read_sum(s);
        if (f != NULL && !dt__scanner_accept(s, ")"))
            f = fail(s, "bad-number", DT__N("expected “)” instead of “{0}” in “{1}”"));
    } else {
        f = fail(s, "bad-number", DT__N("expected a number or a quantity instead of “{0}” in “{1}”"));
    }
    s->depth--;
    return f;
}

static const dt__formula *read_product(dt__scanner *s) {
    const dt__formula *f = read_operand(s);

    while (f != NULL && (dt__scanner_at(s, "*") || dt__scanner_at(s, "/"))) {
        dt__formula_kind kind = dt__scanner_at(s, "*") ? DT__FORMULA_MULTIPLY : DT__FORMULA_DIVIDE;
        const dt__formula *other;
        dt__scanner_next(s);
        other = read_operand(s);
        f = other == NULL ? NULL : new_formula(s, kind, f, other);
    }
    return f;
}

/* At + or -, alone or at the beginning of a word? */
static bool at_sum(const dt__scanner *s) {
    return s->token.kind == DT__TOKEN_WORD && (s->token.text[0] == '+' || s->token.text[0] == '-');
}

static const dt__formula *read_sum(dt__scanner *s) {
    const dt__formula *f = read_product(s);

    while (f != NULL && at_sum(s)) {
        dt__formula_kind kind = s->token.text[0] == '+' ? DT__FORMULA_ADD : DT__FORMULA_SUBTRACT;
        const dt__formula *other;
        dt__scanner_split(s);
        other = read_product(s);
        f = other == NULL ? NULL : new_formula(s, kind, f, other);
    }
    return f;
}

const dt__formula *dt__read_formula(dt__reader *r, const dt__node *node, const char *text) {
    dt__scanner s;
    const dt__formula *f;

    if (r->status != DT_OK) return NULL;
    dt__scanner_init(&s, r, node, text, signs);
    f = read_sum(&s);
    if (f != NULL && s.token.kind != DT__TOKEN_END)
        f = fail(&s, "bad-number", DT__N("expected + - * or / instead of “{0}” in “{1}”"));
    return f;
}
