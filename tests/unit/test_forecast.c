/* Forecasts: every draw against the definition, and the same bytes whoever makes the draws. */
#include <math.h>

#include "detente/forecast.h"
#include "forecast/run.h"
#include "language_text.h"
#include "model/utility.h"

enum { SEEDS = 120, OUTCOMES = 4 * 3 * 2 * 2, ISSUES = 4 };

/* Every kind of uncertain number, weights among them; a consent rule with two winning sets, red lines, drift, a rule.
 */
static const char model_text[] =
    "detente: 1\nas_of: 2025-01-01\n"
    "quantities: {heat: {value: 0..40}, will: {value: 10/20/50}, luck: {value: 5 +- 6}, view: {value: {coders: {a: 3, "
    "b: "
    "9}}}, sum: {value: \"heat + 2 * will\"}}\n"
    "parties: {north: {}, south: {}, east: {}}\n"
    "formats: {all: {table: [north, south, east], consent: [north, south, east]}, most: {table: [north, south, east], "
    "consent: {at_least: 2, of: [north, south, east], veto: [north]}}, short: {table: [north, south], consent: [north, "
    "south], agenda: [a, b]}}\n"
    "issues:\n  a: {options: [none, some, more, full], ordered: true, no_deal: none}\n"
    "  b: {options: [low, mid, high], ordered: true, no_deal: low}\n"
    "  c: {options: [\"off\", \"on\"], no_deal: \"off\"}\n  idle: {options: [left, right], no_deal: left}\n"
    "rules: [{id: r, require: \"not (a == full and b == high)\"}]\n"
    "preferences:\n"
    "  north:\n    weights: {a: 30..50, b: 30, c: 20}\n"
    "    values: {a: {none: 50, some: 60, more: 30..70, full: 20}, b: {low: 20, mid: 60, high: 90}, c: {\"off\": 30, "
    "\"on\": \"view\"}}\n"
    "    adjust: [{when: \"a == full\", add: \"0.1 * sum\"}, {when: \"b == high and c == on\", add: \"-luck\"}]\n"
    "    red_lines: [{id: l, require: \"a != full or c == on\"}]\n    no_deal_drift: \"-0.2 * luck per month\"\n"
    "  south:\n    weights: {a: 1, b: 1, c: 1}\n"
    "    values: {a: {none: 10, some: 40, more: 70, full: 90}, b: {low: 70, mid: 50, high: 10}, c: {\"off\": 60, "
    "\"on\": "
    "50}}\n"
    "    adjust: [{when: \"a in [more, full] and b == low\", add: \"-0.01 * heat * will\"}]\n    no_deal: 40..75\n"
    "  east: {positions: {a: 20..60, b: 50}, salience: {a: 2, b: 1}}\n"
    "scenarios: {deal: {when: \"a != none or b != low or c != off\"}, much: {when: \"a >= more\", by: 2025-07-01}}\n";

static dt_env *env_with(unsigned threads) {
    dt_env_opts opts;
    dt_env *env;

    dt_env_opts_init(&opts);
    opts.threads = threads;
    assert_int_equal(dt_env_new(&env, &opts), DT_OK);
    return env;
}

/* ---- one draw by the definition ---- */

typedef struct truth {
    size_t count; /* in the zone */
    double gains[OUTCOMES][3];
    dt__option outcomes[OUTCOMES][ISSUES];
    size_t dimensions;
} truth;

static bool coherent(const dt_model *m, const dt__option *outcome) {
    for (size_t i = 0; i < m->rule_count; i++) {
        if (!dt__condition_holds(m->rules[i].require, outcome)) return false;
    }
    return true;
}

static void judge(truth *t, const dt_model *m, const dt__format *format, const dt__valuation *v,
                  const dt__option *outcome, const dt__option *no_deal, dt__rational months, dt_env *env) {
    dt__party_set all = dt__consent_parties(&format->consent), accepting = 0;
    size_t d = 0;

    for (uint32_t p = 0; p < m->party_count; p++) {
        const dt__preferences *prefs = m->parties[p].preferences;
        dt__rational utility, reservation, gain;
        bool keeps = true;
        if (!(all >> p & 1)) continue;
        assert_int_equal(dt__utility(&utility, m, v, p, outcome, env), DT_OK);
        assert_int_equal(dt__reservation(&reservation, m, v, p, no_deal, months, env), DT_OK);
        assert_true(dt__rational_sub(&gain, utility, reservation));
        for (size_t i = 0; i < prefs->red_line_count; i++)
            keeps &= dt__condition_holds(prefs->red_lines[i].require, outcome);
        if (keeps && dt__rational_sign(gain) >= 0) accepting |= UINT64_C(1) << p;
        t->gains[t->count][d++] = dt__rational_double(gain);
    }
    t->dimensions = d;
    if (!dt__consent_wins(&format->consent, accepting)) return;
    memcpy(t->outcomes[t->count++], outcome, ISSUES * sizeof *outcome);
}

