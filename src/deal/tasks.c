#include "deal/tasks.h"

#include <string.h>

#include "base/catalog.h"
#include "base/threads.h"

typedef enum task_kind { COHERENT, ACCEPTABLE, ZONE, PRINCIPLED, BEST, EXAMPLE, BLOCKERS, RULES } task_kind;

typedef struct task {
    task_kind kind;
    dt__format_work *work;
    uint32_t party;
} task;

typedef struct stage {
    dt__vector tasks; /* task */
    dt_env *env;
    size_t list_limit;
} stage;

static dt_status run_task(void *payload, size_t i, unsigned worker) {
    stage *s = payload;
    const task *t = DT__AT(s->tasks, task, i);

    (void)worker;
    switch (t->kind) {
    case COHERENT: return dt__count_coherent(t->work, s->env);
    case ACCEPTABLE: return dt__count_acceptable(t->work, t->party, s->env);
    case ZONE: {
        dt_status st = dt__count_zone(t->work, s->env);
        return st == DT_OK ? dt__decide_existence(t->work, s->env) : st;
    }
    case PRINCIPLED: return dt__count_principled(t->work, s->env);
    case BEST: return dt__find_best(t->work, t->party, s->env);
    case EXAMPLE: return dt__find_example(t->work, s->env);
    case BLOCKERS: return dt__find_blockers(t->work, s->list_limit, s->env);
    case RULES: return dt__find_rule_conflicts(t->work, s->list_limit, s->env);
    }
    return DT_OK;
}

static dt_status add_task(stage *s, task_kind kind, dt__format_work *work, uint32_t party) {
    return dt__vector_push(&s->tasks, &(task){.kind = kind, .work = work, .party = party}, s->env);
}

static dt_status add_counts(stage *s, dt__format_work *w, dt__depth depth) {
    const dt_model *model = w->setting->situation.model;
    dt_status st = add_task(s, ZONE, w, 0);

    if (depth == DT__ZONES) return st;
    if (st == DT_OK) st = add_task(s, COHERENT, w, 0);
    if (depth == DT__BLOCKERS) return st;
    for (uint32_t p = 0; p < model->party_count && st == DT_OK; p++) {
        if (model->parties[p].preferences != NULL) st = add_task(s, ACCEPTABLE, w, p);
    }
    return st;
}

static bool is_coherent(const dt__format_work *w) {
    return !w->coherent.exact || !dt__count_is_zero(w->coherent.count, w->coherent.limbs);
}

/* What the counts showed decides what is asked next. */
static dt_status add_second_stage(stage *s, dt__format_work *w, dt__depth depth) {
    dt_status st;

    if (w->status == DT_ZONE_EMPTY && depth != DT__ZONES) return add_task(s, is_coherent(w) ? BLOCKERS : RULES, w, 0);
    if (w->status != DT_ZONE_OPEN) return DT_OK;
    if (w->zone.exact && depth != DT__BLOCKERS && (st = add_task(s, PRINCIPLED, w, 0)) != DT_OK) return st;
    if ((st = add_task(s, EXAMPLE, w, 0)) != DT_OK || depth != DT__EVERYTHING) return st;
    for (uint32_t p = 0; p < DT__MAX_PARTIES && st == DT_OK; p++) {
        if (w->parties >> p & 1) st = add_task(s, BEST, w, p);
    }
    return st;
}

/* The example of a zone is its deal of largest total utility; where nobody has utilities, the one that changes least. */
static dt_status choose_example(dt__format_work *w, dt_env *env) {
    dt__party_set cardinal = 0;

    w->example_objective = w->problem.nearness;
    for (size_t k = 0; k < w->problem.coordinates.count; k++) {
        const dt__coordinate *c = DT__COORDINATE(&w->problem, k);
        if (c->party != DT__NO_INDEX && !c->ordinal && (w->parties >> c->party & 1)) cardinal |= (dt__party_set)1 << c->party;
    }
    if (cardinal == 0) return DT_OK;
    switch (dt__problem_add_objective(&w->problem, cardinal, &w->example_objective, env)) {
    case DT_OK: return DT_OK;
    case DT_ERR_LIMIT: w->example_objective = w->problem.nearness; return DT_OK; /* no common unit in 128 bits */
    default: return DT_ERR_MEMORY;
    }
}

