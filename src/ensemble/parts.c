#include "ensemble/parts.h"

#include <string.h>

typedef struct maker {
    dt__parts *parts;
    dt__arena *arena;
    const dt__option *no_deal;
    dt__option *outcome; /* scratch */
} maker;

/* Is no deal given to a party as a number? */
static bool is_given(const dt__parts *parts, uint32_t dimension) {
    return parts->amounts->model->parties[parts->parties[dimension]].preferences->no_deal != DT__NO_NUMBER;
}

static dt__part *same_scope(dt__parts *parts, uint32_t dimension, const uint32_t *vars, uint32_t count) {
    for (size_t i = 0; i < parts->count; i++) {
        dt__part *p = &parts->list[i];
        if (p->dimension == dimension && p->var_count == count && memcmp(p->vars, vars, count * sizeof *vars) == 0)
            return p;
    }
    return NULL;
}

/* The table over the variables among some issues: one for each dimension and scope.  The model was compiled before
 * (space/problem.h), so no scope is too wide. */
static dt__part *part_over(maker *m, uint32_t dimension, const dt__issue_set *issues) {
    const dt__problem *p = m->parts->problem;
    uint32_t vars[DT__MAX_ISSUES], count = 0;
    dt__part *part;
    size_t size = 1;

    for (uint32_t v = 0; v < p->var_count; v++) {
        if (dt__issue_set_has(issues, p->issues[v])) vars[count++] = v;
    }
    if ((part = same_scope(m->parts, dimension, vars, count)) != NULL) return part;
    part = &m->parts->list[m->parts->count];
    *part = (dt__part){.dimension = dimension,
                       .var_count = count,
                       .vars = DT__ARENA_ARRAY(m->arena, uint32_t, count),
                       .strides = DT__ARENA_ARRAY(m->arena, uint32_t, count)};
    if (part->vars == NULL || part->strides == NULL) return NULL;
    for (uint32_t i = 0; i < count; i++) {
        part->vars[i] = vars[i];
        part->strides[i] = (uint32_t)size;
        size *= p->sizes[vars[i]];
        part->no_deal += (size_t)part->strides[i] * m->no_deal[p->issues[vars[i]]];
    }
    part->size = size;
    if (is_given(m->parts, dimension)) part->no_deal = size;
    part->fixed = DT__ARENA_ARRAY(m->arena, int64_t, size);
    part->most = DT__ARENA_ARRAY(m->arena, int64_t, size);
    part->masks = DT__ARENA_ARRAY(m->arena, uint64_t, size * m->parts->words);
    if (part->fixed == NULL || part->most == NULL || part->masks == NULL) return NULL;
    m->parts->count++;
    return part;
}

static void include(int64_t *fixed, uint64_t *mask, const dt__share *share) {
    if (share->amount == DT__FIXED_AMOUNT) *fixed += share->fixed;
    else mask[share->amount / 64] |= UINT64_C(1) << (share->amount % 64);
}

static void set_combination(maker *m, const dt__part *part, size_t index) {
    const dt__problem *p = m->parts->problem;

    for (uint32_t i = 0; i < part->var_count; i++)
        m->outcome[p->issues[part->vars[i]]] = (dt__option)(index / part->strides[i] % p->sizes[part->vars[i]]);
}

static dt_status add_term(maker *m, uint32_t dimension, const dt__term *term, const dt__share *cells) {
    dt__issue_set issues = {{0}};
    dt__part *part;

    dt__issue_set_add(&issues, term->issue);
    if ((part = part_over(m, dimension, &issues)) == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < part->size; i++) {
        dt__option o = part->var_count == 0 ? m->no_deal[term->issue] : (dt__option)i;
        include(&part->fixed[i], part->masks + i * m->parts->words, &cells[o]);
    }
    return DT_OK;
}

static dt_status add_adjust(maker *m, uint32_t dimension, const dt__condition *when, const dt__share *share) {
    dt__issue_set issues = {{0}};
    dt__part *part;

    dt__condition_scope(when, &issues);
    if ((part = part_over(m, dimension, &issues)) == NULL) return DT_ERR_MEMORY;
    memcpy(m->outcome, m->no_deal, m->parts->problem->model->issue_count * sizeof *m->outcome);
    for (size_t i = 0; i < part->size; i++) {
        set_combination(m, part, i);
        if (dt__condition_holds(when, m->outcome)) include(&part->fixed[i], part->masks + i * m->parts->words, share);
    }
    return DT_OK;
}

