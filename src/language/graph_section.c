/* A graph written out: states, moves, rankings, status quo.  The model then has one issue, `state`, whose options are
 * the states in their order, and each party's moves are listed. */
#include "language/graph_section.h"

#include <stdlib.h>
#include <string.h>

enum { GRAPH_STATES, GRAPH_MOVES, GRAPH_RANKINGS, GRAPH_STATUS_QUO, GRAPH_KEYS };

static const dt__key graph_keys[GRAPH_KEYS] = {
    [GRAPH_STATES] = {.name = "states", .required = true},
    [GRAPH_MOVES] = {.name = "moves", .required = true},
    [GRAPH_RANKINGS] = {.name = "rankings", .required = true},
    [GRAPH_STATUS_QUO] = {.name = "status_quo"},
};

/* ---- parties: named by moves and rankings, unless `parties` lists them ---- */

static void gather(const dt__entries *from, const dt__names *seen, dt__entries *all) {
    for (size_t i = 0; i < from->count; i++) {
        if (seen != NULL && dt__names_find(seen, from->ids[i]) != DT__NO_NAME) continue;
        all->ids[all->count] = from->ids[i];
        all->nodes[all->count++] = from->nodes[i];
    }
}

static void name_parties(dt__reader *r, const dt__node *graph, const dt__node *const *f) {
    dt__entries movers = dt__read_entries(r, f[GRAPH_MOVES], DT__ID_STRICT);
    dt__entries rankers = dt__read_entries(r, f[GRAPH_RANKINGS], DT__ID_STRICT), all = {0};
    dt__names seen;

    all.ids = DT__READER_ARRAY(r, const char *, movers.count + rankers.count);
    all.nodes = dt__arena_alloc(&r->scratch, movers.count + rankers.count, sizeof *all.nodes);
    if (r->status == DT_OK && all.nodes == NULL) r->status = DT_ERR_MEMORY;
    if (r->status == DT_OK) r->status = dt__names_init(&seen, movers.ids, movers.count, &r->scratch);
    if (r->status != DT_OK) return;
    gather(&movers, NULL, &all);
    gather(&rankers, &seen, &all);
    dt__name_parties(r, graph, &all);
}

/* ---- states ---- */

static void check_state(dt__reader *r, const dt__node *node) {
    size_t length = strlen(node->text);

    if (strcmp(node->text, DT__GREATLY_SIGN) == 0) {
        dt__reader_error(r, node, "reserved-word",
                         "“{0}” separates states in rankings and cannot be the name of a state", node->text, NULL);
    } else if (!dt__is_printable(node->text) || node->text[0] == ' ' || node->text[length - 1] == ' ') {
        dt__reader_error(r, node, "bad-id",
                         "“{0}” cannot be a state; expected one line of text without spaces at its ends", node->text,
                         NULL);
    }
}

static void read_state_labels(dt__reader *r, const dt__node *node, dt__option_info *info) {
    static const dt__key keys[] = {{.name = "name"}, {.name = "note"}};
    const dt__node *f[2];

    if (!dt__read_fields(r, node, keys, 2, f)) return;
    info->name = dt__read_label(r, f[0]);
    info->note = dt__read_label(r, f[1]);
}

/* An issue whose scale nobody asks for; it has one, as every issue. */
static const dt__rational *spread_states(dt__reader *r, size_t count) {
    dt__rational *scale = DT__READER_ARRAY(r, dt__rational, count);

    for (size_t i = 0; scale != NULL && i < count; i++) {
        dt__int128 steps = count > 1 ? (dt__int128)count - 1 : 1;
        (void)!dt__rational_make(&scale[i], 100 * (dt__int128)i, steps); /* small numbers */
    }
    return scale;
}

