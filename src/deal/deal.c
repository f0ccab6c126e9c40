#include <math.h>
#include <string.h>

#include "base/catalog.h"
#include "base/wilson.h"
#include "deal/answer.h"
#include "deal/verify.h"

enum { MAX_MONTHS = 1200, DEFAULT_LIST = 1000 };
static const uint64_t max_draws = 1000000000;

void dt_deal_opts_init(dt_deal_opts *opts) {
    *opts = (dt_deal_opts){.seed = 1, .list_limit = DEFAULT_LIST};
}

/* One question with everything that it holds on the way. */
typedef struct question {
    const dt_model *model;
    const dt_deal_opts *opts;
    dt_env *env;
    const dt__format **formats; /* asked for */
    size_t format_count;
    dt__setting *setting;
    dt__format_work *works;
    size_t scenario_count;           /* asked about in each format, after the whole */
    dt__format_work *scenario_works; /* of format f: scenario_works[f * scenario_count ...] */
    dt__builder builder;
    dt_deal_answer *answer; /* in the builder's memory */
    dt_deal_format *answers;
} question;

/* ---- what is asked ---- */

static dt_status choose_formats(question *q) {
    if (q->opts->over > MAX_MONTHS)
        return dt__refuse_option(q->env, "out-of-range", DT__N("at most {0} months can be looked ahead"), "1200");
    if (q->opts->draws > max_draws)
        return dt__refuse_option(q->env, "out-of-range", DT__N("at most {0} draws can be made"), "1000000000");
    q->formats = DT__ARRAY(q->env, const dt__format *, q->model->format_count);
    if (q->formats == NULL) return DT_ERR_MEMORY;
    return dt__formats_asked(q->formats, &q->format_count, q->model, q->opts->among, q->env);
}

static dt_status prepare_answer(question *q) {
    dt_status st = dt__builder_init(&q->builder, q->env);

    if (st != DT_OK) return st;
    q->answer = DT__BUILDER_ARRAY(&q->builder, dt_deal_answer, 1);
    if (q->answer == NULL) return DT_ERR_MEMORY;
    q->answer->memory = q->builder.arena;
    return DT_OK;
}

static dt_status prepare(question *q) {
    dt__settings given = {.settings = q->opts->settings,
                          .count = q->opts->setting_count,
                          .at = q->opts->at,
                          .within = q->opts->within,
                          .list_limit = q->opts->list_limit};
    dt_status st;

    if ((st = dt__refuse_graph(q->model, q->env)) != DT_OK) return st;
    if ((st = choose_formats(q)) != DT_OK) return st;
    if ((q->setting = DT__NEW(q->env, dt__setting)) == NULL) return DT_ERR_MEMORY;
    if ((st = dt__setting_init(q->setting, q->model, &given, q->env)) != DT_OK) return st;
    if ((q->works = DT__ARRAY(q->env, dt__format_work, q->format_count)) == NULL) return DT_ERR_MEMORY;
    for (size_t f = 0; f < q->format_count; f++) {
        if ((st = dt__format_work_init(&q->works[f], q->formats[f], q->setting, q->setting->within, q->env)) != DT_OK)
            return st;
    }
    return prepare_answer(q);
}

/* Each scenario by itself: is there a deal that brings it about? */
static dt_status prepare_scenarios(question *q) {
    size_t works = q->format_count * q->model->scenario_count;

    if (q->setting->within != DT__NO_INDEX || works == 0) return DT_OK;
    q->scenario_count = q->model->scenario_count;
    if ((q->scenario_works = DT__ARRAY(q->env, dt__format_work, works)) == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < works; i++) {
        const dt__format *format = q->formats[i / q->scenario_count];
        dt_status st =
            dt__format_work_init(&q->scenario_works[i], format, q->setting, (uint32_t)(i % q->scenario_count), q->env);
        if (st != DT_OK) return st;
    }
    return dt__run_formats(q->scenario_works, works, DT__BLOCKERS, q->opts->list_limit, q->env);
}

static void free_works(dt__format_work *works, size_t count, dt_env *env) {
    for (size_t i = 0; works != NULL && i < count; i++) dt__format_work_clear(&works[i], env);
    if (works != NULL) DT__FREE(env, works, count == 0 ? 1 : count);
}

