/* Memory that runs out: whichever allocation fails, every public entry says so, gives nothing and keeps nothing.
 *
 * The allocator knows the true size of each block, so a wrong old size is found as well. */
#include "base/env.h"
#include "chance.h"
#include "detente/detente.h"
#include "language_text.h"
#include "metered.h"

enum { EVERY = 300 }; /* every allocation up to this one fails in turn, then ever fewer */

/* ---- one entry, tried again and again ---- */

/* What an entry is called with; each uses what it needs. */
typedef struct call {
    const char *text;
    const dt_model *model, *other;
    const dt_deal_answer *deal;
    const dt_check_answer *check;
    const dt_document *document;
    dt_deal_opts deal_opts;
    const char *models;
    dt_hold_opts hold_opts;
    dt_path_opts path_opts;
    const dt_hold_answer *hold;
} call;

/* Calls an entry and frees what it gave; on failure checks that it gave nothing. */
typedef dt_status (*entry)(const call *c, dt_env *env);

/* The n-th allocation fails; false when the entry needed fewer. */
static bool try_at(const char *name, entry run, const call *c, dt_status expected, size_t n, bool for_good) {
    meter m = {0};
    dt_env *env = metered_env(&m);
    dt_status st;

    m.calls = 0;
    m.fail_at = n;
    m.for_good = for_good;
    st = run(c, env);
    m.fail_at = 0;
    if (m.failed && st != DT_ERR_MEMORY) fail_msg("%s: allocation %zu failed, and the status is %d", name, n, (int)st);
    if (!m.failed && st != expected) fail_msg("%s: status %d, expected %d", name, (int)st, (int)expected);
    if (m.failed && n <= 40) { /* nothing is broken by it: the same call works now */
        dt_env_diagnostics_clear(env);
        st = run(c, env);
        if (st != expected) fail_msg("%s: after allocation %zu had failed, the next call gives %d", name, n, (int)st);
    }
    dt_env_free(env);
    if (m.live != 0) fail_msg("%s: allocation %zu failed, and %zu bytes are left", name, n, m.live);
    if (m.wrong_size) fail_msg("%s: allocation %zu failed, and a block was resized by a wrong size", name, n);
    return m.failed;
}

static void exhaust(const char *name, entry run, const call *c, dt_status expected) {
    for (int for_good = 0; for_good < 2; for_good++) {
        size_t n = 1;
        while (try_at(name, run, c, expected, n, for_good)) n += n < EVERY ? 1 : n / 16;
        if (for_good == 0) print_message("%s: about %zu allocations\n", name, n - 1);
    }
}

/* ---- the entries ---- */

static dt_status count_bytes(void *payload, const char *bytes, size_t length) {
    (void)bytes;
    *(size_t *)payload += length;
    return DT_OK;
}

static dt_status read_it(const call *c, dt_env *env) {
    dt_model *model = (dt_model *)(uintptr_t)16;
    dt_status st = dt_model_read(&model, c->text, strlen(c->text), "text.yaml", env);

    assert_int_equal(st == DT_OK, model != NULL);
    dt_model_free(model);
    return st;
}

static dt_status write_it(const call *c, dt_env *env) {
    size_t written = 0;
    const dt_sink sink = {count_bytes, &written};
    return dt_model_write(c->model, &sink, env);
}

static dt_status deal_it(const call *c, dt_env *env) {
    dt_deal_answer *answer = (dt_deal_answer *)(uintptr_t)16;
    dt_status st = dt_deal(&answer, c->model, &c->deal_opts, env);

    assert_int_equal(st == DT_OK, answer != NULL);
    dt_deal_free(answer, env);
    return st;
}

static dt_status path_it(const call *c, dt_env *env) {
    dt_path_answer *answer = (dt_path_answer *)(uintptr_t)16;
    dt_document *document = NULL;
    dt_status st = dt_path(&answer, c->model, &c->path_opts, env);

    assert_int_equal(st == DT_OK, answer != NULL);
    if (st == DT_OK) st = dt_report_path(&document, c->model, answer, env);
    dt_document_free(document, env);
    dt_path_free(answer, env);
    return st;
}

static dt_status hold_it(const call *c, dt_env *env) {
    dt_hold_answer *answer = (dt_hold_answer *)(uintptr_t)16;
    dt_status st = dt_hold(&answer, c->model, &c->hold_opts, env);

    assert_int_equal(st == DT_OK, answer != NULL);
    dt_hold_free(answer, env);
    return st;
}

