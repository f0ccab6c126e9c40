/* What changes nothing, model by model (the table of docs/method/forecast.md): capabilities in another unit, the
 * parties in another order, a party as two halves, a party without power or stake, the scale from the other end.
 *
 * A model that the table says keeps a property has to keep it in every trial; one that does not has to break it in some
 * trial, so that the table cannot rot in either direction. */
#include <math.h>

#include "shared_tables.h"

enum { PARTIES = 7, ISSUES = 2, ROOM = PARTIES + 1, TRIALS = 60 };

typedef struct world {
    size_t n;
    double x[ISSUES * ROOM], s[ISSUES * ROOM], c[ISSUES * ROOM];
} world;

static const double lows[ISSUES] = {0, 0}, highs[ISSUES] = {100, 100};

/* All positions on an issue differ, so that no rule for ties decides. */
static world make(chance *r) {
    world w = {.n = PARTIES};

    for (size_t i = 0; i < ISSUES; i++) {
        double used = 0;
        for (size_t a = 0; a < w.n; a++) {
            size_t cell = i * ROOM + a;
            used += 1 + chance_below(r, 13) + chance_below(r, 1000) / 1000.0;
            w.x[cell] = used;
            w.s[cell] = (1 + chance_below(r, 1000)) / 1001.0;
            w.c[cell] = (1 + chance_below(r, 3000)) / 100.0;
        }
        for (size_t a = w.n; a > 1; a--) { /* shuffled */
            size_t b = chance_below(r, (uint32_t)a);
            double held = w.x[i * ROOM + a - 1];
            w.x[i * ROOM + a - 1] = w.x[i * ROOM + b];
            w.x[i * ROOM + b] = held;
        }
    }
    return w;
}

static void predict(bench *b, dt__predict_model model, const world *w, double *points) {
    double x[ISSUES * ROOM], s[ISSUES * ROOM], c[ISSUES * ROOM];
    dt__stakes stakes = {
        .actors = w->n, .issues = ISSUES, .position = x, .salience = s, .capability = c, .low = lows, .high = highs};

    for (size_t i = 0; i < ISSUES; i++) {
        for (size_t a = 0; a < w->n; a++) {
            x[i * w->n + a] = w->x[i * ROOM + a];
            s[i * w->n + a] = w->s[i * ROOM + a];
            c[i * w->n + a] = w->c[i * ROOM + a];
        }
    }
    dt__predict(b->predictor, model, &stakes, &b->opts, b->out);
    for (size_t i = 0; i < ISSUES; i++) points[i] = b->out[i].point;
}

/* ---- changes that may change nothing ---- */

static world rescaled(const world *w) {
    world v = *w;
    for (size_t i = 0; i < ISSUES * ROOM; i++) v.c[i] *= 7.3;
    return v;
}

static world reordered(const world *w) {
    world v = *w;
    for (size_t i = 0; i < ISSUES; i++) {
        for (size_t a = 0; a < w->n; a++) {
            size_t from = i * ROOM + a, to = i * ROOM + w->n - 1 - a;
            v.x[to] = w->x[from];
            v.s[to] = w->s[from];
            v.c[to] = w->c[from];
        }
    }
    return v;
}

static world split(const world *w) {
    world v = *w;
    for (size_t i = 0; i < ISSUES; i++) {
        size_t whole = i * ROOM, half = i * ROOM + w->n;
        v.x[half] = w->x[whole];
        v.s[half] = w->s[whole];
        v.c[half] = v.c[whole] = w->c[whole] / 2;
    }
    v.n++;
    return v;
}

/* Somebody without power and without a stake, at a place of its own. */
static world joined(const world *w) {
    world v = *w;
    for (size_t i = 0; i < ISSUES; i++) {
        v.x[i * ROOM + w->n] = 99.5;
        v.s[i * ROOM + w->n] = v.c[i * ROOM + w->n] = 0;
    }
    v.n++;
    return v;
}

static world mirrored(const world *w) {
    world v = *w;
    for (size_t i = 0; i < ISSUES * ROOM; i++) v.x[i] = 100 - v.x[i];
    return v;
}

typedef struct change {
    const char *name;
    world (*of)(const world *w);
} change;

static const change changes[] = {
    {"rescaled", rescaled}, {"reordered", reordered}, {"split", split}, {"joined", joined}, {"mirrored", mirrored}};
enum { CHANGES = sizeof changes / sizeof *changes };

/* ---- the table ---- */

typedef struct expectation {
    dt__predict_model model;
    bool keeps[CHANGES];
} expectation;

/*                                               rescaled reordered split joined mirrored */
static const expectation table[] = {
    {DT__PREDICT_COMPROMISE, {true, true, true, true, true}},
    {DT__PREDICT_WEIGHTED_MEDIAN, {true, true, true, true, true}},
    {DT__PREDICT_MEAN, {true, true, false, false, true}},
    {DT__PREDICT_NASH, {true, true, true, true, true}},
    {DT__PREDICT_PCE, {true, true, true, false, true}},
    {DT__PREDICT_PCE_MARKOV, {true, true, true, false, true}},
    {DT__PREDICT_PCE_INCENTIVE, {true, true, true, false, true}},
    {DT__PREDICT_EUM, {true, true, false, false, true}},
    {DT__PREDICT_EXCHANGE, {true, true, false, true, true}},
    {DT__PREDICT_SMP_START, {true, true, false, false, true}},
    {DT__PREDICT_SMP, {true, false, false, false, true}},
    {DT__PREDICT_MIDPOINT, {true, true, true, true, true}},
};

static double distance(const double *a, const double *b, bool mirror) {
    double most = 0;
    for (size_t i = 0; i < ISSUES; i++) {
        double d = fabs(a[i] - (mirror ? 100 - b[i] : b[i]));
        if (d > most) most = d;
    }
    return most;
}

/* The largest difference that a change makes. */
static double largest(bench *b, dt__predict_model model, const change *c, uint64_t seed) {
    double most = 0;

    for (uint64_t trial = 0; trial < TRIALS; trial++) {
        chance r = chance_of(seed, trial);
        world before = make(&r), after = c->of(&before);
        double here[ISSUES], there[ISSUES], d;
        predict(b, model, &before, here);
        predict(b, model, &after, there);
        d = distance(here, there, c->of == mirrored);
        if (d > most) most = d;
    }
    return most;
}

static void every_model_keeps_what_the_table_says(void **state) {
    const double rounding = 1e-4;
    uint64_t seed = chance_seed("invariance");
    bench b = bench_new(ROOM, ISSUES);
    size_t wrong = 0;

    (void)state;
    for (size_t m = 0; m < sizeof table / sizeof *table; m++) {
        for (size_t c = 0; c < CHANGES; c++) {
            double most = largest(&b, table[m].model, &changes[c], seed);
            if ((most <= rounding) == table[m].keeps[c]) continue;
            wrong++;
            print_error("%s, %s: differs by up to %g, and the table says that it %s\n", dt__predict_id(table[m].model),
                        changes[c].name, most, table[m].keeps[c] ? "does not" : "does");
        }
    }
    bench_free(&b);
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_model_keeps_what_the_table_says)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
