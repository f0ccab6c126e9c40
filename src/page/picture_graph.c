/* The picture of outcomes as states: who would move from where to where, what holds, and the way from the status quo.
 * A small graph is drawn whole; of a large one what matters: the start, what moves lead to from there, the steps of the
 * ways that were found, the deals, and where leaving them leads. */
#include <string.h>

#include "base/catalog.h"
#include "page/page_sections.h"
#include "report/hold_sections.h"

enum { WHOLE = 40, MOST_NODES = 64, MOST_ARCS = 400, QUIET_ARCS = 24, MOST_GOALS = 12 };

typedef enum arc_kind { ARC_OTHER = 0, ARC_BETTER, ARC_WAY } arc_kind;

typedef struct node {
    dt_outcome outcome;
    const char *name; /* of a deal; NULL: what it changes says it */
    uint32_t id;      /* number shown */
    uint32_t equilibrium;
    bool start, deal;
} node;

typedef struct arc {
    size_t from, to;   /* places of nodes */
    uint64_t parties;  /* who moves */
    const char *later; /* when, if not at once; NULL */
    arc_kind kind;
} arc;

typedef struct graph {
    dt_document *d;
    const dt_answers *a;
    dt_outcome no_deal;
    node *nodes;
    arc *arcs;
    size_t node_count, arc_count;
} graph;

/* ---- nodes and arcs ---- */

static size_t place_of(const graph *g, dt_outcome outcome) {
    size_t i = 0;
    while (i < g->node_count && !dt__same_outcome(g->d, g->nodes[i].outcome, outcome)) i++;
    return i;
}

/* Its place; MOST_NODES when there is no room. */
static size_t add_node(graph *g, dt_outcome outcome) {
    size_t at = place_of(g, outcome);

    if (at < g->node_count || at == MOST_NODES) return at;
    g->nodes[at] = (node){.outcome = outcome, .id = (uint32_t)at + 1};
    g->node_count++;
    return at;
}

/* A move that stands there already is drawn once, as what it is foremost. */
static void add_arc(graph *g, arc_kind kind, uint64_t parties, size_t from, size_t to, const char *later) {
    if (from >= g->node_count || to >= g->node_count || from == to) return;
    for (size_t i = 0; i < g->arc_count; i++) {
        arc *known = &g->arcs[i];
        if (known->from != from || known->to != to || known->parties != parties) continue;
        if (kind > known->kind) known->kind = kind;
        return;
    }
    if (g->arc_count < MOST_ARCS)
        g->arcs[g->arc_count++] = (arc){.from = from, .to = to, .parties = parties, .kind = kind, .later = later};
}

/* ---- the ways that were found in joint steps ---- */

static void add_walks(graph *g, bool may_add) {
    const dt_path_answer *path = g->a->way == NULL ? g->a->path : g->a->way;
    const dt_way *way;

    for (size_t i = 0; path != NULL && i < path->format_count; i++) {
        const dt_walk *walk = dt__walk_of(&path->formats[i], &way);
        size_t from = place_of(g, path->no_deal);
        for (size_t s = 0; walk != NULL && s < walk->step_count && from < g->node_count; s++) {
            const dt_path_step *step = &walk->steps[s];
            size_t to = may_add ? add_node(g, step->after) : place_of(g, step->after);
            add_arc(g, ARC_WAY, step->parties, from, to, NULL);
            from = to;
        }
    }
}

/* ---- a graph of states ---- */

static void add_state(graph *g, const dt_hold_state *state) {
    size_t at;

    if (state == NULL || g->node_count == MOST_NODES) return;
    at = add_node(g, state->outcome);
    g->nodes[at].id = state->id;
    g->nodes[at].equilibrium = state->equilibrium;
    g->nodes[at].start |= g->a->hold->start != NULL && g->a->hold->start->state == state->id;
}

static const dt_hold_state *state_at(const graph *g, dt_outcome outcome) {
    const dt_hold_answer *h = g->a->hold;
    for (size_t i = 0; i < h->named_count; i++) {
        if (dt__same_outcome(g->d, h->named[i].outcome, outcome)) return &h->named[i];
    }
    return NULL;
}

