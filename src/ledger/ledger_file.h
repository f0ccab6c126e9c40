/* The ledger as its own files see it: SQLite with what every statement needs. */
#ifndef DT__LEDGER_LEDGER_FILE_H
#define DT__LEDGER_LEDGER_FILE_H

#include <sqlite3.h>

#include "base/digest.h"
#include "base/text.h"
#include "ledger/entries.h"

/* What an entry is; the numbers stand in files and are never given anew. */
typedef enum dt__entry_kind {
    DT__ENTRY_RECORD = 1,
    DT__ENTRY_RETRACTION = 2,
    DT__ENTRY_COVERAGE = 3,
    DT__ENTRY_DISPUTE = 4
} dt__entry_kind;

/* An entry before it is written.  Texts may be NULL where said. */
typedef struct dt__entry {
    dt__entry_kind kind;
    const char *id;
    const char *replaces; /* NULL: nothing */
    dt__moment starts;
    const char *file; /* where it was read; NULL: nowhere */
    uint32_t line;
    const char *body; /* JSON, keys in a fixed order */
    size_t length;
} dt__entry;

struct dt_ledger {
    sqlite3 *db;
    char *path;
    bool in_batch;
    /* of the batch */
    int64_t number; /* of the newest entry; 0: none */
    dt__moment received;
    unsigned char head[DT__DIGEST_BYTES];
    sqlite3_stmt *insert, *newest;
    dt__text body;
};

/* DT_OK for SQLITE_OK, DONE and ROW; otherwise a diagnostic with what SQLite says. */
dt_status dt__sql_status(const dt_ledger *l, int result, dt_env *env);
DT_NODISCARD dt_status dt__sql_run(const dt_ledger *l, const char *sql, dt_env *env);
/* A statement with whole-number parameters, `count` of them. */
DT_NODISCARD dt_status dt__sql_prepare(sqlite3_stmt **out, const dt_ledger *l, const char *sql, const int64_t *numbers,
                                       size_t count, dt_env *env);
/* One row: true; the end: false with DT_OK; else false with a status. */
bool dt__sql_step(const dt_ledger *l, sqlite3_stmt *s, dt_status *st, dt_env *env);
/* The text of a column, "" for NULL. */
const char *dt__sql_text(sqlite3_stmt *s, int column);

/* SHA-256 of the predecessor's hash and all of an entry. */
void dt__entry_hash(unsigned char out[DT__DIGEST_BYTES], const unsigned char before[DT__DIGEST_BYTES], int64_t number,
                    dt__moment received, const dt__entry *entry);
/* Appends to the batch that is open. */
DT_NODISCARD dt_status dt__entry_append(dt_ledger *l, const dt__entry *entry, dt_env *env);

/* ---- bodies ---- */

void dt__record_write(dt__text *out, const dt__record *r);
void dt__coverage_write(dt__text *out, const dt__coverage *c);
void dt__dispute_write(dt__text *out, const dt_dispute *d);

/* What a body says: texts and numbers by key, borrowed from the reader until the next. */
typedef struct dt__body_reader dt__body_reader;

/* Reads the bodies of a statement's rows as records (columns: id, body, received, file, line), one after the other. */
DT_NODISCARD dt_status dt__records_replay(const dt_ledger *l, sqlite3_stmt *s, const dt__record_sink *sink,
                                          dt_env *env);
DT_NODISCARD dt_status dt__coverage_replay(const dt_ledger *l, sqlite3_stmt *s, const dt__coverage_sink *sink,
                                           dt_env *env);
DT_NODISCARD dt_status dt__disputes_replay(const dt_ledger *l, sqlite3_stmt *s, const dt__dispute_sink *sink,
                                           dt_env *env);

/* ---- disputes ---- */

/* The last step of each dispute at a reception time, by id. */
DT_NODISCARD dt_status dt__disputes_at(dt_ledger *l, dt__moment at, const dt__dispute_sink *sink, dt_env *env);

#endif
