/* The days on which each source has a record, by the clocks of the files. */
#include <stdlib.h>
#include <string.h>

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

/* Of the records of each source, one behind the other; claims come in order of time, so that a day is met in a row. */
static void gather(const dt__ledger *l, int64_t **of, size_t *filled) {
    for (size_t i = 0; i < l->claims.count; i++) {
        const dt__claim_in *c = dt__claim_at(l, i);
        int64_t *list = of[c->source];
        size_t *count = &filled[c->source];
        if (c->kind == DT__RECORD_RETRACTION || c->filed == DT__MOMENT_ALWAYS) continue;
        if (*count == 0 || list[*count - 1] != c->filed) list[(*count)++] = c->filed;
    }
}

static dt_status keep_days(dt__ledger *l, dt_source_record *record, const int64_t *days, size_t count) {
    int64_t *copy = DT__BUILDER_ARRAY(l->b, int64_t, count);

    if (copy == NULL) return DT_ERR_MEMORY;
    if (count > 0) memcpy(copy, days, count * sizeof *days);
    record->told_days = copy;
    record->days = (uint32_t)count;
    return DT_OK;
}

static dt_status list_days(dt__ledger *l, dt_monitor_answer *answer, dt__arena *work) {
    size_t sources = answer->source_count, all = 0;
    int64_t *days = DT__ARENA_ARRAY(work, int64_t, l->claims.count);
    int64_t **of = DT__ARENA_ARRAY(work, int64_t *, sources);
    size_t *filled = DT__ARENA_ARRAY(work, size_t, sources);
    dt_status st = DT_OK;

    if (days == NULL || of == NULL || filled == NULL) return DT_ERR_MEMORY;
    for (size_t s = 0; s < sources; s++) {
        of[s] = days + all;
        all += answer->sources[s].records;
    }
    gather(l, of, filled);
    for (size_t s = 0; st == DT_OK && s < sources; s++)
        st = keep_days(l, (dt_source_record *)&answer->sources[s], of[s], without_repeats(of[s], filled[s]));
    return st;
}

dt_status dt__list_told_days(dt__ledger *l, dt_monitor_answer *answer) {
    dt__arena work;
    dt_status st;

    dt__arena_init(&work, l->env);
    st = list_days(l, answer, &work);
    dt__arena_clear(&work);
    return st;
}
