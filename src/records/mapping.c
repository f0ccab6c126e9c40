#include "records/mapping.h"

#include <string.h>

#include "base/catalog.h"

static const char *const names[DT__MAPPED_COUNT_OF] = {
    [DT__MAPPED_ID] = "id",
    [DT__MAPPED_SOURCE] = "source",
    [DT__MAPPED_FAMILY] = "family",
    [DT__MAPPED_KIND] = "kind",
    [DT__MAPPED_CLAIMANT] = "claimant",
    [DT__MAPPED_ACTOR] = "actor",
    [DT__MAPPED_INVOLVED] = "involved",
    [DT__MAPPED_TARGET] = "target",
    [DT__MAPPED_ATTRIBUTION] = "attribution",
    [DT__MAPPED_REVISES] = "revises",
    [DT__MAPPED_DATE] = "date",
    [DT__MAPPED_TIME] = "time",
    [DT__MAPPED_END] = "end",
    [DT__MAPPED_END_TIME] = "end_time",
    [DT__MAPPED_REPORTED] = "reported",
    [DT__MAPPED_RECEIVED] = "received",
    [DT__MAPPED_LON] = "longitude",
    [DT__MAPPED_LAT] = "latitude",
    [DT__MAPPED_RADIUS] = "radius",
    [DT__MAPPED_REGION] = "region",
    [DT__MAPPED_ACT] = "act",
    [DT__MAPPED_WEAPON] = "weapon",
    [DT__MAPPED_ASSET] = "asset",
    [DT__MAPPED_COUNT] = "count",
    [DT__MAPPED_LOW] = "low",
    [DT__MAPPED_HIGH] = "high",
    [DT__MAPPED_COUNTED] = "counted",
    [DT__MAPPED_UNIT] = "unit",
    [DT__MAPPED_DEATHS] = "deaths",
    [DT__MAPPED_TEXT] = "text",
    [DT__MAPPED_URL] = "url",
    [DT__MAPPED_STATE] = "state",
    [DT__MAPPED_CHANNEL] = "channel",
    [DT__MAPPED_ZONE] = "zone",
    [DT__MAPPED_REASON] = "reason",
    [DT__MAPPED_FILED] = "filed",
    [DT__MAPPED_DEATHS_LOW] = "deaths_low",
    [DT__MAPPED_DEATHS_HIGH] = "deaths_high",
    [DT__MAPPED_IMPUTED] = "imputed",
    [DT__MAPPED_CODED] = "coded",
    [DT__MAPPED_ORDER] = "order",
};

enum { LONGEST = 1 << 16 };

const char *dt__mapped_column(const dt__mapping *mapping, dt__mapped key) {
    if (mapping != NULL) return mapping->columns[key];
    return key < DT__MAPPED_OWN ? names[key] : NULL;
}

dt__key_names dt__keys_of(const dt__reading *r) {
    if (r->mapping != NULL || r->format == NULL) return (dt__key_names){0};
    if (r->format == &dt__format_coverage) return (dt__key_names){r->format->columns, r->format->count};
    return (dt__key_names){names, r->format->columns == NULL ? DT__MAPPED_OWN : 0};
}

bool dt__is_export_only(const char *column) {
    return dt__compare_words(column, "file") == 0 || dt__compare_words(column, "line") == 0;
}

/* ---- reading a mapping ---- */

typedef struct mapping_text {
    dt__mapping *mapping;
    const char *file;
    uint32_t line;
    dt_env *env;
} mapping_text;

static char *trim(char *text) {
    size_t length;

    while (*text == ' ' || *text == '\t') text++;
    for (length = strlen(text); length > 0 && strchr(" \t\r", text[length - 1]) != NULL;) text[--length] = '\0';
    if (length >= 2 && (*text == '"' || *text == '\'') && text[length - 1] == *text) {
        text[length - 1] = '\0';
        text++;
    }
    return text;
}

static void unknown_key(const mapping_text *m, const char *key) {
    const char *nearest = dt__nearest(key, names, DT__MAPPED_COUNT_OF);

    dt__diagnose(m->env, DT_ERROR, (dt__place){.file = m->file, .line = m->line}, "unknown-key",
                 "a mapping has no key “{0}”", key, NULL);
    if (nearest != NULL) dt__hint(m->env, "did you mean {0}?", nearest, NULL);
}

