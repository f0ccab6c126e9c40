#include "ensemble/choice.h"

#include <math.h>
#include <string.h>

#define TIED 1e-12

dt_status dt__chooser_init(dt__chooser *ch, const dt__candidates *c, dt__arena *arena) {
    *ch = (dt__chooser){.c = c,
                        .patterns = DT__ARENA_ARRAY(arena, int64_t, c->pattern_count * c->dimensions),
                        .rational = DT__ARENA_ARRAY(arena, uint32_t, c->count),
                        .gains = DT__ARENA_ARRAY(arena, double, c->count * c->dimensions)};
    return ch->patterns == NULL || ch->rational == NULL || ch->gains == NULL ? DT_ERR_MEMORY : DT_OK;
}

static void add_amounts(int64_t *sums, const dt__candidates *c, const dt__amounts *a, const uint64_t *mask,
                        const uint32_t *dimension_of, const int64_t *values) {
    for (size_t w = 0; w < c->words; w++) {
        for (uint64_t left = mask[w]; left != 0; left &= left - 1) {
            size_t k = w * 64 + (size_t)__builtin_ctzll(left);
            sums[dimension_of[a->list[k].party]] += values[k];
        }
    }
}

void dt__chooser_draw(dt__chooser *ch, const dt__amounts *amounts, const int64_t *values) {
    const dt__candidates *c = ch->c;
    uint32_t dimension_of[DT__MAX_PARTIES] = {0};

    for (uint32_t d = 0; d < c->dimensions; d++) dimension_of[c->parties[d]] = d;
    memset(ch->patterns, 0, c->pattern_count * c->dimensions * sizeof *ch->patterns);
    memset(ch->no_deal, 0, sizeof ch->no_deal);
    for (size_t i = 0; i < c->pattern_count; i++)
        add_amounts(ch->patterns + i * c->dimensions, c, amounts, c->masks + i * c->words, dimension_of, values);
    for (size_t d = 0; d < c->dimensions; d++)
        add_amounts(ch->no_deal, c, amounts, c->no_deal + d * c->words, dimension_of, values);
}

/* ---- the zone ---- */

static bool consented(const dt__candidates *c, uint64_t keeps, uint64_t reached) {
    for (; keeps != 0; keeps &= keeps - 1) {
        if ((c->winning[__builtin_ctzll(keeps)] & ~reached) == 0) return true;
    }
    return false;
}

static void find_zone(dt__chooser *ch, const dt__amounts *a, const int64_t *reservations) {
    const dt__candidates *c = ch->c;
    double units[DT__MAX_PARTIES];
    int64_t base[DT__MAX_PARTIES];

    for (size_t d = 0; d < c->dimensions; d++) {
        units[d] = 1.0 / (double)a->parties[c->parties[d]].unit;
        base[d] = ch->no_deal[d] + reservations[d];
    }
    ch->count = 0;
    for (size_t i = 0; i < c->count; i++) {
        const int64_t *fixed = c->fixed + i * c->dimensions, *drawn = ch->patterns + c->patterns[i] * c->dimensions;
        double *gains = ch->gains + ch->count * c->dimensions;
        uint64_t reached = 0;
        for (size_t d = 0; d < c->dimensions; d++) {
            int64_t gain = fixed[d] + drawn[d] - base[d];
            reached |= (uint64_t)(gain >= 0) << d;
            gains[d] = (double)gain * units[d];
        }
        if (consented(c, c->keeps[i], reached)) ch->rational[ch->count++] = (uint32_t)i;
    }
}

/* ---- solutions ---- */

static int compare(double a, double b) {
    double size_a = fabs(a), size_b = fabs(b);

    if (fabs(a - b) <= TIED * (size_a > size_b ? size_a : size_b)) return 0;
    return a > b ? 1 : -1;
}

static double sum_of(const double *gains, size_t n) {
    double sum = 0;
    for (size_t d = 0; d < n; d++) sum += gains[d];
    return sum;
}

static int compare_nash(const double *a, const double *b, size_t n) {
    unsigned gain_a = 0, gain_b = 0;
    long double product_a = 1, product_b = 1;

    for (size_t d = 0; d < n; d++) {
        if (a[d] > 0) gain_a++, product_a *= a[d];
        if (b[d] > 0) gain_b++, product_b *= b[d];
    }
    if (gain_a != gain_b) return gain_a > gain_b ? 1 : -1;
    return compare((double)(product_a / (product_a + product_b)), (double)(product_b / (product_a + product_b)));
}

