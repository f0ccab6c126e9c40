/* The reports on a ledger. */
#ifndef DT__REPORT_LEDGER_SECTIONS_H
#define DT__REPORT_LEDGER_SECTIONS_H

#include "detente/ledger.h"
#include "document/value.h"

/* "2025-04-19 18:00" in UTC; NULL for an open end. */
const char *dt__say_time(dt_document *d, dt_time time);

const char *dt__dispute_word(dt_document *d, dt_dispute_state state);
/* "watching" and so on in words. */
const char *dt__watch_word(dt_document *d, const char *state);

/* ledger_json.c: the keys of docs/json.md */
dt__value *dt__ledger_append_value(dt_document *d, const char *const *files, const dt_ledger_appended *done,
                                   size_t count);
dt__value *dt__ledger_check_value(dt_document *d, const dt_ledger_check *check);
dt__value *dt__ledger_state_value(dt_document *d, const dt_ledger_state *state);
dt__value *dt__ledger_dispute_value(dt_document *d, const dt_dispute *dispute);

#endif
