/* Genius XML: a domain, and a profile for each party.  The semantics are those of Genius 10.4; docs/formats.md has
 * them. */
#include "exchange/genius.h"

#include <string.h>

#include "exchange/recognise.h"

const char *dt__genius_need(dt__import *x, const dt__element *element, const char *name) {
    const char *value = dt__xml_attribute(element, name);

    if (value == NULL) dt__import_error(x, element->place, "missing-key", "`{0}` is missing here", name, NULL);
    return value;
}

/* ---- issues ---- */

typedef enum issue_kind { KIND_DISCRETE, KIND_INTEGER, KIND_OTHER } issue_kind;

static const dt__element *bounds_of(const dt__element *issue) {
    const dt__element *range = dt__xml_child(issue, "range");
    return range != NULL ? range : issue;
}

/* Three attributes say the type, or none does. */
static issue_kind kind_of(const dt__element *issue, const char **said) {
    static const char *const names[] = {"etype", "type", "vtype"};

    *said = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && *said == NULL; i++)
        *said = dt__xml_attribute(issue, names[i]);
    if (*said == NULL) return dt__xml_attribute(bounds_of(issue), "lowerbound") != NULL ? KIND_INTEGER : KIND_DISCRETE;
    if (strcmp(*said, "discrete") == 0) return KIND_DISCRETE;
    return strcmp(*said, "integer") == 0 ? KIND_INTEGER : KIND_OTHER;
}

static bool read_bounds(dt__import *x, const dt__element *issue, int64_t *low, int64_t *high) {
    const dt__element *at = bounds_of(issue);
    const char *lower = dt__genius_need(x, at, "lowerbound"), *upper = dt__genius_need(x, at, "upperbound");

    return lower != NULL && upper != NULL && dt__import_whole(x, at->place, "lowerbound", lower, low) &&
           dt__import_whole(x, at->place, "upperbound", upper, high);
}

static size_t count_items(const dt__element *issue) {
    size_t count = 0;
    DT__EACH_ELEMENT(item, issue) count += dt__xml_is(item, "item");
    return count;
}

/* An option that is listed twice is one option: Genius finds its evaluation by its name. */
static size_t without_repeats(dt__import *x, const dt__element *issue, const char *name, const char **options,
                              size_t count) {
    size_t kept = 0;
    dt__lookup all;

    dt__lookup_init(&all, options, count, x);
    if (dt__lookup_twice(&all) == DT__NOT_FOUND) return count;
    dt__import_warning(x, issue->place, "duplicate-option", "option “{0}” stands twice in issue “{1}”; it is read once",
                       options[dt__lookup_twice(&all)], name, NULL);
    for (size_t o = 0; o < count; o++) {
        if (dt__lookup_find(&all, options[o]) == o) options[kept++] = options[o];
    }
    return kept;
}

static void add_discrete(dt__import *x, const dt__element *issue, const char *name) {
    size_t count = count_items(issue), o = 0;
    const char **options = DT__IMPORT_ARRAY(x, const char *, count);

    if (options == NULL) return;
    DT__EACH_ELEMENT(item, issue) {
        if (!dt__xml_is(item, "item")) continue;
        options[o] = dt__genius_need(x, item, "value");
        if (options[o++] == NULL) return;
    }
    count = without_repeats(x, issue, name, options, count);
    if (x->status == DT_OK) dt__foreign_add_options(x, issue->place, name, options, count);
}

static void refuse_kind(dt__import *x, const dt__element *issue, const char *name, const char *said) {
    dt__import_error(x, issue->place, "real-issue",
                     "issue “{0}” is of type “{1}”; only discrete and integer issues are read", name, said, NULL);
    dt__import_hint(x, "list the values that may be agreed, as a discrete issue", NULL);
}

static void add_issue(dt__import *x, const dt__element *issue) {
    const char *name = dt__genius_need(x, issue, "name"), *said;
    int64_t low, high;

    if (name == NULL) return;
    switch (kind_of(issue, &said)) {
    case KIND_DISCRETE: add_discrete(x, issue, name); break;
    case KIND_INTEGER:
        if (read_bounds(x, issue, &low, &high)) dt__foreign_add_range(x, issue->place, name, low, high);
        break;
    case KIND_OTHER: refuse_kind(x, issue, name, said); break;
    }
}

/* Issues stand in objectives, which stand in one another, or directly in the utility space. */
static bool holds_issues(const dt__element *element) {
    return dt__xml_is(element, "objective") || dt__xml_is(element, "utility_space");
}

