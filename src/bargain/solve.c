#include "bargain/solve.h"

#include <math.h>
#include <string.h>

#include "bargain/score.h"

dt_status dt__gains_init(dt__gains *g, const dt__points *points, const dt__bargain_work *w, dt__arena *arena) {
    *g = (dt__gains){.count = points->count, .dimensions = w->count};
    g->gains = DT__ARENA_ARRAY(arena, dt__int128, points->count * w->count);
    if (g->gains == NULL) return DT_ERR_MEMORY;
    for (size_t d = 0; d < w->count; d++) {
        g->units[d] = dt__dimension(w, d)->unit;
        g->weights[d] = w->weights[d];
        for (size_t i = 0; i < points->count; i++) {
            dt__int128 gain = dt__point_values(points, i, &w->kind)[d] - dt__dimension(w, d)->threshold;
            g->gains[i * w->count + d] = gain;
            if (gain > g->ideal[d]) g->ideal[d] = gain;
        }
    }
    return DT_OK;
}

/* Gain as a utility. */
static double utility(const dt__gains *g, size_t i, size_t d) {
    return (double)dt__gain(g, i)[d] / (double)g->units[d];
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

/* ---- scores: Nash products, sums ---- */

typedef struct score_list {
    dt__score *scores; /* per point */
    size_t limbs;
} score_list;

static int by_score(const void *context, size_t i, size_t j) {
    const score_list *list = context;
    return dt__score_compare(&list->scores[i], &list->scores[j], list->limbs);
}

static int by_number(const void *context, size_t i, size_t j) {
    const double *numbers = context;
    double close = 1e-12 * fmax(fabs(numbers[i]), fabs(numbers[j]));
    if (fabs(numbers[i] - numbers[j]) <= close) return 0;
    return numbers[i] > numbers[j] ? 1 : -1;
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
    score_list list = {.scores = exact ? DT__ARENA_ARRAY(arena, dt__score, g->count) : NULL,
                       .limbs = exact ? nash_limbs(exponents, g->dimensions) : 0};
    double *logs = DT__ARENA_ARRAY(arena, double, g->count);
    bool *marks = DT__ARENA_ARRAY(arena, bool, 3 * g->count); /* done, kept, eligible */
    size_t without = fewest_without(g);
    double powers[DT__MAX_PARTIES];

    if ((exact && list.scores == NULL) || !logs || !marks) return DT_ERR_MEMORY;
    powers_of(powers, g, exponents, exact);
    for (size_t i = 0; i < g->count; i++) {
        if (exact) nash_score(&list.scores[i], g, i, exponents, list.limbs);
        logs[i] = nash_log(g, i, powers);
    }
    choice->exact = exact;
    choice->degenerate = without > 0;
    choose_per_set(choice, g, without, exact ? by_score : by_number, exact ? (const void *)&list : (const void *)logs,
                   marks, marks + g->count, marks + 2 * g->count);
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
        if (counts_in(parts, d)) sum += (double)dt__gain(g, i)[d] / (double)parts[d];
    }
    return sum;
}

/* Gains below no deal occur where welfare alone counts: shift all of a party's gains so that none is negative. */
static dt_status shifted_gains(dt__gains *out, const dt__gains *g, dt__arena *arena) {
    *out = *g;
    out->gains = DT__ARENA_ARRAY(arena, dt__int128, g->count * g->dimensions);
    if (out->gains == NULL) return DT_ERR_MEMORY;
    for (size_t d = 0; d < g->dimensions; d++) {
        dt__int128 least = 0;
        for (size_t i = 0; i < g->count; i++) least = dt__gain(g, i)[d] < least ? dt__gain(g, i)[d] : least;
        for (size_t i = 0; i < g->count; i++) out->gains[i * g->dimensions + d] = dt__gain(g, i)[d] - least;
    }
    return DT_OK;
}

