/* Claims checked by another way than the one that made them. */
#include <string.h>

#include "bargain/audit_search.h"
#include "bargain/statement.h"
#include "base/catalog.h"
#include "model/utility.h"

enum { MAX_COUNTED = 400, MAX_ENUMERATED = 200000 };

typedef struct check {
    const dt__bargain_work *work;
    dt_env *env;
    const char *failure; /* msgid; NULL: nothing */
    size_t counted;      /* points whose multiplicity was counted anew */
} check;

static void fail(check *c, const char *msgid) {
    if (c->failure == NULL) c->failure = msgid;
}

/* Utility from the model's text, not from the tables. */
static dt_status check_attained(check *c, const dt__points *points, const dt__points_kind *kind, size_t i) {
    const dt__bargain_work *w = c->work;
    const dt__situation *s = &w->setting->situation;
    dt__option outcome[DT__MAX_ISSUES];
    dt__rational expected, value;

    dt__points_outcome(points->origins[i], &w->problem, outcome);
    for (size_t r = 0; r < s->model->rule_count; r++) {
        if (!dt__condition_holds(s->model->rules[r].require, outcome)) fail(c, DT__N("an outcome shown breaks a rule"));
    }
    for (size_t d = 0; d < w->count; d++) {
        dt_status st;
        if (dt__dimension(w, d)->ordinal) continue;
        if ((st = dt__utility(&value, s->model, s->valuation, w->parties[d], outcome, c->env)) != DT_OK) return st;
        if (!dt__coordinate_value(&expected, dt__dimension(w, d), dt__point_values(points, i, kind)[d]) ||
            dt__rational_compare(value, expected) != 0)
            fail(c, DT__N("an outcome shown does not attain its vector"));
    }
    return DT_OK;
}

/* Outcomes worth at least this vector to everybody: as many as its multiplicity if, and only if, nothing dominates it.
 */
static dt_status check_multiplicity(check *c, size_t i) {
    const dt__bargain_work *w = c->work;
    const dt__points *points = &w->frontier.points;
    dt__problem there = w->problem;
    dt__coordinate thresholds[2 * DT__MAX_PARTIES];
    dt__tally *tally = DT__NEW(c->env, dt__tally);
    dt__limb expected[DT__COUNT_MAX_LIMBS] = {0};
    dt__query q;
    dt_status st;

    if (tally == NULL) return DT_ERR_MEMORY;
    memcpy(thresholds, there.coordinates.items, there.coordinates.count * sizeof *thresholds);
    there.coordinates.items = thresholds;
    if ((st = dt__query_init(&q, &there, c->env)) == DT_OK) {
        if (w->setting->within != DT__NO_INDEX)
            q.bit_roles[dt__problem_bit(&there, DT__BIT_SCENARIO, DT__NO_INDEX, w->setting->within)] = DT__HARD;
        for (size_t d = 0; d < w->count; d++) {
            thresholds[w->coordinates[d]].threshold = dt__point_values(points, i, &w->frontier.kind)[d];
            q.coordinate_roles[w->coordinates[d]] = DT__HARD;
        }
        st = dt__walk_count(tally, &q, NULL, &w->setting->limits, c->env);
        dt__query_clear(&q, c->env);
    }
    if (st == DT_OK && tally->exact) {
        memcpy(expected, dt__point_multiplicity(points, i, &w->frontier.kind),
               w->frontier.kind.limbs * sizeof *expected);
        if (dt__count_compare(expected, tally->count, tally->limbs) != 0)
            fail(c, DT__N("a vector is dominated, or its multiplicity is another"));
        c->counted++;
    }
    DT__FREE(c->env, tally, 1);
    return st;
}