static dt_status whatif_it(const call *c, dt_env *env) {
    dt_whatif_answer *answer = (dt_whatif_answer *)(uintptr_t)16;
    dt_document *document = NULL;
    dt_whatif_opts opts;
    dt_status st;

    dt_whatif_opts_init(&opts);
    opts.settings = c->deal_opts.settings;
    opts.setting_count = c->deal_opts.setting_count;
    st = dt_whatif(&answer, c->model, c->other, &opts, env);
    assert_int_equal(st == DT_OK, answer != NULL);
    if (st == DT_OK) st = dt_report_whatif(&document, answer, env);
    dt_document_free(document, env);
    dt_whatif_free(answer, env);
    return st;
}

/* Files for the monitor: an event file of ours and a zone. */
static dt_status read_held(void *payload, char *bytes, size_t room, size_t *got) {
    const char **at = payload;

    *got = strlen(*at) < room ? strlen(*at) : room;
    memcpy(bytes, *at, *got);
    *at += *got;
    return DT_OK;
}

/* Two months by two families, with dates that are not known: everything that is computed beside a ratio. */
static const char *long_events(void) {
    static char text[16384];
    size_t at = 0;

    if (text[0] != '\0') return text;
    at += (size_t)snprintf(text, sizeof text, "id,source,claimant,actor,date,end,longitude,latitude,radius,act\n");
    for (int day = 0; day < 76; day++) {
        const char *act = day % 3 == 0 ? "assault" : "fire";
        int month = 4 + (day >= 30) + (day >= 61), date = 1 + day - (day >= 61 ? 61 : day >= 30 ? 30 : 0);
        at += (size_t)snprintf(text + at, sizeof text - at, "a%d,s,b,a,2031-%02d-%02dT01:00,,10.7,50.3,500,%s\n", day,
                               month, date, act);
        if (day % 2 == 0)
            at += (size_t)snprintf(text + at, sizeof text - at, "b%d,t,,a,2031-%02d-%02dT01:00,,10.7,50.3,500,%s\n",
                                   day, month, date, act);
        if (day % 9 == 0)
            at += (size_t)snprintf(text + at, sizeof text - at, "c%d,s,b,a,2031-%02d-%02d,2031-06-30,,,,fire\n", day,
                                   month, date);
    }
    assert_true(at < sizeof text);
    return text;
}

static dt_status open_held(void *payload, dt_monitor_file kind, const char *name, dt_source *source) {
    static const char zone[] = "{\"type\": \"Polygon\", \"coordinates\": [[[10, 50], [11, 50], [11, 51], [10, 50]]]}";
    static const char events[] = "id,source,kind,claimant,actor,date,longitude,latitude,radius,act,count\n"
                                 "1,s,allegation,b,a,2031-05-02T10:00,10.7,50.3,500,fire.artillery,\n"
                                 "2,t,observation,,a,2031-05-02T10:00,10.7,50.3,500,fire,\n"
                                 "3,s,allegation,b,a,2031-05-11T10:00,10.7,50.3,90000,fire,\n"
                                 "4,s,allegation,b,a,2031-05-12,,,,fire,9\n"
                                 "5,s,allegation,b,a,2031-05-12,,,,fire.mortar,7\n"
                                 "6,u,denial,a,,2031-05-12,,,,,\n";
    static const char coverage[] = "source,channel,zone,from,until,state,reason\n"
                                   "s,patrol,north,2031-05-10,2031-05-12,watching,\n"
                                   "s,patrol,north,2031-05-11,2031-05-11,blind,mines\n"
                                   "v,,,2031-05-10,2031-05-12,degraded,fog\n";

    *(const char **)payload = kind != DT_MONITOR_EVENTS ? zone
                              : name[0] == 'c'          ? coverage
                              : name[0] == 'l'          ? long_events()
                                                        : events;
    *source = (dt_source){.read = read_held, .payload = payload};
    return DT_OK;
}

static void close_held(void *payload, dt_source *source) {
    (void)payload;
    (void)source;
}

static dt_status swallow(void *payload, const char *bytes, size_t length) {
    (void)payload;
    (void)bytes;
    (void)length;
    return DT_OK;
}

/* The page with its pictures, once for everybody and once for the public. */
static dt_status page_of(const dt_model *model, const dt_monitor_answer *answer, dt_env *env) {
    const dt_sink sink = {.write = swallow};
    dt_status st = DT_OK;

    for (int redact = 0; redact < 2 && st == DT_OK; redact++) {
        dt_page_language language = {
            .env = env,
            .answers = {.monitor = answer, .monitor_view = {.findings = 10, .redact = redact != 0, .draft = true}}};
        dt_page_opts opts = {.languages = &language, .language_count = 1};
        st = dt_render_page(model, &opts, &sink, env);
    }
    return st;
}

