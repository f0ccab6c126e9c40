#include "space/merge_options.h"

static bool same_entry(const dt__factor *f, size_t a, size_t b) {
    return f->kind == DT__FACTOR_SUM ? f->sums[a] == f->sums[b] : f->crossed[a] == f->crossed[b];
}

/* Are the two slices of a table, at options a and b of a variable, the same? */
static bool same_slices(const dt__factor *f, size_t stride, size_t options, dt__option a, dt__option b) {
    size_t above = f->size / (stride * options);

    for (size_t high = 0; high < above; high++) {
        for (size_t low = 0; low < stride; low++) {
            size_t at = high * stride * options + low;
            if (!same_entry(f, at + a * stride, at + b * stride)) return false;
        }
    }
    return true;
}

static bool interchangeable(const dt__query *q, uint32_t var, dt__option a, dt__option b, dt__looks_at looks,
                            const void *payload) {
    const dt__problem *p = q->problem;

    for (size_t i = 0; i < p->factors.count; i++) {
        const dt__factor *f = DT__FACTOR(p, i);
        if (!looks(payload, f)) continue;
        for (uint32_t j = 0; j < f->var_count; j++) {
            if (f->vars[j] == var && !same_slices(f, f->strides[j], p->sizes[var], a, b)) return false;
        }
    }
    return true;
}

void dt__merge_options(dt__option *first, uint32_t *count, uint32_t most, const dt__query *query, uint32_t var,
                       dt__looks_at looks, const void *payload) {
    *count = 0;
    for (uint32_t o = 0; o < query->problem->sizes[var] && *count <= most; o++) {
        uint32_t c = 0;
        while (c < *count && !interchangeable(query, var, first[c], (dt__option)o, looks, payload)) c++;
        if (c == *count) first[(*count)++] = (dt__option)o;
    }
}
