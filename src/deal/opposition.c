/* How opposed two parties are on an issue. */
#include "deal/answer.h"
#include "model/utility.h"

enum { MAX_COMPARED = 1024 }; /* options; above, all pairs would take too long to be worth it */

/* A party's term on an issue, one value per option; NULL when it has none. */
typedef struct profile {
    const dt__rational *values;
} profile;

static const dt__term *term_on(const dt__preferences *prefs, uint32_t issue) {
    if (prefs == NULL || dt__is_ordinal(prefs)) return NULL;
    for (size_t t = 0; t < prefs->term_count; t++) {
        if (prefs->terms[t].issue == issue) return &prefs->terms[t];
    }
    return NULL;
}

static dt_status profile_on(profile *out, dt__arena *arena, const dt__situation *s, uint32_t party, uint32_t issue,
                            dt_env *env) {
    const dt__term *term = term_on(s->model->parties[party].preferences, issue);
    uint32_t options = s->model->issues[issue].option_count;
    dt__rational *values, weights;
    dt_status st;

    out->values = NULL;
    if (term == NULL || options > MAX_COMPARED) return DT_OK;
    if ((st = dt__weight_sum(&weights, s->model, s->valuation, party, env)) != DT_OK) return st;
    if ((values = DT__ARENA_ARRAY(arena, dt__rational, options)) == NULL) return DT_ERR_MEMORY;
    for (uint32_t o = 0; o < options && st == DT_OK; o++)
        st = dt__term_utility(&values[o], s->model, s->valuation, party, term, (dt__option)o, weights, env);
    out->values = values;
    return st;
}

/* Discordant pairs among the pairs that both order strictly (Kendall 1938); false when there is none. */
static bool discordance(dt__rational *out, profile a, profile b, uint32_t options) {
    dt__int128 opposite = 0, all = 0;

    for (uint32_t i = 0; i < options; i++) {
        for (uint32_t j = i + 1; j < options; j++) {
            int order = dt__rational_compare(a.values[i], a.values[j]) * dt__rational_compare(b.values[i], b.values[j]);
            all += order != 0;
            opposite += order < 0;
        }
    }
    return all > 0 && dt__rational_make(out, opposite, all);
}

static dt_status compare_on(dt__builder *b, dt__vector *list, const profile *profiles, const dt_model *model,
                            uint32_t issue) {
    for (uint32_t p = 0; p < model->party_count; p++) {
        for (uint32_t q = p + 1; q < model->party_count; q++) {
            dt_opposition o = {.issue = issue, .party_a = p, .party_b = q};
            dt__rational share;
            dt_status st;
            if (profiles[p].values == NULL || profiles[q].values == NULL) continue;
            if (!discordance(&share, profiles[p], profiles[q], model->issues[issue].option_count)) continue;
            o.opposition = dt__builder_exact(b, share);
            if ((st = dt__vector_push(list, &o, b->env)) != DT_OK) return st;
        }
    }
    return DT_OK;
}

static dt_status compare_parties(dt__builder *b, dt__vector *list, const dt__situation *s, uint32_t issue) {
    profile profiles[DT__MAX_PARTIES];
    dt__arena arena;
    dt_status st = DT_OK;

    dt__arena_init(&arena, b->env);
    for (uint32_t p = 0; p < s->model->party_count && st == DT_OK; p++)
        st = profile_on(&profiles[p], &arena, s, p, issue, b->env);
    if (st == DT_OK) st = compare_on(b, list, profiles, s->model, issue);
    dt__arena_clear(&arena);
    return st;
}

dt_status dt__answer_oppositions(dt__builder *b, dt_deal_answer *answer, const dt__setting *setting) {
    const dt__situation *s = &setting->situation;
    dt__vector list = DT__VECTOR(dt_opposition);
    dt_opposition *copy;
    dt_status st = DT_OK;

    for (uint32_t i = 0; i < s->model->issue_count && st == DT_OK; i++) st = compare_parties(b, &list, s, i);
    copy = DT__BUILDER_ARRAY(b, dt_opposition, list.count);
    for (size_t i = 0; copy != NULL && i < list.count; i++) copy[i] = *DT__AT(list, dt_opposition, i);
    answer->oppositions = copy;
    answer->opposition_count = list.count;
    dt__vector_clear(&list, b->env);
    return st;
}
