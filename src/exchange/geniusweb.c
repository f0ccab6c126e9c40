/* GeniusWeb JSON: linear additive profiles, each with its domain inside; a reservation value is the utility of a bid.
 */
#include <string.h>

#include "exchange/recognise.h"
#include "exchange/tree.h"

/* ---- domains ---- */

static void add_values(dt__import *x, const char *name, const dt__tree *values) {
    const char **options = DT__IMPORT_ARRAY(x, const char *, values->count);
    size_t count = 0;

    if (options == NULL) return;
    for (const dt__tree *v = values->first; v != NULL; v = v->next) {
        const char *text = dt__tree_text(x, v);
        if (text == NULL) return;
        options[count++] = dt__import_trimmed(x, text, strlen(text));
        if (x->status != DT_OK) return;
    }
    dt__foreign_add_options(x, values->place, name, options, count);
}

/* [low, high, step] as the numbers low, low + step, ... up to high. */
static void add_range(dt__import *x, const char *name, const dt__tree *range) {
    dt__rational ends[3] = {{0, 1}, {0, 1}, {0, 1}}, at;
    dt__vector options = DT__VECTOR(const char *);
    size_t n = 0;

    for (const dt__tree *v = range->first; v != NULL && n < 3; v = v->next) {
        if (!dt__tree_number(x, v, &ends[n++])) return;
    }
    if (range->count != 3 || dt__rational_sign(ends[2]) <= 0) {
        dt__import_error(x, range->place, "bad-range", "expected a range as [low, high, step], with a step above zero",
                         NULL);
        return;
    }
    at = ends[0];
    while (x->status == DT_OK && dt__rational_compare(at, ends[1]) <= 0 && options.count <= DT__MAX_FOREIGN_OPTIONS) {
        const char *option;
        dt__text text;
        dt__text_init(&text, x->env);
        dt__rational_print(&text, at);
        option = dt__import_keep(x, &text);
        if (option != NULL) x->status = dt__vector_push(&options, &option, x->env);
        if (!dt__rational_add(&at, at, ends[2])) break;
    }
    if (x->status == DT_OK) {
        const char **kept = DT__IMPORT_ARRAY(x, const char *, options.count);
        if (kept != NULL && options.count > 0) memcpy(kept, options.items, options.count * sizeof *kept);
        if (kept != NULL) dt__foreign_add_options(x, range->place, name, kept, options.count);
    }
    dt__vector_clear(&options, x->env);
}

static void add_issue(dt__import *x, const dt__tree *issue) {
    const dt__tree *values = dt__tree_get(issue, "values"), *range = dt__tree_get(issue, "range");
    const char *name = dt__import_trimmed(x, issue->key, strlen(issue->key));

    if (name == NULL) return;
    if (values != NULL && values->kind == DT__TREE_LIST) add_values(x, name, values);
    else if (range != NULL && range->kind == DT__TREE_LIST) add_range(x, name, range);
    else dt__import_error(x, issue->place, "unsupported", "issue “{0}” has neither `values` nor `range`", name, NULL);
}

static void read_domain(dt__import *x, const dt__tree *domain, const dt_file *file) {
    const dt__tree *issues = dt__tree_need(x, domain, "issuesValues", DT__TREE_MAPPING),
                   *name = dt__tree_get(domain, "name");

    if (issues == NULL) return;
    x->domain.title =
        dt__tree_is_given(name) && name->kind == DT__TREE_SCALAR ? name->text : dt__file_stem(x, file->name);
    x->domain.file = file->name;
    for (const dt__tree *i = issues->first; i != NULL; i = i->next) add_issue(x, i);
    if (dt__import_failed(x)) return;
    if (x->domain.issues.count == 0)
        dt__import_error(x, domain->place, "no-issues", "there is no issue in this domain", NULL);
    else dt__foreign_check_issues(x);
}

static void other_domain(dt__import *x, const dt__tree *at, const char *issue) {
    dt__import_error(x, at->place, "other-domain",
                     "issue “{0}” is not as in the domain: this is a profile of another domain", issue, NULL);
}

