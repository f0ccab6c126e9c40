/* Memory that runs out while an agreement is read, watched and drafted: it says so, gives nothing, keeps nothing. */
#include "detente/detente.h"
#include "metered.h"

enum { EVERY = 120 };

typedef struct call {
    const char *text;
    const dt_model *model;
} call;

/* ---- files of the model ---- */

typedef struct reading {
    FILE *file;
} reading;

static dt_status read_some(void *payload, char *bytes, size_t room, size_t *got) {
    *got = fread(bytes, 1, room, ((reading *)payload)->file);
    return DT_OK;
}

static dt_status open_one(void *payload, dt_monitor_file kind, const char *name, dt_source *source) {
    reading *r = payload;
    char path[400];

    snprintf(path, sizeof path, "%s%s",
             kind == DT_MONITOR_TIME_ZONE ? "/usr/share/zoneinfo/"
             : kind == DT_MONITOR_MAPPING ? DT_TEST_ROOT "/tests/cases/monitor-by-a-mapping/"
                                          : DT_TEST_ROOT "/models/",
             name);
    *source = (dt_source){.read = read_some, .payload = r};
    r->file = fopen(path, "rb");
    return r->file == NULL ? DT_ERR_IO : DT_OK;
}

static void close_one(void *payload, dt_source *source) {
    (void)source;
    (void)fclose(((reading *)payload)->file);
}

/* ---- calls ---- */

static dt_status read_it(void *payload, dt_env *env) {
    const call *c = payload;
    dt_model *model = (dt_model *)(uintptr_t)16;
    dt_status st = dt_model_read(&model, c->text, strlen(c->text), "text.yaml", env);

    assert_int_equal(st == DT_OK, model != NULL);
    dt_model_free(model);
    return st;
}

static dt_status forget(void *payload, const char *bytes, size_t length) {
    (void)payload;
    (void)bytes;
    (void)length;
    return DT_OK;
}

static dt_status write_it(void *payload, dt_env *env) {
    const call *c = payload;
    const dt_sink sink = {forget, NULL};
    return dt_model_write(c->model, &sink, env);
}

static dt_status watch_it(void *payload, dt_env *env) {
    const call *c = payload;
    static const char *const events[] = {"ceasefire-line.csv"}, *const mappings[] = {"columns.yaml"};
    const dt_monitor_view view = {.findings = 10};
    dt_monitor_answer *answer = (dt_monitor_answer *)(uintptr_t)16;
    dt_document *document = NULL;
    dt_monitor_opts opts;
    reading r;
    dt_status st;

    dt_monitor_opts_init(&opts);
    opts.files = (dt_monitor_files){open_one, close_one, &r};
    opts.events = events;
    opts.event_count = 1;
    opts.mappings = mappings;
    opts.mapping_count = 1;
    st = dt_monitor(&answer, c->model, &opts, env);
    assert_int_equal(st == DT_OK, answer != NULL);
    if (st == DT_OK) st = dt_report_monitor(&document, answer, &view, env);
    dt_document_free(document, env);
    dt_monitor_free(answer, env);
    return st;
}

static dt_status draft_it(void *payload, dt_env *env) {
    const call *c = payload;
    const dt_sink sink = {forget, NULL};
    dt_bargain_opts opts;

    dt_bargain_opts_init(&opts);
    return dt_bargain_agreement(&sink, c->model, &opts, "truce=full,aid=cut", env);
}

static void an_agreement_without_memory(void **state) {
    size_t length;
    char *text = file_text(DT_TEST_ROOT "/models/ceasefire-line.yaml", &length);
    FILE *zone = fopen("/usr/share/zoneinfo/Europe/Berlin", "rb");
    dt_env *env = new_env();
    call c = {.text = text};

    (void)state;
    assert_non_null(text);
    c.model = model_of(text, env);
    fail_in_turn("read", read_it, &c, EVERY, 24);
    fail_in_turn("write", write_it, &c, EVERY, 24);
    if (zone != NULL) {
        (void)fclose(zone);
        fail_in_turn("monitor", watch_it, &c, EVERY, 24);
    }
    dt_model_free((dt_model *)(uintptr_t)c.model);
    dt_env_free(env);
    free(text);
}

static void a_draft_without_memory(void **state) {
    static const char table[] =
        "detente: 1\nparties: {a: {}, b: {}}\nissues: {truce: {options: {none: , full: {terms: {acts: fire}}}, "
        "no_deal: "
        "none}, aid: {options: [cut, kept], no_deal: kept}}\n"
        "preferences: {a: {weights: {truce: 1}, values: {truce: {full: 6}}}, b: {weights: {truce: 1}, values: {truce: "
        "{full: 5}}}}\n";
    dt_env *env = new_env();
    dt_model *model = model_of(table, env);
    call c = {.text = table, .model = model};

    (void)state;
    fail_in_turn("draft", draft_it, &c, EVERY, 24);
    dt_model_free(model);
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_agreement_without_memory),
                                       cmocka_unit_test(a_draft_without_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
