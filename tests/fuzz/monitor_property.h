/* A model held against a text of events, with a zone and a time zone in memory: what every answer has to keep. */
#ifndef DT_FUZZ_MONITORED_H
#define DT_FUZZ_MONITORED_H

#include <math.h>
#include <string.h>
#include <time.h>

#include "bytes_left.h"
#include "detente/detente.h"

static const char monitored_zones[] =
    "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"properties\": {\"name\": \"valley\"}, "
    "\"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[[10, 50], [11, 50], [11, 51], [10, 51], [10, 50]], "
    "[[10.4, "
    "50.4], [10.4, 50.6], [10.6, 50.6], [10.6, 50.4], [10.4, 50.4]]]}}, {\"type\": \"Feature\", \"properties\": "
    "{\"name\": \"road\"}, \"geometry\": {\"type\": \"LineString\", \"coordinates\": [[179, 0], [-179, 1]]}}]}";

typedef struct monitored_files {
    bytes_left events, open;
} monitored_files;

static dt_status monitored_open(void *payload, dt_monitor_file kind, const char *name, dt_source *source) {
    monitored_files *f = payload;

    (void)name;
    if (kind == DT_MONITOR_TIME_ZONE) return DT_ERR_IO;
    f->open = kind == DT_MONITOR_EVENTS ? f->events
                                        : (bytes_left){(const uint8_t *)monitored_zones, sizeof monitored_zones - 1};
    *source = (dt_source){.read = read_bytes, .payload = &f->open};
    return DT_OK;
}

static void monitored_close(void *payload, dt_source *source) {
    (void)payload;
    (void)source;
}

static dt_status monitored_swallow(void *payload, const char *bytes, size_t length) {
    (void)payload;
    return length > 0 && bytes == NULL ? DT_ERR_IO : DT_OK;
}

static void monitored_hold(bool property) {
    if (!property) __builtin_trap();
}

static void monitored_check_party(const dt_party_record *p) {
    const double *n = p->counts;
    double certain = n[DT_VERDICT_ALLEGED] + n[DT_VERDICT_CORROBORATED];
    double possible = certain + n[DT_VERDICT_INDETERMINATE] + n[DT_VERDICT_CONTRADICTED];

    for (unsigned i = 0; i < DT_VERDICT_COUNT; i++) monitored_hold(n[i] >= 0);
    monitored_hold(p->expected >= certain * (1 - 1e-9) && p->expected <= possible * (1 + 1e-9));
    monitored_hold(p->bound || possible <= 0);
}

static void monitored_check(const dt_monitor_answer *answer) {
    for (size_t c = 0; c < answer->clause_count; c++)
        for (size_t r = 0; r < answer->clauses[c].reading_count; r++) {
            const dt_reading_record *reading = &answer->clauses[c].readings[r];
            for (size_t i = 0; i < reading->party_count; i++) monitored_check_party(&reading->parties[i]);
            for (size_t i = 0; i < reading->finding_count; i++) {
                const dt_finding *f = &reading->findings[i];
                monitored_hold(f->incident < answer->listed_count);
                monitored_hold(isnan(f->share) || (f->share >= 0 && f->share <= 1));
                monitored_hold((f->verdict == DT_VERDICT_INDETERMINATE) == (f->doubts != 0));
            }
        }
    monitored_hold(answer->listed_count <= answer->incident_count);
    for (size_t i = 1; i < answer->listed_count; i++)
        monitored_hold(answer->incidents[i - 1].from <= answer->incidents[i].from);
}

static void monitored_ask(const dt_model *model, const char *events, size_t length, dt_env *env) {
    const dt_sink sink = {monitored_swallow, NULL};
    const dt_text_style style = {.width = 60};
    const dt_envelope envelope = {.command = "monitor", .seed = 1};
    const dt_monitor_view view = {.findings = 50};
    const char *name = "events";
    monitored_files files = {.events = {(const uint8_t *)events, length}};
    dt_monitor_answer *answer;
    dt_document *document;
    dt_monitor_opts opts;

    dt_monitor_opts_init(&opts);
    opts.files = (dt_monitor_files){monitored_open, monitored_close, &files};
    opts.events = &name;
    opts.event_count = 1;
    if (dt_monitor(&answer, model, &opts, env) != DT_OK) return;
    monitored_check(answer);
    if (dt_report_monitor(&document, answer, &view, env) == DT_OK) {
        if (dt_render_text(document, &style, &sink, env) == DT_ERR_ARGUMENT) __builtin_trap();
        if (dt_render_json(document, model, &envelope, &sink, env) == DT_ERR_ARGUMENT) __builtin_trap();
        dt_document_free(document, env);
    }
    dt_monitor_free(answer, env);
}

/* Sanitizers make simulated thresholds slow: cut short, as a user may. */
static bool monitored_cancelled(void *payload) {
    clock_t *began = payload;
    return clock() - *began > 2 * CLOCKS_PER_SEC;
}

static dt_env *monitored_env(void) {
    static clock_t began;
    dt_env_opts opts;
    dt_env *env;

    began = clock();
    dt_env_opts_init(&opts);
    opts.cancelled = monitored_cancelled;
    opts.cancelled_payload = &began;
    opts.memory_limit = (size_t)512 << 20;
    opts.threads = 1;
    return dt_env_new(&env, &opts) == DT_OK ? env : NULL;
}

#endif
