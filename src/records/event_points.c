/* Event points of GeoJSON (RFC 7946): a feature is a record; its properties are read as columns are. */
#include <string.h>

#include "base/catalog.h"
#include "base/json_scan.h"
#include "records/mapping.h"

static const dt__format geojson_format = {.name = "geojson", .revises = true};

typedef struct point_reader {
    dt__reading *r;
    dt__json_scan scan;
    const char *values[DT__MAPPED_COUNT_OF];
    bool elsewhere; /* a geometry that is no point */
    bool features;  /* the document has them */
} point_reader;

static bool is_scalar(dt__json_token token) {
    return token == DT__JSON_STRING || token == DT__JSON_NUMBER || token == DT__JSON_TRUE || token == DT__JSON_FALSE;
}

static bool is_over(dt__json_token token) {
    return token == DT__JSON_WRONG || token == DT__JSON_FAILED;
}

/* A scalar is kept under the keys whose property it is. */
static void keep_value(point_reader *p, const char *property, dt__json_token token) {
    dt__reading *r = p->r;
    const char *text = NULL;
    bool meant = false;

    for (size_t k = 0; k < DT__MAPPED_COUNT_OF; k++) {
        const char *column = dt__mapped_column(r->mapping, (dt__mapped)k);
        if (column == NULL || dt__compare_words(column, property) != 0) continue;
        meant = true;
        if (text == NULL && token == DT__JSON_TRUE) text = "true";
        else if (text == NULL && token == DT__JSON_FALSE) text = "false";
        else if (text == NULL) text = dt__piece(r, p->scan.text.bytes, p->scan.text.length);
        p->values[k] = *text == '\0' ? NULL : dt__mapped_value(r, (dt__mapped)k, text);
    }
    if (!meant && dt__keys_of(r).count > 0 && !dt__is_export_only(property)) dt__unread_note(&r->unread, property);
}

static dt__json_token read_properties(point_reader *p, dt__json_token token) {
    if (token != DT__JSON_OBJECT) return dt__json_skip(&p->scan, token);
    while ((token = dt__json_next(&p->scan)) == DT__JSON_KEY) {
        size_t before = p->r->pieces_used;
        const char *property = dt__piece(p->r, dt__text_get(&p->scan.text), p->scan.text.length);
        size_t named = p->r->pieces_used;
        token = dt__json_next(&p->scan);
        if (is_scalar(token)) keep_value(p, property, token);
        else token = dt__json_skip(&p->scan, token);
        if (is_over(token)) return token;
        if (p->r->pieces_used == named) p->r->pieces_used = before; /* nothing was kept: the name is not, either */
    }
    return token;
}

/* Longitude and latitude; a height is passed by. */
static dt__json_token read_position(point_reader *p) {
    static const dt__mapped keys[] = {DT__MAPPED_LON, DT__MAPPED_LAT};
    dt__json_token token = dt__json_next(&p->scan);

    for (size_t i = 0; token != DT__JSON_ARRAY_END && !is_over(token); i++) {
        if (token == DT__JSON_NUMBER && i < 2)
            p->values[keys[i]] = dt__piece(p->r, p->scan.text.bytes, p->scan.text.length);
        else if (token != DT__JSON_NUMBER) p->elsewhere = true;
        token = dt__json_skip(&p->scan, token);
        if (!is_over(token)) token = dt__json_next(&p->scan);
    }
    return token;
}

static dt__json_token read_geometry(point_reader *p, dt__json_token token) {
    if (token != DT__JSON_OBJECT) return dt__json_skip(&p->scan, token);
    while ((token = dt__json_next(&p->scan)) == DT__JSON_KEY) {
        bool type = strcmp(dt__text_get(&p->scan.text), "type") == 0;
        bool coordinates = strcmp(dt__text_get(&p->scan.text), "coordinates") == 0;
        token = dt__json_next(&p->scan);
        if (type && token == DT__JSON_STRING && strcmp(dt__text_get(&p->scan.text), "Point") != 0) p->elsewhere = true;
        token = coordinates && token == DT__JSON_ARRAY ? read_position(p) : dt__json_skip(&p->scan, token);
        if (is_over(token)) return token;
    }
    return token;
}

static uint64_t hash_of_values(const point_reader *p) {
    uint64_t hash = 0;

    for (size_t k = 0; k < DT__MAPPED_COUNT_OF; k++) {
        const char *value = p->values[k] == NULL ? "" : p->values[k];
        hash = dt__hash_bytes(hash, value, strlen(value));
    }
    return hash;
}

