/* How many incidents there were, from what two families of sources each tell of (capture and recapture). */
#include <math.h>
#include <string.h>

#include "monitor/ledger.h"
#include "statistics/capture.h"

/* Fewer that both tell of say little (Robson and Regier 1964). */
enum { BOTH_AT_LEAST = 7, LONGEST = 36 * 3600 };

enum { NOT_ASKED = 0, ASKED = 1, BY_FIRST = 2, BY_SECOND = 4 };

/* Only what could have been matched with another claim: an act at a place, on a day. */
static bool can_be_matched(const dt__occurrence *x) {
    return !x->total && !x->compliance && x->has_place && x->act != DT__NOBODY && x->when.hi - x->when.lo <= LONGEST;
}

static void mark_incidents(const dt__ledger *l, const dt_finding *findings, size_t count, uint32_t party,
                           uint8_t *marks) {
    for (size_t i = 0; i < count; i++) {
        const dt_finding *f = &findings[i];
        if (f->verdict == DT_VERDICT_WITHIN || f->verdict == DT_VERDICT_EXEMPT) continue;
        if (f->party == party && can_be_matched(dt__occurrence_at(l, f->incident))) marks[f->incident] = ASKED;
    }
}

static uint32_t family_of(const dt__ledger *l, const dt__claim_in *c) {
    return DT__AT(l->sources, dt__told_source, c->source)->family_index;
}

static const char *name_of(const dt__ledger *l, size_t family) {
    return DT__AT(l->sources, dt__told_source, family)->family;
}

static bool is_asked(const dt__claim_in *c, const uint8_t *marks) {
    return c->occurrence != DT__NOBODY && marks[c->occurrence] != NOT_ASKED;
}

/* The family that tells of most, ties by name; `but` is not asked. */
static uint32_t most_telling(const dt__ledger *l, const double *told, uint32_t but) {
    uint32_t best = DT__NOBODY;

    for (size_t f = 0; f < l->sources.count; f++) {
        if (!(told[f] > 0) || f == but) continue;
        if (best != DT__NOBODY && told[f] < told[best]) continue;
        if (best == DT__NOBODY || told[f] > told[best] || strcmp(name_of(l, f), name_of(l, best)) < 0)
            best = (uint32_t)f;
    }
    return best;
}

static double count_both(const dt__ledger *l, uint8_t *marks, uint32_t first, uint32_t second) {
    double both = 0;

    for (size_t i = 0; i < l->claims.count; i++) {
        const dt__claim_in *c = dt__claim_at(l, i);
        uint8_t *mark;
        if (!is_asked(c, marks)) continue;
        mark = &marks[c->occurrence];
        if (family_of(l, c) == first) *mark |= BY_FIRST;
        if (family_of(l, c) == second) *mark |= BY_SECOND;
    }
    for (size_t i = 0; i < l->occurrences.count; i++) both += (marks[i] & BY_FIRST) != 0 && (marks[i] & BY_SECOND) != 0;
    return both;
}

static void estimate(dt_under_reporting *u) {
    dt__captured c;

    u->least = fmax(u->of_first, u->of_second);
    u->most = u->of_first + u->of_second;
    if (u->both < BOTH_AT_LEAST) return;
    c = dt__capture(u->of_first, u->of_second, u->both);
    u->estimated = true;
    u->total = c.total;
    u->low = c.low;
    u->high = c.high;
}

dt_status dt__find_under_reporting(dt__ledger *l, const dt_finding *findings, size_t count, dt_party_record *party) {
    dt_under_reporting *u = &party->under_reporting;
    uint8_t *marks;
    double *told;
    uint32_t first, second;

    if (count == 0) return DT_OK;
    if (l->marks == NULL) l->marks = DT__ARENA_ARRAY(&l->scratch, uint8_t, l->occurrences.count);
    if (l->told == NULL) l->told = DT__ARENA_ARRAY(&l->scratch, double, l->sources.count);
    marks = l->marks;
    told = l->told;
    if (marks == NULL || told == NULL) return DT_ERR_MEMORY;
    memset(marks, 0, l->occurrences.count * sizeof *marks);
    memset(told, 0, l->sources.count * sizeof *told);
    mark_incidents(l, findings, count, party->party, marks);
    for (size_t i = 0; i < l->claims.count; i++)
        if (is_asked(dt__claim_at(l, i), marks)) told[family_of(l, dt__claim_at(l, i))] += 1;
    first = most_telling(l, told, DT__NOBODY);
    second = first == DT__NOBODY ? DT__NOBODY : most_telling(l, told, first);
    if (second == DT__NOBODY) return DT_OK;
    *u = (dt_under_reporting){.first = name_of(l, first),
                              .second = name_of(l, second),
                              .of_first = told[first],
                              .of_second = told[second],
                              .both = count_both(l, marks, first, second)};
    estimate(u);
    return DT_OK;
}
