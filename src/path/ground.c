#include "path/ground.h"

#include <string.h>

#include "model/utility.h"

/* ---- what can move ---- */

static dt__issue_set movable_issues(const dt__format *format, const dt_model *model) {
    dt__issue_set issues = format->agenda;

    for (uint32_t i = 0; i < model->issue_count; i++) {
        uint32_t owner = model->issues[i].decided_by;
        if (owner != DT__NO_INDEX && model->parties[owner].preferences != NULL) dt__issue_set_add(&issues, i);
    }
    return issues;
}

static dt_status describe_variables(dt__ground *g) {
    dt__problem *p = &g->problem;
    size_t count = p->var_count;

    g->on_agenda = DT__ARENA_ARRAY(&p->arena, bool, count);
    g->owner = DT__ARENA_ARRAY(&p->arena, uint32_t, count);
    g->touches = DT__ARENA_ARRAY(&p->arena, dt__touches, count);
    if (g->on_agenda == NULL || g->owner == NULL || g->touches == NULL) return DT_ERR_MEMORY;
    for (size_t v = 0; v < count; v++) {
        g->on_agenda[v] = dt__issue_set_has(&g->format->agenda, p->issues[v]);
        g->owner[v] = p->model->issues[p->issues[v]].decided_by;
    }
    return DT_OK;
}

static dt_status list_touches(dt__ground *g, uint32_t var) {
    dt__problem *p = &g->problem;
    dt__touch *list = DT__ARENA_ARRAY(&p->arena, dt__touch, p->factors.count);
    size_t count = 0;

    if (list == NULL) return DT_ERR_MEMORY;
    for (uint32_t i = 0; i < p->factors.count; i++) {
        const dt__factor *f = DT__FACTOR(p, i);
        for (uint32_t j = 0; j < f->var_count; j++) {
            if (f->vars[j] == var) list[count++] = (dt__touch){.factor = i, .stride = f->strides[j]};
        }
    }
    g->touches[var] = (dt__touches){.count = count, .list = list};
    return DT_OK;
}

/* ---- what a rule links ---- */

static dt_status link_rule(dt__ground *g, const dt__rule *rule) {
    dt__problem *p = &g->problem;
    dt__issue_set scope = {{0}};
    uint32_t *vars = DT__ARENA_ARRAY(&p->arena, uint32_t, p->var_count), count = 0;
    uint64_t combinations = 1;

    if (vars == NULL) return DT_ERR_MEMORY;
    dt__condition_scope(rule->require, &scope);
    for (uint32_t v = 0; v < p->var_count; v++) {
        if (!dt__issue_set_has(&scope, p->issues[v])) continue;
        vars[count++] = v;
        combinations *= p->sizes[v];
        if (combinations > DT__LINKED_COMBINATIONS) {
            g->too_linked = true;
            return DT_OK;
        }
    }
    if (count > 1) g->linked[g->linked_count++] = (dt__linked){.count = count, .vars = vars};
    return DT_OK;
}

static dt_status link_rules(dt__ground *g) {
    const dt_model *model = g->problem.model;
    dt_status st = DT_OK;

    g->linked = DT__ARENA_ARRAY(&g->problem.arena, dt__linked, model->rule_count);
    if (g->linked == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < model->rule_count && st == DT_OK; i++) st = link_rule(g, &model->rules[i]);
    return st;
}

dt_status dt__ground_init(dt__ground *g, const dt__format *format, const dt__setting *setting, dt_env *env) {
    const dt_model *model = setting->situation.model;
    dt__issue_set issues = movable_issues(format, model);
    dt_status st;

    *g = (dt__ground){.format = format, .setting = setting, .terms_bit = DT__NO_INDEX};
    g->parties = dt__consent_parties(&format->consent);
    if ((st = dt__problem_init(&g->problem, &setting->situation, &issues, env)) != DT_OK) return st;
    if ((st = dt__winning_sets_init(&g->winning, &format->consent, env)) != DT_OK) return st;
    if ((st = describe_variables(g)) != DT_OK) return st;
    for (uint32_t v = 0; v < g->problem.var_count && st == DT_OK; v++) st = list_touches(g, v);
    return st == DT_OK ? link_rules(g) : st;
}

