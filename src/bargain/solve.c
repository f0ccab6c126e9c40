#include "bargain/solve.h"

#include <math.h>
#include <string.h>

#include "bargain/score.h"

bool dt__gains_new(dt__gains *g, size_t count, dt__arena *arena) {
    g->gains = DT__ARENA_ARRAY(arena, dt__int128, count * g->dimensions);
    g->near = DT__ARENA_ARRAY(arena, double, count * g->dimensions);
    return g->gains != NULL && g->near != NULL;
}

dt_status dt__gains_init(dt__gains *g, const dt__points *points, const dt__bargain_work *w, dt__arena *arena) {
    *g = (dt__gains){.count = points->count, .dimensions = w->count};
    if (!dt__gains_new(g, g->count, arena)) return DT_ERR_MEMORY;
    for (size_t d = 0; d < w->count; d++) {
        g->units[d] = dt__dimension(w, d)->unit;
        g->weights[d] = w->weights[d];
        for (size_t i = 0; i < points->count; i++) {
            dt__int128 gain = dt__point_values(points, i, &w->kind)[d] - dt__dimension(w, d)->threshold;
            dt__gains_set(g, i, d, gain);
            if (gain > g->ideal[d]) g->ideal[d] = gain;
        }
    }
    return DT_OK;
}

static double near_gain(const dt__gains *g, size_t i, size_t d) {
    return g->near[i * g->dimensions + d];
}

/* Gain as a utility. */
static double utility(const dt__gains *g, size_t i, size_t d) {
    return near_gain(g, i, d) / (double)g->units[d];
}

/* ---- keeping the best, with all ties ---- */

typedef struct contest {
    const dt__gains *g;
    dt__choice *choice;
    size_t best; /* a chosen point; count: none yet */
} contest;

static void win(contest *c, size_t i, int order) {
    if (order > 0) {
        memset(c->choice->chosen, 0, c->g->count * sizeof *c->choice->chosen);
        c->choice->count = 0;
        c->best = i;
    }
    c->choice->chosen[i] = true;
    c->choice->count++;
}

/* Runs all points, or those of a mask, through a comparison: 1 when i is better than j, 0 when equal. */
typedef int (*comparison)(const void *context, size_t i, size_t j);

static void run_contest(contest *c, const bool *eligible, comparison compare, const void *context) {
    for (size_t i = 0; i < c->g->count; i++) {
        int order;
        if (eligible != NULL && !eligible[i]) continue;
        order = c->best == c->g->count ? 1 : compare(context, i, c->best);
        if (order >= 0) win(c, i, order);
    }
}

/* ---- scores: Nash products, sums ----
 *
 * Numbers in floating point tell most points apart; those they cannot are compared exactly. */

typedef struct score_list {
    const dt__gains *g;
    const double *near; /* per point: as good as the score, to `margin` of the larger, or of one */
    bool exact;
    size_t limbs;
    const uint32_t *exponents; /* of products; or */
    const dt__int128 *parts;   /* of sums */
} score_list;

static const double margin = 1e-9;

static void exact_score(dt__score *score, const score_list *list, size_t i);

static int by_score(const void *context, size_t i, size_t j) {
    const score_list *list = context;
    double a = list->near[i], b = list->near[j], close = (list->exact ? margin : 1e-12) * fmax(fabs(a), fabs(b));
    dt__score x, y;

    if (list->exact && list->exponents != NULL && close < margin) close = margin;
    if (!(fabs(a - b) <= close)) return a > b ? 1 : -1;
    if (!list->exact) return 0;
    exact_score(&x, list, i);
    exact_score(&y, list, j);
    return dt__score_compare(&x, &y, list->limbs);
}

/* ---- Nash ---- */

/* Parties with a positive gain. */
static uint64_t gaining(const dt__gains *g, size_t i) {
    uint64_t parties = 0;
    for (size_t d = 0; d < g->dimensions; d++) {
        if (dt__gain(g, i)[d] > 0) parties |= UINT64_C(1) << d;
    }
    return parties;
}

