#include "space/algebra.h"

static const dt__best_context *context_of(const void *context) {
    return context;
}

static bool uses(const void *context, const dt__factor *f) {
    const dt__best_context *c = context_of(context);
    if (f->kind == DT__FACTOR_SUM) return f->target == c->coordinate;
    return c->query->bit_roles[f->target] == DT__HARD;
}

static void zero(const void *context, void *element) {
    (void)context;
    *(dt__int128 *)element = DT__NEVER_REACHED;
}

static void one(const void *context, void *element) {
    (void)context;
    *(dt__int128 *)element = 0;
}

static bool is_zero(const void *context, const void *element) {
    (void)context;
    return *(const dt__int128 *)element == DT__NEVER_REACHED;
}

static dt_status times_factor(const void *context, void *element, const dt__factor *f, size_t index) {
    if (f->kind == DT__FACTOR_SUM)
        *(dt__int128 *)element += context_of(context)->sign < 0 ? -f->sums[index] : f->sums[index];
    else if (f->crossed[index]) zero(context, element);
    return DT_OK;
}

static dt_status times(const void *context, void *element, const void *other) {
    if (is_zero(context, other)) zero(context, element);
    else *(dt__int128 *)element += *(const dt__int128 *)other;
    return DT_OK;
}

static dt_status plus(const void *context, void *element, const void *other) {
    (void)context;
    if (*(const dt__int128 *)other > *(dt__int128 *)element) *(dt__int128 *)element = *(const dt__int128 *)other;
    return DT_OK;
}

dt__algebra dt__algebra_best(const dt__best_context *context) {
    return (dt__algebra){.element_size = sizeof(dt__int128),
                         .table_limit = DT__BEST_TABLE,
                         .context = context,
                         .uses = uses,
                         .zero = zero,
                         .one = one,
                         .is_zero = is_zero,
                         .times_factor = times_factor,
                         .times = times,
                         .plus = plus};
}