dt_status dt__run_formats(dt__format_work *works, size_t count, dt__depth depth, size_t list_limit, dt_env *env) {
    stage first = {.tasks = DT__VECTOR(task), .env = env}, second = {.tasks = DT__VECTOR(task), .env = env, .list_limit = list_limit};
    dt_status st = DT_OK;

    for (size_t f = 0; f < count; f++) {
        DT__TRY(choose_example(&works[f], env));
        DT__TRY(add_counts(&first, &works[f], depth));
    }
    DT__TRY(dt__parallel(env, first.tasks.count, run_task, &first));
    for (size_t f = 0; f < count; f++) DT__TRY(add_second_stage(&second, &works[f], depth));
    DT__TRY(dt__parallel(env, second.tasks.count, run_task, &second));
done:
    dt__vector_clear(&first.tasks, env);
    dt__vector_clear(&second.tasks, env);
    return st;
}

/* ---- workers with an environment of their own: they compile models, which can find fault with them ---- */

typedef struct worker {
    dt_env *env;
    dt__valuation valuation;
    dt__draw_counts *counts; /* per format */
} worker;

typedef struct series {
    const dt__format *const *formats;
    size_t count;
    const dt__setting *setting;
    dt__format_work *out;
    uint64_t draws, seed;
    worker *workers;
    unsigned worker_count;
} series;

static dt_status workers_init(series *s, size_t tasks, dt_env *env) {
    dt_status st = DT_OK;

    s->worker_count = dt__thread_count(env, tasks);
    if ((s->workers = DT__ARRAY(env, worker, s->worker_count)) == NULL) return DT_ERR_MEMORY;
    for (unsigned i = 0; i < s->worker_count && st == DT_OK; i++) {
        worker *w = &s->workers[i];
        if ((st = dt_env_new(&w->env, &env->opts)) != DT_OK) return st;
        w->env->deadline = env->deadline;
        if ((st = dt__valuation_init(&w->valuation, s->setting->situation.model, w->env)) != DT_OK) return st;
        memcpy(w->valuation.fixed, s->setting->valuation.fixed, w->valuation.quantity_count * sizeof(bool));
        memcpy(w->valuation.quantities, s->setting->valuation.quantities, w->valuation.quantity_count * sizeof(dt__rational));
        if ((w->counts = DT__ARRAY(w->env, dt__draw_counts, s->count)) == NULL) return DT_ERR_MEMORY;
    }
    return st;
}

/* What a worker found fault with becomes known to the caller. */
static void workers_clear(series *s, dt_env *env) {
    if (s->workers == NULL) return;
    for (unsigned i = 0; i < s->worker_count; i++) {
        worker *w = &s->workers[i];
        if (w->env == NULL) continue;
        dt__env_take_diagnostics(env, w->env);
        if (w->counts != NULL) DT__FREE(w->env, w->counts, s->count == 0 ? 1 : s->count);
        if (w->valuation.numbers != NULL) dt__valuation_clear(&w->valuation, w->env);
        dt_env_free(w->env);
    }
    DT__FREE(env, s->workers, s->worker_count);
}

/* ---- months ---- */

static dt_status run_month(void *payload, size_t i, unsigned number) {
    series *s = payload;
    worker *w = &s->workers[number];
    dt__format_work *work = &s->out[i];
    dt__setting *setting = DT__NEW(w->env, dt__setting);
    dt_status st;

    if (setting == NULL) return DT_ERR_MEMORY;
    *setting = *s->setting; /* the valuation is shared, the situation is its own */
    setting->situation.valuation = &s->setting->valuation;
    setting->situation.no_deal = setting->no_deal;
    st = dt__rational_add(&setting->situation.months, s->setting->situation.months, DT__RATIONAL((dt__int128)(i / s->count))) ? DT_OK : DT_ERR_LIMIT;
    if (st == DT_OK) st = dt__format_work_init(work, s->formats[i % s->count], setting, setting->within, w->env);
    if (st == DT_OK) st = dt__count_zone(work, w->env);
    if (st == DT_OK) st = dt__decide_existence(work, w->env);
    /* Only the numbers are kept. */
    if (work->setting != NULL) {
        dt__tally zone = work->zone;
        dt_zone_status status = work->status;
        dt__format_work_clear(work, w->env);
        work->zone = zone;
        work->status = status;
    }
    DT__FREE(w->env, setting, 1);
    return st;
}