static dt_status monitor_it(const call *c, dt_env *env) {
    static const char *const events[] = {"events.csv", "coverage.csv"}, *const longer[] = {"long.csv"};
    dt_monitor_answer *answer = (dt_monitor_answer *)(uintptr_t)16;
    const dt_monitor_view view = {.findings = 10};
    size_t written = 0;
    const dt_sink nowhere = {count_bytes, &written};
    dt_document *document = NULL;
    dt_monitor_opts opts;
    const char *at = NULL;
    dt_status st;

    dt_monitor_opts_init(&opts);
    opts.files = (dt_monitor_files){open_held, close_held, &at};
    opts.events = c->models == NULL ? events : longer;
    opts.event_count = c->models == NULL ? 2 : 1;
    st = dt_monitor(&answer, c->model, &opts, env);
    assert_int_equal(st == DT_OK, answer != NULL);
    for (int geojson = 0; st == DT_OK && geojson < 2; geojson++)
        st = dt_render_findings(answer, &view, geojson != 0, &nowhere, env);
    if (st == DT_OK) st = dt_report_monitor(&document, answer, &view, env);
    if (st == DT_OK) st = page_of(c->model, answer, env);
    dt_document_free(document, env);
    dt_monitor_free(answer, env);
    return st;
}

/* A source of the model: taken over by the library, which frees it with the environment's allocator. */
static dt_status read_source(void *payload, const char *file, char **text, size_t *length, dt_env *env) {
    static const char source[] = "first line\nsecond line\n";

    (void)payload;
    (void)file;
    *length = sizeof source - 1;
    *text = dt__resize(env, NULL, 0, *length, 1);
    if (*text == NULL) return DT_ERR_MEMORY;
    memcpy(*text, source, *length);
    return DT_OK;
}

static dt_status check_it(const call *c, dt_env *env) {
    dt_check_answer *answer = (dt_check_answer *)(uintptr_t)16;
    dt_check_opts opts;
    dt_status st;

    dt_check_opts_init(&opts);
    opts.read_source = read_source;
    st = dt_check(&answer, c->model, &opts, env);
    assert_int_equal(st == DT_OK, answer != NULL);
    dt_check_free(answer, env);
    return st;
}

/* On failure a document is NULL or what it was. */
static dt_document *const untouched = (dt_document *)(uintptr_t)16;

static dt_status took(dt_status st, dt_document *document, dt_env *env) {
    if (st == DT_OK) {
        assert_true(document != NULL && document != untouched);
        dt_document_free(document, env);
    } else {
        assert_true(document == NULL || document == untouched);
    }
    return st;
}

static dt_status report_deal_it(const call *c, dt_env *env) {
    dt_document *document = untouched;
    dt_status st = dt_report_deal(&document, c->model, c->deal, env);
    return took(st, document, env);
}

static dt_status report_check_it(const call *c, dt_env *env) {
    dt_document *document = untouched;
    dt_status st = dt_report_check(&document, c->model, c->check, env);
    return took(st, document, env);
}

static dt_status report_show_it(const call *c, dt_env *env) {
    dt_document *document = untouched;
    dt_status st = dt_report_show(&document, c->model, env);
    return took(st, document, env);
}

static dt_status report_hold_it(const call *c, dt_env *env) {
    dt_document *document = untouched;
    dt_status st = dt_report_hold(&document, c->model, c->hold, env);
    return took(st, document, env);
}

static dt_status render_states_it(const call *c, dt_env *env) {
    size_t written = 0;
    const dt_sink sink = {count_bytes, &written};
    dt_status st = dt_render_states(c->hold, c->model, DT_DRAWING_CSV, &sink, env);

    if (st == DT_OK) st = dt_render_states(c->hold, c->model, DT_DRAWING_DOT, &sink, env);
    return st == DT_OK ? dt_render_states(c->hold, c->model, DT_DRAWING_GRAPHML, &sink, env) : st;
}

static dt_status render_text_it(const call *c, dt_env *env) {
    size_t written = 0;
    const dt_sink sink = {count_bytes, &written};
    const dt_text_style style = {.width = 60, .colour = true};
    return dt_render_text(c->document, &style, &sink, env);
}

