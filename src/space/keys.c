#include "space/keys.h"

#include <string.h>

enum { KEY_BITS = 32, WORD_BITS = 64, AHEAD = 12 };

/* ---- radix sort ---- */

enum { FEW = 32, MANY = 4096, DIGIT_BITS = 8, LONG_DIGIT_BITS = 11, BUCKETS = 1 << LONG_DIGIT_BITS };

static void sort_few(uint64_t *list, size_t count) {
    for (size_t i = 1; i < count; i++) {
        uint64_t moved = list[i];
        size_t at = i;
        for (; at > 0 && dt__sorted_key(list[at - 1]) > dt__sorted_key(moved); at--) list[at] = list[at - 1];
        list[at] = moved;
    }
}

static void deal_out(uint64_t *to, const uint64_t *from, size_t count, unsigned shift, uint64_t mask) {
    uint32_t places[BUCKETS] = {0}, next = 0;

    for (size_t i = 0; i < count; i++) places[from[i] >> shift & mask]++;
    for (size_t b = 0; b <= mask; b++) {
        uint32_t size = places[b];
        places[b] = next;
        next += size;
    }
    for (size_t i = 0; i < count; i++) to[places[from[i] >> shift & mask]++] = from[i];
}

/* One pass per digit in which keys differ, the lowest first. */
static void sort_many(uint64_t *list, uint64_t *spare, size_t count) {
    unsigned bits = count < MANY ? DIGIT_BITS : LONG_DIGIT_BITS;
    uint64_t mask = (UINT64_C(1) << bits) - 1, differing = 0, *from = list, *to = spare;

    for (size_t i = 1; i < count; i++) differing |= list[i] ^ list[0];
    for (unsigned shift = KEY_BITS; shift < WORD_BITS; shift += bits) {
        uint64_t *swapped = from;
        if ((differing >> shift & mask) == 0) continue;
        deal_out(to, from, count, shift, mask);
        from = to;
        to = swapped;
    }
    if (from != list) memcpy(list, from, count * sizeof *list);
}

void dt__sort_by_key(uint64_t *list, uint64_t *spare, size_t count) {
    if (count <= FEW) sort_few(list, count);
    else sort_many(list, spare, count);
}

/* ---- ranges: how far each dimension reaches, and what has to be cut off to fit a key ---- */

typedef struct range {
    dt__int128 low, high;
    unsigned bits; /* of high - low */
} range;

static unsigned bits_of(dt__uint128 value) {
    uint64_t high = (uint64_t)(value >> WORD_BITS), low = (uint64_t)value;
    if (high != 0) return 2 * WORD_BITS - (unsigned)__builtin_clzll(high);
    return low == 0 ? 0 : WORD_BITS - (unsigned)__builtin_clzll(low);
}

static void measure(range *ranges, const dt__int128 *values, size_t count, size_t dimensions) {
    for (size_t d = 0; d < dimensions; d++) ranges[d] = (range){.low = values[d], .high = values[d]};
    for (size_t i = 1; i < count; i++) {
        const dt__int128 *v = values + i * dimensions;
        for (size_t d = 0; d < dimensions; d++) {
            if (v[d] < ranges[d].low) ranges[d].low = v[d];
            if (v[d] > ranges[d].high) ranges[d].high = v[d];
        }
    }
    for (size_t d = 0; d < dimensions; d++)
        ranges[d].bits = bits_of((dt__uint128)ranges[d].high - (dt__uint128)ranges[d].low);
}

/* Bits that do not fit a key. */
static unsigned excess(unsigned bits) {
    return bits > KEY_BITS ? bits - KEY_BITS : 0;
}

/* The highest bits of how far a value lies above the least one. */
static uint32_t above_least(dt__int128 value, const range *r) {
    return (uint32_t)(((dt__uint128)value - (dt__uint128)r->low) >> excess(r->bits));
}

static int32_t as_key(uint32_t above) {
    return (int32_t)(above ^ UINT32_C(0x80000000));
}