/* The domain inside a profile has to be the one that was read: the same issues with the same options. */
static void check_domain(dt__import *x, const dt__tree *domain) {
    const dt__tree *issues = dt__tree_need(x, domain, "issuesValues", DT__TREE_MAPPING);

    if (issues == NULL) return;
    if (issues->count != x->domain.issues.count)
        dt__import_error(x, issues->place, "other-domain",
                         "there are other issues here than in the domain: this is a profile of another domain", NULL);
    for (const dt__tree *i = issues->first; i != NULL && !dt__import_failed(x); i = i->next) {
        const dt__tree *values = dt__tree_get(i, "values");
        const char *name = dt__import_trimmed(x, i->key, strlen(i->key));
        uint32_t at = name == NULL ? DT__NOT_FOUND : dt__foreign_find_issue(&x->domain, name);
        const dt__foreign_issue *issue = at == DT__NOT_FOUND ? NULL : dt__foreign_issue_at(&x->domain, at);
        if (name == NULL) return;
        if (issue == NULL || (values != NULL && values->count != issue->count)) other_domain(x, i, name);
        if (issue == NULL || values == NULL || values->kind != DT__TREE_LIST) continue;
        for (const dt__tree *v = values->first; v != NULL && !dt__import_failed(x); v = v->next) {
            const char *text = dt__tree_text(x, v),
                       *option = text == NULL ? NULL : dt__import_trimmed(x, text, strlen(text));
            if (option != NULL && dt__lookup_find(&issue->by_name, option) == DT__NOT_FOUND) other_domain(x, i, name);
        }
    }
}

/* ---- utilities of an issue ---- */

static void read_discrete(dt__import *x, const dt__tree *utilities, const dt__foreign_issue *issue,
                          dt__rational *values) {
    bool *given = DT__IMPORT_ARRAY(x, bool, issue->count);

    if (given == NULL) return;
    for (const dt__tree *u = utilities->first; u != NULL && x->status == DT_OK; u = u->next) {
        const char *name = dt__import_trimmed(x, u->key, strlen(u->key));
        uint32_t o = name == NULL ? DT__NOT_FOUND : dt__lookup_find(&issue->by_name, name);
        if (name == NULL) return;
        if (o == DT__NOT_FOUND) {
            dt__import_error(x, u->place, "unknown-option", "issue “{0}” of the domain has no option “{1}”",
                             issue->name, name, NULL);
            continue;
        }
        given[o] = true;
        (void)dt__tree_number(x, u, &values[o]);
    }
    for (uint32_t o = 0; o < issue->count; o++) {
        if (!given[o])
            dt__import_error(x, utilities->place, "missing-evaluation", "option “{0}” of issue “{1}” has no utility",
                             issue->options[o], issue->name, NULL);
    }
}

/* A straight line through (lowValue, lowUtility) and (highValue, highUtility). */
static bool on_line(dt__rational *out, const dt__rational *line, dt__rational at) {
    dt__rational run, rise, part;

    if (!dt__rational_sub(&run, line[2], line[0]) || !dt__rational_sub(&rise, line[3], line[1]) ||
        !dt__rational_sub(&part, at, line[0]))
        return false;
    if (!dt__rational_mul(&part, part, rise) || !dt__rational_div(&part, part, run)) return false;
    return dt__rational_add(out, line[1], part);
}

static void read_line(dt__import *x, const dt__tree *node, const dt__foreign_issue *issue, dt__rational *values) {
    static const char *const keys[] = {"lowValue", "lowUtility", "highValue", "highUtility"};
    dt__rational line[4], at;

    for (size_t k = 0; k < 4; k++) {
        const dt__tree *number = dt__tree_need(x, node, keys[k], DT__TREE_SCALAR);
        if (number == NULL || !dt__tree_number(x, number, &line[k])) return;
    }
    for (uint32_t o = 0; o < issue->count; o++) {
        size_t length = strlen(issue->options[o]);
        if (!dt__rational_parse(&at, issue->options[o], length)) {
            dt__import_error(x, node->place, "bad-number",
                             "option “{0}” of issue “{1}” is no number, and has no utility on a line",
                             issue->options[o], issue->name, NULL);
            return;
        }
        if (on_line(&values[o], line, at)) continue;
        dt__import_too_large(x, node->place, issue->name);
        return;
    }
}

