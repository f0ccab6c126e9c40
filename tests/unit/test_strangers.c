/* Actors that are no party of the model: who they are, how often they come, whom they are spelled like; and that a word
 * for "nobody knows" is not taken for somebody. */
#include "base/bytes.h"
#include "detente/monitor.h"
#include "detente/report.h"
#include "metered.h"

static const char model_text[] =
    "detente: 1\ntitle: t\nparties:\n  ru: {name: {en: Russia, zh-Hant: 俄羅斯}, aliases: [Russian Federation]}\n"
    "  ir: {name: Iraq}\n"
    "issues: {g: {options: {x: {name: x}, y: {name: y}}, no_deal: x}}\n"
    "agreements:\n  truce:\n    name: truce\n    parties: [ru, ir]\n    clauses:\n      guns:\n        name: guns\n"
    "        readings:\n"
    "          one: {bound: [ru, ir], acts: [fire], from: 2031-05-10, until: 2031-05-20, status: signed, why: w}\n";

static const char head[] = "id,date,act,actor,involved,source,kind,revises\n";

typedef struct watch {
    dt_env *env;
    dt_model *model;
    dt_monitor_answer *answer;
} watch;

static dt_status open_text(void *payload, dt_monitor_file kind, const char *name, dt_source *source) {
    (void)kind;
    (void)name;
    *source = dt__source_of_text(payload);
    return DT_OK;
}

static void close_text(void *payload, dt_source *source) {
    (void)payload;
    (void)source;
}

static watch ask(const char *rows) {
    char text[4096];
    dt__text_source memory = {.bytes = text};
    const char *name = "events.csv";
    watch w = {.env = new_env()};
    dt_monitor_opts opts;

    memory.length = (size_t)snprintf(text, sizeof text, "%s%s", head, rows);
    assert_true(memory.length < sizeof text);
    w.model = model_of(model_text, w.env);
    dt_monitor_opts_init(&opts);
    opts.files = (dt_monitor_files){open_text, close_text, &memory};
    opts.events = &name;
    opts.event_count = 1;
    assert_int_equal(dt_monitor(&w.answer, w.model, &opts, w.env), DT_OK);
    return w;
}

static void done(watch *w) {
    dt_monitor_free(w->answer, w->env);
    dt_model_free(w->model);
    dt_env_free(w->env);
}

/* Strangers as one text: "Rusia 2 Russia, Somebody 1". */
static void expect(const char *rows, const char *strangers) {
    watch w = ask(rows);
    char found[1024] = "";
    size_t at = 0;

    for (size_t i = 0; i < w.answer->stranger_count; i++) {
        const dt_stranger *s = &w.answer->strangers[i];
        at +=
            (size_t)snprintf(found + at, sizeof found - at, "%s%s %u%s%s", i == 0 ? "" : ", ", s->name,
                             (unsigned)s->records, s->nearest == NULL ? "" : " ", s->nearest == NULL ? "" : s->nearest);
    }
    assert_string_equal(found, strangers);
    done(&w);
}

/* Whoever came first: most records, then by name; a name in either case is one, in the spelling that is first by its
 * letters; a record counts once for a name. */
static void who_is_no_party_is_listed(void **state) {
    (void)state;
    expect("", "");
    expect("1,2031-05-11,fire,ru,,s,,\n2,2031-05-11,fire,RUSSIA,russian federation|俄羅斯,s,,\n", "");
    expect("1,2031-05-11,fire,rusia,,s,,\n2,2031-05-12,fire,Rusia,,s,,\n3,2031-05-12,fire,Militia,,s,,\n"
           "4,2031-05-13,fire,Band,,s,,\n",
           "Rusia 2 Russia, Band 1, Militia 1");
    expect("4,2031-05-13,fire,Band,,s,,\n3,2031-05-12,fire,Militia,,s,,\n2,2031-05-12,fire,Rusia,,s,,\n"
           "1,2031-05-11,fire,rusia,,s,,\n",
           "Rusia 2 Russia, Band 1, Militia 1");
    expect("1,2031-05-11,fire,,ru|Band||Militia,s,,\n2,2031-05-11,fire,Band,Band,s,,\n", "Band 2, Militia 1");
    expect("1,2031-05-11,fire,Band,,s,,\n2,,,,,s,retraction,1\n", "Band 1");
}

/* Near by spelling, not by chance: short names that differ by a letter are others. */
static void names_are_near_by_spelling(void **state) {
    (void)state;
    expect("1,2031-05-11,fire,Iran,,s,,\n2,2031-05-11,fire,rx,,s,,\n", "Iran 1, rx 1");
    expect("1,2031-05-11,fire,RUSSIAN FEDERATOIN,,s,,\n", "RUSSIAN FEDERATOIN 1 Russian Federation");
    expect("1,2031-05-11,fire,Prussian Confederation,,s,,\n", "Prussian Confederation 1");
}

