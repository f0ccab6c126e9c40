/* The model's things by their names, in the language of the environment.  Indices come from answers. */
#ifndef DT__DOCUMENT_NAMING_H
#define DT__DOCUMENT_NAMING_H

#include "document/say.h"

const char *dt__label_name(dt_document *d, const dt__label *label, const char *id);
const char *dt__title_name(dt_document *d); /* of the model; its file when it has no title */
const char *dt__party_name(dt_document *d, uint32_t party);
const char *dt__issue_name(dt_document *d, uint32_t issue);
const char *dt__option_name(dt_document *d, uint32_t issue, uint32_t option);
const char *dt__format_name(dt_document *d, uint32_t format);
const char *dt__rule_name(dt_document *d, uint32_t rule);
const char *dt__principle_name(dt_document *d, uint32_t principle);
const char *dt__proposal_name(dt_document *d, uint32_t proposal);
const char *dt__scenario_name(dt_document *d, uint32_t scenario);
const char *dt__red_line_name(dt_document *d, uint32_t party, uint32_t red_line);

/* as_of of the model, as it is written; in a sentence, with months of drift; "" when it has none. */
const char *dt__as_of_text(dt_document *d);
const char *dt__as_of_sentence(dt_document *d, dt_exact months);

/* A, B and C; "" for none. */
const char *dt__parties_text(dt_document *d, dt__party_set parties);
const char *dt__issues_text(dt_document *d, const dt__issue_set *issues);
/* Whose consent: "A and B", "A and at least 2 of B, C and D". */
const char *dt__consent_text(dt_document *d, const dt__consent *consent);

bool dt__same_outcome(const dt_document *d, dt_outcome a, dt_outcome b);
/* What an outcome changes: "Ceasefire: full; Forces: capped", or "as with no deal". */
const char *dt__changes_text(dt_document *d, dt_outcome outcome, dt_outcome no_deal);
/* Blockers by party: "North: no free pause, territory; South: walking away is worth more"; of a concession with what
 * its parties would get below no deal. */
const char *dt__blockers_text(dt_document *d, const dt_blocker_set *set);
const char *dt__concession_text(dt_document *d, const dt_concession *concession);
/* Red lines crossed, by party, in the same form; "" for none. */
const char *dt__crossings_text(dt_document *d, const dt_judgement *judgements, size_t count);

/* One format in the section on verification, which the first of them opens; *list is NULL before. */
void dt__verification(dt_document *d, dt__block **list, uint32_t format, bool holds, const char *note);

#endif
