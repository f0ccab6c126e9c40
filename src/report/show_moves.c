/* What limits moves: the moves of a graph, transitions that are barred, outcomes that a party does not see. */
#include "base/catalog.h"
#include "report/show_sections.h"

enum { MOVES_SHOWN = 50 };

/* ---- states and moves of a graph ---- */

static const dt__column state_columns[] = {
    {DT__N("State"), DT__LEFT}, {DT__N("Id"), DT__LEFT}, {DT__N("Note"), DT__LEFT}};

void dt__show_states(dt_document *d) {
    const dt__issue *issue = &d->model->issues[0];
    uint32_t shown = issue->option_count < MOVES_SHOWN ? issue->option_count : MOVES_SHOWN;
    dt__block *table;

    dt__heading(d, 2, dt__word(d, "States"));
    dt__paragraph(d, dt__say(d, "The status quo is {0}.", dt__option_name(d, 0, issue->no_deal), NULL));
    table = DT__TABLE_OF(d, state_columns);
    for (uint32_t s = 0; s < shown; s++) {
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__option_name(d, 0, s), DT__PLAIN);
        dt__table_cell(d, table, issue->options[s].id, DT__PLAIN);
        dt__table_cell(d, table, dt__label_name(d, &issue->options[s].note, ""), DT__PLAIN);
    }
    dt__table_drop_empty(table);
    if (shown < issue->option_count)
        dt__paragraph(d, dt__say(d,
                                 (issue->option_count - shown == 1) ? DT__N("… and one more state.")
                                                                    : DT__N("… and {0} more states."),
                                 dt__say_size(d, issue->option_count - shown), NULL));
}

static const dt__column move_columns[] = {
    {DT__N("Party"), DT__LEFT}, {DT__N("From"), DT__LEFT}, {DT__N("To"), DT__LEFT}};

/* The states that one state leads to stand together as long as they are listed one after another. */
static void add_moves_of(dt_document *d, dt__block *table, uint32_t party) {
    const dt__arcs *arcs = &d->model->arcs[party];
    size_t shown = arcs->count < MOVES_SHOWN ? arcs->count : MOVES_SHOWN;

    for (size_t i = 0, end; i < shown; i = end) {
        dt__phrases targets = dt__phrases_new(d, shown - i);
        for (end = i; end < shown && arcs->list[end].from == arcs->list[i].from; end++)
            dt__phrases_add(&targets, dt__option_name(d, 0, arcs->list[end].to));
        dt__table_row(d, table);
        dt__table_cell(d, table, i == 0 ? dt__party_name(d, party) : "", DT__PLAIN);
        dt__table_cell(d, table, dt__option_name(d, 0, arcs->list[i].from), DT__PLAIN);
        dt__table_cell(d, table, dt__phrases_join(d, &targets, " | "), DT__PLAIN);
    }
    if (shown == arcs->count) return;
    dt__table_row(d, table);
    dt__table_cell(d, table, "", DT__PLAIN);
    dt__table_cell(d, table, dt__say(d, "{0} more", dt__say_size(d, arcs->count - shown), NULL), DT__PLAIN);
    dt__table_cell(d, table, "", DT__PLAIN);
}

static void add_moves(dt_document *d) {
    dt__block *table;

    if (d->model->arcs == NULL) return;
    dt__heading(d, 2, dt__word(d, "Moves"));
    table = DT__TABLE_OF(d, move_columns);
    for (uint32_t p = 0; p < d->model->party_count; p++) add_moves_of(d, table, p);
}

/* ---- transitions ---- */

static const dt__column barrier_columns[] = {{DT__N("Transition"), DT__LEFT},
                                             {DT__N("Party"), DT__LEFT},
                                             {DT__N("From"), DT__LEFT},
                                             {DT__N("To"), DT__LEFT},
                                             {DT__N("Evidence"), DT__LEFT}};

static const char *end_text(dt_document *d, const dt__condition *end) {
    return end->kind == DT__CONDITION_TRUE ? dt__word(d, "any outcome") : dt__condition_text(d, end);
}

static void add_barriers(dt_document *d) {
    dt__block *table;

    if (d->model->barrier_count == 0) return;
    dt__heading(d, 2, dt__word(d, "Transitions that cannot be made"));
    table = DT__TABLE_OF(d, barrier_columns);
    for (size_t i = 0; i < d->model->barrier_count; i++) {
        const dt__barrier *barrier = &d->model->barriers[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__label_name(d, &barrier->name, barrier->id), DT__PLAIN);
        dt__table_cell(d, table,
                       barrier->party == DT__NO_INDEX ? dt__word(d, "anybody") : dt__party_name(d, barrier->party),
                       DT__PLAIN);
        dt__table_cell(d, table, end_text(d, barrier->from), DT__PLAIN);
        dt__table_cell(d, table, end_text(d, barrier->to), DT__PLAIN);
        dt__table_cell(d, table, dt__evidence_text(d, &barrier->evidence), DT__PLAIN);
    }
    dt__table_drop_empty(table);
}

/* ---- what parties do not see ---- */

static const dt__column unseen_columns[] = {{DT__N("Party"), DT__LEFT}, {DT__N("Takes for impossible"), DT__LEFT}};

static void add_unseen(dt_document *d) {
    dt__block *table = NULL;

    for (uint32_t p = 0; p < d->model->party_count; p++) {
        const dt__party *party = &d->model->parties[p];
        if (party->unseen_count > 0 && table == NULL) {
            dt__heading(d, 2, dt__word(d, "What parties do not see"));
            table = DT__TABLE_OF(d, unseen_columns);
        }
        for (size_t i = 0; i < party->unseen_count; i++) {
            dt__table_row(d, table);
            dt__table_cell(d, table, dt__party_name(d, p), DT__PLAIN);
            dt__table_cell(d, table, dt__condition_text(d, party->unseen[i]), DT__PLAIN);
        }
    }
}

void dt__show_moves(dt_document *d) {
    add_moves(d);
    add_barriers(d);
    add_unseen(d);
}
