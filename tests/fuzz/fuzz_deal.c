/* Any model that reads: every question of it is answered without harm within its limits, and every answer prints.
 * The first byte picks the options, the rest is the model. */
#include "detente/detente.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static dt_status swallow(void *payload, const char *bytes, size_t length) {
    (void)payload;
    return length > 0 && bytes == NULL ? DT_ERR_IO : DT_OK;
}

static void print(dt_document *document, const dt_model *model, dt_env *env) {
    const dt_sink sink = {swallow, NULL};
    const dt_text_style style = {.width = 60, .colour = true};
    const dt_envelope envelope = {.command = "deal", .seed = 1};

    if (dt_render_text(document, &style, &sink, env) != DT_OK) __builtin_trap();
    if (dt_render_json(document, model, &envelope, &sink, env) != DT_OK) __builtin_trap();
    dt_document_free(document, env);
}

static void ask_deal(const dt_model *model, unsigned bits, dt_env *env) {
    dt_deal_answer *answer;
    dt_document *document;
    dt_deal_opts opts;

    dt_deal_opts_init(&opts);
    opts.draws = bits & 1 ? 3 : 0;
    opts.over = bits & 2 ? 2 : 0;
    opts.verify = (bits & 4) != 0;
    opts.list_limit = 20;
    if (dt_deal(&answer, model, &opts, env) != DT_OK) return;
    if (dt_report_deal(&document, model, answer, env) == DT_OK) print(document, model, env);
    dt_deal_free(answer, env);
}

static void ask_check(const dt_model *model, dt_env *env) {
    dt_check_answer *answer;
    dt_document *document;
    dt_check_opts opts;

    dt_check_opts_init(&opts);
    if (dt_check(&answer, model, &opts, env) != DT_OK) return;
    if (dt_report_check(&document, model, answer, env) == DT_OK) print(document, model, env);
    dt_check_free(answer, env);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    dt_env_opts opts;
    dt_document *document;
    dt_model *model;
    dt_env *env;

    if (size < 1) return 0;
    dt_env_opts_init(&opts);
    opts.time_limit = 0.2;
    opts.memory_limit = (size_t)64 << 20;
    opts.threads = 1;
    opts.language = data[0] & 8 ? DT_LANG_ZH_HANT : DT_LANG_EN;
    if (dt_env_new(&env, &opts) != DT_OK) return 0;
    if (dt_model_read(&model, (const char *)data + 1, size - 1, "input.yaml", env) == DT_OK) {
        ask_deal(model, data[0], env);
        ask_check(model, env);
        if (dt_report_show(&document, model, env) == DT_OK) print(document, model, env);
        dt_model_free(model);
    }
    dt_env_free(env);
    return 0;
}
