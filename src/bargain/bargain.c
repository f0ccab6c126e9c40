#include <string.h>

#include "bargain/draws.h"
#include "bargain/statement.h"
#include "base/catalog.h"

enum { DEFAULT_POINTS = 1000 };
static const uint64_t max_draws = 10000000;

void dt_bargain_opts_init(dt_bargain_opts *opts) {
    *opts = (dt_bargain_opts){.seed = 1, .points = DEFAULT_POINTS};
}

void dt_bargain_free(dt_bargain_answer *answer, dt_env *env) {
    if (answer != NULL) dt__answer_memory_free(answer->memory, env);
}

/* One question with everything that it holds on the way. */
typedef struct question {
    const dt_model *model;
    const dt_bargain_opts *opts;
    dt_env *env;
    const dt__format **formats;
    size_t format_count;
    dt__setting *setting;
    dt__bargain_work *works;
    dt__option explained[DT__MAX_ISSUES];
    dt__builder builder;
    dt_bargain_answer *answer;
    dt_bargain_format *answers;
} question;

/* ---- weights ---- */

static dt_status given_weight(question *q, dt__rational *weight, const dt_setting *given) {
    if (!dt__rational_parse(weight, given->value, strlen(given->value)) || weight->num <= 0)
        return dt__refuse_option(q->env, "bad-weight", DT__N("“{0}” is no weight: expected a number above zero"),
                                 given->value);
    return DT_OK;
}

/* The model's capabilities; all alike when one of them is not above zero. */
static void default_weights(const question *q, dt__rational *weights) {
    bool usable = true;

    for (size_t p = 0; p < q->model->party_count; p++) {
        dt__number_id id = q->model->parties[p].capability;
        weights[p] = id == DT__NO_NUMBER ? DT__RATIONAL(1) : q->setting->valuation.numbers[id];
        usable &= weights[p].num > 0;
    }
    for (size_t p = 0; p < q->model->party_count && !usable; p++) weights[p] = DT__RATIONAL(1);
}

static dt_status choose_weights(question *q) {
    dt__rational weights[DT__MAX_PARTIES];
    dt_status st = DT_OK;

    default_weights(q, weights);
    for (size_t i = 0; i < q->opts->weight_count && st == DT_OK; i++) {
        uint32_t party = dt__model_party(q->model, q->opts->weights[i].name);
        if (party == DT__NO_INDEX)
            return dt__refuse_option(q->env, "unknown-party", DT__N("there is no party “{0}”"),
                                     q->opts->weights[i].name);
        st = given_weight(q, &weights[party], &q->opts->weights[i]);
    }
    for (size_t f = 0; f < q->format_count; f++) {
        for (size_t d = 0; d < q->works[f].count; d++) q->works[f].weights[d] = weights[q->works[f].parties[d]];
    }
    return st;
}

/* ---- the deal to be explained: a proposal, or ISSUE=OPTION,... ---- */

static dt_status explain_term(question *q, const char *term, size_t length) {
    char *copy = DT__ARRAY(q->env, char, length + 1), *equals;
    uint32_t issue, option = DT__NO_INDEX;

    if (copy == NULL) return DT_ERR_MEMORY;
    memcpy(copy, term, length);
    equals = strchr(copy, '=');
    if (equals != NULL) *equals = '\0';
    issue = equals == NULL ? DT__NO_INDEX : dt__model_issue(q->model, copy);
    if (issue != DT__NO_INDEX) option = dt__issue_option(&q->model->issues[issue], equals + 1);
    if (option != DT__NO_INDEX) q->explained[issue] = (dt__option)option;
    if (equals != NULL) *equals = '=';
    if (option == DT__NO_INDEX && issue != DT__NO_INDEX)
        dt__diagnose(q->env, DT_ERROR, (dt__place){.file = ""}, "unknown-option", "issue “{0}” has no option “{1}”",
                     q->model->issues[issue].id, strchr(copy, '=') + 1, NULL);
    else if (option == DT__NO_INDEX)
        dt__refuse_option(q->env, "unknown-deal", DT__N("“{0}” is neither a proposal nor ISSUE=OPTION"), copy);
    DT__FREE(q->env, copy, length + 1);
    return option == DT__NO_INDEX ? DT_ERR_ARGUMENT : DT_OK;
}

