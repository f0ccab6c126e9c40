/* Claims of the same occurrence become one incident: acts that can be the same, times that overlap, places within joint
 * radii, no two actors or targets that differ, and families of sources that are independent. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "monitor/ledger.h"

enum { LONGEST = 36 * 3600 }; /* seconds: what is known less exactly is not matched with anything */

/* ---- what may be the same ---- */

static bool counts(const dt__claim_in *c) {
    return c->counted != DT__COUNT_SUBSET && (isnan(c->low) || c->low > 0 || c->kind == DT__RECORD_COMPLIANCE);
}

static bool is_single(const dt__claim_in *c) {
    return !c->retracted && !c->total && counts(c) &&
           (c->kind == DT__RECORD_ALLEGATION || c->kind == DT__RECORD_OBSERVATION);
}

static bool acts_agree(const dt__ledger *l, uint32_t a, uint32_t b) {
    const char *x, *y;

    if (a == DT__NOBODY || b == DT__NOBODY) return false;
    if (a == b) return true;
    x = *DT__AT(l->acts, const char *, a);
    y = *DT__AT(l->acts, const char *, b);
    return dt__act_among(x, &y, 1) != DT__NO || dt__act_among(y, &x, 1) != DT__NO;
}

static uint32_t family_of(const dt__ledger *l, const dt__claim_in *c) {
    return DT__AT(l->sources, dt__told_source, c->source)->family_index;
}

/* Sets of coded events list an occurrence once; only lists of claims tell of one several times. */
static bool is_same(const dt__ledger *l, const dt__claim_in *a, const dt__claim_in *b) {
    if (b->when.hi - b->when.lo > LONGEST || b->when.lo >= a->when.hi) return false;
    if (family_of(l, a) == family_of(l, b) || (a->coded && a->list == b->list)) return false;
    if (a->actor != b->actor && a->actor != DT__NOBODY && b->actor != DT__NOBODY) return false;
    if (a->outsider != b->outsider && a->actor != DT__NOBODY && b->actor != DT__NOBODY) return false;
    if (a->asset != b->asset && a->asset != DT__NOBODY && b->asset != DT__NOBODY) return false;
    if (!a->has_place || !b->has_place || !acts_agree(l, a->act, b->act)) return false;
    return dt__distance(a->at, b->at) <= a->radius + b->radius;
}

/* ---- groups: each claim points at an earlier one of its group ---- */

static uint32_t head_of(uint32_t *group, uint32_t i) {
    while (group[i] != i) i = group[i] = group[group[i]];
    return i;
}

static dt_status group_claims(const dt__ledger *l, uint32_t *group) {
    size_t count = l->claims.count;

    for (size_t i = 0; i < count; i++) group[i] = (uint32_t)i;
    for (size_t i = 0; i < count; i++) {
        const dt__claim_in *a = dt__claim_at(l, i);
        dt_status st = (i & 1023) == 0 ? dt__poll(l->env) : DT_OK;
        if (st != DT_OK) return st;
        if (!is_single(a) || !a->has_place || a->when.lo == DT__MOMENT_ALWAYS || a->when.hi - a->when.lo > LONGEST)
            continue;
        for (size_t k = i + 1; k < count && dt__claim_at(l, k)->when.lo < a->when.hi; k++) {
            if (!is_single(dt__claim_at(l, k)) || !is_same(l, a, dt__claim_at(l, k))) continue;
            uint32_t x = head_of(group, (uint32_t)i), y = head_of(group, (uint32_t)k);
            group[x > y ? x : y] = x > y ? y : x;
        }
    }
    return DT_OK;
}

/* ---- one incident ---- */

static double count_of(const dt__claim_in *c) {
    if (!c->total || c->kind == DT__RECORD_COMPLIANCE) return 1;
    return c->low > c->less ? c->low - c->less : 0;
}

static double amount_of(const dt__claim_in *c) {
    if (c->unit == DT__UNIT_DEATH || c->unit == DT__UNIT_INCIDENT || isnan(c->low)) return count_of(c);
    return c->low;
}

/* Admitted, or seen by a third party that does not say itself that it was not watching. */
static bool is_seen(const dt__claim_in *c) {
    return c->attribution == DT__ATTRIBUTION_ADMITTED || (c->attribution == DT__ATTRIBUTION_OBSERVED && !c->blind);
}

dt__occurrence dt__occurrence_of_claim(const dt__claim_in *c, size_t index) {
    return (dt__occurrence){.when = c->when,
                            .at = c->at,
                            .radius = c->radius,
                            .count = count_of(c),
                            .rest = c->parts > 0 ? fmax(0, count_of(c) - c->parts) : count_of(c),
                            .amount = amount_of(c),
                            .filed = c->filed,
                            .involved = c->involved,
                            .claim = (uint32_t)index,
                            .actor = c->actor,
                            .act = c->act,
                            .asset = c->asset,
                            .source = c->source,
                            .part_of = DT__NOBODY,
                            .has_place = c->has_place,
                            .outsider = c->outsider,
                            .total = c->total,
                            .at_least = isinf(c->high),
                            .corroborated = is_seen(c),
                            .compliance = c->kind == DT__RECORD_COMPLIANCE,
                            .claims = 1,
                            .families = 1,
                            .seeing = !c->blind};
}

/* What another claim of the same occurrence adds: the better known of each. */
static void add_claim(const dt__ledger *l, dt__occurrence *x, const dt__claim_in *c, bool new_family) {
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
    if (c->act != x->act && c->act != DT__NOBODY) {
        const char *wide = *DT__AT(l->acts, const char *, x->act);
        if (dt__act_among(*DT__AT(l->acts, const char *, c->act), &wide, 1) == DT__YES) x->act = c->act;
    }
    x->amount = fmax(x->amount, amount_of(c));
    x->involved |= c->involved;
    x->claims++;
    if (new_family) x->families++;
    if (new_family && !c->blind) x->seeing++;
    if (is_seen(c) || x->seeing > 1) x->corroborated = true;
}

