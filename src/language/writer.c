/* dt_model_write: the canonical form of a model.  Sections and keys stand in the order of docs/language.md. */
#include "language/writer.h"

/* ---- sources, quantities, parties, formats ---- */

dt__written *dt__written_sources(dt__writer *w) {
    dt__written *section = dt__write_mapping(&w->printer);

    for (size_t i = 0; i < w->model->source_count; i++) {
        const dt__source *s = &w->model->sources[i];
        dt__written *entry = dt__write_mapping(&w->printer);
        dt__write_label(w, entry, "title", &s->title);
        dt__write_text(w, entry, "author", s->author);
        dt__write_text(w, entry, "publisher", s->publisher);
        if (s->date != NULL) dt__write_word(w, entry, "date", s->date);
        dt__write_text(w, entry, "lang", s->lang);
        dt__write_text(w, entry, "url", s->url);
        dt__write_text(w, entry, "file", s->file);
        dt__write_label(w, entry, "note", &s->note);
        dt__write_entry(&w->printer, section, s->key, entry);
    }
    return section;
}

/* The tree borrows its keys: a date is kept in the arena. */
static const char *date_key(dt__writer *w, dt__date date) {
    const char *copy;
    dt__text text;

    dt__text_init(&text, w->printer.env);
    dt__date_print(&text, date);
    copy = text.failed ? NULL : dt__arena_string(&w->printer.arena, text.bytes, text.length);
    dt__text_clear(&text);
    if (copy == NULL) w->printer.failed = true;
    return copy;
}

static void write_series(dt__writer *w, dt__written *entry, const dt__quantity *q) {
    dt__written *series = dt__write_mapping(&w->printer);

    for (size_t i = 0; i < q->series_count; i++) {
        dt__write_bare_entry(&w->printer, series, date_key(w, q->series[i].date),
                             dt__written_number(w, q->series[i].number));
    }
    dt__write_entry(&w->printer, entry, "series", series);
}

/* [low, high] */
static void write_range(dt__writer *w, dt__written *entry, const char *key, dt__rational low, dt__rational high) {
    dt__written *list = dt__write_list(&w->printer);

    dt__write_item(&w->printer, list, dt__written_rational(w, low));
    dt__write_item(&w->printer, list, dt__written_rational(w, high));
    dt__write_entry(&w->printer, entry, key, list);
}

static dt__written *written_quantities(dt__writer *w) {
    dt__written *section = dt__write_mapping(&w->printer);

    for (size_t i = 0; i < w->model->quantity_count; i++) {
        const dt__quantity *q = &w->model->quantities[i];
        dt__written *entry = dt__write_mapping(&w->printer);
        dt__write_label(w, entry, "name", &q->name);
        if (q->series_count > 0) write_series(w, entry, q);
        else dt__write_number(w, entry, "value", q->number);
        dt__write_text(w, entry, "unit", q->unit);
        if (q->has_range) write_range(w, entry, "range", q->low, q->high);
        dt__write_evidence(w, entry, &q->evidence);
        dt__write_label(w, entry, "note", &q->note);
        dt__write_entry(&w->printer, section, q->id, entry);
    }
    return section;
}

void dt__write_aliases(dt__writer *w, dt__written *entry, const dt__party *party) {
    dt__written *list;

    if (party->alias_count == 0) return;
    list = dt__write_list(&w->printer);
    for (size_t i = 0; i < party->alias_count; i++)
        dt__write_item(&w->printer, list, dt__written_name(w, party->aliases[i]));
    dt__write_entry(&w->printer, entry, "aliases", list);
}

static void write_unseen(dt__writer *w, dt__written *entry, const dt__party *party) {
    dt__written *list;

    if (party->unseen_count == 0) return;
    list = dt__write_list(&w->printer);
    for (size_t i = 0; i < party->unseen_count; i++)
        dt__write_item(&w->printer, list, dt__written_condition(w, party->unseen[i]));
    dt__write_entry(&w->printer, entry, "unseen", list);
}

static dt__written *written_parties(dt__writer *w) {
    dt__written *section = dt__write_mapping(&w->printer);

    for (size_t i = 0; i < w->model->party_count; i++) {
        const dt__party *p = &w->model->parties[i];
        dt__written *entry = dt__write_mapping(&w->printer);
        dt__write_label(w, entry, "name", &p->name);
        dt__write_aliases(w, entry, p);
        dt__write_number(w, entry, "capability", p->capability);
        if (p->has_scale) write_range(w, entry, "scale", p->scale_low, p->scale_high);
        write_unseen(w, entry, p);
        dt__write_evidence(w, entry, &p->evidence);
        dt__write_label(w, entry, "note", &p->note);
        dt__write_entry(&w->printer, section, p->id, entry);
    }
    return section;
}