static void add_issues(dt__import *x, const dt__element *element) {
    DT__EACH_ELEMENT(child, element) {
        if (dt__xml_is(child, "issue")) add_issue(x, child);
        else if (holds_issues(child)) add_issues(x, child);
    }
}

/* The name of the outermost objective that has one; "root" is none. */
static const char *title_of(const dt__element *element) {
    const char *name = NULL;

    DT__EACH_ELEMENT(child, element) {
        if (dt__xml_is(child, "objective")) name = dt__xml_attribute(child, "name");
        else if (dt__xml_is(child, "utility_space")) name = title_of(child);
        if (name != NULL && *name != '\0' && strcmp(name, "root") != 0) return name;
    }
    return NULL;
}

static void read_domain(dt__import *x, const dt__element *root, const dt_file *file) {
    x->domain.title = title_of(root);
    if (x->domain.title == NULL) x->domain.title = dt__file_stem(x, file->name);
    x->domain.file = file->name;
    add_issues(x, root);
    if (dt__import_failed(x)) return;
    if (x->domain.issues.count == 0)
        dt__import_error(x, root->place, "no-issues", "there is no issue in this domain", NULL);
    else dt__foreign_check_issues(x);
}

/* ---- a profile: which issues it has ---- */

static size_t count_issues(const dt__element *element) {
    size_t count = 0;

    DT__EACH_ELEMENT(child, element) {
        if (dt__xml_is(child, "issue")) count++;
        else if (holds_issues(child)) count += count_issues(child);
    }
    return count;
}

static void blame_other_domain(dt__import *x, dt__place place, const char *name) {
    dt__import_error(x, place, "other-domain", "the domain has no issue “{0}”: this is a profile of another domain",
                     name, NULL);
}

static void match_issue(dt__import *x, dt__profile *p, const dt__element *element) {
    const char *name = dt__genius_need(x, element, "name"), *index = dt__xml_attribute(element, "index");
    dt__profile_issue *issue = &p->issues[p->count];

    if (name == NULL) return;
    *issue = (dt__profile_issue){.element = element, .index = -1, .issue = dt__foreign_find_issue(&x->domain, name)};
    if (issue->issue == DT__NOT_FOUND) {
        blame_other_domain(x, element->place, name);
        return;
    }
    if (index != NULL && !dt__import_whole(x, element->place, "index", index, &issue->index)) return;
    for (size_t i = 0; i < p->count; i++) {
        if (p->issues[i].issue == issue->issue) {
            dt__import_error(x, element->place, "duplicate-issue", "issue “{0}” stands twice", name, NULL);
            return;
        }
        if (index != NULL && p->issues[i].index == issue->index) {
            dt__import_error(x, element->place, "duplicate-index", "two issues have the index {0}", index, NULL);
            return;
        }
    }
    p->count++;
}

static void match_issues(dt__import *x, dt__profile *p, const dt__element *element) {
    DT__EACH_ELEMENT(child, element) {
        if (dt__xml_is(child, "issue")) match_issue(x, p, child);
        else if (holds_issues(child)) match_issues(x, p, child);
    }
}

static void check_complete(dt__import *x, const dt__profile *p) {
    for (uint32_t i = 0; i < x->domain.issues.count; i++) {
        size_t at = 0;
        while (at < p->count && p->issues[at].issue != i) at++;
        if (at < p->count) continue;
        dt__import_error(x, p->root->place, "missing-issue", "the profile says nothing about issue “{0}” of the domain",
                         dt__foreign_issue_at(&x->domain, i)->name, NULL);
    }
}

uint32_t dt__profile_find(const dt__profile *profile, int64_t index) {
    for (size_t i = 0; i < profile->count; i++) {
        if (profile->issues[i].index == index && index >= 0) return profile->issues[i].issue;
    }
    return DT__NOT_FOUND;
}

/* ---- a profile: values ---- */

/* Evaluations over their maximum; an issue whose maximum is below 0.00001 is worth nothing. */
static bool normalise(dt__rational *values, uint32_t count) {
    dt__rational most = values[0], least_maximum = {1, 100000};

    for (uint32_t o = 1; o < count; o++) {
        if (dt__rational_compare(values[o], most) > 0) most = values[o];
    }
    for (uint32_t o = 0; o < count; o++) {
        if (dt__rational_compare(most, least_maximum) < 0) values[o] = DT__RATIONAL(0);
        else if (!dt__rational_div(&values[o], values[o], most)) return false;
    }
    return true;
}

