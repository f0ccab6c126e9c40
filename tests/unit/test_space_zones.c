/* Frontiers that are searched for: what looking at every outcome says; and every certificate holds, however early the
 * search stops. */
#include "random_problem.h"
#include "space/width.h"
#include "space/zones.h"

enum { PROBLEMS = 200, MANY = 250 }; /* larger ones are left to others: the tests look at everything */

static bool keeps_what_is_hard(const world *w, const truth *t) {
    for (size_t b = 0; b < w->problem.bits.count; b++) {
        if (w->query.bit_roles[b] == DT__HARD && (t->crossed >> b & 1)) return false;
    }
    return true;
}

static bool at_least(const dt__int128 *a, const dt__int128 *b, size_t count) {
    for (size_t d = 0; d < count; d++) {
        if (a[d] < b[d]) return false;
    }
    return true;
}

static bool same(const dt__int128 *a, const dt__int128 *b, size_t count) {
    return memcmp(a, b, count * sizeof *a) == 0;
}

/* Is it an outcome's, does none dominate it? */
static bool is_on_frontier(const world *w, const dt__int128 *values, size_t dims, bool *attained) {
    bool efficient = true;

    *attained = false;
    for (size_t i = 0; i < w->count; i++) {
        const truth *t = &w->truths[i];
        if (!keeps_what_is_hard(w, t)) continue;
        *attained |= same(t->sums, values, dims);
        efficient &= !at_least(t->sums, values, dims) || same(t->sums, values, dims);
    }
    return efficient;
}

static bool is_covered(const dt__frontier *f, const truth *t, size_t dims) {
    for (size_t i = 0; i < f->points.count; i++) {
        const dt__int128 *values = dt__point_values(&f->points, i, &f->kind);
        bool covers = true;
        for (size_t d = 0; d < dims; d++) covers &= values[d] + f->epsilon[d] >= t->sums[d];
        if (covers) return true;
    }
    return false;
}

static void check_origin(const world *w, const dt__frontier *f, size_t i, size_t dims, uint64_t number) {
    uint16_t options[DT__ORIGIN_VARS] = {0};
    truth t;

    if (f->points.origins[i] != NULL) dt__origin_options(f->points.origins[i], options);
    t = look_at(w, options);
    expect(keeps_what_is_hard(w, &t) && same(t.sums, dt__point_values(&f->points, i, &f->kind), dims), w, number);
}

/* Counts problems whose search stopped early. */
static void compare_problem(uint64_t number, uint64_t seed, uint64_t nodes, size_t *open, dt_env *env) {
    chance c = chance_of(seed, number);
    world w = world_new(&c, env);
    uint32_t coordinates[MOST_COORDINATES] = {0, 1, 2, 3};
    dt__zone_limits limits = {.nodes = nodes == 0 ? UINT64_MAX : nodes};
    size_t dims = w.problem.coordinates.count;
    dt__int128 bounds[MOST_COORDINATES];
    dt__frontier f;
    dt_status st;

    world_query(&w);
    for (size_t k = 0; k < dims; k++) w.query.coordinate_roles[k] = DT__SOFT;
    if (dims == 0 || w.count > MANY) {
        world_free(&w);
        return;
    }
    st = dt__zones_search(&f, bounds, &w.query, coordinates, dims, &limits, env);
    expect(st == DT_OK || (nodes > 0 && st == DT_ERR_LIMIT), &w, number);
    *open += st != DT_OK || !f.exact;
    expect(nodes > 0 || f.exact, &w, number);
    for (size_t i = 0; st == DT_OK && i < w.count; i++) {
        if (!keeps_what_is_hard(&w, &w.truths[i])) continue;
        expect(is_covered(&f, &w.truths[i], dims), &w, number);
        expect(at_least(bounds, w.truths[i].sums, dims), &w, number);
    }
    for (size_t i = 0; st == DT_OK && i < f.points.count; i++) {
        bool attained, efficient = is_on_frontier(&w, dt__point_values(&f.points, i, &f.kind), dims, &attained);
        expect(attained && (efficient || !f.exact), &w, number);
        check_origin(&w, &f, i, dims, number);
        for (size_t j = 0; j < f.points.count; j++)
            expect(i == j || !at_least(dt__point_values(&f.points, i, &f.kind), dt__point_values(&f.points, j, &f.kind),
                                       dims),
                   &w, number);
    }
    dt__frontier_clear(&f);
    world_free(&w);
}