/* Weights as whole exponents without a common factor; false when they are too large for exact powers. */
static bool exponents_of(uint32_t *exponents, const dt__gains *g, bool weighted) {
    dt__int128 common = 1, divisor = 0, sum = 0;

    for (size_t d = 0; d < g->dimensions; d++) exponents[d] = 1;
    if (!weighted) return g->dimensions <= DT__SCORE_FACTORS;
    for (size_t d = 0; d < g->dimensions; d++) {
        if (!dt__int128_lcm(&common, common, g->weights[d].den) || common > 1000000) return false;
    }
    for (size_t d = 0; d < g->dimensions; d++) {
        dt__int128 e, rest;
        if (!dt__int128_mul(&e, g->weights[d].num, common / g->weights[d].den)) return false;
        for (rest = e; divisor != 0 && rest != 0;) {
            dt__int128 next = divisor % rest;
            divisor = rest;
            rest = next;
        }
        if (divisor == 0) divisor = e;
        sum += e;
    }
    if (divisor == 0 || sum / divisor > DT__SCORE_FACTORS) return false;
    for (size_t d = 0; d < g->dimensions; d++)
        exponents[d] = (uint32_t)(g->weights[d].num * (common / g->weights[d].den) / divisor);
    return true;
}

/* Product of the positive gains, each to its exponent. */
static void nash_score(dt__score *score, const dt__gains *g, size_t i, const uint32_t *exponents, size_t limbs) {
    dt__score_set(score, 1, limbs);
    for (size_t d = 0; d < g->dimensions; d++) {
        for (uint32_t e = 0; e < exponents[d] && dt__gain(g, i)[d] > 0; e++)
            dt__score_multiply(score, dt__gain(g, i)[d], limbs);
    }
}

static size_t nash_limbs(const uint32_t *exponents, size_t dimensions) {
    size_t factors = 0;
    for (size_t d = 0; d < dimensions; d++) factors += exponents[d];
    return dt__score_limbs(factors);
}

/* Exponents as numbers: whole ones, or weights as shares of the largest. */
static void powers_of(double *powers, const dt__gains *g, const uint32_t *exponents, bool exact) {
    double largest = 0;

    for (size_t d = 0; d < g->dimensions; d++) largest = fmax(largest, dt__rational_double(g->weights[d]));
    for (size_t d = 0; d < g->dimensions; d++)
        powers[d] = exact ? exponents[d] : dt__rational_double(g->weights[d]) / largest;
}

void dt__nash_powers(double *powers, const dt__gains *g) {
    uint32_t exponents[DT__MAX_PARTIES];
    bool exact = exponents_of(exponents, g, true);

    powers_of(powers, g, exponents, exact);
}

static double nash_log(const dt__gains *g, size_t i, const double *powers) {
    double sum = 0;
    for (size_t d = 0; d < g->dimensions; d++) {
        if (dt__gain(g, i)[d] > 0) sum += powers[d] * log(utility(g, i, d));
    }
    return sum;
}

static double nash_product(const dt__gains *g, size_t i, const double *powers) {
    double product = 1;
    for (size_t d = 0; d < g->dimensions; d++) {
        if (dt__gain(g, i)[d] > 0) product *= pow(utility(g, i, d), powers[d]);
    }
    return product;
}

/* Where nobody's product is positive: the fewest without a gain, one answer for each set of parties that gain. */
static size_t fewest_without(const dt__gains *g) {
    size_t fewest = g->dimensions;
    for (size_t i = 0; i < g->count; i++) {
        size_t without = g->dimensions - (size_t)__builtin_popcountll(gaining(g, i));
        if (without < fewest) fewest = without;
    }
    return fewest;
}

/* The best of each set of gaining parties, one set after the other.  done: sets seen; kept: winners so far. */
static void choose_per_set(dt__choice *choice, const dt__gains *g, size_t without, comparison compare,
                           const void *context, bool *done, bool *kept, bool *eligible) {
    for (size_t first = 0; first < g->count; first++) {
        uint64_t set = gaining(g, first);
        contest c = {.g = g, .choice = choice, .best = g->count};
        if (g->dimensions - (size_t)__builtin_popcountll(set) != without || done[first]) continue;
        for (size_t i = 0; i < g->count; i++) {
            eligible[i] = gaining(g, i) == set;
            done[i] |= eligible[i];
        }
        run_contest(&c, eligible, compare, context);
        for (size_t i = 0; i < g->count; i++) kept[i] |= choice->chosen[i];
    }
    choice->count = 0;
    for (size_t i = 0; i < g->count; i++) {
        choice->chosen[i] = kept[i];
        choice->count += kept[i];
    }
}

