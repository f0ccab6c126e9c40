#include "deal/verify.h"

#include <string.h>

#include "base/catalog.h"
#include "model/utility.h"

enum { ALL_OUTCOMES = 1000000, SAMPLE = 20000 };

typedef struct check {
    const dt__format_work *work;
    const dt__situation *situation;
    dt_env *env;
    uint64_t coherent, zone, acceptable[DT__MAX_PARTIES];
    dt__antichain conflicts; /* minimal, over the minimal winning sets; numbers as in the work */
    dt__rational reservation[DT__MAX_PARTIES];
    const char *failure; /* msgid of what did not hold; NULL: nothing */
} check;

static void fail(check *c, const char *msgid) {
    if (c->failure == NULL) c->failure = msgid;
}

/* ---- one outcome, by the definition ---- */

static bool is_coherent(const check *c, const dt__option *outcome) {
    const dt_model *m = c->situation->model;
    uint32_t within = c->work->within;

    for (size_t i = 0; i < m->rule_count; i++) {
        if (!dt__condition_holds(m->rules[i].require, outcome)) return false;
    }
    return within == DT__NO_INDEX || dt__condition_holds(m->scenarios[within].when, outcome);
}

static dt_status reaches_no_deal(check *c, uint32_t party, const dt__option *outcome, bool *reaches) {
    const dt__situation *s = c->situation;
    dt__rational utility;
    int order = 0;
    dt_status st;

    if (dt__is_ordinal(s->model->parties[party].preferences)) {
        st = dt__compare_outcomes(&order, s->model, s->valuation, party, outcome, s->no_deal, c->env);
    } else {
        st = dt__utility(&utility, s->model, s->valuation, party, outcome, c->env);
        if (st == DT_OK) order = dt__rational_compare(utility, c->reservation[party]);
    }
    *reaches = order >= 0;
    return st;
}

static bool crosses_none(const check *c, uint32_t party, const dt__option *outcome) {
    const dt__preferences *prefs = c->situation->model->parties[party].preferences;
    for (size_t i = 0; i < prefs->red_line_count; i++) {
        if (!dt__condition_holds(prefs->red_lines[i].require, outcome)) return false;
    }
    return true;
}

static dt_status accepting_parties(check *c, const dt__option *outcome, dt__party_set *accepting) {
    *accepting = 0;
    for (uint32_t p = 0; p < c->situation->model->party_count; p++) {
        bool reaches;
        dt_status st;
        if (c->situation->model->parties[p].preferences == NULL) continue;
        if ((st = reaches_no_deal(c, p, outcome, &reaches)) != DT_OK) return st;
        if (reaches && crosses_none(c, p, outcome)) *accepting |= (dt__party_set)1 << p;
    }
    return DT_OK;
}

/* What an outcome crosses, in the numbers of the conflict query, for the members of a set. */
static dt_status violations(check *c, const dt__option *outcome, dt__party_set members, dt__mask *mask) {
    const dt__format_work *w = c->work;
    const dt_model *m = c->situation->model;

    *mask = (dt__mask){{0}};
    for (uint32_t n = 0; n < DT__MAX_SOFT_BITS; n++) {
        bool kept;
        uint32_t party;
        if (w->bit_of_number[n] != DT__NO_INDEX) {
            const dt__bit *bit = DT__BIT(&w->problem, w->bit_of_number[n]);
            party = bit->party;
            kept = dt__condition_holds(m->parties[party].preferences->red_lines[bit->index].require, outcome);
        } else if (w->coordinate_of_number[n] != DT__NO_INDEX) {
            dt_status st;
            party = DT__COORDINATE(&w->problem, w->coordinate_of_number[n])->party;
            if ((st = reaches_no_deal(c, party, outcome, &kept)) != DT_OK) return st;
        } else {
            break;
        }
        if (!kept && (members >> party & 1)) dt__mask_add(mask, n);
    }
    return DT_OK;
}

