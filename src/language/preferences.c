/* Preferences of a party: which of the four forms, red lines, reservation value. */
#include "language/preferences.h"

#include <string.h>

enum {
    PREF_WEIGHTS,
    PREF_VALUES,
    PREF_POSITIONS,
    PREF_SALIENCE,
    PREF_PRIORITIES,
    PREF_RANKING,
    PREF_ADJUST,
    PREF_RED_LINES,
    PREF_NO_DEAL,
    PREF_DRIFT,
    PREF_SOURCE,
    PREF_QUOTE,
    PREF_WHY,
    PREF_KEYS
};

static const dt__key preference_keys[PREF_KEYS] = {
    [PREF_WEIGHTS] = {.name = "weights"},
    [PREF_VALUES] = {.name = "values"},
    [PREF_POSITIONS] = {.name = "positions"},
    [PREF_SALIENCE] = {.name = "salience"},
    [PREF_PRIORITIES] = {.name = "priorities"},
    [PREF_RANKING] = {.name = "ranking"},
    [PREF_ADJUST] = {.name = "adjust"},
    [PREF_RED_LINES] = {.name = "red_lines"},
    [PREF_NO_DEAL] = {.name = "no_deal"},
    [PREF_DRIFT] = {.name = "no_deal_drift"},
    [PREF_SOURCE] = {.name = "source"},
    [PREF_QUOTE] = {.name = "quote"},
    [PREF_WHY] = {.name = "why"},
};

/* ---- which form ---- */

static const dt__node *first_given(const dt__node *a, const dt__node *b) {
    return a != NULL ? a : b;
}

/* The form that is given; false, with a finding, when there is none or more than one. */
static bool choose_form(dt__reader *r, const dt__node *node, const dt__node *const *f, dt__form *form) {
    const dt__node *given[] = {
        [DT__FORM_ADDITIVE] = first_given(f[PREF_WEIGHTS], f[PREF_VALUES]),
        [DT__FORM_SPATIAL] = first_given(f[PREF_POSITIONS], f[PREF_SALIENCE]),
        [DT__FORM_PRIORITIES] = f[PREF_PRIORITIES],
        [DT__FORM_RANKING] = f[PREF_RANKING],
    };
    const dt__node *second = NULL;
    size_t count = 0;

    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        if (given[i] == NULL) continue;
        if (count++ == 0) *form = (dt__form)i;
        else second = given[i];
    }
    if (count == 1) return true;
    if (count == 0)
        dt__reader_error(r, node->key, "no-preferences",
                         "“{0}” states no preferences; expected `weights` with `values`, `positions` with `salience`, "
                         "`priorities`, or `ranking`",
                         node->key->text, NULL);
    else
        dt__reader_error(r, second->key, "several-forms",
                         "“{0}” stands beside another form of preferences; expected one form for each party",
                         second->key->text, NULL);
    return false;
}

static bool check_pair(dt__reader *r, const dt__node *a, const dt__node *b, const char *missing_a,
                       const char *missing_b) {
    if (a != NULL && b != NULL) return true;
    dt__reader_error(r, a != NULL ? a->key : b->key, "missing-key",
                     "`{0}` and `{1}` belong together; one of them is missing", missing_a, missing_b, NULL);
    return false;
}

/* ---- ordinal forms ---- */

enum {
    PRIORITY_WHEN,
    PRIORITY_ID,
    PRIORITY_STRONG,
    PRIORITY_UNCERTAIN,
    PRIORITY_SOURCE,
    PRIORITY_QUOTE,
    PRIORITY_WHY,
    PRIORITY_KEYS
};

static const dt__key priority_keys[PRIORITY_KEYS] = {
    [PRIORITY_WHEN] = {.name = "when", .required = true},
    [PRIORITY_ID] = {.name = "id"},
    [PRIORITY_STRONG] = {.name = "strong"},
    [PRIORITY_UNCERTAIN] = {.name = "uncertain"},
    [PRIORITY_SOURCE] = {.name = "source"},
    [PRIORITY_QUOTE] = {.name = "quote"},
    [PRIORITY_WHY] = {.name = "why"},
};

