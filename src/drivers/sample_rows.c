/* Two sample matrices, and what lies between them.
 *
 * A row is evaluated at A, at B, at A with each input from B in turn, and along a walk from A to B that takes the
 * inputs in a random order.  A walk's first step is one of the evaluations that are made anyway, and so are its ends.
 */
#include <math.h>
#include <string.h>

#include "base/catalog.h"
#include "base/threads.h"
#include "drivers/study.h"
#include "sensitivity/shapley.h"
#include "sensitivity/sobol.h"

enum { ROWS_PER_TASK = 16, PLACES_PER_TASK = 512 };
static const uint64_t most_numbers = (uint64_t)1 << 29; /* of eight bytes each */

/* ---- evaluators ---- */

static dt_status evaluator_init(dt__evaluator *e, dt__worker *worker, const dt__study *s, const dt__panel *panel) {
    size_t inputs = dt__input_count(s);
    dt_status st;

    e->worker = worker;
    if ((st = dt__listener_init(&e->listener, panel, worker->env)) != DT_OK) return st;
    e->given = DT__ARENA_ARRAY(&e->listener.arena, dt__rational, s->model->number_count);
    e->values = DT__ARENA_ARRAY(&e->listener.arena, double, (inputs + 1) * s->output_count);
    e->line = DT__ARENA_ARRAY(&e->listener.arena, double, inputs + 1);
    e->parts = DT__ARENA_ARRAY(&e->listener.arena, double, inputs);
    e->order = DT__ARENA_ARRAY(&e->listener.arena, uint32_t, inputs);
    if (!e->given || !e->values || !e->line || !e->parts || !e->order) return DT_ERR_MEMORY;
    memcpy(e->given, s->panel.setting.valuation.numbers, s->model->number_count * sizeof *e->given);
    return DT_OK;
}

dt_status dt__evaluators_init(dt__evaluators *e, const dt__study *s, const dt__panel *panel, size_t tasks,
                              dt_env *env) {
    dt_status st;

    *e = (dt__evaluators){0};
    if ((st = dt__workers_init(&e->workers, &panel->setting, tasks, env)) != DT_OK) return st;
    if ((e->list = DT__ARRAY(env, dt__evaluator, e->workers.count)) == NULL) return DT_ERR_MEMORY;
    for (unsigned w = 0; w < e->workers.count && st == DT_OK; w++)
        st = evaluator_init(&e->list[w], &e->workers.list[w], s, panel);
    return st;
}

void dt__evaluators_clear(dt__evaluators *e, dt_env *env) {
    if (e->list != NULL) {
        for (unsigned w = 0; w < e->workers.count; w++) dt__listener_clear(&e->list[w].listener);
        DT__FREE(env, e->list, e->workers.count);
    }
    dt__workers_clear(&e->workers, env);
    e->list = NULL;
}

dt_status dt__evaluate(double *values, dt__evaluator *e, const dt__study *s) {
    dt_status st = dt__valuation_from(&e->worker->valuation, s->model, e->given, e->worker->env);

    if (st == DT_OK) st = dt__listen(&e->listener, &e->worker->valuation, s->opts->seed, 0);
    if (st == DT_OK) dt__outputs_read(values, s, &e->listener);
    return st;
}

static dt__rational value_at(const dt__study *s, size_t matrix, size_t input, size_t row) {
    return s->at[(matrix * dt__input_count(s) + input) * s->rows + row];
}

static void give(dt__evaluator *e, const dt__study *s, size_t matrix, size_t input, size_t row) {
    e->given[dt__input_at(s, input)->number] = value_at(s, matrix, input, row);
}

void dt__give_row(dt__evaluator *e, const dt__study *s, size_t matrix, size_t row) {
    for (size_t i = 0; i < dt__input_count(s); i++) give(e, s, matrix, i, row);
}

/* ---- the values of inputs ---- */

typedef struct placing {
    dt__study *s;
    dt__sobol points;
    size_t blocks; /* of rows, per column */
} placing;

static dt_status place_block(void *payload, size_t task, unsigned worker) {
    placing *p = payload;
    dt__study *s = p->s;
    size_t column = task / p->blocks, from = task % p->blocks * PLACES_PER_TASK;
    const dt__input *input = dt__input_at(s, column % dt__input_count(s));

    (void)worker;
    for (size_t row = from; row < from + PLACES_PER_TASK && row < s->rows; row++) {
        double u = dt__sobol_coordinate(&p->points, (uint32_t)row, column);
        if (!dt__input_quantile(&s->at[column * s->rows + row], s->model, input, u)) return DT_ERR_LIMIT;
    }
    return DT_OK;
}

static dt_status place_inputs(dt__study *s, dt_env *env) {
    placing p = {.s = s, .blocks = (s->rows + PLACES_PER_TASK - 1) / PLACES_PER_TASK};
    size_t columns = 2 * dt__input_count(s);
    dt_status st = dt__sobol_init(&p.points, columns, s->opts->seed, env);

    if (st == DT_OK) st = dt__parallel(env, columns * p.blocks, place_block, &p);
    dt__sobol_clear(&p.points, env);
    return st;
}

/* ---- rows ---- */

typedef struct filling {
    dt__study *s;
    dt__evaluators evaluators;
    bool *done; /* per task */
} filling;

static void keep(dt__study *s, const double *values, size_t column, size_t row) {
    for (size_t o = 0; o < s->output_count; o++)
        s->values[(o * (dt__input_count(s) + 2) + column) * s->rows + row] = values[o];
}

