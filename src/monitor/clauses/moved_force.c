/* Was a reading in force when something happened, after what its triggers brought so far?  What follows upon a day
 * begins with the next one, so the answer for a day hangs on the days before alone. */
#include "monitor/clauses/moved_time.h"

static bool ends(const dt__trigger_work *t) {
    return t->terms->then == DT__THEN_TERMINATION || t->terms->then == DT__THEN_SUSPENSION;
}

dt__interval dt__effect_of(const dt__moved_time *m, const dt__trigger_work *t, size_t day) {
    dt__moment from = m->starts[day + 1];
    bool returns = t->terms->then == DT__THEN_SUSPENSION && dt__is_lasting(&t->terms->lasting);

    return (dt__interval){from, returns ? dt__later(from, m->o->zone, &t->terms->lasting) : DT__MOMENT_NEVER};
}

/* The part of a time in which it may be in force by its beginning and its end. */
dt__interval dt__time_in_force(const dt__moved_time *m, const dt__interval *when) {
    dt__interval part = *when;

    if (m->declared.start.lo > part.lo) part.lo = m->declared.start.lo;
    if (m->furthest.may.hi < part.hi) part.hi = m->furthest.may.hi;
    return part;
}

/* ---- surely out ---- */

/* When it is out however early and however late the trigger came about. */
static dt__interval sure_effect(const dt__moved_time *m, const dt__trigger_work *t) {
    size_t earliest = t->first_fire < t->certain_day ? t->first_fire : t->certain_day;

    if (!ends(t) || t->certain_day == SIZE_MAX) return (dt__interval){0, 0};
    return (dt__interval){dt__effect_of(m, t, t->certain_day).lo, dt__effect_of(m, t, earliest).hi};
}

/* Every moment of it is in the sure effect of some trigger. */
bool dt__is_surely_out(const dt__moved_time *m, dt__interval when) {
    while (when.lo < when.hi) {
        dt__moment reached = when.lo;
        for (size_t i = 0; i < m->trigger_count; i++) {
            dt__interval out = sure_effect(m, &m->triggers[i]);
            if (out.lo <= when.lo && out.hi > reached) reached = out.hi;
        }
        if (reached == when.lo) return false;
        when.lo = reached;
    }
    return true;
}

bool dt__may_happen(const dt__moved_time *m, const dt__trigger_record *r, size_t day) {
    dt__interval part = dt__time_in_force(m, &r->when);

    if (day > 0 && m->starts[day] > part.lo) part.lo = m->starts[day];
    if (m->starts[day + 1] < part.hi) part.hi = m->starts[day + 1];
    return part.lo < part.hi && !dt__is_surely_out(m, part);
}

/* ---- possibly out ---- */

/* Is a record among those that count on a day, in the span of the trigger? */
static bool was_counted(const dt__moved_time *m, const dt__trigger_record *r, const dt__trigger_work *t, size_t day) {
    if (t->terms->per == DT__IN_A_DAY) return dt__may_happen(m, r, day);
    if (t->terms->per == DT__IN_ALL) return r->happened[1] <= day;
    for (size_t d = day - day % 7 > r->first_day ? day - day % 7 : r->first_day; d <= day; d++)
        if (dt__may_happen(m, r, d)) return true;
    return false;
}

/* A single occurrence does not free itself: may the trigger have come about on that day without it? */
static bool may_fire_without(const dt__moved_time *m, const dt__trigger_record *r, const dt__trigger_work *t,
                             size_t day) {
    size_t index = (size_t)(r - m->records), number = (size_t)(t - m->triggers);
    bool member = m->member[index * m->trigger_count + number] != DT__NO;
    bool counted = member && was_counted(m, r, t, day), active = member && dt__may_happen(m, r, day);

    for (size_t i = 0; i < m->party_count; i++) {
        dt__tally_then then = t->history[i * m->days + day];
        if ((r->parties >> m->parties[i] & 1) != 0) {
            then.active -= active;
            then.unbounded -= counted && r->at_least;
            then.possible -= counted ? r->count : 0;
        }
        if (then.active > 0 && (then.unbounded > 0 || then.possible > t->terms->limit)) return true;
    }
    return false;
}

/* Of all days and one more, those that begin before a moment. */
static size_t days_begun(const dt__moved_time *m, dt__moment moment) {
    size_t low = 0, high = m->days + 1;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (m->starts[middle] < moment) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* Effects begin and end later the later they come about: only the last before the time is of interest, but for those
 * that a record may have brought about itself. */
static bool may_be_out_by(const dt__moved_time *m, const dt__trigger_work *t, dt__interval part,
                          const dt__trigger_record *r) {
    size_t day = days_begun(m, part.hi); /* effects of the day before begin with one */

    for (size_t fire = day < 2 ? SIZE_MAX : t->last_fire[day - 2]; fire != SIZE_MAX;) {
        if (dt__effect_of(m, t, fire).hi <= part.lo) return false;
        if (r == NULL || !r->single || fire < r->first_day || may_fire_without(m, r, t, fire)) return true;
        fire = fire == 0 ? SIZE_MAX : t->last_fire[fire - 1];
    }
    return false;
}

dt__truth dt__force_at(const dt__moved_time *m, const dt__interval *when, const dt__trigger_record *record,
                       dt__apart_from kind, const dt__trigger_work *apart) {
    dt__interval part = dt__time_in_force(m, when);

    if (part.lo >= part.hi || dt__is_surely_out(m, part)) return DT__NO;
    if (m->certain.nominal < m->furthest.nominal && part.hi > m->certain.may.lo) return DT__UNKNOWN;
    for (size_t i = 0; i < m->trigger_count; i++) {
        const dt__trigger_work *t = &m->triggers[i];
        bool left_out = kind == DT__APART_FROM_TERMINATIONS && (t == apart || t->terms->then == DT__THEN_TERMINATION);
        if (ends(t) && !left_out && may_be_out_by(m, t, part, record)) return DT__UNKNOWN;
    }
    return DT__YES;
}
