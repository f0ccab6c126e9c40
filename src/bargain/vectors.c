/* The frontier of a format, and its rational part under the consent rule. */
#include <string.h>

#include "bargain/work.h"
#include "space/width.h"
#include "space/zones.h"

enum { MAX_POINTS = 4000000, MAX_COUNTED = 4096, WIDE = 1 << 14, SEARCH_NODES = 600000, DRAW_NODES = 30000 };
static const double coarser[] = {0.001, 0.01, 0.1}; /* shares of a range, tried when an exact frontier is too large */

dt_status dt__bargain_work_init(dt__bargain_work *w, const dt__format *format, const dt__setting *setting,
                                double epsilon, dt_env *env) {
    dt__party_set all = dt__consent_parties(&format->consent);
    dt_status st;

    *w = (dt__bargain_work){.format = format, .setting = setting, .epsilon = epsilon};
    w->winning.sets = DT__VECTOR(dt__party_set);
    dt__arena_init(&w->arena, env);
    if ((st = dt__problem_init(&w->problem, &setting->situation, &format->agenda, env)) != DT_OK) return st;
    for (uint32_t p = 0; p < DT__MAX_PARTIES; p++) {
        if (!(all >> p & 1)) continue;
        w->coordinates[w->count] = w->problem.coordinate_of[p];
        w->parties[w->count++] = p;
        w->ordinal |= DT__COORDINATE(&w->problem, w->problem.coordinate_of[p])->ordinal;
    }
    return dt__winning_sets_init(&w->winning, &format->consent, env);
}

void dt__bargain_work_clear(dt__bargain_work *w, dt_env *env) {
    if (w->setting == NULL) return;
    for (size_t i = 0; i < w->coalition_count; i++) dt__frontier_clear(&w->coalitions[i]);
    if (w->coalitions != NULL) DT__FREE(env, w->coalitions, w->coalition_count);
    dt__frontier_clear(&w->frontier);
    dt__vector_clear(&w->winning.sets, env);
    dt__arena_clear(&w->arena);
    dt__problem_clear(&w->problem);
    *w = (dt__bargain_work){0};
}

void dt__values_at(dt__int128 *values, const dt__bargain_work *w, const dt__option *outcome) {
    const dt__problem *p = &w->problem;
    dt__option assignment[DT__MAX_ISSUES];

    for (uint32_t v = 0; v < p->var_count; v++) assignment[v] = outcome[p->issues[v]];
    for (size_t d = 0; d < w->count; d++) {
        values[d] = 0;
        for (size_t i = 0; i < p->factors.count; i++) {
            const dt__factor *f = DT__FACTOR(p, i);
            if (f->kind == DT__FACTOR_SUM && f->target == w->coordinates[d])
                values[d] += f->sums[dt__factor_index(f, assignment)];
        }
    }
}

/* ---- one frontier ---- */

dt_status dt__bargain_query(dt__query *q, const dt__bargain_work *w, dt__party_set keeping, dt_env *env) {
    const dt__problem *p = &w->problem;
    dt_status st = dt__query_init(q, p, env);

    if (st != DT_OK) return st;
    if (w->setting->within != DT__NO_INDEX)
        q->bit_roles[dt__problem_bit(p, DT__BIT_SCENARIO, DT__NO_INDEX, w->setting->within)] = DT__HARD;
    for (uint32_t party = 0; party < DT__MAX_PARTIES; party++) {
        if (keeping >> party & 1) dt__query_party(q, party, DT__HARD);
    }
    for (size_t d = 0; d < w->count; d++) q->coordinate_roles[w->coordinates[d]] = DT__SOFT;
    return DT_OK;
}

/* Boxes so small that all joins together lose no more than a share of each party's range. */
static void set_grains(dt__frontier_limits *limits, const dt__bargain_work *w, double share, size_t joins) {
    const dt__problem *p = &w->problem;

    for (size_t d = 0; d < w->count; d++) {
        double range = 0;
        for (size_t i = 0; i < p->factors.count; i++) {
            const dt__factor *f = DT__FACTOR(p, i);
            dt__int128 low, high;
            if (f->kind != DT__FACTOR_SUM || f->target != w->coordinates[d]) continue;
            low = high = f->sums[0];
            for (size_t j = 1; j < f->size; j++) {
                if (f->sums[j] < low) low = f->sums[j];
                if (f->sums[j] > high) high = f->sums[j];
            }
            range += (double)(high - low);
        }
        limits->grain[d] = (dt__int128)(share * range / (double)joins) + 1;
    }
}

