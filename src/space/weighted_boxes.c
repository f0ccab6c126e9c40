#include "space/weighted_boxes.h"

#include <math.h>
#include <string.h>

#include "space/merge_options.h"

static uint32_t dimension_of(const dt__boxes *b, uint32_t coordinate) {
    uint32_t d = 0;
    while (d < b->dimensions && b->coordinates[d] != coordinate) d++;
    return d;
}

static bool looks_at(const void *payload, const dt__factor *f) {
    const dt__boxes *b = payload;
    if (f->kind == DT__FACTOR_SUM) return dimension_of(b, f->target) < b->dimensions;
    return b->query->bit_roles[f->target] == DT__HARD;
}

/* ---- classes ---- */

static dt_status find_classes(dt__boxes *b, dt_env *env) {
    dt__option first[DT__MAX_CLASSES + 1];
    uint32_t total = 0;
    dt__vector members = DT__VECTOR(dt__option);
    dt_status st = DT_OK;

    for (uint32_t v = 0; v < b->var_count && st == DT_OK; v++) {
        uint32_t count;
        dt__merge_options(first, &count, DT__MAX_CLASSES, b->query, v, looks_at, b);
        if (count > DT__MAX_CLASSES) DT__TRY(DT_ERR_LIMIT);
        b->class_start[v] = total;
        b->allowed[v] = count == DT__MAX_CLASSES ? ~(dt__classes)0 : ((dt__classes)1 << count) - 1;
        for (uint32_t c = 0; c < count && st == DT_OK; c++) st = dt__vector_push(&members, &first[c], env);
        total += count;
        if (st == DT_OK) st = dt__poll(env);
    }
    b->class_start[b->var_count] = total;
    if (st != DT_OK) goto done;
    b->members = DT__ARENA_ARRAY(&b->arena, dt__option, total);
    b->values = DT__ARENA_ARRAY(&b->arena, double, b->dimensions *total);
    if (b->members == NULL || b->values == NULL) DT__TRY(DT_ERR_MEMORY);
    if (total > 0) memcpy(b->members, members.items, total * sizeof *b->members);
done:
    dt__vector_clear(&members, env);
    return st;
}

/* ---- one factor ---- */

enum { MAX_SIDES = 32 };

/* The table of a factor over classes. */
typedef struct table {
    const dt__factor *factor;
    uint32_t counts[MAX_SIDES], strides[MAX_SIDES];
    size_t size;
    dt__int128 *entries; /* above the least */
    dt__int128 least;
    uint8_t *done;
} table;

static dt__int128 entry_of(const dt__factor *f, size_t index) {
    return f->kind == DT__FACTOR_SUM ? f->sums[index] : f->crossed[index];
}

static dt_status table_init(table *t, const dt__boxes *b, const dt__factor *f, dt_env *env) {
    *t = (table){.factor = f, .size = 1};
    if (f->var_count > MAX_SIDES) return DT_ERR_LIMIT;
    for (uint32_t j = 0; j < f->var_count; j++) {
        t->counts[j] = dt__class_count(b, f->vars[j]);
        t->strides[j] = (uint32_t)t->size;
        t->size *= t->counts[j];
    }
    t->entries = DT__ARRAY(env, dt__int128, t->size);
    t->done = DT__ARRAY(env, uint8_t, t->size);
    if (t->entries == NULL || t->done == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < t->size; i++) {
        size_t index = 0;
        for (uint32_t j = 0; j < f->var_count; j++) {
            uint32_t c = (uint32_t)(i / t->strides[j] % t->counts[j]);
            index += (size_t)f->strides[j] * b->members[b->class_start[f->vars[j]] + c];
        }
        t->entries[i] = entry_of(f, index);
        if (i == 0 || t->entries[i] < t->least) t->least = t->entries[i];
    }
    if (f->kind == DT__FACTOR_BIT) t->least = 0;
    for (size_t i = 0; i < t->size; i++) t->entries[i] -= t->least;
    return DT_OK;
}

static void table_clear(table *t, dt_env *env) {
    DT__FREE(env, t->entries, t->size);
    DT__FREE(env, t->done, t->size);
}

