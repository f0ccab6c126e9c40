/* From a model and settings to voices that can be heard. */
#include "ensemble/panel.h"

#include "base/catalog.h"

/* ---- dates ---- */

static size_t date_place(dt__dates *dates, dt__rational months) {
    size_t i = 0;

    while (i < dates->count && dt__rational_compare(dates->months[i], months) != 0) i++;
    if (i == dates->count) dates->months[dates->count++] = months;
    return i;
}

/* A scenario is judged at its own date; without one, at the date asked for.  The past does not drift. */
static void find_dates(dt__panel *panel, const dt__panel_opts *opts) {
    const dt_model *m = panel->model;
    dt__dates *dates = &panel->dates;

    if (opts->now || opts->at != NULL || m->scenario_count == 0) date_place(dates, panel->setting.situation.months);
    for (size_t s = 0; s < m->scenario_count; s++) {
        dt__rational months = panel->setting.situation.months;
        if (m->scenarios[s].has_by && m->has_as_of) months = dt__date_months(m->as_of, m->scenarios[s].by);
        if (dt__rational_sign(months) < 0 && m->scenarios[s].has_by) months = DT__RATIONAL(0);
        dates->of_scenario[s] = (uint32_t)date_place(dates, months);
    }
    for (size_t i = 1; i < dates->count && !opts->now; i++) {
        if (dt__rational_compare(dates->months[i], dates->months[dates->told]) > 0) dates->told = i;
    }
}

/* ---- formats ---- */

uint64_t dt__scenarios_met(const dt_model *model, const dt__option *outcome) {
    uint64_t met = 0;
    for (size_t s = 0; s < model->scenario_count; s++)
        met |= (uint64_t)dt__condition_holds(model->scenarios[s].when, outcome) << s;
    return met;
}

static dt_status compile_format(dt__panel *panel, dt__compiled_format *f, dt__arena *arena, dt_env *env) {
    dt__candidates *c = &f->candidates;
    dt_status st = dt__candidates_find(c, f->format, &panel->setting, &panel->amounts, panel->dates.months,
                                       panel->dates.count, arena, env);

    if (st != DT_OK) return st;
    if ((f->scenarios = DT__ARENA_ARRAY(arena, uint64_t, c->count)) == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < c->count; i++)
        f->scenarios[i] = dt__scenarios_met(panel->model, c->outcomes + i * c->issues);
    return DT_OK;
}

static dt_status compile_formats(dt__panel *panel, const char *among, dt__arena *arena, dt_env *env) {
    const dt__format **asked = DT__ARENA_ARRAY(arena, const dt__format *, panel->model->format_count);
    dt_status st;

    if (asked == NULL) return DT_ERR_MEMORY;
    if ((st = dt__formats_asked(asked, &panel->format_count, panel->model, among, env)) != DT_OK) return st;
    panel->formats = DT__ARENA_ARRAY(arena, dt__compiled_format, panel->format_count);
    if (panel->formats == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < panel->format_count && st == DT_OK; i++) {
        panel->formats[i].format = asked[i];
        st = compile_format(panel, &panel->formats[i], arena, env);
        dt__progress(env, DT__N("preparing"), (double)(i + 1) / (double)panel->format_count);
    }
    return st;
}

/* ---- positions ---- */

/* Without utilities nobody has positions; where no outcome is coherent nothing can be said. */
static dt_status compile_positions(dt__panel *panel, dt__arena *arena, dt_env *env) {
    dt__positional *p;
    dt_status st;

    if (panel->positional_mask == 0) return DT_OK;
    if ((p = DT__NEW(env, dt__positional)) == NULL) return DT_ERR_MEMORY;
    st = dt__positional_init(p, &panel->setting, &panel->amounts, arena, env);
    if (st == DT_OK && p->actor_count > 0 && p->guide.possible &&
        !dt__guide_dead(&p->guide, 0, panel->setting.no_deal)) {
        panel->positional = p;
        return DT_OK;
    }
    dt__positional_clear(p, env);
    DT__FREE(env, p, 1);
    return st;
}