static void enumerate(truth *t, const dt_model *m, const dt__format *format, const dt__valuation *v,
                      dt__rational months, dt_env *env) {
    dt__option no_deal[DT__MAX_ISSUES], outcome[ISSUES];

    t->count = 0;
    dt__model_no_deal(m, no_deal);
    for (size_t n = 0; n < OUTCOMES; n++) {
        size_t rest = n;
        bool reachable = true;
        for (uint32_t i = 0; i < ISSUES; i++) {
            outcome[i] = (dt__option)(rest % m->issues[i].option_count);
            rest /= m->issues[i].option_count;
            reachable &= outcome[i] == no_deal[i] || dt__issue_set_has(&format->agenda, i);
        }
        if (reachable && coherent(m, outcome)) judge(t, m, format, v, outcome, no_deal, months, env);
    }
}

static double worst(const truth *t, size_t i, const double *parts) {
    double least = INFINITY;
    for (size_t d = 0; d < t->dimensions; d++)
        least = fmin(least, parts == NULL ? t->gains[i][d] : parts[d] > 0 ? t->gains[i][d] / parts[d] : 0);
    return least;
}

/* What a solution maximises. */
static double objective(const truth *t, size_t i, const char *rule, const double *ideal) {
    double product = 1, sum = 0;
    size_t without = 0;

    for (size_t d = 0; d < t->dimensions; d++) {
        sum += t->gains[i][d];
        if (t->gains[i][d] > 0) product *= t->gains[i][d];
        else without++;
    }
    if (strcmp(rule, "nash") == 0) return product - 1e9 * (double)without;
    if (strcmp(rule, "kalai_smorodinsky") == 0) return worst(t, i, ideal);
    return strcmp(rule, "egalitarian") == 0 ? worst(t, i, NULL) : sum;
}

static size_t place_in(const truth *t, const dt__option *outcome) {
    size_t i = 0;
    while (i < t->count && memcmp(t->outcomes[i], outcome, ISSUES * sizeof *outcome) != 0) i++;
    return i;
}

static void check_choice(const truth *t, const dt_forecast_model *said, const dt__option *outcome, const dt_model *m) {
    double ideal[3] = {0}, best = -INFINITY, mine;
    dt__option no_deal[DT__MAX_ISSUES];

    dt__model_no_deal(m, no_deal);
    if (t->count == 0) {
        assert_true(said->deal < 0.5);
        assert_memory_equal(outcome, no_deal, ISSUES * sizeof *outcome);
        return;
    }
    assert_true(said->deal > 0.5);
    assert_true(place_in(t, outcome) < t->count);
    for (size_t i = 0; i < t->count; i++) {
        for (size_t d = 0; d < t->dimensions; d++) ideal[d] = fmax(ideal[d], t->gains[i][d]);
    }
    for (size_t i = 0; i < t->count; i++) best = fmax(best, objective(t, i, said->rule, ideal));
    mine = objective(t, place_in(t, outcome), said->rule, ideal);
    if (mine < best - 1e-9 * fmax(1, fabs(best))) fail_msg("%s: %.15g instead of %.15g", said->id, mine, best);
    assert_int_equal(outcome[3], no_deal[3]); /* nobody cares about it, so nobody moves it */
}

/* The one outcome of a forecast of one draw. */
static void outcome_of(dt__option *outcome, const dt_forecast_model *said, const dt_model *m) {
    for (size_t i = 0; i < ISSUES; i++) {
        outcome[i] = 0;
        for (uint32_t o = 0; o < m->issues[i].option_count; o++) {
            if (said->options[i][o] > 0.5) outcome[i] = (dt__option)o;
        }
    }
}

