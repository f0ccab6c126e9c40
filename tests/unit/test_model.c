/* The model room: dates, conditions, labels, consent, utilities and levers, by examples worked out by hand. */
#include "chance.h"
#include "language_text.h"
#include "model/levers.h"
#include "model/utility.h"

/* ---- dates ---- */

static dt__date date_of(const char *text) {
    dt__date date;
    assert_true(dt__date_parse(&date, text));
    return date;
}

static void dates_are_read_and_written_as_they_are(void **state) {
    static const char *const good[] = {"2025-08-14", "2025-08",    "2025",      "2024-02-29",
                                       "2000-02-29", "0001-01-01", "9999-12-31"};
    static const char *const bad[] = {"",           "2025-02-29", "1900-02-29", "2025-13",  "2025-00",
                                      "2025-04-31", "2025-01-00", "2025-1-1",   "25-01-01", "2025-08-14 ",
                                      "2025/08/14", "0000",       "20250814",   "2025-",    "2025-08-"};
    dt_env *env = new_env();
    dt__text text;
    dt__date date;

    (void)state;
    dt__text_init(&text, env);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        dt__text_reset(&text);
        dt__date_print(&text, date_of(good[i]));
        assert_string_equal(dt__text_get(&text), good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (dt__date_parse(&date, bad[i])) fail_msg("read as a date: %s", bad[i]);
    }
    dt__text_clear(&text);
    dt_env_free(env);
}

static void dates_are_compared_by_day(void **state) {
    static const char *const rising[] = {"0001",       "2024-02-29", "2024-03",   "2024-12-31",
                                         "2025-01-02", "2025-02",    "2025-02-02"};

    (void)state;
    for (size_t i = 0; i < 7; i++) {
        for (size_t j = 0; j < 7; j++)
            assert_int_equal(dt__date_compare(date_of(rising[i]), date_of(rising[j])), (i > j) - (i < j));
    }
    assert_int_equal(dt__date_compare(date_of("2025"), date_of("2025-01-01")), 0);
}

static void assert_months(const char *from, const char *to, dt__int128 num, dt__int128 den) {
    dt__rational months = dt__date_months(date_of(from), date_of(to)), expected;
    assert_true(dt__rational_make(&expected, num, den));
    assert_true(months.num == expected.num && months.den == expected.den);
}

static void months_are_the_differences_of_the_calendar_fields(void **state) {
    (void)state;
    assert_months("2025-08-14", "2025-08-14", 0, 1);
    assert_months("2025-08-14", "2025-08-15", 1, 31);
    assert_months("2025-08-14", "2026-09-14", 13, 1);
    assert_months("2025-08-31", "2025-09-01", 1, 31); /* 1 month - 30/31 */
    assert_months("2025-08-14", "2025-08-07", -7, 31);
    assert_months("2025-08-14", "2024-08-14", -12, 1);
    assert_months("0001", "9999-12-31", (9998 * 12 + 11) * 31 + 30, 31);
}

/* ---- conditions ---- */

static const char three[] = "detente: 1\nparties: {a: {}}\nissues:\n"
                            "  x: {options: [p, q, r], ordered: true, no_deal: p}\n"
                            "  y: {options: [p, q, r], ordered: true, no_deal: p}\n"
                            "preferences: {a: {priorities: [\"x == p\"]}}\n"
                            "rules: [{id: it, require: \"%s\"}]\n";

typedef bool (*meaning)(int x, int y);

static bool eq(int x, int y) {
    (void)y;
    return x == 1;
}
static bool ne(int x, int y) {
    (void)y;
    return x != 1;
}
static bool lt(int x, int y) {
    (void)y;
    return x < 1;
}
static bool le(int x, int y) {
    (void)y;
    return x <= 1;
}
static bool gt(int x, int y) {
    (void)y;
    return x > 1;
}
static bool ge(int x, int y) {
    (void)y;
    return x >= 1;
}
static bool in(int x, int y) {
    (void)y;
    return x == 0 || x == 2;
}
static bool not_in(int x, int y) {
    (void)y;
    return x == 1;
}
static bool yes(int x, int y) {
    (void)x;
    (void)y;
    return true;
}
static bool no(int x, int y) {
    (void)x;
    (void)y;
    return false;
}
static bool negated(int x, int y) {
    (void)y;
    return x != 1;
}
static bool both(int x, int y) {
    return x == 1 && y == 1;
}
static bool either(int x, int y) {
    return x == 1 || y == 1;
}
static bool implies(int x, int y) {
    return x != 1 || y == 1;
}
static bool given(int x, int y) {
    return x == 1 || y != 1;
}
static bool alike(int x, int y) {
    return (x == 1) == (y == 1);
}
static bool or_of_and(int x, int y) {
    return x == 0 || (x == 1 && y == 1);
}
static bool not_first(int x, int y) {
    return x != 1 && y == 1;
}
static bool and_in_parentheses(int x, int y) {
    return (x == 0 || x == 1) && y == 1;
}
static bool iff_last(int x, int y) {
    return (x == 1 || y == 1) == (y != 2);
}

