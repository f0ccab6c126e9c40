#include "base/env.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/catalog.h"
#include "base/text.h"

#define DEFAULT_MEMORY_LIMIT ((size_t)2 << 30)

static const char *const status_texts[DT_STATUS_COUNT] = {
    [DT_OK] = "no error",
    [DT_ERR_MEMORY] = "out of memory",
    [DT_ERR_MODEL] = "the model is wrong",
    [DT_ERR_ARGUMENT] = "an option is wrong",
    [DT_ERR_LIMIT] = "too large to answer exactly",
    [DT_ERR_IO] = "reading or writing failed",
    [DT_ERR_CANCELLED] = "cancelled",
};

const char *dt_status_text(dt_status status) {
    return (unsigned)status < DT_STATUS_COUNT ? status_texts[status] : "unknown status";
}

const char *dt_version(void) {
    return DT_VERSION;
}

static void *system_resize(void *payload, void *ptr, size_t old_size, size_t new_size) {
    (void)payload;
    (void)old_size;
    if (new_size == 0) {
        free(ptr);
        return NULL;
    }
    return realloc(ptr, new_size);
}

void dt_env_opts_init(dt_env_opts *opts) {
    *opts = (dt_env_opts){
        .allocator = {.resize = system_resize},
        .memory_limit = DEFAULT_MEMORY_LIMIT,
    };
}

dt_status dt_env_new(dt_env **out, const dt_env_opts *opts) {
    dt_env_opts defaults;
    dt_env *env;

    *out = NULL;
    if (opts == NULL) {
        dt_env_opts_init(&defaults);
        opts = &defaults;
    }
    env = opts->allocator.resize(opts->allocator.payload, NULL, 0, sizeof *env);
    if (env == NULL) return DT_ERR_MEMORY;
    *env = (dt_env){.opts = *opts};
    *out = env;
    return DT_OK;
}

void dt_env_free(dt_env *env) {
    if (env == NULL) return;
    dt_env_diagnostics_clear(env);
    DT__FREE(env, env->diagnostics, env->diagnostic_capacity);
    env->opts.allocator.resize(env->opts.allocator.payload, env, sizeof *env, 0);
}

void *dt__resize(dt_env *env, void *ptr, size_t old_count, size_t new_count, size_t item) {
    const dt_allocator *a = &env->opts.allocator;
    if (new_count == 0) return ptr == NULL ? NULL : a->resize(a->payload, ptr, old_count * item, 0);
    if (new_count > SIZE_MAX / 2 / item) return NULL;
    return a->resize(a->payload, ptr, old_count * item, new_count * item);
}

void *dt__zeroed(dt_env *env, size_t count, size_t item) {
    void *ptr = dt__resize(env, NULL, 0, count == 0 ? 1 : count, item);
    if (ptr != NULL) memset(ptr, 0, (count == 0 ? 1 : count) * item);
    return ptr;
}

static double monotonic_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void dt__clock_start(dt_env *env) {
    env->deadline = env->opts.time_limit > 0 ? monotonic_seconds() + env->opts.time_limit : 0;
}

bool dt__overdue(const dt_env *env) {
    return env->deadline > 0 && monotonic_seconds() > env->deadline;
}

dt_status dt__poll(dt_env *env) {
    if (env->opts.cancelled != NULL && env->opts.cancelled(env->opts.cancelled_payload)) return DT_ERR_CANCELLED;
    return DT_OK;
}

void dt__progress(dt_env *env, const char *what, double share) {
    if (env->opts.progress != NULL) env->opts.progress(env->opts.progress_payload, what, share);
}

/* ---- diagnostics ---- */

static void diagnostic_clear(dt_env *env, dt_diagnostic *d) {
    dt__string_free(env, (char *)d->file);
    dt__string_free(env, (char *)d->text);
    dt__string_free(env, (char *)d->hint);
}

void dt_env_diagnostics_clear(dt_env *env) {
    for (size_t i = 0; i < env->diagnostic_count; i++) diagnostic_clear(env, &env->diagnostics[i]);
    env->diagnostic_count = env->error_count = 0;
    env->diagnostics_lost = false;
}

size_t dt_env_diagnostic_count(const dt_env *env) {
    return env->diagnostic_count;
}

const dt_diagnostic *dt_env_diagnostic(const dt_env *env, size_t i) {
    return i < env->diagnostic_count ? &env->diagnostics[i] : NULL;
}

static bool diagnostics_grow(dt_env *env) {
    size_t capacity = env->diagnostic_capacity == 0 ? 8 : 2 * env->diagnostic_capacity;
    dt_diagnostic *grown;

    if (env->diagnostic_count < env->diagnostic_capacity) return true;
    grown = dt__resize(env, env->diagnostics, env->diagnostic_capacity, capacity, sizeof *grown);
    if (grown == NULL) return false;
    env->diagnostics = grown;
    env->diagnostic_capacity = capacity;
    return true;
}

void dt__diagnose(dt_env *env, dt_severity severity, dt__place place, const char *code, const char *msgid, ...) {
    va_list args;

    va_start(args, msgid);
    dt__diagnose_list(env, severity, place, code, msgid, args);
    va_end(args);
}

void dt__diagnose_list(dt_env *env, dt_severity severity, dt__place place, const char *code, const char *msgid,
                       va_list args) {
    dt_diagnostic d = {.severity = severity, .code = code, .line = place.line, .column = place.column};

    if (severity == DT_ERROR) env->error_count++;
    d.text = dt__string_message(env, msgid, args);
    d.file = dt__string_copy(env, place.file == NULL ? "" : place.file);
    d.hint = dt__string_copy(env, "");
    if (d.text == NULL || d.file == NULL || d.hint == NULL || !diagnostics_grow(env)) {
        diagnostic_clear(env, &d);
        env->diagnostics_lost = true;
        return;
    }
    env->diagnostics[env->diagnostic_count++] = d;
}

void dt__hint(dt_env *env, const char *msgid, ...) {
    va_list args;

    va_start(args, msgid);
    dt__hint_list(env, msgid, args);
    va_end(args);
}

void dt__hint_list(dt_env *env, const char *msgid, va_list args) {
    dt_diagnostic *newest;
    char *text;

    if (env->diagnostic_count == 0) return;
    text = dt__string_message(env, msgid, args);
    if (text == NULL) {
        env->diagnostics_lost = true;
        return;
    }
    newest = &env->diagnostics[env->diagnostic_count - 1];
    dt__string_free(env, (char *)newest->hint);
    newest->hint = text;
}

void dt__env_take_diagnostics(dt_env *env, const dt_env *from) {
    for (size_t i = 0; i < from->diagnostic_count && env->error_count == 0; i++) {
        const dt_diagnostic *d = &from->diagnostics[i];
        dt__diagnose(env, d->severity, (dt__place){.file = d->file, .line = d->line, .column = d->column}, d->code,
                     DT__N("{0}"), d->text, NULL);
    }
}

dt_status dt__settled(const dt_env *env, dt_status status) {
    return status != DT_OK && env->diagnostics_lost ? DT_ERR_MEMORY : status;
}

dt_status dt__verdict(const dt_env *env, size_t errors_before, dt_status verdict) {
    if (env->diagnostics_lost) return DT_ERR_MEMORY;
    return env->error_count > errors_before ? verdict : DT_OK;
}
