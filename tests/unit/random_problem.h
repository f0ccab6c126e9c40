/* Random problems for the space room, and what is true of them by looking at every outcome. */
#ifndef DT_TESTS_RANDOM_PROBLEM_H
#define DT_TESTS_RANDOM_PROBLEM_H

#include "chance.h"
#include "space/algebra.h"

enum { MOST_VARS = 9, MOST_OPTIONS = 5, MOST_OUTCOMES = 2500, MOST_BITS = 8, MOST_COORDINATES = 4 };

/* What one outcome does. */
typedef struct truth {
    dt__option options[MOST_VARS]; /* by variable */
    uint32_t crossed;              /* bit b: bit b of the problem */
    dt__int128 sums[MOST_COORDINATES];
} truth;

typedef struct world {
    dt_env *env;
    dt_model model; /* only its number of issues is looked at */
    dt__problem problem;
    dt__query query;
    truth *truths;
    size_t count;
} world;

/* ---- making one ---- */

/* How large the sums are. */
typedef enum size_of_sums { TIES = 0, SMALL, MEDIUM, HUGE_SUMS, COARSE, OUTLIERS, SIZES_OF_SUMS } size_of_sums;

static inline dt__int128 random_sum(chance *c, size_of_sums size) {
    const dt__int128 huge = (dt__int128)1 << 115;

    switch (size) {
    case TIES: return chance_between(c, 0, 1);
    case SMALL: return chance_between(c, -4, 4);
    case MEDIUM: return chance_between(c, -1000, 1000);
    case HUGE_SUMS: return (chance_once_in(c, 2) ? huge : -huge) / chance_between(c, 1, 3) + chance_between(c, -2, 2);
    case COARSE: return (dt__int128)chance_between(c, -6, 6) * ((dt__int128)1 << 90) / 3 * 3 + 7;
    default: return chance_once_in(c, 6) ? chance_int128(c, 113) : chance_between(c, -3, 3);
    }
}

static inline void *in_arena(world *w, size_t count, size_t item) {
    void *memory = dt__arena_alloc(&w->problem.arena, count, item);
    assert_non_null(memory);
    return memory;
}

static inline void random_scope(world *w, chance *c, dt__factor *f) {
    uint32_t *vars = in_arena(w, MOST_VARS, sizeof *vars), *strides = in_arena(w, MOST_VARS, sizeof *strides);
    uint32_t wanted = chance_once_in(c, 12) ? 0 : (uint32_t)chance_between(c, 1, 4),
             left = (uint32_t)w->problem.var_count;

    f->size = 1;
    for (uint32_t v = 0; v < w->problem.var_count && f->var_count < wanted; v++, left--) {
        if (chance_below(c, left) >= wanted - f->var_count) continue;
        vars[f->var_count] = v;
        strides[f->var_count++] = (uint32_t)f->size;
        f->size *= w->problem.sizes[v];
    }
    f->vars = vars;
    f->strides = strides;
}

static inline void add_factor(world *w, const dt__factor *f) {
    assert_int_equal(dt__vector_push(&w->problem.factors, f, w->env), DT_OK);
}

static inline void add_bit_factor(world *w, chance *c, uint32_t bit, uint32_t once_in) {
    dt__factor f = {.kind = DT__FACTOR_BIT, .target = bit};
    uint8_t *crossed;

    random_scope(w, c, &f);
    f.crossed = crossed = in_arena(w, f.size, sizeof *crossed);
    for (size_t i = 0; i < f.size; i++) crossed[i] = chance_once_in(c, f.var_count == 0 ? 4 * once_in : once_in);
    add_factor(w, &f);
}

static inline void add_sum_factor(world *w, chance *c, uint32_t coordinate, size_of_sums size) {
    dt__factor f = {.kind = DT__FACTOR_SUM, .target = coordinate};
    dt__int128 *sums;

    random_scope(w, c, &f);
    f.sums = sums = in_arena(w, f.size, sizeof *sums);
    for (size_t i = 0; i < f.size; i++) sums[i] = random_sum(c, size);
    add_factor(w, &f);
}

static inline void random_variables(world *w, chance *c) {
    dt__problem *p = &w->problem;
    size_t wanted = chance_once_in(c, 40) ? 0 : (size_t)chance_between(c, 2, MOST_VARS), total = 1;

    w->model.issue_count = 2 * wanted + 1;
    p->issues = in_arena(w, MOST_VARS, sizeof *p->issues);
    p->sizes = in_arena(w, MOST_VARS, sizeof *p->sizes);
    p->fixed = in_arena(w, w->model.issue_count, sizeof *p->fixed);
    p->var_of = in_arena(w, w->model.issue_count, sizeof *p->var_of);
    p->coordinate_of = in_arena(w, MOST_COORDINATES + 1, sizeof *p->coordinate_of);
    for (size_t i = 0; i < w->model.issue_count; i++) {
        p->fixed[i] = (dt__option)(100 + i);
        p->var_of[i] = DT__NO_INDEX;
    }
    for (size_t v = 0; v < wanted; v++) {
        uint32_t size = (uint32_t)chance_between(c, chance_once_in(c, 8) ? 1 : 2, MOST_OPTIONS);
        if (total * size > MOST_OUTCOMES) break;
        total *= size;
        p->sizes[v] = size;
        p->issues[v] = (uint32_t)(2 * v + 1);
        p->var_of[2 * v + 1] = (uint32_t)v;
        p->var_count++;
    }
    p->limbs = dt__count_limbs(p->sizes, p->var_count);
}

