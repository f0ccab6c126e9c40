/* From counts to probabilities, and what is not known about them. */
#include <math.h>
#include <string.h>

#include "base/wilson.h"
#include "forecast/naive.h"

enum { LEAST_IN_FIFTH = 20 };

/* ---- probabilities ---- */

static void measure_error(dt_probability *p, double n) {
    dt__share_interval range = dt__wilson(p->probability, p->probability, n);

    p->mc_error = sqrt(p->probability * (1 - p->probability) / n);
    p->mc_low = range.low;
    p->mc_high = range.high;
}

/* The fifths of one input whose shares lie furthest apart. */
static void find_range(dt_probability *p, const dt_forecast_run *run, size_t voice, size_t scenario) {
    const dt__count_layout *at = &run->layout;
    size_t scenarios = run->model->scenario_count, block = run->panel.voice_count * scenarios;
    double widest = 0;

    for (size_t i = 0; i < run->input_count; i++) {
        double low = 1, high = 0;
        for (size_t k = 0; k < DT__FIFTHS; k++) {
            uint64_t size = run->counts[at->sizes + i * DT__FIFTHS + k];
            double share;
            if (size < LEAST_IN_FIFTH) continue;
            share = (double)run->counts[at->fifths + (i * DT__FIFTHS + k) * block + voice * scenarios + scenario] /
                    (double)size;
            low = fmin(low, share);
            high = fmax(high, share);
        }
        if (high - low <= widest) continue;
        widest = high - low;
        p->low = low;
        p->high = high;
        p->input = (uint32_t)i;
    }
}

static dt_probability probability_of(const dt_forecast_run *run, size_t voice, size_t scenario) {
    double n = (double)run->made;
    dt_probability p = {.known = run->made > 0 && run->panel.voices[voice].status == DT__VOICE_SPEAKS,
                        .input = DT__NO_INDEX};

    if (!p.known) return p;
    p.probability = (double)run->counts[run->layout.scenarios + voice * run->model->scenario_count + scenario] / n;
    p.low = p.high = p.probability;
    measure_error(&p, n);
    find_range(&p, run, voice, scenario);
    return p;
}

/* ---- one model ---- */

static const double *const *option_shares(dt__builder *b, const dt_forecast_run *run, size_t voice) {
    const dt__count_layout *at = &run->layout;
    const dt_model *m = run->model;
    const double **issues = DT__BUILDER_ARRAY(b, const double *, m->issue_count);

    if (run->made == 0) return NULL;
    for (size_t i = 0; issues != NULL && i < m->issue_count; i++) {
        double *shares = DT__BUILDER_ARRAY(b, double, m->issues[i].option_count);
        issues[i] = shares;
        for (uint32_t o = 0; shares != NULL && o < m->issues[i].option_count; o++)
            shares[o] = (double)run->counts[at->options + voice * at->option_total + at->option_start[i] + o] /
                        (double)run->made;
    }
    return issues;
}

static void name_voice(dt__builder *b, dt_forecast_model *out, const dt_forecast_run *run, const dt__voice *v) {
    static const char *const rules[DT__CHOOSE_COUNT] = {"nash", "kalai_smorodinsky", "egalitarian", "utilitarian"};
    const dt__format *format;
    dt__text *text;

    out->format = DT__NO_INDEX;
    if (v->kind == DT__VOICE_POSITIONS) {
        out->id = out->rule = dt__predict_id(dt__positional_model(v->positional));
        return;
    }
    format = run->panel.formats[v->place].format;
    text = dt__builder_scratch(b);
    out->rule = v->kind == DT__VOICE_STEPS ? "steps" : rules[v->choice];
    out->format = (uint32_t)(format - run->model->formats);
    dt__text_add(text, out->rule);
    dt__text_add(text, "_");
    dt__text_add(text, format->id);
    out->id = dt__builder_take(b);
}

static const dt_model_kind kinds[] = {[DT__VOICE_BARGAIN] = DT_MODEL_BARGAIN,
                                      [DT__VOICE_STEPS] = DT_MODEL_BARGAIN,
                                      [DT__VOICE_POSITIONS] = DT_MODEL_POSITIONS};
static const dt_forecast_status statuses[] = {[DT__VOICE_SPEAKS] = DT_FORECAST_DONE,
                                              [DT__VOICE_ORDINAL] = DT_FORECAST_ORDINAL,
                                              [DT__VOICE_TOO_LARGE] = DT_FORECAST_TOO_LARGE};