static void read_priority(dt__reader *r, const dt__node *node, dt__priority *priority, const dt__node **id_node) {
    const dt__node *f[PRIORITY_KEYS];

    priority->place = dt__reader_place(r, node);
    if (node->kind == DT__NODE_SCALAR) {
        priority->when = dt__read_condition(r, node);
        return;
    }
    if (!dt__read_fields(r, node, priority_keys, PRIORITY_KEYS, f)) return;
    priority->id = dt__read_id(r, f[PRIORITY_ID]);
    *id_node = f[PRIORITY_ID];
    priority->strong = dt__read_bool(r, f[PRIORITY_STRONG], false);
    priority->uncertain = dt__read_bool(r, f[PRIORITY_UNCERTAIN], false);
    priority->evidence = dt__read_evidence(r, f[PRIORITY_SOURCE], f[PRIORITY_QUOTE], f[PRIORITY_WHY]);
    if (f[PRIORITY_WHEN] != NULL) priority->when = dt__read_condition(r, f[PRIORITY_WHEN]);
}

static void read_priorities(dt__reader *r, const dt__node *node, dt__preferences *p) {
    size_t count = dt__read_list(r, node), i = 0;
    dt__priority *priorities = DT__READER_ARRAY(r, dt__priority, count);
    dt__id_list ids = dt__id_list_new(r, count);

    if (r->status != DT_OK || count == 0) return;
    DT__EACH(child, node) {
        read_priority(r, child, &priorities[i], &ids.nodes[i]);
        ids.ids[i] = priorities[i].id;
        i++;
    }
    dt__check_unique(r, ids.ids, ids.nodes, count);
    p->priorities = priorities;
    p->priority_count = count;
}

static void read_ranked(dt__reader *r, const dt__node *node, uint32_t rank, dt__ranked *ranked) {
    dt__option *options = DT__READER_ARRAY(r, dt__option, r->model->issue_count);

    if (options == NULL) return;
    *ranked = (dt__ranked){.rank = rank, .options = options, .place = dt__reader_place(r, node)};
    for (size_t i = 0; i < r->model->issue_count; i++) options[i] = DT__NO_OPTION;
    if (node->kind != DT__NODE_MAPPING) {
        dt__reader_error(r, node, "wrong-type", "expected what the outcomes of this rank have, such as {0}",
                         "{issue: option, issue: option}", NULL);
        return;
    }
    dt__read_terms(r, node, NULL, options);
}

bool dt__is_greatly_sign(const dt__node *node) {
    return node->kind == DT__NODE_SCALAR && strcmp(node->text, DT__GREATLY_SIGN) == 0;
}

void dt__mark_greatly(dt__reader *r, const dt__node *node, const dt__preferences *p, dt__ranked *ranked, bool below) {
    size_t i = p->ranked_count;

    if (i == 0 || !below || ranked[i - 1].greatly) {
        dt__reader_error(r, node, "bad-separator",
                         "“{0}” stands between what is greatly preferred and the rest; one side of it is missing",
                         node->text, NULL);
        return;
    }
    for (; i > 0 && ranked[i - 1].rank == p->rank_count - 1; i--) ranked[i - 1].greatly = true;
}

static void read_ranking(dt__reader *r, const dt__node *node, dt__preferences *p) {
    size_t count = dt__read_list(r, node), most = 0;
    dt__ranked *ranked;

    if (count == 0) return;
    DT__EACH(child, node) most += child->kind == DT__NODE_SEQUENCE ? child->count : 1;
    if ((ranked = DT__READER_ARRAY(r, dt__ranked, most)) == NULL) return;
    p->ranked = ranked;
    DT__EACH(child, node) {
        if (dt__is_greatly_sign(child)) {
            dt__mark_greatly(r, child, p, ranked, true); /* below the last are the outcomes that are not listed */
            continue;
        }
        if (child->kind != DT__NODE_SEQUENCE) read_ranked(r, child, p->rank_count, &ranked[p->ranked_count++]);
        else DT__EACH(tied, child) read_ranked(r, tied, p->rank_count, &ranked[p->ranked_count++]);
        if (child->kind != DT__NODE_SEQUENCE || child->count > 0) p->rank_count++;
    }
    dt__index_ranking(r, p);
}

/* ---- adjust ---- */

