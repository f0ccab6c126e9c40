/* Readings whose triggers end, suspend or extend them: their times are moved before anything is judged. */
#include <string.h>

#include "monitor/clauses/moved_time.h"

/* ---- setting up ---- */

static dt_status set_up_trigger(dt__moved_time *m, dt__trigger_work *t, const dt__trigger *terms) {
    bool remembers = terms->then == DT__THEN_SUSPENSION || terms->then == DT__THEN_TERMINATION;

    *t = (dt__trigger_work){
        .terms = terms, .first_fire = SIZE_MAX, .certain_day = SIZE_MAX, .extends = DT__NO, .end = m->certain};
    t->tallies = DT__ARENA_ARRAY(&m->l->scratch, dt__tally, m->party_count);
    if (t->tallies == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < m->party_count; i++)
        t->tallies[i] = (dt__tally){.since = SIZE_MAX, .possibly_since = SIZE_MAX};
    t->last_fire = DT__ARENA_ARRAY(&m->l->scratch, size_t, m->days);
    t->history = remembers ? DT__ARENA_ARRAY(&m->l->scratch, dt__tally_then, m->party_count * m->days) : NULL;
    if (t->last_fire == NULL || (remembers && t->history == NULL)) return DT_ERR_MEMORY;
    for (size_t d = 0; d < m->days; d++) t->last_fire[d] = SIZE_MAX;
    return DT_OK;
}

dt_status dt__reach_furthest(dt__ledger *l, dt__obligation *o) {
    dt_status st = DT_OK;

    for (size_t i = 0; i < o->terms->trigger_count && st == DT_OK; i++) {
        const dt__trigger *t = &o->terms->triggers[i];
        dt__ending end;
        if (t->then != DT__THEN_EXTENSION) continue;
        st = dt__extended_end(l, o, t, &end);
        if (st == DT_OK && end.nominal > o->when.hi && end.may.hi > o->possible.hi) o->possible.hi = end.may.hi;
    }
    return st;
}

static dt_status set_up(dt__moved_time *m) {
    const dt__clause_reading *terms = m->o->terms;
    size_t parties = m->l->model->party_count;
    size_t end;
    dt_status st;

    dt__concerned_range(m->l, m->o, &m->occurrence_first, &end);
    m->occurrence_count = end - m->occurrence_first;
    m->parties = DT__ARENA_ARRAY(&m->l->scratch, uint32_t, parties);
    m->breach_ends = DT__ARENA_ARRAY(&m->l->scratch, dt__moment, parties);
    m->triggers = DT__ARENA_ARRAY(&m->l->scratch, dt__trigger_work, m->trigger_count);
    if (m->parties == NULL || m->breach_ends == NULL || m->triggers == NULL) return DT_ERR_MEMORY;
    for (uint32_t p = 0; p < parties; p++) {
        m->breach_ends[p] = DT__MOMENT_NEVER;
        if ((terms->bound >> p & 1) != 0) m->parties[m->party_count++] = p;
    }
    for (size_t i = 0; i < m->trigger_count; i++) m->triggers[i].terms = &terms->triggers[i];
    st = dt__gather_records(m);
    for (size_t i = 0; i < m->trigger_count && st == DT_OK; i++)
        st = set_up_trigger(m, &m->triggers[i], &terms->triggers[i]);
    for (size_t i = 0; i < m->trigger_count && st == DT_OK; i++)
        if (terms->triggers[i].then == DT__THEN_EXTENSION)
            st = dt__extended_end(m->l, m->o, &terms->triggers[i], &m->triggers[i].end);
    return st;
}

/* ---- what it comes to ---- */

static bool has_ended(const dt__moved_time *m) {
    int64_t from, until;

    if (m->declared.nominal.hi == DT__MOMENT_NEVER) return false;
    dt__window_days(m->l, m->o, &from, &until);
    return until > dt__local_day(m->o->zone, m->declared.nominal.hi - 1);
}

/* The nominal end: as far as it surely reaches, and no further than what surely ended it for good. */
static dt__moment nominal_end(const dt__moved_time *m) {
    dt__moment end = m->certain.nominal;

    for (size_t i = 0; i < m->trigger_count; i++) {
        const dt__trigger_work *t = &m->triggers[i];
        dt__interval effect;
        if (t->certain_day == SIZE_MAX || t->history == NULL) continue;
        effect = dt__effect_of(m, t, t->certain_day);
        if (effect.hi == DT__MOMENT_NEVER && effect.lo < end) end = effect.lo;
    }
    return end;
}

