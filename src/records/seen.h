/* Ids that came before, each with what its row held: 16 bytes apiece, up to a bound. */
#ifndef DT__RECORDS_SEEN_H
#define DT__RECORDS_SEEN_H

#include "base/env.h"

enum { DT__SEEN_MOST = 1 << 22 };

typedef struct dt__seen_id {
    uint64_t id, content; /* id 0: an empty place */
} dt__seen_id;

typedef struct dt__seen {
    dt_env *env;
    dt__seen_id *places;
    size_t room, count; /* room: a power of two */
} dt__seen;

typedef enum dt__sighting {
    DT__SIGHTING_NEW = 0,
    DT__SIGHTING_SAME,
    DT__SIGHTING_OTHER,
    DT__SIGHTING_UNKNOWN
} dt__sighting;

void dt__seen_init(dt__seen *seen, dt_env *env);
void dt__seen_clear(dt__seen *seen);
/* Notes an id with what its row holds: new, there with the same content, there with another (which it has from now on),
 * or not known because there is no more room.  DT_OK, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__seen_note(dt__sighting *what, dt__seen *seen, uint64_t id, uint64_t content);

/* Has the place of an id brought near, for it will be noted soon. */
static inline void dt__seen_expect(const dt__seen *seen, uint64_t id) {
    if (seen->room > 0) __builtin_prefetch(&seen->places[(size_t)id & (seen->room - 1)]);
}

/* 64 bits of some bytes, going on from `hash` (begin with 0).  Not against an adversary. */
uint64_t dt__hash_bytes(uint64_t hash, const char *bytes, size_t length);
/* The same several times as fast, but of one run only: machines differ in it, so that nothing is named by it. */
uint64_t dt__hash_quickly(uint64_t hash, const char *bytes, size_t length);

#endif
