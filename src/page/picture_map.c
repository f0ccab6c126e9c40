/* Picture: the zones of an agreement and the incidents with a place.  What has no place is listed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/catalog.h"
#include "page/page_sections.h"

enum { MOST_MARKS = 300, NAMED_REGIONS = 8, DIFFERS = DT_VERDICT_COUNT, UNMET = DT_VERDICT_COUNT + 1 };

static const dt__column columns[] = {{DT__N("Latitude"), DT__RIGHT},   {DT__N("Longitude"), DT__RIGHT},
                                     {DT__N("Within, km"), DT__RIGHT}, {DT__N("Region"), DT__LEFT},
                                     {DT__N("Verdict"), DT__LEFT},     {DT__N("Incidents"), DT__RIGHT},
                                     {DT__N("First"), DT__LEFT},       {DT__N("Last"), DT__LEFT}};

/* Incidents at one place with one verdict. */
typedef struct spot {
    dt__shown_place place;
    const char *region;
    unsigned verdict; /* DIFFERS: by reading */
    size_t incidents;
    int64_t first, last;
} spot;

static double rounded(double degrees) {
    return floor(degrees * 10000 + 0.5) / 10000;
}

/* ---- incidents ---- */

/* Readings disagree, too, when one of them puts out of scope what another does not. */
static void tell_clause(uint8_t *list, uint32_t *met, const dt_monitor_answer *m, const dt_clause_record *clause) {
    memset(met, 0, m->listed_count * sizeof *met);
    for (size_t r = 0; r < clause->reading_count; r++)
        for (size_t i = 0; i < clause->readings[r].finding_count; i++) {
            const dt_finding *f = &clause->readings[r].findings[i];
            uint8_t *v = &list[f->incident];
            met[f->incident]++;
            *v = *v == UNMET || *v == (uint8_t)f->verdict ? (uint8_t)f->verdict : DIFFERS;
        }
    for (size_t i = 0; i < m->listed_count; i++)
        if (met[i] > 0 && met[i] < clause->reading_count) list[i] = DIFFERS;
}

/* What became of each incident under the readings of the agreement; UNMET: none of them concerns it. */
static uint8_t *verdicts_of(dt_document *d, const dt_monitor_answer *m, uint32_t agreement) {
    uint8_t *list = DT__ARENA_ARRAY(&d->arena, uint8_t, m->listed_count + 1);
    uint32_t *met = DT__ARENA_ARRAY(&d->arena, uint32_t, m->listed_count + 1);

    if (list == NULL || met == NULL) {
        d->failed = true;
        return NULL;
    }
    memset(list, UNMET, m->listed_count);
    for (size_t c = 0; c < m->clause_count; c++)
        if (m->clauses[c].agreement == agreement) tell_clause(list, met, m, &m->clauses[c]);
    return list;
}

static int compare_numbers(double a, double b) {
    return (a > b) - (a < b);
}

static int by_spot(const void *a, const void *b) {
    const spot *x = a, *y = b;
    int order = (int)y->place.known - (int)x->place.known;

    if (order == 0 && x->place.known) {
        order = compare_numbers(x->place.radius, y->place.radius); /* the best known first */
        if (order == 0) order = compare_numbers(x->place.longitude, y->place.longitude);
        if (order == 0) order = compare_numbers(x->place.latitude, y->place.latitude);
    } else if (order == 0) order = strcmp(x->region, y->region);
    return order == 0 ? (int)x->verdict - (int)y->verdict : order;
}

static bool is_same_spot(const spot *x, const spot *y) {
    return by_spot(x, y) == 0;
}

static spot *find_spots(dt_document *d, const dt_answers *a, const uint8_t *verdicts, size_t *count) {
    const dt_monitor_answer *m = a->monitor;
    spot *list = DT__ARENA_ARRAY(&d->arena, spot, m->listed_count + 1);
    size_t met = 0;

    *count = 0;
    if (list == NULL) {
        d->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < m->listed_count; i++) {
        const dt_incident *x = &m->incidents[i];
        if (verdicts[i] == UNMET) continue;
        list[met++] = (spot){.place = dt__monitor_place(x, &a->monitor_view),
                             .region = x->region == NULL ? "" : x->region,
                             .verdict = verdicts[i],
                             .incidents = 1,
                             .first = x->from,
                             .last = x->from};
    }
    if (met > 0) qsort(list, met, sizeof *list, by_spot);
    for (size_t i = 0; i < met; i++) {
        spot *last = &list[*count == 0 ? 0 : *count - 1];
        if (*count == 0 || !is_same_spot(last, &list[i])) {
            list[(*count)++] = list[i];
            continue;
        }
        last->incidents++;
        if (list[i].first < last->first) last->first = list[i].first;
        if (list[i].last > last->last) last->last = list[i].last;
    }
    return list;
}

