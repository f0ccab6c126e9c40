/* Deals that would be left, as values: the keys of docs/json.md. */
#include "document/facts.h"
#include "report/hold_sections.h"

static dt__value *answer_value(dt_document *d, const dt_leaving *l) {
    dt__value *value = dt__value_array(d);
    dt_outcome before = l->leaves_to;

    for (size_t i = 0; i < l->answer_count; i++) {
        dt__value *entry = dt__append(value, dt__value_object(d)), *changes;
        dt__put(d, entry, "party", dt__value_string(d, dt__party_key(d, l->answer[i].party)));
        changes = dt__put(d, entry, "changes", dt__value_object(d));
        for (size_t k = 0; k < d->model->issue_count; k++) {
            if (before[k] != l->answer[i].after[k])
                dt__put(d, changes, d->model->issues[k].id,
                        dt__value_string(d, d->model->issues[k].options[l->answer[i].after[k]].id));
        }
        before = l->answer[i].after;
    }
    return value;
}

static dt__value *leaving_value(dt_document *d, const dt_leaving *l) {
    static const char *const orders[] = {"worse", "equal", "better"};
    dt__value *value = dt__value_object(d);

    dt__put(d, value, "gain", dt__value_exact(d, l->gain));
    dt__put(d, value, "against_no_deal", dt__value_string(d, orders[l->preference + 1]));
    dt__put(d, value, "can_leave", dt__value_bool(d, l->can_leave));
    dt__put(d, value, "leaving", l->can_leave ? dt__value_string(d, orders[l->leaving + 1]) : dt__value_null(d));
    dt__put(d, value, "leaving_gain", dt__value_exact(d, l->leaving_gain));
    dt__put(d, value, "drift", dt__value_exact(d, l->drift));
    dt__put(d, value, "leaves_in_months", l->ends ? dt__value_exact(d, l->month) : dt__value_null(d));
    dt__put(d, value, "deterred", dt__value_bool(d, l->deterred));
    dt__put(d, value, "credible", dt__value_bool(d, l->credible));
    dt__put(d, value, "answer", answer_value(d, l));
    dt__put(d, value, "answered_gain", dt__value_exact(d, l->answered_gain));
    dt__put(d, value, "leaves_to", dt__outcome_value(d, l->leaves_to));
    return value;
}

static dt__value *remedies_value(dt_document *d, const dt_hold_deal *deal) {
    dt__value *value = dt__value_array(d);

    for (size_t i = 0; i < deal->remedy_count; i++) {
        const dt_remedy *remedy = &deal->remedies[i];
        dt__value *entry = dt__append(value, dt__value_object(d));
        const dt__issue *issue = &d->model->issues[remedy->issue];
        dt__put(d, entry, "issue", dt__value_string(d, issue->id));
        dt__put(d, entry, "option", dt__value_string(d, issue->options[remedy->option].id));
        dt__put(d, entry, "months", remedy->ends ? dt__value_exact(d, remedy->month) : dt__value_null(d));
    }
    return value;
}

static void put_draws(dt_document *d, dt__value *value, const dt_hold_deal *deal) {
    static const char *const keys[] = {"0", "6", "12"};
    dt__value *holds = dt__put(d, value, "holds", dt__value_object(d)), *quartiles;
    dt__value *low = dt__put(d, value, "holds_low", dt__value_object(d));
    dt__value *high = dt__put(d, value, "holds_high", dt__value_object(d));

    for (size_t m = 0; m < DT_HOLD_MONTHS; m++) {
        dt__put(d, holds, keys[m], dt__value_double(d, deal->holds[m]));
        dt__put(d, low, keys[m], dt__value_double(d, deal->holds_low[m]));
        dt__put(d, high, keys[m], dt__value_double(d, deal->holds_high[m]));
    }
    quartiles = dt__put(d, value, "month_quartiles", dt__value_array(d));
    for (size_t q = 0; q < 3; q++) dt__append(quartiles, dt__value_double(d, deal->quartiles[q]));
}

static dt__value *deal_value(dt_document *d, const dt_hold_deal *deal) {
    static const char *const origins[] = {
        [DT_DEAL_PROPOSAL] = "proposal", [DT_DEAL_SOLUTION] = "solution", [DT_DEAL_ASKED] = "asked"};
    bool proposal = deal->proposal != DT__NO_INDEX;
    dt__value *value = dt__value_object(d), *parties, *issues;

    dt__put(d, value, "origin", dt__value_string(d, origins[deal->origin]));
    dt__put(d, value, "proposal", dt__value_string(d, proposal ? d->model->proposals[deal->proposal].id : NULL));
    dt__put(d, value, "solutions", dt__value_string(d, deal->solutions));
    dt__put(d, value, "outcome", dt__outcome_value(d, deal->outcome));
    dt__put(d, value, "coherent", dt__value_bool(d, deal->coherent));
    dt__put(d, value, "leave_now", dt__party_set_value(d, deal->leave_now));
    dt__put(d, value, "leaves_in_months", deal->ends ? dt__value_exact(d, deal->month) : dt__value_null(d));
    dt__put(d, value, "first_to_leave",
            deal->first == DT__NO_INDEX ? dt__value_null(d) : dt__value_string(d, dt__party_key(d, deal->first)));
    parties = dt__put(d, value, "parties", dt__value_object(d));
    for (size_t i = 0; i < deal->party_count; i++)
        dt__put(d, parties, dt__party_key(d, deal->parties[i].party), leaving_value(d, &deal->parties[i]));
    issues = dt__put(d, value, "irreversible", dt__value_array(d));
    for (size_t i = 0; i < deal->irreversible_count; i++)
        dt__append(issues, dt__value_string(d, d->model->issues[deal->irreversible[i]].id));
    dt__put(d, value, "remedies", remedies_value(d, deal));
    if (deal->has_quartiles) put_draws(d, value, deal);
    return value;
}

dt__value *dt__hold_deals_value(dt_document *d, const dt_hold_answer *answer) {
    dt__value *value = dt__value_array(d);

    for (size_t i = 0; i < answer->deal_count; i++) dt__append(value, deal_value(d, &answer->deals[i]));
    return value;
}

dt__value *dt__hold_deals_only_value(dt_document *d, const dt_hold_answer *answer) {
    const char *as_of = dt__as_of_text(d);
    dt__value *value = dt__value_object(d);

    dt__put(d, value, "as_of", dt__value_string(d, *as_of == '\0' ? NULL : as_of));
    dt__put(d, value, "months", dt__value_exact(d, answer->months));
    dt__put(d, value, "no_deal_outcome", dt__outcome_value(d, answer->no_deal));
    dt__put(d, value, "deals", dt__hold_deals_value(d, answer));
    if (answer->limit_note != NULL) dt__put(d, value, "limit_note", dt__value_string(d, answer->limit_note));
    return value;
}
