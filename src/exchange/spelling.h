/* Texts and ids as they stand in a model. */
#ifndef DT__EXCHANGE_SPELLING_H
#define DT__EXCHANGE_SPELLING_H

#include "base/text.h"

/* In quotes, as one line of printable text. */
void dt__spell_text(dt__text *out, const char *text);
/* An id or a name, in quotes where YAML needs them. */
void dt__spell_id(dt__text *out, const char *id);
/* Letters that name the source of this number: A, B ... Z, AA ... */
void dt__spell_source(dt__text *out, size_t number);

#endif