/* They are not listed, and what nobody knows to have done is in doubt; it was not done by an outsider. */
static void nobody_is_no_stranger(void **state) {
    static const char *const words[] = {
        "Unknown", "unidentified", "N/A", "NA", "?", "-", "none", "Unidentified Armed Group (Northland)"};
    (void)state;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char row[128];
        watch w;
        snprintf(row, sizeof row, "1,2031-05-11,fire,%s,,s,,\n", words[i]);
        w = ask(row);
        assert_int_equal(w.answer->stranger_count, 0);
        assert_int_equal(w.answer->clauses[0].readings[0].finding_count, 1);
        assert_int_equal(w.answer->clauses[0].readings[0].findings[0].doubts, DT_DOUBT_ACTOR);
        assert_false(w.answer->sources[0].says_actors);
        done(&w);
    }
    expect("1,2031-05-11,fire,,Unidentified Military Forces|ru|Unidentified,s,,\n", "");
    expect("1,2031-05-11,fire,Unknown Soldiers,,s,,\n", "Unknown Soldiers 1");
}

static dt_status keep(void *payload, const char *bytes, size_t length) {
    char *text = payload;
    size_t used = strlen(text);

    assert_true(used + length < 65536);
    memcpy(text + used, bytes, length);
    text[used + length] = '\0';
    return DT_OK;
}

/* The report for people and for programs, as one text. */
static bool report_says(const watch *w, bool redact, const char *what) {
    static char text[65536];
    const dt_sink sink = {.write = keep, .payload = text};
    const dt_monitor_view view = {.findings = 10, .redact = redact};
    const dt_envelope json = {.command = "monitor"};
    dt_document *d = NULL;

    text[0] = '\0';
    assert_int_equal(dt_report_monitor(&d, w->answer, &view, w->env), DT_OK);
    assert_int_equal(dt_render_markdown(d, &sink, w->env), DT_OK);
    assert_int_equal(dt_render_json(d, w->model, &json, &sink, w->env), DT_OK);
    dt_document_free(d, w->env);
    return strstr(text, what) != NULL;
}

static void names_are_left_out_for_the_public(void **state) {
    watch w = ask("1,2031-05-11,fire,Rusia,,s,,\n2,2031-05-11,fire,A,,s,,\n3,2031-05-11,fire,B,,s,,\n"
                  "4,2031-05-11,fire,C,,s,,\n5,2031-05-11,fire,D,,s,,\n6,2031-05-11,fire,E,,s,,\n"
                  "7,2031-05-11,fire,Band,,s,,\n8,2031-05-11,fire,Rusia,,s,,\n");
    (void)state;

    assert_true(
        report_says(&w, false, ": Rusia (2; spelled almost like “Russia”), A (1), B (1), Band (1), C (1) and 2 more."));
    assert_true(report_says(&w, false, "{\"name\": \"Rusia\", \"records\": 2, \"nearest\": \"Russia\"}"));
    assert_true(report_says(&w, false, "{\"name\": \"E\", \"records\": 1, \"nearest\": null}"));
    assert_false(report_says(&w, true, "Rusia"));
    assert_false(report_says(&w, true, "strangers"));
    assert_true(report_says(&w, true, "who are no party of the model: 7."));
    done(&w);
    w = ask("1,2031-05-11,fire,ru,,s,,\n");
    assert_true(report_says(&w, false, "\"strangers\": []"));
    assert_false(report_says(&w, false, "no party of the model"));
    done(&w);
}

static dt_status ask_again(void *payload, dt_env *env) {
    static const char rows[] = "id,date,act,actor,involved\n1,2031-05-11,fire,rusia,\n2,2031-05-11,fire,Rusia,A|B|C\n";
    static const char *const name = "events.csv";
    dt__text_source memory = {.bytes = rows, .length = sizeof rows - 1};
    const dt_monitor_view view = {.findings = 10};
    dt_monitor_answer *answer = NULL;
    dt_document *d = NULL;
    dt_monitor_opts opts;
    dt_status st;

    dt_monitor_opts_init(&opts);
    opts.files = (dt_monitor_files){open_text, close_text, &memory};
    opts.events = &name;
    opts.event_count = 1;
    st = dt_monitor(&answer, payload, &opts, env);
    if (st == DT_OK) st = dt_report_monitor(&d, answer, &view, env);
    dt_document_free(d, env);
    dt_monitor_free(answer, env);
    return st;
}

static void memory_may_fail(void **state) {
    dt_env *env = new_env();
    dt_model *model = model_of(model_text, env);
    (void)state;

    fail_in_turn("strangers", ask_again, model, 2000, 24);
    dt_model_free(model);
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_no_party_is_listed), cmocka_unit_test(names_are_near_by_spelling),
        cmocka_unit_test(nobody_is_no_stranger),     cmocka_unit_test(names_are_left_out_for_the_public),
        cmocka_unit_test(memory_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
