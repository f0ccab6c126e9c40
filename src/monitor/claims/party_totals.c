/* Numbers that parties give for a period: running totals are differenced, parts are told from their totals, and sums
 * that do not add up are said to. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "monitor/ledger.h"

/* In order of their beginnings. */
typedef struct totals {
    dt__ledger *l;
    size_t *list; /* claims */
    size_t count;
    dt__moment longest; /* of their periods */
} totals;

/* The first of the first `count` that begins at a moment or later. */
static size_t first_from(const totals *t, size_t count, dt__moment moment) {
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (dt__claim_at(t->l, t->list[middle])->when.lo >= moment) high = middle;
        else low = middle + 1;
    }
    return low;
}

static bool is_open(const dt__interval *when) {
    return when->lo == DT__MOMENT_ALWAYS || when->hi == DT__MOMENT_NEVER;
}

/* What holds a period begins no earlier than the longest period before its end. */
static size_t first_holding(const totals *t, const dt__interval *when) {
    if (t->longest == DT__MOMENT_NEVER || is_open(when)) return 0;
    return first_from(t, t->count, when->hi - t->longest);
}

/* Observers are each a side of their own. */
static bool same_side(const dt__claim_in *a, const dt__claim_in *b) {
    if (a->observer && a->source != b->source) return false;
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
                        .declared = c->rest->low,
                        .parts = parts,
                        .at_least = at_least};
    return dt__vector_push(&l->sums, &f, l->env);
}

/* ---- running totals: the same start, the same act, growing with the end ---- */

static bool runs_on(const dt__claim_in *before, const dt__claim_in *after) {
    return same_side(before, after) && before->act == after->act && before->asset == after->asset &&
           before->when.lo == after->when.lo && before->when.hi < after->when.hi &&
           before->rest->low <= after->rest->low && before->counted != DT__COUNT_SUBSET &&
           after->counted != DT__COUNT_SUBSET;
}

static dt_status difference(const totals *t, size_t index) {
    dt__claim_in *c = dt__claim_at(t->l, t->list[index]);
    const dt__claim_in *last = NULL;

    for (size_t k = first_from(t, index, c->when.lo); k < index; k++) {
        const dt__claim_in *other = dt__claim_at(t->l, t->list[k]);
        if (runs_on(other, c) && (last == NULL || other->when.hi > last->when.hi)) last = other;
    }
    if (last == NULL) return DT_OK;
    c->rest->less = last->rest->low;
    return tell(t->l, DT_SUM_CUMULATIVE, c, last->rest->low, isinf(last->rest->high));
}

