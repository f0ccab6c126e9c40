/* The expected-utility challenge model (Bueno de Mesquita 1981, 1994; Scholz, Calbert and Smith 2011): every actor
 * weighs challenging every other; the offers that follow move positions, all at once, round by round. */
#include <math.h>
#include <string.h>

#include "positions/contest.h"

typedef struct campaign {
    const dt__predict_opts *opts;
    dt__contest *k;
    double range;                         /* of the positions first held */
    double median;                        /* of the round */
    double total;                         /* Scholz's code: sum of all votes over all ordered pairs */
    double *distance, *victory, *powered; /* count x count */
    double *strength;                     /* c s, both raised */
    double *salience, *risk, *next, *kept;
    bool second_pass;
} campaign;

/* ---- chances of winning ---- */

/* Distances of the round; in the second pass of Scholz's code raised to the voter's exponent. */
static void measure(campaign *m) {
    const size_t n = m->k->count;
    const bool raised = m->second_pass && m->opts->eum.form == DT__EUM_SCHOLZ_CODE;

    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            double d = fabs(m->k->x[i] - m->k->x[j]) / m->range;
            m->distance[i * n + j] = d;
            m->powered[i * n + j] = raised ? pow(d, m->risk[i]) : d;
        }
    }
}

/* Sum of votes for i against j, and of all votes cast between them. */
static void poll_pair(const campaign *m, size_t i, size_t j, double *pro, double *con) {
    const size_t n = m->k->count;

    *pro = *con = 0;
    for (size_t v = 0; v < n; v++) {
        double vote = m->strength[v] * (m->powered[v * n + j] - m->powered[v * n + i]);
        if (vote > 0) *pro += vote;
        else *con -= vote;
    }
}

static void find_victories(campaign *m) {
    const size_t n = m->k->count;
    double total = 0;

    measure(m);
    for (size_t i = 0; i < n; i++) {
        m->victory[i * n + i] = 0;
        for (size_t j = i + 1; j < n; j++) {
            double pro, con, sum;
            poll_pair(m, i, j, &pro, &con);
            total += 2 * (pro + con);
            sum = m->opts->eum.form == DT__EUM_PAPER ? pro + con : 1;
            m->victory[i * n + j] = sum > 0 ? pro / sum : 0;
            m->victory[j * n + i] = sum > 0 ? con / sum : 0;
        }
    }
    if (m->opts->eum.form == DT__EUM_PAPER || !(total > 0)) return;
    for (size_t i = 0; i < n * n; i++) m->victory[i] /= total;
}

/* ---- expected utility ---- */

static double power(double base, double exponent) {
    return exponent < 1 || exponent > 1 ? pow(base, exponent) : base;
}

/* Of winning, losing and of things as they are, at a distance, for a risk exponent. */
typedef struct stakes_of_pair {
    double win, lose, stay;
} stakes_of_pair;

static stakes_of_pair at_distance(double d, double r, double half) {
    return (stakes_of_pair){2 - 4 * power(0.5 - 0.5 * d, r), 2 - 4 * power(0.5 + 0.5 * d, r), 2 - 4 * half};
}

/* Of the challenger's not acting: things stay, or change for the better or the worse. */
static double of_waiting(const campaign *m, size_t i, size_t j, double r, const stakes_of_pair *u) {
    double q = m->opts->eum.q, t = m->opts->eum.t, away, better, worse;

    if (q >= 1) return u->stay;
    away = 0.25 * (fabs(m->k->x[i] - m->median) + fabs(m->k->x[i] - m->k->x[j])) / m->range;
    better = 2 - 4 * power(fmax(0, 0.5 - away), r);
    worse = 2 - 4 * power(0.5 + away, r);
    return q * u->stay + (1 - q) * (t * better + (1 - t) * worse);
}

/* What i expects from challenging j, for one exponent. */
static double expectation(const campaign *m, size_t i, size_t j, double r, const stakes_of_pair *u) {
    double p = m->victory[i * m->k->count + j], s = m->salience[j];

    return s * (p * u->win + (1 - p) * u->lose) + (1 - s) * u->win - of_waiting(m, i, j, r, u);
}

/* ---- risk: how safe an actor is from all others ---- */

static double threat(const campaign *m, size_t i, size_t j) {
    stakes_of_pair u = at_distance(m->distance[i * m->k->count + j], 1, 0.5);
    return expectation(m, i, j, 1, &u);
}