static dt_status find_explained(question *q) {
    const char *at = q->opts->explain;
    dt_status st = DT_OK;

    if (at == NULL) return DT_OK;
    memcpy(q->explained, q->setting->no_deal, q->model->issue_count * sizeof *q->explained);
    for (size_t i = 0; i < q->model->proposal_count; i++) {
        if (strcmp(q->model->proposals[i].id, at) != 0) continue;
        dt__proposal_outcome(q->model, &q->model->proposals[i], q->setting->no_deal, q->explained);
        return DT_OK;
    }
    while (st == DT_OK) {
        const char *comma = strchr(at, ',');
        st = explain_term(q, at, comma == NULL ? strlen(at) : (size_t)(comma - at));
        if (comma == NULL) break;
        at = comma + 1;
    }
    return st;
}

/* ---- preparation ---- */

static dt_status prepare_answer(question *q) {
    dt_status st = dt__builder_init(&q->builder, q->env);

    if (st != DT_OK) return st;
    q->answer = DT__BUILDER_ARRAY(&q->builder, dt_bargain_answer, 1);
    q->answers = DT__BUILDER_ARRAY(&q->builder, dt_bargain_format, q->format_count);
    if (q->answer == NULL || q->answers == NULL) return DT_ERR_MEMORY;
    *q->answer =
        (dt_bargain_answer){.memory = q->builder.arena, .format_count = q->format_count, .formats = q->answers};
    q->answer->draws = q->opts->draws;
    q->answer->seed = q->opts->seed;
    q->answer->months = dt__builder_exact(&q->builder, q->setting->situation.months);
    q->answer->no_deal = dt__builder_outcome(&q->builder, q->setting->no_deal, q->model->issue_count);
    return DT_OK;
}

static dt_status prepare(question *q) {
    dt__settings given = {
        .settings = q->opts->settings, .count = q->opts->setting_count, .at = q->opts->at, .within = q->opts->within};
    dt_status st;

    if ((st = dt__refuse_graph(q->model, q->env)) != DT_OK) return st;
    if (!(q->opts->epsilon >= 0 && q->opts->epsilon < 1))
        return dt__refuse_option(q->env, "out-of-range", DT__N("epsilon is a share of a range: from 0 to below 1"), "");
    if (q->opts->draws > max_draws)
        return dt__refuse_option(q->env, "out-of-range", DT__N("at most {0} draws can be made"), "10000000");
    if ((q->formats = DT__ARRAY(q->env, const dt__format *, q->model->format_count)) == NULL) return DT_ERR_MEMORY;
    if ((st = dt__formats_asked(q->formats, &q->format_count, q->model, q->opts->among, q->env)) != DT_OK) return st;
    if ((q->setting = DT__NEW(q->env, dt__setting)) == NULL) return DT_ERR_MEMORY;
    if ((st = dt__setting_init(q->setting, q->model, &given, q->env)) != DT_OK) return st;
    if ((st = find_explained(q)) != DT_OK) return st;
    if ((q->works = DT__ARRAY(q->env, dt__bargain_work, q->format_count)) == NULL) return DT_ERR_MEMORY;
    for (size_t f = 0; f < q->format_count; f++) {
        if ((st = dt__bargain_work_init(&q->works[f], q->formats[f], q->setting, q->opts->epsilon, q->env)) != DT_OK)
            return st;
    }
    if ((st = choose_weights(q)) != DT_OK) return st;
    return prepare_answer(q);
}

