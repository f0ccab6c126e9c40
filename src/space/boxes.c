#include "space/boxes.h"

#include <string.h>

enum { TWO_LANES = 2 * DT__KEY_LANES };
enum { LEAF = 16, LEAF_LANES = LEAF / DT__KEY_LANES, MAX_DEPTH = 64, POLL_EVERY = 1 << 12 };

/* Nodes lie in preorder: of a node over L leaves, the upper half follows at once and the lower half after 2 L' - 1
 * nodes, L' being the leaves of the upper half. */
typedef struct tree {
    size_t count, dimensions, width, leaves;
    int32_t *rows;     /* in the order of the leaves: count x width */
    uint32_t *ids;     /* which vector each row is */
    int32_t *corners;  /* per node: upper, then lower corner, 2 x width */
    uint32_t *extents; /* per node: leaves below it */
    int32_t *blocks;   /* per leaf: dimension after dimension, sixteen vectors side by side */
    double *scale;     /* per dimension: 1 over its range */
} tree;

/* ---- lanes ---- */

/* Is a below b somewhere? */
static inline bool is_below(const int32_t *a, const int32_t *b, size_t width) {
    dt__lanes below = {0};
    for (size_t at = 0; at < width; at += DT__KEY_LANES) below |= dt__load_lanes(a + at) < dt__load_lanes(b + at);
    return dt__any_lane(below);
}

/* ---- cutting in half ---- */

static void find_corners(const tree *t, size_t start, size_t end, int32_t *upper, int32_t *lower) {
    memcpy(upper, t->rows + start * t->width, t->width * sizeof *upper);
    memcpy(lower, upper, t->width * sizeof *lower);
    for (size_t i = start + 1; i < end; i++) {
        const int32_t *row = t->rows + i * t->width;
        for (size_t at = 0; at < t->width; at += DT__KEY_LANES) {
            dt__lanes v = dt__load_lanes(row + at), high = dt__load_lanes(upper + at), low = dt__load_lanes(lower + at);
            dt__lanes above = v > high, below = v < low;
            high = (v & above) | (high & ~above);
            low = (v & below) | (low & ~below);
            dt__store_lanes(upper + at, high);
            dt__store_lanes(lower + at, low);
        }
    }
}

static size_t widest(const tree *t, const int32_t *upper, const int32_t *lower) {
    double most = -1;
    size_t best = 0;

    for (size_t d = 0; d < t->dimensions; d++) {
        double extent = ((double)upper[d] - (double)lower[d]) * t->scale[d];
        if (extent <= most) continue;
        most = extent;
        best = d;
    }
    return best;
}

static inline void swap_rows(const tree *t, size_t i, size_t j) {
    int32_t *a = t->rows + i * t->width, *b = t->rows + j * t->width;
    uint32_t id = t->ids[i];

    t->ids[i] = t->ids[j];
    t->ids[j] = id;
    for (size_t at = 0; at < t->width; at += DT__KEY_LANES) {
        dt__lanes x = dt__load_lanes(a + at), y = dt__load_lanes(b + at);
        dt__store_lanes(a + at, y);
        dt__store_lanes(b + at, x);
    }
}

static int32_t middle_of(int32_t a, int32_t b, int32_t c) {
    if (a > b) return b > c ? b : a > c ? c : a;
    return a > c ? a : b > c ? c : b;
}

/* The median of three, of places that move with every round: no order of the input is a bad one for long. */
static int32_t choose_pivot(const int32_t *column, size_t width, size_t low, size_t high, size_t round) {
    size_t span = high - low, step = span / (3 + round % 5);
    return middle_of(column[(low + step) * width], column[(low + span / 2) * width], column[(high - step) * width]);
}

/* Moves the `wanted` rows that are largest in a dimension to the front (quickselect). */
static void put_largest_first(const tree *t, size_t start, size_t end, size_t wanted, size_t dimension) {
    const int32_t *column = t->rows + dimension;
    size_t low = start, high = end - 1, target = start + wanted;

    for (size_t round = 0; low < high; round++) {
        int32_t pivot = choose_pivot(column, t->width, low, high, round);
        size_t i = low, j = high;
        while (true) {
            while (column[i * t->width] > pivot) i++;
            while (column[j * t->width] < pivot) j--;
            if (i >= j) break;
            swap_rows(t, i++, j--);
        }
        if (target == i || (i == j && target == i + 1)) return;
        if (target > i) low = i == j ? i + 1 : i; /* where they meet is the pivot itself: it stays */
        else high = i == j ? j - 1 : j;
    }
}

/* A leaf's rows turned on their side; places without a vector lie below everything. */
static void fill_block(const tree *t, size_t leaf) {
    size_t start = leaf * LEAF;
    int32_t *block = t->blocks + leaf * LEAF * t->dimensions;

    for (size_t d = 0; d < t->dimensions; d++) {
        for (size_t i = 0; i < LEAF; i++)
            block[d * LEAF + i] = start + i < t->count ? t->rows[(start + i) * t->width + d] : INT32_MIN;
    }
}

