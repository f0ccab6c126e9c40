/* GMCR+: options as levers, numbers of states, rankings, misperceptions, and what is refused. */
#include "model/model.h"
#include "unit/exchange_files.h"

#define HEAD(more)                                                                                           \
    "{\"options\": [{\"name\": \"Air strike\", \"permittedDirection\": \"fwd\"}, {\"name\": \"Withdraw\",\n" \
    "\"permittedDirection\": \"back\"}, {\"name\": \"Withdraw\"}],\n" more
#define TWO_PARTIES(first, second)                                        \
    HEAD("\"decisionMakers\": [{\"name\": \"US\", \"options\": [0]" first \
         "},\n {\"name\": \"USSR\", \"options\": [1, 2]" second "}]")
#define ORDINARY                                                                                                       \
    TWO_PARTIES(", \"preferences\": [[[1, \"Y\"]], {\"compound\": true, \"members\": [[[0, \"N\"], [2, \"Y\"]], [[2, " \
                "\"N\"]]]}]",                                                                                          \
                ", \"preferences\": [], \"misperceptions\": [[[0, \"Y\"]]]")                                           \
    ",\n\"infeasibles\": [[[1, \"N\"], [2, \"N\"]]]}"

#define ASSERT_ONE(function, text, ...)                    \
    do {                                                   \
        const dt_file files[] = {FILE_OF("m.gmcr", text)}; \
        function(files, 1, __VA_ARGS__);                   \
    } while (0)

static void options_become_levers(void **state) {
    (void)state;
    ASSERT_ONE(assert_imports, ORDINARY, false,
               "  Air_strike: {name: \"Air strike\", options: {\"N\": {}, \"Y\": {reversible: false}}, decided_by: US, "
               "no_deal: \"N\"}\n"
               "  Withdraw: {options: {\"N\": {reversible: false}, \"Y\": {}}, decided_by: USSR, no_deal: \"Y\"}\n"
               "  Withdraw_2: {name: \"Withdraw\", options: [\"N\", \"Y\"], decided_by: USSR, no_deal: \"N\"}\n");
    ASSERT_ONE(assert_imports, ORDINARY, false,
               "  - {id: infeasible-1, require: \"not (Withdraw == N and Withdraw_2 == N)\", source: A}\n");
}

static void statements_become_priorities(void **state) {
    (void)state;
    ASSERT_ONE(assert_imports, ORDINARY, false,
               "    priorities:\n      - \"Withdraw == Y\"\n      - \"(Air_strike == N and Withdraw_2 == Y) or "
               "Withdraw_2 == N\"\n");
    ASSERT_ONE(assert_imports, ORDINARY, false, "  USSR:\n    source: A\n    priorities: []\n");
    ASSERT_ONE(assert_imports, ORDINARY, false, "  USSR: {unseen: [\"Air_strike == Y\"]}\n");
}

/* Which options can be left, in the model that is read from the text. */
static void directions_say_what_can_be_left(void **state) {
    static const bool left[3][2] = {{true, false}, {false, true}, {true, true}};
    const dt_file files[] = {FILE_OF("m.gmcr", ORDINARY)};
    dt_env *env = new_env();
    char *text = import_text(files, 1, false, env);
    dt_model *m = model_of(text, env);

    (void)state;
    assert_int_equal(m->issue_count, 3);
    for (size_t i = 0; i < 3; i++)
        for (size_t o = 0; o < 2; o++)
            assert_int_equal(dt__is_final(&m->issues[i], (dt__option)o, m->issues[i].no_deal), !left[i][o]);
    assert_int_equal(dt_env_diagnostic_count(env), 0); /* without a deal it stands at a feasible state */
    dt_model_free(m);
    dt_import_free(text, strlen(text), env);
    dt_env_free(env);
}

#define RANKED(key, list, us, ussr)                                                              \
    TWO_PARTIES(", \"preferences\": [[[0, \"Y\"]]], \"" list "\": " us, ", \"" list "\": " ussr) \
    ",\n\"" key "\": true, \"infeasibles\": [[[1, \"Y\"], [2, \"Y\"]]]}"

/* Feasible: NNN, YNN, NYN, YYN, NNY, YNY. */
static void rankings_number_feasible_states(void **state) {
    static const char best[] = "      - {Air_strike: \"Y\", Withdraw: \"N\", Withdraw_2: \"Y\"} # 6\n"
                               "      - - {Air_strike: \"N\", Withdraw: \"Y\", Withdraw_2: \"N\"} # 3\n"
                               "        - {Air_strike: \"N\", Withdraw: \"N\", Withdraw_2: \"N\"} # 1\n";
    (void)state;
    ASSERT_ONE(assert_imports,
               RANKED("useManualPreferenceRanking", "preferenceRanking", "[6, [3, 1], 2, 4, 5]", "[[1,2,3,4,5,6]]"),
               false, best);
    ASSERT_ONE(assert_imports,
               RANKED("useManualPreferenceVectors", "preferenceVector", "[6, [3, 1], 2, 4, 5]", "[[1,2,3,4,5,6]]"),
               false, best);
    ASSERT_ONE(assert_imports,
               RANKED("useManualPreferenceRanking", "preferenceRanking", "[6, [3, 1], 2, 4, 5]", "[[1,2,3,4,5,6]]"),
               false, "    #      - \"Air_strike == Y\"\n"); /* what the ranking overrules is not lost */
}

