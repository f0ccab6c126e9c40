/* Who was watching, ledgers among the event files, disputes, revisions, exports: what they make of the monitor's
 * answer. Shares of watched time against a count of hours by the definition. */
#include <math.h>
#include <unistd.h>

#include "chance.h"
#include "detente/monitor.h"
#include "detente/report.h"
#include "language_text.h"

static const char model_text[] =
    "detente: 1\ntitle: t\nparties: {a: {name: a}, b: {name: b}}\n"
    "issues: {g: {options: {x: {name: x}, y: {name: y}}, no_deal: x}}\n"
    "agreements:\n  truce:\n    name: truce\n    parties: [a, b]\n    clauses:\n      guns:\n        name: guns\n"
    "        readings:\n"
    "          one: {bound: [a, b], acts: [fire], from: 2031-05-10, until: 2031-05-20, status: signed, why: w}\n"
    "          two: {bound: [a], acts: [fire.artillery], from: 2031-05-10, until: 2031-05-20, status: signed, why: "
    "w}\n";

/* ---- files by name ---- */

typedef struct held_file {
    const char *name, *text;
} held_file;

typedef struct folder {
    const held_file *files;
    size_t count;
    const char *at;
} folder;

static dt_status read_some(void *payload, char *bytes, size_t room, size_t *got) {
    folder *f = payload;

    *got = strlen(f->at) < room ? strlen(f->at) : room;
    memcpy(bytes, f->at, *got);
    f->at += *got;
    return DT_OK;
}

static dt_status open_one(void *payload, dt_monitor_file kind, const char *name, dt_source *source) {
    folder *f = payload;

    (void)kind;
    *source = (dt_source){.read = read_some, .payload = f};
    for (size_t i = 0; i < f->count; i++) {
        if (strcmp(f->files[i].name, name) != 0) continue;
        f->at = f->files[i].text;
        return DT_OK;
    }
    return DT_ERR_IO;
}

static void close_one(void *payload, dt_source *source) {
    (void)payload;
    (void)source;
}

/* ---- one question ---- */

enum { MOST = 4 };

typedef struct watch {
    dt_env *env;
    dt_model *model;
    dt_monitor_answer *answer;
    folder folder;
    dt_monitor_opts opts;
    const char *names[MOST];
    dt_ledger *ledger;
    char path[64];
} watch;

static void set_up(watch *w, const held_file *files, size_t count) {
    *w = (watch){.env = new_env(), .folder = {.files = files, .count = count}};
    w->model = model_of(model_text, w->env);
    dt_monitor_opts_init(&w->opts);
    w->opts.files = (dt_monitor_files){open_one, close_one, &w->folder};
    w->opts.events = w->names;
    w->opts.event_count = count;
    for (size_t i = 0; i < count; i++) w->names[i] = files[i].name;
}

static void run(watch *w) {
    dt_status st = dt_monitor(&w->answer, w->model, &w->opts, w->env);

    if (st != DT_OK) print_findings(w->env);
    assert_int_equal(st, DT_OK);
}

static void ask(watch *w, const char *events, const char *coverage) {
    static held_file files[2];

    files[0] = (held_file){"events.csv", events};
    files[1] = (held_file){"coverage.csv", coverage};
    set_up(w, files, coverage == NULL ? 1 : 2);
    run(w);
}

static void done(watch *w) {
    dt_monitor_free(w->answer, w->env);
    dt_model_free(w->model);
    dt_ledger_close(w->ledger, w->env);
    if (w->path[0] != '\0') unlink(w->path);
    dt_env_free(w->env);
}

static const dt_reading_record *reading(const watch *w, size_t index) {
    return &w->answer->clauses[0].readings[index];
}

static const dt_finding *finding(const watch *w, size_t index, const char *id) {
    const dt_reading_record *r = reading(w, index);

    for (size_t i = 0; i < r->finding_count; i++)
        if (strcmp(w->answer->incidents[r->findings[i].incident].id, id) == 0) return &r->findings[i];
    fail_msg("no finding of %s", id);
    return NULL;
}

static uint32_t source(const watch *w, const char *name) {
    for (uint32_t i = 0; i < w->answer->source_count; i++)
        if (strcmp(w->answer->sources[i].name, name) == 0) return i;
    fail_msg("no source %s", name);
    return 0;
}