void dt__ground_clear(dt__ground *g, dt_env *env) {
    if (g->format == NULL) return;
    dt__vector_clear(&g->winning.sets, env);
    dt__problem_clear(&g->problem);
    *g = (dt__ground){0};
}

/* ---- terms asked for ---- */

static dt_status add_term(dt__ground *g, uint32_t var, dt__option named, dt_env *env) {
    dt__problem *p = &g->problem;
    uint32_t *vars = DT__ARENA_ARRAY(&p->arena, uint32_t, 1), *strides = DT__ARENA_ARRAY(&p->arena, uint32_t, 1);
    uint8_t *crossed = DT__ARENA_ARRAY(&p->arena, uint8_t, p->sizes[var]);
    dt__factor f = {.kind = DT__FACTOR_BIT, .target = g->terms_bit, .var_count = 1, .size = p->sizes[var]};

    if (vars == NULL || strides == NULL || crossed == NULL) return DT_ERR_MEMORY;
    vars[0] = var;
    strides[0] = 1;
    for (uint32_t o = 0; o < p->sizes[var]; o++) crossed[o] = o != named;
    f.vars = vars;
    f.strides = strides;
    f.crossed = crossed;
    return dt__vector_push(&p->factors, &f, env);
}

dt_status dt__ground_add_terms(dt__ground *g, const dt__option *named, dt_env *env) {
    dt__bit bit = {.kind = DT__BIT_SCENARIO, .party = DT__NO_INDEX, .index = DT__NO_INDEX};
    dt__problem *p = &g->problem;
    dt_status st;

    g->terms_bit = (uint32_t)p->bits.count;
    st = dt__vector_push(&p->bits, &bit, env);
    for (uint32_t v = 0; v < p->var_count && st == DT_OK; v++) {
        if (named[p->issues[v]] != DT__NO_OPTION) st = add_term(g, v, named[p->issues[v]], env);
    }
    for (uint32_t v = 0; v < p->var_count && st == DT_OK; v++) st = list_touches(g, v);
    return st;
}

/* ---- what walkers hold to ---- */

static uint16_t add_hold(dt__gait *gait, dt__hold hold) {
    if (gait->hold_count == DT__MOST_HOLDS) {
        gait->too_many = true;
        return DT__NO_HOLD;
    }
    gait->holds[gait->hold_count] = hold;
    return (uint16_t)gait->hold_count++;
}

/* Is it a principle that binds on the way: of order, or of the presence of somebody who is not at the table? */
static bool binds(const dt__gait *gait, const dt__principle *principle) {
    if (principle->kind == DT__PRINCIPLE_ORDER) return true;
    return principle->kind == DT__PRINCIPLE_PRESENT && (gait->ground->format->table >> principle->party & 1) == 0;
}

static void hold_principle(dt__gait *gait, uint32_t bit, uint32_t index) {
    const dt__situation *s = &gait->ground->setting->situation;
    const dt__principle *principle = &s->model->principles[index];
    dt__hold hold = {
        .kind = DT_CUT_PRINCIPLE, .party = DT__NO_INDEX, .index = index, .bit = bit, .coordinate = DT__NO_INDEX};

    if (!binds(gait, principle)) return;
    gait->hard[bit] = true;
    gait->hold_of_bit[bit] = add_hold(gait, hold);
    if (gait->mend_count < 64 &&
        dt__principle_broken(s->model, principle, gait->ground->format, s->no_deal, s->no_deal))
        gait->mend_bits[gait->mend_count++] = bit;
}

