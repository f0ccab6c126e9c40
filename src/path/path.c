#include "path/answer_way.h"

#include "base/catalog.h"
#include "base/threads.h"

static const uint64_t max_draws = 1000000;

void dt_path_opts_init(dt_path_opts *opts) {
    *opts = (dt_path_opts){.bundle = 1, .seed = 1};
}

void dt_path_free(dt_path_answer *answer, dt_env *env) {
    if (answer != NULL) dt__answer_memory_free(answer->memory, env);
}

/* One question with everything that it holds on the way. */
typedef struct question {
    const dt_model *model;
    const dt_path_opts *opts;
    dt_env *env;
    const dt__format **formats;
    size_t format_count;
    dt__setting *setting;
    dt__destination *destinations;
    size_t destination_count;
    dt__path_work *works;
    dt__builder builder;
    dt_path_answer *answer; /* in the builder's memory */
    dt_path_format *answers;
} question;

static size_t at_least_one(size_t count) {
    return count == 0 ? 1 : count;
}

/* ---- what is asked ---- */

static dt_status check_options(const question *q) {
    if (q->opts->bundle < 1 || q->opts->bundle > DT__MOST_BUNDLE)
        return dt__refuse_option(q->env, "out-of-range", DT__N("a step changes from 1 to {0} issues"), "8");
    if (q->opts->draws > max_draws)
        return dt__refuse_option(q->env, "out-of-range", DT__N("at most {0} draws can be made"), "1000000");
    return DT_OK;
}

static dt_status prepare_works(question *q) {
    dt_status st = DT_OK;

    if ((q->works = DT__ARRAY(q->env, dt__path_work, q->format_count)) == NULL) return DT_ERR_MEMORY;
    for (size_t f = 0; f < q->format_count && st == DT_OK; f++)
        st = dt__path_work_init(&q->works[f], q->formats[f], q->setting, q->opts, q->destinations, q->destination_count,
                                q->env);
    return st;
}

static dt_status prepare(question *q) {
    dt__settings given = {
        .settings = q->opts->settings, .count = q->opts->setting_count, .at = q->opts->at, .within = q->opts->within};
    dt_status st;

    if ((st = check_options(q)) != DT_OK) return st;
    if ((q->formats = DT__ARRAY(q->env, const dt__format *, q->model->format_count)) == NULL) return DT_ERR_MEMORY;
    if ((st = dt__formats_asked(q->formats, &q->format_count, q->model, q->opts->among, q->env)) != DT_OK) return st;
    if ((q->setting = DT__NEW(q->env, dt__setting)) == NULL) return DT_ERR_MEMORY;
    if ((st = dt__setting_init(q->setting, q->model, &given, q->env)) != DT_OK) return st;
    q->destinations = DT__ARRAY(q->env, dt__destination, dt__destination_room(q->model));
    if (q->destinations == NULL) return DT_ERR_MEMORY;
    st = dt__destinations_asked(q->destinations, &q->destination_count, q->setting, q->opts->to, q->env);
    if (st == DT_OK) st = dt__builder_init(&q->builder, q->env);
    return st == DT_OK ? prepare_works(q) : st;
}

static void question_clear(question *q) {
    for (size_t f = 0; q->works != NULL && f < q->format_count; f++) dt__path_work_clear(&q->works[f], q->env);
    if (q->works != NULL) DT__FREE(q->env, q->works, at_least_one(q->format_count));
    if (q->destinations != NULL) DT__FREE(q->env, q->destinations, dt__destination_room(q->model));
    if (q->setting != NULL) {
        dt__setting_clear(q->setting, q->env);
        DT__FREE(q->env, q->setting, 1);
    }
    if (q->formats != NULL) DT__FREE(q->env, q->formats, at_least_one(q->model->format_count));
    dt__builder_clear(&q->builder);
}

/* ---- the search ---- */