static dt_status look_at(check *c, const dt__option *outcome) {
    dt__party_set accepting;
    dt_status st;

    if (!is_coherent(c, outcome)) return DT_OK;
    if ((st = accepting_parties(c, outcome, &accepting)) != DT_OK) return st;
    c->coherent++;
    c->zone += dt__consent_wins(&c->work->format->consent, accepting);
    for (uint32_t p = 0; p < DT__MAX_PARTIES; p++) c->acceptable[p] += accepting >> p & 1;
    for (size_t s = 0; s < c->work->winning.sets.count && c->work->drop_count > 0 && st == DT_OK; s++) {
        dt__mask mask;
        st = violations(c, outcome, *DT__AT(c->work->winning.sets, dt__party_set, s), &mask);
        if (st == DT_OK) st = dt__antichain_add(&c->conflicts, &mask, c->env);
    }
    return st;
}

/* ---- all outcomes ---- */

static dt_status look_at_all(check *c) {
    const dt__problem *p = &c->work->problem;
    dt__option outcome[DT__MAX_ISSUES];
    uint64_t seen = 0;
    uint32_t v = 0;
    dt_status st = DT_OK;

    memcpy(outcome, p->fixed, p->model->issue_count * sizeof *outcome);
    for (v = 0; v < p->var_count; v++) outcome[p->issues[v]] = 0;
    do {
        if ((st = look_at(c, outcome)) != DT_OK) return st;
        if (++seen % 4096 == 0 && (st = dt__poll(c->env)) != DT_OK) return st;
        for (v = 0; v < p->var_count; v++) {
            if (++outcome[p->issues[v]] < p->sizes[v]) break;
            outcome[p->issues[v]] = 0;
        }
    } while (v < p->var_count);
    return st;
}

static bool is_count(const dt__tally *t, uint64_t count) {
    dt__limb expected[DT__COUNT_MAX_LIMBS];

    if (!t->exact) return true; /* nothing was claimed */
    dt__count_set(expected, t->limbs, count);
    return dt__count_compare(t->count, expected, t->limbs) == 0;
}

static bool same_sets(const dt__antichain *a, dt__antichain *b) {
    dt__antichain_sort(b);
    if (a->masks.count != b->masks.count) return false;
    return a->masks.count == 0 || memcmp(a->masks.items, b->masks.items, a->masks.count * sizeof(dt__mask)) == 0;
}

static void compare_counts(check *c) {
    const dt__format_work *w = c->work;
    const dt_model *m = c->situation->model;

    if (!is_count(&w->coherent, c->coherent))
        fail(c, DT__N("the number of coherent outcomes differs from enumeration"));
    if (!is_count(&w->zone, c->zone) || (w->status == DT_ZONE_EMPTY && c->zone > 0))
        fail(c, DT__N("the zone differs from enumeration"));
    for (uint32_t p = 0; p < m->party_count; p++) {
        if (m->parties[p].preferences != NULL && !is_count(&w->acceptable[p], c->acceptable[p]))
            fail(c, DT__N("the outcomes that a party accepts differ from enumeration"));
    }
    if (w->drop_count > 0 && w->complete && !same_sets(&w->corrections, &c->conflicts))
        fail(c, DT__N("the concessions differ from enumeration"));
}

/* ---- a sample ---- */

static dt_status look_at_some(check *c) {
    const dt__problem *p = &c->work->problem;
    dt__option outcome[DT__MAX_ISSUES];
    dt__random random;
    dt_status st = DT_OK;

    dt__random_init(&random, 1, 0, 0);
    memcpy(outcome, p->fixed, p->model->issue_count * sizeof *outcome);
    for (uint32_t i = 0; i < SAMPLE && st == DT_OK; i++) {
        for (uint32_t v = 0; v < p->var_count; v++)
            outcome[p->issues[v]] = (dt__option)dt__random_below(&random, p->sizes[v]);
        st = look_at(c, outcome);
    }
    if (st == DT_OK && c->zone > 0 && c->work->status == DT_ZONE_EMPTY)
        fail(c, DT__N("an outcome was found in a zone said to be empty"));
    for (size_t i = 0; st == DT_OK && c->work->complete && i < c->conflicts.masks.count; i++) {
        if (!dt__antichain_covers(&c->work->corrections, DT__AT(c->conflicts.masks, dt__mask, i)))
            fail(c, DT__N("a sampled outcome crosses less than every concession listed"));
    }
    return st;
}

