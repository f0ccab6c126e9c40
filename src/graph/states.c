/* The states: coherent outcomes of a scope, found by walking from the slowest issue to the fastest and turning back as
 * soon as a rule cannot be kept any more. */
#include <string.h>

#include "base/catalog.h"
#include "graph/build.h"

/* One part of a rule: has to come out as `wanted`. */
typedef struct part {
    const dt__condition *condition;
    bool wanted;
} part;

typedef struct lister {
    dt__build *build;
    dt__graph *graph;
    dt__vector parts;                   /* part */
    dt__vector *level_parts;            /* per field: uint32_t, parts to look at once it is set */
    dt__option outcome[DT__MAX_ISSUES]; /* DT__NO_OPTION: not set yet */
    uint64_t code[DT__MAX_ISSUES];
    size_t steps;
} lister;

/* ---- three values: 0, 1, and UNKNOWN while issues are not set ---- */

enum { UNKNOWN = 2 };

static int negated(int value) {
    return value == UNKNOWN ? UNKNOWN : !value;
}

static int either(int a, int b) {
    if (a == 1 || b == 1) return 1;
    return a == UNKNOWN || b == UNKNOWN ? UNKNOWN : 0;
}

static int judged(const dt__condition *c, const dt__option *outcome) {
    int left, right;

    switch (c->kind) {
    case DT__CONDITION_TRUE: return 1;
    case DT__CONDITION_FALSE: return 0;
    case DT__CONDITION_TEST: return outcome[c->issue] == DT__NO_OPTION ? UNKNOWN : dt__condition_holds(c, outcome);
    case DT__CONDITION_NOT: return negated(judged(c->left, outcome));
    default: break;
    }
    left = judged(c->left, outcome);
    right = judged(c->right, outcome);
    switch (c->kind) {
    case DT__CONDITION_AND: return negated(either(negated(left), negated(right)));
    case DT__CONDITION_OR: return either(left, right);
    case DT__CONDITION_IMPLIES: return either(negated(left), right);
    case DT__CONDITION_IF: return either(left, negated(right));
    default: return left == UNKNOWN || right == UNKNOWN ? UNKNOWN : left == right;
    }
}

/* ---- parts of rules ---- */

/* A conjunction has to hold in each of its parts. */
static dt_status add_parts(lister *l, const dt__condition *c, bool wanted) {
    bool left_wanted = wanted, right_wanted = wanted;
    dt_status st;

    switch (c->kind) {
    case DT__CONDITION_NOT: return add_parts(l, c->left, !wanted);
    case DT__CONDITION_AND:
        if (!wanted) return dt__vector_push(&l->parts, &(part){c, wanted}, l->build->env);
        break;
    case DT__CONDITION_OR:
        if (wanted) return dt__vector_push(&l->parts, &(part){c, wanted}, l->build->env);
        break;
    case DT__CONDITION_IMPLIES: /* not (a => b) is a and not b */
        if (wanted) return dt__vector_push(&l->parts, &(part){c, wanted}, l->build->env);
        left_wanted = true;
        break;
    case DT__CONDITION_IF: /* not (a if b) is not a and b */
        if (wanted) return dt__vector_push(&l->parts, &(part){c, wanted}, l->build->env);
        right_wanted = true;
        break;
    default: return dt__vector_push(&l->parts, &(part){c, wanted}, l->build->env);
    }
    if ((st = add_parts(l, c->left, left_wanted)) != DT_OK) return st;
    return add_parts(l, c->right, right_wanted);
}

/* Each part is looked at whenever an issue that it names is set; those that name none of the varying issues once per
 * anchor. */
static dt_status level_parts(lister *l) {
    const dt__graph *g = l->graph;
    dt_status st = DT_OK;

    for (uint32_t i = 0; i < l->parts.count; i++) {
        dt__issue_set scope = {{0}};
        bool any = false;
        dt__condition_scope(DT__AT(l->parts, part, i)->condition, &scope);
        for (size_t f = 0; f < g->field_count; f++) {
            if (!dt__issue_set_has(&scope, g->fields[f].issue)) continue;
            any = true;
            if ((st = dt__vector_push(&l->level_parts[f], &i, l->build->env)) != DT_OK) return st;
        }
        if (!any && (st = dt__vector_push(&l->level_parts[g->field_count], &i, l->build->env)) != DT_OK) return st;
    }
    return st;
}