static double share_by(const watch *w, size_t index, const char *name) {
    for (size_t i = 0; i < reading(w, index)->watch_count; i++)
        if (reading(w, index)->watches[i].source == source(w, name)) return reading(w, index)->watches[i].share;
    return NAN;
}

/* ---- who was watching ---- */

#define BEFORE                                                                                           \
    "id,source,claimant,actor,date,act,region\n"                                                         \
    "p1,post,,b,2031-04-20T01:00,fire.artillery,Mill\np2,post,,b,2031-05-02T01:00,fire.artillery,Mill\n" \
    "p3,post,,b,2031-05-04T01:00,fire.artillery,Mill\np4,post,,b,2031-06-01T01:00,fire.artillery,Mill\n"

static void nobody_watching_is_no_none_reported(void **state) {
    static const char blind[] = "source,channel,from,until,state,reason\n"
                                "post,patrol,2031-04-01,2031-05-09,watching,\n"
                                "post,patrol,2031-05-10,2031-05-31,blind,jamming\n"
                                "post,patrol,2031-06-01,2031-06-02,watching,\n";
    static const char half[] = "source,from,until,state\n"
                               "post,2031-05-10,2031-05-12,watching\npost,2031-05-13,2031-05-16,degraded\n";
    watch w;
    (void)state;

    ask(&w, BEFORE, NULL);
    assert_int_equal(reading(&w, 0)->parties[1].conclusion, DT_CONCLUSION_NONE_REPORTED);
    assert_true(isnan(reading(&w, 0)->parties[1].watched));
    done(&w);
    ask(&w, BEFORE, blind);
    assert_int_equal(reading(&w, 0)->parties[1].conclusion, DT_CONCLUSION_NOT_OBSERVED);
    assert_true(reading(&w, 0)->parties[1].watched <= 0);
    assert_int_equal(w.answer->watch_count, 1);
    assert_true(fabs(w.answer->watches[0].blind - 22 * 24) < 1e-9);
    assert_string_equal(w.answer->watches[0].reasons[0], "jamming");
    done(&w);
    ask(&w, BEFORE, half);
    assert_int_equal(reading(&w, 0)->parties[1].conclusion, DT_CONCLUSION_NONE_REPORTED);
    assert_true(fabs(reading(&w, 0)->parties[1].watched - 0.5) < 1e-9); /* three days whole, four half, of ten */
    done(&w);
}

/* A source that was watching and has told of nothing can say that it saw nothing. */
static void silence_of_a_watching_source_counts(void **state) {
    static const char one[] = "id,source,claimant,actor,date,act\nx,s,a,b,2031-05-01,assault\n";
    static const char cover[] = "source,from,until,state\nmission,2031-05-10,2031-05-14,watching\n"
                                "mission,2031-05-15,2031-05-19,blind\n";
    watch w;
    (void)state;

    ask(&w, one, NULL);
    assert_int_equal(reading(&w, 0)->parties[0].conclusion, DT_CONCLUSION_NOT_OBSERVED);
    done(&w);
    ask(&w, one, cover);
    assert_int_equal(reading(&w, 0)->parties[0].conclusion, DT_CONCLUSION_NONE_REPORTED);
    assert_true(fabs(reading(&w, 0)->parties[0].watched - 0.5) < 1e-9);
    assert_int_equal(w.answer->sources[source(&w, "mission")].records, 0);
    assert_true(w.answer->sources[source(&w, "mission")].has_coverage);
    done(&w);
}

#define SHOT                                                                             \
    "id,source,kind,claimant,actor,attribution,date,end,act,longitude,latitude,radius\n" \
    "c1,s,allegation,a,b,adversary,2031-05-12T10:00,2031-05-12T10:30,fire.artillery,10,50,500\n"

static dt_verdict verdict_with(const char *events, const char *coverage) {
    watch w;
    dt_verdict verdict;

    ask(&w, events, coverage);
    verdict = finding(&w, 0, "c1")->verdict;
    done(&w);
    return verdict;
}

