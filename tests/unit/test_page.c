/* The report of all answers: whatever a model's texts hold stays text; every allocation may fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "page/page_sections.h"

/* ---- an allocator that fails at the n-th call; a sink that keeps what it is given ---- */

typedef struct failing {
    size_t calls, fail_at, held; /* 0: never */
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

typedef struct written {
    char *text;
    size_t length;
} written;

static dt_status keep(void *payload, const char *bytes, size_t length) {
    written *w = payload;

    w->text = realloc(w->text, w->length + length + 1);
    if (w->text == NULL) return DT_ERR_MEMORY;
    memcpy(w->text + w->length, bytes, length);
    w->length += length;
    w->text[w->length] = '\0';
    return DT_OK;
}

static void test_html_escapes(void **state) {
    dt_env *env = env_in(DT_LANG_EN, NULL);
    dt__text out;

    (void)state;
    assert_non_null(env);
    dt__text_init(&out, env);
    dt__html_add(&out, "<b a=\"1\" c='2'>&\x01\xff z");
    assert_string_equal(dt__text_get(&out), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;\xEF\xBF\xBD\xEF\xBF\xBD z");
    dt__text_clear(&out);
    dt_env_free(env);
}

static void test_markdown_escapes(void **state) {
    static const char *const texts[][2] = {{"a|b", "a\\|b"},
                                           {"*x* _y_ `z`", "\\*x\\* \\_y\\_ \\`z\\`"},
                                           {"<img>", "&lt;img\\>"},
                                           {"1. one", "1\\. one"},
                                           {"0.25%", "0.25%"},
                                           {"- item", "\\- item"},
                                           {"-3", "-3"},
                                           {"two\nlines", "two lines"},
                                           {"[t](u)", "\\[t\\](u)"}};
    dt_env *env = env_in(DT_LANG_EN, NULL);

    (void)state;
    assert_non_null(env);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        dt__text out;
        dt__text_init(&out, env);
        dt__markdown_add(&out, texts[i][0]);
        assert_string_equal(dt__text_get(&out), texts[i][1]);
        dt__text_clear(&out);
    }
    dt_env_free(env);
}

static const char model_text[] = "detente: 1\n"
                                 "title: {en: \"</script><x>\", zh-Hant: 題}\n"
                                 "as_of: 2025-08-14\n"
                                 "quantities:\n"
                                 "  private: {value: 1..2, why: only-for-a}\n"
                                 "  root: {value: 1..2, why: only-through-private-sum}\n"
                                 "  sum: {value: \"root + 1\", why: sum-of-root}\n"
                                 "  shared: {value: 1..2, why: for-both}\n"
                                 "parties: {a: {name: Anna}, b: {name: Bert}}\n"
                                 "formats: {both: {table: [a, b], consent: [a, b]}}\n"
                                 "issues: {x: {options: [o, p], no_deal: o}}\n"
                                 "preferences:\n"
                                 "  a: {weights: {x: 1}, values: {x: {o: 12, p: 6..90}}, red_lines: [{id: secret-line, "
                                 "require: \"x == p\"}], no_deal_drift: -1 per month, adjust: [{when: \"x == p\", add: "
                                 "\"private + sum + shared\"}]}\n"
                                 "  b: {weights: {x: 1}, values: {x: {o: 3, p: 55}}, adjust: [{when: \"x == p\", add: "
                                 "shared}]}\n"
                                 "scenarios: {s: {when: \"x == p\"}}\n";

/* A register of forecasts, as scored: one person, calibrated. */
static const dt_source_score person = {.source = "claim </script><x>",
                                       .kind = "claim",
                                       .count = 40,
                                       .brier = 0.2,
                                       .calibrated = true,
                                       .bins = {[7] = {.count = 40, .mean = 0.75, .frequency = 0.5}}};
static const dt_score_answer scored = {.resolved = 40, .baseline = "uniform", .source_count = 1, .sources = &person};

typedef struct asked {
    dt_deal_answer *deal;
    dt_bargain_answer *bargain;
    dt_path_answer *path, *chances;
    dt_hold_answer *hold;
    dt_drivers_answer *drivers;
} asked;

static dt_status ask(asked *a, const dt_model *model, dt_env *env) {
    dt_bargain_opts bargain;
    dt_drivers_opts drivers;
    dt_deal_opts deal;
    dt_hold_opts hold;
    dt_path_opts path;
    dt_status st;

    dt_deal_opts_init(&deal);
    deal.over = 2;
    dt_bargain_opts_init(&bargain);
    dt_path_opts_init(&path);
    dt_hold_opts_init(&hold);
    hold.arcs = true;
    hold.draws = 8;
    dt_drivers_opts_init(&drivers);
    drivers.samples = 16;
    st = dt_deal(&a->deal, model, &deal, env);
    if (st == DT_OK) st = dt_bargain(&a->bargain, model, &bargain, env);
    if (st == DT_OK) st = dt_path(&a->path, model, &path, env);
    path.to = "zone";
    path.draws = 8;
    if (st == DT_OK) st = dt_path(&a->chances, model, &path, env);
    if (st == DT_OK) st = dt_hold(&a->hold, model, &hold, env);
    if (st == DT_OK) st = dt_drivers(&a->drivers, model, &drivers, env);
    return st;
}

static void forget(asked *a, dt_env *env) {
    dt_drivers_free(a->drivers, env);
    dt_hold_free(a->hold, env);
    dt_path_free(a->chances, env);
    dt_path_free(a->path, env);
    dt_bargain_free(a->bargain, env);
    dt_deal_free(a->deal, env);
}

/* Asks and renders in both languages; what came of it. */
static dt_status page_in(dt_env *env, dt_env *other, uint64_t redacted, written *w) {
    static const dt_setting given[] = {{"set", "private=7"}, {"set", "shared=7"}};
    dt_page_language languages[2] = {{.env = env}, {.env = other}};
    dt_page_opts page = {.languages = languages, .language_count = 2, .seed = 1, .options = given, .option_count = 2};
    const dt_sink sink = {.write = keep, .payload = w};
    dt_model *model = NULL;
    asked a = {0};
    dt_status st;

    st = dt_model_read(&model, model_text, sizeof model_text - 1, "m.yaml", env);
    if (st == DT_OK) st = ask(&a, model, env);
    for (size_t l = 0; l < 2; l++)
        languages[l].answers = (dt_answers){.deal = a.deal,
                                            .bargain = a.bargain,
                                            .path = a.path,
                                            .chances = a.chances,
                                            .hold = a.hold,
                                            .drivers = a.drivers,
                                            .scores = &scored,
                                            .redacted = redacted};
    if (st == DT_OK) st = dt_render_page(model, &page, &sink, env);
    if (st == DT_OK) st = dt_render_page_markdown(model, &page, &sink, env);
    forget(&a, env);
    dt_model_free(model);
    return st;
}

static void test_page(void **state) {
    dt_env *env = env_in(DT_LANG_EN, NULL), *other = env_in(DT_LANG_ZH_HANT, NULL);
    written w = {0}, redacted = {0};

    (void)state;
    assert_int_equal(page_in(env, other, 0, &w), DT_OK);
    assert_null(strstr(w.text, "<x>"));
    assert_non_null(strstr(w.text, "&lt;/script&gt;&lt;x&gt;"));
    assert_non_null(strstr(w.text, "secret-line"));
    assert_non_null(strstr(w.text, "preferences.a."));
    assert_non_null(strstr(w.text, "only-for-a"));
    assert_non_null(strstr(w.text, "only-through-private-sum"));
    assert_non_null(strstr(w.text, "The zone while time passes"));
    assert_non_null(
        strstr(w.text, "| private (quantities.private) | 1..2 | only-for-a | Anna: what it makes of x | by "));
    assert_non_null(strstr(w.text, "| shared (quantities.shared) | 1..2 | for-both | Anna: what it makes of x; Bert: "
                                   "what it makes of x | by "));
    assert_non_null(strstr(w.text, "not varied by itself: it follows from others"));
    assert_non_null(strstr(w.text, "not varied: it is exact"));
    assert_non_null(strstr(w.text, "<article lang=\"zh-Hant\""));
    assert_non_null(strstr(w.text, "The outcomes, who would move, and what holds"));
    assert_non_null(strstr(w.text, "and where it turns"));
    assert_non_null(strstr(w.text, "shares of its variance"));
    assert_non_null(strstr(w.text, "Does what they call likely happen?"));
    assert_int_equal(page_in(env, other, 1, &redacted), DT_OK);
    assert_null(strstr(redacted.text, "secret-line"));
    assert_null(strstr(redacted.text, "preferences.a."));
    assert_null(strstr(redacted.text, "only-for-a"));
    assert_null(strstr(redacted.text, "only-through-private-sum"));
    assert_null(strstr(redacted.text, "sum-of-root"));
    assert_null(strstr(redacted.text, "private=7"));
    assert_null(strstr(redacted.text, "The zone while time passes"));
    assert_non_null(strstr(redacted.text, "| for-both | Bert: what it makes of x |"));
    assert_non_null(strstr(redacted.text, "shared=7"));
    assert_non_null(strstr(redacted.text, "preferences.b."));
    assert_null(strstr(redacted.text, "who would move"));
    assert_null(strstr(redacted.text, "and where it turns"));
    free(redacted.text);
    free(w.text);
    dt_env_free(other);
    dt_env_free(env);
}

/* ---- the first page ---- */

enum { DRAWS = 100 };

typedef struct drawn {
    dt_deal_answer *deal;
    dt_bargain_answer *bargain;
    dt_path_answer *path, *chances;
    dt_hold_answer *hold;
    dt_forecast_answer *forecast;
} drawn;

static void ask_over_draws(drawn *a, const dt_model *model, dt_env *env) {
    dt_forecast_opts forecast;
    dt_bargain_opts bargain;
    dt_deal_opts deal;
    dt_path_opts path;
    dt_hold_opts hold;

    dt_forecast_opts_init(&forecast);
    dt_bargain_opts_init(&bargain);
    dt_deal_opts_init(&deal);
    dt_path_opts_init(&path);
    dt_hold_opts_init(&hold);
    forecast.draws = deal.draws = hold.draws = DRAWS;
    assert_int_equal(dt_deal(&a->deal, model, &deal, env), DT_OK);
    assert_int_equal(dt_bargain(&a->bargain, model, &bargain, env), DT_OK);
    assert_int_equal(dt_forecast(&a->forecast, model, &forecast, env), DT_OK);
    assert_int_equal(dt_hold(&a->hold, model, &hold, env), DT_OK);
    assert_int_equal(dt_path(&a->path, model, &path, env), DT_OK);
    path.to = "zone";
    path.draws = DRAWS;
    assert_int_equal(dt_path(&a->chances, model, &path, env), DT_OK);
}

/* What is asked over draws, and what is not asked, as a first page in Markdown; the caller frees it. */
static char *first_page(const char *text, bool asks) {
    dt_env *env = env_in(DT_LANG_EN, NULL);
    drawn a = {0};
    dt_document *d = NULL;
    dt_model *model = NULL;
    written w = {0};
    const dt_sink sink = {.write = keep, .payload = &w};

    assert_int_equal(dt_model_read(&model, text, strlen(text), "m.yaml", env), DT_OK);
    if (asks) ask_over_draws(&a, model, env);
    assert_int_equal(dt_report_summary(&d, model,
                                       &(dt_answers){.deal = a.deal,
                                                     .bargain = a.bargain,
                                                     .path = a.path,
                                                     .chances = a.chances,
                                                     .hold = a.hold,
                                                     .forecast = a.forecast},
                                       env),
                     DT_OK);
    assert_int_equal(dt_render_markdown(d, &sink, env), DT_OK);
    dt_document_free(d, env);
    dt_path_free(a.chances, env);
    dt_path_free(a.path, env);
    dt_hold_free(a.hold, env);
    dt_forecast_free(a.forecast, env);
    dt_bargain_free(a.bargain, env);
    dt_deal_free(a.deal, env);
    dt_model_free(model);
    dt_env_free(env);
    return w.text;
}

static void assert_says(const char *text, const char *part) {
    if (strstr(text, part) == NULL) fail_msg("“%s” is not in:\n%s", part, text);
}

/* Only no deal is acceptable, whatever is drawn, and one model alone gives the scenario a chance. */
static void test_first_page_does_not_contradict_itself(void **state) {
    static const char text[] = "detente: 1\n"
                               "parties: {a: {capability: 50..70}, b: {}}\n"
                               "formats: {both: {table: [a, b], consent: [a, b]}}\n"
                               "issues: {x: {options: [o, p], no_deal: o}}\n"
                               "preferences:\n"
                               "  a: {weights: {x: 1}, values: {x: {o: 12, p: 60..90}}}\n"
                               "  b: {weights: {x: 1}, values: {x: {o: 30, p: 5}}}\n"
                               "scenarios: {s: {when: \"x == p\"}}\n"
                               "claims: [{by: Somebody, of: s, probability: 0.75}]\n";
    char *page = first_page(text, true);

    (void)state;
    assert_says(page, "both: no. Of 2 outcomes only no deal itself is acceptable to all. Over what is uncertain there "
                      "is a deal in 0% of the draws (95%: 0% to 3.7%).");
    assert_null(strstr(page, "In each of"));
    assert_null(strstr(page, "all models say"));
    assert_says(page, "For comparison: 0% if nothing is agreed and 50% if every outcome that keeps the rules were as "
                      "likely as the next. Claimed: 75% by Somebody.");
    assert_says(page, "What is not answered here");
    free(page);
}

/* The percentage between two texts. */
static double percent_between(const char *text, const char *before, const char *after) {
    const char *at = strstr(text, before);
    char *end = NULL;
    double percent;

    if (at == NULL) fail_msg("“%s” is not in:\n%s", before, text);
    percent = strtod(at + strlen(before), &end);
    assert_memory_equal(end, after, strlen(after));
    return percent;
}

/* The deal is worth 8 to 20 to a, no deal 12: a accepts it, and stays, in two draws of three. */
static void test_first_page_tells_how_sure_it_is(void **state) {
    static const char text[] = "detente: 1\n"
                               "parties: {a: {}, b: {}}\n"
                               "formats: {both: {table: [a, b], consent: [a, b]}}\n"
                               "issues: {x: {options: [o, p], no_deal: o}}\n"
                               "preferences:\n"
                               "  a: {weights: {x: 1}, values: {x: {o: 12, p: 8..20}}}\n"
                               "  b: {weights: {x: 1}, values: {x: {o: 30, p: 45}}}\n"
                               "proposals: {plan: {x: p}}\n";
    char *page = first_page(text, true);
    double terms =
        percent_between(page, "Over what is uncertain each term stands in at least ", "% of the draws (95%: ");
    double ways = percent_between(page, "Over what is uncertain there is a way in ", "% of the draws (95%: ");
    double stays = percent_between(page, "Nobody would gain by leaving it at once in ", "% (95%: ");

    (void)state;
    assert_true(terms > 55 && terms < 78);
    assert_true(ways > 55 && ways < 78);
    assert_true(stays > 55 && stays < 78);
    assert_says(page, "Once made, the longest to last: plan.");
    assert_says(page, "In at least 95% of 100 draws of what is uncertain: ");
    free(page);
}

static void test_first_page_says_what_it_lacks(void **state) {
    char *page =
        first_page("detente: 1\nparties: {a: {}, b: {}}\nissues: {x: {options: [no, yes], no_deal: no}}\n", false);

    (void)state;
    assert_says(page, "Is there a deal? Which deal? Is there a way there? What will happen? What would change it? The "
                      "model names no format");
    assert_says(page, "Would it hold? The model does not say what anybody wants.");
    assert_says(page, "Is it being kept? The model states no agreement.");
    free(page);
}

static void test_every_allocation_fails(void **state) {
    size_t calls = 1;
    dt_status st = DT_ERR_MEMORY;

    (void)state;
    for (size_t at = 1; st != DT_OK; at += 1 + at / 60) { /* every early one, then ever fewer */
        failing f = {.fail_at = at};
        dt_env *env = env_in(DT_LANG_EN, &f), *other = env_in(DT_LANG_ZH_HANT, NULL);
        written w = {0};
        if (env != NULL) {
            st = page_in(env, other, 0, &w);
            assert_true(st == DT_OK || st == DT_ERR_MEMORY);
            dt_env_free(env);
        }
        free(w.text);
        dt_env_free(other);
        assert_int_equal(f.held, 0);
        calls = at;
    }
    assert_true(calls > 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_html_escapes),
                                       cmocka_unit_test(test_markdown_escapes),
                                       cmocka_unit_test(test_page),
                                       cmocka_unit_test(test_first_page_does_not_contradict_itself),
                                       cmocka_unit_test(test_first_page_tells_how_sure_it_is),
                                       cmocka_unit_test(test_first_page_says_what_it_lacks),
                                       cmocka_unit_test(test_every_allocation_fails)};
    return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