/* A, B, and A with one input from B. */
static dt_status fill_points(dt__study *s, dt__evaluator *e, size_t row) {
    dt_status st;

    dt__give_row(e, s, 1, row);
    if ((st = dt__evaluate(e->values, e, s)) != DT_OK) return st;
    keep(s, e->values, 1, row);
    dt__give_row(e, s, 0, row);
    if ((st = dt__evaluate(e->values, e, s)) != DT_OK) return st;
    keep(s, e->values, 0, row);
    for (size_t i = 0; i < dt__input_count(s) && st == DT_OK; i++) {
        give(e, s, 1, i, row);
        st = dt__evaluate(e->values, e, s);
        keep(s, e->values, i + 2, row);
        give(e, s, 0, i, row);
    }
    return st;
}

static void keep_walk(dt__study *s, dt__evaluator *e, size_t row) {
    size_t inputs = dt__input_count(s);

    for (size_t o = 0; o < s->output_count; o++) {
        e->line[0] = dt__column_of(s, o, 0)[row];
        e->line[1] = dt__column_of(s, o, e->order[0] + 2)[row];
        for (size_t k = 2; k < inputs; k++) e->line[k] = e->values[k * s->output_count + o];
        e->line[inputs] = dt__column_of(s, o, 1)[row];
        dt__shapley_contributions(s->parts + (o * s->rows + row) * inputs, e->line, e->order, inputs);
    }
}

static dt_status walk(dt__study *s, dt__evaluator *e, size_t row) {
    size_t inputs = dt__input_count(s);
    dt_status st = DT_OK;

    dt__shapley_order(e->order, inputs, s->opts->seed, row);
    give(e, s, 1, e->order[0], row);
    for (size_t k = 1; k + 1 < inputs && st == DT_OK; k++) {
        give(e, s, 1, e->order[k], row);
        st = dt__evaluate(e->values + (k + 1) * s->output_count, e, s);
    }
    if (st == DT_OK) keep_walk(s, e, row);
    return st;
}

static dt_status fill_task(void *payload, size_t task, unsigned number) {
    filling *f = payload;
    dt__study *s = f->s;
    dt__evaluator *e = &f->evaluators.list[number];
    size_t from = task * ROWS_PER_TASK, to = from + ROWS_PER_TASK < s->rows ? from + ROWS_PER_TASK : s->rows;
    dt_status st = DT_OK;

    if (dt__overdue(e->worker->env)) return dt__poll(e->worker->env);
    for (size_t row = from; row < to && st == DT_OK; row++) {
        if ((st = dt__poll(e->worker->env)) != DT_OK) return st;
        st = fill_points(s, e, row);
        if (st == DT_OK && dt__input_count(s) > 0) st = walk(s, e, row);
    }
    f->done[task] = st == DT_OK;
    return st;
}

/* Rows without a gap; of those that a time limit left, a power of two, which is what the points are balanced for. */
static void count_rows(dt__study *s, const bool *done, size_t tasks) {
    size_t made = 0, kept = 1;

    for (size_t i = 0; i < tasks && done[i]; i++) made += ROWS_PER_TASK;
    s->cut = made < s->rows && tasks * ROWS_PER_TASK > made;
    if (!s->cut) made = s->rows;
    while (kept * 2 <= made) kept *= 2;
    s->made = made == 0 ? 0 : kept;
}

static dt_status check_size(const dt__study *s, dt_env *env) {
    uint64_t inputs = dt__input_count(s), each = (2 * inputs + 2) * s->output_count + 8 * inputs;

    if (s->rows * each <= most_numbers) return DT_OK;
    dt__diagnose(env, DT_ERROR, (dt__place){.file = ""}, "too-many-samples",
                 "so many samples of so many inputs and outputs need more memory than {0}", "4 GiB", NULL);
    dt__hint(env, "take fewer samples, or one format", NULL);
    return DT_ERR_LIMIT;
}

static dt_status fill(dt__study *s, dt_env *env) {
    size_t tasks = (s->rows + ROWS_PER_TASK - 1) / ROWS_PER_TASK;
    filling f = {.s = s};
    dt_status st;

    DT__TRY(dt__evaluators_init(&f.evaluators, s, &s->panel, tasks, env));
    if ((f.done = DT__ARRAY(env, bool, tasks)) == NULL) DT__TRY(DT_ERR_MEMORY);
    dt__progress(env, DT__N("sampling"), 0);
    DT__TRY(dt__parallel(env, tasks, fill_task, &f));
    count_rows(s, f.done, tasks);
    s->spent = s->made * (dt__input_count(s) == 0 ? 2 : 2 * dt__input_count(s));
    if (dt__input_count(s) == 1) s->spent = s->made * 3;
done:
    if (f.done != NULL) DT__FREE(env, f.done, tasks);
    dt__evaluators_clear(&f.evaluators, env);
    return st;
}

dt_status dt__rows_make(dt__study *s, dt_env *env) {
    size_t inputs = dt__input_count(s);
    dt_status st;

    if ((st = check_size(s, env)) != DT_OK) return st;
    s->at = DT__ARRAY(env, dt__rational, 2 * inputs * s->rows);
    s->values = DT__ARRAY(env, double, s->output_count *(inputs + 2) * s->rows);
    s->parts = DT__ARRAY(env, double, s->output_count *inputs * s->rows);
    if (s->at == NULL || s->values == NULL || s->parts == NULL) return DT_ERR_MEMORY;
    if ((st = place_inputs(s, env)) != DT_OK) return st;
    return fill(s, env);
}
