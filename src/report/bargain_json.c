/* The answer of `bargain` as a value: the keys of docs/json.md. */
#include "document/facts.h"
#include "document/phrase.h"
#include "report/bargain_sections.h"

/* {party: number}; null where there are no numbers. */
static dt__value *numbers_value(dt_document *d, const dt_bargain_format *f, const dt_exact *numbers) {
    dt__value *value;

    if (numbers == NULL) return dt__value_null(d);
    value = dt__value_object(d);
    for (size_t i = 0; i < f->party_count; i++)
        dt__put(d, value, dt__party_key(d, f->parties[i]), dt__value_exact(d, numbers[i]));
    return value;
}

static dt__value *parties_value(dt_document *d, const dt_bargain_format *f) {
    dt__value *value = dt__value_array(d);

    for (size_t i = 0; i < f->party_count; i++) dt__append(value, dt__value_string(d, dt__party_key(d, f->parties[i])));
    return value;
}

/* ---- frontiers ---- */

static dt__value *points_value(dt_document *d, const dt_bargain_format *f, const dt_frontier_point *points,
                               size_t count) {
    dt__value *value = dt__value_array(d);

    for (size_t i = 0; i < count; i++) {
        dt__value *point = dt__append(value, dt__value_object(d));
        dt__put(d, point, "utilities", numbers_value(d, f, points[i].utilities));
        dt__put(d, point, "gains", numbers_value(d, f, points[i].gains));
        dt__put(d, point, "multiplicity", dt__value_count(d, points[i].multiplicity));
        dt__put(d, point, "outcome", dt__outcome_value(d, points[i].outcome));
    }
    return value;
}

static dt__value *frontier_value(dt_document *d, const dt_bargain_format *f, const dt_frontier_answer *frontier) {
    dt__value *value = dt__value_object(d);
    bool known = dt__bargain_is_known(f);

    dt__put(d, value, "vectors", known ? dt__value_unsigned(d, frontier->vectors) : dt__value_null(d));
    dt__put(d, value, "outcomes", dt__value_count(d, frontier->outcomes));
    dt__put(d, value, "exact", dt__value_bool(d, frontier->exact));
    if (frontier->epsilon != NULL) dt__put(d, value, "epsilon", numbers_value(d, f, frontier->epsilon));
    dt__put(d, value, "points", points_value(d, f, frontier->points, frontier->point_count));
    return value;
}

static dt__value *ideal_value(dt_document *d, const dt_bargain_format *f) {
    dt__value *value;

    if (f->ideals == NULL) return dt__value_null(d);
    value = dt__value_object(d);
    for (size_t i = 0; i < f->party_count; i++) {
        const dt_ideal *ideal = &f->ideals[i];
        dt__value *entry = dt__put(d, value, dt__party_key(d, f->parties[i]), dt__value_object(d));
        dt__put(d, entry, "utility", dt__value_exact(d, ideal->utility));
        dt__put(d, entry, "gain", dt__value_exact(d, ideal->gain));
        dt__put(d, entry, "bound", dt__value_exact(d, ideal->bound));
        dt__put(d, entry, "exact", dt__value_bool(d, ideal->exact));
        dt__put(d, entry, "outcome", dt__outcome_value(d, ideal->outcome));
    }
    return value;
}

/* ---- solutions ---- */

static dt__value *shares_value(dt_document *d, const dt_solution *s) {
    dt__value *value = dt__value_array(d);

    for (size_t i = 0; i < s->share_count; i++) {
        dt__value *entry = dt__append(value, dt__value_object(d));
        dt__put(d, entry, "outcome", dt__outcome_value(d, s->share_outcomes[i]));
        dt__put(d, entry, "share", dt__value_double(d, s->shares[i]));
    }
    return value;
}

static dt__value *solution_value(dt_document *d, const dt_bargain_format *f, const dt_solution *s) {
    static const char *const statuses[] = {[DT_SOLUTION_FOUND] = "found",
                                           [DT_SOLUTION_NONE] = "none",
                                           [DT_SOLUTION_ORDINAL] = "ordinal",
                                           [DT_SOLUTION_TWO_PARTIES] = "two_parties",
                                           [DT_SOLUTION_UNDECIDED] = "undecided"};
    bool found = s->status == DT_SOLUTION_FOUND;
    dt__value *value = dt__value_object(d);

    dt__put(d, value, "value", found ? dt__value_double(d, s->value) : dt__value_null(d));
    dt__put(d, value, "bound", found ? dt__value_double(d, s->bound) : dt__value_null(d));
    dt__put(d, value, "ties", dt__value_unsigned(d, s->ties));
    dt__put(d, value, "outcomes", found ? dt__value_count(d, s->outcomes) : dt__value_unsigned(d, 0));
    dt__put(d, value, "status", dt__value_string(d, statuses[s->status]));
    dt__put(d, value, "exact", dt__value_bool(d, s->exact));
    dt__put(d, value, "degenerate", dt__value_bool(d, s->degenerate));
    dt__put(d, value, "points", points_value(d, f, s->points, s->ties));
    if (s->share_count > 0) dt__put(d, value, "shares", shares_value(d, s));
    return value;
}

