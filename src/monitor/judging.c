/* Every incident under every reading: judged, and counted for the parties that it is laid to. */
#include <math.h>

#include "monitor/reading_work.h"

enum { BLOCK = 2048 }; /* occurrences that stay near the processor while all readings are asked */

/* ---- setting up ---- */

static dt_status set_up_party(dt__reading_work *w, uint32_t party, size_t index) {
    dt__ledger *l = w->l;
    dt__gathered *g = &w->gathered[index];
    size_t periods = l->opts->period == DT_PERIOD_WEEK ? (w->window_days + 6) / 7 : w->window_days;

    w->parties[index] = (dt_party_record){.party = party,
                                          .watched = NAN,
                                          .bound = (w->o->terms->bound >> party & 1) != 0,
                                          .log_e = NAN,
                                          .doubted_from = INT64_MAX,
                                          .period_count = periods};
    g->lacks_target_only = true;
    g->first_breach_end = DT__MOMENT_NEVER;
    g->worst_certain = DT__BUILDER_ARRAY(l->b, double, w->window_days);
    g->worst_possible = DT__BUILDER_ARRAY(l->b, double, w->window_days);
    return l->b->failed ? DT_ERR_MEMORY : DT_OK;
}

static dt_status set_up(dt__reading_work *w) {
    dt__party_set parties = w->o->of->parties;
    size_t count = (size_t)__builtin_popcountll(parties), index = 0;
    int64_t until;
    dt_status st = DT_OK;

    dt__window_days(w->l, w->o, &w->window_from, &until);
    w->window_days = (size_t)(until - w->window_from);
    w->parties = DT__BUILDER_ARRAY(w->l->b, dt_party_record, count);
    w->gathered = DT__ARENA_ARRAY(&w->l->scratch, dt__gathered, count);
    if (w->parties == NULL || w->gathered == NULL) return DT_ERR_MEMORY;
    for (uint32_t p = 0; st == DT_OK && p < w->l->model->party_count; p++)
        if ((parties >> p & 1) != 0) st = set_up_party(w, p, index++);
    w->out->party_count = count;
    w->out->parties = w->parties;
    return st;
}

/* ---- one incident in a party's record ---- */

static void add_to_window(const dt__reading_work *w, dt__gathered *g, const dt__occurrence *x, dt_verdict verdict,
                          double count) {
    int64_t day = dt__local_day(w->o->zone, x->when.lo) - w->window_from;
    bool certain = verdict == DT_VERDICT_ALLEGED || verdict == DT_VERDICT_CORROBORATED;

    if (day < 0) day = 0; /* began before the window */
    if (day >= (int64_t)w->window_days) return;
    if (certain) g->worst_certain[day] += count;
    if (certain || verdict == DT_VERDICT_INDETERMINATE || verdict == DT_VERDICT_CONTRADICTED)
        g->worst_possible[day] += count;
}

static void add_to_record(dt__reading_work *w, size_t index, const dt__occurrence *x, const dt__judged *j,
                          const dt__judged *stayed, double count) {
    dt_party_record *p = &w->parties[index];
    dt__gathered *g = &w->gathered[index];
    bool breach = j->verdict == DT_VERDICT_ALLEGED || j->verdict == DT_VERDICT_CORROBORATED, says_targets;

    p->counts[j->verdict] += count;
    if (j->verdict == DT_VERDICT_OUT_OF_SCOPE || !(count > 0)) return;
    if (x->at_least) p->at_least = true;
    if (x->disputed && breach) p->disputed += count;
    if (!isnan(j->share)) p->expected += j->share * count;
    add_to_window(w, g, x, j->verdict, count);
    if (breach && x->when.hi < g->first_breach_end) g->first_breach_end = x->when.hi;
    if (j->verdict != DT_VERDICT_INDETERMINATE) return;
    p->doubts |= j->doubts;
    says_targets = DT__AT(w->l->sources, dt__told_source, x->source)->says_targets;
    dt__add_to_branches(g, p, j, stayed, count, says_targets);
    if ((j->doubts & DT_DOUBT_TARGET) == 0 || says_targets) g->lacks_target_only = false;
}

