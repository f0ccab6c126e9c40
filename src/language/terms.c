/* What a party makes of each issue: weights and values, salience and positions; and sets of terms. */
#include <string.h>

#include "language/preferences.h"

/* ---- blocks: numbers by issue or option, with evidence for all of them ---- */

typedef struct block {
    dt__evidence own, effective;
    const dt__node **nodes; /* per issue or option; NULL: not given */
} block;

static bool is_evidence_key(const char *key) {
    return strcmp(key, "source") == 0 || strcmp(key, "quote") == 0 || strcmp(key, "why") == 0;
}

static const dt__node *child_named(const dt__node *node, const char *key) {
    DT__EACH(child, node) {
        if (strcmp(child->key->text, key) == 0) return child;
    }
    return NULL;
}

/* Room for one node per issue; or per option of an issue: that room is used again for every block of options. */
static const dt__node **room_for_nodes(dt__reader *r, size_t count, bool by_option) {
    if (!by_option) return dt__arena_alloc(&r->scratch, count, sizeof(dt__node *));
    if (r->by_option == NULL) r->by_option = dt__arena_alloc(&r->scratch, r->most_options, sizeof(dt__node *));
    if (r->by_option != NULL) memset(r->by_option, 0, count * sizeof(dt__node *));
    return r->by_option;
}

/* issue DT__NO_INDEX: the block is by issue; otherwise by option of that issue.  False when it is no block. */
static bool read_block(dt__reader *r, const dt__node *node, uint32_t issue, const dt__evidence *outer, block *b) {
    size_t count = issue == DT__NO_INDEX ? r->model->issue_count : r->model->issues[issue].option_count;

    *b = (block){.effective = *outer, .nodes = room_for_nodes(r, count, issue != DT__NO_INDEX)};
    if (b->nodes == NULL) r->status = DT_ERR_MEMORY;
    if (r->status != DT_OK) return false;
    if (node->kind != DT__NODE_MAPPING) {
        if (dt__node_is_empty(node)) return true;
        if (issue == DT__NO_INDEX)
            dt__reader_error(r, node, "wrong-type", "expected the issues here, each with its number or numbers", NULL);
        else
            dt__reader_error(r, node, "wrong-type", "expected a number for each option of “{0}” here",
                             r->model->issues[issue].id, NULL);
        return false;
    }
    b->own = dt__read_evidence(r, child_named(node, "source"), child_named(node, "quote"), child_named(node, "why"));
    b->effective = dt__has_evidence(&b->own) ? b->own : *outer;
    DT__EACH(child, node) {
        uint32_t i;
        if (is_evidence_key(child->key->text)) continue;
        if (issue == DT__NO_INDEX) i = dt__find_issue(r, child->key, child->key->text);
        else i = dt__find_option(r, child->key, issue, child->key->text);
        if (i < count) b->nodes[i] = child;
    }
    return r->status == DT_OK;
}

/* ---- issues of both blocks ---- */

static void blame_single(dt__reader *r, const dt__node *node, const char *has, const char *lacks) {
    dt__reader_error(r, node->key, "missing-key", "“{0}” has `{1}` but no `{2}`", node->key->text, has, lacks, NULL);
    dt__reader_hint(r, "add it under `{0}`, or take it out of `{1}`", lacks, has, NULL);
}

/* Terms for the issues that stand in both blocks; the others are diagnosed. */
static dt__term *new_terms(dt__reader *r, const block *weights, const char *weights_key, const block *values,
                           const char *values_key, size_t *count) {
    size_t n = r->model->issue_count;
    dt__term *terms = DT__READER_ARRAY(r, dt__term, n);

    *count = 0;
    if (terms == NULL) return NULL;
    for (uint32_t i = 0; i < n; i++) {
        if (weights->nodes[i] != NULL && values->nodes[i] == NULL)
            blame_single(r, weights->nodes[i], weights_key, values_key);
        if (weights->nodes[i] == NULL && values->nodes[i] != NULL)
            blame_single(r, values->nodes[i], values_key, weights_key);
        if (weights->nodes[i] == NULL || values->nodes[i] == NULL) continue;
        terms[(*count)++] = (dt__term){.issue = i, .weight = DT__NO_NUMBER, .position = DT__NO_NUMBER};
    }
    return terms;
}

