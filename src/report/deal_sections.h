/* The sections of the report on a deal, from the answer; each adds its blocks, or nothing when there is nothing to say.
 */
#ifndef DT__REPORT_DEAL_SECTIONS_H
#define DT__REPORT_DEAL_SECTIONS_H

#include "document/phrase.h"
#include "document/value.h"

/* Of long lists so many are shown, fewer when several formats are answered side by side; the rest is in the JSON. */
enum { DT__LIST_SHOWN = 5, DT__LIST_BRIEF = 3 };

/* deal_head.c: title, formats side by side, what the settings change */
void dt__deal_head(dt_document *d, const dt_deal_answer *answer);
void dt__deal_difference(dt_document *d, const dt_deal_answer *answer);

/* Yes, no or undecided; its size; in short what blocks it. */
const char *dt__zone_verdict(dt_document *d, const dt_deal_answer *answer, const dt_deal_format *f,
                             dt__emphasis *emphasis);
const char *dt__zone_size(dt_document *d, const dt_deal_format *f);
const char *dt__zone_obstacle(dt_document *d, const dt_deal_format *f);

/* deal_format.c: the answer for one format */
void dt__deal_format(dt_document *d, const dt_deal_answer *answer, const dt_deal_format *format);
/* Is no deal itself in the zone?  And is it all that is there? */
bool dt__zone_holds_no_deal(const dt_document *d, const dt_deal_answer *answer, const dt_deal_format *format);
bool dt__zone_is_no_deal(const dt_document *d, const dt_deal_answer *answer, const dt_deal_format *format);

/* deal_scenarios.c: each scenario by itself, in one format */
void dt__deal_scenarios(dt_document *d, const dt_deal_answer *answer, const dt_deal_format *format);

/* deal_proposals.c */
void dt__deal_proposals(dt_document *d, const dt_deal_answer *answer);

/* deal_landscape.c: what concerns all formats */
void dt__deal_acceptance(dt_document *d, const dt_deal_answer *answer);
void dt__deal_opposition(dt_document *d, const dt_deal_answer *answer);
void dt__deal_principles(dt_document *d, const dt_deal_answer *answer);

/* deal_outlook.c: what is to come, and what was verified */
void dt__deal_outlook(dt_document *d, const dt_deal_answer *answer);
void dt__deal_verification(dt_document *d, const dt_deal_answer *answer);

/* deal_json.c: the same facts for programs (docs/json.md) */
dt__value *dt__deal_value(dt_document *d, const dt_deal_answer *answer);

/* "… and 12 more (see --json)" below a list of which `shown` were shown. */
void dt__deal_more(dt_document *d, size_t count, size_t shown);
/* Is there more to say about one format than fits when several stand side by side? */
bool dt__deal_is_brief(const dt_deal_answer *answer);

#endif
