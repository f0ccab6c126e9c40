/* What the tests of event files share: records as one text, from texts of ours and from the files of others. */
#ifndef DT_TESTS_EVENT_FILES_H
#define DT_TESTS_EVENT_FILES_H

#include "base/env.h"
#include "chance.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "records/formats.h"

/* ---- a source over memory that gives at most `piece` bytes at a time, and one over a file or a command ---- */

typedef struct event_text {
    const char *bytes;
    size_t length, at, piece;
} event_text;

static inline dt_status event_text_read(void *payload, char *bytes, size_t room, size_t *got) {
    event_text *t = payload;
    size_t left = t->length - t->at, size = t->piece < room ? t->piece : room;

    *got = left < size ? left : size;
    memcpy(bytes, t->bytes + t->at, *got);
    t->at += *got;
    return DT_OK;
}

static inline dt_status event_stream_read(void *payload, char *bytes, size_t room, size_t *got) {
    *got = fread(bytes, 1, room, payload);
    return ferror((FILE *)payload) ? DT_ERR_IO : DT_OK;
}

/* A file of ../shared/data/monitor, unpacked when it ends in .gz; NULL, and a word about it, when it is not there. */
static inline FILE *event_data(const char *name) {
    char path[512], command[600];
    FILE *file;

    snprintf(path, sizeof path, "%s/../shared/data/monitor/%s", DT_TEST_ROOT, name);
    if ((file = fopen(path, "rb")) == NULL) {
        print_message("skipped: %s is not there\n", path);
        return NULL;
    }
    if (strlen(name) < 3 || strcmp(name + strlen(name) - 3, ".gz") != 0) return file;
    fclose(file);
    snprintf(command, sizeof command, "gzip -dc '%s'", path);
    return popen(command, "r");
}

static inline void event_data_close(const char *name, FILE *file) {
    if (strcmp(name + strlen(name) - 3, ".gz") == 0) pclose(file);
    else fclose(file);
}

/* ---- records as text ---- */

typedef struct event_log {
    dt__text text;
    dt_status stop_with; /* what the sink gives */
} event_log;

static inline void add_field(dt__text *text, const char *name, const char *value) {
    if (value == NULL) return;
    dt__text_add_char(text, ' ');
    dt__text_add(text, name);
    dt__text_add_char(text, '=');
    dt__text_add(text, value);
}

static inline void add_number(dt__text *text, const char *name, double value) {
    char digits[40];

    if (isnan(value)) return;
    snprintf(digits, sizeof digits, "%g", value);
    add_field(text, name, digits);
}

static inline void add_moment(dt__text *text, dt__moment moment) {
    if (moment == DT__MOMENT_ALWAYS || moment == DT__MOMENT_NEVER) dt__text_add(text, "open");
    else dt__moment_print(text, moment, NULL);
}

static inline dt_status log_record(void *payload, const dt__record *r) {
    static const char *const kinds[] = {"allegation", "observation", "denial", "compliance", "retraction"};
    static const char *const attributions[] = {NULL, "inferred", "adversary", "observed", "admitted"};
    static const char *const counteds[] = {NULL, "cumulative", "subset"};
    static const char *const units[] = {NULL, "salvo", "munition", "death"};
    event_log *log = payload;
    dt__text *t = &log->text;

    dt__text_add(t, kinds[r->kind]);
    add_field(t, "id", r->id);
    add_field(t, "revises", r->revises);
    add_field(t, "source", r->source);
    add_field(t, "family", r->family);
    add_field(t, "claimant", r->claimant);
    add_field(t, "actor", r->actor);
    add_field(t, "by", attributions[r->attribution]);
    add_field(t, "involved", r->involved);
    add_field(t, "target", r->target);
    dt__text_add(t, " when=");
    add_moment(t, r->when.lo);
    dt__text_add(t, "/");
    add_moment(t, r->when.hi);
    if (r->reported_only) dt__text_add(t, " reported");
    if (r->end_imputed) dt__text_add(t, " imputed");
    if (r->has_place) {
        add_number(t, "lon", r->at.lon);
        add_number(t, "lat", r->at.lat);
        add_number(t, "radius", r->radius);
    }
    add_field(t, "region", r->region);
    add_field(t, "act", r->act);
    add_field(t, "weapon", r->weapon);
    add_field(t, "asset", r->asset);
    add_number(t, "low", r->low);
    if (r->high > r->low) add_number(t, "high", r->high);
    add_field(t, "counted", counteds[r->counted]);
    add_field(t, "unit", units[r->unit]);
    add_number(t, "deaths", r->deaths);
    if (r->deaths_low < r->deaths) add_number(t, "deaths_low", r->deaths_low);
    if (r->deaths_high > r->deaths) add_number(t, "deaths_high", r->deaths_high);
    add_field(t, "text", r->text);
    add_field(t, "url", r->url);
    dt__text_add_char(t, '\n');
    return log->stop_with;
}

