/* Scorable games and NegMAS folders; what files are recognised as. */
#include "unit/exchange_files.h"

/* ---- scorable games ---- */

static const char cast[] =
    "The mayor,mayor,p1,cooperative,model\nUnion,union,player,greedy,model\nHarbour,harbour,p2,greedy,model\n";
static const char mayor[] = "14, 8, 0\n11, 7\n20\n", workers[] = "0, 5, 10\n0, 90\n55",
                  harbour[] = "1, 2, 3\n0, 0\n2\n";
static const char rules[] =
    "Issue A: \"Pier\"\nA1 \"long: wide\": as it was\nA2: \"Harbour\" pays.\n\nIssue B: \"Fee\"\nB1 none\n";

#define GAME                                                                                          \
    {                                                                                                 \
        FILE_OF("g/config.txt", cast), FILE_OF("g/deal.txt", "A1,B2"), FILE_OF("g/rules.txt", rules), \
            FILE_OF("g/scores/harbour.txt", harbour), FILE_OF("g/scores/mayor.txt", mayor),           \
            FILE_OF("g/scores/union.txt", workers)                                                    \
    }

static void assert_game(const char *part) {
    const dt_file files[] = GAME;
    assert_imports(files, COUNT(files), false, part);
}

static void two_formats_of_agreement(void **state) {
    (void)state;
    assert_game("unanimity: {table: [mayor, union, harbour], consent: [mayor, union, harbour]}\n");
    assert_game("all_but_one: {table: [mayor, union, harbour], consent: {all_of: [mayor, harbour], at_least: 2, of: "
                "[mayor, union, harbour]}}\n");
}

static void utilities_are_sums_of_scores(void **state) {
    (void)state;
    assert_game("mayor: {name: \"The mayor\", scale: [0, 25]}");
    assert_game("weights: {A: 14, B: 11}\n    values:\n      A: {A1: 25, A2: 100/7, A3: 0}\n      B: {B1: 25, B2: "
                "175/11}\n    no_deal: 20\n");
    assert_game("weights: {A: 3, B: 0}\n    values:\n      A: {A1: 1, A2: 2, A3: 3}\n      B: {B1: 0, B2: 0}\n    "
                "no_deal: 2\n");
}

static void the_first_deal_is_a_proposal(void **state) {
    (void)state;
    assert_game("proposals:\n  start: {A: A1, B: B2}\n");
}

static void options_are_called_as_in_the_rules(void **state) {
    (void)state;
    assert_game("options: {A1: {name: \"long: wide\"}, A2: {name: \"\\\"Harbour\\\" pays\"}, A3: {name: \"A3\"}}");
}

static void games_that_do_not_fit_are_refused(void **state) {
    const dt_file missing[] = {FILE_OF("c.txt", cast), FILE_OF("mayor.txt", mayor)};
    const dt_file other[] = {FILE_OF("c.txt", cast), FILE_OF("mayor.txt", mayor),
                             FILE_OF("union.txt", "1, 2\n3, 4\n5")};
    const dt_file open[] = {FILE_OF("c.txt", cast), FILE_OF("mayor.txt", "1, 2\n3, 4\n")};
    const dt_file negative[] = {FILE_OF("c.txt", cast), FILE_OF("mayor.txt", "1, 2\n3, -4\n5")};
    (void)state;
    assert_refused(missing, 2, "missing-file", "c.txt", 2);
    assert_refused(other, 3, "other-domain", "union.txt", 1);
    assert_refused(open, 2, "bad-scores", "mayor.txt", 2);
    assert_refused(negative, 2, "bad-number", "mayor.txt", 2);
}

/* ---- NegMAS ---- */

#define SPACE                                                                                        \
    "issues:\n- {name: Price, type: CategoricalIssue, values: [$4.37, '10']}\n- {name: days, type: " \
    "negmas.outcomes.contiguous_issue.ContiguousIssue, values: [0, 3]}\nname: shop\ntype: "          \
    "DiscreteCartesianOutcomeSpace\n"
#define UFUN(rest)                                                                                                    \
    "name: u\ntype: LinearAdditiveUtilityFunction\nvalues:\n- mapping: {$4.37: 0.5, '10': 1.0}\n  type: TableFun\n- " \
    "{type: AffineFun, slope: 0.25, bias: 0.1}\nweights: [0.4, 0.6]\n" rest

static void negmas_folders_are_read(void **state) {
    const dt_file files[] = {FILE_OF("shop.yml", SPACE), FILE_OF("u.yml", UFUN("reserved_value: 0.2\n")),
                             FILE_OF("w.yml", UFUN("reserved_value: -.inf\n")),
                             FILE_OF("_info.yaml", "opposition: 0.3\n")};
    (void)state;
    assert_imports(files, 4, false,
                   "Price: {4.37: 0.5, 10: 1}\n      days: {0: 0.1, 1: 0.35, 2: 0.6, 3: 0.85}\n    no_deal: 0.2\n");
    assert_imports(files, 4, false, "no_deal: 0.26\n"); /* the least: 0.4 x 0.5 + 0.6 x 0.1 */
}

