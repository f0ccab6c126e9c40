/* How two models differ: their numbers at central values, and what only one of them has. */
#include <stdlib.h>
#include <string.h>

#include "whatif/compare.h"

/* ---- numbers ---- */

/* A number by its place, for merging two sorted lists. */
typedef struct placed {
    const char *path;
    dt__rational value;
} placed;

static int by_path(const void *a, const void *b) {
    const placed *x = a, *y = b;
    return strcmp(x->path, y->path);
}

/* The numbers of a model by path, quantities as they are after settings. */
static placed *numbers_of(dt__builder *b, const dt_model *m, const dt__valuation *v, size_t *count) {
    placed *list = DT__BUILDER_ARRAY(b, placed, m->number_count);

    *count = m->number_count;
    for (size_t i = 0; list != NULL && i < m->number_count; i++)
        list[i] = (placed){.path = m->numbers[i].path, .value = v->numbers[i]};
    for (size_t q = 0; list != NULL && q < m->quantity_count; q++)
        list[m->quantities[q].number].value = v->quantities[q];
    if (list != NULL && *count > 1) qsort(list, *count, sizeof *list, by_path);
    return list;
}

static void add_number(dt__comparing *c, dt_changed_number *list, const placed *before, const placed *after) {
    dt_changed_number *n = &list[c->answer->number_count];

    if (before != NULL && after != NULL && dt__rational_compare(before->value, after->value) == 0) return;
    *n = (dt_changed_number){.path = dt__builder_text(c->b, before != NULL ? before->path : after->path)};
    if (before != NULL) n->before = dt__builder_exact(c->b, before->value);
    if (after != NULL) n->after = dt__builder_exact(c->b, after->value);
    c->answer->number_count++;
}

static void merge_numbers(dt__comparing *c, const placed *x, size_t x_count, const placed *y, size_t y_count) {
    dt_changed_number *list = DT__BUILDER_ARRAY(c->b, dt_changed_number, x_count + y_count);
    size_t i = 0, j = 0;

    c->answer->numbers = list;
    while (list != NULL && (i < x_count || j < y_count)) {
        int order = i == x_count ? 1 : j == y_count ? -1 : strcmp(x[i].path, y[j].path);
        add_number(c, list, order <= 0 ? &x[i] : NULL, order >= 0 ? &y[j] : NULL);
        i += order <= 0;
        j += order >= 0;
    }
}

static dt_status compare_numbers(dt__comparing *c, const dt__setting *before, const dt__setting *after) {
    size_t x_count, y_count;
    placed *x = numbers_of(c->b, c->before, &before->valuation, &x_count),
           *y = numbers_of(c->b, c->after, &after->valuation, &y_count);

    if (x == NULL || y == NULL) return DT_ERR_MEMORY;
    merge_numbers(c, x, x_count, y, y_count);
    return DT_OK;
}

/* ---- places: where issues stand with no deal ---- */

static void compare_places(dt__comparing *c, const dt__setting *before, const dt__setting *after) {
    uint32_t *list = DT__BUILDER_ARRAY(c->b, uint32_t, c->after->issue_count);

    c->answer->places = list;
    for (uint32_t i = 0; list != NULL && i < c->after->issue_count; i++) {
        const dt__issue *issue = &c->after->issues[i];
        uint32_t other = dt__model_issue(c->before, issue->id);
        if (other == DT__NO_INDEX) continue;
        if (strcmp(issue->options[after->no_deal[i]].id, c->before->issues[other].options[before->no_deal[other]].id) !=
            0)
            list[c->answer->place_count++] = i;
    }
}

/* ---- items ---- */

typedef struct item_list {
    dt__comparing *c;
    dt__vector *items; /* dt_changed_item */
    dt_status status;
} item_list;

/* "a", or "a.b" of two ids. */
static void add_item(item_list *l, dt_item_kind kind, const char *owner, const char *id, bool added) {
    dt__text *text = dt__builder_scratch(l->c->b);
    dt_changed_item item = {.kind = kind, .added = added};

    if (owner != NULL) {
        dt__text_add(text, owner);
        dt__text_add_char(text, '.');
    }
    dt__text_add(text, id);
    item.id = dt__builder_take(l->c->b);
    if (l->status == DT_OK) l->status = dt__vector_push(l->items, &item, l->c->b->env);
}

static bool has_red_line(const dt_model *m, const char *party, const char *id) {
    uint32_t p = dt__model_party(m, party);
    const dt__preferences *prefs = p == DT__NO_INDEX ? NULL : m->parties[p].preferences;

    for (size_t i = 0; prefs != NULL && i < prefs->red_line_count; i++)
        if (strcmp(prefs->red_lines[i].id, id) == 0) return true;
    return false;
}

