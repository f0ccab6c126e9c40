/* What sources may have seen: of an occurrence, and of the time and place that a reading is about. */
#include <math.h>
#include <string.h>

#include "monitor/ledger.h"

bool dt__has_coverage(const dt__ledger *l, uint32_t source) {
    for (size_t i = 0; i < l->sight_count; i++)
        if (l->sights[i].source == source) return true;
    return false;
}

/* ---- of one occurrence ---- */

/* Names of areas tell two apart only where the source has both. */
static bool is_zone_of(const dt__ledger *l, uint32_t source, const char *region) {
    for (size_t i = 0; i < l->sight_count; i++)
        if (l->sights[i].source == source && l->sights[i].zone != NULL &&
            dt__compare_words(l->sights[i].zone, region) == 0)
            return true;
    return false;
}

/* Was it within what was watched there? */
static dt__truth is_within(const dt__ledger *l, const dt__sight *s, const dt__point *at, double radius,
                           const char *region) {
    if (s->has_place && at != NULL) {
        double distance = dt__distance(s->at, *at);
        if (distance > s->radius + radius) return DT__NO;
        return distance + radius <= s->radius ? DT__YES : DT__UNKNOWN;
    }
    if (s->zone != NULL && region != NULL) {
        if (dt__compare_words(s->zone, region) == 0) return DT__YES;
        return is_zone_of(l, s->source, region) ? DT__NO : DT__UNKNOWN;
    }
    return s->zone == NULL && !s->has_place ? DT__YES : DT__UNKNOWN;
}

dt__view dt__view_of(const dt__ledger *l, uint32_t source, const dt__interval *when, const dt__point *at, double radius,
                     const char *region) {
    dt__view view = {false, false};
    bool known = false;

    for (size_t i = 0; i < l->sight_count; i++) {
        const dt__sight *s = &l->sights[i];
        dt__truth within;
        double share;
        if (s->source != source) continue;
        known = true;
        if ((within = is_within(l, s, at, radius, region)) == DT__NO) continue;
        share = dt__sight_share(s, *when);
        view.possible = view.possible || share > 0;
        view.whole = view.whole || (within == DT__YES && share >= 1);
    }
    return known ? view : (dt__view){true, true};
}

/* ---- of a reading ---- */

static bool is_named(const dt__zone_term *term, const char *zone) {
    if (term->feature != NULL && dt__compare_words(term->feature, zone) == 0) return true;
    if (term->file != NULL && dt__compare_words(term->file, zone) == 0) return true;
    for (size_t i = 0; i < term->name.count; i++)
        if (dt__compare_words(term->name.texts[i], zone) == 0) return true;
    for (size_t i = 0; i < term->version_count; i++)
        if (dt__compare_words(term->versions[i].file, zone) == 0) return true;
    return false;
}

/* Is something of where a reading applies drawn there, at any time? */
static bool may_reach(const dt__ledger *l, const dt__area *area, const dt__sight *s) {
    dt__truth wanted = area->term->other_side ? DT__YES : DT__NO; /* what rules it out */

    for (size_t i = 0; i < area->edition_count; i++)
        for (uint32_t k = area->editions[i].first; k < area->editions[i].end; k++) {
            uint32_t shape = DT__AT(l->shape_list, dt__named_shape, k)->shape;
            dt__truth truth =
                dt__shapes_truth(area->editions[i].shapes, shape, area->buffer, s->at, s->radius + area->uncertainty);
            if (truth != wanted) return true;
        }
    return false;
}

/* Does a zone that is watched lie where the reading applies?  Unknown where only its name is known, and the reading
 * does not have it. */
static dt__truth concerns(const dt__ledger *l, const dt__obligation *o, const dt__sight *s) {
    size_t count = dt__leaf_count(&o->where, false);
    const dt__area *area;

    if (count == 0 || (s->zone == NULL && !s->has_place)) return DT__YES;
    for (size_t i = 0; s->zone != NULL && i < count; i++)
        if ((area = dt__leaf_at(&o->where, false, i)) != NULL && is_named(area->term, s->zone)) return DT__YES;
    if (!s->has_place) return DT__UNKNOWN;
    for (size_t i = 0; i < count; i++)
        if ((area = dt__leaf_at(&o->where, false, i)) != NULL && may_reach(l, area, s)) return DT__YES;
    return DT__NO;
}

static bool any_of(const uint8_t *row, size_t first, size_t end) {
    while (first < end && row[first] == 0) first++;
    return first < end;
}

dt_status dt__sights_relate(dt__ledger *l) {
    if ((l->concerned = DT__ARENA_ARRAY(&l->scratch, uint8_t, l->obligation_count * l->sight_count)) == NULL)
        return DT_ERR_MEMORY;
    for (size_t i = 0; i < l->obligation_count; i++) {
        uint8_t *row = l->concerned + i * l->sight_count;
        for (size_t first = 0, end; first < l->sight_count; first = end) {
            dt__truth least = DT__UNKNOWN;
            for (end = first; end < l->sight_count && l->sights[end].source == l->sights[first].source; end++) {
                row[end] = (uint8_t)concerns(l, &l->obligations[i], &l->sights[end]);
                if (row[end] == DT__YES) least = DT__YES;
            }
            for (size_t k = first; k < end; k++) row[k] = row[k] >= least;
            if (end - first > 1 && l->sights[first].zone == NULL && !l->sights[first].has_place)
                row[first] = !any_of(row, first + 1, end); /* what it is about is in the zones */
        }
    }
    return DT_OK;
}

static double mean_share(const dt__ledger *l, const dt__obligation *o, uint32_t source, dt__interval when) {
    const uint8_t *row = l->concerned + (size_t)(o - l->obligations) * l->sight_count;
    double sum = 0;
    size_t count = 0;

    for (size_t i = 0; i < l->sight_count; i++) {
        if (l->sights[i].source != source || row[i] == 0) continue;
        sum += dt__sight_share(&l->sights[i], when);
        count++;
    }
    return count == 0 ? 0 : sum / (double)count;
}

double dt__watched_share(const dt__ledger *l, const dt__obligation *o, uint32_t source, dt__interval when) {
    return dt__has_coverage(l, source) ? mean_share(l, o, source, when) : NAN;
}

/* The first moment of a day on a zone's clocks. */
static dt__moment start_of(const dt__zone *zone, int64_t day) {
    dt__moment guess = day * DT__DAY - dt__zone_offset(zone, day * DT__DAY);
    return day * DT__DAY - dt__zone_offset(zone, guess);
}

void dt__watched_days(const dt__ledger *l, const dt__obligation *o, uint32_t source, int64_t first, size_t days,
                      double *watched) {
    if (!dt__has_coverage(l, source)) return;
    for (size_t i = 0; i < days; i++) {
        int64_t day = first + (int64_t)i;
        watched[i] = mean_share(l, o, source, (dt__interval){start_of(o->zone, day), start_of(o->zone, day + 1)});
    }
}