/* Of many states: the start, where improvements lead from it, the steps of the ways, and whatever moves lead to. */
static void choose_states(graph *g) {
    const dt_hold_answer *h = g->a->hold;
    const dt_path_answer *path = g->a->way == NULL ? g->a->path : g->a->way;
    const dt_way *way;

    add_state(g, dt__hold_find(h, h->start->state));
    for (size_t i = 0; i < h->start->improvable.listed; i++)
        add_state(g, dt__hold_find(h, h->start->improvable.ids[i]));
    for (size_t i = 0; path != NULL && i < path->format_count; i++) {
        const dt_walk *walk = dt__walk_of(&path->formats[i], &way);
        for (size_t s = 0; walk != NULL && s < walk->step_count; s++) add_state(g, state_at(g, walk->steps[s].after));
    }
    for (size_t i = 0; i < h->start->way_count && i < MOST_GOALS; i++)
        if (h->start->ways[i].reachable) add_state(g, dt__hold_find(h, h->start->ways[i].state));
    for (size_t i = 0; i < h->start->reachable.listed && g->node_count < WHOLE; i++)
        add_state(g, dt__hold_find(h, h->start->reachable.ids[i]));
}

static bool is_better(const dt_hold_arc *move) {
    return move->known && move->preference == DT_BETTER;
}

static size_t place_of_id(const graph *g, uint32_t id) {
    size_t i = 0;
    while (i < g->node_count && g->nodes[i].id != id) i++;
    return i;
}

static void add_moves(graph *g, bool better) {
    const dt_hold_answer *h = g->a->hold;

    for (size_t i = 0; i < h->arc_count; i++) {
        const dt_hold_arc *move = &h->arcs[i];
        if (is_better(move) != better) continue;
        add_arc(g, better ? ARC_BETTER : ARC_OTHER, UINT64_C(1) << move->party, place_of_id(g, move->from),
                place_of_id(g, move->to), NULL);
    }
}

/* Where things drift from a start that does not hold: by improvements to the nearest state that holds, or by any moves.
 */
static void add_drift(graph *g) {
    const dt_hold_start *start = g->a->hold->start;
    const dt_hold_way *best = NULL;
    const dt_hold_step *steps;
    size_t count, from = place_of_id(g, start->state);

    if (from == g->node_count || ((g->nodes[from].equilibrium >> DT_CONCEPT_NASH) & 1) != 0) return;
    for (size_t i = 0; i < start->way_count; i++) {
        const dt_hold_way *w = &start->ways[i];
        if (((w->equilibrium >> DT_CONCEPT_NASH) & 1) == 0 || w->step_count == 0) continue;
        if (best == NULL || (w->improving_count > 0) > (best->improving_count > 0) ||
            ((w->improving_count > 0) == (best->improving_count > 0) && w->step_count < best->step_count))
            best = w;
    }
    if (best == NULL) return;
    count = best->improving_count > 0 ? best->improving_count : best->step_count;
    steps = best->improving_count > 0 ? best->improving : best->steps;
    for (size_t s = 0; s < count; s++) {
        size_t to = place_of_id(g, steps[s].state);
        add_arc(g, ARC_WAY, UINT64_C(1) << steps[s].party, from, to, NULL);
        from = to;
    }
}

static size_t quiet_moves(const graph *g) {
    const dt_hold_answer *h = g->a->hold;
    size_t count = 0;

    for (size_t i = 0; i < h->arc_count; i++)
        count += !is_better(&h->arcs[i]) && place_of_id(g, h->arcs[i].from) < g->node_count &&
                 place_of_id(g, h->arcs[i].to) < g->node_count;
    return count;
}

static void fill_with_states(graph *g) {
    const dt_hold_answer *h = g->a->hold;

    if (h->named_count == h->state_count && h->state_count <= WHOLE)
        for (size_t i = 0; i < h->named_count; i++) add_state(g, &h->named[i]);
    else choose_states(g);
    add_walks(g, false);
    add_drift(g);
    add_moves(g, true);
    if (quiet_moves(g) <= QUIET_ARCS) add_moves(g, false);
}

/* ---- the deals of a large model ---- */

