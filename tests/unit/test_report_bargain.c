/* The report on "which deal?": answers made by hand for what models seldom give, and every allocation failing in turn.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "detente/detente.h"

/* ---- an allocator that fails at the n-th call; a sink into a string ---- */

typedef struct failing {
    size_t calls, fail_at; /* 0: never */
    size_t held;           /* bytes not yet freed */
} failing;

static void *failing_resize(void *payload, void *ptr, size_t old_size, size_t new_size) {
    failing *f = payload;
    void *grown;

    if (new_size == 0) {
        if (ptr != NULL) f->held -= old_size;
        free(ptr);
        return NULL;
    }
    if (++f->calls == f->fail_at) return NULL;
    grown = realloc(ptr, new_size);
    if (grown != NULL) f->held += new_size - (ptr == NULL ? 0 : old_size);
    return grown;
}

static dt_env *env_in(dt_language language, failing *f) {
    dt_env_opts opts;
    dt_env *env = NULL;

    dt_env_opts_init(&opts);
    opts.language = language;
    opts.threads = 1;
    if (f != NULL) opts.allocator = (dt_allocator){.resize = failing_resize, .payload = f};
    return dt_env_new(&env, &opts) == DT_OK ? env : NULL;
}

typedef struct page {
    char text[131072];
    size_t length;
} page;

static dt_status write_page(void *payload, const char *bytes, size_t length) {
    page *p = payload;
    if (p->length + length >= sizeof p->text) return DT_ERR_IO;
    memcpy(p->text + p->length, bytes, length);
    p->length += length;
    p->text[p->length] = '\0';
    return DT_OK;
}

#define assert_contains(text, part)                                                             \
    do {                                                                                        \
        if (strstr((text), (part)) == NULL) fail_msg("not found: %s\nin:\n%s", (part), (text)); \
    } while (0)
#define assert_lacks(text, part)                                                            \
    do {                                                                                    \
        if (strstr((text), (part)) != NULL) fail_msg("found: %s\nin:\n%s", (part), (text)); \
    } while (0)

/* ---- a model of two issues, two parties that measure and one that ranks ---- */

static const char model_text[] =
    "detente: 1\n"
    "title: A river\n"
    "parties: {north: {}, south: {}, town: {}}\n"
    "formats:\n"
    "  two: {table: [north, south], consent: {at_least: 1, of: [north, south]}}\n"
    "  three: {table: [north, south, town], consent: [north, south, town]}\n"
    "issues:\n"
    "  water: {options: [none, some, all], no_deal: none}\n"
    "  toll: {options: [low, 'the \"high\" one'], no_deal: low}\n"
    "preferences:\n"
    "  north: {weights: {water: 1, toll: 1}, values: {water: {some: 1/3, all: 1}, toll: {'the \"high\" one': 1}}}\n"
    "  south: {weights: {water: 1, toll: 1}, values: {water: {none: 1, some: 2/3}, toll: {low: 1}}}\n"
    "  town: {priorities: [\"water == all\"]}\n";

static const uint16_t none_low[] = {0, 0}, some_low[] = {1, 0}, all_high[] = {2, 1};

static dt_model *read_model(dt_env *env) {
    dt_model *model = NULL;
    assert_int_equal(dt_model_read(&model, model_text, sizeof model_text - 1, "river.yaml", env), DT_OK);
    return model;
}

/* A point for each way of gaining; the second party may have no utilities. */
static const dt_exact third[] = {{"1/3", 1.0 / 3}, {"2/3", 2.0 / 3}}, zero[] = {{"0", 0}, {"0", 0}},
                      ranks[] = {{"2", 2}, {NULL, 0}}, loss[] = {{"5", 5}, {"-7", -7}};
