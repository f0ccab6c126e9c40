/* Memory that is freed all at once: parse trees, models, tables of one solve.  One thread at a time. */
#ifndef DT__BASE_ARENA_H
#define DT__BASE_ARENA_H

#include "base/env.h"

typedef struct dt__arena {
    dt_env *env;
    struct dt__arena_block *newest;
    size_t used; /* bytes in all blocks: what memory_limit is compared with */
} dt__arena;

void dt__arena_init(dt__arena *arena, dt_env *env);
void dt__arena_clear(dt__arena *arena);
/* Zeroed memory for count items, aligned to 16; NULL on failure or overflow. */
void *dt__arena_alloc(dt__arena *arena, size_t count, size_t item);
char *dt__arena_string(dt__arena *arena, const char *bytes, size_t length);

#define DT__ARENA_NEW(arena, type) ((type *)dt__arena_alloc((arena), 1, sizeof(type)))
#define DT__ARENA_ARRAY(arena, type, count) ((type *)dt__arena_alloc((arena), (count), sizeof(type)))

#endif
