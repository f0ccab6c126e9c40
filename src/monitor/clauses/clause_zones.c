/* Zones of readings: files read once, zones that move by their dates, zones made of others; and where an occurrence
 * lies against them. */
#include <string.h>

#include "base/catalog.h"
#include "monitor/ledger.h"

/* Shapes of which answers are kept: two bits for each and for each occurrence, less than the occurrence itself takes.
 */
enum { SAMPLES = 256, MOST_KEPT = 128 };

/* ---- files ---- */

static dt_status read_shapes(dt__ledger *l, const char *name, dt__place place, dt__zone_file *file) {
    const dt_monitor_files *files = &l->opts->files;
    dt_source source;
    dt_status st;

    if ((st = files->open(files->payload, DT_MONITOR_ZONES, name, &source)) != DT_OK) {
        dt__diagnose(l->env, DT_ERROR, place, "no-file", "the file “{0}” cannot be read", name, NULL);
        return st;
    }
    st = dt__geojson_read(file->shapes, &l->features, &l->scratch, &source, NULL, name, l->env);
    files->close(files->payload, &source);
    file->end = l->features.count;
    return st == DT_OK ? dt__shapes_index(file->shapes) : st;
}

/* What is inside such a border is then a matter of counting crossings: told, once for a file. */
static void warn_of_crossing(dt__ledger *l, const dt__zone_file *file) {
    dt__text at;
    dt__point p;

    if (!dt__shapes_any_self_crossing(file->shapes, &p)) return;
    dt__text_init(&at, l->env);
    dt__text_add_double(&at, p.lon);
    dt__text_add(&at, ", ");
    dt__text_add_double(&at, p.lat);
    dt__diagnose(l->env, DT_WARNING, (dt__place){.file = file->name}, "self-crossing",
                 "a border in “{0}” crosses itself near {1}; what is inside is decided by counting crossings",
                 file->name, dt__text_get(&at), NULL);
    dt__text_clear(&at);
}

static dt_status count_asked(dt__ledger *l, dt__zone_file *file) {
    file->asked = DT__ARENA_ARRAY(&l->scratch, bool, file->shapes->count);
    return file->asked == NULL ? DT_ERR_MEMORY : DT_OK;
}

/* Every file has an index of its own: of a front line by date only one day's is asked. */
static dt_status load_file(dt__ledger *l, const char *name, dt__place place, size_t *index) {
    dt__zone_file fresh = {.name = name, .first = l->features.count};
    dt_status st;

    for (*index = 0; *index < l->zone_files.count; (*index)++)
        if (strcmp(DT__AT(l->zone_files, dt__zone_file, *index)->name, name) == 0) return DT_OK;
    if ((fresh.shapes = DT__ARENA_ARRAY(&l->scratch, dt__shapes, 1)) == NULL) return DT_ERR_MEMORY;
    dt__shapes_init(fresh.shapes, l->env);
    if ((st = dt__vector_push(&l->zone_files, &fresh, l->env)) != DT_OK) return st;
    st = read_shapes(l, name, place, DT__AT(l->zone_files, dt__zone_file, *index));
    if (st == DT_OK) warn_of_crossing(l, DT__AT(l->zone_files, dt__zone_file, *index));
    return st == DT_OK ? count_asked(l, DT__AT(l->zone_files, dt__zone_file, *index)) : st;
}

/* ---- one zone ---- */

static dt_status add_edition(dt__ledger *l, const dt__zone_term *term, const char *name, dt__edition *out) {
    const dt__zone_file *file;
    size_t index = 0;
    dt_status st = load_file(l, name, term->place, &index);
    dt__named best;

    if (st != DT_OK) return st;
    file = DT__AT(l->zone_files, dt__zone_file, index);
    best = dt__best_name(l, file, term);
    out->file = (uint32_t)index;
    out->shapes = file->shapes;
    out->first = (uint32_t)l->shape_list.count;
    for (size_t i = file->first; st == DT_OK && i < file->end; i++) {
        const dt__feature *f = DT__AT(l->features, dt__feature, i);
        dt__named_shape shape = {.name = f->name, .shape = f->shape};
        if (!dt__feature_meant(f, term, best)) continue;
        file->asked[f->shape] = true;
        st = dt__vector_push(&l->shape_list, &shape, l->env);
    }
    out->end = (uint32_t)l->shape_list.count;
    if (st != DT_OK || (term->feature == NULL && term->sort == NULL) || out->first < out->end) return st;
    return dt__blame_feature(l, term, file);
}