static dt__value *solutions_value(dt_document *d, const dt_bargain_format *f) {
    dt__value *value = dt__value_object(d);

    for (unsigned k = 0; k < DT_SOLUTION_COUNT; k++)
        dt__put(d, value, dt_solution_id((dt_solution_kind)k), solution_value(d, f, &f->solutions[k]));
    return value;
}

/* ---- power ---- */

static dt__value *coalitions_value(dt_document *d, const dt_bargain_format *f) {
    dt__value *value = dt__value_array(d);

    for (size_t i = 0; f->coalitions != NULL && i < f->winning_count; i++) {
        dt__value *entry = dt__append(value, dt__value_object(d));
        dt__put(d, entry, "parties", dt__party_set_value(d, f->coalitions[i].parties));
        dt__put(d, entry, "vectors", dt__value_unsigned(d, f->coalitions[i].vectors));
        dt__put(d, entry, "outcomes", dt__value_count(d, f->coalitions[i].outcomes));
    }
    return value;
}

static dt__value *power_value(dt_document *d, const dt_bargain_format *f) {
    dt__value *value;

    if (!f->power_exact || f->power == NULL) return dt__value_null(d);
    value = dt__value_object(d);
    for (size_t i = 0; i < f->party_count; i++) {
        const dt_power *power = &f->power[i];
        dt__value *entry = dt__put(d, value, dt__party_key(d, power->party), dt__value_object(d));
        dt__put(d, entry, "shapley_shubik", dt__value_exact(d, power->shapley_shubik));
        dt__put(d, entry, "banzhaf", dt__value_exact(d, power->banzhaf));
        dt__put(d, entry, "banzhaf_normalised", dt__value_exact(d, power->banzhaf_normalised));
        dt__put(d, entry, "veto", dt__value_bool(d, power->veto));
        dt__put(d, entry, "dummy", dt__value_bool(d, power->dummy));
    }
    return value;
}

static dt__value *core_value(dt_document *d, const dt_bargain_format *f) {
    dt__value *value = dt__value_array(d);

    for (size_t i = 0; i < f->core_count; i++) {
        const dt_core_test *test = &f->core[i];
        dt__value *entry = dt__append(value, dt__value_object(d));
        dt__put(d, entry, "solution", dt__value_string(d, dt_solution_id(test->solution)));
        dt__put(d, entry, "tested", dt__value_bool(d, test->tested));
        dt__put(d, entry, "in_core", test->tested ? dt__value_bool(d, test->in_core) : dt__value_null(d));
        dt__put(d, entry, "blocking_set", dt__party_set_value(d, test->blocking_set));
        dt__put(d, entry, "objection", dt__outcome_value(d, test->objection));
    }
    return value;
}

/* ---- why not this deal ---- */

static dt__value *issue_changes_value(dt_document *d, const dt_bargain_format *f, const dt_trade_list *list) {
    dt__value *value = dt__value_array(d);

    for (size_t i = 0; i < list->trade_count; i++) {
        const dt_trade *t = &list->trades[i];
        const dt__issue *issue = &d->model->issues[t->issue];
        dt__value *entry = dt__append(value, dt__value_object(d));
        dt__put(d, entry, "issue", dt__value_string(d, issue->id));
        dt__put(d, entry, "from", dt__value_string(d, issue->options[t->from].id));
        dt__put(d, entry, "to", dt__value_string(d, issue->options[t->to].id));
        dt__put(d, entry, "changes", numbers_value(d, f, t->changes));
    }
    return value;
}

static dt__value *joint_changes_value(dt_document *d, const dt_trade_list *list) {
    dt__value *value = dt__value_array(d);

    for (size_t i = 0; i < list->joint_count; i++) {
        const dt_joint_change *j = &list->joints[i];
        const dt__adjust *adjust = &d->model->parties[j->party].preferences->adjust[j->adjust];
        dt__value *entry = dt__append(value, dt__value_object(d));
        dt__put(d, entry, "party", dt__value_string(d, dt__party_key(d, j->party)));
        dt__put(d, entry, "adjust", dt__value_unsigned(d, j->adjust));
        dt__put(d, entry, "id", dt__value_string(d, adjust->id));
        dt__put(d, entry, "when", dt__value_string(d, dt__condition_text(d, adjust->when)));
        dt__put(d, entry, "change", dt__value_exact(d, j->change));
    }
    return value;
}

