/* What is taken back, and what a source tells again under the same id: the latest counts.  Nothing here hangs on the
 * order in which files or rows came. */
#include <stdlib.h>
#include <string.h>

#include "monitor/ledger.h"
#include "records/seen.h"

/* ---- ids that may have been met twice ---- */

static uint64_t hash_of(const char *id) {
    return dt__hash_quickly(0, id, strlen(id));
}

/* Two bits for each of more places than there are ids: most are met once, and need no comparison. */
typedef struct met_ids {
    uint8_t *once, *twice;
    uint64_t mask;
} met_ids;

static dt_status begin_meeting(met_ids *m, size_t count, dt__arena *work) {
    size_t room = 1024;

    while (room < count * 16) room *= 2;
    *m = (met_ids){.once = DT__ARENA_ARRAY(work, uint8_t, room / 8),
                   .twice = DT__ARENA_ARRAY(work, uint8_t, room / 8),
                   .mask = room - 1};
    return m->once == NULL || m->twice == NULL ? DT_ERR_MEMORY : DT_OK;
}

static void meet(met_ids *m, uint64_t hash) {
    uint64_t at = hash & m->mask;
    uint8_t bit = (uint8_t)(1U << (at & 7));

    if ((m->once[at >> 3] & bit) != 0) m->twice[at >> 3] |= bit;
    m->once[at >> 3] |= bit;
}

static bool is_met_twice(const met_ids *m, uint64_t hash) {
    uint64_t at = hash & m->mask;
    return (m->twice[at >> 3] >> (at & 7) & 1) != 0;
}

/* An id that a claim takes back is met by that, too. */
static void meet_all(met_ids *m, const dt__ledger *l) {
    for (size_t i = 0; i < l->claims.count; i++) {
        const dt__claim_in *c = dt__claim_at(l, i);
        if (c->rest->revises != NULL) meet(m, hash_of(c->rest->revises));
        if (c->kind != DT__RECORD_RETRACTION) meet(m, hash_of(c->id));
    }
}

/* ---- claims by their ids ---- */

/* In order of a hash of their ids: only claims of the same id have to stand together. */
typedef struct named {
    uint64_t hash;
    const dt__claim_in *claim;
    uint32_t index;
} named;

/* Which was filed later?  As the source says; else the later row of a file, the file whose name is later. */
static int by_filing(const dt__claim_in *a, const dt__claim_in *b) {
    if (a->published != b->published) return a->published < b->published ? -1 : 1;
    if (a->list != b->list) return a->list < b->list ? -1 : 1; /* in order of their names */
    return (a->line > b->line) - (a->line < b->line);
}

