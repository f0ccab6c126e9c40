/* Genius XML: exact semantics, what is mended, what is refused and where. */
#include "unit/exchange_files.h"

#define DOMAIN                                                                                                   \
    "<negotiation_template>\n"                                                                                   \
    "<utility_space number_of_issues=\"0\">\n"                                                                   \
    "<objective index=\"0\" name=\"Harbour\" type=\"objective\">\n"                                              \
    "<issue index=\"1\" name=\"pier\" type=\"discrete\">\n"                                                      \
    "<item index=\"1\" value=\"very long\"/><item index=\"2\" value=\"short\"/>\n"                               \
    "</issue>\n"                                                                                                 \
    "<objective index=\"9\" name=\"inner\"><issue index=\"2\" name=\"fee\" etype=\"integer\" lowerbound=\"-1\" " \
    "upperbound=\"2\"/></objective>\n"                                                                           \
    "</objective></utility_space></negotiation_template>\n"

#define PIER(a, b)                                                               \
    "<issue index=\"7\" name=\"pier\"><item value=\"very long\" evaluation=\"" a \
    "\"/><item value=\"short\" evaluation=\"" b "\"/></issue>\n"
#define FEE(line)                                                                                     \
    "<issue index=\"8\" name=\"fee\" type=\"integer\" lowerbound=\"-1\" upperbound=\"2\"><evaluator " \
    "ftype=\"linear\" " line "/></issue>\n"
#define WEIGHTS(a, b) \
    "<weight index=\"7\" value=\"" a "\"/><weight index=\"8\" value=\"" b "\"/><weight index=\"9\" value=\"1\"/>\n"
#define PROFILE(body, rest) \
    "<utility_space>\n<objective index=\"0\" name=\"Harbour\">\n" body "</objective>" rest "</utility_space>"

static const char plain[] = PROFILE(PIER("3", "1.5") FEE("offset=\"0.1\" slope=\"0.5\"") WEIGHTS("0.6", "0.5"),
                                    "<reservation value=\"0.25\"/>");

/* Domain and one profile. */
#define PAIR(domain, profile) \
    { FILE_OF("d.xml", domain), FILE_OF("folder/mayor of town.xml", profile) }
#define ASSERT_PAIR(function, domain, profile, ...)    \
    do {                                               \
        const dt_file files[] = PAIR(domain, profile); \
        function(files, COUNT(files), __VA_ARGS__);    \
    } while (0)

/* ---- what is read ---- */

static void evaluations_are_over_their_maximum(void **state) {
    (void)state;
    ASSERT_PAIR(assert_imports, DOMAIN, plain, false, "pier: {very_long: 1, short: 0.5}");
}

static void integers_are_cut_and_counted_from_the_lower_bound(void **state) {
    (void)state;
    ASSERT_PAIR(assert_imports, DOMAIN, plain, false, "fee: {\"-1\": 0.1, 0: 0.6, 1: 1, 2: 1}");
    ASSERT_PAIR(assert_imports, DOMAIN,
                PROFILE(PIER("1", "1") FEE("offset=\"0.1\" slope=\"-0.2\"") WEIGHTS("1", "1"), ""), false,
                "fee: {\"-1\": 0.1, 0: 0, 1: 0, 2: 0}");
    /* old files: from zero on */
    ASSERT_PAIR(assert_imports, DOMAIN,
                PROFILE(PIER("1", "1") FEE("parameter0=\"0.5\" parameter1=\"0.25\"") WEIGHTS("1", "1"), ""), false,
                "fee: {\"-1\": 0.25, 0: 0.5, 1: 0.75, 2: 1}");
}

static void weights_go_by_the_profiles_own_index(void **state) {
    (void)state;
    ASSERT_PAIR(assert_imports, DOMAIN, plain, false, "weights: {pier: 0.6, fee: 0.5}");
}

static void an_issue_of_tiny_evaluations_is_worth_nothing(void **state) {
    (void)state;
    ASSERT_PAIR(assert_imports, DOMAIN,
                PROFILE(PIER("0.000009", "0") FEE("offset=\"0\" slope=\"0\"") WEIGHTS("1", "0"), ""), false,
                "pier: {very_long: 0, short: 0}");
    ASSERT_PAIR(assert_imports, DOMAIN,
                PROFILE(PIER("0.00001", "0") FEE("offset=\"0\" slope=\"0\"") WEIGHTS("1", "0"), ""), false,
                "pier: {very_long: 1, short: 0}");
}