static dt_status find_once(dt__frontier *f, const dt__bargain_work *w, const dt__query *q, double share, dt_env *env) {
    dt__frontier_limits limits = {.points = MAX_POINTS};
    dt_status st;

    if (share > 0) set_grains(&limits, w, share, w->problem.var_count + 1);
    st = dt__frontier_find(f, q, w->coordinates, w->count, &limits, env);
    if (st != DT_OK) dt__frontier_clear(f);
    return st;
}

/* By elimination: exact if it can be, otherwise as fine as it can be. */
static dt_status eliminate(dt__frontier *f, const dt__bargain_work *w, const dt__query *q, dt_env *env) {
    dt_status st = find_once(f, w, q, w->epsilon, env);

    for (size_t i = 0; st == DT_ERR_LIMIT && i < sizeof coarser / sizeof *coarser && !dt__overdue(env); i++) {
        if (coarser[i] > w->epsilon) st = find_once(f, w, q, coarser[i], env);
    }
    return st;
}

/* By search, zone after zone. */
static dt_status search(dt__frontier *f, dt__bargain_work *w, const dt__query *q, dt_env *env) {
    uint64_t nodes = w->without_recount ? DRAW_NODES : SEARCH_NODES; /* of many draws each gets less */
    dt__zone_limits limits = {.nodes = env->opts.time_limit > 0 ? UINT64_MAX : nodes};
    dt__frontier_limits grains = {0};
    dt__int128 bounds[DT__MAX_PARTIES];
    dt_status st;

    if (w->epsilon > 0) set_grains(&grains, w, w->epsilon, 1);
    memcpy(limits.grain, grains.grain, sizeof limits.grain);
    st = dt__zones_search(f, bounds, q, w->coordinates, w->count, &limits, env);
    if (st != DT_OK) {
        dt__frontier_clear(f);
        return st;
    }
    w->searched = true;
    if (f != &w->frontier) return DT_OK;
    memcpy(w->bounds, bounds, w->count * sizeof *bounds);
    w->bounded = true;
    return DT_OK;
}

/* A wide query is searched first, a narrow one eliminated first.  DT_ERR_LIMIT when neither leads anywhere. */
static dt_status find_frontier(dt__frontier *f, dt__bargain_work *w, dt__party_set keeping, dt_env *env) {
    double width;
    dt__query q;
    dt_status st = dt__bargain_query(&q, w, keeping, env);

    if (st != DT_OK) return st;
    DT__TRY(dt__width(&width, &q, env));
    st = width > WIDE ? search(f, w, &q, env) : eliminate(f, w, &q, env);
    if (st == DT_ERR_LIMIT && !dt__overdue(env)) st = width > WIDE ? eliminate(f, w, &q, env) : search(f, w, &q, env);
done:
    dt__query_clear(&q, env);
    return st;
}

/* ---- the rational part ---- */

bool dt__reaches_no_deal(const dt__bargain_work *w, const dt__int128 *values, dt__party_set members) {
    for (size_t d = 0; d < w->count; d++) {
        if ((members >> w->parties[d] & 1) && values[d] < dt__dimension(w, d)->threshold) return false;
    }
    return true;
}

static size_t count_rational(const dt__bargain_work *w, const dt__frontier *f, dt__party_set members) {
    size_t count = 0;
    for (size_t i = 0; i < f->points.count; i++)
        count += dt__reaches_no_deal(w, dt__point_values(&f->points, i, &f->kind), members);
    return count;
}

/* Appends the rational points of a frontier; multiplicities are widened to those of the target. */
static void append_rational(dt__points *out, const dt__points_kind *kind, const dt__bargain_work *w,
                            const dt__frontier *f, dt__party_set members) {
    for (size_t i = 0; i < f->points.count; i++) {
        const dt__int128 *values = dt__point_values(&f->points, i, &f->kind);
        if (!dt__reaches_no_deal(w, values, members)) continue;
        memcpy(dt__point_values(out, out->count, kind), values, kind->dimensions * sizeof *values);
        memcpy(dt__point_multiplicity(out, out->count, kind), dt__point_multiplicity(&f->points, i, &f->kind),
               f->kind.limbs * sizeof(dt__limb));
        out->origins[out->count++] = f->points.origins[i];
    }
}

const dt__frontier *dt__coalition_frontier(const dt__bargain_work *w, size_t set) {
    return w->coalition_count > 0 ? &w->coalitions[set] : &w->frontier;
}

