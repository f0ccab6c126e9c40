/* A foreign domain in the model language. */
#include <string.h>

#include "exchange/identity.h"
#include "exchange/import.h"
#include "exchange/spelling.h"

enum { MAX_DIGITS = 36 };

typedef struct emitter {
    dt__import *x;
    const dt__foreign *domain;
    dt__text *out;
    const char **issues;   /* ids */
    const char ***options; /* per issue */
    const char **parties;
    bool too_long; /* a number of more digits than the language reads */
} emitter;

/* ---- scalars ---- */

static void add_id(emitter *e, const char *separator, const char *id) {
    dt__text_add(e->out, separator);
    dt__spell_id(e->out, id);
}

/* The language reads 36 digits in a number, or in each part of a fraction. */
static void add_number(emitter *e, dt__rational number) {
    size_t from = e->out->length, digits = 0;

    dt__rational_print(e->out, number);
    for (size_t i = from; i < e->out->length; i++) {
        char c = e->out->bytes[i];
        if (c == '/') digits = 0;
        else if (c >= '0' && c <= '9') e->too_long |= ++digits > MAX_DIGITS;
    }
}

/* ---- ids ---- */

static bool name_all(emitter *e) {
    size_t issues = e->domain->issues.count, parties = e->domain->parties.count;
    const char **names = DT__IMPORT_ARRAY(e->x, const char *, issues > parties ? issues : parties);

    e->options = DT__IMPORT_ARRAY(e->x, const char **, issues);
    for (size_t i = 0; e->x->status == DT_OK && i < issues; i++) {
        const dt__foreign_issue *issue = dt__foreign_issue_at(e->domain, i);
        names[i] = issue->name;
        e->options[i] = issue->integer ? issue->options : dt__make_ids(e->x, issue->options, issue->count, "option");
    }
    if (e->x->status == DT_OK) e->issues = dt__make_ids(e->x, names, issues, "issue");
    for (size_t p = 0; e->x->status == DT_OK && p < parties; p++) {
        names[p] = DT__AT(e->domain->parties, dt__foreign_party, p)->name;
    }
    if (e->x->status == DT_OK) e->parties = dt__make_ids(e->x, names, parties, "party");
    return e->x->status == DT_OK;
}

/* ---- sources: A is where the issues come from, the next letters where each party's preferences do ---- */

static void add_source(emitter *e, size_t number, const char *file) {
    dt__text_add(e->out, "  ");
    dt__spell_source(e->out, number);
    dt__text_add(e->out, ": {title: ");
    dt__spell_text(e->out, dt__file_base(file));
    dt__text_add(e->out, "}\n");
}

static void add_sources(emitter *e) {
    dt__text_add(e->out, "sources:\n");
    add_source(e, 0, e->domain->file);
    for (size_t p = 0; p < e->domain->parties.count; p++) {
        add_source(e, p + 1, DT__AT(e->domain->parties, dt__foreign_party, p)->file);
    }
}

/* ---- parties and formats ---- */

static void add_notes(emitter *e, const dt__foreign_party *party) {
    dt__text note;

    if (party->note_count == 0) return;
    dt__text_init(&note, e->x->env);
    for (size_t i = 0; i < party->note_count; i++) {
        if (i > 0) dt__text_add_char(&note, ' ');
        dt__text_add(&note, party->notes[i]);
    }
    dt__text_add(e->out, ", note: ");
    dt__spell_text(e->out, dt__text_get(&note));
    if (note.failed) e->out->failed = true;
    dt__text_clear(&note);
}

static void add_parties(emitter *e) {
    dt__text_add(e->out, "parties:\n");
    for (size_t p = 0; p < e->domain->parties.count; p++) {
        const dt__foreign_party *party = DT__AT(e->domain->parties, dt__foreign_party, p);
        const char *name = party->label != NULL ? party->label : party->name;
        add_id(e, "  ", e->parties[p]);
        dt__text_add(e->out, ": {");
        if (*name != '\0' && strcmp(name, e->parties[p]) != 0) {
            dt__text_add(e->out, "name: ");
            dt__spell_text(e->out, name);
            dt__text_add(e->out, ", ");
        }
        dt__text_add(e->out, "scale: [0, ");
        add_number(e, party->scale_high);
        dt__text_add(e->out, "]");
        add_notes(e, party);
        dt__text_add(e->out, "}\n");
    }
}

