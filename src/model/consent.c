#include "model/model.h"

static uint32_t size_of(dt__party_set set) {
    return (uint32_t)__builtin_popcountll(set);
}

/* Quotas have few digits: a sum that left 128 bits is refused when the model is read. */
static bool reaches_quota(const dt__consent *c, dt__party_set accepting) {
    dt__rational sum = DT__RATIONAL(0);

    for (uint32_t p = 0; p < DT__MAX_PARTIES; p++) {
        if (!((accepting & c->weighted_parties) >> p & 1)) continue;
        if (!dt__rational_add(&sum, sum, c->weights[p])) return false;
    }
    return dt__rational_compare(sum, c->quota) >= 0;
}

bool dt__consent_wins(const dt__consent *c, dt__party_set accepting) {
    dt__party_set needed = c->all_of | c->veto;

    if ((accepting & needed) != needed) return false;
    if (c->at_least > 0 && size_of(accepting & c->of) < c->at_least) return false;
    return !c->weighted || reaches_quota(c, accepting);
}

dt__party_set dt__consent_parties(const dt__consent *c) {
    dt__party_set parties = c->all_of | c->veto;

    if (c->at_least > 0) parties |= c->of;
    if (c->weighted) parties |= c->weighted_parties;
    return parties;
}
