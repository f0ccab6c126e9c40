/* What limits moves: transitions that cannot be made, and outcomes that a party does not see. */
#include <string.h>

#include "language/preferences.h"

/* ---- transitions ---- */

enum {
    BARRIER_ID,
    BARRIER_NAME,
    BARRIER_PARTY,
    BARRIER_FORBID,
    BARRIER_SOURCE,
    BARRIER_QUOTE,
    BARRIER_WHY,
    BARRIER_KEYS
};

static const dt__key barrier_keys[BARRIER_KEYS] = {
    [BARRIER_ID] = {.name = "id", .required = true},
    [BARRIER_NAME] = {.name = "name"},
    [BARRIER_PARTY] = {.name = "party"},
    [BARRIER_FORBID] = {.name = "forbid", .required = true},
    [BARRIER_SOURCE] = {.name = "source"},
    [BARRIER_QUOTE] = {.name = "quote"},
    [BARRIER_WHY] = {.name = "why"},
};

static const dt__condition *condition_or_any(dt__reader *r, const dt__node *node) {
    return node != NULL ? dt__read_condition(r, node) : DT__READER_NEW(r, dt__condition); /* zeroed: true */
}

static void read_forbidden(dt__reader *r, const dt__node *node, dt__barrier *barrier) {
    static const dt__key keys[] = {{.name = "from"}, {.name = "to"}};
    const dt__node *f[2];

    if (!dt__read_fields(r, node, keys, 2, f)) return;
    if (f[0] == NULL && f[1] == NULL)
        dt__reader_error(r, node->key, "missing-key", "`{0}` and `{1}` are both missing; expected one of them or both",
                         "from", "to", NULL);
    barrier->from = condition_or_any(r, f[0]);
    barrier->to = condition_or_any(r, f[1]);
}

static void read_barrier(dt__reader *r, const dt__node *node, dt__barrier *barrier, const dt__node **id_node) {
    const dt__node *f[BARRIER_KEYS];

    barrier->place = dt__reader_place(r, node);
    barrier->party = DT__NO_INDEX;
    if (!dt__read_fields(r, node, barrier_keys, BARRIER_KEYS, f)) return;
    barrier->id = dt__read_id(r, f[BARRIER_ID]);
    *id_node = f[BARRIER_ID];
    barrier->name = dt__read_label(r, f[BARRIER_NAME]);
    if (f[BARRIER_PARTY] != NULL) barrier->party = dt__read_party(r, f[BARRIER_PARTY]);
    barrier->evidence = dt__read_evidence(r, f[BARRIER_SOURCE], f[BARRIER_QUOTE], f[BARRIER_WHY]);
    if (f[BARRIER_FORBID] != NULL) read_forbidden(r, f[BARRIER_FORBID], barrier);
}

void dt__read_transitions(dt__reader *r, const dt__node *node) {
    size_t count = dt__read_list(r, node), i = 0;
    dt__id_list ids = dt__id_list_new(r, count);

    r->model->barriers = DT__READER_ARRAY(r, dt__barrier, count);
    if (r->status != DT_OK || count == 0) return;
    r->model->barrier_count = count;
    DT__EACH(child, node) {
        read_barrier(r, child, &r->model->barriers[i], &ids.nodes[i]);
        ids.ids[i] = r->model->barriers[i].id;
        i++;
    }
    dt__check_unique(r, ids.ids, ids.nodes, count);
}

/* ---- what a party does not see ---- */

static void read_unseen_of(dt__reader *r, const dt__node *node, dt__party *party) {
    size_t count = dt__read_list(r, node);
    const dt__condition **unseen = DT__READER_ARRAY(r, const dt__condition *, count);

    if (unseen == NULL || count == 0) return;
    DT__EACH(child, node) {
        const dt__condition *condition = dt__read_condition(r, child);
        if (condition != NULL) unseen[party->unseen_count++] = condition;
    }
    party->unseen = unseen;
}

void dt__read_unseen(dt__reader *r, const dt__node *parties) {
    if (parties == NULL || parties->kind != DT__NODE_MAPPING) return;
    DT__EACH(child, parties) {
        uint32_t party = r->status == DT_OK ? dt__names_find(&r->parties, child->key->text) : DT__NO_NAME;
        if (party == DT__NO_NAME || child->kind != DT__NODE_MAPPING) continue;
        DT__EACH(field, child) {
            if (strcmp(field->key->text, "unseen") == 0) read_unseen_of(r, field, &r->model->parties[party]);
        }
    }
}
