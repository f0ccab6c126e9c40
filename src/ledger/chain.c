/* Appending: each entry holds the hash of the one before it, so none can be changed, left out or put between. */
#include <string.h>

#include "base/catalog.h"
#include "ledger/ledger_file.h"

/* ---- the hash of an entry ---- */

static void hash_number(dt__digest *context, int64_t number) {
    uint8_t bytes[8];

    for (size_t i = 0; i < 8; i++) bytes[i] = (uint8_t)((uint64_t)number >> (56 - 8 * i));
    dt__digest_add(context, bytes, sizeof bytes);
}

/* With its length in front, so that no two entries look the same; a missing text is not an empty one. */
static void hash_text(dt__digest *context, const char *text, size_t length) {
    hash_number(context, text == NULL ? -1 : (int64_t)length);
    if (text != NULL) dt__digest_add(context, text, length);
}

static void hash_string(dt__digest *context, const char *text) {
    hash_text(context, text, text == NULL ? 0 : strlen(text));
}

void dt__entry_hash(unsigned char out[DT__DIGEST_BYTES], const unsigned char before[DT__DIGEST_BYTES], int64_t number,
                    dt__moment received, const dt__entry *e) {
    dt__digest context;

    dt__digest_begin(&context);
    dt__digest_add(&context, before, DT__DIGEST_BYTES);
    hash_number(&context, number);
    hash_number(&context, received);
    hash_number(&context, (int64_t)e->kind);
    hash_string(&context, e->id);
    hash_string(&context, e->replaces);
    hash_number(&context, e->starts);
    hash_string(&context, e->file);
    hash_number(&context, e->line);
    hash_text(&context, e->body, e->length);
    dt__digest_end(&context, out);
}

/* ---- batches ---- */

static dt_status read_head(dt_ledger *l, dt__moment *newest, dt_env *env) {
    sqlite3_stmt *s;
    dt_status st =
        dt__sql_prepare(&s, l, "SELECT number, received, hash FROM entry ORDER BY number DESC LIMIT 1", NULL, 0, env);

    l->number = 0;
    *newest = DT__MOMENT_ALWAYS;
    memset(l->head, 0, sizeof l->head);
    if (st != DT_OK) return st;
    if (dt__sql_step(l, s, &st, env)) {
        l->number = sqlite3_column_int64(s, 0);
        *newest = sqlite3_column_int64(s, 1);
        if (sqlite3_column_bytes(s, 2) == DT__DIGEST_BYTES)
            memcpy(l->head, sqlite3_column_blob(s, 2), DT__DIGEST_BYTES);
    }
    sqlite3_finalize(s);
    return st;
}

static dt_status prepare_batch(dt_ledger *l, dt_env *env) {
    static const char insert[] =
        "INSERT INTO entry(number, received, kind, id, replaces, starts, file, line, body, hash)"
        " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    static const char newest[] = "SELECT kind, body FROM entry WHERE id = ?1 AND (kind = ?2 OR (kind < 3 AND ?2 < 3))"
                                 " AND json_extract(body, '$.source') IS ?3"
                                 " ORDER BY number DESC"; /* records and retractions answer one another */
    dt_status st = DT_OK;

    if (l->insert == NULL) st = dt__sql_prepare(&l->insert, l, insert, NULL, 0, env);
    if (st == DT_OK && l->newest == NULL) st = dt__sql_prepare(&l->newest, l, newest, NULL, 0, env);
    return st;
}

static dt_status begin(dt_ledger *l, dt__moment received, dt_env *env) {
    dt__moment newest;
    dt_status st = read_head(l, &newest, env);

    if (st == DT_OK) st = prepare_batch(l, env);
    if (st != DT_OK || received >= newest) return st;
    dt__diagnose(env, DT_ERROR, (dt__place){.file = l->path}, "received-earlier",
                 "the newest entry was received later than that: time does not run back", NULL);
    return DT_ERR_ARGUMENT;
}

dt_status dt__ledger_batch(dt_ledger *l, dt__moment received, dt_env *env) {
    dt_status st = dt__sql_run(l, "BEGIN IMMEDIATE", env);

    if (st != DT_OK) return dt__settled(env, st);
    l->in_batch = true;
    l->received = received;
    st = begin(l, received, env);
    return st == DT_OK ? DT_OK : dt__ledger_batch_end(l, st, env);
}

dt_status dt__ledger_batch_end(dt_ledger *l, dt_status status, dt_env *env) {
    if (!l->in_batch) return dt__settled(env, status);
    l->in_batch = false;
    if (l->insert != NULL) sqlite3_reset(l->insert);
    if (l->newest != NULL) sqlite3_reset(l->newest);
    if (status == DT_OK) status = dt__sql_run(l, "COMMIT", env);
    if (sqlite3_get_autocommit(l->db) == 0) sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
    return dt__settled(env, status);
}

/* ---- entries ---- */

static int bind_text(sqlite3_stmt *s, int column, const char *text) {
    return sqlite3_bind_text(s, column, text, -1, SQLITE_STATIC); /* NULL binds as NULL */
}

