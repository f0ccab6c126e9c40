/* Queues in the spatial model: each actor holds what names it, all vote on it, and it moves to its part of what wins.
 */
#include <string.h>

#include "base/random.h"
#include "positions/spatial.h"

/* What every bargain is worth to everybody: the mean over all positions after it.  Two positions change at most. */
static void value_bargains(dt__spatial *x) {
    const size_t n = x->n;

    for (size_t a = 0; a < n; a++) {
        double *u = x->utility + a * n, all = 0;
        for (size_t b = 0; b < n; b++) {
            u[b] = dt__spatial_utility(x->distance[a * n + b], x->risk[a]);
            all += u[b];
        }
        x->settled[a] = all / (double)n;
        for (size_t m = 0; m < x->bargain_count; m++) {
            const dt__deal_offer *b = &x->bargains[m];
            double moved = dt__spatial_utility(dt__spatial_distance(x, a, b->to_initiator), x->risk[a]) +
                           dt__spatial_utility(dt__spatial_distance(x, a, b->to_receiver), x->risk[a]);
            x->worth[m * n + a] = (all - u[b->initiator] - u[b->receiver] + moved) / (double)n;
        }
    }
}

static bool names(const dt__deal_offer *b, size_t actor) {
    return b->initiator == actor || b->receiver == actor;
}

/* Option 0 is things as they are; then the bargains that name the actor, by initiator. */
static size_t fill_queue(dt__spatial *x, size_t actor) {
    dt__election *e = &x->election;
    size_t options = 1, o = 1;

    for (size_t m = 0; m < x->bargain_count; m++) options += names(&x->bargains[m], actor);
    for (size_t a = 0; a < x->n; a++) {
        e->utility[a * options] = x->settled[a];
        e->weight[a] = x->capability[a];
    }
    for (size_t m = 0; m < x->bargain_count; m++) {
        if (!names(&x->bargains[m], actor)) continue;
        for (size_t a = 0; a < x->n; a++) e->utility[a * options + o] = x->worth[m * x->n + a];
        o++;
    }
    return options;
}

static size_t likeliest(const double *chance, size_t options, uint32_t *ties) {
    const double tie = 1e-12;
    size_t best = 0;

    for (size_t o = 1; o < options; o++) {
        double ahead = chance[o] - chance[best];
        *ties += ahead <= tie && ahead >= -tie;
        if (ahead > tie) best = o;
    }
    return best;
}

static size_t drawn(const double *chance, size_t options, const dt__predict_opts *opts, size_t stream) {
    double left;
    dt__random r;

    dt__random_init(&r, opts->smp.seed, opts->smp.draw, (uint32_t)stream);
    left = dt__random_uniform(&r);
    for (size_t o = 0; o + 1 < options; o++) {
        left -= chance[o];
        if (left < 0) return o;
    }
    return options - 1;
}

/* The option-th of an actor's queue, from 1. */
static const double *place_of(const dt__spatial *x, size_t actor, size_t option) {
    for (size_t m = 0; m < x->bargain_count; m++) {
        const dt__deal_offer *b = &x->bargains[m];
        if (names(b, actor) && --option == 0) return b->initiator == actor ? b->to_initiator : b->to_receiver;
    }
    return NULL;
}

void dt__spatial_resolve(dt__spatial *x, const dt__predict_opts *opts, unsigned turn, uint32_t *ties) {
    value_bargains(x);
    memcpy(x->next, x->position, x->n * x->m * sizeof *x->next);
    for (size_t actor = 0; actor < x->n; actor++) {
        size_t options = fill_queue(x, actor), choice;
        const double *to;
        if (options == 1) continue;
        dt__election_hold(&x->election, options, x->n, opts->smp.vote, opts->smp.victory, opts->smp.chain);
        choice = opts->smp.stochastic ? drawn(x->election.chance, options, opts, turn * x->n + actor)
                                      : likeliest(x->election.chance, options, ties);
        if (choice == 0 || (to = place_of(x, actor, choice)) == NULL) continue;
        memcpy(x->next + actor * x->m, to, x->m * sizeof *to);
    }
}
