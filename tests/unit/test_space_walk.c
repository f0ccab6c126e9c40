/* Walks: counts under reservation values and consent rules are those of looking at every outcome; bounds enclose them.
 */
#include "random_problem.h"
#include "space/walk.h"

enum { PROBLEMS = 1200 };

static const dt__limits plenty = {.nodes = 10000000, .states = 10000000};
enum { ALL_THE_WAY = 1000000 }; /* outcomes that may be gone through one by one once there are too many states */

/* Parties that accept an outcome: none of their soft bits crossed, soft threshold reached. */
static dt__party_set accepting(const world *w, const truth *t) {
    dt__party_set parties = 0;

    for (size_t k = 0; k < w->problem.coordinates.count; k++) {
        if (w->query.coordinate_roles[k] != DT__IGNORED && reaches(w, t, k)) parties |= (dt__party_set)1 << k;
    }
    for (size_t b = 0; b < w->problem.bits.count; b++) {
        if (w->query.bit_roles[b] == DT__SOFT && (t->crossed >> b & 1))
            parties &= ~((dt__party_set)1 << DT__BIT(&w->problem, b)->party);
    }
    return parties;
}

static uint64_t counted(const world *w, const dt__winning *winning) {
    uint64_t count = 0;
    for (size_t i = 0; i < w->count; i++) {
        const truth *t = &w->truths[i];
        count += is_allowed(w, t) && (winning == NULL || winning->wins(winning->payload, accepting(w, t)));
    }
    return count;
}

static void compare_count(const world *w, const dt__winning *winning, const dt__limits *limits, uint64_t number,
                          dt_env *env) {
    static dt__tally tally;
    dt__limb expected[DT__COUNT_MAX_LIMBS];

    dt__count_set(expected, DT__COUNT_MAX_LIMBS, counted(w, winning));
    assert_int_equal(dt__walk_count(&tally, &w->query, winning, limits, env), DT_OK);
    assert_int_equal(tally.limbs, w->problem.limbs);
    expect(dt__count_compare(tally.count, expected, tally.limbs) <= 0, w, number);
    expect(dt__count_compare(tally.high, expected, tally.limbs) >= 0, w, number);
    if (limits == &plenty || limits->descent == ALL_THE_WAY) expect(tally.exact, w, number);
    if (tally.exact) expect(dt__count_compare(tally.count, expected, tally.limbs) == 0, w, number);
    if (tally.exact) expect(dt__count_compare(tally.high, expected, tally.limbs) == 0, w, number);
}

/* ---- everybody who matters is hard ---- */

/* A coordinate that every outcome reaches: what may be counted in arrays is counted state by state instead. */
static void add_trivial_coordinate(world *w) {
    dt__coordinate trivial = {.party = (uint32_t)w->problem.coordinates.count, .unit = 1};

    dt__query_clear(&w->query, w->env);
    assert_int_equal(dt__vector_push(&w->problem.coordinates, &trivial, w->env), DT_OK);
    world_query(w);
    w->query.coordinate_roles[trivial.party] = DT__HARD;
}

static void unanimous_outcomes_are_counted(void **state) {
    uint64_t seed = chance_seed(__func__);
    dt_env *env;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (uint64_t i = 0; i < PROBLEMS; i++) {
        chance c = chance_of(seed, i);
        world w = world_new(&c, env);
        dt__limits few = {.nodes = 1, .states = chance_below(&c, 30), .descent = chance_below(&c, 50)},
                   deep = {.nodes = 1, .states = few.states, .descent = ALL_THE_WAY};
        world_query(&w);
        for (size_t b = 0; b < w.problem.bits.count; b++)
            w.query.bit_roles[b] = chance_once_in(&c, 3) ? DT__IGNORED : DT__HARD;
        for (size_t k = 0; k < w.problem.coordinates.count; k++)
            w.query.coordinate_roles[k] = chance_once_in(&c, 3) ? DT__IGNORED : DT__HARD;
        compare_count(&w, NULL, &plenty, i, env);
        compare_count(&w, NULL, &few, i, env);
        compare_count(&w, NULL, &deep, i, env);
        world_free(&w);
    }
    dt_env_free(env);
}