static dt_status area_of(dt__ledger *l, const dt__zone_term *term, dt__area *out) {
    size_t count = term->version_count > 0 ? term->version_count : 1;
    dt_status st = DT_OK;

    out->term = term;
    if (term->is_group) return dt__areas_of(l, &term->of, &out->of);
    out->buffer = dt__rational_double(term->buffer_m);
    out->uncertainty = dt__rational_double(term->uncertainty_m);
    if ((out->editions = DT__ARENA_ARRAY(&l->scratch, dt__edition, count)) == NULL) return DT_ERR_MEMORY;
    out->edition_count = count;
    for (size_t i = 0; st == DT_OK && i < count; i++) {
        const dt__zone_version *version = term->version_count > 0 ? &term->versions[i] : NULL;
        out->editions[i].day = version == NULL ? INT64_MIN : version->day;
        st = add_edition(l, term, version == NULL ? term->file : version->file, &out->editions[i]);
    }
    return st;
}

/* The number of shapes that are kept is taken from `left`. */
static dt_status remember_file(dt__ledger *l, dt__zone_file *file, size_t *left) {
    file->known = DT__ARENA_ARRAY(&l->scratch, uint8_t *, file->shapes->count);
    if (file->known == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i<file->shapes->count && * left> 0; i++) {
        if (!file->asked[i]) continue;
        --*left;
        file->known[i] = DT__ARENA_ARRAY(&l->scratch, uint8_t, l->occurrences.count / 4 + 1);
        if (file->known[i] == NULL) return DT_ERR_MEMORY;
    }
    return DT_OK;
}

dt_status dt__zones_remember(dt__ledger *l) {
    size_t left = MOST_KEPT;
    dt_status st = DT_OK;

    for (size_t i = 0; st == DT_OK && i < l->zone_files.count; i++)
        st = remember_file(l, DT__AT(l->zone_files, dt__zone_file, i), &left);
    return st;
}

static dt_status list_of(dt__ledger *l, const dt__zone_term *terms, size_t count, dt__area **out) {
    dt_status st = DT_OK;

    if ((*out = DT__ARENA_ARRAY(&l->scratch, dt__area, count)) == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; st == DT_OK && i < count; i++) st = area_of(l, &terms[i], &(*out)[i]);
    return st;
}

dt_status dt__areas_of(dt__ledger *l, const dt__zone_group *terms, dt__areas *out) {
    dt_status st;

    *out = (dt__areas){
        .inside_count = terms->inside_count, .every_count = terms->every_count, .outside_count = terms->outside_count};
    st = list_of(l, terms->inside, terms->inside_count, &out->inside);
    if (st == DT_OK) st = list_of(l, terms->every, terms->every_count, &out->every);
    return st == DT_OK ? list_of(l, terms->outside, terms->outside_count, &out->outside) : st;
}

static bool any_moves(const dt__zone_term *zones, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (zones[i].version_count > 0 || (zones[i].is_group && dt__zone_moves(&zones[i].of))) return true;
    return false;
}

bool dt__zone_moves(const dt__zone_group *group) {
    return any_moves(group->inside, group->inside_count) || any_moves(group->every, group->every_count) ||
           any_moves(group->outside, group->outside_count);
}

/* ---- drawn zones, however deep they stand: of what is meant, or of what is taken away ---- */

static const dt__area *find_leaf(const dt__areas *areas, bool outside, size_t *skip) {
    const dt__area *const lists[] = {areas->inside, areas->every, areas->outside};
    const size_t counts[] = {areas->inside_count, areas->every_count, areas->outside_count};

    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < counts[k]; i++) {
            const dt__area *area = &lists[k][i], *found;
            bool wanted = k < 2 ? outside : !outside; /* below: what is taken away from what is taken away is meant */
            if (area->term->is_group) {
                if ((found = find_leaf(&area->of, wanted, skip)) != NULL) return found;
            } else if (!wanted && (*skip)-- == 0) return area;
        }
    return NULL;
}

