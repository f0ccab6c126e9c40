#include "bargain/statement.h"

#include <math.h>
#include <string.h>

#include "bargain/bounds.h"
#include "base/catalog.h"

static const char *const ids[DT_SOLUTION_COUNT] = {
    [DT_SOLUTION_NASH] = "nash",
    [DT_SOLUTION_WEIGHTED_NASH] = "weighted_nash",
    [DT_SOLUTION_KALAI_SMORODINSKY] = "kalai_smorodinsky",
    [DT_SOLUTION_KALAI_SMORODINSKY_LEXIMIN] = "kalai_smorodinsky_leximin",
    [DT_SOLUTION_EGALITARIAN] = "egalitarian",
    [DT_SOLUTION_LEXIMIN] = "leximin",
    [DT_SOLUTION_WEIGHTED_EGALITARIAN] = "weighted_egalitarian",
    [DT_SOLUTION_UTILITARIAN] = "utilitarian",
    [DT_SOLUTION_RELATIVE_UTILITARIAN] = "relative_utilitarian",
    [DT_SOLUTION_RAIFFA] = "raiffa",
    [DT_SOLUTION_EQUAL_AREA] = "equal_area",
    [DT_SOLUTION_MAXIMUM_WELFARE] = "maximum_welfare",
};

const char *dt_solution_id(dt_solution_kind kind) {
    return (unsigned)kind < DT_SOLUTION_COUNT ? ids[kind] : NULL;
}

/* ---- points ---- */

static dt_exact in_units(dt__builder *b, const dt__coordinate *c, dt__int128 value) {
    dt__rational number;

    if (c->ordinal || !dt__coordinate_value(&number, c, value)) return (dt_exact){0};
    return dt__builder_exact(b, number);
}

void dt__answer_point(dt__builder *b, dt_frontier_point *out, const dt__bargain_work *w, const dt__points *points,
                      const dt__points_kind *kind, size_t i, bool multiplicity_known) {
    dt_exact *utilities = DT__BUILDER_ARRAY(b, dt_exact, w->count), *gains = DT__BUILDER_ARRAY(b, dt_exact, w->count);
    const dt__int128 *values = dt__point_values(points, i, kind);
    dt__option outcome[DT__MAX_ISSUES];

    *out = (dt_frontier_point){.utilities = utilities, .gains = gains};
    for (size_t d = 0; utilities != NULL && gains != NULL && d < w->count; d++) {
        const dt__coordinate *c = dt__dimension(w, d);
        utilities[d] = in_units(b, c, values[d]);
        gains[d] = c->threshold == 0 ? utilities[d] : in_units(b, c, values[d] - c->threshold);
    }
    if (multiplicity_known)
        out->multiplicity = dt__builder_count(b, dt__point_multiplicity(points, i, kind), kind->limbs);
    dt__points_outcome(points->origins[i], &w->problem, outcome);
    out->outcome = dt__builder_outcome(b, outcome, w->problem.model->issue_count);
}

static dt_exact outcomes_of(dt__builder *b, const dt__points *points, const dt__points_kind *kind, const bool *chosen) {
    dt__limb total[DT__COUNT_MAX_LIMBS] = {0}, wide[DT__COUNT_MAX_LIMBS] = {0};

    for (size_t i = 0; i < points->count; i++) {
        if (chosen != NULL && !chosen[i]) continue;
        memcpy(wide, dt__point_multiplicity(points, i, kind), kind->limbs * sizeof *wide);
        dt__count_add(total, wide, kind->limbs + 1);
    }
    return dt__builder_count(b, total, kind->limbs + 1);
}

/* Without red lines the rational points are some of the frontier, multiplicities included. */
static bool is_part_of_frontier(const dt__bargain_work *w) {
    return w->coalition_count == 0;
}

/* Points that were written already: most sets hold what others hold. */
typedef struct written {
    const dt_frontier_answer *answer;
    const dt__points *points;
    size_t next; /* from here on: both lists descend */
} written;

static bool same_point(const dt__points *a, size_t i, const dt__points *b, size_t j, size_t dimensions) {
    for (size_t d = 0; d < dimensions; d++) {
        if (a->values[i * dimensions + d] != b->values[j * dimensions + d]) return false;
    }
    return a->origins[i] == b->origins[j];
}

static const dt_frontier_point *find_written(written *before, const dt__points *points, size_t i, size_t dimensions) {
    for (size_t j = before->next; j < before->answer->point_count; j++) {
        if (!same_point(points, i, before->points, j, dimensions)) continue;
        before->next = j + 1;
        return &before->answer->points[j];
    }
    before->next = before->answer->point_count; /* what is not listed comes last */
    return NULL;
}

