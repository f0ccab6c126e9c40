/* The ledger: batches, revisions, retractions, the chain, disputes; killed writers, two writers, a full disk, failing
 * memory. */
#include "event_files.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ledger/entries.h"

/* ---- a ledger in a folder of its own ---- */

typedef struct place {
    char folder[64], path[96];
    dt_env *env;
    dt_ledger *ledger;
} place;

static void open_ledger(place *p, bool create) {
    assert_int_equal(dt_ledger_open(&p->ledger, p->path, create, p->env), DT_OK);
}

static void close_ledger(place *p) {
    dt_ledger_close(p->ledger, p->env);
    p->ledger = NULL;
}

static void start(place *p) {
    *p = (place){.folder = "/tmp/detente-ledger-XXXXXX"};
    assert_non_null(mkdtemp(p->folder));
    snprintf(p->path, sizeof p->path, "%s/events.ledger", p->folder);
    assert_int_equal(dt_env_new(&p->env, NULL), DT_OK);
    open_ledger(p, true);
}

static void stop(place *p) {
    static const char *const tails[] = {"", "-wal", "-shm", "-journal"};
    char path[128];

    if (p->ledger != NULL) close_ledger(p);
    dt_env_free(p->env);
    for (size_t i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s%s", p->path, tails[i]);
        unlink(path);
    }
    rmdir(p->folder);
}

/* ---- records ---- */

static dt__record record_of(const char *id, const char *act, dt__moment from) {
    return (dt__record){.id = id,
                        .source = "mission",
                        .kind = DT__RECORD_OBSERVATION,
                        .act = act,
                        .when = {from, from + 60},
                        .received = DT__MOMENT_ALWAYS,
                        .filed = DT__MOMENT_ALWAYS,
                        .low = 1,
                        .high = INFINITY,
                        .deaths = NAN,
                        .deaths_low = NAN,
                        .deaths_high = NAN,
                        .file = "f.csv",
                        .line = 7};
}

static dt__appended add_at(place *p, dt__record record, dt__moment received) {
    dt__appended what = DT__APPENDED_KNOWN;

    assert_int_equal(dt__ledger_batch(p->ledger, received, p->env), DT_OK);
    assert_int_equal(dt__ledger_batch_end(p->ledger, dt__ledger_add(&what, p->ledger, &record, p->env), p->env), DT_OK);
    return what;
}

static dt__record retraction_of(const char *id, const char *of) {
    dt__record r = record_of(id, NULL, DT__MOMENT_ALWAYS);
    r.kind = DT__RECORD_RETRACTION;
    r.revises = of;
    r.when.hi = DT__MOMENT_NEVER;
    return r;
}

/* "id:act id:act" of what is in force at a time. */
typedef struct listing {
    char text[4096];
} listing;

static dt_status list_record(void *payload, const dt__record *r) {
    listing *l = payload;
    size_t length = strlen(l->text);

    snprintf(l->text + length, sizeof l->text - length, "%s%s:%s", length == 0 ? "" : " ", r->id,
             r->act == NULL ? "-" : r->act);
    return DT_OK;
}

static void assert_state(place *p, dt__moment at, const char *expected) {
    listing l = {.text = ""};
    dt__record_sink sink = {.take = list_record, .payload = &l};

    assert_int_equal(dt__ledger_records(p->ledger, at, &sink, p->env), DT_OK);
    assert_string_equal(l.text, expected);
}

static dt_ledger_check check(place *p) {
    dt_ledger_check c;
    assert_int_equal(dt_ledger_verify(&c, p->ledger, p->env), DT_OK);
    return c;
}

/* ---- what it holds ---- */

static void states_of_the_past(void **state) {
    place p;
    (void)state;

    start(&p);
    assert_state(&p, DT__MOMENT_NEVER, "");
    assert_int_equal(add_at(&p, record_of("a", "shelling", 100), 1000), DT__APPENDED_NEW);
    assert_int_equal(add_at(&p, record_of("b", "assault", 50), 1000), DT__APPENDED_NEW);
    assert_int_equal(add_at(&p, record_of("a", "shelling", 100), 2000), DT__APPENDED_KNOWN);
    assert_int_equal(add_at(&p, record_of("a", "airstrike", 100), 3000), DT__APPENDED_REVISION);
    add_at(&p, retraction_of("r1", "b"), 4000);
    assert_state(&p, 999, "");
    assert_state(&p, 1000, "b:assault a:shelling");
    assert_state(&p, 2999, "b:assault a:shelling");
    assert_state(&p, 3000, "b:assault a:airstrike");
    assert_state(&p, 3999, "b:assault a:airstrike");
    assert_state(&p, DT__MOMENT_NEVER, "a:airstrike");
    assert_int_equal(check(&p).entries, 4); /* the known one is no entry */
    assert_true(check(&p).whole);
    stop(&p);
}

