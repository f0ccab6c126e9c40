/* GMCR+ (.gmcr) in its JSON generations, and the JSON of its visualiser. */
#include "exchange/gmcr.h"

#include <string.h>

#include "exchange/recognise.h"

/* More than fits into a condition of the model language. */
enum { MAX_LITERALS = 1000 };

/* ---- conditions: [[option, "Y"], ...], or {"compound": true, "members": [...]} ---- */

static bool read_option(dt__import *x, const dt__tree *node, const dt__gmcr *g, uint32_t *out) {
    dt__text count;
    int64_t index = -1;

    if (node->kind != DT__TREE_SCALAR || node->quoted) {
        dt__import_error(x, node->place, "wrong-type", "expected the number of an option here, counted from 0", NULL);
        return false;
    }
    if (!dt__import_whole(x, node->place, "option", node->text, &index)) return false;
    *out = (uint32_t)index;
    if (index >= 0 && (size_t)index < g->option_count) return true;
    dt__text_init(&count, x->env);
    dt__text_add_unsigned(&count, g->option_count);
    dt__import_error(x, node->place, "out-of-range", "there is no option {0}: this file has {1}, counted from 0",
                     node->text, dt__text_get(&count), NULL);
    if (count.failed) x->status = DT_ERR_MEMORY;
    dt__text_clear(&count);
    return false;
}

static bool read_literal(dt__import *x, const dt__tree *node, const dt__gmcr *g, dt__gmcr_literal *out) {
    const dt__tree *answer = node->first == NULL ? NULL : node->first->next;

    if (node->kind != DT__TREE_LIST || node->count != 2 || answer == NULL || answer->kind != DT__TREE_SCALAR) {
        dt__import_error(x, node->place, "wrong-type", "expected an option and Y or N here, such as {0}", "[0, \"Y\"]",
                         NULL);
        return false;
    }
    out->yes = strcmp(answer->text, "Y") == 0;
    if (!out->yes && strcmp(answer->text, "N") != 0) {
        dt__import_error(x, answer->place, "wrong-type", "expected Y or N instead of “{0}”", answer->text, NULL);
        return false;
    }
    return read_option(x, node->first, g, &out->option);
}

static void read_pattern(dt__import *x, const dt__tree *node, const dt__gmcr *g, dt__gmcr_condition *condition) {
    dt__gmcr_pattern *pattern = &condition->patterns[condition->count];

    if (node->kind != DT__TREE_LIST || node->count == 0) {
        dt__import_error(x, node->place, "wrong-type", "expected an option and Y or N here, such as {0}",
                         "[[0, \"Y\"]]", NULL);
        return;
    }
    pattern->literals = DT__IMPORT_ARRAY(x, dt__gmcr_literal, node->count);
    for (const dt__tree *c = node->first; c != NULL && x->status == DT_OK; c = c->next) {
        if (read_literal(x, c, g, &pattern->literals[pattern->count])) pattern->count++;
    }
    condition->literal_count += pattern->count;
    condition->count++;
}

static void read_condition(dt__import *x, const dt__tree *node, const dt__gmcr *g, dt__gmcr_condition *out) {
    const dt__tree *members = dt__tree_get(node, "members");

    out->place = node->place;
    if (node->kind == DT__TREE_MAPPING && (members == NULL || members->kind != DT__TREE_LIST || members->count == 0)) {
        dt__import_error(x, node->place, "missing-key", "`{0}` is missing here", "members", NULL);
        return;
    }
    out->patterns = DT__IMPORT_ARRAY(x, dt__gmcr_pattern, members == NULL ? 1 : members->count);
    if (out->patterns == NULL) return;
    if (members == NULL) read_pattern(x, node, g, out);
    else
        for (const dt__tree *c = members->first; c != NULL && x->status == DT_OK; c = c->next)
            read_pattern(x, c, g, out);
    if (out->literal_count <= MAX_LITERALS) return;
    dt__import_error(x, node->place, "too-large", "this condition has more than 1,000 parts, the limit for an import",
                     NULL);
    x->status = DT_ERR_LIMIT;
}

