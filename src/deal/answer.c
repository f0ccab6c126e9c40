#include "deal/answer.h"

#include <string.h>

#include "base/catalog.h"

void dt_deal_free(dt_deal_answer *answer, dt_env *env) {
    if (answer == NULL) return;
    dt_deal_free((dt_deal_answer *)answer->base, env);
    dt__answer_memory_free(answer->memory, env);
}

static size_t issue_count(const dt__format_work *w) {
    return w->setting->situation.model->issue_count;
}

static dt_outcome found_outcome(dt__builder *b, const dt__format_work *w, const dt__found *found) {
    return found->best.found ? dt__builder_outcome(b, found->outcome, issue_count(w)) : NULL;
}

/* ---- zone and counts ---- */

/* No deal owes no follow-up: it was left out of the count if it keeps everything else and only follow-ups do not hold
 * in it. */
static bool add_no_deal_itself(const dt__format_work *w) {
    const dt__situation *s = &w->setting->situation;
    bool breaks_follow_up = false;

    for (size_t i = 0; i < s->model->principle_count; i++) {
        const dt__principle *p = &s->model->principles[i];
        if (p->kind == DT__PRINCIPLE_FOLLOW_UP) breaks_follow_up |= !dt__condition_holds(p->b, s->no_deal);
        else if (dt__principle_broken(s->model, p, w->format, s->no_deal, s->no_deal)) return false;
    }
    return breaks_follow_up && w->no_deal_in_zone;
}

static dt_exact principled_count(dt__builder *b, const dt__format_work *w) {
    dt__limb one[DT__COUNT_MAX_LIMBS], count[DT__COUNT_MAX_LIMBS];
    size_t limbs = w->zone.limbs;

    dt__count_set(count, limbs, 0);
    if (w->status == DT_ZONE_EMPTY) return dt__builder_count(b, count, limbs);
    if (w->status == DT_ZONE_UNDECIDED || !w->principled.exact || w->principled.limbs == 0) return (dt_exact){0};
    memcpy(count, w->principled.count, limbs * sizeof *count);
    dt__count_set(one, limbs, 1);
    if (add_no_deal_itself(w)) dt__count_add(count, one, limbs);
    return dt__builder_count(b, count, limbs);
}

dt_zone dt__answer_zone(dt__builder *b, const dt__format_work *w) {
    dt_zone zone = {.status = w->status, .exact = w->zone.exact};

    if (w->status == DT_ZONE_EMPTY && !zone.exact) { /* not counted, but proven empty */
        dt__limb zero[1] = {0};
        zone.exact = true;
        zone.count = zone.low = zone.high = dt__builder_count(b, zero, 1);
        return zone;
    }
    zone.low = dt__builder_count(b, w->zone.count, w->zone.limbs);
    if (w->status == DT_ZONE_OPEN && dt__count_is_zero(w->zone.count, w->zone.limbs)) { /* one is known */
        dt__limb one[1] = {1};
        zone.low = dt__builder_count(b, one, 1);
    }
    zone.high = dt__builder_count(b, w->zone.high, w->zone.limbs);
    if (zone.exact) zone.count = zone.low;
    return zone;
}

static void add_acceptable(dt__builder *b, dt_deal_format *out, const dt__format_work *w) {
    const dt_model *model = w->setting->situation.model;
    dt_party_count *counts = DT__BUILDER_ARRAY(b, dt_party_count, model->party_count);

    out->acceptable = counts;
    for (uint32_t p = 0; counts != NULL && p < model->party_count; p++) {
        const dt__tally *t = &w->acceptable[p];
        dt_party_count *c = &counts[out->acceptable_count];
        if (model->parties[p].preferences == NULL || t->limbs == 0) continue; /* not asked */
        *c = (dt_party_count){.party = p, .exact = t->exact};
        c->low = dt__builder_count(b, t->count, t->limbs);
        c->high = dt__builder_count(b, t->high, t->limbs);
        if (t->exact) c->count = c->low;
        out->acceptable_count++;
    }
}

static dt_party_best best_of(dt__builder *b, const dt__format_work *w, uint32_t party) {
    const dt__coordinate *c = DT__COORDINATE(&w->problem, w->problem.coordinate_of[party]);
    const dt__found *found = &w->best[party];
    dt_party_best best = {.party = party};
    dt__rational utility, gain;

    if (!found->best.proven) return best;
    best.outcome = found_outcome(b, w, found);
    if (best.outcome == NULL || c->ordinal) return best;
    if (!dt__coordinate_value(&utility, c, found->best.objective)) return best;
    if (!dt__coordinate_value(&gain, c, found->best.objective - c->threshold)) return best;
    best.utility = dt__builder_exact(b, utility);
    best.gain = dt__builder_exact(b, gain);
    return best;
}

