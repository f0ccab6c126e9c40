/* Writing the preferences of the parties. */
#include "language/writer.h"

static void write_weights(dt__writer *w, dt__written *entry, const char *key, const dt__preferences *p) {
    dt__written *weights = dt__write_mapping(&w->printer);

    for (size_t t = 0; t < p->term_count; t++)
        dt__write_number(w, weights, w->model->issues[p->terms[t].issue].id, p->terms[t].weight);
    dt__write_evidence(w, weights, &p->weights_evidence);
    dt__write_entry(&w->printer, entry, key, weights);
}

static dt__written *written_values_of(dt__writer *w, const dt__term *term) {
    const dt__issue *issue = &w->model->issues[term->issue];
    dt__written *values = dt__write_mapping(&w->printer);

    for (size_t o = 0; o < issue->option_count; o++) dt__write_number(w, values, issue->options[o].id, term->values[o]);
    dt__write_evidence(w, values, &term->evidence);
    return values;
}

static void write_additive(dt__writer *w, dt__written *entry, const dt__preferences *p) {
    dt__written *values = dt__write_mapping(&w->printer);

    write_weights(w, entry, "weights", p);
    if (values != NULL && p->term_count > 0) values->in_lines = true;
    for (size_t t = 0; t < p->term_count; t++) {
        dt__write_entry(&w->printer, values, w->model->issues[p->terms[t].issue].id,
                        written_values_of(w, &p->terms[t]));
    }
    dt__write_evidence(w, values, &p->values_evidence);
    dt__write_entry(&w->printer, entry, "values", values);
}

static void write_spatial(dt__writer *w, dt__written *entry, const dt__preferences *p) {
    dt__written *positions = dt__write_mapping(&w->printer);

    for (size_t t = 0; t < p->term_count; t++)
        dt__write_number(w, positions, w->model->issues[p->terms[t].issue].id, p->terms[t].position);
    dt__write_evidence(w, positions, &p->values_evidence);
    dt__write_entry(&w->printer, entry, "positions", positions);
    write_weights(w, entry, "salience", p);
}

static void write_priorities(dt__writer *w, dt__written *entry, const dt__preferences *p) {
    dt__written *list = dt__write_list(&w->printer), *item;

    for (size_t i = 0; i < p->priority_count; i++) {
        const dt__priority *priority = &p->priorities[i];
        const dt__evidence *e = &priority->evidence;
        if (priority->id == NULL && !priority->strong && !priority->uncertain && e->citation_count == 0 &&
            e->quote == NULL && e->why == NULL) {
            dt__write_item(&w->printer, list, dt__written_condition(w, priority->when));
            continue;
        }
        item = dt__write_mapping(&w->printer);
        dt__write_text(w, item, "id", priority->id);
        dt__write_condition(w, item, "when", priority->when);
        if (priority->strong) dt__write_word(w, item, "strong", "true");
        if (priority->uncertain) dt__write_word(w, item, "uncertain", "true");
        dt__write_evidence(w, item, e);
        dt__write_item(&w->printer, list, item);
    }
    dt__write_entry(&w->printer, entry, "priorities", list);
}

static dt__written *written_ranked(dt__writer *w, const dt__ranked *ranked) {
    dt__written *terms = dt__write_mapping(&w->printer);

    for (size_t i = 0; i < w->model->issue_count; i++) {
        const dt__issue *issue = &w->model->issues[i];
        if (ranked->options[i] != DT__NO_OPTION)
            dt__write_text(w, terms, issue->id, issue->options[ranked->options[i]].id);
    }
    return terms;
}

/* Entries of one rank stand in a list of their own. */
dt__written *dt__written_ranks(dt__writer *w, const dt__preferences *p,
                               dt__written *(*item)(dt__writer *, const dt__ranked *)) {
    dt__written *list = dt__write_list(&w->printer), *tied;

    for (size_t i = 0, end; i < p->ranked_count; i = end) {
        for (end = i + 1; end < p->ranked_count && p->ranked[end].rank == p->ranked[i].rank;) end++;
        if (end == i + 1) {
            dt__write_item(&w->printer, list, item(w, &p->ranked[i]));
        } else {
            tied = dt__write_list(&w->printer);
            for (size_t k = i; k < end; k++) dt__write_item(&w->printer, tied, item(w, &p->ranked[k]));
            dt__write_item(&w->printer, list, tied);
        }
        if (p->ranked[i].greatly)
            dt__write_item(&w->printer, list, dt__write_scalar(&w->printer, ">>", DT__QUOTE_ALWAYS));
    }
    return list;
}

