/* bench_false_alarms [RUNS]: whole pipelines of the alarm on simulated counts: rate and scatter from the baseline, then
 * the window.  Of each combination of scatter, baseline and window the share of quiet windows with an alarm (the budget
 * is 5 percent), the share of windows with twice the rate in which it is found, and after how many days.  One thread. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "statistics/count_table.h"
#include "statistics/rise.h"

enum { MOST_DAYS = 180 };

typedef struct truth {
    double mean, size; /* before, per full day; INFINITY: Poisson */
    double watched;    /* share of the days of the window; those of the baseline are watched in full */
    size_t before, after;
} truth;

typedef struct tally {
    unsigned long runs, alarms;
    double days; /* until the alarm */
} tally;

static int watch(tally *out, const truth *t, double factor, unsigned long runs, dt_env *env) {
    static dt__count_table calm, risen;
    static double counts[MOST_DAYS], watched[MOST_DAYS];

    dt__count_table_fill(&calm, t->mean, t->size);
    dt__count_table_fill(&risen, t->mean * t->watched * factor, t->size);
    for (size_t i = 0; i < t->before + t->after; i++) watched[i] = i < t->before ? 1 : t->watched;
    *out = (tally){.runs = runs};
    for (unsigned long run = 0; run < runs; run++) {
        const dt__rise_rule rule = {.factor = 2, .budget = 0.05, .planned = t->after, .runs = 999, .seed = run};
        dt__periods baseline = {counts, watched, t->before}, window = {counts + t->before, watched + t->before, t->after};
        dt__rise rise;
        dt__random r;
        dt__random_init(&r, 77, run, 5);
        for (size_t i = 0; i < t->before + t->after; i++) counts[i] = dt__count_draw(i < t->before ? &calm : &risen, &r);
        if (dt__rise_watch(&rise, baseline, window, &rule, env) != DT_OK) return 1;
        out->alarms += rise.alarm;
        if (rise.alarm) out->days += (double)rise.first + 1;
    }
    return 0;
}

static int tell(const truth *t, unsigned long runs, dt_env *env) {
    tally quiet, twice;
    double began = (double)clock() / CLOCKS_PER_SEC, seconds;

    if (watch(&quiet, t, 1, runs, env) != 0) return 1;
    seconds = (double)clock() / CLOCKS_PER_SEC - began;
    if (watch(&twice, t, 2, runs / 10, env) != 0) return 1;
    printf("%4.0f %4.1f %5.2f %6zu %6zu %8.4f %8.3f %8.1f %8.2f\n", t->mean, t->size, t->watched, t->before, t->after,
           (double)quiet.alarms / (double)quiet.runs, (double)twice.alarms / (double)twice.runs,
           twice.alarms > 0 ? twice.days / (double)twice.alarms : NAN, 1e3 * seconds / (double)runs);
    fflush(stdout);
    return 0;
}

int main(int argc, char **argv) {
    static const double sizes[] = {0.5, 2, 6, INFINITY}, means[] = {1, 4, 20};
    static const size_t before[] = {7, 28, 90}, after[] = {3, 30, 90};
    unsigned long runs = argc > 1 ? strtoul(argv[1], NULL, 10) : 10000;
    dt_env *env;
    int code = 0;

    if (dt_env_new(&env, NULL) != DT_OK) return 1;
    printf("mean size watch before window    false    found     days ms a run\n");
    for (int i = 0; i < 2 * 3 * 4 * 9 && code == 0; i++) {
        truth t = {.mean = means[i / 36 % 3],
                   .size = sizes[i / 9 % 4],
                   .watched = i / 108 == 0 ? 1 : 0.4,
                   .before = before[i / 3 % 3],
                   .after = after[i % 3]};
        code = tell(&t, runs, env);
    }
    dt_env_free(env);
    return code;
}
