/* A deal written as the draft of an agreement: the deal found, the text by the language. */
#include <string.h>

#include "base/catalog.h"
#include "detente/bargain.h"
#include "language/draft.h"
#include "question/setting.h"
#include "question/terms_asked.h"

static dt_status format_of(const dt__format **format, const dt_model *model, const char *among, dt_env *env) {
    const dt__format **formats = DT__ARRAY(env, const dt__format *, model->format_count + 1);
    size_t count = 0;
    dt_status st;

    if (formats == NULL) return DT_ERR_MEMORY;
    st = dt__formats_asked(formats, &count, model, among, env);
    if (st == DT_OK && count != 1)
        st = dt__refuse_option(env, "several-formats", DT__N("a draft needs one format: whose agreement is it?"), NULL);
    if (st == DT_OK) *format = formats[0];
    DT__FREE(env, formats, model->format_count + 1);
    return st;
}

static bool is_solution(const char *deal, dt_solution_kind *kind) {
    for (*kind = DT_SOLUTION_NASH; *kind < DT_SOLUTION_COUNT; *kind = (dt_solution_kind)(*kind + 1))
        if (strcmp(dt_solution_id(*kind), deal) == 0) return true;
    return false;
}

/* The first of the outcomes that a solution chooses. */
static dt_status solve(dt__option *outcome, const dt_model *model, const dt_bargain_opts *opts, dt_solution_kind kind,
                       dt_env *env) {
    dt_bargain_answer *answer = NULL;
    dt_bargain_opts plain = *opts;
    const dt_solution *s;
    dt_status st;

    plain.explain = NULL;
    plain.draws = 0;
    if ((st = dt_bargain(&answer, model, &plain, env)) != DT_OK) return st;
    s = &answer->formats[0].solutions[kind];
    if (s->status == DT_SOLUTION_FOUND && s->ties > 0)
        memcpy(outcome, s->points[0].outcome, model->issue_count * sizeof *outcome);
    else
        st = dt__refuse_option(env, "no-such-deal", DT__N("the solution “{0}” has no deal here"), dt_solution_id(kind));
    dt_bargain_free(answer, env);
    return st;
}

static void hint_solution(const char *deal, dt_env *env) {
    const char *ids[DT_SOLUTION_COUNT], *nearest;

    for (unsigned i = 0; i < DT_SOLUTION_COUNT; i++) ids[i] = dt_solution_id((dt_solution_kind)i);
    if ((nearest = dt__nearest(deal, ids, DT_SOLUTION_COUNT)) != NULL)
        dt__hint(env, "did you mean “{0}”?", nearest, NULL);
}

/* A solution, a proposal, or terms: what they do not name stays as without a deal. */
static dt_status find_deal(dt__draft *draft, dt__option *outcome, const dt_bargain_opts *opts, const char *deal,
                           dt_env *env) {
    const dt_model *model = draft->model;
    dt__option named[DT__MAX_ISSUES];
    dt_solution_kind kind;
    uint32_t proposal;
    dt_status st;

    draft->deal = deal;
    if (is_solution(deal, &kind)) return solve(outcome, model, opts, kind, env);
    if ((st = dt__terms_asked(named, &proposal, model, deal, env)) != DT_OK) {
        if (st == DT_ERR_ARGUMENT) hint_solution(deal, env);
        return st;
    }
    for (size_t i = 0; i < model->issue_count; i++)
        outcome[i] = named[i] == DT__NO_OPTION ? draft->no_deal[i] : named[i];
    if (proposal != DT__NO_INDEX)
        draft->deal = dt__label_text(&model->proposals[proposal].name, env->opts.language, deal);
    return DT_OK;
}

dt_status dt_bargain_agreement(const dt_sink *sink, const dt_model *model, const dt_bargain_opts *opts,
                               const char *deal, dt_env *env) {
    dt__settings given = {.settings = opts->settings, .count = opts->setting_count, .at = opts->at};
    dt__option outcome[DT__MAX_ISSUES];
    dt__draft draft = {.model = model, .outcome = outcome};
    dt__setting setting;
    dt_bargain_opts one = *opts;
    dt_status st;

    if ((st = dt__refuse_graph(model, env)) != DT_OK) return dt__settled(env, st);
    if ((st = dt__setting_init(&setting, model, &given, env)) != DT_OK) return dt__settled(env, st);
    draft.no_deal = setting.no_deal;
    st = format_of(&draft.format, model, opts->among, env);
    if (st == DT_OK) {
        one.among = draft.format->id;
        st = find_deal(&draft, outcome, &one, deal, env);
    }
    if (st == DT_OK) st = dt__draft_write(&draft, sink, env);
    dt__setting_clear(&setting, env);
    return dt__settled(env, st);
}
