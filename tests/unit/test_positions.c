/* Models of positions: the numbers that the literature and independent implementations give (docs/method/forecast.md),
 * and the rules for difficult data. */
#include <math.h>

#include "positions/spatial.h"
#include "shared_tables.h"

static void near_to(double found, double expected, double tolerance) {
    if (!(fabs(found - expected) <= tolerance)) fail_msg("%.12g, expected %.12g", found, expected);
}

/* ---- ten members of the European Community and an emission standard (Bueno de Mesquita 1994), re-encoded ---- */

enum { MEMBERS = 10 };
static const double emission_x[MEMBERS] = {4, 7, 4, 4, 10, 10, 10, 7, 4, 7};
static const double emission_c[MEMBERS] = {.08, .08, .03, .16, .16, .16, .16, .05, .05, .08};
static const double emission_s[MEMBERS] = {.8, .4, .2, .8, .6, .6, .9, .1, 1, .7};
static const double emission_low = 4, emission_high = 10;

static dt__stakes emission(void) {
    return (dt__stakes){.actors = MEMBERS,
                        .issues = 1,
                        .position = emission_x,
                        .salience = emission_s,
                        .capability = emission_c,
                        .low = &emission_low,
                        .high = &emission_high};
}

static void aggregators_and_elections_give_the_published_numbers(void **state) {
    static const double chances[] = {.20460878, .41981382, .37557739};
    dt__stakes stakes = emission();
    bench b = bench_new(MEMBERS, 1);

    (void)state;
    dt__predict(b.predictor, DT__PREDICT_COMPROMISE, &stakes, &b.opts, b.out);
    near_to(b.out->point, 7.389955686853766, 1e-12);
    dt__predict(b.predictor, DT__PREDICT_WEIGHTED_MEDIAN, &stakes, &b.opts, b.out);
    near_to(b.out->point, 7, 0);
    dt__predict(b.predictor, DT__PREDICT_PCE, &stakes, &b.opts, b.out);
    near_to(b.out->point, 7.512905844786833, 1e-7); /* printed with another unit of capability */
    assert_int_equal(b.out->count, 3);
    for (size_t i = 0; i < 3; i++) near_to(b.out->mass[i], chances[i], 1e-8);
    bench_free(&b);
}

static void challenges_give_the_published_rounds(void **state) {
    static const double paper[] = {7.263836, 7.250421, 7.142752, 7.154639, 7.174713,
                                   7.089153, 7.016764, 6.956693, 6.909352, 6.903969};
    static const double scholz[] = {7.461314, 7.552501, 7.590145, 7.358131, 7.349174,
                                    7.414878, 7.510457, 7.572447, 7.324989, 7.242131};
    dt__stakes stakes = emission();
    bench b = bench_new(MEMBERS, 1);

    (void)state;
    for (unsigned round = 1; round <= 10; round++) {
        b.opts.eum.rounds = round;
        b.opts.eum.form = DT__EUM_PAPER;
        b.opts.eum.choice = DT__EUM_LEAST_MOVE;
        dt__predict(b.predictor, DT__PREDICT_EUM, &stakes, &b.opts, b.out);
        near_to(b.out->point, paper[round - 1], 6e-7);
        b.opts.eum.median = true;
        dt__predict(b.predictor, DT__PREDICT_EUM, &stakes, &b.opts, b.out);
        near_to(b.out->point, 7, 1e-9);
        b.opts.eum.median = false;
        b.opts.eum.form = DT__EUM_SCHOLZ_CODE;
        b.opts.eum.choice = DT__EUM_SCHOLZ_CHOICE;
        dt__predict(b.predictor, DT__PREDICT_EUM, &stakes, &b.opts, b.out);
        near_to(b.out->point, scholz[round - 1], 6e-7);
    }
    bench_free(&b);
}

static void first_risk_exponents_are_the_published_ones(void **state) {
    static const double risks[MEMBERS] = {1.4057, .7542, .5089, 1.4057, 1.0465, 1.0465, 1.9649, .5, 2.0, 1.1121};
    dt__stakes stakes = emission();
    bench b = bench_new(MEMBERS, 1);

    (void)state;
    b.opts.eum.form = DT__EUM_SCHOLZ_CODE;
    b.opts.eum.choice = DT__EUM_SCHOLZ_CHOICE;
    dt__predict(b.predictor, DT__PREDICT_EUM, &stakes, &b.opts, b.out);
    for (size_t i = 0; i < MEMBERS; i++) near_to(b.predictor->rows[2 * MEMBERS + i], risks[i], 6e-5);
    bench_free(&b);
}

