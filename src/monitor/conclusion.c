/* One reading of one clause: every incident judged, counted for the parties it is laid to, and what can be said. */
#include <math.h>
#include <string.h>

#include "monitor/ledger.h"

/* What is gathered about one party while the incidents go by. */
typedef struct gathered {
    bool lacks_target_only; /* every doubt is that sources never say what was hit */
    bool breached;
    dt__moment first_breach_end;
    double *worst_certain, *worst_possible; /* per day of the window, for triggers */
} gathered;

typedef struct reading_work {
    dt__ledger *l;
    const dt__obligation *o;
    dt_reading_record *out;
    dt_party_record *parties;
    gathered *gathered; /* per party of the agreement */
    dt__vector findings;
    int64_t window_from;
    size_t window_days;
} reading_work;

/* ---- setting up ---- */

static dt_status set_up_party(reading_work *w, uint32_t party, size_t index) {
    dt__ledger *l = w->l;
    gathered *g = &w->gathered[index];
    size_t periods = l->opts->period == DT_PERIOD_WEEK ? (w->window_days + 6) / 7 : w->window_days;

    w->parties[index] = (dt_party_record){.party = party,
                                          .watched = NAN,
                                          .bound = (w->o->terms->bound >> party & 1) != 0,
                                          .log_e = NAN,
                                          .period_count = periods};
    g->lacks_target_only = true;
    g->first_breach_end = DT__MOMENT_NEVER;
    g->worst_certain = DT__BUILDER_ARRAY(l->b, double, w->window_days);
    g->worst_possible = DT__BUILDER_ARRAY(l->b, double, w->window_days);
    return l->b->failed ? DT_ERR_MEMORY : DT_OK;
}

static dt_status set_up(reading_work *w) {
    dt__party_set parties = w->o->of->parties;
    size_t count = (size_t)__builtin_popcountll(parties), index = 0;
    int64_t until;
    dt_status st = DT_OK;

    dt__window_days(w->l, w->o, &w->window_from, &until);
    w->window_days = (size_t)(until - w->window_from);
    w->parties = DT__BUILDER_ARRAY(w->l->b, dt_party_record, count);
    w->gathered = DT__ARENA_ARRAY(&w->l->scratch, gathered, count);
    if (w->parties == NULL || w->gathered == NULL) return DT_ERR_MEMORY;
    for (uint32_t p = 0; st == DT_OK && p < w->l->model->party_count; p++)
        if ((parties >> p & 1) != 0) st = set_up_party(w, p, index++);
    w->out->party_count = count;
    w->out->parties = w->parties;
    return st;
}

/* ---- one incident in a party's record ---- */

static void add_to_window(const reading_work *w, gathered *g, const dt__occurrence *x, dt_verdict verdict,
                          double count) {
    int64_t day = dt__local_day(w->o->zone, x->when.lo) - w->window_from;
    bool certain = verdict == DT_VERDICT_ALLEGED || verdict == DT_VERDICT_CORROBORATED;

    if (day < 0) day = 0; /* began before the window */
    if (day >= (int64_t)w->window_days) return;
    if (certain) g->worst_certain[day] += count;
    if (certain || verdict == DT_VERDICT_INDETERMINATE || verdict == DT_VERDICT_CONTRADICTED)
        g->worst_possible[day] += count;
}

static void add_to_record(reading_work *w, size_t index, const dt__occurrence *x, const dt__judged *j, double count) {
    dt_party_record *p = &w->parties[index];
    gathered *g = &w->gathered[index];
    bool breach = j->verdict == DT_VERDICT_ALLEGED || j->verdict == DT_VERDICT_CORROBORATED;

    p->counts[j->verdict] += count;
    if (j->verdict == DT_VERDICT_OUT_OF_SCOPE || !(count > 0)) return;
    if (x->at_least) p->at_least = true;
    if (x->disputed && breach) p->disputed += count;
    if (!isnan(j->share)) p->expected += j->share * count;
    add_to_window(w, g, x, j->verdict, count);
    if (breach && x->when.hi < g->first_breach_end) g->first_breach_end = x->when.hi;
    if (j->verdict != DT_VERDICT_INDETERMINATE) return;
    p->doubts |= j->doubts;
    if ((j->doubts & DT_DOUBT_TARGET) == 0 || DT__AT(w->l->sources, dt__told_source, x->source)->says_targets)
        g->lacks_target_only = false;
}

/* A breach by another that was over before may have freed this one. */
static void doubt_force(const reading_work *w, const dt__occurrence *x, dt__judged *j) {
    if (!w->o->terms->reciprocal || (j->verdict != DT_VERDICT_ALLEGED && j->verdict != DT_VERDICT_CORROBORATED)) return;
    for (size_t i = 0; i < w->out->party_count; i++) {
        if (w->parties[i].party == x->actor || w->gathered[i].first_breach_end > x->when.lo) continue;
        *j = (dt__judged){DT_VERDICT_INDETERMINATE, DT_DOUBT_IN_FORCE, NAN};
        return;
    }
}

