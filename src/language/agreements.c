/* Agreements: their clauses, and the readings of each clause. */
#include <string.h>

#include "language/reader.h"
#include "model/acts.h"
#include "moment/moment.h"

/* ---- texts and codes ---- */

/* One text or a list of them. */
static const char *const *read_texts(dt__reader *r, const dt__node *node, size_t *count) {
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

static const char *const *read_acts(dt__reader *r, const dt__node *node, size_t *count) {
    const char *const *acts = read_texts(r, node, count);

    for (size_t i = 0; acts != NULL && i < *count && r->status == DT_OK; i++)
        if (!act_known(r->model, acts[i])) blame_act(r, node, acts[i]);
    return acts;
}

static void read_vocabulary(dt__reader *r, const dt__node *node) {
    dt__entries entries = dt__read_entries(r, node, DT__ID_STRICT);

    r->model->acts = DT__READER_ARRAY(r, dt__named_act, entries.count);
    if (r->status != DT_OK) return;
    r->model->act_count = entries.count;
    for (size_t i = 0; i < entries.count; i++)
        r->model->acts[i] = (dt__named_act){entries.ids[i], dt__read_label(r, entries.nodes[i])};
}

/* ---- zones ---- */

enum { ZONE_FILE, ZONE_FEATURE, ZONE_BUFFER, ZONE_KEYS };
static const dt__key zone_keys[ZONE_KEYS] = {[ZONE_FILE] = {.name = "file", .required = true},
                                             [ZONE_FEATURE] = {.name = "feature"},
                                             [ZONE_BUFFER] = {.name = "buffer_m"}};

static void read_zone(dt__reader *r, const dt__node *node, dt__zone_term *zone) {
    const dt__node *f[ZONE_KEYS];

    zone->place = dt__reader_place(r, node);
    zone->buffer_m = DT__RATIONAL(0);
    if (!dt__read_fields(r, node, zone_keys, ZONE_KEYS, f)) return;
    zone->file = dt__read_path(r, f[ZONE_FILE]);
    zone->feature = dt__read_text(r, f[ZONE_FEATURE]);
    if (!dt__read_exact(r, f[ZONE_BUFFER], &zone->buffer_m)) return;
    if (dt__rational_compare(zone->buffer_m, DT__RATIONAL(0)) < 0)
        dt__reader_error(r, f[ZONE_BUFFER], "bad-range", "a distance is negative; expected metres from 0 on", NULL);
}

static const dt__zone_term *read_zones(dt__reader *r, const dt__node *node, size_t *count) {
    dt__zone_term *zones = DT__READER_ARRAY(r, dt__zone_term, dt__read_list(r, node));

    if (zones == NULL || node == NULL || node->kind != DT__NODE_SEQUENCE) return zones;
    DT__EACH(child, node) read_zone(r, child, &zones[(*count)++]);
    return zones;
}

enum { WHERE_INSIDE, WHERE_OUTSIDE, WHERE_KEYS };
static const dt__key where_keys[WHERE_KEYS] = {
    [WHERE_INSIDE] = {.name = "inside"}, [WHERE_OUTSIDE] = {.name = "outside"}};

static void read_where(dt__reader *r, const dt__node *node, dt__clause_reading *reading) {
    const dt__node *f[WHERE_KEYS];

    if (node == NULL || (node->kind == DT__NODE_SCALAR && strcmp(node->text, "anywhere") == 0)) return;
    if (!dt__read_fields(r, node, where_keys, WHERE_KEYS, f)) return;
    reading->inside = read_zones(r, f[WHERE_INSIDE], &reading->inside_count);
    reading->outside = read_zones(r, f[WHERE_OUTSIDE], &reading->outside_count);
}

/* ---- exemptions and triggers ---- */

enum { EXEMPT_ACTS, EXEMPT_PROVIDED, EXEMPT_SOURCE, EXEMPT_QUOTE, EXEMPT_WHY, EXEMPT_KEYS };
static const dt__key exempt_keys[EXEMPT_KEYS] = {[EXEMPT_ACTS] = {.name = "acts", .required = true},
                                                 [EXEMPT_PROVIDED] = {.name = "provided"},
                                                 [EXEMPT_SOURCE] = {.name = "source"},
                                                 [EXEMPT_QUOTE] = {.name = "quote"},
                                                 [EXEMPT_WHY] = {.name = "why"}};

static void read_exemption(dt__reader *r, const dt__node *node, dt__exemption *e) {
    const dt__node *f[EXEMPT_KEYS];

    if (!dt__read_fields(r, node, exempt_keys, EXEMPT_KEYS, f)) return;
    e->acts = read_acts(r, f[EXEMPT_ACTS], &e->act_count);
    e->provided = dt__read_text(r, f[EXEMPT_PROVIDED]);
    e->evidence = dt__read_evidence(r, f[EXEMPT_SOURCE], f[EXEMPT_QUOTE], f[EXEMPT_WHY]);
}

enum {
    TRIGGER_ID,
    TRIGGER_NAME,
    TRIGGER_MORE_THAN,
    TRIGGER_PER,
    TRIGGER_SOURCE,
    TRIGGER_QUOTE,
    TRIGGER_WHY,
    TRIGGER_KEYS
};
static const dt__key trigger_keys[TRIGGER_KEYS] = {[TRIGGER_ID] = {.name = "id", .required = true},
                                                   [TRIGGER_NAME] = {.name = "name"},
                                                   [TRIGGER_MORE_THAN] = {.name = "more_than", .required = true},
                                                   [TRIGGER_PER] = {.name = "per"},
                                                   [TRIGGER_SOURCE] = {.name = "source"},
                                                   [TRIGGER_QUOTE] = {.name = "quote"},
                                                   [TRIGGER_WHY] = {.name = "why"}};

static void read_trigger(dt__reader *r, const dt__node *node, dt__trigger *t) {
    const dt__node *f[TRIGGER_KEYS];
    dt__rational n = DT__RATIONAL(0);
    const char *per;

    if (!dt__read_fields(r, node, trigger_keys, TRIGGER_KEYS, f)) return;
    t->id = dt__read_id(r, f[TRIGGER_ID]);
    t->name = dt__read_label(r, f[TRIGGER_NAME]);
    t->evidence = dt__read_evidence(r, f[TRIGGER_SOURCE], f[TRIGGER_QUOTE], f[TRIGGER_WHY]);
    if (dt__read_exact(r, f[TRIGGER_MORE_THAN], &n)) {
        if (n.den != 1 || n.num < 0 || n.num > UINT32_MAX)
            dt__reader_error(r, f[TRIGGER_MORE_THAN], "bad-number", "expected a natural number of breaches here", NULL);
        else t->more_than = (uint32_t)n.num;
    }
    per = dt__read_text(r, f[TRIGGER_PER]);
    t->per_day = per != NULL && strcmp(per, "day") == 0;
    if (per != NULL && !t->per_day && strcmp(per, "agreement") != 0)
        dt__reader_error(r, f[TRIGGER_PER], "wrong-type", "expected day or agreement instead of “{0}”", per, NULL);
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
    READING_TIMEZONE,
    READING_STATUS,
    READING_RECIPROCAL,
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
                                                   [READING_TIMEZONE] = {.name = "timezone"},
                                                   [READING_STATUS] = {.name = "status"},
                                                   [READING_RECIPROCAL] = {.name = "reciprocal"},
                                                   [READING_TRIGGERS] = {.name = "triggers"},
                                                   [READING_NOTE] = {.name = "note"},
                                                   [READING_SOURCE] = {.name = "source"},
                                                   [READING_QUOTE] = {.name = "quote"},
                                                   [READING_WHY] = {.name = "why"}};

static const char *read_moment(dt__reader *r, const dt__node *node) {
    const char *text = dt__read_text(r, node);
    dt__written ignored;

    if (text == NULL || dt__written_parse(&ignored, text, DT__YEAR_FIRST)) return text;
    dt__reader_error(r, node, "bad-date", "“{0}” is no moment; expected one like 2025-04-19T18:00 or 2025-04-19", text,
                     NULL);
    return NULL;
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
    const dt__node *f[CONTROL_KEYS];

    if (node == NULL || !dt__read_fields(r, node, control_keys, CONTROL_KEYS, f)) return;
    reading->controls = read_acts(r, f[CONTROL_ACTS], &reading->control_count);
    if (reading->controls == NULL || reading->target_count + reading->inside_count + reading->outside_count > 0) return;
    for (size_t i = 0; i < reading->control_count; i++)
        if (is_forbidden(reading, reading->controls[i]))
            dt__reader_error(r, f[CONTROL_ACTS], "bad-control",
                             "“{0}” is forbidden by this reading; a control is what it leaves free",
                             reading->controls[i], NULL);
}

/* On one clock the order of two walls is that of their moments as if it showed UTC. */
static void check_order(dt__reader *r, const dt__node *node, const dt__clause_reading *reading) {
    dt__written from, until;

    if (reading->from == NULL || reading->until == NULL || !dt__written_parse(&from, reading->from, DT__YEAR_FIRST) ||
        !dt__written_parse(&until, reading->until, DT__YEAR_FIRST))
        return;
    if (dt__written_span(&from, NULL).lo >= dt__written_span(&until, NULL).lo)
        dt__reader_error(r, node, "bad-range", "the reading ends before it begins", NULL);
}

static void read_terms(dt__reader *r, const dt__node *const *f, dt__clause_reading *reading) {
    reading->acts = read_acts(r, f[READING_ACTS], &reading->act_count);
    reading->targets = read_texts(r, f[READING_TARGETS], &reading->target_count);
    reading->exemptions = NULL;
    if (f[READING_EXEMPT] != NULL) {
        dt__exemption *list = DT__READER_ARRAY(r, dt__exemption, dt__read_list(r, f[READING_EXEMPT]));
        if (list == NULL) return;
        reading->exemptions = list;
        if (f[READING_EXEMPT]->kind == DT__NODE_SEQUENCE)
            DT__EACH(child, f[READING_EXEMPT]) read_exemption(r, child, &list[reading->exemption_count++]);
    }
    if (f[READING_TRIGGERS] != NULL) {
        dt__trigger *list = DT__READER_ARRAY(r, dt__trigger, dt__read_list(r, f[READING_TRIGGERS]));
        if (list == NULL) return;
        reading->triggers = list;
        if (f[READING_TRIGGERS]->kind == DT__NODE_SEQUENCE)
            DT__EACH(child, f[READING_TRIGGERS]) read_trigger(r, child, &list[reading->trigger_count++]);
    }
    read_where(r, f[READING_WHERE], reading);
    read_control(r, f[READING_CONTROL], reading);
}

static void read_reading(dt__reader *r, const dt__node *node, dt__clause_reading *reading) {
    const dt__node *f[READING_KEYS];

    reading->place = dt__reader_place(r, node->key);
    if (!dt__read_fields(r, node, reading_keys, READING_KEYS, f)) return;
    reading->name = dt__read_label(r, f[READING_NAME]);
    reading->note = dt__read_label(r, f[READING_NOTE]);
    reading->by = dt__read_text(r, f[READING_BY]);
    reading->bound = dt__read_parties(r, f[READING_BOUND]);
    reading->from = read_moment(r, f[READING_FROM]);
    reading->until = read_moment(r, f[READING_UNTIL]);
    reading->timezone = dt__read_text(r, f[READING_TIMEZONE]);
    reading->status = dt__read_text(r, f[READING_STATUS]);
    reading->reciprocal = dt__read_bool(r, f[READING_RECIPROCAL], false);
    reading->evidence = dt__read_evidence(r, f[READING_SOURCE], f[READING_QUOTE], f[READING_WHY]);
    read_terms(r, f, reading);
    check_order(r, node, reading);
}

/* ---- clauses and agreements ---- */

enum { CLAUSE_NAME, CLAUSE_TEXT, CLAUSE_READINGS, CLAUSE_KEYS };
static const dt__key clause_keys[CLAUSE_KEYS] = {[CLAUSE_NAME] = {.name = "name"},
                                                 [CLAUSE_TEXT] = {.name = "text"},
                                                 [CLAUSE_READINGS] = {.name = "readings", .required = true}};

static void read_clause(dt__reader *r, const dt__node *node, dt__clause *clause) {
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
        read_reading(r, entries.nodes[i], &readings[i]);
    }
}

