#include <math.h>
#include <string.h>

#include "base/catalog.h"
#include "report/whatif_sections.h"

enum { SHOWN_NUMBERS = 20, SHOWN_ACCEPTANCES = 2 };

/* ---- how the models differ ---- */

static const dt__column number_columns[] = {
    {DT__N("Number"), DT__LEFT}, {DT__N("Before"), DT__RIGHT}, {DT__N("After"), DT__RIGHT}};

static const char *exact_text(dt_document *d, dt_exact number) {
    return number.text == NULL ? dt__word(d, "not there") : dt__say_number(d, number.value);
}

static void add_numbers(dt_document *d, const dt_whatif_answer *answer) {
    size_t shown = answer->number_count < SHOWN_NUMBERS ? answer->number_count : SHOWN_NUMBERS;
    dt__block *table;

    if (answer->number_count == 0) return;
    table = DT__TABLE_OF(d, number_columns);
    for (size_t i = 0; i < shown; i++) {
        const dt_changed_number *n = &answer->numbers[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, n->path, DT__PLAIN);
        dt__table_cell(d, table, exact_text(d, n->before), DT__PLAIN);
        dt__table_cell(d, table, exact_text(d, n->after), DT__PLAIN);
    }
    if (answer->number_count > shown) dt__and_more(d, answer->number_count - shown);
}

static const char *item_text(dt_document *d, const dt_changed_item *item) {
    static const char *const added[] = {
        DT__N("Party {0} is new."),     DT__N("Format {0} is new."),   DT__N("Issue {0} is new."),
        DT__N("Option {0} is new."),    DT__N("Rule {0} is new."),     DT__N("Red line {0} is new."),
        DT__N("Principle {0} is new."), DT__N("Proposal {0} is new."), DT__N("Scenario {0} is new.")};
    static const char *const removed[] = {
        DT__N("Party {0} is gone."),     DT__N("Format {0} is gone."),   DT__N("Issue {0} is gone."),
        DT__N("Option {0} is gone."),    DT__N("Rule {0} is gone."),     DT__N("Red line {0} is gone."),
        DT__N("Principle {0} is gone."), DT__N("Proposal {0} is gone."), DT__N("Scenario {0} is gone.")};
    return dt__say(d, (item->added ? added : removed)[item->kind], item->id, NULL);
}

static void add_items(dt_document *d, const dt_whatif_answer *answer) {
    const dt_model *before = answer->model_before;
    dt__block *list = answer->item_count + answer->place_count == 0 ? NULL : dt__bullets(d);

    for (size_t i = 0; i < answer->item_count; i++) dt__bullet(d, list, item_text(d, &answer->items[i]));
    for (size_t i = 0; i < answer->place_count; i++) {
        uint32_t issue = answer->places[i], old = dt__model_issue(before, d->model->issues[issue].id);
        const dt__option_info *was = &before->issues[old].options[answer->before->no_deal[old]];
        dt__bullet(d, list,
                   dt__say(d, "With no deal {0} stands at “{1}”, no longer at “{2}”.", dt__issue_name(d, issue),
                           dt__option_name(d, issue, answer->after->no_deal[issue]),
                           dt__label_name(d, &was->name, was->id), NULL));
    }
}

/* ---- what no deal is worth ---- */

static const dt__column party_columns[] = {{DT__N("No deal is worth, to"), DT__LEFT},
                                           {DT__N("Before"), DT__RIGHT},
                                           {DT__N("After"), DT__RIGHT},
                                           {DT__N("Change"), DT__RIGHT}};

static bool is_moved(const dt_changed_party *p) {
    return p->no_deal_before.text != NULL && p->no_deal_after.text != NULL &&
           strcmp(p->no_deal_before.text, p->no_deal_after.text) != 0;
}

static void add_parties(dt_document *d, const dt_whatif_answer *answer) {
    dt__block *table = NULL;

    for (size_t i = 0; i < answer->party_count; i++) {
        const dt_changed_party *p = &answer->parties[i];
        if (!is_moved(p)) continue;
        if (table == NULL) table = DT__TABLE_OF(d, party_columns);
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__party_name(d, p->after), DT__PLAIN);
        dt__table_cell(d, table, dt__say_number(d, p->no_deal_before.value), DT__PLAIN);
        dt__table_cell(d, table, dt__say_number(d, p->no_deal_after.value), DT__PLAIN);
        dt__table_cell(d, table, dt__say_signed(d, p->no_deal_after.value - p->no_deal_before.value), DT__PLAIN);
    }
    if (table == NULL) dt__paragraph(d, dt__word(d, "No deal is worth the same to everybody as before."));
}

