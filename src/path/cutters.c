/* Least sets of holds to leave out, smallest first.
 *
 * Leave out a set R and look at all that can then be reached.  If the destination is not among it, any larger set that
 * opens a way lets some step pass that R bars, so it holds all that bars one of those steps: R grows by each minimal
 * set of holds that bars a step, and by nothing else.  What every outcome of the destination crosses is in from the
 * start. Ref: conflict sets and their repairs, Reiter 1987. */
#include "path/cutters.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_SEARCHES = 400, MOST_SETS = 20000 };

typedef struct candidate {
    dt__mask mask;
    bool tried;
} candidate;

typedef struct hunt {
    dt__cut_search *out;
    const dt__gait *gait;
    const dt__destination *destination;
    const dt__limits *limits;
    dt_env *env;
    dt__vector candidates; /* candidate */
    uint64_t strides;      /* spent by all searches */
} hunt;

void dt__cut_search_clear(dt__cut_search *s, dt_env *env) {
    dt__vector_clear(&s->found, env);
}

static dt_status add_candidate(hunt *h, const dt__mask *mask) {
    candidate fresh = {.mask = *mask};

    for (size_t i = 0; i < h->candidates.count; i++) {
        if (dt__mask_order(&DT__AT(h->candidates, candidate, i)->mask, mask) == 0) return DT_OK;
    }
    if (h->candidates.count >= MOST_SETS) {
        h->out->complete = false;
        return DT_OK;
    }
    return dt__vector_push(&h->candidates, &fresh, h->env);
}

/* The smallest that was not tried, in the order of masks; NULL: none is left. */
static candidate *next_candidate(hunt *h) {
    candidate *best = NULL;

    for (size_t i = 0; i < h->candidates.count; i++) {
        candidate *c = DT__AT(h->candidates, candidate, i);
        if (!c->tried && (best == NULL || dt__mask_order(&c->mask, &best->mask) < 0)) best = c;
    }
    return best;
}

/* ---- what the destination itself crosses ---- */

static dt_status seed_outcome(hunt *h) {
    const dt__problem *p = &h->gait->ground->problem;
    dt__option at[DT__MAX_ISSUES];
    dt__arena arena;
    dt__stance stance;
    dt__mask mask;
    dt_status st;

    dt__arena_init(&arena, h->env);
    if ((st = dt__stance_init(&stance, h->gait, &arena)) == DT_OK) {
        for (size_t v = 0; v < p->var_count; v++) at[v] = h->destination->named[p->issues[v]];
        dt__stance_open(&stance, at, 0);
        mask = dt__stance_crossed(&stance);
        h->out->incoherent = stance.violations > 0;
        st = h->out->incoherent ? DT_OK : add_candidate(h, &mask);
    }
    dt__arena_clear(&arena);
    return st;
}

static bool is_to_be_mended(const dt__gait *gait, uint32_t bit) {
    for (size_t m = 0; m < gait->mend_count; m++) {
        if (gait->mend_bits[m] == bit) return true;
    }
    return false;
}

static void prepare_query(const hunt *h, dt__query *query) {
    const dt__problem *p = &h->gait->ground->problem;
    uint32_t bit = h->destination->kind == DT_DESTINATION_TERMS
                       ? h->gait->ground->terms_bit
                       : dt__problem_bit(p, DT__BIT_SCENARIO, DT__NO_INDEX, h->destination->index);

    query->bit_roles[bit] = DT__HARD;
    for (size_t i = 0; i < h->gait->hold_count; i++) {
        const dt__hold *hold = &h->gait->holds[i];
        if (hold->bit != DT__NO_INDEX && !is_to_be_mended(h->gait, hold->bit)) query->bit_roles[hold->bit] = DT__SOFT;
        if (hold->kind == DT_CUT_NO_DEAL) query->coordinate_roles[hold->coordinate] = DT__SOFT;
    }
}

/* From the numbers of the conflicts to those of the holds. */
static dt__mask renumber(const hunt *h, const dt__soft_numbers *numbers, const dt__query *query, const dt__mask *from) {
    dt__mask mask = {{0}};

    for (uint32_t i = 0; i < h->gait->hold_count; i++) {
        const dt__hold *hold = &h->gait->holds[i];
        bool soft_bit = hold->bit != DT__NO_INDEX && query->bit_roles[hold->bit] == DT__SOFT;
        if (soft_bit && dt__mask_has(from, numbers->of_bit[hold->bit])) dt__mask_add(&mask, i);
        if (hold->kind == DT_CUT_NO_DEAL && dt__mask_has(from, numbers->of_coordinate[hold->coordinate]))
            dt__mask_add(&mask, i);
    }
    return mask;
}

