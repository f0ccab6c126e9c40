/* Pictures of the zone of agreement: per format, what blocks it, and month by month. */
#include "base/catalog.h"
#include "page/page_sections.h"
#include "report/deal_sections.h"

static double share_of(double part, double whole) {
    return whole > 0 ? part / whole : 0;
}

/* ---- the zone per format ---- */

static const dt__column zone_columns[] = {{DT__N("Format"), DT__LEFT},
                                          {DT__N("A deal?"), DT__LEFT},
                                          {DT__N("Outcomes in the zone"), DT__RIGHT},
                                          {DT__N("Outcomes that keep the rules"), DT__RIGHT},
                                          {DT__N("Share"), DT__RIGHT}};
static const char *const zone_ids[] = {
    [DT_ZONE_OPEN] = "open", [DT_ZONE_EMPTY] = "empty", [DT_ZONE_UNDECIDED] = "undecided"};

static void add_zone(dt_document *d, dt__block *table, const dt_deal_answer *answer, const dt_deal_format *f) {
    const dt_zone *z = &f->zone;
    dt__emphasis emphasis;
    const char *verdict = dt__zone_verdict(d, answer, f, &emphasis);
    double share = share_of(z->high.value, f->coherent.value);
    dt__value *row = dt__mark(d, "rows");

    dt__put(d, row, "id", dt__value_string(d, dt__format_key(d, f->format)));
    dt__put(d, row, "format", dt__value_string(d, dt__format_name(d, f->format)));
    dt__put(d, row, "status", dt__value_string(d, zone_ids[z->status]));
    dt__put(d, row, "low", dt__value_double(d, share_of(z->low.value, f->coherent.value)));
    dt__put(d, row, "high", dt__value_double(d, share));
    dt__put(d, row, "text",
            dt__value_string(d, dt__say(d, "{0} of {1}", dt__say_bounds(d, z->exact, z->count, z->low, z->high),
                                        dt__say_count(d, f->coherent), NULL)));
    dt__table_row(d, table);
    dt__table_cell(d, table, dt__format_name(d, f->format), DT__PLAIN);
    dt__table_cell(d, table, verdict, emphasis);
    dt__table_cell(d, table, dt__say_bounds(d, z->exact, z->count, z->low, z->high), DT__PLAIN);
    dt__table_cell(d, table, dt__say_count(d, f->coherent), DT__PLAIN);
    dt__table_cell(d, table, dt__say_percent(d, share), DT__PLAIN);
}

bool dt__picture_zones(dt_document *d, const dt_answers *a) {
    dt__block *table;

    if (a->deal == NULL || a->deal->format_count == 0) return false;
    dt__heading(d, 1, dt__word(d, "The zone of agreement in each format"));
    dt__paragraph(d, dt__word(d, "Share of the outcomes that keep the rules and are acceptable to everybody whose "
                                 "consent the format needs. Each step of the scale is ten times the one before."));
    table = DT__TABLE_OF(d, zone_columns);
    for (size_t i = 0; i < a->deal->format_count; i++) add_zone(d, table, a->deal, &a->deal->formats[i]);
    return true;
}

/* ---- who blocks ---- */

static const dt__column blocker_columns[] = {{DT__N("Format"), DT__LEFT},
                                             {DT__N("Scenario"), DT__LEFT},
                                             {DT__N("To be given up together"), DT__LEFT},
                                             {DT__N("Cost"), DT__RIGHT}};

static const char *blocker_name(dt_document *d, const dt_blocker *b) {
    if (b->kind == DT_BLOCKER_RULE) return dt__rule_name(d, b->index);
    return dt__say(d, "{0}: {1}", dt__party_name(d, b->party),
                   b->kind == DT_BLOCKER_NO_DEAL ? dt__word(d, "walking away is worth more")
                                                 : dt__red_line_name(d, b->party, b->index),
                   NULL);
}

