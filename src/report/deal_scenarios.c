/* The scenarios in the report on a deal: is there a deal that brings each about, who blocks it, what would open it? */
#include "base/catalog.h"
#include "report/deal_sections.h"

static const dt__column scenario_columns[] = {{DT__N("Scenario"), DT__LEFT},
                                              {DT__N("A deal?"), DT__LEFT},
                                              {DT__N("Outcomes in the zone"), DT__LEFT},
                                              {DT__N("What blocks it"), DT__LEFT},
                                              {DT__N("Least concession"), DT__LEFT}};

/* The cheapest: "North: no free pause (30)". */
static const char *least_concession(dt_document *d, const dt_deal_format *s) {
    const dt_concession *least = s->concession_count == 0 ? NULL : &s->concessions[0];

    if (least == NULL) return "";
    if (least->cost.text == NULL) return dt__concession_text(d, least);
    return dt__say(d, "{0} ({1})", dt__concession_text(d, least), dt__say_number(d, least->cost.value), NULL);
}

static const char *obstacle(dt_document *d, const dt_deal_format *s) {
    if (s->zone.status == DT_ZONE_EMPTY && !(s->coherent.value > 0))
        return dt__word(d, "no outcome of this format meets it");
    return dt__zone_obstacle(d, s);
}

void dt__deal_scenarios(dt_document *d, const dt_deal_answer *answer, const dt_deal_format *format) {
    dt__block *table;

    if (format->scenario_count == 0) return;
    dt__paragraph(d, dt__word(d, "The scenarios, each by itself: is there a deal that brings it about?"));
    table = DT__TABLE_OF(d, scenario_columns);
    for (size_t i = 0; i < format->scenario_count; i++) {
        const dt_deal_format *s = &format->scenarios[i];
        dt__emphasis emphasis;
        const char *verdict = dt__zone_verdict(d, answer, s, &emphasis);
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__scenario_name(d, s->within), DT__PLAIN);
        dt__table_cell(d, table, verdict, emphasis);
        dt__table_cell(d, table, dt__zone_size(d, s), DT__PLAIN);
        dt__table_cell(d, table, obstacle(d, s), DT__PLAIN);
        dt__table_cell(d, table, least_concession(d, s), DT__PLAIN);
    }
    dt__table_drop_empty(table);
}