static dt_status fields_come_back(void *payload, const dt__record *r) {
    const dt__record *given = payload;

    assert_string_equal(r->id, given->id);
    assert_string_equal(r->family, given->family);
    assert_string_equal(r->text, given->text);
    assert_string_equal(r->involved, given->involved);
    assert_int_equal(r->attribution, given->attribution);
    assert_int_equal(r->counted, given->counted);
    assert_int_equal(r->unit, given->unit);
    assert_int_equal(r->when.lo, given->when.lo);
    assert_int_equal(r->when.hi, given->when.hi);
    assert_true(r->reported_only && r->end_imputed && r->has_place);
    assert_memory_equal(&r->at, &given->at, sizeof r->at);
    assert_memory_equal(&r->low, &given->low, sizeof r->low);
    assert_true(isinf(r->high) && isnan(r->deaths));
    assert_int_equal(r->received, 5); /* the ledger's */
    assert_string_equal(r->file, "f.csv");
    assert_int_equal(r->line, 7);
    assert_null(r->weapon);
    return DT_OK;
}

static void everything_comes_back(void **state) {
    place p;
    dt__record r = record_of("x\"\\\n\x01é", "act", -5);
    dt__record_sink sink = {.take = fields_come_back, .payload = &r};
    (void)state;

    r.family = "семья";
    r.text = "\"quoted\"\t\x1f end";
    r.involved = "A|B";
    r.attribution = DT__ATTRIBUTION_ADVERSARY;
    r.counted = DT__COUNT_CUMULATIVE;
    r.unit = DT__UNIT_MUNITION;
    r.when = (dt__interval){DT__MOMENT_ALWAYS, -5};
    r.reported_only = r.end_imputed = r.has_place = true;
    r.at = (dt__point){30.52333, -50.45};
    r.low = 0.1;
    start(&p);
    add_at(&p, r, 5);
    assert_int_equal(dt__ledger_records(p.ledger, DT__MOMENT_NEVER, &sink, p.env), DT_OK);
    stop(&p);
}

/* In every order of arrival the same records are in force, and the same digest says so. */
static void order_does_not_matter(void **state) {
    static const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    char digest[DT_LEDGER_HASH] = "";
    (void)state;

    for (size_t k = 0; k < 6; k++) {
        dt__record all[] = {record_of("a", "shelling", 100), record_of("b", "airstrike", 100), retraction_of("r", "c")};
        dt_ledger_state *shown;
        place p;
        all[1].revises = "a";
        start(&p);
        add_at(&p, record_of("c", "assault", 1), 1);
        for (size_t i = 0; i < 3; i++) add_at(&p, all[orders[k][i]], 10 + (dt__moment)i);
        assert_state(&p, DT__MOMENT_NEVER, "b:airstrike");
        assert_int_equal(dt_ledger_show(&shown, p.ledger, INT64_MAX, INT64_MAX, 10, p.env), DT_OK);
        assert_int_equal(shown->records, 1);
        assert_int_equal(shown->retracted, 1);
        assert_int_equal(shown->replaced, 1);
        assert_int_equal(shown->entries, 4);
        if (k == 0) memcpy(digest, shown->digest, sizeof digest);
        assert_string_equal(shown->digest, digest);
        dt_ledger_state_free(shown, p.env);
        stop(&p);
    }
}

/* The same entries in another file make the same hashes. */
static void rebuilt_from_the_log(void **state) {
    place p, q;
    (void)state;

    start(&p);
    start(&q);
    for (int i = 0; i < 20; i++) {
        char id[16];
        snprintf(id, sizeof id, "e%d", i);
        add_at(&p, record_of(id, "shelling", i), i);
        add_at(&q, record_of(id, "shelling", i), i);
    }
    assert_string_equal(check(&p).head, check(&q).head);
    stop(&p);
    stop(&q);
}

