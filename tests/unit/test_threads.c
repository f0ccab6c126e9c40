/* Parallel work: every task runs once, workers are numbered below the thread count, the lowest failure wins. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/threads.h"

enum { TASKS = 1000, MOST_THREADS = 8 };

typedef struct work {
    unsigned runs[TASKS];
    unsigned worker_limit;
    size_t scratch[MOST_THREADS]; /* one per worker: a race here would be a race of the caller's scratch memory */
    size_t fail_from;             /* tasks from here on fail, each with a status of its own */
} work;

static dt_status task(void *payload, size_t i, unsigned worker) {
    work *w = payload;

    if (worker >= w->worker_limit) return DT_ERR_ARGUMENT;
    w->scratch[worker] += i;
    w->runs[i]++;
    if (i >= w->fail_from) return i == w->fail_from ? DT_ERR_LIMIT : DT_ERR_MODEL;
    return DT_OK;
}

static dt_env *env_with(unsigned threads) {
    dt_env_opts opts;
    dt_env *env;

    dt_env_opts_init(&opts);
    opts.threads = threads;
    assert_int_equal(dt_env_new(&env, &opts), DT_OK);
    return env;
}

static void every_task_runs_once_on_any_number_of_threads(void **state) {
    (void)state;
    for (unsigned threads = 1; threads <= MOST_THREADS; threads *= 2) {
        dt_env *env = env_with(threads);
        work w = {.fail_from = TASKS};
        size_t sum = 0;

        w.worker_limit = dt__thread_count(env, TASKS);
        assert_in_range(w.worker_limit, 1, threads);
        assert_int_equal(dt__parallel(env, TASKS, task, &w), DT_OK);
        for (size_t i = 0; i < TASKS; i++) assert_int_equal(w.runs[i], 1);
        for (size_t i = 0; i < MOST_THREADS; i++) sum += w.scratch[i];
        assert_int_equal(sum, (size_t)TASKS * (TASKS - 1) / 2);
        dt_env_free(env);
    }
}

static void lowest_numbered_failure_is_returned(void **state) {
    (void)state;
    for (unsigned threads = 1; threads <= MOST_THREADS; threads *= 2) {
        dt_env *env = env_with(threads);
        work w = {.fail_from = 137, .worker_limit = threads};

        assert_int_equal(dt__parallel(env, TASKS, task, &w), DT_ERR_LIMIT);
        for (size_t i = 0; i <= w.fail_from; i++) assert_int_equal(w.runs[i], 1);
        dt_env_free(env);
    }
}

static void no_tasks_is_fine(void **state) {
    dt_env *env = env_with(2);
    work w = {0};

    (void)state;
    assert_int_equal(dt__parallel(env, 0, task, &w), DT_OK);
    assert_in_range(dt__thread_count(env, 0), 1, 2);
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_task_runs_once_on_any_number_of_threads),
        cmocka_unit_test(lowest_numbered_failure_is_returned),
        cmocka_unit_test(no_tasks_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