static void hold_bits(dt__gait *gait) {
    const dt__problem *p = &gait->ground->problem;

    for (uint32_t b = 0; b < p->bits.count; b++) {
        const dt__bit *bit = DT__BIT(p, b);
        dt__hold hold = {.kind = DT_CUT_RED_LINE, .party = bit->party, .index = bit->index, .bit = b};
        hold.coordinate = DT__NO_INDEX;
        gait->hold_of_bit[b] = DT__NO_HOLD;
        if (bit->kind == DT__BIT_RULE) gait->hard[b] = true;
        if (bit->kind == DT__BIT_PRINCIPLE) hold_principle(gait, b, bit->index);
        if (bit->kind != DT__BIT_RED_LINE || (gait->walkers >> bit->party & 1) == 0) continue;
        gait->hard[b] = true;
        gait->hold_of_bit[b] = add_hold(gait, hold);
    }
}

static void hold_values(dt__gait *gait) {
    const dt__problem *p = &gait->ground->problem;

    for (uint32_t c = 0; c < p->coordinates.count; c++) {
        uint32_t party = DT__COORDINATE(p, c)->party;
        dt__hold hold = {.kind = DT_CUT_NO_DEAL, .party = party, .index = DT__NO_INDEX, .bit = DT__NO_INDEX};
        hold.coordinate = c;
        gait->no_deal_of[c] = gait->step_of[c] = DT__NO_HOLD;
        if (party == DT__NO_INDEX || (gait->walkers >> party & 1) == 0) continue;
        gait->no_deal_of[c] = add_hold(gait, hold);
        hold.kind = DT_CUT_STEP;
        if (gait->strict) gait->step_of[c] = add_hold(gait, hold);
    }
}

/* Gains of different walkers in one unit, so that the least of them is an integer. */
static dt_status scale_values(dt__gait *gait, dt_env *env) {
    const dt__problem *p = &gait->ground->problem;

    gait->unit = 1;
    for (uint32_t c = 0; c < p->coordinates.count; c++) {
        const dt__coordinate *info = DT__COORDINATE(p, c);
        if (gait->no_deal_of[c] == DT__NO_HOLD || info->ordinal) continue;
        if (!dt__int128_lcm(&gait->unit, gait->unit, info->unit))
            return dt__too_large_number(p->model, info->party, env);
    }
    for (uint32_t c = 0; c < p->coordinates.count; c++) {
        const dt__coordinate *info = DT__COORDINATE(p, c);
        bool counts = gait->no_deal_of[c] != DT__NO_HOLD && !info->ordinal;
        gait->scale[c] = counts ? gait->unit / info->unit : 0;
    }
    return DT_OK;
}

static dt_status too_many_holds(dt_env *env) {
    dt__diagnose(env, DT_ERROR, (dt__place){.file = ""}, "too-many-red-lines",
                 "the parties whose consent is needed have more than {0} red lines, reservation values and principles",
                 "256", NULL);
    return DT_ERR_LIMIT;
}

dt_status dt__gait_init(dt__gait *gait, const dt__ground *ground, dt__party_set walkers, bool strict, dt__arena *arena,
                        dt_env *env) {
    const dt__problem *p = &ground->problem;

    *gait = (dt__gait){.ground = ground, .walkers = walkers, .strict = strict, .bundle = 1};
    gait->hold_of_bit = DT__ARENA_ARRAY(arena, uint16_t, p->bits.count);
    gait->hard = DT__ARENA_ARRAY(arena, bool, p->bits.count);
    gait->no_deal_of = DT__ARENA_ARRAY(arena, uint16_t, p->coordinates.count);
    gait->step_of = DT__ARENA_ARRAY(arena, uint16_t, p->coordinates.count);
    gait->scale = DT__ARENA_ARRAY(arena, dt__int128, p->coordinates.count);
    if (gait->hold_of_bit == NULL || gait->hard == NULL || gait->no_deal_of == NULL || gait->step_of == NULL ||
        gait->scale == NULL)
        return DT_ERR_MEMORY;
    hold_values(gait);
    hold_bits(gait);
    if (gait->too_many) return too_many_holds(env);
    return scale_values(gait, env);
}