static void move(dt__moved_time *m) {
    dt__obligation *o = m->o;

    o->when.hi = nominal_end(m);
    o->in_force.end = m->furthest.may;
    o->possible.hi = m->furthest.may.hi;
    m->doubted_from = m->certain.nominal < m->furthest.nominal ? m->certain.nominal : DT__MOMENT_NEVER;
    for (size_t i = 0; i < m->trigger_count; i++) {
        const dt__trigger_work *t = &m->triggers[i];
        dt__moment from;
        if (t->history == NULL || t->first_fire == SIZE_MAX) continue;
        from = dt__effect_of(m, t, t->first_fire).lo;
        if (from < m->moved_from) m->moved_from = from;
        if (t->first_fire < t->certain_day && from < m->doubted_from) m->doubted_from = from; /* else it is settled */
    }
}

/* Of everything that it may concern, records or not. */
static dt_status find_force(dt__moved_time *m) {
    size_t next = 0;

    m->force = DT__ARENA_ARRAY(&m->l->scratch, uint8_t, m->occurrence_count);
    m->freed = DT__ARENA_ARRAY(&m->l->scratch, uint8_t, m->occurrence_count);
    if (m->force == NULL || m->freed == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < m->occurrence_count; i++) {
        size_t occurrence = m->occurrence_first + i;
        const dt__trigger_record *r = NULL;
        if (next < m->record_count && m->records[next].occurrence == occurrence) r = &m->records[next++];
        if (!dt__act_may_concern(m->l, m->o, occurrence)) continue;
        m->force[i] =
            (uint8_t)dt__force_at(m, &dt__occurrence_at(m->l, occurrence)->when, r, DT__APART_FROM_NONE, NULL);
        m->freed[i] = r != NULL && r->freed;
    }
    return DT_OK;
}

dt__truth dt__force_of(const dt__obligation *o, size_t occurrence) {
    const dt__moved_time *m = o->moved;

    if (!dt__is_moving(o) || occurrence < m->occurrence_first ||
        occurrence - m->occurrence_first >= m->occurrence_count)
        return DT__YES;
    return (dt__truth)m->force[occurrence - m->occurrence_first];
}

bool dt__freed_before(const dt__obligation *o, size_t occurrence) {
    const dt__moved_time *m = o->moved;

    return occurrence >= m->occurrence_first && occurrence - m->occurrence_first < m->occurrence_count &&
           m->freed[occurrence - m->occurrence_first] != 0;
}

/* ---- all readings ---- */

static dt_status move_one(dt__moved_time *m) {
    dt_status st = set_up(m);

    m->has_ended = has_ended(m);
    if (st == DT_OK) st = dt__go_through_days(m);
    if (st != DT_OK || !m->moving) return st;
    st = find_force(m);
    if (st == DT_OK) move(m);
    return st;
}

static bool moves_some(const dt__clause_reading *terms) {
    for (size_t i = 0; i < terms->trigger_count; i++)
        if (dt__moves_time(&terms->triggers[i])) return true;
    return false;
}

dt_status dt__move_times(dt__ledger *l) {
    dt_status st = DT_OK;

    for (size_t i = 0; i < l->obligation_count && st == DT_OK; i++) {
        dt__obligation *o = &l->obligations[i];
        dt__ending end = {o->in_force.end, o->when.hi};
        if (o->terms->trigger_count == 0) continue;
        if ((o->moved = DT__ARENA_NEW(&l->scratch, dt__moved_time)) == NULL) return DT_ERR_MEMORY;
        *o->moved = (dt__moved_time){.moving = moves_some(o->terms),
                                     .l = l,
                                     .o = o,
                                     .declared = o->in_force,
                                     .certain = end,
                                     .furthest = end,
                                     .trigger_count = o->terms->trigger_count,
                                     .moved_from = DT__MOMENT_NEVER,
                                     .doubted_from = DT__MOMENT_NEVER};
        if (o->when.lo == DT__MOMENT_ALWAYS) continue;
        o->moved->first = dt__local_day(o->zone, o->when.lo);
        st = move_one(o->moved);
    }
    return st;
}
