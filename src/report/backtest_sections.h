/* The parts of the report on a backtest. */
#ifndef DT__REPORT_BACKTEST_SECTIONS_H
#define DT__REPORT_BACKTEST_SECTIONS_H

#include "document/say.h"
#include "document/value.h"

/* The answer as a value: the keys of docs/json.md. */
dt__value *dt__backtest_value(dt_document *d, const dt_backtest_answer *answer);

#endif