static void add_best(dt__builder *b, dt_deal_format *out, const dt__format_work *w) {
    dt_party_best *list = DT__BUILDER_ARRAY(b, dt_party_best, (size_t)__builtin_popcountll(w->parties));
    bool asked = out->acceptable_count > 0;

    out->best = list;
    for (uint32_t p = 0; list != NULL && p < DT__MAX_PARTIES; p++) {
        if ((w->parties >> p & 1) && asked)
            list[out->best_count++] = w->status == DT_ZONE_OPEN ? best_of(b, w, p) : (dt_party_best){.party = p};
    }
}

/* ---- blockers ---- */

static const dt_blocker *new_blocker(dt__builder *b, dt_blocker_kind kind, uint32_t party, uint32_t index,
                                     const char *owner, const char *id) {
    dt_blocker *blocker = DT__BUILDER_ARRAY(b, dt_blocker, 1);

    if (blocker == NULL) return NULL;
    b->scratch.length = 0;
    dt__text_add(&b->scratch, owner);
    if (owner[0] != '\0') dt__text_add(&b->scratch, ".");
    dt__text_add(&b->scratch, id);
    *blocker = (dt_blocker){
        .kind = kind, .party = party, .index = index, .id = dt__builder_text(b, dt__text_get(&b->scratch))};
    return blocker;
}

/* What number n of the conflict masks stands for. */
static const dt_blocker *numbered_blocker(dt__builder *b, const dt__format_work *w, uint32_t n) {
    const dt_model *model = w->setting->situation.model;
    uint32_t party, index;

    if (w->bit_of_number[n] == DT__NO_INDEX) {
        party = DT__COORDINATE(&w->problem, w->coordinate_of_number[n])->party;
        return new_blocker(b, DT_BLOCKER_NO_DEAL, party, DT__NO_INDEX, model->parties[party].id, "no_deal");
    }
    party = DT__BIT(&w->problem, w->bit_of_number[n])->party;
    index = DT__BIT(&w->problem, w->bit_of_number[n])->index;
    return new_blocker(b, DT_BLOCKER_RED_LINE, party, index, model->parties[party].id,
                       model->parties[party].preferences->red_lines[index].id);
}

static const dt_blocker *rule_blocker(dt__builder *b, const dt__format_work *w, uint32_t n) {
    return new_blocker(b, DT_BLOCKER_RULE, DT__NO_INDEX, n, "", w->setting->situation.model->rules[n].id);
}

static void sort_by_id(const dt_blocker **members, size_t count) {
    for (size_t i = 1; i < count; i++) {
        const dt_blocker *moving = members[i];
        size_t at = i;
        for (; at > 0 && strcmp(members[at - 1]->id, moving->id) > 0; at--) members[at] = members[at - 1];
        members[at] = moving;
    }
}

typedef const dt_blocker *(*name_number)(dt__builder *b, const dt__format_work *w, uint32_t n);

static dt_blocker_set blocker_set(dt__builder *b, const dt__format_work *w, const dt__mask *mask, name_number name) {
    dt_blocker_set set = {0};
    const dt_blocker **members = DT__BUILDER_ARRAY(b, const dt_blocker *, dt__mask_size(mask));

    for (uint32_t n = 0; members != NULL && n < DT__MAX_SOFT_BITS; n++) {
        if (dt__mask_has(mask, n)) members[set.count++] = name(b, w, n);
    }
    set.members = members;
    if (!b->failed) sort_by_id(members, set.count);
    return set;
}

static const dt_blocker_set *blocker_sets(dt__builder *b, const dt__format_work *w, const dt__antichain *masks,
                                          name_number name) {
    dt_blocker_set *sets = DT__BUILDER_ARRAY(b, dt_blocker_set, masks->masks.count);

    for (size_t i = 0; sets != NULL && i < masks->masks.count; i++)
        sets[i] = blocker_set(b, w, DT__AT(masks->masks, dt__mask, i), name);
    return sets;
}

/* ---- concessions ---- */

static dt__int128 sum_at(const dt__problem *p, uint32_t coordinate, const dt__option *outcome) {
    dt__option assignment[DT__MAX_ISSUES];
    dt__int128 sum = 0;

    for (uint32_t v = 0; v < p->var_count; v++) assignment[v] = outcome[p->issues[v]];
    for (size_t i = 0; i < p->factors.count; i++) {
        const dt__factor *f = DT__FACTOR(p, i);
        if (f->kind == DT__FACTOR_SUM && f->target == coordinate) sum += f->sums[dt__factor_index(f, assignment)];
    }
    return sum;
}

