/* Writing agreements in their canonical form: keys in the order of docs/language.md. */
#include "language/writer.h"

static void write_names(dt__writer *w, dt__written *mapping, const char *key, const char *const *names, size_t count) {
    dt__written *list;

    if (count == 0) return;
    list = dt__write_list(&w->printer);
    for (size_t i = 0; i < count; i++) dt__write_item(&w->printer, list, dt__written_name(w, names[i]));
    dt__write_entry(&w->printer, mapping, key, list);
}

/* ---- where ---- */

static void write_group(dt__writer *w, dt__written *entry, const dt__zone_group *group);

static void write_versions(dt__writer *w, dt__written *entry, const dt__zone_term *zone) {
    dt__written *versions = dt__write_mapping(&w->printer);

    if (zone->version_count == 0) return;
    for (size_t i = 0; i < zone->version_count; i++)
        dt__write_bare_entry(&w->printer, versions, zone->versions[i].date,
                             dt__written_name(w, zone->versions[i].file));
    dt__write_entry(&w->printer, entry, "by_date", versions);
}

static dt__written *written_zone(dt__writer *w, const dt__zone_term *zone) {
    dt__written *entry = dt__write_mapping(&w->printer);

    dt__write_label(w, entry, "name", &zone->name);
    if (zone->is_group) {
        write_group(w, entry, &zone->of);
        return entry;
    }
    dt__write_text(w, entry, "file", zone->file);
    write_versions(w, entry, zone);
    dt__write_text(w, entry, "feature", zone->feature);
    dt__write_text(w, entry, "class", zone->sort);
    if (zone->other_side) dt__write_word(w, entry, "side", "outside");
    if (zone->buffer_m.num != 0) dt__write_rational(w, entry, "buffer_m", zone->buffer_m);
    if (zone->uncertainty_m.num != 0) dt__write_rational(w, entry, "uncertainty_m", zone->uncertainty_m);
    return entry;
}

static void write_zones(dt__writer *w, dt__written *mapping, const char *key, const dt__zone_term *zones,
                        size_t count) {
    dt__written *list;

    if (count == 0) return;
    list = dt__write_list(&w->printer);
    for (size_t i = 0; i < count; i++) dt__write_item(&w->printer, list, written_zone(w, &zones[i]));
    dt__write_entry(&w->printer, mapping, key, list);
}

static void write_group(dt__writer *w, dt__written *entry, const dt__zone_group *group) {
    write_zones(w, entry, "inside", group->inside, group->inside_count);
    write_zones(w, entry, "all_of", group->every, group->every_count);
    write_zones(w, entry, "outside", group->outside, group->outside_count);
}

static void write_where(dt__writer *w, dt__written *entry, const dt__zone_group *group) {
    dt__written *where = dt__write_mapping(&w->printer);

    if (group->inside_count + group->every_count + group->outside_count == 0) return;
    write_group(w, where, group);
    dt__write_entry(&w->printer, entry, "where", where);
}

/* ---- when ---- */

static void write_amount(dt__writer *w, dt__written *entry, const char *key, uint32_t amount) {
    if (amount > 0) dt__write_rational(w, entry, key, DT__RATIONAL(amount));
}

/* What a moment is counted from; terms of an option know no other than their own beginning. */
static const char *anchor_name(const dt__agreement *of, const dt__term_moment *m) {
    return m->after < of->moment_count ? of->moments[m->after].id : "from";
}

static void write_when(dt__writer *w, dt__written *entry, const dt__agreement *of, const dt__term_moment *m) {
    static const char *const precisions[] = {NULL, "minute", "hour", "day", "unknown"};

    if (m->at != NULL) dt__write_word(w, entry, "at", m->at);
    if (m->relative) dt__write_text(w, entry, "after", anchor_name(of, m));
    write_amount(w, entry, "days", m->days);
    write_amount(w, entry, "hours", m->hours);
    write_amount(w, entry, "minutes", m->minutes);
    if (m->known != DT__KNOWN_EXACTLY) dt__write_word(w, entry, "precision", precisions[m->known]);
}

/* A date or a name alone, where that says all. */
static void write_moment(dt__writer *w, dt__written *entry, const char *key, const dt__agreement *of,
                         const dt__term_moment *m) {
    dt__written *mapping;

    if (dt__is_open(m)) return;
    if (m->known == DT__KNOWN_EXACTLY && m->at != NULL) {
        dt__write_word(w, entry, key, m->at);
        return;
    }
    if (m->known == DT__KNOWN_EXACTLY && m->after != DT__NO_INDEX && m->days + m->hours + m->minutes == 0) {
        dt__write_text(w, entry, key, anchor_name(of, m));
        return;
    }
    mapping = dt__write_mapping(&w->printer);
    write_when(w, mapping, of, m);
    dt__write_entry(&w->printer, entry, key, mapping);
}

