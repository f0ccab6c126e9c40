/* Why not this deal: what each party makes of it, and the deals that hurt nobody and help somebody. */
#include <stdlib.h>
#include <string.h>

#include "bargain/statement.h"
#include "bargain/trades.h"
#include "model/utility.h"
#include "space/zones.h"

enum { SHOWN = 10, MAX_SETS = 16, SEARCH_NODES = 100000 };

typedef struct improvement {
    const dt__points *points;
    const dt__points_kind *kind;
    size_t point;
    uint32_t changes; /* issues that differ from the deal */
} improvement;

static int by_changes(const void *a, const void *b) {
    const improvement *x = a, *y = b;
    if (x->changes != y->changes) return x->changes < y->changes ? -1 : 1;
    return (x->point > y->point) - (x->point < y->point);
}

/* At least as good for all, better for somebody. */
static bool improves(const dt__bargain_work *w, const dt__int128 *point, const dt__int128 *values) {
    bool better = false;
    for (size_t d = 0; d < w->count; d++) {
        if (point[d] < values[d]) return false;
        better |= point[d] > values[d];
    }
    return better;
}

static uint32_t changes_of(const dt__bargain_work *w, const dt__points *points, size_t point,
                           const dt__option *outcome) {
    dt__option other[DT__MAX_ISSUES];
    uint32_t changes = 0;

    dt__points_outcome(points->origins[point], &w->problem, other);
    for (size_t i = 0; i < w->problem.model->issue_count; i++) changes += other[i] != outcome[i];
    return changes;
}

static dt_status add_trades(dt__builder *b, dt_explanation *out, const dt__bargain_work *w, const dt__option *outcome) {
    dt_trade_list *lists = DT__BUILDER_ARRAY(b, dt_trade_list, out->improvement_count);
    dt_status st = lists == NULL ? DT_ERR_MEMORY : DT_OK;

    out->trades = lists;
    for (size_t i = 0; i < out->improvement_count && st == DT_OK; i++)
        st = dt__answer_trades(b, &lists[i], w, outcome, out->improvements[i].outcome);
    return st;
}

static bool is_listed(const dt__vector *found, const dt__bargain_work *w, const improvement *one) {
    const dt__int128 *values = dt__point_values(one->points, one->point, one->kind);

    for (size_t i = 0; one->points != &w->rational && i < found->count; i++) {
        const improvement *other = DT__AT(*found, improvement, i);
        if (memcmp(dt__point_values(other->points, other->point, other->kind), values, w->count * sizeof *values) == 0)
            return true;
    }
    return false;
}

static dt_status add_points(dt__vector *found, const dt__bargain_work *w, const dt__points *points,
                            const dt__points_kind *kind, const dt__option *outcome, const dt__int128 *values,
                            dt_env *env) {
    dt_status st = DT_OK;

    for (size_t i = 0; i < points->count && st == DT_OK; i++) {
        improvement one = {.points = points, .kind = kind, .point = i};
        if (!improves(w, dt__point_values(points, i, kind), values) || is_listed(found, w, &one)) continue;
        one.changes = changes_of(w, points, i, outcome);
        st = dt__vector_push(found, &one, env);
    }
    return st;
}

/* Where the frontier is not exact: searched for from this deal, within each minimal winning set's red lines. */
static dt_status search_better(dt__frontier *out, const dt__bargain_work *w, dt__party_set keeping,
                               const dt__int128 *values, bool *proven, dt_env *env) {
    dt__int128 at_least[DT__MAX_PARTIES];
    dt__query q;
    dt_status st = dt__bargain_query(&q, w, keeping, env);

    *out = (dt__frontier){0};
    *proven = false;
    if (st != DT_OK) return st;
    for (size_t d = 0; d < w->count; d++) {
        dt__int128 no_deal = dt__dimension(w, d)->threshold;
        bool member = keeping >> w->parties[d] & 1;
        at_least[d] = member && no_deal > values[d] ? no_deal : values[d];
    }
    st = dt__zones_better(out, proven, &q, w->coordinates, w->count, at_least, SEARCH_NODES, env);
    dt__query_clear(&q, env);
    return st == DT_ERR_LIMIT ? DT_OK : st;
}

static dt_status write_improvements(dt__builder *b, dt_explanation *out, const dt__bargain_work *w,
                                    const dt__option *outcome, dt__vector *found) {
    dt_frontier_point *list;

    if (found->count > 1) qsort(found->items, found->count, sizeof(improvement), by_changes);
    out->improvement_count = found->count < SHOWN ? found->count : SHOWN;
    out->improvements = list = DT__BUILDER_ARRAY(b, dt_frontier_point, out->improvement_count);
    for (size_t i = 0; list != NULL && i < out->improvement_count; i++) {
        const improvement *one = DT__AT(*found, improvement, i);
        dt__answer_point(b, &list[i], w, one->points, one->kind, one->point,
                         one->points == &w->rational && w->multiplicities_known);
    }
    return list == NULL ? DT_ERR_MEMORY : add_trades(b, out, w, outcome);
}

