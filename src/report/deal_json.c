/* The answer of `deal` as a value: the keys of docs/json.md. */
#include "document/facts.h"
#include "report/deal_sections.h"

/* ---- zones ---- */

static dt__value *zone_value(dt_document *d, const dt_zone *zone) {
    static const char *const statuses[] = {
        [DT_ZONE_OPEN] = "open", [DT_ZONE_EMPTY] = "empty", [DT_ZONE_UNDECIDED] = "undecided"};
    dt__value *value = dt__value_object(d);

    dt__put(d, value, "status", dt__value_string(d, statuses[zone->status]));
    dt__put(d, value, "count", zone->exact ? dt__value_count(d, zone->count) : dt__value_null(d));
    dt__put(d, value, "exact", dt__value_bool(d, zone->exact));
    dt__put(d, value, "low", dt__value_count(d, zone->low));
    dt__put(d, value, "high", dt__value_count(d, zone->high));
    dt__put(d, value, "example", dt__outcome_value(d, zone->example));
    dt__put(d, value, "keeps_principles", dt__value_count(d, zone->keeps_principles));
    return value;
}

static dt__value *best_value(dt_document *d, const dt_deal_format *f) {
    dt__value *value = dt__value_object(d);

    for (size_t i = 0; i < f->best_count; i++) {
        const dt_party_best *best = &f->best[i];
        dt__value *entry = best->outcome == NULL ? dt__value_null(d) : dt__value_object(d);
        dt__put(d, value, dt__party_key(d, best->party), entry);
        if (best->outcome == NULL) continue;
        dt__put(d, entry, "utility", dt__value_exact(d, best->utility));
        dt__put(d, entry, "gain", dt__value_exact(d, best->gain));
        dt__put(d, entry, "outcome", dt__outcome_value(d, best->outcome));
    }
    return value;
}

/* ---- blockers and concessions ---- */

static dt__value *set_value(dt_document *d, const dt_blocker_set *set) {
    dt__value *value = dt__value_array(d);
    for (size_t i = 0; i < set->count; i++) dt__append(value, dt__value_string(d, set->members[i]->id));
    return value;
}

static dt__value *sets_value(dt_document *d, const dt_blocker_set *sets, size_t count) {
    dt__value *value = dt__value_array(d);
    for (size_t i = 0; i < count; i++) dt__append(value, set_value(d, &sets[i]));
    return value;
}

static dt__value *concession_value(dt_document *d, const dt_concession *c) {
    dt__value *value = dt__value_object(d), *shortfall;

    dt__put(d, value, "drop", set_value(d, &c->drop));
    dt__put(d, value, "cost", dt__value_exact(d, c->cost));
    shortfall = dt__put(d, value, "shortfall", dt__value_object(d));
    for (size_t i = 0; i < c->shortfall_count; i++) {
        dt__put(d, shortfall, dt__party_key(d, c->shortfall_parties[i]), dt__value_exact(d, c->shortfalls[i]));
    }
    dt__put(d, value, "outcome", dt__outcome_value(d, c->outcome));
    dt__put(d, value, "least_cost", dt__value_bool(d, c->least_cost));
    dt__put(d, value, "least_number", dt__value_bool(d, c->least_number));
    return value;
}

static dt__value *concessions_value(dt_document *d, const dt_deal_format *f) {
    dt__value *value = dt__value_array(d);
    for (size_t i = 0; i < f->concession_count; i++) dt__append(value, concession_value(d, &f->concessions[i]));
    return value;
}

/* ---- proposals ---- */

