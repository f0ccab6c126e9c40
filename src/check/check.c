#include "check/check.h"

#include <string.h>

#include "base/count.h"

void dt_check_opts_init(dt_check_opts *opts) {
    *opts = (dt_check_opts){0};
}

static void find(dt__check *c, dt_severity severity, dt__place place, const char *code, const char *msgid,
                 const char *a, const char *b, const char *d) {
    dt__diagnose(c->env, severity, place, code, msgid, a == NULL ? "" : a, b == NULL ? "" : b, d == NULL ? "" : d,
                 NULL);
    c->answer->findings++;
}

void dt__check_warn(dt__check *c, dt__place place, const char *code, const char *msgid, const char *a, const char *b,
                    const char *d) {
    find(c, DT_WARNING, place, code, msgid, a, b, d);
    c->answer->warnings++;
}

void dt__check_note(dt__check *c, dt__place place, const char *code, const char *msgid, const char *a, const char *b,
                    const char *d) {
    find(c, DT_NOTE, place, code, msgid, a, b, d);
}

/* ---- how large the model is ---- */

static dt_status print_outcomes(dt_check_answer *a, const dt_model *model, dt__arena *arena) {
    dt__limb count[DT__COUNT_MAX_LIMBS];
    char *copy;
    dt__text text;

    dt__count_set(count, DT__COUNT_MAX_LIMBS, 1);
    for (size_t i = 0; i < model->issue_count; i++)
        dt__count_scale(count, model->issues[i].option_count, DT__COUNT_MAX_LIMBS);
    dt__text_init(&text, arena->env);
    dt__count_print(&text, count, DT__COUNT_MAX_LIMBS);
    copy = text.failed ? NULL : dt__arena_string(arena, dt__text_get(&text), text.length);
    dt__text_clear(&text);
    a->outcomes = copy;
    return copy == NULL ? DT_ERR_MEMORY : DT_OK;
}

static dt_status measure(dt_check_answer *a, const dt_model *model, dt__arena *arena) {
    a->parties = model->party_count;
    a->issues = model->issue_count;
    a->formats = model->format_count;
    a->rules = model->rule_count;
    a->principles = model->principle_count;
    a->proposals = model->proposal_count;
    a->scenarios = model->scenario_count;
    a->quantities = model->quantity_count;
    a->claims = model->claim_count;
    for (size_t p = 0; p < model->party_count; p++) {
        if (model->parties[p].preferences != NULL) a->red_lines += model->parties[p].preferences->red_line_count;
    }
    return print_outcomes(a, model, arena);
}

static dt_status run_checks(dt__check *c, dt__arena *arena) {
    dt_status st;

    if ((st = measure(c->answer, c->model, arena)) != DT_OK) return st;
    dt__check_numbers(c);
    if ((st = dt__check_quotes(c)) != DT_OK) return st;
    dt__check_idle(c);
    dt__check_oddities(c);
    if ((st = dt__check_graph(c)) != DT_OK) return st;
    if ((st = dt__check_contradictions(c)) != DT_OK) return st;
    return c->env->diagnostics_lost ? DT_ERR_MEMORY : DT_OK;
}

dt_status dt_check(dt_check_answer **out, const dt_model *model, const dt_check_opts *opts, dt_env *env) {
    dt__arena *arena = DT__NEW(env, dt__arena);
    dt__check c = {.model = model, .opts = opts, .env = env};
    dt_status st = DT_ERR_MEMORY;

    *out = NULL;
    if (arena == NULL) return DT_ERR_MEMORY;
    dt__arena_init(arena, env);
    c.answer = DT__ARENA_NEW(arena, dt_check_answer);
    if (c.answer != NULL) {
        c.answer->memory = arena;
        st = run_checks(&c, arena);
    }
    if (st == DT_OK) {
        *out = c.answer;
        return DT_OK;
    }
    dt__arena_clear(arena);
    DT__FREE(env, arena, 1);
    return st;
}

void dt_check_free(dt_check_answer *answer, dt_env *env) {
    dt__arena *arena;

    if (answer == NULL) return;
    arena = answer->memory;
    dt__arena_clear(arena);
    DT__FREE(env, arena, 1);
}
