/* Who blocks an empty zone, and the least that would open it. */
#include <stdlib.h>
#include <string.h>

#include "deal/work.h"

/* What opening the zone takes: bits of the masks, as numbered for the conflict query. */
typedef struct conflicts {
    dt__query query;
    dt__soft_numbers numbers;
    dt__arena arena;
} conflicts;

static dt_status conflicts_init(conflicts *c, const dt__format_work *w, dt_env *env) {
    dt_status st;

    dt__arena_init(&c->arena, env);
    if ((st = dt__deal_query_init(&c->query, w, env)) != DT_OK) return st;
    for (uint32_t p = 0; p < DT__MAX_PARTIES; p++) {
        if (w->parties >> p & 1) dt__query_party(&c->query, p, DT__SOFT);
    }
    return dt__soft_numbers_init(&c->numbers, &c->query, &c->arena);
}

/* What each number stands for. */
static void name_numbers(dt__format_work *w, const conflicts *c) {
    for (uint32_t n = 0; n < DT__MAX_SOFT_BITS; n++) w->bit_of_number[n] = w->coordinate_of_number[n] = DT__NO_INDEX;
    for (uint32_t b = 0; b < w->problem.bits.count; b++) {
        if (c->numbers.of_bit[b] != DT__NO_INDEX) w->bit_of_number[c->numbers.of_bit[b]] = b;
    }
    for (uint32_t k = 0; k < w->problem.coordinates.count; k++) {
        if (c->numbers.of_coordinate[k] != DT__NO_INDEX) w->coordinate_of_number[c->numbers.of_coordinate[k]] = k;
    }
}

static void conflicts_clear(conflicts *c, dt_env *env) {
    dt__query_clear(&c->query, env);
    dt__arena_clear(&c->arena);
}

/* The numbers that belong to a set of parties. */
static dt__mask numbers_of(const conflicts *c, const dt__problem *p, dt__party_set parties) {
    dt__mask mask = {{0}};

    for (size_t b = 0; b < p->bits.count; b++) {
        const dt__bit *bit = DT__BIT(p, b);
        if (c->numbers.of_bit[b] != DT__NO_INDEX && (parties >> bit->party & 1))
            dt__mask_add(&mask, c->numbers.of_bit[b]);
    }
    for (size_t k = 0; k < c->query.coordinate_count - 1; k++) {
        uint32_t party = DT__COORDINATE(p, k)->party;
        if (c->numbers.of_coordinate[k] != DT__NO_INDEX && (parties >> party & 1))
            dt__mask_add(&mask, c->numbers.of_coordinate[k]);
    }
    return mask;
}

/* A minimal winning set needs only its own members: project every conflict onto it, keep the minimal ones over all of
 * them. */
static dt_status project(dt__format_work *w, const conflicts *c, const dt__antichain *found, dt_env *env) {
    for (size_t s = 0; s < w->winning.sets.count; s++) {
        dt__mask members = numbers_of(c, &w->problem, *DT__AT(w->winning.sets, dt__party_set, s));
        for (size_t i = 0; i < found->masks.count; i++) {
            dt__mask part = dt__mask_intersection(*DT__AT(found->masks, dt__mask, i), members);
            dt_status st = dt__antichain_add(&w->corrections, &part, env);
            if (st != DT_OK) return st;
        }
    }
    dt__antichain_sort(&w->corrections);
    return DT_OK;
}

/* ---- the price of a correction ---- */

/* Everything of the winning set that is not dropped is hard. */
static dt_status drop_query_init(dt__query *q, const dt__format_work *w, const conflicts *c, const dt__mask *drop,
                                 dt__party_set members, dt_env *env) {
    const dt__problem *p = &w->problem;
    dt_status st = dt__deal_query_init(q, w, env);

    if (st != DT_OK) return st;
    for (uint32_t party = 0; party < DT__MAX_PARTIES; party++) {
        if (members >> party & 1) dt__query_party(q, party, DT__HARD);
    }
    for (size_t b = 0; b < p->bits.count; b++) {
        uint32_t number = c->numbers.of_bit[b];
        if (number != DT__NO_INDEX && dt__mask_has(drop, number)) q->bit_roles[b] = DT__IGNORED;
    }
    for (size_t k = 0; k < c->query.coordinate_count - 1; k++) {
        uint32_t number = c->numbers.of_coordinate[k];
        if (number != DT__NO_INDEX && dt__mask_has(drop, number)) q->coordinate_roles[k] = DT__IGNORED;
    }
    return DT_OK;
}

