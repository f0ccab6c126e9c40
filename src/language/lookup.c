/* References to parties, issues and options, by id. */
#include <string.h>

#include "language/reader.h"

/* A reader whose status is not DT_OK says nothing more. */
static void blame_unknown(dt__reader *r, const dt__node *node, const char *code, const char *msgid, const char *text,
                          const dt__names *names) {
    dt__reader_error(r, node, code, msgid, text, NULL);
    dt__reader_hint_names(r, text, names->texts, names->count);
}

uint32_t dt__find_party(dt__reader *r, const dt__node *node, const char *text) {
    uint32_t party = dt__names_find(&r->parties, text);
    if (party == DT__NO_NAME)
        blame_unknown(r, node, "unknown-party", DT__N("the party “{0}” is not known"), text, &r->parties);
    return party;
}

uint32_t dt__find_issue(dt__reader *r, const dt__node *node, const char *text) {
    uint32_t issue = dt__names_find(&r->issues, text);
    if (issue == DT__NO_NAME)
        blame_unknown(r, node, "unknown-issue", DT__N("the issue “{0}” is not known"), text, &r->issues);
    return issue;
}

dt__option dt__find_option(dt__reader *r, const dt__node *node, uint32_t issue, const char *text) {
    uint32_t option = dt__names_find(&r->options[issue], text);

    if (option != DT__NO_NAME) return (dt__option)option;
    if (r->options[issue].count == 0) return DT__NO_OPTION; /* its options were wrong: that was said there */
    dt__reader_error(r, node, "unknown-option", "the issue “{0}” has no option “{1}”", r->model->issues[issue].id, text,
                     NULL);
    dt__reader_hint_names(r, text, r->options[issue].texts, r->options[issue].count);
    return DT__NO_OPTION;
}

uint32_t dt__read_party(dt__reader *r, const dt__node *node) {
    const char *text = dt__read_text(r, node);
    return text == NULL ? DT__NO_INDEX : dt__find_party(r, node, text);
}

static void add_party(dt__reader *r, const dt__node *node, dt__party_set *set) {
    uint32_t party = dt__read_party(r, node);
    dt__party_set bit;

    if (party == DT__NO_INDEX) return;
    bit = (dt__party_set)1 << party;
    if (*set & bit)
        dt__reader_error(r, node, "duplicate-entry", "“{0}” stands in this list a second time", node->text, NULL);
    *set |= bit;
}

dt__party_set dt__read_parties(dt__reader *r, const dt__node *node) {
    dt__party_set set = 0;

    if (node == NULL || r->status != DT_OK) return 0;
    if (node->kind == DT__NODE_SCALAR && !dt__node_is_empty(node)) {
        add_party(r, node, &set);
        return set;
    }
    if (dt__read_list(r, node) == 0) return 0;
    DT__EACH(child, node) add_party(r, child, &set);
    return set;
}

static void add_issue(dt__reader *r, const dt__node *node, dt__issue_set *set) {
    const char *text = dt__read_text(r, node);
    uint32_t issue = text == NULL ? DT__NO_INDEX : dt__find_issue(r, node, text);

    if (issue == DT__NO_INDEX) return;
    if (dt__issue_set_has(set, issue))
        dt__reader_error(r, node, "duplicate-entry", "“{0}” stands in this list a second time", text, NULL);
    dt__issue_set_add(set, issue);
}

dt__issue_set dt__read_issue_set(dt__reader *r, const dt__node *node) {
    dt__issue_set set = {0};

    if (dt__read_list(r, node) == 0) return set;
    DT__EACH(child, node) add_issue(r, child, &set);
    return set;
}
