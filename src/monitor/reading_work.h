/* Readings while they are asked: what is gathered of each until it can be concluded. */
#ifndef DT__MONITOR_READING_WORK_H
#define DT__MONITOR_READING_WORK_H

#include "monitor/clauses/moved_time.h"

/* What is gathered about one party while the incidents go by. */
typedef struct dt__gathered {
    bool lacks_target_only; /* every doubt is that sources never say what was hit */
    dt__moment first_breach_end;
    double *worst_certain, *worst_possible; /* per day of the window */
    /* What is in doubt by its force alone, as it would be in force; and whether something indeterminate lacks more than
     * what was hit: where the force is settled, and among those. */
    double stayed[DT_VERDICT_COUNT];
    bool settled_says_target, stayed_says_target;
} dt__gathered;

typedef struct dt__reading_work {
    dt__ledger *l;
    const dt__obligation *o;
    dt_reading_record *out;
    dt_party_record *parties;
    dt__gathered *gathered; /* per party of the agreement */
    dt__vector findings;
    int64_t window_from;
    size_t window_days;
    size_t first, end;    /* occurrences that the reading may concern */
    size_t special_after; /* of the ledger's: the first that lies behind them */
} dt__reading_work;

/* judging.c: of every reading that is asked, in order of time; then all incidents under all of them.  Clear all also
 * after a failure. */
DT_NODISCARD dt_status dt__reading_begin(dt__reading_work *w, dt__ledger *l, const dt__obligation *o,
                                         dt_reading_record *out);
DT_NODISCARD dt_status dt__judge_readings(dt__ledger *l, dt__reading_work *works, size_t count);
void dt__reading_clear(dt__reading_work *w);

/* conclusion.c: what can be said, once everything is judged. */
DT_NODISCARD dt_status dt__conclude(dt__reading_work *w);
/* watched: by some source that could tell, as far as is known. */
dt_conclusion dt__conclusion_of(bool bound, const double *counts, bool lacks_target_only, bool watched);

/* branches.c: an incident as it is judged and as it would be in force; then what both come to. */
void dt__add_to_branches(dt__gathered *g, dt_party_record *p, const dt__judged *j, const dt__judged *stayed,
                         double count, bool says_targets);
void dt__tell_branches(dt__reading_work *w, size_t index, bool watched);

#endif