/* Coarse keys: exact where the range fits, otherwise its highest 32 bits. */
static void cut_rows(int32_t *rows, const dt__int128 *values, size_t count, const range *ranges, size_t dimensions) {
    size_t width = dt__key_width(dimensions);

    for (size_t i = 0; i < count; i++) {
        const dt__int128 *v = values + i * dimensions;
        int32_t *row = rows + i * width;
        for (size_t d = 0; d < dimensions; d++) row[d] = as_key(above_least(v[d], &ranges[d]));
        for (size_t d = dimensions; d < width; d++) row[d] = INT32_MIN;
    }
}

/* ---- a sieve: most vectors of a large cloud fall to a few of large sum ---- */

enum { SIEVE_FROM = 256, SIEVE_POINTS = 24, SAMPLE = 128, WORTHWHILE = 8 };

typedef struct sieve {
    size_t count, width;
    int32_t *rows;
    bool exact; /* no bits were cut off anywhere: an equal row is the same vector */
} sieve;

static double scaled_sum(const int32_t *row, const double *scale, size_t dimensions) {
    double sum = 0;
    for (size_t d = 0; d < dimensions; d++) sum += (double)row[d] * scale[d];
    return sum;
}

/* Indices of the rows of largest scaled sum, the largest first. */
static size_t largest_sums(size_t *list, const int32_t *rows, size_t count, const range *ranges, size_t dimensions,
                           double *scale) {
    double sums[SIEVE_POINTS];
    size_t found = 0, width = dt__key_width(dimensions);

    for (size_t d = 0; d < dimensions; d++) {
        uint32_t reach = above_least(ranges[d].high, &ranges[d]);
        scale[d] = reach > 0 ? 1 / (double)reach : 0;
    }
    for (size_t i = 0; i < count; i++) {
        double sum = scaled_sum(rows + i * width, scale, dimensions);
        size_t at = found;
        if (found == SIEVE_POINTS && sum <= sums[found - 1]) continue;
        if (found == SIEVE_POINTS) at = --found;
        for (; at > 0 && sums[at - 1] < sum; at--) {
            sums[at] = sums[at - 1];
            list[at] = list[at - 1];
        }
        sums[at] = sum;
        list[at] = i;
        found++;
    }
    return found;
}

/* Where bits were cut off only a larger key is a larger value: the sieve stands one lower there. */
static bool lower(int32_t *row, const range *ranges, size_t dimensions) {
    for (size_t d = 0; d < dimensions; d++) {
        if (excess(ranges[d].bits) == 0) continue;
        if (row[d] == INT32_MIN) return false;
        row[d]--;
    }
    return true;
}

static dt_status sieve_init(sieve *s, const int32_t *rows, size_t count, const range *ranges, size_t dimensions,
                            dt__arena *arena) {
    double *scale = DT__ARENA_ARRAY(arena, double, dimensions);
    size_t list[SIEVE_POINTS], found;

    *s = (sieve){.width = dt__key_width(dimensions), .exact = true};
    s->rows = DT__ARENA_ARRAY(arena, int32_t, SIEVE_POINTS * s->width);
    if (scale == NULL || s->rows == NULL) return DT_ERR_MEMORY;
    found = largest_sums(list, rows, count, ranges, dimensions, scale);
    for (size_t d = 0; d < dimensions; d++) s->exact &= excess(ranges[d].bits) == 0;
    for (size_t i = 0; i < found; i++) {
        int32_t *row = s->rows + s->count * s->width;
        memcpy(row, rows + list[i] * s->width, s->width * sizeof *row);
        s->count += lower(row, ranges, dimensions);
    }
    return DT_OK;
}

static bool falls(const sieve *s, const int32_t *row) {
    for (size_t i = 0; i < s->count; i++) {
        const int32_t *top = s->rows + i * s->width;
        dt__lanes missed = {0}, differs = {0};
        for (size_t at = 0; at < s->width; at += DT__KEY_LANES) {
            dt__lanes a = dt__load_lanes(top + at), b = dt__load_lanes(row + at);
            missed |= a < b;
            differs |= a != b;
        }
        if (!dt__any_lane(missed) && (!s->exact || dt__any_lane(differs))) return true;
    }
    return false;
}