static void add_party_list(emitter *e, bool vetoes_only) {
    const char *separator = "[";

    for (size_t p = 0; p < e->domain->parties.count; p++) {
        if (vetoes_only && !DT__AT(e->domain->parties, dt__foreign_party, p)->veto) continue;
        add_id(e, separator, e->parties[p]);
        separator = ", ";
    }
    dt__text_add(e->out, separator[0] == '[' ? "[]" : "]");
}

static bool has_veto(const emitter *e) {
    for (size_t p = 0; p < e->domain->parties.count; p++) {
        if (DT__AT(e->domain->parties, dt__foreign_party, p)->veto) return true;
    }
    return false;
}

static void add_formats(emitter *e) {
    dt__text_add(e->out, "formats:\n  unanimity: {table: ");
    add_party_list(e, false);
    dt__text_add(e->out, ", consent: ");
    add_party_list(e, false);
    dt__text_add(e->out, "}\n");
    if (!e->domain->all_but_one || e->domain->parties.count < 2) return;
    dt__text_add(e->out, "  all_but_one: {table: ");
    add_party_list(e, false);
    dt__text_add(e->out, ", consent: {");
    if (has_veto(e)) {
        dt__text_add(e->out, "all_of: ");
        add_party_list(e, true);
        dt__text_add(e->out, ", ");
    }
    dt__text_add(e->out, "at_least: ");
    dt__text_add_unsigned(e->out, e->domain->parties.count - 1);
    dt__text_add(e->out, ", of: ");
    add_party_list(e, false);
    dt__text_add(e->out, "}}\n");
}

/* ---- issues ---- */

static const char *option_label(const dt__foreign_issue *issue, uint32_t o) {
    return issue->labels != NULL && issue->labels[o] != NULL ? issue->labels[o] : issue->options[o];
}

static bool options_need_names(const dt__foreign_issue *issue, const char **ids) {
    for (uint32_t o = 0; o < issue->count; o++) {
        if (strcmp(option_label(issue, o), ids[o]) != 0) return true;
    }
    return false;
}

static void add_options(emitter *e, const dt__foreign_issue *issue, const char **ids) {
    bool named = options_need_names(issue, ids);

    dt__text_add(e->out, "    options: ");
    for (uint32_t o = 0; o < issue->count; o++) {
        add_id(e, o == 0 ? (named ? "{" : "[") : ", ", ids[o]);
        if (named) dt__text_add(e->out, ":");
        if (!named || *option_label(issue, o) == '\0') continue;
        dt__text_add(e->out, " {name: ");
        dt__spell_text(e->out, option_label(issue, o));
        dt__text_add(e->out, "}");
    }
    dt__text_add(e->out, named ? "}\n" : "]\n");
}

static void add_issues(emitter *e) {
    dt__text_add(e->out, "issues:\n");
    for (size_t i = 0; i < e->domain->issues.count; i++) {
        const dt__foreign_issue *issue = dt__foreign_issue_at(e->domain, i);
        const char *name = issue->label != NULL ? issue->label : issue->name;
        add_id(e, "  ", e->issues[i]);
        dt__text_add(e->out, ":\n");
        if (*name != '\0' && strcmp(name, e->issues[i]) != 0) {
            dt__text_add(e->out, "    name: ");
            dt__spell_text(e->out, name);
            dt__text_add(e->out, "\n");
        }
        add_options(e, issue, e->options[i]);
        if (issue->integer) dt__text_add(e->out, "    ordered: true\n");
        add_id(e, "    no_deal: ", e->options[i][0]);
        dt__text_add(e->out, "\n");
    }
}

/* ---- preferences: weights and values ---- */

static bool weight_sum(const emitter *e, const dt__foreign_party *party, dt__rational *sum) {
    *sum = DT__RATIONAL(0);
    for (size_t i = 0; i < e->domain->issues.count; i++) {
        if (!dt__rational_add(sum, *sum, party->weights[i])) return false;
    }
    return true;
}

