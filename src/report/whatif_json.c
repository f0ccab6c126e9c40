/* The answer of `whatif` as a value: the keys of docs/json.md. */
#include "document/facts.h"
#include "report/whatif_sections.h"

static dt__value *pair_value(dt_document *d, dt__value *before, dt__value *after) {
    dt__value *value = dt__value_object(d);
    dt__put(d, value, "before", before);
    dt__put(d, value, "after", after);
    return value;
}

/* ---- the models ---- */

static dt__value *numbers_value(dt_document *d, const dt_whatif_answer *answer) {
    dt__value *value = dt__value_object(d);

    for (size_t i = 0; i < answer->number_count; i++) {
        const dt_changed_number *n = &answer->numbers[i];
        dt__put(d, value, n->path, pair_value(d, dt__value_exact(d, n->before), dt__value_exact(d, n->after)));
    }
    return value;
}

static dt__value *items_value(dt_document *d, const dt_whatif_answer *answer) {
    static const char *const kinds[] = {"party",    "format",    "issue",    "option",  "rule",
                                        "red_line", "principle", "proposal", "scenario"};
    dt__value *value = dt__value_array(d);

    for (size_t i = 0; i < answer->item_count; i++) {
        dt__value *entry = dt__append(value, dt__value_object(d));
        dt__put(d, entry, "kind", dt__value_string(d, kinds[answer->items[i].kind]));
        dt__put(d, entry, "id", dt__value_string(d, answer->items[i].id));
        dt__put(d, entry, "added", dt__value_bool(d, answer->items[i].added));
    }
    return value;
}

static dt__value *places_value(dt_document *d, const dt_whatif_answer *answer) {
    dt__value *value = dt__value_object(d);

    for (size_t i = 0; i < answer->place_count; i++) {
        const dt__issue *issue = &answer->model_after->issues[answer->places[i]];
        uint32_t old = dt__model_issue(answer->model_before, issue->id);
        const char *was = answer->model_before->issues[old].options[answer->before->no_deal[old]].id;
        const char *is = issue->options[answer->after->no_deal[answer->places[i]]].id;
        dt__put(d, value, issue->id, pair_value(d, dt__value_string(d, was), dt__value_string(d, is)));
    }
    return value;
}

/* ---- the answers ---- */

static dt__value *parties_value(dt_document *d, const dt_whatif_answer *answer) {
    dt__value *value = dt__value_object(d);

    for (size_t i = 0; i < answer->party_count; i++) {
        const dt_changed_party *p = &answer->parties[i];
        dt__put(d, value, dt__party_key(d, p->after),
                pair_value(d, dt__value_exact(d, p->no_deal_before), dt__value_exact(d, p->no_deal_after)));
    }
    return value;
}

static dt__value *zone_value(dt_document *d, const dt_deal_format *f) {
    static const char *const statuses[] = {
        [DT_ZONE_OPEN] = "open", [DT_ZONE_EMPTY] = "empty", [DT_ZONE_UNDECIDED] = "undecided"};
    dt__value *value = dt__value_object(d);

    dt__put(d, value, "status", dt__value_string(d, statuses[f->zone.status]));
    dt__put(d, value, "count", f->zone.exact ? dt__value_count(d, f->zone.count) : dt__value_null(d));
    dt__put(d, value, "low", dt__value_count(d, f->zone.low));
    dt__put(d, value, "high", dt__value_count(d, f->zone.high));
    dt__put(d, value, "coherent", dt__value_count(d, f->coherent));
    return value;
}

static dt__value *blockers_value(dt_document *d, const dt_blocker *const *list, size_t count) {
    dt__value *value = dt__value_array(d);
    for (size_t i = 0; i < count; i++) dt__append(value, dt__value_string(d, list[i]->id));
    return value;
}

static dt__value *change_value(dt_document *d, const dt_changed_zone *zone) {
    dt__value *value = dt__value_object(d), *acceptance;

    dt__put(d, value, "zone", pair_value(d, zone_value(d, zone->before), zone_value(d, zone->after)));
    dt__put(d, value, "lifted", blockers_value(d, zone->lifted, zone->lifted_count));
    dt__put(d, value, "new", blockers_value(d, zone->fresh, zone->new_count));
    acceptance = dt__put(d, value, "acceptance", dt__value_object(d));
    for (size_t i = 0; i < zone->acceptance_count; i++) {
        const dt_changed_acceptance *a = &zone->acceptances[i];
        dt__put(d, acceptance, dt__party_key(d, a->party),
                pair_value(d, dt__value_double(d, a->share_before), dt__value_double(d, a->share_after)));
    }
    return value;
}

static dt__value *formats_value(dt_document *d, const dt_whatif_answer *answer) {
    dt__value *value = dt__value_object(d), *scenarios = NULL;

    for (size_t i = 0; i < answer->zone_count; i++) {
        const dt_changed_zone *zone = &answer->zones[i];
        if (zone->scenario_after == UINT32_MAX) {
            dt__value *format = dt__put(d, value, dt__format_key(d, zone->format_after), change_value(d, zone));
            scenarios = dt__put(d, format, "scenarios", dt__value_object(d));
        } else dt__put(d, scenarios, d->model->scenarios[zone->scenario_after].id, change_value(d, zone));
    }
    return value;
}

static dt__value *judgement_value(dt_document *d, const dt_judgement *j, const dt_model *model) {
    dt__value *value = dt__value_object(d), *lines;

    dt__put(d, value, "accepts", dt__value_bool(d, j->accepts));
    dt__put(d, value, "gain", dt__value_exact(d, j->gain));
    lines = dt__put(d, value, "red_lines", dt__value_array(d));
    for (size_t i = 0; i < j->red_line_count; i++)
        dt__append(lines, dt__value_string(d, model->parties[j->party].preferences->red_lines[j->red_lines[i]].id));
    return value;
}

static dt__value *judgements_value(dt_document *d, const dt_whatif_answer *answer) {
    dt__value *value = dt__value_array(d);

    for (size_t i = 0; i < answer->judgement_count; i++) {
        const dt_changed_judgement *j = &answer->judgements[i];
        dt__value *entry = dt__append(value, pair_value(d, judgement_value(d, j->before, answer->model_before),
                                                        judgement_value(d, j->after, answer->model_after)));
        dt__put(d, entry, "proposal", dt__value_string(d, d->model->proposals[j->proposal].id));
        dt__put(d, entry, "party", dt__value_string(d, dt__party_key(d, j->after->party)));
    }
    return value;
}

dt__value *dt__whatif_value(dt_document *d, const dt_whatif_answer *answer) {
    dt__value *value = dt__value_object(d);

    dt__put(d, value, "numbers", numbers_value(d, answer));
    dt__put(d, value, "items", items_value(d, answer));
    dt__put(d, value, "places", places_value(d, answer));
    dt__put(d, value, "months",
            pair_value(d, dt__value_exact(d, answer->before->months), dt__value_exact(d, answer->after->months)));
    dt__put(d, value, "no_deal", parties_value(d, answer));
    dt__put(d, value, "formats", formats_value(d, answer));
    dt__put(d, value, "proposals", judgements_value(d, answer));
    return value;
}