/* Do enough of a sample fall?  Where little is dominated the sieve costs more than it saves. */
static bool is_worthwhile(const sieve *s, const dt__keys *k) {
    size_t fallen = 0;
    for (size_t i = 0; i < SAMPLE; i++) fallen += falls(s, dt__key_row(k, i * k->count / SAMPLE));
    return fallen >= WORTHWHILE;
}

/* Drops the rows that fall; those that stay move up. */
static dt_status run_sieve(dt__keys *k, const range *ranges, dt__arena *arena) {
    size_t kept = 0;
    sieve s;
    dt_status st;

    if (k->count < SIEVE_FROM) return DT_OK;
    if ((st = sieve_init(&s, k->rows, k->count, ranges, k->dimensions, arena)) != DT_OK) return st;
    if (!is_worthwhile(&s, k)) return DT_OK;
    for (size_t i = 0; i < k->count; i++) {
        if (falls(&s, dt__key_row(k, i))) continue;
        dt__copy_lanes(dt__key_row(k, kept), dt__key_row(k, i), k->width);
        k->items[kept++] = k->items[i];
    }
    k->count = kept;
    return DT_OK;
}

/* ---- ranks, where a range does not fit a key ---- */

typedef struct ranking {
    const dt__int128 *values;
    size_t dimensions, dimension;
    uint64_t *list, *spare;
} ranking;

static dt__int128 value_at(const ranking *r, const dt__keys *k, size_t i) {
    return r->values[k->items[dt__sorted_item(r->list[i])] * r->dimensions + r->dimension];
}

/* Where the run of one key ends. */
static size_t end_of_run(const uint64_t *list, size_t start, size_t end) {
    size_t at = start + 1;
    while (at < end && dt__sorted_key(list[at]) == dt__sorted_key(list[start])) at++;
    return at;
}

/* By the highest of the bits left, then runs of equal ones by those below. */
static void sort_values(ranking *r, const dt__keys *k, const range *reach, size_t start, size_t end, unsigned left) {
    for (size_t i = start; i < end; i++) {
        dt__uint128 above = (dt__uint128)value_at(r, k, i) - (dt__uint128)reach->low;
        r->list[i] = dt__sortable((uint32_t)(above >> excess(left)), dt__sorted_item(r->list[i]));
    }
    dt__sort_by_key(r->list + start, r->spare, end - start);
    if (excess(left) == 0) return;
    for (size_t i = start, next; i < end; i = next) {
        next = end_of_run(r->list, i, end);
        if (next - i > 1) sort_values(r, k, reach, i, next, excess(left));
    }
}

static void rank_dimension(dt__keys *k, ranking *r, const range *reach) {
    dt__int128 last = 0;
    uint32_t rank = 0;

    for (size_t i = 0; i < k->count; i++) r->list[i] = dt__sortable(0, i);
    sort_values(r, k, reach, 0, k->count, reach->bits);
    for (size_t i = 0; i < k->count; i++) {
        dt__int128 value = value_at(r, k, i);
        if (i > 0 && value != last) rank++;
        last = value;
        dt__key_row(k, dt__sorted_item(r->list[i]))[r->dimension] = as_key(rank);
    }
    k->highest[r->dimension] = rank;
}

