/* Who was watching, when and what. */
#ifndef DT__MONITOR_WATCHING_H
#define DT__MONITOR_WATCHING_H

#include "monitor/clauses/clauses.h"

/* A line about who was watching, as it came in. */
typedef struct dt__watch_line {
    const char *id, *name, *file, *channel, *zone, *reason; /* channel ... reason: NULL: not said */
    uint32_t line, source;
    bool has_place;
    dt__point at;
    double radius;
    dt__interval when;
    dt__watch state;
} dt__watch_line;

/* What a source watched of one zone, of all channels the best: watched seconds up to any moment. */
typedef struct dt__sight {
    uint32_t source;
    const char *zone; /* NULL: not said */
    bool has_place;
    dt__point at;
    double radius;
    size_t count;
    dt__moment *moments;     /* where the weight changes */
    double *before, *weight; /* seconds watched before, weight from there on */
} dt__sight;

/* watching.c: the lines of sources about themselves, all of which there are. */
DT_NODISCARD dt_status dt__sights_prepare(dt__ledger *l);
/* Of an interval, how much was watched: 0..1. */
double dt__sight_share(const dt__sight *s, dt__interval when);
/* The last day on which somebody says to have watched, or the one given; nobody waits longer than five years. */
int64_t dt__last_watched_day(const dt__ledger *l, int64_t day);
/* The end of what records tell of, and sources of their watching or not. */
dt__moment dt__told_until(const dt__ledger *l);
DT_NODISCARD dt_status dt__tell_watches(dt__ledger *l, dt_monitor_answer *answer);

/* sight.c: what they may have seen.  First, once for all readings: the zones that each is about, by name or place where
 * any of the source is, else those of which it is not known. */
DT_NODISCARD dt_status dt__sights_relate(dt__ledger *l);
/* Says a source when it watched? */
bool dt__has_coverage(const dt__ledger *l, uint32_t source);
/* May a source have seen what happened then and there; can it say that nothing did?  Both true where it does not say
 * when it watched. */
typedef struct dt__view {
    bool possible, whole;
} dt__view;
dt__view dt__view_of(const dt__ledger *l, uint32_t source, const dt__interval *when, const dt__point *at, double radius,
                     const char *region);
/* Share of an interval that a source watched where a reading applies: 0..1; NAN: it does not say when. */
double dt__watched_share(const dt__ledger *l, const dt__obligation *o, uint32_t source, dt__interval when);
/* The same for days on the reading's clocks, where the source says when; left alone otherwise. */
void dt__watched_days(const dt__ledger *l, const dt__obligation *o, uint32_t source, int64_t first, size_t days,
                      double *watched);

#endif
