/* Sets of vectors: filters, unions and sums are what comparing every pair says. */
#include "chance.h"
#include "space/points.h"

enum { MOST_POINTS = 700, MOST_DIMENSIONS = 10, ROUNDS = 1200 };

/* How the vectors of a set lie. */
typedef enum shape {
    UNIFORM = 0,
    GRID,      /* few levels: ties and equal vectors */
    SIMPLEX,   /* nothing dominated */
    LAYERS,    /* several simplices, one above the other */
    CLUSTERS,  /* around a few centres */
    OPPOSED,   /* pairs of coordinates that add up to nothing */
    REPEATED,  /* the same few vectors again and again */
    WIDE,      /* 116 bits */
    OUTLIERS,  /* small numbers and a few monstrous ones */
    LOW_BITS,  /* large and the same but for their last bits, beside a few far away */
    ONE_VALUE, /* all coordinates alike but one */
    SHAPES
} shape;

static dt__int128 wide(chance *c) {
    const dt__int128 reach = (dt__int128)1 << 116;
    dt__int128 v = (dt__int128)((dt__uint128)chance_word(c) << 64 | chance_word(c));
    return v % reach;
}

static void shift_to_sum(dt__int128 *v, size_t dimensions, dt__int128 sum) {
    for (size_t d = 1; d < dimensions; d++) sum -= v[d];
    v[0] = sum;
}

static void random_vector(dt__int128 *v, size_t dimensions, shape s, const dt__int128 *others, size_t known,
                          chance *c) {
    dt__int128 centre = (dt__int128)chance_below(c, 4) * 100000;

    for (size_t d = 0; d < dimensions; d++) {
        switch (s) {
        case GRID: v[d] = chance_between(c, -1, 2); break;
        case CLUSTERS: v[d] = (d % 2 == 0 ? centre : -centre) + chance_between(c, 0, 60); break;
        case OPPOSED: v[d] = d % 2 == 1 ? -v[d - 1] : chance_between(c, 0, 500); break;
        case WIDE: v[d] = wide(c); break;
        case OUTLIERS: v[d] = chance_once_in(c, 9) ? chance_int128(c, 116) : chance_between(c, -5, 5); break;
        case LOW_BITS:
            v[d] = chance_once_in(c, 30) ? wide(c) : ((dt__int128)1 << 114) + chance_between(c, 0, 40);
            break;
        case ONE_VALUE: v[d] = d == dimensions / 2 ? chance_between(c, 0, 9) : 7; break;
        default: v[d] = chance_between(c, -1000000, 1000000);
        }
    }
    if (s == SIMPLEX) shift_to_sum(v, dimensions, 0);
    if (s == LAYERS) shift_to_sum(v, dimensions, chance_between(c, 0, 3) * 150000);
    if (s == REPEATED && known > 20)
        memcpy(v, others + chance_below(c, (uint32_t)known) * dimensions, dimensions * sizeof *v);
}

typedef struct bench {
    dt_env *env;
    dt__arena arena;
    bool overflow;
    dt__points_kind kind;
} bench;

static dt__points random_points(bench *b, size_t count, shape s, uint32_t var, chance *c) {
    dt__points p;

    assert_int_equal(dt__points_new(&p, count, &b->kind), DT_OK);
    for (size_t i = 0; i < count; i++) {
        dt__origin *origin = DT__ARENA_NEW(&b->arena, dt__origin);
        assert_non_null(origin);
        random_vector(dt__point_values(&p, i, &b->kind), b->kind.dimensions, s, p.values, i, c);
        dt__point_multiplicity(&p, i, &b->kind)[0] = 1 + chance_below(c, 5);
        *origin = (dt__origin){.var = var, .option = (uint16_t)chance_below(c, 900)};
        p.origins[i] = chance_once_in(c, 40) && var == 0 ? NULL : origin;
    }
    return p;
}

/* ---- by definition ---- */

static bool covers(const dt__int128 *a, const dt__int128 *b, size_t dimensions) {
    for (size_t d = 0; d < dimensions; d++) {
        if (a[d] < b[d]) return false;
    }
    return true;
}

