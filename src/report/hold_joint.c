/* What parties can do together, and how far they look ahead. */
#include "base/catalog.h"
#include "report/hold_sections.h"

enum { CONCEPTS = DT_CONCEPT_SSEQ }; /* coalitions know four */

static const dt__column coalition_columns[] = {{DT__N("Together"), DT__LEFT},
                                               {DT__N("Nash"), DT__LEFT},
                                               {DT__N("GMR"), DT__LEFT},
                                               {DT__N("SMR"), DT__LEFT},
                                               {DT__N("SEQ"), DT__LEFT}};

static void add_coalition(const dt__hold_page *p, dt__block *table, const char *name, const dt_states *states) {
    dt__table_row(p->d, table);
    dt__table_cell(p->d, table, name, DT__PLAIN);
    for (int c = 0; c < CONCEPTS; c++)
        dt__table_cell(p->d, table, dt__states_text(p, &states[c], DT__HOLD_SHOWN), DT__PLAIN);
}

void dt__hold_coalitions(const dt__hold_page *p) {
    const dt_hold_coalitions *k = p->answer->coalitions;
    dt__block *table;

    if (k == NULL || !k->complete) return;
    dt__heading(p->d, 2, dt__word(p->d, "Coalitions"));
    if (k->count > 0) {
        dt__paragraph(p->d,
                      dt__word(p->d, "States that several parties would leave together, because all of them would "
                                     "be better off:"));
        table = DT__TABLE_OF(p->d, coalition_columns);
        for (size_t i = 0; i < k->count && i < (size_t)4 * DT__HOLD_ROWS; i++)
            add_coalition(p, table, dt__parties_text(p->d, k->list[i].parties), k->list[i].unstable);
    }
    dt__paragraph(p->d, dt__word(p->d, "Equilibria that no party and no group of parties would leave:"));
    table = DT__TABLE_OF(p->d, coalition_columns);
    add_coalition(p, table, dt__word(p->d, "everybody"), k->equilibria);
    dt__paragraph(p->d,
                  dt__say(p->d, "By all four concepts: {0}.", dt__states_text(p, &k->universal, DT__HOLD_SHOWN), NULL));
}

/* ---- foresight ---- */

static const dt__column foresight_columns[] = {{DT__N("Moves ahead"), DT__LEFT}, {DT__N("Equilibria"), DT__LEFT}};

static void add_row(const dt__hold_page *p, dt__block *table, const char *name, const dt_states *states) {
    dt__table_row(p->d, table);
    dt__table_cell(p->d, table, name, DT__PLAIN);
    dt__table_cell(p->d, table, dt__states_text(p, states, DT__HOLD_SHOWN), DT__PLAIN);
}

static void add_limited(const dt__hold_page *p, const dt_hold_foresight *f) {
    dt__block *table;

    if (!f->two_parties) {
        dt__paragraph(p->d, dt__word(p->d, "Looking several moves ahead is defined for two parties only."));
        return;
    }
    dt__paragraph(p->d, dt__word(p->d, "Where both stay when each looks so many moves ahead:"));
    table = DT__TABLE_OF(p->d, foresight_columns);
    for (size_t h = 0; h < f->horizon && h < DT__HOLD_ROWS; h++)
        add_row(p, table, dt__say_size(p->d, h + 1), &f->limited[h]);
    if (f->period > 0) add_row(p, table, dt__word(p->d, "without limit (non-myopic)"), &f->non_myopic);
}

static const dt__column simultaneous_columns[] = {{DT__N("Concept"), DT__LEFT}, {DT__N("Equilibria"), DT__LEFT}};

static void add_simultaneous(const dt__hold_page *p, const dt_hold_foresight *f) {
    dt__block *table;

    if (!f->simultaneous_complete) return;
    dt__paragraph(p->d, dt__word(p->d, "When parties that move at the same time deter one another as well:"));
    table = DT__TABLE_OF(p->d, simultaneous_columns);
    for (unsigned i = 0; i < DT_CONCEPT_COUNT; i++) {
        dt_concept c = dt__concept_ranked(i);
        add_row(p, table, dt__concept_name(p->d, c), &f->simultaneous[c]);
    }
}

void dt__hold_foresight(const dt__hold_page *p) {
    const dt_hold_foresight *f = p->answer->foresight;

    if (f == NULL) return;
    dt__heading(p->d, 2, dt__word(p->d, "Foresight"));
    add_limited(p, f);
    add_simultaneous(p, f);
}