static void write_moments(dt__writer *w, dt__written *entry, const dt__agreement *a) {
    dt__written *section = dt__write_mapping(&w->printer);

    if (a->moment_count == 0) return;
    for (size_t i = 0; i < a->moment_count; i++) {
        const dt__named_moment *m = &a->moments[i];
        dt__written *moment = dt__write_mapping(&w->printer);
        if (m->name.count == 0 && m->timezone == NULL && m->evidence.citation_count == 0 && m->evidence.quote == NULL &&
            m->evidence.why == NULL) {
            write_moment(w, section, m->id, a, &m->when);
            continue;
        }
        dt__write_label(w, moment, "name", &m->name);
        write_when(w, moment, a, &m->when);
        dt__write_text(w, moment, "timezone", m->timezone);
        dt__write_evidence(w, moment, &m->evidence);
        dt__write_entry(&w->printer, section, m->id, moment);
    }
    dt__write_entry(&w->printer, entry, "moments", section);
}

/* ---- what ---- */

static void write_exemptions(dt__writer *w, dt__written *entry, const dt__clause_reading *reading) {
    dt__written *list;

    if (reading->exemption_count == 0) return;
    list = dt__write_list(&w->printer);
    for (size_t i = 0; i < reading->exemption_count; i++) {
        const dt__exemption *e = &reading->exemptions[i];
        dt__written *item = dt__write_mapping(&w->printer);
        write_names(w, item, "acts", e->acts, e->act_count);
        dt__write_text(w, item, "provided", e->provided);
        dt__write_evidence(w, item, &e->evidence);
        dt__write_item(&w->printer, list, item);
    }
    dt__write_entry(&w->printer, entry, "exempt", list);
}

static void write_classes(dt__writer *w, dt__written *entry, const dt__clause_reading *reading) {
    dt__written *classes = dt__write_mapping(&w->printer);

    if (reading->class_count == 0) return;
    for (size_t i = 0; i < reading->class_count; i++) {
        const dt__breach_class *c = &reading->classes[i];
        dt__written *item = dt__write_mapping(&w->printer);
        dt__write_label(w, item, "name", &c->name);
        write_names(w, item, "acts", c->acts, c->act_count);
        write_names(w, item, "targets", c->targets, c->target_count);
        dt__write_entry(&w->printer, classes, c->id, item);
    }
    dt__write_entry(&w->printer, entry, "classes", classes);
}

static void write_then(dt__writer *w, dt__written *item, const dt__trigger *t) {
    static const char *const words[] = {NULL, "consultation", "suspension", "termination", "extension", "sanction"};
    dt__written *mapping;

    if (t->then == DT__THEN_NOT_SAID) return;
    if (t->sanction == NULL) {
        dt__write_word(w, item, "then", words[t->then]);
        return;
    }
    mapping = dt__write_mapping(&w->printer);
    dt__write_text(w, mapping, "sanction", t->sanction);
    dt__write_entry(&w->printer, item, "then", mapping);
}

static void add_amount(dt__text *text, uint32_t amount, const char *unit) {
    if (amount == 0) return;
    if (text->length > 0) dt__text_add(text, " ");
    dt__text_add_unsigned(text, amount);
    dt__text_add(text, " ");
    dt__text_add(text, unit);
    if (amount != 1) dt__text_add(text, "s");
}

/* `1 day 6 hours`. */
static void write_lasting(dt__writer *w, dt__written *item, const char *key, const dt__term_moment *m) {
    const char *copy;
    dt__text text;

    if (!dt__is_lasting(m)) return;
    dt__text_init(&text, w->printer.env);
    add_amount(&text, m->days, "day");
    add_amount(&text, m->hours, "hour");
    add_amount(&text, m->minutes, "minute");
    copy = text.failed ? NULL : dt__arena_string(&w->printer.arena, text.bytes, text.length);
    dt__text_clear(&text);
    if (copy == NULL) w->printer.failed = true;
    else dt__write_word(w, item, key, copy);
}

static void write_move(dt__writer *w, dt__written *item, const dt__agreement *of, const dt__trigger *t) {
    write_lasting(w, item, t->then == DT__THEN_SUSPENSION ? "for" : "by", &t->lasting);
    write_moment(w, item, "until", of, &t->until);
}