static void summarise_voice(dt__builder *b, dt_forecast_model *out, const dt_forecast_run *run, size_t voice) {
    const dt__voice *v = &run->panel.voices[voice];
    dt_probability *scenarios = DT__BUILDER_ARRAY(b, dt_probability, run->model->scenario_count);

    *out =
        (dt_forecast_model){.kind = kinds[v->kind], .status = statuses[v->status], .deal = NAN, .scenarios = scenarios};
    name_voice(b, out, run, v);
    for (size_t s = 0; scenarios != NULL && s < run->model->scenario_count; s++)
        scenarios[s] = probability_of(run, voice, s);
    if (v->status != DT__VOICE_SPEAKS || run->made == 0) return;
    if (v->kind != DT__VOICE_POSITIONS) out->deal = (double)run->counts[run->layout.deals + voice] / (double)run->made;
    out->options = option_shares(b, run, voice);
}

/* ---- the models against one another ---- */

static dt_disagreement compare_models(const dt_forecast_answer *a, size_t scenario) {
    dt_disagreement d = {0};

    for (uint32_t i = 0; i < a->model_count; i++) {
        const dt_forecast_model *m = &a->models[i];
        double p = m->scenarios[scenario].probability;
        if (m->kind == DT_MODEL_BASELINE || !m->scenarios[scenario].known) continue;
        if (!d.known || p < d.low) d.low = p, d.lowest = i;
        if (!d.known || p > d.high) d.high = p, d.highest = i;
        d.known = true;
    }
    return d;
}

static const char *date_text(dt__builder *b, dt__date date) {
    dt__date_print(dt__builder_scratch(b), date);
    return dt__builder_take(b);
}

static void describe_scenarios(dt__builder *b, dt_forecast_answer *a, const dt_forecast_run *run) {
    dt_disagreement *list = DT__BUILDER_ARRAY(b, dt_disagreement, a->scenario_count);

    a->scenarios = list;
    a->options_by = run->opts.at == NULL ? NULL : dt__builder_text(b, run->opts.at);
    for (size_t s = 0; list != NULL && s < a->scenario_count; s++) {
        const dt__scenario *scenario = &run->model->scenarios[s];
        list[s] = compare_models(a, s);
        list[s].months = dt__builder_exact(b, run->panel.dates.months[run->panel.dates.of_scenario[s]]);
        if (scenario->has_by) list[s].by = date_text(b, scenario->by);
        else if (run->opts.at != NULL) list[s].by = dt__builder_text(b, run->opts.at);
        if (run->panel.dates.of_scenario[s] == run->panel.dates.told && list[s].by != NULL) a->options_by = list[s].by;
    }
}

static void describe_inputs(dt__builder *b, dt_forecast_answer *a, const dt_forecast_run *run) {
    dt_forecast_input *list = DT__BUILDER_ARRAY(b, dt_forecast_input, run->input_count);

    a->inputs = list;
    a->input_count = run->input_count;
    for (size_t i = 0; list != NULL && i < run->input_count; i++) {
        uint32_t q = run->inputs[i].input.quantity;
        list[i] = (dt_forecast_input){
            .quantity = q,
            .name = dt__builder_text(b, q == DT__NO_INDEX ? run->model->numbers[run->inputs[i].input.number].path
                                                          : run->model->quantities[q].id)};
    }
}

/* ---- the whole ---- */

static dt_status summarise(dt__builder *b, dt_forecast_answer **out, const dt_forecast_run *run, dt_env *env) {
    size_t models = run->panel.voice_count + DT__BASELINE_COUNT;
    dt_forecast_answer *a = DT__BUILDER_ARRAY(b, dt_forecast_answer, 1);
    dt_forecast_model *list = DT__BUILDER_ARRAY(b, dt_forecast_model, models);
    dt_status st;

    if (a == NULL || list == NULL) return DT_ERR_MEMORY;
    *a = (dt_forecast_answer){.draws = run->made,
                              .asked = run->opts.draws,
                              .seed = run->opts.seed,
                              .complete = run->made == run->opts.draws,
                              .scenario_count = run->model->scenario_count,
                              .issue_count = run->model->issue_count,
                              .models = list,
                              .memory = b->arena};
    a->no_deal = dt__builder_outcome(b, run->panel.setting.no_deal, run->model->issue_count);
    for (size_t p = 0; p < run->model->party_count; p++) a->rounded |= run->panel.amounts.parties[p].rounded;
    for (size_t v = 0; v < run->panel.voice_count; v++) summarise_voice(b, &list[a->model_count++], run, v);
    if ((st = dt__add_baselines(b, list, &a->model_count, run, env)) != DT_OK) return st;
    describe_scenarios(b, a, run);
    describe_inputs(b, a, run);
    *out = a;
    return DT_OK;
}

dt_status dt__run_summary(dt_forecast_answer **out, const dt_forecast_run *run, dt_env *env) {
    dt_forecast_answer *answer = NULL;
    dt__builder b;
    dt_status st = dt__builder_init(&b, env);

    if (st == DT_OK) st = summarise(&b, &answer, run, env);
    if (st == DT_OK && (st = dt__builder_finish(&b)) == DT_OK) *out = answer;
    dt__builder_clear(&b);
    return st;
}