static dt_status solve_nash(dt__choice *choice, const dt__gains *g, bool weighted, dt__arena *arena) {
    uint32_t exponents[DT__MAX_PARTIES];
    bool exact = exponents_of(exponents, g, weighted);
    double *logs = DT__ARENA_ARRAY(arena, double, g->count);
    bool *marks = DT__ARENA_ARRAY(arena, bool, 3 * g->count); /* done, kept, eligible */
    score_list list = {.g = g, .near = logs, .exact = exact, .exponents = exponents};
    size_t without = fewest_without(g);
    double powers[DT__MAX_PARTIES];

    if (!logs || !marks) return DT_ERR_MEMORY;
    powers_of(powers, g, exponents, exact);
    if (exact) list.limbs = nash_limbs(exponents, g->dimensions);
    for (size_t i = 0; i < g->count; i++) logs[i] = nash_log(g, i, powers);
    choice->exact = exact;
    choice->degenerate = without > 0;
    choose_per_set(choice, g, without, by_score, &list, marks, marks + g->count, marks + 2 * g->count);
    for (size_t i = 0; i < g->count; i++) {
        if (choice->chosen[i]) {
            choice->value = nash_product(g, i, powers);
            break;
        }
    }
    return DT_OK;
}

/* ---- sums of shares: utilitarian (shares of units) and relative utilitarian (shares of ideal gains) ---- */

static bool counts_in(const dt__int128 *parts, size_t d) {
    return parts[d] > 0;
}

/* sum of gains / parts over the common denominator of all parts: the numerators compare. */
static void share_score(dt__score *score, const dt__gains *g, size_t i, const dt__int128 *parts, size_t limbs) {
    dt__score_set(score, 0, limbs);
    for (size_t d = 0; d < g->dimensions; d++) {
        dt__score term;
        if (!counts_in(parts, d)) continue;
        dt__score_set(&term, dt__gain(g, i)[d], limbs);
        for (size_t e = 0; e < g->dimensions; e++) {
            if (e != d && counts_in(parts, e)) dt__score_multiply(&term, parts[e], limbs);
        }
        dt__score_add(score, &term, limbs);
    }
}

static double share_sum(const dt__gains *g, size_t i, const dt__int128 *parts) {
    double sum = 0;
    for (size_t d = 0; d < g->dimensions; d++) {
        if (counts_in(parts, d)) sum += near_gain(g, i, d) / (double)parts[d];
    }
    return sum;
}

/* Gains below no deal occur where welfare alone counts: shift all of a party's gains so that none is negative. */
static dt_status shifted_gains(dt__gains *out, const dt__gains *g, dt__arena *arena) {
    *out = *g;
    if (!dt__gains_new(out, g->count, arena)) return DT_ERR_MEMORY;
    for (size_t d = 0; d < g->dimensions; d++) {
        dt__int128 least = 0;
        for (size_t i = 0; i < g->count; i++) least = dt__gain(g, i)[d] < least ? dt__gain(g, i)[d] : least;
        for (size_t i = 0; i < g->count; i++) dt__gains_set(out, i, d, dt__gain(g, i)[d] - least);
    }
    return DT_OK;
}

static void exact_score(dt__score *score, const score_list *list, size_t i) {
    if (list->parts != NULL) share_score(score, list->g, i, list->parts, list->limbs);
    else nash_score(score, list->g, i, list->exponents, list->limbs);
}

/* The same score as a number of 128 bits, where all of them fit: parts brought to their least common multiple. */
static bool narrow_scores(dt__int128 *scores, const dt__gains *g, const dt__int128 *parts) {
    const dt__int128 reach = (dt__int128)1 << 120; /* 64 of them still add up */
    dt__int128 common = 1;

    for (size_t d = 0; d < g->dimensions; d++) {
        if (counts_in(parts, d) && !dt__int128_lcm(&common, common, parts[d])) return false;
    }
    for (size_t d = 0; d < g->dimensions; d++) {
        dt__int128 largest = 0, product, factor;
        if (!counts_in(parts, d)) continue;
        factor = common / parts[d];
        for (size_t i = 0; i < g->count; i++) largest = dt__gain(g, i)[d] > largest ? dt__gain(g, i)[d] : largest;
        if (!dt__int128_mul(&product, largest, factor) || product > reach) return false;
        for (size_t i = 0; i < g->count; i++) scores[i] += dt__gain(g, i)[d] * factor;
    }
    return true;
}