/* Parties with utilities whose reservation value is dropped. */
static dt__party_set short_parties(const dt__format_work *w, const conflicts *c, const dt__mask *drop) {
    dt__party_set parties = 0;

    for (size_t k = 0; k < c->query.coordinate_count - 1; k++) {
        const dt__coordinate *coordinate = DT__COORDINATE(&w->problem, k);
        uint32_t number = c->numbers.of_coordinate[k];
        if (number == DT__NO_INDEX || !dt__mask_has(drop, number) || coordinate->ordinal) continue;
        parties |= (dt__party_set)1 << coordinate->party;
    }
    return parties;
}

/* Objectives made so far, by the parties whose utilities they add up. */
typedef struct objective {
    dt__party_set parties;
    uint32_t coordinate;
} objective;

static dt_status objective_for(uint32_t *coordinate, dt__vector *known, dt__format_work *w, dt__party_set parties,
                               dt_env *env) {
    objective made = {.parties = parties};
    dt_status st;

    *coordinate = w->problem.nearness; /* nobody falls short: the deal that changes least */
    if (parties == 0) return DT_OK;
    for (size_t i = 0; i < known->count; i++) {
        const objective *o = DT__AT(*known, objective, i);
        if (o->parties != parties) continue;
        *coordinate = o->coordinate;
        return DT_OK;
    }
    if ((st = dt__problem_add_objective(&w->problem, parties, &made.coordinate, env)) != DT_OK) return st;
    *coordinate = made.coordinate;
    return dt__vector_push(known, &made, env);
}

/* The deal that a drop opens at the least total shortfall, over all winning sets that it opens. */
static dt_status cheapest_deal(dt__drop *d, dt__format_work *w, const conflicts *c, uint32_t objective_coordinate,
                               dt_env *env) {
    dt_status st = DT_OK;

    d->deal.best = (dt__best){.proven = true};
    for (size_t s = 0; s < w->winning.sets.count && st == DT_OK; s++) {
        dt__found tried = {.best = {.outcome = tried.outcome}};
        bool proven = d->deal.best.proven;
        dt__query q;
        if ((st = drop_query_init(&q, w, c, &d->mask, *DT__AT(w->winning.sets, dt__party_set, s), env)) != DT_OK)
            return st;
        q.objective = objective_coordinate;
        st = dt__search_best(&tried.best, &q, &w->setting->limits, env);
        dt__query_clear(&q, env);
        proven = proven && tried.best.proven;
        if (tried.best.found && (!d->deal.best.found || tried.best.objective > d->deal.best.objective)) d->deal = tried;
        d->deal.best.proven = proven;
    }
    d->deal.best.outcome = d->deal.outcome;
    d->known = d->deal.best.found && d->deal.best.proven;
    return st;
}

static bool add_line_costs(dt__rational *cost, const dt__format_work *w, const conflicts *c, const dt__mask *drop) {
    const dt_model *model = w->setting->situation.model;

    for (size_t b = 0; b < w->problem.bits.count; b++) {
        const dt__bit *bit = DT__BIT(&w->problem, b);
        uint32_t number = c->numbers.of_bit[b];
        dt__number_id id;
        if (number == DT__NO_INDEX || !dt__mask_has(drop, number)) continue;
        id = model->parties[bit->party].preferences->red_lines[bit->index].cost;
        if (!dt__rational_add(cost, *cost, id == DT__NO_NUMBER ? DT__RATIONAL(1) : w->setting->valuation.numbers[id]))
            return false;
    }
    return true;
}

/* Shortfall = sum of the reservation values less the sum of the utilities, which the search made as large as it can be.
 */
static bool add_shortfall(dt__rational *cost, const dt__format_work *w, dt__party_set parties, uint32_t coordinate,
                          dt__int128 sum) {
    dt__rational reached, reservation;

    if (parties == 0) return true;
    if (!dt__coordinate_value(&reached, DT__COORDINATE(&w->problem, coordinate), sum)) return false;
    for (uint32_t p = 0; p < DT__MAX_PARTIES; p++) {
        const dt__coordinate *own;
        if (!(parties >> p & 1)) continue;
        own = DT__COORDINATE(&w->problem, w->problem.coordinate_of[p]);
        if (!dt__coordinate_value(&reservation, own, own->threshold) || !dt__rational_add(cost, *cost, reservation))
            return false;
    }
    return dt__rational_sub(cost, *cost, reached);
}

