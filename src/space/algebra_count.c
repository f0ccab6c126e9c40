#include <string.h>

#include "space/algebra.h"

static const dt__count_context *context_of(const void *context) {
    return context;
}

static bool uses(const void *context, const dt__factor *f) {
    return f->kind == DT__FACTOR_BIT && context_of(context)->query->bit_roles[f->target] == DT__HARD;
}

static void zero(const void *context, void *element) {
    dt__count_set(element, context_of(context)->limbs, 0);
}

static void one(const void *context, void *element) {
    dt__count_set(element, context_of(context)->limbs, 1);
}

static bool is_zero(const void *context, const void *element) {
    return dt__count_is_zero(element, context_of(context)->limbs);
}

static dt_status times_factor(const void *context, void *element, const dt__factor *f, size_t index) {
    if (f->crossed[index]) zero(context, element);
    return DT_OK;
}

static dt_status times(const void *context, void *element, const void *other) {
    dt__limb product[DT__COUNT_MAX_LIMBS];
    size_t limbs = context_of(context)->limbs;

    dt__count_mul(product, element, other, limbs);
    memcpy(element, product, limbs * sizeof *product);
    return DT_OK;
}

static dt_status plus(const void *context, void *element, const void *other) {
    dt__count_add(element, other, context_of(context)->limbs);
    return DT_OK;
}

/* Sum of products <= sum x largest: a split bucket bounds from above, and never by more than there are outcomes. */
static dt_status plus_split(const void *context, void *element, const void *other) {
    size_t limbs = context_of(context)->limbs;
    if (dt__count_compare(other, element, limbs) > 0) memcpy(element, other, limbs * sizeof(dt__limb));
    return DT_OK;
}

dt__algebra dt__algebra_count(const dt__count_context *context) {
    return (dt__algebra){.element_size = context->limbs * sizeof(dt__limb),
                         .table_limit = DT__COUNT_TABLE,
                         .context = context,
                         .uses = uses,
                         .zero = zero,
                         .one = one,
                         .is_zero = is_zero,
                         .times_factor = times_factor,
                         .times = times,
                         .plus = plus,
                         .plus_split = plus_split};
}
