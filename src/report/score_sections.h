/* The report on how good forecasts were. */
#ifndef DT__REPORT_SCORE_SECTIONS_H
#define DT__REPORT_SCORE_SECTIONS_H

#include "detente/register.h"
#include "document/value.h"

/* score_json.c: the keys of docs/json.md */
dt__value *dt__score_value(dt_document *d, const dt_score_answer *answer);

#endif
