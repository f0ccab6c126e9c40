/* Findings by zone: by the zones that a reading names, or else by the regions that the records name; with rates drawn
 * towards their common distribution. */
#include <string.h>

#include "monitor/ledger.h"
#include "statistics/shrinkage.h"

enum { MOST_FEATURES = 1000 }; /* a file with more counts as one zone */

/* Something that a finding can lie in. */
typedef struct place_unit {
    const char *name;
    const dt__label *label; /* NULL: none */
    const dt__area *area;   /* NULL: a region by its name */
    const dt__edition *edition;
    uint32_t shape; /* of the edition; UINT32_MAX: the whole area */
} place_unit;

typedef struct counting {
    dt__ledger *l;
    const dt__obligation *o;
    const dt_reading_record *reading;
    const dt_party_record *party;
    dt__vector units;    /* place_unit */
    uint32_t *unit_of;   /* per finding; UINT32_MAX: not known */
    uint32_t *record_of; /* per unit, and one more for where it is not known: in `records`; UINT32_MAX: none */
    dt_zone_record *records;
    double **series; /* per record: certain by period, then possible */
    size_t record_count;
} counting;

/* ---- which zones there are ---- */

static dt_status add_unit(counting *c, const place_unit *unit) {
    return dt__vector_push(&c->units, unit, c->l->env);
}

static bool features_have_names(const counting *c, const dt__edition *e) {
    for (uint32_t i = e->first; i < e->end; i++)
        if (DT__AT(c->l->shape_list, dt__named_shape, i)->name == NULL) return false;
    return e->first < e->end && e->end - e->first <= MOST_FEATURES;
}

static dt_status add_list(counting *c, const dt__area *areas, size_t count);

static dt_status add_area(counting *c, const dt__area *area) {
    const dt__zone_term *term = area->term;
    place_unit whole = {.label = term->name.count > 0 ? &term->name : NULL, .area = area, .shape = UINT32_MAX};
    const dt__edition *e;
    dt_status st = DT_OK;

    if (term->is_group && term->name.count == 0) {
        st = add_list(c, area->of.inside, area->of.inside_count);
        return st == DT_OK ? add_list(c, area->of.every, area->of.every_count) : st;
    }
    whole.name = term->feature != NULL ? term->feature : term->sort != NULL ? term->sort : term->file;
    if (whole.name == NULL) whole.name = term->version_count > 0 ? term->versions[0].file : "";
    if (term->is_group || whole.label != NULL || area->edition_count != 1 || term->other_side ||
        term->feature != NULL || !features_have_names(c, &area->editions[0]))
        return add_unit(c, &whole);
    e = &area->editions[0];
    for (uint32_t i = e->first; i < e->end && st == DT_OK; i++) {
        const dt__named_shape *shape = DT__AT(c->l->shape_list, dt__named_shape, i);
        place_unit one = {.name = shape->name, .area = area, .edition = e, .shape = shape->shape};
        st = add_unit(c, &one);
    }
    return st;
}

static dt_status add_list(counting *c, const dt__area *areas, size_t count) {
    dt_status st = DT_OK;

    for (size_t i = 0; i < count && st == DT_OK; i++) st = add_area(c, &areas[i]);
    return st;
}

/* ---- in which of them a finding lies ---- */

static dt__truth lies_in(const dt__spot *spot, const place_unit *unit) {
    double radius = spot->x->radius + unit->area->uncertainty;

    if (unit->shape == UINT32_MAX) return dt__area_truth(spot, unit->area);
    return dt__shapes_truth(unit->edition->shapes, unit->shape, unit->area->buffer, spot->x->at, radius);
}

static uint32_t unit_by_place(const counting *c, const dt__occurrence *x) {
    dt__spot spot = dt__spot_of(c->l, c->o, x);

    for (uint32_t i = 0; x->has_place && i < c->units.count; i++)
        if (lies_in(&spot, DT__AT(c->units, place_unit, i)) == DT__YES) return i;
    return UINT32_MAX;
}

static dt_status unit_by_region(counting *c, const char *region, uint32_t *unit) {
    place_unit fresh = {.name = region, .shape = UINT32_MAX};

    *unit = UINT32_MAX;
    if (region == NULL) return DT_OK;
    for (*unit = 0; *unit < c->units.count; (*unit)++)
        if (strcmp(DT__AT(c->units, place_unit, *unit)->name, region) == 0) return DT_OK;
    return add_unit(c, &fresh);
}

static dt_status place_findings(counting *c) {
    size_t count = c->reading->finding_count;
    dt_status st = DT_OK;

    c->unit_of = DT__ARENA_ARRAY(&c->l->scratch, uint32_t, count);
    if (c->unit_of == NULL) return DT_ERR_MEMORY;
    if (!c->o->anywhere) {
        st = add_list(c, c->o->where.inside, c->o->where.inside_count);
        if (st == DT_OK) st = add_list(c, c->o->where.every, c->o->where.every_count);
    }
    for (size_t i = 0; i < count && st == DT_OK; i++) {
        const dt__occurrence *x = dt__occurrence_at(c->l, c->reading->findings[i].incident);
        if (c->o->anywhere) st = unit_by_region(c, dt__claim_at(c->l, x->claim)->rest->region, &c->unit_of[i]);
        else c->unit_of[i] = unit_by_place(c, x);
    }
    return st;
}

/* ---- counts ---- */

static size_t slot_of(const counting *c, uint32_t unit) {
    return unit == UINT32_MAX ? c->units.count : unit;
}

