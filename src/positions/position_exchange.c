/* Equal-gain exchange of positions (Stokman and Van Oosten 1994; as in decide): two actors on opposite sides of two
 * issues each give way on the one that matters less to it, so that both gain alike. */
#include <math.h>
#include <string.h>

#include "base/random.h"
#include "positions/contest.h"

/* Actor a supplies p and demands q; b supplies q and demands p. */
typedef struct swap {
    uint32_t a, b, p, q;
    double shift_p, shift_q; /* of the outcomes, absolute */
    double to_a, to_b;       /* voting positions after it: a's on p, b's on q */
    double gain;
    bool valid;
} swap;

typedef struct dt__exchange_book {
    swap *swaps;
    size_t capacity, count;
    /* per cell [issue * actors + actor], positions on 0..100 */
    double *start, *voted, *salience, *strength; /* strength: c s */
    signed char *direction;                      /* of the moves made in the round */
    bool *present;
    double *outcome, *weight; /* per issue */
    size_t actors, issues;
    const dt__predict_opts *opts;
} dt__exchange_book;

static const double least = 1e-10;

/* ---- memory ---- */

bool dt__exchange_reserve(dt__predictor *p) {
    size_t n = p->actors, m = p->issues, cells = n * m, pairs = m * (m - 1) / 2 * (n * (n - 1) / 2);
    dt__exchange_book *b = DT__ARENA_NEW(&p->arena, dt__exchange_book);
    double *rows = DT__ARENA_ARRAY(&p->arena, double, 4 * cells + 2 * m);

    if (b == NULL || rows == NULL) return false;
    *b = (dt__exchange_book){.capacity = pairs};
    b->swaps = DT__ARENA_ARRAY(&p->arena, swap, pairs);
    b->direction = DT__ARENA_ARRAY(&p->arena, signed char, cells);
    b->present = DT__ARENA_ARRAY(&p->arena, bool, cells);
    b->start = rows;
    b->voted = rows + cells;
    b->salience = rows + 2 * cells;
    b->strength = rows + 3 * cells;
    b->outcome = rows + 4 * cells;
    b->weight = b->outcome + m;
    p->book = b;
    return b->swaps != NULL && b->direction != NULL && b->present != NULL;
}

/* ---- one swap ---- */

/* How far the outcome of an issue can come towards an actor before it passes its position. */
static double room(const dt__exchange_book *b, size_t issue, size_t beneficiary) {
    return fabs(b->start[issue * b->actors + beneficiary] - b->outcome[issue]);
}

/* The shift of an issue's outcome when `mover` goes all the way to `target`. */
static double full_shift(const dt__exchange_book *b, size_t issue, size_t mover, size_t target) {
    size_t cell = issue * b->actors + mover;
    double way = fabs(b->start[issue * b->actors + target] - b->voted[cell]);
    return way * b->strength[cell] / b->weight[issue];
}

/* The move that makes a shift, towards the target; false when it turns back, leaves the scale or is nothing. */
static bool make_move(const dt__exchange_book *b, size_t issue, size_t mover, size_t target, double shift, double *to) {
    size_t cell = issue * b->actors + mover;
    double from = b->voted[cell], way = b->start[issue * b->actors + target] - from;
    double move = copysign(shift * b->weight[issue] / b->strength[cell], way);

    if (!(fabs(move) > least) || !(fabs(way) > 0)) return false;
    if (b->direction[cell] != 0 && (move > 0) != (b->direction[cell] > 0)) return false;
    *to = from + move;
    if (*to < 0 && *to > -1e-9) *to = 0;
    if (*to > 100 && *to < 100 + 1e-9) *to = 100;
    return *to >= 0 && *to <= 100;
}

/* Shifts that are worth the same to both: the supplier of p goes as far as its partner, or the partner as far as it
 * can; no outcome passes the one that it moves for. */
static void balance(const dt__exchange_book *b, swap *s) {
    const size_t n = b->actors;
    double ratio = (b->salience[s->p * n + s->a] + b->salience[s->p * n + s->b]) /
                   (b->salience[s->q * n + s->a] + b->salience[s->q * n + s->b]);

    s->shift_p = full_shift(b, s->p, s->a, s->b);
    s->shift_q = fmin(s->shift_p * ratio, full_shift(b, s->q, s->b, s->a));
    s->shift_p = fmin(s->shift_q / ratio, room(b, s->p, s->b));
    s->shift_q = fmin(s->shift_p * ratio, room(b, s->q, s->a));
    s->shift_p = s->shift_q / ratio;
}

