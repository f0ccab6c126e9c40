/* What the tests of the language share: reading a text or a file, writing a model into a string. */
#ifndef DT_TESTS_LANGUAGE_TEXT_H
#define DT_TESTS_LANGUAGE_TEXT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "detente/model.h"
#include "detente/starter.h"

static inline dt_env *new_env(void) {
    dt_env *env;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    return env;
}

/* The whole file, ended by a zero byte; NULL when it cannot be read.  Free with free. */
static inline char *file_text(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    char *text;

    if (file == NULL) return NULL;
    fseek(file, 0, SEEK_END);
    *length = (size_t)ftell(file);
    rewind(file);
    text = malloc(*length + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, *length, file), *length);
    text[*length] = '\0';
    fclose(file);
    return text;
}

static inline void print_findings(const dt_env *env) {
    for (size_t i = 0; i < dt_env_diagnostic_count(env); i++) {
        const dt_diagnostic *d = dt_env_diagnostic(env, i);
        print_message("%u:%u: %s: %s\n", d->line, d->column, d->code, d->text);
    }
}

/* The model of a text that has to be right. */
static inline dt_model *model_of(const char *text, dt_env *env) {
    dt_model *model;

    if (dt_model_read(&model, text, strlen(text), "text.yaml", env) != DT_OK) print_findings(env);
    assert_non_null(model);
    return model;
}

/* Code of the first finding of a text that has to be wrong; "" when there is none. */
static inline const char *fault_of(const char *text, dt_env *env) {
    dt_model *model;

    dt_env_diagnostics_clear(env);
    assert_int_not_equal(dt_model_read(&model, text, strlen(text), "text.yaml", env), DT_OK);
    assert_null(model);
    return dt_env_diagnostic_count(env) > 0 ? dt_env_diagnostic(env, 0)->code : "";
}

typedef struct written_text {
    char *bytes;
    size_t length;
} written_text;

static inline dt_status append_text(void *payload, const char *bytes, size_t length) {
    written_text *t = payload;

    t->bytes = realloc(t->bytes, t->length + length + 1);
    assert_non_null(t->bytes);
    memcpy(t->bytes + t->length, bytes, length);
    t->length += length;
    t->bytes[t->length] = '\0';
    return DT_OK;
}

/* The canonical form; free with free. */
static inline char *canonical_of(const dt_model *model, dt_env *env) {
    written_text text = {0};
    const dt_sink sink = {append_text, &text};

    assert_int_equal(dt_model_write(model, &sink, env), DT_OK);
    return text.bytes;
}

/* The example of docs/language.md; free with free. */
static inline char *example_text(void) {
    size_t length;
    char *page = file_text(DT_TEST_ROOT "/docs/language.md", &length), *begin, *end, *example;

    assert_non_null(page);
    begin = strstr(page, "```yaml\n");
    assert_non_null(begin);
    begin += strlen("```yaml\n");
    end = strstr(begin, "```");
    example = calloc((size_t)(end - begin) + 1, 1);
    assert_non_null(example);
    memcpy(example, begin, (size_t)(end - begin));
    free(page);
    return example;
}

#endif