/* node NULL: none. */
static void read_conditions(dt__import *x, const dt__tree *node, const dt__gmcr *g, dt__gmcr_conditions *out) {
    if (!dt__tree_is_given(node)) return;
    if (node->kind != DT__TREE_LIST) {
        dt__import_error(x, node->place, "wrong-type", "`{0}` is not what was expected: a list, a mapping or one value",
                         node->key, NULL);
        return;
    }
    out->list = DT__IMPORT_ARRAY(x, dt__gmcr_condition, node->count);
    for (const dt__tree *c = node->first; c != NULL && x->status == DT_OK; c = c->next)
        read_condition(x, c, g, &out->list[out->count++]);
}

/* ---- options ---- */

static void read_direction(dt__import *x, const dt__tree *node, dt__gmcr_option *option) {
    const char *text = dt__tree_is_given(node) ? dt__tree_text(x, node) : "both";

    option->may_take = text == NULL || strcmp(text, "back") != 0;
    option->may_give_up = text == NULL || strcmp(text, "fwd") != 0;
    if (text == NULL || strcmp(text, "both") == 0 || !option->may_take || !option->may_give_up) return;
    dt__import_error(x, node->place, "unknown-direction", "expected both, fwd or back instead of “{0}”", text, NULL);
}

static void read_options(dt__import *x, const dt__tree *node, dt__gmcr *g) {
    if (node->count == 0) dt__import_error(x, node->place, "no-issues", "there is no option in this file", NULL);
    if (node->count > DT__MAX_FOREIGN_ISSUES) {
        dt__import_error(x, node->place, "too-large", "there are more than 256 options here, the limit for an import",
                         NULL);
        x->status = DT_ERR_LIMIT;
    }
    g->options = DT__IMPORT_ARRAY(x, dt__gmcr_option, node->count);
    for (const dt__tree *o = node->first; o != NULL && x->status == DT_OK; o = o->next) {
        dt__gmcr_option *option = &g->options[g->option_count++];
        const dt__tree *name = dt__tree_need(x, o, "name", DT__TREE_SCALAR);
        *option = (dt__gmcr_option){.name = name == NULL ? "" : name->text, .owner = DT__NOT_FOUND, .place = o->place};
        read_direction(x, dt__tree_get(o, "permittedDirection"), option);
    }
}

/* ---- decision makers ---- */

static void read_owned(dt__import *x, const dt__tree *node, dt__gmcr *g, uint32_t party) {
    uint32_t index;

    for (const dt__tree *c = node->first; c != NULL && x->status == DT_OK; c = c->next) {
        if (!read_option(x, c, g, &index)) continue;
        if (g->options[index].owner != DT__NOT_FOUND)
            dt__import_error(x, c->place, "two-owners", "option “{0}” belongs to “{1}” already", g->options[index].name,
                             g->parties[g->options[index].owner].name, NULL);
        g->options[index].owner = party;
    }
}

/* The key and what it was called up to version 0.3.1. */
static const dt__tree *either_key(const dt__tree *node, const char *key, const char *older) {
    const dt__tree *value = dt__tree_get(node, key);
    return value != NULL ? value : dt__tree_get(node, older);
}

static void read_party(dt__import *x, const dt__tree *node, dt__gmcr *g, uint32_t p) {
    const dt__tree *name = dt__tree_need(x, node, "name", DT__TREE_SCALAR),
                   *options = dt__tree_need(x, node, "options", DT__TREE_LIST);
    dt__gmcr_party *party = &g->parties[p];

    party->place = node->place;
    party->name = name == NULL ? "" : name->text;
    if (options != NULL) read_owned(x, options, g, p);
    read_conditions(x, dt__tree_get(node, "preferences"), g, &party->statements);
    read_conditions(x, dt__tree_get(node, "misperceptions"), g, &party->unseen);
    party->ranking = either_key(node, "preferenceRanking", "preferenceVector");
    if (!dt__tree_is_given(party->ranking)) party->ranking = NULL;
    if (g->ranked && party->ranking == NULL)
        dt__import_error(x, node->place, "missing-key", "`{0}` is missing here", "preferenceRanking", NULL);
}

static void read_parties(dt__import *x, const dt__tree *node, dt__gmcr *g) {
    if (node->count == 0)
        dt__import_error(x, node->place, "no-parties", "there is no decision maker in this file", NULL);
    if (node->count > DT__MAX_FOREIGN_PARTIES) {
        dt__import_error(x, node->place, "too-large",
                         "there are more than 64 decision makers here, the limit for an import", NULL);
        x->status = DT_ERR_LIMIT;
    }
    g->parties = DT__IMPORT_ARRAY(x, dt__gmcr_party, node->count);
    for (const dt__tree *p = node->first; p != NULL && x->status == DT_OK; p = p->next)
        read_party(x, p, g, (uint32_t)g->party_count++);
    for (size_t o = 0; o < g->option_count && x->status == DT_OK; o++) {
        if (g->options[o].owner == DT__NOT_FOUND)
            dt__import_error(x, g->options[o].place, "no-owner", "option “{0}” belongs to no decision maker",
                             g->options[o].name, NULL);
    }
}

