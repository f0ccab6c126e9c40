/* One reading of one clause, of which everything is judged: what can be said of the parties. */
#include <math.h>
#include <string.h>

#include "monitor/reading_work.h"

/* ---- who was watching ---- */

/* The part of the interval in force that is over, as far as anything tells. */
static dt__interval time_asked(const dt__reading_work *w) {
    dt__interval when = w->o->when;
    dt__moment end = dt__told_until(w->l);

    if (when.lo == DT__MOMENT_ALWAYS) when.lo = w->window_from * DT__DAY;
    if (when.hi == DT__MOMENT_NEVER) when.hi = (w->window_from + (int64_t)w->window_days) * DT__DAY;
    if (when.hi > end && when.lo < end) when.hi = end;
    return when;
}

/* Weighed by what each source tells of such acts in its comparison; a source without coverage counts as watching. */
typedef struct watching {
    double weight, watched, most;
    bool known;
} watching;

static void add_watching(watching *sum, const dt__reading_work *w, uint32_t source, double weight) {
    double share = dt__watched_share(w->l, w->o, source, time_asked(w));

    if (!(weight > 0)) return;
    if (!isnan(share)) sum->known = true;
    else share = 1;
    sum->weight += weight;
    sum->watched += weight * share;
    sum->most = fmax(sum->most, share);
}

/* Sources that say when they watched and have told of no event at all: they could have. */
static watching silent_watchers(const dt__reading_work *w) {
    watching sum = {0};

    for (size_t s = 0; s < w->l->sources.count; s++)
        if (DT__AT(w->l->sources, dt__told_source, s)->told_by_day == 0 && dt__has_coverage(w->l, (uint32_t)s))
            add_watching(&sum, w, (uint32_t)s, 1);
    return sum;
}

static double told_by(const dt_comparison *c) {
    return c->events + c->observed;
}

/* What a source tells of such acts in its comparison; one that watched on too few of those days, whenever it did. */
static double weight_of(const dt__reading_work *w, const dt_party_record *p, const dt__daily *d) {
    double told = 0;

    if (p->comparison_count > 0 && p->comparisons[0].source == d->source) told = told_by(&p->comparisons[0]);
    for (size_t i = 0; i < p->other_count; i++)
        if (p->others[i].source == d->source) told = told_by(&p->others[i]);
    return told > 0 || !dt__has_coverage(w->l, d->source) ? told : (double)d->told;
}

/* Share of the time asked that sources which could tell watched, NAN when none says; and whether any of them did. */
static double watched_of(const dt__reading_work *w, const dt_party_record *p, bool *any) {
    watching silent = silent_watchers(w), told = {0};

    for (size_t i = 0; i < w->l->daily_count; i++)
        add_watching(&told, w, w->l->daily[i].source, weight_of(w, p, &w->l->daily[i]));
    *any = told.most > 0 || silent.most > 0;
    if (told.weight > 0 && told.watched > 0) return told.known || silent.known ? told.watched / told.weight : NAN;
    if (silent.known) return silent.most;
    return told.known ? 0 : NAN;
}

dt_conclusion dt__conclusion_of(bool bound, const double *counts, bool lacks_target_only, bool watched) {
    const double *n = counts;

    if (!bound) return DT_CONCLUSION_NO_OBLIGATION;
    if (n[DT_VERDICT_CORROBORATED] > 0) return DT_CONCLUSION_CORROBORATED;
    if (n[DT_VERDICT_ALLEGED] > 0) return DT_CONCLUSION_ALLEGED;
    if (n[DT_VERDICT_INDETERMINATE] > 0)
        return lacks_target_only ? DT_CONCLUSION_NOT_ASSESSABLE : DT_CONCLUSION_CANNOT_SAY;
    if (n[DT_VERDICT_CONTRADICTED] > 0) return DT_CONCLUSION_DISPUTED;
    if (n[DT_VERDICT_WITHIN] + n[DT_VERDICT_EXEMPT] > 0 || watched) return DT_CONCLUSION_NONE_REPORTED;
    return DT_CONCLUSION_NOT_OBSERVED;
}

/* ---- periods ---- */