static void time_does_not_run_back(void **state) {
    place p;
    (void)state;

    start(&p);
    add_at(&p, record_of("a", "x", 1), 10);
    assert_int_equal(dt__ledger_batch(p.ledger, 9, p.env), DT_ERR_ARGUMENT);
    assert_int_equal(dt__ledger_batch(p.ledger, 10, p.env), DT_OK);
    assert_int_equal(dt__ledger_batch_end(p.ledger, DT_ERR_CANCELLED, p.env), DT_ERR_CANCELLED);
    assert_int_equal(check(&p).entries, 1);
    stop(&p);
}

/* ---- coverage and disputes ---- */

static dt_status list_coverage(void *payload, const dt__coverage *c) {
    listing *l = payload;
    size_t length = strlen(l->text);

    snprintf(l->text + length, sizeof l->text - length, "%s/%s/%s/%d;", c->id, c->channel, c->reason, (int)c->state);
    return DT_OK;
}

static void coverage(void **state) {
    dt__coverage c = {.id = "c1",
                      .source = "m",
                      .channel = "uav",
                      .zone = "z",
                      .when = {0, 10},
                      .state = DT__WATCH_BLIND,
                      .reason = "jamming"};
    listing l = {.text = ""};
    dt__coverage_sink sink = {.take = list_coverage, .payload = &l};
    dt__appended what;
    place p;
    (void)state;

    start(&p);
    assert_int_equal(dt__ledger_batch(p.ledger, 5, p.env), DT_OK);
    assert_int_equal(dt__ledger_batch_end(p.ledger, dt__ledger_add_coverage(&what, p.ledger, &c, p.env), p.env), DT_OK);
    assert_int_equal(dt__ledger_coverage(p.ledger, 4, &sink, p.env), DT_OK);
    assert_string_equal(l.text, "");
    assert_int_equal(dt__ledger_coverage(p.ledger, 5, &sink, p.env), DT_OK);
    assert_string_equal(l.text, "c1/uav/jamming/2;");
    stop(&p);
}

static dt_status step(place *p, const char *id, const char *finding, dt_dispute_state to, dt_time at) {
    dt_dispute d = {.id = id, .finding = finding, .by = "A", .state = to, .deadline = at + 100};
    return dt_ledger_dispute(p->ledger, &d, at, p->env);
}

static void disputes(void **state) {
    dt_ledger_state *shown;
    place p;
    (void)state;

    start(&p);
    assert_int_equal(step(&p, "d1", "f1", DT_DISPUTE_ACKNOWLEDGED, 1), DT_ERR_ARGUMENT);
    assert_int_equal(step(&p, "d1", NULL, DT_DISPUTE_SUBMITTED, 1), DT_ERR_ARGUMENT);
    assert_int_equal(step(&p, "d1", "f1", DT_DISPUTE_SUBMITTED, 1), DT_OK);
    assert_int_equal(step(&p, "d1", NULL, DT_DISPUTE_CONTESTED, 2), DT_OK);
    assert_int_equal(step(&p, "d1", NULL, DT_DISPUTE_ACKNOWLEDGED, 3), DT_ERR_ARGUMENT);
    assert_int_equal(step(&p, "d1", NULL, DT_DISPUTE_UNVERIFIABLE, 4), DT_OK);
    assert_int_equal(step(&p, "d1", NULL, DT_DISPUTE_VERIFIED, 5), DT_ERR_ARGUMENT);
    assert_int_equal(dt_ledger_show(&shown, p.ledger, 3, 3, 0, p.env), DT_OK);
    assert_int_equal(shown->dispute_count, 1);
    assert_int_equal(shown->disputes[0].state, DT_DISPUTE_CONTESTED);
    assert_string_equal(shown->disputes[0].finding, "f1");
    assert_false(shown->disputes[0].overdue);
    dt_ledger_state_free(shown, p.env);
    assert_int_equal(dt_ledger_show(&shown, p.ledger, 1000, 1000, 0, p.env), DT_OK);
    assert_true(shown->disputes[0].overdue);
    dt_ledger_state_free(shown, p.env);
    assert_int_equal(step(&p, "d1", NULL, DT_DISPUTE_CLOSED, 2000), DT_OK);
    assert_int_equal(check(&p).entries, 4);
    stop(&p);
}

/* ---- tampering ---- */