static dt_status solve_shares(dt__choice *choice, const dt__gains *g, const dt__int128 *parts, dt__arena *arena) {
    bool exact = g->dimensions <= DT__SCORE_FACTORS;
    score_list list = {.scores = exact ? DT__ARENA_ARRAY(arena, dt__score, g->count) : NULL,
                       .limbs = dt__score_limbs(g->dimensions)};
    double *sums = DT__ARENA_ARRAY(arena, double, g->count);
    contest c = {.g = g, .choice = choice, .best = g->count};
    dt__gains shifted;
    dt_status st = shifted_gains(&shifted, g, arena);

    if (st != DT_OK) return st;
    if ((exact && list.scores == NULL) || sums == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < g->count; i++) {
        if (exact) share_score(&list.scores[i], &shifted, i, parts, list.limbs);
        sums[i] = share_sum(g, i, parts);
    }
    choice->exact = exact;
    run_contest(&c, NULL, exact ? by_score : by_number, exact ? (const void *)&list : (const void *)sums);
    if (c.best < g->count) choice->value = sums[c.best];
    return DT_OK;
}

/* ---- the worst-off first: Kalai-Smorodinsky, egalitarian, leximin ---- */

typedef struct ladder {
    const dt__rational *rungs; /* per point, ascending shares */
    size_t height;             /* of one point */
    size_t compared;           /* from the bottom */
} ladder;

static int by_ladder(const void *context, size_t i, size_t j) {
    const ladder *l = context;
    for (size_t r = 0; r < l->compared; r++) {
        int order = dt__rational_compare(l->rungs[i * l->height + r], l->rungs[j * l->height + r]);
        if (order != 0) return order;
    }
    return 0;
}

static void insert_rung(dt__rational *rungs, size_t count, dt__rational share) {
    size_t at = count;
    for (; at > 0 && dt__rational_compare(rungs[at - 1], share) > 0; at--) rungs[at] = rungs[at - 1];
    rungs[at] = share;
}

/* A party's gain as a share of its ideal gain, or of its weight in utility; false when it does not fit. */
static bool share_of(dt__rational *out, const dt__gains *g, size_t i, size_t d, dt_solution_kind kind) {
    bool ideal = kind == DT_SOLUTION_KALAI_SMORODINSKY || kind == DT_SOLUTION_KALAI_SMORODINSKY_LEXIMIN;
    if (!dt__rational_make(out, dt__gain(g, i)[d], ideal ? g->ideal[d] : g->units[d])) return false;
    return kind != DT_SOLUTION_WEIGHTED_EGALITARIAN || dt__rational_div(out, *out, g->weights[d]);
}

static dt_status solve_ladder(dt__choice *choice, dt_solution_kind kind, const dt__gains *g, dt__arena *arena) {
    bool ideal = kind == DT_SOLUTION_KALAI_SMORODINSKY || kind == DT_SOLUTION_KALAI_SMORODINSKY_LEXIMIN;
    bool all = kind == DT_SOLUTION_LEXIMIN || kind == DT_SOLUTION_KALAI_SMORODINSKY_LEXIMIN;
    dt__rational *rungs = DT__ARENA_ARRAY(arena, dt__rational, g->count * g->dimensions);
    ladder l = {.rungs = rungs};
    contest c = {.g = g, .choice = choice, .best = g->count};

    if (rungs == NULL) return DT_ERR_MEMORY;
    for (size_t d = 0; d < g->dimensions; d++) l.height += !ideal || g->ideal[d] > 0;
    choice->degenerate = l.height < g->dimensions; /* somebody cannot gain: left out */
    for (size_t i = 0; i < g->count; i++) {
        size_t count = 0;
        for (size_t d = 0; d < g->dimensions; d++) {
            dt__rational share = DT__RATIONAL(0);
            if (ideal && g->ideal[d] == 0) continue;
            if (!share_of(&share, g, i, d, kind)) choice->exact = false;
            insert_rung(rungs + i * l.height, count++, share);
        }
    }
    l.compared = all ? l.height : l.height > 0;
    run_contest(&c, NULL, by_ladder, &l);
    if (c.best < g->count && l.height > 0) choice->value = dt__rational_double(rungs[c.best * l.height]);
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