enum { ADJUST_WHEN, ADJUST_ADD, ADJUST_ID, ADJUST_SOURCE, ADJUST_QUOTE, ADJUST_WHY, ADJUST_KEYS };

static const dt__key adjust_keys[ADJUST_KEYS] = {
    [ADJUST_WHEN] = {.name = "when", .required = true},
    [ADJUST_ADD] = {.name = "add", .required = true},
    [ADJUST_ID] = {.name = "id"},
    [ADJUST_SOURCE] = {.name = "source"},
    [ADJUST_QUOTE] = {.name = "quote"},
    [ADJUST_WHY] = {.name = "why"},
};

/* Evidence of an entry, or what stands for all of the block. */
static dt__evidence own_or(const dt__evidence *own, const dt__evidence *outer) {
    return dt__has_evidence(own) ? *own : *outer;
}

static void read_adjust_entry(dt__reader *r, const dt__node *node, const dt__preferences *p, dt__adjust *adjust,
                              dt__id_list *ids, size_t i) {
    const dt__node *f[ADJUST_KEYS];
    dt__number_use use = {0};
    size_t item, length;

    adjust->place = dt__reader_place(r, node);
    adjust->add = DT__NO_NUMBER;
    if (!dt__read_fields(r, node, adjust_keys, ADJUST_KEYS, f)) return;
    adjust->id = ids->ids[i] = dt__read_id(r, f[ADJUST_ID]);
    ids->nodes[i] = f[ADJUST_ID];
    adjust->evidence = dt__read_evidence(r, f[ADJUST_SOURCE], f[ADJUST_QUOTE], f[ADJUST_WHY]);
    if (f[ADJUST_WHEN] != NULL) adjust->when = dt__read_condition(r, f[ADJUST_WHEN]);
    use.evidence = own_or(&adjust->evidence, &p->evidence);
    item = dt__path_enter_item(r, adjust->id, i);
    length = dt__path_enter(r, "add");
    adjust->add = dt__read_number(r, f[ADJUST_ADD], &use);
    dt__path_leave(r, length);
    dt__path_leave(r, item);
}

static void read_adjust(dt__reader *r, const dt__node *node, dt__preferences *p) {
    size_t count = dt__read_list(r, node), length = dt__path_enter(r, "adjust"), i = 0;
    dt__adjust *adjust = DT__READER_ARRAY(r, dt__adjust, count);
    dt__id_list ids = dt__id_list_new(r, count);

    if (r->status != DT_OK) return;
    if (count > 0) DT__EACH(child, node) {
            read_adjust_entry(r, child, p, &adjust[i], &ids, i);
            i++;
        }
    dt__check_unique(r, ids.ids, ids.nodes, count);
    p->adjust = adjust;
    p->adjust_count = count;
    dt__path_leave(r, length);
}

/* ---- red lines ---- */

enum { LINE_ID, LINE_REQUIRE, LINE_COST, LINE_NAME, LINE_SOURCE, LINE_QUOTE, LINE_WHY, LINE_KEYS };

static const dt__key line_keys[LINE_KEYS] = {
    [LINE_ID] = {.name = "id", .required = true},
    [LINE_REQUIRE] = {.name = "require", .required = true},
    [LINE_COST] = {.name = "cost"},
    [LINE_NAME] = {.name = "name"},
    [LINE_SOURCE] = {.name = "source"},
    [LINE_QUOTE] = {.name = "quote"},
    [LINE_WHY] = {.name = "why"},
};

