#include "base/arena.h"

#include <string.h>

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20, ALIGNMENT = 16 };

struct dt__arena_block {
    struct dt__arena_block *older;
    size_t size, used;
};

#define HEADER ((sizeof(struct dt__arena_block) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT)

void dt__arena_init(dt__arena *arena, dt_env *env) {
    *arena = (dt__arena){.env = env};
}

void dt__arena_clear(dt__arena *arena) {
    while (arena->newest != NULL) {
        struct dt__arena_block *block = arena->newest;
        arena->newest = block->older;
        (void)dt__resize(arena->env, block, block->size, 0, 1);
    }
    arena->used = 0;
}

/* Blocks double up to a megabyte, so that small jobs stay small. */
static struct dt__arena_block *new_block(dt__arena *arena, size_t need) {
    size_t size = arena->newest == NULL ? FIRST_BLOCK : arena->newest->size * 2;
    struct dt__arena_block *block;

    if (size > LARGEST_BLOCK) size = LARGEST_BLOCK;
    if (size < need + HEADER) size = need + HEADER;
    block = dt__resize(arena->env, NULL, 0, size, 1);
    if (block == NULL) return NULL;
    *block = (struct dt__arena_block){.older = arena->newest, .size = size, .used = HEADER};
    arena->newest = block;
    arena->used += size;
    return block;
}

void *dt__arena_alloc(dt__arena *arena, size_t count, size_t item) {
    struct dt__arena_block *block = arena->newest;
    size_t size;
    char *place;

    if (item != 0 && count > SIZE_MAX / 4 / item) return NULL;
    size = (count * item + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (size == 0) size = ALIGNMENT;
    if (block == NULL || block->size - block->used < size) block = new_block(arena, size);
    if (block == NULL) return NULL;
    place = (char *)block + block->used;
    block->used += size;
    memset(place, 0, size);
    return place;
}

char *dt__arena_string(dt__arena *arena, const char *bytes, size_t length) {
    char *copy = dt__arena_alloc(arena, length + 1, 1);
    if (copy != NULL) memcpy(copy, bytes, length);
    return copy;
}