static void compare_parties(item_list *l, const dt_model *of, const dt_model *in, bool added) {
    for (size_t p = 0; p < of->party_count; p++) {
        const dt__party *party = &of->parties[p];
        if (dt__model_party(in, party->id) == DT__NO_INDEX) {
            add_item(l, DT_ITEM_PARTY, NULL, party->id, added);
            continue;
        }
        for (size_t r = 0; party->preferences != NULL && r < party->preferences->red_line_count; r++) {
            const char *id = party->preferences->red_lines[r].id;
            if (!has_red_line(in, party->id, id)) add_item(l, DT_ITEM_RED_LINE, party->id, id, added);
        }
    }
}

static void compare_issues(item_list *l, const dt_model *of, const dt_model *in, bool added) {
    for (size_t i = 0; i < of->issue_count; i++) {
        const dt__issue *issue = &of->issues[i];
        uint32_t other = dt__model_issue(in, issue->id);
        if (other == DT__NO_INDEX) {
            add_item(l, DT_ITEM_ISSUE, NULL, issue->id, added);
            continue;
        }
        for (uint32_t o = 0; o < issue->option_count; o++)
            if (dt__issue_option(&in->issues[other], issue->options[o].id) == DT__NO_INDEX)
                add_item(l, DT_ITEM_OPTION, issue->id, issue->options[o].id, added);
    }
}

static bool has_id(const void *list, size_t count, size_t size, const char *id) {
    for (size_t i = 0; i < count; i++) { /* each of these structs begins with its id */
        const char *const *own = (const char *const *)(const void *)((const char *)list + i * size);
        if (strcmp(*own, id) == 0) return true;
    }
    return false;
}

#define COMPARE_LIST(l, kind, of, in, list, count, added)                           \
    for (size_t i = 0; i < (of)->count; i++) {                                      \
        if (!has_id((in)->list, (in)->count, sizeof *(in)->list, (of)->list[i].id)) \
            add_item((l), (kind), NULL, (of)->list[i].id, (added));                 \
    }

static void compare_one_way(item_list *l, const dt_model *of, const dt_model *in, bool added) {
    compare_parties(l, of, in, added);
    COMPARE_LIST(l, DT_ITEM_FORMAT, of, in, formats, format_count, added)
    compare_issues(l, of, in, added);
    COMPARE_LIST(l, DT_ITEM_RULE, of, in, rules, rule_count, added)
    COMPARE_LIST(l, DT_ITEM_PRINCIPLE, of, in, principles, principle_count, added)
    COMPARE_LIST(l, DT_ITEM_PROPOSAL, of, in, proposals, proposal_count, added)
    COMPARE_LIST(l, DT_ITEM_SCENARIO, of, in, scenarios, scenario_count, added)
}

static dt_status compare_items(dt__comparing *c) {
    dt__vector items = DT__VECTOR(dt_changed_item);
    item_list l = {.c = c, .items = &items, .status = DT_OK};
    dt_changed_item *list;

    compare_one_way(&l, c->before, c->after, false);
    compare_one_way(&l, c->after, c->before, true);
    list = DT__BUILDER_ARRAY(c->b, dt_changed_item, items.count);
    if (list != NULL && items.count > 0) memcpy(list, items.items, items.count * sizeof *list);
    c->answer->items = list;
    c->answer->item_count = list == NULL ? 0 : items.count;
    dt__vector_clear(&items, c->b->env);
    return l.status;
}

/* ---- the whole ---- */

dt_status dt__compare_models(dt__comparing *c, const dt_whatif_opts *opts) {
    dt__settings as_written = {.at = opts->at_before},
                 changed = {.settings = opts->settings, .count = opts->setting_count, .at = opts->at_after};
    dt__setting *settings = DT__ARRAY(c->b->env, dt__setting, 2);
    dt_status st;

    if (settings == NULL) return DT_ERR_MEMORY;
    if ((st = dt__setting_init(&settings[0], c->before, &as_written, c->b->env)) == DT_OK) {
        if ((st = dt__setting_init(&settings[1], c->after, &changed, c->b->env)) == DT_OK) {
            st = compare_numbers(c, &settings[0], &settings[1]);
            if (st == DT_OK) compare_places(c, &settings[0], &settings[1]);
            dt__setting_clear(&settings[1], c->b->env);
        }
        dt__setting_clear(&settings[0], c->b->env);
    }
    DT__FREE(c->b->env, settings, 2);
    return st == DT_OK ? compare_items(c) : st;
}