static void write_party_weights(dt__writer *w, dt__written *mapping, const dt__consent *c) {
    dt__written *weights = dt__write_mapping(&w->printer);

    for (size_t p = 0; p < w->model->party_count; p++) {
        if (c->weighted_parties >> p & 1) dt__write_rational(w, weights, w->model->parties[p].id, c->weights[p]);
    }
    dt__write_entry(&w->printer, mapping, "weights", weights);
    dt__write_rational(w, mapping, "quota", c->quota);
}

static void write_consent(dt__writer *w, dt__written *entry, const dt__consent *c) {
    dt__written *mapping;

    if (c->is_list) {
        dt__write_parties(w, entry, "consent", c->all_of);
        return;
    }
    mapping = dt__write_mapping(&w->printer);
    dt__write_parties(w, mapping, "all_of", c->all_of);
    if (c->at_least > 0) dt__write_rational(w, mapping, "at_least", DT__RATIONAL(c->at_least));
    if (c->at_least > 0 && c->of_given) dt__write_parties(w, mapping, "of", c->of);
    if (c->weighted) write_party_weights(w, mapping, c);
    dt__write_parties(w, mapping, "veto", c->veto);
    dt__write_entry(&w->printer, entry, "consent", mapping);
}

static dt__written *written_formats(dt__writer *w) {
    dt__written *section = dt__write_mapping(&w->printer);

    for (size_t i = 0; i < w->model->format_count; i++) {
        const dt__format *f = &w->model->formats[i];
        dt__written *entry = dt__write_mapping(&w->printer);
        dt__write_label(w, entry, "name", &f->name);
        if (f->table != 0) dt__write_parties(w, entry, "table", f->table);
        else dt__write_entry(&w->printer, entry, "table", dt__write_list(&w->printer));
        write_consent(w, entry, &f->consent);
        if (f->has_agenda) dt__write_issue_set(w, entry, "agenda", &f->agenda);
        dt__write_label(w, entry, "note", &f->note);
        dt__write_entry(&w->printer, section, f->id, entry);
    }
    return section;
}

/* ---- issues ---- */

static bool says_more(const dt__option_info *o) {
    return o->name.count > 0 || o->note.count > 0 || o->has_scale || o->has_reversible || o->terms != NULL;
}

static dt__written *written_option(dt__writer *w, const dt__issue *issue, size_t o) {
    const dt__option_info *info = &issue->options[o];
    dt__written *entry = dt__write_mapping(&w->printer);

    dt__write_label(w, entry, "name", &info->name);
    if (info->has_scale) dt__write_rational(w, entry, "scale", issue->scale[o]);
    if (info->has_reversible) dt__write_word(w, entry, "reversible", info->reversible ? "true" : "false");
    if (info->terms != NULL) dt__write_entry(&w->printer, entry, "terms", dt__written_terms(w, info->terms));
    dt__write_label(w, entry, "note", &info->note);
    return entry;
}

/* A list of ids, unless one of the options says more. */
static void write_options(dt__writer *w, dt__written *entry, const dt__issue *issue) {
    bool mapped = false;
    dt__written *options;

    for (size_t o = 0; o < issue->option_count; o++) mapped = mapped || says_more(&issue->options[o]);
    options = mapped ? dt__write_mapping(&w->printer) : dt__write_list(&w->printer);
    for (size_t o = 0; o < issue->option_count; o++) {
        if (mapped) dt__write_entry(&w->printer, options, issue->options[o].id, written_option(w, issue, o));
        else dt__write_item(&w->printer, options, dt__written_name(w, issue->options[o].id));
    }
    dt__write_entry(&w->printer, entry, "options", options);
}

static void write_scale(dt__writer *w, dt__written *entry, const dt__issue *issue) {
    dt__written *scale = dt__write_list(&w->printer);

    for (size_t o = 0; o < issue->option_count; o++)
        dt__write_item(&w->printer, scale, dt__written_rational(w, issue->scale[o]));
    dt__write_entry(&w->printer, entry, "scale", scale);
}