static void question_clear(question *q) {
    for (size_t f = 0; q->works != NULL && f < q->format_count; f++) dt__bargain_work_clear(&q->works[f], q->env);
    if (q->works != NULL) DT__FREE(q->env, q->works, q->format_count == 0 ? 1 : q->format_count);
    if (q->setting != NULL) {
        dt__setting_clear(q->setting, q->env);
        DT__FREE(q->env, q->setting, 1);
    }
    if (q->formats != NULL) DT__FREE(q->env, q->formats, q->model->format_count == 0 ? 1 : q->model->format_count);
    dt__builder_clear(&q->builder);
}

/* ---- one format ---- */

static void add_limit_note(dt__builder *b, dt_bargain_format *out, const dt__bargain_work *w) {
    dt__text *note = dt__builder_scratch(b);

    if (!w->winning.complete)
        dt__text_message(note, "the consent rule has too many minimal winning sets to look at each.", NULL);
    else if (!w->found)
        dt__text_message(note,
                         "the frontier is too large to find within the limits, even thinned out; set a time limit or "
                         "ask within a scenario.",
                         NULL);
    else if (w->searched && (!out->rational.exact || !out->frontier.exact))
        dt__text_message(note,
                         "points of the frontier may be missing; a time limit of some minutes may find them, or ask "
                         "within a scenario.",
                         NULL);
    else if (!out->rational.exact || !out->frontier.exact)
        dt__text_message(note, "the frontier was thinned out; no vector is missed by more than the epsilon given.",
                         NULL);
    else if (!w->multiplicities_known && !w->searched)
        dt__text_message(note, "how many outcomes attain each vector of the zone was not counted.", NULL);
    else return;
    out->limit_note = dt__builder_take(b);
}

static dt_status answer_format(question *q, size_t f) {
    dt__builder *b = &q->builder;
    dt__bargain_work *w = &q->works[f];
    dt_bargain_format *out = &q->answers[f];
    dt_status st;

    *out = (dt_bargain_format){.format = (uint32_t)(w->format - q->model->formats)};
    if ((st = dt__find_vectors(w, q->env)) != DT_OK) return st;
    if ((st = dt__answer_vectors(b, out, w, q->opts->points)) != DT_OK) return st;
    if ((st = dt__answer_solutions(b, out, w)) != DT_OK) return st;
    if ((st = dt__answer_power(b, out, w)) != DT_OK) return st;
    if ((st = dt__answer_core(b, out, w)) != DT_OK) return st;
    if (q->opts->explain != NULL && (st = dt__answer_explanation(b, out, w, q->explained)) != DT_OK) return st;
    add_limit_note(b, out, w);
    return q->opts->verify ? dt__verify_bargain(b, out, w) : DT_OK;
}

static dt_status answer_question(question *q) {
    dt_status st = prepare(q);

    for (size_t f = 0; f < q->format_count && st == DT_OK; f++) {
        st = answer_format(q, f);
        dt__progress(q->env, DT__N("working"), (double)(f + 1) / (double)q->format_count);
    }
    if (st == DT_OK && q->opts->draws > 0 && q->format_count > 0) {
        st = dt__answer_draws(&q->builder, q->answers, q->works, q->format_count, &q->answer->draws, q->opts->seed);
    }
    if (st != DT_OK || q->answer == NULL) return st;
    q->answer->verified = q->opts->verify;
    for (size_t f = 0; f < q->format_count; f++) q->answer->verified &= q->answers[f].verified;
    return DT_OK;
}

dt_status dt_bargain(dt_bargain_answer **out, const dt_model *model, const dt_bargain_opts *opts, dt_env *env) {
    question q = {.model = model, .opts = opts, .env = env};
    dt_status st;

    *out = NULL;
    dt__clock_start(env);
    st = answer_question(&q);
    if (st == DT_OK && (st = dt__builder_finish(&q.builder)) == DT_OK) *out = q.answer;
    question_clear(&q);
    return dt__settled(env, st);
}
