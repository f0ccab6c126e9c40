/* The zone of agreement of one format: how many outcomes, whose best, an example. */
#include <string.h>

#include "deal/work.h"

dt_status dt__format_work_init(dt__format_work *w, const dt__format *format, const dt__setting *setting,
                               uint32_t within, dt_env *env) {
    const dt_model *model = setting->situation.model;
    dt_status st;

    *w = (dt__format_work){.format = format,
                           .setting = setting,
                           .within = within,
                           .complete = true,
                           .parties = dt__consent_parties(&format->consent)};
    w->corrections = w->blocking = w->rule_conflicts = DT__ANTICHAIN;
    w->winning.sets = DT__VECTOR(dt__party_set);
    if ((st = dt__winning_sets_init(&w->winning, &format->consent, env)) != DT_OK) return st;
    w->acceptable = DT__ARRAY(env, dt__tally, model->party_count);
    w->best = DT__ARRAY(env, dt__found, model->party_count);
    if (w->acceptable == NULL || w->best == NULL) return DT_ERR_MEMORY;
    return dt__problem_init(&w->problem, &setting->situation, &format->agenda, env);
}

void dt__format_work_clear(dt__format_work *w, dt_env *env) {
    size_t parties;

    if (w->setting == NULL) return;
    parties = w->setting->situation.model->party_count;
    dt__vector_clear(&w->winning.sets, env);
    dt__antichain_clear(&w->corrections, env);
    dt__antichain_clear(&w->blocking, env);
    dt__antichain_clear(&w->rule_conflicts, env);
    if (w->acceptable != NULL) DT__FREE(env, w->acceptable, parties == 0 ? 1 : parties);
    if (w->best != NULL) DT__FREE(env, w->best, parties == 0 ? 1 : parties);
    if (w->drops != NULL) DT__FREE(env, w->drops, w->drop_count == 0 ? 1 : w->drop_count);
    dt__problem_clear(&w->problem);
    *w = (dt__format_work){0};
}

/* ---- queries ---- */

dt_status dt__deal_query_init(dt__query *q, const dt__format_work *w, dt_env *env) {
    dt_status st = dt__query_init(q, &w->problem, env);

    if (st == DT_OK && w->within != DT__NO_INDEX) {
        q->bit_roles[dt__problem_bit(&w->problem, DT__BIT_SCENARIO, DT__NO_INDEX, w->within)] = DT__HARD;
    }
    return st;
}

static void set_parties(dt__query *q, dt__party_set parties, dt__role role) {
    for (uint32_t p = 0; p < DT__MAX_PARTIES; p++) {
        if (parties >> p & 1) dt__query_party(q, p, role);
    }
}

dt_status dt__zone_query_init(dt__query *q, const dt__format_work *w, dt_env *env) {
    dt_status st = dt__deal_query_init(q, w, env);

    if (st != DT_OK) return st;
    set_parties(q, w->winning.needed, DT__HARD);
    set_parties(q, w->parties & ~w->winning.needed, DT__SOFT);
    return DT_OK;
}

static bool consent_wins(const void *payload, dt__party_set accepting) {
    return dt__consent_wins(payload, accepting);
}

/* ---- counts ---- */

dt_status dt__count_coherent(dt__format_work *w, dt_env *env) {
    dt__query q;
    dt_status st = dt__deal_query_init(&q, w, env);

    if (st != DT_OK) return st;
    st = dt__walk_count(&w->coherent, &q, NULL, &w->setting->limits, env);
    dt__query_clear(&q, env);
    return st;
}

dt_status dt__count_acceptable(dt__format_work *w, uint32_t party, dt_env *env) {
    dt__query q;
    dt_status st = dt__deal_query_init(&q, w, env);

    if (st != DT_OK) return st;
    dt__query_party(&q, party, DT__HARD);
    st = dt__walk_count(&w->acceptable[party], &q, NULL, &w->setting->limits, env);
    dt__query_clear(&q, env);
    return st;
}

static dt_status count_query(dt__tally *tally, const dt__format_work *w, const dt__query *q, dt_env *env) {
    dt__winning winning = {.wins = consent_wins, .payload = &w->format->consent};
    bool unanimous = w->parties == w->winning.needed;

    return dt__walk_count(tally, q, unanimous ? NULL : &winning, &w->setting->limits, env);
}

