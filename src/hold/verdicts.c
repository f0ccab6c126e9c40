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

/* Members of a block that are better than a rank: they stand first. */
static uint32_t count_better(const dt__hold_work *w, uint32_t party, const dt__blocks *blocks, uint32_t block,
                             dt__rank rank) {
    uint32_t low = blocks->start[block], high = blocks->start[block + 1];

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (dt__rank_of(&w->graph, NULL, party, blocks->members[middle]) > rank) low = middle + 1;
        else high = middle;
    }
    return low - blocks->start[block];
}

/* Moves from the members of one block to those of another, or among its own. */
static void count_between(dt_hold_party *out, const dt__hold_work *w, uint32_t party, uint32_t from, uint32_t to) {
    const dt__blocks *blocks = &w->graph.blocks[party];
    uint64_t leaving = blocks->start[from + 1] - blocks->start[from],
             entered = blocks->start[to + 1] - blocks->start[to];

    out->moves += leaving * (from == to ? entered - 1 : entered);
    for (uint32_t i = blocks->start[from]; i < blocks->start[from + 1]; i++) {
        dt__rank rank = dt__rank_of(&w->graph, NULL, party, blocks->members[i]);
        out->improvements += count_better(w, party, blocks, to, rank);
    }
}

/* The same as count_moves, without going through the moves one by one. */
static void count_by_blocks(dt_hold_party *out, const dt__hold_work *w, uint32_t party) {
    const dt__blocks *blocks = &w->graph.blocks[party];

    for (uint32_t b = 0; b < blocks->count; b++) {
        if (blocks->to_start == NULL) {
            count_between(out, w, party, b, b);
            continue;
        }
        for (uint32_t k = blocks->to_start[b]; k < blocks->to_start[b + 1]; k++)
            count_between(out, w, party, b, blocks->to[k]);
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
        if (w->graph.written_out || w->partial != 0) count_moves(p, w, w->who[i]);
        else count_by_blocks(p, w, w->who[i]);
        for (int c = 0; c < DT_CONCEPT_COUNT; c++)
            p->stable[c] = dt__hold_set(w, dt__stable_set(&w->stability, w->who[i], (dt__concept)c), w->opts->states);
    }
    w->answer->party_count = w->who_count;
    w->answer->parties = parties;
    return DT_OK;
}