/* Equal vectors of several winning sets are the same outcomes: kept once, their multiplicities not added up. */
static void drop_repeated(dt__points *p, const dt__points_kind *kind) {
    size_t kept = 0;

    for (size_t i = 0; i < p->count; i++) {
        const dt__int128 *v = dt__point_values(p, i, kind);
        size_t twin = 0;
        while (twin < kept && memcmp(dt__point_values(p, twin, kind), v, kind->dimensions * sizeof *v) != 0) twin++;
        if (twin < kept) {
            p->origins[twin] = dt__origin_smaller(p->origins[twin], p->origins[i]);
            continue;
        }
        memmove(dt__point_values(p, kept, kind), v, kind->dimensions * sizeof *v);
        memmove(dt__point_multiplicity(p, kept, kind), dt__point_multiplicity(p, i, kind),
                kind->limbs * sizeof(dt__limb));
        p->origins[kept++] = p->origins[i];
    }
    p->count = kept;
}

static dt_status join_coalitions(dt__bargain_work *w, dt_env *env) {
    size_t room = 0, sets = w->winning.sets.count;
    dt_status st;

    w->kind =
        (dt__points_kind){.dimensions = w->count, .limbs = 1, .arena = &w->arena, .overflow = &w->frontier.overflow};
    for (size_t s = 0; s < sets; s++) {
        const dt__frontier *f = dt__coalition_frontier(w, s);
        w->coalition_vectors[s] = count_rational(w, f, *DT__AT(w->winning.sets, dt__party_set, s));
        room += w->coalition_vectors[s];
        if (f->kind.limbs > w->kind.limbs) w->kind.limbs = f->kind.limbs;
    }
    if ((st = dt__points_new(&w->rational, room, &w->kind)) != DT_OK) return st;
    w->rational.count = 0;
    for (size_t s = 0; s < sets; s++)
        append_rational(&w->rational, &w->kind, w, dt__coalition_frontier(w, s),
                        *DT__AT(w->winning.sets, dt__party_set, s));
    if (sets == 1) return DT_OK;
    drop_repeated(&w->rational, &w->kind);
    return dt__points_filter(&w->rational, &w->kind, env);
}

/* ---- multiplicities where several winning sets keep different red lines ----
 *
 * The vector is not dominated within the zone: outcomes of the zone worth at least as much to everybody are exactly
 * those that attain it.  They lie in the union, over the winning sets that it satisfies, of the outcomes that keep a
 * set's red lines: counted by inclusion and exclusion. */

enum { MAX_UNIONS = 1024 };

/* Unions of winning sets, and how often each is counted: 1 - product over the sets of (1 - set), multiplied out. */
typedef struct union_term {
    dt__party_set parties;
    int64_t times;
} union_term;

/* Outcomes worth at least `values` to everybody that keep the red lines of some parties. */
static dt_status count_keeping(dt__tally *tally, dt__bargain_work *w, const dt__int128 *values, dt__party_set keeping,
                               dt_env *env) {
    dt__problem there = w->problem; /* the same factors, other thresholds */
    dt__coordinate thresholds[2 * DT__MAX_PARTIES];
    dt__query q;
    dt_status st;

    memcpy(thresholds, there.coordinates.items, there.coordinates.count * sizeof *thresholds);
    there.coordinates.items = thresholds;
    if ((st = dt__query_init(&q, &there, env)) != DT_OK) return st;
    if (w->setting->within != DT__NO_INDEX)
        q.bit_roles[dt__problem_bit(&there, DT__BIT_SCENARIO, DT__NO_INDEX, w->setting->within)] = DT__HARD;
    for (size_t d = 0; d < w->count; d++) {
        if (keeping >> w->parties[d] & 1) dt__query_party(&q, w->parties[d], DT__HARD);
        thresholds[w->coordinates[d]].threshold = values[d];
        q.coordinate_roles[w->coordinates[d]] = DT__HARD;
    }
    st = dt__walk_count(tally, &q, NULL, &w->setting->limits, env);
    dt__query_clear(&q, env);
    return st;
}

static dt_status add_term(dt__vector *terms, dt__party_set parties, int64_t times, dt_env *env) {
    for (size_t i = 0; i < terms->count; i++) {
        union_term *t = DT__AT(*terms, union_term, i);
        if (t->parties != parties) continue;
        t->times += times;
        return DT_OK;
    }
    return dt__vector_push(terms, &(union_term){.parties = parties, .times = times}, env);
}

