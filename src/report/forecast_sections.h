/* The sections of the report on "what will happen?", from the answer. */
#ifndef DT__REPORT_FORECAST_SECTIONS_H
#define DT__REPORT_FORECAST_SECTIONS_H

#include "detente/forecast.h"
#include "document/phrase.h"
#include "document/value.h"

/* ---- forecast_words.c ---- */

/* "likely": the word that goes with a probability (docs/method/forecast.md). */
const char *dt__estimative_word(dt_document *d, double probability);
/* "very unlikely (7%)" */
const char *dt__estimate(dt_document *d, double probability);
/* A rule of a model by name: "Nash", "Calibrated mixture", "No deal". */
const char *dt__forecast_rule_name(dt_document *d, const char *rule);
/* The model by name, with its format where it has one and several were asked about. */
const char *dt__forecast_model_name(dt_document *d, const dt_forecast_answer *answer, const dt_forecast_model *model);
/* Do the models say nearly the same of a scenario; of every one of which any can say something? */
bool dt__models_agree(const dt_disagreement *g);
bool dt__forecast_agrees(const dt_forecast_answer *answer);
/* Were several formats asked about? */
bool dt__forecast_is_brief(const dt_forecast_answer *answer);

/* ---- forecast_models.c: the models side by side, issue by issue ---- */
void dt__forecast_models(dt_document *d, const dt_forecast_answer *answer);
void dt__forecast_issues(dt_document *d, const dt_forecast_answer *answer);

/* ---- forecast_json.c: the same facts for programs (docs/json.md) ---- */
dt__value *dt__forecast_value(dt_document *d, const dt_forecast_answer *answer);
/* What no model here knows: messages, ended by NULL. */
extern const char *const dt__not_modelled[];

#endif