static int by_narrow_score(const void *context, size_t i, size_t j) {
    const dt__int128 *scores = context;
    return (scores[i] > scores[j]) - (scores[i] < scores[j]);
}

static dt_status solve_shares(dt__choice *choice, const dt__gains *g, const dt__int128 *parts, dt__arena *arena) {
    bool exact = g->dimensions <= DT__SCORE_FACTORS;
    double *sums = DT__ARENA_ARRAY(arena, double, g->count);
    dt__int128 *narrow = DT__ARENA_ARRAY(arena, dt__int128, g->count);
    contest c = {.g = g, .choice = choice, .best = g->count};
    dt__gains shifted;
    score_list list = {
        .g = &shifted, .near = sums, .exact = exact, .limbs = dt__score_limbs(g->dimensions), .parts = parts};
    dt_status st = shifted_gains(&shifted, g, arena);

    if (st != DT_OK) return st;
    if (sums == NULL || narrow == NULL) return DT_ERR_MEMORY;
    choice->exact = exact;
    if (exact && narrow_scores(narrow, &shifted, parts)) {
        run_contest(&c, NULL, by_narrow_score, narrow);
    } else {
        for (size_t i = 0; i < g->count; i++) sums[i] = share_sum(&shifted, i, parts);
        run_contest(&c, NULL, by_score, &list);
    }
    if (c.best < g->count) choice->value = share_sum(g, c.best, parts);
    return DT_OK;
}

/* ---- the worst-off first: Kalai-Smorodinsky, egalitarian, leximin ---- */

/* A party's gain as a share of its ideal gain, or of its weight in utility, rounded. */
typedef struct rung {
    double near;
    uint32_t dimension;
} rung;

typedef struct ladder {
    const dt__gains *g;
    dt_solution_kind kind;
    const rung *rungs; /* per point, ascending shares */
    size_t height;     /* of one point */
    size_t compared;   /* from the bottom */
} ladder;

static bool is_of_ideals(dt_solution_kind kind) {
    return kind == DT_SOLUTION_KALAI_SMORODINSKY || kind == DT_SOLUTION_KALAI_SMORODINSKY_LEXIMIN;
}

/* Gain over unit and weight; the numbers are made smaller only when they do not fit as they are. */
static bool weighted_share(dt__rational *out, dt__int128 gain, dt__int128 unit, dt__rational weight) {
    dt__rational reduced;

    if (dt__int128_mul(&out->num, gain, weight.den) && dt__int128_mul(&out->den, unit, weight.num)) return true;
    return dt__rational_make(&reduced, gain, unit) && dt__rational_div(out, reduced, weight);
}

/* The share as it is, not in lowest terms; false when it does not fit. */
static bool exact_share(dt__rational *out, const ladder *l, size_t i, uint32_t d) {
    if (l->kind == DT_SOLUTION_WEIGHTED_EGALITARIAN)
        return weighted_share(out, dt__gain(l->g, i)[d], l->g->units[d], l->g->weights[d]);
    *out = (dt__rational){.num = dt__gain(l->g, i)[d], .den = is_of_ideals(l->kind) ? l->g->ideal[d] : l->g->units[d]};
    return true;
}

/* Rung a of point i and rung b of point j: rounded shares decide unless they are close. */
static int compare_rungs(const ladder *l, size_t i, const rung *a, size_t j, const rung *b) {
    double close = 1e-12 * fmax(fabs(a->near), fabs(b->near));
    dt__rational x, y;

    if (fabs(a->near - b->near) > close) return a->near > b->near ? 1 : -1;
    if (!exact_share(&x, l, i, a->dimension) || !exact_share(&y, l, j, b->dimension)) return 0;
    if (x.den == y.den) return (x.num > y.num) - (x.num < y.num);
    return dt__rational_compare(x, y);
}

static int by_ladder(const void *context, size_t i, size_t j) {
    const ladder *l = context;
    for (size_t r = 0; r < l->compared; r++) {
        int order = compare_rungs(l, i, &l->rungs[i * l->height + r], j, &l->rungs[j * l->height + r]);
        if (order != 0) return order;
    }
    return 0;
}

static void insert_rung(const ladder *l, rung *rungs, size_t count, size_t point, rung new) {
    size_t at = count;
    for (; at > 0 && compare_rungs(l, point, &rungs[at - 1], point, &new) > 0; at--) rungs[at] = rungs[at - 1];
    rungs[at] = new;
}