static dt__written *written_issues(dt__writer *w) {
    dt__written *section = dt__write_mapping(&w->printer);

    for (size_t i = 0; i < w->model->issue_count; i++) {
        const dt__issue *issue = &w->model->issues[i];
        dt__written *entry = dt__write_mapping(&w->printer);
        dt__write_label(w, entry, "name", &issue->name);
        write_options(w, entry, issue);
        if (issue->ordered) dt__write_word(w, entry, "ordered", "true");
        if (issue->has_scale) write_scale(w, entry, issue);
        if (issue->decided_by != DT__NO_INDEX)
            dt__write_text(w, entry, "decided_by", w->model->parties[issue->decided_by].id);
        if (issue->no_deal_given) dt__write_text(w, entry, "no_deal", issue->options[issue->no_deal].id);
        if (issue->has_reversible) dt__write_word(w, entry, "reversible", issue->reversible ? "true" : "false");
        dt__write_evidence(w, entry, &issue->evidence);
        dt__write_label(w, entry, "note", &issue->note);
        dt__write_entry(&w->printer, section, issue->id, entry);
    }
    return section;
}

/* ---- rules, principles ---- */

static dt__written *written_rules(dt__writer *w) {
    dt__written *section = dt__write_list(&w->printer);

    for (size_t i = 0; i < w->model->rule_count; i++) {
        const dt__rule *rule = &w->model->rules[i];
        dt__written *entry = dt__write_mapping(&w->printer);
        dt__write_text(w, entry, "id", rule->id);
        dt__write_label(w, entry, "name", &rule->name);
        dt__write_condition(w, entry, "require", rule->require);
        dt__write_evidence(w, entry, &rule->evidence);
        dt__write_item(&w->printer, section, entry);
    }
    return section;
}

/* One party by its id, several as a list. */
static void write_by(dt__writer *w, dt__written *entry, dt__party_set by) {
    if (by == 0) return;
    if ((by & (by - 1)) == 0) dt__write_text(w, entry, "by", w->model->parties[__builtin_ctzll(by)].id);
    else dt__write_parties(w, entry, "by", by);
}

static void write_two_conditions(dt__writer *w, dt__written *entry, const char *key, const char *first,
                                 const char *second, const dt__principle *p) {
    dt__written *mapping = dt__write_mapping(&w->printer);

    dt__write_condition(w, mapping, first, p->a);
    dt__write_condition(w, mapping, second, p->b);
    dt__write_entry(&w->printer, entry, key, mapping);
}

static void write_present(dt__writer *w, dt__written *entry, const dt__principle *p) {
    dt__written *mapping = dt__write_mapping(&w->printer);

    dt__write_text(w, mapping, "party", w->model->parties[p->party].id);
    dt__write_issue_set(w, mapping, "for", &p->issues);
    dt__write_entry(&w->printer, entry, "present", mapping);
}

static dt__written *written_principle(dt__writer *w, const dt__principle *p) {
    dt__written *entry = dt__write_mapping(&w->printer);

    dt__write_text(w, entry, "id", p->id);
    write_by(w, entry, p->by);
    dt__write_label(w, entry, "name", &p->name);
    switch (p->kind) {
    case DT__PRINCIPLE_PRESENT: write_present(w, entry, p); break;
    case DT__PRINCIPLE_FOLLOW_UP: dt__write_condition(w, entry, "follow_up", p->b); break;
    case DT__PRINCIPLE_ORDER: write_two_conditions(w, entry, "order", "before", "needs", p); break;
    case DT__PRINCIPLE_REQUIRE: dt__write_condition(w, entry, "require", p->b); break;
    case DT__PRINCIPLE_CONSEQUENCE: write_two_conditions(w, entry, "consequence", "if", "then", p); break;
    }
    dt__write_evidence(w, entry, &p->evidence);
    return entry;
}

static dt__written *written_principles(dt__writer *w) {
    dt__written *section = dt__write_list(&w->printer);

    for (size_t i = 0; i < w->model->principle_count; i++)
        dt__write_item(&w->printer, section, written_principle(w, &w->model->principles[i]));
    return section;
}

/* ---- proposals, scenarios, claims ---- */

