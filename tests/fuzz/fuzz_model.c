/* Any text: read without harm; and what was read is written in a canonical form that reads back as the same text. */
#include <stdlib.h>
#include <string.h>

#include "detente/model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct buffer {
    char *bytes;
    size_t length;
} buffer;

static dt_status append(void *payload, const char *bytes, size_t length) {
    buffer *b = payload;
    char *grown = realloc(b->bytes, b->length + length + 1);

    if (grown == NULL) return DT_ERR_IO;
    memcpy(grown + b->length, bytes, length);
    b->bytes = grown;
    b->length += length;
    return DT_OK;
}

/* The canonical form of a text; nothing when it is no model. */
static buffer canonical(const char *text, size_t length, dt_env *env) {
    buffer out = {0};
    const dt_sink sink = {append, &out};
    dt_model *model;

    if (dt_model_read(&model, text, length, "input.yaml", env) != DT_OK) return out;
    if (dt_model_write(model, &sink, env) != DT_OK || out.bytes == NULL) __builtin_trap();
    dt_model_free(model);
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    dt_env *env;
    buffer once, twice;

    if (dt_env_new(&env, NULL) != DT_OK) return 0;
    once = canonical((const char *)data, size, env);
    if (once.bytes != NULL) {
        twice = canonical(once.bytes, once.length, env);
        if (twice.length != once.length || memcmp(once.bytes, twice.bytes, once.length) != 0) __builtin_trap();
        free(twice.bytes);
    }
    free(once.bytes);
    dt_env_free(env);
    return 0;
}
