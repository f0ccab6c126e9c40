/* bench_solve ROUNDS FILE...: times dt_bargain alone on a model, or on a domain of another program.
 * Prints "seconds vectors": the fastest round, frontiers and all solutions included, on one thread. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "detente/bargain.h"
#include "detente/exchange.h"

enum { MOST_FILES = 64 };

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool load(dt_file *file, const char *path) {
    FILE *in = fopen(path, "rb");
    char *bytes;

    if (in == NULL) return false;
    fseek(in, 0, SEEK_END);
    *file = (dt_file){.name = path, .length = (size_t)ftell(in)};
    rewind(in);
    bytes = malloc(file->length + 1);
    file->bytes = bytes;
    if (bytes != NULL) bytes[fread(bytes, 1, file->length, in)] = '\0';
    fclose(in);
    return bytes != NULL;
}

/* The model of the files; NULL: see the findings. */
static dt_model *read_model(const dt_file *files, size_t count, dt_env *env) {
    dt_model *model = NULL;
    char *text;
    size_t length;

    if (dt_foreign_recognise(files, count) == DT_FOREIGN_NONE)
        return dt_model_read(&model, files[0].bytes, files[0].length, files[0].name, env) == DT_OK ? model : NULL;
    if (dt_import(&text, &length, files, count, NULL, env) != DT_OK) return NULL;
    if (dt_model_read(&model, text, length, files[0].name, env) != DT_OK) model = NULL;
    dt_import_free(text, length, env);
    return model;
}

static double one_round(const dt_model *model, size_t *vectors, dt_env *env) {
    dt_bargain_answer *answer;
    dt_bargain_opts opts;
    double start = now(), seconds;

    dt_bargain_opts_init(&opts);
    if (dt_bargain(&answer, model, &opts, env) != DT_OK) return -1;
    seconds = now() - start;
    *vectors = answer->format_count > 0 ? answer->formats[0].frontier.vectors : 0;
    dt_bargain_free(answer, env);
    return seconds;
}

int main(int argc, char **argv) {
    dt_file files[MOST_FILES];
    size_t count = 0, vectors = 0;
    dt_model *model = NULL;
    double best = -1;
    dt_env_opts opts;
    dt_env *env;

    dt_env_opts_init(&opts);
    opts.threads = 1;
    if (argc < 3 || dt_env_new(&env, &opts) != DT_OK) return 2;
    while (count < MOST_FILES && (int)count + 2 < argc && load(&files[count], argv[count + 2])) count++;
    if ((int)count + 2 == argc) model = read_model(files, count, env);
    for (unsigned long round = strtoul(argv[1], NULL, 10); model != NULL && round > 0; round--) {
        double seconds = one_round(model, &vectors, env);
        if (best < 0 || seconds < best) best = seconds;
    }
    printf("%.6f %zu\n", best, vectors);
    dt_model_free(model);
    dt_env_free(env);
    for (size_t i = 0; i < count; i++) free((char *)files[i].bytes);
    return best < 0;
}
