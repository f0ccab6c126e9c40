/* The sections of the report on "what would change it?", from the answer. */
#ifndef DT__REPORT_DRIVERS_SECTIONS_H
#define DT__REPORT_DRIVERS_SECTIONS_H

#include "detente/drivers.h"
#include "document/phrase.h"
#include "document/value.h"

/* ---- drivers_document.c ---- */
/* "Success (Trilateral)", "A zone (Trilateral)", "Gain of Ukraine (Trilateral)", "Compromise on Emission" */
const char *dt__output_name(dt_document *d, const dt_driver_output *output);
/* 0 or 1? */
bool dt__output_is_event(const dt_driver_output *output);

/* ---- input_names.c ---- */
/* Of a number that stands in one place: "Germany: position on Years"; otherwise where it stands. */
const char *dt__number_name(dt_document *d, dt__number_id number);
/* "Russia's share of the initiative"; of a number that stands in one place "Germany: position on Years". */
const char *dt__input_name(dt_document *d, const dt_driver_input *input);

/* ---- drivers_levers.c ---- */
void dt__drivers_levers(dt_document *d, const dt_drivers_answer *answer);

/* ---- drivers_json.c: the same facts for programs (docs/json.md) ---- */
dt__value *dt__drivers_value(dt_document *d, const dt_drivers_answer *answer);

#endif
