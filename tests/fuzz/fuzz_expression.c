/* Any text as a condition and as a formula of a small model: read without harm; what was read prints and reads back. */
#include <stdlib.h>
#include <string.h>

#include "detente/model.h"
#include "language/expression.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char before[] = "detente: 1\n"
                             "quantities: {q: {value: 30..70}, 敵意: {value: 2}, r-1: {value: \"q * 2\"}}\n"
                             "parties: {a: {}}\n"
                             "issues:\n"
                             "  x: {options: [lo, mid, hi, 'two words'], ordered: true, no_deal: lo}\n"
                             "  停火: {options: [無, \"it's\"], no_deal: 無}\n"
                             "  two words: {options: [no, 'or'''], no_deal: no}\n"
                             "preferences:\n"
                             "  a:\n"
                             "    weights: {x: 1}\n"
                             "    values: {x: {hi: 50}}\n";

static dt_status ignore(void *payload, const char *bytes, size_t length) {
    (void)payload;
    (void)bytes;
    (void)length;
    return DT_OK;
}

/* The model with the text as a quoted scalar; the caller frees it. */
static char *model_with(const char *format, const char *text, size_t size) {
    char *quoted = malloc(2 * size + 1), *model, *to = quoted;
    size_t length;

    if (quoted == NULL) return NULL;
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '\n' || text[i] == '\0') continue;
        if (text[i] == '"' || text[i] == '\\') *to++ = '\\';
        *to++ = text[i];
    }
    *to = '\0';
    length = sizeof before + strlen(format) + strlen(quoted);
    if ((model = malloc(length)) != NULL) {
        strcpy(model, before);
        strncat(model, format, strcspn(format, "@"));
        strcat(model, quoted);
        strcat(model, format + strcspn(format, "@") + 1);
    }
    free(quoted);
    return model;
}

static dt_model *read(const char *text, dt_env *env) {
    dt_model *model = NULL;

    if (dt_model_read(&model, text, strlen(text), "input.yaml", env) != DT_OK) return NULL;
    return model;
}

static void check_condition(const char *text, dt_env *env) {
    dt_model *model = read(text, env), *again;
    dt__text first, second;
    char *printed;

    if (model == NULL) return;
    dt__text_init(&first, env);
    dt__text_init(&second, env);
    dt__condition_print(&first, model, model->rules[0].require);
    printed = model_with("rules:\n  - {id: rule, require: \"@\"}\n", dt__text_get(&first), first.length);
    again = printed == NULL ? NULL : read(printed, env);
    if (again == NULL) __builtin_trap();
    dt__condition_print(&second, again, again->rules[0].require);
    if (strcmp(dt__text_get(&first), dt__text_get(&second)) != 0) __builtin_trap();
    dt__text_clear(&first);
    dt__text_clear(&second);
    dt_model_free(again);
    dt_model_free(model);
    free(printed);
}

static void check_formula(const char *text, dt_env *env) {
    dt_model *model = read(text, env);
    const dt_sink sink = {ignore, NULL};

    if (model != NULL && dt_model_write(model, &sink, env) != DT_OK) __builtin_trap();
    dt_model_free(model);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *condition = model_with("rules:\n  - {id: rule, require: \"@\"}\n", (const char *)data, size);
    char *formula = model_with("    no_deal: \"@\"\n", (const char *)data, size);
    dt_env *env;

    if (condition != NULL && formula != NULL && dt_env_new(&env, NULL) == DT_OK) {
        check_condition(condition, env);
        dt_env_diagnostics_clear(env);
        check_formula(formula, env);
        dt_env_free(env);
    }
    free(condition);
    free(formula);
    return 0;
}
