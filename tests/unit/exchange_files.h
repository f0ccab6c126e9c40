/* What the tests of imports share: files from texts, what they become, every allocation failing in turn. */
#ifndef DT_TESTS_EXCHANGE_FILES_H
#define DT_TESTS_EXCHANGE_FILES_H

#include "detente/exchange.h"
#include "unit/language_text.h"

#define FILE_OF(file_name, text) ((dt_file){.name = (file_name), .bytes = (text), .length = strlen(text)})
#define COUNT(files) (sizeof(files) / sizeof *(files))

/* The text that the files become; it has to read as a model.  Free with dt_import_free. */
static inline char *import_text(const dt_file *files, size_t count, bool raw, dt_env *env) {
    dt_import_opts opts;
    size_t length = 0;
    char *text = NULL;

    dt_import_opts_init(&opts);
    opts.raw_weights = raw;
    if (dt_import(&text, &length, files, count, &opts, env) != DT_OK) print_findings(env);
    assert_non_null(text);
    assert_int_equal(strlen(text), length);
    dt_model_free(model_of(text, env));
    return text;
}

/* Does what the files become hold this? */
static inline void assert_imports(const dt_file *files, size_t count, bool raw, const char *part) {
    dt_env *env = new_env();
    char *text = import_text(files, count, raw, env);

    if (strstr(text, part) == NULL) fail_msg("not found: %s\nin:\n%s", part, text);
    dt_import_free(text, strlen(text), env);
    dt_env_free(env);
}

/* The first finding of that severity is this one, at this line of this file. */
static inline void assert_finding(const dt_env *env, dt_severity severity, const char *code, const char *file,
                                  unsigned line) {
    for (size_t i = 0; i < dt_env_diagnostic_count(env); i++) {
        const dt_diagnostic *d = dt_env_diagnostic(env, i);
        if (d->severity != severity) continue;
        assert_string_equal(d->code, code);
        assert_string_equal(d->file, file);
        assert_int_equal(d->line, line);
        return;
    }
    fail_msg("no finding of that severity; expected %s", code);
}

static inline void assert_refused(const dt_file *files, size_t count, const char *code, const char *file,
                                  unsigned line) {
    dt_env *env = new_env();
    size_t length = 1;
    char *text = (char *)"";
    dt_status st = dt_import(&text, &length, files, count, NULL, env);

    assert_null(text);
    assert_int_equal(length, 0);
    assert_true(st == DT_ERR_MODEL || st == DT_ERR_LIMIT);
    assert_finding(env, DT_ERROR, code, file, line);
    dt_env_free(env);
}

static inline void assert_warns(const dt_file *files, size_t count, const char *code, const char *file, unsigned line) {
    dt_env *env = new_env();
    char *text = import_text(files, count, false, env);

    assert_finding(env, DT_WARNING, code, file, line);
    dt_import_free(text, strlen(text), env);
    dt_env_free(env);
}

/* ---- an allocator that fails at the n-th call ---- */

typedef struct failing {
    size_t calls, fail_at;
    size_t held; /* bytes not yet freed */
} failing;

static inline void *failing_resize(void *payload, void *ptr, size_t old_size, size_t new_size) {
    failing *f = payload;
    void *grown;

    if (new_size == 0) {
        if (ptr != NULL) f->held -= old_size;
        free(ptr);
        return NULL;
    }
    if (++f->calls == f->fail_at) return NULL;
    grown = realloc(ptr, new_size);
    if (grown != NULL) f->held += new_size - (ptr == NULL ? 0 : old_size);
    return grown;
}

/* Each allocation fails once: the import says so, gives nothing and keeps nothing; and at last it succeeds. */
static inline void fail_every_allocation(const dt_file *files, size_t count) {
    dt_status st = DT_ERR_MEMORY;

    for (size_t n = 1; st != DT_OK; n++) {
        failing f = {.fail_at = n};
        dt_env_opts opts;
        dt_env *env = NULL;
        size_t length = 0;
        char *text = NULL;
        dt_env_opts_init(&opts);
        opts.allocator = (dt_allocator){.resize = failing_resize, .payload = &f};
        if (dt_env_new(&env, &opts) != DT_OK) continue;
        st = dt_import(&text, &length, files, count, NULL, env);
        assert_true(st == DT_OK || st == DT_ERR_MEMORY);
        assert_true((st == DT_OK) == (text != NULL));
        dt_import_free(text, length, env);
        dt_env_free(env);
        assert_int_equal(f.held, 0);
        assert_true(n < 10000);
    }
}

#endif
