/* Memory that runs out while drivers are looked for and reported: it says so, gives nothing, keeps nothing. */
#include "detente/detente.h"
#include "metered.h"

enum { EVERY = 150 };

static const char text[] =
    "detente: 1\nas_of: 2025-01-01\nquantities: {heat: {value: 0..40}, view: {value: {coders: {a: 3, b: 9}}}}\n"
    "parties: {north: {}, south: {}}\nformats: {both: {table: [north, south], consent: [north, south]}}\n"
    "issues: {x: {options: [low, mid, high], ordered: true, no_deal: low}, y: {options: [a, b], no_deal: a, "
    "decided_by: north}}\npreferences:\n"
    "  north: {weights: {x: 1, y: 2}, values: {x: {low: 0, mid: 40..60, high: 50}, y: {a: 10, b: 30}}, adjust: [{when: "
    "\"x == high\", add: \"heat\"}]}\n"
    "  south: {weights: {x: 1}, values: {x: {low: 0, mid: 30, high: 50}}, no_deal: \"5 * view\"}\n"
    "scenarios: {high: {when: \"x == high\"}}\n";

typedef struct call {
    const dt_model *model;
    const dt_drivers_answer *answer;
} call;

static dt_drivers_opts options(void) {
    static const dt_setting lever = {"heat", "10"};
    dt_drivers_opts opts;

    dt_drivers_opts_init(&opts);
    opts.samples = 8;
    opts.levers = &lever;
    opts.lever_count = 1;
    return opts;
}

static dt_status drivers_it(void *payload, dt_env *env) {
    call *c = payload;
    dt_drivers_opts opts = options();
    dt_drivers_answer *answer = (dt_drivers_answer *)(uintptr_t)16;
    dt_status st = dt_drivers(&answer, c->model, &opts, env);

    assert_int_equal(st == DT_OK, answer != NULL);
    dt_drivers_free(answer, env);
    return st;
}

static dt_status report_it(void *payload, dt_env *env) {
    call *c = payload;
    dt_document *document = NULL;
    dt_status st = dt_report_drivers(&document, c->model, c->answer, env);

    if (st == DT_OK) dt_document_free(document, env);
    return st;
}

static void test_memory(void **state) {
    dt_env *env = new_env();
    dt_model *model = model_of(text, env);
    dt_drivers_opts opts = options();
    dt_drivers_answer *answer = NULL;
    call c = {.model = model};

    (void)state;
    fail_in_turn("dt_drivers", drivers_it, &c, EVERY, 8);
    assert_int_equal(dt_drivers(&answer, model, &opts, env), DT_OK);
    assert_non_null(answer);
    c.answer = answer;
    fail_in_turn("dt_report_drivers", report_it, &c, EVERY, 8);
    dt_drivers_free(answer, env);
    dt_model_free(model);
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