/* Has an earlier claim of the group this family? */
static bool family_is_new(const dt__ledger *l, uint32_t *group, size_t i) {
    uint32_t head = head_of(group, (uint32_t)i), family = family_of(l, dt__claim_at(l, i));

    for (size_t k = head; k < i; k++)
        if (head_of(group, (uint32_t)k) == head && family_of(l, dt__claim_at(l, k)) == family) return false;
    return true;
}

/* Has its source? */
static bool is_repeated(const dt__ledger *l, uint32_t *group, size_t i) {
    uint32_t head = head_of(group, (uint32_t)i), source = dt__claim_at(l, i)->source;

    for (size_t k = head; k < i; k++)
        if (head_of(group, (uint32_t)k) == head && dt__claim_at(l, k)->source == source) return true;
    return false;
}

static dt_status make_occurrences(dt__ledger *l, uint32_t *group, uint32_t *made) {
    for (size_t i = 0; i < l->claims.count; i++) {
        dt__claim_in *c = dt__claim_at(l, i);
        uint32_t head = head_of(group, (uint32_t)i);
        dt__occurrence fresh;

        made[i] = DT__NOBODY;
        if (c->retracted || !counts(c) || c->kind == DT__RECORD_DENIAL || c->kind == DT__RECORD_RETRACTION) continue;
        if (head != i) {
            bool new_family = family_is_new(l, group, i);
            c->occurrence = made[i] = made[head];
            c->again = !new_family;
            c->repeats = c->again && is_repeated(l, group, i);
            add_claim(l, dt__occurrence_at(l, made[head]), c, new_family);
            continue;
        }
        fresh = dt__occurrence_of_claim(c, i);
        c->occurrence = made[i] = (uint32_t)l->occurrences.count;
        if (dt__vector_push(&l->occurrences, &fresh, l->env) != DT_OK) return DT_ERR_MEMORY;
    }
    for (size_t i = 0; i < l->claims.count; i++)
        if (made[i] != DT__NOBODY && dt__claim_at(l, i)->part_of != DT__NOBODY)
            dt__occurrence_at(l, made[i])->part_of = made[dt__claim_at(l, i)->part_of];
    return DT_OK;
}

/* ---- denials ---- */

static bool denies(const dt__ledger *l, const dt__claim_in *c, const dt__occurrence *x) {
    uint32_t accused = c->actor != DT__NOBODY ? c->actor : c->claimant;

    if (x->compliance || c->when.lo >= x->when.hi || c->when.hi <= x->when.lo) return false;
    if (accused != DT__NOBODY && x->actor != accused) return false;
    if (c->act != DT__NOBODY && !acts_agree(l, c->act, x->act)) return false;
    if (c->asset != DT__NOBODY && x->asset != DT__NOBODY && c->asset != x->asset) return false;
    return !c->has_place || !x->has_place || dt__distance(c->at, x->at) <= c->radius + x->radius;
}

/* To say that nothing happened one has to have watched all of the time. */
static bool watched(const dt__ledger *l, const dt__claim_in *c, const dt__occurrence *x) {
    dt__interval when = {c->when.lo > x->when.lo ? c->when.lo : x->when.lo,
                         c->when.hi < x->when.hi ? c->when.hi : x->when.hi};
    const char *region = dt__claim_at(l, x->claim)->region;

    return dt__view_of(l, c->source, &when, x->has_place ? &x->at : NULL, x->radius, region).whole;
}

/* The party itself disputes; an observer without a side, who tells of just that act and was watching, contradicts. */
static void apply_denials(dt__ledger *l) {
    for (size_t i = 0; i < l->claims.count; i++) {
        const dt__claim_in *c = dt__claim_at(l, i);
        bool weighs =
            c->kind == DT__RECORD_DENIAL || (c->kind == DT__RECORD_COMPLIANCE && c->observer && c->act != DT__NOBODY);
        if (c->retracted || !weighs) continue;
        for (size_t k = 0; k < l->occurrences.count && dt__occurrence_at(l, k)->when.lo < c->when.hi; k++) {
            dt__occurrence *x = dt__occurrence_at(l, k);
            if (!denies(l, c, x)) continue;
            if (!c->observer) x->disputed = true;
            else if (c->act != DT__NOBODY && !x->corroborated && watched(l, c, x)) x->contradicted = true;
        }
    }
}

dt_status dt__find_incidents(dt__ledger *l) {
    uint32_t *group = DT__ARENA_ARRAY(&l->scratch, uint32_t, l->claims.count);
    uint32_t *made = DT__ARENA_ARRAY(&l->scratch, uint32_t, l->claims.count);
    dt_status st;

    if (group == NULL || made == NULL) return DT_ERR_MEMORY;
    if ((st = group_claims(l, group)) == DT_OK) st = make_occurrences(l, group, made);
    if (st == DT_OK) apply_denials(l);
    l->first_day = INT64_MAX;
    l->last_day = INT64_MIN;
    for (size_t k = 0; k < l->occurrences.count; k++) {
        const dt__occurrence *x = dt__occurrence_at(l, k);
        if (x->total || x->compliance || x->filed == DT__MOMENT_ALWAYS) continue;
        if (x->filed / DT__DAY < l->first_day) l->first_day = x->filed / DT__DAY;
        if (x->filed / DT__DAY > l->last_day) l->last_day = x->filed / DT__DAY;
    }
    if (l->last_day >= l->first_day) l->last_day = dt__last_watched_day(l, l->last_day);
    return st;
}
