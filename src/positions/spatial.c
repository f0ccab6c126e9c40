/* The spatial model of politics (KTAB; Bueno de Mesquita 1997; Wise, Lester and Efird 2015), turn by turn: risk from a
 * first election, challenges, bargains, an election on every actor's queue, and the election that ends a state. */
#include "positions/spatial.h"

#include <math.h>
#include <string.h>

enum { BARGAINS_PER_ACTOR = 2 }; /* an actor initiates one; each view of it may be queued */

/* ---- memory ---- */

static bool reserve_bargains(dt__spatial *x, dt__arena *arena) {
    size_t count = BARGAINS_PER_ACTOR * x->actors;
    double *places = DT__ARENA_ARRAY(arena, double, 2 * count * x->issues);

    x->bargains = DT__ARENA_ARRAY(arena, dt__deal_offer, count);
    x->worth = DT__ARENA_ARRAY(arena, double, count * x->actors);
    if (places == NULL || x->bargains == NULL || x->worth == NULL) return false;
    for (size_t m = 0; m < count; m++) {
        x->bargains[m].to_initiator = places + 2 * m * x->issues;
        x->bargains[m].to_receiver = x->bargains[m].to_initiator + x->issues;
    }
    return true;
}

static bool reserve_election(dt__election *e, size_t options, size_t voters, dt__arena *arena) {
    e->utility = DT__ARENA_ARRAY(arena, double, options *voters);
    e->weight = DT__ARENA_ARRAY(arena, double, voters);
    e->chance = DT__ARENA_ARRAY(arena, double, options);
    e->coalition = DT__ARENA_ARRAY(arena, double, options *options);
    e->matrix = DT__ARENA_ARRAY(arena, double, options *options);
    return e->utility != NULL && e->weight != NULL && e->chance != NULL && e->coalition != NULL && e->matrix != NULL;
}

bool dt__spatial_reserve(dt__predictor *p) {
    dt__arena *arena = &p->arena;
    dt__spatial *x = DT__ARENA_NEW(arena, dt__spatial);
    double *cells = DT__ARENA_ARRAY(arena, double, 5 * p->actors * p->issues);
    double *rows = DT__ARENA_ARRAY(arena, double, 4 * p->actors);
    double *squares = DT__ARENA_ARRAY(arena, double, 2 * p->actors * p->actors);

    if (x == NULL || cells == NULL || rows == NULL || squares == NULL) return false;
    *x = (dt__spatial){.actors = p->actors, .issues = p->issues};
    x->who = DT__ARENA_ARRAY(arena, size_t, p->actors);
    x->position = cells;
    x->ideal = cells + p->actors * p->issues;
    x->salience = cells + 2 * p->actors * p->issues;
    x->next = cells + 3 * p->actors * p->issues;
    x->kept = cells + 4 * p->actors * p->issues;
    x->total = rows;
    x->capability = rows + p->actors;
    x->risk = rows + 2 * p->actors;
    x->settled = rows + 3 * p->actors;
    x->distance = squares;
    x->utility = squares + p->actors * p->actors;
    p->spatial = x;
    return x->who != NULL && reserve_bargains(x, arena) &&
           reserve_election(&x->election, 1 + BARGAINS_PER_ACTOR * p->actors, p->actors, arena);
}

/* ---- the first state ---- */

static bool is_present(const dt__stakes *stakes, size_t first, size_t count, size_t actor) {
    for (size_t i = first; i < first + count; i++) {
        if (isnan(stakes->position[i * stakes->actors + actor])) return false;
    }
    return true;
}

static void enter(dt__spatial *x, const dt__stakes *stakes, size_t first, size_t actor, dt__prediction_notes *notes) {
    const double least_salience = 0.01;
    size_t a = x->n++;

    x->who[a] = actor;
    x->total[a] = 0;
    x->capability[a] = stakes->capability[first * stakes->actors + actor];
    for (size_t k = 0; k < x->m; k++) {
        size_t cell = (first + k) * stakes->actors + actor;
        double low = stakes->low[first + k], range = stakes->high[first + k] - low, s = stakes->salience[cell];
        notes->raised_saliences += s < least_salience;
        x->salience[a * x->m + k] = fmax(s, least_salience);
        x->total[a] += x->salience[a * x->m + k];
        x->position[a * x->m + k] = range > 0 ? (stakes->position[cell] - low) / range : 0;
        x->ideal[a * x->m + k] = x->position[a * x->m + k];
    }
}