/* ---- voices ---- */

static void add_choices(dt__panel *panel, size_t place) {
    const dt__candidates *c = &panel->formats[place].candidates;

    for (int kind = 0; kind < DT__CHOOSE_COUNT; kind++) {
        dt__voice *v = &panel->voices[panel->voice_count];
        if (!(panel->choices >> kind & 1)) continue;
        *v = (dt__voice){.kind = DT__VOICE_BARGAIN, .place = place, .choice = (dt__choice_kind)kind};
        if (c->ordinal) v->status = DT__VOICE_ORDINAL;
        else if (!c->complete) v->status = DT__VOICE_TOO_LARGE;
        panel->voice_count++;
    }
}

static void add_steps(dt__panel *panel, size_t place) {
    dt__voice voice = {.kind = DT__VOICE_STEPS, .place = place};

    if (!panel->steps) return;
    if (panel->formats[place].candidates.ordinal) voice.status = DT__VOICE_ORDINAL;
    else if (!panel->amounts.bounded) voice.status = DT__VOICE_TOO_LARGE;
    panel->voices[panel->voice_count++] = voice;
}

static dt_status list_voices(dt__panel *panel, dt__arena *arena) {
    size_t most = panel->format_count * (DT__CHOOSE_COUNT + 1) + DT__POSITIONAL_COUNT;

    if ((panel->voices = DT__ARENA_ARRAY(arena, dt__voice, most)) == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < panel->format_count; i++) {
        add_choices(panel, i);
        add_steps(panel, i);
    }
    for (size_t i = 0; panel->positional != NULL && i < DT__POSITIONAL_COUNT; i++) {
        if (panel->positional_mask >> i & 1)
            panel->voices[panel->voice_count++] = (dt__voice){.kind = DT__VOICE_POSITIONS, .positional = i};
    }
    return DT_OK;
}

/* ---- the whole ---- */

dt_status dt__too_many_scenarios(dt_env *env) {
    dt__diagnose(env, DT_ERROR, (dt__place){.file = ""}, "too-many-scenarios",
                 "a forecast can look at {0} scenarios at most", "64", NULL);
    return DT_ERR_LIMIT;
}

dt_status dt__panel_init(dt__panel *panel, const dt_model *model, const dt__panel_opts *opts, dt__arena *arena,
                         dt_env *env) {
    dt__settings given = {.settings = opts->settings, .count = opts->setting_count, .at = opts->at};
    dt_status st;

    *panel = (dt__panel){
        .model = model, .choices = opts->choices, .positional_mask = opts->positional, .steps = opts->steps};
    if (model->scenario_count > DT__MAX_SCENARIOS) return dt__too_many_scenarios(env);
    if ((st = dt__setting_init(&panel->setting, model, &given, env)) != DT_OK) return st;
    find_dates(panel, opts);
    panel->no_deal_scenarios = dt__scenarios_met(model, panel->setting.no_deal);
    if ((st = dt__uncertainty_init(&panel->uncertainty, &panel->setting, arena)) != DT_OK) return st;
    st = dt__amounts_init(&panel->amounts, &panel->setting, &panel->uncertainty, panel->dates.months,
                          panel->dates.count, arena, env);
    if (st != DT_OK) return st;
    if ((st = compile_formats(panel, opts->among, arena, env)) != DT_OK) return st;
    if (panel->steps && (st = dt__stepwise_init(&panel->stepwise, &panel->setting, &panel->amounts, arena)) != DT_OK)
        return st;
    if ((st = compile_positions(panel, arena, env)) != DT_OK) return st;
    return list_voices(panel, arena);
}

void dt__panel_clear(dt__panel *panel, dt_env *env) {
    if (panel->positional != NULL) {
        dt__positional_clear(panel->positional, env);
        DT__FREE(env, panel->positional, 1);
    }
    panel->positional = NULL;
    dt__setting_clear(&panel->setting, env);
}
