/* The moves of a party in option form: states sorted into classes, classes into blocks.
 *
 * A class is what a party can get about in if nothing forbids a move: the states that agree in all that others decide.
 * What forbids moves looks at a few properties of a state only; blocks agree in all of them, so one look at a pair of
 * blocks is a look at all pairs of their states. */
#include <string.h>

#include "graph/build.h"

/* One property of states: the place of an issue (through a table) or of the anchor, or whether a condition holds. */
typedef struct property {
    size_t level; /* fastest varying issue it depends on */
    uint32_t issue, radix;
    const uint32_t *table;     /* NULL: the option itself */
    const dt__condition *when; /* not NULL: a condition instead */
} property;

#define ANCHOR DT__NO_INDEX /* in place of an issue */

typedef struct sorter {
    const dt__build *build;
    const dt__graph *graph;
    uint32_t party;
    dt__arena arena;
    dt__vector class_of, group_of, rest; /* property: what others decide; what is decided jointly; what forbids moves */
    uint32_t *number;                    /* per state: class, then group, then block */
    size_t classes, groups, blocks;
    uint32_t *group, *class; /* per block; class: of its group */
    bool leaves, has_barriers;
} sorter;

/* ---- properties ---- */

static dt_status add_condition(sorter *s, const dt__condition *when) {
    property p = {.level = s->graph->field_count, .radix = 2, .when = when};
    dt__issue_set scope = {{0}};

    dt__condition_scope(when, &scope);
    for (size_t f = s->graph->field_count; f-- > 0;) {
        if (dt__issue_set_has(&scope, s->graph->fields[f].issue)) p.level = f;
    }
    return dt__vector_push(&s->rest, &p, s->build->env);
}

/* Options that are not left again tell states apart; all others of the issue are alike. */
static dt_status add_own(sorter *s, size_t f) {
    const dt__field *field = &s->graph->fields[f];
    property p = {.level = f, .issue = field->issue, .radix = field->size + 1};
    uint32_t *table = NULL;

    for (uint32_t o = 0; o < field->size; o++) {
        if (!dt__is_absorbing(s->graph, field->issue, o)) continue;
        if (table == NULL && (table = DT__ARENA_ARRAY(&s->arena, uint32_t, field->size)) == NULL) return DT_ERR_MEMORY;
        table[o] = o + 1;
    }
    p.table = table;
    return table == NULL ? DT_OK : dt__vector_push(&s->rest, &p, s->build->env);
}

static dt_status add_fields(sorter *s) {
    const dt__graph *g = s->graph;
    property anchor = {.level = g->field_count, .issue = ANCHOR, .radix = (uint32_t)g->anchor_count};
    dt_status st = DT_OK;

    if (g->anchor_count > 1) st = dt__vector_push(s->leaves ? &s->group_of : &s->class_of, &anchor, s->build->env);
    for (size_t f = g->field_count; f-- > 0 && st == DT_OK;) {
        uint32_t owner = g->model->issues[g->fields[f].issue].decided_by;
        property p = {.level = f, .issue = g->fields[f].issue, .radix = g->fields[f].size};
        if (owner == s->party) st = add_own(s, f);
        else if (owner == DT__NO_INDEX && s->leaves) st = dt__vector_push(&s->group_of, &p, s->build->env);
        else st = dt__vector_push(&s->class_of, &p, s->build->env);
    }
    return st;
}

static dt_status add_properties(sorter *s) {
    const dt_model *m = s->graph->model;
    const dt__party *party = &m->parties[s->party];
    dt_status st = add_fields(s);

    for (size_t u = 0; u < party->unseen_count && st == DT_OK; u++) st = add_condition(s, party->unseen[u]);
    for (size_t b = 0; b < m->barrier_count && st == DT_OK; b++) {
        if (m->barriers[b].party != DT__NO_INDEX && m->barriers[b].party != s->party) continue;
        s->has_barriers = true;
        if ((st = add_condition(s, m->barriers[b].from)) == DT_OK) st = add_condition(s, m->barriers[b].to);
    }
    return st;
}

/* ---- numbering ---- */

static uint32_t value_of(const property *p, const dt__graph *g, const dt__option *outcome) {
    if (p->when != NULL) return dt__condition_holds(p->when, outcome);
    if (p->issue == ANCHOR) return dt__graph_anchor(g, outcome);
    return p->table == NULL ? outcome[p->issue] : p->table[outcome[p->issue]];
}