static void raw_weights_scale_the_values(void **state) {
    (void)state;
    ASSERT_PAIR(assert_imports, DOMAIN, plain, true, "pier: {very_long: 1.1, short: 0.55}");
    ASSERT_PAIR(assert_warns, DOMAIN, plain, "weights-sum", "folder/mayor of town.xml", 1);
}

static void names_become_ids_and_stay_names(void **state) {
    (void)state;
    ASSERT_PAIR(assert_imports, DOMAIN, plain, false, "  mayor_of_town: {name: \"mayor of town\"");
    ASSERT_PAIR(assert_imports, DOMAIN, plain, false,
                "options: {very_long: {name: \"very long\"}, short: {name: \"short\"}}");
    ASSERT_PAIR(assert_imports, DOMAIN, plain, false, "B: {title: \"mayor of town.xml\"}");
}

static void ids_are_unique_and_no_reserved_words(void **state) {
    static const char domain[] = "<utility_space><issue index=\"1\" name=\"and\"><item value=\"a b\" "
                                 "evaluation=\"1\"/><item value=\"a_b\" evaluation=\"2\"/>"
                                 "<item value=\"a/b\" evaluation=\"3\"/><item value=\"a_b_2\" evaluation=\"4\"/><item "
                                 "value=\"?!\" evaluation=\"5\"/></issue>"
                                 "<weight index=\"1\" value=\"1\"/></utility_space>";
    const dt_file files[] = {FILE_OF("p.xml", domain)};
    (void)state;
    assert_imports(files, 1, false, "and_: {a_b: 0.2, a_b_3: 0.4, a_b_4: 0.6, a_b_2: 0.8, option: 1}");
}

static void a_missing_reservation_value_is_zero(void **state) {
    (void)state;
    ASSERT_PAIR(assert_imports, DOMAIN, plain, false, "no_deal: 0.25\n");
    ASSERT_PAIR(assert_imports, DOMAIN, PROFILE(PIER("1", "1") FEE("offset=\"0\" slope=\"0\"") WEIGHTS("1", "1"), ""),
                false, "no_deal: 0\n");
}

static void a_discount_between_zero_and_one_is_noted(void **state) {
    dt_env *env = new_env();
    const dt_file none[] = PAIR(DOMAIN, PROFILE(PIER("1", "1") FEE("offset=\"0\" slope=\"0\"") WEIGHTS("1", "0"),
                                                "<discount_factor value=\"0.0\"/>"));
    char *text = import_text(none, 2, false, env);
    (void)state;
    assert_null(strstr(text, "Discount"));
    dt_import_free(text, strlen(text), env);
    dt_env_free(env);
    ASSERT_PAIR(
        assert_imports, DOMAIN,
        PROFILE(PIER("1", "1") FEE("offset=\"0\" slope=\"0\"") WEIGHTS("1", "0"), "<discount_factor value=\"0.75\"/>"),
        false, "Discount factor 0.75");
    ASSERT_PAIR(
        assert_warns, DOMAIN,
        PROFILE(PIER("1", "1") FEE("offset=\"0\" slope=\"0\"") WEIGHTS("1", "0"), "\n<discount_factor value=\"s\"/>"),
        "bad-discount", "folder/mayor of town.xml", 7);
}

static void a_profile_alone_gives_the_domain(void **state) {
    const dt_file files[] = {FILE_OF("one.xml", plain), FILE_OF("two.xml", plain)};
    (void)state;
    assert_imports(files, 2, false, "unanimity: {table: [one, two], consent: [one, two]}");
}

static void an_issue_without_weight_counts_for_nothing(void **state) {
    (void)state;
    ASSERT_PAIR(assert_warns, DOMAIN,
                PROFILE(PIER("1", "2") FEE("offset=\"0\" slope=\"0\"") "<weight index=\"7\" value=\"1\"/>", ""),
                "missing-weight", "folder/mayor of town.xml", 4);
}

/* ---- hyper-rectangles ---- */

#define INTEGER(index, name) \
    "<issue index=\"" index "\" name=\"" name "\" type=\"integer\" lowerbound=\"0\" upperbound=\"9\"/>\n"
#define BOXES(body)                                                                                               \
    "<!-- profile --><?xml version=\"1.0\" encoding=\"utf-8\" ?>\n<utility_space "                                \
    "type=\"nonlinear\"><objective>\n" INTEGER("1", "x") INTEGER(                                                 \
        "2", "y") "<utility maxutility=\"200\"><ufun type=\"PlainUfun\" weight=\"1\" aggregation=\"sum\">\n" body \
                  "</ufun></utility></objective></utility_space>"

