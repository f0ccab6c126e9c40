/* The report on "what would change it?": two models or settings side by side. */
#ifndef DT__REPORT_WHATIF_SECTIONS_H
#define DT__REPORT_WHATIF_SECTIONS_H

#include "detente/whatif.h"
#include "document/phrase.h"
#include "document/value.h"

/* Did anything about a zone change? */
bool dt__zone_changed(const dt_changed_zone *zone);
/* Which blockers it no longer has or has now; else whose acceptance changed most. */
const char *dt__zone_reason(dt_document *d, const dt_whatif_answer *answer, const dt_changed_zone *zone);

/* whatif_json.c: the same facts for programs (docs/json.md) */
dt__value *dt__whatif_value(dt_document *d, const dt_whatif_answer *answer);

#endif
