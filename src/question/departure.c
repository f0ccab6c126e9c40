#include "question/departure.h"

#include <string.h>

#include "model/utility.h"

enum { MOST_COMBINATIONS = 65536 };

static bool can_move(const dt__situation *s, uint32_t issue, const dt__option *outcome) {
    return !dt__is_final(&s->model->issues[issue], outcome[issue], s->no_deal[issue]);
}

static bool is_coherent(const dt_model *model, const dt__option *outcome) {
    for (size_t i = 0; i < model->rule_count; i++) {
        if (!dt__condition_holds(model->rules[i].require, outcome)) return false;
    }
    return true;
}

/* What leaving is worth: the outcome against no deal, on top of what no deal is worth by now. */
static dt_status value_of(dt__rational *out, const dt__situation *s, uint32_t party, const dt__option *outcome,
                          dt_env *env) {
    dt__rational no_deal, reservation;
    dt_status st;

    if ((st = dt__utility(out, s->model, s->valuation, party, outcome, env)) != DT_OK) return st;
    if ((st = dt__utility(&no_deal, s->model, s->valuation, party, s->no_deal, env)) != DT_OK) return st;
    if ((st = dt__reservation(&reservation, s->model, s->valuation, party, s->no_deal, s->months, env)) != DT_OK)
        return st;
    if (!dt__rational_sub(out, *out, no_deal) || !dt__rational_add(out, *out, reservation))
        return dt__too_large_number(s->model, party, env);
    return DT_OK;
}

/* Is a better than b for the party? */
static dt_status improves(bool *better, const dt__situation *s, uint32_t party, const dt__option *a,
                          const dt__option *b, dt_env *env) {
    int order = 0;
    dt_status st = dt__compare_outcomes(&order, s->model, s->valuation, party, a, b, env);

    *better = order > 0;
    return st;
}

/* Levers that the party can move now; *count of them. */
static void own_levers(uint32_t *levers, size_t *count, const dt__situation *s, uint32_t party,
                       const dt__option *outcome) {
    const dt_model *model = s->model;
    uint64_t combinations = 1;

    *count = 0;
    for (uint32_t i = 0; i < model->issue_count; i++) {
        if (model->issues[i].decided_by != party || !can_move(s, i, outcome)) continue;
        if (combinations * model->issues[i].option_count > MOST_COMBINATIONS) continue;
        combinations *= model->issues[i].option_count;
        levers[(*count)++] = i;
    }
}

/* The next combination of the levers; false after the last. */
static bool next_combination(dt__option *outcome, const uint32_t *levers, size_t count, const dt_model *model) {
    for (size_t i = 0; i < count; i++) {
        if (++outcome[levers[i]] < model->issues[levers[i]].option_count) return true;
        outcome[levers[i]] = 0;
    }
    return false;
}

static dt_status choose_levers(dt__departure *out, const dt__situation *s, uint32_t party, dt__option *tried,
                               const dt__option *from, dt_env *env) {
    uint32_t levers[DT__MAX_ISSUES];
    size_t count, bytes = s->model->issue_count * sizeof *tried;
    dt_status st;

    own_levers(levers, &count, s, party, from);
    for (size_t i = 0; i < count; i++) tried[levers[i]] = 0;
    do {
        bool better = !out->possible;
        if (!is_coherent(s->model, tried) || memcmp(tried, from, bytes) == 0) continue;
        if (!better && (st = improves(&better, s, party, tried, out->outcome, env)) != DT_OK) return st;
        if (better) memcpy(out->outcome, tried, bytes);
        out->possible = true;
    } while (next_combination(tried, levers, count, s->model));
    return DT_OK;
}

dt_status dt__best_departure(dt__departure *out, const dt__situation *s, uint32_t party, const dt__option *outcome,
                             dt_env *env) {
    const dt__preferences *prefs = s->model->parties[party].preferences;
    dt__option tried[DT__MAX_ISSUES];
    bool changes = false;
    dt_status st;

    *out = (dt__departure){.order = -1};
    memcpy(tried, outcome, s->model->issue_count * sizeof *tried);
    for (uint32_t i = 0; i < s->model->issue_count; i++) {
        if (s->model->issues[i].decided_by != DT__NO_INDEX || !can_move(s, i, outcome)) continue;
        changes |= tried[i] != s->no_deal[i];
        tried[i] = s->no_deal[i];
    }
    if (!changes) return DT_OK; /* nothing was agreed that could be left */
    if ((st = choose_levers(out, s, party, tried, outcome, env)) != DT_OK || !out->possible) return st;
    if (dt__is_ordinal(prefs))
        return dt__compare_outcomes(&out->order, s->model, s->valuation, party, out->outcome, outcome, env);
    out->has_values = true;
    if ((st = dt__utility(&out->stays, s->model, s->valuation, party, outcome, env)) != DT_OK) return st;
    if ((st = value_of(&out->leaves, s, party, out->outcome, env)) != DT_OK) return st;
    out->order = dt__rational_compare(out->leaves, out->stays);
    return DT_OK;
}