/* A breach by another that was over before may have freed this one. */
static bool is_freed(const dt__reading_work *w, const dt__occurrence *x, size_t index) {
    if (dt__is_moving(w->o)) return dt__freed_before(w->o, index);
    for (size_t i = 0; i < w->out->party_count; i++)
        if (w->parties[i].party != x->actor && w->gathered[i].first_breach_end <= x->when.lo) return true;
    return false;
}

/* Triggers may have put it out of force, and so may a breach by another.  *stayed: as if it was not in doubt. */
static void doubt_force(const dt__reading_work *w, const dt__occurrence *x, size_t index, dt__judged *j,
                        dt__judged *stayed) {
    dt__truth force = dt__force_of(w->o, index);
    bool breach = j->verdict == DT_VERDICT_ALLEGED || j->verdict == DT_VERDICT_CORROBORATED;

    *stayed = *j;
    if (j->verdict == DT_VERDICT_OUT_OF_SCOPE) return;
    if (force == DT__NO) *stayed = *j = (dt__judged){DT_VERDICT_OUT_OF_SCOPE, 0, 0};
    else if (force == DT__UNKNOWN && j->verdict != DT_VERDICT_EXEMPT)
        *j = (dt__judged){DT_VERDICT_INDETERMINATE, j->doubts | DT_DOUBT_IN_FORCE, NAN};
    else if (breach && w->o->terms->reciprocal && is_freed(w, x, index))
        *j = (dt__judged){DT_VERDICT_INDETERMINATE, DT_DOUBT_IN_FORCE, NAN};
}

/* A total counts whole where all that it may hold is forbidden, at all its time; else its parts do, and what they leave
 * of it. */
static bool counts_whole(const dt__reading_work *w, const dt__occurrence *x, size_t index) {
    return x->act != DT__NOBODY && w->o->act[x->act] == DT__YES && x->when.lo >= w->o->when.lo &&
           x->when.hi <= w->o->when.hi && dt__force_of(w->o, index) == DT__YES;
}

static bool is_in_total(const dt__reading_work *w, const dt__occurrence *x) {
    return x->part_of != DT__NOBODY && counts_whole(w, dt__occurrence_at(w->l, x->part_of), x->part_of);
}

/* Everything is out of scope until it is found in it. */
static void count_all_out(dt__reading_work *w) {
    for (size_t i = 0; i < w->out->party_count; i++)
        w->parties[i].counts[DT_VERDICT_OUT_OF_SCOPE] = w->l->plain_counts[w->parties[i].party];
}

/* How old the line was that a zone which moves had at the time. */
static void note_lines(dt__reading_work *w, const dt__occurrence *x) {
    dt__line_age age = dt__age_of_lines(w->l, w->o, x);

    if (age.dated && !age.before && age.days > w->out->line_age) w->out->line_age = age.days;
    if (age.before) w->out->before_lines++;
}

static int64_t day_of(const dt__zone *zone, dt__moment moment) {
    return moment == DT__MOMENT_ALWAYS ? INT64_MIN : dt__local_day(zone, moment) * DT__DAY;
}

