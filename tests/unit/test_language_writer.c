/* The canonical form reads back as the same model, and is its own canonical form. */
#include <dirent.h>

#include "model/model.h"
#include "unit/language_text.h"

static void assert_same_numbers(const dt_model *a, const dt_model *b) {
    assert_int_equal(a->number_count, b->number_count);
    for (size_t i = 0; i < a->number_count; i++) {
        const dt__number *x = &a->numbers[i], *y = &b->numbers[i];
        assert_string_equal(x->path, y->path); /* so a draw of the canonical form is the same draw */
        assert_int_equal(x->kind, y->kind);
        assert_int_equal(dt__evidence_classify(&x->evidence), dt__evidence_classify(&y->evidence));
        assert_int_equal(x->inherited, y->inherited);
        assert_true(x->kind != DT__NUMBER_EXACT || dt__rational_compare(x->a, y->a) == 0);
    }
}

static void assert_round_trip(const char *text) {
    dt_env *env = new_env();
    dt_model *model = model_of(text, env), *again;
    char *once = canonical_of(model, env), *twice;

    again = model_of(once, env);
    twice = canonical_of(again, env);
    assert_string_equal(once, twice);
    assert_same_numbers(model, again);
    assert_int_equal(model->format_count, again->format_count);
    assert_int_equal(model->principle_count, again->principle_count);
    assert_int_equal(model->claim_count, again->claim_count);
    for (size_t i = 0; i < model->issue_count; i++)
        assert_int_equal(model->issues[i].no_deal, again->issues[i].no_deal);
    for (size_t i = 0; i < model->party_count; i++) {
        assert_int_equal(model->parties[i].preferences == NULL, again->parties[i].preferences == NULL);
    }
    dt_model_free(again);
    dt_model_free(model);
    dt_env_free(env);
    free(once);
    free(twice);
}

static void the_example_and_the_starters_survive(void **state) {
    char *example = example_text();

    (void)state;
    assert_round_trip(example);
    assert_round_trip(dt_starter(DT_LANG_EN));
    assert_round_trip(dt_starter(DT_LANG_ZH_HANT));
    free(example);
}

static void all_models_of_the_catalogue_survive(void **state) {
    DIR *dir = opendir(DT_TEST_ROOT "/models");
    struct dirent *entry;

    (void)state;
    if (dir == NULL) skip();
    while ((entry = readdir(dir)) != NULL) {
        size_t length;
        char path[700], *text;
        if (strstr(entry->d_name, ".yaml") == NULL) continue;
        snprintf(path, sizeof path, "%s/models/%s", DT_TEST_ROOT, entry->d_name);
        text = file_text(path, &length);
        assert_non_null(text);
        assert_round_trip(text);
        free(text);
    }
    closedir(dir);
}