static void fill_set(dt__builder *b, dt_frontier_answer *out, const dt__bargain_work *w, const dt__points *points,
                     const dt__points_kind *kind, size_t most, bool exact, bool known, written *before) {
    dt_frontier_point *list;

    *out = (dt_frontier_answer){
        .exact = exact, .vectors = points->count, .point_count = points->count < most ? points->count : most};
    known &= exact;
    if (known) out->outcomes = outcomes_of(b, points, kind, NULL);
    out->points = list = DT__BUILDER_ARRAY(b, dt_frontier_point, out->point_count);
    for (size_t i = 0; list != NULL && i < out->point_count; i++) {
        const dt_frontier_point *same = before == NULL ? NULL : find_written(before, points, i, w->count);
        if (same != NULL) list[i] = *same;
        else dt__answer_point(b, &list[i], w, points, kind, i, known);
    }
}

/* The largest of the frontiers that an answer was read from. */
static dt__int128 largest_epsilon(const dt__bargain_work *w, size_t d, bool of_coalitions) {
    dt__int128 largest = of_coalitions && w->coalition_count > 0 ? 0 : w->frontier.epsilon[d];
    for (size_t s = 0; of_coalitions && s < w->coalition_count; s++)
        largest = w->coalitions[s].epsilon[d] > largest ? w->coalitions[s].epsilon[d] : largest;
    return largest;
}

static void add_epsilon(dt__builder *b, dt_frontier_answer *out, const dt__bargain_work *w, bool of_coalitions) {
    dt_exact *epsilon;

    if (out->exact) return;
    out->epsilon = epsilon = DT__BUILDER_ARRAY(b, dt_exact, w->count);
    for (size_t d = 0; epsilon != NULL && d < w->count; d++)
        epsilon[d] = in_units(b, dt__dimension(w, d), largest_epsilon(w, d, of_coalitions));
}

bool dt__all_exact(const dt__bargain_work *w) {
    bool exact = w->frontier.exact;
    for (size_t s = 0; s < w->coalition_count; s++) exact &= w->coalitions[s].exact;
    return exact;
}

/* Outcomes that attain the rational vectors of a winning set. */
static dt_exact coalition_outcomes(dt__builder *b, const dt__bargain_work *w, size_t set) {
    const dt__frontier *f = dt__coalition_frontier(w, set);
    bool *rational = DT__BUILDER_ARRAY(b, bool, f->points.count);

    if (rational == NULL || !f->exact || w->searched) return (dt_exact){0};
    for (size_t i = 0; i < f->points.count; i++) {
        rational[i] = dt__reaches_no_deal(w, dt__point_values(&f->points, i, &f->kind),
                                          *DT__AT(w->winning.sets, dt__party_set, set));
    }
    return outcomes_of(b, &f->points, &f->kind, rational);
}

/* Rational vectors of each minimal winning set by itself. */
static void add_coalitions(dt__builder *b, dt_bargain_format *out, const dt__bargain_work *w) {
    dt_coalition *list = DT__BUILDER_ARRAY(b, dt_coalition, w->winning.sets.count);
    uint64_t *winning = DT__BUILDER_ARRAY(b, uint64_t, w->winning.sets.count);

    out->winning_count = w->winning.sets.count;
    out->winning = winning;
    out->coalitions = list;
    for (size_t s = 0; list != NULL && winning != NULL && s < w->winning.sets.count; s++) {
        winning[s] = *DT__AT(w->winning.sets, dt__party_set, s);
        list[s] = (dt_coalition){.parties = winning[s], .vectors = w->coalition_vectors[s]};
        if (w->found) list[s].outcomes = coalition_outcomes(b, w, s);
    }
}

/* ---- the best of each party in the zone ---- */

static void fill_ideal(dt__builder *b, dt_ideal *out, const dt__bargain_work *w, size_t d, dt__int128 bound) {
    const dt__coordinate *c = dt__dimension(w, d);
    dt__option outcome[DT__MAX_ISSUES];
    size_t best = 0;

    *out = (dt_ideal){.found = w->rational.count > 0, .bound = in_units(b, c, bound)};
    if (!out->found) return;
    for (size_t i = 1; i < w->rational.count; i++) {
        if (dt__point_values(&w->rational, i, &w->kind)[d] > dt__point_values(&w->rational, best, &w->kind)[d])
            best = i;
    }
    out->utility = in_units(b, c, dt__point_values(&w->rational, best, &w->kind)[d]);
    out->gain = in_units(b, c, dt__point_values(&w->rational, best, &w->kind)[d] - c->threshold);
    out->exact = dt__point_values(&w->rational, best, &w->kind)[d] >= bound;
    dt__points_outcome(w->rational.origins[best], &w->problem, outcome);
    out->outcome = dt__builder_outcome(b, outcome, w->problem.model->issue_count);
}

