/* Incidents on the map: each place once for each verdict; where there are too many, squares. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "page/map_parts.h"

static const double per_degree = 111195; /* metres of a degree of latitude */

/* ---- verdicts ---- */

typedef struct told {
    uint8_t verdict;
    uint32_t readings; /* of the clause looked at: that do not put it out of scope */
    int64_t day;
} told;

/* Readings disagree, too, when one of them puts out of scope what another does not. */
static void tell_clause(told *list, const dt_monitor_answer *m, const dt_clause_record *clause) {
    for (size_t i = 0; i < m->listed_count; i++) list[i].readings = 0;
    for (size_t r = 0; r < clause->reading_count; r++)
        for (size_t i = 0; i < clause->readings[r].finding_count; i++) {
            const dt_finding *f = &clause->readings[r].findings[i];
            told *t = &list[f->incident];
            t->readings++;
            t->day = f->day;
            t->verdict = t->verdict == DT__MAP_UNMET || t->verdict == (uint8_t)f->verdict ? (uint8_t)f->verdict
                                                                                          : DT__MAP_DIFFERS;
        }
    for (size_t i = 0; i < m->listed_count; i++)
        if (list[i].readings > 0 && list[i].readings < clause->reading_count) list[i].verdict = DT__MAP_DIFFERS;
}

/* What became of each incident under the readings of the agreement; UNMET: none of them concerns it. */
static told *verdicts_of(dt_document *d, const dt_monitor_answer *m, uint32_t agreement) {
    told *list = DT__ARENA_ARRAY(&d->arena, told, m->listed_count + 1);

    if (list == NULL) {
        d->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < m->listed_count; i++) list[i] = (told){.verdict = DT__MAP_UNMET};
    for (size_t c = 0; c < m->clause_count; c++)
        if (m->clauses[c].agreement == agreement) tell_clause(list, m, &m->clauses[c]);
    return list;
}

/* ---- places ---- */

static int compare_numbers(double a, double b) {
    return (a > b) - (a < b);
}

static int compare_sizes(size_t a, size_t b) {
    return (a > b) - (a < b);
}

static int by_spot(const void *a, const void *b) {
    const dt__map_spot *x = a, *y = b;
    int order = (int)y->place.known - (int)x->place.known;

    if (order == 0 && x->place.known) {
        order = (int)x->vague - (int)y->vague;
        if (order == 0) order = compare_numbers(x->place.radius, y->place.radius); /* the best known first */
        if (order == 0) order = compare_numbers(x->place.longitude, y->place.longitude);
        if (order == 0) order = compare_numbers(x->place.latitude, y->place.latitude);
    } else if (order == 0) order = strcmp(x->region, y->region);
    if (order == 0) order = compare_sizes(x->step, y->step);
    return order == 0 ? (int)x->verdict - (int)y->verdict : order;
}

static void join(dt__map_spot *into, const dt__map_spot *from) {
    into->incidents += from->incidents;
    into->places += from->places;
    into->place.radius = fmax(into->place.radius, from->place.radius);
    if (from->first < into->first) into->first = from->first;
    if (from->last > into->last) into->last = from->last;
}

/* Sorts them and puts together what is the same; returns how many there are then. */
static size_t merge(dt__map_spot *list, size_t count, int (*order)(const void *a, const void *b)) {
    size_t kept = 0;

    if (count > 0) qsort(list, count, sizeof *list, order);
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && order(&list[kept - 1], &list[i]) == 0) join(&list[kept - 1], &list[i]);
        else list[kept++] = list[i];
    }
    return kept;
}

static size_t step_of(const dt__map_days *days, int64_t day) {
    size_t step = 0;
    while (step < days->count && days->days[step] <= day) step++;
    return step;
}

bool dt__map_spots_of(dt_document *d, const dt_answers *a, uint32_t agreement, const dt__map_days *days,
                      dt__map_spots *out) {
    const dt_monitor_answer *m = a->monitor;
    const told *verdicts = verdicts_of(d, m, agreement);
    dt__map_spot *list = DT__ARENA_ARRAY(&d->arena, dt__map_spot, m->listed_count + 1);

    *out = (dt__map_spots){.items = list};
    if (list == NULL) d->failed = true;
    if (list == NULL || verdicts == NULL) return false;
    for (size_t i = 0; i < m->listed_count; i++) {
        const dt_incident *x = &m->incidents[i];
        dt__shown_place place = dt__monitor_place(x, &a->monitor_view);
        if (verdicts[i].verdict == DT__MAP_UNMET) continue;
        list[out->count++] = (dt__map_spot){.place = place,
                                            .region = place.region == NULL ? "" : place.region,
                                            .verdict = verdicts[i].verdict,
                                            .step = days->count > 1 ? step_of(days, verdicts[i].day) : 0,
                                            .incidents = 1,
                                            .first = verdicts[i].day,
                                            .last = verdicts[i].day};
    }
    out->count = merge(list, out->count, by_spot);
    while (out->placed < out->count && list[out->placed].place.known) list[out->placed++].places = 1;
    return true;
}

/* ---- squares ---- */

static int by_square(const void *a, const void *b) {
    const dt__map_spot *x = a, *y = b;
    int order = compare_numbers(y->place.latitude, x->place.latitude); /* from the north-west, line by line */

    if (order == 0) order = compare_numbers(x->place.longitude, y->place.longitude);
    if (order == 0) order = (int)x->vague - (int)y->vague;
    if (order == 0) order = compare_sizes(x->step, y->step);
    return order == 0 ? (int)x->verdict - (int)y->verdict : order;
}

static double rounded(double degrees) {
    return floor(degrees * 10000 + 0.5) / 10000;
}

static void square(dt__map_spot *s, const dt__map_frame *f, double side) {
    double x, y, step = side / per_degree;

    dt__map_project(f, s->place.longitude, s->place.latitude, &x, &y);
    dt__map_unproject(f, (floor(x / step) + 0.5) * step, (floor(y / step) + 0.5) * step, &x, &y);
    s->place.longitude = rounded(x);
    s->place.latitude = rounded(y);
    s->vague = s->place.radius > side;
}

void dt__map_square(dt_document *d, dt__map_spots *spots, const dt__map_frame *frame, size_t most) {
    enum { ACROSS = 60 };
    static const double sides[] = {1e2, 2e2, 5e2, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6, 5e6};
    size_t placed = spots->placed, unplaced = spots->count - placed, count = placed;
    dt__map_spot *list;

    if (placed <= most) return;
    if ((list = DT__ARENA_ARRAY(&d->arena, dt__map_spot, spots->count)) == NULL) {
        d->failed = true;
        return;
    }
    for (size_t i = 0; i < sizeof sides / sizeof *sides && count > most; i++) {
        if (frame->size * per_degree > ACROSS * sides[i]) continue;
        memcpy(list, spots->items, placed * sizeof *list);
        for (size_t k = 0; k < placed; k++) square(&list[k], frame, sides[i]);
        count = merge(list, placed, by_square);
        spots->side = sides[i];
    }
    memcpy(&list[count], &spots->items[placed], unplaced * sizeof *list);
    *spots = (dt__map_spots){.items = list, .count = count + unplaced, .placed = count, .side = spots->side};
}
