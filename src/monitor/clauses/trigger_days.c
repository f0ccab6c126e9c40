/* The triggers of a reading, one day after the other.  On each day a record may happen counts as possible, and a record
 * that is over counts as certain; what has come about by the end of a day begins with the next.  The days are as many
 * as the records' and never more: it ends. */
#include <math.h>

#include "monitor/clauses/moved_time.h"

typedef struct going {
    dt__moved_time *m;
    size_t day;
    size_t begun; /* records that have begun */
    size_t over;  /* of by_end: those that are over */
    size_t ready; /* of those: before today */
    size_t active_count;
    size_t *active; /* records that are not over */
    bool decided;   /* whether it is extended */
    dt__moment end; /* as declared, at the earliest */
} going;

/* The end of a trigger's own reckoning: what comes after the declared end does not extend it. */
static bool is_extension(const dt__trigger_work *t) {
    return t->terms->then == DT__THEN_EXTENSION;
}

/* ---- reciprocity ---- */

static bool is_freed(const dt__moved_time *m, const dt__trigger_record *r) {
    if (!m->o->terms->reciprocal || r->actor == DT__NOBODY) return false;
    for (size_t p = 0; p < m->l->model->party_count; p++)
        if (p != r->actor && m->breach_ends[p] <= r->when.lo) return true;
    return false;
}

static bool is_in_time(const dt__moved_time *m, const dt__interval *when) {
    dt__in_force now = {.start = m->declared.start, .end = m->furthest.may};
    double share;

    return dt__time_within(&now, when, &share) == DT__YES;
}

/* A breach by one that was over before frees the others, as far as it was one but for the force. */
static void free_others(dt__moved_time *m, dt__trigger_record *r) {
    if ((r->freed = is_freed(m, r))) return;
    if (r->sure && is_in_time(m, &r->when) && r->when.hi < m->breach_ends[r->actor] &&
        dt__force_at(m, &r->when, r, DT__APART_FROM_NONE, NULL) != DT__NO)
        m->breach_ends[r->actor] = r->when.hi;
}

/* Those over by the end of the day, up to a moment. */
static void take_over(going *g, dt__moment until) {
    dt__moved_time *m = g->m;
    bool last = g->day + 1 == m->days;

    for (; g->over < m->record_count; g->over++) {
        dt__trigger_record *r = &m->records[m->by_end[g->over]];
        if (r->when.hi > until || (r->last_day > g->day && !last)) return;
        free_others(m, r);
    }
}

/* ---- counting ---- */

static bool is_sure(const dt__moved_time *m, const dt__trigger_work *t, const dt__trigger_record *r) {
    bool apart = t->terms->then == DT__THEN_TERMINATION || t->terms->then == DT__THEN_SUSPENSION;

    return r->sure && !r->freed && is_in_time(m, &r->when) &&
           dt__force_at(m, &r->when, r, apart ? DT__APART_FROM_TERMINATIONS : DT__APART_FROM_NONE, t) == DT__YES;
}

/* Is all of a record within the day or week that its last day is in? */
static bool lies_in_span(const dt__trigger_work *t, const dt__trigger_record *r) {
    if (t->terms->per == DT__IN_A_DAY) return r->first_day == r->last_day;
    return t->terms->per == DT__IN_ALL || (r->last_day != SIZE_MAX && r->first_day / 7 == r->last_day / 7);
}

static size_t party_index(const dt__moved_time *m, uint32_t party) {
    size_t i = 0;

    while (i < m->party_count && m->parties[i] != party) i++;
    return i;
}

static void count_sure(const going *g, dt__trigger_work *t) {
    const dt__moved_time *m = g->m;
    size_t number = (size_t)(t - m->triggers);

    for (size_t i = g->ready; i < g->over; i++) {
        size_t index = m->by_end[i], party;
        const dt__trigger_record *r = &m->records[index];
        if (m->member[index * m->trigger_count + number] != DT__YES || !lies_in_span(t, r) ||
            (is_extension(t) && r->when.hi > g->end) || !is_sure(m, t, r))
            continue;
        party = party_index(m, r->actor);
        if (party < m->party_count) t->tallies[party].sure += r->count;
    }
}

/* Does a record that may happen today count for the first time in the span? */
static bool is_new(const dt__trigger_work *t, const dt__trigger_record *r, size_t day, unsigned phase) {
    if (t->terms->per == DT__IN_A_DAY) return true;
    if (t->terms->per == DT__IN_A_WEEK) return r->happened_week[phase] != day / 7;
    return r->happened[phase] == SIZE_MAX;
}

static void count_possible(const going *g, dt__trigger_work *t, size_t index, unsigned phase) {
    const dt__moved_time *m = g->m;
    const dt__trigger_record *r = &m->records[index];
    bool fresh = is_new(t, r, g->day, phase);

    if (m->member[index * m->trigger_count + (size_t)(t - m->triggers)] == DT__NO) return;
    for (size_t i = 0; i < m->party_count; i++) {
        dt__tally *tally = &t->tallies[i];
        if ((r->parties >> m->parties[i] & 1) == 0) continue;
        tally->active++;
        if (!fresh) continue;
        tally->possible += r->count;
        tally->unbounded += r->at_least;
    }
}

static void count_active(const going *g, unsigned phase) {
    dt__moved_time *m = g->m;

    for (size_t i = 0; i < g->active_count; i++) {
        dt__trigger_record *r = &m->records[g->active[i]];
        if (!dt__may_happen(m, r, g->day)) continue;
        for (size_t t = 0; t < m->trigger_count; t++)
            if (is_extension(&m->triggers[t]) == (phase == 0)) count_possible(g, &m->triggers[t], g->active[i], phase);
        if (r->happened[phase] == SIZE_MAX) r->happened[phase] = g->day;
        r->happened_week[phase] = g->day / 7;
    }
}