/* The same case in Scholz's form does not come to rest: that is said. */
static void a_cycle_is_called_one(void **state) {
    dt__stakes stakes = emission();
    bench b = bench_new(MEMBERS, 1);

    (void)state;
    b.opts.eum.form = DT__EUM_SCHOLZ_CODE;
    b.opts.eum.choice = DT__EUM_SCHOLZ_CHOICE;
    b.opts.eum.rounds = 1000;
    dt__predict(b.predictor, DT__PREDICT_EUM, &stakes, &b.opts, b.out);
    assert_int_not_equal(b.out->status, DT__PREDICTION_DONE);
    bench_free(&b);
}

/* ---- exchange ---- */

static void exchange_gives_the_worked_example(void **state) {
    static const double x[] = {20, 80, 10, 90}, s[] = {.2, .6, .8, .4}, c[] = {1, 1, 1, 1}, low[] = {0, 0},
                        high[] = {100, 100};
    dt__stakes stakes = {
        .actors = 2, .issues = 2, .position = x, .salience = s, .capability = c, .low = low, .high = high};
    bench b = bench_new(2, 2);

    (void)state;
    dt__predict(b.predictor, DT__PREDICT_EXCHANGE, &stakes, &b.opts, b.out);
    near_to(b.out[0].point, 80, 1e-9);
    near_to(b.out[1].point, 26 + 2.0 / 3, 1e-9);
    bench_free(&b);
}

static void exchange_stops_where_the_outcome_meets_its_beneficiary(void **state) {
    static const double x[] = {0, 60, 100, 10, 90, NAN}, s[] = {.5, .6, .3, .9, .1, NAN}, c[] = {1, .05, 1, 1, 20, NAN},
                        low[] = {0, 0}, high[] = {100, 100};
    dt__stakes stakes = {
        .actors = 3, .issues = 2, .position = x, .salience = s, .capability = c, .low = low, .high = high};
    bench b = bench_new(3, 2);

    (void)state;
    dt__predict(b.predictor, DT__PREDICT_EXCHANGE, &stakes, &b.opts, b.out);
    near_to(b.out[0].point, 60, 1e-9);
    near_to(b.out[1].point, 41.316992, 1e-6);
    bench_free(&b);
}

/* ---- Nash ---- */

static double log_sum(const double *x, const double *w, size_t n, double range, double y, bool squared) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double d = fabs(x[i] - y) / range;
        sum += w[i] * log(1 - (squared ? d * d : d));
    }
    return sum;
}

/* No point of a fine grid is better than what was found. */
static void nash_is_the_maximum(void **state) {
    bench b = bench_new(8, 1);
    chance r = chance_of(chance_seed("nash"), 0);

    (void)state;
    for (int trial = 0; trial < 200; trial++) {
        double x[8], s[8], c[8], w[8], low = 0, high = 100;
        dt__stakes stakes = {.actors = 2 + chance_below(&r, 7),
                             .issues = 1,
                             .position = x,
                             .salience = s,
                             .capability = c,
                             .low = &low,
                             .high = &high};
        for (size_t i = 0; i < stakes.actors; i++) {
            x[i] = (double)chance_below(&r, 101);
            s[i] = (double)(1 + chance_below(&r, 10)) / 10;
            c[i] = (double)(1 + chance_below(&r, 20));
            w[i] = s[i] * c[i];
        }
        for (int squared = 0; squared < 2; squared++) {
            double best;
            b.opts.nash.utility = squared ? DT__NASH_QUADRATIC : DT__NASH_LINEAR;
            dt__predict(b.predictor, DT__PREDICT_NASH, &stakes, &b.opts, b.out);
            best = log_sum(x, w, stakes.actors, 100, b.out->point, squared);
            for (int g = 0; g <= 1000; g++) {
                double there = log_sum(x, w, stakes.actors, 100, g / 10.0, squared);
                if (there > best + 1e-9) fail_msg("%.10g is not as good as %.10g", b.out->point, g / 10.0);
            }
        }
    }
    bench_free(&b);
}

/* ---- the spatial model against three reference runs of KTAB ---- */

/* The next line that begins with `name, ` and `what` and a colon; its numbers. */
static size_t logged(const char *log, const char *name, const char *what, double *values, size_t most) {
    char head[256];
    const char *at;
    size_t count = 0;

    snprintf(head, sizeof head, "\n%s, %s:", name, what);
    at = strstr(log, head);
    if (at == NULL) return 0;
    for (at += strlen(head); *at != '\n' && *at != '\0' && count < most;) {
        char *end;
        values[count] = strtod(at, &end);
        if (end == at) break;
        count++;
        at = end;
    }
    return count;
}

