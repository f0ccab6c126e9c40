/* Counts by day of what a reading is about: one source on one party, and what is told from them. */
#ifndef DT__MONITOR_DAILY_H
#define DT__MONITOR_DAILY_H

#include "monitor/clauses/clauses.h"

/* daily.c: one source on one party under one reading, day by day.  Rates divide by `watched`; whoever knows when the
 * source was not at work says so there, before dt__compare_rates. */
enum { DT__FOLLOWED = 64 }; /* sources, those with most records first */
typedef struct dt__daily {
    uint32_t source;
    int64_t first; /* day, on the reading's clocks */
    size_t days, room;
    uint64_t told;     /* records in the series */
    bool imprecise;    /* some of it has a date that is not known within a day */
    double *counts;    /* in the unit asked for: what could be a breach at some time */
    double *incidents; /* the same, one for each record */
    double *precise;   /* of counts, what has a date known within six days */
    double *shared;    /* counts, each in equal shares on the days that it may have been on */
    double *control;   /* in the unit asked for: what this reading leaves free */
    double *watched;   /* share of the day in which the source was at work: 0..1, 1 unless somebody knows better */
} dt__daily;
DT_NODISCARD dt_status dt__daily_prepare(dt__ledger *l);
/* Fills l->daily. */
DT_NODISCARD dt_status dt__daily_of(dt__ledger *l, const dt__obligation *o, uint32_t party);

/* rates.c: what can be compared with the days before, from l->daily. */
DT_NODISCARD dt_status dt__compare_rates(dt__ledger *l, const dt__obligation *o, dt_reading_record *reading,
                                         dt_party_record *party);
/* First and last day (one past) of the window that is compared. */
void dt__window_days(const dt__ledger *l, const dt__obligation *o, int64_t *from, int64_t *until);

/* findings_by_day.c */
bool dt__is_certain(const dt_finding *f);
bool dt__is_possible(const dt_finding *f);
bool dt__is_laid_to(const dt__ledger *l, const dt_finding *f, uint32_t party);
int64_t dt__finding_day(const dt__ledger *l, const dt__obligation *o, const dt_reading_record *reading,
                        const dt_finding *f); /* of the window, from 0; may lie behind its end */

/* zone_counts.c: of a reading whose findings are there. */
DT_NODISCARD dt_status dt__count_zones(dt__ledger *l, const dt__obligation *o, const dt_reading_record *reading,
                                       dt_party_record *parties);
/* under_reporting.c: from what two families each tell of the same kind of incidents. */
DT_NODISCARD dt_status dt__find_under_reporting(dt__ledger *l, const dt_finding *findings, size_t count,
                                                dt_party_record *party);

#endif