static dt_status render_json_it(const call *c, dt_env *env) {
    size_t written = 0;
    const dt_sink sink = {count_bytes, &written};
    const dt_setting option = {"--verify", ""};
    const dt_envelope envelope = {.command = "deal", .options = &option, .option_count = 1, .seed = 1};
    return dt_render_json(c->document, c->model, &envelope, &sink, env);
}

static dt_status backtest_it(const call *c, dt_env *env) {
    dt_backtest_answer *answer = (dt_backtest_answer *)(uintptr_t)16;
    const dt_file file = {.name = "t.csv", .bytes = c->text, .length = strlen(c->text)};
    dt_document *document = untouched;
    dt_backtest_opts opts;
    dt_status st;

    dt_backtest_opts_init(&opts);
    opts.models = c->models;
    opts.base_rate = "0:0.5,100:0.5";
    opts.resamples = 70;
    st = dt_backtest(&answer, &file, &opts, env);
    assert_int_equal(st == DT_OK, answer != NULL);
    if (st == DT_OK) {
        st = dt_report_backtest(&document, answer, env);
        st = took(st, document, env);
    }
    dt_backtest_free(answer, env);
    return st;
}

/* ---- models ---- */

static const char open_zone[] =
    "detente: 1\ntitle: {en: Two, zh-Hant: 兩}\nas_of: 2025-01-01\nsources: {K: {title: T, file: k.txt}}\nquantities: "
    "{stake: {value: 0..100, unit: percent, source: K1, quote: first}}\n"
    "parties: {north: {aliases: [n]}, south: {}, watcher: {}}\n"
    "formats: {both: {table: [north, south], consent: [north, south]}, one: {table: [north], consent: {at_least: 1, "
    "of: [north, south]}, agenda: [x]}}\n"
    "issues: {x: {options: [low, high], no_deal: low}, y: {options: [old, new], no_deal: old}, z: {options: [s, t], "
    "decided_by: watcher}}\n"
    "rules: [{id: no-high-old, require: \"not (x == high and y == old)\"}]\n"
    "preferences:\n"
    "  north: {weights: {x: 40, y: 60}, values: {x: {low: 100, high: 0}, y: {old: 0, new: 50}}, no_deal: 45, "
    "no_deal_drift: -10 per month}\n"
    "  south: {weights: {x: 1, y: 1}, values: {x: {low: 0, high: 100}, y: {old: \"stake\", new: 60}}, red_lines: [{id: "
    "pride, require: \"y == new\", cost: 7}]}\n"
    "  watcher: {priorities: [\"x == high\"]}\n"
    "principles: [{id: decency, by: watcher, require: \"x == high\"}]\n"
    "proposals: {swap: {x: high, y: new}}\nscenarios: {better: {when: \"y == new\"}}\nclaims: [{by: north, of: better, "
    "probability: 0.5}]\n";

static const char empty_zone[] =
    "detente: 1\nparties: {a: {}, b: {}, c: {}}\nissues: {x: {options: [p, q, r], no_deal: p}}\nformats: {f: {table: "
    "[a, b, c], consent: {all_of: [a], at_least: 1, of: [b, c]}}}\n"
    "preferences:\n"
    "  a: {weights: {x: 1}, values: {x: {p: 50, q: 20, r: 80}}, red_lines: [{id: not-p, require: \"x != p\", cost: 9}, "
    "{id: not-q, require: \"x != q\", cost: 2}]}\n"
    "  b: {weights: {x: 1}, values: {x: {p: 10, q: 90, r: 90}}, red_lines: [{id: not-r, require: \"x != r\", cost: "
    "5}]}\n"
    "  c: {ranking: [{x: q}, {x: p}], red_lines: [{id: not-r, require: \"x != r\"}]}\n";

static const char nothing_coherent[] = "detente: 1\nparties: {a: {}}\nissues: {x: {options: [p, q], no_deal: "
                                       "p}}\npreferences: {a: {priorities: [\"x == p\"]}}\n"
                                       "rules: [{id: one, require: \"x == p\"}, {id: two, require: \"x == q\"}]\n";

static const char graph[] =
    "detente: 1\nparties: {a: {unseen: [\"state == w\"]}, b: {}, c: {}}\n"
    "graph:\n  states: {x: {name: {en: X}}, y: {}, z: {note: n}, w: {}}\n"
    "  moves: {a: [[x, y], [y, x], [x, y]], b: [[y, z]]}\n"
    "  rankings: {a: [x, \">>\", [y, z], w], b: {prefers: [[x, y, z]], ties: [[z, w]], why: guess}}\n"
    "  status_quo: z\ntransitions: [{id: t, name: T, party: b, forbid: {to: \"state == x\"}}]\n";

