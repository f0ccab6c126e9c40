/* dt_model_read: the sections of a model in the order in which they refer to one another. */
#include "language/reader.h"

#include <string.h>

#include "base/digest.h"

enum {
    ROOT_DETENTE,
    ROOT_TITLE,
    ROOT_NOTE,
    ROOT_AS_OF,
    ROOT_SOURCES,
    ROOT_QUANTITIES,
    ROOT_PARTIES,
    ROOT_FORMATS,
    ROOT_ISSUES,
    ROOT_GRAPH,
    ROOT_RULES,
    ROOT_TRANSITIONS,
    ROOT_PREFERENCES,
    ROOT_PRINCIPLES,
    ROOT_PROPOSALS,
    ROOT_SCENARIOS,
    ROOT_CLAIMS,
    ROOT_ACTS,
    ROOT_ASSETS,
    ROOT_AGREEMENTS,
    ROOT_KEYS
};

static const dt__key root_keys[ROOT_KEYS] = {
    [ROOT_DETENTE] = {.name = "detente", .required = true},
    [ROOT_TITLE] = {.name = "title"},
    [ROOT_NOTE] = {.name = "note"},
    [ROOT_AS_OF] = {.name = "as_of"},
    [ROOT_SOURCES] = {.name = "sources"},
    [ROOT_QUANTITIES] = {.name = "quantities"},
    [ROOT_PARTIES] = {.name = "parties", .required = true}, /* but for a graph */
    [ROOT_FORMATS] = {.name = "formats"},
    [ROOT_ISSUES] = {.name = "issues", .required = true}, /* but for a graph */
    [ROOT_GRAPH] = {.name = "graph"},
    [ROOT_RULES] = {.name = "rules"},
    [ROOT_TRANSITIONS] = {.name = "transitions"},
    [ROOT_PREFERENCES] = {.name = "preferences"},
    [ROOT_PRINCIPLES] = {.name = "principles"},
    [ROOT_PROPOSALS] = {.name = "proposals"},
    [ROOT_SCENARIOS] = {.name = "scenarios"},
    [ROOT_CLAIMS] = {.name = "claims"},
    [ROOT_ACTS] = {.name = "acts"},
    [ROOT_ASSETS] = {.name = "assets"},
    [ROOT_AGREEMENTS] = {.name = "agreements"},
};

static void check_version(dt__reader *r, const dt__node *node) {
    const char *version = dt__read_text(r, node);

    if (version == NULL || strcmp(version, "1") == 0) return;
    dt__reader_error(r, node, "unknown-version", "version “{0}” of the model language is not known; expected 1",
                     version, NULL);
}

/* A graph names its parties and stands for issues; who only watches an agreement negotiates about nothing. */
static bool read_root(dt__reader *r, const dt__node *root, const dt__node **f) {
    dt__key keys[ROOT_KEYS];

    memcpy(keys, root_keys, sizeof keys);
    DT__EACH(child, root) {
        if (child->key == NULL) continue;
        if (strcmp(child->key->text, "graph") == 0) keys[ROOT_PARTIES].required = keys[ROOT_ISSUES].required = false;
        if (strcmp(child->key->text, "agreements") == 0) keys[ROOT_ISSUES].required = false;
    }
    return dt__read_fields(r, root, keys, ROOT_KEYS, f);
}

static void read_outcomes(dt__reader *r, const dt__node *const *f) {
    if (f[ROOT_GRAPH] != NULL) {
        dt__graph_neighbours others = {
            .parties = f[ROOT_PARTIES],
            .refused = {f[ROOT_FORMATS], f[ROOT_ISSUES], f[ROOT_RULES], f[ROOT_PREFERENCES]}};
        dt__read_graph(r, f[ROOT_GRAPH], &others);
    } else {
        dt__read_party_section(r, f[ROOT_PARTIES]);
        dt__read_issues(r, f[ROOT_ISSUES]);
        dt__read_formats(r, f[ROOT_FORMATS]);
        dt__read_rules(r, f[ROOT_RULES]);
    }
    dt__read_transitions(r, f[ROOT_TRANSITIONS]);
    dt__read_unseen(r, f[ROOT_PARTIES]);
}

static void read_sections(dt__reader *r, const dt__node *root) {
    const dt__node *f[ROOT_KEYS];

    if (!read_root(r, root, f)) return;
    check_version(r, f[ROOT_DETENTE]);
    r->model->title = dt__read_label(r, f[ROOT_TITLE]);
    r->model->note = dt__read_label(r, f[ROOT_NOTE]);
    r->model->has_as_of = dt__read_date(r, f[ROOT_AS_OF], &r->model->as_of);
    dt__read_sources(r, f[ROOT_SOURCES]);
    dt__read_quantities(r, f[ROOT_QUANTITIES]);
    dt__read_vocabulary(r, f[ROOT_ACTS]);
    dt__read_assets(r, f[ROOT_ASSETS]);
    read_outcomes(r, f);
    if (f[ROOT_GRAPH] == NULL) dt__read_preferences(r, f[ROOT_PREFERENCES]);
    dt__read_principles(r, f[ROOT_PRINCIPLES]);
    dt__read_proposals(r, f[ROOT_PROPOSALS]);
    dt__read_scenarios(r, f[ROOT_SCENARIOS]);
    dt__read_claims(r, f[ROOT_CLAIMS]);
    dt__read_agreements(r, f[ROOT_AGREEMENTS]);
    if (r->status == DT_OK) dt__check_targets(r);
}

