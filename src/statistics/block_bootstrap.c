#include "statistics/block_bootstrap.h"

#include <math.h>

#include "base/random.h"

/* ---- where blocks begin ---- */

/* A number below periods^k is k of them: one draw serves several blocks. */
typedef struct beginnings {
    uint32_t periods, power, number;
    unsigned digits, left;
    dt__random random;
} beginnings;

/* Of 32 bits four are left, so that few draws are rejected. */
static beginnings beginnings_among(size_t periods, uint64_t seed, uint32_t stream) {
    beginnings b = {.periods = (uint32_t)periods, .power = (uint32_t)periods, .digits = 1};

    while (periods > 1 && (uint64_t)b.power * periods < UINT64_C(1) << 28) {
        b.power *= b.periods;
        b.digits++;
    }
    dt__random_init(&b.random, seed, 0, stream);
    return b;
}

static uint32_t next_beginning(beginnings *b) {
    uint32_t at;

    if (b->left == 0) {
        b->number = dt__random_below(&b->random, b->power);
        b->left = b->digits;
    }
    at = b->number % b->periods;
    b->number /= b->periods;
    b->left--;
    return at;
}

/* ---- resamples ---- */

typedef struct told {
    double events, exposure;
} told;

static size_t block_length(size_t given, size_t periods) {
    size_t length = given > 0 ? given : (size_t)ceil(cbrt((double)periods));
    return length < periods ? length : periods;
}

static double exposure_of(dt__periods p, size_t i) {
    return p.exposures == NULL ? 1 : p.exposures[i];
}

/* What stands before each period, going round past the end: blocks without events differ by exactly nothing. */
static void add_up(told *before, dt__periods p, size_t further) {
    before[0] = (told){0, 0};
    for (size_t i = 0; i < p.count + further; i++) {
        size_t at = i < p.count ? i : i - p.count;
        before[i + 1] = (told){before[i].events + p.counts[at], before[i].exposure + exposure_of(p, at)};
    }
}

/* What a block of some length tells, for each period that it may begin at. */
static void tell_blocks(told *blocks, const told *before, size_t periods, size_t length) {
    for (size_t i = 0; i < periods; i++)
        blocks[i] =
            (told){before[i + length].events - before[i].events, before[i + length].exposure - before[i].exposure};
}

dt_status dt__resample(dt__resamples *out, dt__periods p, size_t block, uint64_t seed, uint32_t stream, dt_env *env) {
    size_t length, whole, room = 4 * p.count + 1;
    told *before, *blocks, *rest;
    beginnings b;

    out->rate = 0;
    if (p.count == 0) out->count = 0;
    if (out->count == 0) return DT_OK;
    length = block_length(block, p.count);
    whole = p.count / length;
    if ((before = DT__ARRAY(env, told, room)) == NULL) return DT_ERR_MEMORY;
    blocks = before + 2 * p.count + 1;
    rest = blocks + p.count;
    add_up(before, p, length);
    tell_blocks(blocks, before, p.count, length);
    tell_blocks(rest, before, p.count, p.count - whole * length);
    if (before[p.count].exposure > 0) out->rate = before[p.count].events / before[p.count].exposure;
    b = beginnings_among(p.count, seed, stream);
    for (size_t i = 0; i < out->count; i++) {
        told sum = whole * length < p.count ? rest[next_beginning(&b)] : (told){0, 0};
        for (size_t k = 0; k < whole; k++) {
            const told *more = &blocks[next_beginning(&b)];
            sum.events += more->events;
            sum.exposure += more->exposure;
        }
        out->rates[i] = sum.events / sum.exposure;
    }
    DT__FREE(env, before, room);
    return DT_OK;
}

/* ---- their ratio ---- */

/* The value that would stand there if they were sorted (Hoare 1961): those before it are no greater, those behind it no
 * less. */
static double at_rank(double *values, size_t count, size_t rank) {
    int64_t low = 0, high = (int64_t)count - 1, wanted = (int64_t)rank;

    while (low < high) {
        double pivot = values[wanted];
        int64_t i = low, j = high;
        while (i <= j) {
            double kept;
            while (values[i] < pivot) i++;
            while (pivot < values[j]) j--;
            if (i > j) break;
            kept = values[i];
            values[i++] = values[j];
            values[j--] = kept;
        }
        if (j < wanted) low = i;
        if (wanted < i) high = j;
    }
    return values[wanted];
}

static double percentile(double *values, size_t count, double share) {
    double place = share * (double)(count - 1), below = floor(place), value, next;
    size_t i = (size_t)below;

    value = at_rank(values, count, i);
    if (i + 1 >= count) return value;
    next = at_rank(values, count, i + 1);
    return isinf(next) ? value : value + (place - below) * (next - value);
}

dt__ratio dt__ratio_of_resamples(const dt__resamples *observed, dt__resamples *baseline) {
    double *ratios = baseline->rates;
    size_t count = observed->count < baseline->count ? observed->count : baseline->count;

    if (count == 0 || !(baseline->rate > 0))
        return (dt__ratio){.value = NAN, .low = 0, .high = INFINITY, .method = DT__RATIO_NONE};
    for (size_t i = 0; i < count; i++) ratios[i] = ratios[i] > 0 ? observed->rates[i] / ratios[i] : INFINITY;
    return (dt__ratio){.value = observed->rate / baseline->rate,
                       .low = percentile(ratios, count, 0.025),
                       .high = percentile(ratios, count, 0.975),
                       .method = DT__RATIO_BLOCK_BOOTSTRAP};
}

/* ---- dependence ---- */

double dt__autocorrelation(dt__periods p) {
    double mean = 0, variance = 0, covariance = 0, last = 0;

    if (p.count < 3) return 0;
    for (size_t i = 0; i < p.count; i++) mean += p.counts[i] / exposure_of(p, i) / (double)p.count;
    for (size_t i = 0; i < p.count; i++) {
        double apart = p.counts[i] / exposure_of(p, i) - mean;
        variance += apart * apart;
        if (i > 0) covariance += apart * last;
        last = apart;
    }
    return variance > 0 ? covariance / variance : 0;
}