static dt_status judge_one(dt__reading_work *w, size_t index) {
    const dt__occurrence *x = dt__occurrence_at(w->l, index);
    dt_finding finding = {.incident = (uint32_t)index, .party = x->actor, .dispute = UINT32_MAX};
    dt__judged j, stayed;
    double count;

    if (x->outsider || is_in_total(w, x)) return DT_OK;
    if (dt__is_plain(x) && !dt__may_concern(w->o, x)) return DT_OK; /* counted with all others */
    j = dt__judge(w->l, w->o, x);
    if (w->o->moves && x->has_place && dt__may_concern(w->o, x)) note_lines(w, x);
    doubt_force(w, x, index, &j, &stayed);
    count = counts_whole(w, x, index) ? x->count : x->rest;
    for (size_t i = 0; i < w->out->party_count; i++) {
        if (!dt__may_be_of(x, w->parties[i].party)) continue;
        if (dt__is_plain(x)) w->parties[i].counts[DT_VERDICT_OUT_OF_SCOPE] -= count;
        if (w->parties[i].bound) add_to_record(w, i, x, &j, &stayed, count);
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

/* ---- all incidents, all readings ---- */

/* Before and after what a reading may concern, it counts totals and their parts in its own way. */
static dt_status judge_special(dt__reading_work *w, size_t from, size_t until) {
    const dt__ledger *l = w->l;
    dt_status st = DT_OK;

    for (size_t k = from; k < l->special_count && l->special[k] < until && st == DT_OK; k++)
        st = judge_one(w, l->special[k]);
    return st;
}

static dt_status judge_block(dt__reading_work *w, size_t from, size_t until) {
    size_t i = from > w->first ? from : w->first, end = until < w->end ? until : w->end;
    dt_status st = DT_OK;

    for (; i < end && st == DT_OK; i++)
        if (dt__act_may_concern(w->l, w->o, i) || !dt__is_plain(dt__occurrence_at(w->l, i))) st = judge_one(w, i);
    return st;
}

static dt_status begin_judging(dt__reading_work *w) {
    const dt__ledger *l = w->l;

    count_all_out(w);
    dt__concerned_range(l, w->o, &w->first, &w->end);
    while (w->special_after < l->special_count && l->special[w->special_after] < w->end) w->special_after++;
    return judge_special(w, 0, w->first);
}

/* Some incidents under all readings, then the next ones: what is asked again lies near. */
dt_status dt__judge_readings(dt__ledger *l, dt__reading_work *works, size_t count) {
    dt_status st = DT_OK;

    for (size_t r = 0; r < count && st == DT_OK; r++) st = begin_judging(&works[r]);
    for (size_t from = 0; from < l->occurrences.count && st == DT_OK; from += BLOCK) {
        st = dt__poll(l->env);
        for (size_t r = 0; r < count && st == DT_OK; r++) st = judge_block(&works[r], from, from + BLOCK);
    }
    for (size_t r = 0; r < count && st == DT_OK; r++) st = judge_special(&works[r], works[r].special_after, SIZE_MAX);
    return st;
}

/* ---- one reading ---- */

static int32_t offset_at(const dt__zone *zone, dt__moment moment) {
    bool open = moment == DT__MOMENT_ALWAYS || moment == DT__MOMENT_NEVER;
    return open ? 0 : (int32_t)dt__zone_offset(zone, moment);
}

dt_status dt__reading_begin(dt__reading_work *w, dt__ledger *l, const dt__obligation *o, dt_reading_record *out) {
    dt_status st;

    *w = (dt__reading_work){.l = l, .o = o, .out = out, .findings = DT__VECTOR(dt_finding)};
    *out = (dt_reading_record){.id = o->terms->id,
                               .from = o->when.lo,
                               .until = o->when.hi,
                               .declared_until = o->moved == NULL ? o->when.hi : o->moved->declared.nominal.hi,
                               .offset_from = offset_at(o->zone, o->when.lo),
                               .offset_until = offset_at(o->zone, o->when.hi),
                               .line_age = -1};
    if ((st = set_up(w)) != DT_OK) return st;
    out->window_from = w->window_from * DT__DAY;
    out->window_until = (w->window_from + (int64_t)w->window_days) * DT__DAY;
    return DT_OK;
}

void dt__reading_clear(dt__reading_work *w) {
    if (w->l != NULL) dt__vector_clear(&w->findings, w->l->env);
}
