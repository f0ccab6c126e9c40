/* Numbers as they are written: 35, 30..70, 50 +- 10, 10/20/35, {coders: ...}, formulas, and {value: ..., source: ...}.
 */
#include <string.h>

#include "language/formula.h"
#include "language/reader.h"

enum { NUMBER_VALUE, NUMBER_CODERS, NUMBER_SOURCE, NUMBER_QUOTE, NUMBER_WHY, NUMBER_KEYS };

static const dt__key number_keys[NUMBER_KEYS] = {
    [NUMBER_VALUE] = {.name = "value"}, [NUMBER_CODERS] = {.name = "coders"}, [NUMBER_SOURCE] = {.name = "source"},
    [NUMBER_QUOTE] = {.name = "quote"}, [NUMBER_WHY] = {.name = "why"},
};

/* ---- a piece of text ---- */

typedef struct piece {
    const char *at;
    size_t length;
} piece;

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static piece trimmed(piece p) {
    while (p.length > 0 && is_space(p.at[0])) p = (piece){p.at + 1, p.length - 1};
    while (p.length > 0 && is_space(p.at[p.length - 1])) p.length--;
    return p;
}

static bool parse_exact(dt__rational *out, piece p) {
    p = trimmed(p);
    return dt__rational_parse(out, p.at, p.length);
}

/* Splits at the first separator; false when there is none. */
static bool split(piece p, const char *separator, piece *left, piece *right) {
    const char *found = p.length == 0 ? NULL : strstr(p.at, separator);

    if (found == NULL || found >= p.at + p.length) return false;
    *left = (piece){p.at, (size_t)(found - p.at)};
    *right = (piece){found + strlen(separator), p.length - left->length - strlen(separator)};
    return true;
}

/* ---- the forms of one text ---- */

typedef enum outcome_of_parse { PARSED, OTHER_FORM, WRONG } parse_result;

static parse_result parse_uniform(dt__number *n, piece p) {
    piece low, high;

    if (!split(p, "..", &low, &high)) return OTHER_FORM;
    n->kind = DT__NUMBER_UNIFORM;
    return parse_exact(&n->a, low) && parse_exact(&n->b, high) ? PARSED : OTHER_FORM;
}

static parse_result parse_normal(dt__number *n, piece p) {
    piece mean, deviation;

    if (!split(p, "+-", &mean, &deviation) && !split(p, "±", &mean, &deviation)) return OTHER_FORM;
    n->kind = DT__NUMBER_NORMAL;
    return parse_exact(&n->a, mean) && parse_exact(&n->b, deviation) ? PARSED : OTHER_FORM;
}

static parse_result parse_pert(dt__number *n, piece p) {
    piece low, rest, likely, high;

    if (!split(p, "/", &low, &rest) || !split(rest, "/", &likely, &high)) return OTHER_FORM;
    n->kind = DT__NUMBER_PERT;
    return parse_exact(&n->a, low) && parse_exact(&n->b, likely) && parse_exact(&n->c, high) ? PARSED : OTHER_FORM;
}

static parse_result parse_plain(dt__number *n, piece p) {
    n->kind = DT__NUMBER_EXACT;
    return parse_exact(&n->a, p) ? PARSED : OTHER_FORM;
}

/* Low ends below high ends, deviations not below zero. */
static bool check_shape(dt__reader *r, const dt__node *node, const dt__number *n) {
    if (n->kind == DT__NUMBER_UNIFORM && dt__rational_compare(n->a, n->b) > 0) {
        dt__reader_error(r, node, "bad-number", "“{0}” runs backwards; expected the lower number first", n->text, NULL);
        return false;
    }
    if (n->kind == DT__NUMBER_NORMAL && dt__rational_sign(n->b) < 0) {
        dt__reader_error(r, node, "bad-number", "“{0}” has a negative deviation; expected zero or more after +-",
                         n->text, NULL);
        return false;
    }
    if (n->kind == DT__NUMBER_PERT && (dt__rational_compare(n->a, n->b) > 0 || dt__rational_compare(n->b, n->c) > 0)) {
        dt__reader_error(r, node, "bad-number", "“{0}” does not rise; expected low / likely / high", n->text, NULL);
        return false;
    }
    return true;
}

/* ---- ranges ---- */

static void number_ends(const dt__number *n, dt__rational *low, dt__rational *high) {
    *low = n->a;
    *high = n->kind == DT__NUMBER_UNIFORM ? n->b : n->kind == DT__NUMBER_PERT ? n->c : n->a;
}