/* Actors present on all of the issues first..first+count-1.  Capabilities are made to sum to 100, so that the unit they
 * come in makes no difference to the small constants of the model. */
static void gather(dt__spatial *x, const dt__stakes *stakes, size_t first, size_t count, dt__prediction_notes *notes) {
    const double whole = 100;
    double sum = 0;

    x->n = 0;
    x->m = count;
    for (size_t actor = 0; actor < stakes->actors; actor++) {
        if (is_present(stakes, first, count, actor)) enter(x, stakes, first, actor, notes);
        else if (is_present(stakes, first, 1, actor)) notes->left_out++;
    }
    for (size_t a = 0; a < x->n; a++) sum += x->capability[a];
    notes->unweighted = !(sum > 0);
    for (size_t a = 0; a < x->n; a++) {
        if (sum > 0) x->capability[a] *= whole / sum;
        else x->capability[a] = whole / (double)x->n;
    }
}

/* ---- distances and risks ---- */

double dt__spatial_distance(const dt__spatial *x, size_t a, const double *place) {
    const double *ideal = x->ideal + a * x->m, *s = x->salience + a * x->m;
    double sum = 0, weights = 0;

    if (x->m == 1) return fabs(ideal[0] - place[0]);
    for (size_t k = 0; k < x->m; k++) {
        double d = s[k] * (ideal[k] - place[k]);
        sum += d * d;
        weights += s[k] * s[k];
    }
    return sqrt(sum / weights);
}

static void measure(dt__spatial *x) {
    for (size_t i = 0; i < x->n; i++) {
        for (size_t j = 0; j < x->n; j++)
            x->distance[i * x->n + j] = dt__spatial_distance(x, i, x->position + j * x->m);
    }
}

/* The better an actor's position does in an election over all positions, the less it risks. */
static void find_risks(dt__spatial *x, const dt__predict_opts *opts) {
    dt__election *e = &x->election;
    double low = INFINITY, high = -INFINITY;

    for (size_t i = 0; i < x->n; i++) {
        e->weight[i] = x->capability[i];
        for (size_t j = 0; j < x->n; j++) e->utility[i * x->n + j] = dt__spatial_utility(x->distance[i * x->n + j], 0);
    }
    dt__election_hold(e, x->n, x->n, opts->smp.vote, opts->smp.victory, opts->smp.chain);
    for (size_t i = 0; i < x->n; i++) {
        low = fmin(low, e->chance[i]);
        high = fmax(high, e->chance[i]);
    }
    for (size_t i = 0; i < x->n; i++) {
        double p = e->chance[i], spread = high - low;
        if (!(spread > 0)) x->risk[i] = 0;
        else if (opts->smp.range == DT__RISK_MIN) x->risk[i] = (p - low) / spread;
        else if (opts->smp.range == DT__RISK_MAX) x->risk[i] = (2 * p - high - low) / spread;
        else x->risk[i] = (3 * p - high - 2 * low) / (2 * spread);
    }
}

/* ---- turns ---- */

/* Sum of the distances moved; positions and ideals become the new ones. */
static double move(dt__spatial *x) {
    double sum = 0;

    for (size_t a = 0; a < x->n; a++) {
        double square = 0;
        for (size_t k = 0; k < x->m; k++) {
            double d = x->next[a * x->m + k] - x->position[a * x->m + k];
            square += d * d;
        }
        sum += sqrt(square);
    }
    memcpy(x->position, x->next, x->n * x->m * sizeof *x->next);
    memcpy(x->ideal, x->next, x->n * x->m * sizeof *x->next);
    return sum;
}

static bool is_kept(const dt__spatial *x) {
    const double same = 1e-9;

    for (size_t i = 0; i < x->n * x->m; i++) {
        if (fabs(x->position[i] - x->kept[i]) > same) return false;
    }
    return true;
}

static void assess(dt__spatial *x, const dt__predict_opts *opts) {
    measure(x);
    find_risks(x, opts);
}

static double play_turn(dt__spatial *x, const dt__predict_opts *opts, unsigned turn, uint32_t *ties) {
    double moved;

    dt__spatial_challenge(x, opts, ties);
    dt__spatial_resolve(x, opts, turn, ties);
    moved = move(x);
    assess(x, opts);
    return moved;
}

