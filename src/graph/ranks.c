/* What states are worth: exact sums, truth vectors and places in a ranking become ranks.
 *
 * A term, an adjustment or a statement depends on a few issues only.  It belongs to the fastest of them, and is looked
 * at again only when the states that are gone through in order change that issue or a slower one. */
#include <string.h>

#include "graph/build.h"
#include "model/utility.h"

#define LARGEST_SUM ((dt__int128)1 << 120)
enum { CHUNK = 64 };

/* What is added to a state's sum: a table over one issue, or an amount where a condition holds or at the exit. */
typedef struct share {
    size_t level;   /* fastest varying issue it depends on; the graph's field_count: none */
    uint32_t issue; /* of the table */
    const dt__int128 *table;
    const dt__condition *when; /* NULL and no table: at the exit */
    dt__int128 amount;
} share;

typedef struct ranker {
    const dt__build *build;
    const dt__graph *graph;
    const dt__preferences *preferences;
    uint32_t party;
    dt__arena arena;
    dt__vector shares; /* share, slowest level first */
    dt__int128 unit;
    uint64_t *keys; /* per state */
} ranker;

/* ---- levels ---- */

static size_t level_of(const dt__graph *g, const dt__issue_set *scope) {
    for (size_t f = 0; f < g->field_count; f++) {
        if (dt__issue_set_has(scope, g->fields[f].issue)) return f;
    }
    return g->field_count;
}

static size_t condition_level(const dt__graph *g, const dt__condition *condition) {
    dt__issue_set scope = {{0}};
    dt__condition_scope(condition, &scope);
    return level_of(g, &scope);
}

static size_t issue_level(const dt__graph *g, uint32_t issue) {
    dt__issue_set scope = {{0}};
    dt__issue_set_add(&scope, issue);
    return level_of(g, &scope);
}

/* Leaving looks at every joint issue. */
static size_t exit_level(const dt__graph *g) {
    dt__issue_set scope = {{0}};
    for (uint32_t i = 0; i < g->model->issue_count; i++) {
        if (g->model->issues[i].decided_by == DT__NO_INDEX) dt__issue_set_add(&scope, i);
    }
    return level_of(g, &scope);
}

/* ---- sums ---- */

static dt_status too_large(const ranker *r) {
    return dt__too_large_number(r->graph->model, r->party, r->build->env);
}

static bool widen_unit(dt__int128 *unit, dt__rational value) {
    return dt__int128_lcm(unit, *unit, value.den) && *unit < LARGEST_SUM;
}

static bool in_unit(dt__int128 *out, dt__rational value, dt__int128 unit) {
    if (!dt__int128_mul(out, value.num, unit / value.den)) return false;
    return *out<LARGEST_SUM && * out> - LARGEST_SUM;
}

static dt_status term_value(dt__rational *value, const ranker *r, const dt__term *term, uint32_t option,
                            dt__rational weights) {
    return dt__term_utility(value, r->graph->model, r->build->situation->valuation, r->party, term, (dt__option)option,
                            weights, r->build->env);
}

static dt_status common_unit(ranker *r, dt__rational weights, dt__rational shift) {
    const dt__preferences *p = r->preferences;
    dt__rational value;
    dt_status st;

    r->unit = shift.den;
    for (size_t t = 0; t < p->term_count; t++) {
        for (uint32_t o = 0; o < r->graph->model->issues[p->terms[t].issue].option_count; o++) {
            if ((st = term_value(&value, r, &p->terms[t], o, weights)) != DT_OK) return st;
            if (!widen_unit(&r->unit, value)) return too_large(r);
        }
    }
    for (size_t a = 0; a < p->adjust_count; a++) {
        if (!widen_unit(&r->unit, r->build->situation->valuation->numbers[p->adjust[a].add])) return too_large(r);
    }
    return DT_OK;
}

static dt_status add_term(ranker *r, const dt__term *term, dt__rational weights) {
    uint32_t options = r->graph->model->issues[term->issue].option_count;
    dt__int128 *table = DT__ARENA_ARRAY(&r->arena, dt__int128, options);
    share s = {.level = issue_level(r->graph, term->issue), .issue = term->issue, .table = table};
    dt__rational value;
    dt_status st;

    if (table == NULL) return DT_ERR_MEMORY;
    for (uint32_t o = 0; o < options; o++) {
        if ((st = term_value(&value, r, term, o, weights)) != DT_OK) return st;
        if (!in_unit(&table[o], value, r->unit)) return too_large(r);
    }
    return dt__vector_push(&r->shares, &s, r->build->env);
}

