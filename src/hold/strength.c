/* Strong and weak stability: is the party deterred by something that it likes greatly less?  Hamouda, Kilgour and
 * Hipel 2004, 2006. */
#include "hold/relation.h"

static bool has_incentive(void *payload, uint32_t party, dt__state s, dt__state q) {
    return dt__relate(payload, party, s, q) == DT__REL_BETTER;
}

static bool is_strong_sanction(void *payload, uint32_t party, dt__state s, dt__state t) {
    return dt__greatly(payload, party, s, t);
}

/* Anything that is not greatly worse softens the sanction. */
static bool is_way_out(void *payload, uint32_t party, dt__state s, dt__state u) {
    return !dt__greatly(payload, party, s, u);
}

static void split(dt__hold_work *w, dt_hold_strength *out, const dt__stability *strong) {
    size_t words = w->stability.words;

    for (int c = DT_CONCEPT_GMR; c < DT_CONCEPT_COUNT; c++) {
        const uint64_t *yes = dt__equilibrium_set(strong, (dt__concept)c);
        uint64_t *all = dt__hold_equilibria(w, (dt_concept)c), *both = dt__hold_new_set(w);
        for (size_t i = 0; all != NULL && both != NULL && i < words; i++) {
            both[i] = all[i] & yes[i];
            all[i] &= ~yes[i];
        }
        if (all == NULL || both == NULL) return;
        out->strong[c] = dt__hold_set(w, both, w->opts->states);
        out->weak[c] = dt__hold_set(w, all, w->opts->states);
    }
}

dt_status dt__answer_strength(dt__hold_work *w) {
    dt__relations r;
    dt__judge judge = {.incentive = has_incentive,
                       .sanction = is_strong_sanction,
                       .escape = is_way_out,
                       .improves = has_incentive,
                       .payload = &r};
    dt__stability strong = {0};
    dt_hold_strength *out;
    dt_status st = dt__relations_init(&r, w);

    if (st != DT_OK || r.strong == 0) return st;
    if (!dt__is_definable(w)) {
        w->incomplete[DT__LACK_STRENGTH] = true;
        return DT_OK;
    }
    if ((out = DT__BUILDER_ARRAY(&w->builder, dt_hold_strength, 1)) == NULL) return DT_ERR_MEMORY;
    st = dt__definition_compute(&strong, &w->graph, &judge, w->env);
    if (st == DT_OK) split(w, out, &strong);
    dt__stability_clear(&strong, w->env);
    w->answer->strength = out;
    return st;
}
