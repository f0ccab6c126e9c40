/* The outline of a model as a value: what there is, by id, with its names. */
#include "report/show_sections.h"

static dt__value *parties_value(dt_document *d) {
    static const char *const forms[] = {[DT__FORM_ADDITIVE] = "additive",
                                        [DT__FORM_SPATIAL] = "spatial",
                                        [DT__FORM_PRIORITIES] = "priorities",
                                        [DT__FORM_RANKING] = "ranking",
                                        [DT__FORM_COMPARISONS] = "comparisons"};
    dt__value *value = dt__value_object(d);

    for (uint32_t i = 0; i < d->model->party_count; i++) {
        const dt__party *party = &d->model->parties[i];
        dt__value *entry = dt__put(d, value, party->id, dt__value_object(d)), *lines;
        dt__put(d, entry, "name", dt__value_string(d, dt__party_name(d, i)));
        dt__put(d, entry, "preferences",
                dt__value_string(d, party->preferences == NULL ? NULL : forms[party->preferences->form]));
        lines = dt__put(d, entry, "red_lines", dt__value_array(d));
        for (size_t r = 0; party->preferences != NULL && r < party->preferences->red_line_count; r++) {
            dt__append(lines, dt__value_string(d, party->preferences->red_lines[r].id));
        }
    }
    return value;
}

static dt__value *set_value(dt_document *d, dt__party_set parties) {
    dt__value *value = dt__value_array(d);
    for (uint32_t i = 0; i < d->model->party_count; i++) {
        if ((parties >> i) & 1) dt__append(value, dt__value_string(d, d->model->parties[i].id));
    }
    return value;
}

static dt__value *formats_value(dt_document *d) {
    dt__value *value = dt__value_object(d);

    for (uint32_t i = 0; i < d->model->format_count; i++) {
        const dt__format *format = &d->model->formats[i];
        dt__value *entry = dt__put(d, value, format->id, dt__value_object(d)), *agenda;
        dt__put(d, entry, "name", dt__value_string(d, dt__format_name(d, i)));
        dt__put(d, entry, "table", set_value(d, format->table));
        agenda = dt__put(d, entry, "agenda", dt__value_array(d));
        for (uint32_t k = 0; k < d->model->issue_count; k++) {
            if (!format->has_agenda || dt__issue_set_has(&format->agenda, k))
                dt__append(agenda, dt__value_string(d, d->model->issues[k].id));
        }
    }
    return value;
}

static dt__value *issues_value(dt_document *d) {
    dt__value *value = dt__value_object(d);

    for (uint32_t i = 0; i < d->model->issue_count; i++) {
        const dt__issue *issue = &d->model->issues[i];
        dt__value *entry = dt__put(d, value, issue->id, dt__value_object(d)), *options;
        dt__put(d, entry, "name", dt__value_string(d, dt__issue_name(d, i)));
        options = dt__put(d, entry, "options", dt__value_object(d));
        for (uint32_t o = 0; o < issue->option_count; o++) {
            dt__put(d, options, issue->options[o].id, dt__value_string(d, dt__option_name(d, i, o)));
        }
        dt__put(d, entry, "ordered", dt__value_bool(d, issue->ordered));
        dt__put(d, entry, "no_deal", dt__value_string(d, issue->options[issue->no_deal].id));
        dt__put(
            d, entry, "decided_by",
            dt__value_string(d, issue->decided_by == DT__NO_INDEX ? NULL : d->model->parties[issue->decided_by].id));
    }
    return value;
}

/* Ids of things that lie in an array of structs, each with its id at the same offset. */
static dt__value *ids_value(dt_document *d, const void *items, size_t count, size_t size, size_t offset) {
    dt__value *value = dt__value_array(d);
    for (size_t i = 0; i < count; i++) {
        dt__append(value, dt__value_string(d, *(const char *const *)((const char *)items + i * size + offset)));
    }
    return value;
}

#define IDS(d, items, count, type, member) ids_value((d), (items), (count), sizeof(type), offsetof(type, member))

/* How many states and moves there are; null when the model is no graph written out. */
static dt__value *graph_value(dt_document *d) {
    const dt_model *m = d->model;
    dt__value *value, *moves;

    if (m->arcs == NULL) return dt__value_null(d);
    value = dt__value_object(d);
    dt__put(d, value, "state_count", dt__value_unsigned(d, m->issues[0].option_count));
    moves = dt__put(d, value, "move_counts", dt__value_object(d));
    for (uint32_t p = 0; p < m->party_count; p++)
        dt__put(d, moves, m->parties[p].id, dt__value_unsigned(d, m->arcs[p].count));
    dt__put(d, value, "status_quo", dt__value_string(d, m->issues[0].options[m->issues[0].no_deal].id));
    return value;
}

dt__value *dt__show_value(dt_document *d) {
    dt__value *value = dt__value_object(d);
    const dt_model *m = d->model;

    dt__put(d, value, "as_of", dt__value_string(d, m->has_as_of ? dt__date_text(d, m->as_of) : NULL));
    dt__put(d, value, "parties", parties_value(d));
    dt__put(d, value, "formats", formats_value(d));
    dt__put(d, value, "issues", issues_value(d));
    dt__put(d, value, "rules", IDS(d, m->rules, m->rule_count, dt__rule, id));
    dt__put(d, value, "transitions", IDS(d, m->barriers, m->barrier_count, dt__barrier, id));
    dt__put(d, value, "graph", graph_value(d));
    dt__put(d, value, "principles", IDS(d, m->principles, m->principle_count, dt__principle, id));
    dt__put(d, value, "proposals", IDS(d, m->proposals, m->proposal_count, dt__proposal, id));
    dt__put(d, value, "scenarios", IDS(d, m->scenarios, m->scenario_count, dt__scenario, id));
    dt__put(d, value, "quantities", IDS(d, m->quantities, m->quantity_count, dt__quantity, id));
    dt__put(d, value, "agreements", dt__show_agreements_value(d));
    dt__put(d, value, "sources", IDS(d, m->sources, m->source_count, dt__source, key));
    return value;
}