static void write_triggers(dt__writer *w, dt__written *entry, const dt__agreement *of,
                           const dt__clause_reading *reading) {
    static const char *const spans[] = {NULL, "day", "week"};
    dt__written *list;

    if (reading->trigger_count == 0) return;
    list = dt__write_list(&w->printer);
    for (size_t i = 0; i < reading->trigger_count; i++) {
        const dt__trigger *t = &reading->triggers[i];
        dt__written *item = dt__write_mapping(&w->printer);
        dt__write_text(w, item, "id", t->id);
        dt__write_label(w, item, "name", &t->name);
        dt__write_rational(w, item, t->at_most ? "at_most" : "more_than", DT__RATIONAL(t->limit));
        if (t->per != DT__IN_ALL) dt__write_word(w, item, "per", spans[t->per]);
        if (t->sort != DT__NO_INDEX) dt__write_text(w, item, "class", reading->classes[t->sort].id);
        write_then(w, item, t);
        write_move(w, item, of, t);
        dt__write_evidence(w, item, &t->evidence);
        dt__write_item(&w->printer, list, item);
    }
    dt__write_entry(&w->printer, entry, "triggers", list);
}

/* ---- readings, clauses, agreements ---- */

static dt__written *written_reading(dt__writer *w, const dt__agreement *of, const dt__clause_reading *reading) {
    dt__written *entry = dt__write_mapping(&w->printer);

    dt__write_label(w, entry, "name", &reading->name);
    dt__write_text(w, entry, "by", reading->by);
    dt__write_parties(w, entry, "bound", reading->bound);
    write_names(w, entry, "acts", reading->acts, reading->act_count);
    write_exemptions(w, entry, reading);
    write_names(w, entry, "targets", reading->targets, reading->target_count);
    if (reading->control_count > 0) {
        dt__written *control = dt__write_mapping(&w->printer);
        write_names(w, control, "acts", reading->controls, reading->control_count);
        dt__write_entry(&w->printer, entry, "control", control);
    }
    write_where(w, entry, &reading->where);
    write_moment(w, entry, "from", of, &reading->from);
    write_moment(w, entry, "until", of, &reading->until);
    dt__write_text(w, entry, "timezone", reading->timezone);
    dt__write_text(w, entry, "status", reading->status);
    if (reading->reciprocal) dt__write_word(w, entry, "reciprocal", "true");
    write_classes(w, entry, reading);
    write_triggers(w, entry, of, reading);
    dt__write_evidence(w, entry, &reading->evidence);
    dt__write_label(w, entry, "note", &reading->note);
    return entry;
}

dt__written *dt__written_terms(dt__writer *w, const dt__clause_reading *terms) {
    static const dt__agreement none = {0};
    return written_reading(w, &none, terms);
}

static dt__written *written_clause(dt__writer *w, const dt__agreement *of, const dt__clause *clause) {
    dt__written *entry = dt__write_mapping(&w->printer), *readings = dt__write_mapping(&w->printer);

    dt__write_label(w, entry, "name", &clause->name);
    dt__write_label(w, entry, "text", &clause->text);
    for (size_t i = 0; i < clause->reading_count; i++)
        dt__write_entry(&w->printer, readings, clause->readings[i].id, written_reading(w, of, &clause->readings[i]));
    dt__write_entry(&w->printer, entry, "readings", readings);
    return entry;
}

dt__written *dt__write_agreements(dt__writer *w) {
    dt__written *section = dt__write_mapping(&w->printer);

    for (size_t i = 0; i < w->model->agreement_count; i++) {
        const dt__agreement *a = &w->model->agreements[i];
        dt__written *entry = dt__write_mapping(&w->printer), *clauses = dt__write_mapping(&w->printer);
        dt__write_label(w, entry, "name", &a->name);
        dt__write_parties(w, entry, "parties", a->parties);
        write_moments(w, entry, a);
        for (size_t c = 0; c < a->clause_count; c++)
            dt__write_entry(&w->printer, clauses, a->clauses[c].id, written_clause(w, a, &a->clauses[c]));
        dt__write_entry(&w->printer, entry, "clauses", clauses);
        dt__write_evidence(w, entry, &a->evidence);
        dt__write_label(w, entry, "note", &a->note);
        dt__write_entry(&w->printer, section, a->id, entry);
    }
    return section;
}

static dt__written *written_words(dt__writer *w, const dt__named_act *words, size_t count) {
    dt__written *section = dt__write_mapping(&w->printer);

    for (size_t i = 0; i < count; i++) dt__write_label(w, section, words[i].code, &words[i].name);
    return section;
}

dt__written *dt__write_acts(dt__writer *w) {
    return written_words(w, w->model->acts, w->model->act_count);
}

dt__written *dt__write_assets(dt__writer *w) {
    return written_words(w, w->model->assets, w->model->asset_count);
}
