/* Where it is in doubt whether a reading was still in force: what the record of a party would be if it was, and if it
 * was not. */
#include "monitor/reading_work.h"

void dt__add_to_branches(dt__gathered *g, dt_party_record *p, const dt__judged *j, const dt__judged *stayed,
                         double count, bool says_targets) {
    bool lacks_target = (stayed->doubts & DT_DOUBT_TARGET) != 0 && !says_targets;

    if ((j->doubts & DT_DOUBT_IN_FORCE) == 0) {
        if (j->verdict == DT_VERDICT_INDETERMINATE && !lacks_target) g->settled_says_target = true;
        return;
    }
    p->has_branches = true;
    g->stayed[stayed->verdict] += count;
    if (stayed->verdict == DT_VERDICT_INDETERMINATE && !lacks_target) g->stayed_says_target = true;
}

static dt_branch branch_of(const dt__reading_work *w, size_t index, bool stayed, bool watched) {
    const dt_party_record *p = &w->parties[index];
    const dt__gathered *g = &w->gathered[index];
    dt_branch branch;
    double in_doubt = 0;
    bool lacks = !g->settled_says_target && !(stayed && g->stayed_says_target);

    for (unsigned v = 0; v < DT_VERDICT_COUNT; v++) {
        branch.counts[v] = p->counts[v] + (stayed ? g->stayed[v] : 0);
        in_doubt += g->stayed[v];
    }
    branch.counts[DT_VERDICT_INDETERMINATE] -= in_doubt;
    if (!stayed) branch.counts[DT_VERDICT_OUT_OF_SCOPE] += in_doubt;
    branch.conclusion = dt__conclusion_of(p->bound, branch.counts, lacks, watched);
    return branch;
}

/* From when on: a breach by another that was over, or what a trigger may have brought. */
static dt__moment doubted_from(const dt__reading_work *w, size_t index) {
    const dt__obligation *o = w->o;
    dt__moment from = o->moved == NULL ? DT__MOMENT_NEVER : o->moved->doubted_from;

    for (size_t i = 0; o->terms->reciprocal && i < w->out->party_count; i++) {
        dt__moment end =
            dt__is_moving(o) ? o->moved->breach_ends[w->parties[i].party] : w->gathered[i].first_breach_end;
        if (i != index && end < from) from = end;
    }
    /* Nothing is in doubt but records that began before an effect and ended after it. */
    return from == DT__MOMENT_NEVER && o->moved != NULL ? o->moved->moved_from : from;
}

void dt__tell_branches(dt__reading_work *w, size_t index, bool watched) {
    dt_party_record *p = &w->parties[index];

    if (!p->has_branches) return;
    p->doubted_from = doubted_from(w, index);
    p->offset_doubted = (int32_t)dt__zone_offset(w->o->zone, p->doubted_from);
    p->stayed = branch_of(w, index, true, watched);
    p->lapsed = branch_of(w, index, false, watched);
}
