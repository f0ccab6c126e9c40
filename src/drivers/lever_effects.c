/* Every lever at every option, on the same draws as without it: what differs is the lever's doing. */
#include <math.h>
#include <string.h>

#include "base/catalog.h"
#include "base/threads.h"
#include "drivers/study.h"

enum { ROWS_PER_TASK = 64 };
#define Z95 1.959963984540054

typedef struct trying {
    dt__study *s;
    dt__panel panel; /* with the lever */
    dt__arena arena;
    dt__evaluators evaluators;
    dt_setting *settings; /* those of the question, and the lever */
    double *values;       /* [row][output] */
} trying;

/* ---- which ---- */

static void list_levers(dt_drivers_answer *answer, dt_lever_effect *list, dt__builder *b, const dt__study *s) {
    const dt_model *m = s->model;

    for (uint32_t i = 0; i < m->issue_count; i++) {
        for (uint32_t o = 0; o < m->issues[i].option_count && m->issues[i].decided_by != DT__NO_INDEX; o++)
            list[answer->lever_count++] = (dt_lever_effect){.name = dt__builder_text(b, m->issues[i].id),
                                                            .value = dt__builder_text(b, m->issues[i].options[o].id),
                                                            .issue = i,
                                                            .option = o,
                                                            .party = m->issues[i].decided_by,
                                                            .stands = s->panel.setting.no_deal[i] == o};
    }
    for (size_t k = 0; k < s->opts->lever_count; k++) {
        const dt_setting *given = &s->opts->levers[k];
        uint32_t issue = dt__model_issue(m, given->name);
        list[answer->lever_count++] = (dt_lever_effect){
            .name = dt__builder_text(b, given->name),
            .value = dt__builder_text(b, given->value),
            .issue = issue,
            .option = issue == DT__NO_INDEX ? DT__NO_INDEX : dt__issue_option(&m->issues[issue], given->value),
            .party = issue == DT__NO_INDEX ? DT__NO_INDEX : m->issues[issue].decided_by};
    }
}

static size_t most_levers(const dt__study *s) {
    size_t most = s->opts->lever_count;
    for (size_t i = 0; i < s->model->issue_count; i++) most += s->model->issues[i].option_count;
    return most;
}

/* ---- one ---- */

static dt_status try_task(void *payload, size_t task, unsigned number) {
    trying *t = payload;
    dt__study *s = t->s;
    dt__evaluator *e = &t->evaluators.list[number];
    size_t from = task * ROWS_PER_TASK, to = from + ROWS_PER_TASK < s->made ? from + ROWS_PER_TASK : s->made;
    dt_status st = dt__poll(e->worker->env);

    for (size_t row = from; row < to && st == DT_OK; row++) {
        dt__give_row(e, s, 0, row);
        st = dt__evaluate(t->values + row * s->output_count, e, s);
    }
    return st;
}

static bool same_voices(const dt__panel *a, const dt__panel *b) {
    if (a->voice_count != b->voice_count) return false;
    for (size_t v = 0; v < a->voice_count; v++)
        if (a->voices[v].kind != b->voices[v].kind || a->voices[v].status != b->voices[v].status) return false;
    return true;
}

static void compare(dt_estimate *differences, const trying *t) {
    const dt__study *s = t->s;
    double n = (double)s->made;

    for (size_t o = 0; o < s->output_count; o++) {
        const double *without = dt__column_of(s, o, 0);
        double sum = 0, squares = 0, mean, half;
        for (size_t row = 0; row < s->made; row++) {
            double d = t->values[row * s->output_count + o] - without[row];
            sum += d;
            squares += d * d;
        }
        mean = sum / n;
        half = s->made < 2 ? 0 : Z95 * sqrt(fmax(0, squares - n * mean * mean) / (n - 1) / n);
        differences[o] = (dt_estimate){mean, mean - half, mean + half};
    }
}

