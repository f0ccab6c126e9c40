/* Challenges in the spatial model: what an actor expects from challenging another, third parties included, and the
 * bargain that its best challenge leads to. */
#include <math.h>

#include "positions/spatial.h"

/* ---- the world as one actor sees it ---- */

double dt__spatial_utility(double distance, double risk) {
    return distance > 1 ? (1 - distance) * (1 + risk) : (1 - distance) * (1 + distance * risk);
}

double dt__spatial_seen_risk(const dt__predict_opts *opts, double viewer, double seen) {
    switch (opts->smp.view) {
    case DT__VIEW_FULL: return seen;
    case DT__VIEW_TWO_THIRDS: return (viewer + 2 * seen) / 3;
    case DT__VIEW_HALF: return (viewer + seen) / 2;
    case DT__VIEW_ONE_THIRD: return (2 * viewer + seen) / 3;
    case DT__VIEW_NONE: return viewer;
    }
    return viewer;
}

static void see_through(dt__spatial *x, const dt__predict_opts *opts, size_t viewer) {
    for (size_t i = 0; i < x->n; i++) {
        double risk = dt__spatial_seen_risk(opts, x->risk[viewer], x->risk[i]);
        for (size_t j = 0; j < x->n; j++)
            x->utility[i * x->n + j] = dt__spatial_utility(x->distance[i * x->n + j], risk);
    }
}

/* ---- one challenge ---- */

typedef struct contest {
    double pro, con;
} contest;

static void cast(contest *c, double vote) {
    c->pro += vote > 0 ? vote : 0;
    c->con -= vote > 0 ? 0 : vote;
}

/* What a third party adds to one side.  With p the chance that i wins once it has taken sides in the little contest,
 * joining i is worth A = p (2 U(i) + U) + (1 - p) 3 U(j), joining j B = p 3 U(i) + (1 - p) (2 U(j) + U), U what its own
 * position is worth; A - B is written out.  Fully committed or uncommitted third parties gain alike from both, so they
 * never weigh in. */
static inline double third_vote(const double *u, double strength, size_t third, size_t i, size_t j,
                                const contest *principals, double sum) {
    double own = strength * (u[i] - u[j]), pro = own > 0 ? own : 0, size = own > 0 ? own : -own;
    double p = (principals->pro + pro) / (sum + size);

    return strength * (p * (u[third] - u[i]) + (1 - p) * (u[j] - u[third]));
}

/* Chance that i wins against j, in the eyes of whom x->utility shows. */
static double chance(const dt__spatial *x, const dt__predict_opts *opts, size_t i, size_t j) {
    const double *u = x->utility, least = 1e-10;
    contest principals = {least, least}, all;
    double sum;

    cast(&principals, x->total[i] * x->capability[i] * (u[i * x->n + i] - u[i * x->n + j]));
    cast(&principals, x->total[j] * x->capability[j] * (u[j * x->n + i] - u[j * x->n + j]));
    all = principals;
    sum = principals.pro + principals.con;
    for (size_t k = 0; k < x->n && opts->smp.third == DT__THIRD_SEMI; k++) {
        if (k == i || k == j) continue;
        cast(&all, third_vote(u + k * x->n, x->total[k] * x->capability[k], k, i, j, &principals, sum));
    }
    return all.pro / (all.pro + all.con);
}

static double gain(const dt__spatial *x, size_t i, size_t j, double chance_of_i) {
    double mine = x->utility[i * x->n + i], theirs = x->utility[i * x->n + j], victory = 2 * mine, defeat = 2 * theirs;
    double fight = chance_of_i * victory + (1 - chance_of_i) * defeat;

    return (1 - x->total[j]) * victory + x->total[j] * fight - (mine + theirs);
}

/* ---- bargains ---- */

static double rounded(double position) {
    const double steps = 1e4;
    return floor(position * steps + 0.5) / steps;
}

/* Where the two meet: nearer to the one that cares more and is likelier to win. */
static void interpolate(const dt__predict_opts *opts, double ti, double si, double tj, double sj, double p, double *bi,
                        double *bj) {
    const double least = 1e-6;
    double wi = si * p, wj = sj * (1 - p);

    if (opts->smp.interpolation == DT__INTERPOLATE_S2PMAX) {
        double to_j = fmax(0, 1 - 2 * p), to_i = fmax(0, 2 * p - 1), fi, fj;
        fi = to_j * sj * sj / (to_j * sj * sj + least + (1 - to_j) * si * si);
        fj = to_i * si * si / (to_i * si * si + least + (1 - to_i) * sj * sj);
        *bi = ti + fi * (tj - ti);
        *bj = tj + fj * (ti - tj);
        return;
    }
    if (opts->smp.interpolation == DT__INTERPOLATE_S2P2) {
        wi *= wi;
        wj *= wj;
    }
    *bi = rounded(((wi + least) * ti + wj * tj) / (wi + least + wj));
    *bj = rounded((wi * ti + (wj + least) * tj) / (wi + least + wj));
}

static dt__deal_offer *add_bargain(dt__spatial *x, const dt__predict_opts *opts, size_t i, size_t j, double p) {
    dt__deal_offer *b = &x->bargains[x->bargain_count++];

    b->initiator = i;
    b->receiver = j;
    for (size_t k = 0; k < x->m; k++) {
        size_t a = i * x->m + k, c = j * x->m + k;
        interpolate(opts, x->position[a], x->salience[a], x->position[c], x->salience[c], p, &b->to_initiator[k],
                    &b->to_receiver[k]);
    }
    return b;
}

/* The mean of what both think, each weighted by its own capability and salience. */
static void average(const dt__spatial *x, dt__deal_offer *mine, const dt__deal_offer *theirs) {
    double wi = x->capability[mine->initiator] * x->total[mine->initiator],
           wj = x->capability[mine->receiver] * x->total[mine->receiver], sum = wi + wj;

    if (!(sum > 0)) {
        wi = wj = 1;
        sum = 2;
    }
    for (size_t k = 0; k < x->m; k++) {
        mine->to_initiator[k] = (wi * mine->to_initiator[k] + wj * theirs->to_initiator[k]) / sum;
        mine->to_receiver[k] = (wi * mine->to_receiver[k] + wj * theirs->to_receiver[k]) / sum;
    }
}

static void bargain(dt__spatial *x, const dt__predict_opts *opts, size_t i, size_t j, double chance_of_i) {
    dt__deal_offer *mine = add_bargain(x, opts, i, j, chance_of_i), *theirs;

    if (opts->smp.bargains == DT__BARGAINS_INITIATOR) return;
    see_through(x, opts, j);
    theirs = add_bargain(x, opts, i, j, chance(x, opts, i, j));
    if (opts->smp.bargains == DT__BARGAINS_BOTH) return;
    average(x, mine, theirs);
    x->bargain_count--;
}

void dt__spatial_challenge(dt__spatial *x, const dt__predict_opts *opts, uint32_t *ties) {
    const double least_gain = 1e-5, tie = 1e-12;

    x->bargain_count = 0;
    for (size_t i = 0; i < x->n; i++) {
        double best = least_gain, best_chance = 0;
        size_t target = i;
        see_through(x, opts, i);
        for (size_t j = 0; j < x->n; j++) {
            double p, g;
            if (j == i) continue;
            p = chance(x, opts, i, j);
            g = gain(x, i, j, p);
            *ties += target != i && fabs(g - best) <= tie;
            if (g <= best + (target == i ? 0 : tie)) continue;
            best = g;
            best_chance = p;
            target = j;
        }
        if (target != i) bargain(x, opts, i, target, best_chance);
    }
}