static dt_status add_amount(ranker *r, size_t level, const dt__condition *when, dt__rational value) {
    share s = {.level = level, .when = when};

    if (!in_unit(&s.amount, value, r->unit)) return too_large(r);
    return dt__vector_push(&r->shares, &s, r->build->env);
}

/* What no deal is worth beyond the utility of its terms: a stated reservation value, and drift. */
static dt_status exit_shift(dt__rational *shift, const ranker *r) {
    const dt__situation *s = r->build->situation;
    dt__rational utility, reservation;
    dt_status st;

    *shift = DT__RATIONAL(0);
    if (exit_level(r->graph) == r->graph->field_count && r->graph->anchor_count == 1)
        return DT_OK; /* all states alike */
    if ((st = dt__utility(&utility, s->model, s->valuation, r->party, s->no_deal, r->build->env)) != DT_OK) return st;
    st = dt__reservation(&reservation, s->model, s->valuation, r->party, s->no_deal, s->months, r->build->env);
    if (st != DT_OK) return st;
    return dt__rational_sub(shift, reservation, utility) ? DT_OK : too_large(r);
}

static dt_status add_shares(ranker *r) {
    const dt__preferences *p = r->preferences;
    const dt__situation *s = r->build->situation;
    dt__rational weights = DT__RATIONAL(1), shift;
    dt_status st;

    if (p->term_count > 0 && (st = dt__weight_sum(&weights, s->model, s->valuation, r->party, r->build->env)) != DT_OK)
        return st;
    if ((st = exit_shift(&shift, r)) != DT_OK) return st;
    if ((st = common_unit(r, weights, shift)) != DT_OK) return st;
    for (size_t t = 0; t < p->term_count; t++) {
        if ((st = add_term(r, &p->terms[t], weights)) != DT_OK) return st;
    }
    for (size_t a = 0; a < p->adjust_count; a++) {
        const dt__adjust *adjust = &p->adjust[a];
        st = add_amount(r, condition_level(r->graph, adjust->when), adjust->when, s->valuation->numbers[adjust->add]);
        if (st != DT_OK) return st;
    }
    return shift.num == 0 ? DT_OK : add_amount(r, exit_level(r->graph), NULL, shift);
}

/* The sums of all states lie between the two. */
static bool bound_sums(const ranker *r, dt__int128 *low, dt__int128 *high) {
    *low = *high = 0;
    for (size_t i = 0; i < r->shares.count; i++) {
        const share *s = DT__AT(r->shares, share, i);
        dt__int128 least = s->amount < 0 ? s->amount : 0, most = s->amount > 0 ? s->amount : 0;
        if (s->table != NULL) {
            least = most = s->table[0];
            for (uint32_t o = 1; o < r->graph->model->issues[s->issue].option_count; o++) {
                if (s->table[o] < least) least = s->table[o];
                if (s->table[o] > most) most = s->table[o];
            }
        }
        *low += least;
        *high += most;
        if (*low <= -LARGEST_SUM || *high >= LARGEST_SUM) return false;
    }
    return true;
}

static dt__int128 share_of(const share *s, const dt__graph *g, const dt__option *outcome) {
    if (s->table != NULL) return s->table[outcome[s->issue]];
    if (s->when != NULL) return dt__condition_holds(s->when, outcome) ? s->amount : 0;
    return dt__graph_at_exit(g, outcome) ? s->amount : 0;
}

static void sort_shares(ranker *r) {
    for (size_t i = 1; i < r->shares.count; i++) {
        share moved = *DT__AT(r->shares, share, i);
        size_t j = i;
        for (; j > 0 && DT__AT(r->shares, share, j - 1)->level < moved.level; j--)
            *DT__AT(r->shares, share, j) = *DT__AT(r->shares, share, j - 1);
        *DT__AT(r->shares, share, j) = moved;
    }
}

