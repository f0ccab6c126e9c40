/* Orders and eliminations: what is left at each depth is what looking at every completion says, in every algebra. */
#include "random_problem.h"
#include "space/order.h"

enum { PROBLEMS = 1000, LOOKS = 4, ROOM = 4096 };

/* Roles at random: bits of any role, an objective or none. */
static void random_roles(world *w, chance *c) {
    for (size_t b = 0; b < w->problem.bits.count; b++) w->query.bit_roles[b] = (uint8_t)chance_below(c, 3);
    for (size_t k = 0; k < w->problem.coordinates.count; k++)
        w->query.coordinate_roles[k] = (uint8_t)chance_below(c, 3);
    if (w->problem.coordinates.count > 0 && chance_once_in(c, 2))
        w->query.objective = chance_below(c, (uint32_t)w->problem.coordinates.count);
}

static void random_order(uint32_t *order, size_t count, chance *c) {
    for (uint32_t i = 0; i < count; i++) {
        uint32_t j = chance_below(c, i + 1);
        order[i] = order[j];
        order[j] = i;
    }
}

/* ---- orders ---- */

static bool is_permutation(const uint32_t *order, size_t count) {
    uint32_t seen = 0;
    for (size_t i = 0; i < count; i++) {
        if (order[i] < count) seen |= UINT32_C(1) << order[i];
    }
    return seen == (UINT32_C(1) << count) - 1;
}

static void an_order_names_every_variable_once_and_is_always_the_same(void **state) {
    uint64_t seed = chance_seed(__func__);
    dt_env *env;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (uint64_t i = 0; i < PROBLEMS; i++) {
        chance c = chance_of(seed, i);
        world w = world_new(&c, env);
        world_query(&w);
        random_roles(&w, &c);
        for (dt__order_aim aim = DT__ORDER_TABLES; aim <= DT__ORDER_SEPARATORS; aim++) {
            uint32_t order[MOST_VARS] = {77}, again[MOST_VARS] = {78};
            assert_int_equal(dt__order_choose(order, &w.query, aim, env), DT_OK);
            assert_int_equal(dt__order_choose(again, &w.query, aim, env), DT_OK);
            expect(is_permutation(order, w.problem.var_count), &w, i);
            expect(memcmp(order, again, w.problem.var_count * sizeof *order) == 0, &w, i);
        }
        world_free(&w);
    }
    dt_env_free(env);
}

/* ---- the rest by definition ---- */

/* What the factors decided at `depth` or later bring, over all completions of an assignment. */
typedef struct rest {
    uint64_t count;
    bool any;
    dt__int128 high, low;
    dt__mask masks[ROOM]; /* minimal */
    size_t mask_count;
} rest;

static bool is_later(const dt__factor *f, const dt__elimination *e, uint32_t depth) {
    for (uint32_t j = 0; j < f->var_count; j++) {
        if (e->place[f->vars[j]] >= depth) return true;
    }
    return false;
}

static bool is_completion(const truth *t, const dt__elimination *e, uint32_t depth, const dt__option *assignment) {
    for (uint32_t place = 0; place < depth; place++) {
        if (t->options[e->order[place]] != assignment[e->order[place]]) return false;
    }
    return true;
}

static void look_at_rest(rest *r, const world *w, const dt__soft_numbers *numbers, const dt__elimination *e,
                         uint32_t depth, const dt__option *assignment, uint32_t coordinate) {
    *r = (rest){.count = 0};
    for (size_t i = 0; i < w->count; i++) {
        const truth *t = &w->truths[i];
        dt__mask mask = {{0}};
        dt__int128 sum = 0;
        bool dead = false;

        if (!is_completion(t, e, depth, assignment)) continue;
        for (size_t n = 0; n < w->problem.factors.count; n++) {
            const dt__factor *f = DT__FACTOR(&w->problem, n);
            size_t index = dt__factor_index(f, t->options);
            if (!is_later(f, e, depth)) continue;
            if (f->kind == DT__FACTOR_SUM) {
                if (f->target == coordinate) sum += f->sums[index];
            } else if (f->crossed[index]) {
                if (w->query.bit_roles[f->target] == DT__HARD) dead = true;
                if (w->query.bit_roles[f->target] == DT__SOFT) dt__mask_add(&mask, numbers->of_bit[f->target]);
            }
        }
        if (dead) continue;
        r->count++;
        r->high = r->any && r->high >= sum ? r->high : sum;
        r->low = r->any && r->low <= sum ? r->low : sum;
        r->any = true;
        r->masks[r->mask_count++] = mask;
        if (r->mask_count == ROOM) r->mask_count = minimal_masks(r->masks, r->mask_count);
    }
    r->mask_count = minimal_masks(r->masks, r->mask_count);
}

/* ---- one look at every algebra ---- */

typedef struct eliminations {
    dt__count_context count_context;
    dt__best_context high_context, low_context;
    dt__conflict_context conflict_context;
    dt__algebra algebras[4];
    dt__elimination e[4];
    dt__soft_numbers numbers;
    dt__arena arena;
} eliminations;

enum { COUNT = 0, HIGH, LOW, CONFLICT };