/* Both ways of going wrong: while it is scanned, and when all of it is there. */
static const char *const wrong[] = {
    "detente: 1\nparties: [a, b\n",
    "detente: 1\nparties: {a: {}, a: {}}\nissuse: {x: {options: [p, q]}}\npreferences: {a: {weights: {x: many, y: 1}, "
    "values: {x: {z: 1}}}, b: {priorities: [\"x == = p\"]}}\n",
    "detente: 1\ngraph: {states: [x, y, z, x], moves: {a: [[x, y], [x, x], [x, v]]}, rankings: {a: {prefers: [[x, y], "
    "[y, z]], ties: [[z, x]]}, b: [x, \">>\", \">>\"]}}\nrules: []\n",
    "detente: 1\ngraph: {states: [x, y, z], moves: {a: [[x, y]]}, rankings: {a: {prefers: [[x, y], [y, z]], ties: [[z, "
    "x]]}, b: [x]}}\n",
};

static void new_environment(void **state) {
    meter m = {.fail_at = 1};
    dt_env_opts opts;
    dt_env *env = (dt_env *)(uintptr_t)16;

    (void)state;
    dt_env_opts_init(&opts);
    opts.allocator = (dt_allocator){metered_resize, &m};
    assert_int_equal(dt_env_new(&env, &opts), DT_ERR_MEMORY);
    assert_null(env);
    assert_int_equal(m.live, 0);
}

static void reading(void **state) {
    char *example = example_text();
    call c = {.text = open_zone};

    (void)state;
    exhaust("read", read_it, &c, DT_OK);
    c.text = example;
    exhaust("read the example", read_it, &c, DT_OK);
    c.text = graph;
    exhaust("read a graph", read_it, &c, DT_OK);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        c.text = wrong[i];
        exhaust("read what is wrong", read_it, &c, DT_ERR_MODEL);
    }
    free(example);
}

static void writing(void **state) {
    dt_env *env = new_env();
    dt_model *model = model_of(open_zone, env), *written_out = model_of(graph, env);
    call c = {.model = model};

    (void)state;
    exhaust("write", write_it, &c, DT_OK);
    c.model = written_out;
    exhaust("write a graph", write_it, &c, DT_OK);
    dt_model_free(model);
    dt_model_free(written_out);
    dt_env_free(env);
}

static void the_question_of_a_deal(void **state) {
    static const dt_setting settings[] = {{"stake", "100"}, {"y", "new"}}, unknown[] = {{"stak", "1"}},
                            no_option[] = {{"y", "newer"}};
    static const struct {
        const char *name, *text;
        dt_deal_opts opts;
        dt_status expected;
    } cases[] = {
        {"deal, an open zone", open_zone, {.seed = 1, .list_limit = 10}, DT_OK},
        {"deal, an empty zone", empty_zone, {.seed = 1, .list_limit = 10}, DT_OK},
        {"deal, nothing coherent", nothing_coherent, {.seed = 1, .list_limit = 10}, DT_OK},
        {"deal, verified", empty_zone, {.seed = 1, .list_limit = 10, .verify = true}, DT_OK},
        {"deal, settings",
         open_zone,
         {.seed = 1, .list_limit = 10, .among = "both", .settings = settings, .setting_count = 2},
         DT_OK},
        {"deal, over months, at a date",
         open_zone,
         {.seed = 1, .list_limit = 10, .among = "both", .over = 2, .at = "2025-02-03"},
         DT_OK},
        {"deal, draws", open_zone, {.seed = 1, .list_limit = 10, .among = "both", .draws = 3}, DT_OK},
        {"deal, within", open_zone, {.seed = 1, .list_limit = 10, .among = "both", .within = "better"}, DT_OK},
        {"deal, unknown format", open_zone, {.seed = 1, .among = "bothe"}, DT_ERR_ARGUMENT},
        {"deal, unknown setting", open_zone, {.seed = 1, .settings = unknown, .setting_count = 1}, DT_ERR_ARGUMENT},
        {"deal, unknown option", open_zone, {.seed = 1, .settings = no_option, .setting_count = 1}, DT_ERR_ARGUMENT},
        {"deal, unknown scenario", open_zone, {.seed = 1, .within = "bettre"}, DT_ERR_ARGUMENT},
        {"deal, bad date", open_zone, {.seed = 1, .at = "soon"}, DT_ERR_ARGUMENT},
    };
    dt_env *env = new_env();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dt_model *model = model_of(cases[i].text, env);
        call c = {.model = model, .deal_opts = cases[i].opts};
        exhaust(cases[i].name, deal_it, &c, cases[i].expected);
        dt_model_free(model);
    }
    dt_env_free(env);
}

