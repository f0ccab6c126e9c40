#include "whatif/compare.h"

void dt_whatif_opts_init(dt_whatif_opts *opts) {
    *opts = (dt_whatif_opts){0};
}

static dt_status answer_both(dt__comparing *c, const dt_whatif_opts *opts, dt_env *env) {
    dt_deal_opts before, after;
    dt_deal_answer *first = NULL, *second = NULL;
    dt_status st;

    dt_deal_opts_init(&before);
    before.among = opts->among;
    before.at = opts->at_before;
    after = before;
    after.at = opts->at_after;
    after.settings = opts->settings;
    after.setting_count = opts->setting_count;
    st = dt_deal(&first, c->before, &before, env);
    c->answer->before = first;
    if (st == DT_OK) st = dt_deal(&second, c->after, &after, env);
    c->answer->after = second;
    return st;
}

dt_status dt_whatif(dt_whatif_answer **out, const dt_model *before, const dt_model *after, const dt_whatif_opts *opts,
                    dt_env *env) {
    dt__builder b;
    dt__comparing c = {.b = &b, .before = before, .after = after};
    dt_status st;

    *out = NULL;
    if ((st = dt__builder_init(&b, env)) != DT_OK) return st;
    if ((c.answer = DT__BUILDER_ARRAY(&b, dt_whatif_answer, 1)) == NULL) {
        dt__builder_clear(&b);
        return DT_ERR_MEMORY;
    }
    c.answer->model_before = before;
    c.answer->model_after = after;
    c.answer->memory = b.arena;
    st = dt__compare_models(&c, opts);
    if (st == DT_OK) st = answer_both(&c, opts, env);
    if (st == DT_OK) dt__compare_answers(&c);
    if (st == DT_OK && (b.failed || b.scratch.failed)) st = DT_ERR_MEMORY;
    if (st != DT_OK) {
        dt_deal_free((dt_deal_answer *)c.answer->before, env);
        dt_deal_free((dt_deal_answer *)c.answer->after, env);
        dt__builder_clear(&b);
        return st;
    }
    *out = c.answer;
    return dt__builder_finish(&b);
}

void dt_whatif_free(dt_whatif_answer *answer, dt_env *env) {
    if (answer == NULL) return;
    dt_deal_free((dt_deal_answer *)answer->before, env);
    dt_deal_free((dt_deal_answer *)answer->after, env);
    dt__answer_memory_free(answer->memory, env);
}
