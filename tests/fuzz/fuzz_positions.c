/* Any bytes as a table of positions: read without harm; what is read is complete, and every model can speak on it. */
#include <math.h>

#include "detente/backtest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const dt_backtest_answer *a) {
    for (size_t i = 0; i < a->issue_count; i++) {
        if (a->issues[i].id == NULL || a->issues[i].group == NULL || a->issues[i].low > a->issues[i].high)
            __builtin_trap();
        for (size_t m = 0; m < a->model_count; m++) {
            const dt_backtest_prediction *p = &a->issues[i].predictions[m];
            double room = 1e-6 * (a->issues[i].high - a->issues[i].low);
            if (p->state == DT_PREDICTION_INAPPLICABLE) continue;
            if (!(p->point >= a->issues[i].low - room && p->point <= a->issues[i].high + room)) __builtin_trap();
        }
    }
}

/* The first byte picks the options. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    dt_backtest_answer *answer = NULL;
    dt_backtest_opts opts;
    dt_env_opts env_opts;
    dt_env *env;
    dt_file file;

    if (size < 1) return -1;
    dt_env_opts_init(&env_opts);
    env_opts.threads = 1;
    if (dt_env_new(&env, &env_opts) != DT_OK) return -1;
    dt_backtest_opts_init(&opts);
    opts.models = (data[0] & 1) != 0 ? "all" : NULL;
    opts.power = (data[0] & 2) != 0 ? DT_POWER_SHAPLEY : DT_POWER_VOTES;
    opts.rounds = (data[0] & 4) != 0 ? 5 : 1;
    opts.resamples = 10;
    file = (dt_file){.name = "f", .bytes = (const char *)data + 1, .length = size - 1};
    if (dt_backtest(&answer, &file, &opts, env) == DT_OK) check(answer);
    dt_backtest_free(answer, env);
    dt_env_free(env);
    return 0;
}