static void read_utilities(dt__import *x, const dt__tree *node, const dt__foreign_issue *issue, dt__rational *values) {
    static const char *const names[] = {"discreteutils", "DiscreteValueSetUtilities"};
    static const char *const lines[] = {"numberutils", "NumberValueSetUtilities"};

    for (size_t i = 0; i < 2; i++) {
        const dt__tree *discrete = dt__tree_get(node, names[i]), *line = dt__tree_get(node, lines[i]);
        if (discrete != NULL) {
            const dt__tree *map = dt__tree_need(x, discrete, "valueUtilities", DT__TREE_MAPPING);
            if (map != NULL) read_discrete(x, map, issue, values);
            return;
        }
        if (line != NULL) {
            read_line(x, line, issue, values);
            return;
        }
    }
    dt__import_error(
        x, node->place, "unsupported",
        "the utilities of issue “{0}” are of a kind that is not read; expected discreteutils or numberutils",
        issue->name, NULL);
}

/* ---- a profile ---- */

/* The entry of an issue in a mapping by issue; NULL after a finding. */
static const dt__tree *need_issue(dt__import *x, const dt__tree *map, const dt__foreign_issue *issue) {
    for (const dt__tree *c = map->first; c != NULL && x->status == DT_OK; c = c->next) {
        const char *name = dt__import_trimmed(x, c->key, strlen(c->key));
        if (name != NULL && strcmp(name, issue->name) == 0) return c;
    }
    if (x->status == DT_OK)
        dt__import_error(x, map->place, "missing-issue", "the profile says nothing about issue “{0}” of the domain",
                         issue->name, NULL);
    return NULL;
}

static void check_known(dt__import *x, const dt__tree *map) {
    for (const dt__tree *c = map->first; c != NULL && x->status == DT_OK; c = c->next) {
        const char *name = dt__import_trimmed(x, c->key, strlen(c->key));
        if (name != NULL && dt__foreign_find_issue(&x->domain, name) == DT__NOT_FOUND) {
            dt__import_error(x, c->place, "other-domain",
                             "the domain has no issue “{0}”: this is a profile of another domain", name, NULL);
        }
    }
}

/* The utility of the bid, as the weights will be used; issues that it leaves open count for nothing. */
static void read_reservation(dt__import *x, const dt__tree *bid, dt__foreign_party *party) {
    const dt__tree *values = dt__tree_is_given(bid) ? dt__tree_need(x, bid, "issuevalues", DT__TREE_MAPPING) : NULL;
    dt__rational sum = DT__RATIONAL(0), weights = DT__RATIONAL(0), part;
    bool fits = true;

    if (values == NULL) return;
    check_known(x, values);
    for (size_t i = 0; i < x->domain.issues.count && !dt__import_failed(x); i++) {
        const dt__foreign_issue *issue = dt__foreign_issue_at(&x->domain, i);
        const dt__tree *value = dt__tree_get(values, issue->name);
        const char *text = value == NULL ? NULL : dt__tree_text(x, value),
                   *option = text == NULL ? NULL : dt__import_trimmed(x, text, strlen(text));
        uint32_t o = option == NULL ? DT__NOT_FOUND : dt__lookup_find(&issue->by_name, option);
        fits &= dt__rational_add(&weights, weights, party->weights[i]);
        if (value == NULL) continue;
        if (option != NULL && o == DT__NOT_FOUND)
            dt__import_error(x, value->place, "unknown-option", "issue “{0}” of the domain has no option “{1}”",
                             issue->name, option, NULL);
        if (o != DT__NOT_FOUND)
            fits &=
                dt__rational_mul(&part, party->weights[i], party->values[i][o]) && dt__rational_add(&sum, sum, part);
    }
    if (dt__import_failed(x)) return;
    if (!x->opts.raw_weights && dt__rational_sign(weights) != 0) fits &= dt__rational_div(&sum, sum, weights);
    if (fits) party->reservation = sum;
    else dt__import_too_large(x, bid->place, party->name);
}

