/* Is it being kept: the logic of findings and its laws on random records, and the figures of the truces of 2025 and of
 * the Donbas from the data of others, where these are there. */
#include <math.h>

#include "chance.h"
#include "detente/monitor.h"
#include "detente/report.h"
#include "language_text.h"

/* ---- files: texts of ours first, then the disk ---- */

typedef struct held_file {
    const char *name, *text;
} held_file;

typedef struct disk {
    const held_file *held;
    size_t count;
    const char *text; /* being read */
    FILE *file;
    bool piped;
} disk;

static dt_status read_some(void *payload, char *bytes, size_t room, size_t *got) {
    disk *d = payload;

    if (d->file != NULL) {
        *got = fread(bytes, 1, room, d->file);
        return ferror(d->file) ? DT_ERR_IO : DT_OK;
    }
    *got = strlen(d->text) < room ? strlen(d->text) : room;
    memcpy(bytes, d->text, *got);
    d->text += *got;
    return DT_OK;
}

static dt_status open_one(void *payload, dt_monitor_file kind, const char *name, dt_source *source) {
    static const char *const folders[] = {DT_TEST_ROOT "/../shared/data/monitor/", DT_TEST_ROOT "/models/",
                                          "/usr/share/zoneinfo/"};
    disk *d = payload;
    char path[512];

    *source = (dt_source){.read = read_some, .payload = d};
    d->file = NULL;
    for (size_t i = 0; i < d->count; i++) {
        if (strcmp(d->held[i].name, name) != 0) continue;
        d->text = d->held[i].text;
        return DT_OK;
    }
    d->piped = strlen(name) > 3 && strcmp(name + strlen(name) - 3, ".gz") == 0;
    snprintf(path, sizeof path, "%s%s%s", d->piped ? "gzip -dc " : "", folders[kind], name);
    d->file = d->piped ? popen(path, "r") : fopen(path, "rb");
    return d->file == NULL ? DT_ERR_IO : DT_OK;
}

static void close_one(void *payload, dt_source *source) {
    disk *d = payload;

    (void)source;
    if (d->file != NULL) (void)(d->piped ? pclose(d->file) : fclose(d->file));
    d->file = NULL;
}

/* ---- one question ---- */

typedef struct watch {
    dt_env *env;
    dt_model *model;
    dt_monitor_answer *answer;
    disk disk;
    dt_status status;
} watch;

static watch ask(const char *model, const held_file *held, size_t held_count, const char *const *events,
                 size_t event_count) {
    watch w = {.env = new_env(), .disk = {.held = held, .count = held_count}};
    dt_monitor_opts opts;

    w.model = model_of(model, w.env);
    dt_monitor_opts_init(&opts);
    opts.files = (dt_monitor_files){open_one, close_one, &w.disk};
    opts.events = events;
    opts.event_count = event_count;
    w.status = dt_monitor(&w.answer, w.model, &opts, w.env);
    return w;
}

static watch ask_text(const char *model, const char *events) {
    const held_file held = {"events.csv", events};
    const char *name = "events.csv";
    watch w = ask(model, &held, 1, &name, 1);

    if (w.status != DT_OK) print_findings(w.env);
    assert_int_equal(w.status, DT_OK);
    return w;
}

static void done(watch *w) {
    dt_monitor_free(w->answer, w->env);
    dt_model_free(w->model);
    dt_env_free(w->env);
}

static const dt_reading_record *reading_of(const watch *w, const char *clause, const char *reading) {
    for (size_t c = 0; c < w->answer->clause_count; c++)
        for (size_t r = 0; r < w->answer->clauses[c].reading_count; r++)
            if (strcmp(w->answer->clauses[c].id, clause) == 0 &&
                strcmp(w->answer->clauses[c].readings[r].id, reading) == 0)
                return &w->answer->clauses[c].readings[r];
    fail_msg("no reading %s of %s", reading, clause);
    return NULL;
}

static const dt_party_record *party_of(const watch *w, const char *clause, const char *reading, uint32_t party) {
    const dt_reading_record *r = reading_of(w, clause, reading);

    for (size_t i = 0; i < r->party_count; i++)
        if (r->parties[i].party == party) return &r->parties[i];
    fail_msg("no party %u", party);
    return NULL;
}

static const dt_finding *finding_of(const watch *w, const char *clause, const char *reading, const char *id) {
    const dt_reading_record *r = reading_of(w, clause, reading);

    for (size_t i = 0; i < r->finding_count; i++)
        if (strcmp(w->answer->incidents[r->findings[i].incident].id, id) == 0) return &r->findings[i];
    return NULL;
}

static void expect(const watch *w, const char *reading, const char *id, dt_verdict verdict, unsigned doubts) {
    const dt_finding *f = finding_of(w, "heavy-weapons", reading, id);

    if (verdict == DT_VERDICT_OUT_OF_SCOPE) {
        if (f != NULL) fail_msg("%s under %s is not out of scope", id, reading);
        return;
    }
    if (f == NULL) fail_msg("%s under %s is out of scope", id, reading);
    assert_int_equal(f->verdict, verdict);
    assert_int_equal(f->doubts, doubts);
}

/* ---- our own example ---- */