static void add_concession(dt_document *d, dt__block *table, const dt_deal_format *f, const dt_concession *c) {
    dt__value *row = dt__mark(d, "rows"), *members = dt__value_array(d);
    const char *scenario = f->within == UINT32_MAX ? "" : dt__scenario_name(d, f->within);
    dt__phrases names = dt__phrases_new(d, c->drop.count);

    for (size_t i = 0; i < c->drop.count; i++) {
        const dt_blocker *b = c->drop.members[i];
        const char *name = blocker_name(d, b);
        dt__value *member = dt__append(members, dt__value_object(d));
        dt__phrases_add(&names, name);
        dt__put(d, member, "id", dt__value_string(d, b->id));
        dt__put(d, member, "name", dt__value_string(d, name));
        dt__put(d, member, "party", dt__value_double(d, b->kind == DT_BLOCKER_RULE ? -1.0 : (double)b->party));
    }
    dt__put(d, row, "format", dt__value_string(d, dt__format_name(d, f->format)));
    dt__put(d, row, "scenario", dt__value_string(d, scenario));
    dt__put(d, row, "cost", dt__value_exact(d, c->cost));
    dt__put(d, row, "least", dt__value_bool(d, c->least_cost));
    dt__put(d, row, "drop", members);
    dt__table_row(d, table);
    dt__table_cell(d, table, dt__format_name(d, f->format), DT__PLAIN);
    dt__table_cell(d, table, scenario, DT__PLAIN);
    dt__table_cell(d, table, dt__phrases_and(d, &names), c->least_cost ? DT__STRONG : DT__PLAIN);
    dt__table_cell(d, table, dt__say_number(d, c->cost.value), DT__PLAIN);
}

enum { CONCESSIONS_SHOWN = 4 };

static size_t add_format_concessions(dt_document *d, dt__block *table, const dt_deal_format *f) {
    size_t shown = f->concession_count < CONCESSIONS_SHOWN ? f->concession_count : CONCESSIONS_SHOWN;

    for (size_t i = 0; i < shown; i++) add_concession(d, table, f, &f->concessions[i]);
    for (size_t s = 0; s < f->scenario_count; s++) shown += add_format_concessions(d, table, &f->scenarios[s]);
    return shown;
}

/* The names of blockers are the red lines themselves. */
bool dt__picture_blockers(dt_document *d, const dt_answers *a) {
    dt__block *table;
    size_t shown = 0;

    if (a->deal == NULL || a->redacted != 0) return false;
    dt__heading(d, 1, dt__word(d, "What would have to be given up"));
    dt__paragraph(
        d, dt__word(d, "Where nothing is acceptable to all: red lines and reservation values on the left, on the "
                       "right the least sets of them without which a deal opens, and what they cost. A line "
                       "leads from each to the sets that it belongs to."));
    table = DT__TABLE_OF(d, blocker_columns);
    for (size_t i = 0; i < a->deal->format_count; i++) shown += add_format_concessions(d, table, &a->deal->formats[i]);
    dt__table_drop_empty(table);
    return shown > 0;
}

/* ---- month by month ---- */

static const dt__column drift_columns[] = {{DT__N("Format"), DT__LEFT},
                                           {DT__N("After months"), DT__RIGHT},
                                           {DT__N("Month"), DT__LEFT},
                                           {DT__N("Outcomes in the zone"), DT__RIGHT},
                                           {DT__N("Share"), DT__RIGHT}};

static void add_months(dt_document *d, dt__block *table, const dt_deal_format *f) {
    for (size_t m = 0; m < f->month_count; m++) {
        const dt_zone *z = &f->months[m];
        double share = share_of(z->high.value, f->coherent.value);
        dt__value *row = dt__mark(d, "rows");
        dt__put(d, row, "format", dt__value_string(d, dt__format_name(d, f->format)));
        dt__put(d, row, "month", dt__value_unsigned(d, m));
        dt__put(d, row, "status", dt__value_string(d, zone_ids[z->status]));
        dt__put(d, row, "share", dt__value_double(d, share));
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__format_name(d, f->format), DT__PLAIN);
        dt__table_cell(d, table, dt__say_size(d, m), DT__PLAIN);
        dt__table_cell(d, table, dt__say_month_after(d, m), DT__PLAIN);
        dt__table_cell(d, table, dt__say_bounds(d, z->exact, z->count, z->low, z->high), DT__PLAIN);
        dt__table_cell(d, table, dt__say_percent(d, share), DT__PLAIN);
    }
}

/* What changes from month to month is what no deal is worth: of one party it could be read off. */
bool dt__picture_drift(dt_document *d, const dt_answers *a) {
    dt__block *table;
    bool any = false;

    if (a->redacted != 0) return false;
    for (size_t i = 0; a->deal != NULL && i < a->deal->format_count; i++) any |= a->deal->formats[i].month_count > 1;
    if (!any) return false;
    dt__heading(d, 1, dt__word(d, "The zone while time passes"));
    dt__paragraph(d, dt__word(d, "Share of the outcomes that keep the rules and are acceptable, if everything stays as "
                                 "it is and only what no deal is worth drifts month by month."));
    table = DT__TABLE_OF(d, drift_columns);
    for (size_t i = 0; i < a->deal->format_count; i++) add_months(d, table, &a->deal->formats[i]);
    dt__table_drop_empty(table);
    return true;
}
