/* Equal area, two parties.  Under the staircase of the frontier, the ray from no deal through a point has twice the
 * area below: x y + 2 (area right of x),   above: 2 (area left of x) - x y for the gains x, y of the point; the
 * solution is where the two differ least.  Ref: Anbarci and Bigelow 1994. */
#include <math.h>
#include <string.h>

#include "bargain/score.h"
#include "bargain/solve.h"

enum { LIMBS = 4 }; /* gains stay below 2^122, areas below 2^244 */

static void add_rectangle(dt__score *area, dt__int128 width, dt__int128 height) {
    dt__score rectangle;
    dt__score_set(&rectangle, width, LIMBS);
    dt__score_multiply(&rectangle, height, LIMBS);
    dt__score_add(area, &rectangle, LIMBS);
}

/* A loss counts as no gain: it can only happen to a party whose consent is not needed. */
static dt__int128 gain_of(const dt__gains *g, size_t i, size_t d) {
    dt__int128 gain = dt__gain(g, i)[d];
    return gain > 0 ? gain : 0;
}

/* The stair of point j reaches from the next point's first gain to its own; points descend in the first gain. */
static void add_stair(dt__score *area, const dt__gains *g, size_t j) {
    dt__int128 from = j + 1 < g->count ? gain_of(g, j + 1, 0) : 0;
    add_rectangle(area, gain_of(g, j, 0) - from, gain_of(g, j, 1));
}

/* Twice |above - below| of a point, from the areas to its right and in all. */
static void imbalance(dt__score *out, const dt__score *right, const dt__score *whole, dt__int128 x, dt__int128 y) {
    dt__score below, above;

    memcpy(below.limbs, right->limbs, LIMBS * sizeof *below.limbs);
    memcpy(above.limbs, whole->limbs, LIMBS * sizeof *above.limbs);
    dt__count_sub(above.limbs, right->limbs, LIMBS);
    dt__score_add(&below, &below, LIMBS);
    dt__score_add(&above, &above, LIMBS);
    add_rectangle(&below, x, y);
    dt__score_set(out, 0, LIMBS);
    add_rectangle(out, x, y);
    dt__count_sub(above.limbs, out->limbs, LIMBS);
    if (dt__score_compare(&above, &below, LIMBS) < 0) {
        dt__count_sub(below.limbs, above.limbs, LIMBS);
        memcpy(out->limbs, below.limbs, LIMBS * sizeof *out->limbs);
    } else {
        dt__count_sub(above.limbs, below.limbs, LIMBS);
        memcpy(out->limbs, above.limbs, LIMBS * sizeof *out->limbs);
    }
}

/* Keeps point i when it is at least as balanced as the best so far. */
static void consider(dt__choice *choice, size_t i, const dt__score *tried, dt__score *least) {
    int order = choice->count == 0 ? -1 : dt__score_compare(tried, least, LIMBS);

    if (order > 0) return;
    if (order < 0) {
        memset(choice->chosen, 0, i * sizeof *choice->chosen);
        choice->count = 0;
        memcpy(least->limbs, tried->limbs, LIMBS * sizeof *least->limbs);
    }
    choice->chosen[i] = true;
    choice->count++;
}

/* Rounded areas tell which points may be the most balanced: the others are not looked at exactly. */
static double near_gain(const dt__gains *g, size_t i, size_t d) {
    return fmax(0, g->near[i * g->dimensions + d]);
}

static double near_stair(const dt__gains *g, size_t j) {
    return (near_gain(g, j, 0) - (j + 1 < g->count ? near_gain(g, j + 1, 0) : 0)) * near_gain(g, j, 1);
}

static double near_imbalance(const dt__gains *g, size_t i, double right, double whole) {
    double box = near_gain(g, i, 0) * near_gain(g, i, 1);
    return fabs(2 * (whole - right) - box - (2 * right + box));
}

/* No point whose rounded imbalance is above this can be the most balanced. */
static double largest_promising(const dt__gains *g, double whole) {
    const double error = 1e-12 + 1e-15 * (double)g->count; /* of one area, as a share of the whole */
    double right = 0, least = INFINITY;

    for (size_t i = 0; i < g->count; i++) {
        least = fmin(least, near_imbalance(g, i, right, whole));
        right += near_stair(g, i);
    }
    return least + 20 * error * whole;
}

void dt__solve_equal_area(dt__choice *choice, const dt__gains *g) {
    dt__score whole, right, tried, least = {{0}};
    double near_whole = 0, near_right = 0, promising;

    dt__score_set(&whole, 0, LIMBS);
    dt__score_set(&right, 0, LIMBS);
    for (size_t j = 0; j < g->count; j++) {
        add_stair(&whole, g, j);
        near_whole += near_stair(g, j);
    }
    promising = largest_promising(g, near_whole);
    for (size_t i = 0; i < g->count; i++) {
        if (near_imbalance(g, i, near_right, near_whole) <= promising) {
            imbalance(&tried, &right, &whole, gain_of(g, i, 0), gain_of(g, i, 1));
            consider(choice, i, &tried, &least);
        }
        add_stair(&right, g, i);
        near_right += near_stair(g, i);
    }
    if (choice->count > 0)
        choice->value = dt__score_double(&least, LIMBS) / 2 / (double)g->units[0] / (double)g->units[1];
}