static dt__number_id read_named(dt__reader *r, const dt__node *node, const char *name, const dt__number_use *use) {
    size_t length = dt__path_enter(r, name);
    dt__number_id id = dt__read_number(r, node, use);
    dt__path_leave(r, length);
    return id;
}

static void read_weights(dt__reader *r, const char *key, const block *b, dt__term *terms, size_t count) {
    dt__number_use use = {.evidence = b->effective, .bound = DT__AT_LEAST_LOW, .low = DT__RATIONAL(0)};
    size_t length = dt__path_enter(r, key);

    for (size_t t = 0; t < count; t++)
        terms[t].weight = read_named(r, b->nodes[terms[t].issue], r->model->issues[terms[t].issue].id, &use);
    dt__path_leave(r, length);
}

/* ---- additive ---- */

/* Values far from the scale of a party are usually a slip: told once. */
static bool is_outside(const dt__reader *r, dt__number_id id, const dt__party *party) {
    const dt__number *n = id == DT__NO_NUMBER ? NULL : dt__reader_number(r, id);
    return n != NULL && n->kind == DT__NUMBER_EXACT &&
           (dt__rational_compare(n->a, party->scale_low) < 0 || dt__rational_compare(n->a, party->scale_high) > 0);
}

static void warn_outside(dt__reader *r, const dt__node *node, const dt__party *party) {
    dt__reader_warning(r, dt__reader_place(r, node), "outside-scale", "“{0}” lies outside the scale of “{1}”",
                       node->kind == DT__NODE_SCALAR ? node->text : node->key->text, party->id, NULL);
    dt__reader_hint(r, "state the range of its values as `scale: [low, high]` at the party", NULL);
}

static void read_values_of(dt__reader *r, const dt__node *node, const dt__evidence *outer, const dt__party *party,
                           dt__term *term, bool *warned) {
    const dt__issue *issue = &r->model->issues[term->issue];
    dt__number_use use = {.bound = DT__CUT_WITHIN, .low = party->scale_low, .high = party->scale_high};
    dt__number_id *values;
    block b;

    if (!read_block(r, node, term->issue, outer, &b)) return;
    if ((values = DT__READER_ARRAY(r, dt__number_id, issue->option_count)) == NULL) return;
    term->values = values;
    term->evidence = b.own;
    use.evidence = b.effective;
    for (size_t o = 0; o < issue->option_count; o++) {
        values[o] = read_named(r, b.nodes[o], issue->options[o].id, &use);
        if (*warned || !is_outside(r, values[o], party)) continue;
        warn_outside(r, b.nodes[o], party);
        *warned = true;
    }
}

void dt__read_additive(dt__reader *r, const dt__node *weights, const dt__node *values, uint32_t party,
                       dt__preferences *p) {
    block w, v;
    dt__term *terms;
    bool warned = false;
    size_t length, inner;

    if (!read_block(r, weights, DT__NO_INDEX, &p->evidence, &w) ||
        !read_block(r, values, DT__NO_INDEX, &p->evidence, &v))
        return;
    p->weights_evidence = w.own;
    p->values_evidence = v.own;
    if ((terms = new_terms(r, &w, "weights", &v, "values", &p->term_count)) == NULL) return;
    p->terms = terms;
    read_weights(r, "weights", &w, terms, p->term_count);
    length = dt__path_enter(r, "values");
    for (size_t t = 0; t < p->term_count && r->status == DT_OK; t++) {
        inner = dt__path_enter(r, r->model->issues[terms[t].issue].id);
        read_values_of(r, v.nodes[terms[t].issue], &v.effective, &r->model->parties[party], &terms[t], &warned);
        dt__path_leave(r, inner);
    }
    dt__path_leave(r, length);
}

/* ---- spatial ---- */