static dt_status add_ideals(dt__builder *b, dt_bargain_format *out, const dt__bargain_work *w) {
    dt_ideal *ideals = DT__BUILDER_ARRAY(b, dt_ideal, w->count);
    dt__ceiling ceiling;
    dt__arena arena;
    dt_status st;

    if (ideals == NULL) return DT_ERR_MEMORY;
    out->ideals = ideals;
    dt__arena_init(&arena, b->env);
    st = dt__ceiling_init(&ceiling, w, false, &arena);
    if (st == DT_OK) out->undecided = w->rational.count == 0 && ceiling.count > 0;
    for (size_t d = 0; st == DT_OK && ceiling.count > 0 && d < w->count; d++)
        fill_ideal(b, &ideals[d], w, d, dt__ceiling_most(&ceiling, w, d));
    dt__arena_clear(&arena);
    return st;
}

dt_status dt__answer_vectors(dt__builder *b, dt_bargain_format *out, const dt__bargain_work *w, size_t points) {
    dt_exact *no_deal = DT__BUILDER_ARRAY(b, dt_exact, w->count), *weights = DT__BUILDER_ARRAY(b, dt_exact, w->count);
    uint32_t *parties = DT__BUILDER_ARRAY(b, uint32_t, w->count);
    dt_status st;

    if (!no_deal || !weights || !parties) return DT_ERR_MEMORY;
    for (size_t d = 0; d < w->count; d++) {
        parties[d] = w->parties[d];
        no_deal[d] = in_units(b, dt__dimension(w, d), dt__dimension(w, d)->threshold);
        weights[d] = dt__builder_exact(b, w->weights[d]);
    }
    out->party_count = w->count;
    out->parties = parties;
    out->no_deal = no_deal;
    out->weights = weights;
    out->within = w->setting->within;
    out->searched = w->searched;
    out->undecided = !w->found;
    add_coalitions(b, out, w);
    if (w->found) {
        written frontier = {.answer = &out->frontier, .points = &w->frontier.points};
        bool known = dt__all_exact(w) && w->multiplicities_known;
        fill_set(b, &out->frontier, w, &w->frontier.points, &w->frontier.kind, points, w->frontier.exact, !w->searched,
                 NULL);
        add_epsilon(b, &out->frontier, w, false);
        fill_set(b, &out->rational, w, &w->rational, &w->kind, points, dt__all_exact(w), w->multiplicities_known,
                 is_part_of_frontier(w) && known == (w->frontier.exact && !w->searched) ? &frontier : NULL);
        add_epsilon(b, &out->rational, w, true);
        if ((st = add_ideals(b, out, w)) != DT_OK) return st;
    }
    return b->failed ? DT_ERR_MEMORY : DT_OK;
}

/* ---- solutions ---- */

static bool is_counted(const dt__bargain_work *w, const dt__points *points) {
    return points == &w->frontier.points ? !w->searched : w->multiplicities_known;
}

static void fill_solution(dt__builder *b, dt_solution *out, const dt__bargain_work *w, const dt__points *points,
                          const dt__points_kind *kind, const dt__choice *choice, const dt_frontier_answer *listed) {
    dt_frontier_point *list = DT__BUILDER_ARRAY(b, dt_frontier_point, choice->count);
    bool known = dt__all_exact(w) && is_counted(w, points);
    size_t at = 0;

    out->value = choice->value;
    out->ties = choice->count;
    out->degenerate = choice->degenerate;
    out->exact = choice->exact && dt__all_exact(w);
    out->points = list;
    if (known) out->outcomes = outcomes_of(b, points, kind, choice->chosen);
    for (size_t i = 0; list != NULL && i < points->count; i++) {
        if (!choice->chosen[i]) continue;
        if (listed != NULL && i < listed->point_count) list[at++] = listed->points[i];
        else dt__answer_point(b, &list[at++], w, points, kind, i, known);
    }
}

/* possible: outcomes may lie under the ceiling although none was found. */
static dt_solution_status status_of(const dt__bargain_work *w, dt_solution_kind kind, size_t points, bool possible) {
    if (w->ordinal) return DT_SOLUTION_ORDINAL;
    if (kind == DT_SOLUTION_EQUAL_AREA && w->count != 2) return DT_SOLUTION_TWO_PARTIES;
    if (points > 0) return DT_SOLUTION_FOUND;
    return possible ? DT_SOLUTION_UNDECIDED : DT_SOLUTION_NONE;
}