static inline dt_status log_aside(void *payload, const dt__aside *aside) {
    event_log *log = payload;
    char line[12];

    snprintf(line, sizeof line, "%u", aside->line);
    dt__text_add(&log->text, "aside");
    add_field(&log->text, "line", line);
    add_field(&log->text, "why", aside->msgid);
    add_field(&log->text, "what", aside->argument);
    dt__text_add_char(&log->text, '\n');
    return DT_OK;
}

/* What a text of events is read as, by pieces of a size; free() it. */
static inline char *records_of(const char *text, size_t length, const dt__records_opts *given, size_t piece,
                               dt__reading_tally *tally, dt_status expected) {
    event_text memory = {.bytes = text, .length = length, .piece = piece};
    dt_source source = {.read = event_text_read, .payload = &memory};
    dt__records_opts opts;
    event_log log = {.stop_with = DT_OK};
    dt__record_sink sink = {.take = log_record, .payload = &log};
    dt__aside_sink aside = {.take = log_aside, .payload = &log};
    dt_env *env = NULL;
    char *copy;

    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    dt__records_opts_init(&opts);
    if (given != NULL) opts = *given;
    else opts.file = "events.csv";
    dt__text_init(&log.text, env);
    assert_int_equal(dt__records_read(tally, &sink, &aside, &source, &opts, env), expected);
    copy = strdup(dt__text_get(&log.text));
    dt__text_clear(&log.text);
    dt_env_free(env);
    return copy;
}

/* The records of a text, whatever the pieces it comes in. */
static inline dt__reading_tally assert_records(const char *text, const dt__records_opts *opts, const char *expected) {
    static const size_t pieces[] = {1, 3, 4095, 4096, 1 << 20};
    dt__reading_tally tally = {0};

    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        char *records = records_of(text, strlen(text), opts, pieces[i], &tally, DT_OK);
        assert_string_equal(records, expected);
        free(records);
    }
    return tally;
}

/* ---- every allocation failing in turn ---- */

typedef struct failing_memory {
    size_t calls, fail_at, held;
} failing_memory;

static inline void *failing_memory_resize(void *payload, void *ptr, size_t old_size, size_t new_size) {
    failing_memory *f = payload;
    void *grown;

    if (new_size == 0) {
        if (ptr != NULL) f->held -= old_size;
        free(ptr);
        return NULL;
    }
    if (++f->calls == f->fail_at) return NULL;
    grown = realloc(ptr, new_size);
    if (grown != NULL) f->held += new_size - (ptr == NULL ? 0 : old_size);
    return grown;
}

static inline dt_env *failing_env(failing_memory *memory, size_t fail_at) {
    dt_env_opts opts;
    dt_env *env = NULL;

    *memory = (failing_memory){.fail_at = fail_at};
    dt_env_opts_init(&opts);
    opts.allocator = (dt_allocator){.resize = failing_memory_resize, .payload = memory};
    return dt_env_new(&env, &opts) == DT_OK ? env : NULL;
}

/* ---- a mapping from its text ---- */

static inline dt__mapping *mapping_of(const char *text, dt_env *env, dt_status expected) {
    dt__text_source memory = {.bytes = text, .length = strlen(text)};
    dt_source source = dt__source_of_text(&memory);
    dt__mapping *mapping;

    assert_int_equal(dt__mapping_read(&mapping, &source, "map.yaml", env), expected);
    return mapping;
}

#endif