/* Is every cell of the box whose side j is class c alone still free, and of this value?  Marks them when asked. */
static bool slab_is(table *t, const dt__classes *sides, uint32_t j, uint32_t c, dt__int128 value, bool mark) {
    uint32_t digits[MAX_SIDES];

    for (uint32_t k = 0; k < t->factor->var_count; k++) digits[k] = k == j ? c : (uint32_t)__builtin_ctzll(sides[k]);
    for (;;) {
        size_t at = 0;
        uint32_t k;
        for (k = 0; k < t->factor->var_count; k++) at += (size_t)t->strides[k] * digits[k];
        if (mark) t->done[at] = 1;
        else if (t->done[at] || t->entries[at] != value) return false;
        for (k = 0; k < t->factor->var_count; k++) {
            dt__classes later;
            if (k == j) continue;
            later = digits[k] + 1 >= DT__MAX_CLASSES ? 0 : sides[k] >> (digits[k] + 1);
            if (later != 0) {
                digits[k] += 1 + (uint32_t)__builtin_ctzll(later);
                break;
            }
            digits[k] = (uint32_t)__builtin_ctzll(sides[k]);
        }
        if (k == t->factor->var_count) return true;
    }
}

/* The box that grows from a cell, one issue after the other; its cells are taken. */
static void grow_box(table *t, size_t cell, dt__classes *sides) {
    dt__int128 value = t->entries[cell];

    for (uint32_t j = 0; j < t->factor->var_count; j++)
        sides[j] = (dt__classes)1 << (cell / t->strides[j] % t->counts[j]);
    t->done[cell] = 1;
    for (uint32_t j = 0; j < t->factor->var_count; j++) {
        dt__classes grown = sides[j];
        for (uint32_t c = 0; c < t->counts[j]; c++) {
            if ((sides[j] >> c & 1) || !slab_is(t, sides, j, c, value, false)) continue;
            slab_is(t, sides, j, c, value, true);
            grown |= (dt__classes)1 << c;
        }
        sides[j] = grown;
    }
}

static dt__classes all_of(const dt__boxes *b, uint32_t var) {
    uint32_t count = dt__class_count(b, var);
    return count == DT__MAX_CLASSES ? ~(dt__classes)0 : ((dt__classes)1 << count) - 1;
}

/* A box without sides is everywhere, one of one side belongs to its issue. */
static bool is_small(dt__boxes *b, uint32_t dimension, double value, const uint32_t *vars, const dt__classes *sides,
                     uint32_t count) {
    uint32_t total = b->class_start[b->var_count];

    if (count > 1) return false;
    if (count == 0) {
        if (dimension == DT__NO_DIMENSION) b->possible = false;
        else b->constants[dimension] += value;
    } else if (dimension == DT__NO_DIMENSION) {
        b->allowed[vars[0]] &= ~sides[0];
    } else {
        for (uint32_t c = 0; c < dt__class_count(b, vars[0]); c++) {
            if (sides[0] >> c & 1) b->values[dimension * total + b->class_start[vars[0]] + c] += value;
        }
    }
    return true;
}

static dt_status add_box(dt__boxes *b, uint32_t dimension, double value, const dt__factor *f, const dt__classes *grown,
                         dt_env *env) {
    dt__box box = {.start = (uint32_t)b->side_vars.count, .dimension = (uint8_t)dimension, .value = value};
    uint32_t vars[MAX_SIDES], count = 0;
    dt__classes sides[MAX_SIDES];
    dt_status st = DT_OK;

    for (uint32_t j = 0; j < f->var_count; j++) {
        if (grown[j] == all_of(b, f->vars[j])) continue;
        vars[count] = f->vars[j];
        sides[count++] = grown[j];
    }
    if (is_small(b, dimension, value, vars, sides, count)) return DT_OK;
    if (b->boxes.count == DT__MAX_BOXES) return DT_ERR_LIMIT;
    box.count = count;
    for (uint32_t j = 0; j < count && st == DT_OK; j++) {
        st = dt__vector_push(&b->side_vars, &vars[j], env);
        if (st == DT_OK) st = dt__vector_push(&b->side_classes, &sides[j], env);
    }
    return st == DT_OK ? dt__vector_push(&b->boxes, &box, env) : st;
}

