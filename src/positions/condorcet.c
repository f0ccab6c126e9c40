/* The probabilistic Condorcet election: every option against every other, won with a probability by the weight of the
 * voters that like it better (rules as in KTAB; the distributions are solved, not iterated). */
#include <float.h>
#include <math.h>

#include "positions/contest.h"

static const double least_coalition = 1e-8;

/* ---- votes ---- */

static double binary(double difference) {
    double share = difference / 1e-8;
    return share > 1 ? 1 : share < -1 ? -1 : share;
}

static double vote(dt__vote_rule rule, double weight, double difference) {
    switch (rule) {
    case DT__VOTE_PROPORTIONAL: return weight * difference;
    case DT__VOTE_BINARY: return weight * binary(difference);
    case DT__VOTE_PROPORTIONAL_BINARY: return weight * (0.8 * difference + 0.2 * binary(difference));
    case DT__VOTE_CUBIC: return weight * difference * difference * difference;
    case DT__VOTE_PROPORTIONAL_CUBIC: return weight * (0.5 * difference + 0.5 * difference * difference * difference);
    case DT__VOTE_PROSPECT: return difference < 0 ? weight * difference : 2.0 / 3.0 * weight * difference;
    }
    return 0;
}

/* Votes that are proportional: what one voter gives to i over j it takes from j over i. */
static void count_proportional(dt__election *e, size_t options, const double *u, double weight) {
    for (size_t i = 0; i < options; i++) {
        double *row = e->coalition + i * options, mine = u[i];
        for (size_t j = 0; j < options; j++) {
            double v = weight * (mine - u[j]);
            row[j] += v > 0 ? v : 0;
        }
    }
}

/* Voters in the outer loop, so that a row of utilities is read once; the sum of each pair stays in voter order. */
static void count_votes(dt__election *e, size_t options, size_t voters, dt__vote_rule rule) {
    for (size_t i = 0; i < options * options; i++) e->coalition[i] = least_coalition;
    for (size_t k = 0; k < voters; k++) {
        const double *u = e->utility + k * options;
        if (!(e->weight[k] > 0)) continue;
        if (rule == DT__VOTE_PROPORTIONAL) {
            count_proportional(e, options, u, e->weight[k]);
            continue;
        }
        for (size_t i = 0; i < options; i++) {
            for (size_t j = i + 1; j < options; j++) {
                double v = vote(rule, e->weight[k], u[i] - u[j]), back = -v;
                if (rule == DT__VOTE_PROSPECT) back = vote(rule, e->weight[k], u[j] - u[i]);
                if (v > 0) e->coalition[i * options + j] += v;
                if (back > 0) e->coalition[j * options + i] += back;
            }
        }
    }
}

/* ---- victory ---- */

static double victory(dt__victory_rule rule, double mine, double theirs) {
    static const double powers[] = {
        [DT__VICTORY_LINEAR] = 1, [DT__VICTORY_SQUARE] = 2, [DT__VICTORY_QUARTIC] = 4, [DT__VICTORY_OCTIC] = 8};
    const double decisive = 1.1, never = 1e-6;

    if (rule == DT__VICTORY_LINEAR) return mine / (mine + theirs);
    if (rule != DT__VICTORY_BINARY) return 1 / (1 + pow(theirs / mine, powers[rule]));
    if (mine >= decisive * theirs) return 1 - never;
    if (theirs >= decisive * mine) return never;
    return (mine / (mine + theirs) * (decisive + 1) - 1) / (decisive - 1);
}

static double chance_of_pair(const dt__election *e, size_t options, dt__victory_rule rule, size_t i, size_t j) {
    if (i == j) return 0.5;
    return victory(rule, e->coalition[i * options + j], e->coalition[j * options + i]);
}

/* ---- the conditional distribution: to beat every other, given that one does ---- */

static void normalise(double *chance, size_t options) {
    double sum = 0;

    for (size_t i = 0; i < options; i++) sum += chance[i];
    for (size_t i = 0; i < options; i++) chance[i] /= sum;
}

static void condition(dt__election *e, size_t options, dt__victory_rule rule) {
    double best = -INFINITY;

    for (size_t i = 0; i < options; i++) {
        double sum = 0;
        for (size_t j = 0; j < options; j++) {
            if (j != i) sum += log(fmax(chance_of_pair(e, options, rule, i, j), DBL_MIN));
        }
        e->chance[i] = sum;
        if (sum > best) best = sum;
    }
    for (size_t i = 0; i < options; i++) e->chance[i] = exp(e->chance[i] - best);
    normalise(e->chance, options);
}

