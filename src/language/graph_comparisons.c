/* Comparisons of states: read, and checked for circles, in which something would be better than itself. */
#include <string.h>

#include "language/graph_section.h"

enum { CIRCLE_SHOWN = 12 };

/* ---- reading ---- */

static size_t count_pairs(dt__reader *r, const dt__node *node) {
    size_t count = 0;

    if (dt__read_list(r, node) == 0) return 0;
    DT__EACH(child, node) count += child->kind == DT__NODE_SEQUENCE && child->count > 0 ? child->count - 1 : 0;
    return count;
}

static void read_chain(dt__reader *r, const dt__node *node, bool equal, dt__comparison *list, size_t *count) {
    dt__option last = DT__NO_OPTION;

    if (node->kind != DT__NODE_SEQUENCE || node->count < 2) {
        dt__reader_error(r, node, "wrong-type", "expected two states or more here, such as {0}", "[calm, war]", NULL);
        return;
    }
    DT__EACH(child, node) {
        dt__option state = dt__read_state(r, child);
        if (state != DT__NO_OPTION && state == last)
            dt__reader_error(r, child, "self-comparison", "the state “{0}” is compared with itself",
                             r->options[0].texts[state], NULL);
        else if (state != DT__NO_OPTION && last != DT__NO_OPTION)
            list[(*count)++] =
                (dt__comparison){.better = last, .worse = state, .equal = equal, .place = dt__reader_place(r, node)};
        last = state;
    }
}

/* ---- circles ---- */

/* Groups of tied states, and what each is better than. */
typedef struct order_graph {
    const dt__comparison *list;
    size_t count, states;
    uint32_t *group;  /* per state: a state of its group, the same for all of it */
    uint32_t *first;  /* per group, and one more: where its comparisons begin in `sorted` */
    uint32_t *sorted; /* comparisons by the group of the better state */
    uint32_t *next;   /* per group: the comparison to look at */
    uint32_t *trail;  /* comparisons that lead to where the search is */
    uint8_t *colour;  /* per group: 0 new, 1 on the trail, 2 done */
} order_graph;

static uint32_t group_of(order_graph *g, uint32_t state) {
    while (g->group[state] != state) {
        g->group[state] = g->group[g->group[state]];
        state = g->group[state];
    }
    return state;
}

static bool make_order_graph(dt__reader *r, order_graph *g) {
    g->group = dt__arena_alloc(&r->scratch, g->states, sizeof *g->group);
    g->first = dt__arena_alloc(&r->scratch, g->states + 1, sizeof *g->first);
    g->next = dt__arena_alloc(&r->scratch, g->states, sizeof *g->next);
    g->sorted = dt__arena_alloc(&r->scratch, g->count, sizeof *g->sorted);
    g->trail = dt__arena_alloc(&r->scratch, g->states, sizeof *g->trail);
    g->colour = dt__arena_alloc(&r->scratch, g->states, sizeof *g->colour);
    if (g->group == NULL || g->first == NULL || g->next == NULL || g->sorted == NULL || g->trail == NULL ||
        g->colour == NULL) {
        r->status = DT_ERR_MEMORY;
        return false;
    }
    for (uint32_t s = 0; s < g->states; s++) g->group[s] = s;
    for (size_t i = 0; i < g->count; i++) {
        if (g->list[i].equal) g->group[group_of(g, g->list[i].worse)] = group_of(g, g->list[i].better);
    }
    for (size_t i = 0; i < g->count; i++) {
        if (!g->list[i].equal) g->first[group_of(g, g->list[i].better) + 1]++;
    }
    for (size_t s = 0; s < g->states; s++) g->first[s + 1] += g->first[s];
    memcpy(g->next, g->first, g->states * sizeof *g->next);
    for (size_t i = 0; i < g->count; i++) {
        if (!g->list[i].equal) g->sorted[g->next[group_of(g, g->list[i].better)]++] = (uint32_t)i;
    }
    memcpy(g->next, g->first, g->states * sizeof *g->next);
    return true;
}