/* ---- what needs the whole model ---- */

static bool has_errors(const dt__reader *r) {
    return r->status != DT_OK || r->env->error_count > r->errors_before;
}

static void keep_numbers(dt__reader *r) {
    dt_model *m = r->model;

    m->numbers = DT__READER_ARRAY(r, dt__number, r->numbers.count);
    if (m->numbers == NULL) return;
    if (r->numbers.count > 0) memcpy(m->numbers, r->numbers.items, r->numbers.count * sizeof *m->numbers);
    m->number_count = r->numbers.count;
}

static void finish_with_values(dt__reader *r) {
    dt__valuation v;
    dt_status st = dt__valuation_init(&v, r->model, r->env);

    if (st == DT_OK) {
        st = dt__valuation_central(&v, r->model, r->env);
        if (st == DT_OK) {
            dt__check_weights(r, &v);
            if (!has_errors(r)) dt__place_levers(r, &v);
        }
        dt__valuation_clear(&v, r->env);
    }
    if (st != DT_OK && st != DT_ERR_MODEL && r->status == DT_OK) r->status = st;
}

static void no_deal_keeps_rules(dt__reader *r) {
    const dt_model *m = r->model;
    dt__option *no_deal = DT__ARENA_ARRAY(&r->scratch, dt__option, m->issue_count);

    if (no_deal == NULL) {
        r->status = DT_ERR_MEMORY;
        return;
    }
    dt__model_no_deal(m, no_deal);
    for (size_t i = 0; i < m->rule_count; i++) {
        if (dt__condition_holds(m->rules[i].require, no_deal)) continue;
        dt__diagnose(r->env, DT_WARNING, m->rules[i].place, "no-deal-breaks-rule",
                     "no deal itself breaks the rule “{0}”", m->rules[i].id, NULL);
        dt__hint(r->env, "a rule says what cannot be; what must not be agreed is a red line or a principle", NULL);
    }
}

static void finish(dt__reader *r) {
    if (has_errors(r)) return;
    dt__order_quantities(r);
    dt__check_formats(r);
    keep_numbers(r);
    if (has_errors(r)) return;
    finish_with_values(r);
    if (!has_errors(r)) no_deal_keeps_rules(r);
}

/* ---- the whole ---- */

static dt_status begin(dt__reader *r, const char *text, size_t length, const char *name) {
    dt_model *m = r->model;

    dt__arena_init(&m->arena, r->env);
    m->file = dt__arena_string(&m->arena, name, strlen(name));
    if (m->file == NULL) return DT_ERR_MEMORY;
    dt__digest_of(m->sha256, text, length);
    return DT_OK;
}

static dt_status read_all(dt__reader *r, const char *text, size_t length) {
    dt__node *root;
    dt_status st = dt__yaml_read(&root, text, length, r->model->file, &r->scratch, &r->model->arena);

    if (st != DT_OK) return st;
    if (root == NULL || dt__node_is_empty(root)) {
        dt__reader_error_at(r, (dt__place){.file = r->model->file, .line = 1, .column = 1}, "empty-model",
                            "the file is empty; expected a model", NULL);
        dt__reader_hint(r, "`detente new` writes one to start from", NULL);
        return DT_ERR_MODEL;
    }
    read_sections(r, root);
    finish(r);
    if (r->path.failed || r->status == DT_ERR_MEMORY) return DT_ERR_MEMORY;
    return r->status != DT_OK ? r->status : dt__verdict(r->env, r->errors_before, DT_ERR_MODEL);
}

dt_status dt_model_read(dt_model **out, const char *text, size_t length, const char *name, dt_env *env) {
    dt__reader r = {.env = env,
                    .errors_before = env->error_count,
                    .first_diagnostic = env->diagnostic_count,
                    .numbers = DT__VECTOR(dt__number)};
    dt_status st = DT_ERR_MEMORY;

    *out = NULL;
    dt__arena_init(&r.scratch, env);
    dt__text_init(&r.path, env);
    r.model = DT__NEW(env, dt_model);
    if (r.model == NULL) goto done;
    DT__TRY(begin(&r, text, length, name));
    DT__TRY(read_all(&r, text, length));
    *out = r.model;
    r.model = NULL;
done:
    dt__vector_clear(&r.numbers, env);
    dt__text_clear(&r.path);
    dt__arena_clear(&r.scratch);
    dt_model_free(r.model);
    return env->diagnostics_lost ? DT_ERR_MEMORY : st;
}

void dt_model_free(dt_model *model) {
    dt_env *env;

    if (model == NULL) return;
    env = model->arena.env;
    dt__arena_clear(&model->arena);
    DT__FREE(env, model, 1);
}