static dt_status list_improvements(dt__builder *b, dt_explanation *out, const dt__bargain_work *w,
                                   const dt__option *outcome, const dt__int128 *values) {
    dt__vector found = DT__VECTOR(improvement);
    size_t sets = dt__all_exact(w) && w->found ? 0 : w->winning.sets.count;
    dt__frontier *searched;
    dt_status st;
    bool proven;

    if (sets > MAX_SETS) sets = MAX_SETS;
    if ((searched = DT__ARRAY(b->env, dt__frontier, sets)) == NULL) return DT_ERR_MEMORY;
    st = add_points(&found, w, &w->rational, &w->kind, outcome, values, b->env);
    for (size_t s = 0; s < sets && st == DT_OK; s++) {
        dt__frontier *f = &searched[s];
        st = search_better(f, w, *DT__AT(w->winning.sets, dt__party_set, s), values, &proven, b->env);
        if (st == DT_OK) st = add_points(&found, w, &f->points, &f->kind, outcome, values, b->env);
    }
    if (st == DT_OK) st = write_improvements(b, out, w, outcome, &found);
    for (size_t s = 0; s < sets; s++) dt__frontier_clear(&searched[s]);
    DT__FREE(b->env, searched, sets == 0 ? 1 : sets);
    dt__vector_clear(&found, b->env);
    return st;
}

static bool is_coherent(const dt__bargain_work *w, const dt__option *outcome) {
    const dt_model *m = w->problem.model;
    for (size_t i = 0; i < m->rule_count; i++) {
        if (!dt__condition_holds(m->rules[i].require, outcome)) return false;
    }
    return true;
}

/* Can this format agree on it: nothing is moved that is not on the agenda, and the scenario asked for comes about? */
static bool is_within_reach(const dt__bargain_work *w, const dt__option *outcome) {
    const dt_model *m = w->problem.model;
    uint32_t within = w->setting->within;

    for (uint32_t i = 0; i < m->issue_count; i++) {
        if (w->problem.var_of[i] == DT__NO_INDEX && outcome[i] != w->problem.fixed[i]) return false;
    }
    return within == DT__NO_INDEX || dt__condition_holds(m->scenarios[within].when, outcome);
}

/* Does no coherent outcome beat it?  The frontier knows. */
static bool is_efficient(const dt__bargain_work *w, const dt__int128 *values) {
    for (size_t i = 0; i < w->frontier.points.count; i++) {
        if (improves(w, dt__point_values(&w->frontier.points, i, &w->frontier.kind), values)) return false;
    }
    return true;
}

/* Where the frontier cannot tell, a search from the deal can. */
static dt_status judge_efficiency(dt_explanation *e, const dt__bargain_work *w, const dt__int128 *values, dt_env *env) {
    dt__frontier better;
    dt_status st;

    e->efficient = w->found && is_efficient(w, values);
    e->efficient_known = w->found && (w->frontier.exact || !e->efficient);
    if (e->efficient_known) return DT_OK;
    st = search_better(&better, w, 0, values, &e->efficient_known, env);
    e->efficient = e->efficient_known && better.points.count == 0;
    e->efficient_known |= better.points.count > 0;
    dt__frontier_clear(&better);
    return st;
}

/* Ranks as the engine sums them: see the compilation of priorities and rankings. */
static dt__int128 rank_of(const dt__bargain_work *w, uint32_t party, const dt__option *outcome) {
    const dt_model *m = w->problem.model;
    const dt__preferences *prefs = m->parties[party].preferences;
    dt__int128 rank = 0;

    if (prefs->form == DT__FORM_RANKING) return prefs->rank_count - dt__ranking_place(m, prefs, outcome);
    for (size_t j = 0; j < prefs->priority_count; j++)
        rank = 2 * rank + dt__condition_holds(prefs->priorities[j].when, outcome);
    return rank;
}

/* What a deal gives in each dimension, from the model's text: it may move issues that are not on the agenda. */
static dt_status values_of(dt__int128 *values, const dt__bargain_work *w, const dt__option *outcome, dt_env *env) {
    const dt__situation *s = &w->setting->situation;

    for (size_t d = 0; d < w->count; d++) {
        const dt__coordinate *c = dt__dimension(w, d);
        dt__rational utility;
        dt_status st;
        if (c->ordinal) {
            values[d] = rank_of(w, w->parties[d], outcome);
            continue;
        }
        if ((st = dt__utility(&utility, s->model, s->valuation, w->parties[d], outcome, env)) != DT_OK) return st;
        if (!dt__int128_mul(&values[d], utility.num, c->unit / utility.den))
            return dt__too_large_number(s->model, w->parties[d], env);
    }
    return DT_OK;
}

dt_status dt__answer_explanation(dt__builder *b, dt_bargain_format *out, const dt__bargain_work *w,
                                 const dt__option *outcome) {
    dt_explanation *e = DT__BUILDER_ARRAY(b, dt_explanation, 1);
    dt__int128 values[DT__MAX_PARTIES];
    dt_status st;

    if (e == NULL) return DT_ERR_MEMORY;
    out->explanation = e;
    e->outcome = dt__builder_outcome(b, outcome, w->problem.model->issue_count);
    e->coherent = is_coherent(w, outcome);
    if ((st = dt__builder_judgements(b, &e->judgements, &e->judgement_count, w->setting, outcome)) != DT_OK) return st;
    e->within_reach = is_within_reach(w, outcome);
    e->in_zone = e->coherent && e->within_reach &&
                 dt__consent_wins(&w->format->consent, dt__accepting(e->judgements, e->judgement_count));
    if ((st = values_of(values, w, outcome, b->env)) != DT_OK) return st;
    if ((st = judge_efficiency(e, w, values, b->env)) != DT_OK) return st;
    return list_improvements(b, e, w, outcome, values);
}
