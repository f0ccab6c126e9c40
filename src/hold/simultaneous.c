#include "hold/simultaneous.h"

#include <string.h>

#include "hold/turning.h"

enum { MOST_STATES = 4096 };
static const uint64_t most_combinations = 50000000;

typedef struct combination {
    dt__hold_work *w;
    dt_concept concept;
    dt__state state;
    uint32_t party; /* whose improvement is to be blocked */
    uint32_t unstable[DT__MAX_PARTIES];
    size_t unstable_count;
    dt__option base[DT__MAX_ISSUES];
    uint64_t tried;
} combination;

/* Puts what a move changes on top of what others changed; false when they want the same issue differently. */
static bool combine(const combination *c, dt__option *out, const dt__option *so_far, dt__state to) {
    dt__option moved[DT__MAX_ISSUES] = {0};

    dt__graph_outcome(&c->w->graph, to, moved);
    for (size_t i = 0; i < c->w->model->issue_count; i++) {
        bool taken = so_far[i] != c->base[i], changed = moved[i] != c->base[i];
        if (taken && changed && so_far[i] != moved[i]) return false;
        out[i] = changed ? moved[i] : so_far[i];
    }
    return true;
}

/* Can the unstable parties from the k-th on choose improvements that leave the party no better off? */
static bool blocks(combination *c, const dt__option *so_far, size_t k) { /* NOLINT(misc-no-recursion): by parties */
    const dt__board *b = &c->w->board;
    dt__option combined[DT__MAX_ISSUES] = {0};

    if (c->tried++ > most_combinations) return false;
    if (k == c->unstable_count) {
        dt__state end = dt__graph_find(&c->w->graph, so_far);
        return end != DT__NO_STATE && !dt__board_better(b, c->party, c->state, end);
    }
    if (c->unstable[k] == c->party) return blocks(c, so_far, k + 1);
    for (size_t i = 0; i < dt__board_degree(b, c->unstable[k], c->state); i++) {
        uint32_t to = dt__board_moves(b, c->unstable[k], c->state)[i];
        if (!dt__board_better(b, c->unstable[k], c->state, to) || !combine(c, combined, so_far, to)) continue;
        if (blocks(c, combined, k + 1)) return true;
    }
    return false;
}

/* Is every improvement of the party answered or blocked? */
static bool is_held(combination *c) {
    const dt__board *b = &c->w->board;
    dt__option first[DT__MAX_ISSUES] = {0};

    for (size_t i = 0; i < dt__board_degree(b, c->party, c->state); i++) {
        uint32_t to = dt__board_moves(b, c->party, c->state)[i];
        if (!dt__board_better(b, c->party, c->state, to) ||
            dt__is_answered(&c->w->tour, c->party, c->state, to, c->concept))
            continue;
        if (!combine(c, first, c->base, to) || !blocks(c, first, 0)) return false;
    }
    return true;
}

static bool is_held_for_all(combination *c) {
    c->unstable_count = 0;
    for (size_t i = 0; i < c->w->who_count; i++) {
        const uint64_t *stable = dt__stable_set(&c->w->stability, c->w->who[i], (dt__concept)c->concept);
        if (!dt__in_set(stable, c->state)) c->unstable[c->unstable_count++] = c->w->who[i];
    }
    if (c->unstable_count < 2) return c->unstable_count == 0;
    dt__graph_outcome(&c->w->graph, c->state, c->base);
    for (size_t i = 0; i < c->unstable_count; i++) {
        c->party = c->unstable[i];
        if (!is_held(c)) return false;
    }
    return true;
}

dt_status dt__answer_simultaneous(dt__hold_work *w, dt_hold_foresight *out) {
    combination c = {.w = w};

    if (w->board.states > MOST_STATES) return DT_OK;
    for (int k = 0; k < DT_CONCEPT_COUNT; k++) {
        uint64_t *set = dt__hold_new_set(w);
        if (set == NULL) return DT_ERR_MEMORY;
        c.concept = (dt_concept)k;
        for (c.state = 0; c.state < w->board.states; c.state++) {
            if (is_held_for_all(&c)) dt__set_add(set, c.state);
            if (dt__poll(w->env) != DT_OK) return DT_ERR_CANCELLED;
        }
        out->simultaneous[k] = dt__hold_set(w, set, w->opts->states);
    }
    out->simultaneous_complete = c.tried <= most_combinations;
    return DT_OK;
}
