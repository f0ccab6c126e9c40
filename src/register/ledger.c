#include "register/ledger.h"

#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/catalog.h"
#include "base/vector.h"
#include "model/date.h"

enum { FORMAT = 1, APPLICATION = 0x64746e74, BUSY_MILLISECONDS = 10000 }; /* "dtnt" */
static const dt__place nowhere = {.file = ""};

/* A statement is a probability of a scenario by a source; a share is one option of a distribution over an issue. */
static const char schema[] =
    "CREATE TABLE forecast(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, frozen_on TEXT NOT NULL, recorded_on "
    "TEXT NOT NULL,"
    " model_sha256 TEXT NOT NULL, model_file TEXT NOT NULL, model_title TEXT NOT NULL, version TEXT NOT NULL,"
    " seed TEXT NOT NULL, draws INTEGER NOT NULL);"
    "CREATE TABLE statement(forecast INTEGER NOT NULL REFERENCES forecast, source TEXT NOT NULL, kind TEXT NOT NULL,"
    " scenario TEXT NOT NULL, probability REAL NOT NULL, low REAL, high REAL, mc_error REAL, by TEXT,"
    " PRIMARY KEY(forecast, scenario, source));"
    "CREATE TABLE share(forecast INTEGER NOT NULL REFERENCES forecast, source TEXT NOT NULL, issue TEXT NOT NULL,"
    " option TEXT NOT NULL, place REAL NOT NULL, share REAL NOT NULL, graded INTEGER NOT NULL,"
    " PRIMARY KEY(forecast, issue, source, option));"
    "CREATE TABLE resolution(forecast INTEGER NOT NULL REFERENCES forecast, scenario TEXT NOT NULL,"
    " happened INTEGER NOT NULL, resolved_on TEXT NOT NULL, source TEXT, PRIMARY KEY(forecast, scenario));"
    "CREATE TABLE outcome(forecast INTEGER NOT NULL REFERENCES forecast, issue TEXT NOT NULL, option TEXT NOT NULL,"
    " resolved_on TEXT NOT NULL, source TEXT, PRIMARY KEY(forecast, issue));"
    "PRAGMA application_id = 1685352052; PRAGMA user_version = 1;";

/* ---- statements ---- */

dt_status dt__ledger_status(dt_register *r, int result, dt_env *env) {
    int code = result & 0xff;

    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return DT_OK;
    if (code == SQLITE_NOMEM) return DT_ERR_MEMORY;
    dt__diagnose(env, DT_ERROR, (dt__place){.file = r->path}, "register-failed", "the register cannot be used: {0}",
                 r->db == NULL ? sqlite3_errstr(result) : sqlite3_errmsg(r->db), NULL);
    return code == SQLITE_NOTADB || code == SQLITE_CORRUPT ? DT_ERR_ARGUMENT : DT_ERR_IO;
}

dt_status dt__ledger_run(dt_register *r, const char *sql, dt_env *env) {
    return dt__ledger_status(r, sqlite3_exec(r->db, sql, NULL, NULL, NULL), env);
}

dt_status dt__ledger_begin(dt_register *r, dt_env *env) {
    return dt__ledger_run(r, "BEGIN IMMEDIATE", env);
}