static watch example(void) {
    static const char *const events[] = {"../../../models/ceasefire-watch.csv"};
    size_t length, csv_length;
    char *text = file_text(DT_TEST_ROOT "/models/ceasefire-watch.yaml", &length);
    char *csv = file_text(DT_TEST_ROOT "/models/ceasefire-watch.csv", &csv_length);
    const held_file held = {events[0], csv};
    watch w;

    assert_non_null(text);
    assert_non_null(csv);
    w = ask(text, &held, 1, events, 1);
    assert_int_equal(w.status, DT_OK);
    free(text);
    free(csv);
    return w;
}

static void every_kind_of_finding_is_told_apart(void **state) {
    watch w = example();

    (void)state;
    expect(&w, "narrow", "e1", DT_VERDICT_CORROBORATED, 0);
    expect(&w, "narrow", "e4", DT_VERDICT_INDETERMINATE, DT_DOUBT_PLACE | DT_DOUBT_EXEMPTION);
    expect(&w, "wide", "e4", DT_VERDICT_ALLEGED, 0);
    expect(&w, "narrow", "e5", DT_VERDICT_OUT_OF_SCOPE, 0);
    expect(&w, "wide", "e5", DT_VERDICT_ALLEGED, 0);
    expect(&w, "narrow", "e6", DT_VERDICT_INDETERMINATE, DT_DOUBT_ACTOR);
    expect(&w, "narrow", "e9", DT_VERDICT_INDETERMINATE, DT_DOUBT_TIME);
    expect(&w, "narrow", "e10", DT_VERDICT_OUT_OF_SCOPE, 0);
    expect(&w, "narrow", "e11", DT_VERDICT_OUT_OF_SCOPE, 0);
    assert_int_equal(w.answer->retracted, 1);
    assert_int_equal(finding_of(&w, "power", "agreed", "e7")->verdict, DT_VERDICT_ALLEGED);
    assert_int_equal(finding_of(&w, "power", "agreed", "e8")->doubts, DT_DOUBT_TARGET);
    done(&w);
}

static void claims_of_one_shot_are_one_incident(void **state) {
    watch w = example();
    const dt_incident *x = &w.answer->incidents[finding_of(&w, "heavy-weapons", "narrow", "e1")->incident];

    (void)state;
    assert_int_equal(x->claims, 2);
    assert_int_equal(x->families, 2);
    assert_true(x->disputed);
    assert_true(fabs(finding_of(&w, "heavy-weapons", "narrow", "e9")->share - 31.0 / 61) < 1e-9);
    done(&w);
}

static void parts_of_a_total_count_once(void **state) {
    watch w = example();

    (void)state;
    assert_int_equal(w.answer->sum_count, 1);
    assert_int_equal(w.answer->sums[0].kind, DT_SUM_DIFFERS);
    assert_true(fabs(w.answer->sums[0].declared - 12) < 1e-9 && fabs(w.answer->sums[0].parts - 10) < 1e-9);
    assert_true(fabs(finding_of(&w, "heavy-weapons", "wide", "t1")->count - 12) < 1e-9);
    assert_null(finding_of(&w, "heavy-weapons", "wide", "t2"));
    assert_true(fabs(finding_of(&w, "heavy-weapons", "narrow", "t1")->count - 2) < 1e-9);
    assert_non_null(finding_of(&w, "heavy-weapons", "narrow", "t2"));
    done(&w);
}

static void triggers_and_rates_are_told(void **state) {
    watch w = example();
    const dt_party_record *north = party_of(&w, "heavy-weapons", "narrow", 0);
    const dt_party_record *south = party_of(&w, "heavy-weapons", "narrow", 1);

    (void)state;
    assert_false(north->triggered[0].certainly || north->triggered[0].possibly);
    assert_true(south->triggered[0].possibly && !south->triggered[0].certainly);
    assert_true(fabs(north->comparisons[0].mean - 1) < 1e-9);
    assert_true(fabs(north->comparisons[0].fitting.value - 0.2) < 1e-9);
    assert_int_equal(w.answer->clauses[0].flips, 5);
    done(&w);
}

/* Another source, however loud, does not move the figures of the first; it stands beside it. */
static void sources_are_compared_each_with_itself(void **state) {
    static const char rows[] = "id,source,claimant,actor,date,act\n"
                               "a1,one,b,a,2031-05-04T01:00,fire\na2,one,b,a,2031-05-05T01:00,fire\n"
                               "a3,one,b,a,2031-05-07T01:00,fire\na4,one,b,a,2031-05-10T01:00,fire\n"
                               "z1,none,b,b,2031-05-01T01:00,assault\nz2,none,b,b,2031-05-20T01:00,assault\n";
    static const char loud[] = "id,source,claimant,actor,date,act\n"
                               "b1,two,b,a,2031-05-09T05:00,fire\nb2,two,b,a,2031-05-09T06:00,fire\n"
                               "b3,two,b,a,2031-05-11T05:00,fire\nb4,two,b,a,2031-05-11T06:00,fire\n"
                               "b5,two,b,a,2031-05-11T07:00,fire\nb6,two,b,a,2031-05-12T05:00,fire\n";
    static const char model[] =
        "detente: 1\nparties: {a: {}, b: {}}\nissues: {x: {options: [p, q], no_deal: p}}\nagreements:\n  pact:\n"
        "    parties: [a, b]\n    clauses:\n      heavy-weapons:\n        readings:\n"
        "          one: {bound: a, acts: fire, from: 2031-05-10, until: 2031-05-14}\n";
    const held_file held[] = {{"rows.csv", rows}, {"loud.csv", loud}};
    const char *const events[] = {"rows.csv", "loud.csv"};
    watch x = ask(model, held, 2, events, 1), y = ask(model, held, 2, events, 2);
    const dt_party_record *p = party_of(&x, "heavy-weapons", "one", 0), *q = party_of(&y, "heavy-weapons", "one", 0);

    (void)state;
    assert_string_equal(y.answer->sources[q->comparisons[0].source].name, "one"); /* 3 before against 2 */
    assert_int_equal(p->other_count, 0);
    assert_int_equal(q->other_count, 1);
    assert_true(fabs(p->comparisons[0].observed - 1) < 1e-9 && fabs(q->comparisons[0].observed - 1) < 1e-9);
    assert_true(fabs(p->comparisons[0].mean - 3.0 / 9) < 1e-9 && fabs(q->comparisons[0].mean - 3.0 / 9) < 1e-9);
    assert_true(fabs(p->comparisons[0].fitting.high - q->comparisons[0].fitting.high) < 1e-12);
    assert_string_equal(y.answer->sources[q->others[0].source].name, "two");
    assert_true(fabs(q->others[0].observed - 4) < 1e-9 && fabs(q->others[0].events - 2) < 1e-9);
    assert_int_equal(q->others[0].used, 1);   /* its file begins on 9 May */
    assert_int_equal(q->others[0].window, 3); /* and ends on the 12th */
    done(&x);
    done(&y);
}