static const dt_frontier_point points[] = {
    {.utilities = loss, .gains = loss, .multiplicity = {"9007199254740993", 9007199254740993.0}, .outcome = all_high},
    {.utilities = third, .gains = third, .multiplicity = {"1", 1}, .outcome = some_low},
    {.utilities = zero, .gains = zero, .multiplicity = {"1", 1}, .outcome = none_low},
};
static const dt_frontier_point ranked = {
    .utilities = ranks, .gains = ranks, .multiplicity = {"1", 1}, .outcome = all_high};
static const uint32_t north_south[] = {0, 1};
static const uint64_t sets[] = {1, 2};
static const dt_coalition coalitions[] = {{.parties = 1, .vectors = 1},
                                          {.parties = 2, .vectors = 4, .outcomes = {"6", 6}}};
static const dt_power powers[] = {
    {.party = 0,
     .shapley_shubik = {"7/30", 7.0 / 30},
     .banzhaf = {"0.5", 0.5},
     .banzhaf_normalised = {"1", 1},
     .veto = true},
    {.party = 1, .shapley_shubik = {"0", 0}, .banzhaf = {"0", 0}, .banzhaf_normalised = {"0", 0}, .dummy = true}};

/* Every solution is the point; the last is the first point. */
static dt_bargain_format format_at(const dt_frontier_point *point, dt_solution_status status) {
    dt_bargain_format f = {.party_count = 2, .parties = north_south, .no_deal = zero, .weights = third};

    f.frontier = (dt_frontier_answer){.exact = true,
                                      .vectors = 3,
                                      .outcomes = {"9007199254740995", 9007199254740995.0},
                                      .point_count = 3,
                                      .points = points};
    f.rational =
        (dt_frontier_answer){.exact = true, .vectors = 1, .outcomes = {"1", 1}, .point_count = 1, .points = point};
    f.winning_count = 2;
    f.winning = sets;
    f.coalitions = coalitions;
    f.power = powers;
    f.power_exact = true;
    for (int k = 0; k < DT_SOLUTION_COUNT; k++) {
        f.solutions[k] = (dt_solution){.kind = (dt_solution_kind)k, .status = status, .exact = true};
        if (status == DT_SOLUTION_FOUND) f.solutions[k].ties = 1;
        if (status == DT_SOLUTION_FOUND) f.solutions[k].points = point;
    }
    return f;
}

static dt_bargain_answer answer_of(const dt_bargain_format *formats, size_t count) {
    return (dt_bargain_answer){
        .months = {"0", 0}, .no_deal = none_low, .format_count = count, .formats = formats, .draws = 10, .seed = 7};
}

static dt_status render_all(page *text, page *json, page *csv, const dt_model *model, const dt_bargain_answer *answer,
                            dt_env *env) {
    dt_sink to_text = {write_page, text}, to_json = {write_page, json}, to_csv = {write_page, csv};
    dt_envelope envelope = {.command = "bargain", .seed = 7};
    dt_text_style style = {.width = 100};
    dt_document *document = NULL;
    dt_status st = dt_report_bargain(&document, model, answer, env);

    text->length = json->length = csv->length = 0;
    if (st != DT_OK) assert_null(document);
    if (st == DT_OK) st = dt_render_text(document, &style, &to_text, env);
    if (st == DT_OK) st = dt_render_json(document, model, &envelope, &to_json, env);
    if (st == DT_OK && answer->format_count > 0) st = dt_render_frontier(&answer->formats[0], model, &to_csv, env);
    dt_document_free(document, env);
    return st;
}

static page text, json, csv;

static void render(const dt_bargain_answer *answer, dt_language language) {
    dt_env *env = env_in(language, NULL);
    dt_model *model = read_model(env);

    assert_int_equal(render_all(&text, &json, &csv, model, answer, env), DT_OK);
    dt_model_free(model);
    dt_env_free(env);
}

/* ---- what is told ---- */