/* What the outcome of no deal is worth to a party, where its worth is not given as a number. */
static void include_no_deal(maker *m, uint32_t dimension) {
    dt__parts *parts = m->parts;
    uint32_t party = parts->parties[dimension];
    const dt__preferences *prefs = parts->amounts->model->parties[party].preferences;
    const dt__party_amounts *own = &parts->amounts->parties[party];
    int64_t *fixed = &parts->no_deal_fixed[dimension];
    uint64_t *mask = parts->no_deal_masks + dimension * parts->words;

    if (is_given(parts, dimension)) return;
    for (size_t t = 0; t < prefs->term_count; t++)
        include(fixed, mask, &own->cells[t][m->no_deal[prefs->terms[t].issue]]);
    for (size_t a = 0; a < prefs->adjust_count; a++) {
        if (dt__condition_holds(prefs->adjust[a].when, m->no_deal)) include(fixed, mask, &own->adjusts[a]);
    }
}

static dt_status add_dimension(maker *m, uint32_t dimension) {
    uint32_t party = m->parts->parties[dimension];
    const dt__preferences *prefs = m->parts->amounts->model->parties[party].preferences;
    const dt__party_amounts *own = &m->parts->amounts->parties[party];
    dt_status st = DT_OK;

    for (size_t t = 0; t < prefs->term_count && st == DT_OK; t++)
        st = add_term(m, dimension, &prefs->terms[t], own->cells[t]);
    for (size_t a = 0; a < prefs->adjust_count && st == DT_OK; a++)
        st = add_adjust(m, dimension, prefs->adjust[a].when, &own->adjusts[a]);
    include_no_deal(m, dimension);
    return st;
}

/* Most that a combination can gain over no deal, whatever is drawn. */
static int64_t most_of(const dt__parts *parts, const dt__part *part, size_t index) {
    const uint64_t *mask = part->masks + index * parts->words, *without = part->masks + part->no_deal * parts->words;
    bool relative = part->no_deal < part->size;
    int64_t most = part->fixed[index] - (relative ? part->fixed[part->no_deal] : 0);

    for (size_t w = 0; w < parts->words; w++) {
        uint64_t base = relative ? without[w] : 0, more = mask[w] & ~base, less = base & ~mask[w];
        for (; more != 0; more &= more - 1) most += parts->amounts->list[w * 64 + (size_t)__builtin_ctzll(more)].high;
        for (; less != 0; less &= less - 1) most -= parts->amounts->list[w * 64 + (size_t)__builtin_ctzll(less)].low;
    }
    return most;
}

dt_status dt__parts_init(dt__parts *parts, const dt__problem *problem, const dt__amounts *amounts,
                         const uint32_t *parties, size_t dimensions, const dt__option *no_deal, dt__arena *arena) {
    maker m = {.parts = parts,
               .arena = arena,
               .no_deal = no_deal,
               .outcome = DT__ARENA_ARRAY(arena, dt__option, problem->model->issue_count)};
    dt_status st = DT_OK;

    *parts = (dt__parts){.problem = problem,
                         .amounts = amounts,
                         .dimensions = dimensions,
                         .parties = parties,
                         .words = (amounts->count + 63) / 64};
    if (parts->words == 0) parts->words = 1;
    for (size_t d = 0; d < dimensions; d++) {
        const dt__preferences *prefs = amounts->model->parties[parties[d]].preferences;
        parts->capacity += prefs->term_count + prefs->adjust_count;
    }
    parts->list = DT__ARENA_ARRAY(arena, dt__part, parts->capacity);
    parts->no_deal_fixed = DT__ARENA_ARRAY(arena, int64_t, dimensions);
    parts->no_deal_masks = DT__ARENA_ARRAY(arena, uint64_t, dimensions * parts->words);
    if (!m.outcome || !parts->list || !parts->no_deal_fixed || !parts->no_deal_masks) return DT_ERR_MEMORY;
    for (uint32_t d = 0; d < dimensions && st == DT_OK; d++) st = add_dimension(&m, d);
    for (size_t i = 0; i < parts->count; i++) {
        dt__part *part = &parts->list[i];
        for (size_t j = 0; j < part->size; j++) part->most[j] = most_of(parts, part, j);
    }
    return st;
}
