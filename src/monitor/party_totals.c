/* Numbers that parties give for a period: running totals are differenced, parts are told from their totals, and sums
 * that do not add up are said to. */
#include <math.h>
#include <string.h>

#include "monitor/ledger.h"

static bool same_side(const dt__claim_in *a, const dt__claim_in *b) {
    return a->claimant == b->claimant && a->observer == b->observer && a->actor == b->actor &&
           a->outsider == b->outsider && a->stranger == b->stranger;
}

static bool is_counted(const dt__claim_in *c) {
    return c->total && !c->retracted && c->kind == DT__RECORD_ALLEGATION;
}

static bool lies_within(const dt__interval *part, const dt__interval *whole) {
    return part->lo >= whole->lo && part->hi <= whole->hi;
}

static const char *claimant_of(const dt__ledger *l, const dt__claim_in *c) {
    return c->claimant == DT__NOBODY ? "" : l->model->parties[c->claimant].id;
}

static dt_status tell(dt__ledger *l, dt_sum_flaw kind, const dt__claim_in *c, double parts, bool at_least) {
    dt_sum_finding f = {.kind = kind,
                        .claimant = claimant_of(l, c),
                        .claim = c->id,
                        .declared = c->low,
                        .parts = parts,
                        .at_least = at_least};
    return dt__vector_push(&l->sums, &f, l->env);
}

/* ---- running totals: the same start, the same act, growing with the end ---- */

static bool runs_on(const dt__claim_in *before, const dt__claim_in *after) {
    return same_side(before, after) && before->act == after->act && before->asset == after->asset &&
           before->when.lo == after->when.lo && before->when.hi < after->when.hi && before->low <= after->low &&
           before->counted != DT__COUNT_SUBSET && after->counted != DT__COUNT_SUBSET;
}

static dt_status difference(dt__ledger *l, dt__claim_in *c, const size_t *totals, size_t count) {
    const dt__claim_in *last = NULL;

    for (size_t k = 0; k < count; k++) {
        const dt__claim_in *other = dt__claim_at(l, totals[k]);
        if (runs_on(other, c) && (last == NULL || other->when.hi > last->when.hi)) last = other;
    }
    if (last == NULL) return DT_OK;
    c->less = last->low;
    return tell(l, DT_SUM_CUMULATIVE, c, last->low, isinf(last->high));
}

/* The part that is new happened after the total before. */
static void shorten(dt__ledger *l, const size_t *totals, size_t count) {
    for (size_t i = count; i-- > 0;) {
        dt__claim_in *c = dt__claim_at(l, totals[i]);
        dt__moment from = c->when.lo;
        if (c->less <= 0) continue;
        for (size_t k = 0; k < i; k++) {
            const dt__claim_in *other = dt__claim_at(l, totals[k]);
            if (runs_on(other, c) && other->when.hi > from) from = other->when.hi;
        }
        c->when.lo = from;
    }
}

/* ---- parts of a total ---- */

static bool is_wider(const dt__ledger *l, const dt__claim_in *whole, const dt__claim_in *part) {
    if (whole->act == part->act || part->act == DT__NOBODY) return false;
    if (whole->act == DT__NOBODY) return true;
    return strcmp(*DT__AT(l->acts, const char *, part->act), "any") != 0 && dt__act_below(l, part->act, whole->act);
}

/* The narrowest total that a number can be part of. */
static uint32_t whole_of(const dt__ledger *l, size_t part, const size_t *totals, size_t count) {
    const dt__claim_in *p = dt__claim_at(l, part), *best = NULL;
    uint32_t found = DT__NOBODY;

    for (size_t k = 0; k < count; k++) {
        const dt__claim_in *w = dt__claim_at(l, totals[k]);
        if (totals[k] == part || !same_side(w, p) || !lies_within(&p->when, &w->when) || !is_wider(l, w, p)) continue;
        if (best != NULL && !is_wider(l, best, w)) continue;
        best = w;
        found = (uint32_t)totals[k];
    }
    return found;
}

static dt_status check_sum(dt__ledger *l, size_t whole, const size_t *totals, size_t count) {
    dt__claim_in *w = dt__claim_at(l, whole);
    bool at_least = false, any = false;
    double sum = 0;

    for (size_t k = 0; k < count; k++) {
        const dt__claim_in *p = dt__claim_at(l, totals[k]);
        if (p->part_of != whole || p->counted == DT__COUNT_SUBSET) continue;
        w->parts += p->low;
        if (p->when.lo != w->when.lo || p->when.hi != w->when.hi) continue;
        any = true;
        sum += p->low;
        at_least = at_least || isinf(p->high);
    }
    return any && fabs(sum - w->low) > 0 ? tell(l, DT_SUM_DIFFERS, w, sum, at_least) : DT_OK;
}

dt_status dt__check_totals(dt__ledger *l) {
    size_t *totals = DT__ARENA_ARRAY(&l->scratch, size_t, l->claims.count), count = 0;
    dt_status st = DT_OK;

    if (totals == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < l->claims.count; i++)
        if (is_counted(dt__claim_at(l, i))) totals[count++] = i;
    for (size_t i = 0; i < count; i++) dt__claim_at(l, totals[i])->part_of = whole_of(l, totals[i], totals, count);
    for (size_t i = 0; st == DT_OK && i < count; i++) st = check_sum(l, totals[i], totals, count);
    for (size_t i = 0; st == DT_OK && i < count; i++) {
        const dt__claim_in *c = dt__claim_at(l, totals[i]);
        if (c->counted == DT__COUNT_SUBSET)
            st = tell(l, DT_SUM_SUBSET, c, c->part_of == DT__NOBODY ? NAN : dt__claim_at(l, c->part_of)->low, false);
    }
    for (size_t i = 0; st == DT_OK && i < count; i++) st = difference(l, dt__claim_at(l, totals[i]), totals, count);
    if (st == DT_OK) shorten(l, totals, count);
    return st;
}