dt_status dt__keys_make(dt__keys *keys, const dt__int128 *values, size_t count, size_t dimensions, dt__arena *arena) {
    range *ranges = DT__ARENA_ARRAY(arena, range, dimensions);
    ranking r = {.values = values, .dimensions = dimensions};
    dt_status st;

    *keys = (dt__keys){.count = count, .dimensions = dimensions, .width = dt__key_width(dimensions)};
    keys->rows = DT__ARENA_ARRAY(arena, int32_t, count * keys->width);
    keys->items = DT__ARENA_ARRAY(arena, uint32_t, count);
    keys->highest = DT__ARENA_ARRAY(arena, uint32_t, dimensions);
    if (!ranges || !keys->rows || !keys->items || !keys->highest) return DT_ERR_MEMORY;
    if (count == 0) return DT_OK;
    measure(ranges, values, count, dimensions);
    cut_rows(keys->rows, values, count, ranges, dimensions);
    for (size_t i = 0; i < count; i++) keys->items[i] = (uint32_t)i;
    if ((st = run_sieve(keys, ranges, arena)) != DT_OK) return st;
    for (r.dimension = 0; r.dimension < dimensions; r.dimension++) {
        const range *reach = &ranges[r.dimension];
        keys->highest[r.dimension] = above_least(reach->high, reach);
        if (excess(reach->bits) == 0) continue;
        if (r.list == NULL) r.list = DT__ARENA_ARRAY(arena, uint64_t, 2 * keys->count);
        if (r.list == NULL) return DT_ERR_MEMORY;
        r.spare = r.list + keys->count;
        rank_dimension(keys, &r, reach);
    }
    return DT_OK;
}

/* ---- order ---- */

typedef struct sorting {
    const dt__keys *keys;
    uint64_t *list, *spare;
} sorting;

/* As many dimensions as fit into a key; descending becomes ascending.  Returns the first that did not fit. */
static size_t pack(const sorting *s, size_t start, size_t end, size_t dimension) {
    const dt__keys *k = s->keys;
    unsigned used = 0;

    for (size_t i = start; i < end; i++) s->list[i] = dt__sortable(0, dt__sorted_item(s->list[i]));
    for (; dimension < k->dimensions; dimension++) {
        unsigned bits = bits_of(k->highest[dimension]);
        if (used + bits > KEY_BITS) break;
        used += bits;
        for (size_t i = start; i < end; i++) {
            size_t item = dt__sorted_item(s->list[i]);
            uint32_t above = (uint32_t)dt__key_row(k, item)[dimension] ^ UINT32_C(0x80000000);
            uint64_t key = (uint64_t)dt__sorted_key(s->list[i]) << bits | (k->highest[dimension] - above);
            s->list[i] = dt__sortable((uint32_t)key, item);
        }
    }
    return dimension;
}

/* By the first dimensions, then runs of equal keys by those that are left. */
static void sort_range(const sorting *s, size_t start, size_t end, size_t dimension) {
    size_t next_dimension = pack(s, start, end, dimension);

    dt__sort_by_key(s->list + start, s->spare, end - start);
    if (next_dimension == s->keys->dimensions) return;
    for (size_t i = start, next; i < end; i = next) {
        next = end_of_run(s->list, i, end);
        if (next - i > 1) sort_range(s, i, next, next_dimension);
    }
}

dt_status dt__keys_sort(dt__keys *keys, dt__arena *arena) {
    sorting s = {.keys = keys, .list = DT__ARENA_ARRAY(arena, uint64_t, 2 * keys->count)};
    int32_t *rows = DT__ARENA_ARRAY(arena, int32_t, keys->count * keys->width);
    uint32_t *items = DT__ARENA_ARRAY(arena, uint32_t, keys->count);

    if (!s.list || !rows || !items) return DT_ERR_MEMORY;
    s.spare = s.list + keys->count;
    for (size_t i = 0; i < keys->count; i++) s.list[i] = dt__sortable(0, i);
    sort_range(&s, 0, keys->count, 0);
    for (size_t i = 0; i < keys->count; i++) {
        size_t item = dt__sorted_item(s.list[i]);
        if (i + AHEAD < keys->count) __builtin_prefetch(dt__key_row(keys, dt__sorted_item(s.list[i + AHEAD])));
        dt__copy_lanes(rows + i * keys->width, dt__key_row(keys, item), keys->width);
        items[i] = keys->items[item];
    }
    keys->rows = rows;
    keys->items = items;
    return DT_OK;
}
