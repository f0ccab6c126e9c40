/* What holds of any bytes given to dt_import: they are read without harm, and what is written reads as a model, unless
 * the model is too large.  Files are parted by a byte 0x1E. */
#ifndef FUZZ_IMPORT_PROPERTY_H
#define FUZZ_IMPORT_PROPERTY_H

#include <string.h>

#include "detente/exchange.h"
#include "detente/model.h"

enum { MOST_FILES = 8 };

static size_t split(const uint8_t *data, size_t size, dt_file *files) {
    static const char *const names[MOST_FILES] = {"a.xml", "b.json", "c.yml", "d.txt", "e", "f.f", "g/g", ".h"};
    const char *at = (const char *)data, *end = at + size;
    size_t count = 0;

    while (count < MOST_FILES && at <= end) {
        const char *mark = at == end ? NULL : memchr(at, 0x1E, (size_t)(end - at));
        if (mark == NULL) mark = end;
        files[count] = (dt_file){.name = names[count], .bytes = at, .length = (size_t)(mark - at)};
        count++;
        at = mark + 1;
    }
    return count;
}

/* The first byte picks the options; -1: not of the format, nothing for the corpus. */
static int import_holds(dt_foreign format, const uint8_t *data, size_t size) {
    dt_file files[MOST_FILES];
    dt_import_opts opts;
    size_t count, length;
    dt_model *model;
    dt_env *env;
    char *text;

    if (size < 1) return -1;
    count = split(data + 1, size - 1, files);
    if (dt_foreign_recognise(files, count) != format || dt_env_new(&env, NULL) != DT_OK) return -1;
    dt_import_opts_init(&opts);
    opts.raw_weights = data[0] & 1;
    if (dt_import(&text, &length, files, count, &opts, env) == DT_OK) {
        dt_status st = dt_model_read(&model, text, length, "imported.yaml", env);
        if (strlen(text) != length || (st != DT_OK && st != DT_ERR_LIMIT)) __builtin_trap();
        dt_model_free(model);
        dt_import_free(text, length, env);
    } else if (text != NULL || dt_env_diagnostic_count(env) == 0) {
        __builtin_trap();
    }
    dt_env_free(env);
    return 0;
}

#endif