/* ---- what the answer shows ---- */

static dt_status check_shown(check *c, dt_outcome outcome) {
    dt__party_set accepting;
    dt_status st;

    if (outcome == NULL) return DT_OK;
    if ((st = accepting_parties(c, outcome, &accepting)) != DT_OK) return st;
    if (!is_coherent(c, outcome) || !dt__consent_wins(&c->work->format->consent, accepting))
        fail(c, DT__N("an outcome shown does not lie in the zone"));
    return DT_OK;
}

/* Once a concession is made, its outcome crosses nothing else that some winning set holds. */
static dt_status check_drop(check *c, const dt__drop *d) {
    bool opens = false;

    if (!d->known) return DT_OK;
    for (size_t s = 0; s < c->work->winning.sets.count && !opens; s++) {
        dt__mask mask;
        dt_status st = violations(c, d->deal.outcome, *DT__AT(c->work->winning.sets, dt__party_set, s), &mask);
        if (st != DT_OK) return st;
        opens = dt__mask_subset(&mask, &d->mask);
    }
    if (!opens || !is_coherent(c, d->deal.outcome)) fail(c, DT__N("a concession does not open the deal shown for it"));
    return DT_OK;
}

/* Every blocking set meets every concession. */
static void check_duality(check *c) {
    const dt__format_work *w = c->work;

    for (size_t i = 0; i < w->blocking.masks.count; i++) {
        for (size_t j = 0; j < w->corrections.masks.count; j++) {
            if (dt__mask_disjoint(DT__AT(w->blocking.masks, dt__mask, i), DT__AT(w->corrections.masks, dt__mask, j)))
                fail(c, DT__N("a blocking set leaves a concession untouched"));
        }
    }
}

static dt_status check_outcomes(check *c, const dt_deal_format *out) {
    dt_status st = check_shown(c, out->zone.example);

    for (size_t i = 0; i < out->best_count && st == DT_OK; i++) st = check_shown(c, out->best[i].outcome);
    for (size_t i = 0; i < c->work->drop_count && st == DT_OK; i++) st = check_drop(c, &c->work->drops[i]);
    if (st == DT_OK) check_duality(c);
    return st;
}

static dt_status find_reservations(check *c) {
    const dt__situation *s = c->situation;
    dt_status st = DT_OK;

    for (uint32_t p = 0; p < s->model->party_count && st == DT_OK; p++) {
        const dt__preferences *prefs = s->model->parties[p].preferences;
        if (prefs == NULL || dt__is_ordinal(prefs)) continue;
        st = dt__reservation(&c->reservation[p], s->model, s->valuation, p, s->no_deal, s->months, c->env);
    }
    return st;
}

dt_status dt__verify_format(dt__builder *b, dt_deal_format *out, const dt__format_work *w) {
    check c = {.work = w, .situation = &w->setting->situation, .env = b->env, .conflicts = DT__ANTICHAIN};
    bool all = out->outcomes.value <= ALL_OUTCOMES;
    dt_status st;

    DT__TRY(find_reservations(&c));
    DT__TRY(all ? look_at_all(&c) : look_at_some(&c));
    if (all) compare_counts(&c);
    DT__TRY(check_outcomes(&c, out));
    out->verified = c.failure == NULL;
    b->scratch.length = 0;
    if (c.failure != NULL) dt__text_message(&b->scratch, c.failure, NULL);
    else if (all)
        dt__text_message(&b->scratch, "every count, blocker and concession agrees with looking at each outcome.", NULL);
    else
        dt__text_message(&b->scratch,
                         "every outcome shown was judged anew, and 20,000 sampled outcomes contradict nothing.", NULL);
    out->verify_note = dt__builder_text(b, dt__text_get(&b->scratch));
done:
    dt__antichain_clear(&c.conflicts, b->env);
    return st;
}