static bool level_holds(const lister *l, size_t level) {
    const dt__vector *parts = &l->level_parts[level];

    for (size_t i = 0; i < parts->count; i++) {
        const part *p = DT__AT(l->parts, part, *DT__AT(*parts, uint32_t, i));
        int value = judged(p->condition, l->outcome);
        if (value != UNKNOWN && (value == 1) != p->wanted) return false;
    }
    return true;
}

/* ---- the walk ---- */

static void put_field(uint64_t *code, const dt__field *f, uint64_t value) {
    uint64_t mask = ((UINT64_C(1) << f->bits) - 1) << f->shift;
    code[f->word] = (code[f->word] & ~mask) | value << f->shift;
}

static uint64_t get_field(const uint64_t *code, const dt__field *f) {
    return code[f->word] >> f->shift & ((UINT64_C(1) << f->bits) - 1);
}

static dt_status refuse_states(const dt__build *b) {
    dt__text most;

    dt__text_init(&most, b->env);
    dt__text_add_unsigned(&most, b->limits.states);
    dt__diagnose(b->env, DT_ERROR, (dt__place){0}, "too-many-states",
                 "the model has more than {0} coherent outcomes, too many to look at each", dt__text_get(&most), NULL);
    dt__hint(b->env, "let fewer issues vary, or state rules that exclude what cannot be", NULL);
    dt__text_clear(&most);
    return DT_ERR_LIMIT;
}

static dt_status refuse_steps(const dt__build *b) {
    dt__diagnose(b->env, DT_ERROR, (dt__place){0}, "too-many-steps",
                 "the rules exclude so much that finding what they allow takes too long", NULL);
    dt__hint(b->env, "let fewer issues vary, or state rules over fewer issues each", NULL);
    return DT_ERR_LIMIT;
}

static dt_status keep_state(lister *l) {
    dt__graph *g = l->graph;

    if (g->state_count >= l->build->limits.states) return refuse_states(l->build);
    for (size_t w = 0; w < g->words; w++) {
        dt_status st = dt__vector_push(&g->code_store, &l->code[w], l->build->env);
        if (st != DT_OK) return st;
    }
    g->state_count++;
    return DT_OK;
}

/* Sets the fields below `level`, slowest first. */
static dt_status walk(lister *l, size_t level) {
    const dt__field *f;
    dt_status st = DT_OK;

    if (level == 0) return keep_state(l);
    f = &l->graph->fields[level - 1];
    for (uint32_t o = 0; o < f->size && st == DT_OK; o++) {
        if (++l->steps > l->build->limits.steps) return refuse_steps(l->build);
        if (l->steps % 65536 == 0 && (st = dt__poll(l->build->env)) != DT_OK) return st;
        l->outcome[f->issue] = (dt__option)o;
        put_field(l->code, f, o);
        if (level_holds(l, level - 1)) st = walk(l, level - 1);
    }
    l->outcome[f->issue] = DT__NO_OPTION;
    return st;
}

static dt_status walk_anchors(lister *l) {
    const dt__graph *g = l->graph;
    size_t issues = g->model->issue_count;
    dt_status st = DT_OK;

    for (size_t a = 0; a < g->anchor_count && st == DT_OK; a++) {
        memcpy(l->outcome, g->anchors + a * issues, issues * sizeof *l->outcome);
        for (size_t f = 0; f < g->field_count; f++) l->outcome[g->fields[f].issue] = DT__NO_OPTION;
        memset(l->code, 0, sizeof l->code);
        put_field(l->code, &g->anchor_field, a);
        if (level_holds(l, g->field_count)) st = walk(l, g->field_count);
    }
    return st;
}

/* Where no rule touches a varying issue and every anchor keeps the rest, states are numbers in mixed radix. */
static bool is_whole_product(lister *l) {
    dt__graph *g = l->graph;
    size_t issues = g->model->issue_count;

    for (size_t f = 0; f < g->field_count; f++) {
        if (l->level_parts[f].count > 0) return false;
    }
    for (size_t a = 0; a < g->anchor_count; a++) {
        memcpy(l->outcome, g->anchors + a * issues, issues * sizeof *l->outcome);
        if (!level_holds(l, g->field_count)) return false;
    }
    return true;
}

/* ---- layout ---- */

