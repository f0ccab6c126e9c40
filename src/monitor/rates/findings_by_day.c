/* Findings of one party by day of the window: what is certain, and what is possible with what is in doubt and what is
 * contradicted. */
#include "monitor/ledger.h"

bool dt__is_certain(const dt_finding *f) {
    return f->verdict == DT_VERDICT_ALLEGED || f->verdict == DT_VERDICT_CORROBORATED;
}

bool dt__is_possible(const dt_finding *f) {
    return dt__is_certain(f) || f->verdict == DT_VERDICT_INDETERMINATE || f->verdict == DT_VERDICT_CONTRADICTED;
}

/* Of an unknown actor it may be anybody's who was there. */
bool dt__is_laid_to(const dt__ledger *l, const dt_finding *f, uint32_t party) {
    dt__party_set involved = dt__occurrence_at(l, f->incident)->involved;

    if (f->party != DT__NOBODY) return f->party == party;
    return dt__may_concern_party(involved, party);
}

/* What began before the window counts on its first day. */
int64_t dt__finding_day(const dt__ledger *l, const dt__obligation *o, const dt_reading_record *reading,
                        const dt_finding *f) {
    int64_t day = dt__local_day(o->zone, dt__occurrence_at(l, f->incident)->when.lo) - reading->window_from / DT__DAY;
    return day < 0 ? 0 : day;
}
