#include "hold/orders.h"

/* Only which states are better than the one judged matters, and only states that bear on it: in a random ranking of
 * these r states and the judged one, a given set of b states is what lies above it with probability
 * 1 / ((r + 1) C(r, b)).  So the sets are gone through. */
enum { MOST_BEARING = 18 };

typedef struct bearing {
    dt__hold_work *w;
    uint32_t party;
    dt__state state;
    dt_concept concept;
    uint32_t *bit; /* per state: 1 + its bit; 0: it does not bear on the verdict */
    dt__state states[MOST_BEARING];
    uint32_t count;
    bool too_many;
    uint32_t escapes[MOST_BEARING]; /* per bit: where the party can go from there */
    uint32_t moves;                 /* where it can go from the state judged */
    size_t replies;
    uint32_t
        improvement[MOST_BEARING]; /* per move: its bit, what the others can make of it, and whether they lead back */
    uint32_t reach[MOST_BEARING];
    bool back[MOST_BEARING];
} bearing;

static uint32_t bit_of(bearing *b, dt__state s) {
    if (s == b->state) return 0;
    if (b->bit[s] == 0) {
        if (b->count == MOST_BEARING) {
            b->too_many = true;
            return 0;
        }
        b->states[b->count] = s;
        b->bit[s] = ++b->count;
    }
    return UINT32_C(1) << (b->bit[s] - 1);
}

static uint32_t moves_of(bearing *b, dt__state s) {
    const dt__board *board = &b->w->board;
    const uint32_t *to = dt__board_moves(board, b->party, s);
    size_t degree = dt__board_degree(board, b->party, s);
    uint32_t set = 0;

    for (size_t i = 0; i < degree && !b->too_many; i++) set |= bit_of(b, to[i]);
    return set;
}

static void note_reply(bearing *b, dt__state q) {
    dt__tour *tour = &b->w->tour;
    size_t k = b->replies++;

    b->improvement[k] = bit_of(b, q);
    b->reach[k] = 0;
    b->back[k] = false;
    if (b->concept == DT_CONCEPT_NASH) return;
    dt__tour_from(tour, dt__others(&b->w->board, b->party), dt__concept_improves(b->concept), q);
    for (size_t i = 0; i < tour->count && !b->too_many; i++) {
        b->reach[k] |= bit_of(b, tour->states[i]);
        b->back[k] |= tour->states[i] == b->state;
    }
}

static void note_all(bearing *b) {
    const dt__board *board = &b->w->board;
    size_t degree = dt__board_degree(board, b->party, b->state);
    uint32_t reached = 0;

    if (degree > MOST_BEARING) {
        b->too_many = true;
        return;
    }
    b->moves = moves_of(b, b->state);
    for (size_t i = 0; i < degree && !b->too_many; i++) note_reply(b, dt__board_moves(board, b->party, b->state)[i]);
    if (!dt__concept_escapes(b->concept)) return;
    for (size_t k = 0; k < b->replies; k++) reached |= b->reach[k];
    for (uint32_t x = 0; x < MOST_BEARING && !b->too_many; x++) {
        if ((reached >> x) & 1) b->escapes[x] = moves_of(b, b->states[x]);
    }
}

/* Stable when just these states are better? */
static bool is_stable(const bearing *b, uint32_t better) {
    uint32_t holding = ~better;

    if (b->concept == DT_CONCEPT_NASH) return (b->moves & better) == 0;
    for (uint32_t x = 0; dt__concept_escapes(b->concept) && x < b->count; x++) {
        if (b->escapes[x] & better) holding &= ~(UINT32_C(1) << x);
    }
    for (size_t k = 0; k < b->replies; k++) {
        bool back = b->back[k] && (!dt__concept_escapes(b->concept) || (b->moves & better) == 0);
        if ((b->improvement[k] & better) != 0 && (b->reach[k] & holding) == 0 && !back) return false;
    }
    return true;
}

static bool add_up(dt__rational *share, const uint64_t *counts, uint32_t r) {
    dt__int128 choose = 1;

    *share = DT__RATIONAL(0);
    for (uint32_t k = 0; k <= r; k++) {
        dt__rational part;
        if (!dt__rational_make(&part, counts[k], (dt__int128)(r + 1) * choose)) return false;
        if (!dt__rational_add(share, *share, part)) return false;
        choose = choose * (r - k) / (k + 1);
    }
    return true;
}

static bool count_orders(dt__rational *share, const bearing *b) {
    uint64_t counts[MOST_BEARING + 1] = {0};

    for (uint32_t better = 0; better < UINT32_C(1) << b->count; better++)
        counts[__builtin_popcount(better)] += is_stable(b, better);
    return add_up(share, counts, b->count);
}

dt_status dt__share_of_orders(dt__rational *share, bool *counted, dt__hold_work *w, uint32_t party, dt__state state,
                              dt_concept concept) {
    bearing b = {.w = w, .party = party, .state = state, .concept = concept};
    size_t degree = dt__board_degree(&w->board, party, state);

    if (concept == DT_CONCEPT_NASH || degree == 0) { /* the state above all that the party can move to */
        *counted = dt__rational_make(share, 1, (dt__int128)degree + 1);
        return DT_OK;
    }
    if ((b.bit = DT__ARENA_ARRAY(&w->arena, uint32_t, w->board.states)) == NULL) return DT_ERR_MEMORY;
    note_all(&b);
    *counted = !b.too_many && count_orders(share, &b);
    return DT_OK;
}
