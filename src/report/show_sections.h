/* The sections of a model as tables; each adds its blocks, or nothing when the model has none of it. */
#ifndef DT__REPORT_SHOW_SECTIONS_H
#define DT__REPORT_SHOW_SECTIONS_H

#include "document/phrase.h"
#include "document/value.h"

/* show_preferences.c */
void dt__show_preferences(dt_document *d);

/* show_moves.c: moves of a graph written out, transitions that are barred, what parties do not see */
void dt__show_states(dt_document *d); /* instead of issues */
void dt__show_moves(dt_document *d);

/* show_agreements.c */
void dt__show_agreements(dt_document *d);
dt__value *dt__show_agreements_value(dt_document *d);

/* show_outcomes.c: what is said about outcomes, and where it comes from */
void dt__show_rules(dt_document *d);
void dt__show_principles(dt_document *d);
void dt__show_proposals(dt_document *d);
void dt__show_scenarios(dt_document *d);
void dt__show_quantities(dt_document *d);
void dt__show_sources(dt_document *d);

/* show_json.c */
dt__value *dt__show_value(dt_document *d);

/* The form of a party's preferences in a word. */
const char *dt__form_text(dt_document *d, const dt__preferences *preferences);
const char *dt__date_text(dt_document *d, dt__date date);

#endif