static dt_status draw_again(dt_lever_effect *lever, dt_estimate *differences, trying *t, dt_env *env) {
    dt__study *s = t->s;
    size_t tasks = (s->made + ROWS_PER_TASK - 1) / ROWS_PER_TASK;
    dt__panel_opts asked = {.settings = t->settings,
                            .setting_count = s->opts->setting_count + 1,
                            .among = s->opts->among,
                            .at = s->opts->at,
                            .choices = s->panel.choices,
                            .positional = s->panel.positional_mask,
                            .now = true};
    dt_status st;

    t->settings[s->opts->setting_count] = (dt_setting){.name = lever->name, .value = lever->value};
    dt__arena_init(&t->arena, env);
    st = dt__panel_init(&t->panel, s->model, &asked, &t->arena, env);
    if (st == DT_OK && same_voices(&t->panel, &s->panel)) {
        st = dt__evaluators_init(&t->evaluators, s, &t->panel, tasks, env);
        if (st == DT_OK) st = dt__parallel(env, tasks, try_task, t);
        dt__evaluators_clear(&t->evaluators, env);
        lever->measured = st == DT_OK;
        if (st == DT_OK) compare(differences, t);
        if (st == DT_OK) s->spent += s->made;
    }
    dt__panel_clear(&t->panel, env);
    dt__arena_clear(&t->arena);
    return st;
}

/* Why, at central values.  The question that answers it keeps a clock of its own. */
static dt_status give_reasons(dt_lever_effect *lever, const trying *t, dt_env *env) {
    dt_whatif_answer *reasons = NULL;
    double deadline = env->deadline;
    dt_whatif_opts opts;
    dt_status st;

    if (t->s->model->format_count == 0) return DT_OK;
    dt_whatif_opts_init(&opts);
    opts.among = t->s->opts->among;
    opts.at_before = opts.at_after = t->s->opts->at;
    opts.settings = t->settings;
    opts.setting_count = t->s->opts->setting_count + 1;
    st = dt_whatif(&reasons, t->s->model, t->s->model, &opts, env);
    env->deadline = deadline;
    lever->reasons = reasons;
    return st;
}

static dt_status try_lever(dt_lever_effect *lever, dt__builder *b, trying *t, dt_env *env) {
    dt_estimate *differences = DT__BUILDER_ARRAY(b, dt_estimate, t->s->output_count);
    dt_status st;

    if (differences == NULL) return DT_ERR_MEMORY;
    lever->differences = differences;
    lever->measured = lever->stands;
    if (lever->stands) return DT_OK;
    if (t->s->made == 0 || dt__overdue(env)) {
        t->s->cut = true;
        return DT_OK;
    }
    if ((st = draw_again(lever, differences, t, env)) != DT_OK) return st;
    return give_reasons(lever, t, env);
}

dt_status dt__levers_try(dt_drivers_answer *answer, dt__builder *b, dt__study *s, dt_env *env) {
    dt_lever_effect *list = DT__BUILDER_ARRAY(b, dt_lever_effect, most_levers(s));
    size_t given = s->opts->setting_count;
    trying t = {.s = s};
    dt_status st = DT_OK;

    if (list == NULL) return DT_ERR_MEMORY;
    answer->levers = list;
    list_levers(answer, list, b, s);
    if (b->failed) return DT_ERR_MEMORY;
    t.settings = DT__ARRAY(env, dt_setting, given + 1);
    t.values = DT__ARRAY(env, double, s->made * s->output_count);
    if (t.settings == NULL || t.values == NULL) st = DT_ERR_MEMORY;
    if (st == DT_OK && given > 0) memcpy(t.settings, s->opts->settings, given * sizeof *t.settings);
    for (size_t i = 0; i < answer->lever_count && st == DT_OK; i++) {
        st = try_lever(&list[i], b, &t, env);
        dt__progress(env, DT__N("trying the levers"), (double)(i + 1) / (double)answer->lever_count);
    }
    if (t.settings != NULL) DT__FREE(env, t.settings, given + 1);
    if (t.values != NULL) DT__FREE(env, t.values, s->made * s->output_count == 0 ? 1 : s->made * s->output_count);
    return st;
}
