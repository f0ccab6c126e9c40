/* Formats: who sits at the table, whose consent a deal needs. */
#include <string.h>

#include "language/reader.h"

enum { FORMAT_NAME, FORMAT_TABLE, FORMAT_CONSENT, FORMAT_AGENDA, FORMAT_NOTE, FORMAT_KEYS };

static const dt__key format_keys[FORMAT_KEYS] = {
    [FORMAT_NAME] = {.name = "name"},
    [FORMAT_TABLE] = {.name = "table", .required = true},
    [FORMAT_CONSENT] = {.name = "consent", .required = true},
    [FORMAT_AGENDA] = {.name = "agenda"},
    [FORMAT_NOTE] = {.name = "note"},
};

enum { CONSENT_ALL_OF, CONSENT_AT_LEAST, CONSENT_OF, CONSENT_WEIGHTS, CONSENT_QUOTA, CONSENT_VETO, CONSENT_KEYS };

static const dt__key consent_keys[CONSENT_KEYS] = {
    [CONSENT_ALL_OF] = {.name = "all_of"}, [CONSENT_AT_LEAST] = {.name = "at_least"},
    [CONSENT_OF] = {.name = "of"},         [CONSENT_WEIGHTS] = {.name = "weights"},
    [CONSENT_QUOTA] = {.name = "quota"},   [CONSENT_VETO] = {.name = "veto"},
};

/* ---- consent ---- */

static void read_at_least(dt__reader *r, const dt__node *node, const dt__node *of, dt__format *format) {
    dt__consent *c = &format->consent;
    dt__rational number;

    c->of_given = of != NULL;
    c->of = of != NULL ? dt__read_parties(r, of) : format->table;
    if (node == NULL && of != NULL)
        dt__reader_error(r, of, "missing-key", "the key “{0}” is missing here", "at_least", NULL);
    if (node == NULL || !dt__read_exact(r, node, &number)) return;
    if (number.den != 1 || number.num < 1 || number.num > DT__MAX_PARTIES) {
        dt__reader_error(r, node, "bad-number", "expected a whole number of parties, 1 or more, instead of “{0}”",
                         node->text, NULL);
        return;
    }
    c->at_least = (uint32_t)number.num;
}

static void read_weight(dt__reader *r, const dt__node *node, dt__consent *c, dt__rational *weights) {
    uint32_t party = dt__find_party(r, node->key, node->key->text);
    dt__rational weight;

    if (!dt__read_exact(r, node, &weight) || party == DT__NO_INDEX) return;
    if (dt__rational_sign(weight) < 0) {
        dt__reader_error(r, node, "out-of-range", "“{0}” is too small; expected {1} or more", node->text, "0", NULL);
        return;
    }
    c->weighted_parties |= (dt__party_set)1 << party;
    weights[party] = weight;
}

static void read_quota(dt__reader *r, const dt__node *weights_node, const dt__node *quota, dt__consent *c) {
    dt__rational *weights = DT__READER_ARRAY(r, dt__rational, r->model->party_count), sum = DT__RATIONAL(0);

    if (weights == NULL) return;
    for (size_t p = 0; p < r->model->party_count; p++) weights[p] = DT__RATIONAL(0);
    c->weights = weights;
    c->weighted = true;
    c->quota = DT__RATIONAL(1);
    if (weights_node == NULL || quota == NULL) {
        dt__reader_error(r, weights_node != NULL ? weights_node : quota, "missing-key", "the key “{0}” is missing here",
                         weights_node != NULL ? "quota" : "weights", NULL);
        return;
    }
    if (weights_node->kind != DT__NODE_MAPPING) {
        dt__reader_error(r, weights_node, "wrong-type", "expected a weight for each party here, such as {0}",
                         "{a: 4, b: 2}", NULL);
        return;
    }
    DT__EACH(child, weights_node) read_weight(r, child, c, weights);
    (void)!dt__read_exact(r, quota, &c->quota);
    for (size_t p = 0; p < r->model->party_count; p++) {
        if (dt__rational_add(&sum, sum, weights[p])) continue;
        dt__reader_error(r, weights_node, "bad-number", "the sum of these numbers has too many digits", NULL);
        return;
    }
}

