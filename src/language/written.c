/* Values of a model as they are written: texts, numbers with their evidence, conditions, sets. */
#include "language/expression.h"
#include "language/writer.h"

dt__written *dt__written_name(dt__writer *w, const char *name) {
    return dt__write_scalar(&w->printer, name, DT__QUOTE_IF_ODD);
}

void dt__write_text(dt__writer *w, dt__written *mapping, const char *key, const char *text) {
    if (text != NULL) dt__write_entry(&w->printer, mapping, key, dt__written_name(w, text));
}

void dt__write_word(dt__writer *w, dt__written *mapping, const char *key, const char *word) {
    dt__write_entry(&w->printer, mapping, key, dt__write_scalar(&w->printer, word, DT__QUOTE_NEVER));
}

void dt__write_label(dt__writer *w, dt__written *mapping, const char *key, const dt__label *label) {
    dt__written *languages;

    if (label->count == 0) return;
    if (label->tags[0][0] == '\0') {
        dt__write_text(w, mapping, key, label->texts[0]);
        return;
    }
    languages = dt__write_mapping(&w->printer);
    for (size_t i = 0; i < label->count; i++) dt__write_text(w, languages, label->tags[i], label->texts[i]);
    dt__write_entry(&w->printer, mapping, key, languages);
}

/* A scalar from a text that was put together; it is copied, and the text is cleared. */
static dt__written *scalar_of(dt__writer *w, dt__text *text, dt__quoting quoting) {
    const char *copy = text->failed ? NULL : dt__arena_string(&w->printer.arena, dt__text_get(text), text->length);

    dt__text_clear(text);
    if (copy == NULL) w->printer.failed = true;
    return copy == NULL ? NULL : dt__write_scalar(&w->printer, copy, quoting);
}

void dt__write_date(dt__writer *w, dt__written *mapping, const char *key, dt__date date) {
    dt__text text;

    dt__text_init(&text, w->printer.env);
    dt__date_print(&text, date);
    dt__write_entry(&w->printer, mapping, key, scalar_of(w, &text, DT__QUOTE_NEVER));
}

dt__written *dt__written_rational(dt__writer *w, dt__rational value) {
    dt__text text;

    dt__text_init(&text, w->printer.env);
    dt__rational_print(&text, value);
    return scalar_of(w, &text, DT__QUOTE_NEVER);
}

void dt__write_rational(dt__writer *w, dt__written *mapping, const char *key, dt__rational value) {
    dt__write_entry(&w->printer, mapping, key, dt__written_rational(w, value));
}

dt__written *dt__written_condition(dt__writer *w, const dt__condition *condition) {
    dt__text text;

    dt__text_init(&text, w->printer.env);
    dt__condition_print(&text, w->model, condition);
    return scalar_of(w, &text, DT__QUOTE_ALWAYS);
}

void dt__write_condition(dt__writer *w, dt__written *mapping, const char *key, const dt__condition *condition) {
    dt__write_entry(&w->printer, mapping, key, dt__written_condition(w, condition));
}

/* ---- evidence ---- */

/* K, K16, K24-K26 */
static dt__written *written_citation(dt__writer *w, const dt__citation *citation) {
    const char *key = w->model->sources[citation->source].key;
    dt__text text;

    dt__text_init(&text, w->printer.env);
    dt__text_add(&text, key);
    if (citation->from > 0) dt__text_add_unsigned(&text, citation->from);
    if (citation->to > citation->from) {
        dt__text_add_char(&text, '-');
        dt__text_add(&text, key);
        dt__text_add_unsigned(&text, citation->to);
    }
    return scalar_of(w, &text, DT__QUOTE_IF_ODD);
}

void dt__write_evidence(dt__writer *w, dt__written *mapping, const dt__evidence *evidence) {
    dt__written *list;

    if (evidence->citation_count == 1) {
        dt__write_entry(&w->printer, mapping, "source", written_citation(w, &evidence->citations[0]));
    } else if (evidence->citation_count > 1) {
        list = dt__write_list(&w->printer);
        for (size_t i = 0; i < evidence->citation_count; i++)
            dt__write_item(&w->printer, list, written_citation(w, &evidence->citations[i]));
        dt__write_entry(&w->printer, mapping, "source", list);
    }
    dt__write_text(w, mapping, "quote", evidence->quote);
    dt__write_text(w, mapping, "why", evidence->why);
}

/* ---- numbers ---- */

dt__written *dt__written_number(dt__writer *w, dt__number_id id) {
    const dt__number *n = &w->model->numbers[id];
    dt__written *mapping, *coders;

    if (n->kind != DT__NUMBER_CODERS && n->inherited)
        return dt__write_scalar(&w->printer, n->text,
                                n->kind == DT__NUMBER_FORMULA ? DT__QUOTE_ALWAYS : DT__QUOTE_NEVER);
    mapping = dt__write_mapping(&w->printer);
    if (n->kind == DT__NUMBER_CODERS) {
        coders = dt__write_mapping(&w->printer);
        for (size_t i = 0; i < n->coder_count; i++) dt__write_number(w, coders, n->coders[i].name, n->coders[i].number);
        dt__write_entry(&w->printer, mapping, "coders", coders);
    } else {
        dt__write_entry(
            &w->printer, mapping, "value",
            dt__write_scalar(&w->printer, n->text, n->kind == DT__NUMBER_FORMULA ? DT__QUOTE_ALWAYS : DT__QUOTE_NEVER));
    }
    if (!n->inherited) dt__write_evidence(w, mapping, &n->evidence);
    return mapping;
}

void dt__write_number(dt__writer *w, dt__written *mapping, const char *key, dt__number_id id) {
    if (id != DT__NO_NUMBER) dt__write_entry(&w->printer, mapping, key, dt__written_number(w, id));
}

/* ---- sets ---- */

void dt__write_parties(dt__writer *w, dt__written *mapping, const char *key, dt__party_set set) {
    dt__written *list;

    if (set == 0) return;
    list = dt__write_list(&w->printer);
    for (uint32_t p = 0; p < w->model->party_count; p++) {
        if (set >> p & 1) dt__write_item(&w->printer, list, dt__written_name(w, w->model->parties[p].id));
    }
    dt__write_entry(&w->printer, mapping, key, list);
}

void dt__write_issue_set(dt__writer *w, dt__written *mapping, const char *key, const dt__issue_set *set) {
    dt__written *list = dt__write_list(&w->printer);

    for (uint32_t i = 0; i < w->model->issue_count; i++) {
        if (dt__issue_set_has(set, i)) dt__write_item(&w->printer, list, dt__written_name(w, w->model->issues[i].id));
    }
    dt__write_entry(&w->printer, mapping, key, list);
}