const dt__area *dt__leaf_at(const dt__areas *areas, bool outside, size_t index) {
    return find_leaf(areas, outside, &index);
}

size_t dt__leaf_count(const dt__areas *areas, bool outside) {
    size_t count = 0;

    while (dt__leaf_at(areas, outside, count) != NULL) count++;
    return count;
}

/* ---- truth ---- */

static dt__truth negated(dt__truth truth, bool really) {
    return really ? (dt__truth)(DT__YES - truth) : truth;
}

const dt__edition *dt__edition_on(const dt__area *area, int64_t day) {
    size_t low = 0, high = area->edition_count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (area->editions[middle].day <= day) low = middle + 1;
        else high = middle;
    }
    return low == 0 ? NULL : &area->editions[low - 1];
}

/* Many readings ask of the same zones: what was found of a border as it is drawn is kept. */
static dt__truth truth_of_shape(const dt__spot *s, const dt__edition *e, uint32_t shape) {
    uint8_t *kept = DT__AT(s->l->zone_files, dt__zone_file, e->file)->known[shape];
    unsigned at = s->x->spot % 4 * 2, known;
    dt__truth truth;

    if (kept == NULL || s->x->spot == DT__NOBODY) return dt__shapes_truth(e->shapes, shape, 0, s->x->at, s->x->radius);
    kept += s->x->spot / 4;
    known = *kept >> at & 3U;
    if (known != 0) return (dt__truth)(known - 1);
    truth = dt__shapes_truth(e->shapes, shape, 0, s->x->at, s->x->radius);
    *kept = (uint8_t)(*kept | ((unsigned)truth + 1) << at);
    return truth;
}

/* In any of the features. */
static dt__truth within_edition(const dt__spot *s, const dt__area *area, const dt__edition *e) {
    double radius = s->x->radius + area->uncertainty;
    bool as_drawn = !(area->buffer > 0) && !(area->uncertainty > 0);
    dt__truth best = DT__NO;

    for (uint32_t i = e->first; i < e->end && best != DT__YES; i++) {
        uint32_t shape = DT__AT(s->l->shape_list, dt__named_shape, i)->shape;
        dt__truth truth =
            as_drawn ? truth_of_shape(s, e, shape) : dt__shapes_truth(e->shapes, shape, area->buffer, s->x->at, radius);
        if (truth > best) best = truth;
    }
    return best;
}

/* Where the zone moved meanwhile, what all its editions say. */
dt__truth dt__area_truth(const dt__spot *s, const dt__area *area) {
    const dt__edition *first, *last;
    dt__truth truth;

    if (area->term->is_group) return dt__areas_truth(s, &area->of);
    first = dt__edition_on(area, s->first_day);
    last = dt__edition_on(area, s->last_day);
    if (first == NULL) return DT__UNKNOWN;
    truth = within_edition(s, area, first);
    while (first++ < last && truth != DT__UNKNOWN)
        if (within_edition(s, area, first) != truth) truth = DT__UNKNOWN;
    return negated(truth, area->term->other_side);
}

dt__truth dt__areas_truth(const dt__spot *s, const dt__areas *areas) {
    dt__truth truth = areas->inside_count > 0 ? DT__NO : DT__YES, one;

    for (size_t i = 0; i < areas->inside_count && truth != DT__YES; i++)
        if ((one = dt__area_truth(s, &areas->inside[i])) > truth) truth = one;
    for (size_t i = 0; i < areas->every_count && truth != DT__NO; i++)
        if ((one = dt__area_truth(s, &areas->every[i])) < truth) truth = one;
    for (size_t i = 0; i < areas->outside_count && truth != DT__NO; i++)
        if ((one = negated(dt__area_truth(s, &areas->outside[i]), true)) < truth) truth = one;
    return truth;
}

/* ---- share: the same, at points spread over where it may have been and when ---- */

typedef struct sample {
    const dt__spot *spot;
    size_t number;
    int64_t day;
    bool lost; /* some zone was not drawn yet */
} sample;

