#include "model/levers.h"

#include <string.h>

#include "model/utility.h"

/* The owner's best option of an issue, the first of equals. */
static dt_status best_option(dt__option *out, uint32_t issue, const dt__option *no_deal, const dt_model *model,
                             const dt__valuation *v, dt_env *env) {
    dt__option best[DT__MAX_ISSUES], tried[DT__MAX_ISSUES];
    size_t bytes = model->issue_count * sizeof *no_deal;

    memcpy(best, no_deal, bytes);
    memcpy(tried, no_deal, bytes);
    best[issue] = 0;
    for (uint32_t o = 1; o < model->issues[issue].option_count; o++) {
        int order = 0;
        dt_status st;
        tried[issue] = (dt__option)o;
        st = dt__compare_outcomes(&order, model, v, model->issues[issue].decided_by, tried, best, env);
        if (st == DT_OK && o % 1024 == 0) st = dt__poll(env);
        if (st != DT_OK) return st;
        if (order > 0) best[issue] = (dt__option)o;
    }
    *out = best[issue];
    return DT_OK;
}

dt_status dt__place_open_levers(bool *settled, dt__option *no_deal, const bool *pinned, const dt_model *model,
                                const dt__valuation *v, dt_env *env) {
    *settled = false;
    for (size_t round = 0; round <= model->issue_count && !*settled; round++) {
        *settled = true;
        for (uint32_t i = 0; i < model->issue_count; i++) {
            dt__option best = no_deal[i];
            dt_status st;
            if (!dt__is_open_lever(&model->issues[i]) || (pinned != NULL && pinned[i])) continue;
            if ((st = best_option(&best, i, no_deal, model, v, env)) != DT_OK) return st;
            if (best != no_deal[i]) *settled = false;
            no_deal[i] = best;
        }
    }
    return DT_OK;
}