static void question_clear(question *q) {
    free_works(q->works, q->format_count, q->env);
    free_works(q->scenario_works, q->format_count * q->scenario_count, q->env);
    if (q->setting != NULL) {
        dt__setting_clear(q->setting, q->env);
        DT__FREE(q->env, q->setting, 1);
    }
    if (q->formats != NULL) DT__FREE(q->env, q->formats, q->model->format_count == 0 ? 1 : q->model->format_count);
    dt__builder_clear(&q->builder);
}

/* ---- the parts of an answer ---- */

/* Does no deal itself lie in the zone? */
static void place_no_deal(question *q) {
    const dt_deal_answer *a = q->answer;
    dt__party_set accepting = dt__accepting(a->no_deal_values, a->no_deal_count);
    bool coherent = true;

    for (size_t i = 0; i < q->model->rule_count; i++)
        coherent &= dt__condition_holds(q->model->rules[i].require, q->setting->no_deal);
    if (q->setting->within != DT__NO_INDEX)
        coherent &= dt__condition_holds(q->model->scenarios[q->setting->within].when, q->setting->no_deal);
    for (size_t f = 0; f < q->format_count; f++) {
        q->works[f].no_deal_in_zone = coherent && dt__consent_wins(&q->formats[f]->consent, accepting);
    }
}

static dt_status describe_no_deal(question *q) {
    dt__builder *b = &q->builder;
    dt_deal_answer *a = q->answer;
    dt_status st;

    a->months = dt__builder_exact(b, q->setting->situation.months);
    a->no_deal = dt__builder_outcome(b, q->setting->no_deal, q->model->issue_count);
    st = dt__builder_judgements(b, &a->no_deal_values, &a->no_deal_count, q->setting, q->setting->no_deal);
    if (st == DT_OK) place_no_deal(q);
    return st;
}

static dt_status describe_formats(question *q) {
    dt__builder *b = &q->builder;

    q->answers = DT__BUILDER_ARRAY(b, dt_deal_format, q->format_count);
    if (q->answers == NULL) return DT_ERR_MEMORY;
    for (size_t f = 0; f < q->format_count; f++) {
        dt__answer_format(b, &q->answers[f], &q->works[f]);
        q->answers[f].zone.has_no_deal = q->works[f].no_deal_in_zone;
    }
    q->answer->formats = q->answers;
    q->answer->format_count = q->format_count;
    return DT_OK;
}

static dt_status describe_scenarios(question *q) {
    dt_status st = prepare_scenarios(q);

    for (size_t f = 0; f < q->format_count && st == DT_OK && q->scenario_count > 0; f++) {
        dt_deal_format *list = DT__BUILDER_ARRAY(&q->builder, dt_deal_format, q->scenario_count);
        if (list == NULL) return DT_ERR_MEMORY;
        for (size_t s = 0; s < q->scenario_count; s++) {
            dt__answer_format(&q->builder, &list[s], &q->scenario_works[f * q->scenario_count + s]);
        }
        q->answers[f].scenarios = list;
        q->answers[f].scenario_count = q->scenario_count;
    }
    return st;
}

static dt_status look_ahead(question *q) {
    size_t months = (size_t)q->opts->over + 1;
    dt__format_work *zones;
    dt_status st;

    if (q->opts->over == 0) return DT_OK;
    if ((zones = DT__ARRAY(q->env, dt__format_work, months * q->format_count)) == NULL) return DT_ERR_MEMORY;
    st = dt__run_months(zones, q->formats, q->format_count, q->setting, q->opts->over, q->env);
    for (size_t f = 0; f < q->format_count && st == DT_OK; f++) {
        dt_zone *list = DT__BUILDER_ARRAY(&q->builder, dt_zone, months);
        if (list == NULL) st = DT_ERR_MEMORY;
        for (size_t m = 0; m < months && st == DT_OK; m++)
            list[m] = dt__answer_zone(&q->builder, &zones[m * q->format_count + f]);
        q->answers[f].months = list;
        q->answers[f].month_count = months;
    }
    DT__FREE(q->env, zones, months * q->format_count == 0 ? 1 : months * q->format_count);
    return st;
}