/* A total counts whole where all that it may hold is forbidden, at all its time; else its parts do, and what they leave
 * of it. */
static bool counts_whole(const reading_work *w, const dt__occurrence *x) {
    return x->act != DT__NOBODY && w->o->act[x->act] == DT__YES && x->when.lo >= w->o->when.lo &&
           x->when.hi <= w->o->when.hi;
}

static bool is_in_total(const reading_work *w, const dt__occurrence *x) {
    return x->part_of != DT__NOBODY && counts_whole(w, dt__occurrence_at(w->l, x->part_of));
}

/* Everything is out of scope until it is found in it. */
static void count_all_out(reading_work *w) {
    for (size_t i = 0; i < w->out->party_count; i++)
        w->parties[i].counts[DT_VERDICT_OUT_OF_SCOPE] = w->l->plain_counts[w->parties[i].party];
}

/* How old the line was that a zone which moves had at the time. */
static void note_lines(reading_work *w, const dt__occurrence *x) {
    dt__line_age age = dt__age_of_lines(w->l, w->o, x);

    if (age.dated && !age.before && age.days > w->out->line_age) w->out->line_age = age.days;
    if (age.before) w->out->before_lines++;
}

static int64_t day_of(const dt__zone *zone, dt__moment moment) {
    return moment == DT__MOMENT_ALWAYS ? INT64_MIN : dt__local_day(zone, moment) * DT__DAY;
}

static dt_status judge_one(reading_work *w, size_t index) {
    const dt__occurrence *x = dt__occurrence_at(w->l, index);
    dt_finding finding = {.incident = (uint32_t)index, .party = x->actor, .dispute = UINT32_MAX};
    dt__judged j;
    double count;

    if (x->outsider || is_in_total(w, x)) return DT_OK;
    if (dt__is_plain(x) && !dt__may_concern(w->o, x)) return DT_OK; /* counted with all others */
    j = dt__judge(w->l, w->o, x);
    if (w->o->moves && x->has_place && dt__may_concern(w->o, x)) note_lines(w, x);
    doubt_force(w, x, &j);
    count = counts_whole(w, x) ? x->count : x->rest;
    for (size_t i = 0; i < w->out->party_count; i++) {
        if (!dt__may_be_of(x, w->parties[i].party)) continue;
        if (dt__is_plain(x)) w->parties[i].counts[DT_VERDICT_OUT_OF_SCOPE] -= count;
        if (w->parties[i].bound) add_to_record(w, i, x, &j, count);
        else w->parties[i].counts[DT_VERDICT_OUT_OF_SCOPE] += count;
    }
    if (j.verdict == DT_VERDICT_OUT_OF_SCOPE || !(count > 0)) return DT_OK;
    finding.verdict = j.verdict;
    finding.doubts = j.doubts;
    finding.share = j.share;
    finding.count = count;
    finding.day = day_of(w->o->zone, x->when.lo);
    return dt__vector_push(&w->findings, &finding, w->l->env);
}

/* In order of time: those that the reading may concern, and before and after them what it counts in its own way. */
static dt_status judge_all(reading_work *w) {
    const dt__ledger *l = w->l;
    size_t first, end, next = 0;
    dt_status st = DT_OK;

    count_all_out(w);
    dt__concerned_range(l, w->o, &first, &end);
    for (; next < l->special_count && l->special[next] < first && st == DT_OK; next++)
        st = judge_one(w, l->special[next]);
    for (size_t i = first; i < end && st == DT_OK; i++) {
        if ((i & 4095) == 0) st = dt__poll(l->env);
        if (st == DT_OK && (dt__act_may_concern(l, w->o, i) || !dt__is_plain(dt__occurrence_at(l, i))))
            st = judge_one(w, i);
    }
    while (next < l->special_count && l->special[next] < end) next++;
    for (; next < l->special_count && st == DT_OK; next++) st = judge_one(w, l->special[next]);
    return st;
}

/* ---- who was watching ---- */