/* Two parties with strong and uncertain preferences, and a third that decides with them. */
static const char choices[] = "detente: 1\nparties: {a: {}, b: {}}\nissues: {x: {options: [no, yes], decided_by: a, "
                              "no_deal: no}, y: {options: [no, "
                              "yes], decided_by: b, no_deal: no}}\n"
                              "preferences:\n  a: {priorities: [{when: \"y == yes\", strong: true}, \"x == no\"]}\n"
                              "  b: {weights: {x: 1, y: 1}, values: {x: {no: 0, yes: 10..90}, y: {no: 50, yes: 0}}}\n";

static void the_question_of_holding(void **state) {
    static const struct {
        const char *name, *text;
        dt_hold_opts opts;
        dt_status expected;
    } cases[] = {
        {"hold, everything",
         choices,
         {.states = 10,
          .explain = "no_deal",
          .make = "x=yes",
          .coalitions = true,
          .horizon = 2,
          .margins = true,
          .arcs = true,
          .verify = true},
         DT_OK},
        {"hold, draws", choices, {.states = 10, .draws = 3, .seed = 1}, DT_OK},
        {"hold, unknown preferences", graph, {.states = 10, .explain = "x"}, DT_OK},
        {"hold, joint issues", open_zone, {.states = 10, .among = "both", .within = "better"}, DT_OK},
        {"hold, unknown state", choices, {.states = 10, .explain = "9"}, DT_ERR_ARGUMENT},
        {"hold, unknown concept", choices, {.states = 10, .make = "1", .concept = "mash"}, DT_ERR_ARGUMENT},
        {"hold, unknown format", open_zone, {.states = 10, .among = "bothe"}, DT_ERR_ARGUMENT},
    };
    dt_env *env = new_env();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dt_model *model = model_of(cases[i].text, env);
        dt_hold_answer *answer = NULL;
        call c = {.model = model, .hold_opts = cases[i].opts};
        exhaust(cases[i].name, hold_it, &c, cases[i].expected);
        if (cases[i].expected == DT_OK) {
            assert_int_equal(dt_hold(&answer, model, &c.hold_opts, env), DT_OK);
            c.hold = answer;
            exhaust("report whether it holds", report_hold_it, &c, DT_OK);
            exhaust("draw the states", render_states_it, &c, DT_OK);
        }
        dt_hold_free(answer, env);
        dt_model_free(model);
    }
    dt_env_free(env);
}

/* A way of two steps that a principle of order allows in one order only; a lever; something final. */
static const char ways[] =
    "detente: 1\nas_of: 2025-01-01\nparties: {a: {}, b: {}, c: {}}\nquantities: {q: {value: 1..3}}\n"
    "formats: {f: {table: [a, b], consent: {all_of: [a], at_least: 1, of: [b, c]}}}\n"
    "issues: {x: {options: [no, yes], no_deal: no}, y: {options: [no, yes], no_deal: no, reversible: false}, "
    "l: {options: [s, t], no_deal: s, decided_by: a}}\n"
    "rules: [{id: both, require: \"y == yes => l == t\"}]\n"
    "preferences:\n  a: {weights: {x: 1, y: 1, l: 1}, values: {x: {no: 0, yes: q}, y: {no: 1, yes: 0}, l: {s: 0, t: "
    "2}}, "
    "no_deal_drift: 1 per month}\n"
    "  b: {weights: {x: 1, y: 1}, values: {x: {no: 0, yes: 1}, y: {no: 0, yes: 5}}, red_lines: [{id: r, require: \"not "
    "(y "
    "== yes and x == no)\"}]}\n"
    "  c: {priorities: [\"x == yes\"]}\n"
    "principles: [{id: first, by: b, order: {before: \"y == yes\", needs: \"x == yes\"}}]\n"
    "proposals: {both: {x: yes, y: yes, l: t}, half: {y: yes, l: t}}\nscenarios: {end: {when: \"y == yes\"}}\n";

