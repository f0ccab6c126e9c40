#include "base/threads.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/catalog.h"

enum { MAX_THREADS = 64 };

typedef struct pool {
    dt_env *env;
    dt_status (*task)(void *payload, size_t i, unsigned worker);
    void *payload;
    size_t count;
    atomic_size_t next;
    atomic_size_t first_failed; /* lowest number of a failed task; count: none */
    pthread_mutex_t lock;
    dt_status status; /* of first_failed; under lock */
} pool;

typedef struct worker {
    pool *pool;
    unsigned number;
    pthread_t thread;
} worker;

unsigned dt__thread_count(const dt_env *env, size_t count) {
    long processors = env->opts.threads > 0 ? (long)env->opts.threads : sysconf(_SC_NPROCESSORS_ONLN);

    if (processors > MAX_THREADS) processors = MAX_THREADS;
    if (processors > (long)count) processors = (long)count;
    return processors < 1 ? 1 : (unsigned)processors;
}

static void note_failure(pool *p, size_t i, dt_status status) {
    pthread_mutex_lock(&p->lock);
    if (i < atomic_load(&p->first_failed)) {
        atomic_store(&p->first_failed, i);
        p->status = status;
    }
    pthread_mutex_unlock(&p->lock);
}

/* Tasks are handed out in order, so all tasks below a failed one run, and the verdict is the same for any number of
 * threads. */
static void *work(void *payload) {
    worker *w = payload;
    pool *p = w->pool;

    while (true) {
        size_t i = atomic_fetch_add(&p->next, 1);
        dt_status status;
        if (i >= p->count || i > atomic_load(&p->first_failed)) return NULL;
        status = p->task(p->payload, i, w->number);
        if (status != DT_OK) note_failure(p, i, status);
        if (w->number == 0) dt__progress(p->env, DT__N("working"), (double)(i + 1) / (double)p->count);
    }
}

dt_status dt__parallel(dt_env *env, size_t count, dt_status (*task)(void *payload, size_t i, unsigned worker),
                       void *payload) {
    pool p = {.env = env, .task = task, .payload = payload, .count = count};
    unsigned threads = dt__thread_count(env, count), started = 0;
    worker workers[MAX_THREADS];

    atomic_init(&p.next, 0);
    atomic_init(&p.first_failed, count);
    if (pthread_mutex_init(&p.lock, NULL) != 0) return DT_ERR_MEMORY;
    for (unsigned i = 0; i < threads; i++) workers[i] = (worker){.pool = &p, .number = i};
    /* A thread that cannot be started is no failure: the others do its work. */
    for (started = 1; started < threads; started++) {
        if (pthread_create(&workers[started].thread, NULL, work, &workers[started]) != 0) break;
    }
    work(&workers[0]);
    for (unsigned i = 1; i < started; i++) pthread_join(workers[i].thread, NULL);
    pthread_mutex_destroy(&p.lock);
    return p.status;
}