/* ---- beside the main comparison ---- */

#define PLAIN_MODEL(terms)                                                                                    \
    "detente: 1\nparties: {a: {}, b: {}}\nissues: {x: {options: [p, q], no_deal: p}}\nagreements:\n  pact:\n" \
    "    parties: [a, b]\n    clauses:\n      heavy-weapons:\n        readings:\n"                            \
    "          one: {bound: a, acts: fire, from: 2031-05-15, until: 2031-05-25" terms "}\n"

/* Rows of acts per day: 8 before and 2 in the window of fire, 6 and 4 of assaults, 3 and 9 of strikes. */
static char *rows_of_three_acts(void) {
    static const char *const acts[] = {"fire", "assault", "strike"};
    static const int before[] = {4, 3, 2}, during[] = {2, 4, 9};
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);

    fprintf(out, "id,source,claimant,actor,date,act\n");
    for (int act = 0; act < 3; act++)
        for (int day = 1; day <= 24; day++)
            for (int i = 0; i < (day < 15 ? before[act] + (day % 2 == 0 ? 1 : -1) : day % 5 < 2 ? during[act] : 0); i++)
                fprintf(out, "r%d-%d-%d,s,b,a,2031-05-%02dT%02d:00,%s\n", act, day, i, day, i, acts[act]);
    fclose(out);
    return text;
}

static double log_width(const dt_rate_ratio *r) {
    return log(r->high / r->low);
}

static void what_is_left_free_is_the_control(void **state) {
    char *rows = rows_of_three_acts();
    watch x = ask_text(PLAIN_MODEL(""), rows), y = ask_text(PLAIN_MODEL(", control: {acts: assault}"), rows);
    const dt_party_record *p = party_of(&x, "heavy-weapons", "one", 0), *q = party_of(&y, "heavy-weapons", "one", 0);

    (void)state;
    assert_true(p->has_control && q->has_control);
    assert_true(fabs(p->comparisons[0].events - 56) < 1e-9 && fabs(p->comparisons[0].observed - 8) < 1e-9);
    assert_true(fabs(p->control.events - 70) < 1e-9 && fabs(p->control.observed - 52) < 1e-9);
    assert_true(fabs(q->control.events - 42) < 1e-9 && fabs(q->control.observed - 16) < 1e-9);
    assert_true(fabs(q->against_control.value - (8 / 10.0 / (56 / 14.0)) / (16 / 10.0 / (42 / 14.0))) < 1e-9);
    assert_true(fabs(hypot(log_width(&q->comparisons[0].fitting), log_width(&q->control.fitting)) -
                     log_width(&q->against_control)) < 1e-9);
    done(&x);
    done(&y);
    free(rows);
}

/* Another clause that forbids strikes at the same time leaves only assaults. */
static void what_another_clause_forbids_is_no_control(void **state) {
    static const char other[] =
        PLAIN_MODEL("") "      other: {readings: {r: {bound: a, acts: strike, from: 2031-05-20}}}\n";
    char *rows = rows_of_three_acts();
    watch x = ask_text(other, rows);

    (void)state;
    assert_true(fabs(party_of(&x, "heavy-weapons", "one", 0)->control.events - 42) < 1e-9);
    done(&x);
    free(rows);
}

