/* Conditions: a lexer and recursive descent, one function for each level of binding. */
#include "language/expression.h"

#include <string.h>

#include "language/scanner.h"

static const char *const signs[] = {"<=>", "=>", "==", "!=", "<=", ">=", "<", ">", "(", ")", "[", "]", ",", NULL};

static const dt__condition *read_iff(dt__scanner *s);

static dt__condition *new_condition(dt__scanner *s, dt__condition_kind kind, const dt__condition *left,
                                    const dt__condition *right) {
    dt__condition *c;

    if (!dt__scanner_count(s)) return NULL;
    c = DT__READER_NEW(s->r, dt__condition);
    if (c != NULL) *c = (dt__condition){.kind = kind, .left = left, .right = right};
    return c;
}

/* msgid may name what was found, {0}, and a word before it, {1}. */
static void *fail(dt__scanner *s, const char *msgid, const char *word) {
    if (!s->failed && s->r->status == DT_OK) {
        dt__reader_error_at(s->r, dt__scanner_place(s), "bad-condition", msgid, dt__scanner_found(s), word, NULL);
        if (strcmp(s->token.text, "=") == 0)
            dt__reader_hint(s->r, "“is” is written ==, “if ... then” is written =>", NULL);
        else if (s->token.kind == DT__TOKEN_WRONG && strchr("&|!~", s->token.text[0]) != NULL)
            dt__reader_hint(s->r, "write “and”, “or”, “not”", NULL);
        else if (s->token.kind == DT__TOKEN_WRONG && strchr("'\"", s->text[s->token.start]) != NULL)
            dt__reader_hint(s->r, "a closing quote is missing", NULL);
    }
    s->failed = true;
    return NULL;
}

/* ---- tests: ISSUE == OPTION, ISSUE in [a, b] ---- */

static bool is_keyword(const char *word) {
    static const char *const words[] = {"not", "and", "or", "if", "iff", "in"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(word, words[i]) == 0) return true;
    }
    return false;
}

static bool at_name(const dt__scanner *s) {
    return s->token.kind == DT__TOKEN_QUOTED || (s->token.kind == DT__TOKEN_WORD && !is_keyword(s->token.text));
}

/* A node that lends its place to findings about names inside the text. */
static dt__node node_here(const dt__scanner *s) {
    dt__place place = dt__scanner_place(s);
    return (dt__node){.kind = DT__NODE_SCALAR, .line = place.line, .column = place.column, .text = s->token.text};
}

static bool read_test(dt__scanner *s, dt__test *test) {
    static const char *const words[] = {"==", "!=", "<", "<=", ">", ">=", "in"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!dt__scanner_accept(s, words[i])) continue;
        *test = (dt__test)i;
        return true;
    }
    if (!dt__scanner_accept(s, "not")) return false;
    *test = DT__TEST_NOT_IN;
    return dt__scanner_accept(s, "in");
}

/* The option we are at; unknown ones are diagnosed and stand as the first. */
static bool read_option(dt__scanner *s, uint32_t issue, dt__option *option) {
    dt__node here = node_here(s);

    if (!at_name(s))
        return fail(s, DT__N("expected an option of “{1}” instead of “{0}”"),
                    issue == DT__NO_INDEX ? "?" : s->r->model->issues[issue].id) != NULL;
    *option = issue == DT__NO_INDEX ? 0 : dt__find_option(s->r, &here, issue, s->token.text);
    dt__scanner_next(s);
    return true;
}

static bool read_options(dt__scanner *s, dt__condition *c) {
    size_t most = 1;
    dt__option *options;

    if (!dt__scanner_accept(s, "["))
        return fail(s, DT__N("expected a list such as [a, b] instead of “{0}”"), NULL) != NULL;
    for (size_t i = s->token.start; i < s->length && s->text[i] != ']'; i++) most += s->text[i] == ',';
    options = DT__READER_ARRAY(s->r, dt__option, most);
    if (options == NULL) return false;
    c->options = options;
    do {
        if (c->option_count == most) break; /* a comma or bracket within quotes: as many as fit */
        if (!read_option(s, c->issue, &options[c->option_count++])) return false;
    } while (dt__scanner_accept(s, ","));
    if (!dt__scanner_accept(s, "]")) return fail(s, DT__N("expected “,” or “]” instead of “{0}”"), NULL) != NULL;
    return true;
}

