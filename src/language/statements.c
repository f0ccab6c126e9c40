/* Rules, principles, proposals, scenarios and claims. */
#include <string.h>

#include "language/preferences.h"

/* ---- rules ---- */

enum { RULE_ID, RULE_REQUIRE, RULE_NAME, RULE_SOURCE, RULE_QUOTE, RULE_WHY, RULE_KEYS };

static const dt__key rule_keys[RULE_KEYS] = {
    [RULE_ID] = {.name = "id", .required = true},
    [RULE_REQUIRE] = {.name = "require", .required = true},
    [RULE_NAME] = {.name = "name"},
    [RULE_SOURCE] = {.name = "source"},
    [RULE_QUOTE] = {.name = "quote"},
    [RULE_WHY] = {.name = "why"},
};

static void read_rule(dt__reader *r, const dt__node *node, dt__rule *rule, const dt__node **id_node) {
    const dt__node *f[RULE_KEYS];

    rule->place = dt__reader_place(r, node);
    if (!dt__read_fields(r, node, rule_keys, RULE_KEYS, f)) return;
    rule->id = dt__read_id(r, f[RULE_ID]);
    *id_node = f[RULE_ID];
    rule->name = dt__read_label(r, f[RULE_NAME]);
    rule->evidence = dt__read_evidence(r, f[RULE_SOURCE], f[RULE_QUOTE], f[RULE_WHY]);
    if (f[RULE_REQUIRE] != NULL) rule->require = dt__read_condition(r, f[RULE_REQUIRE]);
}

void dt__read_rules(dt__reader *r, const dt__node *node) {
    size_t count = dt__read_list(r, node), i = 0;
    dt__id_list ids = dt__id_list_new(r, count);

    r->model->rules = DT__READER_ARRAY(r, dt__rule, count);
    if (r->status != DT_OK || count == 0) return;
    r->model->rule_count = count;
    DT__EACH(child, node) {
        read_rule(r, child, &r->model->rules[i], &ids.nodes[i]);
        ids.ids[i] = r->model->rules[i].id;
        i++;
    }
    dt__check_unique(r, ids.ids, ids.nodes, count);
}

/* ---- principles ---- */

enum {
    PRINCIPLE_ID,
    PRINCIPLE_BY,
    PRINCIPLE_NAME,
    PRINCIPLE_PRESENT,
    PRINCIPLE_FOLLOW_UP,
    PRINCIPLE_ORDER,
    PRINCIPLE_REQUIRE,
    PRINCIPLE_CONSEQUENCE,
    PRINCIPLE_SOURCE,
    PRINCIPLE_QUOTE,
    PRINCIPLE_WHY,
    PRINCIPLE_KEYS
};

static const dt__key principle_keys[PRINCIPLE_KEYS] = {
    [PRINCIPLE_ID] = {.name = "id", .required = true},
    [PRINCIPLE_BY] = {.name = "by", .required = true},
    [PRINCIPLE_NAME] = {.name = "name"},
    [PRINCIPLE_PRESENT] = {.name = "present"},
    [PRINCIPLE_FOLLOW_UP] = {.name = "follow_up"},
    [PRINCIPLE_ORDER] = {.name = "order"},
    [PRINCIPLE_REQUIRE] = {.name = "require"},
    [PRINCIPLE_CONSEQUENCE] = {.name = "consequence"},
    [PRINCIPLE_SOURCE] = {.name = "source"},
    [PRINCIPLE_QUOTE] = {.name = "quote"},
    [PRINCIPLE_WHY] = {.name = "why"},
};

static void read_present(dt__reader *r, const dt__node *node, dt__principle *principle) {
    static const dt__key keys[] = {{.name = "party", .required = true}, {.name = "for", .required = true}};
    const dt__node *f[2];

    if (!dt__read_fields(r, node, keys, 2, f)) return;
    principle->party = dt__read_party(r, f[0]);
    principle->issues = dt__read_issue_set(r, f[1]);
    if (f[1] != NULL && f[1]->kind == DT__NODE_SEQUENCE && f[1]->count == 0) {
        dt__reader_error(r, f[1], "missing-value", "no issue stands here; expected at least one", NULL);
    }
}

static void read_two_conditions(dt__reader *r, const dt__node *node, const char *first, const char *second,
                                dt__principle *principle) {
    const dt__key keys[] = {{.name = first, .required = true}, {.name = second, .required = true}};
    const dt__node *f[2];

    if (!dt__read_fields(r, node, keys, 2, f)) return;
    principle->a = dt__read_condition(r, f[0]);
    principle->b = dt__read_condition(r, f[1]);
}