/* Per improvement: which issues move, who gets how much by each, and what several issues together give. */
static dt__value *trades_value(dt_document *d, const dt_bargain_format *f, const dt_explanation *e) {
    dt__value *value = dt__value_array(d);

    for (size_t i = 0; i < e->improvement_count; i++) {
        dt__value *entry = dt__append(value, dt__value_object(d));
        dt__put(d, entry, "issues", issue_changes_value(d, f, &e->trades[i]));
        dt__put(d, entry, "joint", joint_changes_value(d, &e->trades[i]));
        dt__put(d, entry, "totals", numbers_value(d, f, e->trades[i].totals));
    }
    return value;
}

static dt__value *explanation_value(dt_document *d, const dt_bargain_format *f) {
    const dt_explanation *e = f->explanation;
    dt__value *value;

    if (e == NULL) return dt__value_null(d);
    value = dt__value_object(d);
    dt__put(d, value, "outcome", dt__outcome_value(d, e->outcome));
    dt__put(d, value, "coherent", dt__value_bool(d, e->coherent));
    dt__put(d, value, "within_reach", dt__value_bool(d, e->within_reach));
    dt__put(d, value, "in_zone", dt__value_bool(d, e->in_zone));
    dt__put(d, value, "efficient", e->efficient_known ? dt__value_bool(d, e->efficient) : dt__value_null(d));
    dt__put(d, value, "parties", dt__judgements_value(d, e->judgements, e->judgement_count));
    dt__put(d, value, "improvements", points_value(d, f, e->improvements, e->improvement_count));
    dt__put(d, value, "trades", trades_value(d, f, e));
    return value;
}

/* ---- formats ---- */

/* Puts the keys of one format into an object. */
static void put_format(dt_document *d, dt__value *value, const dt_bargain_format *f) {
    dt__put(d, value, "format", dt__value_string(d, dt__format_key(d, f->format)));
    dt__put(d, value, "within",
            f->within == UINT32_MAX ? dt__value_null(d) : dt__value_string(d, d->model->scenarios[f->within].id));
    dt__put(d, value, "parties", parties_value(d, f));
    dt__put(d, value, "no_deal", numbers_value(d, f, f->no_deal));
    dt__put(d, value, "weights", numbers_value(d, f, f->weights));
    dt__put(d, value, "ideal", ideal_value(d, f));
    dt__put(d, value, "searched", dt__value_bool(d, f->searched));
    dt__put(d, value, "frontier", frontier_value(d, f, &f->frontier));
    dt__put(d, value, "rational", frontier_value(d, f, &f->rational));
    dt__put(d, value, "solutions", solutions_value(d, f));
    dt__put(d, value, "winning", dt__party_sets_value(d, f->winning, f->winning_count));
    dt__put(d, value, "coalitions", coalitions_value(d, f));
    dt__put(d, value, "power", power_value(d, f));
    dt__put(d, value, "core", core_value(d, f));
    dt__put(d, value, "explanation", explanation_value(d, f));
    if (f->limit_note != NULL) dt__put(d, value, "limit_note", dt__value_string(d, f->limit_note));
    if (f->verify_note != NULL) {
        dt__put(d, value, "verified", dt__value_bool(d, f->verified));
        dt__put(d, value, "verify_note", dt__value_string(d, f->verify_note));
    }
}

static dt__value *draws_value(dt_document *d, const dt_bargain_answer *answer) {
    dt__value *value = dt__value_object(d);

    dt__put(d, value, "n", dt__value_unsigned(d, answer->draws));
    dt__put(d, value, "seed", dt__value_unsigned(d, answer->seed));
    return value;
}

dt__value *dt__bargain_value(dt_document *d, const dt_bargain_answer *answer) {
    const char *as_of = dt__as_of_text(d);
    dt__value *value = dt__value_object(d), *formats;

    dt__put(d, value, "as_of", dt__value_string(d, *as_of == '\0' ? NULL : as_of));
    dt__put(d, value, "months", dt__value_exact(d, answer->months));
    dt__put(d, value, "no_deal_outcome", dt__outcome_value(d, answer->no_deal));
    if (answer->draws > 0) dt__put(d, value, "draws", draws_value(d, answer));
    if (answer->format_count > 0) put_format(d, value, &answer->formats[0]);
    formats = dt__put(d, value, "formats", dt__value_object(d));
    for (size_t i = 0; i < answer->format_count; i++) {
        const dt_bargain_format *f = &answer->formats[i];
        put_format(d, dt__put(d, formats, dt__format_key(d, f->format), dt__value_object(d)), f);
    }
    return value;
}
