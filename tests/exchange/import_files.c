/* import_files [--raw] [--read] FILE...: what dt_import makes of files, on standard output; findings on standard error.
 * --read: the text is read back as a model too, and written in its canonical form instead.  Exit code: the dt_status.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "detente/exchange.h"
#include "detente/model.h"

static dt_file read_file(const char *name) {
    FILE *stream = fopen(name, "rb");
    char *bytes = NULL;
    size_t length = 0, step;

    if (stream == NULL) {
        perror(name);
        exit(DT_ERR_IO);
    }
    do {
        bytes = realloc(bytes, length + 65536);
        if (bytes == NULL) exit(DT_ERR_MEMORY);
        step = fread(bytes + length, 1, 65536, stream);
        length += step;
    } while (step > 0);
    fclose(stream);
    return (dt_file){.name = name, .bytes = bytes, .length = length};
}

static dt_status write_out(void *payload, const char *bytes, size_t length) {
    return fwrite(bytes, 1, length, payload) == length ? DT_OK : DT_ERR_IO;
}

static dt_status read_back(const char *text, size_t length, dt_env *env) {
    const dt_sink sink = {write_out, stdout};
    dt_model *model;
    dt_status st = dt_model_read(&model, text, length, "imported.yaml", env);

    if (st != DT_OK) return st;
    st = dt_model_write(model, &sink, env);
    dt_model_free(model);
    return st;
}

static void print_findings(const dt_env *env) {
    static const char *const severities[] = {"note", "warning", "error"};

    for (size_t i = 0; i < dt_env_diagnostic_count(env); i++) {
        const dt_diagnostic *d = dt_env_diagnostic(env, i);
        fprintf(stderr, "%s:%u:%u: %s: [%s] %s\n", d->file, (unsigned)d->line, (unsigned)d->column,
                severities[d->severity], d->code, d->text);
        if (d->hint[0] != '\0') fprintf(stderr, "    %s\n", d->hint);
    }
}

int main(int argc, char **argv) {
    dt_file *files = calloc((size_t)argc, sizeof *files);
    bool read = false;
    dt_import_opts opts;
    size_t count = 0, length;
    dt_env *env;
    dt_status st;
    char *text;

    dt_import_opts_init(&opts);
    if (files == NULL || dt_env_new(&env, NULL) != DT_OK) return DT_ERR_MEMORY;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--raw") == 0) opts.raw_weights = true;
        else if (strcmp(argv[i], "--read") == 0) read = true;
        else files[count++] = read_file(argv[i]);
    }
    st = dt_import(&text, &length, files, count, &opts, env);
    if (st == DT_OK) {
        if (read) st = read_back(text, length, env);
        else fwrite(text, 1, length, stdout);
        dt_import_free(text, length, env);
    }
    print_findings(env);
    dt_env_free(env);
    for (size_t i = 0; i < count; i++) free((char *)files[i].bytes);
    free(files);
    return (int)st;
}
