/* Facts that the answers to several questions hold, as values: the keys of docs/json.md. */
#ifndef DT__DOCUMENT_FACTS_H
#define DT__DOCUMENT_FACTS_H

#include "document/value.h"

const char *dt__party_key(const dt_document *d, uint32_t party);
const char *dt__format_key(const dt_document *d, uint32_t format);
/* {issue: option}; null for NULL. */
dt__value *dt__outcome_value(dt_document *d, dt_outcome outcome);
/* Ids of a set of parties, in model order; of several sets. */
dt__value *dt__party_set_value(dt_document *d, dt__party_set parties);
dt__value *dt__party_sets_value(dt_document *d, const uint64_t *sets, size_t count);
/* {party: {accepts, preference, utility, no_deal, gain, red_lines}} */
dt__value *dt__judgements_value(dt_document *d, const dt_judgement *judgements, size_t count);

#endif