static void give_feature(point_reader *p) {
    dt__reading *r = p->r;

    r->tally->rows++;
    r->content = hash_of_values(p);
    if (p->elsewhere) (void)dt__reading_refuse(r, DT__N("this feature is no point"), NULL);
    else if (r->pieces_full) (void)dt__reading_refuse(r, DT__N("the texts of this row are too long"), NULL);
    else (void)dt__mapped_record(r, p->values);
    if (r->status == DT_OK && r->wrong != NULL) dt__reading_set_aside(r, r->line, r->wrong, r->bad);
    if (r->status == DT_OK && r->tally->rows % 4096 == 0) r->status = dt__poll(r->env);
}

/* Behind its opening bracket. */
static dt__json_token read_feature(point_reader *p) {
    dt__reading *r = p->r;
    dt__json_token token;

    memset(p->values, 0, sizeof p->values);
    p->elsewhere = false;
    r->pieces_used = 0;
    r->pieces_full = false;
    r->wrong = NULL;
    r->on_line = r->line == p->scan.line ? r->on_line + 1 : 1;
    r->line = p->scan.line;
    while ((token = dt__json_next(&p->scan)) == DT__JSON_KEY) {
        bool geometry = strcmp(dt__text_get(&p->scan.text), "geometry") == 0;
        bool properties = strcmp(dt__text_get(&p->scan.text), "properties") == 0;
        bool id = strcmp(dt__text_get(&p->scan.text), "id") == 0;
        token = dt__json_next(&p->scan);
        if (geometry) token = read_geometry(p, token);
        else if (properties) token = read_properties(p, token);
        else if (id && is_scalar(token) && p->values[DT__MAPPED_ID] == NULL)
            p->values[DT__MAPPED_ID] = dt__piece(r, p->scan.text.bytes, p->scan.text.length);
        else token = dt__json_skip(&p->scan, token);
        if (is_over(token)) return token;
    }
    if (token == DT__JSON_OBJECT_END) give_feature(p);
    return token;
}

static dt__json_token read_features(point_reader *p) {
    dt__json_token token;

    p->features = true;
    while ((token = dt__json_next(&p->scan)) != DT__JSON_ARRAY_END && !is_over(token) && p->r->status == DT_OK) {
        token = token == DT__JSON_OBJECT ? read_feature(p) : dt__json_skip(&p->scan, token);
        if (is_over(token)) break;
    }
    return token;
}

static dt__json_token read_collection(point_reader *p) {
    dt__json_token token = dt__json_next(&p->scan);

    if (token != DT__JSON_OBJECT) return dt__json_skip(&p->scan, token);
    while ((token = dt__json_next(&p->scan)) == DT__JSON_KEY) {
        bool features = strcmp(dt__text_get(&p->scan.text), "features") == 0;
        token = dt__json_next(&p->scan);
        token = features && token == DT__JSON_ARRAY ? read_features(p) : dt__json_skip(&p->scan, token);
        if (is_over(token) || p->r->status != DT_OK) return token;
    }
    return is_over(token) ? token : dt__json_next(&p->scan);
}

static dt_status verdict(const point_reader *p, dt__json_token token) {
    dt__reading *r = p->r;
    dt__place place = {.file = r->opts->file, .line = p->scan.line, .column = p->scan.column};

    if (r->status != DT_OK) return r->status;
    if (token == DT__JSON_FAILED) return p->scan.status;
    if (token == DT__JSON_WRONG) dt__diagnose(r->env, DT_ERROR, place, "bad-json", p->scan.wrong, NULL);
    else if (!p->features)
        dt__diagnose(r->env, DT_ERROR, (dt__place){.file = r->opts->file}, "unknown-event-file",
                     "this JSON has no `features`: only GeoJSON is read", NULL);
    else return DT_OK;
    return DT_ERR_MODEL;
}

dt_status dt__points_read(dt__reading *r, const dt_source *source) {
    point_reader *p = DT__NEW(r->env, point_reader);
    dt__json_token token = DT__JSON_FAILED;
    dt_status st;

    if (p == NULL) return DT_ERR_MEMORY;
    p->r = r;
    r->format = &geojson_format;
    r->tally->format = geojson_format.name;
    st = dt__json_init(&p->scan, source, r->env);
    if (st == DT_OK) {
        dt__key_names keys = dt__keys_of(r);
        token = read_collection(p);
        st = verdict(p, token);
        if (st == DT_OK) st = dt__unread_tell(&r->unread, keys.names, keys.count, (dt__place){.file = r->opts->file});
    }
    dt__json_clear(&p->scan);
    DT__FREE(r->env, p, 1);
    return st;
}
