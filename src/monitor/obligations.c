/* Readings made ready to be asked: their moments, their zones, and what each word of the records means to them. */
#include <string.h>

#include "model/acts.h"
#include "monitor/ledger.h"

/* ---- time zones ---- */

static dt_status read_all(const dt_source *source, dt__text *bytes) {
    char piece[4096];
    size_t got = 0;

    do {
        dt_status st = source->read(source->payload, piece, sizeof piece, &got);
        if (st != DT_OK) return st;
        dt__text_add_bytes(bytes, piece, got);
    } while (got > 0 && !bytes->failed);
    return dt__text_status(bytes);
}

static dt_status load_zone(dt__ledger *l, const char *name, dt__zone **out) {
    const dt_monitor_files *files = &l->opts->files;
    dt_source source;
    dt__text bytes;
    dt_status st = files->open(files->payload, DT_MONITOR_TIME_ZONE, name, &source);

    if (st != DT_OK) {
        dt__diagnose(l->env, DT_ERROR, (dt__place){.file = ""}, "unknown-timezone",
                     "there is no file for the time zone “{0}”; expected a name such as Europe/Kyiv", name, NULL);
        return DT_ERR_MODEL;
    }
    dt__text_init(&bytes, l->env);
    st = read_all(&source, &bytes);
    files->close(files->payload, &source);
    if (st == DT_OK) st = dt__zone_new(out, name, dt__text_get(&bytes), bytes.length, l->env);
    if (st == DT_ERR_MODEL)
        dt__diagnose(l->env, DT_ERROR, (dt__place){.file = ""}, "unknown-timezone",
                     "the file of the time zone “{0}” is no TZif file", name, NULL);
    dt__text_clear(&bytes);
    return st;
}

dt_status dt__ledger_zone(dt__ledger *l, const char *name, const dt__zone **out) {
    dt__named_zone fresh = {.name = name};
    dt_status st;

    *out = NULL;
    if (name == NULL) return DT_OK;
    for (size_t i = 0; i < l->zones.count; i++) {
        const dt__named_zone *z = DT__AT(l->zones, dt__named_zone, i);
        if (strcmp(z->name, name) != 0) continue;
        *out = z->zone;
        return DT_OK;
    }
    if ((st = load_zone(l, name, &fresh.zone)) != DT_OK) return st;
    if ((st = dt__vector_push(&l->zones, &fresh, l->env)) != DT_OK) dt__zone_free(fresh.zone, l->env);
    *out = fresh.zone;
    return st;
}

/* From the first moment that the text can mean. */
static dt__moment moment_of(const char *text, const dt__zone *zone, dt__moment otherwise) {
    dt__written written;

    if (text == NULL || !dt__written_parse(&written, text, DT__YEAR_FIRST)) return otherwise;
    return dt__written_span(&written, zone).lo;
}

static dt_status time_of(dt__ledger *l, const dt__clause_reading *terms, dt__interval *when, const dt__zone **zone) {
    dt_status st = dt__ledger_zone(l, terms->timezone, zone);

    *when = (dt__interval){moment_of(terms->from, *zone, DT__MOMENT_ALWAYS),
                           moment_of(terms->until, *zone, DT__MOMENT_NEVER)};
    return st;
}

/* ---- zones ---- */

static dt_status load_shapes(dt__ledger *l, const dt__zone_term *term, size_t *index) {
    const dt_monitor_files *files = &l->opts->files;
    dt__zone_file fresh = {.name = term->file, .first = l->features.count};
    dt_source source;
    dt_status st;

    for (*index = 0; *index < l->zone_files.count; (*index)++)
        if (strcmp(DT__AT(l->zone_files, dt__zone_file, *index)->name, term->file) == 0) return DT_OK;
    if ((st = files->open(files->payload, DT_MONITOR_ZONES, term->file, &source)) != DT_OK) {
        dt__diagnose(l->env, DT_ERROR, term->place, "no-file", "the file “{0}” cannot be read", term->file, NULL);
        return st;
    }
    st = dt__geojson_read(&l->shapes, &l->features, &l->scratch, &source, NULL, term->file, l->env);
    files->close(files->payload, &source);
    fresh.end = l->features.count;
    return st == DT_OK ? dt__vector_push(&l->zone_files, &fresh, l->env) : st;
}

