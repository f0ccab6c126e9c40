/* What a text says is what the model holds: numbers, evidence, scales, series, levers, defaults. */
#include "model/model.h"
#include "unit/language_text.h"

static const char issues[] = "detente: 1\nparties: {a: {}, b: {}}\nissues:\n"
                             "  x: {options: [lo, mid, hi], ordered: true, no_deal: lo}\n"
                             "  y: {options: [no, yes], no_deal: no}\n";

/* The issues above, then more. */
static dt_model *model_with(const char *more, dt_env *env) {
    char text[4000];

    snprintf(text, sizeof text, "%s%s", issues, more);
    return model_of(text, env);
}

static const dt__number *number_at(const dt_model *m, const char *path) {
    for (size_t i = 0; i < m->number_count; i++) {
        if (strcmp(m->numbers[i].path, path) == 0) return &m->numbers[i];
    }
    print_error("no number at %s\n", path);
    assert_true(false);
    return NULL;
}

static void assert_rational(dt__rational value, int64_t num, int64_t den) {
    assert_true(value.num == num);
    assert_true(value.den == den);
}

static void the_example_of_the_manual_is_read(void **state) {
    dt_env *env = new_env();
    char *text = example_text();
    dt_model *m = model_of(text, env);

    (void)state;
    assert_int_equal(dt_env_diagnostic_count(env), 0);
    assert_int_equal(m->party_count, 3);
    assert_int_equal(m->issue_count, 4);
    assert_int_equal(m->format_count, 2);
    assert_int_equal(m->rule_count, 1);
    assert_int_equal(m->principle_count, 2);
    assert_int_equal(m->claim_count, 1);
    assert_string_equal(dt_model_title(m, DT_LANG_ZH_HANT), "兩方停火");
    assert_int_equal(strlen(dt_model_sha256(m)), 64);
    assert_int_equal(m->formats[1].consent.at_least, 1);
    assert_true(m->formats[1].consent.of_given);
    assert_int_equal(m->parties[0].preferences->form, DT__FORM_ADDITIVE);
    assert_int_equal(m->parties[1].preferences->form, DT__FORM_SPATIAL);
    assert_int_equal(m->parties[2].preferences->form, DT__FORM_PRIORITIES);
    assert_int_equal(m->parties[0].preferences->drift_period, DT__PER_MONTH);
    assert_int_equal(number_at(m, "preferences.north.values.ceasefire.full")->kind, DT__NUMBER_UNIFORM);
    assert_int_equal(number_at(m, "preferences.north.adjust.2.add")->kind, DT__NUMBER_FORMULA);
    assert_rational(number_at(m, "claims.1.probability")->a, 3, 4);
    dt_model_free(m);
    dt_env_free(env);
    free(text);
}

/* Doubled quotes side by side, on one line and on several: the library reads these wrong. */
static void quotes_side_by_side_are_read(void **state) {
    static const char *const titles[][2] = {{"a''''b", "a''b"},
                                            {"''''", "''"},
                                            {"\xE5\x9B\x9B''''''''\xE6\x96\xB9", "\xE5\x9B\x9B''''\xE6\x96\xB9"},
                                            {"one''s ''''two'''' three", "one's ''two'' three"},
                                            {"a'''' \n   b", "a'' b"},
                                            {"a''''\r\n\r\n \r\n  ''b''", "a''\n\n'b'"}};

    (void)state;
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        char text[256];
        dt_env *env = new_env();
        dt_model *m;
        snprintf(
            text, sizeof text,
            "\xEF\xBB\xBF# \xE6\x96\xB9\ndetente: 1\ntitle: '%s'\nparties: {a: {}, b: {}}\nissues: {x: {options: [no, "
            "yes], no_deal: no}}\n",
            titles[i][0]);
        m = model_of(text, env);
        assert_string_equal(dt_model_title(m, DT_LANG_EN), titles[i][1]);
        dt_model_free(m);
        dt_env_free(env);
    }
}

static void every_form_of_number_is_read(void **state) {
    dt_env *env = new_env();
    dt_model *m = model_with(
        "quantities:\n"
        "  exact: {value: -0.35}\n  third: {value: 1/3}\n  power: {value: 1e3}\n  part: {value: 40%}\n"
        "  uniform: {value: 30 .. 70}\n  normal: {value: 50 +- 10, unit: percent}\n  sign: {value: 50 ± 10}\n"
        "  pert: {value: 10/20/35}\n  coded: {value: {coders: {a: 20, b: {value: 30..40, why: guess}}, why: both}}\n"
        "  sum: {value: \"-0.2 * exact -third - -2 + min(pert, 3, max(1, part))\"}\n",
        env);

    (void)state;
    assert_rational(number_at(m, "quantities.exact")->a, -7, 20);
    assert_rational(number_at(m, "quantities.third")->a, 1, 3);
    assert_rational(number_at(m, "quantities.power")->a, 1000, 1);
    assert_rational(number_at(m, "quantities.part")->a, 2, 5);
    assert_rational(number_at(m, "quantities.uniform")->b, 70, 1);
    assert_true(number_at(m, "quantities.normal")->bounded);
    assert_rational(number_at(m, "quantities.normal")->high, 100, 1);
    assert_int_equal(number_at(m, "quantities.sign")->kind, DT__NUMBER_NORMAL);
    assert_false(number_at(m, "quantities.sign")->bounded);
    assert_rational(number_at(m, "quantities.pert")->c, 35, 1);
    assert_int_equal(number_at(m, "quantities.coded")->coder_count, 2);
    assert_string_equal(number_at(m, "quantities.coded")->evidence.why, "both");
    assert_string_equal(number_at(m, "quantities.coded.b")->evidence.why, "guess");
    assert_int_equal(number_at(m, "quantities.sum")->kind, DT__NUMBER_FORMULA);
    dt_model_free(m);
    dt_env_free(env);
}

