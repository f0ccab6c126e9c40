/* Which preferences would make a state an equilibrium: per party the least change of its ranking, and how many rankings
 * would do. */
#include <string.h>

#include "base/catalog.h"
#include "hold/orders.h"
#include "hold/turning.h"
#include "hold/work.h"

/* Work on one concept: ranks of the target change, and are put back at the end. */
typedef struct making {
    dt__hold_work *w;
    dt__state target;
    dt_concept concept;
    dt__rank before[DT__MAX_PARTIES];
    uint32_t past[DT__MAX_PARTIES]; /* state that the target came level with; itself: it did not move */
} making;

/* Comparisons of a party that change when the target comes level with a state. */
static uint32_t changes_of(const making *m, uint32_t party) {
    const dt__rank *rank = m->w->board.rank[party];
    dt__rank from = m->before[party];
    uint32_t count = 0;

    if (m->past[party] == m->target) return 0;
    for (dt__state t = 0; t < m->w->board.states; t++)
        count += t != m->target && rank[t] >= from && rank[t] <= rank[m->past[party]];
    return count;
}

/* Every unstable party comes to like the target better, until it is an equilibrium: a target that all like best is one,
 * and it only rises. */
static uint64_t raise_all(making *m) {
    const dt__board *b = &m->w->board;
    bool moved = true;
    uint64_t changes = 0;

    for (size_t i = 0; i < m->w->who_count; i++) {
        m->before[m->w->who[i]] = b->rank[m->w->who[i]][m->target];
        m->past[m->w->who[i]] = m->target;
    }
    while (moved) {
        moved = false;
        for (size_t i = 0; i < m->w->who_count; i++) {
            uint32_t p = m->w->who[i];
            dt__turning turning = dt__turn_stable(&m->w->tour, p, m->target, m->concept);
            if (turning.stable) continue;
            m->past[p] = turning.past;
            b->rank[p][m->target] = b->rank[p][turning.past];
            moved = true;
        }
    }
    for (size_t i = 0; i < m->w->who_count; i++) changes += changes_of(m, m->w->who[i]);
    return changes;
}

static void put_back(making *m) {
    for (size_t i = 0; i < m->w->who_count; i++) m->w->board.rank[m->w->who[i]][m->target] = m->before[m->w->who[i]];
}

/* What every change has to cost at least: a sequentially stable state is metarational too, and there the parties do not
 * depend on one another. */
static uint64_t least_of(const making *m) {
    static const dt_concept weaker[] = {[DT_CONCEPT_NASH] = DT_CONCEPT_NASH,
                                        [DT_CONCEPT_GMR] = DT_CONCEPT_GMR,
                                        [DT_CONCEPT_SMR] = DT_CONCEPT_SMR,
                                        [DT_CONCEPT_SEQ] = DT_CONCEPT_GMR,
                                        [DT_CONCEPT_SSEQ] = DT_CONCEPT_SMR};
    uint64_t least = 0;

    for (size_t i = 0; i < m->w->who_count; i++)
        least += dt__turn_stable(&m->w->tour, m->w->who[i], m->target, weaker[m->concept]).changes;
    return least;
}

static dt_status answer_party(making *m, dt_hold_making *out, uint32_t party) {
    dt__rational share = DT__RATIONAL(0);
    bool counted;
    dt_status st = dt__share_of_orders(&share, &counted, m->w, party, m->target, m->concept);

    *out = (dt_hold_making){.party = party, .changes = changes_of(m, party)};
    if (out->changes > 0) out->past = dt__hold_name(m->w, m->past[party]);
    out->stable = dt__stable_for(&m->w->tour, party, m->target, m->concept);
    if (st == DT_OK && counted) out->share = dt__builder_exact(&m->w->builder, share);
    return st;
}

static dt_status answer_concept(dt__hold_work *w, dt_hold_make *out, dt__state target, dt_concept concept) {
    making m = {.w = w, .target = target, .concept = concept};
    dt_hold_making *parties = DT__BUILDER_ARRAY(&w->builder, dt_hold_making, w->who_count);
    dt_status st = parties == NULL ? DT_ERR_MEMORY : DT_OK;

    *out = (dt_hold_make){.concept = concept, .parties = parties};
    out->equilibrium = dt__equilibrium_at(&w->tour, target, concept);
    out->at_least = least_of(&m);
    out->changes = raise_all(&m);
    put_back(&m);
    if (out->at_least == 0 && !out->equilibrium) out->at_least = 1;
    out->proven = out->at_least >= out->changes;
    for (size_t i = 0; i < w->who_count && st == DT_OK; i++) st = answer_party(&m, &parties[i], w->who[i]);
    return st;
}

static dt_status concepts_asked(const dt__hold_work *w, dt_concept *list, size_t *count) {
    *count = 0;
    for (int c = 0; c < DT_CONCEPT_COUNT; c++) {
        if (w->opts->concept == NULL || strcmp(w->opts->concept, dt_concept_id((dt_concept)c)) == 0)
            list[(*count)++] = (dt_concept)c;
    }
    if (*count > 0) return DT_OK;
    return dt__refuse_option(w->env, "unknown-concept",
                             DT__N("“{0}” is no concept: expected nash, gmr, smr, seq or sseq"), w->opts->concept);
}

dt_status dt__answer_makes(dt__hold_work *w) {
    dt_concept concepts[DT_CONCEPT_COUNT];
    dt_hold_make *makes;
    size_t count;
    dt__state target;
    dt_status st;

    if (w->opts->make == NULL) return DT_OK;
    if ((st = concepts_asked(w, concepts, &count)) != DT_OK) return st;
    if ((st = dt__hold_locate(&target, w, w->opts->make)) != DT_OK) return st;
    w->answer->make_state = dt__hold_name(w, target);
    w->incomplete[DT__LACK_MAKING] = !w->has_board || w->partial != 0;
    if (w->incomplete[DT__LACK_MAKING]) return DT_OK;
    if ((makes = DT__BUILDER_ARRAY(&w->builder, dt_hold_make, count)) == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < count && st == DT_OK; i++) st = answer_concept(w, &makes[i], target, concepts[i]);
    w->answer->makes = makes;
    w->answer->make_count = count;
    return st;
}