/* Twelve incidents by one family, ten by another, eight by both; those of one family are one. */
static void two_families_tell_how_many_there_were(void **state) {
    char *text = NULL;
    const dt_under_reporting *u;
    size_t length;
    watch w;
    FILE *out = open_memstream(&text, &length);

    (void)state;
    fprintf(out, "id,source,family,claimant,actor,date,end,longitude,latitude,radius,act\n");
    for (int i = 0; i < 14; i++) {
        int day = 15 + i % 9, hour = i < 9 ? 3 : 15;
        if (i < 12)
            fprintf(out, "n%d,north,n,b,a,2031-05-%dT%02d:00,2031-05-%dT%02d:30,10,50,500,fire\n", i, day, hour, day,
                    hour);
        if (i >= 4)
            fprintf(out, "s%d,%s,s,,a,2031-05-%dT%02d:10,2031-05-%dT%02d:20,10,50,500,fire\n", i, i % 2 ? "s1" : "s2",
                    day, hour, day, hour);
    }
    fclose(out);
    w = ask_text(PLAIN_MODEL(""), text);
    u = &party_of(&w, "heavy-weapons", "one", 0)->under_reporting;
    assert_int_equal(w.answer->incident_count, 14);
    assert_true(w.answer->listed_count <= 14);
    assert_string_equal(u->first, "n");
    assert_string_equal(u->second, "s");
    assert_true(fabs(u->of_first - 12) < 1e-9 && fabs(u->of_second - 10) < 1e-9 && fabs(u->both - 8) < 1e-9);
    assert_true(fabs(u->least - 12) < 1e-9 && fabs(u->most - 22) < 1e-9);
    assert_true(u->estimated && fabs(u->total - (13 * 11 / 9.0 - 1)) < 1e-9);
    assert_true(u->low >= 14 && u->high > u->total);
    done(&w);
    free(text);
}

/* A week, and a month half of which lies in the window. */
static void dates_that_are_not_known_are_shares(void **state) {
    static const char rows[] = "id,source,claimant,actor,date,end,act\n"
                               "e0,s,b,a,2031-05-01T01:00,2031-05-01T02:00,fire\n"
                               "e1,s,b,a,2031-05-12,2031-05-13,fire\ne2,s,b,a,2031-05-11,2031-05-18,fire\n"
                               "e3,s,b,a,2031-05-16,2031-05-16,fire\n"
                               "e9,s,b,a,2031-05-26T01:00,2031-05-26T02:00,fire\n";
    watch w = ask_text(PLAIN_MODEL(""), rows);
    const dt_party_record *p = party_of(&w, "heavy-weapons", "one", 0);

    (void)state;
    assert_true(p->has_imprecise);
    assert_true(fabs(p->comparisons[0].events - 3) < 1e-9 && fabs(p->comparisons[0].observed - 1) < 1e-9);
    assert_true(fabs(p->precise.events - 2) < 1e-9 && fabs(p->precise.observed - 1) < 1e-9);
    assert_true(fabs(p->shared.events - 2.5) < 1e-9 && fabs(p->shared.observed - 1.5) < 1e-9);
    done(&w);
}

/* One incident in three days before; then three a day. */
static void a_rise_is_an_alarm_that_stands(void **state) {
    char *text = NULL;
    size_t length;
    watch w;
    FILE *out = open_memstream(&text, &length);

    (void)state;
    fprintf(out, "id,source,claimant,actor,date,act\n");
    for (int day = 1; day <= 28; day++)
        for (int i = 0; i < (day < 15 ? day % 3 == 0 : 3); i++)
            fprintf(out, "r%d-%d,s,b,a,2031-05-%02dT%02d:00,fire\n", day, i, day, i);
    fclose(out);
    w = ask_text(PLAIN_MODEL(""), text);
    assert_true(party_of(&w, "heavy-weapons", "one", 0)->alarm);
    assert_true(party_of(&w, "heavy-weapons", "one", 0)->alarm_stands);
    assert_true(party_of(&w, "heavy-weapons", "one", 0)->stands);
    done(&w);
    free(text);
    text = rows_of_three_acts(); /* a fall is none */
    w = ask_text(PLAIN_MODEL(""), text);
    assert_false(party_of(&w, "heavy-weapons", "one", 0)->alarm_stands);
    done(&w);
    free(text);
}

/* ---- laws, on random records ---- */

#define RANDOM_MODEL                                                                                                   \
    "detente: 1\nparties: {a: {}, b: {}}\nissues: {x: {options: [p, q], no_deal: p}}\nagreements:\n  pact:\n"          \
    "    parties: [a, b]\n    clauses:\n      heavy-weapons:\n        readings:\n"                                     \
    "          one: {bound: [a, b], acts: fire, where: {inside: [{file: ceasefire-watch.geojson}]}, from: 2031-05-10," \
    " until: 2031-05-13}\n"                                                                                            \
    "          two: {bound: [a, b], acts: [fire.artillery, strike], exempt: [{acts: strike.air}], targets: [dam],"     \
    " from: 2031-05-11, until: 2031-05-14T12:00}\n"

enum { ROWS = 60, ROW = 200 };
static const char head[] = "id,source,kind,claimant,actor,attribution,date,end,longitude,latitude,radius,act,asset,"
                           "revises\n";

/* A random row; `wider` adds to its radius and its ends. */
typedef struct row {
    int id, hour, length, radius, lon, act, asset, actor, source;
} row;

static row random_row(chance *c, int id) {
    return (row){.id = id,
                 .hour = chance_between(c, 0, 140),
                 .length = chance_between(c, 1, 12),
                 .radius = chance_between(c, 0, 4) * 3000,
                 .lon = chance_between(c, 0, 9),
                 .act = chance_between(c, 0, 5),
                 .asset = chance_between(c, 0, 2),
                 .actor = chance_between(c, 0, 2),
                 .source = chance_between(c, 0, 2)};
}

static void print_moment(char *out, size_t size, int hour) {
    snprintf(out, size, "2031-05-%02dT%02d:00:00", 9 + hour / 24, hour % 24);
}

