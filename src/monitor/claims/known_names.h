/* Names of a few thousand things, met a few million times. */
#ifndef DT__MONITOR_KNOWN_NAMES_H
#define DT__MONITOR_KNOWN_NAMES_H

#include "base/vector.h"

/* known_names.c */
typedef enum dt__name_kind {
    DT__NAME_PARTY = 1, /* index of a party, or DT__NOBODY */
    DT__NAME_STRANGER,
    DT__NAME_SOURCE,
    DT__NAME_FAMILY,  /* index of its first source */
    DT__NAME_RAW_ACT, /* as a reader gives it: act of the ledger, or DT__NOBODY for no word of the vocabulary */
    DT__NAME_WORD     /* and more: of the lists of words */
} dt__name_kind;

typedef struct dt__known_names {
    struct dt__known_name *places;
    size_t room, count;
} dt__known_names;

/* False: the name has not come before.  The kind is part of the name; case matters only where it tells names apart. */
bool dt__name_find(const dt__known_names *n, dt__name_kind kind, const char *name, size_t length, uint32_t *index);
/* The text is kept as it stands, not copied.  DT_OK, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__name_add(dt__known_names *n, dt__name_kind kind, const char *text, uint32_t index,
                                    dt_env *env);
void dt__names_clear(dt__known_names *n, dt_env *env);

#endif
