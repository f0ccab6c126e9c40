/* A window against the days before it: what rates.c and course.c share. */
#ifndef DT__MONITOR_COMPARING_H
#define DT__MONITOR_COMPARING_H

#include "monitor/ledger.h"
#include "statistics/block_bootstrap.h"

enum { DT__SHORT_BASELINE = 7, DT__LONG_BASELINE = 90 };

typedef struct dt__span {
    int64_t from, until; /* days */
} dt__span;

/* Counts of the days on which the source was at work, and for what share of the day. */
typedef struct dt__sample {
    size_t days, room;
    double *counts, *watched;
    dt__exposed sum;
} dt__sample;

/* Days on which an agreement, whatever is hit and wherever, forbids some of the same acts: how many there are before
 * each day that a source tells of.  `all`: also the reading's own agreement. */
typedef struct dt__truces {
    int64_t first;
    size_t days;
    int32_t *others, *all; /* days + 1 of each */
} dt__truces;

/* What all comparisons of a party under a reading have in common. */
typedef struct dt__comparing {
    dt__ledger *l;
    const dt__obligation *o;
    dt__span window;
    dt__sample before, during; /* to work in */
    dt__truces truces;
    dt__resamples over, under; /* of the window, of a baseline */
    const double *over_of;     /* the series that `over` was drawn from; NULL: none yet */
} dt__comparing;

static inline bool dt__is_watched(const dt__daily *d, int64_t day) {
    return day >= d->first && day < d->first + (int64_t)d->days && d->watched[day - d->first] > 0;
}

/* rates.c */
/* `without_others`: days in windows of other agreements are left out. */
void dt__take_days(dt__sample *s, const dt__comparing *w, const dt__daily *d, const double *series, dt__span days,
                   bool without_others);
/* Is a day of a truce among these, all of which some source tells of? */
static inline bool dt__meets_truce(const dt__truces *t, const int32_t *before, dt__span days) {
    return before[days.until - t->first] > before[days.from - t->first];
}

/* course.c: the ratio's place among all other dates, the interrupted series, alarms. */
DT_NODISCARD dt_status dt__follow_course(dt__comparing *w, const dt__daily *d, dt_party_record *party);

#endif