/* ---- marks and rows ---- */

static const char *verdict_name(dt_document *d, unsigned verdict) {
    return verdict == DIFFERS ? dt__word(d, "Depends on the clause or the reading")
                              : dt__monitor_verdict(d, (dt_verdict)verdict);
}

static void add_mark(dt_document *d, const spot *s) {
    dt__value *row = dt__mark(d, "rows");

    dt__put(d, row, "lon", dt__value_double(d, rounded(s->place.longitude)));
    dt__put(d, row, "lat", dt__value_double(d, rounded(s->place.latitude)));
    dt__put(d, row, "radius", dt__value_double(d, floor(s->place.radius + 0.5)));
    dt__put(d, row, "verdict",
            dt__value_string(d, s->verdict == DIFFERS ? "differs" : dt__monitor_verdict_key((dt_verdict)s->verdict)));
    dt__put(d, row, "incidents", dt__value_unsigned(d, s->incidents));
}

static void add_row(dt_document *d, dt__block *table, const spot *s) {
    bool known = s->place.known;

    dt__table_row(d, table);
    dt__table_cell(d, table, known ? dt__say_number(d, s->place.latitude) : "", DT__PLAIN);
    dt__table_cell(d, table, known ? dt__say_number(d, s->place.longitude) : "", DT__PLAIN);
    dt__table_cell(d, table, known ? dt__say_number(d, s->place.radius / 1000) : "", DT__PLAIN);
    dt__table_cell(d, table, known || s->region[0] != '\0' ? s->region : dt__word(d, "no place told"), DT__PLAIN);
    dt__table_cell(d, table, verdict_name(d, s->verdict), DT__PLAIN);
    dt__table_cell(d, table, dt__say_size(d, s->incidents), DT__PLAIN);
    dt__table_cell(d, table, dt__monitor_when(d, s->first, true), DT__PLAIN);
    dt__table_cell(d, table, dt__monitor_when(d, s->last, true), DT__PLAIN);
}

/* Incidents without a place, region by region. */
typedef struct region {
    const char *name;
    size_t incidents;
} region;

static int by_incidents(const void *a, const void *b) {
    const region *x = a, *y = b;

    if (x->incidents != y->incidents) return x->incidents > y->incidents ? -1 : 1;
    return strcmp(x->name, y->name);
}

static size_t find_regions(const spot *list, size_t count, region *out) {
    size_t found = 0;

    for (size_t i = 0; i < count; i++) {
        if (list[i].place.known) continue;
        if (found == 0 || strcmp(out[found - 1].name, list[i].region) != 0)
            out[found++] = (region){.name = list[i].region};
        out[found - 1].incidents += list[i].incidents;
    }
    if (found > 0) qsort(out, found, sizeof *out, by_incidents);
    return found;
}

/* "Of 120 incidents 75 have no place: Ukraine 70, no place told 5." */
static const char *unplaced_text(dt_document *d, const spot *list, size_t count) {
    region *regions = DT__ARENA_ARRAY(&d->arena, region, count + 1);
    dt__phrases names = dt__phrases_new(d, NAMED_REGIONS + 1);
    size_t unplaced = 0, all = 0, found;

    if (regions == NULL) {
        d->failed = true;
        return "";
    }
    found = find_regions(list, count, regions);
    for (size_t i = 0; i < count; i++) all += list[i].incidents;
    for (size_t i = 0; i < found; i++) {
        const char *name = regions[i].name[0] == '\0' ? dt__word(d, "no place told") : regions[i].name;
        unplaced += regions[i].incidents;
        if (i < NAMED_REGIONS) dt__phrases_add(&names, dt__pair(d, name, dt__say_size(d, regions[i].incidents)));
    }
    if (unplaced == 0) return "";
    if (found > NAMED_REGIONS)
        dt__phrases_add(&names, dt__say(d, "{0} more", dt__say_size(d, found - NAMED_REGIONS), NULL));
    return dt__say(d, "Of {0} incidents {1} have no place and are not drawn: {2}.", dt__say_size(d, all),
                   dt__say_size(d, unplaced), dt__phrases_join(d, &names, dt__word(d, ", ")), NULL);
}

/* ---- zones ---- */

static dt__value *border_value(dt_document *d, const dt_border *b) {
    static const char *const kinds[] = {"ring", "line", "point"};
    dt__value *value = dt__value_object(d), *points;

    dt__put(d, value, "kind", dt__value_string(d, kinds[b->kind]));
    points = dt__put(d, value, "points", dt__value_array(d));
    for (size_t i = 0; i < 2 * b->count; i++) dt__append(points, dt__value_double(d, rounded(b->points[i])));
    return value;
}