static void climb(const ladder *l, rung *rungs, const double *parts) {
    for (size_t i = 0; i < l->g->count; i++) {
        size_t count = 0;
        for (uint32_t d = 0; d < l->g->dimensions; d++) {
            rung share = {.near = near_gain(l->g, i, d) / parts[d], .dimension = d};
            if (is_of_ideals(l->kind) && l->g->ideal[d] == 0) continue;
            insert_rung(l, rungs + i * l->height, count++, i, share);
        }
    }
}

static bool shares_fit(const ladder *l) {
    dt__rational share;

    if (l->kind != DT_SOLUTION_WEIGHTED_EGALITARIAN) return true;
    for (size_t i = 0; i < l->g->count; i++) {
        for (uint32_t d = 0; d < l->g->dimensions; d++) {
            if (!exact_share(&share, l, i, d)) return false;
        }
    }
    return true;
}

/* The double nearest to the lowest share of a point. */
static double lowest_share(const ladder *l, size_t i) {
    const rung *lowest = &l->rungs[i * l->height];
    dt__rational share;

    if (!exact_share(&share, l, i, lowest->dimension) || !dt__rational_make(&share, share.num, share.den))
        return lowest->near;
    return dt__rational_double(share);
}

static dt_status solve_ladder(dt__choice *choice, dt_solution_kind kind, const dt__gains *g, dt__arena *arena) {
    bool ideal = is_of_ideals(kind);
    bool all = kind == DT_SOLUTION_LEXIMIN || kind == DT_SOLUTION_KALAI_SMORODINSKY_LEXIMIN;
    rung *rungs = DT__ARENA_ARRAY(arena, rung, g->count * g->dimensions);
    ladder l = {.g = g, .kind = kind, .rungs = rungs};
    contest c = {.g = g, .choice = choice, .best = g->count};
    double parts[DT__MAX_PARTIES];

    if (rungs == NULL) return DT_ERR_MEMORY;
    for (size_t d = 0; d < g->dimensions; d++) {
        l.height += !ideal || g->ideal[d] > 0;
        parts[d] = (double)(ideal ? g->ideal[d] : g->units[d]);
        if (kind == DT_SOLUTION_WEIGHTED_EGALITARIAN) parts[d] *= dt__rational_double(g->weights[d]);
    }
    choice->degenerate = l.height < g->dimensions; /* somebody cannot gain: left out */
    choice->exact = shares_fit(&l);
    l.compared = all ? l.height : l.height > 0;
    climb(&l, rungs, parts);
    run_contest(&c, NULL, by_ladder, &l);
    if (c.best < g->count && l.height > 0) choice->value = lowest_share(&l, c.best);
    return DT_OK;
}

/* ---- the whole ---- */

dt_status dt__solve(dt__choice *choice, dt_solution_kind kind, const dt__gains *g, dt__arena *arena) {
    *choice = (dt__choice){.exact = true, .chosen = DT__ARENA_ARRAY(arena, bool, g->count)};
    if (choice->chosen == NULL) return DT_ERR_MEMORY;
    switch (kind) {
    case DT_SOLUTION_NASH: return solve_nash(choice, g, false, arena);
    case DT_SOLUTION_WEIGHTED_NASH: return solve_nash(choice, g, true, arena);
    case DT_SOLUTION_UTILITARIAN:
    case DT_SOLUTION_MAXIMUM_WELFARE: return solve_shares(choice, g, g->units, arena);
    case DT_SOLUTION_RELATIVE_UTILITARIAN:
        for (size_t d = 0; d < g->dimensions; d++)
            choice->degenerate |= g->ideal[d] == 0; /* somebody cannot gain: left out */
        return solve_shares(choice, g, g->ideal, arena);
    case DT_SOLUTION_KALAI_SMORODINSKY:
    case DT_SOLUTION_KALAI_SMORODINSKY_LEXIMIN:
    case DT_SOLUTION_EGALITARIAN:
    case DT_SOLUTION_LEXIMIN:
    case DT_SOLUTION_WEIGHTED_EGALITARIAN: return solve_ladder(choice, kind, g, arena);
    case DT_SOLUTION_RAIFFA: return dt__solve_raiffa(choice, g, arena);
    case DT_SOLUTION_EQUAL_AREA: dt__solve_equal_area(choice, g); return DT_OK;
    case DT_SOLUTION_COUNT: break;
    }
    return DT_OK;
}
