/* The register as its own files see it: SQLite with what every statement needs. */
#ifndef DT__REGISTER_LEDGER_H
#define DT__REGISTER_LEDGER_H

#include <sqlite3.h>

#include "base/text.h"
#include "detente/register.h"

struct dt_register {
    sqlite3 *db;
    char *path;
};

/* DT_OK for SQLITE_OK, DONE and ROW; otherwise a diagnostic with what SQLite says. */
dt_status dt__ledger_status(dt_register *r, int result, dt_env *env);
DT_NODISCARD dt_status dt__ledger_run(dt_register *r, const char *sql, dt_env *env);
/* Begins, and ends as `status` says: what failed leaves nothing behind. */
DT_NODISCARD dt_status dt__ledger_begin(dt_register *r, dt_env *env);
DT_NODISCARD dt_status dt__ledger_end(dt_register *r, dt_status status, dt_env *env);

/* A statement with its parameters: s text, d double, i integer, each from the arguments; s may be NULL. */
DT_NODISCARD dt_status dt__ledger_prepare(sqlite3_stmt **out, dt_register *r, dt_env *env, const char *sql,
                                          const char *types, ...);
/* The same, run to its end. */
DT_NODISCARD dt_status dt__ledger_insert(dt_register *r, dt_env *env, const char *sql, const char *types, ...);

/* Whole dates YYYY-MM-DD, `on` not after `today`. */
DT_NODISCARD dt_status dt__ledger_dates(const char *on, const char *today, dt_env *env);
/* The number of a forecast by name; DT_ERR_ARGUMENT with the nearest name when there is none. */
DT_NODISCARD dt_status dt__ledger_forecast(int64_t *id, dt_register *r, const char *name, dt_env *env);

#endif