static void read_red_line(dt__reader *r, const dt__node *node, const dt__preferences *p, dt__red_line *line,
                          dt__id_list *ids, size_t i) {
    const dt__node *f[LINE_KEYS];
    dt__number_use use = {.bound = DT__AT_LEAST_LOW, .low = DT__RATIONAL(0)};
    size_t item, length;

    line->place = dt__reader_place(r, node);
    line->cost = DT__NO_NUMBER;
    if (!dt__read_fields(r, node, line_keys, LINE_KEYS, f)) return;
    line->id = ids->ids[i] = dt__read_id(r, f[LINE_ID]);
    ids->nodes[i] = f[LINE_ID];
    if (line->id != NULL && strcmp(line->id, "no_deal") == 0) {
        dt__reader_error(r, f[LINE_ID], "reserved-word", "“{0}” is a word of the language and cannot be an id",
                         line->id, NULL);
    }
    line->name = dt__read_label(r, f[LINE_NAME]);
    line->evidence = dt__read_evidence(r, f[LINE_SOURCE], f[LINE_QUOTE], f[LINE_WHY]);
    if (f[LINE_REQUIRE] != NULL) line->require = dt__read_condition(r, f[LINE_REQUIRE]);
    use.evidence = own_or(&line->evidence, &p->evidence);
    item = dt__path_enter_item(r, line->id, i);
    length = dt__path_enter(r, "cost");
    line->cost = dt__read_number(r, f[LINE_COST], &use);
    dt__path_leave(r, length);
    dt__path_leave(r, item);
}

static void read_red_lines(dt__reader *r, const dt__node *node, dt__preferences *p) {
    size_t count = dt__read_list(r, node), length = dt__path_enter(r, "red_lines"), i = 0;
    dt__red_line *lines = DT__READER_ARRAY(r, dt__red_line, count);
    dt__id_list ids = dt__id_list_new(r, count);

    if (r->status != DT_OK) return;
    if (count > 0) DT__EACH(child, node) {
            read_red_line(r, child, p, &lines[i], &ids, i);
            i++;
        }
    dt__check_unique(r, ids.ids, ids.nodes, count);
    p->red_lines = lines;
    p->red_line_count = count;
    dt__path_leave(r, length);
}

/* ---- reservation value ---- */

static const char *const period_words[] = {
    [DT__PER_DAY] = "day", [DT__PER_WEEK] = "week", [DT__PER_MONTH] = "month", [DT__PER_YEAR] = "year"};

/* The number of "+1.0 per month", copied; NULL after a finding. */
static const char *split_period(dt__reader *r, const dt__node *node, const char *text, dt__period *period) {
    const char *per = strstr(text, " per ");
    char *number;

    for (size_t i = 0; per != NULL && i < sizeof period_words / sizeof *period_words; i++) {
        if (strcmp(per + strlen(" per "), period_words[i]) != 0) continue;
        *period = (dt__period)i;
        number = dt__arena_string(&r->scratch, text, (size_t)(per - text));
        if (number == NULL) r->status = DT_ERR_MEMORY;
        return number;
    }
    dt__reader_error(r, node, "bad-drift",
                     "“{0}” is no drift; expected a number per day, week, month or year, such as +1.0 per month", text,
                     NULL);
    return NULL;
}

enum { DRIFT_VALUE, DRIFT_SOURCE, DRIFT_QUOTE, DRIFT_WHY, DRIFT_KEYS };

static const dt__key drift_keys[DRIFT_KEYS] = {
    [DRIFT_VALUE] = {.name = "value", .required = true},
    [DRIFT_SOURCE] = {.name = "source"},
    [DRIFT_QUOTE] = {.name = "quote"},
    [DRIFT_WHY] = {.name = "why"},
};

static void read_drift(dt__reader *r, const dt__node *node, dt__preferences *p) {
    const dt__node *f[DRIFT_KEYS] = {[DRIFT_VALUE] = node};
    dt__number_use use = {.evidence = p->evidence};
    dt__evidence own = {0};
    const char *text;

    if (node->kind == DT__NODE_MAPPING &&
        (!dt__read_fields(r, node, drift_keys, DRIFT_KEYS, f) || f[DRIFT_VALUE] == NULL))
        return;
    own = dt__read_evidence(r, f[DRIFT_SOURCE], f[DRIFT_QUOTE], f[DRIFT_WHY]);
    use.evidence = own_or(&own, &p->evidence);
    if ((text = dt__read_text(r, f[DRIFT_VALUE])) == NULL) return;
    if ((text = split_period(r, f[DRIFT_VALUE], text, &p->drift_period)) == NULL) return;
    p->drift = dt__read_number_text(r, f[DRIFT_VALUE], text, &use);
    if (p->drift != DT__NO_NUMBER) dt__reader_number(r, p->drift)->inherited = !dt__has_evidence(&own);
}

