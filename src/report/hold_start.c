/* From the status quo: what moves and improvements lead to, and the shortest ways to the equilibria. */
#include "base/catalog.h"
#include "report/hold_sections.h"

/* "2 moves, in 3 shortest sequences; one of them: ..." */
static const char *shortest_text(const dt__hold_page *p, const dt_hold_way *way) {
    dt_document *d = p->d;
    const char *steps = dt__steps_text(p, way->steps, way->step_count);

    if (way->sequences.text == NULL || way->sequences.value < 2)
        return dt__say(d, "Moves needed: {0}: {1}.", dt__say_size(d, way->length), steps, NULL);
    return dt__say(d, "Moves needed: {0}, in {1} ways, such as: {2}.", dt__say_size(d, way->length),
                   dt__say_count(d, way->sequences), steps, NULL);
}

static const char *improving_text(const dt__hold_page *p, const dt_hold_way *way) {
    dt_document *d = p->d;

    if (!way->by_improvements) return dt__word(d, "Improvements alone do not lead there.");
    if (way->improving_count == way->length) return dt__word(d, "Improvements alone lead there as fast.");
    return dt__say(d, "By improvements alone: {0}.", dt__steps_text(p, way->improving, way->improving_count), NULL);
}

static void add_way(const dt__hold_page *p, dt__block *list, const dt_hold_way *way) {
    dt_document *d = p->d;
    const char *what = dt__say(d, "{0}, equilibrium by {1}.", dt__state_text(p, way->state),
                               dt__concepts_text(d, way->equilibrium), NULL);
    const char *how;

    if (way->state == p->answer->start->state) how = dt__word(d, "This is where it starts.");
    else if (!way->reachable) how = dt__word(d, "Nothing leads there.");
    else how = dt__sentences(d, shortest_text(p, way), improving_text(p, way));
    dt__bullet(d, list, dt__sentences(d, what, how));
}

static void add_ends(const dt__hold_page *p, const dt_hold_start *s) {
    dt_document *d = p->d;
    const char *cycles = s->cycles == 0 ? ""
                         : s->cycles == 1
                             ? dt__word(d, "There is a cycle in which improvements lead round and round.")
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
    dt__block *list;
    size_t shown;

    if (s == NULL) return;
    dt__heading(d, 2, dt__say(d, "From state {0}", dt__state_text(p, s->state), NULL));
    dt__paragraph(d, dt__say(d, "States that moves can lead to: {0}; moves that each improve who makes them: {1}.",
                             dt__say_size(d, s->reachable.count), dt__say_size(d, s->improvable.count), NULL));
    add_ends(p, s);
    if (s->way_count == 0) return;
    shown = s->way_count < DT__HOLD_ROWS ? s->way_count : DT__HOLD_ROWS;
    list = dt__bullets(d);
    for (size_t i = 0; i < shown; i++) add_way(p, list, &s->ways[i]);
    if (s->way_count > shown) dt__and_more(d, s->way_count - shown);
}