static void blame_range(dt__reader *r, const dt__node *node, const dt__number *n, const dt__number_use *use) {
    dt__text low, high;

    dt__text_init(&low, r->env);
    dt__text_init(&high, r->env);
    dt__rational_print(&low, use->low);
    if (use->bound != DT__AT_LEAST_LOW) dt__rational_print(&high, use->high);
    if (use->bound == DT__AT_LEAST_LOW)
        dt__reader_error(r, node, "out-of-range", "“{0}” is too small; expected {1} or more", n->text,
                         dt__text_get(&low), NULL);
    else
        dt__reader_error(r, node, "out-of-range", "“{0}” is out of range; expected {1} to {2}", n->text,
                         dt__text_get(&low), dt__text_get(&high), NULL);
    if (use->hint != NULL) dt__reader_hint(r, use->hint, NULL);
    if (low.failed || high.failed) r->status = DT_ERR_MEMORY;
    dt__text_clear(&low);
    dt__text_clear(&high);
}

/* Ten deviations above the mean no draw is ever cut. */
static bool far_above(dt__rational *out, const dt__number *n) {
    dt__rational ten;
    return dt__rational_mul(&ten, n->b, DT__RATIONAL(10)) && dt__rational_add(out, n->a, ten);
}

static void apply_bound(dt__reader *r, const dt__node *node, dt__number *n, const dt__number_use *use) {
    dt__rational low, high;
    bool inside;

    if (use->bound == DT__UNBOUNDED || n->kind == DT__NUMBER_FORMULA || n->kind == DT__NUMBER_CODERS) return;
    number_ends(n, &low, &high);
    inside = dt__rational_compare(low, use->low) >= 0 &&
             (use->bound == DT__AT_LEAST_LOW || dt__rational_compare(high, use->high) <= 0);
    if (!inside) {
        if (use->bound != DT__CUT_WITHIN) blame_range(r, node, n, use);
        return;
    }
    if (n->kind != DT__NUMBER_NORMAL) return;
    n->low = use->low;
    n->high = use->high;
    n->bounded = use->bound != DT__AT_LEAST_LOW || far_above(&n->high, n);
}

/* ---- one text ---- */

/* Trimmed, and white space inside as single spaces. */
static const char *tidy(dt__reader *r, const char *text) {
    char *copy = dt__reader_alloc(r, strlen(text) + 1, 1), *to = copy;
    piece p = trimmed((piece){text, strlen(text)});

    if (copy == NULL) return NULL;
    for (size_t i = 0; i < p.length; i++) {
        if (is_space(p.at[i]) && to > copy && to[-1] == ' ') continue;
        *to++ = p.at[i];
        if (is_space(p.at[i])) to[-1] = ' ';
    }
    return copy;
}

static bool has_too_many_digits(const char *text) {
    size_t run = 0;
    for (; *text != '\0' && run <= 36; text++) {
        if (*text >= '0' && *text <= '9') run++;
        else if (*text != '.') run = 0;
    }
    return run > 36;
}

/* coder: of several coders; formulas are not for them. */
static bool parse_text(dt__reader *r, const dt__node *node, const char *text, bool coder, dt__number *n) {
    static parse_result (*const forms[])(dt__number *, piece) = {parse_plain, parse_uniform, parse_normal, parse_pert};
    piece p;

    if ((n->text = tidy(r, text)) == NULL) return false;
    p = (piece){n->text, strlen(n->text)};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (forms[i](n, p) == PARSED) return check_shape(r, node, n);
    }
    if (has_too_many_digits(n->text)) {
        dt__reader_error(r, node, "bad-number", "“{0}” has more than 36 digits", n->text, NULL);
        return false;
    }
    if (coder) {
        dt__reader_error(r, node, "bad-number",
                         "“{0}” is no number; a coder gives one like 35, 30..70, 50 +- 10 or 10/20/35", n->text, NULL);
        return false;
    }
    n->kind = DT__NUMBER_FORMULA;
    n->formula = dt__read_formula(r, node, n->text);
    return n->formula != NULL;
}

/* ---- numbers in their list ---- */

static dt__number_id keep(dt__reader *r, const dt__number *n) {
    if (r->status != DT_OK) return DT__NO_NUMBER;
    r->status = dt__vector_push(&r->numbers, n, r->env);
    return r->status == DT_OK ? (dt__number_id)(r->numbers.count - 1) : DT__NO_NUMBER;
}

