/* Claims of the same occurrence become one incident, of which everything is as well known as by the best of them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "monitor/ledger.h"

static bool counts(const dt__claim_in *c) {
    return c->counted != DT__COUNT_SUBSET &&
           (isnan(c->rest->low) || c->rest->low > 0 || c->kind == DT__RECORD_COMPLIANCE);
}

/* ---- one incident ---- */

static double count_of(const dt__claim_in *c) {
    if (!c->total || c->kind == DT__RECORD_COMPLIANCE) return 1;
    return fmax(0, c->rest->low - c->rest->less - c->rest->singles);
}

double dt__amount_of_claim(const dt__claim_in *c) {
    if (c->unit == DT__UNIT_DEATH || c->unit == DT__UNIT_INCIDENT || isnan(c->rest->low)) return count_of(c);
    return c->rest->low;
}

static bool is_side(const dt__ledger *l, uint32_t party) {
    for (size_t i = 0; party != DT__NOBODY && i < l->model->agreement_count; i++)
        if ((l->model->agreements[i].parties >> party & 1) != 0) return true;
    return false;
}

/* A side admits only what it did itself, and is no third party. */
bool dt__is_seen(const dt__ledger *l, const dt__claim_in *c) {
    if (c->attribution == DT__ATTRIBUTION_ADMITTED) return c->claimant == c->actor || !is_side(l, c->claimant);
    return c->attribution == DT__ATTRIBUTION_OBSERVED && !c->blind && !is_side(l, c->claimant);
}

dt__occurrence dt__occurrence_of_claim(const dt__claim_in *c, size_t index) {
    return (dt__occurrence){.when = c->when,
                            .at = c->at,
                            .radius = c->radius,
                            .count = count_of(c),
                            .rest = c->rest->parts > 0 ? fmax(0, count_of(c) - c->rest->parts) : count_of(c),
                            .filed = c->filed,
                            .involved = c->involved,
                            .claim = (uint32_t)index,
                            .actor = c->actor,
                            .act = c->act,
                            .asset = c->asset,
                            .source = c->source,
                            .part_of = DT__NOBODY,
                            .spot = DT__NOBODY,
                            .has_place = c->has_place,
                            .outsider = c->outsider,
                            .total = c->total,
                            .at_least = isinf(c->rest->high),
                            .compliance = c->kind == DT__RECORD_COMPLIANCE,
                            .claims = 1,
                            .families = 1};
}

/* What another claim of the same occurrence adds: the better known of each. */
static void add_claim(const dt__ledger *l, dt__occurrence *x, const dt__claim_in *c) {
    if (c->when.lo > x->when.lo && c->when.lo < x->when.hi) x->when.lo = c->when.lo;
    if (c->when.hi < x->when.hi && c->when.hi > x->when.lo) x->when.hi = c->when.hi;
    if (c->radius < x->radius) {
        x->at = c->at;
        x->radius = c->radius;
    }
    if (x->actor == DT__NOBODY && !x->outsider) {
        x->actor = c->actor;
        x->outsider = c->outsider;
    }
    if (x->asset == DT__NOBODY) x->asset = c->asset;
    if (dt__act_below(l, c->act, x->act)) x->act = c->act;
    x->involved |= c->involved;
    x->claims++;
    if (dt__is_seen(l, c)) x->corroborated = true;
}

static dt_status make_occurrences(dt__ledger *l, const uint32_t *head, uint32_t *made) {
    for (size_t i = 0; i < l->claims.count; i++) {
        const dt__claim_in *c = dt__claim_at(l, i);
        dt__occurrence fresh;

        made[i] = DT__NOBODY;
        if (c->retracted || !counts(c) || c->kind == DT__RECORD_DENIAL || c->kind == DT__RECORD_RETRACTION) continue;
        if (head[i] != i) {
            made[i] = made[head[i]];
            add_claim(l, dt__occurrence_at(l, made[i]), c);
            continue;
        }
        fresh = dt__occurrence_of_claim(c, i);
        fresh.corroborated = dt__is_seen(l, c);
        made[i] = (uint32_t)l->occurrences.count;
        if (dt__vector_push(&l->occurrences, &fresh, l->env) != DT_OK) return DT_ERR_MEMORY;
    }
    for (size_t i = 0; i < l->claims.count; i++)
        if (made[i] != DT__NOBODY && dt__claim_at(l, i)->rest->part_of != DT__NOBODY)
            dt__occurrence_at(l, made[i])->part_of = made[dt__claim_at(l, i)->rest->part_of];
    return DT_OK;
}

