/* Hearing what every voice of a panel says of one set of values. */
#include <string.h>

#include "ensemble/panel.h"

dt_status dt__listener_init(dt__listener *l, const dt__panel *panel, dt_env *env) {
    dt_status st = DT_OK;

    *l = (dt__listener){.panel = panel, .env = env};
    dt__arena_init(&l->arena, env);
    l->amounts = DT__ARENA_ARRAY(&l->arena, int64_t, panel->amounts.count);
    l->choosers = DT__ARENA_ARRAY(&l->arena, dt__chooser, panel->format_count);
    l->met = DT__ARENA_ARRAY(&l->arena, uint64_t, panel->voice_count);
    l->outcomes = DT__ARENA_ARRAY(&l->arena, const dt__option *, panel->voice_count);
    l->deals = DT__ARENA_ARRAY(&l->arena, bool, panel->voice_count);
    l->gains = DT__ARENA_ARRAY(&l->arena, const double *, panel->voice_count);
    l->kept = DT__ARENA_ARRAY(&l->arena, double, panel->voice_count *DT__MAX_PARTIES);
    if (!l->amounts || !l->choosers || !l->met || !l->outcomes || !l->deals || !l->gains || !l->kept)
        return DT_ERR_MEMORY;
    for (size_t f = 0; f < panel->format_count && st == DT_OK; f++)
        st = dt__chooser_init(&l->choosers[f], &panel->formats[f].candidates, &l->arena);
    l->steppers = DT__ARENA_ARRAY(&l->arena, dt__stepper_memory, panel->format_count);
    if (l->steppers == NULL) return DT_ERR_MEMORY;
    for (size_t f = 0; f < panel->format_count && panel->steps && st == DT_OK; f++)
        st = dt__stepper_memory_init(&l->steppers[f], &panel->stepwise, &l->arena);
    if (st == DT_OK && panel->positional != NULL)
        st = dt__positioner_init(&l->positioner, panel->positional, panel->positional_mask, &l->arena, env);
    return st;
}

void dt__listener_clear(dt__listener *l) {
    if (l->panel == NULL) return;
    dt__positioner_clear(&l->positioner, l->env);
    dt__arena_clear(&l->arena);
    l->panel = NULL;
}

static uint64_t scenarios_at(const dt__panel *panel, size_t date) {
    uint64_t bits = 0;
    for (size_t s = 0; s < panel->model->scenario_count; s++)
        bits |= (uint64_t)(panel->dates.of_scenario[s] == date) << s;
    return bits;
}

/* What a voice says at one date. */
static void hear(dt__listener *l, size_t voice, uint32_t chosen, size_t date) {
    const dt__panel *panel = l->panel;
    const dt__compiled_format *f = &panel->formats[panel->voices[voice].place];
    bool deal = chosen != DT__NO_CANDIDATE;

    l->met[voice] |= (deal ? f->scenarios[chosen] : panel->no_deal_scenarios) & scenarios_at(panel, date);
    if (date != panel->dates.told) return;
    l->deals[voice] = deal;
    l->outcomes[voice] = deal ? f->candidates.outcomes + chosen * f->candidates.issues : panel->setting.no_deal;
    l->gains[voice] = NULL;
    if (!deal) return;
    l->gains[voice] =
        memcpy(l->kept + voice * DT__MAX_PARTIES, dt__chooser_gains(&l->choosers[panel->voices[voice].place], chosen),
               f->candidates.dimensions * sizeof(double));
}

static dt_status reservations_at(int64_t *reservations, const dt__listener *l, const dt__candidates *c,
                                 const dt__valuation *v, size_t date) {
    dt_status st = DT_OK;

    for (size_t d = 0; d < c->dimensions && st == DT_OK; d++)
        st = dt__amounts_reservation(&reservations[d], &l->panel->amounts, c->parties[d], v,
                                     l->panel->dates.months[date], l->env);
    return st;
}