/* Ends when a turn moves little against the first one.  A state kept at a power of two that comes back is a cycle. */
static void play(dt__spatial *x, const dt__predict_opts *opts, dt__prediction *out) {
    const double little = 0.02, least = 1e-4;
    double first = 0;
    unsigned keep_next = 1;

    out->status = DT__PREDICTION_CAP;
    while (out->rounds < opts->smp.rounds) {
        double moved;
        if (out->rounds + 1 == keep_next) {
            memcpy(x->kept, x->position, x->n * x->m * sizeof *x->kept);
            keep_next *= 2;
        }
        moved = play_turn(x, opts, ++out->rounds, &out->notes.ties);
        if (out->rounds == 1) first = moved + least;
        else if (moved / first < little) {
            out->status = DT__PREDICTION_DONE;
            return;
        }
        if (moved > 0 && !opts->smp.stochastic && is_kept(x)) out->status = DT__PREDICTION_CYCLING;
    }
}

/* ---- what a state foretells ---- */

static bool is_near(const double *a, const double *b, size_t issues) {
    const double apart = 1e-3;
    double sum = 0;

    for (size_t k = 0; k < issues; k++) sum += (a[k] - b[k]) * (a[k] - b[k]);
    return sqrt(sum) < apart;
}

/* Places that differ, each the first of its kind; x->next holds them. */
static size_t unique_places(dt__spatial *x, uint32_t *merged) {
    size_t found = 0;

    for (size_t a = 0; a < x->n; a++) {
        const double *place = x->position + a * x->m;
        size_t o = 0;
        while (o < found && !is_near(place, x->next + o * x->m, x->m)) o++;
        if (o < found) *merged += memcmp(place, x->next + o * x->m, x->m * sizeof *place) != 0;
        else memcpy(x->next + found++ * x->m, place, x->m * sizeof *place);
    }
    return found;
}

static void foretell(dt__spatial *x, const dt__predict_opts *opts, const dt__stakes *stakes, size_t first,
                     dt__prediction *out) {
    dt__election *e = &x->election;
    size_t places = unique_places(x, &out->notes.merged);

    for (size_t a = 0; a < x->n; a++) {
        e->weight[a] = x->capability[a];
        for (size_t o = 0; o < places; o++)
            e->utility[a * places + o] =
                dt__spatial_utility(dt__spatial_distance(x, a, x->next + o * x->m), x->risk[a]);
    }
    dt__election_hold(e, places, x->n, opts->smp.vote, opts->smp.victory, opts->smp.chain);
    for (size_t k = 0; k < x->m; k++) {
        double low = stakes->low[first + k], range = stakes->high[first + k] - low;
        out[k].form = DT__PREDICTION_ATOMS;
        out[k].count = 0;
        out[k].status = out->status;
        out[k].rounds = out->rounds;
        out[k].notes = out->notes;
        for (size_t o = 0; o < places; o++) dt__predict_add(&out[k], low + range * x->next[o * x->m + k], e->chance[o]);
        out[k].point = dt__prediction_mean(&out[k]);
    }
}

static bool are_all_one(const dt__spatial *x) {
    for (size_t a = 1; a < x->n; a++) {
        if (memcmp(x->position, x->position + a * x->m, x->m * sizeof *x->position) != 0) return false;
    }
    return true;
}

static void predict_block(dt__spatial *x, const dt__stakes *stakes, const dt__predict_opts *opts, bool to_the_end,
                          size_t first, size_t count, dt__prediction *out) {
    gather(x, stakes, first, count, &out->notes);
    if (x->n == 0 || are_all_one(x)) {
        for (size_t k = 0; k < count; k++) {
            if (x->n == 0) dt__predict_nothing(&out[k]);
            else dt__predict_atom(&out[k], stakes->position[(first + k) * stakes->actors + x->who[0]]);
        }
        return;
    }
    assess(x, opts);
    if (to_the_end) play(x, opts, out);
    foretell(x, opts, stakes, first, out);
}

static void predict_blocks(dt__spatial *x, const dt__stakes *stakes, const dt__predict_opts *opts, bool to_the_end,
                           dt__prediction *out) {
    if (stakes->shared_salience) {
        predict_block(x, stakes, opts, to_the_end, 0, stakes->issues, out);
        return;
    }
    for (size_t i = 0; i < stakes->issues; i++) predict_block(x, stakes, opts, to_the_end, i, 1, &out[i]);
}

void dt__predict_smp(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts, dt__prediction *out) {
    predict_blocks(p->spatial, stakes, opts, true, out);
}

void dt__predict_smp_start(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts,
                           dt__prediction *out) {
    predict_blocks(p->spatial, stakes, opts, false, out);
}