/* The part that is new happened after the total before. */
static void shorten(const totals *t) {
    for (size_t i = t->count; i-- > 0;) {
        dt__claim_in *c = dt__claim_at(t->l, t->list[i]);
        dt__moment from = c->when.lo;
        if (c->rest->less <= 0) continue;
        for (size_t k = first_from(t, i, c->when.lo); k < i; k++) {
            const dt__claim_in *other = dt__claim_at(t->l, t->list[k]);
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
static uint32_t whole_of(const totals *t, size_t part) {
    const dt__claim_in *p = dt__claim_at(t->l, part), *best = NULL;
    uint32_t found = DT__NOBODY;

    for (size_t k = first_holding(t, &p->when); k < t->count; k++) {
        const dt__claim_in *w = dt__claim_at(t->l, t->list[k]);
        if (w->when.lo > p->when.lo) break;
        if (t->list[k] == part || !same_side(w, p) || !lies_within(&p->when, &w->when) || !is_wider(t->l, w, p))
            continue;
        if (best != NULL && !is_wider(t->l, best, w)) continue;
        best = w;
        found = (uint32_t)t->list[k];
    }
    return found;
}

static dt_status check_sum(const totals *t, size_t whole) {
    dt__claim_in *w = dt__claim_at(t->l, whole);
    bool at_least = false, any = false;
    double sum = 0;

    for (size_t k = first_from(t, t->count, w->when.lo); k < t->count; k++) {
        const dt__claim_in *p = dt__claim_at(t->l, t->list[k]);
        if (p->when.lo > w->when.hi) break;
        if (p->rest->part_of != whole || p->counted == DT__COUNT_SUBSET) continue;
        w->rest->parts += p->rest->low;
        if (p->when.lo != w->when.lo || p->when.hi != w->when.hi) continue;
        any = true;
        sum += p->rest->low;
        at_least = at_least || isinf(p->rest->high);
    }
    return any && fabs(sum - w->rest->low) > 0 ? tell(t->l, DT_SUM_DIFFERS, w, sum, at_least) : DT_OK;
}

static dt_status tell_subset(const totals *t, size_t subset) {
    const dt__claim_in *c = dt__claim_at(t->l, subset);

    if (c->counted != DT__COUNT_SUBSET) return DT_OK;
    return tell(t->l, DT_SUM_SUBSET, c,
                c->rest->part_of == DT__NOBODY ? NAN : dt__claim_at(t->l, c->rest->part_of)->rest->low, false);
}

/* ---- occurrences told of one by one, by those who also give a total ---- */

typedef struct span_of_total {
    dt__moment lo;
    size_t claim;
} span_of_total;

static int by_beginning(const void *a, const void *b) {
    const span_of_total *x = a, *y = b;

    if (x->lo != y->lo) return x->lo < y->lo ? -1 : 1;
    return (x->claim > y->claim) - (x->claim < y->claim);
}

static bool is_single(const dt__claim_in *c) {
    return !c->total && !c->retracted && c->kind == DT__RECORD_ALLEGATION && c->unit == DT__UNIT_INCIDENT &&
           c->counted != DT__COUNT_SUBSET && c->act != DT__NOBODY && !is_open(&c->when);
}

/* A total of a region or a place holds what is told of there; of a class of targets, what hit one. */
static bool lies_there(const dt__claim_in *whole, const dt__claim_in *part) {
    if (whole->asset != DT__NOBODY && whole->asset != part->asset) return false;
    if (whole->rest->region != NULL)
        return part->rest->region != NULL && strcmp(whole->rest->region, part->rest->region) == 0;
    if (!whole->has_place) return true;
    return part->has_place && dt__distance(whole->at, part->at) <= whole->radius + part->radius;
}

static bool holds_single(const dt__ledger *l, const dt__claim_in *whole, const dt__claim_in *part) {
    return whole->counted != DT__COUNT_SUBSET && same_side(whole, part) && lies_within(&part->when, &whole->when) &&
           (whole->act == part->act || is_wider(l, whole, part)) && lies_there(whole, part);
}

/* Running totals hold what came after the one before: periods as they are now. */
static dt_status sort_spans(const totals *t, span_of_total **out) {
    span_of_total *spans = DT__ARENA_ARRAY(&t->l->scratch, span_of_total, t->count);

    *out = spans;
    if (spans == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < t->count; i++)
        spans[i] = (span_of_total){dt__claim_at(t->l, t->list[i])->when.lo, t->list[i]};
    qsort(spans, t->count, sizeof *spans, by_beginning);
    return DT_OK;
}

/* They count by themselves; the total counts what it holds beside them. */
static dt_status count_singles(const totals *t) {
    dt__ledger *l = t->l;
    size_t begun = 0, over = 0;
    span_of_total *spans;
    dt_status st = DT_OK;

    if (t->count == 0) return DT_OK;
    if ((st = sort_spans(t, &spans)) != DT_OK) return st;
    for (size_t i = 0; i < l->claims.count && st == DT_OK; i++) {
        const dt__claim_in *p = dt__claim_at(l, i);
        if ((i & 4095) == 0) st = dt__poll(l->env);
        if (!is_single(p)) continue;
        while (begun < t->count && spans[begun].lo <= p->when.lo) begun++;
        while (t->longest != DT__MOMENT_NEVER && over < begun && spans[over].lo < p->when.lo - t->longest) over++;
        for (size_t k = over; k < begun; k++) {
            dt__claim_in *w = dt__claim_at(l, spans[k].claim);
            if (holds_single(l, w, p)) w->rest->singles++;
        }
    }
    for (size_t i = 0; i < t->count; i++) {
        const dt__claim_in *part = dt__claim_at(l, t->list[i]);
        if (part->rest->part_of != DT__NOBODY && part->counted != DT__COUNT_SUBSET)
            dt__claim_at(l, part->rest->part_of)->rest->parts -= part->rest->singles;
    }
    return st;
}

/* ---- all of them ---- */

static dt_status list_totals(totals *t) {
    dt__ledger *l = t->l;
    size_t count = 0;

    for (size_t i = 0; i < l->claims.count; i++) count += is_counted(dt__claim_at(l, i));
    if ((t->list = DT__ARENA_ARRAY(&l->scratch, size_t, count)) == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < l->claims.count; i++) {
        const dt__claim_in *c = dt__claim_at(l, i);
        if (!is_counted(c)) continue;
        t->list[t->count++] = i;
        if (is_open(&c->when)) t->longest = DT__MOMENT_NEVER;
        else if (c->when.hi - c->when.lo > t->longest) t->longest = c->when.hi - c->when.lo;
    }
    return DT_OK;
}

dt_status dt__check_totals(dt__ledger *l) {
    totals t = {.l = l};
    dt_status st = list_totals(&t);

    if (st != DT_OK) return st;
    for (size_t i = 0; st == DT_OK && i < t.count; i++) {
        if ((i & 255) == 0) st = dt__poll(l->env);
        dt__claim_at(l, t.list[i])->rest->part_of = whole_of(&t, t.list[i]);
    }
    for (size_t i = 0; st == DT_OK && i < t.count; i++) st = check_sum(&t, t.list[i]);
    for (size_t i = 0; st == DT_OK && i < t.count; i++) st = tell_subset(&t, t.list[i]);
    for (size_t i = 0; st == DT_OK && i < t.count; i++)
        if ((i & 255) != 0 || (st = dt__poll(l->env)) == DT_OK) st = difference(&t, i);
    if (st != DT_OK) return st;
    shorten(&t);
    return count_singles(&t);
}