static void the_question_of_a_way(void **state) {
    static const struct {
        const char *name;
        dt_path_opts opts;
        dt_status expected;
    } cases[] = {
        {"path, everything", {.bundle = 1, .verify = true}, DT_OK},
        {"path, one way", {.bundle = 2, .to = "end", .strict = true, .verify = true}, DT_OK},
        {"path, nobody gets there", {.bundle = 1, .to = "half"}, DT_OK},
        {"path, terms and draws", {.bundle = 1, .to = "y=yes,x=no", .draws = 3, .seed = 1}, DT_OK},
        {"path, unknown destination", {.bundle = 1, .to = "nowhere"}, DT_ERR_ARGUMENT},
    };
    dt_env *env = new_env();
    dt_model *model = model_of(ways, env);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        call c = {.model = model, .path_opts = cases[i].opts};
        exhaust(cases[i].name, path_it, &c, cases[i].expected);
    }
    dt_model_free(model);
    dt_env_free(env);
}

static void the_question_of_leaving(void **state) {
    static const struct {
        const char *name;
        dt_hold_opts opts;
        dt_status expected;
    } cases[] = {
        {"hold, all deals", {.deal = "all", .among = "f", .draws = 3, .seed = 1}, DT_OK},
        {"hold, one deal", {.deal = "x=yes"}, DT_OK},
        {"hold, unknown deal", {.deal = "nothing"}, DT_ERR_ARGUMENT},
    };
    dt_env *env = new_env();
    dt_model *model = model_of(ways, env);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dt_hold_answer *answer = NULL;
        call c = {.model = model, .hold_opts = cases[i].opts};
        exhaust(cases[i].name, hold_it, &c, cases[i].expected);
        if (cases[i].expected != DT_OK) continue;
        assert_int_equal(dt_hold(&answer, model, &c.hold_opts, env), DT_OK);
        c.hold = answer;
        exhaust("report whether it is left", report_hold_it, &c, DT_OK);
        dt_hold_free(answer, env);
    }
    dt_model_free(model);
    dt_env_free(env);
}

static void the_question_of_a_change(void **state) {
    static const dt_setting settings[] = {{"stake", "100"}, {"y", "new"}};
    dt_env *env = new_env();
    dt_model *open = model_of(open_zone, env), *empty = model_of(empty_zone, env);
    call c = {.model = open, .other = open, .deal_opts = {.settings = settings, .setting_count = 2}};

    (void)state;
    exhaust("whatif, settings", whatif_it, &c, DT_OK);
    c = (call){.model = empty, .other = open};
    exhaust("whatif, two models", whatif_it, &c, DT_OK);
    dt_model_free(empty);
    dt_model_free(open);
    dt_env_free(env);
}

static void checking(void **state) {
    dt_env *env = new_env();
    dt_model *open = model_of(open_zone, env), *none = model_of(nothing_coherent, env),
             *written_out = model_of(graph, env);
    call c = {.model = open};

    (void)state;
    exhaust("check", check_it, &c, DT_OK);
    c.model = none;
    exhaust("check, rules that exclude one another", check_it, &c, DT_OK);
    c.model = written_out;
    exhaust("check a graph", check_it, &c, DT_OK);
    exhaust("report a graph", report_show_it, &c, DT_OK);
    dt_deal_opts_init(&c.deal_opts);
    exhaust("refuse a graph", deal_it, &c, DT_ERR_MODEL);
    dt_model_free(written_out);
    dt_model_free(none);
    dt_model_free(open);
    dt_env_free(env);
}

static void render_both(const char *text_name, const char *json_name, call *c, const dt_document *document) {
    c->document = document;
    exhaust(text_name, render_text_it, c, DT_OK);
    exhaust(json_name, render_json_it, c, DT_OK);
}

static void reports_and_renderings(void **state) {
    const char *const texts[] = {open_zone, empty_zone};
    dt_env *env = new_env();

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        dt_model *model = model_of(texts[i], env);
        dt_deal_answer *deal;
        dt_check_answer *check;
        dt_document *document;
        dt_check_opts check_opts;
        call c = {.model = model};

        dt_deal_opts_init(&c.deal_opts);
        c.deal_opts.draws = i == 0 ? 3 : 0;
        c.deal_opts.over = i == 0 ? 2 : 0;
        dt_check_opts_init(&check_opts);
        assert_int_equal(dt_deal(&deal, model, &c.deal_opts, env), DT_OK);
        assert_int_equal(dt_check(&check, model, &check_opts, env), DT_OK);
        c.deal = deal;
        c.check = check;
        exhaust("report a deal", report_deal_it, &c, DT_OK);
        exhaust("report a check", report_check_it, &c, DT_OK);
        exhaust("report a model", report_show_it, &c, DT_OK);
        assert_int_equal(dt_report_deal(&document, model, deal, env), DT_OK);
        render_both("render a deal as text", "render a deal as JSON", &c, document);
        dt_document_free(document, env);
        assert_int_equal(dt_report_check(&document, model, check, env), DT_OK);
        render_both("render a check as text", "render a check as JSON", &c, document);
        dt_document_free(document, env);
        dt_check_free(check, env);
        dt_deal_free(deal, env);
        dt_model_free(model);
    }
    dt_env_free(env);
}