static int bind_entry(sqlite3_stmt *s, int64_t number, dt__moment received, const dt__entry *e,
                      const unsigned char *hash) {
    int result = sqlite3_bind_int64(s, 1, number);

    if (result == SQLITE_OK) result = sqlite3_bind_int64(s, 2, received);
    if (result == SQLITE_OK) result = sqlite3_bind_int(s, 3, (int)e->kind);
    if (result == SQLITE_OK) result = bind_text(s, 4, e->id);
    if (result == SQLITE_OK) result = bind_text(s, 5, e->replaces);
    if (result == SQLITE_OK) result = sqlite3_bind_int64(s, 6, e->starts);
    if (result == SQLITE_OK) result = bind_text(s, 7, e->file);
    if (result == SQLITE_OK) result = sqlite3_bind_int64(s, 8, e->line);
    if (result == SQLITE_OK) result = sqlite3_bind_text64(s, 9, e->body, e->length, SQLITE_STATIC, SQLITE_UTF8);
    return result == SQLITE_OK ? sqlite3_bind_blob(s, 10, hash, DT__DIGEST_BYTES, SQLITE_STATIC) : result;
}

dt_status dt__entry_append(dt_ledger *l, const dt__entry *e, dt_env *env) {
    unsigned char hash[DT__DIGEST_BYTES];
    int result;

    dt__entry_hash(hash, l->head, l->number + 1, l->received, e);
    result = bind_entry(l->insert, l->number + 1, l->received, e, hash);
    if (result == SQLITE_OK) result = sqlite3_step(l->insert);
    sqlite3_reset(l->insert);
    if (result != SQLITE_DONE) return dt__sql_status(l, result, env);
    memcpy(l->head, hash, sizeof hash);
    l->number++;
    return DT_OK;
}

static bool is_body(sqlite3_stmt *s, const dt__entry *e) {
    return sqlite3_column_int(s, 0) == (int)e->kind && (size_t)sqlite3_column_bytes(s, 1) == e->length &&
           memcmp(dt__sql_text(s, 1), e->body, e->length) == 0;
}

/* Does an entry of this source and id stand there, with this body or another?  dated: the source says when it filed it,
 * so that one which came before the newest is old, and no going back to what was said earlier. */
static dt_status look_up(dt__appended *what, dt_ledger *l, const dt__entry *e, const char *source, bool dated,
                         dt_env *env) {
    int result = bind_text(l->newest, 1, e->id);
    bool first = true;
    dt_status st;

    if (result == SQLITE_OK) result = sqlite3_bind_int(l->newest, 2, (int)e->kind);
    if (result == SQLITE_OK) result = bind_text(l->newest, 3, source);
    st = dt__sql_status(l, result, env);
    *what = DT__APPENDED_NEW;
    while (st == DT_OK && (first || dated) && *what != DT__APPENDED_KNOWN && dt__sql_step(l, l->newest, &st, env)) {
        *what = is_body(l->newest, e) ? DT__APPENDED_KNOWN : DT__APPENDED_REVISION;
        first = false;
    }
    sqlite3_reset(l->newest);
    return st;
}

dt_status dt__ledger_add(dt__appended *what, dt_ledger *l, const dt__record *record, dt_env *env) {
    dt__entry e = {.kind = record->kind == DT__RECORD_RETRACTION ? DT__ENTRY_RETRACTION : DT__ENTRY_RECORD,
                   .id = record->id,
                   .replaces = record->revises,
                   .starts = record->when.lo,
                   .file = record->file,
                   .line = record->line};
    dt_status st;

    dt__text_reset(&l->body);
    dt__record_write(&l->body, record);
    if ((st = dt__text_status(&l->body)) != DT_OK) return st;
    e.body = dt__text_get(&l->body);
    e.length = l->body.length;
    st = look_up(what, l, &e, record->source, record->received != DT__MOMENT_ALWAYS, env);
    if (st != DT_OK || *what == DT__APPENDED_KNOWN) return st;
    if (*what == DT__APPENDED_REVISION && e.replaces == NULL) e.replaces = e.id;
    if (e.replaces != NULL && e.kind == DT__ENTRY_RECORD) *what = DT__APPENDED_REVISION;
    return dt__entry_append(l, &e, env);
}

dt_status dt__ledger_add_coverage(dt__appended *what, dt_ledger *l, const dt__coverage *coverage, dt_env *env) {
    dt__entry e = {.kind = DT__ENTRY_COVERAGE,
                   .id = coverage->id,
                   .starts = coverage->when.lo,
                   .file = coverage->file,
                   .line = coverage->line};
    dt_status st;

    dt__text_reset(&l->body);
    dt__coverage_write(&l->body, coverage);
    if ((st = dt__text_status(&l->body)) != DT_OK) return st;
    e.body = dt__text_get(&l->body);
    e.length = l->body.length;
    st = look_up(what, l, &e, coverage->source, false, env);
    if (st != DT_OK || *what == DT__APPENDED_KNOWN) return st;
    return dt__entry_append(l, &e, env);
}