/* One hard coordinate: arrays, and the same state by state. */
static void one_threshold_counts_alike_in_arrays_and_state_by_state(void **state) {
    uint64_t seed = chance_seed(__func__);
    dt_env *env;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (uint64_t i = 0; i < PROBLEMS; i++) {
        chance c = chance_of(seed + 1, i);
        world w = world_new(&c, env);
        uint8_t roles[MOST_BITS] = {0};
        uint32_t coordinate = 0;
        world_query(&w);
        if (w.problem.coordinates.count > 0) coordinate = chance_below(&c, (uint32_t)w.problem.coordinates.count);
        for (size_t b = 0; b < w.problem.bits.count; b++)
            w.query.bit_roles[b] = roles[b] = chance_once_in(&c, 2) ? DT__IGNORED : DT__HARD;
        if (w.problem.coordinates.count > 0) w.query.coordinate_roles[coordinate] = DT__HARD;
        compare_count(&w, NULL, &plenty, i, env);
        if (w.problem.coordinates.count > 0 && w.problem.coordinates.count < MOST_COORDINATES) {
            add_trivial_coordinate(&w);
            memcpy(w.query.bit_roles, roles, w.problem.bits.count);
            w.query.coordinate_roles[coordinate] = DT__HARD;
            compare_count(&w, NULL, &plenty, i, env);
        }
        world_free(&w);
    }
    dt_env_free(env);
}

/* ---- consent rules ---- */

typedef struct rule {
    dt__party_set needed;
    unsigned at_least;
    unsigned weights[MOST_COORDINATES], quota;
} rule;

static bool rule_wins(const void *payload, dt__party_set parties) {
    const rule *r = payload;
    unsigned weight = 0;

    for (unsigned p = 0; p < MOST_COORDINATES; p++) weight += parties >> p & 1 ? r->weights[p] : 0;
    return (parties & r->needed) == r->needed && (unsigned)__builtin_popcountll(parties) >= r->at_least &&
           weight >= r->quota;
}

static rule random_rule(chance *c, size_t parties) {
    rule r = {.needed = chance_below(c, 1u << parties) & chance_below(c, 1u << parties),
              .at_least = chance_below(c, (uint32_t)parties + 1)};
    unsigned sum = 0;

    for (unsigned p = 0; p < MOST_COORDINATES; p++) sum += r.weights[p] = chance_below(c, 5);
    r.quota = chance_below(c, sum + 1);
    return r;
}

/* Some parties matter softly, some are hard (every winning set needs them), some do not matter. */
static void winning_outcomes_are_counted_under_any_rule(void **state) {
    uint64_t seed = chance_seed(__func__);
    dt_env *env;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (uint64_t i = 0; i < PROBLEMS; i++) {
        chance c = chance_of(seed + 2, i);
        world w = world_new(&c, env);
        size_t parties = w.problem.coordinates.count;
        rule r = random_rule(&c, parties);
        const dt__winning winning = {rule_wins, &r};
        dt__limits few = {.nodes = 1, .states = chance_below(&c, 60), .descent = chance_below(&c, 50)},
                   deep = {.nodes = 1, .states = few.states, .descent = ALL_THE_WAY};
        world_query(&w);
        for (uint32_t p = 0; p < parties; p++) {
            bool needed = r.needed >> p & 1;
            dt__query_party(&w.query, p,
                            needed && chance_once_in(&c, 2)    ? DT__HARD
                            : needed || !chance_once_in(&c, 5) ? DT__SOFT
                                                               : DT__IGNORED);
        }
        compare_count(&w, &winning, &plenty, i, env);
        compare_count(&w, &winning, &few, i, env);
        compare_count(&w, &winning, &deep, i, env);
        world_free(&w);
    }
    dt_env_free(env);
}

/* ---- more outcomes than a machine word counts ---- */

