#include "model/inputs.h"

#include <math.h>

#include "base/quantile.h"

/* ---- which numbers ---- */

static bool is_uncertain(const dt__number *n) {
    switch (n->kind) {
    case DT__NUMBER_UNIFORM: return dt__rational_compare(n->a, n->b) != 0;
    case DT__NUMBER_NORMAL: return dt__rational_sign(n->b) != 0;
    case DT__NUMBER_PERT: return dt__rational_compare(n->a, n->c) != 0;
    case DT__NUMBER_CODERS: return true;
    case DT__NUMBER_EXACT:
    case DT__NUMBER_FORMULA: break;
    }
    return false;
}

/* Numbers that are part of another, or bear on no outcome. */
static void mark_idle(bool *idle, const dt_model *m, const bool *fixed) {
    for (size_t i = 0; i < m->number_count; i++)
        for (size_t c = 0; c < m->numbers[i].coder_count; c++) idle[m->numbers[i].coders[c].number] = true;
    for (size_t i = 0; i < m->claim_count; i++)
        if (m->claims[i].probability != DT__NO_NUMBER) idle[m->claims[i].probability] = true;
    for (size_t q = 0; q < m->quantity_count; q++) {
        const dt__quantity *quantity = &m->quantities[q];
        for (size_t s = 0; s < quantity->series_count; s++)
            if (quantity->series[s].number != quantity->number) idle[quantity->series[s].number] = true;
        if (fixed[q]) idle[quantity->number] = true;
    }
}

static uint32_t quantity_of(const dt_model *m, dt__number_id number) {
    for (uint32_t q = 0; q < m->quantity_count; q++)
        if (m->quantities[q].number == number) return q;
    return DT__NO_INDEX;
}

dt_status dt__inputs_list(dt__vector *inputs, const dt_model *model, const bool *fixed, dt_env *env) {
    bool *idle = DT__ARRAY(env, bool, model->number_count);
    dt_status st = idle == NULL ? DT_ERR_MEMORY : DT_OK;

    if (st == DT_OK) mark_idle(idle, model, fixed);
    for (dt__number_id id = 0; id < model->number_count && st == DT_OK; id++) {
        if (!idle[id] && is_uncertain(&model->numbers[id]))
            st = dt__vector_push(inputs, &(dt__input){id, quantity_of(model, id)}, env);
    }
    if (idle != NULL) DT__FREE(env, idle, model->number_count);
    return st;
}

/* ---- quantiles ---- */

static double normal_at(const dt__number *n, double u) {
    double low = n->bounded ? dt__rational_double(n->low) : -INFINITY,
           high = n->bounded ? dt__rational_double(n->high) : INFINITY;
    return dt__cut_normal_quantile(u, dt__rational_double(n->a), dt__rational_double(n->b), low, high);
}

/* Shapes as in the draws of PERT numbers. */
static double pert_at(const dt__number *n, double u) {
    double low = dt__rational_double(n->a), mode = dt__rational_double(n->b), high = dt__rational_double(n->c);
    double range = high - low;

    if (range <= 0) return low;
    return low + range * dt__beta_quantile(u, 1 + 4 * (mode - low) / range, 1 + 4 * (high - mode) / range);
}

static bool number_at(dt__rational *out, const dt__number *n, double u) {
    double low = dt__rational_double(n->a);

    switch (n->kind) {
    case DT__NUMBER_UNIFORM: return dt__number_round(out, n, low + u * (dt__rational_double(n->b) - low));
    case DT__NUMBER_NORMAL: return dt__number_round(out, n, normal_at(n, u));
    case DT__NUMBER_PERT: return dt__number_round(out, n, pert_at(n, u));
    case DT__NUMBER_CODERS:
    case DT__NUMBER_EXACT:
    case DT__NUMBER_FORMULA: break;
    }
    *out = n->a;
    return true;
}

bool dt__input_quantile(dt__rational *out, const dt_model *model, const dt__input *input, double u) {
    const dt__number *n = &model->numbers[input->number];

    if (n->kind == DT__NUMBER_CODERS) {
        double place = u * (double)n->coder_count;
        size_t coder = (size_t)place < n->coder_count ? (size_t)place : n->coder_count - 1;
        n = &model->numbers[n->coders[coder].number];
        u = fmin(fmax(place - (double)coder, 0x1p-53),
                 1 - 0x1p-53); /* what is left of u places it in the coder's own */
    }
    return number_at(out, n, u);
}