/* ---- what comes about ---- */

static void begin_span(const going *g, dt__trigger_work *t) {
    bool begins = t->terms->per == DT__IN_A_DAY || (t->terms->per == DT__IN_A_WEEK && g->day % 7 == 0);

    for (size_t i = 0; i < g->m->party_count; i++) {
        dt__tally *tally = &t->tallies[i];
        tally->active = 0;
        if (!begins) continue;
        tally->sure = tally->possible = 0;
        tally->unbounded = 0;
    }
}

static bool note_party(const going *g, const dt__trigger_work *t, dt__tally *tally, bool *sure) {
    double possible = tally->unbounded > 0 ? INFINITY : tally->possible;

    tally->most = fmax(tally->most, tally->sure);
    tally->most_possible = fmax(tally->most_possible, possible);
    if (t->terms->at_most) return false;
    if (tally->sure > t->terms->limit) *sure = true;
    if (tally->sure > t->terms->limit && tally->since == SIZE_MAX) tally->since = g->day;
    if (possible > t->terms->limit && tally->possibly_since == SIZE_MAX) tally->possibly_since = g->day;
    return possible > t->terms->limit && tally->active > 0;
}

static void settle(const going *g, dt__trigger_work *t) {
    bool sure = false, fires = false;

    for (size_t i = 0; i < g->m->party_count; i++) {
        dt__tally *tally = &t->tallies[i];
        if (t->history != NULL)
            t->history[i * g->m->days + g->day] = (dt__tally_then){tally->possible, tally->unbounded, tally->active};
        if (note_party(g, t, tally, &sure)) fires = true;
    }
    t->last_fire[g->day] = g->day > 0 ? t->last_fire[g->day - 1] : SIZE_MAX;
    if (fires && t->certain_day == SIZE_MAX) {
        t->last_fire[g->day] = g->day;
        if (t->first_fire == SIZE_MAX) t->first_fire = g->day;
    }
    if (sure && t->certain_day == SIZE_MAX) t->certain_day = g->day;
}

static void count_triggers(const going *g, unsigned phase) {
    dt__moved_time *m = g->m;

    for (size_t t = 0; t < m->trigger_count; t++)
        if (is_extension(&m->triggers[t]) == (phase == 0)) {
            begin_span(g, &m->triggers[t]);
            count_sure(g, &m->triggers[t]);
        }
    count_active(g, phase);
    for (size_t t = 0; t < m->trigger_count; t++)
        if (is_extension(&m->triggers[t]) == (phase == 0)) settle(g, &m->triggers[t]);
}

/* ---- extensions ---- */

static dt__truth holds(const dt__moved_time *m, const dt__trigger_work *t) {
    bool passed = false, may = false;

    if (!m->has_ended) return DT__NO;
    for (size_t i = 0; i < m->party_count; i++) {
        if (t->tallies[i].most > t->terms->limit) passed = true;
        if (t->tallies[i].most_possible > t->terms->limit) may = true;
    }
    if (t->terms->at_most) return passed ? DT__NO : may ? DT__UNKNOWN : DT__YES;
    return passed ? DT__YES : may ? DT__UNKNOWN : DT__NO;
}

/* The furthest end that surely holds, and the furthest that may. */
static void decide(going *g) {
    dt__moved_time *m = g->m;

    g->decided = true;
    for (size_t i = 0; i < m->trigger_count; i++) {
        dt__trigger_work *t = &m->triggers[i];
        if (!is_extension(t)) continue;
        t->extends = holds(m, t);
        if (t->extends == DT__YES && t->end.nominal > m->certain.nominal) m->certain = t->end;
        if (t->extends != DT__NO && t->end.nominal > m->furthest.nominal) m->furthest = t->end;
    }
}

/* ---- day by day ---- */

static void begin_day(going *g) {
    dt__moved_time *m = g->m;
    size_t kept = 0;

    for (size_t i = 0; i < g->active_count; i++)
        if (m->records[g->active[i]].last_day >= g->day) g->active[kept++] = g->active[i];
    for (; g->begun < m->record_count && m->records[g->begun].first_day <= g->day; g->begun++)
        g->active[kept++] = g->begun;
    g->active_count = kept;
    g->ready = g->over;
    for (size_t t = 0; t < m->trigger_count; t++)
        m->triggers[t].last_fire[g->day] = g->day > 0 ? m->triggers[t].last_fire[g->day - 1] : SIZE_MAX;
}

static bool ends_today(const dt__moved_time *m, size_t day) {
    dt__moment end = m->declared.end.hi;
    return end != DT__MOMENT_NEVER && dt__local_day(m->o->zone, end - 1) == m->first + (int64_t)day;
}

dt_status dt__go_through_days(dt__moved_time *m) {
    going g = {.m = m, .end = m->declared.end.lo, .active = DT__ARENA_ARRAY(&m->l->scratch, size_t, m->record_count)};
    dt_status st = g.active == NULL ? DT_ERR_MEMORY : DT_OK;

    for (; g.day < m->days && st == DT_OK; g.day++) {
        st = dt__poll(m->l->env);
        begin_day(&g);
        take_over(&g, g.end);
        if (!g.decided) count_triggers(&g, 0);
        if (ends_today(m, g.day)) decide(&g);
        take_over(&g, DT__MOMENT_NEVER);
        count_triggers(&g, 1);
    }
    if (!g.decided) decide(&g);
    return st;
}
