/* A file of events into the ledger, all or nothing. */
#include "base/catalog.h"
#include "ledger/ledger_file.h"
#include "records/formats.h"

bool dt_time_read(dt_time *out, const char *text) {
    dt__written written;

    if (!dt__written_parse(&written, text, DT__YEAR_FIRST)) return false;
    *out = dt__written_span(&written, NULL).hi - 1;
    return true;
}

void dt_ledger_append_opts_init(dt_ledger_append_opts *opts) {
    *opts = (dt_ledger_append_opts){.file = ""};
}

typedef struct event_import {
    dt_ledger *ledger;
    dt_ledger_appended *done;
    const dt_ledger_append_opts *opts;
    dt__zone *own; /* clocks that the format goes by */
    dt_env *env;
} event_import;

static dt_status take_record(void *payload, const dt__record *record) {
    event_import *i = payload;
    dt__appended what;
    dt_status st = dt__ledger_add(&what, i->ledger, record, i->env);

    if (st != DT_OK) return st;
    i->done->entries += what != DT__APPENDED_KNOWN;
    i->done->known += what == DT__APPENDED_KNOWN;
    i->done->revised += what == DT__APPENDED_REVISION;
    return DT_OK;
}

static dt_status take_coverage(void *payload, const dt__coverage *coverage) {
    event_import *i = payload;
    dt__appended what;
    dt_status st = dt__ledger_add_coverage(&what, i->ledger, coverage, i->env);

    if (st != DT_OK) return st;
    i->done->entries += what != DT__APPENDED_KNOWN;
    i->done->known += what == DT__APPENDED_KNOWN;
    i->done->revised += what == DT__APPENDED_REVISION;
    return DT_OK;
}

static dt_status read_zone(dt__zone **out, const dt_ledger_append_opts *opts, dt_env *env) {
    dt_status st;

    *out = NULL;
    if (opts->zone == NULL) return DT_OK;
    st = dt__zone_new(out, opts->zone_name, opts->zone, opts->zone_size, env);
    if (st != DT_ERR_MODEL) return st;
    dt__diagnose(env, DT_ERROR, (dt__place){.file = ""}, "bad-zone", "“{0}” is no time zone", opts->zone_name, NULL);
    return DT_ERR_ARGUMENT;
}

static dt_status zone_named(void *payload, const char *name, const dt__zone **out) {
    event_import *i = payload;
    const void *bytes;
    size_t size;
    dt_status st;

    if (i->opts->zone_file == NULL || !i->opts->zone_file(i->opts->payload, name, &bytes, &size)) return DT_OK;
    st = dt__zone_new(&i->own, name, bytes, size, i->env);
    *out = i->own;
    return st == DT_ERR_MODEL ? DT_OK : st; /* a file that is no zone's: none */
}

static dt_status read_events(event_import *i, const dt_source *events, const dt__records_opts *opts) {
    dt__record_sink sink = {.take = take_record, .payload = i, .cover = take_coverage};
    dt__reading_tally tally;
    dt_status st = dt__records_read(&tally, &sink, NULL, events, opts, i->env);

    i->done->format = tally.format == NULL ? "" : tally.format;
    i->done->rows = tally.rows;
    i->done->records = tally.records;
    i->done->set_aside = tally.set_aside;
    i->done->coverage = tally.coverage;
    i->done->repeated = tally.repeated;
    i->done->ids_unchecked = tally.ids_unchecked;
    return st;
}

dt_status dt_ledger_append(dt_ledger_appended *out, dt_ledger *ledger, const dt_source *events,
                           const dt_ledger_append_opts *opts, dt_env *env) {
    event_import i = {.ledger = ledger, .done = out, .opts = opts, .env = env};
    dt__records_opts reading;
    dt__mapping *mapping = NULL;
    dt__zone *zone = NULL;
    dt_status st;

    *out = (dt_ledger_appended){.format = ""};
    dt__records_opts_init(&reading);
    DT__TRY(read_zone(&zone, opts, env));
    if (opts->mapping != NULL)
        DT__TRY(dt__mapping_read(&mapping, opts->mapping, opts->mapping_file == NULL ? "" : opts->mapping_file, env));
    reading.file = opts->file;
    reading.source = opts->source;
    reading.zone = zone;
    reading.zone_named = zone_named;
    reading.zones = &i;
    reading.mapping = mapping;
    DT__TRY(dt__ledger_batch(ledger, opts->received, env));
    st = dt__ledger_batch_end(ledger, read_events(&i, events, &reading), env);
done:
    if (st != DT_OK) out->entries = out->known = out->revised = 0;
    dt__mapping_free(mapping, env);
    dt__zone_free(zone, env);
    dt__zone_free(i.own, env);
    return dt__settled(env, st);
}
