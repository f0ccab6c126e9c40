/* A graph model of GMCR+ in the model language: each option is an issue that its owner alone decides, N or Y. */
#include <string.h>

#include "exchange/gmcr.h"
#include "exchange/identity.h"
#include "exchange/spelling.h"

/* Tied states at the end of a ranking need not be listed: from this many on they are not. */
enum { TAIL_LISTED = 16 };

typedef struct gmcr_emitter {
    dt__import *x;
    const dt__gmcr *g;
    dt__text *out;
    const char **options, **parties; /* ids */
    dt__gmcr_states states;          /* those that are named; the first at least */
} gmcr_emitter;

static bool name_ids(gmcr_emitter *e) {
    const dt__gmcr *g = e->g;
    size_t most = g->option_count > g->party_count ? g->option_count : g->party_count;
    const char **names = DT__IMPORT_ARRAY(e->x, const char *, most);

    for (size_t o = 0; names != NULL && o < g->option_count; o++) names[o] = g->options[o].name;
    if (e->x->status == DT_OK) e->options = dt__make_ids(e->x, names, g->option_count, "option");
    for (size_t p = 0; names != NULL && p < g->party_count; p++) names[p] = g->parties[p].name;
    if (e->x->status == DT_OK) e->parties = dt__make_ids(e->x, names, g->party_count, "party");
    return e->x->status == DT_OK;
}

/* Long names in many places could fill the memory: text that no model may have is not written. */
static bool has_room(gmcr_emitter *e) {
    if (e->x->status != DT_OK) return false;
    if (e->out->length <= DT__MAX_FOREIGN) return true;
    dt__import_error(e->x, dt__place_of_file(e->g->file), "too-large",
                     "as a model this file would be larger than 16 MiB, the limit of a model", NULL);
    e->x->status = DT_ERR_LIMIT;
    return false;
}

/* ---- conditions ---- */

static void add_pattern(gmcr_emitter *e, const dt__gmcr_pattern *pattern) {
    for (size_t i = 0; i < pattern->count && has_room(e); i++) {
        if (i > 0) dt__text_add(e->out, " and ");
        dt__text_add(e->out, e->options[pattern->literals[i].option]);
        dt__text_add(e->out, pattern->literals[i].yes ? " == Y" : " == N");
    }
}

static void add_condition(gmcr_emitter *e, const dt__gmcr_condition *condition) {
    for (size_t i = 0; i < condition->count && has_room(e); i++) {
        bool grouped = condition->count > 1 && condition->patterns[i].count > 1;
        if (i > 0) dt__text_add(e->out, " or ");
        if (grouped) dt__text_add_char(e->out, '(');
        add_pattern(e, &condition->patterns[i]);
        if (grouped) dt__text_add_char(e->out, ')');
    }
}

/* ---- parties, options, what is infeasible ---- */

static void add_name(gmcr_emitter *e, const char *name, const char *id) {
    if (*name == '\0' || strcmp(name, id) == 0) return;
    dt__text_add(e->out, "name: ");
    dt__spell_text(e->out, name);
    dt__text_add(e->out, ", ");
}

static void end_mapping(gmcr_emitter *e) {
    if (e->out->length > 2 && memcmp(e->out->bytes + e->out->length - 2, ", ", 2) == 0) e->out->length -= 2;
    dt__text_add(e->out, "}\n");
}

static void add_parties(gmcr_emitter *e) {
    dt__text_add(e->out, "parties:\n");
    for (size_t p = 0; p < e->g->party_count && has_room(e); p++) {
        const dt__gmcr_party *party = &e->g->parties[p];
        dt__text_add(e->out, "  ");
        dt__spell_id(e->out, e->parties[p]);
        dt__text_add(e->out, ": {");
        add_name(e, party->name, e->parties[p]);
        if (party->unseen.count > 0) dt__text_add(e->out, "unseen: [");
        for (size_t i = 0; i < party->unseen.count; i++) {
            dt__text_add(e->out, i > 0 ? ", \"" : "\"");
            add_condition(e, &party->unseen.list[i]);
            dt__text_add_char(e->out, '"');
        }
        if (party->unseen.count > 0) dt__text_add_char(e->out, ']');
        end_mapping(e);
    }
}

/* What cannot be left once it is there: Y of an option that goes forward only, N of one that goes back only. */
static void add_answers(gmcr_emitter *e, const dt__gmcr_option *option) {
    if (option->may_take && option->may_give_up) {
        dt__text_add(e->out, "options: [\"N\", \"Y\"], ");
        return;
    }
    dt__text_add(e->out, "options: {\"N\": {");
    if (!option->may_take) dt__text_add(e->out, "reversible: false");
    dt__text_add(e->out, "}, \"Y\": {");
    if (!option->may_give_up) dt__text_add(e->out, "reversible: false");
    dt__text_add(e->out, "}}, ");
}

