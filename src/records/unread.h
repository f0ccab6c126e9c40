/* Columns of our own formats (or properties) that no key names: collected while a file is read, told once. */
#ifndef DT__RECORDS_UNREAD_H
#define DT__RECORDS_UNREAD_H

#include "base/text.h"

typedef struct dt__unread {
    dt__text names; /* a line each */
    size_t count;
} dt__unread;

void dt__unread_init(dt__unread *unread, dt_env *env);
void dt__unread_clear(dt__unread *unread);
/* A name that no key has; one that came before is passed by. */
void dt__unread_note(dt__unread *unread, const char *name);
/* Warns of them, with the key that is meant where one is near.  DT_OK, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__unread_tell(const dt__unread *unread, const char *const *keys, size_t count,
                                       dt__place place);

#endif
