/* Disputes over findings: who has taken which step, and by when the next is due.  They decide nothing here. */
#include "base/catalog.h"
#include "report/ledger_sections.h"
#include "report/monitor_sections.h"

enum { SHOWN = 20 };

/* ---- for people ---- */

static const dt__column columns[] = {{DT__N("Dispute"), DT__LEFT},
                                     {DT__N("About"), DT__LEFT},
                                     {DT__N("Incident"), DT__LEFT},
                                     {DT__N("State"), DT__LEFT},
                                     {DT__N("Deadline (UTC)"), DT__LEFT}};

const char *dt__dispute_about(dt_document *d, const dt_monitor_answer *answer, const dt_monitor_dispute *m) {
    const dt_clause_record *clause;

    if (m->incident == UINT32_MAX) return dt__word(d, "nothing in these records");
    if (m->clause == UINT32_MAX) return dt__word(d, "every reading");
    clause = &answer->clauses[m->clause];
    return dt__say(d, "{0}, {1}", dt__monitor_clause_name(d, answer, clause),
                   dt__monitor_reading_name(d, answer, clause, m->reading), NULL);
}

const char *dt__dispute_deadline(dt_document *d, const dt_dispute *dispute, bool redact) {
    const char *text = redact ? dt__monitor_moment(d, dispute->deadline, true) : dt__say_time(d, dispute->deadline);

    if (text == NULL || text[0] == '\0') return "";
    text = dt__say_date(d, text);
    return dispute->overdue ? dt__say(d, "{0}, past", text, NULL) : text;
}

const char *dt__disputes_text(dt_document *d, const dt_monitor_answer *answer) {
    size_t open = 0, overdue = 0;

    for (size_t i = 0; i < answer->dispute_count; i++) {
        open += answer->disputes[i].dispute.state != DT_DISPUTE_CLOSED;
        overdue += answer->disputes[i].dispute.overdue;
    }
    return dt__say(d, "Disputes: {0}; open: {1}; past their deadline: {2}. They change no finding here.",
                   dt__say_size(d, answer->dispute_count), dt__say_size(d, open), dt__say_size(d, overdue), NULL);
}

void dt__monitor_add_disputes(dt_document *d, const dt_monitor_answer *answer, const dt_monitor_view *view) {
    size_t shown = answer->dispute_count < SHOWN ? answer->dispute_count : SHOWN;
    dt__block *table;

    if (answer->dispute_count == 0) return;
    dt__heading(d, 2, dt__word(d, "Disputes"));
    dt__paragraph(d, dt__disputes_text(d, answer));
    table = DT__TABLE_OF(d, columns);
    for (size_t i = 0; i < shown; i++) {
        const dt_monitor_dispute *m = &answer->disputes[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, m->dispute.id, DT__PLAIN);
        dt__table_cell(d, table, dt__dispute_about(d, answer, m), DT__PLAIN);
        dt__table_cell(d, table, m->incident == UINT32_MAX ? "" : answer->incidents[m->incident].id, DT__PLAIN);
        dt__table_cell(d, table, dt__dispute_word(d, m->dispute.state), DT__PLAIN);
        dt__table_cell(d, table, dt__dispute_deadline(d, &m->dispute, view->redact),
                       m->dispute.overdue ? DT__BAD : DT__PLAIN);
    }
    dt__table_drop_empty(table);
    if (answer->dispute_count > shown) dt__and_more(d, answer->dispute_count - shown);
}

/* ---- for programs ---- */

static void put_text(dt_document *d, dt__value *object, const char *key, const char *text) {
    dt__put(d, object, key, text == NULL || text[0] == '\0' ? dt__value_null(d) : dt__value_string(d, text));
}

static dt__value *step_value(dt_document *d, const dt_dispute *dispute, const dt_monitor_view *view) {
    dt__value *value = dt__value_object(d);

    put_text(d, value, "id", dispute->id);
    put_text(d, value, "state", dt_dispute_state_name(dispute->state));
    put_text(d, value, "deadline", dt__monitor_moment(d, dispute->deadline, view->redact));
    dt__put(d, value, "overdue", dt__value_bool(d, dispute->overdue));
    return value;
}

dt__value *dt__monitor_dispute_value(dt_document *d, const dt_monitor_answer *answer, const dt_finding *finding,
                                     const dt_monitor_view *view) {
    if (finding->dispute == UINT32_MAX) return dt__value_null(d);
    return step_value(d, &answer->disputes[finding->dispute].dispute, view);
}

dt__value *dt__monitor_disputes_value(dt_document *d, const dt_monitor_answer *answer, const dt_monitor_view *view) {
    dt__value *list = dt__value_array(d);

    for (size_t i = 0; i < answer->dispute_count; i++) {
        const dt_monitor_dispute *m = &answer->disputes[i];
        dt__value *value = dt__append(list, step_value(d, &m->dispute, view));
        bool known = m->clause != UINT32_MAX;
        put_text(d, value, "finding", m->dispute.finding);
        put_text(d, value, "incident", m->incident == UINT32_MAX ? NULL : answer->incidents[m->incident].id);
        put_text(d, value, "clause", known ? answer->clauses[m->clause].id : NULL);
        put_text(d, value, "reading", known ? answer->clauses[m->clause].readings[m->reading].id : NULL);
        if (view->redact) continue;
        put_text(d, value, "by", m->dispute.by);
        put_text(d, value, "note", m->dispute.note);
    }
    return list;
}