/* The one kind that is given; false, with a finding, for none or several. */
static bool choose_kind(dt__reader *r, const dt__node *node, const dt__node *const *f, dt__principle_kind *kind,
                        const dt__node **given) {
    static const int fields[] = {
        [DT__PRINCIPLE_PRESENT] = PRINCIPLE_PRESENT,
        [DT__PRINCIPLE_FOLLOW_UP] = PRINCIPLE_FOLLOW_UP,
        [DT__PRINCIPLE_ORDER] = PRINCIPLE_ORDER,
        [DT__PRINCIPLE_REQUIRE] = PRINCIPLE_REQUIRE,
        [DT__PRINCIPLE_CONSEQUENCE] = PRINCIPLE_CONSEQUENCE,
    };
    size_t count = 0;

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (f[fields[i]] == NULL) continue;
        *kind = (dt__principle_kind)i;
        *given = f[fields[i]];
        count++;
    }
    if (count == 1) return true;
    dt__reader_error(r, node, "missing-key", "a principle says one thing; expected exactly one of: {0}",
                     "present, follow_up, order, require, consequence", NULL);
    return false;
}

static void read_principle(dt__reader *r, const dt__node *node, dt__principle *principle, const dt__node **id_node) {
    const dt__node *f[PRINCIPLE_KEYS], *given = NULL;

    principle->place = dt__reader_place(r, node);
    principle->party = DT__NO_INDEX;
    if (!dt__read_fields(r, node, principle_keys, PRINCIPLE_KEYS, f)) return;
    principle->id = dt__read_id(r, f[PRINCIPLE_ID]);
    *id_node = f[PRINCIPLE_ID];
    principle->name = dt__read_label(r, f[PRINCIPLE_NAME]);
    principle->by = dt__read_parties(r, f[PRINCIPLE_BY]);
    principle->evidence = dt__read_evidence(r, f[PRINCIPLE_SOURCE], f[PRINCIPLE_QUOTE], f[PRINCIPLE_WHY]);
    if (!choose_kind(r, node, f, &principle->kind, &given)) return;
    switch (principle->kind) {
    case DT__PRINCIPLE_PRESENT: read_present(r, given, principle); break;
    case DT__PRINCIPLE_ORDER: read_two_conditions(r, given, "before", "needs", principle); break;
    case DT__PRINCIPLE_CONSEQUENCE: read_two_conditions(r, given, "if", "then", principle); break;
    case DT__PRINCIPLE_FOLLOW_UP:
    case DT__PRINCIPLE_REQUIRE: principle->b = dt__read_condition(r, given); break;
    }
}

void dt__read_principles(dt__reader *r, const dt__node *node) {
    size_t count = dt__read_list(r, node), i = 0;
    dt__id_list ids = dt__id_list_new(r, count);

    r->model->principles = DT__READER_ARRAY(r, dt__principle, count);
    if (r->status != DT_OK || count == 0) return;
    r->model->principle_count = count;
    DT__EACH(child, node) {
        read_principle(r, child, &r->model->principles[i], &ids.nodes[i]);
        ids.ids[i] = r->model->principles[i].id;
        i++;
    }
    dt__check_unique(r, ids.ids, ids.nodes, count);
}

/* ---- proposals ---- */

static const char *const proposal_words[] = {"name", "by", "note", "source", "quote", "why", NULL};

static const dt__node *field_of(const dt__node *node, const char *key) {
    DT__EACH(child, node) {
        if (strcmp(child->key->text, key) == 0) return child;
    }
    return NULL;
}

static void read_proposal(dt__reader *r, const dt__node *node, dt__proposal *proposal) {
    dt__option *named = DT__READER_ARRAY(r, dt__option, r->model->issue_count);

    if (named == NULL) return;
    proposal->place = dt__reader_place(r, node->key);
    proposal->named = named;
    for (size_t i = 0; i < r->model->issue_count; i++) named[i] = DT__NO_OPTION;
    if (node->kind != DT__NODE_MAPPING) {
        if (!dt__node_is_empty(node))
            dt__reader_error(r, node, "wrong-type", "expected what the proposal says, such as {0}",
                             "{issue: option, issue: option}", NULL);
        return;
    }
    proposal->name = dt__read_label(r, field_of(node, "name"));
    proposal->note = dt__read_label(r, field_of(node, "note"));
    proposal->by = dt__read_parties(r, field_of(node, "by"));
    proposal->evidence = dt__read_evidence(r, field_of(node, "source"), field_of(node, "quote"), field_of(node, "why"));
    dt__read_terms(r, node, proposal_words, named);
}

void dt__read_proposals(dt__reader *r, const dt__node *node) {
    dt__entries entries = dt__read_entries(r, node, DT__ID_STRICT);

    r->model->proposals = DT__READER_ARRAY(r, dt__proposal, entries.count);
    if (r->status != DT_OK) return;
    r->model->proposal_count = entries.count;
    for (size_t i = 0; i < entries.count && r->status == DT_OK; i++) {
        r->model->proposals[i].id = entries.ids[i];
        read_proposal(r, entries.nodes[i], &r->model->proposals[i]);
    }
}

/* ---- scenarios ---- */

enum {
    SCENARIO_WHEN,
    SCENARIO_BY,
    SCENARIO_NAME,
    SCENARIO_NOTE,
    SCENARIO_SOURCE,
    SCENARIO_QUOTE,
    SCENARIO_WHY,
    SCENARIO_KEYS
};

