#include <math.h>
#include <string.h>

#include "base/catalog.h"
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
    dt__deal_setting *setting;
    dt__format_work *works;
    size_t scenario_count;   /* asked about in each format, after the whole */
    dt__format_work *scenario_works; /* of format f: scenario_works[f * scenario_count ...] */
    dt__answer_builder builder;
    dt_deal_format *answers;
} question;

/* ---- what is asked ---- */

static dt_status refuse(dt_env *env, const char *code, const char *msgid, const char *argument) {
    dt__diagnose(env, DT_ERROR, (dt__place){.file = ""}, code, msgid, argument, NULL);
    return DT_ERR_ARGUMENT;
}

static dt_status unknown_format(const question *q) {
    const char *const *known;
    const char **ids = DT__ARRAY(q->env, const char *, q->model->format_count);
    const char *nearest;

    if (ids == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < q->model->format_count; i++) ids[i] = q->model->formats[i].id;
    known = ids;
    nearest = dt__nearest(q->opts->among, known, q->model->format_count);
    refuse(q->env, "unknown-format", "there is no format “{0}”", q->opts->among);
    if (nearest != NULL) dt__hint(q->env, "did you mean “{0}”?", nearest, NULL);
    DT__FREE(q->env, ids, q->model->format_count == 0 ? 1 : q->model->format_count);
    return DT_ERR_ARGUMENT;
}

static dt_status choose_formats(question *q) {
    uint32_t only = q->opts->among == NULL ? DT__NO_INDEX : dt__model_format(q->model, q->opts->among);

    if (q->opts->among != NULL && only == DT__NO_INDEX) return unknown_format(q);
    if (q->opts->over > MAX_MONTHS) return refuse(q->env, "out-of-range", "at most {0} months can be looked ahead", "1200");
    if (q->opts->draws > max_draws) return refuse(q->env, "out-of-range", "at most {0} draws can be made", "1000000000");
    q->formats = DT__ARRAY(q->env, const dt__format *, q->model->format_count);
    if (q->formats == NULL) return DT_ERR_MEMORY;
    for (uint32_t i = 0; i < q->model->format_count; i++) {
        if (only == DT__NO_INDEX || only == i) q->formats[q->format_count++] = &q->model->formats[i];
    }
    return DT_OK;
}

static dt_status prepare(question *q) {
    dt_status st;

    if ((st = choose_formats(q)) != DT_OK) return st;
    if ((q->setting = DT__NEW(q->env, dt__deal_setting)) == NULL) return DT_ERR_MEMORY;
    if ((st = dt__deal_setting_init(q->setting, q->model, q->opts, q->env)) != DT_OK) return st;
    if ((q->works = DT__ARRAY(q->env, dt__format_work, q->format_count)) == NULL) return DT_ERR_MEMORY;
    for (size_t f = 0; f < q->format_count; f++) {
        if ((st = dt__format_work_init(&q->works[f], q->formats[f], q->setting, q->setting->within, q->env)) != DT_OK) return st;
    }
    return dt__answer_init(&q->builder, q->env);
}

/* Each scenario by itself: is there a deal that brings it about? */
static dt_status prepare_scenarios(question *q) {
    size_t works = q->format_count * q->model->scenario_count;

    if (q->setting->within != DT__NO_INDEX || works == 0) return DT_OK;
    q->scenario_count = q->model->scenario_count;
    if ((q->scenario_works = DT__ARRAY(q->env, dt__format_work, works)) == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < works; i++) {
        const dt__format *format = q->formats[i / q->scenario_count];
        dt_status st = dt__format_work_init(&q->scenario_works[i], format, q->setting, (uint32_t)(i % q->scenario_count), q->env);
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
        dt__deal_setting_clear(q->setting, q->env);
        DT__FREE(q->env, q->setting, 1);
    }
    if (q->formats != NULL) DT__FREE(q->env, q->formats, q->model->format_count == 0 ? 1 : q->model->format_count);
    dt__answer_abandon(&q->builder);
}

/* ---- the parts of an answer ---- */

/* Does no deal itself lie in the zone? */
static void place_no_deal(question *q) {
    const dt_deal_answer *a = q->builder.answer;
    dt__party_set accepting = 0;
    bool coherent = true;

    for (size_t i = 0; i < a->no_deal_count; i++) {
        if (a->no_deal_values[i].accepts) accepting |= (dt__party_set)1 << a->no_deal_values[i].party;
    }
    for (size_t i = 0; i < q->model->rule_count; i++) coherent &= dt__condition_holds(q->model->rules[i].require, q->setting->no_deal);
    if (q->setting->within != DT__NO_INDEX) coherent &= dt__condition_holds(q->model->scenarios[q->setting->within].when, q->setting->no_deal);
    for (size_t f = 0; f < q->format_count; f++) {
        q->works[f].no_deal_in_zone = coherent && dt__consent_wins(&q->formats[f]->consent, accepting);
    }
}