static dt_status take_apart(dt__boxes *b, const dt__factor *f, dt_env *env) {
    uint32_t dimension = f->kind == DT__FACTOR_SUM ? dimension_of(b, f->target) : DT__NO_DIMENSION;
    dt__classes sides[MAX_SIDES] = {0};
    table t;
    dt_status st;

    DT__TRY(table_init(&t, b, f, env));
    if (dimension != DT__NO_DIMENSION) b->constants[dimension] += (double)t.least;
    for (size_t cell = 0; cell < t.size && st == DT_OK; cell++) {
        if (t.done[cell] || t.entries[cell] == 0) continue;
        grow_box(&t, cell, sides);
        st = add_box(b, dimension, (double)t.entries[cell], f, sides, env);
    }
    if (st == DT_OK) st = dt__poll(env);
done:
    table_clear(&t, env);
    return st;
}

/* ---- bounds on everything ---- */

static void measure(dt__boxes *b) {
    uint32_t total = b->class_start[b->var_count];

    for (size_t d = 0; d < b->dimensions; d++) {
        b->least[d] = b->most[d] = b->constants[d];
        b->scales[d] = fabs(b->constants[d]);
        for (uint32_t v = 0; v < b->var_count; v++) {
            double low = INFINITY, high = -INFINITY;
            for (uint32_t c = b->class_start[v]; c < b->class_start[v + 1]; c++) {
                low = fmin(low, b->values[d * total + c]);
                high = fmax(high, b->values[d * total + c]);
            }
            b->least[d] += low;
            b->most[d] += high;
            b->scales[d] += fmax(fabs(low), fabs(high));
        }
        for (size_t i = 0; i < b->worthy; i++) {
            if (DT__BOX(b, i)->dimension != d) continue;
            b->most[d] += DT__BOX(b, i)->value;
            b->scales[d] += DT__BOX(b, i)->value;
        }
    }
}

/* ---- the whole ---- */

static dt_status take_all_apart(dt__boxes *b, dt_env *env) {
    const dt__problem *p = b->query->problem;
    dt_status st = DT_OK;

    for (int forbidden = 0; forbidden < 2 && st == DT_OK; forbidden++) {
        for (size_t i = 0; i < p->factors.count && st == DT_OK; i++) {
            const dt__factor *f = DT__FACTOR(p, i);
            if (looks_at(b, f) && (f->kind == DT__FACTOR_BIT) == (forbidden == 1)) st = take_apart(b, f, env);
        }
        if (forbidden == 0) b->worthy = b->boxes.count;
    }
    return st;
}

dt_status dt__boxes_init(dt__boxes *b, const dt__query *query, const uint32_t *coordinates, size_t dimensions,
                         dt_env *env) {
    const dt__problem *p = query->problem;
    dt_status st;

    *b = (dt__boxes){.query = query,
                     .dimensions = dimensions,
                     .coordinates = coordinates,
                     .var_count = (uint32_t)p->var_count,
                     .boxes = DT__VECTOR(dt__box),
                     .side_vars = DT__VECTOR(uint32_t),
                     .side_classes = DT__VECTOR(dt__classes),
                     .possible = true};
    dt__arena_init(&b->arena, env);
    b->class_start = DT__ARENA_ARRAY(&b->arena, uint32_t, p->var_count + 1);
    b->allowed = DT__ARENA_ARRAY(&b->arena, dt__classes, p->var_count);
    b->constants = DT__ARENA_ARRAY(&b->arena, double, 4 * dimensions);
    if (b->class_start == NULL || b->allowed == NULL || b->constants == NULL) return DT_ERR_MEMORY;
    b->least = b->constants + dimensions;
    b->most = b->least + dimensions;
    b->scales = b->most + dimensions;
    if ((st = find_classes(b, env)) != DT_OK) return st;
    if ((st = take_all_apart(b, env)) != DT_OK) return st;
    measure(b);
    return DT_OK;
}

void dt__boxes_clear(dt__boxes *b, dt_env *env) {
    if (b->arena.env == NULL) return;
    dt__vector_clear(&b->boxes, env);
    dt__vector_clear(&b->side_vars, env);
    dt__vector_clear(&b->side_classes, env);
    dt__arena_clear(&b->arena);
    *b = (dt__boxes){0};
}
