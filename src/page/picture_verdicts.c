/* Picture: what became of incidents, clause by reading by party.  Shares, for counts of different clauses and sources
 * are not comparable. */
#include "base/catalog.h"
#include "page/page_sections.h"

static const dt__column columns[] = {{DT__N("Clause"), DT__LEFT},   {DT__N("Reading"), DT__LEFT},
                                     {DT__N("Party"), DT__LEFT},    {DT__N("Verdict"), DT__LEFT},
                                     {DT__N("Counted"), DT__RIGHT}, {DT__N("What can be said"), DT__LEFT}};
static const dt_verdict shown[] = {DT_VERDICT_CORROBORATED, DT_VERDICT_ALLEGED, DT_VERDICT_CONTRADICTED,
                                   DT_VERDICT_EXEMPT,       DT_VERDICT_WITHIN,  DT_VERDICT_INDETERMINATE};
enum { SHOWN = sizeof shown / sizeof *shown };

static double sum_of(const dt_party_record *p) {
    double sum = 0;
    for (size_t i = 0; i < SHOWN; i++) sum += p->counts[shown[i]];
    return sum;
}

static void add_row(dt_document *d, dt__block *table, const char *clause, const char *reading, const char *party,
                    const char *verdict, const char *count, const char *text) {
    dt__table_row(d, table);
    dt__table_cell(d, table, clause, DT__PLAIN);
    dt__table_cell(d, table, reading, DT__PLAIN);
    dt__table_cell(d, table, party, DT__PLAIN);
    dt__table_cell(d, table, verdict, DT__PLAIN);
    dt__table_cell(d, table, count, DT__PLAIN);
    dt__table_cell(d, table, text, DT__PLAIN);
}

static void add_party(dt_document *d, dt__block *table, const dt_monitor_answer *m, const dt_clause_record *clause,
                      size_t reading, const dt_party_record *p, size_t number) {
    const char *name = dt__monitor_clause_name(d, m, clause), *read = dt__monitor_reading_name(d, m, clause, reading),
               *party = dt__party_name(d, p->party), *text = dt__monitor_conclusion(d, p);
    dt__value *lane = dt__mark(d, "lanes");
    double sum = sum_of(p), before = 0;

    if (p->doubts != 0) text = dt__say(d, "{0}; not known: {1}", text, dt__monitor_doubts(d, p->doubts), NULL);
    dt__put(d, lane, "clause", dt__value_string(d, name));
    dt__put(d, lane, "reading", dt__value_string(d, read));
    dt__put(d, lane, "party", dt__value_string(d, party));
    dt__put(d, lane, "text", dt__value_string(d, text));
    for (size_t i = 0; i < SHOWN; i++) {
        double count = p->counts[shown[i]];
        dt__value *row;
        if (!(count > 0)) continue;
        row = dt__mark(d, "rows");
        dt__put(d, row, "lane", dt__value_unsigned(d, number));
        dt__put(d, row, "verdict", dt__value_string(d, dt__monitor_verdict_key(shown[i])));
        dt__put(d, row, "count", dt__value_double(d, count));
        dt__put(d, row, "low", dt__value_double(d, before / sum));
        dt__put(d, row, "high", dt__value_double(d, (before + count) / sum));
        dt__put(d, row, "text", dt__value_string(d, dt__monitor_count(d, count, false)));
        before += count;
        add_row(d, table, name, read, party, dt__monitor_verdict(d, shown[i]), dt__monitor_count(d, count, p->at_least),
                text);
    }
    if (!(sum > 0)) add_row(d, table, name, read, party, "", "", text);
}

static bool is_bound_somewhere(const dt_monitor_answer *m) {
    for (size_t c = 0; c < m->clause_count; c++)
        for (size_t r = 0; r < m->clauses[c].reading_count; r++)
            for (size_t i = 0; i < m->clauses[c].readings[r].party_count; i++)
                if (m->clauses[c].readings[r].parties[i].bound) return true;
    return false;
}

bool dt__picture_verdicts(dt_document *d, const dt_answers *a) {
    const dt_monitor_answer *m = a->monitor;
    dt__block *table;
    size_t number = 0;

    if (m == NULL || !is_bound_somewhere(m)) return false;
    dt__heading(d, 1, dt__word(d, "What the records say, by reading"));
    dt__paragraph(d, dt__word(d, "Of all that the sources count under a reading, the shares that are alleged, "
                                 "corroborated, contradicted, exempt or in doubt, with the numbers in the bars. "
                                 "Numbers of different clauses and sources are not comparable."));
    table = DT__TABLE_OF(d, columns);
    dt__put(d, d->answer, "verdicts", dt__monitor_verdict_marks(d));
    for (size_t c = 0; c < m->clause_count; c++)
        for (size_t r = 0; r < m->clauses[c].reading_count; r++)
            for (size_t i = 0; i < m->clauses[c].readings[r].party_count; i++) {
                const dt_party_record *p = &m->clauses[c].readings[r].parties[i];
                if (p->bound) add_party(d, table, m, &m->clauses[c], r, p, number++);
            }
    return true;
}
