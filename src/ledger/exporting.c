/* A ledger as a file for others: records in force, who was watching, disputes.  Records and lines about who was
 * watching have the columns that readers know: read back they are the same, to the digest. */
#include <math.h>

#include "base/export_rows.h"
#include "ledger/ledger_file.h"

static const char *const kinds[] = {"allegation", "observation", "denial", "compliance", "retraction"};
static const char *const attributions[] = {"none", "inferred", "adversary", "observed", "admitted"};
static const char *const counteds[] = {"per-period", "cumulative", "subset"};
static const char *const units[] = {"incident", "salvo", "munition", "death"};

enum { RECORD_FIELDS = 36, WATCH_FIELDS = 12, DISPUTE_FIELDS = 6 };

/* The last second of an interval. */
static dt__moment last_of(const dt__interval *when) {
    return when->hi == DT__MOMENT_NEVER ? when->hi : when->hi - 1;
}

/* ---- records ---- */

static size_t describe(const dt__record *r, dt__field *f) {
    size_t n = 0;

    f[n++] = DT__TEXT_FIELD("id", r->id);
    f[n++] = DT__TEXT_FIELD("source", r->source);
    f[n++] = DT__TEXT_FIELD("family", r->family);
    f[n++] = DT__TEXT_FIELD("kind", kinds[r->kind]);
    f[n++] = DT__TEXT_FIELD("claimant", r->claimant);
    f[n++] = DT__TEXT_FIELD("actor", r->actor);
    f[n++] = DT__TEXT_FIELD("involved", r->involved);
    f[n++] = DT__TEXT_FIELD("target", r->target);
    f[n++] = DT__TEXT_FIELD("attribution", attributions[r->attribution]);
    f[n++] = DT__TEXT_FIELD("revises", r->revises);
    f[n++] = DT__MOMENT_FIELD("date", r->when.lo);
    f[n++] = DT__MOMENT_FIELD("end", last_of(&r->when));
    f[n++] = DT__TEXT_FIELD("reported", r->reported_only ? "widened" : NULL);
    f[n++] = DT__FLAG_FIELD("imputed", r->end_imputed);
    f[n++] = DT__DAY_FIELD("filed", r->filed);
    f[n++] = DT__MOMENT_FIELD("received", r->published);
    f[n++] = DT__LONGITUDE_FIELD(r->has_place, r->at.lon);
    f[n++] = DT__LATITUDE_FIELD(r->has_place, r->at.lat);
    f[n++] = DT__NUMBER_FIELD("radius", r->has_place || r->radius > 0 ? r->radius : NAN);
    f[n++] = DT__TEXT_FIELD("region", r->region);
    f[n++] = DT__TEXT_FIELD("act", r->act);
    f[n++] = DT__TEXT_FIELD("weapon", r->weapon);
    f[n++] = DT__TEXT_FIELD("asset", r->asset);
    f[n++] = DT__NUMBER_FIELD("low", r->low);
    f[n++] = DT__NUMBER_FIELD("high", r->high); /* nothing behind a low: more than that */
    f[n++] = DT__TEXT_FIELD("counted", counteds[r->counted]);
    f[n++] = DT__TEXT_FIELD("unit", units[r->unit]);
    f[n++] = DT__NUMBER_FIELD("deaths", r->deaths);
    f[n++] = DT__NUMBER_FIELD("deaths_low", r->deaths_low);
    f[n++] = DT__NUMBER_FIELD("deaths_high", r->deaths_high);
    f[n++] = DT__FLAG_FIELD("coded", r->coded);
    f[n++] = DT__TEXT_FIELD("text", r->text);
    f[n++] = DT__TEXT_FIELD("url", r->url);
    f[n++] = DT__TEXT_FIELD("file", r->file);
    f[n++] = DT__NUMBER_FIELD("line", r->line == 0 ? NAN : (double)r->line);
    return n;
}

static dt_status take_record(void *payload, const dt__record *r) {
    dt__field fields[RECORD_FIELDS];
    return dt__export_row(payload, fields, describe(r, fields));
}

/* ---- who was watching ---- */

static size_t describe_watch(const dt__coverage *c, dt__field *f) {
    size_t n = 0;

    f[n++] = DT__TEXT_FIELD("id", c->id);
    f[n++] = DT__TEXT_FIELD("source", c->source);
    f[n++] = DT__TEXT_FIELD("channel", c->channel);
    f[n++] = DT__TEXT_FIELD("zone", c->zone);
    f[n++] = DT__LONGITUDE_FIELD(c->has_place, c->at.lon);
    f[n++] = DT__LATITUDE_FIELD(c->has_place, c->at.lat);
    f[n++] = DT__NUMBER_FIELD("radius", c->has_place ? c->radius : NAN);
    f[n++] = DT__MOMENT_FIELD("from", c->when.lo);
    f[n++] = DT__MOMENT_FIELD("until", c->when.hi);
    f[n++] = DT__TEXT_FIELD("state", dt__watch_name(c->state));
    f[n++] = DT__TEXT_FIELD("reason", c->reason);
    return n;
}

static dt_status take_watch(void *payload, const dt__coverage *c) {
    dt__field fields[WATCH_FIELDS];
    return dt__export_row(payload, fields, describe_watch(c, fields));
}

/* ---- disputes ---- */

static size_t describe_dispute(const dt_dispute *d, dt__field *f) {
    size_t n = 0;

    f[n++] = DT__TEXT_FIELD("id", d->id);
    f[n++] = DT__TEXT_FIELD("finding", d->finding);
    f[n++] = DT__TEXT_FIELD("state", dt_dispute_state_name(d->state));
    f[n++] = DT__TEXT_FIELD("by", d->by);
    f[n++] = DT__MOMENT_FIELD("deadline", d->deadline);
    f[n++] = DT__TEXT_FIELD("note", d->note);
    return n;
}

static dt_status take_dispute(void *payload, const dt_dispute *d) {
    dt__field fields[DISPUTE_FIELDS];
    return dt__export_row(payload, fields, describe_dispute(d, fields));
}

/* ---- the whole ---- */

dt_status dt_ledger_export(dt_ledger *l, dt_ledger_part part, bool geojson, dt_time at, const dt_sink *sink,
                           dt_env *env) {
    dt__record nothing = {.id = NULL};
    dt__coverage unwatched = {.id = NULL};
    dt_dispute undisputed = {.id = NULL};
    dt__field names[RECORD_FIELDS];
    dt__export e;
    dt__record_sink records = {.take = take_record, .payload = &e};
    dt__coverage_sink watches = {.take = take_watch, .payload = &e};
    dt__dispute_sink disputes = {.take = take_dispute, .payload = &e};
    size_t count;
    dt_status st;

    dt__export_begin(&e, geojson, sink, env);
    if (part == DT_LEDGER_WATCHES) {
        count = describe_watch(&unwatched, names);
        st = dt__ledger_coverage(l, at, &watches, env);
    } else if (part == DT_LEDGER_DISPUTES) {
        count = describe_dispute(&undisputed, names);
        st = dt__disputes_at(l, at, &disputes, env);
    } else {
        count = describe(&nothing, names);
        st = dt__ledger_records(l, at, &records, env);
    }
    return dt__settled(env, dt__export_end(&e, names, count, st));
}
