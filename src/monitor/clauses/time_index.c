/* Which occurrences a reading can concern at all: most are over before it begins, or begin after it ends. */
#include "monitor/ledger.h"

static dt_status count_plain(dt__ledger *l) {
    size_t parties = l->model->party_count;

    l->plain_counts = DT__ARENA_ARRAY(&l->scratch, double, parties);
    if (l->plain_counts == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < l->occurrences.count; i++) {
        const dt__occurrence *x = dt__occurrence_at(l, i);
        if (!dt__is_plain(x) || x->outsider) continue;
        for (uint32_t p = 0; p < parties; p++)
            if (dt__may_be_of(x, p)) l->plain_counts[p] += x->count;
    }
    return DT_OK;
}

dt_status dt__time_index(dt__ledger *l) {
    size_t count = l->occurrences.count;
    dt__moment latest = DT__MOMENT_ALWAYS;

    l->latest = DT__ARENA_ARRAY(&l->scratch, dt__moment, count);
    l->act_of = DT__ARENA_ARRAY(&l->scratch, uint32_t, count);
    l->special_count = 0;
    for (size_t i = 0; i < count; i++) l->special_count += !dt__is_plain(dt__occurrence_at(l, i));
    l->special = DT__ARENA_ARRAY(&l->scratch, uint32_t, l->special_count);
    l->special_count = 0;
    if (l->latest == NULL || l->act_of == NULL || l->special == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) {
        dt__occurrence *x = dt__occurrence_at(l, i);
        if (x->when.hi > latest) latest = x->when.hi;
        l->latest[i] = latest;
        l->act_of[i] = x->act;
        x->spot = (uint32_t)i;
        if (!dt__is_plain(x)) l->special[l->special_count++] = (uint32_t)i;
    }
    return count_plain(l);
}

/* The first of those for which `latest` is beyond a moment. */
static size_t first_after(const dt__ledger *l, dt__moment moment) {
    size_t low = 0, high = l->occurrences.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (l->latest[middle] > moment) high = middle;
        else low = middle + 1;
    }
    return low;
}

static size_t first_from(const dt__ledger *l, dt__moment moment) {
    size_t low = 0, high = l->occurrences.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (dt__occurrence_at(l, middle)->when.lo >= moment) high = middle;
        else low = middle + 1;
    }
    return low;
}

void dt__concerned_range(const dt__ledger *l, const dt__obligation *o, size_t *first, size_t *end) {
    *first = first_after(l, o->possible.lo);
    *end = first_from(l, o->possible.hi);
    if (*end < *first) *end = *first;
}
