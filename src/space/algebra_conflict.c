#include <string.h>

#include "space/algebra.h"

static const dt__mask nothing_crossed = {{0}};

dt_status dt__soft_numbers_init(dt__soft_numbers *n, const dt__query *q, dt__arena *arena) {
    const dt__problem *p = q->problem;

    n->count = 0;
    n->of_bit = DT__ARENA_ARRAY(arena, uint32_t, p->bits.count);
    n->of_coordinate = DT__ARENA_ARRAY(arena, uint32_t, p->coordinates.count);
    if (n->of_bit == NULL || n->of_coordinate == NULL) return DT_ERR_MEMORY;
    for (size_t b = 0; b < p->bits.count; b++) n->of_bit[b] = q->bit_roles[b] == DT__SOFT ? n->count++ : DT__NO_INDEX;
    for (size_t c = 0; c < p->coordinates.count; c++) {
        n->of_coordinate[c] = q->coordinate_roles[c] == DT__SOFT ? n->count++ : DT__NO_INDEX;
    }
    return n->count > DT__MAX_SOFT_BITS ? DT_ERR_LIMIT : DT_OK;
}

static const dt__conflict_context *context_of(const void *context) {
    return context;
}

static bool uses(const void *context, const dt__factor *f) {
    return f->kind == DT__FACTOR_BIT && context_of(context)->query->bit_roles[f->target] != DT__IGNORED;
}

static void zero(const void *context, void *element) {
    (void)context;
    *(dt__mask_list *)element = (dt__mask_list){0};
}

static void one(const void *context, void *element) {
    (void)context;
    *(dt__mask_list *)element = (dt__mask_list){.count = 1, .masks = &nothing_crossed};
}

static bool is_zero(const void *context, const void *element) {
    (void)context;
    return ((const dt__mask_list *)element)->count == 0;
}

/* Adds m to an antichain of *count masks with room for one more. */
static void add_minimal(dt__mask *masks, size_t *count, dt__mask m) {
    size_t kept = 0;

    for (size_t i = 0; i < *count; i++) {
        if (dt__mask_subset(&masks[i], &m)) return;
    }
    for (size_t i = 0; i < *count; i++) {
        if (!dt__mask_subset(&m, &masks[i])) masks[kept++] = masks[i];
    }
    masks[kept++] = m;
    *count = kept;
}

static dt_status times(const void *context, void *element, const void *other) {
    dt__mask_list *a = element;
    const dt__mask_list *b = other;
    dt__mask *masks;
    size_t count = 0;

    if (a->count * b->count > DT__MAX_MASK_LIST) return DT_ERR_LIMIT;
    if (b->count == 1 && dt__mask_size(&b->masks[0]) == 0) return DT_OK;
    masks = DT__ARENA_ARRAY(context_of(context)->arena, dt__mask, a->count * b->count);
    if (masks == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < a->count; i++) {
        for (size_t j = 0; j < b->count; j++) add_minimal(masks, &count, dt__mask_union(a->masks[i], b->masks[j]));
    }
    *a = (dt__mask_list){.count = count, .masks = masks};
    return DT_OK;
}

static dt_status times_factor(const void *context, void *element, const dt__factor *f, size_t index) {
    const dt__conflict_context *c = context_of(context);
    dt__mask bit = {{0}};

    if (!f->crossed[index]) return DT_OK;
    if (c->query->bit_roles[f->target] == DT__HARD) {
        zero(context, element);
        return DT_OK;
    }
    dt__mask_add(&bit, c->numbers->of_bit[f->target]);
    return times(context, element, &(dt__mask_list){.count = 1, .masks = &bit});
}

static bool covers_all(const dt__mask_list *a, const dt__mask_list *b) {
    for (size_t j = 0; j < b->count; j++) {
        bool covered = false;
        for (size_t i = 0; i < a->count && !covered; i++) covered = dt__mask_subset(&a->masks[i], &b->masks[j]);
        if (!covered) return false;
    }
    return true;
}

static dt_status plus(const void *context, void *element, const void *other) {
    dt__mask_list *a = element;
    const dt__mask_list *b = other;
    dt__mask *masks;
    size_t count = a->count;

    if (covers_all(a, b)) return DT_OK;
    if (a->count + b->count > DT__MAX_MASK_LIST) return DT_ERR_LIMIT;
    masks = DT__ARENA_ARRAY(context_of(context)->arena, dt__mask, a->count + b->count);
    if (masks == NULL) return DT_ERR_MEMORY;
    if (count > 0) memcpy(masks, a->masks, count * sizeof *masks);
    for (size_t j = 0; j < b->count; j++) add_minimal(masks, &count, b->masks[j]);
    *a = (dt__mask_list){.count = count, .masks = masks};
    return DT_OK;
}

dt__algebra dt__algebra_conflict(const dt__conflict_context *context) {
    return (dt__algebra){.element_size = sizeof(dt__mask_list),
                         .table_limit = DT__CONFLICT_TABLE,
                         .context = context,
                         .uses = uses,
                         .zero = zero,
                         .one = one,
                         .is_zero = is_zero,
                         .times_factor = times_factor,
                         .times = times,
                         .plus = plus};
}
