/* Actors that are no party of the model.  What they do is out of scope, so they are listed: where one is a party by
 * another name, the model lacks an alias. */
#include <stdlib.h>
#include <string.h>

#include "monitor/ledger.h"

enum { COMPARED = 200, NAME_ROOM = 65 };

static char folded(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* ---- as records come in ---- */

static bool is_word(const char *word, const char *name, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (folded(name[i]) != word[i]) return false; /* also at the end of the word */
    return word[length] == '\0';
}

/* What formats write where nobody knows; ACLED's "Unidentified Armed Group (Northland)" is no name either. */
static bool says_nobody(const char *name, size_t length) {
    static const char *const words[] = {"",     "-",    "?",       "n/a",          "na",      "nan",
                                        "none", "null", "unclear", "unidentified", "unknown", "not known"};
    static const char beginning[] = "unidentified ";
    const size_t begins = sizeof beginning - 1;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_word(words[i], name, length)) return true;
    return length > begins && is_word(beginning, name, begins);
}

static uint32_t add_stranger(dt__ledger *l, const char *name, size_t length) {
    dt__stranger fresh = {.name = dt__arena_string(l->b->arena, name, length)};
    uint32_t index = (uint32_t)l->strangers.count;

    if (fresh.name == NULL || dt__vector_push(&l->strangers, &fresh, l->env) != DT_OK ||
        dt__name_add(&l->names, DT__NAME_STRANGER, fresh.name, index, l->env) != DT_OK) {
        l->b->failed = true;
        return DT__NOBODY;
    }
    return index;
}

/* Of several spellings the first by its letters, whichever came first. */
static void keep_spelling(dt__ledger *l, dt__stranger *s, const char *name, size_t length) {
    const char *copy = s->name;

    if (strncmp(name, s->name, length) < 0) copy = dt__arena_string(l->b->arena, name, length);
    if (copy == NULL) l->b->failed = true;
    else s->name = copy;
}

uint32_t dt__stranger_met(dt__ledger *l, const char *name, size_t length) {
    uint32_t index;
    dt__stranger *s;

    if (!dt__name_find(&l->names, DT__NAME_STRANGER, name, length, &index)) {
        if (says_nobody(name, length)) return DT__NOBODY;
        index = add_stranger(l, name, length);
    }
    if (l->b->failed) return DT__NOBODY;
    s = DT__AT(l->strangers, dt__stranger, index);
    keep_spelling(l, s, name, length);
    if (s->counted_for == l->claims.count + 1) return index;
    s->counted_for = l->claims.count + 1;
    s->records++;
    return index;
}

/* ---- for the answer ---- */

/* Names of the parties: as they are written, and in small letters. */
typedef struct party_names {
    size_t count;
    const char **names, **small;
} party_names;

static const char *in_small(dt__arena *arena, const char *name) {
    size_t length = strlen(name);
    char *small = DT__ARENA_ARRAY(arena, char, length + 1);

    for (size_t i = 0; small != NULL && i < length; i++) small[i] = folded(name[i]);
    return small;
}

static bool add_name(dt__ledger *l, party_names *p, const char *name) {
    p->names[p->count] = name;
    p->small[p->count] = in_small(&l->scratch, name);
    return p->small[p->count++] != NULL;
}

static dt_status name_parties(dt__ledger *l, party_names *p) {
    const dt_model *m = l->model;
    size_t room = m->party_count;
    bool all = true;

    for (size_t i = 0; i < m->party_count; i++) room += m->parties[i].alias_count + m->parties[i].name.count;
    *p = (party_names){.names = DT__ARENA_ARRAY(&l->scratch, const char *, room),
                       .small = DT__ARENA_ARRAY(&l->scratch, const char *, room)};
    if (p->names == NULL || p->small == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; all && i < m->party_count; i++) {
        const dt__party *party = &m->parties[i];
        for (size_t k = 0; all && k < party->name.count; k++) all = add_name(l, p, party->name.texts[k]);
        for (size_t k = 0; all && k < party->alias_count; k++) all = add_name(l, p, party->aliases[k]);
        all = all && add_name(l, p, party->id);
    }
    return all ? DT_OK : DT_ERR_MEMORY;
}

static const char *nearest_to(const party_names *p, const char *name) {
    char small[NAME_ROOM];
    size_t length = strlen(name);
    const char *nearest;

    if (length >= sizeof small) return NULL;
    for (size_t i = 0; i <= length; i++) small[i] = folded(name[i]);
    nearest = dt__nearest_spelling(small, p->small, p->count);
    for (size_t i = 0; nearest != NULL && i < p->count; i++)
        if (p->small[i] == nearest) return p->names[i];
    return NULL;
}

static int by_records(const void *a, const void *b) {
    const dt_stranger *x = a, *y = b;

    if (x->records != y->records) return x->records > y->records ? -1 : 1;
    return strcmp(x->name, y->name);
}

dt_status dt__tell_strangers(dt__ledger *l, dt_monitor_answer *answer) {
    size_t count = l->strangers.count;
    dt_stranger *list = DT__BUILDER_ARRAY(l->b, dt_stranger, count);
    party_names parties;

    if (list == NULL || name_parties(l, &parties) != DT_OK) return DT_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) {
        const dt__stranger *s = DT__AT(l->strangers, dt__stranger, i);
        list[i] = (dt_stranger){.name = s->name, .records = s->records};
    }
    if (count > 0) qsort(list, count, sizeof *list, by_records);
    for (size_t i = 0; i < count && i < COMPARED; i++) list[i].nearest = nearest_to(&parties, list[i].name);
    answer->strangers = list;
    answer->stranger_count = count;
    return DT_OK;
}