static void grow(const tree *t, size_t node, size_t first_leaf, size_t leaves) {
    size_t start = first_leaf * LEAF, end = start + leaves * LEAF, upper_leaves = leaves / 2;
    int32_t *upper = t->corners + node * 2 * t->width, *lower = upper + t->width;

    if (end > t->count) end = t->count;
    find_corners(t, start, end, upper, lower);
    t->extents[node] = (uint32_t)leaves;
    if (leaves == 1) {
        fill_block(t, first_leaf);
        return;
    }
    put_largest_first(t, start, end, upper_leaves * LEAF, widest(t, upper, lower));
    grow(t, node + 1, first_leaf, upper_leaves);
    grow(t, node + 2 * upper_leaves, first_leaf + upper_leaves, leaves - upper_leaves);
}

static dt_status tree_init(tree *t, const dt__keys *keys, dt__arena *arena) {
    size_t leaves = (keys->count + LEAF - 1) / LEAF;

    *t = (tree){.count = keys->count, .dimensions = keys->dimensions, .width = keys->width, .leaves = leaves};
    t->rows = DT__ARENA_ARRAY(arena, int32_t, t->count * t->width);
    t->ids = DT__ARENA_ARRAY(arena, uint32_t, t->count);
    t->corners = DT__ARENA_ARRAY(arena, int32_t, 4 * leaves * t->width);
    t->extents = DT__ARENA_ARRAY(arena, uint32_t, 2 * leaves);
    t->blocks = DT__ARENA_ARRAY(arena, int32_t, leaves * LEAF * t->dimensions);
    t->scale = DT__ARENA_ARRAY(arena, double, t->dimensions);
    if (!t->rows || !t->ids || !t->corners || !t->extents || !t->blocks || !t->scale) return DT_ERR_MEMORY;
    memcpy(t->rows, keys->rows, t->count * t->width * sizeof *t->rows);
    for (size_t i = 0; i < t->count; i++) t->ids[i] = (uint32_t)i;
    for (size_t d = 0; d < t->dimensions; d++) t->scale[d] = 1 / ((double)keys->highest[d] + 1);
    grow(t, 0, 0, leaves);
    return DT_OK;
}

/* ---- looking for what dominates ---- */

/* Is a vector of a leaf at least as good everywhere?  own: its place in the leaf, when it is there itself. */
static inline bool leaf_covers(const int32_t *block, const int32_t *row, size_t dimensions, size_t own) {
    dt__lanes missed[LEAF_LANES] = {{0}};

    if (own < LEAF) missed[own / DT__KEY_LANES][own % DT__KEY_LANES] = -1;
    for (size_t d = 0; d < dimensions; d++) {
        dt__lanes v = {row[d], row[d], row[d], row[d]}, every = missed[0];
        for (size_t l = 0; l < LEAF_LANES; l++) missed[l] |= dt__load_lanes(block + d * LEAF + l * DT__KEY_LANES) < v;
        for (size_t l = 0; l < LEAF_LANES; l++) every = l == 0 ? missed[0] : every & missed[l];
        if (dt__every_lane(every)) return false;
    }
    return true;
}

/* Depth first, the upper halves first: there a dominating vector is found soonest. */
static inline bool is_dominated(const tree *t, const int32_t *row, size_t place, size_t width) {
    struct {
        uint32_t node, leaf;
    } stack[MAX_DEPTH] = {{0}};
    size_t height = 1;

    while (height > 0) {
        uint32_t node = stack[--height].node, leaf = stack[height].leaf, half;
        const int32_t *upper = t->corners + (size_t)node * 2 * width;
        if (is_below(upper, row, width)) continue;
        if (t->extents[node] == 1) {
            size_t own = place / LEAF == leaf ? place % LEAF : LEAF;
            if (leaf_covers(t->blocks + (size_t)leaf * LEAF * t->dimensions, row, t->dimensions, own)) return true;
            continue;
        }
        if (!is_below(upper + width, row, width)) return true; /* more than one vector, all at least as good */
        half = t->extents[node] / 2;
        stack[height].node = node + 2 * half;
        stack[height++].leaf = leaf + half;
        stack[height].node = node + 1;
        stack[height++].leaf = leaf;
    }
    return false;
}

static inline dt_status mark_all(bool *dominated, const tree *t, size_t width, dt_env *env) {
    dt_status st = DT_OK;

    for (size_t i = 0; i < t->count && st == DT_OK; i++) {
        dominated[t->ids[i]] = is_dominated(t, t->rows + i * width, i, width);
        if (i % POLL_EVERY == POLL_EVERY - 1) st = dt__poll(env);
    }
    return st;
}

dt_status dt__boxes_mark(bool *dominated, const dt__keys *keys, dt__arena *arena, dt_env *env) {
    tree t;
    dt_status st;

    if (keys->count < 2) return DT_OK; /* with two, what is as low as an empty place of a leaf is dominated */
    if ((st = tree_init(&t, keys, arena)) != DT_OK) return st;
    if (t.width == DT__KEY_LANES) return mark_all(dominated, &t, DT__KEY_LANES, env); /* a loop the compiler unrolls */
    if (t.width == TWO_LANES) return mark_all(dominated, &t, TWO_LANES, env);
    return mark_all(dominated, &t, t.width, env);
}