dt_status dt__count_zone(dt__format_work *w, dt_env *env) {
    dt__query q;
    dt_status st = dt__zone_query_init(&q, w, env);

    if (st != DT_OK) return st;
    st = count_query(&w->zone, w, &q, env);
    dt__query_clear(&q, env);
    return st;
}

/* Presence is kept by whoever sits at the table. */
static bool is_kept_by_format(const dt__principle *principle, const dt__format *format) {
    return principle->kind == DT__PRINCIPLE_PRESENT && (format->table >> principle->party & 1);
}

dt_status dt__count_principled(dt__format_work *w, dt_env *env) {
    const dt_model *model = w->setting->situation.model;
    dt__query q;
    dt_status st = dt__zone_query_init(&q, w, env);

    if (st != DT_OK) return st;
    for (uint32_t i = 0; i < model->principle_count; i++) {
        uint32_t bit = dt__problem_bit(&w->problem, DT__BIT_PRINCIPLE, DT__NO_INDEX, i);
        if (!is_kept_by_format(&model->principles[i], w->format)) q.bit_roles[bit] = DT__HARD;
    }
    st = count_query(&w->principled, w, &q, env);
    dt__query_clear(&q, env);
    return st;
}

/* ---- outcomes ---- */

static bool better(const dt__best *a, const dt__best *b) {
    if (!a->found) return false;
    return !b->found || a->objective > b->objective;
}

/* Keeps the better of what was found; unproven as soon as one of the searches was. */
static void keep_better(dt__found *kept, const dt__found *tried) {
    bool proven = kept->best.proven && tried->best.proven;

    if (better(&tried->best, &kept->best)) *kept = *tried;
    kept->best.proven = proven;
    kept->best.outcome = kept->outcome;
}

/* The best outcome of the zone by an objective (DT__NO_INDEX: any), over all minimal winning sets; never `except`. */
static dt_status best_in_zone(dt__found *found, const dt__format_work *w, uint32_t objective, const dt__option *except,
                              dt_env *env) {
    dt_status st = DT_OK;

    found->best = (dt__best){.proven = w->winning.complete, .outcome = found->outcome};
    for (size_t i = 0; i < w->winning.sets.count && st == DT_OK; i++) {
        dt__found tried = {.best = {.outcome = tried.outcome}};
        dt__query q;
        if ((st = dt__deal_query_init(&q, w, env)) != DT_OK) return st;
        set_parties(&q, *DT__AT(w->winning.sets, dt__party_set, i), DT__HARD);
        q.objective = objective;
        q.except = except;
        st = dt__search_best(&tried.best, &q, &w->setting->limits, env);
        dt__query_clear(&q, env);
        if (st == DT_OK) keep_better(found, &tried);
        if (objective == DT__NO_INDEX && found->best.found) {
            found->best.proven = true;
            break;
        }
    }
    return st;
}

dt_status dt__find_best(dt__format_work *w, uint32_t party, dt_env *env) {
    return best_in_zone(&w->best[party], w, w->problem.coordinate_of[party], NULL, env);
}

dt_status dt__find_example(dt__format_work *w, dt_env *env) {
    return best_in_zone(&w->example, w, w->example_objective, NULL, env);
}

dt_status dt__decide_existence(dt__format_work *w, dt_env *env) {
    dt__found any = {.best = {.outcome = any.outcome}};
    dt_status st;

    if (w->zone.limbs > 0 && !dt__count_is_zero(w->zone.count, w->zone.limbs)) w->status = DT_ZONE_OPEN;
    else if (w->zone.exact) w->status = DT_ZONE_EMPTY;
    else {
        if ((st = best_in_zone(&any, w, DT__NO_INDEX, NULL, env)) != DT_OK) return st;
        w->status = any.best.found ? DT_ZONE_OPEN : any.best.proven ? DT_ZONE_EMPTY : DT_ZONE_UNDECIDED;
    }
    return DT_OK;
}

dt_status dt__decide_beside(dt_zone_status *status, const dt__format_work *w, dt_env *env) {
    dt__found any = {.best = {.outcome = any.outcome}};
    dt_status st = best_in_zone(&any, w, DT__NO_INDEX, w->setting->situation.no_deal, env);

    if (st != DT_OK) return st;
    *status = any.best.found ? DT_ZONE_OPEN : any.best.proven ? DT_ZONE_EMPTY : DT_ZONE_UNDECIDED;
    return DT_OK;
}
