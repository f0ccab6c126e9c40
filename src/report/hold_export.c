/* The state graph for drawing programs: GraphML and Graphviz; and its states as CSV. */
#include <string.h>

#include "report/hold_sections.h"

/* ---- what all share ---- */

typedef struct drawing {
    const dt_model *model;
    const dt_hold_answer *answer;
    dt_env *env;
    dt__text text;
} drawing;

static dt_status flush(drawing *g, const dt_sink *sink) {
    dt_status st = dt__text_status(&g->text);

    if (st == DT_OK) st = sink->write(sink->payload, dt__text_get(&g->text), g->text.length);
    dt__text_clear(&g->text);
    return st;
}

static void add(drawing *g, const char *text) {
    dt__text_add(&g->text, text);
}

static void add_number(drawing *g, uint64_t number) {
    dt__text_add_unsigned(&g->text, number);
}

/* A text with some characters replaced. */
static void add_escaped(drawing *g, const char *text, const char *special, const char *const *replaced) {
    for (; *text != '\0'; text++) {
        const char *at = strchr(special, *text);
        if (at == NULL) dt__text_add_char(&g->text, *text);
        else add(g, replaced[at - special]);
    }
}

static void add_xml(drawing *g, const char *text) {
    static const char *const replaced[] = {"&amp;", "&lt;", "&gt;", "&quot;"};
    add_escaped(g, text, "&<>\"", replaced);
}

static void add_quoted(drawing *g, const char *text) {
    static const char *const replaced[] = {"\\\"", "\\\\", "\\n"};
    add(g, "\"");
    add_escaped(g, text, "\"\\\n", replaced);
    add(g, "\"");
}

static void add_concepts(drawing *g, uint32_t concepts) {
    bool first = true;

    for (int c = 0; c < DT_CONCEPT_COUNT; c++) {
        if (((concepts >> c) & 1) == 0) continue;
        if (!first) add(g, " ");
        add(g, dt_concept_id((dt_concept)c));
        first = false;
    }
}

static const char *party_id(const drawing *g, uint32_t party) {
    return g->model->parties[party].id;
}

static const char *option_id(const drawing *g, const dt_hold_state *state, size_t issue) {
    return g->model->issues[issue].options[state->outcome[issue]].id;
}

static bool is_moved(const drawing *g, const dt_hold_state *state, size_t issue) {
    return g->model->issue_count == 1 || state->outcome[issue] != g->answer->no_deal[issue];
}

/* "12: ceasefire=full, aid=raised" in a scratch text. */
static void label_of(drawing *g, dt__text *out, const dt_hold_state *state) {
    bool first = true;

    dt__text_reset(out);
    dt__text_add_unsigned(out, state->id);
    for (size_t i = 0; i < g->model->issue_count; i++) {
        if (!is_moved(g, state, i)) continue;
        dt__text_add(out, first ? ": " : ", ");
        if (g->model->arcs == NULL) {
            dt__text_add(out, g->model->issues[i].id);
            dt__text_add(out, "=");
        }
        dt__text_add(out, option_id(g, state, i));
        first = false;
    }
    g->text.failed |= out->failed;
}

/* ---- GraphML ---- */

static void add_key(drawing *g, const char *id, const char *of, const char *name) {
    add(g, "  <key id=\"");
    add(g, id);
    add(g, "\" for=\"");
    add(g, of);
    add(g, "\" attr.name=\"");
    add(g, name);
    add(g, "\" attr.type=\"string\"/>\n");
}

static void add_data(drawing *g, const char *key, const char *value) {
    add(g, "<data key=\"");
    add(g, key);
    add(g, "\">");
    add_xml(g, value);
    add(g, "</data>");
}

static void add_graphml_state(drawing *g, dt__text *label, const dt_hold_state *state) {
    label_of(g, label, state);
    add(g, "    <node id=\"s");
    add_number(g, state->id);
    add(g, "\">");
    add_data(g, "label", dt__text_get(label));
    add(g, "<data key=\"equilibrium\">");
    add_concepts(g, state->equilibrium);
    add(g, "</data></node>\n");
}

static void add_graphml_arc(drawing *g, const dt_hold_arc *arc) {
    static const char *const words[] = {"worse", "equal", "better"};

    add(g, "    <edge source=\"s");
    add_number(g, arc->from);
    add(g, "\" target=\"s");
    add_number(g, arc->to);
    add(g, "\">");
    add_data(g, "party", party_id(g, arc->party));
    add_data(g, "preference", arc->known ? words[arc->preference + 1] : "unknown");
    add(g, "</edge>\n");
}