static void compute(const dt__exchange_book *b, swap *s) {
    const size_t n = b->actors;

    balance(b, s);
    s->valid =
        make_move(b, s->p, s->a, s->b, s->shift_p, &s->to_a) && make_move(b, s->q, s->b, s->a, s->shift_q, &s->to_b);
    s->gain = s->shift_q * b->salience[s->q * n + s->a] - s->shift_p * b->salience[s->p * n + s->a];
    if (!(s->gain > least)) s->valid = false;
}

/* ---- all swaps of a round ---- */

static void find_outcome(dt__exchange_book *b, size_t issue) {
    double sum = 0;

    b->weight[issue] = 0;
    for (size_t a = 0; a < b->actors; a++) {
        size_t cell = issue * b->actors + a;
        if (!b->present[cell]) continue;
        sum += b->strength[cell] * b->voted[cell];
        b->weight[issue] += b->strength[cell];
    }
    b->outcome[issue] = b->weight[issue] > 0 ? sum / b->weight[issue] : NAN;
}

static bool are_opposed(const dt__exchange_book *b, size_t issue, size_t i, size_t j) {
    const double *x = b->start + issue * b->actors;
    return (x[i] <= b->outcome[issue]) != (x[j] <= b->outcome[issue]);
}

static void add_swap(dt__exchange_book *b, size_t p, size_t q, size_t i, size_t j) {
    const double *sp = b->salience + p * b->actors, *sq = b->salience + q * b->actors;
    bool first_supplies = sp[i] / sq[i] < sp[j] / sq[j];
    swap s = {.p = (uint32_t)p, .q = (uint32_t)q};

    if (b->count == b->capacity) return;
    s.a = (uint32_t)(first_supplies ? i : j);
    s.b = (uint32_t)(first_supplies ? j : i);
    compute(b, &s);
    if (s.valid) b->swaps[b->count++] = s;
}

static bool is_present(const dt__exchange_book *b, size_t p, size_t q, size_t actor) {
    return b->present[p * b->actors + actor] && b->present[q * b->actors + actor];
}

static void find_swaps(dt__exchange_book *b) {
    b->count = 0;
    for (size_t p = 0; p < b->issues; p++) {
        for (size_t q = p + 1; q < b->issues; q++) {
            for (size_t i = 0; i < b->actors; i++) {
                if (!is_present(b, p, q, i)) continue;
                for (size_t j = i + 1; j < b->actors; j++) {
                    if (is_present(b, p, q, j) && are_opposed(b, p, i, j) && are_opposed(b, q, i, j))
                        add_swap(b, p, q, i, j);
                }
            }
        }
    }
}

/* ---- realising them, best first ---- */

static void push_voted(dt__exchange_book *b, size_t issue, size_t actor, double to) {
    size_t cell = issue * b->actors + actor;

    b->direction[cell] = to > b->voted[cell] ? 1 : -1;
    b->voted[cell] = to;
    find_outcome(b, issue);
}

static bool shares_role(const swap *s, const swap *done) {
    return (s->a == done->a && (s->p == done->p || s->q == done->q)) ||
           (s->b == done->b && (s->q == done->q || s->p == done->p)) ||
           (s->a == done->b && (s->p == done->q || s->q == done->p)) ||
           (s->b == done->a && (s->q == done->p || s->p == done->q));
}

static size_t best_swap(const dt__exchange_book *b, uint32_t *ties) {
    const double tie = 1e-9;
    size_t best = b->count;

    for (size_t i = 0; i < b->count; i++) {
        double ahead;
        if (!b->swaps[i].valid) continue;
        ahead = best == b->count ? 1 : b->swaps[i].gain - b->swaps[best].gain;
        *ties += ahead <= tie && ahead >= -tie;
        if (ahead > tie) best = i;
    }
    return best;
}

/* Gains split at random: one partner drawn by lot gets more, or less, than its equal share; the other's gain follows.
 * It can get at most what the exchange is worth when the other gains nothing. */
static void split_at_random(dt__exchange_book *b, swap *s, dt__random *r) {
    const size_t n = b->actors;
    bool first = dt__random_uniform(r) < 0.5, more = dt__random_uniform(r) < 0.5;
    double share = b->opts->exchange.rate * dt__random_uniform(r), shift;
    double ap = b->salience[s->p * n + s->a], aq = b->salience[s->q * n + s->a], bp = b->salience[s->p * n + s->b],
           bq = b->salience[s->q * n + s->b];
    swap changed = *s;

    /* with the shift of p held, the shift of q decides who gains what */
    shift = first == more ? s->shift_q + share * (s->shift_p * bp / bq - s->shift_q)
                          : s->shift_q - share * (s->shift_q - s->shift_p * ap / aq);
    changed.shift_q = fmin(shift, fmin(full_shift(b, s->q, s->b, s->a), room(b, s->q, s->a)));
    changed.gain = changed.shift_q * aq - changed.shift_p * ap;
    if (changed.gain > least && make_move(b, s->q, s->b, s->a, changed.shift_q, &changed.to_b)) *s = changed;
}

