/* Issues and their options. */
#include <string.h>

#include "language/reader.h"

/* ---- options ---- */

enum { OPTION_NAME, OPTION_SCALE, OPTION_REVERSIBLE, OPTION_TERMS, OPTION_NOTE, OPTION_KEYS };

static const dt__key option_keys[OPTION_KEYS] = {
    [OPTION_NAME] = {.name = "name"},
    [OPTION_SCALE] = {.name = "scale"},
    [OPTION_REVERSIBLE] = {.name = "reversible"},
    [OPTION_TERMS] = {.name = "terms"},
    [OPTION_NOTE] = {.name = "note"},
};

enum {
    ISSUE_NAME,
    ISSUE_OPTIONS,
    ISSUE_ORDERED,
    ISSUE_SCALE,
    ISSUE_NO_DEAL,
    ISSUE_DECIDED_BY,
    ISSUE_REVERSIBLE,
    ISSUE_NOTE,
    ISSUE_SOURCE,
    ISSUE_QUOTE,
    ISSUE_WHY,
    ISSUE_KEYS
};

static const dt__key issue_keys[ISSUE_KEYS] = {
    [ISSUE_NAME] = {.name = "name"},
    [ISSUE_OPTIONS] = {.name = "options", .required = true},
    [ISSUE_ORDERED] = {.name = "ordered"},
    [ISSUE_SCALE] = {.name = "scale"},
    [ISSUE_NO_DEAL] = {.name = "no_deal"},
    [ISSUE_DECIDED_BY] = {.name = "decided_by"},
    [ISSUE_REVERSIBLE] = {.name = "reversible"},
    [ISSUE_NOTE] = {.name = "note"},
    [ISSUE_SOURCE] = {.name = "source"},
    [ISSUE_QUOTE] = {.name = "quote"},
    [ISSUE_WHY] = {.name = "why"},
};

/* Options while they are read; the issue gets them when they are complete. */
typedef struct options {
    size_t count;
    const char **ids;
    const dt__node **nodes; /* of the ids */
    dt__option_info *infos;
    dt__rational *scale;
    size_t scaled; /* options with a scale of their own */
} options;

static void read_mapped_option(dt__reader *r, const dt__node *node, options *o, size_t i) {
    const dt__node *f[OPTION_KEYS];
    dt__option_info *info = &o->infos[i];

    if (!dt__read_fields(r, node, option_keys, OPTION_KEYS, f)) return;
    info->name = dt__read_label(r, f[OPTION_NAME]);
    info->note = dt__read_label(r, f[OPTION_NOTE]);
    info->has_reversible = f[OPTION_REVERSIBLE] != NULL;
    info->reversible = dt__read_bool(r, f[OPTION_REVERSIBLE], true);
    info->has_scale = dt__read_exact(r, f[OPTION_SCALE], &o->scale[i]);
    o->scaled += info->has_scale;
    info->terms = dt__read_option_terms(r, f[OPTION_TERMS]);
}

static bool start_options(dt__reader *r, const dt__node *node, options *o) {
    if (node->count > DT__MAX_OPTIONS)
        dt__reader_limit(r, node, DT__N("an issue may have 65,535 options; this one has {0}"), node->count);
    o->ids = DT__READER_ARRAY(r, const char *, node->count);
    o->infos = DT__READER_ARRAY(r, dt__option_info, node->count);
    o->scale = DT__READER_ARRAY(r, dt__rational, node->count);
    o->nodes = dt__arena_alloc(&r->scratch, node->count, sizeof *o->nodes);
    if (o->nodes == NULL && r->status == DT_OK) r->status = DT_ERR_MEMORY;
    for (size_t i = 0; i < node->count && r->status == DT_OK; i++) o->scale[i] = DT__RATIONAL(0);
    return r->status == DT_OK;
}

static void read_options(dt__reader *r, const dt__node *node, options *o) {
    if (node->kind == DT__NODE_SCALAR) {
        dt__reader_error(r, node, "wrong-type", "expected the options here, such as [none, partial, full]", NULL);
        return;
    }
    if (node->count == 0) dt__reader_error(r, node, "empty-options", "an issue needs at least one option", NULL);
    if (!start_options(r, node, o)) return;
    DT__EACH(child, node) {
        const dt__node *id = node->kind == DT__NODE_MAPPING ? child->key : child;
        o->ids[o->count] = dt__read_text(r, id);
        if (o->ids[o->count] == NULL) continue;
        dt__check_id(r, id, DT__ID_FREE);
        o->infos[o->count].id = o->ids[o->count];
        o->nodes[o->count] = id;
        if (node->kind == DT__NODE_MAPPING) read_mapped_option(r, child, o, o->count);
        o->count++;
    }
    if (node->kind == DT__NODE_SEQUENCE) dt__check_unique(r, o->ids, o->nodes, o->count);
}

/* ---- scale ---- */

/* Evenly from 0 to 100. */
static void spread_evenly(options *o) {
    for (size_t i = 0; i < o->count; i++) {
        o->scale[i] = DT__RATIONAL(0);
        if (o->count > 1) (void)!dt__rational_make(&o->scale[i], 100 * (dt__int128)i, (dt__int128)o->count - 1);
    }
}

static void read_scale_list(dt__reader *r, const dt__node *node, options *o) {
    size_t n = 0;

    if (dt__read_list(r, node) != o->count) {
        if (node->kind == DT__NODE_SEQUENCE)
            dt__reader_error(r, node, "bad-scale", "expected one number for each option, in their order", NULL);
        spread_evenly(o);
        return;
    }
    DT__EACH(child, node) {
        if (dt__read_exact(r, child, &o->scale[n])) n++;
    }
}

