/* How many incidents there were, from what two families of sources each tell of (capture and recapture). */
#include <math.h>
#include <string.h>

#include "monitor/ledger.h"
#include "statistics/capture.h"

/* Fewer that both tell of say little (Robson and Regier 1964). */
enum { BOTH_AT_LEAST = 7, LONGEST = 36 * 3600 };

/* Only what could have been matched with another claim: an act at a place, on a day. */
static bool can_be_matched(const dt__occurrence *x) {
    return !x->total && !x->compliance && x->has_place && x->act != DT__NOBODY && x->when.hi - x->when.lo <= LONGEST;
}

static const char *name_of(const dt__ledger *l, size_t family) {
    return DT__AT(l->sources, dt__told_source, family)->family;
}

/* The incidents of a party that are asked about, each with its claims. */
typedef struct asking {
    const dt__ledger *l;
    const dt_finding *findings;
    size_t count;
    uint32_t party;
} asking;

static bool is_asked(const asking *q, const dt_finding *f) {
    if (f->verdict == DT_VERDICT_WITHIN || f->verdict == DT_VERDICT_EXEMPT || f->party != q->party) return false;
    return can_be_matched(dt__occurrence_at(q->l, f->incident));
}

static bool is_told_by(const dt__ledger *l, uint32_t incident, uint32_t family) {
    for (uint32_t k = l->claim_starts[incident]; k < l->claim_starts[incident + 1]; k++)
        if (dt__family_of(l, dt__claim_at(l, l->claims_of[k])) == family) return true;
    return false;
}

static void count_told(const asking *q, double *told) {
    const dt__ledger *l = q->l;

    for (size_t i = 0; i < q->count; i++) {
        uint32_t incident = q->findings[i].incident;
        if (!is_asked(q, &q->findings[i])) continue;
        for (uint32_t k = l->claim_starts[incident]; k < l->claim_starts[incident + 1]; k++)
            if (dt__is_first_of_family(l, incident, k)) told[dt__family_of(l, dt__claim_at(l, l->claims_of[k]))] += 1;
    }
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

static double count_both(const asking *q, uint32_t first, uint32_t second) {
    double both = 0;

    for (size_t i = 0; i < q->count; i++) {
        const dt_finding *f = &q->findings[i];
        both += is_asked(q, f) && is_told_by(q->l, f->incident, first) && is_told_by(q->l, f->incident, second);
    }
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
    asking q = {l, findings, count, party->party};
    uint32_t first, second;

    if (count == 0 || l->family_count < 2) return DT_OK;
    if (l->told == NULL) l->told = DT__ARENA_ARRAY(&l->scratch, double, l->sources.count);
    if (l->told == NULL || dt__list_claims(l) != DT_OK) return DT_ERR_MEMORY;
    memset(l->told, 0, l->sources.count * sizeof *l->told);
    count_told(&q, l->told);
    first = most_telling(l, l->told, DT__NOBODY);
    second = first == DT__NOBODY ? DT__NOBODY : most_telling(l, l->told, first);
    if (second == DT__NOBODY) return DT_OK;
    party->under_reporting = (dt_under_reporting){.first = name_of(l, first),
                                                  .second = name_of(l, second),
                                                  .of_first = l->told[first],
                                                  .of_second = l->told[second],
                                                  .both = count_both(&q, first, second)};
    estimate(&party->under_reporting);
    return DT_OK;
}