dt_status dt__ledger_end(dt_register *r, dt_status status, dt_env *env) {
    if (status == DT_OK) status = dt__ledger_run(r, "COMMIT", env);
    if (status != DT_OK && sqlite3_get_autocommit(r->db) == 0) sqlite3_exec(r->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

static int bind(sqlite3_stmt *s, const char *types, va_list args) {
    int result = SQLITE_OK;

    for (int i = 0; types[i] != '\0' && result == SQLITE_OK; i++) {
        if (types[i] == 's') result = sqlite3_bind_text(s, i + 1, va_arg(args, const char *), -1, SQLITE_TRANSIENT);
        else if (types[i] == 'd') result = sqlite3_bind_double(s, i + 1, va_arg(args, double));
        else result = sqlite3_bind_int64(s, i + 1, va_arg(args, int64_t));
    }
    return result;
}

static dt_status prepare(sqlite3_stmt **out, dt_register *r, dt_env *env, const char *sql, const char *types,
                         va_list args) {
    int result = sqlite3_prepare_v2(r->db, sql, -1, out, NULL);

    if (result == SQLITE_OK) result = bind(*out, types, args);
    if (result == SQLITE_OK) return DT_OK;
    sqlite3_finalize(*out);
    *out = NULL;
    return dt__ledger_status(r, result, env);
}

dt_status dt__ledger_prepare(sqlite3_stmt **out, dt_register *r, dt_env *env, const char *sql, const char *types, ...) {
    va_list args;
    dt_status st;

    va_start(args, types);
    st = prepare(out, r, env, sql, types, args);
    va_end(args);
    return st;
}

dt_status dt__ledger_insert(dt_register *r, dt_env *env, const char *sql, const char *types, ...) {
    sqlite3_stmt *s = NULL;
    va_list args;
    dt_status st;

    va_start(args, types);
    st = prepare(&s, r, env, sql, types, args);
    va_end(args);
    if (st != DT_OK) return st;
    st = dt__ledger_status(r, sqlite3_step(s), env);
    sqlite3_finalize(s);
    return st;
}

/* ---- opening ---- */

static dt_status read_pragma(int64_t *out, dt_register *r, const char *sql, dt_env *env) {
    sqlite3_stmt *s;
    dt_status st = dt__ledger_prepare(&s, r, env, sql, "");

    if (st != DT_OK) return st;
    st = dt__ledger_status(r, sqlite3_step(s), env);
    *out = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return st;
}

/* An empty file becomes a register; another program's is left alone.  Asked again under the lock: two may open at
 * once. */
static dt_status make_tables(dt_register *r, dt_env *env) {
    int64_t version = 0, tables = 0;
    dt_status st = dt__ledger_begin(r, env);

    if (st != DT_OK) return st;
    st = read_pragma(&version, r, "PRAGMA user_version", env);
    if (st == DT_OK) st = read_pragma(&tables, r, "SELECT count(*) FROM sqlite_master", env);
    if (st == DT_OK && version == 0 && tables == 0) st = dt__ledger_run(r, schema, env);
    return dt__ledger_end(r, st, env);
}

static dt_status check_kind(dt_register *r, dt_env *env) {
    int64_t application = 0, version = 0;
    dt_status st = read_pragma(&application, r, "PRAGMA application_id", env);

    if (st == DT_OK) st = read_pragma(&version, r, "PRAGMA user_version", env);
    if (st != DT_OK || (application == APPLICATION && version == FORMAT)) return st;
    dt__diagnose(env, DT_ERROR, (dt__place){.file = r->path}, "no-register",
                 application == APPLICATION ? DT__N("this register was made by a newer version of detente")
                                            : DT__N("this file is no register of forecasts"),
                 NULL);
    return DT_ERR_ARGUMENT;
}

static dt_status open_database(dt_register *r, const char *path, bool create, dt_env *env) {
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
    dt_status st;

    if ((r->path = dt__string_copy(env, path)) == NULL) return DT_ERR_MEMORY;
    if ((st = dt__ledger_status(r, sqlite3_open_v2(path, &r->db, flags, NULL), env)) != DT_OK) return st;
    sqlite3_busy_timeout(r->db, BUSY_MILLISECONDS);
    st = dt__ledger_run(r, "PRAGMA synchronous = EXTRA; PRAGMA foreign_keys = ON", env);
    if (st == DT_OK && create) st = make_tables(r, env);
    return st == DT_OK ? check_kind(r, env) : st;
}

dt_status dt_register_open(dt_register **out, const char *path, bool create, dt_env *env) {
    dt_register *r = DT__NEW(env, dt_register);
    dt_status st;

    *out = NULL;
    if (r == NULL) return DT_ERR_MEMORY;
    st = open_database(r, path, create, env);
    if (st == DT_OK) *out = r;
    else dt_register_close(r, env);
    return dt__settled(env, st);
}

void dt_register_close(dt_register *r, dt_env *env) {
    if (r == NULL) return;
    sqlite3_close(r->db);
    dt__string_free(env, r->path);
    DT__FREE(env, r, 1);
}

/* ---- dates and names ---- */

dt_status dt__ledger_dates(const char *on, const char *today, dt_env *env) {
    dt__date date, now;

    if (!dt__date_parse(&date, on) || date.parts != 3) {
        dt__diagnose(env, DT_ERROR, nowhere, "bad-date", "“{0}” is no day; expected one like 2025-08-14", on, NULL);
        return DT_ERR_ARGUMENT;
    }
    if (!dt__date_parse(&now, today) || dt__date_compare(date, now) <= 0) return DT_OK;
    dt__diagnose(env, DT_ERROR, nowhere, "future-date", "{0} lies in the future: today is {1}", on, today, NULL);
    return DT_ERR_ARGUMENT;
}

static dt_status unknown_forecast(dt_register *r, const char *name, dt_env *env) {
    dt__arena arena;
    dt__vector names = DT__VECTOR(const char *);
    sqlite3_stmt *s;
    dt_status st = dt__ledger_prepare(&s, r, env, "SELECT name FROM forecast ORDER BY name", "");

    if (st != DT_OK) return st;
    dt__arena_init(&arena, env);
    while (st == DT_OK && sqlite3_step(s) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(s, 0);
        const char *copy = text == NULL ? NULL : dt__arena_string(&arena, text, strlen(text));
        st = copy == NULL ? DT_ERR_MEMORY : dt__vector_push(&names, &copy, env);
    }
    sqlite3_finalize(s);
    if (st == DT_OK) {
        const char *nearest = dt__nearest(name, names.items, names.count);
        dt__diagnose(env, DT_ERROR, (dt__place){.file = r->path}, "unknown-forecast", "there is no forecast “{0}”",
                     name, NULL);
        if (nearest != NULL) dt__hint(env, "did you mean {0}?", nearest, NULL);
        st = DT_ERR_ARGUMENT;
    }
    dt__vector_clear(&names, env);
    dt__arena_clear(&arena);
    return st;
}

dt_status dt__ledger_forecast(int64_t *id, dt_register *r, const char *name, dt_env *env) {
    sqlite3_stmt *s;
    dt_status st = dt__ledger_prepare(&s, r, env, "SELECT id FROM forecast WHERE name = ?", "s", name);
    int result;

    if (st != DT_OK) return st;
    result = sqlite3_step(s);
    *id = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    if (result == SQLITE_DONE) return unknown_forecast(r, name, env);
    return dt__ledger_status(r, result, env);
}