/* A reservation value in the drop: what its party gets below it. */
static void add_shortfalls(dt__builder *b, dt_concession *out, const dt__format_work *w, const dt__drop *d) {
    uint32_t *parties = DT__BUILDER_ARRAY(b, uint32_t, out->drop.count);
    dt_exact *values = DT__BUILDER_ARRAY(b, dt_exact, out->drop.count);

    out->shortfall_parties = parties;
    out->shortfalls = values;
    for (size_t i = 0; parties != NULL && values != NULL && i < out->drop.count; i++) {
        const dt_blocker *blocker = out->drop.members[i];
        const dt__coordinate *c;
        uint32_t coordinate;
        dt__rational missing;
        if (blocker->kind != DT_BLOCKER_NO_DEAL) continue;
        coordinate = w->problem.coordinate_of[blocker->party];
        c = DT__COORDINATE(&w->problem, coordinate);
        if (c->ordinal ||
            !dt__coordinate_value(&missing, c, c->threshold - sum_at(&w->problem, coordinate, d->deal.outcome)))
            continue;
        parties[out->shortfall_count] = blocker->party;
        values[out->shortfall_count++] = dt__builder_exact(b, missing);
    }
}

static dt_concession concession_of(dt__builder *b, const dt__format_work *w, const dt__drop *d, uint32_t fewest) {
    dt_concession c = {.drop = blocker_set(b, w, &d->mask, numbered_blocker)};

    c.least_number = dt__mask_size(&d->mask) == fewest;
    if (!d->known || b->failed) return c;
    c.least_cost = dt__rational_compare(d->cost, w->drops[0].cost) == 0; /* cheapest first */
    c.cost = dt__builder_exact(b, d->cost);
    c.outcome = found_outcome(b, w, &d->deal);
    add_shortfalls(b, &c, w, d);
    return c;
}

static void add_concessions(dt__builder *b, dt_deal_format *out, const dt__format_work *w) {
    dt_concession *list = DT__BUILDER_ARRAY(b, dt_concession, w->drop_count);
    uint32_t fewest = UINT32_MAX;

    for (size_t i = 0; i < w->drop_count; i++) {
        uint32_t size = dt__mask_size(&w->drops[i].mask);
        if (size < fewest) fewest = size;
    }
    out->concessions = list;
    for (size_t i = 0; list != NULL && i < w->drop_count; i++)
        list[out->concession_count++] = concession_of(b, w, &w->drops[i], fewest);
}

/* ---- one format ---- */

static void add_limit_note(dt__builder *b, dt_deal_format *out, const dt__format_work *w) {
    const dt__limits *limits = &w->setting->limits;
    bool counted = w->zone.exact && (w->coherent.exact || w->coherent.limbs == 0);

    if (counted && out->complete && w->winning.complete) return;
    b->scratch.length = 0;
    if (!counted) {
        dt__text states;
        dt__text_init(&states, b->env);
        dt__text_add_unsigned(&states, limits->states);
        dt__text_message(
            &b->scratch,
            "counting would have needed more than {0} states, or more time or memory than allowed; bounds are given.",
            dt__text_get(&states), NULL);
        dt__text_clear(&states);
    } else if (!w->winning.complete) {
        dt__text_message(
            &b->scratch,
            "the consent rule has too many minimal winning sets to list; blockers and best outcomes are left out.",
            NULL);
    } else {
        dt__text_message(&b->scratch,
                         "the search for blockers and concessions was cut short; what is listed opens the zone, but "
                         "there may be more.",
                         NULL);
    }
    out->limit_note = dt__builder_text(b, dt__text_get(&b->scratch));
}

void dt__answer_format(dt__builder *b, dt_deal_format *out, const dt__format_work *w) {
    dt__limb outcomes[DT__COUNT_MAX_LIMBS];

    *out = (dt_deal_format){.format = (uint32_t)(w->format - w->setting->situation.model->formats),
                            .within = w->within,
                            .complete = w->complete && w->winning.complete};
    out->winning_count = w->winning.sets.count;
    out->winning = w->winning.sets.count > 0
                       ? (const uint64_t *)(const void *)dt__builder_alloc(b, out->winning_count, sizeof(uint64_t))
                       : NULL;
    if (out->winning != NULL)
        memcpy((uint64_t *)out->winning, w->winning.sets.items, out->winning_count * sizeof(uint64_t));
    out->winning_complete = w->winning.complete;
    out->improper = w->winning.improper;
    dt__count_set(outcomes, w->problem.limbs, 1);
    for (size_t v = 0; v < w->problem.var_count; v++) dt__count_scale(outcomes, w->problem.sizes[v], w->problem.limbs);
    out->outcomes = dt__builder_count(b, outcomes, w->problem.limbs);
    if (w->coherent.exact && w->coherent.limbs > 0)
        out->coherent = dt__builder_count(b, w->coherent.count, w->coherent.limbs);
    add_acceptable(b, out, w);
    out->zone = dt__answer_zone(b, w);
    out->zone.keeps_principles = principled_count(b, w);
    if (w->status == DT_ZONE_OPEN) out->zone.example = found_outcome(b, w, &w->example);
    add_best(b, out, w);
    out->blocking_count = w->blocking.masks.count;
    out->blocking = blocker_sets(b, w, &w->blocking, numbered_blocker);
    add_concessions(b, out, w);
    out->rule_conflict_count = w->rule_conflicts.masks.count;
    out->rule_conflicts = blocker_sets(b, w, &w->rule_conflicts, rule_blocker);
    add_limit_note(b, out, w);
}