static dt_status set(const mapping_text *m, size_t key, const char *value) {
    bool constant = *value == '=' || key == DT__MAPPED_ORDER;
    char **place = constant ? &m->mapping->constants[key] : &m->mapping->columns[key];

    if (*place != NULL) {
        dt__diagnose(m->env, DT_ERROR, (dt__place){.file = m->file, .line = m->line}, "repeated-key",
                     "“{0}” stands here twice", names[key], NULL);
        return DT_ERR_MODEL;
    }
    *place = dt__string_copy(m->env, value + (*value == '='));
    return *place == NULL ? DT_ERR_MEMORY : DT_OK;
}

static dt_status read_line(const mapping_text *m, char *line) {
    char *mark, *key, *value;
    size_t k = 0;

    line = trim(line);
    if (*line == '\0' || *line == '#') return DT_OK;
    if ((mark = strchr(line, ':')) == NULL) {
        dt__diagnose(m->env, DT_ERROR, (dt__place){.file = m->file, .line = m->line}, "bad-mapping",
                     "expected a line like `date: event_date` or `act: =shelling`", NULL);
        return DT_ERR_MODEL;
    }
    *mark = '\0';
    key = trim(line);
    value = trim(mark + 1);
    while (k < DT__MAPPED_COUNT_OF && strcmp(names[k], key) != 0) k++;
    if (strcmp(key, "from") == 0) k = DT__MAPPED_DATE; /* as lines about who was watching have them */
    if (strcmp(key, "until") == 0) k = DT__MAPPED_END;
    if (k == DT__MAPPED_COUNT_OF) {
        unknown_key(m, key);
        return DT_ERR_MODEL;
    }
    return set(m, k, value);
}

/* All of the source as one text; more than 64 KiB is no mapping. */
static dt_status read_text(dt__text *text, const dt_source *source) {
    char piece[1024];
    size_t got = 1;
    dt_status st = DT_OK;

    while (got > 0 && st == DT_OK && text->length <= LONGEST) {
        st = source->read(source->payload, piece, sizeof piece, &got);
        if (st == DT_OK) dt__text_add_bytes(text, piece, got);
    }
    return st == DT_OK ? dt__text_status(text) : st;
}

static dt_status read_lines(mapping_text *m, dt__text *text) {
    char *line = text->bytes;
    dt_status st = DT_OK, found;

    if (text->length > LONGEST || strlen(dt__text_get(text)) != text->length) {
        dt__diagnose(m->env, DT_ERROR, (dt__place){.file = m->file}, "bad-mapping", "this is no mapping", NULL);
        return DT_ERR_MODEL;
    }
    while (line != NULL && *line != '\0' && st != DT_ERR_MEMORY) {
        char *end = strchr(line, '\n');
        if (end != NULL) *end = '\0';
        m->line++;
        if ((found = read_line(m, line)) != DT_OK) st = found;
        line = end == NULL ? NULL : end + 1;
    }
    return st;
}

dt_status dt__mapping_read(dt__mapping **out, const dt_source *source, const char *file, dt_env *env) {
    mapping_text m = {.file = file, .env = env, .mapping = DT__NEW(env, dt__mapping)};
    dt__text text;
    dt_status st;

    *out = NULL;
    if (m.mapping == NULL) return DT_ERR_MEMORY;
    dt__text_init(&text, env);
    st = read_text(&text, source);
    if (st == DT_OK) st = read_lines(&m, &text);
    dt__text_clear(&text);
    if (st == DT_OK) *out = m.mapping;
    else dt__mapping_free(m.mapping, env);
    return dt__settled(env, st);
}

void dt__mapping_free(dt__mapping *mapping, dt_env *env) {
    if (mapping == NULL) return;
    for (size_t k = 0; k < DT__MAPPED_COUNT_OF; k++) {
        dt__string_free(env, mapping->columns[k]);
        dt__string_free(env, mapping->constants[k]);
    }
    DT__FREE(env, mapping, 1);
}