/* GMCR+ sorts options by their owners when it opens a file; then states have other numbers. */
static bool is_in_order(const dt__gmcr *g) {
    for (size_t o = 1; o < g->option_count; o++) {
        if (g->options[o].owner < g->options[o - 1].owner) return false;
    }
    return true;
}

/* ---- the file ---- */

static bool read_flag(dt__import *x, const dt__tree *node) {
    const char *text = dt__tree_is_given(node) ? dt__tree_text(x, node) : "false";

    if (text == NULL || strcmp(text, "false") == 0) return false;
    if (strcmp(text, "true") == 0) return true;
    dt__import_error(x, node->place, "wrong-type", "expected true or false instead of “{0}”", text, NULL);
    return false;
}

/* What nothing is made of: `nodes` and `coalitionsFull` follow from the rest. */
static void note_unread(dt__import *x, const dt__tree *root) {
    static const char *const known[] = {"program",
                                        "version",
                                        "options",
                                        "decisionMakers",
                                        "infeasibles",
                                        "useManualPreferenceRanking",
                                        "useManualPreferenceVectors",
                                        "coalitions",
                                        "coalitionsFull",
                                        "nodes"};
    for (const dt__tree *c = root->first; c != NULL; c = c->next) {
        bool found = false;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++) found |= strcmp(c->key, known[i]) == 0;
        if (!found) dt__import_note(x, c->place, "left-out", "`{0}` is not read", c->key, NULL);
    }
}

static void read_file(dt__import *x, const dt__tree *root, dt__gmcr *g) {
    const dt__tree *options = dt__tree_need(x, root, "options", DT__TREE_LIST),
                   *parties = dt__tree_need(x, root, "decisionMakers", DT__TREE_LIST);

    if (options == NULL || parties == NULL) return;
    note_unread(x, root);
    g->ranked = read_flag(x, either_key(root, "useManualPreferenceRanking", "useManualPreferenceVectors"));
    g->coalitions = dt__tree_get(root, "coalitions");
    read_options(x, options, g);
    if (x->status == DT_OK) read_parties(x, parties, g);
    if (x->status == DT_OK) read_conditions(x, dt__tree_get(root, "infeasibles"), g, &g->infeasible);
    g->in_order = is_in_order(g);
}

/* Never unpickled: a pickle can run any code. */
static void refuse_pickle(dt__import *x, const dt_file *file) {
    dt__import_error(x, dt__place_of_file(file), "pickle",
                     "this file holds a Python pickle, as GMCR+ wrote before November 2013; it is not opened, because "
                     "a pickle can run any program",
                     NULL);
    dt__import_hint(
        x, "if you trust it, open it with a version of GMCR+ that still reads it, and save it anew: that writes JSON",
        NULL);
}

/* The one file to read; the others are left out. */
static const dt_file *choose_file(dt__import *x) {
    const dt_file *chosen = NULL;

    for (size_t i = 0; i < x->count; i++) {
        bool model = dt__is_gmcr(&x->files[i]) || dt__is_pickle(&x->files[i]);
        if (model && chosen == NULL) chosen = &x->files[i];
        else if (model)
            dt__import_error(x, dt__place_of_file(&x->files[i]), "two-domains",
                             "this is a second graph model; expected one", NULL);
        else
            dt__import_note(x, dt__place_of_file(&x->files[i]), "left-out", "this is no graph model; it is left out",
                            NULL);
    }
    return chosen;
}

void dt__import_gmcr(dt__import *x, dt__text *out) {
    dt__gmcr g = {.file = choose_file(x)};
    const dt__tree *root = NULL;

    if (g.file == NULL) return;
    if (dt__is_pickle(g.file)) refuse_pickle(x, g.file);
    else root = dt__tree_read(x, g.file, DT__TREE_JSON);
    if (root == NULL) return;
    read_file(x, root, &g);
    if (!dt__import_failed(x)) dt__gmcr_emit(x, &g, out);
}
