#include <math.h>
#include <string.h>

#include "base/catalog.h"
#include "hold/work.h"

enum { DEFAULT_STATES = 10000, MANY_OUTCOMES = 1 << 22 };
static const uint64_t max_draws = 10000000;
static const size_t max_horizon = 1000;

void dt_hold_opts_init(dt_hold_opts *opts) {
    *opts = (dt_hold_opts){.seed = 1, .states = DEFAULT_STATES};
}

void dt_hold_free(dt_hold_answer *answer, dt_env *env) {
    if (answer != NULL) dt__answer_memory_free(answer->memory, env);
}

const char *dt_concept_id(dt_concept concept) {
    static const char *const ids[] = {[DT_CONCEPT_NASH] = "nash",
                                      [DT_CONCEPT_GMR] = "gmr",
                                      [DT_CONCEPT_SMR] = "smr",
                                      [DT_CONCEPT_SEQ] = "seq",
                                      [DT_CONCEPT_SSEQ] = "sseq"};
    return (unsigned)concept < DT_CONCEPT_COUNT ? ids[concept] : NULL;
}

/* ---- what is asked ---- */

static double combinations(const dt_model *m) {
    double product = 1;
    for (size_t i = 0; i < m->issue_count; i++) product *= m->issues[i].option_count;
    return product;
}

/* Does the question need the graph of all outcomes? */
static bool asks_for_states(const dt_hold_opts *o) {
    return o->whole || o->from != NULL || o->explain != NULL || o->make != NULL || o->within != NULL || o->coalitions ||
           o->horizon > 0 || o->margins || o->arcs || o->verify;
}

/* A large model with proposals is asked what its user wants to know first: whether they would be left. */
static bool is_about_deals(const dt_model *m, const dt_hold_opts *o) {
    return o->deal == NULL && m->proposal_count > 0 && combinations(m) > MANY_OUTCOMES && !asks_for_states(o);
}

/* ---- preparation ---- */

static dt_status check_options(const dt_hold_opts *opts, dt_env *env) {
    if (opts->draws > max_draws)
        return dt__refuse_option(env, "out-of-range", DT__N("at most {0} draws can be made"), "10000000");
    if (opts->horizon > max_horizon)
        return dt__refuse_option(env, "out-of-range", DT__N("the horizon is at most {0} moves"), "1000");
    return DT_OK;
}

/* Everything may vary; with a format it is its agreement that can be left. */
static dt_status make_graph(dt__hold_work *w) {
    dt__option anchor[DT__MAX_ISSUES];
    dt__graph_scope scope;

    dt__graph_scope_whole(&scope, anchor, &w->setting->situation);
    if (w->opts->among != NULL) {
        uint32_t format = dt__model_format(w->model, w->opts->among);
        scope.leaving = dt__consent_parties(&w->model->formats[format].consent);
    }
    return dt__graph_init(&w->graph, &w->setting->situation, &scope, NULL, w->env);
}

static bool can_move(const dt__graph *graph, uint32_t party) {
    dt__moves moves;

    for (dt__state s = 0; s < graph->state_count; s++) {
        dt__moves_begin(&moves, graph, party, s);
        if (dt__moves_next(&moves) != DT__NO_STATE) return true;
    }
    return false;
}

static void choose_parties(dt__hold_work *w) {
    for (uint32_t p = 0; p < w->model->party_count; p++) {
        if (w->model->parties[p].preferences != NULL || can_move(&w->graph, p)) w->who[w->who_count++] = p;
    }
}

/* A party whose priorities are uncertain has ranks, but they are those of one completion only. */
static void note_partial(dt__hold_work *w) {
    w->partial = w->graph.partial;
    for (size_t i = 0; i < w->who_count; i++) {
        const dt__preferences *p = w->model->parties[w->who[i]].preferences;
        for (size_t j = 0; p != NULL && p->form == DT__FORM_PRIORITIES && j < p->priority_count; j++) {
            if (p->priorities[j].uncertain) w->partial |= (dt__party_set)1 << w->who[i];
        }
    }
}

static dt_status check_format(dt__hold_work *w) {
    const dt__format **formats;
    size_t count;
    dt_status st;

    if (w->opts->among == NULL) return DT_OK;
    if ((formats = DT__ARRAY(w->env, const dt__format *, w->model->format_count)) == NULL) return DT_ERR_MEMORY;
    st = dt__formats_asked(formats, &count, w->model, w->opts->among, w->env);
    DT__FREE(w->env, formats, w->model->format_count == 0 ? 1 : w->model->format_count);
    return st;
}

static dt_status prepare_answer(dt__hold_work *w) {
    dt_status st = dt__builder_init(&w->builder, w->env);

    if (st != DT_OK) return st;
    if ((w->named = dt__hold_new_set(w)) == NULL) return DT_ERR_MEMORY;
    if ((w->answer = DT__BUILDER_ARRAY(&w->builder, dt_hold_answer, 1)) == NULL) return DT_ERR_MEMORY;
    *w->answer = (dt_hold_answer){.memory = w->builder.arena,
                                  .state_count = w->graph.state_count,
                                  .draws = w->opts->draws,
                                  .seed = w->opts->seed};
    w->answer->deals_only = w->opts->deal != NULL;
    w->answer->months = dt__builder_exact(&w->builder, w->setting->situation.months);
    w->answer->no_deal = dt__builder_outcome(&w->builder, w->setting->no_deal, w->model->issue_count);
    return DT_OK;
}