static void read_consent_parts(dt__reader *r, const dt__node *node, dt__format *format) {
    const dt__node *f[CONSENT_KEYS];
    dt__consent *c = &format->consent;

    if (!dt__read_fields(r, node, consent_keys, CONSENT_KEYS, f)) return;
    c->all_of = dt__read_parties(r, f[CONSENT_ALL_OF]);
    c->veto = dt__read_parties(r, f[CONSENT_VETO]);
    if (f[CONSENT_AT_LEAST] != NULL || f[CONSENT_OF] != NULL)
        read_at_least(r, f[CONSENT_AT_LEAST], f[CONSENT_OF], format);
    if (f[CONSENT_WEIGHTS] != NULL || f[CONSENT_QUOTA] != NULL) read_quota(r, f[CONSENT_WEIGHTS], f[CONSENT_QUOTA], c);
}

static void check_consent(dt__reader *r, const dt__node *node, const dt__format *format) {
    if (dt__consent_wins(&format->consent, 0)) {
        dt__reader_error(r, node, "no-consent",
                         "nobody has to agree to a deal in “{0}”; expected at least one party whose consent it needs",
                         format->id, NULL);
    } else if (!dt__consent_wins(&format->consent, dt__consent_parties(&format->consent))) {
        dt__reader_error(
            r, node, "no-consent",
            "even if all agree, the consent that “{0}” asks for is not reached; lower `at_least` or `quota`",
            format->id, NULL);
    }
}

static void read_consent(dt__reader *r, const dt__node *node, dt__format *format) {
    size_t errors = r->env->error_count;

    format->consent.is_list = node->kind != DT__NODE_MAPPING;
    if (format->consent.is_list) format->consent.all_of = dt__read_parties(r, node);
    else read_consent_parts(r, node, format);
    if (r->status == DT_OK && r->env->error_count == errors) check_consent(r, node, format);
}

/* ---- formats ---- */

static dt__issue_set all_issues(const dt_model *m) {
    dt__issue_set set = {0};
    for (uint32_t i = 0; i < m->issue_count; i++) dt__issue_set_add(&set, i);
    return set;
}

static void read_format(dt__reader *r, const dt__node *node, dt__format *format) {
    const dt__node *f[FORMAT_KEYS];

    format->place = dt__reader_place(r, node->key);
    if (!dt__read_fields(r, node, format_keys, FORMAT_KEYS, f)) return;
    format->name = dt__read_label(r, f[FORMAT_NAME]);
    format->note = dt__read_label(r, f[FORMAT_NOTE]);
    format->table = dt__read_parties(r, f[FORMAT_TABLE]);
    format->has_agenda = f[FORMAT_AGENDA] != NULL;
    format->agenda = format->has_agenda ? dt__read_issue_set(r, f[FORMAT_AGENDA]) : all_issues(r->model);
    if (f[FORMAT_CONSENT] != NULL) read_consent(r, f[FORMAT_CONSENT], format);
}

void dt__read_formats(dt__reader *r, const dt__node *node) {
    dt__entries entries = dt__read_entries(r, node, DT__ID_STRICT);
    dt_model *m = r->model;

    m->formats = DT__READER_ARRAY(r, dt__format, entries.count == 0 ? 1 : entries.count);
    if (r->status != DT_OK) return;
    m->format_count = entries.count;
    for (size_t i = 0; i < entries.count && r->status == DT_OK; i++) {
        m->formats[i].id = entries.ids[i];
        read_format(r, entries.nodes[i], &m->formats[i]);
    }
}

/* ---- when preferences are known ---- */

/* Without formats there is one: everybody at the table, consent of all that have preferences. */
static void add_default_format(dt__reader *r) {
    dt_model *m = r->model;
    dt__format *format = &m->formats[0];

    for (uint32_t p = 0; p < m->party_count; p++) {
        format->table |= (dt__party_set)1 << p;
        if (m->parties[p].preferences != NULL) format->consent.all_of |= (dt__party_set)1 << p;
    }
    if (format->consent.all_of == 0) return;
    format->id = "all";
    format->consent.is_list = true;
    format->agenda = all_issues(m);
    format->place = dt__reader_place(r, NULL);
    m->format_count = 1;
}

void dt__check_formats(dt__reader *r) {
    const dt_model *m = r->model;

    if (r->status != DT_OK) return;
    if (m->format_count == 0 && m->arcs == NULL) add_default_format(r); /* nobody signs a graph */
    for (size_t i = 0; i < m->format_count; i++) {
        dt__party_set parties = dt__consent_parties(&m->formats[i].consent);
        for (uint32_t p = 0; p < m->party_count; p++) {
            if (!(parties >> p & 1) || m->parties[p].preferences != NULL) continue;
            dt__reader_error_at(r, m->formats[i].place, "no-preferences",
                                "the consent of “{0}” counts in “{1}”, but it has no preferences", m->parties[p].id,
                                m->formats[i].id, NULL);
            dt__reader_hint(r, "state what it wants under `preferences`", NULL);
        }
    }
}