/* What others would gain by challenging x_i if it stood where each of them stands, as in the original. */
static double security(const campaign *m, size_t i) {
    double sum = 0;

    for (size_t j = 0; j < m->k->count; j++) sum += j == i ? 0 : threat(m, j, i);
    return sum;
}

static double own_security(campaign *m, size_t i, double *most, double *least) {
    double held = m->k->x[i], here = security(m, i);

    *most = *least = here;
    for (size_t a = 0; a < m->k->count; a++) {
        double there;
        m->k->x[i] = m->k->x[a];
        if (a == i) m->k->x[i] = held;
        find_victories(m);
        there = security(m, i);
        if (there > *most) *most = there;
        if (there < *least) *least = there;
    }
    m->k->x[i] = held;
    find_victories(m);
    return here;
}

static double exponent(double value, double most, double least) {
    double k;

    if (!(most > least)) return 1;
    k = (2 * value - most - least) / (most - least);
    return (1 - k / 3) / (1 + k / 3);
}

static void find_risks(campaign *m) {
    const size_t n = m->k->count;
    double most = -INFINITY, least = INFINITY;

    for (size_t i = 0; i < n; i++) {
        if (m->opts->eum.own_alternatives) {
            double value = own_security(m, i, &most, &least);
            m->risk[i] = exponent(value, most, least);
            continue;
        }
        m->next[i] = security(m, i);
        if (m->next[i] > most) most = m->next[i];
        if (m->next[i] < least) least = m->next[i];
    }
    for (size_t i = 0; i < n && !m->opts->eum.own_alternatives; i++) m->risk[i] = exponent(m->next[i], most, least);
}

/* ---- offers ---- */

typedef enum offer_kind { NO_OFFER = 0, CONFRONTATION, COMPROMISE, CAPITULATION } offer_kind;

typedef struct offer {
    offer_kind kind;
    double to, gain, key; /* gain: the offerer's expectation; key: what the choice compares first */
} offer;

/* What j can bring i to, by the expectations of both as i sees them. */
static offer weigh_offer(double mine, double theirs, double x, double other) {
    offer o = {.gain = theirs};

    if (!(theirs > 0)) return o;
    if (mine > 0) {
        if (theirs > mine) o = (offer){CONFRONTATION, other, theirs, 0};
    } else if (mine < 0) {
        if (theirs > -mine) o = (offer){COMPROMISE, x + (other - x) * (-mine / theirs), theirs, 0};
        else if (theirs < -mine) o = (offer){CAPITULATION, other, theirs, 0};
    }
    return o;
}

static double first_key(const campaign *m, const offer *o, double mine, double x, double other) {
    switch (m->opts->eum.choice) {
    case DT__EUM_LARGEST_GAIN: return -o->gain;
    case DT__EUM_SCHOLZ_CHOICE:
        if (o->kind == COMPROMISE) return (fabs(mine) * x + fabs(o->gain) * other) / (fabs(mine) + fabs(o->gain));
        return fabs(o->to - x);
    case DT__EUM_LEAST_MOVE: break;
    }
    return fabs(o->to - x);
}