static void note_sum(emitter *e, dt__foreign_party *party, dt__rational sum) {
    double distance = dt__rational_double(sum) - 1;
    const char *written;
    dt__text text;

    if (dt__rational_compare(sum, DT__RATIONAL(1)) == 0 || e->domain->all_but_one) return;
    dt__text_init(&text, e->x->env);
    dt__rational_print(&text, sum);
    written = dt__import_keep(e->x, &text);
    if (written == NULL) return;
    if (e->x->opts.raw_weights)
        dt__text_message(&text, "Weights sum to {0} and are kept as they are; utilities above 1 are not cut.", written,
                         NULL);
    else dt__text_message(&text, "Weights sum to {0}; utilities are divided by it.", written, NULL);
    dt__foreign_add_note(party, dt__import_keep(e->x, &text));
    if (distance < 1e-6 && distance > -1e-6) return; /* the last digit of a sum of doubles */
    if (e->x->opts.raw_weights)
        dt__import_warning(e->x, party->place, "weights-sum",
                           "the weights of “{0}” sum to {1}, not to 1; they are kept as they are", party->name, written,
                           NULL);
    else
        dt__import_warning(e->x, party->place, "weights-sum",
                           "the weights of “{0}” sum to {1}, not to 1; utilities are divided by it", party->name,
                           written, NULL);
}

/* Our utilities are divided by the sum of weights: values take it in when it is to be kept. */
static bool keep_raw(emitter *e, dt__foreign_party *party, dt__rational sum) {
    for (size_t i = 0; i < e->domain->issues.count; i++) {
        for (uint32_t o = 0; o < dt__foreign_issue_at(e->domain, i)->count; o++) {
            if (!dt__rational_mul(&party->values[i][o], party->values[i][o], sum)) return false;
        }
    }
    return true;
}

/* Sum, rule for it, least utility; false after a finding. */
static bool settle_weights(emitter *e, dt__foreign_party *party) {
    dt__rational sum, part, least = DT__RATIONAL(0);

    if (!weight_sum(e, party, &sum)) goto too_large;
    for (size_t i = 0; i < e->domain->issues.count; i++) {
        if (dt__rational_sign(party->weights[i]) >= 0) continue;
        dt__import_error(e->x, party->place, "negative-weight", "the weight of issue “{0}” is negative",
                         dt__foreign_issue_at(e->domain, i)->name, NULL);
        return false;
    }
    if (dt__rational_sign(sum) == 0) {
        dt__import_error(e->x, party->place, "no-weight", "the weights of “{0}” sum to zero", party->name, NULL);
        return false;
    }
    note_sum(e, party, sum);
    if (e->x->opts.raw_weights && !keep_raw(e, party, sum)) goto too_large;
    if (e->x->opts.raw_weights && dt__rational_compare(sum, party->scale_high) > 0) party->scale_high = sum;
    if (!party->accepts_everything) return true;
    for (size_t i = 0; i < e->domain->issues.count; i++) {
        const dt__rational *values = party->values[i];
        dt__rational lowest = values[0];
        for (uint32_t o = 1; o < dt__foreign_issue_at(e->domain, i)->count; o++) {
            if (dt__rational_compare(values[o], lowest) < 0) lowest = values[o];
        }
        if (!dt__rational_mul(&part, lowest, party->weights[i]) || !dt__rational_div(&part, part, sum) ||
            !dt__rational_add(&least, least, part))
            goto too_large;
    }
    party->reservation = least;
    return true;
too_large:
    dt__import_too_large(e->x, party->place, party->name);
    return false;
}

static void add_values(emitter *e, const dt__foreign_party *party, size_t i) {
    for (uint32_t o = 0; o < dt__foreign_issue_at(e->domain, i)->count; o++) {
        add_id(e, o == 0 ? ": {" : ", ", e->options[i][o]);
        dt__text_add(e->out, ": ");
        add_number(e, party->values[i][o]);
    }
    dt__text_add(e->out, "}\n");
}

static void add_additive(emitter *e, const dt__foreign_party *party) {
    dt__text_add(e->out, "    weights: ");
    for (size_t i = 0; i < e->domain->issues.count; i++) {
        add_id(e, i == 0 ? "{" : ", ", e->issues[i]);
        dt__text_add(e->out, ": ");
        add_number(e, party->weights[i]);
    }
    dt__text_add(e->out, "}\n    values:\n");
    for (size_t i = 0; i < e->domain->issues.count; i++) {
        add_id(e, "      ", e->issues[i]);
        add_values(e, party, i);
    }
}

/* ---- preferences: boxes ---- */