static void solutions_that_choose_the_same_stand_in_one_row(void **state) {
    dt_bargain_format f = format_at(&points[1], DT_SOLUTION_FOUND);
    dt_bargain_answer answer = answer_of(&f, 1);

    (void)state;
    f.solutions[DT_SOLUTION_MAXIMUM_WELFARE].points = points;
    f.solutions[DT_SOLUTION_MAXIMUM_WELFARE].ties = 3;
    render(&answer, DT_LANG_EN);
    assert_contains(text.text, "all of them but maximum welfare");
    assert_contains(text.text, "+0.33  +0.67  A");
    assert_contains(text.text, "maximum welfare (3 points tie)      +5     −7  B");
    assert_contains(text.text, "0      0  no deal");
    assert_contains(text.text, "9,007,199,254,740,993");
    assert_contains(json.text, "\"multiplicity\": \"9007199254740993\"");
    assert_contains(json.text, "\"utilities\": {\"north\": 0.3333333333333333, \"south\": 0.6666666666666666}");
    assert_contains(csv.text,
                    "north,south,multiplicity,water,toll\n5,-7,9007199254740993,all,\"the \"\"high\"\" one\"\n");
    assert_contains(csv.text, "0.3333333333333333,0.6666666666666666,1,some,low\n");
}

static void power_is_told_where_not_all_must_consent(void **state) {
    dt_bargain_format f = format_at(&points[1], DT_SOLUTION_FOUND);
    dt_bargain_answer answer = answer_of(&f, 1);
    const uint64_t all = 3;

    (void)state;
    render(&answer, DT_LANG_EN);
    assert_contains(text.text, "7/30 (23%)");
    assert_contains(text.text, "has a veto");
    assert_contains(text.text, "never makes a difference");
    f.power_exact = false;
    render(&answer, DT_LANG_EN);
    assert_lacks(text.text, "7/30");
    assert_contains(json.text, "\"power\": null");
    f.power_exact = true;
    f.winning = &all;
    f.winning_count = 1;
    render(&answer, DT_LANG_EN);
    assert_lacks(text.text, "7/30");
}

static void a_core_test_is_told_with_the_objection(void **state) {
    static const dt_core_test core[] = {
        {.solution = DT_SOLUTION_NASH, .tested = true, .blocking_set = 2, .objection = all_high},
        {.solution = DT_SOLUTION_MAXIMUM_WELFARE, .tested = true, .in_core = true},
        {.solution = DT_SOLUTION_RAIFFA}};
    dt_bargain_format f = format_at(&points[1], DT_SOLUTION_FOUND);
    dt_bargain_answer answer = answer_of(&f, 1);

    (void)state;
    f.solutions[DT_SOLUTION_MAXIMUM_WELFARE].points = points;
    f.core = core;
    f.core_count = 3;
    render(&answer, DT_LANG_EN);
    assert_contains(
        text.text,
        "• all of them but maximum welfare: no; south would rather have: water: all; toll: the \"high\" one.");
    assert_contains(text.text, "• maximum welfare: yes.");
    assert_contains(json.text, "\"in_core\": null");
}

static void no_deal_and_an_unknown_frontier_are_not_the_same(void **state) {
    dt_bargain_format f = format_at(&points[1], DT_SOLUTION_NONE);
    dt_bargain_answer answer = answer_of(&f, 1);

    (void)state;
    f.rational = (dt_frontier_answer){.exact = true, .outcomes = {"0", 0}};
    render(&answer, DT_LANG_EN);
    assert_contains(text.text, "There is no deal to choose");
    f.frontier = f.rational = (dt_frontier_answer){0};
    f.limit_note = "it is too large.";
    render(&answer, DT_LANG_EN);
    assert_contains(text.text, "The Pareto frontier was not found.");
    assert_contains(text.text, "Limits: it is too large.");
    assert_lacks(text.text, "There is no deal");
    assert_contains(json.text, "\"vectors\": null");
}