/* ---- order of time ---- */

static int by_time(const void *a, const void *b) {
    const dt__occurrence *x = a, *y = b;

    if (x->when.lo != y->when.lo) return x->when.lo < y->when.lo ? -1 : 1;
    if (x->when.hi != y->when.hi) return x->when.hi < y->when.hi ? -1 : 1;
    return (x->claim > y->claim) - (x->claim < y->claim);
}

/* Claims that were joined, and running totals, begin later than their first claim did. */
static void put_in_order(dt__ledger *l, uint32_t *made) {
    size_t count = l->occurrences.count;
    bool in_order = true;

    for (size_t i = 1; i < count && in_order; i++)
        in_order = by_time(dt__occurrence_at(l, i - 1), dt__occurrence_at(l, i)) <= 0;
    if (in_order) return;
    qsort(l->occurrences.items, count, sizeof(dt__occurrence), by_time);
    for (size_t i = 0; i < count; i++) made[dt__occurrence_at(l, i)->claim] = (uint32_t)i;
    for (size_t i = 0; i < count; i++) {
        dt__occurrence *x = dt__occurrence_at(l, i);
        if (x->part_of != DT__NOBODY) x->part_of = made[dt__claim_at(l, x->claim)->rest->part_of];
    }
}

static void tell_claims(dt__ledger *l, const uint32_t *head, const uint32_t *made) {
    for (size_t i = 0; i < l->claims.count; i++)
        dt__claim_at(l, i)->occurrence = made[i] == DT__NOBODY ? DT__NOBODY : made[head[i]];
}

/* ---- the claims of each incident, and how many families they are of ---- */

dt_status dt__list_claims(dt__ledger *l) {
    size_t incidents = l->occurrences.count, claims = l->claims.count;
    uint32_t *starts;

    if (l->claim_starts != NULL) return DT_OK;
    starts = DT__ARENA_ARRAY(&l->scratch, uint32_t, incidents + 2);
    l->claims_of = DT__ARENA_ARRAY(&l->scratch, uint32_t, claims);
    if (starts == NULL || l->claims_of == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < claims; i++)
        if (dt__claim_at(l, i)->occurrence != DT__NOBODY) starts[dt__claim_at(l, i)->occurrence + 2]++;
    for (size_t k = 2; k < incidents + 2; k++) starts[k] += starts[k - 1];
    for (size_t i = 0; i < claims; i++)
        if (dt__claim_at(l, i)->occurrence != DT__NOBODY)
            l->claims_of[starts[dt__claim_at(l, i)->occurrence + 1]++] = (uint32_t)i;
    l->claim_starts = starts;
    return DT_OK;
}

bool dt__is_first_of_family(const dt__ledger *l, uint32_t incident, uint32_t k) {
    uint32_t family = dt__family_of(l, dt__claim_at(l, l->claims_of[k]));

    for (uint32_t i = l->claim_starts[incident]; i < k; i++)
        if (dt__family_of(l, dt__claim_at(l, l->claims_of[i])) == family) return false;
    return true;
}

/* Is there one of its family, so far, whose source may have seen it? */
static bool is_first_seeing(const dt__ledger *l, uint32_t incident, uint32_t k) {
    const dt__claim_in *c = dt__claim_at(l, l->claims_of[k]);

    if (c->blind) return false;
    for (uint32_t i = l->claim_starts[incident]; i < k; i++) {
        const dt__claim_in *other = dt__claim_at(l, l->claims_of[i]);
        if (!other->blind && dt__family_of(l, other) == dt__family_of(l, c)) return false;
    }
    return true;
}

/* Outlets of one family tell of an occurrence, but only another family corroborates it. */
static dt_status count_families(dt__ledger *l) {
    for (uint32_t i = 0; i < l->occurrences.count; i++) {
        dt__occurrence *x = dt__occurrence_at(l, i);
        unsigned seeing = 0;
        if (x->claims == 1) continue;
        if (dt__list_claims(l) != DT_OK) return DT_ERR_MEMORY;
        x->families = 0;
        for (uint32_t k = l->claim_starts[i]; k < l->claim_starts[i + 1]; k++) {
            x->families += dt__is_first_of_family(l, i, k);
            seeing += is_first_seeing(l, i, k);
        }
        if (seeing > 1) x->corroborated = true;
    }
    return DT_OK;
}