/* `count` issues of two options worth 0 and 1 each, of which at least `threshold` are wanted. */
static world coins(size_t count, dt__int128 threshold, dt_env *env) {
    static const dt__int128 worth[2] = {0, 1};
    static const uint32_t stride[1] = {1};
    world w = {.env = env};
    dt__problem *p = &w.problem;
    dt__coordinate coordinate = {.unit = 1, .threshold = threshold};

    p->factors = DT__VECTOR(dt__factor);
    p->bits = DT__VECTOR(dt__bit);
    p->coordinates = DT__VECTOR(dt__coordinate);
    dt__arena_init(&p->arena, env);
    w.model.issue_count = p->var_count = count;
    p->issues = in_arena(&w, count, sizeof *p->issues);
    p->sizes = in_arena(&w, count, sizeof *p->sizes);
    p->fixed = in_arena(&w, count, sizeof *p->fixed);
    for (uint32_t v = 0; v < count; v++) {
        uint32_t *var = in_arena(&w, 1, sizeof *var);
        dt__factor f = {
            .kind = DT__FACTOR_SUM, .var_count = 1, .vars = var, .strides = stride, .size = 2, .sums = worth};
        *var = p->issues[v] = v;
        p->sizes[v] = 2;
        add_factor(&w, &f);
    }
    assert_int_equal(dt__vector_push(&p->coordinates, &coordinate, env), DT_OK);
    p->limbs = dt__count_limbs(p->sizes, p->var_count);
    return w;
}

/* With an odd number of coins, exactly half of all outcomes have more heads than tails. */
static void two_to_the_150_outcomes_are_counted_exactly(void **state) {
    static dt__tally tally;
    dt__limb expected[3] = {0, 0, UINT64_C(1) << (150 - 128)};
    dt_env *env;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (int way = 0; way < 2; way++) {
        world w = coins(151, 76, env);
        if (way == 1) add_trivial_coordinate(&w);
        else world_query(&w);
        w.query.coordinate_roles[0] = DT__HARD;
        assert_int_equal(dt__walk_count(&tally, &w.query, NULL, &plenty, env), DT_OK);
        assert_true(tally.exact);
        assert_int_equal(tally.limbs, 3);
        assert_memory_equal(tally.count, expected, sizeof expected);
        world_free(&w);
    }
    dt_env_free(env);
}

static void more_outcomes_than_two_words_count_are_counted_by_binomials(void **state) {
    static dt__tally tally;
    dt__uint128 binomial = 1, sum = 0;
    dt_env *env;

    (void)state;
    for (unsigned k = 0; k <= 40; k++) { /* C(100, 60 + ...) = C(100, 40 - ...) */
        sum += binomial;
        binomial = binomial * (100 - k) / (k + 1);
    }
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (int way = 0; way < 2; way++) {
        world w = coins(100, 60, env);
        if (way == 1) add_trivial_coordinate(&w);
        else world_query(&w);
        w.query.coordinate_roles[0] = DT__HARD;
        assert_int_equal(dt__walk_count(&tally, &w.query, NULL, &plenty, env), DT_OK);
        assert_true(tally.exact && tally.limbs == 2);
        assert_true(tally.count[0] == (dt__limb)sum && tally.count[1] == (dt__limb)(sum >> 64));
        world_free(&w);
    }
    dt_env_free(env);
}

/* ---- sums that no outcome can have ---- */

/* The first option of every issue is worth something enormous, and forbidden: what is left lies close together, far
 * away. */
static void forbidden_sums_of_any_size_do_no_harm(void **state) {
    static const uint8_t first[3] = {1, 0, 0};
    static const uint32_t stride[1] = {1};
    uint64_t seed = chance_seed(__func__);
    dt_env *env;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (uint64_t i = 0; i < 600; i++) {
        chance c = chance_of(seed + 3, i);
        world w = coins(6, 0, env);
        dt__int128 enormous = ((dt__int128)1 << chance_between(&c, 58, 110)) + chance_between(&c, -9, 9);
        assert_int_equal(dt__vector_push(&w.problem.bits, &(dt__bit){.kind = DT__BIT_RULE}, env), DT_OK);
        w.problem.factors.count = 0;
        for (uint32_t v = 0; v < 6; v++) {
            uint32_t *var = in_arena(&w, 1, sizeof *var);
            dt__int128 *worth = in_arena(&w, 3, sizeof *worth);
            *var = v;
            w.problem.sizes[v] = 3;
            worth[0] = chance_once_in(&c, 3) ? chance_between(&c, -5, 5) : chance_once_in(&c, 2) ? enormous : -enormous;
            worth[1] = chance_between(&c, -5, 5);
            worth[2] = chance_between(&c, -5, 5);
            add_factor(
                &w,
                &(dt__factor){
                    .kind = DT__FACTOR_SUM, .var_count = 1, .vars = var, .strides = stride, .size = 3, .sums = worth});
            add_factor(&w, &(dt__factor){.kind = DT__FACTOR_BIT,
                                         .var_count = 1,
                                         .vars = var,
                                         .strides = stride,
                                         .size = 3,
                                         .crossed = first});
        }
        w.problem.limbs = dt__count_limbs(w.problem.sizes, w.problem.var_count);
        look_at_all(&w);
        DT__COORDINATE(&w.problem, 0)->threshold = chance_between(&c, -12, 12);
        world_query(&w);
        w.query.coordinate_roles[0] = DT__HARD;
        compare_count(&w, NULL, &plenty, i, env);
        world_free(&w);
    }
    dt_env_free(env);
}

