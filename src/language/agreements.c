/* Agreements: their clauses, and the readings of each clause. */
#include <string.h>

#include "language/agreements.h"
#include "model/acts.h"

/* ---- texts and codes ---- */

/* One text or a list of them. */
const char *const *dt__read_texts(dt__reader *r, const dt__node *node, size_t *count) {
    bool list = node != NULL && node->kind == DT__NODE_SEQUENCE;
    const char **texts = DT__READER_ARRAY(r, const char *, list ? node->count : 1);

    *count = 0;
    if (node == NULL || texts == NULL) return texts;
    if (!list && (texts[0] = dt__read_text(r, node)) != NULL) *count = 1;
    if (!list) return texts;
    DT__EACH(child, node) {
        if ((texts[*count] = dt__read_text(r, child)) != NULL) (*count)++;
    }
    return texts;
}

static bool act_known(const dt_model *m, const char *code) {
    for (size_t i = 0; dt__act_at(i) != NULL; i++)
        if (strcmp(dt__act_at(i)->code, code) == 0) return true;
    for (size_t i = 0; i < m->act_count; i++)
        if (strcmp(m->acts[i].code, code) == 0) return true;
    return false;
}

static void blame_act(dt__reader *r, const dt__node *node, const char *code) {
    const dt_model *m = r->model;
    const char **names;
    size_t count = 0, own = 0;

    while (dt__act_at(count) != NULL) count++;
    names = DT__ARENA_ARRAY(&r->scratch, const char *, count + m->act_count);
    dt__reader_error(r, node, "unknown-act", "the act “{0}” is not in the vocabulary", code, NULL);
    if (names == NULL) {
        r->status = DT_ERR_MEMORY;
        return;
    }
    for (size_t i = 0; i < count; i++) names[i] = dt__act_at(i)->code;
    for (; own < m->act_count; own++) names[count + own] = m->acts[own].code;
    if (!dt__reader_hint_nearest(r, code, names, count + own))
        dt__reader_hint(r, "the vocabulary stands in docs/acts.md; `acts` adds words of the model's own", NULL);
}

const char *const *dt__read_acts(dt__reader *r, const dt__node *node, size_t *count) {
    const char *const *acts = dt__read_texts(r, node, count);

    for (size_t i = 0; acts != NULL && i < *count && r->status == DT_OK; i++)
        if (!act_known(r->model, acts[i])) blame_act(r, node, acts[i]);
    return acts;
}

dt__named_act *dt__read_codes(dt__reader *r, const dt__node *node, size_t *count) {
    dt__entries entries = dt__read_entries(r, node, DT__ID_STRICT);
    dt__named_act *codes = DT__READER_ARRAY(r, dt__named_act, entries.count);

    if (r->status != DT_OK) return NULL;
    *count = entries.count;
    for (size_t i = 0; i < entries.count; i++)
        codes[i] = (dt__named_act){entries.ids[i], dt__read_label(r, entries.nodes[i])};
    return codes;
}

void dt__read_vocabulary(dt__reader *r, const dt__node *node) {
    r->model->acts = dt__read_codes(r, node, &r->model->act_count);
}

/* ---- exemptions ---- */

enum { EXEMPT_ACTS, EXEMPT_PROVIDED, EXEMPT_SOURCE, EXEMPT_QUOTE, EXEMPT_WHY, EXEMPT_KEYS };
static const dt__key exempt_keys[EXEMPT_KEYS] = {[EXEMPT_ACTS] = {.name = "acts", .required = true},
                                                 [EXEMPT_PROVIDED] = {.name = "provided"},
                                                 [EXEMPT_SOURCE] = {.name = "source"},
                                                 [EXEMPT_QUOTE] = {.name = "quote"},
                                                 [EXEMPT_WHY] = {.name = "why"}};

static void read_exemption(dt__reader *r, const dt__node *node, dt__exemption *e) {
    const dt__node *f[EXEMPT_KEYS];

    if (!dt__read_fields(r, node, exempt_keys, EXEMPT_KEYS, f)) return;
    e->acts = dt__read_acts(r, f[EXEMPT_ACTS], &e->act_count);
    e->provided = dt__read_text(r, f[EXEMPT_PROVIDED]);
    e->evidence = dt__read_evidence(r, f[EXEMPT_SOURCE], f[EXEMPT_QUOTE], f[EXEMPT_WHY]);
}