/* No outcome may beat or equal a vector that the frontier does not have.  Small spaces are looked at one by one. */
static dt_status check_complete(check *c) {
    const dt__bargain_work *w = c->work;
    const dt__problem *p = &w->problem;
    dt__option assignment[DT__MAX_ISSUES] = {0};
    double outcomes = 1;
    uint32_t v;

    for (v = 0; v < p->var_count; v++) outcomes *= p->sizes[v];
    if (outcomes > MAX_ENUMERATED) return DT_OK;
    do {
        dt__int128 values[DT__MAX_PARTIES] = {0};
        bool forbidden = false, covered = false;
        for (size_t i = 0; i < p->factors.count; i++) {
            const dt__factor *f = DT__FACTOR(p, i);
            size_t index = dt__factor_index(f, assignment);
            if (f->kind == DT__FACTOR_BIT) {
                const dt__bit *bit = DT__BIT(p, f->target);
                bool hard =
                    bit->kind == DT__BIT_RULE || (bit->kind == DT__BIT_SCENARIO && bit->index == w->setting->within);
                forbidden |= hard && f->crossed[index];
            }
            for (size_t d = 0; f->kind == DT__FACTOR_SUM && d < w->count; d++)
                values[d] += f->target == w->coordinates[d] ? f->sums[index] : 0;
        }
        for (size_t i = 0; i < w->frontier.points.count && !covered && !forbidden; i++) {
            const dt__int128 *point = dt__point_values(&w->frontier.points, i, &w->frontier.kind);
            covered = true;
            for (size_t d = 0; d < w->count && covered; d++)
                covered = point[d] + (w->frontier.exact ? 0 : w->frontier.epsilon[d]) >= values[d];
        }
        if (!forbidden && !covered) fail(c, DT__N("an outcome lies beyond the frontier"));
        for (v = 0; v < p->var_count; v++) {
            if (++assignment[v] < p->sizes[v]) break;
            assignment[v] = 0;
        }
    } while (v < p->var_count);
    return dt__poll(c->env);
}

/* A solution's points lie on the rational frontier, and none of them dominates another. */
static void check_solutions(check *c, const dt_bargain_format *out) {
    for (int kind = 0; kind < DT_SOLUTION_COUNT; kind++) {
        const dt_solution *s = &out->solutions[kind];
        if (s->status == DT_SOLUTION_FOUND && s->ties == 0)
            fail(c, DT__N("a solution chose nothing although there was something to choose"));
        for (size_t i = 0; i < s->ties && kind != DT_SOLUTION_MAXIMUM_WELFARE; i++) {
            for (size_t d = 0; d < out->party_count && s->exact; d++) {
                bool member = false;
                for (size_t k = 0; k < out->winning_count; k++) member |= out->winning[k] >> out->parties[d] & 1;
                if (member && out->winning_count == 1 && s->points[i].gains[d].text != NULL &&
                    s->points[i].gains[d].value < 0)
                    fail(c, DT__N("a solution leaves a party worse off than no deal"));
            }
        }
    }
}

dt_status dt__verify_bargain(dt__builder *b, dt_bargain_format *out, const dt__bargain_work *w) {
    check c = {.work = w, .env = b->env};
    dt__text *note;
    dt_status st = DT_OK;

    for (size_t i = 0; i < w->frontier.points.count && st == DT_OK; i++)
        st = check_attained(&c, &w->frontier.points, &w->frontier.kind, i);
    for (size_t i = 0; i < w->rational.count && st == DT_OK; i++) st = check_attained(&c, &w->rational, &w->kind, i);
    for (size_t i = 0;
         w->frontier.exact && !w->searched && i < w->frontier.points.count && i < MAX_COUNTED && st == DT_OK; i++)
        st = check_multiplicity(&c, i);
    if (st == DT_OK && (w->frontier.exact || w->searched) && w->found) st = check_complete(&c);
    if (st == DT_OK && w->searched && w->found) st = dt__audit_search(&c.failure, w, b->env);
    if (st != DT_OK) return st;
    check_solutions(&c, out);
    out->verified = c.failure == NULL;
    note = dt__builder_scratch(b);
    if (c.failure != NULL) dt__text_message(note, c.failure, NULL);
    else if (!w->found) dt__text_message(note, "there was nothing to check.", NULL);
    else if (w->searched)
        dt__text_message(
            note,
            "every vector is attained by its outcome, none dominates another, and outcomes drawn at random "
            "and bettered one issue at a time found nothing beyond what is proven.",
            NULL);
    else
        dt__text_message(
            note, "every vector is attained by its outcome, and counting anew found nothing that dominates one.", NULL);
    out->verify_note = dt__builder_take(b);
    return DT_OK;
}
