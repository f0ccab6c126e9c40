/* What would turn the verdicts: margins, and the preferences that would make a state an equilibrium. */
#include "base/catalog.h"
#include "report/hold_sections.h"

/* ---- margins ---- */

static bool same_margin(const dt_hold_margin *a, const dt_hold_margin *b) {
    return a->state == b->state && a->party == b->party && a->possible == b->possible && a->changes == b->changes &&
           a->past == b->past;
}

static const char *margin_text(const dt__hold_page *p, const dt_hold_margin *m, uint32_t concepts) {
    dt_document *d = p->d;
    const char *state = dt__state_text(p, m->state), *names = dt__concepts_text(d, concepts);
    const char *party = dt__party_name(d, m->party);

    if (!m->possible)
        return dt__say(d, "{0} ({1}): no ranking of any one party would break it; the moves alone decide.", state,
                       names, NULL);
    if (m->rises)
        return dt__say(d,
                       "{0} ({1}): {2} alone stands in the way. It would have to like it as well as {3}; comparisons "
                       "that change: {4}.",
                       state, names, party, dt__state_text(p, m->past), dt__say_size(d, m->changes), NULL);
    return dt__say(d, "{0} ({1}): broken when {2} comes to like it less than {3}; comparisons that change: {4}.", state,
                   names, party, dt__state_text(p, m->past), dt__say_size(d, m->changes), NULL);
}

/* Concepts with the same margin at a state stand together. */
static void add_margins(const dt__hold_page *p, const dt_hold_margin *margins, size_t count) {
    dt__block *list = dt__bullets(p->d);
    size_t shown = 0, i = 0;

    while (i < count && shown < DT__HOLD_ROWS) {
        uint32_t concepts = 0;
        size_t j = i;
        while (j < count && same_margin(&margins[i], &margins[j])) concepts |= UINT32_C(1) << margins[j++].concept;
        dt__bullet(p->d, list, margin_text(p, &margins[i], concepts));
        i = j;
        shown++;
    }
    if (i < count)
        dt__bullet(p->d, list, dt__say(p->d, "… and {0} more (see --json).", dt__say_size(p->d, count - i), NULL));
}

void dt__hold_margins(const dt__hold_page *p) {
    const dt_hold_margins *m = p->answer->margins;

    if (m == NULL || m->kept_count + m->near_count == 0) return;
    dt__heading(p->d, 2, dt__word(p->d, "What would turn it"));
    if (m->kept_count > 0) {
        dt__paragraph(p->d, dt__word(p->d, "The least change of one party's ranking that breaks each equilibrium:"));
        add_margins(p, m->kept, m->kept_count);
    }
    if (m->near_count > 0) {
        dt__paragraph(p->d,
                      dt__word(p->d, "States that one party alone keeps from being equilibria, the nearest first:"));
        add_margins(p, m->near, m->near_count);
    }
}

/* ---- which preferences would make it one ---- */

static const dt__column make_columns[] = {{DT__N("Concept"), DT__LEFT},
                                          {DT__N("Party"), DT__LEFT},
                                          {DT__N("What would have to change"), DT__LEFT},
                                          {DT__N("Comparisons"), DT__RIGHT},
                                          {DT__N("Rankings that would do"), DT__RIGHT}};

static const char *change_text(const dt__hold_page *p, const dt_hold_making *m) {
    if (m->changes > 0) return dt__say(p->d, "like it as well as {0}", dt__state_text(p, m->past), NULL);
    return m->stable ? dt__word(p->d, "nothing: stable already")
                     : dt__word(p->d, "nothing: the others' changes suffice");
}

static void add_make(const dt__hold_page *p, dt__block *table, const dt_hold_make *make) {
    for (size_t i = 0; i < p->answer->party_count; i++) {
        const dt_hold_making *m = &make->parties[i];
        dt__table_row(p->d, table);
        dt__table_cell(p->d, table, i == 0 ? dt__concept_name(p->d, make->concept) : "", DT__PLAIN);
        dt__table_cell(p->d, table, dt__party_name(p->d, m->party), DT__PLAIN);
        dt__table_cell(p->d, table, change_text(p, m), DT__PLAIN);
        dt__table_cell(p->d, table, dt__say_size(p->d, m->changes), DT__PLAIN);
        dt__table_cell(p->d, table, m->share.text == NULL ? "" : dt__say_percent(p->d, m->share.value), DT__PLAIN);
    }
}

static const char *summary_text(const dt__hold_page *p, const dt_hold_make *make) {
    dt_document *d = p->d;
    const char *name = dt__concept_name(d, make->concept);

    if (make->equilibrium) return dt__say(d, "{0}: it is an equilibrium already.", name, NULL);
    if (make->proven)
        return dt__say(d, "{0}: comparisons that have to change in all: {1}, and no fewer would do.", name,
                       dt__say_size(d, (size_t)make->changes), NULL);
    return dt__say(d, "{0}: comparisons that change in all: {1}; at least {2} have to.", name,
                   dt__say_size(d, (size_t)make->changes), dt__say_size(d, (size_t)make->at_least), NULL);
}

void dt__hold_makes(const dt__hold_page *p) {
    const dt_hold_answer *a = p->answer;
    dt__block *list, *table;

    if (a->make_count == 0) return;
    dt__heading(p->d, 2, dt__say(p->d, "What would make state {0} hold", dt__state_text(p, a->make_state), NULL));
    list = dt__bullets(p->d);
    for (size_t i = 0; i < a->make_count; i++) dt__bullet(p->d, list, summary_text(p, &a->makes[i]));
    dt__paragraph(p->d, dt__word(p->d, "For each party, and of all strict rankings that it could have, the share that "
                                       "makes the state stable for it (the others as they are):"));
    table = DT__TABLE_OF(p->d, make_columns);
    for (size_t i = 0; i < a->make_count; i++) add_make(p, table, &a->makes[i]);
    dt__table_drop_empty(table);
}
