#include "ledger/ledger_file.h"

#include <string.h>

#include "base/catalog.h"

enum { FORMAT = 1, APPLICATION = 0x64746C67, BUSY_MILLISECONDS = 10000 }; /* "dtlg" */

/* Entries are never changed: triggers refuse it, and the chain tells when somebody did it all the same. */
static const char schema[] =
    "CREATE TABLE entry(number INTEGER PRIMARY KEY, received INTEGER NOT NULL, kind INTEGER NOT NULL, id TEXT NOT NULL,"
    " replaces TEXT, starts INTEGER NOT NULL, file TEXT, line INTEGER NOT NULL, body TEXT NOT NULL, hash BLOB NOT "
    "NULL);"
    "CREATE INDEX entry_id ON entry(id, number);"
    "CREATE INDEX entry_replaces ON entry(replaces) WHERE replaces IS NOT NULL;"
    "CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries are not changed'); END;"
    "CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries are not removed'); END;"
    "PRAGMA application_id = 1685351527; PRAGMA user_version = 1;";

/* ---- statements ---- */

dt_status dt__sql_status(const dt_ledger *l, int result, dt_env *env) {
    int code = result & 0xff;
    dt__place place = {.file = l->path == NULL ? "" : l->path};

    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return DT_OK;
    if (code == SQLITE_NOMEM) return DT_ERR_MEMORY;
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
        dt__diagnose(env, DT_ERROR, place, "ledger-busy", "another process is writing to this ledger", NULL);
        dt__hint(env, "try again when it has finished", NULL);
        return DT_ERR_IO;
    }
    if (code == SQLITE_NOTADB) {
        dt__diagnose(env, DT_ERROR, place, "no-ledger", "this file is no ledger", NULL);
        return DT_ERR_ARGUMENT;
    }
    dt__diagnose(env, DT_ERROR, place, "ledger-failed", "the ledger cannot be used: {0}",
                 l->db == NULL ? sqlite3_errstr(result) : sqlite3_errmsg(l->db), NULL);
    return DT_ERR_IO;
}

dt_status dt__sql_run(const dt_ledger *l, const char *sql, dt_env *env) {
    return dt__sql_status(l, sqlite3_exec(l->db, sql, NULL, NULL, NULL), env);
}

dt_status dt__sql_prepare(sqlite3_stmt **out, const dt_ledger *l, const char *sql, const int64_t *numbers, size_t count,
                          dt_env *env) {
    int result = sqlite3_prepare_v2(l->db, sql, -1, out, NULL);

    for (size_t i = 0; i < count && result == SQLITE_OK; i++) result = sqlite3_bind_int64(*out, (int)i + 1, numbers[i]);
    if (result == SQLITE_OK) return DT_OK;
    sqlite3_finalize(*out);
    *out = NULL;
    return dt__sql_status(l, result, env);
}

bool dt__sql_step(const dt_ledger *l, sqlite3_stmt *s, dt_status *st, dt_env *env) {
    int result = sqlite3_step(s);

    *st = dt__sql_status(l, result, env);
    return result == SQLITE_ROW;
}

const char *dt__sql_text(sqlite3_stmt *s, int column) {
    const unsigned char *text = sqlite3_column_text(s, column);
    return text == NULL ? "" : (const char *)text;
}

/* ---- opening ---- */

static dt_status read_number(int64_t *out, const dt_ledger *l, const char *sql, dt_env *env) {
    sqlite3_stmt *s;
    dt_status st = dt__sql_prepare(&s, l, sql, NULL, 0, env);

    if (st != DT_OK) return st;
    *out = dt__sql_step(l, s, &st, env) ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_finalize(s);
    return st;
}

/* An empty file becomes a ledger; another program's is left alone.  Asked under the lock: two may open at once. */
static dt_status make_tables(const dt_ledger *l, dt_env *env) {
    int64_t version = 0, tables = 0;
    dt_status st = dt__sql_run(l, "BEGIN IMMEDIATE", env);

    if (st != DT_OK) return st;
    st = read_number(&version, l, "PRAGMA user_version", env);
    if (st == DT_OK) st = read_number(&tables, l, "SELECT count(*) FROM sqlite_master", env);
    if (st == DT_OK && version == 0 && tables == 0) st = dt__sql_run(l, schema, env);
    if (st == DT_OK) st = dt__sql_run(l, "COMMIT", env);
    if (st != DT_OK && sqlite3_get_autocommit(l->db) == 0) sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
    return st;
}

static dt_status check_kind(const dt_ledger *l, dt_env *env) {
    int64_t application = 0, version = 0;
    dt_status st = read_number(&application, l, "PRAGMA application_id", env);

    if (st == DT_OK) st = read_number(&version, l, "PRAGMA user_version", env);
    if (st != DT_OK || (application == APPLICATION && version == FORMAT)) return st;
    dt__diagnose(env, DT_ERROR, (dt__place){.file = l->path}, "no-ledger",
                 application == APPLICATION ? DT__N("this ledger was made by a newer version of detente")
                                            : DT__N("this file is no ledger"),
                 NULL);
    return DT_ERR_ARGUMENT;
}

static dt_status open_database(dt_ledger *l, const char *path, bool create, dt_env *env) {
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
    dt_status st;

    if ((l->path = dt__string_copy(env, path)) == NULL) return DT_ERR_MEMORY;
    if ((st = dt__sql_status(l, sqlite3_open_v2(path, &l->db, flags, NULL), env)) != DT_OK) return st;
    sqlite3_busy_timeout(l->db, BUSY_MILLISECONDS);
    st = dt__sql_run(l, "PRAGMA trusted_schema = OFF; PRAGMA synchronous = FULL", env);
    if (st == DT_OK && create) st = make_tables(l, env);
    if (st == DT_OK) st = check_kind(l, env); /* before the journal of a file of somebody else is touched */
    return st == DT_OK ? dt__sql_run(l, "PRAGMA journal_mode = WAL", env) : st;
}

dt_status dt_ledger_open(dt_ledger **out, const char *path, bool create, dt_env *env) {
    dt_ledger *l = DT__NEW(env, dt_ledger);
    dt_status st;

    *out = NULL;
    if (l == NULL) return DT_ERR_MEMORY;
    dt__text_init(&l->body, env);
    st = open_database(l, path, create, env);
    if (st == DT_OK) *out = l;
    else dt_ledger_close(l, env);
    return dt__settled(env, st);
}

void dt_ledger_close(dt_ledger *l, dt_env *env) {
    if (l == NULL) return;
    sqlite3_finalize(l->insert);
    sqlite3_finalize(l->newest);
    sqlite3_close(l->db);
    dt__text_clear(&l->body);
    dt__string_free(env, l->path);
    DT__FREE(env, l, 1);
}