/* Keys: the sums less the least, low or high 64 bits. sums[f] holds what levels f and slower come to. */
static dt_status sum_keys(ranker *r, dt__int128 least, unsigned shift) {
    const dt__graph *g = r->graph;
    dt__int128 *sums = DT__ARENA_ARRAY(&r->arena, dt__int128, g->field_count + 2);
    size_t *first = DT__ARENA_ARRAY(&r->arena, size_t, g->field_count + 2); /* shares of level f end there */
    dt__stepper stepper;
    size_t changed = g->field_count;

    if (sums == NULL || first == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < r->shares.count; i++) first[DT__AT(r->shares, share, i)->level] = i + 1;
    for (size_t f = g->field_count + 1; f-- > 0;) {
        if (first[f] == 0) first[f] = first[f + 1];
    }
    sums[g->field_count + 1] = -least;
    dt__stepper_begin(&stepper, g);
    for (size_t s = 0; s < g->state_count; s++) {
        if (s > 0) changed = dt__stepper_next(&stepper);
        for (size_t f = changed + 1; f-- > 0;) {
            sums[f] = sums[f + 1];
            for (size_t i = first[f + 1]; i < first[f]; i++)
                sums[f] += share_of(DT__AT(r->shares, share, i), g, stepper.outcome);
        }
        r->keys[s] = (uint64_t)((dt__uint128)sums[0] >> shift);
    }
    return DT_OK;
}

/* ---- keys become ranks ---- */

/* Of two orders the first decides, the second among its ties. */
static dt_status refine(dt__rank *ranks, size_t *count, ranker *r) {
    size_t n = r->graph->state_count;
    uint32_t *finer = DT__ARRAY(r->build->env, uint32_t, n);
    dt_status st = finer == NULL ? DT_ERR_MEMORY : DT_OK;

    if (st == DT_OK) st = dt__dense_numbers(finer, count, r->keys, n, r->build->env);
    if (st == DT_OK) {
        uint64_t width = *count;
        for (size_t s = 0; s < n; s++) r->keys[s] = ranks[s] * width + finer[s];
        st = dt__dense_numbers(ranks, count, r->keys, n, r->build->env);
    }
    DT__FREE(r->build->env, finer, n);
    return st;
}

static dt_status rank_sums(dt__rank *ranks, ranker *r) {
    dt__int128 low, high;
    size_t count;
    dt_status st = add_shares(r);

    if (st != DT_OK) return st;
    if (!bound_sums(r, &low, &high)) return too_large(r);
    sort_shares(r);
    if (high - low > UINT64_MAX) {
        if ((st = sum_keys(r, low, 64)) != DT_OK) return st;
        st = dt__dense_numbers(ranks, &count, r->keys, r->graph->state_count, r->build->env);
        if (st != DT_OK || (st = sum_keys(r, low, 0)) != DT_OK) return st;
        return refine(ranks, &count, r);
    }
    if ((st = sum_keys(r, low, 0)) != DT_OK) return st;
    return dt__dense_numbers(ranks, &count, r->keys, r->graph->state_count, r->build->env);
}

/* ---- statements ---- */

/* Truths of statements from..from+63 as bits, the most important one highest; bits[f] those of levels f and slower. */
static dt_status truth_keys(ranker *r, size_t from) {
    const dt__graph *g = r->graph;
    const dt__preferences *p = r->preferences;
    size_t count = p->priority_count - from < CHUNK ? p->priority_count - from : CHUNK, level[CHUNK];
    uint64_t *bits = DT__ARENA_ARRAY(&r->arena, uint64_t, g->field_count + 2);
    uint64_t *members = DT__ARENA_ARRAY(&r->arena, uint64_t, g->field_count + 2); /* statements of a level */
    dt__stepper stepper;
    size_t changed = g->field_count;

    if (bits == NULL || members == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) {
        level[i] = condition_level(g, p->priorities[from + i].when);
        members[level[i]] |= UINT64_C(1) << i;
    }
    dt__stepper_begin(&stepper, g);
    for (size_t s = 0; s < g->state_count; s++) {
        if (s > 0) changed = dt__stepper_next(&stepper);
        for (size_t f = changed + 1; f-- > 0;) {
            bits[f] = bits[f + 1];
            for (uint64_t rest = members[f]; rest != 0; rest &= rest - 1) {
                size_t i = (size_t)__builtin_ctzll(rest);
                if (dt__condition_holds(p->priorities[from + i].when, stepper.outcome))
                    bits[f] |= UINT64_C(1) << (count - 1 - i);
            }
        }
        r->keys[s] = bits[0];
    }
    return DT_OK;
}