static size_t print_row(char *out, const row *r, const char *a, const char *b, int wider) {
    static const char *const acts[] = {"fire.artillery", "fire", "strike.air", "strike.missile", "assault", ""};
    static const char *const assets[] = {"dam", "bridge", ""}, *const sources[] = {"s1", "s2", "s3"};
    const char *const actors[] = {a, b, ""};
    char from[32], until[32];

    print_moment(from, sizeof from, r->hour - wider < 0 ? 0 : r->hour - wider);
    print_moment(until, sizeof until, r->hour + r->length + wider);
    return (size_t)snprintf(out, ROW, "r%03d,%s,allegation,,%s,none,%s,%s,%.2f,50.15,%d,%s,%s,\n", r->id,
                            sources[r->source], actors[r->actor], from, until, 9.6 + 0.1 * r->lon,
                            r->radius + wider * 4000, acts[r->act], assets[r->asset]);
}

static watch ask_rows(const row *rows, size_t count, const char *a, const char *b, int wider) {
    char *text = malloc(sizeof head + count * ROW);
    size_t at = sizeof head - 1;
    watch w;

    assert_non_null(text);
    memcpy(text, head, sizeof head);
    for (size_t i = 0; i < count; i++) at += print_row(text + at, &rows[i], a, b, wider);
    w = ask_text(RANDOM_MODEL, text);
    free(text);
    return w;
}

static void same_counts(const dt_party_record *x, const dt_party_record *y) {
    for (unsigned v = 0; v < DT_VERDICT_COUNT; v++) assert_true(fabs(x->counts[v] - y->counts[v]) < 1e-9);
    assert_int_equal(x->conclusion, y->conclusion);
    assert_int_equal(x->doubts, y->doubts);
    assert_true(fabs(x->expected - y->expected) < 1e-9);
}

static void swapping_the_parties_mirrors_the_answer(void **state) {
    chance c = {chance_seed("monitor: swap")};

    (void)state;
    for (int round = 0; round < 6; round++) {
        row rows[ROWS];
        watch x, y;
        for (int i = 0; i < ROWS; i++) rows[i] = random_row(&c, i);
        x = ask_rows(rows, ROWS, "a", "b", 0);
        y = ask_rows(rows, ROWS, "b", "a", 0);
        for (int r = 0; r < 2; r++)
            for (uint32_t p = 0; p < 2; p++)
                same_counts(party_of(&x, "heavy-weapons", r == 0 ? "one" : "two", p),
                            party_of(&y, "heavy-weapons", r == 0 ? "one" : "two", 1 - p));
        done(&x);
        done(&y);
    }
}

static void order_of_arrival_does_not_matter(void **state) {
    chance c = {chance_seed("monitor: order")};

    (void)state;
    for (int round = 0; round < 6; round++) {
        row rows[ROWS], shuffled[ROWS];
        watch x, y;
        for (int i = 0; i < ROWS; i++) rows[i] = shuffled[i] = random_row(&c, i);
        for (uint32_t i = ROWS; i-- > 1;) {
            uint32_t k = chance_below(&c, i + 1);
            row kept = shuffled[i];
            shuffled[i] = shuffled[k];
            shuffled[k] = kept;
        }
        x = ask_rows(rows, ROWS, "a", "b", 0);
        y = ask_rows(shuffled, ROWS, "a", "b", 0);
        assert_int_equal(x.answer->incident_count, y.answer->incident_count);
        for (uint32_t p = 0; p < 2; p++)
            same_counts(party_of(&x, "heavy-weapons", "one", p), party_of(&y, "heavy-weapons", "one", p));
        done(&x);
        done(&y);
    }
}

/* Of a single record; NULL: it is out of the reading's scope. */
static const dt_finding *only_finding(const watch *w, int k) {
    const dt_reading_record *r = reading_of(w, "heavy-weapons", k == 0 ? "one" : "two");

    assert_int_equal(w->answer->incident_count, 1);
    assert_true(r->finding_count <= 1);
    return r->finding_count == 0 ? NULL : &r->findings[0];
}

/* One record alone, so that no other joins it. */
static void knowing_less_only_moves_towards_doubt(void **state) {
    chance c = {chance_seed("monitor: wider")};

    (void)state;
    for (int i = 0; i < 60; i++) {
        row r = random_row(&c, i);
        watch x = ask_rows(&r, 1, "a", "b", 0), y = ask_rows(&r, 1, "a", "b", chance_between(&c, 1, 5));
        for (int k = 0; k < 2; k++) {
            const dt_finding *f = only_finding(&x, k);
            const dt_finding *g = only_finding(&y, k);
            dt_verdict before = f == NULL ? DT_VERDICT_OUT_OF_SCOPE : f->verdict;
            dt_verdict after = g == NULL ? DT_VERDICT_OUT_OF_SCOPE : g->verdict;
            if (before == DT_VERDICT_INDETERMINATE) assert_int_equal(after, DT_VERDICT_INDETERMINATE);
            else if (before == DT_VERDICT_OUT_OF_SCOPE) /* it may have been exempt all along */
                assert_true(after == before || after == DT_VERDICT_INDETERMINATE || after == DT_VERDICT_EXEMPT);
            else assert_true(after == before || after == DT_VERDICT_INDETERMINATE);
        }
        done(&x);
        done(&y);
    }
}

