#include "model/utility.h"

#include "base/catalog.h"

dt_status dt__too_large_number(const dt_model *model, uint32_t party, dt_env *env) {
    const dt__party *p = &model->parties[party];
    dt__diagnose(env, DT_ERROR, p->preferences->place, "number-too-large",
                 "the numbers of party “{0}” do not fit into 128 bits together", p->id, NULL);
    dt__hint(env, "use fewer digits, or fractions with smaller denominators", NULL);
    return DT_ERR_MODEL;
}

dt_status dt__needs_ranking(const dt_model *model, uint32_t party, dt_env *env) {
    const dt__party *p = &model->parties[party];
    dt__diagnose(env, DT_ERROR, p->preferences->place, "needs-ranking",
                 "what “{0}” prefers is known only in part; this question needs a complete ranking", p->id, NULL);
    return DT_ERR_MODEL;
}

static dt__rational absolute(dt__rational a) {
    return a.num < 0 ? (dt__rational){-a.num, a.den} : a;
}

/* 100 (1 - |position - place| / range); one option alone is worth 100 at its place and nothing is far. */
static bool spatial_value(dt__rational *out, const dt__issue *issue, dt__rational position, dt__option option) {
    dt__rational low = issue->scale[0], high = issue->scale[0], range, share;

    for (uint32_t o = 1; o < issue->option_count; o++) {
        if (dt__rational_compare(issue->scale[o], low) < 0) low = issue->scale[o];
        if (dt__rational_compare(issue->scale[o], high) > 0) high = issue->scale[o];
    }
    if (!dt__rational_sub(&range, high, low)) return false;
    if (range.num == 0) range = DT__RATIONAL(100);
    if (!dt__rational_sub(&share, position, issue->scale[option])) return false;
    if (!dt__rational_div(&share, absolute(share), range)) return false;
    return dt__rational_sub(&share, DT__RATIONAL(1), share) && dt__rational_mul(out, DT__RATIONAL(100), share);
}

static bool option_value(dt__rational *out, const dt_model *model, const dt__valuation *v, const dt__term *term,
                         dt__option option) {
    if (term->values == NULL)
        return spatial_value(out, &model->issues[term->issue], v->numbers[term->position], option);
    *out = term->values[option] == DT__NO_NUMBER ? DT__RATIONAL(0) : v->numbers[term->values[option]];
    return true;
}

dt_status dt__weight_sum(dt__rational *out, const dt_model *model, const dt__valuation *v, uint32_t party,
                         dt_env *env) {
    const dt__party *info = &model->parties[party];
    const dt__preferences *p = info->preferences;
    dt__rational sum = DT__RATIONAL(0);

    for (size_t t = 0; t < p->term_count; t++) {
        if (!dt__rational_add(&sum, sum, v->numbers[p->terms[t].weight]))
            return dt__too_large_number(model, party, env);
    }
    *out = sum;
    if (sum.num != 0) return DT_OK;
    dt__diagnose(env, DT_ERROR, p->place, "no-weight", "the weights of party “{0}” sum to zero", info->id, NULL);
    return DT_ERR_MODEL;
}

dt_status dt__term_utility(dt__rational *out, const dt_model *model, const dt__valuation *v, uint32_t party,
                           const dt__term *term, dt__option option, dt__rational weight_sum, dt_env *env) {
    dt__rational value;

    if (!option_value(&value, model, v, term, option) || !dt__rational_mul(&value, value, v->numbers[term->weight]) ||
        !dt__rational_div(out, value, weight_sum))
        return dt__too_large_number(model, party, env);
    return DT_OK;
}

dt_status dt__utility(dt__rational *out, const dt_model *model, const dt__valuation *v, uint32_t party,
                      const dt__option *outcome, dt_env *env) {
    const dt__preferences *p = model->parties[party].preferences;
    dt__rational sum = DT__RATIONAL(0), weights = DT__RATIONAL(0), part;
    dt_status st;

    if (p->term_count > 0 && (st = dt__weight_sum(&weights, model, v, party, env)) != DT_OK) return st;
    for (size_t t = 0; t < p->term_count; t++) {
        const dt__term *term = &p->terms[t];
        if ((st = dt__term_utility(&part, model, v, party, term, outcome[term->issue], weights, env)) != DT_OK)
            return st;
        if (!dt__rational_add(&sum, sum, part)) return dt__too_large_number(model, party, env);
    }
    for (size_t a = 0; a < p->adjust_count; a++) {
        if (!dt__condition_holds(p->adjust[a].when, outcome)) continue;
        if (!dt__rational_add(&sum, sum, v->numbers[p->adjust[a].add])) return dt__too_large_number(model, party, env);
    }
    *out = sum;
    return DT_OK;
}