static void read_states(dt__reader *r, const dt__node *node, dt__issue *issue) {
    const char **ids = DT__READER_ARRAY(r, const char *, node->count);
    const dt__node **nodes = dt__arena_alloc(&r->scratch, node->count, sizeof *nodes);
    dt__option_info *infos = DT__READER_ARRAY(r, dt__option_info, node->count);
    size_t count = 0;

    if (r->status == DT_OK && nodes == NULL) r->status = DT_ERR_MEMORY;
    if (r->status != DT_OK) return;
    DT__EACH(child, node) {
        const dt__node *id = node->kind == DT__NODE_MAPPING ? child->key : child;
        if ((ids[count] = dt__read_text(r, id)) == NULL) continue;
        check_state(r, id);
        infos[count] = (dt__option_info){.id = ids[count], .reversible = true};
        nodes[count] = id;
        if (node->kind == DT__NODE_MAPPING) read_state_labels(r, child, &infos[count]);
        count++;
    }
    if (node->kind == DT__NODE_SEQUENCE) dt__check_unique(r, ids, nodes, count);
    issue->options = infos;
    issue->option_count = (uint32_t)count;
    issue->options_mapped = node->kind == DT__NODE_MAPPING;
    issue->scale = spread_states(r, count);
    r->most_options = count;
    if (r->status == DT_OK) r->status = dt__names_init(&r->options[0], ids, count, &r->scratch);
}

static void read_state_section(dt__reader *r, const dt__node *node, dt__issue *issue) {
    if (node->kind == DT__NODE_SCALAR && !dt__node_is_empty(node)) {
        dt__reader_error(r, node, "wrong-type", "expected the states here, such as {0}", "[calm, crisis, war]", NULL);
    } else if (node->kind == DT__NODE_SCALAR || node->count == 0) {
        dt__reader_error(r, node, "empty-graph", "a graph needs at least one state", NULL);
    } else {
        if (node->count > DT__MAX_OPTIONS)
            dt__reader_limit(r, node, DT__N("a graph may have 65,535 states; this one has {0}"), node->count);
        read_states(r, node, issue);
    }
}

/* The one issue; its names are there even when its states are wrong. */
static void make_issue(dt__reader *r, const dt__node *graph) {
    static const char *const ids[] = {"state"};
    dt__issue *issue = r->model->issues = DT__READER_NEW(r, dt__issue);

    r->options = dt__arena_alloc(&r->scratch, 1, sizeof *r->options);
    if (r->status == DT_OK && r->options == NULL) r->status = DT_ERR_MEMORY;
    if (r->status == DT_OK) r->status = dt__names_init(&r->issues, ids, 1, &r->scratch);
    if (r->status != DT_OK) return;
    r->model->issue_count = 1;
    issue->id = ids[0];
    issue->decided_by = DT__NO_INDEX;
    issue->reversible = true;
    issue->no_deal_given = true;
    issue->place = dt__reader_place(r, graph->key);
}

dt__option dt__read_state(dt__reader *r, const dt__node *node) {
    const char *text = dt__read_text(r, node);
    uint32_t state = text == NULL ? DT__NO_NAME : dt__names_find(&r->options[0], text);

    if (state != DT__NO_NAME) return (dt__option)state;
    if (text == NULL || r->options[0].count == 0) return DT__NO_OPTION;
    dt__reader_error(r, node, "unknown-state", "there is no state “{0}”", text, NULL);
    dt__reader_hint_names(r, text, r->options[0].texts, r->options[0].count);
    return DT__NO_OPTION;
}

/* ---- moves ---- */

static bool read_move(dt__reader *r, const dt__node *node, dt__arc *arc) {
    dt__option ends[2] = {DT__NO_OPTION, DT__NO_OPTION};
    size_t n = 0;

    if (node->kind != DT__NODE_SEQUENCE || node->count != 2) {
        dt__reader_error(r, node, "wrong-type", "expected the state a move leaves and the one it leads to, such as {0}",
                         "[calm, crisis]", NULL);
        return false;
    }
    DT__EACH(child, node) ends[n++] = dt__read_state(r, child);
    if (ends[0] == DT__NO_OPTION || ends[1] == DT__NO_OPTION) return false;
    *arc = (dt__arc){.from = ends[0], .to = ends[1], .place = dt__reader_place(r, node)};
    if (ends[0] != ends[1]) return true;
    dt__reader_error(r, node, "loop", "this move stays in the state “{0}”; a move leads to another state",
                     r->options[0].texts[ends[0]], NULL);
    return false;
}

/* Moves in the order of their ends, for finding those that stand twice. */
typedef struct placed_move {
    uint32_t ends;
    uint32_t index;
} placed_move;