/* Keys of states in properties first..last-1: numbers in mixed radix.  key[f]: what levels f and slower come to. */
static void property_keys(uint64_t *keys, const sorter *s, const property *properties, size_t count, uint64_t *key) {
    const dt__graph *g = s->graph;
    size_t changed = g->field_count;
    dt__stepper stepper;

    dt__stepper_begin(&stepper, g);
    key[g->field_count + 1] = 0;
    for (size_t state = 0; state < g->state_count; state++) {
        size_t next = 0;
        if (state > 0) changed = dt__stepper_next(&stepper);
        while (next < count && properties[next].level > changed) next++;
        for (size_t f = changed + 1; f-- > 0;) {
            key[f] = key[f + 1];
            for (; next < count && properties[next].level == f; next++)
                key[f] = key[f] * properties[next].radix + value_of(&properties[next], g, stepper.outcome);
        }
        keys[state] = key[0];
    }
}

static void slowest_first(property *p, size_t count) {
    for (size_t i = 1; i < count; i++) {
        property moved = p[i];
        size_t j = i;
        for (; j > 0 && p[j - 1].level < moved.level; j--) p[j] = p[j - 1];
        p[j] = moved;
    }
}

/* Splits what is numbered so far by some properties, as many at a time as a key of 64 bits holds. */
static dt_status split(sorter *s, size_t *count, const dt__vector *list) {
    dt_env *env = s->build->env;
    size_t n = s->graph->state_count, done = 0;
    property *properties = list->items;
    uint64_t *keys, *key;
    dt_status st = DT_OK;

    if (list->count == 0) return DT_OK;
    slowest_first(properties, list->count);
    keys = DT__ARRAY(env, uint64_t, n);
    key = DT__ARENA_ARRAY(&s->arena, uint64_t, s->graph->field_count + 2);
    if (keys == NULL || key == NULL) st = DT_ERR_MEMORY;
    while (st == DT_OK && done < list->count) {
        uint64_t room = UINT64_MAX / (*count == 0 ? 1 : *count), width = 1;
        size_t from = done;
        while (done < list->count && (done == from || width <= room / properties[done].radix))
            width *= properties[done++].radix;
        property_keys(keys, s, properties + from, done - from, key);
        for (size_t i = 0; *count > 1 && i < n; i++) keys[i] += s->number[i] * width;
        st = dt__dense_numbers(s->number, count, keys, n, env);
        if (st == DT_OK) st = dt__poll(env);
    }
    DT__FREE(env, keys, n);
    return st;
}

/* Where members of numbers 0..count-1 start. */
static void count_starts(uint32_t *start, const uint32_t *number, size_t n, size_t count) {
    memset(start, 0, (count + 1) * sizeof *start);
    for (size_t i = 0; i < n; i++) start[number[i] + 1]++;
    for (size_t b = 0; b < count; b++) start[b + 1] += start[b];
}

static dt_status number_states(sorter *s, uint32_t **group_numbers, uint32_t **class_numbers) {
    dt_env *env = s->build->env;
    size_t n = s->graph->state_count;
    dt_status st;

    s->classes = 1;
    if ((st = split(s, &s->classes, &s->class_of)) != DT_OK) return st;
    s->groups = s->blocks = s->classes;
    if (s->group_of.count + s->rest.count == 0) return DT_OK;
    if ((*class_numbers = DT__ARRAY(env, uint32_t, n)) == NULL) return DT_ERR_MEMORY;
    memcpy(*class_numbers, s->number, n * sizeof *s->number);
    if ((st = split(s, &s->groups, &s->group_of)) != DT_OK) return st;
    if ((*group_numbers = DT__ARRAY(env, uint32_t, n)) == NULL) return DT_ERR_MEMORY;
    memcpy(*group_numbers, s->number, n * sizeof *s->number);
    s->blocks = s->groups;
    return split(s, &s->blocks, &s->rest);
}

/* ---- which block can be entered from which ---- */

typedef struct pairing {
    const sorter *sorter;
    const dt__blocks *blocks;
    const uint32_t *group_of, *class_of; /* per state */
    dt__vector to;                       /* uint32_t */
    uint32_t *to_start;
} pairing;

static bool enters(const pairing *p, uint32_t from, uint32_t to) {
    const dt__state *members = p->blocks->members;
    uint32_t first = p->blocks->start[from], second = p->blocks->start[to];

    if (from == to && ++second == p->blocks->start[to + 1]) return false; /* one member has nowhere to go within */
    return dt__graph_can_move(p->sorter->graph, p->sorter->party, members[first], members[second]);
}

