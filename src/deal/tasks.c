#include "deal/tasks.h"

#include "base/threads.h"
#include "question/workers.h"

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

/* The example of a zone is its deal of largest total utility; where nobody has utilities, the one that changes least.
 */
static dt_status choose_example(dt__format_work *w, dt_env *env) {
    dt__party_set cardinal = 0;

    w->example_objective = w->problem.nearness;
    for (size_t k = 0; k < w->problem.coordinates.count; k++) {
        const dt__coordinate *c = DT__COORDINATE(&w->problem, k);
        if (c->party != DT__NO_INDEX && !c->ordinal && (w->parties >> c->party & 1))
            cardinal |= (dt__party_set)1 << c->party;
    }
    if (cardinal == 0) return DT_OK;
    switch (dt__problem_add_objective(&w->problem, cardinal, &w->example_objective, env)) {
    case DT_OK: return DT_OK;
    case DT_ERR_LIMIT: w->example_objective = w->problem.nearness; return DT_OK; /* no common unit in 128 bits */
    default: return DT_ERR_MEMORY;
    }
}

dt_status dt__run_formats(dt__format_work *works, size_t count, dt__depth depth, size_t list_limit, dt_env *env) {
    stage first = {.tasks = DT__VECTOR(task), .env = env},
          second = {.tasks = DT__VECTOR(task), .env = env, .list_limit = list_limit};
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

/* ---- months and draws: the same questions about other numbers ---- */

typedef struct series {
    const dt__format *const *formats;
    size_t count;
    const dt__setting *setting;
    dt__workers workers;
    dt__format_work *months; /* month x format */
    uint64_t draws, seed;
    dt__draw_counts *counts; /* worker x format */
} series;

/* Is there a deal?  Only status and counts are kept. */
static dt_status decide_month(dt__format_work *work, const dt__format *format, const dt__setting *setting,
                              dt_env *env) {
    dt__tally zone;
    dt_zone_status status;
    dt_status st = dt__format_work_init(work, format, setting, setting->within, env);

    if (st == DT_OK) st = dt__count_zone(work, env);
    if (st == DT_OK) st = dt__decide_existence(work, env);
    zone = work->zone;
    status = work->status;
    dt__format_work_clear(work, env);
    work->zone = zone;
    work->status = status;
    return st;
}

static dt_status run_month(void *payload, size_t i, unsigned number) {
    series *s = payload;
    dt__worker *w = &s->workers.list[number];
    dt__rational month = DT__RATIONAL((dt__int128)(i / s->count));

    if (!dt__rational_add(&w->setting->situation.months, s->setting->situation.months, month)) return DT_ERR_LIMIT;
    return decide_month(&s->months[i], s->formats[i % s->count], w->setting, w->env);
}

dt_status dt__run_months(dt__format_work *months, const dt__format *const *formats, size_t count,
                         const dt__setting *setting, unsigned over, dt_env *env) {
    series s = {.formats = formats, .count = count, .setting = setting, .months = months};
    size_t tasks = count * ((size_t)over + 1);
    dt_status st;

    DT__TRY(dt__workers_init(&s.workers, setting, tasks, env));
    st = dt__parallel(env, tasks, run_month, &s);
done:
    dt__workers_clear(&s.workers, env);
    return st;
}

enum { DRAWS_PER_TASK = 16 };

/* Is there a deal, and one other than no deal itself?  Where there is, the first needs no search of its own. */
static dt_status decide_draw(dt__draw_counts *counts, const dt__format *format, const dt__setting *setting,
                             dt_env *env) {
    dt__format_work *work = DT__NEW(env, dt__format_work);
    dt_zone_status beside = DT_ZONE_UNDECIDED;
    dt_status st;

    if (work == NULL) return DT_ERR_MEMORY;
    st = dt__format_work_init(work, format, setting, setting->within, env);
    if (st == DT_OK) st = dt__decide_beside(&beside, work, env);
    work->status = beside;
    if (st == DT_OK && beside != DT_ZONE_OPEN) st = dt__decide_existence(work, env);
    counts->deals += work->status == DT_ZONE_OPEN;
    counts->undecided += work->status == DT_ZONE_UNDECIDED;
    counts->beside += beside == DT_ZONE_OPEN;
    counts->beside_undecided += beside == DT_ZONE_UNDECIDED;
    dt__format_work_clear(work, env);
    DT__FREE(env, work, 1);
    return st;
}

static dt_status run_draw(series *s, dt__worker *w, dt__draw_counts *counts, uint64_t draw) {
    dt_status st = dt__worker_draw(w, s->seed, draw);

    for (size_t f = 0; f < s->count && st == DT_OK; f++)
        st = decide_draw(&counts[f], s->formats[f], w->setting, w->env);
    return st;
}

static dt_status run_draws(void *payload, size_t i, unsigned number) {
    series *s = payload;
    dt__worker *w = &s->workers.list[number];
    dt__draw_counts *counts = s->counts + number * s->count;
    uint64_t end = (i + 1) * DRAWS_PER_TASK < s->draws ? (i + 1) * DRAWS_PER_TASK : s->draws;
    dt_status st = DT_OK;

    for (uint64_t draw = i * DRAWS_PER_TASK; draw < end && st == DT_OK; draw++) {
        if (dt__overdue(w->env)) { /* the rest is undecided */
            for (size_t f = 0; f < s->count; f++) {
                counts[f].undecided += end - draw;
                counts[f].beside_undecided += end - draw;
            }
            return DT_OK;
        }
        st = run_draw(s, w, counts, draw);
        if (st == DT_OK) st = dt__poll(w->env);
    }
    return st;
}

dt_status dt__run_draws(dt__draw_counts *out, const dt__format *const *formats, size_t count,
                        const dt__setting *setting, uint64_t draws, uint64_t seed, dt_env *env) {
    series s = {.formats = formats, .count = count, .setting = setting, .draws = draws, .seed = seed};
    size_t tasks = (size_t)((draws + DRAWS_PER_TASK - 1) / DRAWS_PER_TASK), lists = 0;
    dt_status st;

    DT__TRY(dt__workers_init(&s.workers, setting, tasks, env));
    lists = s.workers.count * count + 1;
    if ((s.counts = DT__ARRAY(env, dt__draw_counts, lists)) == NULL) DT__TRY(DT_ERR_MEMORY);
    DT__TRY(dt__parallel(env, tasks, run_draws, &s));
    /* Whole numbers add up to the same in any order. */
    for (size_t i = 0; i < s.workers.count * count; i++) {
        out[i % count].deals += s.counts[i].deals;
        out[i % count].undecided += s.counts[i].undecided;
        out[i % count].beside += s.counts[i].beside;
        out[i % count].beside_undecided += s.counts[i].beside_undecided;
    }
done:
    if (s.counts != NULL) DT__FREE(env, s.counts, lists);
    dt__workers_clear(&s.workers, env);
    return st;
}
