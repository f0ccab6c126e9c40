/* Which states are stable for whom, and the equilibria. */
#include "hold/work.h"

static void count_moves(dt_hold_party *out, const dt__hold_work *w, uint32_t party) {
    dt__moves moves;
    dt__state t;

    for (dt__state s = 0; s < w->graph.state_count; s++) {
        dt__moves_begin(&moves, &w->graph, party, s);
        while ((t = dt__moves_next(&moves)) != DT__NO_STATE) {
            out->moves++;
            out->improvements += dt__hold_tempts(w, party, s, t);
        }
    }
}

dt_status dt__answer_verdicts(dt__hold_work *w) {
    dt_hold_party *parties = DT__BUILDER_ARRAY(&w->builder, dt_hold_party, w->who_count);

    if (parties == NULL) return DT_ERR_MEMORY;
    for (int c = 0; c < DT_CONCEPT_COUNT; c++) {
        uint64_t *set = dt__hold_equilibria(w, (dt_concept)c);
        if (set == NULL) return DT_ERR_MEMORY;
        w->answer->equilibria[c] = dt__hold_set(w, set, SIZE_MAX);
    }
    for (size_t i = 0; i < w->who_count; i++) {
        dt_hold_party *p = &parties[i];
        *p = (dt_hold_party){.party = w->who[i]};
        count_moves(p, w, w->who[i]);
        for (int c = 0; c < DT_CONCEPT_COUNT; c++)
            p->stable[c] =
                dt__hold_set(w, dt__stable_set(&w->stability, w->who[i], (dt__concept)c), w->opts->states);
    }
    w->answer->party_count = w->who_count;
    w->answer->parties = parties;
    return DT_OK;
}
