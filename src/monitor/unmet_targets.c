/* What a reading protects when no record names any of it, although records name what was hit: other words may stand for
 * it. */
#include <string.h>

#include "monitor/ledger.h"

static bool is_met(const dt__ledger *l, const char *target) {
    for (size_t i = 0; i < l->assets.count; i++)
        if (dt__asset_among(*DT__AT(l->assets, const char *, i), &target, 1) != DT__NO) return true;
    return false;
}

/* Some record names, perhaps in a wider word, what the reading protects. */
static bool is_spoken_of(const dt__ledger *l, const dt__obligation *o) {
    for (size_t k = 0; k < o->terms->target_count; k++)
        if (is_met(l, o->terms->targets[k])) return true;
    return false;
}

static bool is_told(const dt_unmet_target *list, size_t count, const char *clause, const char *target) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].clause, clause) == 0 && strcmp(list[i].target, target) == 0) return true;
    return false;
}

dt_status dt__tell_unmet_targets(dt__ledger *l, dt_monitor_answer *answer) {
    size_t room = 0, count = 0;
    dt_unmet_target *list;

    if (l->assets.count == 0) return DT_OK; /* that sources never say it is told of each of them */
    for (size_t i = 0; i < l->obligation_count; i++) room += l->obligations[i].terms->target_count;
    if ((list = DT__BUILDER_ARRAY(l->b, dt_unmet_target, room)) == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < l->obligation_count; i++) {
        const dt__obligation *o = &l->obligations[i];
        const char *clause = o->of->clauses[o->clause].id;
        if (is_spoken_of(l, o)) continue;
        for (size_t k = 0; k < o->terms->target_count; k++) {
            const char *target = o->terms->targets[k];
            if (is_told(list, count, clause, target)) continue;
            list[count++] = (dt_unmet_target){.clause = clause, .target = target};
        }
    }
    answer->unmet_targets = list;
    answer->unmet_target_count = count;
    return DT_OK;
}