/* An option that stands twice has to say the same twice. */
static void read_evaluation(dt__import *x, const dt__element *item, const char *option, const dt__foreign_issue *issue,
                            dt__rational *value, bool given) {
    const char *evaluation = dt__xml_attribute(item, "evaluation");
    dt__rational number;

    if (evaluation == NULL || strcmp(evaluation, "null") == 0 || *evaluation == '\0') {
        dt__import_error(x, item->place, "missing-evaluation", "option “{0}” of issue “{1}” has no evaluation", option,
                         issue->name, NULL);
        return;
    }
    if (!dt__import_number(x, item->place, "evaluation", evaluation, &number)) return;
    if (given && dt__rational_compare(number, *value) != 0) {
        dt__import_error(x, item->place, "duplicate-option",
                         "option “{0}” of issue “{1}” stands twice, with different evaluations", option, issue->name,
                         NULL);
    }
    *value = number;
}

static void read_item(dt__import *x, const dt__element *item, const dt__foreign_issue *issue, dt__rational *values,
                      bool *given) {
    const char *option = dt__genius_need(x, item, "value");
    uint32_t o;

    if (option == NULL) return;
    if ((o = dt__lookup_find(&issue->by_name, option)) == DT__NOT_FOUND) {
        dt__import_error(x, item->place, "unknown-option", "issue “{0}” of the domain has no option “{1}”", issue->name,
                         option, NULL);
        return;
    }
    read_evaluation(x, item, option, issue, &values[o], given[o]);
    given[o] = true;
}

static void read_discrete(dt__import *x, const dt__profile_issue *at, const dt__foreign_issue *issue,
                          dt__rational *values) {
    bool *given = DT__IMPORT_ARRAY(x, bool, issue->count);

    if (given == NULL) return;
    DT__EACH_ELEMENT(item, at->element) {
        if (dt__xml_is(item, "item")) read_item(x, item, issue, values, given);
    }
    for (uint32_t o = 0; o < issue->count; o++) {
        if (!given[o])
            dt__import_error(x, at->element->place, "missing-evaluation",
                             "option “{0}” of issue “{1}” has no evaluation", issue->options[o], issue->name, NULL);
    }
    if (!dt__import_failed(x) && !normalise(values, issue->count))
        dt__import_too_large(x, at->element->place, issue->name);
}

/* `offset` and `slope`, from the lower bound on; or `parameter0` and `parameter1` of old files, from zero on. */
static bool read_line(dt__import *x, const dt__element *issue, dt__rational *offset, dt__rational *slope,
                      int64_t *origin) {
    const dt__element *evaluator = dt__xml_child(issue, "evaluator");
    const char *a, *b, *form;

    *offset = *slope = DT__RATIONAL(0);
    if (evaluator == NULL) {
        dt__import_error(x, issue->place, "missing-evaluation", "issue “{0}” has no evaluator",
                         dt__xml_attribute(issue, "name"), NULL);
        return false;
    }
    form = dt__xml_attribute(evaluator, "ftype");
    if (form != NULL && strcmp(form, "linear") != 0) {
        dt__import_error(x, evaluator->place, "unsupported", "an evaluator of type “{0}” is not read; expected linear",
                         form, NULL);
        return false;
    }
    if (dt__xml_attribute(evaluator, "parameter1") != NULL) {
        *origin = 0;
        a = dt__genius_need(x, evaluator, "parameter0");
        b = dt__genius_need(x, evaluator, "parameter1");
    } else {
        a = dt__genius_need(x, evaluator, "offset");
        b = dt__genius_need(x, evaluator, "slope");
    }
    return a != NULL && b != NULL && dt__import_number(x, evaluator->place, "offset", a, offset) &&
           dt__import_number(x, evaluator->place, "slope", b, slope);
}