static void quotes_side_by_side_are_read(void **state) {
    const dt_file files[] = {
        FILE_OF("shop.yml", "issues:\n- {name: Price, type: CategoricalIssue, values: [low, 'so''''so']}\nname: shop\n"
                            "type: DiscreteCartesianOutcomeSpace\n"),
        FILE_OF("u.yml",
                "name: u\ntype: LinearAdditiveUtilityFunction\nvalues:\n- {mapping: {low: 0.5, 'so''''so': 1.0}, "
                "type: TableFun}\nweights: [1]\nreserved_value: 0.2\n"),
        FILE_OF("w.yml",
                "name: w\ntype: LinearAdditiveUtilityFunction\nvalues:\n- {mapping: {low: 1.0, 'so''''so': 0.5}, "
                "type: TableFun}\nweights: [1]\nreserved_value: 0.2\n")};
    (void)state;
    assert_imports(files, 3, false, "so''so");
}

static void code_and_centres_are_refused(void **state) {
    const dt_file code[] = {FILE_OF("shop.yml", SPACE),
                            FILE_OF("u.yml", "type: LinearAdditiveUtilityFunction\nvalues:\n- f: !!binary abc\n")};
    const dt_file centre[] = {FILE_OF("shop.yml", SPACE),
                              FILE_OF("c.yml", "n_edges: 2\ntype: anl2025.ufun.MaxCenterUFun\n")};
    const dt_file alias[] = {FILE_OF("shop.yml", "a: &x [1]\nb: *x\ntype: CartesianOutcomeSpace\n")};
    const dt_file short_one[] = {
        FILE_OF("shop.yml", SPACE),
        FILE_OF("u.yml", "type: LinearAdditiveUtilityFunction\nvalues: []\nweights:\n  [1, 2]\n")};
    (void)state;
    assert_refused(code, 2, "unsupported", "u.yml", 3);
    assert_refused(centre, 2, "unsupported", "c.yml", 1);
    assert_refused(alias, 1, "unsupported", "shop.yml", 1);
    assert_refused(short_one, 2, "other-domain", "u.yml", 2);
}

/* ---- what files are ---- */

static void formats_are_known_by_content(void **state) {
    const struct {
        const char *text;
        dt_foreign foreign;
    } known[] = {
        {"<utility_space/>", DT_FOREIGN_GENIUS},
        {"\xEF\xBB\xBF <!-- x --><negotiation_template/>", DT_FOREIGN_GENIUS},
        {"{\"LinearAdditiveUtilitySpace\": {}}", DT_FOREIGN_GENIUSWEB},
        {"{\"issueWeights\": {}, \"issues\": {}}", DT_FOREIGN_NEGOLOG},
        {"a,b,player,x\n\nc,d,p1,y\n", DT_FOREIGN_SCORABLE},
        {"name: x\ntype: CartesianOutcomeSpace\n", DT_FOREIGN_NEGMAS},
        {"detente: 1\ntype: CartesianOutcomeSpace\n", DT_FOREIGN_NONE},
        {"<html/>", DT_FOREIGN_NONE},
        {"0.1, 0.2\n", DT_FOREIGN_NONE},
        {"", DT_FOREIGN_NONE},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(known); i++) {
        const dt_file file = FILE_OF("profile.xml", known[i].text);
        assert_int_equal(dt_foreign_recognise(&file, 1), known[i].foreign);
    }
    assert_int_equal(dt_foreign_recognise(NULL, 0), DT_FOREIGN_NONE);
    assert_string_equal(dt_foreign_name(DT_FOREIGN_SCORABLE), "scorable game");
    assert_string_equal(dt_foreign_name(DT_FOREIGN_COUNT), "");
}

static void what_is_unknown_is_refused(void **state) {
    const dt_file file = FILE_OF("x.xml", "<html/>");
    (void)state;
    assert_refused(&file, 1, "unknown-format", "x.xml", 0);
    assert_refused(NULL, 0, "unknown-format", "", 0);
}

static void every_allocation_may_fail(void **state) {
    const dt_file game[] = GAME,
                  negmas[] = {FILE_OF("shop.yml", SPACE), FILE_OF("u.yml", UFUN("reserved_value: 0.2\n"))};
    (void)state;
    fail_every_allocation(game, COUNT(game));
    fail_every_allocation(negmas, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_formats_of_agreement),          cmocka_unit_test(utilities_are_sums_of_scores),
        cmocka_unit_test(the_first_deal_is_a_proposal),      cmocka_unit_test(options_are_called_as_in_the_rules),
        cmocka_unit_test(games_that_do_not_fit_are_refused), cmocka_unit_test(negmas_folders_are_read),
        cmocka_unit_test(quotes_side_by_side_are_read),      cmocka_unit_test(code_and_centres_are_refused),
        cmocka_unit_test(formats_are_known_by_content),      cmocka_unit_test(what_is_unknown_is_refused),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