static uint32_t bits_for(size_t size) {
    uint32_t bits = 1;
    while ((size_t)1 << bits < size) bits++;
    return bits;
}

/* A field does not cross words. */
static void place_field(dt__field *f, uint32_t *word, uint32_t *used) {
    f->bits = bits_for(f->size);
    if (*used + f->bits > 64) {
        (*word)++;
        *used = 0;
    }
    f->word = *word;
    f->shift = *used;
    *used += f->bits;
}

/* Products beyond a state number are cut off: they are only read where they fit. */
static uint64_t longer(uint64_t stride, uint64_t size) {
    return stride > DT__MOST_STATES ? stride : stride * size;
}

/* As many as fit into memory, tables of the parties and of the engine included. */
static void limit_states(dt__build *b) {
    size_t bytes = 8 * b->graph->words + 12 * b->graph->party_count + 64;

    if (b->limits.states == 0) b->limits.states = b->env->opts.memory_limit / bytes;
    if (b->limits.states > DT__MOST_STATES) b->limits.states = DT__MOST_STATES;
}

static dt_status lay_out(dt__build *b) {
    dt__graph *g = b->graph;
    size_t issues = g->model->issue_count;
    uint32_t word = 0, used = 0;
    uint64_t stride = 1;
    dt__field *fields = DT__ARENA_ARRAY(&g->arena, dt__field, issues);
    dt__option *anchors = DT__ARENA_ARRAY(&g->arena, dt__option, b->scope->anchor_count * issues);
    dt__option *no_deal = DT__ARENA_ARRAY(&g->arena, dt__option, issues);

    if (fields == NULL || anchors == NULL || no_deal == NULL) return DT_ERR_MEMORY;
    for (uint32_t i = 0; i < issues; i++) {
        dt__field *f = &fields[g->field_count];
        if (!dt__issue_set_has(&b->scope->free, i)) continue;
        *f = (dt__field){.issue = i, .size = g->model->issues[i].option_count, .stride = stride};
        place_field(f, &word, &used);
        stride = longer(stride, f->size);
        g->field_count++;
    }
    g->anchor_field = (dt__field){.issue = DT__NO_INDEX, .size = (uint32_t)b->scope->anchor_count, .stride = stride};
    place_field(&g->anchor_field, &word, &used);
    g->words = word + 1;
    memcpy(anchors, b->scope->anchors, b->scope->anchor_count * issues * sizeof *anchors);
    memcpy(no_deal, b->situation->no_deal, issues * sizeof *no_deal);
    g->fields = fields;
    g->anchors = anchors;
    g->no_deal = no_deal;
    limit_states(b);
    return DT_OK;
}

static dt_status list(lister *l) {
    dt__graph *g = l->graph;
    const dt_model *m = g->model;
    uint64_t product = longer(g->anchor_field.stride, g->anchor_count);
    dt_status st;

    for (size_t r = 0; r < m->rule_count; r++) {
        if ((st = add_parts(l, m->rules[r].require, true)) != DT_OK) return st;
    }
    if ((st = level_parts(l)) != DT_OK) return st;
    if (is_whole_product(l)) {
        if (product > l->build->limits.states) return refuse_states(l->build);
        g->state_count = (size_t)product;
        return DT_OK;
    }
    if ((st = walk_anchors(l)) != DT_OK) return st;
    g->codes = g->code_store.items;
    if (g->state_count > 0) return DT_OK;
    dt__diagnose(l->build->env, DT_ERROR, m->rule_count > 0 ? m->rules[0].place : (dt__place){0}, "no-state",
                 "no outcome keeps all rules: there is nothing to be in", NULL);
    return DT_ERR_MODEL;
}

dt_status dt__graph_list_states(dt__build *b) {
    lister l = {.build = b, .graph = b->graph, .parts = DT__VECTOR(part)};
    dt_status st = lay_out(b);

    if (st != DT_OK) return st;
    l.level_parts = DT__ARENA_ARRAY(&b->graph->arena, dt__vector, b->graph->field_count + 1);
    if (l.level_parts == NULL) return DT_ERR_MEMORY;
    for (size_t f = 0; f <= b->graph->field_count; f++) l.level_parts[f] = DT__VECTOR(uint32_t);
    st = list(&l);
    for (size_t f = 0; f <= b->graph->field_count; f++) dt__vector_clear(&l.level_parts[f], b->env);
    dt__vector_clear(&l.parts, b->env);
    return st;
}