static const char everything[] =
    "detente: 1\ntitle: 'yes'\nnote: {en: \"a: b # c\", zh-Hant: '「引號」、，。'}\nas_of: 2025\n"
    "sources:\n  K: {title: {en: T}, author: '[x]', publisher: \"- dash\", date: 2024-02, lang: en, url: "
    "'https://example.org/?a=b&c', file: a/b.txt, note: \"two\\nlines\\n\"}\n"
    "  乙: {}\n"
    "quantities:\n  q: {series: {2024: {value: 1..2, source: K3}, 2023-01-02: 4}, unit: 'percent: of', range: [-1/3, "
    "50.5], name: Q, note: {en: e}, why: '\\back'}\n"
    "  f: {value: \"min( q , 2 )\", quote: '\"quoted\"'}\n  g: {value: {coders: {a b: 1, '#c': {value: 10/20/30, why: "
    "w}}, source: [K, 乙3-5]}}\n"
    "parties:\n  a: {name: \"'\", aliases: [\"null\", \"1.5\", \" x\", \"tab\\there\", \"\\u00a0\", \"\\u202e\"], "
    "capability: {value: 3, why: me}, scale: [-5, 200], note: n, source: K}\n  '1': {}\n  no: {}\n"
    "formats:\n  t: {name: {en: Talks}, table: [a], consent: {all_of: [a], at_least: 1, of: ['1', no], weights: {a: "
    "1/3, no: 2.5}, quota: 1, veto: [no]}, agenda: [x], note: n}\n"
    "  u: {table: [a], consent: {at_least: 1}}\n"
    "issues:\n  x: {options: {lo: {name: Low, scale: 0, reversible: false, note: n}, 'hi there': {scale: 1/3}, '~': "
    "{scale: 7}}, ordered: true, no_deal: '~', reversible: false, name: X, note: n, source: K1, why: w}\n"
    "  y: {options: [no, yes, 10, '2', '=', '{', '''', '?'], scale: [1, 2, 3, 4, 5, 6, 7, 8], decided_by: a}\n"
    "rules:\n  - {id: r, name: R, require: \"x == 'hi there' if y in ['=', '{', '''', '?', 10]\", source: K, quote: q, "
    "why: w}\n"
    "preferences:\n  a:\n    weights: {y: \"2 * f\", x: 1, quote: z}\n    values: {why: all, x: {lo: {value: 5, "
    "source: K}, source: K9}, y: {yes: {coders: {k: 1}}}}\n"
    "    adjust: [{id: i, when: true, add: {value: 1, why: z}, source: K1}, {when: not y == no, add: -f}]\n"
    "    red_lines: [{id: l, name: L, require: \"x <= '~'\", cost: {coders: {k: 1, l: 2}}, why: w}]\n"
    "    no_deal: {value: 3 +- 1, why: z}\n    no_deal_drift: {value: 1..2 per year, source: K}\n    source: K2\n"
    "  '1': {ranking: [{x: lo}, [{y: no}, {y: \"'\"}], {}]}\n  no:\n    priorities: [true, {id: p, when: \"y != yes\", "
    "why: w}]\n"
    "principles:\n  - {id: p1, by: [a, no], name: P, present: {party: a, for: [y, x]}, source: K}\n  - {id: p2, by: a, "
    "follow_up: \"y == no\"}\n"
    "  - {id: p3, by: a, order: {before: \"y == no\", needs: true}}\n  - {id: p4, by: a, require: false}\n  - {id: p5, "
    "by: a, consequence: {if: \"y == no\", then: false}}\n"
    "proposals:\n  p: {name: P, by: [a, no], note: n, x: lo, source: K, quote: q, why: w}\n  q: {}\n"
    "scenarios:\n  s: {when: true, by: 2026-01, name: S, note: n, source: K}\n"
    "claims:\n  - {by: \"somebody: else\", of: s, probability: 40%..50%, date: 2025-05, source: 乙, quote: q, why: "
    "w}\n";

static void every_key_survives(void **state) {
    (void)state;
    assert_round_trip(everything);
}

static void nothing_is_written_that_was_not_said(void **state) {
    static const char canonical[] = "detente: 1\n\nparties:\n  a: {}\n\nformats:\n  all: {table: [a], consent: "
                                    "[a]}\n\nissues:\n  x: {options: [\"no\", \"yes\"], no_deal: \"no\"}\n\n"
                                    "preferences:\n  a: {priorities: [\"x == yes\"]}\n";
    dt_env *env = new_env();
    dt_model *model = model_of("parties: {a: }\nissues: {x: {no_deal: 'no', options: {no: , yes: {}}}}\npreferences: "
                               "{a: {priorities: [x==yes]}}\ndetente: 1",
                               env);
    char *text = canonical_of(model, env);

    (void)state;
    assert_string_equal(text, canonical);
    free(text);
    dt_model_free(model);
    dt_env_free(env);
}

static dt_status refuse(void *payload, const char *bytes, size_t length) {
    (void)payload;
    (void)bytes;
    (void)length;
    return DT_ERR_IO;
}

static void a_failing_sink_is_reported(void **state) {
    const dt_sink sink = {refuse, NULL};
    dt_env *env = new_env();
    dt_model *model = model_of(dt_starter(DT_LANG_EN), env);

    (void)state;
    assert_int_equal(dt_model_write(model, &sink, env), DT_ERR_IO);
    dt_model_free(model);
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_and_the_starters_survive),
        cmocka_unit_test(all_models_of_the_catalogue_survive),
        cmocka_unit_test(every_key_survives),
        cmocka_unit_test(nothing_is_written_that_was_not_said),
        cmocka_unit_test(a_failing_sink_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