/* Depth first from one group; the length of the trail when it closes a circle, which begins at *begin; otherwise 0. */
static size_t find_circle(order_graph *g, uint32_t start, size_t *begin) {
    uint32_t at = start;
    size_t length = 0;

    g->colour[at] = 1;
    while (true) {
        uint32_t to;
        if (g->next[at] == g->first[at + 1]) {
            g->colour[at] = 2;
            if (length == 0) return 0;
            at = group_of(g, g->list[g->trail[--length]].better);
            continue;
        }
        g->trail[length] = g->sorted[g->next[at]++];
        to = group_of(g, g->list[g->trail[length]].worse);
        if (g->colour[to] == 2) continue;
        length++;
        if (g->colour[to] == 1) {
            for (*begin = length - 1; group_of(g, g->list[g->trail[*begin]].better) != to;) (*begin)--;
            return length;
        }
        g->colour[to] = 1;
        at = to;
    }
}

/* a > b ~ c > a */
static void print_circle(dt__text *text, const dt__reader *r, const order_graph *g, size_t begin, size_t end) {
    const char *const *states = r->options[0].texts;
    dt__option last = g->list[g->trail[begin]].better;

    dt__text_add(text, states[last]);
    for (size_t i = begin; i < end; i++) {
        const dt__comparison *c = &g->list[g->trail[i]];
        if (i - begin == CIRCLE_SHOWN) {
            dt__text_add(text, " > …");
            return;
        }
        if (c->better != last) {
            dt__text_add(text, " ~ ");
            dt__text_add(text, states[c->better]);
        }
        dt__text_add(text, " > ");
        dt__text_add(text, states[c->worse]);
        last = c->worse;
    }
    if (last == g->list[g->trail[begin]].better) return;
    dt__text_add(text, " ~ ");
    dt__text_add(text, states[g->list[g->trail[begin]].better]);
}

static void blame_circle(dt__reader *r, const order_graph *g, size_t begin, size_t end, const char *party) {
    dt__text text;

    dt__text_init(&text, r->env);
    print_circle(&text, r, g, begin, end);
    if (text.failed) r->status = DT_ERR_MEMORY;
    dt__reader_error_at(r, g->list[g->trail[end - 1]].place, "contradiction",
                        "these comparisons of “{0}” contradict one another: {1}", party, dt__text_get(&text), NULL);
    dt__reader_hint(r, "> means better, ~ tied; take one of them out", NULL);
    dt__text_clear(&text);
}

/* One circle is enough to be told. */
static void check_circles(dt__reader *r, const char *party, const dt__preferences *p) {
    order_graph g = {.list = p->comparisons, .count = p->comparison_count, .states = r->options[0].count};
    size_t begin = 0, end;

    if (g.count == 0 || !make_order_graph(r, &g)) return;
    for (uint32_t s = 0; s < g.states; s++) {
        if (g.group[s] != s || g.colour[s] != 0) continue;
        if ((end = find_circle(&g, s, &begin)) == 0) continue;
        blame_circle(r, &g, begin, end, party);
        return;
    }
}

void dt__read_comparisons(dt__reader *r, const dt__node *prefers, const dt__node *ties, uint32_t party,
                          dt__preferences *p) {
    size_t most_prefers = count_pairs(r, prefers), most_ties = count_pairs(r, ties), count = 0;
    size_t errors = r->env->error_count;
    dt__comparison *list = DT__READER_ARRAY(r, dt__comparison, most_prefers + most_ties);

    if (list == NULL) return;
    if (prefers != NULL && prefers->kind == DT__NODE_SEQUENCE)
        DT__EACH(child, prefers) read_chain(r, child, false, list, &count);
    if (ties != NULL && ties->kind == DT__NODE_SEQUENCE) DT__EACH(child, ties) read_chain(r, child, true, list, &count);
    p->comparisons = list;
    p->comparison_count = count;
    if (r->status == DT_OK && r->env->error_count == errors) check_circles(r, r->model->parties[party].id, p);
}