static void add_graphml(drawing *g, dt__text *label) {
    add(g, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    add_key(g, "label", "node", "label");
    add_key(g, "equilibrium", "node", "equilibrium");
    add_key(g, "party", "edge", "party");
    add_key(g, "preference", "edge", "preference");
    add(g, "  <graph id=\"states\" edgedefault=\"directed\">\n");
    for (size_t i = 0; i < g->answer->named_count; i++) add_graphml_state(g, label, &g->answer->named[i]);
    for (size_t i = 0; i < g->answer->arc_count; i++) add_graphml_arc(g, &g->answer->arcs[i]);
    add(g, "  </graph>\n</graphml>\n");
}

/* ---- Graphviz ---- */

static void add_dot_state(drawing *g, dt__text *label, const dt_hold_state *state) {
    label_of(g, label, state);
    add(g, "  s");
    add_number(g, state->id);
    add(g, " [label=");
    add_quoted(g, dt__text_get(label));
    if ((state->equilibrium >> DT_CONCEPT_NASH) & 1) add(g, ", peripheries=2");
    if (state->equilibrium != 0) add(g, ", style=bold");
    add(g, "];\n");
}

/* Improvements are drawn in full, other moves dashed. */
static void add_dot_arc(drawing *g, const dt_hold_arc *arc) {
    add(g, "  s");
    add_number(g, arc->from);
    add(g, " -> s");
    add_number(g, arc->to);
    add(g, " [label=");
    add_quoted(g, party_id(g, arc->party));
    if (arc->preference != DT_BETTER) add(g, ", style=dashed");
    add(g, "];\n");
}

static void add_dot(drawing *g, dt__text *label) {
    add(g, "digraph states {\n  node [shape=box];\n");
    for (size_t i = 0; i < g->answer->named_count; i++) add_dot_state(g, label, &g->answer->named[i]);
    for (size_t i = 0; i < g->answer->arc_count; i++) add_dot_arc(g, &g->answer->arcs[i]);
    add(g, "}\n");
}

/* ---- CSV ---- */

static void add_csv_cell(drawing *g, const char *text) {
    static const char *const doubled[] = {"\"\""};

    add(g, ",");
    if (strpbrk(text, ",\"\n") == NULL) {
        add(g, text);
        return;
    }
    add(g, "\"");
    add_escaped(g, text, "\"", doubled);
    add(g, "\"");
}

static void add_csv_head(drawing *g) {
    add(g, "state");
    for (size_t i = 0; i < g->model->issue_count; i++) add_csv_cell(g, g->model->issues[i].id);
    for (int c = 0; c < DT_CONCEPT_COUNT; c++) add_csv_cell(g, dt_concept_id((dt_concept)c));
    for (size_t p = 0; p < g->answer->party_count; p++) add_csv_cell(g, party_id(g, g->answer->parties[p].party));
    add(g, "\n");
}

static void add_csv(drawing *g) {
    add_csv_head(g);
    for (size_t k = 0; k < g->answer->named_count; k++) {
        const dt_hold_state *state = &g->answer->named[k];
        add_number(g, state->id);
        for (size_t i = 0; i < g->model->issue_count; i++) add_csv_cell(g, option_id(g, state, i));
        for (int c = 0; c < DT_CONCEPT_COUNT; c++) add(g, (state->equilibrium >> c) & 1 ? ",1" : ",0");
        for (size_t p = 0; p < g->answer->party_count; p++) {
            add(g, ",");
            if (state->places[p] > 0) add_number(g, state->places[p]);
        }
        add(g, "\n");
    }
}

dt_status dt_render_states(const dt_hold_answer *answer, const dt_model *model, dt_drawing kind, const dt_sink *sink,
                           dt_env *env) {
    drawing g = {.model = model, .answer = answer, .env = env};
    dt__text label;

    dt__text_init(&g.text, env);
    dt__text_init(&label, env);
    if (kind == DT_DRAWING_GRAPHML) add_graphml(&g, &label);
    else if (kind == DT_DRAWING_DOT) add_dot(&g, &label);
    else add_csv(&g);
    dt__text_clear(&label);
    return flush(&g, sink);
}