/* Without a deal a model stands at state 1: the file has no status quo. */
static void add_options(gmcr_emitter *e) {
    dt__text_add(e->out, "issues:\n");
    for (uint32_t o = 0; o < e->g->option_count && has_room(e); o++) {
        const dt__gmcr_option *option = &e->g->options[o];
        bool taken = e->states.count > 0 && dt__gmcr_taken(&e->states, 0, o);
        dt__text_add(e->out, "  ");
        dt__spell_id(e->out, e->options[o]);
        dt__text_add(e->out, ": {");
        add_name(e, option->name, e->options[o]);
        add_answers(e, option);
        dt__text_add(e->out, "decided_by: ");
        dt__spell_id(e->out, e->parties[option->owner]);
        dt__text_add(e->out, taken ? ", no_deal: \"Y\"}\n" : ", no_deal: \"N\"}\n");
    }
}

static void add_rules(gmcr_emitter *e) {
    if (e->g->infeasible.count > 0) dt__text_add(e->out, "rules:\n");
    for (size_t i = 0; i < e->g->infeasible.count && has_room(e); i++) {
        dt__text_add(e->out, "  - {id: infeasible-");
        dt__text_add_unsigned(e->out, i + 1);
        dt__text_add(e->out, ", require: \"not (");
        add_condition(e, &e->g->infeasible.list[i]);
        dt__text_add(e->out, ")\", source: A}\n");
    }
}

/* ---- preferences ---- */

/* prefix "# " for statements that do not count. */
static void add_statements(gmcr_emitter *e, const dt__gmcr_conditions *statements, const char *prefix) {
    for (size_t i = 0; i < statements->count && has_room(e); i++) {
        dt__text_add(e->out, prefix);
        dt__text_add(e->out, "      - \"");
        add_condition(e, &statements->list[i]);
        dt__text_add(e->out, "\"\n");
    }
}

static void add_state(gmcr_emitter *e, uint32_t state) {
    for (uint32_t o = 0; o < e->g->option_count; o++) {
        dt__text_add(e->out, o == 0 ? "{" : ", ");
        dt__spell_id(e->out, e->options[o]);
        dt__text_add(e->out, dt__gmcr_taken(&e->states, state, o) ? ": \"Y\"" : ": \"N\"");
    }
    dt__text_add_char(e->out, '}');
}

static void add_group(gmcr_emitter *e, const uint32_t *states, size_t count) {
    for (size_t i = 0; i < count && has_room(e); i++) {
        dt__text_add(e->out, count == 1 ? "      - " : i == 0 ? "      - - " : "        - ");
        add_state(e, states[i]);
        dt__text_add(e->out, " # ");
        dt__text_add_unsigned(e->out, states[i] + UINT64_C(1));
        dt__text_add_char(e->out, '\n');
    }
}

static void add_ranking(gmcr_emitter *e, const dt__gmcr_party *party) {
    dt__gmcr_ranking ranking;
    size_t from = 0, groups;

    if (!dt__gmcr_read_ranking(e->x, party, &e->states, &ranking)) return;
    groups = ranking.group_count;
    if (groups > 0 && ranking.count - (groups > 1 ? ranking.ends[groups - 2] : 0) > TAIL_LISTED) groups--;
    dt__text_add(e->out, groups == 0 ? "    ranking: [] # " : "    ranking: # ");
    if (groups < ranking.group_count)
        dt__text_message(e->out,
                         "best first, with the numbers of the states; those that are not listed come last, tied", NULL);
    else dt__text_message(e->out, "best first, with the numbers of the states", NULL);
    dt__text_add_char(e->out, '\n');
    for (size_t i = 0; i < groups; i++) {
        add_group(e, ranking.states + from, ranking.ends[i] - from);
        from = ranking.ends[i];
    }
    if (party->statements.count == 0) return;
    dt__text_add(e->out, "    # ");
    dt__text_message(e->out, "The file has statements too, which its ranking overrules:", NULL);
    dt__text_add_char(e->out, '\n');
    add_statements(e, &party->statements, "    #");
}

static void add_preferences(gmcr_emitter *e) {
    dt__text_add(e->out, "preferences:\n");
    for (size_t p = 0; p < e->g->party_count && has_room(e); p++) {
        const dt__gmcr_party *party = &e->g->parties[p];
        dt__text_add(e->out, "  ");
        dt__spell_id(e->out, e->parties[p]);
        dt__text_add(e->out, ":\n    source: A\n");
        if (e->g->ranked) {
            add_ranking(e, party);
            continue;
        }
        dt__text_add(e->out, party->statements.count == 0 ? "    priorities: []\n" : "    priorities:\n");
        add_statements(e, &party->statements, "");
    }
}

