/* When a reading is in force: its moments resolved on the clocks of its time zone, as far as they are known. */
#include "monitor/ledger.h"

/* From the first moment that the text can mean. */
static dt__moment written_moment(const char *text, const dt__zone *zone) {
    dt__written written;

    if (!dt__written_parse(&written, text, DT__YEAR_FIRST)) return DT__MOMENT_ALWAYS;
    return dt__written_span(&written, zone).lo;
}

/* What is known of a moment that is told to the minute, the hour or the day. */
static dt__interval known_span(dt__moment at, const dt__zone *zone, dt__known_to known) {
    static const dt__precision precisions[] = {[DT__KNOWN_TO_MINUTE] = DT__PRECISION_MINUTE,
                                               [DT__KNOWN_TO_HOUR] = DT__PRECISION_HOUR,
                                               [DT__KNOWN_TO_DAY] = DT__PRECISION_DAY};
    dt__wall wall;

    if (known == DT__KNOWN_EXACTLY) return (dt__interval){at, at};
    if (known == DT__KNOWN_NOT) return (dt__interval){DT__MOMENT_ALWAYS, DT__MOMENT_NEVER};
    wall = dt__zone_wall(zone, at);
    return dt__zone_span(zone, &wall, precisions[known]);
}

/* Days are those of the calendar, whatever the clocks did; hours and minutes run. */
dt__moment dt__later(dt__moment at, const dt__zone *zone, const dt__term_moment *m) {
    dt__wall wall;

    if (at == DT__MOMENT_ALWAYS || at == DT__MOMENT_NEVER) return at;
    if (m->days > 0) {
        wall = dt__zone_wall(zone, at);
        wall = dt__wall_of_moment(dt__moment_of_wall(&wall) + (int64_t)m->days * DT__DAY);
        at = dt__zone_moments(zone, &wall).lo;
    }
    return at + (int64_t)m->hours * 3600 + (int64_t)m->minutes * 60;
}

typedef dt__ending resolved;

typedef struct resolving {
    dt__ledger *l;
    const dt__agreement *of;
    const dt__zone *zone;  /* of the reading */
    const resolved *start; /* of the reading, once it is known */
} resolving;

static dt_status resolve(const resolving *w, const dt__term_moment *m, const dt__zone *zone, resolved *out);

static dt_status resolve_anchor(const resolving *w, const dt__term_moment *m, resolved *out) {
    const dt__named_moment *named;
    const dt__zone *zone = w->zone;
    dt_status st = DT_OK;

    if (m->after == DT__NO_INDEX) {
        *out = *w->start;
        return DT_OK;
    }
    named = &w->of->moments[m->after];
    if (named->timezone != NULL) st = dt__ledger_zone(w->l, named->timezone, &zone);
    return st == DT_OK ? resolve(w, &named->when, zone, out) : st;
}

/* Depth is bounded: a moment comes after earlier ones only. */
static dt_status resolve(const resolving *w, const dt__term_moment *m, const dt__zone *zone, resolved *out) {
    dt_status st = DT_OK;

    if (m->relative) {
        st = resolve_anchor(w, m, out);
        out->nominal = dt__later(out->nominal, zone, m);
        out->may = (dt__interval){dt__later(out->may.lo, zone, m), dt__later(out->may.hi, zone, m)};
        if (m->known == DT__KNOWN_EXACTLY) return st;
    } else out->nominal = written_moment(m->at, zone);
    out->may = known_span(out->nominal, zone, m->known);
    return st;
}

dt_status dt__time_of(dt__ledger *l, const dt__agreement *of, const dt__clause_reading *terms, dt__in_force *out,
                      const dt__zone **zone) {
    resolved from = {{DT__MOMENT_ALWAYS, DT__MOMENT_ALWAYS}, DT__MOMENT_ALWAYS};
    resolved until = {{DT__MOMENT_NEVER, DT__MOMENT_NEVER}, DT__MOMENT_NEVER};
    resolving w = {.l = l, .of = of, .start = &from};
    dt_status st = dt__ledger_zone(l, terms->timezone, zone);

    w.zone = *zone;
    if (st == DT_OK && !dt__is_open(&terms->from)) st = resolve(&w, &terms->from, *zone, &from);
    if (st == DT_OK && !dt__is_open(&terms->until)) st = resolve(&w, &terms->until, *zone, &until);
    *out = (dt__in_force){.start = from.may, .end = until.may, .nominal = {from.nominal, until.nominal}};
    if (st != DT_OK || from.nominal < until.nominal) return st;
    dt__diagnose(l->env, DT_ERROR, terms->place, "bad-range", "the reading ends before it begins", NULL);
    return dt__settled(l->env, DT_ERR_MODEL);
}

dt_status dt__extended_end(dt__ledger *l, const dt__obligation *o, const dt__trigger *t, dt__ending *out) {
    const dt__in_force *f = &o->in_force;
    resolved from = {f->start, f->nominal.lo};
    resolving w = {.l = l, .of = o->of, .zone = o->zone, .start = &from};

    if (dt__is_lasting(&t->lasting)) {
        *out = (dt__ending){
            .may = {dt__later(f->end.lo, o->zone, &t->lasting), dt__later(f->end.hi, o->zone, &t->lasting)},
            .nominal = dt__later(f->nominal.hi, o->zone, &t->lasting)};
        return DT_OK;
    }
    *out = (dt__ending){.may = f->end, .nominal = f->nominal.hi};
    return dt__is_open(&t->until) ? DT_OK : resolve(&w, &t->until, o->zone, out);
}

/* ---- a record's time against it ---- */

/* The mean length of what lies before x of the time since a moment spread evenly over `may`. */
static double since(const dt__interval *may, dt__moment x) {
    double width = (double)may->hi - (double)may->lo, in = (double)x - (double)may->lo;

    if (x <= may->lo || may->lo == DT__MOMENT_NEVER) return 0;
    if (may->hi == DT__MOMENT_ALWAYS) return (double)x;
    if (x >= may->hi) return in - width / 2;
    return in * in / (2 * width);
}

dt__truth dt__time_within(const dt__in_force *in_force, const dt__interval *when, double *share) {
    double length = (double)when->hi - (double)when->lo;

    *share = NAN;
    if (when->lo >= in_force->start.hi && when->hi <= in_force->end.lo && when->lo < in_force->end.lo) return DT__YES;
    if (when->hi <= in_force->start.lo || when->lo >= in_force->end.hi) return DT__NO;
    if (when->lo == DT__MOMENT_ALWAYS || when->hi == DT__MOMENT_NEVER || !(length > 0)) return DT__UNKNOWN;
    if ((in_force->start.lo == DT__MOMENT_ALWAYS) != (in_force->start.hi == DT__MOMENT_ALWAYS)) return DT__UNKNOWN;
    if ((in_force->end.lo == DT__MOMENT_NEVER) != (in_force->end.hi == DT__MOMENT_NEVER)) return DT__UNKNOWN;
    *share = (since(&in_force->start, when->hi) - since(&in_force->start, when->lo) - since(&in_force->end, when->hi) +
              since(&in_force->end, when->lo)) /
             length;
    *share = fmin(1, fmax(0, *share));
    return DT__UNKNOWN;
}