static const char *const tables[] = {
    "issue;group;actor;position;salience;capability;outcome;reference;low;high\n"
    "p;g;a;0;50;1;10;5;0;100\np;g;b;100;;2;;;;\nq;g;a;20;10;1;30;;0;100\nq;g;b;80;90;2;;;;\nr;h;a;1;2;3;4;5;0;9\n",
    "name,position,extra\na,1,x\na,2,y\nb,3,z\n",
    "Case,Z\xEB,2,1\nActor,D,P,x Position,x S\na,first,1,0,50\nb,second,2,70,60\n",
    "#O\tT\n#A\ta\n#A\tb\n#P\tp\n#P\tq\n#M\tp\t0\n#M\tp\t9\n#D\ta\tp\t1\t1\t1\n#D\tb\tp\t9\t1\t1\n#D\ta\tq\t1\t0.3\t1\n"
    "#D\tb\tq\t9\t1\t1\n",
    "prnr\tisnr\tproc\tcounvte\tpcom\tpde\tscom\tsde\trp\tout\np1\t1\tCOD\tQMV\t0\t100\t80\t50\t\t100\n",
};

static void backtesting(void **state) {
    call c = {.models = "all"};

    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        c.text = tables[i];
        exhaust("backtest", backtest_it, &c, DT_OK);
    }
    c.text = "actor,position\na,ten\nb,\"\n";
    exhaust("backtest what is wrong", backtest_it, &c, DT_ERR_MODEL);
    c.text = tables[1];
    c.models = "compromis";
    exhaust("backtest with an unknown model", backtest_it, &c, DT_ERR_ARGUMENT);
}

static void monitor_survives_lack_of_memory(void **state) {
    static const char text[] =
        "detente: 1\nparties: {a: {}, b: {}}\nissues: {x: {options: [p, q], no_deal: p}}\nacts: {shout: Shouting}\n"
        "agreements:\n  pact:\n    parties: [a, b]\n    clauses:\n      calm:\n        readings:\n"
        "          one: {bound: [a], acts: [fire, shout], exempt: [{acts: fire.mortar, provided: asked}],"
        " control: {acts: [assault, shout]}, where: {inside: [{file: z.geojson}]}, from: 2031-05-10, until: 2031-05-14,"
        " triggers: [{id: t, more_than: 2}]}\n          two: {bound: [a, b], acts: any, from: 2031-05-10, until: "
        "2031-05-14,"
        " reciprocal: true, triggers: [{id: t, more_than: 0, then: suspension, for: 1 day 2 hours}, {id: u, more_than: "
        "1,"
        " then: termination}, {id: v, at_most: 1, then: extension, by: 2 days}, {id: w, at_most: 1, then: extension,"
        " until: 2031-05-20}]}\n";
    dt_env *env = new_env();
    dt_model *model = model_of(text, env);
    call c = {.text = text, .model = model};

    (void)state;
    exhaust("reading agreements", read_it, &c, DT_OK);
    exhaust("writing agreements", write_it, &c, DT_OK);
    exhaust("monitor", monitor_it, &c, DT_OK);
    dt_model_free(model);
    c.model = model = model_of("detente: 1\nparties: {a: {}, b: {}}\nissues: {x: {options: [p, q], no_deal: p}}\n"
                               "agreements:\n  pact:\n    parties: [a, b]\n    clauses:\n      calm:\n"
                               "        readings:\n          one: {bound: [a], acts: fire, from: 2031-05-15,"
                               " until: 2031-06-05}\n",
                               env);
    c.models = "long";
    exhaust("monitor for two months", monitor_it, &c, DT_OK);
    dt_model_free(model);
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(monitor_survives_lack_of_memory),
        cmocka_unit_test(backtesting),
        cmocka_unit_test(new_environment),
        cmocka_unit_test(reading),
        cmocka_unit_test(writing),
        cmocka_unit_test(the_question_of_a_deal),
        cmocka_unit_test(the_question_of_holding),
        cmocka_unit_test(the_question_of_a_change),
        cmocka_unit_test(the_question_of_holding),
        cmocka_unit_test(the_question_of_a_way),
        cmocka_unit_test(the_question_of_leaving),
        cmocka_unit_test(checking),
        cmocka_unit_test(reports_and_renderings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
