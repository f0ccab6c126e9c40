/* Freezing a forecast: everything that was said, before anybody knows. */
#include <string.h>

#include "model/model.h"
#include "register/ledger.h"

static const char insert_statement[] =
    "INSERT INTO statement(forecast, source, kind, scenario, probability, low, high, mc_error, by)"
    " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char insert_share[] =
    "INSERT INTO share(forecast, source, issue, option, place, share, graded) VALUES(?, ?, ?, ?, ?, ?, ?)";

typedef struct freezing {
    dt_register *r;
    const dt_model *model;
    const dt_forecast_answer *answer;
    int64_t id;
    dt_env *env;
} freezing;

static dt_status add_forecast(freezing *f, const char *name, const char *on, const char *today) {
    dt__text seed;
    dt_status st;

    dt__text_init(&seed, f->env);
    dt__text_add_unsigned(&seed, f->answer->seed);
    st = dt__text_status(&seed);
    if (st == DT_OK)
        st = dt__ledger_insert(
            f->r, f->env,
            "INSERT INTO forecast(name, frozen_on, recorded_on, model_sha256, model_file, model_title, version, "
            "seed, draws) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
            "ssssssssi", name, on, today, dt_model_sha256(f->model), dt_model_file(f->model),
            dt_model_title(f->model, DT_LANG_EN), dt_version(), dt__text_get(&seed), (int64_t)f->answer->draws);
    dt__text_clear(&seed);
    f->id = sqlite3_last_insert_rowid(f->r->db);
    return st;
}

static dt_status add_statements(freezing *f, const dt_forecast_model *m) {
    dt_status st = DT_OK;

    for (size_t s = 0; s < f->answer->scenario_count && st == DT_OK; s++) {
        const dt_probability *p = &m->scenarios[s];
        if (!p->known) continue;
        st = dt__ledger_insert(f->r, f->env, insert_statement, "isssdddds", f->id, m->id,
                               m->kind == DT_MODEL_BASELINE ? "baseline" : "model", f->model->scenarios[s].id,
                               p->probability, p->low, p->high, p->mc_error, f->answer->scenarios[s].by);
    }
    return st;
}

static dt_status add_shares(freezing *f, const dt_forecast_model *m) {
    dt_status st = DT_OK;

    for (size_t i = 0; m->options != NULL && i < f->model->issue_count && st == DT_OK; i++) {
        const dt__issue *issue = &f->model->issues[i];
        for (uint32_t o = 0; o < issue->option_count && st == DT_OK; o++)
            st = dt__ledger_insert(f->r, f->env, insert_share, "isssddi", f->id, m->id, issue->id, issue->options[o].id,
                                   dt__rational_double(issue->scale[o]), m->options[i][o],
                                   (int64_t)(issue->ordered || issue->has_scale));
    }
    return st;
}

/* "claim us": claims are sources of their own, the later of two on one scenario counts. */
static dt_status add_claim(freezing *f, const dt__claim *claim, const dt__valuation *v) {
    dt__text source;
    dt_status st;

    dt__text_init(&source, f->env);
    dt__text_add(&source, "claim ");
    dt__text_add(&source, claim->by);
    st = dt__text_status(&source);
    if (st == DT_OK)
        st = dt__ledger_insert(f->r, f->env,
                               "INSERT OR REPLACE INTO statement(forecast, source, kind, scenario, probability, by)"
                               " VALUES(?, ?, 'claim', ?, ?, ?)",
                               "issds", f->id, dt__text_get(&source), f->model->scenarios[claim->of].id,
                               dt__rational_double(v->numbers[claim->probability]), f->answer->scenarios[claim->of].by);
    dt__text_clear(&source);
    return st;
}

static dt_status add_claims(freezing *f) {
    dt__valuation v;
    dt_status st = dt__valuation_init(&v, f->model, f->env);

    if (st != DT_OK) return st;
    st = dt__valuation_central(&v, f->model, f->env);
    for (size_t i = 0; i < f->model->claim_count && st == DT_OK; i++) st = add_claim(f, &f->model->claims[i], &v);
    dt__valuation_clear(&v, f->env);
    return st;
}

static dt_status check_name(dt_register *r, const char *name, dt_env *env) {
    sqlite3_stmt *s;
    dt_status st = dt__ledger_prepare(&s, r, env, "SELECT frozen_on FROM forecast WHERE name = ?", "s", name);
    int result;

    if (st != DT_OK) return st;
    result = sqlite3_step(s);
    if (result == SQLITE_ROW) {
        dt__diagnose(env, DT_ERROR, (dt__place){.file = r->path}, "frozen-before",
                     "“{0}” was frozen on {1}: a frozen forecast is not changed", name,
                     (const char *)sqlite3_column_text(s, 0), NULL);
        dt__hint(env, "give another name", NULL);
    }
    sqlite3_finalize(s);
    return result == SQLITE_ROW ? DT_ERR_ARGUMENT : dt__ledger_status(r, result, env);
}

static dt_status freeze_all(freezing *f, const char *name, const char *on, const char *today) {
    dt_status st = check_name(f->r, name, f->env);

    if (st == DT_OK) st = add_forecast(f, name, on, today);
    for (size_t i = 0; i < f->answer->model_count && st == DT_OK; i++) {
        st = add_statements(f, &f->answer->models[i]);
        if (st == DT_OK) st = add_shares(f, &f->answer->models[i]);
    }
    return st == DT_OK ? add_claims(f) : st;
}

dt_status dt_register_freeze(dt_register *r, const char *name, const char *on, const char *today, const dt_model *model,
                             const dt_forecast_answer *answer, dt_env *env) {
    freezing f = {.r = r, .model = model, .answer = answer, .env = env};
    dt_status st = dt__ledger_dates(on, today, env);

    if (st == DT_OK && (*name == '\0' || answer->scenario_count == 0)) {
        dt__diagnose(env, DT_ERROR, (dt__place){.file = r->path}, "nothing-to-freeze",
                     "a frozen forecast needs a name, and a model with scenarios", NULL);
        st = DT_ERR_ARGUMENT;
    }
    if (st == DT_OK) st = dt__ledger_begin(r, env);
    if (st != DT_OK) return dt__settled(env, st);
    return dt__settled(env, dt__ledger_end(r, freeze_all(&f, name, on, today), env));
}
