#include "hold/board.h"

#include <stdlib.h>

/* Moves of one party; *count past the limit when there are too many. */
static dt_status count_moves(uint64_t *count, const dt__graph *graph, uint32_t party, uint64_t limit) {
    dt__moves moves;

    *count = 0;
    for (dt__state s = 0; s < graph->state_count && *count <= limit; s++) {
        dt__moves_begin(&moves, graph, party, s);
        while (*count <= limit && dt__moves_next(&moves) != DT__NO_STATE) (*count)++;
        if (s % 1024 == 0 && dt__poll(graph->arena.env) != DT_OK) return DT_ERR_CANCELLED;
    }
    return DT_OK;
}

static int by_state(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void write_moves(uint32_t *first, uint32_t *to, const dt__graph *graph, uint32_t party) {
    dt__moves moves;
    dt__state t;
    uint32_t at = 0;

    for (dt__state s = 0; s < graph->state_count; s++) {
        first[s] = at;
        dt__moves_begin(&moves, graph, party, s);
        while ((t = dt__moves_next(&moves)) != DT__NO_STATE) to[at++] = t;
        if (at > first[s]) qsort(to + first[s], at - first[s], sizeof *to, by_state);
    }
    first[graph->state_count] = at;
}

static dt_status write_party(dt__board *b, const dt__graph *graph, uint32_t party, uint64_t count, dt__arena *arena) {
    b->first[party] = DT__ARENA_ARRAY(arena, uint32_t, (size_t)b->states + 1);
    b->to[party] = DT__ARENA_ARRAY(arena, uint32_t, (size_t)count);
    b->rank[party] = DT__ARENA_ARRAY(arena, dt__rank, b->states);
    if (b->first[party] == NULL || b->to[party] == NULL || b->rank[party] == NULL) return DT_ERR_MEMORY;
    write_moves(b->first[party], b->to[party], graph, party);
    for (uint32_t s = 0; s < b->states; s++) b->rank[party][s] = dt__rank_of(graph, NULL, party, s);
    return DT_OK;
}

dt_status dt__board_init(dt__board *b, bool *fits, const dt__graph *graph, dt__arena *arena) {
    uint64_t counts[DT__MAX_PARTIES];
    size_t parties = graph->party_count;
    dt_status st = DT_OK;

    *b = (dt__board){.states = (uint32_t)graph->state_count, .parties = (uint32_t)parties};
    *fits = graph->state_count <= DT__BOARD_STATES;
    for (uint32_t p = 0; p < parties && *fits && st == DT_OK; p++) {
        st = count_moves(&counts[p], graph, p, DT__BOARD_ARCS - b->arcs);
        b->arcs += counts[p];
        *fits = b->arcs <= DT__BOARD_ARCS;
    }
    if (st != DT_OK || !*fits) return st;
    b->first = DT__ARENA_ARRAY(arena, uint32_t *, parties);
    b->to = DT__ARENA_ARRAY(arena, uint32_t *, parties);
    b->rank = DT__ARENA_ARRAY(arena, dt__rank *, parties);
    if (b->first == NULL || b->to == NULL || b->rank == NULL) return DT_ERR_MEMORY;
    for (uint32_t p = 0; p < parties && st == DT_OK; p++) st = write_party(b, graph, p, counts[p], arena);
    return st;
}
