/* At a limit all is well; beyond it a finding says so.  And the n-th allocation may fail, for all n. */
#include "model/model.h"
#include "unit/language_text.h"

/* A model of so many parties, issues and options of the first issue. */
static char *sized_model(size_t parties, size_t issues, size_t options) {
    char *text = malloc(200 + 16 * parties + 48 * issues + 16 * options), *to = text;

    assert_non_null(text);
    to += sprintf(to, "detente: 1\nparties:\n");
    for (size_t i = 0; i < parties; i++) to += sprintf(to, "  p%zu: {}\n", i);
    to += sprintf(to, "issues:\n  first:\n    no_deal: o0\n    options:\n");
    for (size_t i = 0; i < options; i++) to += sprintf(to, "    - o%zu\n", i);
    for (size_t i = 1; i < issues; i++) to += sprintf(to, "  i%zu: {options: [a, b], no_deal: a}\n", i);
    return text;
}

static void check_size(size_t parties, size_t issues, size_t options, dt_status expected) {
    dt_env *env = new_env();
    char *text = sized_model(parties, issues, options);
    dt_model *model;

    assert_int_equal(dt_model_read(&model, text, strlen(text), "sized.yaml", env), expected);
    if (expected != DT_OK) assert_string_equal(dt_env_diagnostic(env, 0)->code, "too-large");
    assert_int_equal(model != NULL, expected == DT_OK);
    dt_model_free(model);
    dt_env_free(env);
    free(text);
}

static void parties_issues_and_options_have_limits(void **state) {
    (void)state;
    check_size(DT__MAX_PARTIES, 1, 1, DT_OK);
    check_size(DT__MAX_PARTIES + 1, 1, 1, DT_ERR_LIMIT);
    check_size(1, DT__MAX_ISSUES, 1, DT_OK);
    check_size(1, DT__MAX_ISSUES + 1, 1, DT_ERR_LIMIT);
    check_size(1, 1, DT__MAX_OPTIONS, DT_OK);
    check_size(1, 1, DT__MAX_OPTIONS + 1, DT_ERR_LIMIT);
}

static void a_text_of_more_than_16_mib_is_refused(void **state) {
    size_t length = (16 << 20) + 1;
    char *text = calloc(length, 1);
    dt_env *env = new_env();
    dt_model *model;

    (void)state;
    assert_non_null(text);
    memset(text, '#', length);
    assert_int_equal(dt_model_read(&model, text, length, "large.yaml", env), DT_ERR_LIMIT);
    assert_int_equal(dt_model_read(&model, text, length - 1, "large.yaml", env), DT_ERR_MODEL); /* a remark only */
    dt_env_free(env);
    free(text);
}

/* ---- memory ---- */

typedef struct counter {
    size_t left; /* allocations that succeed */
    size_t live; /* bytes not yet freed */
} counter;

static void *counting_resize(void *payload, void *ptr, size_t old_size, size_t new_size) {
    counter *c = payload;
    void *grown;

    if (new_size == 0) {
        if (ptr != NULL) c->live -= old_size;
        free(ptr);
        return NULL;
    }
    if (c->left == 0) return NULL;
    c->left--;
    grown = realloc(ptr, new_size);
    if (grown != NULL) c->live += new_size - (ptr == NULL ? 0 : old_size);
    return grown;
}

static dt_status count_bytes(void *payload, const char *bytes, size_t length) {
    (void)bytes;
    *(size_t *)payload += length;
    return DT_OK;
}

/* Reads, and writes what was read; DT_ERR_MEMORY when the allocations did not suffice. */
static dt_status use_memory(const char *text, size_t allocations, dt_status expected) {
    counter c = {.left = allocations};
    size_t written = 0;
    const dt_sink sink = {count_bytes, &written};
    dt_env_opts opts;
    dt_env *env;
    dt_model *model = NULL;
    dt_status st;

    dt_env_opts_init(&opts);
    opts.allocator.resize = counting_resize;
    opts.allocator.payload = &c;
    if ((st = dt_env_new(&env, &opts)) != DT_OK) return st;
    st = dt_model_read(&model, text, strlen(text), "text.yaml", env);
    assert_true(st == expected || st == DT_ERR_MEMORY);
    assert_int_equal(model != NULL, st == DT_OK);
    if (st == DT_OK) st = dt_model_write(model, &sink, env);
    dt_model_free(model);
    dt_env_free(env);
    assert_int_equal(c.live, 0);
    return st;
}

static void check_memory(const char *text, dt_status expected) {
    size_t n = 0;
    while (use_memory(text, n, expected) == DT_ERR_MEMORY) n++;
    assert_true(n > 10);
    assert_int_equal(use_memory(text, n, expected), expected);
}

static void any_allocation_may_fail(void **state) {
    char *example = example_text();

    (void)state;
    check_memory(example, DT_OK);
    check_memory(dt_starter(DT_LANG_ZH_HANT), DT_OK);
    free(example);
}

static void any_allocation_may_fail_while_findings_are_told(void **state) {
    (void)state;
    check_memory("detente: 2\nparty: {}\nparties: {a: {capability: qq}, a: {nmae: x}}\n"
                 "quantities: {p: {value: \"q\"}, q: {value: \"p\"}}\nissues: {x: {options: [a, a], no_deal: "
                 "c}}\nrules: [{id: r, require: \"x = b\"}]\n",
                 DT_ERR_MODEL);
    check_memory("detente: 1\nparties: {a: {}}\nquantities: {p: {value: \"q\"}, q: {value: \"p\"}}\nissues: {x: "
                 "{options: [a], no_deal: a}}\n",
                 DT_ERR_MODEL);
    check_memory("a: [", DT_ERR_MODEL);
}

static bool always(void *payload) {
    (void)payload;
    return true;
}

static void cancelling_ends_reading(void **state) {
    char *text = sized_model(1, 1, 60000);
    dt_env_opts opts;
    dt_env *env;
    dt_model *model;

    (void)state;
    dt_env_opts_init(&opts);
    opts.cancelled = always;
    assert_int_equal(dt_env_new(&env, &opts), DT_OK);
    assert_int_equal(dt_model_read(&model, text, strlen(text), "text.yaml", env), DT_ERR_CANCELLED);
    assert_null(model);
    dt_env_free(env);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parties_issues_and_options_have_limits),
        cmocka_unit_test(a_text_of_more_than_16_mib_is_refused),
        cmocka_unit_test(any_allocation_may_fail),
        cmocka_unit_test(any_allocation_may_fail_while_findings_are_told),
        cmocka_unit_test(cancelling_ends_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