static void add_leaving(graph *g, const dt_hold_deal *deal, size_t from) {
    for (size_t p = 0; p < deal->party_count; p++) {
        const dt_leaving *l = &deal->parties[p];
        bool now = ((deal->leave_now >> l->party) & 1) != 0, later = !now && l->ends;
        if (!l->can_leave || l->leaves_to == NULL || (!now && !later)) continue;
        add_arc(g, now ? ARC_BETTER : ARC_OTHER, UINT64_C(1) << l->party, from, add_node(g, l->leaves_to),
                now ? NULL
                    : dt__say(g->d,
                              strcmp(l->month.text, "1") == 0 ? DT__N("after one month") : DT__N("after {0} months"),
                              dt__say_number(g->d, l->month.value), NULL));
    }
}

static void fill_with_deals(graph *g) {
    const dt_hold_answer *h = g->a->hold;

    g->nodes[add_node(g, h->no_deal)].start = true;
    add_walks(g, true);
    for (size_t i = 0; i < h->deal_count; i++) {
        size_t at = h->deals[i].coherent ? add_node(g, h->deals[i].outcome) : MOST_NODES;
        if (at >= g->node_count) continue;
        g->nodes[at].deal = true;
        g->nodes[at].name = dt__deal_name(g->d, &h->deals[i]);
    }
    for (size_t i = 0; i < h->deal_count; i++)
        if (h->deals[i].coherent) add_leaving(g, &h->deals[i], place_of(g, h->deals[i].outcome));
}

/* ---- what is told ---- */

static const dt__column columns[] = {{DT__N("State"), DT__RIGHT},      {DT__N("What it is"), DT__LEFT},
                                     {DT__N("Holds by"), DT__LEFT},    {DT__N("Better for who moves"), DT__LEFT},
                                     {DT__N("Other moves"), DT__LEFT}, {DT__N("Steps of the way"), DT__LEFT}};

static const char *what_of(const graph *g, const node *n) {
    if (n->name != NULL) return n->name;
    if (g->d->model->arcs != NULL) return dt__option_name(g->d, 0, n->outcome[0]);
    if (dt__same_outcome(g->d, n->outcome, g->no_deal)) return dt__word(g->d, "no deal");
    return dt__changes_text(g->d, n->outcome, g->no_deal);
}

/* "Uniroyal to 9; towns to 5": moves of one kind out of a node. */
static const char *moves_text(const graph *g, size_t from, arc_kind kind) {
    dt__phrases p = dt__phrases_new(g->d, g->arc_count);

    for (size_t i = 0; i < g->arc_count; i++) {
        const arc *move = &g->arcs[i];
        const char *text;
        if (move->from != from || move->kind != kind) continue;
        text = dt__say(g->d, "{0} moves to {1}", dt__parties_text(g->d, move->parties),
                       dt__say_size(g->d, g->nodes[move->to].id), NULL);
        dt__phrases_add(&p, move->later == NULL ? text : dt__say(g->d, "{0} ({1})", text, move->later, NULL));
    }
    return p.count == 0 ? "" : dt__phrases_join(g->d, &p, dt__t(g->d->env, "; "));
}

static const char *ring_of(uint32_t equilibrium) {
    if ((equilibrium >> DT_CONCEPT_NASH) & 1) return "nash";
    if (((equilibrium >> DT_CONCEPT_SEQ) | (equilibrium >> DT_CONCEPT_SSEQ)) & 1) return "seq";
    return equilibrium != 0 ? "gmr" : "";
}

static void tell_node(graph *g, dt__block *table, size_t at) {
    const node *n = &g->nodes[at];
    dt__value *row = dt__mark(g->d, "rows");
    const char *what = what_of(g, n), *holds = n->equilibrium == 0 ? "" : dt__concepts_text(g->d, n->equilibrium);

    dt__put(g->d, row, "id", dt__value_unsigned(g->d, n->id));
    dt__put(g->d, row, "what", dt__value_string(g->d, what));
    dt__put(g->d, row, "holds", dt__value_string(g->d, holds));
    dt__put(g->d, row, "ring", dt__value_string(g->d, ring_of(n->equilibrium)));
    dt__put(g->d, row, "start", dt__value_bool(g->d, n->start));
    dt__put(g->d, row, "deal", dt__value_bool(g->d, n->deal));
    dt__table_row(g->d, table);
    dt__table_cell(g->d, table, dt__say_size(g->d, n->id), DT__PLAIN);
    dt__table_cell(g->d, table, what, n->start ? DT__STRONG : DT__PLAIN);
    dt__table_cell(g->d, table, holds, DT__PLAIN);
    dt__table_cell(g->d, table, moves_text(g, at, ARC_BETTER), DT__PLAIN);
    dt__table_cell(g->d, table, moves_text(g, at, ARC_OTHER), DT__PLAIN);
    dt__table_cell(g->d, table, moves_text(g, at, ARC_WAY), DT__PLAIN);
}