/* ---- looking states up ---- */

uint32_t dt__graph_anchor(const dt__graph *g, const dt__option *outcome) {
    size_t issues = g->model->issue_count;

    for (size_t a = 0; a < g->anchor_count; a++) {
        const dt__option *anchor = g->anchors + a * issues;
        size_t i = 0, f = 0;
        for (; i < issues; i++) {
            if (f < g->field_count && g->fields[f].issue == i) f++;
            else if (anchor[i] != outcome[i]) break;
        }
        if (i == issues) return (uint32_t)a;
    }
    return DT__NO_INDEX;
}

static int compare_codes(const uint64_t *a, const uint64_t *b, size_t words) {
    for (size_t w = words; w-- > 0;) {
        if (a[w] != b[w]) return a[w] < b[w] ? -1 : 1;
    }
    return 0;
}

dt__state dt__graph_find(const dt__graph *g, const dt__option *outcome) {
    uint64_t code[DT__MAX_ISSUES + 1] = {0}, number;
    uint32_t anchor = dt__graph_anchor(g, outcome);
    size_t low = 0, high = g->state_count;

    if (anchor == DT__NO_INDEX) return DT__NO_STATE;
    number = anchor * g->anchor_field.stride;
    put_field(code, &g->anchor_field, anchor);
    for (size_t f = 0; f < g->field_count; f++) {
        dt__option o = outcome[g->fields[f].issue];
        if (o >= g->fields[f].size) return DT__NO_STATE;
        number += o * g->fields[f].stride;
        put_field(code, &g->fields[f], o);
    }
    if (g->codes == NULL) return (dt__state)number;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_codes(g->codes + middle * g->words, code, g->words);
        if (order == 0) return (dt__state)middle;
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return DT__NO_STATE;
}

static uint64_t digit(const dt__graph *g, dt__state state, const dt__field *f) {
    if (g->codes == NULL) return state / f->stride % f->size;
    return get_field(g->codes + (size_t)state * g->words, f);
}

void dt__graph_outcome(const dt__graph *g, dt__state state, dt__option *outcome) {
    size_t issues = g->model->issue_count, anchor = digit(g, state, &g->anchor_field);

    memcpy(outcome, g->anchors + anchor * issues, issues * sizeof *outcome);
    for (size_t f = 0; f < g->field_count; f++)
        outcome[g->fields[f].issue] = (dt__option)digit(g, state, &g->fields[f]);
}

/* ---- going through them ---- */

void dt__stepper_begin(dt__stepper *s, const dt__graph *graph) {
    s->graph = graph;
    s->state = 0;
    dt__graph_outcome(graph, 0, s->outcome);
}

/* Counts on: fastest first, until one does not go over. */
static size_t count_on(dt__stepper *s) {
    const dt__graph *g = s->graph;

    for (size_t f = 0; f < g->field_count; f++) {
        dt__option *o = &s->outcome[g->fields[f].issue];
        if (++*o < g->fields[f].size) return f;
        *o = 0;
    }
    dt__graph_outcome(g, s->state, s->outcome);
    return g->field_count;
}

size_t dt__stepper_next(dt__stepper *s) {
    const dt__graph *g = s->graph;
    const uint64_t *code;
    size_t changed = 0;

    s->state++;
    if (g->codes == NULL) return count_on(s);
    code = g->codes + (size_t)s->state * g->words;
    if (get_field(code, &g->anchor_field) != get_field(code - g->words, &g->anchor_field)) {
        dt__graph_outcome(g, s->state, s->outcome);
        return g->field_count;
    }
    for (size_t w = g->words; w-- > 0 && changed == 0;) {
        uint64_t differ = code[w] ^ code[(ptrdiff_t)w - (ptrdiff_t)g->words];
        uint32_t top = differ == 0 ? 0 : 63 - (uint32_t)__builtin_clzll(differ);
        for (size_t f = g->field_count; differ != 0 && f-- > 0;) {
            if (g->fields[f].word != w || g->fields[f].shift > top) continue;
            changed = f + 1;
            break;
        }
    }
    for (size_t f = 0; f < changed; f++) s->outcome[g->fields[f].issue] = (dt__option)get_field(code, &g->fields[f]);
    return changed == 0 ? 0 : changed - 1;
}
