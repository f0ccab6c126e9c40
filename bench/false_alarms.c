/* bench_false_alarms [RUNS]: whole pipelines of the alarm on simulated counts: rate and scatter from the baseline, then
 * the window, with a look at every day.  Of each combination of scatter, baseline and window the share of quiet windows
 * with an alarm (the budget is 5 percent), the share of windows with twice the rate in which it is found, and after how
 * many days.  Four incidents a day before.  The last lines are of days that depend on one another: log rates are
 * autoregressive, and all scatter beyond Poisson comes from them.  One thread. */
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
    double carry;      /* of the log rate from one day to the next; 0: days are independent */
    size_t before, after;
} truth;

typedef struct tally {
    unsigned long runs, alarms;
    double days; /* until the alarm */
} tally;

/* Distributions of a day before and of one in the window. */
typedef struct tables {
    dt__count_table calm, risen;
} tables;

static void draw(double *counts, const truth *t, const tables *of, double factor, dt__random *r) {
    double variance = log1p(1 / t->size), swing = dt__random_normal(r), mean = t->mean * t->watched * factor;

    for (size_t i = 0; i < t->before + t->after; i++) {
        bool earlier = i < t->before;
        double wandering = (earlier ? t->mean : mean) * exp(sqrt(variance) * swing - variance / 2);
        counts[i] = t->carry > 0 ? dt__count_draw_once(wandering, INFINITY, r)
                                 : dt__count_draw(earlier ? &of->calm : &of->risen, r);
        swing = t->carry * swing + sqrt(1 - t->carry * t->carry) * dt__random_normal(r);
    }
}

static int watch(tally *out, const truth *t, double factor, unsigned long runs, dt_env *env) {
    static double counts[MOST_DAYS], watched[MOST_DAYS];
    static tables of;

    dt__count_table_fill(&of.calm, t->mean, t->size);
    dt__count_table_fill(&of.risen, t->mean * t->watched * factor, t->size);
    for (size_t i = 0; i < t->before + t->after; i++) watched[i] = i < t->before ? 1 : t->watched;
    *out = (tally){.runs = runs};
    for (unsigned long run = 0; run < runs; run++) {
        const dt__rise_rule rule = {.factor = 2, .budget = 0.05, .planned = t->after, .runs = 999, .seed = run};
        dt__periods baseline = {counts, watched, t->before},
                    window = {counts + t->before, watched + t->before, t->after};
        dt__rise rise;
        dt__random r;
        dt__random_init(&r, 77, run, 5);
        draw(counts, t, &of, factor, &r);
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
    if (watch(&twice, t, 2, runs / 10 + 1, env) != 0) return 1;
    printf("%4.0f %4.1f %5.2f %5.1f %6zu %6zu %8.4f %8.3f %8.1f %8.2f\n", t->mean, t->size, t->watched, t->carry,
           t->before, t->after, (double)quiet.alarms / (double)quiet.runs, (double)twice.alarms / (double)twice.runs,
           twice.alarms > 0 ? twice.days / (double)twice.alarms : NAN, 1e3 * seconds / (double)runs);
    fflush(stdout);
    return 0;
}

/* Windows watched in part take ten times as long: a tenth of the runs. */
int main(int argc, char **argv) {
    static const double sizes[] = {0.5, 2, 6, INFINITY}, carries[] = {0.3, 0.6, 0.8};
    static const size_t before[] = {7, 28, 90}, after[] = {3, 30, 90};
    unsigned long runs = argc > 1 ? strtoul(argv[1], NULL, 10) : 10000;
    dt_env *env;
    int code = 0;

    if (dt_env_new(&env, NULL) != DT_OK) return 1;
    printf("mean size watch carry before window    false    found     days ms a run\n");
    for (int i = 0; i < 2 * 36 && code == 0; i++) {
        truth t = {.mean = 4,
                   .size = sizes[i / 9 % 4],
                   .watched = i < 36 ? 1 : 0.4,
                   .before = before[i / 3 % 3],
                   .after = after[i % 3]};
        code = tell(&t, i < 36 ? runs : runs / 10 + 1, env);
    }
    for (size_t i = 0; i < 6 && code == 0; i++) {
        truth t = {
            .mean = 4, .size = 2, .watched = 1, .carry = carries[i % 3], .before = before[1 + i / 3], .after = 30};
        code = tell(&t, runs / 5 + 1, env);
    }
    dt_env_free(env);
    return code;
}