static void rankings_have_to_be_complete(void **state) {
#define RANKING(us) RANKED("useManualPreferenceRanking", "preferenceRanking", us, "[1,2,3,4,5,6]")
    (void)state;
    ASSERT_ONE(assert_refused, RANKING("[1,2,3,4,5]"), "unranked-state", "m.gmcr", 3);
    ASSERT_ONE(assert_refused, RANKING("[1,2,3,4,5,6,6]"), "ranked-twice", "m.gmcr", 3);
    ASSERT_ONE(assert_refused, RANKING("[1,2,3,4,5,7]"), "out-of-range", "m.gmcr", 3);
    ASSERT_ONE(assert_refused, RANKING("[0,1,2,3,4,5,6]"), "out-of-range", "m.gmcr", 3);
    ASSERT_ONE(assert_refused, RANKING("[1,2,3,4,5,\"six\"]"), "bad-number", "m.gmcr", 3);
    ASSERT_ONE(assert_refused, RANKING("5"), "wrong-type", "m.gmcr", 3);
    ASSERT_ONE(assert_refused, TWO_PARTIES("", "") ", \"useManualPreferenceRanking\": true, \"preferenceRanking\": []}",
               "missing-key", "m.gmcr", 3);
}

/* A long tie at the end is not listed. */
static void long_ties_at_the_end_are_left_open(void **state) {
    static const char text[] =
        "{\"options\": [{\"name\": \"a\"}, {\"name\": \"b\"}, {\"name\": \"c\"}, {\"name\": \"d\"}, {\"name\": \"e\"}],"
        "\"decisionMakers\": [{\"name\": \"P\", \"options\": [0,1,2,3,4], \"preferenceRanking\": [7, "
        "[1,2,3,4,5,6,8,9,10,"
        "11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32]]}], \"useManualPreferenceRanking\": true}";
    const dt_file files[] = {FILE_OF("m.gmcr", text)};
    dt_env *env = new_env();
    char *out = import_text(files, 1, false, env);

    (void)state;
    assert_non_null(strstr(out, "- {a: \"N\", b: \"Y\", c: \"Y\", d: \"N\", e: \"N\"} # 7\n"));
    assert_null(strstr(out, "# 8\n"));
    dt_import_free(out, strlen(out), env);
    dt_env_free(env);
}

static void the_order_of_the_file_is_kept_and_said(void **state) {
    static const char text[] =
        "{\"options\": [{\"name\": \"x\"}, {\"name\": \"y\"}, {\"name\": \"z\"}], \"decisionMakers\": "
        "[{\"name\": \"A\", \"options\": [0, 2], \"preferences\": []}, {\"name\": \"B\", "
        "\"options\": [1], \"preferences\": []}], \"coalitions\": [[0, 1]]}";
    (void)state;
    ASSERT_ONE(assert_imports, text, false, "GMCR+ sorts options by their owners");
    ASSERT_ONE(assert_imports, text, false, "note: \"Coalitions in the file: A + B.\"\n");
}

