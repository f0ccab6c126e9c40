/* Writing agreements in their canonical form: keys in the order of docs/language.md. */
#include "language/writer.h"

static void write_names(dt__writer *w, dt__written *mapping, const char *key, const char *const *names, size_t count) {
    dt__written *list;

    if (count == 0) return;
    list = dt__write_list(&w->printer);
    for (size_t i = 0; i < count; i++) dt__write_item(&w->printer, list, dt__written_name(w, names[i]));
    dt__write_entry(&w->printer, mapping, key, list);
}

static void write_zones(dt__writer *w, dt__written *mapping, const char *key, const dt__zone_term *zones,
                        size_t count) {
    dt__written *list;

    if (count == 0) return;
    list = dt__write_list(&w->printer);
    for (size_t i = 0; i < count; i++) {
        dt__written *zone = dt__write_mapping(&w->printer);
        dt__write_text(w, zone, "file", zones[i].file);
        dt__write_text(w, zone, "feature", zones[i].feature);
        if (zones[i].buffer_m.num != 0) dt__write_rational(w, zone, "buffer_m", zones[i].buffer_m);
        dt__write_item(&w->printer, list, zone);
    }
    dt__write_entry(&w->printer, mapping, key, list);
}

static void write_where(dt__writer *w, dt__written *entry, const dt__clause_reading *reading) {
    dt__written *where;

    if (reading->inside_count + reading->outside_count == 0) return;
    where = dt__write_mapping(&w->printer);
    write_zones(w, where, "inside", reading->inside, reading->inside_count);
    write_zones(w, where, "outside", reading->outside, reading->outside_count);
    dt__write_entry(&w->printer, entry, "where", where);
}

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

static void write_triggers(dt__writer *w, dt__written *entry, const dt__clause_reading *reading) {
    dt__written *list;

    if (reading->trigger_count == 0) return;
    list = dt__write_list(&w->printer);
    for (size_t i = 0; i < reading->trigger_count; i++) {
        const dt__trigger *t = &reading->triggers[i];
        dt__written *item = dt__write_mapping(&w->printer);
        dt__write_text(w, item, "id", t->id);
        dt__write_label(w, item, "name", &t->name);
        dt__write_rational(w, item, "more_than", DT__RATIONAL(t->more_than));
        if (t->per_day) dt__write_word(w, item, "per", "day");
        dt__write_evidence(w, item, &t->evidence);
        dt__write_item(&w->printer, list, item);
    }
    dt__write_entry(&w->printer, entry, "triggers", list);
}

static dt__written *written_reading(dt__writer *w, const dt__clause_reading *reading) {
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
    write_where(w, entry, reading);
    if (reading->from != NULL) dt__write_word(w, entry, "from", reading->from);
    if (reading->until != NULL) dt__write_word(w, entry, "until", reading->until);
    dt__write_text(w, entry, "timezone", reading->timezone);
    dt__write_text(w, entry, "status", reading->status);
    if (reading->reciprocal) dt__write_word(w, entry, "reciprocal", "true");
    write_triggers(w, entry, reading);
    dt__write_evidence(w, entry, &reading->evidence);
    dt__write_label(w, entry, "note", &reading->note);
    return entry;
}

static dt__written *written_clause(dt__writer *w, const dt__clause *clause) {
    dt__written *entry = dt__write_mapping(&w->printer), *readings = dt__write_mapping(&w->printer);

    dt__write_label(w, entry, "name", &clause->name);
    dt__write_label(w, entry, "text", &clause->text);
    for (size_t i = 0; i < clause->reading_count; i++)
        dt__write_entry(&w->printer, readings, clause->readings[i].id, written_reading(w, &clause->readings[i]));
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
        for (size_t c = 0; c < a->clause_count; c++)
            dt__write_entry(&w->printer, clauses, a->clauses[c].id, written_clause(w, &a->clauses[c]));
        dt__write_entry(&w->printer, entry, "clauses", clauses);
        dt__write_evidence(w, entry, &a->evidence);
        dt__write_label(w, entry, "note", &a->note);
        dt__write_entry(&w->printer, section, a->id, entry);
    }
    return section;
}

dt__written *dt__write_acts(dt__writer *w) {
    dt__written *section = dt__write_mapping(&w->printer);

    for (size_t i = 0; i < w->model->act_count; i++)
        dt__write_label(w, section, w->model->acts[i].code, &w->model->acts[i].name);
    return section;
}
