/* Tables of third parties, read from ../shared/data when they are there and never copied; tests of them are skipped,
 * visibly, when they are not. */
#ifndef SHARED_TABLES_H
#define SHARED_TABLES_H

#include <stdio.h>

#include "base/env.h"
#include "chance.h"
#include "positions/contest.h"
#include "positions/layouts.h"

/* The bytes of a file under ../shared/data/forecast, ended by a zero byte; NULL when it is not there. */
static inline char *shared_bytes(const char *name, size_t *length) {
    char path[4096];
    FILE *file;
    char *bytes = NULL;
    long size;

    snprintf(path, sizeof path, "%s/../shared/data/forecast/%s", DT_TEST_ROOT, name);
    if ((file = fopen(path, "rb")) == NULL) {
        print_message("skipped: ../shared/data/forecast/%s is not there\n", name);
        return NULL;
    }
    fseek(file, 0, SEEK_END);
    size = ftell(file);
    rewind(file);
    bytes = malloc((size_t)size + 1);
    assert_non_null(bytes);
    *length = fread(bytes, 1, (size_t)size, file);
    bytes[*length] = '\0';
    fclose(file);
    return bytes;
}

/* Reads a shared table; false when it is not there. */
static inline bool shared_table(dt__positions *table, const char *name, dt_env *env) {
    const dt__layout_opts opts = {0};
    size_t length = 0;
    char *bytes = shared_bytes(name, &length);

    if (bytes == NULL) return false;
    assert_int_equal(dt__positions_read(table, bytes, length, name, &opts, env), DT_OK);
    free(bytes);
    return true;
}

/* All issues of a table as stakes; lows and highs have room for them. */
static inline dt__stakes stakes_of(dt__positions *table, double *lows, double *highs) {
    for (size_t i = 0; i < table->issue_count; i++) {
        lows[i] = table->issues[i].low;
        highs[i] = table->issues[i].high;
        dt__impute_salience(table->position + i * table->actor_count, table->salience + i * table->actor_count,
                            table->actor_count);
    }
    return (dt__stakes){.actors = table->actor_count,
                        .issues = table->issue_count,
                        .position = table->position,
                        .salience = table->salience,
                        .capability = table->capability,
                        .low = lows,
                        .high = highs,
                        .shared_salience = table->shared_salience};
}

/* A predictor of all models and predictions for some issues. */
typedef struct bench {
    dt_env *env;
    dt__predictor *predictor;
    dt__prediction *out;
    size_t issues;
    dt__predict_opts opts;
} bench;

static inline bench bench_new(size_t actors, size_t issues) {
    bench b = {.issues = issues};

    assert_int_equal(dt_env_new(&b.env, NULL), DT_OK);
    assert_int_equal(dt__predictor_new(&b.predictor, actors, issues, DT__PREDICT_ALL, b.env), DT_OK);
    b.out = calloc(issues, sizeof *b.out);
    assert_non_null(b.out);
    for (size_t i = 0; i < issues; i++) assert_int_equal(dt__prediction_init(&b.out[i], actors, b.env), DT_OK);
    dt__predict_opts_init(&b.opts);
    return b;
}

static inline void bench_free(bench *b) {
    for (size_t i = 0; i < b->issues; i++) dt__prediction_clear(&b->out[i], b->env);
    free(b->out);
    dt__predictor_free(b->predictor, b->env);
    dt_env_free(b->env);
}

#endif