static void check_ordered(dt__scanner *s, const dt__node *at, const dt__condition *c) {
    if (c->issue == DT__NO_INDEX || c->test < DT__TEST_LT || c->test > DT__TEST_GE ||
        s->r->model->issues[c->issue].ordered)
        return;
    dt__reader_error(s->r, at, "not-ordered", "the options of “{0}” have no order; expected == or != here",
                     s->r->model->issues[c->issue].id, NULL);
    dt__reader_hint(s->r, "list them from low to high and say `ordered: true`", NULL);
}

static const dt__condition *read_comparison(dt__scanner *s) {
    dt__node here = node_here(s), at_test;
    const char *name = s->token.text;
    dt__condition *c = new_condition(s, DT__CONDITION_TEST, NULL, NULL);
    dt__option *option;

    if (c == NULL) return NULL;
    dt__scanner_next(s);
    at_test = node_here(s);
    if (!read_test(s, &c->test))
        return fail(s, DT__N("expected ==, !=, <, <=, >, >=, in or not in after “{1}” instead of “{0}”"), name);
    c->issue = dt__find_issue(s->r, &here, name);
    check_ordered(s, &at_test, c);
    if (c->test == DT__TEST_IN || c->test == DT__TEST_NOT_IN) return read_options(s, c) ? c : NULL;
    if ((option = DT__READER_NEW(s->r, dt__option)) == NULL) return NULL;
    c->options = option;
    c->option_count = 1;
    return read_option(s, c->issue, option) ? c : NULL;
}

/* ---- levels of binding, tightest first ---- */

static const dt__condition *read_primary(dt__scanner *s) {
    const dt__condition *c;

    if (dt__scanner_accept(s, "(")) {
        c = read_iff(s);
        if (c != NULL && !dt__scanner_accept(s, ")")) return fail(s, DT__N("expected “)” instead of “{0}”"), NULL);
        return c;
    }
    if (dt__scanner_accept(s, "true")) return new_condition(s, DT__CONDITION_TRUE, NULL, NULL);
    if (dt__scanner_accept(s, "false")) return new_condition(s, DT__CONDITION_FALSE, NULL, NULL);
    if (at_name(s)) return read_comparison(s);
    return fail(s, DT__N("expected a condition such as `issue == option` instead of “{0}”"), NULL);
}

static const dt__condition *read_not(dt__scanner *s) {
    const dt__condition *c;

    if (!dt__scanner_enter(s)) return NULL;
    if (dt__scanner_accept(s, "not")) {
        c = read_not(s);
        if (c != NULL) c = new_condition(s, DT__CONDITION_NOT, c, NULL);
    } else {
        c = read_primary(s);
    }
    s->depth--;
    return c;
}

/* A chain of one kind, from left to right. */
static const dt__condition *read_chain(dt__scanner *s, const char *word, dt__condition_kind kind,
                                       const dt__condition *(*tighter)(dt__scanner *)) {
    const dt__condition *c = tighter(s);

    while (c != NULL && dt__scanner_accept(s, word)) {
        const dt__condition *right = tighter(s);
        c = right == NULL ? NULL : new_condition(s, kind, c, right);
    }
    return c;
}

static const dt__condition *read_and(dt__scanner *s) {
    return read_chain(s, "and", DT__CONDITION_AND, read_not);
}

static const dt__condition *read_or(dt__scanner *s) {
    return read_chain(s, "or", DT__CONDITION_OR, read_and);
}

/* One that does not chain: what two of it would mean is not obvious. */
static const dt__condition *read_single(dt__scanner *s, const char *word, dt__condition_kind kind,
                                        const dt__condition *(*tighter)(dt__scanner *)) {
    const dt__condition *c = tighter(s), *right;

    if (c == NULL || !dt__scanner_accept(s, word)) return c;
    right = tighter(s);
    if (right == NULL) return NULL;
    if (dt__scanner_at(s, word))
        return fail(s, DT__N("a second “{0}” stands here; write parentheses to say what belongs together"), NULL);
    return new_condition(s, kind, c, right);
}

static const dt__condition *read_implies(dt__scanner *s) {
    return read_single(s, "=>", DT__CONDITION_IMPLIES, read_or);
}

static const dt__condition *read_if(dt__scanner *s) {
    return read_single(s, "if", DT__CONDITION_IF, read_implies);
}