static void who_did_not_watch_neither_confirms_nor_denies(void **state) {
    static const char seen[] =
        SHOT "c2,mission,observation,,b,observed,2031-05-12T10:00,2031-05-12T10:30,fire.artillery,10,50,500\n";
    static const char denied[] =
        SHOT "c2,mission,compliance,,b,none,2031-05-12T09:00,2031-05-12T11:00,fire.artillery,10,50,500\n";
    static const char watching[] = "source,from,until,state\nmission,2031-05-12,2031-05-12,watching\n";
    static const char poor[] = "source,from,until,state\nmission,2031-05-12,2031-05-12,degraded\n";
    static const char later[] = "source,from,until,state\nmission,2031-05-12T10:15,2031-05-12T12:00,watching\n";
    static const char blind[] = "source,from,until,state\nmission,2031-05-12,2031-05-12,blind\n";
    static const char elsewhere[] = "source,longitude,latitude,radius,from,until,state\n"
                                    "mission,12,50,20000,2031-05-12,2031-05-12,watching\n";
    static const char around[] = "source,longitude,latitude,radius,from,until,state\n"
                                 "mission,10.01,50,20000,2031-05-12,2031-05-12,watching\n";
    (void)state;

    assert_int_equal(verdict_with(seen, NULL), DT_VERDICT_CORROBORATED);
    assert_int_equal(verdict_with(seen, watching), DT_VERDICT_CORROBORATED);
    assert_int_equal(verdict_with(seen, poor), DT_VERDICT_CORROBORATED);
    assert_int_equal(verdict_with(seen, later), DT_VERDICT_CORROBORATED);
    assert_int_equal(verdict_with(seen, around), DT_VERDICT_CORROBORATED);
    assert_int_equal(verdict_with(seen, blind), DT_VERDICT_ALLEGED);
    assert_int_equal(verdict_with(seen, elsewhere), DT_VERDICT_ALLEGED);
    assert_int_equal(verdict_with(denied, NULL), DT_VERDICT_CONTRADICTED);
    assert_int_equal(verdict_with(denied, watching), DT_VERDICT_CONTRADICTED);
    assert_int_equal(verdict_with(denied, around), DT_VERDICT_CONTRADICTED);
    assert_int_equal(verdict_with(denied, poor), DT_VERDICT_ALLEGED); /* it may have missed it */
    assert_int_equal(verdict_with(denied, later), DT_VERDICT_ALLEGED);
    assert_int_equal(verdict_with(denied, blind), DT_VERDICT_ALLEGED);
    assert_int_equal(verdict_with(denied, elsewhere), DT_VERDICT_ALLEGED);
}

/* ---- shares by the definition: hour by hour ---- */

enum { LINES = 12, HOURS = 240, ZONES = 3, CHANNELS = 2 };

typedef struct random_line {
    int zone, channel, from, until, state; /* zone 0: none */
} random_line;

static double weight_at(const random_line *lines, int hour, int zone) {
    double best = 0;

    for (int channel = 0; channel < CHANNELS; channel++) {
        int worst = -1;
        for (int i = 0; i < LINES; i++) {
            const random_line *x = &lines[i];
            if ((x->zone != 0 && x->zone != zone) || x->channel != channel) continue;
            if (hour >= x->from && hour < x->until && x->state > worst) worst = x->state;
        }
        if (worst >= 0) best = fmax(best, worst == 0 ? 1 : worst == 1 ? 0.5 : 0);
    }
    return best;
}

/* The mean over zones; without any, of what names none. */
static double share_of(const random_line *lines) {
    double sum = 0;
    int met = 0;

    for (int zone = 1; zone < ZONES; zone++) {
        bool there = false;
        for (int i = 0; i < LINES; i++) there = there || lines[i].zone == zone;
        if (!there) continue;
        met++;
        for (int hour = 0; hour < HOURS; hour++) sum += weight_at(lines, hour, zone);
    }
    if (met == 0)
        for (int hour = 0; hour < HOURS; hour++) sum += weight_at(lines, hour, -1);
    return sum / HOURS / (met == 0 ? 1 : met);
}

