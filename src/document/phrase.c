#include "document/phrase.h"

#include "base/catalog.h"

/* ---- conditions, written straight into one buffer ---- */

typedef struct dt__phrasing {
    dt_document *d;
    dt__text text;
} dt__phrasing;

static void add_word(dt__phrasing *p, const char *word) {
    dt__text_add(&p->text, word);
}

static const char *test_sign(dt_document *d, dt__test test) {
    switch (test) {
    case DT__TEST_EQ: return " = ";
    case DT__TEST_NE: return " ≠ ";
    case DT__TEST_LT: return " < ";
    case DT__TEST_LE: return " ≤ ";
    case DT__TEST_GT: return " > ";
    case DT__TEST_GE: return " ≥ ";
    case DT__TEST_IN: return dt__word(d, " one of ");
    case DT__TEST_NOT_IN: return dt__word(d, " none of ");
    }
    return "";
}

static void add_test(dt__phrasing *p, const dt__condition *c) {
    add_word(p, dt__issue_name(p->d, c->issue));
    add_word(p, test_sign(p->d, c->test));
    for (size_t i = 0; i < c->option_count; i++) {
        if (i > 0) add_word(p, dt__word(p->d, ", "));
        add_word(p, dt__option_name(p->d, c->issue, c->options[i]));
    }
}

static void add_condition(dt__phrasing *p, const dt__condition *c);

/* How tight a condition holds together; looser ones stand in parentheses. */
static int tightness(dt__condition_kind kind) {
    switch (kind) {
    case DT__CONDITION_AND: return 2;
    case DT__CONDITION_OR: return 1;
    case DT__CONDITION_IMPLIES:
    case DT__CONDITION_IF:
    case DT__CONDITION_IFF: return 0;
    default: return 3;
    }
}

static void add_operand(dt__phrasing *p, const dt__condition *c, int least) {
    bool loose = tightness(c->kind) < least;
    if (loose) add_word(p, dt__word(p->d, "("));
    add_condition(p, c);
    if (loose) add_word(p, dt__word(p->d, ")"));
}

static void add_joined(dt__phrasing *p, const dt__condition *c, const char *word) {
    int least = tightness(c->kind);
    add_operand(p, c->left, least);
    add_word(p, word);
    add_operand(p, c->right, least);
}

static void add_implication(dt__phrasing *p, const dt__condition *given, const dt__condition *wanted) {
    add_word(p, dt__word(p->d, "if "));
    add_operand(p, given, 1);
    add_word(p, dt__word(p->d, ", then "));
    add_operand(p, wanted, 1);
}

static void add_condition(dt__phrasing *p, const dt__condition *c) {
    switch (c->kind) {
    case DT__CONDITION_TRUE: add_word(p, dt__word(p->d, "always")); break;
    case DT__CONDITION_FALSE: add_word(p, dt__word(p->d, "never")); break;
    case DT__CONDITION_TEST: add_test(p, c); break;
    case DT__CONDITION_NOT:
        add_word(p, dt__word(p->d, "not ("));
        add_condition(p, c->left);
        add_word(p, dt__word(p->d, ")"));
        break;
    case DT__CONDITION_AND: add_joined(p, c, dt__word(p->d, " and ")); break;
    case DT__CONDITION_OR: add_joined(p, c, dt__word(p->d, " or ")); break;
    case DT__CONDITION_IMPLIES: add_implication(p, c->left, c->right); break;
    case DT__CONDITION_IF: add_implication(p, c->right, c->left); break;
    case DT__CONDITION_IFF: add_joined(p, c, dt__word(p->d, " exactly when ")); break;
    }
}

const char *dt__condition_text(dt_document *d, const dt__condition *condition) {
    dt__phrasing p = {.d = d};

    if (condition == NULL) return "";
    dt__text_init(&p.text, d->env);
    add_condition(&p, condition);
    return dt__document_take(d, &p.text);
}

/* ---- numbers and evidence ---- */

const char *dt__rational_text(dt_document *d, dt__rational value) {
    dt__text text;
    dt__text_init(&text, d->env);
    dt__rational_print(&text, value);
    return dt__document_take(d, &text);
}

const char *dt__number_text(dt_document *d, dt__number_id number) {
    const dt__number *n;
    dt__phrases coders;

    if (number == DT__NO_NUMBER) return "";
    n = &d->model->numbers[number];
    if (n->text != NULL) return n->text;
    if (n->kind != DT__NUMBER_CODERS) return dt__rational_text(d, n->a);
    coders = dt__phrases_new(d, n->coder_count);
    for (size_t i = 0; i < n->coder_count; i++) {
        const char *value = dt__number_text(d, n->coders[i].number);
        dt__phrases_add(&coders, dt__pair(d, n->coders[i].name, value));
    }
    return dt__phrases_join(d, &coders, dt__t(d->env, ", "));
}

static const char *citation_text(dt_document *d, const dt__citation *citation) {
    const char *key = d->model->sources[citation->source].key;
    dt__text text;

    dt__text_init(&text, d->env);
    dt__text_add(&text, key);
    if (citation->from > 0) dt__text_add_unsigned(&text, citation->from);
    if (citation->to > citation->from) {
        dt__text_add(&text, "–");
        dt__text_add_unsigned(&text, citation->to);
    }
    return dt__document_take(d, &text);
}

const char *dt__evidence_text(dt_document *d, const dt__evidence *evidence) {
    dt__phrases places = dt__phrases_new(d, evidence->citation_count);

    if (evidence->citation_count == 0) return evidence->why == NULL ? "" : evidence->why;
    for (size_t i = 0; i < evidence->citation_count; i++) {
        dt__phrases_add(&places, citation_text(d, &evidence->citations[i]));
    }
    return dt__phrases_join(d, &places, dt__t(d->env, ", "));
}
