/* GeniusWeb and NegoLog JSON: exact numbers, reservation bids, what is refused and where. */
#include "unit/exchange_files.h"

#define DOMAIN                                                                                                       \
    "{\"name\": \"trip\", \"issuesValues\": {\"how far\": {\"values\": [\"near\", \"far\"]}, \"days\": {\"range\": " \
    "[\"1\", 3, 0.5]}}}"
#define SPACE(near, far, bid)                                                                                     \
    "{\"LinearAdditiveUtilitySpace\": {\n"                                                                        \
    "\"issueUtilities\": {\n"                                                                                     \
    "\"how far\": {\"discreteutils\": {\"valueUtilities\": {\"near\": " near ", \"far\": " far "}}},\n"           \
    "\"days\": {\"numberutils\": {\"lowValue\": 1, \"lowUtility\": 0, \"highValue\": 3, \"highUtility\": 1}}},\n" \
    "\"issueWeights\": {\"how far\": 0.4, \"days\": 0.6},\n"                                                      \
    "\"domain\": " DOMAIN ",\n"                                                                                   \
    "\"name\": \"p\", \"reservationBid\": " bid "}}"
#define BID "{\"issuevalues\": {\"how far\": \"near\", \"days\": \"1.5\"}}"

#define ASSERT_ONE(function, text, ...)                    \
    do {                                                   \
        const dt_file files[] = {FILE_OF("p.json", text)}; \
        function(files, 1, __VA_ARGS__);                   \
    } while (0)

static void numbers_keep_every_digit(void **state) {
    (void)state;
    ASSERT_ONE(assert_imports, SPACE("0.12345678901234567890123", "1", BID), false,
               "near: 12345678901234567890123/100000000000000000000000");
}

static void a_reservation_bid_is_evaluated(void **state) {
    (void)state;
    ASSERT_ONE(assert_imports, SPACE("0.25", "1", BID), false, "no_deal: 0.25\n"); /* 0.4 x 0.25 + 0.6 x 0.25 */
    ASSERT_ONE(assert_imports, SPACE("0.25", "1", "null"), false, "no_deal: 0\n");
    ASSERT_ONE(assert_imports, SPACE("0.25", "1", "{\"issuevalues\": {\"days\": 3}}"), false, "no_deal: 0.6\n");
}

static void numbers_lie_on_a_line(void **state) {
    (void)state;
    ASSERT_ONE(assert_imports, SPACE("0.25", "1", "null"), false, "days: {1: 0, 1.5: 0.25, 2: 0.5, 2.5: 0.75, 3: 1}");
}

static void the_domain_may_stand_alone_too(void **state) {
    const dt_file files[] = {FILE_OF("a.json", SPACE("0.25", "1", "null")), FILE_OF("trip.json", DOMAIN),
                             FILE_OF("specials.json", "{\"size\": 4}"), FILE_OF("b.json", SPACE("1", "0", "null"))};
    (void)state;
    assert_imports(files, 4, false, "unanimity: {table: [a, b], consent: [a, b]}");
    assert_imports(files, 4, false, "A: {title: \"trip.json\"}");
}

static void domains_have_to_agree(void **state) {
    const dt_file files[] = {FILE_OF("d.json", "{\"name\": \"x\", \"issuesValues\": {\"how far\": {\"values\": "
                                               "[\"near\", \"there\"]}, \"days\": {\"range\": [1, 3, 0.5]}}}"),
                             FILE_OF("p.json", SPACE("1", "0", "null"))};
    (void)state;
    assert_refused(files, 2, "other-domain", "p.json", 6);
}

static void wrong_json_says_where(void **state) {
    (void)state;
    ASSERT_ONE(assert_refused, "{\"issuesValues\":\n  {\"a\": 1,}}", "bad-json", "p.json", 2);
    ASSERT_ONE(assert_refused, "{\"issuesValues\":\n  {'a': 1}}", "bad-json", "p.json", 2);
    ASSERT_ONE(assert_refused, "{\"issuesValues\": {},\n \"issuesValues\": {}}", "duplicate-key", "p.json", 2);
    ASSERT_ONE(assert_refused, "{\"issuesValues\": [\n[[[\n", "bad-json", "p.json", 3);
    ASSERT_ONE(assert_refused, SPACE("\"a lot\"", "1", "null"), "bad-number", "p.json", 3);
    ASSERT_ONE(assert_refused, SPACE("1", "1", "{\"issuevalues\": {\"how far\": \"there\"}}"), "unknown-option",
               "p.json", 7);
    ASSERT_ONE(assert_refused, "{\"LinearAdditiveUtilitySpace\": {\"domain\": " DOMAIN "}}", "missing-key", "p.json",
               1);
}

static void deep_json_is_a_limit(void **state) {
    char deep[400] = "{\"issuesValues\": ";
    dt_file file = {.name = "p.json", .bytes = deep};
    (void)state;
    memset(deep + strlen(deep), '[', 300);
    file.length = strlen(deep);
    assert_refused(&file, 1, "too-deep", "p.json", 1);
}

static void a_missing_utility_is_refused(void **state) {
    static const char text[] =
        "{\"LinearAdditiveUtilitySpace\": {\"issueUtilities\": {\"a\":\n{\"discreteutils\": {\"valueUtilities\": "
        "{\"x\": 1}}}},"
        "\"issueWeights\": {\"a\": 1}, \"domain\": {\"issuesValues\": {\"a\": {\"values\": [\"x\", \"y\"]}}}}}";
    (void)state;
    ASSERT_ONE(assert_refused, text, "missing-evaluation", "p.json", 2);
}

#define NEGOLOG(a, b)                                          \
    "{\"reservationValue\": 0.1, \"issueWeights\": {\"a\": " a \
    ", \"b\": 0.7},\n \"issues\": {\"a\": {\"x\": 0.2, \"y\": 1.0}, \"b\": {\"u\": 1, \"" b "\": 0}}}"

static void negolog_profiles_are_read(void **state) {
    const dt_file files[] = {FILE_OF("A.json", NEGOLOG("0.3", "v")), FILE_OF("B.json", NEGOLOG("0.5", "v"))};
    const dt_file other[] = {FILE_OF("A.json", NEGOLOG("0.3", "v")), FILE_OF("B.json", NEGOLOG("0.3", "w"))};
    (void)state;
    assert_imports(files, 2, false, "a: {x: 0.2, y: 1}");
    assert_imports(files, 2, true, "a: {x: 0.24, y: 1.2}");
    assert_warns(files, 2, "weights-sum", "B.json", 1);
    assert_refused(other, 2, "unknown-option", "B.json", 2);
}

static void every_allocation_may_fail(void **state) {
    const dt_file web[] = {FILE_OF("p.json", SPACE("0.25", "1", BID))},
                  log[] = {FILE_OF("A.json", NEGOLOG("0.3", "v"))};
    (void)state;
    fail_every_allocation(web, 1);
    fail_every_allocation(log, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_keep_every_digit),  cmocka_unit_test(a_reservation_bid_is_evaluated),
        cmocka_unit_test(numbers_lie_on_a_line),     cmocka_unit_test(the_domain_may_stand_alone_too),
        cmocka_unit_test(domains_have_to_agree),     cmocka_unit_test(wrong_json_says_where),
        cmocka_unit_test(deep_json_is_a_limit),      cmocka_unit_test(a_missing_utility_is_refused),
        cmocka_unit_test(negolog_profiles_are_read), cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
