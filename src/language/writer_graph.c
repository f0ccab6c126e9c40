/* Writing a graph, and the transitions that cannot be made. */
#include "language/writer.h"

/* ---- transitions ---- */

static void write_end(dt__writer *w, dt__written *mapping, const char *key, const dt__condition *condition) {
    if (condition->kind != DT__CONDITION_TRUE) dt__write_condition(w, mapping, key, condition);
}

static dt__written *written_forbidden(dt__writer *w, const dt__barrier *barrier) {
    dt__written *mapping = dt__write_mapping(&w->printer);

    write_end(w, mapping, "from", barrier->from);
    write_end(w, mapping, "to", barrier->to);
    if (barrier->from->kind == DT__CONDITION_TRUE && barrier->to->kind == DT__CONDITION_TRUE)
        dt__write_condition(w, mapping, "to", barrier->to); /* every move: one of the two has to be said */
    return mapping;
}

dt__written *dt__write_transitions(dt__writer *w) {
    dt__written *section = dt__write_list(&w->printer);

    for (size_t i = 0; i < w->model->barrier_count; i++) {
        const dt__barrier *barrier = &w->model->barriers[i];
        dt__written *entry = dt__write_mapping(&w->printer);
        dt__write_text(w, entry, "id", barrier->id);
        dt__write_label(w, entry, "name", &barrier->name);
        if (barrier->party != DT__NO_INDEX) dt__write_text(w, entry, "party", w->model->parties[barrier->party].id);
        dt__write_entry(&w->printer, entry, "forbid", written_forbidden(w, barrier));
        dt__write_evidence(w, entry, &barrier->evidence);
        dt__write_item(&w->printer, section, entry);
    }
    return section;
}

/* ---- the graph ---- */

static dt__written *written_state(dt__writer *w, dt__option state) {
    return dt__written_name(w, w->model->issues[0].options[state].id);
}

static dt__written *written_pair(dt__writer *w, dt__option a, dt__option b) {
    dt__written *pair = dt__write_list(&w->printer);

    dt__write_item(&w->printer, pair, written_state(w, a));
    dt__write_item(&w->printer, pair, written_state(w, b));
    return pair;
}

static void write_states(dt__writer *w, dt__written *graph) {
    const dt__issue *issue = &w->model->issues[0];
    dt__written *states;
    bool mapped = false;

    for (uint32_t s = 0; s < issue->option_count; s++)
        mapped = mapped || issue->options[s].name.count > 0 || issue->options[s].note.count > 0;
    states = mapped ? dt__write_mapping(&w->printer) : dt__write_list(&w->printer);
    for (uint32_t s = 0; s < issue->option_count; s++) {
        dt__written *entry;
        if (!mapped) {
            dt__write_item(&w->printer, states, written_state(w, (dt__option)s));
            continue;
        }
        entry = dt__write_mapping(&w->printer);
        dt__write_label(w, entry, "name", &issue->options[s].name);
        dt__write_label(w, entry, "note", &issue->options[s].note);
        dt__write_entry(&w->printer, states, issue->options[s].id, entry);
    }
    dt__write_entry(&w->printer, graph, "states", states);
}

static void write_moves(dt__writer *w, dt__written *graph) {
    dt__written *moves = dt__write_mapping(&w->printer);

    for (size_t p = 0; p < w->model->party_count; p++) {
        const dt__arcs *arcs = &w->model->arcs[p];
        dt__written *list = dt__write_list(&w->printer);
        for (size_t i = 0; i < arcs->count; i++)
            dt__write_item(&w->printer, list, written_pair(w, arcs->list[i].from, arcs->list[i].to));
        if (arcs->count > 0) dt__write_entry(&w->printer, moves, w->model->parties[p].id, list);
    }
    dt__write_entry(&w->printer, graph, "moves", moves);
}

static dt__written *written_ranked_state(dt__writer *w, const dt__ranked *ranked) {
    return written_state(w, ranked->options[0]);
}

static void write_comparisons(dt__writer *w, dt__written *entry, const char *key, const dt__preferences *p,
                              bool equal) {
    dt__written *list = dt__write_list(&w->printer);

    for (size_t i = 0; i < p->comparison_count; i++) {
        const dt__comparison *c = &p->comparisons[i];
        if (c->equal == equal) dt__write_item(&w->printer, list, written_pair(w, c->better, c->worse));
    }
    if (list != NULL && (!equal || list->first != NULL)) dt__write_entry(&w->printer, entry, key, list);
}

static dt__written *written_ranking(dt__writer *w, const dt__preferences *p) {
    const dt__evidence *e = &p->evidence;
    bool plain = e->citation_count == 0 && e->quote == NULL && e->why == NULL;
    dt__written *mapping;

    if (p->form == DT__FORM_RANKING && plain) return dt__written_ranks(w, p, written_ranked_state);
    mapping = dt__write_mapping(&w->printer);
    if (p->form == DT__FORM_RANKING) {
        dt__write_entry(&w->printer, mapping, "ranking", dt__written_ranks(w, p, written_ranked_state));
    } else {
        write_comparisons(w, mapping, "prefers", p, false);
        write_comparisons(w, mapping, "ties", p, true);
    }
    dt__write_evidence(w, mapping, e);
    return mapping;
}

dt__written *dt__write_graph(dt__writer *w) {
    dt__written *graph = dt__write_mapping(&w->printer), *rankings = dt__write_mapping(&w->printer);

    write_states(w, graph);
    write_moves(w, graph);
    for (size_t p = 0; p < w->model->party_count; p++) {
        const dt__party *party = &w->model->parties[p];
        if (party->preferences != NULL)
            dt__write_entry(&w->printer, rankings, party->id, written_ranking(w, party->preferences));
    }
    dt__write_entry(&w->printer, graph, "rankings", rankings);
    dt__write_entry(&w->printer, graph, "status_quo", written_state(w, w->model->issues[0].no_deal));
    return graph;
}