static void every_operator_has_its_truth_table(void **state) {
    static const struct {
        const char *text;
        meaning holds;
    } cases[] = {
        {"x == q", eq},
        {"x != q", ne},
        {"x < q", lt},
        {"x <= q", le},
        {"x > q", gt},
        {"x >= q", ge},
        {"x in [p, r]", in},
        {"x not in [p, r]", not_in},
        {"true", yes},
        {"false", no},
        {"not x == q", negated},
        {"x == q and y == q", both},
        {"x == q or y == q", either},
        {"x == q => y == q", implies},
        {"x == q if y == q", given},
        {"x == q <=> y == q", alike},
        {"x == q iff y == q", alike},
        {"x == p or x == q and y == q", or_of_and},
        {"not x == q and y == q", not_first},
        {"(x == p or x == q) and y == q", and_in_parentheses},
        {"x == q or y == q <=> y != r", iff_last},
    };
    dt_env *env = new_env();
    char text[600];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dt_model *model;
        snprintf(text, sizeof text, three, cases[i].text);
        model = model_of(text, env);
        for (int x = 0; x < 3; x++) {
            for (int y = 0; y < 3; y++) {
                dt__option outcome[] = {(dt__option)x, (dt__option)y};
                if (dt__condition_holds(model->rules[0].require, outcome) != cases[i].holds(x, y))
                    fail_msg("%s at %d, %d", cases[i].text, x, y);
            }
        }
        dt_model_free(model);
    }
    dt_env_free(env);
}

static void a_scope_names_the_issues_of_a_condition(void **state) {
    dt_env *env = new_env();
    char text[600];
    dt_model *model;
    dt__issue_set scope = {{0}};

    (void)state;
    snprintf(text, sizeof text, three, "not (true => y > p)");
    model = model_of(text, env);
    dt__condition_scope(model->rules[0].require, &scope);
    assert_false(dt__issue_set_has(&scope, 0));
    assert_true(dt__issue_set_has(&scope, 1));
    dt_model_free(model);
    dt_env_free(env);
}

/* ---- labels ---- */

static void a_missing_language_falls_back(void **state) {
    const char *tags[] = {"fr", "en", "zh-Hant"}, *texts[] = {"Nord", "North", "北方"}, *none[] = {""},
               *plain[] = {"plain"};
    dt__label all = {3, tags, texts}, french_only = {1, tags, texts}, french_and_english = {2, tags, texts},
              untagged = {1, none, plain}, empty = {0};

    (void)state;
    assert_string_equal(dt__label_text(&all, DT_LANG_ZH_HANT, "id"), "北方");
    assert_string_equal(dt__label_text(&all, DT_LANG_EN, "id"), "North");
    assert_string_equal(dt__label_text(&french_and_english, DT_LANG_ZH_HANT, "id"), "North");
    assert_string_equal(dt__label_text(&french_only, DT_LANG_EN, "id"), "Nord");
    assert_string_equal(dt__label_text(&untagged, DT_LANG_ZH_HANT, "id"), "plain");
    assert_string_equal(dt__label_text(&empty, DT_LANG_EN, "id"), "id");
    assert_null(dt__label_text(&empty, DT_LANG_EN, NULL));
}

static void evidence_is_classified(void **state) {
    dt__citation citation = {0};
    dt__evidence cited = {.citation_count = 1, .citations = &citation},
                 both_kinds = {.citation_count = 1, .citations = &citation, .why = "w"}, judged = {.why = "w"},
                 nothing = {0};

    (void)state;
    assert_int_equal(dt__evidence_classify(&cited), DT__EVIDENCED);
    assert_int_equal(dt__evidence_classify(&both_kinds), DT__EVIDENCED);
    assert_int_equal(dt__evidence_classify(&judged), DT__JUDGED);
    assert_int_equal(dt__evidence_classify(&nothing), DT__DEFAULTED);
}

