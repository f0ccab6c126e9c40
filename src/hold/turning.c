#include "hold/turning.h"

/* ---- the verdict, by the definition ---- */

static bool is_without_escape(const dt__board *b, uint32_t party, uint32_t state, uint32_t at) {
    const uint32_t *to = dt__board_moves(b, party, at);
    size_t degree = dt__board_degree(b, party, at);

    for (size_t i = 0; i < degree; i++) {
        if (dt__board_better(b, party, state, to[i])) return false;
    }
    return true;
}

bool dt__is_answered(dt__tour *r, uint32_t party, uint32_t state, uint32_t improvement, dt_concept concept) {
    const dt__board *b = r->board;

    if (concept == DT_CONCEPT_NASH) return false;
    dt__tour_from(r, dt__others(b, party), dt__concept_improves(concept), improvement);
    for (size_t i = 0; i < r->count; i++) {
        uint32_t t = r->states[i];
        if (dt__board_better(b, party, state, t)) continue;
        if (!dt__concept_escapes(concept) || is_without_escape(b, party, state, t)) return true;
    }
    return false;
}

bool dt__stable_for(dt__tour *r, uint32_t party, uint32_t state, dt_concept concept) {
    const dt__board *b = r->board;
    const uint32_t *to = dt__board_moves(b, party, state);
    size_t degree = dt__board_degree(b, party, state);

    for (size_t i = 0; i < degree; i++) {
        if (dt__board_better(b, party, state, to[i]) && !dt__is_answered(r, party, state, to[i], concept)) return false;
    }
    return true;
}

bool dt__equilibrium_at(dt__tour *r, uint32_t state, dt_concept concept) {
    for (uint32_t p = 0; p < r->board->parties; p++) {
        if (!dt__stable_for(r, p, state, concept)) return false;
    }
    return true;
}

/* ---- the decisive states ---- */

/* The better of two states for a party. */
static uint32_t better_of(const dt__board *b, uint32_t party, uint32_t x, uint32_t y) {
    return b->rank[party][y] > b->rank[party][x] ? y : x;
}
static uint32_t worse_of(const dt__board *b, uint32_t party, uint32_t x, uint32_t y) {
    return b->rank[party][y] < b->rank[party][x] ? y : x;
}

/* The best that the party can have at `at`, by staying or by one more move; never `except` (UINT32_MAX: nothing is
 * left out), UINT32_MAX when nothing remains. */
static uint32_t best_from(const dt__board *b, uint32_t party, uint32_t at, uint32_t except) {
    const uint32_t *to = dt__board_moves(b, party, at);
    size_t degree = dt__board_degree(b, party, at);
    uint32_t best = at == except ? UINT32_MAX : at;

    for (size_t i = 0; i < degree; i++) {
        if (to[i] == except) continue;
        best = best == UINT32_MAX ? to[i] : better_of(b, party, best, to[i]);
    }
    return best;
}

/* What the others can hold the party down to after an improvement to q: the state that decides. */
static uint32_t held_down_to(dt__tour *r, uint32_t party, uint32_t q, dt_concept concept) {
    const dt__board *b = r->board;
    uint32_t worst = q;

    if (concept == DT_CONCEPT_NASH) return q;
    dt__tour_from(r, dt__others(b, party), dt__concept_improves(concept), q);
    for (size_t i = 0; i < r->count; i++) {
        uint32_t t = r->states[i];
        worst = worse_of(b, party, worst, dt__concept_escapes(concept) ? best_from(b, party, t, UINT32_MAX) : t);
    }
    return worst;
}

/* The same when the state judged may be moved below everything: then it does not sanction itself.  UINT32_MAX: the
 * others can lead back to it, whatever the ranking. */
static uint32_t secured(dt__tour *r, uint32_t party, uint32_t state, uint32_t q, dt_concept concept) {
    const dt__board *b = r->board;
    uint32_t worst = q;

    if (concept == DT_CONCEPT_NASH) return q;
    dt__tour_from(r, dt__others(b, party), dt__concept_improves(concept), q);
    for (size_t i = 0; i < r->count; i++) {
        uint32_t t = r->states[i];
        uint32_t decides = dt__concept_escapes(concept) ? best_from(b, party, t, state) : t == state ? UINT32_MAX : t;
        if (decides == UINT32_MAX) return UINT32_MAX;
        worst = worse_of(b, party, worst, decides);
    }
    return worst;
}

/* ---- how much has to change ---- */

static uint32_t count_above(const dt__board *b, uint32_t party, uint32_t state, uint32_t past) {
    const uint32_t *rank = b->rank[party];
    uint32_t count = 0;

    for (uint32_t t = 0; t < b->states; t++) count += t != state && rank[t] >= rank[state] && rank[t] <= rank[past];
    return count;
}

static uint32_t count_below(const dt__board *b, uint32_t party, uint32_t state, uint32_t past) {
    const uint32_t *rank = b->rank[party];
    uint32_t count = 0;

    for (uint32_t t = 0; t < b->states; t++) count += t != state && rank[t] <= rank[state] && rank[t] >= rank[past];
    return count;
}

dt__turning dt__turn_stable(dt__tour *r, uint32_t party, uint32_t state, dt_concept concept) {
    const dt__board *b = r->board;
    const uint32_t *to = dt__board_moves(b, party, state);
    size_t degree = dt__board_degree(b, party, state);
    uint32_t past = state;

    for (size_t i = 0; i < degree; i++) {
        if (!dt__board_better(b, party, past, to[i])) continue;
        past = better_of(b, party, past, held_down_to(r, party, to[i], concept));
    }
    if (past == state) return (dt__turning){.stable = true, .possible = true, .past = state};
    return (dt__turning){.possible = true, .changes = count_above(b, party, state, past), .past = past};
}

dt__turning dt__turn_unstable(dt__tour *r, uint32_t party, uint32_t state, dt_concept concept) {
    const dt__board *b = r->board;
    const uint32_t *to = dt__board_moves(b, party, state);
    size_t degree = dt__board_degree(b, party, state);
    uint32_t past = UINT32_MAX;

    for (size_t i = 0; i < degree; i++) {
        uint32_t decides = secured(r, party, state, to[i], concept);
        if (decides == UINT32_MAX) continue;
        past = past == UINT32_MAX ? decides : better_of(b, party, past, decides);
    }
    if (past == UINT32_MAX) return (dt__turning){.stable = true};
    if (dt__board_better(b, party, state, past)) return (dt__turning){.possible = true, .past = past};
    return (dt__turning){.stable = true, .possible = true, .changes = count_below(b, party, state, past), .past = past};
}