static void read_profile(dt__import *x, const dt__tree *space, const dt_file *file) {
    const dt__tree *utilities = dt__tree_need(x, space, "issueUtilities", DT__TREE_MAPPING);
    const dt__tree *weights = dt__tree_need(x, space, "issueWeights", DT__TREE_MAPPING);
    dt__foreign_party *party = dt__foreign_add_party(x, dt__file_stem(x, file->name), file->name, space->place);

    if (utilities == NULL || weights == NULL || party == NULL) return;
    check_known(x, utilities);
    check_known(x, weights);
    if (dt__import_failed(x)) return;
    for (size_t i = 0; i < x->domain.issues.count && x->status == DT_OK; i++) {
        const dt__foreign_issue *issue = dt__foreign_issue_at(&x->domain, i);
        const dt__tree *utility = need_issue(x, utilities, issue), *weight = need_issue(x, weights, issue);
        if (utility != NULL) read_utilities(x, utility, issue, party->values[i]);
        if (weight != NULL) (void)dt__tree_number(x, weight, &party->weights[i]);
    }
    if (!dt__import_failed(x)) read_reservation(x, dt__tree_get(space, "reservationBid"), party);
}

/* ---- the files ---- */

static const dt__tree *space_of(const dt__tree *root) {
    return dt__tree_get(root, "LinearAdditiveUtilitySpace");
}

/* The domain by itself, otherwise the one in the first profile. */
static void find_domain(dt__import *x, const dt__tree **roots) {
    const dt__tree *alone = NULL;

    for (size_t i = 0; i < x->count; i++) {
        if (dt__tree_get(roots[i], "issuesValues") == NULL) continue;
        if (alone != NULL)
            dt__import_error(x, roots[i]->place, "two-domains",
                             "this is a second domain; expected one, and profiles of it", NULL);
        else read_domain(x, roots[i], &x->files[i]);
        alone = roots[i];
    }
    for (size_t i = 0; i < x->count && alone == NULL; i++) {
        const dt__tree *space = space_of(roots[i]);
        alone = space == NULL ? NULL : dt__tree_need(x, space, "domain", DT__TREE_MAPPING);
        if (alone != NULL) read_domain(x, alone, &x->files[i]);
        if (dt__import_failed(x)) return;
    }
}

static void read_file(dt__import *x, const dt__tree *root, const dt_file *file) {
    const dt__tree *space = space_of(root), *domain = dt__tree_get(space, "domain");

    if (root == NULL || dt__tree_get(root, "issuesValues") != NULL) return;
    if (space == NULL || space->kind != DT__TREE_MAPPING) {
        dt__import_error(x, root->place, "unsupported", "this is no linear additive profile; no other kind is read",
                         NULL);
        return;
    }
    if (domain != NULL) check_domain(x, domain);
    if (!dt__import_failed(x)) read_profile(x, space, file);
}

void dt__import_geniusweb(dt__import *x) {
    const dt__tree **roots = DT__IMPORT_ARRAY(x, const dt__tree *, x->count);

    for (size_t i = 0; x->status == DT_OK && i < x->count; i++) {
        if (dt__is_geniusweb(&x->files[i])) roots[i] = dt__tree_read(x, &x->files[i], DT__TREE_JSON);
        else
            dt__import_note(x, dt__place_of_file(&x->files[i]), "left-out",
                            "this file is neither a domain nor a profile; it is left out", NULL);
    }
    if (!dt__import_failed(x)) find_domain(x, roots);
    for (size_t i = 0; i < x->count && !dt__import_failed(x); i++) read_file(x, roots[i], &x->files[i]);
}