/* ---- consent ---- */

static const char four[] =
    "detente: 1\nparties: {a: {}, b: {}, c: {}, d: {}}\nissues: {x: {options: [p, q], no_deal: p}}\n"
    "preferences: {a: {priorities: [\"x == p\"]}, b: {priorities: [\"x == p\"]}, c: {priorities: [\"x == p\"]}, d: "
    "{priorities: [\"x == p\"]}}\n"
    "formats: {it: {table: [a, b, c, d], consent: %s}}\n";

typedef bool (*rule)(bool a, bool b, bool c, bool d);

static bool a_and_c(bool a, bool b, bool c, bool d) {
    (void)b;
    (void)d;
    return a && c;
}
static bool two_of_bcd(bool a, bool b, bool c, bool d) {
    return a && b + c + d >= 2;
}
static bool two_of_table(bool a, bool b, bool c, bool d) {
    return a + b + c + d >= 2;
}
static bool weighted(bool a, bool b, bool c, bool d) {
    (void)d;
    return 4 * a + 2 * b + c >= 5;
}
static bool weighted_with_veto(bool a, bool b, bool c, bool d) {
    return d && 4 * a + 2 * b + c >= 5;
}
static bool everything(bool a, bool b, bool c, bool d) {
    return a && b + c + d >= 1 && c + 3 * d >= 3 && b;
}
static bool thirds(bool a, bool b, bool c, bool d) {
    (void)d;
    return a + b + c >= 2;
}

static void every_kind_of_consent_rule_wins_as_it_says(void **state) {
    static const struct {
        const char *text;
        rule wins;
        dt__party_set parties;
    } cases[] = {
        {"[a, c]", a_and_c, 5},
        {"{all_of: [a], at_least: 2, of: [b, c, d]}", two_of_bcd, 15},
        {"{at_least: 2}", two_of_table, 15},
        {"{weights: {a: 4, b: 2, c: 1}, quota: 5}", weighted, 7},
        {"{weights: {a: 4, b: 2, c: 1}, quota: 5, veto: [d]}", weighted_with_veto, 15},
        {"{all_of: [a], at_least: 1, of: [b, c, d], weights: {c: 1, d: 3}, quota: 3, veto: [b]}", everything, 15},
        {"{weights: {a: 1/3, b: 1/3, c: 1/3}, quota: 2/3}", thirds, 7},
    };
    dt_env *env = new_env();
    char text[600];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dt_model *model;
        const dt__consent *consent;
        snprintf(text, sizeof text, four, cases[i].text);
        model = model_of(text, env);
        consent = &model->formats[0].consent;
        assert_int_equal(dt__consent_parties(consent), cases[i].parties);
        for (dt__party_set s = 0; s < 16; s++) {
            bool wins = dt__consent_wins(consent, s);
            assert_int_equal(wins, cases[i].wins(s & 1, s >> 1 & 1, s >> 2 & 1, s >> 3 & 1));
            for (int p = 0; p < 4 && wins; p++)
                assert_true(dt__consent_wins(consent, s | (dt__party_set)1 << p));   /* more parties never lose */
            assert_int_equal(wins, dt__consent_wins(consent, s & cases[i].parties)); /* others do not matter */
        }
        dt_model_free(model);
    }
    dt_env_free(env);
}

/* ---- utilities ---- */

typedef struct valued {
    dt_env *env;
    dt_model *model;
    dt__valuation v;
} valued;

static valued valued_model(const char *text) {
    valued w = {.env = new_env()};
    w.model = model_of(text, w.env);
    assert_int_equal(dt__valuation_init(&w.v, w.model, w.env), DT_OK);
    assert_int_equal(dt__valuation_central(&w.v, w.model, w.env), DT_OK);
    return w;
}

static void valued_free(valued *w) {
    dt__valuation_clear(&w->v, w->env);
    dt_model_free(w->model);
    dt_env_free(w->env);
}

static void assert_utility(const valued *w, uint32_t party, const dt__option *outcome, dt__int128 num, dt__int128 den) {
    dt__rational utility;
    assert_int_equal(dt__utility(&utility, w->model, &w->v, party, outcome, w->env), DT_OK);
    if (utility.num != num || utility.den != den)
        fail_msg("utility is %.17g, expected %.17g", dt__rational_double(utility), (double)num / (double)den);
}