/* The part of the interval in force that is over, as far as anything tells. */
static dt__interval time_asked(const reading_work *w) {
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

static void add_watching(watching *sum, const reading_work *w, uint32_t source, double weight) {
    double share = dt__watched_share(w->l, w->o, source, time_asked(w));

    if (!(weight > 0)) return;
    if (!isnan(share)) sum->known = true;
    else share = 1;
    sum->weight += weight;
    sum->watched += weight * share;
    sum->most = fmax(sum->most, share);
}

/* Sources that say when they watched and have told of no event at all: they could have. */
static watching silent_watchers(const reading_work *w) {
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
static double weight_of(const reading_work *w, const dt_party_record *p, const dt__daily *d) {
    double told = 0;

    if (p->comparison_count > 0 && p->comparisons[0].source == d->source) told = told_by(&p->comparisons[0]);
    for (size_t i = 0; i < p->other_count; i++)
        if (p->others[i].source == d->source) told = told_by(&p->others[i]);
    return told > 0 || !dt__has_coverage(w->l, d->source) ? told : (double)d->told;
}

/* Share of the time asked that sources which could tell watched, NAN when none says; and whether any of them did. */
static double watched_of(const reading_work *w, const dt_party_record *p, bool *any) {
    watching silent = silent_watchers(w), told = {0};

    for (size_t i = 0; i < w->l->daily_count; i++)
        add_watching(&told, w, w->l->daily[i].source, weight_of(w, p, &w->l->daily[i]));
    *any = told.most > 0 || silent.most > 0;
    if (told.weight > 0 && told.watched > 0) return told.known || silent.known ? told.watched / told.weight : NAN;
    if (silent.known) return silent.most;
    return told.known ? 0 : NAN;
}

/* watched: by some source that could tell, as far as is known. */
static dt_conclusion conclusion_of(const dt_party_record *p, const gathered *g, bool watched) {
    const double *n = p->counts;

    if (!p->bound) return DT_CONCLUSION_NO_OBLIGATION;
    if (n[DT_VERDICT_CORROBORATED] > 0) return DT_CONCLUSION_CORROBORATED;
    if (n[DT_VERDICT_ALLEGED] > 0) return DT_CONCLUSION_ALLEGED;
    if (n[DT_VERDICT_INDETERMINATE] > 0)
        return g->lacks_target_only ? DT_CONCLUSION_NOT_ASSESSABLE : DT_CONCLUSION_CANNOT_SAY;
    if (n[DT_VERDICT_CONTRADICTED] > 0) return DT_CONCLUSION_DISPUTED;
    if (n[DT_VERDICT_WITHIN] + n[DT_VERDICT_EXEMPT] > 0 || watched) return DT_CONCLUSION_NONE_REPORTED;
    return DT_CONCLUSION_NOT_OBSERVED;
}

/* ---- periods ---- */

static dt_status fill_periods(reading_work *w, dt_party_record *p, const gathered *g) {
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

static dt_status finish_party(reading_work *w, size_t index) {
    dt_party_record *p = &w->parties[index];
    const gathered *g = &w->gathered[index];
    bool watched = false;
    dt_status st = DT_OK;

    if (p->bound) st = dt__daily_of(w->l, w->o, p->party);
    if (p->bound && st == DT_OK) st = dt__compare_rates(w->l, w->o, w->out, p);
    if (p->bound && st == DT_OK) st = dt__find_under_reporting(w->l, w->findings.items, w->findings.count, p);
    if (st == DT_OK) st = fill_periods(w, p, g);
    if (st == DT_OK) st = dt__pull_triggers(w->l, w->o, w->out, p);
    p->watched = p->bound ? watched_of(w, p, &watched) : NAN;
    p->conclusion = conclusion_of(p, g, watched);
    return st;
}

/* Sources that speak of such acts at that time, and never of what is hit. */
static dt_status list_unassessing(reading_work *w) {
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
static dt_status list_watches(reading_work *w) {
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

static dt_status keep_findings(reading_work *w) {
    dt_finding *list = DT__BUILDER_ARRAY(w->l->b, dt_finding, w->findings.count);

    if (list == NULL) return DT_ERR_MEMORY;
    if (w->findings.count > 0) memcpy(list, w->findings.items, w->findings.count * sizeof *list);
    w->out->findings = list;
    w->out->finding_count = w->findings.count;
    return DT_OK;
}

static int32_t offset_at(const dt__zone *zone, dt__moment moment) {
    bool open = moment == DT__MOMENT_ALWAYS || moment == DT__MOMENT_NEVER;
    return open ? 0 : (int32_t)dt__zone_offset(zone, moment);
}

dt_status dt__conclude(dt__ledger *l, const dt__obligation *o, dt_reading_record *out) {
    reading_work w = {.l = l, .o = o, .out = out, .findings = DT__VECTOR(dt_finding)};
    dt_status st = DT_OK;

    *out = (dt_reading_record){.id = o->terms->id,
                               .from = o->when.lo,
                               .until = o->when.hi,
                               .offset_from = offset_at(o->zone, o->when.lo),
                               .offset_until = offset_at(o->zone, o->when.hi),
                               .line_age = -1};
    DT__TRY(set_up(&w));
    out->window_from = w.window_from * DT__DAY;
    out->window_until = (w.window_from + (int64_t)w.window_days) * DT__DAY;
    DT__TRY(judge_all(&w));
    DT__TRY(keep_findings(&w));
    for (size_t i = 0; i < out->party_count; i++) DT__TRY(finish_party(&w, i));
    DT__TRY(dt__count_zones(l, o, out, w.parties));
    DT__TRY(list_watches(&w));
    st = list_unassessing(&w);
done:
    dt__vector_clear(&w.findings, l->env);
    return st;
}
