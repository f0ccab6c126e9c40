/* Recording what happened. */
#include <string.h>

#include "model/date.h"
#include "register/ledger.h"

typedef struct resolving {
    dt_register *r;
    int64_t id;
    const char *on, *source;
    dt_env *env;
} resolving;

static dt_status refuse(const resolving *v, const char *code, const char *msgid, const char *first,
                        const char *second) {
    dt__diagnose(v->env, DT_ERROR, (dt__place){.file = v->r->path}, code, msgid, first, second, NULL);
    return DT_ERR_ARGUMENT;
}

/* Is there a row?  */
static dt_status exists(bool *out, const resolving *v, const char *sql, const char *first, const char *second) {
    sqlite3_stmt *s;
    dt_status st = dt__ledger_prepare(&s, v->r, v->env, sql, second == NULL ? "is" : "iss", v->id, first, second);

    if (st != DT_OK) return st;
    st = dt__ledger_status(v->r, sqlite3_step(s), v->env);
    *out = sqlite3_column_count(s) > 0 && sqlite3_data_count(s) > 0;
    sqlite3_finalize(s);
    return st;
}

static dt_status not_resolved(const resolving *v, const char *sql, const char *name) {
    bool found;
    dt_status st = exists(&found, v, sql, name, NULL);

    if (st != DT_OK || !found) return st;
    return refuse(v, "resolved-before", "“{0}” was resolved before: a resolution is not changed", name, NULL);
}

static dt_status resolve_scenario(const resolving *v, const char *name, const char *value) {
    bool yes = strcmp(value, "yes") == 0;
    dt_status st;

    if (!yes && strcmp(value, "no") != 0)
        return refuse(v, "bad-resolution", "“{0}” is no resolution of scenario “{1}”: expected yes or no", value, name);
    st = not_resolved(v, "SELECT 1 FROM resolution WHERE forecast = ? AND scenario = ?", name);
    if (st != DT_OK) return st;
    return dt__ledger_insert(v->r, v->env,
                             "INSERT INTO resolution(forecast, scenario, happened, resolved_on, source) "
                             "VALUES(?, ?, ?, ?, ?)",
                             "isiss", v->id, name, (int64_t)yes, v->on, v->source);
}

static dt_status resolve_issue(const resolving *v, const char *name, const char *option) {
    bool known;
    dt_status st =
        exists(&known, v, "SELECT 1 FROM share WHERE forecast = ? AND issue = ? AND option = ?", name, option);

    if (st != DT_OK) return st;
    if (!known) return refuse(v, "unknown-option", "“{0}” is no option of issue “{1}”", option, name);
    st = not_resolved(v, "SELECT 1 FROM outcome WHERE forecast = ? AND issue = ?", name);
    if (st != DT_OK) return st;
    return dt__ledger_insert(v->r, v->env,
                             "INSERT INTO outcome(forecast, issue, option, resolved_on, source) VALUES(?, ?, ?, ?, ?)",
                             "issss", v->id, name, option, v->on, v->source);
}

/* Names the scenarios and issues that there are. */
static dt_status refuse_name(const resolving *v, const char *name) {
    dt__text known;
    sqlite3_stmt *s;
    dt_status st = dt__ledger_prepare(&s, v->r, v->env,
                                      "SELECT DISTINCT scenario FROM statement WHERE forecast = ?1 UNION ALL "
                                      "SELECT DISTINCT issue FROM share WHERE forecast = ?1",
                                      "i", v->id);

    if (st != DT_OK) return st;
    dt__text_init(&known, v->env);
    while (sqlite3_step(s) == SQLITE_ROW) {
        if (known.length > 0) dt__text_add(&known, ", ");
        dt__text_add(&known, (const char *)sqlite3_column_text(s, 0));
    }
    sqlite3_finalize(s);
    refuse(v, "unknown-scenario", "the forecast has no scenario or issue “{0}”", name, NULL);
    dt__hint(v->env, "it has: {0}", dt__text_get(&known), NULL);
    st = dt__text_status(&known);
    dt__text_clear(&known);
    return st == DT_OK ? DT_ERR_ARGUMENT : st;
}

static dt_status resolve_one(const resolving *v, const dt_setting *found) {
    bool scenario = false, issue = false;
    dt_status st =
        exists(&scenario, v, "SELECT 1 FROM statement WHERE forecast = ? AND scenario = ?", found->name, NULL);

    if (st != DT_OK) return st;
    if (scenario) return resolve_scenario(v, found->name, found->value);
    st = exists(&issue, v, "SELECT 1 FROM share WHERE forecast = ? AND issue = ?", found->name, NULL);
    if (st != DT_OK) return st;
    return issue ? resolve_issue(v, found->name, found->value) : refuse_name(v, found->name);
}

/* Nothing is resolved before it was frozen. */
static dt_status check_order(const resolving *v) {
    sqlite3_stmt *s;
    dt__date frozen, on;
    dt_status st = dt__ledger_prepare(&s, v->r, v->env, "SELECT frozen_on FROM forecast WHERE id = ?", "i", v->id);

    if (st != DT_OK) return st;
    st = dt__ledger_status(v->r, sqlite3_step(s), v->env);
    if (st == DT_OK && dt__date_parse(&frozen, (const char *)sqlite3_column_text(s, 0)) && dt__date_parse(&on, v->on) &&
        dt__date_compare(on, frozen) < 0)
        st = refuse(v, "resolved-early", "{0} is before the forecast was frozen, on {1}", v->on,
                    (const char *)sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    return st;
}

static dt_status resolve_all(resolving *v, const char *name, const dt_setting *found, size_t count) {
    dt_status st = dt__ledger_forecast(&v->id, v->r, name, v->env);

    if (st == DT_OK) st = check_order(v);
    for (size_t i = 0; i < count && st == DT_OK; i++) st = resolve_one(v, &found[i]);
    return st;
}

dt_status dt_register_resolve(dt_register *r, const char *name, const dt_setting *found, size_t count, const char *on,
                              const char *today, const char *source, dt_env *env) {
    resolving v = {.r = r, .on = on, .source = source, .env = env};
    dt_status st = dt__ledger_dates(on, today, env);

    if (st == DT_OK) st = dt__ledger_begin(r, env);
    if (st != DT_OK) return dt__settled(env, st);
    return dt__settled(env, dt__ledger_end(r, resolve_all(&v, name, found, count), env));
}