/* The terms for the winning sets whose members all reach no deal at this vector. */
static dt_status unite_sets(dt__vector *terms, const dt__bargain_work *w, const dt__int128 *values, dt_env *env) {
    dt_status st = add_term(terms, 0, -1, env);

    for (size_t s = 0; s < w->winning.sets.count && terms->count <= MAX_UNIONS; s++) {
        dt__party_set set = *DT__AT(w->winning.sets, dt__party_set, s);
        size_t before = terms->count;
        int64_t times[MAX_UNIONS + 1];
        if (!dt__reaches_no_deal(w, values, set)) continue;
        for (size_t i = 0; i < before; i++) times[i] = DT__AT(*terms, union_term, i)->times;
        for (size_t i = 0; i < before && st == DT_OK; i++)
            st = add_term(terms, DT__AT(*terms, union_term, i)->parties | set, -times[i], env);
    }
    return st;
}

static dt_status recount(dt__bargain_work *w, size_t i, dt_env *env) {
    const dt__int128 *values = dt__point_values(&w->rational, i, &w->kind);
    dt__limb more[DT__COUNT_MAX_LIMBS] = {0}, less[DT__COUNT_MAX_LIMBS] = {0};
    size_t limbs = w->problem.limbs + 1;
    dt__vector terms = DT__VECTOR(union_term);
    dt__tally *tally = DT__NEW(env, dt__tally);
    dt_status st = tally == NULL ? DT_ERR_MEMORY : unite_sets(&terms, w, values, env);

    if (terms.count > MAX_UNIONS) w->multiplicities_known = false;
    for (size_t t = 0; t < terms.count && w->multiplicities_known && st == DT_OK; t++) {
        const union_term *term = DT__AT(terms, union_term, t);
        if (term->parties == 0 || term->times == 0) continue;
        st = count_keeping(tally, w, values, term->parties, env);
        w->multiplicities_known &= tally->exact;
        dt__count_scale(tally->count, (uint64_t)(term->times < 0 ? -term->times : term->times), limbs);
        dt__count_add(term->times > 0 ? more : less, tally->count, limbs);
    }
    dt__count_sub(more, less, limbs);
    memcpy(dt__point_multiplicity(&w->rational, i, &w->kind), more, w->kind.limbs * sizeof *more);
    dt__vector_clear(&terms, env);
    if (tally != NULL) DT__FREE(env, tally, 1);
    return st;
}

static dt_status recount_all(dt__bargain_work *w, dt_env *env) {
    dt_status st = DT_OK;

    if (w->without_recount || w->searched || w->rational.count > MAX_COUNTED) w->multiplicities_known = false;
    for (size_t i = 0; i < w->rational.count && w->multiplicities_known && st == DT_OK; i++) st = recount(w, i, env);
    return st;
}

/* ---- the whole ---- */

static bool has_red_lines(const dt__bargain_work *w) {
    for (size_t d = 0; d < w->count; d++) {
        if (w->setting->situation.model->parties[w->parties[d]].preferences->red_line_count > 0) return true;
    }
    return false;
}

/* With red lines each minimal winning set has a frontier of its own; without, thresholds alone tell the zones apart. */
static dt_status find_coalitions(dt__bargain_work *w, dt_env *env) {
    dt_status st = DT_OK;

    if (!has_red_lines(w)) return DT_OK;
    if (w->winning.sets.count > DT__MAX_FRONTIERS) return DT_ERR_LIMIT;
    w->coalitions = DT__ARRAY(env, dt__frontier, w->winning.sets.count);
    if (w->coalitions == NULL) return DT_ERR_MEMORY;
    w->coalition_count = w->winning.sets.count;
    for (size_t s = 0; s < w->coalition_count && st == DT_OK; s++) {
        st = find_frontier(&w->coalitions[s], w, *DT__AT(w->winning.sets, dt__party_set, s), env);
    }
    return st;
}

dt_status dt__find_vectors(dt__bargain_work *w, dt_env *env) {
    dt_status st;

    w->multiplicities_known = true;
    w->coalition_vectors = DT__ARENA_ARRAY(&w->arena, size_t, w->winning.sets.count);
    if (w->coalition_vectors == NULL) return DT_ERR_MEMORY;
    st = w->winning.complete ? find_frontier(&w->frontier, w, 0, env) : DT_ERR_LIMIT;
    if (st == DT_OK) st = find_coalitions(w, env);
    w->found = st == DT_OK;
    if (st == DT_ERR_LIMIT) return DT_OK; /* said in the answer */
    if (w->searched) w->multiplicities_known = false;
    if (st == DT_OK) st = join_coalitions(w, env);
    if (st == DT_OK && w->coalition_count > 1) st = recount_all(w, env);
    return st;
}