static dt_status describe_no_deal(question *q) {
    dt__answer_builder *b = &q->builder;
    dt_deal_answer *a = b->answer;
    dt_status st;

    a->months = dt__answer_exact(b, q->setting->situation.months);
    a->no_deal = dt__answer_outcome(b, q->setting->no_deal, q->model->issue_count);
    st = dt__answer_judgements(b, &a->no_deal_values, &a->no_deal_count, q->setting, q->setting->no_deal);
    if (st == DT_OK) place_no_deal(q);
    return st;
}

static dt_status describe_formats(question *q) {
    dt__answer_builder *b = &q->builder;

    q->answers = DT__ANSWER_ARRAY(b, dt_deal_format, q->format_count);
    if (q->answers == NULL) return DT_ERR_MEMORY;
    for (size_t f = 0; f < q->format_count; f++) {
        dt__answer_format(b, &q->answers[f], &q->works[f]);
        q->answers[f].zone.has_no_deal = q->works[f].no_deal_in_zone;
    }
    b->answer->formats = q->answers;
    b->answer->format_count = q->format_count;
    return DT_OK;
}

static dt_status describe_scenarios(question *q) {
    dt_status st = prepare_scenarios(q);

    for (size_t f = 0; f < q->format_count && st == DT_OK && q->scenario_count > 0; f++) {
        dt_deal_format *list = DT__ANSWER_ARRAY(&q->builder, dt_deal_format, q->scenario_count);
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
        dt_zone *list = DT__ANSWER_ARRAY(&q->builder, dt_zone, months);
        if (list == NULL) st = DT_ERR_MEMORY;
        for (size_t m = 0; m < months && st == DT_OK; m++) list[m] = dt__answer_zone(&q->builder, &zones[m * q->format_count + f]);
        q->answers[f].months = list;
        q->answers[f].month_count = months;
    }
    DT__FREE(q->env, zones, months * q->format_count == 0 ? 1 : months * q->format_count);
    return st;
}

/* Wilson 1927, 95 %; undecided draws widen it: they count as no deal below and as deals above. */
static void wilson(dt_deal_format *f, double n) {
    const double z = 1.959963984540054;
    double low = (double)f->deals / n, high = (double)(f->deals + f->undecided) / n, centre, half;

    f->probability = low;
    centre = (low + z * z / (2 * n)) / (1 + z * z / n);
    half = z / (1 + z * z / n) * sqrt(low * (1 - low) / n + z * z / (4 * n * n));
    f->low = fmax(0, centre - half);
    centre = (high + z * z / (2 * n)) / (1 + z * z / n);
    half = z / (1 + z * z / n) * sqrt(high * (1 - high) / n + z * z / (4 * n * n));
    f->high = fmin(1, centre + half);
}

static dt_status repeat_over_draws(question *q) {
    dt__draw_counts *counts;
    dt_status st;

    q->builder.answer->draws = q->opts->draws;
    q->builder.answer->seed = q->opts->seed;
    if (q->opts->draws == 0) return DT_OK;
    if ((counts = DT__ARRAY(q->env, dt__draw_counts, q->format_count)) == NULL) return DT_ERR_MEMORY;
    st = dt__run_draws(counts, q->formats, q->format_count, q->setting, q->opts->draws, q->opts->seed, q->env);
    for (size_t f = 0; f < q->format_count && st == DT_OK; f++) {
        q->answers[f].deals = counts[f].deals;
        q->answers[f].undecided = counts[f].undecided;
        wilson(&q->answers[f], (double)q->opts->draws);
    }
    DT__FREE(q->env, counts, q->format_count == 0 ? 1 : q->format_count);
    return st;
}

/* The same question without its settings, for the difference: zones and no deal only. */
static dt_status answer_base(question *q);

static dt_status verify_formats(question *q) {
    dt_deal_answer *a = q->builder.answer;
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
    if ((st = dt__answer_proposals(&q->builder, q->answers, q->setting)) != DT_OK) return st;
    dt__answer_no_deal_breaks(&q->builder, q->setting);
    if ((st = dt__answer_oppositions(&q->builder, q->setting)) != DT_OK) return st;
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
    if (st == DT_OK) st = dt__answer_finish(&base.builder, &answer);
    if (st == DT_OK) base.builder = (dt__answer_builder){0}; /* handed over */
    question_clear(&base);
    q->builder.answer->base = answer;
    return st;
}

dt_status dt_deal(dt_deal_answer **out, const dt_model *model, const dt_deal_opts *opts, dt_env *env) {
    question q = {.model = model, .opts = opts, .env = env};
    dt_deal_answer *answer = NULL;
    const dt_deal_answer *base = NULL;
    dt_status st;

    *out = NULL;
    dt__clock_start(env);
    st = answer_question(&q, true);
    if (q.builder.answer != NULL) base = q.builder.answer->base;
    if (st == DT_OK) st = dt__answer_finish(&q.builder, &answer);
    if (st == DT_OK) q.builder = (dt__answer_builder){0}; /* handed over */
    else dt_deal_free((dt_deal_answer *)base, env);
    question_clear(&q);
    *out = answer;
    return st;
}