/* Bits belong to parties 0..MOST_COORDINATES-1, or are rules; each party has a coordinate. */
static inline void random_factors(world *w, chance *c) {
    dt__problem *p = &w->problem;
    uint32_t bits = chance_below(c, MOST_BITS + 1), coordinates = chance_below(c, MOST_COORDINATES + 1),
             once_in = (uint32_t)chance_between(c, 2, 9);
    size_of_sums size = (size_of_sums)chance_below(c, SIZES_OF_SUMS);

    if (chance_once_in(c, 30)) once_in = 1; /* everything is crossed */
    for (uint32_t b = 0; b < bits; b++) {
        bool rule = coordinates == 0 || chance_once_in(c, 2);
        dt__bit bit = {.kind = rule ? DT__BIT_RULE : DT__BIT_RED_LINE,
                       .party = rule ? 0 : chance_below(c, coordinates),
                       .index = b};
        assert_int_equal(dt__vector_push(&p->bits, &bit, w->env), DT_OK);
        for (uint32_t n = (uint32_t)chance_between(c, 0, 2); n-- > 0;) add_bit_factor(w, c, b, once_in);
    }
    for (uint32_t k = 0; k < coordinates; k++) {
        dt__coordinate coordinate = {.party = k, .unit = 1};
        assert_int_equal(dt__vector_push(&p->coordinates, &coordinate, w->env), DT_OK);
        p->coordinate_of[k] = k;
        for (uint32_t n = (uint32_t)chance_between(c, 0, 6); n-- > 0;) add_sum_factor(w, c, k, size);
    }
}

/* ---- looking at every outcome ---- */

static inline truth look_at(const world *w, const dt__option *options) {
    const dt__problem *p = &w->problem;
    truth t = {.crossed = 0};

    memcpy(t.options, options, p->var_count * sizeof *options);
    for (size_t i = 0; i < p->factors.count; i++) {
        const dt__factor *f = DT__FACTOR(p, i);
        size_t index = 0;
        for (uint32_t j = 0; j < f->var_count; j++) index += (size_t)f->strides[j] * options[f->vars[j]];
        if (f->kind == DT__FACTOR_SUM) t.sums[f->target] += f->sums[index];
        else if (f->crossed[index]) t.crossed |= UINT32_C(1) << f->target;
    }
    return t;
}

static inline void look_at_all(world *w) {
    const dt__problem *p = &w->problem;
    dt__option options[MOST_VARS] = {0};
    size_t v;

    w->truths = malloc(MOST_OUTCOMES * sizeof *w->truths);
    assert_non_null(w->truths);
    do {
        w->truths[w->count++] = look_at(w, options);
        for (v = 0; v < p->var_count; v++) {
            if (++options[v] < p->sizes[v]) break;
            options[v] = 0;
        }
    } while (v < p->var_count);
}

/* A threshold near what some outcome reaches, so that it divides the outcomes. */
static inline void random_thresholds(world *w, chance *c) {
    for (size_t k = 0; k < w->problem.coordinates.count; k++) {
        const truth *t = &w->truths[chance_below(c, (uint32_t)w->count)];
        DT__COORDINATE(&w->problem, k)->threshold = t->sums[k] + (chance_once_in(c, 4) ? chance_between(c, -1, 1) : 0);
    }
}

static inline world world_new(chance *c, dt_env *env) {
    world w = {.env = env};

    w.problem.factors = DT__VECTOR(dt__factor);
    w.problem.bits = DT__VECTOR(dt__bit);
    w.problem.coordinates = DT__VECTOR(dt__coordinate);
    dt__arena_init(&w.problem.arena, env);
    random_variables(&w, c);
    random_factors(&w, c);
    look_at_all(&w);
    random_thresholds(&w, c);
    return w;
}

/* The address of a world has to be settled before it is queried. */
static inline void world_query(world *w) {
    w->problem.model = &w->model;
    assert_int_equal(dt__query_init(&w->query, &w->problem, w->env), DT_OK);
}

