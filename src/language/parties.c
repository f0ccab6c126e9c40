/* Parties. */
#include <string.h>

#include "language/reader.h"

enum {
    PARTY_NAME,
    PARTY_ALIASES,
    PARTY_CAPABILITY,
    PARTY_SCALE,
    PARTY_UNSEEN,
    PARTY_NOTE,
    PARTY_SOURCE,
    PARTY_QUOTE,
    PARTY_WHY,
    PARTY_KEYS
};

static const dt__key party_keys[PARTY_KEYS] = {
    [PARTY_NAME] = {.name = "name"},
    [PARTY_ALIASES] = {.name = "aliases"},
    [PARTY_CAPABILITY] = {.name = "capability"},
    [PARTY_SCALE] = {.name = "scale"},
    [PARTY_UNSEEN] = {.name = "unseen"}, /* read when the issues are known: dt__read_unseen */
    [PARTY_NOTE] = {.name = "note"},
    [PARTY_SOURCE] = {.name = "source"},
    [PARTY_QUOTE] = {.name = "quote"},
    [PARTY_WHY] = {.name = "why"},
};

static void read_aliases(dt__reader *r, const dt__node *node, dt__party *party) {
    size_t count = dt__read_list(r, node);
    const char **aliases = DT__READER_ARRAY(r, const char *, count);

    if (aliases == NULL) return;
    party->aliases = aliases;
    if (count == 0) return;
    DT__EACH(child, node) {
        const char *alias = dt__read_text(r, child);
        if (alias != NULL) aliases[party->alias_count++] = alias;
    }
}

static void read_party(dt__reader *r, const dt__node *node, dt__party *party) {
    const dt__node *f[PARTY_KEYS];
    dt__number_use use = {.bound = DT__AT_LEAST_LOW, .low = DT__RATIONAL(0)};
    size_t length;

    if (!dt__read_fields(r, node, party_keys, PARTY_KEYS, f)) return;
    party->name = dt__read_label(r, f[PARTY_NAME]);
    party->note = dt__read_label(r, f[PARTY_NOTE]);
    read_aliases(r, f[PARTY_ALIASES], party);
    party->has_scale = dt__read_range(r, f[PARTY_SCALE], &party->scale_low, &party->scale_high);
    party->evidence = dt__read_evidence(r, f[PARTY_SOURCE], f[PARTY_QUOTE], f[PARTY_WHY]);
    use.evidence = party->evidence;
    length = dt__path_enter(r, "capability");
    party->capability = dt__read_number(r, f[PARTY_CAPABILITY], &use);
    dt__path_leave(r, length);
}

/* ---- aliases ---- */

/* All aliases of the model, one after another, and whose each is. */
typedef struct alias_list {
    size_t count;
    const char **texts;
    uint32_t *parties;
} alias_list;

static alias_list list_aliases(dt__reader *r) {
    const dt_model *m = r->model;
    alias_list list = {0};
    size_t most = 0;

    for (size_t p = 0; p < m->party_count; p++) most += m->parties[p].alias_count;
    list.texts = dt__arena_alloc(&r->scratch, most, sizeof *list.texts);
    list.parties = dt__arena_alloc(&r->scratch, most, sizeof *list.parties);
    if (list.texts == NULL || list.parties == NULL) {
        r->status = DT_ERR_MEMORY;
        return list;
    }
    for (uint32_t p = 0; p < m->party_count; p++) {
        for (size_t i = 0; i < m->parties[p].alias_count; i++, list.count++) {
            list.texts[list.count] = m->parties[p].aliases[i];
            list.parties[list.count] = p;
        }
    }
    return list;
}

/* An alias that is also the id or an alias of another party makes a search for it ambiguous. */
static void check_aliases(dt__reader *r) {
    const dt__party *parties = r->model->parties;
    alias_list list = list_aliases(r);
    dt__names names;

    if (r->status == DT_OK) r->status = dt__names_init(&names, list.texts, list.count, &r->scratch);
    for (size_t i = 0; i < list.count && r->status == DT_OK; i++) {
        uint32_t p = list.parties[i], other = dt__names_find(&r->parties, list.texts[i]);
        if (other == DT__NO_NAME) other = list.parties[dt__names_find(&names, list.texts[i])];
        if (other == p) continue;
        dt__reader_warning(r, parties[p].place, "ambiguous-alias", "the alias “{0}” of “{1}” also stands for “{2}”",
                           list.texts[i], parties[p].id, parties[other].id, NULL);
    }
}

void dt__name_parties(dt__reader *r, const dt__node *node, const dt__entries *entries) {
    dt_model *m = r->model;

    if (entries->count > DT__MAX_PARTIES)
        dt__reader_limit(r, node, DT__N("a model may have 64 parties; this one has {0}"), entries->count);
    m->parties = DT__READER_ARRAY(r, dt__party, entries->count);
    if (r->status == DT_OK) r->status = dt__names_init(&r->parties, entries->ids, entries->count, &r->scratch);
    if (r->status != DT_OK) return;
    if (node != NULL && entries->count == 0)
        dt__reader_error(r, node, "missing-value", "no party stands here; expected at least one", NULL);
    m->party_count = entries->count;
    for (size_t i = 0; i < entries->count; i++) {
        m->parties[i] = (dt__party){.id = entries->ids[i],
                                    .place = dt__reader_place(r, entries->nodes[i]->key),
                                    .capability = DT__NO_NUMBER,
                                    .scale_low = DT__RATIONAL(0),
                                    .scale_high = DT__RATIONAL(100)};
    }
}

void dt__read_party_section(dt__reader *r, const dt__node *node) {
    dt__entries entries = dt__read_entries(r, node, DT__ID_STRICT);
    size_t section = dt__path_enter(r, "parties");

    dt__name_parties(r, node, &entries);
    for (size_t i = 0; i < entries.count && r->status == DT_OK; i++) {
        size_t length = dt__path_enter(r, entries.ids[i]);
        read_party(r, entries.nodes[i], &r->model->parties[i]);
        dt__path_leave(r, length);
    }
    dt__path_leave(r, section);
    if (r->status == DT_OK) check_aliases(r);
}