static dt_status rank_statements(dt__rank *ranks, ranker *r) {
    size_t count = 1;
    dt_status st = DT_OK;

    for (size_t from = 0; from < r->preferences->priority_count && st == DT_OK; from += CHUNK) {
        if ((st = truth_keys(r, from)) != DT_OK) return st;
        if (from == 0) st = dt__dense_numbers(ranks, &count, r->keys, r->graph->state_count, r->build->env);
        else st = refine(ranks, &count, r);
        if (st == DT_OK) st = dt__poll(r->build->env);
    }
    return st;
}

/* ---- rankings ---- */

static bool agrees(const dt__ranked *entry, const dt__option *outcome, size_t issues) {
    for (size_t i = 0; i < issues; i++) {
        if (entry->options[i] != DT__NO_OPTION && entry->options[i] != outcome[i]) return false;
    }
    return true;
}

/* Does it say where every varying issue stands?  Then it is one state per anchor. */
static bool names_all(const dt__graph *g, const dt__ranked *entry) {
    for (size_t f = 0; f < g->field_count; f++) {
        if (entry->options[g->fields[f].issue] == DT__NO_OPTION) return false;
    }
    return true;
}

static void place_one(ranker *r, const dt__ranked *entry) {
    const dt__graph *g = r->graph;
    size_t issues = g->model->issue_count;
    dt__option outcome[DT__MAX_ISSUES];

    for (size_t a = 0; a < g->anchor_count; a++) {
        dt__state s;
        memcpy(outcome, g->anchors + a * issues, issues * sizeof *outcome);
        for (size_t f = 0; f < g->field_count; f++) outcome[g->fields[f].issue] = entry->options[g->fields[f].issue];
        if (!agrees(entry, outcome, issues)) continue;
        s = dt__graph_find(g, outcome);
        if (s != DT__NO_STATE && r->keys[s] > entry->rank) r->keys[s] = entry->rank;
    }
}

static void place_several(ranker *r, const dt__ranked *entry) {
    const dt__graph *g = r->graph;
    dt__stepper stepper;

    dt__stepper_begin(&stepper, g);
    for (size_t s = 0; s < g->state_count; s++) {
        if (s > 0) (void)dt__stepper_next(&stepper);
        if (r->keys[s] > entry->rank && agrees(entry, stepper.outcome, g->model->issue_count)) r->keys[s] = entry->rank;
    }
}

static dt_status rank_places(dt__rank *ranks, ranker *r) {
    const dt__preferences *p = r->preferences;
    size_t count;
    dt_status st = DT_OK;

    for (size_t s = 0; s < r->graph->state_count; s++) r->keys[s] = p->rank_count;
    for (size_t e = 0; e < p->ranked_count && st == DT_OK; e++) {
        if (names_all(r->graph, &p->ranked[e])) place_one(r, &p->ranked[e]);
        else place_several(r, &p->ranked[e]);
        if (e % 256 == 0) st = dt__poll(r->build->env);
    }
    for (size_t s = 0; s < r->graph->state_count; s++) r->keys[s] = p->rank_count - r->keys[s];
    return st != DT_OK ? st : dt__dense_numbers(ranks, &count, r->keys, r->graph->state_count, r->build->env);
}

dt_status dt__ranks_fill(dt__rank *ranks, const dt__build *b, uint32_t party) {
    ranker r = {.build = b,
                .graph = b->graph,
                .preferences = b->graph->model->parties[party].preferences,
                .party = party,
                .shares = DT__VECTOR(share)};
    dt_status st = DT_ERR_MEMORY;

    dt__arena_init(&r.arena, b->env);
    r.keys = DT__ARRAY(b->env, uint64_t, b->graph->state_count);
    if (r.keys != NULL) {
        switch (r.preferences->form) {
        case DT__FORM_PRIORITIES: st = rank_statements(ranks, &r); break;
        case DT__FORM_RANKING: st = rank_places(ranks, &r); break;
        case DT__FORM_COMPARISONS: st = DT_OK; break; /* no order: all 0 */
        case DT__FORM_ADDITIVE:
        case DT__FORM_SPATIAL: st = rank_sums(ranks, &r); break;
        }
    }
    DT__FREE(b->env, r.keys, b->graph->state_count);
    dt__vector_clear(&r.shares, b->env);
    dt__arena_clear(&r.arena);
    return st;
}
