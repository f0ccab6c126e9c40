#include "path/destination.h"

#include <string.h>

#include "base/catalog.h"
#include "question/terms_asked.h"

size_t dt__destination_room(const dt_model *model) {
    return 1 + model->scenario_count + model->proposal_count;
}

static void name_nothing(dt__destination *d, const dt_model *model) {
    for (size_t i = 0; i < model->issue_count; i++) d->named[i] = DT__NO_OPTION;
}

static dt__destination scenario(const dt__setting *s, uint32_t index) {
    dt__destination d = {.kind = DT_DESTINATION_SCENARIO, .index = index};
    const dt_model *model = s->situation.model;

    d.when = model->scenarios[index].when;
    name_nothing(&d, model);
    return d;
}

static dt__destination proposal(const dt__setting *s, uint32_t index) {
    dt__destination d = {.kind = DT_DESTINATION_PROPOSAL, .index = index};

    dt__proposal_outcome(s->situation.model, &s->situation.model->proposals[index], s->no_deal, d.named);
    return d;
}

static dt__destination zone(const dt__setting *s) {
    dt__destination d = {.kind = DT_DESTINATION_ZONE, .index = DT__NO_INDEX};

    name_nothing(&d, s->situation.model);
    return d;
}

static void add_within(dt__destination *d, const dt__setting *s) {
    if (s->within != DT__NO_INDEX) d->within = s->situation.model->scenarios[s->within].when;
}

static dt_status refuse(const dt_model *model, const char *text, dt_env *env) {
    size_t room = dt__destination_room(model), count = 0;
    const char **known = DT__ARRAY(env, const char *, room), *nearest;
    dt_status st;

    if (known == NULL) return DT_ERR_MEMORY;
    known[count++] = "zone";
    for (size_t i = 0; i < model->scenario_count; i++) known[count++] = model->scenarios[i].id;
    for (size_t i = 0; i < model->proposal_count; i++) known[count++] = model->proposals[i].id;
    nearest = dt__nearest(text, known, count);
    st = dt__refuse_option(env, "unknown-goal",
                           DT__N("“{0}” is no proposal and no scenario, nor zone or ISSUE=OPTION,..."), text);
    if (nearest != NULL) dt__hint(env, "did you mean “{0}”?", nearest, NULL);
    DT__FREE(env, known, room);
    return st;
}

static bool is_proposal(const dt_model *model, const char *text) {
    for (size_t i = 0; i < model->proposal_count; i++) {
        if (strcmp(model->proposals[i].id, text) == 0) return true;
    }
    return false;
}

static dt_status one_destination(dt__destination *d, const dt__setting *s, const char *text, dt_env *env) {
    const dt_model *model = s->situation.model;
    uint32_t found = dt__model_scenario(model, text);
    dt_status st;

    if (found != DT__NO_INDEX) {
        *d = scenario(s, found);
        return DT_OK;
    }
    *d = zone(s);
    if (strcmp(text, "zone") == 0) return DT_OK;
    if (strchr(text, '=') == NULL && !is_proposal(model, text)) return refuse(model, text, env);
    d->kind = DT_DESTINATION_TERMS;
    if ((st = dt__terms_asked(d->named, &found, model, text, env)) != DT_OK) return st;
    if (found != DT__NO_INDEX) *d = proposal(s, found);
    return DT_OK;
}

dt_status dt__destinations_asked(dt__destination *list, size_t *count, const dt__setting *setting, const char *text,
                                 dt_env *env) {
    const dt_model *model = setting->situation.model;
    dt_status st = DT_OK;

    *count = 0;
    if (text != NULL) {
        st = one_destination(&list[(*count)++], setting, text, env);
    } else {
        list[(*count)++] = zone(setting);
        for (uint32_t i = 0; i < model->scenario_count; i++) list[(*count)++] = scenario(setting, i);
        for (uint32_t i = 0; i < model->proposal_count; i++) list[(*count)++] = proposal(setting, i);
    }
    for (size_t i = 0; i < *count; i++) add_within(&list[i], setting);
    return st;
}

/* ---- arrival ---- */

/* A deal: a jointly decided issue of the agenda differs from no deal; where there is none, any issue. */
static bool is_a_deal(const dt__ground *g, const dt__option *outcome) {
    const dt__problem *p = &g->problem;
    const dt__option *no_deal = g->setting->no_deal;
    bool any_joint = false, any_changed = false;

    for (size_t v = 0; v < p->var_count; v++) {
        bool changed = outcome[p->issues[v]] != no_deal[p->issues[v]];
        if (!g->on_agenda[v]) continue;
        if (g->owner[v] == DT__NO_INDEX) {
            any_joint = true;
            if (changed) return true;
        }
        any_changed |= changed;
    }
    return !any_joint && any_changed;
}

unsigned dt__missing(const dt__destination *d, const dt_model *model, const dt__option *outcome) {
    unsigned missing = 0;

    for (size_t i = 0; i < model->issue_count; i++)
        missing += d->named[i] != DT__NO_OPTION && d->named[i] != outcome[i];
    return missing;
}

bool dt__has_arrived(const dt__destination *d, const dt__ground *g, const dt__option *outcome) {
    if (d->within != NULL && !dt__condition_holds(d->within, outcome)) return false;
    if (d->kind == DT_DESTINATION_ZONE) return is_a_deal(g, outcome);
    if (d->kind == DT_DESTINATION_SCENARIO) return dt__condition_holds(d->when, outcome);
    return dt__missing(d, g->problem.model, outcome) == 0;
}