static void check_scale_differs(dt__reader *r, const dt__node *node, const options *o) {
    for (size_t i = 1; i < o->count; i++) {
        if (dt__rational_compare(o->scale[i], o->scale[0]) != 0) return;
    }
    if (o->count > 1)
        dt__reader_error(r, node, "bad-scale", "all options lie at one place of the scale; expected different numbers",
                         NULL);
}

static void read_scale(dt__reader *r, const dt__node *node, const dt__node *at, options *o) {
    if (node != NULL && o->scaled > 0) {
        dt__reader_error(r, node, "bad-scale",
                         "the scale is given twice; expected it either at the issue or at its options", NULL);
    } else if (node != NULL) {
        read_scale_list(r, node, o);
        check_scale_differs(r, node, o);
    } else if (o->scaled == 0) {
        spread_evenly(o);
    } else if (o->scaled < o->count) {
        dt__reader_error(r, at, "bad-scale",
                         "some options have a `scale` and others have none; expected it at all of them or at none",
                         NULL);
    } else {
        check_scale_differs(r, at, o);
    }
}

/* ---- no deal ---- */

static void read_no_deal(dt__reader *r, const dt__node *node, const dt__node *at, uint32_t i) {
    dt__issue *issue = &r->model->issues[i];
    const char *text = dt__read_text(r, node);

    if (text != NULL) {
        issue->no_deal = dt__find_option(r, node, i, text);
        issue->no_deal_given = issue->no_deal != DT__NO_OPTION;
    } else if (node == NULL && issue->decided_by == DT__NO_INDEX) {
        dt__reader_error(r, at, "missing-key",
                         "the issue “{0}” needs `no_deal`: the option that holds if nothing is agreed", issue->id,
                         NULL);
    }
}

/* ---- one issue ---- */

static void keep_options(dt__reader *r, dt__issue *issue, const options *o) {
    for (size_t i = 0; i < o->count; i++) {
        if (!o->infos[i].has_reversible) o->infos[i].reversible = issue->reversible;
    }
    issue->option_count = (uint32_t)o->count;
    if (o->count > r->most_options) r->most_options = o->count;
    issue->options = o->infos;
    issue->scale = o->scale;
    if (r->status == DT_OK)
        r->status = dt__names_init(&r->options[issue - r->model->issues], o->ids, o->count, &r->scratch);
}

static void read_issue(dt__reader *r, const dt__node *node, uint32_t i) {
    dt__issue *issue = &r->model->issues[i];
    const dt__node *f[ISSUE_KEYS];
    options o = {0};

    issue->place = dt__reader_place(r, node->key);
    issue->decided_by = DT__NO_INDEX;
    if (!dt__read_fields(r, node, issue_keys, ISSUE_KEYS, f)) return;
    issue->name = dt__read_label(r, f[ISSUE_NAME]);
    issue->note = dt__read_label(r, f[ISSUE_NOTE]);
    issue->ordered = dt__read_bool(r, f[ISSUE_ORDERED], false);
    issue->has_reversible = f[ISSUE_REVERSIBLE] != NULL;
    issue->reversible = dt__read_bool(r, f[ISSUE_REVERSIBLE], true);
    issue->evidence = dt__read_evidence(r, f[ISSUE_SOURCE], f[ISSUE_QUOTE], f[ISSUE_WHY]);
    if (f[ISSUE_DECIDED_BY] != NULL) issue->decided_by = dt__read_party(r, f[ISSUE_DECIDED_BY]);
    if (f[ISSUE_OPTIONS] == NULL) return;
    issue->options_mapped = f[ISSUE_OPTIONS]->kind == DT__NODE_MAPPING;
    read_options(r, f[ISSUE_OPTIONS], &o);
    if (r->status != DT_OK) return;
    issue->has_scale = f[ISSUE_SCALE] != NULL;
    read_scale(r, f[ISSUE_SCALE], node->key, &o);
    keep_options(r, issue, &o);
    if (r->status == DT_OK && o.count > 0) read_no_deal(r, f[ISSUE_NO_DEAL], node->key, i);
}

void dt__read_issues(dt__reader *r, const dt__node *node) {
    dt__entries entries = dt__read_entries(r, node, DT__ID_FREE);
    dt_model *m = r->model;

    if (entries.count > DT__MAX_ISSUES)
        dt__reader_limit(r, node, DT__N("a model may have 256 issues; this one has {0}"), entries.count);
    m->issues = DT__READER_ARRAY(r, dt__issue, entries.count);
    r->options = dt__arena_alloc(&r->scratch, entries.count, sizeof *r->options);
    if (r->options == NULL && r->status == DT_OK) r->status = DT_ERR_MEMORY;
    if (r->status == DT_OK) r->status = dt__names_init(&r->issues, entries.ids, entries.count, &r->scratch);
    if (r->status != DT_OK) return;
    if (node != NULL && entries.count == 0)
        dt__reader_error(r, node, "missing-value", "no issue stands here; expected at least one", NULL);
    m->issue_count = entries.count;
    for (size_t i = 0; i < entries.count && r->status == DT_OK; i++) {
        m->issues[i].id = entries.ids[i];
        read_issue(r, entries.nodes[i], (uint32_t)i);
    }
}