static void a_search_without_limit_finds_the_frontier(void **state) {
    uint64_t seed = chance_seed(__func__);
    size_t open = 0;
    dt_env *env;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (uint64_t i = 0; i < PROBLEMS; i++) compare_problem(i, seed, 0, &open, env);
    assert_int_equal(open, 0);
    dt_env_free(env);
}

static void a_search_cut_short_says_truly_what_it_may_miss(void **state) {
    uint64_t seed = chance_seed(__func__);
    size_t open = 0;
    dt_env *env;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (uint64_t i = 0; i < PROBLEMS; i++) compare_problem(i, seed + 2, 1 + i % 60, &open, env);
    assert_true(open > PROBLEMS / 10);
    dt_env_free(env);
}

/* ---- is there something better than this? ---- */

static void ask_for_better(uint64_t number, uint64_t seed, dt_env *env) {
    chance c = chance_of(seed, number);
    world w = world_new(&c, env);
    uint32_t coordinates[MOST_COORDINATES] = {0, 1, 2, 3};
    size_t dims = w.problem.coordinates.count;
    const truth *t = &w.truths[chance_below(&c, (uint32_t)w.count)];
    bool attained, proven = false, efficient;
    dt__frontier f;

    world_query(&w);
    for (size_t k = 0; k < dims; k++) w.query.coordinate_roles[k] = DT__SOFT;
    if (dims > 0 && w.count <= MANY) {
        efficient = is_on_frontier(&w, t->sums, dims, &attained);
        assert_int_equal(dt__zones_better(&f, &proven, &w.query, coordinates, dims, t->sums, UINT64_MAX, env), DT_OK);
        expect(proven && efficient == (f.points.count == 0), &w, number);
        if (f.points.count > 0) {
            expect(at_least(dt__point_values(&f.points, 0, &f.kind), t->sums, dims), &w, number);
            check_origin(&w, &f, 0, dims, number);
        }
        dt__frontier_clear(&f);
    }
    world_free(&w);
}

static void what_betters_an_outcome_is_found_or_there_is_nothing(void **state) {
    uint64_t seed = chance_seed(__func__);
    dt_env *env;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (uint64_t i = 0; i < PROBLEMS; i++) ask_for_better(i, seed + 3, env);
    dt_env_free(env);
}

/* ---- every allocation failing in turn ---- */

typedef struct failing {
    size_t calls, fail_at; /* 0: never */
} failing;

static void *failing_resize(void *payload, void *ptr, size_t old_size, size_t new_size) {
    failing *f = payload;

    (void)old_size;
    if (new_size == 0) {
        free(ptr);
        return NULL;
    }
    if (++f->calls == f->fail_at) return NULL;
    return realloc(ptr, new_size);
}

static dt_status search_with(const world *w, failing *f, size_t fail_at) {
    uint32_t coordinates[MOST_COORDINATES] = {0, 1, 2, 3};
    dt__zone_limits limits = {.nodes = 500};
    dt__int128 bounds[MOST_COORDINATES];
    dt_env_opts opts;
    dt_env *env;
    dt__frontier found;
    dt_status st;

    dt_env_opts_init(&opts);
    opts.allocator = (dt_allocator){.resize = failing_resize, .payload = f};
    *f = (failing){0};
    assert_int_equal(dt_env_new(&env, &opts), DT_OK);
    *f = (failing){.fail_at = fail_at};
    st = dt__zones_search(&found, bounds, &w->query, coordinates, w->problem.coordinates.count, &limits, env);
    dt__frontier_clear(&found);
    dt_env_free(env);
    return st;
}

static void a_failing_allocation_is_said_and_leaks_nothing(void **state) {
    uint64_t seed = chance_seed(__func__);
    size_t failed = 0;
    dt_env *env;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (uint64_t i = 0; i < 12; i++) {
        chance c = chance_of(seed + 4, i);
        world w = world_new(&c, env);
        failing f = {0};
        dt_status st;
        world_query(&w);
        st = w.problem.coordinates.count == 0 ? DT_ERR_LIMIT : search_with(&w, &f, 0);
        for (size_t at = 1, calls = f.calls; st != DT_ERR_LIMIT && at <= calls && at < 60; at++) {
            expect(search_with(&w, &f, at) == DT_ERR_MEMORY, &w, i);
            failed++;
        }
        world_free(&w);
    }
    assert_true(failed > 20);
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_search_without_limit_finds_the_frontier),
        cmocka_unit_test(a_search_cut_short_says_truly_what_it_may_miss),
        cmocka_unit_test(a_failing_allocation_is_said_and_leaks_nothing),
        cmocka_unit_test(what_betters_an_outcome_is_found_or_there_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
