/* The report on one format: the answer in a sentence, a deal, or who blocks it and what would open it. */
#include <string.h>

#include "base/catalog.h"
#include "report/deal_sections.h"

/* ---- no deal in the zone ---- */

/* Does an outcome meet the scenario that was asked for? */
static bool is_within(const dt_document *d, const dt_deal_format *format, dt_outcome outcome) {
    if (format->within >= d->model->scenario_count) return true;
    return dt__condition_holds(d->model->scenarios[format->within].when, outcome);
}

static bool keeps_rules(const dt_document *d, dt_outcome outcome) {
    for (size_t i = 0; i < d->model->rule_count; i++) {
        if (!dt__condition_holds(d->model->rules[i].require, outcome)) return false;
    }
    return true;
}

bool dt__zone_holds_no_deal(const dt_document *d, const dt_deal_answer *answer, const dt_deal_format *format) {
    dt__party_set accepting = 0;

    if (format->zone.status != DT_ZONE_OPEN || !keeps_rules(d, answer->no_deal)) return false;
    if (!is_within(d, format, answer->no_deal)) return false;
    for (size_t i = 0; i < answer->no_deal_count; i++) {
        if (answer->no_deal_values[i].accepts) accepting |= UINT64_C(1) << answer->no_deal_values[i].party;
    }
    for (size_t i = 0; i < format->winning_count; i++) {
        if ((format->winning[i] & ~accepting) == 0) return true;
    }
    return false;
}

bool dt__zone_is_no_deal(const dt_document *d, const dt_deal_answer *answer, const dt_deal_format *format) {
    return format->zone.exact && format->zone.count.text != NULL && strcmp(format->zone.count.text, "1") == 0 &&
           dt__zone_holds_no_deal(d, answer, format);
}

/* ---- the answer in a sentence or two ---- */

/* "7,153,920 outcomes that keep the rules" */
static const char *outcomes_phrase(dt_document *d, const dt_deal_format *f) {
    const char *all = dt__say_count(d, f->coherent);
    if (d->model->rule_count == 0) return dt__say(d, "{0} outcomes", all, NULL);
    return dt__say(d, "{0} outcomes that keep the rules", all, NULL);
}

static const char *open_sentence(dt_document *d, const dt_deal_answer *answer, const dt_deal_format *f,
                                 const char *who) {
    const char *all = outcomes_phrase(d, f);
    const dt_zone *zone = &f->zone;

    if (dt__zone_is_no_deal(d, answer, f)) {
        return dt__say(d, "Of the {0}, only no deal itself is acceptable to {1}.", all, who, NULL);
    }
    if (zone->exact && zone->count.text != NULL && strcmp(zone->count.text, "1") == 0) {
        return dt__say(d, "A deal is possible, but just one: of the {0}, a single one is acceptable to {1}.", all, who,
                       NULL);
    }
    return dt__say(d, "A deal is possible: of the {0}, {1} are acceptable to {2}.", all,
                   dt__say_bounds(d, zone->exact, zone->count, zone->low, zone->high), who, NULL);
}

/* Whose consent, short enough for a sentence; weights stand in the head. */
static const char *consenting(dt_document *d, const dt_deal_format *f) {
    const dt__consent *consent = &d->model->formats[f->format].consent;
    return consent->weighted ? dt__word(d, "as many parties as its consent rule asks for")
                             : dt__consent_text(d, consent);
}

static const char *answer_sentence(dt_document *d, const dt_deal_answer *answer, const dt_deal_format *f) {
    const char *who = consenting(d, f);
    const char *all = outcomes_phrase(d, f);

    if (f->winning_count == 0 && f->winning_complete)
        return dt__word(d, "No deal is possible: no set of parties can give the consent that this format asks for.");
    if (f->rule_conflict_count > 0)
        return dt__word(d, "No deal is possible: the rules exclude one another, and no outcome keeps them all.");
    if (f->zone.status == DT_ZONE_OPEN) return open_sentence(d, answer, f, who);
    if (f->zone.status == DT_ZONE_EMPTY)
        return dt__say(d, "No deal is possible: none of the {0} is acceptable to {1}.", all, who, NULL);
    return dt__say(d, "Whether any of the {0} is acceptable to {1} could not be decided within the limits.", all, who,
                   NULL);
}