static inline void world_free(world *w) {
    dt__query_clear(&w->query, w->env);
    dt__vector_clear(&w->problem.factors, w->env);
    dt__vector_clear(&w->problem.bits, w->env);
    dt__vector_clear(&w->problem.coordinates, w->env);
    dt__arena_clear(&w->problem.arena);
    free(w->truths);
}

/* ---- what a query makes of an outcome ---- */

static inline uint32_t bits_of_role(const world *w, dt__role role) {
    uint32_t bits = 0;
    for (size_t b = 0; b < w->problem.bits.count; b++) bits |= (uint32_t)(w->query.bit_roles[b] == role) << b;
    return bits;
}

static inline bool reaches(const world *w, const truth *t, size_t coordinate) {
    return t->sums[coordinate] >= DT__COORDINATE(&w->problem, coordinate)->threshold;
}

/* Crosses no hard bit and reaches every hard threshold. */
static inline bool is_allowed(const world *w, const truth *t) {
    if ((t->crossed & bits_of_role(w, DT__HARD)) != 0) return false;
    for (size_t k = 0; k < w->problem.coordinates.count; k++) {
        if (w->query.coordinate_roles[k] == DT__HARD && !reaches(w, t, k)) return false;
    }
    return true;
}

/* Soft bits crossed and soft thresholds missed, numbered as by dt__soft_numbers_init. */
static inline dt__mask soft_mask(const world *w, const truth *t) {
    dt__mask mask = {{0}};
    uint32_t number = 0;

    for (size_t b = 0; b < w->problem.bits.count; b++) {
        if (w->query.bit_roles[b] != DT__SOFT) continue;
        if (t->crossed >> b & 1) dt__mask_add(&mask, number);
        number++;
    }
    for (size_t k = 0; k < w->problem.coordinates.count; k++) {
        if (w->query.coordinate_roles[k] != DT__SOFT) continue;
        if (!reaches(w, t, k)) dt__mask_add(&mask, number);
        number++;
    }
    return mask;
}

/* Keeps the minimal masks of a list, each once; returns how many. */
static inline size_t minimal_masks(dt__mask *masks, size_t count) {
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        bool minimal = true;
        for (size_t j = 0; j < count && minimal; j++) {
            bool same = memcmp(&masks[i], &masks[j], sizeof *masks) == 0;
            if (same ? j < i : dt__mask_subset(&masks[j], &masks[i])) minimal = false;
        }
        if (minimal) masks[kept++] = masks[i];
    }
    return kept;
}

static inline bool has_mask(const dt__mask *masks, size_t count, const dt__mask *mask) {
    for (size_t i = 0; i < count; i++) {
        if (memcmp(&masks[i], mask, sizeof *mask) == 0) return true;
    }
    return false;
}

/* ---- telling about one that failed ---- */

static inline void print_sum(dt__int128 value) {
    dt__uint128 rest = value < 0 ? (dt__uint128)0 - (dt__uint128)value : (dt__uint128)value;
    char digits[48];
    size_t n = sizeof digits;

    digits[--n] = '\0';
    do digits[--n] = (char)('0' + (int)(rest % 10));
    while ((rest /= 10) > 0);
    print_message(" %s%s", value < 0 ? "-" : "", digits + n);
}

static inline void print_world(const world *w) {
    const dt__problem *p = &w->problem;

    print_message("options of the variables:");
    for (size_t v = 0; v < p->var_count; v++) print_message(" %u", p->sizes[v]);
    print_message("\n");
    for (size_t b = 0; b < p->bits.count; b++) {
        print_message("bit %u: kind %d, party %u, role %u\n", (unsigned)b, (int)DT__BIT(p, b)->kind,
                      DT__BIT(p, b)->party, w->query.bit_roles[b]);
    }
    for (size_t k = 0; k < p->coordinates.count; k++) {
        print_message("coordinate %u: role %u, threshold", (unsigned)k, w->query.coordinate_roles[k]);
        print_sum(DT__COORDINATE(p, k)->threshold);
        print_message("%s\n", w->query.objective == k ? ", objective" : "");
    }
    for (size_t i = 0; i < p->factors.count; i++) {
        const dt__factor *f = DT__FACTOR(p, i);
        print_message("%s %u over", f->kind == DT__FACTOR_SUM ? "sum" : "bit", f->target);
        for (uint32_t j = 0; j < f->var_count; j++) print_message(" %u", f->vars[j]);
        print_message(":");
        for (size_t e = 0; e < f->size; e++) print_sum(f->kind == DT__FACTOR_SUM ? f->sums[e] : f->crossed[e]);
        print_message("\n");
    }
}

/* Says which problem of which seed it was, and what it looks like. */
#define expect(condition, w, number)                                                \
    do {                                                                            \
        if (!(condition)) {                                                         \
            print_world(w);                                                         \
            fail_msg("problem %llu: %s", (unsigned long long)(number), #condition); \
        }                                                                           \
    } while (0)

#endif
