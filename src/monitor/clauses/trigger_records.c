/* What the triggers of a reading count: records that may be breaches of it, by beginning and by end. */
#include <stdlib.h>
#include <string.h>

#include "monitor/clauses/moved_time.h"

/* ---- days ---- */

static size_t day_from(const dt__moved_time *m, dt__moment moment) {
    int64_t day = moment == DT__MOMENT_ALWAYS ? m->first : dt__local_day(m->o->zone, moment);
    return day > m->first ? (size_t)(day - m->first) : 0;
}

static dt__moment start_of_day(const dt__moved_time *m, size_t day) {
    dt__wall wall = dt__wall_of_moment((m->first + (int64_t)day) * DT__DAY);
    return dt__zone_moments(m->o->zone, &wall).lo;
}

/* ---- records ---- */

static dt__party_set bound_parties(const dt__moved_time *m, const dt__occurrence *x) {
    dt__party_set bound = m->o->terms->bound, set = 0;

    for (uint32_t p = 0; p < 8 * sizeof bound; p++)
        if ((bound >> p & 1) != 0 && dt__may_be_of(x, p)) set |= (dt__party_set)1 << p;
    return set;
}

static bool is_counted(const dt__moved_time *m, const dt__occurrence *x, dt__truth *truth) {
    if (x->outsider || x->compliance || !(x->rest > 0) || !dt__may_concern(m->o, x)) return false;
    *truth = dt__breach_apart_from_time(m->l, m->o, x);
    return *truth != DT__NO;
}

static dt__trigger_record record_of(const dt__moved_time *m, size_t occurrence, dt__truth truth) {
    const dt__occurrence *x = dt__occurrence_at(m->l, occurrence);

    return (dt__trigger_record){.occurrence = (uint32_t)occurrence,
                                .when = x->when,
                                .count = x->rest,
                                .at_least = x->at_least,
                                .single = !x->total,
                                .sure = truth == DT__YES,
                                .actor = x->actor,
                                .parties = bound_parties(m, x),
                                .first_day = day_from(m, x->when.lo),
                                .last_day = x->when.hi == DT__MOMENT_NEVER ? SIZE_MAX : day_from(m, x->when.hi - 1),
                                .happened = {SIZE_MAX, SIZE_MAX},
                                .happened_week = {SIZE_MAX, SIZE_MAX}};
}

/* Does a record belong to a class?  Any class: yes. */
static dt__truth is_of_class(const dt__moved_time *m, const dt__trigger_record *r, uint32_t sort) {
    const dt__occurrence *x = dt__occurrence_at(m->l, r->occurrence);
    const dt__breach_class *c;
    dt__truth act = DT__YES, target = DT__YES;

    if (sort == DT__NO_INDEX) return DT__YES;
    c = &m->o->terms->classes[sort];
    if (c->act_count > 0)
        act = x->act == DT__NOBODY ? DT__UNKNOWN
                                   : dt__act_among(*DT__AT(m->l->acts, const char *, x->act), c->acts, c->act_count);
    if (c->target_count > 0)
        target = x->asset == DT__NOBODY
                     ? DT__UNKNOWN
                     : dt__asset_among(*DT__AT(m->l->assets, const char *, x->asset), c->targets, c->target_count);
    return act < target ? act : target;
}

static dt_status list_records(dt__moved_time *m) {
    dt__vector list = DT__VECTOR(dt__trigger_record);
    dt_status st = DT_OK;

    for (size_t i = 0; i < m->occurrence_count && st == DT_OK; i++) {
        size_t occurrence = m->occurrence_first + i;
        dt__truth truth;
        dt__trigger_record record;
        if (!dt__act_may_concern(m->l, m->o, occurrence) || !is_counted(m, dt__occurrence_at(m->l, occurrence), &truth))
            continue;
        record = record_of(m, occurrence, truth);
        st = dt__vector_push(&list, &record, m->l->env);
    }
    if (st == DT_OK && list.count > 0) {
        m->records = DT__ARENA_ARRAY(&m->l->scratch, dt__trigger_record, list.count);
        m->record_count = list.count;
        if (m->records == NULL) st = DT_ERR_MEMORY;
        else memcpy(m->records, list.items, list.count * sizeof *m->records);
    }
    dt__vector_clear(&list, m->l->env);
    return st;
}

/* ---- in order of their ends ---- */

typedef struct ended {
    dt__moment hi;
    size_t record;
} ended;

static int by_end(const void *a, const void *b) {
    const ended *x = a, *y = b;
    if (x->hi != y->hi) return x->hi < y->hi ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

static dt_status order_by_end(dt__moved_time *m) {
    ended *list = DT__ARENA_ARRAY(&m->l->scratch, ended, m->record_count);

    m->by_end = DT__ARENA_ARRAY(&m->l->scratch, size_t, m->record_count);
    if (list == NULL || m->by_end == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < m->record_count; i++) list[i] = (ended){m->records[i].when.hi, i};
    if (m->record_count > 0) qsort(list, m->record_count, sizeof *list, by_end);
    for (size_t i = 0; i < m->record_count; i++) m->by_end[i] = list[i].record;
    return DT_OK;
}

static dt_status find_members(dt__moved_time *m) {
    m->member = DT__ARENA_ARRAY(&m->l->scratch, uint8_t, m->record_count * m->trigger_count);
    if (m->member == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < m->record_count; i++)
        for (size_t t = 0; t < m->trigger_count; t++)
            m->member[i * m->trigger_count + t] = (uint8_t)is_of_class(m, &m->records[i], m->triggers[t].terms->sort);
    return DT_OK;
}

/* To the last day on which a record begins, as far as the reading may reach. */
static dt_status lay_out_days(dt__moved_time *m) {
    size_t last = 0;

    for (size_t i = 0; i < m->record_count; i++)
        if (m->records[i].first_day > last) last = m->records[i].first_day;
    if (m->o->possible.hi != DT__MOMENT_NEVER && day_from(m, m->o->possible.hi - 1) < last)
        last = day_from(m, m->o->possible.hi - 1);
    m->days = last + 1;
    m->starts = DT__ARENA_ARRAY(&m->l->scratch, dt__moment, m->days + 1);
    if (m->starts == NULL) return DT_ERR_MEMORY;
    for (size_t d = 0; d <= m->days; d++) m->starts[d] = start_of_day(m, d);
    return DT_OK;
}

dt_status dt__gather_records(dt__moved_time *m) {
    dt_status st = list_records(m);

    if (st == DT_OK) st = order_by_end(m);
    if (st == DT_OK) st = find_members(m);
    return st == DT_OK ? lay_out_days(m) : st;
}