static void sort_shares(double *out, const double *gains, const double *parts, size_t n) {
    for (size_t d = 0; d < n; d++) {
        double share = parts == NULL ? gains[d] : parts[d] > 0 ? gains[d] / parts[d] : 0;
        size_t at = d;
        for (; at > 0 && out[at - 1] > share; at--) out[at] = out[at - 1];
        out[at] = share;
    }
}

static int compare_leximin(const double *a, const double *b, const double *parts, size_t n) {
    double x[DT__MAX_PARTIES], y[DT__MAX_PARTIES];
    int order = 0;

    sort_shares(x, a, parts, n);
    sort_shares(y, b, parts, n);
    for (size_t d = 0; d < n && order == 0; d++) order = compare(x[d], y[d]);
    return order;
}

static int compare_by(dt__choice_kind kind, const double *a, const double *b, const double *ideal, size_t n) {
    switch (kind) {
    case DT__CHOOSE_NASH: return compare_nash(a, b, n);
    case DT__CHOOSE_KALAI_SMORODINSKY: return compare_leximin(a, b, ideal, n);
    case DT__CHOOSE_EGALITARIAN: return compare_leximin(a, b, NULL, n);
    case DT__CHOOSE_UTILITARIAN:
    case DT__CHOOSE_COUNT: break;
    }
    return compare(sum_of(a, n), sum_of(b, n));
}

/* A number that tells most pairs apart: where it ties, all of the comparison decides. */
static double key_of(dt__choice_kind kind, const double *gains, const double *ideal, size_t n) {
    double product = 1, least = 0, sum = 0;
    bool all = true;

    for (size_t d = 0; d < n; d++) {
        double share = gains[d];
        if (kind == DT__CHOOSE_KALAI_SMORODINSKY) share = ideal[d] > 0 ? gains[d] / ideal[d] : 0;
        if (d == 0 || share < least) least = share;
        product *= gains[d];
        sum += gains[d];
        all &= gains[d] > 0;
    }
    if (kind == DT__CHOOSE_NASH) return all ? product : -1;
    return kind == DT__CHOOSE_UTILITARIAN ? sum : least;
}

/* Is the i-th of the zone better than the one chosen so far, although their keys tie? */
static bool replaces(const dt__chooser *ch, dt__choice_kind kind, size_t i, size_t best, const double *ideal) {
    const dt__candidates *c = ch->c;
    const double *a = ch->gains + i * c->dimensions, *b = ch->gains + best * c->dimensions;
    int order = compare_by(kind, a, b, ideal, c->dimensions);

    if (order == 0) order = compare(sum_of(a, c->dimensions), sum_of(b, c->dimensions));
    if (order != 0) return order > 0;
    if (c->distances[ch->rational[i]] != c->distances[ch->rational[best]])
        return c->distances[ch->rational[i]] < c->distances[ch->rational[best]];
    return memcmp(c->outcomes + ch->rational[i] * c->issues, c->outcomes + ch->rational[best] * c->issues,
                  c->issues * sizeof *c->outcomes) < 0;
}

static size_t choose_one(const dt__chooser *ch, dt__choice_kind kind, const double *ideal) {
    size_t n = ch->c->dimensions, best = 0;
    double best_key = 0;

    for (size_t i = 0; i < ch->count; i++) {
        double key = key_of(kind, ch->gains + i * n, ideal, n);
        int order = i == 0 ? 1 : compare(key, best_key);
        if (order < 0 || (order == 0 && !replaces(ch, kind, i, best, ideal))) continue;
        best = i;
        best_key = key;
    }
    return best;
}

void dt__choose(uint32_t chosen[DT__CHOOSE_COUNT], dt__chooser *ch, const dt__amounts *amounts,
                const int64_t *reservations, uint32_t kinds) {
    double ideal[DT__MAX_PARTIES] = {0};
    size_t n = ch->c->dimensions;

    find_zone(ch, amounts, reservations);
    for (size_t i = 0; i < ch->count; i++) {
        for (size_t d = 0; d < n; d++) ideal[d] = ch->gains[i * n + d] > ideal[d] ? ch->gains[i * n + d] : ideal[d];
    }
    for (int kind = 0; kind < DT__CHOOSE_COUNT; kind++) {
        size_t best;
        if (!(kinds >> kind & 1)) continue;
        best = choose_one(ch, (dt__choice_kind)kind, ideal);
        chosen[kind] = ch->count == 0 ? DT__NO_CANDIDATE : ch->rational[best];
    }
}

/* The zone lists candidates in order. */
const double *dt__chooser_gains(const dt__chooser *ch, uint32_t chosen) {
    size_t low = 0, high = ch->count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (ch->rational[middle] <= chosen) low = middle;
        else high = middle;
    }
    return ch->gains + low * ch->c->dimensions;
}