/* ---- zones ---- */

bool dt__zone_changed(const dt_changed_zone *zone) {
    const dt_zone *x = &zone->before->zone, *y = &zone->after->zone;
    return x->status != y->status || x->exact != y->exact || strcmp(x->low.text, y->low.text) != 0 ||
           strcmp(x->high.text, y->high.text) != 0 || zone->lifted_count > 0 || zone->new_count > 0;
}

static const char *zone_text(dt_document *d, const dt_deal_format *f) {
    const dt_zone *z = &f->zone;
    if (z->status == DT_ZONE_EMPTY) return dt__word(d, "no deal possible");
    return dt__say(d, "{0} of {1}", dt__say_bounds(d, z->exact, z->count, z->low, z->high),
                   dt__say_count(d, f->coherent), NULL);
}

/* A blocker by the names of its own model. */
static const char *blocker_text(dt_document *d, const dt_model *m, const dt_blocker *b) {
    const dt__party *party;

    if (b->kind == DT_BLOCKER_RULE) return dt__label_name(d, &m->rules[b->index].name, m->rules[b->index].id);
    party = &m->parties[b->party];
    if (b->kind == DT_BLOCKER_NO_DEAL)
        return dt__say(d, "{0}: walking away is worth more", dt__label_name(d, &party->name, party->id), NULL);
    return dt__say(
        d, "{0}: {1}", dt__label_name(d, &party->name, party->id),
        dt__label_name(d, &party->preferences->red_lines[b->index].name, party->preferences->red_lines[b->index].id),
        NULL);
}

static const char *blockers_of(dt_document *d, const dt_model *m, const dt_blocker *const *list, size_t count) {
    dt__phrases texts = dt__phrases_new(d, count);
    for (size_t i = 0; i < count; i++) dt__phrases_add(&texts, blocker_text(d, m, list[i]));
    return dt__phrases_join(d, &texts, dt__t(d->env, "; "));
}

static const char *acceptances_text(dt_document *d, const dt_changed_zone *zone) {
    size_t count = zone->acceptance_count < SHOWN_ACCEPTANCES ? zone->acceptance_count : SHOWN_ACCEPTANCES;
    dt__phrases texts = dt__phrases_new(d, count);

    for (size_t i = 0; i < count; i++) {
        const dt_changed_acceptance *a = &zone->acceptances[i];
        dt__phrases_add(&texts, dt__say(d, "{0} accepts {1}, not {2}", dt__party_name(d, a->party),
                                        dt__say_percent(d, a->share_after), dt__say_percent(d, a->share_before), NULL));
    }
    return dt__phrases_join(d, &texts, dt__t(d->env, "; "));
}

/* Why: what stopped or began to stand in the way, else who accepts more or less. */
const char *dt__zone_reason(dt_document *d, const dt_whatif_answer *answer, const dt_changed_zone *zone) {
    const char *lifted = "", *fresh = "";

    if (zone->lifted_count > 0)
        lifted = dt__say(d, "No longer in the way: {0}.",
                         blockers_of(d, answer->model_before, zone->lifted, zone->lifted_count), NULL);
    if (zone->new_count > 0)
        fresh =
            dt__say(d, "Now in the way: {0}.", blockers_of(d, answer->model_after, zone->fresh, zone->new_count), NULL);
    if (*lifted != '\0' || *fresh != '\0') return dt__sentences(d, lifted, fresh);
    return acceptances_text(d, zone);
}

static const dt__column zone_columns[] = {{DT__N("Format"), DT__LEFT},
                                          {DT__N("Scenario"), DT__LEFT},
                                          {DT__N("Zone before"), DT__RIGHT},
                                          {DT__N("Zone after"), DT__RIGHT},
                                          {DT__N("Why"), DT__LEFT}};

static void add_zone(dt_document *d, dt__block *table, const dt_whatif_answer *answer, const dt_changed_zone *zone) {
    bool whole = zone->scenario_after == UINT32_MAX;

    dt__table_row(d, table);
    dt__table_cell(d, table, whole ? dt__format_name(d, zone->format_after) : "", DT__PLAIN);
    dt__table_cell(d, table, whole ? dt__word(d, "any deal") : dt__scenario_name(d, zone->scenario_after), DT__PLAIN);
    dt__table_cell(d, table, zone_text(d, zone->before), DT__PLAIN);
    dt__table_cell(d, table, zone_text(d, zone->after),
                   zone->before->zone.status == zone->after->zone.status ? DT__PLAIN : DT__STRONG);
    dt__table_cell(d, table, dt__zone_reason(d, answer, zone), DT__PLAIN);
}