static int compare_placed(const void *a, const void *b) {
    const placed_move *x = a, *y = b;
    if (x->ends != y->ends) return (x->ends > y->ends) - (x->ends < y->ends);
    return (x->index > y->index) - (x->index < y->index);
}

/* Takes out what stands a second time; the others stay as written. */
static size_t drop_repeated(dt__reader *r, dt__arc *arcs, size_t count) {
    placed_move *sorted = dt__arena_alloc(&r->scratch, count, sizeof *sorted);
    bool *repeated = dt__arena_alloc(&r->scratch, count, sizeof *repeated);
    const char *const *states = r->options[0].texts;
    size_t kept = 0;

    if (sorted == NULL || repeated == NULL) {
        r->status = DT_ERR_MEMORY;
        return 0;
    }
    for (size_t i = 0; i < count; i++)
        sorted[i] = (placed_move){.ends = (uint32_t)arcs[i].from << 16 | arcs[i].to, .index = (uint32_t)i};
    qsort(sorted, count, sizeof *sorted, compare_placed);
    for (size_t i = 1; i < count; i++) repeated[sorted[i].index] = sorted[i].ends == sorted[i - 1].ends;
    for (size_t i = 0; i < count; i++) {
        if (!repeated[i]) arcs[kept++] = arcs[i];
        else
            dt__reader_warning(r, arcs[i].place, "repeated-move",
                               "the move from “{0}” to “{1}” stands in this list a second time", states[arcs[i].from],
                               states[arcs[i].to], NULL);
    }
    return kept;
}

static void read_moves_of(dt__reader *r, const dt__node *node, dt__arcs *out) {
    size_t count = dt__read_list(r, node), n = 0;
    dt__arc *arcs = DT__READER_ARRAY(r, dt__arc, count);

    if (arcs == NULL || count == 0) return;
    DT__EACH(child, node) n += read_move(r, child, &arcs[n]);
    out->list = arcs;
    out->count = drop_repeated(r, arcs, n);
}

static void read_moves(dt__reader *r, const dt__node *node) {
    dt__arcs *arcs = DT__READER_ARRAY(r, dt__arcs, r->model->party_count);

    if (arcs == NULL) return;
    r->model->arcs = arcs;
    if (node == NULL) return;
    DT__EACH(child, node) {
        uint32_t party = dt__find_party(r, child->key, child->key->text);
        if (party != DT__NO_INDEX) read_moves_of(r, child, &arcs[party]);
    }
}

/* ---- the section ---- */

static void refuse_beside_graph(dt__reader *r, const dt__node *const *refused) {
    bool said = false;

    for (size_t i = 0; i < DT__REFUSED_COUNT; i++) {
        if (refused[i] == NULL) continue;
        dt__reader_error(r, refused[i]->key, "beside-graph", "`{0}` cannot stand beside `graph`", refused[i]->key->text,
                         NULL);
        if (!said)
            dt__reader_hint(r, "a graph lists its states, moves and rankings itself, and has neither formats nor rules",
                            NULL);
        said = true;
    }
}

void dt__read_graph(dt__reader *r, const dt__node *node, const dt__graph_neighbours *others) {
    const dt__node *f[GRAPH_KEYS];
    bool fields = dt__read_fields(r, node, graph_keys, GRAPH_KEYS, f);

    refuse_beside_graph(r, others->refused);
    if (others->parties != NULL) dt__read_party_section(r, others->parties);
    else if (fields) name_parties(r, node, f);
    make_issue(r, node);
    if (r->status != DT_OK) return;
    if (f[GRAPH_STATES] != NULL) read_state_section(r, f[GRAPH_STATES], &r->model->issues[0]);
    if (f[GRAPH_STATUS_QUO] != NULL && r->status == DT_OK) {
        dt__option state = dt__read_state(r, f[GRAPH_STATUS_QUO]);
        if (state != DT__NO_OPTION) r->model->issues[0].no_deal = state;
    }
    if (r->status == DT_OK) read_moves(r, f[GRAPH_MOVES]);
    if (r->status == DT_OK && f[GRAPH_RANKINGS] != NULL) dt__read_graph_rankings(r, f[GRAPH_RANKINGS]);
}