/* ---- Markov chains: the favourite i is challenged by j, and the winner is the next favourite ---- */

/* Chance that the favourite i is challenged by j, as KTAB's incentive has it: n_ji / sum_k n_ki. */
static double incentive(const dt__election *e, size_t options, dt__victory_rule rule, size_t challenger,
                        size_t favourite) {
    double n = e->coalition[challenger * options + favourite] * chance_of_pair(e, options, rule, challenger, favourite);
    return challenger == favourite ? n + 1e-10 : n;
}

/* Rates of leaving i for j, in matrix[i * options + j]. */
static void fill_rates(dt__election *e, size_t options, dt__victory_rule rule, dt__chain chain) {
    for (size_t i = 0; i < options; i++) {
        double sum = 0;
        for (size_t k = 0; k < options && chain == DT__CHAIN_INCENTIVE; k++) sum += incentive(e, options, rule, k, i);
        for (size_t j = 0; j < options; j++) {
            double challenge = chain == DT__CHAIN_INCENTIVE ? incentive(e, options, rule, j, i) / sum : 1;
            e->matrix[i * options + j] = challenge * chance_of_pair(e, options, rule, j, i);
        }
    }
}

/* The stationary distribution of an irreducible chain without a subtraction (Grassmann, Taksar and Heyman 1985). */
static void solve_stationary(dt__election *e, size_t options) {
    double *m = e->matrix;

    for (size_t n = options; n-- > 1;) {
        double leaving = 0;
        for (size_t j = 0; j < n; j++) leaving += m[n * options + j];
        if (leaving < DBL_MIN) leaving = DBL_MIN;
        for (size_t i = 0; i < n; i++) m[i * options + n] /= leaving;
        for (size_t i = 0; i < n; i++) {
            for (size_t j = 0; j < n; j++) m[i * options + j] += m[i * options + n] * m[n * options + j];
        }
    }
    e->chance[0] = 1;
    for (size_t n = 1; n < options; n++) {
        e->chance[n] = 0;
        for (size_t i = 0; i < n; i++) e->chance[n] += e->chance[i] * m[i * options + n];
    }
    normalise(e->chance, options);
}

void dt__election_hold(dt__election *e, size_t options, size_t voters, dt__vote_rule vote_rule,
                       dt__victory_rule victory_rule, dt__chain chain) {
    count_votes(e, options, voters, vote_rule);
    if (chain == DT__CHAIN_CONDITIONAL) {
        condition(e, options, victory_rule);
    } else {
        fill_rates(e, options, victory_rule, chain);
        solve_stationary(e, options);
    }
}

/* ---- the model: positions held are the options ---- */

static void elect(dt__predictor *p, const dt__predict_opts *opts, dt__chain chain, dt__prediction *out) {
    const dt__contest *k = &p->contest;
    dt__election *e = &p->election;
    size_t options = dt__unique_positions(p->unique, k->x, k->count, k->range, &out->notes.merged);
    double sum = 0;

    for (size_t v = 0; v < k->count; v++) sum += k->w[v];
    for (size_t v = 0; v < k->count; v++) {
        e->weight[v] = k->w[v] / sum; /* the unit of capability makes no difference to the least coalition */
        for (size_t o = 0; o < options; o++) e->utility[v * options + o] = 1 - fabs(k->x[v] - p->unique[o]) / k->range;
    }
    dt__election_hold(e, options, k->count, opts->pce.vote, opts->pce.victory, chain);
    out->form = DT__PREDICTION_ATOMS;
    out->count = options;
    for (size_t o = 0; o < options; o++) {
        out->at[o] = p->unique[o];
        out->mass[o] = e->chance[o];
    }
    out->point = dt__prediction_mean(out);
}

static void predict_election(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts, dt__chain chain,
                             dt__prediction *out) {
    for (size_t i = 0; i < stakes->issues; i++) {
        dt__contest_gather(&p->contest, stakes, i, &out[i]);
        if (!dt__contest_is_settled(&p->contest, &out[i])) elect(p, opts, chain, &out[i]);
    }
}

void dt__predict_pce(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts, dt__prediction *out) {
    predict_election(p, stakes, opts, DT__CHAIN_CONDITIONAL, out);
}

void dt__predict_pce_markov(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts,
                            dt__prediction *out) {
    predict_election(p, stakes, opts, DT__CHAIN_UNIFORM, out);
}

void dt__predict_pce_incentive(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts,
                               dt__prediction *out) {
    predict_election(p, stakes, opts, DT__CHAIN_INCENTIVE, out);
}
