/* Picture: disputes over findings, each at the step that it has come to. */
#include "base/catalog.h"
#include "page/page_sections.h"
#include "report/ledger_sections.h"

enum { MOST_DISPUTES = 60 };

static const dt__column columns[] = {{DT__N("Dispute"), DT__LEFT},
                                     {DT__N("About"), DT__LEFT},
                                     {DT__N("State"), DT__LEFT},
                                     {DT__N("Deadline (UTC)"), DT__LEFT}};

/* Whatever came of looking into it is one step. */
static unsigned step_of(dt_dispute_state state) {
    static const unsigned steps[DT_DISPUTE_STATES] = {
        [DT_DISPUTE_SUBMITTED] = 0, [DT_DISPUTE_ACKNOWLEDGED] = 1, [DT_DISPUTE_CONTESTED] = 2,
        [DT_DISPUTE_VERIFIED] = 3,  [DT_DISPUTE_NOT_VERIFIED] = 3, [DT_DISPUTE_UNVERIFIABLE] = 3,
        [DT_DISPUTE_CLOSED] = 4};
    return steps[state];
}

static void add_steps(dt_document *d) {
    static const dt_dispute_state first[] = {DT_DISPUTE_SUBMITTED, DT_DISPUTE_ACKNOWLEDGED, DT_DISPUTE_CONTESTED};
    dt__value *list = dt__put(d, d->answer, "steps", dt__value_array(d));

    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        dt__append(list, dt__value_string(d, dt__dispute_word(d, first[i])));
    dt__append(list, dt__value_string(d, dt__word(d, "looked into")));
    dt__append(list, dt__value_string(d, dt__dispute_word(d, DT_DISPUTE_CLOSED)));
}

static void add_dispute(dt_document *d, dt__block *table, const dt_answers *a, const dt_monitor_dispute *m) {
    const char *about = dt__dispute_about(d, a->monitor, m), *state = dt__dispute_word(d, m->dispute.state),
               *deadline = dt__dispute_deadline(d, &m->dispute, a->monitor_view.redact);
    dt__value *row = dt__mark(d, "rows");

    dt__put(d, row, "id", dt__value_string(d, m->dispute.id));
    dt__put(d, row, "about", dt__value_string(d, about));
    dt__put(d, row, "step", dt__value_unsigned(d, step_of(m->dispute.state)));
    dt__put(d, row, "state", dt__value_string(d, state));
    dt__put(d, row, "deadline", dt__value_string(d, deadline));
    dt__put(d, row, "overdue", dt__value_bool(d, m->dispute.overdue));
    dt__table_row(d, table);
    dt__table_cell(d, table, m->dispute.id, DT__PLAIN);
    dt__table_cell(d, table, about, DT__PLAIN);
    dt__table_cell(d, table, state, DT__PLAIN);
    dt__table_cell(d, table, deadline, m->dispute.overdue ? DT__BAD : DT__PLAIN);
}

bool dt__picture_disputes(dt_document *d, const dt_answers *a) {
    const dt_monitor_answer *m = a->monitor;
    dt__block *table;

    if (m == NULL || m->dispute_count == 0) return false;
    dt__heading(d, 1, dt__word(d, "What is disputed"));
    dt__paragraph(d,
                  dt__sentences(d, dt__disputes_text(d, m),
                                dt__word(d, "Each line is a dispute from a ledger, at the step that it has come to.")));
    add_steps(d);
    table = DT__TABLE_OF(d, columns);
    for (size_t i = 0; i < m->dispute_count && i < MOST_DISPUTES; i++) add_dispute(d, table, a, &m->disputes[i]);
    dt__table_drop_empty(table);
    return true;
}
