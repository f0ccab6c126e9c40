/* What the triggers of a reading come to, day by day, and what they do to the time in which it is in force. */
#ifndef DT__MONITOR_MOVED_TIME_H
#define DT__MONITOR_MOVED_TIME_H

#include "monitor/ledger.h"

/* A record as triggers count it; what is in parts of a total told apart counts there.  Days are those of the reading's
 * clocks, from its first. */
typedef struct dt__trigger_record {
    uint32_t occurrence;
    dt__interval when;
    double count;
    bool at_least, single, sure; /* sure: a breach, if it was in time and in force */
    bool freed;                  /* another's breach was over before, and the reading is reciprocal */
    uint32_t actor;              /* DT__NOBODY: not known */
    dt__party_set parties;       /* bound, and it may be theirs */
    size_t first_day, last_day;  /* last_day SIZE_MAX: behind all days */
    size_t happened[2];          /* first day on which it may have happened, in force: before the end, as extended */
    size_t happened_week[2];     /* the last such week */
} dt__trigger_record;

/* What is counted of one party. */
typedef struct dt__tally {
    double sure, possible; /* in the day or week at hand, or in all */
    size_t unbounded;      /* records that are lower bounds, in `possible` */
    size_t active;         /* that may happen on the day at hand */
    double most, most_possible;
    size_t since, possibly_since; /* days; SIZE_MAX: never */
} dt__tally;

/* The same at the end of a day. */
typedef struct dt__tally_then {
    double possible;
    size_t unbounded, active;
} dt__tally_then;

typedef struct dt__trigger_work {
    const dt__trigger *terms;
    dt__tally *tallies;      /* per bound party */
    dt__tally_then *history; /* per bound party and day, of what suspends or ends */
    size_t *last_fire;       /* per day: the last day up to then on which it may have come about; SIZE_MAX: none */
    size_t first_fire, certain_day; /* SIZE_MAX: none; by when it has come about at the latest */
    dt__ending end;                 /* of an extension */
    dt__truth extends;
} dt__trigger_work;

typedef struct dt__moved_time {
    bool moving; /* some trigger ends, suspends or extends */
    dt__ledger *l;
    dt__obligation *o;
    dt__in_force declared;
    dt__ending certain, furthest; /* ends: as far as is certain, and possible */
    int64_t first;                /* day */
    size_t days;                  /* that are gone through; 0: nothing is counted, the beginning is not known */
    dt__moment *starts;           /* per day, and one more */
    size_t party_count;
    uint32_t *parties; /* bound */
    size_t trigger_count;
    dt__trigger_work *triggers;
    size_t record_count;
    dt__trigger_record *records; /* by beginning */
    uint8_t *member;             /* per record and trigger: dt__truth, is it of the trigger's class? */
    size_t *by_end;              /* records by when they were over */
    dt__moment *breach_ends;     /* per party of the model: when its first breach was over; DT__MOMENT_NEVER: none */
    size_t occurrence_first, occurrence_count; /* that the reading may concern */
    uint8_t *force;                            /* per those: dt__truth, was it in force then? */
    uint8_t *freed;                            /* per those: by another's breach before, as it is reciprocal */
    bool has_ended;                            /* its window has reached its end, as declared */
    dt__moment moved_from;                     /* from when on a trigger has some effect; DT__MOMENT_NEVER: never */
    dt__moment doubted_from;                   /* from when on a trigger leaves it in doubt; DT__MOMENT_NEVER: never */
} dt__moved_time;

/* moved_time.c: how far extensions may reach, before records are read; then the days of all readings with triggers, and
 * the times of those that move. */
DT_NODISCARD dt_status dt__reach_furthest(dt__ledger *l, dt__obligation *o);
DT_NODISCARD dt_status dt__move_times(dt__ledger *l);
dt__truth dt__force_of(const dt__obligation *o, size_t occurrence);
bool dt__freed_before(const dt__obligation *o, size_t occurrence);
static inline bool dt__is_moving(const dt__obligation *o) {
    return o->moved != NULL && o->moved->moving && o->moved->days > 0;
}

/* moved_force.c: was it in force when a record happened, whatever the triggers `apart` did? */
typedef enum dt__apart_from { DT__APART_FROM_NONE = 0, DT__APART_FROM_TERMINATIONS } dt__apart_from;
dt__interval dt__time_in_force(const dt__moved_time *m, const dt__interval *when);
bool dt__is_surely_out(const dt__moved_time *m, dt__interval when);
dt__truth dt__force_at(const dt__moved_time *m, const dt__interval *when, const dt__trigger_record *record,
                       dt__apart_from kind, const dt__trigger_work *apart);
/* [from, until) of what a trigger brings when it comes about on a day. */
dt__interval dt__effect_of(const dt__moved_time *m, const dt__trigger_work *t, size_t day);
bool dt__may_happen(const dt__moved_time *m, const dt__trigger_record *r, size_t day);

/* trigger_records.c: what there is to count, in order. */
DT_NODISCARD dt_status dt__gather_records(dt__moved_time *m);

/* trigger_days.c: one day after the other. */
DT_NODISCARD dt_status dt__go_through_days(dt__moved_time *m);

/* trigger_counts.c: for the answer. */
DT_NODISCARD dt_status dt__tell_triggers(dt__ledger *l, const dt__obligation *o, dt_party_record *party);
DT_NODISCARD dt_status dt__tell_moves(dt__ledger *l, const dt__obligation *o, dt_reading_record *out);

#endif