static uint32_t only_party(uint64_t parties) {
    uint32_t p = 0;
    if (parties == 0 || (parties & (parties - 1)) != 0) return DT__NO_INDEX;
    while (((parties >> p) & 1) == 0) p++;
    return p;
}

static void tell_arc(graph *g, const arc *move) {
    static const char *const kinds[] = {[ARC_OTHER] = "other", [ARC_BETTER] = "better", [ARC_WAY] = "way"};
    dt__value *mark = dt__mark(g->d, "arcs");
    uint32_t party = only_party(move->parties);

    dt__put(g->d, mark, "from", dt__value_unsigned(g->d, move->from));
    dt__put(g->d, mark, "to", dt__value_unsigned(g->d, move->to));
    dt__put(g->d, mark, "kind", dt__value_string(g->d, kinds[move->kind]));
    dt__put(g->d, mark, "party", dt__value_double(g->d, party == DT__NO_INDEX ? -1.0 : (double)party));
    dt__put(g->d, mark, "who", dt__value_string(g->d, dt__parties_text(g->d, move->parties)));
}

static bool has_way(const graph *g) {
    for (size_t i = 0; i < g->arc_count; i++)
        if (g->arcs[i].kind == ARC_WAY) return true;
    return false;
}

static void tell_heading(graph *g) {
    dt_document *d = g->d;
    const char *text;

    if (g->a->hold->deals_only) {
        dt__heading(d, 1, dt__word(d, "The deals, the way there, and who would leave"));
        dt__paragraph(d, dt__word(d, "Each circle is an outcome; its number stands in the table. Thick "
                                     "lines: the steps that the parties take together, from no deal on. Arrows out of "
                                     "a deal: who gains by leaving it at once, and where that leads; thin ones: who "
                                     "gains by leaving later."));
        return;
    }
    dt__heading(d, 1, dt__word(d, "The outcomes, who would move, and what holds"));
    text =
        dt__word(d, "Each circle is an outcome, numbered as in the table; the further right, the more moves away from "
                    "where it starts. Arrows: moves that are better for who makes them; thin ones are no better for "
                    "it. A ring: the outcome holds.");
    if (has_way(g)) text = dt__sentences(d, text, dt__word(d, "Thick lines: a way from the start."));
    dt__paragraph(d, text);
}

static bool is_to_be_drawn(const dt_answers *a) {
    if (a->hold == NULL || a->redacted != 0) return false;
    return a->hold->deals_only ? a->hold->deal_count > 0 : a->hold->start != NULL;
}

/* Who moves where tells what is better for whom: nothing of it is drawn when a party is redacted. */
bool dt__picture_states(dt_document *d, const dt_answers *a) {
    graph g = {.d = d, .a = a};
    dt__block *table;

    if (!is_to_be_drawn(a)) return false;
    g.no_deal = a->hold->no_deal;
    g.nodes = DT__ARENA_ARRAY(&d->arena, node, MOST_NODES);
    g.arcs = DT__ARENA_ARRAY(&d->arena, arc, MOST_ARCS);
    if (g.nodes == NULL || g.arcs == NULL) {
        d->failed = true;
        return false;
    }
    if (a->hold->deals_only) fill_with_deals(&g);
    else fill_with_states(&g);
    if (g.node_count < 2 || g.arc_count == 0) return false;
    tell_heading(&g);
    table = DT__TABLE_OF(d, columns);
    for (size_t i = 0; i < g.node_count; i++) tell_node(&g, table, i);
    for (size_t i = 0; i < g.arc_count; i++) tell_arc(&g, &g.arcs[i]);
    dt__table_drop_empty(table);
    return true;
}