static const dt__key scenario_keys[SCENARIO_KEYS] = {
    [SCENARIO_WHEN] = {.name = "when", .required = true},
    [SCENARIO_BY] = {.name = "by"},
    [SCENARIO_NAME] = {.name = "name"},
    [SCENARIO_NOTE] = {.name = "note"},
    [SCENARIO_SOURCE] = {.name = "source"},
    [SCENARIO_QUOTE] = {.name = "quote"},
    [SCENARIO_WHY] = {.name = "why"},
};

static void read_scenario(dt__reader *r, const dt__node *node, dt__scenario *scenario) {
    const dt__node *f[SCENARIO_KEYS];

    scenario->place = dt__reader_place(r, node->key);
    if (!dt__read_fields(r, node, scenario_keys, SCENARIO_KEYS, f)) return;
    scenario->name = dt__read_label(r, f[SCENARIO_NAME]);
    scenario->note = dt__read_label(r, f[SCENARIO_NOTE]);
    scenario->has_by = dt__read_date(r, f[SCENARIO_BY], &scenario->by);
    scenario->evidence = dt__read_evidence(r, f[SCENARIO_SOURCE], f[SCENARIO_QUOTE], f[SCENARIO_WHY]);
    if (f[SCENARIO_WHEN] != NULL) scenario->when = dt__read_condition(r, f[SCENARIO_WHEN]);
}

void dt__read_scenarios(dt__reader *r, const dt__node *node) {
    dt__entries entries = dt__read_entries(r, node, DT__ID_STRICT);

    r->model->scenarios = DT__READER_ARRAY(r, dt__scenario, entries.count);
    if (r->status == DT_OK) r->status = dt__names_init(&r->scenarios, entries.ids, entries.count, &r->scratch);
    if (r->status != DT_OK) return;
    r->model->scenario_count = entries.count;
    for (size_t i = 0; i < entries.count && r->status == DT_OK; i++) {
        r->model->scenarios[i].id = entries.ids[i];
        read_scenario(r, entries.nodes[i], &r->model->scenarios[i]);
    }
}

/* ---- claims ---- */

enum { CLAIM_BY, CLAIM_OF, CLAIM_PROBABILITY, CLAIM_DATE, CLAIM_SOURCE, CLAIM_QUOTE, CLAIM_WHY, CLAIM_KEYS };

static const dt__key claim_keys[CLAIM_KEYS] = {
    [CLAIM_BY] = {.name = "by", .required = true},
    [CLAIM_OF] = {.name = "of", .required = true},
    [CLAIM_PROBABILITY] = {.name = "probability", .required = true},
    [CLAIM_DATE] = {.name = "date"},
    [CLAIM_SOURCE] = {.name = "source"},
    [CLAIM_QUOTE] = {.name = "quote"},
    [CLAIM_WHY] = {.name = "why"},
};

static uint32_t find_scenario(dt__reader *r, const dt__node *node) {
    const char *text = dt__read_text(r, node);
    uint32_t scenario = text == NULL ? DT__NO_INDEX : dt__names_find(&r->scenarios, text);

    if (text == NULL || scenario != DT__NO_NAME) return scenario;
    dt__reader_error(r, node, "unknown-scenario", "the scenario “{0}” is not known", text, NULL);
    dt__reader_hint_names(r, text, r->scenarios.texts, r->scenarios.count);
    return DT__NO_INDEX;
}

static void read_claim(dt__reader *r, const dt__node *node, dt__claim *claim, size_t index) {
    dt__number_use use = {.bound = DT__WITHIN,
                          .low = DT__RATIONAL(0),
                          .high = DT__RATIONAL(1),
                          .hint = DT__N("a probability of 75 in 100 is written 0.75 or 75%")};
    const dt__node *f[CLAIM_KEYS];
    size_t item, length;

    claim->place = dt__reader_place(r, node);
    claim->probability = DT__NO_NUMBER;
    if (!dt__read_fields(r, node, claim_keys, CLAIM_KEYS, f)) return;
    claim->by = dt__read_text(r, f[CLAIM_BY]);
    claim->by_party = claim->by == NULL ? DT__NO_INDEX : dt__names_find(&r->parties, claim->by);
    claim->of = find_scenario(r, f[CLAIM_OF]);
    claim->has_date = dt__read_date(r, f[CLAIM_DATE], &claim->date);
    claim->evidence = use.evidence = dt__read_evidence(r, f[CLAIM_SOURCE], f[CLAIM_QUOTE], f[CLAIM_WHY]);
    item = dt__path_enter_item(r, NULL, index);
    length = dt__path_enter(r, "probability");
    claim->probability = dt__read_number(r, f[CLAIM_PROBABILITY], &use);
    dt__path_leave(r, length);
    dt__path_leave(r, item);
}

void dt__read_claims(dt__reader *r, const dt__node *node) {
    size_t count = dt__read_list(r, node), length = dt__path_enter(r, "claims"), i = 0;

    r->model->claims = DT__READER_ARRAY(r, dt__claim, count);
    if (r->status != DT_OK || count == 0) return;
    r->model->claim_count = count;
    DT__EACH(child, node) {
        read_claim(r, child, &r->model->claims[i], i);
        i++;
    }
    dt__path_leave(r, length);
}