static void scale_ends(const dt__issue *issue, dt__rational *low, dt__rational *high) {
    *low = *high = issue->option_count > 0 ? issue->scale[0] : DT__RATIONAL(0);
    for (size_t o = 1; o < issue->option_count; o++) {
        if (dt__rational_compare(issue->scale[o], *low) < 0) *low = issue->scale[o];
        if (dt__rational_compare(issue->scale[o], *high) > 0) *high = issue->scale[o];
    }
}

void dt__read_spatial(dt__reader *r, const dt__node *salience, const dt__node *positions, dt__preferences *p) {
    dt__number_use use = {.bound = DT__CUT_WITHIN};
    block w, v;
    dt__term *terms;
    size_t length;

    if (!read_block(r, salience, DT__NO_INDEX, &p->evidence, &w) ||
        !read_block(r, positions, DT__NO_INDEX, &p->evidence, &v))
        return;
    p->weights_evidence = w.own;
    p->values_evidence = v.own;
    if ((terms = new_terms(r, &w, "salience", &v, "positions", &p->term_count)) == NULL) return;
    p->terms = terms;
    length = dt__path_enter(r, "positions");
    use.evidence = v.effective;
    for (size_t t = 0; t < p->term_count; t++) {
        const dt__issue *issue = &r->model->issues[terms[t].issue];
        scale_ends(issue, &use.low, &use.high);
        terms[t].position = read_named(r, v.nodes[terms[t].issue], issue->id, &use);
    }
    dt__path_leave(r, length);
    read_weights(r, "salience", &w, terms, p->term_count);
}

/* ---- when all numbers have a value ---- */

static void check_weights_of(dt__reader *r, uint32_t party, const dt__valuation *v) {
    const dt__preferences *p = r->model->parties[party].preferences;
    dt__rational sum = DT__RATIONAL(0);

    for (size_t t = 0; t < p->term_count; t++) {
        dt__rational weight = v->numbers[p->terms[t].weight];
        if (dt__rational_sign(weight) < 0) {
            dt__reader_error_at(r, r->model->numbers[p->terms[t].weight].place, "out-of-range",
                                "this weight comes out below zero; expected zero or more", NULL);
            return;
        }
        if (dt__rational_add(&sum, sum, weight)) continue;
        dt__reader_error_at(r, p->place, "bad-number", "the sum of these numbers has too many digits", NULL);
        return;
    }
    if (dt__rational_sign(sum) > 0) return;
    dt__reader_error_at(r, p->place, "no-weight",
                        "the weights of “{0}” sum to zero; expected at least one weight above zero",
                        r->model->parties[party].id, NULL);
}

void dt__check_weights(dt__reader *r, const dt__valuation *v) {
    for (uint32_t p = 0; p < r->model->party_count; p++) {
        const dt__preferences *preferences = r->model->parties[p].preferences;
        if (preferences != NULL && !dt__is_ordinal(preferences)) check_weights_of(r, p, v);
    }
}

/* ---- terms: which option of which issue ---- */

static bool is_skipped(const char *const *skip, const char *key) {
    for (; skip != NULL && *skip != NULL; skip++) {
        if (strcmp(*skip, key) == 0) return true;
    }
    return false;
}

void dt__read_terms(dt__reader *r, const dt__node *node, const char *const *skip, dt__option *options) {
    DT__EACH(child, node) {
        const char *text;
        uint32_t issue;
        if (is_skipped(skip, child->key->text)) continue;
        issue = dt__find_issue(r, child->key, child->key->text);
        text = dt__read_text(r, child);
        if (issue != DT__NO_INDEX && text != NULL) options[issue] = dt__find_option(r, child, issue, text);
    }
}

dt__id_list dt__id_list_new(dt__reader *r, size_t count) {
    dt__id_list list = {dt__arena_alloc(&r->scratch, count, sizeof *list.ids),
                        dt__arena_alloc(&r->scratch, count, sizeof *list.nodes)};
    if ((list.ids == NULL || list.nodes == NULL) && r->status == DT_OK) r->status = DT_ERR_MEMORY;
    return list;
}
