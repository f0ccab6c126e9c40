/* Writing a deal as the draft of an agreement: one clause for each issue that the deal changes, with the terms that its
 * option carries; issues whose option carries none stand in remarks. */
#include <string.h>

#include "base/catalog.h"
#include "language/draft.h"
#include "language/names.h"
#include "language/scanner.h"
#include "language/writer.h"

typedef struct drafting {
    dt__writer w;
    const dt__draft *draft;
    dt_env *env;
    dt__party_set bound;   /* who agrees */
    dt__party_set parties; /* with those whom terms bind beside them */
} drafting;

/* ---- texts that last as long as the tree ---- */

static const char *keep(drafting *d, dt__text *text) {
    const char *copy = text->failed ? NULL : dt__arena_string(&d->w.printer.arena, text->bytes, text->length);

    dt__text_clear(text);
    if (copy == NULL) d->w.printer.failed = true;
    return copy;
}

static const char *message(drafting *d, const char *msgid, const char *a, const char *b) {
    dt__text text;

    dt__text_init(&text, d->env);
    dt__text_message(&text, msgid, a, b, NULL);
    return keep(d, &text);
}

static const char *name_of(const drafting *d, const dt__label *label, const char *id) {
    return dt__label_text(label, d->env->opts.language, id);
}

/* ---- one clause ---- */

static dt__party_set bound_by(const drafting *d, const dt__clause_reading *terms) {
    return terms->bound != 0 ? terms->bound : d->bound;
}

static const char *missing_moments(drafting *d, const dt__clause_reading *terms) {
    dt__text text;

    if (!dt__is_open(&terms->from) && !dt__is_open(&terms->until) && terms->timezone != NULL) return NULL;
    dt__text_init(&text, d->env);
    dt__text_message(&text, DT__N("to fill in: when it begins and ends, on which clocks"), NULL);
    if (dt__is_open(&terms->from)) dt__text_add(&text, "\nfrom: YYYY-MM-DDThh:mm");
    if (dt__is_open(&terms->until)) dt__text_add(&text, "\nfor: N days");
    if (terms->timezone == NULL) dt__text_add(&text, "\ntimezone: UTC");
    return keep(d, &text);
}

static dt__written *written_draft_reading(drafting *d, const dt__clause_reading *terms) {
    dt__clause_reading reading = *terms;
    dt__written *entry;

    reading.bound = bound_by(d, terms);
    reading.status = "draft";
    entry = dt__written_terms(&d->w, &reading);
    dt__write_remark(&d->w.printer, entry, missing_moments(d, terms));
    return entry;
}

static dt__written *written_draft_clause(drafting *d, const dt__issue *issue, const dt__option_info *option) {
    dt__written *clause = dt__write_mapping(&d->w.printer), *readings = dt__write_mapping(&d->w.printer);
    const char *text =
        message(d, DT__N("{0}: {1}"), name_of(d, &issue->name, issue->id), name_of(d, &option->name, option->id));

    dt__write_label(&d->w, clause, "name", &issue->name);
    if (text != NULL) dt__write_text(&d->w, clause, "text", text);
    dt__write_entry(&d->w.printer, readings, "agreed", written_draft_reading(d, option->terms));
    dt__write_entry(&d->w.printer, clause, "readings", readings);
    return clause;
}

/* ---- all clauses ---- */

static bool is_agreed(const drafting *d, size_t issue) {
    return d->draft->outcome[issue] != d->draft->no_deal[issue];
}

static const dt__option_info *agreed_option(const drafting *d, size_t issue) {
    return &d->draft->model->issues[issue].options[d->draft->outcome[issue]];
}

/* The id of the issue, where it can be the id of a clause; its number else. */
static const char *clause_id(drafting *d, size_t issue) {
    const char *id = d->draft->model->issues[issue].id;
    dt__text text;

    if (!dt__is_reserved(id) && dt__id_span(id, strlen(id)) == strlen(id)) return id;
    dt__text_init(&text, d->env);
    dt__text_add(&text, "clause-");
    dt__text_add_unsigned(&text, issue + 1);
    return keep(d, &text);
}

static void add_skeleton(drafting *d, dt__text *text, size_t issue) {
    const dt__issue *i = &d->draft->model->issues[issue];
    const dt__option_info *o = agreed_option(d, issue);

    dt__text_message(text, DT__N("{0}: {1}. The model does not say what that forbids; to fill in:"),
                     name_of(d, &i->name, i->id), name_of(d, &o->name, o->id), NULL);
    dt__text_add(text, "\n");
    dt__text_add(text, clause_id(d, issue) == NULL ? "" : clause_id(d, issue));
    dt__text_add(text, ": {readings: {agreed: {bound: [");
    for (size_t p = 0, n = 0; p < d->draft->model->party_count; p++) {
        if ((d->bound >> p & 1) == 0) continue;
        if (n++ > 0) dt__text_add(text, ", ");
        dt__text_add(text, d->draft->model->parties[p].id);
    }
    dt__text_add(text, "], acts: [any]}}}\n");
}

