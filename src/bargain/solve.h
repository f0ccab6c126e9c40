/* What each bargaining solution chooses among the rational vectors. */
#ifndef DT__BARGAIN_SOLVE_H
#define DT__BARGAIN_SOLVE_H

#include "bargain/work.h"

/* The vectors from which a solution chooses, as gains over no deal.  Integers in each party's own unit. */
typedef struct dt__gains {
    size_t count, dimensions;
    dt__int128 *gains; /* count x dimensions */
    double *near;      /* the same, rounded */
    dt__int128 units[DT__MAX_PARTIES];
    dt__int128 ideal[DT__MAX_PARTIES]; /* largest gain of each party */
    dt__rational weights[DT__MAX_PARTIES];
} dt__gains;

static inline const dt__int128 *dt__gain(const dt__gains *g, size_t i) {
    return g->gains + i * g->dimensions;
}

/* Room for so many gains of as many parties; what else there is of *g stays. */
DT_NODISCARD bool dt__gains_new(dt__gains *g, size_t count, dt__arena *arena);
static inline void dt__gains_set(dt__gains *g, size_t i, size_t d, dt__int128 gain) {
    g->gains[i * g->dimensions + d] = gain;
    g->near[i * g->dimensions + d] = (double)gain;
}
/* Gains of all points over the thresholds of a format. */
DT_NODISCARD dt_status dt__gains_init(dt__gains *g, const dt__points *points, const dt__bargain_work *w,
                                      dt__arena *arena);

/* The exponents of weighted Nash: whole numbers where they are small enough, otherwise shares of the largest weight. */
void dt__nash_powers(double *powers, const dt__gains *g);

/* The points chosen. */
typedef struct dt__choice {
    bool *chosen; /* per point */
    size_t count;
    double value;
    bool exact, degenerate;
} dt__choice;

/* Chooses by a solution that is not Raiffa's or of equal area.  Ref: see include/detente/bargain.h and
 * docs/method/bargain.md. DT_OK, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__solve(dt__choice *choice, dt_solution_kind kind, const dt__gains *g, dt__arena *arena);
/* Raiffa's discrete solution: halfway (1/n) towards the ideal of what is left, again and again; then the fairest of
 * what is left. */
DT_NODISCARD dt_status dt__solve_raiffa(dt__choice *choice, const dt__gains *g, dt__arena *arena);
/* Two parties: the ray from no deal that halves the area under the staircase. */
void dt__solve_equal_area(dt__choice *choice, const dt__gains *g);

#endif