static void tamper(const place *p, const char *sql) {
    sqlite3 *db;

    assert_int_equal(sqlite3_open(p->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void tampering_is_named(void **state) {
    static const struct {
        const char *sql;
        uint64_t broken;
    } cases[] = {
        {"UPDATE entry SET body = replace(body, 'shelling', 'nothing') WHERE number = 5", 5},
        {"UPDATE entry SET received = received + 1 WHERE number = 3", 3},
        {"UPDATE entry SET id = 'other' WHERE number = 9", 9},
        {"UPDATE entry SET replaces = 'e1' WHERE number = 2", 2},
        {"UPDATE entry SET replaces = '' WHERE number = 2", 2},
        {"UPDATE entry SET line = 8 WHERE number = 4", 4},
        {"UPDATE entry SET kind = 2 WHERE number = 6", 6},
        {"DELETE FROM entry WHERE number = 7", 7},
        {"UPDATE entry SET hash = zeroblob(32) WHERE number = 1", 1},
        {"UPDATE entry SET id = id || char(0) || 'x' WHERE number = 8", 8},
    };
    (void)state;

    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        place p;
        dt_ledger_check c;
        sqlite3 *db;
        start(&p);
        for (int i = 0; i < 10; i++) {
            char id[16];
            snprintf(id, sizeof id, "e%d", i);
            add_at(&p, record_of(id, "shelling", i), i);
        }
        assert_int_equal(sqlite3_open(p.path, &db), SQLITE_OK); /* the plain way is barred */
        assert_int_not_equal(sqlite3_exec(db, cases[k].sql, NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(db);
        assert_true(check(&p).whole);
        tamper(&p, "DROP TRIGGER entry_stays; DROP TRIGGER entry_is_kept;");
        tamper(&p, cases[k].sql);
        c = check(&p);
        assert_false(c.whole);
        assert_int_equal(c.broken, cases[k].broken);
        stop(&p);
    }
}

/* ---- other files ---- */

static void foreign_files_are_left_alone(void **state) {
    place p;
    dt_ledger *other = NULL;
    char path[128];
    FILE *file;
    sqlite3 *db;
    (void)state;

    start(&p);
    snprintf(path, sizeof path, "%s/other", p.folder);
    assert_int_equal(dt_ledger_open(&other, path, false, p.env), DT_ERR_IO);
    assert_null(other);
    file = fopen(path, "w");
    for (int i = 0; i < 200; i++) fputs("this is no database\n", file);
    fclose(file);
    assert_int_equal(dt_ledger_open(&other, path, true, p.env), DT_ERR_ARGUMENT);
    unlink(path);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE t(x)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    assert_int_equal(dt_ledger_open(&other, path, true, p.env), DT_ERR_ARGUMENT);
    unlink(path);
    stop(&p);
}

/* ---- several processes ---- */

static void append_many(place *p, int first, int count, dt__moment received) {
    dt__appended what;

    assert_int_equal(dt__ledger_batch(p->ledger, received, p->env), DT_OK);
    for (int i = 0; i < count; i++) {
        char id[16];
        dt__record r;
        snprintf(id, sizeof id, "k%d", first + i);
        r = record_of(id, "shelling", first + i);
        assert_int_equal(dt__ledger_add(&what, p->ledger, &r, p->env), DT_OK);
    }
    assert_int_equal(dt__ledger_batch_end(p->ledger, DT_OK, p->env), DT_OK);
}

/* Appends batches of seven and says so, until it is killed. */
static void writer(const place *p, int acknowledged) {
    place mine = *p;

    if (dt_env_new(&mine.env, NULL) != DT_OK) _exit(1);
    if (dt_ledger_open(&mine.ledger, mine.path, true, mine.env) != DT_OK) _exit(1);
    for (int batch = 0;; batch++) {
        dt_ledger_check c;
        int first;
        if (dt_ledger_verify(&c, mine.ledger, mine.env) != DT_OK || !c.whole) _exit(2);
        first = (int)c.entries;
        append_many(&mine, first, 7, 0);
        first += 7;
        if (write(acknowledged, &first, sizeof first) != sizeof first) _exit(3);
    }
}

static void killed_at_any_moment(void **state) {
    chance c = chance_of(chance_seed("ledger.killed"), 1);
    int promised = 0;
    place p;
    (void)state;

    start(&p);
    close_ledger(&p);
    for (int round = 0; round < 25; round++) {
        int ends[2], number;
        pid_t child;
        dt_ledger_check whole;
        assert_int_equal(pipe(ends), 0);
        if ((child = fork()) == 0) writer(&p, ends[1]);
        close(ends[1]);
        nanosleep(&(struct timespec){.tv_nsec = (long)chance_below(&c, 30000) * 1000}, NULL);
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, &number, 0), child);
        assert_true(WIFSIGNALED(number));
        while (read(ends[0], &number, sizeof number) == sizeof number) promised = number;
        close(ends[0]);
        open_ledger(&p, true);
        whole = check(&p);
        assert_true(whole.whole);
        assert_true(whole.entries >= (uint64_t)promised);
        assert_int_equal(whole.entries % 7, 0); /* no half of a batch */
        close_ledger(&p);
    }
    print_message("%d entries acknowledged and there\n", promised);
    assert_true(promised > 0);
    stop(&p);
}

/* Two processes append at once, a third reads: nobody fails, nothing is lost. */
static void two_writers_and_a_reader(void **state) {
    pid_t children[2];
    place p;
    (void)state;

    start(&p);
    close_ledger(&p);
    for (int k = 0; k < 2; k++) {
        if ((children[k] = fork()) != 0) continue;
        assert_int_equal(dt_env_new(&p.env, NULL), DT_OK);
        open_ledger(&p, false);
        for (int i = 0; i < 10; i++) append_many(&p, 1000 * (k + 1) + 10 * i, 10, 0);
        _exit(0);
    }
    open_ledger(&p, false);
    for (int i = 0; i < 20; i++) {
        dt_ledger_state *shown;
        assert_int_equal(dt_ledger_show(&shown, p.ledger, INT64_MAX, INT64_MAX, 5, p.env), DT_OK);
        assert_int_equal(shown->entries % 10, 0);
        assert_int_equal(shown->entries, shown->records);
        dt_ledger_state_free(shown, p.env);
    }
    for (int k = 0; k < 2; k++) {
        int result;
        assert_int_equal(waitpid(children[k], &result, 0), children[k]);
        assert_true(WIFEXITED(result) && WEXITSTATUS(result) == 0);
    }
    assert_int_equal(check(&p).entries, 200);
    assert_true(check(&p).whole);
    stop(&p);
}

/* A disk that takes no more: the batch fails as one, what was there stays. */
static void full_disk(void **state) {
    int result;
    pid_t child;
    place p;
    (void)state;

    start(&p);
    append_many(&p, 0, 10, 0);
    close_ledger(&p);
    if ((child = fork()) == 0) {
        struct rlimit limit = {.rlim_cur = 300000, .rlim_max = 300000};
        dt__appended what;
        dt_status st = DT_OK;
        signal(SIGXFSZ, SIG_IGN);
        if (dt_env_new(&p.env, NULL) != DT_OK || setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(1);
        open_ledger(&p, false);
        if (dt__ledger_batch(p.ledger, 1, p.env) != DT_OK) _exit(2);
        for (int i = 0; i < 20000 && st == DT_OK; i++) {
            char id[16];
            dt__record r;
            snprintf(id, sizeof id, "n%d", i);
            r = record_of(id, "shelling", i);
            st = dt__ledger_add(&what, p.ledger, &r, p.env);
        }
        st = dt__ledger_batch_end(p.ledger, st, p.env);
        _exit(st == DT_ERR_IO && dt_env_diagnostic_count(p.env) > 0 ? 0 : 3);
    }
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result));
    assert_int_equal(WEXITSTATUS(result), 0);
    open_ledger(&p, false);
    assert_int_equal(check(&p).entries, 10);
    append_many(&p, 10, 10, 1);
    assert_int_equal(check(&p).entries, 20);
    stop(&p);
}

/* ---- files of events ---- */

static const char events[] = "id,date,act,actor,claimant,count\n"
                             "1,2025-04-19,shelling,RU,UA,3\n"
                             "2,2025-04-20,assault,UA,RU,80+\n"
                             "3,someday,assault,UA,RU,1\n"
                             "2,2025-04-20,assault,UA,RU,80+\n";

static dt_status append_events(place *p, const char *text, dt_ledger_appended *done) {
    event_text memory = {.bytes = text, .length = strlen(text), .piece = 100};
    dt_source source = {.read = event_text_read, .payload = &memory};
    dt_ledger_append_opts opts;

    dt_ledger_append_opts_init(&opts);
    opts.file = "events.csv";
    opts.received = 100;
    return dt_ledger_append(done, p->ledger, &source, &opts, p->env);
}

static void files_of_events(void **state) {
    dt_ledger_appended done;
    place p;
    (void)state;

    start(&p);
    assert_int_equal(append_events(&p, events, &done), DT_OK);
    assert_string_equal(done.format, "mapped");
    assert_int_equal(done.rows, 4);
    assert_int_equal(done.entries, 2);
    assert_int_equal(done.set_aside, 1);
    assert_int_equal(done.repeated, 1);
    assert_int_equal(append_events(&p, events, &done), DT_OK);
    assert_int_equal(done.entries, 0);
    assert_int_equal(done.known, 2);
    assert_int_equal(append_events(&p, "id,date,act\n2,2025-04-20,shelling\n", &done), DT_OK);
    assert_int_equal(done.revised, 1);
    assert_int_equal(append_events(&p, "neither,nor\n1,2\n", &done), DT_ERR_MODEL);
    assert_int_equal(check(&p).entries, 3);
    stop(&p);
}

/* ---- out again ---- */

typedef struct page {
    char *text;
    size_t length, room;
} page;

static dt_status write_page(void *payload, const char *bytes, size_t length) {
    page *p = payload;

    if (p->length + length >= p->room) {
        p->room = 2 * (p->length + length) + 1;
        p->text = realloc(p->text, p->room);
        assert_non_null(p->text);
    }
    memcpy(p->text + p->length, bytes, length);
    p->length += length;
    p->text[p->length] = '\0';
    return DT_OK;
}

static void digest_of(place *p, char *digest) {
    dt_ledger_state *shown;

    assert_int_equal(dt_ledger_show(&shown, p->ledger, INT64_MAX, INT64_MAX, 3, p->env), DT_OK);
    memcpy(digest, shown->digest, DT_LEDGER_HASH);
    dt_ledger_state_free(shown, p->env);
}

static void append_export(place *p, place *q, dt_ledger_part part, bool geojson, uint64_t entries) {
    page out = {.text = NULL};
    dt_sink sink = {.write = write_page, .payload = &out};
    dt_ledger_appended done;

    assert_int_equal(dt_ledger_export(p->ledger, part, geojson, INT64_MAX, &sink, p->env), DT_OK);
    assert_int_equal(append_events(q, out.text, &done), DT_OK);
    assert_int_equal(done.entries, entries);
    assert_int_equal(done.set_aside, 0);
    free(out.text);
}

static const char coverage_rows[] = "source,channel,zone,longitude,latitude,radius,from,until,state,reason\n"
                                    "m,uav,north,,,,2025-04-19,2025-04-20,watching,\n"
                                    "m,uav,north,,,,2025-04-19T06:00Z,2025-04-19T07:30Z,blind,\"=jam, \"\"fog\"\"\"\n"
                                    "m,,,37.5,48.25,15000,2025-04-19,,degraded,\n"
                                    "m,,,,,,2025-04-19,,asleep,\n";

static void lines_about_coverage(void **state) {
    dt_ledger_appended done;
    dt_ledger_state *shown;
    place p;
    (void)state;

    start(&p);
    assert_int_equal(append_events(&p, coverage_rows, &done), DT_OK);
    assert_string_equal(done.format, "coverage");
    assert_int_equal(done.coverage, 3);
    assert_int_equal(done.records, 0);
    assert_int_equal(done.entries, 3);
    assert_int_equal(done.set_aside, 1);
    assert_int_equal(append_events(&p, coverage_rows, &done), DT_OK);
    assert_int_equal(done.entries, 0);
    assert_int_equal(done.known, 3);
    /* the same line with another state corrects it */
    assert_int_equal(
        append_events(&p, "source,channel,zone,from,until,state\nm,uav,north,2025-04-19,2025-04-20,degraded\n", &done),
        DT_OK);
    assert_int_equal(done.revised, 1);
    assert_int_equal(dt_ledger_show(&shown, p.ledger, INT64_MAX, INT64_MAX, 9, p.env), DT_OK);
    assert_int_equal(shown->coverage, 3);
    assert_int_equal(shown->watch_count, 3);
    assert_string_equal(shown->watches[2].reason, "=jam, \"fog\"");
    assert_int_equal(shown->watches[2].until - shown->watches[2].from, 5400);
    dt_ledger_state_free(shown, p.env);
    stop(&p);
}

/* Each wrong line is set aside; nothing is made up for it. */
static void wrong_lines_about_coverage(void **state) {
    static const char rows[] = "source,from,until,state,longitude,latitude,radius\n"
                               ",2025-04-19,,watching,,,\nm,2025-04-19,2025-04-18,watching,,,\n"
                               "m,someday,,watching,,,\nm,2025-04-19,,,,,\nm,2025-04-19,,blind,10,95,1\n"
                               "m,2025-04-19,,blind,10,50,-1\nm,2025-04-19T10:00,2025-04-19T10:00,blind,,,\n"
                               "m,2025-04-19T10,,blind,,,\n";
    dt_ledger_appended done;
    place p;
    (void)state;

    start(&p);
    assert_int_equal(append_events(&p, rows, &done), DT_OK);
    assert_int_equal(done.rows, 8);
    assert_int_equal(done.set_aside, 7);
    assert_int_equal(done.coverage, 1);
    stop(&p);
}

static dt_status append_mapped(place *p, const char *text, const char *mapping, dt_ledger_appended *done) {
    event_text rows = {.bytes = text, .length = strlen(text), .piece = 9};
    event_text columns = {.bytes = mapping, .length = strlen(mapping), .piece = 7};
    dt_source events_source = {.read = event_text_read, .payload = &rows};
    dt_source mapping_source = {.read = event_text_read, .payload = &columns};
    dt_ledger_append_opts opts;

    dt_ledger_append_opts_init(&opts);
    opts.file = "events.csv";
    opts.received = 100;
    opts.mapping = &mapping_source;
    return dt_ledger_append(done, p->ledger, &events_source, &opts, p->env);
}

static void columns_of_others_about_coverage(void **state) {
    static const char rows[] = "Team;Start;End;Status;Where\nnorth;19/04/2025;20/04/2025;blind;Mill\n";
    static const char mapping[] =
        "source: Team\nfrom: Start\nuntil: End\nstate: Status\nzone: Where\nchannel: =patrol\norder: dmy\n";
    dt_ledger_appended done;
    dt_ledger_state *shown;
    place p;
    (void)state;

    start(&p);
    assert_int_equal(append_mapped(&p, rows, mapping, &done), DT_OK);
    assert_int_equal(done.coverage, 1);
    assert_int_equal(dt_ledger_show(&shown, p.ledger, INT64_MAX, INT64_MAX, 9, p.env), DT_OK);
    assert_string_equal(shown->watches[0].zone, "Mill");
    assert_string_equal(shown->watches[0].channel, "patrol");
    assert_int_equal(shown->watches[0].until - shown->watches[0].from, 2 * 86400);
    dt_ledger_state_free(shown, p.env);
    stop(&p);
}

static void what_is_exported_comes_back(void **state) {
    static const char rows[] =
        "id,source,family,kind,claimant,actor,date,end,reported,imputed,longitude,latitude,radius,region,act,count,"
        "deaths,deaths_low,deaths_high,received,filed,text,coded\n"
        "=1,s,f,allegation,UA,RU,2025-04-19T18:00:07+03:00,2025-04-19T19:00,,,37.123456789,-48.5,250,R,strike.energy,"
        "80+,"
        "3,1,7,2025-05-01,2025-04-19,\"'+x, \"\"y\"\"\nline\",yes\n"
        "-2,s,,observation,,,2025-04,,yes,yes,,,,R,shelling|assault,4,,,,,,\"\",\n"
        "3,s,,denial,RU,RU,2025-04-20,,,,,,,,,,,,,,,\\back,\n";
    (void)state;

    for (int geojson = 0; geojson < 2; geojson++) {
        char before[DT_LEDGER_HASH], after[DT_LEDGER_HASH];
        dt_ledger_appended done;
        place p, q;
        start(&p);
        start(&q);
        assert_int_equal(append_events(&p, rows, &done), DT_OK);
        assert_int_equal(done.entries, 3);
        assert_int_equal(append_events(&p, coverage_rows, &done), DT_OK);
        append_export(&p, &q, DT_LEDGER_RECORDS, geojson != 0, 3);
        append_export(&p, &q, DT_LEDGER_WATCHES, false, 3);
        append_export(&p, &q, DT_LEDGER_RECORDS, false, 0); /* one form says what the other says */
        digest_of(&p, before);
        digest_of(&q, after);
        assert_string_equal(before, after);
        stop(&p);
        stop(&q);
    }
}

/* An older export that comes later changes nothing; which file came first does not matter. */
static void the_source_s_own_time_decides(void **state) {
    static const char old[] =
        "id,date,act,received\n1,2025-04-19,shelling,2025-04-20\n2,2025-04-19,shelling,2025-04-20\n";
    static const char new[] =
        "id,date,act,received\n1,2025-04-19,assault,2025-04-25\n2,2025-04-19,shelling,2025-04-20\n";
    (void)state;

    for (int turned = 0; turned < 2; turned++) {
        dt_ledger_appended done;
        place p;
        start(&p);
        assert_int_equal(append_events(&p, turned ? new : old, &done), DT_OK);
        assert_int_equal(append_events(&p, turned ? old : new, &done), DT_OK);
        assert_int_equal(done.entries, 1);
        assert_state(&p, DT__MOMENT_NEVER, "1:assault 2:shelling");
        assert_int_equal(append_events(&p, old, &done), DT_OK);
        assert_int_equal(done.known, 2); /* nothing is said anew */
        stop(&p);
    }
}

/* A process that is killed while it makes the file leaves none, or one that opens. */
static void killed_while_it_is_made(void **state) {
    chance c = chance_of(chance_seed("ledger.made"), 1);
    (void)state;

    for (int round = 0; round < 15; round++) {
        int result;
        pid_t child;
        place p;
        start(&p);
        close_ledger(&p);
        unlink(p.path);
        if ((child = fork()) == 0) {
            if (dt_env_new(&p.env, NULL) == DT_OK && dt_ledger_open(&p.ledger, p.path, true, p.env) == DT_OK) pause();
            _exit(1);
        }
        nanosleep(&(struct timespec){.tv_nsec = (long)chance_below(&c, 4000) * 1000}, NULL);
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, &result, 0), child);
        open_ledger(&p, true);
        append_many(&p, 0, 3, 0);
        assert_true(check(&p).whole);
        stop(&p);
    }
}