static void every_draw_is_what_the_definition_says(void **state) {
    dt_env *env = env_with(1);
    dt_model *m = model_of(model_text, env);
    truth *t = malloc(sizeof *t);
    dt__valuation v;
    size_t empty = 0, open = 0;
    (void)state;

    assert_non_null(t);
    assert_int_equal(dt__valuation_init(&v, m, env), DT_OK);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        dt_forecast_answer *a;
        dt_forecast_opts opts;
        dt_forecast_opts_init(&opts);
        opts.draws = 1;
        opts.seed = seed;
        if (dt_forecast(&a, m, &opts, env) != DT_OK) print_findings(env);
        assert_non_null(a);
        assert_int_equal(dt__valuation_draw(&v, m, seed, 0, env), DT_OK);
        for (size_t i = 0; i < a->model_count; i++) {
            const dt_forecast_model *said = &a->models[i];
            dt__option outcome[ISSUES];
            if (said->kind != DT_MODEL_BARGAIN || strcmp(said->rule, "steps") == 0) continue; /* see test_stepwise.c */
            assert_int_equal(said->status, DT_FORECAST_DONE);
            enumerate(t, m, &m->formats[said->format], &v, DT__RATIONAL(6),
                      env); /* options are told at the last date */
            outcome_of(outcome, said, m);
            check_choice(t, said, outcome, m);
            assert_true((said->scenarios[1].probability > 0.5) == (outcome[0] >= 2));
            if (t->count == 0) empty++;
            else open++;
        }
        dt_forecast_free(a, env);
    }
    assert_true(empty > 20 && open > 20); /* both sides are tested */
    dt__valuation_clear(&v, env);
    free(t);
    dt_model_free(m);
    dt_env_free(env);
}

/* ---- the same bytes ---- */

static dt_status keep_bytes(void *payload, const char *bytes, size_t length) {
    char *text = payload;
    assert_true(length < 1 << 20);
    memcpy(text, bytes, length);
    text[length] = '\0';
    return DT_OK;
}

static char *partial_of(const dt_model *m, uint64_t shard, uint64_t shards, unsigned threads, uint64_t step) {
    char *text = malloc(1 << 20);
    dt_env *env = env_with(threads);
    dt_forecast_run *run;
    dt_forecast_opts opts;

    assert_non_null(text);
    dt_forecast_opts_init(&opts);
    opts.draws = 500;
    opts.shard = shard;
    opts.shards = shards;
    assert_int_equal(dt_forecast_open(&run, m, &opts, env), DT_OK);
    while (dt_forecast_left(run) > 0) assert_int_equal(dt_forecast_advance(run, step, env), DT_OK);
    assert_int_equal(dt_forecast_save(run, &(dt_sink){keep_bytes, text}, env), DT_OK);
    dt_forecast_close(run, env);
    dt_env_free(env);
    return text;
}

static void threads_and_steps_change_nothing(void **state) {
    dt_env *env = env_with(1);
    dt_model *m = model_of(model_text, env);
    char *alone = partial_of(m, 1, 1, 1, 500), *many = partial_of(m, 1, 1, 4, 500), *steps = partial_of(m, 1, 1, 3, 37);
    (void)state;

    assert_string_equal(alone, many);
    assert_string_equal(alone, steps);
    free(alone);
    free(many);
    free(steps);
    dt_model_free(m);
    dt_env_free(env);
}

static bool same_probability(const dt_probability *a, const dt_probability *b) {
    return a->known == b->known && memcmp(&a->probability, &b->probability, sizeof(double)) == 0 &&
           memcmp(&a->low, &b->low, sizeof(double)) == 0 && memcmp(&a->high, &b->high, sizeof(double)) == 0 &&
           memcmp(&a->mc_error, &b->mc_error, sizeof(double)) == 0 && a->input == b->input;
}

static void shards_join_to_the_whole(void **state) {
    dt_env *env = env_with(2);
    dt_model *m = model_of(model_text, env);
    dt_forecast_answer *whole, *joined;
    dt_forecast_opts opts;
    char *texts[3];
    dt_file parts[3];
    (void)state;

    dt_forecast_opts_init(&opts);
    opts.draws = 500;
    assert_int_equal(dt_forecast(&whole, m, &opts, env), DT_OK);
    for (uint64_t i = 0; i < 3; i++) {
        texts[i] = partial_of(m, 3 - i, 3, 2, 60); /* last shard first */
        parts[i] = (dt_file){.name = "part", .bytes = texts[i], .length = strlen(texts[i])};
    }
    assert_int_equal(dt_forecast_merge(&joined, m, parts, 3, env), DT_OK);
    assert_int_equal(joined->draws, 500);
    assert_true(joined->complete);
    for (size_t i = 0; i < whole->model_count; i++) {
        for (size_t s = 0; s < whole->scenario_count; s++)
            assert_true(same_probability(&whole->models[i].scenarios[s], &joined->models[i].scenarios[s]));
    }
    dt_forecast_free(joined, env);
    assert_int_equal(dt_forecast_merge(&joined, m, parts, 2, env), DT_ERR_ARGUMENT); /* a gap */
    parts[0] = parts[1];
    assert_int_equal(dt_forecast_merge(&joined, m, parts, 3, env), DT_ERR_ARGUMENT); /* an overlap */
    texts[2][200] ^= 1;
    assert_int_equal(dt_forecast_merge(&joined, m, parts, 3, env), DT_ERR_ARGUMENT); /* damaged */
    assert_null(joined);
    for (int i = 0; i < 3; i++) free(texts[i]);
    dt_forecast_free(whole, env);
    dt_model_free(m);
    dt_env_free(env);
}