static dt_status price(dt__drop *d, dt__format_work *w, const conflicts *c, dt__vector *objectives, dt_env *env) {
    dt__party_set parties = short_parties(w, c, &d->mask);
    uint32_t coordinate;
    dt_status st;

    if ((st = objective_for(&coordinate, objectives, w, parties, env)) != DT_OK) return st;
    if ((st = cheapest_deal(d, w, c, coordinate, env)) != DT_OK) return st;
    d->cost = DT__RATIONAL(0);
    if (!add_line_costs(&d->cost, w, c, &d->mask)) d->known = false;
    if (d->known && !add_shortfall(&d->cost, w, parties, coordinate, d->deal.best.objective)) d->known = false;
    if (!d->known) w->complete = false;
    return DT_OK;
}

/* Cheapest first; then fewest; then by number.  Unknown costs last. */
static int by_cost(const void *a, const void *b) {
    const dt__drop *x = a, *y = b;
    int order;

    if (x->known != y->known) return x->known ? -1 : 1;
    order = x->known ? dt__rational_compare(x->cost, y->cost) : 0;
    return order != 0 ? order : dt__mask_order(&x->mask, &y->mask);
}

static dt_status price_drops(dt__format_work *w, const conflicts *c, size_t limit, dt_env *env) {
    dt__vector objectives = DT__VECTOR(objective);
    dt_status st = DT_OK;

    w->drop_count = w->corrections.masks.count;
    if (limit > 0 && w->drop_count > limit) {
        w->drop_count = limit; /* the smallest */
        w->complete = false;
    }
    if ((w->drops = DT__ARRAY(env, dt__drop, w->drop_count)) == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < w->drop_count && st == DT_OK; i++) {
        w->drops[i].mask = *DT__AT(w->corrections.masks, dt__mask, i);
        st = price(&w->drops[i], w, c, &objectives, env);
    }
    dt__vector_clear(&objectives, env);
    if (st != DT_OK) return st;
    qsort(w->drops, w->drop_count, sizeof *w->drops, by_cost);
    for (size_t i = 0; i < w->drop_count; i++)
        w->drops[i].deal.best.outcome = w->drops[i].deal.outcome; /* they moved */
    return DT_OK;
}

dt_status dt__find_blockers(dt__format_work *w, size_t list_limit, dt_env *env) {
    dt__antichain found = DT__ANTICHAIN;
    conflicts c = {0};
    bool all_found, all_listed;
    dt_status st;

    DT__TRY(conflicts_init(&c, w, env));
    name_numbers(w, &c);
    DT__TRY(dt__search_conflicts(&found, &all_found, &c.query, &w->setting->limits, env));
    DT__TRY(project(w, &c, &found, env));
    if (!all_found) w->complete = false;
    if (w->corrections.masks.count > 0 && all_found) {
        DT__TRY(dt__antichain_hitting_sets(&w->blocking, &w->corrections, list_limit, &all_listed, env));
        if (!all_listed) w->complete = false;
    }
    st = price_drops(w, &c, list_limit, env);
done:
    dt__antichain_clear(&found, env);
    conflicts_clear(&c, env);
    return st;
}

dt_status dt__find_rule_conflicts(dt__format_work *w, size_t list_limit, dt_env *env) {
    dt__antichain found = DT__ANTICHAIN;
    bool all_found, all_listed;
    dt__query q = {0};
    dt_status st;

    DT__TRY(dt__deal_query_init(&q, w, env));
    for (size_t b = 0; b < w->problem.bits.count; b++) {
        if (DT__BIT(&w->problem, b)->kind == DT__BIT_RULE) q.bit_roles[b] = DT__SOFT;
    }
    DT__TRY(dt__search_conflicts(&found, &all_found, &q, &w->setting->limits, env));
    if (!all_found) w->complete = false;
    else DT__TRY(dt__antichain_hitting_sets(&w->rule_conflicts, &found, list_limit, &all_listed, env));
    if (all_found && !all_listed) w->complete = false;
    dt__antichain_sort(&w->rule_conflicts);
done:
    dt__antichain_clear(&found, env);
    dt__query_clear(&q, env);
    return st;
}
