/* The deals that "would it hold?" is asked about: one, or every proposal and what bargaining solutions choose. */
#include <string.h>

#include "detente/bargain.h"
#include "hold/leaving.h"
#include "question/terms_asked.h"

static const dt_solution_kind kinds[] = {DT_SOLUTION_NASH, DT_SOLUTION_KALAI_SMORODINSKY, DT_SOLUTION_EGALITARIAN};

static dt_status ask_one(dt__deal_asked *deal, dt__hold_work *w) {
    dt__option named[DT__MAX_ISSUES];
    uint32_t proposal;
    dt_status st = dt__terms_asked(named, &proposal, w->model, w->opts->deal, w->env);

    if (st != DT_OK) return st;
    *deal = (dt__deal_asked){.origin = DT_DEAL_ASKED, .proposal = proposal, .format = DT__NO_INDEX};
    for (size_t i = 0; i < w->model->issue_count; i++)
        deal->outcome[i] = named[i] == DT__NO_OPTION ? w->setting->no_deal[i] : named[i];
    return DT_OK;
}

static void add_solution(dt__deal_asked *list, size_t *count, const dt__hold_work *w, const dt_bargain_format *f,
                         uint32_t kind) {
    const dt_solution *solution = &f->solutions[kinds[kind]];
    size_t bytes = w->model->issue_count * sizeof(dt__option);

    for (size_t t = 0; t < solution->ties && solution->status == DT_SOLUTION_FOUND && *count < DT__MOST_DEALS; t++) {
        size_t i = 0;
        while (i < *count &&
               (list[i].origin != DT_DEAL_SOLUTION || memcmp(list[i].outcome, solution->points[t].outcome, bytes) != 0))
            i++;
        if (i == *count) {
            list[i] = (dt__deal_asked){.origin = DT_DEAL_SOLUTION, .proposal = DT__NO_INDEX, .format = f->format};
            memcpy(list[i].outcome, solution->points[t].outcome, bytes);
            (*count)++;
        }
        list[i].solutions |= UINT32_C(1) << kind;
    }
}

/* The solutions of the format asked for. */
static dt_status ask_solutions(dt__deal_asked *list, size_t *count, dt__hold_work *w) {
    dt_bargain_answer *answer = NULL;
    double deadline = w->env->deadline; /* of this question */
    dt_bargain_opts opts;
    dt_status st;

    if (w->opts->among == NULL) return DT_OK;
    dt_bargain_opts_init(&opts);
    opts.among = w->opts->among;
    opts.settings = w->opts->settings;
    opts.setting_count = w->opts->setting_count;
    opts.at = w->opts->at;
    opts.within = w->opts->within;
    st = dt_bargain(&answer, w->model, &opts, w->env);
    w->env->deadline = deadline;
    for (uint32_t k = 0; st == DT_OK && k < sizeof kinds / sizeof *kinds; k++)
        add_solution(list, count, w, &answer->formats[0], k);
    dt_bargain_free(answer, w->env);
    return st;
}

dt_status dt__deals_asked(dt__deal_asked **list, size_t *count, dt__hold_work *w) {
    dt__deal_asked *deals = DT__ARRAY(w->env, dt__deal_asked, DT__MOST_DEALS);

    *list = deals;
    *count = 0;
    if (deals == NULL) return DT_ERR_MEMORY;
    if (w->opts->deal != NULL && strcmp(w->opts->deal, "all") != 0) {
        *count = 1;
        return ask_one(&deals[0], w);
    }
    for (uint32_t i = 0; i < w->model->proposal_count && *count < DT__MOST_DEALS; i++) {
        dt__deal_asked *deal = &deals[(*count)++];
        *deal = (dt__deal_asked){.origin = DT_DEAL_PROPOSAL, .proposal = i, .format = DT__NO_INDEX};
        dt__proposal_outcome(w->model, &w->model->proposals[i], w->setting->no_deal, deal->outcome);
    }
    return ask_solutions(deals, count, w);
}