static int order(const dt__int128 *a, const dt__int128 *b, size_t dimensions) {
    for (size_t d = 0; d < dimensions; d++) {
        if (a[d] != b[d]) return a[d] > b[d] ? -1 : 1;
    }
    return 0;
}

/* Every vector of a set that none of it dominates, the first of its equals, with what all of them bring. */
typedef struct expected {
    size_t count;
    const dt__int128 *values[MOST_POINTS * 2];
    dt__limb multiplicities[MOST_POINTS * 2];
    const dt__origin *origins[MOST_POINTS * 2];
} expected;

static void place_in_order(expected *e, size_t dimensions) {
    for (size_t i = 1; i < e->count; i++) {
        for (size_t j = i; j > 0 && order(e->values[j - 1], e->values[j], dimensions) > 0; j--) {
            const dt__int128 *v = e->values[j];
            dt__limb m = e->multiplicities[j];
            const dt__origin *o = e->origins[j];
            e->values[j] = e->values[j - 1];
            e->multiplicities[j] = e->multiplicities[j - 1];
            e->origins[j] = e->origins[j - 1];
            e->values[j - 1] = v;
            e->multiplicities[j - 1] = m;
            e->origins[j - 1] = o;
        }
    }
}

static void expect_of(expected *e, const dt__points *p, const bench *b) {
    size_t dims = b->kind.dimensions;

    e->count = 0;
    for (size_t i = 0; i < p->count; i++) {
        const dt__int128 *v = dt__point_values(p, i, &b->kind);
        bool counts = true;
        for (size_t j = 0; j < p->count && counts; j++) {
            const dt__int128 *w = dt__point_values(p, j, &b->kind);
            bool equal = order(v, w, dims) == 0;
            if (equal ? j < i : covers(w, v, dims)) counts = false;
        }
        if (!counts) continue;
        e->values[e->count] = v;
        e->multiplicities[e->count] = 0;
        e->origins[e->count] = p->origins[i];
        for (size_t j = i; j < p->count; j++) {
            if (order(v, dt__point_values(p, j, &b->kind), dims) != 0) continue;
            e->multiplicities[e->count] += *dt__point_multiplicity(p, j, &b->kind);
            e->origins[e->count] = dt__origin_smaller(e->origins[e->count], p->origins[j]);
        }
        e->count++;
    }
    place_in_order(e, dims);
}

static bool same_way(const dt__origin *a, const dt__origin *b) {
    uint16_t x[DT__ORIGIN_VARS], y[DT__ORIGIN_VARS];

    memset(x, 0xff, sizeof x);
    memset(y, 0xff, sizeof y);
    dt__origin_options(a, x);
    dt__origin_options(b, y);
    return memcmp(x, y, sizeof x) == 0;
}

static void compare(const dt__points *found, const expected *e, const bench *b, uint64_t round) {
    if (found->count != e->count)
        print_message("round %llu: %zu dimensions\n", (unsigned long long)round, b->kind.dimensions);
    assert_int_equal(found->count, e->count);
    for (size_t i = 0; i < e->count; i++) {
        assert_int_equal(order(dt__point_values(found, i, &b->kind), e->values[i], b->kind.dimensions), 0);
        assert_int_equal(*dt__point_multiplicity(found, i, &b->kind), e->multiplicities[i]);
        assert_true(same_way(found->origins[i], e->origins[i]));
    }
}

/* ---- tests ---- */

static void bench_init(bench *b, chance *c) {
    *b = (bench){0};
    assert_int_equal(dt_env_new(&b->env, NULL), DT_OK);
    dt__arena_init(&b->arena, b->env);
    b->kind = (dt__points_kind){.dimensions = (size_t)chance_between(c, 1, MOST_DIMENSIONS), .limbs = 1};
}

static void bench_clear(bench *b) {
    assert_false(b->overflow);
    dt__arena_clear(&b->arena);
    dt_env_free(b->env);
}

static size_t random_count(chance *c, uint32_t most) {
    return chance_below(c, chance_once_in(c, 3) ? most : chance_once_in(c, 2) ? most / 6 : 20);
}

