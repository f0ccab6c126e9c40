/* Probabilities, models and what they leave out, in words. */
#include <string.h>

#include "base/catalog.h"
#include "report/forecast_sections.h"

/* ---- words of estimative probability (Intelligence Community Directive 203, 2015) ---- */

typedef struct band {
    double below;
    const char *word;
} band;

static const band bands[] = {{0.05, DT__N("almost no chance")}, {0.20, DT__N("very unlikely")},
                             {0.45, DT__N("unlikely")},         {0.55, DT__N("roughly even chance")},
                             {0.80, DT__N("likely")},           {0.95, DT__N("very likely")}};

const char *dt__estimative_word(dt_document *d, double probability) {
    for (size_t i = 0; i < sizeof bands / sizeof *bands; i++) {
        if (probability < bands[i].below) return dt__word(d, bands[i].word);
    }
    return dt__word(d, "almost certain");
}

const char *dt__estimate(dt_document *d, double probability) {
    return dt__say(d, "{0} ({1})", dt__estimative_word(d, probability), dt__say_percent(d, probability), NULL);
}

/* ---- disagreement ---- */

bool dt__models_agree(const dt_disagreement *g) {
    return g->high - g->low < 0.01;
}

bool dt__forecast_agrees(const dt_forecast_answer *answer) {
    size_t known = 0;

    for (size_t s = 0; s < answer->scenario_count; s++) {
        if (!answer->scenarios[s].known) continue;
        if (!dt__models_agree(&answer->scenarios[s])) return false;
        known++;
    }
    return known > 0;
}

/* ---- models ---- */

typedef struct rule_name {
    const char *rule, *name;
} rule_name;

static const rule_name names[] = {{"nash", DT__N("Nash")},
                                  {"kalai_smorodinsky", DT__N("Kalai-Smorodinsky")},
                                  {"egalitarian", DT__N("egalitarian")},
                                  {"utilitarian", DT__N("utilitarian")},
                                  {"steps", DT__N("Step by step")},
                                  {"compromise", DT__N("Compromise")},
                                  {"weighted_median", DT__N("Weighted median")},
                                  {"mean", DT__N("Unweighted mean")},
                                  {"nash_positions", DT__N("Nash on positions")},
                                  {"pce", DT__N("Probabilistic Condorcet election")},
                                  {"mixture", DT__N("Calibrated mixture")},
                                  {"no_deal", DT__N("Baseline: nothing is agreed")},
                                  {"uniform", DT__N("Baseline: every coherent outcome alike")},
                                  {"base_rate", DT__N("Baseline: the base rate given")}};

const char *dt__forecast_rule_name(dt_document *d, const char *rule) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i].rule, rule) == 0) return dt__word(d, names[i].name);
    }
    return dt__document_copy(d, rule);
}

bool dt__forecast_is_brief(const dt_forecast_answer *answer) {
    const dt_forecast_model *first = answer->model_count == 0 ? NULL : &answer->models[0];

    for (size_t i = 0; i < answer->model_count; i++) {
        if (answer->models[i].kind == DT_MODEL_BARGAIN && answer->models[i].format != first->format) return true;
    }
    return false;
}

const char *dt__forecast_model_name(dt_document *d, const dt_forecast_answer *answer, const dt_forecast_model *model) {
    const char *name = dt__forecast_rule_name(d, model->rule);

    if (model->kind != DT_MODEL_BARGAIN || !dt__forecast_is_brief(answer)) return name;
    return dt__say(d, "{0} ({1})", name, dt__format_name(d, model->format), NULL);
}

/* ---- what is not modelled ---- */

const char *const dt__not_modelled[] = {
    DT__N("Whether a deal that is good for all comes about: bargaining models say yes, the baseline of no deal no."),
    DT__N("Which of the formats comes about: each is answered by itself."),
    DT__N("Events from outside: a change of leaders, an accident, an attack, a new party."),
    DT__N("What the parties hide, misjudge or do not know about one another."),
    DT__N("Ties between the uncertain numbers beyond the quantities that they share."),
    NULL};