/* ---- wide models: tables are split, and bounds have to stay bounds ---- */

/* Five issues of 40 options, every pair of them named by a rule that nothing crosses, and 36 coins: the tables of the
 * five are split, and the loose numbers of ways must not wrap around. */
static void bounds_of_wide_models_enclose_the_count(void **state) {
    static dt__tally tally;
    static uint8_t none[40 * 40];
    static const uint32_t strides[2] = {1, 40};
    const dt__limits few = {.nodes = 1, .states = 0};
    dt__limb total = UINT64_C(40) * 40 * 40 * 40 * 40 << 37;
    dt_env *env;
    world w;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    w = coins(42, 3, env);
    assert_int_equal(dt__vector_push(&w.problem.bits, &(dt__bit){.kind = DT__BIT_RULE}, env), DT_OK);
    w.problem.factors.count = 0; /* the sum is that of the last 37 issues */
    for (uint32_t v = 0; v < 42; v++) {
        static const dt__int128 worth[2] = {0, 1};
        uint32_t *var = in_arena(&w, 1, sizeof *var);
        dt__factor f = {
            .kind = DT__FACTOR_SUM, .var_count = 1, .vars = var, .strides = strides, .size = 2, .sums = worth};
        *var = v;
        if (v < 5) w.problem.sizes[v] = 40;
        else add_factor(&w, &f);
    }
    for (uint32_t a = 0; a < 5; a++) {
        for (uint32_t b = a + 1; b < 5; b++) {
            uint32_t *vars = in_arena(&w, 2, sizeof *vars);
            dt__factor f = {.kind = DT__FACTOR_BIT,
                            .var_count = 2,
                            .vars = vars,
                            .strides = strides,
                            .size = sizeof none,
                            .crossed = none};
            vars[0] = a;
            vars[1] = b;
            add_factor(&w, &f);
        }
    }
    w.problem.limbs = dt__count_limbs(w.problem.sizes, w.problem.var_count);
    assert_int_equal(w.problem.limbs, 1);
    add_trivial_coordinate(&w);
    w.query.coordinate_roles[0] = DT__HARD;
    assert_int_equal(dt__walk_count(&tally, &w.query, NULL, &few, env), DT_OK);
    assert_false(tally.exact);
    /* all but 1 + 37 + 37 * 36 / 2 of the 2^37 ways the coins fall have three heads */
    assert_true(tally.count[0] <= total / (UINT64_C(1) << 37) * ((UINT64_C(1) << 37) - 704));
    assert_true(tally.high[0] >= total / (UINT64_C(1) << 37) * ((UINT64_C(1) << 37) - 704));
    world_free(&w);
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unanimous_outcomes_are_counted),
        cmocka_unit_test(one_threshold_counts_alike_in_arrays_and_state_by_state),
        cmocka_unit_test(winning_outcomes_are_counted_under_any_rule),
        cmocka_unit_test(two_to_the_150_outcomes_are_counted_exactly),
        cmocka_unit_test(more_outcomes_than_two_words_count_are_counted_by_binomials),
        cmocka_unit_test(forbidden_sums_of_any_size_do_no_harm),
        cmocka_unit_test(bounds_of_wide_models_enclose_the_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
