/* From options to a situation: what-ifs, date, limits. */
#include <string.h>

#include "base/catalog.h"
#include "model/levers.h"
#include "question/setting.h"

/* Without a time limit work is limited by what was done, so that the same question always has the same answer. */
enum { NODE_LIMIT = 200000, STATE_LIMIT = 500000, DESCENT_LIMIT = 50000000 };

static const dt__place nowhere = {.file = ""};

static void unknown_name(const char *code, const char *msgid, const char *name, const char *const *known, size_t count,
                         dt_env *env) {
    const char *nearest = dt__nearest(name, known, count);

    dt__diagnose(env, DT_ERROR, nowhere, code, msgid, name, NULL);
    if (nearest != NULL) dt__hint(env, "did you mean “{0}”?", nearest, NULL);
}

static dt_status set_issue(dt__setting *s, const dt_model *model, uint32_t issue, const char *value, dt_env *env) {
    const dt__issue *info = &model->issues[issue];
    uint32_t option = dt__issue_option(info, value);

    if (option == DT__NO_INDEX) {
        dt__diagnose(env, DT_ERROR, nowhere, "unknown-option", "issue “{0}” has no option “{1}”", info->id, value,
                     NULL);
        if (info->option_count <= 16) {
            dt__text options;
            dt__text_init(&options, env);
            for (uint32_t o = 0; o < info->option_count; o++) {
                if (o > 0) dt__text_add(&options, ", ");
                dt__text_add(&options, info->options[o].id);
            }
            env->diagnostics_lost |= options.failed;
            dt__hint(env, "its options are: {0}", dt__text_get(&options), NULL);
            dt__text_clear(&options);
        }
        return DT_ERR_ARGUMENT;
    }
    s->no_deal[issue] = (dt__option)option;
    s->pinned[issue] = true;
    return DT_OK;
}

/* A quantity keeps its range, stated or implied by its unit. */
static dt_status refuse_beyond_range(const dt__number *n, const dt_setting *setting, dt_env *env) {
    dt__text low, high;
    dt_status st = DT_ERR_MEMORY;

    dt__text_init(&low, env);
    dt__text_init(&high, env);
    dt__rational_print(&low, n->low);
    dt__rational_print(&high, n->high);
    if (!low.failed && !high.failed) {
        dt__diagnose(env, DT_ERROR, nowhere, "out-of-range",
                     "“{0}” is not within {1} to {2}, the range of quantity “{3}”", setting->value, dt__text_get(&low),
                     dt__text_get(&high), setting->name, NULL);
        st = DT_ERR_ARGUMENT;
    }
    dt__text_clear(&low);
    dt__text_clear(&high);
    return st;
}

static dt_status set_quantity(dt__setting *s, const dt_model *model, uint32_t quantity, const dt_setting *setting,
                              dt_env *env) {
    const dt__number *n = &model->numbers[model->quantities[quantity].number];
    dt__rational value;

    if (!dt__rational_parse(&value, setting->value, strlen(setting->value))) {
        dt__diagnose(env, DT_ERROR, nowhere, "bad-number", "“{0}” is no exact number for quantity “{1}”",
                     setting->value, setting->name, NULL);
        return DT_ERR_ARGUMENT;
    }
    if (n->bounded && (dt__rational_compare(value, n->low) < 0 || dt__rational_compare(value, n->high) > 0))
        return refuse_beyond_range(n, setting, env);
    s->valuation.quantities[quantity] = value;
    s->valuation.fixed[quantity] = true;
    return DT_OK;
}

static dt_status unknown_setting(const dt_model *model, const char *name, dt_env *env) {
    size_t count = model->issue_count + model->quantity_count;
    const char **known = DT__ARRAY(env, const char *, count);

    if (known == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < model->issue_count; i++) known[i] = model->issues[i].id;
    for (size_t i = 0; i < model->quantity_count; i++) known[model->issue_count + i] = model->quantities[i].id;
    unknown_name("unknown-setting", "there is no issue or quantity “{0}” to set", name, known, count, env);
    DT__FREE(env, known, count == 0 ? 1 : count);
    return DT_ERR_ARGUMENT;
}

static dt_status apply_settings(dt__setting *s, const dt_model *model, const dt__settings *given, dt_env *env) {
    dt_status st = DT_OK;

    for (size_t i = 0; i < given->count && st == DT_OK; i++) {
        const dt_setting *setting = &given->settings[i];
        uint32_t issue = dt__model_issue(model, setting->name), quantity = dt__model_quantity(model, setting->name);
        if (issue != DT__NO_INDEX) st = set_issue(s, model, issue, setting->value, env);
        else if (quantity != DT__NO_INDEX) st = set_quantity(s, model, quantity, setting, env);
        else st = unknown_setting(model, setting->name, env);
    }
    return st;
}

static dt_status apply_date(dt__setting *s, const dt_model *model, const char *at, dt_env *env) {
    dt__date date;

    s->situation.months = DT__RATIONAL(0);
    if (at == NULL) return DT_OK;
    if (!dt__date_parse(&date, at)) {
        dt__diagnose(env, DT_ERROR, nowhere, "bad-date", "“{0}” is no date; expected one like 2025-08-14", at, NULL);
        return DT_ERR_ARGUMENT;
    }
    if (!model->has_as_of) {
        dt__diagnose(env, DT_ERROR, nowhere, "no-as-of", "the model has no as_of from which to count", NULL);
        return DT_ERR_ARGUMENT;
    }
    s->situation.months = dt__date_months(model->as_of, date);
    return DT_OK;
}

