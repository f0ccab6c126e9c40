/* The head of the report on "would it hold?": how many states, which are equilibria, and who is content where. */
#include <string.h>

#include "base/catalog.h"
#include "report/hold_sections.h"

static bool same_states(const dt_states *a, const dt_states *b) {
    return a->count == b->count && a->listed == b->listed &&
           (a->listed == 0 || memcmp(a->ids, b->ids, a->listed * sizeof *a->ids) == 0);
}

/* ---- in a few sentences ---- */

static const char *group_text(const dt__hold_page *p, uint32_t concepts, const dt_states *states) {
    const char *names = dt__concepts_text(p->d, concepts);
    dt__phrases list = dt__phrases_new(p->d, DT__HOLD_SHOWN);

    if (states->count == 0) return dt__say(p->d, "{0}: no equilibrium.", names, NULL);
    if (states->count > DT__HOLD_SHOWN)
        return dt__say(p->d, "{0}: {1} equilibria ({2}).", names, dt__say_size(p->d, states->count),
                       dt__states_text(p, states, DT__HOLD_SHOWN), NULL);
    for (size_t i = 0; i < states->listed; i++) dt__phrases_add(&list, dt__state_text(p, states->ids[i]));
    return dt__say(p->d, "{0}: {1}.", names, dt__phrases_and(p->d, &list), NULL);
}

/* Concepts with the same equilibria stand together, the strongest first. */
static void add_groups(const dt__hold_page *p) {
    dt__block *list = dt__bullets(p->d);
    uint32_t told = 0;

    for (unsigned i = 0; i < DT_CONCEPT_COUNT; i++) {
        dt_concept c = dt__concept_ranked(i);
        uint32_t group = 0;
        if ((told >> c) & 1) continue;
        for (unsigned j = 0; j < DT_CONCEPT_COUNT; j++) {
            if (((told >> j) & 1) == 0 && same_states(&p->answer->equilibria[c], &p->answer->equilibria[j]))
                group |= UINT32_C(1) << j;
        }
        told |= group;
        dt__bullet(p->d, list, group_text(p, group, &p->answer->equilibria[c]));
    }
}

/* What the strongest concept with an equilibrium means. */
static const char *verdict_text(const dt__hold_page *p) {
    for (unsigned i = 0; i < DT_CONCEPT_COUNT; i++) {
        dt_concept c = dt__concept_ranked(i);
        size_t count = p->answer->equilibria[c].count;
        if (count == 0) continue;
        if (count == 1)
            return dt__say(p->d, "One state would hold by {0} ({2}): {1}.", dt__concept_name(p->d, c),
                           dt__state_text(p, p->answer->equilibria[c].ids[0]), dt__concept_meaning(p->d, c), NULL);
        return dt__say(p->d, "{0} states would hold by {1} ({2}).", dt__say_size(p->d, count),
                       dt__concept_name(p->d, c), dt__concept_meaning(p->d, c), NULL);
    }
    return dt__word(p->d, "No state would hold, by any of the concepts.");
}

static const char *movers_text(const dt__hold_page *p) {
    dt__party_set able = 0;

    for (size_t i = 0; i < p->answer->party_count; i++) {
        if (p->answer->parties[i].moves > 0) able |= (dt__party_set)1 << p->answer->parties[i].party;
    }
    if (able == 0) return dt__word(p->d, "Nobody can move alone, so every state holds as long as nothing is agreed.");
    return dt__say(p->d, "Those who can move alone: {0}.", dt__parties_text(p->d, able), NULL);
}

void dt__hold_head(const dt__hold_page *p) {
    dt_document *d = p->d;
    const char *date = dt__as_of_sentence(d, p->answer->months), *text;

    dt__heading(d, 1, dt__say(d, "{0}: would it hold?", dt__title_name(d), NULL));
    if (*date != '\0') dt__paragraph(d, date);
    text =
        dt__say(d, "States, that is outcomes that keep the rules: {0}.", dt__say_size(d, p->answer->state_count), NULL);
    dt__paragraph(d, dt__sentences(d, text, movers_text(p)));
    dt__paragraph(d, verdict_text(p));
    if (p->answer->unknown != NULL)
        dt__paragraph(d, dt__word(d, "Some preferences are unknown: what is told here holds whatever they are."));
    dt__paragraph(d, dt__word(d, "Equilibria, the strongest concepts first:"));
    add_groups(p);
}

/* ---- the equilibria, one by one ---- */

static unsigned strength_of(const dt_hold_state *state) {
    unsigned strength = 0;
    for (unsigned i = 0; i < DT_CONCEPT_COUNT; i++)
        strength |= ((state->equilibrium >> dt__concept_ranked(i)) & 1) << (DT_CONCEPT_COUNT - 1 - i);
    return strength;
}