static dt_status fill_periods(dt__reading_work *w, dt_party_record *p, const dt__gathered *g) {
    size_t width = w->l->opts->period == DT_PERIOD_WEEK ? 7 : 1;
    double *certain = DT__BUILDER_ARRAY(w->l->b, double, p->period_count);
    double *possible = DT__BUILDER_ARRAY(w->l->b, double, p->period_count);

    if (certain == NULL || possible == NULL) return DT_ERR_MEMORY;
    for (size_t day = 0; day < w->window_days; day++) {
        certain[day / width] += g->worst_certain[day];
        possible[day / width] += g->worst_possible[day];
    }
    p->certain = certain;
    p->possible = possible;
    return DT_OK;
}

static dt_status finish_party(dt__reading_work *w, size_t index) {
    dt_party_record *p = &w->parties[index];
    const dt__gathered *g = &w->gathered[index];
    bool watched = false;
    dt_status st = DT_OK;

    if (p->bound) st = dt__daily_of(w->l, w->o, p->party);
    if (p->bound && st == DT_OK) st = dt__compare_rates(w->l, w->o, w->out, p);
    if (p->bound && st == DT_OK) st = dt__find_under_reporting(w->l, w->findings.items, w->findings.count, p);
    if (st == DT_OK) st = fill_periods(w, p, g);
    if (st == DT_OK && w->o->moved != NULL) st = dt__tell_triggers(w->l, w->o, p);
    p->watched = p->bound ? watched_of(w, p, &watched) : NAN;
    p->conclusion = dt__conclusion_of(p->bound, p->counts, g->lacks_target_only, watched);
    dt__tell_branches(w, index, watched);
    return st;
}

/* Sources that speak of such acts at that time, and never of what is hit. */
static dt_status list_unassessing(dt__reading_work *w) {
    dt__ledger *l = w->l;
    uint32_t *list = DT__BUILDER_ARRAY(l->b, uint32_t, l->sources.count);
    bool *met = DT__ARENA_ARRAY(&l->scratch, bool, l->sources.count);

    if (list == NULL || met == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < w->findings.count; i++) {
        const dt_finding *f = DT__AT(w->findings, dt_finding, i);
        uint32_t source = dt__occurrence_at(l, f->incident)->source;
        if ((f->doubts & DT_DOUBT_TARGET) == 0 || met[source] ||
            DT__AT(l->sources, dt__told_source, source)->says_targets)
            continue;
        met[source] = true;
        list[w->out->unassessing_count++] = source;
    }
    w->out->unassessing = list;
    return DT_OK;
}

/* How much of its time each source watched that says so. */
static dt_status list_watches(dt__reading_work *w) {
    dt__ledger *l = w->l;
    dt_reading_watch *list = DT__BUILDER_ARRAY(l->b, dt_reading_watch, l->sight_count);

    if (list == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < l->sight_count; i++) {
        uint32_t source = l->sights[i].source;
        if (i > 0 && l->sights[i - 1].source == source) continue;
        list[w->out->watch_count++] = (dt_reading_watch){source, dt__watched_share(l, w->o, source, time_asked(w))};
    }
    w->out->watches = list;
    return DT_OK;
}

static dt_status keep_findings(dt__reading_work *w) {
    dt_finding *list = DT__BUILDER_ARRAY(w->l->b, dt_finding, w->findings.count);

    if (list == NULL) return DT_ERR_MEMORY;
    if (w->findings.count > 0) memcpy(list, w->findings.items, w->findings.count * sizeof *list);
    w->out->findings = list;
    w->out->finding_count = w->findings.count;
    return DT_OK;
}

dt_status dt__conclude(dt__reading_work *w) {
    dt_status st = keep_findings(w);

    for (size_t i = 0; i < w->out->party_count && st == DT_OK; i++) st = finish_party(w, i);
    if (st == DT_OK) st = dt__tell_moves(w->l, w->o, w->out);
    if (st == DT_OK) st = dt__count_zones(w->l, w->o, w->out, w->parties);
    if (st == DT_OK) st = list_watches(w);
    return st == DT_OK ? list_unassessing(w) : st;
}
