/* An allocator that fails when it is told to, and that knows the true size of each block. */
#ifndef DT_TESTS_METERED_H
#define DT_TESTS_METERED_H

#include "base/env.h"
#include "language_text.h"

enum { HEADER = 16 };

typedef struct meter {
    size_t calls, fail_at; /* 0: never */
    bool for_good;         /* all later ones fail too */
    bool failed;
    size_t live; /* bytes not yet freed */
    bool wrong_size;
} meter;

static inline size_t *size_at(void *ptr) {
    return (size_t *)(void *)((char *)ptr - HEADER);
}

static inline bool fails(meter *m) {
    m->calls++;
    if (m->fail_at == 0 || m->calls < m->fail_at || (m->calls > m->fail_at && !m->for_good)) return false;
    m->failed = true;
    return true;
}

static inline void *metered_resize(void *payload, void *ptr, size_t old_size, size_t new_size) {
    meter *m = payload;
    size_t held = ptr == NULL ? 0 : *size_at(ptr);
    char *block;

    if (old_size != held) m->wrong_size = true;
    if (new_size == 0) {
        m->live -= held;
        if (ptr != NULL) free((char *)ptr - HEADER);
        return NULL;
    }
    if (fails(m)) return NULL;
    block = malloc(new_size + HEADER); /* always moves */
    assert_non_null(block);
    *(size_t *)(void *)block = new_size;
    if (ptr != NULL) {
        memcpy(block + HEADER, ptr, held < new_size ? held : new_size);
        free((char *)ptr - HEADER);
    }
    m->live += new_size;
    m->live -= held;
    return block + HEADER;
}

static inline dt_env *metered_env(meter *m) {
    dt_env_opts opts;
    dt_env *env = NULL;

    dt_env_opts_init(&opts);
    opts.allocator = (dt_allocator){metered_resize, m};
    opts.threads = 1;
    assert_int_equal(dt_env_new(&env, &opts), DT_OK);
    return env;
}

#endif
