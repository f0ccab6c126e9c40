/* Readings made ready to be asked: their moments, their zones, and what each word of the records means to them. */
#include <string.h>

#include "model/acts.h"
#include "model/assets.h"
#include "monitor/clauses/moved_time.h"

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

/* ---- readings ---- */

static bool is_wanted(const dt__ledger *l, const dt__agreement *a) {
    return l->opts->agreement == NULL || strcmp(l->opts->agreement, a->id) == 0;
}

static dt_status prepare(dt__ledger *l, uint32_t a, uint32_t c, uint32_t r) {
    const dt__agreement *agreement = &l->model->agreements[a];
    const dt__clause_reading *terms = &agreement->clauses[c].readings[r];
    dt__window *window = &l->windows[l->window_count++];
    dt__obligation *o = &l->obligations[l->obligation_count];
    const dt__zone_group *where = &terms->where;
    bool anywhere = where->inside_count + where->every_count + where->outside_count == 0;
    const dt__zone *zone = NULL;
    dt__in_force in_force;
    dt_status st;

    *window = (dt__window){.agreement = a, .terms = terms, .sweeping = terms->target_count == 0 && anywhere};
    if ((st = dt__time_of(l, agreement, terms, &in_force, &zone)) != DT_OK) return st;
    window->when = in_force.nominal;
    if (!is_wanted(l, agreement)) return DT_OK;
    *o = (dt__obligation){.agreement = a,
                          .clause = c,
                          .reading = r,
                          .terms = terms,
                          .of = agreement,
                          .possible = {in_force.start.lo, in_force.end.hi},
                          .when = in_force.nominal,
                          .in_force = in_force,
                          .zone = zone,
                          .anywhere = anywhere};
    l->obligation_count++;
    o->moves = dt__zone_moves(where);
    if ((st = dt__reach_furthest(l, o)) != DT_OK) return st;
    return dt__areas_of(l, where, &o->where);
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

/* Is an alternative of one act the same as one of the other, or below or above it? */
static bool alternatives_meet(const char *one, size_t length, const char *others) {
    while (*others != '\0') {
        size_t n = strcspn(others, "|");
        bool any = (length == 3 && memcmp(one, "any", 3) == 0) || (n == 3 && memcmp(others, "any", 3) == 0);
        const char *wide = length < n ? one : others, *narrow = length < n ? others : one;
        size_t least = length < n ? length : n, most = length < n ? n : length;
        if (any || (memcmp(wide, narrow, least) == 0 && (most == least || narrow[least] == '.'))) return true;
        others += n + (others[n] == '|');
    }
    return false;
}

bool dt__acts_agree(const dt__ledger *l, uint32_t a, uint32_t b) {
    const char *act, *others;

    if (a == DT__NOBODY || b == DT__NOBODY) return false;
    if (a == b) return true;
    others = *DT__AT(l->acts, const char *, b);
    for (act = *DT__AT(l->acts, const char *, a); *act != '\0';) {
        size_t length = strcspn(act, "|");
        if (alternatives_meet(act, length, others)) return true;
        act += length + (act[length] == '|');
    }
    return false;
}

/* Every alternative of the one is the other, or below an alternative of it. */
bool dt__act_below(const dt__ledger *l, uint32_t a, uint32_t wide) {
    const char *act;

    if (a == DT__NOBODY || wide == DT__NOBODY || a == wide) return false;
    for (act = *DT__AT(l->acts, const char *, a); *act != '\0';) {
        size_t length = strcspn(act, "|");
        const char *other = *DT__AT(l->acts, const char *, wide);
        bool below = false;
        while (!below && *other != '\0') {
            size_t n = strcspn(other, "|");
            below = (n == 3 && memcmp(other, "any", 3) == 0) ||
                    (length >= n && memcmp(act, other, n) == 0 && (length == n || act[n] == '.'));
            other += n + (other[n] == '|');
        }
        if (!below) return false;
        act += length + (act[length] == '|');
    }
    return true;
}

/* One class: by its own word, else by what that comes to in ours. */
static dt__truth one_asset_among(const char *asset, size_t length, const char *const *targets, size_t count) {
    dt__truth truth = one_act_among(asset, length, targets, count);
    const char *meaning = truth == DT__NO ? dt__asset_meaning(asset, length) : NULL;

    return meaning == NULL ? truth : dt__act_among(meaning, targets, count);
}

dt__truth dt__asset_among(const char *asset, const char *const *targets, size_t count) {
    bool any_yes = false, any_no = false;

    while (*asset != '\0') {
        size_t length = strcspn(asset, "|");
        dt__truth truth = one_asset_among(asset, length, targets, count);
        any_yes = any_yes || truth != DT__NO;
        any_no = any_no || truth != DT__YES;
        asset += length + (asset[length] == '|');
    }
    return any_yes && any_no ? DT__UNKNOWN : any_yes ? DT__YES : DT__NO;
}

static dt__truth protects(const dt__clause_reading *terms, const char *asset) {
    return terms->target_count == 0 ? DT__YES : dt__asset_among(asset, terms->targets, terms->target_count);
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
    dt__moment from =
        o->when.lo == DT__MOMENT_ALWAYS ? o->when.lo : o->when.lo - (dt__moment)l->opts->baseline * DT__DAY;

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
            o->target[a] = (uint8_t)protects(o->terms, *DT__AT(l->assets, const char *, a));
    }
    return DT_OK;
}