/* ---- readings ---- */

enum {
    READING_NAME,
    READING_BY,
    READING_BOUND,
    READING_ACTS,
    READING_EXEMPT,
    READING_TARGETS,
    READING_CONTROL,
    READING_WHERE,
    READING_FROM,
    READING_UNTIL,
    READING_FOR,
    READING_TIMEZONE,
    READING_STATUS,
    READING_RECIPROCAL,
    READING_CLASSES,
    READING_TRIGGERS,
    READING_NOTE,
    READING_SOURCE,
    READING_QUOTE,
    READING_WHY,
    READING_KEYS
};
static const dt__key reading_keys[READING_KEYS] = {[READING_NAME] = {.name = "name"},
                                                   [READING_BY] = {.name = "by"},
                                                   [READING_BOUND] = {.name = "bound", .required = true},
                                                   [READING_ACTS] = {.name = "acts", .required = true},
                                                   [READING_EXEMPT] = {.name = "exempt"},
                                                   [READING_TARGETS] = {.name = "targets"},
                                                   [READING_CONTROL] = {.name = "control"},
                                                   [READING_WHERE] = {.name = "where"},
                                                   [READING_FROM] = {.name = "from"},
                                                   [READING_UNTIL] = {.name = "until"},
                                                   [READING_FOR] = {.name = "for"},
                                                   [READING_TIMEZONE] = {.name = "timezone"},
                                                   [READING_STATUS] = {.name = "status"},
                                                   [READING_RECIPROCAL] = {.name = "reciprocal"},
                                                   [READING_CLASSES] = {.name = "classes"},
                                                   [READING_TRIGGERS] = {.name = "triggers"},
                                                   [READING_NOTE] = {.name = "note"},
                                                   [READING_SOURCE] = {.name = "source"},
                                                   [READING_QUOTE] = {.name = "quote"},
                                                   [READING_WHY] = {.name = "why"}};

static void read_exemptions(dt__reader *r, const dt__node *node, dt__clause_reading *reading) {
    dt__exemption *list;

    if (node == NULL || (list = DT__READER_ARRAY(r, dt__exemption, dt__read_list(r, node))) == NULL) return;
    reading->exemptions = list;
    if (node->kind == DT__NODE_SEQUENCE)
        DT__EACH(child, node) read_exemption(r, child, &list[reading->exemption_count++]);
}

enum { CONTROL_ACTS, CONTROL_KEYS };
static const dt__key control_keys[CONTROL_KEYS] = {[CONTROL_ACTS] = {.name = "acts", .required = true}};

static bool is_forbidden(const dt__clause_reading *reading, const char *act) {
    for (size_t i = 0; act != NULL && i < reading->act_count; i++)
        if (reading->acts[i] != NULL && dt__act_within(act, strlen(act), reading->acts[i])) return true;
    return false;
}

/* What is forbidden everywhere and whatever is hit is nothing to compare with. */
static void read_control(dt__reader *r, const dt__node *node, dt__clause_reading *reading) {
    const dt__zone_group *where = &reading->where;
    const dt__node *f[CONTROL_KEYS];

    if (node == NULL || !dt__read_fields(r, node, control_keys, CONTROL_KEYS, f)) return;
    reading->controls = dt__read_acts(r, f[CONTROL_ACTS], &reading->control_count);
    if (reading->controls == NULL ||
        reading->target_count + where->inside_count + where->every_count + where->outside_count > 0)
        return;
    for (size_t i = 0; i < reading->control_count; i++)
        if (is_forbidden(reading, reading->controls[i]))
            dt__reader_error(r, f[CONTROL_ACTS], "bad-control",
                             "“{0}” is forbidden by this reading; a control is what it leaves free",
                             reading->controls[i], NULL);
}

