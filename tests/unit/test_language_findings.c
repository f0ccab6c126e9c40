/* Every wrong model of tests/bad gives the findings that stand beside it, at their places.
 * DETENTE_RECORD=1 writes them anew; review the difference. */
#include <dirent.h>

#include "unit/language_text.h"

static const char folder[] = DT_TEST_ROOT "/tests/bad";

static const char *severity_word(dt_severity severity) {
    return severity == DT_ERROR ? "error" : severity == DT_WARNING ? "warning" : "note";
}

/* "line:column: severity: code" for each finding. */
static char *findings_of(const char *path, const char *name) {
    dt_env *env = new_env();
    written_text lines = {0};
    size_t length;
    char *text = file_text(path, &length), line[200];
    dt_model *model;

    assert_non_null(text);
    assert_int_not_equal(dt_model_read(&model, text, length, name, env), DT_OK);
    assert_null(model);
    append_text(&lines, "", 0);
    for (size_t i = 0; i < dt_env_diagnostic_count(env); i++) {
        const dt_diagnostic *d = dt_env_diagnostic(env, i);
        assert_true(strlen(d->text) > 10);
        assert_string_equal(d->file, name);
        snprintf(line, sizeof line, "%u:%u: %s: %s\n", d->line, d->column, severity_word(d->severity), d->code);
        append_text(&lines, line, strlen(line));
    }
    dt_env_free(env);
    free(text);
    return lines.bytes;
}

static void record(const char *path, const char *findings) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(findings, file);
    fclose(file);
}

static int check_case(const char *stem) {
    char model[600], expected[600], name[300], *found, *wanted;
    size_t length = 0;
    int wrong;

    snprintf(name, sizeof name, "%s.yaml", stem);
    snprintf(model, sizeof model, "%s/%s.yaml", folder, stem);
    snprintf(expected, sizeof expected, "%s/%s.expected", folder, stem);
    found = findings_of(model, name);
    if (getenv("DETENTE_RECORD") != NULL) record(expected, found);
    wanted = file_text(expected, &length);
    wrong = wanted == NULL || strcmp(found, wanted) != 0;
    if (wrong) print_error("%s: found\n%s", stem, found);
    free(found);
    free(wanted);
    return wrong;
}

static void wrong_models_give_the_expected_findings(void **state) {
    DIR *dir = opendir(folder);
    int wrong = 0, count = 0;
    struct dirent *entry;

    (void)state;
    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL) {
        char stem[280], *end;
        snprintf(stem, sizeof stem, "%s", entry->d_name);
        end = strstr(stem, ".yaml");
        if (end == NULL) continue;
        *end = '\0';
        wrong += check_case(stem);
        count++;
    }
    closedir(dir);
    assert_true(count > 100);
    assert_int_equal(wrong, 0);
}

static void findings_are_in_the_language_of_the_environment(void **state) {
    dt_env_opts opts;
    dt_env *env;
    dt_model *model;

    (void)state;
    dt_env_opts_init(&opts);
    opts.language = DT_LANG_ZH_HANT;
    assert_int_equal(dt_env_new(&env, &opts), DT_OK);
    assert_int_equal(dt_model_read(&model, "", 0, "empty.yaml", env), DT_ERR_MODEL);
    assert_string_equal(dt_env_diagnostic(env, 0)->code, "empty-model");
    dt_env_free(env);
}

static void hints_name_the_nearest(void **state) {
    static const char text[] =
        "detente: 1\nparties: {north: {}}\nissues:\n  ceasefire: {options: [none, full], no_deal: none}\n"
        "rules:\n  - {id: r, require: \"ceasefir == full\"}\n";
    dt_env *env = new_env();

    (void)state;
    assert_string_equal(fault_of(text, env), "unknown-issue");
    assert_int_equal(dt_env_diagnostic(env, 0)->line, 6);
    assert_int_equal(dt_env_diagnostic(env, 0)->column, 23);
    assert_non_null(strstr(dt_env_diagnostic(env, 0)->text, "ceasefir"));
    assert_non_null(strstr(dt_env_diagnostic(env, 0)->hint, "ceasefire"));
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_models_give_the_expected_findings),
        cmocka_unit_test(findings_are_in_the_language_of_the_environment),
        cmocka_unit_test(hints_name_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