static const char *zone_name(const dt_monitor_zone *z) {
    return z->feature == NULL ? z->file : z->feature;
}

static void add_zone(dt_document *d, const dt_monitor_zone *z, const char *role) {
    dt__value *zone = dt__mark(d, "zones"), *borders;

    dt__put(d, zone, "name", dt__value_string(d, zone_name(z)));
    dt__put(d, zone, "role", dt__value_string(d, role));
    dt__put(d, zone, "buffer", dt__value_double(d, z->buffer));
    borders = dt__put(d, zone, "borders", dt__value_array(d));
    for (size_t i = 0; i < z->border_count; i++) dt__append(borders, border_value(d, &z->borders[i]));
}

/* Each zone once; in what way the readings use it. */
static bool is_used(const dt_monitor_answer *m, uint32_t agreement, size_t zone, bool outside) {
    for (size_t c = 0; c < m->clause_count; c++) {
        if (m->clauses[c].agreement != agreement) continue;
        for (size_t r = 0; r < m->clauses[c].reading_count; r++) {
            const dt_reading_record *reading = &m->clauses[c].readings[r];
            const uint32_t *list = outside ? reading->outside : reading->inside;
            size_t count = outside ? reading->outside_count : reading->inside_count;
            for (size_t i = 0; i < count; i++)
                if (list[i] == zone) return true;
        }
    }
    return false;
}

static bool was_named(const dt__phrases *list, const char *name) {
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], name) == 0) return true;
    return false;
}

static const char *add_zones(dt_document *d, const dt_monitor_answer *m, uint32_t agreement) {
    dt__phrases files = dt__phrases_new(d, m->zone_count);

    for (size_t i = 0; i < m->zone_count; i++) {
        bool inside = is_used(m, agreement, i, false), outside = is_used(m, agreement, i, true);
        if (!inside && !outside) continue;
        add_zone(d, &m->zones[i], inside ? "inside" : "outside");
        if (!was_named(&files, m->zones[i].file)) dt__phrases_add(&files, m->zones[i].file);
    }
    if (files.count == 0) return "";
    return dt__say(d, "Borders are drawn as {0} has them and are the claim of that file, no more.",
                   dt__phrases_and(d, &files), NULL);
}

/* ---- the picture ---- */

static void put_verdicts(dt_document *d) {
    dt__value *list = dt__put(d, d->answer, "verdicts", dt__monitor_verdict_marks(d)), *differs;

    differs = dt__append(list, dt__value_object(d));
    dt__put(d, differs, "id", dt__value_string(d, "differs"));
    dt__put(d, differs, "name", dt__value_string(d, verdict_name(d, DIFFERS)));
}

bool dt__picture_map(dt_document *d, const dt_answers *a, size_t index) {
    const dt_monitor_answer *m = a->monitor;
    const char *text, *borders, *unplaced;
    uint8_t *verdicts;
    size_t count, drawn = 0;
    uint32_t agreement;
    dt__block *table;
    spot *spots;

    if (m == NULL || index >= dt__monitor_agreements(m)) return false;
    agreement = dt__monitor_agreement(m, index);
    if ((verdicts = verdicts_of(d, m, agreement)) == NULL) return false;
    if ((spots = find_spots(d, a, verdicts, &count)) == NULL) return false;
    dt__heading(d, 1, dt__say(d, "{0}, on the map", dt__monitor_agreement_name(d, m, agreement), NULL));
    borders = add_zones(d, m, agreement);
    while (drawn < count && spots[drawn].place.known) drawn++;
    if (drawn == 0 && *borders == '\0') return false;
    text = dt__word(d, "Incidents that some reading concerns, where they are said to have been; a circle shows within "
                       "what distance that is known.");
    if (*borders != '\0') text = dt__sentences(d, text, borders);
    if (a->monitor_view.redact)
        text = dt__sentences(d, text, dt__word(d, "For the public, places are given to a tenth of a degree only."));
    if (drawn > MOST_MARKS)
        text = dt__sentences(d, text,
                             dt__say(d, "{0} more places, those least well known, are not drawn.",
                                     dt__say_size(d, drawn - MOST_MARKS), NULL));
    unplaced = unplaced_text(d, spots, count);
    if (*unplaced != '\0') text = dt__sentences(d, text, unplaced);
    dt__paragraph(d, text);
    put_verdicts(d);
    table = DT__TABLE_OF(d, columns);
    for (size_t i = 0; i < count; i++) {
        if (spots[i].place.known && i >= MOST_MARKS) continue;
        if (spots[i].place.known) add_mark(d, &spots[i]);
        add_row(d, table, &spots[i]);
    }
    dt__table_drop_empty(table);
    return true;
}