static int compared(const valued *w, uint32_t party, const dt__option *x, const dt__option *y) {
    int order = 42;
    assert_int_equal(dt__compare_outcomes(&order, w->model, &w->v, party, x, y, w->env), DT_OK);
    return order;
}

static const char forms[] = "detente: 1\nas_of: 2025-01-01\n"
                            "parties: {add: {}, space: {}, rank: {}, list: {}}\n"
                            "issues:\n"
                            "  x: {options: [p, q, r], ordered: true, scale: [0, 30, 100], no_deal: q}\n"
                            "  y: {options: [m, n], no_deal: m}\n"
                            "preferences:\n"
                            "  add:\n    weights: {x: 30, y: 60}\n    values: {x: {p: 0, q: 50, r: 100}, y: {n: 90}}\n"
                            "    adjust: [{when: \"x == r and y == n\", add: -7.5}, {when: \"x >= q\", add: 1/3}]\n"
                            "    no_deal_drift: +3 per month\n"
                            "  space:\n    positions: {x: 60, y: 100}\n    salience: {x: 3, y: 1}\n    no_deal: 12.5\n "
                            "   no_deal_drift: -2 per week\n"
                            "  rank: {priorities: [\"x == r\", \"y == n\", \"x != p\"]}\n"
                            "  list: {ranking: [{x: r, y: n}, [{x: p}, {y: n}], {x: q}]}\n";

enum { ADD = 0, SPACE, RANK, LIST };

static void utilities_are_those_worked_out_by_hand(void **state) {
    valued w = valued_model(forms);

    (void)state;
    assert_utility(&w, ADD, (dt__option[]){0, 0}, 0, 1);
    assert_utility(&w, ADD, (dt__option[]){0, 1}, 60, 1);    /* 60 x 90 / 90 */
    assert_utility(&w, ADD, (dt__option[]){1, 0}, 17, 1);    /* 30 x 50 / 90 + 1/3 = 16 2/3 + 1/3 */
    assert_utility(&w, ADD, (dt__option[]){2, 1}, 517, 6);   /* 33 1/3 + 60 - 7.5 + 1/3 = 86 1/6 */
    assert_utility(&w, SPACE, (dt__option[]){0, 0}, 30, 1);  /* 3/4 x 100 (1 - 60/100) + 1/4 x 0 */
    assert_utility(&w, SPACE, (dt__option[]){1, 1}, 155, 2); /* 3/4 x 70 + 25 = 77.5 */
    assert_utility(&w, SPACE, (dt__option[]){2, 1}, 70, 1);  /* 3/4 x 60 + 25 */
    valued_free(&w);
}

static void ordinal_parties_compare_by_their_lists(void **state) {
    valued w = valued_model(forms);

    (void)state;
    assert_int_equal(compared(&w, RANK, (dt__option[]){2, 0}, (dt__option[]){1, 1}),
                     1); /* the first statement decides */
    assert_int_equal(compared(&w, RANK, (dt__option[]){0, 1}, (dt__option[]){1, 0}), 1); /* then the second */
    assert_int_equal(compared(&w, RANK, (dt__option[]){0, 0}, (dt__option[]){1, 0}), -1);
    assert_int_equal(compared(&w, RANK, (dt__option[]){1, 0}, (dt__option[]){1, 0}), 0);
    assert_int_equal(dt__ranking_place(w.model, w.model->parties[LIST].preferences, (dt__option[]){2, 1}), 0);
    assert_int_equal(dt__ranking_place(w.model, w.model->parties[LIST].preferences, (dt__option[]){0, 1}), 1);
    assert_int_equal(dt__ranking_place(w.model, w.model->parties[LIST].preferences, (dt__option[]){1, 1}), 1);
    assert_int_equal(dt__ranking_place(w.model, w.model->parties[LIST].preferences, (dt__option[]){1, 0}), 2);
    assert_int_equal(dt__ranking_place(w.model, w.model->parties[LIST].preferences, (dt__option[]){2, 0}),
                     3); /* in no entry */
    assert_int_equal(compared(&w, LIST, (dt__option[]){0, 0}, (dt__option[]){1, 1}), 0);
    assert_int_equal(compared(&w, LIST, (dt__option[]){2, 0}, (dt__option[]){1, 0}), -1);
    assert_int_equal(compared(&w, ADD, (dt__option[]){2, 1}, (dt__option[]){0, 1}), 1);
    valued_free(&w);
}

