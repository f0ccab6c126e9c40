/* One occurrence under one reading, in three-valued logic (Kleene): a factor that fails puts it out of scope, one that
 * is not known makes it indeterminate, whatever else holds. */
#include <math.h>

#include "monitor/ledger.h"

/* What is known so far of a conjunction. */
typedef struct conjunction {
    dt__truth truth;
    unsigned doubts;
    double share; /* of the factors that have one */
    bool unshared;
} conjunction;

static void and_unknown(conjunction *c, dt__truth truth, dt_doubt doubt) {
    if (truth < c->truth) c->truth = truth;
    if (truth != DT__UNKNOWN) return;
    c->doubts |= doubt;
    c->unshared = true;
}

static void and_share(conjunction *c, dt__truth truth, double share, dt_doubt doubt) {
    if (truth < c->truth) c->truth = truth;
    if (truth != DT__UNKNOWN) return;
    c->doubts |= doubt;
    c->share *= share;
}

/* ---- who, what ---- */

static dt__truth is_bound(const dt__obligation *o, const dt__occurrence *x) {
    if (x->outsider) return DT__NO;
    if (x->actor != DT__NOBODY) return (o->terms->bound >> x->actor & 1) != 0 ? DT__YES : DT__NO;
    return x->involved != 0 && (x->involved & o->terms->bound) == 0 ? DT__NO : DT__UNKNOWN;
}

static dt__truth forbidden(const dt__obligation *o, const dt__occurrence *x) {
    if (x->act == DT__NOBODY) return x->compliance ? DT__YES : DT__UNKNOWN; /* "nothing happened" is about any act */
    return (dt__truth)o->act[x->act];
}

static dt__truth protected_target(const dt__obligation *o, const dt__occurrence *x) {
    if (o->terms->target_count == 0) return DT__YES;
    return x->asset == DT__NOBODY ? DT__UNKNOWN : (dt__truth)o->target[x->asset];
}

static dt__truth is_exempt(const dt__obligation *o, const dt__occurrence *x) {
    if (o->terms->exemption_count == 0) return DT__NO;
    return x->act == DT__NOBODY ? DT__UNKNOWN : (dt__truth)o->exempt[x->act];
}

/* ---- where, when ---- */

static void and_place(conjunction *c, const dt__ledger *l, const dt__obligation *o, const dt__occurrence *x) {
    dt__placement p;

    if (o->anywhere || c->truth == DT__NO) return;
    if (!x->has_place) {
        and_unknown(c, DT__UNKNOWN, DT_DOUBT_PLACE);
        return;
    }
    p = dt__place_within(l, o, x);
    if (isnan(p.share)) and_unknown(c, p.inside, DT_DOUBT_PLACE);
    else and_share(c, p.inside, p.share, DT_DOUBT_PLACE);
}

/* Uniform over the time that is known. */
static void and_time(conjunction *c, const dt__in_force *in_force, const dt__interval *when) {
    double share;
    dt__truth truth = dt__time_within(in_force, when, &share);

    if (isnan(share)) and_unknown(c, truth, DT_DOUBT_TIME);
    else and_share(c, truth, share, DT_DOUBT_TIME);
}

/* ---- all of it ---- */

static conjunction apart_from_time(const dt__ledger *l, const dt__obligation *o, const dt__occurrence *x) {
    conjunction c = {.truth = DT__YES, .share = 1};

    and_unknown(&c, forbidden(o, x), DT_DOUBT_ACT);
    if (c.truth == DT__NO) return c;
    and_unknown(&c, is_bound(o, x), DT_DOUBT_ACTOR);
    and_unknown(&c, protected_target(o, x), DT_DOUBT_TARGET);
    and_place(&c, l, o, x);
    return c;
}

dt__reach dt__reach_whenever(const dt__ledger *l, const dt__obligation *o, const dt__occurrence *x) {
    if (apart_from_time(l, o, x).truth == DT__NO) return is_exempt(o, x) == DT__NO ? DT__REACH_NOT : DT__REACH_EXEMPT;
    return is_exempt(o, x) == DT__YES ? DT__REACH_EXEMPT : DT__REACH_POSSIBLE;
}

dt__truth dt__breach_apart_from_time(const dt__ledger *l, const dt__obligation *o, const dt__occurrence *x) {
    dt__truth truth = apart_from_time(l, o, x).truth, exempt = is_exempt(o, x);

    if (truth == DT__NO || exempt == DT__YES) return DT__NO;
    return exempt == DT__UNKNOWN || x->contradicted || x->actor == DT__NOBODY ? DT__UNKNOWN : truth;
}

/* ---- who says so ---- */

static conjunction at_its_time(const dt__ledger *l, const dt__obligation *o, const dt__occurrence *x) {
    conjunction c = {.truth = DT__NO};

    if (!dt__may_concern(o, x)) return c;
    c = apart_from_time(l, o, x);
    if (c.truth != DT__NO) and_time(&c, &o->in_force, &x->when);
    return c;
}

/* Is it a breach by what this claim says alone? */
static bool is_breach_alone(const dt__ledger *l, const dt__obligation *o, uint32_t claim) {
    dt__occurrence own = dt__occurrence_of_claim(dt__claim_at(l, claim), claim);
    return at_its_time(l, o, &own).truth == DT__YES && is_exempt(o, &own) == DT__NO;
}

/* One who did it or saw it, or two families that could see it, each by what it says itself: who says neither what,
 * where nor by whom confirms none of that. */
static bool is_confirmed(const dt__ledger *l, const dt__obligation *o, const dt__occurrence *x) {
    uint32_t incident = dt__claim_at(l, x->claim)->occurrence, family = DT__NOBODY;

    if (!x->corroborated || x->claims == 1) return x->corroborated;
    for (uint32_t k = l->claim_starts[incident]; k < l->claim_starts[incident + 1]; k++) {
        const dt__claim_in *c = dt__claim_at(l, l->claims_of[k]);
        if (c->blind || !is_breach_alone(l, o, l->claims_of[k])) continue;
        if (dt__is_seen(l, c) || (family != DT__NOBODY && dt__family_of(l, c) != family)) return true;
        family = dt__family_of(l, c);
    }
    return false;
}

static dt_verdict level_of(const dt__ledger *l, const dt__obligation *o, const dt__occurrence *x) {
    if (x->compliance) return DT_VERDICT_WITHIN;
    if (x->contradicted) return DT_VERDICT_CONTRADICTED;
    return is_confirmed(l, o, x) ? DT_VERDICT_CORROBORATED : DT_VERDICT_ALLEGED;
}

/* ---- the whole ---- */

dt__judged dt__judge(const dt__ledger *l, const dt__obligation *o, const dt__occurrence *x) {
    conjunction c = at_its_time(l, o, x);
    dt__truth exempt;

    if (c.truth == DT__NO) return (dt__judged){DT_VERDICT_OUT_OF_SCOPE, 0, 0};
    exempt = is_exempt(o, x);
    if (exempt == DT__YES) return (dt__judged){DT_VERDICT_EXEMPT, 0, 0};
    if (exempt == DT__UNKNOWN) and_unknown(&c, DT__UNKNOWN, DT_DOUBT_EXEMPTION);
    if (c.truth == DT__UNKNOWN) return (dt__judged){DT_VERDICT_INDETERMINATE, c.doubts, c.unshared ? NAN : c.share};
    return (dt__judged){level_of(l, o, x), 0, x->compliance || x->contradicted ? 0 : 1};
}
