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

/* Every allocation of a call up to `every` fails in turn, then each `part`th of what lies before it: each time the call
 * says so, nothing is left behind, and no block changes its size by a wrong one.  At last it succeeds. */
static inline void fail_in_turn(const char *name, dt_status (*run)(void *payload, dt_env *env), void *payload,
                                size_t every, size_t part) {
    bool failed = true;

    for (size_t n = 1; failed; n += n < every ? 1 : n / part) {
        meter m = {0};
        dt_env *env = metered_env(&m);
        dt_status st;
        m.calls = 0;
        m.fail_at = n;
        st = run(payload, env);
        failed = m.failed;
        m.fail_at = 0;
        if (failed && st != DT_ERR_MEMORY)
            fail_msg("%s: allocation %zu failed, and the status is %d", name, n, (int)st);
        if (!failed && st != DT_OK) fail_msg("%s: status %d", name, (int)st);
        dt_env_free(env);
        if (m.live != 0) fail_msg("%s: allocation %zu failed, and %zu bytes are left", name, n, m.live);
        if (m.wrong_size) fail_msg("%s: allocation %zu failed, and a block was resized by a wrong size", name, n);
        if (!failed) print_message("%s: about %zu allocations\n", name, n - 1);
    }
}

#endif