static bool holds_in(sample *p, const dt__areas *areas);

static bool holds(sample *p, const dt__area *area) {
    const dt__occurrence *x = p->spot->x;
    const dt__edition *e;
    dt__point at;
    bool in = false;

    if (area->term->is_group) return holds_in(p, &area->of);
    if ((e = dt__edition_on(area, p->day)) == NULL) {
        p->lost = true;
        return false;
    }
    at = dt__disc_point(x->at, x->radius + area->uncertainty, p->number, SAMPLES);
    for (uint32_t i = e->first; i < e->end && !in; i++)
        in = dt__shapes_reach(e->shapes, DT__AT(p->spot->l->shape_list, dt__named_shape, i)->shape, area->buffer, at);
    return in != area->term->other_side;
}

static bool holds_in(sample *p, const dt__areas *areas) {
    bool any = areas->inside_count == 0;

    for (size_t i = 0; i < areas->inside_count && !any; i++) any = holds(p, &areas->inside[i]);
    for (size_t i = 0; i < areas->every_count && any; i++) any = holds(p, &areas->every[i]);
    for (size_t i = 0; i < areas->outside_count && any; i++) any = !holds(p, &areas->outside[i]);
    return any;
}

/* Moments by a step of its own, so that early is not the same as near. */
static double share_of(const dt__spot *s, const dt__areas *areas) {
    const double step = 0.41421356237309505;
    int64_t length = s->last_day - s->first_day;
    size_t in = 0;

    for (size_t i = 0; i < SAMPLES; i++) {
        double turn = ((double)i + 0.5) * step;
        sample p = {.spot = s, .number = i, .day = s->first_day};
        if (length > 0) {
            double moment =
                (double)s->x->when.lo + (turn - floor(turn)) * ((double)s->x->when.hi - (double)s->x->when.lo);
            p.day = dt__local_day(s->zone, (dt__moment)moment);
        }
        in += holds_in(&p, areas);
        if (p.lost) return NAN;
    }
    return (double)in / SAMPLES;
}

dt__spot dt__spot_of(const dt__ledger *l, const dt__obligation *o, const dt__occurrence *x) {
    dt__spot s = {.l = l, .x = x, .zone = o->zone};

    if (!o->moves) return s;
    s.first_day = dt__local_day(o->zone, x->when.lo);
    s.last_day = x->when.hi > x->when.lo ? dt__local_day(o->zone, x->when.hi - 1) : s.first_day;
    return s;
}

dt__placement dt__place_within(const dt__ledger *l, const dt__obligation *o, const dt__occurrence *x) {
    dt__spot s = dt__spot_of(l, o, x);
    dt__truth truth = dt__areas_truth(&s, &o->where);

    if (truth != DT__UNKNOWN) return (dt__placement){truth, truth == DT__YES ? 1 : 0};
    if (x->when.lo == DT__MOMENT_ALWAYS || x->when.hi == DT__MOMENT_NEVER) return (dt__placement){DT__UNKNOWN, NAN};
    return (dt__placement){DT__UNKNOWN, share_of(&s, &o->where)};
}

/* ---- how old the lines were ---- */

static void age_in(const dt__areas *areas, int64_t day, dt__line_age *age) {
    const dt__area *const lists[] = {areas->inside, areas->every, areas->outside};
    const size_t counts[] = {areas->inside_count, areas->every_count, areas->outside_count};

    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < counts[k]; i++) {
            const dt__area *area = &lists[k][i];
            const dt__edition *e;
            if (area->term->is_group) age_in(&area->of, day, age);
            if (area->term->version_count == 0) continue;
            age->dated = true;
            if ((e = dt__edition_on(area, day)) == NULL) age->before = true;
            else if (day - e->day > age->days) age->days = day - e->day;
        }
}

dt__line_age dt__age_of_lines(const dt__ledger *l, const dt__obligation *o, const dt__occurrence *x) {
    dt__spot s = dt__spot_of(l, o, x);
    dt__line_age age = {0};

    age_in(&o->where, s.last_day, &age);
    if (s.first_day < s.last_day) age_in(&o->where, s.first_day, &age);
    return age;
}
