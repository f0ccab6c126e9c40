/* The environment as the library sees it: allocation, polling, diagnostics.
 *
 * Every array allocation goes through the checked macros below: an unchecked one cannot be written. */
#ifndef DT__BASE_ENV_H
#define DT__BASE_ENV_H

#include <stdarg.h>

#include "detente/env.h"

struct dt__diagnostics;

struct dt_env {
    dt_env_opts opts;
    struct dt_diagnostic *diagnostics;
    size_t diagnostic_count, diagnostic_capacity;
    size_t error_count;
    bool diagnostics_lost; /* a diagnostic could not be stored: memory */
    double deadline;       /* monotonic seconds; 0: none */
};

/* Runs CALL and goes to `done` unless it is DT_OK.  Needs `dt_status st` and a label `done`. */
#define DT__TRY(call)                          \
    do {                                       \
        if ((st = (call)) != DT_OK) goto done; \
    } while (0)

/* Internal impossibility: stops a debug build. */
#ifdef NDEBUG
#define DT__NEVER(x) ((void)0)
#else
#define DT__NEVER(x) ((x) ? __builtin_trap() : (void)0)
#endif

/* Memory.  dt__resize is the only door to the allocator; sizes are count x item, checked. */
void *dt__resize(dt_env *env, void *ptr, size_t old_count, size_t new_count, size_t item);
#define DT__NEW(env, type) ((type *)dt__zeroed((env), 1, sizeof(type)))
#define DT__ARRAY(env, type, count) ((type *)dt__zeroed((env), (count), sizeof(type)))
#define DT__FREE(env, ptr, count) ((void)dt__resize((env), (ptr), (count), 0, sizeof *(ptr)))
void *dt__zeroed(dt_env *env, size_t count, size_t item); /* NULL on failure; one item when count is 0 */

/* A long loop calls this now and then: DT_ERR_CANCELLED, or DT_OK. */
DT_NODISCARD dt_status dt__poll(dt_env *env);
/* Starts the clock of one question; dt__overdue tells when its time limit has passed. */
void dt__clock_start(dt_env *env);
bool dt__overdue(const dt_env *env);
void dt__progress(dt_env *env, const char *what, double share);

/* A place in a text; file "" and zeros when unknown. */
typedef struct dt__place {
    const char *file;
    uint32_t line, column;
} dt__place;

/* Adds a diagnostic.  msgid is an English sentence with {0}, {1} ... for the arguments that follow, each a
 * const char *, ended by NULL.  It is translated; the arguments are not. */
void dt__diagnose(dt_env *env, dt_severity severity, dt__place place, const char *code, const char *msgid, ...)
    __attribute__((sentinel));
/* Gives the newest diagnostic a hint. */
void dt__hint(dt_env *env, const char *msgid, ...) __attribute__((sentinel));
/* The same with the arguments as a list. */
void dt__diagnose_list(dt_env *env, dt_severity severity, dt__place place, const char *code, const char *msgid,
                       va_list args);
void dt__hint_list(dt_env *env, const char *msgid, va_list args);
/* Copies what another environment found fault with, as far as this one has no error yet. */
void dt__env_take_diagnostics(dt_env *env, const dt_env *from);
/* A failure whose diagnostic could not be stored is a failure of memory. */
dt_status dt__settled(const dt_env *env, dt_status status);
/* DT_OK when no error was added since error_count was errors_before; DT_ERR_MEMORY if one was lost; otherwise verdict.
 */
dt_status dt__verdict(const dt_env *env, size_t errors_before, dt_status verdict);

#endif