static void assert_reservation(const valued *w, uint32_t party, dt__rational months, dt__int128 num, dt__int128 den) {
    dt__option no_deal[2];
    dt__rational value;

    dt__model_no_deal(w->model, no_deal);
    assert_int_equal(dt__reservation(&value, w->model, &w->v, party, no_deal, months, w->env), DT_OK);
    if (value.num != num || value.den != den)
        fail_msg("no deal is worth %.17g, expected %.17g", dt__rational_double(value), (double)num / (double)den);
}

static void no_deal_is_worth_its_outcome_or_what_is_stated_and_drifts(void **state) {
    valued w = valued_model(forms);

    (void)state;
    assert_reservation(&w, ADD, DT__RATIONAL(0), 17, 1);
    assert_reservation(&w, ADD, DT__RATIONAL(2), 23, 1);
    assert_reservation(&w, ADD, (dt__rational){1, 31}, 530, 31);
    assert_reservation(&w, SPACE, DT__RATIONAL(0), 25, 2);
    assert_reservation(&w, SPACE, (dt__rational){7, 31}, 21, 2); /* one week of -2 */
    assert_reservation(&w, SPACE, DT__RATIONAL(-7), 149, 2);     /* 31 weeks back: + 62 */
    valued_free(&w);
}

static void proposals_stand_at_no_deal_where_they_name_nothing(void **state) {
    valued w = valued_model(
        "detente: 1\nparties: {a: {}}\nissues: {x: {options: [p, q], no_deal: q}, y: {options: [m, n], no_deal: n}}\n"
        "preferences: {a: {priorities: [\"x == p\"]}}\nproposals: {it: {y: m}}\n");
    dt__option no_deal[2], outcome[2];

    (void)state;
    dt__model_no_deal(w.model, no_deal);
    assert_true(no_deal[0] == 1 && no_deal[1] == 1);
    dt__proposal_outcome(w.model, &w.model->proposals[0], no_deal, outcome);
    assert_true(outcome[0] == 1 && outcome[1] == 0);
    valued_free(&w);
}

/* ---- principles ---- */

static void principles_are_broken_as_the_language_says(void **state) {
    valued w = valued_model("detente: 1\nparties: {a: {}, b: {}}\nissues: {x: {options: [p, q], no_deal: p}, y: "
                            "{options: [m, n], no_deal: m}}\n"
                            "preferences: {a: {priorities: [\"x == p\"]}, b: {priorities: [\"x == p\"]}}\n"
                            "formats: {alone: {table: [a], consent: [a]}, together: {table: [a, b], consent: [a, b]}}\n"
                            "principles:\n  - {id: present, by: b, present: {party: b, for: [x]}}\n  - {id: follow, "
                            "by: a, follow_up: \"y == n\"}\n"
                            "  - {id: order, by: a, order: {before: \"x == q\", needs: \"y == n\"}}\n  - {id: need, "
                            "by: a, require: \"y == m\"}\n"
                            "  - {id: then, by: a, consequence: {if: \"x == q\", then: \"y == m\"}}\n");
    /* per principle: outcomes pm, pn, qm, qn */
    static const bool broken[5][4] = {{0, 0, 1, 1}, {0, 0, 1, 0}, {0, 0, 1, 0}, {0, 1, 0, 1}, {0, 0, 0, 1}};
    dt__option no_deal[2];

    (void)state;
    dt__model_no_deal(w.model, no_deal);
    for (int k = 0; k < 5; k++) {
        for (int o = 0; o < 4; o++) {
            dt__option outcome[] = {(dt__option)(o / 2), (dt__option)(o % 2)};
            assert_int_equal(
                dt__principle_broken(w.model, &w.model->principles[k], &w.model->formats[0], outcome, no_deal),
                broken[k][o]);
            if (k > 0) continue;
            assert_false(
                dt__principle_broken(w.model, &w.model->principles[0], &w.model->formats[1], outcome, no_deal));
            assert_false(dt__principle_broken(w.model, &w.model->principles[0], NULL, outcome, no_deal));
        }
    }
    valued_free(&w);
}

/* ---- levers ---- */