static dt__value *proposal_value(dt_document *d, const dt_proposal_answer *p) {
    dt__value *value = dt__value_object(d), *list;

    dt__put(d, value, "acceptable", dt__value_bool(d, p->acceptable));
    dt__put(d, value, "coherent", dt__value_bool(d, p->coherent));
    list = dt__put(d, value, "off_agenda", dt__value_array(d));
    for (size_t i = 0; i < p->off_agenda_count; i++)
        dt__append(list, dt__value_string(d, d->model->issues[p->off_agenda[i]].id));
    list = dt__put(d, value, "rules_broken", dt__value_array(d));
    for (size_t i = 0; i < p->rule_count; i++) dt__append(list, dt__value_string(d, d->model->rules[p->rules[i]].id));
    dt__put(d, value, "outcome", dt__outcome_value(d, p->outcome));
    dt__put(d, value, "parties", dt__judgements_value(d, p->parties, p->party_count));
    list = dt__put(d, value, "principles_broken", dt__value_array(d));
    for (size_t i = 0; i < p->principle_count; i++)
        dt__append(list, dt__value_string(d, d->model->principles[p->principles[i]].id));
    return value;
}

static dt__value *proposals_value(dt_document *d, const dt_deal_format *f) {
    dt__value *value = dt__value_object(d);
    for (size_t i = 0; i < f->proposal_count; i++) {
        const dt_proposal_answer *p = &f->proposals[i];
        dt__put(d, value, d->model->proposals[p->proposal].id, proposal_value(d, p));
    }
    return value;
}

/* ---- one format ---- */

/* The number; when it is only bounded, {low, high}. */
static dt__value *accepted_value(dt_document *d, const dt_party_count *count) {
    dt__value *value;

    if (count->exact) return dt__value_count(d, count->count);
    value = dt__value_object(d);
    dt__put(d, value, "low", dt__value_count(d, count->low));
    dt__put(d, value, "high", dt__value_count(d, count->high));
    return value;
}

static dt__value *scenarios_value(dt_document *d, const dt_deal_format *f) {
    dt__value *value = dt__value_object(d);

    for (size_t i = 0; i < f->scenario_count; i++) {
        const dt_deal_format *s = &f->scenarios[i];
        dt__value *entry = dt__put(d, value, d->model->scenarios[s->within].id, dt__value_object(d));
        dt__put(d, entry, "coherent", dt__value_count(d, s->coherent));
        dt__put(d, entry, "zone", zone_value(d, &s->zone));
        dt__put(d, entry, "blockers", sets_value(d, s->blocking, s->blocking_count));
        dt__put(d, entry, "concessions", concessions_value(d, s));
        dt__put(d, entry, "complete", dt__value_bool(d, s->complete));
    }
    return value;
}

static dt__value *format_value(dt_document *d, const dt_deal_format *f) {
    dt__value *value = dt__value_object(d), *acceptable;

    dt__put(d, value, "consent", dt__party_sets_value(d, f->winning, f->winning_count));
    dt__put(d, value, "coherent", dt__value_count(d, f->coherent));
    acceptable = dt__put(d, value, "acceptable", dt__value_object(d));
    for (size_t i = 0; i < f->acceptable_count; i++) {
        dt__put(d, acceptable, dt__party_key(d, f->acceptable[i].party), accepted_value(d, &f->acceptable[i]));
    }
    dt__put(d, value, "zone", zone_value(d, &f->zone));
    dt__put(d, value, "best", best_value(d, f));
    dt__put(d, value, "blockers", sets_value(d, f->blocking, f->blocking_count));
    dt__put(d, value, "concessions", concessions_value(d, f));
    dt__put(d, value, "complete", dt__value_bool(d, f->complete));
    dt__put(d, value, "rules_in_conflict", sets_value(d, f->rule_conflicts, f->rule_conflict_count));
    dt__put(d, value, "proposals", proposals_value(d, f));
    if (f->scenario_count > 0) dt__put(d, value, "scenarios", scenarios_value(d, f));
    if (f->improper) dt__put(d, value, "rival_deals", dt__value_bool(d, true));
    if (f->limit_note != NULL) dt__put(d, value, "limit_note", dt__value_string(d, f->limit_note));
    if (f->verify_note != NULL) {
        dt__put(d, value, "verified", dt__value_bool(d, f->verified));
        dt__put(d, value, "verify_note", dt__value_string(d, f->verify_note));
    }
    return value;
}

