/* What every lever does, and why. */
#include "base/catalog.h"
#include "report/drivers_sections.h"
#include "report/whatif_sections.h"

static const dt__column lever_columns[] = {
    {DT__N("Lever"), DT__LEFT},     {DT__N("Set to"), DT__LEFT},
    {DT__N("Whose"), DT__LEFT},     {DT__N("A deal is possible"), DT__RIGHT},
    {DT__N("Scenario"), DT__RIGHT}, {DT__N("Why (at central values)"), DT__LEFT}};

/* In points of a hundred, or in the output's own unit. */
static const char *difference_text(dt_document *d, const dt_driver_output *o, dt_estimate e) {
    double times = dt__output_is_event(o) ? 100 : 1;
    bool alike = !(e.value > 0) && !(e.value < 0);

    if (alike && e.high - e.low <= 0) return dt__word(d, "no difference");
    if (e.low <= 0 && e.high >= 0) return dt__word(d, "0 (not distinguishable)");
    return dt__say(d, times > 1 ? DT__N("{0} points ({1} to {2})") : DT__N("{0} ({1} to {2})"),
                   dt__say_signed(d, e.value * times), dt__say_signed(d, e.low * times),
                   dt__say_signed(d, e.high * times), NULL);
}

/* The output about a zone that goes with the main one. */
static const dt_driver_output *zone_of(const dt_drivers_answer *a) {
    for (size_t i = 0; i < a->output_count; i++)
        if (a->outputs[i].kind == DT_OUTPUT_ZONE && a->outputs[i].format == a->outputs[a->main].format)
            return &a->outputs[i];
    return NULL;
}

static const char *moved_text(dt_document *d, const dt_whatif_answer *w) {
    for (size_t i = 0; i < w->party_count; i++) {
        const dt_changed_party *p = &w->parties[i];
        double by = p->no_deal_after.value - p->no_deal_before.value;
        if (p->no_deal_before.text == NULL || p->no_deal_after.text == NULL || !(by < 0 || by > 0)) continue;
        return dt__say(d, "No deal is worth {0} to {1}.", dt__say_signed(d, by), dt__party_name(d, p->after), NULL);
    }
    return "";
}

static const char *reason_text(dt_document *d, const dt_drivers_answer *a, const dt_lever_effect *lever) {
    const dt_whatif_answer *w = lever->reasons;

    if (w == NULL) return "";
    for (size_t i = 0; i < w->zone_count; i++) {
        const dt_changed_zone *zone = &w->zones[i];
        if (zone->format_after != a->outputs[a->main].format || zone->scenario_after != DT__NO_INDEX) continue;
        return dt__sentences(d, moved_text(d, w), dt__zone_reason(d, w, zone));
    }
    return moved_text(d, w);
}

static void add_name(dt_document *d, dt__block *table, const dt_lever_effect *lever) {
    bool issue = lever->issue != DT__NO_INDEX;

    if (issue) dt__table_cell(d, table, dt__issue_name(d, lever->issue), DT__PLAIN);
    else dt__table_cell(d, table, dt__document_copy(d, lever->name), DT__PLAIN);
    if (issue && lever->option != DT__NO_INDEX)
        dt__table_cell(d, table, dt__option_name(d, lever->issue, lever->option), DT__PLAIN);
    else dt__table_cell(d, table, dt__document_copy(d, lever->value), DT__PLAIN);
    dt__table_cell(d, table, lever->party == DT__NO_INDEX ? "" : dt__party_name(d, lever->party), DT__PLAIN);
}

static void add_lever(dt_document *d, dt__block *table, const dt_drivers_answer *a, const dt_lever_effect *lever) {
    const dt_driver_output *zone = zone_of(a), *main = &a->outputs[a->main];

    dt__table_row(d, table);
    add_name(d, table, lever);
    if (lever->stands || !lever->measured) {
        const char *why = dt__word(d, lever->stands ? DT__N("as it stands") : DT__N("not measured"));
        dt__table_cell(d, table, zone == NULL ? "" : why, DT__PLAIN);
        dt__table_cell(d, table, why, DT__PLAIN);
    } else {
        dt__table_cell(d, table, zone == NULL ? "" : difference_text(d, zone, lever->differences[zone - a->outputs]),
                       DT__PLAIN);
        dt__table_cell(d, table, difference_text(d, main, lever->differences[a->main]), DT__PLAIN);
    }
    dt__table_cell(d, table, reason_text(d, a, lever), DT__PLAIN);
}

void dt__drivers_levers(dt_document *d, const dt_drivers_answer *a) {
    dt__block *table;

    if (a->lever_count == 0 || a->output_count == 0) return;
    dt__heading(d, 2, dt__say(d, "What the levers do: {0}", dt__output_name(d, &a->outputs[a->main]), NULL));
    table = DT__TABLE_OF(d, lever_columns);
    for (size_t i = 0; i < a->lever_count; i++) add_lever(d, table, a, &a->levers[i]);
    dt__table_drop_empty(table);
    dt__paragraph(d, dt__word(d, "Differences on the same draws, with and without the lever."));
}