static void assert_box(const char *rectangle, const char *part) {
    char profile[2048];
    const dt_file file = {.name = "p.xml", .bytes = profile};
    dt_file files[] = {file};

    snprintf(profile, sizeof profile, BOXES("%s"), rectangle);
    files[0].length = strlen(profile);
    assert_imports(files, 1, false, part);
}

static void rectangles_become_adjustments(void **state) {
    (void)state;
    assert_box("<hyperRectangle utility=\"70\"><INCLUDES index=\"1\" min=\"2\" max=\"7\"/><INCLUDES index=\"2\" "
               "min=\"3\" max=\"3\"/></hyperRectangle>",
               "- {when: \"x >= 2 and x <= 7 and y == 3\", add: 0.35}");
    assert_box("<hyperRectangle utility=\"30\" weight=\"2\"><INCLUDES index=\"1\" min=\"0\" max=\"7\"/><INCLUDES "
               "index=\"2\" min=\"0\" max=\"9\"/></hyperRectangle>",
               "- {when: \"x <= 7\", add: 0.3}");
    assert_box("<hyperRectangle utility=\"10\"><EXCLUDES index=\"1\" min=\"4\" max=\"9\"/><EXCLUDES index=\"2\" "
               "min=\"0\" max=\"8\"/></hyperRectangle>",
               "- {when: \"not (x >= 4 and y <= 8)\", add: 0.05}");
    assert_box("<hyperRectangle utility=\"10\"/>", "- {when: \"true\", add: 0.05}");
    assert_box("<hyperRectangle utility=\"10\"><EXCLUDES index=\"1\" min=\"12\" max=\"19\"/></hyperRectangle>",
               "- {when: \"true\", add: 0.05}");
    assert_box("<hyperRectangle utility=\"10\"><INCLUDES index=\"1\" min=\"12\" max=\"19\"/></hyperRectangle>",
               "values: {x: {0: 0}}\n    no_deal: 0\n");
    assert_box("<hyperRectangle utility=\"150\"/><hyperRectangle utility=\"51\"/>",
               "Genius cuts utilities at 1; here they are not cut.");
}

static void other_utility_functions_are_refused(void **state) {
    const dt_file other[] = {FILE_OF("p.xml", BOXES("<sphere utility=\"1\"/>"))};
    const dt_file unknown[] = {FILE_OF(
        "p.xml",
        BOXES("\n<hyperRectangle utility=\"1\">\n<INCLUDES index=\"3\" min=\"0\" max=\"1\"/></hyperRectangle>"))};
    (void)state;
    assert_refused(other, 1, "unsupported", "p.xml", 6);
    assert_refused(unknown, 1, "unknown-index", "p.xml", 8);
    ASSERT_PAIR(assert_refused, DOMAIN,
                "<utility_space type=\"constraint\"><objective>\n" PIER("1", "1")
                    FEE("offset=\"0\" slope=\"0\"") "</objective></utility_space>",
                "unsupported", "folder/mayor of town.xml", 1);
}

/* ---- what is mended ---- */

static void faults_of_genius_files_are_mended_and_said(void **state) {
    const dt_file ampersand[] = {
        FILE_OF("p.xml", "<utility_space>\n<issue index=\"1\" name=\"a & b\"><item value=\"x &amp; y\" "
                         "evaluation=\"1\"/></issue><weight index=\"1\" value=\"1\"/></utility_space>")};
    const dt_file latin[] = {FILE_OF("p.xml",
                                     "<utility_space><issue index=\"1\" name=\"price\"><item value=\"\x80 10,000\" "
                                     "evaluation=\"1\"/></issue><weight index=\"1\" value=\"1\"/></utility_space>")};
    const dt_file late[] = {
        FILE_OF("p.xml", "<!-- late -->\n<?xml version=\"1.0\"\n?>\n<utility_space><issue index=\"1\" name=\"a\"><item "
                         "value=\"x\" evaluation=\"q\"/></issue></utility_space>")};
    (void)state;
    assert_imports(ampersand, 1, false, "a_b:\n    name: \"a & b\"\n    options: {x_y: {name: \"x & y\"}}");
    assert_warns(ampersand, 1, "bare-ampersand", "p.xml", 2);
    assert_imports(latin, 1, false, "{name: \"\u20AC 10,000\"}");
    assert_warns(latin, 1, "bad-utf8", "p.xml", 0);
    assert_refused(late, 1, "bad-number", "p.xml", 4); /* lines still count from the top */
}