static dt_status blame_feature(dt__ledger *l, const dt__zone_term *term, const dt__zone_file *file) {
    const char **names = DT__ARENA_ARRAY(&l->scratch, const char *, file->end - file->first);
    const char *nearest;
    size_t count = 0;

    if (names == NULL) return DT_ERR_MEMORY;
    for (size_t i = file->first; i < file->end; i++)
        if (DT__AT(l->features, dt__feature, i)->name != NULL)
            names[count++] = DT__AT(l->features, dt__feature, i)->name;
    dt__diagnose(l->env, DT_ERROR, term->place, "unknown-feature", "the file “{0}” has no feature “{1}”", term->file,
                 term->feature, NULL);
    if ((nearest = dt__nearest(term->feature, names, count)) != NULL)
        dt__hint(l->env, "did you mean “{0}”?", nearest, NULL);
    return dt__settled(l->env, DT_ERR_MODEL);
}

static dt_status zone_of(dt__ledger *l, const dt__zone_term *term, dt__zone_shapes *out) {
    const dt__zone_file *file;
    size_t index = 0;
    dt_status st = load_shapes(l, term, &index);

    if (st != DT_OK) return st;
    file = DT__AT(l->zone_files, dt__zone_file, index);
    out->buffer = dt__rational_double(term->buffer_m);
    out->first = (uint32_t)l->shape_list.count;
    for (size_t i = file->first; st == DT_OK && i < file->end; i++) {
        const dt__feature *f = DT__AT(l->features, dt__feature, i);
        if (term->feature != NULL && (f->name == NULL || strcmp(f->name, term->feature) != 0)) continue;
        st = dt__vector_push(&l->shape_list, &f->shape, l->env);
    }
    out->end = (uint32_t)l->shape_list.count;
    return st == DT_OK && term->feature != NULL && out->first == out->end ? blame_feature(l, term, file) : st;
}

static dt_status zones_of(dt__ledger *l, const dt__zone_term *terms, size_t count, dt__zone_shapes **out) {
    dt_status st = DT_OK;

    *out = DT__ARENA_ARRAY(&l->scratch, dt__zone_shapes, count);
    if (*out == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; st == DT_OK && i < count; i++) st = zone_of(l, &terms[i], &(*out)[i]);
    return st;
}

/* ---- readings ---- */

static bool is_wanted(const dt__ledger *l, const dt__agreement *a) {
    return l->opts->agreement == NULL || strcmp(l->opts->agreement, a->id) == 0;
}

static dt_status prepare(dt__ledger *l, uint32_t a, uint32_t c, uint32_t r) {
    const dt__agreement *agreement = &l->model->agreements[a];
    const dt__clause_reading *terms = &agreement->clauses[c].readings[r];
    dt__window *window = &l->windows[l->window_count++];
    dt__obligation *o = &l->obligations[l->obligation_count];
    const dt__zone *zone = NULL;
    dt_status st;

    *window = (dt__window){.agreement = a,
                           .terms = terms,
                           .sweeping = terms->target_count + terms->inside_count + terms->outside_count == 0};
    if ((st = time_of(l, terms, &window->when, &zone)) != DT_OK || !is_wanted(l, agreement)) return st;
    *o = (dt__obligation){.agreement = a,
                          .clause = c,
                          .reading = r,
                          .terms = terms,
                          .of = agreement,
                          .when = window->when,
                          .zone = zone,
                          .inside_count = terms->inside_count,
                          .outside_count = terms->outside_count};
    l->obligation_count++;
    st = zones_of(l, terms->inside, terms->inside_count, &o->inside);
    return st == DT_OK ? zones_of(l, terms->outside, terms->outside_count, &o->outside) : st;
}

static size_t count_readings(const dt_model *m) {
    size_t count = 0;

    for (size_t a = 0; a < m->agreement_count; a++)
        for (size_t c = 0; c < m->agreements[a].clause_count; c++) count += m->agreements[a].clauses[c].reading_count;
    return count;
}

dt_status dt__obligations_prepare(dt__ledger *l) {
    const dt_model *m = l->model;
    size_t count = count_readings(m);
    dt_status st = DT_OK;

    l->obligations = DT__ARENA_ARRAY(&l->scratch, dt__obligation, count);
    l->windows = DT__ARENA_ARRAY(&l->scratch, dt__window, count);
    if (l->obligations == NULL || l->windows == NULL) return DT_ERR_MEMORY;
    for (uint32_t a = 0; a < m->agreement_count; a++)
        for (uint32_t c = 0; c < m->agreements[a].clause_count; c++)
            for (uint32_t r = 0; st == DT_OK && r < m->agreements[a].clauses[c].reading_count; r++)
                st = prepare(l, a, c, r);
    if (st == DT_OK && l->shapes.count > 0) st = dt__shapes_index(&l->shapes);
    return st;
}

/* ---- words ---- */

