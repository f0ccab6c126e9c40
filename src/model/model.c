/* Looking things up in a model. */
#include "model/model.h"

#include <string.h>

const char *dt_model_title(const dt_model *model, dt_language language) {
    return dt__label_text(&model->title, language, "");
}

const char *dt_model_file(const dt_model *model) {
    return model->file;
}

const char *dt_model_sha256(const dt_model *model) {
    return model->sha256;
}

size_t dt_model_party_count(const dt_model *model) {
    return model->party_count;
}

size_t dt_model_issue_count(const dt_model *model) {
    return model->issue_count;
}

size_t dt_model_preference_count(const dt_model *model) {
    size_t count = 0;
    for (uint32_t p = 0; p < model->party_count; p++) count += model->parties[p].preferences != NULL;
    return count;
}

size_t dt_model_format_count(const dt_model *model) {
    return model->format_count;
}

const char *dt_model_party_id(const dt_model *model, size_t party) {
    return party < model->party_count ? model->parties[party].id : NULL;
}

const char *dt_model_issue_id(const dt_model *model, size_t issue) {
    return issue < model->issue_count ? model->issues[issue].id : NULL;
}

const char *dt_model_format_id(const dt_model *model, size_t format) {
    return format < model->format_count ? model->formats[format].id : NULL;
}

size_t dt_model_option_count(const dt_model *model, size_t issue) {
    return issue < model->issue_count ? model->issues[issue].option_count : 0;
}

const char *dt_model_option_id(const dt_model *model, size_t issue, size_t option) {
    return option < dt_model_option_count(model, issue) ? model->issues[issue].options[option].id : NULL;
}

uint32_t dt__model_party(const dt_model *model, const char *id) {
    for (uint32_t i = 0; i < model->party_count; i++) {
        if (strcmp(model->parties[i].id, id) == 0) return i;
    }
    return DT__NO_INDEX;
}

uint32_t dt__model_issue(const dt_model *model, const char *id) {
    for (uint32_t i = 0; i < model->issue_count; i++) {
        if (strcmp(model->issues[i].id, id) == 0) return i;
    }
    return DT__NO_INDEX;
}

uint32_t dt__model_format(const dt_model *model, const char *id) {
    for (uint32_t i = 0; i < model->format_count; i++) {
        if (strcmp(model->formats[i].id, id) == 0) return i;
    }
    return DT__NO_INDEX;
}

uint32_t dt__model_quantity(const dt_model *model, const char *id) {
    for (uint32_t i = 0; i < model->quantity_count; i++) {
        if (strcmp(model->quantities[i].id, id) == 0) return i;
    }
    return DT__NO_INDEX;
}

uint32_t dt__model_scenario(const dt_model *model, const char *id) {
    for (uint32_t i = 0; i < model->scenario_count; i++) {
        if (strcmp(model->scenarios[i].id, id) == 0) return i;
    }
    return DT__NO_INDEX;
}

uint32_t dt__issue_option(const dt__issue *issue, const char *id) {
    for (uint32_t i = 0; i < issue->option_count; i++) {
        if (strcmp(issue->options[i].id, id) == 0) return i;
    }
    return DT__NO_INDEX;
}

void dt__model_no_deal(const dt_model *model, dt__option *outcome) {
    for (size_t i = 0; i < model->issue_count; i++) outcome[i] = model->issues[i].no_deal;
}

void dt__proposal_outcome(const dt_model *model, const dt__proposal *proposal, const dt__option *no_deal,
                          dt__option *outcome) {
    for (size_t i = 0; i < model->issue_count; i++) {
        outcome[i] = proposal->named[i] == DT__NO_OPTION ? no_deal[i] : proposal->named[i];
    }
}

/* ---- principles ---- */

static bool touches(const dt_model *model, const dt__issue_set *issues, const dt__option *outcome,
                    const dt__option *no_deal) {
    for (uint32_t i = 0; i < model->issue_count; i++) {
        if (dt__issue_set_has(issues, i) && outcome[i] != no_deal[i]) return true;
    }
    return false;
}

static bool is_no_deal(const dt_model *model, const dt__option *outcome, const dt__option *no_deal) {
    return memcmp(outcome, no_deal, model->issue_count * sizeof *outcome) == 0;
}

bool dt__principle_broken(const dt_model *model, const dt__principle *principle, const dt__format *format,
                          const dt__option *outcome, const dt__option *no_deal) {
    switch (principle->kind) {
    case DT__PRINCIPLE_PRESENT:
        if (format == NULL || (format->table >> principle->party & 1)) return false;
        return touches(model, &principle->issues, outcome, no_deal);
    case DT__PRINCIPLE_FOLLOW_UP:
        return !is_no_deal(model, outcome, no_deal) && !dt__condition_holds(principle->b, outcome);
    case DT__PRINCIPLE_ORDER:
    case DT__PRINCIPLE_CONSEQUENCE:
        return dt__condition_holds(principle->a, outcome) && !dt__condition_holds(principle->b, outcome);
    case DT__PRINCIPLE_REQUIRE: return !dt__condition_holds(principle->b, outcome);
    }
    return false;
}

size_t dt_model_scenario_count(const dt_model *model) {
    return model->scenario_count;
}

const char *dt_model_scenario_id(const dt_model *model, size_t scenario) {
    return scenario < model->scenario_count ? model->scenarios[scenario].id : NULL;
}