static dt_status run_format(void *payload, size_t f, unsigned worker) {
    question *q = payload;
    dt__path_work *w = &q->works[f];
    dt_status st;

    (void)worker;
    if (q->opts->to != NULL) return dt__find_way(w, 0, q->env);
    if ((st = dt__find_overview(w, true, 0, q->env)) != DT_OK) return st;
    return dt__find_way(w, 0, q->env); /* the zone */
}

/* ---- the answer ---- */

static void describe_principles(question *q) {
    const dt__situation *s = &q->setting->situation;
    uint32_t *kept = DT__BUILDER_ARRAY(&q->builder, uint32_t, q->model->principle_count);
    uint32_t *broken = DT__BUILDER_ARRAY(&q->builder, uint32_t, q->model->principle_count);

    q->answer->kept = kept;
    q->answer->broken_at_start = broken;
    for (uint32_t i = 0; kept != NULL && broken != NULL && i < q->model->principle_count; i++) {
        const dt__principle *p = &q->model->principles[i];
        if (p->kind != DT__PRINCIPLE_ORDER && p->kind != DT__PRINCIPLE_PRESENT) continue;
        kept[q->answer->kept_count++] = i;
        if (dt__principle_broken(q->model, p, NULL, s->no_deal, s->no_deal)) broken[q->answer->broken_count++] = i;
    }
}

static dt_status describe(question *q) {
    dt__builder *b = &q->builder;
    dt_status st = DT_OK;

    q->answer = DT__BUILDER_ARRAY(b, dt_path_answer, 1);
    q->answers = DT__BUILDER_ARRAY(b, dt_path_format, q->format_count);
    if (q->answer == NULL || q->answers == NULL) return DT_ERR_MEMORY;
    *q->answer = (dt_path_answer){.memory = b->arena, .strict = q->opts->strict, .detailed = q->opts->to != NULL};
    q->answer->bundle = q->opts->bundle;
    q->answer->steps = q->opts->steps;
    q->answer->months = dt__builder_exact(b, q->setting->situation.months);
    q->answer->no_deal = dt__builder_outcome(b, q->setting->no_deal, q->model->issue_count);
    q->answer->formats = q->answers;
    q->answer->format_count = q->format_count;
    q->answer->seed = q->opts->seed;
    describe_principles(q);
    for (size_t f = 0; f < q->format_count && st == DT_OK; f++)
        st = dt__answer_path_format(b, &q->answers[f], &q->works[f]);
    return st;
}

static dt_status verify(question *q) {
    dt_status st = DT_OK;

    q->answer->verified = q->opts->verify;
    for (size_t f = 0; f < q->format_count && q->opts->verify && st == DT_OK; f++) {
        st = dt__replay_format(&q->builder, &q->answers[f], &q->works[f]);
        q->answer->verified &= q->answers[f].verified;
    }
    return st;
}

static dt_status repeat_over_draws(question *q) {
    if (q->opts->draws == 0 || q->format_count == 0) return DT_OK;
    q->answer->draws = q->opts->draws;
    return dt__path_draws(q->answers, q->works, q->format_count, &q->answer->draws, q->opts->seed, q->env);
}

static dt_status answer_question(question *q) {
    dt_status st;

    if ((st = prepare(q)) != DT_OK) return st;
    if ((st = dt__parallel(q->env, q->format_count, run_format, q)) != DT_OK) return st;
    if ((st = describe(q)) != DT_OK) return st;
    if ((st = verify(q)) != DT_OK) return st;
    return repeat_over_draws(q);
}

dt_status dt_path(dt_path_answer **out, const dt_model *model, const dt_path_opts *opts, dt_env *env) {
    question q = {.model = model, .opts = opts, .env = env};
    dt_status st;

    *out = NULL;
    dt__clock_start(env);
    st = answer_question(&q);
    if (st == DT_OK && (st = dt__builder_finish(&q.builder)) == DT_OK) *out = q.answer;
    question_clear(&q);
    return dt__settled(env, st);
}