static dt__truth one_act_among(const char *act, size_t length, const char *const *codes, size_t count) {
    dt__truth truth = DT__NO;

    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(codes[i]);
        if (dt__act_within(act, length, codes[i])) return DT__YES;
        if ((length == 3 && memcmp(act, "any", 3) == 0) ||
            (n > length && memcmp(codes[i], act, length) == 0 && codes[i][length] == '.'))
            truth = DT__UNKNOWN;
    }
    return truth;
}

dt__truth dt__act_among(const char *act, const char *const *codes, size_t count) {
    bool any_yes = false, any_no = false, any_unknown = false;

    while (*act != '\0') {
        size_t length = strcspn(act, "|");
        dt__truth truth = one_act_among(act, length, codes, count);
        any_yes = any_yes || truth == DT__YES;
        any_no = any_no || truth == DT__NO;
        any_unknown = any_unknown || truth == DT__UNKNOWN;
        act += length + (act[length] == '|');
    }
    if (any_unknown || (any_yes && any_no)) return DT__UNKNOWN;
    return any_yes ? DT__YES : DT__NO;
}

/* Is a class of assets one of these, or below one?  Unknown when it is wider than one of them. */
static dt__truth asset_among(const char *asset, const dt__clause_reading *terms) {
    return terms->target_count == 0 ? DT__YES : dt__act_among(asset, terms->targets, terms->target_count);
}

static dt__truth act_exempt(const char *act, const dt__clause_reading *terms) {
    dt__truth best = DT__NO;

    for (size_t i = 0; i < terms->exemption_count; i++) {
        const dt__exemption *e = &terms->exemptions[i];
        dt__truth truth = dt__act_among(act, e->acts, e->act_count);
        if (truth == DT__YES && e->provided != NULL) truth = DT__UNKNOWN;
        if (truth > best) best = truth;
    }
    return best;
}

/* ---- control series: acts that the reading leaves free ---- */

static bool is_of_clause(const dt__obligation *o, const dt__clause_reading *terms) {
    const dt__clause *clause = &o->of->clauses[o->clause];
    return terms >= clause->readings && terms < clause->readings + clause->reading_count;
}

/* May another clause forbid it, whatever is hit and wherever, in the window or in the days before? */
static bool may_be_barred(const dt__ledger *l, const dt__obligation *o, const char *act) {
    dt__moment from = o->when.lo == DT__MOMENT_ALWAYS ? o->when.lo : o->when.lo - (dt__moment)l->opts->baseline * DT__DAY;

    for (size_t i = 0; i < l->window_count; i++) {
        const dt__window *w = &l->windows[i];
        if (!w->sweeping || is_of_clause(o, w->terms) || (w->terms->bound & o->terms->bound) == 0) continue;
        if (w->when.lo < o->when.hi && w->when.hi > from &&
            dt__act_among(act, w->terms->acts, w->terms->act_count) != DT__NO)
            return true;
    }
    return false;
}

/* What the model names; else whatever no other clause may forbid. */
static dt__truth is_control(const dt__ledger *l, const dt__obligation *o, const char *act) {
    if (o->terms->control_count > 0) return dt__act_among(act, o->terms->controls, o->terms->control_count);
    return may_be_barred(l, o, act) ? DT__NO : DT__YES;
}

dt_status dt__obligations_tables(dt__ledger *l) {
    for (size_t i = 0; i < l->obligation_count; i++) {
        dt__obligation *o = &l->obligations[i];
        o->act = DT__ARENA_ARRAY(&l->scratch, uint8_t, l->acts.count);
        o->exempt = DT__ARENA_ARRAY(&l->scratch, uint8_t, l->acts.count);
        o->target = DT__ARENA_ARRAY(&l->scratch, uint8_t, l->assets.count);
        o->control = DT__ARENA_ARRAY(&l->scratch, uint8_t, l->acts.count);
        if (o->act == NULL || o->exempt == NULL || o->target == NULL || o->control == NULL) return DT_ERR_MEMORY;
        for (size_t a = 0; a < l->acts.count; a++) {
            const char *act = *DT__AT(l->acts, const char *, a);
            o->act[a] = (uint8_t)dt__act_among(act, o->terms->acts, o->terms->act_count);
            o->exempt[a] = (uint8_t)act_exempt(act, o->terms);
            o->control[a] = (uint8_t)is_control(l, o, act);
        }
        for (size_t a = 0; a < l->assets.count; a++)
            o->target[a] = (uint8_t)asset_among(*DT__AT(l->assets, const char *, a), o->terms);
    }
    return DT_OK;
}
