/* The register: what is frozen stays, whoever kills the process; scores worked out by hand; what is refused. */
#define _DEFAULT_SOURCE 1
#include <math.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "detente/register.h"
#include "language_text.h"

enum { KILLS = 12, LONGEST = 256 };

static const char model_text[] =
    "detente: 1\nas_of: 2025-01-01\nparties: {north: {}, south: {}}\n"
    "formats: {both: {table: [north, south], consent: [north, south]}}\n"
    "issues: {x: {options: [low, mid, high], ordered: true, no_deal: low}}\n"
    "preferences:\n  north: {weights: {x: 1}, values: {x: {low: 0, mid: 40..60, high: 50}}}\n"
    "  south: {weights: {x: 1}, values: {x: {low: 0, mid: 40..60, high: 50}}}\n"
    "scenarios: {moved: {when: \"x != low\", by: 2025-02-01}, high: {when: \"x == high\"}}\n"
    "claims: [{by: a minister, of: moved, probability: 75%}]\n";

typedef struct place {
    dt_env *env;
    dt_model *model;
    dt_forecast_answer *answer;
    char folder[LONGEST], file[LONGEST + 16];
} place;

static void place_init(place *p) {
    dt_forecast_opts opts;

    snprintf(p->folder, sizeof p->folder, "%s/detente-register-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    assert_non_null(mkdtemp(p->folder));
    snprintf(p->file, sizeof p->file, "%s/r.db", p->folder);
    p->env = new_env();
    p->model = model_of(model_text, p->env);
    dt_forecast_opts_init(&opts);
    opts.draws = 200;
    assert_int_equal(dt_forecast(&p->answer, p->model, &opts, p->env), DT_OK);
}

static void place_clear(place *p) {
    char journal[LONGEST + 32];

    snprintf(journal, sizeof journal, "%s-journal", p->file);
    dt_forecast_free(p->answer, p->env);
    dt_model_free(p->model);
    dt_env_free(p->env);
    unlink(journal);
    unlink(p->file);
    rmdir(p->folder);
}

static dt_status freeze(place *p, const char *name, const char *on) {
    dt_register *r;
    dt_status st = dt_register_open(&r, p->file, true, p->env);

    if (st == DT_OK) st = dt_register_freeze(r, name, on, "2025-03-01", p->model, p->answer, p->env);
    dt_register_close(r, p->env);
    return st;
}

static dt_status resolve(place *p, const char *name, const char *what, const char *value, const char *on) {
    dt_setting found = {what, value};
    dt_register *r;
    dt_status st = dt_register_open(&r, p->file, false, p->env);

    if (st == DT_OK) st = dt_register_resolve(r, name, &found, 1, on, "2025-03-01", NULL, p->env);
    dt_register_close(r, p->env);
    return st;
}

/* ---- killed ---- */

/* A child that freezes and reports each name once it is frozen, until it is killed. */
static void freeze_for_ever(place *p, int reports, int round) {
    for (int i = 0; i < 100000; i++) {
        char name[32], line[40];
        snprintf(name, sizeof name, "f%d-%d", round, i);
        snprintf(line, sizeof line, "%s\n", name);
        if (freeze(p, name, "2025-01-01") != DT_OK) _exit(1);
        if (write(reports, line, strlen(line)) < 0) _exit(1);
    }
    _exit(0);
}

static sqlite3_int64 count_of(sqlite3 *db, const char *sql, const char *name) {
    sqlite3_stmt *s;
    sqlite3_int64 count;

    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    if (name != NULL) sqlite3_bind_text(s, 1, name, -1, SQLITE_TRANSIENT);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    count = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return count;
}

/* Every forecast that is there is whole; every one that was reported is there. */
static void check_register(const place *p, char *reported) {
    sqlite3 *db;
    size_t statements = 0;

    for (size_t i = 0; i < p->answer->model_count; i++) {
        for (size_t s = 0; s < p->answer->scenario_count; s++) statements += p->answer->models[i].scenarios[s].known;
    }
    assert_int_equal(sqlite3_open(p->file, &db), SQLITE_OK);
    assert_int_equal(count_of(db, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'", NULL), 1);
    assert_int_equal(count_of(db, "SELECT count(*) FROM statement", NULL),
                     (sqlite3_int64)(statements + 1) * count_of(db, "SELECT count(*) FROM forecast", NULL));
    for (char *name = strtok(reported, "\n"); name != NULL; name = strtok(NULL, "\n"))
        assert_int_equal(count_of(db, "SELECT count(*) FROM forecast WHERE name = ?", name), 1);
    sqlite3_close(db);
}

static void a_killed_process_loses_nothing_frozen(void **state) {
    char *reported = calloc(1, 1 << 20);
    size_t length = 0;
    place p;
    (void)state;

    assert_non_null(reported);
    place_init(&p);
    for (int round = 0; round < KILLS; round++) {
        int ends[2];
        ssize_t more;
        pid_t child;
        assert_int_equal(pipe(ends), 0);
        child = fork();
        assert_true(child >= 0);
        if (child == 0) freeze_for_ever(&p, ends[1], round);
        close(ends[1]);
        usleep((useconds_t)(20000 + 7919 * round));
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, NULL, 0), child);
        while (length < (1 << 20) - 4096 && (more = read(ends[0], reported + length, 4096)) > 0) length += (size_t)more;
        close(ends[0]);
    }
    reported[length] = '\0';
    assert_int_equal(freeze(&p, "last", "2025-01-01"), DT_OK); /* what was left half done is rolled back */
    assert_true(length > 0);
    check_register(&p, reported);
    free(reported);
    place_clear(&p);
}

/* A file that may not grow any more stands for a full disk. */
static void a_full_disk_loses_nothing_frozen(void **state) {
    char whole[] = "first\nsecond\nthird";
    pid_t child;
    int status;
    place p;
    (void)state;

    place_init(&p);
    assert_int_equal(freeze(&p, "first", "2025-01-01"), DT_OK);
    assert_int_equal(freeze(&p, "second", "2025-01-01"), DT_OK);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct rlimit limit = {16384, 16384}; /* less than the register has already */
        signal(SIGXFSZ, SIG_IGN);
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(2);
        _exit(freeze(&p, "third", "2025-01-01") == DT_ERR_IO ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(freeze(&p, "third", "2025-01-01"), DT_OK);
    check_register(&p, whole);
    place_clear(&p);
}

/* ---- scores by hand ---- */

static void near(double found, double wanted, double within) {
    if (!(fabs(found - wanted) <= within)) fail_msg("%.15g instead of %.15g", found, wanted);
}

static const dt_source_score *source_of(const dt_score_answer *a, const char *source) {
    for (size_t i = 0; i < a->source_count; i++) {
        if (strcmp(a->sources[i].source, source) == 0) return &a->sources[i];
    }
    fail_msg("no source %s", source);
    return NULL;
}

static dt_score_answer *score(place *p, const char *baseline) {
    dt_score_answer *a = NULL;
    dt_score_opts opts;
    dt_register *r;

    dt_score_opts_init(&opts);
    opts.baseline = baseline;
    assert_int_equal(dt_register_open(&r, p->file, false, p->env), DT_OK);
    if (dt_register_score(&a, r, &opts, p->env) != DT_OK) a = NULL;
    dt_register_close(r, p->env);
    return a;
}

static void scores_are_what_they_are_by_hand(void **state) {
    dt_score_answer *a;
    place p;
    (void)state;

    place_init(&p);
    assert_int_equal(freeze(&p, "one", "2025-01-01"), DT_OK);
    a = score(&p, "uniform");
    assert_int_equal(a->source_count, 0);
    assert_int_equal(a->open, 2);
    dt_score_free(a, p.env);
    assert_int_equal(resolve(&p, "one", "moved", "no", "2025-02-02"), DT_OK);
    assert_int_equal(resolve(&p, "one", "x", "low", "2025-02-02"), DT_OK);
    a = score(&p, "uniform");
    assert_int_equal(a->resolved, 1);
    near(source_of(a, "claim a minister")->brier, 0.5625, 1e-12);
    near(source_of(a, "claim a minister")->log, -log(0.25), 1e-12);
    near(source_of(a, "uniform")->brier, 4.0 / 9, 1e-12);
    near(source_of(a, "no_deal")->brier, 0, 1e-12);
    near(source_of(a, "no_deal")->difference, -4.0 / 9, 1e-12);
    assert_true(isnan(source_of(a, "no_deal")->low)); /* one forecast: nothing to resample */
    assert_false(source_of(a, "no_deal")->calibrated);
    near(source_of(a, "nash_both")->brier, 1, 1e-12); /* every draw has a deal */
    assert_int_equal(source_of(a, "nash_both")->distributions, 1);
    dt_score_free(a, p.env);
    assert_int_equal(freeze(&p, "two", "2025-01-01"), DT_OK);
    assert_int_equal(resolve(&p, "two", "moved", "yes", "2025-02-02"), DT_OK);
    a = score(&p, "uniform");
    near(source_of(a, "claim a minister")->brier, (0.5625 + 0.0625) / 2, 1e-12);
    near(source_of(a, "no_deal")->low, -4.0 / 9, 1e-12);     /* both times the first */
    near(source_of(a, "no_deal")->high, 1 - 1.0 / 9, 1e-12); /* both times the second */
    dt_score_free(a, p.env);
    assert_null(score(&p, "unifrom"));
    place_clear(&p);
}

/* ---- what is refused ---- */

static void what_is_wrong_is_refused(void **state) {
    dt_register *r;
    FILE *file;
    place p;
    (void)state;

    place_init(&p);
    assert_int_equal(dt_register_open(&r, p.file, false, p.env), DT_ERR_IO); /* not made by looking */
    assert_int_equal(freeze(&p, "one", "2025-04-01"), DT_ERR_ARGUMENT);      /* the future */
    assert_int_equal(freeze(&p, "one", "2025-02-30"), DT_ERR_ARGUMENT);
    assert_int_equal(freeze(&p, "one", "2025-01"), DT_ERR_ARGUMENT);
    assert_int_equal(freeze(&p, "", "2025-01-01"), DT_ERR_ARGUMENT);
    assert_int_equal(freeze(&p, "one", "2025-01-10"), DT_OK);
    assert_int_equal(freeze(&p, "one", "2025-01-10"), DT_ERR_ARGUMENT);
    assert_int_equal(resolve(&p, "on", "moved", "yes", "2025-02-01"), DT_ERR_ARGUMENT);
    assert_int_equal(resolve(&p, "one", "mvoed", "yes", "2025-02-01"), DT_ERR_ARGUMENT);
    assert_int_equal(resolve(&p, "one", "moved", "perhaps", "2025-02-01"), DT_ERR_ARGUMENT);
    assert_int_equal(resolve(&p, "one", "x", "higher", "2025-02-01"), DT_ERR_ARGUMENT);
    assert_int_equal(resolve(&p, "one", "moved", "yes", "2025-01-09"), DT_ERR_ARGUMENT); /* before it was frozen */
    assert_int_equal(resolve(&p, "one", "moved", "yes", "2025-03-02"), DT_ERR_ARGUMENT); /* the future */
    assert_int_equal(resolve(&p, "one", "moved", "yes", "2025-03-01"), DT_OK);
    assert_int_equal(resolve(&p, "one", "moved", "no", "2025-03-01"), DT_ERR_ARGUMENT); /* twice */
    unlink(p.file);
    file = fopen(p.file, "wb");
    fputs("this is no database, whatever it is called, and long enough to look at its first bytes", file);
    fclose(file);
    assert_int_equal(dt_register_open(&r, p.file, true, p.env), DT_ERR_ARGUMENT);
    assert_null(r);
    place_clear(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_killed_process_loses_nothing_frozen),
        cmocka_unit_test(a_full_disk_loses_nothing_frozen),
        cmocka_unit_test(scores_are_what_they_are_by_hand),
        cmocka_unit_test(what_is_wrong_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
