/* Names that came before, and what they were found to be: looked up by hash, so that a file of a million different
 * sources is read as fast as one of two. */
#include <string.h>

#include "monitor/ledger.h"
#include "records/seen.h"

struct dt__known_name {
    const char *text; /* NULL: an empty place */
    uint64_t hash;
    uint32_t index;
};

enum { FIRST_ROOM = 256 };

/* Names of parties and strangers are the same in either case. */
static bool folds(dt__name_kind kind) {
    return kind == DT__NAME_PARTY || kind == DT__NAME_STRANGER;
}

static char folded(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static uint64_t hash_of(dt__name_kind kind, const char *name, size_t length) {
    uint64_t hash = kind;
    char piece[64];

    if (!folds(kind)) return dt__hash_quickly(hash, name, length);
    for (size_t at = 0; at < length; at += sizeof piece) {
        size_t n = length - at < sizeof piece ? length - at : sizeof piece;
        for (size_t i = 0; i < n; i++) piece[i] = folded(name[at + i]);
        hash = dt__hash_quickly(hash, piece, n);
    }
    return hash;
}

static bool is_name(dt__name_kind kind, const char *text, const char *name, size_t length) {
    if (!folds(kind)) return strncmp(text, name, length) == 0 && text[length] == '\0';
    for (size_t i = 0; i < length; i++)
        if (text[i] == '\0' || folded(text[i]) != folded(name[i])) return false;
    return text[length] == '\0';
}

static struct dt__known_name *place_of(const dt__known_names *n, dt__name_kind kind, const char *name, size_t length,
                                       uint64_t hash) {
    size_t at = (size_t)hash & (n->room - 1);

    while (n->places[at].text != NULL &&
           (n->places[at].hash != hash || !is_name(kind, n->places[at].text, name, length)))
        at = (at + 1) & (n->room - 1);
    return &n->places[at];
}

bool dt__name_find(const dt__known_names *n, dt__name_kind kind, const char *name, size_t length, uint32_t *index) {
    const struct dt__known_name *place;

    if (n->room == 0) return false;
    place = place_of(n, kind, name, length, hash_of(kind, name, length));
    if (place->text == NULL) return false;
    *index = place->index;
    return true;
}

static dt_status grow(dt__known_names *n, dt_env *env) {
    dt__known_names more = {.room = n->room == 0 ? FIRST_ROOM : n->room * 2, .count = n->count};

    if ((more.places = DT__ARRAY(env, struct dt__known_name, more.room)) == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < n->room; i++) {
        size_t at = (size_t)n->places[i].hash & (more.room - 1);
        if (n->places[i].text == NULL) continue;
        while (more.places[at].text != NULL) at = (at + 1) & (more.room - 1);
        more.places[at] = n->places[i];
    }
    dt__names_clear(n, env);
    *n = more;
    return DT_OK;
}

dt_status dt__name_add(dt__known_names *n, dt__name_kind kind, const char *text, uint32_t index, dt_env *env) {
    uint64_t hash = hash_of(kind, text, strlen(text));
    struct dt__known_name *place;

    if (n->count * 2 >= n->room && grow(n, env) != DT_OK) return DT_ERR_MEMORY;
    place = place_of(n, kind, text, strlen(text), hash);
    n->count += place->text == NULL;
    *place = (struct dt__known_name){.text = text, .hash = hash, .index = index};
    return DT_OK;
}

void dt__names_clear(dt__known_names *n, dt_env *env) {
    if (n->places != NULL) DT__FREE(env, n->places, n->room);
    *n = (dt__known_names){0};
}