static bool same_count(dt_exact a, dt_exact b) {
    return a.text != NULL && b.text != NULL && strcmp(a.text, b.text) == 0;
}

static const char *principles_sentence(dt_document *d, const dt_deal_answer *answer, const dt_deal_format *f) {
    const dt_zone *zone = &f->zone;

    if (d->model->principle_count == 0 || zone->status != DT_ZONE_OPEN || zone->keeps_principles.text == NULL)
        return "";
    if (dt__zone_is_no_deal(d, answer, f)) return "";
    if (strcmp(zone->keeps_principles.text, "0") == 0) return dt__word(d, "None of them keeps every principle.");
    if (zone->exact && same_count(zone->count, zone->keeps_principles))
        return dt__word(d, "All of them keep every principle.");
    return dt__say(d, "Of these, {0} keep every principle.", dt__say_count(d, zone->keeps_principles), NULL);
}

static const char *no_deal_sentence(dt_document *d, const dt_deal_answer *answer, const dt_deal_format *f) {
    if (!dt__zone_holds_no_deal(d, answer, f) || dt__zone_is_no_deal(d, answer, f)) return "";
    return dt__word(d, "No deal itself is one of them.");
}

static void add_answer(dt_document *d, const dt_deal_answer *answer, const dt_deal_format *f) {
    const char *text = answer_sentence(d, answer, f);

    text = dt__sentences(d, text, no_deal_sentence(d, answer, f));
    text = dt__sentences(d, text, principles_sentence(d, answer, f));
    dt__paragraph(d, text);
    if (f->improper) {
        dt__paragraph(d, dt__word(d, "Two groups of parties without a common member can each give this consent: two "
                                     "rival deals may both be valid."));
    }
}

/* ---- deals ---- */

/* A deal that changes something, if one is known. */
static dt_outcome example_deal(const dt_document *d, const dt_deal_answer *answer, const dt_deal_format *f) {
    if (f->zone.example != NULL && !dt__same_outcome(d, f->zone.example, answer->no_deal)) return f->zone.example;
    for (size_t i = 0; i < f->best_count; i++) {
        dt_outcome best = f->best[i].outcome;
        if (best != NULL && !dt__same_outcome(d, best, answer->no_deal)) return best;
    }
    return NULL;
}

/* ---- the deals of one format side by side: an example, and the best for each party ---- */

static size_t count_best(const dt_deal_format *f) {
    size_t count = 0;
    for (size_t i = 0; i < f->best_count; i++) count += f->best[i].outcome != NULL;
    return count;
}

static dt__block *deals_table(dt_document *d, const dt_deal_format *f) {
    dt__block *table = dt__table(d, NULL, 3 + count_best(f));
    size_t column = 3;

    dt__table_column(d, table, 0, dt__word(d, "Issue"), DT__LEFT);
    dt__table_column(d, table, 1, dt__word(d, "With no deal"), DT__LEFT);
    dt__table_column(d, table, 2, dt__word(d, "One such deal"), DT__LEFT);
    for (size_t i = 0; i < f->best_count; i++) {
        if (f->best[i].outcome == NULL) continue;
        dt__table_column(d, table, column++, dt__say(d, "Best for {0}", dt__party_name(d, f->best[i].party), NULL),
                         DT__LEFT);
    }
    return table;
}

static bool is_changed(const dt_deal_format *f, dt_outcome example, dt_outcome no_deal, uint32_t issue) {
    if (example[issue] != no_deal[issue]) return true;
    for (size_t i = 0; i < f->best_count; i++) {
        if (f->best[i].outcome != NULL && f->best[i].outcome[issue] != no_deal[issue]) return true;
    }
    return false;
}