static void expected_lies_between_certain_and_possible(void **state) {
    chance c = {chance_seed("monitor: shares")};

    (void)state;
    for (int round = 0; round < 6; round++) {
        row rows[ROWS];
        watch w;
        for (int i = 0; i < ROWS; i++) rows[i] = random_row(&c, i);
        w = ask_rows(rows, ROWS, "a", "b", 0);
        for (uint32_t p = 0; p < 2; p++) {
            const dt_party_record *r = party_of(&w, "heavy-weapons", "one", p);
            double certain = r->counts[DT_VERDICT_ALLEGED] + r->counts[DT_VERDICT_CORROBORATED];
            assert_true(r->expected >= certain - 1e-9);
            assert_true(r->expected <= certain + r->counts[DT_VERDICT_INDETERMINATE] + 1e-9);
        }
        done(&w);
    }
}

static void what_is_taken_back_leaves_no_finding(void **state) {
    static const char text[] =
        "id,source,kind,claimant,actor,date,act,revises\n"
        "x1,s,allegation,,a,2031-05-11T01:00,fire.artillery,\nx2,s,retraction,,,2031-05-12,,x1\n";
    watch w;

    (void)state;
    w = ask_text(RANDOM_MODEL, text);
    assert_int_equal(w.answer->incident_count, 0);
    assert_int_equal(w.answer->retracted, 1);
    assert_int_equal(reading_of(&w, "heavy-weapons", "one")->finding_count, 0);
    done(&w);
}

static void a_breach_may_free_the_others(void **state) {
    static const char text[] = "id,source,kind,claimant,actor,date,act\n"
                               "x1,s,allegation,b,a,2031-05-11T01:00,fire\nx2,t,allegation,a,b,2031-05-11T00:30,fire\n"
                               "x3,s,allegation,b,a,2031-05-12T01:00,fire\nx4,t,allegation,a,b,2031-05-13,fire\n";
    static const char model[] =
        "detente: 1\nparties: {a: {}, b: {}}\nissues: {x: {options: [p, q], no_deal: p}}\nagreements:\n  pact:\n"
        "    parties: [a, b]\n    clauses:\n      heavy-weapons:\n        readings:\n"
        "          free: {bound: [a, b], acts: fire, from: 2031-05-10, until: 2031-05-14, reciprocal: true}\n"
        "          alone: {bound: a, acts: fire, from: 2031-05-10, until: 2031-05-14}\n";
    watch w = ask_text(model, text);

    (void)state;
    expect(&w, "free", "x2", DT_VERDICT_ALLEGED, 0); /* the first */
    expect(&w, "free", "x1", DT_VERDICT_INDETERMINATE, DT_DOUBT_IN_FORCE);
    expect(&w, "free", "x3", DT_VERDICT_INDETERMINATE, DT_DOUBT_IN_FORCE);
    expect(&w, "free", "x4", DT_VERDICT_ALLEGED, 0); /* by the one that broke it; the other's acts are in doubt */
    expect(&w, "alone", "x1", DT_VERDICT_ALLEGED, 0);
    expect(&w, "alone", "x2", DT_VERDICT_OUT_OF_SCOPE, 0);
    assert_int_equal(party_of(&w, "heavy-weapons", "alone", 1)->conclusion, DT_CONCLUSION_NO_OBLIGATION);
    done(&w);
}

/* ---- judged by the definition: exact places, whole hours, no matching ---- */

static dt_verdict by_definition(const row *r, bool one) {
    static const int fire[] = {1, 1, 0, 0, 0, -1}, two[] = {1, -1, 1, 1, 0, -1};
    int from = one ? 24 : 48, until = one ? 96 : 132, end = r->hour + r->length; /* a second longer */
    int truths[5] = {one ? fire[r->act] : two[r->act], r->actor == 2 ? -1 : 1, 1, 1, 1};

    if (one) truths[2] = r->lon >= 4 && r->lon <= 8 ? 1 : 0; /* 10.0 .. 10.4 of 10.0 .. 10.5 */
    else truths[2] = r->asset == 2 ? -1 : r->asset == 0;
    if (end < from || r->hour >= until) truths[3] = 0;
    else if (r->hour < from || end >= until) truths[3] = -1;
    for (int i = 0; i < 4; i++)
        if (truths[i] == 0) return DT_VERDICT_OUT_OF_SCOPE;
    if (!one && r->act == 2) return DT_VERDICT_EXEMPT;
    for (int i = 0; i < 4; i++)
        if (truths[i] < 0) return DT_VERDICT_INDETERMINATE;
    return DT_VERDICT_ALLEGED;
}

static void verdicts_are_those_of_the_definition(void **state) {
    chance c = {chance_seed("monitor: definition")};

    (void)state;
    for (int i = 0; i < 150; i++) {
        row r = random_row(&c, i);
        watch w;
        r.radius = 0;
        w = ask_rows(&r, 1, "a", "b", 0);
        for (int k = 0; k < 2; k++) {
            const dt_finding *f = only_finding(&w, k);
            assert_int_equal(f == NULL ? DT_VERDICT_OUT_OF_SCOPE : f->verdict, by_definition(&r, k == 0));
        }
        done(&w);
    }
}

/* ---- what cannot be asked ---- */

static void wrong_questions_are_refused(void **state) {
    static const char none[] = "detente: 1\nparties: {a: {}, b: {}}\nissues: {x: {options: [p, q], no_deal: p}}\n";
    const char *name = "events.csv";
    const held_file held = {"events.csv", "id,date\n"};
    watch w = ask(none, &held, 1, &name, 1);

    (void)state;
    assert_int_equal(w.status, DT_ERR_ARGUMENT);
    assert_null(w.answer);
    done(&w);
    name = "missing.csv";
    w = ask(RANDOM_MODEL, &held, 1, &name, 1);
    assert_int_equal(w.status, DT_ERR_IO);
    done(&w);
}