static void a_filter_keeps_what_nothing_dominates(void **state) {
    uint64_t seed = chance_seed(__func__);
    expected *e = malloc(sizeof *e);

    (void)state;
    assert_non_null(e);
    for (uint64_t i = 0; i < ROUNDS; i++) {
        chance c = chance_of(seed, i);
        bench b;
        dt__points p, copy;
        bench_init(&b, &c);
        b.kind.arena = &b.arena;
        b.kind.overflow = &b.overflow;
        p = random_points(&b, random_count(&c, MOST_POINTS), (shape)(i % SHAPES), 0, &c);
        assert_int_equal(dt__points_new(&copy, p.count, &b.kind), DT_OK);
        memcpy(copy.values, p.values, p.count * b.kind.dimensions * sizeof *p.values);
        memcpy(copy.multiplicities, p.multiplicities, p.count * sizeof *p.multiplicities);
        memcpy(copy.origins, p.origins, p.count * sizeof *p.origins);
        expect_of(e, &copy, &b);
        assert_int_equal(dt__points_filter(&p, &b.kind, b.env), DT_OK);
        compare(&p, e, &b, i);
        bench_clear(&b);
    }
    free(e);
}

/* Both sets are filtered first, as in an elimination. */
static void unions_and_sums_keep_what_nothing_dominates(void **state) {
    uint64_t seed = chance_seed(__func__);
    expected *e = malloc(sizeof *e);

    (void)state;
    assert_non_null(e);
    for (uint64_t i = 0; i < ROUNDS; i++) {
        chance c = chance_of(seed, i);
        dt__points x, y, all, found;
        size_t at = 0;
        bench b;
        bench_init(&b, &c);
        b.kind.arena = &b.arena;
        b.kind.overflow = &b.overflow;
        x = random_points(&b, 1 + random_count(&c, 60), (shape)(i % SHAPES), 0, &c);
        y = random_points(&b, 1 + random_count(&c, 23), (shape)(i % SHAPES), 1, &c);
        assert_int_equal(dt__points_filter(&x, &b.kind, b.env), DT_OK);
        assert_int_equal(dt__points_filter(&y, &b.kind, b.env), DT_OK);
        assert_int_equal(dt__points_new(&all, x.count * y.count, &b.kind), DT_OK);
        for (size_t j = 0; j < y.count; j++) {
            for (size_t k = 0; k < x.count; k++, at++) {
                dt__origin *pair = DT__ARENA_NEW(&b.arena, dt__origin);
                assert_non_null(pair);
                *pair = (dt__origin){.left = x.origins[k], .right = y.origins[j], .var = DT__ORIGIN_SUM};
                for (size_t d = 0; d < b.kind.dimensions; d++)
                    dt__point_values(&all, at, &b.kind)[d] =
                        dt__point_values(&x, k, &b.kind)[d] + dt__point_values(&y, j, &b.kind)[d];
                all.multiplicities[at] = x.multiplicities[k] * y.multiplicities[j];
                all.origins[at] = pair;
            }
        }
        if (all.count <= (size_t)MOST_POINTS * 2) {
            expect_of(e, &all, &b);
            assert_int_equal(dt__points_sum(&found, &x, &y, &b.kind, b.env), DT_OK);
            compare(&found, e, &b, i);
        }
        assert_int_equal(dt__points_new(&all, x.count + y.count, &b.kind), DT_OK);
        memcpy(all.values, x.values, x.count * b.kind.dimensions * sizeof *x.values);
        memcpy(all.values + x.count * b.kind.dimensions, y.values, y.count * b.kind.dimensions * sizeof *x.values);
        memcpy(all.multiplicities, x.multiplicities, x.count * sizeof *x.multiplicities);
        memcpy(all.multiplicities + x.count, y.multiplicities, y.count * sizeof *y.multiplicities);
        memcpy(all.origins, x.origins, x.count * sizeof *x.origins);
        memcpy(all.origins + x.count, y.origins, y.count * sizeof *y.origins);
        expect_of(e, &all, &b);
        assert_int_equal(dt__points_union(&found, (dt__points[]){x, y}, 2, &b.kind, b.env), DT_OK);
        compare(&found, e, &b, i);
        bench_clear(&b);
    }
    free(e);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_filter_keeps_what_nothing_dominates),
        cmocka_unit_test(unions_and_sums_keep_what_nothing_dominates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