static void add_bound(emitter *e, const char *separator, const dt__foreign_bound *b) {
    const dt__foreign_issue *issue = dt__foreign_issue_at(e->domain, b->issue);
    const char *id = e->issues[b->issue], **options = e->options[b->issue];

    dt__text_add(e->out, separator);
    dt__text_add(e->out, id);
    if (b->low == b->high) {
        dt__text_add(e->out, " == ");
        dt__text_add(e->out, options[b->low]);
        return;
    }
    if (b->low > 0) {
        dt__text_add(e->out, " >= ");
        dt__text_add(e->out, options[b->low]);
    }
    if (b->high + 1 == issue->count) return;
    if (b->low > 0) {
        dt__text_add(e->out, " and ");
        dt__text_add(e->out, id);
    }
    dt__text_add(e->out, " <= ");
    dt__text_add(e->out, options[b->high]);
}

static void add_box(emitter *e, const dt__foreign_box *box) {
    dt__text_add(e->out, "      - {when: \"");
    if (box->count == 0) dt__text_add(e->out, "true");
    else if (box->outside) dt__text_add(e->out, "not (");
    for (size_t i = 0; i < box->count; i++) add_bound(e, i == 0 ? "" : " and ", &box->bounds[i]);
    if (box->count > 0 && box->outside) dt__text_add(e->out, ")");
    dt__text_add(e->out, "\", add: ");
    add_number(e, box->add);
    dt__text_add(e->out, "}\n");
}

/* A model has weights and values: here they are worth nothing. */
static void add_boxes(emitter *e, const dt__foreign_party *party) {
    add_id(e, "    weights: {", e->issues[0]);
    add_id(e, ": 1}\n    values: {", e->issues[0]);
    add_id(e, ": {", e->options[0][0]);
    dt__text_add(e->out, ": 0}}\n");
    if (party->boxes.count > 0) dt__text_add(e->out, "    adjust:\n");
    for (size_t b = 0; b < party->boxes.count; b++) add_box(e, DT__AT(party->boxes, dt__foreign_box, b));
}

/* ---- all of it ---- */

static void add_preferences(emitter *e, size_t p) {
    const dt__foreign_party *party = DT__AT(e->domain->parties, dt__foreign_party, p);

    add_id(e, p == 0 ? "preferences:\n  " : "  ", e->parties[p]);
    dt__text_add(e->out, ":\n    source: ");
    dt__spell_source(e->out, p + 1);
    dt__text_add(e->out, "\n");
    e->too_long = false;
    if (party->weights != NULL) add_additive(e, party);
    else add_boxes(e, party);
    dt__text_add(e->out, "    no_deal: ");
    add_number(e, party->reservation);
    dt__text_add(e->out, "\n");
    if (e->too_long) dt__import_too_large(e->x, party->place, party->name);
}

static void add_start(emitter *e) {
    const char *separator = "proposals:\n  start: {";

    if (e->domain->start == NULL) return;
    for (size_t i = 0; i < e->domain->issues.count; i++) {
        const dt__foreign_issue *issue = dt__foreign_issue_at(e->domain, i);
        uint32_t o =
            e->domain->start[i] == NULL ? DT__NOT_FOUND : dt__lookup_find(&issue->by_name, e->domain->start[i]);
        if (o == DT__NOT_FOUND) continue;
        add_id(e, separator, e->issues[i]);
        add_id(e, ": ", e->options[i][o]);
        separator = ", ";
    }
    if (separator[0] == ',') dt__text_add(e->out, "}\n");
}

void dt__emit(dt__import *x, dt__text *out) {
    emitter e = {.x = x, .domain = &x->domain, .out = out};

    if (!name_all(&e)) return;
    for (size_t p = 0; p < x->domain.parties.count; p++) {
        dt__foreign_party *party = DT__AT(x->domain.parties, dt__foreign_party, p);
        if (party->weights != NULL) (void)settle_weights(&e, party);
    }
    if (dt__import_failed(x)) return;
    dt__text_add(out, "# ");
    dt__text_message(out, "From files of the format {0}, by detente import.", x->domain.program, NULL);
    dt__text_add(out, "\ndetente: 1\ntitle: ");
    dt__spell_text(out, x->domain.title);
    dt__text_add(out, "\n");
    add_sources(&e);
    add_parties(&e);
    add_formats(&e);
    add_issues(&e);
    for (size_t p = 0; p < x->domain.parties.count; p++) add_preferences(&e, p);
    add_start(&e);
}
