/* Memory that runs out while a forecast is made, kept, joined, frozen and scored: it says so, gives nothing, keeps
 * nothing. */
#define _DEFAULT_SOURCE 1
#include <unistd.h>

#include "detente/detente.h"
#include "metered.h"

enum { EVERY = 200, ROOM = 1 << 18 };

static const char text[] =
    "detente: 1\nas_of: 2025-01-01\nquantities: {heat: {value: 0..40}}\nparties: {north: {}, south: {}, east: {}}\n"
    "formats: {both: {table: [north, south], consent: [north, south]}, some: {table: [north, south, east], consent: "
    "{at_least: 2, of: [north, south, east]}}}\n"
    "issues: {x: {options: [low, mid, high], ordered: true, no_deal: low}, y: {options: [a, b], no_deal: a}}\n"
    "rules: [{id: r, require: \"not (x == high and y == a)\"}]\npreferences:\n"
    "  north: {weights: {x: 1, y: 2}, values: {x: {low: 0, mid: 40..60, high: 50}, y: {a: 10, b: 30}}, adjust: [{when: "
    "\"x == high and y == b\", add: \"heat\"}]}\n"
    "  south: {weights: {x: 1}, values: {x: {low: 0, mid: 40..60, high: 50}}, no_deal_drift: -1 per month}\n"
    "  east: {positions: {x: 50}, salience: {x: 1}, red_lines: [{id: l, require: \"y == b\"}]}\n"
    "scenarios: {moved: {when: \"x != low\", by: 2025-02-01}, high: {when: \"x == high\"}}\n"
    "claims: [{by: north, of: moved, probability: 75%}]\n";

typedef struct call {
    const dt_model *model;
    const dt_forecast_answer *answer;
    char *partials[2], *written;
    const char *file;
} call;

static dt_status keep_bytes(void *payload, const char *bytes, size_t length) {
    assert_true(length < ROOM);
    memcpy(payload, bytes, length);
    ((char *)payload)[length] = '\0';
    return DT_OK;
}

static dt_forecast_opts options(uint64_t shard, uint64_t shards) {
    static const dt_setting rate = {"high", "20%"};
    dt_forecast_opts opts;

    dt_forecast_opts_init(&opts);
    opts.draws = 60;
    opts.base_rates = &rate;
    opts.base_rate_count = 1;
    opts.shard = shard;
    opts.shards = shards;
    return opts;
}

/* ---- the entries ---- */

static dt_status forecast_it(void *payload, dt_env *env) {
    call *c = payload;
    dt_forecast_opts opts = options(1, 1);
    dt_forecast_answer *answer = (dt_forecast_answer *)(uintptr_t)16;
    dt_status st = dt_forecast(&answer, c->model, &opts, env);

    assert_int_equal(st == DT_OK, answer != NULL);
    dt_forecast_free(answer, env);
    return st;
}

static dt_status shard_it(void *payload, dt_env *env) {
    call *c = payload;
    dt_forecast_opts opts = options(2, 2);
    dt_file kept = {.name = "kept", .bytes = c->partials[1], .length = strlen(c->partials[1])};
    dt_forecast_run *run;
    dt_status st = dt_forecast_open(&run, c->model, &opts, env);

    if (st == DT_OK) st = dt_forecast_resume(run, &kept, env);
    if (st == DT_OK) st = dt_forecast_save(run, &(dt_sink){keep_bytes, c->written}, env);
    dt_forecast_close(run, env);
    return st;
}

static dt_status merge_it(void *payload, dt_env *env) {
    call *c = payload;
    dt_file parts[2];
    dt_forecast_answer *answer;
    dt_status st;

    for (int i = 0; i < 2; i++)
        parts[i] = (dt_file){.name = "part", .bytes = c->partials[i], .length = strlen(c->partials[i])};
    st = dt_forecast_merge(&answer, c->model, parts, 2, env);
    assert_int_equal(st == DT_OK, answer != NULL);
    dt_forecast_free(answer, env);
    return st;
}

static dt_status report_it(void *payload, dt_env *env) {
    call *c = payload;
    dt_document *document = NULL;
    dt_status st = dt_report_forecast(&document, c->model, c->answer, env);

    if (st == DT_OK) dt_document_free(document, env);
    return st;
}

/* Freezes, resolves and scores in a new file each time. */
static dt_status keep_it(void *payload, dt_env *env) {
    call *c = payload;
    const dt_setting found[] = {{"moved", "yes"}, {"x", "high"}};
    dt_register *r = NULL;
    dt_score_answer *answer = NULL;
    dt_document *document = NULL;
    dt_score_opts opts;
    dt_status st;

    unlink(c->file);
    dt_score_opts_init(&opts);
    opts.draws = 20;
    st = dt_register_open(&r, c->file, true, env);
    if (st == DT_OK) st = dt_register_freeze(r, "one", "2025-01-01", "2025-03-01", c->model, c->answer, env);
    if (st == DT_OK) st = dt_register_freeze(r, "two", "2025-01-01", "2025-03-01", c->model, c->answer, env);
    if (st == DT_OK) st = dt_register_resolve(r, "one", found, 2, "2025-02-01", "2025-03-01", NULL, env);
    if (st == DT_OK) st = dt_register_resolve(r, "two", found, 1, "2025-02-01", "2025-03-01", "K1", env);
    if (st == DT_OK) st = dt_register_score(&answer, r, &opts, env);
    if (st == DT_OK) st = dt_report_score(&document, answer, env);
    if (st == DT_OK) dt_document_free(document, env);
    dt_score_free(answer, env);
    dt_register_close(r, env);
    return st;
}

/* ---- the test ---- */

static char *partial_of(const dt_model *model, uint64_t shard, dt_env *env) {
    dt_forecast_opts opts = options(shard, 2);
    char *written = malloc(ROOM);
    dt_forecast_run *run;

    assert_non_null(written);
    assert_int_equal(dt_forecast_open(&run, model, &opts, env), DT_OK);
    assert_int_equal(dt_forecast_advance(run, 1000, env), DT_OK);
    assert_int_equal(dt_forecast_save(run, &(dt_sink){keep_bytes, written}, env), DT_OK);
    dt_forecast_close(run, env);
    return written;
}

static void every_allocation(void **state) {
    char folder[] = "/tmp/detente-memory-XXXXXX", file[64];
    dt_env *env = new_env();
    dt_model *model = model_of(text, env);
    dt_forecast_opts opts = options(1, 1);
    dt_forecast_answer *answer;
    call c = {.model = model, .written = malloc(ROOM), .file = file};
    (void)state;

    assert_non_null(c.written);
    assert_non_null(mkdtemp(folder));
    snprintf(file, sizeof file, "%s/r.db", folder);
    assert_int_equal(dt_forecast(&answer, model, &opts, env), DT_OK);
    c.answer = answer;
    for (uint64_t i = 0; i < 2; i++) c.partials[i] = partial_of(model, i + 1, env);
    fail_in_turn("forecast", forecast_it, &c, EVERY, 8);
    fail_in_turn("resume and save", shard_it, &c, EVERY, 8);
    fail_in_turn("merge", merge_it, &c, EVERY, 8);
    fail_in_turn("report a forecast", report_it, &c, EVERY, 8);
    fail_in_turn("freeze, resolve, score", keep_it, &c, EVERY, 8);
    unlink(file);
    rmdir(folder);
    for (int i = 0; i < 2; i++) free(c.partials[i]);
    free(c.written);
    dt_forecast_free(answer, env);
    dt_model_free(model);
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