static void formulas_bind_as_in_school(void **state) {
    dt_env *env = new_env();
    dt_model *m = model_with("quantities:\n  a-b: {value: 2}\n  c: {value: \"1 - a-b * 3 - 4 / (2 - -2) - min(c0, 5) + "
                             "max(1, 2, 3)\"}\n  c0: {value: \"+a-b\"}\n",
                             env);
    dt__valuation v;

    (void)state;
    assert_int_equal(dt__valuation_init(&v, m, env), DT_OK);
    assert_int_equal(dt__valuation_central(&v, m, env), DT_OK);
    assert_rational(v.quantities[1], 1 - 6 - 1 - 2 + 3, 1);
    assert_int_equal(m->quantity_order[0], 0);
    assert_int_equal(m->quantity_order[1], 2);
    assert_int_equal(m->quantity_order[2], 1);
    dt__valuation_clear(&v, env);
    dt_model_free(m);
    dt_env_free(env);
}

static void evidence_of_a_block_stands_for_its_numbers(void **state) {
    dt_env *env = new_env();
    dt_model *m =
        model_with("sources: {K: {}, KA: {}}\npreferences:\n  a:\n    why: own\n"
                   "    weights: {x: 1, y: {value: 2, source: [K3, KA4-KA6, K7-9]}, source: K1}\n"
                   "    values:\n      x: {lo: 1, mid: {value: 2, quote: two}, source: KA}\n      y: {yes: 3}\n"
                   "    no_deal: 4\n",
                   env);
    const dt__number *n = number_at(m, "preferences.a.weights.x");

    (void)state;
    assert_true(n->inherited);
    assert_int_equal(n->evidence.citations[0].from, 1);
    n = number_at(m, "preferences.a.weights.y");
    assert_false(n->inherited);
    assert_int_equal(n->evidence.citation_count, 3);
    assert_int_equal(n->evidence.citations[1].source, 1);
    assert_int_equal(n->evidence.citations[1].to, 6);
    assert_int_equal(n->evidence.citations[2].to, 9);
    assert_int_equal(number_at(m, "preferences.a.values.x.lo")->evidence.citations[0].source, 1);
    n = number_at(m, "preferences.a.values.x.mid");
    assert_string_equal(n->evidence.quote, "two");
    assert_int_equal(n->evidence.citation_count, 0);
    assert_string_equal(number_at(m, "preferences.a.values.y.yes")->evidence.why, "own");
    assert_string_equal(number_at(m, "preferences.a.no_deal")->evidence.why, "own");
    dt_model_free(m);
    dt_env_free(env);
}

static void a_series_gives_the_number_in_force(void **state) {
    static const char series[] = "quantities: {q: {series: {2025-03: 3, 2024: 1, 2024-06-15: 2}}}\n";
    dt_env *env = new_env();
    char text[1000];
    dt_model *m = model_with(series, env);

    (void)state;
    assert_rational(m->numbers[m->quantities[0].number].a, 3, 1); /* no as_of: the latest */
    dt_model_free(m);
    snprintf(text, sizeof text, "as_of: 2024-12\n%s", series);
    m = model_with(text, env);
    assert_rational(m->numbers[m->quantities[0].number].a, 2, 1);
    assert_int_equal(m->quantities[0].series_count, 3);
    assert_int_equal(m->quantities[0].series[0].date.year, 2024);
    dt_model_free(m);
    dt_env_free(env);
}

static void scales_default_to_even_steps(void **state) {
    dt_env *env = new_env();
    dt_model *m =
        model_of("detente: 1\nparties: {a: {}}\nissues:\n"
                 "  even: {options: [a, b, c, d], no_deal: a}\n  list: {options: [a, b], scale: [5, 1/2], no_deal: a}\n"
                 "  own: {options: {a: {scale: 3}, b: {scale: -1}}, no_deal: a}\n  one: {options: [a], no_deal: a}\n",
                 env);

    (void)state;
    assert_rational(m->issues[0].scale[1], 100, 3);
    assert_rational(m->issues[0].scale[3], 100, 1);
    assert_rational(m->issues[1].scale[1], 1, 2);
    assert_rational(m->issues[2].scale[1], -1, 1);
    assert_true(m->issues[1].has_scale && !m->issues[2].has_scale && m->issues[2].options[0].has_scale);
    assert_rational(m->issues[3].scale[0], 0, 1);
    dt_model_free(m);
    dt_env_free(env);
}