static void wrong_files_say_where(void **state) {
    static const struct {
        const char *text, *code;
        unsigned line;
    } cases[] = {
        {HEAD("\"decisionMakers\": [{\"name\": \"US\", \"options\": [0, 3]}]}"), "out-of-range", 3},
        {HEAD("\"decisionMakers\": [{\"name\": \"US\", \"options\": [-1]}]}"), "out-of-range", 3},
        {HEAD("\"decisionMakers\": [{\"name\": \"US\", \"options\": [0, 1]}]}"), "no-owner", 2},
        {HEAD(
             "\"decisionMakers\": [{\"name\": \"US\", \"options\": [0, 1]},\n{\"name\": \"X\", \"options\": [1, 2]}]}"),
         "two-owners", 4},
        {HEAD("\"decisionMakers\": []}"), "no-parties", 3},
        {"{\"options\": [],\n\"decisionMakers\": [{\"name\": \"US\", \"options\": []}]}", "no-issues", 1},
        {"{\"options\": [{\"name\": \"a\", \"permittedDirection\": \"up\"}],\n\"decisionMakers\": []}",
         "unknown-direction", 1},
        {TWO_PARTIES("", "") ",\n\"infeasibles\": [[[0, \"Y\"], [9, \"N\"]]]}", "out-of-range", 5},
        {TWO_PARTIES("", "") ",\n\"infeasibles\": [[[0, \"maybe\"]]]}", "wrong-type", 5},
        {TWO_PARTIES("", "") ",\n\"infeasibles\": [[]]}", "wrong-type", 5},
        {TWO_PARTIES("", "") ",\n\"infeasibles\": [{\"compound\": true}]}", "missing-key", 5},
        {TWO_PARTIES("", "") ",\n\"infeasibles\": [[[0, \"Y\"]], [[0, \"N\"]]]}", "no-states", 0},
        {TWO_PARTIES("", "") ",\n\"infeasibles\": [[0, \"Y\"],, 1]}", "bad-json", 5},
        {TWO_PARTIES("", "") ", \"useManualPreferenceRanking\": 1}", "wrong-type", 4},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        ASSERT_ONE(assert_refused, cases[i].text, cases[i].code, "m.gmcr", cases[i].line);
    ASSERT_ONE(assert_refused, "{\"decisionMakers\": 1, \"options\": \"\xff\"}", "bad-utf8", "m.gmcr", 0);
}

/* A pickle is told by its first bytes, or by a key of the old program; never opened. */
static void pickles_are_refused(void **state) {
    static const char binary[] = "\x80\x03}q\x01X\x07prefPri.",
                      old[] = "(dp0\nS'prefPri'\np1\n(lp2\nsS'infeas'\np3\n(lp4\ns.";
    const dt_file new_pickle[] = {{.name = "m.gmcr", .bytes = binary, .length = sizeof binary - 1}};

    (void)state;
    assert_refused(new_pickle, 1, "pickle", "m.gmcr", 0);
    ASSERT_ONE(assert_refused, old, "pickle", "m.gmcr", 0);
}

static char *many_options(size_t count) {
    char *text = calloc(count + 10, 60), *at = text;

    assert_non_null(text);
    at += sprintf(at, "{\"options\": [");
    for (size_t i = 0; i < count; i++) at += sprintf(at, "%s{\"name\": \"o\"}", i == 0 ? "" : ",");
    at += sprintf(at, "], \"decisionMakers\": [{\"name\": \"A\", \"options\": [");
    for (size_t i = 0; i < count; i++) at += sprintf(at, "%s%zu", i == 0 ? "" : ",", i);
    sprintf(at, "]}]}");
    return text;
}

static void sizes_are_limited(void **state) {
    char *fits = many_options(256), *large = many_options(257), *huge = many_options(50000);

    (void)state;
    ASSERT_ONE(assert_imports, fits, false, "  o_256: {name: \"o\"");
    ASSERT_ONE(assert_refused, large, "too-large", "m.gmcr", 1);
    ASSERT_ONE(assert_refused, huge, "too-large", "m.gmcr", 1);
    free(fits);
    free(large);
    free(huge);
}

/* Names that are long and stand in many places do not fill the memory. */
static void long_names_do_not_explode(void **state) {
    const size_t length = 200000, statements = 400;
    char *text = calloc(1, length + statements * 20 + 1000), *at = text;

    (void)state;
    at += sprintf(at, "{\"options\": [{\"name\": \"");
    memset(at, 'x', length);
    at += length;
    at += sprintf(at, "\"}], \"decisionMakers\": [{\"name\": \"A\", \"options\": [0], \"preferences\": [[[0, \"Y\"]]");
    for (size_t i = 1; i < statements; i++) at += sprintf(at, ", [[0, \"N\"]]");
    sprintf(at, "]}]}");
    ASSERT_ONE(assert_refused, text, "too-large", "m.gmcr", 0);
    free(text);
}

static void memory_may_run_out_anywhere(void **state) {
    const dt_file plain[] = {FILE_OF("m.gmcr", ORDINARY)},
                  ranked[] = {FILE_OF("m.gmcr", RANKED("useManualPreferenceRanking", "preferenceRanking",
                                                       "[6, [3, 1], 2, 4, 5]", "[[1,2,3,4,5,6]]"))};
    (void)state;
    fail_every_allocation(plain, 1);
    fail_every_allocation(ranked, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_become_levers),
        cmocka_unit_test(statements_become_priorities),
        cmocka_unit_test(directions_say_what_can_be_left),
        cmocka_unit_test(rankings_number_feasible_states),
        cmocka_unit_test(rankings_have_to_be_complete),
        cmocka_unit_test(long_ties_at_the_end_are_left_open),
        cmocka_unit_test(the_order_of_the_file_is_kept_and_said),
        cmocka_unit_test(wrong_files_say_where),
        cmocka_unit_test(pickles_are_refused),
        cmocka_unit_test(sizes_are_limited),
        cmocka_unit_test(long_names_do_not_explode),
        cmocka_unit_test(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
