/* Why not this deal: what each party makes of it, and the deals that hurt nobody and help somebody. */
#include <stdlib.h>
#include <string.h>

#include "bargain/statement.h"
#include "model/utility.h"

enum { SHOWN = 10 };

typedef struct improvement {
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

static uint32_t changes_of(const dt__bargain_work *w, size_t point, const dt__option *outcome) {
    dt__option other[DT__MAX_ISSUES];
    uint32_t changes = 0;

    dt__points_outcome(w->rational.origins[point], &w->problem, other);
    for (size_t i = 0; i < w->problem.model->issue_count; i++) changes += other[i] != outcome[i];
    return changes;
}

static dt_status list_improvements(dt__builder *b, dt_explanation *out, const dt__bargain_work *w,
                                   const dt__option *outcome, const dt__int128 *values) {
    dt__vector found = DT__VECTOR(improvement);
    dt_frontier_point *list;
    dt_status st = DT_OK;

    for (size_t i = 0; i < w->rational.count && st == DT_OK; i++) {
        if (!improves(w, dt__point_values(&w->rational, i, &w->kind), values)) continue;
        st = dt__vector_push(&found, &(improvement){.point = i, .changes = changes_of(w, i, outcome)}, b->env);
    }
    if (found.count > 1) qsort(found.items, found.count, sizeof(improvement), by_changes);
    out->improvement_count = found.count < SHOWN ? found.count : SHOWN;
    out->improvements = list = DT__BUILDER_ARRAY(b, dt_frontier_point, out->improvement_count);
    for (size_t i = 0; list != NULL && i < out->improvement_count; i++) {
        dt__answer_point(b, &list[i], w, &w->rational, &w->kind, DT__AT(found, improvement, i)->point,
                         w->multiplicities_known);
    }
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
    e->efficient = w->found && is_efficient(w, values);
    return list_improvements(b, e, w, outcome, values);
}