/* b keeps its lever where a's lever stands, and a likes `on`: both end there, though the first round differs. */
static void levers_stand_where_their_owners_would_have_them(void **state) {
    dt_env *env = new_env();
    dt_model *m =
        model_of("detente: 1\nparties: {a: {}, b: {}}\nissues:\n"
                 "  follow: {options: [off, on], decided_by: b}\n  lead: {options: [off, on], decided_by: a}\n"
                 "  stated: {options: [off, on], decided_by: a, no_deal: off}\n"
                 "preferences:\n  a: {priorities: [\"lead == on\", \"stated == on\"]}\n  b: {priorities: [\"follow == "
                 "on <=> lead == on\"]}\n",
                 env);

    (void)state;
    assert_int_equal(m->issues[0].no_deal, 1);
    assert_int_equal(m->issues[1].no_deal, 1);
    assert_int_equal(m->issues[2].no_deal, 0);
    assert_false(m->issues[0].no_deal_given);
    assert_true(m->issues[2].no_deal_given);
    dt_model_free(m);
    dt_env_free(env);
}

static void a_model_without_formats_has_one(void **state) {
    dt_env *env = new_env();
    dt_model *m = model_with("preferences: {b: {priorities: [\"y == yes\"]}}\n", env);

    (void)state;
    assert_int_equal(m->format_count, 1);
    assert_string_equal(m->formats[0].id, "all");
    assert_int_equal(m->formats[0].table, 3);
    assert_int_equal(m->formats[0].consent.all_of, 2);
    dt_model_free(m);
    dt_env_free(env);
}

static void a_ranking_keeps_ties(void **state) {
    dt_env *env = new_env();
    dt_model *m = model_with("preferences: {a: {ranking: [{x: hi, y: yes}, [{x: mid}, {y: yes}], {}]}}\n", env);
    const dt__preferences *p = m->parties[0].preferences;

    (void)state;
    assert_int_equal(p->ranked_count, 4);
    assert_int_equal(p->rank_count, 3);
    assert_int_equal(p->ranked[2].rank, 1);
    assert_int_equal(p->ranked[2].options[0], DT__NO_OPTION);
    assert_int_equal(p->ranked[0].options[1], 1);
    dt_model_free(m);
    dt_env_free(env);
}

static void names_may_be_of_any_script_and_look_like_anything(void **state) {
    dt_env *env = new_env();
    dt_model *m = model_of("\xEF\xBB\xBF"
                           "detente: 1\r\nparties: {北方: {}, \"10\": {}, A+: {}}\r\nissues:\r\n"
                           "  two words: {options: [no, yes, 10, 2.5%, \"it's\", 是], no_deal: 10}\r\n"
                           "rules:\r\n  - {id: r, require: \"'two words' in [no, 10, 2.5%, 'it''s', 是]\"}\r\n",
                           env);

    (void)state;
    assert_string_equal(m->parties[0].id, "北方");
    assert_string_equal(m->issues[0].options[4].id, "it's");
    assert_int_equal(m->rules[0].require->option_count, 5);
    assert_int_equal(m->issues[0].no_deal, 2);
    dt_model_free(m);
    dt_env_free(env);
}

static void keys_without_a_value_are_empty(void **state) {
    dt_env *env = new_env();
    dt_model *m = model_of("detente: 1\nparties:\n  a:\n  b:\nissues:\n  x:\n    options:\n      lo:\n      hi: {name: "
                           "High}\n    no_deal: lo\nrules:\nclaims:\n",
                           env);

    (void)state;
    assert_int_equal(m->party_count, 2);
    assert_int_equal(m->issues[0].option_count, 2);
    assert_int_equal(m->rule_count, 0);
    dt_model_free(m);
    dt_env_free(env);
}

static void starters_are_read_without_findings(void **state) {
    dt_env *env = new_env();

    (void)state;
    for (int language = 0; language < DT_LANG_COUNT; language++) {
        dt_model *m = model_of(dt_starter((dt_language)language), env);
        assert_int_equal(dt_env_diagnostic_count(env), 0);
        assert_int_equal(m->party_count, 2);
        assert_int_equal(m->proposal_count, 1);
        assert_int_equal(m->parties[0].preferences->red_line_count, 1);
        dt_model_free(m);
    }
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_manual_is_read),
        cmocka_unit_test(quotes_side_by_side_are_read),
        cmocka_unit_test(every_form_of_number_is_read),
        cmocka_unit_test(formulas_bind_as_in_school),
        cmocka_unit_test(evidence_of_a_block_stands_for_its_numbers),
        cmocka_unit_test(a_series_gives_the_number_in_force),
        cmocka_unit_test(scales_default_to_even_steps),
        cmocka_unit_test(levers_stand_where_their_owners_would_have_them),
        cmocka_unit_test(a_model_without_formats_has_one),
        cmocka_unit_test(a_ranking_keeps_ties),
        cmocka_unit_test(names_may_be_of_any_script_and_look_like_anything),
        cmocka_unit_test(keys_without_a_value_are_empty),
        cmocka_unit_test(starters_are_read_without_findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
