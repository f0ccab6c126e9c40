/* How little turns a verdict: for every equilibrium the least change of one ranking that breaks it, and the states that
 * one party alone keeps from being equilibria. */
#include <stdlib.h>

#include "base/vector.h"
#include "hold/turning.h"
#include "hold/work.h"

enum { NEAR_LISTED = 50 };
static const uint64_t most_work = UINT64_C(1) << 32; /* arcs followed */

typedef struct search {
    dt__hold_work *w;
    dt__vector kept, near; /* of dt_hold_margin */
    uint64_t work;
} search;

static bool is_spent(search *s, dt__state state) {
    for (size_t i = 0; i < s->w->who_count; i++)
        s->work += dt__board_degree(&s->w->board, s->w->who[i], state) * (s->w->board.arcs + 1);
    return s->work > most_work;
}

static dt_hold_margin margin_of(search *s, dt__state state, dt_concept concept, uint32_t party, dt__turning turning,
                                bool rises) {
    dt_hold_margin m = {.state = state + 1, .concept = concept, .party = party, .possible = turning.possible};

    if (!turning.possible) return m;
    m.rises = rises;
    m.changes = turning.changes;
    m.past = dt__hold_name(s->w, turning.past);
    return m;
}

/* The least change by any party that breaks an equilibrium; one that cannot be broken is told as well. */
static dt_status judge_kept(search *s, dt__state state, dt_concept concept) {
    dt__turning least = {0};
    dt_hold_margin margin;
    uint32_t party = s->w->who[0];

    for (size_t i = 0; i < s->w->who_count; i++) {
        dt__turning turning = dt__turn_unstable(&s->w->tour, s->w->who[i], state, concept);
        if (!turning.possible || (least.possible && least.changes <= turning.changes)) continue;
        least = turning;
        party = s->w->who[i];
    }
    dt__hold_name(s->w, state);
    margin = margin_of(s, state, concept, party, least, false);
    return dt__vector_push(&s->kept, &margin, s->w->env);
}

/* Who alone is unstable; DT__NO_INDEX when nobody is or several are. */
static uint32_t only_unstable(const dt__hold_work *w, dt__state state, dt_concept concept) {
    uint32_t found = DT__NO_INDEX;

    for (size_t i = 0; i < w->who_count; i++) {
        if (dt__in_set(dt__stable_set(&w->stability, w->who[i], (dt__concept) concept), state)) continue;
        if (found != DT__NO_INDEX) return DT__NO_INDEX;
        found = w->who[i];
    }
    return found;
}

/* A party that likes the state better improves by other moves than before, which can undo what deters the others. */
static bool is_equilibrium_after(dt__hold_work *w, uint32_t party, dt__state state, dt_concept concept,
                                 dt__turning turning) {
    dt__rank *rank = &w->board.rank[party][state], before = *rank;
    bool holds;

    *rank = w->board.rank[party][turning.past];
    holds = dt__equilibrium_at(&w->tour, state, concept);
    *rank = before;
    return holds;
}

static dt_status judge_near(search *s, dt__state state, dt_concept concept) {
    uint32_t party = only_unstable(s->w, state, concept);
    dt__turning turning;
    dt_hold_margin margin;

    if (party == DT__NO_INDEX) return DT_OK;
    turning = dt__turn_stable(&s->w->tour, party, state, concept);
    if (dt__concept_improves(concept) && !is_equilibrium_after(s->w, party, state, concept, turning)) return DT_OK;
    margin = (dt_hold_margin){.state = state + 1,
                              .concept = concept,
                              .party = party,
                              .possible = true,
                              .rises = true,
                              .changes = turning.changes,
                              .past = turning.past + 1};
    return dt__vector_push(&s->near, &margin, s->w->env);
}

static int by_changes(const void *a, const void *b) {
    const dt_hold_margin *x = a, *y = b;
    if (x->changes != y->changes) return x->changes < y->changes ? -1 : 1;
    if (x->state != y->state) return x->state < y->state ? -1 : 1;
    return (int)x->concept - (int)y->concept;
}

static const dt_hold_margin *take(search *s, dt__vector *from, size_t *count, size_t most) {
    dt_hold_margin *list;

    *count = from->count < most ? from->count : most;
    if ((list = DT__BUILDER_ARRAY(&s->w->builder, dt_hold_margin, *count)) == NULL) return NULL;
    for (size_t i = 0; i < *count; i++) {
        list[i] = *DT__AT(*from, dt_hold_margin, i);
        dt__hold_name(s->w, list[i].state - 1);
        if (list[i].past > 0) dt__hold_name(s->w, list[i].past - 1);
    }
    return list;
}

static dt_status judge_all(search *s) {
    dt_status st = DT_OK;

    for (dt__state state = 0; state < s->w->board.states && st == DT_OK; state++) {
        uint32_t concepts = dt__hold_concepts(s->w, state);
        if (is_spent(s, state)) {
            s->w->incomplete[DT__LACK_MARGINS] = true;
            return DT_OK;
        }
        for (int c = 0; c < DT_CONCEPT_COUNT && st == DT_OK; c++)
            st = (concepts >> c) & 1 ? judge_kept(s, state, (dt_concept)c) : judge_near(s, state, (dt_concept)c);
        if (st == DT_OK) st = dt__poll(s->w->env);
    }
    return st;
}

dt_status dt__answer_margins(dt__hold_work *w) {
    search s = {.w = w, .kept = DT__VECTOR(dt_hold_margin), .near = DT__VECTOR(dt_hold_margin)};
    dt_hold_margins *out;
    dt_status st;

    if (!w->opts->margins || w->who_count == 0) return DT_OK;
    if (!w->has_board || w->partial != 0) {
        w->incomplete[DT__LACK_MARGINS] = true;
        return DT_OK;
    }
    if ((out = DT__BUILDER_ARRAY(&w->builder, dt_hold_margins, 1)) == NULL) return DT_ERR_MEMORY;
    st = judge_all(&s);
    if (s.near.count > 1) qsort(s.near.items, s.near.count, sizeof(dt_hold_margin), by_changes);
    if (st == DT_OK) {
        out->kept = take(&s, &s.kept, &out->kept_count, SIZE_MAX);
        out->near = take(&s, &s.near, &out->near_count, NEAR_LISTED);
        w->answer->margins = out;
    }
    dt__vector_clear(&s.kept, w->env);
    dt__vector_clear(&s.near, w->env);
    return st;
}
