#include "hold/cycles.h"

/* Depth first without recursion.  Place: state x (parties + 1) + last mover; the start has no last mover. */
typedef struct frame {
    uint32_t place, party, move; /* where in the moves of the place */
} frame;

typedef struct search {
    const dt__board *b;
    uint32_t *number, *low; /* number 0: not seen */
    bool *open;
    uint32_t *stack;
    frame *frames;
    size_t depth, held;
    uint32_t next;
    uint64_t groups;
} search;

static dt_status search_init(search *s, const dt__board *b, dt__arena *arena) {
    size_t places = (size_t)b->states * (b->parties + 1);

    *s = (search){.b = b, .next = 1};
    s->number = DT__ARENA_ARRAY(arena, uint32_t, places);
    s->low = DT__ARENA_ARRAY(arena, uint32_t, places);
    s->open = DT__ARENA_ARRAY(arena, bool, places);
    s->stack = DT__ARENA_ARRAY(arena, uint32_t, places);
    s->frames = DT__ARENA_ARRAY(arena, frame, places);
    return s->number == NULL || s->low == NULL || s->open == NULL || s->stack == NULL || s->frames == NULL
               ? DT_ERR_MEMORY
               : DT_OK;
}

static void enter(search *s, uint32_t place) {
    s->number[place] = s->low[place] = s->next++;
    s->open[place] = true;
    s->stack[s->held++] = place;
    s->frames[s->depth++] = (frame){.place = place};
}

static void lower(search *s, uint32_t place, uint32_t to) {
    if (s->low[place] > to) s->low[place] = to;
}

/* All of the group that a place closes. */
static void leave(search *s, uint32_t place) {
    size_t size = 0;
    uint32_t member;

    s->depth--;
    if (s->depth > 0) lower(s, s->frames[s->depth - 1].place, s->low[place]);
    if (s->low[place] != s->number[place]) return;
    do {
        member = s->stack[--s->held];
        s->open[member] = false;
        size++;
    } while (member != place);
    s->groups += size > 1;
}

/* The next legal improvement out of a frame; false when there is none. */
static bool next_improvement(const search *s, frame *f, uint32_t *to) {
    const dt__board *b = s->b;
    uint32_t state = f->place / (b->parties + 1), last = f->place % (b->parties + 1);

    for (; f->party < b->parties; f->party++, f->move = 0) {
        const uint32_t *moves = dt__board_moves(b, f->party, state);
        size_t degree = f->party == last ? 0 : dt__board_degree(b, f->party, state);
        while (f->move < degree) {
            uint32_t t = moves[f->move++];
            if (!dt__board_better(b, f->party, state, t)) continue;
            *to = t * (b->parties + 1) + f->party;
            return true;
        }
    }
    return false;
}

dt_status dt__count_cycles(uint64_t *count, const dt__board *board, uint32_t from, dt__arena *arena) {
    search s;
    dt_status st = search_init(&s, board, arena);

    if (st != DT_OK) return st;
    enter(&s, from * (board->parties + 1) + board->parties);
    while (s.depth > 0) {
        frame *f = &s.frames[s.depth - 1];
        uint32_t to;
        if (!next_improvement(&s, f, &to)) leave(&s, f->place);
        else if (s.number[to] == 0) enter(&s, to);
        else if (s.open[to]) lower(&s, f->place, s.number[to]);
    }
    *count = s.groups;
    return DT_OK;
}