/* ---- the data of others: section 10 of the method ---- */

static bool data_is_here(const char *name) {
    char path[512];
    FILE *file;

    snprintf(path, sizeof path, DT_TEST_ROOT "/../shared/data/monitor/%s", name);
    if ((file = fopen(path, "rb")) != NULL) fclose(file);
    if (file == NULL) print_message("skipped: %s is not there\n", path);
    return file != NULL;
}

static watch ask_model(const char *model, const char *const *events, size_t count) {
    char path[512], *text;
    size_t length;
    watch w;

    snprintf(path, sizeof path, DT_TEST_ROOT "/models/%s", model);
    text = file_text(path, &length);
    assert_non_null(text);
    w = ask(text, NULL, 0, events, count);
    free(text);
    assert_int_equal(w.status, DT_OK);
    return w;
}

static void near(double value, double expected, double within) {
    if (!(fabs(value - expected) <= within)) fail_msg("%g is not %g", value, expected);
}

enum { RU = 0, UA = 1 };

static void the_windows_of_2025_are_reproduced(void **state) {
    static const char *const events[] = {"airforce/missile_attacks_daily.csv"};
    const dt_comparison *c;
    watch w;

    (void)state;
    if (!data_is_here(events[0])) skip();
    w = ask_model("truces-2025.yaml", events, 1);
    c = &party_of(&w, "easter-air", "declared", RU)->comparisons[0];
    near(c->mean, 90.89, 0.005);
    near(c->variance / c->mean, 21.6, 0.05);
    near(c->size, 4.41, 0.005);
    near(c->zero_chance, 1.7e-12, 0.05e-12);
    near(c->fitting.high, 0.020, 0.0005);
    near(party_of(&w, "easter-air", "declared", RU)->placebo_rank, 1, 0);
    assert_int_equal(party_of(&w, "easter-air", "declared", RU)->conclusion, DT_CONCLUSION_NONE_REPORTED);
    c = party_of(&w, "victory-day-air", "declared", RU)->comparisons;
    assert_int_equal(c[0].used, 26);
    near(c[0].mean, 123.46, 0.005);
    near(c[0].observed, 4, 0);
    near(c[0].fitting.value, 0.011, 0.0005);
    near(c[0].fitting.low, 0.004, 0.0005);
    near(c[0].fitting.high, 0.032, 0.0005);
    near(c[1].mean, 114.64, 0.005);
    near(c[1].negative_binomial.value, 0.012, 0.0005);
    near(c[1].negative_binomial.high, 0.037, 0.0005);
    near(c[1].poisson.high, 0.031, 0.0005);
    c = &party_of(&w, "energy", "moscow", RU)->comparisons[0];
    near(c->mean, 156.61, 0.005);
    near(c->observed / c->window, 104.8, 0.05);
    near(c->fitting.value, 0.67, 0.005);
    near(c->fitting.low, 0.53, 0.005);
    near(c->fitting.high, 0.84, 0.005);
    assert_int_equal(party_of(&w, "energy", "moscow", RU)->conclusion, DT_CONCLUSION_NOT_ASSESSABLE);
    assert_int_equal(reading_of(&w, "energy", "moscow")->unassessing_count, 1);
    near(party_of(&w, "victory-day-air", "declared", RU)->counts[DT_VERDICT_ALLEGED], 2, 0); /* 10 May, in full */
    near(party_of(&w, "easter-air", "declared", RU)->counts[DT_VERDICT_ALLEGED], 0,
         0); /* 18 and 21 April are outside */
    assert_int_equal(party_of(&w, "victory-day-air", "declared", UA)->conclusion, DT_CONCLUSION_NO_OBLIGATION);
    done(&w);
}

static bool has_sum(const watch *w, dt_sum_flaw kind, double declared) {
    for (size_t i = 0; i < w->answer->sum_count; i++)
        if (w->answer->sums[i].kind == kind && fabs(w->answer->sums[i].declared - declared) < 0.5) return true;
    return false;
}

static void claims_of_2025_are_flagged_and_differ_by_clause(void **state) {
    static const char *const events[] = {"airforce/missile_attacks_daily.csv", "claims/party_claim_aggregates.csv"};
    bool gap = false;
    watch w;

    (void)state;
    if (!data_is_here(events[0]) || !data_is_here(events[1])) skip();
    w = ask_model("truces-2025.yaml", events, 2);
    assert_true(has_sum(&w, DT_SUM_DIFFERS, 2935) && has_sum(&w, DT_SUM_DIFFERS, 4900));
    assert_true(has_sum(&w, DT_SUM_CUMULATIVE, 5026) && has_sum(&w, DT_SUM_CUMULATIVE, 9318));
    assert_true(has_sum(&w, DT_SUM_SUBSET, 812));
    for (size_t i = 0; i < w.answer->gap_count; i++) gap = gap || w.answer->gaps[i].day == 1745020800; /* 2025-04-19 */
    assert_true(gap);
    assert_true(party_of(&w, "easter-all", "declared", RU)->counts[DT_VERDICT_ALLEGED] >= 2935);
    near(party_of(&w, "easter-all", "declared", UA)->counts[DT_VERDICT_ALLEGED], 4900, 0);
    near(party_of(&w, "easter-air", "declared", RU)->counts[DT_VERDICT_ALLEGED], 0, 0);
    near(party_of(&w, "energy", "moscow", RU)->counts[DT_VERDICT_ALLEGED], 8, 0);
    near(party_of(&w, "energy", "kyiv", RU)->counts[DT_VERDICT_ALLEGED], 0, 0);
    assert_int_equal(party_of(&w, "victory-day-all", "declared", UA)->conclusion, DT_CONCLUSION_NO_OBLIGATION);
    done(&w);
}

