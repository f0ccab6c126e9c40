/* Every way is walked again by the definitions of the model alone: no table, no sum of the search is used. */
#include <string.h>

#include "base/catalog.h"
#include "model/utility.h"
#include "path/answer_way.h"

typedef struct replay {
    const dt__path_work *work;
    const dt__situation *situation;
    const dt_walk *walk;
    dt_env *env;
    uint64_t kept_once;  /* principles, bit by bit */
    const char *failure; /* msgid of what did not hold; NULL: nothing */
} replay;

static void fail(replay *r, const char *msgid) {
    if (r->failure == NULL) r->failure = msgid;
}

/* ---- one stop ---- */

static dt_status is_accepted(replay *r, uint32_t party, const dt__option *outcome, bool *accepted) {
    const dt__situation *s = r->situation;
    const dt__preferences *prefs = s->model->parties[party].preferences;
    dt__rational utility, reservation;
    int order = 0;
    dt_status st;

    if (dt__is_ordinal(prefs)) {
        st = dt__compare_outcomes(&order, s->model, s->valuation, party, outcome, s->no_deal, r->env);
    } else {
        st = dt__utility(&utility, s->model, s->valuation, party, outcome, r->env);
        if (st == DT_OK)
            st = dt__reservation(&reservation, s->model, s->valuation, party, s->no_deal, s->months, r->env);
        if (st == DT_OK) order = dt__rational_compare(utility, reservation);
    }
    *accepted = order >= 0;
    for (size_t i = 0; i < prefs->red_line_count; i++)
        *accepted &= dt__condition_holds(prefs->red_lines[i].require, outcome);
    return st;
}

static void check_principles(replay *r, const dt__option *outcome) {
    const dt__situation *s = r->situation;

    for (uint32_t i = 0; i < s->model->principle_count && i < 64; i++) {
        const dt__principle *p = &s->model->principles[i];
        bool broken = dt__principle_broken(s->model, p, r->work->format, outcome, s->no_deal);
        if (p->kind != DT__PRINCIPLE_ORDER && p->kind != DT__PRINCIPLE_PRESENT) continue;
        if (broken && (r->kept_once >> i & 1)) fail(r, DT__N("a stop on a way breaks a principle"));
        if (!broken) r->kept_once |= UINT64_C(1) << i;
    }
}

static dt_status check_stop(replay *r, const dt__option *outcome) {
    const dt_model *m = r->situation->model;
    dt_status st = DT_OK;

    for (size_t i = 0; i < m->rule_count; i++) {
        if (!dt__condition_holds(m->rules[i].require, outcome)) fail(r, DT__N("a stop on a way breaks a rule"));
    }
    for (uint32_t p = 0; p < m->party_count && st == DT_OK; p++) {
        bool accepted = true;
        if ((r->walk->walkers >> p & 1) == 0) continue;
        st = is_accepted(r, p, outcome, &accepted);
        if (!accepted) fail(r, DT__N("somebody whose consent is needed does not accept a stop on a way"));
    }
    check_principles(r, outcome);
    return st;
}

/* ---- one step ---- */

static bool is_within_rule(const dt_model *m, const dt__option *before, const dt__option *after) {
    for (size_t i = 0; i < m->rule_count; i++) {
        dt__issue_set scope = {{0}};
        bool within = true;
        dt__condition_scope(m->rules[i].require, &scope);
        for (uint32_t k = 0; k < m->issue_count; k++) within &= before[k] == after[k] || dt__issue_set_has(&scope, k);
        if (within) return true;
    }
    return false;
}

static void check_size(replay *r, const dt__option *before, const dt__option *after) {
    const dt_model *m = r->situation->model;
    unsigned changed = 0;

    for (size_t i = 0; i < m->issue_count; i++) {
        if (before[i] == after[i]) continue;
        changed++;
        if (dt__is_final(&m->issues[i], before[i], r->situation->no_deal[i]))
            fail(r, DT__N("a step takes back what cannot be taken back"));
    }
    if (changed == 0 || (changed > r->work->opts->bundle && !is_within_rule(m, before, after)))
        fail(r, DT__N("a step changes more than one step may"));
}