static void eliminate(eliminations *x, const world *w, const uint32_t *order, uint32_t coordinate, size_t table_limit,
                      dt_env *env) {
    dt__arena_init(&x->arena, env);
    assert_int_equal(dt__soft_numbers_init(&x->numbers, &w->query, &x->arena), DT_OK);
    x->count_context = (dt__count_context){.query = &w->query, .limbs = 4}; /* room for loose bounds */
    x->high_context = (dt__best_context){.query = &w->query, .coordinate = coordinate, .sign = 1};
    x->low_context = (dt__best_context){.query = &w->query, .coordinate = coordinate, .sign = -1};
    x->conflict_context = (dt__conflict_context){.query = &w->query, .numbers = &x->numbers, .arena = &x->arena};
    x->algebras[COUNT] = dt__algebra_count(&x->count_context);
    x->algebras[HIGH] = dt__algebra_best(&x->high_context);
    x->algebras[LOW] = dt__algebra_best(&x->low_context);
    x->algebras[CONFLICT] = dt__algebra_conflict(&x->conflict_context);
    for (int a = 0; a < 4; a++) {
        if (table_limit > 0) x->algebras[a].table_limit = table_limit;
        assert_int_equal(dt__elimination_init(&x->e[a], &w->query, &x->algebras[a], order, &x->arena, env), DT_OK);
    }
}

static void eliminations_clear(eliminations *x, dt_env *env) {
    for (int a = 0; a < 4; a++) dt__elimination_clear(&x->e[a], env);
    dt__arena_clear(&x->arena);
}

/* Every true minimal mask holds one of the list. */
static bool bounds_masks(const dt__mask_list *list, const rest *r) {
    for (size_t i = 0; i < r->mask_count; i++) {
        bool held = false;
        for (size_t j = 0; j < list->count && !held; j++) held = dt__mask_subset(&list->masks[j], &r->masks[i]);
        if (!held) return false;
    }
    return true;
}

static bool same_masks(const dt__mask_list *list, const rest *r) {
    if (list->count != r->mask_count) return false;
    for (size_t i = 0; i < r->mask_count; i++) {
        if (!has_mask(list->masks, list->count, &r->masks[i])) return false;
    }
    return true;
}

static void compare_rest(eliminations *x, const world *w, rest *r, uint32_t depth, const dt__option *assignment,
                         uint32_t coordinate, uint64_t number) {
    dt__limb count[4], expected[4];
    dt__int128 high, low;
    dt__mask_list list;

    look_at_rest(r, w, &x->numbers, &x->e[COUNT], depth, assignment, coordinate);
    assert_int_equal(dt__elimination_rest(&x->e[COUNT], depth, assignment, count), DT_OK);
    assert_int_equal(dt__elimination_rest(&x->e[HIGH], depth, assignment, &high), DT_OK);
    assert_int_equal(dt__elimination_rest(&x->e[LOW], depth, assignment, &low), DT_OK);
    assert_int_equal(dt__elimination_rest(&x->e[CONFLICT], depth, assignment, &list), DT_OK);
    dt__count_set(expected, 4, r->count);
    if (x->e[COUNT].exact) expect(dt__count_compare(count, expected, 4) == 0, w, number);
    else expect(dt__count_compare(count, expected, 4) >= 0, w, number);
    if (x->e[HIGH].exact) {
        expect(high == (r->any ? r->high : DT__NEVER_REACHED), w, number);
        expect(low == (r->any ? -r->low : DT__NEVER_REACHED), w, number);
    } else if (r->any) {
        expect(high >= r->high, w, number);
        expect(-low <= r->low, w, number);
    }
    if (x->e[CONFLICT].exact) expect(same_masks(&list, r), w, number);
    else expect(bounds_masks(&list, r), w, number);
}

/* table_limit 0: the usual ones. */
static void compare_problem(uint64_t number, uint64_t seed, size_t table_limit, size_t *split, dt_env *env) {
    chance c = chance_of(seed, number);
    world w = world_new(&c, env);
    uint32_t order[MOST_VARS] = {0}, coordinate = DT__NO_INDEX;
    eliminations x;
    rest *r = malloc(sizeof *r);

    assert_non_null(r);
    world_query(&w);
    random_roles(&w, &c);
    if (w.problem.coordinates.count > 0) coordinate = chance_below(&c, (uint32_t)w.problem.coordinates.count);
    random_order(order, w.problem.var_count, &c);
    if (chance_once_in(&c, 2)) assert_int_equal(dt__order_choose(order, &w.query, DT__ORDER_TABLES, env), DT_OK);
    eliminate(&x, &w, order, coordinate, table_limit, env);
    if (table_limit == 0) expect(x.e[COUNT].exact && x.e[HIGH].exact && x.e[CONFLICT].exact, &w, number);
    *split += !x.e[COUNT].exact || !x.e[HIGH].exact;
    for (uint32_t look = 0; look < LOOKS; look++) {
        const truth *t = &w.truths[chance_below(&c, (uint32_t)w.count)];
        uint32_t depth = look == 0 ? 0 : chance_below(&c, (uint32_t)w.problem.var_count + 1);
        compare_rest(&x, &w, r, depth, t->options, coordinate, number);
    }
    eliminations_clear(&x, env);
    world_free(&w);
    free(r);
}

static void the_rest_at_every_depth_is_what_the_completions_say(void **state) {
    uint64_t seed = chance_seed(__func__);
    size_t split = 0;
    dt_env *env;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (uint64_t i = 0; i < PROBLEMS; i++) compare_problem(i, seed, 0, &split, env);
    assert_int_equal(split, 0);
    dt_env_free(env);
}

static void split_buckets_still_bound_the_rest(void **state) {
    uint64_t seed = chance_seed(__func__);
    size_t split = 0;
    dt_env *env;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (uint64_t i = 0; i < PROBLEMS; i++) compare_problem(i, seed + 1, 1 + i % 16, &split, env);
    assert_true(split > PROBLEMS / 10);
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_order_names_every_variable_once_and_is_always_the_same),
        cmocka_unit_test(the_rest_at_every_depth_is_what_the_completions_say),
        cmocka_unit_test(split_buckets_still_bound_the_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
