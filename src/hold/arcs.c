/* Every move, for drawings. */
#include "hold/work.h"

enum { MOST_ARCS = 1 << 20 };

static dt_hold_arc arc_of(const dt__hold_work *w, uint32_t party, dt__state s, dt__state t) {
    bool better = dt__hold_tempts(w, party, s, t), worse = dt__hold_tempts(w, party, t, s);
    dt_hold_arc arc = {.party = party, .from = s + 1, .to = t + 1, .known = !(better && worse)};

    arc.preference = better == worse ? DT_EQUAL : better ? DT_BETTER : DT_WORSE;
    return arc;
}

dt_status dt__answer_arcs(dt__hold_work *w) {
    const dt__board *b = &w->board;
    dt_hold_arc *arcs;
    size_t count = 0;

    if (!w->opts->arcs) return DT_OK;
    if (!w->has_board || b->arcs > MOST_ARCS) {
        w->incomplete[DT__LACK_ARCS] = true;
        return DT_OK;
    }
    if ((arcs = DT__BUILDER_ARRAY(&w->builder, dt_hold_arc, (size_t)b->arcs)) == NULL) return DT_ERR_MEMORY;
    for (dt__state s = 0; s < b->states; s++) {
        dt__hold_name(w, s);
        for (uint32_t p = 0; p < b->parties; p++) {
            for (size_t i = 0; i < dt__board_degree(b, p, s); i++) {
                dt__state t = dt__board_moves(b, p, s)[i];
                arcs[count++] = arc_of(w, p, s, t);
            }
        }
    }
    w->answer->arcs = arcs;
    w->answer->arc_count = count;
    return DT_OK;
}