enum {
    AGREEMENT_NAME,
    AGREEMENT_PARTIES,
    AGREEMENT_CLAUSES,
    AGREEMENT_NOTE,
    AGREEMENT_SOURCE,
    AGREEMENT_QUOTE,
    AGREEMENT_WHY,
    AGREEMENT_KEYS
};
static const dt__key agreement_keys[AGREEMENT_KEYS] = {[AGREEMENT_NAME] = {.name = "name"},
                                                       [AGREEMENT_PARTIES] = {.name = "parties", .required = true},
                                                       [AGREEMENT_CLAUSES] = {.name = "clauses", .required = true},
                                                       [AGREEMENT_NOTE] = {.name = "note"},
                                                       [AGREEMENT_SOURCE] = {.name = "source"},
                                                       [AGREEMENT_QUOTE] = {.name = "quote"},
                                                       [AGREEMENT_WHY] = {.name = "why"}};

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
    entries = dt__read_entries(r, f[AGREEMENT_CLAUSES], DT__ID_STRICT);
    clauses = DT__READER_ARRAY(r, dt__clause, entries.count);
    if (clauses == NULL) return;
    a->clauses = clauses;
    a->clause_count = entries.count;
    for (size_t i = 0; i < entries.count && r->status == DT_OK; i++) {
        clauses[i].id = entries.ids[i];
        read_clause(r, entries.nodes[i], &clauses[i]);
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

void dt__read_agreements(dt__reader *r, const dt__node *acts, const dt__node *node) {
    dt__entries entries;

    read_vocabulary(r, acts);
    entries = dt__read_entries(r, node, DT__ID_STRICT);
    r->model->agreements = DT__READER_ARRAY(r, dt__agreement, entries.count);
    if (r->status != DT_OK) return;
    r->model->agreement_count = entries.count;
    for (size_t i = 0; i < entries.count && r->status == DT_OK; i++) {
        r->model->agreements[i].id = entries.ids[i];
        read_agreement(r, entries.nodes[i], &r->model->agreements[i]);
    }
    if (r->status == DT_OK) check_clauses(r);
}