/* offset + slope (number - origin), cut to 0..1. */
static void read_integer(dt__import *x, const dt__profile_issue *at, const dt__foreign_issue *issue,
                         dt__rational *values) {
    dt__rational offset, slope, value;
    int64_t low, high, origin;

    if (!read_bounds(x, at->element, &low, &high)) return;
    if (low != issue->low || high != issue->low + (int64_t)issue->count - 1) {
        dt__import_error(x, at->element->place, "other-domain",
                         "issue “{0}” has other bounds in the domain: this is a profile of another domain", issue->name,
                         NULL);
        return;
    }
    origin = low;
    if (!read_line(x, at->element, &offset, &slope, &origin)) return;
    for (uint32_t o = 0; o < issue->count; o++) {
        dt__rational distance = DT__RATIONAL(low + (int64_t)o - origin);
        if (!dt__rational_mul(&value, slope, distance) || !dt__rational_add(&value, offset, value)) {
            dt__import_too_large(x, at->element->place, issue->name);
            return;
        }
        if (dt__rational_sign(value) < 0) value = DT__RATIONAL(0);
        if (dt__rational_compare(value, DT__RATIONAL(1)) > 0) value = DT__RATIONAL(1);
        values[o] = value;
    }
}

static void read_values(dt__import *x, const dt__profile *p, const dt__profile_issue *at) {
    const dt__foreign_issue *issue = dt__foreign_issue_at(&x->domain, at->issue);
    const char *said;
    issue_kind kind = kind_of(at->element, &said);

    if (kind == KIND_OTHER) refuse_kind(x, at->element, issue->name, said);
    else if ((kind == KIND_INTEGER) != issue->integer)
        dt__import_error(x, at->element->place, "other-domain",
                         "issue “{0}” is of another type in the domain: this is a profile of another domain",
                         issue->name, NULL);
    else if (kind == KIND_INTEGER) read_integer(x, at, issue, p->party->values[at->issue]);
    else read_discrete(x, at, issue, p->party->values[at->issue]);
}

/* ---- a profile: weights ---- */

/* A weight may be that of an objective: these count for nothing. */
static void read_weight(dt__import *x, const dt__profile *p, const dt__element *weight, bool *given) {
    const char *index = dt__genius_need(x, weight, "index"), *value = dt__genius_need(x, weight, "value");
    dt__rational number;
    uint32_t issue;
    int64_t at;

    if (index == NULL || value == NULL || !dt__import_whole(x, weight->place, "index", index, &at)) return;
    if ((issue = dt__profile_find(p, at)) == DT__NOT_FOUND) return;
    if (given[issue])
        dt__import_error(x, weight->place, "duplicate-index", "the issue with the index {0} has two weights", index,
                         NULL);
    given[issue] = true;
    if (dt__import_number(x, weight->place, "weight", value, &number)) p->party->weights[issue] = number;
}

static void read_weights_in(dt__import *x, const dt__profile *p, const dt__element *element, bool *given) {
    DT__EACH_ELEMENT(child, element) {
        if (dt__xml_is(child, "weight")) read_weight(x, p, child, given);
        else if (holds_issues(child)) read_weights_in(x, p, child, given);
    }
}

static void read_weights(dt__import *x, const dt__profile *p) {
    bool *given = DT__IMPORT_ARRAY(x, bool, x->domain.issues.count);

    if (given == NULL) return;
    read_weights_in(x, p, p->root, given);
    for (size_t i = 0; i < p->count; i++) {
        if (!given[p->issues[i].issue])
            dt__import_warning(x, p->issues[i].element->place, "missing-weight",
                               "issue “{0}” has no weight; it counts for nothing",
                               dt__foreign_issue_at(&x->domain, p->issues[i].issue)->name, NULL);
    }
}

/* ---- a profile: reservation value and discount ---- */

static void read_reservation(dt__import *x, const dt__profile *p) {
    const dt__element *element = dt__xml_child(p->root, "reservation");
    const char *value = element == NULL ? NULL : dt__xml_attribute(element, "value");

    if (value != NULL) (void)dt__import_number(x, element->place, "reservation", value, &p->party->reservation);
}

/* Between 0 and 1 a discount is noted; Genius takes what is outside for none, and what is no number too. */
static void read_discount(dt__import *x, const dt__profile *p) {
    const dt__element *element = dt__xml_child(p->root, "discount_factor");
    const char *value = element == NULL ? NULL : dt__xml_attribute(element, "value");
    dt__rational discount;
    dt__text note;

    if (value == NULL) return;
    if (!dt__foreign_number(&discount, value)) {
        dt__import_warning(x, element->place, "bad-discount",
                           "the discount factor “{0}” is no number; it is taken for none", value, NULL);
        return;
    }
    if (dt__rational_sign(discount) <= 0 || dt__rational_compare(discount, DT__RATIONAL(1)) >= 0) return;
    dt__text_init(&note, x->env);
    dt__text_message(&note, "Discount factor {0}: utilities and reservation value shrink with time; not applied here.",
                     value, NULL);
    dt__foreign_add_note(p->party, dt__import_keep(x, &note));
}

