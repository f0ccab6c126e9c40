/* Is the chain whole?  Every entry is hashed anew. */
#include <string.h>

#include "base/catalog.h"
#include "ledger/ledger_file.h"

enum { POLL_EVERY = 4096 };

static const char *text_or_null(sqlite3_stmt *s, int column) {
    return sqlite3_column_type(s, column) == SQLITE_NULL ? NULL : dt__sql_text(s, column);
}

static bool is_text(sqlite3_stmt *s, int column) {
    const char *text = text_or_null(s, column);
    return text == NULL || strlen(text) == (size_t)sqlite3_column_bytes(s, column);
}

static bool is_whole(sqlite3_stmt *s, int64_t number, dt__moment newest, unsigned char head[DT__DIGEST_BYTES]) {
    dt__entry e = {.kind = (dt__entry_kind)sqlite3_column_int(s, 2),
                   .id = dt__sql_text(s, 3),
                   .replaces = text_or_null(s, 4),
                   .starts = sqlite3_column_int64(s, 5),
                   .file = text_or_null(s, 6),
                   .line = (uint32_t)sqlite3_column_int64(s, 7),
                   .body = dt__sql_text(s, 8),
                   .length = (size_t)sqlite3_column_bytes(s, 8)};
    unsigned char hash[DT__DIGEST_BYTES];

    if (sqlite3_column_int64(s, 0) != number || sqlite3_column_int64(s, 1) < newest) return false;
    if (!is_text(s, 3) || !is_text(s, 4) || !is_text(s, 6) || sqlite3_column_bytes(s, 9) != DT__DIGEST_BYTES)
        return false;
    dt__entry_hash(hash, head, number, sqlite3_column_int64(s, 1), &e);
    if (memcmp(hash, sqlite3_column_blob(s, 9), DT__DIGEST_BYTES) != 0) return false;
    memcpy(head, hash, DT__DIGEST_BYTES);
    return true;
}

dt_status dt_ledger_verify(dt_ledger_check *out, dt_ledger *l, dt_env *env) {
    unsigned char head[DT__DIGEST_BYTES] = {0};
    dt__moment newest = DT__MOMENT_ALWAYS;
    sqlite3_stmt *s;
    dt_status st = dt__sql_prepare(&s, l,
                                   "SELECT number, received, kind, id, replaces, starts, file, line, body, hash"
                                   " FROM entry ORDER BY number",
                                   NULL, 0, env);

    *out = (dt_ledger_check){.whole = true};
    if (st != DT_OK) return dt__settled(env, st);
    while (dt__sql_step(l, s, &st, env)) {
        out->entries++;
        if (out->whole && !is_whole(s, (int64_t)out->entries, newest, head)) {
            out->whole = false;
            out->broken = out->entries;
        }
        newest = sqlite3_column_int64(s, 1);
        if (out->entries % POLL_EVERY == 0 && (st = dt__poll(env)) != DT_OK) break;
    }
    sqlite3_finalize(s);
    dt__digest_text(out->head, head);
    return dt__settled(env, st);
}
