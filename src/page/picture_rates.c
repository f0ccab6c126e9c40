/* Picture: counts in the time in force against those of the days before, with intervals; what cannot be compared, as
 * text. */
#include <math.h>

#include "base/catalog.h"
#include "page/page_sections.h"

static const dt__column columns[] = {{DT__N("Clause"), DT__LEFT},
                                     {DT__N("Reading"), DT__LEFT},
                                     {DT__N("Party"), DT__LEFT},
                                     {DT__N("Counts of"), DT__LEFT},
                                     {DT__N("In force"), DT__RIGHT},
                                     {DT__N("Days"), DT__RIGHT},
                                     {DT__N("A day before"), DT__RIGHT},
                                     {DT__N("Days before"), DT__RIGHT},
                                     {DT__N("Against that rate (95%)"), DT__LEFT}};

static bool is_compared(const dt_party_record *p) {
    return p->comparison_count > 0 && p->comparisons[0].fitting.method != DT_RATE_NONE;
}

static const char *reason_text(dt_document *d, const dt_party_record *p) {
    if (p->conclusion == DT_CONCLUSION_NOT_ASSESSABLE || p->conclusion == DT_CONCLUSION_NOT_OBSERVED)
        return dt__monitor_conclusion(d, p);
    if (p->comparison_count == 0) return dt__word(d, "cannot say: no source covers the days before");
    return dt__word(d, "cannot say: too few events before and since");
}

static void put_ratio(dt_document *d, dt__value *row, const dt_rate_ratio *r) {
    dt__put(d, row, "value", dt__value_double(d, r->method == DT_RATE_ZERO ? 0 : r->value));
    dt__put(d, row, "low", dt__value_double(d, r->low));
    dt__put(d, row, "high", dt__value_double(d, r->high)); /* null: no bound */
}

static void add_party(dt_document *d, dt__block *table, const dt_monitor_answer *m, const dt_clause_record *clause,
                      size_t reading, const dt_party_record *p) {
    const char *name = dt__monitor_clause_name(d, m, clause), *read = dt__monitor_reading_name(d, m, clause, reading),
               *party = dt__party_name(d, p->party), *text;
    bool compared = is_compared(p);
    dt__value *row = dt__mark(d, "rows");

    text = compared ? dt__monitor_ratio(d, &p->comparisons[0].fitting) : reason_text(d, p);
    dt__put(d, row, "clause", dt__value_string(d, name));
    dt__put(d, row, "reading", dt__value_string(d, read));
    dt__put(d, row, "party", dt__value_string(d, party));
    dt__put(d, row, "text", dt__value_string(d, text));
    dt__put(d, row, "compared", dt__value_bool(d, compared));
    if (compared) put_ratio(d, row, &p->comparisons[0].fitting);
    dt__table_row(d, table);
    dt__table_cell(d, table, name, DT__PLAIN);
    dt__table_cell(d, table, read, DT__PLAIN);
    dt__table_cell(d, table, party, DT__PLAIN);
    dt__table_cell(d, table, compared ? m->sources[p->comparisons[0].source].name : "", DT__PLAIN);
    dt__table_cell(d, table, compared ? dt__monitor_count(d, p->comparisons[0].observed, false) : "", DT__PLAIN);
    dt__table_cell(d, table, compared ? dt__say_size(d, p->comparisons[0].window) : "", DT__PLAIN);
    dt__table_cell(d, table, compared ? dt__say_number(d, p->comparisons[0].mean) : "", DT__PLAIN);
    dt__table_cell(d, table, compared ? dt__say_size(d, p->comparisons[0].used) : "", DT__PLAIN);
    dt__table_cell(d, table, text, DT__PLAIN);
}

bool dt__picture_rates(dt_document *d, const dt_answers *a) {
    const dt_monitor_answer *m = a->monitor;
    bool any = false;
    dt__block *table;

    if (m == NULL) return false;
    dt__heading(d, 1, dt__word(d, "Counts against those of the days before"));
    dt__paragraph(d, dt__word(d, "The rate while a reading is in force over the rate of the days before, with its 95% "
                                 "interval. Left of 100%: fewer than before. The sources' counts change with their "
                                 "attention, too; this shows no cause."));
    table = DT__TABLE_OF(d, columns);
    for (size_t c = 0; c < m->clause_count; c++)
        for (size_t r = 0; r < m->clauses[c].reading_count; r++)
            for (size_t i = 0; i < m->clauses[c].readings[r].party_count; i++) {
                const dt_party_record *p = &m->clauses[c].readings[r].parties[i];
                if (!p->bound) continue;
                add_party(d, table, m, &m->clauses[c], r, p);
                any = true;
            }
    dt__table_drop_empty(table);
    return any;
}