static void read_reservation(dt__reader *r, const dt__node *const *f, dt__preferences *p) {
    dt__number_use use = {.evidence = p->evidence};
    size_t length = dt__path_enter(r, "no_deal");

    p->no_deal = dt__read_number(r, f[PREF_NO_DEAL], &use);
    dt__path_leave(r, length);
    length = dt__path_enter(r, "no_deal_drift");
    if (f[PREF_DRIFT] != NULL && r->status == DT_OK) read_drift(r, f[PREF_DRIFT], p);
    dt__path_leave(r, length);
}

static void refuse_for_ordinal(dt__reader *r, const dt__node *node) {
    if (node == NULL) return;
    dt__reader_error(r, node->key, "ordinal", "`{0}` needs preferences with numbers; priorities and rankings have none",
                     node->key->text, NULL);
}

/* ---- one party ---- */

static void read_form(dt__reader *r, const dt__node *const *f, uint32_t party, dt__preferences *p) {
    switch (p->form) {
    case DT__FORM_ADDITIVE:
        if (check_pair(r, f[PREF_WEIGHTS], f[PREF_VALUES], "weights", "values"))
            dt__read_additive(r, f[PREF_WEIGHTS], f[PREF_VALUES], party, p);
        break;
    case DT__FORM_SPATIAL:
        if (check_pair(r, f[PREF_POSITIONS], f[PREF_SALIENCE], "positions", "salience"))
            dt__read_spatial(r, f[PREF_SALIENCE], f[PREF_POSITIONS], p);
        break;
    case DT__FORM_PRIORITIES: read_priorities(r, f[PREF_PRIORITIES], p); break;
    case DT__FORM_RANKING: read_ranking(r, f[PREF_RANKING], p); break;
    case DT__FORM_COMPARISONS: break; /* only in a graph written out, which has a reader of its own */
    }
}

static void read_preferences(dt__reader *r, const dt__node *node, uint32_t party) {
    dt__preferences *p = DT__READER_NEW(r, dt__preferences);
    const dt__node *f[PREF_KEYS];

    if (p == NULL) return;
    r->model->parties[party].preferences = p;
    p->place = dt__reader_place(r, node->key);
    p->no_deal = p->drift = DT__NO_NUMBER;
    if (!dt__read_fields(r, node, preference_keys, PREF_KEYS, f)) return;
    p->evidence = dt__read_evidence(r, f[PREF_SOURCE], f[PREF_QUOTE], f[PREF_WHY]);
    if (choose_form(r, node, f, &p->form)) {
        read_form(r, f, party, p);
        if (dt__is_ordinal(p)) {
            refuse_for_ordinal(r, f[PREF_NO_DEAL]);
            refuse_for_ordinal(r, f[PREF_DRIFT]);
            refuse_for_ordinal(r, f[PREF_ADJUST]);
        }
    }
    if (f[PREF_ADJUST] != NULL && !dt__is_ordinal(p)) read_adjust(r, f[PREF_ADJUST], p);
    if (f[PREF_RED_LINES] != NULL) read_red_lines(r, f[PREF_RED_LINES], p);
    if (!dt__is_ordinal(p)) read_reservation(r, f, p);
}

/* In the order of the parties, so that numbers have the same ids however the file is ordered. */
void dt__read_preferences(dt__reader *r, const dt__node *node) {
    dt__entries entries = dt__read_entries(r, node, DT__ID_STRICT);
    const dt__node **by_party = dt__arena_alloc(&r->scratch, r->model->party_count, sizeof *by_party);
    size_t section = dt__path_enter(r, "preferences");

    if (by_party == NULL && r->status == DT_OK) r->status = DT_ERR_MEMORY;
    for (size_t i = 0; i < entries.count && r->status == DT_OK; i++) {
        uint32_t party = dt__find_party(r, entries.nodes[i]->key, entries.ids[i]);
        if (party != DT__NO_INDEX) by_party[party] = entries.nodes[i];
    }
    for (uint32_t p = 0; p < r->model->party_count && r->status == DT_OK; p++) {
        size_t length = dt__path_enter(r, r->model->parties[p].id);
        if (by_party[p] != NULL) read_preferences(r, by_party[p], p);
        dt__path_leave(r, length);
    }
    dt__path_leave(r, section);
}
