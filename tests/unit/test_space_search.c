/* Searches: the best outcome and the minimal conflicts are those that looking at every outcome finds. */
#include "random_problem.h"
#include "space/search.h"

enum { PROBLEMS = 2000, ROOM = MOST_OUTCOMES };

static const dt__limits plenty = {.nodes = 10000000, .states = 10000000};

/* The truth behind an outcome over issues; NULL when an issue that is no variable moved. */
static const truth *truth_of(const world *w, const dt__option *outcome) {
    const dt__problem *p = &w->problem;

    for (size_t i = 0; i < w->model.issue_count; i++) {
        if (p->var_of[i] == DT__NO_INDEX && outcome[i] != p->fixed[i]) return NULL;
    }
    for (size_t i = 0; i < w->count; i++) {
        bool same = true;
        for (size_t v = 0; v < p->var_count && same; v++) same = w->truths[i].options[v] == outcome[p->issues[v]];
        if (same) return &w->truths[i];
    }
    return NULL;
}

/* ---- the best outcome ---- */

static bool best_objective(const world *w, dt__int128 *best) {
    bool any = false;
    for (size_t i = 0; i < w->count; i++) {
        dt__int128 sum = w->query.objective == DT__NO_INDEX ? 0 : w->truths[i].sums[w->query.objective];
        if (!is_allowed(w, &w->truths[i])) continue;
        if (!any || sum > *best) *best = sum;
        any = true;
    }
    return any;
}

static void look_for_best(const world *w, const dt__limits *limits, uint64_t number, dt_env *env) {
    dt__option outcome[2 * MOST_VARS + 1];
    dt__best best = {.outcome = outcome};
    dt__int128 expected = 0;
    bool any = best_objective(w, &expected);

    assert_int_equal(dt__search_best(&best, &w->query, limits, env), DT_OK);
    if (limits == &plenty) expect(best.proven, w, number);
    if (best.proven) expect(best.found == any, w, number);
    if (best.found) {
        const truth *t = truth_of(w, outcome);
        expect(t != NULL && is_allowed(w, t), w, number);
        if (best.proven) expect(best.objective == expected, w, number);
        expect(best.objective == (w->query.objective == DT__NO_INDEX ? 0 : t->sums[w->query.objective]), w, number);
        expect(best.objective <= expected, w, number);
    }
}

static void the_best_outcome_is_found_and_proven(void **state) {
    uint64_t seed = chance_seed(__func__);
    dt_env *env;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (uint64_t i = 0; i < PROBLEMS; i++) {
        chance c = chance_of(seed, i);
        world w = world_new(&c, env);
        dt__limits few = {.nodes = chance_below(&c, 12), .states = 1};
        world_query(&w);
        for (size_t b = 0; b < w.problem.bits.count; b++) w.query.bit_roles[b] = (uint8_t)chance_below(&c, 3);
        for (size_t k = 0; k < w.problem.coordinates.count; k++)
            w.query.coordinate_roles[k] = chance_once_in(&c, 2) ? DT__HARD : DT__IGNORED;
        if (w.problem.coordinates.count > 0 && chance_once_in(&c, 2))
            w.query.objective = chance_below(&c, (uint32_t)w.problem.coordinates.count);
        look_for_best(&w, &plenty, i, env);
        look_for_best(&w, &few, i, env);
        world_free(&w);
    }
    dt_env_free(env);
}

/* ---- minimal conflicts ---- */

static size_t occurring_masks(const world *w, dt__mask *masks) {
    size_t count = 0;
    for (size_t i = 0; i < w->count; i++) {
        dt__mask mask = soft_mask(w, &w->truths[i]);
        if (is_allowed(w, &w->truths[i]) && !has_mask(masks, count, &mask)) masks[count++] = mask;
    }
    return count;
}

static void look_for_conflicts(const world *w, const dt__limits *limits, uint64_t number, dt_env *env) {
    dt__antichain found = DT__ANTICHAIN;
    dt__mask *masks = malloc(ROOM * sizeof *masks);
    size_t count;
    bool complete;

    assert_non_null(masks);
    count = occurring_masks(w, masks);
    assert_int_equal(dt__search_conflicts(&found, &complete, &w->query, limits, env), DT_OK);
    if (limits == &plenty) expect(complete, w, number);
    for (size_t i = 0; i < found.masks.count; i++)
        expect(has_mask(masks, count, DT__AT(found.masks, dt__mask, i)), w, number);
    if (complete) {
        count = minimal_masks(masks, count);
        expect(found.masks.count == count, w, number);
        for (size_t i = 0; i < count; i++) expect(has_mask(found.masks.items, found.masks.count, &masks[i]), w, number);
    }
    dt__antichain_clear(&found, env);
    free(masks);
}

static void conflicts_are_exactly_the_minimal_ones(void **state) {
    uint64_t seed = chance_seed(__func__);
    dt_env *env;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (uint64_t i = 0; i < PROBLEMS; i++) {
        chance c = chance_of(seed + 1, i);
        world w = world_new(&c, env);
        dt__limits few = {.nodes = chance_below(&c, 12), .states = 1};
        world_query(&w);
        for (size_t b = 0; b < w.problem.bits.count; b++)
            w.query.bit_roles[b] = (uint8_t)(chance_once_in(&c, 3) ? chance_below(&c, 2) : DT__SOFT);
        for (size_t k = 0; k < w.problem.coordinates.count; k++)
            w.query.coordinate_roles[k] = chance_once_in(&c, 4) ? DT__IGNORED : DT__SOFT;
        look_for_conflicts(&w, &plenty, i, env);
        look_for_conflicts(&w, &few, i, env);
        world_free(&w);
    }
    dt_env_free(env);
}

/* Thresholds that are hard, not soft, limit the outcomes that are looked at. */
static void conflicts_are_those_of_outcomes_that_reach_the_hard_thresholds(void **state) {
    uint64_t seed = chance_seed(__func__);
    dt_env *env;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (uint64_t i = 0; i < PROBLEMS / 4; i++) {
        chance c = chance_of(seed + 2, i);
        world w = world_new(&c, env);
        world_query(&w);
        for (size_t b = 0; b < w.problem.bits.count; b++) w.query.bit_roles[b] = (uint8_t)chance_below(&c, 3);
        for (size_t k = 0; k < w.problem.coordinates.count; k++)
            w.query.coordinate_roles[k] = (uint8_t)chance_below(&c, 3);
        look_for_conflicts(&w, &plenty, i, env);
        world_free(&w);
    }
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_outcome_is_found_and_proven),
        cmocka_unit_test(conflicts_are_exactly_the_minimal_ones),
        cmocka_unit_test(conflicts_are_those_of_outcomes_that_reach_the_hard_thresholds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