static dt_status apply_within(dt__setting *s, const dt_model *model, const char *within, dt_env *env) {
    const char **known;

    s->within = DT__NO_INDEX;
    if (within == NULL) return DT_OK;
    s->within = dt__model_scenario(model, within);
    if (s->within != DT__NO_INDEX) return DT_OK;
    known = DT__ARRAY(env, const char *, model->scenario_count);
    if (known == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < model->scenario_count; i++) known[i] = model->scenarios[i].id;
    unknown_name("unknown-scenario", "there is no scenario “{0}”", within, known, model->scenario_count, env);
    DT__FREE(env, known, model->scenario_count == 0 ? 1 : model->scenario_count);
    return DT_ERR_ARGUMENT;
}

static dt_status place_levers(dt__setting *s, const dt_model *model, dt_env *env) {
    bool settled;
    dt_status st = dt__place_open_levers(&settled, s->no_deal, s->pinned, model, &s->valuation, env);

    if (st != DT_OK || settled) return st;
    dt__diagnose(env, DT_ERROR, nowhere, "restless-levers",
                 "with these settings the owners of the levers never settle without a deal", NULL);
    return DT_ERR_ARGUMENT;
}

/* Who only watches an agreement negotiates about nothing. */
static dt_status refuse_agreements_alone(const dt_model *model, dt_env *env) {
    if (model->issue_count > 0) return DT_OK;
    dt__diagnose(env, DT_ERROR, (dt__place){.file = model->file}, "no-issues",
                 "the model has agreements, but no `issues`: there is nothing to negotiate about", NULL);
    dt__hint(env, "`detente monitor` asks whether its agreements are kept", NULL);
    return DT_ERR_MODEL;
}

dt_status dt__setting_init(dt__setting *s, const dt_model *model, const dt__settings *given, dt_env *env) {
    dt_status st;

    *s = (dt__setting){
        .limits = {.nodes = NODE_LIMIT, .states = STATE_LIMIT, .descent = DESCENT_LIMIT, .list = given->list_limit}};
    if (env->opts.time_limit > 0) { /* the user's seconds and bytes decide instead */
        s->limits.nodes = UINT64_MAX;
        s->limits.states = SIZE_MAX;
        s->limits.descent = UINT64_MAX;
    }
    s->situation = (dt__situation){.model = model, .valuation = &s->valuation, .no_deal = s->no_deal};
    dt__model_no_deal(model, s->no_deal);
    DT__TRY(refuse_agreements_alone(model, env));
    DT__TRY(dt__valuation_init(&s->valuation, model, env));
    DT__TRY(apply_settings(s, model, given, env));
    DT__TRY(apply_date(s, model, given->at, env));
    DT__TRY(apply_within(s, model, given->within, env));
    DT__TRY(dt__valuation_central(&s->valuation, model, env));
    st = place_levers(s, model, env);
done:
    if (st != DT_OK) dt__setting_clear(s, env);
    return st;
}

void dt__setting_clear(dt__setting *s, dt_env *env) {
    if (s->valuation.numbers != NULL) dt__valuation_clear(&s->valuation, env);
}

/* ---- formats ---- */

dt_status dt__refuse_option(dt_env *env, const char *code, const char *msgid, const char *argument) {
    dt__diagnose(env, DT_ERROR, nowhere, code, msgid, argument, NULL);
    return DT_ERR_ARGUMENT;
}

dt_status dt__refuse_graph(const dt_model *model, dt_env *env) {
    if (model->arcs == NULL) return DT_OK;
    dt__diagnose(env, DT_ERROR, model->issues[0].place, "graph-model",
                 "this model is a graph of states and moves: it has no formats in which a deal could be made", NULL);
    dt__hint(env, "`detente hold` asks which of its states are stable", NULL);
    return DT_ERR_MODEL;
}

static dt_status unknown_format(const dt_model *model, const char *among, dt_env *env) {
    const char **known = DT__ARRAY(env, const char *, model->format_count);

    if (known == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < model->format_count; i++) known[i] = model->formats[i].id;
    unknown_name("unknown-format", DT__N("there is no format “{0}”"), among, known, model->format_count, env);
    DT__FREE(env, known, model->format_count == 0 ? 1 : model->format_count);
    return DT_ERR_ARGUMENT;
}

dt_status dt__formats_asked(const dt__format **formats, size_t *count, const dt_model *model, const char *among,
                            dt_env *env) {
    uint32_t only = among == NULL ? DT__NO_INDEX : dt__model_format(model, among);

    *count = 0;
    if (among != NULL && only == DT__NO_INDEX) return unknown_format(model, among, env);
    for (uint32_t i = 0; i < model->format_count; i++) {
        if (only == DT__NO_INDEX || only == i) formats[(*count)++] = &model->formats[i];
    }
    return DT_OK;
}
