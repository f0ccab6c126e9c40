/* Where the numbers of a model are used: in whose preferences, or elsewhere; a quantity where the formulas are that
 * name it. */
#ifndef DT__PAGE_NUMBER_USES_H
#define DT__PAGE_NUMBER_USES_H

#include "document/phrase.h"

typedef struct dt__uses {
    const dt_model *model;
    uint32_t *party;    /* per number: in whose preferences it stands, or DT__NO_INDEX */
    uint32_t *quantity; /* per number: whose value it is, or DT__NO_INDEX */
    size_t words;       /* of a set of numbers */
    uint64_t *users;    /* per quantity: the numbers, no values of quantities, that depend on it */
} dt__uses;

/* In the arena of the document; NULL when memory fails. */
const dt__uses *dt__uses_new(dt_document *d);
/* Does nothing but preferences of these parties use it?  Of a number that nothing uses: no. */
bool dt__uses_only(const dt__uses *uses, dt__number_id number, dt__party_set parties);
/* The same of a quantity. */
bool dt__quantity_only(const dt__uses *uses, uint32_t quantity, dt__party_set parties);
/* "North: weight of Ceasefire; South: capability", of the preferences of these parties nothing. */
const char *dt__uses_text(dt_document *d, const dt__uses *uses, dt__number_id number, dt__party_set hidden);

#endif