static void write_adjust(dt__writer *w, dt__written *entry, const dt__preferences *p) {
    dt__written *list, *item;

    if (p->adjust_count == 0) return;
    list = dt__write_list(&w->printer);
    for (size_t i = 0; i < p->adjust_count; i++) {
        item = dt__write_mapping(&w->printer);
        dt__write_text(w, item, "id", p->adjust[i].id);
        dt__write_condition(w, item, "when", p->adjust[i].when);
        dt__write_number(w, item, "add", p->adjust[i].add);
        dt__write_evidence(w, item, &p->adjust[i].evidence);
        dt__write_item(&w->printer, list, item);
    }
    if (list != NULL) list->in_lines = true;
    dt__write_entry(&w->printer, entry, "adjust", list);
}

static void write_red_lines(dt__writer *w, dt__written *entry, const dt__preferences *p) {
    dt__written *list, *item;

    if (p->red_line_count == 0) return;
    list = dt__write_list(&w->printer);
    for (size_t i = 0; i < p->red_line_count; i++) {
        item = dt__write_mapping(&w->printer);
        dt__write_text(w, item, "id", p->red_lines[i].id);
        dt__write_label(w, item, "name", &p->red_lines[i].name);
        dt__write_condition(w, item, "require", p->red_lines[i].require);
        dt__write_number(w, item, "cost", p->red_lines[i].cost);
        dt__write_evidence(w, item, &p->red_lines[i].evidence);
        dt__write_item(&w->printer, list, item);
    }
    if (list != NULL) list->in_lines = true;
    dt__write_entry(&w->printer, entry, "red_lines", list);
}

/* "+1.0 per month" */
static dt__written *written_drift(dt__writer *w, const dt__preferences *p) {
    static const char *const words[] = {[DT__PER_DAY] = " per day",
                                        [DT__PER_WEEK] = " per week",
                                        [DT__PER_MONTH] = " per month",
                                        [DT__PER_YEAR] = " per year"};
    const dt__number *n = &w->model->numbers[p->drift];
    const char *copy;
    dt__text text;

    dt__text_init(&text, w->printer.env);
    dt__text_add(&text, n->text);
    dt__text_add(&text, words[p->drift_period]);
    copy = text.failed ? NULL : dt__arena_string(&w->printer.arena, text.bytes, text.length);
    dt__text_clear(&text);
    if (copy == NULL) w->printer.failed = true;
    return copy == NULL ? NULL
                        : dt__write_scalar(&w->printer, copy,
                                           n->kind == DT__NUMBER_FORMULA ? DT__QUOTE_ALWAYS : DT__QUOTE_NEVER);
}

static void write_drift(dt__writer *w, dt__written *entry, const dt__preferences *p) {
    dt__written *mapping;

    if (p->drift == DT__NO_NUMBER) return;
    if (w->model->numbers[p->drift].inherited) {
        dt__write_entry(&w->printer, entry, "no_deal_drift", written_drift(w, p));
        return;
    }
    mapping = dt__write_mapping(&w->printer);
    dt__write_entry(&w->printer, mapping, "value", written_drift(w, p));
    dt__write_evidence(w, mapping, &w->model->numbers[p->drift].evidence);
    dt__write_entry(&w->printer, entry, "no_deal_drift", mapping);
}

static dt__written *written_preferences_of(dt__writer *w, const dt__preferences *p) {
    dt__written *entry = dt__write_mapping(&w->printer);

    switch (p->form) {
    case DT__FORM_ADDITIVE: write_additive(w, entry, p); break;
    case DT__FORM_SPATIAL: write_spatial(w, entry, p); break;
    case DT__FORM_PRIORITIES: write_priorities(w, entry, p); break;
    case DT__FORM_RANKING:
        dt__write_entry(&w->printer, entry, "ranking", dt__written_ranks(w, p, written_ranked));
        break;
    case DT__FORM_COMPARISONS: break; /* only in a graph written out */
    }
    write_adjust(w, entry, p);
    write_red_lines(w, entry, p);
    dt__write_number(w, entry, "no_deal", p->no_deal);
    write_drift(w, entry, p);
    dt__write_evidence(w, entry, &p->evidence);
    return entry;
}

dt__written *dt__write_preferences(dt__writer *w) {
    dt__written *section = dt__write_mapping(&w->printer);

    for (size_t i = 0; i < w->model->party_count; i++) {
        const dt__party *party = &w->model->parties[i];
        if (party->preferences != NULL)
            dt__write_entry(&w->printer, section, party->id, written_preferences_of(w, party->preferences));
    }
    return section;
}