static dt_status is_worse(replay *r, uint32_t party, const dt__option *before, const dt__option *after, bool *worse) {
    int order = 0;
    dt_status st =
        dt__compare_outcomes(&order, r->situation->model, r->situation->valuation, party, after, before, r->env);
    *worse = order < 0;
    return st;
}

/* Does whoever takes the step decide what it changes? */
static dt_status check_right(replay *r, const dt_path_step *step, const dt__option *before) {
    const dt_model *m = r->situation->model;
    bool worse = false;
    dt_status st = DT_OK;

    if (step->joint && step->parties != r->walk->walkers) fail(r, DT__N("a joint step lacks somebody's consent"));
    for (uint32_t i = 0; i < m->issue_count; i++) {
        uint32_t owner = m->issues[i].decided_by;
        bool mine = owner != DT__NO_INDEX && (step->parties >> owner & 1);
        if (before[i] == step->after[i]) continue;
        if (!step->joint && !mine) fail(r, DT__N("a party moves what it does not decide"));
        if (step->joint && (!dt__issue_set_has(&r->work->format->agenda, i) || (owner != DT__NO_INDEX && !mine)))
            fail(r, DT__N("a joint step moves what is not theirs to move"));
    }
    if (!step->joint) st = is_worse(r, (uint32_t)__builtin_ctzll(step->parties), before, step->after, &worse);
    if (worse) fail(r, DT__N("a party moves to its own harm"));
    return st;
}

static dt_status check_step(replay *r, const dt_path_step *step, const dt__option *before) {
    dt_status st = check_right(r, step, before);

    check_size(r, before, step->after);
    for (uint32_t p = 0; p < r->situation->model->party_count && st == DT_OK && r->work->opts->strict; p++) {
        bool worse = false;
        if (r->walk->walkers >> p & 1) st = is_worse(r, p, before, step->after, &worse);
        if (worse) fail(r, DT__N("somebody is worse off after a step than before it"));
    }
    return st == DT_OK ? check_stop(r, step->after) : st;
}

static dt_status check_walk(replay *r, const dt_walk *walk) {
    const dt__option *before = r->situation->no_deal;
    dt_status st = DT_OK;

    r->walk = walk;
    r->kept_once = 0;
    check_principles(r, before);
    for (size_t i = 0; i < walk->step_count && st == DT_OK; i++) {
        st = check_step(r, &walk->steps[i], before);
        before = walk->steps[i].after;
    }
    return st;
}

static void check_arrival(replay *r, const dt_walk *walk, const dt__destination *destination) {
    const dt__option *last = walk->step_count == 0 ? r->situation->no_deal : walk->steps[walk->step_count - 1].after;

    if (!dt__has_arrived(destination, &r->work->ground, last)) fail(r, DT__N("a way does not lead where it should"));
}

dt_status dt__replay_format(dt__builder *b, dt_path_format *out, const dt__path_work *w) {
    replay r = {.work = w, .situation = &w->setting->situation, .env = b->env};
    dt_status st = DT_OK;

    for (size_t i = 0; i < out->way_count && st == DT_OK; i++) {
        const dt_way *way = &out->ways[i];
        const dt_walk *walks[] = {way->shortest, way->safest};
        for (size_t k = 0; k < 2 && st == DT_OK; k++) {
            if (walks[k] == NULL) continue;
            st = check_walk(&r, walks[k]);
            check_arrival(&r, walks[k], &w->destinations[i]);
        }
    }
    out->verified = r.failure == NULL;
    dt__text_message(dt__builder_scratch(b),
                     r.failure != NULL ? r.failure
                                       : DT__N("every step of every way shown was taken again by the definitions."),
                     NULL);
    out->verify_note = dt__builder_take(b);
    return st;
}