static void start(dt__reader *r, const dt__node *node, const dt__number_use *use, dt__number *n) {
    *n = (dt__number){.place = dt__reader_place(r, node), .evidence = use->evidence, .inherited = true};
    if (r->status != DT_OK) return;
    n->path = dt__arena_string(&r->model->arena, dt__text_get(&r->path), r->path.length);
    if (n->path == NULL) r->status = DT_ERR_MEMORY;
}

static dt__number_id keep_text(dt__reader *r, const dt__node *node, const char *text, const dt__number_use *use,
                               bool coder, dt__number *n) {
    if (!parse_text(r, node, text, coder, n)) return DT__NO_NUMBER;
    apply_bound(r, node, n, use);
    return keep(r, n);
}

static dt__number_id read_value(dt__reader *r, const dt__node *node, const dt__number_use *use, bool coder);

static void read_coders(dt__reader *r, const dt__node *node, const dt__number_use *use, dt__number *n) {
    dt__entries entries = dt__read_entries(r, node, DT__ID_FREE);
    dt__coder *coders = DT__READER_ARRAY(r, dt__coder, entries.count);

    if (coders == NULL) return;
    n->kind = DT__NUMBER_CODERS;
    n->coders = coders;
    if (entries.count == 0)
        dt__reader_error(r, node, "missing-value", "no coder stands here; expected at least one, such as {0}",
                         "{a: 20, b: 35}", NULL);
    for (size_t i = 0; i < entries.count; i++) {
        size_t length = dt__path_enter(r, entries.ids[i]);
        dt__number_id id = read_value(r, entries.nodes[i], use, true);
        dt__path_leave(r, length);
        if (id != DT__NO_NUMBER) coders[n->coder_count++] = (dt__coder){.name = entries.ids[i], .number = id};
    }
}

/* {value: 10..30, source: K16} and {coders: {...}}. */
static dt__number_id read_mapping(dt__reader *r, const dt__node *node, const dt__number_use *use, bool coder) {
    const dt__node *f[NUMBER_KEYS];
    dt__number_use inner = *use;
    dt__number n;
    const char *text;

    if (!dt__read_fields(r, node, number_keys, NUMBER_KEYS, f)) return DT__NO_NUMBER;
    if ((f[NUMBER_VALUE] != NULL) == (f[NUMBER_CODERS] != NULL) || (coder && f[NUMBER_CODERS] != NULL)) {
        if (coder) dt__reader_error(r, node, "missing-key", "expected the number of a coder, as `value`", NULL);
        else dt__reader_error(r, node, "missing-key", "expected either `value` or `coders` here", NULL);
        return DT__NO_NUMBER;
    }
    start(r, node, use, &n);
    inner.evidence = dt__read_evidence(r, f[NUMBER_SOURCE], f[NUMBER_QUOTE], f[NUMBER_WHY]);
    n.inherited = !dt__has_evidence(&inner.evidence);
    if (n.inherited) inner.evidence = use->evidence;
    n.evidence = inner.evidence;
    if (f[NUMBER_VALUE] != NULL) {
        text = dt__read_text(r, f[NUMBER_VALUE]);
        return text == NULL ? DT__NO_NUMBER : keep_text(r, f[NUMBER_VALUE], text, use, coder, &n);
    }
    read_coders(r, f[NUMBER_CODERS], &inner, &n);
    return keep(r, &n);
}

static dt__number_id read_value(dt__reader *r, const dt__node *node, const dt__number_use *use, bool coder) {
    const char *text;
    dt__number n;

    if (node->kind == DT__NODE_MAPPING) return read_mapping(r, node, use, coder);
    if ((text = dt__read_text(r, node)) == NULL) return DT__NO_NUMBER;
    start(r, node, use, &n);
    return keep_text(r, node, text, use, coder, &n);
}

dt__number_id dt__read_number(dt__reader *r, const dt__node *node, const dt__number_use *use) {
    return node == NULL || r->status != DT_OK ? DT__NO_NUMBER : read_value(r, node, use, false);
}

dt__number_id dt__read_number_text(dt__reader *r, const dt__node *node, const char *text, const dt__number_use *use) {
    dt__number n;

    start(r, node, use, &n);
    return r->status == DT_OK ? keep_text(r, node, text, use, false, &n) : DT__NO_NUMBER;
}