static dt__written *written_proposals(dt__writer *w) {
    dt__written *section = dt__write_mapping(&w->printer);

    for (size_t i = 0; i < w->model->proposal_count; i++) {
        const dt__proposal *p = &w->model->proposals[i];
        dt__written *entry = dt__write_mapping(&w->printer);
        dt__write_label(w, entry, "name", &p->name);
        write_by(w, entry, p->by);
        for (size_t k = 0; k < w->model->issue_count; k++) {
            const dt__issue *issue = &w->model->issues[k];
            if (p->named[k] != DT__NO_OPTION) dt__write_text(w, entry, issue->id, issue->options[p->named[k]].id);
        }
        dt__write_evidence(w, entry, &p->evidence);
        dt__write_label(w, entry, "note", &p->note);
        dt__write_entry(&w->printer, section, p->id, entry);
    }
    return section;
}

static dt__written *written_scenarios(dt__writer *w) {
    dt__written *section = dt__write_mapping(&w->printer);

    for (size_t i = 0; i < w->model->scenario_count; i++) {
        const dt__scenario *s = &w->model->scenarios[i];
        dt__written *entry = dt__write_mapping(&w->printer);
        dt__write_label(w, entry, "name", &s->name);
        dt__write_condition(w, entry, "when", s->when);
        if (s->has_by) dt__write_date(w, entry, "by", s->by);
        dt__write_evidence(w, entry, &s->evidence);
        dt__write_label(w, entry, "note", &s->note);
        dt__write_entry(&w->printer, section, s->id, entry);
    }
    return section;
}

static dt__written *written_claims(dt__writer *w) {
    dt__written *section = dt__write_list(&w->printer);

    for (size_t i = 0; i < w->model->claim_count; i++) {
        const dt__claim *c = &w->model->claims[i];
        dt__written *entry = dt__write_mapping(&w->printer);
        dt__write_text(w, entry, "by", c->by);
        dt__write_text(w, entry, "of", w->model->scenarios[c->of].id);
        dt__write_number(w, entry, "probability", c->probability);
        if (c->has_date) dt__write_date(w, entry, "date", c->date);
        dt__write_evidence(w, entry, &c->evidence);
        dt__write_item(&w->printer, section, entry);
    }
    return section;
}

/* ---- the whole ---- */

static void write_section(dt__writer *w, dt__written *root, const char *key, dt__written *section) {
    if (section == NULL || section->first == NULL) return;
    section->in_lines = true;
    dt__write_entry(&w->printer, root, key, section);
}

static dt__written *written_model(dt__writer *w) {
    dt__written *root = dt__write_mapping(&w->printer);

    dt__write_word(w, root, "detente", "1");
    dt__write_label(w, root, "title", &w->model->title);
    if (w->model->has_as_of) dt__write_date(w, root, "as_of", w->model->as_of);
    dt__write_label(w, root, "note", &w->model->note);
    write_section(w, root, "sources", dt__written_sources(w));
    write_section(w, root, "quantities", written_quantities(w));
    write_section(w, root, "parties", written_parties(w));
    if (w->model->arcs != NULL) {
        write_section(w, root, "graph", dt__write_graph(w));
    } else {
        write_section(w, root, "formats", written_formats(w));
        write_section(w, root, "issues", written_issues(w));
        write_section(w, root, "rules", written_rules(w));
    }
    write_section(w, root, "transitions", dt__write_transitions(w));
    if (w->model->arcs == NULL) write_section(w, root, "preferences", dt__write_preferences(w));
    write_section(w, root, "principles", written_principles(w));
    write_section(w, root, "proposals", written_proposals(w));
    write_section(w, root, "scenarios", written_scenarios(w));
    write_section(w, root, "claims", written_claims(w));
    write_section(w, root, "acts", dt__write_acts(w));
    write_section(w, root, "assets", dt__write_assets(w));
    write_section(w, root, "agreements", dt__write_agreements(w));
    return root;
}

dt_status dt_model_write(const dt_model *model, const dt_sink *sink, dt_env *env) {
    dt__writer w = {.model = model};
    const dt__written *root;
    dt_status st = DT_ERR_MEMORY;
    dt__text text;

    dt__printer_init(&w.printer, env);
    dt__text_init(&text, env);
    root = written_model(&w);
    if (!w.printer.failed) {
        dt__print_document(&text, root);
        st = dt__text_status(&text);
    }
    if (st == DT_OK) st = sink->write(sink->payload, dt__text_get(&text), text.length);
    dt__text_clear(&text);
    dt__printer_clear(&w.printer);
    return st;
}
