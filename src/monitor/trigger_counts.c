/* What the triggers of a reading came to, for the answer: party by party as they were declared, then what they moved.
 */
#include "monitor/clauses/moved_time.h"

/* ---- as declared ---- */

static int64_t moment_of_day(const dt__moved_time *m, size_t day) {
    return day == SIZE_MAX ? INT64_MIN : (m->first + (int64_t)day) * DT__DAY;
}

static dt_triggered told(const dt__moved_time *m, uint32_t number, const dt__tally *tally) {
    const dt__trigger *t = m->triggers[number].terms;
    dt_triggered result = {.trigger = number,
                           .most = tally->most,
                           .most_possible = tally->most_possible,
                           .since = moment_of_day(m, tally->since),
                           .possibly_since = moment_of_day(m, tally->possibly_since)};

    if (t->at_most) { /* looked at when the window has reached the end */
        result.certainly = m->has_ended && !(tally->most_possible > t->limit);
        result.possibly = m->has_ended && !(tally->most > t->limit);
        return result;
    }
    result.certainly = tally->since != SIZE_MAX;
    result.possibly = tally->possibly_since != SIZE_MAX;
    return result;
}

static const dt__tally *tally_of(const dt__moved_time *m, uint32_t number, uint32_t party) {
    if (m->days == 0) return NULL;
    for (size_t i = 0; i < m->party_count; i++)
        if (m->parties[i] == party) return &m->triggers[number].tallies[i];
    return NULL;
}

dt_status dt__tell_triggers(dt__ledger *l, const dt__obligation *o, dt_party_record *party) {
    size_t count = o->terms->trigger_count;
    dt_triggered *list = DT__BUILDER_ARRAY(l->b, dt_triggered, count);

    if (list == NULL) return DT_ERR_MEMORY;
    for (uint32_t i = 0; i < count; i++) {
        const dt__tally *tally = tally_of(o->moved, i, party->party);
        list[i] = (dt_triggered){.trigger = i, .since = INT64_MIN, .possibly_since = INT64_MIN};
        if (tally != NULL) list[i] = told(o->moved, i, tally);
    }
    party->triggered = list;
    party->triggered_count = count;
    return DT_OK;
}

/* ---- what they moved ---- */

static int32_t offset_at(const dt__moved_time *m, dt__moment moment) {
    bool open = moment == DT__MOMENT_ALWAYS || moment == DT__MOMENT_NEVER;
    return open ? 0 : (int32_t)dt__zone_offset(m->o->zone, moment);
}

static bool moved(const dt__moved_time *m, uint32_t number, dt_move *out) {
    const dt__trigger_work *t = &m->triggers[number];
    size_t first = t->first_fire < t->certain_day ? t->first_fire : t->certain_day;
    size_t last = t->certain_day != SIZE_MAX ? t->certain_day : t->last_fire[m->days - 1];

    if (t->terms->then == DT__THEN_EXTENSION) {
        dt__moment end = m->declared.nominal.hi;
        *out = (dt_move){number, t->extends == DT__YES, end, end, t->end.nominal, 0, 0, 0};
        return t->extends != DT__NO && t->end.nominal > end;
    }
    if (t->history == NULL || first == SIZE_MAX) return false;
    *out = (dt_move){.trigger = number,
                     .certainly = t->certain_day != SIZE_MAX,
                     .possibly_from = dt__effect_of(m, t, first).lo,
                     .from = dt__effect_of(m, t, last).lo,
                     .until = dt__effect_of(m, t, last).hi};
    return true;
}

dt_status dt__tell_moves(dt__ledger *l, const dt__obligation *o, dt_reading_record *out) {
    const dt__moved_time *m = o->moved;
    dt_move *list;

    if (!dt__is_moving(o)) return DT_OK;
    if ((list = DT__BUILDER_ARRAY(l->b, dt_move, m->trigger_count)) == NULL) return DT_ERR_MEMORY;
    for (uint32_t i = 0; i < m->trigger_count; i++) {
        dt_move *move = &list[out->move_count];
        if (!moved(m, i, move)) continue;
        move->offset_possibly = offset_at(m, move->possibly_from);
        move->offset_from = offset_at(m, move->from);
        move->offset_until = offset_at(m, move->until);
        out->move_count++;
    }
    out->moves = list;
    return DT_OK;
}