static void a_run_resumes_where_it_stopped(void **state) {
    dt_env *env = env_with(1);
    dt_model *m = model_of(model_text, env);
    char *whole = partial_of(m, 1, 1, 1, 500), *text = malloc(1 << 20);
    dt_forecast_run *run, *again;
    dt_forecast_opts opts;
    dt_file file = {.name = "part", .bytes = text};
    (void)state;

    assert_non_null(text);
    dt_forecast_opts_init(&opts);
    opts.draws = 500;
    assert_int_equal(dt_forecast_open(&run, m, &opts, env), DT_OK);
    assert_int_equal(dt_forecast_advance(run, 123, env), DT_OK);
    assert_int_equal(dt_forecast_save(run, &(dt_sink){keep_bytes, text}, env), DT_OK);
    file.length = strlen(text);
    assert_int_equal(dt_forecast_open(&again, m, &opts, env), DT_OK);
    assert_int_equal(dt_forecast_resume(again, &file, env), DT_OK);
    assert_int_equal(dt_forecast_left(again), 377);
    assert_int_equal(dt_forecast_advance(again, 377, env), DT_OK);
    assert_int_equal(dt_forecast_save(again, &(dt_sink){keep_bytes, text}, env), DT_OK);
    assert_string_equal(text, whole);
    dt_forecast_close(again, env);
    opts.seed = 2;
    assert_int_equal(dt_forecast_open(&again, m, &opts, env), DT_OK);
    assert_int_equal(dt_forecast_resume(again, &file, env), DT_ERR_ARGUMENT); /* another seed */
    dt_forecast_close(again, env);
    dt_forecast_close(run, env);
    free(whole);
    free(text);
    dt_model_free(m);
    dt_env_free(env);
}

/* ---- what is refused ---- */

static dt_status try_options(const dt_model *m, const char *scenario, const char *rate, uint64_t draws) {
    dt_env *env = env_with(1);
    dt_setting base = {scenario, rate};
    dt_forecast_answer *a;
    dt_forecast_opts opts;
    dt_status st;

    dt_forecast_opts_init(&opts);
    opts.draws = draws;
    opts.base_rates = &base;
    opts.base_rate_count = 1;
    st = dt_forecast(&a, m, &opts, env);
    assert_int_equal(st == DT_OK, dt_env_diagnostic_count(env) == 0);
    dt_forecast_free(a, env);
    dt_env_free(env);
    return st;
}

static void bad_options_are_refused(void **state) {
    dt_env *env = env_with(1);
    dt_model *m = model_of(model_text, env);
    (void)state;

    assert_int_equal(try_options(m, "deal", "0.4", 10), DT_OK);
    assert_int_equal(try_options(m, "deal", "40%", 10), DT_OK);
    assert_int_equal(try_options(m, "deal", "1.01", 10), DT_ERR_ARGUMENT);
    assert_int_equal(try_options(m, "deal", "-0.1", 10), DT_ERR_ARGUMENT);
    assert_int_equal(try_options(m, "deal", "often", 10), DT_ERR_ARGUMENT);
    assert_int_equal(try_options(m, "dael", "0.4", 10), DT_ERR_ARGUMENT);
    assert_int_equal(try_options(m, "deal", "0.4", 0), DT_ERR_ARGUMENT);
    dt_model_free(m);
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_draw_is_what_the_definition_says),
        cmocka_unit_test(threads_and_steps_change_nothing),
        cmocka_unit_test(shards_join_to_the_whole),
        cmocka_unit_test(a_run_resumes_where_it_stopped),
        cmocka_unit_test(bad_options_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