/* -1: a is the better choice, 1: b, 0: a tie. */
static int compare(const campaign *m, const offer *a, const offer *b, double x) {
    const double tie = 1e-12;
    double move = fabs(a->to - x) - fabs(b->to - x), scale = tie * m->range;

    if (m->opts->eum.choice == DT__EUM_SCHOLZ_CHOICE && a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    if (a->key < b->key - scale) return -1;
    if (a->key > b->key + scale) return 1;
    if (m->opts->eum.choice != DT__EUM_LARGEST_GAIN) return 0;
    return move < -scale ? -1 : move > scale ? 1 : 0;
}

static double answer_offers(const campaign *m, size_t i, uint32_t *ties) {
    const double *x = m->k->x, r = m->risk[i], half = power(0.5, r);
    offer best = {0};

    for (size_t j = 0; j < m->k->count; j++) {
        stakes_of_pair u;
        double mine;
        offer o;
        int order;
        if (!(m->distance[i * m->k->count + j] > 0)) continue;
        u = at_distance(m->distance[i * m->k->count + j], r, half);
        mine = expectation(m, i, j, r, &u);
        o = weigh_offer(mine, expectation(m, j, i, r, &u), x[i], x[j]);
        if (o.kind == NO_OFFER) continue;
        o.key = first_key(m, &o, mine, x[i], x[j]);
        order = best.kind == NO_OFFER ? -1 : compare(m, &o, &best, x[i]);
        *ties += order == 0 && (o.to < best.to || o.to > best.to);
        if (order < 0) best = o;
    }
    return best.kind == NO_OFFER ? x[i] : best.to;
}

/* ---- rounds ---- */

/* The largest move, as a share of the range. */
static double play_round(campaign *m, uint32_t *ties) {
    double largest = 0;

    m->median = dt__contest_median(m->k);
    m->second_pass = false;
    find_victories(m);
    find_risks(m);
    m->second_pass = true;
    if (m->opts->eum.form == DT__EUM_SCHOLZ_CODE) find_victories(m);
    for (size_t i = 0; i < m->k->count; i++) m->next[i] = answer_offers(m, i, ties);
    for (size_t i = 0; i < m->k->count; i++) {
        largest = fmax(largest, fabs(m->next[i] - m->k->x[i]) / m->range);
        m->k->x[i] = m->next[i];
    }
    return largest;
}

static bool is_kept(const campaign *m) {
    const double same = 1e-9;

    for (size_t i = 0; i < m->k->count; i++) {
        if (fabs(m->k->x[i] - m->kept[i]) > same * m->range) return false;
    }
    return true;
}

/* A state that was kept at a power of two and comes back is a cycle (Brent 1980). */
static void play(campaign *m, dt__prediction *out) {
    const double rest = 1e-6;
    unsigned keep_next = 2;

    memcpy(m->kept, m->k->x, m->k->count * sizeof *m->kept);
    out->status = m->opts->eum.rounds > 1 ? DT__PREDICTION_CAP : DT__PREDICTION_DONE;
    while (out->rounds < m->opts->eum.rounds) {
        double largest = play_round(m, &out->notes.ties);
        out->rounds++;
        if (largest < rest) {
            out->status = DT__PREDICTION_DONE;
            return;
        }
        if (is_kept(m)) out->status = DT__PREDICTION_CYCLING;
        if (out->rounds < keep_next) continue;
        keep_next *= 2;
        memcpy(m->kept, m->k->x, m->k->count * sizeof *m->kept);
    }
}

/* ---- the model ---- */

static void raise_inputs(campaign *m, dt__prediction *out) {
    const double least_salience = 0.01, least_share = 1e-5;
    dt__contest *k = m->k;
    double sum = 0, least;

    for (size_t i = 0; i < k->count; i++) sum += k->c[i];
    least = sum > 0 ? least_share * sum : 1;
    for (size_t i = 0; i < k->count; i++) {
        out->notes.raised_saliences += k->s[i] < least_salience;
        out->notes.raised_capabilities += k->c[i] < least;
        m->salience[i] = fmax(k->s[i], least_salience);
        m->strength[i] = fmax(k->c[i], least) * m->salience[i];
        k->w[i] = m->strength[i];
    }
}

static void find_range(campaign *m) {
    double low = m->k->x[0], high = low;

    for (size_t i = 1; i < m->k->count; i++) {
        low = fmin(low, m->k->x[i]);
        high = fmax(high, m->k->x[i]);
    }
    m->range = high - low;
}

static campaign prepare(dt__predictor *p, const dt__predict_opts *opts, dt__prediction *out) {
    const size_t squares = p->actors * p->actors;
    campaign m = {.opts = opts, .k = &p->contest};

    m.distance = p->square;
    m.victory = p->square + squares;
    m.powered = p->square + 2 * squares;
    m.strength = p->rows;
    m.salience = p->rows + p->actors;
    m.risk = p->rows + 2 * p->actors;
    m.next = p->rows + 3 * p->actors;
    m.kept = p->rows + 4 * p->actors;
    find_range(&m);
    raise_inputs(&m, out);
    return m;
}

void dt__predict_eum(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts, dt__prediction *out) {
    for (size_t i = 0; i < stakes->issues; i++) {
        campaign m;
        dt__contest_gather(&p->contest, stakes, i, &out[i]);
        if (dt__contest_is_settled(&p->contest, &out[i])) continue;
        m = prepare(p, opts, &out[i]);
        out[i].notes.unweighted = 0;
        play(&m, &out[i]);
        dt__predict_atom(&out[i], opts->eum.median ? dt__contest_median(m.k) : dt__contest_mean(m.k));
    }
}
