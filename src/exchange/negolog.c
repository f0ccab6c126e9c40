/* NegoLog JSON: a profile has weights and, for each issue, the utility of each option; the first one gives the domain.
 */
#include <string.h>

#include "exchange/recognise.h"
#include "exchange/tree.h"

static void read_domain(dt__import *x, const dt__tree *issues, const dt_file *file) {
    x->domain.title = dt__file_stem(x, file->name);
    x->domain.file = file->name;
    for (const dt__tree *i = issues->first; i != NULL && x->status == DT_OK; i = i->next) {
        const char **options = DT__IMPORT_ARRAY(x, const char *, i->count);
        size_t count = 0;
        if (i->kind != DT__TREE_MAPPING) {
            dt__import_error(x, i->place, "wrong-type",
                             "`{0}` is not what was expected: a list, a mapping or one value", i->key, NULL);
            continue;
        }
        if (options == NULL) return;
        for (const dt__tree *o = i->first; o != NULL; o = o->next) options[count++] = o->key;
        dt__foreign_add_options(x, i->place, i->key, options, count);
    }
    if (!dt__import_failed(x) && x->domain.issues.count == 0)
        dt__import_error(x, issues->place, "no-issues", "there is no issue in this domain", NULL);
}

static void read_values(dt__import *x, const dt__tree *node, const dt__foreign_issue *issue, dt__rational *values) {
    if (node->kind != DT__TREE_MAPPING || node->count != issue->count) {
        dt__import_error(x, node->place, "other-domain",
                         "issue “{0}” is not as in the domain: this is a profile of another domain", issue->name, NULL);
        return;
    }
    for (const dt__tree *u = node->first; u != NULL; u = u->next) {
        uint32_t o = dt__lookup_find(&issue->by_name, u->key);
        if (o != DT__NOT_FOUND) (void)dt__tree_number(x, u, &values[o]);
        else
            dt__import_error(x, u->place, "unknown-option", "issue “{0}” of the domain has no option “{1}”",
                             issue->name, u->key, NULL);
    }
}

static void read_profile(dt__import *x, const dt__tree *root, const dt__tree *issues, const dt_file *file) {
    const dt__tree *weights = dt__tree_need(x, root, "issueWeights", DT__TREE_MAPPING),
                   *reservation = dt__tree_get(root, "reservationValue");
    dt__foreign_party *party = dt__foreign_add_party(x, dt__file_stem(x, file->name), file->name, root->place);

    if (weights == NULL || party == NULL) return;
    if (issues->count != x->domain.issues.count || weights->count != issues->count)
        dt__import_error(x, issues->place, "other-domain",
                         "there are other issues here than in the domain: this is a profile of another domain", NULL);
    for (size_t i = 0; i < x->domain.issues.count && !dt__import_failed(x); i++) {
        const dt__foreign_issue *issue = dt__foreign_issue_at(&x->domain, i);
        const dt__tree *values = dt__tree_need(x, issues, issue->name, DT__TREE_MAPPING),
                       *weight = dt__tree_need(x, weights, issue->name, DT__TREE_SCALAR);
        if (values != NULL) read_values(x, values, issue, party->values[i]);
        if (weight != NULL) (void)dt__tree_number(x, weight, &party->weights[i]);
    }
    if (dt__tree_is_given(reservation)) (void)dt__tree_number(x, reservation, &party->reservation);
}

void dt__import_negolog(dt__import *x) {
    for (size_t i = 0; i < x->count && !dt__import_failed(x); i++) {
        const dt__tree *root, *issues;
        if (!dt__is_negolog(&x->files[i])) {
            dt__import_note(x, dt__place_of_file(&x->files[i]), "left-out",
                            "this file is neither a domain nor a profile; it is left out", NULL);
            continue;
        }
        if ((root = dt__tree_read(x, &x->files[i], DT__TREE_JSON)) == NULL) return;
        if ((issues = dt__tree_need(x, root, "issues", DT__TREE_MAPPING)) == NULL) return;
        if (x->domain.issues.count == 0) read_domain(x, issues, &x->files[i]);
        if (!dt__import_failed(x)) read_profile(x, root, issues, &x->files[i]);
    }
}
