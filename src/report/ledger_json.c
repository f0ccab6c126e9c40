/* The answers of `ledger` as values: the keys of docs/json.md. */
#include "report/ledger_sections.h"

static dt__value *text_value(dt_document *d, const char *text) {
    return text == NULL ? dt__value_null(d) : dt__value_string(d, text);
}

static dt__value *time_value(dt_document *d, dt_time time) {
    return text_value(d, dt__say_time(d, time));
}

dt__value *dt__ledger_append_value(dt_document *d, const char *const *files, const dt_ledger_appended *done,
                                   size_t count) {
    dt__value *value = dt__value_object(d), *list = dt__put(d, value, "files", dt__value_array(d));

    for (size_t i = 0; i < count; i++) {
        dt__value *file = dt__append(list, dt__value_object(d));
        dt__put(d, file, "file", dt__value_string(d, files[i]));
        dt__put(d, file, "format", dt__value_string(d, done[i].format));
        dt__put(d, file, "rows", dt__value_unsigned(d, done[i].rows));
        dt__put(d, file, "records", dt__value_unsigned(d, done[i].records));
        dt__put(d, file, "set_aside", dt__value_unsigned(d, done[i].set_aside));
        dt__put(d, file, "repeated", dt__value_unsigned(d, done[i].repeated));
        dt__put(d, file, "entries", dt__value_unsigned(d, done[i].entries));
        dt__put(d, file, "known", dt__value_unsigned(d, done[i].known));
        dt__put(d, file, "revised", dt__value_unsigned(d, done[i].revised));
        dt__put(d, file, "coverage", dt__value_unsigned(d, done[i].coverage));
        dt__put(d, file, "ids_unchecked", dt__value_bool(d, done[i].ids_unchecked));
    }
    return value;
}

dt__value *dt__ledger_check_value(dt_document *d, const dt_ledger_check *check) {
    dt__value *value = dt__value_object(d);

    dt__put(d, value, "entries", dt__value_unsigned(d, check->entries));
    dt__put(d, value, "whole", dt__value_bool(d, check->whole));
    dt__put(d, value, "broken", check->whole ? dt__value_null(d) : dt__value_unsigned(d, check->broken));
    dt__put(d, value, "head", dt__value_string(d, check->head));
    return value;
}

dt__value *dt__ledger_dispute_value(dt_document *d, const dt_dispute *dispute) {
    dt__value *value = dt__value_object(d);

    dt__put(d, value, "id", dt__value_string(d, dispute->id));
    dt__put(d, value, "finding", text_value(d, dispute->finding));
    dt__put(d, value, "state", dt__value_string(d, dt_dispute_state_name(dispute->state)));
    dt__put(d, value, "by", text_value(d, dispute->by));
    dt__put(d, value, "note", text_value(d, dispute->note));
    dt__put(d, value, "deadline", time_value(d, dispute->deadline));
    dt__put(d, value, "overdue", dt__value_bool(d, dispute->overdue));
    return value;
}

static dt__value *record_value(dt_document *d, const dt_ledger_record *r) {
    dt__value *value = dt__value_object(d);

    dt__put(d, value, "id", dt__value_string(d, r->id));
    dt__put(d, value, "kind", dt__value_string(d, r->kind));
    dt__put(d, value, "source", text_value(d, r->source));
    dt__put(d, value, "claimant", text_value(d, r->claimant));
    dt__put(d, value, "actor", text_value(d, r->actor));
    dt__put(d, value, "act", text_value(d, r->act));
    dt__put(d, value, "region", text_value(d, r->region));
    dt__put(d, value, "from", time_value(d, r->from));
    dt__put(d, value, "until", time_value(d, r->until));
    dt__put(d, value, "low", dt__value_double(d, r->low));
    dt__put(d, value, "high", dt__value_double(d, r->high));
    dt__put(d, value, "received", time_value(d, r->received));
    return value;
}

static dt__value *watch_value(dt_document *d, const dt_ledger_watch *w) {
    dt__value *value = dt__value_object(d);

    dt__put(d, value, "id", dt__value_string(d, w->id));
    dt__put(d, value, "source", text_value(d, w->source));
    dt__put(d, value, "channel", text_value(d, w->channel));
    dt__put(d, value, "zone", text_value(d, w->zone));
    dt__put(d, value, "longitude", dt__value_double(d, w->longitude));
    dt__put(d, value, "latitude", dt__value_double(d, w->latitude));
    dt__put(d, value, "radius", dt__value_double(d, w->radius));
    dt__put(d, value, "from", time_value(d, w->from));
    dt__put(d, value, "until", time_value(d, w->until));
    dt__put(d, value, "state", dt__value_string(d, w->state));
    dt__put(d, value, "reason", text_value(d, w->reason));
    return value;
}

dt__value *dt__ledger_state_value(dt_document *d, const dt_ledger_state *s) {
    dt__value *value = dt__value_object(d), *list;

    dt__put(d, value, "at", time_value(d, s->at));
    dt__put(d, value, "entries", dt__value_unsigned(d, s->entries));
    dt__put(d, value, "records", dt__value_unsigned(d, s->records));
    dt__put(d, value, "replaced", dt__value_unsigned(d, s->replaced));
    dt__put(d, value, "retracted", dt__value_unsigned(d, s->retracted));
    dt__put(d, value, "coverage", dt__value_unsigned(d, s->coverage));
    dt__put(d, value, "digest", dt__value_string(d, s->digest));
    list = dt__put(d, value, "sources", dt__value_object(d));
    for (size_t i = 0; i < s->source_count; i++)
        dt__put(d, list, s->sources[i].source, dt__value_unsigned(d, s->sources[i].records));
    list = dt__put(d, value, "disputes", dt__value_array(d));
    for (size_t i = 0; i < s->dispute_count; i++) dt__append(list, dt__ledger_dispute_value(d, &s->disputes[i]));
    list = dt__put(d, value, "shown", dt__value_array(d));
    for (size_t i = 0; i < s->shown_count; i++) dt__append(list, record_value(d, &s->shown[i]));
    list = dt__put(d, value, "watches", dt__value_array(d));
    for (size_t i = 0; i < s->watch_count; i++) dt__append(list, watch_value(d, &s->watches[i]));
    return value;
}