static size_t compare_turn(const char *log, const dt__positions *table, const dt__spatial *x, size_t turn) {
    enum { MOST = 64 };
    size_t compared = 0;

    for (size_t a = 0; a < x->n; a++) {
        double printed[MOST];
        size_t place = 0;
        for (size_t k = 0; k < x->m; k++) {
            const char *what = *table->issues[k].name == '\0' ? "Position" : table->issues[k].name;
            assert_true(logged(log, table->actors[a].id, what, printed, MOST) > turn);
            near_to(100 * x->position[a * x->m + k], printed[turn], 0.0501);
            compared++;
        }
        for (bool found = false; !found; place += !found) {
            double square = 0;
            for (size_t k = 0; k < x->m; k++) square += pow(x->next[place * x->m + k] - x->position[a * x->m + k], 2);
            found = sqrt(square) < 1e-3;
        }
        assert_true(logged(log, table->actors[a].id, "prob ", printed, MOST) > turn);
        near_to(x->election.chance[place], printed[turn], 0.501e-4);
        compared++;
    }
    return compared;
}

static void compare_run(dt__positions *table, const char *log_name, size_t states) {
    size_t length = 0, compared = 0;
    char *log = shared_bytes(log_name, &length);
    double lows[8], highs[8];
    dt__stakes stakes = stakes_of(table, lows, highs);
    bench b = bench_new(stakes.actors, stakes.issues);

    if (log != NULL) {
        for (size_t turn = 0; turn < states; turn++) {
            b.opts.smp.rounds = (unsigned)turn;
            dt__predict(b.predictor, DT__PREDICT_SMP, &stakes, &b.opts, b.out);
            compared += compare_turn(log, table, b.predictor->spatial, turn);
        }
        b.opts.smp.rounds = 100;
        dt__predict(b.predictor, DT__PREDICT_SMP, &stakes, &b.opts, b.out);
        assert_int_equal(b.out->rounds + 1, states);
        assert_int_equal(b.out->status, DT__PREDICTION_DONE);
        print_message("%s: %zu printed numbers reproduced\n", log_name, compared);
    }
    free(log);
    bench_free(&b);
}

static void a_run_is_ktabs(const char *table_name, const char *log_name, size_t states) {
    dt__positions table;
    dt_env *env = NULL;

    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    if (shared_table(&table, table_name, env)) {
        compare_run(&table, log_name, states);
        dt__positions_clear(&table);
    }
    dt_env_free(env);
}

static void the_spatial_model_is_that_of_the_reference_runs(void **state) {
    (void)state;
    a_run_is_ktabs("ktab_smp/dummyData_3Dim.csv", "ktab_smp/dummyData_3Dim.log", 11);
    a_run_is_ktabs("ktab_smp/SOE-Pol-Comp.csv", "ktab_smp/SOE-Pol-Comp.log", 28);
    a_run_is_ktabs("emission/ExampleActors.csv", "ktab_smp/emission_full.log", 14);
}

/* The reference implementation stops at issues whose positions lie at the two ends only. */
static void two_ends_are_enough_for_every_model(void **state) {
    static const double x[] = {0, 100, 100, 0, 0, 100}, s[] = {.5, .2, .9, .1, .3, .7}, c[] = {1, 2, 3, 4, 5, 6},
                        low[] = {0, 0}, high[] = {100, 100};
    dt__stakes stakes = {.actors = 3,
                         .issues = 2,
                         .position = x,
                         .salience = s,
                         .capability = c,
                         .low = low,
                         .high = high,
                         .reference = low};
    bench b = bench_new(3, 2);

    (void)state;
    for (unsigned m = 0; m < DT__PREDICT_COUNT; m++) {
        dt__predict(b.predictor, (dt__predict_model)m, &stakes, &b.opts, b.out);
        if (m == DT__PREDICT_BASE_RATE) continue;
        for (size_t i = 0; i < 2; i++) {
            double sum = 0;
            if (isnan(b.out[i].point)) fail_msg("%s has nothing to say", dt__predict_id((dt__predict_model)m));
            for (size_t a = 0; a < b.out[i].count; a++) sum += b.out[i].mass[a];
            near_to(sum, 1, 1e-9);
        }
    }
    bench_free(&b);
}

/* ---- rules for difficult data ---- */

