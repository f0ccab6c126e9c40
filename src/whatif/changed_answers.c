/* How two answers differ: what no deal is worth, zones with what opened or closed them, judgements of proposals. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "whatif/compare.h"

/* ---- parties ---- */

static const dt_judgement *judgement_of(const dt_judgement *list, size_t count, uint32_t party) {
    for (size_t i = 0; i < count; i++)
        if (list[i].party == party) return &list[i];
    return NULL;
}

static bool is_moved(const dt_changed_party *p) {
    const char *x = p->no_deal_before.text, *y = p->no_deal_after.text;
    return (x == NULL) != (y == NULL) || (x != NULL && strcmp(x, y) != 0);
}

static int moved_first(const void *a, const void *b) {
    const dt_changed_party *x = a, *y = b;
    bool x_moved = is_moved(x), y_moved = is_moved(y);
    if (x_moved != y_moved) return x_moved ? -1 : 1;
    return (x->after > y->after) - (x->after < y->after);
}

static void compare_parties(dt__comparing *c) {
    const dt_deal_answer *before = c->answer->before, *after = c->answer->after;
    dt_changed_party *list = DT__BUILDER_ARRAY(c->b, dt_changed_party, c->after->party_count);

    c->answer->parties = list;
    for (uint32_t p = 0; list != NULL && p < c->after->party_count; p++) {
        uint32_t other = dt__counterpart(c->after, p, c->before);
        const dt_judgement *y = judgement_of(after->no_deal_values, after->no_deal_count, p), *x;
        if (other == DT__NO_INDEX || y == NULL) continue;
        x = judgement_of(before->no_deal_values, before->no_deal_count, other);
        if (x == NULL) continue;
        list[c->answer->party_count++] =
            (dt_changed_party){.before = other, .after = p, .no_deal_before = x->no_deal, .no_deal_after = y->no_deal};
    }
    if (c->answer->party_count > 1) qsort(list, c->answer->party_count, sizeof *list, moved_first);
}

/* ---- zones ---- */

static bool blocks(const dt_deal_format *f, const char *id) {
    for (size_t s = 0; s < f->blocking_count; s++)
        for (size_t i = 0; i < f->blocking[s].count; i++)
            if (strcmp(f->blocking[s].members[i]->id, id) == 0) return true;
    return false;
}

static bool is_listed(const dt_blocker *const *list, size_t count, const char *id) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i]->id, id) == 0) return true;
    return false;
}

/* Blockers of one answer that the other one has not. */
static const dt_blocker *const *blockers_without(dt__builder *b, const dt_deal_format *of, const dt_deal_format *in,
                                                 size_t *count) {
    size_t most = 0;
    const dt_blocker **list;

    for (size_t s = 0; s < of->blocking_count; s++) most += of->blocking[s].count;
    list = DT__BUILDER_ARRAY(b, const dt_blocker *, most);
    *count = 0;
    for (size_t s = 0; list != NULL && s < of->blocking_count; s++) {
        for (size_t i = 0; i < of->blocking[s].count; i++) {
            const dt_blocker *blocker = of->blocking[s].members[i];
            if (!blocks(in, blocker->id) && !is_listed(list, *count, blocker->id)) list[(*count)++] = blocker;
        }
    }
    return list;
}

static double zone_share(const dt_deal_format *f) {
    if (f->zone.status == DT_ZONE_EMPTY) return 0;
    return f->zone.exact && f->coherent.value > 0 ? f->zone.count.value / f->coherent.value : NAN;
}

static const dt_party_count *count_of(const dt_deal_format *f, uint32_t party) {
    for (size_t i = 0; i < f->acceptable_count; i++)
        if (f->acceptable[i].party == party) return &f->acceptable[i];
    return NULL;
}

static double change_of(const dt_changed_acceptance *a) {
    return fabs(a->share_after - a->share_before);
}

static int largest_first(const void *a, const void *b) {
    double x = change_of(a), y = change_of(b);
    if (x < y || x > y) return x > y ? -1 : 1;
    return 0;
}

static void compare_acceptances(dt__comparing *c, dt_changed_zone *zone) {
    dt_changed_acceptance *list = DT__BUILDER_ARRAY(c->b, dt_changed_acceptance, zone->after->acceptable_count);
    dt__party_set consenting = dt__consent_parties(&c->after->formats[zone->format_after].consent);

    zone->acceptances = list;
    for (size_t i = 0; list != NULL && i < zone->after->acceptable_count; i++) {
        const dt_party_count *y = &zone->after->acceptable[i], *x = NULL;
        uint32_t other = dt__counterpart(c->after, y->party, c->before);
        dt_changed_acceptance a = {.party = y->party};
        if (other != DT__NO_INDEX) x = count_of(zone->before, other);
        if (x == NULL || !x->exact || !y->exact || ((consenting >> y->party) & 1) == 0) continue;
        a.share_before = x->count.value / fmax(1, zone->before->coherent.value);
        a.share_after = y->count.value / fmax(1, zone->after->coherent.value);
        if (change_of(&a) > 0) list[zone->acceptance_count++] = a;
    }
    if (zone->acceptance_count > 1) qsort(list, zone->acceptance_count, sizeof *list, largest_first);
}

