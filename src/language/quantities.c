/* Quantities: named numbers and series that other numbers depend on. */
#include <stdlib.h>
#include <string.h>

#include "language/reader.h"

enum {
    QUANTITY_VALUE,
    QUANTITY_SERIES,
    QUANTITY_UNIT,
    QUANTITY_RANGE,
    QUANTITY_NAME,
    QUANTITY_NOTE,
    QUANTITY_SOURCE,
    QUANTITY_QUOTE,
    QUANTITY_WHY,
    QUANTITY_KEYS
};

static const dt__key quantity_keys[QUANTITY_KEYS] = {
    [QUANTITY_VALUE] = {.name = "value"},   [QUANTITY_SERIES] = {.name = "series"}, [QUANTITY_UNIT] = {.name = "unit"},
    [QUANTITY_RANGE] = {.name = "range"},   [QUANTITY_NAME] = {.name = "name"},     [QUANTITY_NOTE] = {.name = "note"},
    [QUANTITY_SOURCE] = {.name = "source"}, [QUANTITY_QUOTE] = {.name = "quote"},   [QUANTITY_WHY] = {.name = "why"},
};

static bool begins_with(const char *text, const char *beginning) {
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

/* The stated range, or the one that the unit implies. */
static void set_range(dt__number_use *use, const dt__quantity *q) {
    use->low = DT__RATIONAL(0);
    use->bound = DT__WITHIN;
    use->hint = DT__N("the range follows from `unit`, or is stated as `range: [low, high]`");
    if (q->has_range) {
        use->low = q->low;
        use->high = q->high;
    } else if (q->unit != NULL && begins_with(q->unit, "percent")) {
        use->high = DT__RATIONAL(100);
    } else if (q->unit != NULL && begins_with(q->unit, "share")) {
        use->high = DT__RATIONAL(1);
    } else {
        use->bound = DT__UNBOUNDED;
    }
}

/* ---- series ---- */

typedef struct dated_node {
    dt__date date;
    const dt__node *node;
} dated_node;

static int compare_dated(const void *a, const void *b) {
    const dated_node *x = a, *y = b;
    return dt__date_compare(x->date, y->date);
}

/* The latest not after as_of; without as_of the latest. */
static void choose_in_force(dt__reader *r, const dt__node *node, dt__quantity *q) {
    q->number = DT__NO_NUMBER;
    for (size_t i = 0; i < q->series_count; i++) {
        if (!r->model->has_as_of || dt__date_compare(q->series[i].date, r->model->as_of) <= 0)
            q->number = q->series[i].number;
    }
    if (q->number != DT__NO_NUMBER || q->series_count == 0) return;
    dt__reader_error(r, node, "no-value-yet", "the series “{0}” begins after `as_of`; no number is in force", q->id,
                     NULL);
}

static void check_dates_differ(dt__reader *r, const dt__node *node, const dt__quantity *q) {
    for (size_t i = 1; i < q->series_count; i++) {
        if (dt__date_compare(q->series[i - 1].date, q->series[i].date) != 0) continue;
        dt__reader_error(r, node, "duplicate-date", "the series “{0}” has two numbers for one date", q->id, NULL);
        return;
    }
}

/* The nodes by date, so that numbers have the same ids however the file is ordered. */
static dated_node *sorted_nodes(dt__reader *r, const dt__node *node, size_t *count) {
    dated_node *dated = dt__arena_alloc(&r->scratch, node->count, sizeof *dated);

    *count = 0;
    if (dated == NULL) {
        r->status = DT_ERR_MEMORY;
        return NULL;
    }
    DT__EACH(child, node) {
        if (dt__read_date(r, child->key, &dated[*count].date)) dated[(*count)++].node = child;
    }
    qsort(dated, *count, sizeof *dated, compare_dated);
    return dated;
}

static void read_dated(dt__reader *r, const dt__node *node, dt__quantity *q, const dt__number_use *use) {
    size_t count;
    dated_node *dated = sorted_nodes(r, node, &count);
    dt__dated_number *series = dated == NULL ? NULL : DT__READER_ARRAY(r, dt__dated_number, count);

    if (series == NULL) return;
    q->series = series;
    for (size_t i = 0; i < count; i++) {
        size_t length = dt__path_enter(r, dated[i].node->key->text);
        dt__number_id number = dt__read_number(r, dated[i].node, use);
        dt__path_leave(r, length);
        if (number != DT__NO_NUMBER)
            series[q->series_count++] = (dt__dated_number){.date = dated[i].date, .number = number};
    }
}

static void read_series(dt__reader *r, const dt__node *node, dt__quantity *q, const dt__number_use *use) {
    size_t length;

    if (node->kind != DT__NODE_MAPPING || node->count == 0) {
        dt__reader_error(r, node, "wrong-type", "expected dated numbers here, such as {0}",
                         "{2022-01: 41, 2022-03: 70}", NULL);
        return;
    }
    length = dt__path_enter(r, "series");
    read_dated(r, node, q, use);
    dt__path_leave(r, length);
    if (r->status != DT_OK) return;
    check_dates_differ(r, node, q);
    choose_in_force(r, node, q);
}

/* ---- one quantity ---- */

static void read_quantity(dt__reader *r, const dt__node *node, dt__quantity *q) {
    const dt__node *f[QUANTITY_KEYS];
    dt__number_use use = {0};

    q->number = DT__NO_NUMBER;
    q->place = dt__reader_place(r, node->key);
    if (!dt__read_fields(r, node, quantity_keys, QUANTITY_KEYS, f)) return;
    q->name = dt__read_label(r, f[QUANTITY_NAME]);
    q->note = dt__read_label(r, f[QUANTITY_NOTE]);
    q->unit = dt__read_text(r, f[QUANTITY_UNIT]);
    q->has_range = dt__read_range(r, f[QUANTITY_RANGE], &q->low, &q->high);
    q->evidence = dt__read_evidence(r, f[QUANTITY_SOURCE], f[QUANTITY_QUOTE], f[QUANTITY_WHY]);
    if ((f[QUANTITY_VALUE] != NULL) == (f[QUANTITY_SERIES] != NULL)) {
        dt__reader_error(r, node->key, "missing-key", "the quantity “{0}” needs either `value` or `series`", q->id,
                         NULL);
        return;
    }
    set_range(&use, q);
    use.evidence = q->evidence;
    if (f[QUANTITY_VALUE] != NULL) q->number = dt__read_number(r, f[QUANTITY_VALUE], &use);
    else read_series(r, f[QUANTITY_SERIES], q, &use);
}

void dt__read_quantities(dt__reader *r, const dt__node *node) {
    dt__entries entries = dt__read_entries(r, node, DT__ID_STRICT);
    dt_model *m = r->model;
    size_t section = dt__path_enter(r, "quantities");

    m->quantities = DT__READER_ARRAY(r, dt__quantity, entries.count);
    if (r->status == DT_OK) r->status = dt__names_init(&r->quantities, entries.ids, entries.count, &r->scratch);
    if (r->status != DT_OK) return;
    m->quantity_count = entries.count;
    for (size_t i = 0; i < entries.count && r->status == DT_OK; i++) {
        size_t length = dt__path_enter(r, entries.ids[i]);
        m->quantities[i].id = entries.ids[i];
        read_quantity(r, entries.nodes[i], &m->quantities[i]);
        dt__path_leave(r, length);
    }
    dt__path_leave(r, section);
}

/* ---- the order of quantities: each after those it depends on ---- */

enum { UNSEEN = 0, OPEN, DONE };

/* Depth-first search with a stack of its own; a quantity's needs are listed once, when it is opened. */
typedef struct search {
    dt__reader *r;
    uint8_t *state;             /* per quantity */
    uint32_t *stack, *position; /* open quantities, and how many needs of each were followed */
    uint32_t **needs;           /* per quantity: ids, ended by DT__NO_INDEX */
    uint32_t *order;
    size_t depth, ordered;
} search;

static void list_needs(const dt__formula *f, dt__vector *needs, dt__reader *r) {
    if (f == NULL || r->status != DT_OK) return;
    if (f->kind == DT__FORMULA_QUANTITY) r->status = dt__vector_push(needs, &f->quantity, r->env);
    list_needs(f->left, needs, r);
    list_needs(f->right, needs, r);
}

static void find_needs(search *s, uint32_t quantity) {
    const dt__number *number = dt__reader_number(s->r, s->r->model->quantities[quantity].number);
    dt__vector needs = DT__VECTOR(uint32_t);
    uint32_t end = DT__NO_INDEX;

    if (number->kind == DT__NUMBER_FORMULA) list_needs(number->formula, &needs, s->r);
    if (s->r->status == DT_OK) s->r->status = dt__vector_push(&needs, &end, s->r->env);
    if (s->r->status == DT_OK) {
        s->needs[quantity] = DT__ARENA_ARRAY(&s->r->scratch, uint32_t, needs.count);
        if (s->needs[quantity] == NULL) s->r->status = DT_ERR_MEMORY;
        else memcpy(s->needs[quantity], needs.items, needs.count * sizeof(uint32_t));
    }
    dt__vector_clear(&needs, s->r->env);
}

static void open_quantity(search *s, uint32_t quantity) {
    s->state[quantity] = OPEN;
    s->stack[s->depth] = quantity;
    s->position[s->depth++] = 0;
    find_needs(s, quantity);
}

/* "a -> b -> a": the open quantities from the one met again. */
static void blame_cycle(search *s, uint32_t quantity) {
    const dt__quantity *quantities = s->r->model->quantities;
    size_t from = s->depth;
    dt__text cycle;

    if (s->r->muted) return;
    while (s->stack[from - 1] != quantity) from--;
    dt__text_init(&cycle, s->r->env);
    for (size_t i = from - 1; i < s->depth; i++) {
        dt__text_add(&cycle, quantities[s->stack[i]].id);
        dt__text_add(&cycle, " → ");
    }
    dt__text_add(&cycle, quantities[quantity].id);
    dt__reader_error_at(s->r, quantities[quantity].place, "cyclic-quantities",
                        "quantities depend on one another in a circle: {0}", dt__text_get(&cycle), NULL);
    if (cycle.failed) s->r->status = DT_ERR_MEMORY;
    dt__text_clear(&cycle);
}

static void follow(search *s) {
    while (s->depth > 0 && s->r->status == DT_OK) {
        uint32_t top = s->stack[s->depth - 1], next = s->needs[top][s->position[s->depth - 1]];
        if (next == DT__NO_INDEX) {
            s->state[top] = DONE;
            s->order[s->ordered++] = top;
            s->depth--;
            continue;
        }
        s->position[s->depth - 1]++;
        if (s->state[next] == OPEN) blame_cycle(s, next);
        if (s->state[next] == UNSEEN) open_quantity(s, next);
    }
}

void dt__order_quantities(dt__reader *r) {
    size_t n = r->model->quantity_count;
    search s = {.r = r};

    if (r->status != DT_OK) return;
    s.state = DT__ARENA_ARRAY(&r->scratch, uint8_t, n);
    s.stack = DT__ARENA_ARRAY(&r->scratch, uint32_t, n);
    s.position = DT__ARENA_ARRAY(&r->scratch, uint32_t, n);
    s.needs = DT__ARENA_ARRAY(&r->scratch, uint32_t *, n);
    s.order = DT__READER_ARRAY(r, uint32_t, n);
    if (s.state == NULL || s.stack == NULL || s.position == NULL || s.needs == NULL) r->status = DT_ERR_MEMORY;
    for (uint32_t q = 0; q < n && r->status == DT_OK; q++) {
        if (s.state[q] != UNSEEN) continue;
        open_quantity(&s, q);
        follow(&s);
    }
    r->model->quantity_order = s.order;
}