/* Every allocation of ours failing in turn: an error, nothing half, nothing kept. */
static dt_status write_nowhere(void *payload, const char *bytes, size_t length) {
    (void)payload;
    (void)bytes;
    (void)length;
    return DT_OK;
}

static void failing_allocations(void **state) {
    const dt_sink nowhere = {.write = write_nowhere};
    dt_status st = DT_ERR_MEMORY;
    (void)state;

    for (size_t n = 1; st != DT_OK; n++) {
        failing_memory memory;
        place p;
        dt_ledger_appended done = {0};
        dt_ledger_state *shown = NULL;
        dt_env *good;
        start(&p);
        close_ledger(&p);
        good = p.env;
        p.env = failing_env(&memory, n);
        st = p.env == NULL ? DT_ERR_MEMORY : dt_ledger_open(&p.ledger, p.path, false, p.env);
        if (st == DT_OK) st = append_events(&p, events, &done);
        if (st == DT_OK) st = step(&p, "d", "f", DT_DISPUTE_SUBMITTED, 100);
        if (st == DT_OK) st = append_events(&p, coverage_rows, &done);
        for (int part = 0; st == DT_OK && part < 3; part++)
            st = dt_ledger_export(p.ledger, (dt_ledger_part)part, part == 1, INT64_MAX, &nowhere, p.env);
        if (st == DT_OK) st = dt_ledger_show(&shown, p.ledger, INT64_MAX, INT64_MAX, 3, p.env);
        assert_true(st == DT_OK || st == DT_ERR_MEMORY);
        dt_ledger_state_free(shown, p.env);
        dt_ledger_close(p.ledger, p.env);
        dt_env_free(p.env);
        assert_int_equal(memory.held, 0);
        p.env = good;
        p.ledger = NULL;
        open_ledger(&p, false);
        assert_true(check(&p).whole);
        assert_true(check(&p).entries == 0 || check(&p).entries >= 2);
        stop(&p);
        assert_true(n < 2000);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_of_the_past),
        cmocka_unit_test(everything_comes_back),
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(rebuilt_from_the_log),
        cmocka_unit_test(time_does_not_run_back),
        cmocka_unit_test(coverage),
        cmocka_unit_test(disputes),
        cmocka_unit_test(tampering_is_named),
        cmocka_unit_test(foreign_files_are_left_alone),
        cmocka_unit_test(killed_at_any_moment),
        cmocka_unit_test(two_writers_and_a_reader),
        cmocka_unit_test(full_disk),
        cmocka_unit_test(files_of_events),
        cmocka_unit_test(lines_about_coverage),
        cmocka_unit_test(wrong_lines_about_coverage),
        cmocka_unit_test(columns_of_others_about_coverage),
        cmocka_unit_test(what_is_exported_comes_back),
        cmocka_unit_test(the_source_s_own_time_decides),
        cmocka_unit_test(killed_while_it_is_made),
        cmocka_unit_test(failing_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