/* More files, the same figures: those of the air log alone. */
static void more_sources_leave_the_figures_of_2025(void **state) {
    static const char *const events[] = {"airforce/missile_attacks_daily.csv", "claims/party_claim_aggregates.csv",
                                         "claims/ru_mod_energy_claims_20250318_20250430.csv",
                                         "claims/ru_mod_telegram_facts.csv"};
    const dt_comparison *c;
    watch w;

    (void)state;
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        if (!data_is_here(events[i])) skip();
    w = ask_model("truces-2025.yaml", events, 4);
    c = &party_of(&w, "easter-air", "declared", RU)->comparisons[0];
    assert_string_equal(w.answer->sources[c->source].name, "Air Force of Ukraine");
    near(c->mean, 90.89, 0.005);
    near(c->size, 4.41, 0.005);
    near(c->fitting.high, 0.020, 0.0005);
    c = &party_of(&w, "victory-day-air", "declared", RU)->comparisons[0];
    near(c->mean, 123.46, 0.005);
    near(c->observed, 4, 0);
    near(c->fitting.high, 0.032, 0.0005);
    c = &party_of(&w, "energy", "moscow", RU)->comparisons[0];
    near(c->mean, 156.61, 0.005);
    near(c->fitting.low, 0.53, 0.005);
    near(c->fitting.high, 0.84, 0.005);
    done(&w);
}

static void the_ceasefires_of_the_donbas_are_reproduced(void **state) {
    static const char *const events[] = {"donbas/UCDP-Ukraine.csv.gz"};
    static const struct {
        const char *clause;
        double before, after, value, low, high, exact_low, exact_high, precise_before, precise_after;
    } rows[] = {{"minsk-ceasefire", 580, 126, 0.22, 0.18, 0.26, 0.18, 0.26, 576, 124},
                {"harvest-ceasefire-2018", 14, 8, 0.57, 0.24, 1.36, 0.21, 1.46, 12, 6},
                {"ceasefire-2019", 27, 13, 0.48, 0.25, 0.93, 0.23, 0.97, 24, 8},
                {"ceasefire-2020", 14, 4, 0.29, 0.09, 0.87, 0.07, 0.91, 12, 3}};
    watch w;

    (void)state;
    if (!data_is_here(events[0])) skip();
    w = ask_model("donbas-ceasefires.yaml", events, 1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const dt_comparison *c = &party_of(&w, rows[i].clause, "agreed", 0)->comparisons[0];
        near(c->events, rows[i].before, 0);
        near(c->observed, rows[i].after, 0);
        near(c->poisson.value, rows[i].value, 0.005);
        near(c->poisson.low, rows[i].low, 0.0051);
        near(c->poisson.high, rows[i].high, 0.0051);
        near(c->conditional.low, rows[i].exact_low, 0.0051);
        near(c->conditional.high, rows[i].exact_high, 0.0051);
        assert_int_equal(party_of(&w, rows[i].clause, "agreed", 0)->conclusion, DT_CONCLUSION_CANNOT_SAY);
        near(party_of(&w, rows[i].clause, "agreed", 0)->precise.events, rows[i].precise_before, 0);
        near(party_of(&w, rows[i].clause, "agreed", 0)->precise.observed, rows[i].precise_after, 0);
    }
    done(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_finding_is_told_apart),
        cmocka_unit_test(claims_of_one_shot_are_one_incident),
        cmocka_unit_test(parts_of_a_total_count_once),
        cmocka_unit_test(triggers_and_rates_are_told),
        cmocka_unit_test(sources_are_compared_each_with_itself),
        cmocka_unit_test(what_is_left_free_is_the_control),
        cmocka_unit_test(what_another_clause_forbids_is_no_control),
        cmocka_unit_test(two_families_tell_how_many_there_were),
        cmocka_unit_test(dates_that_are_not_known_are_shares),
        cmocka_unit_test(a_rise_is_an_alarm_that_stands),
        cmocka_unit_test(swapping_the_parties_mirrors_the_answer),
        cmocka_unit_test(order_of_arrival_does_not_matter),
        cmocka_unit_test(knowing_less_only_moves_towards_doubt),
        cmocka_unit_test(expected_lies_between_certain_and_possible),
        cmocka_unit_test(what_is_taken_back_leaves_no_finding),
        cmocka_unit_test(a_breach_may_free_the_others),
        cmocka_unit_test(verdicts_are_those_of_the_definition),
        cmocka_unit_test(wrong_questions_are_refused),
        cmocka_unit_test(the_windows_of_2025_are_reproduced),
        cmocka_unit_test(claims_of_2025_are_flagged_and_differ_by_clause),
        cmocka_unit_test(more_sources_leave_the_figures_of_2025),
        cmocka_unit_test(the_ceasefires_of_the_donbas_are_reproduced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