static void add_zone(dt__comparing *c, dt_changed_zone *list, dt_changed_zone zone) {
    zone.share_before = zone_share(zone.before);
    zone.share_after = zone_share(zone.after);
    zone.lifted = blockers_without(c->b, zone.before, zone.after, &zone.lifted_count);
    zone.fresh = blockers_without(c->b, zone.after, zone.before, &zone.new_count);
    compare_acceptances(c, &zone);
    list[c->answer->zone_count++] = zone;
}

static const dt_deal_format *scenario_of(const dt_deal_format *f, uint32_t scenario) {
    for (size_t i = 0; i < f->scenario_count; i++)
        if (f->scenarios[i].within == scenario) return &f->scenarios[i];
    return NULL;
}

static void add_scenarios(dt__comparing *c, dt_changed_zone *list, const dt_changed_zone *format) {
    for (size_t i = 0; i < format->after->scenario_count; i++) {
        dt_changed_zone zone = *format;
        zone.after = &format->after->scenarios[i];
        zone.scenario_after = zone.after->within;
        zone.scenario_before = dt__model_scenario(c->before, c->after->scenarios[zone.scenario_after].id);
        if (zone.scenario_before == DT__NO_INDEX) continue;
        zone.before = scenario_of(format->before, zone.scenario_before);
        if (zone.before != NULL) add_zone(c, list, zone);
    }
}

static const dt_deal_format *format_of(const dt_deal_answer *answer, uint32_t format) {
    for (size_t i = 0; i < answer->format_count; i++)
        if (answer->formats[i].format == format) return &answer->formats[i];
    return NULL;
}

static void compare_zones(dt__comparing *c) {
    const dt_deal_answer *after = c->answer->after;
    dt_changed_zone *list =
        DT__BUILDER_ARRAY(c->b, dt_changed_zone, after->format_count * (1 + c->after->scenario_count));

    c->answer->zones = list;
    for (size_t i = 0; list != NULL && i < after->format_count; i++) {
        dt_changed_zone zone = {.after = &after->formats[i],
                                .format_after = after->formats[i].format,
                                .scenario_before = DT__NO_INDEX,
                                .scenario_after = DT__NO_INDEX};
        zone.format_before = dt__model_format(c->before, c->after->formats[zone.format_after].id);
        zone.before = zone.format_before == DT__NO_INDEX ? NULL : format_of(c->answer->before, zone.format_before);
        if (zone.before == NULL) continue;
        add_zone(c, list, zone);
        add_scenarios(c, list, &zone);
    }
}

/* ---- proposals: judged the same in every format, so the first is enough ---- */

static const dt_proposal_answer *proposal_of(const dt_deal_answer *answer, const dt_model *model, const char *id) {
    for (size_t i = 0; answer->format_count > 0 && i < answer->formats[0].proposal_count; i++) {
        const dt_proposal_answer *p = &answer->formats[0].proposals[i];
        if (strcmp(model->proposals[p->proposal].id, id) == 0) return p;
    }
    return NULL;
}

static void compare_proposal(dt__comparing *c, dt_changed_judgement *list, const dt_proposal_answer *before,
                             const dt_proposal_answer *after) {
    for (size_t i = 0; i < after->party_count; i++) {
        const dt_judgement *y = &after->parties[i], *x;
        uint32_t other = dt__counterpart(c->after, y->party, c->before);
        x = other == DT__NO_INDEX ? NULL : judgement_of(before->parties, before->party_count, other);
        if (x == NULL || x->accepts == y->accepts) continue;
        list[c->answer->judgement_count++] =
            (dt_changed_judgement){.proposal = after->proposal, .before = x, .after = y};
    }
}

static void compare_proposals(dt__comparing *c) {
    const dt_deal_answer *after = c->answer->after;
    size_t proposals = after->format_count == 0 ? 0 : after->formats[0].proposal_count;
    dt_changed_judgement *list = DT__BUILDER_ARRAY(c->b, dt_changed_judgement, proposals * c->after->party_count);

    c->answer->judgements = list;
    for (size_t i = 0; list != NULL && i < proposals; i++) {
        const dt_proposal_answer *y = &after->formats[0].proposals[i];
        const dt_proposal_answer *x = proposal_of(c->answer->before, c->before, c->after->proposals[y->proposal].id);
        if (x != NULL) compare_proposal(c, list, x, y);
    }
}

void dt__compare_answers(dt__comparing *c) {
    compare_parties(c);
    compare_zones(c);
    compare_proposals(c);
}