static const dt__condition *read_iff(dt__scanner *s) {
    const dt__condition *c = read_if(s);

    while (c != NULL && (dt__scanner_at(s, "<=>") || dt__scanner_at(s, "iff"))) {
        const dt__condition *right;
        dt__scanner_next(s);
        right = read_if(s);
        c = right == NULL ? NULL : new_condition(s, DT__CONDITION_IFF, c, right);
    }
    return c;
}

const dt__condition *dt__read_condition(dt__reader *r, const dt__node *node) {
    const char *text = dt__read_text(r, node);
    const dt__condition *c;
    dt__scanner s;

    if (text == NULL) return NULL;
    dt__scanner_init(&s, r, node, text, signs);
    c = read_iff(&s);
    if (c != NULL && s.token.kind != DT__TOKEN_END)
        return fail(&s, DT__N("expected “and”, “or”, =>, “if” or the end instead of “{0}”"), NULL);
    return r->status == DT_OK ? c : NULL;
}

/* ---- printing ---- */

/* How tightly a kind binds; a part that binds less than its place asks for gets parentheses. */
enum { BINDS_IFF = 0, BINDS_IF, BINDS_IMPLIES, BINDS_OR, BINDS_AND, BINDS_NOT, BINDS_TEST };

static const struct {
    const char *word;
    int binds, left, right; /* what its parts have to bind at least */
} forms[] = {
    [DT__CONDITION_TRUE] = {"true", BINDS_TEST, 0, 0},
    [DT__CONDITION_FALSE] = {"false", BINDS_TEST, 0, 0},
    [DT__CONDITION_TEST] = {"", BINDS_TEST, 0, 0},
    [DT__CONDITION_NOT] = {"not ", BINDS_NOT, BINDS_NOT, 0},
    [DT__CONDITION_AND] = {" and ", BINDS_AND, BINDS_AND, BINDS_NOT},
    [DT__CONDITION_OR] = {" or ", BINDS_OR, BINDS_OR, BINDS_AND},
    [DT__CONDITION_IMPLIES] = {" => ", BINDS_IMPLIES, BINDS_OR, BINDS_OR},
    [DT__CONDITION_IF] = {" if ", BINDS_IF, BINDS_IMPLIES, BINDS_IMPLIES},
    [DT__CONDITION_IFF] = {" <=> ", BINDS_IFF, BINDS_IFF, BINDS_IF},
};

static void print_name(dt__text *text, const char *name) {
    if (dt__is_bare(name)) {
        dt__text_add(text, name);
        return;
    }
    dt__text_add_char(text, '\'');
    for (; *name != '\0'; name++) {
        if (*name == '\'') dt__text_add_char(text, '\'');
        dt__text_add_char(text, *name);
    }
    dt__text_add_char(text, '\'');
}

static void print_test(dt__text *text, const dt_model *model, const dt__condition *c) {
    static const char *const words[] = {" == ", " != ", " < ", " <= ", " > ", " >= ", " in [", " not in ["};
    const dt__issue *issue = &model->issues[c->issue];

    print_name(text, issue->id);
    dt__text_add(text, words[c->test]);
    for (size_t i = 0; i < c->option_count; i++) {
        if (i > 0) dt__text_add(text, ", ");
        print_name(text, issue->options[c->options[i]].id);
    }
    if (c->test == DT__TEST_IN || c->test == DT__TEST_NOT_IN) dt__text_add_char(text, ']');
}

static void print_part(dt__text *text, const dt_model *model, const dt__condition *c, int least) {
    bool enclosed = forms[c->kind].binds < least;

    if (enclosed) dt__text_add_char(text, '(');
    if (c->kind == DT__CONDITION_TEST) {
        print_test(text, model, c);
    } else if (c->right != NULL) {
        print_part(text, model, c->left, forms[c->kind].left);
        dt__text_add(text, forms[c->kind].word);
        print_part(text, model, c->right, forms[c->kind].right);
    } else {
        dt__text_add(text, forms[c->kind].word);
        if (c->left != NULL) print_part(text, model, c->left, forms[c->kind].left);
    }
    if (enclosed) dt__text_add_char(text, ')');
}

void dt__condition_print(dt__text *text, const dt_model *model, const dt__condition *condition) {
    print_part(text, model, condition, BINDS_IFF);
}