/* ---- all formats ---- */

static dt__value *opposition_value(dt_document *d, const dt_deal_answer *answer) {
    dt__value *value = dt__value_array(d);

    for (size_t i = 0; i < answer->opposition_count; i++) {
        const dt_opposition *o = &answer->oppositions[i];
        dt__value *entry = dt__append(value, dt__value_object(d)), *pair;
        dt__put(d, entry, "issue", dt__value_string(d, d->model->issues[o->issue].id));
        pair = dt__put(d, entry, "parties", dt__value_array(d));
        dt__append(pair, dt__value_string(d, dt__party_key(d, o->party_a)));
        dt__append(pair, dt__value_string(d, dt__party_key(d, o->party_b)));
        dt__put(d, entry, "opposition", dt__value_exact(d, o->opposition));
    }
    return value;
}

static bool breaks(const dt_deal_answer *answer, uint32_t principle) {
    for (size_t i = 0; i < answer->principle_count; i++) {
        if (answer->no_deal_breaks[i] == principle) return true;
    }
    return false;
}

static dt__value *principles_value(dt_document *d, const dt_deal_answer *answer) {
    static const char *const kinds[] = {[DT__PRINCIPLE_PRESENT] = "present",
                                        [DT__PRINCIPLE_FOLLOW_UP] = "follow_up",
                                        [DT__PRINCIPLE_ORDER] = "order",
                                        [DT__PRINCIPLE_REQUIRE] = "require",
                                        [DT__PRINCIPLE_CONSEQUENCE] = "consequence"};
    dt__value *value = dt__value_object(d);

    for (uint32_t i = 0; i < d->model->principle_count; i++) {
        const dt__principle *principle = &d->model->principles[i];
        dt__value *entry = dt__put(d, value, principle->id, dt__value_object(d));
        dt__put(d, entry, "kind", dt__value_string(d, kinds[principle->kind]));
        dt__put(d, entry, "by", dt__party_set_value(d, principle->by));
        dt__put(d, entry, "broken_by_no_deal", dt__value_bool(d, breaks(answer, i)));
    }
    return value;
}

static dt__value *over_value(dt_document *d, const dt_deal_answer *answer) {
    dt__value *value = dt__value_array(d);

    for (size_t m = 0; m < answer->formats[0].month_count; m++) {
        dt__value *entry = dt__append(value, dt__value_object(d)), *formats;
        dt__put(d, entry, "months", dt__value_unsigned(d, m));
        formats = dt__put(d, entry, "formats", dt__value_object(d));
        for (size_t i = 0; i < answer->format_count; i++) {
            const dt_zone *zone = &answer->formats[i].months[m];
            dt__value *format = dt__put(d, formats, dt__format_key(d, answer->formats[i].format), dt__value_object(d));
            dt__value *entry_zone = dt__put(d, format, "zone", dt__value_object(d));
            dt__put(d, entry_zone, "count", zone->exact ? dt__value_count(d, zone->count) : dt__value_null(d));
            dt__put(d, entry_zone, "exact", dt__value_bool(d, zone->exact));
        }
    }
    return value;
}

static void put_share(dt_document *d, dt__value *entry, const dt_draw_share *share) {
    dt__put(d, entry, "probability", dt__value_double(d, share->probability));
    dt__put(d, entry, "low", dt__value_double(d, share->low));
    dt__put(d, entry, "high", dt__value_double(d, share->high));
    dt__put(d, entry, "deals", dt__value_unsigned(d, share->deals));
    dt__put(d, entry, "undecided", dt__value_unsigned(d, share->undecided));
}