dt_status dt__run_months(dt__format_work *zones_out, const dt__format *const *formats, size_t count, const dt__setting *setting,
                         unsigned months, dt_env *env) {
    series s = {.formats = formats, .count = count, .setting = setting, .out = zones_out};
    size_t tasks = count * ((size_t)months + 1);
    dt_status st;

    DT__TRY(workers_init(&s, tasks, env));
    st = dt__parallel(env, tasks, run_month, &s);
done:
    workers_clear(&s, env);
    return st;
}

/* ---- draws ---- */

enum { DRAWS_PER_TASK = 16 };

static dt_status run_draw(series *s, worker *w, uint64_t draw) {
    const dt_model *model = s->setting->situation.model;
    dt__setting *setting;
    dt_status st = dt__valuation_draw(&w->valuation, model, s->seed, draw, w->env);

    if (st != DT_OK) return st;
    if ((setting = DT__NEW(w->env, dt__setting)) == NULL) return DT_ERR_MEMORY;
    *setting = *s->setting;
    setting->situation.valuation = &w->valuation;
    setting->situation.no_deal = setting->no_deal;
    for (size_t f = 0; f < s->count && st == DT_OK; f++) {
        dt__format_work work;
        st = dt__format_work_init(&work, s->formats[f], setting, setting->within, w->env);
        if (st == DT_OK) {
            dt__count_set(work.zone.count, work.zone.limbs = 1, 0);
            work.zone.exact = false; /* not counted: only searched */
            st = dt__decide_existence(&work, w->env);
            w->counts[f].deals += work.status == DT_ZONE_OPEN;
            w->counts[f].undecided += work.status == DT_ZONE_UNDECIDED;
        }
        dt__format_work_clear(&work, w->env);
    }
    DT__FREE(w->env, setting, 1);
    return st;
}

static dt_status run_draws(void *payload, size_t i, unsigned number) {
    series *s = payload;
    uint64_t end = (i + 1) * DRAWS_PER_TASK < s->draws ? (i + 1) * DRAWS_PER_TASK : s->draws;
    dt_status st = DT_OK;

    for (uint64_t draw = i * DRAWS_PER_TASK; draw < end && st == DT_OK; draw++) {
        if (dt__overdue(s->workers[number].env)) {
            for (size_t f = 0; f < s->count; f++) s->workers[number].counts[f].undecided += end - draw;
            return DT_OK;
        }
        st = run_draw(s, &s->workers[number], draw);
        if (st == DT_OK) st = dt__poll(s->workers[number].env);
    }
    return st;
}

dt_status dt__run_draws(dt__draw_counts *out, const dt__format *const *formats, size_t count, const dt__setting *setting,
                        uint64_t draws, uint64_t seed, dt_env *env) {
    series s = {.formats = formats, .count = count, .setting = setting, .draws = draws, .seed = seed};
    size_t tasks = (size_t)((draws + DRAWS_PER_TASK - 1) / DRAWS_PER_TASK);
    dt_status st;

    DT__TRY(workers_init(&s, tasks, env));
    DT__TRY(dt__parallel(env, tasks, run_draws, &s));
    /* Whole numbers add up to the same in any order. */
    for (unsigned i = 0; i < s.worker_count; i++) {
        for (size_t f = 0; f < count; f++) {
            out[f].deals += s.workers[i].counts[f].deals;
            out[f].undecided += s.workers[i].counts[f].undecided;
        }
    }
done:
    workers_clear(&s, env);
    return st;
}