static void shares_are_those_of_the_definition(void **state) {
    static const char *const states[] = {"watching", "degraded", "blind"}, *const zones[] = {"", "north", "south"};
    chance c = {chance_seed("sight: shares")};
    (void)state;

    for (int round = 0; round < 40; round++) {
        random_line lines[LINES];
        char text[4096];
        int at = snprintf(text, sizeof text, "source,channel,zone,from,until,state\n");
        watch w;
        for (int i = 0; i < LINES; i++) {
            random_line *x = &lines[i];
            *x = (random_line){(int)chance_below(&c, round % 4 == 0 ? 1 : ZONES), (int)chance_below(&c, CHANNELS),
                               (int)chance_below(&c, HOURS - 1), 0, (int)chance_below(&c, 3)};
            x->until = x->from + 1 + (int)chance_below(&c, (uint32_t)(HOURS - x->from));
            at += snprintf(text + at, sizeof text - (size_t)at,
                           "m,c%d,%s,2031-05-%02dT%02d:00Z,2031-05-%02dT%02d:00Z,%s\n", x->channel, zones[x->zone],
                           10 + x->from / 24, x->from % 24, 10 + x->until / 24, x->until % 24, states[x->state]);
        }
        ask(&w, BEFORE, text);
        assert_true(fabs(share_by(&w, 0, "m") - share_of(lines)) < 1e-9);
        done(&w);
    }
}

/* Rates divide by what was watched: half the time, half the days. */
static void rates_divide_by_watched_time(void **state) {
    static const char cover[] = "source,from,until,state\npost,2031-04-01,2031-05-09,watching\n"
                                "post,2031-05-10,2031-05-12,watching\npost,2031-05-13,2031-05-19,blind\n"
                                "post,2031-05-20,2031-06-05,watching\n";
    watch w;
    (void)state;

    ask(&w, BEFORE "p5,post,,b,2031-05-11T01:00,fire.artillery,Mill\n", cover);
    assert_true(fabs(reading(&w, 0)->parties[1].comparisons[0].window_watched - 3) < 1e-9);
    assert_true(fabs(reading(&w, 0)->parties[1].comparisons[0].watched - 28) < 1e-9);
    done(&w);
}

/* ---- revisions, whatever came first ---- */

static const char old_rows[] =
    "id,source,kind,actor,date,act,received\nr1,acled,observation,b,2031-05-11,fire,2031-05-12\n"
    "r2,acled,observation,b,2031-05-12,fire,2031-05-12\n";
static const char new_rows[] =
    "id,source,kind,actor,date,act,received\nr1,acled,observation,b,2031-05-11,assault,2031-05-30\n"
    "r2,acled,observation,b,2031-05-12,fire,2031-05-12\n";

static void the_latest_filed_counts(void **state) {
    (void)state;
    for (int turned = 0; turned < 2; turned++) {
        const held_file files[] = {{turned ? "n.csv" : "z.csv", turned ? new_rows : old_rows},
                                   {turned ? "o.csv" : "y.csv", turned ? old_rows : new_rows}};
        watch w;
        set_up(&w, files, 2);
        run(&w);
        assert_int_equal(reading(&w, 0)->finding_count, 1);
        assert_string_equal(w.answer->incidents[reading(&w, 0)->findings[0].incident].id, "r2");
        assert_int_equal(w.answer->retracted, 1);
        assert_int_equal(w.answer->repeated, 1);
        done(&w);
    }
}

static void an_incident_stays_with_the_claims_that_are_left(void **state) {
    static const char rows[] =
        SHOT "c2,mission,observation,,b,observed,2031-05-12T10:00,2031-05-12T10:30,fire.artillery,10,50,500\n";
    static const char back[] = "id,source,kind,date,revises\nc3,s,retraction,2031-05-13,c1\n";
    const held_file files[] = {{"back.csv", back}, {"rows.csv", rows}};
    watch w;
    (void)state;

    set_up(&w, files, 2);
    run(&w);
    assert_int_equal(w.answer->incident_count, 1);
    assert_string_equal(w.answer->incidents[0].id, "c2");
    assert_int_equal(w.answer->incidents[0].claims, 1);
    assert_int_equal(finding(&w, 0, "c2")->verdict, DT_VERDICT_CORROBORATED);
    done(&w);
}

static void what_is_too_recent_is_left_out(void **state) {
    const held_file files[] = {{"events.csv", BEFORE}};
    watch w;
    dt_time until;
    (void)state;

    set_up(&w, files, 1);
    assert_true(dt_time_read(&until, "2031-05-31"));
    w.opts.until = until;
    run(&w);
    assert_int_equal(w.answer->withheld, 1);
    assert_int_equal(w.answer->claims, 3);
    done(&w);
}