static bool counts_for(const counting *c, const dt_finding *f) {
    return dt__is_laid_to(c->l, f, c->party->party);
}

/* Names of features go with the files. */
static const char *name_in(const counting *c, const place_unit *unit, dt_language language) {
    return dt__builder_text(c->l->b,
                            unit->label == NULL ? unit->name : dt__label_text(unit->label, language, unit->name));
}

/* Zones in the order of the reading, or of their first finding; where it is not known last. */
static dt_status list_records(counting *c) {
    size_t slots = c->units.count + 1;
    bool *met = DT__ARENA_ARRAY(&c->l->scratch, bool, slots);

    c->record_of = DT__ARENA_ARRAY(&c->l->scratch, uint32_t, slots);
    if (met == NULL || c->record_of == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < c->reading->finding_count; i++)
        if (counts_for(c, &c->reading->findings[i])) met[slot_of(c, c->unit_of[i])] = true;
    c->record_count = 0;
    for (size_t i = 0; i < slots; i++) c->record_of[i] = met[i] ? (uint32_t)c->record_count++ : UINT32_MAX;
    c->records = DT__BUILDER_ARRAY(c->l->b, dt_zone_record, c->record_count);
    c->series = DT__ARENA_ARRAY(&c->l->scratch, double *, c->record_count);
    if (c->records == NULL || c->series == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < slots; i++) {
        const place_unit *unit = i < c->units.count ? DT__AT(c->units, place_unit, i) : NULL;
        double *series;
        dt_zone_record *record = met[i] ? &c->records[c->record_of[i]] : NULL;
        if (record == NULL) continue;
        series = DT__BUILDER_ARRAY(c->l->b, double, 2 * c->party->period_count);
        if (series == NULL) return DT_ERR_MEMORY;
        c->series[c->record_of[i]] = series;
        *record =
            (dt_zone_record){.raw = NAN, .shrunk = NAN, .certain = series, .possible = series + c->party->period_count};
        if (unit == NULL) continue;
        record->name = name_in(c, unit, DT_LANG_EN);
        record->title = name_in(c, unit, c->l->env->opts.language);
    }
    return c->l->b->failed ? DT_ERR_MEMORY : DT_OK;
}

static void count_finding(counting *c, const dt_finding *f, uint32_t number) {
    int64_t day = dt__finding_day(c->l, c->o, c->reading, f);
    size_t period = (size_t)day / (c->l->opts->period == DT_PERIOD_WEEK ? 7 : 1);

    c->records[number].counts[f->verdict] += f->count;
    if (period >= c->party->period_count) return;
    if (dt__is_certain(f)) c->series[number][period] += f->count;
    if (dt__is_possible(f)) c->series[number][c->party->period_count + period] += f->count;
}

/* ---- rates ---- */

static double watched_days(const counting *c) {
    double days = (double)(c->reading->window_until - c->reading->window_from) / DT__DAY;
    return isnan(c->party->watched) ? days : days * c->party->watched;
}

static double breaches_in(const counting *c, size_t slot) {
    const dt_zone_record *r;

    if (c->record_of[slot] == UINT32_MAX) return 0;
    r = &c->records[c->record_of[slot]];
    return r->counts[DT_VERDICT_ALLEGED] + r->counts[DT_VERDICT_CORROBORATED];
}

static dt_status rate_zones(counting *c) {
    size_t count = c->units.count;
    double days = watched_days(c);
    double *events = DT__ARENA_ARRAY(&c->l->scratch, double, count),
           *exposures = DT__ARENA_ARRAY(&c->l->scratch, double, count);
    dt__gamma_prior prior;

    if (events == NULL || exposures == NULL) return DT_ERR_MEMORY;
    if (!(days > 0) || count == 0) return DT_OK;
    for (size_t i = 0; i < count; i++) {
        events[i] = breaches_in(c, i);
        exposures[i] = days;
    }
    prior = dt__gamma_prior_of(events, exposures, count);
    for (size_t i = 0; i < count; i++) {
        if (c->record_of[i] == UINT32_MAX) continue;
        c->records[c->record_of[i]].raw = events[i] / days;
        c->records[c->record_of[i]].shrunk = dt__shrunk_rate(&prior, events[i], days);
    }
    return DT_OK;
}

/* ---- one party ---- */

static dt_status count_party(counting *c, dt_party_record *party) {
    dt_status st;

    c->party = party;
    if (!party->bound) return DT_OK;
    if ((st = list_records(c)) != DT_OK) return st;
    for (size_t i = 0; i < c->reading->finding_count; i++)
        if (counts_for(c, &c->reading->findings[i]))
            count_finding(c, &c->reading->findings[i], c->record_of[slot_of(c, c->unit_of[i])]);
    if ((st = rate_zones(c)) != DT_OK) return st;
    party->zones = c->records;
    party->zone_count = c->record_count;
    return DT_OK;
}

dt_status dt__count_zones(dt__ledger *l, const dt__obligation *o, const dt_reading_record *reading,
                          dt_party_record *parties) {
    counting c = {.l = l, .o = o, .reading = reading, .units = DT__VECTOR(place_unit)};
    dt_status st = place_findings(&c);

    for (size_t i = 0; i < reading->party_count && st == DT_OK && c.units.count > 0; i++)
        st = count_party(&c, &parties[i]);
    dt__vector_clear(&c.units, l->env);
    return st;
}