static dt__block *equilibria_table(const dt__hold_page *p) {
    const dt_hold_answer *a = p->answer;
    size_t column = 2 + DT_CONCEPT_COUNT;
    dt__block *table = dt__table(p->d, NULL, column + a->party_count);

    dt__table_column(p->d, table, 0, dt__word(p->d, "State"), DT__RIGHT);
    dt__table_column(p->d, table, 1, p->letters ? dt__word(p->d, "Options taken") : dt__word(p->d, "What it is"),
                     DT__LEFT);
    for (unsigned i = 0; i < DT_CONCEPT_COUNT; i++)
        dt__table_column(p->d, table, 2 + i, dt__concept_name(p->d, dt__concept_ranked(i)), DT__LEFT);
    for (size_t i = 0; i < a->party_count; i++)
        dt__table_column(p->d, table, column + i, dt__party_name(p->d, a->parties[i].party), DT__RIGHT);
    return table;
}

static void add_state(const dt__hold_page *p, dt__block *table, const dt_hold_state *state) {
    dt__table_row(p->d, table);
    dt__table_cell(p->d, table, dt__say_size(p->d, state->id), DT__PLAIN);
    dt__table_cell(p->d, table, dt__state_what(p, state->id), DT__PLAIN);
    for (unsigned i = 0; i < DT_CONCEPT_COUNT; i++) {
        bool holds = (state->equilibrium >> dt__concept_ranked(i)) & 1;
        dt__table_cell(p->d, table, holds ? dt__word(p->d, "yes") : "·", holds ? DT__GOOD : DT__PLAIN);
    }
    for (size_t i = 0; i < p->answer->party_count; i++)
        dt__table_cell(p->d, table, state->places[i] == 0 ? "" : dt__say_size(p->d, state->places[i]), DT__PLAIN);
}

void dt__hold_equilibria_table(const dt__hold_page *p) {
    const dt_hold_answer *a = p->answer;
    size_t shown = 0, count = 0;
    dt__block *table;

    for (size_t i = 0; i < a->named_count; i++) count += a->named[i].equilibrium != 0;
    if (count == 0) return;
    dt__paragraph(p->d,
                  dt__word(p->d, "The equilibria, with the place that each has in the ranking of each party (1 is "
                                 "its best):"));
    table = equilibria_table(p);
    for (unsigned s = 1U << DT_CONCEPT_COUNT; s-- > 1 && shown < DT__HOLD_ROWS;) {
        for (size_t i = 0; i < a->named_count && shown < DT__HOLD_ROWS; i++) {
            if (strength_of(&a->named[i]) != s) continue;
            add_state(p, table, &a->named[i]);
            shown++;
        }
    }
    dt__table_drop_empty(table);
    if (count > shown) dt__and_more(p->d, count - shown);
}

/* ---- who is content where ---- */

void dt__hold_parties(const dt__hold_page *p) {
    const dt_hold_answer *a = p->answer;
    dt__block *table;

    if (a->party_count == 0) return;
    dt__paragraph(p->d, dt__word(p->d, "States that are stable for each party, and the moves it has in all:"));
    table = dt__table(p->d, NULL, 3 + DT_CONCEPT_COUNT);
    dt__table_column(p->d, table, 0, dt__word(p->d, "Party"), DT__LEFT);
    dt__table_column(p->d, table, 1, dt__word(p->d, "Moves"), DT__RIGHT);
    dt__table_column(p->d, table, 2, dt__word(p->d, "Improvements"), DT__RIGHT);
    for (unsigned i = 0; i < DT_CONCEPT_COUNT; i++)
        dt__table_column(p->d, table, 3 + i, dt__concept_name(p->d, dt__concept_ranked(i)), DT__RIGHT);
    for (size_t i = 0; i < a->party_count; i++) {
        const dt_hold_party *party = &a->parties[i];
        dt__table_row(p->d, table);
        dt__table_cell(p->d, table, dt__party_name(p->d, party->party), DT__PLAIN);
        dt__table_cell(p->d, table, dt__say_size(p->d, party->moves), DT__PLAIN);
        dt__table_cell(p->d, table, dt__say_size(p->d, party->improvements), DT__PLAIN);
        for (unsigned c = 0; c < DT_CONCEPT_COUNT; c++)
            dt__table_cell(p->d, table, dt__say_size(p->d, party->stable[dt__concept_ranked(c)].count), DT__PLAIN);
    }
}

/* ---- what the concepts are ---- */

void dt__hold_meanings(const dt__hold_page *p) {
    dt__block *list;

    dt__heading(p->d, 2, dt__word(p->d, "What the concepts are"));
    list = dt__bullets(p->d);
    for (unsigned i = 0; i < DT_CONCEPT_COUNT; i++) {
        dt_concept c = dt__concept_ranked(i);
        dt__bullet(p->d, list,
                   dt__say(p->d, "{0}: {1}", dt__concept_name(p->d, c), dt__concept_meaning(p->d, c), NULL));
    }
}