/* What is proven of the objective. */
static double bound_of(const dt_solution *s, const dt__bargain_work *w, const dt__ceiling *ceiling,
                       const dt__gains *gains) {
    if (s->kind == DT_SOLUTION_RAIFFA || s->kind == DT_SOLUTION_EQUAL_AREA || s->degenerate) return NAN;
    if (s->exact) return s->value;
    return fmax(s->value, dt__solution_bound(s->kind, ceiling, gains, w));
}

/* Sums are chosen by gains and shown as utilities. */
static double utility_sum(const dt__bargain_work *w, const dt__points *points, const dt__points_kind *kind,
                          const dt__choice *choice) {
    dt__rational sum = DT__RATIONAL(0), utility;
    double rounded = choice->value;
    size_t i = 0;
    bool fits = true;

    while (!choice->chosen[i]) i++;
    for (size_t d = 0; d < w->count; d++) {
        fits = fits && dt__coordinate_value(&utility, dt__dimension(w, d), dt__point_values(points, i, kind)[d]);
        fits = fits && dt__rational_add(&sum, sum, utility);
    }
    if (fits) return dt__rational_double(sum); /* otherwise there is no common unit in 128 bits */
    for (size_t d = 0; d < w->count; d++)
        rounded += (double)dt__dimension(w, d)->threshold / (double)dt__dimension(w, d)->unit;
    return rounded;
}

static bool is_sum(dt_solution_kind kind) {
    return kind == DT_SOLUTION_UTILITARIAN || kind == DT_SOLUTION_MAXIMUM_WELFARE;
}

/* What was written of the points that a solution chooses among, when it says the same of them. */
static const dt_frontier_answer *listed_points(const dt_bargain_format *answer, const dt__bargain_work *w,
                                               bool everywhere) {
    if (!everywhere) return &answer->rational;
    return dt__all_exact(w) == w->frontier.exact ? &answer->frontier : NULL;
}

/* Maximum welfare looks at every outcome; the others at those that nobody would refuse. */
static dt_status solve_one(dt__builder *b, dt_bargain_format *answer, const dt__bargain_work *w, dt_solution_kind kind,
                           const dt__gains *gains) {
    dt_solution *out = &answer->solutions[kind];
    bool everywhere = kind == DT_SOLUTION_MAXIMUM_WELFARE;
    const dt__points *points = everywhere ? &w->frontier.points : &w->rational;
    const dt__points_kind *shape = everywhere ? &w->frontier.kind : &w->kind;
    dt__arena arena;
    dt__ceiling ceiling = {0};
    dt__choice choice;
    dt_status st;

    dt__arena_init(&arena, b->env);
    st = w->found ? dt__ceiling_init(&ceiling, w, everywhere, &arena) : DT_OK;
    *out = (dt_solution){.kind = kind, .exact = w->found, .bound = NAN};
    out->status = status_of(w, kind, w->found ? points->count : 0, !w->found || ceiling.count > 0);
    if (out->status == DT_SOLUTION_UNDECIDED) out->exact = false;
    if (st != DT_OK || out->status != DT_SOLUTION_FOUND) {
        dt__arena_clear(&arena);
        return st;
    }
    st = dt__solve(&choice, kind, gains, &arena);
    if (st == DT_OK && is_sum(kind)) choice.value = utility_sum(w, points, shape, &choice);
    if (st == DT_OK) {
        fill_solution(b, out, w, points, shape, &choice, listed_points(answer, w, everywhere));
        out->bound = bound_of(out, w, &ceiling, gains);
    }
    dt__arena_clear(&arena);
    return st;
}

dt_status dt__answer_solutions(dt__builder *b, dt_bargain_format *out, const dt__bargain_work *w) {
    dt__gains rational, everywhere;
    dt__arena arena;
    dt_status st;

    dt__arena_init(&arena, b->env);
    st = dt__gains_init(&rational, &w->rational, w, &arena);
    if (st == DT_OK) st = dt__gains_init(&everywhere, &w->frontier.points, w, &arena);
    for (int kind = 0; kind < DT_SOLUTION_COUNT && st == DT_OK; kind++)
        st =
            solve_one(b, out, w, (dt_solution_kind)kind, kind == DT_SOLUTION_MAXIMUM_WELFARE ? &everywhere : &rational);
    dt__arena_clear(&arena);
    return st;
}
