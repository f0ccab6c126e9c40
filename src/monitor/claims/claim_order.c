/* Claims in order of time, whatever the order in which files and rows came. */
#include <stdlib.h>
#include <string.h>

#include "monitor/ledger.h"

/* ---- files by their names ---- */

typedef struct named_list {
    const char *name;
    uint32_t index;
} named_list;

static int by_name(const void *a, const void *b) {
    return strcmp(((const named_list *)a)->name, ((const named_list *)b)->name);
}

static dt_status order_lists(dt__ledger *l) {
    size_t count = l->lists.count;
    named_list *sorted = DT__ARENA_ARRAY(&l->scratch, named_list, count);
    uint32_t *place = DT__ARENA_ARRAY(&l->scratch, uint32_t, count);

    if (sorted == NULL || place == NULL) return DT_ERR_MEMORY;
    for (uint32_t i = 0; i < count; i++) sorted[i] = (named_list){*DT__AT(l->lists, const char *, i), i};
    if (count > 1) qsort(sorted, count, sizeof *sorted, by_name);
    for (uint32_t i = 0; i < count; i++) {
        *DT__AT(l->lists, const char *, i) = sorted[i].name;
        place[sorted[i].index] = i;
    }
    for (size_t i = 0; i < l->claims.count; i++) dt__claim_at(l, i)->list = place[dt__claim_at(l, i)->list];
    return DT_OK;
}

/* ---- claims ---- */

/* What mostly tells two claims apart, so that a look at the claims is seldom needed. */
typedef struct sort_key {
    dt__interval when;
    uint64_t id; /* its first eight bytes, the first of them the highest */
    uint32_t index;
    const dt__claim_in *claim;
} sort_key;

static uint64_t beginning_of(const char *id) {
    uint64_t word = 0;

    for (size_t i = 0; i < sizeof word; i++) {
        word = word << 8 | (unsigned char)*id;
        id += *id != '\0';
    }
    return word;
}

static int compare_rest(const dt__claim_in *x, const dt__claim_in *y) {
    int order = strcmp(x->id, y->id);

    if (order != 0) return order;
    if (x->list != y->list) return x->list < y->list ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

/* By time, then by what tells two claims apart. */
static int by_time(const void *a, const void *b) {
    const sort_key *x = a, *y = b;
    int order;

    if (x->when.lo != y->when.lo) return x->when.lo < y->when.lo ? -1 : 1;
    if (x->when.hi != y->when.hi) return x->when.hi < y->when.hi ? -1 : 1;
    if (x->id != y->id) return x->id < y->id ? -1 : 1;
    if ((order = compare_rest(x->claim, y->claim)) != 0) return order;
    return (x->index > y->index) - (x->index < y->index);
}

static sort_key key_of(const dt__ledger *l, size_t index) {
    const dt__claim_in *c = dt__claim_at(l, index);
    return (sort_key){.when = c->when, .id = beginning_of(c->id), .index = (uint32_t)index, .claim = c};
}

/* Files mostly are in order of time already. */
static bool is_in_order(const dt__ledger *l) {
    for (size_t i = 1; i < l->claims.count; i++) {
        sort_key before = key_of(l, i - 1), key = key_of(l, i);
        if (by_time(&before, &key) > 0) return false;
    }
    return true;
}

/* Each claim goes to its place, around one cycle after the other; a key whose claim is there points to itself. */
static void move(dt__ledger *l, sort_key *keys) {
    for (size_t i = 0; i < l->claims.count; i++) {
        dt__claim_in kept = *dt__claim_at(l, i);
        size_t to = i;
        if (keys[i].index == i) continue;
        while (keys[to].index != i) {
            size_t from = keys[to].index;
            *dt__claim_at(l, to) = *dt__claim_at(l, from);
            keys[to].index = (uint32_t)to;
            to = from;
        }
        *dt__claim_at(l, to) = kept;
        keys[to].index = (uint32_t)to;
    }
}

dt_status dt__order_claims(dt__ledger *l) {
    size_t count = l->claims.count;
    dt_status st = order_lists(l);
    sort_key *keys;

    if (st != DT_OK || is_in_order(l)) return st;
    if ((keys = DT__ARRAY(l->env, sort_key, count)) == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) keys[i] = key_of(l, i);
    qsort(keys, count, sizeof *keys, by_time);
    move(l, keys);
    DT__FREE(l->env, keys, count);
    return DT_OK;
}