/* Undecided draws widen the interval: they count as no deal below and as deals above. */
static dt_draw_share draw_share(uint64_t deals, uint64_t undecided, double n) {
    double share = (double)deals / n;
    dt__share_interval range = dt__wilson(share, (double)(deals + undecided) / n, n);

    return (dt_draw_share){
        .deals = deals, .undecided = undecided, .probability = share, .low = range.low, .high = range.high};
}

static dt_status repeat_over_draws(question *q) {
    dt__draw_counts *counts;
    dt_status st;

    q->answer->draws = q->opts->draws;
    q->answer->seed = q->opts->seed;
    if (q->opts->draws == 0) return DT_OK;
    if ((counts = DT__ARRAY(q->env, dt__draw_counts, q->format_count)) == NULL) return DT_ERR_MEMORY;
    st = dt__run_draws(counts, q->formats, q->format_count, q->setting, q->opts->draws, q->opts->seed, q->env);
    for (size_t f = 0; f < q->format_count && st == DT_OK; f++) {
        double n = (double)q->opts->draws;
        q->answers[f].draws = draw_share(counts[f].deals, counts[f].undecided, n);
        q->answers[f].beside = draw_share(counts[f].beside, counts[f].beside_undecided, n);
    }
    DT__FREE(q->env, counts, q->format_count == 0 ? 1 : q->format_count);
    return st;
}

/* The same question without its settings, for the difference: zones and no deal only. */
static dt_status answer_base(question *q);

static dt_status verify_formats(question *q) {
    dt_deal_answer *a = q->answer;
    dt_status st = DT_OK;

    a->verified = q->opts->verify;
    for (size_t f = 0; f < q->format_count && q->opts->verify && st == DT_OK; f++) {
        st = dt__verify_format(&q->builder, &q->answers[f], &q->works[f]);
        a->verified &= q->answers[f].verified;
    }
    return st;
}

static dt_status answer_question(question *q, bool thorough) {
    dt_status st;

    if ((st = prepare(q)) != DT_OK) return st;
    if ((st = describe_no_deal(q)) != DT_OK) return st;
    st = dt__run_formats(q->works, q->format_count, thorough ? DT__EVERYTHING : DT__ZONES, q->opts->list_limit, q->env);
    if (st != DT_OK) return st;
    if ((st = describe_formats(q)) != DT_OK) return st;
    if (!thorough) return DT_OK;
    if ((st = describe_scenarios(q)) != DT_OK) return st;
    if ((st = dt__answer_proposals(&q->builder, q->answers, q->format_count, q->setting)) != DT_OK) return st;
    dt__answer_no_deal_breaks(&q->builder, q->answer, q->setting);
    if ((st = dt__answer_oppositions(&q->builder, q->answer, q->setting)) != DT_OK) return st;
    if ((st = look_ahead(q)) != DT_OK) return st;
    if ((st = repeat_over_draws(q)) != DT_OK) return st;
    if ((st = verify_formats(q)) != DT_OK) return st;
    return answer_base(q);
}

static dt_status answer_base(question *q) {
    dt_deal_opts opts = *q->opts;
    question base = {.model = q->model, .opts = &opts, .env = q->env};
    dt_deal_answer *answer = NULL;
    dt_status st;

    if (q->opts->setting_count == 0) return DT_OK;
    opts.setting_count = 0;
    opts.over = 0;
    opts.draws = 0;
    opts.verify = false;
    st = answer_question(&base, false);
    if (st == DT_OK && (st = dt__builder_finish(&base.builder)) == DT_OK) answer = base.answer;
    question_clear(&base);
    q->answer->base = answer;
    return st;
}

dt_status dt_deal(dt_deal_answer **out, const dt_model *model, const dt_deal_opts *opts, dt_env *env) {
    question q = {.model = model, .opts = opts, .env = env};
    const dt_deal_answer *base = NULL;
    dt_status st;

    *out = NULL;
    dt__clock_start(env);
    st = answer_question(&q, true);
    if (q.answer != NULL) base = q.answer->base;
    if (st == DT_OK && (st = dt__builder_finish(&q.builder)) == DT_OK) *out = q.answer;
    else dt_deal_free((dt_deal_answer *)base, env);
    question_clear(&q);
    return dt__settled(env, st);
}
