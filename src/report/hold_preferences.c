/* When preferences are unknown, strong or uncertain: what still holds. */
#include <math.h>

#include "base/catalog.h"
#include "report/hold_sections.h"

/* ---- unknown ---- */

static const dt__column unknown_columns[] = {
    {DT__N("Concept"), DT__LEFT},     {DT__N("Whatever is unknown"), DT__LEFT}, {DT__N("For some of it"), DT__LEFT},
    {DT__N("Extension a"), DT__LEFT}, {DT__N("Extension b"), DT__LEFT},         {DT__N("Extension c"), DT__LEFT},
    {DT__N("Extension d"), DT__LEFT}};

/* Bounds are marked as such. */
static const char *bound_text(const dt__hold_page *p, const dt_states *states, bool exact, bool at_least) {
    const char *text = dt__states_text(p, states, DT__HOLD_SHOWN);

    if (exact) return text;
    return at_least ? dt__say(p->d, "at least: {0}", text, NULL) : dt__say(p->d, "at most: {0}", text, NULL);
}

void dt__hold_unknown(const dt__hold_page *p) {
    const dt_hold_unknown *u = p->answer->unknown;
    dt__block *table;

    if (u == NULL) return;
    dt__heading(p->d, 2, dt__word(p->d, "With unknown preferences"));
    dt__paragraph(
        p->d, dt__say(p->d, "Pairs of states that a party does not compare: {0}.",
                      dt__say_count(p->d, (dt_exact){.text = dt__say_size(p->d, u->pairs), .value = (double)u->pairs}),
                      NULL));
    table = DT__TABLE_OF(p->d, unknown_columns);
    for (unsigned i = 0; i < DT_CONCEPT_COUNT; i++) {
        dt_concept c = dt__concept_ranked(i);
        dt__table_row(p->d, table);
        dt__table_cell(p->d, table, dt__concept_name(p->d, c), DT__PLAIN);
        dt__table_cell(p->d, table, bound_text(p, &u->every[c], u->exact[c], true), DT__PLAIN);
        dt__table_cell(p->d, table, bound_text(p, &u->some[c], u->exact[c], false), DT__PLAIN);
        for (int e = 0; e < 4; e++)
            dt__table_cell(p->d, table, dt__states_text(p, &u->extensions[e][c], DT__HOLD_SHOWN), DT__PLAIN);
    }
}

/* ---- strong ---- */

static const dt__column strength_columns[] = {
    {DT__N("Concept"), DT__LEFT}, {DT__N("Strong"), DT__LEFT}, {DT__N("Weak"), DT__LEFT}};

void dt__hold_strength(const dt__hold_page *p) {
    const dt_hold_strength *s = p->answer->strength;
    dt__block *table;

    if (s == NULL) return;
    dt__heading(p->d, 2, dt__word(p->d, "Strong and weak equilibria"));
    dt__paragraph(p->d,
                  dt__word(p->d, "Strong: whoever could improve would end up with something that it likes greatly "
                                 "less. Weak: only somewhat less."));
    table = DT__TABLE_OF(p->d, strength_columns);
    for (unsigned i = 1; i < DT_CONCEPT_COUNT; i++) {
        dt_concept c = dt__concept_ranked(i);
        dt__table_row(p->d, table);
        dt__table_cell(p->d, table, dt__concept_name(p->d, c), DT__PLAIN);
        dt__table_cell(p->d, table, dt__states_text(p, &s->strong[c], DT__HOLD_SHOWN), DT__PLAIN);
        dt__table_cell(p->d, table, dt__states_text(p, &s->weak[c], DT__HOLD_SHOWN), DT__PLAIN);
    }
}

/* ---- uncertain ---- */

const char *dt__hold_chance(dt_document *d, uint64_t draws) {
    return dt__say_percent(d, 0.98 / sqrt((double)draws));
}

void dt__hold_shares(const dt__hold_page *p) {
    const dt_hold_answer *a = p->answer;
    dt__block *table;
    size_t shown = a->share_count < DT__HOLD_ROWS ? a->share_count : DT__HOLD_ROWS;

    if (a->draws == 0) return;
    dt__heading(p->d, 2, dt__word(p->d, "How often it holds"));
    dt__paragraph(p->d,
                  dt__say(p->d,
                          "Share of {0} draws of everything uncertain in which a state is an equilibrium; by chance "
                          "it may be off by up to {1}:",
                          dt__say_size(p->d, (size_t)a->draws), dt__hold_chance(p->d, a->draws), NULL));
    table = dt__table(p->d, NULL, 2 + DT_CONCEPT_COUNT);
    dt__table_column(p->d, table, 0, dt__word(p->d, "State"), DT__RIGHT);
    dt__table_column(p->d, table, 1, dt__word(p->d, "What it is"), DT__LEFT);
    for (unsigned i = 0; i < DT_CONCEPT_COUNT; i++)
        dt__table_column(p->d, table, 2 + i, dt__concept_name(p->d, dt__concept_ranked(i)), DT__RIGHT);
    for (size_t i = 0; i < shown; i++) {
        dt__table_row(p->d, table);
        dt__table_cell(p->d, table, dt__say_size(p->d, a->shares[i].state), DT__PLAIN);
        dt__table_cell(p->d, table, dt__state_what(p, a->shares[i].state), DT__PLAIN);
        for (unsigned c = 0; c < DT_CONCEPT_COUNT; c++)
            dt__table_cell(p->d, table, dt__say_percent(p->d, a->shares[i].shares[dt__concept_ranked(c)]), DT__PLAIN);
    }
    if (a->share_count > shown) dt__and_more(p->d, a->share_count - shown);
}