static int by_id(const void *a, const void *b) {
    const named *x = a, *y = b;
    int order;

    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    order = strcmp(x->claim->id, y->claim->id);

    if (order == 0) order = by_filing(x->claim, y->claim);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

/* The first of the claims with an id. */
static size_t first_named(const named *list, size_t count, const char *id) {
    size_t low = 0, high = count;
    uint64_t hash = hash_of(id);

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const named *x = &list[middle];
        if (x->hash < hash || (x->hash == hash && strcmp(x->claim->id, id) < 0)) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* ---- taken back, or replaced by another id ---- */

/* Nobody takes back what others say.  Of two that revise one another the one filed later stays. */
static bool may_take_back(const dt__ledger *l, const dt__claim_in *by, const dt__claim_in *old) {
    const char *revised = old->rest->revises;

    if (by->source != old->source && dt__family_of(l, by) != dt__family_of(l, old)) return false;
    return revised == NULL || strcmp(revised, by->id) != 0 || by_filing(old, by) < 0;
}

static void take_back(dt__ledger *l, const named *list, size_t count, const dt__claim_in *by) {
    const char *id = by->rest->revises;
    bool any = false;

    for (size_t k = first_named(list, count, id); k < count && strcmp(list[k].claim->id, id) == 0; k++) {
        dt__claim_in *old = dt__claim_at(l, list[k].index);
        if (!may_take_back(l, by, old)) continue;
        any = true;
        if (old->retracted) continue;
        old->retracted = true;
        l->retracted++;
    }
    l->unmatched += !any;
}

/* ---- the same id again ---- */

static int by_source(const void *a, const void *b) {
    const named *x = a, *y = b;

    if (x->claim->stable != y->claim->stable) return x->claim->stable ? -1 : 1;
    if (x->claim->source != y->claim->source) return x->claim->source < y->claim->source ? -1 : 1;
    return by_id(a, b);
}

static int by_list(const void *a, const void *b) {
    const named *x = a, *y = b;

    if (x->claim->stable != y->claim->stable) return x->claim->stable ? -1 : 1;
    if (x->claim->list != y->claim->list) return x->claim->list < y->claim->list ? -1 : 1;
    return by_id(a, b);
}

static bool differ(double a, double b) {
    return a < b || a > b;
}

static bool tell_the_same(const dt__claim_in *a, const dt__claim_in *b) {
    return a->kind == b->kind && a->when.lo == b->when.lo && a->when.hi == b->when.hi && a->act == b->act &&
           a->asset == b->asset && a->actor == b->actor && a->involved == b->involved && a->has_place == b->has_place &&
           !differ(a->at.lon, b->at.lon) && !differ(a->at.lat, b->at.lat) && !differ(a->rest->low, b->rest->low) &&
           !differ(a->rest->high, b->rest->high);
}

/* Of each run of the same source, or of the same file, all but the last filed. */
static void keep_latest(dt__ledger *l, const named *group, size_t count, bool of_source) {
    for (size_t i = 0; i + 1 < count; i++) {
        dt__claim_in *old = dt__claim_at(l, group[i].index);
        const dt__claim_in *next = group[i + 1].claim;
        bool same = of_source ? old->source == next->source : old->list == next->list;
        if (!old->stable || !next->stable || !same || old->retracted) continue;
        old->retracted = true;
        if (tell_the_same(old, next)) l->repeated++;
        else l->retracted++;
    }
}

static void settle_ids(dt__ledger *l, named *list, size_t count) {
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && strcmp(list[end].claim->id, list[first].claim->id) == 0;) end++;
        if (end - first < 2) continue;
        qsort(list + first, end - first, sizeof *list, by_source);
        keep_latest(l, list + first, end - first, true);
        qsort(list + first, end - first, sizeof *list, by_list);
        keep_latest(l, list + first, end - first, false);
        qsort(list + first, end - first, sizeof *list, by_id);
    }
}

/* All claims but retractions whose ids may be met twice; how many there are when `list` is NULL. */
static size_t list_met(const dt__ledger *l, const met_ids *m, named *list) {
    size_t count = 0;

    for (size_t i = 0; i < l->claims.count; i++) {
        const dt__claim_in *c = dt__claim_at(l, i);
        uint64_t hash = hash_of(c->id);
        if (c->kind == DT__RECORD_RETRACTION || !is_met_twice(m, hash)) continue;
        if (list != NULL) list[count] = (named){hash, c, (uint32_t)i};
        count++;
    }
    return count;
}

static dt_status mark_all(dt__ledger *l, dt__arena *work) {
    met_ids m;
    named *list;
    size_t count;

    if (begin_meeting(&m, l->claims.count, work) != DT_OK) return DT_ERR_MEMORY;
    meet_all(&m, l);
    count = list_met(l, &m, NULL);
    if ((list = DT__ARENA_ARRAY(work, named, count)) == NULL) return DT_ERR_MEMORY;
    (void)list_met(l, &m, list);
    if (count > 0) qsort(list, count, sizeof *list, by_id);
    settle_ids(l, list, count);
    for (size_t i = 0; i < l->claims.count; i++) {
        const dt__claim_in *c = dt__claim_at(l, i);
        if (c->rest->revises != NULL && strcmp(c->rest->revises, c->id) != 0) take_back(l, list, count, c);
    }
    return DT_OK;
}

dt_status dt__mark_retracted(dt__ledger *l) {
    dt__arena work;
    dt_status st;

    dt__arena_init(&work, l->env);
    st = mark_all(l, &work);
    dt__arena_clear(&work);
    return st;
}
