/* Disputes over findings: each step is an entry; what state one is in follows from its last. */
#include <string.h>

#include "base/arena.h"
#include "base/catalog.h"
#include "ledger/ledger_file.h"

static const char *const names[DT_DISPUTE_STATES] = {
    [DT_DISPUTE_SUBMITTED] = "submitted",
    [DT_DISPUTE_ACKNOWLEDGED] = "acknowledged",
    [DT_DISPUTE_CONTESTED] = "contested",
    [DT_DISPUTE_VERIFIED] = "verified",
    [DT_DISPUTE_NOT_VERIFIED] = "not-verified",
    [DT_DISPUTE_UNVERIFIABLE] = "unverifiable",
    [DT_DISPUTE_CLOSED] = "closed",
};

const char *dt_dispute_state_name(dt_dispute_state state) {
    return (unsigned)state < DT_DISPUTE_STATES ? names[state] : NULL;
}

/* The three verdicts are one step. */
static int rank(dt_dispute_state state) {
    if (state == DT_DISPUTE_CLOSED) return 4;
    return state >= DT_DISPUTE_VERIFIED ? 3 : (int)state;
}

dt_status dt__disputes_at(dt_ledger *l, dt__moment at, const dt__dispute_sink *sink, dt_env *env) {
    static const char sql[] =
        "SELECT a.id, a.body, a.received, a.file, a.line FROM entry a WHERE a.kind = 4 AND a.received <= ?1 AND NOT"
        " EXISTS (SELECT 1 FROM entry b WHERE b.id = a.id AND b.kind = 4 AND b.number > a.number AND b.received <= ?1)"
        " ORDER BY a.id";
    sqlite3_stmt *s;
    dt_status st = dt__sql_prepare(&s, l, sql, &at, 1, env);

    if (st != DT_OK) return st;
    st = dt__disputes_replay(l, s, sink, env);
    sqlite3_finalize(s);
    return st;
}

/* ---- one step ---- */

typedef struct last_step {
    const char *id;
    bool found;
    dt_dispute_state state;
    char *finding;
    dt_env *env;
} last_step;

static dt_status take_last(void *payload, const dt_dispute *step) {
    last_step *last = payload;

    if (strcmp(step->id, last->id) != 0) return DT_OK;
    last->found = true;
    last->state = step->state;
    if (step->finding == NULL) return DT_OK;
    last->finding = dt__string_copy(last->env, step->finding);
    return last->finding == NULL ? DT_ERR_MEMORY : DT_OK;
}

static dt_status refuse(const dt_ledger *l, const char *msgid, const char *a, const char *b, dt_env *env) {
    dt__diagnose(env, DT_ERROR, (dt__place){.file = l->path}, "no-such-step", msgid, a, b, NULL);
    return DT_ERR_ARGUMENT;
}

static dt_status check_step(const dt_ledger *l, const dt_dispute *step, const last_step *last, dt_env *env) {
    const char *state = dt_dispute_state_name(step->state);

    if (step->id == NULL || *step->id == '\0' || state == NULL)
        return refuse(l, DT__N("a dispute needs a name and a state"), "", "", env);
    if (!last->found && step->state != DT_DISPUTE_SUBMITTED)
        return refuse(l, DT__N("there is no dispute “{0}”: its first step is `submitted`"), step->id, "", env);
    if (!last->found && step->finding == NULL)
        return refuse(l, DT__N("the first step of dispute “{0}” names the finding that it is about"), step->id, "",
                      env);
    if (last->found && rank(step->state) <= rank(last->state))
        return refuse(l, DT__N("dispute “{0}” is {1} already: no step is taken back"), step->id, names[last->state],
                      env);
    return DT_OK;
}

static dt_status append_step(dt_ledger *l, const dt_dispute *step, const char *finding, dt__moment received,
                             dt_env *env) {
    dt_dispute full = *step;
    dt__entry e = {.kind = DT__ENTRY_DISPUTE, .id = step->id, .starts = received};
    dt_status st;

    if (full.finding == NULL) full.finding = finding;
    dt__text_reset(&l->body);
    dt__dispute_write(&l->body, &full);
    if ((st = dt__text_status(&l->body)) != DT_OK) return st;
    e.body = dt__text_get(&l->body);
    e.length = l->body.length;
    return dt__entry_append(l, &e, env);
}

dt_status dt_ledger_dispute(dt_ledger *l, const dt_dispute *step, dt_time received, dt_env *env) {
    last_step last = {.id = step->id == NULL ? "" : step->id, .env = env};
    dt__dispute_sink sink = {.take = take_last, .payload = &last};
    dt_status st = dt__ledger_batch(l, received, env);

    if (st != DT_OK) return st;
    st = dt__disputes_at(l, DT__MOMENT_NEVER, &sink, env);
    if (st == DT_OK) st = check_step(l, step, &last, env);
    if (st == DT_OK) st = append_step(l, step, last.finding, received, env);
    st = dt__ledger_batch_end(l, st, env);
    dt__string_free(env, last.finding);
    return st;
}