static void who_only_ranks_has_no_gains(void **state) {
    dt_bargain_format f = format_at(&ranked, DT_SOLUTION_ORDINAL);
    dt_bargain_answer answer = answer_of(&f, 1);

    (void)state;
    render(&answer, DT_LANG_EN);
    assert_contains(text.text, "No solution chooses among them");
    assert_contains(text.text, "water: all; toll: the \"high\" one     +2");
    assert_contains(json.text, "\"gains\": {\"north\": 2, \"south\": null}");
    assert_contains(json.text, "\"status\": \"ordinal\"");
}

static void a_thinned_frontier_says_what_it_may_miss(void **state) {
    dt_bargain_format f = format_at(&points[1], DT_SOLUTION_FOUND);
    dt_bargain_answer answer = answer_of(&f, 1);

    (void)state;
    f.frontier.exact = false;
    f.frontier.epsilon = third;
    f.frontier.outcomes = (dt_exact){0};
    f.solutions[DT_SOLUTION_NASH].exact = false;
    render(&answer, DT_LANG_EN);
    assert_contains(text.text, "better for no party by\nmore than north 0.33 and south 0.67.");
    assert_contains(text.text, "may have been missed:\nNash.");
    assert_contains(json.text, "\"epsilon\": {\"north\": 0.3333333333333333");
}

static void a_deal_like_no_deal_that_is_worth_more_is_shown_whole(void **state) {
    const dt_frontier_point better = {
        .utilities = third, .gains = third, .multiplicity = {"1", 1}, .outcome = none_low};
    dt_bargain_format f = format_at(&better, DT_SOLUTION_FOUND);
    dt_bargain_answer answer = answer_of(&f, 1);

    (void)state;
    render(&answer, DT_LANG_EN);
    assert_contains(text.text, "water  none          none");
}

static void without_a_format_there_is_nothing_to_answer(void **state) {
    dt_bargain_answer answer = answer_of(NULL, 0);

    (void)state;
    render(&answer, DT_LANG_EN);
    assert_contains(text.text, "names no format");
    assert_contains(json.text, "\"formats\": {}");
}

/* ---- every allocation fails in turn ---- */

static void no_failing_allocation_leaks_or_goes_unnoticed(void **state) {
    const dt_setting settings[] = {{"water", "none"}};
    dt_env *home = env_in(DT_LANG_EN, NULL);
    dt_model *model = read_model(home);
    dt_bargain_answer *answer = NULL;
    dt_status st = DT_ERR_MEMORY;
    dt_bargain_opts opts;

    (void)state;
    dt_bargain_opts_init(&opts);
    opts.settings = settings;
    opts.setting_count = 1;
    opts.explain = "water=all";
    opts.draws = 3;
    opts.verify = true;
    assert_int_equal(dt_bargain(&answer, model, &opts, home), DT_OK);
    for (size_t n = 2; st != DT_OK; n++) {
        failing f = {.fail_at = n};
        dt_env *env = env_in(DT_LANG_ZH_HANT, &f);
        assert_non_null(env);
        st = render_all(&text, &json, &csv, model, answer, env);
        if (st != DT_OK) assert_int_equal(st, DT_ERR_MEMORY);
        assert_true((f.calls < n) == (st == DT_OK));
        dt_env_free(env);
        assert_int_equal(f.held, 0);
    }
    dt_bargain_free(answer, home);
    dt_model_free(model);
    dt_env_free(home);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solutions_that_choose_the_same_stand_in_one_row),
        cmocka_unit_test(power_is_told_where_not_all_must_consent),
        cmocka_unit_test(a_core_test_is_told_with_the_objection),
        cmocka_unit_test(no_deal_and_an_unknown_frontier_are_not_the_same),
        cmocka_unit_test(who_only_ranks_has_no_gains),
        cmocka_unit_test(a_thinned_frontier_says_what_it_may_miss),
        cmocka_unit_test(a_deal_like_no_deal_that_is_worth_more_is_shown_whole),
        cmocka_unit_test(without_a_format_there_is_nothing_to_answer),
        cmocka_unit_test(no_failing_allocation_leaks_or_goes_unnoticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
