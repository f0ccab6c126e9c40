/* Legal sequences of a group of parties. */
#include <string.h>

#include "hold/board.h"

dt_status dt__tour_init(dt__tour *r, const dt__board *board, dt__arena *arena) {
    size_t m = board->states;

    *r = (dt__tour){.board = board};
    r->states = DT__ARENA_ARRAY(arena, uint32_t, m);
    r->movers = DT__ARENA_ARRAY(arena, uint64_t, m);
    r->expanded = DT__ARENA_ARRAY(arena, uint64_t, m);
    r->queue = DT__ARENA_ARRAY(arena, uint32_t, 2 * m);
    return r->states == NULL || r->movers == NULL || r->expanded == NULL || r->queue == NULL ? DT_ERR_MEMORY : DT_OK;
}

/* The queue of a walk: a state enters it once for its first last mover and once for its second; more change nothing,
 * because with two last movers everybody may go on. */
typedef struct walk {
    dt__tour *r;
    bool improving;
    size_t head, tail;
} walk;

static void enter(walk *w, uint32_t state, uint32_t mover) {
    uint64_t *movers = &w->r->movers[state], bit = UINT64_C(1) << mover;
    bool first = *movers == 0, second = !first && (*movers & (*movers - 1)) == 0 && (*movers & bit) == 0;

    *movers |= bit;
    if (first) w->r->states[w->r->count++] = state;
    if (first || second) w->r->queue[w->tail++] = state;
}

static void follow(walk *w, uint32_t party, uint32_t state) {
    const dt__board *b = w->r->board;
    const uint32_t *to = dt__board_moves(b, party, state);
    size_t degree = dt__board_degree(b, party, state);

    for (size_t i = 0; i < degree; i++) {
        if (!w->improving || dt__board_better(b, party, state, to[i])) enter(w, to[i], party);
    }
}

/* Whoever did not necessarily move last and was not followed yet. */
static void expand(walk *w, uint32_t state, uint64_t group) {
    uint64_t movers = w->r->movers[state], able = group & ~w->r->expanded[state];

    if ((movers & (movers - 1)) == 0) able &= ~movers;
    w->r->expanded[state] |= able;
    for (uint32_t p = 0; able != 0; p++, able >>= 1) {
        if (able & 1) follow(w, p, state);
    }
}

void dt__tour_from(dt__tour *r, uint64_t group, bool improving, uint32_t from) {
    walk w = {.r = r, .improving = improving};
    uint64_t left = group;

    for (size_t i = 0; i < r->count; i++) r->movers[r->states[i]] = r->expanded[r->states[i]] = 0;
    r->count = 0;
    for (uint32_t p = 0; left != 0; p++, left >>= 1) {
        if (left & 1) follow(&w, p, from);
    }
    while (w.head < w.tail) expand(&w, r->queue[w.head++], group);
}