static void add_option(dt_document *d, dt__block *table, dt_outcome deal, dt_outcome no_deal, uint32_t issue) {
    dt__table_cell(d, table, deal[issue] == no_deal[issue] ? "" : dt__option_name(d, issue, deal[issue]), DT__PLAIN);
}

static void add_gains(dt_document *d, dt__block *table, const dt_deal_format *f) {
    if (count_best(f) == 0) return;
    dt__table_row(d, table);
    dt__table_cell(d, table, dt__word(d, "Gain over no deal"), DT__PLAIN);
    dt__table_cell(d, table, "", DT__PLAIN);
    dt__table_cell(d, table, "", DT__PLAIN);
    for (size_t i = 0; i < f->best_count; i++) {
        if (f->best[i].outcome != NULL) dt__table_cell(d, table, dt__say_signed(d, f->best[i].gain.value), DT__STRONG);
    }
}

static void add_deals_table(dt_document *d, const dt_deal_answer *answer, const dt_deal_format *f, dt_outcome example) {
    dt_outcome no_deal = answer->no_deal;
    dt__block *table;

    dt__paragraph(d, dt__word(d, "Deals in the zone; what is empty stays as with no deal:"));
    table = deals_table(d, f);
    add_gains(d, table, f);
    for (uint32_t i = 0; i < d->model->issue_count; i++) {
        if (!is_changed(f, example, no_deal, i)) continue;
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__issue_name(d, i), DT__PLAIN);
        dt__table_cell(d, table, dt__option_name(d, i, no_deal[i]), DT__PLAIN);
        add_option(d, table, example, no_deal, i);
        for (size_t b = 0; b < f->best_count; b++) {
            if (f->best[b].outcome != NULL) add_option(d, table, f->best[b].outcome, no_deal, i);
        }
    }
}

/* ---- the same in two sentences, when several formats are told ---- */

static void add_best_sentence(dt_document *d, const dt_deal_format *f) {
    dt__phrases p = dt__phrases_new(d, f->best_count);

    for (size_t i = 0; i < f->best_count; i++) {
        const dt_party_best *best = &f->best[i];
        if (best->outcome == NULL) continue;
        dt__phrases_add(&p, dt__pair(d, dt__party_name(d, best->party), dt__say_signed(d, best->gain.value)));
    }
    if (p.count == 0) return;
    dt__paragraph(d, dt__say(d, "The most each could gain over no deal within the zone: {0}.",
                             dt__phrases_join(d, &p, dt__t(d->env, ", ")), NULL));
}

static void add_deals(dt_document *d, const dt_deal_answer *answer, const dt_deal_format *f) {
    dt_outcome example = example_deal(d, answer, f);

    if (example == NULL || dt__zone_is_no_deal(d, answer, f)) return;
    if (!dt__deal_is_brief(answer)) {
        add_deals_table(d, answer, f, example);
        return;
    }
    dt__paragraph(d, dt__say(d, "One such deal: {0}.", dt__changes_text(d, example, answer->no_deal), NULL));
    add_best_sentence(d, f);
}

/* ---- what blocks, and what would open ---- */

/* How many of a list are shown: "and 1 more" would take the line of that one. */
static size_t shown_of(const dt_deal_answer *answer, size_t count) {
    size_t most = dt__deal_is_brief(answer) ? DT__LIST_BRIEF : DT__LIST_SHOWN;
    return count <= most + 1 ? count : most;
}

static void add_sets(dt_document *d, const dt_blocker_set *sets, size_t count, size_t shown, const char *lead) {
    dt__block *list;

    if (count == 0) return;
    dt__paragraph(d, lead);
    list = dt__bullets(d);
    for (size_t i = 0; i < shown; i++) dt__bullet(d, list, dt__blockers_text(d, &sets[i]));
    dt__deal_more(d, count, shown);
}

