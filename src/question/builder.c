#include "question/builder.h"

#include <string.h>

#include "model/utility.h"

dt_status dt__builder_init(dt__builder *b, dt_env *env) {
    *b = (dt__builder){.env = env};
    dt__text_init(&b->scratch, env);
    if ((b->arena = DT__NEW(env, dt__arena)) == NULL) return DT_ERR_MEMORY;
    dt__arena_init(b->arena, env);
    return DT_OK;
}

void dt__answer_memory_free(void *memory, dt_env *env) {
    dt__arena *arena = memory;
    dt__arena_clear(arena);
    DT__FREE(env, arena, 1);
}

void dt__builder_clear(dt__builder *b) {
    if (b->env == NULL) return;
    if (b->arena != NULL) dt__answer_memory_free(b->arena, b->env);
    dt__text_clear(&b->scratch);
    *b = (dt__builder){0};
}

dt_status dt__builder_finish(dt__builder *b) {
    dt_status st = b->failed || b->scratch.failed ? DT_ERR_MEMORY : DT_OK;

    if (st == DT_OK) b->arena = NULL;
    dt__builder_clear(b);
    return st;
}

void *dt__builder_alloc(dt__builder *b, size_t count, size_t item) {
    void *memory = dt__arena_alloc(b->arena, count, item);
    if (memory == NULL) b->failed = true;
    return memory;
}

const char *dt__builder_text(dt__builder *b, const char *text) {
    char *copy = dt__arena_string(b->arena, text, strlen(text));
    if (copy == NULL) b->failed = true;
    return copy;
}

dt__text *dt__builder_scratch(dt__builder *b) {
    b->scratch.length = 0;
    return &b->scratch;
}

const char *dt__builder_take(dt__builder *b) {
    return dt__builder_text(b, dt__text_get(&b->scratch));
}

dt_exact dt__builder_exact(dt__builder *b, dt__rational value) {
    dt__rational_print(dt__builder_scratch(b), value);
    return (dt_exact){.text = dt__builder_take(b), .value = dt__rational_double(value)};
}

dt_exact dt__builder_count(dt__builder *b, const dt__limb *count, size_t limbs) {
    dt__count_print(dt__builder_scratch(b), count, limbs);
    return (dt_exact){.text = dt__builder_take(b), .value = dt__count_double(count, limbs)};
}

dt_outcome dt__builder_outcome(dt__builder *b, const dt__option *outcome, size_t count) {
    dt__option *copy = DT__BUILDER_ARRAY(b, dt__option, count);
    if (copy != NULL) memcpy(copy, outcome, count * sizeof *copy);
    return copy;
}

/* ---- judgements ---- */

static dt_status judge_utility(dt__builder *b, dt_judgement *j, const dt__situation *s, const dt__option *outcome) {
    dt__rational utility, no_deal, gain;
    dt_status st;

    if ((st = dt__utility(&utility, s->model, s->valuation, j->party, outcome, b->env)) != DT_OK) return st;
    if ((st = dt__reservation(&no_deal, s->model, s->valuation, j->party, s->no_deal, s->months, b->env)) != DT_OK)
        return st;
    if (!dt__rational_sub(&gain, utility, no_deal)) return dt__too_large_number(s->model, j->party, b->env);
    j->utility = dt__builder_exact(b, utility);
    j->no_deal = dt__builder_exact(b, no_deal);
    j->gain = dt__builder_exact(b, gain);
    j->preference = (dt_preference)dt__rational_sign(gain);
    return DT_OK;
}

static dt_status judge_rank(dt__builder *b, dt_judgement *j, const dt__situation *s, const dt__option *outcome) {
    int order = 0;
    dt_status st = dt__compare_outcomes(&order, s->model, s->valuation, j->party, outcome, s->no_deal, b->env);

    j->preference = (dt_preference)order;
    return st;
}

static void judge_red_lines(dt__builder *b, dt_judgement *j, const dt__preferences *prefs, const dt__option *outcome) {
    uint32_t *crossed = DT__BUILDER_ARRAY(b, uint32_t, prefs->red_line_count);

    j->red_lines = crossed;
    for (uint32_t i = 0; crossed != NULL && i < prefs->red_line_count; i++) {
        if (!dt__condition_holds(prefs->red_lines[i].require, outcome)) crossed[j->red_line_count++] = i;
    }
}

dt_status dt__builder_judgements(dt__builder *b, const dt_judgement **out, size_t *count, const dt__setting *setting,
                                 const dt__option *outcome) {
    const dt__situation *s = &setting->situation;
    dt_judgement *list = DT__BUILDER_ARRAY(b, dt_judgement, s->model->party_count);
    dt_status st = DT_OK;

    *out = list;
    *count = 0;
    if (list == NULL) return DT_ERR_MEMORY;
    for (uint32_t p = 0; p < s->model->party_count && st == DT_OK; p++) {
        const dt__preferences *prefs = s->model->parties[p].preferences;
        dt_judgement *j = &list[*count];
        if (prefs == NULL) continue;
        *j = (dt_judgement){.party = p};
        st = dt__is_ordinal(prefs) ? judge_rank(b, j, s, outcome) : judge_utility(b, j, s, outcome);
        judge_red_lines(b, j, prefs, outcome);
        j->accepts = j->red_line_count == 0 && j->preference != DT_WORSE;
        (*count)++;
    }
    return st;
}

dt__party_set dt__accepting(const dt_judgement *judgements, size_t count) {
    dt__party_set accepting = 0;
    for (size_t i = 0; i < count; i++) {
        if (judgements[i].accepts) accepting |= (dt__party_set)1 << judgements[i].party;
    }
    return accepting;
}