static dt_status pair_with(pairing *p, uint32_t from, uint32_t first, uint32_t last) {
    for (uint32_t to = first; to < last; to++) {
        dt_status st;
        if (!enters(p, from, to)) continue;
        if (p->to.count >= p->sorter->build->limits.arcs) return DT_ERR_LIMIT;
        if ((st = dt__vector_push(&p->to, &to, p->sorter->build->env)) != DT_OK) return st;
    }
    return DT_OK;
}

static dt__state first_member(const pairing *p, uint32_t block) {
    return p->blocks->members[p->blocks->start[block]];
}

/* The blocks of the exit within the class that begins with `block`: blocks of a class and of a group stand together. */
static void find_exit(const pairing *p, uint32_t block, uint32_t *first, uint32_t *last) {
    const sorter *s = p->sorter;
    dt__option outcome[DT__MAX_ISSUES];
    uint32_t class = p->class_of[first_member(p, block)];

    *first = *last = 0;
    for (uint32_t b = block; b < s->blocks && p->class_of[first_member(p, b)] == class; b++) {
        dt__graph_outcome(s->graph, first_member(p, b), outcome);
        if (!dt__graph_at_exit(s->graph, outcome)) continue;
        if (*last == 0) *first = b;
        *last = b + 1;
    }
}

static dt_status pair_blocks(pairing *p) {
    const sorter *s = p->sorter;
    uint32_t group_first = 0, group_last = 0, exit_first = 0, exit_last = 0;
    dt_status st = DT_OK;

    for (uint32_t b = 0; b < s->blocks && st == DT_OK; b++) {
        dt__state here = first_member(p, b);
        if (s->leaves && (b == 0 || p->class_of[here] != p->class_of[first_member(p, b - 1)]))
            find_exit(p, b, &exit_first, &exit_last);
        if (b == group_last) {
            group_first = b;
            while (group_last < s->blocks && p->group_of[first_member(p, group_last)] == p->group_of[here])
                group_last++;
        }
        p->to_start[b] = (uint32_t)p->to.count;
        if (group_first < exit_first) st = pair_with(p, b, group_first, group_last);
        if (st == DT_OK && group_first != exit_first) st = pair_with(p, b, exit_first, exit_last);
        if (st == DT_OK && group_first >= exit_first) st = pair_with(p, b, group_first, group_last);
        if (st == DT_OK && b % 1024 == 0) st = dt__poll(s->build->env);
    }
    p->to_start[s->blocks] = (uint32_t)p->to.count;
    return st;
}

static dt_status turn_round(dt__blocks *blocks, dt_env *env) {
    uint32_t n = blocks->count, arcs = blocks->to_start[n];
    uint32_t *start = DT__ARRAY(env, uint32_t, (size_t)n + 1), *from = DT__ARRAY(env, uint32_t, (size_t)arcs + 1);

    blocks->from_start = start;
    blocks->from = from;
    if (start == NULL || from == NULL) return DT_ERR_MEMORY;
    for (uint32_t a = 0; a < arcs; a++) start[blocks->to[a] + 1]++;
    for (uint32_t b = 0; b < n; b++) start[b + 1] += start[b];
    for (uint32_t b = 0; b < n; b++) {
        for (uint32_t a = blocks->to_start[b]; a < blocks->to_start[b + 1]; a++) from[start[blocks->to[a]]++] = b;
    }
    for (uint32_t b = n; b > 0; b--) start[b] = start[b - 1];
    start[0] = 0;
    return DT_OK;
}

static bool has_arc(const dt__blocks *blocks, uint32_t from, uint32_t to) {
    uint32_t low = blocks->to_start[from], high = blocks->to_start[from + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (blocks->to[middle] == to) return true;
        if (blocks->to[middle] < to) low = middle + 1;
        else high = middle;
    }
    return false;
}

/* Looks for two moves that one cannot make up for; gives up, and says yes, when that takes too long: the engine is then
 * slower, not wrong. */
static bool is_intransitive(const dt__blocks *blocks) {
    size_t work = 0;

    for (uint32_t b = 0; b < blocks->count; b++) {
        for (uint32_t a = blocks->to_start[b]; a < blocks->to_start[b + 1]; a++) {
            uint32_t middle = blocks->to[a];
            for (uint32_t c = blocks->to_start[middle]; c < blocks->to_start[middle + 1]; c++) {
                uint32_t end = blocks->to[c];
                if (end == b && blocks->start[b + 1] - blocks->start[b] == 1) continue; /* back where it began */
                if (++work > (size_t)1 << 26 || !has_arc(blocks, b, end)) return true;
            }
        }
    }
    return false;
}