/* A format's voices stand one after another. */
static dt_status hear_format(dt__listener *l, size_t first, const dt__valuation *v) {
    const dt__panel *panel = l->panel;
    size_t place = panel->voices[first].place;
    const dt__candidates *c = &panel->formats[place].candidates;
    dt__chooser *chooser = &l->choosers[place];
    int64_t reservations[DT__MAX_PARTIES];
    uint32_t chosen[DT__CHOOSE_COUNT];
    dt_status st;

    dt__chooser_draw(chooser, &panel->amounts, l->amounts);
    for (size_t date = 0; date < panel->dates.count; date++) {
        if ((st = reservations_at(reservations, l, c, v, date)) != DT_OK) return st;
        dt__choose(chosen, chooser, &panel->amounts, reservations, panel->choices);
        for (size_t i = first;
             i < panel->voice_count && panel->voices[i].kind == DT__VOICE_BARGAIN && panel->voices[i].place == place;
             i++)
            hear(l, i, chosen[panel->voices[i].choice], date);
    }
    return DT_OK;
}

/* ---- steps ---- */

/* Streams of the walks lie beyond those of the numbers of a model. */
static const uint32_t first_walk_stream = UINT32_C(1) << 31;

static bool moves_joint_issue(const dt__panel *panel, const dt__option *outcome) {
    for (size_t i = 0; i < panel->model->issue_count; i++) {
        bool joint = panel->model->issues[i].decided_by == DT__NO_INDEX;
        if (joint && outcome[i] != panel->setting.no_deal[i]) return true;
    }
    return false;
}

/* One walk; at every date it is a deal or not. */
static dt_status hear_steps(dt__listener *l, size_t voice, const dt__valuation *v, uint64_t seed, uint64_t draw) {
    const dt__panel *panel = l->panel;
    size_t place = panel->voices[voice].place;
    const dt__candidates *c = &panel->formats[place].candidates;
    dt__stepper_memory *m = &l->steppers[place];
    int64_t reservations[DT__MAX_PARTIES];
    dt__random random;

    dt__random_init(&random, seed, draw, first_walk_stream + (uint32_t)place);
    dt__stepwise_walk(m, &panel->stepwise, panel->formats[place].format, c, l->amounts, &random);
    for (size_t date = 0; date < panel->dates.count; date++) {
        dt_status st = reservations_at(reservations, l, c, v, date);
        bool holds = st == DT_OK && dt__stepwise_holds(m, &panel->stepwise, c, reservations);
        if (st != DT_OK) return st;
        l->met[voice] |= (holds ? dt__scenarios_met(panel->model, m->outcome) : panel->no_deal_scenarios) &
                         scenarios_at(panel, date);
        if (date != panel->dates.told) continue;
        l->deals[voice] = holds && moves_joint_issue(panel, m->outcome);
        l->outcomes[voice] = holds ? m->outcome : panel->setting.no_deal;
        l->gains[voice] = NULL;
    }
    return DT_OK;
}

/* Models of positions know no dates: what they say holds at all. */
static void hear_positions(dt__listener *l, const dt__valuation *v, uint64_t seed, uint64_t draw) {
    const dt__panel *panel = l->panel;

    dt__positioner_draw(&l->positioner, &panel->setting, v, seed, draw);
    for (size_t i = 0; i < panel->voice_count; i++) {
        const dt__option *outcome = l->positioner.outcomes + panel->voices[i].positional * panel->model->issue_count;
        if (panel->voices[i].kind != DT__VOICE_POSITIONS) continue;
        l->met[i] = dt__scenarios_met(panel->model, outcome);
        l->outcomes[i] = outcome;
    }
}

dt_status dt__listen(dt__listener *l, const dt__valuation *v, uint64_t seed, uint64_t draw) {
    const dt__panel *panel = l->panel;
    dt_status st = dt__amounts_draw(l->amounts, &panel->amounts, v, l->env);

    memset(l->met, 0, panel->voice_count * sizeof *l->met);
    for (size_t i = 0; i < panel->voice_count && st == DT_OK; i++) {
        const dt__voice *voice = &panel->voices[i];
        bool first = voice->kind == DT__VOICE_BARGAIN && (i == 0 || panel->voices[i - 1].place != voice->place);
        if (first && voice->status == DT__VOICE_SPEAKS) st = hear_format(l, i, v);
        if (voice->kind == DT__VOICE_STEPS && voice->status == DT__VOICE_SPEAKS) st = hear_steps(l, i, v, seed, draw);
    }
    if (st == DT_OK && panel->positional != NULL) hear_positions(l, v, seed, draw);
    return st;
}
