/* Who told of what, and where a claim has no counterpart in a source that otherwise reports such acts. */
#include <stdlib.h>
#include <string.h>

#include "monitor/ledger.h"

enum { BEFORE = 28 }; /* days in at least half of which a source has to have told of such acts */

/* ---- the days of a source ---- */

typedef struct told_day {
    int64_t day;
    uint32_t source, actor, act;
} told_day;

static int by_source(const void *a, const void *b) {
    const told_day *x = a, *y = b;

    if (x->source != y->source) return x->source < y->source ? -1 : 1;
    if (x->actor != y->actor) return x->actor < y->actor ? -1 : 1;
    if (x->act != y->act) return x->act < y->act ? -1 : 1;
    return (x->day > y->day) - (x->day < y->day);
}

/* One entry for each source, actor, act and day that it tells of. */
static size_t told_days(const dt__ledger *l, told_day *list) {
    size_t count = 0, kept = 0;

    for (size_t i = 0; i < l->occurrences.count; i++) {
        const dt__occurrence *x = dt__occurrence_at(l, i);
        if (x->total || x->compliance || x->act == DT__NOBODY || x->actor == DT__NOBODY) continue;
        list[count++] = (told_day){dt__local_day(NULL, x->filed), x->source, x->actor, x->act};
    }
    if (count > 0) qsort(list, count, sizeof *list, by_source);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || by_source(&list[i], &list[kept - 1]) != 0) list[kept++] = list[i];
    return kept;
}

/* ---- one claim against one source ---- */

typedef struct told {
    unsigned before;
    bool that_day, later;
} told;

static told told_around(const told_day *list, size_t first, size_t end, int64_t day) {
    told t = {0};

    for (size_t i = first; i < end; i++) {
        if (list[i].day == day) t.that_day = true;
        else if (list[i].day > day) t.later = true;
        else if (list[i].day >= day - BEFORE) t.before++;
    }
    return t;
}

static bool tells_of(const dt__ledger *l, const told_day *entry, const dt__occurrence *x) {
    return entry->actor == x->actor && entry->source != x->source && dt__acts_agree(l, entry->act, x->act);
}

static dt_status compare(dt__ledger *l, const dt__zone *zone, const told_day *list, size_t count,
                         const dt__occurrence *x) {
    int64_t day = dt__local_day(zone, x->when.lo);

    for (size_t first = 0, end; first < count; first = end) {
        dt_coverage_gap gap;
        told t;
        for (end = first; end < count && list[end].source == list[first].source &&
                          list[end].actor == list[first].actor && list[end].act == list[first].act;)
            end++;
        if (!tells_of(l, &list[first], x)) continue;
        t = told_around(list, first, end, day);
        if (t.that_day || !t.later || t.before < BEFORE / 2) continue;
        gap = (dt_coverage_gap){.source = list[first].source,
                                .claim = dt__claim_at(l, x->claim)->id,
                                .act = *DT__AT(l->acts, const char *, x->act),
                                .day = day * DT__DAY};
        if (dt__vector_push(&l->gaps, &gap, l->env) != DT_OK) return DT_ERR_MEMORY;
    }
    return DT_OK;
}

/* Only claims made at a time that some reading covers, and on a day that is known. */
static bool is_asked(const dt__ledger *l, const dt__occurrence *x, const dt__zone **zone) {
    if (x->act == DT__NOBODY || x->actor == DT__NOBODY || x->compliance || x->count <= 0) return false;
    if (strcmp(*DT__AT(l->acts, const char *, x->act), "any") == 0) return false;
    for (size_t i = 0; i < l->obligation_count; i++) {
        const dt__obligation *o = &l->obligations[i];
        *zone = o->zone;
        if (x->when.lo < o->when.hi && x->when.hi > o->when.lo && o->act[x->act] != DT__NO)
            return dt__local_day(o->zone, x->when.lo) == dt__local_day(o->zone, x->when.hi - 1);
    }
    return false;
}

static dt_status compare_totals(dt__ledger *l, told_day *list) {
    const dt__zone *zone = NULL;
    dt_status st = DT_OK;
    bool listed = false;
    size_t count = 0;

    for (size_t k = 0; st == DT_OK && k < l->special_count; k++) {
        const dt__occurrence *x = dt__occurrence_at(l, l->special[k]);
        if (!x->total || !is_asked(l, x, &zone)) continue;
        if (!listed) count = told_days(l, list);
        listed = true;
        st = compare(l, zone, list, count, x);
    }
    return st;
}

dt_status dt__find_gaps(dt__ledger *l) {
    told_day *list;
    dt_status st;

    if (l->special_count == 0) return DT_OK; /* none is a total */
    if ((list = DT__ARRAY(l->env, told_day, l->occurrences.count)) == NULL) return DT_ERR_MEMORY;
    st = compare_totals(l, list);
    DT__FREE(l->env, list, l->occurrences.count);
    return st;
}

dt_status dt__describe_sources(dt__ledger *l, dt_monitor_answer *answer) {
    size_t count = l->sources.count;
    dt_source_record *sources = DT__BUILDER_ARRAY(l->b, dt_source_record, count);

    if (sources == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) {
        const dt__told_source *s = DT__AT(l->sources, dt__told_source, i);
        sources[i] = (dt_source_record){.name = s->name,
                                        .family = s->family,
                                        .records = s->records,
                                        .first = s->first == INT64_MAX ? 0 : s->first * DT__DAY,
                                        .last = s->first == INT64_MAX ? 0 : s->last * DT__DAY,
                                        .days = s->days,
                                        .says_targets = s->says_targets,
                                        .says_places = s->says_places,
                                        .says_actors = s->says_actors,
                                        .has_coverage = dt__has_coverage(l, (uint32_t)i)};
    }
    answer->source_count = count;
    answer->sources = sources;
    return DT_OK;
}