/* ---- ledgers and disputes ---- */

static void append(watch *w, const char *name, const char *text, dt_time received) {
    folder memory = {.at = text};
    dt_source rows = {.read = read_some, .payload = &memory};
    dt_ledger_append_opts opts;
    dt_ledger_appended appended;

    dt_ledger_append_opts_init(&opts);
    opts.file = name;
    opts.received = received;
    assert_int_equal(dt_ledger_append(&appended, w->ledger, &rows, &opts, w->env), DT_OK);
}

static void open_ledger(watch *w) {
    static const char *const name = "held.ledger";
    int file;

    set_up(w, NULL, 0);
    snprintf(w->path, sizeof w->path, "/tmp/detente-sight-XXXXXX");
    file = mkstemp(w->path);
    assert_true(file >= 0);
    close(file);
    assert_int_equal(dt_ledger_open(&w->ledger, w->path, true, w->env), DT_OK);
    w->opts.ledgers = &w->ledger;
    w->opts.ledger_names = &name;
    w->opts.ledger_count = 1;
}

static void dispute(watch *w, const char *id, dt_dispute_state to, const char *about, dt_time received, dt_time due) {
    dt_dispute step = {.id = id, .finding = about, .by = "b", .state = to, .deadline = due};
    assert_int_equal(dt_ledger_dispute(w->ledger, &step, received, w->env), DT_OK);
}

#define ROWS                                                                                               \
    SHOT "c2,mission,observation,,b,observed,2031-05-12T10:10,2031-05-12T10:20,fire.artillery,10,50,500\n" \
         "c4,s,allegation,a,a,adversary,2031-05-14T10:10,2031-05-14T10:20,fire.artillery,10,50,500\n"

static void a_ledger_says_what_its_files_say(void **state) {
    static const char cover[] = "source,from,until,state\nmission,2031-05-10,2031-05-14,watching\n";
    watch x, y;
    (void)state;

    ask(&x, ROWS, cover);
    open_ledger(&y);
    append(&y, "events.csv", ROWS, 100);
    append(&y, "coverage.csv", cover, 200);
    run(&y);
    assert_int_equal(x.answer->incident_count, y.answer->incident_count);
    for (size_t r = 0; r < 2; r++) {
        assert_int_equal(reading(&x, r)->finding_count, reading(&y, r)->finding_count);
        for (size_t i = 0; i < reading(&x, r)->finding_count; i++)
            assert_int_equal(reading(&x, r)->findings[i].verdict, reading(&y, r)->findings[i].verdict);
        assert_true(fabs(share_by(&x, r, "mission") - share_by(&y, r, "mission")) < 1e-12);
    }
    assert_string_equal(y.answer->files[0].format, "ledger");
    assert_int_equal(y.answer->files[0].coverage, 1);
    dt_monitor_free(y.answer, y.env);
    y.opts.ledgers_at = 150; /* as it was before the lines about coverage came */
    run(&y);
    assert_int_equal(y.answer->watch_count, 0);
    done(&x);
    done(&y);
}

static void disputes_are_told_with_their_findings(void **state) {
    watch w;
    (void)state;

    open_ledger(&w);
    append(&w, "events.csv", ROWS, 100);
    dispute(&w, "d1", DT_DISPUTE_SUBMITTED, "c1/guns/two", 110, 500);
    dispute(&w, "d2", DT_DISPUTE_SUBMITTED, "c2/guns/one", 110, 500); /* by its other claim */
    dispute(&w, "d2", DT_DISPUTE_CLOSED, NULL, 120, INT64_MAX);
    dispute(&w, "d3", DT_DISPUTE_SUBMITTED, "c4", 130, INT64_MAX);
    dispute(&w, "d4", DT_DISPUTE_SUBMITTED, "nobody/guns/one", 130, INT64_MAX);
    dispute(&w, "d5", DT_DISPUTE_SUBMITTED, "c1/guns/none", 130, INT64_MAX);
    w.opts.now = 600;
    run(&w);
    assert_int_equal(w.answer->dispute_count, 5);
    assert_true(w.answer->disputes[0].dispute.overdue);
    assert_int_equal(w.answer->disputes[0].reading, 1);
    assert_int_equal(w.answer->disputes[2].clause, UINT32_MAX);
    assert_int_equal(w.answer->disputes[3].incident, UINT32_MAX);
    assert_int_equal(w.answer->disputes[4].incident, UINT32_MAX);
    assert_int_equal(finding(&w, 0, "c1")->dispute, 1);
    assert_int_equal(finding(&w, 0, "c4")->dispute, 2);
    for (size_t r = 0; r < 2; r++) {
        char id[64];
        const dt_finding *f = &reading(&w, r)->findings[0];
        size_t length = dt_monitor_finding_id(w.answer, &w.answer->clauses[0], reading(&w, r), f, id, sizeof id);
        if (strcmp(w.answer->incidents[f->incident].id, "c1") != 0) continue;
        assert_string_equal(id, r == 0 ? "c1/guns/one" : "c1/guns/two");
        assert_int_equal(length, strlen(id));
        assert_int_equal(dt_monitor_finding_id(w.answer, &w.answer->clauses[0], reading(&w, r), f, id, 4), length);
        assert_string_equal(id, "c1/");
    }
    done(&w);
}

