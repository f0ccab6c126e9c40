/* Rankings that number states: most preferred first, tied ones in lists of their own. */
#include "exchange/gmcr.h"

enum { MISSING_SHOWN = 5 };

static size_t ranked_length(const dt__tree *ranking) {
    size_t count = 0;

    if (ranking == NULL) return 0;
    for (const dt__tree *c = ranking->first; c != NULL; c = c->next) count += c->kind == DT__TREE_LIST ? c->count : 1;
    return count;
}

void dt__gmcr_states_of_rankings(dt__import *x, const dt__gmcr *g, dt__gmcr_states *out) {
    size_t longest = 0;

    for (size_t p = 0; p < g->party_count && g->ranked; p++) {
        size_t length = ranked_length(g->parties[p].ranking);
        if (length > longest) longest = length;
    }
    dt__gmcr_list_states(x, g, longest + 1, out);
}

static void rank_state(dt__import *x, const dt__tree *node, const dt__gmcr_states *states, bool *seen,
                       dt__gmcr_ranking *out) {
    const char *text = dt__tree_text(x, node);
    int64_t number;

    if (text == NULL || !dt__import_whole(x, node->place, "state", text, &number)) return;
    if (number < 1 || (uint64_t)number > states->count) {
        dt__text count;
        dt__text_init(&count, x->env);
        dt__text_add_unsigned(&count, states->count);
        dt__import_error(x, node->place, "out-of-range",
                         "there is no state {0}: {1} states are feasible, counted from 1", text, dt__text_get(&count),
                         NULL);
        if (count.failed) x->status = DT_ERR_MEMORY;
        dt__text_clear(&count);
    } else if (seen[number - 1]) {
        dt__import_error(x, node->place, "ranked-twice", "state {0} stands in this ranking a second time", text, NULL);
    } else {
        seen[number - 1] = true;
        out->states[out->count++] = (uint32_t)(number - 1);
    }
}

static void check_complete(dt__import *x, const dt__gmcr_party *party, const dt__gmcr_states *states,
                           const bool *seen) {
    size_t missing = 0;
    dt__text list;

    if (!states->complete) {
        dt__import_error(x, party->ranking->place, "unranked-state",
                         "more states are feasible than the ranking of “{0}” names", party->name, NULL);
        return;
    }
    dt__text_init(&list, x->env);
    for (size_t s = 0; s < states->count; s++) {
        if (seen[s] || missing++ >= MISSING_SHOWN) continue;
        if (list.length > 0) dt__text_add(&list, ", ");
        dt__text_add_unsigned(&list, s + 1);
    }
    if (missing > MISSING_SHOWN) dt__text_add(&list, ", …");
    if (list.failed) x->status = DT_ERR_MEMORY;
    if (missing > 0)
        dt__import_error(x, party->ranking->place, "unranked-state", "the ranking of “{0}” leaves out: {1}",
                         party->name, dt__text_get(&list), NULL);
    dt__text_clear(&list);
}

bool dt__gmcr_read_ranking(dt__import *x, const dt__gmcr_party *party, const dt__gmcr_states *states,
                           dt__gmcr_ranking *out) {
    const dt__tree *ranking = party->ranking;
    size_t most = ranked_length(ranking), errors = x->env->error_count;
    bool *seen = DT__IMPORT_ARRAY(x, bool, states->count);

    *out = (dt__gmcr_ranking){0};
    out->states = DT__IMPORT_ARRAY(x, uint32_t, most);
    out->ends = DT__IMPORT_ARRAY(x, uint32_t, ranking->count);
    if (x->status != DT_OK) return false;
    if (ranking->kind != DT__TREE_LIST) {
        dt__import_error(x, ranking->place, "wrong-type",
                         "`{0}` is not what was expected: a list, a mapping or one value", ranking->key, NULL);
        return false;
    }
    for (const dt__tree *c = ranking->first; c != NULL && x->status == DT_OK; c = c->next) {
        size_t before = out->count;
        if (c->kind != DT__TREE_LIST) rank_state(x, c, states, seen, out);
        else
            for (const dt__tree *tied = c->first; tied != NULL; tied = tied->next)
                rank_state(x, tied, states, seen, out);
        if (out->count > before) out->ends[out->group_count++] = (uint32_t)out->count;
    }
    if (x->status == DT_OK && x->env->error_count == errors) check_complete(x, party, states, seen);
    return x->status == DT_OK && x->env->error_count == errors;
}