static void an_option_listed_twice_is_one(void **state) {
    static const char domain[] = "<negotiation_template><utility_space><objective name=\"d\"><issue index=\"1\" "
                                 "name=\"i\"><item value=\"a\"/><item value=\"b\"/><item "
                                 "value=\"b\"/></issue></objective></utility_space></negotiation_template>";
    static const char same[] = "<utility_space><issue index=\"1\" name=\"i\"><item value=\"a\" evaluation=\"1\"/><item "
                               "value=\"b\" evaluation=\"2\"/><item value=\"b\" evaluation=\"2\"/></issue><weight "
                               "index=\"1\" value=\"1\"/></utility_space>";
    static const char different[] = "<utility_space><issue index=\"1\" name=\"i\"><item value=\"a\" "
                                    "evaluation=\"1\"/><item value=\"b\" evaluation=\"2\"/>\n<item value=\"b\" "
                                    "evaluation=\"3\"/></issue><weight index=\"1\" value=\"1\"/></utility_space>";
    (void)state;
    ASSERT_PAIR(assert_imports, domain, same, false, "i: {a: 0.5, b: 1}");
    ASSERT_PAIR(assert_refused, domain, different, "duplicate-option", "folder/mayor of town.xml", 2);
}

/* ---- what is refused ---- */