/* ---- exports ---- */

typedef struct page {
    char text[8192];
    size_t length;
} page;

static dt_status write_page(void *payload, const char *bytes, size_t length) {
    page *p = payload;

    assert_true(p->length + length < sizeof p->text);
    memcpy(p->text + p->length, bytes, length);
    p->length += length;
    p->text[p->length] = '\0';
    return DT_OK;
}

static void findings_are_exported(void **state) {
    static const char rows[] = "id,source,kind,claimant,actor,date,act,longitude,latitude,radius,text\n"
                               "=1+1,s,allegation,a,b,2031-05-12T10:00,fire,10.123,50.456,500,\"@x, \"\"y\"\"\"\n"
                               "k,s,allegation,a,,2031-05-13,fire,,,,\n";
    dt_monitor_view view = {.findings = 10};
    page csv = {.length = 0}, json = {.length = 0}, public = {.length = 0};
    dt_sink sink = {.write = write_page};
    watch w;
    (void)state;

    ask(&w, rows, NULL);
    sink.payload = &csv;
    assert_int_equal(dt_render_findings(w.answer, &view, false, &sink, w.env), DT_OK);
    assert_non_null(strstr(csv.text, "\n'=1+1/guns/one,'=1+1,truce,guns,one,b,alleged,,1,b,fire,1,"));
    assert_non_null(strstr(csv.text, ",10.123,50.456,500,,,,s,events.csv,2,\"'@x, \"\"y\"\"\"\n"));
    assert_non_null(strstr(csv.text, "\nk/guns/one,k,truce,guns,one,,indeterminate,actor,,,fire,1,"));
    sink.payload = &json;
    assert_int_equal(dt_render_findings(w.answer, &view, true, &sink, w.env), DT_OK);
    assert_non_null(
        strstr(json.text, "\"id\":\"=1+1/guns/one\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[10.123,"));
    assert_non_null(strstr(json.text, "\"id\":\"k/guns/one\",\"geometry\":null"));
    view.redact = true;
    sink.payload = &public;
    assert_int_equal(dt_render_findings(w.answer, &view, false, &sink, w.env), DT_OK);
    assert_null(strstr(public.text, "events.csv"));
    assert_null(strstr(public.text, "10.123"));
    assert_null(strstr(public.text, "T10:00"));
    assert_non_null(strstr(public.text, ",2031-05-12,2031-05-12,10.15,50.45,10000,"));
    done(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_watching_is_no_none_reported),
        cmocka_unit_test(silence_of_a_watching_source_counts),
        cmocka_unit_test(who_did_not_watch_neither_confirms_nor_denies),
        cmocka_unit_test(shares_are_those_of_the_definition),
        cmocka_unit_test(rates_divide_by_watched_time),
        cmocka_unit_test(the_latest_filed_counts),
        cmocka_unit_test(an_incident_stays_with_the_claims_that_are_left),
        cmocka_unit_test(what_is_too_recent_is_left_out),
        cmocka_unit_test(a_ledger_says_what_its_files_say),
        cmocka_unit_test(disputes_are_told_with_their_findings),
        cmocka_unit_test(findings_are_exported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
