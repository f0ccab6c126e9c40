/* What is asked of a draw. */
#include <math.h>
#include <string.h>

#include "drivers/study.h"

static dt_status name_output(dt__study *s, dt__output *o, const char *const parts[3], dt_env *env) {
    dt__text text;

    dt__text_init(&text, env);
    for (size_t i = 0; i < 3; i++) {
        if (parts[i] == NULL) continue;
        if (i > 0 && parts[0] != NULL && *dt__text_get(&text) != '\0') dt__text_add(&text, "_");
        dt__text_add(&text, parts[i]);
    }
    if (!text.failed) o->id = dt__arena_string(&s->arena, dt__text_get(&text), strlen(dt__text_get(&text)));
    dt__text_clear(&text);
    return o->id == NULL ? DT_ERR_MEMORY : DT_OK;
}

static dt_status add(dt__study *s, dt__output output, const char *first, const char *second, const char *third,
                     dt_env *env) {
    dt__output *o = &s->outputs[s->output_count];
    const char *const parts[] = {first, second, third};

    *o = output;
    s->output_count++;
    return name_output(s, o, parts, env);
}

static dt__output blank(dt_output_kind kind, size_t voice) {
    return (dt__output){.kind = kind,
                        .voice = voice,
                        .format = DT__NO_INDEX,
                        .scenario = DT__NO_INDEX,
                        .party = DT__NO_INDEX,
                        .issue = DT__NO_INDEX};
}

static dt_status add_format(dt__study *s, size_t voice, dt_env *env) {
    const dt_model *m = s->model;
    const dt__compiled_format *f = &s->panel.formats[s->panel.voices[voice].place];
    dt__output o = blank(DT_OUTPUT_ZONE, voice);
    dt_status st;

    o.format = (uint32_t)(f->format - m->formats);
    st = add(s, o, "zone", f->format->id, NULL, env);
    o.kind = DT_OUTPUT_SCENARIO;
    for (o.scenario = 0; o.scenario < m->scenario_count && st == DT_OK; o.scenario++)
        st = add(s, o, m->scenarios[o.scenario].id, f->format->id, NULL, env);
    o.kind = DT_OUTPUT_GAIN;
    o.scenario = DT__NO_INDEX;
    for (o.dimension = 0; o.dimension < f->candidates.dimensions && st == DT_OK; o.dimension++) {
        o.party = f->candidates.parties[o.dimension];
        st = add(s, o, "gain", m->parties[o.party].id, f->format->id, env);
    }
    return st;
}

static dt_status add_compromises(dt__study *s, size_t voice, dt_env *env) {
    const dt_model *m = s->model;
    dt__output o = blank(DT_OUTPUT_COMPROMISE, voice);
    dt_status st = DT_OK;

    for (o.issue = 0; o.issue < m->issue_count && st == DT_OK; o.issue++) {
        if (m->issues[o.issue].ordered || m->issues[o.issue].has_scale)
            st = add(s, o, "compromise", m->issues[o.issue].id, NULL, env);
    }
    return st;
}

dt_status dt__outputs_list(dt__study *s, dt_env *env) {
    const dt__panel *panel = &s->panel;
    size_t most = panel->format_count * (1 + s->model->scenario_count + DT__MAX_PARTIES) + s->model->issue_count;
    dt_status st = DT_OK;

    if ((s->outputs = DT__ARENA_ARRAY(&s->arena, dt__output, most)) == NULL) return DT_ERR_MEMORY;
    for (size_t v = 0; v < panel->voice_count && st == DT_OK; v++) {
        if (panel->voices[v].kind == DT__VOICE_POSITIONS) st = add_compromises(s, v, env);
        else if (panel->voices[v].status == DT__VOICE_SPEAKS) st = add_format(s, v, env);
        else s->left_out++;
    }
    return st;
}

uint32_t dt__output_find(const dt__study *s, const char *id) {
    for (uint32_t i = 0; i < s->output_count; i++)
        if (strcmp(s->outputs[i].id, id) == 0) return i;
    return DT__NO_INDEX;
}

/* Where there is nothing to choose from nobody gains; where a model of positions says nothing no deal stays. */
static double read_one(const dt__study *s, const dt__output *o, const dt__listener *l) {
    const dt__voice *voice = &l->panel->voices[o->voice];
    double point;

    switch (o->kind) {
    case DT_OUTPUT_ZONE: return l->deals[o->voice] ? 1 : 0;
    case DT_OUTPUT_SCENARIO: return l->met[o->voice] >> o->scenario & 1 ? 1 : 0;
    case DT_OUTPUT_GAIN: return l->gains[o->voice] == NULL ? 0 : l->gains[o->voice][o->dimension];
    case DT_OUTPUT_COMPROMISE: break;
    }
    point = l->positioner.points[voice->positional * s->model->issue_count + o->issue];
    return isnan(point) ? dt__rational_double(s->model->issues[o->issue].scale[l->panel->setting.no_deal[o->issue]])
                        : point;
}

void dt__outputs_read(double *values, const dt__study *s, const dt__listener *listener) {
    for (size_t i = 0; i < s->output_count; i++) values[i] = read_one(s, &s->outputs[i], listener);
}