static void realise(dt__exchange_book *b, dt__random *r, uint32_t *ties) {
    while (true) {
        size_t best = best_swap(b, ties);
        swap done;
        if (best == b->count) return;
        done = b->swaps[best];
        if (b->opts->exchange.random_rate) split_at_random(b, &done, r);
        b->swaps[best].valid = false;
        push_voted(b, done.p, done.a, done.to_a);
        push_voted(b, done.q, done.b, done.to_b);
        for (size_t i = 0; i < b->count; i++) {
            if (b->swaps[i].valid && shares_role(&b->swaps[i], &done)) compute(b, &b->swaps[i]);
        }
    }
}

/* Where the next round starts: what an actor has voted for binds it the more, the less the issue matters to it. */
static void carry_over(dt__exchange_book *b) {
    const double salience_weight = 0.4, fixed_weight = 0.1;

    for (size_t cell = 0; cell < b->issues * b->actors; cell++) {
        double bound = (1 - b->salience[cell]) * salience_weight + fixed_weight;
        if (!b->present[cell]) continue;
        b->start[cell] += bound * (b->voted[cell] - b->start[cell]);
        b->voted[cell] = b->start[cell];
    }
}

/* ---- the model ---- */

static void enter(dt__exchange_book *b, const dt__stakes *stakes, size_t issue, dt__prediction *out) {
    const double least_salience = 0.01;
    double low = stakes->low[issue], range = stakes->high[issue] - low;

    for (size_t a = 0; a < b->actors; a++) {
        size_t cell = issue * b->actors + a;
        b->present[cell] = false;
        if (isnan(stakes->position[cell])) continue;
        out->notes.left_out += !(stakes->capability[cell] > 0);
        if (!(stakes->capability[cell] > 0)) continue;
        out->notes.raised_saliences += stakes->salience[cell] < least_salience;
        b->present[cell] = true;
        b->salience[cell] = fmax(stakes->salience[cell], least_salience);
        b->strength[cell] = b->salience[cell] * stakes->capability[cell];
        b->start[cell] = range > 0 ? 100 * (stakes->position[cell] - low) / range : 0;
        b->voted[cell] = b->start[cell];
    }
    find_outcome(b, issue);
}

static bool play_round(dt__exchange_book *b, dt__random *r, uint32_t *ties) {
    memset(b->direction, 0, b->issues * b->actors);
    for (size_t i = 0; i < b->issues; i++) find_outcome(b, i);
    find_swaps(b);
    if (b->count == 0) return false;
    realise(b, r, ties);
    return true;
}

static void answer(const dt__exchange_book *b, const dt__stakes *stakes, size_t issue, dt__prediction *out) {
    double low = stakes->low[issue], range = stakes->high[issue] - low;

    if (isnan(b->outcome[issue])) dt__predict_nothing(out);
    else dt__predict_atom(out, low + range * b->outcome[issue] / 100);
}

void dt__predict_exchange(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts,
                          dt__prediction *out) {
    dt__exchange_book *b = p->book;
    dt__prediction_status status = DT__PREDICTION_CAP;
    uint32_t ties = 0;
    unsigned rounds = 0;
    dt__random r;

    b->actors = stakes->actors;
    b->issues = stakes->issues;
    b->opts = opts;
    dt__random_init(&r, opts->exchange.seed, opts->exchange.draw, 0);
    for (size_t i = 0; i < b->issues; i++) enter(b, stakes, i, &out[i]);
    while (rounds < opts->exchange.rounds && status == DT__PREDICTION_CAP) {
        if (rounds++ > 0) carry_over(b);
        if (!play_round(b, &r, &ties)) status = DT__PREDICTION_DONE;
    }
    for (size_t i = 0; i < b->issues; i++) {
        out[i].status = opts->exchange.rounds > 1 ? status : DT__PREDICTION_DONE;
        out[i].rounds = rounds;
        out[i].notes.ties = ties;
        answer(b, stakes, i, &out[i]);
        if (b->issues < 2) dt__predict_nothing(&out[i]);
    }
}
