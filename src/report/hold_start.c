/* From the status quo: what moves and improvements lead to, and the shortest ways to the equilibria. */
#include "base/catalog.h"
#include "report/hold_sections.h"

static const dt__column way_columns[] = {{DT__N("To"), DT__LEFT},
                                         {DT__N("Equilibrium by"), DT__LEFT},
                                         {DT__N("Moves"), DT__RIGHT},
                                         {DT__N("Shortest sequences"), DT__RIGHT},
                                         {DT__N("One of them"), DT__LEFT},
                                         {DT__N("By improvements"), DT__LEFT}};

static const char *improving_text(const dt__hold_page *p, const dt_hold_way *way) {
    if (way->state == p->answer->start->state) return "";
    if (!way->by_improvements) return dt__word(p->d, "no");
    return dt__steps_text(p, way->improving, way->improving_count);
}

static void add_way(const dt__hold_page *p, dt__block *table, const dt_hold_way *way) {
    dt_document *d = p->d;
    bool here = way->state == p->answer->start->state;

    dt__table_row(d, table);
    dt__table_cell(d, table, dt__state_text(p, way->state), DT__PLAIN);
    dt__table_cell(d, table, dt__concepts_text(d, way->equilibrium), DT__PLAIN);
    dt__table_cell(d, table, here ? "0" : way->reachable ? dt__say_size(d, way->length) : dt__word(d, "unreachable"),
                   DT__PLAIN);
    dt__table_cell(d, table, way->sequences.text == NULL ? "" : dt__say_count(d, way->sequences), DT__PLAIN);
    dt__table_cell(d, table, dt__steps_text(p, way->steps, way->step_count), DT__PLAIN);
    dt__table_cell(d, table, improving_text(p, way), way->by_improvements ? DT__GOOD : DT__PLAIN);
}

static void add_ends(const dt__hold_page *p, const dt_hold_start *s) {
    dt_document *d = p->d;
    const char *cycles = s->cycles == 0   ? ""
                         : s->cycles == 1 ? dt__word(d, "There is a cycle in which improvements lead round and round.")
                                          : dt__say(d, "There are {0} cycles in which improvements lead round and round.",
                                                    dt__say_size(d, s->cycles), NULL);

    dt__paragraph(d, dt__sentences(d,
                                   dt__say(d, "Improvements come to an end at: {0}.",
                                           dt__states_text(p, &s->dead_ends, DT__HOLD_SHOWN), NULL),
                                   cycles));
}

void dt__hold_start(const dt__hold_page *p) {
    const dt_hold_start *s = p->answer->start;
    dt_document *d = p->d;
    dt__block *table;
    size_t shown;

    if (s == NULL) return;
    dt__heading(d, 2, dt__say(d, "From state {0}", dt__state_text(p, s->state), NULL));
    dt__paragraph(d, dt__say(d, "States that moves can lead to: {0}; moves that each improve who makes them: {1}.",
                             dt__say_size(d, s->reachable.count), dt__say_size(d, s->improvable.count), NULL));
    add_ends(p, s);
    if (s->way_count == 0) return;
    shown = s->way_count < DT__HOLD_ROWS ? s->way_count : DT__HOLD_ROWS;
    table = DT__TABLE_OF(d, way_columns);
    for (size_t i = 0; i < shown; i++) add_way(p, table, &s->ways[i]);
    dt__table_drop_empty(table);
    if (s->way_count > shown)
        dt__paragraph(d, dt__say(d, "… and {0} more (see --json).", dt__say_size(d, s->way_count - shown), NULL));
}