/* ---- coalitions: the model language has no word for them ---- */

/* Every party by itself, in their order: nothing worth a note. */
static bool is_everybody_alone(const dt__gmcr *g) {
    size_t next = 0;

    for (const dt__tree *c = g->coalitions->first; c != NULL; c = c->next, next++) {
        dt__rational number;
        if (c->kind != DT__TREE_SCALAR || !dt__foreign_number(&number, c->text)) return false;
        if (dt__rational_compare(number, DT__RATIONAL((dt__int128)next)) != 0) return false;
    }
    return next == g->party_count;
}

static void add_member(gmcr_emitter *e, dt__text *note, const dt__tree *node, const char *separator) {
    int64_t index = -1;

    if (node->kind != DT__TREE_SCALAR || !dt__import_whole(e->x, node->place, "coalitions", node->text, &index)) return;
    if (index < 0 || (size_t)index >= e->g->party_count) {
        dt__import_warning(e->x, node->place, "out-of-range", "a coalition names “{0}”, which is no decision maker",
                           node->text, NULL);
        return;
    }
    dt__text_add(note, separator);
    dt__text_add(note, e->g->parties[index].name);
}

static void add_coalitions(gmcr_emitter *e) {
    const dt__tree *coalitions = e->g->coalitions;
    const char *list;
    dt__text note;

    if (coalitions == NULL || coalitions->kind != DT__TREE_LIST || coalitions->count == 0 || is_everybody_alone(e->g))
        return;
    dt__text_init(&note, e->x->env);
    for (const dt__tree *c = coalitions->first; c != NULL; c = c->next) {
        const char *separator = c == coalitions->first ? "" : "; ";
        if (c->kind == DT__TREE_SCALAR) add_member(e, &note, c, separator);
        else
            for (const dt__tree *m = c->first; m != NULL; m = m->next)
                add_member(e, &note, m, m == c->first ? separator : " + ");
    }
    if ((list = dt__import_keep(e->x, &note)) == NULL) return;
    dt__text_init(&note, e->x->env);
    dt__text_message(&note, "Coalitions in the file: {0}.", list, NULL);
    dt__text_add(e->out, "note: ");
    dt__spell_text(e->out, dt__text_get(&note));
    dt__text_add_char(e->out, '\n');
    if (note.failed) e->x->status = DT_ERR_MEMORY;
    dt__text_clear(&note);
}

/* ---- all of it ---- */

static void note_order(gmcr_emitter *e) {
    if (e->g->in_order) return;
    dt__text_add(e->out, "# ");
    dt__text_message(e->out,
                     "GMCR+ sorts options by their owners, and then numbers states differently: here they keep the "
                     "order of the file.",
                     NULL);
    dt__text_add_char(e->out, '\n');
    dt__import_note(e->x, dt__place_of_file(e->g->file), "other-order",
                    "the options of a party do not stand side by side: states have other numbers than in GMCR+", NULL);
}

static void check_feasible(gmcr_emitter *e) {
    if (e->x->status != DT_OK || e->states.count > 0) return;
    if (e->states.complete)
        dt__import_error(e->x, dt__place_of_file(e->g->file), "no-states", "no state of this model is feasible", NULL);
    else
        dt__import_warning(e->x, dt__place_of_file(e->g->file), "no-states",
                           "no feasible state was found within the limit of the search; without a deal every option "
                           "stands at N",
                           NULL);
}

static void add_head(gmcr_emitter *e) {
    dt__text_add(e->out, "# ");
    dt__text_message(e->out, "From files of the format {0}, by detente import.", e->x->domain.program, NULL);
    dt__text_add_char(e->out, '\n');
    note_order(e);
    dt__text_add(e->out, "detente: 1\ntitle: ");
    dt__spell_text(e->out, dt__file_stem(e->x, e->g->file->name));
    dt__text_add_char(e->out, '\n');
    add_coalitions(e);
    dt__text_add(e->out, "sources:\n  A: {title: ");
    dt__spell_text(e->out, dt__file_base(e->g->file->name));
    dt__text_add(e->out, "}\n");
}

void dt__gmcr_emit(dt__import *x, const dt__gmcr *g, dt__text *out) {
    gmcr_emitter e = {.x = x, .g = g, .out = out};

    if (!name_ids(&e)) return;
    dt__gmcr_states_of_rankings(x, g, &e.states);
    check_feasible(&e);
    if (dt__import_failed(x)) return;
    add_head(&e);
    add_parties(&e);
    add_options(&e);
    add_rules(&e);
    add_preferences(&e);
    (void)has_room(&e);
}