/* ---- denials ---- */

static bool denies(const dt__ledger *l, const dt__claim_in *c, const dt__occurrence *x) {
    uint32_t accused = c->actor != DT__NOBODY ? c->actor : c->claimant;

    if (x->compliance || c->when.lo >= x->when.hi || c->when.hi <= x->when.lo) return false;
    if (accused != DT__NOBODY && x->actor != accused) return false;
    if (c->act != DT__NOBODY && !dt__acts_agree(l, c->act, x->act)) return false;
    if (c->asset != DT__NOBODY && x->asset != DT__NOBODY && c->asset != x->asset) return false;
    return !c->has_place || !x->has_place || dt__distance(c->at, x->at) <= c->radius + x->radius;
}

static bool covers(const dt__ledger *l, const dt__claim_in *c, const dt__occurrence *x) {
    return c->act == x->act || dt__act_below(l, x->act, c->act);
}

/* To say that nothing happened one has to have watched all of the time. */
static bool watched(const dt__ledger *l, const dt__claim_in *c, const dt__occurrence *x) {
    dt__interval when = {c->when.lo > x->when.lo ? c->when.lo : x->when.lo,
                         c->when.hi < x->when.hi ? c->when.hi : x->when.hi};
    const char *region = dt__claim_at(l, x->claim)->rest->region;

    return dt__view_of(l, c->source, &when, x->has_place ? &x->at : NULL, x->radius, region).whole;
}

/* The party itself disputes; an observer without a side, who denies that act or a wider one and
 * was watching, contradicts. */
static void apply_denials(dt__ledger *l) {
    for (size_t i = 0; i < l->claims.count; i++) {
        const dt__claim_in *c = dt__claim_at(l, i);
        bool weighs =
            c->kind == DT__RECORD_DENIAL || (c->kind == DT__RECORD_COMPLIANCE && c->observer && c->act != DT__NOBODY);
        if (c->retracted || !weighs) continue;
        for (size_t k = 0; k < l->occurrences.count && dt__occurrence_at(l, k)->when.lo < c->when.hi; k++) {
            dt__occurrence *x = dt__occurrence_at(l, k);
            if (!denies(l, c, x)) continue;
            if (!c->observer) x->disputed = x->disputed || (c->claimant != DT__NOBODY && c->claimant == x->actor);
            else if (c->act != DT__NOBODY && !x->corroborated && covers(l, c, x) && watched(l, c, x))
                x->contradicted = true;
        }
    }
}

static dt_status make_of_claims(dt__ledger *l) {
    dt__arena work;
    uint32_t *head, *made;
    dt_status st = DT_ERR_MEMORY;

    dt__arena_init(&work, l->env);
    head = DT__ARENA_ARRAY(&work, uint32_t, l->claims.count);
    made = DT__ARENA_ARRAY(&work, uint32_t, l->claims.count);
    if (head != NULL && made != NULL) st = dt__match_claims(l, head);
    if (st == DT_OK) st = make_occurrences(l, head, made);
    if (st == DT_OK) {
        put_in_order(l, made);
        tell_claims(l, head, made);
    }
    dt__arena_clear(&work);
    return st;
}

dt_status dt__find_incidents(dt__ledger *l) {
    dt_status st = make_of_claims(l);

    if (st != DT_OK) return st;
    if ((st = count_families(l)) != DT_OK) return st;
    apply_denials(l);
    l->first_day = INT64_MAX;
    l->last_day = l->last_filed = INT64_MIN;
    for (size_t k = 0; k < l->occurrences.count; k++) {
        const dt__occurrence *x = dt__occurrence_at(l, k);
        if (x->total || x->compliance || x->filed == DT__MOMENT_ALWAYS) continue;
        if (dt__local_day(NULL, x->filed) < l->first_day) l->first_day = dt__local_day(NULL, x->filed);
        if (dt__local_day(NULL, x->filed) > l->last_day) l->last_day = dt__local_day(NULL, x->filed);
        if (x->filed > l->last_filed) l->last_filed = x->filed;
    }
    if (l->last_day < l->first_day) return st;
    l->last_watched = dt__last_watched_day(l, l->last_day);
    if (l->last_watched > l->last_day) l->last_day = l->last_watched;
    else l->last_watched = INT64_MIN;
    return st;
}
