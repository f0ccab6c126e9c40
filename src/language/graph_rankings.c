/* Rankings of the states of a graph: complete ones as a list, partial ones as comparisons. */
#include <string.h>

#include "language/graph_section.h"

enum { RANKED_ORDER, RANKED_PREFERS, RANKED_TIES, RANKED_SOURCE, RANKED_QUOTE, RANKED_WHY, RANKED_KEYS };

static const dt__key ranked_keys[RANKED_KEYS] = {
    [RANKED_ORDER] = {.name = "ranking"}, [RANKED_PREFERS] = {.name = "prefers"}, [RANKED_TIES] = {.name = "ties"},
    [RANKED_SOURCE] = {.name = "source"}, [RANKED_QUOTE] = {.name = "quote"},     [RANKED_WHY] = {.name = "why"},
};

enum { MISSING_SHOWN = 5 };

/* ---- complete rankings ---- */

/* Where each state stands, so that none stands twice. */
static void rank_state(dt__reader *r, const dt__node *node, dt__preferences *p, dt__ranked *ranked, bool *seen) {
    dt__option state = dt__read_state(r, node), *options;

    if (state == DT__NO_OPTION) return;
    if (seen[state]) {
        dt__reader_error(r, node, "ranked-twice", "the state “{0}” stands in this ranking a second time",
                         r->options[0].texts[state], NULL);
        return;
    }
    seen[state] = true;
    if ((options = DT__READER_NEW(r, dt__option)) == NULL) return;
    *options = state;
    ranked[p->ranked_count++] =
        (dt__ranked){.rank = p->rank_count, .options = options, .place = dt__reader_place(r, node)};
}

/* Names a few of the states that a ranking leaves out. */
static void check_complete(dt__reader *r, const dt__node *node, const char *party, const bool *seen) {
    const dt__names *states = &r->options[0];
    size_t missing = 0;
    dt__text list;

    dt__text_init(&list, r->env);
    for (size_t s = 0; s < states->count; s++) {
        if (seen[dt__names_find(states, states->texts[s])]) continue; /* a state listed twice was told there */
        if (missing++ < MISSING_SHOWN) {
            if (list.length > 0) dt__text_add(&list, ", ");
            dt__text_add(&list, states->texts[s]);
        }
    }
    if (missing > MISSING_SHOWN) dt__text_add(&list, ", …");
    if (list.failed) r->status = DT_ERR_MEMORY;
    if (missing > 0) {
        dt__reader_error(r, node, "unranked-state", "the ranking of “{0}” leaves out: {1}", party, dt__text_get(&list),
                         NULL);
        dt__reader_hint(r, "what is not known is left open with {0} instead", "{prefers: [[better, worse]]}", NULL);
    }
    dt__text_clear(&list);
}

static void read_rank(dt__reader *r, const dt__node *node, dt__preferences *p, dt__ranked *ranked, bool *seen) {
    size_t before = p->ranked_count;

    if (node->kind != DT__NODE_SEQUENCE) rank_state(r, node, p, ranked, seen);
    else DT__EACH(tied, node) rank_state(r, tied, p, ranked, seen);
    p->rank_count += p->ranked_count > before;
}

static void read_complete(dt__reader *r, const dt__node *node, uint32_t party, dt__preferences *p) {
    size_t count = dt__read_list(r, node), most = 0;
    bool *seen = dt__arena_alloc(&r->scratch, r->options[0].count, sizeof *seen);
    size_t errors = r->env->error_count;
    dt__ranked *ranked;

    if (seen == NULL && r->status == DT_OK) r->status = DT_ERR_MEMORY;
    if (count > 0) DT__EACH(child, node) most += child->kind == DT__NODE_SEQUENCE ? child->count : 1;
    ranked = DT__READER_ARRAY(r, dt__ranked, most);
    if (seen == NULL || ranked == NULL || (node->kind != DT__NODE_SEQUENCE && !dt__node_is_empty(node))) return;
    if (count > 0) DT__EACH(child, node) {
            if (dt__is_greatly_sign(child)) dt__mark_greatly(r, child, p, ranked, child->next != NULL);
            else read_rank(r, child, p, ranked, seen);
            if (r->status != DT_OK) return;
        }
    p->ranked = ranked;
    dt__index_ranking(r, p);
    if (r->status == DT_OK && r->env->error_count == errors)
        check_complete(r, node->key, r->model->parties[party].id, seen);
}

/* ---- one party ---- */

static void read_described(dt__reader *r, const dt__node *node, uint32_t party, dt__preferences *p) {
    const dt__node *f[RANKED_KEYS];
    bool partial;

    if (!dt__read_fields(r, node, ranked_keys, RANKED_KEYS, f)) return;
    p->evidence = dt__read_evidence(r, f[RANKED_SOURCE], f[RANKED_QUOTE], f[RANKED_WHY]);
    partial = f[RANKED_PREFERS] != NULL || f[RANKED_TIES] != NULL;
    if (partial == (f[RANKED_ORDER] != NULL)) {
        dt__reader_error(r, node->key, "several-forms",
                         "expected either a complete `ranking` or comparisons, `prefers` and `ties`", NULL);
    } else if (partial) {
        p->form = DT__FORM_COMPARISONS;
        dt__read_comparisons(r, f[RANKED_PREFERS], f[RANKED_TIES], party, p);
    } else {
        read_complete(r, f[RANKED_ORDER], party, p);
    }
}

static void read_ranking_of(dt__reader *r, const dt__node *node, uint32_t party) {
    dt__preferences *p = DT__READER_NEW(r, dt__preferences);

    if (p == NULL) return;
    r->model->parties[party].preferences = p;
    p->form = DT__FORM_RANKING;
    p->place = dt__reader_place(r, node->key);
    p->no_deal = p->drift = DT__NO_NUMBER;
    if (node->kind == DT__NODE_MAPPING) read_described(r, node, party, p);
    else read_complete(r, node, party, p);
}

/* Who moves without wanting anything cannot be judged. */
static void check_movers(dt__reader *r, const dt__node *node) {
    const dt_model *m = r->model;

    for (uint32_t p = 0; p < m->party_count; p++) {
        if (m->parties[p].preferences != NULL || m->arcs[p].count == 0) continue;
        dt__reader_error(r, node->key, "no-preferences", "“{0}” has moves, but no ranking", m->parties[p].id, NULL);
        dt__reader_hint(r, "a party of which nothing is known is written {0}", "{prefers: []}", NULL);
    }
}

void dt__read_graph_rankings(dt__reader *r, const dt__node *node) {
    dt__entries entries = dt__read_entries(r, node, DT__ID_STRICT);

    for (size_t i = 0; i < entries.count && r->status == DT_OK; i++) {
        uint32_t party = dt__find_party(r, entries.nodes[i]->key, entries.ids[i]);
        if (party != DT__NO_INDEX) read_ranking_of(r, entries.nodes[i], party);
    }
    if (r->status == DT_OK) check_movers(r, node);
}