/* What no terms are known of, as remarks behind the others. */
static const char *remarks(drafting *d) {
    dt__text text;

    dt__text_init(&text, d->env);
    for (size_t i = 0; i < d->draft->model->issue_count; i++)
        if (is_agreed(d, i) && agreed_option(d, i)->terms == NULL) add_skeleton(d, &text, i);
    if (text.failed || text.length > 0) return keep(d, &text);
    dt__text_clear(&text);
    return NULL;
}

static dt__written *written_clauses(drafting *d) {
    dt__written *clauses = dt__write_mapping(&d->w.printer);

    for (size_t i = 0; i < d->draft->model->issue_count; i++) {
        const char *id;
        if (!is_agreed(d, i) || agreed_option(d, i)->terms == NULL || (id = clause_id(d, i)) == NULL) continue;
        d->parties |= bound_by(d, agreed_option(d, i)->terms);
        dt__write_entry(&d->w.printer, clauses, id,
                        written_draft_clause(d, &d->draft->model->issues[i], agreed_option(d, i)));
    }
    dt__write_remark(&d->w.printer, clauses, remarks(d));
    return clauses;
}

/* ---- the whole ---- */

static dt__written *written_names(drafting *d) {
    const dt_model *m = d->draft->model;
    dt__written *section = dt__write_mapping(&d->w.printer);

    for (size_t i = 0; i < m->party_count; i++) {
        dt__written *entry = dt__write_mapping(&d->w.printer);
        if ((d->parties >> i & 1) == 0) continue;
        dt__write_label(&d->w, entry, "name", &m->parties[i].name);
        dt__write_aliases(&d->w, entry, &m->parties[i]);
        dt__write_entry(&d->w.printer, section, m->parties[i].id, entry);
    }
    return section;
}

static void write_section(drafting *d, dt__written *root, const char *key, dt__written *section) {
    if (section == NULL || (section->first == NULL && section->remark == NULL)) return;
    section->in_lines = true;
    dt__write_entry(&d->w.printer, root, key, section);
}

static dt__written *written_agreement(drafting *d, dt__written *clauses) {
    dt__written *section = dt__write_mapping(&d->w.printer), *entry = dt__write_mapping(&d->w.printer);
    const char *name;

    if (d->draft->deal == NULL) name = dt__t(d->env, DT__N("Draft agreement"));
    else name = message(d, DT__N("Draft agreement: {0}"), d->draft->deal, NULL);
    if (name != NULL) dt__write_text(&d->w, entry, "name", name);
    dt__write_parties(&d->w, entry, "parties", d->parties);
    dt__write_entry(&d->w.printer, entry, "clauses", clauses);
    dt__write_entry(&d->w.printer, section, "draft", entry);
    return section;
}

static dt__written *written_draft(drafting *d) {
    dt__written *root = dt__write_mapping(&d->w.printer), *clauses = written_clauses(d);
    const char *title = name_of(d, &d->draft->model->title, d->draft->model->file);
    const char *about = message(d, DT__N("Drafted from {0}, as {1} might agree; nobody has agreed to it."), title,
                                name_of(d, &d->draft->format->name, d->draft->format->id));

    dt__write_word(&d->w, root, "detente", "1");
    if ((title = message(d, DT__N("{0}: draft agreement"), title, NULL)) != NULL)
        dt__write_text(&d->w, root, "title", title);
    if (about != NULL) dt__write_text(&d->w, root, "note", about);
    write_section(d, root, "sources", dt__written_sources(&d->w));
    write_section(d, root, "parties", written_names(d));
    write_section(d, root, "acts", dt__write_acts(&d->w));
    write_section(d, root, "assets", dt__write_assets(&d->w));
    write_section(d, root, "agreements", written_agreement(d, clauses));
    return root;
}

dt_status dt__draft_write(const dt__draft *draft, const dt_sink *sink, dt_env *env) {
    drafting d = {.w = {.model = draft->model}, .draft = draft, .env = env};
    const dt__written *root;
    dt_status st = DT_ERR_MEMORY;
    dt__text text;

    d.bound = d.parties = draft->format->table | dt__consent_parties(&draft->format->consent);
    dt__printer_init(&d.w.printer, env);
    dt__text_init(&text, env);
    root = written_draft(&d);
    if (!d.w.printer.failed) {
        dt__print_document(&text, root);
        st = dt__text_status(&text);
    }
    if (st == DT_OK) st = sink->write(sink->payload, dt__text_get(&text), text.length);
    dt__text_clear(&text);
    dt__printer_clear(&d.w.printer);
    return st;
}
