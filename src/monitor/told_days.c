/* The days on which each source has a record, by the clocks of the files. */
#include <stdlib.h>

#include "monitor/ledger.h"

static int ascending(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static size_t without_repeats(int64_t *days, size_t count) {
    size_t kept = 0;

    if (count > 0) qsort(days, count, sizeof *days, ascending);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || days[kept - 1] != days[i]) days[kept++] = days[i];
    return kept;
}

dt_status dt__list_told_days(dt__ledger *l, dt_monitor_answer *answer) {
    size_t sources = answer->source_count, count = l->claims.count, all = 0;
    int64_t *days = DT__BUILDER_ARRAY(l->b, int64_t, count);
    int64_t **of = DT__ARENA_ARRAY(&l->scratch, int64_t *, sources);
    size_t *filled = DT__ARENA_ARRAY(&l->scratch, size_t, sources);

    if (days == NULL || of == NULL || filled == NULL) return DT_ERR_MEMORY;
    for (size_t s = 0; s < sources; s++) {
        of[s] = days + all;
        all += answer->sources[s].records;
    }
    for (size_t i = 0; i < count; i++) {
        const dt__claim_in *c = dt__claim_at(l, i);
        if (c->kind == DT__RECORD_RETRACTION || c->filed == DT__MOMENT_ALWAYS) continue;
        of[c->source][filled[c->source]++] = c->filed;
    }
    for (size_t s = 0; s < sources; s++) {
        dt_source_record *record = (dt_source_record *)&answer->sources[s];
        record->told_days = of[s];
        record->days = (uint32_t)without_repeats(of[s], filled[s]);
    }
    return DT_OK;
}