static void add_blockers(dt_document *d, const dt_deal_answer *answer, const dt_deal_format *f) {
    add_sets(d, f->rule_conflicts, f->rule_conflict_count, shown_of(answer, f->rule_conflict_count),
             dt__word(d, "Rules that cannot all hold at once:"));
    add_sets(d, f->blocking, f->blocking_count, shown_of(answer, f->blocking_count),
             f->blocking_count == 1 ? dt__word(d, "What blocks it; this alone rules out every deal:")
                                    : dt__word(d, "What blocks it; each of these sets alone rules out every deal:"));
}

/* The cheapest ones, with the first of the smallest among them. */
static size_t concession_at(const dt_deal_format *f, size_t shown, size_t place) {
    size_t smallest = 0;

    while (smallest < f->concession_count && !f->concessions[smallest].least_number) smallest++;
    return place + 1 == shown && smallest >= shown && smallest < f->concession_count ? smallest : place;
}

static const dt__column concession_columns[] = {{DT__N("Given up"), DT__LEFT},
                                                {DT__N("How many"), DT__RIGHT},
                                                {DT__N("Cost"), DT__RIGHT},
                                                {DT__N("The deal it opens"), DT__LEFT}};

/* Several formats side by side: without the deals. */
static void add_concession(dt_document *d, dt__block *table, const dt_concession *c, dt_outcome no_deal) {
    dt__table_row(d, table);
    dt__table_cell(d, table, dt__concession_text(d, c), DT__PLAIN);
    dt__table_cell(d, table, dt__say_size(d, c->drop.count), c->least_number ? DT__STRONG : DT__PLAIN);
    dt__table_cell(d, table, c->cost.text == NULL ? "" : dt__say_number(d, c->cost.value),
                   c->least_cost ? DT__STRONG : DT__PLAIN);
    dt__table_cell(d, table, no_deal == NULL || c->outcome == NULL ? "" : dt__changes_text(d, c->outcome, no_deal),
                   DT__PLAIN);
}

static void add_cheapest(dt_document *d, dt_outcome deal, dt_outcome no_deal) {
    if (deal == NULL) return;
    if (dt__same_outcome(d, deal, no_deal))
        dt__paragraph(d, dt__word(d, "The cheapest makes just no deal itself acceptable."));
    else dt__paragraph(d, dt__say(d, "The cheapest opens this deal: {0}.", dt__changes_text(d, deal, no_deal), NULL));
}

static void add_concessions(dt_document *d, const dt_deal_answer *answer, const dt_deal_format *f) {
    size_t shown = shown_of(answer, f->concession_count);
    dt_outcome no_deal = dt__deal_is_brief(answer) ? NULL : answer->no_deal;
    dt__block *table;

    if (f->concession_count == 0) return;
    dt__paragraph(
        d,
        dt__word(
            d,
            "The least concessions that would open it, cheapest first; what stands in one row is given up together:"));
    table = DT__TABLE_OF(d, concession_columns);
    for (size_t i = 0; i < shown; i++) add_concession(d, table, &f->concessions[concession_at(f, shown, i)], no_deal);
    dt__table_drop_empty(table);
    dt__deal_more(d, f->concession_count, shown);
    if (no_deal == NULL) add_cheapest(d, f->concessions[0].outcome, answer->no_deal);
}

/* ---- the section ---- */

static void add_limits(dt_document *d, const dt_deal_format *f) {
    if (!f->complete) dt__paragraph(d, dt__word(d, "The lists of what blocks and of concessions are not complete."));
    if (f->limit_note != NULL) dt__paragraph(d, dt__say(d, "Limits: {0}", f->limit_note, NULL));
}

void dt__deal_format(dt_document *d, const dt_deal_answer *answer, const dt_deal_format *format) {
    dt__heading(d, 2, dt__format_name(d, format->format));
    add_answer(d, answer, format);
    add_deals(d, answer, format);
    add_blockers(d, answer, format);
    add_concessions(d, answer, format);
    dt__deal_scenarios(d, answer, format);
    add_limits(d, format);
}