/* Formats always; scenarios where they changed. */
static void add_zones(dt_document *d, const dt_whatif_answer *answer) {
    dt__block *table;

    if (answer->zone_count == 0) {
        dt__paragraph(d, dt__word(d, "The two have no format in common."));
        return;
    }
    table = DT__TABLE_OF(d, zone_columns);
    for (size_t i = 0; i < answer->zone_count; i++) {
        const dt_changed_zone *zone = &answer->zones[i];
        if (zone->scenario_after == UINT32_MAX || dt__zone_changed(zone)) add_zone(d, table, answer, zone);
    }
    dt__table_drop_empty(table);
}

/* ---- proposals ---- */

static const dt__column judgement_columns[] = {
    {DT__N("Proposal"), DT__LEFT}, {DT__N("Party"), DT__LEFT}, {DT__N("Before"), DT__LEFT}, {DT__N("After"), DT__LEFT}};

static const char *judgement_text(dt_document *d, const dt_judgement *j) {
    if (j->accepts) return dt__say(d, "accepts ({0})", dt__say_signed(d, j->gain.value), NULL);
    if (j->red_line_count > 0)
        return dt__say(d,
                       (j->red_line_count == 1) ? DT__N("refuses: one red line crossed")
                                                : DT__N("refuses: {0} red lines crossed"),
                       dt__say_size(d, j->red_line_count), NULL);
    return dt__say(d, "refuses ({0})", dt__say_signed(d, j->gain.value), NULL);
}

static void add_judgements(dt_document *d, const dt_whatif_answer *answer) {
    dt__block *table;

    if (answer->judgement_count == 0) return;
    dt__heading(d, 2, dt__word(d, "Proposals judged otherwise"));
    table = DT__TABLE_OF(d, judgement_columns);
    for (size_t i = 0; i < answer->judgement_count; i++) {
        const dt_changed_judgement *j = &answer->judgements[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__proposal_name(d, j->proposal), DT__PLAIN);
        dt__table_cell(d, table, dt__party_name(d, j->after->party), DT__PLAIN);
        dt__table_cell(d, table, judgement_text(d, j->before), j->before->accepts ? DT__GOOD : DT__BAD);
        dt__table_cell(d, table, judgement_text(d, j->after), j->after->accepts ? DT__GOOD : DT__BAD);
    }
    dt__paragraph(d, dt__word(d, "In parentheses what the party gains over no deal."));
}

/* ---- the whole ---- */

static bool differs(const dt_whatif_answer *answer) {
    return answer->number_count + answer->item_count + answer->place_count > 0 ||
           strcmp(answer->before->months.text, answer->after->months.text) != 0;
}

static void add_models(dt_document *d, const dt_whatif_answer *answer) {
    dt__heading(d, 2, dt__word(d, "What differs"));
    if (!differs(answer)) dt__paragraph(d, dt__word(d, "Nothing that an answer could depend on."));
    if (strcmp(answer->before->months.text, answer->after->months.text) != 0)
        dt__paragraph(d, dt__say(d,
                                 strcmp(answer->after->months.text, "1") == 0
                                     ? DT__N("No deal has drifted by one month, not by {1}.")
                                     : DT__N("No deal has drifted by {0} months, not by {1}."),
                                 dt__say_number(d, answer->after->months.value),
                                 dt__say_number(d, answer->before->months.value), NULL));
    add_items(d, answer);
    add_numbers(d, answer);
}

dt_status dt_report_whatif(dt_document **out, const dt_whatif_answer *answer, dt_env *env) {
    dt_document *d = dt__document_new(answer->model_after, env);

    if (d == NULL) return DT_ERR_MEMORY;
    dt__heading(d, 1, dt__say(d, "{0}: what would change it?", dt__title_name(d), NULL));
    add_models(d, answer);
    dt__heading(d, 2, dt__word(d, "What it changes"));
    add_parties(d, answer);
    add_zones(d, answer);
    add_judgements(d, answer);
    d->answer = dt__whatif_value(d, answer);
    return dt__document_finish(out, d, env);
}