static bool agrees(const dt_model *model, const dt__ranked *entry, const dt__option *outcome) {
    for (size_t i = 0; i < model->issue_count; i++) {
        if (entry->options[i] != DT__NO_OPTION && entry->options[i] != outcome[i]) return false;
    }
    return true;
}

static int compare_options(const dt_model *model, const dt__option *x, const dt__option *y) {
    for (size_t i = 0; i < model->issue_count; i++) {
        if (x[i] != y[i]) return x[i] < y[i] ? -1 : 1;
    }
    return 0;
}

/* The first entry that names exactly this outcome, or ranked_count. */
static size_t find_complete(const dt_model *model, const dt__preferences *p, const dt__option *outcome) {
    size_t low = 0, high = p->complete_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_options(model, p->ranked[p->complete[middle]].options, outcome) < 0) low = middle + 1;
        else high = middle;
    }
    if (low == p->complete_count || compare_options(model, p->ranked[p->complete[low]].options, outcome) != 0)
        return p->ranked_count;
    return p->complete[low];
}

/* Binary search among the entries that name one outcome each, one after another among the others. */
uint32_t dt__ranking_place(const dt_model *model, const dt__preferences *p, const dt__option *outcome) {
    size_t found = find_complete(model, p, outcome);

    for (size_t i = 0; i < p->partial_count && p->partial[i] < found; i++) {
        if (agrees(model, &p->ranked[p->partial[i]], outcome)) found = p->partial[i];
    }
    return found == p->ranked_count ? p->rank_count : p->ranked[found].rank;
}

/* The first statement that one keeps and the other breaks decides. */
static int compare_priorities(const dt__preferences *p, const dt__option *x, const dt__option *y) {
    for (size_t i = 0; i < p->priority_count; i++) {
        int difference =
            (int)dt__condition_holds(p->priorities[i].when, x) - (int)dt__condition_holds(p->priorities[i].when, y);
        if (difference != 0) return difference;
    }
    return 0;
}

dt_status dt__compare_outcomes(int *out, const dt_model *model, const dt__valuation *v, uint32_t party,
                               const dt__option *x, const dt__option *y, dt_env *env) {
    const dt__preferences *p = model->parties[party].preferences;
    dt__rational ux, uy;
    dt_status st;

    if (p->form == DT__FORM_PRIORITIES) {
        *out = compare_priorities(p, x, y);
        return DT_OK;
    }
    if (p->form == DT__FORM_COMPARISONS) return dt__needs_ranking(model, party, env);
    if (p->form == DT__FORM_RANKING) {
        uint32_t place_x = dt__ranking_place(model, p, x), place_y = dt__ranking_place(model, p, y);
        *out = (place_x < place_y) - (place_x > place_y);
        return DT_OK;
    }
    if ((st = dt__utility(&ux, model, v, party, x, env)) != DT_OK) return st;
    if ((st = dt__utility(&uy, model, v, party, y, env)) != DT_OK) return st;
    *out = dt__rational_compare(ux, uy);
    return DT_OK;
}

/* Periods in a month, which counts 31 days as in dt__date_months: so days within a month are exact. */
dt__rational dt__periods_in_month(dt__period period) {
    switch (period) {
    case DT__PER_DAY: return (dt__rational){31, 1};
    case DT__PER_WEEK: return (dt__rational){31, 7};
    case DT__PER_YEAR: return (dt__rational){1, 12};
    case DT__PER_MONTH: break;
    }
    return DT__RATIONAL(1);
}

dt_status dt__drift(dt__rational *out, const dt_model *model, const dt__valuation *v, uint32_t party,
                    dt__rational months, dt_env *env) {
    const dt__preferences *p = model->parties[party].preferences;
    dt__rational drift;

    *out = DT__RATIONAL(0);
    if (p->drift == DT__NO_NUMBER || months.num == 0) return DT_OK;
    if (!dt__rational_mul(&drift, months, dt__periods_in_month(p->drift_period)) ||
        !dt__rational_mul(out, drift, v->numbers[p->drift]))
        return dt__too_large_number(model, party, env);
    return DT_OK;
}

dt_status dt__reservation(dt__rational *out, const dt_model *model, const dt__valuation *v, uint32_t party,
                          const dt__option *no_deal, dt__rational months, dt_env *env) {
    const dt__preferences *p = model->parties[party].preferences;
    dt__rational value, drift;
    dt_status st;

    if (p->no_deal != DT__NO_NUMBER) value = v->numbers[p->no_deal];
    else if ((st = dt__utility(&value, model, v, party, no_deal, env)) != DT_OK) return st;
    if ((st = dt__drift(&drift, model, v, party, months, env)) != DT_OK) return st;
    if (!dt__rational_add(&value, value, drift)) return dt__too_large_number(model, party, env);
    *out = value;
    return DT_OK;
}