static void note_uncertain(dt__import *x, const dt__profile *p) {
    dt__text note;

    dt__text_init(&note, x->env);
    dt__text_message(&note, "A profile under uncertainty: these are the utilities behind it.", NULL);
    dt__foreign_add_note(p->party, dt__import_keep(x, &note));
}

/* ---- a profile ---- */

static const dt__element *find_utility(const dt__element *root) {
    DT__EACH_ELEMENT(child, root) {
        const dt__element *utility = holds_issues(child) ? find_utility(child) : NULL;
        if (dt__xml_is(child, "utility")) return child;
        if (utility != NULL) return utility;
    }
    return NULL;
}

static void read_preferences(dt__import *x, dt__profile *p) {
    const char *type = dt__xml_attribute(p->root, "type");
    const dt__element *utility = find_utility(p->root);

    if (type != NULL && strcmp(type, "UNCERTAIN") == 0) note_uncertain(x, p);
    else if (type != NULL && *type != '\0' && strcmp(type, "linear") != 0 && strcmp(type, "nonlinear") != 0) {
        dt__import_error(x, p->root->place, "unsupported", "a utility space of type “{0}” is not read", type, NULL);
        if (strcmp(type, "constraint") == 0)
            dt__import_hint(
                x,
                "its constraints make whole outcomes worth nothing to one party, which neither rules nor sums can say",
                NULL);
        return;
    }
    if (utility != NULL) {
        dt__genius_read_rectangles(x, p, utility);
    } else {
        for (size_t i = 0; i < p->count; i++) read_values(x, p, &p->issues[i]);
        read_weights(x, p);
    }
    read_reservation(x, p);
    read_discount(x, p);
}

static void read_profile(dt__import *x, const dt__element *root, const dt_file *file) {
    dt__profile p = {.root = root, .issues = DT__IMPORT_ARRAY(x, dt__profile_issue, count_issues(root))};

    if (p.issues == NULL) return;
    p.party = dt__foreign_add_party(x, dt__file_stem(x, file->name), file->name, root->place);
    if (p.party == NULL) return;
    match_issues(x, &p, root);
    check_complete(x, &p);
    read_preferences(x, &p);
}

/* ---- the files ---- */

/* Roots of the files that are Genius XML; the others are left out and said. */
static const dt__element **read_roots(dt__import *x) {
    const dt__element **roots = DT__IMPORT_ARRAY(x, const dt__element *, x->count);

    for (size_t i = 0; x->status == DT_OK && i < x->count; i++) {
        if (dt__is_genius(&x->files[i])) roots[i] = dt__xml_read(x, &x->files[i]);
        else
            dt__import_note(x, dt__place_of_file(&x->files[i]), "left-out",
                            "this file is neither a domain nor a profile; it is left out", NULL);
    }
    return roots;
}

/* The file with the domain: the one template, otherwise the first profile; x->count after a finding. */
static size_t find_domain(dt__import *x, const dt__element **roots) {
    size_t template = x->count, profile = x->count;

    for (size_t i = x->count; i-- > 0;) {
        if (roots[i] == NULL) continue;
        if (dt__xml_is(roots[i], "negotiation_template")) {
            if (template != x->count)
                dt__import_error(x, roots[template]->place, "two-domains",
                                 "this is a second domain; expected one, and profiles of it", NULL);
            template = i;
        } else if (dt__xml_is(roots[i], "utility_space")) {
            profile = i;
        } else {
            dt__import_error(x, roots[i]->place, "unsupported",
                             "the file begins with “{0}”; expected negotiation_template or utility_space",
                             roots[i]->name, NULL);
        }
    }
    return template != x->count ? template : profile;
}

void dt__import_genius(dt__import *x) {
    const dt__element **roots = read_roots(x);
    size_t domain = dt__import_failed(x) ? x->count : find_domain(x, roots);

    if (dt__import_failed(x) || domain == x->count) return;
    read_domain(x, roots[domain], &x->files[domain]);
    for (size_t i = 0; i < x->count && !dt__import_failed(x); i++) {
        if (roots[i] != NULL && dt__xml_is(roots[i], "utility_space")) read_profile(x, roots[i], &x->files[i]);
    }
}
