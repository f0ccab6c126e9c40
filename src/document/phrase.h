/* Conditions and numbers of a model in words. */
#ifndef DT__DOCUMENT_PHRASE_H
#define DT__DOCUMENT_PHRASE_H

#include "document/naming.h"

/* "if Ceasefire = full, then Offensive = halt"; "" for NULL. */
const char *dt__condition_text(dt_document *d, const dt__condition *condition);
/* A number as the file has it: "30..70", "a 20, b 35"; "" for DT__NO_NUMBER. */
const char *dt__number_text(dt_document *d, dt__number_id number);
const char *dt__rational_text(dt_document *d, dt__rational value);
/* Where it comes from: "K16, K24–K26" or the reason given. */
const char *dt__evidence_text(dt_document *d, const dt__evidence *evidence);

#endif
