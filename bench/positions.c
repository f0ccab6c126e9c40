/* How long models of positions take: made-up tables, one thread.  positions MODEL ACTORS ROUNDS REPEATS */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/random.h"
#include "positions/predict.h"

enum { MOST = 200 };

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* One issue of random positions on 0..100. */
static dt__stakes make(size_t actors, double *cells, const double *scale) {
    dt__random r;

    dt__random_init(&r, 1, 0, 0);
    for (size_t a = 0; a < actors; a++) {
        cells[a] = (double)dt__random_below(&r, 101);
        cells[MOST + a] = (1 + (double)dt__random_below(&r, 20)) / 20;
        cells[2 * MOST + a] = 1 + (double)dt__random_below(&r, 30);
    }
    return (dt__stakes){.actors = actors,
                        .issues = 1,
                        .position = cells,
                        .salience = cells + MOST,
                        .capability = cells + 2 * MOST,
                        .low = scale,
                        .high = scale + 1};
}

static int run(dt__predict_model model, const dt__stakes *stakes, unsigned rounds, unsigned repeats, dt_env *env) {
    dt__predictor *p = NULL;
    dt__prediction out = {0};
    dt__predict_opts opts;
    double start;
    int code = 1;

    dt__predict_opts_init(&opts);
    opts.eum.rounds = opts.exchange.rounds = rounds;
    if (dt__predictor_new(&p, stakes->actors, 1, DT__PREDICT_MASK(model), env) == DT_OK &&
        dt__prediction_init(&out, stakes->actors, env) == DT_OK) {
        start = now();
        for (unsigned i = 0; i < repeats; i++) dt__predict(p, model, stakes, &opts, &out);
        printf("%s: %zu actors, %u rounds, %.6f ms each, point %.4f\n", dt__predict_id(model), stakes->actors,
               out.rounds, (now() - start) * 1e3 / repeats, out.point);
        code = 0;
    }
    dt__prediction_clear(&out, env);
    dt__predictor_free(p, env);
    return code;
}

int main(int argc, char **argv) {
    static const double scale[] = {0, 100};
    double cells[3 * MOST];
    size_t actors = argc > 2 ? strtoul(argv[2], NULL, 10) : 17;
    dt__predict_model model = dt__predict_find(argc > 1 ? argv[1] : "eum", strlen(argc > 1 ? argv[1] : "eum"));
    unsigned rounds = argc > 3 ? (unsigned)strtoul(argv[3], NULL, 10) : 10,
             repeats = argc > 4 ? (unsigned)strtoul(argv[4], NULL, 10) : 100;
    dt__stakes stakes;
    dt_env *env = NULL;
    int code;

    if (model == DT__PREDICT_COUNT || actors < 1 || actors > MOST || repeats < 1 || dt_env_new(&env, NULL) != DT_OK)
        return 2;
    stakes = make(actors, cells, scale);
    code = run(model, &stakes, rounds, repeats, env);
    dt_env_free(env);
    return code;
}
