/* NegMAS YAML: an outcome space, and a linear additive utility function for each party, with or without a discount. */
#include <string.h>

#include "exchange/tree.h"

/* ---- types: the last part of a dotted name ---- */

static const char *type_of(const dt__tree *node) {
    const dt__tree *type = dt__tree_get(node, "type");
    const char *dot;

    if (type == NULL || type->kind != DT__TREE_SCALAR) return "";
    dot = strrchr(type->text, '.');
    return dot == NULL ? type->text : dot + 1;
}

static bool type_is(const dt__tree *node, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(type_of(node), names[i]) == 0) return true;
    }
    return false;
}
#define TYPE_IS(node, ...) \
    type_is((node), (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static bool is_space(const dt__tree *node) {
    return TYPE_IS(node, "CartesianOutcomeSpace", "DiscreteCartesianOutcomeSpace");
}

static void refuse_type(dt__import *x, const dt__tree *node) {
    dt__import_error(x, node->place, "unsupported", "“{0}” is not read", type_of(node), NULL);
}

/* ---- the outcome space ---- */

static void add_listed(dt__import *x, const char *name, const dt__tree *values) {
    const char **options = DT__IMPORT_ARRAY(x, const char *, values->count);
    size_t count = 0;

    if (options == NULL) return;
    for (const dt__tree *v = values->first; v != NULL; v = v->next) {
        options[count] = dt__tree_text(x, v);
        if (options[count++] == NULL) return;
    }
    dt__foreign_add_options(x, values->place, name, options, count);
}

static void add_contiguous(dt__import *x, const char *name, const dt__tree *values) {
    const dt__tree *low = values->first, *high = low == NULL ? NULL : low->next;
    const char *a, *b;
    int64_t from, to;

    if (values->kind != DT__TREE_LIST || values->count != 2 || low == NULL || high == NULL) {
        dt__import_error(x, values->place, "bad-range", "expected the lowest and the highest number, as [low, high]",
                         NULL);
        return;
    }
    if ((a = dt__tree_text(x, low)) == NULL || (b = dt__tree_text(x, high)) == NULL) return;
    if (!dt__import_whole(x, low->place, "values", a, &from) || !dt__import_whole(x, high->place, "values", b, &to))
        return;
    dt__foreign_add_range(x, values->place, name, from, to);
}

static void add_issue(dt__import *x, const dt__tree *issue) {
    const dt__tree *name = dt__tree_need(x, issue, "name", DT__TREE_SCALAR), *values = dt__tree_get(issue, "values");

    if (name == NULL) return;
    if (values == NULL) dt__import_error(x, issue->place, "missing-key", "`{0}` is missing here", "values", NULL);
    else if (TYPE_IS(issue, "ContiguousIssue")) add_contiguous(x, name->text, values);
    else if (TYPE_IS(issue, "CategoricalIssue", "DiscreteCardinalIssue", "DiscreteOrdinalIssue", "OrdinalIssue",
                     "CardinalIssue") &&
             values->kind == DT__TREE_LIST)
        add_listed(x, name->text, values);
    else refuse_type(x, issue);
}

static void read_space(dt__import *x, const dt__tree *space, const dt_file *file) {
    const dt__tree *issues = dt__tree_need(x, space, "issues", DT__TREE_LIST), *name = dt__tree_get(space, "name");

    if (issues == NULL) return;
    x->domain.title = name != NULL && name->kind == DT__TREE_SCALAR && *name->text != '\0'
                          ? name->text
                          : dt__file_stem(x, file->name);
    x->domain.file = file->name;
    for (const dt__tree *i = issues->first; i != NULL; i = i->next) {
        if (i->kind == DT__TREE_MAPPING) add_issue(x, i);
        else
            dt__import_error(x, i->place, "wrong-type", "expected an issue here, with `name`, `type` and `values`",
                             NULL);
    }
    if (dt__import_failed(x)) return;
    if (x->domain.issues.count == 0)
        dt__import_error(x, space->place, "no-issues", "there is no issue in this domain", NULL);
    else dt__foreign_check_issues(x);
}

/* ---- value functions ---- */

static void read_table(dt__import *x, const dt__tree *function, const dt__foreign_issue *issue, dt__rational *values) {
    const dt__tree *mapping = dt__tree_need(x, function, "mapping", DT__TREE_MAPPING);
    bool *given = DT__IMPORT_ARRAY(x, bool, issue->count);

    if (mapping == NULL || given == NULL) return;
    for (const dt__tree *m = mapping->first; m != NULL; m = m->next) {
        uint32_t o = dt__lookup_find(&issue->by_name, m->key);
        if (o == DT__NOT_FOUND) {
            dt__import_error(x, m->place, "unknown-option", "issue “{0}” of the domain has no option “{1}”",
                             issue->name, m->key, NULL);
            continue;
        }
        given[o] = true;
        (void)dt__tree_number(x, m, &values[o]);
    }
    for (uint32_t o = 0; o < issue->count; o++) {
        if (!given[o])
            dt__import_error(x, mapping->place, "missing-evaluation", "option “{0}” of issue “{1}” has no utility",
                             issue->options[o], issue->name, NULL);
    }
}

static bool read_optional(dt__import *x, const dt__tree *node, const char *key, dt__rational otherwise,
                          dt__rational *out) {
    const dt__tree *number = dt__tree_get(node, key);

    *out = otherwise;
    return !dt__tree_is_given(number) || dt__tree_number(x, number, out);
}

/* bias + slope x number */
static void read_line(dt__import *x, const dt__tree *function, const dt__foreign_issue *issue, dt__rational *values) {
    bool identity = TYPE_IS(function, "IdentityFun"), constant = TYPE_IS(function, "ConstFun");
    dt__rational slope, bias, at;

    if (!read_optional(x, function, "slope", DT__RATIONAL(1), &slope) ||
        !read_optional(x, function, "bias", DT__RATIONAL(0), &bias))
        return;
    if (identity) slope = DT__RATIONAL(1), bias = DT__RATIONAL(0);
    if (constant) slope = DT__RATIONAL(0);
    for (uint32_t o = 0; o < issue->count; o++) {
        at = DT__RATIONAL(0);
        if (!constant && !dt__foreign_number(&at, issue->options[o])) {
            dt__import_error(x, function->place, "bad-number",
                             "option “{0}” of issue “{1}” is no number, and has no utility on a line",
                             issue->options[o], issue->name, NULL);
            return;
        }
        if (dt__rational_mul(&at, at, slope) && dt__rational_add(&values[o], at, bias)) continue;
        dt__import_too_large(x, function->place, issue->name);
        return;
    }
}

static void read_function(dt__import *x, const dt__tree *function, const dt__foreign_issue *issue,
                          dt__rational *values) {
    if (TYPE_IS(function, "TableFun")) read_table(x, function, issue, values);
    else if (TYPE_IS(function, "AffineFun", "LinearFun", "IdentityFun", "ConstFun"))
        read_line(x, function, issue, values);
    else refuse_type(x, function);
}

/* ---- utility functions ---- */

/* Values and weights in the order of the issues, or by their names. */
static const dt__tree *at_issue(dt__import *x, const dt__tree *node, size_t i) {
    const dt__foreign_issue *issue = dt__foreign_issue_at(&x->domain, i);
    const dt__tree *child = node->first;

    if (node->kind == DT__TREE_MAPPING) return dt__tree_get(node, issue->name);
    while (child != NULL && i-- > 0) child = child->next;
    return child;
}

static bool check_length(dt__import *x, const dt__tree *node) {
    if (node == NULL) return false;
    if (node->kind != DT__TREE_SCALAR && node->count == x->domain.issues.count) return true;
    dt__import_error(x, node->place, "other-domain", "expected one entry for each issue of the domain", NULL);
    return false;
}

static void read_reservation(dt__import *x, const dt__tree *value, dt__foreign_party *party) {
    if (!dt__tree_is_given(value) || (value->kind == DT__TREE_SCALAR && strcmp(value->text, "-.inf") == 0))
        party->accepts_everything = true;
    else (void)dt__tree_number(x, value, &party->reservation);
}

static void read_linear(dt__import *x, const dt__tree *ufun, dt__foreign_party *party) {
    const dt__tree *values = dt__tree_get(ufun, "values"), *weights = dt__tree_get(ufun, "weights");
    dt__rational bias;

    if (values == NULL) dt__import_error(x, ufun->place, "missing-key", "`{0}` is missing here", "values", NULL);
    if (weights == NULL) dt__import_error(x, ufun->place, "missing-key", "`{0}` is missing here", "weights", NULL);
    if (!check_length(x, values) || !check_length(x, weights)) return;
    if (!read_optional(x, ufun, "bias", DT__RATIONAL(0), &bias)) return;
    if (dt__rational_sign(bias) != 0)
        dt__import_error(x, ufun->place, "unsupported", "“{0}” is not read", "bias", NULL);
    for (size_t i = 0; i < x->domain.issues.count && x->status == DT_OK; i++) {
        const dt__foreign_issue *issue = dt__foreign_issue_at(&x->domain, i);
        const dt__tree *function = at_issue(x, values, i), *weight = at_issue(x, weights, i);
        if (function == NULL || weight == NULL)
            dt__import_error(x, ufun->place, "missing-issue",
                             "the profile says nothing about issue “{0}” of the domain", issue->name, NULL);
        else if (dt__tree_number(x, weight, &party->weights[i])) read_function(x, function, issue, party->values[i]);
    }
}

static void note_discount(dt__import *x, const dt__tree *ufun, dt__foreign_party *party) {
    const dt__tree *discount = dt__tree_get(ufun, "discount");
    dt__text note;

    if (discount == NULL || discount->kind != DT__TREE_SCALAR) return;
    dt__text_init(&note, x->env);
    dt__text_message(&note, "Discount factor {0}: utilities and reservation value shrink with time; not applied here.",
                     discount->text, NULL);
    dt__foreign_add_note(party, dt__import_keep(x, &note));
}

static void read_ufun(dt__import *x, const dt__tree *ufun, const dt_file *file) {
    const dt__tree *inner = ufun;
    dt__foreign_party *party = dt__foreign_add_party(x, dt__file_stem(x, file->name), file->name, ufun->place);

    if (party == NULL) return;
    if (TYPE_IS(ufun, "ExpDiscountedUFun", "LinDiscountedUFun")) {
        note_discount(x, ufun, party);
        if ((inner = dt__tree_need(x, ufun, "ufun", DT__TREE_MAPPING)) == NULL) return;
    }
    if (!TYPE_IS(inner, "LinearAdditiveUtilityFunction", "LinearUtilityAggregationFunction")) {
        refuse_type(x, inner);
        if (dt__tree_get(ufun, "n_edges") != NULL || dt__tree_get(ufun, "outcome_spaces") != NULL)
            dt__import_hint(x, "this is the centre of several deals that hang together; a model here is of one deal",
                            NULL);
        return;
    }
    read_linear(x, inner, party);
    read_reservation(x, dt__tree_get(ufun, "reserved_value"), party);
}

/* ---- the files ---- */

static const dt__tree *space_in(const dt__tree *root) {
    const dt__tree *own = dt__tree_get(root, "outcome_space"),
                   *inner = dt__tree_get(dt__tree_get(root, "ufun"), "outcome_space");
    if (is_space(root)) return root;
    return own != NULL && own->kind == DT__TREE_MAPPING       ? own
           : inner != NULL && inner->kind == DT__TREE_MAPPING ? inner
                                                              : NULL;
}

/* An outcome space by itself, otherwise one within a utility function. */
static void find_space(dt__import *x, const dt__tree **roots) {
    size_t alone = x->count, within = x->count;

    for (size_t i = 0; i < x->count; i++) {
        const dt__tree *space = space_in(roots[i]);
        if (space == NULL) continue;
        if (space != roots[i]) within = within == x->count ? i : within;
        else if (alone == x->count) alone = i;
        else
            dt__import_error(x, roots[i]->place, "two-domains",
                             "this is a second domain; expected one, and profiles of it", NULL);
    }
    if (alone == x->count) alone = within;
    if (alone < x->count) read_space(x, space_in(roots[alone]), &x->files[alone]);
    else
        dt__import_error(x, dt__place_of_file(&x->files[0]), "no-domain",
                         "there is no outcome space in these files; give the domain too", NULL);
}

void dt__import_negmas(dt__import *x) {
    const dt__tree **roots = DT__IMPORT_ARRAY(x, const dt__tree *, x->count);

    for (size_t i = 0; x->status == DT_OK && i < x->count; i++) {
        roots[i] = dt__tree_read(x, &x->files[i], DT__TREE_YAML);
        if (roots[i] == NULL || *type_of(roots[i]) != '\0') continue;
        dt__import_note(x, dt__place_of_file(&x->files[i]), "left-out",
                        "this file is neither a domain nor a profile; it is left out", NULL);
        roots[i] = NULL;
    }
    if (!dt__import_failed(x)) find_space(x, roots);
    for (size_t i = 0; i < x->count && !dt__import_failed(x); i++) {
        if (roots[i] != NULL && !is_space(roots[i])) read_ufun(x, roots[i], &x->files[i]);
    }
}
