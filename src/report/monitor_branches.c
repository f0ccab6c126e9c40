/* What triggers moved, and what a record comes to where it is in doubt whether a reading was still in force: sentences.
 */
#include "base/catalog.h"
#include "report/monitor_sections.h"

/* ---- what moved ---- */

/* A day, or a moment within one, on the reading's clocks. */
static const char *when_text(dt_document *d, int64_t moment, int32_t offset) {
    bool whole = (moment + offset) % 86400 == 0;
    return dt__monitor_when(d, whole ? moment + offset : moment, whole);
}

static const char *ended_text(dt_document *d, const dt_move *m, const char *trigger) {
    const char *first = when_text(d, m->possibly_from, m->offset_possibly);

    if (!m->certainly)
        return dt__say(d, "Possibly ended by “{0}” from {1} on; it depends on what is in doubt.", trigger, first, NULL);
    if (m->from == m->possibly_from) return dt__say(d, "Ended by “{0}” from {1} on.", trigger, first, NULL);
    return dt__say(d, "Ended by “{0}”, at the latest from {1} on, possibly from {2} on.", trigger,
                   when_text(d, m->from, m->offset_from), first, NULL);
}

static const char *suspended_text(dt_document *d, const dt_move *m, const char *trigger) {
    const char *first = when_text(d, m->possibly_from, m->offset_possibly), *until, *text;

    if (!m->certainly)
        text = dt__say(d, "Possibly suspended by “{0}” from {1} on; it depends on what is in doubt.", trigger, first,
                       NULL);
    else if (m->from == m->possibly_from) text = dt__say(d, "Suspended by “{0}” from {1} on.", trigger, first, NULL);
    else
        text = dt__say(d, "Suspended by “{0}”, at the latest from {1} on, possibly from {2} on.", trigger,
                       when_text(d, m->from, m->offset_from), first, NULL);
    if (m->until == INT64_MAX) return text;
    until = when_text(d, m->until, m->offset_until);
    if (m->certainly && m->from == m->possibly_from)
        return dt__sentences(d, text, dt__say(d, "In force again from {0} on.", until, NULL));
    return dt__sentences(d, text, dt__say(d, "In force again from {0} on at the latest.", until, NULL));
}

static const char *extended_text(dt_document *d, const dt_move *m, const char *trigger) {
    const char *until = when_text(d, m->until, m->offset_until);

    if (m->certainly) return dt__say(d, "Extended by “{0}” until {1}.", trigger, until, NULL);
    return dt__say(d, "Possibly extended by “{0}” until {1}; it depends on what is in doubt.", trigger, until, NULL);
}

static const char *move_text(dt_document *d, const dt_move *m, const dt__trigger *t) {
    const char *trigger = dt__label_name(d, &t->name, t->id);

    if (t->then == DT__THEN_TERMINATION) return ended_text(d, m, trigger);
    if (t->then == DT__THEN_SUSPENSION) return suspended_text(d, m, trigger);
    return extended_text(d, m, trigger);
}

/* ---- both branches ---- */

static void add_count(dt_document *d, dt__phrases *list, const char *msgid, const dt_party_record *p, double count) {
    if (count > 0) dt__phrases_add(list, dt__say(d, msgid, dt__monitor_count(d, count, p->at_least), NULL));
}

static const char *branch_text(dt_document *d, const dt_party_record *p, const dt_branch *branch) {
    dt__phrases list = dt__phrases_new(d, 5);
    const char *text;

    add_count(d, &list, DT__N("alleged: {0}"), p, branch->counts[DT_VERDICT_ALLEGED]);
    add_count(d, &list, DT__N("corroborated: {0}"), p, branch->counts[DT_VERDICT_CORROBORATED]);
    add_count(d, &list, DT__N("contradicted: {0}"), p, branch->counts[DT_VERDICT_CONTRADICTED]);
    add_count(d, &list, DT__N("in doubt: {0}"), p, branch->counts[DT_VERDICT_INDETERMINATE]);
    text = dt__phrases_join(d, &list, dt__word(d, ", "));
    return text[0] == '\0' ? dt__word(d, "nothing alleged") : text;
}

static const char *branches_text(dt_document *d, const dt_party_record *p) {
    return dt__say(d,
                   "{0}: from {1} on it is in doubt whether this was still in force. If it was, {2}; if it was not, "
                   "{3}.",
                   dt__party_name(d, p->party), dt__monitor_when(d, p->doubted_from + p->offset_doubted, true),
                   branch_text(d, p, &p->stayed), branch_text(d, p, &p->lapsed), NULL);
}

/* ---- both of a reading ---- */

const char *dt__monitor_force_text(dt_document *d, const dt__clause_reading *terms, const dt_reading_record *r) {
    const char *text = "";

    for (size_t i = 0; i < r->move_count; i++)
        text = dt__sentences(d, text, move_text(d, &r->moves[i], &terms->triggers[r->moves[i].trigger]));
    for (size_t i = 0; i < r->party_count; i++)
        if (r->parties[i].has_branches) text = dt__sentences(d, text, branches_text(d, &r->parties[i]));
    return text;
}