static void all_in_one_place_agree_there(void **state) {
    static const double x[] = {40, 40, NAN, 40, 40, 40}, s[] = {0, 0, NAN, 0, .5, 1}, c[] = {1, 0, NAN, 1, 1, 1},
                        low[] = {0, 40}, high[] = {100, 40}, reference[] = {10, 40};
    dt__stakes stakes = {.actors = 3,
                         .issues = 2,
                         .position = x,
                         .salience = s,
                         .capability = c,
                         .low = low,
                         .high = high,
                         .reference = reference};
    bench b = bench_new(3, 2);

    (void)state;
    for (unsigned m = 0; m < DT__PREDICT_COUNT; m++) {
        bool baseline = m == DT__PREDICT_MIDPOINT || m == DT__PREDICT_UNIFORM || m == DT__PREDICT_REFERENCE ||
                        m == DT__PREDICT_BASE_RATE;
        dt__predict(b.predictor, (dt__predict_model)m, &stakes, &b.opts, b.out);
        for (size_t i = 0; i < 2 && !baseline; i++) {
            if (!(fabs(b.out[i].point - 40) < 1e-9))
                fail_msg("%s: %g", dt__predict_id((dt__predict_model)m), b.out[i].point);
        }
    }
    bench_free(&b);
}

static void weights_of_zero_become_equal_and_are_noted(void **state) {
    static const double x[] = {0, 10, 80}, zero[] = {0, 0, 0}, c[] = {1, 1, 1}, low = 0, high = 100;
    dt__stakes stakes = {
        .actors = 3, .issues = 1, .position = x, .salience = zero, .capability = c, .low = &low, .high = &high};
    bench b = bench_new(3, 1);

    (void)state;
    dt__predict(b.predictor, DT__PREDICT_COMPROMISE, &stakes, &b.opts, b.out);
    near_to(b.out->point, 30, 1e-12);
    assert_int_equal(b.out->notes.unweighted, 1);
    dt__predict(b.predictor, DT__PREDICT_WEIGHTED_MEDIAN, &stakes, &b.opts, b.out);
    near_to(b.out->point, 10, 0);
    bench_free(&b);
}

static void a_median_between_two_is_their_mean(void **state) {
    static const double x[] = {70, 10, 30}, s[] = {1, 1, 1}, c[] = {2, 1, 1}, low = 0, high = 100;
    dt__stakes stakes = {
        .actors = 3, .issues = 1, .position = x, .salience = s, .capability = c, .low = &low, .high = &high};
    bench b = bench_new(3, 1);

    (void)state;
    dt__predict(b.predictor, DT__PREDICT_WEIGHTED_MEDIAN, &stakes, &b.opts, b.out);
    near_to(b.out->point, 50, 1e-12);
    bench_free(&b);
}

static void nobody_present_is_no_prediction(void **state) {
    static const double x[] = {NAN, NAN}, low = 0, high = 100;
    dt__stakes stakes = {
        .actors = 2, .issues = 1, .position = x, .salience = x, .capability = x, .low = &low, .high = &high};
    bench b = bench_new(2, 1);

    (void)state;
    for (unsigned m = 0; m < DT__PREDICT_COUNT; m++) {
        if (m == DT__PREDICT_MIDPOINT || m == DT__PREDICT_UNIFORM) continue;
        dt__predict(b.predictor, (dt__predict_model)m, &stakes, &b.opts, b.out);
        assert_int_equal(b.out->status, DT__PREDICTION_INAPPLICABLE);
        assert_true(isnan(b.out->point));
    }
    bench_free(&b);
}

static void a_missing_salience_is_the_mean_of_those_with_a_position(void **state) {
    double x[] = {1, 2, NAN, 3}, s[] = {.2, NAN, .9, .6}, none[] = {NAN, NAN, NAN, NAN};

    (void)state;
    assert_int_equal(dt__impute_salience(x, s, 4), 1);
    near_to(s[1], .4, 1e-12);
    assert_int_equal(dt__impute_salience(x, none, 4), 3);
    near_to(none[0], .5, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(aggregators_and_elections_give_the_published_numbers),
        cmocka_unit_test(challenges_give_the_published_rounds),
        cmocka_unit_test(first_risk_exponents_are_the_published_ones),
        cmocka_unit_test(a_cycle_is_called_one),
        cmocka_unit_test(exchange_gives_the_worked_example),
        cmocka_unit_test(exchange_stops_where_the_outcome_meets_its_beneficiary),
        cmocka_unit_test(nash_is_the_maximum),
        cmocka_unit_test(the_spatial_model_is_that_of_the_reference_runs),
        cmocka_unit_test(two_ends_are_enough_for_every_model),
        cmocka_unit_test(all_in_one_place_agree_there),
        cmocka_unit_test(weights_of_zero_become_equal_and_are_noted),
        cmocka_unit_test(a_median_between_two_is_their_mean),
        cmocka_unit_test(nobody_present_is_no_prediction),
        cmocka_unit_test(a_missing_salience_is_the_mean_of_those_with_a_position),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