static dt_status prepare(dt__hold_work *w) {
    dt__settings given = {
        .settings = w->opts->settings, .count = w->opts->setting_count, .at = w->opts->at, .within = w->opts->within};
    dt__setting *setting;
    dt_status st;

    dt__arena_init(&w->arena, w->env);
    DT__TRY(check_options(w->opts, w->env));
    DT__TRY(check_format(w));
    if ((setting = DT__NEW(w->env, dt__setting)) == NULL) return DT_ERR_MEMORY;
    st = dt__setting_init(setting, w->model, &given, w->env);
    if (st != DT_OK) DT__FREE(w->env, setting, 1);
    else w->setting = setting;
    if (st != DT_OK) return st;
    if (w->opts->deal != NULL) return prepare_answer(w); /* leaving needs no graph of everything */
    DT__TRY(make_graph(w));
    choose_parties(w);
    note_partial(w);
    DT__TRY(dt__stability_compute(&w->stability, &w->graph, NULL, w->env));
    DT__TRY(dt__board_init(&w->board, &w->has_board, &w->graph, &w->arena));
    if (w->has_board) DT__TRY(dt__tour_init(&w->tour, &w->board, &w->arena));
    st = prepare_answer(w);
done:
    return st;
}

static void work_clear(dt__hold_work *w) {
    dt__stability_clear(&w->stability, w->env);
    dt__graph_clear(&w->graph);
    dt__arena_clear(&w->arena);
    if (w->setting != NULL) {
        dt__setting_clear(w->setting, w->env);
        DT__FREE(w->env, w->setting, 1);
    }
    dt__builder_clear(&w->builder);
}

/* ---- the answer ---- */

/* What a large graph did not allow. */
static void add_limit_note(dt__hold_work *w) {
    static const char *const lacks[] = {
        [DT__LACK_START] =
            DT__N("Ways from the status quo were not looked at: too many states; --from STATE asks for them."),
        [DT__LACK_COALITIONS] =
            DT__N("Coalitions were not looked at: too many parties or states, or unknown preferences."),
        [DT__LACK_MARGINS] = DT__N(
            "How little turns a verdict was not looked at for every state: too many states, or unknown preferences."),
        [DT__LACK_UNKNOWN] = DT__N("Unknown preferences were not looked at: too many states."),
        [DT__LACK_STRENGTH] = DT__N("Strong stability was not looked at: too many states."),
        [DT__LACK_FORESIGHT] = DT__N("Limited foresight was not looked at: too many states, or unknown preferences."),
        [DT__LACK_MAKING] = DT__N(
            "What would make the state an equilibrium was not looked at: too many states, or unknown preferences."),
        [DT__LACK_EXPLANATION] = DT__N("The explanation is not complete: too many states can be reached."),
        [DT__LACK_ARCS] = DT__N("The moves were not listed: there are too many.")};
    dt__text *note = dt__builder_scratch(&w->builder);

    for (size_t i = 0; i < sizeof lacks / sizeof *lacks; i++) {
        if (!w->incomplete[i]) continue;
        if (note->length > 0) dt__text_add_char(note, ' ');
        dt__text_message(note, lacks[i], NULL);
    }
    if (note->length > 0) w->answer->limit_note = dt__builder_take(&w->builder);
}

static void add_states_note(dt__hold_work *w) {
    dt__text *note = dt__builder_scratch(&w->builder), count;

    dt__text_init(&count, w->env);
    dt__text_add_unsigned(&count, (uint64_t)fmin(combinations(w->model), 1e18));
    dt__text_message(note,
                     DT__N("Only its deals were looked at. The graph of all outcomes, up to {0} of them, is looked at "
                           "with --whole."),
                     dt__text_get(&count), NULL);
    dt__text_clear(&count);
    w->answer->limit_note = dt__builder_take(&w->builder);
}

static dt_status answer_question(dt__hold_work *w) {
    static dt_status (*const parts[])(dt__hold_work *) = {
        dt__answer_unknown,    dt__answer_verdicts,  dt__answer_start,   dt__answer_reasons, dt__answer_strength,
        dt__answer_coalitions, dt__answer_foresight, dt__answer_margins, dt__answer_makes,   dt__answer_arcs,
        dt__answer_shares,     dt__answer_deals,     dt__hold_verify,    dt__answer_states};
    enum { PARTS = sizeof parts / sizeof *parts };
    dt_status st = prepare(w);

    if (st == DT_OK && (w->builder.failed || w->builder.scratch.failed)) st = DT_ERR_MEMORY;
    if (w->opts->deal != NULL) {
        if (st == DT_OK && w->unasked) add_states_note(w);
        if (st == DT_OK) w->answer->verified = w->opts->verify; /* leaving is worked out from the definitions alone */
        return st == DT_OK ? dt__answer_deals(w) : st;
    }
    for (size_t i = 0; i < PARTS && st == DT_OK; i++) {
        st = parts[i](w);
        if (st == DT_OK && (w->builder.failed || w->builder.scratch.failed)) st = DT_ERR_MEMORY;
        if (st == DT_OK) st = dt__poll(w->env);
        dt__progress(w->env, DT__N("working"), (double)(i + 1) / (double)PARTS);
    }
    if (st == DT_OK) add_limit_note(w);
    return st;
}

dt_status dt_hold(dt_hold_answer **out, const dt_model *model, const dt_hold_opts *opts, dt_env *env) {
    dt_hold_opts asked = *opts;
    dt__hold_work w = {.model = model, .opts = &asked, .env = env, .unasked = is_about_deals(model, opts)};
    dt_status st;

    *out = NULL;
    if (w.unasked) asked.deal = "all";
    dt__clock_start(env);
    st = answer_question(&w);
    if (st == DT_OK && (st = dt__builder_finish(&w.builder)) == DT_OK) *out = w.answer;
    work_clear(&w);
    return dt__settled(env, st);
}
