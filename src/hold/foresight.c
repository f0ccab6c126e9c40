/* Limited foresight of two parties (Kilgour 1985; Fang, Hipel and Kilgour 1989): who moves looks h moves ahead, each
 * choosing what is best for itself, and staying ends the play.  On ties a party stays. */
#include <string.h>

#include "hold/simultaneous.h"
#include "hold/work.h"

enum { MOST_ROUNDS = 100000 };

/* Where play ends when party k (0 or 1) moves first at a state, for one horizon. */
typedef struct plan {
    uint32_t *end[2];
} plan;

typedef struct outlook {
    dt__hold_work *w;
    uint32_t who[2];
    plan now, next, mark; /* horizon h, h + 1; and an earlier one, to find when they repeat */
} outlook;

static dt_status plan_init(plan *p, dt__hold_work *w) {
    for (int k = 0; k < 2; k++) {
        if ((p->end[k] = DT__ARENA_ARRAY(&w->arena, uint32_t, w->board.states)) == NULL) return DT_ERR_MEMORY;
        for (uint32_t s = 0; s < w->board.states; s++) p->end[k][s] = s;
    }
    return DT_OK;
}

static void copy_plan(plan *to, const plan *from, uint32_t states) {
    for (int k = 0; k < 2; k++) memcpy(to->end[k], from->end[k], states * sizeof **to->end);
}

static bool same_plan(const plan *a, const plan *b, uint32_t states) {
    return memcmp(a->end[0], b->end[0], states * sizeof **a->end) == 0 &&
           memcmp(a->end[1], b->end[1], states * sizeof **a->end) == 0;
}

/* Where party k ends up from a state when the other follows `then` after its move. */
static uint32_t best_end(const outlook *o, int k, uint32_t s, const uint32_t *then) {
    const dt__board *b = &o->w->board;
    const uint32_t *to = dt__board_moves(b, o->who[k], s);
    size_t degree = dt__board_degree(b, o->who[k], s);
    uint32_t best = s;

    for (size_t i = 0; i < degree; i++) {
        if (dt__board_better(b, o->who[k], best, then[to[i]])) best = then[to[i]];
    }
    return best;
}

/* One move further. */
static void look_further(outlook *o) {
    plan old = o->now;

    for (int k = 0; k < 2; k++) {
        for (uint32_t s = 0; s < o->w->board.states; s++) o->next.end[k][s] = best_end(o, k, s, o->now.end[1 - k]);
    }
    o->now = o->next;
    o->next = old;
}

/* Keeps the states where both stay. */
static void keep_staying(const outlook *o, uint64_t *set) {
    for (uint32_t s = 0; s < o->w->board.states; s++) {
        if (o->now.end[0][s] != s || o->now.end[1][s] != s) set[s / 64] &= ~(UINT64_C(1) << (s % 64));
    }
}

static uint64_t *everything(dt__hold_work *w) {
    uint64_t *set = dt__hold_new_set(w);
    for (uint32_t s = 0; set != NULL && s < w->board.states; s++) dt__set_add(set, s);
    return set;
}

static dt_status list_limited(outlook *o, dt_hold_foresight *out) {
    dt_states *limited = DT__BUILDER_ARRAY(&o->w->builder, dt_states, out->horizon);

    if (limited == NULL) return DT_ERR_MEMORY;
    for (size_t h = 0; h < out->horizon; h++) {
        uint64_t *set = everything(o->w);
        if (set == NULL) return DT_ERR_MEMORY;
        look_further(o);
        keep_staying(o, set);
        limited[h] = dt__hold_set(o->w, set, o->w->opts->states);
    }
    out->limited = limited;
    return DT_OK;
}

/* The plans repeat from some horizon on (Brent 1980): non-myopically stable is what stays stable all through a period.
 */
static dt_status list_non_myopic(outlook *o, dt_hold_foresight *out) {
    uint32_t states = o->w->board.states;
    uint64_t *set = everything(o->w);
    size_t power = 1, period = 0;

    if (set == NULL) return DT_ERR_MEMORY;
    copy_plan(&o->mark, &o->now, states);
    for (size_t round = 0; round < MOST_ROUNDS; round++) {
        look_further(o);
        period++;
        if (same_plan(&o->mark, &o->now, states)) break;
        if (period == power) {
            copy_plan(&o->mark, &o->now, states);
            power *= 2;
            period = 0;
        }
        if (round % 256 == 0 && dt__poll(o->w->env) != DT_OK) return DT_ERR_CANCELLED;
    }
    if (!same_plan(&o->mark, &o->now, states)) return DT_OK;
    for (size_t i = 0; i < period; i++) {
        keep_staying(o, set);
        look_further(o);
    }
    out->period = period;
    out->non_myopic = dt__hold_set(o->w, set, o->w->opts->states);
    return DT_OK;
}

dt_status dt__answer_foresight(dt__hold_work *w) {
    outlook o = {.w = w};
    dt_hold_foresight *out;
    dt_status st;

    if (w->opts->horizon == 0) return DT_OK;
    if (!w->has_board || w->partial != 0) {
        w->incomplete[DT__LACK_FORESIGHT] = true;
        return DT_OK;
    }
    if ((out = DT__BUILDER_ARRAY(&w->builder, dt_hold_foresight, 1)) == NULL) return DT_ERR_MEMORY;
    *out = (dt_hold_foresight){.two_parties = w->who_count == 2, .horizon = w->opts->horizon};
    w->answer->foresight = out;
    if (out->two_parties) {
        o.who[0] = w->who[0];
        o.who[1] = w->who[1];
        if ((st = plan_init(&o.now, w)) != DT_OK || (st = plan_init(&o.next, w)) != DT_OK ||
            (st = plan_init(&o.mark, w)) != DT_OK || (st = list_limited(&o, out)) != DT_OK ||
            (st = list_non_myopic(&o, out)) != DT_OK)
            return st;
    }
    return dt__answer_simultaneous(w, out);
}