static dt__value *draws_value(dt_document *d, const dt_deal_answer *answer) {
    dt__value *value = dt__value_object(d), *formats;

    dt__put(d, value, "n", dt__value_unsigned(d, answer->draws));
    dt__put(d, value, "seed", dt__value_unsigned(d, answer->seed));
    formats = dt__put(d, value, "formats", dt__value_object(d));
    for (size_t i = 0; i < answer->format_count; i++) {
        const dt_deal_format *f = &answer->formats[i];
        dt__value *entry = dt__put(d, formats, dt__format_key(d, f->format), dt__value_object(d));
        put_share(d, entry, &f->draws);
        put_share(d, dt__put(d, entry, "beside_no_deal", dt__value_object(d)), &f->beside);
    }
    return value;
}

/* ---- with settings ---- */

static dt__value *base_value(dt_document *d, const dt_deal_answer *base) {
    dt__value *value = dt__value_object(d), *formats = dt__put(d, value, "formats", dt__value_object(d));

    for (size_t i = 0; i < base->format_count; i++) {
        dt__value *format = dt__put(d, formats, dt__format_key(d, base->formats[i].format), dt__value_object(d));
        dt__put(d, format, "zone", zone_value(d, &base->formats[i].zone));
    }
    return value;
}

static dt__value *change_value(dt_document *d, dt__value *before, dt__value *after) {
    dt__value *value = dt__value_object(d);
    dt__put(d, value, "before", before);
    dt__put(d, value, "after", after);
    return value;
}

static dt__value *count_or_null(dt_document *d, const dt_zone *zone) {
    return zone->exact ? dt__value_count(d, zone->count) : dt__value_null(d);
}

static dt__value *difference_value(dt_document *d, const dt_deal_answer *before, const dt_deal_answer *after) {
    dt__value *value = dt__value_object(d);

    for (size_t i = 0; i < after->format_count && i < before->format_count; i++) {
        dt__value *format = dt__put(d, value, dt__format_key(d, after->formats[i].format), dt__value_object(d)),
                  *no_deal;
        dt__put(d, format, "zone",
                change_value(d, count_or_null(d, &before->formats[i].zone), count_or_null(d, &after->formats[i].zone)));
        no_deal = dt__put(d, format, "no_deal", dt__value_object(d));
        for (size_t p = 0; p < after->no_deal_count && p < before->no_deal_count; p++) {
            const dt_judgement *a = &before->no_deal_values[p], *b = &after->no_deal_values[p];
            dt__put(d, no_deal, dt__party_key(d, b->party),
                    change_value(d, dt__value_exact(d, a->no_deal), dt__value_exact(d, b->no_deal)));
        }
    }
    return value;
}

dt__value *dt__deal_value(dt_document *d, const dt_deal_answer *answer) {
    const char *as_of = dt__as_of_text(d);
    dt__value *value = dt__value_object(d), *list;

    dt__put(d, value, "as_of", dt__value_string(d, *as_of == '\0' ? NULL : as_of));
    dt__put(d, value, "months", dt__value_exact(d, answer->months));
    list = dt__put(d, value, "parties", dt__value_array(d));
    for (uint32_t p = 0; p < d->model->party_count; p++) dt__append(list, dt__value_string(d, dt__party_key(d, p)));
    dt__put(d, value, "no_deal", dt__outcome_value(d, answer->no_deal));
    list = dt__put(d, value, "formats", dt__value_object(d));
    for (size_t i = 0; i < answer->format_count; i++)
        dt__put(d, list, dt__format_key(d, answer->formats[i].format), format_value(d, &answer->formats[i]));
    dt__put(d, value, "opposition", opposition_value(d, answer));
    dt__put(d, value, "principles", principles_value(d, answer));
    if (answer->format_count > 0 && answer->formats[0].month_count > 0)
        dt__put(d, value, "over", over_value(d, answer));
    if (answer->draws > 0) dt__put(d, value, "draws", draws_value(d, answer));
    if (answer->base != NULL) {
        dt__put(d, value, "base", base_value(d, answer->base));
        dt__put(d, value, "difference", difference_value(d, answer->base, answer));
    }
    return value;
}