static const char levers[] =
    "detente: 1\nparties: {a: {}, b: {}}\nissues:\n"
    "  x: {options: [p, q, r], decided_by: a}\n  y: {options: [m, n], decided_by: b}\n  z: {options: [s, t], no_deal: "
    "t}\n"
    "preferences:\n  a: {priorities: [\"y == n => x == r\", \"x == q\"]}\n  b: {priorities: [\"z == t => y == n\"]}\n";

static void levers_stand_where_their_owners_would_have_them(void **state) {
    valued w = valued_model(levers);
    dt__option no_deal[3], pinned_at[] = {0, 0, 1};
    const bool pinned[] = {false, true, false};
    bool settled;

    (void)state;
    dt__model_no_deal(w.model, no_deal); /* b turns y to n because z is at t; then a has to answer with r */
    assert_true(no_deal[0] == 2 && no_deal[1] == 1 && no_deal[2] == 1);
    assert_true(dt__is_open_lever(&w.model->issues[0]) && !dt__is_open_lever(&w.model->issues[2]));
    assert_int_equal(dt__place_open_levers(&settled, pinned_at, pinned, w.model, &w.v, w.env), DT_OK);
    assert_true(settled && pinned_at[0] == 1 && pinned_at[1] == 0 && pinned_at[2] == 1); /* y is held at m: a takes q */
    valued_free(&w);
}

static void owners_that_chase_one_another_never_settle(void **state) {
    dt_env *env = new_env();

    (void)state;
    assert_string_not_equal(
        fault_of("detente: 1\nparties: {a: {}, b: {}}\nissues: {x: {options: [p, q], decided_by: a}, y: {options: [p, "
                 "q], decided_by: b}}\n"
                 "preferences: {a: {priorities: [\"x == p <=> y == p\"]}, b: {priorities: [\"x == p <=> y == q\"]}}\n",
                 env),
        "");
    dt_env_free(env);
}

/* ---- ids ---- */

static void ids_are_found_by_name(void **state) {
    valued w = valued_model(forms);

    (void)state;
    assert_int_equal(dt__model_party(w.model, "rank"), RANK);
    assert_int_equal(dt__model_party(w.model, "nobody"), DT__NO_INDEX);
    assert_int_equal(dt__model_issue(w.model, "y"), 1);
    assert_int_equal(dt__model_issue(w.model, ""), DT__NO_INDEX);
    assert_int_equal(dt__issue_option(&w.model->issues[0], "r"), 2);
    assert_int_equal(dt__issue_option(&w.model->issues[0], "m"), DT__NO_INDEX);
    assert_int_equal(dt__model_format(w.model, "all"), 0);
    assert_int_equal(dt__model_quantity(w.model, "all"), DT__NO_INDEX);
    assert_int_equal(dt__model_scenario(w.model, "all"), DT__NO_INDEX);
    assert_string_equal(dt_model_party_id(w.model, 3), "list");
    assert_null(dt_model_party_id(w.model, 4));
    assert_null(dt_model_issue_id(w.model, SIZE_MAX));
    assert_null(dt_model_format_id(w.model, 1));
    assert_null(dt_model_option_id(w.model, 0, 3));
    assert_null(dt_model_option_id(w.model, 9, 0));
    assert_int_equal(dt_model_option_count(w.model, 9), 0);
    assert_int_equal(strlen(dt_model_sha256(w.model)), 64);
    valued_free(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_read_and_written_as_they_are),
        cmocka_unit_test(dates_are_compared_by_day),
        cmocka_unit_test(months_are_the_differences_of_the_calendar_fields),
        cmocka_unit_test(every_operator_has_its_truth_table),
        cmocka_unit_test(a_scope_names_the_issues_of_a_condition),
        cmocka_unit_test(a_missing_language_falls_back),
        cmocka_unit_test(evidence_is_classified),
        cmocka_unit_test(every_kind_of_consent_rule_wins_as_it_says),
        cmocka_unit_test(utilities_are_those_worked_out_by_hand),
        cmocka_unit_test(ordinal_parties_compare_by_their_lists),
        cmocka_unit_test(no_deal_is_worth_its_outcome_or_what_is_stated_and_drifts),
        cmocka_unit_test(proposals_stand_at_no_deal_where_they_name_nothing),
        cmocka_unit_test(principles_are_broken_as_the_language_says),
        cmocka_unit_test(levers_stand_where_their_owners_would_have_them),
        cmocka_unit_test(owners_that_chase_one_another_never_settle),
        cmocka_unit_test(ids_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