/* What a reading and the terms of an option have in common. */
static void read_terms(dt__reader *r, const dt__node *const *f, const dt__agreement *of, dt__clause_reading *reading) {
    reading->acts = dt__read_acts(r, f[READING_ACTS], &reading->act_count);
    reading->targets = dt__read_targets(r, f[READING_TARGETS], &reading->target_count);
    read_exemptions(r, f[READING_EXEMPT], reading);
    dt__read_where(r, f[READING_WHERE], &reading->where);
    read_control(r, f[READING_CONTROL], reading);
    dt__read_span(r, &(dt__span_nodes){f[READING_FROM], f[READING_UNTIL], f[READING_FOR]}, of, reading);
    reading->timezone = dt__read_text(r, f[READING_TIMEZONE]);
    reading->reciprocal = dt__read_bool(r, f[READING_RECIPROCAL], false);
    dt__read_classes(r, f[READING_CLASSES], reading);
    dt__read_triggers(r, f[READING_TRIGGERS], of, reading);
    reading->note = dt__read_label(r, f[READING_NOTE]);
    reading->evidence = dt__read_evidence(r, f[READING_SOURCE], f[READING_QUOTE], f[READING_WHY]);
}

static void read_reading(dt__reader *r, const dt__node *node, const dt__agreement *of, dt__clause_reading *reading) {
    const dt__node *f[READING_KEYS];

    reading->place = dt__reader_place(r, node->key);
    if (!dt__read_fields(r, node, reading_keys, READING_KEYS, f)) return;
    reading->name = dt__read_label(r, f[READING_NAME]);
    reading->by = dt__read_text(r, f[READING_BY]);
    reading->bound = dt__read_parties(r, f[READING_BOUND]);
    reading->status = dt__read_text(r, f[READING_STATUS]);
    read_terms(r, f, of, reading);
    dt__check_span(r, node, of, reading);
}

/* The terms of an option are those of a reading without who reads it so and how it came about. */
const dt__clause_reading *dt__read_option_terms(dt__reader *r, const dt__node *node) {
    static const dt__agreement none = {0};
    const dt__node *f[READING_KEYS];
    dt__clause_reading *reading;
    dt__key keys[READING_KEYS];

    if (node == NULL || (reading = DT__READER_NEW(r, dt__clause_reading)) == NULL) return NULL;
    memcpy(keys, reading_keys, sizeof keys);
    keys[READING_BOUND].required = false;
    reading->place = dt__reader_place(r, node);
    if (!dt__read_fields(r, node, keys, READING_KEYS, f)) return reading;
    reading->name = dt__read_label(r, f[READING_NAME]);
    reading->bound = dt__read_parties(r, f[READING_BOUND]);
    for (size_t i = 0; i < 2; i++) {
        const dt__node *given = f[i == 0 ? READING_BY : READING_STATUS];
        if (given != NULL)
            dt__reader_error(r, given->key, "unknown-key", "“{0}” belongs to an agreement, not to terms on the table",
                             given->key->text, NULL);
    }
    read_terms(r, f, &none, reading);
    dt__check_span(r, node, &none, reading);
    return reading;
}

/* ---- clauses and agreements ---- */

enum { CLAUSE_NAME, CLAUSE_TEXT, CLAUSE_READINGS, CLAUSE_KEYS };
static const dt__key clause_keys[CLAUSE_KEYS] = {[CLAUSE_NAME] = {.name = "name"},
                                                 [CLAUSE_TEXT] = {.name = "text"},
                                                 [CLAUSE_READINGS] = {.name = "readings", .required = true}};

static void read_clause(dt__reader *r, const dt__node *node, const dt__agreement *of, dt__clause *clause) {
    const dt__node *f[CLAUSE_KEYS];
    dt__clause_reading *readings;
    dt__entries entries;

    clause->place = dt__reader_place(r, node->key);
    if (!dt__read_fields(r, node, clause_keys, CLAUSE_KEYS, f)) return;
    clause->name = dt__read_label(r, f[CLAUSE_NAME]);
    clause->text = dt__read_label(r, f[CLAUSE_TEXT]);
    entries = dt__read_entries(r, f[CLAUSE_READINGS], DT__ID_STRICT);
    readings = DT__READER_ARRAY(r, dt__clause_reading, entries.count);
    if (readings == NULL) return;
    clause->readings = readings;
    clause->reading_count = entries.count;
    if (entries.count == 0) dt__reader_error(r, f[CLAUSE_READINGS], "missing-value", "a clause needs a reading", NULL);
    for (size_t i = 0; i < entries.count && r->status == DT_OK; i++) {
        readings[i].id = entries.ids[i];
        read_reading(r, entries.nodes[i], of, &readings[i]);
    }
}