static dt_status connect(dt__blocks *blocks, const sorter *s, const uint32_t *group_of, const uint32_t *class_of) {
    dt_env *env = s->build->env;
    pairing p = {.sorter = s, .blocks = blocks, .group_of = group_of, .class_of = class_of, .to = DT__VECTOR(uint32_t)};
    uint32_t *to;
    dt_status st;

    p.to_start = DT__ARRAY(env, uint32_t, (size_t)blocks->count + 1);
    if (p.to_start == NULL) return DT_ERR_MEMORY;
    blocks->to_start = p.to_start;
    st = pair_blocks(&p);
    if (st != DT_OK) memset(p.to_start, 0, ((size_t)blocks->count + 1) * sizeof *p.to_start);
    if (st == DT_OK) {
        to = DT__ARRAY(env, uint32_t, p.to.count + 1);
        if (to == NULL) {
            memset(p.to_start, 0, ((size_t)blocks->count + 1) * sizeof *p.to_start);
            st = DT_ERR_MEMORY;
        } else if (p.to.count > 0) memcpy(to, p.to.items, p.to.count * sizeof *to);
        blocks->to = to;
    }
    dt__vector_clear(&p.to, env);
    return st == DT_OK ? turn_round(blocks, env) : st;
}

/* ---- the whole ---- */

static dt_status make(dt__blocks *blocks, sorter *s) {
    dt_env *env = s->build->env;
    size_t n = s->graph->state_count;
    uint32_t *group_of = NULL, *class_of = NULL, *start;
    dt__state *members;
    dt_status st;

    if ((st = add_properties(s)) != DT_OK) return st;
    if ((s->number = DT__ARRAY(env, uint32_t, n)) == NULL) return DT_ERR_MEMORY;
    blocks->of = s->number;
    st = number_states(s, &group_of, &class_of);
    if (st == DT_OK) {
        blocks->count = (uint32_t)s->blocks;
        blocks->start = start = DT__ARRAY(env, uint32_t, s->blocks + 1);
        blocks->members = members = DT__ARRAY(env, dt__state, n);
        st = start == NULL || members == NULL ? DT_ERR_MEMORY : DT_OK;
        if (st == DT_OK) count_starts(start, s->number, n, s->blocks);
        if (st == DT_OK)
            st = dt__sort_members(members, s->number, start, blocks->count, s->graph->ranks[s->party], n, env);
        if (st == DT_OK && group_of != NULL) st = connect(blocks, s, group_of, class_of);
    }
    DT__FREE(env, group_of, n);
    DT__FREE(env, class_of, n);
    return st;
}

dt_status dt__blocks_init(dt__blocks *blocks, bool *intransitive, const dt__build *b, uint32_t party) {
    sorter s = {.build = b,
                .graph = b->graph,
                .party = party,
                .class_of = DT__VECTOR(property),
                .group_of = DT__VECTOR(property),
                .rest = DT__VECTOR(property),
                .leaves = b->graph->leaving >> party & 1};
    dt_status st;

    *blocks = (dt__blocks){0};
    dt__arena_init(&s.arena, b->env);
    st = make(blocks, &s);
    *intransitive = st == DT_OK && s.has_barriers && blocks->to_start != NULL && is_intransitive(blocks);
    dt__vector_clear(&s.class_of, b->env);
    dt__vector_clear(&s.group_of, b->env);
    dt__vector_clear(&s.rest, b->env);
    dt__arena_clear(&s.arena);
    return st;
}

void dt__blocks_clear(dt__blocks *blocks, size_t state_count, dt_env *env) {
    size_t arcs = blocks->to_start == NULL ? 0 : blocks->to_start[blocks->count];

    DT__FREE(env, (uint32_t *)blocks->of, state_count);
    DT__FREE(env, (uint32_t *)blocks->start, (size_t)blocks->count + 1);
    DT__FREE(env, (dt__state *)blocks->members, state_count);
    DT__FREE(env, (uint32_t *)blocks->to, arcs + 1);
    DT__FREE(env, (uint32_t *)blocks->from, arcs + 1);
    DT__FREE(env, (uint32_t *)blocks->from_start, (size_t)blocks->count + 1);
    DT__FREE(env, (uint32_t *)blocks->to_start, (size_t)blocks->count + 1);
    *blocks = (dt__blocks){0};
}