static void hostile_xml_is_refused(void **state) {
    const dt_file laughs[] = {
        FILE_OF("p.xml", "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 "
                         "\"&lol;&lol;&lol;\">]>\n<utility_space><issue name=\"&lol2;\"/></utility_space>")};
    const dt_file external[] = {FILE_OF("p.xml", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><utility_space/>")};
    const dt_file entity[] = {FILE_OF("p.xml", "<utility_space>\n<issue name=\"&mine;\"/></utility_space>")};
    const dt_file open[] = {FILE_OF("p.xml", "<utility_space>\n<issue name=\"a\">\n</utility_space>")};
    (void)state;
    assert_refused(laughs, 1, "doctype", "p.xml", 2);
    assert_refused(external, 1, "doctype", "p.xml", 1);
    assert_refused(entity, 1, "bad-xml", "p.xml", 2);
    assert_refused(open, 1, "bad-xml", "p.xml", 3);
}

static void deep_xml_is_refused(void **state) {
    enum { DEPTH = 3000 };
    char *deep = malloc(16 + DEPTH * 11 + 1);
    dt_file file = {.name = "p.xml", .bytes = deep};
    (void)state;
    strcpy(deep, "<utility_space>");
    for (size_t i = 0; i < DEPTH; i++) strcpy(deep + 15 + i * 11, "<objective>");
    file.length = strlen(deep);
    assert_refused(&file, 1, "bad-xml", "p.xml", 1);
    free(deep);
}

static void missing_evaluations_are_refused(void **state) {
    (void)state;
    ASSERT_PAIR(assert_refused, DOMAIN,
                PROFILE(PIER("null", "1") FEE("offset=\"0\" slope=\"0\"") WEIGHTS("1", "1"), ""), "missing-evaluation",
                "folder/mayor of town.xml", 3);
    ASSERT_PAIR(assert_refused, DOMAIN,
                PROFILE("<issue name=\"pier\"><item value=\"short\" evaluation=\"1\"/></issue>\n" FEE(
                            "offset=\"0\" slope=\"0\""),
                        ""),
                "missing-evaluation", "folder/mayor of town.xml", 3);
    ASSERT_PAIR(assert_refused, DOMAIN,
                PROFILE(PIER("1", "1") "<issue name=\"fee\" type=\"integer\" lowerbound=\"-1\" upperbound=\"2\"/>", ""),
                "missing-evaluation", "folder/mayor of town.xml", 4);
}

static void profiles_of_another_domain_are_refused(void **state) {
    (void)state;
    ASSERT_PAIR(assert_refused, DOMAIN, PROFILE(PIER("1", "1") "<issue name=\"tax\"/>", ""), "other-domain",
                "folder/mayor of town.xml", 4);
    ASSERT_PAIR(assert_refused, DOMAIN, PROFILE(PIER("1", "1"), ""), "missing-issue", "folder/mayor of town.xml", 1);
    ASSERT_PAIR(
        assert_refused, DOMAIN,
        PROFILE("<issue name=\"pier\"><item value=\"wide\" evaluation=\"1\"/></issue>" FEE("offset=\"0\" slope=\"0\""),
                ""),
        "unknown-option", "folder/mayor of town.xml", 3);
    ASSERT_PAIR(assert_refused, DOMAIN, DOMAIN, "two-domains", "folder/mayor of town.xml", 1);
}

static void real_issues_are_refused(void **state) {
    const dt_file files[] = {FILE_OF(
        "d.xml", "<negotiation_template><utility_space>\n<objective>\n<issue name=\"price\" type=\"real\"><range "
                 "lowerbound=\"0\" upperbound=\"1\"/></issue></objective></utility_space></negotiation_template>")};
    (void)state;
    assert_refused(files, 1, "real-issue", "d.xml", 3);
}

static void weights_that_say_nothing_are_refused(void **state) {
    const dt_file alone[] = {FILE_OF("d.xml", DOMAIN)};
    (void)state;
    ASSERT_PAIR(assert_refused, DOMAIN, PROFILE(PIER("1", "1") FEE("offset=\"0\" slope=\"0\"") WEIGHTS("0", "0.0"), ""),
                "no-weight", "folder/mayor of town.xml", 1);
    ASSERT_PAIR(assert_refused, DOMAIN, PROFILE(PIER("1", "1") FEE("offset=\"0\" slope=\"0\"") WEIGHTS("-1", "2"), ""),
                "negative-weight", "folder/mayor of town.xml", 1);
    ASSERT_PAIR(assert_refused, DOMAIN, PROFILE(PIER("1", "NaN") FEE("offset=\"0\" slope=\"0\"") WEIGHTS("1", "2"), ""),
                "bad-number", "folder/mayor of town.xml", 3);
    assert_refused(alone, 1, "no-parties", "d.xml", 0);
}

static void a_range_of_millions_is_a_limit(void **state) {
    const dt_file files[] = {FILE_OF(
        "d.xml",
        "<utility_space><issue name=\"n\" type=\"integer\" lowerbound=\"0\" upperbound=\"9000000\"/></utility_space>")};
    dt_env *env = new_env();
    size_t length;
    char *text;
    (void)state;
    assert_int_equal(dt_import(&text, &length, files, 1, NULL, env), DT_ERR_LIMIT);
    assert_finding(env, DT_ERROR, "too-large", "d.xml", 1);
    dt_env_free(env);
}

static void every_allocation_may_fail(void **state) {
    const dt_file linear[] = PAIR(DOMAIN, plain),
                  boxes[] = {FILE_OF("p.xml", BOXES("<hyperRectangle utility=\"150\"><INCLUDES index=\"1\" min=\"2\" "
                                                    "max=\"7\"/></hyperRectangle><hyperRectangle utility=\"90\"/>"))};
    (void)state;
    fail_every_allocation(linear, 2);
    fail_every_allocation(boxes, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(evaluations_are_over_their_maximum),
        cmocka_unit_test(integers_are_cut_and_counted_from_the_lower_bound),
        cmocka_unit_test(weights_go_by_the_profiles_own_index),
        cmocka_unit_test(an_issue_of_tiny_evaluations_is_worth_nothing),
        cmocka_unit_test(raw_weights_scale_the_values),
        cmocka_unit_test(names_become_ids_and_stay_names),
        cmocka_unit_test(ids_are_unique_and_no_reserved_words),
        cmocka_unit_test(a_missing_reservation_value_is_zero),
        cmocka_unit_test(a_discount_between_zero_and_one_is_noted),
        cmocka_unit_test(a_profile_alone_gives_the_domain),
        cmocka_unit_test(an_issue_without_weight_counts_for_nothing),
        cmocka_unit_test(rectangles_become_adjustments),
        cmocka_unit_test(other_utility_functions_are_refused),
        cmocka_unit_test(faults_of_genius_files_are_mended_and_said),
        cmocka_unit_test(an_option_listed_twice_is_one),
        cmocka_unit_test(hostile_xml_is_refused),
        cmocka_unit_test(deep_xml_is_refused),
        cmocka_unit_test(missing_evaluations_are_refused),
        cmocka_unit_test(profiles_of_another_domain_are_refused),
        cmocka_unit_test(real_issues_are_refused),
        cmocka_unit_test(weights_that_say_nothing_are_refused),
        cmocka_unit_test(a_range_of_millions_is_a_limit),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