enum {
    AGREEMENT_NAME,
    AGREEMENT_PARTIES,
    AGREEMENT_MOMENTS,
    AGREEMENT_CLAUSES,
    AGREEMENT_NOTE,
    AGREEMENT_SOURCE,
    AGREEMENT_QUOTE,
    AGREEMENT_WHY,
    AGREEMENT_KEYS
};
static const dt__key agreement_keys[AGREEMENT_KEYS] = {
    [AGREEMENT_NAME] = {.name = "name"},       [AGREEMENT_PARTIES] = {.name = "parties", .required = true},
    [AGREEMENT_MOMENTS] = {.name = "moments"}, [AGREEMENT_CLAUSES] = {.name = "clauses", .required = true},
    [AGREEMENT_NOTE] = {.name = "note"},       [AGREEMENT_SOURCE] = {.name = "source"},
    [AGREEMENT_QUOTE] = {.name = "quote"},     [AGREEMENT_WHY] = {.name = "why"}};

static void check_bound(dt__reader *r, const dt__agreement *a) {
    for (size_t c = 0; c < a->clause_count; c++)
        for (size_t i = 0; i < a->clauses[c].reading_count; i++)
            if ((a->clauses[c].readings[i].bound & ~a->parties) != 0)
                dt__reader_error_at(r, a->clauses[c].readings[i].place, "not-a-party",
                                    "the reading “{0}” binds somebody who is no party to the agreement",
                                    a->clauses[c].readings[i].id, NULL);
}

static void read_agreement(dt__reader *r, const dt__node *node, dt__agreement *a) {
    const dt__node *f[AGREEMENT_KEYS];
    dt__clause *clauses;
    dt__entries entries;

    a->place = dt__reader_place(r, node->key);
    if (!dt__read_fields(r, node, agreement_keys, AGREEMENT_KEYS, f)) return;
    a->name = dt__read_label(r, f[AGREEMENT_NAME]);
    a->note = dt__read_label(r, f[AGREEMENT_NOTE]);
    a->parties = dt__read_parties(r, f[AGREEMENT_PARTIES]);
    a->evidence = dt__read_evidence(r, f[AGREEMENT_SOURCE], f[AGREEMENT_QUOTE], f[AGREEMENT_WHY]);
    dt__read_moments(r, f[AGREEMENT_MOMENTS], a);
    entries = dt__read_entries(r, f[AGREEMENT_CLAUSES], DT__ID_STRICT);
    clauses = DT__READER_ARRAY(r, dt__clause, entries.count);
    if (clauses == NULL) return;
    a->clauses = clauses;
    a->clause_count = entries.count;
    for (size_t i = 0; i < entries.count && r->status == DT_OK; i++) {
        clauses[i].id = entries.ids[i];
        read_clause(r, entries.nodes[i], a, &clauses[i]);
    }
    check_bound(r, a);
}

/* Answers name clauses by their ids alone. */
static void check_clauses(dt__reader *r) {
    const dt_model *m = r->model;

    for (size_t i = 0; i < m->agreement_count; i++)
        for (size_t c = 0; c < m->agreements[i].clause_count; c++)
            for (size_t k = 0; k < i; k++)
                for (size_t d = 0; d < m->agreements[k].clause_count; d++)
                    if (strcmp(m->agreements[i].clauses[c].id, m->agreements[k].clauses[d].id) == 0)
                        dt__reader_error_at(r, m->agreements[i].clauses[c].place, "duplicate-id",
                                            "the id “{0}” is given a second time; every id has to be unique",
                                            m->agreements[i].clauses[c].id, NULL);
}

void dt__read_agreements(dt__reader *r, const dt__node *node) {
    dt__entries entries = dt__read_entries(r, node, DT__ID_STRICT);

    r->model->agreements = DT__READER_ARRAY(r, dt__agreement, entries.count);
    if (r->status != DT_OK) return;
    r->model->agreement_count = entries.count;
    for (size_t i = 0; i < entries.count && r->status == DT_OK; i++) {
        r->model->agreements[i].id = entries.ids[i];
        read_agreement(r, entries.nodes[i], &r->model->agreements[i]);
    }
    if (r->status == DT_OK) check_clauses(r);
}