static dt_status seed_condition(hunt *h) {
    dt__antichain conflicts = DT__ANTICHAIN;
    dt__soft_numbers numbers;
    dt__query query;
    dt__arena arena;
    bool complete = false;
    dt_status st = dt__query_init(&query, &h->gait->ground->problem, h->env);

    if (st != DT_OK) return st;
    dt__arena_init(&arena, h->env);
    prepare_query(h, &query);
    DT__TRY(dt__search_conflicts(&conflicts, &complete, &query, h->limits, h->env));
    DT__TRY(dt__soft_numbers_init(&numbers, &query, &arena));
    for (size_t i = 0; complete && i < conflicts.masks.count; i++) {
        dt__mask mask = renumber(h, &numbers, &query, DT__AT(conflicts.masks, dt__mask, i));
        DT__TRY(add_candidate(h, &mask));
    }
    h->out->incoherent = complete && conflicts.masks.count == 0;
    if (!complete) DT__TRY(add_candidate(h, &(dt__mask){{0}}));
done:
    dt__antichain_clear(&conflicts, h->env);
    dt__arena_clear(&arena);
    dt__query_clear(&query, h->env);
    return st;
}

static bool names_everything(const hunt *h) {
    const dt__problem *p = &h->gait->ground->problem;

    for (size_t v = 0; v < p->var_count; v++) {
        if (h->destination->named[p->issues[v]] == DT__NO_OPTION) return false;
    }
    return true;
}

static dt_status seed(hunt *h) {
    if (names_everything(h)) return seed_outcome(h);
    if (h->destination->kind != DT_DESTINATION_ZONE) return seed_condition(h);
    return add_candidate(h, &(dt__mask){{0}});
}

static bool is_barred(const hunt *h) {
    for (size_t i = 0; i < h->candidates.count; i++) {
        if (dt__mask_size(&DT__AT(h->candidates, candidate, i)->mask) == 0) return false;
    }
    return true;
}

/* ---- one set left out ---- */

/* The candidate grows by each minimal set that bars a step. */
static dt_status grow(hunt *h, dt__mask mask, const dt__antichain *barring) {
    dt_status st = DT_OK;

    for (size_t i = 0; i < barring->masks.count && st == DT_OK; i++) {
        dt__mask larger = dt__mask_union(mask, *DT__AT(barring->masks, dt__mask, i));
        st = add_candidate(h, &larger);
    }
    return st;
}

static dt_status try_without(hunt *h, dt__mask mask) {
    dt__gait gait = *h->gait;
    dt__antichain barring = DT__ANTICHAIN;
    uint32_t arrival;
    dt__quest quest = {.destinations = h->destination, .count = 1, .found = &arrival, .barring = &barring};
    dt__ways reach;
    dt_status st;

    gait.left_out = mask;
    gait.steps = 0;
    DT__TRY(dt__ways_init(&reach, &gait, h->limits, h->env));
    DT__TRY(dt__ways_search(&reach, &quest));
    h->strides += reach.strides;
    if (arrival != DT__NO_INDEX) {
        dt__cut_found found = {.gait = h->gait, .mask = mask, .steps = DT__WAYS_POINT(&reach, arrival)->depth};
        st = dt__vector_push(&h->out->found, &found, h->env);
    } else {
        h->out->complete &= reach.exhausted;
        st = grow(h, mask, &barring);
    }
done:
    dt__antichain_clear(&barring, h->env);
    dt__ways_clear(&reach);
    return st;
}

dt_status dt__find_cutters(dt__cut_search *out, const dt__gait *gait, const dt__destination *destination,
                           const dt__limits *limits, dt_env *env) {
    hunt h = {.out = out, .gait = gait, .destination = destination, .limits = limits, .env = env};
    uint32_t least = UINT32_MAX;
    size_t searches = 0;
    candidate *next;
    dt_status st;

    *out = (dt__cut_search){.found = DT__VECTOR(dt__cut_found), .complete = true};
    h.candidates = DT__VECTOR(candidate);
    st = seed(&h);
    out->barred = is_barred(&h);
    while (st == DT_OK && (next = next_candidate(&h)) != NULL) {
        dt__mask mask = next->mask;
        if (dt__mask_size(&mask) > least) break;
        if (searches++ >= MOST_SEARCHES || h.strides > limits->descent || dt__overdue(env)) {
            out->complete = false;
            break;
        }
        next->tried = true;
        st = try_without(&h, mask);
        if (out->found.count > 0) least = dt__mask_size(&DT__AT(out->found, dt__cut_found, 0)->mask);
    }
    dt__vector_clear(&h.candidates, env);
    return st;
}
